//! What a researcher meets in the answers of the desk: bodies and their officials, names, days, printings of one wording, edits.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::served::serve;
use crate::support::demo::{Demo, string};
use crate::support::site::Site;
use crate::support::{Workspace, text};

const MEETING: &str =
    "The council of Harbor Falls met to speak about the ferry, which has not run since the storm.";
const LIMA: &str = "“The landing will be rebuilt before the summer,” said Ana Lima on Tuesday, in the rain.";
const RUHN: &str = "“I support the goal of this council and of the harbor board,” said Karl Ruhn on Tuesday.";

/// A body, and who held an office of it until a day.
const SPEAKERS: &str = "[harbor-board]\nname = \"Harbor Board\"\nkind = \"body\"\naliases = [\"the port office\"]\n\n\
    [ana-lima]\nname = \"Ana Lima\"\nkind = \"person\"\n\n\
    [[ana-lima.office]]\ntitle = \"Chair\"\nof = \"harbor-board\"\nto = 2026-02-03\n";

/// A site whose pages are crawled; `edited` is what stands at the first page at the second crawl.
fn crawled(pages: &[(&str, &str, &[&str])], edited: Option<&[&str]>, topics: &str) -> (Site, Workspace) {
    let site = Site::new();
    let paths: Vec<&str> = pages.iter().map(|(path, ..)| *path).collect();
    site.put_feed("/feed.xml", &paths);
    for (path, day, paragraphs) in pages {
        site.put_page(path, "Landing to be rebuilt", day, paragraphs);
    }
    let workspace = Workspace::new();
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("settings");
    workspace.write("config/onrecord.toml", &format!("{settings}{topics}"));
    workspace.write("config/speakers.toml", SPEAKERS);
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    if let Some(paragraphs) = edited {
        let (path, day, _) = pages[0];
        site.put_page(path, "Landing to be rebuilt", day, paragraphs);
        workspace.crawl(&["--revisit"]);
    }
    (site, workspace)
}

/// The words of what a query finds, in order.
fn words(workspace: &Workspace, code: i32, query: &[&str]) -> Vec<String> {
    let found = workspace.lines(code, &[&["search", "--json"], query].concat());
    let mut words: Vec<String> = found.iter().map(|hit| string(&hit["text"])).collect();
    words.sort();
    words
}

#[test]
fn what_was_said_in_an_office_is_found_by_its_body_as_of_the_day() {
    let after = "“The board has nothing to hide from anybody in this town,” said Ana Lima on Thursday.";
    let (site, workspace) = crawled(
        &[
            ("/one", "2026-02-04", &[MEETING, LIMA]),
            ("/two", "2026-02-06", &[MEETING, after]),
        ],
        None,
        "",
    );
    for query in ["of:=harbor-board", "of:\"port office\"", "body:harbor"] {
        let found = words(&workspace, 0, &[query]);
        assert_eq!(found.len(), 1, "{query}: {found:?}");
        assert!(found[0].starts_with("The landing"), "{query}: {found:?}");
    }
    assert_eq!(words(&workspace, 0, &["speaker:lima"]).len(), 2);
    // The body itself said nothing, and nothing is put into its mouth; what its officials said is a step away.
    let told = text(&workspace.run(1, &["search", "speaker:=harbor-board"]).stderr);
    let expected = "With what its officials said in office that is 1 quote: `of:=harbor-board`";
    assert!(told.contains(expected), "{told}");
    let desk = serve(site, workspace);
    desk.check(
        "/?q=speaker%3A%3Dharbor-board",
        200,
        &["With what its officials said", "q=of%3A%3Dharbor-board"],
    );
    desk.check(
        "/speakers/harbor-board",
        200,
        &["with what its officials said in office", "q=of%3A%3Dharbor-board"],
    );
    let found = desk.json("/api/v1/search?q=landing&facets=body", 200);
    assert_eq!(
        found["facets"]["body"][0]["clause"], "of:=harbor-board",
        "{found}"
    );
    let body = desk.json("/api/v1/search?q=speaker:%3Dharbor-board", 200);
    assert!(body["notices"].to_string().contains("of:=harbor-board"), "{body}");
}

#[test]
fn a_quote_has_changed_only_where_the_edit_touched_it() {
    let elsewhere: &[&str] = &["The council met once more about the ferry.", LIMA, RUHN];
    let (_site, workspace) = crawled(
        &[("/one", "2026-02-04", &[MEETING, LIMA, RUHN])],
        Some(elsewhere),
        "",
    );
    assert!(words(&workspace, 1, &["has:change"]).is_empty());
    assert_eq!(
        words(&workspace, 0, &["has:change", "--kind", "documents"]).len(),
        1
    );

    let turned = RUHN.replace("I support", "I do not support");
    let (_site, workspace) = crawled(
        &[("/one", "2026-02-04", &[MEETING, LIMA, RUHN])],
        Some(&[MEETING, &turned]),
        "",
    );
    let found = words(&workspace, 0, &["has:change"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("I do not support"), "{found:?}");
    // Programs are told what people are: how it stood, and when the edit was seen.
    let hit = &workspace.lines(0, &["search", "--json", "has:change"])[0];
    assert!(string(&hit["before"]["text"]).starts_with("I support"), "{hit}");
    assert_eq!(hit["before"]["speaker"], "Karl Ruhn", "{hit}");
    assert_eq!(hit["before"]["is_other_speaker"], false, "{hit}");
    assert_eq!(hit["before"]["held_until"], hit["held_from"], "{hit}");
    assert!(hit.get("today").is_none(), "{hit}");
    let removed = &workspace.lines(0, &["search", "--json", "has:removal"])[0];
    assert_eq!(removed["today"]["fate"], "otherwise", "{removed}");
    assert_eq!(removed["held_until"], hit["held_from"], "{removed}");
    // What went is in an earlier wording, which is looked in without being asked for.
    let output = workspace.run(0, &["search", "has:removed"]);
    assert!(
        text(&output.stdout).contains("The landing will be rebuilt"),
        "{}",
        text(&output.stdout)
    );
    assert!(
        !text(&output.stdout).contains("support"),
        "{}",
        text(&output.stdout)
    );
    assert!(
        text(&output.stderr).contains("asof:ever"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn words_that_are_given_to_another_and_what_a_page_corrects_are_told_to_programs() {
    let correction = "Correction: An earlier version of this story gave words of Boris Cruz to Karl Ruhn.";
    let given = RUHN.replace("Karl Ruhn", "Boris Cruz");
    let (site, workspace) = crawled(
        &[("/one", "2026-02-04", &[MEETING, RUHN])],
        Some(&[MEETING, &given, correction]),
        "",
    );
    let earlier = &workspace.lines(0, &["search", "--json", "speaker:ruhn asof:ever"])[0];
    assert_eq!(earlier["today"]["fate"], "given_to_another", "{earlier}");
    assert_eq!(earlier["today"]["speaker"], "Boris Cruz", "{earlier}");
    assert_eq!(earlier["today"]["corrections"][0], correction, "{earlier}");
    let now = &workspace.lines(0, &["search", "--json", "has:correction"])[0];
    assert_eq!(now["id"], earlier["today"]["quote"], "{now}");
    assert_eq!(now["before"]["is_other_speaker"], true, "{now}");
    assert_eq!(now["corrections"][0], correction, "{now}");
    let told = text(&workspace.run(0, &["search", "has:correction"]).stdout);
    assert!(told.contains(&format!("the page prints: {correction}")), "{told}");
    let desk = serve(site, workspace);
    let found = desk.json("/api/v1/search?q=has:correction", 200);
    assert_eq!(found["hits"][0]["before"]["speaker"], "Karl Ruhn", "{found}");
}

#[test]
fn days_are_chosen_in_the_form_and_stand_in_the_query() {
    let desk = Demo::start();
    let leads = |path: &str, to: &str| {
        let (status, head, _) = desk.get(path);
        assert_eq!(status, 303, "{path}: {head}");
        assert!(head.contains(&format!("location: {to}\r\n")), "{path}: {head}");
    };
    leads(
        "/search?q=shelter&like=&kind=quotes&sort=relevance&days=said&from=2026-03-01&to=2026-03-31&asof=&were=said%2F%2F%2F",
        "/?q=shelter+said%3a2026-03-01..2026-03-31&kind=quotes&sort=relevance",
    );
    leads("/search?q=shelter&kind=quotes", "/?q=shelter&kind=quotes");
    let page = desk.page(
        "/?q=shelter+said%3A2026-03-01..2026-03-31",
        &[
            "<details class=\"between\" open>",
            "value=\"2026-03-01\"",
            "value=\"2026-03-31\"",
        ],
    );
    assert!(page.contains("value=\"said/2026-03-01/2026-03-31/\""), "{page}");
    leads(
        "/search?q=x&days=said&from=2026-03-31&to=2026-03-01",
        "/?q=x+said%3a2026-03-31..2026-03-01",
    );
    let unknown = desk.get("/?q=shelter&page=99");
    assert!(unknown.2.contains("an unknown parameter `page`"), "{}", unknown.2);
}

#[test]
fn printings_of_one_wording_are_one_row_and_are_counted_each() {
    let (site, workspace) = crawled(
        &[
            ("/one", "2026-02-04", &[MEETING, LIMA]),
            ("/two", "2026-02-05", &[MEETING, LIMA]),
            ("/three", "2026-02-05", &[MEETING, RUHN]),
        ],
        None,
        "",
    );
    let desk = serve(site, workspace);
    let page = desk.check(
        "/?q=asof%3A2099-01-01",
        200,
        &[
            "1–3 of 3 found <span class=\"aside\">2 rows",
            "and 1 more printing of these words: The Harbor Herald",
        ],
    );
    assert_eq!(page.matches("<li class=\"hit said\">").count(), 2, "{page}");
    assert_eq!(page.matches("The landing will be rebuilt").count(), 2, "{page}");
    assert_eq!(desk.json("/api/v1/search?q=landing", 200)["total"], 2);
}

#[test]
fn a_name_leads_to_what_its_bearer_said_and_says_who_that_is() {
    let desk = Demo::start();
    let told = ["quotes are by Ines Marrow", "q=speaker%3A%22marrow%22"];
    desk.page("/?q=marrow", &told);
    // A word of an office names nobody beside another word.
    let page = desk.page("/?q=falls+order", &[]);
    assert!(!page.contains("quotes are by"), "{page}");
    // A day alone is no word of a quote.
    desk.page("/?q=2026-03-10", &["said on that day", "said%3A2026-03-10"]);
}

#[test]
fn a_name_typed_alone_finds_the_same_by_every_way_of_asking() {
    let (site, workspace) = crawled(&[("/one", "2026-02-04", &[MEETING, LIMA, RUHN])], None, "");
    let ruhn = "I support the goal of this council and of the harbor board,";
    assert_eq!(words(&workspace, 0, &["ruhn"]), [ruhn]);
    // What narrows it was typed to narrow the words, and of other kinds the words are found.
    assert!(words(&workspace, 1, &["ruhn", "genre:report"]).is_empty());
    assert_eq!(words(&workspace, 0, &["--kind", "documents", "ruhn"]).len(), 1);
    let asked = workspace.run(0, &["search", "--json", "ruhn"]);
    let told = text(&asked.stderr);
    assert!(
        told.contains("these words are in no quote themselves; 1 quote is by Karl Ruhn"),
        "{told}"
    );
    let exported = workspace.lines(0, &["export", "jsonl", "--kind", "quotes", "ruhn"]);
    assert_eq!(exported.len(), 1, "{exported:?}");
    assert_eq!(exported[0]["text"], ruhn);
    // A saved search keeps what it was taken for, whoever is spoken of later.
    let saved = workspace.run(0, &["searches", "add", "his", "ruhn"]);
    let told = text(&saved.stderr);
    assert!(
        told.contains("saved as the name of who speaks: `speaker:"),
        "{told}"
    );
    assert!(told.contains("it finds 1 line now"), "{told}");
    let desk = serve(site, workspace);
    let found = desk.json("/api/v1/search?q=ruhn", 200);
    assert_eq!(found["total"], 1, "{found}");
    assert!(string(&found["understood"]).starts_with("speaker:"), "{found}");
    assert!(
        string(&found["notices"][0]).contains("1 quote is by Karl Ruhn"),
        "{found}"
    );
    let timeline = desk.json("/api/v1/timeline?q=ruhn&kind=quotes", 200);
    assert_eq!(timeline["lines"], 1, "{timeline}");
    desk.check(
        "/timeline?q=ruhn&kind=quotes",
        200,
        &["1 quote is by Karl Ruhn", "support the goal"],
    );
    desk.check("/searches", 200, &["speaker:"]);
}

#[test]
fn what_was_said_on_one_day_stands_in_the_order_of_the_page() {
    let said = [
        "rebuild the pier",
        "paint the ferry",
        "count the boats",
        "feed the gulls",
        "sweep the quay",
    ];
    let sentences: Vec<String> = said
        .iter()
        .map(|what| {
            format!("“We will {what} before the summer comes to this town,” said Ana Lima on Tuesday.")
        })
        .collect();
    let mut paragraphs = vec![MEETING];
    paragraphs.extend(sentences.iter().map(String::as_str));
    let (site, workspace) = crawled(&[("/one", "2026-02-04", &paragraphs)], None, "");
    for order in ["oldest", "newest"] {
        let hits = workspace.lines(0, &["search", "--json", "--sort", order, "summer"]);
        let found: Vec<String> = hits.iter().map(|hit| string(&hit["text"])).collect();
        let is_in_order = found.iter().zip(said).all(|(words, what)| words.contains(what));
        assert!(is_in_order && found.len() == said.len(), "{order}: {found:?}");
    }
    let desk = serve(site, workspace);
    let found = desk.json("/api/v1/search?q=summer&sort=oldest&limit=2&offset=2", 200);
    assert!(string(&found["hits"][0]["text"]).contains(said[2]), "{found}");
}

/// The words of [`LIMA`] once more, in a paragraph of its own.
const AGAIN: &str = "“The landing will be rebuilt before the summer,” said Ana Lima on Tuesday once more, at the other end of the pier.";

#[test]
fn one_thing_has_one_key_wherever_it_is_told() {
    const KEYS: [&str; 13] = [
        "source_id",
        "source_name",
        "quote",
        "text",
        "quote_kind",
        "speaker",
        "speaker_id",
        "day",
        "until",
        "edtf",
        "document",
        "revision",
        "capture",
    ];
    let (site, workspace) = crawled(&[("/one", "2026-02-04", &[MEETING])], None, "");
    workspace.run(0, &["searches", "add", "all", "kind:all"]);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, LIMA]);
    workspace.crawl(&["--revisit"]);
    let of = |told: &Value| KEYS.map(|key| told[key].clone());
    let hit = of(&workspace.lines(0, &["search", "--json", "landing"])[0]);
    assert!(hit.iter().all(Value::is_string), "{hit:?}");
    assert_eq!(
        of(&workspace.lines(0, &["export", "jsonl", "landing", "--kind", "quotes"])[0]),
        hit
    );
    let alerts = workspace.lines(0, &["searches", "alerts", "all", "--json"]);
    let items = alerts[0]["items"].as_array().expect("items");
    assert!(items.iter().any(|item| of(item) == hit), "{items:?}");
    let quote = string(&hit[2]);
    let desk = serve(site, workspace);
    assert_eq!(of(&desk.json(&format!("/api/v1/quotes/{quote}"), 200)), hit);
    let timeline = desk.json("/api/v1/timeline?q=landing&kind=quotes", 200);
    assert_eq!(of(&timeline["events"][0]["evidence"][0]), hit);
}

#[test]
fn a_row_keeps_its_name_when_its_page_is_edited_elsewhere() {
    let (site, workspace) = crawled(&[("/one", "2026-02-04", &[MEETING, LIMA, RUHN, AGAIN])], None, "");
    let rows = || {
        let rows = workspace.lines(0, &["export", "jsonl", "--kind", "quotes", ""]);
        let named = |row: &Value| (string(&row["text"]), string(&row["line"]), string(&row["quote"]));
        rows.iter().map(named).collect::<Vec<_>>()
    };
    let before = rows();
    let names: BTreeSet<&String> = before.iter().map(|(_, line, _)| line).collect();
    assert_eq!(
        (names.len(), before.len()),
        (3, 3),
        "the same words twice are two rows: {before:?}"
    );
    let shorter = MEETING.replace("Harbor Falls ", "");
    let altered = RUHN.replace("goal", "plan");
    site.put_page(
        "/one",
        "Landing to be rebuilt",
        "2026-02-04",
        &[&shorter, LIMA, &altered, AGAIN],
    );
    workspace.crawl(&["--revisit"]);
    let after = rows();
    for (was, is) in before.iter().zip(&after) {
        assert_ne!(was.2, is.2, "the quote is of the new wording");
        assert_eq!(was.1 == is.1, was.0 == is.0, "{was:?} {is:?}");
    }
    // Searches and calendars name it likewise.
    let hits = workspace.lines(0, &["search", "--json", "landing"]);
    let found: BTreeSet<String> = hits.iter().map(|hit| string(&hit["line"])).collect();
    let of_lima = |row: &&(String, String, String)| row.0.contains("landing");
    assert_eq!(
        found,
        after.iter().filter(of_lima).map(|row| row.1.clone()).collect()
    );
    let calendar = text(
        &workspace
            .run(0, &["export", "ics", "--kind", "quotes", ""])
            .stdout,
    )
    .replace("\r\n ", "");
    for (_, line, _) in &after {
        let uid = line.trim_start_matches("urn:uuid:");
        assert!(calendar.contains(&format!("UID:{uid}")), "{uid} in {calendar}");
    }
}

#[test]
fn edits_are_listed_by_source_and_on_topic_unless_all_are_asked_for() {
    let topics = "[topics]\nferries = \"ferry\"\n";
    let oysters =
        "The oyster market of Harbor Falls opened its doors again on Monday, with more stalls than before.";
    let edited: &[&str] = &["The oyster market opened its doors again on Sunday.", LIMA];
    let (site, workspace) = crawled(&[("/one", "2026-02-04", &[oysters, LIMA])], Some(edited), topics);
    let desk = serve(site, workspace);
    desk.check("/changes", 200, &["No page of these was seen", "topic=all"]);
    desk.check(
        "/changes?topic=all",
        200,
        &["Landing to be rebuilt", "only of pages on a topic"],
    );
    desk.check(
        "/changes?topic=all&source=herald",
        200,
        &["Landing to be rebuilt"],
    );
    desk.check(
        "/changes?topic=all&source=wire",
        200,
        &["No page of these was seen"],
    );
    // By words in any wording of the page, by who speaks there, by the days on which it was seen.
    let shown = |asked: &str, is_there: bool| {
        let words = if is_there {
            "Landing to be rebuilt"
        } else {
            "No page of these was seen"
        };
        desk.check(&format!("/changes?topic=all&{asked}"), 200, &[words]);
    };
    for (asked, is_there) in [
        ("q=market", true),
        ("q=strike", false),
        ("q=speaker:lima", true),
        ("q=speaker:ruhn", false),
        ("from=2026-01-01", true),
        ("to=2026-01-01", false),
        ("from=2026-01-01&q=market&source=herald", true),
    ] {
        shown(asked, is_there);
    }
    desk.check("/changes?q=market", 200, &["No page of these was seen"]);
    desk.check("/changes?from=yesterday", 400, &["is no day"]);
    desk.check("/changes?wrong=ferry", 400, &["an unknown parameter `wrong`"]);
    let told = desk.json("/api/v1/changes?topic=all&q=market", 200);
    let change = &told["changes"][0];
    assert_eq!(change["change"], "edited", "{told}");
    assert_eq!(change["source"], "herald");
    assert_ne!(change["before"], change["after"]);
    assert!(told["next"].is_null());
    assert_eq!(
        desk.json("/api/v1/changes", 200)["changes"]
            .as_array()
            .map(Vec::len),
        Some(0)
    );
    desk.check("/changes?topic=ferries", 400, &["topic=all"]);
}

#[test]
fn a_pasted_sentence_is_saved_and_taken_along_with_the_search() {
    let desk = Demo::start();
    let page = desk.page("/?like=an+open+invitation+to+disorder", &["format=csv"]);
    assert!(
        page.contains("q=like%3A%22an+open+invitation+to+disorder%22"),
        "{page}"
    );
}
