//! The one writer of an index.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::indexer::LogMergePolicy;
use tantivy::{Index, TantivyDocument, TantivyError, Term};

use super::IndexError;
use super::entry::Entry;
use super::schema::{self, Fields};
use crate::model::id::DocumentId;

/// The least memory the engine works with.
const LEAST_BYTES: usize = 15_000_000;

/// What every commit says about itself.
#[derive(Serialize, Deserialize)]
struct Payload {
    version: u32,
    change: i64,
}

/// Writes entries; while it lives nobody else can.
pub struct IndexWriter {
    path: PathBuf,
    fields: Fields,
    writer: tantivy::IndexWriter,
    change: i64,
}

impl IndexWriter {
    /// Opens the index at `path` for writing. What is not an index of this version is deleted and begun
    /// anew; [`IndexWriter::change`] then is 0.
    pub fn open(path: &Path, memory_bytes: usize) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let (index, change) = match existing(path, &fields) {
            Some(found) => found,
            None => (begin(path, &fields)?, 0),
        };
        schema::register(&index);
        let failed = |source| engine(path, source);
        let writer: tantivy::IndexWriter = index
            .writer_with_num_threads(1, memory_bytes.max(LEAST_BYTES))
            .map_err(failed)?;
        let mut policy = LogMergePolicy::default();
        // Entries are replaced whenever a page changes; without this, deleted ones are never dropped.
        policy.set_del_docs_ratio_before_merge(0.2);
        writer.set_merge_policy(Box::new(policy));
        Ok(Self {
            path: path.into(),
            fields,
            writer,
            change,
        })
    }

    /// The last change of the store that is in the index.
    pub fn change(&self) -> i64 {
        self.change
    }

    /// Puts entries in the place of all that were there of a document.
    pub fn replace(&mut self, document: &DocumentId, entries: &[Entry]) -> Result<(), IndexError> {
        let term = Term::from_field_text(self.fields.document, document.as_str());
        self.writer.delete_term(term);
        self.add(entries)
    }

    /// Adds entries beside those that are there.
    pub fn add(&mut self, entries: &[Entry]) -> Result<(), IndexError> {
        for entry in entries {
            let added: TantivyDocument = self.fields.document(entry);
            self.writer
                .add_document(added)
                .map_err(|source| engine(&self.path, source))?;
        }
        Ok(())
    }

    /// Makes everything replaced durable and visible; `change` is the last change of the store in it.
    pub fn commit(&mut self, change: i64) -> Result<(), IndexError> {
        let payload = serde_json::to_string(&Payload {
            version: schema::VERSION,
            change,
        })
        .expect("two numbers can always be written");
        let committed = self.writer.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&payload);
            commit.commit()
        });
        committed.map_err(|source| engine(&self.path, source))?;
        self.change = change;
        Ok(())
    }

    /// Waits for merges under way, so that the next process finds a tidy index.
    pub fn close(self) -> Result<(), IndexError> {
        self.writer
            .wait_merging_threads()
            .map_err(|source| engine(&self.path, source))
    }
}

/// The index at a path and the last change in it, where it is one of this version.
pub(super) fn existing(path: &Path, fields: &Fields) -> Option<(Index, i64)> {
    let index = Index::open_in_dir(path).ok()?;
    let payload: Payload = serde_json::from_str(&index.load_metas().ok()?.payload?).ok()?;
    let current = payload.version == schema::VERSION && index.schema() == fields.schema;
    current.then_some((index, payload.change))
}

fn begin(path: &Path, fields: &Fields) -> Result<Index, IndexError> {
    let failed = |source| IndexError::Folder {
        path: path.into(),
        source,
    };
    if path.exists() {
        // Somebody may be writing an index that is younger than its first commit.
        if let Ok(index) = Index::open_in_dir(path) {
            index
                .writer_with_num_threads::<TantivyDocument>(1, LEAST_BYTES)
                .map_err(|e| engine(path, e))?;
        }
        std::fs::remove_dir_all(path).map_err(failed)?;
    }
    std::fs::create_dir_all(path).map_err(failed)?;
    Index::create_in_dir(path, fields.schema.clone()).map_err(|source| engine(path, source))
}

pub(super) fn engine(path: &Path, source: TantivyError) -> IndexError {
    match source {
        TantivyError::LockFailure(..) => IndexError::Locked { path: path.into() },
        source => IndexError::Engine {
            path: path.into(),
            source: Box::new(source),
        },
    }
}
