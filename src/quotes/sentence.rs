//! A paragraph as sentences: the words outside marks, and where among them each marked stretch stands.

use std::ops::Range;

use super::beginnings;
use super::lexicon::{CueClass, Language, Traits, Word};
use super::marks::Run;
use super::namings::{Naming, namings, weak_namings};
use super::subjects::Doers;
use super::tokens::{Token, add_tokens};

/// The longest sentence: whatever a page holds, work on one is bounded.
const MAX_TOKENS: usize = 300;
/// The most marked stretches of one sentence, for the same reason.
const MAX_RUNS: usize = 40;
/// Bytes after a marked stretch that are looked at for who said it.
const AFTER: usize = 240;
/// Bytes of a stretch without an end that are looked at for who said it.
const UNCLOSED: usize = 2000;
/// Bytes of a nickname, and tokens of a dateline.
const NICKNAME: usize = 24;
const DATELINE: usize = 12;
/// Words in small letters before a naming that describe who is named.
const DESCRIBED: usize = 2;
/// Tokens from "held" to its conjunction, when it was held among them.
const HELD: usize = 5;

/// A sentence with its marked stretches taken out.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The paragraph it stands in.
    pub(super) paragraph: usize,
    /// The words outside marks.
    pub(super) tokens: Vec<Token>,
    /// All lists that any of them is on.
    pub(super) lists: Traits,
    /// Who does what those cues say that were asked for, by many rules each.
    pub(super) doers: Doers,
    /// Whether all words but the smallest have capitals, so that these tell no names: a headline.
    pub(super) is_title: bool,
    /// The namings in them.
    pub(super) namings: Vec<Naming>,
    /// Pronouns that seldom name who speaks.
    pub(super) weak: Vec<Naming>,
    /// The marked stretches: the number of tokens before each, and which it is.
    pub(super) runs: Vec<Slot>,
}

/// Where a marked stretch stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// How many tokens of the sentence stand before it.
    pub(super) before: usize,
    /// The index of the run, and of its piece.
    pub(super) run: usize,
    pub(super) piece: usize,
}

/// A marked stretch: the paragraph it stands in, its bytes with the marks and without, and which it is.
#[derive(Clone, Debug)]
pub(super) struct Marked {
    pub(super) paragraph: usize,
    pub(super) outer: Range<usize>,
    pub(super) inner: Range<usize>,
    pub(super) run: usize,
    pub(super) piece: usize,
}

/// Whether a stretch in marks stands inside a name: `Bobby “Bear” Lane`. What stands before it is a given name.
fn is_nickname(language: &Language, text: &str, stretch: &Marked, end: usize) -> bool {
    let (outer, inner) = (&stretch.outer, &text[stretch.inner.clone()]);
    let is_named = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let before = text[..outer.start].strip_suffix(' ');
    let is_joined = before.is_some_and(|before| before.ends_with(char::is_alphabetic));
    let surname = text[outer.end..end].strip_prefix(' ');
    let surname = surname.and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
    const OTHERS: Traits = Traits::NEVER
        .or(Traits::CUE)
        .or(Traits::SMALL_VERB)
        .or(Traits::TIME_NOUN);
    let is_name = |word: &str| !language.traits(Word::of(&word.to_lowercase())).any(OTHERS);
    let surname = surname.filter(|word| is_name(word));
    is_joined && inner.len() <= NICKNAME && inner.split(' ').all(is_named) && surname.is_some_and(is_named)
}

/// Whether a dash ends the place and day that a report begins with: `HARBOR FALLS, Feb. 6 —`.
fn is_dateline(tokens: &[Token]) -> bool {
    let [first, .., last] = tokens else { return false };
    let is_place = |token: &Token| {
        !token.is_word() || token.shape.is_capital || token.shape.is_number || token.is(Traits::OF)
    };
    let mut city = tokens.iter().take_while(|token| token.is_word());
    // "ST. LOUIS", "St. Louis".
    let is_abbreviation = first.is(Traits::PLACE_FIRST) && first.is(Traits::ABBREVIATION);
    let is_capital = |token: &Token| token.shape.is_all_capital || token.is(Traits::ABBREVIATION);
    let is_city = is_abbreviation || (first.range.len() > 2 && city.all(is_capital));
    is_city && last.is_dash() && tokens.len() <= DATELINE && tokens.iter().all(is_place)
}

/// Whether words behind a stop go on with the sentence: `Dale Hutchins (D-Ore.) said`, `Flotilla Inc., the owner`.
fn goes_on(behind: &[Token]) -> bool {
    let is_small = |token: &Token| token.is_word() && !token.shape.is_capital && !token.shape.is_number;
    match behind {
        [first, ..] if is_small(first) => true,
        [first, ..] if first.is_mark(',') || first.is_mark(';') => true,
        [first, second, ..] if first.is_mark(')') => is_small(second) || second.is_mark(','),
        _ => false,
    }
}

/// Cuts paragraphs into sentences, one after the other.
pub(super) struct Cutter<'a> {
    language: &'a Language,
    text: &'a str,
    paragraph: usize,
    sentences: Vec<Sentence>,
    /// The tokens of the paragraph, and where among them those of the sentence begin that is not ended yet.
    tokens: Vec<Token>,
    begun: usize,
    runs: Vec<Slot>,
    /// Tokens behind a stretch.
    after: Vec<Token>,
}

impl<'a> Cutter<'a> {
    /// A cutter of paragraphs that have about as many sentences.
    pub(super) fn new(language: &'a Language, text: &'a str, sentences: usize) -> Self {
        Self {
            language,
            text,
            paragraph: 0,
            sentences: Vec::with_capacity(sentences),
            tokens: Vec::new(),
            begun: 0,
            runs: Vec::new(),
            after: Vec::new(),
        }
    }

    /// The sentences of the paragraphs that were added, and who is named in them.
    pub(super) fn sentences(mut self) -> Vec<Sentence> {
        beginnings::settle(self.language, self.text, &mut self.sentences);
        for sentence in &mut self.sentences {
            sentence.read_namings();
        }
        self.sentences
    }

    /// Adds a paragraph, whose marked stretches are given in order.
    pub(super) fn add_paragraph(&mut self, paragraph: usize, range: Range<usize>, marked: &[Marked]) {
        self.paragraph = paragraph;
        let text = self.text;
        let mut at = range.start;
        for (position, stretch) in marked.iter().enumerate() {
            self.add(at..stretch.outer.start.max(at));
            if self.ends_before(stretch) {
                self.cut(self.tokens.len());
            }
            let follows_given_name = self.tokens[self.begun..]
                .last()
                .is_some_and(|it| it.is_name() && it.is(Traits::MALE.or(Traits::FEMALE)));
            if follows_given_name && is_nickname(self.language, text, stretch, range.end) {
                at = stretch.outer.end;
                continue;
            }
            self.runs.push(Slot {
                before: self.tokens.len() - self.begun,
                run: stretch.run,
                piece: stretch.piece,
            });
            // A comma belongs to the words on whichever side of the mark it is printed.
            at = stretch.outer.end + usize::from(text[stretch.outer.end..range.end].starts_with(','));
            let next = marked
                .get(position + 1)
                .map_or(range.end, |next| next.outer.start);
            if self.runs.len() >= MAX_RUNS || self.ends_after(stretch, at..next.max(at)) {
                self.cut(self.tokens.len());
            }
        }
        self.add(at..range.end.max(at));
        self.cut(self.tokens.len());
        self.tokens.clear();
        self.begun = 0;
    }

    /// Whether an abbreviation right before words that are a sentence ends the one before: `at 7 p.m. “We will go,”`.
    fn ends_before(&self, stretch: &Marked) -> bool {
        let last = self.tokens[self.begun..].last();
        let is_site = || self.is_site_of_one_letter(self.tokens.len() - 1);
        let stops = last.is_some_and(|last| {
            let is_open = last.is(Traits::TITLE.or(Traits::OPEN_ABBREVIATION));
            let is_long = last.range.len() > 2 || is_site();
            last.is_word() && is_long && !is_open && self.text[last.range.clone()].ends_with('.')
        });
        let words = self.text[stretch.inner.clone()].trim();
        stops && words.starts_with(char::is_uppercase) && words.ends_with([',', '.', '!', '?', '…'])
    }

    /// Whether a sentence ends with a marked stretch; `gap` is what stands between it and the next one.
    fn ends_after(&mut self, stretch: &Marked, gap: Range<usize>) -> bool {
        let inner = &self.text[stretch.inner.clone()];
        let inner = inner.trim_end_matches(|c: char| c.is_whitespace() || "’'”\")".contains(c));
        let last = inner.chars().last();
        let Some(last) = last.filter(|last| matches!(last, '.' | '!' | '?' | '…')) else {
            return false;
        };
        let gap = gap.start..gap.end.min(self.text.ceil_char_boundary(gap.start + AFTER));
        let begins_small = |c: char| c.is_alphanumeric() && !c.is_uppercase();
        if self.text[gap.clone()].trim_start().starts_with(begins_small) {
            return false;
        }
        self.after.clear();
        add_tokens(self.language, self.text, gap, &mut self.after);
        let Some(first) = self.after.first() else {
            return true;
        };
        if first.is_dash() || first.is_mark(',') || first.is_mark(';') {
            return false;
        }
        let begins_new = !first.is_word() || first.shape.is_capital;
        // "Lima told them that “….” Cruz agreed": who says the words stands before them.
        let is_told = self.tokens[self.begun..]
            .iter()
            .any(|token| token.is(Traits::SAY));
        begins_new && (is_told || !begins_attribution(&self.after, last))
    }

    fn add(&mut self, range: Range<usize>) {
        let added = self.tokens.len();
        add_tokens(self.language, self.text, range, &mut self.tokens);
        for at in added..self.tokens.len() {
            let (token, next) = (&self.tokens[at], self.tokens.get(at + 1));
            // "?!" and "..." are one end.
            let ends = token.ends_sentence()
                && !next.is_some_and(Token::ends_sentence)
                && !goes_on(&self.tokens[at + 1..]);
            let ends = ends || self.ends_in_abbreviation(at);
            let ends = ends || (token.is_dash() && self.ends_dateline(at));
            if ends || at + 1 - self.begun >= MAX_TOKENS {
                self.cut(at + 1);
            }
        }
    }

    /// Whether a token is an abbreviation whose stop ends the sentence as well: `in the U.S. He said`.
    fn ends_in_abbreviation(&self, at: usize) -> bool {
        let (token, next) = (&self.tokens[at], self.tokens.get(at + 1));
        const BEGINS: Traits = Traits::HE_SHE_THEY
            .or(Traits::IT)
            .or(Traits::DEFINITE)
            .or(Traits::AND)
            .or(Traits::BUT_WHILE);
        let begins = |next: &Token| next.shape.is_capital && next.is(BEGINS) && !next.shape.is_all_capital;
        let stops = || {
            let is_long = token.is_word() && !token.is(Traits::TITLE) && token.range.len() > 2;
            (is_long || self.is_site_of_one_letter(at)) && self.text.as_bytes()[token.range.end - 1] == b'.'
        };
        next.is_some_and(begins) && stops()
    }

    /// Whether a token is the letter that a site is called by, and no initial: `on X.`
    fn is_site_of_one_letter(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        self.tokens[at].is(Traits::SOCIAL) && before.is_some_and(|it| it.is(Traits::PREPOSITION))
    }

    /// Whether the dash at a token ends the place and day that the paragraph begins with.
    fn ends_dateline(&self, dash: usize) -> bool {
        let mut before = self.sentences.last().into_iter();
        let begins = self.runs.is_empty() && before.all(|last| last.paragraph != self.paragraph);
        begins && is_dateline(&self.tokens[self.begun..=dash])
    }

    /// Ends the sentence before a token.
    fn cut(&mut self, end: usize) {
        if self.begun == end && self.runs.is_empty() {
            return;
        }
        self.sentences.push(Sentence {
            paragraph: self.paragraph,
            // As much room as there are tokens: a text may have a sentence for each of its letters.
            tokens: self.tokens[self.begun..end].to_vec(),
            lists: Traits::NONE,
            doers: Doers::default(),
            is_title: false,
            namings: Vec::new(),
            weak: Vec::new(),
            runs: std::mem::take(&mut self.runs),
        });
        self.begun = end;
    }
}

/// Whether words after a stretch that ended a sentence still tell who said it: `“Why?” Lima asked.`
fn begins_attribution(after: &[Token], last: char) -> bool {
    // "“Why?” I asked".
    if let [first, cue, ..] = after
        && first.is(Traits::FIRST_PERSON)
        && !first.is(Traits::OWNER)
        && cue.is(Traits::SAY)
    {
        return last != '.';
    }
    let named = namings(&after[..after.len().min(24)], &[]);
    let Some(naming) = named.first().filter(|naming| naming.tokens.start == 0) else {
        return false;
    };
    let mut at = naming.tokens.end;
    while after.get(at).is_some_and(|token| token.is(Traits::ADVERB)) {
        at += 1;
    }
    let is = |at: usize, list: Traits| after.get(at).is_some_and(|token| token.is(list));
    // "“Why?” Lima wanted to know."
    let wants_to_know = is(at, Traits::ASKS) && is(at + 1, Traits::TO) && is(at + 2, Traits::KNOW);
    let is_cue = is(at, Traits::SAY) || wants_to_know;
    let ends_soon = after[at.min(after.len())..]
        .iter()
        .take(4)
        .any(Token::ends_sentence);
    is_cue && (last != '.' || ends_soon)
}

/// Ends what no mark closes where the words go on with who said them: `“The dam was inspected, Renner said.`
pub(super) fn end_unclosed(language: &Language, text: &str, runs: &mut [Run]) {
    for run in runs.iter_mut().filter(|run| !run.is_closed) {
        let (Some(piece), Some(outer)) = (run.pieces.last_mut(), run.outer.last_mut()) else {
            continue;
        };
        let mut tokens = Vec::new();
        let end = piece.end.min(text.floor_char_boundary(piece.start + UNCLOSED));
        add_tokens(language, text, piece.start..end, &mut tokens);
        let parts = |token: &Token| token.is_mark(',') || token.ends_sentence();
        let last = (0..tokens.len()).find(|at| parts(&tokens[*at]) && tells_speaker(&tokens[at + 1..]));
        if let Some(last) = last {
            piece.end = tokens[last].range.end;
            outer.end = piece.end;
        }
    }
}

/// Whether words begin with who said what stands before: `said Renner`, `engineer Paula Renner said`.
fn tells_speaker(after: &[Token]) -> bool {
    let first = after
        .iter()
        .take_while(|token| token.is_word() && token.is_plain());
    let described = first.filter(|token| !token.shape.is_capital).count();
    if described <= DESCRIBED && begins_attribution(&after[described.min(after.len())..], ',') {
        return true;
    }
    let is_cue = after.first().is_some_and(|token| token.is(Traits::SAY));
    is_cue
        && namings(&after[1..after.len().min(12)], &[])
            .first()
            .is_some_and(|it| it.tokens.start == 0)
}

impl Sentence {
    fn read_namings(&mut self) {
        self.namings = namings(&self.tokens, &self.runs);
        self.weak = weak_namings(&self.tokens, &self.namings);
        let lists = self.tokens.iter().map(|token| token.traits);
        self.lists = lists.fold(Traits::NONE, Traits::or);
        if self.lists.any(Traits::CUE) {
            for index in 0..self.tokens.len() {
                if self.tokens[index].is(Traits::CUE) {
                    self.tokens[index].cue = self.read_cue(index, &self.tokens[index]);
                }
            }
        }
    }

    /// The cue at a token, if it is one.
    #[inline]
    pub(super) fn cue(&self, index: usize) -> Option<CueClass> {
        self.tokens.get(index)?.cue
    }

    fn read_cue(&self, index: usize, token: &Token) -> Option<CueClass> {
        // "the report", "Lima's call", "The Post": nouns and names that look like cues. Words in marks
        // between part what they would belong to.
        let before = index.checked_sub(1).map(|before| &self.tokens[before]);
        let is_noun = before.is_some_and(|before| {
            // "the two said".
            let is_pair = before.is(Traits::PAIR) && (token.is(Traits::COMMON_SAY) || token.shape.ends_in_ed);
            (before.is(Traits::DETERMINER) && !before.is(Traits::ALSO_PRONOUN) && !is_pair)
                || (before.is_word() && before.shape.is_possessive)
        });
        let is_name = token.shape.is_capital && index > 0;
        // "the harbor state's premier": an owner.
        let is_owner = token.shape.is_possessive;
        // "said that reading was harsh".
        let is_going_on = token.shape.ends_in_ing
            && before.is_some_and(|before| before.is(Traits::THAT))
            && self
                .tokens
                .get(index + 1)
                .is_some_and(|next| next.is(Traits::SMALL_VERB));
        // "found that fear of inquiry is": behind a conjunction no verb stands without its subject.
        let is_subject = !token.shape.ends_in_ed
            && before.is_some_and(|before| before.is(Traits::THAT))
            && index > 1
            && self.tokens[index - 2].is(Traits::CUE)
            && self
                .tokens
                .get(index + 1)
                .is_some_and(|next| next.is(Traits::OF.or(Traits::SMALL_VERB)));
        let is_noun = is_noun || is_going_on || is_subject;
        let follows_words = || self.runs.iter().any(|slot| slot.before == index);
        let is_noun = is_noun || (token.is(Traits::ALSO_NOUN) && !self.follows_doer(index));
        // "will continue to be", "would continue its work": an act, and no words.
        let next = self.tokens.get(index + 1);
        let is_bare = !token.shape.ends_in_ed
            && !token.shape.ends_in_ing
            && self.runs.iter().all(|slot| slot.before > index);
        let goes_on = token.is(Traits::GOES_ON)
            && (next.is_some_and(|next| next.is(Traits::TO))
                || before.is_some_and(|before| before.is(Traits::UNREAL.or(Traits::TO)))
                || (is_bare && before.is_some_and(|before| before.is(Traits::SMALL_VERB))));
        // "held that it was “…”", "held in 1997 that", and neither "held a rally" nor "held that view".
        let is_when =
            |token: &&Token| token.is(Traits::PREPOSITION.or(Traits::WHEN)) || token.shape.is_number;
        let mut held = self.tokens[index + 1..].iter().take(HELD).skip_while(is_when);
        let is_act = token.is(Traits::HELD)
            && (self.runs.is_empty() || !held.next().is_some_and(|next| next.is(Traits::THAT)));
        if is_name || is_owner || goes_on || is_act || self.acts_on(index) || (is_noun && !follows_words()) {
            return None;
        }
        Some(if token.is(Traits::SAY) {
            CueClass::Say
        } else if token.is(Traits::CALL) {
            CueClass::Call
        } else {
            CueClass::Think
        })
    }

    /// Whether a verb tells what somebody does something with, of which words in marks are a part: `continued his “long” fight`, `was put into
    /// “…”`; and neither `continued this week: “…”` nor `put it “…”`.
    fn acts_on(&self, index: usize) -> bool {
        const LEADS: Traits = Traits::DETERMINER.or(Traits::OWNER);
        let is = |at: usize, list: Traits| self.tokens.get(at).is_some_and(|token| token.is(list));
        let slot = self.runs.first().map_or(0, |run| run.before);
        // "continued his attack on the “…”": there it is what he says of them.
        let is_of_it = |token: &Token| token.is_word() && !token.is(Traits::PREPOSITION);
        if self.tokens[index].is(Traits::PUT) {
            return is(index + 1, Traits::INTO);
        }
        self.tokens[index].is(Traits::ACTS_ON)
            && is(index + 1, LEADS)
            && !is(index + 1, Traits::THAT)
            && !is(index + 2, Traits::TIME_NOUN.or(Traits::WHEN))
            && index < slot
            && self.tokens[index + 1..slot].iter().all(is_of_it)
    }

    /// Whether somebody who may do what a verb says stands before it: `the filing states`, and not `swing states`.
    fn follows_doer(&self, index: usize) -> bool {
        const DOERS: Traits = Traits::HE_SHE_THEY
            .or(Traits::IT)
            .or(Traits::FIRST_PERSON)
            .or(Traits::SECOND_PERSON)
            .or(Traits::WHO)
            .or(Traits::ROLE)
            .or(Traits::PAPER)
            .or(Traits::BODY_NOUN)
            .or(Traits::SMALL_VERB)
            .or(Traits::TO);
        let before = self.tokens[..index].iter().rev();
        let mut before = before.skip_while(|token| token.is(Traits::ADVERB) && !token.is(DOERS));
        let doer = before.next();
        // "in an American state": behind an article that tells of any it is a noun.
        let is_described = before.next().is_some_and(|token| {
            token.is(Traits::DETERMINER) && !token.is(Traits::DEFINITE.or(Traits::OWNER))
        }) && doer.is_some_and(|token| token.shape.is_capital)
            && self.tokens.get(index + 1).is_some_and(Token::is_plain_word);
        !is_described && doer.is_some_and(|token| token.is(DOERS) || token.is_name())
    }

    /// How many tokens "according to" has, if it begins at a token.
    pub(super) fn according(&self, index: usize) -> Option<usize> {
        let is = |at: usize, word| self.tokens.get(at).is_some_and(|token| token.is(word));
        match () {
            // "per the statement", and not "per person".
            () if is(index, Traits::ACCORDING_ALONE) && !self.is_unit(index + 1) => Some(1),
            () if is(index, Traits::ACCORDING) && is(index + 1, Traits::TO) => Some(2),
            // "in the words of Lima"
            () if is(index, Traits::IN_WORDS) && is(index + 1, Traits::OF) && self.is_in_the(index) => {
                Some(2)
            }
            () => None,
        }
    }

    /// Where "according to" begins first, and how many tokens it has.
    pub(super) fn first_according(&self) -> Option<(usize, usize)> {
        const LEADS: Traits = Traits::ACCORDING_ALONE.or(Traits::ACCORDING).or(Traits::IN_WORDS);
        // Most sentences have no such word.
        let positions = 0..self.tokens.len();
        let mut positions = positions.filter(|_| self.lists.any(LEADS));
        positions.find_map(|index| Some((index, self.according(index)?)))
    }

    /// Whether a noun for one of many stands bare at a token.
    fn is_unit(&self, index: usize) -> bool {
        let is_one =
            |noun: &Token| noun.is(Traits::ROLE) && !noun.is(Traits::PLURAL_ROLE) && !noun.shape.is_capital;
        self.tokens.get(index).is_some_and(is_one)
    }

    /// Whether a preposition and an article stand before a token.
    fn is_in_the(&self, index: usize) -> bool {
        let is = |back: usize, word| index.checked_sub(back).is_some_and(|at| self.tokens[at].is(word));
        is(1, Traits::DEFINITE) && is(2, Traits::PREPOSITION)
    }

    /// Whether "according to" stands right before a token.
    pub(super) fn is_accorded(&self, index: usize) -> bool {
        (1..=2).any(|length| index >= length && self.according(index - length) == Some(length))
    }

    /// The naming that begins at a token.
    pub(super) fn naming_from(&self, index: usize) -> Option<&Naming> {
        self.position_from(index).map(|position| &self.namings[position])
    }

    /// Who or what is named from a token on behind "according to": any noun may be.
    pub(super) fn source_from(&self, index: usize) -> Option<&Naming> {
        let weak = || self.weak.iter().find(|naming| naming.tokens.start == index);
        self.naming_from(index).or_else(weak)
    }

    /// The position of the naming that begins at a token.
    pub(super) fn position_from(&self, index: usize) -> Option<usize> {
        let found = self
            .namings
            .binary_search_by_key(&index, |naming| naming.tokens.start);
        found.ok()
    }
}
