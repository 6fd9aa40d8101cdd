//! Each mark of a paragraph as what stands around it tells: whether it opens, closes, or is an apostrophe or a sign of measure.

use std::ops::Range;

use crate::quotes::lexicon::Language;

/// Families of marks: what opens in one closes in the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Angle,
    Single,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Opens,
    Closes,
}

#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) family: Family,
    /// How it is printed: `"`, `“`, `''`. What is opened in one way inside another is closed in that way.
    pub(super) print: char,
    /// What it can only be; `None` where it depends on what is open.
    pub(super) role: Option<Role>,
    /// For a closing single mark: whether it may well be an apostrophe (`workers’`).
    pub(super) is_doubtful: bool,
}

/// Bytes that are looked ahead for the end of what a mark bent the wrong way opens.
const SPEECH: usize = 400;

/// The quotation marks of a paragraph, apostrophes and signs of measure left out.
pub(super) fn marks(language: &Language, text: &str, paragraph: Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let slice = &text[paragraph.clone()];
    let is_usual = memchr::memchr3(RARE[0], RARE[1], RARE[2], slice.as_bytes()).is_none();
    let mut at = 0;
    while let Some(found) = next_mark(&slice.as_bytes()[at..], is_usual) {
        at += found;
        let mut characters = slice[at..].chars();
        let character = characters.next().expect("a character begins there");
        let mut length = character.len_utf8();
        if !is_mark(character) {
            at += length;
            continue;
        }
        let mut after = characters.next();
        let is_doubled = matches!(character, '\'' | '’' | '‘' | '`') && after == Some(character);
        if is_doubled {
            length *= 2;
            after = characters.next();
        }
        let start = paragraph.start + at;
        at += length;
        if let Some((family, role, is_doubtful)) = read(
            language,
            character,
            is_doubled,
            &slice[..at - length],
            after,
            &slice[at..],
        ) {
            marks.push(Mark {
                range: start..start + length,
                family,
                print: match character {
                    '„' | '‟' | '”' => '“',
                    character => character,
                },
                role,
                is_doubtful,
            });
        }
    }
    marks
}

/// The bytes that quotation marks begin with in UTF-8, and other characters of their kind: those that most texts have, and the others.
const USUAL: [u8; 3] = [b'"', b'\'', 0xe2];
const RARE: [u8; 3] = [b'`', 0xc2, 0xef];

/// The first byte that may begin a mark; `is_usual` says that none of the rare ones is there.
fn next_mark(bytes: &[u8], is_usual: bool) -> Option<usize> {
    if is_usual {
        return memchr::memchr3(USUAL[0], USUAL[1], USUAL[2], bytes);
    }
    bytes
        .iter()
        .position(|byte| USUAL.contains(byte) || RARE.contains(byte))
}

const fn is_mark(character: char) -> bool {
    matches!(
        character,
        '"' | '＂' | '“' | '”' | '„' | '‟' | '\'' | '’' | '‘' | '`' | '«' | '»' | '‹' | '›'
    )
}

fn read(
    language: &Language,
    character: char,
    is_doubled: bool,
    lead: &str,
    after: Option<char>,
    rest: &str,
) -> Option<(Family, Option<Role>, bool)> {
    let before = lead.chars().next_back();
    let stands_free = || before.is_none_or(|c| c.is_whitespace() || "([{—–-/“\"‘".contains(c));
    let word_follows = || after.is_some_and(|c| c.is_alphanumeric() || "$@#.…[(‘“’'\"£€".contains(c));
    let ends_word = before.is_some_and(|c| !c.is_whitespace());
    match character {
        '“' | '”' | '„' | '‟' | '"' | '＂' => {
            if character != '“' && character != '„' {
                match measure(lead) {
                    Measure::Sure => return None,
                    // 12" records: unless nothing better closes.
                    Measure::Perhaps => return Some((Family::Double, Some(Role::Closes), true)),
                    Measure::None => {}
                }
            }
            let nothing_follows = after.is_none_or(|c| !c.is_alphanumeric());
            let role = match (stands_free() && word_follows(), ends_word && nothing_follows) {
                // What stands around a mark counts more than which way it is bent.
                (true, false) => Some(Role::Opens),
                (false, true) => Some(Role::Closes),
                _ => match character {
                    '“' | '„' | '‟' => Some(Role::Opens),
                    '”' => Some(Role::Closes),
                    _ => None,
                },
            };
            Some((Family::Double, role, false))
        }
        '«' | '‹' => Some((Family::Angle, Some(Role::Opens), false)),
        '»' | '›' => Some((Family::Angle, Some(Role::Closes), false)),
        '\'' | '’' | '‘' | '`' if is_doubled => {
            // Texts cut into words have spaces on both sides; only `` says there what it does.
            let role = match (character == '`' || (stands_free() && word_follows()), ends_word) {
                (true, _) => Some(Role::Opens),
                (false, true) => Some(Role::Closes),
                (false, false) => None,
            };
            Some((Family::Double, role, false))
        }
        '‘' | '\'' | '’' | '`' => single(language, character, lead, after, rest),
        _ => None,
    }
}

/// A single mark, or nothing where it is an apostrophe.
fn single(
    language: &Language,
    character: char,
    lead: &str,
    after: Option<char>,
    rest: &str,
) -> Option<(Family, Option<Role>, bool)> {
    let before = lead.chars().next_back();
    // Most are apostrophes inside a word.
    if before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let stands_free = before.is_none_or(|c| c.is_whitespace() || "([{—–“\"".contains(c));
    // `"No,"' she said`: behind a closing mark it closes what it stands in.
    let closes =
        before == Some('"') && lead.len() > 1 && after.is_none_or(|c| c.is_whitespace() || ",.;".contains(c));
    if stands_free && !closes {
        let opens =
            after.is_some_and(|c| c.is_alphanumeric() || "“\"$[…".contains(c)) && !is_elision(language, rest);
        // Bent the wrong way it is an apostrophe, unless what it would open ends as speech does.
        let opens = opens && (character != '’' || ends_as_speech(rest));
        return opens.then_some((Family::Single, Some(Role::Opens), false));
    }
    if character == '‘' || character == '`' || after.is_some_and(char::is_alphanumeric) {
        return None;
    }
    // workers’ rights, 6’ tall: a plural, a measure, unless nothing better closes.
    let is_doubtful =
        measure(lead) != Measure::None || before.is_some_and(|c| matches!(c, 's' | 'S' | 'n' | 'o'));
    Some((Family::Single, Some(Role::Closes), is_doubtful))
}

/// Whether a mark is a sign of measure, by the digits before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    None,
    /// `12"`, `6'`.
    Perhaps,
    /// `6'2"`, `4'33"`.
    Sure,
}

fn measure(lead: &str) -> Measure {
    let number = lead.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '½' | '¼' | '¾'));
    let greater = number.trim_end_matches(['\'', '’', '′']);
    // A stop alone is the end of a sentence.
    let is_number = lead[number.len()..].contains(|c| c != '.');
    match lead.len() - number.len() {
        _ if !is_number => Measure::None,
        1..=3 if greater.len() < number.len() && greater.ends_with(|c: char| c.is_ascii_digit()) => {
            Measure::Sure
        }
        1..=3 => Measure::Perhaps,
        _ => Measure::None,
    }
}

/// Whether words that may stand in single marks are closed behind a comma or a stop, with none opened before.
fn ends_as_speech(rest: &str) -> bool {
    let near = &rest[..rest.floor_char_boundary(SPEECH)];
    let end = near.find(['‘', '\n']).unwrap_or(near.len());
    [",’", ".’", "!’", "?’"]
        .iter()
        .any(|closing| near[..end].contains(closing))
}

/// ’90s, ’em, ’til and their like, written with either mark.
fn is_elision(language: &Language, rest: &str) -> bool {
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        return rest.len() - digits.len() == 2 && digits.starts_with(['s', ' ', ',', '.']);
    }
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).take(7).collect();
    language.elided.contains(&word.to_lowercase().as_str())
}
