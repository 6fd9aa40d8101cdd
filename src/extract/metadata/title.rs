//! The headline: as printed where another place confirms it, else as the page states it.

use std::sync::LazyLock;

use scraper::Selector;

use super::{Facts, Said, Shortlist, choose, plain};
use crate::extract::boilerplate::bare;
use crate::extract::{Page, tree};

static H1: LazyLock<Selector> = LazyLock::new(|| Selector::parse("h1").expect("a valid selector"));
static TITLE: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("head title, title").expect("a valid selector"));
/// Bytes of a headline; what is longer is none.
const MAX_BYTES: usize = 500;
/// What stands between a title and the name of the site.
const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "];

/// The headline as printed, without the name of the site; after it what else the places say.
pub(super) fn choose(page: &Page<'_>, html: &Shortlist<'_>, places: &[Facts]) -> Vec<Said<String>> {
    let outlets = &choose::outlets(page, places)[..];
    let headings: Vec<String> = html
        .select(&H1)
        .map(tree::words)
        .filter(|words| !words.is_empty() && words.len() <= MAX_BYTES)
        .take(8)
        .collect();
    let document = html.select(&TITLE).next().map(tree::words);
    let document = document.map(|title| Said::new(title, "title"));
    let rule = places.first().and_then(|facts| facts.titles.first().cloned());
    let stated = places.iter().skip(1).flat_map(|facts| facts.titles.iter());
    let stated: Vec<Said<String>> = stated
        .chain(document.as_ref())
        .filter(|title| title.value.len() <= MAX_BYTES)
        .map(|title| Said::new(without_site(&title.value, outlets, &headings), &title.method))
        .collect();
    // The headline as printed is best, where another place confirms that it is the headline.
    let is_title = |title: &str| !title.is_empty() && !is_outlet(title, outlets);
    let printed = headings.iter().map(|heading| Said::new(heading.clone(), "h1"));
    let (confirmed, alone): (Vec<_>, Vec<_>) =
        printed
            .filter(|heading| is_title(&heading.value))
            .partition(|heading| {
                stated
                    .iter()
                    .any(|title| bare(&title.value) == bare(&heading.value))
            });
    let stated = stated.into_iter().filter(|title| is_title(&title.value));
    let all = rule.into_iter().chain(confirmed).chain(stated).chain(alone);
    all.map(|title| Said::new(plain(&title.value), &title.method))
        .collect()
}

fn is_outlet(title: &str, outlets: &[String]) -> bool {
    outlets.iter().any(|outlet| joined(outlet) == joined(title))
}

/// A title without the name of the site at one of its ends.
fn without_site(title: &str, outlets: &[String], headings: &[String]) -> String {
    let mut title = title;
    while let Some((before, after, separator)) = last_part(title) {
        let is_heading = headings.iter().any(|heading| bare(heading) == bare(before));
        // A bar parts the site's name from the title and is found in few titles.
        let is_behind_bar = separator == " | " && words(after) <= 4 && words(before) >= 3;
        if before.is_empty() || !(is_heading || is_behind_bar || names_outlet(after, outlets)) {
            break;
        }
        title = before;
    }
    let ahead = SEPARATORS
        .iter()
        .find_map(|separator| title.split_once(separator));
    match ahead {
        Some((before, after)) if is_outlet(before, outlets) => after.to_owned(),
        _ => title.to_owned(),
    }
}

/// A title before and after its last separator.
fn last_part(title: &str) -> Option<(&str, &str, &'static str)> {
    let ends = SEPARATORS
        .iter()
        .filter_map(|separator| Some((title.rfind(separator)?, *separator)));
    let (at, separator) = ends.max()?;
    Some((title[..at].trim_end(), &title[at + separator.len()..], separator))
}

/// Letters and digits only: a domain has no spaces.
fn joined(text: &str) -> String {
    bare(text).replace(' ', "")
}

/// Whether a few words hold the name of an outlet, however it is spaced.
fn names_outlet(part: &str, outlets: &[String]) -> bool {
    let part_joined = joined(part);
    words(part) <= 5 && outlets.iter().any(|outlet| part_joined.contains(&joined(outlet)))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;
    use url::Url;

    #[track_caller]
    fn check(head: &str, body: &str, expected: Option<&str>) {
        let url = Url::parse("https://www.thetide.example/a").expect("a valid address");
        let page = Page {
            payload: b"",
            content_type: None,
            url: &url,
            captured_at: None,
            source: None,
        };
        let html = Html::parse_document(&format!("<head>{head}</head><body>{body}</body>"));
        let places = [Facts::default(), super::super::meta::read(&Shortlist::of(&html))];
        let titles = choose(&page, &Shortlist::of(&html), &places);
        assert_eq!(titles.first().map(|title| title.value.as_str()), expected);
    }

    #[test]
    fn the_name_of_the_site_is_left_out() {
        check(
            "<title>Harbour stays open - The Tide</title>",
            "",
            Some("Harbour stays open"),
        );
        check(
            "<title>The Tide | Harbour stays open</title>",
            "",
            Some("Harbour stays open"),
        );
        check(
            "<title>Harbour – what comes next</title>",
            "",
            Some("Harbour – what comes next"),
        );
    }

    #[test]
    fn the_headline_as_printed_beats_a_search_engine_title() {
        let head = "<meta property=og:title content=\"Harbour 'open'\">";
        check(head, "<h1>Harbour ‘open’</h1>", Some("Harbour ‘open’"));
        check(head, "<h1>The Tide</h1>", Some("Harbour 'open'"));
    }

    #[test]
    fn a_page_without_any_title_has_none() {
        check("", "<h1>The Tide</h1>", None);
    }
}
