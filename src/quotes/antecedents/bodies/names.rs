//! The bodies that a text names, and the fullest name that it gives of each.

use std::ops::Range;

use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::body_words::BodyKinds;
use crate::quotes::lexicon::{Language, Traits, Word, Words};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

use super::named::{Body, body, person_in};
use super::tells_person;

/// The most names that one word leads to: whatever a page holds, work on one is bounded.
const MOST: usize = 32;
/// Words before a name that an abbreviation behind it may take in.
const BRACKETED: usize = 6;
/// The fewest and the most letters of an abbreviation.
const LETTERS: Range<usize> = 2..8;

/// A name as it was first met.
struct Name {
    span: Span,
    words: Vec<Word>,
    /// Which of the words may stand before a short name: names, and neither `of` nor `Lima’s`.
    leads: Vec<bool>,
    /// Whether an owner is a part of it: `Lowen Ladies’ Journal`.
    is_owned: bool,
    /// Whether it is that of a person whom a naming of a body holds: `Harbor Bank President Ana Lima`.
    is_person: bool,
    kinds: BodyKinds,
}

/// The names of the bodies of a text.
pub(in crate::quotes::antecedents) struct BodyNames {
    names: Vec<Name>,
    by_first: Words<Vec<usize>>,
    by_last: Words<Vec<usize>>,
    by_initials: Words<Vec<usize>>,
    /// Words by which the text calls somebody: `Gov. Marrow`.
    borne: Words<()>,
}

impl BodyNames {
    /// Those of sentences; what a headline gives is a short name more often than a full one, and never the first that counts.
    pub(in crate::quotes::antecedents) fn of(
        (language, text): (&Language, &str),
        sentences: &[Sentence],
        headline: Option<usize>,
    ) -> Self {
        let mut names = Self {
            names: Vec::new(),
            by_first: Words::default(),
            by_last: Words::default(),
            by_initials: Words::default(),
            borne: Words::default(),
        };
        for is_headline in [false, true] {
            let own = sentences
                .iter()
                .filter(|it| (headline == Some(it.paragraph)) == is_headline);
            for sentence in own {
                for naming in sentence.namings.iter().chain(&sentence.weak) {
                    let person = || person_in(sentence, naming);
                    if let Some(named) = body(language, text, sentence, naming).or_else(person) {
                        names.add(text, sentence, &named);
                    }
                }
            }
        }
        names.tell_unions(language, sentences);
        names.tell_bearers(sentences);
        names
    }

    fn add(&mut self, text: &str, sentence: &Sentence, body: &Body) {
        let letters = bracketed(text, sentence, &body.tokens);
        let range = match &letters {
            Some(letters) => spelt_out(text, sentence, &body.tokens, letters),
            None => body.tokens.clone(),
        };
        let tokens = &sentence.tokens[range.clone()];
        let words = words(text, tokens);
        if let Some(known) = self.known(&words) {
            let kinds = &mut self.names[known].kinds;
            *kinds = kinds.or(body.kinds);
            return;
        }
        let (Some(span), Some(first), Some(last)) =
            (span_of(text, sentence, &range), words.first(), words.last())
        else {
            return;
        };
        let index = self.names.len();
        for (list, word) in [(&mut self.by_first, *first), (&mut self.by_last, *last)] {
            push(list, word, index);
        }
        let letters = letters.filter(|letters| abbreviates(text, tokens, letters));
        let letters = letters.map(|letters| Word::of(&letters));
        let initials = initials(text, tokens);
        // Two letters are anybody's, but in brackets: "the DA" is not the Department of Agriculture.
        let own = initials.into_iter().filter(|_| capitals(tokens) > LETTERS.start);
        for initials in own.chain(letters) {
            push(&mut self.by_initials, initials, index);
        }
        self.names.push(Name {
            span,
            leads: tokens
                .iter()
                .map(|token| token.shape.is_capital && !token.shape.is_possessive)
                .collect(),
            is_owned: tokens.iter().any(|token| token.shape.is_possessive),
            is_person: body.is_person,
            words,
            kinds: body.kinds,
        });
    }

    /// Tells those to be unions whose members' one is named so anywhere: `the flight attendants’ union`.
    fn tell_unions(&mut self, language: &Language, sentences: &[Sentence]) {
        let mut by_last = Words::default();
        std::mem::swap(&mut by_last, &mut self.by_last);
        let ends = by_last.keys().fold(0, |bits, word| bits | word.bit());
        for sentence in sentences {
            for pair in sentence.tokens.windows(2) {
                // Most words end no name, which a bit tells.
                if pair[0].word.bit() & ends == 0 {
                    continue;
                }
                let is_union = language.bodies.tells(pair[1].word) == Some(BodyKinds::UNION);
                let is_of_members = !pair[0].is(Traits::BODY.or(Traits::PLACE).or(Traits::DETERMINER));
                let Some(only) = by_last.get(&pair[0].word).filter(|_| is_union && is_of_members) else {
                    continue;
                };
                for index in only {
                    let kinds = &mut self.names[*index].kinds;
                    *kinds = kinds.or(BodyKinds::UNION);
                }
            }
        }
        self.by_last = by_last;
    }

    /// Tells by which words that names of bodies begin with somebody is called.
    fn tell_bearers(&mut self, sentences: &[Sentence]) {
        let firsts = &self.by_first;
        let begins = firsts.keys().fold(0, |bits, word| bits | word.bit());
        for sentence in sentences {
            let is_one = |at: &usize| {
                let word = sentence.tokens[*at].word;
                word.bit() & begins != 0 && firsts.contains_key(&word) && tells_person(sentence, *at)
            };
            let borne = (0..sentence.tokens.len()).filter(is_one);
            self.borne.extend(borne.map(|at| (sentence.tokens[at].word, ())));
        }
    }

    fn known(&self, words: &[Word]) -> Option<usize> {
        let same = self.by_last.get(words.last()?)?;
        same.iter()
            .copied()
            .find(|index| self.names[*index].words == words)
    }

    /// What is told anywhere of a body that is named so.
    pub(super) fn kinds(&self, text: &str, name: &[Token]) -> BodyKinds {
        let known = self.known(&words(text, name));
        known.map_or(BodyKinds::NONE, |known| self.names[known].kinds)
    }

    /// Whether a body is named so.
    pub(super) fn has(&self, text: &str, name: &[Token]) -> bool {
        self.known(&words(text, name)).is_some()
    }

    /// The only fuller name of a body that is named so: `New York Times` of `the Times`, `Marrow Energy` of `Marrow`, `Government Accountability Office` of
    /// `GAO`; nothing where two may be meant.
    pub(super) fn fuller(&self, language: &Language, text: &str, name: &[Token]) -> Option<Span> {
        let words = words(text, name);
        let mut found: Vec<usize> = self.longer(language, &words, name);
        found.extend(self.firms(language, &words, name));
        found.extend(self.rivals(&words, name));
        if let [letters] = name
            && is_letters(letters)
        {
            found.extend(self.by_initials.get(words.first()?).into_iter().flatten());
        }
        found.retain(|index| !self.names[*index].is_person);
        self.only_of(text, found, words.len())
    }

    /// The same of a word that stands alone and may be a firm’s name or the surname of whom a naming of a body holds; no firm where the text calls
    /// somebody by it.
    pub(super) fn fuller_alone(&self, language: &Language, text: &str, name: &Token) -> Option<Span> {
        let name = std::slice::from_ref(name);
        let words = words(text, name);
        let is_person = |index: &usize| self.names[*index].is_person;
        let people = self.by_last.get(words.first()?).into_iter().flatten();
        let mut found: Vec<usize> = people.copied().filter(is_person).collect();
        if found.is_empty() {
            return self
                .fuller(language, text, name)
                .filter(|_| !self.ends_any(&words) && !self.borne.contains_key(&words[0]));
        }
        found.extend(self.firms(language, &words, name));
        self.only_of(text, found, words.len())
    }

    /// Further bodies that one word may be short for, though it is no usual short name of theirs: `Times of Lowen`, `Ladies’ Journal`.
    fn rivals(&self, words: &[Word], name: &[Token]) -> Vec<usize> {
        let ([word], [token]) = (words, name) else {
            return Vec::new();
        };
        let begun = self.by_first.get(word).into_iter().flatten();
        let begun = begun.filter(|_| token.is(Traits::BODY) && !token.is(Traits::PLACE));
        let owned = self.by_last.get(word).into_iter().flatten();
        let owned = owned.filter(|index| self.names[**index].is_owned);
        let longer = |index: &usize| self.names[*index].words.len() > 1;
        begun.chain(owned).copied().filter(longer).collect()
    }

    /// Whether names of bodies end in these words.
    fn ends_any(&self, words: &[Word]) -> bool {
        let mut same = words
            .last()
            .and_then(|last| self.by_last.get(last))
            .into_iter()
            .flatten();
        same.any(|index| self.names[*index].words.len() > words.len())
    }

    /// The longest of some names, where all others are parts of it.
    fn only_of(&self, text: &str, mut found: Vec<usize>, common: usize) -> Option<Span> {
        found.sort_unstable();
        found.dedup();
        let longest = found
            .iter()
            .copied()
            .max_by_key(|index| self.names[*index].words.len())?;
        let is_same = |index: &usize| self.is_within(text, (*index, longest), common);
        found.iter().all(is_same).then(|| self.names[longest].span)
    }

    /// Names that end in these words: `New York Times` of `Times`, `Department of Homeland Security` of `Homeland Security`. A body that bears the short one
    /// first is named in full by it, and of courts and armies there are many.
    fn longer(&self, language: &Language, words: &[Word], name: &[Token]) -> Vec<usize> {
        let is_on = |list: &str| words.last().is_some_and(|last| language.bodies.is(list, *last));
        let is_whole = is_on("of_many") || (words.len() == 1 && is_on("whole"));
        let first = self.known(words).map(|known| self.names[known].span.start());
        let place = name.iter().all(|token| token.is(Traits::PLACE));
        let is_longer = |index: &usize| {
            let it = &self.names[*index];
            let Some(lead) = it.words.len().checked_sub(words.len()).filter(|lead| *lead > 0) else {
                return false;
            };
            let is_joined = it.leads[..lead].iter().all(|leads| *leads) || words.len() > 1;
            let is_first = first.is_none_or(|first| it.span.start() < first);
            it.words.ends_with(words) && is_joined && is_first
        };
        let same = words
            .last()
            .and_then(|last| self.by_last.get(last))
            .into_iter()
            .flatten();
        same.copied()
            .filter(|index| !is_whole && !place && is_longer(index))
            .collect()
    }

    /// Firms whose name begins with these words: `Marrow Energy` of `Marrow`.
    fn firms(&self, language: &Language, words: &[Word], name: &[Token]) -> Vec<usize> {
        let is_of_body = |token: &Token| token.is(Traits::BODY.or(Traits::PLACE));
        let same = words
            .first()
            .and_then(|first| self.by_first.get(first))
            .into_iter()
            .flatten();
        let is_firm = |index: &usize| {
            let it = &self.names[*index];
            let ends_as_firm = || {
                it.words
                    .last()
                    .is_some_and(|last| language.bodies.is("firm_end", *last))
            };
            it.words.len() > words.len()
                && it.words.starts_with(words)
                && (it.kinds.any(BodyKinds::FIRM) || ends_as_firm())
        };
        same.copied()
            .filter(|index| !name.iter().any(is_of_body) && is_firm(index))
            .collect()
    }

    /// Whether a name is a part of another, or the same behind an abbreviation: `U.N. Harbor Council`, `United Nations Harbor Council`.
    fn is_within(&self, text: &str, (short, long): (usize, usize), common: usize) -> bool {
        let (short, long) = (&self.names[short], &self.names[long]);
        let is_part = long
            .words
            .windows(short.words.len())
            .any(|words| words == short.words);
        let lead = |name: &Name| name.words.len().saturating_sub(common);
        let is_abbreviated = || {
            let long = long.span.slice(text).split_whitespace().take(lead(long));
            let letters = spelt(long.filter_map(|word| word.chars().next()));
            lead(short) == 1 && short.words[0] == letters
        };
        is_part || is_abbreviated()
    }
}

/// Words as names are compared: those in capitals without their stops.
fn words(text: &str, name: &[Token]) -> Vec<Word> {
    let plain = |token: &Token| match is_letters(token) {
        true => spelt(text[token.range.clone()].chars()),
        false => token.word,
    };
    name.iter().map(plain).collect()
}

/// Letters as a word, without stops and what a possessive adds.
fn spelt(letters: impl Iterator<Item = char>) -> Word {
    let letters = letters.filter(|letter| letter.is_uppercase());
    Word::of(&letters.flat_map(char::to_lowercase).collect::<String>())
}

/// Whether a word is written in capitals, as an abbreviation is.
fn is_letters(token: &Token) -> bool {
    token.shape.is_all_capital && LETTERS.contains(&token.range.len())
}

/// The abbreviation in brackets behind a name.
fn bracketed(text: &str, sentence: &Sentence, name: &Range<usize>) -> Option<String> {
    let [open, letters, close, ..] = sentence.tokens.get(name.end..)? else {
        return None;
    };
    let is_it = open.is_mark('(') && close.is_mark(')') && is_letters(letters);
    is_it.then(|| text[letters.range.clone()].to_lowercase().replace('.', ""))
}

/// The whole of a name by the abbreviation behind it, which tells where it begins: `State Harbor Office (SHO)`.
fn spelt_out(text: &str, sentence: &Sentence, name: &Range<usize>, letters: &str) -> Range<usize> {
    let tokens = &sentence.tokens;
    let letters = Word::of(letters);
    let is_whole = |start: &usize| {
        tokens[*start].shape.is_capital && initials(text, &tokens[*start..name.end]).contains(&letters)
    };
    let near = (name.start.saturating_sub(BRACKETED)..=name.start).rev();
    let mut starts = near.take_while(|at| tokens[*at].is_word());
    starts.find(is_whole).unwrap_or(name.start)..name.end
}

/// Whether letters are an abbreviation of a name or of its end: `MINDEF` of `Lowen Ministry of Defence`, and not `APP` of `Associated Press`.
fn abbreviates(text: &str, name: &[Token], letters: &str) -> bool {
    let (Some(first), Some(end)) = (letters.chars().next(), name.last().map(|last| last.range.end)) else {
        return false;
    };
    name.iter().any(|token| {
        let tail = text[token.range.start..end].to_lowercase();
        let mut rest = tail.chars();
        token.shape.is_capital
            && tail.starts_with(first)
            && letters.chars().all(|letter| rest.any(|it| it == letter))
    })
}

fn capitals(name: &[Token]) -> usize {
    name.iter().filter(|token| token.shape.is_capital).count()
}

/// The abbreviations of a name: of its words with capitals, and of all of them.
fn initials(text: &str, name: &[Token]) -> Vec<Word> {
    let first = |token: &Token| text[token.range.start..].chars().next();
    let capitals: String = name
        .iter()
        .filter(|token| token.shape.is_capital)
        .filter_map(first)
        .collect();
    let all: String = name.iter().filter_map(first).collect();
    if capitals.chars().count() < LETTERS.start || !name.iter().any(|token| token.shape.is_capital) {
        return Vec::new();
    }
    let mut found = vec![Word::of(&capitals.to_lowercase()), Word::of(&all.to_lowercase())];
    found.dedup();
    found
}

fn push(list: &mut Words<Vec<usize>>, word: Word, index: usize) {
    let named = list.entry(word).or_default();
    if named.len() < MOST {
        named.push(index);
    }
}
