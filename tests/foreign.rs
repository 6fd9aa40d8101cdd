//! Every parser of foreign bytes, given bytes as they come: any at all, and good ones that were damaged. None fails,
//! what comes out is bounded by what went in, and what must be stable is. `PROPTEST_CASES=20000` looks longer.

use std::time::Duration;

use jiff::tz::TimeZone;
use onrecord::crawl::robots::Robots;
use onrecord::discover::{canonical, feed, json_interface, listing, memento, opml, probe, sitemap, traps};
use onrecord::extract::{self, Page};
use onrecord::fetch::{Exchange, coding};
use onrecord::model::source::{JsonRules, ListingRules, MementoRules};
use onrecord::text::{bounds, charset, moments};
use proptest::collection::vec;
use proptest::prelude::*;
use url::Url;

/// No payload announces more (sitemaps.org).
const MOST: usize = 50_000;

const FEED: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
    <channel><title>News &amp; more</title><link>https://town.example/</link><item><title><![CDATA[Ferry <b>to</b> run]]></title>\
    <link>/news/1?a=1&amp;b=2</link><guid isPermaLink=\"false\">n1</guid><pubDate>Fri, 06 Feb 2026 10:00:00 GMT</pubDate></item>\
    <item><title>Caf\u{e9}</title><link>https://town.example/2</link><dc:date>2026-02-06T10:00:00Z</dc:date></item></channel></rss>";
const ATOM: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://town.example/a/\"><title type=\"html\">&lt;i>News</title>\
    <entry><title>One</title><link rel=\"alternate\" href=\"one\"/><id>urn:1</id><updated>2026-02-06T10:00:00-05:00</updated></entry></feed>";
const JSON_FEED: &str = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"url\":\"/one\",\
    \"title\":\"One\",\"date_published\":\"2026-02-06T10:00:00Z\"},{\"id\":\"https://town.example/2\"}]}";
const SITEMAP: &str = "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
    xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc>https://town.example/1</loc><lastmod>2026-02-06</lastmod>\
    <news:news><news:title>One</news:title><news:publication_date>2026-02-06T10:00:00Z</news:publication_date></news:news></url></urlset>";
const INDEX: &str = "<sitemapindex><sitemap><loc>https://town.example/a.xml.gz</loc><lastmod>2026-02</lastmod></sitemap></sitemapindex>";
const LISTING: &str = "<html><head><base href=\"/news/\"><link rel=alternate type=application/rss+xml href=/feed></head><body><main><ul>\
    <li class=item><a href=\"one\">One</a> <time datetime=\"2026-02-06\">6 February</time></li><li class=item><a href='#'>x</a></li>\
    </ul><a rel=next href=\"?page=2\">more</a></main></body></html>";
const JSON: &str = "{\"total\":3,\"results\":[{\"link\":\"/one\",\"title\":\"One\",\"date\":1770372000,\"tags\":[null,1.5e3]},{\"link\":null}]}";
const CDX: &str = "[[\"urlkey\",\"timestamp\",\"original\"],[\"example,town)/\",\"20260205100000\",\"https://town.example/\"]]\n\
    example,town)/ 20260205100000 {\"url\": \"https://town.example/\", \"status\": \"200\"}\n\
    example,town)/ 20260205100000 https://town.example/ text/html 200";
const OPML: &str = "<opml version=\"2.0\"><body><outline text=\"Town\"><outline type=\"rss\" text=\"News &amp; more\" \
    xmlUrl=\"https://town.example/feed\" htmlUrl=\"https://town.example/\"/></outline></body></opml>";
const ROBOTS: &str = "# rules\r\nUser-agent: Onrecord\nuser-agent: *\nDisallow: /private/*.html$\nAllow: /%70ublic/\u{e9}\n\
    Crawl-delay: 2.5\nSitemap: https://town.example/map.xml\n";
const ARTICLE: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Ferry to run</title><meta property=article:published_time \
    content=2026-02-06T10:00:00Z><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"Ana\"}]}</script></head>\
    <body><article><h1>Ferry to run</h1><p>“The ferry will run,” said Mayor Ana Lima on Tuesday, after a long meeting about it.</p>\
    </article></body></html>";

fn base() -> Url {
    Url::parse("https://town.example/news/").expect("valid")
}

/// Good bytes with some damage: cut, repeated, overwritten, other bytes put in.
fn damaged(good: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let place = 0..good.len();
    let damage = (place.clone(), place, vec(any::<u8>(), 0..6), 0..5_u8);
    vec(damage, 0..5).prop_map(move |damages| {
        let mut bytes = good.as_bytes().to_vec();
        for (from, to, other, kind) in damages {
            let (from, to) = (from.min(to).min(bytes.len()), from.max(to).min(bytes.len()));
            match kind {
                0 => drop(bytes.drain(from..to)),
                1 => bytes.truncate(to),
                2 => drop(bytes.splice(from..from, other)),
                3 => {
                    let again = bytes[from..to].to_vec();
                    bytes.splice(to..to, again);
                }
                _ => {
                    for (place, byte) in (from..bytes.len()).zip(other) {
                        bytes[place] = byte;
                    }
                }
            }
        }
        bytes
    })
}

/// Bytes of any kind, or one of these damaged.
fn foreign(good: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let good = proptest::sample::select(good).prop_flat_map(damaged);
    prop_oneof![1 => vec(any::<u8>(), 0..400), 4 => good]
}

fn content_type() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        Just(Some("text/html; charset=windows-1251".to_string())),
        Just(Some("application/rss+xml; charset=\"utf-16\"".to_string())),
        "\\PC{0,30}".prop_map(Some),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn feeds(bytes in foreign(&[FEED, ATOM, JSON_FEED, SITEMAP, LISTING]), content_type in content_type()) {
        if let Ok(entries) = feed::entries(&bytes, content_type.as_deref(), &base()) {
            prop_assert!(entries.len() <= bytes.len().min(MOST));
        }
        if let Ok(items) = feed::read(&bytes, content_type.as_deref(), &base()) {
            prop_assert!(items.iter().all(|item| matches!(item.url.scheme(), "http" | "https")));
        }
    }

    #[test]
    fn sitemaps(bytes in foreign(&[SITEMAP, INDEX, FEED, "https://town.example/1\n/2\n"]), content_type in content_type()) {
        if let Ok(read) = sitemap::read(&bytes, content_type.as_deref(), &base()) {
            prop_assert!(read.pages.len() + read.sitemaps.len() <= bytes.len().min(MOST));
            prop_assert!(read.pages.iter().all(|item| matches!(item.url.scheme(), "http" | "https")));
        }
    }

    #[test]
    fn listings(bytes in foreign(&[LISTING, ARTICLE]), content_type in content_type()) {
        let html = charset::decode(&bytes, content_type.as_deref()).text;
        let rules = ListingRules { item: Some("li.item".into()), max_pages: 2, ..ListingRules::default() };
        for rules in [ListingRules::default(), rules] {
            if let Ok(listing) = listing::read(&html, &base(), &rules) {
                prop_assert!(listing.items.len() <= bytes.len());
                prop_assert!(listing.items.iter().all(|item| matches!(item.url.scheme(), "http" | "https")));
            }
        }
        let _ = probe::front_page(&html, &base());
    }

    #[test]
    fn selectors_of_strangers(selector in "\\PC{0,40}") {
        if listing::selector_error(&selector).is_none() {
            let rules = ListingRules { item: Some(selector), ..ListingRules::default() };
            let _ = listing::read(LISTING, &base(), &rules);
        }
    }

    #[test]
    fn json_interfaces(bytes in foreign(&[JSON, JSON_FEED]), pointer in "(/[a-z0-9~]{0,8}){0,3}") {
        let rules = JsonRules {
            items: "/results".into(),
            link: "/link".into(),
            title: Some("/title".into()),
            date: Some("/date".into()),
            fetch: Some(format!("https://town.example{{{pointer}}}/x")),
            body: Some(pointer.clone()),
            author: Some("/title".into()),
            total_pages: Some("/total".into()),
            ..JsonRules::default()
        };
        for rules in [JsonRules { items: pointer.clone(), link: pointer, ..rules.clone() }, rules] {
            if let Ok(answer) = json_interface::read(&bytes, &base(), &rules) {
                prop_assert!(answer.items.len() <= bytes.len().min(MOST));
            }
        }
    }

    #[test]
    fn templates_of_interfaces(path in "[a-z/{}%]{0,30}", page: u32, seconds in -9_000_000_000_i64..9_000_000_000) {
        let Ok(template) = Url::parse(&format!("https://town.example/{path}?p={{page}}&from={{from}}")) else { return Ok(()) };
        let now = jiff::Timestamp::from_second(seconds).expect("in range");
        let _ = json_interface::page_address(&template, &JsonRules::default(), page, now, &TimeZone::UTC);
    }

    #[test]
    fn answers_of_public_archives(bytes in foreign(&[CDX])) {
        let rules = MementoRules { replay: base(), is_exact: false, limit: 100, max_pages: 1 };
        if let Ok(found) = memento::read(&bytes, &rules) {
            prop_assert!(found.mementos.len() <= bytes.len().min(MOST));
        }
    }

    #[test]
    fn lists_of_feeds(bytes in foreign(&[OPML, FEED])) {
        prop_assert!(opml::read(&String::from_utf8_lossy(&bytes)).feeds.len() <= bytes.len());
    }

    #[test]
    fn robots_files(bytes in foreign(&[ROBOTS]), agent in "\\PC{0,12}", path in "\\PC{0,40}") {
        let robots = Robots::parse(&bytes, &agent);
        prop_assert!(robots.crawl_delay().is_none_or(|delay| delay <= Duration::from_secs(24 * 3600)));
        if let Some(url) = base().join(&path).ok().filter(|url| url.scheme() == "https") {
            // The same file and address, the same answer; and robots.txt itself may always be asked for.
            prop_assert_eq!(robots.allows(&url), Robots::parse(&bytes, &agent).allows(&url));
            prop_assert!(robots.allows(&url.join("/robots.txt").expect("valid")));
        }
        for status in [200, 301, 404, 429, 500, 999] {
            let _ = Robots::from_status(status, &bytes, &agent);
        }
    }

    #[test]
    fn charsets(bytes in foreign(&[ARTICLE, FEED, "\u{feff}UTF-8 with a mark", "<meta charset=utf-7>+ADw-"]), content_type in content_type()) {
        let decoded = charset::decode(&bytes, content_type.as_deref());
        // No encoding makes more than three bytes of UTF-8 out of one, and a replacement has three.
        prop_assert!(decoded.text.len() <= 3 * bytes.len() + 3);
        if content_type.is_none() && std::str::from_utf8(&bytes).is_ok() && !bytes.is_ascii() && decoded.encoding == "UTF-8" {
            prop_assert!(!decoded.malformed);
        }
    }

    #[test]
    fn codings(bytes in foreign(&["\u{1f}\u{8b}\u{8}"]), label in "(gzip|x-gzip|deflate|identity|br|, ){0,4}") {
        if let Ok(decoded) = coding::decode(&bytes, Some(&label), 10_000) {
            prop_assert!(decoded.len() <= 10_000.max(bytes.len()));
        }
    }

    #[test]
    fn printed_moments(text in "(\\PC{0,40}|[0-9:/., TZ+-]{0,30}|((Mon|Feb|[0-9]{1,4}|GMT|-0500|10:00|um|de|pm|年)[ ,]?){0,8})", language in "[a-z]{0,3}") {
        if let Some(moment) = moments::read(&text) {
            prop_assert!((1..=9999).contains(&moment.date.year()));
            // What is printed of it reads as the same.
            let printed = moment.to_string();
            prop_assert_eq!(moments::read(&printed).map(|again| again.date), Some(moment.date), "{}", printed);
        }
        let _ = moments::read_in(&text, Some(&language));
        let _ = moments::find(&text, Some(&language));
    }

    #[test]
    fn canonical_addresses(rest in "(\\PC{0,40}|(/|amp|story|[.]amp[.]html|[.]|[?]|&|=|utm_source|#|%2e|;jsessionid=1|;|outputType=amp|[a-z0-9]{1,4}){0,14})", host in "(town[.]example[.]{0,2}|u:p@town[.]example|TOWN[.]example:443)") {
        let Ok(url) = Url::parse(&format!("https://{host}/{rest}")) else { return Ok(()) };
        let once = canonical::canonical(&url);
        let twice = canonical::canonical(&once.url);
        prop_assert_eq!(&twice.url, &once.url, "{}", url);
        prop_assert!(twice.rules.is_empty(), "{:?} of {}", twice.rules, once.url);
        prop_assert!(once.url.as_str().len() <= url.as_str().len() + 1);
        prop_assert_eq!(Url::parse(once.url.as_str()).ok(), Some(once.url));
        let _ = traps::trap(&url);
    }

    #[test]
    fn pauses_that_servers_ask_for(value in "(\\PC{0,20}|-?[0-9]{0,30}|(Mon|Fri), [0-9]{1,2} (Feb|Foo) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT)", status in 100_u16..1000) {
        let exchange = Exchange {
            url: base(),
            started_at: "2026-02-06T10:00:00Z".parse().expect("valid"),
            elapsed: Duration::ZERO,
            conditional: false,
            status,
            version: "HTTP/1.1",
            headers: vec![("retry-after".into(), value.clone().into_bytes()), ("location".into(), value.into_bytes())],
            request_head: Vec::new(),
            response_head: Vec::new(),
            body: Vec::new(),
            truncated: None,
            remote: None,
        };
        let _ = exchange.retry_after();
        let _ = exchange.redirect();
        let _ = exchange.outcome();
    }

    #[test]
    fn pages(bytes in foreign(&[ARTICLE, LISTING, FEED, JSON, "%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "Plain words.\n\nMore of them."]), content_type in content_type()) {
        let url = base();
        let page = Page { payload: &bytes, content_type: content_type.as_deref(), url: &url, captured_at: None, source: None };
        let reading = extract::read(&page);
        for block in &reading.blocks {
            prop_assert!(block.span.range().end <= reading.text.len());
        }
        let html = String::from_utf8_lossy(&bytes);
        // A `<` that begins no tag is written as a reference.
        let most = html.len() + 3 * html.matches('<').count();
        prop_assert!(bounds::bound(&html).html.len() <= most);
    }
}
