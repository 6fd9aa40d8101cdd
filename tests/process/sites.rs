//! Sites that are slow, large, unchanged, edited, or forget their sitemaps; crawls that would overlap.

use std::process::{Child, Stdio};
use std::time::Duration;

use crate::support::faulty::{FaultSite, Step, answer, article, page, send};
use crate::support::site::Site;
use crate::support::{Workspace, peak_kb, text, wait_until};

/// A running program that is killed when the test is over, however it ends.
pub(super) struct Running(pub(super) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(super) fn running(mut command: std::process::Command) -> Running {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    Running(child.expect("it runs"))
}

#[test]
pub(crate) fn a_run_longer_than_its_interval_does_not_start_twice() {
    // The feed is due every second and takes three to answer.
    let site = FaultSite::start(|asked| match asked.target.as_str() {
        "/robots.txt" => send(answer("404 Not Found", &[], "")),
        _ => {
            let feed = "<rss version=\"2.0\"><channel><title>Slow</title></channel></rss>";
            let bytes = answer("200 OK", &[("content-type", "application/rss+xml")], feed);
            vec![Step::Wait(Duration::from_secs(3)), Step::Send(bytes)]
        }
    });
    let workspace = Workspace::new();
    let settings =
        "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\ntimeout = \"20s\"\nidle_timeout = \"10s\"\n";
    workspace.write("config/onrecord.toml", settings);
    workspace.write(
        "config/sources/slow.toml",
        &format!(
            "name = \"Slow\"\nkind = \"news\"\nhome = \"{}\"\nallow_private = true\n\
             [[channel]]\nkind = \"feed\"\nurl = \"{}\"\nevery = \"1s\"\n",
            site.url("/"),
            site.url("/feed")
        ),
    );
    let _crawl = running(workspace.command(&["crawl"]));
    wait_until("the feed asked for", || site.asked("/feed") > 0);
    // A second crawl of the workspace says that there is one.
    let second = workspace.run(2, &["crawl", "--once"]);
    let told = text(&second.stderr);
    assert!(
        told.contains("another") || told.contains("already") || told.contains("lock"),
        "{told}"
    );
    wait_until("the feed asked for again", || site.asked("/feed") > 2);
    let log = site.log();
    let feed: Vec<_> = log.iter().filter(|asked| asked.target == "/feed").collect();
    for pair in feed.windows(2) {
        let ended = pair[0].ended.expect("the next one came after it");
        assert!(ended <= pair[1].at, "two runs at once");
    }
}

/// A host of pages, some of which may hang.
fn host(pages: usize, hangs: bool) -> FaultSite {
    FaultSite::start(move |asked| match asked.target.as_str() {
        "/robots.txt" => send(answer("404 Not Found", &[], "")),
        "/list.txt" => {
            let host = asked.field("host");
            let list: String = (0..pages)
                .map(|number| format!("http://{host}/{number}\n"))
                .collect();
            send(answer("200 OK", &[("content-type", "text/plain")], list))
        }
        _ if hangs => vec![Step::Hang],
        target => {
            let words = format!("Boat {target} of {} will leave at noon", asked.field("host"));
            send(page(article(&format!("News {target}"), &words)))
        }
    })
}

fn source(site: &FaultSite, name: &str) -> String {
    format!(
        "name = \"{name}\"\nkind = \"news\"\nhome = \"{}\"\nallow_private = true\n\
         [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
        site.url("/"),
        site.url("/list.txt")
    )
}

#[test]
pub(crate) fn one_host_that_hangs_does_not_hold_up_nineteen_others() {
    // How much it slows the others is measured by the benchmark; here all of them are done while the first request
    // to the one that hangs is still open, however slow the machine.
    let hanging = host(3, true);
    let others: Vec<FaultSite> = (0..19).map(|_| host(4, false)).collect();
    let workspace = Workspace::new();
    workspace.write(
        "config/onrecord.toml",
        "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\nhosts_at_once = 20\ntimeout = \"10m\"\nidle_timeout = \"10m\"\n",
    );
    for (number, site) in others.iter().chain([&hanging]).enumerate() {
        workspace.write(
            &format!("config/sources/host{number}.toml"),
            &source(site, &format!("Host {number}")),
        );
    }
    let _crawl = running(workspace.command(&["crawl"]));
    wait_until("the one that hangs asked for a page", || hanging.log().len() > 2);
    wait_until("all pages of the others", || {
        others
            .iter()
            .all(|site| site.log().iter().filter(|asked| asked.ended.is_some()).count() >= 6)
    });
    let log = hanging.log();
    assert_eq!(log.len(), 3, "robots.txt, the list and one page that hangs");
    assert!(log[2].ended.is_none());
}

#[cfg(target_os = "linux")]
/// Reads sitemaps of this many pages on one host; the most memory the program took, in kB.
fn peak_with(sitemaps: usize, each: usize) -> u64 {
    let site = FaultSite::start(move |asked| match asked.target.as_str() {
        "/robots.txt" => send(answer("404 Not Found", &[], "")),
        "/index.xml" => {
            let host = asked.field("host");
            let named: String = (0..sitemaps)
                .map(|number| format!("<sitemap><loc>http://{host}/{number}.txt</loc></sitemap>"))
                .collect();
            let index = format!("<sitemapindex>{named}</sitemapindex>");
            send(answer("200 OK", &[("content-type", "application/xml")], index))
        }
        target if target.ends_with(".txt") => {
            let host = asked.field("host");
            let folder = target.trim_end_matches(".txt");
            let list: String = (0..each)
                .map(|page| format!("http://{host}{folder}/page-{page}\n"))
                .collect();
            send(answer("200 OK", &[("content-type", "text/plain")], list))
        }
        // The pages themselves are not what is measured.
        _ => vec![Step::Hang],
    });
    let workspace = Workspace::new();
    workspace.write(
        "config/onrecord.toml",
        "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\ntimeout = \"10m\"\nidle_timeout = \"10m\"\n",
    );
    workspace.write(
        "config/sources/large.toml",
        &source(&site, "Large").replace("/list.txt", "/index.xml"),
    );
    let crawl = running(workspace.command(&["crawl"]));
    let is_page = |target: &str| target.contains("/page-");
    wait_until("a page asked for, after all the sitemaps", || {
        site.log().iter().any(|asked| is_page(&asked.target))
    });
    let read = site
        .log()
        .iter()
        .filter(|asked| asked.target.ends_with(".txt") && asked.target != "/robots.txt")
        .count();
    assert_eq!(read, sitemaps, "channels come before pages");
    let peak = peak_kb(crawl.0.id()).expect("it runs");
    drop(crawl);
    let told = text(&workspace.run(0, &["status"]).stdout);
    let waiting = format!("{} waiting", sitemaps * each);
    assert!(told.contains(&waiting), "{waiting} in {told}");
    peak
}

#[cfg(target_os = "linux")]
#[test]
pub(crate) fn addresses_by_the_hundred_thousand_stay_on_disk() {
    // A million takes too long here: three times as many addresses must not take much more memory.
    let (few, many) = (peak_with(4, 10_000), peak_with(12, 10_000));
    eprintln!(
        "40,000 addresses: {} MB at most; 120,000: {} MB",
        few / 1024,
        many / 1024
    );
    assert!(
        many < few * 13 / 10,
        "{many} kB for three times the addresses of {few} kB"
    );
}

const PAGES: usize = 200;

fn paragraphs(number: usize, day: &str) -> [String; 3] {
    [
        format!("The council of ward {number} met on {day} to speak about the boats, which have not left the pier since the storm."),
        format!("“Boat {number} will leave on {day},” said Captain Eva Stone, who has waited for the landing all winter long."),
        "Nobody from the company that owns them was there, and the chairs in the first row stayed empty all evening, as \
         they had been at the meeting before."
            .repeat(12),
    ]
}

fn put(site: &Site, number: usize, day: &str) {
    let paragraphs = paragraphs(number, day);
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    site.put_page(
        &format!("/news/{number}"),
        &format!("Boat {number} leaves"),
        "2026-02-04",
        &paragraphs,
    );
}

fn two_hundred_pages() -> (Site, Workspace, serde_json::Value) {
    let site = Site::new();
    let list: String = (0..PAGES)
        .map(|number| site.url(&format!("/news/{number}")) + "\n")
        .collect();
    site.put("/list.txt", 200, "text/plain", list);
    for number in 0..PAGES {
        put(&site, number, "Monday");
    }
    let workspace = Workspace::new();
    let channel = format!(
        "[[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
        site.url("/list.txt")
    );
    workspace.write("config/sources/harbor.toml", &site.source("Harbor", &channel));
    let first = workspace.crawl(&[]);
    assert_eq!(first["captures"], PAGES);
    (site, workspace, first)
}

#[test]
pub(crate) fn a_second_crawl_of_what_did_not_change_costs_next_to_nothing() {
    // A tenth of the case's 2,000 pages: the shares are the same.
    let (site, workspace, first) = two_hundred_pages();
    let second = workspace.crawl(&["--revisit"]);
    let not_modified = (0..PAGES)
        .filter(|number| site.last_status(&format!("/news/{number}")) == Some(304))
        .count();
    assert!(not_modified * 100 >= PAGES * 99, "{not_modified} answers of 304");
    assert_eq!(
        (&second["captures"], &second["revisions"]),
        (&0.into(), &0.into())
    );
    let bytes = |summary: &serde_json::Value| summary["bytes"].as_u64().expect("a number");
    assert!(
        bytes(&second) * 20 < bytes(&first),
        "{} bytes and then {}",
        bytes(&first),
        bytes(&second)
    );
}

#[test]
pub(crate) fn a_tenth_edited_is_a_tenth_of_new_revisions() {
    let (site, workspace, _) = two_hundred_pages();
    for number in (0..PAGES).step_by(10) {
        put(&site, number, "Friday");
    }
    let second = workspace.crawl(&["--revisit"]);
    assert_eq!(
        (&second["captures"], &second["revisions"]),
        (&(PAGES / 10).into(), &(PAGES / 10).into())
    );
    let again = workspace.crawl(&["--revisit"]);
    assert_eq!(again["revisions"], 0);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
pub(crate) fn sitemaps_that_rotate_do_not_pile_up() {
    // Each day's index names that day's sitemap only; those of the days before are gone.
    let site = Site::new();
    let workspace = Workspace::new();
    let channel = format!(
        "[[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
        site.url("/index.xml")
    );
    workspace.write("config/sources/daily.toml", &site.source("Daily", &channel));
    for day in 0..6 {
        let name = format!("/map-{day}.txt");
        let index = format!(
            "<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>",
            site.url(&name)
        );
        site.put("/index.xml", 200, "application/xml", index);
        site.put(&name, 200, "text/plain", site.url(&format!("/news/{day}")) + "\n");
        put(&site, day, "Monday");
        if day > 0 {
            site.put(&format!("/map-{}.txt", day - 1), 404, "text/plain", "gone");
        }
        workspace.crawl(&[]);
    }
    let known = workspace.lines(0, &["schedule", "--limit", "99", "--json"]);
    let channels = known.iter().filter(|task| task["role"] == "channel").count();
    assert!(channels <= 3, "{channels} channels are asked after six days");
    // Once when it was named, and once more at the most.
    let asked = site.asked("/map-0.txt");
    assert!(asked <= 2, "a dead sitemap was asked for {asked} times");
}
