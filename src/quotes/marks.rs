//! Quotation marks: which stretches of a text stand inside them.
//!
//! Marks are paired within a paragraph. A stretch left open at a paragraph's end goes on in the next one if
//! that begins with an opening mark of the same kind; else it ends there, so that one lost mark never
//! swallows the rest of a text. Single marks are told from apostrophes by what stands around them.

use std::ops::Range;

use super::Paragraph;
use super::lexicon::Language;

/// A stretch inside marks: one piece, or more where it goes on over paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// The bytes between the marks, one range for each paragraph.
    pub(super) pieces: Vec<Range<usize>>,
    /// The marks with what is between them, in the same order.
    pub(super) outer: Vec<Range<usize>>,
    /// The index of the paragraph each piece stands in.
    pub(super) paragraphs: Vec<usize>,
    /// Whether a closing mark was found.
    pub(super) is_closed: bool,
}

impl Run {
    /// Whether a comma stands right behind the closing mark.
    pub(super) fn has_comma_behind(&self, text: &str) -> bool {
        self.outer
            .last()
            .is_some_and(|outer| text[outer.end..].starts_with(','))
    }

    /// Takes one more piece.
    fn add(&mut self, paragraph: usize, outer: Range<usize>, inner: Range<usize>, is_closed: bool) {
        self.pieces.push(inner);
        self.outer.push(outer);
        self.paragraphs.push(paragraph);
        self.is_closed = is_closed;
    }
}

/// Families of marks: what opens in one closes in the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Angle,
    Single,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
}

#[derive(Clone, Debug)]
struct Mark {
    range: Range<usize>,
    family: Family,
    /// How it is printed: `"`, `“`, `''`. What is opened in one way inside another is closed in that way.
    print: char,
    /// What it can only be; `None` where it depends on what is open.
    role: Option<Role>,
    /// For a closing single mark: whether it may well be an apostrophe (`workers’`).
    is_doubtful: bool,
}

/// The stretches inside marks of a text whose paragraphs are given.
pub(super) fn runs(language: &Language, text: &str, paragraphs: &[Paragraph]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let is_transcript = is_transcript(text, paragraphs);
    // The family of the run that the paragraph before left open, and which it is.
    let mut left_open: Option<(Family, usize)> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let range = paragraph.range.clone();
        let spoken = spoken_after_dash(language, text, range.clone());
        if !spoken.is_empty() {
            let mut run = Run::default();
            for (outer, inner) in spoken {
                // No dash before it: a new sentence, which is a quote of its own.
                if outer.start == inner.start && !run.pieces.is_empty() {
                    runs.push(std::mem::take(&mut run));
                }
                run.add(index, outer, inner, true);
            }
            runs.push(run);
            left_open = None;
            continue;
        }
        // A line without a letter is one of a table, whose marks say "as above".
        let has_words = text[range.clone()].contains(char::is_alphabetic);
        let marks = if has_words {
            marks(language, text, range.clone())
        } else {
            Vec::new()
        };
        // A caption stands between two paragraphs of the text and parts nothing.
        let open = left_open.take_if(|_| !paragraph.is_aside);
        let continued = open.filter(|(family, _)| {
            marks.first().is_some_and(|mark| {
                mark.family == *family
                    && mark.role != Some(Role::Closes)
                    && text[range.start..mark.range.start].trim().is_empty()
            })
        });
        let found = paired(text, &marks, range).into_iter();
        let found = found.filter(|(_, inner, ..)| !inner.is_empty());
        for (position, (mut outer, mut inner, family, is_closed)) in found.enumerate() {
            let begins = position == 0 && text[paragraph.range.start..outer.start].trim().is_empty();
            // A transcript inside marks: who speaks is told and not said.
            let label = if begins && is_transcript {
                label(&text[inner.clone()])
            } else {
                0
            };
            if label > 0 {
                inner.start += label;
                outer.start = inner.start;
            } else if begins && is_aside(&text[inner.clone()]) {
                continue;
            }
            let run = match continued.filter(|_| position == 0 && label == 0) {
                Some((_, run)) => run,
                None => {
                    runs.push(Run::default());
                    runs.len() - 1
                }
            };
            runs[run].add(index, outer, inner, is_closed);
            if !is_closed && !paragraph.is_aside {
                left_open = Some((family, run));
            }
        }
    }
    runs
}

/// Letters of who speaks in a transcript.
const LABEL: usize = 40;

/// Whether paragraphs that open with a mark begin with labels of two who speak, or of one whom the text names elsewhere. "FACT:" is
/// nobody.
fn is_transcript(text: &str, paragraphs: &[Paragraph]) -> bool {
    let mut first: Option<&str> = None;
    for paragraph in paragraphs {
        let words = text[paragraph.range.clone()].trim_start();
        let Some(inner) = words.strip_prefix(['“', '"', '”', '«']) else {
            continue;
        };
        let length = label(inner);
        if length == 0 {
            continue;
        }
        let name = inner[..length].trim_end_matches([':', ' ']);
        match first {
            Some(first) if first != name => return true,
            // The whole text is searched for a name once: the labels that follow are the same one.
            None if is_named(text, name) => return true,
            _ => first = Some(name),
        }
    }
    false
}

/// Whether the text has the last word of a name in capitals as names are written, inside a sentence.
fn is_named(text: &str, name: &str) -> bool {
    let Some(last) = name.split_whitespace().next_back() else {
        return false;
    };
    let mut letters = last.chars();
    let Some(initial) = letters.next() else {
        return false;
    };
    let surname = format!("{initial}{}", letters.as_str().to_lowercase());
    text.match_indices(&surname).any(|(at, _)| {
        let before = text[..at].strip_suffix(' ');
        let is_whole = !text[at + surname.len()..].starts_with(char::is_alphanumeric);
        is_whole && before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
    })
}

/// The bytes of who speaks, with the space behind the colon, where words in marks begin with it in capitals: `“LIMA: We will.”`
fn label(words: &str) -> usize {
    let near = &words[..words.floor_char_boundary(LABEL)];
    let Some(colon) = near.find(": ") else { return 0 };
    let name = &near[..colon];
    let is_name = name
        .chars()
        .all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '’' | '\''));
    let letters = name.chars().filter(|c| c.is_uppercase()).count();
    if is_name && letters > 2 { colon + 2 } else { 0 }
}

/// Whether words stand in one pair of brackets as a whole, as a remark of whoever wrote a transcript down does: `(CROSSTALK.)`
pub(super) fn is_aside(words: &str) -> bool {
    let words = words.trim().trim_end_matches('.');
    let is_within = |open, close: char| {
        let inside = words.strip_prefix(open);
        inside.is_some_and(|inside| inside.find(close) == Some(inside.len().wrapping_sub(close.len_utf8())))
    };
    is_within('(', ')') || is_within('[', ']')
}

/// What a paragraph says that begins with a dash, where the language writes speech so: each piece with its dashes.
/// Between them the text tells who says it: `—Nadie —dijo Lima—. El agua llegó de noche.`
fn spoken_after_dash(
    language: &Language,
    text: &str,
    paragraph: Range<usize>,
) -> Vec<(Range<usize>, Range<usize>)> {
    let dash = |at: usize| {
        let mut dashes = language.dialogue_dashes.iter();
        dashes
            .find(|dash| text[at..paragraph.end].starts_with(**dash))
            .map(|dash| dash.len())
    };
    let is_glued =
        |at: usize| text[at..paragraph.end].starts_with(|c: char| c.is_alphanumeric() || "¿¡«“".contains(c));
    let lead = text[paragraph.clone()].len() - text[paragraph.clone()].trim_start().len();
    let mut begin = paragraph.start + lead;
    let mut pieces = Vec::new();
    let Some(mut start) = dash(begin)
        .map(|length| begin + length)
        .filter(|at| is_glued(*at))
    else {
        return pieces;
    };
    let positions = |from: usize| {
        let rest = text[from..paragraph.end].char_indices();
        rest.map(move |(at, _)| from + at)
            .filter_map(|at| Some((at, dash(at)?)))
    };
    loop {
        // A dash behind a space begins what the teller says, one behind a word or mark ends it.
        let mut aside =
            positions(start).filter(|(at, length)| text[..*at].ends_with(' ') && is_glued(at + length));
        let Some((at, length)) = aside.next() else {
            pieces.push((begin..paragraph.end, start..paragraph.end));
            return pieces;
        };
        pieces.push((begin..at + length, start..at - 1));
        let Some((end, length)) = positions(at + length).next() else {
            return pieces;
        };
        begin = end;
        let rest = &text[end + length..paragraph.end];
        start = paragraph.end
            - rest
                .trim_start_matches(|c: char| c.is_whitespace() || ".,;:".contains(c))
                .len();
        if start == paragraph.end {
            return pieces;
        }
        if text[end + length..start]
            .trim_start()
            .starts_with(['.', '!', '?', '…'])
        {
            begin = start;
        }
    }
}

type Paired = (Range<usize>, Range<usize>, Family, bool);

/// Pairs the marks of one paragraph: outer range, inner range, family, whether it is closed.
fn paired(text: &str, marks: &[Mark], paragraph: Range<usize>) -> Vec<Paired> {
    let mut found = Vec::new();
    let mut open: Option<&Mark> = None;
    let mut is_inside = false;
    let begins = |mark: &Mark| text[paragraph.start..mark.range.start].trim().is_empty();
    for (index, mark) in marks.iter().enumerate() {
        match open {
            None if mark.role != Some(Role::Closes) => open = Some(mark),
            None => {}
            // Words in other marks inside a paragraph that is all words: `"She said, “No,” and left."`
            Some(begin) if begin.family == mark.family && begin.print != mark.print && is_inside => {
                is_inside = mark.role == Some(Role::Opens);
            }
            Some(begin)
                if begin.family == mark.family
                    && begin.print != mark.print
                    && mark.role == Some(Role::Opens)
                    && begins(begin)
                    && closes_alike(&marks[index + 1..], mark) =>
            {
                is_inside = true;
            }
            Some(begin) if begin.family == mark.family => {
                if mark.role == Some(Role::Opens) {
                    // Two openings without a closing between: the first one opens nothing.
                    open = Some(mark);
                } else if !(mark.is_doubtful && closes_later(&marks[index + 1..], mark.family)) {
                    found.push((
                        begin.range.start..mark.range.end,
                        begin.range.end..mark.range.start,
                        mark.family,
                        true,
                    ));
                    open = None;
                }
            }
            // A mark of another family inside is part of the words; but words in double marks are not
            // inside an opening single mark that never closes.
            Some(begin)
                if begin.family == Family::Single
                    && mark.role != Some(Role::Closes)
                    && !closes_later(&marks[index + 1..], Family::Single) =>
            {
                open = Some(mark);
            }
            Some(_) => {}
        }
    }
    if let Some(begin) = open.filter(|begin| begin.family != Family::Single || marks.len() == 1) {
        found.push((
            begin.range.start..paragraph.end,
            begin.range.end..paragraph.end,
            begin.family,
            false,
        ));
    }
    found
}

/// Whether what a mark opens is closed next by one printed in the same way.
fn closes_alike(marks: &[Mark], opening: &Mark) -> bool {
    let next = marks.iter().find(|mark| mark.family == opening.family);
    next.is_some_and(|next| next.print == opening.print && next.role != Some(Role::Opens))
}

/// Bytes that are looked ahead for the end of what a mark bent the wrong way opens.
const SPEECH: usize = 400;
/// How many marks are looked ahead for a better closing.
const AHEAD: usize = 6;

/// Whether a sure closing of the family comes before the next opening.
fn closes_later(marks: &[Mark], family: Family) -> bool {
    marks
        .iter()
        .take(AHEAD)
        .filter(|mark| mark.family == family)
        .take_while(|mark| mark.role != Some(Role::Opens))
        .any(|mark| !mark.is_doubtful)
}

/// The quotation marks of a paragraph, apostrophes and signs of measure left out.
fn marks(language: &Language, text: &str, paragraph: Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let slice = &text[paragraph.clone()];
    let mut at = 0;
    while let Some(found) = slice.as_bytes()[at..]
        .iter()
        .position(|byte| BEGINS_MARK[usize::from(*byte)])
    {
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

/// The bytes that quotation marks begin with in UTF-8, and other characters of their kind.
const BEGINS_MARK: [bool; 256] = {
    let mut begins = [false; 256];
    let bytes = [b'"', b'\'', b'`', 0xc2, 0xe2, 0xef];
    let mut at = 0;
    while at < bytes.len() {
        begins[bytes[at] as usize] = true;
        at += 1;
    }
    begins
};

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
    let stands_free = before.is_none_or(|c| c.is_whitespace() || "([{—–-/“\"‘".contains(c));
    let word_follows = after.is_some_and(|c| c.is_alphanumeric() || "$@#.…[(‘“’'\"£€".contains(c));
    let ends_word = before.is_some_and(|c| !c.is_whitespace());
    let nothing_follows = after.is_none_or(|c| !c.is_alphanumeric());
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
            let role = match (stands_free && word_follows, ends_word && nothing_follows) {
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
            let role = match (character == '`' || (stands_free && word_follows), ends_word) {
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
    let joins = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    if joins || character == '‘' || character == '`' || after.is_some_and(char::is_alphanumeric) {
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

#[cfg(test)]
mod tests {
    use super::super::lexicon::ENGLISH;
    use super::*;
    use crate::model::tongue::Tongue;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let mut paragraphs = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            paragraphs.push(Paragraph {
                range: at..at + line.len(),
                is_aside: line.starts_with("PHOTO "),
            });
            at += line.len() + 1;
        }
        let found: Vec<Vec<&str>> = runs(&ENGLISH, text, &paragraphs)
            .iter()
            .map(|run| run.pieces.iter().map(|piece| &text[piece.clone()]).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn typographic_and_straight_marks_pair() {
        check("“Go,” she said. \"Stay,\" he said.", &[&["Go,"], &["Stay,"]]);
        check(
            "''Go,'' she said. ``Stay,'' he said. «Non», dit-il.",
            &[&["Go,"], &["Stay,"], &["Non"]],
        );
        check("`` Go , '' she said .", &[&[" Go , "]]);
    }

    #[test]
    fn apostrophes_and_measures_are_no_marks() {
        check(
            "The workers’ rights, Lima’s car, the ’90s and rock ’n’ roll aren't.",
            &[],
        );
        check("A 6'2\" man with 12\" records", &[]);
        check(
            "‘The workers’ rights aren’t safe,’ he said.",
            &[&["The workers’ rights aren’t safe,"]],
        );
    }

    #[test]
    fn a_stop_before_a_closing_mark_makes_it_sure() {
        check(
            "‘I kept the three minutes’ silence. It was cold.’",
            &[&["I kept the three minutes’ silence. It was cold."]],
        );
        check(
            "She fumed: ‘The clerk said, “Rules are rules.” I left.’",
            &[&["The clerk said, “Rules are rules.” I left."]],
        );
    }

    #[test]
    fn an_inner_quote_belongs_to_the_outer_one() {
        check("“He said ‘no’ to me,” she said.", &[&["He said ‘no’ to me,"]]);
        check("‘He said “no” to me,’ she said.", &[&["He said “no” to me,"]]);
    }

    #[test]
    fn a_quote_goes_on_where_the_next_paragraph_opens_again() {
        check(
            "“One.\n“Two,” she said.\n“Three.”",
            &[&["One.", "Two,"], &["Three."]],
        );
    }

    #[test]
    fn a_quote_goes_on_behind_a_caption() {
        check(
            "“One.\nPHOTO A “big” boat.\n“Two.”",
            &[&["One.", "Two."], &["big"]],
        );
        check("“One.\nText.\n“Two.”", &[&["One."], &["Two."]]);
    }

    #[test]
    fn where_dashes_begin_speech_what_the_teller_says_is_left_out() {
        let spoken = |text: &str| {
            let pieces = spoken_after_dash(Language::of(Tongue::Spanish), text, 0..text.len());
            let words = pieces.into_iter().map(|(_, inner)| text[inner].to_owned());
            words.collect::<Vec<_>>()
        };
        assert_eq!(spoken("—Nadie —dijo Lima—. Llovía."), ["Nadie", "Llovía."]);
        assert_eq!(spoken("—¿Quién? —preguntó Lima."), ["¿Quién?"]);
        assert_eq!(spoken("—Nadie."), ["Nadie."]);
        assert!(spoken("— Ana Lima, alcaldesa").is_empty());
        assert!(spoken("Nadie —dijo Lima—.").is_empty());
    }

    #[test]
    fn marks_of_one_print_stand_inside_those_of_another() {
        check(
            "\"She said, “No,” and left,\" he said.\n\"Then “yes.” He left.",
            &[&["She said, “No,” and left,"], &["Then “yes.” He left."]],
        );
        check("\"Go,” she said. “Stay.”", &[&["Go,"], &["Stay."]]);
    }

    #[test]
    fn a_transcript_inside_marks_tells_who_speaks() {
        check(
            "“LIMA: One.\n“Two.\n“(CROSSTALK.)\n“CRUZ: Three.”",
            &[&["One.", "Two."], &["Three."]],
        );
        check("He called it “NATO: a history.”", &[&["NATO: a history."]]);
        check("“FACT: Crime is down,” he wrote.", &[&["FACT: Crime is down,"]]);
        check("Ana Lima spoke.\n“LIMA: One.”", &[&["One."]]);
        check(
            "“[The mayor] will not answer [them].”",
            &[&["[The mayor] will not answer [them]."]],
        );
    }

    #[test]
    fn a_lost_mark_swallows_no_more_than_its_paragraph() {
        check(
            "“One, she said.\nTwo. Three.\n“Four.”",
            &[&["One, she said."], &["Four."]],
        );
        check("‘DHS called it a ‘threat,’ and left.", &[&["threat,"]]);
    }

    #[test]
    fn marks_bent_the_wrong_way_are_read_by_where_they_stand() {
        check("”Go now,“ she said.", &[&["Go now,"]]);
    }
}
