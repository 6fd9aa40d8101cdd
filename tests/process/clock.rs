//! The time of day: it jumps, changes for the summer, passes while nobody is there.

use std::time::Duration;

use serde_json::Value;

use super::sites::running;
use crate::support::altered::World;
use crate::support::site::Site;
use crate::support::{Workspace, text, wait_until};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A feed of a few pages, asked at this rhythm.
fn tracked(rhythm: &str, pages: usize) -> (Site, Workspace, World) {
    let site = Site::new();
    announce(&site, pages);
    let workspace = Workspace::new();
    let channel = format!(
        "[[channel]]\nkind = \"feed\"\nurl = \"{}\"\n{rhythm}\n",
        site.url("/feed.xml")
    );
    workspace.write("config/sources/harbor.toml", &site.source("Harbor", &channel));
    (site, workspace, World::new())
}

fn announce(site: &Site, pages: usize) {
    let paths: Vec<String> = (0..pages).map(|number| format!("/news/{number}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    site.put_feed("/feed.xml", &paths);
    for path in &paths {
        let words = format!(
            "The boat of {path} will leave at noon, the harbor master said on Monday, and nobody else."
        );
        site.put_page(path, &format!("Boat of {path}"), "2026-02-04", &[&words]);
    }
}

fn run_in(world: &World, workspace: &Workspace, arguments: &[&str]) -> std::process::Output {
    let output = world
        .around(workspace.command(arguments))
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", text(&output.stderr));
    output
}

fn crawl_at(world: &World, workspace: &Workspace) {
    run_in(world, workspace, &["crawl", "--once"]);
}

#[test]
pub(crate) fn a_clock_that_jumps_makes_no_storm() {
    const PAGES: usize = 5;
    let (site, workspace, world) = tracked("every = \"2s\"", PAGES);
    let mut crawl = running(world.around(workspace.command(&["crawl"])));
    wait_until("every page asked for", || site.times().len() >= PAGES + 2);
    let mut requests = |seconds: i64| {
        let before = site.times().len();
        world.wind(seconds);
        std::thread::sleep(Duration::from_secs(5));
        assert!(
            crawl.0.try_wait().expect("ours").is_none(),
            "the crawl ended when the clock jumped"
        );
        site.times().len() - before
    };
    // A day passes in no time: each page is asked for once more, the feed at its own pace.
    let forward = requests(DAY);
    assert!(
        (1..=PAGES + 5).contains(&forward),
        "{forward} requests after a jump of a day"
    );
    // And back by two: nothing waits two days for the time that was, and everything is asked for once.
    let of_pages = || {
        (0..PAGES)
            .map(|page| site.asked(&format!("/news/{page}")))
            .sum::<usize>()
    };
    let before = of_pages();
    world.wind(-DAY);
    wait_until("the pages asked for again", || of_pages() >= before + PAGES);
    std::thread::sleep(Duration::from_secs(5));
    assert!(crawl.0.try_wait().expect("ours").is_none(), "the crawl ended");
    assert_eq!(of_pages() - before, PAGES, "each once after a jump back");
    drop(crawl);
    // With the clock set right, the next crawl goes on and everything is whole.
    world.wind(0);
    crawl_at(&world, &workspace);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
pub(crate) fn a_clock_that_was_ahead_once_stops_nothing_and_is_told() {
    let (site, workspace, world) = tracked("every = \"1h\"", 2);
    crawl_at(&world, &workspace);
    // For one crawl the clock is forty days ahead, and a page is taken away meanwhile.
    world.wind(40 * DAY);
    site.put("/news/1", 404, "text/html", "");
    crawl_at(&world, &workspace);
    world.wind(0);
    announce(&site, 3);
    let before = (site.asked("/feed.xml"), site.asked("/news/0"));
    let crawl = run_in(&world, &workspace, &["crawl", "--once"]);
    let told = text(&crawl.stderr);
    assert!(
        told.contains("is 39 days behind") || told.contains("is 40 days behind"),
        "{told}"
    );
    assert_eq!(site.asked("/feed.xml"), before.0 + 1);
    assert_eq!(site.asked("/news/0"), before.1 + 1, "what is held is asked for");
    assert_eq!(site.asked("/news/2"), 1, "and what is new");
    let planned = crate::support::json_lines(&run_in(&world, &workspace, &["schedule", "--json"]).stdout);
    assert!(planned.iter().all(|task| task["rule"] != "clock"), "{planned:?}");
    // It stays told, since what was archived then bears the wrong days; and another crawl asks for nothing twice.
    let status = text(&run_in(&world, &workspace, &["status"]).stdout);
    assert!(status.contains("LOOK: this machine's clock"), "{status}");
    run_in(&world, &workspace, &["crawl", "--once"]);
    assert_eq!(site.asked("/news/0"), before.1 + 1);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
pub(crate) fn a_clock_that_is_slow_stops_nothing_and_falsifies_nothing() {
    let (site, workspace, world) = tracked("every = \"1h\"", 2);
    crawl_at(&world, &workspace);
    world.wind(DAY);
    site.put("/news/1", 404, "text/html", "");
    run_in(&world, &workspace, &["crawl", "--once", "--revisit"]);
    let absent_since = || {
        let found = run_in(
            &world,
            &workspace,
            &["search", "boat", "--kind", "documents", "--json"],
        );
        let hits = crate::support::json_lines(&found.stdout);
        let is_gone = |hit: &&Value| hit["url"] == site.url("/news/1");
        hits.iter().find(is_gone).expect("it is held")["absent_since"].clone()
    };
    let seen = absent_since();
    assert!(seen.is_string(), "{seen}");
    // As after a start with an empty battery, before the time is asked for.
    world.wind(-2000 * DAY);
    let before = (site.asked("/feed.xml"), site.asked("/news/0"));
    let crawl = run_in(&world, &workspace, &["crawl", "--once"]);
    assert!(text(&crawl.stderr).contains("is slow now, or was fast then"));
    assert_eq!(
        (site.asked("/feed.xml"), site.asked("/news/0")),
        (before.0 + 1, before.1 + 1)
    );
    assert_eq!(absent_since(), seen, "what was seen stays");
    world.wind(2 * DAY);
    run_in(&world, &workspace, &["crawl", "--once", "--revisit"]);
    assert_eq!(absent_since(), seen);
    let status = text(&run_in(&world, &workspace, &["status"]).stdout);
    assert!(!status.contains("LOOK: this machine's clock"), "{status}");
    workspace.run(0, &["verify", "--all"]);
}

#[test]
pub(crate) fn times_missed_while_nobody_was_there_are_made_up_for_once() {
    let (site, workspace, world) = tracked("every = \"1h\"", 2);
    crawl_at(&world, &workspace);
    let before = site.asked("/feed.xml");
    world.wind(3 * DAY);
    let _crawl = running(world.around(workspace.command(&["crawl"])));
    wait_until("the feed asked for", || site.asked("/feed.xml") > before);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(
        site.asked("/feed.xml") - before,
        1,
        "72 missed hours are made up for once"
    );
    assert!(site.asked("/news/0") <= 2);
}

#[test]
pub(crate) fn a_pattern_fires_once_on_the_days_the_clock_is_changed() {
    // The source's zone is New York's. In spring there is no half past two; in autumn there is one, after half past
    // one came twice.
    let (site, workspace, world) = tracked("cron = \"30 2 * * *\"", 1);
    let next = |now: &str| -> String {
        world.wind_to(now);
        crawl_at(&world, &workspace);
        let planned = crate::support::json_lines(&run_in(&world, &workspace, &["schedule", "--json"]).stdout);
        let channel = planned
            .iter()
            .find(|task| task["role"] == "channel")
            .expect("a channel");
        channel["due_at"].as_str().expect("a time").to_string()
    };
    // A few seconds of jitter come after the minute.
    #[track_caller]
    fn check(due: &str, minute: &str) {
        assert!(due.starts_with(minute), "due at {due}, not {minute}");
    }
    check(&next("2026-03-07T17:00:00Z"), "2026-03-08T07:00:");
    check(&next("2026-03-08T07:01:00Z"), "2026-03-09T06:30:");
    check(&next("2026-10-31T16:00:00Z"), "2026-11-01T07:30:");
    check(&next("2026-11-01T07:31:00Z"), "2026-11-02T07:30:");
    drop(site);
}

/// What `status` says of the one channel.
fn channel(world: &World, workspace: &Workspace) -> Value {
    let output = run_in(world, workspace, &["status", "--json"]);
    crate::support::json_lines(&output.stdout)[0]["channels"][0].clone()
}

#[test]
pub(crate) fn a_source_that_falls_silent_is_flagged() {
    let (site, workspace, world) = tracked("every = \"1h\"", 1);
    // Something new every six hours …
    for time in 0..6 {
        announce(&site, 1 + usize::try_from(time).expect("small"));
        world.wind(time * 6 * HOUR);
        crawl_at(&world, &workspace);
    }
    let is_silent = || {
        let flags = &channel(&world, &workspace)["health"]["flags"];
        flags
            .as_array()
            .expect("a list")
            .iter()
            .any(|flag| flag == "silent")
    };
    assert!(!is_silent());
    // … and then nothing for three days, while the feed answers as ever.
    for day in 2..5 {
        world.wind(day * DAY);
        crawl_at(&world, &workspace);
    }
    assert!(is_silent(), "{}", channel(&world, &workspace));
    let told = text(&run_in(&world, &workspace, &["status"]).stdout);
    assert!(told.contains("LOOK: silent"), "{told}");
}

#[test]
pub(crate) fn a_feed_is_asked_as_often_as_it_brings_something() {
    let (site, workspace, world) = tracked("", 1);
    let pause = |now: i64| -> i64 {
        world.wind(now);
        crawl_at(&world, &workspace);
        let due = channel(&world, &workspace)["due_at"]
            .as_str()
            .expect("a time")
            .to_string();
        let due: jiff::Timestamp = due.parse().expect("an instant");
        due.as_second() - jiff::Timestamp::now().as_second() - now
    };
    let (mut now, mut pauses) = (0, Vec::new());
    // A month of nothing new …
    while now < 30 * DAY && pauses.len() < 40 {
        pauses.push(pause(now));
        now += pauses.last().expect("just put");
    }
    let (first, quiet) = (pauses[0], *pauses.last().expect("some"));
    assert!(
        quiet > 4 * first,
        "asked every {quiet} s after a month without news, {first} s at first"
    );
    // … and a burst.
    for number in 0..20 {
        announce(&site, 2 + number);
        now += pause(now);
    }
    let busy = pause(now);
    assert!((540..=1200).contains(&busy), "asked every {busy} s in a burst");
}

#[test]
pub(crate) fn a_queue_that_does_not_move_is_told_with_the_reason() {
    // The feed answers, every page refuses: the queue is full and nothing is captured.
    let (site, workspace, world) = tracked("every = \"1h\"", 8);
    for number in 0..8 {
        site.put(&format!("/news/{number}"), 503, "text/plain", "busy");
    }
    for hour in 0..8 {
        world.wind(hour * HOUR);
        crawl_at(&world, &workspace);
    }
    let told = text(&run_in(&world, &workspace, &["status"]).stdout);
    let alarm = told.lines().find(|line| line.contains("LOOK"));
    let alarm = alarm.unwrap_or_else(|| panic!("no alarm in\n{told}"));
    assert!(
        ["server error", "server_error", "503"]
            .iter()
            .any(|reason| alarm.contains(reason)),
        "no reason in {alarm}"
    );
}
