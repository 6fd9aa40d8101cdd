//! The counts beside a search: links that narrow it, and its months as bars.

use std::collections::BTreeMap;

use super::quote_kind_name;
use crate::index::{CountedBy, Facet, Facets};
use crate::model::quote::QuoteKind;
use crate::text::days;

/// The most bars that can be told apart; a longer time is shown by years.
const MOST_BARS: usize = 120;
/// One of so many may be left away, where the others reach over less than one of so many months of all.
const STRAY: u64 = 50;
const SPREAD: usize = 4;
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

/// A month or year of the histogram.
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
        CountedBy::Speaker | CountedBy::Source | CountedBy::Topic | CountedBy::Month => value.to_owned(),
        CountedBy::QuoteKind => match QuoteKind::from_code(value) {
            Some(kind) => quote_kind_name(kind).to_owned(),
            None => value.to_owned(),
        },
        CountedBy::SourceKind | CountedBy::Stance | CountedBy::Genre => value.replace('_', " "),
    }
}

/// The bars from the first month found to the last, empty months too; none where there is but one.
pub(super) fn histogram(found: &Facets, narrowed: impl Fn(&str) -> String) -> Option<Histogram> {
    let (strays, months) = without_strays(&found.months);
    let counts = evened(&months);
    let most = *counts.values().max()?;
    let (first, last) = (counts.keys().next()?.clone(), counts.keys().next_back()?.clone());
    if counts.len() < 2 {
        return None;
    }
    let bars = counts.iter().enumerate().map(|(index, (days, count))| {
        let address = narrowed(&format!("{}:{days}", found.month_field));
        Bar::of(index, *count, most, named(days), address)
    });
    let of = match found.month_field {
        "said" => "when it was said",
        "published" => "when it was published",
        _ => "which days it speaks of",
    };
    let earlier = strays.last().map(|(last, _)| {
        let count = strays.iter().map(|(_, count)| count).sum();
        (count, narrowed(&format!("{}:..{last}", found.month_field)))
    });
    Some(Histogram {
        earlier,
        ..Histogram::of(bars.collect(), named(&first), named(&last), of.to_owned())
    })
}

/// Months, each with how many there are.
type Months = Vec<(String, u64)>;

/// Months that lie so long before all others that those would be years to be drawn at all, and the others; no more than one in
/// fifty is left away.
fn without_strays(months: &[(String, u64)]) -> (Months, Months) {
    let mut months = months.to_vec();
    months.sort();
    let reach = |months: &[(String, u64)]| {
        let ends = months.first().and_then(|(first, _)| number(first));
        let ends = ends.zip(months.last().and_then(|(last, _)| number(last)));
        ends.map_or(0, |(first, last)| last - first)
    };
    let all: u64 = months.iter().map(|(_, count)| count).sum();
    let mut before = 0;
    let strays = months.iter().take_while(|(_, count)| {
        before += count;
        before * STRAY <= all
    });
    let strays = strays.count();
    if reach(&months) < MOST_BARS || reach(&months[strays..]) * SPREAD >= reach(&months) {
        return (Vec::new(), months);
    }
    let rest = months.split_off(strays);
    (months, rest)
}

/// A month by its number.
fn number(month: &str) -> Option<usize> {
    let (year, month) = month.split_once('-')?;
    Some(year.parse::<usize>().ok()? * 12 + month.parse::<usize>().ok()? - 1)
}

/// A month or year in words.
fn named(code: &str) -> String {
    days::unit(code).unwrap_or_else(|| code.to_string())
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
    pub(super) fn of(bars: Vec<Bar>, first: String, last: String, of: String) -> Self {
        Self {
            most: bars.iter().map(|bar| bar.count).max().unwrap_or_default(),
            width: bars.len() * STEP,
            pixels: bars.len() * WIDEST,
            bars,
            first,
            last,
            of,
            earlier: None,
        }
    }
}

/// The counts of every month between the first and the last, or of every year where those are too many.
fn evened(months: &[(String, u64)]) -> BTreeMap<String, u64> {
    let known: Vec<(usize, u64)> = months
        .iter()
        .filter_map(|(month, count)| Some((number(month)?, *count)))
        .collect();
    let (Some(first), Some(last)) = (
        known.iter().map(|(at, _)| *at).min(),
        known.iter().map(|(at, _)| *at).max(),
    ) else {
        return BTreeMap::new();
    };
    let by_years = last - first >= MOST_BARS;
    let name = |at: usize| match by_years {
        true => format!("{:04}", at / 12),
        false => format!("{:04}-{:02}", at / 12, at % 12 + 1),
    };
    let mut counts = BTreeMap::new();
    if !by_years || (last - first) / 12 < MOST_BARS {
        counts.extend((first..=last).map(|at| (name(at), 0)));
    }
    for (at, count) in known {
        *counts.entry(name(at)).or_default() += count;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(months: &[(&str, u64)]) -> Vec<(String, u64)> {
        months
            .iter()
            .map(|(month, count)| ((*month).to_owned(), *count))
            .collect()
    }

    #[test]
    fn months_between_are_shown_empty_and_long_times_by_years() {
        let near = evened(&months(&[("2025-12", 2), ("2026-02", 1)]));
        let expected = [("2025-12", 2), ("2026-01", 0), ("2026-02", 1)];
        assert_eq!(near.into_iter().collect::<Vec<_>>(), months(&expected));
        let far = evened(&months(&[("1990-05", 1), ("2026-01", 1), ("2026-02", 2)]));
        assert_eq!(far.len(), 37);
        assert_eq!(far["2026"], 3);
    }

    #[test]
    fn a_few_that_lie_long_before_all_others_do_not_make_years_of_months() {
        let found = |of: &[(&str, u64)]| Facets {
            months: months(of),
            month_field: "said",
            ..Facets::default()
        };
        let drawn = |of: &[(&str, u64)]| histogram(&found(of), |clause| clause.to_owned()).expect("bars");
        let lately = drawn(&[("1961-04", 1), ("1998-05", 1), ("2026-01", 60), ("2026-02", 60)]);
        assert_eq!(lately.earlier, Some((2, "said:..1998-05".to_owned())));
        assert_eq!(lately.bars.len(), 2);
        // More than a few are shown, and so is what does not reach over years.
        let many = drawn(&[("1998-05", 9), ("2026-01", 60), ("2026-02", 60)]);
        assert!(many.earlier.is_none() && many.bars.len() == 29);
        let near = drawn(&[("2025-05", 1), ("2026-01", 60), ("2026-02", 60)]);
        assert!(near.earlier.is_none() && near.bars.len() == 10);
    }

    #[test]
    fn bars_are_as_high_as_their_share_and_lead_to_their_month() {
        let found = Facets {
            months: months(&[("2026-01", 1), ("2026-02", 100)]),
            month_field: "said",
            ..Facets::default()
        };
        let histogram = histogram(&found, |clause| format!("?{clause}")).expect("two months");
        let bars: Vec<(u64, &str)> = histogram
            .bars
            .iter()
            .map(|bar| (bar.height, bar.address.as_str()))
            .collect();
        assert_eq!(bars, [(1, "?said:2026-01"), (40, "?said:2026-02")]);
    }
}
