//! The shared fault server, played against the program: one workspace a case. Needs the shared data and
//! python3. What is expected of each case stands in `tests/faults.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use onrecord::discover::{feed, sitemap};
use onrecord::fetch::{Client, ClientSettings, FetchOutcome, Request};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::process;
use crate::support::site::Site;
use crate::support::{Workspace, peak_kb, shared, text};

mod hosts;

/// Cases that go well; whoever makes another go well raises it and takes the case from `fails_for_now`.
const LEAST: usize = 165;
/// Where the server listens, and on the ports after it.
const BASE: u16 = 18_200;
/// Cases played at the same time.
const AT_ONCE: usize = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    pages: BTreeMap<String, PageCase>,
    channels: BTreeMap<String, ChannelCase>,
    robots: BTreeMap<String, RobotsCase>,
    fails_for_now: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageCase {
    outcome: Vec<String>,
    again: Option<Vec<String>>,
    words: Option<String>,
    not: Option<String>,
    title_or_text: Option<String>,
    documents: Option<usize>,
    documents_at_most: Option<usize>,
    revisions: Option<u64>,
    hits: Option<usize>,
    timeout: Option<String>,
    /// What stands in the archive.
    #[serde(default)]
    records: Vec<String>,
    /// A field that the last request had.
    sent: Option<(String, String)>,
    /// The most memory the program may take, in MB.
    peak_mb: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelCase {
    items: Option<usize>,
    items_least: Option<usize>,
    dated: Option<usize>,
    title: Option<String>,
    #[serde(default)]
    unreadable: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RobotsCase {
    port: u16,
    paths: Vec<String>,
    fetched: u64,
    gap: Option<f64>,
}

/// The server, stopped when it is dropped.
struct Server(Child);

impl Server {
    fn start(script: &Path) -> Self {
        let mut child = Command::new("python3")
            .arg(script)
            .args(["--base", &BASE.to_string(), "--max-s", "900"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("it says where it listens");
        assert!(line.contains("path cases"), "{line}");
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_fault_cases_end_as_they_should() {
    let Some(shared) = shared() else {
        eprintln!("ONRECORD_SHARED is not set: no fault case was played");
        return;
    };
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = std::fs::read_to_string(own.join("tests/faults.toml")).expect("readable");
    let expected: Expected = toml::from_str(&expected).expect("expectations");
    let all: BTreeSet<String> = std::fs::read_to_string(shared.join("faults/fault_cases.jsonl"))
        .expect("readable")
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["id"]
                .as_str()
                .expect("an id")
                .to_string()
        })
        .collect();
    let _server = Server::start(&shared.join("faults/faultd.py"));
    // The server makes its bombs when they are first asked for, and answers nobody else meanwhile.
    ask(&format!("http://127.0.0.1:{BASE}/sitemap-bomb"));
    let waiting: Mutex<Vec<Play<'_>>> = Mutex::new(plays(&expected));
    let played: Mutex<BTreeMap<String, Result<(), String>>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some((id, play)) = waiting.lock().expect("whole").pop() else {
                        return;
                    };
                    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(play))
                        .unwrap_or_else(|panic| Err(said(&*panic)));
                    played.lock().expect("whole").insert(id, result);
                }
            });
        }
    });
    let played = played.into_inner().expect("whole");
    let seen = state();
    let canaries: Vec<&String> = (seen.as_object().into_iter().flatten())
        .map(|(key, _)| key)
        .filter(|key| key.starts_with("CANARY"))
        .collect();
    assert!(canaries.is_empty(), "a refused address was reached: {canaries:?}");
    let mut unexpected = Vec::new();
    for (id, result) in &played {
        assert!(all.contains(id), "{id} is no case");
        match (result, expected.fails_for_now.get(id)) {
            (Err(why), Some(known)) => eprintln!("  {id}: fails for now, {known} ({why})"),
            (Err(why), None) => {
                eprintln!("  {id}: {why}");
                unexpected.push(id);
            }
            (Ok(()), Some(_)) => eprintln!("  {id}: goes well now, take it from `fails_for_now`"),
            (Ok(()), None) => {}
        }
    }
    for id in all.iter().filter(|id| !played.contains_key(*id)) {
        eprintln!("  {id}: not played");
    }
    let passed = played.values().filter(|result| result.is_ok()).count();
    eprintln!("fault cases passed {passed} of {}", all.len());
    assert!(unexpected.is_empty(), "{unexpected:?}");
    assert!(passed >= LEAST, "{passed} is less than {LEAST}");
}

/// What somebody said who panicked, in one line.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let said = (panic.downcast_ref::<String>().map(String::as_str))
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it could not be played");
    said.lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(160)
        .collect()
}

type Play<'a> = (String, Box<dyn FnOnce() -> Result<(), String> + Send + 'a>);

fn plays(expected: &Expected) -> Vec<Play<'_>> {
    let mut plays: Vec<Play<'_>> = Vec::new();
    for (id, case) in &expected.channels {
        plays.push((id.clone(), Box::new(move || channel(id, case))));
    }
    for (id, case) in &expected.robots {
        plays.push((id.clone(), Box::new(move || robots(case))));
    }
    for (id, test) in process::CASES {
        plays.push((
            id.to_string(),
            Box::new(|| {
                test();
                Ok(())
            }),
        ));
    }
    for (id, play) in hosts::CASES {
        plays.push((id.to_string(), Box::new(play)));
    }
    plays.push(("robots-flip".to_string(), Box::new(robots_flip)));
    plays.push(("proxy-env".to_string(), Box::new(proxy_env)));
    plays.push(("sitemap-other-host".to_string(), Box::new(other_host)));
    for (id, case) in &expected.pages {
        plays.push((id.clone(), Box::new(move || page(id, case))));
    }
    plays
}

/// What the server saw.
fn state() -> Value {
    let answer = ask(&format!("http://127.0.0.1:{BASE}/_state"));
    serde_json::from_slice(&answer).expect("JSON")
}

/// How often a path of a port was asked for.
fn hits(port: u16, path: &str) -> Vec<f64> {
    let state = state();
    let seen = state[format!("{port}:{}", path.trim_start_matches('/'))].as_array();
    seen.map(|seen| seen.iter().filter_map(Value::as_f64).collect())
        .unwrap_or_default()
}

fn ask(url: &str) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client = Client::new(&ClientSettings {
        timeout_total: Duration::from_secs(20),
        max_body_bytes: 64 << 20,
        ..ClientSettings::default()
    });
    let mut request = Request::new(Url::parse(url).expect("valid"));
    request.allow_private = true;
    match runtime.block_on(client.expect("a client").get(&request)) {
        FetchOutcome::Answered(exchange) => exchange.body,
        FetchOutcome::Failed { detail, .. } => panic!("{url}: {detail}"),
    }
}

/// A workspace whose one source announces these paths of a port.
fn announced(port: u16, paths: &[String], timeout: &str) -> (Site, Workspace) {
    let site = Site::new();
    let home = format!("http://127.0.0.1:{port}");
    let list: String = paths.iter().map(|path| format!("{home}{path}\n")).collect();
    site.put("/list.txt", 200, "text/plain", list);
    let workspace = Workspace::new();
    workspace.write(
        "config/onrecord.toml",
        &format!(
            "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\nlongest_pace = \"4s\"\ntimeout = \"{timeout}\"\n\
             idle_timeout = \"1s\"\nrobots_for = \"1h\"\nmax_body_bytes = 10485760\nmax_redirects = 9\n"
        ),
    );
    workspace.write(
        "config/sources/faulty.toml",
        &format!(
            "name = \"Faulty\"\nkind = \"news\"\nhome = \"{home}/\"\nallow_private = true\n\
             [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
            site.url("/list.txt")
        ),
    );
    (site, workspace)
}

/// The outcomes of the source's pages.
fn outcomes(workspace: &Workspace) -> Vec<String> {
    let status = workspace.lines(0, &["status", "--json"]).remove(0);
    status["outcomes"]
        .as_object()
        .expect("counts")
        .keys()
        .cloned()
        .collect()
}

fn expect(what: &str, wanted: &[String], found: &[String]) -> Result<(), String> {
    let is_right = found.len() == 1 && wanted.contains(&found[0]);
    is_right
        .then_some(())
        .ok_or_else(|| format!("{what} {found:?}, not {wanted:?}"))
}

fn page(id: &str, case: &PageCase) -> Result<(), String> {
    let path = format!("/{id}");
    let (_site, workspace) = announced(
        BASE,
        std::slice::from_ref(&path),
        case.timeout.as_deref().unwrap_or("3s"),
    );
    let peak_mb = crawled(&workspace, &[])? / 1024;
    if case.peak_mb.is_some_and(|most| peak_mb > most) {
        return Err(format!("it took {peak_mb} MB"));
    }
    expect("the visit ended as", &case.outcome, &outcomes(&workspace))?;
    if let Some(again) = &case.again {
        crawled(&workspace, &["--revisit"])?;
        expect("the second visit ended as", again, &outcomes(&workspace))?;
    }
    if let Some((name, value)) = &case.sent {
        // Once more, because the second answer may have named something new.
        crawled(&workspace, &["--revisit"])?;
        let state = state();
        let sent = state["_hdr"][format!("0:{id}")][name].as_str();
        if sent != Some(value) {
            return Err(format!("{name} was {sent:?}, not {value:?}"));
        }
    }
    if let Some(most) = case.hits {
        let seen = hits(0, &path).len();
        if seen > most {
            return Err(format!("asked for {seen} times"));
        }
    }
    let archive = archive(&workspace);
    if let Some(missing) = case.records.iter().find(|record| !archive.contains(*record)) {
        return Err(format!("{missing:?} does not stand in the archive"));
    }
    let found = |words: &str| {
        let output = workspace
            .command(&["search", &format!("\"{words}\""), "--kind", "documents", "--json"])
            .output();
        !output.expect("it runs").stdout.is_empty()
    };
    if let Some(words) = case.words.as_deref().filter(|words| !found(words)) {
        return Err(format!("{words:?} is not found"));
    }
    if let Some(words) = case.not.as_deref().filter(|words| found(words)) {
        return Err(format!("{words:?} is found"));
    }
    let documents = workspace
        .command(&["search", "", "--kind", "documents", "--json"])
        .output()
        .expect("it runs");
    let documents = crate::support::json_lines(&documents.stdout);
    if let Some(words) = case.title_or_text.as_deref()
        && !documents
            .iter()
            .any(|document| document.to_string().contains(words))
    {
        return Err(format!("{words:?} stands in no document: {documents:?}"));
    }
    if case.documents.is_some_and(|wanted| wanted != documents.len())
        || case.documents_at_most.is_some_and(|most| documents.len() > most)
    {
        return Err(format!("{} documents", documents.len()));
    }
    if let Some(wanted) = case.revisions {
        let told = String::from_utf8_lossy(&workspace.run(0, &["status"]).stdout).into_owned();
        let word = if wanted == 1 {
            "1 revision,".to_string()
        } else {
            format!("{wanted} revisions,")
        };
        if !told.contains(&word) {
            return Err(format!("not {wanted} revisions: {told}"));
        }
    }
    let verified = workspace.command(&["verify", "--all"]).output().expect("it runs");
    verified
        .status
        .success()
        .then_some(())
        .ok_or_else(|| "the archive does not verify".to_string())
}

/// Crawls once; the most memory it took, in kB.
fn crawled(workspace: &Workspace, more: &[&str]) -> Result<u64, String> {
    let mut command = workspace.command(&["crawl", "--once"]);
    command.args(more).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut crawl = command.spawn().expect("it runs");
    let mut peak = 0;
    while crawl.try_wait().expect("ours").is_none() {
        peak = peak_kb(crawl.id()).unwrap_or(0).max(peak);
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = crawl.wait_with_output().expect("it ended");
    match output.status.success() {
        true => Ok(peak),
        false => Err(text(&output.stderr)),
    }
}

/// The archive as it reads when it is unpacked.
fn archive(workspace: &Workspace) -> String {
    let mut all = Vec::new();
    for segment in workspace.segments() {
        let file = std::fs::File::open(segment).expect("readable");
        let mut unpacked = flate2::read::MultiGzDecoder::new(file);
        unpacked.read_to_end(&mut all).expect("sound");
    }
    text(&all)
}

fn channel(id: &str, case: &ChannelCase) -> Result<(), String> {
    let address = format!("http://127.0.0.1:{BASE}/{id}");
    let (body, base) = (ask(&address), Url::parse(&address).expect("valid"));
    let found = if id.starts_with("feed") {
        feed::entries(&body, None, &base).map(|entries| {
            entries
                .into_iter()
                .map(|entry| (entry.title, entry.published.is_some()))
                .collect::<Vec<_>>()
        })
    } else {
        sitemap::read(&body, None, &base).map(|read| {
            read.pages
                .into_iter()
                .map(|page| (page.title, page.modified.is_some()))
                .collect()
        })
    };
    let found = match found {
        Err(_) if case.unreadable || case.items == Some(0) => return Ok(()),
        Err(error) => return Err(error.to_string()),
        Ok(found) => found,
    };
    let dated = found.iter().filter(|(_, dated)| *dated).count();
    let is_right = !case.unreadable
        && case.items.is_none_or(|items| items == found.len())
        && case.items_least.is_none_or(|least| found.len() >= least)
        && case.dated.is_none_or(|wanted| dated == wanted)
        && (case.title.as_deref()).is_none_or(|title| found[0].0.as_deref() == Some(title));
    is_right
        .then_some(())
        .ok_or_else(|| format!("{} items, {dated} dated, first {:?}", found.len(), found.first()))
}

fn robots(case: &RobotsCase) -> Result<(), String> {
    let (_site, workspace) = announced(BASE + case.port, &case.paths, "3s");
    workspace.crawl(&[]);
    let mut seen: Vec<f64> = case.paths.iter().flat_map(|path| hits(case.port, path)).collect();
    if seen.len() as u64 != case.fetched {
        return Err(format!("{} requests, not {}", seen.len(), case.fetched));
    }
    seen.sort_by(f64::total_cmp);
    let least = seen
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .fold(f64::MAX, f64::min);
    match case.gap {
        Some(gap) if least < gap => Err(format!("a gap of {least} s")),
        _ => Ok(()),
    }
}

/// The rules change while pages are known: the new ones hold as soon as the old ones are too old.
fn robots_flip() -> Result<(), String> {
    let (_site, workspace) = announced(BASE + 17, &["/a".to_string()], "3s");
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("readable");
    workspace.write(
        "config/onrecord.toml",
        &settings.replace("robots_for = \"1h\"", "robots_for = \"1s\""),
    );
    workspace.crawl(&[]);
    std::thread::sleep(Duration::from_millis(1200));
    workspace.crawl(&["--revisit"]);
    expect(
        "the second visit ended as",
        &["robots_disallowed".to_string()],
        &outcomes(&workspace),
    )?;
    let seen = hits(17, "/a").len();
    (seen == 1)
        .then_some(())
        .ok_or_else(|| format!("asked for {seen} times"))
}

/// A proxy named in the environment is not used: it could reach what the guard refuses.
fn proxy_env() -> Result<(), String> {
    let (_site, workspace) = announced(BASE, &["/ok".to_string()], "3s");
    let output = workspace
        .command(&["crawl", "--once"])
        .envs(["HTTP_PROXY", "http_proxy", "ALL_PROXY"].map(|name| (name, "http://127.0.0.1:9/")))
        .output()
        .expect("it runs");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    expect(
        "the visit ended as",
        &["changed".to_string()],
        &outcomes(&workspace),
    )
}

/// A sitemap that speaks of a stranger's pages.
fn other_host() -> Result<(), String> {
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/faulty.toml",
        &format!(
            "name = \"Faulty\"\nkind = \"news\"\nhome = \"http://127.0.0.1:{BASE}/\"\nallow_private = true\n\
             [[channel]]\nkind = \"sitemap\"\nurl = \"http://127.0.0.1:{BASE}/sitemap-other-host\"\n"
        ),
    );
    workspace.crawl(&[]);
    let known = workspace.lines(0, &["schedule", "--json"]);
    let pages: Vec<&Value> = known.iter().filter(|task| task["role"] == "page").collect();
    let is_right = pages.len() == 1
        && pages[0]["url"]
            .as_str()
            .is_some_and(|url| url.ends_with("/ok?same"));
    is_right
        .then_some(())
        .ok_or_else(|| format!("known are {pages:?}"))
}
