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
    /// The number of a reader's session was dropped.
    SessionId,
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
            Rule::SessionId => "session_id",
            Rule::Amp => "amp",
            Rule::EmptyQuery => "empty_query",
            Rule::HostAlias => "host_alias",
        }
    }
}

/// The canonical form of an address.
pub fn canonical(url: &Url) -> Canonical {
    type Change = fn(&mut Url);
    let rules: [(Rule, Change); 7] = [
        (Rule::Fragment, |url| url.set_fragment(None)),
        (Rule::Credentials, drop_credentials),
        (Rule::TrailingDot, drop_trailing_dot),
        (Rule::TrackingParameters, drop_tracking),
        (Rule::SessionId, drop_session),
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

/// `/story;jsessionid=8A…`, `?PHPSESSID=…`, `?sid=8a…`, `/(S(lit3py55t21z5v55vlm25s55))/story`: the session of
/// whoever asked, as the address rules of Heritrix and Wayback drop it. Else each reading of a channel that is
/// given a new session would announce all its pages anew.
fn drop_session(url: &mut Url) {
    let segments: Vec<&str> = url.path().split('/').collect();
    let kept: Vec<String> = segments
        .iter()
        .filter(|segment| !is_cookieless(segment))
        .map(|segment| without_session(segment))
        .collect();
    let kept = kept.join("/");
    if kept != url.path() {
        url.set_path(&kept);
    }
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|parameter| !is_session(parameter))
        .collect();
    if kept.len() < query.split('&').count() {
        let kept = kept.join("&");
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
}

/// A segment without the parameters that carry a session.
fn without_session(segment: &str) -> String {
    let mut parts = segment.split(';');
    let first = parts.next().unwrap_or_default();
    let kept = parts.filter(|parameter| !is_session(parameter));
    std::iter::once(first).chain(kept).collect::<Vec<_>>().join(";")
}

/// Whether a parameter carries a session. A short `sid` is a story's number on many a site, so that plain names
/// count only with a value that nobody would give a page.
fn is_session(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "jsessionid" | "phpsessid" | "cfid" | "cftoken" => true,
        "sid" | "session" | "sessionid" | "session_id" | "sessid" => {
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            value.len() >= SESSION && digits > 0 && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
        _ => name.starts_with("aspsessionid"),
    }
}

/// The least length of a session's number: PHP's have 26 or 32 letters and digits.
const SESSION: usize = 24;

/// Whether a segment is the session that ASP.NET writes for browsers without cookies.
fn is_cookieless(segment: &str) -> bool {
    let inner = segment
        .strip_prefix("(S(")
        .or_else(|| segment.strip_prefix("(s("))
        .and_then(|rest| rest.strip_suffix("))"));
    inner.is_some_and(|inner| inner.len() == SESSION && inner.bytes().all(|b| b.is_ascii_alphanumeric()))
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
    fn a_session_is_no_part_of_a_page_s_name() {
        for (with, without) in [
            ("/story;jsessionid=8A1F.node1", "/story"),
            ("/a;v=1;JSESSIONID=8A1F/b.do?id=7", "/a;v=1/b.do?id=7"),
            ("/story.php?PHPSESSID=h1&id=7", "/story.php?id=7"),
            ("/story?sid=0f1e2d3c4b5a69788796a5b4c3d2e1f0", "/story"),
            ("/(S(lit3py55t21z5v55vlm25s55))/story.aspx", "/story.aspx"),
        ] {
            let url = |path: &str| format!("https://town.example{path}");
            check(&url(with), &url(without), &[Rule::SessionId]);
        }
        for kept in [
            "/article.pl?sid=26/02/06/0930",
            "/list?sid=17",
            "/board?session=2026-02-06",
        ] {
            let url = format!("https://town.example{kept}");
            check(&url, &url, &[]);
        }
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
