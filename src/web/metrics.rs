//! `/metrics`: figures in the text format of Prometheus (exposition format 0.0.4).

use std::fmt::Write;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use super::desk::Desk;
use super::error::Failure;
use crate::pipeline;

/// The flags a channel can have.
const FLAGS: [&str; 5] = ["blocked", "failing", "empty", "malformed", "silent"];

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
    let store = &desk.tracker.store;
    let now = Timestamp::now();
    let mut metrics = Metrics::default();
    let totals = store.totals().await?;
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
        (
            "onrecord_due_addresses",
            "Addresses that are due.",
            store.due_count(now).await?,
        ),
        (
            "onrecord_unread_captures",
            "Captures not read yet.",
            store.unread_count(&desk.tracker.reader).await?,
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
    let day_ago = now
        .saturating_sub(SignedDuration::from_hours(24))
        .unwrap_or(Timestamp::MIN);
    metrics.metric(
        "onrecord_requests_last_day",
        "gauge",
        "Requests of the last 24 hours by outcome.",
    );
    for (outcome, count) in store.outcomes_since(day_ago).await? {
        metrics.sample(
            "onrecord_requests_last_day",
            &[("outcome", outcome.code())],
            count as f64,
        );
    }
    channels(&desk, now, &mut metrics).await?;
    let kind = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, metrics.0).into_response())
}

/// The figures of every channel.
async fn channels(desk: &Desk, now: Timestamp, metrics: &mut Metrics) -> Result<(), Failure> {
    let health = pipeline::channel_health(&desk.tracker, now).await?;
    let statuses = desk.tracker.store.source_statuses().await?;
    let rows: Vec<(String, &str, Option<&crate::crawl::Health>)> = statuses
        .iter()
        .flat_map(|status| {
            status
                .channels
                .iter()
                .map(|row| (status.id.to_string(), row.url.as_str()))
        })
        .map(|(source, url)| (source, url, health.get(url)))
        .collect();
    let mut each = |name: &str, help: &str, value: &dyn Fn(&crate::crawl::Health) -> Option<f64>| {
        metrics.metric(name, "gauge", help);
        for (source, url, health) in &rows {
            if let Some(value) = health.and_then(value) {
                metrics.sample(name, &[("source", source), ("channel", url)], value);
            }
        }
    };
    each(
        "onrecord_channel_last_success_seconds",
        "When the channel last answered as it should, in seconds since 1970.",
        &|health| health.succeeded_at.map(|at| at.as_second() as f64),
    );
    each(
        "onrecord_channel_last_new_seconds",
        "When the channel last brought something new, in seconds since 1970.",
        &|health| health.new_at.map(|at| at.as_second() as f64),
    );
    each(
        "onrecord_channel_failures",
        "Failures of the channel in a row.",
        &|health| Some(health.failures as f64),
    );
    each(
        "onrecord_channel_items",
        "What the channel announced when it was last read.",
        &|health| health.items.map(|(last, _)| last as f64),
    );
    each(
        "onrecord_channel_new_items_week",
        "New items of the last seven days.",
        &|health| Some(health.new_in_week as f64),
    );
    each(
        "onrecord_channel_expected_items_day",
        "New items a day by the channel's own past.",
        &|health| health.expected_a_day,
    );
    metrics.metric(
        "onrecord_channel_flag",
        "gauge",
        "1 where somebody should look at the channel, and why.",
    );
    for (source, url, health) in &rows {
        for flag in FLAGS {
            let raised = health.is_some_and(|health| health.flags.iter().any(|raised| raised.code() == flag));
            let labels = [("source", source.as_str()), ("channel", url), ("flag", flag)];
            metrics.sample("onrecord_channel_flag", &labels, f64::from(u8::from(raised)));
        }
    }
    Ok(())
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
