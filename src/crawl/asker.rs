//! Asking a host in its turn: what every request of a crawl shares, whatever it is made for.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::Politeness;
use super::backoff::Hosts;
use super::hop::{Hop, Payload};
use crate::fetch::coding::CodingError;
use crate::fetch::{Client, FetchOutcome, Request};
use crate::model::host::host_of;
use crate::model::outcome::Outcome;
use crate::settings::CrawlSettings;
use crate::store::{Store, Task};

/// Bytes that are unpacked at once, on the thread that waits for other hosts as well: handing them to another would
/// cost more.
const LITTLE: usize = 512 << 10;

/// What every request of a crawl shares.
#[derive(Debug)]
pub(super) struct Asker {
    pub(super) client: Client,
    pub(super) store: Store,
    pub(super) settings: CrawlSettings,
    pub(super) agent: String,
    pub(super) politeness: Politeness,
    pub(super) hosts: Hosts,
}

impl Asker {
    /// What the clock says. Whatever is reckoned from it takes it as an argument.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Makes one request in the host's turn.
    pub(super) async fn ask(
        &self,
        url: &Url,
        validators: Option<&Task>,
        allow_private: bool,
        pause: Option<Duration>,
    ) -> Hop {
        let host = host_of(url);
        // Held until the answer is there: one request at a time.
        let _turn = self.politeness.turn(&host, pause).await;
        let at = self.now();
        self.hosts.served(&host, at);
        let request = Request {
            url: url.clone(),
            etag: validators.and_then(|task| task.etag.clone()),
            last_modified: validators.and_then(|task| task.last_modified.clone()),
            allow_private,
        };
        Hop {
            url: url.to_string(),
            host,
            at,
            answer: self.client.get(&request).await,
        }
    }

    /// The payload of an answer that has one, its content coding undone: once, and where it is large off the threads
    /// that wait for other hosts, because a small body may unpack to a large one.
    pub(super) async fn opened(&self, hop: Hop) -> (Hop, Option<Payload>) {
        let Some(exchange) = hop
            .exchange()
            .filter(|exchange| exchange.outcome() == Outcome::Changed)
        else {
            return (hop, None);
        };
        let cap = usize::try_from(self.settings.max_decoded_bytes).unwrap_or(usize::MAX);
        match exchange.payload(cap.min(LITTLE)) {
            Ok(payload) => {
                let payload = Payload::of(payload);
                (hop, Some(payload))
            }
            Err(CodingError::TooLarge(_)) => opened_elsewhere(hop, cap).await,
            Err(_) => (hop, None),
        }
    }
}

/// The same on a thread for computing, for payloads of any size up to `cap`.
async fn opened_elsewhere(hop: Hop, cap: usize) -> (Hop, Option<Payload>) {
    let (url, host, at) = (hop.url.clone(), hop.host.clone(), hop.at);
    let opened = tokio::task::spawn_blocking(move || {
        let payload = hop.exchange().and_then(|exchange| exchange.payload(cap).ok());
        let payload = payload.map(Payload::of);
        (hop, payload)
    });
    opened.await.unwrap_or_else(|_| {
        let answer = FetchOutcome::Failed {
            outcome: Outcome::Broken,
            detail: "undoing its content coding failed inside the program".to_string(),
        };
        let hop = Hop {
            url,
            host,
            at,
            answer,
        };
        (hop, None)
    })
}
