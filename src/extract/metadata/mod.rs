//! What a page says about itself: each place that says something gives [`Facts`], and
//! `title`, `dates` and `choose` decide.

mod acts;
mod byline;
mod choose;
mod claims;
mod dates;
mod json_ld;
mod masthead;
mod meta;
mod names;
mod shortlist;
mod shown;
mod time_elements;
mod title;
mod url_date;

use jiff::tz::{Offset, TimeZone};
use scraper::{ElementRef, Html, Selector};

use url::Url;

use crate::extract::tree::Outline;
use crate::extract::{Page, Told, notice, tree};
use crate::model::document::{Claim, Notice, NoticeKind, StatedMoment};
use crate::model::moment::Moment;
use crate::model::source::{SiteRules, Source};
use crate::text::moments;

pub(super) use choose::{accepted, refused};
pub(super) use names::people;
pub(super) use shortlist::Shortlist;
pub(super) use shown::{
    day as printed_day, headline, is_day_of_something_else, names_something_else, words as printed_words,
};

/// Domains of countries that write English with the day before the month.
const DAY_FIRST: [&str; 12] = [
    "uk", "ie", "au", "nz", "za", "in", "sg", "hk", "my", "ng", "ke", "pk",
];

/// What a place says in words, and the method that read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said<T> {
    value: T,
    method: String,
}

impl<T> Said<T> {
    fn new(value: T, method: &str) -> Self {
        let method = method.to_owned();
        Self { value, method }
    }
}

/// What one place of a page says, best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    titles: Vec<Said<String>>,
    /// Bylines as they stand there, a list for each place.
    authors: Vec<Said<Vec<String>>>,
    /// Organisations that it names as the author.
    bodies: Vec<Said<Vec<String>>>,
    publishers: Vec<Said<String>>,
    sections: Vec<Said<String>>,
    language: Option<String>,
    canonical: Option<String>,
    published: Vec<StatedMoment>,
    modified: Vec<StatedMoment>,
    /// Words for the sort of text: schema.org types, sections.
    pub(super) sorts: Vec<String>,
    /// The text as the page hands it to search engines.
    pub(super) article_body: Option<String>,
    /// The page's summaries of itself.
    descriptions: Vec<String>,
    /// Whether some of it was too much to be read.
    is_cut: bool,
}

/// What was chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) section: Option<String>,
    pub(super) language: Option<String>,
    pub(super) canonical_url: Option<String>,
    pub(super) published: Option<StatedMoment>,
    pub(super) modified: Option<StatedMoment>,
    pub(super) sorts: Vec<String>,
    pub(super) article_body: Option<String>,
    pub(super) descriptions: Vec<String>,
    pub(super) notices: Vec<Notice>,
    pub(super) claims: Vec<Claim>,
}

/// Reads what the page says about itself; site rules are asked first.
pub(super) fn read(html: &Html, list: &Shortlist<'_>, outline: &Outline<'_>, page: &Page<'_>) -> Metadata {
    read_with(html, list, outline, page, Facts::default())
}

/// What is told of a page outside its markup.
pub(super) fn told(told: Told, method: &str) -> Facts {
    let stated = |moment: Option<Moment>| {
        let stated = moment.map(|moment| StatedMoment {
            moment,
            method: method.to_owned(),
        });
        stated.into_iter().collect()
    };
    let authors = Some(told.authors).filter(|names| !names.is_empty());
    Facts {
        titles: told
            .title
            .map(|title| Said::new(title, method))
            .into_iter()
            .collect(),
        authors: authors
            .map(|names| Said::new(names, method))
            .into_iter()
            .collect(),
        published: stated(told.published),
        modified: stated(told.modified),
        ..Facts::default()
    }
}

/// Reads what the page says about itself; what is told of it is believed first, then the site rules.
pub(super) fn read_with(
    html: &Html,
    list: &Shortlist<'_>,
    outline: &Outline<'_>,
    page: &Page<'_>,
    told: Facts,
) -> Metadata {
    let language = meta::language(list);
    let language = language_of_dates(language.as_deref(), page.url);
    let mut ruled = page
        .source
        .map(|source| by_rules(html, &source.rules, language))
        .unwrap_or_default();
    ruled.titles.splice(0..0, told.titles);
    ruled.published.splice(0..0, told.published);
    ruled.authors.splice(0..0, told.authors);
    ruled.modified = told.modified;
    let linked = json_ld::read(list);
    let named = meta::read(list);
    let timed = time_elements::read(list, language);
    let signed = byline::read(list, &outline.pieces);
    let mut places = [ruled, linked, named, timed, signed];
    if let Some(source) = page.source {
        let (ruled, others) = places.split_at_mut(1);
        defer(&ruled[0], others, source);
    }
    let titles = title::choose(page, list, &places);
    let title = titles.first().map(|title| title.value.as_str());
    let mut evidence = evidence(&places);
    evidence.shown = shown::read(outline, title, language);
    if let Some(addressed) = url_date::read(page.url) {
        let among_words = addressed.is_among_words;
        let place = if among_words {
            &mut evidence.slugged
        } else {
            &mut evidence.addressed
        };
        place.push(addressed.stated);
    }
    if evidence.published().is_empty() {
        let by_itself = shown::alone(outline, language).or_else(|| acts::day(outline, title, language));
        evidence.alone = by_itself.into_iter().collect();
    }
    let is_cut = places.iter().any(|place| place.is_cut);
    let mut chosen = choose::choose(page, titles, &places, evidence);
    if is_cut {
        let what = "linked data of very many values was not read";
        chosen.notices.push(notice(NoticeKind::Bounded, what));
    }
    chosen
}

/// The moments that the places state, sorted by who is told them.
fn evidence(places: &[Facts; 5]) -> dates::Evidence {
    let [ruled, linked, named, timed, _] = places;
    let is_told = |stated: &&StatedMoment| stated.method == time_elements::MICRODATA;
    let (microdata, marked): (Vec<_>, Vec<_>) = timed.published.iter().partition(is_told);
    let told = linked.published.iter().chain(&named.published).chain(microdata);
    let changed = [ruled, linked, named, timed]
        .into_iter()
        .flat_map(|place| &place.modified);
    dates::Evidence {
        ruled: ruled.published.clone(),
        told: told.cloned().collect(),
        marked: marked.into_iter().cloned().collect(),
        changed: changed.cloned().collect(),
        ..dates::Evidence::default()
    }
}

/// The language whose order of day and month a page keeps. Many sites of countries that write the day first say that
/// they are in English, or in that of the United States, because their system says so of itself.
fn language_of_dates<'a>(language: Option<&'a str>, url: &Url) -> Option<&'a str> {
    let country = url.host_str().and_then(|host| host.rsplit('.').next());
    let is_day_first = country.is_some_and(|country| DAY_FIRST.contains(&country));
    let is_english = language.is_none_or(|language| language.to_ascii_lowercase().starts_with("en"));
    if is_day_first && is_english {
        return Some("en-GB");
    }
    language
}

/// Makes the other places give way to what the source's own selectors point at.
fn defer(ruled: &Facts, others: &mut [Facts], source: &Source) {
    if source.rules.authors.is_some() {
        others.iter_mut().for_each(|facts| facts.authors.clear());
    }
    let Some(ruled) = ruled.published.first().map(|stated| stated.moment) else {
        return;
    };
    // An instant of the evening before, which is of the same day elsewhere only, says nothing more exact.
    let is_of_another_day = |moment: &Moment| {
        let is_near = moment.date == ruled.date || moment.day_in(&TimeZone::UTC) == ruled.date;
        is_near && moment.day_in(&source.time_zone) != ruled.day_in(&source.time_zone)
    };
    for facts in others {
        facts
            .published
            .retain(|stated| !is_of_another_day(&stated.moment));
    }
}

/// What the source's own selectors point at.
fn by_rules(html: &Html, rules: &SiteRules, language: Option<&str>) -> Facts {
    let element = |rule: &Option<String>| {
        let selector = Selector::parse(rule.as_deref()?).ok()?;
        html.select(&selector).next()
    };
    let title = element(&rules.title).map(tree::words);
    let published = element(&rules.published).and_then(|element| moment_of(element, language));
    let authors = rules
        .authors
        .as_deref()
        .and_then(|rule| Selector::parse(rule).ok());
    let authors = authors.map(|selector| html.select(&selector).map(tree::words).collect::<Vec<_>>());
    let stated = published.map(|moment| StatedMoment {
        moment,
        method: "rule".to_owned(),
    });
    Facts {
        titles: title.map(|title| Said::new(title, "rule")).into_iter().collect(),
        authors: authors
            .map(|names| Said::new(names, "rule"))
            .into_iter()
            .collect(),
        published: stated.into_iter().collect(),
        ..Facts::default()
    }
}

/// The moment that an element carries: in an attribute, else in its words.
fn moment_of(element: ElementRef<'_>, language: Option<&str>) -> Option<Moment> {
    let printed = || moments::find(&tree::words(element), language);
    match marked(element, language) {
        // Noon in UTC is what Drupal writes of a field that holds a day; the page prints it without a time.
        Some(stated) if is_noon(&stated) => {
            let day = printed().filter(|printed| printed.time.is_none() && printed.date == stated.date);
            day.or(Some(stated))
        }
        stated => stated.or_else(printed),
    }
}

fn is_noon(moment: &Moment) -> bool {
    moment.time == Some(jiff::civil::time(12, 0, 0, 0)) && moment.offset == Some(Offset::UTC)
}

/// The moment that an element carries for machines.
pub(super) fn marked_moment(element: ElementRef<'_>) -> Option<Moment> {
    marked(element, None)
}

fn marked(element: ElementRef<'_>, language: Option<&str>) -> Option<Moment> {
    let attributes = ["datetime", "content", "data-datetime", "data-timestamp"];
    let mut stated = attributes.iter().filter_map(|name| element.value().attr(name));
    stated.find_map(|stated| moments::read_in(stated, language))
}

/// The text of a stated value: entities that were escaped twice are undone, white space is folded.
fn plain(value: &str) -> String {
    let line = super::blocks::one_line(value);
    if !line.contains(['&', '<']) {
        return line;
    }
    // Markup in a value is bounded like a page's.
    let parsed = Html::parse_fragment(&crate::text::bounds::bound(&line).html);
    tree::words(parsed.root_element())
}

/// The day that the address names, for payloads that say nothing about themselves.
pub(super) fn of_address(page: &Page<'_>, notices: &mut Vec<Notice>) -> Option<StatedMoment> {
    let stated = url_date::read(page.url).map(|addressed| addressed.stated);
    accepted(page, stated, notices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, expected: &str) {
        let page = Html::parse_fragment(markup);
        let selector = Selector::parse("time").expect("a selector");
        let element = page.select(&selector).next().expect("an element");
        let moment = moment_of(element, Some("en")).expect("a moment");
        assert_eq!(moment.to_string(), expected);
    }

    #[test]
    fn noon_is_a_day_where_the_page_prints_no_time() {
        check(
            "<time datetime='2026-03-10T12:00:00Z'>March 10, 2026</time>",
            "2026-03-10",
        );
        check(
            "<time datetime='2026-03-10T12:00:00Z'>two hours ago</time>",
            "2026-03-10T12:00:00Z",
        );
        check(
            "<time datetime='2026-03-10T12:01:00Z'>March 10, 2026</time>",
            "2026-03-10T12:01:00Z",
        );
    }
}
