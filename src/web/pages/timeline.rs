//! The timeline of a search: events in lanes over an axis that is zoomed by its address, with the list of them beside it;
//! and the same search as a file.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::asked::{self, Asked};
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::super::export;
use super::super::told_with::{self, Drawn, With};
use super::chart::{Chart, Links, chart, shortened};
use super::days::Day;
use super::facets::{Bar, Histogram};
use super::search::{export_links, merged_links, search_address};
use super::{counted_from, kind_name, speakers, unframed};
use crate::index::{EntryKind, Query};
use crate::model::by_hand::ByHand;
use crate::model::date::{SaidOn, When};
use crate::model::event::{ChangeKind, Event, Line, LineKind, PageChange};
use crate::model::id::DocumentId;
use crate::model::quote::QuoteKind;
use crate::pipeline;
use crate::text::days;
use crate::text::wording::Wording;
use crate::timeline::axis::Window;
use crate::timeline::changed;
use crate::timeline::told;

/// Events listed at a time.
const LISTED: usize = 40;
/// Documents of an event that are listed.
const DOCUMENTS: usize = 12;
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
    /// Whether what happened to the pages is told: it is drawn, but where that is declined, and written only where it is asked for.
    #[serde(default)]
    changes: String,
    /// Whether printings of one wording are one line of a file; a drawing brings them together by itself.
    #[serde(default)]
    merge_printings: String,
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
    with_changes: bool,
    error: Option<String>,
    notices: Vec<String>,
    /// Who is called as the words that were typed: what is said of that, the clause that finds what they said, and its timeline.
    named: Option<(String, String, String)>,
    /// The days that were asked for, as typed.
    asked: (&'a str, &'a str),
    window: Option<WindowView>,
    /// How many changes of pages lie far from what was said and are not drawn, their days, and the address of these.
    outside: Option<(usize, String, String)>,
    /// The days of all that is found, where those are more than are drawn, and their address.
    beyond: Option<(String, String)>,
    lines: usize,
    /// How many events are left out that only name the day of their own page, which is told by its publication.
    own_days: usize,
    /// Whether anything that was found has a day at all.
    is_dated: bool,
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
    exports_merged: Vec<(&'static str, String)>,
}

/// The window and the windows beside it.
struct WindowView {
    stretch: String,
    days: i64,
    zoom_in: Option<String>,
    zoom_out: String,
    earlier: String,
    later: String,
    whole: Option<String>,
}

/// The events of one day, or of one stretch of time.
struct DayView {
    day: Day,
    events: Vec<EventView>,
}

/// An event of the list.
struct EventView {
    index: usize,
    kind: &'static str,
    meaning: &'static str,
    speaker: Option<(String, String)>,
    /// The words that name whoever it is, where nobody is known by them.
    printed: Option<String>,
    text: String,
    /// How a quote is given; empty for what is none.
    quote_kind: &'static str,
    /// How a quote is given, in words, where it is not word for word.
    reported: &'static str,
    anchor: String,
    /// The time of day, where the text or the page tells one of it.
    time: Option<String>,
    conflict: Option<String>,
    /// In what its printings differ from official texts.
    differs: Vec<DiffersView>,
    /// How edits left its words, each of an outlet once.
    edits: Vec<String>,
    /// Since when no page shows any of it, where all are absent.
    absent: Option<String>,
    evidence: Vec<EvidenceView>,
    more: usize,
    /// What happened to a page, where the event is that.
    change: Option<ChangeView>,
}

/// What happened to a page.
struct ChangeView {
    what: String,
    /// The words before, where others stand in their place, and how they were given.
    before: Option<(&'static str, String)>,
    seen: String,
    /// Where both wordings stand beside each other, or the page as it was.
    address: String,
    capture_before: String,
    /// The capture of the new wording; none of a page that is gone.
    capture_after: Option<String>,
    /// The archived answer that a page is not there, or is again.
    answer: Option<String>,
}

impl ChangeView {
    fn of(line: &Line, change: &PageChange) -> Self {
        let is_of_page = matches!(change.kind, ChangeKind::Gone | ChangeKind::Back);
        let record = change.seen_by.as_ref().map(ToString::to_string);
        let before = change.before.as_ref();
        let before = before.filter(|_| change.kind == ChangeKind::Reworded);
        Self {
            what: changed::what(change, line),
            before: before.map(|before| {
                let kind = before.quote_kind.map_or("", QuoteKind::code);
                (kind, unframed(&before.text).to_owned())
            }),
            seen: changed::seen(change),
            address: match &change.now {
                None => format!("/documents/{}", line.document),
                Some(now) => format!(
                    "/documents/{}/changes?from={}&to={now}",
                    line.document, change.revision
                ),
            },
            capture_before: change.held_by.to_string(),
            capture_after: record.clone().filter(|_| !is_of_page),
            answer: record.filter(|_| is_of_page),
        }
    }
}

/// In what a printing differs from an official text.
struct DiffersView {
    /// Who prints it.
    source_name: String,
    /// Whose text it differs from, and where that is shown.
    official: String,
    address: String,
    told: String,
}

/// A document that tells of an event.
struct EvidenceView {
    document: DocumentId,
    source_name: String,
    published: Day,
    title: String,
    address: String,
    capture: String,
    /// Since when its page is absent, if it is.
    absent: Option<String>,
    lines: Vec<TellingView>,
}

/// A line of it.
struct TellingView {
    address: String,
    /// The expression and the day it means, where that is another one than the event's.
    told: String,
    /// What it says itself, where that reads otherwise than what the event shows.
    own: Option<String>,
}

impl EvidenceView {
    /// The lines that say more than that the document tells of it.
    fn telling(&self) -> impl Iterator<Item = &TellingView> {
        self.lines
            .iter()
            .filter(|line| !line.told.is_empty() || line.own.is_some())
    }

    /// What its one line names, where that is all there is to say of it: it needs no list.
    fn alone(&self) -> Option<&str> {
        match self.lines.as_slice() {
            [line] if line.own.is_none() && !line.told.is_empty() => Some(&line.told),
            _ => None,
        }
    }
}

impl TimelineParameters {
    fn asked(&self, desk: &Desk, is_drawn: bool) -> Result<Asked, Failure> {
        Asked::of(desk, &self.q, &self.kind, (&self.from, &self.to), is_drawn)
    }

    /// The kind, by the name that the choice of it has.
    fn kind(&self) -> &str {
        match self.kind.as_str() {
            "" => "all",
            kind => kind,
        }
    }

    /// The address of this timeline in another window, or from another place of the list on.
    fn address(&self, window: Option<Window>, list: usize) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", &self.q),
            ("kind", &self.kind),
            ("lanes", &self.lanes),
            ("changes", &self.changes),
        ] {
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
        asked::unreadable(
            &rejected,
            "parameters are q, kind, lanes, from, to, changes, merge_printings, list and format",
        )
    })?;
    let by = asked::lanes(&given.lanes)?;
    let with_changes = asked::choice("changes", &given.changes)?;
    if !given.format.is_empty() {
        let lanes = (!given.lanes.is_empty()).then_some(by);
        let format = asked::format(&given.format)?;
        let merged = asked::choice("merge_printings", &given.merge_printings)?;
        let with = With::of(format, with_changes, merged)?;
        return export::file(
            &desk,
            format,
            lanes,
            given.asked(&desk, false)?.meant(&desk).await?,
            with,
        )
        .await;
    }
    let with_changes = with_changes.unwrap_or(true);
    let mut page = TimelinePage {
        query: &given.q,
        kind: given.kind(),
        lanes: by.code(),
        with_changes,
        error: None,
        notices: Vec::new(),
        named: None,
        asked: (&given.from, &given.to),
        window: None,
        outside: None,
        beyond: None,
        lines: 0,
        own_days: 0,
        is_dated: false,
        chart: None,
        density: None,
        days: Vec::new(),
        all_events: 0,
        from: 0,
        to: 0,
        previous: None,
        next: None,
        search: search_address(&given.q, given.kind(), "oldest"),
        exports: Vec::new(),
        exports_merged: Vec::new(),
    };
    let asked = match given.asked(&desk, true) {
        Ok(asked) => asked,
        // What is wrong is shown beside the field, so that it can be mended there.
        Err(failure) => {
            page.error = Some(format!("{}: {}", failure.message, failure.hint));
            return Ok(error::page(failure.status, &page));
        }
    };
    let asked = asked.meant(&desk).await?;
    page.notices.clone_from(&asked.query.notices);
    let chosen = asked.window;
    page.named = named(&desk, &given, asked.query.clone()).await?;
    let absences = desk.absences().await?.as_of(asked.query.as_of());
    let Drawn { changes, notice } = told_with::drawn(&desk, &asked, with_changes).await?;
    let is_with_documents = asked.kinds.contains(&EntryKind::Document);
    let mut overview = desk
        .ask(move |searcher| {
            let stretch = asked
                .window
                .map_or(pipeline::Stretch::Main, pipeline::Stretch::Given);
            pipeline::overview(
                searcher,
                &asked.query,
                &asked.kinds,
                stretch,
                &absences.now,
                changes,
            )
        })
        .await?;
    let cut = told_with::tell_edits(&desk, &mut overview).await?;
    page.notices
        .extend(notice.into_iter().chain(cut).map(str::to_owned));
    let window = overview.window;
    page.lines = overview.lines;
    page.beyond = overview
        .beyond
        .map(|all| (days::stretch(all.first, all.last), given.address(Some(all), 0)));
    page.outside = overview.outside.map(|outside| {
        let all = outside.days;
        let address = given.address(Some(all), 0);
        (outside.changes, days::stretch(all.first, all.last), address)
    });
    page.is_dated = overview.is_dated;
    let days: Vec<Date> = match &overview.events {
        Some(events) => events.iter().map(|event| event.when.earliest).collect(),
        None => overview.days.clone(),
    };
    page.window = overview
        .is_dated
        .then(|| window_view(&given, window, &days, chosen.is_some()));
    if let Some(mut events) = overview.events {
        let all = events.len();
        events.retain(|event| !is_with_documents || !is_own_day(event));
        page.own_days = all - events.len();
        let events = listed(events);
        let links = Links {
            event: &|index| {
                let list = index / LISTED * LISTED;
                format!("{}#e{index}", given.address(Some(window), list))
            },
            window: &|narrower| given.address(Some(narrower), 0),
            is_disputed: &|event| event.conflict.is_some() || !differs(event).is_empty(),
        };
        page.chart = (!events.is_empty()).then(|| chart(&events, window, by, &links, pipeline::today()));
        let (list, notice) = asked::page_of(given.list, LISTED, events.len(), "event");
        page.notices.extend(notice);
        let first = list / LISTED * LISTED;
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
        // What is taken along is of the days that were chosen, and of all where none were.
        let bare = TimelineParameters {
            changes: String::new(),
            ..given.clone()
        };
        let bare = bare.address(chosen, 0);
        page.exports = export_links(&bare, with_changes);
        page.exports_merged = merged_links(&bare, with_changes);
    }
    Ok(error::page(StatusCode::OK, &page))
}

/// What is shown of somebody whose name was typed as words.
async fn named(
    desk: &Desk,
    given: &TimelineParameters,
    query: Query,
) -> Result<Option<(String, String, String)>, Failure> {
    let named = desk
        .ask(move |searcher| pipeline::named(searcher, &query))
        .await?;
    Ok(named.map(|named| {
        let theirs = TimelineParameters {
            q: named.clause.clone(),
            ..given.clone()
        };
        (named.told(), named.clause, theirs.address(None, 0))
    }))
}

fn window_view(given: &TimelineParameters, window: Window, found: &[Date], is_chosen: bool) -> WindowView {
    let address = |window: Window| given.address(Some(window), 0);
    WindowView {
        stretch: days::stretch(window.first, window.last),
        days: window.days(),
        zoom_in: (window.days() > 1).then(|| address(window.zoomed_in(found))),
        zoom_out: address(window.zoomed_out()),
        earlier: address(window.earlier()),
        later: address(window.later()),
        whole: is_chosen.then(|| given.address(None, 0)),
    }
}

/// How many lines are of each stretch of a window.
fn density(found: &[Date], window: Window, address: impl Fn(Window) -> String) -> Histogram {
    let step = window.days() / BARS + 1;
    let parts: Vec<Window> = window.parts(step);
    let count = |part: &Window| {
        found
            .iter()
            .filter(|day| (part.first..=part.last).contains(*day))
            .count() as u64
    };
    let counts: Vec<u64> = parts.iter().map(count).collect();
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let bars = parts.iter().zip(&counts).enumerate();
    let bars: Vec<Bar> = bars
        .map(|(index, (part, count))| {
            let days = days::stretch(part.first, part.last);
            Bar::of(index, *count, most, days, address(*part))
        })
        .collect();
    let each = match step {
        1 => "day".to_owned(),
        step => format!("stretches of {step} days"),
    };
    Histogram::of(
        bars,
        days::day(window.first),
        days::day(window.last),
        each,
        "stretch",
    )
}

/// Whether an event is nothing but that pages name the day of their own publication ("today", the day of a dateline), and no time
/// of it.
fn is_own_day(event: &Event) -> bool {
    let is_own = |line: &Line| {
        let published = line.published_on.map(When::day);
        line.kind == LineKind::Mentioned
            && line.minute.is_none()
            && line.when.is_some()
            && line.when == published
    };
    event.lines.iter().all(is_own)
}

/// What is known to the month goes before what is not, which begins earlier and says less.
fn listed(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(|event| Window::of(event.when.earliest, event.when.latest).days() > MONTH);
    events
}

fn day_views(events: &[Event], shown: std::ops::Range<usize>) -> Vec<DayView> {
    let mut days: Vec<DayView> = Vec::new();
    for (index, event) in events.iter().enumerate().take(shown.end).skip(shown.start) {
        let day = Day::of(&event.when);
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.events.push(event_view(index, event)),
            None => days.push(DayView {
                day,
                events: vec![event_view(index, event)],
            }),
        }
    }
    days
}

/// In what the printings of an event differ from official texts, each of an outlet once.
fn differs(event: &Event) -> Vec<DiffersView> {
    let mut differs: Vec<DiffersView> = Vec::new();
    for line in &event.lines {
        let Some(from) = &line.differs else { continue };
        if !differs
            .iter()
            .any(|it| it.source_name == line.source_name && it.told == from.told)
        {
            differs.push(DiffersView {
                source_name: line.source_name.clone(),
                official: from.source_name.clone(),
                address: format!("/quotes/{}", from.quote),
                told: from.told.clone(),
            });
        }
    }
    differs
}

/// How edits left the words of an event, each of an outlet once.
fn edits(event: &Event) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for line in &event.lines {
        let Some(edit) = &line.edit else { continue };
        let of_outlet = format!("{}: {}", line.source_name, changed::edited(edit));
        if !told.contains(&of_outlet) {
            told.push(of_outlet);
        }
    }
    told
}

/// The time of day of an event; what was said is told without, since a page says when it was published and not when its people
/// spoke.
fn time_of(event: &Event) -> Option<String> {
    let line = event.lines.first().filter(|_| event.kind != LineKind::Said)?;
    let minute = line.minute.filter(|_| line.when.as_ref() == Some(&event.when))?;
    Some(format!("{:02}:{:02}", minute / 60, minute % 60))
}

fn event_view(index: usize, event: &Event) -> EventView {
    let line = &event.lines[0];
    let evidence = evidence(event);
    EventView {
        index,
        kind: event.kind.code(),
        meaning: kind_name(event.kind),
        speaker: line
            .speaker
            .as_ref()
            .filter(|_| event.kind == LineKind::Said)
            .map(|(id, name)| (name.clone(), speakers::address(id))),
        printed: line
            .printed_speaker
            .clone()
            .filter(|_| event.kind == LineKind::Said && line.speaker.is_none()),
        text: told(line).to_string(),
        quote_kind: line.quote_kind.map_or("", |kind| kind.code()),
        reported: line.quote_kind.map_or("", super::reported),
        anchor: match event.kind {
            LineKind::Deadline | LineKind::Mentioned => counted_from(&line.anchor),
            LineKind::Said | LineKind::Published | LineKind::Changed => String::new(),
        },
        time: time_of(event),
        differs: differs(event),
        edits: edits(event),
        conflict: event
            .conflict
            .as_ref()
            .or(line.conflict.as_ref())
            .map(|told| days::spelled(told)),
        // That a page is gone is what such an event tells.
        absent: event
            .absent_since()
            .filter(|_| line.change.is_none())
            .map(days::instant),
        more: evidence.len().saturating_sub(DOCUMENTS),
        change: line.change.as_ref().map(|change| ChangeView::of(line, change)),
        evidence: evidence.into_iter().take(DOCUMENTS).collect(),
    }
}

/// The documents that tell of an event, each once with its lines.
fn evidence(event: &Event) -> Vec<EvidenceView> {
    let mut documents: Vec<EvidenceView> = Vec::new();
    for line in &event.lines {
        let telling = telling(line, event);
        match documents.iter_mut().find(|known| known.document == line.document) {
            Some(known) => known.lines.push(telling),
            None => documents.push(EvidenceView {
                document: line.document.clone(),
                source_name: line.source_name.clone(),
                published: Day::published(line.published_on),
                title: match line.title.as_str() {
                    "" => line.url.clone(),
                    title => title.to_string(),
                },
                address: telling.address.clone(),
                capture: line.capture.to_string(),
                absent: line.absent_since.map(days::instant),
                lines: vec![telling],
            }),
        }
    }
    documents
}

/// What is said of a day that nothing names.
const ASSUMED: &str = "the document’s day";

/// Where a line stands.
pub(super) fn address_of(line: &Line) -> String {
    match &line.quote {
        Some(quote) => format!("/quotes/{quote}"),
        None => format!("/documents/{}?revision={}", line.document, line.revision),
    }
}

fn telling(line: &Line, event: &Event) -> TellingView {
    let assumed = match line.rule.as_str() {
        SaidOn::OF_DOCUMENT => Some(ASSUMED),
        _ => None,
    };
    let other_day = line.when.as_ref().filter(|when| **when != event.when);
    let named = match (&line.expression, other_day.map(days::in_words)) {
        (Some(expression), Some(when)) => format!("“{expression}”, {when}"),
        (Some(expression), None) => format!("“{expression}”"),
        (None, Some(when)) => assumed.map_or(when.clone(), |assumed| format!("{when}, {assumed}")),
        (None, None) => assumed.unwrap_or_default().into(),
    };
    let by_hand = line.by_hand.iter().map(ByHand::told);
    let named = std::iter::once(named)
        .filter(|named| !named.is_empty())
        .chain(by_hand);
    let named = named.collect::<Vec<_>>().join("; ");
    // What differs from what the event shows may be what matters.
    let (shown, own) = (told(&event.lines[0]), told(line));
    TellingView {
        address: address_of(line),
        told: named,
        // A headline is told as the document's already.
        own: (line.kind != LineKind::Published && Wording::of(shown).words() != Wording::of(own).words())
            .then(|| shortened(own)),
    }
}
