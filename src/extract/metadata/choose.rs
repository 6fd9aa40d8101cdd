//! Decides between what the places of a page say.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use scraper::Html;
use url::Url;

use super::{Facts, Metadata, Said, claims, names};
use crate::extract::{Page, notice, tree};
use crate::model::document::{Fact, Notice, NoticeKind, Standing, StatedMoment};
use crate::text::language;

/// How far after its capture a page may be dated: zones, and clocks that are wrong by hours.
const TOLERANCE: SignedDuration = SignedDuration::from_hours(24);

/// The metadata of a page from its places, the most trusted first.
pub(super) fn choose(page: &Page<'_>, titles: Vec<Said<String>>, places: &[Facts]) -> Metadata {
    let zone = page
        .source
        .map_or(TimeZone::UTC, |source| source.time_zone.clone());
    let mut notices = Vec::new();
    let dates = all(places, |facts| &facts.published);
    let published = published_of(page, &zone, dates.clone(), &mut notices);
    if published.is_none() {
        notices.push(notice(NoticeKind::Undated, "the page names no publication date"));
    }
    let changes = all(places, |facts| &facts.modified);
    let modified = changes
        .iter()
        .find(|stated| !is_future(page, &zone, stated))
        .cloned();
    let authors = authors(places, &outlets(page, places));
    let publishers = publishers(page, places);
    let sections: Vec<_> = all(places, |facts| &facts.sections);
    let moments = |fact: Fact, chosen: &Option<StatedMoment>, stated: &[StatedMoment]| {
        claims::of_moments(fact, chosen.as_ref(), stated, |one, other| match other {
            Some(other) if is_same_day(one, other, &zone) => Standing::Agrees,
            _ if is_future(page, &zone, one) => Standing::Refused,
            _ => Standing::Differs,
        })
    };
    let claims = [
        claims::of_words(Fact::Title, &titles),
        claims::of_names(&authors),
        claims::of_words(Fact::Publisher, &publishers),
        claims::of_words(Fact::Section, &sections),
        moments(Fact::Published, &published, &dates),
        moments(Fact::Modified, &modified, &changes),
    ];
    let first = |said: Vec<Said<String>>| said.into_iter().next().map(|said| said.value);
    Metadata {
        title: first(titles),
        authors: authors
            .into_iter()
            .next()
            .map(|said| said.value)
            .unwrap_or_default(),
        language: places
            .iter()
            .filter_map(|facts| facts.language.as_deref())
            .find_map(language::tag),
        canonical_url: places
            .iter()
            .filter_map(|facts| facts.canonical.as_deref())
            .find_map(|link| absolute(page.url, link)),
        published,
        modified,
        publisher: first(publishers),
        section: first(sections),
        claims: claims.concat(),
        sorts: places.iter().flat_map(|facts| facts.sorts.clone()).collect(),
        article_body: places
            .iter()
            .find_map(|facts| facts.article_body.as_deref())
            .map(with_breaks),
        descriptions: places
            .iter()
            .flat_map(|facts| facts.descriptions.clone())
            .collect(),
        notices,
    }
}

/// A date that was read without such places, refused or missed with the same notices.
pub(in crate::extract) fn accepted(
    page: &Page<'_>,
    stated: Option<StatedMoment>,
    notices: &mut Vec<Notice>,
) -> Option<StatedMoment> {
    let zone = page
        .source
        .map_or(TimeZone::UTC, |source| source.time_zone.clone());
    let published = published_of(page, &zone, stated.into_iter().collect(), notices);
    if published.is_none() {
        notices.push(notice(
            NoticeKind::Undated,
            "the document names no publication date",
        ));
    }
    published
}

fn all<T: Clone>(places: &[Facts], of: impl Fn(&Facts) -> &Vec<T>) -> Vec<T> {
    places.iter().flat_map(|facts| of(facts).clone()).collect()
}

/// The first date that is not in the future; of those on the same day the one that says most.
fn published_of(
    page: &Page<'_>,
    zone: &TimeZone,
    stated: Vec<StatedMoment>,
    notices: &mut Vec<Notice>,
) -> Option<StatedMoment> {
    let (future, stated): (Vec<_>, Vec<_>) = stated
        .into_iter()
        .partition(|stated| is_future(page, zone, stated));
    if let Some(refused) = future.first() {
        let detail = format!("{} ({}) lies after the capture", refused.moment, refused.method);
        notices.push(notice(NoticeKind::FutureDate, detail));
    }
    let first = stated.first()?;
    if let Some(other) = stated.iter().find(|other| !is_same_day(first, other, zone)) {
        let detail = format!(
            "{} ({}), {} ({})",
            first.moment, first.method, other.moment, other.method
        );
        notices.push(notice(NoticeKind::DatesDisagree, detail));
    }
    let precision = |stated: &StatedMoment| match (stated.moment.time, stated.moment.offset) {
        (None, _) => 0,
        // Midnight is what systems write that know only the day.
        (Some(time), _) if time == jiff::civil::Time::midnight() => 1,
        (Some(_), None) => 2,
        (Some(_), Some(_)) => 3,
    };
    let same = stated.iter().filter(|other| is_same_day(first, other, zone));
    first_best(same, precision).cloned()
}

/// The first of those with the highest key; `max_by_key` would give the last.
fn first_best<'a>(
    candidates: impl Iterator<Item = &'a StatedMoment>,
    key: impl Fn(&StatedMoment) -> u8,
) -> Option<&'a StatedMoment> {
    candidates.reduce(|best, next| if key(next) > key(best) { next } else { best })
}

fn is_future(page: &Page<'_>, zone: &TimeZone, stated: &StatedMoment) -> bool {
    let instant = stated.moment.timestamp(zone);
    match (page.captured_at, instant) {
        (Some(captured), Some(instant)) => instant.duration_since(captured) > TOLERANCE,
        _ => false,
    }
}

/// Whether two moments can be of one day: as each of them prints it, in UTC or in the source's zone.
fn is_same_day(one: &StatedMoment, other: &StatedMoment, zone: &TimeZone) -> bool {
    let days = |stated: &StatedMoment| {
        [
            stated.moment.date,
            stated.moment.day_in(&TimeZone::UTC),
            stated.moment.day_in(zone),
        ]
    };
    let others = days(other);
    days(one).iter().any(|day| others.contains(day))
}

fn publishers(page: &Page<'_>, places: &[Facts]) -> Vec<Said<String>> {
    let stated = all(places, |facts| &facts.publishers);
    let named = stated
        .into_iter()
        .filter(|said| !said.value.is_empty() && !said.value.contains("://"));
    let source = page.source.map(|source| Said::new(source.name.clone(), "source"));
    named.chain(source).collect()
}

/// Names that the publisher goes by, which are neither authors nor part of a title.
pub(super) fn outlets(page: &Page<'_>, places: &[Facts]) -> Vec<String> {
    let host = page.url.host_str().unwrap_or_default().trim_start_matches("www.");
    let source = page.source.map(|source| source.name.clone());
    // The parts of a host that are long enough to be a name and not "com" or "news".
    let labels = host
        .split('.')
        .rev()
        .skip(1)
        .filter(|label| label.len() > 4)
        .map(str::to_owned);
    let stated = places.iter().filter_map(|facts| facts.publishers.first());
    let stated = stated.map(|said| said.value.clone());
    let names = stated.chain(source).chain([host.to_owned()]).chain(labels);
    names.filter(|name| !name.is_empty()).collect()
}

/// The people that each place names, the place believed first.
fn authors(places: &[Facts], outlets: &[String]) -> Vec<Said<Vec<String>>> {
    let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
    let stated = places.iter().flat_map(|facts| facts.authors.iter());
    let people = stated.map(|said| Said::new(names::people(&said.value, &outlets), &said.method));
    people.filter(|said| !said.value.is_empty()).collect()
}

fn absolute(base: &Url, link: &str) -> Option<String> {
    let url = base.join(link.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// The text in linked data, its escaped markup read.
fn with_breaks(body: &str) -> String {
    if !body.contains(['<', '&']) {
        return body.to_owned();
    }
    let lines: Vec<String> = body
        .lines()
        .flat_map(|line| {
            let parsed = Html::parse_fragment(&crate::text::bounds::bound(line).html);
            let pieces = tree::pieces(parsed.root_element());
            pieces.into_iter().map(|piece| piece.text).collect::<Vec<_>>()
        })
        .collect();
    lines.join("\n")
}
