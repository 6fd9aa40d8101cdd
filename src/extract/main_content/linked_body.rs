//! The words of a page's pieces without marks, and the text that the page hands to search engines, in which they are
//! looked for.

use std::cell::Cell;
use std::collections::HashSet;

use crate::extract::boilerplate::bare;
use crate::extract::tree::Outline;

/// Bytes looked through for one page: thousands of pieces and a long body must not cost their product.
const MAX_SEARCHED: usize = 256 << 20;

/// The words of each piece, and whether they are of the linked text.
pub(super) struct Words {
    /// The words of each piece, without marks.
    pub(super) bare: Vec<String>,
    body: Option<LinkedBody>,
    /// What was found out of each piece.
    said: Vec<Cell<Option<bool>>>,
}

impl Words {
    /// The words of the pieces of a page that hands this text to search engines.
    pub(super) fn of(outline: &Outline<'_>, body: Option<&str>) -> Self {
        let bare: Vec<String> = outline.pieces.iter().map(|piece| bare(&piece.text)).collect();
        Self {
            said: vec![Cell::new(None); bare.len()],
            body: body.map(LinkedBody::new),
            bare,
        }
    }

    /// Whether a piece stands in the linked text, if there is one; each is looked for once.
    pub(super) fn is_said(&self, at: usize) -> Option<bool> {
        let body = self.body.as_ref()?;
        let said = self.said[at].get().unwrap_or_else(|| body.holds(&self.bare[at]));
        self.said[at].set(Some(said));
        Some(said)
    }
}

/// The words of a text, without marks.
pub(super) struct LinkedBody {
    words: String,
    each: HashSet<String>,
    left: Cell<usize>,
}

impl LinkedBody {
    pub(super) fn new(body: &str) -> Self {
        let words = bare(body);
        Self {
            each: words.split(' ').map(str::to_owned).collect(),
            words,
            left: Cell::new(MAX_SEARCHED),
        }
    }

    /// Whether words, without marks, stand in it; never where too much was looked for already.
    pub(super) fn holds(&self, words: &str) -> bool {
        // Of a longer phrase all but the first and the last word stand whole wherever it stands; the longest of them
        // tells of most phrases that they do not.
        let inner = words
            .split_once(' ')
            .and_then(|(_, rest)| Some(rest.rsplit_once(' ')?.0));
        let telling = inner.and_then(|inner| inner.split(' ').max_by_key(|word| word.len()));
        if telling.is_some_and(|word| !self.each.contains(word)) {
            return false;
        }
        let Some(left) = self.left.get().checked_sub(self.words.len()) else {
            return false;
        };
        self.left.set(left);
        !words.is_empty() && memchr::memmem::find(self.words.as_bytes(), words.as_bytes()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_marks_stand_between_them() {
        let body = LinkedBody::new("“We will,” she said.");
        assert!(body.holds("we will she"));
        assert!(!body.holds("we shall") && !body.holds("we shall she") && !body.holds("said she"));
        assert!(
            body.holds("e will she sai"),
            "words are compared by their letters"
        );
        assert!(!body.holds(""));
    }

    #[test]
    fn a_page_that_asks_too_much_is_answered_no() {
        let body = LinkedBody::new(&"harbour ".repeat(1 << 17));
        let answers = (0..400).filter(|_| body.holds("harbour")).count();
        assert_eq!(answers, 256);
    }
}
