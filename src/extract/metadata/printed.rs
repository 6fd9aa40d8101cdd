//! Dates printed as words, for pages that mark theirs in no way at all.

use std::sync::LazyLock;

use regex::Regex;

use super::Facts;
use crate::extract::blocks::Piece;
use crate::extract::boilerplate::bare;
use crate::model::document::{BlockKind, StatedMoment};
use crate::model::moment::Moment;
use crate::text::moments;

/// `February 6, 2026`, `6 Feb 2026`, `2026-02-06`, `23.07.2025`: days that can be read in one way only.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    let months = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?";
    let pattern = format!(
        r"(?i)\b{months} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)? {months},? (?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d\d\.\d\d\.(?:19|20)\d\d\b"
    );
    Regex::new(&pattern).expect("a valid pattern")
});

/// Letters of a line that is about the text and not of it.
const MAX_CHARS: usize = 120;
/// Pieces before and after the headline that are looked at.
const BEFORE: usize = 6;
const AFTER: usize = 12;

/// The first day printed in `words`.
pub(in crate::extract) fn day(words: &str) -> Option<Moment> {
    DAY.find_iter(words)
        .find_map(|found| moments::read_in(found.as_str(), Some("en")))
}

/// The words of the first day printed in `words`, or nothing.
pub(in crate::extract) fn words(words: &str) -> &str {
    DAY.find(words).map_or("", |found| found.as_str())
}

/// The dates on the lines around the headline.
pub(super) fn read(pieces: &[Piece], titles: &[String]) -> Facts {
    let titles: Vec<String> = titles.iter().map(|title| bare(title)).collect();
    let is_headline = |piece: &Piece| piece.kind == BlockKind::Heading && titles.contains(&bare(&piece.text));
    let Some(at) = pieces.iter().position(is_headline) else {
        return Facts::default();
    };
    let mut facts = Facts::default();
    let after = pieces[at..].iter().take(AFTER);
    for piece in after.chain(pieces[at.saturating_sub(BEFORE)..at].iter().rev()) {
        if piece.text.chars().count() > MAX_CHARS {
            continue;
        }
        let Some(moment) = day(&piece.text) else { continue };
        let words = piece.text.to_lowercase();
        let method = "printed date".to_owned();
        let is_change = ["updat", "modif", "revis"]
            .iter()
            .any(|word| words.contains(word));
        let place = if is_change {
            &mut facts.modified
        } else {
            &mut facts.published
        };
        place.push(StatedMoment { moment, method });
    }
    facts.published.truncate(1);
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], published: Option<&str>, modified: Option<&str>) {
        let mut pieces: Vec<Piece> = lines
            .iter()
            .map(|line| Piece::paragraph((*line).to_owned(), ""))
            .collect();
        pieces
            .iter_mut()
            .filter(|piece| piece.text == "Tide")
            .for_each(|piece| piece.kind = BlockKind::Heading);
        let facts = read(&pieces, &["Tide".to_owned()]);
        let first = |stated: &[StatedMoment]| stated.first().map(|stated| stated.moment.to_string());
        assert_eq!(first(&facts.published).as_deref(), published);
        assert_eq!(first(&facts.modified).as_deref(), modified);
    }

    #[test]
    fn a_line_near_the_headline_is_read() {
        check(
            &["Home", "Tide", "By Ana Lima - Feb. 6, 2026 - 3 min read"],
            Some("2026-02-06"),
            None,
        );
        check(
            &["23.07.2025", "Tide", "The water rose."],
            Some("2025-07-23"),
            None,
        );
    }

    #[test]
    fn a_line_that_speaks_of_a_change_is_no_publication() {
        check(
            &["Tide", "Last updated: February 6, 2026"],
            None,
            Some("2026-02-06"),
        );
    }

    #[test]
    fn lines_elsewhere_are_left() {
        check(&["February 6, 2026", "The water rose."], None, None);
    }
}
