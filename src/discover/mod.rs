//! What a source announces: links, read out of feeds, sitemaps and listing pages.
//!
//! The payload of a channel comes in, announcements go out; addresses are absolute and http(s), dates
//! are as printed or absent. Whether an announced page is in scope, new or allowed is left to `crawl`.
//! Everything here is pure, and reads a stranger's bytes: whatever they are, the work is about linear
//! in them, no entity is ever expanded, and what cannot be read is [`Unreadable`] with a reason.

pub mod canonical;
mod entry;
pub mod feed;
mod json_feed;
pub mod json_interface;
pub mod listing;
pub mod memento;
pub mod opml;
mod payload;
pub mod probe;
pub mod sitemap;
pub mod traps;
mod xml;

use url::Url;

pub use listing::selector_error;

/// How many announcements are taken of one payload; a sitemap may hold this many (sitemaps.org).
const MAX_ANNOUNCEMENTS: usize = 50_000;

/// Longer addresses are traps or mistakes, and no server here has to take them.
const MAX_ADDRESS_BYTES: usize = 4096;

/// Why a payload is not of the kind its channel is said to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is nothing in it.
    #[error("the answer is empty")]
    Empty,
    /// It is a page for people.
    #[error("the answer is an HTML page, not a {0}")]
    Html(&'static str),
    /// It is something else.
    #[error("the answer is not a {wanted}: {found}")]
    Other {
        /// What was expected.
        wanted: &'static str,
        /// What is there instead.
        found: String,
    },
    /// A selector of the source's rules is not CSS.
    #[error("selector `{selector}`: {reason}")]
    Selector {
        /// The selector.
        selector: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The absolute http(s) address that a reference means, if it means one.
fn address(base: &Url, reference: &str) -> Option<Url> {
    let reference = reference.trim();
    if reference.is_empty() || reference.len() > MAX_ADDRESS_BYTES {
        return None;
    }
    // A short reference inside a long base is a long address.
    base.join(reference).ok().filter(|url| {
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        is_web && url.as_str().len() <= MAX_ADDRESS_BYTES
    })
}

/// A text in one line, or nothing where it is blank.
fn one_line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
