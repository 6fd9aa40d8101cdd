//! Pages that are kept and not shown: those that ask not to be indexed, and errors that pass for pages.

use std::sync::LazyLock;

use regex::Regex;
use scraper::Selector;

use super::metadata::Shortlist;
use crate::model::document::{Notice, NoticeKind};

/// An error says little: a longer text that is headed like one is about one.
pub(super) const ERROR_CHARS: usize = 1_500;

/// What robots are told in a page or its header that means "do not index".
const NO_INDEX: [&str; 2] = ["noindex", "none"];

/// Whether the page's `<meta name="robots">` asks not to be indexed.
pub(super) fn asks_not_to_be_indexed(html: &Shortlist<'_>) -> bool {
    static META: LazyLock<Selector> = LazyLock::new(|| {
        Selector::parse("meta[name=robots i], meta[name=onrecord i]").expect("a fixed selector")
    });
    html.select(&META)
        .filter_map(|meta| meta.attr("content"))
        .any(says_no_index)
}

/// Whether an `X-Robots-Tag` asks us not to index what it came with; directives for other agents, which
/// stand after their name and a colon, are none of ours.
pub fn header_asks_not_to_be_indexed(value: &str) -> bool {
    match value.split_once(':') {
        Some((agent, directives)) if !agent.contains(',') => {
            let agent = agent.trim();
            (agent == "*" || agent.eq_ignore_ascii_case("onrecord")) && says_no_index(directives)
        }
        _ => says_no_index(value),
    }
}

fn says_no_index(directives: &str) -> bool {
    directives
        .split(',')
        .any(|one| NO_INDEX.contains(&one.trim().to_ascii_lowercase().as_str()))
}

/// The notice for an error that was sent as a page: headed like one, short, and without a date.
pub(super) fn soft_not_found(title: Option<&str>, text: &str, is_dated: bool) -> Option<Notice> {
    let title = title?.trim();
    let is_error = is_headed_like_an_error(title) && !is_dated && text.chars().nth(ERROR_CHARS).is_none();
    is_error.then(|| Notice {
        kind: NoticeKind::SoftNotFound,
        detail: format!("the page is headed {title:?}: an error sent with the status of a page"),
    })
}

/// Whether a title is that of an error.
pub(super) fn is_headed_like_an_error(title: &str) -> bool {
    static HEADINGS: LazyLock<Vec<Regex>> = LazyLock::new(|| patterns(include_str!("soft_not_found.txt")));
    is_headed_by(title, &HEADINGS)
}

/// The patterns of a table, a line each, for whole titles.
pub(super) fn patterns(table: &str) -> Vec<Regex> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| Regex::new(&format!("(?i)^(?:{line})$")).expect("a pattern of the table"))
        .collect()
}

/// Whether one of the patterns is all that a title says. The site's name follows many titles.
pub(super) fn is_headed_by(title: &str, patterns: &[Regex]) -> bool {
    let title = title.trim().replace('\u{a0}', " ");
    let head = title.split(['|', '–', '—', '·']).next().unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default();
    let head = head.trim().trim_end_matches(['.', '!', '…']);
    patterns.iter().any(|pattern| pattern.is_match(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, text: &str, is_dated: bool, expected: bool) {
        assert_eq!(
            soft_not_found(Some(title), text, is_dated).is_some(),
            expected,
            "{title}"
        );
    }

    #[test]
    fn an_error_that_passes_for_a_page_is_known() {
        for title in [
            "Page not found",
            "404",
            "Error 404 – Town of Lima",
            "Page Not Found | The Herald",
            "404 - Not Found",
        ] {
            check(title, "Sorry.", false, true);
        }
    }

    #[test]
    fn a_story_about_errors_is_none() {
        check(
            "Page not found: how the town lost its archive",
            "Sorry.",
            false,
            false,
        );
        check("Not found", &"A long story. ".repeat(200), false, false);
        check("Not found", "A short poem.", true, false);
        check("404 Main Street sold", "Sold.", false, false);
    }

    #[test]
    fn a_header_speaks_to_all_or_to_one() {
        for (value, expected) in [
            ("noindex, nofollow", true),
            ("none", true),
            ("nofollow", false),
            ("otherbot: noindex", false),
            ("onrecord: noindex", true),
            ("unavailable_after: 25 Jun 2030 15:00:00 PST", false),
        ] {
            assert_eq!(header_asks_not_to_be_indexed(value), expected, "{value}");
        }
    }
}
