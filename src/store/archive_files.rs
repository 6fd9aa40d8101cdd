//! The archive's files, as far as rows tell of them: what is gone is only missed by who knows that it was there.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::captures::GONE;
use super::values::{instant, of_kind, whole};
use super::visit::Visit;
use super::{Rows, Store, StoreError};
use crate::model::capture::{Capture, RecordLocation};

/// A file of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveFile {
    /// Its name.
    pub name: String,
    /// Where the last record ends that rows tell of: it was at least as long.
    pub bytes: u64,
}

/// A stretch of an archive file that no row tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownStretch {
    /// The file.
    pub name: String,
    /// Its first byte, where a record begins.
    pub first: u64,
    /// The byte behind it.
    pub end: u64,
}

impl Store {
    /// The stretches that were noted and not read back since.
    pub async fn unknown_stretches(&self) -> Result<Vec<UnknownStretch>, StoreError> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT name, first_byte, end_byte FROM archive_unknown ORDER BY name, first_byte",
        )
        .fetch_all(&self.readers)
        .await?;
        let stretch = |(name, first, end): (String, i64, i64)| {
            Ok(UnknownStretch {
                name,
                first: of_kind("first byte", first)?,
                end: of_kind("end byte", end)?,
            })
        };
        rows.into_iter().map(stretch).collect()
    }

    /// Notes stretches that no row tells of.
    pub async fn note_unknown(&self, stretches: &[UnknownStretch], now: Timestamp) -> Result<(), StoreError> {
        for stretch in stretches {
            sqlx::query(
                "INSERT INTO archive_unknown (name, first_byte, end_byte, noted_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (name, first_byte) DO NOTHING",
            )
            .bind(&stretch.name)
            .bind(whole(stretch.first))
            .bind(whole(stretch.end))
            .bind(instant(now))
            .execute(&self.writer)
            .await?;
        }
        Ok(())
    }

    /// Takes in the pages that were found in a stretch, which is known from now on up to `end`; what is left of it stays
    /// noted. They wait like those whose file was gone and is back: all that is held of the same documents is read anew with
    /// them, and what is found is no news.
    pub async fn take_in(
        &self,
        captures: &[Capture],
        stretch: &UnknownStretch,
        end: u64,
    ) -> Result<(), StoreError> {
        let mut rows = self.begin().await?;
        let found: Vec<&Capture> = captures.iter().collect();
        super::captures::save(&mut rows, &found).await?;
        for capture in captures {
            sqlx::query("UPDATE captures SET read_by = $2 WHERE id = $1")
                .bind(capture.id.as_str())
                .bind(GONE)
                .execute(&mut *rows)
                .await?;
        }
        let noted_at: Option<String> = sqlx::query_scalar(
            "DELETE FROM archive_unknown WHERE name = $1 AND first_byte = $2 RETURNING noted_at",
        )
        .bind(&stretch.name)
        .bind(whole(stretch.first))
        .fetch_optional(&mut *rows)
        .await?;
        if let Some(noted_at) = noted_at.filter(|_| end < stretch.end) {
            sqlx::query(
                "INSERT INTO archive_unknown (name, first_byte, end_byte, noted_at) VALUES ($1, $2, $3, $4)",
            )
            .bind(&stretch.name)
            .bind(whole(end))
            .bind(whole(stretch.end))
            .bind(noted_at)
            .execute(&mut *rows)
            .await?;
        }
        // What is left is told by its own row; the file was at least this long in any case.
        save_end(&mut rows, &stretch.name, stretch.end).await?;
        rows.commit().await?;
        Ok(())
    }

    /// Every file that rows tell of, in the order they were begun.
    pub async fn archive_files(&self) -> Result<Vec<ArchiveFile>, StoreError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT name, bytes FROM archive_files ORDER BY number")
                .fetch_all(&self.readers)
                .await?;
        rows.into_iter().map(file).collect()
    }

    /// The newest file that rows tell of. It need not be the last by name: an archive that took the place of a lost one was
    /// once numbered from the beginning again.
    pub async fn newest_archive_file(&self) -> Result<Option<ArchiveFile>, StoreError> {
        let newest: Option<(String, i64)> =
            sqlx::query_as("SELECT name, bytes FROM archive_files ORDER BY number DESC LIMIT 1")
                .fetch_optional(&self.readers)
                .await?;
        newest.map(file).transpose()
    }
}

fn file((name, bytes): (String, i64)) -> Result<ArchiveFile, StoreError> {
    Ok(ArchiveFile {
        name,
        bytes: of_kind("bytes", bytes)?,
    })
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
        save_end(rows, name, end).await?;
    }
    Ok(())
}

async fn save_end(rows: &mut Rows<'_>, name: &str, end: u64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO archive_files (name, number, bytes)
         VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM archive_files), $2)
         ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes WHERE excluded.bytes > archive_files.bytes",
    )
    .bind(name)
    .bind(whole(end))
    .execute(&mut **rows)
    .await?;
    Ok(())
}

fn end_of(place: &RecordLocation) -> u64 {
    place.offset.saturating_add(place.length)
}
