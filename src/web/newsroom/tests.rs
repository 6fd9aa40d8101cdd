//! The newsroom as a crawler meets it, asked over plain sockets.

use std::collections::BTreeSet;
use std::path::Path;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Newsroom;
use super::files::{EDIT, SPEAKERS, Text, fields, sites};
use crate::extract::letters::Letters;
use crate::settings;

/// An answer: status line and headers as one text, and the body.
struct Answer {
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&str| line.to_ascii_lowercase().starts_with(&format!("{name}:"));
        let line = self.head.lines().find(named)?;
        line.split_once(": ").map(|(_, value)| value)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

async fn ask(room: &Newsroom, site: &str, path: &str, headers: &str) -> Answer {
    send(room, "GET", site, path, headers).await
}

async fn send(room: &Newsroom, method: &str, site: &str, path: &str, headers: &str) -> Answer {
    let host = room.addresses[site].trim_start_matches("http://").to_string();
    let mut stream = TcpStream::connect(&host).await.expect("the site listens");
    let request = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}connection: close\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("the site reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("the site answers");
    let end = memchr::memmem::find(&answer, b"\r\n\r\n").expect("headers end");
    Answer {
        head: String::from_utf8_lossy(&answer[..end]).into_owned(),
        body: answer[end + 4..].to_vec(),
    }
}

async fn get(room: &Newsroom, site: &str, path: &str) -> Answer {
    ask(room, site, path, "").await
}

/// The addresses on the newsroom's own sites that a text names, as site and path.
fn addresses(room: &Newsroom, text: &str) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    for (name, address) in &room.addresses {
        for (start, _) in text.match_indices(&format!("{address}/")) {
            let path = &text[start + address.len()..];
            let end = path.find(['"', '<', ' ', '\n']).unwrap_or(path.len());
            found.insert((*name, path[..end].to_string()));
        }
    }
    found
}

#[tokio::test]
async fn every_file_answers_and_no_placeholder_is_left() {
    let room = Newsroom::start().await.expect("loopback ports");
    for site in sites() {
        for (path, _) in site.files.iter().chain([&("/", Text::Plain("", ""))]) {
            let answer = get(&room, site.name, path).await;
            assert_eq!(answer.status(), "200", "{} {path}", site.name);
            assert!(!answer.text().contains("{{"), "{} {path}", site.name);
            let empty = *path == "/news/photographs-terminal";
            assert_eq!(answer.body.is_empty(), empty, "{} {path}", site.name);
        }
        assert_eq!(get(&room, site.name, "/no-such-page").await.status(), "404");
    }
    room.stop().await;
}

#[tokio::test]
async fn what_is_announced_is_there_but_for_the_one_page_that_is_gone() {
    let room = Newsroom::start().await.expect("loopback ports");
    let mut gone = Vec::new();
    let mut announced = 0;
    for (site, path) in [
        ("dsh", "/news/feed.json"),
        ("herald", "/rss.xml"),
        ("courier", "/atom.xml"),
        ("wire", "/sitemap.xml"),
        ("wire", "/sitemap-news.xml"),
        ("wire", "/sitemap-2026-02.xml"),
    ] {
        let text = get(&room, site, path).await.text();
        for (site, path) in addresses(&room, &text) {
            announced += 1;
            if get(&room, site, &path).await.status() == "404" {
                gone.push(path);
            }
        }
    }
    assert_eq!(gone, ["/2026/03/09/order-expected.html"]);
    assert!(announced > 20, "{announced}");
    for path in ["/press/", "/press/page-2.html"] {
        let text = get(&room, "hall", path).await.text();
        for link in text.split("href=\"/").skip(1) {
            let link = format!("/{}", link.split('"').next().unwrap_or_default());
            assert_eq!(get(&room, "hall", &link).await.status(), "200", "{link}");
        }
    }
}

#[tokio::test]
async fn every_article_is_announced_or_stands_on_the_listing() {
    let room = Newsroom::start().await.expect("loopback ports");
    let mut announced = String::new();
    for site in sites() {
        for (path, text) in &site.files {
            if matches!(text, Text::Plain(..)) {
                announced.push_str(&get(&room, site.name, path).await.text());
            }
        }
    }
    for site in sites() {
        for (path, text) in &site.files {
            if matches!(text, Text::Article(_)) {
                let listed = announced.contains(&format!("href=\"{path}\""));
                let fed = announced.contains(&format!("{}{path}", room.addresses[site.name]));
                assert!(listed || fed, "{} {path}", site.name);
            }
        }
    }
}

#[tokio::test]
async fn the_second_round_differs_in_one_quotation_of_one_page() {
    let room = Newsroom::start().await.expect("loopback ports");
    let mut before = Vec::new();
    for site in sites() {
        for (path, _) in site.files {
            before.push((site.name, path, get(&room, site.name, path).await));
        }
    }
    room.edit();
    for (site, path, first) in before {
        let tag = first.header("etag").expect("an entity tag").to_string();
        let second = ask(&room, site, path, &format!("if-none-match: {tag}\r\n")).await;
        if (site, path) != (EDIT.site, EDIT.path) {
            assert_eq!((second.status(), second.body.len()), ("304", 0), "{site} {path}");
            continue;
        }
        assert_eq!(second.status(), "200");
        assert_ne!(first.header("last-modified"), second.header("last-modified"));
        assert_eq!(first.text().matches(EDIT.before).count(), 1);
        assert_eq!(second.text(), first.text().replace(EDIT.before, EDIT.after));
    }
}

#[tokio::test]
async fn an_unchanged_day_answers_304_and_other_methods_are_refused() {
    let room = Newsroom::start().await.expect("loopback ports");
    let first = get(&room, "wire", "/story/1041-harbor-falls-shelter-order").await;
    assert_eq!(
        first.header("last-modified"),
        Some("Tue, 10 Mar 2026 20:02:00 GMT")
    );
    let since = "if-modified-since: Tue, 10 Mar 2026 20:02:00 GMT\r\n";
    let again = ask(&room, "wire", "/story/1041-harbor-falls-shelter-order", since).await;
    assert_eq!(again.status(), "304");
    let other = "if-none-match: \"else\"\r\n";
    let both = ask(&room, "wire", "/sitemap.xml", &format!("{other}{since}")).await;
    assert_eq!(both.status(), "200");
    let posted = send(&room, "POST", "wire", "/sitemap.xml", "content-length: 0\r\n").await;
    assert_eq!(posted.status(), "405");
    let head = send(&room, "HEAD", "wire", "/sitemap.xml", "").await;
    assert_eq!((head.status(), head.body.len()), ("200", 0));
}

#[test]
fn the_signed_copy_says_what_the_page_of_the_order_says() {
    let pdf = Letters::of(
        include_bytes!("hall/executive-order-7.pdf"),
        Some("application/pdf"),
    );
    let (_, page) = fields(include_str!("hall/executive-order-7.html"));
    let paragraphs = page.lines().filter(|line| line.contains("shall"));
    for line in paragraphs {
        let line = line.trim_start_matches("<p>").trim_end_matches("</p>");
        assert!(pdf.contain(line), "{line}");
    }
}

#[tokio::test]
async fn the_page_in_windows_1252_says_so_and_is_so() {
    let room = Newsroom::start().await.expect("loopback ports");
    let answer = get(&room, "courier", "/news/cafe-lumiere").await;
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=windows-1252")
    );
    assert!(std::str::from_utf8(&answer.body).is_err());
    let (text, _, broken) = encoding_rs::WINDOWS_1252.decode(&answer.body);
    assert!(!broken && text.contains("<meta charset=\"windows-1252\">"));
    assert!(text.contains("“I am not a hero. I have a stove,” said Dubois"));
    // A character that the encoding lacks would be written as a numeric reference.
    assert!(!text.contains("&#"), "{text}");
}

#[tokio::test]
async fn its_sources_and_speakers_are_valid_settings() {
    let room = Newsroom::start().await.expect("loopback ports");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let defaults = settings::load(None, []).expect("the defaults").crawl;
    for (name, text) in room.sources() {
        std::fs::write(folder.path().join(format!("{name}.toml")), text).expect("a file");
    }
    let sources = settings::sources(folder.path(), &defaults).expect("valid sources");
    let speakers = settings::read_speakers(Path::new("speakers.toml"), room.speakers_toml());
    let speakers = speakers.expect("valid speakers");
    assert_eq!(sources.len(), 5);
    for source in sources {
        assert!(source.allow_private && source.enabled && source.channels.len() == 1);
        if let Some(office) = source.office {
            assert!(
                speakers.iter().any(|speaker| speaker.id.as_str() == office),
                "{office}"
            );
        }
    }
}

#[tokio::test]
async fn a_stopped_newsroom_answers_no_more() {
    let room = Newsroom::start().await.expect("loopback ports");
    let host = room.addresses["hall"].trim_start_matches("http://").to_string();
    let idle = TcpStream::connect(&host).await.expect("the site listens");
    room.stop().await;
    assert!(TcpStream::connect(&host).await.is_err());
    drop(idle);
}

#[test]
fn every_speaker_entry_is_named_by_some_page() {
    let pages: String = sites()
        .iter()
        .flat_map(|site| &site.files)
        .filter_map(|(_, text)| match text {
            Text::Article(article) => Some(fields(article).1),
            _ => None,
        })
        .collect();
    for line in SPEAKERS.lines().filter(|line| line.starts_with("name = ")) {
        let name = line.trim_start_matches("name = ").trim_matches('"');
        let named = pages.contains(name) || name.contains("Harbor Falls");
        assert!(named, "{name}");
    }
}
