//! Saved searches: what is told, to whom, and that it is told once.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::demo::string;
use crate::support::site::Site;
use crate::support::{Workspace, onrecord, text};

const MEETING: &str = "The council of Harbor Falls met on Tuesday to speak about the ferry, which has not run since the \
    storm of last winter took away the landing.";
const SUMMER: &str = "“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, after a meeting \
    that went on until midnight.";
const AUTUMN: &str = "“The landing will be rebuilt before the autumn,” said Mayor Ana Lima on Tuesday, after a meeting \
    that went on until midnight.";
const WAGES: &str = "“We have waited for three months,” said Boris Cruz, who speaks for the workers, at the gate on \
    Friday morning.";

fn tracked() -> (Site, Workspace) {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, SUMMER]);
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    (site, workspace)
}

/// What each alert of a search tells: change, words and words before, the newest alert first.
fn told(workspace: &Workspace, search: &str) -> Vec<Vec<(String, String, Value)>> {
    let output = workspace
        .command(&["searches", "alerts", search, "--json"])
        .output()
        .expect("runs");
    let alerts = crate::support::json_lines(&output.stdout);
    let items = |alert: &Value| -> Vec<(String, String, Value)> {
        let word = |item: &Value, name: &str| item[name].as_str().expect("a text").to_string();
        let items = alert["items"].as_array().expect("items").iter();
        items
            .map(|item| (word(item, "change"), word(item, "text"), item["before"].clone()))
            .collect()
    };
    alerts.iter().map(items).collect()
}

#[test]
fn what_is_read_anew_after_a_search_was_saved_is_no_news() {
    let (_site, workspace) = tracked();
    // Nothing was read by these names yet when the search is saved.
    let mayor = "[harbor-mayor]\nname = \"Ana Lima\"\nkind = \"person\"\n";
    workspace.write("config/speakers.toml", mayor);
    workspace.run(0, &["searches", "add", "mayor", "speaker:=harbor-mayor"]);
    workspace.crawl(&[]);
    assert_eq!(
        workspace
            .lines(0, &["search", "speaker:=harbor-mayor", "--json"])
            .len(),
        1
    );
    assert!(told(&workspace, "mayor").is_empty(), "the page never changed");
}

#[test]
fn a_saved_search_of_a_source_that_was_renamed_says_so() {
    let (site, workspace) = tracked();
    workspace.run(0, &["searches", "add", "landing", "landing source:herald"]);
    let file = |name: &str| workspace.path().join("config/sources").join(name);
    std::fs::rename(file("herald.toml"), file("pier.toml")).expect("renamed");
    workspace.write(
        "config/sources/pier.toml",
        &site.feed_source("The Pier", "/feed.xml"),
    );
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    workspace.crawl(&["--revisit"]);
    for command in [&["searches", "list"][..], &["status"]] {
        let told = workspace.command(command).output().expect("runs");
        let told = text(&told.stdout);
        assert!(told.contains("cannot be asked: no configured source"), "{told}");
    }
}

#[test]
fn what_a_citation_prints_can_be_verified() {
    let (site, workspace) = tracked();
    let hit = &workspace.lines(0, &["search", "landing", "--json"])[0];
    let of = |name: &str| hit[name].as_str().expect("a text").to_owned();
    let record = format!("urn:uuid:{}", of("capture"));
    for named in [record, of("id"), of("document"), site.url("/one")] {
        let checked = text(&workspace.run(0, &["verify", &named]).stdout);
        assert!(checked.starts_with("checked 1 record"), "{named}: {checked}");
    }
    workspace.run(2, &["verify", "nonsense"]);
}

#[test]
fn a_page_that_is_back_as_it_was_tells_nothing_new() {
    let (site, workspace) = tracked();
    workspace.run(0, &["searches", "add", "all", "kind:all", "--kind", "all"]);
    for _ in 0..2 {
        site.put("/one", 410, "text/plain", "gone");
        workspace.crawl(&["--revisit"]);
        site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, SUMMER]);
        workspace.crawl(&["--revisit"]);
    }
    let told = told(&workspace, "all");
    assert_eq!(told.len(), 4, "{told:?}");
    for (at, alert) in told.iter().enumerate() {
        // The quote and the page; the days in it went and came with it.
        let change = ["back", "gone"][at % 2];
        assert!(
            alert.len() >= 2 && alert.iter().all(|(told, ..)| told == change),
            "{alert:?}"
        );
    }
    // A day that was not there before is new all the same.
    site.put("/one", 410, "text/plain", "gone");
    workspace.crawl(&["--revisit"]);
    let more = [MEETING, SUMMER, "The council is to vote on it on April 9."];
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &more);
    workspace.crawl(&["--revisit"]);
    let alert = &self::told(&workspace, "all")[0];
    let is_vote = |(change, text, _): &(String, String, Value)| change == "new" && text.contains("April 9");
    assert!(alert.iter().any(is_vote), "{alert:?}");
}

#[test]
fn what_is_new_changed_or_gone_is_told_once() {
    let (site, workspace) = tracked();
    workspace.run(0, &["searches", "add", "landing", "landing OR months"]);
    assert!(
        told(&workspace, "landing").is_empty(),
        "what was there is no news"
    );
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    workspace.crawl(&["--revisit"]);
    let changed = (
        "changed".to_string(),
        "The landing will be rebuilt before the autumn,".to_string(),
        json!("The landing will be rebuilt before the summer,"),
    );
    assert_eq!(told(&workspace, "landing"), [vec![changed.clone()]]);
    for _ in 0..2 {
        workspace.crawl(&["--revisit"]);
        workspace.run(0, &["searches", "look"]);
    }
    workspace.run(0, &["reindex"]);
    workspace.run(0, &["searches", "look"]);
    assert_eq!(told(&workspace, "landing").len(), 1);
    site.put_feed("/feed.xml", &["/one", "/two"]);
    site.put_page("/two", "Dock workers walk out", "2026-02-06", &[MEETING, WAGES]);
    workspace.crawl(&[]);
    let new = (
        "new".to_string(),
        "We have waited for three months,".to_string(),
        Value::Null,
    );
    assert_eq!(told(&workspace, "landing"), [vec![new], vec![changed.clone()]]);
    // A page that is absent shows nothing any more.
    site.put("/one", 404, "text/plain", "gone");
    workspace.crawl(&["--revisit"]);
    assert_eq!(
        told(&workspace, "landing").len(),
        2,
        "one visit may have met a mishap"
    );
    workspace.crawl(&["--revisit"]);
    let gone = ("gone".to_string(), changed.1.clone(), Value::Null);
    assert_eq!(told(&workspace, "landing")[0], std::slice::from_ref(&gone));
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    workspace.crawl(&["--revisit"]);
    let back = ("back".to_string(), changed.1.clone(), Value::Null);
    assert_eq!(told(&workspace, "landing")[0], std::slice::from_ref(&back));
    // Old ones are forgotten, but for the latest and what is gone.
    assert_eq!(told(&workspace, "landing").len(), 4);
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("settings");
    workspace.write(
        "config/onrecord.toml",
        &format!("{settings}[alerts]\nkeep = \"0s\"\n"),
    );
    workspace.run(0, &["searches", "look"]);
    assert_eq!(told(&workspace, "landing"), [vec![back], vec![gone]]);
    workspace.run(0, &["searches", "remove", "landing"]);
    workspace.run(1, &["searches", "list"]);
}

#[test]
fn a_search_that_cannot_be_looked_at_does_not_keep_the_others_from_it() {
    let (site, workspace) = tracked();
    for name in ["broken", "landing"] {
        workspace.run(0, &["searches", "add", name, "landing OR months"]);
    }
    let rows = rusqlite::Connection::open(workspace.path().join("index/onrecord.db")).expect("a database");
    let broken = rows
        .execute(
            "UPDATE search_lines SET day = 'no day' WHERE search_id IN (SELECT id FROM searches WHERE name = 'broken')",
            [],
        )
        .expect("rows");
    assert!(broken > 0);
    drop(rows);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    workspace.crawl(&["--revisit"]);
    assert_eq!(told(&workspace, "landing").len(), 1);
    assert!(told(&workspace, "broken").is_empty());
    let listed = text(&workspace.run(0, &["searches", "list"]).stdout);
    assert!(listed.contains("no day"), "what keeps it is told: {listed}");
}

/// The alerts of a search in one line an item: change, words, and what of it moved.
fn moves(workspace: &Workspace, search: &str) -> Vec<String> {
    let alerts = workspace
        .command(&["searches", "alerts", search, "--json"])
        .output()
        .expect("runs");
    let alerts = crate::support::json_lines(&alerts.stdout);
    let items = alerts
        .iter()
        .flat_map(|alert| alert["items"].as_array().expect("items"));
    let word = |item: &Value, name: &str| item[name].as_str().unwrap_or("-").to_string();
    items
        .map(|item| {
            let (now, before) = (word(item, "speaker"), word(item, "speaker_before"));
            format!(
                "{}: {} ({now}, before {before})",
                word(item, "change"),
                word(item, "text")
            )
        })
        .collect()
}

#[test]
fn words_given_to_somebody_else_are_told_so_to_who_follows_one_of_the_two() {
    const OTHERS: &str =
        "“We have waited for three months,” said Mayor Ana Lima, at the gate on Friday morning.";
    let site = Site::new();
    site.put_feed("/feed.xml", &["/two"]);
    site.put_page(
        "/two",
        "Dock workers walk out",
        "2026-02-06",
        &[MEETING, SUMMER, WAGES],
    );
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    for (name, query) in [
        ("lima", "speaker:\"Ana Lima\""),
        ("cruz", "speaker:\"Boris Cruz\""),
    ] {
        workspace.run(0, &["searches", "add", name, query]);
    }
    site.put_page(
        "/two",
        "Dock workers walk out",
        "2026-02-06",
        &[MEETING, SUMMER, OTHERS],
    );
    workspace.crawl(&["--revisit"]);
    let given = "changed: We have waited for three months, (Ana Lima, before Boris Cruz)";
    assert_eq!(moves(&workspace, "lima"), [given]);
    assert_eq!(moves(&workspace, "cruz"), [given]);
    // What nobody says any more was taken out, and what is found no more for another reason has not moved.
    workspace.run(0, &["searches", "add", "first", "landing speaker:\"Ana Lima\""]);
    site.put_page("/two", "Dock workers walk out", "2026-02-06", &[MEETING, OTHERS]);
    workspace.crawl(&["--revisit"]);
    let taken_out = "taken_out: The landing will be rebuilt before the summer, (Ana Lima, before -)";
    assert_eq!(moves(&workspace, "first"), [taken_out]);
    assert_eq!(moves(&workspace, "lima")[0], taken_out);
    let told = text(&workspace.run(0, &["searches", "alerts", "first"]).stdout);
    assert!(told.contains("taken out  Ana Lima: The landing"), "{told}");
    // An alert of a version that told only one word of both.
    let rows = rusqlite::Connection::open(workspace.path().join("index/onrecord.db")).expect("a database");
    let altered = rows.execute(
        "UPDATE alert_items SET change = 'gone' WHERE change = 'taken_out' AND alert_id IN (
             SELECT a.id FROM alerts a JOIN searches s ON s.id = a.search_id WHERE s.name = 'lima')",
        [],
    );
    assert_eq!(altered.expect("rows"), 1);
    drop(rows);
    // It stands there again, as it stood.
    site.put_page(
        "/two",
        "Dock workers walk out",
        "2026-02-06",
        &[MEETING, SUMMER, OTHERS],
    );
    workspace.crawl(&["--revisit"]);
    let put_back = taken_out.replace("taken_out", "put_back");
    assert_eq!(moves(&workspace, "first")[0], put_back);
    assert_eq!(moves(&workspace, "lima")[0], put_back, "its page was there");
}

#[test]
fn one_visit_that_does_not_find_the_page_does_not_take_away_what_was_taken_out_before() {
    let (site, workspace) = tracked();
    workspace.run(0, &["searches", "add", "landing", "landing", "--every", "daily"]);
    site.put_page("/one", "Ferry stays in port", "2026-02-04", &[MEETING, WAGES]);
    workspace.crawl(&["--revisit"]);
    site.put("/one", 404, "text/plain", "gone");
    workspace.crawl(&["--revisit"]);
    assert!(told(&workspace, "landing").is_empty(), "not due yet");
    let rows = rusqlite::Connection::open(workspace.path().join("index/onrecord.db")).expect("a database");
    let due = rows.execute("UPDATE searches SET due_at = '2000-01-01T00:00:00Z'", []);
    assert_eq!(due.expect("rows"), 1);
    drop(rows);
    workspace.run(0, &["searches", "look"]);
    let taken_out = (
        "taken_out".to_string(),
        "The landing will be rebuilt before the summer,".to_string(),
        Value::Null,
    );
    assert_eq!(told(&workspace, "landing"), [vec![taken_out]]);
}

#[test]
fn a_promise_that_went_is_no_change_into_another_one() {
    let said = |words: &str| format!("“{words},” said Mayor Ana Lima on Tuesday, after a long meeting.");
    let [rents, taxes, later, ferry] = [
        "We will not raise rents this year",
        "We will not raise taxes this year",
        "We will not raise rents next year",
        "The ferry is a matter for the harbor master",
    ]
    .map(said);
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    let put = |paragraphs: &[&str]| site.put_page("/one", "Budget", "2026-02-04", paragraphs);
    put(&[MEETING, &rents, &taxes]);
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    workspace.run(0, &["searches", "add", "lima", "speaker:\"Ana Lima\""]);
    workspace.run(0, &["searches", "add", "this", "\"rents this year\""]);
    put(&[MEETING, &later]);
    workspace.crawl(&["--revisit"]);
    let told = |search: &str| -> Vec<String> {
        let lines = moves(&workspace, search).into_iter();
        lines
            .map(|line| line.replace(", (Ana Lima, before -)", ""))
            .collect()
    };
    let changed = "changed: We will not raise rents next year";
    assert_eq!(
        told("lima"),
        [changed, "taken_out: We will not raise taxes this year"],
        "the one new line is the other wording of one old line"
    );
    assert_eq!(told("this"), [changed]);
    // What was told to have become words that the search does not find is back when it is found again, however old the alert is.
    put(&[MEETING, &ferry]);
    workspace.crawl(&["--revisit"]);
    site.put_feed("/feed.xml", &["/one", "/two"]);
    let high = said("The rents this year are too high for the bakers");
    site.put_page("/two", "Rents", "2026-02-05", &[MEETING, &high]);
    workspace.crawl(&[]);
    let new = "new: The rents this year are too high for the bakers";
    assert_eq!(told("this"), [new, changed]);
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("settings");
    workspace.write(
        "config/onrecord.toml",
        &format!("{settings}[alerts]\nkeep = \"0s\"\n"),
    );
    workspace.run(0, &["searches", "look"]);
    assert_eq!(told("this"), [new, changed]);
    put(&[MEETING, &ferry, &rents]);
    workspace.crawl(&["--revisit"]);
    // What was told before is older than what is kept, and needed no more.
    assert_eq!(told("this"), ["put_back: We will not raise rents this year"]);
}

#[test]
fn what_cannot_be_saved_is_said_so() {
    let (_site, workspace) = tracked();
    let added = workspace.run(0, &["searches", "add", "one", "landing"]);
    assert!(
        text(&added.stderr).contains("it finds 1 line now"),
        "{}",
        text(&added.stderr)
    );
    // A name that nobody has is found out now, and not when an alert is missed.
    let added = workspace.run(0, &["searches", "add", "nobody", "speaker:quillfeather"]);
    let told = text(&added.stderr);
    assert!(
        told.contains("finds nothing now") && told.contains("quillfeather"),
        "{told}"
    );
    for (arguments, reason) in [
        (&["searches", "add", "one", "ferry"][..], "already"),
        (&["searches", "add", " ", "ferry"], "needs a name"),
        (&["searches", "add", "two", "said:whenever"], "names no days"),
        (&["searches", "add", "two", "\"ferry"], "not closed"),
        (
            &["searches", "add", "two", "ferry", "--webhook", "ftp://x.example"],
            "nothing could be posted",
        ),
        (
            &[
                "searches",
                "add",
                "two",
                "ferry",
                "--webhook",
                "http://127.0.0.1/x",
            ],
            "nothing could be posted",
        ),
        (
            &["searches", "add", "two", "said:\"last week\""],
            "count days from today",
        ),
        (&["searches", "add", "two", "topic:nonesuch"], "there is no topic"),
        (&["searches", "add", "two", "speaker:\"\""], "has no value"),
        (
            &["searches", "add", "two", "ferry", "--email", "nobody"],
            "no mail address",
        ),
        (&["searches", "alerts", "two"], "there is no saved search"),
        (&["searches", "test", "two"], "there is no saved search"),
    ] {
        let output = workspace.run(2, arguments);
        assert!(text(&output.stderr).contains(reason), "{}", text(&output.stderr));
    }
}

/// A program that takes what is posted to it, and answers with the statuses given, the last one for ever.
fn receiver(statuses: &'static [u16]) -> (String, Receiver<(Vec<String>, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for (index, stream) in listener.incoming().enumerate() {
            let status = statuses[index.min(statuses.len() - 1)];
            let Ok(posted) = posted(stream.expect("a connection"), status) else {
                continue;
            };
            if sender.send(posted).is_err() {
                return;
            }
        }
    });
    (url, receiver)
}

fn posted(mut stream: TcpStream, status: u16) -> std::io::Result<(Vec<String>, String)> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim() {
            "" => break,
            line => head.push(line.to_string()),
        }
    }
    let length = field(&head, "content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )?;
    Ok((head, text(&body)))
}

fn field(head: &[String], name: &str) -> String {
    let value = head.iter().find_map(|line| {
        let (field, value) = line.split_once(':')?;
        field.eq_ignore_ascii_case(name).then(|| value.trim().to_string())
    });
    value.unwrap_or_default()
}

#[test]
fn an_alert_is_posted_signed_and_again_only_until_it_is_taken() {
    let (site, workspace) = tracked();
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("settings");
    workspace.write(
        "config/onrecord.toml",
        &format!("{settings}[alerts]\nallow_private = true\n"),
    );
    let (url, posts) = receiver(&[204]);
    let output = workspace.run(0, &["searches", "add", "landing", "landing", "--webhook", &url]);
    assert!(
        text(&output.stdout).starts_with("whsec_"),
        "{}",
        text(&output.stdout)
    );
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    workspace.crawl(&["--revisit"]);
    let (head, body) = posts.recv_timeout(Duration::from_secs(20)).expect("a post");
    let message: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(message["data"]["items"][0]["change"], "changed");
    assert_eq!(message["data"]["items"][0]["edtf"], "2026-02-03");
    assert_eq!(message["data"]["alert"], field(&head, "webhook-id"));
    assert!(field(&head, "webhook-signature").starts_with("v1,"), "{head:?}");
    assert!(!field(&head, "webhook-timestamp").is_empty());
    workspace.run(0, &["searches", "look"]);
    assert!(posts.try_recv().is_err(), "it was taken");
}

#[test]
fn an_alert_tells_all_days_that_are_meant_and_what_falls_due() {
    const DAYS: &str =
        "Comments must be sent no later than March 20, 2026. The ferry was bought in January 2025.";
    let (site, workspace) = tracked();
    workspace.run(0, &["searches", "add", "all", "kind:all", "--kind", "all"]);
    site.put_page(
        "/one",
        "Landing to be rebuilt",
        "2026-02-04",
        &[MEETING, AUTUMN, DAYS],
    );
    workspace.crawl(&["--revisit"]);
    let alerts = workspace.lines(0, &["searches", "alerts", "all", "--json"]);
    let items = alerts[0]["items"].as_array().expect("items");
    let of = |is: &dyn Fn(&Value) -> bool, keys: &[&str]| -> Vec<Value> {
        let item = items.iter().find(|item| is(item)).expect("an item");
        keys.iter().map(|key| item[*key].clone()).collect()
    };
    let days = ["day", "until", "edtf", "printed", "is_deadline"];
    let month = of(&|item| item["day"] == "2025-01-01", &days);
    assert_eq!(
        month,
        ["2025-01-01", "2025-01-31", "2025-01", "January 2025"]
            .map(Value::from)
            .into_iter()
            .chain([false.into()])
            .collect::<Vec<_>>()
    );
    let due = of(&|item| item["day"] == "2026-03-20", &days);
    assert_eq!(due[3..], [Value::from("March 20, 2026"), true.into()]);
    let quote = of(
        &|item| item["kind"] == "quote",
        &["until", "edtf", "quote_kind", "is_deadline"],
    );
    assert_eq!(
        quote,
        [
            "2026-02-03".into(),
            "2026-02-03".into(),
            "direct".into(),
            Value::Null
        ]
    );
    let document = string(&items[0]["document"]);
    let desk = crate::served::serve(site, workspace);
    let told = desk.json(&format!("/api/v1/documents/{document}"), 200);
    let dates = told["revision"]["dates"].as_array().expect("dates").clone();
    let date = |text: &str| {
        dates
            .iter()
            .find(|date| date["text"] == text)
            .expect("a date")
            .clone()
    };
    assert_eq!(date("March 20, 2026")["is_deadline"], true);
    let month = date("January 2025");
    assert_eq!(
        (&month["until"], &month["is_deadline"]),
        (&"2025-01-31".into(), &false.into())
    );
    let alerts = desk.json("/api/v1/searches/all/alerts", 200);
    assert!(
        alerts[0]["items"]
            .as_array()
            .expect("items")
            .iter()
            .any(|item| item["is_deadline"] == true)
    );
}

#[test]
fn an_alert_that_nobody_takes_is_kept_and_said_so() {
    let (site, workspace) = tracked();
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("settings");
    workspace.write(
        "config/onrecord.toml",
        &format!("{settings}[alerts]\nallow_private = true\n"),
    );
    let (url, posts) = receiver(&[500]);
    workspace.run(0, &["searches", "add", "landing", "landing", "--webhook", &url]);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    workspace.crawl(&["--revisit"]);
    posts.recv_timeout(Duration::from_secs(20)).expect("a post");
    let listed = text(&workspace.run(0, &["searches", "list"]).stdout);
    assert!(listed.contains("not taken in one try, tried again"), "{listed}");
    assert_eq!(told(&workspace, "landing").len(), 1);
}

/// A workspace that posts alerts to this machine.
fn tracked_here() -> (Site, Workspace) {
    let (site, workspace) = tracked();
    workspace.set("[alerts]\nallow_private = true");
    (site, workspace)
}

#[test]
fn what_is_not_taken_is_told_by_status() {
    let (site, workspace) = tracked_here();
    let (url, posts) = receiver(&[500]);
    workspace.run(0, &["searches", "add", "landing", "landing", "--webhook", &url]);
    let status = || text(&workspace.run(0, &["status"]).stdout);
    assert!(!status().contains("LOOK"), "{}", status());
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    workspace.crawl(&["--revisit"]);
    posts.recv_timeout(Duration::from_secs(20)).expect("a post");
    let failing = "1 alert by webhook not taken yet and tried again";
    assert!(status().contains(failing), "{}", status());
    let lines = workspace.lines(0, &["status", "--json"]);
    let tracker = lines.last().expect("a line of the tracker");
    assert!(
        tracker["looks"][0]
            .as_str()
            .is_some_and(|look| look.contains(failing)),
        "{tracker}"
    );
    assert_eq!(tracker["totals"]["documents"], 1);
}

#[test]
fn one_alert_is_sent_as_a_test_and_told_whether_it_was_taken() {
    let (_site, workspace) = tracked_here();
    let (url, posts) = receiver(&[204, 500]);
    workspace.run(0, &["searches", "add", "landing", "landing", "--webhook", &url]);
    workspace.run(0, &["searches", "test", "landing"]);
    let (head, body) = posts.recv_timeout(Duration::from_secs(20)).expect("a post");
    let message: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(message["type"], "search.test");
    assert_eq!(
        message["data"]["items"][0]["text"],
        "The landing will be rebuilt before the summer,"
    );
    assert!(field(&head, "webhook-signature").starts_with("v1,"), "{head:?}");
    let refused = text(&workspace.run(2, &["searches", "test", "landing"]).stderr);
    assert!(
        refused.contains("by webhook was not taken") && refused.contains("answered 500"),
        "{refused}"
    );
    assert!(told(&workspace, "landing").is_empty(), "a test is no alert");
    workspace.run(0, &["searches", "add", "alone", "landing"]);
    let nobody = text(&workspace.run(2, &["searches", "test", "alone"]).stderr);
    assert!(nobody.contains("tells nobody"), "{nobody}");
}

#[test]
fn a_copy_of_a_tracker_sends_nothing_until_it_takes_over() {
    let (site, workspace) = tracked_here();
    let (url, posts) = receiver(&[204]);
    workspace.run(0, &["searches", "add", "landing", "landing", "--webhook", &url]);
    let copies = tempfile::tempdir().expect("a folder");
    let copied = Command::new("cp")
        .arg("-a")
        .arg(workspace.path())
        .arg(copies.path())
        .status();
    assert!(copied.expect("cp runs").success());
    let folder = copies.path().join(workspace.path().file_name().expect("a name"));
    let copy = |arguments: &[&str]| {
        let output = onrecord()
            .arg("-w")
            .arg(&folder)
            .args(arguments)
            .output()
            .expect("runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout) + &text(&output.stderr)
    };
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    let crawled = copy(&["crawl", "--once", "--revisit"]);
    assert!(crawled.contains("from here nothing is sent"), "{crawled}");
    assert!(
        copy(&["searches", "alerts", "landing"]).contains("autumn"),
        "it is told on the desk"
    );
    assert!(
        copy(&["status"]).contains("LOOK: alerts are sent from"),
        "{}",
        copy(&["status"])
    );
    assert!(
        posts.try_recv().is_err(),
        "the original's receivers hear nothing of it"
    );
    workspace.crawl(&["--revisit"]);
    let (_, body) = posts
        .recv_timeout(Duration::from_secs(20))
        .expect("a post of the original");
    assert!(body.contains("autumn"), "{body}");
    // What waited in the copy is what the original sent.
    assert!(copy(&["searches", "take-over", "--discard"]).contains("1 alert that waited"));
    assert!(!copy(&["status"]).contains("LOOK"), "{}", copy(&["status"]));
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, SUMMER]);
    copy(&["crawl", "--once", "--revisit"]);
    let (_, body) = posts
        .recv_timeout(Duration::from_secs(20))
        .expect("a post of the copy");
    let message: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(
        message["data"]["items"][0]["before"],
        "The landing will be rebuilt before the autumn,"
    );
    assert!(posts.try_recv().is_err(), "and nothing else");
}

#[test]
fn what_only_the_configuration_finds_otherwise_is_no_news() {
    let (_site, workspace) = tracked();
    let person =
        |name: &str| format!("[ana]\nname = \"{name}\"\nkind = \"person\"\naliases = [\"Ana Lima\"]\n");
    workspace.write("config/speakers.toml", &person("Ana Lima"));
    workspace.crawl(&[]);
    workspace.run(0, &["searches", "add", "lima", "speaker:ana"]);
    workspace.run(0, &["searches", "add", "maria", "speaker:\"ana maria\""]);
    workspace.write(
        "config/speakers.toml",
        &person("Ana Maria Lima").replace("[ana]", "[am]"),
    );
    workspace.crawl(&[]);
    workspace.run(0, &["searches", "look"]);
    for search in ["lima", "maria"] {
        assert!(told(&workspace, search).is_empty(), "{search}");
    }
    assert_eq!(
        workspace
            .lines(0, &["search", "speaker:\"ana maria\"", "--json"])
            .len(),
        1
    );
}

/// A mail server that takes one letter.
fn mail_server() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let lines = BufReader::new(stream.try_clone().expect("a copy")).lines();
        let (mut letter, mut is_letter) = (String::new(), false);
        write!(stream, "220 mail.example ESMTP\r\n").expect("sent");
        for line in lines {
            let line = line.expect("a line");
            let answer = match (is_letter, line.as_str()) {
                (true, ".") => {
                    is_letter = false;
                    sender.send(std::mem::take(&mut letter)).expect("somebody waits");
                    "250 taken"
                }
                (true, line) => {
                    letter.push_str(line);
                    letter.push('\n');
                    continue;
                }
                (false, "DATA") => {
                    is_letter = true;
                    "354 go on"
                }
                (false, "QUIT") => return,
                (false, _) => "250 yes",
            };
            write!(stream, "{answer}\r\n").expect("sent");
        }
    });
    (format!("smtp://{address}"), receiver)
}

#[test]
fn an_alert_is_written_to_a_mailbox() {
    let (site, workspace) = tracked();
    let (server, letters) = mail_server();
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("settings");
    let mail =
        format!("{settings}[mail]\nserver = \"{server}\"\nfrom = \"Onrecord <desk@harbor.example>\"\n");
    workspace.write("config/onrecord.toml", &mail);
    workspace.run(
        0,
        &[
            "searches",
            "add",
            "landing",
            "landing",
            "--email",
            "ana@harbor.example",
        ],
    );
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, AUTUMN]);
    workspace.crawl(&["--revisit"]);
    let letter = letters.recv_timeout(Duration::from_secs(20)).expect("a letter");
    for part in [
        "To: ana@harbor.example",
        "Subject: landing: 1 changed",
        "before the autumn",
        "/documents/",
    ] {
        // Lines may be folded and spaces coded.
        let plain = letter.replace("=\n", "").replace("=20", " ");
        assert!(plain.contains(part), "{part} in {letter}");
    }
}
