//! `/timeline` and `/export`: what a search finds in the order of its days, as events and as files.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::asked::{self, Asked};
use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::super::export;
use super::super::told_with::{self, Drawn, With};
use super::hits::ByHandJson;
use super::values::{self, FormatCode};
use crate::model::date::When;
use crate::model::event::{Event, Line, LineKind, PageChange, QuoteEdit, Stated};
use crate::pipeline::{self, DayKeys, SourceKeys};
use crate::text::days;
use crate::timeline::changed;
use crate::timeline::lanes::Lane;
use crate::timeline::told;

/// What a timeline is asked with.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TimelineParameters {
    /// The query; nothing means everything. `/help` on the desk says how queries are written.
    #[serde(default)]
    q: String,
    /// `quotes`, `documents`, `dates` or `all` (the default).
    #[serde(default)]
    #[param(inline, value_type = values::KindCode)]
    kind: String,
    /// The first day of the window. Without either end it holds everything said or published; with one it is open at
    /// the other.
    #[serde(default)]
    from: String,
    /// The last day of the window, included.
    #[serde(default)]
    to: String,
    /// By what events are put into lanes: `speaker` (the default) or `source`.
    #[serde(default)]
    #[param(inline, value_type = values::LaneCode)]
    lanes: String,
    /// `yes` for what happened to the pages as well: events of the kind `changed`; `no` is the default.
    #[serde(default)]
    #[param(inline, value_type = values::ChoiceCode)]
    changes: String,
}

/// What an export is asked with.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportParameters {
    /// The query; nothing means everything. `/help` on the desk says how queries are written.
    #[serde(default)]
    q: String,
    /// `quotes`, `documents`, `dates` or `all` (the default).
    #[serde(default)]
    #[param(inline, value_type = values::KindCode)]
    kind: String,
    /// The first day of what is written; without one nothing is left out for its day.
    #[serde(default)]
    from: String,
    /// The last day of what is written, included.
    #[serde(default)]
    to: String,
    /// What `timelinejs` and `vis` put lines into groups by: `speaker`, `source`, or their kind (the default).
    #[serde(default)]
    #[param(inline, value_type = values::LaneCode)]
    lanes: String,
    /// `yes` for what happened to the pages as well: lines of the kind `changed`; `no` is the default. Lists of references have none.
    #[serde(default)]
    #[param(inline, value_type = values::ChoiceCode)]
    changes: String,
    /// `yes` for one line a wording: the printing that was first, with who else prints the words; `no` is the default.
    #[serde(default)]
    #[param(inline, value_type = values::ChoiceCode)]
    merge_printings: String,
}

/// The events of a search in a window of days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Timeline)]
pub(super) struct TimelineJson {
    query: String,
    /// The query as it was taken.
    understood: String,
    /// What was passed over in the query, in words.
    notices: Vec<String>,
    /// The first and the last day of the window; absent where it is open, and where nothing found has a day.
    from: Option<String>,
    to: Option<String>,
    /// How many quotes, documents and dates lie in the window, and changes of pages, where these are asked for.
    lines: usize,
    /// What they tell of, in the order of its days; absent where there are too many: narrow the window then.
    events: Option<Vec<EventJson>>,
    /// How many lines are of each day, where there are too many for events.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    days: Vec<DayCountJson>,
    /// The events by who spoke, or by who printed them.
    lanes: Vec<LaneJson>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DayCount)]
struct DayCountJson {
    day: String,
    lines: usize,
}

/// A lane and the places of its events in `events`, from 0.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Lane)]
struct LaneJson {
    name: String,
    /// The id of the speaker or source, where it is one that is known.
    id: Option<String>,
    events: Vec<usize>,
}

/// Something that happened, was said or falls due, and every line that tells of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
struct EventJson {
    /// `said`, `published`, `mentioned`, `deadline` or `changed`.
    kind: &'static str,
    #[serde(flatten)]
    days: DayKeys,
    when: WhenJson,
    /// The words said, the headline, or the sentence that names the day.
    text: String,
    /// `direct`, `mixed` or `indirect`: only direct words are verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    quote_kind: Option<&'static str>,
    speaker: Option<String>,
    speaker_id: Option<String>,
    /// Where its lines name days that cannot both be right: which, and how many say so.
    conflict: Option<String>,
    /// Since when none of the pages found by this search is there any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_since: Option<String>,
    /// The words of a day that falls due, and how it was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<DeadlineJson>,
    evidence: Vec<EvidenceJson>,
}

/// Days of a value, and the same in words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = When)]
struct WhenJson {
    edtf: String,
    earliest: String,
    latest: String,
    words: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deadline)]
struct DeadlineJson {
    /// The words that set it: "within 14 days", "June 1".
    expression: String,
    /// The words, the sum (`2026-02-06 + 14 days = 2026-02-20`), and the words that state the day it begins with; none for a
    /// last day that is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    arithmetic: Option<String>,
}

/// A line that tells of an event, and what leads back to its capture.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Evidence)]
struct EvidenceJson {
    uid: String,
    /// The words said, the headline, or the sentence that names the day.
    text: String,
    /// The printed expression that gives the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    expression: Option<String>,
    #[serde(flatten)]
    days: DayKeys,
    /// The days this line names, in words as well.
    when: Option<WhenJson>,
    /// How they were found, and what they were counted from.
    rule: String,
    anchor: String,
    /// What contradicts the day within the text itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    conflict: Option<String>,
    speaker: Option<String>,
    speaker_id: Option<String>,
    /// The name of before for `source_id`, for one release more.
    source: String,
    #[serde(flatten)]
    publisher: SourceKeys,
    title: String,
    url: String,
    published: Option<String>,
    quote: Option<String>,
    /// `direct`, `mixed` or `indirect`, of a quote.
    quote_kind: Option<&'static str>,
    /// In what a quote says otherwise than an official text in the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    differs: Option<DiffersJson>,
    /// What the last edit that touched a quote did to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    edit: Option<QuoteEditJson>,
    document: String,
    revision: String,
    capture: String,
    captured_at: String,
    /// When a visit first found the page absent, where it was not back since.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_since: Option<String>,
    /// What people corrected of a quote.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrected_by_hand: Vec<ByHandJson>,
    /// What happened to the page, of an event that is such a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<PageChangeJson>,
}

/// What happened to a page between two visits: `text` is the quote as it stands now, or what was taken out, or the headline of a page
/// that is gone.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PageChange)]
struct PageChangeJson {
    /// `reworded`, `given_to_another`, `taken_out`, `put_back`, `added`, `deadline_moved`, `day_moved`, `gone` or `back`.
    change: &'static str,
    /// The same in words.
    words: String,
    /// The quote as it stood before; none of a page that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<QuoteBeforeJson>,
    /// The revision before, and the last capture that shows it.
    revision_before: String,
    capture_before: String,
    /// The last visit that found the page as it was, and the first that did not.
    found_unchanged_at: String,
    found_changed_at: String,
    /// The archived answer to the latter: a capture of the new wording, or the answer that the page is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    record_after: Option<String>,
}

/// What an edit did to a quote that stands there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuoteEdit)]
struct QuoteEditJson {
    /// `reworded`, `given_to_another`, `added` or `put_back`.
    change: &'static str,
    /// The same in words.
    words: String,
    /// The quote as it stood before; none where nothing stood in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<QuoteBeforeJson>,
    /// The first visit that found it as it is.
    found_changed_at: String,
}

/// A quote as it stood before a change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuoteBefore)]
struct QuoteBeforeJson {
    /// None where it is the paragraph around a day that was moved.
    quote: Option<String>,
    text: String,
    speaker: Option<String>,
    #[serde(flatten)]
    days: DayKeys,
}

/// In what a quote says otherwise than an official text.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DiffersFromOfficial)]
struct DiffersJson {
    /// The official quote, and who publishes it.
    quote: String,
    source_name: String,
    /// In what, in words: "a negation differs".
    words: String,
}

/// What a search tells of in a window of days: events with their evidence, in lanes. Several texts that tell of one
/// thing are one event; days that cannot both be right are told as a conflict; deadlines have their sum.
#[utoipa::path(
    get,
    path = "/timeline",
    tag = "search",
    params(TimelineParameters),
    responses((status = 200, body = TimelineJson, description = "The events of the window"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn timeline(
    State(desk): State<Desk>,
    parameters: Result<Query<TimelineParameters>, QueryRejection>,
) -> Result<Json<TimelineJson>, JsonFailure> {
    let Query(given) = parameters.map_err(|rejected| {
        asked::unreadable(&rejected, "parameters are q, kind, from, to, lanes and changes")
    })?;
    let by = asked::lanes(&given.lanes)?;
    let asked = Asked::of(&desk, &given.q, &given.kind, (&given.from, &given.to), false)?;
    let asked = asked.meant(&desk).await?;
    let query = asked.query.clone();
    let stretch = asked
        .window
        .map_or(pipeline::Stretch::Told, pipeline::Stretch::Given);
    let absences = desk.absences().await?.as_of(query.as_of());
    let with_changes = asked::choice("changes", &given.changes)?.unwrap_or_default();
    let Drawn { changes, notice } = told_with::drawn(&desk, &asked, with_changes).await?;
    let mut overview = desk
        .ask(move |searcher| {
            let kinds = &asked.kinds;
            pipeline::overview(searcher, &query, kinds, stretch, &absences.now, changes)
        })
        .await?;
    let cut = told_with::tell_edits(&desk, &mut overview).await?;
    let lanes = overview.events.as_ref().map(|events| by.of(events));
    let is_open = |day: Date| day == Date::MIN || day == Date::MAX;
    let day = |day: Date| (overview.is_dated && !is_open(day)).then(|| day.to_string());
    let mut notices = asked.query.notices.clone();
    notices.extend(notice.into_iter().chain(cut).map(str::to_owned));
    if let Some(all) = overview.beyond {
        notices.push(format!(
            "some of it lies outside these days: `from={}&to={}` holds all",
            all.first, all.last
        ));
    }
    Ok(Json(TimelineJson {
        query: asked.text,
        understood: asked.query.understood(),
        notices,
        from: day(overview.window.first),
        to: day(overview.window.last),
        lines: overview.lines,
        lanes: lanes.into_iter().flatten().map(lane_json).collect(),
        days: overview
            .days
            .chunk_by(|one, other| one == other)
            .map(|same| DayCountJson {
                day: same[0].to_string(),
                lines: same.len(),
            })
            .collect(),
        events: overview
            .events
            .map(|events| events.iter().map(event_json).collect()),
    }))
}

fn lane_json(lane: Lane) -> LaneJson {
    LaneJson {
        name: lane.name,
        id: lane.id,
        events: lane.events,
    }
}

fn event_json(event: &Event) -> EventJson {
    let line = &event.lines[0];
    let is_said = event.kind == LineKind::Said;
    EventJson {
        kind: event.kind.code(),
        days: DayKeys::of(Some(&event.when)),
        when: when_json(&event.when),
        text: told(line).to_string(),
        quote_kind: line.quote_kind.map(|kind| kind.code()),
        speaker: line.speaker_name().filter(|_| is_said).map(str::to_string),
        speaker_id: line
            .speaker
            .as_ref()
            .filter(|_| is_said)
            .map(|(id, _)| id.to_string()),
        conflict: event.conflict.clone(),
        absent_since: event.absent_since().map(|since| since.to_string()),
        deadline: (event.kind == LineKind::Deadline).then(|| DeadlineJson {
            expression: line.expression.clone().unwrap_or_default(),
            arithmetic: Some(line.anchor.clone()).filter(|words| words.contains(" = ")),
        }),
        evidence: event.lines.iter().map(evidence_json).collect(),
    }
}

fn evidence_json(line: &Line) -> EvidenceJson {
    EvidenceJson {
        uid: line.uid.clone(),
        text: told(line).to_string(),
        expression: line.expression.clone(),
        days: DayKeys::of(line.when.as_ref()),
        when: line.when.as_ref().map(when_json),
        rule: line.rule.clone(),
        anchor: line.anchor.clone(),
        conflict: line.conflict.clone(),
        speaker: line.speaker_name().map(str::to_string),
        speaker_id: line.speaker.as_ref().map(|(id, _)| id.to_string()),
        quote_kind: line.quote_kind.map(|kind| kind.code()),
        source: line.source.to_string(),
        publisher: SourceKeys::of(&line.source, &line.source_name),
        title: line.title.clone(),
        url: line.url.clone(),
        published: line.published.map(|moment| moment.to_string()),
        quote: line.quote.as_ref().map(ToString::to_string),
        differs: line.differs.as_ref().map(|from| DiffersJson {
            quote: from.quote.to_string(),
            source_name: from.source_name.clone(),
            words: from.told.clone(),
        }),
        edit: line.edit.as_ref().map(edit_json),
        document: line.document.to_string(),
        revision: line.revision.to_string(),
        capture: line.capture.to_string(),
        captured_at: line.captured_at.to_string(),
        absent_since: line.absent_since.map(|since| since.to_string()),
        corrected_by_hand: line.by_hand.iter().map(ByHandJson::from).collect(),
        change: line.change.as_ref().map(|change| change_json(change, line)),
    }
}

fn before_json(before: &Stated) -> QuoteBeforeJson {
    QuoteBeforeJson {
        quote: before.quote.as_ref().map(ToString::to_string),
        text: before.text.clone(),
        speaker: before.speaker.clone(),
        days: DayKeys::of(before.when.as_ref()),
    }
}

fn edit_json(edit: &QuoteEdit) -> QuoteEditJson {
    QuoteEditJson {
        change: edit.kind.code(),
        words: changed::edited(edit),
        before: edit.before.as_ref().map(before_json),
        found_changed_at: edit.seen_at.to_string(),
    }
}

fn change_json(change: &PageChange, line: &Line) -> PageChangeJson {
    PageChangeJson {
        change: change.kind.code(),
        words: changed::in_full(change, line),
        before: change.before.as_ref().map(before_json),
        revision_before: change.revision.to_string(),
        capture_before: change.held_by.to_string(),
        found_unchanged_at: change.held_at.to_string(),
        found_changed_at: change.seen_at.to_string(),
        record_after: change.seen_by.as_ref().map(ToString::to_string),
    }
}

fn when_json(when: &When) -> WhenJson {
    WhenJson {
        edtf: when.edtf.clone(),
        earliest: when.earliest.to_string(),
        latest: when.latest.to_string(),
        words: days::in_words(when),
    }
}

/// Everything that a query finds as a file, in the order of its days, streamed and without a limit of rows; the same as
/// the desk and `onrecord export` write.
#[utoipa::path(
    get,
    path = "/export/{format}",
    tag = "search",
    params(
        ("format" = inline(FormatCode), Path, description = "`csv`, `excel`, `parquet`, `json`, `jsonl`, `jsonld`, `annotations`, `timelinejs`, `vis`, \
            `ics`, `atom`, `html`, `markdown`, `bibtex`, `ris` or `csljson`"),
        ExportParameters
    ),
    responses(
        (status = 200, description = "The file, of the media type of its format",
            content_type = "application/octet-stream"),
        (status = "default", body = Failure, description = "What was wrong")
    )
)]
pub(super) async fn export(
    State(desk): State<Desk>,
    Path(format): Path<String>,
    parameters: Result<Query<ExportParameters>, QueryRejection>,
) -> Result<Response, JsonFailure> {
    let Query(given) = parameters.map_err(|rejected| {
        asked::unreadable(
            &rejected,
            "parameters are q, kind, from, to, lanes, changes and merge_printings",
        )
    })?;
    let lanes = match given.lanes.as_str() {
        "" => None,
        code => Some(asked::lanes(code)?),
    };
    let format = asked::format(&format)?;
    let asked = Asked::of(&desk, &given.q, &given.kind, (&given.from, &given.to), false)?;
    let asked = asked.meant(&desk).await?;
    let changes = asked::choice("changes", &given.changes)?;
    let merged = asked::choice("merge_printings", &given.merge_printings)?;
    let with = With::of(format, changes, merged)?;
    Ok(export::file(&desk, format, lanes, asked, with).await?)
}

#[cfg(test)]
mod tests {
    use super::super::described;
    use crate::timeline::export::Format;

    #[test]
    fn the_description_names_every_format() {
        let description = serde_json::to_value(described().1).expect("JSON");
        let parameters = &description["paths"]["/export/{format}"]["get"]["parameters"];
        let told = parameters[0]["description"].as_str().expect("a description");
        for format in Format::ALL {
            assert!(told.contains(&format!("`{}`", format.code())), "{told}");
        }
    }
}
