//! What a page says about itself: each place that says something gives [`Facts`], and `choose` decides.

mod byline;
mod choose;
mod claims;
mod json_ld;
mod meta;
mod names;
mod printed;
mod shortlist;
mod time_elements;
mod title;
mod url_date;

use scraper::{ElementRef, Html, Selector};

use crate::extract::blocks::Piece;
use crate::extract::{Page, tree};
use crate::model::document::{Claim, Notice, StatedMoment};
use crate::model::moment::Moment;
use crate::model::source::SiteRules;
use crate::text::moments;

pub(super) use choose::accepted;
pub(super) use names::people;
pub(super) use printed::{day as printed_day, words as printed_words};
pub(super) use shortlist::Shortlist;

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
pub(super) fn read(html: &Html, list: &Shortlist<'_>, pieces: &[Piece], page: &Page<'_>) -> Metadata {
    let language = meta::language(list);
    let language = language.as_deref();
    let ruled = page.source.map(|source| by_rules(html, &source.rules, language));
    let linked = json_ld::read(list);
    let named = meta::read(list);
    let timed = time_elements::read(list, language);
    let signed = byline::read(list, pieces);
    let addressed = url_date::read(page.url);
    let places = [ruled.unwrap_or_default(), linked, named, timed, signed, addressed];
    let titles = title::choose(page, list, &places);
    let title = titles.first().map(|title| title.value.clone());
    let printed = printed::read(pieces, title.as_slice());
    choose::choose(page, titles, &[&places[..], &[printed]].concat())
}

/// What the source's own selectors point at.
fn by_rules(html: &Html, rules: &SiteRules, language: Option<&str>) -> Facts {
    let element = |rule: &Option<String>| {
        let selector = Selector::parse(rule.as_deref()?).ok()?;
        html.select(&selector).next()
    };
    let title = element(&rules.title).map(tree::words);
    let published = element(&rules.published).and_then(|element| moment_of(element, language));
    let stated = published.map(|moment| StatedMoment {
        moment,
        method: "rule".to_owned(),
    });
    Facts {
        titles: title.map(|title| Said::new(title, "rule")).into_iter().collect(),
        published: stated.into_iter().collect(),
        ..Facts::default()
    }
}

/// The moment that an element carries: in an attribute, else in its words.
fn moment_of(element: ElementRef<'_>, language: Option<&str>) -> Option<Moment> {
    marked(element, language).or_else(|| moments::find(&tree::words(element), language))
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
    let parsed = Html::parse_fragment(&line);
    tree::words(parsed.root_element())
}

/// The day that the address names, for payloads that say nothing about themselves.
pub(super) fn of_address(page: &Page<'_>, notices: &mut Vec<Notice>) -> Option<StatedMoment> {
    let stated = url_date::read(page.url).published.into_iter().next();
    accepted(page, stated, notices)
}
