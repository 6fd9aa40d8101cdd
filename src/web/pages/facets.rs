//! The counts beside a search: links that narrow it, and its days as bars.

use jiff::ToSpan;
use jiff::civil::Date;

use super::quote_kind_name;
use crate::index::{CountedBy, Facet, Facets};
use crate::model::quote::QuoteKind;
use crate::text::days;

/// As many days are shown by the day, up to a year by the week, as many months by the month; a longer time by years.
const MOST_DAYS: i32 = 60;
const YEAR: i32 = 366;
const MOST_MONTHS: i32 = 120;
/// Over more years those that have nothing are left away.
const MOST_YEARS: i16 = 120;
/// One of so many may be left away, where the others reach over less than one of so many months of all.
const STRAY: u64 = 50;
const SPREAD: i32 = 4;
/// The height of the highest bar, in units of the drawing.
const HEIGHT: u64 = 40;
/// The width of a bar with the space beside it.
const STEP: usize = 10;

/// The most pixels that a bar is wide.
const WIDEST: usize = 48;

/// A facet as the page shows it.
pub(super) struct FacetView {
    pub(super) name: &'static str,
    pub(super) values: Vec<ValueView>,
}

/// A value with its count and the address of the narrower search.
pub(super) struct ValueView {
    pub(super) name: String,
    pub(super) count: u64,
    pub(super) address: String,
}

/// A day, week, month or year of the histogram.
pub(super) struct Bar {
    pub(super) x: usize,
    pub(super) y: u64,
    pub(super) height: u64,
    pub(super) days: String,
    pub(super) count: u64,
    pub(super) address: String,
}

/// The histogram of what was found.
pub(super) struct Histogram {
    pub(super) bars: Vec<Bar>,
    pub(super) width: usize,
    /// The width on the page in pixels, where there is room: few bars are not drawn as walls.
    pub(super) pixels: usize,
    pub(super) first: String,
    pub(super) last: String,
    /// What the days are of.
    pub(super) of: String,
    /// How many the highest bar stands for.
    pub(super) most: u64,
    /// What a bar stands for, in a word.
    pub(super) each: &'static str,
    /// How many lie long before all others and are not drawn, and their address.
    pub(super) earlier: Option<(u64, String)>,
}

/// The facets with more than one value: a single one narrows nothing. `narrowed` gives the address of a search with
/// one more clause.
pub(super) fn facets(found: &Facets, narrowed: impl Fn(&str) -> String) -> Vec<FacetView> {
    let told_apart = found.facets.iter().filter(|facet| facet.values.len() > 1);
    told_apart.map(|shown| facet(shown, &narrowed)).collect()
}

/// A facet with the narrower searches.
pub(super) fn facet(facet: &Facet, narrowed: &impl Fn(&str) -> String) -> FacetView {
    let is_shared = |name: &str| facet.values.iter().filter(|value| value.name == name).count() > 1;
    let values = facet.values.iter().map(|value| ValueView {
        address: narrowed(&value.clause),
        name: match is_shared(&value.name) {
            // Two of one name: their ids tell them apart.
            true => format!(
                "{} ({})",
                value.name,
                value.clause.rsplit('=').next().unwrap_or_default()
            ),
            false => in_words(facet.by, &value.name),
        },
        count: value.count,
    });
    FacetView {
        name: title(facet.by),
        values: values.collect(),
    }
}

fn title(by: CountedBy) -> &'static str {
    match by {
        CountedBy::Speaker => "Speaker",
        CountedBy::Body => "Speaks for",
        CountedBy::Source => "Source",
        CountedBy::SourceKind => "Kind of source",
        CountedBy::QuoteKind => "How it is quoted",
        CountedBy::Stance => "Reported as",
        CountedBy::Genre => "Kind of document",
        CountedBy::Topic => "Topic",
        CountedBy::Month => "Month",
    }
}

/// A value as people read it: names as they are, codes in words.
fn in_words(by: CountedBy, value: &str) -> String {
    match by {
        CountedBy::Speaker | CountedBy::Body | CountedBy::Source | CountedBy::Topic | CountedBy::Month => {
            value.to_owned()
        }
        CountedBy::QuoteKind => match QuoteKind::from_code(value) {
            Some(kind) => quote_kind_name(kind).to_owned(),
            None => value.to_owned(),
        },
        CountedBy::SourceKind | CountedBy::Stance | CountedBy::Genre => value.replace('_', " "),
    }
}

/// The bars from the first day found to the last, empty ones too, in units of which there are not too many; none where there
/// is but one.
pub(super) fn histogram(found: &Facets, narrowed: impl Fn(&str) -> String) -> Option<Histogram> {
    let (strays, days) = without_strays(&found.days);
    let ((first, _), (last, _)) = (days.first()?, days.last()?);
    let unit = Unit::of(*first, *last);
    let counts = counted_by(unit, days);
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let [(begin, _), .., (end, _)] = counts.as_slice() else {
        return None;
    };
    let (begin, end) = (unit.named(*begin), unit.named(*end));
    let field = found.month_field;
    let bars = counts.iter().enumerate().map(|(index, (first, count))| {
        let address = narrowed(&format!("{field}:{}", unit.clause(*first)));
        Bar::of(index, *count, most, unit.named(*first), address)
    });
    let of = match field {
        "said" => "the day it was said",
        "published" => "the day it was published",
        _ => "the days that are spoken of",
    };
    let earlier = strays.last().map(|(last, _)| {
        let count = strays.iter().map(|(_, count)| count).sum();
        (count, narrowed(&format!("{field}:..{}", code(*last))))
    });
    Some(Histogram {
        earlier,
        ..Histogram::of(bars.collect(), begin, end, of.to_owned(), unit.name())
    })
}

/// Days, each with how many there are, in order.
type Counts = [(Date, u64)];

/// Days that lie so long before all others that those would be years to be drawn at all, and the others; no more than one in
/// fifty is left away.
fn without_strays(days: &Counts) -> (&Counts, &Counts) {
    let reach = |days: &Counts| match days {
        [(first, _), .., (last, _)] => month_number(*last) - month_number(*first),
        _ => 0,
    };
    let all: u64 = days.iter().map(|(_, count)| count).sum();
    let mut before = 0;
    let strays = days.iter().take_while(|(_, count)| {
        before += count;
        before * STRAY <= all
    });
    let strays = strays.count();
    if reach(days) < MOST_MONTHS || reach(&days[strays..]) * SPREAD >= reach(days) {
        return (&[], days);
    }
    days.split_at(strays)
}

fn month_number(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    /// From Monday to Sunday.
    Week,
    Month,
    Year,
}

impl Unit {
    /// The smallest of which there are not too many between two days.
    fn of(first: Date, last: Date) -> Self {
        let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
        match month_number(last) - month_number(first) {
            _ if days < MOST_DAYS => Unit::Day,
            _ if days <= YEAR => Unit::Week,
            months if months < MOST_MONTHS => Unit::Month,
            _ => Unit::Year,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// The first day of the unit that a day lies in.
    fn begin(self, day: Date) -> Date {
        let monday = || day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
        match self {
            Unit::Day => day,
            Unit::Week => monday().unwrap_or(day),
            Unit::Month => day.first_of_month(),
            Unit::Year => day.first_of_year(),
        }
    }

    /// The first day of the next one, where the calendar goes on.
    fn next(self, first: Date) -> Option<Date> {
        let length = match self {
            Unit::Day => 1.day(),
            Unit::Week => 1.week(),
            Unit::Month => 1.month(),
            Unit::Year => 1.year(),
        };
        first.checked_add(length).ok()
    }

    fn last_day(self, first: Date) -> Date {
        let next = self.next(first);
        next.and_then(|next| next.yesterday().ok()).unwrap_or(Date::MAX)
    }

    /// The one that begins with a day, as queries write it.
    fn clause(self, first: Date) -> String {
        match self {
            Unit::Day => marked(code(first)),
            Unit::Week => marked(format!("{}..{}", code(first), code(self.last_day(first)))),
            Unit::Month => marked(code(first)[..code(first).len() - DAY_OF_MONTH].to_owned()),
            Unit::Year => marked(year(first)),
        }
    }

    fn named(self, first: Date) -> String {
        match self {
            Unit::Day | Unit::Week => days::stretch(first, self.last_day(first)),
            Unit::Month | Unit::Year => {
                let clause = self.clause(first);
                let code = clause.trim_matches('"');
                days::unit(code).unwrap_or_else(|| code.to_owned())
            }
        }
    }
}

/// Bytes of the day behind a month.
const DAY_OF_MONTH: usize = "-01".len();

/// A day as queries write it, also one before the year 1.
fn code(day: Date) -> String {
    format!("{}-{:02}-{:02}", year(day), day.month(), day.day())
}

fn year(day: Date) -> String {
    let sign = if day.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}", day.year().unsigned_abs())
}

/// A value that begins with a hyphen in marks: it would leave out what follows.
fn marked(value: String) -> String {
    match value.starts_with('-') {
        true => format!("\"{value}\""),
        false => value,
    }
}

/// How many there are in each unit from that of the first day to that of the last, also where there are none; by years only
/// those that have some, where there would be too many.
fn counted_by(unit: Unit, days: &Counts) -> Vec<(Date, u64)> {
    let is_filled_up = match (unit, days) {
        (Unit::Year, [(first, _), .., (last, _)]) => last.year() - first.year() < MOST_YEARS,
        _ => true,
    };
    let begun = days.iter().map(|(day, count)| (unit.begin(*day), *count));
    let mut counts: Vec<(Date, u64)> = Vec::new();
    for (begin, count) in begun {
        while is_filled_up
            && let Some((last, _)) = counts.last()
            && let Some(next) = unit.next(*last)
            && next < begin
        {
            counts.push((next, 0));
        }
        match counts.last_mut() {
            Some((last, sum)) if *last == begin => *sum += count,
            _ => counts.push((begin, count)),
        }
    }
    counts
}

impl Bar {
    /// The bar at a place of the histogram.
    pub(super) fn of(index: usize, count: u64, most: u64, days: String, address: String) -> Self {
        // What is there at all is to be seen.
        let height = (count * HEIGHT).div_ceil(most);
        Self {
            x: index * STEP,
            y: HEIGHT - height,
            height,
            days,
            count,
            address,
        }
    }
}

impl Histogram {
    /// The histogram of some bars.
    pub(super) fn of(bars: Vec<Bar>, first: String, last: String, of: String, each: &'static str) -> Self {
        Self {
            most: bars.iter().map(|bar| bar.count).max().unwrap_or_default(),
            width: bars.len() * STEP,
            pixels: bars.len() * WIDEST,
            bars,
            first,
            last,
            of,
            each,
            earlier: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(of: &[(&str, u64)]) -> Facets {
        let days = of
            .iter()
            .map(|(day, count)| (day.parse().expect("a day"), *count));
        Facets {
            days: days.collect(),
            month_field: "said",
            ..Facets::default()
        }
    }

    /// The clauses of the bars, each with its height.
    fn bars(of: &[(&str, u64)]) -> Vec<(String, u64)> {
        let drawn = histogram(&found(of), str::to_owned).expect("bars");
        drawn
            .bars
            .into_iter()
            .map(|bar| (bar.address, bar.height))
            .collect()
    }

    #[test]
    fn a_short_time_is_drawn_by_days_a_longer_one_by_weeks_months_and_years() {
        let of = |bars: Vec<(String, u64)>| -> (usize, String, String) {
            let name = |bar: Option<&(String, u64)>| bar.expect("a bar").0.clone();
            (bars.len(), name(bars.first()), name(bars.last()))
        };
        let told = |count: usize, first: &str, last: &str| (count, first.to_owned(), last.to_owned());
        assert_eq!(
            of(bars(&[("2026-01-31", 2), ("2026-02-03", 1)])),
            told(4, "said:2026-01-31", "said:2026-02-03")
        );
        assert_eq!(
            of(bars(&[("2026-01-01", 2), ("2026-03-04", 1)])),
            told(10, "said:2025-12-29..2026-01-04", "said:2026-03-02..2026-03-08")
        );
        assert_eq!(
            of(bars(&[("2024-12-09", 2), ("2026-02-01", 1)])),
            told(15, "said:2024-12", "said:2026-02")
        );
        assert_eq!(
            of(bars(&[("1990-05-02", 1), ("2026-01-01", 1), ("2026-02-01", 2)])),
            told(37, "said:1990", "said:2026")
        );
    }

    #[test]
    fn years_that_lie_too_far_apart_are_not_filled_up() {
        let drawn = bars(&[("-000043-03-15", 1), ("2026-01-01", 1)]);
        assert_eq!(drawn.len(), 2);
        assert_eq!(drawn[0].0, "said:\"-0043\"");
    }

    #[test]
    fn a_few_that_lie_long_before_all_others_do_not_make_years_of_months() {
        let drawn = |of: &[(&str, u64)]| histogram(&found(of), str::to_owned).expect("bars");
        let lately = drawn(&[
            ("1961-04-01", 1),
            ("1998-05-07", 1),
            ("2026-01-05", 60),
            ("2026-02-05", 60),
        ]);
        assert_eq!(lately.earlier, Some((2, "said:..1998-05-07".to_owned())));
        assert_eq!((lately.bars.len(), lately.each), (32, "day"));
        // More than a few are shown, and so is what does not reach over years.
        let many = drawn(&[("1998-05-07", 9), ("2026-01-05", 60), ("2026-02-05", 60)]);
        assert!(many.earlier.is_none() && many.bars.len() == 29);
        let near = drawn(&[("2025-05-07", 1), ("2026-01-05", 60), ("2026-02-05", 60)]);
        assert!(near.earlier.is_none() && near.each == "week");
    }

    #[test]
    fn bars_are_as_high_as_their_share_and_one_alone_is_none() {
        let drawn = bars(&[("2026-01-05", 1), ("2026-01-06", 100)]);
        assert_eq!(
            drawn,
            [
                ("said:2026-01-05".to_owned(), 1),
                ("said:2026-01-06".to_owned(), 40)
            ]
        );
        assert!(histogram(&found(&[("2026-01-05", 7)]), str::to_owned).is_none());
    }
}
