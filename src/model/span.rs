//! A stretch of a text.

use std::ops::Range;

/// A half-open range of bytes in one text, on character boundaries and not reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The span of `range` in `text`, or `None` where it leaves the text, is reversed or cuts a
    /// character.
    pub fn of(text: &str, range: Range<usize>) -> Option<Span> {
        text.get(range.clone()).map(|_| Span {
            start: range.start,
            end: range.end,
        })
    }

    /// The first byte.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The byte after the last one.
    pub fn end(&self) -> usize {
        self.end
    }

    /// The span as a range of bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both; both must be of the same text.
    pub fn hull(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The same words in a text of which the span's own is the part that begins at this byte.
    #[must_use]
    pub fn within(self, start: usize) -> Span {
        Span {
            start: start + self.start,
            end: start + self.end,
        }
    }

    /// The words of the span. `text` must be the one the span was made of; in another text that is
    /// too short, or whose characters lie elsewhere, the answer is empty.
    pub fn slice<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_never_cuts_a_character_or_leaves_its_text() {
        let text = "“Ja”";
        assert!(Span::of(text, 1..4).is_none());
        assert!(Span::of(text, 0..99).is_none());
        #[allow(clippy::reversed_empty_ranges)]
        let reversed = 5..3;
        assert!(Span::of(text, reversed).is_none());
        let words = Span::of(text, 3..5).expect("on boundaries");
        assert_eq!(words.slice(text), "Ja");
    }
}
