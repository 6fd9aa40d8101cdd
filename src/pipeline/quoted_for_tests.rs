//! Wordings of a page with their quotes, for tests.

use crate::model::document::{Block, BlockKind, Reading};
use crate::model::id::{CaptureId, DocumentId, QuoteId, RevisionId, SourceId, SpeakerId};
use crate::model::quote::QuoteKind;
use crate::model::span::Span;
use crate::store::{DocumentRow, QuoteRow, RevisionRow};

/// The page.
pub(super) fn document() -> DocumentRow {
    DocumentRow {
        id: DocumentId::new("d"),
        source: SourceId::new("herald"),
        url: "https://herald.example/one".into(),
        part_of: None,
        first_seen_at: "2026-01-01T10:00:00Z".parse().expect("a moment"),
        revision: None,
        change: 1,
    }
}

/// What it said on a day of March, a paragraph a line, with its quotes: what stands in marks in a line, said by whom is named before a
/// colon. A name in brackets is printed, and nobody is known by it.
pub(super) fn wording(day: i8, lines: &[&str]) -> (RevisionRow, Vec<QuoteRow>) {
    let text = lines.join("\n\n");
    let (mut blocks, mut quotes) = (Vec::new(), Vec::new());
    let id = RevisionId::new(format!("r{day}"));
    let mut begin = 0;
    for line in lines {
        let span = |first: usize, end: usize| Span::of(&text, begin + first..begin + end).expect("a stretch");
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            span: span(0, line.len()),
            path: String::new(),
        });
        if let (Some(open), Some(close), Some(colon)) = (line.find('“'), line.find('”'), line.find(':')) {
            let words = span(open + '“'.len_utf8(), close);
            let name = line[..colon].trim_matches(['(', ')']);
            let is_known = !line.starts_with('(');
            let named = line.find(name).unwrap_or_default();
            quotes.push(QuoteRow {
                id: QuoteId::new(format!("{id}-{}", quotes.len())),
                revision: id.clone(),
                kind: QuoteKind::Direct,
                words: words.slice(&text).to_owned(),
                content: vec![words],
                fragments: vec![words],
                confidence: 0.9,
                cue: None,
                stance: None,
                mention: Some(span(named, named + name.len())),
                antecedent: None,
                rule: None,
                speaker: is_known.then(|| SpeakerId::from_name(name)),
                speaker_name: is_known.then(|| name.to_owned()),
                said: None,
                said_rule: None,
                said_evidence: None,
                by_hand: Vec::new(),
            });
        }
        begin += line.len() + 2;
    }
    let fetched_at = format!("2026-03-{day:02}T10:00:00Z").parse().expect("a moment");
    let revision = RevisionRow {
        id,
        document: DocumentId::new("d"),
        capture: CaptureId::new("c"),
        fetched_at,
        recorded_at: fetched_at,
        reading: Reading {
            text,
            blocks,
            ..Reading::default()
        },
    };
    (revision, quotes)
}
