//! What stands in the place of a page that is held: what is believed at once, what at the second visit, and what never.

use serde_json::Value;

use crate::served::serve;
use crate::support::demo::string;
use crate::support::site::{Site, page};
use crate::support::{Workspace, json_lines, text};

const TITLE: &str = "Landing to be rebuilt by summer";
const ARTICLE: [&str; 5] = [
    "The council of Harbor Falls met to speak about the ferry, which has not run since the storm of last winter took away \
     the landing and two of its piles.",
    "“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, after a meeting that went on until \
     midnight.",
    "The work will cost four million dollars, of which the state pays half, and is to begin as soon as the ice is gone.",
    "“I support the goal of the mayor,” said Councilman Karl Ruhn on Monday, in the rain in front of the town hall.",
    "A second reading is planned for the last week of the month, when the bids of three builders will be opened.",
];

/// What answers with the status of a page and says itself that it is something else.
const SAYS_SO: [(&str, &str); 9] = [
    (
        "blocked",
        "<title>Before you continue</title><h1>Before you continue</h1><p>We keep small files.</p>",
    ),
    (
        "blocked",
        "<title>Valoramos tu privacidad</title><p>Nosotros y nuestros socios guardamos datos.</p><button>Aceptar</button>",
    ),
    (
        "server_error",
        "<title>We’ll be right back</title><h1>We’ll be right back</h1><p>The paper is being mended.</p>",
    ),
    (
        "server_error",
        "<title>503 Service Unavailable</title><h1>503 Service Unavailable</h1>",
    ),
    (
        "blocked",
        "<title>451: Unavailable due to legal reasons</title><p>You seem to come from elsewhere.</p>",
    ),
    (
        "blocked",
        "<title>Sorry, this content is not available in your region</title><p>Our lawyers say so.</p>",
    ),
    (
        "blocked",
        "<title>The Harbor Herald</title><h1>Please enable JavaScript</h1><p>This paper needs it.</p>",
    ),
    (
        "blocked",
        "<title>The Herald</title><p>Thanks for reading the Herald.</p><p>Create your free account or log in to continue reading.</p>",
    ),
    (
        "empty",
        "<html><head><title>The Harbor Herald</title></head><body></body></html>",
    ),
];

/// What answers so and does not say it.
const IN_DOUBT: &str = "<title>The Harbor Herald</title><h1>The Harbor Herald</h1><p>Whoever wants to go on must tell the paper \
    first what the weather is like where they are, and which of its four kitchens they would like to visit next week.</p>";

/// Pages that were read, with a saved search of everything.
fn held(paths: &[String], html: &str) -> (Site, Workspace) {
    let site = Site::new();
    let announced: Vec<&str> = paths.iter().map(String::as_str).collect();
    site.put_feed("/feed.xml", &announced);
    for path in paths {
        site.put(path, 200, "text/html; charset=utf-8", html);
    }
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    workspace.run(0, &["searches", "add", "everything", "", "--kind", "all"]);
    (site, workspace)
}

fn one() -> (Site, Workspace) {
    held(&["/one".to_owned()], &page(TITLE, "2026-02-04", &ARTICLE))
}

fn visited(site: &Site, workspace: &Workspace, html: &str) {
    site.put("/one", 200, "text/html; charset=utf-8", html);
    workspace.crawl(&["--revisit"]);
}

/// The kinds of change that were told so far.
fn told(workspace: &Workspace) -> Vec<Value> {
    let output = workspace
        .command(&["searches", "alerts", "everything", "--json"])
        .output()
        .expect("runs");
    let alerts = json_lines(&output.stdout);
    let items = alerts.iter().filter_map(|alert| alert["items"].as_array());
    items.flatten().map(|item| item["change"].clone()).collect()
}

fn outcomes(workspace: &Workspace) -> Value {
    workspace.lines(0, &["status", "--json"])[0]["outcomes"].clone()
}

/// How many of the article's words are found among what is current.
fn stands(workspace: &Workspace) -> bool {
    let output = workspace
        .command(&["search", "\"before the summer\"", "--json"])
        .output()
        .expect("runs");
    !json_lines(&output.stdout).is_empty()
}

#[test]
fn what_says_itself_that_it_is_no_page_never_takes_its_place() {
    let paths: Vec<String> = (0..SAYS_SO.len()).map(|number| format!("/{number}")).collect();
    let (site, workspace) = held(&paths, &page(TITLE, "2026-02-04", &ARTICLE));
    for round in 0..3 {
        for (path, (_, html)) in paths.iter().zip(SAYS_SO) {
            // Such pages are often another one at each visit.
            let html = format!("{html}<!-- {round} -->");
            site.put(path, 200, "text/html; charset=utf-8", html);
        }
        workspace.crawl(&["--revisit"]);
    }
    assert_eq!(told(&workspace), Vec::<Value>::new());
    let mut expected: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for (outcome, _) in SAYS_SO {
        *expected.entry(outcome).or_default() += 1;
    }
    assert_eq!(outcomes(&workspace), serde_json::json!(expected));
    let found = workspace.lines(0, &["search", "\"before the summer\"", "--json"]);
    assert_eq!(found.len(), SAYS_SO.len(), "{found:?}");
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_wall_that_was_never_a_page_is_no_document() {
    let wall = "<title>We value your privacy</title><h1>We value your privacy</h1><p>Accept all</p>";
    let (_site, workspace) = held(&["/one".to_owned()], wall);
    workspace.run(1, &["search", "", "--kind", "documents"]);
    assert_eq!(outcomes(&workspace), serde_json::json!({"blocked": 1}));
}

#[test]
fn what_is_in_doubt_is_believed_at_the_second_visit_and_not_before() {
    let (site, workspace) = one();
    site.put("/one", 200, "text/html; charset=utf-8", IN_DOUBT);
    let crawled = workspace.crawl(&["--revisit"]);
    assert_eq!(
        crawled["captures"], 0,
        "what was read and is no page is nothing new: {crawled}"
    );
    assert_eq!(crawled["troubles"][0]["outcome"], "in_doubt", "{crawled}");
    assert_eq!(told(&workspace), Vec::<Value>::new());
    assert!(stands(&workspace));
    assert_eq!(outcomes(&workspace), serde_json::json!({"in_doubt": 1}));
    let status = text(&workspace.run(0, &["status"]).stdout);
    assert!(status.contains("in_doubt"), "{status}");
    let explained = text(&workspace.run(0, &["explain", &site.url("/one")]).stdout);
    for words in [
        "something else may stand in its place; looked at again soon",
        "kept in the archive and not shown",
    ] {
        assert!(explained.contains(words), "{explained}");
    }
    // Another page of the kind each time is the same doubt.
    visited(
        &site,
        &workspace,
        &IN_DOUBT.replace("four kitchens", "nine gardens"),
    );
    assert!(!stands(&workspace));
    assert!(
        told(&workspace).contains(&"taken_out".into()),
        "{:?}",
        told(&workspace)
    );
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_text_that_stands_in_a_layout_that_is_not_read_is_never_taken_for_gone() {
    let (site, workspace) = one();
    // The words are there; what is found as the text is the small print.
    let words = ARTICLE.map(|words| format!("<option>{words}</option>")).concat();
    let other = "The Harbor Herald has been printed on paper of the old mill behind the station since 1911, every day but Sunday.";
    let html = format!("<title>Harbor Herald</title><select>{words}</select><main><p>{other}</p></main>");
    for round in 0..3 {
        visited(&site, &workspace, &format!("{html}<!-- {round} -->"));
        assert!(stands(&workspace), "round {round}");
        assert_eq!(
            outcomes(&workspace),
            serde_json::json!({"in_doubt": 1}),
            "round {round}"
        );
        assert_eq!(told(&workspace), Vec::<Value>::new());
    }
    workspace.run(0, &["verify", "--all"]);
    let desk = serve(site, workspace);
    let document = string(&desk.json("/api/v1/search?q=landing", 200)["hits"][0]["document"]);
    desk.check(
        &format!("/documents/{document}"),
        200,
        &["In doubt: at our visit of", "its layout may have changed"],
    );
}

#[test]
fn the_same_words_in_another_layout_are_no_edit() {
    let (site, workspace) = one();
    let lines = ARTICLE.join("<br>\n").replace(['“', '”'], "&quot;");
    let html = page(TITLE, "2026-02-04", &[&lines]);
    visited(&site, &workspace, &html);
    assert_eq!(told(&workspace), Vec::<Value>::new());
    assert!(stands(&workspace));
    let desk = serve(site, workspace);
    desk.check(
        "/changes",
        200,
        &["No page that is held was seen with another wording"],
    );
}

#[test]
fn a_page_in_doubt_says_so_on_the_desk() {
    let (site, workspace) = one();
    visited(&site, &workspace, IN_DOUBT);
    let desk = serve(site, workspace);
    let found = desk.json("/api/v1/search?q=landing", 200);
    let document = string(&found["hits"][0]["document"]);
    let told = [
        "In doubt: at our visit of",
        "0 % of the text held before",
        "The landing will be rebuilt",
    ];
    desk.check(&format!("/documents/{document}"), 200, &told);
    let in_place = &desk.json(&format!("/api/v1/documents/{document}"), 200)["in_place"];
    assert_eq!(in_place["outcome"], "in_doubt", "{in_place}");
    desk.check("/sources", 200, &["something else may stand in its place"]);
}

#[test]
fn a_doubt_is_over_when_the_text_is_back() {
    let (site, workspace) = one();
    for round in 0..2 {
        visited(&site, &workspace, IN_DOUBT);
        assert_eq!(
            outcomes(&workspace),
            serde_json::json!({"in_doubt": 1}),
            "round {round}"
        );
        visited(&site, &workspace, &page(TITLE, "2026-02-04", &ARTICLE));
        assert_eq!(
            outcomes(&workspace),
            serde_json::json!({"unchanged": 1}),
            "round {round}"
        );
    }
    assert_eq!(told(&workspace), Vec::<Value>::new());
    // What was read stays so when it is read by another reader.
    workspace.write(
        "config/speakers.toml",
        "[ana-lima]\nkind = \"person\"\nname = \"Ana Lima\"\n",
    );
    workspace.crawl(&[]);
    assert!(stands(&workspace));
    // A page that then goes is missed.
    site.put("/one", 410, "text/plain", "gone");
    workspace.crawl(&["--revisit"]);
    let hits = workspace.lines(0, &["search", "\"before the summer\"", "--json"]);
    assert!(hits[0]["absent_since"].is_string(), "{hits:?}");
}

#[test]
fn the_beginning_that_a_paywall_leaves_is_no_edit() {
    let (site, workspace) = one();
    let wall = "<div class=\"paywall\">To continue reading, subscribe to the Herald. Already a subscriber? Log in.</div>";
    let cut = page(TITLE, "2026-02-04", &ARTICLE[..1]).replace("</article>", &format!("{wall}</article>"));
    for _ in 0..3 {
        visited(&site, &workspace, &cut);
    }
    assert_eq!(told(&workspace), Vec::<Value>::new());
    assert!(stands(&workspace));
    assert_eq!(outcomes(&workspace), serde_json::json!({"blocked": 1}));
}

#[test]
fn a_notice_that_a_story_was_taken_down_is_told_at_the_second_visit() {
    let (site, workspace) = one();
    let notice = page(
        TITLE,
        "2026-02-04",
        &["The Herald took this story down. It could not stand by what it said."],
    );
    visited(&site, &workspace, &notice);
    assert_eq!(told(&workspace), Vec::<Value>::new());
    visited(&site, &workspace, &notice);
    assert!(!stands(&workspace));
    assert!(told(&workspace).contains(&"taken_out".into()));
    let found = text(
        &workspace
            .run(0, &["search", "\"could not stand by\"", "--kind", "documents"])
            .stdout,
    );
    assert!(found.contains(TITLE), "{found}");
}

#[test]
fn a_doubt_is_over_only_when_the_text_is_back_whatever_came_between() {
    let (site, workspace) = one();
    visited(&site, &workspace, IN_DOUBT);
    for status in [404, 410] {
        site.put("/one", status, "text/plain", "gone");
        workspace.crawl(&["--revisit"]);
    }
    visited(&site, &workspace, &page(TITLE, "2026-02-04", &ARTICLE));
    visited(&site, &workspace, IN_DOUBT);
    assert_eq!(outcomes(&workspace), serde_json::json!({"in_doubt": 1}));
    assert!(stands(&workspace), "one stub does not take its place");
}

#[test]
fn what_an_earlier_version_found_twice_is_not_put_in_doubt_by_this_one() {
    let (site, workspace) = one();
    let notice = page(
        TITLE,
        "2026-02-04",
        &["The Herald took this story down. It could not stand by what it said."],
    );
    visited(&site, &workspace, &notice);
    // An earlier version believed it at once, and then found it as it was.
    let rows = rusqlite::Connection::open(workspace.path().join("index/onrecord.db")).expect("a database");
    rows.execute_batch(
        "UPDATE tasks SET last_outcome = 'changed', last_detail = NULL, failures = 0, (capture_id, payload_sha256) =
         (SELECT id, payload_sha256 FROM captures WHERE withheld = 'in_doubt') WHERE role = 'page';
         UPDATE attempts SET outcome = 'changed', detail = NULL WHERE outcome = 'in_doubt';
         UPDATE captures SET withheld = NULL WHERE withheld = 'in_doubt'",
    )
    .expect("rows");
    visited(&site, &workspace, &notice);
    rows.execute_batch("UPDATE captures SET read_by = 'an earlier one' WHERE role = 'page'")
        .expect("rows");
    drop(rows);
    workspace.crawl(&[]);
    assert_eq!(outcomes(&workspace), serde_json::json!({"unchanged": 1}));
    assert!(!stands(&workspace));
}

#[test]
fn an_edit_is_told_at_once_however_much_it_takes_away() {
    for after in [
        // Editors cut it, and corrected it.
        page("Ferry landing to be rebuilt", "2026-02-04", &ARTICLE[..2]),
        page(
            TITLE,
            "2026-02-04",
            &["Correction: An earlier version of this article misstated what the council decided."],
        ),
        // A story of such things, under a headline of such things.
        page(
            "We value your privacy, said the mayor’s ferry",
            "2026-02-04",
            &[
                ARTICLE[0],
                ARTICLE[2],
                "“Please enable JavaScript,” the timetable of the ferry told everybody who asked for it.",
            ],
        ),
    ] {
        let (site, workspace) = one();
        visited(&site, &workspace, &after);
        assert_eq!(outcomes(&workspace), serde_json::json!({"changed": 1}), "{after}");
        assert!(!told(&workspace).is_empty(), "{after}");
    }
}

#[test]
fn another_day_of_publication_is_told_where_no_word_changed() {
    let (site, workspace) = one();
    visited(&site, &workspace, &page(TITLE, "2026-02-05", &ARTICLE));
    let printed = text(&workspace.run(0, &["searches", "alerts", "everything"]).stdout);
    assert!(
        printed.contains("published 5 February 2026, before 4 February 2026"),
        "{printed}"
    );
    workspace.run(0, &["search", "changed:2020..", "--kind", "documents"]);
    // The same again, and another hour of that day, are nothing new.
    let later = page(TITLE, "2026-02-05", &ARTICLE).replace("T09:00", "T11:00");
    visited(&site, &workspace, &later);
    let status = text(&workspace.run(0, &["status"]).stdout);
    assert!(status.contains("2 revisions"), "{status}");
}
