//! One request of a crawl and what came of it.

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::fetch::{Exchange, FetchOutcome, guard};
use crate::model::outcome::Outcome;

/// One request and what came of it.
#[derive(Debug)]
pub(super) struct Hop {
    pub(super) url: String,
    pub(super) host: String,
    pub(super) at: Timestamp,
    pub(super) answer: FetchOutcome,
}

/// A body with its content coding undone.
#[derive(Debug)]
pub(super) enum Payload {
    /// It has none: the body is held as it came, and not a second time.
    AsSent,
    Unpacked(Vec<u8>),
}

impl Payload {
    pub(super) fn of(payload: Cow<'_, [u8]>) -> Self {
        match payload {
            Cow::Borrowed(_) => Self::AsSent,
            Cow::Owned(unpacked) => Self::Unpacked(unpacked),
        }
    }

    /// Its bytes; `exchange` is the answer whose payload it is.
    pub(super) fn bytes<'a>(&'a self, exchange: &'a Exchange) -> &'a [u8] {
        match self {
            Self::AsSent => &exchange.body,
            Self::Unpacked(unpacked) => unpacked,
        }
    }
}

impl Hop {
    /// Where the answer sends us, if it does and the address can be asked for.
    pub(super) fn redirect(&self) -> Option<Url> {
        redirect_of(&self.answer)
    }

    /// Why there is no answer.
    pub(super) fn failure(&self) -> Option<Outcome> {
        match &self.answer {
            FetchOutcome::Failed { outcome, .. } => Some(*outcome),
            FetchOutcome::Answered(_) => None,
        }
    }

    /// The answer, where there was one.
    pub(super) fn exchange(&self) -> Option<&Exchange> {
        match &self.answer {
            FetchOutcome::Answered(exchange) => Some(exchange),
            FetchOutcome::Failed { .. } => None,
        }
    }

    /// How long the server asks us to stay away.
    pub(super) fn retry_after(&self) -> Option<SignedDuration> {
        let exchange = self.exchange()?;
        let asked = matches!(exchange.status, 429 | 503).then(|| exchange.retry_after())??;
        Some(SignedDuration::try_from(asked).unwrap_or(SignedDuration::MAX))
    }
}

/// Where an answer sends us, if it does and the address can be asked for.
pub(super) fn redirect_of(answer: &FetchOutcome) -> Option<Url> {
    let FetchOutcome::Answered(exchange) = answer else {
        return None;
    };
    let mut to = exchange.redirect()?;
    if guard::is_disguised(exchange.header("location").unwrap_or_default(), &to) {
        return None;
    }
    to.set_fragment(None);
    Some(to)
}
