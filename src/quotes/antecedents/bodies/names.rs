//! The bodies that a text names, and the fullest name that it gives of each.

use std::ops::Range;

use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::body_words::BodyKinds;
use crate::quotes::lexicon::{Language, Traits, Word, Words};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

/// The most names that one word leads to: whatever a page holds, work on one is bounded.
const MOST: usize = 32;
/// Words from a name to the noun of its apposition, and from a noun to the name behind it.
const APPOSITION: usize = 6;
/// The fewest and the most letters of an abbreviation.
const LETTERS: Range<usize> = 2..8;

/// A body where a sentence names it.
pub(super) struct Body {
    /// The tokens of its name.
    pub(super) tokens: Range<usize>,
    /// What its name and the words beside it tell it to be.
    pub(super) kinds: BodyKinds,
    /// Whether it is a person’s at the end of a naming that looks like a body’s.
    is_person: bool,
}

/// A name as it was first met.
struct Name {
    span: Span,
    words: Vec<Word>,
    /// Which of the words may stand before a short name: names, and neither `of` nor `Lima’s`.
    leads: Vec<bool>,
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
        names
    }

    fn add(&mut self, text: &str, sentence: &Sentence, body: &Body) {
        let tokens = &sentence.tokens[body.tokens.clone()];
        let words = words(text, tokens);
        if let Some(known) = self.known(&words) {
            let kinds = &mut self.names[known].kinds;
            *kinds = kinds.or(body.kinds);
            return;
        }
        let (Some(span), Some(first), Some(last)) =
            (span_of(text, sentence, &body.tokens), words.first(), words.last())
        else {
            return;
        };
        let index = self.names.len();
        for (list, word) in [(&mut self.by_first, *first), (&mut self.by_last, *last)] {
            push(list, word, index);
        }
        for initials in initials(text, tokens) {
            push(&mut self.by_initials, initials, index);
        }
        self.names.push(Name {
            span,
            leads: tokens
                .iter()
                .map(|token| token.shape.is_capital && !token.shape.is_possessive)
                .collect(),
            is_person: body.is_person,
            words,
            kinds: body.kinds,
        });
    }

    /// Tells those to be unions whose members' one is named so anywhere: `the flight attendants’ union`.
    fn tell_unions(&mut self, language: &Language, sentences: &[Sentence]) {
        let mut by_last = Words::default();
        std::mem::swap(&mut by_last, &mut self.by_last);
        for sentence in sentences {
            for pair in sentence.tokens.windows(2) {
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

    /// The only body of a kind that the text names.
    pub(super) fn only(&self, kind: BodyKinds) -> Option<Span> {
        let mut named = self.names.iter().filter(|name| name.kinds.any(kind));
        named
            .next()
            .filter(|_| named.next().is_none())
            .map(|only| only.span)
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
        if let [letters] = name
            && is_letters(letters)
        {
            found.extend(self.by_initials.get(words.first()?).into_iter().flatten());
        }
        found.retain(|index| !self.names[*index].is_person);
        self.only_of(text, found, words.len())
    }

    /// The same of a word that stands alone and may be a firm’s name or the surname of whom a naming of a body holds.
    pub(super) fn fuller_alone(&self, language: &Language, text: &str, name: &Token) -> Option<Span> {
        let name = std::slice::from_ref(name);
        let words = words(text, name);
        let is_person = |index: &usize| self.names[*index].is_person;
        let people = self.by_last.get(words.first()?).into_iter().flatten();
        let mut found: Vec<usize> = people.copied().filter(is_person).collect();
        if found.is_empty() {
            return self
                .fuller(language, text, name)
                .filter(|_| !self.ends_any(&words));
        }
        found.extend(self.firms(language, &words, name));
        self.only_of(text, found, words.len())
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
    /// first is named in full by it.
    fn longer(&self, language: &Language, words: &[Word], name: &[Token]) -> Vec<usize> {
        let is_whole = words.len() == 1 && language.bodies.is("whole", words[0]);
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

/// The body that a naming is that of, if it is one's: `the Harbor Council`, `the Lima campaign`, `Marrow, a mining company`.
pub(super) fn body(language: &Language, text: &str, sentence: &Sentence, naming: &Naming) -> Option<Body> {
    let tokens = &sentence.tokens;
    let last = &tokens[naming.tokens.end - 1];
    let is_noun = last.is(Traits::BODY_NOUN) && !last.shape.is_capital && !last.shape.is_possessive;
    let name = match naming.kind {
        NamingKind::Body | NamingKind::Person | NamingKind::Role if is_noun => with_noun(sentence, naming)?,
        NamingKind::Body => {
            let name = name_in(tokens, begins(sentence, naming)..naming.head.end)?;
            // "Harbor Party officials" are another's; "a Harbor Council report" is the body's, "a Lowen report" perhaps on her.
            let is_known = || {
                tokens[name.clone()]
                    .iter()
                    .any(|token| language.bodies.kinds(token.word) != BodyKinds::NONE)
            };
            let is_whole = name.end == naming.head.end || (last.is(Traits::PAPER) && is_known());
            Some(name).filter(|_| is_whole)?
        }
        NamingKind::Person => name_in(tokens, naming.tokens.clone())?,
        NamingKind::Weak if last.shape.is_possessive => name_in(tokens, naming.tokens.clone())?,
        _ => return None,
    };
    let own = &tokens[name.clone()];
    let told = told(language, sentence, naming);
    let of_words = |kinds: BodyKinds, token: &Token| kinds.or(language.bodies.kinds(token.word));
    let kinds = own.iter().fold(told, of_words);
    let is_body = match naming.kind {
        NamingKind::Body => true,
        NamingKind::Role => is_noun,
        NamingKind::Person => is_noun || (told != BodyKinds::NONE && own[0].traits.sex() == Traits::NONE),
        _ => kinds != BodyKinds::NONE,
    };
    let is_named = |token: &Token| token.shape.is_capital && !token.is(Traits::PLACE.or(Traits::EPITHET));
    // "the EB-5", "the G-20": a program or a group by number is nobody who speaks.
    let has_number = |token: &Token| {
        text[token.range.clone()]
            .bytes()
            .any(|byte| byte.is_ascii_digit())
    };
    let is_name = own.iter().any(is_named) && !own.iter().any(has_number);
    (is_body && is_name && person_in(sentence, naming).is_none()).then_some(Body {
        tokens: name,
        kinds,
        is_person: false,
    })
}

/// Where the name of a body begins: a word with a capital before it may be a noun by its letters (`the SITE Harbor Group`, `the Republican
/// National Committee`), and an owner a part of it (`Our Harbor Fund`).
fn begins(sentence: &Sentence, naming: &Naming) -> usize {
    let joins = |at: &usize| {
        let token = &sentence.tokens[*at];
        let may_join = token.shape.is_all_capital || token.is(Traits::EPITHET);
        token.shape.is_capital && (may_join || is_owner_in_name(&sentence.tokens, *at))
    };
    let before = (naming.tokens.start..naming.head.start).rev();
    naming.head.start - before.take_while(joins).count()
}

/// Whether an owner with a capital inside a sentence begins a name: `Our Harbor Fund`.
fn is_owner_in_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    at > 0 && token.shape.is_capital && token.is(Traits::OWNER) && token.is(Traits::FIRST_PERSON)
}

/// The person at the end of a naming that looks like a body's: `Harbor Bank President Ana Lima`. A given name stands before the last word, and
/// that is no word of bodies.
fn person_in(sentence: &Sentence, naming: &Naming) -> Option<Body> {
    let name = &sentence.tokens[naming.head.clone()];
    let [.., title, given, surname] = name else {
        return person_alone(sentence, naming);
    };
    let is_person =
        given.traits.sex() != Traits::NONE && !given.is(Traits::PLACE) && !surname.is(Traits::BODY);
    // "the old Ana Lima bridge".
    let is_titled = title.is_word() && title.is_name();
    let is_name = given.is_name() && surname.is_name() && is_titled && !given.shape.is_possessive;
    (naming.kind == NamingKind::Body && is_person && is_name).then(|| Body {
        tokens: naming.head.end - 2..naming.head.end,
        kinds: BodyKinds::NONE,
        is_person: true,
    })
}

/// Somebody whose surname is a word of bodies: `Boris Law`, and not `the Orlando Observer`.
fn person_alone(sentence: &Sentence, naming: &Naming) -> Option<Body> {
    let [given, surname] = &sentence.tokens[naming.head.clone()] else {
        return None;
    };
    let before = naming.head.start.checked_sub(1).map(|at| &sentence.tokens[at]);
    let has_article = before.is_some_and(|before| before.is(Traits::DETERMINER));
    let is_given = given.is_name() && given.traits.sex() == Traits::MALE && !given.is(Traits::PLACE);
    let is_person = is_given && surname.is_name() && !has_article;
    (naming.kind == NamingKind::Body && is_person).then(|| Body {
        tokens: naming.head.clone(),
        kinds: BodyKinds::NONE,
        is_person: true,
    })
}

/// A name and the noun behind it: `Lima campaign`, `Lima’s campaign`, `Harbor ballot commission`.
fn with_noun(sentence: &Sentence, naming: &Naming) -> Option<Range<usize>> {
    let tokens = &sentence.tokens;
    let noun = naming.tokens.end - 1;
    let is_small =
        |at: &usize| tokens[*at].is_word() && !tokens[*at].is(Traits::PREPOSITION) && !tokens[*at].is_name();
    let small = (naming.tokens.start..noun).rev().take_while(is_small).count();
    let name = name_in(tokens, naming.tokens.start..noun - small)?;
    // "Lima’s new firm" is another's firm, which she may have several of.
    let is_whole = small == 0 || (small < APPOSITION && !tokens[name.end - 1].shape.is_possessive);
    (name.end == noun - small && is_whole).then_some(name.start..noun + 1)
}

/// The name at the end of some tokens, behind words in small letters: `Peabody Energy` of `the mining giant Peabody Energy`.
pub(super) fn name_in(tokens: &[Token], within: Range<usize>) -> Option<Range<usize>> {
    let is_name = |at: usize| {
        let is_plain = tokens[at].is_word() && tokens[at].is_name() && !tokens[at].is(Traits::DETERMINER);
        is_plain || is_owner_in_name(tokens, at)
    };
    let end = within.clone().rev().find(|at| is_name(*at))? + 1;
    let is_link = |at: usize| {
        const LINKS: Traits = Traits::OF.or(Traits::AND).or(Traits::BLAMES).or(Traits::DEFINITE);
        tokens[at].is(LINKS) && !tokens[at].shape.is_capital
    };
    let mut start = end - 1;
    while start > within.start {
        let links = (within.start..start)
            .rev()
            .take(2)
            .take_while(|at| is_link(*at))
            .count();
        let Some(before) = (start - links).checked_sub(1).filter(|at| *at >= within.start) else {
            break;
        };
        if !is_name(before) || (links > 0 && tokens[before].shape.is_possessive) {
            break;
        }
        start = before;
    }
    Some(start..end)
}

/// What nouns beside a name tell its body to be: `Marrow, a mining company,`, `the mining giant Marrow`.
fn told(language: &Language, sentence: &Sentence, naming: &Naming) -> BodyKinds {
    let tokens = &sentence.tokens;
    let kind = |token: &Token| {
        let kind = language
            .bodies
            .tells(token.word)
            .filter(|_| !token.shape.is_capital);
        kind.unwrap_or_default()
    };
    let lead = tokens[naming.tokens.start..naming.head.end].iter();
    let lead = lead
        .take_while(|token| !token.is_name() || token.is(Traits::DETERMINER))
        .last()
        .map(kind);
    let is_comma = tokens
        .get(naming.tokens.end)
        .is_some_and(|comma| comma.is_mark(','));
    // "the union, Harbor Workers United,".
    let back = |by: usize| naming.tokens.start.checked_sub(by).map(|at| &tokens[at]);
    let before = match back(1) {
        Some(mark) if mark.is_mark(',') => back(2).filter(|_| is_comma).map(kind),
        before => before.map(kind),
    };
    let begins = tokens
        .get(naming.tokens.end + 1)
        .is_some_and(|article| article.is(Traits::DETERMINER) && !article.is(Traits::OWNER));
    // "a mining company based in Marrow", and not "a company founder".
    const ENDS: Traits = Traits::PREPOSITION
        .or(Traits::WHO)
        .or(Traits::THAT)
        .or(Traits::SMALL_VERB);
    let apposition = tokens.iter().skip(naming.tokens.end + 2).take(APPOSITION);
    let goes_on = |token: &&Token| token.is_word() && !token.is(ENDS) && !token.shape.ends_in_ed;
    let noun = apposition
        .take_while(goes_on)
        .last()
        .map(kind)
        .filter(|_| is_comma && begins);
    [lead, before, noun]
        .into_iter()
        .flatten()
        .fold(BodyKinds::NONE, BodyKinds::or)
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
