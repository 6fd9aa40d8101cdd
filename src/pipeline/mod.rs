//! The order of the chapters: crawl, process, publish, and the check of it all.
//!
//! Work is a question put to the store (captures that the current reader has not read, documents that
//! the index has not seen), so a crash loses nothing and a better reader needs no migration.

mod absences;
pub mod alerts;
mod altered;
mod as_read;
mod beside;
mod by_hand;
mod came_and_went;
mod channel_answers;
mod clock;
mod coverage;
mod entries;
mod evidence;
mod explain;
mod fate;
mod health;
mod in_place;
mod ingest;
mod keys;
mod lone_name;
mod merged;
mod moved;
mod moved_dates;
mod names;
mod nothing;
mod overview;
mod page_changes;
mod pasted;
mod printings;
mod process;
mod publish;
mod quote;
mod quote_edits;
#[cfg(test)]
mod quoted_for_tests;
mod read;
mod read_back;
mod reader;
mod recheck;
mod reconfigure;
mod repeated;
mod spoken_for;
mod suggest;
mod supervise;
mod timeline;
mod tokens;
mod told_of_hits;
mod tracker;
mod two_kinds;
mod verify;
mod wordings;

pub use absences::{Absences, absences, absences_among};
pub use as_read::{AsRead, as_read};
pub use beside::Officials;
pub use by_hand::{
    ByHandError, Draft as CorrectionDraft, Right, Standing, correct, is_no_quote, keep as keep_correction,
    quotes_of, right_in_words, speaker, speakers, standings, take_back,
};
pub use clock::{ClockBehind, clock_behind};
pub use coverage::{Coverage, Covered, Days, GapReason, coverage};
pub use evidence::{CheckedClaim, Part as PartOfPack, Report, Unlike, check_file, evidence, is_file};
pub use explain::{Explanation, Finding as ExplainedFinding, explain};
pub use fate::{fates, fates_of_all};
pub use health::{ChannelHealth, SourceHealth, source_health, source_statuses};
pub use in_place::stood_in_place;
pub use ingest::{Round, Selection, archive_is_there, crawl};
pub use keys::{DayKeys, SourceKeys};
pub use lone_name::{as_meant, lone_name};
pub use merged::{MOST_MERGED, Merged, merged};
pub use moved::{Moved, moved_to};
pub use moved_dates::{MovedDate, moved_dates};
pub use nothing::{Named, Nothing, Outside, counted_together, named, why_nothing};
pub use overview::{Overview, Stretch, overview};
pub use page_changes::{Touched, page_changes, quote_changes, touched};
pub use pasted::{Pasted, captures_named, pasted};
pub use printings::{Agreement, BesideOffice, Printing, beside_office, printings, words_in_marks};
pub use process::{process, segments_waited_for};
pub use publish::{Behind, behind, mend_index, reindex, searcher};
pub use quote::{BeforeEdit, QuoteInPlace, Reworded, before_edit_among, quote, reworded};
pub use quote_edits::{EditedQuotes, QuoteEdits, edited_quotes, quote_edits};
pub use read::{About, Annotated, annotate, annotated_reading, document_address};
pub use read_back::unknown_stretches;
pub use recheck::{Rechecked, recheck};
pub use reconfigure::{Reconfigured, watch_configuration};
pub use spoken_for::{SpokenFor, spoken_for};
pub use suggest::suggest;
pub use supervise::{Supervised, supervise};
pub use timeline::{ToldWith, among_earlier, exported_kinds, line_of, lines};
pub use tokens::{TokenError, create_token, note_use, token_of};
pub use told_of_hits::ToldOfHits;
pub use tracker::{Tracker, configured_sources};
pub use verify::{ArchiveFiles, Finding, Part, Verification, archive_files, verify, verify_captures};

use crate::archive::ArchiveError;
use crate::archive::wacz::WaczError;
use crate::crawl::CrawlError;
use crate::index::{IndexError, Today};
use crate::model::id::CaptureId;
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
    /// Rows tell of an archive whose newest file is not there.
    #[error("the archive {path} is not there: captures are on record up to {newest}, which is not found")]
    ArchiveAway {
        /// The folder.
        path: String,
        /// The newest file that a row names.
        newest: String,
    },
    /// The newest file of the archive is shorter than it was when rows were written of it.
    #[error(
        "the newest file of the archive {path}, {newest}, ends before what is on record: it has {bytes} bytes, and {on_record} \
         are known"
    )]
    ArchiveShorter {
        /// The folder.
        path: String,
        /// The file.
        newest: String,
        /// Its bytes.
        bytes: u64,
        /// Its bytes as far as rows tell.
        on_record: u64,
    },
    /// There is an archive, and no database beside it.
    #[error("the database {path} is gone, while the archive beside it is there (files: {files})")]
    RowsGone {
        /// The database file.
        path: String,
        /// The files of the archive.
        files: usize,
    },
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
    /// What was named is not on the schedule.
    #[error("nothing of {named} is on the schedule")]
    NotAskedFor {
        /// An address or a source.
        named: String,
    },
    /// Evidence was asked for of what nothing held is named.
    #[error("nothing that is held is named {0:?}")]
    NothingNamed(String),
    /// A file that is to be checked cannot be read.
    #[error("cannot open {path}")]
    File {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A pack cannot be read or written.
    #[error("{place} cannot be checked: {source}")]
    Wacz {
        /// The file.
        place: String,
        /// Why.
        source: WaczError,
    },
    /// A pack's own files do not say what they should.
    #[error("{path} of the pack cannot be read: {reason}")]
    Pack {
        /// The file in the pack.
        path: String,
        /// Why.
        reason: String,
    },
    /// A capture was named that there is none of.
    #[error("there is no capture `{0}`")]
    UnknownCapture(CaptureId),
    /// A part of the work ended without an answer.
    #[error("a part of the work stopped unexpectedly: {0}")]
    Stopped(&'static str),
}

impl PipelineError {
    /// That no source is called so, with the nearest of these ids.
    pub fn unknown_source<'a>(name: &str, ids: impl Iterator<Item = &'a str>) -> Self {
        let measured = ids.map(|id| (strsim::damerau_levenshtein(id, name), id));
        let nearest = measured.min().filter(|(distance, _)| *distance <= 3);
        Self::UnknownSource {
            name: name.to_owned(),
            nearest: nearest.map(|(_, id)| id.to_owned()),
        }
    }
}

/// An error with its causes in one line.
pub fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Some errors of others tell their cause themselves.
        let told = error.to_string();
        if !words.ends_with(&told) {
            words.push_str(": ");
            words.push_str(&told);
        }
        cause = error.source();
    }
    words
}

/// The day it is where this machine stands.
pub fn today() -> jiff::civil::Date {
    days_of(jiff::Timestamp::now()).here
}

/// The day it is: what "last week" in a query is counted from.
fn todays() -> Today {
    days_of(jiff::Timestamp::now())
}

fn days_of(now: jiff::Timestamp) -> Today {
    Today {
        here: jiff::tz::TimeZone::system().to_datetime(now).date(),
        in_utc: jiff::tz::TimeZone::UTC.to_datetime(now).date(),
    }
}
