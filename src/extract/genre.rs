//! Tells what sort of text a page holds: from its address, its title, its own words for itself, its shape
//! and its source, in this order.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::boilerplate::bare;
use crate::model::document::{Block, Genre};
use crate::model::source::{Source, SourceKind};

/// What a page is judged by.
pub(super) struct Evidence<'a> {
    pub(super) url: &'a Url,
    pub(super) source: Option<&'a Source>,
    pub(super) title: Option<&'a str>,
    /// The page's own words: schema.org types, sections.
    pub(super) sorts: &'a [String],
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
}

struct Sign {
    genre: Genre,
    place: &'static str,
    words: &'static str,
}

static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    let lines = include_str!("genre/signs.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let signs = lines.filter_map(|line| {
        let mut columns = line.splitn(3, ' ');
        Some(Sign {
            genre: Genre::from_code(columns.next()?)?,
            place: columns.next()?,
            words: columns.next()?,
        })
    });
    signs.collect()
});

/// A turn of a transcript: `Mayor Lima:`, `Q:`, `MS. CHEN:`.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r"^(?:Q|A|Question|Reporter|Moderator|(?:\p{Lu}[\p{L}.’'-]*)(?: \p{Lu}[\p{L}.’'-]*){0,5}): \S";
    Regex::new(pattern).expect("a valid pattern")
});

/// Turns that make a transcript, if they are a third of the blocks as well.
const MIN_TURNS: usize = 4;

/// The sort of text that the evidence speaks for.
pub(super) fn genre(evidence: &Evidence<'_>) -> Genre {
    let path = format!(
        "/{}/",
        bare(&evidence.url.path().replace('/', " ")).replace(' ', "/")
    );
    let title = format!(" {} ", bare(evidence.title.unwrap_or_default()));
    let start: String = evidence.text.chars().take(300).collect();
    let start = format!(" {} ", bare(&start));
    let sorts: Vec<String> = evidence.sorts.iter().map(|sort| bare(sort)).collect();
    let is_official = evidence
        .source
        .is_some_and(|source| source.kind == SourceKind::Official);
    if is_transcript(evidence) {
        return Genre::Transcript;
    }
    let shows = |sign: &&Sign| match sign.place {
        "url" => path.contains(&format!("/{}/", sign.words)),
        "title" => title.starts_with(&format!(" {} ", sign.words)),
        "official-title" => is_official && title.contains(&format!(" {} ", sign.words)),
        "sort" => sorts.iter().any(|sort| sort == sign.words),
        _ => start.contains(&format!(" {} ", sign.words)),
    };
    let found = SIGNS.iter().find(shows).map(|sign| sign.genre);
    found.unwrap_or(if is_official {
        Genre::PressRelease
    } else {
        Genre::Report
    })
}

/// Whether words begin as the title of an order, a statement or a transcript does.
pub(super) fn is_title(words: &str) -> bool {
    let words = format!("{} ", bare(words));
    let mut signs = SIGNS.iter().filter(|sign| sign.place == "title");
    signs.any(|sign| words.starts_with(&format!("{} ", sign.words)))
}

/// Whether the text is spoken turn by turn.
fn is_transcript(evidence: &Evidence<'_>) -> bool {
    let words = evidence
        .blocks
        .iter()
        .filter_map(|block| evidence.text.get(block.span.range()));
    let turns = words.filter(|words| is_turn(words)).count();
    turns >= MIN_TURNS && turns * 3 >= evidence.blocks.len()
}

/// Whether a block opens a turn.
pub(super) fn is_turn(words: &str) -> bool {
    TURN.is_match(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, title: &str, sorts: &[&str], text: &str, expected: Genre) {
        let url = Url::parse("https://example.org")
            .and_then(|base| base.join(path))
            .expect("valid");
        let sorts: Vec<String> = sorts.iter().map(|sort| (*sort).to_owned()).collect();
        let pieces = text
            .split("\n\n")
            .map(|line| super::super::blocks::Piece::paragraph(line.to_owned(), ""));
        let (text, blocks) = super::super::blocks::assemble(pieces.collect());
        let evidence = Evidence {
            url: &url,
            source: None,
            title: Some(title),
            sorts: &sorts,
            text: &text,
            blocks: &blocks,
        };
        assert_eq!(genre(&evidence), expected);
    }

    #[test]
    fn the_address_tells() {
        check("/news/press-releases/tide", "Tide", &[], "", Genre::PressRelease);
        check("/opinion/2026/tide", "Tide", &[], "", Genre::Opinion);
        check("/2026/tide", "Tide", &[], "", Genre::Report);
    }

    #[test]
    fn the_title_or_the_page_itself_tells() {
        check("/a", "Executive Order 7: On the Harbour", &[], "", Genre::Order);
        check(
            "/a",
            "Statement from Mayor Lima on the Tide",
            &[],
            "",
            Genre::Statement,
        );
        check("/a", "Tide", &["OpinionNewsArticle"], "", Genre::Opinion);
        check(
            "/a",
            "Tide",
            &[],
            "FOR IMMEDIATE RELEASE\n\nHarbour City",
            Genre::PressRelease,
        );
    }

    #[test]
    fn turns_make_a_transcript() {
        let turns = "Mayor Lima: Good day.\n\nQuestion: Why?\n\nMayor Lima: Because.\n\nQ: When?";
        check("/news/press-releases/a", "Tide", &[], turns, Genre::Transcript);
        check(
            "/a",
            "Tide",
            &[],
            "He said: “No.”\n\nTwo.\n\nThree.",
            Genre::Report,
        );
    }
}
