//! `onrecord serve`: the scheduler and the desk in one process.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::arguments::ServeArguments;
use super::output::{DONE, tell};
use super::session;
use crate::crawl::{SharedProgress, Until};
use crate::pipeline::{self, Selection, Supervised, Tracker, alerts};
use crate::web::{self, CrawlHealth, Desk};

pub(super) fn run(workspace: Option<&Path>, given: &ServeArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let cancel = session::cancelled_by_signals();
        let address = given.listen.unwrap_or(tracker.settings.serve.listen);
        let crawls = tracker.settings.serve.crawl && !given.no_crawl;
        serve(tracker, address, crawls, &cancel).await?;
        Ok(ExitCode::from(DONE))
    })
}

/// Serves the desk until `cancel` says so, crawling on schedule beside it where that is asked for.
pub(super) async fn serve(
    tracker: &Tracker,
    address: SocketAddr,
    crawls: bool,
    cancel: &CancellationToken,
) -> anyhow::Result<()> {
    let has_token = !tracker.store.tokens().await?.is_empty();
    let listener = web::listen(address, has_token).await?;
    let bound = listener.local_addr().unwrap_or(address);
    let health = CrawlHealth::default();
    let desk = Desk::new(
        tracker.clone(),
        pipeline::searcher(tracker).await?,
        health.clone(),
    );
    tell(&format!("the desk is at http://{bound}/ (Ctrl-C stops it)"));
    let crawling = async {
        if crawls {
            crawl(tracker, &health, cancel).await;
        }
    };
    let serving = async {
        let served = web::serve(listener, desk, cancel.clone()).await;
        cancel.cancel();
        served
    };
    let (served, (), ()) = tokio::join!(serving, crawling, alerts::watch(tracker, cancel));
    Ok(served?)
}

/// Crawls on schedule until `cancel` says so. The desk stays open whatever ends the crawl, which begins again.
async fn crawl(tracker: &Tracker, health: &CrawlHealth, cancel: &CancellationToken) {
    let work = || {
        let (tracker, stop) = (tracker.clone(), cancel.child_token());
        async move {
            let (selection, progress) = (Selection::default(), SharedProgress::default());
            pipeline::crawl(&tracker, &selection, Until::Cancelled, progress, &stop)
                .await
                .map(|_| ())
        }
    };
    pipeline::supervise(cancel, work, async |event| heard(tracker, health, event).await).await;
}

/// Tells what happens to the crawl: to `onrecord status`, on the desk, and here.
async fn heard(tracker: &Tracker, health: &CrawlHealth, event: Supervised) {
    let trouble = match event {
        Supervised::Settled => None,
        Supervised::Ended { why, again_in } => {
            let again = again_in.map(|pause| format!(" (it begins again in {} s)", pause.as_secs()));
            Some(why + &again.unwrap_or_default())
        }
    };
    let noted = tracker
        .store
        .note_crawl_trouble(trouble.as_deref(), Timestamp::now())
        .await;
    if let Err(error) = noted {
        // The rows may be what ended the crawl.
        tracing::warn!("cannot note how the crawl is: {error}");
    }
    match trouble {
        None => {
            health.recovered();
            tell("the crawl goes on");
        }
        Some(trouble) => {
            health.failed(&trouble);
            tracing::error!("the crawl ended: {trouble}");
            tell(&format!("the crawl ended: {trouble}"));
        }
    }
}
