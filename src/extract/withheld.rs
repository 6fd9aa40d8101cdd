//! Pages that are kept and not shown because they ask not to be indexed.

use std::sync::LazyLock;

use scraper::Selector;

use super::metadata::Shortlist;

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

#[cfg(test)]
mod tests {
    use super::*;

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
