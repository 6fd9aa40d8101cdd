//! Finds the main text of a page among its furniture.
//!
//! A site rule is followed where there is one. Else the crate `trafilatura` decides; where it finds little,
//! the body that the page hands to search engines is taken, or the element that holds most paragraphs. The
//! pieces found are looked up in the page itself, which gives their paths and the roles that the crate loses.

use std::collections::{HashMap, VecDeque};

use scraper::{ElementRef, Html, Selector};

use super::blocks::{Piece, folded};
use super::boilerplate::bare;
use super::{contained, tree};
use crate::model::document::BlockKind;

/// Letters below which a text is worth looking for another.
const LITTLE_CHARS: usize = 250;
/// Letters that a summary has in common with the one in the head of the page.
const MIN_SUMMARY_CHARS: usize = 40;

/// What is known about a page before its text is looked for.
pub(super) struct Clues<'a> {
    /// The markup that `page` was parsed from.
    pub(super) html: &'a str,
    /// The tree, without what the source's rules drop.
    pub(super) page: &'a Html,
    /// All pieces of `page`.
    pub(super) pieces: &'a [Piece],
    pub(super) title: Option<&'a str>,
    /// The page's summaries of itself.
    pub(super) descriptions: &'a [String],
    /// The source's selector of the main text.
    pub(super) body_rule: Option<&'a str>,
    /// The source's selectors of what is dropped.
    pub(super) drop_rules: &'a [String],
    /// The text as the page hands it to search engines.
    pub(super) article_body: Option<&'a str>,
}

/// The pieces of the main text, and whether an engine panicked over the page.
pub(super) fn find(clues: &Clues<'_>) -> (Vec<Piece>, bool) {
    if let Some(found) = clues.body_rule.and_then(|rule| by_rule(clues.page, rule)) {
        return (found, false);
    }
    let mut has_panicked = false;
    let mut best = contained(|| by_trafilatura(clues)).unwrap_or_else(|| {
        has_panicked = true;
        Vec::new()
    });
    let body = clues.article_body.map(by_article_body).unwrap_or_default();
    if chars(&best) < LITTLE_CHARS.max(chars(&body) / 2) {
        best = [best, body, by_density(clues.page)]
            .into_iter()
            .max_by_key(|pieces| chars(pieces))
            .unwrap_or_default();
    }
    locate(&mut best, clues.pieces);
    if let Some(standfirst) = standfirst(clues, &best) {
        best.insert(0, standfirst);
    }
    (best, has_panicked)
}

/// Characters from which the crate's first answer can be whole.
const ENOUGH_CHARS: usize = 600;
/// How much text two methods that agree may have, the one by the other: less misses something, more has
/// taken in what surrounds the text.
const AGREEMENT: std::ops::RangeInclusive<f64> = 0.9..=1.2;

fn chars(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.text.chars().count()).sum()
}

/// The longest element that the rule selects.
fn by_rule(page: &Html, rule: &str) -> Option<Vec<Piece>> {
    let selector = Selector::parse(rule).ok()?;
    let found = page.select(&selector).map(tree::pieces);
    found
        .max_by_key(|pieces| chars(pieces))
        .filter(|pieces| !pieces.is_empty())
}

/// The crate's own rules first; its two fallbacks, which cost as much again as the rest of the reading, only
/// where those rules found much less or more than the densest part of the page holds.
fn by_trafilatura(clues: &Clues<'_>) -> Vec<Piece> {
    let quick = trafilatura_pieces(clues, false);
    let found = chars(&quick);
    let share = found as f64 / chars(&by_density(clues.page)).max(1) as f64;
    if found >= ENOUGH_CHARS && AGREEMENT.contains(&share) {
        return quick;
    }
    trafilatura_pieces(clues, true)
}

fn trafilatura_pieces(clues: &Clues<'_>, enable_fallback: bool) -> Vec<Piece> {
    let mut options = trafilatura::Options::default();
    options.exclude_comments = true;
    options.enable_fallback = enable_fallback;
    options.html_date_mode = trafilatura::HtmlDateMode::Disabled;
    if !clues.drop_rules.is_empty() {
        options.prune_selector = Some(clues.drop_rules.join(", "));
    }
    let Ok(found) = trafilatura::extract(clues.html, &options) else {
        return Vec::new();
    };
    let content = Html::parse_document(&found.content_html);
    tree::pieces(content.root_element())
}

/// The text in the page's linked data, which has line breaks at best.
fn by_article_body(body: &str) -> Vec<Piece> {
    let lines = body.lines().map(folded).filter(|line| !line.is_empty());
    lines.map(|line| Piece::paragraph(line, "")).collect()
}

/// The paragraphs of the element that directly holds the most text in `<p>`.
fn by_density(page: &Html) -> Vec<Piece> {
    let paragraph = Selector::parse("p").expect("a valid selector");
    let mut held = HashMap::new();
    for element in page.select(&paragraph) {
        let length: usize = element.text().map(|text| text.trim().chars().count()).sum();
        if let Some(parent) = element.parent() {
            *held.entry(parent.id()).or_insert(0usize) += length;
        }
    }
    // Of two that hold as much the first in the page: the answer must not depend on the map's order.
    let densest = held
        .into_iter()
        .max_by_key(|(id, length)| (*length, std::cmp::Reverse(*id)));
    let element = densest
        .and_then(|(id, _)| page.tree.get(id))
        .and_then(ElementRef::wrap);
    element.map(tree::pieces).unwrap_or_default()
}

/// Gives pieces that came from elsewhere the path and the role of the element with the same words.
fn locate(pieces: &mut [Piece], page: &[Piece]) {
    let mut places: HashMap<String, VecDeque<&Piece>> = HashMap::new();
    for piece in page {
        let place = places.entry(bare(&piece.text)).or_default();
        place.push_back(piece);
    }
    for piece in pieces {
        piece.path.clear();
        let Some(same) = places.get_mut(&bare(&piece.text)) else {
            continue;
        };
        // The same words again are the next element with them; the last one serves for all that follow.
        let next = if same.len() > 1 {
            same.pop_front()
        } else {
            same.front().cloned()
        };
        if let Some(same) = next {
            piece.path.clone_from(&same.path);
            piece.is_link = same.is_link;
            if piece.kind == BlockKind::Paragraph {
                piece.kind = same.kind;
            }
        }
    }
}

/// The summary that is printed between the headline and the text, where the crate left it out.
fn standfirst(clues: &Clues<'_>, found: &[Piece]) -> Option<Piece> {
    let first = bare(&found.first()?.text);
    let title = bare(clues.title?);
    let summaries: Vec<String> = clues.descriptions.iter().map(|summary| bare(summary)).collect();
    let is_title = |piece: &Piece| bare(&piece.text) == title;
    let headline = clues.pieces.iter().position(is_title)?;
    let end = clues
        .pieces
        .iter()
        .skip(headline)
        .position(|piece| bare(&piece.text) == first)?;
    let between = clues.pieces.iter().skip(headline + 1).take(end.saturating_sub(1));
    let is_summary = |piece: &&Piece| {
        let words = bare(&piece.text);
        // A summary in the head of the page may be cut short.
        let begins_as = |summary: &String| {
            let shorter = words.len().min(summary.len());
            shorter >= MIN_SUMMARY_CHARS && words.as_bytes()[..shorter] == summary.as_bytes()[..shorter]
        };
        !first.starts_with(&words) && summaries.iter().any(begins_as)
    };
    between.into_iter().find(is_summary).cloned()
}
