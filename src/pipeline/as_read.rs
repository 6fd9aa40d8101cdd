//! What an archived page says, beside what was read out of it.

use super::process::{is_there, payload};
use super::{PipelineError, Tracker};
use crate::extract::shown::{Shown, shown};
use crate::model::capture::Capture;
use crate::store::RevisionRow;

/// A capture's page, line by line, and what was read out of it.
#[derive(Clone, Debug, Default)]
pub struct AsRead {
    /// The lines, each with what it was read as.
    pub lines: Vec<Shown>,
    /// Whether the page has more lines.
    pub is_cut: bool,
    /// What it shows: the page's own document first.
    pub revisions: Vec<RevisionRow>,
    /// Why the page cannot be told, where it cannot.
    pub problem: Option<String>,
}

/// The page of a capture as its reader saw it. Whatever foreign bytes do to those who take them apart is told as a problem.
pub async fn as_read(tracker: &Tracker, capture: &Capture) -> Result<AsRead, PipelineError> {
    let store = &tracker.store;
    let mut revisions = Vec::new();
    for id in store.revisions_of_capture(&capture.id).await? {
        revisions.extend(store.revision(&id).await?);
    }
    let held = match &capture.revisit_of {
        Some(id) => store.capture(id).await?,
        None => None,
    };
    let archive_is_there = is_there(tracker).await?;
    let (tracker, capture) = (tracker.clone(), capture.clone());
    let told = tokio::task::spawn_blocking(move || {
        let held = held.as_ref().unwrap_or(&capture);
        let readings: Vec<_> = revisions.iter().map(|revision| &revision.reading).collect();
        let told = payload(&tracker, &capture, held, archive_is_there)
            .map(|payload| shown(&payload.bytes, capture.content_type.as_deref(), &readings));
        let (lines, is_cut, problem) = match told {
            Ok((lines, is_cut)) => (lines, is_cut, None),
            Err(problem) => (Vec::new(), false, Some(problem.to_string())),
        };
        AsRead {
            lines,
            is_cut,
            revisions,
            problem,
        }
    });
    Ok(told.await.unwrap_or_else(|_| AsRead {
        problem: Some("taking the page apart stopped unexpectedly".into()),
        ..AsRead::default()
    }))
}
