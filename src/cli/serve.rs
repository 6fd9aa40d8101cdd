//! `onrecord serve`: the scheduler and the desk in one process.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use super::arguments::ServeArguments;
use super::output::{DONE, in_words, tell};
use super::session;
use crate::crawl::{SharedProgress, Until};
use crate::pipeline::{self, Selection, Tracker};
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
    let listener = web::listen(address).await?;
    let bound = listener.local_addr().unwrap_or(address);
    let health = CrawlHealth::default();
    let desk = Desk::new(
        tracker.clone(),
        pipeline::searcher(tracker).await?,
        health.clone(),
    );
    tell(&format!("the desk is at http://{bound}/ (Ctrl-C stops it)"));
    let crawling = async {
        if !crawls {
            return;
        }
        let (selection, progress) = (Selection::default(), SharedProgress::default());
        let stop = cancel.child_token();
        let ended = pipeline::crawl(tracker, &selection, Until::Cancelled, progress, &stop).await;
        if let Err(error) = ended {
            // The desk stays open: what is held can still be searched.
            let error = in_words(&error.into());
            tell(&format!("the crawl stopped: {error}"));
            health.failed(&error);
        }
    };
    let serving = async {
        let served = web::serve(listener, desk, cancel.clone()).await;
        cancel.cancel();
        served
    };
    let (served, ()) = tokio::join!(serving, crawling);
    Ok(served?)
}
