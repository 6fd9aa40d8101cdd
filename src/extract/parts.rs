//! Pages that hold several documents: entries of a live page, statements one below the other with `###` between
//! them, a release with the transcript below it.
//!
//! The pieces of the text are numbered by the document they belong to (0 is the page's own) before furniture is
//! taken out; [`divided`] then gives the documents as [`Part`]s of the reading, and [`documents`] takes the reading
//! apart into one reading each.

mod entries;
mod statements;

use std::collections::HashSet;
use std::ops::Range;

use scraper::ElementRef;

use super::blocks::Piece;
use super::boilerplate::bare;
use super::genre;
use super::tree::Outline;
use super::{Page, metadata, notice};
use crate::model::document::{Block, Genre, Notice, NoticeKind, Part, Reading, StatedMoment};
use crate::model::span::Span;

/// Letters of a text directive: enough to be found, few enough to survive small edits below the headline.
const MAX_DIRECTIVE_CHARS: usize = 80;

/// Blocks of a part among which its headline is looked for.
const HEAD_BLOCKS: usize = 3;

/// What is known of a part before its text is put together.
#[derive(Clone, Debug)]
pub(super) struct Head {
    fragment: String,
    title: Option<String>,
    published: Option<StatedMoment>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An entry of a live page.
    Entry,
    /// One of many statements.
    Statement,
    /// What was spoken, below a release about it.
    Transcript,
}

/// Numbers the pieces by the document they belong to and answers what heads documents 1, 2, ….
pub(super) fn divide(
    outline: &Outline<'_>,
    found: &mut [Piece],
    is_live: bool,
    title: Option<&str>,
) -> Vec<Head> {
    // Pieces that came from elsewhere have no place in the page.
    if found.iter().any(|piece| piece.place.is_none()) {
        return Vec::new();
    }
    let heads = if is_live {
        entries::divide(outline, found)
    } else {
        statements::divide(outline, found, &title.map(bare).unwrap_or_default())
    };
    with_distinct_fragments(heads)
}

/// Whether the parts have dates of their own: then a day printed on the page is that of one of them.
pub(super) fn are_dated(heads: &[Head]) -> bool {
    heads.iter().any(|head| head.published.is_some())
}

/// The numbers of the parts that have dates of their own.
pub(super) fn dated(heads: &[Head]) -> HashSet<usize> {
    let numbered = heads.iter().zip(1..);
    let dated = numbered.filter(|(head, _)| head.published.is_some());
    dated.map(|(_, number)| number).collect()
}

/// The heads without dates after the capture: one is that of what a part announces.
pub(super) fn without_future(page: &Page<'_>, mut heads: Vec<Head>, notices: &mut Vec<Notice>) -> Vec<Head> {
    for head in &mut heads {
        let refused = head
            .published
            .as_ref()
            .and_then(|stated| metadata::refused(page, stated));
        if let Some(notice) = refused {
            head.published = None;
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
    }
    heads
}

/// The fragments name documents, so two of a page must not be the same. A numbered one may lead to the page only.
fn with_distinct_fragments(mut heads: Vec<Head>) -> Vec<Head> {
    let mut seen = std::collections::HashSet::new();
    let mut counts = std::collections::HashMap::new();
    for head in &mut heads {
        let own = head.fragment.clone();
        let count = counts.entry(own.clone()).or_insert(1);
        while !seen.insert(head.fragment.clone()) {
            *count += 1;
            head.fragment = format!("{own},{count}");
        }
    }
    heads
}

/// The parts of a text whose blocks belong to the documents `numbers`, one number a block.
pub(super) fn divided(
    page: &Page<'_>,
    heads: Vec<Head>,
    numbers: &[usize],
    text: &str,
    blocks: &[Block],
    stated: &metadata::Metadata,
) -> Vec<Part> {
    if heads.is_empty() {
        return Vec::new();
    }
    let published = stated.published.as_ref();
    // What is said once, over the first of the statements, holds for all.
    let of_page = genre::genre(&genre::Evidence {
        url: page.url,
        source: page.source,
        title: stated.title.as_deref(),
        sorts: &stated.sorts,
        authors: &stated.authors,
        text,
        blocks,
    });
    let part = |(number, head): (usize, Head)| {
        let first = numbers.iter().position(|other| *other == number + 1)?;
        let last = numbers.iter().rposition(|other| *other == number + 1)?;
        let range = first..last + 1;
        let own = blocks.get(range.clone())?;
        let words = text.get(own.first()?.span.start()..own.last()?.span.end())?;
        let (genre, genre_evidence) = head.genre(page, words, own, &of_page);
        Some(Part {
            // A live page and a transcript are dated by their page; a page of statements is not.
            published: head.published.or_else(|| {
                published
                    .filter(|_| head.kind != Kind::Statement)
                    .map(|stated| StatedMoment {
                        moment: stated.moment,
                        method: format!("page's {}", stated.method),
                    })
            }),
            fragment: head.fragment,
            title: head.title,
            genre,
            genre_evidence,
            blocks: range,
        })
    };
    heads.into_iter().enumerate().filter_map(part).collect()
}

impl Head {
    fn genre(
        &self,
        page: &Page<'_>,
        words: &str,
        blocks: &[Block],
        of_page: &(Genre, String),
    ) -> (Genre, String) {
        match self.kind {
            Kind::Entry => (Genre::Live, "an entry of a live page".to_owned()),
            Kind::Transcript => (
                Genre::Transcript,
                "it stands under a line that announces a transcript".to_owned(),
            ),
            Kind::Statement => {
                let own = genre::genre(&genre::Evidence {
                    url: page.url,
                    source: page.source,
                    title: self.title.as_deref(),
                    sorts: &[],
                    authors: &[],
                    text: words,
                    blocks,
                });
                match (own.0, of_page) {
                    (Genre::Report, (of_page @ (Genre::PressRelease | Genre::Statement), evidence)) => {
                        (*of_page, format!("as its page: {evidence}"))
                    }
                    _ => own,
                }
            }
        }
    }
}

/// The documents of a page: its own first, then its parts, each as a reading of its own.
#[must_use]
pub fn documents(reading: Reading) -> Vec<Reading> {
    if reading.parts.is_empty() {
        return vec![reading];
    }
    let documents = documents_in(&reading).into_iter();
    documents.map(|(document, _)| document).collect()
}

/// The same, each with the byte of the page's text at which its own begins.
#[must_use]
pub fn documents_in(reading: &Reading) -> Vec<(Reading, usize)> {
    let Some(first) = reading.parts.first() else {
        return vec![(reading.clone(), 0)];
    };
    let own = cut(reading, 0..first.blocks.start);
    let mut page = Reading {
        text: own.text,
        blocks: own.blocks,
        parts: Vec::new(),
        ..reading.clone()
    };
    let detail = format!(
        "{} documents on this page are kept each for itself",
        reading.parts.len()
    );
    page.notices.push(notice(NoticeKind::Parts, detail));
    let parts = reading.parts.iter().map(|part| part_of(reading, part));
    std::iter::once((page, own.start)).chain(parts).collect()
}

fn part_of(reading: &Reading, part: &Part) -> (Reading, usize) {
    let own = cut(reading, below_headline(reading, part));
    let undated = || {
        notice(
            NoticeKind::Undated,
            "this part of the page names no publication date",
        )
    };
    let document = Reading {
        title: part.title.clone(),
        authors: reading.authors.clone(),
        publisher: reading.publisher.clone(),
        section: reading.section.clone(),
        language: reading.language.clone(),
        published: part.published.clone(),
        genre: part.genre,
        genre_evidence: part.genre_evidence.clone(),
        found_by: reading.found_by.clone(),
        text: own.text,
        blocks: own.blocks,
        notices: part.published.is_none().then(undated).into_iter().collect(),
        fragment: Some(part.fragment.clone()),
        ..Reading::default()
    };
    (document, own.start)
}

/// The blocks of a part below its headline: as on a page of its own, that and the time over it are not of the text.
fn below_headline(reading: &Reading, part: &Part) -> Range<usize> {
    let range = part.blocks.clone();
    let Some(title) = part.title.as_deref().map(bare) else {
        return range;
    };
    let is_title = |at: &usize| bare(reading.blocks[*at].span.slice(&reading.text)) == title;
    let headline = range.clone().take(HEAD_BLOCKS).find(is_title);
    match headline {
        Some(at) if at + 1 < range.end => at + 1..range.end,
        _ => range,
    }
}

/// A text cut out of another.
struct Cut {
    text: String,
    blocks: Vec<Block>,
    /// Where it begins in the other.
    start: usize,
}

/// The text of some blocks, and the blocks in it.
fn cut(reading: &Reading, range: Range<usize>) -> Cut {
    let blocks = &reading.blocks[range];
    let start = blocks.first().map_or(0, |first| first.span.start());
    let end = blocks.last().map_or(start, |last| last.span.end());
    let text = reading.text[start..end].to_owned();
    let moved = blocks.iter().filter_map(|block| {
        let span = Span::of(&text, block.span.start() - start..block.span.end() - start)?;
        Some(Block {
            span,
            ..block.clone()
        })
    });
    let blocks = moved.collect();
    Cut { text, blocks, start }
}

/// The fragment of an address that leads to an element: its id, or a text directive with its first words.
fn fragment(id: Option<&str>, words: &str) -> String {
    let is_name = |id: &&str| !id.is_empty() && id.len() <= 200 && !id.contains(char::is_whitespace);
    match id.filter(is_name) {
        Some(id) => percent_encoded(id, b""),
        None => {
            let line = words.lines().next().unwrap_or_default();
            let start: String = line.chars().take(MAX_DIRECTIVE_CHARS).collect();
            // A directive matches whole words.
            let whole = match start.rsplit_once(' ') {
                Some((whole, _)) if start.len() < line.len() => whole,
                _ => &start,
            };
            format!(":~:text={}", percent_encoded(whole, b"-,&"))
        }
    }
}

/// Percent-encodes what an address's fragment may not hold, and `more`, which a text directive uses itself.
fn percent_encoded(text: &str, more: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte);
        if is_plain && !more.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The id of an element or of the first thing in it that has one.
fn id_of<'a>(element: ElementRef<'a>) -> Option<&'a str> {
    element.value().id().or_else(|| {
        let inside = element
            .descendants()
            .skip(1)
            .take(40)
            .filter_map(ElementRef::wrap);
        let named =
            inside.filter(|inside| !matches!(inside.value().name(), "svg" | "path" | "input" | "button"));
        named.into_iter().find_map(|inside| inside.value().id())
    })
}

#[cfg(test)]
mod tests;
