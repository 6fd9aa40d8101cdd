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
/// Bytes that the heading over a list of sources has at most; a text has far more paragraphs than headings.
const LIST_HEADING_BYTES: usize = 100;
/// Letters and marks of a line that cites a text.
const CITATION_CHARS: usize = 250;
/// Years that a citation may name.
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

/// Takes the kickers out of a text, which stand over its headline (the piece of that number), and answers them: they say
/// what sort of text it is.
pub(super) fn take_kickers(
    outline: &Outline<'_>,
    pieces: &mut Vec<Piece>,
    headline: Option<usize>,
    section: Option<&str>,
    url: &Url,
) -> Vec<String> {
    // Behind the headline a short line is a heading, a dateline, or of the text.
    let Some(headline) = headline else {
        return Vec::new();
    };
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
        let is_over_headline =
            piece.place.is_some() && piece.at < headline && piece.kind != BlockKind::Heading;
        let is_named = sections.contains(&words) || is_called_kicker(outline, piece);
        is_over_headline && is_label(&piece.text, &words) && is_named && !genre::heads_text(&words)
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

/// Takes the stamps out of those entries of a live page, by the numbers of their parts, whose time is told as their date;
/// over the others a stamp is all that tells it.
pub(super) fn take_stamps(pieces: &mut Vec<Piece>, dated: &HashSet<usize>) {
    let (mut part, mut at) = (0, 0);
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    for piece in pieces.iter() {
        *sizes.entry(piece.part).or_default() += 1;
    }
    pieces.retain(|piece| {
        at = if piece.part == part { at + 1 } else { 0 };
        part = piece.part;
        let is_beside = at < STAMPED && sizes[&part] > 1;
        !(dated.contains(&part) && is_beside && is_stamp(&piece.text))
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

/// Takes out the list at the end of a text of what it was written from, where every line of it is the title of another text
/// with its outlet: such titles would be read as words that somebody said.
pub(super) fn drop_sources(pieces: &mut Vec<Piece>) {
    let is_heading = |piece: &Piece| {
        // A bold line may stand for a heading.
        matches!(piece.kind, BlockKind::Heading | BlockKind::Paragraph)
            && piece.text.len() <= LIST_HEADING_BYTES
            && WORDS["list"].contains(&bare(&piece.text).as_str())
    };
    let Some(at) = pieces.iter().rposition(is_heading).filter(|at| *at > 0) else {
        return;
    };
    let items = &pieces[at + 1..];
    if !items.is_empty() && items.iter().all(is_citation) {
        pieces.truncate(at);
    }
}

/// Whether an item of a list is a title in marks, or a link, with when or where it came out, and no sentence.
fn is_citation(piece: &Piece) -> bool {
    let text = piece.text.as_str();
    let is_title = text.contains(['“', '"', '«']) || piece.linked * 2 >= letters(text);
    let is_sentence = text.ends_with(['.', '!', '?', ':', ';']);
    let tells_where = names_year(text) || text.contains(" — ") || text.contains(" – ");
    piece.kind == BlockKind::ListItem
        && text.chars().count() <= CITATION_CHARS
        && is_title
        && tells_where
        && !is_sentence
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
        let headline = outline.pieces.iter().position(|piece| piece.text == "Tide");
        let found = take_kickers(&outline, &mut pieces, headline, section, &url.expect("valid"));
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
        // Behind the headline stand headings and datelines.
        let behind = |line: &str| format!("<h1>Tide</h1>{line}<p>{LONG}</p>");
        check_kickers(&behind("<h2>Housing</h2>"), None, "/housing/plan", &[]);
        check_kickers(&behind("<p>Oldwick</p>"), None, "/oldwick/2026/x", &[]);
        check_kickers(&behind("<p class=kicker>Courts</p>"), Some("Courts"), "/a", &[]);
        check_kickers(&page("<h2>Housing</h2>"), None, "/housing/plan", &[]);
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
            piece(3, "8 a.m."),
            piece(3, LONG),
        ];
        take_stamps(&mut pieces, &HashSet::from([1, 2]));
        let left: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        // Nobody else tells when the third was written.
        assert_eq!(
            left,
            [
                "9 a.m.",
                "Ferries stop",
                LONG,
                "10 p.m.",
                "9:05 a.m.",
                "8 a.m.",
                LONG
            ]
        );
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
        check_sources(&format!("<p>{LONG}</p><p><b>Fuentes:</b></p>{list}"), 1);
        let links =
            "<ul><li><a href=/a>The plan for the pier</a> — Tide<li><a href=/b>The vote, 2026</a></ul>";
        check_sources(&format!("<p>{LONG}</p><h3>Sources</h3>{links}"), 1);
    }

    #[test]
    fn what_is_said_of_sources_stays() {
        let cited = "<ul><li>“Bridge falls” — Harbor Post, 2026<li>“Why” — Tide, 2026</ul>";
        let page = |head: &str, list: &str| format!("<p>{LONG}</p><h2>{head}</h2>{list}");
        // One that is no citation, more text behind them, prose, no such heading, nothing before it.
        check_sources(
            &page("Sources", "<ul><li>“Why” — Tide, 2026<li>Police, who saw it</ul>"),
            4,
        );
        check_sources(&page("Sources", &format!("{cited}<p>{LONG}</p>")), 5);
        check_sources(&page("Sources", "<p>“Why” — Tide, 2026</p>"), 3);
        check_sources(&page("Sources of income", cited), 4);
        check_sources(&format!("<h2>Sources</h2>{cited}"), 3);
        // Notes of an order and of an opinion are of it, whatever years and links they name.
        let notes = "<ol><li>Under the 2019 charter the agency must file by March 1, 2027.<li><a href=/a>See the report of 2024.</a></ol>";
        for head in ["Footnotes", "Endnotes", "References", "Notes", "Sources"] {
            check_sources(&page(head, notes), 4);
        }
        check_sources(
            &page("Sources", "<ul><li>The 2019 census<li>Records of 2024</ul>"),
            4,
        );
    }
}
