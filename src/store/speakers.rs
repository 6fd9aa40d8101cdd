//! Speakers as the quotes of the wordings seen last name them.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::together::places;
use super::values::{number, parsed};
use super::{Store, StoreError};
use crate::model::date::When;
use crate::model::id::{QuoteId, SpeakerId};

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
    /// Every speaker, those with the most quotes first; some quotes are left out of what is counted.
    pub async fn speakers(&self, left_out: &[QuoteId]) -> Result<Vec<SpeakerSummary>, StoreError> {
        let counted = counted("q.speaker_id IS NOT NULL", 1, left_out.len());
        let statement = format!("{counted} ORDER BY COUNT(*) DESC, q.speaker_id");
        let mut query = sqlx::query(sqlx::AssertSqlSafe(statement.as_str()));
        for quote in left_out {
            query = query.bind(quote.as_str());
        }
        let rows = query.fetch_all(&self.readers).await?;
        rows.iter().map(summary).collect()
    }

    /// What is held of one speaker, likewise.
    pub async fn speaker(
        &self,
        id: &SpeakerId,
        left_out: &[QuoteId],
    ) -> Result<Option<SpeakerSummary>, StoreError> {
        let statement = counted("q.speaker_id = $1", 2, left_out.len());
        let mut query = sqlx::query(sqlx::AssertSqlSafe(statement.as_str())).bind(id.as_str());
        for quote in left_out {
            query = query.bind(quote.as_str());
        }
        let row = query.fetch_optional(&self.readers).await?;
        row.as_ref().map(summary).transpose()
    }
}

/// The statement that counts the quotes of each speaker that is asked for, but so many whose places begin at a number.
fn counted(which: &str, first: usize, left_out: usize) -> String {
    let but = match left_out {
        0 => String::new(),
        count => format!(" AND q.id NOT IN ({})", places(first, count)),
    };
    format!(
        "SELECT q.speaker_id, MAX(q.speaker_name) AS name, COUNT(*) AS quotes,
         MIN(q.said_earliest || ' ' || q.said_latest || ' ' || q.said_edtf) AS first,
         MAX(q.said_earliest || ' ' || q.said_latest || ' ' || q.said_edtf) AS last
         FROM quotes q JOIN documents d ON d.revision_id = q.revision_id
         WHERE {which}{but} GROUP BY q.speaker_id"
    )
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
