//! A program that runs goes by its files as they are.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::sites::Running;
use crate::support::site::Site;
use crate::support::{Workspace, text, wait_until};

/// What a program has told on standard error so far.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<String>>);

impl Told {
    fn of(running: &mut Running) -> Self {
        let told = Self::default();
        let (lines, written) = (
            BufReader::new(running.0.stderr.take().expect("piped")),
            told.clone(),
        );
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                written.0.lock().expect("sound").push_str(&(line + "\n"));
            }
        });
        told
    }

    fn has(&self, words: &str) -> bool {
        self.all().contains(words)
    }

    fn all(&self) -> String {
        self.0.lock().expect("sound").clone()
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
    )
    .expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    text(&answer)
}

fn found(workspace: &Workspace, query: &str) -> usize {
    let output = workspace
        .command(&["search", query, "--kind", "documents", "--limit", "99", "--json"])
        .output();
    text(&output.expect("it runs").stdout).lines().count()
}

#[test]
fn what_is_configured_anew_is_taken_up_and_what_is_wrong_is_not() {
    let site = Site::new();
    for (feed, page, headline) in [
        ("/feed.xml", "/one", "Landing rebuilt"),
        ("/more.xml", "/two", "Wages paid"),
    ] {
        site.put_feed(feed, &[page]);
        let words = format!(
            "“{headline} before the summer, as we said in the winter,” said Mayor Ana Lima on Tuesday."
        );
        site.put_page(page, headline, "2026-02-04", &[&words]);
    }
    let workspace = Workspace::new();
    let settings = |listen: &str, more: &str| {
        let crawl = "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\n";
        workspace.write(
            "config/onrecord.toml",
            &format!("{crawl}[serve]\nlisten = \"127.0.0.1:{listen}\"\n{more}"),
        );
    };
    settings("0", "");
    let (herald, star) = ("config/sources/herald.toml", "config/sources/star.toml");
    workspace.write(herald, &site.feed_source("The Harbor Herald", "/feed.xml"));
    workspace.crawl(&[]);
    let mut serving = Running(
        workspace
            .command(&["serve"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs"),
    );
    let told = Told::of(&mut serving);
    wait_until("the desk", || told.has("the desk is at http://"));
    let all = told.all();
    let address = all
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    let address = address.expect("an address").to_string();
    let of_more = site.feed_source("The Star", "/more.xml");
    workspace.write(star, &of_more);
    wait_until("the new source's page", || found(&workspace, "wages") == 1);
    assert!(
        told.has("the changed configuration is taken up\n"),
        "{}",
        told.all()
    );
    workspace.write(star, "name = 7\n");
    wait_until("the complaint", || told.has("cannot be taken up"));
    assert!(told.has("star.toml"), "{}", told.all());
    let sources = get(&address, "/sources");
    assert!(
        sources.contains("cannot be taken up") && sources.contains("The Star"),
        "{sources}"
    );
    workspace.write(star, &of_more);
    settings("9", "[topics]\npay = \"wages\"\n");
    wait_until("what counts later", || told.has("taken up but for serve.listen"));
    let sources = get(&address, "/sources");
    assert!(
        sources.contains("serve.listen") && !sources.contains("cannot be taken up"),
        "{sources}"
    );
    // What is on no topic is not shown any more.
    let hits = |query: &str| get(&address, &format!("/api/v1/search?q={query}"));
    assert!(
        hits("summer").contains("/two") && !hits("summer").contains("/one\""),
        "{}",
        hits("summer")
    );
    assert!(serving.0.try_wait().expect("ours").is_none(), "the program ended");
}

/// Pages that take longer, together, than it takes until a changed configuration is taken up.
const SLOW_PAGES: usize = 40;
const SLOW: Duration = Duration::from_millis(300);

#[test]
fn a_crawl_that_is_under_way_when_something_is_configured_anew_loses_nothing() {
    let site = Site::new();
    let pages: Vec<String> = (0..SLOW_PAGES).map(|page| format!("/slow/{page}")).collect();
    for page in &pages {
        let words = format!("The boat to {page} leaves the harbor before noon, the pilots say.");
        site.put_page(page, "Boats leave", "2026-02-04", &[&words]);
        site.delay(page, SLOW);
    }
    site.put_feed("/feed.xml", &pages.iter().map(String::as_str).collect::<Vec<_>>());
    site.put_page(
        "/two",
        "Wages paid",
        "2026-02-05",
        &["The wages were paid in full on Friday."],
    );
    site.put_feed("/more.xml", &["/two"]);
    let workspace = Workspace::new();
    workspace.write(
        "config/onrecord.toml",
        "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\npace_per_answer = 0\n[serve]\nlisten = \"127.0.0.1:0\"\n",
    );
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    let mut command = workspace.command(&["serve"]);
    let mut serving = Running(
        command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs"),
    );
    let told = Told::of(&mut serving);
    let asked = || pages.iter().filter(|page| site.asked(page) > 0).count();
    wait_until("the first pages", || asked() > 3);
    workspace.write(
        "config/sources/star.toml",
        &site.feed_source("The Star", "/more.xml"),
    );
    wait_until("the change", || told.has("the changed configuration is taken up"));
    assert!(asked() < SLOW_PAGES, "the crawl was over before");
    wait_until("every page", || {
        found(&workspace, "boat") == SLOW_PAGES && found(&workspace, "wages") == 1
    });
    let most = pages.iter().map(|page| site.asked(page)).max();
    // What was under way is asked for again, and nothing else.
    assert!(most <= Some(2), "{most:?}");
    let again = pages.iter().filter(|page| site.asked(page) > 1).count();
    assert!(again <= 1, "{again} pages were asked for again");
    drop(serving);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn the_address_of_a_speaker_leads_to_the_entry_that_took_him_up() {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    let words = "“The pier stays as it is,” said Captain Eva Stone on Tuesday.";
    site.put_page("/one", "The pier stays", "2026-02-04", &[words]);
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    workspace.crawl(&[]);
    workspace.write(
        "config/speakers.toml",
        "[captain]\nname = \"Eva Stone\"\nkind = \"person\"\naliases = [\"E. Stone\"]\n",
    );
    workspace.crawl(&[]);
    let mut serving = Running(
        workspace
            .command(&["serve", "--no-crawl", "--listen", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs"),
    );
    let told = Told::of(&mut serving);
    wait_until("the desk", || told.has("the desk is at http://"));
    let all = told.all();
    let address = all
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    let address = address.expect("an address");
    for id in ["captain", "eva-stone", "e-stone"] {
        let page = get(address, &format!("/speakers/{id}"));
        assert!(
            page.contains(" 200 ") && page.contains("The pier stays as it is"),
            "{id}: {page}"
        );
    }
    assert!(get(address, "/speakers/nobody").contains(" 404 "));
}

#[test]
fn what_is_configured_and_hardly_meant_is_said_where_it_is_looked_at() {
    let workspace = Workspace::new();
    let told = text(&workspace.run(0, &["status"]).stdout);
    assert!(
        told.contains("0 sources") && told.contains("onrecord sources probe"),
        "{told}"
    );
    let file = "name = \"Town Hall\"\nkind = \"official\"\nhome = \"https://hall.example/\"\n";
    workspace.write("config/sources/hall.toml", file);
    workspace.write(
        "config/speakers.toml",
        "[one]\nname = \"Ada Quill\"\nkind = \"person\"\n[two]\nname = \"Ada Quill\"\nkind = \"person\"\n",
    );
    for arguments in [&["sources", "list"][..], &["status"], &["crawl", "--once"]] {
        let output = workspace.run(0, arguments);
        let told = text(&output.stdout) + &text(&output.stderr);
        assert!(
            told.contains("`hall` has no [[channel]]"),
            "{arguments:?}: {told}"
        );
        assert!(
            told.contains("`one` and `two` have the same name"),
            "{arguments:?}: {told}"
        );
    }
    // What a crawl would refuse is refused by the list, with its line.
    workspace.write(
        "config/sources/hall.toml",
        &format!("{file}office = \"nobody\"\n"),
    );
    let told = text(&workspace.run(2, &["sources", "list"]).stderr);
    assert!(told.contains("hall.toml:4: `office` names \"nobody\""), "{told}");
    workspace.write(
        "config/sources/hall.toml",
        &format!("{file}[read]\ndrop = [\"article >> .more\"]\n"),
    );
    let told = text(&workspace.run(2, &["sources", "list"]).stderr);
    assert!(
        told.contains("hall.toml:5: ") && told.contains("a combinator"),
        "{told}"
    );
    workspace.write("config/sources/hall.toml", file);
    workspace.set("[topics]\npier = \"\"");
    let told = text(&workspace.run(2, &["sources", "list"]).stderr);
    assert!(told.contains("the topic `pier`: has no query"), "{told}");
}
