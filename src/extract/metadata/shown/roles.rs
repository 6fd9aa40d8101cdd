//! Of what a printed day is the day, by the words beside it.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::blocks::Piece;

/// Of what a printed day is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract::metadata) enum Role {
    Published,
    Updated,
    Other,
    /// The day for which the page tells how things are.
    AsOf,
    /// Nothing is said about it.
    Plain,
}

/// "10 a.m. – noon", "from 10:00 to 12:30" right after a day.
static HOURS: LazyLock<Regex> = LazyLock::new(|| {
    let hour = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?|noon)";
    let pattern = format!(
        r"(?i)^[\s,;|@–-]*(?:(?:from|at|between)\s)?{hour}\s?(?:-|–|—|to|until|and)\s?{hour}(?:\W|$)"
    );
    Regex::new(&pattern).expect("a valid pattern")
});
/// What may stand between the day on which a text was adopted and the end of its line.
static VOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s,]*(?:(?:by|on|at|in)\b[^.;:]{0,60})?[.\s]*$").expect("a valid pattern")
});
/// How a line begins on which a body says when it adopted the text above, and one that names what a letter is about.
const ADOPTED: [&str; 6] = ["adopted", "enacted", "passed", "approved", "ratified", "signed"];
const ABOUT: [&str; 6] = ["re", "in re", "subject", "ref", "regarding", "asunto"];
/// Words up to which a line that ends with ";" may be a day and no item of a list.
const ITEM_WORDS: usize = 4;
/// Letters of a label before a colon.
const MAX_LABEL_CHARS: usize = 20;
/// Lines before and behind a day among which the place of an event is looked for.
const LINES_OF_AN_EVENT: usize = 3;

struct Words {
    /// Stems that say of what a date is the date.
    stems: Vec<(String, Role)>,
    /// Words right before a day that make it the bound of a time.
    bounds: Vec<&'static str>,
    /// Whole labels of a day, and of the place where something is held.
    days: Vec<&'static str>,
    places: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (mut stems, mut bounds, mut days, mut places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for line in include_str!("words.txt").lines() {
        let Some((kind, words)) = line.split_once(": ").filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let words = words.split(' ');
        let role = match kind {
            "published" => Role::Published,
            "updated" => Role::Updated,
            "other" => Role::Other,
            "bound" => {
                bounds.extend(words);
                continue;
            }
            "label of a day" => {
                days.extend(words);
                continue;
            }
            "label of a place" => {
                places.extend(words);
                continue;
            }
            kind => unreachable!("{kind} is no kind of words"),
        };
        stems.extend(words.map(|stem| (stem.replace('¨', " "), role)));
    }
    Words {
        stems,
        bounds,
        days,
        places,
    }
});

/// What the words beside a date say that it is, the nearest word first.
pub(in crate::extract::metadata) fn role_of(label: &str) -> Option<Role> {
    let label = label.to_lowercase();
    let begins_word = |at: usize| !label[..at].ends_with(char::is_alphanumeric) || at == 0;
    let found = WORDS.stems.iter().filter_map(|(stem, role)| {
        let at = label.rfind(stem.as_str())?;
        (begins_word(at) || !stem.is_ascii()).then_some((at, *role))
    });
    found.max_by_key(|(at, _)| *at).map(|(_, role)| role)
}

/// What a class says of the date in it.
pub(in crate::extract::metadata) fn role_of_class(class: &str) -> Option<Role> {
    let class = class.to_lowercase();
    let holds = |parts: &[&str]| parts.iter().any(|part| class.contains(part));
    let is_publication = holds(&["publi", "posted", "created"]);
    let is_change = holds(&["updat", "modif", "changed"]);
    match (is_publication, is_change) {
        (true, false) => Some(Role::Published),
        (false, true) => Some(Role::Updated),
        _ => None,
    }
}

/// Whether the words before a day say that it is that of something else than the publication of the text.
pub(in crate::extract) fn is_day_of_something_else(label: &str) -> bool {
    role_of(label).is_some_and(|role| role != Role::Published)
}

/// Whether a label names something that is held or due, whose day stands below it: neither the publication of the text
/// nor a change of it.
pub(in crate::extract) fn names_something_else(label: &str) -> bool {
    role_of(label) == Some(Role::Other)
}

/// Whether a day is the bound of a time that the line speaks of: "guidance issued on or after July 1, 2026".
pub(super) fn is_bound(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default();
    WORDS.bounds.contains(&last.to_lowercase().as_str())
}

/// What stands between somebody's words and a day, where it tells who said them, or where they stand: the line
/// “The piers are sound.” (Harbour Committee, 3/2/26) tells when that was.
pub(super) fn behind_quoted(before: &str) -> Option<&str> {
    let (words, behind) = before.rsplit_once(['”', '"', '»'])?;
    let teller = behind.trim_start();
    let is_in_brackets = teller.starts_with('(') && !teller.contains(')');
    // A title has no stop: “Tide” – Ana Lima, February 6, 2026.
    let are_spoken = words.ends_with(['.', ',', '!', '?', '…']);
    let is_signed = are_spoken && teller.starts_with(['—', '–', '-']) && !teller.contains('|');
    let tells = teller.contains(char::is_alphabetic) && (is_in_brackets || is_signed);
    tells.then_some(behind)
}

/// Whether a line is an item of a list that runs on, and so a piece of a sentence: it ends with ";" or "; and".
pub(super) fn is_item(line: &str) -> bool {
    let line = ["and", "or", "y", "o"]
        .iter()
        .find_map(|joint| line.strip_suffix(joint)?.strip_suffix(' '))
        .unwrap_or(line);
    line.ends_with(';') && line.split(' ').count() > ITEM_WORDS
}

/// "Re: Your notice dated February 26, 2026" names the day of the text that is answered.
pub(super) fn is_about_another_text(line: &str) -> bool {
    label(line).is_some_and(|label| ABOUT.contains(&label.as_str()))
}

/// Whether what stands before and behind a day on its line says no more than that a text was adopted on it.
pub(super) fn is_adopted(before: &str, behind: &str) -> bool {
    let first = before.split(|mark: char| !mark.is_alphabetic()).next();
    let first = first.unwrap_or_default().to_lowercase();
    // "Adopted: March 9, 2026", but not "Adopted rules: March 9, 2026".
    let is_label = |(label, _): (&str, &str)| label.trim().to_lowercase() == first;
    ADOPTED.contains(&first.as_str()) && before.split_once(':').is_none_or(is_label) && VOTE.is_match(behind)
}

/// Whether a line begins with a word that says of what its day is the day, and a colon.
pub(super) fn is_labelled(line: &str) -> bool {
    let role = label(line).and_then(|label| role_of(&label));
    matches!(role, Some(Role::Published | Role::Updated))
}

/// Whether what follows a day is the hours from which to which something takes place on it.
pub(super) fn begins_span(rest: &str) -> bool {
    HOURS.is_match(rest)
}

/// Whether a line gives the day of something that is held: "Date: March 3, 2026", and near by "Location: Town Hall".
pub(super) fn is_of_an_event(pieces: &[Piece], at: usize) -> bool {
    let labelled = |piece: &Piece, words: &[&str]| {
        label(&piece.text).is_some_and(|label| words.contains(&label.as_str()))
    };
    let near = at.saturating_sub(LINES_OF_AN_EVENT)..(at + LINES_OF_AN_EVENT + 1).min(pieces.len());
    labelled(&pieces[at], &WORDS.days) && pieces[near].iter().any(|piece| labelled(piece, &WORDS.places))
}

/// The short label that a line begins with, in small letters.
fn label(line: &str) -> Option<String> {
    let (label, _) = line.split_once(':')?;
    let label = label.trim();
    (label.chars().count() <= MAX_LABEL_CHARS).then(|| label.to_lowercase())
}
