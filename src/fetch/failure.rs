//! Why a request failed, read from the chain of errors the client gives.

use std::error::Error;
use std::io;

use super::guard::{NameUnknown, Refusal};
use crate::model::outcome::Outcome;

/// An error and everything that caused it. `io::Error` hides the error it wraps from `source`.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

fn cause<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// What a failed request counts as.
pub(super) fn outcome_of(error: &reqwest::Error) -> Outcome {
    if cause::<Refusal>(error).is_some() {
        Outcome::Refused
    } else if cause::<NameUnknown>(error).is_some() {
        Outcome::NameUnknown
    } else if cause::<rustls::Error>(error).is_some() {
        Outcome::TlsFailed
    } else if error.is_timeout() {
        Outcome::TimedOut
    } else if error.is_connect() || is_stale_connection(error) {
        Outcome::Unreachable
    } else {
        Outcome::Broken
    }
}

/// Whether the connection ended before a byte of the answer came, as one does that the server had
/// closed while it lay in the pool.
pub(super) fn is_stale_connection(error: &reqwest::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    let ended = cause::<hyper::Error>(error)
        .is_some_and(|error| error.is_incomplete_message() || error.is_canceled() || error.is_closed());
    let reset = cause::<io::Error>(error)
        .is_some_and(|error| matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset));
    !error.is_connect() && (ended || reset)
}

/// The innermost causes in words; the outer ones only repeat the address.
pub(super) fn in_words(error: &reqwest::Error) -> String {
    let words: Vec<String> = causes(error).skip(1).map(ToString::to_string).collect();
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.dedup();
    words[words.len().saturating_sub(2)..].join(": ")
}
