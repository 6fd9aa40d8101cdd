//! Finds the main text of a page among its furniture.
//!
//! A site rule is followed where there is one. Else every piece of text is judged by two forests of small trees over
//! general features ([`features`]): the first by the piece and its surroundings, the second also by what the first
//! thinks of its neighbours. That is the design of Boilerpipe (Kohlschütter and others 2010) and Web2Text (Vogels and
//! others 2018) with boosted trees for the judge. Where little is found, the body is taken that the page hands
//! to search engines.

mod agreement;
mod around;
mod boxes;
mod classes;
mod features;
mod hints;
mod linked_body;
mod repair;
mod short;
mod standfirst;

use std::collections::HashSet;
use std::sync::LazyLock;

use scraper::{Html, Selector};

use super::blocks::{Piece, folded};
use super::boilerplate::bare;
use super::tree::Outline;
use crate::model::document::FoundBy;
use crate::trees::{Forest, Rows};
use linked_body::Words;

pub use features::Row;

/// Letters below which a text is worth looking for another.
const LITTLE_CHARS: usize = 250;
/// Elements that a rule selects that are looked at.
const MAX_RULED: usize = 50;
/// The probability from which a piece is of the text.
const THRESHOLD: f32 = 0.5;

static FORESTS: LazyLock<[Forest; 2]> = LazyLock::new(|| {
    let tables = [include_str!("first.trees"), include_str!("second.trees")];
    tables.map(|table| Forest::parse(table).expect("a table that the fitting tool wrote"))
});

/// What is known about a page before its text is looked for.
#[derive(Default)]
pub(super) struct Clues<'a> {
    pub(super) title: Option<&'a str>,
    /// The page's summaries of itself.
    pub(super) descriptions: &'a [String],
    /// The source's selector of the main text.
    pub(super) body_rule: Option<&'a str>,
    /// The text as the page hands it to search engines.
    pub(super) article_body: Option<&'a str>,
    /// Whether the page is added to while something happens: its entries look like teasers.
    pub(super) is_live: bool,
}

/// The main text of a page.
pub(super) struct Found {
    pub(super) pieces: Vec<Piece>,
    pub(super) by: FoundBy,
    /// Whether the source's selector of the main text selects nothing.
    pub(super) is_rule_unmatched: bool,
}

/// The pieces of the main text of a page, and how far other ways to find it agree.
pub(super) fn find(page: &Html, outline: &Outline<'_>, clues: &Clues<'_>) -> Found {
    let words = Words::of(outline, clues.article_body);
    let judged = by_forest(outline, clues, &words);
    let ruled = clues.body_rule.and_then(|rule| by_rule(page, outline, rule));
    let is_rule_unmatched = clues.body_rule.is_some() && ruled.is_none();
    let (pieces, method) = match ruled {
        Some(pieces) => (pieces, Method::Rule),
        None => chosen_by(outline, clues, &words, &judged),
    };
    let agreement = agreement::agreement(outline, &words, &judged, &pieces, method);
    Found {
        by: FoundBy {
            method: if pieces.is_empty() { "" } else { method.name() }.to_owned(),
            agreement,
        },
        pieces,
        is_rule_unmatched,
    }
}

/// How the main text was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// The source's selector.
    Rule,
    /// The forests.
    Judged,
    /// What the page hands to search engines.
    LinkedData,
    /// The densest part of the page, where the forests keep nothing.
    Densest,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Method::Rule => "rule",
            Method::Judged => "judged",
            Method::LinkedData => "linked data",
            Method::Densest => "densest",
        }
    }
}

/// The pieces that are probable enough, or another text where they are too little.
pub(super) fn chosen(outline: &Outline<'_>, clues: &Clues<'_>, judged: &[f32]) -> (Vec<Piece>, Method) {
    chosen_by(outline, clues, &Words::of(outline, clues.article_body), judged)
}

fn chosen_by(
    outline: &Outline<'_>,
    clues: &Clues<'_>,
    words: &Words,
    judged: &[f32],
) -> (Vec<Piece>, Method) {
    let mut keep: Vec<bool> = judged
        .iter()
        .map(|probability| *probability > THRESHOLD)
        .collect();
    short::drop_foot(outline, &mut keep);
    repair::repair(outline, &mut keep);
    if clues.is_live {
        repair::take_entries(outline, words, &mut keep);
    }
    boxes::drop_boxes(outline, words, &mut keep);
    boxes::drop_cards(outline, &mut keep);
    around::take_lead(outline, clues, words, &mut keep);
    around::take_corrections(outline, &mut keep);
    standfirst::take_standfirst(outline, clues, words, &mut keep);
    let kept = outline.pieces.iter().zip(&keep).filter(|(_, keep)| **keep);
    let mut found: Vec<Piece> = kept.map(|(piece, _)| piece.clone()).collect();
    outline.locate(&mut found);
    let body = clues.article_body.map(by_article_body).unwrap_or_default();
    // The linked data of a live page may hold hundreds of entries that the page shows when asked.
    let enough = if clues.is_live { 0 } else { chars(&body) / 2 };
    let is_little = chars(&found) < LITTLE_CHARS.max(enough) && chars(&found) < chars(&body);
    if found.is_empty() || is_little && chars(&body) < LITTLE_CHARS {
        let mut plain = short::plainest(outline);
        repair::complete(outline, &mut plain);
        boxes::drop_boxes(outline, words, &mut plain);
        let plain = outline.pieces.iter().zip(plain).filter(|(_, keep)| *keep);
        let mut plain: Vec<Piece> = plain.map(|(piece, _)| piece.clone()).collect();
        // A few words for search engines are a summary of what the page prints.
        if body.is_empty() || is_summary(&body, &plain) {
            outline.locate(&mut plain);
            return (plain, Method::Densest);
        }
    }
    if is_little {
        return (body, Method::LinkedData);
    }
    (found, Method::Judged)
}

/// Whether a short text says in fewer words what a longer one does.
fn is_summary(body: &[Piece], whole: &[Piece]) -> bool {
    let words = |pieces: &[Piece]| -> Vec<String> {
        let texts = pieces.iter().map(|piece| bare(&piece.text));
        texts
            .flat_map(|text| text.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    let (short, long) = (words(body), words(whole).into_iter().collect::<HashSet<_>>());
    let shared = short.iter().filter(|word| long.contains(*word)).count();
    chars(body) < LITTLE_CHARS.min(chars(whole)) && shared * 3 >= short.len() * 2
}

fn chars(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.text.chars().count()).sum()
}

/// The pieces of the longest element that the rule selects.
fn by_rule(page: &Html, outline: &Outline<'_>, rule: &str) -> Option<Vec<Piece>> {
    let selector = Selector::parse(rule).ok()?;
    let inside = |place: usize| {
        let inside = |piece: &&Piece| piece.place.is_some_and(|at| outline.is_within(at, place));
        outline.pieces.iter().filter(inside).cloned().collect::<Vec<_>>()
    };
    // Selectors of the body match one element or a few; a careless one may match all.
    let places = page
        .select(&selector)
        .take(MAX_RULED)
        .filter_map(|element| outline.place_of(element));
    let mut found = places.map(inside).max_by_key(|pieces| chars(pieces))?;
    outline.locate(&mut found);
    Some(found).filter(|pieces| !pieces.is_empty())
}

/// How probable it is of each piece that it is of the text.
fn by_forest(outline: &Outline<'_>, clues: &Clues<'_>, words: &Words) -> Vec<f32> {
    let [first, second] = &*FORESTS;
    let measured = features::measure(outline, clues, words);
    let thought = judge(first, &measured.rows);
    judge(second, &measured.second_rows(&thought))
}

/// Rows that need no judge are of no text.
pub fn judge(forest: &Forest, rows: &[Row]) -> Vec<f32> {
    let asked = rows.iter().map(Vec::as_slice).filter(|row| !row.is_empty());
    let mut judged = forest.probabilities(&Rows::of(asked)).into_iter();
    let judge = |row: &Row| match row.is_empty() {
        true => 0.0,
        false => judged.next().unwrap_or_default(),
    };
    rows.iter().map(judge).collect()
}

/// The text in the page's linked data, which has line breaks at best.
fn by_article_body(body: &str) -> Vec<Piece> {
    let lines = body.lines().map(folded).filter(|line| !line.is_empty());
    lines.map(|line| Piece::paragraph(line, "")).collect()
}

/// The pieces of a page with their first rows, for the tool that fits the forests.
pub struct Candidates {
    /// The words of each piece.
    pub texts: Vec<String>,
    /// Its features.
    pub rows: Vec<Row>,
}

pub(super) fn candidates(outline: &Outline<'_>, clues: &Clues<'_>) -> Candidates {
    Candidates {
        texts: outline.pieces.iter().map(|piece| piece.text.clone()).collect(),
        rows: features::measure(outline, clues, &Words::of(outline, clues.article_body)).rows,
    }
}

pub(super) fn second_rows(outline: &Outline<'_>, clues: &Clues<'_>, thought: &[f32]) -> Vec<Row> {
    let words = Words::of(outline, clues.article_body);
    features::measure(outline, clues, &words).second_rows(thought)
}

/// The names of the features of a second row; a first row has the first of them.
#[must_use]
pub fn feature_names() -> Vec<String> {
    features::names()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;

    #[test]
    fn a_few_words_for_search_engines_are_a_summary_of_what_the_page_prints() {
        let page = Html::parse_document(
            "<article><h1>Snow day</h1><p>Schools are closed, and so are Saturday’s clubs.</p>\
             <p>“Sleep in,” said Superintendent Cal Odom.</p><p>The plows go out at 4 a.m., said Dale Ruiz.</p></article>",
        );
        let outline = tree::outline(page.root_element());
        let found = |body: &str| {
            let clues = Clues {
                article_body: Some(body),
                ..Clues::default()
            };
            let (pieces, method) = chosen(&outline, &clues, &vec![0.0; outline.pieces.len()]);
            (pieces.len(), method)
        };
        let summary = "Schools are closed. “Sleep in,” said Superintendent Cal Odom.";
        assert_eq!(found(summary), (3, Method::Densest));
        assert_eq!(
            found("The council has voted to close the harbour."),
            (1, Method::LinkedData)
        );
        let long = "The council of the town has voted to close the harbour for the winter. ".repeat(4);
        assert_eq!(found(&long), (1, Method::LinkedData));
    }

    #[test]
    fn the_tables_ask_for_features_that_there_are() {
        let names = feature_names().len();
        let page = Html::parse_document("<p>one</p>");
        let outline = tree::outline(page.root_element());
        let candidates = candidates(&outline, &Clues::default());
        let second = second_rows(&outline, &Clues::default(), &[0.5]);
        assert_eq!(second[0].len(), names);
        let [first_forest, second_forest] = &*FORESTS;
        assert!(first_forest.features() <= candidates.rows[0].len());
        assert!(second_forest.features() <= names);
    }
}
