//! The timeline of a search: events in lanes over an axis that is zoomed by its address, with the list of them beside it;
//! and the same search as a file.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::super::export;
use super::chart::{Chart, Lanes, Links, chart};
use super::facets::{Bar, Histogram};
use super::search::{kinds_of, search_address};
use super::speakers;
use crate::index::{EntryKind, Query};
use crate::model::event::{Event, Line, LineKind};
use crate::pipeline::{self, Overview, OverviewError};
use crate::text::wording::Wording;
use crate::timeline::axis::Window;
use crate::timeline::export::Format;
use crate::timeline::sentence;

/// Events listed at a time.
const LISTED: usize = 40;
/// Sources of an event that are listed.
const SOURCES: usize = 12;
/// Days of a month, at most.
const MONTH: i64 = 31;
/// Bars of a window that holds too much for marks.
const BARS: i64 = 80;

/// What a timeline is asked with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimelineParameters {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    lanes: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// Events of the list that are passed over.
    #[serde(default)]
    list: usize,
    #[serde(default)]
    format: String,
    /// The order of a search that led here; lines are in the order of their days.
    #[serde(default, rename = "sort")]
    _sort: String,
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage<'a> {
    query: &'a str,
    kind: &'a str,
    lanes: &'static str,
    error: Option<String>,
    notices: Vec<String>,
    /// The days that were asked for, as typed.
    asked: (&'a str, &'a str),
    window: Option<WindowView>,
    lines: usize,
    chart: Option<Chart>,
    density: Option<Histogram>,
    days: Vec<DayView>,
    all_events: usize,
    from: usize,
    to: usize,
    previous: Option<String>,
    next: Option<String>,
    search: String,
    exports: Vec<(&'static str, String)>,
}

/// The window and the windows beside it.
struct WindowView {
    first: String,
    last: String,
    days: i64,
    zoom_in: Option<String>,
    zoom_out: String,
    earlier: String,
    later: String,
    whole: Option<String>,
}

/// The events of one day, or of one stretch of time.
struct DayView {
    edtf: String,
    events: Vec<EventView>,
}

/// An event of the list.
struct EventView {
    index: usize,
    kind: &'static str,
    meaning: &'static str,
    /// The stretch of time, where it is longer than a day.
    some_time: Option<String>,
    speaker: Option<(String, String)>,
    /// The words that name whoever it is, where nobody is known by them.
    printed: Option<String>,
    text: String,
    /// How a quote is given; empty for what is none.
    quote_kind: &'static str,
    anchor: String,
    conflict: Option<String>,
    evidence: Vec<EvidenceView>,
    more: usize,
}

/// A line that tells of an event.
struct EvidenceView {
    source_name: String,
    published: String,
    title: String,
    address: String,
    capture: String,
    /// The expression and the day it means, where that is another one than the event's.
    told: String,
    /// What it says itself, where that reads otherwise than what the event shows.
    own: Option<String>,
}

impl TimelineParameters {
    fn kinds(&self) -> Result<Vec<EntryKind>, Failure> {
        match self.kind.as_str() {
            "" => Ok(EntryKind::ALL.to_vec()),
            kind => kinds_of(kind),
        }
    }

    /// The window that is asked for, if one is.
    fn window(&self) -> Result<Option<Window>, Failure> {
        let day = |text: &str| -> Result<Option<Date>, Failure> {
            match text.trim() {
                "" => Ok(None),
                text => text.parse().map(Some).map_err(|_| {
                    Failure::bad_request(format!("`{text}` is no day"), "days are written 2026-02-06")
                }),
            }
        };
        Ok(match (day(&self.from)?, day(&self.to)?) {
            (Some(first), Some(last)) => Some(Window::of(first, last)),
            (Some(day), None) | (None, Some(day)) => Some(Window::of(day, day).zoomed_out()),
            (None, None) => None,
        })
    }

    fn lanes(&self) -> Result<Lanes, Failure> {
        match self.lanes.as_str() {
            "" => Ok(Lanes::default()),
            code => Lanes::from_code(code).ok_or_else(|| {
                Failure::bad_request(
                    format!("there are no lanes by `{code}`"),
                    "lanes are by speaker or source",
                )
            }),
        }
    }

    /// The address of this timeline in another window, or from another place of the list on.
    fn address(&self, window: Option<Window>, list: usize) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("q", &self.q), ("kind", &self.kind), ("lanes", &self.lanes)] {
            if !value.is_empty() {
                pairs.append_pair(name, value);
            }
        }
        if let Some(window) = window {
            pairs.append_pair("from", &window.first.to_string());
            pairs.append_pair("to", &window.last.to_string());
        }
        if list > 0 {
            pairs.append_pair("list", &list.to_string());
        }
        format!("/timeline?{}", pairs.finish())
    }
}

/// The timeline of a search; with `format` the search as a file.
pub(super) async fn page(
    State(desk): State<Desk>,
    parameters: Result<Parameters<TimelineParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let Parameters(given) = parameters.map_err(|rejected| {
        Failure::bad_request(
            rejected.body_text(),
            "parameters are q, kind, lanes, from, to, list and format",
        )
    })?;
    if !given.format.is_empty() {
        return file(&desk, &given).await;
    }
    let by = given.lanes()?;
    let mut page = TimelinePage {
        query: &given.q,
        kind: if given.kind.is_empty() { "all" } else { &given.kind },
        lanes: by.code(),
        error: None,
        notices: Vec::new(),
        asked: (&given.from, &given.to),
        window: None,
        lines: 0,
        chart: None,
        density: None,
        days: Vec::new(),
        all_events: 0,
        from: 0,
        to: 0,
        previous: None,
        next: None,
        search: search_address(
            &given.q,
            if given.kind.is_empty() { "all" } else { &given.kind },
            "oldest",
        ),
        exports: Vec::new(),
    };
    let asked = Query::parse(&given.q, pipeline::today())
        .map_err(Failure::from)
        .and_then(|query| Ok((query, given.kinds()?, given.window()?)));
    let (query, kinds, window) = match asked {
        Ok(asked) => asked,
        // What is wrong is shown beside the field, so that it can be mended there.
        Err(failure) => {
            page.error = Some(failure.message.clone());
            return Ok(error::page(failure.status, &page));
        }
    };
    page.notices.clone_from(&query.notices);
    let overview = overview(&desk, &given.q, query, kinds, window).await?;
    let window = overview.window;
    page.lines = overview.lines;
    page.window = overview.whole.map(|whole| window_view(&given, window, whole));
    if let Some(events) = overview.events {
        let events = listed(events);
        let links = Links {
            event: &|index| {
                let list = index / LISTED * LISTED;
                format!("{}#e{index}", given.address(Some(window), list))
            },
            window: &|narrower| given.address(Some(narrower), 0),
        };
        page.chart = (!events.is_empty()).then(|| chart(&events, window, by, &links));
        let first = (given.list / LISTED * LISTED).min(events.len());
        let last = (first + LISTED).min(events.len());
        (page.from, page.to, page.all_events) = (first + 1, last, events.len());
        page.days = day_views(&events, first..last);
        page.previous = (first > 0).then(|| given.address(Some(window), first.saturating_sub(LISTED)));
        page.next = (last < events.len()).then(|| given.address(Some(window), last));
    } else {
        page.density = Some(density(&overview.days, window, |narrower| {
            given.address(Some(narrower), 0)
        }));
    }
    if overview.lines > 0 {
        page.exports = Format::ALL
            .iter()
            .map(|format| {
                (
                    format.name(),
                    format!("{}&format={}", given.address(None, 0), format.code()),
                )
            })
            .collect();
    }
    Ok(error::page(StatusCode::OK, &page))
}

/// Everything that the query finds, as a file; of every kind, where none is asked for.
async fn file(desk: &Desk, given: &TimelineParameters) -> Result<Response, Failure> {
    let format = Format::from_code(&given.format).ok_or_else(|| {
        let codes: Vec<&str> = Format::ALL.iter().map(|format| format.code()).collect();
        let message = format!("there is no format `{}`, only {}", given.format, codes.join(", "));
        Failure::bad_request(message, "the formats are listed below every search")
    })?;
    let query = Query::parse(&given.q, pipeline::today())?;
    export::file(desk, format, given.q.clone(), query, given.kinds()?).await
}

async fn overview(
    desk: &Desk,
    text: &str,
    query: Query,
    kinds: Vec<EntryKind>,
    window: Option<Window>,
) -> Result<Overview, Failure> {
    let text = text.to_string();
    let found = desk.ask(
        move |searcher| match pipeline::overview(searcher, &text, &query, &kinds, window) {
            Err(OverviewError::Index(error)) => Err(error),
            Err(OverviewError::Query(error)) => Ok(Err(error)),
            Ok(found) => Ok(Ok(found)),
        },
    );
    Ok(found.await??)
}

fn window_view(given: &TimelineParameters, window: Window, whole: Window) -> WindowView {
    let address = |window: Window| given.address(Some(window), 0);
    WindowView {
        first: window.first.to_string(),
        last: window.last.to_string(),
        days: window.days(),
        zoom_in: (window.days() > 1).then(|| address(window.zoomed_in())),
        zoom_out: address(window.zoomed_out()),
        earlier: address(window.earlier()),
        later: address(window.later()),
        whole: (window != whole).then(|| given.address(None, 0)),
    }
}

/// How many lines are of each stretch of a window.
fn density(days: &[Date], window: Window, address: impl Fn(Window) -> String) -> Histogram {
    let step = window.days() / BARS + 1;
    let parts: Vec<Window> = window.parts(step);
    let count = |part: &Window| {
        days.iter()
            .filter(|day| (part.first..=part.last).contains(*day))
            .count() as u64
    };
    let counts: Vec<u64> = parts.iter().map(count).collect();
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let bars = parts.iter().zip(&counts).enumerate();
    let bars: Vec<Bar> = bars
        .map(|(index, (part, count))| {
            let days = match part.first == part.last {
                true => part.first.to_string(),
                false => format!("{} to {}", part.first, part.last),
            };
            Bar::of(index, *count, most, days, address(*part))
        })
        .collect();
    Histogram::of(bars, window.first.to_string(), window.last.to_string(), "day")
}

/// What is known to the month goes before what is not, which begins earlier and says less.
fn listed(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(|event| Window::of(event.when.earliest, event.when.latest).days() > MONTH);
    events
}

fn day_views(events: &[Event], shown: std::ops::Range<usize>) -> Vec<DayView> {
    let mut days: Vec<DayView> = Vec::new();
    for (index, event) in events.iter().enumerate().take(shown.end).skip(shown.start) {
        let edtf = &event.when.edtf;
        match days.last_mut().filter(|day| day.edtf == *edtf) {
            Some(day) => day.events.push(event_view(index, event)),
            None => days.push(DayView {
                edtf: edtf.clone(),
                events: vec![event_view(index, event)],
            }),
        }
    }
    days
}

fn event_view(index: usize, event: &Event) -> EventView {
    let line = &event.lines[0];
    EventView {
        index,
        kind: event.kind.code(),
        meaning: match event.kind {
            LineKind::Said => "said",
            LineKind::Published => "published",
            LineKind::Mentioned => "spoken of",
            LineKind::Deadline => "deadline",
        },
        some_time: (event.when.earliest != event.when.latest).then(|| event.when.edtf.replace('/', " to ")),
        speaker: line
            .speaker
            .as_ref()
            .filter(|_| event.kind == LineKind::Said)
            .map(|(id, name)| (name.clone(), speakers::address(id))),
        printed: line
            .printed_speaker
            .clone()
            .filter(|_| event.kind == LineKind::Said && line.speaker.is_none()),
        text: match event.kind {
            LineKind::Said | LineKind::Published => line.text.clone(),
            LineKind::Mentioned | LineKind::Deadline => sentence(line).to_string(),
        },
        quote_kind: line.quote_kind.map_or("", |kind| kind.code()),
        anchor: match event.kind {
            LineKind::Deadline | LineKind::Mentioned => line.anchor.clone(),
            LineKind::Said | LineKind::Published => String::new(),
        },
        conflict: event.conflict.clone().or_else(|| line.conflict.clone()),
        evidence: event
            .lines
            .iter()
            .take(SOURCES)
            .map(|line| evidence(line, event))
            .collect(),
        more: event.lines.len().saturating_sub(SOURCES),
    }
}

/// What a line says, where it reads otherwise than the one that the event shows: what differs may be what matters.
fn own(line: &Line, event: &Event) -> Option<String> {
    let said = |line: &Line| match line.kind {
        LineKind::Said | LineKind::Published => line.text.clone(),
        LineKind::Mentioned | LineKind::Deadline => sentence(line).to_string(),
    };
    let (shown, own) = (said(&event.lines[0]), said(line));
    (Wording::of(&shown).words() != Wording::of(&own).words()).then_some(own)
}

fn evidence(line: &Line, event: &Event) -> EvidenceView {
    let other_day = line.when.as_ref().filter(|when| **when != event.when);
    let told = match (&line.expression, other_day) {
        (Some(expression), Some(when)) => format!("“{expression}”, {}", when.edtf),
        (Some(expression), None) => format!("“{expression}”"),
        (None, Some(when)) => when.edtf.clone(),
        (None, None) => String::new(),
    };
    EvidenceView {
        source_name: line.source_name.clone(),
        published: line
            .published
            .map_or("undated".into(), |moment| moment.date.to_string()),
        title: match line.title.as_str() {
            "" => line.url.clone(),
            title => title.to_string(),
        },
        address: match &line.quote {
            Some(quote) => format!("/quotes/{quote}"),
            None => format!("/documents/{}?revision={}", line.document, line.revision),
        },
        capture: line.capture.to_string(),
        told,
        own: own(line, event),
    }
}
