//! Archive and rows: locked, torn, cut off between the two.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::support::faulty::{FaultSite, answer, article, page, send};
use crate::support::{Workspace, text, wait_until};

const PAGES: usize = 12;

/// A site of a few pages, and the workspace that tracks it.
fn tracked() -> (FaultSite, Workspace) {
    let site = FaultSite::start(|asked| {
        send(match asked.target.as_str() {
            "/robots.txt" => answer("404 Not Found", &[], ""),
            "/list.txt" => {
                let host = asked.field("host");
                let list: String = (0..PAGES)
                    .map(|number| format!("http://{host}/{number}\n"))
                    .collect();
                answer("200 OK", &[("content-type", "text/plain")], list)
            }
            target => page(article(
                &format!("News {target}"),
                &format!("“Boat {target} will leave at noon,” said Captain Eva Stone on Monday"),
            )),
        })
    });
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/harbor.toml",
        &format!(
            "name = \"Harbor\"\nkind = \"news\"\nhome = \"{}\"\nallow_private = true\n\
             [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
            site.url("/"),
            site.url("/list.txt")
        ),
    );
    (site, workspace)
}

/// A connection of somebody else who writes to the same database and takes his time.
struct Lock {
    runtime: tokio::runtime::Runtime,
    connection: SqliteConnection,
}

impl Lock {
    fn take(workspace: &Workspace) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let connection = runtime.block_on(async {
            let options = SqliteConnectOptions::new()
                .filename(workspace.path().join("index/onrecord.db"))
                .busy_timeout(Duration::from_secs(20));
            let mut connection = options.connect().await.expect("opened");
            sqlx::query("BEGIN IMMEDIATE")
                .execute(&mut connection)
                .await
                .expect("locked");
            connection
        });
        Self { runtime, connection }
    }

    fn give_back(self) {
        self.runtime
            .block_on(async { self.connection.close().await })
            .expect("closed");
    }
}

fn everything_is_held_once(workspace: &Workspace) {
    workspace.run(0, &["verify", "--all"]);
    let held = workspace.lines(
        0,
        &["search", "", "--kind", "documents", "--limit", "99", "--json"],
    );
    assert_eq!(held.len(), PAGES);
    let quotes = workspace.lines(0, &["search", "speaker:stone", "--limit", "99", "--json"]);
    assert_eq!(quotes.len(), PAGES);
    let told = text(&workspace.run(0, &["status"]).stdout);
    assert!(told.contains(&format!("{PAGES} revisions")), "{told}");
}

#[test]
pub(crate) fn a_database_that_others_lock_is_waited_for() {
    let (site, workspace) = tracked();
    // Once, so that there is a database.
    workspace.run(0, &["status"]);
    let mut crawl = workspace
        .command(&["crawl", "--once"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    wait_until("a page asked for", || site.log().len() > 2);
    // Four times in a row, for a second each; and people search meanwhile.
    let searches: Vec<_> = (0..4)
        .map(|_| {
            let lock = Lock::take(&workspace);
            let search = workspace
                .command(&["search", "boat"])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it runs");
            std::thread::sleep(Duration::from_secs(1));
            lock.give_back();
            search
        })
        .collect();
    for search in searches {
        let output = search.wait_with_output().expect("it ends");
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{}",
            text(&output.stderr)
        );
    }
    let status = crawl.wait().expect("it ends");
    let mut told = String::new();
    std::io::Read::read_to_string(&mut crawl.stderr.take().expect("piped"), &mut told).expect("read");
    assert!(status.success() && !told.contains("locked"), "{told}");
    everything_is_held_once(&workspace);
}

#[test]
pub(crate) fn a_kill_between_archive_and_rows_loses_nothing() {
    // What a power cut may leave behind, as far as a kill can show it: the archive is written and made durable, and
    // the rows that name its records are not yet there. The other way round cannot be: rows wait for the archive.
    let (site, workspace) = tracked();
    workspace.run(0, &["status"]);
    let mut crawl = workspace
        .command(&["crawl", "--once"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    wait_until("a page asked for", || site.log().len() > 4);
    let lock = Lock::take(&workspace);
    let archived = || {
        let segments = workspace.segments();
        segments
            .iter()
            .map(|path| std::fs::metadata(path).map_or(0, |file| file.len()))
            .sum::<u64>()
    };
    // The rows stand still; the archive goes on until every visit waits for its rows.
    let mut seen = 0;
    wait_until("the archive to come to rest", || {
        let before = seen;
        seen = archived();
        std::thread::sleep(Duration::from_millis(400));
        seen == before && seen > 0
    });
    crawl.kill().expect("killed");
    crawl.wait().expect("gone");
    lock.give_back();
    workspace.run(0, &["verify", "--all"]);
    workspace.crawl(&[]);
    everything_is_held_once(&workspace);
}

#[test]
pub(crate) fn a_record_torn_by_a_kill_is_set_aside_and_the_crawl_goes_on() {
    let (_site, workspace) = tracked();
    workspace.crawl(&[]);
    let segment = workspace.segments().remove(0);
    let whole = std::fs::read(&segment).expect("read");
    // Half a record after the last one, as a kill in the middle of a write leaves it.
    let mut torn = whole.clone();
    torn.extend_from_slice(&whole[..whole.len().min(700)]);
    torn.truncate(torn.len() - 60);
    std::fs::write(&segment, &torn).expect("written");
    workspace.crawl(&["--revisit"]);
    everything_is_held_once(&workspace);
    let now = std::fs::read(&segment).expect("read");
    assert!(now.starts_with(&whole), "what was whole stays as it was");
    let folder = std::fs::read_dir(workspace.path().join("index/archive")).expect("readable");
    let aside: Vec<PathBuf> = folder
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.to_string_lossy().contains(".torn-"))
        .collect();
    assert_eq!(aside.len(), 1, "{aside:?}");
}
