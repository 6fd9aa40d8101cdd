//! A payload as whoever opens the page sees it, line by line, and what of each line was read: the headline, the byline, the day, the
//! text, or nothing.
//!
//! The lines come out of the payload in the plainest way (`letters`), not by the reader, and are compared with the reading by their
//! words alone: so that a person sees what the reader left out, and sees it also where the reader failed. Nothing of the page is
//! markup any more.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::letters::{BREAK, split};
use super::{PayloadKind, json, kind_of, pdf};
use crate::model::document::Reading;
use crate::text::charset;
use crate::text::moments;
use crate::text::wording::Wording;

/// Lines that are told of a page, and bytes of one: a person reads no more, and the payload is there to be downloaded.
const MOST_LINES: usize = 4_000;
const MOST_BYTES: usize = 4_000;

/// Words that are looked for together: fewer stand together by chance.
const TOGETHER: usize = 4;
/// Shares of such groups of a line that the reading has, from which on the line was read, or read in part.
const READ: f32 = 0.7;
const IN_PART: f32 = 0.25;

/// Words up to which a line may be a byline or a date line.
const SHORT: usize = 25;

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it says.
    pub text: String,
    /// What it was read as.
    pub is: Part,
}

/// What a line was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The headline.
    Headline,
    /// It names who wrote the document.
    Byline,
    /// It tells the day of publication or of the last change.
    Day,
    /// It is of the text.
    Text,
    /// Some of it is of the text.
    TextInPart,
    /// It was left out.
    LeftOut,
}

/// The lines of a payload, with what each was read as in any of these readings, and whether there are more of them.
pub fn shown(payload: &[u8], content_type: Option<&str>, readings: &[&Reading]) -> (Vec<Shown>, bool) {
    let mut lines = lines(payload, content_type);
    let is_cut = lines.len() > MOST_LINES;
    lines.truncate(MOST_LINES);
    let read = Read::of(readings);
    let parts: Vec<Option<Part>> = lines.iter().map(|line| read.part(line)).collect();
    let settled: Vec<Part> = (0..lines.len())
        .map(|at| parts[at].unwrap_or_else(|| read.part_between(&lines[at], &parts, at)))
        .collect();
    let shown = lines.into_iter().zip(settled);
    (shown.map(|(text, is)| Shown { text, is }).collect(), is_cut)
}

/// What a page says, line by line, without empty ones.
fn lines(payload: &[u8], content_type: Option<&str>) -> Vec<String> {
    let decoded = || charset::decode(payload, content_type).text;
    match kind_of(payload, content_type) {
        PayloadKind::Html => cut(&split(&decoded()).0, &[BREAK]),
        PayloadKind::Json => cut(&split(&json::strings(payload)).0, &[BREAK, '\n']),
        PayloadKind::Pdf => printed(payload),
        PayloadKind::Plain => cut(&decoded(), &['\n']),
        PayloadKind::Unsupported => Vec::new(),
    }
}

fn cut(text: &str, at: &[char]) -> Vec<String> {
    let lines = text.split(at).map(|line| {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        shortened(line)
    });
    lines
        .filter(|line| !line.is_empty())
        .take(MOST_LINES + 1)
        .collect()
}

fn shortened(mut line: String) -> String {
    if line.len() > MOST_BYTES {
        line.truncate(line.floor_char_boundary(MOST_BYTES));
        line.push('…');
    }
    line
}

/// The lines that the sheets of a PDF draw one after the other.
fn printed(payload: &[u8]) -> Vec<String> {
    let mut lines: Vec<(f32, String)> = Vec::new();
    for stretch in pdf::drawn(payload).unwrap_or_default().into_iter().flatten() {
        match lines.last_mut() {
            Some((baseline, line)) if (*baseline - stretch.baseline).abs() < stretch.size / 2.0 => {
                line.push(' ');
                line.push_str(&stretch.text);
            }
            _ => lines.push((stretch.baseline, stretch.text)),
        }
    }
    let text: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    cut(&text.join("\n"), &['\n'])
}

/// What was read out of a page, to look lines up in.
struct Read<'a> {
    readings: &'a [&'a Reading],
    titles: HashSet<Vec<String>>,
    /// The names of those who wrote it, as words.
    authors: Vec<Vec<String>>,
    /// Whole paragraphs.
    blocks: HashSet<u64>,
    /// Words that stand one after the other, as many as lines are compared by and fewer.
    groups: HashSet<u64>,
}

impl<'a> Read<'a> {
    fn of(readings: &'a [&'a Reading]) -> Self {
        let mut read = Self {
            readings,
            titles: HashSet::new(),
            authors: Vec::new(),
            blocks: HashSet::new(),
            groups: HashSet::new(),
        };
        for reading in readings {
            read.titles.extend(
                reading
                    .title
                    .iter()
                    .map(|title| words(title))
                    .filter(|it| !it.is_empty()),
            );
            let authors = reading.authors.iter().map(|author| words(author));
            read.authors.extend(authors.filter(|author| !author.is_empty()));
            for block in &reading.blocks {
                read.blocks
                    .insert(hashed(&words(block.span.slice(&reading.text))));
            }
            let all = words(&reading.text);
            for length in 1..=TOGETHER {
                read.groups.extend(all.windows(length).map(hashed));
            }
        }
        read
    }

    /// What a line was read as; nothing where it is too short to be told alone.
    fn part(&self, line: &str) -> Option<Part> {
        let own = words(line);
        if self.titles.contains(&own) {
            return Some(Part::Headline);
        }
        if !own.is_empty() && self.blocks.contains(&hashed(&own)) {
            return Some(Part::Text);
        }
        let share = match own.len() {
            0..TOGETHER => 0.0,
            _ => {
                let groups = own.windows(TOGETHER);
                let count = groups.len() as f32;
                groups
                    .filter(|group| self.groups.contains(&hashed(group)))
                    .count() as f32
                    / count
            }
        };
        if share >= READ {
            return Some(Part::Text);
        }
        if own.len() <= SHORT && self.names_author(&own) {
            return Some(Part::Byline);
        }
        if own.len() <= SHORT && self.tells_day(line) {
            return Some(Part::Day);
        }
        match () {
            () if share >= IN_PART => Some(Part::TextInPart),
            () if own.len() >= TOGETHER => Some(Part::LeftOut),
            () => None,
        }
    }

    /// What a line of few words was read as: a piece of the text where it stands in that and among what was read.
    fn part_between(&self, line: &str, parts: &[Option<Part>], at: usize) -> Part {
        let own = words(line);
        let told = |part: &&Option<Part>| part.is_some();
        let before = parts[..at].iter().rev().find(told).copied().flatten();
        let behind = parts[at + 1..].iter().find(told).copied().flatten();
        let is_read = |part: Option<Part>| matches!(part, Some(Part::Text | Part::TextInPart));
        let stands = !own.is_empty() && self.groups.contains(&hashed(&own));
        match stands && is_read(before) && is_read(behind) {
            true => Part::Text,
            false => Part::LeftOut,
        }
    }

    fn names_author(&self, line: &[String]) -> bool {
        let has = |author: &Vec<String>| line.windows(author.len()).any(|words| words == author.as_slice());
        self.authors.iter().any(has)
    }

    fn tells_day(&self, line: &str) -> bool {
        self.readings.iter().any(|reading| {
            let stated = reading.published.iter().chain(&reading.modified);
            let days: Vec<_> = stated.map(|stated| stated.moment.date).collect();
            let told = || moments::find(line, reading.language.as_deref());
            !days.is_empty() && told().is_some_and(|moment| days.contains(&moment.date))
        })
    }
}

fn words(text: &str) -> Vec<String> {
    Wording::of(text).words().to_vec()
}

fn hashed(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::{Page, read};
    use super::*;

    const PAGE: &str = "<html lang=en><head><title>Pier shut until spring</title><script>var pier = 'shut';</script></head><body>\
        <nav><a href=/>Home</a><a href=/sport>Sport and weather of the whole coast today</a></nav><main><article>\
        <h1>Pier shut until spring</h1><p class=byline>By Ines Quill</p><time datetime=2026-02-05>Feb. 5, 2026</time>\
        <p>The pier of Gull Haven stays shut until the storms of this spring are over, the council said.</p>\
        <p>“We look at every plank,” said Harbor Master Bo Reyes, and <b>nobody</b> in the room laughed at that.</p>\
        <p>Boats can land at the old quay, which was swept and lit by the fire brigade on Sunday.</p></article></main>\
        <aside><p>Subscribe now and never miss another story of the coast again.</p></aside></body></html>";

    fn parts(payload: &str, content_type: &str) -> Vec<(Part, String)> {
        let url = "https://herald.example/pier".parse().expect("an address");
        let page = Page {
            payload: payload.as_bytes(),
            content_type: Some(content_type),
            url: &url,
            captured_at: None,
            source: None,
        };
        let reading = read(&page);
        let (lines, is_cut) = shown(payload.as_bytes(), Some(content_type), &[&reading]);
        assert!(!is_cut);
        lines.into_iter().map(|line| (line.is, line.text)).collect()
    }

    #[test]
    fn each_line_of_a_page_is_told_with_what_it_was_read_as() {
        let parts = parts(PAGE, "text/html");
        let of = |part: Part| -> Vec<&str> {
            let lines = parts.iter().filter(|(is, _)| *is == part);
            lines.map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!(of(Part::Headline), ["Pier shut until spring"; 2]);
        assert_eq!(of(Part::Byline), ["By Ines Quill"]);
        assert_eq!(of(Part::Day), ["Feb. 5, 2026"]);
        let text = of(Part::Text);
        assert_eq!(text.len(), 3, "{parts:?}");
        assert!(text[1].contains("and nobody in the room"), "{text:?}");
        let left_out = of(Part::LeftOut);
        assert!(
            left_out.iter().any(|line| line.starts_with("Subscribe")),
            "{parts:?}"
        );
        assert!(left_out.iter().any(|line| line.contains("Sport")), "{parts:?}");
        assert!(
            !parts.iter().any(|(_, line)| line.contains("var pier")),
            "{parts:?}"
        );
    }

    #[test]
    fn markup_of_a_page_is_text_and_a_piece_of_a_paragraph_is_of_it() {
        let page = "<p>The council met for hours on Tuesday &lt;script&gt; and said nothing of it.<br>Not a word.<br>The doors were locked \
            behind them and the lamps went out at nine.</p>";
        let parts = parts(
            &format!("<html><body><main>{page}</main></body></html>"),
            "text/html",
        );
        assert!(parts[0].1.contains("<script>"), "{parts:?}");
        assert!(parts.iter().all(|(part, _)| *part == Part::Text), "{parts:?}");
    }

    #[test]
    fn hostile_pages_end_and_are_cut() {
        for piece in ["<p>a", "<", "<p>", "&#60;", "<td>x y z w", "<br>\u{1e}"] {
            let page = format!("<html>{}", piece.repeat(30_000));
            let (lines, _) = shown(page.as_bytes(), Some("text/html"), &[]);
            assert!(lines.len() <= MOST_LINES, "{piece}");
            assert!(
                lines.iter().all(|line| line.text.len() <= MOST_BYTES + 3),
                "{piece}"
            );
        }
    }
}
