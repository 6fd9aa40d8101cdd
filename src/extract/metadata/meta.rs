//! `<meta>`, `<link>` and `<title>`: OpenGraph, Dublin Core and what content systems add to them.

use std::collections::HashMap;
use std::sync::LazyLock;

use scraper::Selector;

use super::{Facts, Said, Shortlist, plain};
use crate::model::document::StatedMoment;
use crate::model::moment::Moment;
use crate::text::moments;

static METAS: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("meta[content]").expect("a valid selector"));
static CANONICAL: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("link[rel~=canonical i][href]").expect("a valid selector"));

const TITLES: [&str; 7] = [
    "og:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "title",
];
const AUTHORS: [&str; 10] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "authors",
    "citation_author",
    "twitter:creator",
];
const PUBLISHERS: [&str; 6] = [
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "publisher",
    "apple-mobile-web-app-title",
];
const PUBLISHED: [&str; 24] = [
    "article:published_time",
    "og:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_time",
    "publication_date",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "article_date_original",
    "date_published",
    "displaydate",
    "date",
];
const MODIFIED: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "revised",
];
const DESCRIPTIONS: [&str; 5] = [
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "subtitle",
];
const SECTIONS: [&str; 4] = [
    "article:section",
    "section",
    "parsely-section",
    "sailthru.section",
];
const SORTS: [&str; 5] = ["og:type", "article:section", "section", "parsely-type", "dc.type"];

/// What the head of the page says.
pub(super) fn read(html: &Shortlist<'_>) -> Facts {
    let stated = all(html);
    let said = |names: &[&str]| -> Vec<Said<String>> {
        let values = names
            .iter()
            .filter_map(|name| Some((stated.get(*name)?, format!("meta {name}"))));
        let texts = values.flat_map(|(values, method)| {
            let texts = values.iter().map(|value| plain(value));
            let texts = texts.filter(|value| !value.is_empty());
            texts.map(|value| Said::new(value, &method)).collect::<Vec<_>>()
        });
        texts.collect()
    };
    let texts = |names: &[&str]| -> Vec<String> { said(names).into_iter().map(|said| said.value).collect() };
    let authors = AUTHORS.iter().filter_map(|name| {
        let values = stated.get(*name)?;
        // An address, a number or a handle names no person.
        let is_name = |value: &String| !value.contains("://") && !value.starts_with(['@', '/']);
        let names = values.iter().map(|value| plain(value)).filter(is_name);
        let names: Vec<String> = match name.starts_with("citation_") {
            true => names.map(first_name_first).collect(),
            false => names.collect(),
        };
        (!names.concat().is_empty()).then(|| Said::new(names, &format!("meta {name}")))
    });
    let unlisted = unlisted_publications(&stated);
    let canonical = html.select(&CANONICAL).find_map(|link| link.value().attr("href"));
    let canonical = canonical
        .map(str::to_owned)
        .or_else(|| texts(&["og:url"]).into_iter().next());
    Facts {
        titles: said(&TITLES),
        authors: authors.collect(),
        bodies: Vec::new(),
        publishers: said(&PUBLISHERS),
        sections: said(&SECTIONS),
        language: language(html),
        canonical,
        published: [moments_of(&stated, &PUBLISHED), unlisted].concat(),
        modified: moments_of(&stated, &MODIFIED),
        sorts: texts(&SORTS),
        article_body: None,
        descriptions: texts(&DESCRIPTIONS),
        is_cut: false,
    }
}

/// The language that the page names for itself.
pub(super) fn language(html: &Shortlist<'_>) -> Option<String> {
    let root = html.root();
    let attribute = |name| root.and_then(|root| root.value().attr(name));
    let stated = attribute("lang").or_else(|| attribute("xml:lang"));
    let stated = stated.filter(|value| !value.trim().is_empty()).map(str::to_owned);
    stated.or_else(|| {
        let all = all(html);
        let names = [
            "content-language",
            "og:locale",
            "language",
            "dc.language",
            "dcterms.language",
        ];
        names.iter().find_map(|name| all.get(*name)?.first().cloned())
    })
}

/// The contents of all `<meta>`, by name in lower case.
fn all(html: &Shortlist<'_>) -> HashMap<String, Vec<String>> {
    let mut stated: HashMap<String, Vec<String>> = HashMap::new();
    for element in html.select(&METAS) {
        let attribute = |name| element.value().attr(name);
        let content = attribute("content").unwrap_or_default().trim();
        let names = ["property", "name", "itemprop", "http-equiv"];
        for name in names
            .iter()
            .filter_map(|name| attribute(name))
            .filter(|_| !content.is_empty())
        {
            let values = stated.entry(name.trim().to_lowercase()).or_default();
            values.push(content.to_owned());
        }
    }
    stated
}

/// "Lima, Ana", as catalogues write one person.
fn first_name_first(name: String) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.contains([',', ';']) => format!("{} {}", given.trim(), family.trim()),
        _ => name,
    }
}

/// What is named like a publication date by a system that the list does not know, in the order of their names.
fn unlisted_publications(stated: &HashMap<String, Vec<String>>) -> Vec<StatedMoment> {
    let is_publication = |name: &&String| {
        name.contains("publi")
            && (name.contains("date") || name.contains("time"))
            && !["modif", "updat", "expir", "unpubl"]
                .iter()
                .any(|word| name.contains(word))
            && !PUBLISHED.contains(&name.as_str())
    };
    let mut names: Vec<&str> = stated.keys().filter(is_publication).map(String::as_str).collect();
    names.sort_unstable();
    moments_of(stated, &names)
}

fn moments_of(stated: &HashMap<String, Vec<String>>, names: &[&str]) -> Vec<StatedMoment> {
    let found = names.iter().filter_map(|name| {
        let moment: Moment = stated.get(*name)?.iter().find_map(|value| moments::read(value))?;
        let method = format!("meta {name}");
        Some(StatedMoment { moment, method })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[track_caller]
    fn check(head: &str, expected: impl Fn(&Facts) -> String, value: &str) {
        let facts = read(&Shortlist::of(&Html::parse_document(head)));
        assert_eq!(expected(&facts), value);
    }

    #[test]
    fn the_publication_date_names_its_meta() {
        check(
            "<meta property='Article:published_time' content='2026-02-06T14:03:00+01:00'>",
            |facts| format!("{} {}", facts.published[0].method, facts.published[0].moment),
            "meta article:published_time 2026-02-06T14:03:00+01:00",
        );
    }

    #[test]
    fn a_name_like_a_publication_date_is_one() {
        check(
            "<meta name=x-page-published-date content=2026-02-06><meta name=x-page-unpublished-date content=2027-02-06>",
            |facts| format!("{} {}", facts.published.len(), facts.published[0].method),
            "1 meta x-page-published-date",
        );
    }

    #[test]
    fn an_address_is_no_author() {
        check(
            "<meta property='article:author' content='https://example.org/ana'><meta name=byl content='By Ana Lima'>",
            |facts| facts.authors[0].value.join("|"),
            "By Ana Lima",
        );
    }

    #[test]
    fn catalogues_write_the_family_name_first() {
        check(
            "<meta name=citation_author content='Lima, Ana'><meta name=citation_author content='Bo Chen'>",
            |facts| facts.authors[0].value.join("|"),
            "Ana Lima|Bo Chen",
        );
    }

    #[test]
    fn the_canonical_link_beats_the_graph() {
        check(
            "<meta property=og:url content='/b'><link rel=canonical href='/a'>",
            |facts| facts.canonical.clone().unwrap_or_default(),
            "/a",
        );
    }

    #[test]
    fn titles_come_best_first() {
        check(
            "<meta name=twitter:title content='Short'><meta property=og:title content='Harbour &amp;amp; sea'>",
            |facts| {
                let titles: Vec<&str> = facts.titles.iter().map(|title| title.value.as_str()).collect();
                titles.join("|")
            },
            "Harbour & sea|Short",
        );
    }
}
