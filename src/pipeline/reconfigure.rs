//! A program that runs for years goes by the files as they are, and not as they were when it began.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Tracker, in_words};

/// How often is looked whether the files were changed. A change is taken up when it was there at two looks: who saves
/// several files, or one in pieces, is given that time.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What became of a changed configuration.
#[derive(Clone, Debug)]
pub enum Reconfigured {
    /// It is valid.
    TakenUp {
        /// The tracker that goes by it.
        tracker: Box<Tracker>,
        /// Changed settings that count only for a program that begins anew.
        kept: Vec<&'static str>,
    },
    /// It is not, and the one before goes on.
    Refused {
        /// What is wrong.
        why: String,
    },
}

impl std::fmt::Display for Reconfigured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TakenUp { kept, .. } if kept.is_empty() => {
                f.write_str("the changed configuration is taken up")
            }
            Self::TakenUp { kept, .. } => write!(
                f,
                "the changed configuration is taken up but for {}, which counts when the program is started again",
                kept.join(", ")
            ),
            Self::Refused { why } => write!(
                f,
                "the configuration was changed and cannot be taken up, so the one before goes on: {why}"
            ),
        }
    }
}

/// Tells what becomes of each change of the configuration that a tracker goes by, until `cancel` says so.
pub async fn watch_configuration(
    tracker: &Tracker,
    cancel: &CancellationToken,
    mut tell: impl AsyncFnMut(Reconfigured),
) {
    let mut current = tracker.clone();
    let mut judged = current.digest().to_owned();
    let mut seen = judged.clone();
    loop {
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        let workspace = current.workspace.clone();
        let Ok(digest) = tokio::task::spawn_blocking(move || workspace.configured()).await else {
            continue;
        };
        let rests = std::mem::replace(&mut seen, digest) == seen;
        if !rests || seen == judged {
            continue;
        }
        judged.clone_from(&seen);
        let told = match current.configured_anew() {
            Ok((tracker, kept)) => {
                current = tracker.clone();
                Reconfigured::TakenUp {
                    tracker: Box::new(tracker),
                    kept,
                }
            }
            Err(error) => Reconfigured::Refused {
                why: in_words(&error),
            },
        };
        tell(told).await;
    }
}
