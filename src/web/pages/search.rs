//! The search page, and what it finds as a timeline.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::facets::{self, FacetView, Histogram};
use super::marking::{Piece, pieces};
use super::shown;
use crate::index::{self, Cursor, Entry, EntryKind, Hit, Order, Query, Wanted};
use crate::model::quote::Stance;
use crate::pipeline;
use crate::timeline::export::{self, Format};

/// The most hits of one answer.
const MOST_HITS: usize = 200;

/// What a search is asked with.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct SearchParameters {
    /// The query; nothing means everything. `/help` on the desk says how queries are written.
    #[serde(default)]
    q: String,
    /// Words whose other printings are looked for, as they were copied.
    #[serde(default)]
    like: String,
    /// `quotes` (the default), `documents`, `dates` or `all`.
    #[serde(default)]
    kind: String,
    /// `relevance` (the default), `newest` or `oldest`.
    #[serde(default)]
    sort: String,
    /// Hits to pass over.
    #[serde(default)]
    offset: usize,
    /// Hits of this answer, at most 200.
    limit: Option<usize>,
    /// The `next` of an earlier answer: the list goes on behind it, whatever was indexed since. Its order holds.
    after: Option<String>,
    /// Whether what was found is counted by speaker, source, kind, genre and month.
    #[serde(default)]
    pub(in crate::web) facets: bool,
    /// `json` (the default) or `ndjson`: one hit a line, all of them, in the order of days. `Accept:
    /// application/x-ndjson` asks for the same.
    #[serde(default)]
    pub(in crate::web) format: String,
}

/// A search as it is meant.
pub(in crate::web) struct Asked {
    pub(in crate::web) text: String,
    pub(in crate::web) query: Query,
    pub(in crate::web) wanted: Wanted,
}

impl SearchParameters {
    /// What these parameters mean.
    pub(in crate::web) fn asked(&self, usual_hits: usize) -> Result<Asked, Failure> {
        let kinds = match self.kind.as_str() {
            "" | "quotes" => vec![EntryKind::Quote],
            "documents" => vec![EntryKind::Document],
            "dates" => vec![EntryKind::Date],
            "all" => EntryKind::ALL.to_vec(),
            other => {
                let message = format!("there is no kind `{other}`");
                return Err(Failure::bad_request(
                    message,
                    "kinds are quotes, documents, dates and all",
                ));
            }
        };
        let after = self
            .after
            .as_deref()
            .map(str::parse::<Cursor>)
            .transpose()
            .map_err(|()| {
                let message = "`after` is no `next` of an earlier answer".to_owned();
                Failure::bad_request(
                    message,
                    "take it from `next`, or leave it away to begin at the first hit",
                )
            })?;
        let order = match self.sort.as_str() {
            _ if after.is_some() => after.map_or(Order::Newest, |cursor| cursor.order()),
            "" | "relevance" => Order::Relevance,
            "newest" => Order::Newest,
            "oldest" => Order::Oldest,
            other => {
                let message = format!("there is no order `{other}`");
                return Err(Failure::bad_request(
                    message,
                    "orders are relevance, newest and oldest",
                ));
            }
        };
        let limit = self.limit.unwrap_or(usual_hits).min(MOST_HITS);
        let offset = self.offset.min(1_000_000);
        let query = Query::parse(&self.q, pipeline::today())?.like(&self.like);
        Ok(Asked {
            text: self.q.clone(),
            query,
            wanted: Wanted {
                kinds,
                order,
                offset,
                limit,
                after,
            },
        })
    }

    /// The address of the same search with one more clause.
    fn narrowed(&self, query: &Query, clause: &str) -> String {
        let narrower = Self {
            q: query.narrowed(&self.q, clause),
            ..self.clone()
        };
        narrower.address("/", 0, "")
    }

    /// The address of the same search with another beginning.
    fn address(&self, path: &str, offset: usize, format: &str) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", &self.q),
            ("like", &self.like),
            ("kind", &self.kind),
            ("sort", &self.sort),
        ] {
            if !value.is_empty() {
                pairs.append_pair(name, value);
            }
        }
        if offset > 0 {
            pairs.append_pair("offset", &offset.to_string());
        }
        if !format.is_empty() {
            pairs.append_pair("format", format);
        }
        format!("{path}?{}", pairs.finish())
    }
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    query: &'a str,
    like: &'a str,
    kind: &'a str,
    sort: &'a str,
    is_first: bool,
    totals: crate::store::Totals,
    error: Option<String>,
    notices: Vec<String>,
    /// How the query was taken, where something of it was passed over.
    understood: Option<String>,
    forms: &'static [(&'static str, &'static str)],
    total: usize,
    from: usize,
    to: usize,
    hits: Vec<HitView>,
    previous: Option<String>,
    next: Option<String>,
    exports: Vec<(&'static str, String)>,
    /// Leads to the form that saves this search.
    save: String,
    /// What could not be seen: how many sources were asked of, and the gaps.
    sources: usize,
    gaps: Vec<(String, String)>,
    facets: Vec<FacetView>,
    histogram: Option<Histogram>,
}

/// A hit as the page shows it.
struct HitView {
    is_quote: bool,
    is_date: bool,
    head: String,
    speaker: Option<String>,
    printed: Option<String>,
    day: String,
    day_note: String,
    words: Vec<Piece>,
    /// Leads to other printings of the same words.
    alike: String,
    /// How much of the pasted words stands there, in words.
    kept: Option<String>,
    quote_kind: &'static str,
    stance: Option<&'static str>,
    title: String,
    document: String,
    /// Leads to an earlier wording of the document, where the hit is of one.
    wording: String,
    /// Says when an earlier wording was held.
    held: Option<String>,
    anchor: String,
    source_name: String,
    source_kind: &'static str,
    genre: &'static str,
    published: String,
    url: String,
    capture: String,
    captured: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    parameters: Result<Parameters<SearchParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let Parameters(parameters) = parameters.map_err(unreadable)?;
    let totals = desk.tracker.store.totals().await?;
    let mut page = SearchPage {
        query: &parameters.q,
        like: &parameters.like,
        kind: if parameters.kind.is_empty() {
            "quotes"
        } else {
            &parameters.kind
        },
        sort: if parameters.sort.is_empty() {
            "relevance"
        } else {
            &parameters.sort
        },
        is_first: [&parameters.q, &parameters.like, &parameters.kind]
            .iter()
            .all(|given| given.trim().is_empty()),
        totals,
        error: None,
        notices: Vec::new(),
        understood: None,
        forms: &index::FORMS,
        total: 0,
        from: 0,
        to: 0,
        hits: Vec::new(),
        previous: None,
        next: None,
        exports: Vec::new(),
        save: parameters.address("/searches", 0, "") + "#save",
        sources: 0,
        gaps: Vec::new(),
        facets: Vec::new(),
        histogram: None,
    };
    let mut asked = match parameters.asked(desk.tracker.settings.search.hits) {
        Ok(asked) => asked,
        // What is wrong with a query is shown beside it, so that it can be mended there.
        Err(failure) => {
            page.error = Some(failure.message.clone());
            return Ok(error::page(failure.status, &page));
        }
    };
    if page.is_first {
        // The front page shows what was said last.
        asked.wanted.order = Order::Newest;
    }
    page.notices.clone_from(&asked.query.notices);
    page.understood = (!page.notices.is_empty()).then(|| asked.query.understood());
    let (offset, limit) = (asked.wanted.offset, asked.wanted.limit.max(1));
    let (query, kinds) = (asked.query.clone(), asked.wanted.kinds.clone());
    let found = desk.search(asked.query, asked.wanted).await?;
    if found.total > 1 {
        let counted = desk.facets(query.clone(), kinds).await?;
        page.facets = facets::facets(&counted, |clause| parameters.narrowed(&query, clause));
        page.histogram = facets::histogram(&counted, |clause| parameters.narrowed(&query, clause));
    }
    if !page.is_first {
        let coverage = desk.coverage(query.days_asked()).await?;
        page.sources = coverage.of(&query).count();
        let gaps = coverage
            .of(&query)
            .filter_map(|it| Some((it.name.clone(), it.gap?.to_string())));
        page.gaps = gaps.collect();
    }
    page.total = found.total;
    page.from = offset + 1;
    page.to = offset + found.hits.len();
    page.hits = found.hits.iter().map(view).collect();
    page.previous = (offset > 0).then(|| parameters.address("/", offset.saturating_sub(limit), ""));
    page.next = (page.to < found.total).then(|| parameters.address("/", offset + limit, ""));
    if found.total > 0 && !page.is_first {
        page.exports = Format::ALL
            .iter()
            .map(|it| (name(*it), parameters.address("/timeline", 0, it.code())))
            .collect();
    }
    Ok(error::page(StatusCode::OK, &page))
}

/// Everything that the query finds, as a file.
pub(super) async fn timeline(
    State(desk): State<Desk>,
    parameters: Result<Parameters<SearchParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let Parameters(parameters) = parameters.map_err(unreadable)?;
    let format = Format::from_code(&parameters.format).ok_or_else(|| {
        let message = format!("there is no format `{}`", parameters.format);
        Failure::bad_request(message, "formats are csv, json, timelinejs and ics")
    })?;
    let asked = parameters.asked(desk.tracker.settings.search.hits)?;
    let written = desk.ask(move |searcher| {
        let events = pipeline::timeline(searcher, &asked.query)?;
        let mut bytes = Vec::new();
        export::write(format, &asked.text, &events, &mut bytes).expect("memory takes all bytes");
        Ok(bytes)
    });
    let bytes = written.await?;
    let ending = if format == Format::TimelineJs {
        "timelinejs.json"
    } else {
        format.code()
    };
    let attachment = format!("attachment; filename=\"timeline.{ending}\"");
    let fields = [
        (CONTENT_TYPE, format.media_type().to_string()),
        (CONTENT_DISPOSITION, attachment),
    ];
    Ok((fields, bytes).into_response())
}

fn unreadable(rejected: QueryRejection) -> Failure {
    Failure::bad_request(
        rejected.body_text(),
        "parameters are q, like, kind, sort, offset, limit and format",
    )
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Csv => "CSV",
        Format::Json => "JSON",
        Format::TimelineJs => "TimelineJS",
        Format::Ics => "Calendar",
    }
}

fn view(hit: &Hit) -> HitView {
    let entry = &hit.entry;
    let speaker = entry.speakers.first().map(|speaker| speaker.name.clone());
    let (day, day_note) = match entry.kind {
        EntryKind::Quote => match &entry.said {
            Some(said) => (said.when.edtf.clone(), said.rule.replace(['_', '-'], " ")),
            None => (
                "day unknown".into(),
                "neither the text nor the page gives a day".into(),
            ),
        },
        EntryKind::Document => (
            entry.published_on.map_or("undated".into(), |day| day.to_string()),
            "published".into(),
        ),
        EntryKind::Date => (
            entry
                .date
                .as_ref()
                .map(|date| date.meaning().to_owned())
                .unwrap_or_default(),
            "mentioned".into(),
        ),
    };
    let title = entry.title.clone().unwrap_or_else(|| entry.url.clone());
    HitView {
        is_quote: entry.kind == EntryKind::Quote,
        is_date: entry.kind == EntryKind::Date,
        head: if entry.kind == EntryKind::Date {
            entry.text.clone()
        } else {
            title.clone()
        },
        printed: entry
            .printed_speaker
            .clone()
            .filter(|printed| Some(printed) != speaker.as_ref()),
        speaker: speaker.filter(|_| entry.kind == EntryKind::Quote),
        day,
        day_note,
        words: pieces(&hit.shown, &hit.marks),
        alike: url::form_urlencoded::Serializer::for_suffix("/?".to_owned(), 2)
            .append_pair("like", &entry.text)
            .finish(),
        kept: hit.kept().map(kept),
        quote_kind: entry.quote.map_or("", |(kind, _)| kind.code()),
        stance: entry.stance.map(Stance::code),
        title,
        document: entry.document.to_string(),
        wording: if entry.is_current() {
            String::new()
        } else {
            format!("?revision={}", entry.revision)
        },
        held: held(entry),
        anchor: if entry.kind == EntryKind::Quote {
            format!("#{}", entry.id)
        } else {
            String::new()
        },
        source_name: entry.source_name.clone(),
        source_kind: entry.source_kind.code(),
        genre: genre_name(entry.genre),
        published: entry.published_on.map_or("undated".into(), |day| day.to_string()),
        url: entry.url.clone(),
        capture: entry.capture.to_string(),
        captured: shown(entry.captured_at),
    }
}

/// How much of the pasted words a printing has, in words.
fn kept(share: f32) -> String {
    if share >= 1.0 {
        return "has all of these words in their order".into();
    }
    format!(
        "has {:.0} % of these words in their order",
        (share * 100.0).floor()
    )
}

/// When an earlier wording was held, in words.
fn held(entry: &Entry) -> Option<String> {
    let (since, until) = entry.held;
    Some(format!("held from {} until {}", shown(since), shown(until?)))
}

/// A genre in words.
pub(super) fn genre_name(genre: crate::model::document::Genre) -> &'static str {
    use crate::model::document::Genre;
    match genre {
        Genre::Report => "report",
        Genre::PressRelease => "press release",
        Genre::Statement => "statement",
        Genre::Transcript => "transcript",
        Genre::Order => "order",
        Genre::Opinion => "opinion",
        Genre::Live => "live page",
    }
}
