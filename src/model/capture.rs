//! One response as it was archived.

use jiff::Timestamp;

use super::id::{CaptureId, SourceId};

/// A response in the archive: what was asked, what came, and where its record lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The UUID of the WARC record.
    pub id: CaptureId,
    /// The source it was fetched for.
    pub source: SourceId,
    /// What it was fetched as.
    pub role: Role,
    /// The address that answered, after any redirects.
    pub url: String,
    /// The address its page is known by, where another one was asked for (an interface's).
    pub known_as: Option<String>,
    /// When a public web archive captured what it answered with; `None` for what the site itself answered.
    pub memento_at: Option<Timestamp>,
    /// The channel, where this is an interface's answer that gives whole documents: then it shows those and no page
    /// of its own address.
    pub answer_of: Option<String>,
    /// When the request was sent.
    pub fetched_at: Timestamp,
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` as sent.
    pub content_type: Option<String>,
    /// The `Content-Encoding` as sent.
    pub content_encoding: Option<String>,
    /// SHA-256 of the payload (the body with its content coding as received), lower-case hex.
    pub payload_sha256: String,
    /// Bytes of the payload.
    pub payload_bytes: u64,
    /// Why the payload is not whole, where it is not.
    pub truncated: Option<Truncation>,
    /// Where the record lies.
    pub location: RecordLocation,
    /// The earlier capture with the same payload that this one refers to (a WARC `revisit`).
    pub revisit_of: Option<CaptureId>,
}

impl Capture {
    /// When the site showed this: when the archive that we have it from saw it, else when we did.
    pub fn observed_at(&self) -> Timestamp {
        self.memento_at.unwrap_or(self.fetched_at)
    }
}

/// What an address is to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It announces documents.
    Channel,
    /// It is a document.
    Page,
}

impl Role {
    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Role::Channel => "channel",
            Role::Page => "page",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Role::Channel, Role::Page]
            .into_iter()
            .find(|role| role.code() == code)
    }
}

/// Why a payload is not whole (`WARC-Truncated`, WARC/1.1 5.13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truncation {
    /// More bytes than allowed.
    Length,
    /// More time than allowed.
    Time,
    /// The connection ended early.
    Disconnect,
}

impl Truncation {
    /// The word of the standard.
    pub fn code(self) -> &'static str {
        match self {
            Truncation::Length => "length",
            Truncation::Time => "time",
            Truncation::Disconnect => "disconnect",
        }
    }

    /// The truncation of a word of the standard.
    pub fn from_code(code: &str) -> Option<Self> {
        [Truncation::Length, Truncation::Time, Truncation::Disconnect]
            .into_iter()
            .find(|truncation| truncation.code() == code)
    }
}

/// Where a WARC record lies: one gzip member of one archive file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RecordLocation {
    /// The file's name in `index/archive`.
    pub segment: String,
    /// The first byte of the member.
    pub offset: u64,
    /// Bytes of the member.
    pub length: u64,
}
