//! The one writer of a generation of the index.

use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::error::LockError;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{Index, TantivyError, Term};

use super::IndexError;
use super::entry::Entry;
use super::generations::{self, Unfinished};
use super::phrases::FrequentPhrases;
use super::queue::{MOST_BYTES, Queue, Queued};
use super::schema::{self, Fields};
use crate::model::id::DocumentId;

/// The least memory the engine works with.
const LEAST_BYTES: usize = 15_000_000;

/// Bytes of entries that are handed to the engine's thread together: a part of what may wait, so that it works while the
/// next are made ready.
const HANDED_OVER_BYTES: usize = MOST_BYTES / 4;

/// What every commit says about itself.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Payload {
    version: u32,
    /// The last change of the store that is in it.
    pub(super) change: i64,
    /// How many documents there were when its phrases were sampled; 0 where none were.
    documents: u64,
    /// The digest of the phrases that it keeps lists of.
    phrases: String,
}

/// Writes entries; while it lives nobody else can write to the same generation.
pub struct IndexWriter {
    root: PathBuf,
    generation: PathBuf,
    fields: Fields,
    writer: tantivy::IndexWriter<Queued>,
    /// What waits for the engine's thread.
    queue: Arc<Queue>,
    payload: Payload,
    has_phrases: bool,
    /// Where the generation is not the current one yet; it becomes it by its first commit. Goes last: the folder is
    /// deleted with it, when nobody writes there any more.
    unfinished: Option<Unfinished>,
}

impl IndexWriter {
    /// Opens the index in the folder `root` for writing. Where none of this version is there, one is begun without lists of
    /// phrases, and [`IndexWriter::change`] then is 0; the one that is there is searched until the first commit.
    pub fn open(root: &Path, memory_bytes: usize) -> Result<Self, IndexError> {
        let fields = Fields::new();
        if let Some((generation, Existing { index, payload })) = existing_current(root, &fields)
            && let Some(phrases) = generations::phrases(&generation, &payload.phrases)
        {
            return Self::writing(
                root,
                (generation, None),
                &index,
                fields,
                phrases,
                payload,
                memory_bytes,
            );
        }
        Self::anew(root, memory_bytes, FrequentPhrases::default(), 0)
    }

    /// Begins an index beside the one that is there, whose place it takes by its first commit. It keeps a list of each of these
    /// phrases, which were sampled from so many `documents`.
    pub fn anew(
        root: &Path,
        memory_bytes: usize,
        phrases: FrequentPhrases,
        documents: u64,
    ) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let begun = Unfinished::begin(root)?;
        begun.keep_phrases(&phrases)?;
        let generation = begun.path().to_path_buf();
        let index = schema::builder(&fields)
            .create_in_dir(&generation)
            .map_err(|source| engine(&generation, source))?;
        let payload = Payload {
            version: schema::VERSION,
            change: 0,
            documents,
            phrases: phrases.digest(),
        };
        Self::writing(
            root,
            (generation, Some(begun)),
            &index,
            fields,
            phrases,
            payload,
            memory_bytes,
        )
    }

    fn writing(
        root: &Path,
        (generation, unfinished): (PathBuf, Option<Unfinished>),
        index: &Index,
        fields: Fields,
        phrases: FrequentPhrases,
        payload: Payload,
        memory_bytes: usize,
    ) -> Result<Self, IndexError> {
        let has_phrases = !phrases.is_empty();
        schema::register(index, &Arc::new(phrases));
        let writer: tantivy::IndexWriter<Queued> = index
            .writer_with_num_threads(1, memory_bytes.max(LEAST_BYTES))
            .map_err(|source| engine(&generation, source))?;
        let mut policy = LogMergePolicy::default();
        // Entries are replaced whenever a page changes; without this, deleted ones are never dropped.
        policy.set_del_docs_ratio_before_merge(0.2);
        writer.set_merge_policy(Box::new(policy));
        Ok(Self {
            root: root.into(),
            generation,
            fields,
            writer,
            queue: Arc::default(),
            payload,
            has_phrases,
            unfinished,
        })
    }

    /// Whether somebody made another index current: what is written here would not be found.
    pub fn is_superseded(&self) -> bool {
        self.unfinished.is_none() && generations::current(&self.root).as_ref() != Some(&self.generation)
    }

    /// The last change of the store that is in the index.
    pub fn change(&self) -> i64 {
        self.payload.change
    }

    /// How many documents there were when its phrases were sampled; 0 where none were.
    pub fn documents_sampled(&self) -> u64 {
        self.payload.documents
    }

    /// Puts entries in the place of all that were there of a document.
    pub fn replace(&mut self, document: &DocumentId, entries: &[Entry]) -> Result<(), IndexError> {
        self.forget(document);
        self.add(entries)
    }

    /// Takes out all that is there of a document.
    pub fn forget(&mut self, document: &DocumentId) {
        let term = Term::from_field_text(self.fields.document, document.as_str());
        self.writer.delete_term(term);
    }

    /// Adds entries beside those that are there. They are handed to the engine's thread many at a time: waking it for each
    /// would cost more than some of them do.
    pub fn add<'e>(&mut self, entries: impl IntoIterator<Item = &'e Entry>) -> Result<(), IndexError> {
        let mut entries = entries.into_iter().peekable();
        while entries.peek().is_some() {
            let (together, bytes) = handed_over(&mut entries);
            let place = self.queue.place(bytes);
            let documents = together
                .into_iter()
                .map(|entry| Queued::new(self.fields.document(entry, self.has_phrases), &place));
            let added: Vec<_> = documents.map(UserOperation::Add).collect();
            self.writer
                .run(added)
                .map_err(|source| engine(&self.generation, source))?;
        }
        Ok(())
    }

    /// Makes everything replaced durable and visible; `change` is the last change of the store in it.
    pub fn commit(&mut self, change: i64) -> Result<(), IndexError> {
        self.payload.change = change;
        let payload =
            serde_json::to_string(&self.payload).expect("numbers and a digest can always be written");
        let committed = self.writer.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&payload);
            commit.commit()
        });
        committed.map_err(|source| engine(&self.generation, source))?;
        if let Some(unfinished) = self.unfinished.take() {
            unfinished.make_current(&self.root)?;
        }
        Ok(())
    }

    /// Waits for merges under way, so that the next process finds a tidy index.
    pub fn close(self) -> Result<(), IndexError> {
        self.writer
            .wait_merging_threads()
            .map_err(|source| engine(&self.generation, source))
    }
}

/// The next entries that are handed over together, with their bytes; one at least, where there is any.
fn handed_over<'e>(entries: &mut Peekable<impl Iterator<Item = &'e Entry>>) -> (Vec<&'e Entry>, usize) {
    let (mut together, mut all) = (Vec::new(), 0);
    while let Some(entry) =
        entries.next_if(|entry| together.is_empty() || all + entry.bytes() <= HANDED_OVER_BYTES)
    {
        all += entry.bytes();
        together.push(entry);
    }
    (together, all)
}

/// An index of this version, and what its last commit says.
pub(super) struct Existing {
    pub(super) index: Index,
    pub(super) payload: Payload,
}

/// The current generation of a folder and its index, where it is one of this version. A folder that is replaced while it is
/// opened is looked for again.
pub(super) fn existing_current(root: &Path, fields: &Fields) -> Option<(PathBuf, Existing)> {
    let mut generation = generations::current(root)?;
    loop {
        if let Some(existing) = existing(&generation, fields) {
            return Some((generation, existing));
        }
        let now = generations::current(root)?;
        if now == generation {
            return None;
        }
        generation = now;
    }
}

/// The index at a path, where it is one of this version.
pub(super) fn existing(path: &Path, fields: &Fields) -> Option<Existing> {
    let index = Index::open_in_dir(path).ok()?;
    let payload: Payload = serde_json::from_str(&index.load_metas().ok()?.payload?).ok()?;
    let is_current = payload.version == schema::VERSION && index.schema() == fields.schema;
    is_current.then_some(Existing { index, payload })
}

pub(super) fn engine(path: &Path, source: TantivyError) -> IndexError {
    match source {
        TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Locked { path: path.into() },
        source => IndexError::Engine {
            path: path.into(),
            source: Box::new(source),
        },
    }
}
