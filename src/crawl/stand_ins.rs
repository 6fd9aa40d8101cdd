//! Answers that stand in for a page, with the status of one, and when such a page is due again.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::hop::Hop;
use super::visited::{Reached, Visited};
use super::{Due, Ended, due_again};
use crate::discover::canonical;
use crate::extract::{Page, StandIn, headed_like, stand_in};
use crate::model::cadence::Cadence;
use crate::model::capture::Role;
use crate::model::outcome::Outcome;
use crate::model::source::Source;
use crate::settings::CrawlSettings;
use crate::store::Task;

/// An answer that stands in for the page, with the status of one: the front page, to which the address leads now; an
/// error; a wall before the text. It is archived like any other and says nothing new of the page. It says nothing of
/// the host either: others of its pages may be free.
pub(super) async fn with_stand_ins_told(visited: &Visited, reached: Reached, now: Timestamp) -> Reached {
    let is_page = visited.task.role == Role::Page && visited.task.memento.is_none();
    let Some(content) = reached.content.as_ref().filter(|_| is_page) else {
        return reached;
    };
    let Some(exchange) = visited.hops.get(content.hop).and_then(Hop::exchange) else {
        return reached;
    };
    if leads_to_front_page(&visited.task.url, &exchange.url, &visited.source) {
        let detail = format!("it leads to the front page, {}", exchange.url);
        return Reached::new(Outcome::NotFound, Some(detail));
    }
    let content_type = exchange.header("content-type");
    // Few are headed like one, so that few are read here: a page is read out of the archive.
    if headed_like(content.bytes(exchange), content_type).is_none() {
        return reached;
    }
    let (payload, content_type) = (content.bytes(exchange).to_vec(), content_type.map(str::to_string));
    let (url, source) = (exchange.url.clone(), Arc::clone(&visited.source));
    let found = tokio::task::spawn_blocking(move || {
        stand_in(&Page {
            payload: &payload,
            content_type: content_type.as_deref(),
            url: &url,
            captured_at: Some(now),
            source: Some(&source),
        })
    });
    match found.await {
        Ok(Some((StandIn::NotFound, heading))) => {
            let detail = format!("an error sent with the status of a page: {heading:?}");
            Reached::new(Outcome::NotFound, Some(detail))
        }
        Ok(Some((StandIn::Wall, heading))) => {
            let detail = format!("a wall sent with the status of a page: {heading:?}");
            Reached::new(Outcome::Blocked, Some(detail))
        }
        Ok(Some((StandIn::OutOfOrder, heading))) => {
            let detail = format!("out of order, said with the status of a page: {heading:?}");
            Reached::new(Outcome::ServerError, Some(detail))
        }
        // What cannot be read here is told when it is read.
        Ok(None) | Err(_) => reached,
    }
}

/// When a page is due again of which a reading tells that something stands in its place; `failures` counts the visits
/// in a row that found something else.
pub fn due_in_place(
    task: &Task,
    source: Option<&Source>,
    (outcome, failures): (Outcome, u32),
    settings: &CrawlSettings,
    at: Timestamp,
) -> Due {
    let zone = source.map_or(TimeZone::UTC, |source| source.time_zone.clone());
    due_again(
        &Ended {
            role: task.role,
            url: task.url.as_str(),
            is_memento: false,
            outcome,
            failures,
            deferrals: 0,
            is_new: task.last_success_at.is_none(),
            is_dated_by_index: false,
            pause: task.pause,
            age: age(task, &zone, at),
            // Pages have none.
            cadence: &Cadence::Every(settings.revisit_after),
            brought: None,
            since_success: None,
            held_until: None,
            asked_by_server: false,
        },
        settings,
        at,
    )
}

/// How old a page was at an instant, by the date its channel gives, else since we know it.
pub(super) fn age(task: &Task, zone: &TimeZone, at: Timestamp) -> SignedDuration {
    let published = task.announced_date.and_then(|date| date.timestamp(zone));
    let known_since = published.unwrap_or(task.first_seen_at).min(task.first_seen_at);
    at.duration_since(known_since).max(SignedDuration::ZERO)
}

/// Whether an address that was none led to the front page of its site or its source.
fn leads_to_front_page(asked: &Url, reached: &Url, source: &Source) -> bool {
    let canonical = |url: &Url| canonical::within(url, source).url;
    let is_front = |url: &Url| url.path() == "/" && url.query().is_none() || *url == canonical(&source.home);
    is_front(&canonical(reached)) && !is_front(&canonical(asked))
}
