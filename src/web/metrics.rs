//! `/metrics`: figures in the text format of Prometheus (exposition format 0.0.4).

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use super::desk::Desk;
use super::error::Failure;
use crate::crawl::{Flag, Health};
use crate::model::id::SourceId;
use crate::pipeline::{ChannelHealth, SourceHealth};

/// Figures as they are collected.
#[derive(Default)]
struct Metrics(String);

impl Metrics {
    /// Begins a metric.
    fn metric(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        let labels: Vec<String> = (labels.iter())
            .map(|(label, value)| format!("{label}=\"{}\"", escaped(value)))
            .collect();
        let labels = match labels.as_slice() {
            [] => String::new(),
            labels => format!("{{{}}}", labels.join(",")),
        };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn single(&mut self, name: &str, kind: &str, help: &str, value: f64) {
        self.metric(name, kind, help);
        self.sample(name, &[], value);
    }
}

/// A label's value with what would end it escaped.
fn escaped(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

pub(super) async fn metrics(State(desk): State<Desk>) -> Result<Response, Failure> {
    let now = Timestamp::now();
    let mut metrics = Metrics::default();
    held(&desk, &mut metrics).await?;
    requests(&desk, now, &mut metrics).await?;
    alerts(&desk, &mut metrics).await?;
    let sources = desk.source_health().await?;
    channels(&sources, &mut metrics);
    pages(&sources, &mut metrics);
    let kind = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, metrics.0).into_response())
}

/// What the tracker holds, and whether its crawl goes on.
async fn held(desk: &Desk, metrics: &mut Metrics) -> Result<(), Failure> {
    let figures = desk.figures().await?;
    let totals = figures.totals;
    for (name, help, value) in [
        ("onrecord_addresses", "Addresses known.", totals.addresses),
        ("onrecord_captures", "Captures held.", totals.captures),
        ("onrecord_documents", "Documents held.", totals.documents),
        (
            "onrecord_revisions",
            "Revisions of documents held.",
            totals.revisions,
        ),
        (
            "onrecord_quotes",
            "Quotes in the newest revisions.",
            totals.quotes,
        ),
        ("onrecord_due_addresses", "Addresses that are due.", figures.due),
        (
            "onrecord_unread_captures",
            "Captures not read yet.",
            figures.unread,
        ),
    ] {
        metrics.single(name, "gauge", help, value as f64);
    }
    let stopped = f64::from(u8::from(desk.crawl.failure().is_some()));
    metrics.single(
        "onrecord_crawl_stopped",
        "gauge",
        "1 where the crawl of this server ended with an error.",
        stopped,
    );
    metrics.single(
        "onrecord_clock_behind_seconds",
        "gauge",
        "By how much this machine's clock is behind the latest request on record, 0 where it is not.",
        figures.clock.map_or(0.0, |behind| behind.by().as_secs_f64()),
    );
    Ok(())
}

/// Requests by how they ended: of each source since it is followed, and of the last day.
async fn requests(desk: &Desk, now: Timestamp, metrics: &mut Metrics) -> Result<(), Failure> {
    let store = &desk.tracker.store;
    let name = "onrecord_requests_total";
    metrics.metric(
        name,
        "counter",
        "Requests of each source by what was asked for and how it ended.",
    );
    for count in store.request_counts().await? {
        let labels = [
            ("source", count.source.as_str()),
            ("role", count.role.code()),
            ("outcome", count.outcome.code()),
        ];
        metrics.sample(name, &labels, count.requests as f64);
    }
    let day_ago = now
        .saturating_sub(SignedDuration::from_hours(24))
        .unwrap_or(Timestamp::MIN);
    let name = "onrecord_requests_last_day";
    metrics.metric(name, "gauge", "Requests of the last 24 hours by outcome.");
    for (outcome, count) in store.outcomes_since(day_ago).await? {
        metrics.sample(name, &[("outcome", outcome.code())], count as f64);
    }
    Ok(())
}

/// What of saved searches goes on, and what of their alerts is not taken: who is told by alerts alone learns of it nowhere
/// else.
async fn alerts(desk: &Desk, metrics: &mut Metrics) -> Result<(), Failure> {
    let store = &desk.tracker.store;
    let searches = store.searches().await?;
    let troubled = searches.iter().filter(|search| search.trouble.is_some());
    let troubled = troubled.count() as f64;
    let name = "onrecord_saved_searches";
    metrics.single(name, "gauge", "Searches that are saved.", searches.len() as f64);
    let name = "onrecord_saved_searches_troubled";
    metrics.single(name, "gauge", "Those of them that cannot be asked.", troubled);
    let name = "onrecord_alert_deliveries";
    metrics.metric(
        name,
        "gauge",
        "Alerts that were not taken yet: waiting for a first try, failing and tried again, or given up.",
    );
    for (way, undelivered) in store.undelivered_by_way().await? {
        for (state, count) in [
            ("waiting", undelivered.waiting),
            ("failing", undelivered.failing),
            ("given_up", undelivered.given_up),
        ] {
            let labels = [("way", way.code()), ("state", state)];
            metrics.sample(name, &labels, count as f64);
        }
    }
    Ok(())
}

type Sources = BTreeMap<SourceId, SourceHealth>;
type Figure<T> = (&'static str, &'static str, fn(&T) -> Option<f64>);

/// The figures of every channel.
fn channels(sources: &Sources, metrics: &mut Metrics) {
    let figures: [Figure<Health>; 9] = [
        (
            "onrecord_channel_last_success_seconds",
            "When the channel last answered as it should, in seconds since 1970.",
            |health| health.succeeded_at.map(|at| at.as_second() as f64),
        ),
        (
            "onrecord_channel_last_new_seconds",
            "When the channel last brought something new, in seconds since 1970.",
            |health| health.new_at.map(|at| at.as_second() as f64),
        ),
        (
            "onrecord_channel_failures",
            "Failures of the channel in a row.",
            |health| Some(health.failures as f64),
        ),
        (
            "onrecord_channel_items",
            "What the channel announced when it was last read.",
            |health| health.items.map(|(last, _)| last as f64),
        ),
        (
            "onrecord_channel_new_items_week",
            "New items of the last seven days.",
            |health| Some(health.new_in_week as f64),
        ),
        (
            "onrecord_channel_expected_items_day",
            "New items a day by the channel's own past.",
            |health| health.expected_a_day,
        ),
        (
            "onrecord_channel_pages_tried",
            "The latest pages it announced that were asked for, at most a hundred.",
            |health| Some(health.pages.tried as f64),
        ),
        (
            "onrecord_channel_pages_fetched",
            "Those of them of which content is held.",
            |health| Some(health.pages.fetched as f64),
        ),
        (
            "onrecord_channel_pages_read",
            "Those of them out of which a text was read.",
            |health| Some(health.pages.read as f64),
        ),
    ];
    let all = || {
        let sources = sources.iter();
        sources.flat_map(|(source, health)| {
            health
                .channels
                .iter()
                .map(move |channel| (source.as_str(), channel))
        })
    };
    // A series for each sitemap that an index names would be thousands, and others every month.
    let rows: Vec<(&str, &str, Option<&Health>)> = all()
        .filter(|(_, channel)| channel.row.url == channel.configured)
        .map(|(source, channel)| (source, channel.row.url.as_str(), channel.health.as_ref()))
        .collect();
    for (name, help, value) in figures {
        metrics.metric(name, "gauge", help);
        for (source, url, health) in &rows {
            if let Some(value) = health.and_then(value) {
                metrics.sample(name, &[("source", source), ("channel", url)], value);
            }
        }
    }
    let name = "onrecord_channel_flag";
    metrics.metric(
        name,
        "gauge",
        "1 where somebody should look at the channel, and why.",
    );
    for (source, url, health) in &rows {
        for flag in Flag::OF_CHANNELS {
            let raised = health.is_some_and(|health| is_raised(&health.flags, flag));
            let labels = [("source", *source), ("channel", *url), ("flag", flag)];
            metrics.sample(name, &labels, f64::from(u8::from(raised)));
        }
    }
    sitemaps(
        all().filter(|(_, channel)| channel.row.url != channel.configured),
        metrics,
    );
}

/// How many sitemaps each channel led to, and how many of them somebody should look at.
fn sitemaps<'a>(led_to: impl Iterator<Item = (&'a str, &'a ChannelHealth)>, metrics: &mut Metrics) {
    let mut counts: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    for (source, channel) in led_to {
        let (all, flagged) = counts.entry((source, &channel.configured)).or_default();
        *all += 1;
        *flagged += u64::from(
            channel
                .health
                .as_ref()
                .is_some_and(|health| !health.flags.is_empty()),
        );
    }
    let figures: [Figure<(u64, u64)>; 2] = [
        (
            "onrecord_channel_sitemaps",
            "Sitemaps that the channel led to.",
            |(all, _)| Some(*all as f64),
        ),
        (
            "onrecord_channel_sitemaps_flagged",
            "Those of them that somebody should look at.",
            |(_, flagged)| Some(*flagged as f64),
        ),
    ];
    for (name, help, value) in figures {
        metrics.metric(name, "gauge", help);
        for ((source, channel), count) in &counts {
            if let Some(value) = value(count) {
                metrics.sample(name, &[("source", source), ("channel", channel)], value);
            }
        }
    }
}

/// The figures of every source's pages.
fn pages(sources: &Sources, metrics: &mut Metrics) {
    let figures: [Figure<SourceHealth>; 4] = [
        (
            "onrecord_source_pages_asked",
            "The source's latest pages asked for, at most a hundred.",
            |health| Some(health.pages.asked as f64),
        ),
        (
            "onrecord_source_pages_blocked",
            "Those of them that the site turned us away from.",
            |health| Some(health.pages.blocked as f64),
        ),
        (
            "onrecord_source_pages_failed",
            "Those of them that failed otherwise.",
            |health| Some(health.pages.failed as f64),
        ),
        (
            "onrecord_source_pages_absent",
            "Those of them that are not there (404, 410).",
            |health| Some(health.pages.absent as f64),
        ),
    ];
    for (name, help, value) in figures {
        metrics.metric(name, "gauge", help);
        for (source, health) in sources {
            if let Some(value) = value(health) {
                metrics.sample(name, &[("source", source.as_str())], value);
            }
        }
    }
    let name = "onrecord_source_flag";
    metrics.metric(
        name,
        "gauge",
        "1 where somebody should look at the source's pages, and why.",
    );
    for (source, health) in sources {
        for flag in Flag::OF_PAGES {
            let raised = is_raised(&health.pages.flags, flag);
            let labels = [("source", source.as_str()), ("flag", flag)];
            metrics.sample(name, &labels, f64::from(u8::from(raised)));
        }
    }
}

fn is_raised(flags: &[Flag], code: &str) -> bool {
    flags.iter().any(|flag| flag.code() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_cannot_end_early() {
        let mut metrics = Metrics::default();
        metrics.sample("a", &[("channel", "x\"} 1\nb\\")], 2.0);
        assert_eq!(metrics.0, "a{channel=\"x\\\"} 1\\nb\\\\\"} 2\n");
    }
}
