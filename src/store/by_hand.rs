//! What people corrected of what was read.

use std::collections::HashSet;

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::documents::{mark_changed, offset};
use super::quotes::when;
use super::together::{ASKED_AT_ONCE, places};
use super::values::{coded, instant, parsed};
use super::{Rows, Store, StoreError};
use crate::model::by_hand::{Corrected, Fix, HandCorrection, ReadThen};
use crate::model::id::{DocumentId, RevisionId, SpeakerId};

/// What became of a correction that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenOver {
    /// It is kept.
    New,
    /// It was here, and was taken back where it comes from.
    TakenBack,
    /// It was here as it is.
    Known,
}

impl Store {
    /// Every correction, those that were taken back too, the newest first.
    pub async fn hand_corrections(&self) -> Result<Vec<HandCorrection>, StoreError> {
        let rows = sqlx::query("SELECT * FROM hand_corrections ORDER BY made_at DESC, id DESC")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(correction).collect()
    }

    /// The correction of an id.
    pub async fn hand_correction(&self, id: &str) -> Result<Option<HandCorrection>, StoreError> {
        let row = sqlx::query("SELECT * FROM hand_corrections WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(correction).transpose()
    }

    /// The corrections that hold for these documents, oldest first.
    pub async fn hand_corrections_of(
        &self,
        documents: &[&DocumentId],
    ) -> Result<Vec<HandCorrection>, StoreError> {
        let statement = format!(
            "SELECT * FROM hand_corrections WHERE document_id IN ({}) AND taken_back_at IS NULL
             ORDER BY made_at, id",
            places(1, ASKED_AT_ONCE)
        );
        let ids: Vec<&str> = documents.iter().map(|id| id.as_str()).collect();
        let rows = self.asked_for_all(&statement, &ids).await?;
        rows.iter().map(correction).collect()
    }

    /// The corrections that hold of documents whose pages lead elsewhere for good, oldest first.
    pub async fn hand_corrections_of_moved(&self) -> Result<Vec<HandCorrection>, StoreError> {
        // A part of a page moves with it.
        let rows = sqlx::query(
            "SELECT h.* FROM hand_corrections h JOIN tasks t ON t.role = 'page' AND t.canonical =
                 CASE INSTR(h.url, '#') WHEN 0 THEN h.url ELSE SUBSTR(h.url, 1, INSTR(h.url, '#') - 1) END
             WHERE h.taken_back_at IS NULL AND t.leads_to IS NOT NULL ORDER BY h.made_at, h.id",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(correction).collect()
    }

    /// Of which of some documents people corrected anything, whether it holds or was taken back.
    pub async fn corrected_among(
        &self,
        documents: &[&DocumentId],
    ) -> Result<HashSet<DocumentId>, StoreError> {
        let statement = format!(
            "SELECT DISTINCT document_id FROM hand_corrections WHERE document_id IN ({})",
            places(1, ASKED_AT_ONCE)
        );
        let ids: Vec<&str> = documents.iter().map(|id| id.as_str()).collect();
        let rows = self.asked_for_all(&statement, &ids).await?;
        rows.iter()
            .map(|row| Ok(DocumentId::new(row.try_get::<String, _>("document_id")?)))
            .collect()
    }

    /// Has a document indexed anew.
    pub async fn index_anew(&self, document: &DocumentId) -> Result<(), StoreError> {
        let mut rows = self.begin().await?;
        mark_changed(&mut rows, document).await?;
        Ok(rows.commit().await?)
    }

    /// How many corrections hold, and when the last one was made or taken back: who compares two looks at what is held knows by
    /// it whether people said something in between.
    pub async fn hand_corrections_state(&self) -> Result<(u64, Option<String>), StoreError> {
        let row = sqlx::query(
            "SELECT SUM(taken_back_at IS NULL) AS holding, MAX(COALESCE(taken_back_at, made_at)) AS latest
             FROM hand_corrections",
        )
        .fetch_one(&self.readers)
        .await?;
        let holding: Option<i64> = row.try_get("holding")?;
        Ok((holding.unwrap_or_default().unsigned_abs(), row.try_get("latest")?))
    }

    /// Keeps a correction, and takes back the earlier ones that it takes the place of; its document is to be indexed anew. The same
    /// one, come from elsewhere, is kept once; one that was taken back there is taken back here.
    pub async fn save_hand_correction(&self, given: &HandCorrection) -> Result<TakenOver, StoreError> {
        let mut rows = self.begin().await?;
        let taken_over = match (insert(&mut rows, given).await?, &given.taken_back) {
            (true, None) => {
                replace(&mut rows, given).await?;
                yield_to_later(&mut rows, given).await?;
                TakenOver::New
            }
            (true, Some(_)) => TakenOver::New,
            (false, None) => TakenOver::Known,
            (false, Some((at, by))) => match end(&mut rows, &given.id, by, *at).await? {
                Some(_) => TakenOver::TakenBack,
                None => TakenOver::Known,
            },
        };
        if taken_over != TakenOver::Known {
            mark_changed(&mut rows, &given.document).await?;
        }
        rows.commit().await?;
        Ok(taken_over)
    }

    /// Takes a correction back; answers whether there was one that held. Its document is to be indexed anew.
    pub async fn take_back_hand_correction(
        &self,
        id: &str,
        by: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut rows = self.begin().await?;
        let document = end(&mut rows, id, by, at).await?;
        if let Some(document) = &document {
            mark_changed(&mut rows, document).await?;
        }
        rows.commit().await?;
        Ok(document.is_some())
    }
}

/// Ends a correction that holds; answers its document, where there was one.
async fn end(
    rows: &mut Rows<'_>,
    id: &str,
    by: &str,
    at: Timestamp,
) -> Result<Option<DocumentId>, StoreError> {
    let document: Option<String> = sqlx::query_scalar(
        "UPDATE hand_corrections SET taken_back_at = $2, taken_back_by = $3
         WHERE id = $1 AND taken_back_at IS NULL RETURNING document_id",
    )
    .bind(id)
    .bind(instant(at))
    .bind(by)
    .fetch_optional(&mut **rows)
    .await?;
    Ok(document.map(DocumentId::new))
}

async fn insert(rows: &mut Rows<'_>, new: &HandCorrection) -> Result<bool, StoreError> {
    let (speaker, said) = match &new.fix {
        Fix::Speaker(speaker) => (speaker.as_ref(), None),
        Fix::Said(when) => (None, when.as_ref()),
        Fix::NoQuote => (None, None),
    };
    let taken_back = new.taken_back.as_ref();
    let inserted = sqlx::query(
        "INSERT INTO hand_corrections (id, document_id, url, revision_id, words, around, nth, corrects, speaker_id,
             speaker_name, said_edtf, said_earliest, said_latest, read_value, read_told, why, made_by, made_at,
             taken_back_at, taken_back_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(&new.id)
    .bind(new.document.as_str())
    .bind(&new.url)
    .bind(new.revision.as_str())
    .bind(&new.words)
    .bind(&new.around)
    .bind(offset(new.nth))
    .bind(new.fix.corrects().code())
    .bind(speaker.map(|(id, _)| id.as_str()))
    .bind(speaker.map(|(_, name)| name))
    .bind(said.map(|when| &when.edtf))
    .bind(said.map(|when| when.earliest.to_string()))
    .bind(said.map(|when| when.latest.to_string()))
    .bind(&new.read.value)
    .bind(&new.read.told)
    .bind(&new.why)
    .bind(&new.by)
    .bind(instant(new.made_at))
    .bind(taken_back.map(|(at, _)| instant(*at)))
    .bind(taken_back.map(|(_, by)| by))
    .execute(&mut **rows)
    .await?;
    Ok(inserted.rows_affected() > 0)
}

/// Takes back what another correction of the same quote said of the same: two that hold would contradict each other.
async fn replace(rows: &mut Rows<'_>, new: &HandCorrection) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE hand_corrections SET taken_back_at = $1, taken_back_by = $2
         WHERE document_id = $3 AND words = $4 AND around = $5 AND nth = $6 AND corrects = $7 AND id <> $8
             AND taken_back_at IS NULL AND made_at <= $1",
    )
    .bind(instant(new.made_at))
    .bind(&new.by)
    .bind(new.document.as_str())
    .bind(&new.words)
    .bind(&new.around)
    .bind(offset(new.nth))
    .bind(new.fix.corrects().code())
    .bind(&new.id)
    .execute(&mut **rows)
    .await?;
    Ok(())
}

/// Takes a correction back where a later one says something of the same already: two people may have been at it at once, and of two
/// programs the one that began first may come last.
async fn yield_to_later(rows: &mut Rows<'_>, new: &HandCorrection) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE hand_corrections SET taken_back_at = later.made_at, taken_back_by = later.made_by FROM (
             SELECT made_at, made_by FROM hand_corrections WHERE document_id = $1 AND words = $2 AND around = $3
                 AND nth = $4 AND corrects = $5 AND id <> $6 AND taken_back_at IS NULL AND made_at > $7
             ORDER BY made_at LIMIT 1) AS later
         WHERE id = $6",
    )
    .bind(new.document.as_str())
    .bind(&new.words)
    .bind(&new.around)
    .bind(offset(new.nth))
    .bind(new.fix.corrects().code())
    .bind(&new.id)
    .bind(instant(new.made_at))
    .execute(&mut **rows)
    .await?;
    Ok(())
}

fn correction(row: &SqliteRow) -> Result<HandCorrection, StoreError> {
    let corrects: &str = row.try_get("corrects")?;
    let nth: i64 = row.try_get("nth")?;
    let taken_back_at: Option<String> = row.try_get("taken_back_at")?;
    let taken_back_by: Option<String> = row.try_get("taken_back_by")?;
    let taken_back_at = taken_back_at.map(|at| parsed("instant", &at)).transpose()?;
    Ok(HandCorrection {
        id: row.try_get("id")?,
        document: DocumentId::new(row.try_get::<String, _>("document_id")?),
        url: row.try_get("url")?,
        revision: RevisionId::new(row.try_get::<String, _>("revision_id")?),
        words: row.try_get("words")?,
        around: row.try_get("around")?,
        nth: usize::try_from(nth).unwrap_or_default(),
        fix: match coded("correction", corrects, Corrected::from_code)? {
            Corrected::Speaker => Fix::Speaker(speaker(row)?),
            Corrected::Said => Fix::Said(when(row, "said_edtf", "said_earliest", "said_latest")?),
            Corrected::NoQuote => Fix::NoQuote,
        },
        read: ReadThen {
            value: row.try_get("read_value")?,
            told: row.try_get("read_told")?,
        },
        why: row.try_get("why")?,
        by: row.try_get("made_by")?,
        made_at: parsed("instant", row.try_get("made_at")?)?,
        taken_back: taken_back_at.zip(taken_back_by),
    })
}

fn speaker(row: &SqliteRow) -> Result<Option<(SpeakerId, String)>, StoreError> {
    let (id, name): (Option<String>, Option<String>) =
        (row.try_get("speaker_id")?, row.try_get("speaker_name")?);
    Ok(id.map(SpeakerId::new).zip(name))
}
