//! An edit in a line: what went, and what came in its place. Two long wordings below each other leave it to the reader to find.

use super::wording::{Change, Piece, differences};

/// Words from which on a reader would have to look for what changed.
const LONG: usize = 12;
/// Changes that are told, and words of each.
const TOLD: usize = 3;
const WORDS: usize = 12;

/// What an edit of a wording put in the place of what: “never” became “may have to”. Nothing of short wordings, which are seen at a
/// glance, and where hardly a word stayed.
pub fn edit_line(before: &str, now: &str) -> Option<String> {
    let pieces = differences(before, now);
    let words = |change: Change| -> usize {
        let of_change = pieces.iter().filter(|piece| piece.change == change);
        of_change.map(|piece| piece.text.split_whitespace().count()).sum()
    };
    let (kept, all) = (words(Change::Kept), before.split_whitespace().count());
    if all < LONG || kept * 2 < all || kept == all && words(Change::Added) == 0 {
        return None;
    }
    let changes: Vec<&[Piece]> = pieces
        .split(|piece| piece.change == Change::Kept)
        .filter(|change| !change.is_empty())
        .collect();
    let told: Vec<String> = changes.iter().take(TOLD).map(|change| told(change)).collect();
    let more = match changes.len().saturating_sub(TOLD) {
        0 => String::new(),
        1 => ", and another place changed".to_owned(),
        more => format!(", and {more} more places changed"),
    };
    Some(format!("{}{more}", told.join("; ")))
}

/// What went and what came at one place.
fn told(change: &[Piece]) -> String {
    let of = |wanted: Change| -> String {
        let pieces = change.iter().filter(|piece| piece.change == wanted);
        let words: Vec<&str> = pieces.flat_map(|piece| piece.text.split_whitespace()).collect();
        let more = if words.len() > WORDS { " …" } else { "" };
        format!("{}{more}", words[..words.len().min(WORDS)].join(" "))
    };
    match (of(Change::Removed), of(Change::Added)) {
        (gone, come) if come.is_empty() => format!("“{gone}” was taken out"),
        (gone, come) if gone.is_empty() => format!("“{come}” was put in"),
        (gone, come) => format!("“{gone}” became “{come}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, now: &str, expected: Option<&str>) {
        assert_eq!(edit_line(before, now).as_deref(), expected);
    }

    const BEFORE: &str = "We will never close the pier to anybody who comes to it by night or in any weather";

    #[test]
    fn what_went_and_came_is_told_in_a_line() {
        check(
            BEFORE,
            "We may have to close the pier to anybody who comes to it by night or in any weather",
            Some("“will never” became “may have to”"),
        );
        check(
            BEFORE,
            "We will close the pier to anybody who comes to it by night or in any bad weather",
            Some("“never” was taken out; “bad” was put in"),
        );
        check(
            BEFORE,
            "You will ever close a pier to somebody who comes to it by night or in any weather",
            Some("“We” became “You”; “never” became “ever”; “the” became “a”, and another place changed"),
        );
    }

    #[test]
    fn what_is_seen_at_a_glance_and_what_is_another_text_has_no_such_line() {
        check("We will stay.", "We may stay.", None);
        check(BEFORE, BEFORE, None);
        check(
            BEFORE,
            "Nobody asked the harbor board about the price of oysters before the market hall opened its doors",
            None,
        );
    }
}
