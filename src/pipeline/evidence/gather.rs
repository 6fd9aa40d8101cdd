//! What goes into a pack: the rows of the quotes, the readings they stand in, and the captures that show them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::altered::{Edited, Stated, edited};
use super::super::by_hand::all_quotes_of;
use super::super::entries::entry_of_quote;
use super::super::fate::fates;
use super::super::pasted::{Pasted, pasted};
use super::super::verify::capture_of;
use super::super::wordings::wordings;
use super::super::{PipelineError, Tracker};
use super::versions::CORRECTIONS;
use crate::archive::{self, ArchiveError};
use crate::index::Entry;
use crate::model::capture::{Capture, RecordLocation};
use crate::model::id::{CaptureId, DocumentId, QuoteId, RevisionId};
use crate::store::{DocumentRow, QuoteRow, RevisionRow};
use crate::text::corrections::may_concern;
use crate::text::wording::Wording;

/// Later wordings of a document that are looked through for the one in which a quote is another.
const MOST_WORDINGS: usize = 60;

/// What a capture is in a pack for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// A reading is cited from it, which it was the first to show.
    Cited,
    /// It is the newest that shows the reading.
    Newest,
    /// It is the first in which one of the quotes is not as it was.
    Changed,
    /// It is the first that shows the wording before one of the quotes was altered or came in.
    Before,
    /// It was asked for.
    Named,
    /// It prints a correction, and does not have one of the quotes any more as it stood.
    Corrected,
    /// It is the first answer that said that the page is not there.
    Absent,
    /// Another one only refers to its payload.
    Payload,
}

impl Reason {
    /// The word in the claims.
    pub(super) fn code(self) -> &'static str {
        match self {
            Reason::Cited => "cited",
            Reason::Newest => "newest",
            Reason::Changed => "changed",
            Reason::Before => "before",
            Reason::Named => "named",
            Reason::Corrected => "corrected",
            Reason::Absent => "absent",
            Reason::Payload => "payload",
        }
    }
}

/// A reading with those of its quotes that are asked for.
pub(super) struct Reading {
    pub(super) document: DocumentRow,
    pub(super) revision: RevisionRow,
    /// Which reader wrote it.
    pub(super) reader: String,
    /// Every quote of it.
    pub(super) all: Vec<QuoteRow>,
    /// The ids of those that are claimed.
    pub(super) claimed: BTreeSet<QuoteId>,
    /// Those that are claimed and corrected by hand, as they are told.
    pub(super) corrected: Vec<QuoteRow>,
    /// What the page prints since of those that are claimed.
    pub(super) printed_since: Option<PrintedSince>,
}

/// Corrections of quotes that a page does not have any more as they stood.
pub(super) struct PrintedSince {
    /// The capture that prints them.
    pub(super) capture: CaptureId,
    /// The quotes, each with the corrections.
    pub(super) of_quotes: Vec<(QuoteId, Vec<String>)>,
}

impl Reading {
    /// The quotes that are claimed, in the order of the text.
    pub(super) fn quotes(&self) -> impl Iterator<Item = &QuoteRow> {
        self.all.iter().filter(|quote| self.claimed.contains(&quote.id))
    }
}

/// All that goes into a pack.
#[derive(Default)]
pub(super) struct Gathered {
    /// The readings in the order in which they were asked for.
    pub(super) readings: Vec<Reading>,
    /// The captures by their ids, each with what it is there for.
    pub(super) captures: BTreeMap<CaptureId, (Capture, BTreeSet<Reason>)>,
}

/// What is asked for: wordings, of each either these quotes or all, and captures.
#[derive(Default)]
struct Asked {
    wordings: Vec<(RevisionId, Option<BTreeSet<QuoteId>>)>,
    captures: Vec<CaptureId>,
}

impl Asked {
    /// One more quote of a wording, or all of them.
    fn add(&mut self, revision: RevisionId, quote: Option<QuoteId>) {
        let place = self.wordings.iter().position(|(known, _)| *known == revision);
        let place = place.unwrap_or_else(|| {
            self.wordings.push((revision, Some(BTreeSet::new())));
            self.wordings.len() - 1
        });
        match (&mut self.wordings[place].1, quote) {
            (Some(quotes), Some(quote)) => drop(quotes.insert(quote)),
            (quotes, None) => *quotes = None,
            (None, Some(_)) => {}
        }
    }
}

pub(super) async fn gathered(tracker: &Tracker, named: &[String]) -> Result<Gathered, PipelineError> {
    let asked = asked(tracker, named).await?;
    let mut gathered = Gathered::default();
    for (revision, quotes) in asked.wordings {
        let reading = reading(tracker, &revision, quotes).await?;
        add_captures(tracker, &reading, &mut gathered).await?;
        gathered.readings.push(reading);
    }
    for id in asked.captures {
        gathered.add(tracker, &id, Reason::Named).await?;
    }
    Ok(gathered)
}

async fn asked(tracker: &Tracker, named: &[String]) -> Result<Asked, PipelineError> {
    let (store, mut asked) = (&tracker.store, Asked::default());
    for text in named {
        let unknown = || PipelineError::NothingNamed(text.clone());
        match pasted(tracker, text).await?.ok_or_else(unknown)? {
            Pasted::Quote(id) => {
                let revision = store.revision_of_quote(&id).await?.ok_or_else(unknown)?;
                asked.add(revision, Some(id));
            }
            Pasted::Revision(_, id) => asked.add(id, None),
            Pasted::Document(id) => {
                // The newest first, by which the page is known; what it said before may be what the dispute is about.
                let wordings = store.wordings_of(&id).await?;
                wordings.last().ok_or_else(unknown)?;
                for (wording, _) in wordings.into_iter().rev() {
                    asked.add(wording, None);
                }
            }
            Pasted::Capture(id) => {
                for revision in store.revisions_of_capture(&id).await? {
                    asked.add(revision, None);
                }
                asked.captures.push(id);
            }
        }
    }
    Ok(asked)
}

async fn reading(
    tracker: &Tracker,
    id: &RevisionId,
    quotes: Option<BTreeSet<QuoteId>>,
) -> Result<Reading, PipelineError> {
    let store = &tracker.store;
    let gone = || PipelineError::NothingNamed(id.to_string());
    let revision = store.revision(id).await?.ok_or_else(gone)?;
    let document = store.document(&revision.document).await?.ok_or_else(gone)?;
    let all = store.quotes_of(id, &revision.reading.text).await?;
    let shown = store.shown_to_check(&revision.capture).await?;
    let row = shown.revisions.into_iter().find(|row| row.id == *id);
    let claimed = quotes.unwrap_or_else(|| all.iter().map(|quote| quote.id.clone()).collect());
    let mut corrected = all_quotes_of(tracker, &revision).await?;
    corrected.retain(|quote| claimed.contains(&quote.id) && !quote.by_hand.is_empty());
    let mut reading = Reading {
        document,
        revision,
        reader: row.map(|row| row.reader).unwrap_or_default(),
        all,
        claimed,
        corrected,
        printed_since: None,
    };
    reading.printed_since = printed_since(tracker, &reading).await?;
    Ok(reading)
}

/// What the page of a reading prints since of the quotes that are claimed of it.
async fn printed_since(tracker: &Tracker, reading: &Reading) -> Result<Option<PrintedSince>, PipelineError> {
    let (store, document, revision) = (&tracker.store, &reading.document, &reading.revision);
    let wordings = wordings(tracker, document).await?;
    let own = wordings.iter().find(|wording| wording.revision == revision.id);
    let (Some(own), Some(newest)) = (own, &document.revision) else {
        return Ok(None);
    };
    let dates = store.dates_of(&revision.id, &revision.reading.text).await?;
    let entry = |quote| entry_of_quote(tracker, document, own, revision, &dates, quote);
    let entries: Vec<Entry> = reading.quotes().map(entry).collect();
    let mut became = fates(tracker, entries.iter()).await?;
    let of_quotes = reading.quotes().filter_map(|quote| {
        let mut corrections = became.remove(quote.id.as_str())?.corrections;
        // Whoever checks the pack goes by what it claims of the quote, and by no list of speakers.
        let printed = quote.mention.map(|mention| mention.slice(&revision.reading.text));
        let speaker = quote.speaker_name.as_deref().or(printed);
        corrections.retain(|correction| may_concern(correction, &quote.words, speaker));
        corrections.truncate(CORRECTIONS);
        (!corrections.is_empty()).then(|| (quote.id.clone(), corrections))
    });
    let of_quotes: Vec<_> = of_quotes.collect();
    if of_quotes.is_empty() {
        return Ok(None);
    }
    let newest = store.revision(newest).await?;
    Ok(newest.map(|newest| PrintedSince {
        capture: newest.capture,
        of_quotes,
    }))
}

/// The captures that tell of a reading: the first and the newest that show it, and the ones in which its quotes change.
async fn add_captures(
    tracker: &Tracker,
    reading: &Reading,
    gathered: &mut Gathered,
) -> Result<(), PipelineError> {
    gathered
        .add(tracker, &reading.revision.capture, Reason::Cited)
        .await?;
    let showing = tracker.store.captures_of(&reading.revision.id).await?;
    if let Some(newest) = showing
        .last()
        .filter(|newest| newest.id != reading.revision.capture)
    {
        gathered.add(tracker, &newest.id, Reason::Newest).await?;
    }
    for id in changes(tracker, reading).await? {
        gathered.add(tracker, &id, Reason::Changed).await?;
    }
    for id in before(tracker, reading).await? {
        gathered.add(tracker, &id, Reason::Before).await?;
    }
    if let Some(since) = &reading.printed_since {
        gathered.add(tracker, &since.capture, Reason::Corrected).await?;
    }
    if let Some(answer) = answer_of_absence(tracker, &reading.document).await? {
        let entry = gathered.captures.entry(answer.id.clone());
        entry.or_insert((answer, BTreeSet::from([Reason::Absent])));
    }
    Ok(())
}

/// The first answer that said that a page is not there, while it is absent. No row of a capture tells of it, since it shows nothing;
/// one that only refers to the same answer elsewhere proves nothing by itself.
pub(in crate::pipeline) async fn answer_of_absence(
    tracker: &Tracker,
    document: &DocumentRow,
) -> Result<Option<Capture>, PipelineError> {
    let Some(place) = tracker.store.first_answer_of_absence(&document.id).await? else {
        return Ok(None);
    };
    let answer = answer_at(tracker, document, place).await?;
    Ok(answer.filter(says_itself))
}

/// Whether a record holds an answer, and does not only refer to the same one elsewhere.
pub(in crate::pipeline) fn says_itself(answer: &Capture) -> bool {
    answer.revisit_of.is_none()
}

/// The answer at a place of the archive, as one of a document's source.
pub(in crate::pipeline) async fn answer_at(
    tracker: &Tracker,
    document: &DocumentRow,
    place: RecordLocation,
) -> Result<Option<Capture>, PipelineError> {
    let folder = tracker.workspace.archive();
    let read = tokio::task::spawn_blocking(move || Ok((archive::read(&folder, &place)?, place)));
    let read: Result<_, ArchiveError> = read
        .await
        .map_err(|_| PipelineError::Stopped("reading an answer"))?;
    let (record, place) = read?;
    let answer = capture_of(&record, place);
    Ok(answer.map(|answer| Capture {
        source: document.source.clone(),
        ..answer
    }))
}

/// The captures that are the first to show one of the quotes otherwise: with other words, another speaker, or not at all.
async fn changes(tracker: &Tracker, reading: &Reading) -> Result<BTreeSet<CaptureId>, PipelineError> {
    let (store, mut found) = (&tracker.store, BTreeSet::new());
    let as_told = |quote: &QuoteRow| (Wording::of(&quote.words).words().to_vec(), quote.speaker.clone());
    let mut standing: Vec<_> = reading.quotes().map(as_told).collect();
    let document: &DocumentId = &reading.document.id;
    let wordings = store.wordings_of(document).await?.into_iter();
    let later = wordings
        .map(|(id, _)| id)
        .skip_while(|id| *id != reading.revision.id)
        .skip(1);
    for id in later.take(MOST_WORDINGS) {
        if standing.is_empty() {
            break;
        }
        let Some(revision) = store.revision(&id).await? else {
            continue;
        };
        let there = store.quotes_of(&id, &revision.reading.text).await?;
        let there: Vec<_> = there.iter().map(as_told).collect();
        let before = standing.len();
        standing.retain(|quote| there.contains(quote));
        if standing.len() < before {
            found.insert(revision.capture);
        }
    }
    Ok(found)
}

/// The captures that show what stood in the place of quotes before an edit altered them or brought them in.
async fn before(tracker: &Tracker, reading: &Reading) -> Result<BTreeSet<CaptureId>, PipelineError> {
    let (store, mut found) = (&tracker.store, BTreeSet::new());
    let now: Vec<Stated> = reading.all.iter().map(Stated::of_row).collect();
    let is_claimed = |at: &usize| reading.claimed.contains(&reading.all[*at].id);
    let mut standing: BTreeSet<usize> = (0..reading.all.len()).filter(is_claimed).collect();
    let wordings = store.wordings_of(&reading.document.id).await?;
    let own = wordings.iter().position(|(id, _)| *id == reading.revision.id);
    let earlier = wordings[..own.unwrap_or_default()].iter().rev();
    for (id, _) in earlier.take(MOST_WORDINGS) {
        if standing.is_empty() {
            break;
        }
        let Some(revision) = store.revision(id).await? else {
            continue;
        };
        let there = store.quotes_of(id, &revision.reading.text).await?;
        let there: Vec<Stated> = there.iter().map(Stated::of_row).collect();
        let Edited { kept, .. } = edited(&there, &now);
        // What was altered, and what was not there yet: the page was held without it.
        let kept: BTreeSet<usize> = kept.into_iter().map(|(_, at)| at).collect();
        if standing.iter().any(|at| !kept.contains(at)) {
            found.insert(revision.capture);
        }
        standing.retain(|at| kept.contains(at));
    }
    Ok(found)
}

impl Gathered {
    /// Adds a capture, and the one whose payload it only refers to.
    async fn add(&mut self, tracker: &Tracker, id: &CaptureId, reason: Reason) -> Result<(), PipelineError> {
        let mut next = Some((id.clone(), reason));
        while let Some((id, reason)) = next.take() {
            if let Some((_, reasons)) = self.captures.get_mut(&id) {
                reasons.insert(reason);
                break;
            }
            let capture = tracker.store.capture(&id).await?;
            let capture = capture.ok_or_else(|| PipelineError::UnknownCapture(id.clone()))?;
            next = capture.revisit_of.clone().map(|held| (held, Reason::Payload));
            self.captures.insert(id, (capture, BTreeSet::from([reason])));
        }
        Ok(())
    }
}
