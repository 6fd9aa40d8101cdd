//! How the program speaks to a person: errors with what to do next, numbers, lines.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::model::date::{SaidOn, When};
use crate::model::host::HostState;
use crate::pipeline::{ByHandError, PipelineError};
use crate::settings::SettingsError;
use crate::store::StoreError;
use crate::text::days;
use crate::web::WebError;

/// Something was found or done.
pub(super) const DONE: u8 = 0;
/// Nothing was found.
pub(super) const NOTHING: u8 = 1;
/// It failed.
pub(super) const FAILED: u8 = 2;
/// Nothing differs, and something could not be looked at.
pub(super) const UNREAD: u8 = 3;

/// Prints an error with its causes and a hint; a reader that went away (`| head`) is no failure.
pub(super) fn failure(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::from(DONE);
    }
    tell(&format!("error: {}", in_words(error)));
    if let Some(hint) = hint(error) {
        tell(&format!("hint: {hint}"));
    }
    ExitCode::from(FAILED)
}

/// The day something was said; one that nothing names is told to be the document's.
pub(super) fn day_said(when: &When, rule: &str) -> String {
    let note = match rule {
        SaidOn::OF_DOCUMENT => " (the document’s day)",
        SaidOn::SINCE_MEETING => " (from the meeting told of to the document’s day)",
        _ => "",
    };
    format!("{}{note}", days::in_words(when))
}

/// A host that is left alone, and why.
pub(super) fn left_alone(host: &HostState) -> String {
    let until = host
        .not_before
        .map(|until| until.strftime("%Y-%m-%d %H:%M UTC").to_string())
        .unwrap_or_default();
    let reason = host
        .reason
        .map(|reason| {
            format!(
                ": {reason}, {} in a row",
                counted(u64::from(host.failures), "time")
            )
        })
        .unwrap_or_default();
    format!("host {} is left alone until {until}{reason}", plain(&host.host))
}

/// The same for programs.
pub(super) fn left_alone_json(host: &HostState) -> serde_json::Value {
    serde_json::json!({
        "host": host.host,
        "not_before": host.not_before.map(|until| until.to_string()),
        "reason": host.reason.map(|reason| reason.code()),
        "failures": host.failures,
    })
}

/// An error with its causes in one line.
fn in_words(error: &anyhow::Error) -> String {
    let mut words = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        // Transparent errors repeat their cause.
        if !words.ends_with(&cause) {
            words.push_str(if words.is_empty() { "" } else { ": " });
            words.push_str(&cause);
        }
    }
    words
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// What to do with a damaged database.
const DAMAGED: &str = "stop every program that uses it and put index/onrecord.db (with its -wal, without its -shm) back from a \
     backup, or recover what can be read: sqlite3 index/onrecord.db .recover | sqlite3 recovered.db; `onrecord verify` then says \
     what differs from the archive";

fn hint(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(settings) = cause.downcast_ref::<SettingsError>() {
            return settings.hint();
        }
        if let Some(StoreError::Damaged(_)) = cause.downcast_ref() {
            return Some(DAMAGED.into());
        }
        if let Some(WebError::Listen { .. }) = cause.downcast_ref() {
            return Some(
                "`--listen 127.0.0.1:8181` takes another port, as does serve.listen in config/onrecord.toml".into(),
            );
        }
        if let Some(ByHandError::Unknown { .. }) = cause.downcast_ref() {
            return Some("`--new-speaker NAME` begins somebody who is in no list and was quoted nowhere".into());
        }
        match cause.downcast_ref::<PipelineError>()? {
            PipelineError::NothingNamed(_) => Some(
                "name a quote, a document, a capture or a page by the id or address that searches print".into(),
            ),
            PipelineError::NotAskedFor { .. } => Some(
                "name a page that was announced or read, a channel, or a source by its file, which the first crawl takes over; \
                 `onrecord explain` says why an address is not asked for"
                    .into(),
            ),
            PipelineError::Wacz { .. } | PipelineError::Pack { .. } => {
                Some("nothing is known of what it claims; ask for it again".into())
            }
            PipelineError::Store(StoreError::Damaged(_)) => Some(DAMAGED.into()),
            PipelineError::RowsGone { .. } => Some(
                "put it back from a backup; if it is gone for good, `onrecord crawl --once --read-back` begins a new one and reads \
                 all archived pages back into it, with their earlier wordings and the days they were captured; saved searches, \
                 alerts, tokens, corrections by hand and what was found absent are in no archive"
                    .into(),
            ),
            PipelineError::Settings(settings) => settings.hint(),
            PipelineError::UnknownSource { nearest, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "sources are the files of config/sources, without `.toml`".into(),
            }),
            PipelineError::ArchiveAway { .. } => Some(
                "bring it back; if it is gone for good, `onrecord crawl --once --begin-archive` begins a new one"
                    .into(),
            ),
            PipelineError::ArchiveShorter { .. } => Some(
                "put the file back that belongs to this database, or the database that belongs to this file; if what is \
                 missing is gone for good, `onrecord crawl --once --begin-archive` goes on in a new file"
                    .into(),
            ),
            PipelineError::DisabledSource { name } => {
                Some(format!("set `enabled = true` in config/sources/{name}.toml"))
            }
            _ => None,
        }
    })
}

/// Writes a line to standard error.
pub(super) fn tell(line: &str) {
    // Nothing can be said where standard error is gone.
    let _ = writeln!(io::stderr(), "{line}");
}

/// A count with its word: `1 capture`, `2 captures`.
pub(super) fn counted(number: u64, word: &str) -> String {
    if number == 1 {
        format!("1 {word}")
    } else {
        format!("{} {word}s", grouped(number))
    }
}

/// Digits in groups of three: `12,345`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Text of a page as a terminal may show it: control characters, which could move the cursor or worse,
/// become spaces, and runs of white space one space.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect();
    words
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(counted(1, "capture"), "1 capture");
        assert_eq!(counted(1_234_567, "capture"), "1,234,567 captures");
        assert_eq!(counted(0, "quote"), "0 quotes");
    }

    #[test]
    fn a_page_cannot_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[2J\n b\tc"), "a [2J b c");
    }
}
