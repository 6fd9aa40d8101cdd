//! The people and bodies that speak: a list of them, and each with offices, months, sources and words.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::super::people::{self, Listed};
use super::facets::{self, FacetView, Histogram};
use super::hits::{self, HitView};
use super::search::search_address;
use super::segment;
use crate::index::{CountedBy, EntryKind, Facets, Hit, Order, Query, Wanted, body_clause};
use crate::model::date::When;
use crate::model::id::SpeakerId;
use crate::model::speaker::{Office, Speaker};
use crate::pipeline;
use crate::text::days;

/// Speakers of one page of the list.
const LISTED: usize = 100;
/// Quotes shown of a speaker.
const LATEST: usize = 12;

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
    /// That the list ends before the place that was asked for.
    notice: Option<String>,
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
    let Parameters(given) =
        parameters.map_err(|rejected| asked::unreadable(&rejected, "parameters are name and offset"))?;
    let speakers = people::listed(&desk, &given.name).await?;
    let all = speakers.len();
    let (offset, notice) = asked::page_of(given.offset, LISTED, all, "speaker");
    let shown = speakers.iter().skip(offset).take(LISTED);
    let to = offset + shown.len();
    let page = |offset: usize| {
        let pairs = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("name", &given.name)
            .append_pair("offset", &offset.to_string())
            .finish();
        format!("/speakers?{pairs}")
    };
    let page = SpeakersPage {
        query: "",
        notice,
        all,
        from: offset + 1,
        to,
        previous: (offset > 0).then(|| page(offset.saturating_sub(LISTED))),
        next: (to < all).then(|| page(offset + LISTED)),
        speakers: shown.map(row_view).collect(),
        name: given.name.clone(),
    };
    Ok(error::page(StatusCode::OK, &page))
}

fn row_view(listed: &Listed<'_>) -> RowView {
    RowView {
        name: listed.name().to_string(),
        address: address(&listed.row.id),
        office: listed
            .office()
            .map(|office| office.title.clone())
            .unwrap_or_default(),
        is_known: listed.known.is_some(),
        quotes: listed.row.quotes,
        said: said(listed.row.said.as_ref()),
    }
}

/// The page of a speaker.
pub(super) fn address(id: &SpeakerId) -> String {
    format!("/speakers/{}", segment(id.as_str()))
}

/// From the first day to the last, in words.
fn said(said: Option<&(When, When)>) -> String {
    let is_day = |when: &When| when.earliest == when.latest;
    match said {
        None => String::new(),
        Some((first, last)) if is_day(first) && is_day(last) => days::stretch(first.earliest, last.latest),
        Some((first, last)) if first == last => days::in_words(first),
        Some((first, last)) => format!("{} to {}", days::in_words(first), days::in_words(last)),
    }
}

#[derive(Template)]
#[template(path = "speaker.html")]
struct SpeakerPage {
    query: &'static str,
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
    /// Whether nothing is held of the body itself, and its officials are shown.
    is_by_officials: bool,
    /// Of a body: the search for what it and those in its offices said.
    officials: Option<String>,
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
    let profile = people::profile(&desk, id).await?;
    let today = pipeline::today();
    let (query, text, counted) = (&profile.query, &profile.text, &profile.counted);
    let narrowed = |clause: &str| search_address(&query.narrowed(text, clause), "quotes", "newest");
    let is_by_officials = profile.is_body() && profile.quotes == 0 && !profile.members.is_empty();
    let of_officials = match is_by_officials {
        true => said_for(&desk, &profile.id, &profile.name).await?,
        false => Vec::new(),
    };
    let latest = if is_by_officials {
        &of_officials
    } else {
        &profile.latest
    };
    let latest = &latest[..latest.len().min(LATEST)];
    let offices = profile.offices.iter();
    let members = profile.members.iter();
    let page = SpeakerPage {
        query: "",
        is_body: profile.is_body(),
        is_known: profile.known.is_some(),
        aliases: profile
            .known
            .map(|speaker| speaker.aliases.clone())
            .unwrap_or_default(),
        offices: offices
            .map(|(office, body)| office_view(office, *body, today))
            .collect(),
        members: members
            .map(|(office, person)| office_view(office, Some(person), today))
            .collect(),
        quotes: profile.quotes,
        said: said(profile.said.as_ref()),
        histogram: facets::histogram(counted, narrowed),
        sources: facet(counted, CountedBy::Source, narrowed),
        kinds: facet(counted, CountedBy::QuoteKind, narrowed),
        hits: hits::folded(latest, hits::views(&desk, latest, None).await?),
        is_by_officials,
        officials: (profile.is_body() && !profile.members.is_empty())
            .then(|| search_address(&body_clause(&profile.id, &profile.name), "quotes", "newest")),
        all: search_address(text, "quotes", "newest"),
        timeline: format!(
            "/timeline?{}",
            url::form_urlencoded::Serializer::new(String::new())
                .append_pair("q", text)
                .finish()
        ),
        printed: profile.printed,
        name: profile.name,
    };
    Ok(error::page(StatusCode::OK, &page))
}

/// What was said last in the offices of a body.
async fn said_for(desk: &Desk, id: &SpeakerId, name: &str) -> Result<Vec<Hit>, Failure> {
    let query = Query::parse(&body_clause(id, name), pipeline::today())?;
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Newest,
        offset: 0,
        limit: LATEST,
        after: None,
        is_counted: false,
    };
    Ok(desk.search_counted(query, wanted, Vec::new()).await?.0.hits)
}

/// One facet, also where it has one value only.
fn facet(counted: &Facets, by: CountedBy, narrowed: impl Fn(&str) -> String) -> Option<FacetView> {
    let facet = counted.facets.iter().find(|facet| facet.by == by)?;
    Some(facets::facet(facet, &narrowed))
}

fn office_view(office: &Office, other: Option<&Speaker>, today: Date) -> OfficeView {
    OfficeView {
        days: match (office.from, office.to) {
            (Some(from), Some(to)) => days::stretch(from, to),
            (Some(from), None) => format!("since {}", days::day(from)),
            (None, Some(to)) => format!("until {}", days::day(to)),
            (None, None) => "days not given".into(),
        },
        is_present: office.held_on(today),
        title: office.title.clone(),
        other: other.map(|other| (other.name.clone(), address(&other.id))),
    }
}
