//! Real saved pages, served as twelve living sites: the whole way at its real size. Needs the shared data.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::{Workspace, json_lines, onrecord, shared, text};

/// The words that the server puts into an edited page.
const EDITED: &str = "This sentence was not here before";

/// The sites, served until dropped.
struct Sites {
    child: Child,
    /// The address of each and how many pages it has.
    sites: Vec<(String, usize)>,
}

impl Drop for Sites {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Sites {
    fn serve(shared: &Path, sources: &Path) -> Self {
        const SITES: u16 = 12;
        let mut child = Command::new("python3")
            .arg(shared.join("newsroom/serve.py"))
            .args(["data/pages_news", "data/pages_benchmark"].map(|folder| shared.join(folder)))
            .args([
                "--sites",
                "12",
                "--port",
                &free_ports(SITES).to_string(),
                "--write-config",
            ])
            .arg(sources)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 serves the pages");
        let lines = BufReader::new(child.stdout.take().expect("piped"))
            .lines()
            .take(usize::from(SITES));
        let sites = lines
            .map(|line| {
                let line = line.expect("a line");
                let mut words = line.split_whitespace();
                let address = words.next().expect("an address").to_string();
                (
                    address,
                    words
                        .next()
                        .and_then(|count| count.parse().ok())
                        .expect("a count"),
                )
            })
            .collect();
        Self { child, sites }
    }

    fn pages(&self) -> usize {
        self.sites.iter().map(|(_, pages)| pages).sum()
    }
}

/// The first of so many ports that nobody listens on.
fn free_ports(count: u16) -> u16 {
    let start = 20_000 + u16::try_from(std::process::id() % 20_000).expect("small");
    (start..60_000)
        .step_by(usize::from(count))
        .find(|first| (*first..first + count).all(|port| TcpListener::bind(("127.0.0.1", port)).is_ok()))
        .expect("free ports")
}

fn request(method: &str, address: &str) -> Vec<u8> {
    let (host, path) = address
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .expect("an address");
    let mut stream = TcpStream::connect(host).expect("connected");
    write!(
        stream,
        "{method} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
    )
    .expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    let body = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .expect("a head")
        + 4;
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", text(&answer[..body]));
    answer.split_off(body)
}

fn quotes(workspace: &Workspace) -> u64 {
    let statuses = workspace.lines(0, &["status", "--json"]);
    statuses
        .iter()
        .filter_map(|status| status["quotes"].as_u64())
        .sum()
}

#[test]
fn every_real_page_is_captured_read_verified_and_found() {
    let Some(shared) = shared() else {
        eprintln!("ONRECORD_SHARED is not set: the real pages were not crawled");
        return;
    };
    let workspace = Workspace::new();
    let sources = workspace.path().join("config/sources");
    let sites = Sites::serve(&shared, &sources);
    wait_for_config(&sources, sites.sites.len());
    let raised = "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\nrobots_for = \"1h\"\n";
    workspace.write("config/onrecord.toml", raised);

    let first = workspace.crawl(&[]);
    let pages = sites.pages();
    assert_eq!(first["troubles"], Value::Array(Vec::new()), "{first}");
    assert_eq!(first["captures"], pages, "every page listed is captured once");
    // A live page holds a document for each of its entries beside its own.
    let revisions = first["revisions"].as_u64().expect("a number");
    assert!(revisions >= pages as u64, "{first}");
    let documents = workspace.lines(
        0,
        &["search", "", "--kind", "documents", "--limit", "2000", "--json"],
    );
    assert_eq!(documents.len() as u64, revisions);
    let is_page = |document: &&Value| !document["url"].as_str().unwrap_or_default().contains('#');
    assert_eq!(documents.iter().filter(is_page).count(), pages);
    for document in documents.iter().filter(is_page) {
        let title = document["title"].as_str().unwrap_or_default();
        let words = document["text"].as_str().unwrap_or_default();
        assert!(!title.trim().is_empty() && !words.trim().is_empty(), "{document}");
        check_found(&workspace, document);
    }
    workspace.run(0, &["verify", "--all"]);

    let second = workspace.crawl(&["--revisit"]);
    assert_eq!(
        (&second["captures"], &second["revisions"]),
        (&Value::from(0), &Value::from(0)),
        "{second}"
    );
    assert_eq!(second["unchanged"], pages);

    let edited = documents
        .iter()
        .find(|document| can_be_edited(document))
        .expect("a page that shows the edit");
    let before = quotes(&workspace);
    let address = edited["url"].as_str().expect("an address");
    let (site, path) = parts(address);
    request(
        "POST",
        &format!(
            "{site}/_edit?path={}",
            path.replace('&', "%26").replace('?', "%3F")
        ),
    );
    let third = workspace.crawl(&["--revisit"]);
    assert_eq!(
        (&third["captures"], &third["revisions"]),
        (&Value::from(1), &Value::from(1)),
        "{third}"
    );
    assert_eq!(quotes(&workspace), before + 1);
    let hits = workspace.lines(0, &["search", &format!("\"{EDITED}\""), "--json"]);
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0]["document"], edited["document"]);
    workspace.run(0, &["verify", "--all"]);
}

fn wait_for_config(sources: &Path, count: usize) {
    crate::support::wait_until("source files", || {
        let written = std::fs::read_dir(sources)
            .map(|entries| entries.count())
            .unwrap_or_default();
        written == count
    });
    for entry in std::fs::read_dir(sources).expect("readable") {
        let path = entry.expect("readable").path();
        let source = std::fs::read_to_string(&path).expect("readable");
        let private = source.replacen("kind = \"news\"", "kind = \"news\"\nallow_private = true", 1);
        std::fs::write(&path, private).expect("written");
    }
}

/// A document is among those found by a phrase of its own text.
#[track_caller]
fn check_found(workspace: &Workspace, document: &Value) {
    let words: Vec<&str> = document["text"]
        .as_str()
        .expect("a text")
        .split_whitespace()
        .collect();
    let plain = |word: &&&str| word.chars().all(char::is_alphanumeric);
    let phrase: Vec<&str> = words.iter().take_while(plain).take(8).copied().collect();
    let phrase = if phrase.len() < 3 {
        words[..words.len().min(8)]
            .join(" ")
            .replace(['"', '“', '”'], " ")
    } else {
        phrase.join(" ")
    };
    let query = format!("\"{phrase}\"");
    let found = workspace.lines(
        0,
        &[
            "search",
            &query,
            "--kind",
            "documents",
            "--limit",
            "500",
            "--json",
        ],
    );
    let ids: HashSet<&Value> = found.iter().map(|hit| &hit["document"]).collect();
    assert!(
        ids.contains(&document["document"]),
        "{query} does not find {document}"
    );
}

/// Whether a sentence after the last paragraph of a page is part of what is read of it: in many pages the
/// last paragraph stands in the footer.
fn can_be_edited(document: &Value) -> bool {
    let address = document["url"].as_str().expect("an address");
    let mut page = request("GET", address);
    let Some(end) = page.windows(4).rposition(|window| window == b"</p>") else {
        return false;
    };
    let sentence =
        format!("<p>“{EDITED}, and nobody announced it,” the office said in an update on Tuesday.</p>");
    page.splice(end + 4..end + 4, sentence.into_bytes());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.html");
    std::fs::write(&file, page).expect("written");
    let line = serde_json::json!({"id": 1, "url": address, "file": file}).to_string();
    let mut child = onrecord()
        .args(["extract", "--jsonl"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs");
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(line.as_bytes())
        .expect("written");
    let output = child.wait_with_output().expect("it ends");
    json_lines(&output.stdout)[0]["text"]
        .as_str()
        .is_some_and(|text| text.contains(EDITED))
}

fn parts(address: &str) -> (&str, &str) {
    let at = address[7..].find('/').map_or(address.len(), |at| at + 7);
    address.split_at(at)
}
