//! From a site to a hit and back to the archive.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use onrecord::archive;
use serde_json::Value;

use crate::support::Workspace;
use crate::support::site::{Site, page};

const FIRST: [&str; 3] = [
    "The council of Harbor Falls met on Tuesday to speak about the ferry, which has not run since the storm \
     of last winter took away the landing.",
    "“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, after a meeting that \
     went on until midnight.",
    "Nobody from the company that ran the ferry was there, and the chairs in the first row stayed empty all \
     evening.",
];

const SECOND: [&str; 2] = [
    "Dock workers walked out on Friday morning and said that they would stay out until their wages are paid \
     in full.",
    "“We have waited for three months,” Boris Cruz, who speaks for the workers, told reporters at the gate.",
];

fn tracked() -> (Site, Workspace) {
    let site = Site::new();
    site.put(
        "/robots.txt",
        200,
        "text/plain",
        "User-agent: *\nDisallow: /private/\n",
    );
    site.put_feed("/feed.xml", &["/one", "/two"]);
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &FIRST);
    site.put_page("/two", "Dock workers walk out", "2026-02-06", &SECOND);
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    (site, workspace)
}

#[test]
fn a_quote_is_found_by_speaker_words_and_day_and_leads_to_its_capture() {
    let (_site, workspace) = tracked();
    assert_eq!(workspace.crawl(&[])["captures"], 2);
    let query = "speaker:lima \"before the summer\" said:2026-02-01..2026-02-10 stance:said";
    let hits = workspace.lines(0, &["search", query, "--json"]);
    assert_eq!(hits.len(), 1);
    let hit = &hits[0];
    assert!(
        hit["text"]
            .as_str()
            .expect("words")
            .starts_with("The landing will be rebuilt"),
        "{hit}"
    );
    assert_eq!(hit["said"]["edtf"], "2026-02-03");
    assert_eq!(hit["source"], "herald");
    assert_eq!((&hit["cue"], &hit["stance"]), (&"said".into(), &"said".into()));
    assert!(!hit["capture"].as_str().expect("an id").is_empty());
    let printed = String::from_utf8(workspace.run(0, &["search", query]).stdout).expect("UTF-8");
    assert!(
        printed.contains("*before the summer*") && printed.contains("capture "),
        "{printed}"
    );
    workspace.run(1, &["search", "speaker:lima said:2026-02-05"]);
    workspace.run(2, &["search", "said:whenever"]);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_second_crawl_makes_no_capture_of_what_did_not_change() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    let again = workspace.crawl(&["--revisit"]);
    assert_eq!(
        (&again["captures"], &again["unchanged"]),
        (&Value::from(0), &Value::from(2))
    );
    assert_eq!(site.last_status("/one"), Some(304));
    assert_eq!(again["revisions"], 0);
}

#[test]
fn a_silent_edit_is_one_new_revision_and_the_old_one_stays() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    let mut edited = FIRST;
    edited[1] = "“The landing may be rebuilt before the autumn,” said Mayor Ana Lima on Tuesday, after a meeting \
                 that went on until midnight.";
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &edited);
    let again = workspace.crawl(&["--revisit"]);
    assert_eq!(
        (&again["captures"], &again["revisions"]),
        (&Value::from(1), &Value::from(1))
    );
    workspace.run(0, &["search", "\"before the autumn\""]);
    workspace.run(1, &["search", "\"before the summer\""]);
    workspace.run(0, &["search", "\"before the autumn\" asof:today"]);
    workspace.run(1, &["search", "\"before the summer\" asof:today"]);
    workspace.run(1, &["search", "\"before the autumn\" asof:yesterday"]);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
pub(crate) fn a_known_page_is_asked_for_again_when_it_is_due() {
    let (site, workspace) = tracked();
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("readable");
    workspace.write(
        "config/onrecord.toml",
        &format!("{settings}revisit_after = \"1s\"\nrevisit_at_most = \"1s\"\n"),
    );
    workspace.crawl(&[]);
    std::thread::sleep(std::time::Duration::from_millis(1300));
    workspace.crawl(&[]);
    assert_eq!(site.asked("/one"), 2);
}

#[test]
pub(crate) fn two_sources_of_one_host_share_its_pace() {
    let (site, workspace) = tracked();
    site.put_feed("/other.xml", &["/three", "/four"]);
    site.put_page("/three", "Three", "2026-02-06", &FIRST);
    site.put_page("/four", "Four", "2026-02-06", &SECOND);
    workspace.write(
        "config/sources/other.toml",
        &site.feed_source("The Other", "/other.xml"),
    );
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("readable");
    workspace.write(
        "config/onrecord.toml",
        &settings.replace("pace = \"1ms\"", "pace = \"150ms\""),
    );
    workspace.crawl(&[]);
    let times = site.times();
    assert_eq!(times.len(), 7, "robots.txt, two feeds, four pages");
    for pair in times.windows(2) {
        let gap = pair[1].duration_since(pair[0]);
        // A busy machine may hold one request back on its way, never let it out early.
        assert!(gap >= std::time::Duration::from_millis(100), "{gap:?}");
    }
}

#[test]
fn a_page_that_asks_not_to_be_indexed_is_kept_and_not_shown() {
    let (site, workspace) = tracked();
    let hidden = page("Landing to be rebuilt", "2026-02-04", &FIRST)
        .replace("<head>", "<head><meta name=\"robots\" content=\"noindex\">");
    site.put("/one", 200, "text/html; charset=utf-8", hidden);
    assert_eq!(workspace.crawl(&[])["captures"], 2);
    workspace.run(1, &["search", "landing"]);
    workspace.run(0, &["search", "wages", "--kind", "documents"]);
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("readable");
    workspace.write(
        "config/onrecord.toml",
        &format!("{settings}heed_noindex = false\n"),
    );
    workspace.crawl(&[]);
    workspace.run(0, &["search", "landing"]);
}

#[test]
fn a_topic_labels_what_is_held_without_a_crawl() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("readable");
    let with =
        |topics: &str| workspace.write("config/onrecord.toml", &format!("{settings}[topics]\n{topics}\n"));
    with("ferry = \"landing\"");
    assert_eq!(workspace.lines(0, &["search", "", "--json"]).len(), 1);
    assert_eq!(workspace.lines(0, &["search", "topic:ferry", "--json"]).len(), 1);
    assert_eq!(workspace.lines(0, &["search", "topic:all", "--json"]).len(), 2);
    // With what is reported without marks.
    assert_eq!(
        workspace
            .lines(0, &["search", "topic:all kind:all", "--json"])
            .len(),
        3
    );
    workspace.run(1, &["search", "three months"]);
    with("ferry = \"wages\"");
    workspace.run(0, &["search", "three months"]);
    with("ferry = \"said:someday\"");
    workspace.run(2, &["search", "three months"]);
}

#[test]
fn who_is_quoted_and_unknown_is_proposed_as_an_entry_that_can_be_pasted() {
    let (site, workspace) = tracked();
    let again = "“Nobody asked us about the landing,” Boris T. Cruz told the council, which had come to hear him at the gate of \
                 the yard on Saturday.";
    site.put_feed("/feed.xml", &["/one", "/two", "/three"]);
    site.put_page("/three", "Workers heard", "2026-02-07", &[SECOND[0], again]);
    workspace.write("config/speakers.toml", "");
    workspace.crawl(&[]);
    let proposed = String::from_utf8(workspace.run(0, &["speakers", "suggest"]).stdout).expect("UTF-8");
    let entries: toml::Table = toml::from_str(&proposed).expect("TOML");
    assert_eq!(entries.keys().collect::<Vec<_>>(), ["boris-cruz"], "{proposed}");
    assert_eq!(
        entries["boris-cruz"]["aliases"],
        toml::Value::from(vec!["Boris T. Cruz"])
    );
    assert!(
        proposed.contains("met in 1 quote of 1 document, such as q"),
        "{proposed}"
    );
    let all = workspace.lines(0, &["speakers", "suggest", "--at-least", "1", "--json"]);
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[1]["titles"][0]["title"], "Mayor");
    // Nothing was written; pasted, it is taken over by the next crawl.
    workspace.run(0, &["speakers", "suggest"]);
    workspace.write("config/speakers.toml", &proposed);
    workspace.crawl(&[]);
    assert_eq!(
        workspace
            .lines(0, &["search", "speaker:boris-cruz", "--json"])
            .len(),
        2
    );
    workspace.run(1, &["speakers", "suggest"]);
}

#[test]
fn an_archive_s_copies_are_the_older_revisions_of_a_page() {
    let (site, workspace) = tracked();
    let old = page("Landing may be rebuilt", "2026-02-04", &SECOND);
    let copy = format!("/web/20260205100000id_/{}", site.url("/one"));
    site.put(&copy, 200, "text/html; charset=utf-8", old);
    let rows = format!(
        "[[\"timestamp\",\"original\"],[\"20260205100000\",\"{}\"]]",
        site.url("/one")
    );
    site.put("/cdx/search/cdx", 200, "application/json", rows);
    let channel = format!(
        "[[channel]]\nkind = \"memento\"\nurl = \"{}\"\narchive = \"{}\"\n",
        site.url("/one"),
        site.url("/")
    );
    let source = site.feed_source("The Harbor Herald", "/feed.xml") + &channel;
    workspace.write("config/sources/herald.toml", &source);
    assert_eq!(workspace.crawl(&[])["captures"], 3);
    let documents = workspace.lines(0, &["search", "", "--kind", "documents", "--json"]);
    assert_eq!(
        documents.len(),
        2,
        "the copy is a revision of a page that is known"
    );
    workspace.run(0, &["search", "\"before the summer\""]);
    let told = String::from_utf8(workspace.run(0, &["status"]).stdout).expect("UTF-8");
    assert!(told.contains("3 revisions"), "{told}");
    workspace.crawl(&["--revisit"]);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_page_that_went_is_absent_since_it_was_missed_and_not_when_it_is_back() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    let absent = || {
        let hits = workspace.lines(0, &["search", "\"before the summer\"", "--json"]);
        hits[0]["absent_since"].as_str().map(str::to_string)
    };
    assert_eq!(absent(), None);
    // What its channel names no more is not gone.
    site.put_feed("/feed.xml", &["/two"]);
    workspace.crawl(&["--revisit"]);
    assert_eq!(absent(), None);
    site.put("/one", 410, "text/plain", "gone");
    workspace.crawl(&["--revisit"]);
    let since = absent().expect("it is missed");
    workspace.crawl(&["--revisit"]);
    assert_eq!(absent().as_deref(), Some(since.as_str()), "the first miss counts");
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &FIRST);
    workspace.crawl(&["--revisit"]);
    assert_eq!(absent(), None);
}

#[test]
fn what_is_sent_in_place_of_a_page_is_not_taken_for_it() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    let absent = || {
        let hits = workspace.lines(0, &["search", "\"before the summer\"", "--json"]);
        hits[0]["absent_since"].as_str().map(str::to_string)
    };
    let front = ["“The market opens at noon,” said Gus Hale, who sells fish at the front of the hall."];
    site.put_page("/", "The Harbor Herald", "2026-02-06", &front);
    site.redirect("/one", &site.url("/"));
    workspace.crawl(&["--revisit"]);
    let since = absent().expect("it leads to the front page");
    workspace.run(1, &["search", "\"opens at noon\"", "--kind", "all"]);
    let error =
        "<title>Page not found | The Harbor Herald</title><h1>Sorry</h1><p>It may have been moved.</p>";
    site.put("/one", 200, "text/html", error);
    workspace.crawl(&["--revisit"]);
    assert_eq!(absent().as_deref(), Some(since.as_str()), "the first miss counts");
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &FIRST);
    workspace.crawl(&["--revisit"]);
    assert_eq!(absent(), None);

    let wall =
        "<title>Subscribe | The Harbor Herald</title><h1>Subscribe to continue reading</h1><p>Log in.</p>";
    site.put("/one", 200, "text/html", wall);
    let crawled = workspace.crawl(&["--revisit"]);
    let troubles = crawled["troubles"].as_array().map(Vec::len);
    assert_eq!(
        (&crawled["captures"], troubles),
        (&0.into(), Some(1)),
        "{crawled}"
    );
    assert_eq!(absent(), None, "it is there for others");
    let status = &workspace.lines(0, &["status", "--json"])[0];
    assert_eq!(status["outcomes"]["blocked"], 1, "{status}");
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_site_whose_feed_works_and_whose_pages_are_walled_off_is_flagged() {
    let site = Site::new();
    let paths = ["/1", "/2", "/3", "/4", "/5"];
    site.put_feed("/feed.xml", &paths);
    for path in paths {
        site.put(path, 403, "text/html", "<p>Are you a robot?</p>");
    }
    site.put("/news", 200, "text/html", "<p>Nothing here matches.</p>");
    let workspace = Workspace::new();
    // A host that refuses is left alone, at first for a tenth of this.
    workspace.set("retry_after = \"1s\"");
    let listing = format!(
        "[[channel]]\nkind = \"listing\"\nurl = \"{}\"\nitem = \"li.story\"\n",
        site.url("/news")
    );
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &(source.clone() + &listing));
    for _ in 0..3 {
        workspace.crawl(&[]);
    }
    let flags = || -> Vec<String> {
        let status = &workspace.lines(0, &["status", "--json"])[0];
        let flags = status["health"]["flags"].as_array().expect("a list").iter();
        flags
            .map(|flag| flag["flag"].as_str().expect("a name").to_string())
            .collect()
    };
    assert_eq!(flags(), ["never_anything", "pages_blocked"]);
    let told = String::from_utf8(workspace.run(0, &["status"]).stdout).expect("UTF-8");
    assert!(
        told.contains("LOOK: pages blocked") && told.contains("to do: "),
        "{told}"
    );
    // A channel that is taken out of the configuration needs nobody's look.
    workspace.write("config/sources/herald.toml", &source);
    assert_eq!(flags(), ["pages_blocked"]);
}

#[test]
fn the_further_pages_of_a_listing_may_have_a_template() {
    let (site, workspace) = tracked();
    let listing = |paths: &[&str]| {
        let links: String = paths
            .iter()
            .map(|path| format!("<a href={path}>News</a>"))
            .collect();
        format!("<main>{links}</main>")
    };
    for (path, announced) in [
        ("/news", vec!["/one"]),
        ("/news/2", vec!["/one", "/two"]),
        // A site that answers its last page for ever.
        ("/news/3", vec!["/one", "/two"]),
        ("/news/4", vec!["/one", "/two"]),
    ] {
        site.put(path, 200, "text/html", listing(&announced));
    }
    let channel = format!(
        "[[channel]]\nkind = \"listing\"\nurl = \"{}\"\npages = \"{}\"\nmax_pages = 9\n",
        site.url("/news"),
        site.url("/news/{page}")
    );
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    let source = source.replace("/feed.xml", "/no-feed.xml") + &channel;
    workspace.write("config/sources/herald.toml", &source);
    assert_eq!(workspace.crawl(&[])["captures"], 2);
    assert_eq!(
        (
            site.asked("/news/2"),
            site.asked("/news/3"),
            site.asked("/news/4")
        ),
        (1, 1, 0)
    );
}

#[test]
fn an_archive_s_list_goes_on_beyond_its_limit() {
    let (site, workspace) = tracked();
    let row = |time: &str| {
        let copy = page("Landing may be rebuilt", "2026-02-04", &[SECOND[0], time]);
        site.put(
            &format!("/town/{time}id_/{}", site.url("/one")),
            200,
            "text/html; charset=utf-8",
            copy,
        );
        format!(
            "{{\"timestamp\": \"{time}\", \"url\": \"{}\", \"status\": \"200\"}}\n",
            site.url("/one")
        )
    };
    let rows = ["20260205100000", "20260205110000", "20260205120000"].map(row);
    let encoded: String = url::form_urlencoded::byte_serialize(site.url("/one").as_bytes()).collect();
    let query = format!(
        "/town/cdx?url={encoded}&matchType=exact&output=json&filter=statuscode%3A200&collapse=digest\
         &showResumeKey=true&limit=2"
    );
    site.put(&query, 200, "text/x-ndjson", rows[..2].concat());
    let rest = format!("{query}&from=20260205110000");
    site.put(&rest, 200, "text/x-ndjson", rows[1..].concat());
    let last = format!("{query}&from=20260205120000");
    site.put(&last, 200, "text/x-ndjson", rows[2..].concat());
    let channel = format!(
        "[[channel]]\nkind = \"memento\"\nurl = \"{}\"\narchive = \"{}\"\ncdx = \"/town/cdx\"\n\
         replay = \"/town/\"\nlimit = 2\n",
        site.url("/one"),
        site.url("/")
    );
    let source = site.feed_source("The Harbor Herald", "/feed.xml") + &channel;
    workspace.write("config/sources/herald.toml", &source);
    assert_eq!(workspace.crawl(&[])["captures"], 5, "two pages and three copies");
}

#[test]
fn a_json_interface_announces_pages_and_their_words_come_as_json() {
    let site = Site::new();
    let page = |number: u32, link: &str| {
        format!("{{\"pages\": 2, \"results\": [{{\"link\": \"{link}\", \"n\": {number}}}]}}")
    };
    site.put(
        "/search/1.json",
        200,
        "application/json",
        page(1, "/news/one.html"),
    );
    site.put(
        "/search/2.json",
        200,
        "application/json",
        page(2, "/news/two.html"),
    );
    let model = |paragraphs: &[&str]| {
        let text: String = paragraphs.iter().map(|words| format!("<p>{words}</p>")).collect();
        serde_json::json!({"title": "Words of the mayor", "items": {"a": {"text": text, "id": "x"}}})
            .to_string()
    };
    site.put(
        "/content/news/one.model.json",
        200,
        "application/json",
        model(&FIRST),
    );
    site.put(
        "/content/news/two.model.json",
        200,
        "application/json",
        model(&SECOND),
    );
    let workspace = Workspace::new();
    let source = format!(
        "name = \"City Hall\"\nkind = \"official\"\nhome = \"{}\"\nallow_private = true\n\
         [[channel]]\nkind = \"json\"\nurl = \"{}\"\nitems = \"/results\"\nlink = \"/link\"\n\
         total_pages = \"/pages\"\nfetch = \"{{/link}}\"\n\
         replace = [[\"/news/\", \"/content/news/\"], [\".html\", \".model.json\"]]\n\
         [read]\njson_text = [\"text\"]\njson_title = \"/title\"\n",
        site.url("/"),
        site.url("/search/{page}.json"),
    );
    workspace.write("config/sources/hall.toml", &source);
    assert_eq!(workspace.crawl(&[])["captures"], 2);
    let hits = workspace.lines(0, &["search", "\"before the summer\"", "--json"]);
    assert_eq!(hits[0]["url"], site.url("/news/one.html"), "{hits:?}");
    assert_eq!(hits[0]["title"], "Words of the mayor");
    workspace.run(0, &["search", "\"waited for three months\""]);
    workspace.run(0, &["verify", "--all"]);
    assert_eq!(workspace.crawl(&["--revisit"])["captures"], 0);
    let why = workspace.lines(
        0,
        &["explain", &site.url("/content/news/one.model.json"), "--json"],
    );
    assert_eq!(why[0]["would_fetch"], true, "{why:?}");
    let why = workspace.lines(1, &["explain", &site.url("/news/three.html"), "--json"]);
    assert_eq!(why[0]["findings"][1]["check"], "scope", "{why:?}");
    let planned = workspace.lines(0, &["schedule", "--json"]);
    assert_eq!(planned.len(), 3, "{planned:?}");
}

/// An answer of an interface that gives the words of its pages; the first has a day.
fn giving(site: &Site, texts: &[(&str, &[&str])]) -> String {
    let items = texts.iter().map(|(path, paragraphs)| {
        let text: String = paragraphs.iter().map(|words| format!("<p>{words}</p>")).collect();
        serde_json::json!({"link": site.url(path), "title": {"rendered": "Words of the mayor"},
            "date": "2026-02-05T10:00:00", "by": "Ida Brandt", "content": {"rendered": text}})
    });
    serde_json::Value::from(items.collect::<Vec<_>>()).to_string()
}

#[test]
fn a_json_interface_may_give_whole_documents_and_their_pages_are_not_asked_for() {
    let site = Site::new();
    let put = |path: &str, texts: &[(&str, &[&str])]| {
        site.put(path, 200, "application/json", giving(&site, texts));
        // As WordPress says of each of its answers, and not of the posts.
        site.field(path, "x-robots-tag", "noindex");
    };
    put("/api/1", &[("/news/one", &FIRST), ("/news/three", &[])]);
    put("/api/2", &[("/news/two", &SECOND)]);
    put("/api/3", &[]);
    site.put_page(
        "/news/one",
        "Not asked for",
        "2026-02-05",
        &["Nobody reads this page at all."],
    );
    site.put_page(
        "/news/three",
        "Asked for",
        "2026-02-05",
        &["The interface has no text of this page."],
    );
    let workspace = Workspace::new();
    let source = format!(
        "name = \"City Hall\"\nkind = \"official\"\nhome = \"{}\"\nallow_private = true\n\
         time_zone = \"America/New_York\"\n\
         [[channel]]\nkind = \"json\"\nurl = \"{}\"\nitems = \"\"\nlink = \"/link\"\n\
         title = \"/title/rendered\"\ndate = \"/date\"\n",
        site.url("/"),
        site.url("/api/{page}"),
    );
    let giving = "body = \"/content/rendered\"\nauthor = \"/by\"\n";
    workspace.write("config/sources/hall.toml", &(source.clone() + giving));
    assert_eq!(workspace.crawl(&[])["captures"], 3, "two answers and a page");
    let hit = |query: &str| workspace.lines(0, &["search", query, "--json"]).remove(0);
    let first = hit("\"before the summer\"");
    assert_eq!(first["url"], site.url("/news/one"), "{first:?}");
    assert_eq!(first["title"], "Words of the mayor");
    assert_eq!(first["published"], "2026-02-05T10:00:00");
    assert_eq!(hit("\"waited for three months\"")["url"], site.url("/news/two"));
    workspace.run(0, &["search", "\"no text of this page\"", "--kind", "documents"]);
    let asked = || ["/news/one", "/news/two", "/news/three"].map(|path| site.asked(path));
    assert_eq!(asked(), [0, 0, 1]);
    let why = workspace.lines(1, &["explain", &site.url("/news/one"), "--json"]);
    assert_eq!(why[0]["would_fetch"], false, "{why:?}");
    workspace.run(0, &["verify", "--all"]);

    // The capture that proves the quote is the interface's answer, and the same answer again is no other one.
    let capture = first["capture"].as_str().expect("an id");
    workspace.run(0, &["verify", capture]);
    assert_eq!(workspace.crawl(&["--revisit"])["captures"], 0);
    let mut edited = FIRST;
    edited[1] = "“The landing will be rebuilt before the winter,” said Mayor Ana Lima on Tuesday.";
    put("/api/1", &[("/news/one", &edited), ("/news/three", &[])]);
    assert_eq!(workspace.crawl(&["--revisit"])["captures"], 1);
    let second = hit("\"before the winter\"");
    assert_eq!(
        (&second["url"], second["document"] == first["document"]),
        (&first["url"], true)
    );
    assert_ne!(second["capture"], first["capture"]);
    // A further page goes back to what it gave before.
    put("/api/2", &[]);
    workspace.crawl(&[]);
    put("/api/2", &[("/news/two", &SECOND)]);
    workspace.crawl(&[]);
    workspace.run(0, &["verify", "--all"]);
    assert_eq!(site.asked("/news/two"), 0);

    // Without `body` the pages are pages again.
    workspace.write("config/sources/hall.toml", &source);
    workspace.crawl(&["--revisit"]);
    assert_eq!(site.asked("/news/one"), 1);
    // What nothing says any more how to read stays as it was read.
    workspace.run(0, &["search", "\"waited for three months\""]);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn one_text_given_by_a_page_and_by_an_interface_is_one_wording() {
    let site = Site::new();
    site.put(
        "/api",
        200,
        "application/json",
        giving(&site, &[("/news/one", &FIRST)]),
    );
    site.put_page("/news/one", "Words of the mayor", "2026-02-05", &FIRST);
    let workspace = Workspace::new();
    let source = format!(
        "name = \"City Hall\"\nkind = \"official\"\nhome = \"{}\"\nallow_private = true\n\
         [[channel]]\nkind = \"json\"\nurl = \"{}\"\nitems = \"\"\nlink = \"/link\"\n\
         title = \"/title/rendered\"\n",
        site.url("/"),
        site.url("/api"),
    );
    workspace.write("config/sources/hall.toml", &source);
    assert_eq!(workspace.crawl(&[])["captures"], 1);
    let capture = |query: &str| workspace.lines(0, &["search", query, "--json"])[0]["capture"].clone();
    let page = capture("\"before the summer\"");
    let given = source + "body = \"/content/rendered\"\n";
    workspace.write("config/sources/hall.toml", &given);
    assert_eq!(workspace.crawl(&[])["captures"], 1);
    assert_eq!(capture("\"before the summer\""), page, "nothing was written anew");
    let mut edited = FIRST;
    edited[1] = "“The landing will be rebuilt before the winter,” said Mayor Ana Lima on Tuesday.";
    site.put(
        "/api",
        200,
        "application/json",
        giving(&site, &[("/news/one", &edited)]),
    );
    assert_eq!(workspace.crawl(&[])["captures"], 1);
    assert_ne!(capture("\"before the winter\""), page);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_page_that_moved_for_good_is_current_at_its_new_address_alone() {
    let (old, new) = (Site::new(), Site::new());
    for site in [&old, &new] {
        site.put_feed("/feed.xml", &["/news/one"]);
        site.put_page("/news/one", "Words of the mayor", "2026-02-05", &FIRST);
    }
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/hall.toml",
        &format!(
            "name = \"City Hall\"\nkind = \"official\"\nhome = \"{}\"\nallow_private = true\n\
             [[channel]]\nkind = \"feed\"\nurl = \"{}\"\n[[channel]]\nkind = \"feed\"\nurl = \"{}\"\n",
            old.url("/"),
            old.url("/feed.xml"),
            new.url("/feed.xml"),
        ),
    );
    workspace.crawl(&[]);
    let urls = || -> Vec<String> {
        let hits = workspace.lines(0, &["search", "\"before the summer\"", "--json"]);
        hits.iter()
            .map(|hit| hit["url"].as_str().expect("an address").to_string())
            .collect()
    };
    assert_eq!(urls().len(), 2);
    let search = ["searches", "add", "landing", "landing", "--kind", "all"];
    workspace.run(0, &search);
    // For a while it only leads there; then it says that it is there for good.
    for (status, current) in [(302, 2), (301, 1)] {
        old.put("/news/one", status, "text/html", "");
        old.field("/news/one", "location", &new.url("/news/one"));
        workspace.crawl(&["--revisit"]);
        assert_eq!(urls().len(), current, "{status}");
    }
    assert_eq!(urls(), [new.url("/news/one")]);
    let why = workspace.lines(0, &["explain", &old.url("/news/one"), "--json"]);
    assert!(why[0]["findings"].to_string().contains("for good"), "{why:?}");
    let moved = |key: &str| workspace.lines(0, &["status", "--json"])[0]["moved"][0][key].clone();
    assert_eq!(
        (moved("url"), moved("to")),
        (old.url("/news/one").into(), new.url("/news/one").into())
    );
    let since = moved("moved_at");
    workspace.crawl(&["--revisit"]);
    assert_eq!(moved("moved_at"), since, "the visit that first found it so");
    let printed = crate::support::text(&workspace.run(0, &["status"]).stdout);
    assert!(printed.contains("moved for good to"), "{printed}");
    let alerts = workspace
        .command(&["searches", "alerts", "landing", "--json"])
        .output();
    let alerts = crate::support::text(&alerts.expect("it runs").stdout);
    assert_eq!(alerts, "", "what is said as before is no news");
    old.put_page("/news/one", "Words of the mayor", "2026-02-05", &FIRST);
    workspace.crawl(&["--revisit"]);
    assert_eq!((moved("url"), urls().len()), (Value::Null, 2), "it is back");
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_page_that_says_the_same_at_its_new_address_is_told_to_have_moved() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    site.put_page("/moved", "Landing to be rebuilt", "2026-02-04", &FIRST);
    site.put("/one", 301, "text/html", "");
    site.field("/one", "location", &site.url("/moved"));
    workspace.crawl(&["--revisit"]);
    let status = workspace.lines(0, &["status", "--json"]);
    let moved = status[0]["moved"].as_array().expect("a list");
    assert_eq!(moved.len(), 1, "{status:?}");
    assert_eq!(moved[0]["to"], site.url("/moved"));
    // It is held as it was.
    workspace.run(0, &["search", "\"before the summer\""]);
}

#[test]
fn an_address_that_led_elsewhere_from_the_first_visit_on_names_the_page_that_it_leads_to() {
    let (site, workspace) = tracked();
    site.put_page("/moved", "Landing to be rebuilt", "2026-02-04", &FIRST);
    site.put("/one", 301, "text/html", "");
    site.field("/one", "location", &site.url("/moved"));
    workspace.crawl(&[]);
    for address in [site.url("/one"), site.url("/moved")] {
        workspace.run(0, &["verify", &address]);
    }
}

#[test]
fn the_pages_of_a_renamed_source_are_asked_for_at_once_and_its_old_name_is_gone() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    // What the feed lists no more goes along as well.
    site.put_feed("/feed.xml", &["/two"]);
    let file = |name: &str| workspace.path().join(format!("config/sources/{name}.toml"));
    std::fs::rename(file("herald"), file("bay-herald")).expect("renamed");
    let round = workspace.crawl(&["--revisit"]);
    assert_eq!(
        (&round["pages"], &round["unchanged"]),
        (&2.into(), &2.into()),
        "{round}"
    );
    let sources: Vec<Value> = workspace
        .lines(0, &["status", "--json"])
        .iter()
        .filter_map(|line| line.get("source").cloned())
        .collect();
    assert_eq!(sources, ["bay-herald"]);
    let held = workspace.lines(
        0,
        &["search", "source:=bay-herald", "--kind", "documents", "--json"],
    );
    assert_eq!(held.len(), 2);
}

#[test]
fn the_pages_of_a_source_stay_where_its_channel_goes_to_another_while_it_is_configured() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    site.put_feed("/other.xml", &[]);
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/other.xml"),
    );
    workspace.write(
        "config/sources/star.toml",
        &site.feed_source("The Star", "/feed.xml"),
    );
    workspace.crawl(&[]);
    let held = workspace.lines(0, &["search", "source:=herald", "--kind", "documents", "--json"]);
    assert_eq!(held.len(), 2);
}

#[test]
fn what_a_source_that_is_gone_published_keeps_its_name_and_kind() {
    let (site, workspace) = tracked();
    let source = site
        .feed_source("City Hall", "/feed.xml")
        .replace("\"news\"", "\"official\"");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    std::fs::remove_file(workspace.path().join("config/sources/herald.toml")).expect("removed");
    workspace.crawl(&[]);
    let hits = workspace.lines(0, &["search", "kind:official \"before the summer\"", "--json"]);
    assert_eq!(hits[0]["source_name"], "City Hall");
    let cited = crate::support::text(&workspace.run(0, &["export", "bibtex", "landing"]).stdout);
    assert!(
        cited.contains("City Hall") && !cited.contains("herald}"),
        "{cited}"
    );
}

#[test]
fn the_pages_of_a_source_under_another_name_are_taken_over() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    let file = |name: &str| workspace.path().join(format!("config/sources/{name}.toml"));
    std::fs::rename(file("herald"), file("bay-herald")).expect("renamed");
    workspace.crawl(&[]);
    let held = |source: &str| {
        let query = format!("source:={source}");
        let output = workspace
            .command(&["search", &query, "--kind", "documents", "--json"])
            .output();
        crate::support::text(&output.expect("it runs").stdout)
            .lines()
            .count()
    };
    assert_eq!((held("bay-herald"), held("herald")), (2, 0));
    let why = workspace.lines(0, &["explain", &site.url("/one"), "--json"]);
    assert!(
        why[0]["findings"]
            .to_string()
            .contains("taken over from the source `herald`"),
        "{why:?}"
    );
    site.put_page(
        "/one",
        "Landing to be rebuilt",
        "2026-02-04",
        &[SECOND[0], FIRST[1], FIRST[2]],
    );
    assert_eq!(workspace.crawl(&["--revisit"])["revisions"], 1);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_channel_that_two_sources_name_is_complained_of() {
    let (site, workspace) = tracked();
    workspace.write(
        "config/sources/star.toml",
        &site.feed_source("The Star", "/feed.xml"),
    );
    let told = "is named by `star` and by `herald`";
    for (arguments, is_told_on_error) in [
        (&["sources", "list"][..], true),
        (&["crawl", "--once"], true),
        (&["status"], false),
    ] {
        let output = workspace.run(0, arguments);
        let said = if is_told_on_error {
            output.stderr
        } else {
            output.stdout
        };
        let said = crate::support::text(&said);
        assert!(said.contains(told), "{arguments:?}: {said}");
    }
}

#[test]
fn what_was_announced_before_its_file_said_that_it_is_given_is_read_from_the_next_answer() {
    let site = Site::new();
    site.put(
        "/api",
        200,
        "application/json",
        giving(&site, &[("/news/one", &FIRST)]),
    );
    site.put("/news/one", 404, "text/html", "");
    let workspace = Workspace::new();
    let source = format!(
        "name = \"City Hall\"\nkind = \"official\"\nhome = \"{}\"\nallow_private = true\n\
         [[channel]]\nkind = \"json\"\nurl = \"{}\"\nitems = \"\"\nlink = \"/link\"\n",
        site.url("/"),
        site.url("/api"),
    );
    workspace.write("config/sources/hall.toml", &source);
    assert_eq!(workspace.crawl(&[])["captures"], 0);
    workspace.write(
        "config/sources/hall.toml",
        &(source + "body = \"/content/rendered\"\n"),
    );
    assert_eq!(
        workspace.crawl(&[])["captures"],
        1,
        "the same answer, read for its texts"
    );
    workspace.run(0, &["search", "\"before the summer\""]);
    assert_eq!(site.asked("/news/one"), 1);
}

#[test]
fn a_search_index_that_is_gone_is_made_again() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    let before = workspace.lines(0, &["search", "", "--kind", "all", "--sort", "oldest", "--json"]);
    std::fs::remove_dir_all(workspace.path().join("index/search")).expect("removed");
    let after = workspace.lines(0, &["search", "", "--kind", "all", "--sort", "oldest", "--json"]);
    let mut ids =
        [before, after].map(|hits| hits.iter().map(|hit| hit["id"].to_string()).collect::<Vec<_>>());
    ids.iter_mut().for_each(|ids| ids.sort());
    assert_eq!(ids[0], ids[1]);
    assert!(ids[0].len() >= 4, "{ids:?}");
}

#[test]
fn a_damaged_search_index_is_made_again_with_a_word_and_no_crash() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    let before = workspace.lines(0, &["search", "", "--json"]);
    for ending in ["store", "term", "idx", "fast"] {
        let generation = index_generation(&workspace);
        let files = std::fs::read_dir(&generation).expect("a folder").flatten();
        let mut damaged = 0;
        for path in files.map(|file| file.path()) {
            if path.extension().is_some_and(|it| it == ending) {
                let bytes = std::fs::read(&path).expect("bytes");
                std::fs::write(&path, bytes.iter().map(|byte| !byte).collect::<Vec<_>>()).expect("written");
                damaged += 1;
            }
        }
        assert!(damaged > 0, "{ending}");
        assert_eq!(workspace.lines(0, &["search", "", "--json"]), before, "{ending}");
        assert_ne!(index_generation(&workspace), generation, "{ending}");
    }
}

/// The folder of the search index that is current.
fn index_generation(workspace: &Workspace) -> std::path::PathBuf {
    let search = workspace.path().join("index/search");
    let name = std::fs::read_to_string(search.join("CURRENT")).expect("a name");
    search.join(name)
}

#[test]
fn an_index_is_made_anew_when_it_is_asked_for_and_later_crawls_go_on_with_it() {
    let (site, workspace) = tracked();
    workspace.crawl(&[]);
    let (before, old) = (
        workspace.lines(0, &["search", "", "--json"]),
        index_generation(&workspace),
    );
    workspace.run(0, &["reindex"]);
    assert_ne!(index_generation(&workspace), old);
    assert!(!old.exists());
    assert_eq!(workspace.lines(0, &["search", "", "--json"]), before);
    site.put_feed("/feed.xml", &["/one", "/two", "/three"]);
    site.put_page(
        "/three",
        "Ferry back",
        "2026-02-09",
        &["“The ferry sails again,” said Mayor Ana Lima on Monday."],
    );
    workspace.crawl(&[]);
    assert_eq!(
        workspace.lines(0, &["search", "", "--json"]).len(),
        before.len() + 1
    );
}

#[test]
fn every_trouble_leaves_an_outcome_on_record_and_stops_nothing_else() {
    let (site, workspace) = tracked();
    let missing = [
        "/one",
        "/gone",
        "/private/x",
        "/empty",
        "/latin",
        "/loop",
        "/huge",
        "/two",
    ];
    site.put_feed("/feed.xml", &missing);
    site.put("/empty", 200, "text/html", "");
    let latin = page(
        "Été à la plage",
        "2026-02-05",
        &["La mairie a fermé la plage de la forêt, où l’été a été long."],
    );
    let latin: Vec<u8> = latin
        .chars()
        .map(|letter| {
            if letter == '’' {
                0x92
            } else {
                u8::try_from(u32::from(letter)).expect("Latin-1")
            }
        })
        .collect();
    // The page says one charset and is written in another.
    site.put("/latin", 200, "text/html; charset=utf-8", latin);
    site.redirect("/loop", "/loop");
    site.put("/huge", 200, "text/html", vec![b'a'; 400_000]);
    site.put(
        "/bad.xml",
        200,
        "application/rss+xml",
        "<html><body>Sorry</body></html>",
    );
    let dead = "name = \"Gone\"\nkind = \"news\"\nhome = \"http://127.0.0.1:9/\"\nallow_private = true\n\
                [[channel]]\nkind = \"feed\"\nurl = \"http://127.0.0.1:9/feed\"\n";
    workspace.write("config/sources/dead.toml", dead);
    workspace.write(
        "config/sources/malformed.toml",
        &site.feed_source("Malformed", "/bad.xml"),
    );
    let summary = workspace.crawl(&[]);
    let outcome = |end: &str| {
        let troubles = summary["troubles"].as_array().expect("a list");
        let found = troubles
            .iter()
            .find(|trouble| trouble["url"].as_str().is_some_and(|url| url.ends_with(end)));
        found
            .map_or("none", |trouble| trouble["outcome"].as_str().expect("a word"))
            .to_string()
    };
    assert_eq!(outcome("/gone"), "not_found");
    assert_eq!(outcome("/private/x"), "robots_disallowed");
    assert_eq!(outcome("/empty"), "empty");
    assert_eq!(outcome("/loop"), "too_many_redirects");
    assert_eq!(outcome("/huge"), "too_large");
    assert_eq!(outcome("/bad.xml"), "malformed");
    assert_eq!(outcome(":9/feed"), "unreachable");
    assert_eq!(summary["captures"], 3);
    assert_eq!(site.asked("/private/x"), 0);
    let status = String::from_utf8(workspace.run(0, &["status"]).stdout).expect("UTF-8");
    for word in [
        "not_found",
        "robots_disallowed",
        "empty",
        "malformed",
        "too_large",
    ] {
        assert!(status.contains(word), "{word} in\n{status}");
    }
    let notices = workspace.lines(0, &["search", "--kind", "documents", "plage", "--json"]);
    assert_eq!(
        notices.len(),
        1,
        "the page in the wrong charset is read: {notices:?}"
    );
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn every_kind_of_channel_is_read() {
    let site = Site::new();
    for name in ["atom", "json", "map", "list"] {
        let path = format!("/{name}/1");
        site.put_page(&path, &format!("News by {name}"), "2026-02-06", &FIRST);
    }
    site.put_page("/list/2", "News by the second page", "2026-02-06", &SECOND);
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>a</title><link href=\"{}\"/></entry></feed>",
        site.url("/atom/1")
    );
    site.put("/atom.xml", 200, "application/atom+xml", atom);
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"url\":\"{}\"}}]}}",
        site.url("/json/1")
    );
    site.put("/feed.json", 200, "application/feed+json", json);
    let index = format!(
        "<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>",
        site.url("/map.xml")
    );
    site.put("/index.xml", 200, "application/xml", index);
    site.put(
        "/map.xml",
        200,
        "application/xml",
        format!("<urlset><url><loc>{}</loc></url></urlset>", site.url("/map/1")),
    );
    let list =
        "<ul><li class=n><a href=\"/list/1\">One</a></li></ul><a rel=next href=\"/list?page=2\">older</a>";
    site.put("/list", 200, "text/html", list);
    site.put("/feed", 200, "text/html", "");
    let workspace = Workspace::new();
    let channel = |kind: &str, path: &str, more: &str| {
        format!(
            "[[channel]]\nkind = \"{kind}\"\nurl = \"{}\"\n{more}\n",
            site.url(path)
        )
    };
    let channels = [
        channel("feed", "/atom.xml", ""),
        channel("feed", "/feed.json", ""),
        channel("sitemap", "/index.xml", ""),
        channel("listing", "/list", "item = \"li.n\"\nmax_pages = 3"),
    ];
    workspace.write(
        "config/sources/town.toml",
        &site.source("Town", &channels.concat()),
    );
    // The second page of the list is the same address with a query, which this site does not tell apart.
    let summary = workspace.crawl(&[]);
    assert_eq!(summary["captures"], 4, "{summary}");
    for name in ["atom", "json", "map", "list"] {
        workspace.run(
            0,
            &["search", "--kind", "documents", &format!("\"news by {name}\"")],
        );
    }
}

#[test]
fn an_empty_answer_says_what_is_known_of_it() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    let told = |query: &str, expected: &str| {
        let output = workspace.run(1, &["search", query]);
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(told.contains(expected), "{query}: {told}");
    };
    told(
        "speaker:lmia landing",
        "nothing held has `speaker:\"lmia\"`; did you mean `speaker:\"lima\"`?",
    );
    told("unheardof", "nothing held has `unheardof`");
    told(
        "\"walk out\" kind:news",
        "1 document has it: ask for the kind `documents`",
    );
    told("speaker:lima speaker:cruz", "nothing has all of them");
    workspace.set("[topics]\ndocks = \"dock\"");
    told(
        "speaker:lima",
        "`speaker:\"lima\"` is found, but not where it was looked for: off the topics asked for (",
    );
    told(
        "speaker:lima topic:all asof:2020-01-01",
        "looked for: in a wording of another time (",
    );
}

#[test]
fn an_archive_file_that_was_written_anew_is_one_finding_and_its_records_are_checked() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    let folder = workspace.path().join("index/archive");
    let path = workspace.segments().remove(0);
    // The same records, packed otherwise; in one of them a word is another.
    let mut anew = Vec::new();
    let mut changed = 0;
    for item in archive::records(&path).expect("records") {
        let (location, _) = item.expect("a record");
        let packed = archive::member(&folder, &location).expect("a member");
        let mut bytes = Vec::new();
        GzDecoder::new(&packed[..])
            .read_to_end(&mut bytes)
            .expect("unpacked");
        let text = "before the summer".as_bytes();
        if let Some(at) = bytes.windows(text.len()).position(|window| window == text) {
            bytes[at..at + text.len()].copy_from_slice(b"before the winter");
            changed += 1;
        }
        let mut packer = GzEncoder::new(&mut anew, Compression::none());
        packer.write_all(&bytes).expect("packed");
        packer.finish().expect("packed");
    }
    assert_eq!(changed, 1);
    std::fs::write(&path, &anew).expect("written");
    let told = workspace.lines(2, &["verify", "--json"]);
    let of = |kind: &str| told.iter().filter(|finding| finding["finding"] == kind).count();
    assert_eq!((of("rewritten"), of("quote")), (1, 1), "{told:?}");
    assert!(of("record") > 0, "{told:?}");
    // What cannot be read at all is said of each record, and of none of their quotes.
    std::fs::write(&path, "nothing of what was there").expect("written");
    let told = workspace.lines(2, &["verify", "--json"]);
    let of = |kind: &str| told.iter().filter(|finding| finding["finding"] == kind).count();
    assert!(of("record") > 1 && of("shorter") == 1, "{told:?}");
    // The shorter file is one more, and so is the summary at the end.
    assert_eq!(of("record") + 2, told.len(), "{told:?}");
    let summary = &told[told.len() - 1]["summary"];
    assert_eq!(summary["not_as_archived"], told.len() - 1, "{told:?}");
}

#[test]
fn an_export_is_of_the_days_and_lanes_that_are_asked_for() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    let written = |arguments: &[&str]| {
        let output = workspace.run(0, &[&["export"], arguments].concat());
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let all = written(&["jsonl", "kind:news"]).lines().count();
    let some = written(&["jsonl", "kind:news", "--from", "2026-02-05", "--to", "2026-02-28"]);
    assert!(!some.is_empty() && some.lines().count() < all, "{some}");
    assert!(written(&["vis", "kind:news", "--lanes", "source"]).contains("The Harbor Herald"));
    let references = written(&["bibtex", "kind:news"]);
    assert_eq!(references.matches("@misc").count(), 2, "{references}");
    assert!(written(&["bibtex", "kind:news", "--kind", "quotes"]).contains("@misc{said-"));
    workspace.run(2, &["export", "csv", "kind:news", "--lanes", "source"]);
    workspace.run(
        2,
        &[
            "export",
            "csv",
            "kind:news",
            "--from",
            "2026-02-05",
            "--to",
            "2026-02-01",
        ],
    );
}

#[test]
fn a_timeline_is_written_in_every_format() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    for (format, mark) in [
        ("csv", "day,until,edtf"),
        ("json", "\"kind\":\"said\""),
        ("timelinejs", "\"events\""),
        ("ics", "BEGIN:VEVENT"),
    ] {
        let output = workspace.run(0, &["timeline", "landing", "--format", format]);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(text.contains(mark), "{format}: {text}");
    }
    workspace.run(1, &["timeline", "nothingatall"]);
}

#[test]
fn a_changed_byte_of_the_archive_is_found_by_verify() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    let path = workspace.segments().remove(0);
    let mut bytes = std::fs::read(&path).expect("read");
    let at = bytes.len() - 300;
    bytes[at] ^= 1;
    std::fs::write(&path, bytes).expect("written");
    let findings = workspace.lines(2, &["verify", "--all", "--json"]);
    assert!(
        findings.iter().any(|finding| finding["finding"] == "record"),
        "{findings:?}"
    );
}

#[test]
fn the_archive_passes_the_check_of_warcio() {
    let Ok(version) = std::process::Command::new("warcio").arg("--version").output() else {
        assert!(
            std::env::var_os("TESTS_NEED_WARCIO").is_none(),
            "warcio is not installed"
        );
        eprintln!("warcio is not installed: its check of the archive was not made");
        return;
    };
    assert!(version.status.success());
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    workspace.crawl(&["--revisit"]);
    for path in workspace.segments() {
        let checked = std::process::Command::new("warcio")
            .arg("check")
            .arg("-v")
            .arg(&path)
            .output()
            .expect("runs");
        let told = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert!(checked.status.success(), "{told}");
        assert!(!told.contains("fail"), "{told}");
    }
}
