//! The day in an address: `/2026/02/06/`, `/2026/feb/06/`, `/2026-02-06-…`, `/20260206/`.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
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

/// The day that the page's address names, if it names one.
pub(super) fn read(url: &Url) -> Option<StatedMoment> {
    let date = day(url.path())?;
    Some(StatedMoment {
        moment: Moment::day(date),
        method: "url".to_owned(),
    })
}

fn day(path: &str) -> Option<Date> {
    DAY.captures_iter(path).find_map(|found| {
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
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(
            day(path).map(|date| date.to_string()).as_deref(),
            expected,
            "{path}"
        );
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
    fn numbers_that_are_no_day_are_left() {
        check("/news/2026/02/harbour", None);
        check("/story/20261406", None);
        check("/a-12026020612", None);
        check("/2026/13/40/", None);
    }
}
