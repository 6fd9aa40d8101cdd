//! A disk that is full. A limit on the size of files stands for it: a write fails as it does on a full disk, and the
//! limit can be lifted while the program runs, as somebody makes room.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::altered::World;
use crate::support::faulty::{FaultSite, answer, article, page, send};
use crate::support::{Workspace, text, wait_until};

const PAGES: usize = 40;

/// A site of pages of about this size; `noise` does not pack and is no text.
fn site(noise: usize, paragraphs: usize) -> FaultSite {
    FaultSite::start(move |asked| {
        let host = asked.field("host");
        send(match asked.target.as_str() {
            "/robots.txt" => answer("404 Not Found", &[], ""),
            "/list.txt" => {
                let list: String = (0..PAGES)
                    .map(|number| format!("http://{host}/{number}\n"))
                    .collect();
                answer("200 OK", &[("content-type", "text/plain")], list)
            }
            target => {
                let number: u64 = target.trim_start_matches('/').parse().unwrap_or_default();
                let quotes: String = (0..paragraphs)
                    .map(|paragraph| {
                        format!("</p><p>“Boat {paragraph} of pier {number} will leave at noon,” said Captain Eva Stone on Monday.")
                    })
                    .collect();
                let mut seed = number + 1;
                let noise: String = (0..noise)
                    .map(|_| {
                        seed = seed
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        char::from(b"0123456789abcdefghijklmnopqrstuv"[(seed >> 59) as usize])
                    })
                    .collect();
                let news = article(
                    &format!("News {number}"),
                    &format!("Pier {number} is open{quotes}"),
                );
                page(news.replace("</body>", &format!("<!--{noise}--></body>")))
            }
        })
    })
}

fn workspace(site: &FaultSite) -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "config/onrecord.toml",
        "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\nretry_after = \"1s\"\n[serve]\nlisten = \"127.0.0.1:0\"\n",
    );
    workspace.write(
        "config/sources/harbor.toml",
        &format!(
            "name = \"Harbor\"\nkind = \"news\"\nhome = \"{}\"\nallow_private = true\n\
             [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
            site.url("/"),
            site.url("/list.txt")
        ),
    );
    // What is made once has room.
    workspace.run(0, &["status"]);
    workspace
}

/// A command whose files may not grow past so many kB; the signal that would end it is ignored, so that it sees an
/// error as on a full disk.
fn limited(command: &Command, kilobytes: u64) -> Command {
    let mut limited = Command::new("bash");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -S -f \"$0\"; exec \"$@\""])
        .arg(kilobytes.to_string())
        .arg(command.get_program())
        .args(command.get_args())
        .stdin(Stdio::null());
    limited
}

/// Makes room for a running program.
fn lift(child: &Child) {
    let lifted = Command::new("prlimit")
        .args(["--pid", &child.id().to_string(), "--fsize=unlimited:"])
        .output()
        .expect("prlimit runs");
    assert!(lifted.status.success(), "{}", text(&lifted.stderr));
}

fn held(workspace: &Workspace) -> usize {
    let output = workspace
        .command(&["search", "", "--kind", "documents", "--limit", "99", "--json"])
        .output();
    output
        .expect("it runs")
        .stdout
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
}

/// A crawl under a limit says what is wrong; the next one, with room, ends as if nothing had been.
fn fails_and_goes_on(site: &FaultSite, kilobytes: u64) {
    let workspace = workspace(site);
    let output = limited(&workspace.command(&["crawl", "--once"]), kilobytes)
        .output()
        .expect("bash runs");
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "the disk was never full: {told}");
    let names_it = told.contains("error: cannot") || told.contains("error: the database failed");
    assert!(names_it, "{told}");
    // What was committed before is whole.
    workspace.run(0, &["verify"]);
    let before = held(&workspace);
    workspace.crawl(&[]);
    workspace.run(0, &["verify", "--all"]);
    assert_eq!(held(&workspace), PAGES, "{before} before");
}

/// The serving program meets a full disk, says so, and goes on by itself when there is room.
fn is_waited_out(site: &FaultSite, kilobytes: u64) {
    let workspace = workspace(site);
    let mut serving = super::sites::Running(
        limited(&workspace.command(&["serve"]), kilobytes)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("bash runs"),
    );
    wait_until("pages asked for", || site.log().len() > 4);
    // Until it comes to rest: nothing is asked for any more.
    let mut seen = 0;
    wait_until("the disk to be full", || {
        let before = seen;
        seen = site.log().len();
        std::thread::sleep(Duration::from_secs(2));
        seen == before
    });
    assert!(serving.0.try_wait().expect("ours").is_none(), "the desk is gone");
    lift(&serving.0);
    let patience = Instant::now() + Duration::from_secs(45);
    while held(&workspace) < PAGES {
        assert!(
            Instant::now() < patience,
            "there is room again and {} of {PAGES} pages are held",
            held(&workspace)
        );
        std::thread::sleep(Duration::from_millis(500));
    }
    drop(serving);
    workspace.run(0, &["verify", "--all"]);
}

const ARCHIVE_KILOBYTES: u64 = 6_500;
const ROWS_KILOBYTES: u64 = 1_500;

#[test]
fn a_crawl_that_fills_the_disk_with_its_archive_leaves_nothing_half_done() {
    fails_and_goes_on(&site(400_000, 1), ARCHIVE_KILOBYTES);
}

#[test]
fn a_crawl_that_fills_the_disk_with_its_rows_leaves_nothing_half_done() {
    fails_and_goes_on(&site(0, 60), ROWS_KILOBYTES);
}

#[test]
pub(crate) fn a_full_disk_under_the_archive_is_waited_out() {
    is_waited_out(&site(400_000, 1), ARCHIVE_KILOBYTES);
}

#[test]
pub(crate) fn a_full_disk_under_the_rows_is_waited_out() {
    is_waited_out(&site(0, 60), ROWS_KILOBYTES);
}

/// What only reads is done where nothing can be written, and what writes says why it is not.
fn is_read(run: impl Fn(&[&str]) -> std::process::Output, why: &str) {
    for (arguments, told) in [
        (&["search", "boat"][..], "Eva Stone"),
        (&["verify", "--all"], "all as archived"),
        (&["export", "csv", "boat"], "Eva Stone"),
        (&["status"], "Harbor"),
    ] {
        let output = run(arguments);
        assert!(
            output.status.success() && text(&output.stdout).contains(told),
            "{arguments:?}: {}{}",
            text(&output.stdout),
            text(&output.stderr)
        );
    }
    let output = run(&["searches", "add", "boats", "boat"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains(why), "{}", text(&output.stderr));
}

#[test]
fn what_lies_on_a_disk_that_is_read_only_is_searched_exported_and_verified() {
    let site = site(0, 2);
    let workspace = workspace(&site);
    workspace.crawl(&[]);
    let world = World::new();
    let run = |is_denied: bool, arguments: &[&str]| {
        let mut command = world.around_fixed(workspace.command(arguments), workspace.path());
        if is_denied {
            // Of another owner, or handed over without leave to write.
            command.env("ALTERED_DENIED", "1");
        }
        command.output().expect("runs")
    };
    is_read(|arguments| run(false, arguments), "may only be read");
    // The owner could be at work in it, and nothing shows that nobody is.
    let output = run(true, &["search", "boat"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("is another user's"),
        "{}",
        text(&output.stderr)
    );
    let database = workspace.path().join("index/onrecord.db");
    let mut leave = std::fs::metadata(&database).expect("it is there").permissions();
    leave.set_readonly(true);
    std::fs::set_permissions(&database, leave).expect("set");
    is_read(|arguments| run(true, arguments), "may only be read");
}

#[test]
fn a_full_disk_is_named_where_it_keeps_the_rows_from_being_opened() {
    let site = site(0, 2);
    let workspace = workspace(&site);
    workspace.crawl(&[]);
    let output = limited(&workspace.command(&["search", "boat"]), 0).output();
    let output = output.expect("bash runs");
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("error: the disk is full"), "{told}");
    workspace.run(0, &["search", "boat"]);
}
