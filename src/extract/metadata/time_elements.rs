//! Dates that stand in the page for its readers: `<time>`, microdata, and elements whose class says "date".

use std::sync::LazyLock;

use scraper::{ElementRef, Selector};

use super::{Facts, Shortlist, moment_of};
use crate::extract::tree;
use crate::model::document::StatedMoment;

/// Places in the order they are believed. A text as long as `MAX_CHARS` is no date.
static PUBLISHED: LazyLock<Vec<(Selector, &'static str)>> = LazyLock::new(|| {
    selectors(&[
        ("[itemprop~=datePublished]", MICRODATA),
        (
            "time[pubdate], time.published, time.entry-date, time[class*=publish i], .published time",
            "time element",
        ),
        ("article header time, article time, main time", "time element"),
        ("time", "time element"),
        (
            ".published, .entry-date, .post-date, .article-date, .publish-date, .pubdate, .date-published, \
             [class*=publish-date i], [class*=article-date i], [class*=post-date i], [class*=pubdate i], \
             [class*=article__date i], [class*=post-meta i], [class*=entry-meta i], [class*=dateline i], \
             [class*=timestamp i]",
            "printed date",
        ),
        (
            "[class~=date i], [id~=date i], [class*=date i]:not(body):not([class*=update i])",
            "printed date",
        ),
        (
            "[class*=byline i], [class*=article-info i], [class*=meta-info i]",
            "printed date",
        ),
    ])
});
static MODIFIED: LazyLock<Vec<(Selector, &'static str)>> = LazyLock::new(|| {
    selectors(&[
        ("[itemprop~=dateModified]", "microdata"),
        (
            "time.updated, time[class*=modif i], time[class*=update i]",
            "time element",
        ),
    ])
});

/// The method of dates that are told to machines as properties of elements.
pub(super) const MICRODATA: &str = "microdata";
const MAX_CHARS: usize = 120;

fn selectors(rules: &[(&str, &'static str)]) -> Vec<(Selector, &'static str)> {
    let parsed = rules.iter().map(|(rule, method)| {
        let selector = Selector::parse(rule).expect("a valid selector");
        (selector, *method)
    });
    parsed.collect()
}

/// The dates printed in the page.
pub(super) fn read(html: &Shortlist<'_>, language: Option<&str>) -> Facts {
    Facts {
        published: first(html, &PUBLISHED, language).into_iter().collect(),
        modified: first(html, &MODIFIED, language).into_iter().collect(),
        ..Facts::default()
    }
}

fn first(
    html: &Shortlist<'_>,
    rules: &[(Selector, &'static str)],
    language: Option<&str>,
) -> Option<StatedMoment> {
    rules.iter().find_map(|(selector, method)| {
        let candidates = html
            .select(selector)
            .filter(|element| is_of_the_text(*element))
            .take(20);
        let moment = candidates
            .into_iter()
            .find_map(|element| moment_of(element, language))?;
        Some(StatedMoment {
            moment,
            method: (*method).to_owned(),
        })
    })
}

/// Whether an element is short enough for a date, and is not about another text or a comment.
fn is_of_the_text(element: ElementRef<'_>) -> bool {
    let has_attribute = ["datetime", "content"]
        .iter()
        .any(|name| element.value().attr(name).is_some());
    let elsewhere = [
        "related",
        "comment",
        "sidebar",
        "recommend",
        "latest",
        "widget",
        "teaser",
        "more-",
        "trending",
    ];
    let is_elsewhere = |ancestor: ElementRef<'_>| {
        let value = ancestor.value();
        let class = value.attr("class").unwrap_or_default().to_lowercase();
        let id = value.id().unwrap_or_default().to_lowercase();
        let is_page = matches!(value.name(), "body" | "html" | "article" | "main");
        matches!(value.name(), "aside" | "footer" | "nav")
            || (!is_page
                && elsewhere
                    .iter()
                    .any(|word| class.contains(word) || id.contains(word)))
    };
    let updated = element.value().attr("class").is_some_and(|class| {
        let class = class.to_lowercase();
        (class.contains("update") || class.contains("modif")) && !class.contains("publish")
    });
    !updated
        && !element.ancestors().filter_map(ElementRef::wrap).any(is_elsewhere)
        && (has_attribute || tree::words(element).chars().count() <= MAX_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[track_caller]
    fn check(body: &str, expected: Option<(&str, &str)>) {
        let facts = read(&Shortlist::of(&Html::parse_document(body)), Some("en"));
        let found = facts
            .published
            .first()
            .map(|stated| (stated.moment.to_string(), stated.method.clone()));
        assert_eq!(
            found,
            expected.map(|(moment, method)| (moment.to_owned(), method.to_owned()))
        );
    }

    #[test]
    fn the_attribute_beats_the_words() {
        check(
            "<article><time datetime='2026-02-06T14:03:00Z'>two hours ago</time></article>",
            Some(("2026-02-06T14:03:00Z", "time element")),
        );
        check(
            "<time>February 6, 2026</time>",
            Some(("2026-02-06", "time element")),
        );
    }

    #[test]
    fn a_printed_date_is_read_by_its_class() {
        check(
            "<p class=news-date>Release Date: February 6, 2026</p>",
            Some(("2026-02-06", "printed date")),
        );
    }

    #[test]
    fn dates_of_other_texts_are_left() {
        check("<aside><time datetime='2026-02-06'>x</time></aside>", None);
        check(
            "<div class=related-posts><time datetime='2026-02-06'>x</time></div>",
            None,
        );
        check("<p class=update-note>soon</p>", None);
    }
}
