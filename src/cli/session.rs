//! What most commands begin with: the workspace, its settings, a runtime, a way to stop.

use std::path::Path;

use anyhow::Context;
use tokio_util::sync::CancellationToken;

use super::output::tell;
use crate::model::source::Source;
use crate::pipeline::{PipelineError, Tracker};
use crate::resolve::speakers::Gazetteer;
use crate::settings::{self, Settings, SettingsError, Workspace};
use crate::telemetry;

/// The workspace of a command and its settings; logging begins here.
pub(super) fn configured(workspace: Option<&Path>) -> anyhow::Result<(Workspace, Settings)> {
    let current = std::env::current_dir().context("cannot tell the current folder")?;
    let workspace = Workspace::find(workspace, &current)?;
    let settings = settings::load(Some(&workspace.settings_file()), std::env::vars())?;
    telemetry::start(&settings.log).map_err(anyhow::Error::msg)?;
    Ok((workspace, settings))
}

/// The settings of the workspace around us, which lends its contact and pace; the defaults where there is none.
pub(super) fn borrowed(workspace: Option<&Path>) -> anyhow::Result<Settings> {
    match configured(workspace) {
        Ok((_, settings)) => Ok(settings),
        Err(error) if workspace.is_none() && is_no_workspace(&error) => {
            Ok(settings::load(None, std::env::vars())?)
        }
        Err(error) => Err(error),
    }
}

fn is_no_workspace(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(SettingsError::NoWorkspace { .. }))
}

/// The people and bodies of the workspace around us, if we are in one; of the one named, else.
pub(super) fn gazetteer(workspace: Option<&Path>) -> anyhow::Result<Gazetteer> {
    match around(workspace)? {
        Some(workspace) => Ok(Gazetteer::new(settings::speakers(&workspace.speakers_file())?)),
        None => Ok(Gazetteer::default()),
    }
}

/// The sources of the workspace around us, if we are in one; of the one named, else.
pub(super) fn sources(workspace: Option<&Path>) -> anyhow::Result<Vec<Source>> {
    let Some(workspace) = around(workspace)? else {
        return Ok(Vec::new());
    };
    let settings = settings::load(Some(&workspace.settings_file()), std::env::vars())?;
    Ok(settings::sources(&workspace.sources(), &settings.crawl)?)
}

fn around(workspace: Option<&Path>) -> anyhow::Result<Option<Workspace>> {
    let current = std::env::current_dir().context("cannot tell the current folder")?;
    match Workspace::find(workspace, &current) {
        Ok(workspace) => Ok(Some(workspace)),
        Err(_) if workspace.is_none() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Opens the workspace and runs `work` on it; the rows are closed in the end, whatever happened.
pub(super) fn with_tracker<F, T>(workspace: Option<&Path>, work: F) -> anyhow::Result<T>
where
    F: AsyncFnOnce(&Tracker) -> anyhow::Result<T>,
{
    opened(workspace, Tracker::open, work)
}

/// The same, also where the database of an archive is gone: then a new one is begun.
pub(super) fn with_tracker_begun<F, T>(workspace: Option<&Path>, work: F) -> anyhow::Result<T>
where
    F: AsyncFnOnce(&Tracker) -> anyhow::Result<T>,
{
    opened(workspace, Tracker::open_or_begin, work)
}

fn opened<F, T>(
    workspace: Option<&Path>,
    open: impl AsyncFnOnce(Workspace, Settings) -> Result<Tracker, PipelineError>,
    work: F,
) -> anyhow::Result<T>
where
    F: AsyncFnOnce(&Tracker) -> anyhow::Result<T>,
{
    let (workspace, settings) = configured(workspace)?;
    runtime()?.block_on(async {
        let tracker = open(workspace, settings).await?;
        let done = work(&tracker).await;
        tracker.store.close().await;
        done
    })
}

/// The runtime that waiting is done on.
pub(super) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")
}

/// A token that Ctrl-C (or a polite kill) cancels; a second Ctrl-C ends the process at once, which
/// loses nothing that was committed.
pub(super) fn cancelled_by_signals() -> CancellationToken {
    let token = CancellationToken::new();
    let cancelled = token.clone();
    tokio::spawn(async move {
        stop_signal().await;
        tell("stopping: finishing what is being written (press Ctrl-C again to stop at once)");
        cancelled.cancel();
        stop_signal().await;
        std::process::exit(130);
    });
    token
}

#[cfg(unix)]
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    drop(tokio::signal::ctrl_c().await);
}
