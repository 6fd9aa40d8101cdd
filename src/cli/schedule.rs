//! `onrecord schedule`: what runs next, when and why.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::arguments::ScheduleArguments;
use super::output::{DONE, NOTHING, plain, tell};
use super::session;
use crate::store::Task;

pub(super) fn run(workspace: Option<&Path>, given: &ScheduleArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let tasks = tracker
            .store
            .upcoming(given.source.as_deref(), given.limit)
            .await?;
        let now = Timestamp::now();
        let mut output = std::io::stdout().lock();
        for task in &tasks {
            if given.json {
                let line = json!({
                    "due_at": task.due_at.to_string(),
                    "rule": task.due_rule.code(),
                    "why": task.due_rule.in_words(),
                    "role": task.role.code(),
                    "source": task.source.as_str(),
                    "url": task.url.as_str(),
                    "failures": task.failures,
                });
                serde_json::to_writer(&mut output, &line)?;
                output.write_all(b"\n")?;
            } else {
                writeln!(output, "{}", line(task, now))?;
            }
        }
        if tasks.is_empty() {
            tell("nothing is planned yet: run `onrecord crawl --once`, which takes the sources over");
            return Ok(ExitCode::from(NOTHING));
        }
        Ok(ExitCode::from(DONE))
    })
}

fn line(task: &Task, now: Timestamp) -> String {
    format!(
        "{:>12}  {}  {:7}  {}  {}\n{:14}{}",
        until(task.due_at, now),
        task.due_at.strftime("%Y-%m-%d %H:%M"),
        task.role.code(),
        task.source,
        plain(task.url.as_str()),
        "",
        task.due_rule.in_words(),
    )
}

/// How far off an instant is: `now`, `in 5 min`, `in 3 h`, `in 12 d`.
fn until(due: Timestamp, now: Timestamp) -> String {
    let away = due.duration_since(now);
    if away <= SignedDuration::ZERO {
        return "now".to_string();
    }
    match away.as_mins() {
        minutes @ 0..=119 => format!("in {} min", minutes.max(1)),
        minutes @ 120..=2879 => format!("in {} h", minutes / 60),
        minutes => format!("in {} d", minutes / 1440),
    }
}
