//! A publisher we follow and where it announces its documents.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use url::Url;

use super::cadence::Cadence;
use super::id::SourceId;

/// One publisher, as `config/sources/NAME.toml` describes it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's stem.
    pub id: SourceId,
    /// The name shown to people.
    pub name: String,
    /// Whether its own words are primary texts.
    pub kind: SourceKind,
    /// The address of its front page.
    pub home: Url,
    /// The speaker entry that speaks here (`config/speakers.toml`), for an official source.
    pub office: Option<String>,
    /// BCP 47 tag assumed of pages that name none.
    pub language: Option<String>,
    /// The zone of times printed without one.
    pub time_zone: TimeZone,
    /// Other names of its host.
    pub aliases: Vec<String>,
    /// Ports that its hosts may be asked on, besides the usual ones.
    pub ports: Vec<u16>,
    /// Whether its hosts may lie in private or loopback ranges.
    pub allow_private: bool,
    /// Whether it is crawled.
    pub enabled: bool,
    /// How often its channels are asked.
    pub cadence: Cadence,
    /// Where it announces documents.
    pub channels: Vec<Channel>,
    /// How its pages mark up what is read, where general reading would miss it.
    pub rules: SiteRules,
}

impl Source {
    /// Whether an address may lie in a private range: the source says so, and the address is of an origin
    /// that its file names, not of one that a redirect or a page leads to.
    pub fn allows_private(&self, url: &Url) -> bool {
        let named = std::iter::once(&self.home).chain(self.channels.iter().map(|channel| &channel.url));
        self.allow_private && named.map(Url::origin).any(|origin| origin == url.origin())
    }

    /// The hosts that its file names: of its front page, its channels, and its aliases.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.home)
            .chain(self.channels.iter().map(|channel| &channel.url))
            .filter_map(Url::host_str)
            .chain(self.aliases.iter().map(String::as_str))
    }

    /// The addresses that its file says are its own. What an archive holds lies on the archive's host.
    fn places(&self) -> impl Iterator<Item = &Url> {
        let own = |channel: &&Channel| !matches!(channel.kind, ChannelKind::Memento(_));
        std::iter::once(&self.home).chain(self.channels.iter().filter(own).map(|channel| &channel.url))
    }

    /// The interfaces that give documents, each with the channel's address.
    pub fn interfaces(&self) -> impl Iterator<Item = (&Url, &JsonRules)> {
        self.channels.iter().filter_map(|channel| match &channel.kind {
            ChannelKind::Json(rules) if rules.body.is_some() => Some((&channel.url, &**rules)),
            _ => None,
        })
    }

    /// How an interface is read that gave documents: the one of this address, or, where it has moved since, the one whose
    /// address begins most like it.
    pub fn interface(&self, channel: &str) -> Option<&JsonRules> {
        let common = |url: &Url| {
            let pairs = url.as_str().bytes().zip(channel.bytes());
            pairs.take_while(|(one, other)| one == other).count()
        };
        let exact = |url: &Url| url.as_str() == channel;
        let found = self
            .interfaces()
            .max_by_key(|(url, _)| (exact(url), common(url)))?;
        Some(found.1)
    }

    /// Whether an address is on a host that its file says is its own.
    pub fn is_on_host_of(&self, url: &Url) -> bool {
        let is_alias = |alias: &String| {
            alias
                .strip_prefix("www.")
                .unwrap_or(alias)
                .eq_ignore_ascii_case(host(url))
        };
        let is_there = |place: &Url| host(place) == host(url) && place.port() == url.port();
        self.places().any(is_there) || self.aliases.iter().any(is_alias)
    }
}

/// The source that an address belongs to: the one that is on its host; of several the one whose front page or
/// channel leads furthest into the address's path. Hosts are compared without `www.`, and with their ports.
pub fn source_of<'a>(sources: impl IntoIterator<Item = &'a Source>, url: &Url) -> Option<&'a Source> {
    let mut found: Vec<&Source> = sources
        .into_iter()
        .filter(|source| source.is_on_host_of(url))
        .collect();
    if found.len() < 2 {
        return found.pop();
    }
    let reaches = found.into_iter().filter_map(|source| {
        let places = source.places().filter_map(|place| reach(place, url));
        Some((places.max()?, source))
    });
    // Of two that reach equally far it is always the same one.
    let furthest =
        reaches.max_by(|(one, first), (other, second)| one.cmp(other).then(second.id.cmp(&first.id)));
    furthest.map(|(_, source)| source)
}

fn host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// How many parts of the path lead from `place` to `url`, where `url` lies at or under `place`.
fn reach(place: &Url, url: &Url) -> Option<usize> {
    let parts = |url: &'_ Url| -> Vec<String> {
        let parts = url.path().split('/').filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (place, url) = (parts(place), parts(url));
    url.starts_with(&place).then_some(place.len())
}

/// Whether a source speaks for itself or reports others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// An office: what it publishes is its own word.
    Official,
    /// A news site.
    News,
}

impl SourceKind {
    /// The name used in files, rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            SourceKind::Official => "official",
            SourceKind::News => "news",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [SourceKind::Official, SourceKind::News]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A place where a source announces documents.
#[derive(Clone, Debug)]
pub struct Channel {
    /// How what it answers is read.
    pub kind: ChannelKind,
    /// Its address.
    pub url: Url,
    /// Whether it is crawled.
    pub enabled: bool,
    /// How often it is asked, where that differs from the source's.
    pub cadence: Option<Cadence>,
}

/// How the answer of a channel is read.
#[derive(Clone, Debug)]
pub enum ChannelKind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap or an index of sitemaps.
    Sitemap,
    /// An HTML page of links.
    Listing(ListingRules),
    /// A JSON interface.
    Json(Box<JsonRules>),
    /// What a public web archive holds, by its CDX server.
    Memento(Box<MementoRules>),
}

impl ChannelKind {
    /// The name used in files, rows and JSON.
    pub fn code(&self) -> &'static str {
        match self {
            ChannelKind::Feed => "feed",
            ChannelKind::Sitemap => "sitemap",
            ChannelKind::Listing(_) => "listing",
            ChannelKind::Json(_) => "json",
            ChannelKind::Memento(_) => "memento",
        }
    }
}

/// CSS selectors of a listing page, checked when the settings are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListingRules {
    /// Selects each announced item; `None` takes the whole page as one.
    pub item: Option<String>,
    /// Selects the link inside an item (default `a[href]`).
    pub link: Option<String>,
    /// Selects the title inside an item (default: the link's own text).
    pub title: Option<String>,
    /// Selects the date inside an item; its `datetime` is read before its text.
    pub date: Option<String>,
    /// Selects the link to the next page (default `a[rel~=next], link[rel~=next]`).
    pub next: Option<String>,
    /// How many pages are followed in one crawl.
    pub max_pages: u32,
    /// The addresses of its further pages, where they are known and no link needs to lead there.
    pub pages: Option<ListingPages>,
}

impl ListingRules {
    /// Every CSS selector among them. Taken apart field by field, so that one that is added cannot be forgotten here.
    pub fn selectors(&self) -> Vec<&str> {
        let Self {
            item,
            link,
            title,
            date,
            next,
            max_pages: _,
            pages: _,
        } = self;
        let selectors = [item, link, title, date, next].into_iter().flatten();
        selectors.map(String::as_str).collect()
    }
}

/// Where the further pages of a listing are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingPages {
    /// Their address, with `{page}` for the number.
    pub template: String,
    /// The number of the channel's own address, after which they go on.
    pub first: u32,
}

/// CSS selectors of a source's pages, checked when the settings are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteRules {
    /// Selects the headline.
    pub title: Option<String>,
    /// Selects the main text; where several match, the longest is taken.
    pub body: Option<String>,
    /// Selects the element that carries the publication date.
    pub published: Option<String>,
    /// Selects the elements that name the authors; no other place is believed then.
    pub authors: Option<String>,
    /// Selects what is dropped before reading.
    pub drop: Vec<String>,
    /// Lines after which nothing is of the text.
    pub until: Vec<String>,
    /// Of pages kept as JSON: the keys whose strings are the text, as pieces of HTML.
    pub json_text: Vec<String>,
    /// Of pages kept as JSON: the keys under which nothing is text.
    pub json_drop: Vec<String>,
    /// Of pages kept as JSON: the pointer to the headline.
    pub json_title: Option<String>,
    /// Of pages kept as JSON: the pointer to the publication date.
    pub json_published: Option<String>,
}

impl SiteRules {
    /// Every CSS selector among them. Taken apart field by field, so that one that is added cannot be forgotten here.
    pub fn selectors(&self) -> Vec<&str> {
        let Self {
            title,
            body,
            published,
            authors,
            drop,
            until: _,
            json_text: _,
            json_drop: _,
            json_title: _,
            json_published: _,
        } = self;
        let selectors = [title, body, published, authors].into_iter().flatten();
        selectors.chain(drop).map(String::as_str).collect()
    }
}

/// How a JSON interface is asked and read; places are JSON pointers (RFC 6901), checked when the settings
/// are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonRules {
    /// The list of items in an answer.
    pub items: String,
    /// The link of an item.
    pub link: String,
    /// Its title.
    pub title: Option<String>,
    /// Its publication date.
    pub date: Option<String>,
    /// When it last changed.
    pub modified: Option<String>,
    /// The interface's own name for it.
    pub id: Option<String>,
    /// Its whole text, as HTML or plain: then the answer is read and the link is not asked for.
    pub body: Option<String>,
    /// Who wrote it: a name, or a list of names.
    pub author: Option<String>,
    /// The address that is asked for instead of the link: a template with pointers in braces.
    pub fetch: Option<String>,
    /// What is replaced, once each, in that address.
    pub replace: Vec<(String, String)>,
    /// How far back `{from}` lies.
    pub window: SignedDuration,
    /// How `{from}` and `{to}` are written (strftime).
    pub window_format: String,
    /// The number of the first page.
    pub first_page: u32,
    /// How many pages are read each time.
    pub max_pages: u32,
    /// The number of pages in an answer.
    pub total_pages: Option<String>,
}

impl Default for JsonRules {
    fn default() -> Self {
        Self {
            items: String::new(),
            link: String::new(),
            title: None,
            date: None,
            modified: None,
            id: None,
            body: None,
            author: None,
            fetch: None,
            replace: Vec::new(),
            window: SignedDuration::from_hours(30 * 24),
            window_format: "%Y-%m-%d".to_string(),
            first_page: 1,
            max_pages: 3,
            total_pages: None,
        }
    }
}

/// How a public web archive is asked and its copies are reached. The channel's address is the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MementoRules {
    /// What stands before the time and the address of a copy.
    pub replay: Url,
    /// Whether one address is asked about: then the answers are in the order of time.
    pub is_exact: bool,
    /// How many copies are asked for at once.
    pub limit: u32,
    /// How many answers are read each time.
    pub max_pages: u32,
}

/// One document that a channel announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Its address, absolute.
    pub url: Url,
    /// Its title, where the channel gives one.
    pub title: Option<String>,
    /// The publication date given beside it, never a guess.
    pub published: Option<super::moment::Moment>,
    /// When the channel says it last changed (`updated`, `lastmod`), which is no publication date.
    pub modified: Option<super::moment::Moment>,
    /// The channel's own name for it (`guid`, `id`).
    pub guid: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(id: &str, home: &str, channels: &[&str]) -> Source {
        let url = |text: &str| Url::parse(text).expect("an address");
        let channel = |text: &&str| Channel {
            kind: ChannelKind::Feed,
            url: url(text),
            enabled: true,
            cadence: None,
        };
        Source {
            id: SourceId::new(id),
            name: id.to_owned(),
            kind: SourceKind::Official,
            home: url(home),
            office: None,
            language: None,
            time_zone: TimeZone::UTC,
            aliases: vec!["old-hall.example".to_owned()],
            allow_private: false,
            ports: Vec::new(),
            enabled: true,
            cadence: Cadence::Every(SignedDuration::from_hours(1)),
            channels: channels.iter().map(channel).collect(),
            rules: SiteRules::default(),
        }
    }

    #[track_caller]
    fn check(sources: &[Source], url: &str, expected: Option<&str>) {
        let found = source_of(sources, &Url::parse(url).expect("an address"));
        assert_eq!(found.map(|source| source.id.as_str()), expected);
    }

    #[test]
    fn every_selector_is_named_to_whoever_checks_them() {
        let own = |words: &str| Some(words.to_owned());
        let site = SiteRules {
            title: own("a"),
            body: own("b"),
            published: own("c"),
            authors: own("d"),
            drop: vec!["e".into(), "f".into()],
            ..SiteRules::default()
        };
        assert_eq!(site.selectors(), ["a", "b", "c", "d", "e", "f"]);
        let listing = ListingRules {
            item: own("a"),
            link: own("b"),
            title: own("c"),
            date: own("d"),
            next: own("e"),
            ..ListingRules::default()
        };
        assert_eq!(listing.selectors(), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn a_source_alone_on_its_host_has_every_address_of_it() {
        let one = [source(
            "hall",
            "https://www.hall.example/news",
            &["https://feeds.hall.example/rss"],
        )];
        check(&one, "https://hall.example/orders/7", Some("hall"));
        check(&one, "https://feeds.hall.example/x", Some("hall"));
        check(&one, "https://OLD-hall.example/x", Some("hall"));
        check(&one, "https://other.example/", None);
    }

    #[test]
    fn of_several_on_a_host_the_one_that_leads_furthest_into_the_path_has_it() {
        let mut shared = vec![
            source("mayor", "https://city.example/mayors-office", &[]),
            source(
                "police",
                "https://city.example/site/police/",
                &["https://city.example/alerts/police"],
            ),
        ];
        check(
            &shared,
            "https://city.example/mayors-office/news/a.html",
            Some("mayor"),
        );
        check(&shared, "https://city.example/site/police/news/7", Some("police"));
        check(&shared, "https://city.example/alerts/police/7", Some("police"));
        check(&shared, "https://city.example/site/parks/7", None);
        check(&shared, "https://city.example/site/policemen/7", None);
        shared.push(source("city", "https://city.example/", &[]));
        check(&shared, "https://city.example/site/parks/7", Some("city"));
        check(&shared, "https://city.example/site/police/7", Some("police"));
    }
}
