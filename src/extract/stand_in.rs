//! Answers that stand in for a page with the status of a page and say themselves what they are: an error, a wall before
//! the text, a site out of order. The crawl asks before it takes an answer for the page, so that one which was pulled is
//! absent and one behind a wall stays as it was read; a reading asks, because a better list knows more of what is held.
//! What does not say it is told by what was there before, in `in_place`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};

use super::sniff::{PayloadKind, kind_of};
use super::{Page, contained, read};
use crate::model::document::{Notice, NoticeKind, Reading};

/// What stands in for a page says little: a longer text that is headed like one is about one.
const SHORT_CHARS: usize = 1_500;
/// Letters of a page of which the sentences are asked as well, and the share of them that must be a wall's.
const SENTENCE_CHARS: usize = 900;
const SHARE_OF_SENTENCES: f64 = 0.5;
/// Names that markup gives to what ends a text for subscribers.
const SUBSCRIBER_MARKS: &str = include_str!("stand_in/subscriber_marks.txt");
/// Bytes at the beginning of a payload among which its headings stand.
const HEAD_BYTES: usize = 256 << 10;
/// Bytes of a heading.
const MAX_HEADING: usize = 400;

/// What an answer is in place of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// The page is not there.
    NotFound,
    /// The page is there for others: subscribers, people who sign in or agree, browsers that pass a test.
    Wall,
    /// The site is out of order.
    OutOfOrder,
}

impl StandIn {
    /// The notice that a reading has of it.
    fn notice(self, evidence: &str) -> Notice {
        let (kind, what) = match self {
            StandIn::NotFound => (NoticeKind::SoftNotFound, "an error"),
            StandIn::Wall => (NoticeKind::Wall, "a wall before the text"),
            StandIn::OutOfOrder => (NoticeKind::OutOfOrder, "a site out of order"),
        };
        Notice {
            kind,
            detail: format!("the page says {evidence:?}: {what}, sent with the status of a page"),
        }
    }
}

/// What a payload is in place of a page, and the words that say so. Headings alone prove nothing, so what is
/// headed like one is read: it stands in for a page where it is short and has no date.
#[must_use]
pub fn stand_in(page: &Page<'_>) -> Option<(StandIn, String)> {
    let (what, heading) = headed_like(page.payload, page.content_type)?;
    let reading = contained(|| read(page))?;
    is_without_story(&reading.text, reading.published.is_some(), SHORT_CHARS).then_some((what, heading))
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

/// The notice that a reading says itself to be something in place of a page, by its headings or by most of its
/// sentences.
pub(super) fn told(page: &Page<'_>, title: Option<&str>, text: &str, is_dated: bool) -> Option<Notice> {
    if !is_without_story(text, is_dated, SHORT_CHARS) {
        return None;
    }
    let by_title = title.and_then(|title| Some((meaning(title)?, title.to_owned())));
    if let Some((what, heading)) = by_title.or_else(|| headed_like(page.payload, page.content_type)) {
        return Some(what.notice(heading.trim()));
    }
    let sentence = is_without_story(text, is_dated, SENTENCE_CHARS).then(|| wall_sentence(text))??;
    Some(StandIn::Wall.notice(sentence))
}

/// The notice that a page marks its text as one for subscribers: proof of nothing, since many are given whole.
pub(super) fn marked_for_subscribers(html: &str) -> Option<Notice> {
    // Most pages have none of the words, and these are found in a fraction of the time.
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(lines(SUBSCRIBER_MARKS).chain(["isAccessibleForFree"]))
            .expect("the words of the table")
    });
    static MARKS: LazyLock<Regex> = LazyLock::new(|| {
        let names: Vec<String> = lines(SUBSCRIBER_MARKS).map(regex::escape).collect();
        let names = names.join("|");
        let given = r#""isAccessibleForFree"\s*:\s*"?false"#;
        RegexBuilder::new(&format!(
            r#"{given}|(?:class|id)\s*=\s*["'](?:[^"'<>]{{0,200}}[\s_-])?(?:{names})[\s"'_-]"#
        ))
        .case_insensitive(true)
        .build()
        .expect("a pattern of the table")
    });
    let mark = WORDS.is_match(html).then(|| MARKS.find(html))??.as_str();
    Some(Notice {
        kind: NoticeKind::ForSubscribers,
        detail: format!("the page marks its text as one for subscribers: {mark}"),
    })
}

/// Whether a reading says itself that it stands in for its page.
pub fn says_so(reading: &Reading) -> Option<&Notice> {
    let tells = |notice: &&Notice| {
        matches!(
            notice.kind,
            NoticeKind::SoftNotFound | NoticeKind::Wall | NoticeKind::OutOfOrder
        )
    };
    reading.notices.iter().find(tells)
}

/// Whether a text is short and has no date: news of an outage has one, or is longer.
fn is_without_story(text: &str, is_dated: bool, chars: usize) -> bool {
    !is_dated && text.chars().nth(chars).is_none()
}

fn meaning(heading: &str) -> Option<StandIn> {
    static NOT_FOUND: LazyLock<Regex> = LazyLock::new(|| patterns(include_str!("stand_in/not_found.txt")));
    static WALLS: LazyLock<Regex> = LazyLock::new(|| patterns(include_str!("stand_in/walls.txt")));
    static OUT_OF_ORDER: LazyLock<Regex> =
        LazyLock::new(|| patterns(include_str!("stand_in/out_of_order.txt")));
    let tables = [
        (StandIn::NotFound, &*NOT_FOUND),
        (StandIn::Wall, &*WALLS),
        (StandIn::OutOfOrder, &*OUT_OF_ORDER),
    ];
    let meant = tables
        .into_iter()
        .find(|(_, patterns)| is_headed_by(heading, patterns));
    meant.map(|(what, _)| what)
}

/// The first sentence of a wall in a text that is mostly made of them.
fn wall_sentence(text: &str) -> Option<&str> {
    static SENTENCES: LazyLock<Regex> =
        LazyLock::new(|| patterns(include_str!("stand_in/wall_sentences.txt")));
    let sentences = text.split(['.', '!', '?', '…', '\n']).map(str::trim);
    let (mut first, mut letters, mut of_walls) = (None, 0, 0);
    for sentence in sentences.filter(|sentence| !sentence.is_empty()) {
        letters += sentence.len();
        if SENTENCES.is_match(sentence) {
            of_walls += sentence.len();
            first.get_or_insert(sentence);
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "the text is short")]
    let share = of_walls as f64 / letters.max(1) as f64;
    first.filter(|_| share >= SHARE_OF_SENTENCES)
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Bytes that the automaton of a table may have.
const MOST_BYTES: usize = 64 << 20;

/// The patterns of a table, a line each, for whole titles. They are one automaton: with one each, every thread that reads titles
/// would hold a hundred of them with what each notes while it runs, and ask them one after the other.
fn patterns(table: &str) -> Regex {
    let lines: Vec<String> = lines(table).map(|line| format!("(?:{line})")).collect();
    RegexBuilder::new(&format!("^(?:{})$", lines.join("|")))
        .case_insensitive(true)
        .size_limit(MOST_BYTES)
        .build()
        .expect("patterns of the table")
}

/// Whether one of the patterns is all that a title says. The site's name follows many titles.
fn is_headed_by(title: &str, patterns: &Regex) -> bool {
    let title = title.trim().replace('\u{a0}', " ");
    let head = title.split(['|', '–', '—', '·']).next().unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default();
    let head = head.trim().trim_end_matches(['.', '!', '…']);
    patterns.is_match(head)
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
    fn an_error_that_passes_for_a_page_is_known_by_its_whole_title() {
        for title in [
            "Page not found",
            "404",
            "Error 404 – Town of Lima",
            "Page Not Found | The Herald",
            "404 - Not Found",
        ] {
            check(
                &format!("<title>{title}</title><p>Sorry.</p>"),
                Some(StandIn::NotFound),
            );
        }
        for title in [
            "Page not found: how the town lost its archive",
            "404 Main Street sold",
        ] {
            check(&format!("<title>{title}</title><p>Sorry.</p>"), None);
        }
    }

    #[test]
    fn a_site_out_of_order_is_known_by_what_it_says() {
        for heading in [
            "503 Service Unavailable",
            "HTTP Error 502 - Bad Gateway",
            "We’ll be right back!",
            "We'll be back soon",
            "Scheduled maintenance | The Tide",
            "Site under maintenance",
            "We are currently undergoing scheduled maintenance",
            "Volvemos en breve",
            "Sitio en mantenimiento",
        ] {
            let html = format!("<title>{heading}</title><p>Try again in half an hour.</p>");
            check(&html, Some(StandIn::OutOfOrder));
        }
    }

    #[track_caller]
    fn check_reading(body: &str, expected: Option<NoticeKind>) {
        let url = url::Url::parse("https://tide.example/news/one").expect("an address");
        let html = format!(
            "<html><head><title>The Tide</title></head><body><article>{body}</article></body></html>"
        );
        let reading = read(&Page {
            payload: html.as_bytes(),
            content_type: Some("text/html; charset=utf-8"),
            url: &url,
            captured_at: None,
            source: None,
        });
        assert_eq!(says_so(&reading).map(|notice| notice.kind), expected, "{body}");
    }

    #[test]
    fn a_page_made_of_a_wall_s_sentences_is_one() {
        for body in [
            "<p>Thanks for reading the Tide. You have read your three free articles this month.</p>\
             <p>Create your free account or log in to continue reading.</p>",
            "<p>Gracias por leer La Marea.</p><p>Regístrate gratis para seguir leyendo.</p>",
        ] {
            check_reading(body, Some(NoticeKind::Wall));
        }
    }

    #[test]
    fn a_text_that_only_asks_for_subscribers_at_its_end_is_a_text() {
        for body in [
            "<p>The harbor master shut the pier on Friday after two boats broke loose in the storm of the night.</p>\
             <p>Already a subscriber? Log in.</p>",
            "<p>The Tide will ask its readers to subscribe to continue reading from May on, the editor said. “We waited \
             for ten years,” he told the staff.</p>",
        ] {
            check_reading(body, None);
        }
    }

    #[test]
    fn marks_of_subscribers_texts_are_known() {
        for html in [
            r#"<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>"#,
            r#"<div class="box paywall-hint">"#,
            "<section id='paywall'>",
            r#"<div class="article__body subscriber-only">"#,
        ] {
            assert!(marked_for_subscribers(html).is_some(), "{html}");
        }
        for html in [
            r#"{"isAccessibleForFree": true}"#,
            r#"<p class="story">The paywall of the harbor, class="x"</p>"#,
            r#"<div class="firewall">"#,
        ] {
            assert!(marked_for_subscribers(html).is_none(), "{html}");
        }
    }

    #[test]
    fn each_line_of_a_table_is_a_whole_title_of_its_own() {
        let patterns = patterns("# a remark\nlog in|sign in\nshut(?: today)?\n");
        for (title, is_one) in [
            ("Log in", true),
            ("SIGN IN", true),
            ("shut today", true),
            ("Shut | The Pier Post", true),
            ("log in today", false),
            ("sign in shut", false),
            ("a remark", false),
            ("", false),
        ] {
            assert_eq!(is_headed_by(title, &patterns), is_one, "{title}");
        }
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
            "Before you continue",
            "We value your privacy",
            "Valoramos tu privacidad",
            "451: Unavailable due to legal reasons",
            "Sorry, this content is not available in your region",
            "This video isn’t available in your country",
            "Please enable JavaScript",
            "Choose how you support us",
            "Contenido solo para suscriptores",
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
        for heading in [
            "Privacy groups sue over cookie walls",
            "Hospital’s website is back after maintenance",
            "We value your privacy, says the mayor who sold the data",
            "Ferry service is unavailable in your region until May",
        ] {
            check(&format!("<title>{heading}</title><p>More to come.</p>"), None);
        }
        check("<p>No heading at all", None);
        check("<title", None);
    }
}
