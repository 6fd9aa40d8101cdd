//! Statements one below the other with `###` between them, as offices of the press end their releases, and
//! transcripts under the line that announces them.

use std::sync::LazyLock;

use regex::Regex;

use super::{Head, Kind, fragment};
use crate::extract::blocks::Piece;
use crate::extract::boilerplate::bare;
use crate::extract::metadata;
use crate::extract::tree::{Outline, letters};
use crate::extract::{genre, plain};
use crate::model::document::{BlockKind, StatedMoment};

/// Letters from which a stretch between two marks is a statement: what follows the last one is often an address.
const MIN_LETTERS: usize = 200;
/// Pieces of a statement among which its headline and its date are looked for.
const HEAD_PIECES: usize = 5;
const MAX_DATE_CHARS: usize = 160;

/// How headlines begin of what stands under a release and is none: who sent it and how to reach them.
const UNDER_A_RELEASE: [&str; 8] = [
    "about",
    "contact",
    "contacts",
    "media contact",
    "press contact",
    "media inquiries",
    "acerca de",
    "contacto",
];

/// "A rush transcript of the remarks is available below:"
static ANNOUNCES_TRANSCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)^[^.]{0,200}\btranscript\b[^.]{0,120}\b(?:below|follows)\b\W*$";
    Regex::new(pattern).expect("a valid pattern")
});

/// Numbers the pieces of each statement, if there are two at least, or of the transcript; `title` is that of the
/// page, without marks.
pub(super) fn divide(outline: &Outline<'_>, found: &mut [Piece], title: &str) -> Vec<Head> {
    let ends: Vec<usize> = (0..outline.pieces.len())
        .filter(|at| ends_release(&outline.pieces[*at].text))
        .collect();
    if ends.is_empty() {
        return transcript(outline, found);
    }
    let mut heads = Vec::new();
    let mut start = 0;
    for end in ends.into_iter().chain([outline.pieces.len()]) {
        let own: Vec<usize> = (0..found.len())
            .filter(|at| (start..end).contains(&found[*at].at))
            .collect();
        let head = own.first().and_then(|first| {
            let pieces: Vec<&Piece> = own.iter().map(|at| &found[*at]).collect();
            // Lines over the first piece that was found, such as the date, are looked at as well.
            let above = found[*first].at.saturating_sub(HEAD_PIECES).max(start)..found[*first].at;
            head(outline, &pieces, &outline.pieces[above], title)
        });
        if let Some((skipped, head)) = head {
            heads.push(head);
            let number = heads.len();
            own.iter().skip(skipped).for_each(|at| found[*at].part = number);
        } else {
            // An address, or more of the statement before.
            let number = heads.len();
            own.iter().for_each(|at| found[*at].part = number);
        }
        start = end;
    }
    if heads.len() < 2 {
        found.iter_mut().for_each(|piece| piece.part = 0);
        heads.clear();
    }
    heads
}

fn ends_release(words: &str) -> bool {
    let marks = words.chars().filter(|character| *character == '#').count();
    (3..=10).contains(&marks)
        && words
            .chars()
            .all(|character| matches!(character, '#' | ' ' | '\n'))
}

/// What heads a statement, and how many pieces stand over its headline: those are the page's own.
fn head(outline: &Outline<'_>, pieces: &[&Piece], above: &[Piece], page: &str) -> Option<(usize, Head)> {
    let size: usize = pieces.iter().map(|piece| letters(&piece.text)).sum();
    let is_own = |piece: &&Piece| is_headline(piece) && bare(&piece.text) != page;
    let at = pieces.iter().take(HEAD_PIECES).position(is_own)?;
    if size < MIN_LETTERS {
        return None;
    }
    let title = &pieces[at];
    let words = bare(&title.text);
    let begins = |start: &&str| {
        words
            .strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    if UNDER_A_RELEASE.iter().any(begins) {
        return None;
    }
    let element = title.place.map(|place| outline.places[place].element);
    let id = element.and_then(|element| element.value().id());
    let lines = above.iter().chain(pieces.iter().take(HEAD_PIECES + at).copied());
    let day = lines
        .filter(|piece| piece.text.chars().count() <= MAX_DATE_CHARS)
        .find_map(|piece| metadata::printed_day(&piece.text));
    let head = Head {
        fragment: fragment(id, &title.text),
        title: Some(title.text.clone()),
        published: day.map(|moment| StatedMoment {
            moment,
            method: "printed date".to_owned(),
        }),
        kind: Kind::Statement,
    };
    Some((at, head))
}

/// Whether a line names a statement: marked as a headline or worded as one, and no date.
fn is_headline(piece: &Piece) -> bool {
    let is_day = || metadata::printed_words(&piece.text) == piece.text;
    let is_marked = piece.kind == BlockKind::Heading && plain::is_title(&piece.text);
    (is_marked || genre::is_title(&piece.text)) && !is_day()
}

/// A transcript under a release: one part, from the line after the one that announces it.
fn transcript(outline: &Outline<'_>, found: &mut [Piece]) -> Vec<Head> {
    // Most lines end otherwise, and need no pattern to tell.
    let announces = |piece: &Piece| {
        let line = piece
            .text
            .trim_end_matches(|last: char| !last.is_alphanumeric())
            .as_bytes();
        let ends = |word: &[u8]| {
            line.len() >= word.len() && line[line.len() - word.len()..].eq_ignore_ascii_case(word)
        };
        (ends(b"below") || ends(b"follows")) && ANNOUNCES_TRANSCRIPT.is_match(&piece.text)
    };
    let Some(at) = found.iter().position(announces).filter(|at| *at > 0) else {
        return Vec::new();
    };
    let spoken: usize = found[at + 1..].iter().map(|piece| letters(&piece.text)).sum();
    if spoken < MIN_LETTERS {
        return Vec::new();
    }
    found[at + 1..].iter_mut().for_each(|piece| piece.part = 1);
    let line = &found[at];
    let element = line.place.map(|place| outline.places[place].element);
    vec![Head {
        fragment: fragment(element.and_then(|element| element.value().id()), &line.text),
        title: Some(line.text.trim_end_matches([':', ' ']).to_owned()),
        published: None,
        kind: Kind::Transcript,
    }]
}
