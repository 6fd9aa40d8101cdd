//! Tells what a line begins with: the number of a section, of an item, or a bullet.

use std::sync::LazyLock;

use regex::Regex;

/// What stands before the words of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A mark without meaning of its own, and its length.
    Bullet(usize),
    /// `Section 1.`, `§ 2`, `Article II`.
    Section,
    /// `a.`, `(i)`, `3)`, `2.1`, `II.`.
    Item,
}

static BULLET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[•◦▪▫‣●○■□▶➢➤❖∙·\u{F0A7}\u{F0B7}\u{F0D8}]\s*|[-–—*]\s+)").expect("a valid pattern")
});

static SECTION: LazyLock<Regex> = LazyLock::new(|| {
    let names = "Section|SECTION|Sec\\.|SEC\\.|Article|ARTICLE|Art\\.|Chapter|CHAPTER|Part|PART|Title|TITLE|Annex|ANNEX|Appendix|APPENDIX|Schedule|SCHEDULE";
    let pattern = format!(r"^(?:(?:{names})\s+|§+\s*)(?:\d[\d.-]*[A-Za-z]?|[IVXLC]+|[A-Z])(?:[.:)–—-]|\s|$)");
    Regex::new(&pattern).expect("a valid pattern")
});

static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:\((?:[A-Za-z]|[ivxl]{1,5}|\d{1,3})\)|(?:[A-Za-z]|[ivxl]{1,5}|[IVXL]{1,6}|\d{1,3})[.)]|\d{1,3}(?:\.\d{1,3})+[.)]?)\s+\S";
    Regex::new(pattern).expect("a valid pattern")
});

/// The label at the beginning of the words.
pub(super) fn label(words: &str) -> Option<Label> {
    if let Some(found) = BULLET.find(words) {
        return Some(Label::Bullet(found.end()));
    }
    if SECTION.is_match(words) {
        return Some(Label::Section);
    }
    ITEM.is_match(words).then_some(Label::Item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_items_are_known() {
        for words in [
            "Section 1. Piers",
            "SECTION 12.",
            "§ 2 Piers",
            "§3",
            "Sec. 4. Piers",
            "Article II",
        ] {
            assert_eq!(label(words), Some(Label::Section), "{words}");
        }
        for words in [
            "a. Piers",
            "(i) piers",
            "(12) piers",
            "3) piers",
            "2.1 Piers",
            "II. Piers",
        ] {
            assert_eq!(label(words), Some(Label::Item), "{words}");
        }
    }

    #[test]
    fn words_are_no_labels() {
        for words in [
            "section 5 of the code",
            "Sections of",
            "I am",
            "2026 was",
            "Part of it",
            "(see below)",
        ] {
            assert_eq!(label(words), None, "{words}");
        }
    }

    #[test]
    fn bullets_are_no_words() {
        assert_eq!(label("• Piers"), Some(Label::Bullet("• ".len())));
        assert_eq!(label("-5 degrees"), None);
    }
}
