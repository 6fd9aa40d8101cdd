//! The plainest program of the trade over the same pages: it fetches each with reqwest, parses it with scraper, takes
//! headline and paragraphs out, and appends it to a WARC file, each record packed by itself at the usual level. The speed
//! of a machine varies from hour to hour, and machines differ; the ratio of a crawl to this says the same on all.
//!
//! It packs with the engine that the program has, the fastest one; the peer that the goal was measured beside had the
//! slower one that flate2 brings by default. So the ratio is rather too high than too low.

use std::hint::black_box;
use std::io::Write as _;
use std::net::SocketAddr;

use flate2::Compression;
use flate2::write::GzEncoder;
use scraper::{Html, Selector};

use crate::faulty::FaultSite;
use crate::shares;

/// What was asked for of a crawl, and what such a loop took on the machine on which that was said: CPU seconds for 1,000
/// pages.
pub(crate) const ASKED_FOR: (f64, f64) = (5.0, 2.9);

/// CPU seconds for 1,000 pages of a loop that asks each host for one page after the other, all hosts at once, parses each
/// answer, and appends it to a file as a compressed WARC record without digests.
pub(crate) fn cost(hosts: &[FaultSite], pages_a_host: usize) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let mut file = std::fs::File::create(folder.path().join("bare.warc.gz")).expect("a file");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let cpu_s = shares::timed(|| {
        runtime.block_on(async {
            let (send, mut answers) = tokio::sync::mpsc::channel(1);
            for host in hosts {
                let urls: Vec<String> = (0..pages_a_host)
                    .map(|page| host.url(&format!("/news/{page}")))
                    .collect();
                let (client, send) = (client.clone(), send.clone());
                tokio::spawn(async move {
                    for url in urls {
                        let answer = client.get(&url).send().await.expect("an answer");
                        let from = answer.remote_addr();
                        let body = answer.bytes().await.expect("a body");
                        send.send((url, from, body)).await.expect("the writer waits");
                    }
                });
            }
            drop(send);
            while let Some((url, from, body)) = answers.recv().await {
                black_box(parsed(&body));
                file.write_all(&record(&url, from, &body)).expect("written");
            }
        });
    });
    cpu_s * 1_000.0 / (hosts.len() * pages_a_host) as f64
}

/// The headline and the paragraphs of a page.
fn parsed(body: &[u8]) -> Vec<String> {
    let html = Html::parse_document(&String::from_utf8_lossy(body));
    let asked = Selector::parse("h1, p").expect("a selector");
    let found = html.select(&asked);
    found.map(|element| element.text().collect()).collect()
}

/// A record as a member of its own, as WARC asks for.
fn record(url: &str, from: Option<SocketAddr>, body: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    let address = from.map(|from| from.ip().to_string()).unwrap_or_default();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n\r\n";
    let length = head.len() + body.len();
    write!(
        member,
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-IP-Address: {address}\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {length}\r\n\r\n{head}"
    )
    .expect("memory");
    member.write_all(body).expect("memory");
    member.write_all(b"\r\n\r\n").expect("memory");
    member.finish().expect("memory")
}
