//! Answers that stand in for a page with the status of a page: an error, a wall before the text. The crawl asks before
//! it takes an answer for the page, so that one which was pulled is absent and one behind a wall stays as it was read.

use std::sync::LazyLock;

use regex::Regex;

use super::sniff::{PayloadKind, kind_of};
use super::withheld::{self, ERROR_CHARS};
use super::{Page, contained, read};

/// Bytes at the beginning of a payload among which its headings stand.
const HEAD_BYTES: usize = 256 << 10;
/// Bytes of a heading.
const MAX_HEADING: usize = 400;

/// What an answer is in place of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// The page is not there.
    NotFound,
    /// The page is there for others: subscribers, people who sign in, browsers that pass a test.
    Wall,
}

/// What a payload is in place of a page, and the heading that says so. Headings alone prove nothing, so what is
/// headed like one is read: it stands in for a page where it is short and has no date.
#[must_use]
pub fn stand_in(page: &Page<'_>) -> Option<(StandIn, String)> {
    let (what, heading) = headed_like(page.payload, page.content_type)?;
    let reading = contained(|| read(page))?;
    let is_short = reading.text.chars().nth(ERROR_CHARS).is_none();
    (is_short && reading.published.is_none()).then_some((what, heading))
}

/// What a payload is headed like in place of a page, and the heading: found without reading it, and no proof.
#[must_use]
pub fn headed_like(payload: &[u8], content_type: Option<&str>) -> Option<(StandIn, String)> {
    if kind_of(payload, content_type) != PayloadKind::Html {
        return None;
    }
    let head = &payload[..payload.len().min(HEAD_BYTES)];
    let headings = ["title", "h1"].map(|name| heading(head, name).unwrap_or_default());
    headings
        .into_iter()
        .find_map(|heading| Some((meaning(&heading)?, heading)))
}

fn meaning(heading: &str) -> Option<StandIn> {
    static WALLS: LazyLock<Vec<Regex>> = LazyLock::new(|| withheld::patterns(include_str!("walls.txt")));
    if withheld::is_headed_like_an_error(heading) {
        Some(StandIn::NotFound)
    } else {
        withheld::is_headed_by(heading, &WALLS).then_some(StandIn::Wall)
    }
}

/// The words of the first element of a name, found without a parser.
fn heading(head: &[u8], name: &str) -> Option<String> {
    let is_named = |at: &usize| {
        let after = &head[at + 1..];
        let found = after.get(..name.len()).unwrap_or_default();
        let next = after.get(name.len()).copied().unwrap_or_default();
        found.eq_ignore_ascii_case(name.as_bytes()) && (next == b'>' || next.is_ascii_whitespace())
    };
    let open = memchr::memchr_iter(b'<', head).find(is_named)?;
    let inside = open + memchr::memchr(b'>', &head[open..])? + 1;
    let markup = String::from_utf8_lossy(&head[inside..head.len().min(inside + MAX_HEADING)]);
    let mut words = String::new();
    let mut rest = &*markup;
    while let Some(tag) = rest.find('<') {
        words.push_str(&rest[..tag]);
        let end = format!("</{name}");
        let is_end = rest[tag..]
            .get(..end.len())
            .is_some_and(|tag| tag.eq_ignore_ascii_case(&end));
        rest = rest[tag..].split_once('>').map_or("", |(_, rest)| rest);
        if is_end {
            rest = "";
        }
    }
    words.push_str(rest);
    Some(super::blocks::one_line(&words)).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: Option<StandIn>) {
        let url = url::Url::parse("https://tide.example/news/one").expect("an address");
        let found = stand_in(&Page {
            payload: html.as_bytes(),
            content_type: Some("text/html; charset=utf-8"),
            url: &url,
            captured_at: None,
            source: None,
        });
        assert_eq!(found.map(|(what, _)| what), expected, "{html}");
    }

    #[test]
    fn an_error_is_known_by_title_or_headline() {
        let body = "<p>We looked everywhere. It may have been moved.</p>";
        check(
            &format!("<title>Page not found | The Tide</title><h1>Sorry</h1>{body}"),
            Some(StandIn::NotFound),
        );
        check(
            &format!("<TITLE>The Tide</TITLE><H1 class=a><b>404</b></H1>{body}"),
            Some(StandIn::NotFound),
        );
    }

    #[test]
    fn a_wall_is_known_by_what_it_asks_for() {
        for heading in [
            "Subscribe to continue reading",
            "Log in",
            "Sign in to your account",
            "Just a moment...",
            "Attention Required! | Sentry",
            "Please verify you are a human",
            "Access Denied",
            "Inicia sesión para continuar",
        ] {
            let html = format!("<title>{heading}</title><p>You have read three articles this month.</p>");
            check(&html, Some(StandIn::Wall));
        }
    }

    #[test]
    fn a_text_about_such_things_is_a_page() {
        let dated = "<meta property=article:published_time content=2026-02-06T10:00:00Z>";
        let text =
            "The harbor master shut the door on Friday, and nobody on the pier was told why. ".repeat(30);
        check(&format!("<title>Access denied</title>{dated}<p>{text}</p>"), None);
        check(&format!("<title>Access denied</title>{dated}<p>Shut.</p>"), None);
        check(
            &format!("<title>Not found</title><article><p>{text}</p></article>"),
            None,
        );
        check(
            "<title>Subscribe to the ferry's plan, says council</title><p>Yes.</p>",
            None,
        );
        check("<p>No heading at all", None);
        check("<title", None);
    }
}
