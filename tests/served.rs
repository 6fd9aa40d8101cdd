//! The desk and the API over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::Workspace;
use crate::support::site::Site;

/// A desk that is served until it is dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: String,
    _site: Site,
    _workspace: Workspace,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves a small tracker that was crawled before.
pub(crate) fn served() -> Served {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page(
        "/one",
        "Landing <script>alert(1)</script> rebuilt",
        "2026-02-04",
        &[
            "The council of Harbor Falls met on Tuesday to speak about the ferry, which has not run since the storm.",
            "“The landing will be rebuilt &lt;b&gt;before&lt;/b&gt; the summer,” said Mayor Ana Lima on Tuesday, \
             after a meeting that went on until midnight.",
        ],
    );
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    workspace.crawl(&[]);
    let mut child = workspace
        .command(&["serve", "--no-crawl", "--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut line = String::new();
    BufReader::new(child.stderr.take().expect("piped"))
        .read_line(&mut line)
        .expect("a line");
    let address = line
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect(&line)
        .to_string();
    Served {
        child,
        address,
        _site: site,
        _workspace: workspace,
    }
}

impl Served {
    /// The status, the head and the body of an answer.
    fn get(&self, path: &str, host: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
        )
        .expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .expect("a status");
        (status, head.to_lowercase(), body.to_string())
    }

    #[track_caller]
    fn check(&self, path: &str, status: u16, words: &[&str]) -> String {
        let (answered, head, body) = self.get(path, "localhost");
        assert_eq!(answered, status, "{path}: {body}");
        assert!(
            head.contains("content-security-policy: default-src 'none'"),
            "{head}"
        );
        for word in words {
            assert!(body.contains(word), "{path}: {word} in {body}");
        }
        body
    }

    fn json(&self, path: &str, status: u16) -> Value {
        serde_json::from_str(&self.check(path, status, &[])).expect("JSON")
    }
}

#[test]
fn the_desk_shows_quotes_documents_captures_and_sources() {
    let desk = served();
    desk.check("/", 200, &["Ana Lima", "2026-02-03"]);
    let body = desk.check(
        "/?q=speaker%3Alima+landing&kind=quotes",
        200,
        &["<mark>landing</mark>", "1–1 of 1"],
    );
    assert!(!body.contains("<b>before"), "page text is escaped: {body}");
    let found = desk.json("/api/v1/search?q=landing&kind=quotes", 200);
    let hit = &found["hits"][0];
    let (document, capture, quote) = (&hit["document"], &hit["capture"], &hit["id"]);
    let id = |value: &Value| value.as_str().expect("an id").to_string();
    let page = desk.check(
        &format!("/documents/{}", id(document)),
        200,
        &[
            "<mark class=\"quote\"",
            &format!("id=\"{}\"", id(quote)),
            "Ana Lima",
        ],
    );
    assert_eq!(page.matches("<script").count(), 1, "the desk's own: {page}");
    desk.check("/assets/desk.js", 200, &["keydown"]);
    desk.check(&format!("/captures/{}", id(capture)), 200, &["SHA-256", "agree"]);
    let (_, head, _) = desk.get(&format!("/captures/{}/payload", id(capture)), "localhost");
    assert!(head.contains("content-disposition: attachment"), "{head}");
    desk.check("/sources", 200, &["The Harbor Herald"]);
    desk.check("/timeline?q=landing&format=csv", 200, &["day,until"]);
    assert_eq!(
        desk.json(&format!("/api/v1/documents/{}", id(document)), 200)["revisions"][0]["capture"],
        *capture
    );
    assert_eq!(
        desk.json(&format!("/api/v1/captures/{}", id(capture)), 200)["status"],
        200
    );
    assert_eq!(desk.json("/api/v1/sources", 200)[0]["source"], "herald");
    assert_eq!(desk.json("/healthz", 200)["status"], "ok");
    desk.check(
        "/metrics",
        200,
        &[
            "# TYPE onrecord_documents gauge",
            "onrecord_channel_flag{source=\"herald\"",
            "flag=\"silent\"} 0",
            "onrecord_requests_total{source=\"herald\",role=\"page\",outcome=\"changed\"}",
            "onrecord_source_flag{source=\"herald\",flag=\"pages_blocked\"} 0",
        ],
    );
}

#[test]
fn nonsense_gets_an_answer_that_helps() {
    let desk = served();
    desk.check("/?q=said%3Awhenever", 400, &["names no days"]);
    desk.check("/?q=%28%28%22", 200, &["is not closed"]);
    desk.check("/documents/nonsense", 404, &["there is no such document"]);
    desk.check("/nowhere", 404, &["there is no page"]);
    let error = desk.json("/api/v1/search?q=said%3Awhenever", 400);
    assert_eq!(error["code"], "bad_request");
    assert!(error["message"].is_string() && error["hint"].is_string());
    assert_eq!(desk.json("/api/v1/nowhere", 404)["code"], "not_found");
    let (status, _, _) = desk.get("/", "evil.example");
    assert_eq!(status, 421);
}

#[test]
fn the_desk_listens_on_loopback_only() {
    let workspace = Workspace::new();
    let output = workspace.run(2, &["serve", "--listen", "0.0.0.0:0"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("no loopback address"));
}
