//! Dates in the data that scripts build a page from, for pages that state theirs nowhere else.

use std::sync::LazyLock;

use regex::Regex;
use scraper::Selector;

use super::Shortlist;
use crate::model::document::StatedMoment;
use crate::model::moment::Moment;
use crate::text::moments;

static SCRIPTS: LazyLock<Selector> = LazyLock::new(|| {
    Selector::parse("script:not([type*='ld+json' i]):not([src])").expect("a valid selector")
});
/// `"datePublished":"2026-02-06T…"`, also inside a string, where each quotation mark has a backslash before it.
static DATES: LazyLock<Regex> = LazyLock::new(|| {
    let names = "datePublished|publishedAt|published_at|publishedDate|published_date|publishDate|publish_date|\
                 publicationDate|publication_date|firstPublishedAt|first_published_at|publishedTime|published_time|\
                 postDate|pubDate";
    let pattern = format!(r#"\b(?:{names})\\{{0,3}}["']?\s*:\s*\\{{0,3}}["']([^"'\\]{{8,40}})"#);
    Regex::new(&pattern).expect("a valid pattern")
});
/// Bytes of scripts and dates in them that are looked at on one page.
const MAX_BYTES: usize = 4_000_000;
const MAX_DATES: usize = 50;

/// The date that the scripts name, where they name one day only: more are those of other texts.
pub(super) fn read(html: &Shortlist<'_>) -> Vec<StatedMoment> {
    let mut bytes_left = MAX_BYTES;
    let mut found: Vec<Moment> = Vec::new();
    for text in html.select(&SCRIPTS).flat_map(|script| script.text()) {
        let Some(left) = bytes_left.checked_sub(text.len()) else {
            break;
        };
        bytes_left = left;
        let dates = DATES.captures_iter(text).filter_map(|found| found.get(1));
        let moments = dates.filter_map(|date| moments::read(date.as_str()));
        found.extend(moments.take(MAX_DATES - found.len()));
    }
    let Some(first) = found.first() else {
        return Vec::new();
    };
    let is_one_day = found.iter().all(|moment| moment.date == first.date);
    let stated = StatedMoment {
        moment: *first,
        method: "script data".to_owned(),
    };
    if is_one_day { vec![stated] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use scraper::Html;

    #[track_caller]
    fn check(script: &str, expected: Option<&str>) {
        let html = Html::parse_document(&format!("<script>{script}</script>"));
        let found = read(&Shortlist::of(&html));
        let found = found.first().map(|stated| stated.moment.to_string());
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn the_data_of_a_page_names_its_date() {
        check(
            r#"{"props":{"publishedAt":"2026-02-06T14:03:00Z"}}"#,
            Some("2026-02-06T14:03:00Z"),
        );
        check(
            r#"push([1,"{\"datePublished\":\"2026-02-06\"}"])"#,
            Some("2026-02-06"),
        );
        check(
            r#"page={publishedDate:"2026-02-06T00:00:00.000Z"}"#,
            Some("2026-02-06T00:00:00Z"),
        );
    }

    #[test]
    fn dates_of_several_texts_say_nothing() {
        check(
            r#"[{"publishedAt":"2026-02-06"},{"publishedAt":"2026-02-07"}]"#,
            None,
        );
        check(r#"{"publishedAt":null,"publishDate":"soonish…"}"#, None);
    }

    proptest! {
        #[test]
        fn any_script_is_survived(script in "(\"?(datePublished|pubDate)\\\\*\"?: ?\\\\*\".{0,12}|.{0,20}){0,6}") {
            let html = Html::parse_document(&format!("<script>{script}</script>"));
            let _ = read(&Shortlist::of(&html));
        }
    }
}
