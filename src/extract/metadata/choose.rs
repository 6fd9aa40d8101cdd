//! Decides between what the places of a page say.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use scraper::Html;
use url::Url;

use super::shown::Shown;
use super::{Facts, Metadata, Said, claims, dates, names};
use crate::extract::{Page, notice, tree};
use crate::model::document::{Claim, Fact, Notice, NoticeKind, Standing, StatedMoment};
use crate::text::language;

/// How far after its capture a page may be dated: zones, and clocks that are wrong by hours.
const TOLERANCE: SignedDuration = SignedDuration::from_hours(24);

/// The metadata of a page from its places, the most trusted first.
pub(super) fn choose(
    page: &Page<'_>,
    titles: Vec<Said<String>>,
    places: &[Facts],
    evidence: dates::Evidence,
) -> Metadata {
    let zone = page
        .source
        .map_or(TimeZone::UTC, |source| source.time_zone.clone());
    let (dates, changes) = (evidence.published(), evidence.modified());
    let possible = possible(page, &zone, evidence);
    let published = dates::publication(&possible, &zone);
    // A page is not changed before it is published: the foot of a site tells when something else was.
    let is_before = |change: &StatedMoment| {
        let earlier = |published: &StatedMoment| change.moment.date < published.moment.date;
        published
            .as_ref()
            .is_some_and(|published| earlier(published) && !dates::is_same_day(change, published, &zone))
    };
    let modified = possible.modified().into_iter().find(|change| !is_before(change));
    let by_change = published
        .as_ref()
        .filter(|_| possible.published().is_empty())
        .map(dated_by_change);
    let authors = authors(places, &outlets(page, places));
    let publishers = publishers(page, places);
    let sections: Vec<_> = all(places, |facts| &facts.sections);
    let moments = |fact: Fact, chosen: &Option<StatedMoment>, stated: &[StatedMoment]| {
        claims::of_moments(fact, chosen.as_ref(), stated, |one, other| match other {
            Some(other) if dates::is_same_day(one, other, &zone) => Standing::Agrees,
            _ if is_impossible(page, &zone, one) => Standing::Refused,
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
    let mut notices = date_notices(&claims[4], "page");
    notices.extend(by_change);
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
    let published = stated.clone().filter(|stated| !is_future(page, &zone, stated));
    let stated: Vec<StatedMoment> = stated.into_iter().collect();
    let claims = claims::of_moments(Fact::Published, published.as_ref(), &stated, |_, _| {
        Standing::Refused
    });
    notices.extend(date_notices(&claims, "document"));
    published
}

/// What to say of a date that lies after the capture.
pub(in crate::extract) fn refused(page: &Page<'_>, stated: &StatedMoment) -> Option<Notice> {
    let zone = page
        .source
        .map_or(TimeZone::UTC, |source| source.time_zone.clone());
    let detail = || format!("{} ({}) lies after the capture", stated.moment, stated.method);
    is_future(page, &zone, stated).then(|| notice(NoticeKind::FutureDate, detail()))
}

fn all<T: Clone>(places: &[Facts], of: impl Fn(&Facts) -> &Vec<T>) -> Vec<T> {
    places.iter().flat_map(|facts| of(facts).clone()).collect()
}

/// The evidence without dates that cannot be.
fn possible(page: &Page<'_>, zone: &TimeZone, evidence: dates::Evidence) -> dates::Evidence {
    let kept = |mut stated: Vec<StatedMoment>| {
        stated.retain(|stated| !is_impossible(page, zone, stated));
        stated
    };
    // What lies after the capture in the order of one country may not in that of another.
    let shown = evidence.shown.into_iter().filter_map(|shown| {
        let is_possible = |shown: &Shown| !is_impossible(page, zone, &shown.stated);
        [Some(shown.clone()), shown.the_other_way()]
            .into_iter()
            .flatten()
            .find(is_possible)
    });
    dates::Evidence {
        ruled: kept(evidence.ruled),
        told: kept(evidence.told),
        shown: shown.collect(),
        marked: kept(evidence.marked),
        addressed: kept(evidence.addressed),
        slugged: kept(evidence.slugged),
        alone: kept(evidence.alone),
        changed: kept(evidence.changed),
    }
}

/// What is worth knowing about the publication date: that one was refused, that places disagree, that there is none.
fn date_notices(claims: &[Claim], subject: &str) -> Vec<Notice> {
    let of = |standing: Standing| {
        let mut claims = claims.iter().filter(move |claim| claim.standing == standing);
        claims.next()
    };
    let worded = |claim: &Claim| format!("{} ({})", claim.value, claim.method);
    // A clock's zero is not worth a word.
    let is_future = |claim: &&Claim| claim.value.as_str() > "1970-01-02";
    let refused = of(Standing::Refused).filter(is_future).map(|refused| {
        let detail = format!("{} lies after the capture", worded(refused));
        notice(NoticeKind::FutureDate, detail)
    });
    let chosen = of(Standing::Chosen);
    let disagree = chosen.zip(of(Standing::Differs)).map(|(chosen, other)| {
        let detail = format!("{}, {}", worded(chosen), worded(other));
        notice(NoticeKind::DatesDisagree, detail)
    });
    let undated = chosen.is_none().then(|| {
        let detail = format!("the {subject} names no publication date");
        notice(NoticeKind::Undated, detail)
    });
    refused.into_iter().chain(disagree).chain(undated).collect()
}

/// The notice of a day that is as good as there is, and may be long after the publication.
fn dated_by_change(stated: &StatedMoment) -> Notice {
    let detail = format!(
        "the page names no publication, for which {} ({}) stands",
        stated.moment, stated.method
    );
    notice(NoticeKind::DatedByChange, detail)
}

/// Whether a date can be none of this page: it lies after the capture, or it is the zero of some system's clock.
fn is_impossible(page: &Page<'_>, zone: &TimeZone, stated: &StatedMoment) -> bool {
    let is_zero = stated.moment.date <= jiff::civil::date(1970, 1, 1);
    is_zero || is_future(page, zone, stated)
}

fn is_future(page: &Page<'_>, zone: &TimeZone, stated: &StatedMoment) -> bool {
    let instant = stated.moment.timestamp(zone);
    match (page.captured_at, instant) {
        (Some(captured), Some(instant)) => instant.duration_since(captured) > TOLERANCE,
        _ => false,
    }
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

/// The people that each place names, the place believed first; the bodies, where none names any.
fn authors(places: &[Facts], outlets: &[String]) -> Vec<Said<Vec<String>>> {
    let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
    let stated = places.iter().flat_map(|facts| facts.authors.iter());
    let people = stated
        .clone()
        .map(|said| Said::new(names::people(&said.value, &outlets), &said.method));
    let mut people: Vec<_> = people.filter(|said| !said.value.is_empty()).collect();
    // The name of an account gives way to a name in full.
    let is_account = |name: &String| name.is_ascii() && !name.contains(' ');
    people.sort_by_key(|said| said.value.iter().all(is_account));
    if !people.is_empty() {
        return people;
    }
    // A text that no person signs may be signed by a desk, an agency or the outlet.
    let bodies = places
        .iter()
        .flat_map(|facts| facts.authors.iter().chain(&facts.bodies));
    let bodies = bodies.map(|said| Said::new(names::bodies(&said.value), &said.method));
    bodies.filter(|said| !said.value.is_empty()).collect()
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
