//! `onrecord token`: who is let in.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::arguments::{GivenScope, TokenCommand};
use super::output::{DONE, NOTHING, plain, tell};
use super::session;
use crate::model::token::{Scope, Token};
use crate::pipeline;

pub(super) fn run(workspace: Option<&Path>, command: &TokenCommand) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let mut output = std::io::stdout().lock();
        match command {
            TokenCommand::Create { name, scope, until } => {
                let scope = match scope {
                    GivenScope::Read => Scope::Read,
                    GivenScope::Write => Scope::Write,
                    GivenScope::Admin => Scope::Admin,
                };
                let expires_at = until.as_ref().map(end_of).transpose()?;
                let secret = pipeline::create_token(tracker, name, scope, expires_at).await?;
                tell("this is shown once; only a digest of it is kept");
                writeln!(output, "{secret}")?;
            }
            TokenCommand::List => {
                let tokens = tracker.store.tokens().await?;
                for token in &tokens {
                    writeln!(output, "{}", line(token, Timestamp::now()))?;
                }
                if tokens.is_empty() {
                    tell("there is no token; `onrecord token create` makes one");
                    return Ok(ExitCode::from(NOTHING));
                }
            }
            TokenCommand::Revoke { name } => {
                if !tracker.store.revoke_token(name).await? {
                    bail!("there is no token named `{name}`");
                }
                tell(&format!("`{}` lets nobody in any more", plain(name)));
            }
        }
        Ok(ExitCode::from(DONE))
    })
}

/// The end of a day (UTC).
fn end_of(day: &Date) -> anyhow::Result<Timestamp> {
    let next = day.tomorrow()?.at(0, 0, 0, 0);
    Ok(TimeZone::UTC.to_timestamp(next)?)
}

/// A token as it is listed.
fn line(token: &Token, now: Timestamp) -> String {
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let used = match token.last_used_at {
        Some(at) => format!("used {}", day(at)),
        None => "never used".to_owned(),
    };
    let last = |end: Timestamp| day(end.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(end));
    let end = match token.expires_at {
        Some(end) if end <= now => format!("expired after {}", last(end)),
        Some(end) => format!("until {}", last(end)),
        None => "for good".to_owned(),
    };
    let made = day(token.created_at);
    let scope = token.scope.code();
    format!(
        "{scope:5}  made {made}  {used:15}  {end:24}  {}",
        plain(&token.name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_listed_with_its_use_and_its_last_day() {
        let at = |text: &str| -> Timestamp { text.parse().expect("an instant") };
        let day: Date = "2026-06-30".parse().expect("a day");
        let token = Token {
            name: "desk\n".into(),
            scope: Scope::Read,
            created_at: at("2026-02-01T10:00:00Z"),
            expires_at: Some(end_of(&day).expect("a day with a morrow")),
            last_used_at: None,
        };
        let listed = |token: &Token, now: &str| -> Vec<String> {
            let line = line(token, at(now));
            line.split("  ")
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let until = listed(&token, "2026-06-30T23:59:59Z");
        assert_eq!(
            until[..4],
            ["read", "made 2026-02-01", "never used", "until 2026-06-30"]
        );
        let after = Token {
            last_used_at: Some(at("2026-03-01T10:00:00Z")),
            ..token
        };
        assert_eq!(
            listed(&after, "2026-07-01T00:00:00Z")[2..4],
            ["used 2026-03-01", "expired after 2026-06-30"]
        );
        assert!(after.is_valid(at("2026-06-30T23:59:59Z")) && !after.is_valid(at("2026-07-01T00:00:00Z")));
    }
}
