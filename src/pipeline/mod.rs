//! The order of the chapters: crawl, process, publish, and the check of it all.
//!
//! Work is a question put to the store (captures that the current reader has not read, documents that
//! the index has not seen), so a crash loses nothing and a better reader needs no migration.

mod explain;
mod health;
mod ingest;
mod process;
mod publish;
mod read;
mod suggest;
mod supervise;
mod timeline;
mod tracker;
mod verify;

pub use explain::{Explanation, Finding as ExplainedFinding, explain};
pub use health::{SourceHealth, source_health};
pub use ingest::{Round, Selection, crawl, work_off};
pub use process::process;
pub use publish::searcher;
pub use read::{About, Annotated, annotate, annotated_reading, document_address};
pub use suggest::suggest;
pub use supervise::{Supervised, supervise};
pub use timeline::timeline;
pub use tracker::Tracker;
pub use verify::{Finding, Verification, verify};

use crate::archive::ArchiveError;
use crate::crawl::CrawlError;
use crate::index::IndexError;
use crate::settings::SettingsError;
use crate::store::StoreError;

/// What ends the work early.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The configuration is wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The crawl cannot go on.
    #[error(transparent)]
    Crawl(#[from] CrawlError),
    /// The archive cannot be read or written.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The rows cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index cannot be read or written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A folder of the workspace cannot be made.
    #[error("cannot make the folder {path}")]
    Folder {
        /// The folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A source that is not configured was named.
    #[error("there is no source `{name}`")]
    UnknownSource {
        /// The name given.
        name: String,
        /// The nearest configured one.
        nearest: Option<String>,
    },
    /// A source that is switched off was named.
    #[error("the source `{name}` is switched off")]
    DisabledSource {
        /// The name given.
        name: String,
    },
    /// A part of the work ended without an answer.
    #[error("a part of the work stopped unexpectedly: {0}")]
    Stopped(&'static str),
}

/// The day it is where this machine stands: what "last week" in a query is counted from.
pub fn today() -> jiff::civil::Date {
    jiff::tz::TimeZone::system()
        .to_datetime(jiff::Timestamp::now())
        .date()
}
