//! Captures: answers with content, and where they lie in the archive.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::together::{ASKED_AT_ONCE, RowsOf, batches, places};
use super::values::{coded, instant, number, of_kind, parsed, whole};
use super::{Rows, Store, StoreError};
use crate::model::capture::{Capture, RecordLocation, Role, Truncation};
use crate::model::document::NoticeKind;
use crate::model::id::{CaptureId, DocumentId, RevisionId, SourceId};
use crate::model::reader::Readers;

pub(super) const COLUMNS: &str =
    "id, source_id, role, url, fetched_at, status, content_type, content_encoding,
    payload_sha256, payload_bytes, truncated, segment, record_offset, record_length, revisit_of,
    known_as, memento_at, answer_of";

/// Who "read" a capture whose archive file is gone: nobody, until the file is back.
pub const GONE: &str = "gone";
/// Who "read" it until it is read anew.
const BACK: &str = "back";

/// The first unread captures, `$2` of them, of so many names of other readers. Each name is asked for the first of its own
/// in the order of the index: sorted together, all that is unread would be walked through for each batch.
pub(super) fn unread(names: usize) -> String {
    let names: Vec<String> = (3..3 + names).map(|number| format!("(${number})")).collect();
    format!(
        "WITH names (name) AS (VALUES {})
         SELECT {COLUMNS} FROM names JOIN captures ON captures.id IN (
             SELECT own.id FROM captures AS own
             WHERE own.role = 'page' AND own.read_by = names.name AND own.unread_until IS NULL
             AND NOT EXISTS (SELECT 1 FROM captures AS first WHERE first.url = own.url
                 AND first.fetched_at <= own.fetched_at AND first.unread_until > $1)
             ORDER BY own.fetched_at, own.id LIMIT $2)
         ORDER BY fetched_at, id LIMIT $2",
        names.join(", ")
    )
}

impl Store {
    /// The capture of an id.
    pub async fn capture(&self, id: &CaptureId) -> Result<Option<Capture>, StoreError> {
        self.captures_where("id = $1", id.as_str(), 1)
            .await
            .map(|mut captures| captures.pop())
    }

    /// Of each payload that is held the first capture that holds it, by its digest; later ones refer to it.
    pub async fn first_captures_of(&self, payloads: &[&str]) -> Result<HashMap<String, Capture>, StoreError> {
        let statement = format!(
            "SELECT {COLUMNS} FROM captures WHERE payload_sha256 IN ({}) AND revisit_of IS NULL AND truncated IS NULL
             ORDER BY fetched_at DESC, id DESC",
            places(1, ASKED_AT_ONCE)
        );
        let mut firsts = HashMap::new();
        // The first comes last, and stays.
        for row in self.asked_for_all(&statement, payloads).await? {
            let capture = capture(&row)?;
            firsts.insert(capture.payload_sha256.clone(), capture);
        }
        Ok(firsts)
    }

    /// The digest of the last answer at an address out of which documents are read, and the archive file that it lies in.
    pub async fn last_given_at(&self, url: &str) -> Result<Option<(String, String)>, StoreError> {
        let digest = sqlx::query_as(
            "SELECT payload_sha256, segment FROM captures WHERE url = $1 AND answer_of IS NOT NULL
             ORDER BY fetched_at DESC, id DESC LIMIT 1",
        )
        .bind(url)
        .fetch_optional(&self.readers)
        .await?;
        Ok(digest)
    }

    /// Pages that none of the readers has read yet, oldest first, without those that were put off until later and those that
    /// follow one of them at its address: what came later is no change of what was not read yet.
    pub async fn unread_captures(
        &self,
        by: &Readers,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Capture>, StoreError> {
        let others = self.other_readers(by).await?;
        if others.is_empty() {
            return Ok(Vec::new());
        }
        let statement = unread(others.len());
        let mut query = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(instant(now))
            .bind(i64::from(limit));
        for other in others {
            query = query.bind(other);
        }
        query
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(capture)
            .collect()
    }

    /// The names that pages bear as who read them and that are none of these readers'; of what nobody has read it is empty. A
    /// source's reader is named by the source's own facts, so that no other source's captures bear the name. What lies in a
    /// file that is gone nobody can read. The index is
    /// asked for one name after the other: `NOT IN` would walk through everything that was ever read.
    async fn other_readers(&self, by: &Readers) -> Result<Vec<String>, StoreError> {
        let names: Vec<String> = sqlx::query_scalar(
            "WITH RECURSIVE names (name) AS (
                 SELECT MIN(read_by) FROM captures WHERE role = 'page'
                 UNION ALL
                 SELECT (SELECT MIN(read_by) FROM captures WHERE role = 'page' AND read_by > name)
                 FROM names WHERE name IS NOT NULL
             ) SELECT name FROM names WHERE name IS NOT NULL",
        )
        .fetch_all(&self.readers)
        .await?;
        let own = by.names();
        let is_other = |name: &String| name != GONE && own.binary_search(&name.as_str()).is_err();
        Ok(names.into_iter().filter(is_other).collect())
    }

    /// Leaves captures unread until an instant: their records could not be read.
    pub async fn put_off(&self, captures: &[CaptureId], until: Timestamp) -> Result<(), StoreError> {
        let mut rows = self.begin().await?;
        for capture in captures {
            sqlx::query("UPDATE captures SET unread_until = $2 WHERE id = $1")
                .bind(capture.as_str())
                .bind(instant(until))
                .execute(&mut *rows)
                .await?;
        }
        rows.commit().await?;
        Ok(())
    }

    /// Why what was last captured of an address is kept and not shown, and when it was captured; `None` where it is
    /// shown or not held.
    pub async fn withheld(&self, url: &str) -> Result<Option<(NoticeKind, Timestamp)>, StoreError> {
        let last: Option<(String, String)> = sqlx::query_as(
            "SELECT reason, fetched_at FROM (
                 SELECT COALESCE(withheld, '') AS reason, fetched_at FROM captures
                 WHERE url = $1 AND role = 'page' AND answer_of IS NULL AND read_by <> ''
                 UNION ALL
                 SELECT w.reason, c.fetched_at FROM withheld w JOIN captures c ON c.id = w.capture_id WHERE w.url = $1
                 UNION ALL
                 SELECT '', c.fetched_at FROM revisions r JOIN shown s ON s.revision_id = r.id
                 JOIN captures c ON c.id = s.capture_id WHERE r.document_id = $2
             ) AS held ORDER BY fetched_at DESC, reason LIMIT 1",
        )
        .bind(url)
        .bind(DocumentId::derive(url).as_str())
        .fetch_optional(&self.readers)
        .await?;
        let Some((reason, at)) = last.filter(|(reason, _)| !reason.is_empty()) else {
            return Ok(None);
        };
        Ok(Some((
            coded("notice", &reason, NoticeKind::from_code)?,
            parsed("instant", &at)?,
        )))
    }

    /// Lets captures be read that were put off until an instant that has come. So the unread ones are told by the index.
    pub async fn end_of_put_off(&self, now: Timestamp) -> Result<(), StoreError> {
        let has_come: i64 =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM captures WHERE unread_until <= $1)")
                .bind(instant(now))
                .fetch_one(&self.readers)
                .await?;
        if has_come != 0 {
            sqlx::query("UPDATE captures SET unread_until = NULL WHERE unread_until <= $1")
                .bind(instant(now))
                .execute(&self.writer)
                .await?;
        }
        Ok(())
    }

    /// Lets captures that were put off be read at once.
    pub async fn put_off_no_longer(&self) -> Result<(), StoreError> {
        sqlx::query("UPDATE captures SET unread_until = NULL WHERE unread_until IS NOT NULL")
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// The archive files that it takes to read what could not be read because one was gone, with how many captures wait
    /// for each. What repeats an earlier payload takes the earlier one's file as well.
    pub async fn segments_waited_for(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT needed.segment, COUNT(*) FROM captures AS gone
             JOIN captures AS needed ON needed.id IN (gone.id, gone.revisit_of)
             WHERE gone.role = 'page' AND gone.read_by = $1 GROUP BY needed.segment ORDER BY needed.segment",
        )
        .bind(GONE)
        .fetch_all(&self.readers)
        .await?;
        let counted = |(segment, count): (String, i64)| Ok((segment, of_kind("count", count)?));
        rows.into_iter().map(counted).collect()
    }

    /// Every archive file that a row names. The index is asked for one after the other.
    pub async fn segments(&self) -> Result<Vec<String>, StoreError> {
        let names = sqlx::query_scalar(
            "WITH RECURSIVE names (name) AS (
                 SELECT MIN(segment) FROM captures
                 UNION ALL
                 SELECT (SELECT MIN(segment) FROM captures WHERE segment > name) FROM names WHERE name IS NOT NULL
             ) SELECT name FROM names WHERE name IS NOT NULL",
        )
        .fetch_all(&self.readers)
        .await?;
        Ok(names)
    }

    /// Lets everything be asked for whole whose content lies in archive files that are missing: what is held of it cannot
    /// be read, so that "not changed" would say nothing.
    pub async fn ask_whole(&self, missing: &[String]) -> Result<u64, StoreError> {
        let statement = format!(
            "UPDATE tasks SET etag = NULL, last_modified = NULL, capture_id = NULL, payload_sha256 = NULL
             WHERE capture_id IN (SELECT c.id FROM captures c WHERE c.segment IN ({places})
                 UNION SELECT r.id FROM captures c JOIN captures r ON r.revisit_of = c.id WHERE c.segment IN ({places}))",
            places = places(1, missing.len())
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(statement));
        for segment in missing {
            query = query.bind(segment);
        }
        Ok(query.execute(&self.writer).await?.rows_affected())
    }

    /// Lets everything be read again that waited for archive files and needs none of those that are still missing; and with
    /// it all that is held of the same documents, which was read as if this had not been. Answers how many captures are
    /// back.
    pub async fn take_up_again(&self, missing: &[String], now: Timestamp) -> Result<u64, StoreError> {
        let back = format!(
            "SELECT gone.id, gone.url FROM captures AS gone
             WHERE gone.role = 'page' AND gone.read_by = $1 AND NOT EXISTS (SELECT 1 FROM captures AS needed
                 WHERE needed.id IN (gone.id, gone.revisit_of) AND needed.segment IN ({}))",
            places(3, missing.len())
        );
        // A capture that was never read shows no document yet: it is that of its address.
        let others = format!(
            "UPDATE captures SET read_by = $2 WHERE role = 'page' AND read_by NOT IN ('', $1) AND id IN (
                 SELECT s.capture_id FROM shown s JOIN revisions r ON r.id = s.revision_id
                 WHERE r.document_id IN (SELECT r.document_id FROM captures c JOIN shown s ON s.capture_id = c.id
                     JOIN revisions r ON r.id = s.revision_id WHERE c.url IN (SELECT url FROM ({back}) AS back))
                 UNION SELECT c.id FROM captures c WHERE c.url IN (SELECT url FROM ({back}) AS back))"
        );
        let own = format!("UPDATE captures SET read_by = $2 WHERE id IN (SELECT id FROM ({back}) AS back)");
        let mut rows = self.begin().await?;
        let mut count = 0;
        for statement in [others, own] {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(GONE).bind(BACK);
            for segment in missing {
                query = query.bind(segment);
            }
            count = query.execute(&mut *rows).await?.rows_affected();
        }
        if count > 0 {
            sqlx::query(
                "INSERT INTO counters (name, value) VALUES ('taken_up_at', $1)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )
            .bind(now.as_second())
            .execute(&mut *rows)
            .await?;
        }
        rows.commit().await?;
        Ok(count)
    }

    /// Whether something old was read after an instant because its archive file came back: what is found in it then is no
    /// news.
    pub async fn was_taken_up_since(&self, at: Timestamp) -> Result<bool, StoreError> {
        let last: Option<i64> = sqlx::query_scalar("SELECT value FROM counters WHERE name = 'taken_up_at'")
            .fetch_optional(&self.readers)
            .await?;
        Ok(last.is_some_and(|last| last >= at.as_second()))
    }

    /// How many captures are put off because their records could not be read.
    pub async fn put_off_count(&self, now: Timestamp) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM captures WHERE unread_until > $1")
            .bind(instant(now))
            .fetch_one(&self.readers)
            .await?;
        of_kind("count", count)
    }

    /// How many pages none of the readers has read yet.
    pub async fn unread_count(&self, by: &Readers) -> Result<u64, StoreError> {
        let others = self.other_readers(by).await?;
        if others.is_empty() {
            return Ok(0);
        }
        let statement = format!(
            "SELECT COUNT(*) FROM captures WHERE role = 'page' AND read_by IN ({})",
            places(1, others.len())
        );
        let mut query = sqlx::query_scalar(sqlx::AssertSqlSafe(statement));
        for other in others {
            query = query.bind(other);
        }
        let count: i64 = query.fetch_one(&self.readers).await?;
        of_kind("count", count)
    }

    /// Whether pages that another reader read are still to be read by these; those that were put off are not waited for.
    pub async fn is_read_anew(&self, by: &Readers) -> Result<bool, StoreError> {
        let others = self.other_readers(by).await?.into_iter();
        let others: Vec<String> = others.filter(|other| !other.is_empty()).collect();
        if others.is_empty() {
            return Ok(false);
        }
        let statement = format!(
            "SELECT EXISTS (SELECT 1 FROM captures WHERE role = 'page' AND read_by IN ({})
             AND COALESCE(unread_until, '') <= $1)",
            places(2, others.len())
        );
        let mut query = sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).bind(instant(Timestamp::now()));
        for other in others {
            query = query.bind(other);
        }
        let found: i64 = query.fetch_one(&self.readers).await?;
        Ok(found != 0)
    }

    /// The captures that show a revision's text, oldest first.
    pub async fn captures_of(&self, revision: &RevisionId) -> Result<Vec<Capture>, StoreError> {
        self.captures_where(
            "id IN (SELECT capture_id FROM shown WHERE revision_id = $1)",
            revision.as_str(),
            u32::MAX,
        )
        .await
    }

    /// The revisions that a capture shows, once it was read: its page's first, then those of the page's parts; of an
    /// interface's answer those of every document that it gives.
    pub async fn revisions_of_capture(&self, id: &CaptureId) -> Result<Vec<RevisionId>, StoreError> {
        let revisions: Vec<String> =
            sqlx::query_scalar("SELECT revision_id FROM shown WHERE capture_id = $1 ORDER BY position")
                .bind(id.as_str())
                .fetch_all(&self.readers)
                .await?;
        Ok(revisions.into_iter().map(RevisionId::new).collect())
    }

    async fn captures_where(
        &self,
        condition: &'static str,
        value: &str,
        limit: u32,
    ) -> Result<Vec<Capture>, StoreError> {
        // The number stands in the statement: where a limit is a value, SQLite plans anew whenever it is given one.
        let statement =
            format!("SELECT {COLUMNS} FROM captures WHERE {condition} ORDER BY fetched_at, id LIMIT {limit}");
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(value)
            .fetch_all(&self.readers)
            .await?
            .iter()
            .map(capture)
            .collect()
    }
}

static INTO_CAPTURES: RowsOf = RowsOf::new(
    19,
    "INSERT INTO captures (id, source_id, role, url, fetched_at, status, content_type, content_encoding,
     payload_sha256, payload_bytes, truncated, segment, record_offset, record_length, revisit_of, known_as,
     memento_at, answer_of, read_by)",
    "",
);

pub(super) async fn save(rows: &mut Rows<'_>, captures: &[&Capture]) -> Result<(), StoreError> {
    for together in batches(captures) {
        let mut query = sqlx::query(INTO_CAPTURES.statement(together.len()));
        for capture in together {
            query = query
                .bind(capture.id.as_str())
                .bind(capture.source.as_str())
                .bind(capture.role.code())
                .bind(&capture.url)
                .bind(instant(capture.fetched_at))
                .bind(i64::from(capture.status))
                .bind(&capture.content_type)
                .bind(&capture.content_encoding)
                .bind(&capture.payload_sha256)
                .bind(whole(capture.payload_bytes))
                .bind(capture.truncated.map(Truncation::code))
                .bind(&capture.location.segment)
                .bind(whole(capture.location.offset))
                .bind(whole(capture.location.length))
                .bind(capture.revisit_of.as_ref().map(CaptureId::as_str))
                .bind(&capture.known_as)
                .bind(capture.memento_at.map(instant))
                .bind(&capture.answer_of)
                // Nobody has read it.
                .bind("");
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}

pub(super) fn capture(row: &SqliteRow) -> Result<Capture, StoreError> {
    let truncated: Option<String> = row.try_get("truncated")?;
    Ok(Capture {
        id: CaptureId::new(row.try_get::<String, _>("id")?),
        source: SourceId::new(row.try_get::<String, _>("source_id")?),
        role: coded("role", row.try_get("role")?, Role::from_code)?,
        url: row.try_get("url")?,
        known_as: row.try_get("known_as")?,
        memento_at: row
            .try_get::<Option<String>, _>("memento_at")?
            .map(|at| parsed("instant", &at))
            .transpose()?,
        answer_of: row.try_get("answer_of")?,
        fetched_at: parsed("instant", row.try_get("fetched_at")?)?,
        status: number(row, "status")?,
        content_type: row.try_get("content_type")?,
        content_encoding: row.try_get("content_encoding")?,
        payload_sha256: row.try_get("payload_sha256")?,
        payload_bytes: number(row, "payload_bytes")?,
        truncated: truncated
            .map(|code| coded("truncation", &code, Truncation::from_code))
            .transpose()?,
        location: location(row)?,
        revisit_of: row
            .try_get::<Option<String>, _>("revisit_of")?
            .map(CaptureId::new),
    })
}

/// Where the record lies that a row tells of.
pub(super) fn location(row: &SqliteRow) -> Result<RecordLocation, StoreError> {
    Ok(RecordLocation {
        segment: row.try_get("segment")?,
        offset: number(row, "record_offset")?,
        length: number(row, "record_length")?,
    })
}
