//! Speakers as the quotes of the wordings seen last name them.

use jiff::civil::Date;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::values::parsed;
use super::{Store, StoreError};
use crate::model::id::SpeakerId;

/// A speaker and what is held of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerSummary {
    /// The id.
    pub id: SpeakerId,
    /// The full name as far as it is known.
    pub name: String,
    /// How many quotes are theirs.
    pub quotes: u64,
    /// The first and the last day on which they said something, of the quotes that are known to the day; what was said in
    /// a year was said on none of its days.
    pub said: Option<(Date, Date)>,
}

impl Store {
    /// Every speaker, those with the most quotes first.
    pub async fn speakers(&self) -> Result<Vec<SpeakerSummary>, StoreError> {
        let rows = sqlx::query(
            "SELECT q.speaker_id, MAX(q.speaker_name) AS name, COUNT(*) AS quotes,
             MIN(CASE WHEN q.said_earliest = q.said_latest THEN q.said_earliest END) AS first,
             MAX(CASE WHEN q.said_earliest = q.said_latest THEN q.said_latest END) AS last FROM quotes q JOIN documents d ON d.revision_id = q.revision_id
             WHERE q.speaker_id IS NOT NULL GROUP BY q.speaker_id ORDER BY COUNT(*) DESC, q.speaker_id",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(summary).collect()
    }

    /// What is held of one speaker.
    pub async fn speaker(&self, id: &SpeakerId) -> Result<Option<SpeakerSummary>, StoreError> {
        let row = sqlx::query(
            "SELECT q.speaker_id, MAX(q.speaker_name) AS name, COUNT(*) AS quotes,
             MIN(CASE WHEN q.said_earliest = q.said_latest THEN q.said_earliest END) AS first,
             MAX(CASE WHEN q.said_earliest = q.said_latest THEN q.said_latest END) AS last FROM quotes q JOIN documents d ON d.revision_id = q.revision_id
             WHERE q.speaker_id = $1 GROUP BY q.speaker_id",
        )
        .bind(id.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(summary).transpose()
    }
}

fn summary(row: &SqliteRow) -> Result<SpeakerSummary, StoreError> {
    let quotes: i64 = row.try_get("quotes")?;
    let day = |column: &str| -> Result<Option<Date>, StoreError> {
        let day: Option<String> = row.try_get(column)?;
        day.map(|day| parsed("day", &day)).transpose()
    };
    Ok(SpeakerSummary {
        id: SpeakerId::new(row.try_get::<String, _>("speaker_id")?),
        name: row.try_get("name")?,
        quotes: quotes.unsigned_abs(),
        said: day("first")?.zip(day("last")?),
    })
}
