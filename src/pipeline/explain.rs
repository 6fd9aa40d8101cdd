//! Whether, when and why an address would be asked for, from what is known without asking anybody.

use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::moved::moved_to;
use super::{PipelineError, Tracker};
use crate::crawl::robots::{Robots, Standing};
use crate::discover::{canonical, traps};
use crate::fetch::{ClientSettings, guard};
use crate::model::capture::Role;
use crate::model::document::NoticeKind;
use crate::model::host::{HostState, host_of};
use crate::model::id::DocumentId;
use crate::model::schedule::DueRule;
use crate::model::source::{Source, source_of};
use crate::store::Task;

/// The answer for one address.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The address by which its page is known.
    pub canonical: Url,
    /// Whether a crawl that runs now or later would ask for it.
    pub would_fetch: bool,
    /// When it is due, where it is known.
    pub due_at: Option<Timestamp>,
    /// Everything that speaks for or against it, in the order it is looked at.
    pub findings: Vec<Finding>,
}

impl Explanation {
    /// Whether something is found out only by asking.
    pub fn is_open(&self) -> bool {
        self.findings.iter().any(|finding| finding.allows.is_none())
    }
}

/// One thing that speaks for or against asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at: `address`, `trap`, `scope`, `guard`, `robots`, `host`,
    /// `schedule`, `shown`.
    pub check: &'static str,
    /// Whether it lets us ask; `None` where that is found out only by asking.
    pub allows: Option<bool>,
    /// What was found.
    pub detail: String,
    /// The same for programs: what there is of it, by name.
    pub facts: Vec<(&'static str, Value)>,
}

/// Explains an address. Nobody is asked: robots.txt is taken as it was last read.
pub async fn explain(tracker: &Tracker, url: &Url) -> Result<Explanation, PipelineError> {
    let by_host = source_of(tracker.sources.values(), url);
    let canonical = by_host.map_or_else(
        || canonical::canonical(url),
        |source| canonical::within(url, source),
    );
    let known = tracker.store.tasks_of(url, &canonical.url).await?;
    let source = match known.first() {
        Some((task, _)) => tracker.sources.get(&task.source),
        None => by_host,
    };
    let rules: Vec<&str> = canonical.rules.iter().map(|rule| rule.code()).collect();
    let address = match rules.as_slice() {
        [] => "it is in canonical form".to_string(),
        rules => format!("known as {} (rules: {})", canonical.url, rules.join(", ")),
    };
    let mut findings = vec![Finding {
        check: "address",
        allows: Some(true),
        detail: address,
        facts: vec![
            ("canonical", json!(canonical.url.as_str())),
            ("rules", json!(rules)),
        ],
    }];
    findings.extend(traps::trap(url).map(|trap| Finding {
        check: "trap",
        allows: Some(false),
        detail: format!("channels' announcements of it are passed over: {trap}"),
        facts: Vec::new(),
    }));
    findings.push(scope(source, &known, url));
    findings.extend(inherited(tracker, &known).await?);
    findings.push(guarded(tracker, url, source));
    findings.push(robots(tracker, url).await?);
    let host = host_state(tracker, url).await?;
    let held_until = host.as_ref().and_then(|host| host.not_before);
    findings.extend(host.map(held));
    findings.extend(known.iter().map(|(task, _)| scheduled(task)));
    findings.extend(withheld(tracker, url, &canonical.url).await?);
    findings.extend(moved(tracker, &canonical.url).await?);
    Ok(Explanation {
        canonical: canonical.url,
        would_fetch: findings.iter().all(|finding| finding.allows != Some(false)),
        due_at: (known.iter().map(|(task, _)| task.due_at).min())
            .map(|due| Some(due).max(held_until).unwrap_or(due)),
        findings,
    })
}

fn scope(source: Option<&Source>, known: &[(Task, bool)], url: &Url) -> Finding {
    let own = source.and_then(|source| source.channels.iter().find(|channel| channel.url == *url));
    let (allows, detail) = match (source, known.first()) {
        (_, Some((task, false))) => (
            false,
            format!(
                "known, but the source `{}` or its channel is switched off",
                task.source
            ),
        ),
        (_, Some((task, true))) => (
            true,
            match (&task.announced_by, task.role) {
                (Some(channel), _) => format!("announced to the source `{}` by {channel}", task.source),
                (None, Role::Channel) => format!("a channel of the source `{}`", task.source),
                (None, Role::Page) => format!("a page of the source `{}`", task.source),
            },
        ),
        (Some(source), None) if own.is_some_and(|channel| channel.enabled && source.enabled) => (
            true,
            format!(
                "a channel of the source `{}`, which the next crawl asks for the first time",
                source.id
            ),
        ),
        (Some(source), None) if own.is_some() => (
            false,
            format!(
                "a channel of the source `{}`, one of which is switched off",
                source.id
            ),
        ),
        (Some(source), None) => (
            false,
            format!(
                "no channel of the source `{}` has announced it; only what is announced is asked for",
                source.id
            ),
        ),
        (None, None) => (
            false,
            "no source is on this host; `onrecord sources probe` finds its channels".to_string(),
        ),
    };
    let task = known.first().map(|(task, _)| task);
    let id = task.map(|task| &task.source).or(source.map(|source| &source.id));
    Finding {
        check: "scope",
        allows: Some(allows),
        detail,
        facts: vec![
            ("source_id", json!(id.map(ToString::to_string))),
            ("role", json!(task.map(|task| task.role.code()))),
            (
                "announced_by",
                json!(task.and_then(|task| task.announced_by.as_ref())),
            ),
        ],
    }
}

/// That a page was another source's before.
async fn inherited(tracker: &Tracker, known: &[(Task, bool)]) -> Result<Option<Finding>, PipelineError> {
    let Some((task, _)) = known.first() else {
        return Ok(None);
    };
    let earlier = tracker
        .store
        .earlier_source_of(task.url.as_str(), &task.source)
        .await?;
    Ok(earlier.map(|earlier| Finding {
        check: "scope",
        allows: Some(true),
        detail: format!("taken over from the source `{earlier}`, which is gone or switched off"),
        facts: vec![("earlier_source_id", json!(earlier.to_string()))],
    }))
}

fn guarded(tracker: &Tracker, url: &Url, source: Option<&Source>) -> Finding {
    let allow_private = source.is_some_and(|source| source.allows_private(url));
    let settings = ClientSettings::of(&tracker.settings.crawl, tracker.sources.values());
    let checked = guard::check_url(url, settings.ports_of(url), allow_private);
    Finding {
        check: "guard",
        allows: Some(checked.is_ok()),
        detail: match checked {
            Ok(()) if allow_private => "the source may lie in private ranges".to_string(),
            Ok(()) => {
                "scheme, port and host are allowed; the resolved address is checked on connecting".to_string()
            }
            Err(refusal) => refusal.to_string(),
        },
        facts: vec![("allow_private", json!(allow_private))],
    }
}

async fn robots(tracker: &Tracker, url: &Url) -> Result<Finding, PipelineError> {
    let origin = url.origin().ascii_serialization();
    let finding = |allows, detail, facts| Finding {
        check: "robots",
        allows,
        detail,
        facts,
    };
    let Some(row) = tracker.store.robots(&origin).await? else {
        let detail = "robots.txt was not read yet; it is read first, and decides";
        return Ok(finding(None, detail.to_string(), Vec::new()));
    };
    let agent = tracker.settings.crawl.robots_token();
    let robots = match row.status {
        Some(status) => Robots::from_status(status, row.body.as_bytes(), &agent),
        None => Robots::disallow_all(),
    };
    let decision = robots.decide(url);
    let read = format!("read {}", row.fetched_at.strftime("%Y-%m-%d %H:%M UTC"));
    let detail = match (decision.rule, robots.standing()) {
        (Some(rule), _) => {
            let directive = if rule.allow { "Allow" } else { "Disallow" };
            format!("line {}: {directive}: {} ({read})", rule.line, rule.pattern)
        }
        (None, Standing::Rules) => format!("no rule speaks about it ({read})"),
        (None, Standing::AllowAll) => format!("the site has no robots.txt ({read})"),
        (None, Standing::DisallowAll) => format!(
            "robots.txt could not be read, so nothing is asked for until {} ({read})",
            row.expires_at.strftime("%Y-%m-%d %H:%M UTC")
        ),
    };
    let delay = robots
        .crawl_delay()
        .map(|delay| format!("; Crawl-delay {} s", delay.as_secs_f64()));
    let rule = decision.rule;
    let facts = vec![
        ("read_at", json!(row.fetched_at.to_string())),
        ("status", json!(row.status)),
        ("line", json!(rule.map(|rule| rule.line))),
        ("pattern", json!(rule.map(|rule| &rule.pattern))),
        (
            "crawl_delay_s",
            json!(robots.crawl_delay().map(|delay| delay.as_secs_f64())),
        ),
    ];
    Ok(finding(
        Some(decision.allowed),
        detail + &delay.unwrap_or_default(),
        facts,
    ))
}

/// The host of an address, where it is left alone now.
async fn host_state(tracker: &Tracker, url: &Url) -> Result<Option<HostState>, PipelineError> {
    let host = host_of(url);
    let held = tracker.store.held_hosts(Timestamp::now()).await?;
    Ok(held.into_iter().find(|state| state.host == host))
}

fn held(host: HostState) -> Finding {
    let facts = vec![
        ("host", json!(host.host)),
        (
            "not_before",
            json!(host.not_before.map(|until| until.to_string())),
        ),
        ("reason", json!(host.reason.map(|reason| reason.code()))),
        ("failures", json!(host.failures)),
    ];
    let until = host
        .not_before
        .map(|until| until.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let reason = host
        .reason
        .map(|reason| format!(": {reason}; failures in a row: {}", host.failures));
    Finding {
        check: "host",
        // It is asked when that is over.
        allows: Some(true),
        detail: format!(
            "{} is left alone until {}{}",
            host.host,
            until.unwrap_or_default(),
            reason.unwrap_or_default()
        ),
        facts,
    }
}

/// Why what is held of an address is not shown, where it is not.
async fn withheld(tracker: &Tracker, url: &Url, canonical: &Url) -> Result<Option<Finding>, PipelineError> {
    let mut held = tracker.store.withheld(canonical.as_str()).await?;
    if held.is_none() && url != canonical {
        held = tracker.store.withheld(url.as_str()).await?;
    }
    Ok(held.map(|(reason, at)| {
        let why = match reason {
            NoticeKind::NoIndex => "it asks not to be indexed".to_string(),
            NoticeKind::SoftNotFound => "it is an error sent as a page".to_string(),
            NoticeKind::Wall => "it is a wall before the text, sent as a page".to_string(),
            NoticeKind::OutOfOrder => "the site was out of order".to_string(),
            NoticeKind::NoText => {
                "nothing that can be read stood in the place of the text held before".to_string()
            }
            NoticeKind::InDoubt => {
                "something else may stand in the place of the page; that is believed when the next \
                visit does not find the text held before either"
                    .to_string()
            }
            other => other.code().replace('_', " "),
        };
        Finding {
            check: "shown",
            // It speaks of what is held, not of whether it is asked for.
            allows: Some(true),
            detail: format!(
                "what was captured {} is kept in the archive and not shown: {why}",
                at.strftime("%Y-%m-%d %H:%M UTC")
            ),
            facts: vec![
                ("notice", json!(reason.code())),
                ("captured_at", json!(at.to_string())),
            ],
        }
    }))
}

/// That what is held of an address is no longer current, where the page is at another one for good.
async fn moved(tracker: &Tracker, canonical: &Url) -> Result<Option<Finding>, PipelineError> {
    let Some(document) = tracker
        .store
        .document(&DocumentId::derive(canonical.as_str()))
        .await?
    else {
        return Ok(None);
    };
    let day = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let Some(moved) = moved_to(tracker, &document).await? else {
        return Ok(None);
    };
    let facts = vec![
        ("moved_to", json!(moved.url.as_str())),
        ("moved_at", json!(moved.since.to_string())),
        (
            "document",
            json!(moved.document.as_ref().map(|now| now.id.to_string())),
        ),
    ];
    let detail = match moved.document {
        Some(now) => format!(
            "it leads for good to {}, under which it is current since {}",
            now.url,
            day(moved.since)
        ),
        // The same words there are no other document: it stays known by the address that was announced.
        None => format!(
            "it leads for good to {}, first seen {}; the page there is held under this address",
            moved.url,
            day(moved.since)
        ),
    };
    Ok(Some(Finding {
        check: "shown",
        allows: Some(true),
        detail,
        facts,
    }))
}

fn scheduled(task: &Task) -> Finding {
    let due = task.due_at.strftime("%Y-%m-%d %H:%M UTC");
    let failures = match task.failures {
        0 => String::new(),
        times => format!("; failures in a row: {times}"),
    };
    let asked = match task.last_attempt_at {
        Some(at) => format!("; last asked for {}", at.strftime("%Y-%m-%d %H:%M UTC")),
        None => String::new(),
    };
    Finding {
        check: "schedule",
        allows: Some(task.due_rule != DueRule::Given),
        detail: format!(
            "due {due} ({}): {}{failures}{asked}",
            task.priority.code(),
            task.due_rule.in_words()
        ),
        facts: vec![
            ("due_at", json!(task.due_at.to_string())),
            ("due_rule", json!(task.due_rule.code())),
            ("priority", json!(task.priority.code())),
            ("failures", json!(task.failures)),
            (
                "last_attempt_at",
                json!(task.last_attempt_at.map(|at| at.to_string())),
            ),
            (
                "last_success_at",
                json!(task.last_success_at.map(|at| at.to_string())),
            ),
        ],
    }
}
