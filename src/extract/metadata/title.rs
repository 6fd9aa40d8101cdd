//! The headline: as printed where another place confirms it, else as the page states it.

use std::collections::HashSet;
use std::sync::LazyLock;

use scraper::Selector;

use super::{Facts, Said, Shortlist, choose, plain};
use crate::extract::boilerplate::bare;
use crate::extract::{Page, genre, tree};

static H1: LazyLock<Selector> = LazyLock::new(|| Selector::parse("h1").expect("a valid selector"));
static TITLE: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("head title, title").expect("a valid selector"));
/// Bytes of a headline; what is longer is none.
const MAX_BYTES: usize = 500;
/// Separators looked at in one title.
const MAX_PARTS: usize = 12;
/// Words from which a heading is about the same as the page's titles.
const MIN_SHARED: usize = 2;
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
    // The headline as printed is best, where another place confirms that it is the headline; next comes one that
    // says it in other words than the page tells search engines.
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
    let stated: Vec<Said<String>> = stated
        .into_iter()
        .filter(|title| is_title(&title.value))
        .collect();
    let subjects = subjects(page, &stated);
    let related = |heading: &Said<String>| shared_words(&heading.value, &subjects);
    let best = alone.iter().map(related).max().filter(|most| *most >= MIN_SHARED);
    let (reworded, other): (Vec<_>, Vec<_>) = alone.into_iter().partition(|heading| {
        Some(related(heading)) == best
            || goes_on(&heading.value, &stated)
            || is_act_of_number(&heading.value, &subjects)
    });
    let all = rule
        .into_iter()
        .chain(confirmed)
        .chain(reworded)
        .chain(stated)
        .chain(other);
    all.map(|title| Said::new(plain(&title.value), &title.method))
        .collect()
}

/// Whether a heading names an act by its number, which is told elsewhere as well: "Resolution No. 31" over a page that is called
/// "Res. 31-2026 - Legislation".
fn is_act_of_number(heading: &str, subjects: &HashSet<String>) -> bool {
    let words = bare(heading);
    let mut numbers = words
        .split(' ')
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .peekable();
    numbers.peek().is_some()
        && numbers.all(|number| subjects.contains(number))
        && genre::names_document(heading)
}

/// Whether a heading begins as all titles do and says more: "Readout of the mayor's call" over a page called "Readout".
fn goes_on(heading: &str, titles: &[Said<String>]) -> bool {
    let heading = bare(heading);
    let begins = |title: &Said<String>| {
        let rest = heading.strip_prefix(&bare(&title.value));
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    !titles.is_empty() && titles.iter().all(begins)
}

/// The words that say what the page is about: those of its titles and of its address.
fn subjects(page: &Page<'_>, stated: &[Said<String>]) -> HashSet<String> {
    let titles = stated.iter().map(|title| title.value.as_str());
    let texts = titles.chain([page.url.path()]).map(bare);
    texts
        .flat_map(|text| text.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// How many different longer words of a heading are among the subjects; a heading of a page of many texts shares few.
fn shared_words(heading: &str, subjects: &HashSet<String>) -> usize {
    let words = bare(heading);
    let shared: HashSet<&str> = words.split(' ').filter(|word| subjects.contains(*word)).collect();
    let long = shared.iter().filter(|word| word.chars().count() > 3).count();
    // Short words count where most of the heading is shared.
    let is_most = 2 * shared.len() > words.split(' ').count() && shared.len() > MIN_SHARED;
    if is_most { shared.len() } else { long }
}

fn is_outlet(title: &str, outlets: &[String]) -> bool {
    outlets.iter().any(|outlet| joined(outlet) == joined(title))
}

/// A title without the name of the site at one of its ends.
fn without_site(title: &str, outlets: &[String], headings: &[String]) -> String {
    let mut title = printed_part(title, headings).unwrap_or(title);
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

/// The beginning of a title that is printed as a heading, where a separator follows it.
fn printed_part<'a>(title: &'a str, headings: &[String]) -> Option<&'a str> {
    let ends = SEPARATORS
        .iter()
        .flat_map(|separator| title.match_indices(separator).map(|(at, _)| at));
    let is_heading =
        |part: &&str| words(part) > 1 && headings.iter().any(|heading| bare(heading) == bare(part));
    let parts = ends.take(MAX_PARTS).map(|end| title[..end].trim_end());
    parts.filter(is_heading).max_by_key(|part| part.len())
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
    fn an_act_is_named_by_its_number() {
        let site = "<title>Res. 31-2026 - Legislation - The Tide</title>";
        check(site, "<h1>Resolution No. 31</h1>", Some("Resolution No. 31"));
        for other in ["Resolution No. 32", "Resolutions", "31 boats", "Our 2026"] {
            check(
                site,
                &format!("<h1>{other}</h1>"),
                Some("Res. 31-2026 - Legislation"),
            );
        }
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
    fn a_heading_that_says_more_than_the_only_title_is_the_headline() {
        let more = "<h1>Readout of Mayor Lima's call with Port Chen</h1>";
        check(
            "<title>Readout</title>",
            more,
            Some("Readout of Mayor Lima's call with Port Chen"),
        );
        check("<title>Readout</title>", "<h1>Readouts</h1>", Some("Readout"));
        // Another title knows it otherwise.
        let other = "<title>Readout</title><meta property=og:title content='How two harbours were saved'>";
        check(other, more, Some("How two harbours were saved"));
    }

    #[test]
    fn a_headline_in_other_words_than_the_stated_title_is_the_headline() {
        let head = "<title>Port Lima harbour news: pier fees explained</title>";
        check(
            head,
            "<h1>What harbour fees at Port Lima mean for you</h1>",
            Some("What harbour fees at Port Lima mean for you"),
        );
        check(
            head,
            "<h1>Our blog</h1>",
            Some("Port Lima harbour news: pier fees explained"),
        );
    }

    #[test]
    fn everything_after_the_printed_headline_is_left_out() {
        check(
            "<title>Harbour stays open – Town of Lima – By the sea.</title>",
            "<h1>Harbour stays open</h1>",
            Some("Harbour stays open"),
        );
    }

    #[test]
    fn a_page_without_any_title_has_none() {
        check("", "<h1>The Tide</h1>", None);
    }
}
