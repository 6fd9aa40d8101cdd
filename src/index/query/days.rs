//! The days that a value means: `2026`, `2026-02`, `2026-02-06`, `A..B`, `..B`, `A..`, `>=A`, `<B`.

use jiff::civil::{Date, date};

/// The first and last day meant, ends included.
pub(super) fn read(value: &str) -> Option<(Date, Date)> {
    let value = value.trim();
    if let Some((from, to)) = value.split_once("..") {
        let from = if from.is_empty() { Date::MIN } else { unit(from)?.0 };
        let to = if to.is_empty() { Date::MAX } else { unit(to)?.1 };
        return (from <= to && value.len() > 2).then_some((from, to));
    }
    for (sign, read) in SIGNS {
        if let Some(rest) = value.strip_prefix(sign) {
            return read(unit(rest.trim())?);
        }
    }
    unit(value)
}

type Days = (Date, Date);
type Reading = fn(Days) -> Option<Days>;

const SIGNS: [(&str, Reading); 5] = [
    (">=", |(first, _)| Some((first, Date::MAX))),
    ("<=", |(_, last)| Some((Date::MIN, last))),
    (">", |(_, last)| Some((last.tomorrow().ok()?, Date::MAX))),
    ("<", |(first, _)| Some((Date::MIN, first.yesterday().ok()?))),
    ("=", Some),
];

/// A day, a month or a year.
fn unit(text: &str) -> Option<Days> {
    let digits = |part: &str, count: usize| {
        (part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let mut parts = text.split('-');
    let year: i16 = digits(parts.next()?, 4)?;
    let Some(month) = parts.next() else {
        return Some((date(year, 1, 1), date(year, 12, 31)));
    };
    let month = i8::try_from(digits(month, 2)?).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    let Some(day) = parts.next() else {
        return Some((first, first.last_of_month()));
    };
    let day = Date::new(year, month, i8::try_from(digits(day, 2)?).ok()?).ok()?;
    parts.next().is_none().then_some((day, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, days: Option<(&str, &str)>) {
        let read = read(value).map(|(first, last)| (first.to_string(), last.to_string()));
        assert_eq!(
            read,
            days.map(|(first, last)| (first.into(), last.into())),
            "{value}"
        );
    }

    #[test]
    fn days_months_and_years_are_whole_intervals() {
        check("2026-02-06", Some(("2026-02-06", "2026-02-06")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2026", Some(("2026-01-01", "2026-12-31")));
    }

    #[test]
    fn ranges_hold_both_their_ends_and_may_be_open() {
        check("2026-02-01..2026-03", Some(("2026-02-01", "2026-03-31")));
        check("..2026", Some(("-009999-01-01", "2026-12-31")));
        check(">2026-02", Some(("2026-03-01", "9999-12-31")));
        check("<=2026-02", Some(("-009999-01-01", "2026-02-28")));
    }

    #[test]
    fn what_names_no_days_is_refused() {
        for value in [
            "",
            "..",
            "yesterday",
            "2026-13",
            "2026-02-30",
            "26",
            "2026-02-06-01",
            "2026-03..2026-02",
            "２０２６",
        ] {
            check(value, None);
        }
    }
}
