//! What a site's robots.txt lets our agent ask for (RFC 9309).
//!
//! Bytes and the agent's product token come in; what comes out answers for one address at a time and
//! names the line that decided. Fetching the file, keeping it for a day and following its redirects
//! are left to the crawl.

use std::borrow::Cow;
use std::time::Duration;

use memchr::memmem;
use url::Url;

/// RFC 9309 2.5 asks for at least this much of a file to be read.
const READ_BYTES: usize = 500 * 1024;

/// A line is read this far: a pattern longer than any address decides nothing.
const LINE_BYTES: usize = 8 * 2083 - 1;

/// A longer delay is taken as this one; whether even that is honoured is the crawl's affair.
const MAX_CRAWL_DELAY: Duration = Duration::from_secs(24 * 3600);

/// What one site lets one agent ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Robots {
    standing: Standing,
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
    sitemaps: Vec<String>,
}

/// Where the answer for a site comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The rules of a file.
    Rules,
    /// There is no file (4xx): everything is allowed.
    AllowAll,
    /// The file could not be asked for (5xx, 429, no answer): nothing is allowed for now.
    DisallowAll,
}

/// One `Allow` or `Disallow` line that speaks to our agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Whether it allows.
    pub allow: bool,
    /// The pattern, with other characters than ASCII percent-encoded.
    pub pattern: String,
    /// The line of the file, counted from 1.
    pub line: usize,
}

/// The answer for one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// Whether it may be asked for.
    pub allowed: bool,
    /// The rule that decided; `None` where none matched or none were read.
    pub rule: Option<&'a Rule>,
}

impl Robots {
    /// Reads a file for an agent, given as its product token or as a whole `User-Agent` of which only
    /// what stands before the first slash counts (`Onrecord/1.0 (…)` speaks as `Onrecord`).
    pub fn parse(bytes: &[u8], agent: &str) -> Self {
        let bytes = &bytes[..bytes.len().min(READ_BYTES)];
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).into_owned();
        let mut reader = Reader::new(agent.split('/').next().unwrap_or_default().trim());
        // Google's parser ends a line at any of CR LF, LF and CR.
        for (number, line) in text.replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
            reader.read_line(number + 1, line);
        }
        let chosen = if reader.named.seen {
            reader.named
        } else {
            reader.general
        };
        Self {
            standing: Standing::Rules,
            rules: chosen.rules,
            crawl_delay: chosen.crawl_delay,
            sitemaps: reader.sitemaps,
        }
    }

    /// The rules that an answer with this status stands for (RFC 9309 2.3.1).
    ///
    /// 429 is no statement about the site's rules but a plea to ask later, so it counts as
    /// unreachable. A redirect that the crawl did not follow to its end counts as unavailable.
    pub fn from_status(status: u16, body: &[u8], agent: &str) -> Self {
        match status {
            200..=299 => Self::parse(body, agent),
            429 => Self::disallow_all(),
            300..=499 => Self::allow_all(),
            _ => Self::disallow_all(),
        }
    }

    /// The rules of a site without a file.
    pub fn allow_all() -> Self {
        Self::without_rules(Standing::AllowAll)
    }

    /// The rules of a site whose file could not be asked for.
    pub fn disallow_all() -> Self {
        Self::without_rules(Standing::DisallowAll)
    }

    /// Whether `url` may be asked for.
    pub fn allows(&self, url: &Url) -> bool {
        self.decide(url).allowed
    }

    /// Whether `url` may be asked for, and by which rule: the longest pattern that matches, and of
    /// two as long the one that allows. The file itself may always be asked for.
    pub fn decide(&self, url: &Url) -> Decision<'_> {
        if url.path() == "/robots.txt" && self.standing == Standing::Rules {
            return Decision {
                allowed: true,
                rule: None,
            };
        }
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        self.decide_by(&unescaped(&normalize(target)), unescaped)
    }

    /// The same for a path with its query, compared byte for byte as it stands.
    pub fn decide_target(&self, target: &str) -> Decision<'_> {
        self.decide_by(target, |pattern| Cow::Borrowed(pattern))
    }

    /// The same with every pattern read by `read` before it is compared.
    fn decide_by(&self, target: &str, read: fn(&str) -> Cow<'_, str>) -> Decision<'_> {
        if self.standing != Standing::Rules {
            let allowed = self.standing == Standing::AllowAll;
            return Decision { allowed, rule: None };
        }
        let rule = (self.rules.iter())
            .filter(|rule| matches(&read(&rule.pattern), target))
            .max_by_key(|rule| (rule.pattern.len(), rule.allow));
        Decision {
            allowed: rule.is_none_or(|rule| rule.allow),
            rule,
        }
    }

    /// The same for an address as somebody wrote it, which need not be one: what stands between its host
    /// and its fragment is compared as it is, as Google's matcher does.
    pub fn decide_written(&self, address: &str) -> Decision<'_> {
        self.decide_target(&target_of(address))
    }

    /// The pause the site asks for between two requests, at most a day.
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.crawl_delay
    }

    /// The sitemaps the file names, as it names them.
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    /// Where the answers come from.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    fn without_rules(standing: Standing) -> Self {
        Self {
            standing,
            rules: Vec::new(),
            crawl_delay: None,
            sitemaps: Vec::new(),
        }
    }
}

/// The rules of all groups that name our agent, or of all that name `*`.
#[derive(Default)]
struct Group {
    /// Whether the file has such a group at all.
    seen: bool,
    /// Whether the lines being read belong to it.
    open: bool,
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
}

struct Reader<'a> {
    agent: &'a str,
    named: Group,
    general: Group,
    /// Whether a rule was read since the last `User-agent`, so that the next one begins a new group.
    in_rules: bool,
    sitemaps: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(agent: &'a str) -> Self {
        let (named, general) = (Group::default(), Group::default());
        Self {
            agent,
            named,
            general,
            in_rules: false,
            sitemaps: Vec::new(),
        }
    }

    fn read_line(&mut self, number: usize, line: &str) {
        let line = &line[..line.floor_char_boundary(LINE_BYTES)];
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = key_and_value(line) else {
            return;
        };
        match Key::of(key) {
            Some(Key::UserAgent) => self.open_group(value),
            Some(Key::Rule { allow }) => self.add_rule(allow, value, number),
            Some(Key::CrawlDelay) => self.add_crawl_delay(value),
            Some(Key::Sitemap) if !value.is_empty() => self.sitemaps.push(value.to_string()),
            _ => {}
        }
    }

    fn open_group(&mut self, value: &str) {
        if self.in_rules {
            (self.named.open, self.general.open, self.in_rules) = (false, false, false);
        }
        // "*" with words after it still means everybody, as Google reads it.
        let group = if value == "*" || value.starts_with("* ") || value.starts_with("*\t") {
            &mut self.general
        } else if !self.agent.is_empty() && product_token(value).eq_ignore_ascii_case(self.agent) {
            &mut self.named
        } else {
            return;
        };
        (group.seen, group.open) = (true, true);
    }

    fn add_rule(&mut self, allow: bool, value: &str, line: usize) {
        // Rules before the first User-agent belong to nobody, and do not end a group either.
        self.in_rules |= self.named.open || self.general.open;
        if value.is_empty() {
            return;
        }
        let pattern = normalize(value);
        let index = allow.then(|| directory_of_index(&pattern)).flatten();
        for group in [&mut self.named, &mut self.general]
            .into_iter()
            .filter(|group| group.open)
        {
            let patterns = index.iter().chain([&pattern]);
            group.rules.extend(patterns.map(|pattern| Rule {
                allow,
                pattern: pattern.clone(),
                line,
            }));
        }
    }

    /// A delay does not end the run of names before it: other records than rules must not change how
    /// rules are grouped (RFC 9309 2.2.4).
    fn add_crawl_delay(&mut self, value: &str) {
        let Some(seconds) = value.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0) else {
            return;
        };
        let delay = Duration::try_from_secs_f64(seconds)
            .unwrap_or(MAX_CRAWL_DELAY)
            .min(MAX_CRAWL_DELAY);
        for group in [&mut self.named, &mut self.general]
            .into_iter()
            .filter(|group| group.open)
        {
            group.crawl_delay = group.crawl_delay.max(Some(delay));
        }
    }
}

/// What a line says, by its key.
enum Key {
    UserAgent,
    Rule { allow: bool },
    CrawlDelay,
    Sitemap,
}

impl Key {
    /// The key of its name; Google takes these misspellings and anything that begins with the name.
    fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let begins = |names: &[&str]| names.iter().any(|known| name.starts_with(known));
        if begins(&["user-agent", "useragent", "user agent"]) {
            Some(Key::UserAgent)
        } else if begins(&[
            "disallow",
            "dissallow",
            "dissalow",
            "disalow",
            "diasllow",
            "disallaw",
        ]) {
            Some(Key::Rule { allow: false })
        } else if begins(&["allow"]) {
            Some(Key::Rule { allow: true })
        } else if begins(&["crawl-delay", "crawldelay"]) {
            Some(Key::CrawlDelay)
        } else if begins(&["sitemap", "site-map"]) {
            Some(Key::Sitemap)
        } else {
            None
        }
    }
}

/// A line in two at its colon, or, as webmasters forget colons, at the space between two words.
fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if let Some((key, value)) = line.split_once(':') {
        return Some((key.trim(), value.trim())).filter(|(key, _)| !key.is_empty());
    }
    let (key, value) = line.split_once([' ', '\t'])?;
    let value = value.trim();
    (!value.contains([' ', '\t'])).then_some((key, value))
}

/// The letters, hyphens and underscores an agent begins with (RFC 9309 2.2.1).
fn product_token(agent: &str) -> &str {
    let agent = agent.trim();
    let end = agent.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_'));
    &agent[..end.unwrap_or(agent.len())]
}

/// The path, parameters and query of an address as written; `/` where it has none.
fn target_of(address: &str) -> String {
    let after_slashes = address.strip_prefix("//").or_else(|| {
        let (before, after) = address.split_once("://")?;
        // A colon inside the path or the query is no scheme.
        (!before.contains(['/', '?', ';', '#'])).then_some(after)
    });
    let rest = after_slashes.unwrap_or(address);
    let rest = rest.split('#').next().unwrap_or_default();
    match rest.find(['/', '?', ';']) {
        Some(at) if rest[at..].starts_with('/') => rest[at..].to_string(),
        Some(at) => format!("/{}", &rest[at..]),
        None => "/".to_string(),
    }
}

/// A path or pattern with other bytes than ASCII percent-encoded and the digits of escapes in upper
/// case, so that the two can be compared byte for byte.
fn normalize(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let in_escape = (at >= 1 && bytes[at - 1] == b'%') || (at >= 2 && bytes[at - 2] == b'%');
        match byte {
            0x80.. => normal.push_str(&format!("%{byte:02X}")),
            b'a'..=b'f' if in_escape && is_escape(bytes, at) => {
                normal.push(byte.to_ascii_uppercase() as char)
            }
            _ => normal.push(*byte as char),
        }
    }
    normal
}

/// Whether the byte at `at` is one of the two digits of an escape.
fn is_escape(bytes: &[u8], at: usize) -> bool {
    let escape_at = |start: usize| {
        bytes.get(start) == Some(&b'%')
            && bytes
                .get(start + 1..start + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    (at >= 1 && escape_at(at - 1)) || (at >= 2 && escape_at(at - 2))
}

/// A path or pattern with escapes of unreserved characters undone: `/%70rivate` names what `/private` names
/// (RFC 3986 2.3), and RFC 9309 2.2.2 has them compared so. An escaped `/`, `*` or `$` stays what it is.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let byte = rest
            .get(1..3)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let is_digits = rest.as_bytes()[1..].iter().take(2).all(u8::is_ascii_hexdigit);
        match byte.filter(|_| is_digits) {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                plain.push(char::from(byte));
                rest = &rest[3..];
            }
            _ => {
                plain.push('%');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// `Allow: /a/index.html` allows `/a/` itself too, as Google reads it.
fn directory_of_index(pattern: &str) -> Option<String> {
    let slash = pattern.rfind('/')?;
    pattern[slash..]
        .starts_with("/index.htm")
        .then(|| format!("{}$", &pattern[..=slash]))
}

/// Whether a pattern matches a path from its beginning: `*` is any stretch, a last `$` the end.
///
/// Each piece between stars is taken where it first occurs, which is never worse than later, so the
/// work is linear in path and pattern.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if anchored && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match memmem::find(rest.as_bytes(), piece.as_bytes()) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, path: &str, allowed: bool) {
        let robots = Robots::parse(file.as_bytes(), "Onrecord/1.0 (desk@example.org)");
        let url = Url::parse("https://town.example")
            .expect("valid")
            .join(path)
            .expect(path);
        assert_eq!(robots.allows(&url), allowed, "{path} under\n{file}");
    }

    #[test]
    fn the_longest_pattern_decides_and_allowing_wins_a_tie() {
        let file = "User-agent: *\nDisallow: /news\nAllow: /news/open\nDisallow: /tie\nAllow: /tie";
        check(file, "/news/a", false);
        check(file, "/news/open/a", true);
        check(file, "/tie", true);
        check(file, "/else", true);
    }

    #[test]
    fn a_group_of_our_own_name_silences_the_general_one() {
        let file = "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private\n";
        check(file, "/a", true);
        check(file, "/private/a", false);
    }

    #[test]
    fn groups_of_one_name_are_read_together() {
        let file = "user-agent: onrecord\ndisallow: /a\nuser-agent: other\ndisallow: /b\n\
                    user-agent: Onrecord\ndisallow: /c";
        check(file, "/a", false);
        check(file, "/b", true);
        check(file, "/c", false);
    }

    #[test]
    fn a_delay_does_not_part_names_from_their_rules() {
        check(
            "user-agent: onrecord\ncrawl-delay: 5\nuser-agent: *\ndisallow: /a",
            "/a",
            false,
        );
    }

    #[test]
    fn several_names_share_the_rules_below_them() {
        let file = "user-agent: other\nsitemap: /s.xml\nuser-agent: onrecord\ndisallow: /a";
        check(file, "/a", false);
    }

    #[test]
    fn rules_before_any_name_belong_to_nobody() {
        check("disallow: /\nuser-agent: *\ndisallow: /a", "/b", true);
    }

    #[test]
    fn stars_and_the_end_mark_are_understood() {
        let file = "user-agent: *\ndisallow: /*.pdf$\ndisallow: /a*b*c\ndisallow: /*?print=";
        check(file, "/x/order.pdf", false);
        check(file, "/x/order.pdf?v=1", true);
        check(file, "/a-b-c-d", false);
        check(file, "/a-c-b", true);
        check(file, "/x?print=1", false);
    }

    #[test]
    fn escapes_compare_whatever_their_case_and_script() {
        let file = "user-agent: *\ndisallow: /caf\u{e9}\ndisallow: /x%2fy";
        check(file, "/caf%c3%a9", false);
        check(file, "/caf\u{e9}/b", false);
        check(file, "/x%2Fy", false);
    }

    #[test]
    fn an_escaped_letter_is_the_letter_and_an_escaped_slash_is_none() {
        let file = "user-agent: *\ndisallow: /private\ndisallow: /%6feuvre%2Fa\nallow: /%2A";
        check(file, "/%70rivate/x", false);
        check(file, "/oeuvre%2fa", false);
        check(file, "/%6Feuvre%2Fa", false);
        check(file, "/oeuvre/a", true);
        check(file, "/100%", true);
        check("user-agent: *\ndisallow: /%2A", "/anything", true);
    }

    #[test]
    fn sloppy_files_are_read_as_meant() {
        check("\u{feff}useragent: *\rDissallow /a # not here", "/a", false);
        check("User-agent: * everybody\nDisallow : /a", "/a", false);
        check("User-agent: *\nAllow: /d/index.html\nDisallow: /d/", "/d/", true);
    }

    #[test]
    fn an_empty_disallow_forbids_nothing() {
        check("user-agent: *\ndisallow:", "/a", true);
    }

    #[test]
    fn the_file_itself_may_always_be_asked_for() {
        check("user-agent: *\ndisallow: /", "/robots.txt", true);
    }

    #[test]
    fn the_status_decides_where_there_is_no_file() {
        let url = Url::parse("https://town.example/a").expect("valid");
        for (status, allowed) in [
            (404, true),
            (403, true),
            (410, true),
            (302, true),
            (429, false),
            (503, false),
        ] {
            assert_eq!(
                Robots::from_status(status, b"", "Onrecord").allows(&url),
                allowed,
                "{status}"
            );
        }
    }

    #[test]
    fn delay_and_sitemaps_are_given() {
        let file = "Sitemap: https://town.example/s.xml\nuser-agent: *\ncrawl-delay: 2.5\ndisallow: /a\n\
                    user-agent: other\ncrawl-delay: 60";
        let robots = Robots::parse(file.as_bytes(), "Onrecord");
        assert_eq!(robots.crawl_delay(), Some(Duration::from_millis(2500)));
        assert_eq!(robots.sitemaps(), ["https://town.example/s.xml"]);
        for delay in ["-1", "NaN", "soon"] {
            let file = format!("user-agent: *\ncrawl-delay: {delay}");
            assert_eq!(
                Robots::parse(file.as_bytes(), "Onrecord").crawl_delay(),
                None,
                "{delay}"
            );
        }
        let endless = Robots::parse(b"user-agent: *\ncrawl-delay: 1e300", "Onrecord");
        assert_eq!(endless.crawl_delay(), Some(MAX_CRAWL_DELAY));
    }

    #[test]
    fn the_deciding_line_is_named() {
        let url = Url::parse("https://town.example/a/b").expect("valid");
        let robots = Robots::parse(b"user-agent: *\n\ndisallow: /a", "Onrecord");
        let rule = robots.decide(&url).rule.expect("a rule matched");
        assert_eq!((rule.line, rule.pattern.as_str()), (3, "/a"));
    }

    #[test]
    fn only_the_first_half_megabyte_is_read() {
        let file = format!(
            "user-agent: *\ndisallow: /early\n{}\ndisallow: /late",
            "#".repeat(READ_BYTES)
        );
        check(&file, "/early", false);
        check(&file, "/late", true);
    }

    #[test]
    fn hostile_patterns_cost_linear_time() {
        let file = format!("user-agent: *\ndisallow: /{}x$", "*a".repeat(8000));
        check(&file, &format!("/{}", "a".repeat(100_000)), true);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, path in "\\PC{0,40}") {
            let url = Url::parse("https://town.example").expect("valid").join(&path);
            if let Ok(url) = url {
                Robots::parse(&bytes, "Onrecord").allows(&url);
                Robots::parse(format!("user-agent: *\ndisallow: {path}").as_bytes(), "Onrecord").allows(&url);
            }
        }
    }
}
