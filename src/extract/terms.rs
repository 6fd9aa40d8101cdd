//! Lists of terms in a text: a term without what stands behind it ("Application deadline") tells nothing, so that a list of which
//! anything was found is kept whole, whatever the judge of main text thinks of its short lines.

use std::collections::{HashMap, HashSet};

use super::blocks::Piece;
use super::tables::is_beside_text;
use super::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// Characters of a line: a longer one is a text, and the list one of the page's layout.
const LINE: usize = 400;
/// Lines of a list that is kept whole.
const LINES: usize = 60;

/// The pieces of a text with its lists of terms whole.
pub(super) fn with_lists(outline: &Outline<'_>, mut found: Vec<Piece>) -> Vec<Piece> {
    // Pieces that came from elsewhere have no place in the page.
    if found.is_empty() || found.iter().any(|piece| piece.place.is_none()) {
        return found;
    }
    let places = outline.places.iter().enumerate();
    let lists = places.filter(|(_, place)| place.element.value().name() == "dl");
    // What stands in a table is a cell of its rows.
    let is_in_table = |at: usize| {
        std::iter::successors(Some(at), |at| outline.places[*at].parent)
            .any(|at| outline.places[at].element.value().name() == "table")
    };
    let lists: Vec<usize> = lists.map(|(at, _)| at).filter(|at| !is_in_table(*at)).collect();
    if lists.is_empty() {
        return found;
    }
    let holders = outline.holders(&lists);
    let mut lines: HashMap<usize, Vec<&Piece>> = HashMap::new();
    for piece in &outline.pieces {
        if let Some(list) = piece.place.and_then(|place| holders[place]) {
            lines.entry(list).or_default().push(piece);
        }
    }
    let known: HashSet<usize> = found.iter().map(|piece| piece.at).collect();
    let is_kept = |list: usize, lines: &[&Piece]| {
        lines.iter().any(|piece| known.contains(&piece.at))
            && is_data(lines)
            && !is_beside_text(outline, list)
    };
    let kept = lines.into_iter().filter(|(list, lines)| is_kept(*list, lines));
    let missing = kept
        .flat_map(|(_, lines)| lines)
        .filter(|piece| !known.contains(&piece.at));
    found.extend(missing.cloned().map(|piece| Piece {
        path: piece.place.map(|place| outline.path(place)).unwrap_or_default(),
        ..piece
    }));
    found.sort_by_key(|piece| piece.at);
    found
}

/// Whether the lines of a list are short and no headings, and most of them no links.
fn is_data(lines: &[&Piece]) -> bool {
    let is_line = |piece: &&&Piece| piece.kind != BlockKind::Heading && piece.text.chars().count() <= LINE;
    let linked: usize = lines.iter().map(|piece| piece.linked).sum();
    let all: usize = lines.iter().map(|piece| letters(&piece.text)).sum();
    lines.len() <= LINES && lines.iter().all(|piece| is_line(&piece)) && linked * 2 < all
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;
    use crate::extract::tree;

    /// What is read of a page of which the pieces were found that end with a stop or a colon.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let page = Html::parse_document(html);
        let outline = tree::outline(page.root_element());
        let mut found = outline.pieces.clone();
        found.retain(|piece| piece.text.ends_with(['.', ':']));
        outline.locate(&mut found);
        let found = with_lists(&outline, found);
        let lines: Vec<&str> = found.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(lines, expected);
        assert!(found.iter().all(|piece| !piece.path.is_empty()));
    }

    #[test]
    fn a_list_of_which_a_term_was_found_is_whole() {
        let list = "<dl><dt>Deadline:</dt><dd>March 1</dd><dt>Lottery</dt><dd>April 2</dd></dl>";
        check(
            &format!("<article><p>One.</p>{list}<p>Two.</p></article>"),
            &["One.", "Deadline:", "March 1", "Lottery", "April 2", "Two."],
        );
    }

    #[test]
    fn a_list_beside_the_text_or_of_links_stays_as_it_was_found() {
        check(
            "<article><p>One.</p><dl><dt>Lottery</dt><dd>April 2</dd></dl></article>",
            &["One."],
        );
        check(
            "<article><p>One.</p><dl class=menu><dt>Deadline:</dt><dd>March 1</dd></dl></article>",
            &["One.", "Deadline:"],
        );
        check(
            "<article><p>One.</p><dl><dt>More:</dt><dd><a href=/a>The harbor plan</a></dd></dl></article>",
            &["One.", "More:"],
        );
    }
}
