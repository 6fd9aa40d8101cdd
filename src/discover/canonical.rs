//! One address for one page: what can differ without the page differing is taken away, and the rules
//! that applied are named.
//!
//! Parsing has already folded the case of scheme and host, dropped a default port and resolved dot
//! segments. The order of a query is left alone: some servers heed it.

use std::sync::LazyLock;

use url::Url;

use crate::model::source::Source;

/// An address as documents are known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    /// The address.
    pub url: Url,
    /// The rules that changed it, in the order they were applied.
    pub rules: Vec<Rule>,
}

/// A rule that changes an address but not what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The fragment, which is never sent, was dropped.
    Fragment,
    /// A user name or password was dropped.
    Credentials,
    /// Dots at the end of the host were dropped.
    TrailingDot,
    /// Parameters that follow the reader around were dropped.
    TrackingParameters,
    /// The page for phones (AMP) was taken as the page it is made from.
    Amp,
    /// An empty query was dropped.
    EmptyQuery,
    /// Another name of the site's host was replaced by its own.
    HostAlias,
}

impl Rule {
    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Rule::Fragment => "fragment",
            Rule::Credentials => "credentials",
            Rule::TrailingDot => "trailing_dot",
            Rule::TrackingParameters => "tracking_parameters",
            Rule::Amp => "amp",
            Rule::EmptyQuery => "empty_query",
            Rule::HostAlias => "host_alias",
        }
    }
}

/// The canonical form of an address.
pub fn canonical(url: &Url) -> Canonical {
    type Change = fn(&mut Url);
    let rules: [(Rule, Change); 6] = [
        (Rule::Fragment, |url| url.set_fragment(None)),
        (Rule::Credentials, drop_credentials),
        (Rule::TrailingDot, drop_trailing_dot),
        (Rule::TrackingParameters, drop_tracking),
        (Rule::Amp, drop_amp),
        (Rule::EmptyQuery, |url| {
            if url.query() == Some("") {
                url.set_query(None);
            }
        }),
    ];
    let mut canonical = Canonical {
        url: url.clone(),
        rules: Vec::new(),
    };
    for (rule, apply) in rules {
        let before = canonical.url.clone();
        apply(&mut canonical.url);
        if canonical.url != before {
            canonical.rules.push(rule);
        }
    }
    canonical
}

/// The canonical form of an address that one of a source's channels announced: hosts that its file names
/// as `aliases` are taken as the host of its front page.
pub fn within(url: &Url, source: &Source) -> Canonical {
    let mut aliased = url.clone();
    let is_alias = url.host_str().is_some_and(|host| {
        source
            .aliases
            .iter()
            .any(|alias| alias.eq_ignore_ascii_case(host))
    });
    if is_alias {
        // Both are hosts of http addresses, which can stand for one another.
        let _ = aliased.set_host(source.home.host_str());
        let _ = aliased.set_scheme(source.home.scheme());
        let _ = aliased.set_port(source.home.port());
    }
    let mut found = canonical(&aliased);
    if aliased != *url {
        found.rules.insert(0, Rule::HostAlias);
    }
    found
}

/// `/2026/road-opens/amp`, `/story.amp.html`, `?amp`, `?amp=1`, `?outputType=amp`.
fn drop_amp(url: &mut Url) {
    // Again until nothing is left to drop, so that the canonical form of a canonical form is itself.
    while let Some(plain) = without_amp(url.path()) {
        url.set_path(&plain);
    }
    let is_amp = |parameter: &&str| {
        let parameter = parameter.to_ascii_lowercase();
        matches!(
            parameter.as_str(),
            "amp" | "amp=" | "amp=1" | "amp=true" | "outputtype=amp"
        )
    };
    if let Some(query) = url
        .query()
        .filter(|query| query.split('&').any(|one| is_amp(&one)))
    {
        let kept: Vec<&str> = query.split('&').filter(|one| !is_amp(one)).collect();
        let kept = kept.join("&");
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
}

/// The path of the page that a path for phones stands for. Below what is no article's name (`/glossary/amp`)
/// "amp" is a name as good as any.
fn without_amp(path: &str) -> Option<String> {
    if let Some(path) = path.strip_suffix(".amp.html") {
        return Some(format!("{path}.html"));
    }
    let page = path.strip_suffix("/amp").or_else(|| path.strip_suffix("/amp/"))?;
    let name = page
        .trim_end_matches("/amp")
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let is_article = name.contains(['-', '_', '.']) || name.contains(|c: char| c.is_ascii_digit());
    is_article.then(|| page.to_string())
}

fn drop_credentials(url: &mut Url) {
    // An address that cannot have credentials has none to drop.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
}

fn drop_trailing_dot(url: &mut Url) {
    let Some(host) = url.host_str().filter(|host| host.ends_with('.')) else {
        return;
    };
    let host = host.trim_end_matches('.').to_string();
    // A host of dots only stays as it is.
    let _ = url.set_host(Some(&host));
}

fn drop_tracking(url: &mut Url) {
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|parameter| !is_tracking(parameter))
        .collect();
    if kept.len() < query.split('&').count() {
        let kept = kept.join("&");
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
}

fn is_tracking(parameter: &str) -> bool {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let lines = include_str!("tracking_parameters.txt").lines();
        lines
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect()
    });
    let name = parameter
        .split('=')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    NAMES.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str, rules: &[Rule]) {
        let canonical = canonical(&Url::parse(url).expect(url));
        assert_eq!(
            (canonical.url.as_str(), canonical.rules.as_slice()),
            (expected, rules)
        );
        let again = super::canonical(&canonical.url);
        assert_eq!(
            (again.url, again.rules),
            (canonical.url, Vec::new()),
            "a second time changes nothing"
        );
    }

    #[test]
    fn what_names_the_page_is_kept_in_order() {
        check(
            "https://town.example/a?b=2&a=1&&c",
            "https://town.example/a?b=2&a=1&&c",
            &[],
        );
        check("https://town.example/a/", "https://town.example/a/", &[]);
    }

    #[test]
    fn what_follows_the_reader_is_dropped() {
        check(
            "https://town.example/a?UTM_Source=x&id=7&fbclid=y#top",
            "https://town.example/a?id=7",
            &[Rule::Fragment, Rule::TrackingParameters],
        );
        check(
            "https://town.example/a?gclid=x",
            "https://town.example/a",
            &[Rule::TrackingParameters],
        );
        check(
            "https://town.example/a?utmost=1",
            "https://town.example/a?utmost=1",
            &[],
        );
    }

    #[test]
    fn the_page_for_phones_is_the_page() {
        for (amp, page) in [
            ("/road-opens/amp/", "/road-opens"),
            ("/2026/02/06/amp", "/2026/02/06"),
            ("/road-opens/amp/amp", "/road-opens"),
            ("/story.amp.amp.html", "/story.html"),
            ("/story.amp.html?id=1", "/story.html?id=1"),
            ("/story?amp=1", "/story"),
            ("/story?outputType=amp&id=1", "/story?id=1"),
        ] {
            let url = |path: &str| format!("https://town.example{path}");
            check(&url(amp), &url(page), &[Rule::Amp]);
        }
        for path in ["/glossary/amp", "/amp", "/glossary/amp/amp/"] {
            check(
                &format!("https://town.example{path}"),
                &format!("https://town.example{path}"),
                &[],
            );
        }
        check(
            "https://town.example/amplifier?ample=1",
            "https://town.example/amplifier?ample=1",
            &[],
        );
    }

    #[test]
    fn idle_parts_are_dropped() {
        check(
            "https://town.example./a?",
            "https://town.example/a",
            &[Rule::TrailingDot, Rule::EmptyQuery],
        );
        check(
            "https://ana:pw@town.example/",
            "https://town.example/",
            &[Rule::Credentials],
        );
    }

    #[test]
    fn parsing_folds_the_rest() {
        check("HTTPS://Town.Example:443/x/../a", "https://town.example/a", &[]);
    }

    proptest::proptest! {
        #[test]
        fn canonical_addresses_are_stable(rest in "\\PC{0,60}") {
            if let Ok(url) = Url::parse(&format!("https://town.example/{rest}")) {
                let once = canonical(&url).url;
                assert_eq!(canonical(&once).url, once);
            }
        }
    }
}
