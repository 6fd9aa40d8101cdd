//! Knows the lines around a text that are about it: the kicker over its headline, the stamp over an entry of a live page,
//! and the list below it of what it was written from. In doubt a line is of the text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use url::Url;

use super::blocks::Piece;
use super::boilerplate::bare;
use super::genre;
use super::tree::{Outline, letters};
use crate::model::document::BlockKind;

/// Letters and words of a line that only labels.
const LABEL_LETTERS: usize = 40;
const LABEL_WORDS: usize = 4;
/// Lines at the beginning among which a kicker is looked for.
const HEAD: usize = 6;
/// Letters of a line that is of the text, so that no kicker follows it.
const TEXT_LETTERS: usize = 60;
/// Words of a stamp.
const STAMP_WORDS: usize = 10;
/// Lines at the beginning of an entry among which its stamp is looked for: it stands over the headline or below it.
const STAMPED: usize = 2;
/// Years that a list of sources may name.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2099;

static WORDS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<&str>> = HashMap::new();
    for (kind, listed) in include_str!("labels/words.txt")
        .lines()
        .filter_map(|line| line.split_once(": "))
    {
        let known = words.entry(kind).or_default();
        match kind {
            "list" => known.push(listed),
            _ => known.extend(listed.split(' ')),
        }
    }
    words
});

static STAMP_WORDS_KNOWN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| WORDS["stamp"].iter().copied().collect());

/// Takes the kickers out of the beginning of a text, and answers them: they say what sort of text it is.
pub(super) fn take_kickers(
    outline: &Outline<'_>,
    pieces: &mut Vec<Piece>,
    section: Option<&str>,
    url: &Url,
) -> Vec<String> {
    let is_text = |piece: &Piece| {
        letters(&piece.text) > TEXT_LETTERS || piece.text.ends_with(['.', '!', '?', '”', '"', ':'])
    };
    let head = pieces
        .iter()
        .take(HEAD)
        .position(is_text)
        .unwrap_or(HEAD.min(pieces.len()));
    let sections = sections(section, url);
    let is_kicker = |piece: &Piece| {
        let words = bare(&piece.text);
        let is_named = sections.contains(&words) || is_called_kicker(outline, piece);
        is_label(&piece.text, &words) && is_named && !genre::heads_text(&words)
    };
    let mut kickers = Vec::new();
    let mut at = 0;
    // A label alone is all there is to read.
    let is_whole = head == pieces.len();
    pieces.retain(|piece| {
        let is_taken = !is_whole && at < head && is_kicker(piece);
        at += 1;
        if is_taken {
            kickers.push(piece.text.clone());
        }
        !is_taken
    });
    kickers
}

/// Whether a line is short enough for a label, and no sentence.
fn is_label(line: &str, words: &str) -> bool {
    let count = words.split(' ').count();
    let has_marks = line.contains(['.', '!', '?', ':', ';', '“', '”', '"', ',']);
    !words.is_empty() && count <= LABEL_WORDS && letters(line) <= LABEL_LETTERS && !has_marks
}

/// What the page says of itself, and the folders of its address: what a kicker may name.
fn sections(section: Option<&str>, url: &Url) -> HashSet<String> {
    let folders = url.path_segments().map(Iterator::collect::<Vec<_>>);
    let mut folders = folders.unwrap_or_default();
    // The last is the page's own name.
    folders.pop();
    let folders = folders.into_iter().map(bare);
    let all = folders.chain(section.map(bare));
    all.filter(|words| words.chars().any(char::is_alphabetic))
        .collect()
}

/// Whether the element that a line stands in is called a kicker.
fn is_called_kicker(outline: &Outline<'_>, piece: &Piece) -> bool {
    let class = piece.place.and_then(|place| outline.places[place].class);
    let class = class.unwrap_or_default().to_lowercase();
    WORDS["kicker"].iter().any(|word| class.contains(word))
        || class
            .split_whitespace()
            .any(|class| WORDS["kicker-end"].iter().any(|word| class.ends_with(word)))
}

/// Takes the stamps out of the entries of a live page: when they were written is told as their date.
pub(super) fn take_stamps(pieces: &mut Vec<Piece>) {
    let (mut part, mut at) = (0, 0);
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    for piece in pieces.iter() {
        *sizes.entry(piece.part).or_default() += 1;
    }
    pieces.retain(|piece| {
        at = if piece.part == part { at + 1 } else { 0 };
        part = piece.part;
        let is_beside = at < STAMPED && sizes[&part] > 1;
        !(part > 0 && is_beside && is_stamp(&piece.text))
    });
}

/// Whether a line holds nothing but a time of day, with its day or how long ago it was.
fn is_stamp(line: &str) -> bool {
    let words = bare(line);
    let parts: Vec<&str> = words
        .split(' ')
        .flat_map(|word| {
            // "5pm", "7th".
            let figures = word
                .find(|letter: char| !letter.is_ascii_digit())
                .unwrap_or(word.len());
            let (figures, rest) = word.split_at(figures);
            [figures, rest]
        })
        .filter(|part| !part.is_empty())
        .collect();
    let is_figure = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_known = |part: &&str| is_figure(part) && part.len() <= 4 || STAMP_WORDS_KNOWN.contains(*part);
    let tells_time = line.contains(':') || ["am", "pm", "m", "ago"].iter().any(|word| parts.contains(word));
    parts.len() <= STAMP_WORDS && parts.iter().any(is_figure) && tells_time && parts.iter().all(is_known)
}

/// Takes out the list at the end of a text of what it was written from: titles of others, which would be read as words that
/// somebody said.
pub(super) fn drop_sources(pieces: &mut Vec<Piece>) {
    let is_heading = |piece: &Piece| {
        // A bold line may stand for a heading.
        matches!(piece.kind, BlockKind::Heading | BlockKind::Paragraph)
            && WORDS["list"].contains(&bare(&piece.text).as_str())
    };
    let Some(at) = pieces.iter().rposition(is_heading).filter(|at| *at > 0) else {
        return;
    };
    let items = &pieces[at + 1..];
    let cites = |piece: &&Piece| piece.linked > 0 || names_year(&piece.text);
    let are_items = items.iter().all(|piece| piece.kind == BlockKind::ListItem);
    if !items.is_empty() && are_items && items.iter().filter(cites).count() * 2 > items.len() {
        pieces.truncate(at);
    }
}

fn names_year(text: &str) -> bool {
    let mut numbers = text.split(|letter: char| !letter.is_ascii_digit());
    numbers.any(|number| number.len() == 4 && number.parse().is_ok_and(|year| YEARS.contains(&year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    const LONG: &str =
        "The ferry to the harbour stays open through the winter, the council of the town said on Friday.";

    #[track_caller]
    fn check_kickers(body: &str, section: Option<&str>, path: &str, expected: &[&str]) {
        let html = Html::parse_document(body);
        let outline = tree::outline(html.root_element());
        let mut pieces = outline.pieces.clone();
        let before = pieces.len();
        let url = Url::parse("https://tide.example").and_then(|base| base.join(path));
        let found = take_kickers(&outline, &mut pieces, section, &url.expect("valid"));
        assert_eq!(found, expected);
        assert_eq!(before - pieces.len(), found.len());
    }

    #[test]
    fn the_kicker_over_a_headline_is_a_label() {
        let page = |line: &str| format!("<article>{line}<h1>Tide</h1><p>{LONG}</p></article>");
        check_kickers(&page("<p class=kicker>Courts</p>"), None, "/2026/a", &["Courts"]);
        check_kickers(
            &page("<p class='story-eyebrow x'>Local news</p>"),
            None,
            "/a",
            &["Local news"],
        );
        check_kickers(&page("<p>Science</p>"), Some("Science"), "/a", &["Science"]);
        check_kickers(
            &page("<div>City Hall</div>"),
            None,
            "/city-hall/2026/a",
            &["City Hall"],
        );
    }

    #[test]
    fn what_heads_a_text_is_no_kicker() {
        let page = |line: &str| format!("<article>{line}<h1>Tide</h1><p>{LONG}</p></article>");
        check_kickers(&page("<p>FOR IMMEDIATE RELEASE</p>"), None, "/news/a", &[]);
        check_kickers(
            &page("<p class=kicker>For immediate release</p>"),
            None,
            "/a",
            &[],
        );
        check_kickers(&page("<p>City of Millport</p>"), None, "/news/a", &[]);
        check_kickers(
            &page("<p class=kicker>Executive Order No. 4</p>"),
            None,
            "/a",
            &[],
        );
        check_kickers(&page("<p class=category-page>Water rises</p>"), None, "/a", &[]);
        check_kickers(
            &page("<p class=kicker>Six boats sank, and all were saved</p>"),
            None,
            "/a",
            &[],
        );
        // Further down a short line is of the text.
        let below = format!("<p>{LONG}</p><p>News</p><p>{LONG}</p>");
        check_kickers(&below, Some("News"), "/news/a", &[]);
        check_kickers("<p>News</p>", Some("News"), "/news/a", &[]);
    }

    #[test]
    fn a_stamp_is_a_time_and_nothing_else() {
        for stamp in [
            "11:20 a.m.",
            "10 p.m. Tuesday",
            "Updated at 4:05 PM ET on Feb. 6, 2026",
            "12 min ago",
            "14:03 GMT",
            "Wed 25 Nov 2026 11.20 GMT, 11:20",
        ] {
            assert!(is_stamp(stamp), "{stamp}");
        }
        for line in [
            "Doors open at 5 p.m.",
            "Friday",
            "7",
            "2026",
            "Kickoff: 5 p.m.",
            "No. 4",
            "May 4, 2026",
            "Now",
        ] {
            assert!(!is_stamp(line), "{line}");
        }
    }

    #[test]
    fn the_stamp_of_an_entry_stands_at_its_beginning() {
        let piece = |part: usize, text: &str| Piece {
            part,
            ..Piece::paragraph(text.to_owned(), "")
        };
        let mut pieces = vec![
            piece(0, "9 a.m."),
            piece(1, "Ferries stop"),
            piece(1, "11:20 a.m."),
            piece(1, LONG),
            piece(1, "10 p.m."),
            piece(2, "9:05 a.m."),
        ];
        take_stamps(&mut pieces);
        let left: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(left, ["9 a.m.", "Ferries stop", LONG, "10 p.m.", "9:05 a.m."]);
    }

    #[track_caller]
    fn check_sources(body: &str, left: usize) {
        let html = Html::parse_document(body);
        let mut pieces = tree::outline(html.root_element()).pieces;
        drop_sources(&mut pieces);
        assert_eq!(pieces.len(), left, "{pieces:?}");
    }

    #[test]
    fn the_list_of_what_a_text_was_written_from_is_left_out() {
        let list =
            "<ul><li>“Bridge falls” — <i>Harbor Post</i>, November 19, 2026<li>Ana Lima. “Why”, 2026</ul>";
        check_sources(&format!("<p>{LONG}</p><h2>Sources</h2>{list}"), 1);
        check_sources(&format!("<p>{LONG}</p><p><b>References</b></p>{list}"), 1);
        let links = "<ul><li><a href=/a>The plan</a><li><a href=/b>The vote</a></ul>";
        check_sources(&format!("<p>{LONG}</p><h3>Works cited:</h3>{links}"), 1);
    }

    #[test]
    fn what_is_said_of_sources_stays() {
        let list = "<ul><li>Police, who saw it<li>A neighbour<li>The report of 2026</ul>";
        // Mostly no citations, more text behind them, prose, no such heading, nothing before it.
        check_sources(&format!("<p>{LONG}</p><h2>Sources</h2>{list}"), 5);
        let cited = "<ul><li>Harbor Post, 2026<li>Tide, 2026</ul>";
        check_sources(&format!("<p>{LONG}</p><h2>Sources</h2>{cited}<p>{LONG}</p>"), 5);
        check_sources(
            &format!("<p>{LONG}</p><h2>Sources</h2><p>Harbor Post, 2026</p>"),
            3,
        );
        check_sources(&format!("<p>{LONG}</p><h2>Sources of income</h2>{cited}"), 4);
        check_sources(&format!("<h2>Sources</h2>{cited}"), 3);
    }
}
