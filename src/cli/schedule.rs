//! `onrecord schedule`: what runs next, when and why.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::arguments::ScheduleArguments;
use super::output::{DONE, NOTHING, left_alone, plain, tell};
use super::session;
use crate::pipeline::PipelineError;
use crate::store::Task;

pub(super) fn run(workspace: Option<&Path>, given: &ScheduleArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let tasks = tracker
            .store
            .upcoming(given.source.as_deref(), given.limit)
            .await?;
        // Of a source whose file is gone there may be a plan still.
        if let Some(name) = given.source.as_deref().filter(|_| tasks.is_empty()) {
            let mut ids = tracker.sources.keys().map(|id| id.as_str());
            if !ids.clone().any(|id| id == name) {
                return Err(PipelineError::unknown_source(name, &mut ids).into());
            }
        }
        let now = Timestamp::now();
        let mut output = std::io::stdout().lock();
        for (task, held_until) in &tasks {
            let due_at = held_until.unwrap_or(task.due_at);
            let why = match held_until {
                Some(_) => "due, but its host is left alone until then",
                None => task.due_rule.in_words(),
            };
            if given.json {
                let line = json!({
                    "due_at": due_at.to_string(),
                    "rule": task.due_rule.code(),
                    "why": why,
                    "priority": task.priority.code(),
                    "host": task.host,
                    "held_until": held_until.map(|until| until.to_string()),
                    "role": task.role.code(),
                    "source": task.source.as_str(),
                    "url": task.url.as_str(),
                    "failures": task.failures,
                });
                serde_json::to_writer(&mut output, &line)?;
                output.write_all(b"\n")?;
            } else {
                writeln!(output, "{}", line(task, (due_at, why), now))?;
            }
        }
        if !given.json {
            for host in tracker.store.held_hosts(now).await? {
                writeln!(output, "{}", left_alone(&host))?;
            }
        }
        if tasks.is_empty() {
            tell(match given.source {
                Some(_) => {
                    "nothing of this source is planned yet: run `onrecord crawl --once`, which takes it over"
                }
                None => "nothing is planned yet: run `onrecord crawl --once`, which takes the sources over",
            });
            return Ok(ExitCode::from(NOTHING));
        }
        Ok(ExitCode::from(DONE))
    })
}

fn line(task: &Task, (due_at, why): (Timestamp, &str), now: Timestamp) -> String {
    format!(
        "{:>12}  {}  {:7}  {}  {}\n{:14}{why}",
        until(due_at, now),
        due_at.strftime("%Y-%m-%d %H:%M"),
        task.priority.code(),
        task.source,
        plain(task.url.as_str()),
        "",
    )
}

/// How far off an instant is: `now`, `in 40 s`, `in 5 min`, `in 3 h`, `in 12 d`.
fn until(due: Timestamp, now: Timestamp) -> String {
    let away = due.duration_since(now);
    if away <= SignedDuration::ZERO {
        return "now".to_string();
    }
    match away.as_mins() {
        0 => format!("in {} s", away.as_secs().max(1)),
        minutes @ 1..=119 => format!("in {minutes} min"),
        minutes @ 120..=2879 => format!("in {} h", minutes / 60),
        minutes => format!("in {} d", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_is_due_now() {
        let now = Timestamp::UNIX_EPOCH;
        let told = |seconds: i64| until(Timestamp::from_second(seconds).expect("an instant"), now);
        assert_eq!((told(-5), told(0)), ("now".into(), "now".into()));
        assert_eq!((told(40), told(60)), ("in 40 s".into(), "in 1 min".into()));
        assert_eq!(
            (told(7_200), told(3 * 86_400)),
            ("in 2 h".into(), "in 3 d".into())
        );
    }
}
