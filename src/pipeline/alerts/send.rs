//! Alerts on their way: posted to an address, or by mail.
//!
//! A webhook is signed as Standard Webhooks says: `webhook-id` is the alert's id, the same at every try, by which a
//! receiver knows what it has already.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use data_encoding::BASE64;
use futures_util::future::join_all;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Sha256;
use url::Url;
use uuid::Uuid;

use super::super::{PipelineError, Tracker, in_words};
use super::told::{place, told};
use super::{compare, counted_in, moved, ways};
use crate::crawl::CrawlError;
use crate::fetch::{Client, ClientSettings};
use crate::mail::{self, Letter};
use crate::model::saved_search::{Alert, AlertItem, Change, Delivery, SavedSearch, Way, Webhook};
use crate::text::days;

/// The first pause before another try; each is twice as long as the one before.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(1);
/// How long a delivery is whoever took it over's: longer than sending takes, which a mail server may draw out
/// (`mail::LONGEST`).
const CLAIM: SignedDuration = SignedDuration::from_mins(2);
const CLAIM_OF_LETTER: SignedDuration = SignedDuration::from_mins(15);
/// How long a mail server may take for a test.
const LONGEST_TEST: Duration = Duration::from_secs(60);
/// Tries of an alert: the last one is some three days after the first.
const TRIES: u32 = 13;
/// What the secret of a webhook begins with.
const SECRET: &str = "whsec_";
/// Lines that a letter tells one by one.
const LINES: usize = 100;

/// No server is named that letters could be sent by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no mail can be sent: mail.server and mail.from are not set in config/onrecord.toml")]
pub struct NoLetters;

/// Sends alerts.
pub struct Sender {
    client: Client,
    /// What addresses of the desk begin with.
    desk: String,
}

/// What is sent.
#[derive(Clone, Copy)]
struct Told<'a> {
    search: &'a SavedSearch,
    alert: &'a Alert,
    /// Whether it is sent to see whether it arrives.
    is_test: bool,
}

impl Told<'_> {
    /// What it is about, in a line.
    fn headline(&self) -> String {
        match self.is_test {
            true => format!("Test of {}: alerts arrive here", self.search.name),
            false => format!("{}: {}", self.search.name, counted_in(self.alert)),
        }
    }
}

/// Why an alert was not taken, and whether it makes no sense to try again.
struct Refused {
    detail: String,
    is_final: bool,
}

impl Sender {
    /// A sender for a tracker.
    pub fn new(tracker: &Tracker) -> Result<Self, PipelineError> {
        let (crawl, serve) = (&tracker.settings.crawl, &tracker.settings.serve);
        let settings = ClientSettings::of(crawl, []);
        let desk = match serve.public_url.trim_end_matches('/') {
            "" => format!("http://{}", serve.listen),
            url => url.to_owned(),
        };
        Ok(Self {
            client: Client::new(&settings).map_err(CrawlError::from)?,
            desk,
        })
    }

    /// Sends what is due by a way; answers how many alerts were taken. Receivers are sent to at the same time, and one that does not
    /// take an alert gets no further one this time.
    pub async fn send_due(&self, tracker: &Tracker, way: Way, now: Timestamp) -> Result<u64, PipelineError> {
        let mut receivers: BTreeMap<String, Vec<Delivery>> = BTreeMap::new();
        let due = tracker.store.deliveries_due(now).await?.into_iter();
        for delivery in due.filter(|delivery| delivery.way == way) {
            receivers
                .entry(delivery.search.clone())
                .or_default()
                .push(delivery);
        }
        let sent = receivers
            .into_values()
            .map(|deliveries| self.send_all(tracker, deliveries));
        let mut taken = 0;
        for count in join_all(sent).await {
            taken += count?;
        }
        Ok(taken)
    }

    async fn send_all(&self, tracker: &Tracker, deliveries: Vec<Delivery>) -> Result<u64, PipelineError> {
        let mut taken = 0;
        for delivery in deliveries {
            let now = Timestamp::now();
            let claim = match delivery.way {
                Way::Webhook => CLAIM,
                Way::Email => CLAIM_OF_LETTER,
            };
            let until = now.saturating_add(claim).unwrap_or(Timestamp::MAX);
            if !tracker.store.claim_delivery(&delivery, now, until).await? {
                continue;
            }
            let search = tracker.store.search_named(&delivery.search).await?;
            let alert = tracker.store.alert(&delivery.alert).await?;
            let (Some(search), Some(alert)) = (search, alert) else {
                continue;
            };
            let told = Told {
                search: &search,
                alert: &alert,
                is_test: false,
            };
            match self.send(tracker, told, delivery.way, now).await {
                Ok(()) => {
                    tracker.store.delivered(&delivery).await?;
                    taken += 1;
                }
                Err(refused) => {
                    tracing::warn!("an alert of `{}` was not taken: {}", search.name, refused.detail);
                    self.note(tracker, &delivery, &refused, now).await?;
                    break;
                }
            }
        }
        Ok(taken)
    }

    async fn note(
        &self,
        tracker: &Tracker,
        delivery: &Delivery,
        refused: &Refused,
        now: Timestamp,
    ) -> Result<(), PipelineError> {
        let is_given_up = refused.is_final || delivery.attempts + 1 >= TRIES;
        let pause = FIRST_PAUSE.saturating_mul(1 << delivery.attempts.min(TRIES));
        let again = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
        let again = (!is_given_up).then_some(again);
        tracker
            .store
            .not_delivered(delivery, &refused.detail, again)
            .await?;
        Ok(())
    }

    /// Sends one alert that is only a test by every way of a search, of something that it finds where it finds anything;
    /// answers what became of it, by the way. It is kept nowhere.
    pub async fn test(
        &self,
        tracker: &Tracker,
        search: &SavedSearch,
    ) -> Result<Vec<(Way, Result<(), String>)>, PipelineError> {
        let newest = tracker.store.lines_of_search(&search.id).await?;
        let newest = newest.into_iter().max_by_key(|line| line.day);
        let now = Timestamp::now();
        let alert = Alert {
            id: Uuid::now_v7().to_string(),
            at: now,
            items: newest
                .iter()
                .map(|line| compare::item(Change::New, line))
                .collect(),
        };
        let told = Told {
            search,
            alert: &alert,
            is_test: true,
        };
        let mut sent = Vec::new();
        for way in ways(search) {
            let answer = self.send(tracker, told, way, now).await;
            sent.push((way, answer.map_err(|refused| refused.detail)));
        }
        Ok(sent)
    }

    async fn send(&self, tracker: &Tracker, told: Told<'_>, way: Way, now: Timestamp) -> Result<(), Refused> {
        match (way, &told.search.webhook, &told.search.email) {
            (Way::Webhook, Some(webhook), _) => {
                let allow_private = tracker.settings.alerts.allow_private;
                let message = self.message(tracker, told).await;
                let body = message.map_err(|error| Refused {
                    detail: in_words(&error),
                    is_final: false,
                })?;
                let body = body.to_string();
                self.post(webhook, told.alert, body, allow_private, now).await
            }
            (Way::Email, _, Some(to)) => self.write(tracker, told, to).await,
            // The search was saved without it in the meantime.
            (Way::Webhook | Way::Email, _, _) => Ok(()),
        }
    }

    async fn post(
        &self,
        webhook: &Webhook,
        alert: &Alert,
        body: String,
        allow_private: bool,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let final_one = |detail: String| Refused {
            detail,
            is_final: true,
        };
        let url = Url::parse(&webhook.url).map_err(|error| final_one(error.to_string()))?;
        let sent_at = now.as_second().to_string();
        let signature = signature(&webhook.secret, &alert.id, &sent_at, &body)
            .ok_or_else(|| final_one("the secret of the webhook is not base 64".into()))?;
        let fields = [
            ("content-type", "application/json"),
            ("webhook-id", alert.id.as_str()),
            ("webhook-timestamp", sent_at.as_str()),
            ("webhook-signature", signature.as_str()),
        ];
        match self.client.post(&url, &fields, body, allow_private).await {
            Ok(200..=299) => Ok(()),
            Ok(status) => Err(Refused {
                // Addresses of webhooks are often secrets themselves.
                detail: format!("{} answered {status}", url.host_str().unwrap_or_default()),
                // Gone: the receiver wants no more.
                is_final: status == 410,
            }),
            Err(detail) => Err(Refused {
                detail: format!("{}: {detail}", url.host_str().unwrap_or_default()),
                is_final: false,
            }),
        }
    }

    async fn write(&self, tracker: &Tracker, told: Told<'_>, to: &str) -> Result<(), Refused> {
        let settings = &tracker.settings.mail;
        if settings.server.is_empty() || settings.from.is_empty() {
            return Err(Refused {
                detail: NoLetters.to_string(),
                is_final: false,
            });
        }
        let subject = told.headline();
        let letter = Letter {
            from: &settings.from,
            to,
            subject: &subject,
            id: &told.alert.id,
            text: &self.text(told),
        };
        // Whoever tests waits for it, and a test that is given up is not sent again.
        let longest = if told.is_test { LONGEST_TEST } else { mail::LONGEST };
        mail::send(&settings.server, &letter, longest)
            .await
            .map_err(|error| Refused {
                is_final: error.is_final(),
                detail: super::super::in_words(&error),
            })
    }

    /// What a webhook is told: each line as the API tells it, with where the desk shows it.
    async fn message(&self, tracker: &Tracker, what: Told<'_>) -> Result<Value, PipelineError> {
        let search = what.search;
        let alert = told(tracker, what.alert).await?;
        let lines = alert.items.iter().zip(&what.alert.items);
        let items = lines.map(|(line, item)| {
            let mut line = json!(line);
            line["link"] = json!(self.link(item));
            line
        });
        Ok(json!({
            "type": if what.is_test { "search.test" } else { "search.alert" },
            "timestamp": alert.at,
            "data": {
                "alert": alert.alert,
                "search": {"id": search.id, "name": search.name, "query": search.query},
                "items": items.collect::<Vec<_>>(),
            },
        }))
    }

    /// What a letter says.
    fn text(&self, told: Told<'_>) -> String {
        let (search, alert) = (told.search, told.alert);
        let mut text = format!("{}\n{}\n", told.headline(), search.query);
        for item in alert.items.iter().take(LINES) {
            let line = &item.line;
            let speaker = line.speaker.as_ref().map(|name| format!("{name}: "));
            let words = line.text.trim_end().trim_end_matches(',');
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "\n{}: {}{words}\n",
                item.change.words(),
                speaker.unwrap_or_default()
            );
            if let Some(before) = &item.before {
                let _ = writeln!(text, "before: {before}");
            }
            for moved in moved(item) {
                let _ = writeln!(text, "{moved}");
            }
            let day = line.day.map(|day| format!(", {}", days::day(day)));
            let title = line.title.as_ref().filter(|_| line.kind != "document");
            let title = title.map(|title| format!(": {title}"));
            let _ = writeln!(
                text,
                "{}{}{}\n{}\n{}",
                line.source,
                day.unwrap_or_default(),
                title.unwrap_or_default(),
                line.url,
                self.link(item)
            );
        }
        if alert.items.len() > LINES {
            let _ = writeln!(text, "\nand {} more", alert.items.len() - LINES);
        }
        let _ = write!(
            text,
            "\nAll alerts of this search: {}/searches/{}\n",
            self.desk, search.id
        );
        text
    }

    /// The page of the desk that shows what an item tells.
    fn link(&self, item: &AlertItem) -> String {
        format!("{}{}", self.desk, place(item))
    }
}

/// The signature of a message (Standard Webhooks, `v1`); `None` where the secret is not base 64.
fn signature(secret: &str, id: &str, sent_at: &str, body: &str) -> Option<String> {
    let key = BASE64
        .decode(secret.strip_prefix(SECRET).unwrap_or(secret).as_bytes())
        .ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{sent_at}.{body}").as_bytes());
    Some(format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key, message and signature of the specification's own example.
    #[test]
    fn a_message_is_signed_as_standard_webhooks_says() {
        let signed = signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "{\"test\": 2432232314}",
        );
        assert_eq!(
            signed.as_deref(),
            Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        );
        assert_eq!(signature("whsec_***", "m", "1", "{}"), None);
    }
}
