//! `onrecord serve`: the scheduler and the desk in one process.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::arguments::ServeArguments;
use super::crawl::tell_doubts;
use super::output::{DONE, tell};
use super::session;
use crate::archive;
use crate::crawl::{SharedProgress, Until};
use crate::pipeline::{self, Reconfigured, Selection, Supervised, Tracker, alerts};
use crate::web::{self, CrawlHealth, Desk, Served};

pub(super) fn run(workspace: Option<&Path>, given: &ServeArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let cancel = session::cancelled_by_signals();
        let address = given.listen.unwrap_or(tracker.settings.serve.listen);
        let crawls = tracker.settings.serve.crawl && !given.no_crawl;
        // Who only looks at what is held, at a copy of it perhaps, writes to nobody.
        let tells = !given.no_crawl;
        if crawls {
            tell_doubts(tracker);
        }
        serve(tracker, address, (crawls, tells), &cancel).await?;
        Ok(ExitCode::from(DONE))
    })
}

/// Serves the desk until `cancel` says so; beside it crawls on schedule, and looks at saved searches and tells of what they
/// find, where that is asked for.
pub(super) async fn serve(
    tracker: &Tracker,
    address: SocketAddr,
    (crawls, tells): (bool, bool),
    cancel: &CancellationToken,
) -> anyhow::Result<()> {
    let has_token = !tracker.store.tokens().await?.is_empty();
    let listener = web::listen(address, has_token).await?;
    let bound = listener.local_addr().unwrap_or(address);
    let health = CrawlHealth::default();
    let desk = Served::new(Desk::new(
        tracker.clone(),
        pipeline::searcher(tracker).await?,
        health.clone(),
    ));
    tell(&format!("the desk is at http://{bound}/ (Ctrl-C stops it)"));
    if crawls && archive::is_written_to(&tracker.workspace.archive()) {
        tell(
            "note: another process crawls in this workspace (a second `onrecord serve`, or `crawl`); this one shows what that one \
             brings, and crawls when it has ended",
        );
    }
    let (configured, as_configured) = watch::channel(tracker.clone());
    let crawling = async {
        if crawls {
            crawl(&as_configured, &health, cancel).await;
        }
    };
    let watching = async {
        let watch = async |tracker: Tracker, stop: CancellationToken| {
            alerts::watch(&tracker, &stop).await;
            Ok::<_, std::convert::Infallible>(())
        };
        if tells {
            let Ok(()) = with_each(as_configured.clone(), cancel, watch).await;
        }
    };
    let taking_up = pipeline::watch_configuration(tracker, cancel, async |changed| {
        let told = changed.to_string();
        let is_done = matches!(&changed, Reconfigured::TakenUp { kept, .. } if kept.is_empty());
        if let Reconfigured::TakenUp { tracker, .. } = changed {
            desk.take_up(Tracker::clone(&tracker));
            configured.send_replace(*tracker);
        }
        desk.note_configuration((!is_done).then(|| told.clone()));
        tell(&told);
    });
    let serving = web::serve(listener, desk.clone(), cancel.clone());
    tokio::join!(serving, crawling, watching, taking_up);
    Ok(())
}

/// Does something with the tracker as it is configured, and begins it anew with each configuration that is taken up, until
/// `cancel` says so or it ends by itself.
async fn with_each<F, E>(
    mut as_configured: watch::Receiver<Tracker>,
    cancel: &CancellationToken,
    work: impl Fn(Tracker, CancellationToken) -> F,
) -> Result<(), E>
where
    F: Future<Output = Result<(), E>>,
{
    loop {
        let tracker = as_configured.borrow_and_update().clone();
        let stop = cancel.child_token();
        let mut working = std::pin::pin!(work(tracker, stop.clone()));
        tokio::select! {
            ended = &mut working => return ended,
            Ok(()) = as_configured.changed() => {
                stop.cancel();
                working.await?;
            }
        }
    }
}

/// Crawls on schedule until `cancel` says so. The desk stays open whatever ends the crawl, which begins again.
async fn crawl(as_configured: &watch::Receiver<Tracker>, health: &CrawlHealth, cancel: &CancellationToken) {
    let tracker = as_configured.borrow().clone();
    let round = |tracker: Tracker, stop: CancellationToken| async move {
        let (selection, progress) = (Selection::default(), SharedProgress::default());
        pipeline::crawl(&tracker, &selection, Until::Cancelled, progress, &stop)
            .await
            .map(|_| ())
    };
    let work = || {
        let (as_configured, stop) = (as_configured.clone(), cancel.child_token());
        async move { with_each(as_configured, &stop, round).await }
    };
    pipeline::supervise(cancel, work, async |event| heard(&tracker, health, event).await).await;
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
    // Where another process crawls, the crawl of this workspace goes on, whatever keeps this one from it.
    let goes_on_elsewhere = trouble.is_some() && archive::is_written_to(&tracker.workspace.archive());
    if !goes_on_elsewhere {
        let noted = tracker
            .store
            .note_crawl_trouble(trouble.as_deref(), Timestamp::now())
            .await;
        if let Err(error) = noted {
            // The rows may be what ended the crawl.
            tracing::warn!("cannot note how the crawl is: {error}");
        }
    }
    match trouble {
        None => {
            health.recovered();
            tell("the crawl goes on");
        }
        Some(trouble) => {
            health.failed(&trouble);
            tracing::error!("the crawl ended: {trouble}");
        }
    }
}
