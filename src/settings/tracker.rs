//! The settings of `onrecord.toml`, typed. What each one means stands in `config/onrecord.toml`.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use jiff::SignedDuration;
use serde::Deserialize;
use url::Url;

use crate::model::cadence::Rhythm;

/// All settings of a tracker.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How sites are asked.
    pub crawl: CrawlSettings,
    /// How captures are kept.
    pub archive: ArchiveSettings,
    /// How things are found.
    pub search: SearchSettings,
    /// How the desk and the API are served.
    pub serve: ServeSettings,
    /// How saved searches are looked at.
    pub alerts: AlertSettings,
    /// How letters are sent.
    pub mail: MailSettings,
    /// What is told while running.
    pub log: LogSettings,
    /// The topics that are followed: a name and a search query each.
    #[serde(default)]
    pub topics: BTreeMap<String, String>,
}

impl Settings {
    /// Takes back what a running program cannot change; answers the names of the keys.
    pub fn keep_fixed(&mut self, running: &Settings) -> Vec<&'static str> {
        let mut kept = Vec::new();
        let mut keep = |key: &'static str, is_changed: bool| {
            if is_changed {
                kept.push(key);
            }
        };
        keep("serve.listen", self.serve.listen != running.serve.listen);
        keep("serve.crawl", self.serve.crawl != running.serve.crawl);
        keep("log.level", self.log.level != running.log.level);
        keep("log.format", self.log.format != running.log.format);
        (self.serve.listen, self.serve.crawl) = (running.serve.listen, running.serve.crawl);
        self.log.clone_from(&running.log);
        kept
    }
}

impl Settings {
    /// The key of a value that is well-formed and cannot be meant, and what is wrong with it.
    pub(super) fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        let mail = &self.mail;
        let is_server = ["smtp://", "smtps://"]
            .iter()
            .any(|scheme| mail.server.starts_with(scheme));
        match () {
            () if self.crawl.pace.is_zero() => Some((
                "crawl.pace",
                "no site is asked without any pause; write at least \"1ms\", and for the sites of others \"2s\"",
            )),
            () if mail.server.is_empty() => None,
            // The value may hold a password, so that it is not repeated.
            () if !is_server => Some((
                "mail.server",
                "no address of a mail server, such as smtps://user:password@mail.example.org",
            )),
            () if shows_password(&mail.server) => Some((
                "mail.server",
                "the password would be sent in the clear: write smtps://, or ?tls=required behind an address with smtp://",
            )),
            () if mail.from.trim().is_empty() => Some((
                "mail.from",
                "letters need somebody who they come from, such as \"tracker@example.org\"",
            )),
            () => None,
        }
    }
}

/// Whether a password would go over the network in the clear to the mail server at an address.
fn shows_password(server: &str) -> bool {
    let Ok(url) = Url::parse(server) else { return false };
    // Of a scheme that browsers do not know, an address of digits is a name.
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_loopback = |address: IpAddr| address.is_loopback();
    let is_here = host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(is_loopback);
    let is_encrypted = url
        .query_pairs()
        .any(|(name, value)| name == "tls" && value == "required");
    url.scheme() == "smtp" && url.password().is_some() && !is_here && !is_encrypted
}

/// The table `[crawl]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "config/onrecord.toml is the reference of every key")]
pub struct CrawlSettings {
    pub contact: String,
    pub user_agent: String,
    #[serde(deserialize_with = "length_of_time")]
    pub pace: SignedDuration,
    #[serde(deserialize_with = "length_of_time")]
    pub longest_pace: SignedDuration,
    pub pace_per_answer: u32,
    pub hosts_at_once: usize,
    #[serde(deserialize_with = "length_of_time")]
    pub timeout: SignedDuration,
    #[serde(deserialize_with = "length_of_time")]
    pub idle_timeout: SignedDuration,
    pub max_body_bytes: u64,
    pub max_decoded_bytes: u64,
    pub max_redirects: u32,
    pub ports: Vec<u16>,
    #[serde(deserialize_with = "length_of_time")]
    pub every: SignedDuration,
    #[serde(deserialize_with = "length_of_time")]
    pub every_at_least: SignedDuration,
    #[serde(deserialize_with = "length_of_time")]
    pub every_at_most: SignedDuration,
    #[serde(deserialize_with = "length_of_time")]
    pub robots_for: SignedDuration,
    #[serde(deserialize_with = "length_of_time")]
    pub revisit_after: SignedDuration,
    #[serde(deserialize_with = "length_of_time")]
    pub revisit_at_most: SignedDuration,
    #[serde(deserialize_with = "length_of_time")]
    pub retry_after: SignedDuration,
    pub give_up_after: u32,
    pub whole_every: u32,
    pub heed_noindex: bool,
    #[serde(deserialize_with = "length_of_time")]
    pub attempts_for: SignedDuration,
}

impl CrawlSettings {
    /// The rhythm of a channel of which nobody says how often it is asked: never more often than every minute.
    pub fn rhythm(&self) -> Rhythm {
        let floor = SignedDuration::from_mins(1);
        Rhythm {
            first: self.every.max(floor),
            least: self.every_at_least.min(self.every).max(floor),
            most: self.every_at_most.max(self.every),
        }
    }

    /// How long robots.txt is trusted: never longer than a day (RFC 9309 2.4).
    pub fn robots_kept_for(&self) -> SignedDuration {
        self.robots_for.min(SignedDuration::from_hours(24))
    }

    /// The User-Agent with version and contact filled in.
    pub fn full_user_agent(&self) -> String {
        let contact = match self.contact.trim() {
            "" => "no contact given",
            contact => contact,
        };
        self.user_agent
            .replace("{version}", env!("CARGO_PKG_VERSION"))
            .replace("{contact}", contact)
    }

    /// The product token that robots.txt groups are matched with (RFC 9309 2.2.1).
    pub fn robots_token(&self) -> String {
        self.user_agent
            .split(['/', ' '])
            .next()
            .unwrap_or_default()
            .to_string()
    }
}

/// The table `[archive]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "config/onrecord.toml is the reference of every key")]
pub struct ArchiveSettings {
    pub segment_bytes: u64,
}

/// The table `[search]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "config/onrecord.toml is the reference of every key")]
pub struct SearchSettings {
    pub writer_bytes: usize,
    pub hits: usize,
}

/// The table `[serve]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "config/onrecord.toml is the reference of every key")]
pub struct ServeSettings {
    #[serde(deserialize_with = "address_to_listen_on")]
    pub listen: SocketAddr,
    pub crawl: bool,
    pub hosts: Vec<String>,
    pub public_url: String,
}

/// The table `[alerts]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "config/onrecord.toml is the reference of every key")]
pub struct AlertSettings {
    pub allow_private: bool,
    pub most_lines: usize,
    #[serde(deserialize_with = "length_of_time")]
    pub keep: SignedDuration,
}

/// The table `[mail]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "config/onrecord.toml is the reference of every key")]
pub struct MailSettings {
    pub server: String,
    pub from: String,
}

/// The table `[log]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "config/onrecord.toml is the reference of every key")]
pub struct LogSettings {
    pub level: String,
    pub format: LogFormat,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A length of time in which a day is 24 hours.
pub(super) fn length_of_time<'de, D: serde::Deserializer<'de>>(input: D) -> Result<SignedDuration, D::Error> {
    let text = String::deserialize(input)?;
    duration(&text).ok_or_else(|| {
        serde::de::Error::custom(format!(
            "{text:?} is no length of time such as \"30s\", \"2h\" or \"1d\""
        ))
    })
}

fn address_to_listen_on<'de, D: serde::Deserializer<'de>>(input: D) -> Result<SocketAddr, D::Error> {
    listen_address(&String::deserialize(input)?).map_err(serde::de::Error::custom)
}

/// Reads an address to listen on; a port alone is one of this machine, and so is `localhost`. The error says what to write.
pub fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix("localhost:").unwrap_or(text);
    let own = || {
        port.parse()
            .ok()
            .map(|port: u16| SocketAddr::from(([127, 0, 0, 1], port)))
    };
    let address = text.parse().ok().or_else(own);
    address.ok_or_else(|| {
        format!("{text:?} is no address to listen on: write one with its port, such as 127.0.0.1:8080")
    })
}

/// Reads `30s`, `1h 30m`, `2d`; a day is 24 hours, and nothing is negative.
pub(super) fn duration(text: &str) -> Option<SignedDuration> {
    let span: jiff::Span = text.parse().ok()?;
    let relative = jiff::SpanRelativeTo::days_are_24_hours();
    span.to_duration(relative)
        .ok()
        .filter(|duration| !duration.is_negative())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_to_listen_on_may_be_a_port_of_this_machine() {
        let read = |text| listen_address(text).map(|address| address.to_string());
        for text in ["127.0.0.1:9490", "localhost:9490", "9490"] {
            assert_eq!(read(text).as_deref(), Ok("127.0.0.1:9490"));
        }
        assert_eq!(read("[::1]:80").as_deref(), Ok("[::1]:80"));
        let told = read("town.example:80").expect_err("a name");
        assert!(told.contains("127.0.0.1:8080"), "{told}");
    }
}
