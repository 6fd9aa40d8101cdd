//! `onrecord reindex`: the search index made anew, while searches go on.

use std::path::Path;
use std::process::ExitCode;

use super::output::{DONE, tell};
use super::session;
use crate::pipeline;

pub(super) fn run(workspace: Option<&Path>) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let documents = pipeline::reindex(tracker).await?;
        tell(&format!("indexed {documents} documents anew"));
        Ok(ExitCode::from(DONE))
    })
}
