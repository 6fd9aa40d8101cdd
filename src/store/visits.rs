//! What a visit to an address leaves behind, in one transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::announced::save_announced;
use super::together::{RowsOf, batches};
use super::values::{instant, whole};
use super::visit::{Attempt, Visit};
use super::{Rows, Store, StoreError};
use crate::model::capture::{Capture, Role};
use crate::model::id::{CaptureId, DocumentId};

impl Store {
    /// Saves visits whose answers are in the archive; answers how many new pages each announced.
    pub async fn save_visits(&self, visits: &[Visit]) -> Result<Vec<u64>, StoreError> {
        let mut rows = self.begin_batch().await?;
        save_request_counts(&mut rows, visits).await?;
        save_attempts(&mut rows, visits).await?;
        super::archive_files::save(&mut rows, visits).await?;
        for robots in visits.iter().flat_map(|visit| &visit.robots) {
            super::robots::save(&mut rows, robots).await?;
        }
        let captures: Vec<&Capture> = visits.iter().flat_map(|visit| &visit.captures).collect();
        super::captures::save(&mut rows, &captures).await?;
        super::hosts::save(&mut rows, visits.iter().flat_map(|visit| &visit.hosts)).await?;
        super::absences::mark(&mut rows, visits).await?;
        let mut new = Vec::with_capacity(visits.len());
        let mut ended = 0;
        for (at, visit) in visits.iter().enumerate() {
            // What a channel announces is laid beside what the visits before it left.
            if visit.role == Role::Channel {
                save_ends(&mut rows, &visits[ended..=at]).await?;
                ended = at + 1;
            }
            // Also where it led there before: the page there may be held only since then.
            if let Some(url) = &visit.moved {
                super::documents::mark_changed(&mut rows, &DocumentId::derive(url)).await?;
            }
            let announced = save_announced(&mut rows, visit).await?;
            super::health::save(&mut rows, visit, announced).await?;
            new.push(announced);
        }
        save_ends(&mut rows, &visits[ended..]).await?;
        rows.commit().await?;
        Ok(new)
    }

    /// Lets go of the rows of requests that were made before an instant; a bounded number at a time, so that no
    /// visit waits for it. The answers stay in the archive, and what was counted stays counted.
    pub async fn forget_attempts(&self, before: Timestamp) -> Result<u64, StoreError> {
        let forgotten = sqlx::query(
            "DELETE FROM attempts WHERE id IN (SELECT id FROM attempts WHERE at < $1 ORDER BY at LIMIT $2)",
        )
        .bind(instant(before))
        .bind(FORGOTTEN)
        .execute(&self.writer)
        .await?;
        Ok(forgotten.rows_affected())
    }

    /// Lets go of what is known of hosts that nothing is asked for at any more and that were asked before an instant, and of
    /// robots.txt files that were trusted up to it: a site may announce pages under any number of names. Whoever is left alone
    /// stays so.
    pub async fn forget_hosts(&self, before: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM hosts WHERE last_served_at < $1 AND COALESCE(not_before, '') < $1
             AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.enabled IN (0, 1) AND t.host = hosts.host)",
        )
        .bind(instant(before))
        .execute(&self.writer)
        .await?;
        sqlx::query("DELETE FROM robots WHERE expires_at < $1")
            .bind(instant(before))
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}

/// Rows of requests that are let go of at a time.
const FORGOTTEN: i64 = 1000;

static INTO_ATTEMPTS: RowsOf = RowsOf::new(
    13,
    "INSERT INTO attempts (id, source_id, role, task_url, url, at, elapsed_ms, outcome, status, detail,
     segment, record_offset, record_length)",
    "",
);

async fn save_attempts(rows: &mut Rows<'_>, visits: &[Visit]) -> Result<(), StoreError> {
    let attempts = visits.iter().flat_map(|visit| {
        let attempts = visit.attempts.iter();
        attempts.map(move |attempt| (visit, attempt))
    });
    let attempts: Vec<(&Visit, &Attempt)> = attempts.collect();
    for together in batches(&attempts) {
        let mut query = sqlx::query(INTO_ATTEMPTS.statement(together.len()));
        for (visit, attempt) in together {
            let location = attempt.location.as_ref();
            query = query
                .bind(Uuid::now_v7().to_string())
                .bind(visit.source.as_str())
                .bind(visit.role.code())
                .bind(&visit.url)
                .bind(&attempt.url)
                .bind(instant(attempt.at))
                .bind(whole(attempt.elapsed_ms))
                .bind(attempt.outcome.code())
                .bind(attempt.status.map(i64::from))
                .bind(&attempt.detail)
                .bind(location.map(|location| &location.segment))
                .bind(location.map(|location| whole(location.offset)))
                .bind(location.map(|location| whole(location.length)));
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}

/// Counts the requests of some visits, those of a kind at once.
async fn save_request_counts(rows: &mut Rows<'_>, visits: &[Visit]) -> Result<(), StoreError> {
    let mut counts: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
    for visit in visits {
        for attempt in &visit.attempts {
            let kind = (visit.source.as_str(), visit.role.code(), attempt.outcome.code());
            *counts.entry(kind).or_default() += 1;
        }
    }
    let counts: Vec<_> = counts.into_iter().collect();
    for together in batches(&counts) {
        let mut query = sqlx::query(INTO_COUNTS.statement(together.len()));
        for ((source, role, outcome), requests) in together {
            query = query
                .bind(*source)
                .bind(*role)
                .bind(*outcome)
                .bind(whole(*requests));
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}

static INTO_COUNTS: RowsOf = RowsOf::new(
    4,
    "INSERT INTO request_counts (source_id, role, outcome, requests)",
    " ON CONFLICT (source_id, role, outcome)
     DO UPDATE SET requests = request_counts.requests + excluded.requests",
);

/// A visit stands here once: its host's next one begins when it is on record.
static ENDS: RowsOf = RowsOf::new(
    22,
    // What somebody asked for while the visit was under way stays due: the visit may have come too early for it.
    "UPDATE tasks SET due_at = CASE WHEN tasks.due_rule = 'asked' AND tasks.due_at > visit.column22 THEN tasks.due_at
         ELSE visit.column3 END,
     priority = CASE WHEN tasks.due_rule = 'asked' AND tasks.due_at > visit.column22 THEN tasks.priority
         ELSE visit.column4 END,
     due_rule = CASE WHEN tasks.due_rule = 'asked' AND tasks.due_at > visit.column22 THEN tasks.due_rule
         ELSE visit.column16 END, etag = visit.column5,
     last_modified = visit.column6, capture_id = visit.column7, payload_sha256 = visit.column8,
     last_attempt_at = visit.column9, last_success_at = COALESCE(visit.column10, tasks.last_success_at),
     last_outcome = visit.column11, last_detail = visit.column12, items = COALESCE(visit.column13, tasks.items),
     failures = visit.column14, unchanged = visit.column15, pause_s = visit.column17,
     deferrals = visit.column18, read_as = visit.column19,
     absent_since = CASE WHEN visit.column20 = 1 THEN COALESCE(tasks.absent_since, visit.column9)
         WHEN visit.column20 = 0 THEN NULL ELSE tasks.absent_since END,
     leads_since = CASE WHEN visit.column21 IS NULL OR visit.column21 = tasks.leads_to THEN tasks.leads_since
         WHEN visit.column21 = '' THEN NULL ELSE visit.column9 END,
     leads_to = NULLIF(COALESCE(visit.column21, tasks.leads_to), ''),
     was_absent_since = CASE WHEN visit.column11 = 'changed' THEN tasks.absent_since ELSE tasks.was_absent_since END,
     led_to = CASE WHEN visit.column11 = 'changed' THEN tasks.leads_to ELSE tasks.led_to END,
     led_since = CASE WHEN visit.column11 = 'changed' THEN tasks.leads_since ELSE tasks.led_since END
     FROM (",
    ") AS visit WHERE tasks.role = visit.column1 AND tasks.url = visit.column2",
);

/// When the first request of a visit was made.
fn begun_at(visit: &Visit) -> Timestamp {
    visit.attempts.first().map_or(visit.ended_at, |first| first.at)
}

async fn save_ends(rows: &mut Rows<'_>, visits: &[Visit]) -> Result<(), StoreError> {
    for together in batches(visits) {
        let mut query = sqlx::query(ENDS.statement(together.len()));
        for visit in together {
            let end = &visit.end;
            let at = instant(visit.ended_at);
            query = query
                .bind(visit.role.code())
                .bind(&visit.url)
                .bind(instant(end.due_at))
                .bind(i64::from(end.priority.place()))
                .bind(&end.etag)
                .bind(&end.last_modified)
                .bind(end.capture.as_ref().map(CaptureId::as_str))
                .bind(&end.payload_sha256)
                .bind(at.clone())
                .bind(end.outcome.is_success().then_some(at))
                .bind(end.outcome.code())
                .bind(&end.detail)
                .bind(end.items.map(|items| whole(items as u64)))
                .bind(i64::from(end.failures))
                .bind(i64::from(end.unchanged))
                .bind(end.due_rule.code())
                .bind(end.pause.map(|pause| pause.as_secs()))
                .bind(i64::from(end.deferrals))
                .bind(&end.read_as)
                .bind(super::absences::found_absent(end.outcome).map(i64::from))
                .bind(visit.leads.told())
                .bind(instant(begun_at(visit)));
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}
