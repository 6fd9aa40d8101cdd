//! Answers in, WARC/1.1 files out, and back (ISO 28500:2017).
//!
//! Every record is one gzip member, so that a place in a file is enough to read it. Files are only ever
//! appended to. What is appended counts as kept after [`Writer::sync`]; which capture lies where is left
//! to `store`, and what a payload means to `extract`.

mod around;
pub mod cdx;
mod encode;
mod held;
mod reader;
mod segment;
pub mod wacz;
mod writer;

use std::path::PathBuf;

use sha2::Sha256;

pub use around::{opening_of, request_of};
pub use encode::{Entry, Original};
pub use held::records_in;
pub use reader::{Problem, Record, RecordKind, member, read, records, records_from};
pub use segment::{is_own, segments};
pub use writer::{Appended, Writer, is_written_to};

/// What keeps the archive from being read or written.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A file cannot be opened, made or listed.
    #[error("cannot open {path} of the archive")]
    Open {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Bytes cannot be written: a full or failing disk, most likely.
    #[error("cannot write to {path} of the archive")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another process writes to this archive.
    #[error("another crawl is at work in this workspace (it holds {path})")]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// There is no sound record at a place.
    #[error("no sound record at byte {offset} of {segment}: {reason}")]
    Damaged {
        /// The file.
        segment: String,
        /// The first byte of the record.
        offset: u64,
        /// What is wrong.
        reason: String,
    },
}

/// The SHA-256 of bytes in lower-case hex, as captures carry it.
pub fn sha256(bytes: &[u8]) -> String {
    Digest::of(bytes).hex()
}

/// The SHA-256 of a payload: reckoned once, for looking up who holds it and for its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(<Sha256 as sha2::Digest>::digest(bytes).into())
    }

    /// In lower-case hex, as captures carry it.
    pub fn hex(self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }
}
