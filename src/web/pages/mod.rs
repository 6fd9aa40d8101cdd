//! The pages of the desk.

mod capture;
mod changes;
mod chart;
mod corrections;
mod day_form;
mod days;
mod document;
mod due;
mod edits;
mod facets;
mod facts;
mod help;
mod hits;
mod lately;
mod marking;
mod printings;
mod quote;
mod search;
mod searches;
mod sources;
mod speakers;
mod timeline;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::{get, post};

use super::desk::Served;
use crate::model::by_hand::ByHand;
use crate::model::date::{COMPLETE, SaidOn};
use crate::model::event::LineKind;
use crate::model::quote::QuoteKind;

pub(super) use edits::{EditView, views as edit_views};
pub(super) use facts::FactView;
pub(super) use lately::Gravities;
pub(super) use quote::printings;
pub(super) use search::{Asked, SearchParameters};

const STYLE: &str = include_str!("../assets/desk.css");
const SCRIPT: &str = include_str!("../assets/desk.js");
const ICON: &str = include_str!("../assets/icon.svg");

pub(super) fn routes() -> Router<Served> {
    Router::new()
        .route("/", get(search::page))
        .route("/search", get(day_form::search))
        .route("/timeline", get(timeline::page))
        .route("/changes", get(edits::page))
        .route("/documents/{id}", get(document::page))
        .route("/documents/{id}/changes", get(changes::page))
        .route("/quotes/{id}", get(quote::page))
        .route("/quotes/{id}/citation", get(quote::citation))
        .route("/quotes/{id}/evidence", get(super::evidence::page))
        .route("/quotes/{id}/corrections", post(corrections::make))
        .route("/corrections", get(corrections::page))
        .route("/corrections/{id}/remove", post(corrections::take_back))
        .route("/captures/{id}", get(capture::page))
        .route("/captures/{id}/payload", get(capture::payload))
        .route("/searches", get(searches::page).post(searches::save))
        .route("/searches/{id}", get(searches::one))
        .route("/searches/{id}/delete", post(searches::delete))
        .route("/searches/{id}/{file}", get(searches::feed))
        .route("/speakers", get(speakers::list))
        .route("/speakers/{id}", get(speakers::page))
        .route("/sources", get(sources::page))
        .route("/sources/{id}", get(sources::one))
        .route("/help", get(help::page))
        .route(
            "/assets/desk.css",
            get(|| async { asset("text/css; charset=utf-8", STYLE) }),
        )
        .route(
            "/assets/desk.js",
            get(|| async { asset("text/javascript; charset=utf-8", SCRIPT) }),
        )
        .route("/assets/icon.svg", get(|| async { asset("image/svg+xml", ICON) }))
}

fn asset(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-cache")], text)
}

/// An instant inside a sentence.
fn shown(at: jiff::Timestamp) -> String {
    crate::text::days::instant(at)
}

/// What an event is, in words.
fn kind_name(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Said => "said",
        LineKind::Published => "published",
        LineKind::Mentioned => "spoken of",
        LineKind::Deadline => "deadline",
        LineKind::Changed => "page changed",
    }
}

/// What a day was counted from, in words; nothing where it was not counted.
fn counted_from(anchor: &str) -> String {
    match anchor {
        COMPLETE => String::new(),
        anchor => crate::text::days::spelled(anchor),
    }
}

/// A sentence with queries between backticks, in pieces, and whether each is a query.
fn coded(sentence: &str) -> impl Iterator<Item = (bool, &str)> {
    let pieces = sentence.split('`').enumerate();
    pieces.map(|(at, piece)| (at % 2 == 1, piece))
}

/// Words without the comma that ends them inside a sentence.
fn unframed(words: &str) -> &str {
    words.trim_end().trim_end_matches(',')
}

/// How words are given.
fn quote_kind_name(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "word for word",
        QuoteKind::Mixed => "partly word for word",
        QuoteKind::Indirect => "in the reporter’s words",
    }
}

/// How words are given that are not the speaker's own, in words; nothing for those that are.
fn reported(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "",
        kind => quote_kind_name(kind),
    }
}

/// A text as one segment of an address.
fn segment(text: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace('+', "%20")
}

/// How the day of a quote was found, in words.
fn said_rule(code: &str) -> String {
    match code {
        "after_cue" => "named behind the reporting words".into(),
        "before_cue" => "named before the reporting words".into(),
        "sentence_opening" => "named where the sentence opens".into(),
        "sentence_before" => "named in the sentence before".into(),
        "carried" => "named just before, where the same speaker was first heard".into(),
        "answered" => "the day of the words that these answer".into(),
        "audience" => "the day on which those met who were spoken to".into(),
        "scene" => "the day of the meeting, hearing or announcement at which the speaker is told of".into(),
        "transcript" => "the day of the occasion that the text says it is the record of".into(),
        SaidOn::OF_TITLE => "the day of the sitting, which the title of its record names".into(),
        "on_the_spot" => "the day of what the speaker did right before, where the words were said".into(),
        SaidOn::SINCE_MEETING => {
            "not named: from the day of the meeting told of before to the document’s own".into()
        }
        "led_in" => "named right before the words".into(),
        ByHand::RULE => "as somebody corrected it by hand".into(),
        "cited" => "named in brackets behind the words".into(),
        "labelled" => "named at the beginning of the entry".into(),
        "told_before" => "named before: the words were said “then”".into(),
        "of_writing" => "the day of the letter or speech they are read from".into(),
        SaidOn::OF_DOCUMENT => "the document’s own day: no other is named for these words".into(),
        other => other.replace(['_', '-'], " "),
    }
}
