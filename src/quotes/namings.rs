//! The words that name somebody: `Mayor Ana Lima`, `a DHS spokesperson`, `she`.

use std::ops::Range;

use super::lexicon::{Traits, Word};
use super::tokens::Token;

/// A naming in a sentence, as indices of its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Naming {
    pub(super) tokens: Range<usize>,
    /// The tokens of the name itself, without titles; of a noun the noun.
    pub(super) head: Range<usize>,
    pub(super) kind: NamingKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamingKind {
    Person,
    Body,
    /// A noun for somebody: the mayor, officials.
    Role,
    /// He, she, they.
    Pronoun,
    /// It, we, who, him, his; an owner (`Lima's claim`); any noun with a determiner: what seldom names who speaks.
    Weak,
}

impl Naming {
    /// The word by which somebody is known again: the last of the name.
    pub(super) fn key(&self, tokens: &[Token]) -> Word {
        tokens[self.head.end - 1].word
    }
}

/// Words between a determiner and its noun.
const MODIFIERS: usize = 4;
/// Words of what an office is for, and of who holds it.
const FIELD: usize = 8;
/// Words of a naming by a party or a country.
const MEMBER: usize = 4;
/// Words from a determiner to a noun that a cue follows.
const PHRASE: usize = 6;

const WEAK: Traits = Traits::IT
    .or(Traits::FIRST_PERSON)
    .or(Traits::SECOND_PERSON)
    .or(Traits::OBJECT_PRONOUN)
    .or(Traits::OWNER)
    .or(Traits::WHO)
    .or(Traits::ALSO_PRONOUN);

/// Words that no phrase of a noun goes over.
const ENDS: Traits = Traits::PREPOSITION
    .or(Traits::AND)
    .or(Traits::BUT_WHILE)
    .or(Traits::THAT)
    .or(Traits::WHO)
    .or(Traits::SMALL_VERB);

/// What an office is for, or where.
const FIELDS: Traits = Traits::FIELD.or(Traits::PLACE);

/// The namings of a sentence, in order. `breaks` are the tokens before which words in marks were taken out,
/// in order: no naming reaches over them.
pub(super) fn namings(tokens: &[Token], breaks: &[usize]) -> Vec<Naming> {
    let mut namings: Vec<Naming> = Vec::new();
    let mut next_break = 0;
    let mut at = 0;
    while at < tokens.len() {
        if !may_begin(&tokens[at]) {
            at += 1;
            continue;
        }
        while breaks.get(next_break).is_some_and(|position| *position <= at) {
            next_break += 1;
        }
        let end = breaks.get(next_break).map_or(tokens.len(), |position| *position);
        match naming(&tokens[..end.min(tokens.len())], at) {
            Some(naming) => {
                at = naming.tokens.end;
                namings.push(naming);
            }
            None => at += 1,
        }
    }
    add_phrases(tokens, &mut namings);
    namings
}

/// Whether a naming may begin with a token: most do not.
const fn may_begin(token: &Token) -> bool {
    const BEGINS: Traits = Traits::HE_SHE_THEY
        .or(Traits::DETERMINER)
        .or(Traits::ROLE)
        .or(Traits::TITLE);
    token.is(BEGINS) || token.shape.is_capital || token.shape.is_number
}

/// The weak namings beside the others: pronouns that seldom speak, owners (`Lima's claim`), any noun with a
/// determiner (`the note`).
pub(super) fn weak_namings(tokens: &[Token], namings: &[Naming]) -> Vec<Naming> {
    let mut strong = namings.iter().peekable();
    let mut weak = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !may_begin(&tokens[at]) && !tokens[at].is(WEAK) {
            at += 1;
            continue;
        }
        while strong.next_if(|naming| naming.tokens.end <= at).is_some() {}
        // "his lawyer" is somebody else than "his"; both are named.
        let inside = strong.peek().filter(|naming| naming.tokens.start <= at);
        let is_inside = inside.is_some_and(|naming| naming.tokens.start < at);
        let end = owner(tokens, at)
            .or_else(|| (!is_inside && tokens[at].is(WEAK)).then_some(at + 1))
            .or_else(|| inside.is_none().then(|| phrase(tokens, at))?);
        if let Some(end) = end {
            weak.push(Naming {
                tokens: at..end,
                head: end - 1..end,
                kind: NamingKind::Weak,
            });
        }
        at = end.unwrap_or(at + 1);
    }
    weak
}

/// The end of a name that owns what follows.
fn owner(tokens: &[Token], start: usize) -> Option<usize> {
    let named = |token: &Token| token.is_word() && (token.is_name() || token.is(Traits::ROLE));
    let is_first = start == 0 || !named(&tokens[start - 1]) || tokens[start - 1].shape.is_possessive;
    if !is_first || !named(&tokens[start]) {
        return None;
    }
    let length = tokens[start..]
        .iter()
        .take(PHRASE)
        .take_while(|token| named(token))
        .position(|token| token.shape.is_possessive)?;
    Some(start + length + 1)
}

/// The end of a noun that a determiner begins.
fn phrase(tokens: &[Token], start: usize) -> Option<usize> {
    // "said that Cruz": before a name it is no determiner.
    let is_that = tokens[start].is(Traits::THAT) && tokens.get(start + 1).is_some_and(Token::is_name);
    if !tokens[start].is(Traits::DETERMINER) || is_that {
        return None;
    }
    const NOUN_ENDS: Traits = ENDS
        .or(Traits::HE_SHE_THEY)
        .or(Traits::DETERMINER)
        .or(Traits::FIRST_PERSON)
        .or(Traits::SAY);
    // "The Ledger's editorial calls it": a verb.
    let is_verb = |at: usize| tokens[at].is(Traits::CALL) && tokens[at - 1].is(Traits::PAPER);
    let length = tokens[start + 1..]
        .iter()
        .take(PHRASE)
        .zip(start + 1..)
        .take_while(|(token, at)| {
            token.is_word() && (!token.is(NOUN_ENDS) || token.is(Traits::PAPER)) && !is_verb(*at)
        })
        .count();
    (length > 0).then_some(start + 1 + length)
}

/// Any noun with a determiner right before a cue: `a fisherman said`.
fn add_phrases(tokens: &[Token], namings: &mut Vec<Naming>) {
    // "left the pier but said": there it is said by who left.
    const PARTS: Traits = Traits::CUE.or(Traits::PREPOSITION).or(Traits::BUT_WHILE);
    let mut added = false;
    for cue in 1..tokens.len() {
        if !tokens[cue].is(Traits::SAY) {
            continue;
        }
        let mut end = cue;
        while end > 0 && tokens[end - 1].is(Traits::ADVERB) {
            end -= 1;
        }
        let first = (end.saturating_sub(PHRASE)..end)
            .rev()
            .take_while(|at| tokens[*at].is_word() && !tokens[*at].is(PARTS))
            .find(|at| {
                // "63 percent said".
                let begins = tokens[*at].is(Traits::DETERMINER) || tokens[*at].shape.is_number;
                // "said that nobody can shout": there it begins a clause.
                let is_that = tokens[*at].is(Traits::THAT) && *at > 0 && tokens[*at - 1].is(Traits::SAY);
                begins && !is_that && at + 1 < end
            });
        // "Lima this week said": nobody is named by a time.
        let is_time = end > 0 && tokens[end - 1].is(Traits::TIME_NOUN);
        let Some(start) = first.filter(|_| !is_time) else {
            continue;
        };
        // "one veteran diver said": the naming goes on up to the cue; "his friends make jokes" is no such.
        let is_said = end == cue && tokens[cue].is(Traits::COMMON_SAY);
        let goes_on = |naming: &&mut Naming| {
            let rest = tokens.get(naming.tokens.end..end).unwrap_or_default();
            let is_noun = |token: &Token| {
                token.is_word() && !token.shape.is_capital && token.is_plain() && !token.shape.ends_in_ed
            };
            let is_role = naming.kind == NamingKind::Role && naming.tokens.start == start;
            let is_whole = !tokens[naming.tokens.end - 1].shape.is_possessive;
            is_role && is_whole && rest.len() == 1 && is_said && rest.iter().all(is_noun)
        };
        if let Some(naming) = namings.iter_mut().find(goes_on) {
            (naming.tokens, naming.head) = (start..end, end - 1..end);
        }
        let is_free = namings
            .iter()
            .all(|naming| naming.tokens.end <= start || naming.tokens.start >= end);
        if is_free {
            added = true;
            namings.push(Naming {
                tokens: start..end,
                head: end - 1..end,
                kind: NamingKind::Role,
            });
        }
    }
    if added {
        namings.sort_by_key(|naming| naming.tokens.start);
    }
}

fn naming(tokens: &[Token], start: usize) -> Option<Naming> {
    let first = &tokens[start];
    if !first.is_word() {
        return None;
    }
    if first.is(Traits::HE_SHE_THEY) {
        let tokens = start..start + 1;
        return Some(Naming {
            head: tokens.clone(),
            tokens,
            kind: NamingKind::Pronoun,
        });
    }
    let next = tokens.get(start + 1);
    if let Some(shouted) = shouted(tokens, start) {
        return Some(shouted);
    }
    // "Said Lima: …": a cue begins the sentence, and no name.
    let is_cue = start == 0
        && first.is(Traits::SAY)
        && (first.is(Traits::COMMON_SAY) || first.shape.ends_in_ed)
        && next.is_some_and(|next| next.is_name() || next.is(Traits::THAT.or(Traits::BY)));
    if is_cue {
        return None;
    }
    // "said that Cruz", "Both Lima and Cruz": before a name it is no determiner.
    const BEFORE_NAMES: Traits = Traits::THAT.or(Traits::BOTH);
    let is_that = first.is(BEFORE_NAMES) && next.is_some_and(Token::is_name);
    let determined = first.is(Traits::DETERMINER) && !is_that;
    if !(determined
        || first.shape.is_capital
        || first.is(Traits::ROLE.or(Traits::TITLE))
        || first.shape.is_number)
    {
        return None;
    }
    let mut walk = Walk::new(tokens, start + usize::from(determined));
    if determined || first.shape.is_number {
        walk.modifiers = MODIFIERS;
    }
    while walk.step() {}
    let end = walk.good?;
    let end = end_of_list(tokens, start, end).unwrap_or(end);
    // "200 Lima fans", and neither "200 Lima" nor "17-year-old Ana Lima".
    if first.shape.is_number && !determined && walk.last_role.is_none_or(|role| role + 1 < end) {
        return None;
    }
    // "said that when Lima": a clause begins there.
    if determined && first.is(Traits::THAT) && walk.has_name && walk.last_role.is_none() {
        return None;
    }
    // "Marrow v. Lima": a case.
    let is_versus = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|it| it.is(Traits::VERSUS))
    };
    if is_versus(start.checked_sub(1)) || is_versus(Some(end)) {
        return None;
    }
    let last = &tokens[end - 1];
    // "a 40-year-old pier": no naming of anybody.
    let is_age = last.shape.is_number && last.is(Traits::ROLE);
    let describes = |next: &Token| next.is_word() && !next.shape.is_capital && next.is_plain();
    if is_age && tokens.get(end).is_some_and(describes) {
        return None;
    }
    // "the Marrow Bay senator", and neither "the Lima campaign" nor "the Lima letter".
    const NOBODY: Traits = Traits::BODY
        .or(Traits::BODY_NOUN)
        .or(Traits::PAPER)
        .or(Traits::ARTWORK);
    let is_office = !last.shape.is_capital && last.is(Traits::ROLE) && !last.is(NOBODY) && walk.has_name;
    // "the Ohio Republican", "the Italian": taken up so, somebody and no body; "The Italian" may be a newspaper.
    let may_be_title = first.shape.is_capital && end - start == 2;
    let is_member =
        last.shape.is_capital && last.is(Traits::EPITHET) && end - start <= MEMBER && !may_be_title;
    if determined && (is_member || (is_office && walk.last_role == Some(end - 1))) {
        return Some(Naming {
            tokens: start..end,
            head: end - 1..end,
            kind: NamingKind::Role,
        });
    }
    let head = walk.head(start, end);
    // "Marrow, Ohio": where somebody or something is.
    if is_place_behind(tokens, start, &head) {
        return None;
    }
    // "Bill Lima", "Bill de la Cruz": a given name, where a surname follows; not so in "Bill of Rights".
    let follows = head.len() > 1 && !tokens[head.start + 1].is(Traits::OF);
    let is_given = tokens[head.start].traits.sex() != Traits::NONE && follows;
    let of_body = &tokens[head.start + usize::from(is_given)..head.end];
    let kind = match (walk.has_name, walk.has_role) {
        (true, _) if of_body.iter().any(|token| token.is(Traits::BODY)) => NamingKind::Body,
        (true, false) if determined || walk.is_firm => NamingKind::Body,
        (true, _)
            if head.len() == 1 && tokens[head.start].shape.is_all_capital && walk.last_role.is_none() =>
        {
            NamingKind::Body
        }
        (true, _) => NamingKind::Person,
        (false, true) => NamingKind::Role,
        (false, false) => return None,
    };
    Some(Naming {
        tokens: start..end,
        head,
        kind,
    })
}

/// Whoever a word in capitals describes at the beginning of a report: `FURIOUS locals say`.
fn shouted(tokens: &[Token], start: usize) -> Option<Naming> {
    let [first, noun, says, ..] = tokens.get(start..)? else {
        return None;
    };
    let is_shouted = start == 0 && first.shape.is_all_capital && first.range.len() > 1;
    let is_noun = noun.is_word() && !noun.shape.is_capital && !noun.shape.is_number && noun.is_plain();
    (is_shouted && is_noun && says.is(Traits::COMMON_SAY)).then(|| Naming {
        tokens: start..start + 2,
        head: start + 1..start + 2,
        kind: NamingKind::Role,
    })
}

/// The end of a body that is for several things: `Ministry of Housing, Communities and Local Government`.
fn end_of_list(tokens: &[Token], start: usize, end: usize) -> Option<usize> {
    let is_field = |at: usize| {
        let token = tokens.get(at);
        token.is_some_and(|token| token.is_word() && token.shape.is_capital && token.is(Traits::FIELD))
    };
    let fields = |at: usize| (at..).take(FIELD).take_while(|at| is_field(*at)).count();
    let is = |at: usize, list: Traits| tokens.get(at).is_some_and(|token| token.is(list));
    let is_for = |at: &usize| is(*at, Traits::PREPOSITION) && *at > start && is(at - 1, Traits::BODY);
    let of = (start..end).find(is_for)?;
    let mut at = of + 1 + fields(of + 1);
    if at != end || end == of + 1 {
        return None;
    }
    while tokens.get(at).is_some_and(|comma| comma.is_mark(',')) && is_field(at + 1) {
        at += 1 + fields(at + 1);
    }
    let last = at + 1 + fields(at + 1);
    // "the Department of Energy, Commerce and Labor Secretary Lima": there another is named.
    let is_whole =
        at > end && is(at, Traits::AND) && last > at + 1 && !is(last, Traits::TITLE.or(Traits::ROLE));
    is_whole.then_some(last)
}

/// Whether some tokens name a country or a state behind a city and a comma.
fn is_place_behind(tokens: &[Token], start: usize, head: &Range<usize>) -> bool {
    let are_places = tokens[head.clone()].iter().all(|token| token.is(Traits::PLACE));
    are_places
        && head.start == start
        && start > 1
        && tokens[start - 1].is_mark(',')
        && tokens[start - 2].is_word()
        && tokens[start - 2].is_name()
}

struct Walk<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The end of the last token that may end the naming.
    good: Option<usize>,
    modifiers: usize,
    has_name: bool,
    has_role: bool,
    /// The last token that is a title or noun before the name.
    last_role: Option<usize>,
    /// The last token that is an owner's name.
    owner: Option<usize>,
    /// Whether a plain word was passed behind a name.
    is_parted: bool,
    /// Whether the name is one of two joined by "&", as those of firms are.
    is_firm: bool,
    /// The token behind what an office is for, once that is being named: `for Public Affairs`.
    field_end: usize,
}

impl<'a> Walk<'a> {
    const fn new(tokens: &'a [Token], at: usize) -> Self {
        Self {
            tokens,
            at,
            good: None,
            modifiers: 0,
            has_name: false,
            has_role: false,
            last_role: None,
            owner: None,
            is_parted: false,
            is_firm: false,
            field_end: 0,
        }
    }

    /// Takes one more token, if it belongs to the naming.
    fn step(&mut self) -> bool {
        let token = self.tokens.get(self.at);
        if token.is_some_and(|token| token.is_mark('&')) && self.joins_firm() {
            self.is_firm = true;
            self.at += 1;
            return true;
        }
        let Some(token) = token.filter(|token| token.is_word()) else {
            return false;
        };
        let next_is_capital = self
            .tokens
            .get(self.at + 1)
            .is_some_and(|next| next.is_word() && next.shape.is_capital);
        if self.names_field(token) {
            if token.shape.is_capital {
                self.last_role = Some(self.at);
                self.good = Some(self.at + 1);
            }
        } else if token.is_name() && token.shape.is_possessive {
            // Of somebody: the naming is what follows, if a noun for somebody does.
            self.modifiers = self.modifiers.max(2);
            self.owner = Some(self.at);
            (self.has_name, self.good) = (false, None);
        } else if token.is_name() && self.is_parted {
            // "a Ledger interview Lima": another is named.
            return false;
        } else if token.is_name() && self.is_office(token) {
            self.last_role = Some(self.at);
            self.good = Some(self.at + 1);
            self.has_role = true;
        } else if token.is_name() {
            self.has_name = true;
            self.good = Some(self.at + 1);
        } else if token.shape.is_capital {
            return false;
        } else if (next_is_capital && (self.joins_names(token) || self.joins_field(token)))
            || self.leads_to_article(token)
        {
            // "Ana de la Cruz", "Department of Ports": part of the naming only if more of it follows.
        } else if token.is(Traits::ROLE) && !(self.has_name && self.is_followed_by_object()) {
            self.last_role = Some(self.at);
            self.has_role = true;
            self.is_parted = false;
            self.good = Some(self.at + 1);
        } else if token.is(Traits::TITLE) && !self.has_name {
            self.last_role = Some(self.at);
        } else if self.modifiers > 0 && Self::is_modifier(token) {
            self.modifiers -= 1;
            self.is_parted |= self.has_name || self.owner.is_some();
        } else {
            return false;
        }
        self.at += 1;
        true
    }

    /// Whether a capitalised word is a title or an office before a name: `Mayor Lima`, `Harbor Falls Mayor Ana Lima`, and
    /// not `Department of Ports`.
    fn is_office(&self, token: &Token) -> bool {
        let next = self.tokens.get(self.at + 1).filter(|next| next.is_word());
        let begins_body = token.is(Traits::BODY) && next.is_some_and(|next| next.is(Traits::OF));
        let stands_before_name = || {
            let has_field =
                next.is_some_and(|next| next.is(Traits::PREPOSITION)) && self.begins_field(self.at + 2);
            has_field || next.is_some_and(|next| next.is_name() && !next.is(Traits::BODY))
        };
        token.is(Traits::TITLE.or(Traits::ROLE))
            && !begins_body
            && (!self.has_name || (!token.is(Traits::BODY) && stands_before_name()))
    }

    /// Whether a word is of what an office is for: `Assistant Secretary for Public Affairs Ana Lima`.
    fn names_field(&mut self, token: &Token) -> bool {
        if self.at < self.field_end {
            return true;
        }
        let follows_office = self.last_role.is_some_and(|role| role + 1 == self.at);
        if follows_office && token.is(Traits::PREPOSITION) && !token.shape.is_capital {
            let next = self.tokens.get(self.at + 1);
            let is_article = next.is_some_and(|next| next.is(Traits::DEFINITE) && !next.shape.is_capital);
            self.field_end = match is_article {
                true => self.field_before_name(self.at + 2),
                false => self.field_from(self.at + 1),
            };
        }
        self.at < self.field_end
    }

    /// The end of what an office is for, which is named from a token on: words for fields and places, or what stands before the
    /// last two of a row of names: `of Settlement and Ferries Ana Lima`.
    fn field_from(&self, start: usize) -> usize {
        let names = |at: usize| {
            let token = self
                .tokens
                .get(at)
                .filter(|token| token.is_word() && token.is_name());
            token.is_some_and(|token| !token.is(Traits::TITLE.or(Traits::ROLE)) || token.is(FIELDS))
        };
        let mut row: Vec<usize> = Vec::new();
        let mut at = start;
        while row.len() < FIELD && names(at) {
            row.push(at);
            let joins = row.len() == 1 && self.tokens.get(at + 1).is_some_and(|and| and.is(Traits::AND));
            at += if joins && names(at + 2) { 2 } else { 1 };
        }
        let known = row.iter().take_while(|at| {
            let token = &self.tokens[**at];
            token.is(FIELDS) && !token.shape.is_possessive
        });
        match (known.count(), row.len()) {
            (known @ 1.., _) => row[known - 1] + 1,
            (0, 3..) if self.tokens[start - 2].shape.is_capital && !self.is_of_place(&row) => {
                row[row.len() - 2]
            }
            _ => 0,
        }
    }

    /// The end of what an office is for behind an article, where a name follows it: `Leader of the Opposition Ana Lima`; nought for
    /// `the chairman of the House Oversight Committee`, whose last words would pass for a name.
    fn field_before_name(&self, start: usize) -> usize {
        let is_field = |token: &Token| token.is_word() && token.shape.is_capital && token.is(Traits::FIELD);
        let known = self.tokens[start.min(self.tokens.len())..]
            .iter()
            .take(FIELD)
            .take_while(|token| is_field(token) && !token.shape.is_possessive);
        let end = start + known.count();
        const NO_NAME: Traits = Traits::BODY.or(Traits::PLACE).or(Traits::CUE).or(Traits::ROLE);
        let names = |token: &Token| token.is_word() && token.is_name() && !token.is(NO_NAME);
        let is_named = end > start && self.tokens.get(end).is_some_and(names);
        if is_named { end } else { 0 }
    }

    /// Whether a row of names is that of a place or of what stands there: `Port Marrow Water`.
    fn is_of_place(&self, row: &[usize]) -> bool {
        let (first, last) = (&self.tokens[row[0]], &self.tokens[row[row.len() - 1]]);
        let is_place = first.is(Traits::PLACE_FIRST) && first.traits.sex() == Traits::NONE;
        (is_place && row.len() < 4) || last.is(Traits::BODY.or(Traits::SITE))
    }

    /// Whether what an office is for is named from a token on.
    fn begins_field(&self, at: usize) -> bool {
        let next = self.tokens.get(at).filter(|next| next.is_word());
        next.is_some_and(|next| next.shape.is_capital && next.is(FIELDS) && !next.shape.is_possessive)
    }

    /// Whether names stand on both sides: `Crane & Lima`.
    fn joins_firm(&self) -> bool {
        let next = self.tokens.get(self.at + 1);
        self.good == Some(self.at)
            && self.has_name
            && next.is_some_and(|next| next.is_word() && next.is_name())
    }

    /// Whether a small word stands inside a name.
    fn joins_names(&self, token: &Token) -> bool {
        let is_particle = token.is(Traits::PARTICLE) && self.has_name;
        is_particle
            || (token.is(Traits::OF) && self.ends_in_body())
            || self.joins_two(token)
            || self.is_article(token)
    }

    /// Whether a preposition stands before what a body is for: `Department for Culture`, `Federation for Open Harbors`, and neither `Court
    /// in Ohio` nor `Center for Ana Lima`.
    fn joins_field(&self, token: &Token) -> bool {
        const OTHERS: Traits = Traits::PLACE
            .or(Traits::MALE)
            .or(Traits::FEMALE)
            .or(Traits::TITLE)
            .or(Traits::WHEN);
        let names_aim = |next: &Token| token.is(Traits::BLAMES) && next.is_name() && !next.is(OTHERS);
        let next = self.tokens.get(self.at + 1);
        token.is(Traits::PREPOSITION)
            && self.ends_in_body()
            && next.is_some_and(|next| next.is(Traits::FIELD) || names_aim(next))
    }

    /// Whether a word joins the two halves of what a body is for: `Department of Rivers and Canals`.
    fn joins_two(&self, token: &Token) -> bool {
        let of = self.at.checked_sub(2).map(|at| &self.tokens[at]);
        let next = self.tokens.get(self.at + 1);
        token.is(Traits::AND)
            && self.has_name
            && of.is_some_and(|of| of.is(Traits::OF))
            && next.is_some_and(|next| next.is_name() && !next.is(Traits::TITLE.or(Traits::ROLE)))
    }

    /// Whether "of" stands before such an article.
    fn leads_to_article(&self, token: &Token) -> bool {
        let next = |ahead: usize| self.tokens.get(self.at + ahead).filter(|next| next.is_word());
        let is_article = next(1).is_some_and(|next| next.is(Traits::DEFINITE) && !next.shape.is_capital);
        let is_name = || next(2).is_some_and(Token::is_name);
        token.is(Traits::OF) && self.ends_in_body() && self.has_name && is_article && is_name()
    }

    /// Whether an article stands inside the name of a body: `Department of the Environment`.
    fn is_article(&self, token: &Token) -> bool {
        let of = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        let body = self.at.checked_sub(2).map(|at| &self.tokens[at]);
        let follows =
            of.is_some_and(|of| of.is(Traits::OF)) && body.is_some_and(|body| body.is(Traits::BODY));
        token.is(Traits::DEFINITE) && self.has_name && follows
    }

    fn ends_in_body(&self) -> bool {
        self.at > 0 && self.tokens[self.at - 1].is(Traits::BODY) && self.tokens[self.at - 1].shape.is_capital
    }

    /// "Lima report …": a noun that is rather a verb here.
    fn is_followed_by_object(&self) -> bool {
        self.tokens
            .get(self.at + 1)
            .is_some_and(|next| next.is(Traits::DETERMINER.or(Traits::THAT)))
    }

    fn is_modifier(token: &Token) -> bool {
        // "two weeks ago its secretary": another naming begins.
        let begins_another = token.is(Traits::DETERMINER) && !token.is(Traits::COUNT);
        !(token.is(ENDS.or(Traits::CUE)) || begins_another)
    }

    /// The name after the last title or noun; the noun itself where no name follows.
    fn head(&self, start: usize, end: usize) -> Range<usize> {
        match self.last_role {
            Some(role) if role + 1 < end => self.after_owner(role + 1, end)..end,
            Some(role) if !self.has_name => role.min(end - 1)..end,
            // A noun after the name ("the Lima campaign"): all of it is the name.
            None => {
                self.after_owner(
                    start + usize::from(self.tokens[start].is(Traits::DETERMINER)),
                    end,
                )..end
            }
            Some(_) => start + usize::from(self.tokens[start].is(Traits::DETERMINER))..end,
        }
    }

    /// Where a person's name begins behind whose he is: `the Ledger’s Ana Lima`; a body's begins with it: `King's College`.
    fn after_owner(&self, start: usize, end: usize) -> usize {
        let owner = self.owner.filter(|owner| *owner >= start && owner + 2 < end);
        let is_body = |owner: &usize| {
            self.tokens[owner + 1..end]
                .iter()
                .any(|token| token.is(Traits::BODY))
        };
        owner
            .filter(|owner| !is_body(owner))
            .map_or(start, |owner| owner + 1)
    }
}
