//! The pages that are not there any more, and those that were not and are again, as it was known at a moment.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::{PipelineError, Tracker};
use crate::model::id::DocumentId;
use crate::store::{Absence, PastAbsence};

/// Absences of pages.
#[derive(Clone, Debug, Default)]
pub struct Absences {
    /// The documents whose page is absent.
    pub now: HashMap<DocumentId, Absence>,
    /// The absences that are over, the one that ended last first.
    pub past: Vec<PastAbsence>,
}

impl Absences {
    /// The same as it was known at a moment; as it is where none is given. What was over by then is past, and what went later
    /// was there.
    pub fn as_of(&self, moment: Option<Timestamp>) -> Self {
        let Some(moment) = moment else {
            return self.clone();
        };
        let (past, still): (Vec<&PastAbsence>, Vec<&PastAbsence>) =
            self.past.iter().partition(|past| past.back_at <= moment);
        let still = still
            .into_iter()
            .map(|past| (past.document.clone(), past.absence));
        let now = self.now.iter().map(|(id, absence)| (id.clone(), *absence));
        Self {
            now: now
                .chain(still)
                .filter(|(_, absence)| absence.absent_at <= moment)
                .collect(),
            past: past.into_iter().cloned().collect(),
        }
    }
}

/// All absences, as they are known now.
pub async fn absences(tracker: &Tracker) -> Result<Absences, PipelineError> {
    Ok(Absences {
        now: tracker.store.absences().await?,
        past: tracker.store.past_absences(None).await?,
    })
}

/// Which of some documents are absent, or were at a moment.
pub async fn absences_among<'a>(
    tracker: &Tracker,
    documents: impl Iterator<Item = &'a DocumentId>,
    moment: Option<Timestamp>,
) -> Result<HashMap<DocumentId, Absence>, PipelineError> {
    let documents: HashSet<&DocumentId> = documents.collect();
    let now = tracker.store.absences_among(documents.iter().copied()).await?;
    if moment.is_none() {
        return Ok(now);
    }
    let past = tracker.store.past_absences(None).await?;
    let among = past.into_iter().filter(|past| documents.contains(&past.document));
    let known = Absences {
        now,
        past: among.collect(),
    };
    Ok(known.as_of(moment).now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a moment")
    }

    fn absence(absent_at: i64) -> Absence {
        Absence {
            present_at: Some(at(absent_at - 1)),
            absent_at: at(absent_at),
            checked_at: at(absent_at + 1),
            is_certain: true,
        }
    }

    #[test]
    fn what_a_past_moment_knew_does_not_change_with_later_visits() {
        let page = DocumentId::new("d1");
        let over = PastAbsence {
            document: page.clone(),
            absence: absence(10),
            back_at: at(20),
            absent_answer: None,
            back_answer: None,
        };
        let absences = Absences {
            now: HashMap::from([(page.clone(), absence(30))]),
            past: vec![over.clone()],
        };
        let known = |moment: i64| {
            let known = absences.as_of(Some(at(moment)));
            (known.now.get(&page).map(|it| it.absent_at), known.past)
        };
        assert_eq!(known(9), (None, vec![]));
        assert_eq!(known(10), (Some(at(10)), vec![]));
        assert_eq!(known(19), (Some(at(10)), vec![]));
        assert_eq!(known(20), (None, vec![over.clone()]));
        assert_eq!(known(31), (Some(at(30)), vec![over]));
        assert_eq!(absences.as_of(None).now, absences.now);
    }
}
