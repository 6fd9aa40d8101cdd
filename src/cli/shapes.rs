//! The JSON of `annotate` and `extract`: what was found in a text, in code points.

use serde_json::{Value, json};

use crate::model::date::{DateMention, Deadline, SaidOn};
use crate::model::document::{Fact, Part, Reading, StatedMoment};
use crate::model::quote::{Quote, Stance};
use crate::model::span::Span;
use crate::model::speaker::ResolvedSpeaker;
use crate::pipeline::Annotated;
use crate::text::lines::CodePoints;

/// The quotes of a text.
pub(super) fn quotes(text: &str, found: &Annotated) -> Value {
    let points = CodePoints::of(text);
    let quotes = found.quotes.iter();
    quotes
        .filter_map(|(quote, speaker, said)| one_quote(text, &points, quote, speaker.as_ref(), said.as_ref()))
        .collect()
}

/// The time expressions of a text.
pub(super) fn dates(text: &str, found: &Annotated) -> Value {
    let points = CodePoints::of(text);
    found
        .dates
        .iter()
        .map(|mention| one_date(text, &points, mention))
        .collect()
}

/// A reading with what was found in its text.
pub(super) fn reading(reading: &Reading, found: &Annotated) -> Value {
    let text = &reading.text;
    let points = CodePoints::of(text);
    let blocks: Vec<Value> = reading
        .blocks
        .iter()
        .map(|block| {
            json!({
                "kind": block.kind.code(),
                "start": points.at(block.span.start()),
                "end": points.at(block.span.end()),
                "path": block.path,
            })
        })
        .collect();
    let notices: Vec<Value> = reading
        .notices
        .iter()
        .map(|notice| json!({"kind": notice.kind.code(), "detail": notice.detail}))
        .collect();
    json!({
        "title": reading.title,
        "title_method": reading.method_of(Fact::Title),
        "authors": reading.authors,
        "authors_method": reading.method_of(Fact::Authors),
        "publisher": reading.publisher,
        "publisher_method": reading.method_of(Fact::Publisher),
        "section": reading.section,
        "published": moment(reading.published.as_ref()),
        "published_method": reading.published.as_ref().map(|stated| &stated.method),
        "modified": moment(reading.modified.as_ref()),
        "modified_method": reading.modified.as_ref().map(|stated| &stated.method),
        "language": reading.language,
        "canonical_url": reading.canonical_url,
        "genre": reading.genre.code(),
        "genre_evidence": reading.genre_evidence,
        "text_method": reading.found_by.method,
        "text_agreement": reading.found_by.agreement.map(rounded),
        "text": text,
        "blocks": blocks,
        "parts": reading.parts.iter().map(|part| one_part(part, reading, &points)).collect::<Vec<_>>(),
        "quotes": quotes(text, found),
        "dates": dates(text, found),
        "notices": notices,
        "claims": claims(reading),
    })
}

/// A document inside the page: its stretch of `text` in code points, end excluded.
fn one_part(part: &Part, reading: &Reading, points: &CodePoints) -> Value {
    let blocks = &reading.blocks[part.blocks.clone()];
    json!({
        "fragment": part.fragment,
        "title": part.title,
        "published": moment(part.published.as_ref()),
        "published_method": part.published.as_ref().map(|stated| &stated.method),
        "genre": part.genre.code(),
        "start": blocks.first().map(|block| points.at(block.span.start())),
        "end": blocks.last().map(|block| points.at(block.span.end())),
    })
}

/// What the places of a page say, by fact.
fn claims(reading: &Reading) -> Value {
    let of = |fact: Fact| -> Vec<Value> {
        let claims = reading.claims.iter().filter(|claim| claim.fact == fact);
        let shown = claims.map(
            |claim| json!({"value": claim.value, "method": claim.method, "standing": claim.standing.code()}),
        );
        shown.collect()
    };
    let facts = Fact::ALL
        .into_iter()
        .map(|fact| (fact.code().to_owned(), of(fact)));
    let spoken_of = facts.filter(|(_, claims)| !claims.is_empty());
    Value::Object(spoken_of.map(|(code, claims)| (code, claims.into())).collect())
}

fn moment(stated: Option<&StatedMoment>) -> Option<String> {
    stated.map(|stated| stated.moment.to_string())
}

fn one_quote(
    text: &str,
    points: &CodePoints,
    quote: &Quote,
    speaker: Option<&ResolvedSpeaker>,
    said: Option<&SaidOn>,
) -> Option<Value> {
    let hull = quote.hull()?;
    let pair = |span: &Span| json!([points.at(span.start()), points.at(span.end())]);
    let attribution = quote.attribution.as_ref();
    let mention = attribution.and_then(|attribution| attribution.mention.span());
    Some(json!({
        "start": points.at(hull.start()),
        "end": points.at(hull.end()),
        // Without what the teller puts between: `“If elected,” Lima said, “I will go.”`
        "text": quote.words(text),
        "kind": quote.kind.code(),
        "fragments": quote.fragments.iter().map(pair).collect::<Vec<_>>(),
        "cue": attribution.and_then(|attribution| attribution.cue).map(|cue| cue.slice(text)),
        "stance": attribution.and_then(|attribution| attribution.stance).map(Stance::code),
        "speaker": attribution.map(|attribution| attribution.mention.printed(text)),
        "speaker_start": mention.map(|mention| points.at(mention.start())),
        "speaker_end": mention.map(|mention| points.at(mention.end())),
        "rule": attribution.map(|attribution| attribution.rule),
        "speaker_confidence": attribution.map(|attribution| rounded(attribution.confidence)),
        "speaker_canonical": speaker.map(|speaker| &speaker.name),
        "said_on": said.map(|said| &said.when.edtf),
        "said_rule": said.map(|said| said.rule),
        "confidence": rounded(quote.confidence),
    }))
}

fn one_date(text: &str, points: &CodePoints, mention: &DateMention) -> Value {
    json!({
        "start": points.at(mention.span.start()),
        "end": points.at(mention.span.end()),
        "text": mention.span.slice(text),
        "type": mention.kind.code(),
        "value": mention.value,
        "edtf": mention.when.as_ref().map(|when| &when.edtf),
        "rule": mention.rule,
        "conflict": mention.conflict,
        "limit": mention.is_limit,
        "deadline": mention.deadline.as_ref().map(|deadline| one_deadline(points, deadline)),
    })
}

fn one_deadline(points: &CodePoints, deadline: &Deadline) -> Value {
    let pair = |span: Span| json!([points.at(span.start()), points.at(span.end())]);
    json!({
        "span": pair(deadline.span),
        "event": deadline.event.code(),
        "from": deadline.from.map(|day| day.to_string()),
        "evidence": deadline.evidence.map(pair),
        "arithmetic": deadline.arithmetic,
    })
}

/// Three digits, so that a line reads the same on every machine.
fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}
