//! What is left when the process is killed at any moment.

use std::process::Stdio;
use std::time::Duration;

use crate::support::site::Site;
use crate::support::{Workspace, wait_until};

const PAGES: usize = 60;

fn tracked() -> (Site, Workspace) {
    let site = Site::new();
    let paths: Vec<String> = (0..PAGES).map(|number| format!("/news/{number}")).collect();
    let announced: Vec<&str> = paths.iter().map(String::as_str).collect();
    site.put_feed("/feed.xml", &announced);
    for (number, path) in paths.iter().enumerate() {
        let text = format!(
            "“Ship number {number} will leave the harbor at noon,” said Captain Eva Stone on Monday, before the \
             fog came in and hid the lights of the other shore from everybody on the pier."
        );
        site.put_page(path, &format!("Ship {number} leaves"), "2026-02-04", &[&text]);
        site.delay(path, Duration::from_millis(15));
    }
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/harbor.toml",
        &site.feed_source("Harbor News", "/feed.xml"),
    );
    (site, workspace)
}

#[test]
pub(crate) fn a_kill_at_any_moment_loses_no_committed_capture_and_the_next_start_goes_on() {
    let (site, workspace) = tracked();
    let killed = |more: &[&str], moment: &dyn Fn()| {
        let mut crawl = workspace
            .command(&[&["crawl", "--once"], more].concat())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        moment();
        crawl.kill().expect("killed");
        crawl.wait().expect("gone");
        // What was committed is whole; what was not is asked for again.
        workspace.run(0, &["verify"]);
    };
    for kill in 1..=3 {
        let goal = kill * PAGES / 5;
        killed(&[], &|| {
            wait_until("pages asked for", || {
                (0..PAGES)
                    .filter(|number| site.asked(&format!("/news/{number}")) > 0)
                    .count()
                    >= goal
            });
        });
    }
    // And at seventeen moments that nobody chose, while everything is asked for again.
    let mut seed = u64::from(std::process::id());
    eprintln!("the moments are those of seed {seed}");
    for _ in 0..17 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        killed(&["--revisit"], &|| {
            std::thread::sleep(Duration::from_millis(50 + (seed >> 33) % 600));
        });
    }
    let last = workspace.crawl(&[]);
    assert!(
        last["captures"].as_u64().expect("a number") < PAGES as u64,
        "{last}"
    );
    workspace.run(0, &["verify", "--all"]);
    let hits = workspace.lines(0, &["search", "speaker:stone", "--limit", "200", "--json"]);
    assert_eq!(hits.len(), PAGES);
    let told = crate::support::text(&workspace.run(0, &["status"]).stdout);
    assert!(
        told.contains(&format!("{PAGES} documents, {PAGES} revisions")),
        "nothing is held twice: {told}"
    );
}

#[cfg(unix)]
#[test]
pub(crate) fn ctrl_c_ends_cleanly_with_what_was_fetched_on_record() {
    let (site, workspace) = tracked();
    let crawl = workspace
        .command(&["crawl", "--once", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    wait_until("a page asked for", || site.asked("/news/5") > 0);
    let signalled = std::process::Command::new("kill")
        .args(["-INT", &crawl.id().to_string()])
        .status();
    assert!(signalled.expect("kill runs").success());
    let output = crawl.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a summary");
    assert_eq!(summary["interrupted"], true);
    workspace.run(0, &["verify", "--all"]);
}
