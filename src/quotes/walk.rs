//! Goes over the words of one naming: titles, names, what an office is for, the small words inside the names of bodies.

use std::ops::Range;

use super::lexicon::Traits;
use super::namings::ENDS;
use super::tokens::Token;

/// Words of what an office is for, and of who holds it.
const FIELD: usize = 8;
/// Small words in a row inside a name.
const PARTICLES: usize = 3;
/// Tokens behind a number in which the office stands whose body it tells.
const NUMBERED: usize = 4;

/// What an office is for, or where.
const FIELDS: Traits = Traits::FIELD.or(Traits::PLACE);

/// Names that are no aim of a body: `the committee for the Lima case`.
const OTHERS: Traits = Traits::PLACE
    .or(Traits::MALE)
    .or(Traits::FEMALE)
    .or(Traits::TITLE)
    .or(Traits::WHEN);

/// What belongs to one naming, token by token.
pub(super) struct Walk<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The end of the last token that may end the naming.
    pub(super) good: Option<usize>,
    pub(super) modifiers: usize,
    pub(super) has_name: bool,
    pub(super) has_role: bool,
    /// The last token that is a title or noun before the name.
    pub(super) last_role: Option<usize>,
    /// The last token that is an owner's name.
    pub(super) owner: Option<usize>,
    /// Whether a plain word was passed behind a name.
    is_parted: bool,
    /// Whether the name is one of two joined by "&", as those of firms are.
    pub(super) is_firm: bool,
    /// Whether the name ends in a number, as those of laws and of parts of bodies do.
    pub(super) is_numbered_name: bool,
    /// The token behind what an office is for, once that is being named: `for Public Affairs`.
    field_end: usize,
}

impl<'a> Walk<'a> {
    pub(super) const fn new(tokens: &'a [Token], at: usize) -> Self {
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
            is_numbered_name: false,
            field_end: 0,
        }
    }

    /// Takes one more token, if it belongs to the naming.
    pub(super) fn step(&mut self) -> bool {
        let token = self.tokens.get(self.at);
        if token.is_some_and(|token| token.is_mark('&')) && self.joins_firm() {
            self.is_firm = true;
            self.at += 1;
            return true;
        }
        let Some(token) = token.filter(|token| token.is_word()) else {
            return false;
        };
        // A word in small letters that is on no list, as most are, can only describe.
        let is_small = !token.shape.is_capital && !token.shape.is_number;
        if is_small && token.traits == Traits::NONE && self.at >= self.field_end {
            let describes = self.describes(token);
            self.at += usize::from(describes);
            return describes;
        }
        let next_is_capital = self
            .tokens
            .get(self.at + 1)
            .is_some_and(|next| next.is_word() && next.shape.is_capital);
        if self.names_field(token) {
            if token.shape.is_capital {
                self.last_role = Some(self.at);
                self.good = Some(self.at + 1);
            } else if self.at + 1 == self.field_end {
                self.last_role = Some(self.at);
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
        } else if self.is_of_place_named(token) {
            // "New Marrow-based engineer Ana Lima": where he is from is no name of his.
            (self.has_name, self.good) = (false, None);
            self.modifiers = self.modifiers.max(2);
        } else if self.is_field_of_place(token) {
            // "Ohio state Rep. Ana Lima": where her office is.
            (self.has_name, self.good) = (false, None);
        } else if self.leads_to_number(token) {
            self.at += 1;
            (self.good, self.is_numbered_name) = (Some(self.at + 1), true);
        } else if token.shape.is_capital {
            return false;
        } else if (next_is_capital && (self.joins_names(token) || self.joins_field(token)))
            || self.leads_to_article(token)
            || self.leads_over_particles(token)
        {
            // "Ana de la Cruz", "Department of Ports": part of the naming only if more of it follows.
        } else if token.is(Traits::ROLE) && !(self.has_name && self.is_followed_by_object()) {
            self.last_role = Some(self.at);
            self.has_role = true;
            self.is_parted = false;
            self.good = Some(self.at + 1);
        } else if self.is_numbered(token) {
            // "Local 88 President Ana Lima".
        } else if self.is_number_of_body(token) {
            (self.good, self.is_numbered_name) = (Some(self.at + 1), true);
        } else if token.is(Traits::TITLE) && !self.has_name {
            self.last_role = Some(self.at);
        } else if !self.describes(token) {
            return false;
        }
        self.at += 1;
        true
    }

    /// Takes a word for one that describes, if the naming may have one more.
    fn describes(&mut self, token: &Token) -> bool {
        let describes = self.modifiers > 0 && Self::is_modifier(token) && !self.ends_before(token);
        if describes {
            self.modifiers -= 1;
            self.is_parted |= self.has_name || self.owner.is_some();
        }
        describes
    }

    /// Whether a name with a word behind a hyphen tells where somebody is from who is named behind it.
    fn is_of_place_named(&self, token: &Token) -> bool {
        let next = self.tokens.get(self.at + 1);
        self.has_name
            && token.is(Traits::BASED)
            && token.is(Traits::NEVER)
            && next.is_some_and(|next| next.is_word() && !next.shape.is_capital)
    }

    /// Whether a small word behind a place leads to an office of it, whose holder is named behind: `Ohio state Rep. Ana Lima`.
    fn is_field_of_place(&self, token: &Token) -> bool {
        if !self.has_name || token.shape.is_capital || !token.is(Traits::FIELD) {
            return false;
        }
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        let is_place = before.is_some_and(|place| place.is_name() && !place.shape.is_possessive);
        let (office, name) = (self.tokens.get(self.at + 1), self.tokens.get(self.at + 2));
        let is_office = office.is_some_and(|office| {
            office.is_word() && office.shape.is_capital && office.is(Traits::TITLE.or(Traits::ROLE))
        });
        let is_named = name.is_some_and(|name| name.is_word() && name.is_name());
        is_place && is_office && is_named
    }

    /// Whether a naming ends before a small word: before a verb, and before a time that another naming follows: `for the first hour Ana Lima`.
    fn ends_before(&self, token: &Token) -> bool {
        let next = self.tokens.get(self.at + 1);
        let is_when =
            token.is(Traits::TIME_NOUN) && next.is_some_and(|next| next.is_word() && next.is_name());
        is_when || self.is_verb(token)
    }

    /// Whether a word behind a noun is rather what that does: `the text message reached Ana Lima`, and neither `the embattled Harbor Board` nor
    /// `the newly formed Harbor Board`.
    fn is_verb(&self, token: &Token) -> bool {
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        const LEADS: Traits = Traits::DETERMINER.or(Traits::ADVERB).or(Traits::AND);
        let leads = |before: &Token| {
            before.is(LEADS)
                || before.shape.is_possessive
                || before.shape.ends_in_ly
                || before.shape.ends_in_ed
                || before.shape.is_number
        };
        token.shape.ends_in_ed && before.is_some_and(|before| before.is_word() && !leads(before))
    }

    /// Whether a capitalised word is a title or an office before a name: `Mayor Lima`, `Harbor Falls Mayor Ana Lima`, and
    /// not `Department of Ports`.
    fn is_office(&self, token: &Token) -> bool {
        let next = self.tokens.get(self.at + 1).filter(|next| next.is_word());
        let begins_body = || {
            token.is(Traits::BODY)
                && next.is_some_and(|next| next.is(Traits::OF) || self.leads_to_aim(next, self.at + 2))
        };
        let stands_before_name = || {
            // "Ana Baker of South Carolina": behind a name a place tells where somebody is from.
            let is_field = self
                .tokens
                .get(self.at + 2)
                .is_some_and(|field| field.is(Traits::FIELD));
            let has_field = next.is_some_and(|next| next.is(Traits::PREPOSITION))
                && is_field
                && self.begins_field(self.at + 2);
            has_field || next.is_some_and(|next| next.is_name() && !next.is(Traits::BODY))
        };
        let is_known = || token.is(Traits::TITLE.or(Traits::ROLE)) && !begins_body();
        let stands_over = || !self.has_name || (!token.is(Traits::BODY) && stands_before_name());
        (is_known() && stands_over()) || self.heads_field(token)
    }

    /// Whether any word heads what an office is for, and whoever holds it is named behind: `Dean of Students Ana Lima`.
    fn heads_field(&self, token: &Token) -> bool {
        let is = |at: usize, list: Traits| self.tokens.get(at).is_some_and(|next| next.is(list));
        if self.has_name
            || token.is(Traits::BODY)
            || !is(self.at + 1, Traits::OF)
            || !self.begins_field(self.at + 2)
        {
            return false;
        }
        let fields = self.tokens[self.at + 2..].iter().take(FIELD);
        let end = self.at + 2 + fields.take_while(|field| field.is(Traits::FIELD)).count();
        let names = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|name| name.is_word() && name.is_name())
        };
        let is_given = self
            .tokens
            .get(end)
            .is_some_and(|name| name.traits.sex() != Traits::NONE);
        is_given && names(end) && names(end + 1)
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
                false => self
                    .field_from(self.at + 1)
                    .max(self.small_field_from(self.at + 1)),
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

    /// The end of what an office is for that is written small, where somebody is named in full behind it: `secretary of state Ana Lima`.
    fn small_field_from(&self, start: usize) -> usize {
        let is_field = |token: &&Token| token.is_word() && token.is(Traits::FIELD) && !token.shape.is_capital;
        let fields = self.tokens[start.min(self.tokens.len())..].iter().take(FIELD);
        let end = start + fields.take_while(is_field).count();
        const NO_NAME: Traits = Traits::BODY
            .or(Traits::PLACE)
            .or(Traits::CUE)
            .or(Traits::ROLE)
            .or(Traits::TITLE);
        let names = |at: usize| {
            let token = self.tokens.get(at);
            token.is_some_and(|token| token.is_word() && token.is_name() && !token.is(NO_NAME))
        };
        // "the department of health Ana Lima runs": a body is no office.
        let is_body = self.tokens[start - 2].is(Traits::BODY.or(Traits::BODY_NOUN));
        let is_whole = !is_body && end > start && names(end) && names(end + 1);
        if is_whole { end } else { 0 }
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

    /// Whether a small word is the first of several inside a name: `Hans von der Heide`.
    fn leads_over_particles(&self, token: &Token) -> bool {
        if !self.has_name || !token.is(Traits::PARTICLE) {
            return false;
        }
        let is_small = |token: &&Token| token.is(Traits::PARTICLE) && !token.shape.is_capital;
        let small = self.tokens[self.at..]
            .iter()
            .take(PARTICLES)
            .take_while(is_small)
            .count();
        let next = self.tokens.get(self.at + small);
        let names = next.is_some_and(|next| next.is_word() && next.is_name());
        small > 0 && names
    }

    /// Whether a small word stands inside a name.
    fn joins_names(&self, token: &Token) -> bool {
        let is_particle = token.is(Traits::PARTICLE) && self.has_name;
        is_particle
            || (token.is(Traits::OF) && (self.ends_in_body() || self.names_aim()))
            || self.joins_two(token)
            || self.is_article(token)
    }

    /// Whether a preposition stands before what a body is for: `Department for Culture`, `Federation for Open Harbors`, and neither `Court
    /// in Ohio` nor `Center for Ana Lima`.
    fn joins_field(&self, token: &Token) -> bool {
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

    /// Whether "of" or "for" stands before such an article.
    fn leads_to_article(&self, token: &Token) -> bool {
        if !self.has_name || !self.ends_in_body() {
            return false;
        }
        let next = |ahead: usize| self.tokens.get(self.at + ahead).filter(|next| next.is_word());
        let is_article = || next(1).is_some_and(|next| Self::is_article_behind(token, next));
        let is_aim = |name: &Token| token.is(Traits::OF) || !name.is(OTHERS);
        let is_name = || next(2).is_some_and(|name| name.is_name() && is_aim(name));
        is_article() && is_name()
    }

    /// Whether "for" and an article lead to what a body is for: `Committee for a Cleaner Harbor`.
    fn leads_to_aim(&self, link: &Token, at: usize) -> bool {
        let names = |at: usize| {
            let name = self
                .tokens
                .get(at)
                .filter(|name| name.is_word() && name.is_name());
            name.is_some_and(|name| !name.is(OTHERS))
        };
        let article = self.tokens.get(at).filter(|article| article.is_word());
        link.is(Traits::BLAMES)
            && article.is_some_and(|article| Self::is_article_behind(link, article))
            && names(at + 1)
    }

    /// Whether an article may stand behind a word inside the name of a body: `of the`, `for the`, `for a`.
    fn is_article_behind(link: &Token, article: &Token) -> bool {
        let is_any = article.is(Traits::DETERMINER) && article.range.len() == 1;
        let leads = match link.is(Traits::BLAMES) {
            true => article.is(Traits::DEFINITE) || is_any,
            false => link.is(Traits::OF) && article.is(Traits::DEFINITE),
        };
        leads && !article.shape.is_capital
    }

    /// Whether an article stands inside the name of a body: `Department of the Environment`.
    fn is_article(&self, token: &Token) -> bool {
        let of = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        let body = self.at.checked_sub(2).map(|at| &self.tokens[at]);
        let leads = of.is_some_and(|of| Self::is_article_behind(of, token));
        leads && body.is_some_and(|body| body.is(Traits::BODY)) && self.has_name
    }

    /// Whether a number tells which body an office is of, whose holder is named behind it: `District 12 Vice President Ana Lima`.
    fn is_numbered(&self, token: &Token) -> bool {
        let behind_name = self.has_name && self.good == Some(self.at);
        if !token.shape.is_number || !behind_name {
            return false;
        }
        let next = |ahead: usize| {
            let next = self.tokens.get(self.at + ahead);
            next.is_some_and(|next| next.is_word() && next.shape.is_capital && !next.is(Traits::WHEN))
        };
        let is_office = |token: &Token| token.is(Traits::TITLE.or(Traits::ROLE));
        let leads = next(1) || self.tokens.get(self.at + 1).is_some_and(is_office);
        let mut ahead = self.tokens[self.at..].iter().skip(1).take(NUMBERED);
        leads && next(2) && ahead.any(is_office)
    }

    /// Whether a number is the last word of the name of a body or of a law: `Local 212 said`, `District 12 residents`, `Executive Order
    /// 13 says`.
    fn is_number_of_body(&self, token: &Token) -> bool {
        if !token.shape.is_number || self.good != Some(self.at) {
            return false;
        }
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        // "said Bill 40": his age.
        let is_told = self.at >= 2 && self.tokens[self.at - 2].is(Traits::SAY);
        let is_somebody = |body: &Token| is_told && body.traits.sex() != Traits::NONE;
        let names = |body: &Token| body.shape.is_capital && body.is(Traits::CHAPTER) && !is_somebody(body);
        let numbers = before.is_some_and(names);
        // "the Harbor Council 3 weeks ago".
        const FOLLOWS: Traits = Traits::CUE.or(Traits::SMALL_VERB).or(Traits::ROLE).or(Traits::OF);
        let next = self.tokens.get(self.at + 1);
        let ends =
            next.is_none_or(|next| !next.is_word() || (next.is(FOLLOWS) && !next.is(Traits::TIME_NOUN)));
        numbers && ends
    }

    /// Whether the word before is that of what a body is for: `Society for the Protection of Otters`.
    fn names_aim(&self) -> bool {
        let behind = |back: usize| self.at.checked_sub(back).map(|at| &self.tokens[at]);
        let [Some(aim), Some(article), Some(link)] = [behind(1), behind(2), behind(3)] else {
            return false;
        };
        aim.is_name() && link.is(Traits::BLAMES) && Self::is_article_behind(link, article) && self.has_name
    }

    /// Whether a word behind a name leads to its number: `No.` of `Executive Order No. 13`.
    fn leads_to_number(&self, token: &Token) -> bool {
        let law = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        let number = self.tokens.get(self.at + 1);
        token.is(Traits::NUMBERED)
            && self.good == Some(self.at)
            && law.is_some_and(|law| law.shape.is_capital && law.is(Traits::CHAPTER))
            && number.is_some_and(|number| number.shape.is_number)
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
    pub(super) fn head(&self, start: usize, end: usize) -> Range<usize> {
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
