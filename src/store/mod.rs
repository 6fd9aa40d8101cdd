//! Rows: the crawl's state, what was derived from captures, and what people correct.
//!
//! The only folder that names SQL. The statements keep to what SQLite and PostgreSQL share; what
//! differs is in `engine`. There is one writer connection and a pool of readers. A write is one
//! transaction that either happens or does not: the archive has the bytes before a row names them.

mod absences;
mod alerts_from;
mod announced;
mod archive_files;
mod by_hand;
mod captures;
mod checks;
mod clock;
mod coverage;
mod documents;
mod edits;
mod engine;
mod firsts;
mod found_dates;
mod frontier;
mod health;
mod hosts;
mod in_place;
mod quotes;
mod read_capture;
mod readings;
mod revisions;
mod robots;
mod sample;
mod searches;
mod sources;
mod speakers;
mod status;
mod together;
mod tokens;
mod troubles;
mod values;
mod visit;
mod visits;

use sqlx::SqlitePool;

pub use absences::{Absence, PastAbsence};
pub use archive_files::{ArchiveFile, UnknownStretch};
pub use by_hand::TakenOver;
pub use captures::GONE;
pub use checks::{CaptureToCheck, RevisionToCheck, ShownToCheck};
pub use clock::SLACK as CLOCK_SLACK;
pub use coverage::Answers;
pub use documents::{DocumentRow, DocumentSummary, RevisionLine, RevisionRow};
pub use edits::{Edit, LastShown};
pub use found_dates::DateRow;
pub use frontier::{HeldPage, Task};
pub use health::{ChannelRead, ChannelTally, PageYield, READINGS_KEPT};
pub use in_place::{HeldWording, StoodInPlace};
pub use quotes::{FoundRows, QuoteRow, rows_of};
pub use read_capture::{InPlaceRow, ReadCapture, ReadDocument};
pub use revisions::{digest_of, is_digest_of};
pub use robots::RobotsRow;
pub use searches::{LastLook, Look, Undelivered};
pub use sources::KnownSource;
pub use speakers::SpeakerSummary;
pub use status::{AttemptRow, MovedPage, RequestCount, SourceStatus, Totals};
pub use visit::{Announced, Attempt, Leads, TaskEnd, Visit};

/// What can go wrong with rows.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not be opened.
    #[error("cannot open the database {path}")]
    Open {
        /// The file.
        path: String,
        /// Why.
        source: sqlx::Error,
    },
    /// The database lies where nothing can be written, and cannot be read as it is.
    #[error("the database {path} {problem}: copy the workspace to a disk that can be written to")]
    Unwritable {
        /// The file.
        path: String,
        /// What keeps it from being read.
        problem: &'static str,
    },
    /// The disk is so full that the engine cannot make the files that it keeps beside the database.
    #[error(
        "the disk is full, and the database {path} cannot be opened: make some room, a few hundred kB are enough to read"
    )]
    DiskFull {
        /// The file.
        path: String,
        /// What the engine says.
        source: sqlx::Error,
    },
    /// Something was to be written where the disk is full.
    #[error("the disk is full")]
    NoRoom(#[source] sqlx::Error),
    /// Something was to be written to a database that may only be read.
    #[error("the database may only be read: its disk or its file is not to be written to")]
    ReadOnly(#[source] sqlx::Error),
    /// The database was made by a newer program or its schema is damaged.
    #[error("cannot bring the database's schema up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// The file's own structure is damaged.
    #[error("the database is damaged")]
    Damaged(#[source] sqlx::Error),
    /// A statement failed.
    #[error("the database failed")]
    Failed(#[source] sqlx::Error),
    /// A row holds what this program never writes.
    #[error("the database holds no valid {what}: {value:?}")]
    Invalid {
        /// What was expected.
        what: &'static str,
        /// What was found.
        value: String,
    },
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match () {
            () if engine::is_disk_full(&error) => Self::NoRoom(error),
            () if engine::is_read_only(&error) => Self::ReadOnly(error),
            () if engine::is_damaged(&error) => Self::Damaged(error),
            () => Self::Failed(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            // A damaged file is met by whatever is asked first.
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _)
                if engine::is_damaged(&error) =>
            {
                Self::Damaged(error)
            }
            error => Self::Migrate(error),
        }
    }
}

/// A transaction that writes.
type Rows<'a> = sqlx::Transaction<'a, sqlx::Sqlite>;

/// The rows of one workspace.
#[derive(Clone, Debug)]
pub struct Store {
    readers: SqlitePool,
    writer: SqlitePool,
}

#[cfg(test)]
mod tests;
