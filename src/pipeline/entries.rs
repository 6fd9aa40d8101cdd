//! What can be found of a document in one wording: an entry for itself, each quote and each time expression.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::names::Names;
use super::timeline::line_of;
use super::wordings::Wording;
use super::{PipelineError, Tracker, alerts, by_hand};
use crate::index::{Entry, EntryDate, EntryKind, EntrySaid, EntrySpeaker};
use crate::model::date::is_deadline;
use crate::model::document::Block;
use crate::model::id::{DocumentId, RevisionId};
use crate::model::moment::Moment;
use crate::model::span::Span;
use crate::store::{DateRow, DocumentRow, FoundRows, QuoteRow, RevisionRow};
use crate::text::sentences::sentence;
use crate::timeline::export::same;

/// Bytes of a block that are kept around a quote or a date; longer blocks are cut.
const AROUND_BYTES: usize = 1200;

/// The texts of some wordings, and what was found in them.
pub(super) struct Texts {
    revisions: HashMap<RevisionId, RevisionRow>,
    found: HashMap<RevisionId, FoundRows>,
    absent: HashSet<DocumentId>,
}

impl Texts {
    pub(super) async fn of(
        tracker: &Tracker,
        wordings: &[(&DocumentRow, Wording)],
    ) -> Result<Self, PipelineError> {
        let ids: Vec<&RevisionId> = wordings.iter().map(|(_, wording)| &wording.revision).collect();
        let revisions = tracker.store.revisions(&ids).await?;
        let found = by_hand::found_in(tracker, &revisions).await?;
        let by_id = revisions
            .into_iter()
            .map(|revision| (revision.id.clone(), revision));
        let documents = wordings.iter().map(|(document, _)| &document.id);
        let absences = tracker.store.absences_among(documents).await?;
        let certain = absences.into_iter().filter(|(_, absence)| absence.is_certain);
        Ok(Self {
            revisions: by_id.collect(),
            found,
            absent: certain.map(|(document, _)| document).collect(),
        })
    }
}

/// Everything that can be found of a document in one wording.
pub(super) fn entries_of(
    tracker: &Tracker,
    names: &Names<'_>,
    document: &DocumentRow,
    wording: &Wording,
    texts: &Texts,
) -> Vec<Entry> {
    let Some(revision) = texts.revisions.get(&wording.revision) else {
        return Vec::new();
    };
    let nothing = FoundRows::default();
    let FoundRows { quotes, dates } = texts.found.get(&revision.id).unwrap_or(&nothing);
    let bare = entry_of_document(tracker, document, wording, revision);
    let shared = Entry {
        has_correction: !alerts::printed(&revision.reading).is_empty(),
        is_absent: texts.absent.contains(&document.id),
        office_names: names.of_body(bare.office.as_deref()),
        ..bare
    };
    let text = &revision.reading.text;
    let mut entries = Vec::with_capacity(1 + quotes.len() + dates.len());
    for quote in quotes {
        let day = day_of(quote, &shared);
        let speakers = names.speakers(quote, day);
        let mut entry = quote_entry(shared.clone(), quote, revision, dates, speakers);
        entry.bodies = names.bodies(&entry.speakers, day);
        entries.push(entry);
    }
    let zone = tracker
        .sources
        .get(&document.source)
        .map(|source| &source.time_zone);
    for (position, date) in dates.iter().enumerate().filter(|(_, date)| date.when.is_some()) {
        entries.push(date_entry(shared.clone(), position, date, revision, zone));
    }
    let mut whole = shared;
    let quoted = quotes.iter();
    whole.speakers = quoted
        .flat_map(|quote| names.speakers(quote, day_of(quote, &whole)))
        .collect();
    whole.speakers.dedup_by(|one, other| one.id == other.id);
    whole.bodies = entries.iter().flat_map(|quote| quote.bodies.clone()).collect();
    whole.bodies.sort_by(|one, other| one.id.cmp(&other.id));
    whole.bodies.dedup_by(|one, other| one.id == other.id);
    speak_of(&mut whole, dates.iter());
    whole.text.clone_from(text);
    entries.push(whole);
    number_the_same(&mut entries);
    entries
}

/// Counts for each entry those before it that nothing but their place in the text tells apart from it.
fn number_the_same(entries: &mut [Entry]) {
    let mut in_order: Vec<usize> = (0..entries.len()).collect();
    in_order.sort_by_key(|at| entries[*at].begins_at);
    let mut seen: HashMap<String, u16> = HashMap::new();
    for at in in_order {
        let count = seen.entry(same(&line_of(&entries[at], None))).or_default();
        entries[at].same_before = *count;
        *count = count.saturating_add(1);
    }
}

/// A quote as it can be found.
pub(super) fn entry_of_quote(
    tracker: &Tracker,
    document: &DocumentRow,
    wording: &Wording,
    revision: &RevisionRow,
    dates: &[DateRow],
    quote: &QuoteRow,
) -> Entry {
    let shared = entry_of_document(tracker, document, wording, revision);
    let speakers = Names::new(tracker).speakers(quote, day_of(quote, &shared));
    quote_entry(shared, quote, revision, dates, speakers)
}

/// A document in one wording, with no more than is told of every entry of it.
pub(super) fn entry_of_document(
    tracker: &Tracker,
    document: &DocumentRow,
    wording: &Wording,
    revision: &RevisionRow,
) -> Entry {
    let reading = &revision.reading;
    let source = tracker.sources.get(&document.source);
    let publisher = tracker.publisher(&document.source);
    let published = reading.published.as_ref().map(|stated| stated.moment);
    let local = published.map(|moment| match source {
        Some(source) => moment.seen_in(&source.time_zone),
        None => moment,
    });
    // Of pages that name no zone of their own everything is shown as printed; else one list has the hours of several zones.
    let has_zone = source.is_some_and(|source| source.time_zone != TimeZone::UTC);
    let published = if has_zone { local } else { published };
    Entry {
        kind: EntryKind::Document,
        id: document.id.as_str().into(),
        document: document.id.clone(),
        revision: revision.id.clone(),
        capture: revision.capture.clone(),
        captured_at: revision.fetched_at,
        first_seen_at: document.first_seen_at,
        held: wording.held,
        is_change: wording.is_change,
        is_repeated: false,
        is_altered: false,
        is_replaced: false,
        is_removed: false,
        is_added: false,
        is_absent: false,
        has_correction: false,
        source: document.source.clone(),
        source_name: publisher.name,
        source_kind: publisher.kind,
        office: publisher.office,
        office_names: Vec::new(),
        url: document.url.clone(),
        title: reading.title.clone(),
        genre: reading.genre,
        authors: reading.authors.clone(),
        language: reading.language.clone(),
        published,
        published_on: local.map(|moment| moment.date),
        minute: local.and_then(|moment| moment.minute()),
        begins_at: 0,
        same_before: 0,
        text: String::new(),
        around: String::new(),
        speakers: Vec::new(),
        bodies: Vec::new(),
        printed_speaker: None,
        cue: None,
        stance: None,
        quote: None,
        said: None,
        date: None,
        mentions: Vec::new(),
        deadlines: Vec::new(),
        by_hand: Vec::new(),
    }
}

fn quote_entry(
    mut entry: Entry,
    quote: &QuoteRow,
    revision: &RevisionRow,
    dates: &[DateRow],
    speakers: Vec<EntrySpeaker>,
) -> Entry {
    let reading = &revision.reading;
    let hull = quote.content.iter().copied().reduce(Span::hull);
    let block = hull.and_then(|hull| around(&reading.text, &reading.blocks, hull));
    entry.kind = EntryKind::Quote;
    entry.id = quote.id.as_str().into();
    entry.text.clone_from(&quote.words);
    entry.printed_speaker = quote
        .mention
        .map(|mention| mention.slice(&reading.text).to_string());
    entry.stance = quote.stance;
    entry.cue = quote.cue.map(|cue| cue.slice(&reading.text).to_string());
    entry.speakers.extend(speakers);
    entry.quote = Some((quote.kind, quote.confidence));
    entry.said = quote.said.clone().map(|when| EntrySaid {
        when,
        rule: quote.said_rule.clone().unwrap_or_default(),
    });
    entry.by_hand.clone_from(&quote.by_hand);
    entry.begins_at = hull.map_or(0, |hull| hull.start());
    // What was said on another day was not said at the minute of publication.
    if entry.published_on != Some(entry.day()) {
        entry.minute = None;
    }
    if let Some(block) = block {
        speak_of(&mut entry, dates.iter().filter(|date| block.contains(date.span)));
        // A deadline is asked for with what is said of it, not with what the neighbouring sentences say.
        let own = hull.map(|hull| sentence(&reading.text, hull));
        let own = dates
            .iter()
            .filter(|date| own.is_some_and(|own| own.contains(date.span)));
        entry.deadlines = own.filter(is_due).filter_map(|date| date.when.clone()).collect();
        entry.around = block.slice(&reading.text).to_string();
    }
    entry
}

/// What a time expression is known by: its place among those of its revision.
pub(super) fn date_id(revision: &RevisionId, position: usize) -> String {
    format!("{revision}:{position}")
}

fn date_entry(
    mut entry: Entry,
    position: usize,
    date: &DateRow,
    revision: &RevisionRow,
    zone: Option<&TimeZone>,
) -> Entry {
    let reading = &revision.reading;
    entry.kind = EntryKind::Date;
    entry.id = date_id(&revision.id, position);
    entry.text = date.span.slice(&reading.text).to_string();
    let block = around(&reading.text, &reading.blocks, date.span);
    entry.around = block.map_or_else(String::new, |block| block.slice(&reading.text).to_string());
    entry.begins_at = date.span.start();
    entry.minute = Moment::parse(&date.value).and_then(|moment| moment.minute());
    speak_of(&mut entry, std::iter::once(date));
    entry.date = Some(EntryDate {
        kind: date.kind.code().into(),
        value: date.value.clone(),
        when: date.when.clone(),
        rule: date.rule.clone(),
        anchor: date.anchor.clone(),
        conflict: date.conflict.clone(),
        is_limit: date.is_limit,
        at: block.and_then(|block| date.span.start().checked_sub(block.start())),
        offset: zone.and_then(|zone| offset_of(&date.value, &entry.text, zone)),
    });
    entry
}

/// How far the clocks of a source's zone are from UTC at a time of day that is read on them: a page says "5 p.m." to people
/// around it. Nothing where the expression names a zone, or where the source names none, which then counts as UTC.
fn offset_of(value: &str, expression: &str, zone: &TimeZone) -> Option<Offset> {
    if *zone == TimeZone::UTC || names_zone(expression) {
        return None;
    }
    let moment = Moment::parse(value).filter(|moment| moment.time.is_some() && moment.offset.is_none())?;
    Some(zone.to_offset(moment.timestamp(zone)?))
}

/// Whether a time expression says on whose clocks it is read: "ET", "GMT", "Pacific time".
fn names_zone(expression: &str) -> bool {
    let mut words = expression.split(|c: char| !c.is_alphabetic());
    let is_zone = |word: &str| {
        let is_short = (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
        is_short && !matches!(word, "AM" | "PM") || word.eq_ignore_ascii_case("time")
    };
    words.any(is_zone)
}

/// Takes in the days that an entry speaks of.
fn speak_of<'r>(entry: &mut Entry, dates: impl Iterator<Item = &'r DateRow>) {
    for date in dates {
        entry.mentions.extend(date.when.clone());
        entry
            .deadlines
            .extend(date.when.clone().filter(|_| is_due(&date)));
    }
}

/// Whether something is due on the day of a time expression.
fn is_due(date: &&DateRow) -> bool {
    is_deadline(date.when.as_ref(), &date.value, date.is_limit)
}

/// The block that a stretch stands in, cut to a bearable length around it.
pub(super) fn around(text: &str, blocks: &[Block], span: Span) -> Option<Span> {
    let block = blocks
        .iter()
        .map(|block| block.span)
        .find(|block| block.overlaps(span))?
        .hull(span);
    if block.len() <= AROUND_BYTES {
        return Some(block);
    }
    let room = AROUND_BYTES.saturating_sub(span.len()) / 2;
    let start = text.ceil_char_boundary(span.start().saturating_sub(room).max(block.start()));
    let end = text.floor_char_boundary((span.end() + room).min(block.end()));
    Span::of(text, start.min(span.start())..end.max(span.end()))
}

/// The day whose offices count for a quote: when it was said, else the day of its document.
fn day_of(quote: &QuoteRow, document: &Entry) -> Date {
    let said = quote.said.as_ref().map(|said| said.earliest);
    said.unwrap_or_else(|| document.day())
}
