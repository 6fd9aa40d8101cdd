//! The people and bodies that speak: a list of them, and each with offices, months, sources and words.

use std::collections::HashMap;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::facets::{self, FacetView, Histogram};
use super::hits::{HitView, view};
use super::search::search_address;
use super::segment;
use crate::index::{self, CountedBy, EntryKind, Facets, Order, Query, Wanted};
use crate::model::id::SpeakerId;
use crate::model::speaker::{Office, Speaker, SpeakerKind};
use crate::pipeline;
use crate::store::SpeakerSummary;
use crate::text::wording::Wording;

/// Speakers of one page of the list.
const LISTED: usize = 100;
/// Quotes shown of a speaker.
const LATEST: usize = 12;
/// Words that name a speaker beside a quote and are no names.
const PRONOUNS: [&str; 13] = [
    "he", "she", "they", "it", "who", "i", "we", "you", "él", "ella", "ellos", "ellas", "quien",
];
/// Quotes that are looked through for the names a speaker is printed under.
const NAMED: usize = 200;

/// What the list is asked with.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ListParameters {
    #[serde(default)]
    name: String,
    #[serde(default)]
    offset: usize,
}

#[derive(Template)]
#[template(path = "speakers.html")]
struct SpeakersPage {
    query: &'static str,
    name: String,
    all: usize,
    from: usize,
    to: usize,
    speakers: Vec<RowView>,
    previous: Option<String>,
    next: Option<String>,
}

struct RowView {
    name: String,
    address: String,
    office: String,
    is_known: bool,
    quotes: u64,
    said: String,
}

/// The speakers, those with the most quotes first.
pub(super) async fn list(
    State(desk): State<Desk>,
    parameters: Result<Parameters<ListParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let given = parameters
        .map(|Parameters(given)| given)
        .map_err(|rejected| Failure::bad_request(rejected.body_text(), "parameters are name and offset"))?;
    let gazetteer = desk.tracker.gazetteer.speakers().iter();
    let known: HashMap<&SpeakerId, &Speaker> = gazetteer.map(|speaker| (&speaker.id, speaker)).collect();
    let known = |id: &SpeakerId| known.get(id).copied();
    let mut speakers = desk.tracker.store.speakers().await?;
    let asked = folded(&given.name);
    speakers.retain(|row| is_named(&asked, row, known(&row.id)));
    let all = speakers.len();
    let shown = speakers.iter().skip(given.offset).take(LISTED);
    let to = given.offset.saturating_add(shown.len());
    let page = |offset: usize| {
        let pairs = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("name", &given.name)
            .append_pair("offset", &offset.to_string())
            .finish();
        format!("/speakers?{pairs}")
    };
    let page = SpeakersPage {
        query: "",
        all,
        from: given.offset.saturating_add(1),
        to,
        previous: (given.offset > 0).then(|| page(given.offset.saturating_sub(LISTED))),
        next: (to < all).then(|| page(given.offset.saturating_add(LISTED))),
        speakers: shown.map(|row| row_view(row, known(&row.id))).collect(),
        name: given.name.clone(),
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// A name without case, accents and marks.
fn folded(name: &str) -> String {
    Wording::of(name).words().join(" ")
}

/// Whether one of the names of a speaker, printed or configured, holds these letters.
fn is_named(asked: &str, row: &SpeakerSummary, known: Option<&Speaker>) -> bool {
    let configured = known
        .into_iter()
        .flat_map(|speaker| speaker.aliases.iter().chain([&speaker.name]));
    configured
        .chain([&row.name])
        .any(|name| folded(name).contains(asked))
}

fn row_view(row: &SpeakerSummary, known: Option<&Speaker>) -> RowView {
    let office = known.and_then(|speaker| by_time(&speaker.offices).into_iter().next());
    RowView {
        name: known.map_or_else(|| row.name.clone(), |speaker| speaker.name.clone()),
        address: address(&row.id),
        office: office.map(|office| office.title.clone()).unwrap_or_default(),
        is_known: known.is_some(),
        quotes: row.quotes,
        said: said(row.said),
    }
}

/// The page of a speaker.
pub(super) fn address(id: &SpeakerId) -> String {
    format!("/speakers/{}", segment(id.as_str()))
}

/// From the first day to the last, in words.
fn said(days: Option<(Date, Date)>) -> String {
    match days {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} to {last}"),
        None => String::new(),
    }
}

#[derive(Template)]
#[template(path = "speaker.html")]
struct SpeakerPage {
    query: String,
    name: String,
    is_body: bool,
    is_known: bool,
    aliases: Vec<String>,
    /// The names that quotes print, the most frequent first.
    printed: Vec<(String, usize)>,
    offices: Vec<OfficeView>,
    /// Who holds an office of this body.
    members: Vec<OfficeView>,
    quotes: usize,
    said: String,
    histogram: Option<Histogram>,
    sources: Option<FacetView>,
    kinds: Option<FacetView>,
    hits: Vec<HitView>,
    all: String,
    timeline: String,
}

/// An office by time, or somebody in one.
struct OfficeView {
    days: String,
    is_present: bool,
    title: String,
    other: Option<(String, String)>,
}

/// A speaker.
pub(super) async fn page(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = SpeakerId::new(id);
    let gazetteer = &desk.tracker.gazetteer;
    let known = gazetteer.speakers().iter().find(|speaker| speaker.id == id);
    let row = desk.tracker.store.speaker(&id).await?;
    let name = match (known, &row) {
        (Some(speaker), _) => speaker.name.clone(),
        (None, Some(row)) => row.name.clone(),
        (None, None) => return Err(Failure::not_found("such speaker")),
    };
    // The list counts reported clauses as well.
    let text = format!("{} kind:all", index::speaker_clause(&id, &name));
    let query = Query::parse(&text, pipeline::today())?;
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Newest,
        offset: 0,
        limit: NAMED,
        after: None,
    };
    let by = vec![CountedBy::Source, CountedBy::QuoteKind, CountedBy::Month];
    let (found, counted) = desk.search_counted(query.clone(), wanted, by).await?;
    let is_body = known.is_some_and(|speaker| speaker.kind == SpeakerKind::Body);
    let narrowed = |clause: &str| search_address(&query.narrowed(&text, clause), "quotes", "newest");
    let today = pipeline::today();
    let page = SpeakerPage {
        query: text.clone(),
        is_body,
        is_known: known.is_some(),
        aliases: known.map(|speaker| speaker.aliases.clone()).unwrap_or_default(),
        printed: printed(&found.hits, &id, &name),
        offices: known
            .map(|speaker| offices(&desk, speaker, today))
            .unwrap_or_default(),
        members: members(gazetteer.speakers(), &id, today),
        quotes: found.total,
        said: said(row.and_then(|row| row.said)),
        histogram: facets::histogram(&counted, narrowed),
        sources: facet(&counted, CountedBy::Source, narrowed),
        kinds: facet(&counted, CountedBy::QuoteKind, narrowed),
        hits: found.hits.iter().take(LATEST).map(view).collect(),
        all: search_address(&text, "quotes", "newest"),
        timeline: format!(
            "/timeline?{}",
            url::form_urlencoded::Serializer::new(String::new())
                .append_pair("q", &text)
                .finish()
        ),
        name,
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// One facet, also where it has one value only.
fn facet(counted: &Facets, by: CountedBy, narrowed: impl Fn(&str) -> String) -> Option<FacetView> {
    let facet = counted.facets.iter().find(|facet| facet.by == by)?;
    Some(facets::facet(facet, &narrowed))
}

/// The names in the quotes that are not the full one, with how often each is printed; pronouns are no names.
fn printed(hits: &[crate::index::Hit], id: &SpeakerId, name: &str) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let own = hits.iter().filter(|hit| {
        hit.entry
            .speakers
            .first()
            .is_some_and(|speaker| speaker.id == *id)
    });
    let names = own.filter_map(|hit| hit.entry.printed_speaker.as_deref());
    let is_name = |printed: &&str| *printed != name && !PRONOUNS.contains(&printed.to_lowercase().as_str());
    for printed in names.filter(is_name) {
        match counts
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(printed))
        {
            Some((_, count)) => *count += 1,
            None => counts.push((printed.to_string(), 1)),
        }
    }
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts.truncate(12);
    counts
}

/// Offices with the latest first.
fn by_time(offices: &[Office]) -> Vec<&Office> {
    let mut offices: Vec<&Office> = offices.iter().collect();
    offices.sort_by_key(|office| std::cmp::Reverse((office.to.unwrap_or(Date::MAX), office.from)));
    offices
}

fn offices(desk: &Desk, speaker: &Speaker, today: Date) -> Vec<OfficeView> {
    let speakers = desk.tracker.gazetteer.speakers();
    let view = |office: &Office| {
        let of = office.of.as_ref();
        let body = of.and_then(|of| speakers.iter().find(|speaker| speaker.id == *of));
        office_view(office, body, today)
    };
    by_time(&speaker.offices).into_iter().map(view).collect()
}

/// The offices of a body and who holds or held them.
fn members(speakers: &[Speaker], body: &SpeakerId, today: Date) -> Vec<OfficeView> {
    let mut members: Vec<(&Office, &Speaker)> = speakers
        .iter()
        .flat_map(|speaker| speaker.offices.iter().map(move |office| (office, speaker)))
        .filter(|(office, _)| office.of.as_ref() == Some(body))
        .collect();
    members.sort_by_key(|(office, _)| std::cmp::Reverse((office.to.unwrap_or(Date::MAX), office.from)));
    members
        .into_iter()
        .map(|(office, speaker)| office_view(office, Some(speaker), today))
        .collect()
}

fn office_view(office: &Office, other: Option<&Speaker>, today: Date) -> OfficeView {
    OfficeView {
        days: match (office.from, office.to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("since {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "days not given".into(),
        },
        is_present: office.held_on(today),
        title: office.title.clone(),
        other: other.map(|other| (other.name.clone(), address(&other.id))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(asked: &str, expected: bool) {
        let row = SpeakerSummary {
            id: SpeakerId::new("elise-marrow"),
            name: "Élise Marrow".into(),
            quotes: 1,
            said: None,
        };
        let known = Speaker {
            id: row.id.clone(),
            name: "Élise Anne Marrow".into(),
            kind: SpeakerKind::Person,
            aliases: vec!["Lady O’Dunmarsh".into()],
            offices: Vec::new(),
        };
        assert_eq!(is_named(&folded(asked), &row, Some(&known)), expected, "{asked}");
    }

    #[test]
    fn a_speaker_is_found_by_any_name_whatever_its_case_and_accents() {
        check("Élise", true);
        check(" ÉLISE mar", true);
        check("elise", true);
        check("anne m", true);
        check("o'dun", true);
        check("", true);
        check("Elisa", false);
        check("Marrow Lady", false);
    }
}
