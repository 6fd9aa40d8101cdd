//! From where alerts are sent: one folder of one machine. A copy of a tracker, opened to be looked at or put back from a
//! backup, has all its saved searches and what waits to be sent, and must not write to everybody a second time.

use super::super::{PipelineError, Tracker};
use crate::model::saved_search::Place;

/// What a system calls itself, for good; containers often have no such file, and then the folder alone counts.
const MACHINE: &str = "/etc/machine-id";

/// Alerts are sent from somewhere else.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "alerts are sent from {from}, and this is {here}: from here nothing is sent until `onrecord searches take-over` says \
     that this is where the tracker goes on"
)]
pub struct Elsewhere {
    /// From where.
    from: String,
    /// Where this is, as far as it differs.
    here: String,
}

/// Where this tracker lies.
fn here(tracker: &Tracker) -> Result<Place, PipelineError> {
    let folder = tracker.workspace.index();
    // By its own name, whichever link or relative path leads to it.
    let folder = std::fs::canonicalize(&folder).map_err(|source| PipelineError::Folder {
        path: folder.display().to_string(),
        source,
    })?;
    let machine = std::fs::read_to_string(MACHINE).ok();
    let machine = machine.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    Ok(Place {
        folder: folder.display().to_string(),
        machine,
    })
}

/// Where else alerts are sent from, if that is settled.
pub async fn elsewhere(tracker: &Tracker) -> Result<Option<Elsewhere>, PipelineError> {
    let settled = tracker.store.alerts_from().await?;
    let here = here(tracker)?;
    Ok(settled.and_then(|from| differs(&from, &here)))
}

/// The same, and where nothing is settled yet, that is done: from here.
pub(super) async fn settled_elsewhere(tracker: &Tracker) -> Result<Option<Elsewhere>, PipelineError> {
    let here = here(tracker)?;
    let from = tracker.store.settle_alerts_from(&here).await?;
    Ok(differs(&from, &here))
}

/// Sends alerts from here from now on; answers how many wait to be sent. With `forgets` these are not sent: the original has
/// sent them.
pub async fn take_over(tracker: &Tracker, forgets: bool) -> Result<u64, PipelineError> {
    Ok(tracker.store.move_alerts_to(&here(tracker)?, forgets).await?)
}

/// How one place is told from another, if they are two.
fn differs(from: &Place, here: &Place) -> Option<Elsewhere> {
    if from.folder != here.folder {
        return Some(Elsewhere {
            from: from.folder.clone(),
            here: here.folder.clone(),
        });
    }
    let is_other = |(from, here): (&String, &String)| from != here;
    let machines = from.machine.as_ref().zip(here.machine.as_ref());
    machines.is_some_and(is_other).then(|| Elsewhere {
        from: format!("{} on another machine", from.folder),
        here: "the same folder on this one".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(folder: &str, machine: Option<&str>) -> Place {
        Place {
            folder: folder.into(),
            machine: machine.map(str::to_owned),
        }
    }

    #[test]
    fn a_copy_lies_in_another_folder_or_on_another_machine() {
        let original = place("/srv/tracker/index", Some("a1"));
        assert_eq!(differs(&original, &original), None);
        // A machine that does not say which one it is may be the same one.
        assert_eq!(differs(&original, &place("/srv/tracker/index", None)), None);
        let copied = differs(&original, &place("/home/ana/copy/index", Some("a1"))).expect("a copy");
        assert!(
            copied
                .to_string()
                .contains("/srv/tracker/index, and this is /home/ana/copy/index")
        );
        assert!(differs(&original, &place("/srv/tracker/index", Some("b2"))).is_some());
    }
}
