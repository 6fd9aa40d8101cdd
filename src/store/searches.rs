//! Saved searches, what they found at their last look, and the alerts they gave.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::documents::offset;
use super::values::{coded, instant, number, number_if_any, parsed};
use super::{Store, StoreError};
use crate::model::outcome::Outcome;
use crate::model::saved_search::{
    Alert, AlertItem, Change, Delivery, Line, Passage, Rhythm, SavedSearch, Way, Webhook,
};

type Rows<'a> = sqlx::Transaction<'a, sqlx::Sqlite>;

/// The columns of a [`Line`].
const LINE: &str =
    "key, wording, kind, entry, document, revision, capture, url, title, source, speaker, day, text, by_hand";

/// What a look at a saved search leads to.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    /// What there was to see at the last look ([`Store::what_there_is`]), and now.
    pub seen: (Option<&'a str>, &'a str),
    /// What read and labelled what is found ([`LastLook::read_by`]).
    pub read_by: &'a str,
    /// When this look was taken, and when the next one is due.
    pub at: Timestamp,
    /// When the next look is due.
    pub due_at: Timestamp,
    /// What is found now and was not, or says something else.
    pub kept: &'a [Line],
    /// Keys of what is not found any more.
    pub forgotten: &'a [String],
    /// What there is to tell, and how it is sent.
    pub alert: Option<(&'a Alert, &'a [Way])>,
}

/// What is known of a search's last look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastLook {
    /// What there was to see.
    pub seen: Option<String>,
    /// What read and labelled what was found.
    pub read_by: Option<String>,
}

/// How many alerts were not taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undelivered {
    /// Sent by nobody yet.
    pub waiting: u64,
    /// Refused or not answered, and tried again.
    pub failing: u64,
    /// Tried no more.
    pub given_up: u64,
}

impl Store {
    /// Saves a search; answers whether its name was free.
    pub async fn add_search(&self, search: &SavedSearch) -> Result<bool, StoreError> {
        let webhook = search.webhook.as_ref();
        let added = sqlx::query(
            "INSERT INTO searches (id, name, query, kind, rhythm, webhook_url, webhook_secret, email, created_at, due_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT (name) DO NOTHING",
        )
        .bind(&search.id)
        .bind(&search.name)
        .bind(&search.query)
        .bind(&search.kind)
        .bind(search.rhythm.code())
        .bind(webhook.map(|webhook| webhook.url.as_str()))
        .bind(webhook.map(|webhook| webhook.secret.as_str()))
        .bind(&search.email)
        .bind(instant(search.created_at))
        .execute(&self.writer)
        .await?;
        Ok(added.rows_affected() > 0)
    }

    /// Every saved search, by name.
    pub async fn searches(&self) -> Result<Vec<SavedSearch>, StoreError> {
        let rows = sqlx::query("SELECT * FROM searches ORDER BY name")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(search).collect()
    }

    /// The saved search of an id or name.
    pub async fn search_named(&self, name: &str) -> Result<Option<SavedSearch>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM searches WHERE id = $1 OR name = $1 ORDER BY id = $1 DESC LIMIT 1")
                .bind(name)
                .fetch_optional(&self.readers)
                .await?;
        row.as_ref().map(search).transpose()
    }

    /// Deletes a saved search with its alerts; answers whether there was one.
    pub async fn delete_search(&self, id: &str) -> Result<bool, StoreError> {
        let deleted = sqlx::query("DELETE FROM searches WHERE id = $1")
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(deleted.rows_affected() > 0)
    }

    /// What there is to see for searches, in a word that is another one when something was indexed since, or a page
    /// went or came back.
    pub async fn what_there_is(&self, index_change: i64) -> Result<String, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS absent, COALESCE(MAX(absent_since), '') AS latest FROM tasks
             WHERE absent_since IS NOT NULL AND (last_attempt_at > absent_since OR last_outcome = $1)",
        )
        .bind(Outcome::Gone.code())
        .fetch_one(&self.readers)
        .await?;
        let (absent, latest): (i64, String) = (row.try_get("absent")?, row.try_get("latest")?);
        Ok(format!("{index_change} {absent} {latest}"))
    }

    /// The searches whose time has come while there is something else to see than at their last look, each with that look.
    pub async fn searches_due(
        &self,
        there_is: &str,
        now: Timestamp,
    ) -> Result<Vec<(SavedSearch, LastLook)>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM searches WHERE due_at <= $1 AND (seen IS NULL OR seen <> $2) ORDER BY due_at",
        )
        .bind(instant(now))
        .bind(there_is)
        .fetch_all(&self.readers)
        .await?;
        let due = rows.iter().map(|row| {
            let last = LastLook {
                seen: row.try_get("seen")?,
                read_by: row.try_get("read_by")?,
            };
            Ok((search(row)?, last))
        });
        due.collect()
    }

    /// What a search found at its last look.
    pub async fn lines_of_search(&self, id: &str) -> Result<Vec<Line>, StoreError> {
        let rows = sqlx::query("SELECT * FROM search_lines WHERE search_id = $1 ORDER BY key")
            .bind(id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(line).collect()
    }

    /// Keeps what a look led to, all of it or nothing; answers whether it was kept. It is not where another process
    /// looked in the meantime: what that told must not be told again.
    pub async fn keep_look(&self, id: &str, look: &Look<'_>) -> Result<bool, StoreError> {
        let mut rows = self.begin().await?;
        let (before, now) = look.seen;
        let moved = sqlx::query(
            "UPDATE searches SET seen = $1, due_at = $2, trouble = NULL, read_by = $5, looked_at = $6
             WHERE id = $3 AND COALESCE(seen, '') = COALESCE($4, '')",
        )
        .bind(now)
        .bind(instant(look.due_at))
        .bind(id)
        .bind(before)
        .bind(look.read_by)
        .bind(instant(look.at))
        .execute(&mut *rows)
        .await?;
        if moved.rows_affected() == 0 {
            return Ok(false);
        }
        for key in look.forgotten {
            sqlx::query("DELETE FROM search_lines WHERE search_id = $1 AND key = $2")
                .bind(id)
                .bind(key)
                .execute(&mut *rows)
                .await?;
        }
        let keep = format!(
            "INSERT INTO search_lines (search_id, {LINE}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             ON CONFLICT (search_id, key) DO UPDATE SET wording = excluded.wording, entry = excluded.entry,
             revision = excluded.revision, capture = excluded.capture, url = excluded.url, title = excluded.title, source = excluded.source,
             speaker = excluded.speaker, day = excluded.day, text = excluded.text, by_hand = excluded.by_hand"
        );
        for line in look.kept {
            let statement = sqlx::query(sqlx::AssertSqlSafe(keep.as_str())).bind(id);
            bound(statement, line).execute(&mut *rows).await?;
        }
        if let Some((alert, ways)) = look.alert {
            keep_alert(&mut rows, id, alert, ways).await?;
        }
        rows.commit().await?;
        Ok(true)
    }

    /// Notes what keeps a search from being asked, and when it is tried again.
    pub async fn note_search_trouble(
        &self,
        id: &str,
        trouble: &str,
        due_at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE searches SET trouble = $1, due_at = $2 WHERE id = $3")
            .bind(trouble)
            .bind(instant(due_at))
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// The latest alerts of a search, the newest first: as many whole ones as have no more than so many items together,
    /// and the newest in any case.
    pub async fn alerts_of(&self, search: &str, items: usize) -> Result<Vec<Alert>, StoreError> {
        let rows =
            sqlx::query("SELECT id FROM alerts WHERE search_id = $1 ORDER BY at DESC, id DESC LIMIT $2")
                .bind(search)
                .bind(offset(items))
                .fetch_all(&self.readers)
                .await?;
        let mut alerts = Vec::new();
        let mut count = 0;
        for row in rows {
            let Some(alert) = self.alert(row.try_get("id")?).await? else {
                continue;
            };
            count += alert.items.len();
            if count > items && !alerts.is_empty() {
                break;
            }
            alerts.push(alert);
        }
        Ok(alerts)
    }

    /// An alert.
    pub async fn alert(&self, id: &str) -> Result<Option<Alert>, StoreError> {
        let row = sqlx::query("SELECT at FROM alerts WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let items = sqlx::query("SELECT * FROM alert_items WHERE alert_id = $1 ORDER BY position")
            .bind(id)
            .fetch_all(&self.readers)
            .await?;
        Ok(Some(Alert {
            id: id.into(),
            at: parsed("instant", row.try_get("at")?)?,
            items: items.iter().map(item).collect::<Result<_, _>>()?,
        }))
    }

    /// The deliveries that are due, the oldest alert first.
    pub async fn deliveries_due(&self, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
        let rows = sqlx::query(
            "SELECT d.alert_id, a.search_id, d.way, d.attempts FROM deliveries d JOIN alerts a ON a.id = d.alert_id
             WHERE d.due_at <= $1 ORDER BY a.at, d.way",
        )
        .bind(instant(now))
        .fetch_all(&self.readers)
        .await?;
        let deliveries = rows.iter().map(|row| {
            Ok(Delivery {
                alert: row.try_get("alert_id")?,
                search: row.try_get("search_id")?,
                way: coded("way", row.try_get("way")?, Way::from_code)?,
                attempts: number(row, "attempts")?,
            })
        });
        deliveries.collect()
    }

    /// Takes a delivery over until `until`, so that nobody else sends it meanwhile; answers whether it was to be had.
    pub async fn claim_delivery(
        &self,
        delivery: &Delivery,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let claimed = sqlx::query(
            "UPDATE deliveries SET due_at = $1 WHERE alert_id = $2 AND way = $3 AND due_at <= $4",
        )
        .bind(instant(until))
        .bind(&delivery.alert)
        .bind(delivery.way.code())
        .bind(instant(now))
        .execute(&self.writer)
        .await?;
        Ok(claimed.rows_affected() > 0)
    }

    /// How many alerts were not taken, for every way of sending them.
    pub async fn undelivered_by_way(&self) -> Result<Vec<(Way, Undelivered)>, StoreError> {
        let rows = sqlx::query(
            "SELECT way, COUNT(*) - COUNT(due_at) AS given_up,
             COUNT(CASE WHEN attempts > 0 THEN due_at END) AS failing,
             COUNT(CASE WHEN attempts = 0 THEN due_at END) AS waiting FROM deliveries GROUP BY way",
        )
        .fetch_all(&self.readers)
        .await?;
        let mut counts: Vec<(Way, Undelivered)> = Way::ALL.map(|way| (way, Undelivered::default())).into();
        for row in &rows {
            let way = coded("way", row.try_get("way")?, Way::from_code)?;
            let undelivered = Undelivered {
                waiting: number(row, "waiting")?,
                failing: number(row, "failing")?,
                given_up: number(row, "given_up")?,
            };
            counts
                .iter_mut()
                .filter(|(known, _)| *known == way)
                .for_each(|(_, count)| *count = undelivered);
        }
        Ok(counts)
    }

    /// What a search told of something last, and when.
    pub async fn last_told(
        &self,
        search: &str,
        key: &str,
    ) -> Result<Option<(Timestamp, Change)>, StoreError> {
        let row = sqlx::query(
            "SELECT a.at, i.change FROM alert_items i JOIN alerts a ON a.id = i.alert_id
             WHERE i.key = $1 AND a.search_id = $2 ORDER BY a.at DESC, a.id DESC LIMIT 1",
        )
        .bind(key)
        .bind(search)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let at = parsed("instant", row.try_get("at")?)?;
        let change: String = row.try_get("change")?;
        Ok(Change::from_code(&change).map(|change| (at, change)))
    }

    /// Forgets alerts from before a time, but for the latest of each search, those still to be sent, and those that told of
    /// something gone, or changed into what the search does not find, which may be back one day; answers how many.
    pub async fn forget_alerts(&self, before: Timestamp) -> Result<u64, StoreError> {
        let forgotten = sqlx::query(
            "DELETE FROM alerts WHERE at < $1
             AND EXISTS (SELECT 1 FROM alerts l WHERE l.search_id = alerts.search_id AND l.at > alerts.at)
             AND NOT EXISTS (SELECT 1 FROM alert_items i WHERE i.alert_id = alerts.id AND i.change IN ('gone', 'taken_out'))
             AND NOT EXISTS (SELECT 1 FROM alert_items i WHERE i.alert_id = alerts.id AND i.change = 'changed'
                 AND NOT EXISTS (SELECT 1 FROM search_lines f WHERE f.search_id = alerts.search_id AND f.key = i.key))
             AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_id = alerts.id AND d.due_at IS NOT NULL)",
        )
        .bind(instant(before))
        .execute(&self.writer)
        .await?;
        Ok(forgotten.rows_affected())
    }

    /// When the latest alert of a search was, and how much of what it told; `None` before the first.
    pub async fn latest_alert(
        &self,
        search: &str,
    ) -> Result<Option<(Timestamp, Vec<(Change, u64)>)>, StoreError> {
        let rows = sqlx::query(
            "SELECT a.at, i.change, COUNT(*) AS items FROM alerts a JOIN alert_items i ON i.alert_id = a.id
             WHERE a.id = (SELECT id FROM alerts WHERE search_id = $1 ORDER BY at DESC, id DESC LIMIT 1)
             GROUP BY a.at, i.change",
        )
        .bind(search)
        .fetch_all(&self.readers)
        .await?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let at = parsed("instant", first.try_get("at")?)?;
        let counts = rows.iter().map(|row| {
            let change = coded("change", row.try_get("change")?, Change::from_code)?;
            Ok((change, number(row, "items")?))
        });
        Ok(Some((at, counts.collect::<Result<_, StoreError>>()?)))
    }

    /// Notes that an alert was sent.
    pub async fn delivered(&self, delivery: &Delivery) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM deliveries WHERE alert_id = $1 AND way = $2")
            .bind(&delivery.alert)
            .bind(delivery.way.code())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Notes why an alert could not be sent, and when that is tried again; `None` when it is given up.
    pub async fn not_delivered(
        &self,
        delivery: &Delivery,
        detail: &str,
        due_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE deliveries SET attempts = attempts + 1, detail = $1, due_at = $2 WHERE alert_id = $3 AND way = $4",
        )
        .bind(detail)
        .bind(due_at.map(instant))
        .bind(&delivery.alert)
        .bind(delivery.way.code())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// What of a search's alerts is not sent yet: how, how often it was tried, why it failed, and when it is tried
    /// again, if it is.
    pub async fn undelivered(
        &self,
        search: &str,
    ) -> Result<Vec<(Way, u32, Option<String>, Option<Timestamp>)>, StoreError> {
        let rows = sqlx::query(
            "SELECT d.way, d.attempts, d.detail, d.due_at FROM deliveries d JOIN alerts a ON a.id = d.alert_id
             WHERE a.search_id = $1 AND d.attempts > 0 ORDER BY a.at DESC, d.way",
        )
        .bind(search)
        .fetch_all(&self.readers)
        .await?;
        let undelivered = rows.iter().map(|row| {
            let due_at: Option<String> = row.try_get("due_at")?;
            Ok((
                coded("way", row.try_get("way")?, Way::from_code)?,
                number(row, "attempts")?,
                row.try_get("detail")?,
                due_at.map(|at| parsed("instant", &at)).transpose()?,
            ))
        });
        undelivered.collect()
    }
}

async fn keep_alert(
    rows: &mut Rows<'_>,
    search: &str,
    alert: &Alert,
    ways: &[Way],
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO alerts (id, search_id, at) VALUES ($1, $2, $3)")
        .bind(&alert.id)
        .bind(search)
        .bind(instant(alert.at))
        .execute(&mut **rows)
        .await?;
    let keep = format!(
        "INSERT INTO alert_items (alert_id, position, change, before, speaker_before, day_before, correction, \
         passage, passage_before, passages_more, {LINE})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
    );
    for (position, item) in alert.items.iter().enumerate() {
        let statement = sqlx::query(sqlx::AssertSqlSafe(keep.as_str()))
            .bind(&alert.id)
            .bind(i64::try_from(position).unwrap_or(i64::MAX))
            .bind(item.change.code())
            .bind(&item.before)
            .bind(&item.speaker_before)
            .bind(item.day_before.map(|day| day.to_string()))
            .bind(&item.correction)
            .bind(item.passage.as_ref().map(|passage| &passage.now))
            .bind(item.passage.as_ref().map(|passage| &passage.before))
            .bind(
                item.passage
                    .as_ref()
                    .map(|passage| i64::try_from(passage.more).unwrap_or(i64::MAX)),
            );
        bound(statement, &item.line).execute(&mut **rows).await?;
    }
    for way in ways {
        sqlx::query("INSERT INTO deliveries (alert_id, way, attempts, due_at) VALUES ($1, $2, 0, $3)")
            .bind(&alert.id)
            .bind(way.code())
            .bind(instant(alert.at))
            .execute(&mut **rows)
            .await?;
    }
    Ok(())
}

type Statement<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

/// A statement with the columns of a line bound behind what is bound already.
fn bound<'q>(statement: Statement<'q>, line: &'q Line) -> Statement<'q> {
    statement
        .bind(&line.key)
        .bind(&line.wording)
        .bind(&line.kind)
        .bind(&line.entry)
        .bind(&line.document)
        .bind(&line.revision)
        .bind(&line.capture)
        .bind(&line.url)
        .bind(&line.title)
        .bind(&line.source)
        .bind(&line.speaker)
        .bind(line.day.map(|day| day.to_string()))
        .bind(&line.text)
        .bind(&line.by_hand)
}

fn search(row: &SqliteRow) -> Result<SavedSearch, StoreError> {
    let webhook: (Option<String>, Option<String>) =
        (row.try_get("webhook_url")?, row.try_get("webhook_secret")?);
    let looked_at: Option<String> = row.try_get("looked_at")?;
    Ok(SavedSearch {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        query: row.try_get("query")?,
        kind: row.try_get("kind")?,
        rhythm: coded("rhythm", row.try_get("rhythm")?, Rhythm::from_code)?,
        webhook: webhook
            .0
            .zip(webhook.1)
            .map(|(url, secret)| Webhook { url, secret }),
        email: row.try_get("email")?,
        created_at: parsed("instant", row.try_get("created_at")?)?,
        looked_at: looked_at.map(|at| parsed("instant", &at)).transpose()?,
        trouble: row.try_get("trouble")?,
    })
}

fn line(row: &SqliteRow) -> Result<Line, StoreError> {
    let day: Option<String> = row.try_get("day")?;
    Ok(Line {
        key: row.try_get("key")?,
        wording: row.try_get("wording")?,
        kind: row.try_get("kind")?,
        entry: row.try_get("entry")?,
        document: row.try_get("document")?,
        revision: row.try_get("revision")?,
        capture: row.try_get("capture")?,
        url: row.try_get("url")?,
        title: row.try_get("title")?,
        source: row.try_get("source")?,
        speaker: row.try_get("speaker")?,
        day: day.map(|day| parsed("day", &day)).transpose()?,
        text: row.try_get("text")?,
        by_hand: row.try_get("by_hand")?,
    })
}

fn item(row: &SqliteRow) -> Result<AlertItem, StoreError> {
    let day_before: Option<String> = row.try_get("day_before")?;
    Ok(AlertItem {
        change: coded("change", row.try_get("change")?, Change::from_code)?,
        line: line(row)?,
        before: row.try_get("before")?,
        speaker_before: row.try_get("speaker_before")?,
        day_before: day_before.map(|day| parsed("day", &day)).transpose()?,
        correction: row.try_get("correction")?,
        passage: passage(row)?,
    })
}

fn passage(row: &SqliteRow) -> Result<Option<Passage>, StoreError> {
    let (now, before): (Option<String>, Option<String>) =
        (row.try_get("passage")?, row.try_get("passage_before")?);
    let more: Option<u64> = number_if_any(row, "passages_more")?;
    Ok(now.zip(before).map(|(now, before)| Passage {
        before,
        now,
        more: more.unwrap_or_default(),
    }))
}
