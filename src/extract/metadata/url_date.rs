//! The day in an address: `/2026/02/06/`, `/2026/feb/06/`, `/2026-02-06-…`, `/20260206/`. Behind other words
//! (`/hearing-on-2026-03-03`) it is a day in the headline, which may be the one the page is about.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};
use url::Url;

use crate::model::document::StatedMoment;
use crate::model::moment::Moment;

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    let months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
    let pattern = format!(
        r"(?i)(?:^|[/_-])((?:19|20)\d\d)(?:/(\d\d?)/(\d\d?)|[_-](\d\d)[_-](\d\d)|/({months})[a-z]*/(\d\d?)|(\d\d)(\d\d))(?:[/_.-]|$)"
    );
    Regex::new(&pattern).expect("a valid pattern")
});

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A day in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Addressed {
    pub(super) stated: StatedMoment,
    /// Whether words stand before it in its part of the path.
    pub(super) is_among_words: bool,
}

/// The day that the page's address names, if it names one; one that begins a part of the path before any other.
pub(super) fn read(url: &Url) -> Option<Addressed> {
    let days = days(url.path());
    let best = days.iter().find(|(_, is_among_words)| !is_among_words);
    let (date, is_among_words) = *best.or(days.first())?;
    Some(Addressed {
        stated: StatedMoment {
            moment: Moment::day(date),
            method: "url".to_owned(),
        },
        is_among_words,
    })
}

/// The days of a path, each with whether it stands among words.
fn days(path: &str) -> Vec<(Date, bool)> {
    let mut days = Vec::new();
    let mut at = 0;
    while let Some(found) = DAY.captures_at(path, at) {
        let Some(whole) = found.get(0) else { break };
        // The mark that ends one day may begin the next.
        at = whole.end() - 1;
        let begins_part =
            whole.start() == 0 || whole.as_str().starts_with('/') || path[..whole.start()].ends_with('/');
        days.extend(date(&found).map(|date| (date, !begins_part)));
    }
    days
}

/// The date that a match names, if the calendar has it.
fn date(found: &Captures<'_>) -> Option<Date> {
    let number = |group: usize| found.get(group)?.as_str().parse::<i8>().ok();
    let year = found.get(1)?.as_str().parse().ok()?;
    let named = || {
        let name = found.get(6)?.as_str().to_lowercase();
        i8::try_from(MONTHS.iter().position(|month| *month == name)? + 1).ok()
    };
    let month = number(2)
        .or_else(|| number(4))
        .or_else(|| number(8))
        .or_else(named)?;
    let day = number(3)
        .or_else(|| number(5))
        .or_else(|| number(9))
        .or_else(|| number(7))?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(found(path).map(|(day, _)| day).as_deref(), expected, "{path}");
    }

    /// The day, and whether it stands among words.
    fn found(path: &str) -> Option<(String, bool)> {
        let url = Url::parse("https://tide.example").expect("an address");
        let found = read(&url.join(path).expect("an address"))?;
        Some((found.stated.moment.to_string(), found.is_among_words))
    }

    #[test]
    fn days_in_addresses_are_read() {
        check("/news/2026/02/06/harbour", Some("2026-02-06"));
        check("/world/2026/feb/06/harbour", Some("2026-02-06"));
        check("/2026-02-06-harbour", Some("2026-02-06"));
        check("/a/20260206/index.html", Some("2026-02-06"));
        check("/harbour-2026-02-06", Some("2026-02-06"));
    }

    #[test]
    fn a_day_behind_other_words_is_among_words() {
        let is_among_words = |path: &str| found(path).expect("a day").1;
        assert!(is_among_words("/2026/hearing-on-2026-03-03"));
        assert!(is_among_words("/harbour_2026_02_06.html"));
        assert!(!is_among_words("/2026-02-06-harbour"));
        assert!(!is_among_words("/a/20260206.html"));
        check("/hearing-2026-03-03/2026/02/06/", Some("2026-02-06"));
    }

    #[test]
    fn numbers_that_are_no_day_are_left() {
        check("/news/2026/02/harbour", None);
        check("/story/20261406", None);
        check("/a-12026020612", None);
        check("/2026/13/40/", None);
    }
}
