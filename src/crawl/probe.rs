//! Finds out how a newsroom announces its pages: asked politely, one request after the other.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::{Origin, Url};

use super::CrawlError;
use super::hop::redirect_of;
use super::permission::RobotsFile;
use super::robots::{Robots, Standing};
use super::{Paces, Politeness};
use crate::discover::probe::{self, FrontPage};
use crate::discover::{feed, json_interface, listing, sitemap};
use crate::fetch::{Client, ClientSettings, Exchange, FetchOutcome, Request};
use crate::model::host::host_of;
use crate::model::outcome::Outcome;
use crate::model::source::{JsonRules, ListingRules, Source};
use crate::settings::CrawlSettings;
use crate::text::{charset, json, language};

/// Requests made for one newsroom at most.
const MAX_REQUESTS: usize = 24;
/// Links from which a page counts as a listing.
const LEAST_LINKS: usize = 5;

/// How a newsroom announces its pages.
#[derive(Clone, Debug)]
pub struct Probed {
    /// The front page, after redirects.
    pub home: Url,
    /// What it says of itself.
    pub name: Option<String>,
    /// The language it declares.
    pub language: Option<String>,
    /// The zone of its clock, where its interface tells it.
    pub time_zone: Option<String>,
    /// What was found, feeds first.
    pub channels: Vec<ProbedChannel>,
    /// What was tried and led nowhere, in words.
    pub tried: Vec<String>,
    /// Whether something was not asked because of its address or port.
    pub is_refused: bool,
}

/// One place where pages are announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbedChannel {
    /// `feed`, `sitemap`, `listing` or `json`.
    pub kind: &'static str,
    /// Its address.
    pub url: Url,
    /// What it announces now.
    pub items: usize,
    /// The language it says it is in, where it is a feed.
    pub language: Option<String>,
    /// Further keys of its table, as the file of a source names them.
    pub keys: &'static [(&'static str, &'static str)],
}

/// The latest posts of WordPress with their whole texts, below its interface's own address. Days are those of the
/// site's clock, without a zone.
const WORDPRESS_POSTS: &str = "wp/v2/posts?per_page=50&page={page}";
const WORDPRESS_KEYS: [(&str, &str); 7] = [
    ("items", ""),
    ("link", "/link"),
    ("title", "/title/rendered"),
    ("date", "/date"),
    ("modified", "/modified"),
    ("id", "/id"),
    ("body", "/content/rendered"),
];

/// What of WordPress's own description tells the zone.
const WORDPRESS_ZONE: &str = "timezone_string,gmt_offset";

/// Probes the newsroom at an address; `sources` name the further ports of their hosts.
pub async fn probe(
    settings: &CrawlSettings,
    sources: &[Source],
    url: &Url,
    allow_private: bool,
) -> Result<Probed, CrawlError> {
    let mut asker = Asker::new(settings, sources, url, allow_private)?;
    let Some((home, body, kind)) = asker.ask(url).await else {
        return Ok(Probed {
            home: url.clone(),
            name: None,
            language: None,
            time_zone: None,
            channels: Vec::new(),
            is_refused: asker.is_refused,
            tried: asker.tried,
        });
    };
    let page = probe::front_page(&charset::decode(&body, kind.as_deref()).text, &home);
    let mut channels = asker.feeds(&home, &page, (&body, kind.as_deref())).await;
    let wordpress = asker.wordpress(&page).await;
    let time_zone = match (&wordpress, &page.wordpress) {
        (Some(_), Some(interface)) => asker.wordpress_zone(interface).await,
        _ => None,
    };
    channels.extend(wordpress);
    channels.extend(asker.sitemaps(&home).await);
    channels.extend(own_listing(&home, &body, kind.as_deref(), channels.is_empty()));
    let listings = asker.listings(&page).await.into_iter();
    channels.extend(listings.filter(|listing| listing.url != home));
    Ok(Probed {
        home,
        name: page.name,
        language: language_of(page.language.as_deref(), &channels),
        time_zone,
        channels,
        is_refused: asker.is_refused,
        tried: asker.tried,
    })
}

/// The language that the front page declares, or its feeds: with the country where a feed names it, by which digits of days
/// are read.
fn language_of(declared: Option<&str>, channels: &[ProbedChannel]) -> Option<String> {
    let of_feeds = channels.iter().filter_map(|channel| channel.language.as_deref());
    let mut of_feeds = of_feeds.filter_map(language::tag);
    let Some(declared) = declared.and_then(language::tag) else {
        return of_feeds.next();
    };
    let is_closer = |tag: &String| {
        tag.strip_prefix(&declared)
            .is_some_and(|rest| rest.starts_with('-'))
    };
    Some(of_feeds.find(is_closer).unwrap_or(declared))
}

/// One address, asked for as politely as in a crawl and kept nowhere; the error is why there is nothing, in
/// words. `sources` name the further ports of their hosts.
pub async fn look(
    settings: &CrawlSettings,
    sources: &[Source],
    url: &Url,
    allow_private: bool,
) -> Result<Result<Looked, String>, CrawlError> {
    let mut asker = Asker::new(settings, sources, url, allow_private)?;
    let answer = asker.ask(url).await;
    Ok(answer
        .map(|(url, body, content_type)| Looked {
            url,
            body,
            content_type,
        })
        .ok_or_else(|| {
            let hint = "; --allow-private lets an intranet be asked, at private addresses and on any port";
            let hint = if asker.is_refused { hint } else { "" };
            asker.tried.join("; ") + hint
        }))
}

/// What an address answered.
#[derive(Clone, Debug)]
pub struct Looked {
    /// The address that answered, after redirects.
    pub url: Url,
    /// The body, its content coding undone.
    pub body: Vec<u8>,
    /// Its `Content-Type`.
    pub content_type: Option<String>,
}

struct Asker {
    client: Client,
    /// The rules of every origin that was asked.
    rules: HashMap<Origin, Robots>,
    agent: String,
    /// The origin that was named, the only one that may be private.
    own: Origin,
    /// The pauses of a crawl: as long as a site asks for, and no longer than the settings allow.
    politeness: Politeness,
    max_redirects: u32,
    /// The largest body after its content coding is undone.
    max_decoded_bytes: usize,
    allow_private: bool,
    left: usize,
    tried: Vec<String>,
    is_refused: bool,
}

type Answer = (Url, Vec<u8>, Option<String>);

impl Asker {
    fn new(
        settings: &CrawlSettings,
        sources: &[Source],
        url: &Url,
        allow_private: bool,
    ) -> Result<Self, CrawlError> {
        Ok(Self {
            client: Client::new(&ClientSettings::of(settings, sources))?,
            rules: HashMap::new(),
            agent: settings.robots_token(),
            own: url.origin(),
            politeness: Politeness::new(Paces::of(settings)),
            max_redirects: settings.max_redirects,
            max_decoded_bytes: usize::try_from(settings.max_decoded_bytes).unwrap_or(usize::MAX),
            // What the file of a source allows its crawl is allowed here.
            allow_private: allow_private || sources.iter().any(|source| source.allows_private(url)),
            left: MAX_REQUESTS,
            tried: Vec::new(),
            is_refused: false,
        })
    }

    /// Reads the rules of an address's site as a crawl does; where they cannot be read nothing else is asked for
    /// there.
    async fn read_rules(&mut self, url: &Url) {
        if self.rules.contains_key(&url.origin()) {
            return;
        }
        let mut file = RobotsFile::of(url);
        while let Some(address) = file.next() {
            let Some(answer) = self.get(&address).await else {
                break;
            };
            let payload = match &answer {
                FetchOutcome::Answered(exchange) => exchange.payload(self.max_decoded_bytes).ok(),
                FetchOutcome::Failed { .. } => None,
            };
            file.heard(&answer, payload.as_deref());
        }
        let rules = match file.ended() {
            (Some(status), text) => Robots::from_status(status, text.as_bytes(), &self.agent),
            (None, _) => Robots::disallow_all(),
        };
        self.rules.insert(url.origin(), rules);
    }

    /// One request, after the pause that its host is owed since the last one; nothing where there were enough.
    async fn get(&mut self, url: &Url) -> Option<FetchOutcome> {
        self.left = self.left.checked_sub(1)?;
        let request = Request {
            allow_private: self.allow_private && url.origin() == self.own,
            ..Request::new(url.clone())
        };
        let asked_pause = self.rules.get(&url.origin()).and_then(Robots::crawl_delay);
        let turn = self.politeness.turn(&host_of(url), asked_pause).await;
        let answer = self.client.get(&request).await;
        drop(turn);
        if let FetchOutcome::Failed { outcome, detail } = &answer {
            self.is_refused |= *outcome == Outcome::Refused;
            self.tried.push(format!("{url}: {outcome} ({detail})"));
        }
        Some(answer)
    }

    /// The payload at an address, its redirects followed as far as robots.txt of each site allows.
    async fn ask(&mut self, url: &Url) -> Option<Answer> {
        let mut url = url.clone();
        for _ in 0..=self.max_redirects {
            self.read_rules(&url).await;
            if let Some(rules) = self.rules.get(&url.origin()).filter(|rules| !rules.allows(&url)) {
                let why = match rules.standing() {
                    Standing::DisallowAll => "robots.txt could not be read",
                    _ => "robots.txt disallows it",
                };
                self.tried.push(format!("{url}: {why}"));
                return None;
            }
            let answer = self.get(&url).await?;
            if let Some(next) = redirect_of(&answer) {
                url = next;
                continue;
            }
            let FetchOutcome::Answered(exchange) = answer else {
                return None;
            };
            if exchange.status != 200 {
                self.tried.push(format!("{url}: HTTP status {}", exchange.status));
                return None;
            }
            let payload = self.payload(&exchange);
            let kind = exchange.header("content-type").map(str::to_string);
            return payload
                .map_err(|why| self.tried.push(format!("{url}: {why}")))
                .ok()
                .map(|payload| (url, payload, kind));
        }
        let redirects = self.max_redirects;
        self.tried.push(format!("{url}: more than {redirects} redirects"));
        None
    }

    /// What a crawl would keep of an answer, or why it would keep nothing.
    fn payload(&self, exchange: &Exchange) -> Result<Vec<u8>, String> {
        if exchange.truncated.is_some() {
            return Err(exchange.outcome().to_string());
        }
        let payload = exchange.payload(self.max_decoded_bytes);
        payload.map(Cow::into_owned).map_err(|error| error.to_string())
    }

    /// The page itself where it is a feed, the feeds it names, or one at a usual place.
    async fn feeds(
        &mut self,
        home: &Url,
        page: &FrontPage,
        own: (&[u8], Option<&str>),
    ) -> Vec<ProbedChannel> {
        if let Ok(items) = feed::read(own.0, own.1, home) {
            let language = feed::language(own.0, own.1, home);
            return vec![ProbedChannel {
                language,
                ..channel("feed", home.clone(), items.len())
            }];
        }
        let mut found = Vec::new();
        let usual = probe::USUAL_FEEDS.iter().filter_map(|path| home.join(path).ok());
        let (named, guessed): (Vec<Url>, Vec<Url>) = (page.feeds.clone(), usual.collect());
        for (url, is_named) in named
            .into_iter()
            .map(|url| (url, true))
            .chain(guessed.into_iter().map(|url| (url, false)))
        {
            if !is_named && !found.is_empty() {
                break;
            }
            if let Some((url, body, kind)) = self.ask(&url).await
                && let Ok(items) = feed::read(&body, kind.as_deref(), &url)
            {
                found.push(ProbedChannel {
                    language: feed::language(&body, kind.as_deref(), &url),
                    ..channel("feed", url, items.len())
                });
            }
        }
        found
    }

    /// The sitemaps that robots.txt names, or the one at the usual place.
    async fn sitemaps(&mut self, home: &Url) -> Vec<ProbedChannel> {
        // Of the newsroom's own robots.txt, whoever was asked since.
        let rules = self.rules.get(&home.origin());
        let named = rules.map_or(&[][..], Robots::sitemaps).iter();
        let mut addresses: Vec<Url> = named.filter_map(|text| home.join(text).ok()).collect();
        if addresses.is_empty() {
            addresses.extend(home.join("/sitemap.xml"));
        }
        let mut found = Vec::new();
        for url in addresses.into_iter().take(4) {
            if let Some((url, body, kind)) = self.ask(&url).await
                && let Ok(read) = sitemap::read(&body, kind.as_deref(), &url)
            {
                found.push(channel("sitemap", url, read.pages.len() + read.sitemaps.len()));
            }
        }
        found
    }

    /// The interface of WordPress, where it gives the texts of its posts.
    async fn wordpress(&mut self, page: &FrontPage) -> Option<ProbedChannel> {
        let template = page.wordpress.as_ref()?.join(WORDPRESS_POSTS).ok()?;
        let place = |key: &str| {
            let keys = WORDPRESS_KEYS.iter();
            keys.filter(|(name, _)| *name == key)
                .map(|(_, place)| place.to_string())
                .next()
        };
        let rules = JsonRules {
            items: place("items")?,
            link: place("link")?,
            body: place("body"),
            ..JsonRules::default()
        };
        let first = json_interface::page_address(&template, &rules, 1, Timestamp::now(), &TimeZone::UTC)?;
        let (url, body, _) = self.ask(&first).await?;
        let items = json_interface::read(&body, &url, &rules).ok()?.items;
        let given = items.iter().filter(|item| item.given.is_some()).count();
        (given > 0).then(|| ProbedChannel {
            keys: &WORDPRESS_KEYS,
            ..channel("json", template, given)
        })
    }

    /// The zone of WordPress's clock, by which it dates its posts: a place, or a difference to UTC where it was given none.
    async fn wordpress_zone(&mut self, interface: &Url) -> Option<String> {
        let mut url = interface.clone();
        url.query_pairs_mut().append_pair("_fields", WORDPRESS_ZONE);
        let (_, body, _) = self.ask(&url).await?;
        zone_of(&json::read(&body).ok()?)
    }

    async fn listings(&mut self, page: &FrontPage) -> Vec<ProbedChannel> {
        let mut found = Vec::new();
        for url in page.listings.clone() {
            if let Some((url, body, kind)) = self.ask(&url).await {
                let html = charset::decode(&body, kind.as_deref()).text;
                let links =
                    listing::read(&html, &url, &ListingRules::default()).map_or(0, |read| read.items.len());
                if links >= LEAST_LINKS {
                    found.push(channel("listing", url, links));
                }
            }
        }
        found
    }
}

/// The page itself, where it lists pages: by what it is called, by the days beside its links, or, where nothing else
/// announces pages, by its links with days alone on a front page as well.
fn own_listing(home: &Url, body: &[u8], kind: Option<&str>, is_only_one: bool) -> Option<ProbedChannel> {
    if home.path() == "/" && !is_only_one {
        return None;
    }
    let html = charset::decode(body, kind).text;
    let links = listing::read(&html, home, &ListingRules::default()).map_or(0, |read| read.items.len());
    let is_listing =
        links >= LEAST_LINKS && (probe::is_listing(home) || listing::dated_links(&html, home) >= LEAST_LINKS);
    is_listing.then(|| channel("listing", home.clone(), links))
}

/// The zone that WordPress tells, as sources name it.
fn zone_of(told: &serde_json::Value) -> Option<String> {
    let named = told.get("timezone_string").and_then(|zone| zone.as_str());
    if let Some(zone) = named.filter(|zone| !zone.is_empty()) {
        return TimeZone::get(zone).is_ok().then(|| zone.to_string());
    }
    let offset = told.get("gmt_offset")?;
    // Written as a number or in quotes.
    let hours = offset.as_f64().or_else(|| offset.as_str()?.parse().ok())?;
    // The names of such zones count the other way round (POSIX), and there are none for half hours.
    let zone = match hours {
        0.0 => "UTC".to_string(),
        hours if hours.fract() != 0.0 => return None,
        hours => format!("Etc/GMT{:+}", -hours),
    };
    TimeZone::get(&zone).is_ok().then_some(zone)
}

fn channel(kind: &'static str, url: Url, items: usize) -> ProbedChannel {
    ProbedChannel {
        kind,
        url,
        items,
        language: None,
        keys: &[],
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use jiff::SignedDuration;

    use super::*;

    #[track_caller]
    fn check(told: &str, zone: Option<&str>) {
        let told = serde_json::from_str(told).expect("JSON");
        assert_eq!(zone_of(&told).as_deref(), zone, "{told}");
    }

    #[tokio::test]
    async fn a_long_crawl_delay_is_kept_as_far_as_a_crawl_keeps_it() {
        let address = site("User-agent: *\nCrawl-delay: 86400\n", "The pier is open.");
        let mut settings = crate::settings::load(None, []).expect("the defaults").crawl;
        settings.pace = SignedDuration::ZERO;
        settings.longest_pace = SignedDuration::from_secs(1);
        let url = Url::parse(&address).expect("an address");
        let begun_at = Instant::now();
        let looked = look(&settings, &[], &url, true);
        let looked = tokio::time::timeout(Duration::from_secs(30), looked).await;
        let looked = looked.expect("it does not wait for a day").expect("a client");
        assert_eq!(looked.expect("an answer").body, b"The pier is open.");
        assert!(
            begun_at.elapsed() >= Duration::from_secs(1),
            "it waits as a crawl does"
        );
    }

    /// A site of a robots.txt and a page, each asked for once; answers its address.
    fn site(robots: &'static str, page: &'static str) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            for body in [robots, page] {
                let (mut connection, _) = listener.accept().expect("a client");
                let head = &mut [0; 4096];
                std::io::Read::read(&mut connection, head).expect("a request");
                let head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close";
                let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                std::io::Write::write_all(&mut connection, answer.as_bytes()).expect("a reader");
            }
        });
        format!("http://{address}/")
    }

    #[test]
    fn a_page_that_lists_pages_is_a_listing_itself() {
        let list = |day: &str| -> String {
            let item = |number: usize| {
                format!("<li><a href=/story/{number}>The pier, part {number}</a> <i>{day}</i></li>")
            };
            let items: String = (0..LEAST_LINKS).map(item).collect();
            format!("<main><ul>{items}</ul></main>")
        };
        let found = |path: &str, day: &str, is_only_one: bool| {
            let url = Url::parse("https://town.example").and_then(|home| home.join(path));
            own_listing(&url.expect("an address"), list(day).as_bytes(), None, is_only_one).is_some()
        };
        assert!(found("/harbor", "February 6, 2026", false), "days tell it");
        assert!(found("/news/", "", false), "its name tells it");
        assert!(!found("/harbor", "", true), "links alone are on every page");
        assert!(found("/", "February 6, 2026", true));
        assert!(!found("/", "February 6, 2026", false), "its feed says more");
    }

    #[test]
    fn the_language_of_a_feed_may_name_the_country() {
        let feed = |tag: &str| ProbedChannel {
            language: Some(tag.into()),
            ..channel("feed", Url::parse("https://town.example/feed").expect("valid"), 3)
        };
        let found = |declared, feeds: &[ProbedChannel]| language_of(declared, feeds);
        assert_eq!(found(Some("en"), &[feed("en-us")]).as_deref(), Some("en-US"));
        assert_eq!(found(Some("en-GB"), &[feed("en-us")]).as_deref(), Some("en-GB"));
        assert_eq!(found(Some("es"), &[feed("en-us")]).as_deref(), Some("es"));
        assert_eq!(
            found(None, &[feed("English"), feed("EN_gb")]).as_deref(),
            Some("en-GB")
        );
        assert_eq!(found(Some("en"), &[]).as_deref(), Some("en"));
    }

    #[test]
    fn the_zone_of_wordpress_is_a_place_or_a_difference() {
        check(
            r#"{"timezone_string": "America/New_York", "gmt_offset": -5}"#,
            Some("America/New_York"),
        );
        check(
            r#"{"timezone_string": "", "gmt_offset": "-5"}"#,
            Some("Etc/GMT+5"),
        );
        check(r#"{"timezone_string": "", "gmt_offset": 2}"#, Some("Etc/GMT-2"));
        check(r#"{"timezone_string": "", "gmt_offset": 0}"#, Some("UTC"));
        check(r#"{"timezone_string": "", "gmt_offset": 5.5}"#, None);
        check(r#"{"timezone_string": "Harbor/Pier"}"#, None);
        check("{}", None);
    }
}
