//! The same pages fetched and written down, and nothing else: what of a crawl's CPU nobody can save. The speed of a machine
//! varies from hour to hour, the ratio to this hardly.

use std::io::Write as _;
use std::net::SocketAddr;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::faulty::FaultSite;
use crate::shares;

/// CPU seconds for 1,000 pages of a loop that asks each host for one page after the other, all hosts at once, and appends
/// each answer to a file as a compressed WARC record without digests.
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
                file.write_all(&record(&url, from, &body)).expect("written");
            }
        });
    });
    cpu_s * 1_000.0 / (hosts.len() * pages_a_host) as f64
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
