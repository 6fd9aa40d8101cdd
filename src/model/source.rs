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
    /// Selects what is dropped before reading.
    pub drop: Vec<String>,
    /// Of pages kept as JSON: the keys whose strings are the text, as pieces of HTML.
    pub json_text: Vec<String>,
    /// Of pages kept as JSON: the pointer to the headline.
    pub json_title: Option<String>,
    /// Of pages kept as JSON: the pointer to the publication date.
    pub json_published: Option<String>,
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
