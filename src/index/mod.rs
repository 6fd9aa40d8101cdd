//! Quotes, documents and date mentions in; what a query finds out. The only folder that names tantivy.
//!
//! One flat index holds an entry for every quote, document and date mention, each with what it needs of
//! its document copied in. The index is derived: it can be deleted at any time, and is made again from
//! the store. Every commit carries the number of the last change of the store that is in it.

mod calendar;
mod columns;
mod cursor;
mod cut;
mod entry;
mod extent;
mod facets;
mod generations;
mod held;
mod highlight;
mod left_out;
mod listed;
mod members;
mod names;
mod nearest;
mod official;
mod pass;
mod phrases;
mod plan;
pub mod query;
mod queue;
mod schema;
mod search;
mod sets;
mod sharing;
mod sieve;
mod stems;
mod stored;
mod stretches;
mod terms;
mod topics;
mod traits;
mod unwritable;
mod walk;
mod wording;
mod words;
mod writer;
mod written;

use std::path::PathBuf;

pub use cursor::{Cursor, Order};
pub use entry::{Entry, EntryDate, EntryKind, EntrySaid, EntrySpeaker};
pub use extent::Extent;
pub use facets::{CountedBy, Facet, FacetValue, Facets, body_clause, speaker_clause};
pub use members::EVERY_TOPIC;
pub use official::OfficialQuotes;
pub use phrases::FrequentPhrases;
pub use query::{DAYS, FIELDS, FORMS, FieldHelp, QUOTATION_MARKS, Query, QueryError, Today, Where};
#[cfg(test)]
pub(crate) use search::tests::quote as quote_for_tests;
pub use search::{Found, Hit, Searcher, Wanted};
pub use walk::Walk;
pub use writer::IndexWriter;

/// What keeps the index from being read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index, or it was written by another version; it has to be made from the store.
    #[error("the search index at {path} is missing or of another version")]
    Outdated {
        /// The folder.
        path: PathBuf,
    },
    /// Another process writes to the index.
    #[error("another process is writing to the search index at {path}")]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The folder cannot be made or emptied.
    #[error("cannot prepare the folder {path} of the search index")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The engine failed: a full or failing disk, or a damaged index.
    #[error("the search index at {path} failed")]
    Engine {
        /// The folder.
        path: PathBuf,
        /// What the engine says.
        source: Box<tantivy::TantivyError>,
    },
    /// An entry of the index cannot be read back.
    #[error("an entry of the search index at {path} is damaged")]
    Entry {
        /// The folder.
        path: PathBuf,
    },
}
