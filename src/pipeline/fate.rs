//! Whether what an earlier revision says stands in its document still: most edits leave most quotes as they were, and
//! what was found in an earlier revision must not read as taken back because another paragraph was changed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::alerts::printed_since;
use super::came_and_went::as_stated;
use super::{PipelineError, Tracker, by_hand};
use crate::index::{Entry, EntryKind, IndexError, Walk};
use crate::model::event::{Became, Fate};
use crate::model::id::{DocumentId, RevisionId};
use crate::store::{FoundRows, QuoteRow, RevisionRow, Store, StoreError};
use crate::text::corrections::may_concern;
use crate::text::wording::Wording;

/// Entries that are looked after at a time.
const BATCH: usize = 500;
/// Newest wordings that are kept from batch to batch.
const KEPT: usize = 200;

/// What became of those of some entries that are quotes or dates of earlier revisions, by the id of the entry.
pub async fn fates<'a>(
    tracker: &Tracker,
    entries: impl Iterator<Item = &'a Entry>,
) -> Result<HashMap<String, Became>, PipelineError> {
    let earlier = entries.filter(|entry| is_earlier(entry)).cloned().collect();
    Known::default().fates(tracker, earlier).await
}

/// The same of all that a walk finds.
pub async fn fates_of_all(tracker: &Tracker, walk: Walk) -> Result<HashMap<String, Became>, PipelineError> {
    let (mut walk, mut told, mut known) = (Some(walk), HashMap::new(), Known::default());
    while let Some(mut rest) = walk.take() {
        let read = computed(move || {
            let batch: Result<Vec<Entry>, IndexError> = rest.by_ref().take(BATCH).collect();
            batch.map(|batch| (batch, rest))
        });
        let (mut batch, rest) = read.await??;
        batch.retain(is_earlier);
        told.extend(known.fates(tracker, batch).await?);
        walk = (rest.remaining() > 0).then_some(rest);
    }
    Ok(told)
}

fn is_earlier(entry: &Entry) -> bool {
    !entry.is_current() && entry.kind != EntryKind::Document
}

/// Computing is no waiting.
async fn computed<T: Send + 'static>(
    compute: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PipelineError> {
    let computed = tokio::task::spawn_blocking(compute).await;
    computed.map_err(|_| PipelineError::Stopped("looking after what was found"))
}

/// What is known of documents while entries of theirs are looked after: a page has hundreds of them.
#[derive(Default)]
struct Known {
    /// The newest wordings.
    now: HashMap<DocumentId, Option<Arc<Newest>>>,
    /// The corrections that the newest wording prints and an earlier one did not.
    printed: HashMap<RevisionId, Arc<[String]>>,
}

impl Known {
    async fn fates(
        &mut self,
        tracker: &Tracker,
        entries: Vec<Entry>,
    ) -> Result<HashMap<String, Became>, PipelineError> {
        if self.now.len() > KEPT {
            *self = Self::default();
        }
        self.read_newest(tracker, &entries).await?;
        // Of a page that moved for good the newest revision is an earlier one itself.
        let newest = |entry: &Entry| {
            let newest = self.now.get(&entry.document).cloned().flatten();
            newest.filter(|newest| newest.revision.id != entry.revision)
        };
        let compared: Vec<(Entry, Arc<Newest>)> = entries
            .into_iter()
            .filter_map(|entry| newest(&entry).map(|newest| (entry, newest)))
            .collect();
        let fates = computed(move || -> Vec<(Entry, Arc<Newest>, Fate)> {
            let told = compared.into_iter().map(|(entry, newest)| {
                let fate = newest.fate_of(&entry);
                (entry, newest, fate)
            });
            told.collect()
        });
        let fates = fates.await?;
        self.read_corrections(tracker, &fates).await?;
        let became = fates.into_iter().map(|(entry, newest, fate)| {
            let printed = match is_altered(&entry, &newest, &fate) {
                true => self.printed.get(&entry.revision),
                false => None,
            };
            let corrections = printed.into_iter().flat_map(|printed| printed.iter());
            let corrections = corrections
                .filter(|correction| concerns(correction, &entry))
                .cloned();
            let corrections = corrections.collect();
            (entry.id, Became { fate, corrections })
        });
        Ok(became.collect())
    }

    /// Reads the newest wordings of the entries' documents, as far as they are not known.
    async fn read_newest(&mut self, tracker: &Tracker, entries: &[Entry]) -> Result<(), PipelineError> {
        let documents: HashSet<&DocumentId> = entries.iter().map(|entry| &entry.document).collect();
        let asked = documents.into_iter().filter(|id| !self.now.contains_key(*id));
        let asked: Vec<DocumentId> = asked.cloned().collect();
        let revisions = newest_of(&tracker.store, &asked).await?;
        let mut found = by_hand::found_in(tracker, &revisions).await?;
        let read = computed(move || -> Vec<Newest> {
            let newest = revisions.into_iter().map(|revision| {
                let rows = found.remove(&revision.id).unwrap_or_default();
                Newest::of(revision, rows)
            });
            newest.collect()
        });
        let read = read.await?;
        self.now.extend(asked.into_iter().map(|id| (id, None)));
        for newest in read {
            self.now
                .insert(newest.revision.document.clone(), Some(Arc::new(newest)));
        }
        Ok(())
    }

    /// Reads which corrections were printed since the revisions of what does not stand there as it stood, as far as they are not known.
    async fn read_corrections(
        &mut self,
        tracker: &Tracker,
        fates: &[(Entry, Arc<Newest>, Fate)],
    ) -> Result<(), PipelineError> {
        let mut asked: HashMap<RevisionId, Arc<Newest>> = HashMap::new();
        for (entry, newest, fate) in fates {
            if is_altered(entry, newest, fate) && !self.printed.contains_key(&entry.revision) {
                asked.insert(entry.revision.clone(), Arc::clone(newest));
            }
        }
        let then = tracker.store.revisions(&asked.keys().collect::<Vec<_>>()).await?;
        let printed = computed(move || -> Vec<(RevisionId, Arc<[String]>)> {
            let printed = then.into_iter().filter_map(|then| {
                let since = printed_since(&then, &asked.get(&then.id)?.revision);
                Some((then.id, since.into()))
            });
            printed.collect()
        });
        self.printed.extend(printed.await?);
        Ok(())
    }
}

/// Whether corrections that are printed since may be of an entry: words that stand there still, of another day, are not what the page
/// took back.
fn is_altered(entry: &Entry, newest: &Newest, fate: &Fate) -> bool {
    match fate {
        Fate::Stands(_) => false,
        Fate::GivenTo(..) => true,
        Fate::Otherwise => newest.with_words_of(entry).next().is_none(),
    }
}

/// Whether a correction may be of an entry: of a quote's words or one of its speakers, or of what stands around a date.
fn concerns(correction: &str, entry: &Entry) -> bool {
    let speakers = entry.speakers.iter().map(|speaker| speaker.name.as_str());
    match entry.kind {
        EntryKind::Quote => {
            let mut speakers = speakers.chain(entry.printed_speaker.as_deref());
            may_concern(correction, &entry.text, None)
                || speakers.any(|speaker| may_concern(correction, "", Some(speaker)))
        }
        EntryKind::Document | EntryKind::Date => may_concern(correction, &entry.around, None),
    }
}

/// The newest revisions of some documents.
async fn newest_of(store: &Store, documents: &[DocumentId]) -> Result<Vec<RevisionRow>, StoreError> {
    let mut ids = Vec::with_capacity(documents.len());
    for id in documents {
        ids.extend(store.document(id).await?.and_then(|document| document.revision));
    }
    store.revisions(&ids.iter().collect::<Vec<_>>()).await
}

/// The newest wording of a document, and what was found in it.
struct Newest {
    revision: RevisionRow,
    rows: FoundRows,
    /// The places of its quotes, by their words.
    by_words: HashMap<Vec<String>, Vec<usize>>,
}

impl Newest {
    fn of(revision: RevisionRow, rows: FoundRows) -> Self {
        let mut by_words: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (at, quote) in rows.quotes.iter().enumerate() {
            let words = Wording::of(&quote.words).words().to_vec();
            by_words.entry(words).or_default().push(at);
        }
        Self {
            revision,
            rows,
            by_words,
        }
    }

    /// The quotes that have the words of an entry.
    fn with_words_of(&self, entry: &Entry) -> impl Iterator<Item = &QuoteRow> + Clone {
        let places = self.by_words.get(Wording::of(&entry.text).words());
        let places = places.map(Vec::as_slice).unwrap_or_default();
        places.iter().map(|at| &self.rows.quotes[*at])
    }

    fn fate_of(&self, entry: &Entry) -> Fate {
        match entry.kind {
            EntryKind::Quote => self.of_quote(entry),
            _ => of_date(entry, &self.revision, &self.rows),
        }
    }

    fn of_quote(&self, entry: &Entry) -> Fate {
        let speaker = entry.speaker_read();
        let said = entry.said.as_ref().map(|said| &said.when);
        let mut there = self.with_words_of(entry);
        // One person may say "no" on two days.
        let mut of_speaker = there.clone().filter(|quote| quote.speaker_read() == speaker);
        let is_of_speaker = of_speaker.clone().next().is_some();
        let same = of_speaker.find(|quote| quote.said.as_ref() == said);
        match (same, there.next()) {
            (Some(same), _) => Fate::Stands(Some(same.id.clone())),
            (None, Some(other)) if !is_of_speaker => {
                let speaker = as_stated(other, &self.revision.reading.text).speaker;
                Fate::GivenTo(other.id.clone(), speaker)
            }
            _ => Fate::Otherwise,
        }
    }
}

fn of_date(entry: &Entry, revision: &RevisionRow, now: &FoundRows) -> Fate {
    let Some(date) = &entry.date else {
        return Fate::Otherwise;
    };
    let is_same = now.dates.iter().any(|row| {
        row.value == date.value
            && row.when == date.when
            && row.is_limit == date.is_limit
            && row.span.slice(&revision.reading.text) == entry.text
    });
    match is_same {
        true => Fate::Stands(None),
        false => Fate::Otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::super::quoted_for_tests::wording;
    use super::*;
    use crate::index::quote_for_tests;

    /// What a page that says this today has of a quote of Lima's.
    fn fate(words: &str, today: &[&str]) -> Fate {
        let entry = Entry {
            said: None,
            ..quote_for_tests("then", "Ana Lima", words, 3)
        };
        let (revision, quotes) = wording(9, today);
        let rows = FoundRows {
            quotes,
            ..FoundRows::default()
        };
        Newest::of(revision, rows).fate_of(&entry)
    }

    #[test]
    fn words_that_are_given_to_somebody_who_is_printed_are_not_given_to_nobody() {
        let words = "We will stay at the pier.";
        let now = |speaker: &str| format!("{speaker}: “{words}”");
        let speaker = |fate: Fate| match fate {
            Fate::GivenTo(_, speaker) => speaker,
            other => panic!("{other:?}"),
        };
        let given = |to: &str| speaker(fate(words, &[&now(to)]));
        assert_eq!(given("Tom Reed").as_deref(), Some("Tom Reed"));
        assert_eq!(given("(the harbor master)").as_deref(), Some("the harbor master"));
        assert!(matches!(fate(words, &[&now("Ana Lima")]), Fate::Stands(Some(_))));
        assert_eq!(fate(words, &["Ana Lima: “We will leave.”"]), Fate::Otherwise);
        // Of several that have the words her own decides.
        let both = [now("Tom Reed"), now("Ana Lima")];
        let both: Vec<&str> = both.iter().map(String::as_str).collect();
        assert!(matches!(fate(words, &both), Fate::Stands(Some(_))));
    }
}
