//! What `verify` finds where rows or the archive were altered: what it says is what it checks.

use std::path::PathBuf;

use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::support::site::Site;
use crate::support::{Workspace, text};

const PAGES: usize = 3;

/// A feed of a few pages with a quote each, crawled; the files of the archive hold few records each.
fn tracked() -> (Site, Workspace) {
    let site = Site::new();
    let paths: Vec<String> = (0..PAGES).map(|number| format!("/news/{number}")).collect();
    let announced: Vec<&str> = paths.iter().map(String::as_str).collect();
    site.put_feed("/feed.xml", &announced);
    for path in &announced {
        let words = format!(
            "“I will not sell the pier of {path}, and I will not help anyone buy it,” Mayor Ada Quill said on Monday. \
             Bids must be filed no later than March 3, 2026."
        );
        site.put_page(
            path,
            &format!("The pier of {path} stays"),
            "2026-02-04",
            &[&words],
        );
    }
    let workspace = Workspace::new();
    workspace.set("[archive]\nsegment_bytes = 3000");
    workspace.write(
        "config/sources/harbor.toml",
        &site.feed_source("Harbor News", "/feed.xml"),
    );
    workspace.crawl(&[]);
    (site, workspace)
}

/// Has the database altered by somebody else's program; each statement must touch a row.
fn alter(workspace: &Workspace, statements: &[&'static str]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let options = SqliteConnectOptions::new().filename(workspace.path().join("index/onrecord.db"));
        let mut connection: SqliteConnection = options.connect().await.expect("opened");
        for statement in statements {
            let done = sqlx::query(*statement)
                .execute(&mut connection)
                .await
                .expect("altered");
            assert!(done.rows_affected() > 0, "{statement}");
        }
        connection.close().await.expect("closed");
    });
}

/// What `verify` finds once the database is altered so.
#[track_caller]
fn found(statement: &'static str) -> Vec<Value> {
    let (_site, workspace) = tracked();
    workspace.run(0, &["verify"]);
    alter(&workspace, &[statement]);
    let mut told = workspace.lines(2, &["verify", "--json"]);
    let summary = told.pop().expect("a summary at the end");
    let count = |name: &str| summary["summary"][name].as_u64().expect("a count");
    assert_eq!(
        count("not_as_archived") + count("not_read"),
        told.len() as u64,
        "{told:?}"
    );
    told
}

/// Every page's row of a kind is found, each with its capture and both values.
#[track_caller]
fn check_each(statement: &'static str, of: &str, told: &[&str]) {
    let findings = found(statement);
    let is_told = |finding: &&Value| {
        let problem = finding["problem"].as_str().unwrap_or_default();
        finding["of"] == of
            && finding["capture"].as_str().is_some_and(|id| id.len() == 36)
            && told.iter().all(|words| problem.contains(words))
    };
    assert_eq!(findings.iter().filter(is_told).count(), PAGES, "{findings:?}");
}

#[test]
fn words_that_are_printed_and_are_not_those_of_the_text_are_found() {
    check_each(
        "UPDATE quotes SET words = REPLACE(words, 'will not help', 'will help')",
        "quote",
        &["will help anyone", "will not help anyone"],
    );
}

#[test]
fn a_speaker_who_is_not_named_in_the_capture_is_found() {
    check_each(
        "UPDATE quotes SET speaker_name = 'Bo Marsh', speaker_id = 'bo-marsh'",
        "quote",
        &["speaker on record: “Bo Marsh”", "Ada Quill"],
    );
}

#[test]
fn a_day_that_the_capture_does_not_give_is_found() {
    check_each(
        "UPDATE quotes SET said_edtf = '2026-01-05', said_earliest = '2026-01-05', said_latest = '2026-01-05'",
        "quote",
        &["day it was said", "2026-01-05", "2026-02-02"],
    );
    check_each(
        "UPDATE found_dates SET mentions = REPLACE(mentions, '\"2026-03-03\"', '\"2026-04-09\"')",
        "revision",
        &["2026-04-09, a deadline", "2026-03-03, a deadline"],
    );
    check_each(
        "UPDATE revisions SET published = '2020-01-01'",
        "revision",
        &["time of publication", "2020-01-01", "2026-02-04"],
    );
}

#[test]
fn a_headline_and_a_text_that_the_capture_does_not_have_are_found() {
    check_each(
        "UPDATE revisions SET title = REPLACE(title, 'stays', 'is sold')",
        "revision",
        &["is sold”", "stays”"],
    );
    check_each(
        "UPDATE revisions SET text = REPLACE(text, 'no later', 'any later')",
        "revision",
        &["whose digest was saved"],
    );
    // Also where the digest was reckoned anew, or spans do not fit any more: one bad row does not end the check.
    let findings = found("UPDATE revisions SET text = 'Short.'");
    assert!(findings.len() >= PAGES, "{findings:?}");
    assert!(
        findings.iter().all(|finding| finding["of"] == "revision"),
        "{findings:?}"
    );
}

#[test]
fn an_address_and_a_time_that_are_not_those_of_the_record_are_found() {
    check_each(
        "UPDATE captures SET url = REPLACE(url, '/news/', '/views/') WHERE role = 'page'",
        "capture",
        &["/views/", "/news/"],
    );
    check_each(
        "UPDATE captures SET fetched_at = '2020-01-01T00:00:00.000Z' WHERE role = 'page'",
        "capture",
        &["2020-01-01"],
    );
    check_each(
        "UPDATE captures SET fetched_at = 'yesterday' WHERE role = 'page'",
        "capture",
        &["no valid instant"],
    );
}

#[test]
fn rows_that_are_gone_or_were_added_are_found() {
    check_each("DELETE FROM quotes", "quote", &["there is no row of it"]);
    check_each("DELETE FROM revisions", "revision", &["there is no row of it"]);
    let findings = found(
        "INSERT INTO revisions (id, document_id, capture_id, fetched_at, recorded_at, read_by, title, authors,
         publisher, language, canonical_url, published, published_method, modified, modified_method, genre, text,
         text_sha256, blocks, notices, genre_evidence, found_by, agreement, section, facts)
         SELECT 'r' || id, document_id, 'nothing', fetched_at, recorded_at, read_by, title, authors,
         publisher, language, canonical_url, published, published_method, modified, modified_method, genre, text,
         text_sha256, blocks, notices, genre_evidence, found_by, agreement, section, facts FROM revisions",
    );
    let unattached = findings
        .iter()
        .filter(|finding| finding["finding"] == "unattached");
    assert_eq!(unattached.count(), PAGES, "{findings:?}");
}

#[test]
fn what_an_earlier_reader_wrote_is_told_and_is_no_finding() {
    let (_site, workspace) = tracked();
    alter(
        &workspace,
        &[
            "UPDATE captures SET read_by = 'extract-0' WHERE role = 'page'",
            "UPDATE revisions SET read_by = 'extract-0', published = '2026-02-03'",
        ],
    );
    let told = text(&workspace.run(0, &["verify"]).stdout);
    assert!(
        told.contains(&format!("{PAGES} captures were read by an earlier version")),
        "{told}"
    );
    // Words are compared whoever read them.
    alter(
        &workspace,
        &["UPDATE quotes SET words = REPLACE(words, 'not', 'surely')"],
    );
    workspace.run(2, &["verify"]);
}

#[test]
fn a_row_that_passes_for_another_reader_s_is_counted_as_not_compared() {
    let (_site, workspace) = tracked();
    alter(
        &workspace,
        &["UPDATE revisions SET read_by = 'x', published = '2020-01-01'"],
    );
    let told = text(&workspace.run(0, &["verify"]).stdout);
    assert!(
        told.contains(&format!("{PAGES} captures were read by an earlier version")),
        "{told}"
    );
    alter(
        &workspace,
        &["UPDATE captures SET role = 'channel' WHERE role = 'page'"],
    );
    let told = text(&workspace.run(2, &["verify"]).stdout);
    assert!(told.contains("is no page’s on record"), "{told}");
}

/// The archive's files, oldest first.
fn segments(workspace: &Workspace) -> Vec<PathBuf> {
    let mut segments = workspace.segments();
    segments.sort();
    segments
}

#[test]
fn a_file_that_holds_nothing_but_unchanged_visits_is_missed() {
    let (_site, workspace) = tracked();
    for _ in 0..3 {
        workspace.crawl(&["--revisit"]);
    }
    let segments = segments(&workspace);
    let [_, .., closed, newest] = segments.as_slice() else {
        panic!("several files: {segments:?}");
    };
    let elsewhere = workspace.path().join("elsewhere");
    let gone = |path: &PathBuf| {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        for arguments in [&["verify"][..], &["verify", "--all"]] {
            let told = text(&workspace.run(3, arguments).stdout);
            assert!(
                told.contains(&format!("{name} is gone, and with it 0 captures")),
                "{told}"
            );
        }
        let told = text(&workspace.run(0, &["status"]).stdout);
        assert!(told.contains(&name) && told.contains("LOOK: 1 file is"), "{told}");
    };
    std::fs::rename(closed, &elsewhere).expect("moved away");
    gone(closed);
    std::fs::rename(&elsewhere, closed).expect("moved back");
    std::fs::rename(newest, &elsewhere).expect("moved away");
    gone(newest);
    workspace.run(2, &["crawl", "--once"]);
    std::fs::rename(&elsewhere, newest).expect("moved back");
    workspace.run(0, &["verify", "--all"]);
    // One whose last records were cut off, each of the others whole.
    let bytes = std::fs::read(newest).expect("read");
    let opening = onrecord::archive::records(newest).expect("records").next();
    let (first, _) = opening.expect("a record").expect("sound");
    std::fs::write(newest, &bytes[..first.length as usize]).expect("written");
    let told = text(&workspace.run(2, &["verify", "--all"]).stdout);
    assert!(told.contains("was cut off"), "{told}");
}

#[test]
fn what_the_archive_holds_and_no_row_tells_of_is_told_until_it_is_read_back() {
    let (site, workspace) = tracked();
    let database = workspace.path().join("index/onrecord.db");
    let before = std::fs::read(&database).expect("read");
    let words = |verb: &str| {
        let said =
            format!("“I will {verb} the pier to whoever asks for it first,” Mayor Ada Quill said on Monday.");
        site.put_page("/news/0", "The pier of /news/0 stays", "2026-02-04", &[&said]);
        workspace.crawl(&["--revisit"]);
    };
    words("lease");
    let unknown = "records that are on no row";
    let told = |command: &str| text(&workspace.run(0, &[command]).stdout);
    assert!(!told("status").contains(unknown), "{}", told("status"));
    // Put back from a backup: the lease is in the archive alone, and the next crawl goes on behind it.
    std::fs::write(&database, &before).expect("put back");
    assert!(told("status").contains(unknown), "{}", told("status"));
    words("sell");
    for _ in 0..2 {
        assert!(told("status").contains(unknown), "{}", told("status"));
        assert!(told("verify").contains(unknown), "{}", told("verify"));
    }
    let lease = ["search", "lease speaker:quill asof:ever", "--json"];
    workspace.run(1, &lease);
    let crawled = workspace.crawl(&["--read-back"]);
    assert_eq!(crawled["read_back"], 1, "{crawled}");
    let found = workspace.lines(0, &lease);
    assert_eq!(found[0]["url"], site.url("/news/0"));
    assert_eq!(
        workspace
            .lines(0, &["search", "sell speaker:quill whoever", "--json"])
            .len(),
        1
    );
    workspace.run(1, &["search", "lease speaker:quill"]);
    for command in ["status", "verify"] {
        assert!(!told(command).contains(unknown), "{}", told(command));
    }
    assert_eq!(workspace.crawl(&["--read-back"])["read_back"], 0);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn what_lies_behind_damage_stays_on_record_as_not_read_back() {
    let (site, workspace) = tracked();
    let settings = workspace.path().join("config/onrecord.toml");
    let larger = std::fs::read_to_string(&settings)
        .expect("read")
        .replace("3000", "1000000");
    std::fs::write(&settings, larger).expect("written");
    let database = workspace.path().join("index/onrecord.db");
    let before = std::fs::read(&database).expect("read");
    let newest = segments(&workspace).pop().expect("a file");
    let words = |verb: &str| {
        let said =
            format!("“I will {verb} the pier to whoever asks for it first,” Mayor Ada Quill said on Monday.");
        site.put_page("/news/0", "The pier of /news/0 stays", "2026-02-04", &[&said]);
        workspace.crawl(&["--revisit"]);
        std::fs::metadata(&newest).expect("there").len()
    };
    let (first, second) = (words("lease"), words("rent"));
    assert!(first < second, "both lie in one file");
    std::fs::write(&database, &before).expect("put back");
    let flip = || {
        let mut bytes = std::fs::read(&newest).expect("read");
        bytes[first as usize + 20] ^= 0xff;
        std::fs::write(&newest, bytes).expect("written");
    };
    flip();
    let unknown = "records that are on no row";
    let told = || text(&workspace.run(0, &["status"]).stdout);
    // What stands before the damage is read, and what lies behind it is told each time.
    for read_back in [1, 0] {
        let crawled = workspace.crawl(&["--read-back"]);
        assert_eq!(crawled["read_back"], read_back, "{crawled}");
        assert!(told().contains(unknown), "{}", told());
    }
    workspace.lines(0, &["search", "lease speaker:quill asof:ever", "--json"]);
    workspace.run(1, &["search", "rent speaker:quill asof:ever", "--json"]);
    // The file comes back whole from a copy.
    flip();
    assert_eq!(workspace.crawl(&["--read-back"])["read_back"], 1);
    workspace.lines(0, &["search", "rent speaker:quill asof:ever", "--json"]);
    assert!(!told().contains(unknown), "{}", told());
}

#[test]
fn a_database_that_is_lost_or_damaged_is_said_with_what_to_do() {
    let (_site, workspace) = tracked();
    let database = workspace.path().join("index/onrecord.db");
    let bytes = std::fs::read(&database).expect("read");
    let commands = [
        &["status"][..],
        &["crawl", "--once"],
        &["verify", "--all"],
        &["search", "pier"],
    ];
    let check = |words: &str, hint: &str| {
        for arguments in commands {
            let told = text(&workspace.run(2, arguments).stderr);
            assert!(
                told.contains(words) && told.contains(hint),
                "{arguments:?}: {told}"
            );
        }
    };
    std::fs::remove_file(&database).expect("removed");
    check("is gone, while the archive beside it is there", "from a backup");
    assert!(!database.exists(), "another one was made in its place");
    std::fs::write(&database, "").expect("emptied");
    check("is gone, while the archive beside it is there", "from a backup");
    for told in ["status", "search"] {
        let arguments = [told, "pier"];
        let hint = text(
            &workspace
                .run(2, &arguments[..1 + usize::from(told == "search")])
                .stderr,
        );
        assert!(hint.contains("--read-back"), "{hint}");
    }
    std::fs::write(&database, &bytes[..bytes.len() / 2]).expect("cut off");
    check("the database is damaged", ".recover");
    std::fs::write(&database, "This is a letter, and no database at all.".repeat(200)).expect("written");
    check("the database is damaged", ".recover");
    std::fs::write(&database, &bytes).expect("put back");
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_database_that_is_lost_is_made_again_of_the_archive() {
    let (site, workspace) = tracked();
    let words = |verb: &str| {
        let said =
            format!("“I will {verb} the pier to whoever asks for it first,” Mayor Ada Quill said on Monday.");
        site.put_page("/news/0", "The pier of /news/0 stays", "2026-02-04", &[&said]);
        workspace.crawl(&["--revisit"]);
    };
    words("lease");
    words("sell");
    let earlier = ["search", "lease speaker:quill asof:ever", "--json"];
    let before = workspace.lines(0, &earlier);
    for file in ["onrecord.db", "onrecord.db-wal", "onrecord.db-shm"] {
        let _ = std::fs::remove_file(workspace.path().join("index").join(file));
    }
    let crawled = workspace.crawl(&["--read-back"]);
    assert!(crawled["read_back"].as_u64() >= Some(3), "{crawled}");
    let after = workspace.lines(0, &earlier);
    assert_eq!(after.len(), before.len());
    assert_eq!(after[0]["words"], before[0]["words"]);
    assert_eq!(after[0]["capture"], before[0]["capture"]);
    assert_eq!(
        workspace
            .lines(0, &["search", "sell speaker:quill whoever", "--json"])
            .len(),
        1
    );
    workspace.run(1, &["search", "lease speaker:quill"]);
    assert_eq!(workspace.crawl(&["--read-back"])["read_back"], 0);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn what_is_read_back_is_asked_for_again_and_a_list_s_further_page_is_no_article() {
    let site = Site::new();
    let listed = |path: &str, page: usize, next: &str| {
        let story =
            "Everything that this harbor prints stands here, the newest first, and what is older behind it.";
        let list = format!(
            "<main><h1>The news of the harbor</h1><p>{story}</p><p>{story}</p><ul><li class=n><a href=\"/news/{page}\">The \
             pier {page}</a></li></ul>{next}</main>"
        );
        site.put(path, 200, "text/html; charset=utf-8", list);
    };
    let next = "<a rel=next href=\"/list/older\">Older</a>";
    listed("/list", 0, next);
    listed("/list/older", 1, "");
    for page in 0..3 {
        let words =
            format!("“I will not sell pier {page} to anyone who asks,” Mayor Ada Quill said on Monday.");
        site.put_page(
            &format!("/news/{page}"),
            &format!("Pier {page} stays"),
            "2026-02-04",
            &[&words],
        );
    }
    let workspace = Workspace::new();
    let channel = format!(
        "[[channel]]\nkind = \"listing\"\nurl = \"{}\"\nitem = \"li.n\"\nmax_pages = 2\n",
        site.url("/list")
    );
    workspace.write("config/sources/harbor.toml", &site.source("Harbor", &channel));
    workspace.crawl(&[]);
    // By now the list names another page, and those of before nowhere.
    listed("/list", 2, next);
    listed("/list/older", 2, "");
    for file in ["onrecord.db", "onrecord.db-wal", "onrecord.db-shm"] {
        let _ = std::fs::remove_file(workspace.path().join("index").join(file));
    }
    let crawled = workspace.crawl(&["--read-back"]);
    assert_eq!(crawled["read_back"], 2, "the two pages: {crawled}");
    workspace.run(1, &["search", "--kind", "documents", "newest"]);
    assert_eq!([0, 1].map(|page| site.asked(&format!("/news/{page}"))), [1, 1]);
    workspace.crawl(&[]);
    assert_eq!([0, 1].map(|page| site.asked(&format!("/news/{page}"))), [2, 2]);
    // What answered as it was held is no change.
    let found = workspace.lines(0, &["search", "sell speaker:quill asof:ever", "--json"]);
    assert_eq!(found.len(), 3, "{found:?}");
    workspace.run(0, &["verify", "--all"]);
}
