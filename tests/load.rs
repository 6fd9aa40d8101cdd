//! Many clients at once while a crawl writes: every request is answered, and how long the slowest hundredth took is told.
//!
//! The short one is an ordinary test. `cargo test --release --test main load:: -- --ignored --nocapture` is the long one:
//! two hundred clients for a minute.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::site::Site;
use crate::support::{Workspace, wait_until};

/// What clients ask for: the pages of the desk and the API, with and without hits.
const PATHS: [&str; 10] = [
    "/?q=ferry",
    "/?q=%22less+safe%22+said%3A2026-02&sort=newest",
    "/?q=harbor&kind=documents",
    "/api/v1/search?q=ferry&facets=true",
    "/api/v1/search?q=like%3A%22the+ferry+is+less+safe%22",
    "/api/v1/search?q=landing+asof%3A2026-02-08&kind=documents",
    "/api/v1/search?q=said%3Awhenever",
    "/speakers",
    "/sources",
    "/healthz",
];

/// A desk whose crawl has much to do, served until this is dropped.
struct Busy {
    child: Child,
    address: String,
    _site: Site,
    _workspace: Workspace,
}

impl Drop for Busy {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Busy {
    /// Serves a desk that crawls so many pages, one after the other.
    fn start(pages: usize) -> Self {
        let site = Site::new();
        let paths: Vec<String> = (0..pages).map(|page| format!("/news/{page}")).collect();
        for (page, path) in paths.iter().enumerate() {
            let quoted =
                format!("“The ferry is less safe than landing {page},” said Mayor Ana Lima on Tuesday.");
            let around = format!(
                "The council of Harbor Falls met about landing {page} of the ferry, which has not run."
            );
            let day = format!("2026-02-{:02}", page % 12 + 1);
            site.put_page(
                path,
                &format!("Landing {page} of the harbor"),
                &day,
                &[&around, &quoted],
            );
        }
        let announced: Vec<&str> = paths.iter().map(String::as_str).collect();
        site.put_feed("/feed.xml", &announced);
        let workspace = Workspace::new();
        // The feed of the long test is far larger than anything that the other tests take.
        workspace.write(
            "config/onrecord.toml",
            "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\npace_per_answer = 0\nmax_body_bytes = 100000000\n",
        );
        workspace.write(
            "config/sources/herald.toml",
            &site.feed_source("The Harbor Herald", "/feed.xml"),
        );
        let mut child = workspace
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut told = BufReader::new(child.stderr.take().expect("piped"));
        let mut address = None;
        while address.is_none() {
            let mut line = String::new();
            assert!(
                told.read_line(&mut line).expect("a line") > 0,
                "the desk says where it is"
            );
            let place = line
                .split("http://")
                .nth(1)
                .and_then(|rest| rest.split('/').next());
            address = place.map(str::to_owned);
        }
        // What it says later must be taken, or it waits.
        std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
        Self {
            child,
            address: address.expect("found"),
            _site: site,
            _workspace: workspace,
        }
    }

    /// How many documents are held.
    fn documents(&self) -> u64 {
        let mut client = Client::new(&self.address);
        let (status, body) = client.get("/api/v1/status").expect("answered");
        assert_eq!(status, 200, "{body}");
        let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        body["documents"].as_u64().expect("a number of documents")
    }
}

/// A client that keeps its connection, as browsers do.
struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    fn new(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("connected");
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("a limit");
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// The status and the body of an answer.
    fn get(&mut self, path: &str) -> std::io::Result<(u16, String)> {
        write!(
            self.stream.get_mut(),
            "GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n"
        )?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let line = line.trim_end().to_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest
                    .split(' ')
                    .next()
                    .and_then(|code| code.parse().ok())
                    .unwrap_or(0);
            } else if let Some(bytes) = line.strip_prefix("content-length: ") {
                length = bytes.parse().map_err(std::io::Error::other)?;
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}

/// Asks one thing after the other until the time is over, everything at least once; how long each took, and what failed.
fn ask(address: &str, number: usize, until: Instant) -> (Vec<(Duration, &'static str)>, Vec<String>) {
    let mut client = Client::new(address);
    let (mut times, mut failures) = (Vec::new(), Vec::new());
    for (asked, path) in PATHS.iter().cycle().skip(number % PATHS.len()).enumerate() {
        let begin = Instant::now();
        if begin >= until && asked >= PATHS.len() {
            break;
        }
        let expected = if path.contains("whenever") { 400 } else { 200 };
        match client.get(path) {
            Ok((status, body)) if status == expected && !body.is_empty() => {
                times.push((begin.elapsed(), *path))
            }
            Ok((status, body)) => failures.push(format!("{path}: {status} {body:.200}")),
            Err(error) => {
                failures.push(format!("{path}: {error}"));
                client = Client::new(address);
            }
        }
    }
    (times, failures)
}

/// So many clients for so long, beside a crawl of so many pages.
#[track_caller]
fn check(clients: usize, time: Duration, pages: usize) {
    let desk = Busy::start(pages);
    wait_until("the crawl writes", || desk.documents() > 0);
    let before = desk.documents();
    let until = Instant::now() + time;
    let asking: Vec<_> = (0..clients)
        .map(|number| {
            let address = desk.address.clone();
            std::thread::spawn(move || ask(&address, number, until))
        })
        .collect();
    let (mut times, mut failures) = (Vec::new(), Vec::new());
    for client in asking {
        let (its_times, its_failures) = client.join().expect("a client does not panic");
        times.extend(its_times);
        failures.extend(its_failures);
    }
    let after = desk.documents();
    times.sort_unstable();
    eprintln!(
        "{clients} clients for {time:?} while {} documents were written: {} requests, {} failed, median {:?}, p99 {:?}, \
         slowest {:?}",
        after - before,
        times.len() + failures.len(),
        failures.len(),
        times.get(times.len() / 2),
        times.get(times.len() * 99 / 100),
        times.last(),
    );
    assert!(failures.is_empty(), "{:?}", &failures[..failures.len().min(5)]);
    assert!(after < pages as u64, "the crawl went on all the while");
}

#[test]
fn clients_are_answered_while_a_crawl_writes() {
    check(8, Duration::from_secs(3), 2_000);
}

#[test]
#[ignore = "two hundred clients for a minute, to be measured in a release build"]
fn two_hundred_clients_are_answered_for_a_minute_while_a_crawl_writes() {
    check(200, Duration::from_secs(60), 40_000);
}
