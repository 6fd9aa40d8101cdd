//! What happened to pages that are held, as lists of changes ask for it: an edit, or that a page was not found again.

use std::cmp::Reverse;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::IntoParams;

use super::asked;
use super::desk::Desk;
use super::error::Failure;
use crate::index::{EVERY_TOPIC, Query};
use crate::model::id::{DocumentId, RevisionId, SourceId};
use crate::store::{Absence, Edit, PastAbsence};

/// What the addresses of these lists may have.
pub(super) const PARAMETERS: &str = "this list takes q, source, from, to, topic=all and before";
/// Edits that are asked for at a time …
const BATCH: u32 = 20;
/// … and how often, for one part of a list: what is seldom found is looked for further back on the next page.
const BATCHES: usize = 10;

/// What a list of changes is asked with.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ChangesParameters {
    /// A query, as search takes it: changes of pages of which it finds anything, in any wording.
    #[param(required = false)]
    pub(super) q: String,
    /// The id of a source.
    #[param(required = false)]
    pub(super) source: String,
    /// The first day on which a change was seen (UTC), as 2026-02-06.
    #[param(required = false)]
    pub(super) from: String,
    /// The last such day.
    #[param(required = false)]
    pub(super) to: String,
    /// `all` for pages that are on no topic as well.
    #[param(required = false)]
    pub(super) topic: String,
    /// The `next` of an answer: the list goes on behind it.
    #[param(required = false)]
    pub(super) before: String,
}

impl ChangesParameters {
    /// The same behind a place of the list.
    pub(super) fn behind(&self, place: &str) -> Self {
        Self {
            before: place.into(),
            ..self.clone()
        }
    }

    /// The address of the page that is asked with these.
    pub(super) fn address(&self) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", &self.q),
            ("source", &self.source),
            ("from", &self.from),
            ("to", &self.to),
            ("topic", &self.topic),
            ("before", &self.before),
        ] {
            if !value.is_empty() {
                pairs.append_pair(name, value);
            }
        }
        match pairs.finish() {
            none if none.is_empty() => "/changes".into(),
            pairs => format!("/changes?{pairs}"),
        }
    }

    pub(super) fn takes_all_topics(&self) -> bool {
        self.topic == EVERY_TOPIC
    }

    /// Whether less than everything is asked for, whatever the topic.
    pub(super) fn is_narrowed(&self) -> bool {
        let narrowing = [&self.q, &self.source, &self.from, &self.to];
        narrowing.iter().any(|value| !value.trim().is_empty())
    }
}

/// What happened to a page.
pub(super) enum Happening {
    /// Another wording came.
    Edited(Box<Edit>),
    /// It was not found again, twice.
    Gone {
        document: DocumentId,
        absence: Absence,
        /// The visit that found it again, if one did.
        back_at: Option<Timestamp>,
    },
    /// It was found again after that.
    Back(PastAbsence),
}

impl Happening {
    /// When it was seen.
    pub(super) fn seen_at(&self) -> Timestamp {
        match self {
            Happening::Edited(edit) => edit.after.fetched_at,
            Happening::Gone { absence, .. } => absence.absent_at,
            Happening::Back(past) => past.back_at,
        }
    }

    fn place(&self) -> Place {
        let id = match self {
            Happening::Edited(edit) => edit.after.id.to_string(),
            Happening::Gone { document, .. } => document.to_string(),
            // A page may have come back and gone again within a second.
            Happening::Back(past) => format!("{}-back", past.document),
        };
        Place {
            seen_at: self.seen_at(),
            id,
        }
    }

    fn document(&self) -> &DocumentId {
        match self {
            Happening::Edited(edit) => &edit.after.document,
            Happening::Gone { document, .. } | Happening::Back(PastAbsence { document, .. }) => document,
        }
    }
}

/// A place of the list, behind which it goes on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    seen_at: Timestamp,
    id: String,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.seen_at, self.id)
    }
}

impl Place {
    fn read(text: &str) -> Option<Self> {
        let (seen_at, id) = text.split_once(' ')?;
        Some(Self {
            seen_at: seen_at.parse().ok()?,
            id: id.into(),
        })
    }
}

/// Which changes are asked for; by default all on a topic.
#[derive(Default)]
pub(super) struct Asked {
    source: Option<SourceId>,
    query: Option<Query>,
    takes_all_topics: bool,
    /// Nothing that was seen before this.
    first: Option<Timestamp>,
    /// Only what comes behind this.
    behind: Option<Place>,
}

impl Asked {
    /// What was seen since a moment, on a topic.
    pub(super) fn since(first: Timestamp) -> Self {
        Self {
            first: Some(first),
            ..Self::default()
        }
    }

    /// Reads what an address asks for.
    pub(super) fn of(desk: &Desk, given: &ChangesParameters) -> Result<Self, Failure> {
        if !matches!(given.topic.as_str(), "" | EVERY_TOPIC) {
            let message = format!("changes are not told apart by a topic `{}`", given.topic);
            let hint = "leave `topic` away, or say `topic=all`; `q=topic:NAME` asks for one";
            return Err(Failure::bad_request(message, hint));
        }
        let behind = match given.before.as_str() {
            "" => None,
            before => Some(Place::read(before).ok_or_else(|| {
                Failure::bad_request(
                    "`before` names no edit of this list".into(),
                    "take the address of `earlier edits`, or leave `before` away",
                )
            })?),
        };
        let days = asked::between(&given.from, &given.to)?;
        let midnight = |day: Date| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
        let first = days.and_then(|(first, _)| midnight(first));
        let after_last = days.and_then(|(_, last)| midnight(last.tomorrow().ok()?));
        let after_last = after_last.map(|seen_at| Place {
            seen_at,
            id: String::new(),
        });
        Ok(Self {
            source: (!given.source.is_empty()).then(|| SourceId::new(given.source.clone())),
            query: match given.q.trim() {
                "" => None,
                q => Some(desk.tracker.query(q)?),
            },
            takes_all_topics: given.takes_all_topics(),
            first,
            behind: match (behind, after_last) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            },
        })
    }

    /// So many changes that are asked for, the newest first, and the place that was looked at last, where there may be more
    /// behind it.
    pub(super) async fn listed(
        &self,
        desk: &Desk,
        wanted: usize,
    ) -> Result<(Vec<Happening>, Option<Place>), Failure> {
        let mut gone = self.gone(desk).await?.into_iter().peekable();
        let (mut listed, mut behind) = (Vec::new(), self.behind.clone());
        for _ in 0..BATCHES {
            let place = behind
                .as_ref()
                .map(|place| (place.seen_at, RevisionId::new(place.id.clone())));
            let place = place.as_ref().map(|(seen_at, id)| (*seen_at, id));
            let batch = (desk.tracker.store)
                .newest_edits(place, self.source.as_ref(), BATCH)
                .await?;
            let is_last = batch.len() < BATCH as usize;
            let last = batch.last().map(|edit| Place {
                seen_at: edit.after.fetched_at,
                id: edit.after.id.to_string(),
            });
            let mut happened: Vec<Happening> = batch
                .into_iter()
                .map(|edit| Happening::Edited(Box::new(edit)))
                .collect();
            let is_within = |it: &Happening| is_last || last.as_ref().is_some_and(|last| it.place() > *last);
            while let Some(it) = gone.next_if(|it| is_within(it)) {
                happened.push(it);
            }
            happened.sort_by_key(|it| Reverse(it.place()));
            let asked_for = self.asked_for(desk, &happened).await?;
            for (it, is_asked_for) in happened.into_iter().zip(asked_for) {
                if self.first.is_some_and(|first| it.seen_at() < first) {
                    return Ok((listed, None));
                }
                behind = Some(it.place());
                if is_asked_for {
                    listed.push(it);
                }
                if listed.len() == wanted {
                    return Ok((listed, behind));
                }
            }
            if is_last {
                return Ok((listed, None));
            }
        }
        Ok((listed, behind))
    }

    /// The pages that were not found again, or were after all, and lie behind the place where the list goes on, the last first.
    async fn gone(&self, desk: &Desk) -> Result<Vec<Happening>, Failure> {
        let absences = desk.absences().await?;
        let certain = absences.now.iter().filter(|(_, absence)| absence.is_certain);
        let gone = certain.map(|(document, absence)| Happening::Gone {
            document: document.clone(),
            absence: *absence,
            back_at: None,
        });
        let over = absences.past.iter().flat_map(|past| {
            [
                Happening::Gone {
                    document: past.document.clone(),
                    absence: past.absence,
                    back_at: Some(past.back_at),
                },
                Happening::Back(past.clone()),
            ]
        });
        let mut gone: Vec<Happening> = gone
            .chain(over)
            .filter(|it| self.behind.as_ref().is_none_or(|behind| it.place() < *behind))
            .collect();
        gone.sort_by_key(|it| Reverse(it.place()));
        Ok(gone)
    }

    /// Which changes are of pages of which the query finds anything, and on a topic unless all are. Edits are of the source
    /// that is asked for already.
    async fn asked_for(&self, desk: &Desk, happened: &[Happening]) -> Result<Vec<bool>, Failure> {
        let of_all_topics = self.takes_all_topics || desk.tracker.topics.is_empty();
        let ids: Vec<DocumentId> = happened.iter().map(|it| it.document().clone()).collect();
        let mut asked_for = match (&self.query, of_all_topics) {
            (None, true) => vec![true; ids.len()],
            (query, _) => {
                let query = match query {
                    Some(query) => query.clone(),
                    None => desk.tracker.query("")?,
                };
                desk.ask(move |searcher| searcher.found_among(&query, &ids, of_all_topics))
                    .await?
            }
        };
        let Some(source) = &self.source else {
            return Ok(asked_for);
        };
        for (it, is_asked_for) in happened.iter().zip(&mut asked_for) {
            if !matches!(it, Happening::Edited(_)) && *is_asked_for {
                let document = desk.tracker.store.document(it.document()).await?;
                *is_asked_for = document.is_some_and(|document| document.source == *source);
            }
        }
        Ok(asked_for)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_the_later_one_is_greater() {
        let place = Place::read("2026-02-06T12:00:00Z r1").expect("a place");
        assert_eq!(Place::read(&place.to_string()), Some(place.clone()));
        assert!(Place::read("2026-02-06T12:00:01Z a").expect("a place") > place);
        assert_eq!(Place::read("nonsense"), None);
        assert_eq!(Place::read("yesterday r1"), None);
    }

    #[test]
    fn what_was_asked_for_stands_in_the_address_of_what_comes_behind() {
        let asked = ChangesParameters {
            q: "ferry strike".into(),
            from: "2026-02-06".into(),
            ..ChangesParameters::default()
        };
        assert!(asked.is_narrowed());
        assert_eq!(
            asked.behind("2026-02-06T12:00:00Z r1").address(),
            "/changes?q=ferry+strike&from=2026-02-06&before=2026-02-06T12%3A00%3A00Z+r1"
        );
        assert_eq!(ChangesParameters::default().address(), "/changes");
    }
}
