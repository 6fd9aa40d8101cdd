//! `onrecord demo`: the whole way from a site to a quote, on a newsroom of invented people.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use tokio_util::sync::CancellationToken;

use super::arguments::DemoArguments;
use super::output::{DONE, FAILED, counted, tell};
use super::{crawl, search, searches, serve, session};
use crate::crawl::Until;
use crate::index::{EntryKind, Order, Query, Wanted};
use crate::model::saved_search::{Rhythm, SavedSearch};
use crate::model::token::Scope;
use crate::pipeline::alerts::{self, Draft};
use crate::pipeline::{self, Selection, Tracker};
use crate::settings::{self, Workspace};
use crate::telemetry;
use crate::web::newsroom::Newsroom;

/// What the demo changes of the settings: its newsroom is on this machine and need not be spared.
const SETTINGS: &str = "# The settings of the demo; see config/onrecord.toml of the program for all of them.\n\
    [crawl]\ncontact = \"demo\"\npace = \"5ms\"\nrobots_for = \"1h\"\n";

/// What to do after a demo without the desk.
const NEXT: &str = "hint: `onrecord demo` shows the same on the desk, `--keep DIR` keeps its workspace, and `onrecord init DIR` \
    begins a tracker of your own";

/// The search that the demo saves.
const WATCHED: &str = "everything";

/// What the demo asks its tracker.
const QUESTION: &str = "ferry OR shelter";

pub(super) fn run(given: &DemoArguments) -> anyhow::Result<ExitCode> {
    let temporary = tempfile::Builder::new().prefix("onrecord-demo-").tempdir();
    let temporary = temporary.context("cannot make a temporary folder")?;
    let folder = given.keep.as_deref().unwrap_or(temporary.path());
    let workspace = Workspace::at(folder);
    if Workspace::is_one(folder) {
        bail!(
            "{} is a tracker workspace already; the demo makes a new one",
            folder.display()
        );
    }
    session::runtime()?.block_on(async {
        if !given.once {
            // Told before the crawl and not behind it: 8080 is the port that is taken most.
            let taken = || {
                format!(
                    "cannot listen on {}; `--listen 127.0.0.1:8181` takes another port",
                    given.listen
                )
            };
            drop(
                tokio::net::TcpListener::bind(given.listen)
                    .await
                    .with_context(taken)?,
            );
        }
        let newsroom = Newsroom::start()
            .await
            .context("cannot serve the sample newsroom")?;
        write_workspace(&workspace, &newsroom)?;
        let settings = settings::load(Some(&workspace.settings_file()), std::env::vars())?;
        telemetry::start(&settings.log).map_err(anyhow::Error::msg)?;
        let tracker = Tracker::open(workspace, settings).await?;
        let cancel = session::cancelled_by_signals();
        let shown = show(&tracker, &newsroom, &cancel).await;
        if matches!(shown, Ok(true)) && !given.once {
            let token = pipeline::create_token(&tracker, "demo", Scope::Write, None).await?;
            tell(&format!(
                "to save a search on the desk, give any name and this password: {token}"
            ));
        }
        let done = match shown {
            Ok(true) if !given.once => serve::serve(&tracker, given.listen, (false, true), &cancel)
                .await
                .map(|()| true),
            shown => shown,
        };
        tracker.store.close().await;
        newsroom.stop().await;
        if given.once {
            tell(NEXT);
        }
        Ok(ExitCode::from(if done? { DONE } else { FAILED }))
    })
}

fn write_workspace(workspace: &Workspace, newsroom: &Newsroom) -> anyhow::Result<()> {
    let write = |path: &Path, text: &str| {
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    let sources = workspace.sources();
    fs::create_dir_all(&sources).with_context(|| format!("cannot make {}", sources.display()))?;
    write(&workspace.settings_file(), SETTINGS)?;
    write(&workspace.speakers_file(), newsroom.speakers_toml())?;
    for (name, text) in newsroom.sources() {
        write(&sources.join(format!("{name}.toml")), &text)?;
    }
    Ok(())
}

/// Saves a search of everything, so that the edit gives an alert.
async fn watch(tracker: &Tracker) -> anyhow::Result<SavedSearch> {
    let searcher = pipeline::searcher(tracker).await?;
    let draft = Draft {
        name: WATCHED.into(),
        query: String::new(),
        kind: "quotes".into(),
        rhythm: Rhythm::AtOnce,
        webhook: None,
        email: None,
    };
    Ok(alerts::save(tracker, &searcher, draft).await?)
}

/// Crawls twice with a silent edit between, and shows what was found; whether all is as it should be.
async fn show(tracker: &Tracker, newsroom: &Newsroom, cancel: &CancellationToken) -> anyhow::Result<bool> {
    let mut output = std::io::stdout();
    let sites = counted(newsroom.sources().len() as u64, "site");
    writeln!(
        output,
        "A sample newsroom of {sites} is served on this machine. First crawl:\n"
    )?;
    let selection = Selection {
        channels: true,
        ..Selection::default()
    };
    let first = crawl::with_progress(tracker, &selection, Until::Done, cancel).await?;
    crawl::write_summary(&mut output, &first)?;
    let watched = watch(tracker).await?;
    newsroom.edit();
    writeln!(
        output,
        "\nOne site now changes a quote without saying so. Second crawl:\n"
    )?;
    let selection = Selection {
        pages: true,
        ..selection
    };
    let second = crawl::with_progress(tracker, &selection, Until::Done, cancel).await?;
    crawl::write_summary(&mut output, &second)?;
    writeln!(output, "\nThe alert of the saved search `{WATCHED}`:\n")?;
    alerts::round(tracker).await?;
    let told = tracker.store.alerts_of(&watched.id, 1).await?;
    for alert in &told {
        searches::write_alert(&mut output, alert)?;
    }
    writeln!(output, "search '{QUESTION}':\n")?;
    let searcher = pipeline::searcher(tracker).await?;
    let query = Query::parse(QUESTION, pipeline::today())?;
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Relevance,
        offset: 0,
        limit: 5,
        after: None,
        is_counted: false,
    };
    let found = searcher.search(&query, &wanted)?;
    for hit in &found.hits {
        search::write_hit(&mut output, hit, &search::Told::default())?;
    }
    let verification = pipeline::verify(tracker, true, |_| {}).await?;
    let totals = tracker.store.totals().await?;
    writeln!(
        output,
        "held: {}, {}, {}, {}, {}",
        counted(totals.captures, "capture"),
        counted(totals.documents, "document"),
        counted(totals.revisions, "revision"),
        counted(totals.quotes, "quote"),
        counted(totals.dates, "date"),
    )?;
    let findings = verification.findings.len() as u64;
    writeln!(
        output,
        "verified offline: {} and {} ({} of them in an earlier wording), {}",
        counted(verification.records, "record"),
        counted(verification.quotes, "quote"),
        verification.quotes.saturating_sub(totals.quotes),
        counted(findings, "finding")
    )?;
    let is_shown = !found.hits.is_empty() && !told.is_empty();
    Ok(findings == 0 && is_shown && second.revisions == 1)
}
