//! The archive's files, as far as rows tell of them: what is gone is only missed by who knows that it was there.

use std::collections::BTreeMap;

use super::values::whole;
use super::visits::Visit;
use super::{Rows, Store, StoreError};
use crate::model::capture::RecordLocation;

/// A file of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveFile {
    /// Its name.
    pub name: String,
    /// Where the last record ends that rows tell of: it was at least as long.
    pub bytes: u64,
}

impl Store {
    /// Every file that rows tell of, in the order they were begun.
    pub async fn archive_files(&self) -> Result<Vec<ArchiveFile>, StoreError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT name, bytes FROM archive_files ORDER BY number")
                .fetch_all(&self.readers)
                .await?;
        Ok(rows.into_iter().map(file).collect())
    }

    /// The newest file that rows tell of. It need not be the last by name: an archive that took the place of a lost one was
    /// once numbered from the beginning again.
    pub async fn newest_archive_file(&self) -> Result<Option<ArchiveFile>, StoreError> {
        let newest: Option<(String, i64)> =
            sqlx::query_as("SELECT name, bytes FROM archive_files ORDER BY number DESC LIMIT 1")
                .fetch_optional(&self.readers)
                .await?;
        Ok(newest.map(file))
    }
}

fn file((name, bytes): (String, i64)) -> ArchiveFile {
    ArchiveFile {
        name,
        bytes: bytes.unsigned_abs(),
    }
}

/// Notes how far the archive was written when these visits came to it.
pub(super) async fn save(rows: &mut Rows<'_>, visits: &[Visit]) -> Result<(), StoreError> {
    let attempts = visits.iter().flat_map(|visit| &visit.attempts);
    let captures = visits.iter().flat_map(|visit| &visit.captures);
    let places = attempts
        .filter_map(|attempt| attempt.location.as_ref())
        .chain(captures.map(|capture| &capture.location));
    let mut ends: BTreeMap<&str, u64> = BTreeMap::new();
    for place in places {
        let end = ends.entry(&place.segment).or_default();
        *end = (*end).max(end_of(place));
    }
    for (name, end) in ends {
        sqlx::query(
            "INSERT INTO archive_files (name, number, bytes)
             VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM archive_files), $2)
             ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes WHERE excluded.bytes > archive_files.bytes",
        )
        .bind(name)
        .bind(whole(end))
        .execute(&mut **rows)
        .await?;
    }
    Ok(())
}

fn end_of(place: &RecordLocation) -> u64 {
    place.offset.saturating_add(place.length)
}
