//! What is told of a page that was edited: what stands as it stood, what only moved, and what the outlet corrects itself.

use serde_json::Value;

use crate::served::{Served, serve};
use crate::support::demo::string;
use crate::support::site::Site;
use crate::support::{Workspace, json_lines, text};

const MEETING: &str = "The council of Harbor Falls met to speak about the ferry, which has not run since the storm of \
    last winter took away the landing.";
const LIMA: &str = "“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, after a meeting \
    that went on until midnight.";
const RUHN: &str = "“I support the goal of the mayor,” said Councilman Karl Ruhn on Monday, in the rain in front of the \
    town hall.";
const CORRECTION: &str = "This story was corrected on Feb. 5 to say that Councilman Karl Ruhn said “I support the goal \
    of the mayor,” not “I don’t support the goal of the mayor.”";

/// A clause by which every wording of what has a speaker is found: it asks for what may differ between them.
const ALL_WORDINGS: &str = "has:speaker";

/// A page that was read and, edited, read again; with a saved search of everything.
fn edited(before: &[&str], after: &[&str]) -> (Site, Workspace) {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", before);
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    workspace.run(0, &["searches", "add", "everything", "", "--kind", "all"]);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", after);
    workspace.crawl(&["--revisit"]);
    (site, workspace)
}

#[test]
fn what_changed_is_listed_with_what_it_turned_and_whether_the_outlet_says_so() {
    let turned = RUHN.replace("I support", "I do not support");
    let (site, workspace) = edited(&[MEETING, LIMA, RUHN], &[MEETING, &turned]);
    let desk = serve(site, workspace);
    let told = desk.json("/api/v1/changes", 200)["changes"][0].clone();
    assert_eq!(told["turned_by"][0]["code"], "negation", "{told}");
    let quotes = told["quotes"].as_array().expect("quotes");
    let quote = |change: &str| {
        quotes
            .iter()
            .find(|quote| quote["change"] == change)
            .expect("one")
    };
    let reworded = quote("reworded");
    assert_eq!(
        reworded["before"]["text"], "I support the goal of the mayor,",
        "{told}"
    );
    assert_eq!(
        reworded["after"]["text"], "I do not support the goal of the mayor,",
        "{told}"
    );
    for side in ["before", "after"] {
        assert!(
            ["quote", "speaker_id"]
                .iter()
                .all(|key| reworded[side][*key].is_string()),
            "{told}"
        );
        assert_eq!(reworded[side]["day"], "2026-02-02", "{told}");
    }
    assert!(quote("taken_out")["after"].is_null(), "{told}");
    let facts = told["facts"].as_array().expect("facts");
    let fact = facts
        .iter()
        .find(|fact| fact["code"] == "taken_out")
        .expect("one");
    assert_eq!(
        fact["before_quote"],
        quote("taken_out")["before"]["quote"],
        "{told}"
    );
    assert!(fact["after_quote"].is_null(), "{told}");
    desk.check(
        "/changes",
        200,
        &[
            "The Harbor Herald",
            "a negation differs",
            "Quote taken out",
            "Ana Lima: “The landing will be rebuilt before the summer”",
            "do not",
            "no correction printed",
            "1 more change",
            "between ",
        ],
    );
    desk.check(
        "/",
        200,
        &["Changed in the last seven days", "a negation differs"],
    );
    desk.check(
        "/changes?before=nonsense",
        400,
        &["`before` names no edit of this list"],
    );
    let earlier = "/changes?before=2026-01-01T00%3A00%3A00Z+r1";
    desk.check(earlier, 200, &["No earlier edits are held"]);
}

#[test]
fn the_front_page_tells_first_what_was_taken_back_given_to_others_or_reworded() {
    let site = Site::new();
    let pages = ["/one", "/two", "/three", "/four"];
    site.put_feed("/feed.xml", &pages);
    let put = |page: &str, paragraphs: &[&str]| {
        site.put_page(page, &format!("Landing of {page}"), "2026-02-04", paragraphs);
    };
    for page in pages {
        put(page, &[MEETING, LIMA, RUHN]);
    }
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    // The gravest is seen first, and so stands last among what was seen.
    let note = "Correction: An earlier version of this story attributed a statement to Councilman Karl Ruhn. He did not make it.";
    put("/one", &[MEETING, LIMA, note]);
    workspace.crawl(&["--revisit"]);
    put(
        "/two",
        &[
            MEETING,
            &LIMA.replace("Mayor Ana Lima", "Councilman Karl Ruhn"),
            RUHN,
        ],
    );
    workspace.crawl(&["--revisit"]);
    put(
        "/three",
        &[&MEETING.replace("the ferry", "the old ferry"), LIMA, RUHN],
    );
    workspace.crawl(&["--revisit"]);
    put(
        "/four",
        &[
            MEETING,
            &LIMA.replace("before the summer", "before the autumn"),
            RUHN,
        ],
    );
    workspace.crawl(&["--revisit"]);
    let desk = serve(site, workspace);
    let page = desk.check("/", 200, &["Changed in the last seven days"]);
    let panel = page.split("id=\"lately\"").nth(1).expect("the panel");
    let panel = panel.split("</section>").next().expect("its end");
    let place = |words: &str| panel.find(words).unwrap_or_else(|| panic!("{words}: {panel}"));
    let taken_out = place("A quote of Karl Ruhn was taken out: “I support the goal of the mayor”");
    let given = place(
        "Words of Ana Lima are given to Karl Ruhn now: “The landing will be rebuilt before the summer”",
    );
    let reworded = place(
        "A quote of Ana Lima was reworded: “The landing will be rebuilt before the autumn”; before: “The landing",
    );
    assert!(taken_out < given && given < reworded, "{panel}");
    assert!(
        place("the page prints: <q dir=\"auto\">Correction: An earlier") > taken_out,
        "{panel}"
    );
    assert!(
        !panel.contains("Landing of /three"),
        "an edit around them: {panel}"
    );
}

#[test]
fn the_front_page_tells_what_differs_of_a_long_quote_and_whom_a_correction_is_of() {
    let long = |end: &str| {
        format!(
            "“The council met for nine hours last night, heard forty captains and two bakers, and came to the result that {end} \
             the pier in the winter,” said Mayor Ana Lima."
        )
    };
    let five: Vec<String> = ["bridge", "market", "school", "tower", "harbor"]
        .map(|place| {
            format!(
                "“Nobody will ever set foot in the {place} again,” said Councilman Karl Ruhn in the {place}."
            )
        })
        .to_vec();
    let short: Vec<&str> = five.iter().map(String::as_str).collect();
    let site = Site::new();
    let pages = ["/one", "/two"];
    site.put_feed("/feed.xml", &pages);
    let put = |page: &str, paragraphs: &[&str]| {
        site.put_page(page, &format!("Landing of {page}"), "2026-02-04", paragraphs);
    };
    let [before, after] = ["we will not close", "we will close"].map(long);
    put("/one", &[MEETING, &before]);
    put("/two", &[&[MEETING, LIMA][..], &short].concat());
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    put("/one", &[MEETING, &after]);
    let boat = "Correction: An earlier version of this story gave the wrong name of the boat.";
    let ruhn = "Correction: Councilman Ruhn did not say so.";
    put("/two", &[MEETING, LIMA, boat, ruhn]);
    workspace.crawl(&["--revisit"]);
    let desk = serve(site, workspace);
    let page = desk.check("/", 200, &["Changed in the last seven days"]);
    let panel = page.split("id=\"lately\"").nth(1).expect("the panel");
    let panel = panel.split("</section>").next().expect("its end");
    for told in [
        "A quote of Ana Lima was reworded: “not” was taken out",
        "and 2 more",
        "the page prints: <q dir=\"auto\">Correction: Councilman Ruhn",
    ] {
        assert!(panel.contains(told), "{told}: {panel}");
    }
    assert!(!panel.contains("the wrong name of the boat"), "{panel}");
    assert_eq!(
        panel.matches("A quote of Karl Ruhn was taken out").count(),
        3,
        "{panel}"
    );
}

#[test]
fn words_that_only_the_correction_repeats_were_taken_out() {
    let note = "Correction: An earlier version of this story misquoted Councilman Karl Ruhn. He did not say that he supports the \
        goal of the mayor; the quotation has been removed.";
    let told = |after: &[&str]| {
        let (site, workspace) = edited(&[MEETING, LIMA, RUHN], after);
        let desk = serve(site, workspace);
        let told = desk.json("/api/v1/changes", 200)["changes"][0].clone();
        let of = |list: &str, key: &str| {
            let told = told[list].as_array().expect("a list").iter();
            told.map(|it| string(&it[key])).collect::<Vec<_>>()
        };
        (of("quotes", "change"), of("facts", "code"))
    };
    let taken_out = vec!["taken_out".to_owned()];
    assert_eq!(told(&[MEETING, LIMA, note]), (taken_out.clone(), taken_out));
    // What the page still says in its own words, if without marks, was not.
    let reported = "Everybody in the room will support the goal of the mayor, and the chairs in the first row stayed empty.";
    assert_eq!(told(&[MEETING, LIMA, reported, note]), (Vec::new(), Vec::new()));
}

#[test]
fn a_correction_is_named_beside_its_edit_and_the_first_wording_of_a_page_is_no_edit() {
    let (site, workspace) = edited(&[MEETING, LIMA, RUHN], &[MEETING, LIMA, CORRECTION]);
    let desk = serve(site, workspace);
    desk.check(
        "/changes",
        200,
        &["with a correction", "This story was corrected"],
    );
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING]);
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    let desk = serve(site, workspace);
    desk.check(
        "/changes",
        200,
        &["No page that is held was seen with another wording"],
    );
}

#[test]
fn what_a_page_printed_before_is_named_beside_the_words_that_others_print_still() {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one", "/two"]);
    for page in ["/one", "/two"] {
        site.put_page(
            page,
            "Landing to be rebuilt",
            "2026-02-04",
            &[MEETING, LIMA, RUHN],
        );
    }
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &[MEETING, RUHN]);
    workspace.crawl(&["--revisit"]);
    let desk = serve(site, workspace);
    let kept = string(&hits(&desk, "summer")[0]["id"]);
    desk.check(
        &format!("/quotes/{kept}"),
        200,
        &["on that page until", "the same words"],
    );
    let printings = desk.json(&format!("/api/v1/quotes/{kept}"), 200);
    let printings = printings["printings"].as_array().expect("printings").clone();
    assert_eq!(printings.len(), 1, "{printings:?}");
    assert!(printings[0]["held_until"].is_string(), "{printings:?}");
    assert_eq!(printings[0]["said"]["edtf"], "2026-02-03", "{printings:?}");
    // Nothing but a name was typed, which no quote has among its words: what he said is shown.
    let told = [
        "2 quotes are by Karl Ruhn",
        "2 documents and 2 date mentions have it",
        "support the goal",
    ];
    desk.check("/?q=ruhn", 200, &told);
    // What both print still is told once of each page.
    let both = hits(&desk, "goal");
    let first = desk.json(&format!("/api/v1/quotes/{}", string(&both[0]["id"])), 200);
    let printings = first["printings"].as_array().expect("printings");
    assert_eq!(printings.len(), 1, "{printings:?}");
    assert!(printings[0].get("held_until").is_none(), "{printings:?}");
}

fn hits(desk: &Served, query: &str) -> Vec<Value> {
    let found = desk.json(&format!("/api/v1/search?q={query}"), 200);
    found["hits"].as_array().expect("hits").clone()
}

#[test]
fn a_correction_of_the_outlet_is_named_and_what_it_retracts_is_nobody_s_words() {
    let misquoted = RUHN.replace("I support", "I don’t support");
    let (site, workspace) = edited(&[MEETING, LIMA, &misquoted], &[MEETING, LIMA, RUHN, CORRECTION]);
    let output = workspace
        .command(&["searches", "alerts", "everything", "--json"])
        .output()
        .expect("runs");
    let alerts = json_lines(&output.stdout);
    let items = alerts[0]["items"].as_array().expect("items");
    assert!(
        items.iter().all(|item| item["correction"] == CORRECTION),
        "{items:?}"
    );
    assert!(items.iter().any(|item| item["kind"] == "document"), "{items:?}");
    let printed = text(&workspace.run(0, &["searches", "alerts", "everything"]).stdout);
    assert!(
        printed.contains("the page prints a correction: This story was corrected"),
        "{printed}"
    );
    let desk = serve(site, workspace);
    assert_eq!(hits(&desk, "goal+has%3Acorrection+has%3Achange").len(), 1);
    assert!(hits(&desk, "goal+-has%3Acorrection").is_empty());
    assert!(hits(&desk, "%22don%27t+support%22").is_empty());
    let supports = hits(&desk, "support");
    assert_eq!(supports.len(), 1, "{supports:?}");
    let document = string(&supports[0]["document"]);
    let told = "The page carries a correction:</b> <span dir=\"auto\">This story was corrected on Feb. 5";
    desk.check(&format!("/documents/{document}"), 200, &[told]);
    let changes = format!("/documents/{document}/changes");
    desk.check(
        &changes,
        200,
        &["With a correction:</b>", "This story was corrected on Feb. 5"],
    );
    // It came with the edit; the wording before has none.
    let first = string(&hits(&desk, "%22don%27t+support%22+asof%3Aever")[0]["revision"]);
    let before = desk.check(&format!("/documents/{document}?revision={first}"), 200, &[]);
    assert!(!before.contains("carries a correction"), "{before}");
}

#[test]
fn a_quote_of_an_edited_page_that_stands_as_it_stood_is_told_to_stand() {
    let shut = LIMA.replace("before the summer", "before the autumn");
    let (site, workspace) = edited(&[MEETING, LIMA, RUHN], &[MEETING, &shut, RUHN]);
    let printed = |words: &str| {
        text(
            &workspace
                .run(0, &["search", &format!("{words} asof:ever {ALL_WORDINGS}")])
                .stdout,
        )
    };
    let (same, other) = (printed("goal"), printed("summer"));
    assert!(same.contains("also in the wording of today"), "{same}");
    assert!(other.contains("an earlier wording, held from"), "{other}");
    let desk = serve(site, workspace);
    // Among all wordings it stands once, but for who tells them apart.
    assert_eq!(hits(&desk, "goal+asof%3Aever").len(), 1);
    let all = hits(&desk, &format!("goal+asof%3Aever+{ALL_WORDINGS}"));
    let is_earlier = |hit: &&Value| hit.get("held_until").is_some();
    let (earlier, now) = (
        all.iter().find(is_earlier).expect("earlier"),
        all.iter().find(|hit| !is_earlier(hit)),
    );
    let now = format!("href=\"/quotes/{}\"", string(&now.expect("current")["id"]));
    let told = ["Also in the wording of today", now.as_str(), "as it stands today"];
    desk.check(&format!("/quotes/{}", string(&earlier["id"])), 200, &told);
    desk.check(&format!("/?q=goal+asof%3Aever+{ALL_WORDINGS}"), 200, &told);
    let gone = string(&hits(&desk, "summer+asof%3Aever")[0]["id"]);
    desk.check(
        &format!("/quotes/{gone}"),
        200,
        &["An earlier wording, held from", "what changed"],
    );
}

#[test]
fn a_paragraph_that_moved_and_a_day_that_changed_are_told_as_such() {
    let friday = LIMA.replace("on Tuesday", "on Sunday");
    let (site, workspace) = edited(&[MEETING, LIMA, RUHN], &[RUHN, MEETING, &friday]);
    let desk = serve(site, workspace);
    let document = string(&hits(&desk, "landing")[0]["document"]);
    desk.check(
        &format!("/documents/{document}/changes"),
        200,
        &[
            "1 changed, 0 added, 0 removed, 1 moved",
            "moved here from below",
            "stood here, moved up",
            "<dt>Said</dt>",
            "3 February 2026: “The landing will be rebuilt before the summer”",
            "1 February 2026: “The landing",
        ],
    );
}

#[test]
fn the_same_short_words_of_two_people_are_two_quotes() {
    let no = |who: &str, day: &str| {
        format!("“No, not in this town,” said {who} on {day}, in the rain in front of the town hall.")
    };
    let (lima, cruz) = (
        no("Mayor Ana Lima", "Monday"),
        no("Councilman Boris Cruz", "Tuesday"),
    );
    let shut = RUHN.replace("in the rain", "in the snow");
    let (site, workspace) = edited(&[MEETING, &lima, &cruz, RUHN], &[MEETING, &lima, &cruz, &shut]);
    let desk = serve(site, workspace);
    let document = string(&hits(&desk, "town")[0]["document"]);
    let page = desk.check(&format!("/documents/{document}/changes"), 200, &["1 changed"]);
    for fact in ["<dt>Said</dt>", "<dt>Given to</dt>"] {
        assert!(!page.contains(fact), "{page}");
    }
}

#[test]
fn the_same_words_on_two_days_both_stand_after_an_edit() {
    let no = |day: &str| {
        format!("“No, not in this town,” said Mayor Ana Lima on {day}, in front of the town hall.")
    };
    let (one, two) = (no("Monday"), no("Tuesday"));
    let shut = RUHN.replace("in the rain", "in the snow");
    let (_site, workspace) = edited(&[MEETING, &one, &two, RUHN], &[MEETING, &one, &two, &shut]);
    let printed = text(
        &workspace
            .run(
                0,
                &[
                    "search",
                    &format!("\"not in this town\" asof:ever {ALL_WORDINGS}"),
                ],
            )
            .stdout,
    );
    assert_eq!(
        printed.matches("also in the wording of today").count(),
        2,
        "{printed}"
    );
}

/// A paper's page beside an office's statement, in which the mayor speaks.
fn beside_an_office(headline: &str, printed: &[&str]) -> (Site, Site, Workspace) {
    let (hall, paper) = (Site::new(), Site::new());
    hall.put_feed("/feed.xml", &["/statement"]);
    hall.put_page(
        "/statement",
        "Statement on the landing",
        "2026-02-03",
        &[MEETING, LIMA],
    );
    paper.put_feed("/feed.xml", &["/one"]);
    paper.put_page("/one", headline, "2026-02-04", printed);
    let workspace = Workspace::new();
    let official = hall
        .feed_source("City Hall", "/feed.xml")
        .replace("\"news\"", "\"official\"");
    workspace.write("config/sources/hall.toml", &official);
    workspace.write(
        "config/sources/herald.toml",
        &paper.feed_source("The Harbor Herald", "/feed.xml"),
    );
    (hall, paper, workspace)
}

#[test]
fn what_turns_an_official_text_is_told_in_results_timelines_and_exports() {
    let turned = LIMA.replace("will be rebuilt", "will not be rebuilt");
    let (_hall, paper, workspace) = beside_an_office("Landing lost", &[MEETING, &turned]);
    workspace.crawl(&[]);
    let rows: Vec<Value> = json_lines(
        &workspace
            .run(0, &["export", "jsonl", "--kind", "quotes", "landing"])
            .stdout,
    );
    let differs = |source: &str| {
        let row = rows
            .iter()
            .find(|row| row["source"] == source)
            .expect("a quote of each");
        (
            row["differs_in"].clone(),
            row["quote"].clone(),
            row["differs_from"].clone(),
        )
    };
    let ((forged, _, from), (own, quote, _)) = (differs("The Harbor Herald"), differs("City Hall"));
    assert_eq!(forged, "a negation differs, words added", "{rows:?}");
    assert_eq!(from, quote);
    assert!(own.is_null(), "{rows:?}");
    let told = text(&workspace.run(0, &["search", "landing"]).stdout);
    assert!(
        told.contains("DIFFERS from City Hall’s text: a negation differs"),
        "{told}"
    );
    let desk = serve(paper, workspace);
    desk.check(
        "/?q=landing",
        200,
        &["Differs from", "City Hall’s text", "a negation differs"],
    );
    // A sentence that was pasted with its attribution is in no text; its printings are a click away.
    let pasted = "/?q=%E2%80%9CThe+landing+will+be+rebuilt+before+the+winter%2C%E2%80%9D+said+Lima+again";
    desk.check(
        pasted,
        200,
        &["other printings of them", "like=%E2%80%9CThe+landing"],
    );
    // What narrows a search is taken back with a click.
    let narrowed = ["class=\"narrowings\"", "href=\"/?q=landing\""];
    desk.check("/?q=landing+source%3Aherald", 200, &narrowed);
    let told = [
        "The Harbor Herald differs from",
        "a negation differs",
        "class=\"conflict\"",
    ];
    desk.check("/timeline?q=landing&kind=quotes", 200, &told);
}

#[test]
fn who_printed_an_office_as_it_stood_then_differs_from_nothing() {
    let (hall, paper, workspace) = beside_an_office("Landing to come back", &[MEETING, LIMA]);
    workspace.crawl(&[]);
    // The office turns its own words round, without a word about it.
    let turned = LIMA.replace("will be rebuilt", "will not be rebuilt");
    hall.put_page(
        "/statement",
        "Statement on the landing",
        "2026-02-03",
        &[MEETING, &turned],
    );
    workspace.crawl(&["--revisit"]);
    let rows: Vec<Value> = json_lines(
        &workspace
            .run(0, &["export", "jsonl", "--kind", "quotes", "landing"])
            .stdout,
    );
    let printed = rows
        .iter()
        .find(|row| row["source"] == "The Harbor Herald")
        .expect("its quote");
    assert!(printed["differs_in"].is_null(), "{printed}");
    let address = format!("/quotes/{}", printed["quote"].as_str().expect("an id"));
    let desk = serve(paper, workspace);
    desk.check(
        &address,
        200,
        &[
            "Printed as City Hall had it until",
            "Its text of today differs",
            "a negation differs",
            "printed here as City Hall had it until",
        ],
    );
    let page = desk.check("/?q=landing", 200, &["landing"]);
    assert!(!page.contains("Differs from"), "{page}");
    // Nor does the office's own page blame the paper, and programs are told the same.
    let of_hall = rows.iter().find(|row| row["source"] == "City Hall");
    let of_hall = of_hall.expect("its quote")["quote"].as_str().expect("an id");
    let page = desk.check(
        &format!("/quotes/{of_hall}"),
        200,
        &["printed as this page had it until", "The Harbor Herald"],
    );
    for blamed in [
        "<p class=\"trouble\">a negation differs",
        "<strong class=\"trouble\">a negation differs",
    ] {
        assert!(!page.contains(blamed), "{page}");
    }
    let quote = desk.json(&format!("/api/v1/quotes/{of_hall}"), 200);
    assert!(quote["printings"][0]["as_it_was_until"].is_string(), "{quote}");
}

#[test]
fn a_paper_that_turns_what_an_office_prints_still_is_blamed() {
    let turned = LIMA.replace("will be rebuilt", "will not be rebuilt");
    let (hall, paper, workspace) = beside_an_office("Landing to come back", &[MEETING, &turned]);
    workspace.crawl(&[]);
    // The office edits something else in its words.
    let edited = LIMA.replace("landing", "old landing");
    hall.put_page(
        "/statement",
        "Statement on the landing",
        "2026-02-03",
        &[MEETING, &edited],
    );
    workspace.crawl(&["--revisit"]);
    let rows: Vec<Value> = json_lines(
        &workspace
            .run(0, &["export", "jsonl", "--kind", "quotes", "landing"])
            .stdout,
    );
    let of = |source: &str| {
        let row = rows
            .iter()
            .find(|row| row["source"] == source)
            .expect("its quote");
        row["quote"].as_str().expect("an id").to_owned()
    };
    let desk = serve(paper, workspace);
    let page = desk.check(
        &format!("/quotes/{}", of("City Hall")),
        200,
        &["a negation differs: The Harbor Herald"],
    );
    assert!(!page.contains("as this page had it until"), "{page}");
}

#[test]
fn a_page_that_was_not_found_again_is_among_what_changed() {
    let (site, workspace) = edited(&[MEETING, LIMA], &[MEETING, LIMA, RUHN]);
    site.put("/one", 404, "text/html", "");
    workspace.crawl(&["--revisit"]);
    let pack = |name: &str| {
        let file = workspace.path().join(name);
        let path = file.to_string_lossy().into_owned();
        workspace.run(0, &["evidence", &site.url("/one"), "-o", &path]);
        text(&workspace.run(0, &["verify", &path]).stdout)
    };
    workspace.crawl(&["--revisit"]);
    let checked = pack("landing.wacz");
    assert!(checked.contains("3 quotes"), "of both wordings: {checked}");
    assert!(
        checked.contains("7 records"),
        "two wordings and the first 404: {checked}"
    );
    let desk = serve(site, workspace);
    desk.check(
        "/changes",
        200,
        &["the page is gone", "last found", "what it said"],
    );
    desk.check("/", 200, &["Changed in the last seven days", "the page is gone"]);
    let changes = desk.json("/api/v1/changes", 200);
    let kinds: Vec<&str> = (changes["changes"].as_array().expect("a list").iter())
        .filter_map(|change| change["change"].as_str())
        .collect();
    assert_eq!(kinds, ["absent", "edited"]);
    assert!(changes["changes"][0]["absent"]["absent_at"].is_string());
}
