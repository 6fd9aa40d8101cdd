//! What happened to pages, in timelines and exports: edits and pages that are gone, each between two visits and with the
//! records of both.

use serde_json::Value;

use crate::served::serve;
use crate::support::altered::World;
use crate::support::demo::string;
use crate::support::site::Site;
use crate::support::{Workspace, text};

const MEETING: &str = "The council of Harbor Falls met to speak about the ferry, which has not run since the storm of \
    last winter took away the landing.";
const SUMMER: &str = "“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, after a meeting \
    that went on until midnight.";
const AUTUMN: &str = "“The landing will be rebuilt before the autumn,” said Mayor Ana Lima on Tuesday, after a meeting \
    that went on until midnight.";
const GOAL: &str = "“I support the goal of the mayor in all that she does,” said Councilman Karl Ruhn on Monday, in the rain.";
const WAGES: &str =
    "“We have waited for three months,” said Tom Reed, who speaks for the dock workers, on Monday.";

/// A site whose feed announces these pages, and a workspace that follows it.
fn herald(pages: &[&str]) -> (Site, Workspace) {
    let site = Site::new();
    site.put_feed("/feed.xml", pages);
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    (site, workspace)
}

/// Has the page say this from now on.
fn put(site: &Site, paragraphs: &[&str]) {
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", paragraphs);
}

/// A page of three quotes that was read and, edited, read again: one quote reworded, one taken out, one left as it was.
fn edited() -> (Site, Workspace) {
    let (site, workspace) = herald(&["/one"]);
    put(&site, &[MEETING, SUMMER, GOAL, WAGES]);
    workspace.crawl(&[]);
    // Seen once more as it was: until then it is known to have stood.
    workspace.crawl(&["--revisit"]);
    put(&site, &[MEETING, AUTUMN, WAGES]);
    workspace.crawl(&["--revisit"]);
    (site, workspace)
}

/// The changes that an export of a query has, each as its kind, the words, and those before.
fn changes(workspace: &Workspace, arguments: &[&str]) -> Vec<(String, String, String)> {
    let lines = exported(workspace, arguments);
    let changes = lines.iter().filter(|line| line["kind"] == "changed");
    let told = |line: &Value| {
        let before = line["text_before"].as_str().unwrap_or_default();
        (string(&line["change"]), string(&line["text"]), before.to_owned())
    };
    changes.map(told).collect()
}

/// The quotes of a query as people read them.
fn markdown(workspace: &Workspace, query: &str) -> String {
    let asked = ["export", "markdown", query, "--kind", "quotes"];
    text(&workspace.run(0, &asked).stdout)
}

fn exported(workspace: &Workspace, arguments: &[&str]) -> Vec<Value> {
    let asked = [&["export", "jsonl"], arguments, &["--changes"]].concat();
    workspace.lines(0, &asked)
}

fn owned(change: (&str, &str, &str)) -> (String, String, String) {
    (change.0.into(), change.1.into(), change.2.into())
}

const REWORDED: (&str, &str, &str) = (
    "reworded",
    "The landing will be rebuilt before the autumn,",
    "The landing will be rebuilt before the summer,",
);
const TAKEN_OUT: (&str, &str, &str) = (
    "taken_out",
    "I support the goal of the mayor in all that she does,",
    "I support the goal of the mayor in all that she does,",
);

#[test]
fn an_export_tells_what_an_edit_did_to_the_quotes_that_are_asked_for() {
    let (_site, workspace) = edited();
    let both = [owned(REWORDED), owned(TAKEN_OUT)];
    assert_eq!(changes(&workspace, &[""]), both);
    // Found by what it says now, by what it said before, by whose words they were.
    for query in ["autumn", "summer", "speaker:lima", "has:replaced"] {
        assert_eq!(changes(&workspace, &[query]), [owned(REWORDED)], "{query}");
    }
    for query in ["goal", "speaker:ruhn", "has:removal"] {
        assert_eq!(changes(&workspace, &[query]), [owned(TAKEN_OUT)], "{query}");
    }
    // What stayed as it was, and what was known before anything happened.
    assert!(changes(&workspace, &["months"]).is_empty());
    let asked = ["export", "jsonl", "landing asof:2026-02-05", "--changes"];
    workspace.run(1, &asked);
    // Nothing of it unless it is asked for.
    let bare = workspace.lines(0, &["export", "jsonl", "landing"]);
    assert!(bare.iter().all(|line| line["kind"] != "changed"), "{bare:?}");
}

#[test]
fn a_quote_that_an_edit_altered_is_handed_on_with_what_stood_before() {
    let (site, workspace) = edited();
    for format in [
        "html",
        "markdown",
        "timelinejs",
        "vis",
        "ics",
        "atom",
        "bibtex",
        "ris",
        "csljson",
    ] {
        let asked = ["export", format, "autumn", "--kind", "quotes"];
        let written = text(&workspace.run(0, &asked).stdout).replace("\r\n ", "");
        for told in ["altered by an edit seen", "before the summer"] {
            assert!(written.contains(told), "{format}: {written}");
        }
        // What stood in the page all the time is told as before.
        let asked = ["export", format, "months", "--kind", "quotes"];
        let written = text(&workspace.run(0, &asked).stdout);
        assert!(!written.contains("by an edit"), "{format}: {written}");
    }
    let rows = workspace.lines(0, &["export", "jsonl", "autumn", "--kind", "quotes"]);
    assert_eq!(rows[0]["text_before"], REWORDED.2);
    assert!(rows[0]["found_changed_at"].is_string(), "{rows:?}");
    // Nothing happened to that line itself: it is no change of a page.
    assert!(rows[0]["change"].is_null(), "{rows:?}");
    // The wording that was asked for, and not a later one, is told as it came to be.
    let earlier = workspace.lines(0, &["export", "jsonl", "summer asof:ever", "--kind", "quotes"]);
    assert!(earlier[0]["text_before"].is_null(), "{earlier:?}");
    let quote = string(&rows[0]["quote"]);
    let desk = serve(site, workspace);
    let told = ["altered by an edit seen", "before the summer"];
    desk.check(&format!("/quotes/{quote}"), 200, &told);
    for format in ["bibtex", "ris", "csljson"] {
        let address = format!("/quotes/{quote}/citation?format={format}");
        desk.check(&address, 200, &told);
    }
    desk.check("/timeline?q=autumn&kind=quotes&changes=no", 200, &told);
    let timeline = desk.json("/api/v1/timeline?q=autumn&kind=quotes", 200);
    let edit = &timeline["events"][0]["evidence"][0]["edit"];
    assert_eq!(
        (&edit["change"], &edit["before"]["text"]),
        (&"reworded".into(), &REWORDED.2.into())
    );
}

#[test]
fn a_change_lies_between_two_visits_and_leads_to_the_records_of_both() {
    let (_site, workspace) = edited();
    let lines = exported(&workspace, &["autumn", "--kind", "quotes"]);
    let change = lines
        .iter()
        .find(|line| line["kind"] == "changed")
        .expect("a change");
    let quote = lines
        .iter()
        .find(|line| line["kind"] == "said")
        .expect("the quote");
    assert_eq!(change["capture"], quote["capture"]);
    assert_eq!(change["record_after"], change["capture"]);
    assert_ne!(change["capture_before"], change["capture"]);
    let moment = |name: &str| -> jiff::Timestamp { string(&change[name]).parse().expect("a moment") };
    assert!(moment("found_unchanged_at") < moment("found_changed_at"));
    // The visit that found it as it was is the second, not the one that made the capture.
    let before = string(&change["capture_before"]);
    let first = workspace.lines(0, &["export", "jsonl", "summer asof:ever", "--kind", "quotes"]);
    assert_eq!(first[0]["capture"], before.as_str());
    let captured: jiff::Timestamp = string(&first[0]["captured_at"]).parse().expect("a moment");
    assert!(captured < moment("found_unchanged_at"));
    let day = |at: jiff::Timestamp| jiff::tz::TimeZone::UTC.to_datetime(at).date().to_string();
    assert_eq!(change["day"], day(moment("found_unchanged_at")).as_str());
    assert_eq!(change["until"], day(moment("found_changed_at")).as_str());
    for capture in [before, string(&change["capture"])] {
        let checked = text(&workspace.run(0, &["verify", &capture]).stdout);
        assert!(checked.contains("as archived"), "{checked}");
    }
}

#[test]
fn words_that_only_lost_their_marks_were_not_taken_out() {
    let (site, workspace) = edited();
    let poster = "Two dozen people came, and a poster at the door said that whoever came would have waited for three months \
        by now. We have waited for three months, it went on, in red letters.";
    put(&site, &[MEETING, AUTUMN, poster]);
    workspace.crawl(&["--revisit"]);
    let all = changes(&workspace, &[""]);
    assert_eq!(all, [owned(REWORDED), owned(TAKEN_OUT)]);
}

#[test]
fn a_quote_that_is_put_back_is_told_to_stand_there_again_behind_the_edit_that_took_it_out() {
    let (site, workspace) = edited();
    put(&site, &[MEETING, AUTUMN, GOAL, WAGES]);
    workspace.crawl(&["--revisit"]);
    let told = changes(&workspace, &["goal"]);
    let kinds: Vec<&str> = told.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["taken_out", "put_back"]);
    // What was taken out is cited from a capture that has it.
    let lines = exported(&workspace, &["goal"]);
    let out = lines
        .iter()
        .find(|line| line["change"] == "taken_out")
        .expect("it is told");
    assert_eq!(out["capture"], out["capture_before"]);
    let written = markdown(&workspace, "goal");
    assert!(written.contains("; put back by an edit seen"), "{written}");
    // Alerts tell of pages that are gone by themselves.
    let refused = workspace.run(2, &["searches", "add", "gone", "has:absent"]);
    assert!(text(&refused.stderr).contains("cannot ask for `has:absent`"));
}

#[test]
fn a_quote_that_slips_into_a_page_of_another_day_was_added() {
    let (site, workspace) = herald(&["/one"]);
    let world = World::new();
    let day = |at: i64| world.wind(at * 24 * 3600);
    let visit = || {
        let mut crawl = world.around(workspace.command(&["crawl", "--once", "--revisit"]));
        let output = crawl.output().expect("it runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
    };
    put(&site, &[MEETING, SUMMER]);
    visit();
    // On its own day it is the story being written; what is found again in other words was never new.
    put(&site, &[MEETING, SUMMER, GOAL]);
    visit();
    day(3);
    let poster =
        "A poster at the door went on: We have waited for three months, in red letters that everybody saw.";
    put(&site, &[MEETING, AUTUMN, GOAL, poster]);
    visit();
    assert_eq!(changes(&workspace, &[""]), [owned(REWORDED)]);
    // In marks now; and one that had not stood there at all.
    day(6);
    let rain = "“Nobody asked the dock workers before the ferry stopped,” said Tom Reed, who speaks for them, on Monday.";
    put(&site, &[MEETING, AUTUMN, GOAL, WAGES, rain]);
    visit();
    let added = "Nobody asked the dock workers before the ferry stopped,";
    assert_eq!(
        changes(&workspace, &[""]),
        [owned(REWORDED), owned(("added", added, ""))]
    );
    assert_eq!(changes(&workspace, &["speaker:reed"]).len(), 1);
    let found = |query: &str| -> Vec<String> {
        let lines = workspace.lines(0, &["search", "--json", query]);
        lines.iter().map(|line| string(&line["text"])).collect()
    };
    assert_eq!(found("has:addition asked"), [added]);
    let first_day = found("has:addition goal");
    assert_eq!(first_day.len(), 1, "{first_day:?}");
    workspace.run(1, &["search", "has:addition autumn"]);
    // The same goes for quotes that are handed on.
    assert!(markdown(&workspace, "asked").contains("; added by an edit seen"));
    for query in ["goal", "months"] {
        let written = markdown(&workspace, query);
        assert!(!written.contains("by an edit"), "{written}");
    }
}

#[test]
fn a_page_that_is_gone_is_told_with_the_answer_that_said_so() {
    let (site, workspace) = edited();
    site.put("/one", 404, "text/plain", "gone");
    workspace.crawl(&["--revisit"]);
    let is_gone = |query: &str| {
        let changes = changes(&workspace, &[query]);
        changes.iter().any(|(kind, ..)| kind == "gone")
    };
    assert!(!is_gone("landing"), "one visit may have met a mishap");
    let found = |query: &str| {
        let output = workspace
            .command(&["search", "--json", "--kind", "all", query])
            .output();
        crate::support::json_lines(&output.expect("it runs").stdout)
    };
    assert!(found("has:absent").is_empty());
    workspace.crawl(&["--revisit"]);
    assert!(is_gone("landing") && is_gone("speaker:lima"));
    assert!(!found("has:absent speaker:lima").is_empty() && !found("has:gone ferry").is_empty());
    let lines = exported(&workspace, &["landing"]);
    let gone = lines
        .iter()
        .find(|line| line["change"] == "gone")
        .expect("it is told");
    assert_eq!(gone["text"], "Landing to be rebuilt");
    assert_eq!(gone["until"], string(&gone["found_changed_at"])[..10]);
    assert_ne!(gone["record_after"], gone["capture_before"]);
    assert!(gone["record_after"].is_string(), "{gone}");
}

#[test]
fn words_that_the_page_corrects_are_shown_and_cited_with_the_correction() {
    const NOTE: &str = "Correction: An earlier version of this article attributed a statement to Councilman Karl Ruhn. He \
        did not make it.";
    let (site, workspace) = herald(&["/one"]);
    put(&site, &[MEETING, SUMMER, GOAL]);
    workspace.crawl(&[]);
    put(&site, &[MEETING, SUMMER, NOTE]);
    workspace.crawl(&["--revisit"]);
    let asked = ["search", "has:removal speaker:ruhn"];
    let told = text(&workspace.run(0, &asked).stdout);
    assert!(
        told.contains("the page prints since: “Correction: An earlier version"),
        "{told}"
    );
    // A page that corrects something else does not own up to what it drops.
    let (silent, aside) = herald(&["/one"]);
    put(&silent, &[MEETING, SUMMER, GOAL]);
    aside.crawl(&[]);
    put(
        &silent,
        &[
            MEETING,
            SUMMER,
            "Correction: An earlier version of this article gave the wrong date for the hearing.",
        ],
    );
    aside.crawl(&["--revisit"]);
    let dropped = text(&aside.run(0, &asked).stdout);
    assert!(
        dropped.contains("goal") && !dropped.contains("prints since"),
        "{dropped}"
    );
    // What stands there as it stood is not what was corrected.
    let stands = text(&workspace.run(0, &["search", "summer asof:ever"]).stdout);
    assert!(
        stands.contains("landing") && !stands.contains("prints since"),
        "{stands}"
    );
    let hit = &workspace.lines(0, &["search", "--json", "has:removal speaker:ruhn"])[0];
    let quote = string(&hit["id"]);
    let rows = workspace.lines(
        0,
        &["export", "jsonl", "asof:ever has:speaker", "--kind", "quotes"],
    );
    let row = |words: &str| {
        let row = rows.iter().find(|row| string(&row["text"]).contains(words));
        row.expect("a row").clone()
    };
    assert_eq!(row("goal")["today"], "otherwise");
    assert_eq!(row("goal")["corrected_since"], NOTE);
    let earlier = rows
        .iter()
        .find(|row| string(&row["text"]).contains("summer") && row["is_current"] == false);
    let earlier = earlier.expect("the wording before");
    assert_eq!(earlier["today"], "stands");
    assert!(earlier["today_quote"].is_string() && earlier["corrected_since"].is_null());
    let desk = serve(site, workspace);
    let told = desk.json(&format!("/api/v1/quotes/{quote}"), 200);
    assert_eq!(told["today"]["fate"], "otherwise", "{told}");
    assert_eq!(told["today"]["corrections"][0], NOTE, "{told}");
    assert!(
        told["held_until"].is_string() && told["has_correction"] == false,
        "{told}"
    );
    let markdown = desk.check(
        "/api/v1/export/markdown?q=has%3Aremoval+speaker%3Aruhn",
        200,
        &[
            "the page does not have it so any more",
            "the page prints since: “Correction",
        ],
    );
    assert!(markdown.contains("goal"), "{markdown}");
    let page = desk.check(
        &format!("/quotes/{quote}"),
        200,
        &["The page prints since: <q dir=\"auto\">Correction: An earlier"],
    );
    assert!(
        page.contains("the page prints since: “Correction"),
        "in the citation: {page}"
    );
    desk.check(
        &format!("/quotes/{quote}/citation?format=ris"),
        200,
        &["the page prints since: “Correction"],
    );
}

#[test]
fn a_page_that_is_back_was_gone_all_the_same() {
    let (site, workspace) = edited();
    site.put("/one", 410, "text/plain", "gone");
    workspace.crawl(&["--revisit"]);
    let kinds = |query: &str| -> Vec<String> {
        let changes = changes(&workspace, &[query]);
        changes.into_iter().map(|(kind, ..)| kind).collect()
    };
    let while_gone = jiff::Timestamp::now();
    // Another second, since days and moments are asked for by seconds.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    put(&site, &[MEETING, AUTUMN, WAGES]);
    workspace.crawl(&["--revisit"]);
    let hits = |query: &str| workspace.lines(0, &["search", "--json", "--kind", "all", query]);
    assert!(hits("landing").iter().all(|hit| hit["absent_since"].is_null()));
    assert_eq!(kinds("landing autumn"), ["reworded", "gone", "back"]);
    let lines = exported(&workspace, &["speaker:lima"]);
    let told = |kind: &str| {
        lines
            .iter()
            .find(|line| line["change"] == kind)
            .expect("it is told")
    };
    let (gone, back) = (told("gone"), told("back"));
    assert_eq!(gone["text"], "Landing to be rebuilt");
    assert_eq!(gone["capture_before"], back["capture_before"]);
    let moment =
        |line: &Value, name: &str| -> jiff::Timestamp { string(&line[name]).parse().expect("a moment") };
    assert!(moment(gone, "found_changed_at") <= moment(back, "found_unchanged_at"));
    assert!(moment(back, "found_unchanged_at") < moment(back, "found_changed_at"));
    // Both answers are records of the archive.
    for line in [gone, back] {
        let record = string(&line["record_after"]);
        assert!(
            record.len() == 36 && record != string(&line["capture_before"]),
            "{line}"
        );
    }
    // What was known meanwhile does not change with later visits.
    let meanwhile = format!("landing asof:{while_gone}");
    assert!(
        hits(&meanwhile).iter().all(|hit| hit["absent_since"].is_string()),
        "{:?}",
        hits(&meanwhile)
    );
    assert_eq!(kinds(&format!("{meanwhile} autumn")), ["reworded", "gone"]);
    let served = serve(site, workspace);
    let listed = served.json("/api/v1/changes?topic=all", 200);
    let changes: Vec<&str> = (listed["changes"].as_array().expect("a list").iter())
        .filter_map(|change| change["change"].as_str())
        .collect();
    assert_eq!(changes, ["back", "absent", "edited"]);
    assert_eq!(listed["changes"][0]["back_at"], back["found_changed_at"]);
    let document = served.json(&format!("/api/v1/documents/{}", string(&gone["document"])), 200);
    assert!(document["absent"].is_null());
    assert_eq!(document["absent_before"][0]["back_at"], back["found_changed_at"]);
    let page = format!("/documents/{}", string(&gone["document"]));
    served.check(&page, 200, &["It was gone for a time"]);
    served.check(
        "/changes?topic=all",
        200,
        &["the page is back", "and found again"],
    );
}

#[test]
fn the_desk_draws_changes_and_leaves_them_out_where_that_is_asked() {
    let (site, workspace) = edited();
    let desk = serve(site, workspace);
    let told = [
        "A quote of Ana Lima was reworded",
        "before the summer",
        "when the page was last found as before",
        "Page changes",
        "capture before",
        "Both wordings",
    ];
    // They were seen today, and what was said lies long before: it is drawn, and how many changes there are is said.
    let page = desk.check(
        "/timeline?q=landing",
        200,
        &[
            "rebuilt before the autumn",
            "A change of a page lies far from these days",
        ],
    );
    assert!(!page.contains("Page changes"), "{page}");
    let link = page
        .split("far from these days: <a href=\"")
        .nth(1)
        .expect("a link");
    let link = link.split('"').next().expect("its end");
    let page = desk.check(&link.replace("&#38;", "&").replace("&amp;", "&"), 200, &told);
    let page = page.replace("&#38;", "&").replace("&amp;", "&");
    assert!(page.contains("&changes=yes&format=csv"), "{page}");
    assert!(!page.contains("&changes=yes&format=bibtex"), "{page}");
    let page = desk.check(
        "/timeline?q=landing&changes=no",
        200,
        &["rebuilt before the autumn"],
    );
    assert!(!page.contains("was reworded"), "{page}");
    desk.check("/timeline?q=landing&changes=perhaps", 400, &["it is yes or no"]);
    let file = desk.check("/timeline?q=landing&changes=yes&format=csv", 200, &["reworded"]);
    assert!(file.contains("found_unchanged_at"), "{file}");
}

#[test]
fn programs_get_changes_as_events_where_they_ask_for_them() {
    let (site, workspace) = edited();
    let refused = workspace.run(2, &["export", "bibtex", "landing", "--changes"]);
    assert!(text(&refused.stderr).contains("lists what can be cited"));
    let desk = serve(site, workspace);
    let changed = |parameters: &str| {
        let timeline = desk.json(&format!("/api/v1/timeline?q=landing{parameters}"), 200);
        let events = timeline["events"].as_array().expect("events").clone();
        let changed = events.into_iter().filter(|event| event["kind"] == "changed");
        changed.collect::<Vec<_>>()
    };
    assert!(changed("").is_empty());
    let events = changed("&changes=yes");
    let change = &events[0]["evidence"][0]["change"];
    assert_eq!(change["change"], "reworded");
    assert_eq!(change["before"]["text"], REWORDED.2);
    assert_eq!(change["before"]["speaker"], "Ana Lima");
    desk.check(
        "/api/v1/export/ris?q=landing&changes=yes",
        400,
        &["lists what can be cited"],
    );
    desk.check(
        "/api/v1/export/markdown?q=landing&changes=yes",
        200,
        &["before: “The landing"],
    );
}

#[test]
fn printings_of_one_wording_are_one_line_of_a_file_the_first_one_first() {
    let (site, workspace) = herald(&["/one", "/two", "/three"]);
    // The first by its time of publication stands neither first in the feed nor by its address.
    for (page, day, words) in [
        ("/one", "2026-02-06", SUMMER),
        ("/two", "2026-02-05", SUMMER),
        ("/three", "2026-02-05", AUTUMN),
    ] {
        site.put_page(page, "Landing to be rebuilt", day, &[MEETING, words]);
    }
    workspace.crawl(&[]);
    let exported = |more: &[&str]| {
        let asked = [&["export", "jsonl", "speaker:lima", "--kind", "quotes"], more].concat();
        workspace.lines(0, &asked)
    };
    assert_eq!(exported(&[]).len(), 3);
    let lines = exported(&["--merge-printings"]);
    assert_eq!(lines.len(), 2, "{lines:?}");
    let summer = lines.iter().find(|line| string(&line["text"]).contains("summer"));
    let summer = summer.expect("it is a line");
    assert_eq!(summer["url"], site.url("/two"));
    assert_eq!(summer["printed_by"], "The Harbor Herald");
    assert!(
        string(&summer["printed_at"]).starts_with(&site.url("/one")),
        "{summer}"
    );
    let autumn = lines.iter().find(|line| string(&line["text"]).contains("autumn"));
    assert!(autumn.expect("it is a line")["printed_by"].is_null());
    let told = text(
        &workspace
            .run(0, &["export", "markdown", "speaker:lima", "--merge-printings"])
            .stdout,
    );
    assert!(
        told.contains("printed also by The Harbor Herald, 6 February 2026"),
        "{told}"
    );
    let desk = serve(site, workspace);
    desk.check(
        "/?q=speaker:lima",
        200,
        &["One line for all printings of a wording", "merge_printings=yes"],
    );
    desk.check(
        "/timeline?q=speaker:lima&format=csv&merge_printings=yes",
        200,
        &["printed_at"],
    );
    desk.check(
        "/api/v1/export/csv?q=ferry&merge_printings=maybe",
        400,
        &["it is yes or no"],
    );
}
