//! Pages that are not there any more, and those that were not and are again.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::together::{ASKED_AT_ONCE, filled, places};
use super::values::{instant, number, parsed, whole};
use super::{Leads, Rows, Store, StoreError, Visit};
use crate::model::capture::{RecordLocation, Role};
use crate::model::id::{CaptureId, DocumentId};
use crate::model::outcome::Outcome;

/// A document's page that was there and, when it was asked for again, was not: 404, 410, or something that
/// stood in for it. When it went in between, and why, nobody here has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The last visit that found it; `None` where no visit did.
    pub present_at: Option<Timestamp>,
    /// The first visit after that which did not.
    pub absent_at: Timestamp,
    /// The last one.
    pub checked_at: Timestamp,
    /// Whether it was no mishap: the visit after it did not find it either, whatever it met, or the server says that it is gone for good (410).
    pub is_certain: bool,
}

/// An absence of a document's page that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAbsence {
    /// The document.
    pub document: DocumentId,
    /// Since when it was not found, and the last visit that did not find it.
    pub absence: Absence,
    /// The first visit that found it again.
    pub back_at: Timestamp,
    /// Where the first answer is archived that said that it is not there; `None` where the request was not kept any more.
    pub absent_answer: Option<RecordLocation>,
    /// Where the answer is archived that showed it again.
    pub back_answer: Option<RecordLocation>,
}

/// The documents of pages that are not there, or not any more at one of their addresses. The role is compared so that the
/// index of it does not serve: nearly all tasks are pages, and few are absent.
pub(super) const ABSENT: &str = "SELECT r.document_id FROM tasks t CROSS JOIN shown s CROSS JOIN revisions r
     WHERE t.absent_since IS NOT NULL AND COALESCE(t.role, '') = 'page' AND s.capture_id = t.capture_id
         AND r.id = s.revision_id";

/// What tells of the absence of documents that a list or a statement gives. They are joined in this order: the engine, which
/// takes a role for something that few have, would go through every page of the tracker for each batch.
pub(super) fn absences_of(documents: &str) -> String {
    // An interface that does not answer says nothing of the pages it gave.
    format!(
        "SELECT r.document_id, t.absent_since, t.last_success_at, t.last_attempt_at, t.last_outcome
         FROM revisions r CROSS JOIN shown s CROSS JOIN tasks t
         WHERE r.document_id IN ({documents}) AND s.revision_id = r.id AND t.capture_id = s.capture_id
             AND t.role = 'page' AND t.memento_at IS NULL"
    )
}

/// The answers that said of a document that its page is not there since it went from the last of its addresses, the first one
/// first, as long as requests are kept.
const ANSWERS: &str = "SELECT a.at, a.outcome, a.segment, a.record_offset, a.record_length
     FROM attempts a JOIN tasks t ON t.url = a.task_url
     WHERE t.role = 'page' AND t.absent_since = $2 AND a.at > COALESCE(t.last_success_at, '')
         AND a.outcome IN ('not_found', 'gone') AND a.segment IS NOT NULL
         AND t.capture_id IN (SELECT s.capture_id FROM shown s JOIN revisions r ON r.id = s.revision_id
             WHERE r.document_id = $1)
     ORDER BY a.at";

impl Store {
    /// Since when a document is absent from every address that showed it, if it is.
    pub async fn absence(&self, document: &DocumentId) -> Result<Option<Absence>, StoreError> {
        let mut absences = self.absences_among(std::iter::once(document)).await?;
        Ok(absences.remove(document))
    }

    /// Which documents are absent, and since when.
    pub async fn absences(&self) -> Result<HashMap<DocumentId, Absence>, StoreError> {
        self.absences_of(ABSENT, &[]).await
    }

    /// Which of some documents are absent, and since when.
    pub async fn absences_among<'a>(
        &self,
        documents: impl Iterator<Item = &'a DocumentId>,
    ) -> Result<HashMap<DocumentId, Absence>, StoreError> {
        let asked: HashSet<&DocumentId> = documents.collect();
        let asked: Vec<&str> = asked.into_iter().map(DocumentId::as_str).collect();
        let mut absences = HashMap::new();
        let places = places(1, ASKED_AT_ONCE);
        for some in asked.chunks(ASKED_AT_ONCE) {
            absences.extend(self.absences_of(&places, some).await?);
        }
        Ok(absences)
    }

    /// The absences of the documents that a statement gives.
    async fn absences_of(
        &self,
        documents: &str,
        bound: &[&str],
    ) -> Result<HashMap<DocumentId, Absence>, StoreError> {
        let statement = absences_of(documents);
        let mut query = sqlx::query(sqlx::AssertSqlSafe(statement));
        for document in filled(bound) {
            query = query.bind(document);
        }
        let mut absences: HashMap<DocumentId, Option<Absence>> = HashMap::new();
        for row in query.fetch_all(&self.readers).await? {
            let document = DocumentId::new(row.try_get::<String, _>("document_id")?);
            let here = absence(&row)?;
            let all = absences.entry(document).or_insert(here);
            *all = everywhere(*all, here);
        }
        let absent = absences.into_iter();
        Ok(absent
            .filter_map(|(document, absence)| Some((document, absence?)))
            .collect())
    }

    /// Where the first answer is archived that said that a document's page is not there, while it is absent and as long as
    /// requests are kept.
    pub async fn first_answer_of_absence(
        &self,
        document: &DocumentId,
    ) -> Result<Option<RecordLocation>, StoreError> {
        let Some(absence) = self.absence(document).await? else {
            return Ok(None);
        };
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{ANSWERS} LIMIT 1")))
            .bind(document.as_str())
            .bind(instant(absence.absent_at))
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(super::captures::location).transpose()
    }

    /// The absences that are over, of a document or of all, the last that ended first. A page whose address shows another
    /// document since is not back, and one that was not read yet is not known to be.
    pub async fn past_absences(&self, document: Option<&DocumentId>) -> Result<Vec<PastAbsence>, StoreError> {
        let rows = sqlx::query(
            "SELECT document_id, present_at, absent_at, checked_at, back_at, absent_segment, absent_offset, absent_length,
                 back_segment, back_offset, back_length
             FROM past_absences p WHERE ($1 IS NULL OR document_id = $1) AND EXISTS (
                 SELECT 1 FROM shown s JOIN revisions r ON r.id = s.revision_id
                 WHERE s.capture_id = p.back_capture_id AND r.document_id = p.document_id)
             ORDER BY back_at DESC, document_id",
        )
        .bind(document.map(DocumentId::as_str))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(past_absence).collect()
    }
}

/// Of how a document stands at two addresses: what is absent at one and there at another is not absent.
fn everywhere(one: Option<Absence>, other: Option<Absence>) -> Option<Absence> {
    one.zip(other).map(|(one, other)| Absence {
        present_at: one.present_at.max(other.present_at),
        absent_at: one.absent_at.max(other.absent_at),
        checked_at: one.checked_at.max(other.checked_at),
        is_certain: one.is_certain && other.is_certain,
    })
}

/// The absence that a page's row tells of; `None` where the page is there.
fn absence(row: &SqliteRow) -> Result<Option<Absence>, StoreError> {
    let moment = |column: &str| -> Result<Option<Timestamp>, StoreError> {
        let at: Option<String> = row.try_get(column)?;
        at.map(|at| parsed("instant", &at)).transpose()
    };
    let Some(absent_at) = moment("absent_since")? else {
        return Ok(None);
    };
    let checked_at = moment("last_attempt_at")?.unwrap_or(absent_at);
    let outcome: Option<String> = row.try_get("last_outcome")?;
    Ok(Some(Absence {
        present_at: moment("last_success_at")?,
        absent_at,
        checked_at,
        is_certain: checked_at > absent_at || outcome.as_deref() == Some(Outcome::Gone.code()),
    }))
}

/// Has the documents indexed anew whose pages were not found, or had not been found before: `has:absent` asks for them. Of those
/// that are there again it is kept how long they were not. To be called before the visits' ends are saved.
pub(super) async fn mark(rows: &mut Rows<'_>, visits: &[Visit]) -> Result<(), StoreError> {
    let pages = visits.iter().filter(|visit| visit.role == Role::Page);
    let (missed, others): (Vec<&Visit>, Vec<&Visit>) =
        pages.partition(|visit| found_absent(visit.end.outcome) == Some(true));
    for visit in documents_at(rows, &missed, "").await? {
        super::documents::mark_changed(rows, &visit.document).await?;
    }
    for visit in documents_at(rows, &others, "AND t.absent_since IS NOT NULL").await? {
        super::documents::mark_changed(rows, &visit.document).await?;
        // Where the address leads elsewhere for good the page has moved, and is not back.
        let is_there = !matches!(visit.visit.leads, Leads::To(_));
        if is_there && found_absent(visit.visit.end.outcome) == Some(false) {
            keep_past(rows, &visit).await?;
        }
    }
    Ok(())
}

/// Whether a visit found its address absent. Trouble on the way to it says neither, and nor does a channel that names
/// it no more.
pub(super) fn found_absent(outcome: Outcome) -> Option<bool> {
    match outcome {
        Outcome::NotFound | Outcome::Gone => Some(true),
        outcome if outcome.is_success() => Some(false),
        _ => None,
    }
}

/// A document and a visit to an address that shows it.
struct Visited<'a> {
    document: DocumentId,
    visit: &'a Visit,
}

/// The documents that the addresses of some visits show, those under a condition on their tasks.
async fn documents_at<'a>(
    rows: &mut Rows<'_>,
    visits: &[&'a Visit],
    condition: &str,
) -> Result<Vec<Visited<'a>>, StoreError> {
    let statement = format!(
        "SELECT DISTINCT r.document_id, t.url FROM tasks t JOIN shown s ON s.capture_id = t.capture_id
         JOIN revisions r ON r.id = s.revision_id WHERE t.role = 'page' {condition} AND t.url IN ({})",
        places(1, ASKED_AT_ONCE)
    );
    let by_url: HashMap<&str, &Visit> = visits.iter().map(|visit| (visit.url.as_str(), *visit)).collect();
    let urls: Vec<&str> = visits.iter().map(|visit| visit.url.as_str()).collect();
    let mut visited = Vec::new();
    for asked in urls.chunks(ASKED_AT_ONCE) {
        let mut query = sqlx::query_as(sqlx::AssertSqlSafe(statement.clone()));
        for url in filled(asked) {
            query = query.bind(url);
        }
        let found: Vec<(String, String)> = query.fetch_all(&mut **rows).await?;
        visited.extend(found.into_iter().filter_map(|(document, url)| {
            let visit = by_url.get(url.as_str())?;
            let document = DocumentId::new(document);
            Some(Visited { document, visit })
        }));
    }
    Ok(visited)
}

/// Keeps the absence that a visit ended, where it was one for certain.
async fn keep_past(rows: &mut Rows<'_>, visited: &Visited<'_>) -> Result<(), StoreError> {
    let Visited { document, visit } = visited;
    let told = sqlx::query(sqlx::AssertSqlSafe(absences_of("$1")))
        .bind(document.as_str())
        .fetch_all(&mut **rows)
        .await?;
    let told: Vec<Option<Absence>> = told.iter().map(absence).collect::<Result<_, _>>()?;
    let Some(absence) = told.into_iter().reduce(everywhere).flatten() else {
        return Ok(());
    };
    let answers = sqlx::query(ANSWERS)
        .bind(document.as_str())
        .bind(instant(absence.absent_at))
        .fetch_all(&mut **rows)
        .await?;
    // A server in trouble does not say that a page is gone, so of what is told for ever two visits say it, or one means it.
    let last: Option<(String, String)> = match answers.last() {
        Some(row) => Some((row.try_get("at")?, row.try_get("outcome")?)),
        None => None,
    };
    let is_certain = match &last {
        Some((_, outcome)) => answers.len() > 1 || outcome == Outcome::Gone.code(),
        // The requests are not kept any more, so it was long.
        None => absence.is_certain,
    };
    if !is_certain {
        return Ok(());
    }
    let last_missed = last.map(|(at, _)| parsed("instant", &at)).transpose()?;
    let checked_at = last_missed.map_or(absence.checked_at, |at: Timestamp| at.max(absence.absent_at));
    let absent_answer = answers.first().map(super::captures::location).transpose()?;
    let last = visit.attempts.last();
    let back_answer = last.and_then(|attempt| attempt.location.as_ref());
    let mut query = sqlx::query(
        "INSERT INTO past_absences (document_id, present_at, absent_at, checked_at, back_at, back_capture_id, absent_segment,
             absent_offset, absent_length, back_segment, back_offset, back_length)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
    )
    .bind(document.as_str())
    .bind(absence.present_at.map(instant))
    .bind(instant(absence.absent_at))
    .bind(instant(checked_at))
    .bind(instant(visit.ended_at))
    .bind(visit.end.capture.as_ref().map(CaptureId::as_str));
    for place in [absent_answer.as_ref(), back_answer] {
        query = query
            .bind(place.map(|place| place.segment.clone()))
            .bind(place.map(|place| whole(place.offset)))
            .bind(place.map(|place| whole(place.length)));
    }
    query.execute(&mut **rows).await?;
    Ok(())
}

fn past_absence(row: &SqliteRow) -> Result<PastAbsence, StoreError> {
    let moment = |column: &str| -> Result<Timestamp, StoreError> {
        parsed("instant", &row.try_get::<String, _>(column)?)
    };
    let present_at: Option<String> = row.try_get("present_at")?;
    let place = |[segment, offset, length]: [&'static str; 3]| -> Result<Option<RecordLocation>, StoreError> {
        let Some(segment) = row.try_get(segment)? else {
            return Ok(None);
        };
        Ok(Some(RecordLocation {
            segment,
            offset: number(row, offset)?,
            length: number(row, length)?,
        }))
    };
    Ok(PastAbsence {
        document: DocumentId::new(row.try_get::<String, _>("document_id")?),
        absence: Absence {
            present_at: present_at.map(|at| parsed("instant", &at)).transpose()?,
            absent_at: moment("absent_at")?,
            checked_at: moment("checked_at")?,
            is_certain: true,
        },
        back_at: moment("back_at")?,
        absent_answer: place(["absent_segment", "absent_offset", "absent_length"])?,
        back_answer: place(["back_segment", "back_offset", "back_length"])?,
    })
}
