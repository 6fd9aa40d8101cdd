//! Payload in, reading out: what a page says, who wrote it, when it was published, in which words.
//!
//! Bytes come in as they were archived (content coding removed), with what is known of their capture; out comes
//! a [`Reading`] that names what it could not find. Nothing is fetched and no clock is asked: the same payload
//! gives the same reading. Who is quoted and which days the text speaks of is left to `quotes` and `dates`.

mod alike;
mod blocks;
mod boilerplate;
mod genre;
mod html;
mod in_place;
mod json;
mod labels;
mod letter;
pub mod letters;
mod main_content;
mod metadata;
mod parse;
mod parts;
pub mod pdf;
mod plain;
pub mod shown;
mod sniff;
mod stand_in;
mod tables;
mod terms;
mod tree;
mod withheld;

use url::Url;

use crate::model::document::{Notice, NoticeKind, Reading};
use crate::model::source::Source;

pub use in_place::{Held, InPlace, Said, in_place};
pub use json::{Told, read_given};
pub use parts::{documents, documents_in};
pub use sniff::{PayloadKind, kind_of};
pub use stand_in::{StandIn, headed_like, says_so, stand_in};
pub use withheld::header_asks_not_to_be_indexed;

/// The version of this reader. It is raised when readings come out differently, so that captures are read again.
pub const VERSION: u32 = 22;

/// A payload and what is known of where it came from.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The body, without transfer and content coding.
    pub payload: &'a [u8],
    /// The `Content-Type` it came with.
    pub content_type: Option<&'a str>,
    /// The address that answered with it.
    pub url: &'a Url,
    /// When it was captured; a date after that is refused.
    pub captured_at: Option<jiff::Timestamp>,
    /// The source it belongs to, with its site rules and its zone.
    pub source: Option<&'a Source>,
}

/// Reads a payload. It always succeeds: the notices say what is missing or wrong.
pub fn read(page: &Page<'_>) -> Reading {
    if page.payload.trim_ascii().is_empty() {
        return nothing(NoticeKind::EmptyPayload, "the payload is empty");
    }
    match kind_of(page.payload, page.content_type) {
        PayloadKind::Html => html::read(page),
        PayloadKind::Pdf => pdf::read(page),
        PayloadKind::Plain => plain::read(page),
        PayloadKind::Json => json::read(page),
        PayloadKind::Unsupported => {
            let label = page.content_type.unwrap_or("a payload without a type");
            nothing(NoticeKind::Unsupported, &format!("{label} is kept and not read"))
        }
    }
}

/// What the tool needs that fits the judge of main texts to pages whose text is known.
pub mod fitting {
    pub use super::html::{candidates, second_rows, text};
    pub use super::main_content::{Candidates, Row, feature_names, judge};
}

/// A reading in which nothing was found.
fn nothing(kind: NoticeKind, detail: &str) -> Reading {
    Reading {
        notices: vec![notice(kind, detail)],
        ..Reading::default()
    }
}

fn notice(kind: NoticeKind, detail: impl Into<String>) -> Notice {
    let detail = detail.into();
    Notice { kind, detail }
}

/// Runs an engine that may panic on odd input; `None` where it did.
fn contained<T>(engine: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(engine)).ok()
}

#[cfg(test)]
mod tests;
