//! What is found in a text and what it means, case by case: a file for each module that it rests on, and one for Spanish.

mod coming;
mod cues;
mod deadlines;
mod labelled;
mod last_days;
mod making;
mod nearby;
mod phrases;
mod properties;
mod said;
mod scan;
mod scheduled;
mod spanish;
mod story;
mod times;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::model::date::{Anchor, Event, When};
use crate::model::document::BlockKind;
use crate::model::quote::{Attribution, Mention, QuoteKind};

/// The day the texts of all tests are of: a Friday.
fn day() -> Date {
    edtf::day(2026, 2, 13).expect("a day")
}

/// Checks that an English text, of Friday 13 February 2026, holds just these expressions with these values.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    check_in(Tongue::English, text, expected);
}

/// The same in any language.
#[track_caller]
fn check_in(tongue: Tongue, text: &str, expected: &[(&str, &str)]) {
    let mentions = find(text, tongue, Some(day()));
    let found: Vec<(&str, &str)> = mentions
        .iter()
        .map(|mention| (mention.span.slice(text), mention.value.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// Checks texts that hold one expression each, with its value.
#[track_caller]
fn check_each(cases: &[(&str, &str, &str)]) {
    for (text, expression, value) in cases {
        check(text, &[(expression, value)]);
    }
}

/// The sums of the deadlines of a text, in order.
fn sums_in(tongue: Tongue, text: &str) -> Vec<String> {
    let mentions = find(text, tongue, Some(day())).into_iter();
    mentions
        .filter_map(|mention| Some(mention.deadline?.arithmetic))
        .collect()
}

/// Checks the day given to the last words in marks of a text.
#[track_caller]
fn check_said_in(tongue: Tongue, text: &str, speaker: &str, cue: Option<&str>, expected: (&str, &str)) {
    let at = |words: &str| {
        let start = text.rfind(words).expect("in the text");
        Span::of(text, start..start + words.len()).expect("on boundaries")
    };
    let opened = text.match_indices('“').map(|(at, mark)| at + mark.len());
    let quotes = opened.map(|start| {
        let end = text[start..].find('”').expect("a mark") + start;
        let content = Span::of(text, start..end).expect("on boundaries");
        Quote {
            kind: QuoteKind::Direct,
            content: vec![content],
            fragments: vec![content],
            attribution: None,
            confidence: 1.0,
        }
    });
    let mut quotes: Vec<Quote> = quotes.collect();
    quotes.last_mut().expect("a quote").attribution = cue.map(|cue| Attribution {
        cue: Some(at(cue)),
        stance: None,
        mention: Mention::Text(at(speaker)),
        antecedent: text
            .find("Lima")
            .filter(|_| !matches!(speaker, "Lima" | "Cruz"))
            .and_then(|at| Span::of(text, at..at + 4)),
        members: Vec::new(),
        rule: "test",
        confidence: 1.0,
    });
    let said = said_on(text, &quotes, &find(text, tongue, Some(day())), Some(day()));
    let said = said.last().and_then(Option::as_ref);
    let said = said.map_or(("", ""), |said| (said.when.edtf.as_str(), said.rule));
    assert_eq!(said, expected, "{text}");
}

/// Checks which expression of each text is the last day for something, and that the others have none.
#[track_caller]
fn check_limits_in(tongue: Tongue, limits: &[(&str, &str)], none: &[&str]) {
    let expected = limits.iter().map(|(text, limit)| (*text, vec![*limit]));
    for (text, expected) in expected.chain(none.iter().map(|text| (*text, Vec::new()))) {
        let mentions = find(text, tongue, Some(day())).into_iter();
        let limits = mentions.filter(|mention| mention.is_limit);
        let found: Vec<&str> = limits.map(|mention| mention.span.slice(text)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

/// Checks that the expressions of a text mean these days, in EDTF; those that mean none are left out.
#[track_caller]
fn check_days_in(tongue: Tongue, text: &str, expected: &[&str]) {
    let mentions = find(text, tongue, Some(day())).into_iter();
    let days = mentions.filter_map(|mention| Some(mention.when?.edtf));
    assert_eq!(days.collect::<Vec<String>>(), expected, "{text}");
}
