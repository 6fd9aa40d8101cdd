//! An archive that goes away and comes back: a share that is not there for a while, a file that somebody moved.

use std::path::PathBuf;
use std::time::Duration;

use super::sites::running;
use crate::support::altered::World;
use crate::support::site::Site;
use crate::support::{Workspace, text, wait_until};

const PAGES: usize = 4;
/// Whoever cannot be read is looked for again after this many seconds.
const LATER: i64 = 11 * 60;

/// A feed of a few pages, each with a quote, and the workspace that tracks it. Each record has a file of its own where
/// `apart` says so.
fn tracked(apart: bool) -> (Site, Workspace) {
    let site = Site::new();
    announce(&site, PAGES);
    let workspace = Workspace::new();
    workspace.set("[serve]\nlisten = \"127.0.0.1:0\"");
    if apart {
        workspace.set("[archive]\nsegment_bytes = 1");
    }
    let channel = format!(
        "[[channel]]\nkind = \"feed\"\nurl = \"{}\"\nevery = \"1s\"\n",
        site.url("/feed.xml")
    );
    workspace.write("config/sources/harbor.toml", &site.source("Harbor", &channel));
    (site, workspace)
}

fn announce(site: &Site, pages: usize) {
    let paths: Vec<String> = (0..pages).map(|number| format!("/news/{number}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    site.put_feed("/feed.xml", &paths);
    for path in &paths {
        let words = format!("“The boat of {path} will leave at noon,” said Captain Eva Stone on Monday.");
        site.put_page(path, &format!("Boat of {path}"), "2026-02-04", &[&words]);
    }
}

/// Names the speaker, so that everything held is read anew.
fn name_the_speaker(workspace: &Workspace) {
    workspace.write(
        "config/speakers.toml",
        "[captain]\nname = \"Eva Stone\"\nkind = \"person\"\n",
    );
}

/// How many quotes a query finds.
fn found(workspace: &Workspace, query: &str) -> usize {
    let output = workspace
        .command(&["search", query, "--limit", "99", "--json"])
        .output();
    text(&output.expect("it runs").stdout).lines().count()
}

fn status(workspace: &Workspace) -> String {
    text(&workspace.run(0, &["status"]).stdout)
}

/// The folder of the archive, and one beside it that it is moved to.
fn places(workspace: &Workspace) -> (PathBuf, PathBuf) {
    (
        workspace.path().join("index/archive"),
        workspace.path().join("elsewhere"),
    )
}

#[test]
fn nothing_is_crawled_or_verified_while_the_archive_is_away_and_everything_once_it_is_back() {
    let (site, workspace) = tracked(false);
    workspace.crawl(&[]);
    let (archive, elsewhere) = places(&workspace);
    std::fs::rename(&archive, &elsewhere).expect("moved away");
    name_the_speaker(&workspace);
    announce(&site, PAGES + 1);
    // What was read is found as before.
    assert_eq!(found(&workspace, "boat"), PAGES);
    let asked = site.times().len();
    for (arguments, hint) in [
        (&["crawl", "--once"][..], true),
        (&["crawl", "--once", "--revisit"], true),
        (&["verify"], true),
        (&["verify", "--all"], true),
    ] {
        let told = text(&workspace.run(2, arguments).stderr);
        assert!(
            told.contains("is not there") && told.contains("bring it back") == hint,
            "{told}"
        );
    }
    assert!(
        status(&workspace).contains("LOOK: the archive"),
        "{}",
        status(&workspace)
    );
    assert_eq!(
        site.times().len(),
        asked,
        "a site was asked for what could not be kept"
    );
    // Its place stays free.
    std::fs::rename(&elsewhere, &archive).expect("moved back");
    assert!(
        !status(&workspace).contains("the archive"),
        "{}",
        status(&workspace)
    );
    workspace.crawl(&[]);
    assert_eq!(found(&workspace, "speaker:=captain boat"), PAGES + 1);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_new_archive_is_begun_only_by_who_says_so() {
    let (site, workspace) = tracked(false);
    workspace.crawl(&[]);
    let (archive, _) = places(&workspace);
    std::fs::remove_dir_all(archive).expect("lost");
    announce(&site, PAGES + 1);
    workspace.run(2, &["crawl", "--once"]);
    assert_eq!(workspace.crawl(&["--begin-archive"])["captures"], 1);
    assert_eq!(found(&workspace, "boat"), PAGES + 1);
    // What was read stays, and what is lost is told once, with all that lay in it.
    let told = text(&workspace.run(3, &["verify"]).stdout);
    assert_eq!(told.matches("is gone, and with it").count(), 1, "{told}");
    assert!(told.contains(&format!("with {PAGES} quotes")), "{told}");
    // What is there still is asked for whole, and the new archive has it; so that it can be read anew.
    workspace.crawl(&["--revisit"]);
    assert!((0..PAGES).all(|number| site.last_status(&format!("/news/{number}")) == Some(200)));
    name_the_speaker(&workspace);
    workspace.crawl(&[]);
    assert_eq!(found(&workspace, "speaker:=captain boat"), PAGES + 1);
    assert!(
        !status(&workspace).contains("could not be read"),
        "{}",
        status(&workspace)
    );
}

#[test]
fn a_tracker_that_runs_reads_what_it_archived_when_the_archive_is_back() {
    let (site, workspace) = tracked(false);
    workspace.crawl(&[]);
    let world = World::new();
    let asked = site.times().len();
    let mut serving = running(world.around(workspace.command(&["serve"])));
    wait_until("the feed to be asked for", || site.times().len() > asked);
    let (archive, elsewhere) = places(&workspace);
    std::fs::rename(&archive, &elsewhere).expect("moved away");
    announce(&site, PAGES + 2);
    // The file is open, so that what comes meanwhile is in it; read it is later.
    wait_until("the new pages to wait", || {
        status(&workspace).contains("LOOK: 2 captures could not be read")
    });
    assert_eq!(found(&workspace, "boat"), PAGES);
    std::fs::rename(&elsewhere, &archive).expect("moved back");
    world.wind(LATER);
    wait_until("the new pages", || found(&workspace, "boat") == PAGES + 2);
    assert!(serving.0.try_wait().expect("ours").is_none(), "the program ended");
    drop(serving);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn a_tracker_that_runs_begins_no_other_archive_and_goes_on_when_it_is_back() {
    let (site, workspace) = tracked(true);
    workspace.crawl(&[]);
    let asked = site.times().len();
    let serving = running(workspace.command(&["serve"]));
    wait_until("the feed to be asked for", || site.times().len() > asked);
    let (archive, elsewhere) = places(&workspace);
    std::fs::rename(&archive, &elsewhere).expect("moved away");
    announce(&site, PAGES + 2);
    wait_until("the crawl to say what is wrong", || {
        status(&workspace).contains("LOOK: the crawl ended")
    });
    std::thread::sleep(Duration::from_secs(3));
    assert!(!archive.exists(), "a new archive was begun");
    assert_eq!(found(&workspace, "boat"), PAGES);
    std::fs::rename(&elsewhere, &archive).expect("moved back");
    wait_until("the new pages", || found(&workspace, "boat") == PAGES + 2);
    drop(serving);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn what_lies_in_a_file_that_is_gone_is_read_when_the_file_is_back() {
    let (_site, workspace) = tracked(true);
    workspace.crawl(&[]);
    let mut segments = workspace.segments();
    segments.sort();
    // Not the newest: without that no crawl begins.
    let gone = segments.remove(segments.len() - 2);
    let name = gone.file_name().expect("a file").to_string_lossy().into_owned();
    let elsewhere = workspace.path().join("elsewhere");
    std::fs::rename(&gone, &elsewhere).expect("moved away");
    name_the_speaker(&workspace);
    for _ in 0..2 {
        workspace.crawl(&[]);
        // It stays as it was read before, without the name that came later.
        assert_eq!(found(&workspace, "boat"), PAGES);
        assert_eq!(found(&workspace, "speaker:=captain boat"), PAGES - 1);
        assert!(
            status(&workspace).contains(&format!("{name} is gone")),
            "{}",
            status(&workspace)
        );
    }
    let told = text(&workspace.run(3, &["verify"]).stdout);
    assert!(
        told.contains(&format!("{name} is gone, and with it 1 capture with 1 quote")),
        "{told}"
    );
    workspace.crawl(&["--revisit"]);
    assert_eq!(
        found(&workspace, "speaker:=captain boat"),
        PAGES,
        "its page is there"
    );
    std::fs::rename(&elsewhere, &gone).expect("moved back");
    workspace.crawl(&[]);
    assert_eq!(found(&workspace, "speaker:=captain boat"), PAGES);
    // It is the same wording, held twice.
    assert!(
        status(&workspace).contains(&format!("{PAGES} revisions")),
        "{}",
        status(&workspace)
    );
    assert!(!status(&workspace).contains("is gone"), "{}", status(&workspace));
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn an_earlier_state_of_the_archive_is_not_appended_to() {
    let (site, workspace) = tracked(false);
    workspace.crawl(&[]);
    let segment = workspace.segments().remove(0);
    let earlier = std::fs::read(&segment).expect("read");
    announce(&site, PAGES + 1);
    workspace.crawl(&[]);
    let whole = std::fs::read(&segment).expect("read");
    std::fs::write(&segment, &earlier).expect("put back");
    announce(&site, PAGES + 2);
    let told = text(&workspace.run(2, &["crawl", "--once", "--revisit"]).stderr);
    assert!(told.contains("ends before what is on record"), "{told}");
    assert!(told.contains("--begin-archive"), "{told}");
    assert!(status(&workspace).contains("LOOK: "), "{}", status(&workspace));
    assert_eq!(
        std::fs::read(&segment).expect("read"),
        earlier,
        "it is left as it is"
    );
    // With the file that belongs to the rows everything goes on.
    std::fs::write(&segment, &whole).expect("put back");
    workspace.crawl(&["--revisit"]);
    assert_eq!(found(&workspace, "boat"), PAGES + 2);
    workspace.run(0, &["verify", "--all"]);
}

#[test]
fn what_was_lost_at_the_end_of_a_file_is_asked_for_anew_into_another_file() {
    let (site, workspace) = tracked(false);
    workspace.crawl(&[]);
    let segment = workspace.segments().remove(0);
    let earlier = std::fs::read(&segment).expect("read");
    announce(&site, PAGES + 1);
    workspace.crawl(&[]);
    std::fs::write(&segment, &earlier).expect("put back");
    workspace.crawl(&["--revisit", "--begin-archive"]);
    assert_eq!(
        std::fs::read(&segment).expect("read"),
        earlier,
        "it is left as it is"
    );
    assert_eq!(workspace.segments().len(), 2);
    assert_eq!(found(&workspace, "boat"), PAGES + 1);
}

#[test]
fn an_index_of_a_later_state_than_the_rows_is_made_anew() {
    let (site, workspace) = tracked(false);
    workspace.crawl(&[]);
    let index = workspace.path().join("index");
    let rows = || -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&index).expect("a folder");
        let paths = entries.map(|entry| entry.expect("readable").path());
        paths
            .filter(|path| path.to_string_lossy().contains("onrecord.db"))
            .collect()
    };
    let earlier: Vec<(PathBuf, Vec<u8>)> = rows()
        .into_iter()
        .map(|path| (path.clone(), std::fs::read(path).expect("read")))
        .collect();
    announce(&site, PAGES + 1);
    workspace.crawl(&[]);
    assert_eq!(found(&workspace, "boat"), PAGES + 1);
    for path in rows() {
        std::fs::remove_file(path).expect("removed");
    }
    for (path, bytes) in earlier {
        std::fs::write(path, bytes).expect("put back");
    }
    // What is found has its capture.
    assert_eq!(found(&workspace, "boat"), PAGES);
}
