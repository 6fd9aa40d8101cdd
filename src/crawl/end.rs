//! How a visit ends: what is on record of its task from then on, and when it is asked for again. Nothing here reads a clock, a row
//! or a file.

use jiff::Timestamp;
use url::Url;

use super::stand_ins::age;
use super::visited::Visited;
use super::{Due, Ended, due_again};
use crate::discover::canonical;
use crate::fetch::Exchange;
use crate::model::capture::{Capture, Role};
use crate::model::host::Pushback;
use crate::model::id::CaptureId;
use crate::model::outcome::Outcome;
use crate::model::schedule::Priority;
use crate::model::source::Source;
use crate::settings::CrawlSettings;
use crate::store::{Attempt, Leads, Task, TaskEnd, Visit};

/// `ETag` and `Last-Modified`.
pub(super) type Validators = (Option<String>, Option<String>);

/// What an answer brought that has the content of its page, or gives whole documents.
#[derive(Clone, Debug)]
pub(super) struct Brought {
    pub(super) capture: Capture,
    /// Whether it is another payload than the one that is held.
    pub(super) is_new: bool,
    pub(super) validators: Validators,
}

/// Validators to send next time: those of the address itself, not of where a redirect led.
pub(super) fn validators_of(task: &Task, exchange: &Exchange) -> Validators {
    if exchange.url != task.url {
        return (None, None);
    }
    let header = |name| exchange.header(name).map(str::to_string);
    (header("etag"), header("last-modified"))
}

/// The rows of a visit whose answers are archived.
pub(super) fn ended(
    visited: Visited,
    mut attempts: Vec<Attempt>,
    content: Option<Brought>,
    settings: &CrawlSettings,
    now: Timestamp,
) -> Visit {
    let outcome = outcome_of(&visited, content.as_ref());
    tell(&mut attempts, &visited, outcome, content.is_some(), now);
    let leads = leads(&visited.task, &visited.source, outcome, &attempts);
    let end = end_of(&visited, content.as_ref(), outcome, settings, now);
    let task = visited.task;
    let is_moved = matches!(leads, Leads::To(_)) || task.leads_elsewhere && leads == Leads::Nowhere;
    let is_in_doubt = visited.is_in_doubt;
    let capture = content.filter(|content| is_kept(content, is_in_doubt));
    Visit {
        source: visited.source.id.clone(),
        role: task.role,
        url: task.url.to_string(),
        ended_at: now,
        attempts,
        captures: capture.into_iter().map(|content| content.capture).collect(),
        end,
        announced: visited.announced,
        revisit_after: settings.revisit_after,
        revisit_at_most: settings.revisit_at_most,
        read_whole: visited.read_whole,
        leads,
        moved: is_moved.then(|| task.canonical.to_string()),
        robots: visited.robots,
        hosts: visited.hosts,
    }
}

/// What became of the visit: the same payload again is no change.
fn outcome_of(visited: &Visited, content: Option<&Brought>) -> Outcome {
    match (visited.outcome, content) {
        (Outcome::Changed, Some(content)) if !content.is_new => Outcome::Unchanged,
        (outcome, _) => outcome,
    }
}

/// Tells in the rows of its requests what became of a visit; one that asked for nothing has a row as well.
fn tell(attempts: &mut Vec<Attempt>, visited: &Visited, outcome: Outcome, has_content: bool, now: Timestamp) {
    match attempts.last_mut() {
        // What became of the visit is what became of its last request, seen by who knows why.
        Some(last) if !has_content && outcome != Outcome::RobotsDisallowed => last.outcome = outcome,
        _ => {}
    }
    if attempts.is_empty() || outcome == Outcome::RobotsDisallowed {
        attempts.push(Attempt {
            url: visited.task.url.to_string(),
            at: now,
            elapsed_ms: 0,
            outcome,
            status: None,
            detail: visited.detail.clone(),
            location: None,
        });
    }
}

/// What is known of a task from now on.
fn end_of(
    visited: &Visited,
    content: Option<&Brought>,
    outcome: Outcome,
    settings: &CrawlSettings,
    now: Timestamp,
) -> TaskEnd {
    let task = &visited.task;
    let counts = Counts::after(task, outcome, visited.pushback);
    let due = due(visited, &counts, outcome, settings, now);
    let (etag, last_modified) = validators_after(visited, content);
    let (capture, payload_sha256) = held_after(visited, content);
    let is_held = task.capture.is_some() || content.is_some();
    TaskEnd {
        outcome,
        detail: visited.detail.clone(),
        due_at: due.at,
        due_rule: due.rule,
        pause: due.pause,
        priority: match task.role {
            Role::Channel => Priority::Channel,
            Role::Page if is_held => Priority::Revisit,
            // It is as new as before.
            Role::Page => task.priority,
        },
        etag,
        last_modified,
        read_as: match (task.role, content) {
            (Role::Channel, Some(_)) => Some(visited.read_as()),
            _ => task.read_as.clone(),
        },
        capture,
        payload_sha256,
        items: visited.items,
        failures: counts.failures,
        deferrals: counts.deferrals,
        unchanged: counts.unchanged,
    }
}

/// When a task is due again.
fn due(
    visited: &Visited,
    counts: &Counts,
    outcome: Outcome,
    settings: &CrawlSettings,
    now: Timestamp,
) -> Due {
    let task = &visited.task;
    let ended = Ended {
        role: task.role,
        url: task.url.as_str(),
        is_memento: task.memento.is_some(),
        outcome,
        failures: counts.failures,
        deferrals: counts.deferrals,
        is_new: task.last_success_at.is_none(),
        is_dated_by_index: !visited.is_configured() && task.announced_modified.is_some(),
        pause: task.pause,
        age: age(task, &visited.source.time_zone, now),
        cadence: visited.cadence(),
        brought: visited.brought,
        since_success: task.last_success_at.map(|last| now.duration_since(last)),
        held_until: visited.held_until,
        asked_by_server: visited.asked_by_server,
    };
    due_again(&ended, settings, now)
}

/// The validators to send next time.
fn validators_after(visited: &Visited, content: Option<&Brought>) -> Validators {
    let task = &visited.task;
    let is_read = task.role == Role::Page || visited.read_whole;
    match content {
        Some(content) if is_read => content.validators.clone(),
        // What was read in part or not at all is not "not changed" next time.
        Some(_) => (None, None),
        None => (task.etag.clone(), task.last_modified.clone()),
    }
}

/// The capture that holds the content from now on, and the digest of its payload.
fn held_after(visited: &Visited, content: Option<&Brought>) -> (Option<CaptureId>, Option<String>) {
    let kept = content.filter(|content| is_kept(content, visited.is_in_doubt));
    match kept.map(|content| &content.capture) {
        Some(capture) => (Some(capture.id.clone()), Some(capture.payload_sha256.clone())),
        None => (visited.task.capture.clone(), visited.task.payload_sha256.clone()),
    }
}

/// Whether content makes a capture row. That the text is back after a doubt is on record, so that a later doubt is a first one
/// again.
fn is_kept(content: &Brought, is_in_doubt: bool) -> bool {
    content.is_new || is_in_doubt
}

/// Where a page's address leads for good after a visit: where it was found in the end, if every redirect on the way there
/// says so (301, 308).
fn leads(task: &Task, source: &Source, outcome: Outcome, attempts: &[Attempt]) -> Leads {
    if task.role != Role::Page || task.memento.is_some() {
        return Leads::Untold;
    }
    if !outcome.is_success() {
        // What is missing leads nowhere any more; trouble on the way tells neither.
        let is_missing = matches!(outcome, Outcome::NotFound | Outcome::Gone);
        return if is_missing { Leads::Nowhere } else { Leads::Untold };
    }
    // The robots.txt of another host may stand between two of them.
    let hops = attempts.iter().filter(|hop| !hop.url.ends_with("/robots.txt"));
    let hops: Vec<&Attempt> = hops.skip_while(|hop| hop.url != task.url.as_str()).collect();
    let [on_the_way @ .., end] = hops.as_slice() else {
        return Leads::Nowhere;
    };
    let is_for_good = on_the_way.iter().all(|hop| matches!(hop.status, Some(301 | 308)));
    // The same page by the rules of addresses has not moved.
    let is_elsewhere = |end: &Url| *end != task.url && canonical::within(end, source).url != task.canonical;
    match Url::parse(&end.url) {
        Ok(end) if is_for_good && is_elsewhere(&end) => Leads::To(end.into()),
        _ => Leads::Nowhere,
    }
}

/// What is counted of an address from visit to visit.
struct Counts {
    failures: u32,
    deferrals: u32,
    unchanged: u32,
}

impl Counts {
    /// The counts after a visit. What the host is to blame for counts nothing against the address.
    fn after(task: &Task, outcome: Outcome, pushback: Option<Pushback>) -> Self {
        let is_spared = outcome == Outcome::Deferred || pushback.is_some_and(Pushback::spares_the_page);
        let kept = Self {
            failures: task.failures,
            deferrals: 0,
            unchanged: task.unchanged,
        };
        match outcome {
            Outcome::Unchanged | Outcome::NotModified => Self {
                failures: 0,
                unchanged: task.unchanged.saturating_add(1),
                ..kept
            },
            _ if outcome.is_success() => Self {
                failures: 0,
                unchanged: 0,
                ..kept
            },
            _ if is_spared => Self {
                deferrals: task.deferrals.saturating_add(1),
                ..kept
            },
            _ => Self {
                failures: task.failures.saturating_add(1),
                ..kept
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::SignedDuration;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::model::cadence::Cadence;
    use crate::model::capture::RecordLocation;
    use crate::model::id::SourceId;
    use crate::model::schedule::DueRule;
    use crate::model::source::{SiteRules, SourceKind};

    const PAGE: &str = "https://herald.example/pier";

    fn now() -> Timestamp {
        "2026-02-06T12:00:00Z".parse().expect("an instant")
    }

    /// A visit of a page that is held under the digest `held`, and was asked for with validators.
    fn visited(outcome: Outcome) -> Visited {
        let url = Url::parse(PAGE).expect("valid");
        let source = Source {
            id: SourceId::new("herald"),
            name: "The Harbor Herald".into(),
            kind: SourceKind::News,
            home: url.clone(),
            office: None,
            language: None,
            time_zone: TimeZone::UTC,
            aliases: Vec::new(),
            ports: Vec::new(),
            allow_private: false,
            enabled: true,
            cadence: Cadence::Every(SignedDuration::from_hours(1)),
            channels: Vec::new(),
            rules: SiteRules::default(),
        };
        let task = Task {
            role: Role::Page,
            canonical: url.clone(),
            url,
            source: source.id.clone(),
            host: "herald.example".into(),
            priority: Priority::News,
            announced_by: None,
            first_seen_at: now(),
            last_attempt_at: None,
            etag: Some("old".into()),
            last_modified: None,
            capture: Some(CaptureId::new("c1")),
            payload_sha256: Some("held".into()),
            failures: 2,
            deferrals: 1,
            unchanged: 3,
            read_as: None,
            announced_modified: None,
            last_success_at: Some(now()),
            canonical_rules: String::new(),
            memento: None,
            announced_date: None,
            due_at: now(),
            due_rule: DueRule::Every,
            pause: None,
            leads_elsewhere: false,
        };
        Visited {
            outcome,
            ..Visited::failed_inside(task, Arc::new(source))
        }
    }

    fn brought(is_new: bool) -> Brought {
        Brought {
            capture: Capture {
                id: CaptureId::new("c2"),
                source: SourceId::new("herald"),
                role: Role::Page,
                url: PAGE.into(),
                known_as: None,
                memento_at: None,
                answer_of: None,
                fetched_at: now(),
                status: 200,
                content_type: None,
                content_encoding: None,
                payload_sha256: if is_new { "new".into() } else { "held".into() },
                payload_bytes: 3,
                truncated: None,
                location: RecordLocation {
                    segment: "a".into(),
                    offset: 0,
                    length: 1,
                },
                revisit_of: None,
            },
            is_new,
            validators: (Some("etag".into()), None),
        }
    }

    fn visit(visited: Visited, content: Option<Brought>) -> Visit {
        let settings = crate::settings::load(None, []).expect("the defaults").crawl;
        ended(visited, Vec::new(), content, &settings, now())
    }

    /// Checks the outcome, the captures to keep, what is held after it, the validators, and failures and unchanged visits.
    #[track_caller]
    fn check(
        visited: Visited,
        content: Option<Brought>,
        outcome: Outcome,
        kept: &[&str],
        held: (&str, &str),
        etag: &str,
        counts: (u32, u32),
    ) {
        let visit = visit(visited, content);
        let ids: Vec<&str> = visit.captures.iter().map(|capture| capture.id.as_str()).collect();
        assert_eq!((visit.end.outcome, ids.as_slice()), (outcome, kept));
        let end = &visit.end;
        let is_held = (
            end.capture.as_ref().map(CaptureId::as_str),
            end.payload_sha256.as_deref(),
        );
        assert_eq!(is_held, (Some(held.0), Some(held.1)));
        assert_eq!(end.etag.as_deref(), Some(etag));
        assert_eq!((end.failures, end.unchanged), counts);
        assert_eq!(visit.ended_at, now());
    }

    #[test]
    fn new_content_is_held_from_now_on() {
        let outcome = Outcome::Changed;
        check(
            visited(outcome),
            Some(brought(true)),
            outcome,
            &["c2"],
            ("c2", "new"),
            "etag",
            (0, 0),
        );
    }

    #[test]
    fn the_same_payload_again_is_no_change_and_no_capture_but_after_a_doubt() {
        let (changed, unchanged) = (Outcome::Changed, Outcome::Unchanged);
        check(
            visited(changed),
            Some(brought(false)),
            unchanged,
            &[],
            ("c1", "held"),
            "etag",
            (0, 4),
        );
        let doubted = Visited {
            is_in_doubt: true,
            ..visited(changed)
        };
        check(
            doubted,
            Some(brought(false)),
            unchanged,
            &["c2"],
            ("c2", "held"),
            "etag",
            (0, 4),
        );
    }

    #[test]
    fn what_failed_leaves_what_is_held_and_its_validators() {
        let failed = Outcome::NotFound;
        check(visited(failed), None, failed, &[], ("c1", "held"), "old", (3, 3));
        let deferred = Outcome::Deferred;
        check(
            visited(deferred),
            None,
            deferred,
            &[],
            ("c1", "held"),
            "old",
            (2, 3),
        );
    }

    #[test]
    fn a_visit_that_asked_for_nothing_is_on_record() {
        let visit = visit(visited(Outcome::RobotsDisallowed), None);
        let attempts: Vec<(&str, Outcome)> = visit
            .attempts
            .iter()
            .map(|it| (it.url.as_str(), it.outcome))
            .collect();
        assert_eq!(attempts, [(PAGE, Outcome::RobotsDisallowed)]);
    }
}
