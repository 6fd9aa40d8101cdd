//! What addresses ask with, by page and by API alike: kinds, days, lanes and formats.

use axum::extract::rejection::QueryRejection;
use jiff::civil::Date;

use super::desk::Desk;
use super::error::Failure;
use crate::index::{EntryKind, Query};
use crate::pipeline;
use crate::text::days;
use crate::timeline::axis::Window;
use crate::timeline::export::Format;
use crate::timeline::lanes::Lanes;

/// Lines that are asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The query as it was typed.
    pub(super) text: String,
    pub(super) query: Query,
    pub(super) kinds: Vec<EntryKind>,
    /// The days, where not all are asked for.
    pub(super) window: Option<Window>,
}

impl Asked {
    /// Reads a query, its kinds (everything, where none is given) and its days. Where one day is given only, a drawing is
    /// of the days around it; whatever else is asked for is open at the other end.
    pub(super) fn of(
        desk: &Desk,
        text: &str,
        kind: &str,
        days: (&str, &str),
        is_drawn: bool,
    ) -> Result<Self, Failure> {
        Ok(Self {
            query: desk.tracker.query(text)?,
            text: text.to_string(),
            kinds: match kind {
                "" => EntryKind::ALL.to_vec(),
                kind => kinds(kind)?,
            },
            window: window(days.0, days.1, is_drawn)?,
        })
    }

    /// The same with its query as it is meant.
    pub(super) async fn meant(self, desk: &Desk) -> Result<Self, Failure> {
        let query = as_meant(desk, self.query, &self.kinds).await?;
        Ok(Self { query, ..self })
    }

    /// What a file of it is called.
    pub(super) fn title(&self) -> String {
        let window = self.window.map(in_words);
        match (self.text.trim(), window) {
            (text, None) => text.to_string(),
            ("", Some(window)) => window,
            (text, Some(window)) => format!("{text}, {window}"),
        }
    }
}

/// A query among entries of these kinds as it is meant: a name typed alone is that of who speaks.
pub(super) async fn as_meant(desk: &Desk, query: Query, kinds: &[EntryKind]) -> Result<Query, Failure> {
    let kinds = kinds.to_vec();
    desk.ask(move |searcher| pipeline::as_meant(searcher, query, &kinds))
        .await
}

/// The kinds of a name; quotes, where there is none.
pub(super) fn kinds(kind: &str) -> Result<Vec<EntryKind>, Failure> {
    match kind {
        "" | "quotes" => Ok(vec![EntryKind::Quote]),
        "documents" => Ok(vec![EntryKind::Document]),
        "dates" => Ok(vec![EntryKind::Date]),
        "all" => Ok(EntryKind::ALL.to_vec()),
        other => Err(Failure::bad_request(
            format!("there is no kind `{other}`"),
            "kinds are quotes, documents, dates and all",
        )),
    }
}

/// A window, which may be open at an end.
fn in_words(window: Window) -> String {
    match (window.first == Date::MIN, window.last == Date::MAX) {
        (true, _) => format!("until {}", days::day(window.last)),
        (_, true) => format!("from {} on", days::day(window.first)),
        _ => days::stretch(window.first, window.last),
    }
}

/// The window between two days, both included.
fn window(from: &str, to: &str, is_drawn: bool) -> Result<Option<Window>, Failure> {
    let window = between(from, to)?.map(|(first, last)| Window::of(first, last));
    Ok(window.map(
        |window| match (window.first == Date::MIN, window.last == Date::MAX) {
            (false, true) if is_drawn => Window::of(window.first, window.first).zoomed_out(),
            (true, false) if is_drawn => Window::of(window.last, window.last).zoomed_out(),
            _ => window,
        },
    ))
}

/// From one day to another, both included; an end that is not given is that of the calendar.
pub(super) fn between(from: &str, to: &str) -> Result<Option<(Date, Date)>, Failure> {
    match (day(from)?, day(to)?) {
        (Some(first), Some(last)) if first > last => {
            let message = format!("{} comes after {}", days::day(first), days::day(last));
            Err(Failure::bad_request(message, "exchange the two days"))
        }
        (None, None) => Ok(None),
        (first, last) => Ok(Some((first.unwrap_or(Date::MIN), last.unwrap_or(Date::MAX)))),
    }
}

/// A day, where one is given.
pub(super) fn day(text: &str) -> Result<Option<Date>, Failure> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| Failure::bad_request(format!("`{text}` is no day"), "days are written 2026-02-06")),
    }
}

/// The lanes of a name; by speaker, where there is none.
pub(super) fn lanes(code: &str) -> Result<Lanes, Failure> {
    match code {
        "" => Ok(Lanes::default()),
        code => Lanes::from_code(code).ok_or_else(|| {
            Failure::bad_request(
                format!("there are no lanes by `{code}`"),
                "lanes are by speaker or source",
            )
        }),
    }
}

/// Whether something is to be told, where a parameter says so.
pub(super) fn choice(parameter: &str, code: &str) -> Result<Option<bool>, Failure> {
    match code {
        "" => Ok(None),
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        code => Err(Failure::bad_request(
            format!("`{parameter}` is not `{code}`"),
            "it is yes or no",
        )),
    }
}

/// The format of a name.
pub(super) fn format(code: &str) -> Result<Format, Failure> {
    Format::from_code(code).ok_or_else(|| {
        let codes: Vec<&str> = Format::ALL.iter().map(|format| format.code()).collect();
        let message = format!("there is no format `{code}`, only {}", codes.join(", "));
        Failure::bad_request(message, "the formats are listed below every search")
    })
}

/// Where a list goes on: where it was asked to, or on its last page, where it ends before; and what is said then.
pub(super) fn page_of(offset: usize, length: usize, all: usize, what: &str) -> (usize, Option<String>) {
    if offset == 0 || offset < all {
        return (offset, None);
    }
    let last = all.saturating_sub(1) / length.max(1) * length.max(1);
    let there_are = match all {
        0 => format!("There is no {what}"),
        1 => format!("There is one {what}"),
        all => format!("There are {all} {what}s"),
    };
    let told = format!(
        "{there_are}, so the list does not go on to place {}: its end is shown",
        offset + 1
    );
    (last, Some(told))
}

/// An address whose parameters cannot be read; `known` are those that can.
pub(super) fn unreadable(rejected: &QueryRejection, known: &'static str) -> Failure {
    let told = rejected.body_text();
    let reason = told
        .strip_prefix("Failed to deserialize query string: ")
        .unwrap_or(&told);
    // The parser names the fields of a type of ours; who typed the address is told what it may have.
    let unknown = reason
        .split_once("unknown field `")
        .and_then(|(_, rest)| rest.split_once('`'));
    let message = match unknown {
        Some((name, _)) => format!("this address has an unknown parameter `{name}`"),
        None => format!("this address cannot be read: {reason}"),
    };
    Failure::bad_request(message, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_ends_before_shows_its_end_and_says_so() {
        assert_eq!(page_of(0, 40, 0, "event"), (0, None));
        assert_eq!(page_of(40, 40, 41, "event"), (40, None));
        let (from, told) = page_of(999_999, 40, 85, "event");
        assert_eq!(from, 80);
        assert!(told.is_some_and(|told| told.starts_with("There are 85 events,")));
        assert_eq!(page_of(80, 40, 80, "event").0, 40);
    }

    #[test]
    fn a_window_ends_no_sooner_than_it_begins() {
        assert!(window("2026-02-06", "2026-02-07", true).is_ok_and(|window| window.is_some()));
        let failure = window("2026-02-07", "2026-02-06", true).expect_err("refused");
        assert_eq!(failure.message, "7 February 2026 comes after 6 February 2026");
        assert!(window("someday", "", true).is_err());
        assert!(window("", "2026-02-30", true).is_err());
    }

    #[test]
    fn a_window_with_one_end_is_open_but_for_a_drawing() {
        let of = |from, to, is_drawn| window(from, to, is_drawn).expect("days").expect("a window");
        assert_eq!(of("2026-02-06", "", true).days(), 7);
        assert_eq!(in_words(of("2026-02-06", "", false)), "from 6 February 2026 on");
        assert_eq!(in_words(of("", "2026-02-06", false)), "until 6 February 2026");
    }
}
