//! When what is asked for again: back-off, priorities, validators, what is asked for by hand.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::site::Site;
use crate::support::{Workspace, text, wait_until};

const WORDS: [&str; 2] = [
    "The council of Harbor Falls met on Tuesday to speak about the ferry, which has not run since the storm \
     of last winter took away the landing.",
    "“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, after a meeting that \
     went on until midnight.",
];

/// A site whose feed announces these pages, all of them there.
fn site(paths: &[&str]) -> Site {
    let site = Site::new();
    site.put_feed("/feed.xml", paths);
    for path in paths {
        site.put_page(path, "Landing to be rebuilt", "2026-02-04", &WORDS);
    }
    site
}

fn tracked(site: &Site) -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    workspace
}

/// What is planned for an address.
fn planned(workspace: &Workspace, url: &str) -> Value {
    let lines = workspace.lines(0, &["schedule", "--json", "-n", "999"]);
    let line = lines.into_iter().find(|line| line["url"] == url);
    line.unwrap_or_else(|| panic!("{url} is not planned"))
}

/// A command that runs until it is killed, and is killed whatever happens.
struct Running(std::process::Child);

impl Running {
    fn begin(workspace: &Workspace, arguments: &[&str]) -> Self {
        let mut command = workspace.command(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        Self(command.spawn().expect("the program runs"))
    }

    /// The next line that it tells.
    fn lines(&mut self) -> impl Iterator<Item = String> + use<> {
        let told = BufReader::new(self.0.stderr.take().expect("piped"));
        told.lines().map(|line| line.expect("UTF-8"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The hours until an instant of an answer.
fn hours_to(instant: &Value) -> f64 {
    let at: jiff::Timestamp = instant.as_str().expect("an instant").parse().expect("valid");
    at.duration_since(jiff::Timestamp::now()).as_secs_f64() / 3600.0
}

fn stdout(workspace: &Workspace, code: i32, arguments: &[&str]) -> String {
    text(&workspace.run(code, arguments).stdout)
}

#[test]
fn a_page_that_was_announced_before_it_was_there_comes_back() {
    let site = site(&["/late"]);
    site.put("/late", 404, "text/html", "not yet");
    let workspace = tracked(&site);
    workspace.set("retry_after = \"1s\"");
    assert_eq!(workspace.crawl(&[])["captures"], 0);
    let due = planned(&workspace, &site.url("/late"));
    assert_eq!(
        (&due["rule"], &due["priority"]),
        (&Value::from("retry"), &Value::from("news"))
    );
    site.put_page("/late", "Landing to be rebuilt", "2026-02-04", &WORDS);
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(workspace.crawl(&[])["captures"], 1);
    assert_eq!(site.asked("/late"), 2);
}

#[test]
fn a_host_that_says_too_many_is_left_alone_with_all_its_pages_and_another_goes_on() {
    let (busy, other) = (site(&["/a", "/b", "/c"]), site(&["/a", "/b"]));
    busy.put("/a", 429, "text/plain", "too many");
    let workspace = tracked(&busy);
    workspace.write(
        "config/sources/other.toml",
        &other.feed_source("The Other", "/feed.xml"),
    );
    let summary = workspace.crawl(&[]);
    assert_eq!(summary["captures"], 2, "{summary}");
    assert_eq!((busy.asked("/a"), busy.asked("/b"), busy.asked("/c")), (1, 0, 0));
    assert_eq!(summary["left_alone"][0]["reason"], "too_many", "{summary}");
    // Asking by hand does not override what the host said, nor does a new start.
    let again = workspace.crawl(&["--revisit"]);
    assert_eq!(busy.asked("/feed.xml"), 1);
    assert_eq!(other.asked("/feed.xml"), 2);
    assert_eq!(again["unchanged"], 2, "{again}");
    // It is seen wherever somebody looks, and did not count for the page.
    let due = planned(&workspace, &busy.url("/b"));
    assert!(due["held_until"].is_string(), "{due}");
    let first = planned(&workspace, &busy.url("/a"));
    assert_eq!(first["failures"], 0, "{first}");
    let host = busy.url("").replace("http://", "");
    let told = format!("host {host} is left alone until");
    assert!(stdout(&workspace, 0, &["status"]).contains(&told));
    assert!(stdout(&workspace, 0, &["schedule"]).contains(&told));
    let why = workspace
        .lines(0, &["explain", &busy.url("/b"), "--json"])
        .remove(0);
    let findings = why["findings"].as_array().expect("a list");
    let facts = |check: &str| {
        let finding = findings.iter().find(|finding| finding["check"] == check);
        finding.expect("a finding")["facts"].clone()
    };
    assert_eq!(facts("host")["failures"], 1, "{why}");
    assert!(
        facts("host")["not_before"].is_string() && facts("host")["reason"].is_string(),
        "{why}"
    );
    assert!(
        facts("schedule")["due_rule"].is_string() && facts("schedule")["priority"].is_string(),
        "{why}"
    );
    assert_eq!(facts("scope")["role"], "page", "{why}");
    assert_eq!(why["due_at"], due["due_at"]);
    let status = workspace.lines(0, &["status", "--json"]);
    assert_eq!(status[0]["left_alone"][0]["failures"], 1, "{status:?}");
}

#[test]
fn a_short_pause_that_a_host_asks_for_is_waited_out() {
    let site = site(&["/a", "/b"]);
    site.put("/a", 503, "text/plain", "later");
    site.field("/a", "retry-after", "1");
    let workspace = tracked(&site);
    let summary = workspace.crawl(&[]);
    assert_eq!(summary["captures"], 1, "{summary}");
    let times = site.times();
    let gap = times[3].duration_since(times[2]);
    assert!(gap >= Duration::from_millis(900), "{gap:?}");
}

#[test]
fn what_a_server_asks_for_is_kept_up_to_a_day_and_over_a_restart() {
    let site = site(&["/a", "/b"]);
    site.put("/a", 503, "text/plain", "much later");
    site.field("/a", "retry-after", "999999999");
    let workspace = tracked(&site);
    workspace.crawl(&[]);
    let due = planned(&workspace, &site.url("/a"));
    assert_eq!(due["rule"], "retry_after");
    let hours = hours_to(&due["due_at"]);
    assert!((23.5..=24.0).contains(&hours), "{hours}");
    workspace.crawl(&[]);
    workspace.crawl(&["--revisit"]);
    assert_eq!(
        (site.asked("/a"), site.asked("/b"), site.asked("/feed.xml")),
        (1, 0, 1)
    );
}

#[test]
fn robots_that_cannot_be_read_defers_the_host_and_counts_for_no_page() {
    let site = site(&["/a"]);
    site.put("/robots.txt", 503, "text/plain", "later");
    site.field("/robots.txt", "retry-after", "7200");
    let workspace = tracked(&site);
    workspace.crawl(&[]);
    workspace.crawl(&[]);
    assert_eq!((site.asked("/robots.txt"), site.asked("/feed.xml")), (1, 0));
    let due = planned(&workspace, &site.url("/feed.xml"));
    assert_eq!(due["failures"], 0, "{due}");
    let hours = hours_to(&due["due_at"]);
    assert!((1.9..=2.0).contains(&hours), "{hours}");
}

#[test]
fn a_start_keeps_the_time_of_a_cron_pattern() {
    let site = site(&["/a"]);
    let workspace = Workspace::new();
    // Two days in a row, ten days off: what lies between them says nothing of the first.
    let now = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let first = now.saturating_add(jiff::Span::new().days(10));
    let next = first.saturating_add(jiff::Span::new().days(1));
    let days = match first.month() == next.month() {
        true => format!("{},{} {}", first.day(), next.day(), first.month()),
        false => format!("{} {}", first.day(), first.month()),
    };
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write(
        "config/sources/herald.toml",
        &format!("{source}cron = \"0 12 {days} *\"\n"),
    );
    workspace.crawl(&[]);
    let before = planned(&workspace, &site.url("/feed.xml"));
    assert!(hours_to(&before["due_at"]) > 9.0 * 24.0, "{before}");
    let ticking = self::site(&["/a"]);
    let source = ticking.feed_source("The Ticker", "/feed.xml");
    workspace.write("config/sources/ticker.toml", &format!("{source}every = \"1s\"\n"));
    let daemon = Running::begin(&workspace, &["crawl"]);
    wait_until("the crawl runs", || ticking.asked("/feed.xml") > 1);
    drop(daemon);
    let after = planned(&workspace, &site.url("/feed.xml"));
    assert_eq!(after["rule"], "cron", "{after}");
    assert!(hours_to(&after["due_at"]) > 9.0 * 24.0, "{after}");
}

#[test]
fn a_source_asked_for_by_hand_leaves_the_others_alone() {
    let (one, other) = (site(&["/a"]), site(&["/a"]));
    let workspace = tracked(&one);
    workspace.write(
        "config/sources/other.toml",
        &other.feed_source("The Other", "/feed.xml"),
    );
    workspace.crawl(&[]);
    let before = planned(&workspace, &other.url("/a"));
    workspace.crawl(&["--revisit", "herald"]);
    assert_eq!((one.asked("/a"), other.asked("/a")), (2, 1));
    // Nor is anything of them due at the next start.
    workspace.crawl(&["herald"]);
    workspace.run(0, &["crawl", "--once"]);
    assert_eq!(other.asked("/a"), 1);
    assert_eq!(planned(&workspace, &other.url("/a"))["due_at"], before["due_at"]);
}

#[test]
fn what_somebody_wants_looked_at_now_is_asked_for_by_the_crawl_that_is_at_work() {
    let site = site(&["/a", "/b"]);
    let workspace = tracked(&site);
    let served = Running::begin(&workspace, &["serve", "--listen", "127.0.0.1:0"]);
    let is_read =
        |path: &str| site.asked(path) == 1 && hours_to(&planned(&workspace, &site.url(path))["due_at"]) > 0.1;
    wait_until("all was asked for once", || is_read("/a") && is_read("/b"));
    let recheck = |named: &str| workspace.lines(0, &["recheck", named, "--json"]).remove(0);
    assert_eq!(
        recheck(&site.url("/a")),
        json!({"named": site.url("/a"), "due": 1, "is_crawled": true})
    );
    wait_until("the page is asked for again", || site.asked("/a") == 2);
    assert_eq!((site.asked("/b"), site.asked("/feed.xml")), (1, 1));
    assert_eq!(recheck("herald")["due"], 1);
    wait_until("the channel is asked again", || site.asked("/feed.xml") == 2);
    drop(served);
    let told = text(&workspace.run(0, &["recheck", "herald", "--pages"]).stdout);
    assert!(
        told.contains("3 addresses are due now; no crawl is at work"),
        "{told}"
    );
    for (named, words) in [
        ("herold", "did you mean `herald`?"),
        (
            "https://nobody.example/a",
            "nothing of https://nobody.example/a is on the schedule",
        ),
    ] {
        let told = text(&workspace.run(2, &["recheck", named]).stderr);
        assert!(told.contains(words), "{told}");
    }
    workspace.run(0, &["crawl", "--once"]);
    assert_eq!((site.asked("/a"), site.asked("/b")), (3, 2));
}

#[test]
fn not_changed_is_no_answer_about_what_was_never_read() {
    let site = site(&["/one"]);
    // A feed that is broken at first, under a validator that stays.
    site.put(
        "/feed.xml",
        200,
        "application/rss+xml",
        "<html><body>Sorry</body></html>",
    );
    site.field("/feed.xml", "etag", "\"always\"");
    let workspace = tracked(&site);
    workspace.crawl(&[]);
    site.put_feed("/feed.xml", &["/one"]);
    site.field("/feed.xml", "etag", "\"always\"");
    assert_eq!(workspace.crawl(&[])["captures"], 1);
    assert_eq!(site.last_status("/feed.xml"), Some(200));
    workspace.crawl(&[]);
    assert_eq!(site.last_status("/feed.xml"), Some(304));
}

#[test]
fn a_changed_selector_reads_the_same_listing_again() {
    let site = site(&["/one"]);
    let list = "<ul><li class=n><a href=\"/one\">One</a></li></ul>";
    site.put("/list", 200, "text/html", list);
    let workspace = Workspace::new();
    let listing = |item: &str| {
        let channel = format!(
            "[[channel]]\nkind = \"listing\"\nurl = \"{}\"\nitem = \"{item}\"\n",
            site.url("/list")
        );
        workspace.write("config/sources/town.toml", &site.source("Town", &channel));
    };
    listing("li.wrong");
    assert_eq!(workspace.crawl(&[])["captures"], 0);
    workspace.crawl(&[]);
    assert_eq!(
        site.last_status("/list"),
        Some(304),
        "read to its end, under these rules"
    );
    listing("li.n");
    assert_eq!(workspace.crawl(&[])["captures"], 1);
}

#[test]
fn a_further_page_that_failed_is_tried_again() {
    let site = site(&["/one", "/two"]);
    let list = |path: &str, next: &str| format!("<ul><li class=n><a href=\"{path}\">One</a></li></ul>{next}");
    site.put(
        "/list",
        200,
        "text/html",
        list("/one", "<a rel=next href=\"/older\">older</a>"),
    );
    site.put("/older", 500, "text/html", "sorry");
    let workspace = Workspace::new();
    let channel = format!(
        "[[channel]]\nkind = \"listing\"\nurl = \"{}\"\nitem = \"li.n\"\nmax_pages = 2\n",
        site.url("/list")
    );
    workspace.write("config/sources/town.toml", &site.source("Town", &channel));
    assert_eq!(workspace.crawl(&[])["captures"], 1);
    site.put("/older", 200, "text/html", list("/two", ""));
    assert_eq!(workspace.crawl(&[])["captures"], 1);
}

#[test]
fn an_address_is_asked_for_whole_now_and_then() {
    let site = site(&["/one"]);
    site.field("/one", "etag", "\"always\"");
    let workspace = tracked(&site);
    workspace.set("whole_every = 2");
    workspace.crawl(&[]);
    let mut edited = WORDS;
    edited[1] = "“The landing may be rebuilt before the autumn,” said Mayor Ana Lima on Tuesday, after a meeting \
                 that went on until midnight.";
    site.put_page("/one", "Landing to be rebuilt", "2026-02-04", &edited);
    site.field("/one", "etag", "\"always\"");
    // The server goes on saying that nothing changed, until it is asked for the page.
    assert_eq!(workspace.crawl(&["--revisit"])["captures"], 0);
    assert_eq!(site.last_status("/one"), Some(304));
    assert_eq!(workspace.crawl(&["--revisit"])["captures"], 1);
    workspace.run(0, &["search", "\"before the autumn\""]);
}

#[test]
fn a_sub_sitemap_is_asked_for_when_its_index_says_that_it_changed() {
    let site = site(&["/one", "/two", "/three"]);
    let index = |entries: &[(&str, &str)]| {
        let entries: String = (entries.iter())
            .map(|(path, day)| {
                format!(
                    "<sitemap><loc>{}</loc><lastmod>{day}</lastmod></sitemap>",
                    site.url(path)
                )
            })
            .collect();
        site.put(
            "/index.xml",
            200,
            "application/xml",
            format!("<sitemapindex>{entries}</sitemapindex>"),
        );
    };
    let list = |path: &str, page: &str| {
        let list = format!("<urlset><url><loc>{}</loc></url></urlset>", site.url(page));
        site.put(path, 200, "application/xml", list);
    };
    index(&[
        ("/old.xml", "2025-01-01T00:00:00Z"),
        ("/map.xml", "2026-01-01T00:00:00Z"),
    ]);
    list("/old.xml", "/one");
    list("/map.xml", "/two");
    let workspace = Workspace::new();
    let channel = format!(
        "[[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
        site.url("/index.xml")
    );
    workspace.write("config/sources/town.toml", &site.source("Town", &channel));
    assert_eq!(workspace.crawl(&[])["captures"], 2);
    let due = planned(&workspace, &site.url("/map.xml"));
    assert_eq!(due["rule"], "index", "{due}");
    workspace.crawl(&[]);
    assert_eq!((site.asked("/old.xml"), site.asked("/map.xml")), (1, 1));
    // One is dated anew, the other is not named any more.
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    index(&[("/map.xml", &now)]);
    list("/map.xml", "/three");
    let summary = workspace.crawl(&[]);
    assert_eq!(
        summary["captures"],
        1,
        "{summary} {:?}",
        planned(&workspace, &site.url("/map.xml"))
    );
    assert_eq!((site.asked("/old.xml"), site.asked("/map.xml")), (1, 2));
    let lines = workspace.lines(0, &["schedule", "--json", "-n", "99"]);
    assert!(
        lines.iter().all(|line| line["url"] != site.url("/old.xml")),
        "{lines:?}"
    );
}

#[test]
fn what_becomes_due_does_not_wait_for_a_host_that_hangs() {
    let (slow, quick) = (site(&["/a"]), site(&["/a"]));
    let workspace = tracked(&quick);
    workspace.crawl(&[]);
    let source = quick.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &format!("{source}every = \"1s\"\n"));
    workspace.write(
        "config/sources/slow.toml",
        &slow.feed_source("The Slow", "/feed.xml"),
    );
    slow.delay("/feed.xml", Duration::from_secs(20));
    let settings = std::fs::read_to_string(workspace.path().join("config/onrecord.toml")).expect("readable");
    workspace.write(
        "config/onrecord.toml",
        &settings.replace("timeout = \"3s\"\nidle", "timeout = \"30s\"\nidle"),
    );
    let daemon = Running::begin(&workspace, &["crawl"]);
    wait_until("the slow host is asked", || slow.asked("/robots.txt") > 0);
    let begin = std::time::Instant::now();
    let before = quick.asked("/feed.xml");
    wait_until("the quick host is asked again and again", || {
        quick.asked("/feed.xml") >= before + 3
    });
    assert!(begin.elapsed() < Duration::from_secs(18), "{:?}", begin.elapsed());
    assert_eq!(slow.asked("/feed.xml"), 0, "its answer is still to come");
    drop(daemon);
}

#[test]
fn a_crawl_under_serve_that_cannot_run_says_so_and_begins_again() {
    let site = site(&["/a"]);
    let workspace = tracked(&site);
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &format!("{source}every = \"1s\"\n"));
    workspace.crawl(&[]);
    let first = Running::begin(&workspace, &["crawl"]);
    let before = site.asked("/feed.xml");
    wait_until("the first crawl runs", || site.asked("/feed.xml") > before);
    // The archive has one writer: the second crawl ends at once, the desk stays open.
    let mut served = Running::begin(&workspace, &["serve", "--listen", "127.0.0.1:0"]);
    let mut told = served.lines();
    assert!(
        told.by_ref()
            .any(|line| line.contains("another process crawls in this workspace"))
    );
    assert!(told.by_ref().any(|line| line.contains("it begins again in 2 s")));
    // The other one goes on, so nothing is wrong with the workspace.
    assert!(!stdout(&workspace, 0, &["status"]).contains("LOOK: the crawl ended"));
    drop(first);
    let before = site.asked("/feed.xml");
    wait_until("the crawl under serve goes on", || {
        site.asked("/feed.xml") > before
    });
    assert!(told.any(|line| line.contains("the crawl goes on")));
    assert!(!stdout(&workspace, 0, &["status"]).contains("LOOK: the crawl ended"));
}
