//! The command line: filters, messages, exit codes.

use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use crate::support::site::{Site, page};
use crate::support::{Workspace, json_lines, onrecord, text};

#[track_caller]
fn piped(arguments: &[&str], input: &str) -> Output {
    let mut child = onrecord()
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(input.as_bytes())
        .expect("written");
    child.wait_with_output().expect("it ends")
}

fn points(line: &Value, start: &Value, end: &Value) -> String {
    let [start, end] = [start, end].map(|at| usize::try_from(at.as_u64().expect("a number")).expect("small"));
    line["text"]
        .as_str()
        .expect("a text")
        .chars()
        .skip(start)
        .take(end - start)
        .collect()
}

#[test]
fn annotate_counts_in_code_points_and_keeps_order_and_fields() {
    let quote = "Señora Díaz ist hier. “Ça va, 𝒳,” said Ana Lima on Tuesday.";
    let lines: Vec<String> = (0..700)
        .map(|id| json!({"id": id, "text": quote, "published": "2026-02-06", "more": [id]}).to_string())
        .collect();
    let output = piped(&["annotate"], &lines.join("\n"));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let answers = json_lines(&output.stdout);
    assert_eq!(answers.len(), 700);
    for (id, line) in answers.iter().enumerate() {
        assert_eq!((&line["id"], &line["more"]), (&json!(id), &json!([id])));
    }
    let line = &answers[0];
    let found = &line["quotes"][0];
    assert_eq!(points(line, &found["start"], &found["end"]), "Ça va, 𝒳,");
    assert_eq!(
        points(line, &found["speaker_start"], &found["speaker_end"]),
        "Ana Lima"
    );
    assert_eq!(found["speaker_canonical"], "Ana Lima");
    let date = &line["dates"][0];
    assert_eq!(points(line, &date["start"], &date["end"]), "Tuesday");
    assert_eq!(
        (&date["type"], &date["value"]),
        (&json!("DATE"), &json!("2026-02-03"))
    );
}

#[test]
fn a_bad_line_is_answered_and_the_others_go_on() {
    let output = piped(
        &["annotate"],
        "{\"id\":1,\"text\":\"a\"}\nnonsense\n{\"id\":3}\n\n{\"id\":4,\"text\":\"\"}\n",
    );
    assert_eq!(output.status.code(), Some(2));
    let answers = json_lines(&output.stdout);
    assert_eq!(
        answers.iter().filter(|line| line.get("error").is_some()).count(),
        2
    );
    assert_eq!((&answers[2]["id"], answers.len()), (&json!(3), 4));
}

#[test]
fn extract_in_a_workspace_reads_with_the_rules_of_the_page_s_source() {
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/hall.toml",
        "name = \"Hall\"\nkind = \"official\"\nhome = \"https://hall.example/\"\n[read]\ntitle = \"h2\"\nbody = \".b\"\n",
    );
    workspace.write(
        "page.html",
        "<html><h1>News</h1><h2>Piers</h2><div class=b>Open.</div><p>About us, at some length.</p></html>",
    );
    let file = workspace.path().join("page.html");
    let file = file.to_str().expect("a name");
    let here = "https://www.hall.example/1";
    let there = "https://other.example/1";
    let read = |arguments: &[&str]| {
        let output = workspace.run(0, &[&["extract", file], arguments].concat()).stdout;
        let reading: Value = serde_json::from_slice(&output).expect("JSON");
        (reading["title"].clone(), reading["text"].clone())
    };
    let ruled = (json!("Piers"), json!("Open."));
    assert_eq!(read(&["--url", here]), ruled);
    assert_eq!(read(&["--url", there, "--source", "hall"]), ruled);
    assert_ne!(read(&["--url", there]), ruled);
    let unknown = workspace.run(2, &["extract", file, "--url", here, "--source", "hal"]);
    assert!(
        text(&unknown.stderr).contains("no source `hal`"),
        "{}",
        text(&unknown.stderr)
    );
    // Outside of a workspace there are no sources.
    let line = json!({"id": 1, "url": here, "file": file});
    let outside = json_lines(&piped(&["extract", "--jsonl"], &line.to_string()).stdout);
    assert_ne!((outside[0]["title"].clone(), outside[0]["text"].clone()), ruled);
}

#[test]
fn extract_prints_what_a_page_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.html");
    let paragraphs = [
        "The council of Harbor Falls met on Tuesday to speak about the ferry, which has not run since the storm.",
        "“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, after a long meeting.",
    ];
    std::fs::write(&path, page("Landing to be rebuilt", "2026-02-04", &paragraphs)).expect("written");
    let file = path.to_str().expect("UTF-8");
    let output = onrecord()
        .args(["extract", file, "--url", "https://herald.example/one"])
        .current_dir(folder.path())
        .output()
        .expect("runs");
    let reading: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(reading["title"], "Landing to be rebuilt");
    assert_eq!(reading["published"], "2026-02-04T09:00:00-05:00");
    assert_eq!(reading["quotes"][0]["speaker_canonical"], "Ana Lima");
    assert_eq!(reading["quotes"][0]["stance"], "said");
    for key in [
        "authors",
        "publisher",
        "modified",
        "text",
        "blocks",
        "dates",
        "notices",
    ] {
        assert!(reading.get(key).is_some(), "{key}");
    }
    let good = json!({"id": "a", "url": "https://herald.example/one", "file": file}).to_string();
    let bad = json!({"id": "b", "url": "https://herald.example/two", "file": "/nowhere"}).to_string();
    let output = piped(&["extract", "--jsonl"], &format!("{good}\n{bad}\n"));
    assert_eq!(output.status.code(), Some(2));
    let answers = json_lines(&output.stdout);
    assert_eq!(
        (&answers[0]["id"], &answers[0]["title"]),
        (&json!("a"), &json!("Landing to be rebuilt"))
    );
    assert!(answers[1]["error"].as_str().expect("words").contains("/nowhere"));
}

#[test]
fn init_makes_a_workspace_that_works_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = folder.path().join("tracker");
    let output = onrecord().arg("init").arg(&made).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for command in [&["status"][..], &["crawl", "--once"], &["verify", "--all"]] {
        // A folder inside the workspace finds it as well.
        let run = onrecord()
            .args(command)
            .current_dir(made.join("config/sources"))
            .output()
            .expect("runs");
        assert_eq!(run.status.code(), Some(0), "{command:?}: {}", text(&run.stderr));
    }
    let again = onrecord().arg("init").arg(&made).output().expect("runs");
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("already"));
}

#[track_caller]
fn check_complaint(workspace: &Workspace, words: &[&str]) {
    let output = workspace.run(2, &["status"]);
    let told = text(&output.stderr);
    for word in words {
        assert!(told.contains(word), "{word} in {told}");
    }
}

#[test]
fn a_broken_settings_file_is_told_with_its_line_and_the_nearest_key() {
    let workspace = Workspace::new();
    workspace.write(
        "config/onrecord.toml",
        "[crawl]\ncontact = \"x\"\npase = \"1s\"\n",
    );
    check_complaint(&workspace, &["onrecord.toml:3", "pase", "pace"]);
    workspace.write("config/onrecord.toml", "[crawl]\npace = 5\n");
    check_complaint(&workspace, &["onrecord.toml:2"]);
    workspace.write("config/onrecord.toml", "[crawl\n");
    check_complaint(&workspace, &["onrecord.toml:1"]);
    workspace.write("config/onrecord.toml", "");
    workspace.write(
        "config/sources/a.toml",
        "name = \"A\"\nkind = \"news\"\nhome = \"https://a.example\"\nchanel = 1\n",
    );
    check_complaint(&workspace, &["a.toml:4", "chanel", "channel"]);
}

#[test]
fn a_missing_workspace_or_source_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = onrecord()
        .arg("status")
        .current_dir(folder.path())
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("hint: make one with `onrecord init DIR`"),
        "{}",
        text(&output.stderr)
    );
    let site = Site::new();
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("Herald", "/feed.xml"),
    );
    let output = workspace.run(2, &["crawl", "--once", "heralt"]);
    assert!(
        text(&output.stderr).contains("did you mean `herald`?"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn help_names_every_command_and_wrong_usage_fails() {
    let help = onrecord().arg("--help").output().expect("runs");
    assert_eq!(help.status.code(), Some(0));
    let help = text(&help.stdout);
    for command in [
        "init", "crawl", "search", "export", "timeline", "status", "verify", "serve", "annotate", "extract",
        "demo",
    ] {
        assert!(help.contains(command), "{command} in {help}");
    }
    assert_eq!(
        onrecord().arg("serach").output().expect("runs").status.code(),
        Some(2)
    );
}

#[test]
fn a_crawl_that_no_channel_answered_has_failed() {
    let site = Site::new();
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/gone.toml",
        &site.feed_source("The Gone Gazette", "/gone.xml"),
    );
    let told = text(&workspace.run(2, &["crawl", "--once"]).stderr);
    assert!(
        told.contains("error: the one channel that was asked did not answer as it should"),
        "{told}"
    );
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page("/one", "Pier reopens", "2026-02-04", &["The pier is open again."]);
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    let summary = workspace.lines(0, &["crawl", "--once", "--json"]);
    assert_eq!(summary[0]["sources"][0]["channels_failed"], 1, "{summary:?}");
    assert_eq!(summary[0]["sources"][1]["channels_failed"], 0, "{summary:?}");
}

#[test]
fn what_is_listed_and_checked_is_told_to_programs_too() {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page(
        "/one",
        "Pier reopens",
        "2026-02-04",
        &["“It is open again,” said Ana Lima on Tuesday."],
    );
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    let sources = workspace.lines(0, &["sources", "list", "--json"]);
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert_eq!(sources[0]["source"], "herald");
    assert_eq!(sources[0]["channels"][0]["url"], site.url("/feed.xml"));
    workspace.crawl(&[]);
    // A check that finds nothing has something to log as well.
    let checked = workspace.lines(0, &["verify", "--all", "--json"]);
    assert_eq!(checked.len(), 1, "{checked:?}");
    let summary = &checked[0]["summary"];
    assert_eq!(
        (&summary["not_as_archived"], &summary["not_read"]),
        (&0.into(), &0.into()),
        "{summary}"
    );
    assert!(
        summary["records"].as_u64() > Some(0) && summary["revisions"] == 1,
        "{summary}"
    );
    workspace.run(0, &["searches", "add", "piers", "pier"]);
    let saved = workspace.lines(0, &["searches", "list", "--json"]);
    assert_eq!(
        (&saved[0]["name"], &saved[0]["query"]),
        (&"piers".into(), &"pier".into()),
        "{saved:?}"
    );
}

#[test]
fn a_plan_of_a_source_that_there_is_not_names_the_nearest() {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    let told = text(&workspace.run(1, &["schedule", "herald"]).stderr);
    assert!(told.contains("nothing of this source is planned yet"), "{told}");
    for more in [&[][..], &["--json"]] {
        let told = text(&workspace.run(2, &[&["schedule", "heralt"], more].concat()).stderr);
        assert!(
            told.contains("there is no source `heralt`") && told.contains("`herald`"),
            "{told}"
        );
    }
}

#[test]
fn a_day_that_there_is_not_is_refused_in_words() {
    let refused = onrecord()
        .args(["export", "csv", "pier", "--from", "2026-02-30"])
        .output()
        .expect("runs");
    assert_eq!(refused.status.code(), Some(2));
    let told = text(&refused.stderr);
    assert!(
        told.contains("there is no such day; days are written 2026-02-06"),
        "{told}"
    );
}

#[test]
fn what_keeps_the_copied_example_off_is_named() {
    let workspace = Workspace::new();
    let example = include_str!("../config/source.example.toml");
    workspace.write("config/sources/city-hall.toml", example);
    let line = 1 + example
        .lines()
        .position(|line| line == "enabled = false")
        .expect("the example is switched off");
    let told = text(&workspace.run(0, &["crawl", "--once"]).stderr);
    assert!(told.contains("no source is switched on"), "{told}");
    assert!(
        told.contains(&format!("city-hall.toml:{line}: `enabled = false`")),
        "{told}"
    );
}

#[test]
fn a_robots_file_that_was_not_read_yet_is_no_yes() {
    let site = Site::new();
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    let why = workspace.lines(0, &["explain", &site.url("/feed.xml"), "--json"]);
    let findings = why[0]["findings"].as_array().expect("a list");
    let robots = findings
        .iter()
        .find(|finding| finding["check"] == "robots")
        .expect("one");
    assert!(robots["allows"].is_null(), "{robots}");
    let printed = text(&workspace.run(0, &["explain", &site.url("/feed.xml")]).stdout);
    assert!(
        printed.contains("?    robots.txt was not read yet; it is read first"),
        "{printed}"
    );
    assert!(
        printed.contains("would be asked for if robots.txt lets us"),
        "{printed}"
    );
}

#[test]
fn a_probed_newsroom_becomes_a_source_that_is_crawled() {
    let site = Site::new();
    site.put(
        "/",
        200,
        "text/html",
        "<html lang=en><head><title>The Harbor Herald</title>\
         <link rel=https://api.w.org/ href=/wp-json/>\
         <link rel=alternate type=application/rss+xml href=/feed.xml></head><body>Hello</body></html>",
    );
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page(
        "/one",
        "One",
        "2026-02-06",
        &["“We will see,” said Mayor Ana Lima on Friday, in the rain."],
    );
    let post =
        serde_json::json!([{"link": site.url("/one"), "content": {"rendered": "<p>We will see.</p>"}}]);
    site.put(
        "/wp-json/wp/v2/posts?per_page=50&page=1",
        200,
        "application/json",
        post.to_string(),
    );
    site.put(
        "/wp-json/?_fields=timezone_string%2Cgmt_offset",
        200,
        "application/json",
        serde_json::json!({"timezone_string": "America/New_York", "gmt_offset": -5}).to_string(),
    );
    let workspace = Workspace::new();
    let items = workspace.lines(
        0,
        &["discover", &site.url("/feed.xml"), "--allow-private", "--json"],
    );
    assert_eq!(items[0]["url"], site.url("/one"));
    workspace.run(2, &["discover", &site.url("/feed.xml")]);
    let found = workspace.run(0, &["sources", "probe", "--allow-private", &site.url("/")]);
    let file = text(&found.stdout);
    assert!(
        file.contains("name = \"The Harbor Herald\"") && file.contains("/feed.xml"),
        "{file}"
    );
    assert!(file.contains("body = \"/content/rendered\""), "{file}");
    assert!(file.contains("time_zone = \"America/New_York\""), "{file}");
    workspace.write("config/sources/herald.toml", &file);
    assert_eq!(workspace.crawl(&[])["captures"], 1);
    let listed = text(&workspace.run(0, &["sources", "list"]).stdout);
    assert!(
        listed.contains("herald") && listed.contains("every 1h"),
        "{listed}"
    );
    let exported = workspace.run(0, &["sources", "export"]);
    let opml = exported.stdout;
    // Posts by an interface are no feed, which is said rather than passed over.
    let left = text(&exported.stderr);
    assert!(left.contains("1 other channel of `herald`"), "{left}");
    let other = Workspace::new();
    other.write("feeds.opml", &text(&opml));
    let path = other.path().join("feeds.opml");
    let path = path.to_str().expect("a path");
    other.run(0, &["sources", "import", path]);
    let again = text(&other.run(0, &["sources", "import", path]).stderr);
    assert!(again.contains("followed already"), "{again}");
    let listed = text(&other.run(0, &["sources", "list"]).stdout);
    assert_eq!(listed.matches("The Harbor Herald").count(), 1, "{listed}");
}
