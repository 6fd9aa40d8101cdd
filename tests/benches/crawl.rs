//! What a crawl costs: generated pages of about 57 kB over twenty loopback hosts through the whole pipeline, in a
//! process of its own. Prints pages a second, CPU seconds for 1,000 pages beside those of the plainest program over the same
//! pages (`crawl/bare.rs`), peak memory, the share of each chapter and what one hanging host does to the others; checks from
//! the servers' log that no host saw two requests at once or a gap under its delay.
//!
//! Memory is what the process holds of its own (`RssAnon`). Beside it stands the highest that was resident at all, with
//! the pages of files: those of the program, and of the index while it is written, which are the system's to take back.
//!
//! `cargo bench --bench crawl -- [--pages PAGES] [--peer PYTHON]`; the default is 2,000. More than that is crawled beside
//! 2,000, to check that memory stays flat. With a Python that holds Scrapy and trafilatura these read some of the same
//! pages (`crawl/peer.py`), and the ratio is told. Reads the figures of the process from `/proc`, so it runs on Linux only.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use faulty::{Asked, FaultSite, Step, answer, head};

#[path = "crawl/bare.rs"]
mod bare;
#[allow(dead_code, unreachable_pub, reason = "the tests use more of it")]
#[path = "../support/faulty.rs"]
mod faulty;
#[path = "../support/generated.rs"]
mod generated;
#[path = "crawl/peer.rs"]
mod peer;
#[path = "crawl/shares.rs"]
mod shares;

/// Hosts the pages are spread over.
const HOSTS: usize = 20;
/// The pages of the usual figure.
const USUAL: usize = 2_000;
/// How much more memory ten times the pages may take.
const FLAT: f64 = 1.3;
/// What a host takes to answer: an answer that came in no time could not overlap with another.
const LATENCY: Duration = Duration::from_millis(2);
/// The delay of the run that looks at gaps.
const DELAY: Duration = Duration::from_millis(100);
/// Ticks a second in `/proc/PID/stat` (`USER_HZ`, the same on every Linux of today).
const TICKS: f64 = 100.0;

fn main() {
    let pages = pages_asked_for();
    // One before and one after: what else the machine does slows all of them down.
    let before = bare_loop(pages.min(USUAL));
    let usual = crawled("the usual", pages.min(USUAL), Duration::from_millis(1));
    let after = bare_loop(pages.min(USUAL));
    shares::tell(&usual, pages.min(USUAL));
    let ours = usual.cpu_s * 1_000.0 / pages.min(USUAL) as f64;
    tell_ratio(ours, [before, after]);
    if let Some(python) = given("--peer") {
        tell_peer(ours, &python);
    }
    if pages > USUAL {
        let many = crawled("many", pages, Duration::from_millis(1));
        shares::tell(&many, pages);
        let ratio = many.peak_kb as f64 / usual.peak_kb as f64;
        println!("memory: {ratio:.2} times as much for {pages} pages as for {USUAL}");
        assert!(ratio < FLAT, "memory grows with the pages");
    }
    crawled("with a delay", HOSTS * 6, DELAY);
    slowed_by_one();
}

/// What fetching, parsing and writing down alone take.
fn bare_loop(pages: usize) -> f64 {
    let hosts: Vec<FaultSite> = (0..HOSTS)
        .map(|number| host(number, pages / HOSTS, false))
        .collect();
    bare::cost(&hosts, pages / HOSTS)
}

/// How many times the CPU of the crawl is that of the bare loop, whatever the machine.
fn tell_ratio(ours: f64, bare: [f64; 2]) {
    let [before, after] = bare;
    let (asked, asked_beside) = bare::ASKED_FOR;
    println!(
        "a bare loop over the same pages (fetch, parse, compressed WARC): {before:.2} and {after:.2} CPU s per 1,000 pages; \
         the whole pipeline takes {:.2} times as much (asked for: {asked:.0} where it took {asked_beside}, {:.2} times)",
        ours / ((before + after) / 2.0),
        asked / asked_beside,
    );
}

/// How many times the CPU of the crawl is that of Scrapy with trafilatura, which do the part of fetching and of reading text.
fn tell_peer(ours: f64, python: &str) {
    let hosts: Vec<FaultSite> = (0..HOSTS)
        .map(|number| host(number, peer::PAGES_A_HOST, false))
        .collect();
    let theirs = peer::cost(python, &hosts);
    let (asked, asked_beside) = peer::ASKED_FOR;
    println!(
        "Scrapy with trafilatura: {theirs:.1} CPU s per 1,000 pages; the whole pipeline takes {:.3} times as much \
         (asked for: {asked:.0} where they took {asked_beside:.0}, {:.3} times)",
        ours / theirs,
        asked / asked_beside,
    );
}

/// What was given behind a flag.
fn given(flag: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|given| given != flag);
    arguments.nth(1)
}

fn pages_asked_for() -> usize {
    let bare = || std::env::args().skip(1).find_map(|given| given.parse().ok());
    // `cargo bench` adds `--bench` to what was given.
    match given("--pages") {
        Some(pages) => pages.parse().ok(),
        None => bare(),
    }
    .unwrap_or(USUAL)
}

/// A host of so many pages.
fn host(number: usize, pages: usize, hangs: bool) -> FaultSite {
    FaultSite::start(move |asked: &Asked| match asked.target.as_str() {
        "/robots.txt" => vec![Step::Send(answer("404 Not Found", &[], ""))],
        "/sitemap.txt" => {
            let host = asked.field("host");
            let list: String = (0..pages)
                .map(|page| format!("http://{host}/news/{page}\n"))
                .collect();
            vec![Step::Send(answer(
                "200 OK",
                &[("content-type", "text/plain")],
                list,
            ))]
        }
        _ if hangs => vec![Step::Hang],
        target => {
            let page = target
                .trim_start_matches("/news/")
                .parse()
                .expect("a page of the list");
            let body = generated::markup(number, page);
            let length = body.len().to_string();
            let fields = [
                ("content-type", "text/html; charset=utf-8"),
                ("content-length", length.as_str()),
            ];
            let mut bytes = head("200 OK", &fields, "keep-alive");
            bytes.extend_from_slice(body.as_bytes());
            vec![Step::Wait(LATENCY), Step::Send(bytes), Step::Keep]
        }
    })
}

fn workspace(hosts: &[FaultSite], pace: Duration) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = folder.path().join("config/sources");
    std::fs::create_dir_all(&sources).expect("a folder");
    let settings = format!(
        "[crawl]\ncontact = \"bench\"\npace = \"{}ms\"\npace_per_answer = 0\nhosts_at_once = 32\ntimeout = \"10m\"\nidle_timeout = \"10m\"\n",
        pace.as_millis()
    );
    std::fs::write(folder.path().join("config/onrecord.toml"), settings).expect("written");
    for (number, host) in hosts.iter().enumerate() {
        let source = format!(
            "name = \"Host {number}\"\nkind = \"news\"\nhome = \"{}\"\nallow_private = true\n\
             [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
            host.url("/"),
            host.url("/sitemap.txt")
        );
        std::fs::write(sources.join(format!("host{number}.toml")), source).expect("written");
    }
    folder
}

/// What a crawl took.
struct Measured {
    wall: Duration,
    cpu_s: f64,
    /// The most that it held of its own, and the most that was resident.
    peak_kb: u64,
    resident_kb: u64,
    /// CPU seconds by the name of the thread.
    threads: BTreeMap<String, f64>,
}

/// Crawls so many pages over all hosts, prints the figures and checks what the hosts saw.
fn crawled(what: &str, pages: usize, pace: Duration) -> Measured {
    let hosts: Vec<FaultSite> = (0..HOSTS)
        .map(|number| host(number, pages / HOSTS, false))
        .collect();
    let folder = workspace(&hosts, pace);
    let measured = measure(start(folder.path(), &["crawl", "--once"]));
    let (requests, overlaps, least_gap) = seen(&hosts);
    println!(
        "{what}: {pages} pages over {HOSTS} hosts: {:.0} pages/s, {:.1} CPU s per 1,000 pages, {} MB peak \
         ({} MB with files); {requests} requests, {overlaps} while another was under way at the same host, the least gap {least_gap:.1?}",
        pages as f64 / measured.wall.as_secs_f64(),
        measured.cpu_s * 1_000.0 / pages as f64,
        measured.peak_kb / 1_024,
        measured.resident_kb / 1_024,
    );
    assert_eq!(
        requests,
        pages + 2 * HOSTS,
        "each page, each list, each robots.txt once"
    );
    assert_eq!(overlaps, 0, "no host may see two requests at once");
    assert!(least_gap >= pace, "no host may see a gap under its delay");
    measured
}

/// Requests, how many came while another of the same host was under way, and the least time between the end of one
/// and the beginning of the next.
fn seen(hosts: &[FaultSite]) -> (usize, usize, Duration) {
    let (mut requests, mut overlaps, mut least) = (0, 0, Duration::MAX);
    for host in hosts {
        let mut log = host.log();
        log.sort_by_key(|asked| asked.at);
        requests += log.len();
        let mut busy_until: Option<Instant> = None;
        for asked in &log {
            if let Some(until) = busy_until {
                overlaps += usize::from(asked.at < until);
                least = least.min(asked.at.saturating_duration_since(until));
            }
            let ended = asked.ended.expect("every answer was sent");
            busy_until = Some(busy_until.map_or(ended, |until| until.max(ended)));
        }
    }
    (requests, overlaps, least)
}

/// What one host that hangs does to nineteen others: the time they take, without it and with it.
fn slowed_by_one() {
    const PAGES: usize = 60;
    let time = |hanging: bool| -> Duration {
        let mut hosts: Vec<FaultSite> = (0..HOSTS - 1).map(|number| host(number, PAGES, false)).collect();
        if hanging {
            hosts.push(host(HOSTS, PAGES, true));
        }
        let folder = workspace(&hosts, Duration::from_millis(1));
        let mut child = start(folder.path(), &["crawl"]);
        let others = &hosts[..HOSTS - 1];
        let done = |host: &FaultSite| host.log().iter().filter(|asked| asked.ended.is_some()).count();
        while others.iter().any(|host| done(host) < PAGES + 2) {
            assert!(child.try_wait().expect("ours").is_none(), "the crawl ended early");
            std::thread::sleep(Duration::from_millis(5));
        }
        child.kill().expect("ours");
        child.wait().expect("ours");
        let logs: Vec<Asked> = others.iter().flat_map(FaultSite::log).collect();
        let begin = logs.iter().map(|asked| asked.at).min();
        let end = logs.iter().filter_map(|asked| asked.ended).max();
        end.expect("some") - begin.expect("some")
    };
    // Turn about, the best of each: another process can only slow a run down.
    let (mut without, mut with) = (Duration::MAX, Duration::MAX);
    for _ in 0..4 {
        without = without.min(time(false));
        with = with.min(time(true));
    }
    println!(
        "one hanging host: the {} others took {:.2} times as long ({without:.1?} without it, {with:.1?} with it)",
        HOSTS - 1,
        with.as_secs_f64() / without.as_secs_f64(),
    );
}

fn start(workspace: &Path, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("--workspace")
        .arg(workspace)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs")
}

/// Watches the program until it ends.
fn measure(mut child: Child) -> Measured {
    let begin = Instant::now();
    let (mut cpu_s, mut peak_kb, mut resident_kb) = (0.0, 0, 0);
    let mut threads: BTreeMap<String, (String, f64)> = BTreeMap::new();
    let status = loop {
        // Read before waiting: what has ended and was waited for is gone from /proc.
        let process = format!("/proc/{}", child.id());
        cpu_s = cpu(&format!("{process}/stat")).map_or(cpu_s, |(_, cpu_s)| cpu_s);
        peak_kb = kilobytes(child.id(), "RssAnon:").unwrap_or_default().max(peak_kb);
        resident_kb = kilobytes(child.id(), "VmHWM:")
            .unwrap_or_default()
            .max(resident_kb);
        for task in std::fs::read_dir(format!("{process}/task"))
            .into_iter()
            .flatten()
            .flatten()
        {
            let path = task.path().join("stat").to_string_lossy().into_owned();
            if let Some(named) = cpu(&path) {
                threads.insert(path, named);
            }
        }
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(status.success(), "the crawl failed");
    let mut by_name = BTreeMap::new();
    for (name, cpu_s) in threads.into_values() {
        *by_name.entry(name).or_default() += cpu_s;
    }
    Measured {
        wall: begin.elapsed(),
        cpu_s,
        peak_kb,
        resident_kb,
        threads: by_name,
    }
}

/// The name of a process or thread, and the CPU seconds it has used.
fn cpu(stat: &str) -> Option<(String, f64)> {
    let stat = std::fs::read_to_string(stat).ok()?;
    let (name, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some((name.split_once('(')?.1.to_string(), ticks / TICKS))
}

/// A figure of a process's status, in kB.
fn kilobytes(id: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
