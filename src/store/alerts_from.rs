//! From where the tracker's alerts are sent.

use sqlx::Row;

use super::{Store, StoreError};
use crate::model::saved_search::Place;

impl Store {
    /// The place from where alerts are sent, where that was ever settled.
    pub async fn alerts_from(&self) -> Result<Option<Place>, StoreError> {
        let row = sqlx::query("SELECT folder, machine FROM alerts_from")
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Place {
            folder: row.try_get("folder")?,
            machine: row.try_get("machine")?,
        }))
    }

    /// Settles from where alerts are sent, where that was not settled before; answers the place that holds.
    pub async fn settle_alerts_from(&self, place: &Place) -> Result<Place, StoreError> {
        sqlx::query("INSERT INTO alerts_from (only, folder, machine) VALUES (1, $1, $2) ON CONFLICT (only) DO NOTHING")
            .bind(&place.folder)
            .bind(&place.machine)
            .execute(&self.writer)
            .await?;
        Ok(self.alerts_from().await?.unwrap_or_else(|| place.clone()))
    }

    /// Sends alerts from another place from now on; answers how many wait to be sent, which with `forgets` are not sent any
    /// more.
    pub async fn move_alerts_to(&self, place: &Place, forgets: bool) -> Result<u64, StoreError> {
        let mut rows = self.begin().await?;
        sqlx::query(
            "INSERT INTO alerts_from (only, folder, machine) VALUES (1, $1, $2)
             ON CONFLICT (only) DO UPDATE SET folder = excluded.folder, machine = excluded.machine",
        )
        .bind(&place.folder)
        .bind(&place.machine)
        .execute(&mut *rows)
        .await?;
        let waiting: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM deliveries WHERE due_at IS NOT NULL")
            .fetch_one(&mut *rows)
            .await?;
        if forgets {
            sqlx::query("DELETE FROM deliveries WHERE due_at IS NOT NULL")
                .execute(&mut *rows)
                .await?;
        }
        rows.commit().await?;
        super::values::of_kind("count", waiting)
    }
}
