//! Dates that stand in the page for its readers: `<time>`, microdata, and elements whose class says "date".

use std::sync::LazyLock;

use scraper::{ElementRef, Selector};

use super::{Facts, Shortlist, masthead, moment_of};
use crate::extract::tree;
use crate::model::document::StatedMoment;
use crate::model::moment::Moment;

/// Places in the order they are believed. A text as long as `MAX_CHARS` is no date.
static PUBLISHED: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    selectors(&[
        ("[itemprop~=datePublished]", MICRODATA),
        (
            "time[pubdate], time.published, time.entry-date, time[class*=publish i], .published time",
            "time element",
        ),
        ("article header time, article time, main time", "time element"),
        (ANYWHERE, "time element"),
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
static MODIFIED: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    selectors(&[
        ("[itemprop~=dateModified]", "microdata"),
        (
            "time.updated, time[class*=modif i], time[class*=update i]",
            "time element",
        ),
    ])
});

/// Times outside the text are those of other texts, unless they stand beside the headline or the page has no others.
const ANYWHERE: &str = "time";
static HEADLINE: LazyLock<Selector> = LazyLock::new(|| Selector::parse("h1").expect("a valid selector"));
/// Levels above the headline that are its surroundings.
const MAX_LEVELS: usize = 3;
/// The method of dates that are told to machines as properties of elements.
pub(super) const MICRODATA: &str = "microdata";
const MAX_CHARS: usize = 120;

/// Elements that may hold a date.
struct Rule {
    selector: Selector,
    method: &'static str,
    is_anywhere: bool,
}

fn selectors(rules: &[(&str, &'static str)]) -> Vec<Rule> {
    let parsed = rules.iter().map(|(rule, method)| Rule {
        selector: Selector::parse(rule).expect("a valid selector"),
        method,
        is_anywhere: *rule == ANYWHERE,
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

fn first(html: &Shortlist<'_>, rules: &[Rule], language: Option<&str>) -> Option<StatedMoment> {
    rules.iter().find_map(|rule| {
        let Rule {
            selector,
            method,
            is_anywhere,
        } = rule;
        let candidates = html
            .select(selector)
            .filter(|element| is_of_the_text(*element))
            .take(20);
        let moment = if *is_anywhere {
            beside_headline(html, &candidates.collect::<Vec<_>>(), language)?
        } else {
            candidates
                .into_iter()
                .find_map(|element| moment_of(element, language))?
        };
        Some(StatedMoment {
            moment,
            method: (*method).to_owned(),
        })
    })
}

/// The first moment of the elements nearest to the headline; without one beside it the moment of all of them, if that
/// is one day.
fn beside_headline(html: &Shortlist<'_>, times: &[ElementRef<'_>], language: Option<&str>) -> Option<Moment> {
    let around: Vec<_> = html
        .select(&HEADLINE)
        .next()
        .into_iter()
        .flat_map(|headline| headline.ancestors().filter_map(ElementRef::wrap))
        .take_while(|ancestor| ancestor.value().name() != "body")
        .take(MAX_LEVELS)
        .map(|ancestor| ancestor.id())
        .collect();
    let level = |time: &ElementRef<'_>| {
        let outer: Vec<_> = time.ancestors().map(|ancestor| ancestor.id()).collect();
        around.iter().position(|id| outer.contains(id))
    };
    let nearest = times.iter().filter_map(|time| Some((level(time)?, *time)));
    let nearest = nearest.filter_map(|(level, time)| Some((level, moment_of(time, language)?)));
    if let Some((_, moment)) = nearest.min_by_key(|(level, _)| *level) {
        return Some(moment);
    }
    let moments: Vec<Moment> = times
        .iter()
        .filter_map(|time| moment_of(*time, language))
        .collect();
    let first = *moments.first()?;
    moments
        .iter()
        .all(|moment| moment.date == first.date)
        .then_some(first)
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
        && !masthead::is_element_of(element)
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
    fn the_time_of_another_text_is_not_that_of_the_page() {
        let others =
            "<div><time datetime='2026-01-01'>x</time></div><div><time datetime='2026-01-02'>x</time></div>";
        let own = "<div><div><h1>Tide</h1><span><time datetime='2026-02-06'>x</time></span></div></div>";
        check(&format!("{others}{own}"), Some(("2026-02-06", "time element")));
        check(&format!("{others}<div><h1>Tide</h1></div>"), None);
    }

    #[test]
    fn a_printed_date_is_read_by_its_class() {
        check(
            "<p class=news-date>Release Date: February 6, 2026</p>",
            Some(("2026-02-06", "printed date")),
        );
    }

    #[test]
    fn today_is_no_date_of_the_page() {
        let page = |head: &str| format!("{head}<article><h1>Tide</h1><p class=date>Feb. 2, 2026</article>");
        let own = Some(("2026-02-02", "printed date"));
        let menu = "<nav><a href=/>News</a></nav>";
        check(
            &page(&format!(
                "<header><p class=date>February 6, 2026</p>{menu}</header>"
            )),
            own,
        );
        check(
            &page("<div class=topbar><time>February 6, 2026</time></div>"),
            own,
        );
        check(&page("<span class='date today'>February 6, 2026</span>"), own);
    }

    #[test]
    fn what_is_not_plainly_the_head_of_a_site_keeps_its_date() {
        let day = "<time datetime='2026-02-06'>February 6, 2026</time>";
        let menu: String = (0..500).map(|at| format!("<li><a href=/{at}>{at}</a>")).collect();
        for page in [
            format!("<header><h1>Tide</h1>{day}</header>"),
            format!("<header><nav></nav><h1>Tide</h1>{day}</header>"),
            format!("<article><header>{day}</header><h1>Tide</h1></article>"),
            format!("<div class=post><header><h2>Tide</h2>{day}</header></div>"),
            format!("<div><h1>Tide</h1><header class=meta>{day}</header></div>"),
            format!("<p class=usatoday-date>{day}</p><h1>Tide</h1>"),
            format!(
                "<body class='has-topbar topbar'><ul>{menu}</ul><article><h1>Tide</h1>{day}</article></body>"
            ),
            format!("<div class=topbar><ul>{menu}</ul><h1>Tide</h1>{day}</div>"),
        ] {
            check(&page, Some(("2026-02-06", "time element")));
        }
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
