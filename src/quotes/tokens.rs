//! A stretch of text cut into words and marks.

use std::ops::Range;

use super::lexicon::{CueClass, Language, Traits, Word};
use super::word::plain_letters;

/// The most words of a name behind its first.
const NAME: usize = 4;
/// Tokens in which the end of a question is looked for.
const SENTENCE: usize = 60;

/// Bytes of a token with the space behind it, as a rule.
const TOKEN: usize = 6;
/// Tokens of a few words.
const FEW: usize = 4;

/// What joins letters and digits to one word.
const JOINS: [char; 10] = ['\'', '-', '.', '&', '@', '#', '_', '/', '’', '‑'];

/// A word or a mark of punctuation.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// The word in lower case without a possessive ending; nothing for a mark.
    pub(super) word: Word,
    /// The lists it is on.
    pub(super) traits: Traits,
    /// The mark, `—` for every dash; nothing for a word.
    mark: Option<char>,
    pub(super) shape: Shape,
    /// What it is a cue for in its sentence, as [`Sentence::cue`](super::sentence::Sentence::cue) tells.
    pub(super) cue: Option<CueClass>,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) is_capital: bool,
    pub(super) is_all_capital: bool,
    pub(super) is_number: bool,
    /// `Lima's`, `workers'`.
    pub(super) is_possessive: bool,
    pub(super) ends_in_ing: bool,
    pub(super) ends_in_ed: bool,
    pub(super) ends_in_ly: bool,
    /// `@handle`.
    pub(super) is_handle: bool,
}

impl Token {
    pub(super) const fn is_word(&self) -> bool {
        self.mark.is_none()
    }

    /// Whether it is a word on any of the lists.
    pub(super) const fn is(&self, lists: Traits) -> bool {
        self.traits.any(lists)
    }

    /// Whether it is on no list but that of the fields of offices.
    pub(super) fn is_plain(&self) -> bool {
        self.traits.without(Traits::FIELD) == Traits::NONE
    }

    /// Whether it is a word in small letters that no list has.
    pub(super) fn is_plain_word(&self) -> bool {
        self.is_word() && self.is_plain() && !self.shape.is_capital
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.mark == Some(mark)
    }

    /// Whether it ends a sentence.
    pub(super) const fn ends_sentence(&self) -> bool {
        matches!(self.mark, Some('.' | '!' | '?' | '…'))
    }

    pub(super) const fn is_dash(&self) -> bool {
        matches!(self.mark, Some('—'))
    }

    /// Whether it names whose what follows is: `Lima's`, `her`.
    pub(super) const fn is_owner(&self) -> bool {
        self.shape.is_possessive || self.is(Traits::OWNER)
    }

    /// A name or a word like one: capitalised, and none that only begins sentences.
    pub(super) const fn is_name(&self) -> bool {
        const NONE: Traits = Traits::NEVER.or(Traits::SMALL_VERB).or(Traits::NEGATOR);
        self.shape.is_capital && !self.is(NONE)
    }
}

/// Adds the tokens of a stretch of text.
pub(super) fn add_tokens(language: &Language, text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let first = tokens.len();
    let own = &text[..range.end];
    let mut at = range.start;
    tokens.reserve(FEW + range.len() / TOKEN);
    while let Some(byte) = own.as_bytes().get(at) {
        at = match byte {
            b' ' => at + 1,
            b',' | b'.' => {
                tokens.push(mark_of(at..at + 1, char::from(*byte)));
                at + 1
            }
            _ => match add_plain_word(language, own, at, tokens) {
                Some(end) => end,
                None => add_token(language, &own[at..], at, tokens),
            },
        };
    }
    settle_names(text, &mut tokens[first..]);
}

/// Adds the token that begins the rest of a stretch, if one does; gives the byte behind it.
fn add_token(language: &Language, rest: &str, at: usize, tokens: &mut Vec<Token>) -> usize {
    let first = rest.chars().next().expect("there is a rest");
    if first.is_whitespace() || first == '\u{200b}' {
        return at + first.len_utf8();
    }
    let token = if first.is_alphanumeric() || first == '@' || first == '#' {
        word(language, rest, at)
    } else {
        mark(rest, first, at)
    };
    let end = token.range.end;
    tokens.push(token);
    end
}

/// Takes words that are names as well as something else for names where what stands beside them says so: `April Stone said`,
/// `Ms. May`, `the New York Ledger`, and neither `in April` nor `Will Stone go?`
fn settle_names(text: &str, tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let token = &tokens[at];
        if !token.shape.is_capital {
            continue;
        }
        if is_initial(text, tokens, at) {
            tokens[at].traits = Traits::NONE;
            continue;
        }
        if token.is(Traits::ALSO_NAME) && is_settled_name(tokens, at) {
            let is_place = is_place(token) && tokens.get(at + 1).is_some_and(is_place);
            let place = if is_place { Traits::PLACE } else { Traits::NONE };
            let traits = &mut tokens[at].traits;
            *traits = traits.only(Traits::MALE.or(Traits::FEMALE).or(place));
        }
    }
}

/// Whether a letter with its stop stands inside a name, whatever word the letter is: `Ana A. Lima`.
fn is_initial(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let is_letter =
        token.traits != Traits::NONE && matches!(text.as_bytes()[token.range.clone()], [b'A'..=b'Z', b'.']);
    // "They won Serie A. Lima scored": only behind a given name it is one of a name.
    let is_given = |token: &Token| token.is_word() && token.is_name() && token.traits.sex() != Traits::NONE;
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let next = tokens.get(at + 1);
    is_letter && before.is_some_and(is_given) && next.is_some_and(|next| next.is_word() && next.is_name())
}

/// Whether a word is one of the names of states and countries.
const fn is_place(token: &Token) -> bool {
    token.shape.is_capital && token.is(Traits::PLACE)
}

fn is_settled_name(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    let next = tokens.get(at + 1);
    // "New Hampshire", wherever it stands.
    if is_place(&tokens[at]) && next.is_some_and(is_place) {
        return true;
    }
    if next.is_some_and(|next| next.shape.is_number) {
        return false;
    }
    // "Theresa May", "Ms. May".
    if before.is_some_and(|it| it.is_word() && it.is_name() && !it.is_owner()) {
        return true;
    }
    let names = |token: &&Token| token.is_word() && token.is_name() && !token.shape.is_number;
    let length = tokens[at + 1..].iter().take(NAME).take_while(names).count();
    let behind = tokens.get(at + 1 + length);
    let says = behind.is_some_and(|it| it.is(Traits::COMMON_SAY));
    // "Will described it so", "From said": a verb that no modal stands before.
    let is_finite = |it: &Token| it.is(Traits::SAY) && it.shape.ends_in_ed;
    let says = says || behind.is_some_and(is_finite);
    if length == 0 || next.is_some_and(|next| next.is(Traits::TITLE.or(Traits::ROLE))) {
        let is_said_by = before.is_some_and(|it| it.is(Traits::SAY)) && next.is_none_or(|it| !it.is_word());
        return length == 0 && (says || is_said_by);
    }
    let is_time = tokens[at].is(Traits::TIME_NOUN);
    match before.filter(|it| it.is_word() || it.is_mark(',')) {
        Some(before) => !is_time || !before.is(Traits::PREPOSITION.or(Traits::DETERMINER)),
        None => {
            let does = Traits::CUE.or(Traits::SMALL_VERB);
            let acts = behind.is_some_and(|it| it.is(does) || it.is_mark(',') || it.shape.ends_in_ed);
            let near = tokens[at..].iter().take(SENTENCE);
            let mut ends = near.filter(|token| token.ends_sentence());
            acts && !ends.next().is_some_and(|end| end.is_mark('?'))
        }
    }
}

fn mark(rest: &str, first: char, at: usize) -> Token {
    let length = if first == '-' {
        rest.len() - rest.trim_start_matches('-').len()
    } else {
        first.len_utf8()
    };
    let is_dash = matches!(first, '—' | '–' | '-' | '―');
    mark_of(at..at + length, if is_dash { '—' } else { first })
}

fn mark_of(range: Range<usize>, mark: char) -> Token {
    Token {
        range,
        word: Word::default(),
        traits: Traits::NONE,
        mark: Some(mark),
        shape: Shape::default(),
        cue: None,
    }
}

fn word(language: &Language, rest: &str, at: usize) -> Token {
    let mut length = word_length(rest);
    let mut slice = &rest[..length];
    let stem = stem(language, slice);
    let owner_mark = if language.possessives.is_empty() {
        0
    } else {
        plural_owner_mark(slice, &rest[length..])
    };
    let is_possessive = stem.len() < slice.len() || owner_mark > 0;
    let mut word = folded(without(&language.contractions, stem));
    let mut traits = language.traits(word);
    if rest[length..].starts_with('.') && (keeps_stop(slice) || abbreviates(traits, &rest[length..])) {
        length += 1;
        slice = &rest[..length];
    }
    let has_hyphen = slice.as_bytes().contains(&b'-');
    if traits == Traits::NONE && has_hyphen {
        traits = of_parts(language, stem);
    }
    // "Hutchins, R-Ohio": his party and where he is from are no name of anybody.
    if traits == Traits::NONE && has_hyphen && is_of_party(language, slice) {
        traits = Traits::NEVER;
        length += usize::from(rest[length..].starts_with('.'));
        slice = &rest[..length];
    }
    // "@handle" stands for a name, whatever word it is made of.
    let is_handle = slice.starts_with('@');
    if is_handle {
        traits = Traits::NONE;
        word = folded(slice);
    }
    let first = slice.chars().next().unwrap_or(' ');
    let is_capital = first.is_uppercase();
    Token {
        range: at..at + length + owner_mark,
        word,
        traits,
        mark: None,
        shape: Shape {
            is_capital: is_capital || is_handle || (has_hyphen && is_prefixed(language, slice)),
            is_all_capital: is_capital && slice.chars().all(char::is_uppercase),
            is_number: first.is_ascii_digit(),
            is_possessive,
            is_handle,
            ..endings(language, stem)
        },
        cue: None,
    }
}

/// What the parts of a word tell of it: nouns for somebody in `mother-of-two`, `ex-mayor`, `46-year-old`, and no name in
/// `Bay-based`.
fn of_parts(language: &Language, word: &str) -> Traits {
    const NOUN: Traits = Traits::ROLE.or(Traits::MALE).or(Traits::FEMALE);
    let traits = |part: &str| language.traits(folded(part));
    let Some((first, rest)) = word.split_once('-') else {
        return Traits::NONE;
    };
    let noun = match rest.split_once('-') {
        Some((of, _)) if traits(of).any(Traits::OF) => traits(first),
        Some((year, old)) if traits(year).any(Traits::TIME_NOUN) && traits(old).any(Traits::OLD) => {
            Traits::ROLE
        }
        None if traits(first).any(Traits::FORMER.or(Traits::COMPOUND)) => traits(rest),
        None if traits(rest).any(Traits::BASED) => return Traits::NEVER.or(Traits::BASED),
        _ => Traits::NONE,
    };
    if noun.any(Traits::ROLE) {
        noun.only(NOUN).or(Traits::EPITHET)
    } else {
        Traits::NONE
    }
}

/// Whether a name begins with a small word and a hyphen: `al-Bashir`.
fn is_prefixed(language: &Language, word: &str) -> bool {
    let parts = word.split_once('-');
    parts.is_some_and(|(small, name)| {
        name.starts_with(char::is_uppercase)
            && small.starts_with(char::is_lowercase)
            && language.traits(folded(small)).any(Traits::PARTICLE)
    })
}

/// Whether a word is that of a party and a place: `D-Ohio`.
fn is_of_party(language: &Language, word: &str) -> bool {
    let parts = word.split_once('-');
    parts.is_some_and(|(party, place)| {
        place.starts_with(char::is_uppercase)
            && party.starts_with(char::is_uppercase)
            && language.traits(folded(party)).any(Traits::PARTY)
    })
}

/// Bytes that may join what stands before and behind them to one word.
const JOINS_BYTE: [bool; 256] = {
    let mut joins = [false; 256];
    let mut byte = 128;
    while byte < 256 {
        joins[byte] = true;
        byte += 1;
    }
    let mut at = 0;
    while at < JOINS.len() {
        if JOINS[at].is_ascii() {
            joins[JOINS[at] as usize] = true;
        }
        at += 1;
    }
    joins
};

/// Adds a word of letters and digits of ASCII that nothing joins with what follows, as most words are: the same as any other, in one
/// go over its bytes. Gives the byte behind it.
#[inline]
fn add_plain_word(language: &Language, text: &str, at: usize, tokens: &mut Vec<Token>) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    let (word, length) = plain_letters(bytes);
    let (own, behind) = bytes.split_at(length);
    let next = behind.first().copied();
    let is_plain = match next {
        Some(b'.') => behind
            .get(1)
            .is_none_or(|after| after.is_ascii() && !after.is_ascii_alphanumeric()),
        next => !next.is_some_and(|next| JOINS_BYTE[usize::from(next)]),
    };
    let (Some(first), Some(last)) = (own.first(), own.last().filter(|_| is_plain)) else {
        return None;
    };
    let slice = || &text[at..at + length];
    let traits = language.traits(word);
    let keeps_stop = next == Some(b'.') && (keeps_stop(slice()) || abbreviates(traits, &text[at + length..]));
    let ending = match language.last_bytes.holds(*last) {
        true => endings(language, slice()),
        false => Shape::default(),
    };
    let is_capital = first.is_ascii_uppercase();
    let end = at + length + usize::from(keeps_stop);
    tokens.push(Token {
        range: at..end,
        word,
        traits,
        mark: None,
        shape: Shape {
            is_capital,
            is_all_capital: is_capital && !keeps_stop && own.iter().all(u8::is_ascii_uppercase),
            is_number: first.is_ascii_digit(),
            ..ending
        },
        cue: None,
    });
    Some(end)
}

/// What the end of a word tells of it.
fn endings(language: &Language, stem: &str) -> Shape {
    if !stem
        .bytes()
        .last()
        .is_some_and(|last| language.last_bytes.holds(last))
    {
        return Shape::default();
    }
    let ends = |endings: &[&str]| {
        let mut endings = endings.iter();
        endings.any(|ending| stem.len() > ending.len() + 1 && ends_in(stem, ending))
    };
    Shape {
        ends_in_ing: ends(&language.going_on),
        ends_in_ed: ends(&language.past),
        ends_in_ly: ends(&language.adverbs),
        ..Shape::default()
    }
}

/// A word without a possessive ending.
fn stem<'a>(language: &Language, slice: &'a str) -> &'a str {
    without(&language.possessives, slice)
}

/// A word without any of some endings.
fn without<'a>(endings: &[&str], word: &'a str) -> &'a str {
    let mut endings = endings.iter();
    let ending = endings.find(|ending| word.len() > ending.len() && ends_in(word, ending));
    ending.map_or(word, |ending| &word[..word.len() - ending.len()])
}

/// Whether a word has an ending, by its last byte first: most have not.
fn ends_in(word: &str, ending: &str) -> bool {
    word.as_bytes().last() == ending.as_bytes().last() && word.ends_with(ending)
}

/// The bytes of a mark after an s that belongs to the word, where more words follow: `the workers' union`.
fn plural_owner_mark(word: &str, after: &str) -> usize {
    let mut characters = after.chars();
    match characters.next() {
        Some(mark @ ('\'' | '’'))
            if word.ends_with('s')
                && characters.next() == Some(' ')
                && characters.next().is_some_and(char::is_alphabetic) =>
        {
            mark.len_utf8()
        }
        _ => 0,
    }
}

fn folded(slice: &str) -> Word {
    // Most words have no other characters than those of ASCII and the curly apostrophe.
    if slice.chars().all(|c| c.is_ascii() || c == '’') {
        let bytes = slice.bytes().filter(|byte| !matches!(byte, 0x80 | 0x99));
        return Word::of_bytes(bytes.map(|byte| match byte {
            0xe2 => b'\'',
            byte => byte.to_ascii_lowercase(),
        }));
    }
    let characters = slice.chars().map(|c| if c == '’' { '\'' } else { c });
    let folded = characters.flat_map(char::to_lowercase).flat_map(|c| {
        let mut bytes = [0; 4];
        let length = c.encode_utf8(&mut bytes).len();
        bytes.into_iter().take(length)
    });
    Word::of_bytes(folded)
}

/// Letters and digits with what joins them: `won’t`, `U.S.`, `Al-Amin`, `J.`, `6.5`.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    while let Some(byte) = text.as_bytes().get(end) {
        if byte.is_ascii_alphanumeric() {
            end += 1;
            continue;
        }
        let mut characters = text[end..].chars();
        let Some(character) = characters.next() else { break };
        let mut joins = || JOINS.contains(&character) && characters.next().is_some_and(char::is_alphanumeric);
        if end > 0 && !character.is_alphanumeric() && !joins() {
            break;
        }
        end += character.len_utf8();
    }
    end
}

/// Whether a word is an abbreviation with the stop behind it: "No. 5", and not "He said no."
fn abbreviates(traits: Traits, behind: &str) -> bool {
    let is_numbered = || behind[1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    traits.any(Traits::ABBREVIATION) && (!traits.any(Traits::NUMBERED) || is_numbered())
}

/// Whether the full stop after a word belongs to it: initials, and what has stops inside.
fn keeps_stop(word: &str) -> bool {
    let mut characters = word.chars();
    let is_initial =
        characters.next().is_some_and(char::is_uppercase) && characters.next().is_none() && word != "I";
    is_initial || (word.contains('.') && word.split('.').all(|part| part.chars().count() == 1))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::ENGLISH;
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        add_tokens(&ENGLISH, text, 0..text.len(), &mut tokens);
        tokens
    }

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let found: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| text[token.range].to_string())
            .collect();
        assert_eq!(found, words);
    }

    #[test]
    fn words_keep_what_joins_them() {
        check(
            "Sen. O’Neil won’t go, he said.",
            &["Sen.", "O’Neil", "won’t", "go", ",", "he", "said", "."],
        );
        check(
            "J. D. Vance -- U.S. envoy",
            &["J.", "D.", "Vance", "--", "U.S.", "envoy"],
        );
        check("“Été…” @nycmayor", &["“", "Été", "…", "”", "@nycmayor"]);
    }

    #[test]
    fn words_of_any_length_are_cut_and_known_alike() {
        for length in 1..40 {
            let word: String = "abcdefghijklmnopqrstuvwxyz0123456789zyxw"[..length].to_owned();
            let marked = format!("{}, É {word}", word.to_uppercase());
            let found = tokens(&marked);
            assert_eq!(&marked[found[0].range.clone()], word.to_uppercase());
            assert_eq!((found[0].word, found[3].word), (Word::of(&word), Word::of(&word)));
        }
    }

    #[test]
    fn what_stands_beside_a_word_makes_it_a_name() {
        let is_name = |text: &str, word: usize| tokens(text)[word].is_name();
        assert!(is_name("April Stone said so.", 0) && is_name("Ms. May said so.", 1));
        assert!(is_name("Theodora May said so.", 1) && is_name("the New York Ledger", 1));
        assert!(!is_name("Stone said in April that", 3) && !is_name("on April 5", 1));
        assert!(!is_name("Will Stone go?", 0) && !is_name("New rules came.", 0));
    }

    #[test]
    fn a_mark_behind_an_owner_in_s_belongs_to_it() {
        check("Adams’ spokesman", &["Adams’", "spokesman"]);
        assert!(tokens("Adams’ spokesman")[0].shape.is_possessive);
    }

    #[test]
    fn a_word_is_known_in_any_case_and_as_an_owner() {
        let found = tokens("ÉTÉ Été Lima’s LIMA SAID");
        assert_eq!(found[0].word, found[1].word);
        assert_eq!(found[2].word, found[3].word);
        assert!(found[2].shape.is_possessive && !found[3].shape.is_possessive);
        assert!(found[4].is(Traits::SAY));
    }
}
