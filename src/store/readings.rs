//! Saving what was read out of captures: documents, their revisions, and what was found in them.

use jiff::Timestamp;
use jiff::civil::Date;

use super::documents::{next_change, offset};
use super::firsts::{Firsts, Known};
use super::read_capture::{ReadCapture, ReadDocument};
use super::revisions::{self, NewRevision};
use super::values::instant;
use super::{Rows, Store, StoreError};
use crate::model::document::{NoticeKind, Reading};
use crate::model::id::{DocumentId, RevisionId};
use crate::model::moment::Moment;

impl Store {
    /// Saves readings in the order given (oldest capture first); answers how many new revisions they made.
    pub async fn save_readings(&self, readings: &[ReadCapture]) -> Result<u64, StoreError> {
        let mut rows = self.begin_batch().await?;
        let mut known = Known::among(&mut rows, readings).await?;
        let mut firsts = Firsts::default();
        let mut new = 0;
        for read in readings {
            if firsts.take(read, &mut known) {
                continue;
            }
            // In the order given: what was captured first is there before what came later.
            new += firsts.save(&mut rows).await?;
            new += save_reading(&mut rows, read).await?;
        }
        new += firsts.save(&mut rows).await?;
        for read in readings {
            super::in_place::save(&mut rows, read).await?;
        }
        rows.commit().await?;
        Ok(new)
    }
}

/// Saves one reading; how many new revisions it made.
async fn save_reading(rows: &mut Rows<'_>, read: &ReadCapture) -> Result<u64, StoreError> {
    let documents = read.shown();
    let ids: Vec<DocumentId> = documents
        .iter()
        .map(|document| DocumentId::derive(&document.url))
        .collect();
    let read_by: Option<String> = sqlx::query_scalar("SELECT read_by FROM captures WHERE id = $1")
        .bind(read.capture.id.as_str())
        .fetch_optional(&mut **rows)
        .await?;
    let was_read = read_by.is_some_and(|reader| !reader.is_empty());
    if !read.keeps && was_read {
        forget_reading(rows, read, &ids).await?;
    }
    // Where what was read before stays, so does why it is not shown.
    sqlx::query(
        "UPDATE captures SET read_by = $2, withheld = CASE WHEN $4 = 1 THEN COALESCE($3, withheld) ELSE $3 END
         WHERE id = $1",
    )
        .bind(read.capture.id.as_str())
        .bind(&read.reader)
        .bind(read.withheld.map(NoticeKind::code))
        .bind(i64::from(read.keeps))
        .execute(&mut **rows)
        .await?;
    save_withheld(rows, read, was_read).await?;
    let mut new = 0;
    for (position, (document, id)) in documents.iter().zip(&ids).enumerate() {
        let (shown, is_new) = save_document(rows, read, document, id, was_read).await?;
        new += u64::from(is_new);
        sqlx::query("INSERT INTO shown (capture_id, position, revision_id) VALUES ($1, $2, $3)")
            .bind(read.capture.id.as_str())
            .bind(offset(position))
            .bind(shown.as_str())
            .execute(&mut **rows)
            .await?;
    }
    Ok(new)
}

/// Notes what an interface's answer gives and is not shown.
async fn save_withheld(rows: &mut Rows<'_>, read: &ReadCapture, was_read: bool) -> Result<(), StoreError> {
    if was_read && !read.keeps {
        sqlx::query("DELETE FROM withheld WHERE capture_id = $1")
            .bind(read.capture.id.as_str())
            .execute(&mut **rows)
            .await?;
    }
    for (url, reason) in &read.withheld_items {
        sqlx::query(
            "INSERT INTO withheld (capture_id, url, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(read.capture.id.as_str())
        .bind(url)
        .bind(reason.code())
        .execute(&mut **rows)
        .await?;
    }
    Ok(())
}

/// The wording before: its id and digest, when it says it was published, when it was seen, and who read its capture.
type Before = (String, String, Option<String>, String, Option<String>);

/// The revision of the document that the capture shows, and whether it is a new one.
async fn save_document(
    rows: &mut Rows<'_>,
    read: &ReadCapture,
    document: &ReadDocument,
    id: &DocumentId,
    was_read: bool,
) -> Result<(RevisionId, bool), StoreError> {
    let own = RevisionId::derive(id, &read.capture.id);
    let digest = revisions::digest_of(&document.reading);
    let before: Option<Before> = sqlx::query_as(
        "SELECT id, text_sha256, published, fetched_at, (SELECT c.read_by FROM captures c WHERE c.id = revisions.capture_id)
         FROM revisions WHERE document_id = $1 AND fetched_at <= $2 AND id <> $3
         ORDER BY fetched_at DESC, id DESC LIMIT 1",
    )
    .bind(id.as_str())
    .bind(instant(read.capture.observed_at()))
    .bind(own.as_str())
    .fetch_optional(&mut **rows)
    .await?;
    match before {
        Some((known, known_digest, published, seen_at, read_by))
            if revisions::is_digest_of(&document.reading, &known_digest)
                && !is_redated((published.as_deref(), &seen_at), read, &document.reading) =>
        {
            let known = RevisionId::new(known);
            // An earlier reader may have found another text in this capture: it goes.
            if was_read && delete_revision(rows, &own).await? {
                touch(rows, read, document, id).await?;
            }
            // The capture that it is of cannot be read any more, and this one says the same.
            if read_by.as_deref() == Some(super::captures::GONE) {
                save_revision(rows, read, document, (id, &known), &digest, true).await?;
                touch(rows, read, document, id).await?;
            }
            Ok((known, false))
        }
        _ => {
            let is_new = save_revision(rows, read, document, (id, &own), &digest, was_read).await?;
            touch(rows, read, document, id).await?;
            Ok((own, is_new))
        }
    }
}

/// Whether a page says that it was published on another day than its wording before says, which was `seen_at` a time: a
/// change that a reader must see, also where no word changed. A page that gives the day of each visit, or only that of
/// its last change, says nothing new of its publication.
fn is_redated((before, seen_at): (Option<&str>, &str), read: &ReadCapture, now: &Reading) -> bool {
    let before = before.and_then(Moment::parse);
    let (Some(before), Some(stated)) = (before, &now.published) else {
        return false;
    };
    let zone = &read.time_zone;
    let (day_before, day) = (before.day_in(zone), stated.moment.day_in(zone));
    let captured = zone.to_datetime(read.capture.observed_at()).date();
    let is_seen_then = |seen_at: Timestamp| zone.to_datetime(seen_at).date() == day_before;
    let is_visit = day == captured && seen_at.parse().is_ok_and(is_seen_then);
    // What is printed bears no zone, and may be anything on the page.
    let is_clock = days_apart(day, captured) <= 1 && IS_PRINTED.contains(&stated.method.as_str());
    let is_change = now
        .notices
        .iter()
        .any(|notice| notice.kind == NoticeKind::DatedByChange);
    day_before != day && !is_visit && !is_clock && !is_change
}

/// Methods that may read a clock.
const IS_PRINTED: [&str; 2] = ["printed date", "time element"];

fn days_apart(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}

/// A better reader may find that a capture shows other documents, or none: what it showed of others goes.
async fn forget_reading(
    rows: &mut Rows<'_>,
    read: &ReadCapture,
    documents: &[DocumentId],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM shown WHERE capture_id = $1")
        .bind(read.capture.id.as_str())
        .execute(&mut **rows)
        .await?;
    let before: Vec<(String, String)> =
        sqlx::query_as("SELECT id, document_id FROM revisions WHERE capture_id = $1")
            .bind(read.capture.id.as_str())
            .fetch_all(&mut **rows)
            .await?;
    let others = before
        .into_iter()
        .filter(|(_, other)| !documents.iter().any(|document| document.as_str() == other));
    for (revision, other) in others {
        delete_revision(rows, &RevisionId::new(&revision)).await?;
        let change = next_change(rows).await?;
        sqlx::query(
            "UPDATE documents SET change = $2, revision_id = COALESCE((SELECT id FROM revisions
             WHERE document_id = $1 ORDER BY fetched_at DESC, id DESC LIMIT 1), '') WHERE id = $1",
        )
        .bind(&other)
        .bind(change)
        .execute(&mut **rows)
        .await?;
    }
    Ok(())
}

/// Deletes a revision with what was found in it; whether there was one.
async fn delete_revision(rows: &mut Rows<'_>, id: &RevisionId) -> Result<bool, StoreError> {
    super::quotes::delete(rows, id).await?;
    super::edits::forget(rows, id).await?;
    let deleted = sqlx::query("DELETE FROM revisions WHERE id = $1")
        .bind(id.as_str())
        .execute(&mut **rows)
        .await?;
    Ok(deleted.rows_affected() > 0)
}

/// Writes the revision and what was found in it; whether it is a new one.
async fn save_revision(
    rows: &mut Rows<'_>,
    read: &ReadCapture,
    document: &ReadDocument,
    (document_id, id): (&DocumentId, &RevisionId),
    digest: &str,
    was_read: bool,
) -> Result<bool, StoreError> {
    // A capture that nobody read shows nothing yet.
    let known: Option<String> = match was_read {
        true => {
            sqlx::query_scalar("SELECT recorded_at FROM revisions WHERE id = $1")
                .bind(id.as_str())
                .fetch_optional(&mut **rows)
                .await?
        }
        false => None,
    };
    let revision = NewRevision {
        read,
        document,
        document_id,
        id,
        digest,
    };
    revisions::save(rows, &[revision]).await?;
    super::edits::note(rows, document_id).await?;
    if known.is_some() {
        super::quotes::delete(rows, id).await?;
    }
    super::quotes::save(rows, &[(id, document)]).await?;
    Ok(known.is_none())
}

/// Names the newest revision as the document's own, and marks the document as changed.
async fn touch(
    rows: &mut Rows<'_>,
    read: &ReadCapture,
    document: &ReadDocument,
    id: &DocumentId,
) -> Result<(), StoreError> {
    let change = next_change(rows).await?;
    let part_of = document.part_of.as_deref().map(DocumentId::derive);
    sqlx::query(
        "INSERT INTO documents (id, source_id, url, part_of, first_seen_at, revision_id, change)
         SELECT $1, $2, $3, $4, $5, id, $6 FROM revisions WHERE document_id = $1
         ORDER BY fetched_at DESC, id DESC LIMIT 1
         ON CONFLICT (id) DO UPDATE SET revision_id = excluded.revision_id, change = excluded.change",
    )
    .bind(id.as_str())
    .bind(read.capture.source.as_str())
    .bind(&document.url)
    .bind(part_of.as_ref().map(DocumentId::as_str))
    .bind(instant(read.capture.fetched_at))
    .bind(change)
    .execute(&mut **rows)
    .await?;
    Ok(())
}
