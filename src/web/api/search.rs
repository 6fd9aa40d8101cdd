//! `/search`: a page of hits, or all of them as lines.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::super::export;
use super::super::further::{Further, MOST_BY_RELEVANCE};
use super::super::pages::{Asked, SearchParameters};
use super::HitJson;
use crate::index::{
    self, CountedBy, Entry, EntryKind, FacetValue, Facets, Found, Hit, IndexError, Order, Walk, Wanted,
};
use crate::pipeline::{self, Coverage, SourceKeys, ToldOfHits};

/// One JSON object a line.
const NDJSON: &str = "application/x-ndjson";
/// Lines of a batch.
const BATCH: usize = 500;
/// Batches of lines that wait for a slow reader.
const WAITING: usize = 2;
/// How long a reader may take for a batch.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a search answers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Found)]
struct FoundJson {
    query: String,
    /// How many match in all; told on the first page, not behind `after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
    offset: usize,
    /// The query as it was taken.
    understood: String,
    /// What was passed over in the query, in words, with the character it stands at; that a name typed alone was taken for who
    /// speaks; where nothing is found, what is known of that;
    /// where a body is asked for as a speaker, the query that finds its officials as well.
    notices: Vec<String>,
    hits: Vec<HitJson>,
    /// What could not be seen of the days asked for.
    coverage: CoverageJson,
    /// What to give as `after`, with the same `q`, `like` and `kind`, for the hits that follow; absent on the last page, and
    /// by relevance after 10,000 hits.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Everything found, counted; only where `facets=true` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<FacetsJson>,
    /// What is archived and cannot be found yet; absent where everything can.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<BehindJson>,
}

/// Which sources were asked of, and which of them could not tell everything: an empty answer is not "nothing was said".
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Coverage)]
struct CoverageJson {
    /// The days asked for; absent where the query names none, and the sources are told of as they are now.
    from: Option<String>,
    to: Option<String>,
    /// The day before which nobody knows any more how sources answered; absent where no earlier day is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_from: Option<String>,
    sources: usize,
    gaps: Vec<GapJson>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Gap)]
struct GapJson {
    #[serde(flatten)]
    source: SourceKeys,
    /// `never_asked`, `not_followed_yet`, `not_asked`, `blocked`, `failed`, or the flag that it bears now.
    reason: &'static str,
    message: String,
}

impl CoverageJson {
    fn of(coverage: &Coverage, query: &index::Query) -> Self {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        let gaps = coverage.of(query).filter_map(|it| {
            let gap = it.gap?;
            Some(GapJson {
                source: SourceKeys::of(&it.source, &it.name),
                reason: gap.code(),
                message: gap.to_string(),
            })
        });
        Self {
            from: day(coverage.days.0),
            to: day(coverage.days.1),
            known_from: day(coverage.known_from),
            sources: coverage.of(query).count(),
            gaps: gaps.collect(),
        }
    }
}

/// What is archived and cannot be found yet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Behind)]
struct BehindJson {
    /// Captures that are to be read.
    unread: u64,
    /// Documents whose last change is not in the index.
    unindexed: u64,
}

/// How many of what was found are of whom, from where and when.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Facets)]
struct FacetsJson {
    /// By `speaker`, `body` (that they are or hold an office of), `source`, `kind` of source, `quote_kind`, `stance`, `genre` and `topic`, as far as it was asked for: the
    /// most frequent values with their counts.
    #[serde(flatten)]
    fields: BTreeMap<&'static str, Vec<CountJson>>,
    months: Vec<MonthJson>,
    /// The field that the months are of.
    month_field: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Count)]
struct CountJson {
    value: String,
    count: u64,
    /// The clause that narrows the query to these and no others.
    clause: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MonthCount)]
struct MonthJson {
    /// As `2026-02`.
    value: String,
    count: u64,
}

impl From<Facets> for FacetsJson {
    fn from(found: Facets) -> Self {
        let count = |value: FacetValue| CountJson {
            value: value.name,
            count: value.count,
            clause: value.clause,
        };
        let fields = found.facets.into_iter();
        let months = found.months.into_iter();
        Self {
            fields: fields
                .map(|facet| (facet.by.code(), facet.values.into_iter().map(count).collect()))
                .collect(),
            months: months.map(|(value, count)| MonthJson { value, count }).collect(),
            month_field: found.month_field,
        }
    }
}

/// Quotes, documents and dates that a query finds, each with the capture that shows it.
#[utoipa::path(
    get,
    path = "/search",
    tag = "search",
    params(SearchParameters),
    responses(
        (status = 200, description = "What is found, or each hit on a line of its own",
            content((FoundJson = "application/json"), (HitJson = "application/x-ndjson"))),
        (status = "default", body = Failure, description = "What was wrong")
    )
)]
pub(super) async fn search(
    State(desk): State<Desk>,
    headers: HeaderMap,
    parameters: Result<Query<SearchParameters>, QueryRejection>,
) -> Result<Response, JsonFailure> {
    let Query(parameters) = parameters.map_err(|rejected| {
        asked::unreadable(
            &rejected,
            "parameters are q, like, kind, sort, offset, limit, after, facets and format",
        )
    })?;
    let asked = parameters.asked(&desk.tracker)?.meant(&desk).await?;
    let takes_lines = headers
        .get(ACCEPT)
        .is_some_and(|accepted| accepted.as_bytes().starts_with(NDJSON.as_bytes()));
    let is_lines = match parameters.format.as_str() {
        "" => takes_lines,
        format => format == "ndjson",
    };
    match parameters.format.as_str() {
        _ if is_lines => {
            if let Some(name) = parameters.beside_lines() {
                let message =
                    format!("lines are of everything, the oldest day first, and do not go with `{name}`");
                return Err(Failure::bad_request(message, "leave it away, or ask for `format=json`").into());
            }
            Ok(lines(&desk, asked, parameters.limit.unwrap_or(usize::MAX)).await?)
        }
        "" | "json" => {
            let by = parameters.counted_by()?;
            let mark = parameters.mark();
            Ok(Json(page(&desk, asked, by, &mark).await?).into_response())
        }
        other => {
            let message = format!("there is no format `{other}`");
            Err(Failure::bad_request(message, "formats are json and ndjson").into())
        }
    }
}

async fn page(desk: &Desk, asked: Asked, by: Vec<CountedBy>, mark: &str) -> Result<FoundJson, Failure> {
    let (query, wanted) = (asked.query.clone(), asked.wanted.clone());
    let (is_counted, is_further) = (!by.is_empty(), !wanted.is_counted);
    let (found, facets) = desk.search_counted(asked.query, asked.wanted, by).await?;
    let facets = is_counted.then(|| facets.into());
    let change = desk.ask(index::Searcher::change).await?;
    let behind = pipeline::behind(&desk.tracker, change).await?;
    let mut notices = query.notices.clone();
    if found.total == Some(0) {
        let (asked, kinds) = (query.clone(), wanted.kinds.clone());
        let why = desk
            .ask(move |searcher| pipeline::why_nothing(searcher, &asked, &kinds))
            .await?;
        notices.extend(why.sentences());
    }
    if let Some(total) = found.total.filter(|_| wanted.kinds.contains(&EntryKind::Quote)) {
        let asked = query.clone();
        let said = desk
            .ask(move |searcher| pipeline::spoken_for(searcher, &asked, total))
            .await?;
        notices.extend(said.map(|said| format!("{}: `{}`", said.told(), said.clause)));
    }
    Ok(FoundJson {
        query: asked.text,
        total: found.total.filter(|_| !is_further),
        offset: wanted.offset,
        understood: query.understood(),
        notices,
        hits: given(desk, &found.hits, query.as_of()).await?,
        coverage: CoverageJson::of(&*desk.coverage(query.days_asked()).await?, &query),
        next: further(&found, &wanted).map(|further| further.written(mark)),
        facets,
        behind: behind.map(|behind| BehindJson {
            unread: behind.unread,
            unindexed: behind.unindexed,
        }),
    })
}

/// Where the list goes on.
fn further(found: &Found, wanted: &Wanted) -> Option<Further> {
    if wanted.order != Order::Relevance {
        return found.next.map(Further::Behind);
    }
    let end = wanted.offset + found.hits.len();
    let is_last = match found.total {
        Some(total) => end >= total,
        None => found.hits.len() < wanted.limit,
    };
    let is_last = is_last || end >= MOST_BY_RELEVANCE;
    (!is_last && !found.hits.is_empty()).then_some(Further::From(end))
}

/// Hits, each with what is told of it beside what it says, now or as of a moment.
async fn given(desk: &Desk, hits: &[Hit], as_of: Option<Timestamp>) -> Result<Vec<HitJson>, Failure> {
    let told = ToldOfHits::of(&desk.tracker, hits.iter().map(|hit| &hit.entry), as_of).await?;
    Ok(hits.iter().map(|hit| HitJson::new(hit, &told)).collect())
}

/// Every hit as a line, the oldest day first, or the first `limit` of them, as it was when this was asked; of what is
/// found, never more than a few batches are in memory.
async fn lines(desk: &Desk, asked: Asked, limit: usize) -> Result<Response, Failure> {
    let place = export::place(desk).await?;
    let (query, kinds) = (asked.query.clone(), asked.wanted.kinds);
    let walk = desk
        .ask(move |searcher| searcher.walk(&asked.query, &kinds))
        .await?;
    let (sender, receiver) = mpsc::channel(WAITING);
    let sending = send(desk.clone(), query, walk, limit, sender);
    tokio::spawn(async move {
        sending.await;
        drop(place);
    });
    let body = Body::from_stream(ReceiverStream::new(receiver));
    Ok(([(CONTENT_TYPE, NDJSON)], body).into_response())
}

/// Sends lines until there are no more or nobody reads them. What fails breaks the answer off, which a program sees.
async fn send(
    desk: Desk,
    query: index::Query,
    mut walk: Walk,
    mut limit: usize,
    lines: mpsc::Sender<std::io::Result<Vec<u8>>>,
) {
    let as_of = query.as_of();
    loop {
        let batch = limit.min(BATCH);
        limit -= batch;
        let next = tokio::task::spawn_blocking(move || {
            let entries: Result<Vec<Entry>, IndexError> = walk.by_ref().take(batch).collect();
            (entries, walk)
        });
        let hits: Vec<Hit> = match next.await {
            Ok((Ok(entries), _)) if entries.is_empty() => return,
            Ok((Ok(entries), rest)) => {
                walk = rest;
                entries.into_iter().map(|entry| query.hit(entry)).collect()
            }
            Ok((Err(error), _)) => return broken(&lines, Failure::from(error)).await,
            Err(_) => return broken(&lines, Failure::inside("searching stopped unexpectedly")).await,
        };
        let bytes = match written(&desk, &hits, as_of).await {
            Ok(bytes) => bytes,
            Err(failure) => return broken(&lines, failure).await,
        };
        // Whoever is gone or reads nothing must not hold what was found for ever.
        if lines.send_timeout(Ok(bytes), PATIENCE).await.is_err() {
            return;
        }
    }
}

async fn broken(lines: &mpsc::Sender<std::io::Result<Vec<u8>>>, failure: Failure) {
    // Nobody may be there any more to be told.
    let _ = lines
        .send_timeout(Err(std::io::Error::other(failure.message)), PATIENCE)
        .await;
}

async fn written(desk: &Desk, hits: &[Hit], as_of: Option<Timestamp>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    for hit in given(desk, hits, as_of).await? {
        serde_json::to_writer(&mut bytes, &hit).map_err(|error| Failure::inside(&error.to_string()))?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
