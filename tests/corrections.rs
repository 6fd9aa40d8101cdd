//! What people correct by hand: told beside what was read, found at once, kept through edits, and taken back.

use serde_json::{Value, json};

use crate::served::{Served, serve};
use crate::support::demo::string;
use crate::support::site::Site;
use crate::support::{Workspace, text};

const MEETING: &str = "The council of Harbor Falls met to speak about the ferry, which has not run since the storm of \
    last winter took away the landing.";
const LIMA: &str = "“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, after a meeting \
    that went on until midnight.";
const RUHN: &str = "“I support the goal of the mayor,” said Councilman Karl Ruhn on Monday, in the rain in front of the \
    town hall.";
const SPEAKERS: &str = "[ines-quill]\nname = \"Ines Quill\"\nkind = \"person\"\n";

/// A tracker of one page.
fn tracker() -> (Site, Workspace) {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page(
        "/one",
        "Landing to be rebuilt",
        "2026-02-04",
        &[MEETING, LIMA, RUHN],
    );
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    workspace.write("config/speakers.toml", SPEAKERS);
    workspace.crawl(&[]);
    (site, workspace)
}

fn found(workspace: &Workspace, query: &str) -> Vec<Value> {
    let output = workspace
        .command(&["search", "--json", query])
        .output()
        .expect("it runs");
    crate::support::json_lines(&output.stdout)
}

fn summer(workspace: &Workspace) -> String {
    string(&found(workspace, "\"before the summer\"")[0]["id"])
}

/// Corrects the speaker of the words about the summer.
fn give_to_quill(workspace: &Workspace) -> String {
    let quote = summer(workspace);
    let why = "she reads the statement, the mayor was away";
    let arguments = [
        "corrections",
        "add",
        &quote,
        "--speaker",
        "Quill",
        "--why",
        why,
        "--by",
        "Dana Voss",
    ];
    workspace.run(0, &arguments);
    quote
}

#[test]
fn a_name_that_nobody_bears_is_taken_only_as_a_new_one() {
    let (_site, workspace) = tracker();
    let quote = summer(&workspace);
    let add = |code: i32, option: &str, name: &str| {
        let of = [
            "corrections",
            "add",
            &quote,
            option,
            name,
            "--why",
            "she reads it",
            "--by",
            "Dana Voss",
        ];
        text(&workspace.run(code, &of).stderr)
    };
    let told = add(2, "--speaker", "Ines Quil");
    assert!(
        told.contains("nobody is called `Ines Quil`; did you mean `Ines Quill`?"),
        "{told}"
    );
    assert!(told.contains("--new-speaker"), "{told}");
    assert!(found(&workspace, "has:by_hand").is_empty());
    // Who is quoted anywhere has a name, though no list has it.
    add(0, "--speaker", "Karl Ruhn");
    add(0, "--new-speaker", "Ines Quil");
    assert_eq!(found(&workspace, "summer")[0]["speaker"], "Ines Quil");
}

#[test]
fn a_corrected_speaker_is_found_at_once_and_told_with_what_was_read() {
    let (_site, workspace) = tracker();
    let quote = give_to_quill(&workspace);
    assert!(found(&workspace, "speaker:lima summer").is_empty());
    let hits = found(&workspace, "speaker:quill summer has:by_hand");
    assert_eq!(hits.len(), 1, "{hits:?}");
    assert_eq!(
        (&hits[0]["id"], &hits[0]["speaker_id"]),
        (&json!(quote), &json!("ines-quill"))
    );
    let told = &hits[0]["corrected_by_hand"][0];
    assert_eq!(told["corrects"], "speaker");
    assert_eq!(told["by"], "Dana Voss");
    assert!(string(&told["read"]).starts_with("Ana Lima ("), "{told}");
    let shown = text(&workspace.run(0, &["search", "speaker:quill summer"]).stdout);
    assert!(
        shown.contains("speaker corrected by hand: the program read Ana Lima"),
        "{shown}"
    );
    let csv = text(
        &workspace
            .run(0, &["export", "csv", "--kind", "quotes", "summer"])
            .stdout,
    );
    let (head, row) = csv.split_once('\n').expect("a row");
    assert!(head.contains(",corrected_by_hand,"), "{head}");
    assert!(
        row.contains("Ines Quill") && row.contains("because: she reads the statement"),
        "{row}"
    );
    let page = text(
        &workspace
            .run(0, &["export", "markdown", "--kind", "quotes", "summer"])
            .stdout,
    );
    assert!(page.contains("corrected by hand"), "{page}");
}

#[test]
fn the_check_is_of_what_was_read_and_says_that_people_corrected_it() {
    let (_site, workspace) = tracker();
    let quote = give_to_quill(&workspace);
    let told = text(&workspace.run(0, &["verify", "--all"]).stdout);
    assert!(told.contains("all as archived"), "{told}");
    assert!(told.contains("1 correction was made by hand"), "{told}");
    let pack = workspace.path().join("summer.wacz");
    let pack = pack.to_str().expect("a plain path");
    workspace.run(0, &["evidence", &quote, "-o", pack]);
    let told = text(&workspace.run(0, &["verify", pack]).stdout);
    for words in [
        "Mayor Ana Lima",
        "speaker and day so: yes",
        "corrected by hand: said by Ines Quill; the program read Ana Lima",
        "a person’s word, which no record proves",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
}

#[test]
fn a_correction_is_taken_back_and_stays_on_record() {
    let (_site, workspace) = tracker();
    give_to_quill(&workspace);
    let listed = workspace.lines(0, &["corrections", "list", "--json"]);
    assert_eq!(listed[0]["standing"], "holds");
    let id = string(&listed[0]["correction"]);
    workspace.run(0, &["corrections", "remove", &id, "--by", "Dana Voss"]);
    assert_eq!(found(&workspace, "speaker:lima summer").len(), 1);
    workspace.run(1, &["corrections", "list"]);
    let all = workspace.lines(0, &["corrections", "list", "--all", "--json"]);
    assert_eq!(all[0]["standing"], "taken_back");
    assert_eq!(all[0]["taken_back_by"], "Dana Voss");
    workspace.run(2, &["corrections", "remove", &id]);
}

#[test]
fn a_day_and_what_is_no_quote_are_corrected_too() {
    let (_site, workspace) = tracker();
    let quote = summer(&workspace);
    let by = ["--why", "as the council’s minutes have it", "--by", "Dana Voss"];
    let add =
        |more: [&'static str; 2]| [["corrections", "add"].as_slice(), &[quote.as_str()], &more, &by].concat();
    workspace.run(0, &add(["--said", "2026-01-31"]));
    let hits = found(&workspace, "said:2026-01-31");
    assert_eq!(hits[0]["said"]["rule"], "by_hand", "{hits:?}");
    // The newer one takes the older one's place.
    workspace.run(0, &add(["--said", "2026-01-29..2026-01-30"]));
    assert!(found(&workspace, "said:2026-01-31").is_empty());
    assert_eq!(found(&workspace, "said:2026-01-30").len(), 1);
    assert_eq!(workspace.lines(0, &["corrections", "list", "--json"]).len(), 1);
    workspace.run(
        0,
        &[
            ["corrections", "add"].as_slice(),
            &[quote.as_str(), "--no-quote"],
            &by,
        ]
        .concat(),
    );
    assert!(found(&workspace, "\"before the summer\"").is_empty());
    let wrong = workspace.run(2, &add(["--said", "Tuesday"]));
    assert!(text(&wrong.stderr).contains("is no day"));
    let nothing = workspace.run(
        2,
        &[
            "corrections",
            "add",
            "q1",
            "--no-quote",
            "--why",
            "x",
            "--by",
            "y",
        ],
    );
    assert!(text(&nothing.stderr).contains("there is no quote `q1`"));
}

#[test]
fn it_holds_through_edits_elsewhere_and_is_told_when_it_may_not() {
    let (site, workspace) = tracker();
    give_to_quill(&workspace);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, LIMA]);
    workspace.crawl(&["--revisit"]);
    assert_eq!(found(&workspace, "speaker:quill summer").len(), 1);
    // The outlet gives the words to somebody itself.
    let to_ruhn = LIMA.replace("Mayor Ana Lima", "Councilman Karl Ruhn");
    site.put_page(
        "/one",
        "Landing to be rebuilt",
        "2026-02-04",
        &[MEETING, &to_ruhn],
    );
    workspace.crawl(&["--revisit"]);
    assert_eq!(found(&workspace, "speaker:ruhn summer").len(), 1);
    let earlier = found(&workspace, "speaker:quill summer asof:ever");
    assert_eq!(earlier.len(), 1, "{earlier:?}");
    let listed = workspace.lines(0, &["corrections", "list", "--json"]);
    assert_eq!(listed[0]["standing"], "doubtful");
    let status = text(&workspace.run(0, &["status"]).stdout);
    assert!(
        status.contains("LOOK: 1 correction by hand of a quote"),
        "{status}"
    );
    // Words that are not there any more are no trouble: it holds for the wording that had them.
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, RUHN]);
    workspace.crawl(&["--revisit"]);
    let listed = workspace.lines(0, &["corrections", "list", "--json"]);
    assert_eq!(listed[0]["standing"], "earlier");
}

#[test]
fn a_correction_is_no_news_of_a_page() {
    let (_site, workspace) = tracker();
    workspace.run(0, &["searches", "add", "lima", "speaker:lima"]);
    workspace.run(0, &["searches", "add", "quill", "speaker:quill"]);
    give_to_quill(&workspace);
    workspace.run(0, &["searches", "look"]);
    for name in ["lima", "quill"] {
        let alerts = workspace
            .command(&["searches", "alerts", name, "--json"])
            .output();
        let alerts = text(&alerts.expect("it runs").stdout);
        assert!(alerts.trim().is_empty(), "{name}: {alerts}");
    }
}

#[test]
fn corrections_go_from_one_copy_of_a_tracker_to_another() {
    let (_site, workspace) = tracker();
    let copy = tempfile::tempdir().expect("a folder");
    let other = copy.path().join("copy");
    let copied = std::process::Command::new("cp")
        .arg("-a")
        .args([workspace.path(), &other])
        .status();
    assert!(copied.expect("it runs").success());
    give_to_quill(&workspace);
    let listed = workspace.run(0, &["corrections", "list", "--json"]).stdout;
    workspace.write("corrections.jsonl", &text(&listed));
    let file = workspace.path().join("corrections.jsonl");
    let take_over = || {
        let mut command = crate::support::onrecord();
        command.arg("--workspace").arg(&other);
        let output = command.args(["corrections", "add", "--from"]).arg(&file).output();
        text(&output.expect("it runs").stderr)
    };
    let told = take_over();
    assert!(told.contains("1 correction taken over"), "{told}");
    let told = take_over();
    assert!(told.contains("0 corrections taken over"), "{told}");
    let mut command = crate::support::onrecord();
    command.arg("--workspace").arg(&other);
    let found = command
        .args(["search", "speaker:quill summer"])
        .output()
        .expect("it runs");
    assert!(text(&found.stdout).contains("Ines Quill"));
    workspace.write("corrections.jsonl", "{\"correction\": 1}\n");
    let told = take_over();
    assert!(told.contains("corrections.jsonl:1 is no correction"), "{told}");
}

#[test]
fn whoever_has_a_token_corrects_on_the_desk_and_by_the_api() {
    let (site, workspace) = tracker();
    let quote = summer(&workspace);
    let token = |scope: &str| {
        let made = workspace
            .run(0, &["token", "create", scope, "--scope", scope])
            .stdout;
        text(&made).trim().to_owned()
    };
    let (reads, writes) = (token("read"), token("write"));
    let desk = serve(site, workspace);
    desk.check(
        &format!("/quotes/{quote}"),
        200,
        &["Read wrongly?", &format!("onrecord corrections add {quote}")],
    );
    let draft = json!({"quote": quote, "corrects": "speaker", "to": "ines-quill", "why": "she reads it", "by": "Dana Voss"});
    let sent = |token: &str, draft: &Value| {
        desk.send(
            "POST",
            "/api/v1/corrections",
            token,
            "application/json",
            &draft.to_string(),
        )
    };
    assert_eq!(sent("", &draft).0, 401);
    assert_eq!(sent(&reads, &draft).0, 403);
    let (status, body) = sent(&writes, &draft);
    assert_eq!(status, 201, "{body}");
    let made: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(made["by"], "Dana Voss (token write)");
    assert_eq!(
        sent(&writes, &json!({"quote": quote, "corrects": "mood", "why": "x"})).0,
        400
    );
    assert_eq!(
        sent(
            &writes,
            &json!({"quote": "q1", "corrects": "no_quote", "why": "x"})
        )
        .0,
        404
    );
    // A name that nobody bears is one only where that is said.
    let misspelt = json!({"quote": quote, "corrects": "speaker", "to": "Ines Quil", "why": "x"});
    let (status, body) = sent(&writes, &misspelt);
    assert_eq!(status, 400, "{body}");
    assert!(
        body.contains("Ines Quill") && body.contains("new_speaker"),
        "{body}"
    );
    shows_the_correction(&desk, &quote);
    // The form says what is wrong with it beside what was typed.
    let form = "corrects=said&to=Tuesday&why=the+minutes&by=Dana";
    let media_type = "application/x-www-form-urlencoded";
    let address = format!("/quotes/{quote}/corrections");
    let (status, body) = desk.send("POST", &address, &writes, media_type, form);
    assert_eq!(status, 400, "{body}");
    assert!(
        body.contains("is no day") && body.contains("value=\"the minutes\""),
        "{body}"
    );
    let (status, _) = desk.send(
        "POST",
        &address,
        &writes,
        media_type,
        "corrects=said&to=2026-01-30&why=the+minutes",
    );
    assert_eq!(status, 303);
    desk.check(
        &format!("/quotes/{quote}"),
        200,
        &["day corrected by hand", "30 January 2026"],
    );
    let removed = format!("/api/v1/corrections/{}", string(&made["correction"]));
    assert_eq!(desk.send("DELETE", &removed, &writes, "", "").0, 204);
    assert_eq!(desk.send("DELETE", &removed, &writes, "", "").0, 404);
    desk.check("/corrections", 200, &["Taken back", "by token write"]);
}

/// What is told of a corrected quote, and where.
fn shows_the_correction(desk: &Served, quote: &str) {
    let told = "speaker corrected by hand: the program read Ana Lima";
    let page = format!("/quotes/{quote}");
    desk.check(&page, 200, &[told, "she reads it", "Ines Quill"]);
    let read = desk.json(&format!("/api/v1{page}"), 200);
    assert_eq!(read["speaker_id"], "ines-quill");
    assert_eq!(read["corrected_by_hand"][0]["why"], "she reads it");
    let document = format!("/documents/{}", string(&read["document"]));
    desk.check(&document, 200, &[told]);
    desk.check("/?q=summer", 200, &[told]);
    desk.check("/timeline?q=summer", 200, &[told]);
    desk.check("/corrections", 200, &["said by Ines Quill", "Take back"]);
    desk.check("/speakers/ines-quill", 200, &["before the summer"]);
    let speakers = desk.json("/api/v1/speakers?name=quill", 200);
    assert!(speakers.to_string().contains("\"ines-quill\""), "{speakers}");
}

#[test]
fn a_capture_shows_its_page_with_what_was_read_out_of_it() {
    let (site, workspace) = tracker();
    let capture = string(&found(&workspace, "summer")[0]["capture"]);
    let desk = serve(site, workspace);
    let page = desk.check(
        &format!("/captures/{capture}"),
        200,
        &[
            "What was read out of it",
            "<span class=\"tag\">headline</span> Landing to be rebuilt",
            "“The landing will be rebuilt before the summer,” said Mayor Ana Lima",
        ],
    );
    assert_eq!(page.matches("<script").count(), 1, "the desk's own: {page}");
}

#[test]
fn a_name_typed_alone_shows_what_its_bearer_said_first() {
    let (site, workspace) = tracker();
    let told = workspace.run(0, &["search", "ruhn"]);
    assert!(text(&told.stdout).contains("Karl Ruhn"), "{}", text(&told.stdout));
    assert!(text(&told.stderr).contains("1 quote is by Karl Ruhn"));
    // Beside a condition it is a word like others; programs are answered what people are.
    workspace.run(1, &["search", "ruhn", "source:herald", "summer"]);
    assert_eq!(workspace.lines(0, &["search", "--json", "ruhn"]).len(), 1);
    let desk = serve(site, workspace);
    desk.check("/?q=ruhn", 200, &["Karl Ruhn", "support the goal"]);
}

#[test]
fn a_quote_that_an_edit_altered_stands_with_its_wording_before() {
    let (site, workspace) = tracker();
    let altered = RUHN.replace("I support", "I do not support");
    site.put_page(
        "/one",
        "Landing to be rebuilt",
        "2026-02-04",
        &[MEETING, LIMA, &altered],
    );
    workspace.crawl(&["--revisit"]);
    let told = text(&workspace.run(0, &["search", "goal has:change"]).stdout);
    assert!(
        told.contains("ALTERED by an edit seen") && told.contains("“I support the goal of the mayor,”"),
        "{told}"
    );
    let quote = string(&found(&workspace, "goal has:change")[0]["id"]);
    let desk = serve(site, workspace);
    desk.check(
        &format!("/quotes/{quote}"),
        200,
        &["This page said before", "Altered by an edit seen"],
    );
}

#[test]
fn of_two_who_correct_one_quote_at_once_the_later_one_holds_whoever_comes_first() {
    let (_site, workspace) = tracker();
    give_to_quill(&workspace);
    let listed = workspace.run(0, &["corrections", "list", "--json"]).stdout;
    // Another program began before it and comes behind it.
    let mut other: Value = serde_json::from_slice(&listed).expect("JSON");
    other["correction"] = json!("0190a1b2-0000-7000-8000-000000000000");
    other["made_at"] = json!("2026-01-01T10:00:00Z");
    other["by"] = json!("Somebody Else");
    other["speaker_id"] = json!("karl-ruhn");
    other["speaker"] = json!("Karl Ruhn");
    workspace.write("other.jsonl", &format!("{other}\n"));
    let file = workspace.path().join("other.jsonl");
    workspace.run(
        0,
        &["corrections", "add", "--from", file.to_str().expect("plain")],
    );
    let holding = workspace.lines(0, &["corrections", "list", "--json"]);
    assert_eq!(holding.len(), 1, "{holding:?}");
    assert_eq!(holding[0]["by"], "Dana Voss");
    assert_eq!(
        workspace
            .lines(0, &["corrections", "list", "--all", "--json"])
            .len(),
        2
    );
    assert_eq!(found(&workspace, "speaker:quill summer").len(), 1);
}

#[test]
fn a_correction_goes_with_a_page_that_moved_for_good() {
    let (site, workspace) = tracker();
    give_to_quill(&workspace);
    // The new address has the article with another paragraph, so that it is a document of its own.
    let new = [
        MEETING,
        LIMA,
        "The council adjourned at midnight, and nobody went home before one.",
    ];
    site.put_page("/two", "Landing to be rebuilt", "2026-02-04", &new);
    site.put_feed("/feed.xml", &["/one", "/two"]);
    workspace.crawl(&[]);
    assert_eq!(
        found(&workspace, "speaker:lima summer").len(),
        1,
        "it is another page as yet"
    );
    site.put("/one", 301, "text/html", "");
    site.field("/one", "location", &site.url("/two"));
    workspace.crawl(&["--revisit"]);
    let hits = found(&workspace, "summer");
    assert_eq!(hits.len(), 1, "{hits:?}");
    assert_eq!(hits[0]["url"], site.url("/two"));
    assert_eq!(hits[0]["speaker_id"], "ines-quill");
    let listed = workspace.lines(0, &["corrections", "list", "--json"]);
    assert_eq!(listed[0]["standing"], "holds");
    assert_eq!(listed[0]["quote"], hits[0]["id"]);
    // What is taken back of the old address is told of the new one no more.
    let id = string(&listed[0]["correction"]);
    workspace.run(0, &["corrections", "remove", &id, "--by", "Dana Voss"]);
    assert_eq!(found(&workspace, "speaker:lima summer").len(), 1);
}

#[test]
fn an_alert_says_what_of_it_was_corrected_by_hand() {
    let (site, workspace) = tracker();
    give_to_quill(&workspace);
    workspace.run(0, &["searches", "add", "quill", "speaker:quill"]);
    site.put("/one", 404, "text/plain", "gone");
    workspace.crawl(&["--revisit"]);
    workspace.crawl(&["--revisit"]);
    workspace.run(0, &["searches", "look"]);
    let alerts = workspace.lines(0, &["searches", "alerts", "quill", "--json"]);
    let item = &alerts[0]["items"][0];
    assert_eq!(
        (&item["change"], &item["speaker"]),
        (&json!("gone"), &json!("Ines Quill"))
    );
    let told = "speaker corrected by hand: the program read Ana Lima";
    let in_json = string(&item["corrected_by_hand"]);
    assert!(
        in_json.starts_with(told) && in_json.contains("Dana Voss"),
        "{in_json}"
    );
    let shown = text(&workspace.run(0, &["searches", "alerts", "quill"]).stdout);
    assert!(shown.contains(told), "{shown}");
    let desk = serve(site, workspace);
    let searches = desk.json("/api/v1/searches", 200);
    let id = string(&searches[0]["id"]);
    for feed in ["feed.atom", "feed.json", ""] {
        desk.check(
            format!("/searches/{id}/{feed}").trim_end_matches('/'),
            200,
            &[told],
        );
    }
}
