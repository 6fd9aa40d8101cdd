//! The text that a page hands to search engines, in which its pieces are looked for.

use std::cell::Cell;

use crate::extract::boilerplate::bare;

/// Bytes looked through for one page: thousands of pieces and a long body must not cost their product.
const MAX_SEARCHED: usize = 256 << 20;

/// The words of a text, without marks.
pub(super) struct LinkedBody {
    words: String,
    left: Cell<usize>,
}

impl LinkedBody {
    pub(super) fn new(body: &str) -> Self {
        Self {
            words: bare(body),
            left: Cell::new(MAX_SEARCHED),
        }
    }

    /// Whether words, without marks, stand in it; never where too much was looked for already.
    pub(super) fn holds(&self, words: &str) -> bool {
        let Some(left) = self.left.get().checked_sub(self.words.len()) else {
            return false;
        };
        self.left.set(left);
        !words.is_empty() && self.words.contains(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_marks_stand_between_them() {
        let body = LinkedBody::new("“We will,” she said.");
        assert!(body.holds("we will she"));
        assert!(!body.holds("we shall"));
        assert!(!body.holds(""));
    }

    #[test]
    fn a_page_that_asks_too_much_is_answered_no() {
        let body = LinkedBody::new(&"harbour ".repeat(1 << 17));
        let answers = (0..400).filter(|_| body.holds("harbour")).count();
        assert_eq!(answers, 256);
    }
}
