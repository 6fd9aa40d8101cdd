//! Speakers as the quotes of the wordings seen last name them.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::values::{number, parsed};
use super::{Store, StoreError};
use crate::model::date::When;
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
    /// The first and the last days on which they said something, by their beginning, where any are known: a day, or the year
    /// where no more is told.
    pub said: Option<(When, When)>,
}

impl Store {
    /// Every speaker, those with the most quotes first.
    pub async fn speakers(&self) -> Result<Vec<SpeakerSummary>, StoreError> {
        let rows = sqlx::query(
            "SELECT q.speaker_id, MAX(q.speaker_name) AS name, COUNT(*) AS quotes,
             MIN(q.said_earliest || ' ' || q.said_latest || ' ' || q.said_edtf) AS first,
             MAX(q.said_earliest || ' ' || q.said_latest || ' ' || q.said_edtf) AS last
             FROM quotes q JOIN documents d ON d.revision_id = q.revision_id
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
             MIN(q.said_earliest || ' ' || q.said_latest || ' ' || q.said_edtf) AS first,
             MAX(q.said_earliest || ' ' || q.said_latest || ' ' || q.said_edtf) AS last
             FROM quotes q JOIN documents d ON d.revision_id = q.revision_id
             WHERE q.speaker_id = $1 GROUP BY q.speaker_id",
        )
        .bind(id.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(summary).transpose()
    }
}

fn summary(row: &SqliteRow) -> Result<SpeakerSummary, StoreError> {
    let (first, last): (Option<String>, Option<String>) = (row.try_get("first")?, row.try_get("last")?);
    let first = first.map(|days| when(&days)).transpose()?;
    let last = last.map(|days| when(&days)).transpose()?;
    Ok(SpeakerSummary {
        id: SpeakerId::new(row.try_get::<String, _>("speaker_id")?),
        name: row.try_get("name")?,
        quotes: number(row, "quotes")?,
        said: first.zip(last),
    })
}

/// The days that a row keeps as two days and their EDTF value.
fn when(days: &str) -> Result<When, StoreError> {
    let mut parts = days.splitn(3, ' ');
    let mut day = || parsed("day", parts.next().unwrap_or_default());
    let (earliest, latest) = (day()?, day()?);
    Ok(When {
        edtf: parts.next().unwrap_or_default().to_owned(),
        earliest,
        latest,
    })
}
