//! What channels announce, laid beside what is known of it already.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::together::{ASKED_AT_ONCE, filled, places};
use super::values::{coded, instant, parsed};
use super::visit::{Announced, Visit};
use super::{Store, StoreError};
use crate::model::capture::Role;
use crate::model::host::host_of;
use crate::model::id::DocumentId;
use crate::model::schedule::{DueRule, NEVER, Priority};

/// Channels that may lie above a channel: an index of indexes of sitemaps has two.
const MAX_DEPTH: i64 = 4;
/// Known pages that a reading must speak of before it can be said to call everything changed …
const ENOUGH: usize = 10;
/// … and the tenths of them whose date of change moved since the last reading, from which on it is.
const MOST_TENTHS: usize = 9;

/// What is known of an address that is announced again.
#[derive(Clone, Debug)]
struct Known {
    modified: Option<Timestamp>,
    last_attempt_at: Option<Timestamp>,
    was_fetched: bool,
    due_at: Timestamp,
    due_rule: DueRule,
    priority: Priority,
    is_retired: bool,
    /// Of what an interface gives: the channel, while it is asked.
    given_by: Option<String>,
    /// Whether its source is gone from the configuration, or switched off.
    is_left: bool,
}

impl Store {
    /// How many of these announcements tell something that is not known yet: another address, one that was let go of,
    /// or a date of change that moved. Asked before the visit is saved that announced them.
    pub async fn news_in(&self, announced: &[Announced]) -> Result<u64, StoreError> {
        let mut rows = self.readers.acquire().await?;
        let known = known_among(&mut rows, announced).await?;
        let is_trusted = !is_everything(moved(announced.iter().zip(&known)));
        let news = announced.iter().zip(&known).filter(|(item, known)| match known {
            None => true,
            Some(known) => {
                let moved = item.modified.is_some() && item.modified != known.modified;
                known.is_retired || (is_trusted && moved && known.modified.is_some())
            }
        });
        Ok(news.count() as u64)
    }
}

/// Adds what a channel announced; what is known already becomes due again only when the channel says
/// that it changed since it was last asked for. Answers how many pages are new.
pub(super) async fn save_announced(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
) -> Result<u64, StoreError> {
    if visit.role != Role::Channel {
        return Ok(0);
    }
    let depth = depth_below(rows, &visit.url).await?;
    let known = known_among(rows, &visit.announced).await?;
    let moved = moved(visit.announced.iter().zip(&known));
    let is_trusted = !is_everything(moved);
    let mut new = 0;
    for (item, known) in visit.announced.iter().zip(&known) {
        match known {
            Some(known) => update(rows, visit, item, known, is_trusted).await?,
            None if item.role == Role::Channel && depth > MAX_DEPTH => {}
            None => {
                let added = insert(rows, visit, item, depth).await?;
                new += if item.role == Role::Page { added } else { 0 };
            }
        }
    }
    if !is_trusted {
        tell_distrust(rows, visit, moved).await?;
    }
    // Only a list that was read to its end tells what is no longer on it.
    if visit.role == Role::Channel && visit.end.outcome.is_success() && visit.end.items.is_some() {
        retire_unnamed(rows, visit).await?;
    }
    if visit.read_whole && visit.end.outcome.is_success() {
        revisit_unlisted(rows, visit).await?;
    }
    Ok(new)
}

async fn depth_below(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    channel: &str,
) -> Result<i64, StoreError> {
    let above: Option<i64> =
        sqlx::query_scalar("SELECT depth FROM tasks WHERE role = 'channel' AND url = $1")
            .bind(channel)
            .fetch_optional(&mut **rows)
            .await?;
    Ok(above.map_or(0, |above| above + 1))
}

/// What is known of each of these addresses.
async fn known_among(
    rows: &mut sqlx::SqliteConnection,
    items: &[Announced],
) -> Result<Vec<Option<Known>>, StoreError> {
    let statement = format!(
        "SELECT canonical, announced_modified, last_attempt_at, last_success_at, due_at, due_rule, priority, retired_at,
         CASE WHEN due_rule = 'given' THEN (SELECT c.url FROM tasks c WHERE c.role = 'channel'
             AND c.url = tasks.announced_by AND c.enabled = 1) END AS given_by,
         (SELECT s.enabled FROM sources s WHERE s.id = tasks.source_id) = 0 AS is_left
         FROM tasks WHERE role = $1 AND canonical IN ({})",
        places(2, ASKED_AT_ONCE)
    );
    let mut known = HashMap::with_capacity(items.len());
    for role in [Role::Channel, Role::Page] {
        let of_role: Vec<&str> = (items.iter())
            .filter(|item| item.role == role)
            .map(|item| item.canonical.as_str())
            .collect();
        for asked in of_role.chunks(ASKED_AT_ONCE) {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(statement.clone())).bind(role.code());
            for canonical in filled(asked) {
                query = query.bind(canonical);
            }
            for row in query.fetch_all(&mut *rows).await? {
                known.insert((role, row.try_get::<String, _>("canonical")?), known_in(&row)?);
            }
        }
    }
    Ok(items
        .iter()
        .map(|item| known.get(&(item.role, item.canonical.to_string())).cloned())
        .collect())
}

fn known_in(row: &SqliteRow) -> Result<Known, StoreError> {
    let at = |column: &str| -> Result<Option<Timestamp>, StoreError> {
        let text: Option<String> = row.try_get(column)?;
        text.map(|text| parsed("instant", &text)).transpose()
    };
    let place: i64 = row.try_get("priority")?;
    Ok(Known {
        modified: at("announced_modified")?,
        last_attempt_at: at("last_attempt_at")?,
        was_fetched: at("last_success_at")?.is_some(),
        due_at: parsed("instant", row.try_get("due_at")?)?,
        due_rule: coded("due rule", row.try_get("due_rule")?, DueRule::from_code)?,
        priority: Priority::at_place(place).ok_or_else(|| StoreError::Invalid {
            what: "priority",
            value: place.to_string(),
        })?,
        is_retired: at("retired_at")?.is_some(),
        given_by: row.try_get("given_by")?,
        is_left: row.try_get::<Option<i64>, _>("is_left")? == Some(1),
    })
}

/// Of the known pages whose date of change can be compared with the last reading's: how many moved, of how many.
fn moved<'a>(items: impl Iterator<Item = (&'a Announced, &'a Option<Known>)>) -> (usize, usize) {
    let pages = items.filter(|(item, _)| item.role == Role::Page);
    let dates = pages.filter_map(|(item, known)| Some((item.modified?, known.as_ref()?.modified?)));
    dates.fold((0, 0), |(moved, all), (now, before)| {
        (moved + usize::from(now != before), all + 1)
    })
}

/// Whether a channel calls everything changed: some print the time of asking as the time of change, and
/// who says that everything changed says nothing.
fn is_everything((moved, all): (usize, usize)) -> bool {
    all >= ENOUGH && moved * 10 >= all * MOST_TENTHS
}

/// When an address is due because of what its channel says, where that is sooner than planned: not before
/// it was left alone for `floor`, and not where the host, robots.txt or the guard said no.
fn due_by_announcement(
    item: &Announced,
    known: &Known,
    is_trusted: bool,
    floor: SignedDuration,
    now: Timestamp,
) -> Option<Timestamp> {
    if known.is_retired {
        return Some(now);
    }
    let modified = item.modified?;
    let asked_since = known.last_attempt_at.is_some_and(|asked| asked >= modified);
    let at = match item.role {
        // A list's date may be a bare day, on which it changes more than once.
        Role::Channel => (!asked_since).then_some(now),
        Role::Page => {
            let moved = known.modified.is_some_and(|before| before != modified);
            let least = known
                .last_attempt_at
                .map_or(now, |asked| asked.saturating_add(floor).unwrap_or(Timestamp::MAX));
            (is_trusted && moved && !asked_since).then(|| least.max(now))
        }
    };
    let says_no = matches!(
        known.due_rule,
        DueRule::RetryAfter
            | DueRule::Host
            | DueRule::Robots
            | DueRule::Refused
            | DueRule::Memento
            | DueRule::Given
    );
    at.filter(|at| !says_no && *at < known.due_at)
}

async fn update(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
    item: &Announced,
    known: &Known,
    is_trusted: bool,
) -> Result<(), StoreError> {
    let now = visit.ended_at;
    let is_let_go = known.due_rule == DueRule::Given
        && known
            .given_by
            .as_ref()
            .is_none_or(|channel| *channel == visit.url);
    let due = match item.is_given {
        true => {
            (known.due_rule != DueRule::Given || known.given_by.is_none()).then_some((NEVER, DueRule::Given))
        }
        // Who gave its text does so no more: its page is a page like any other.
        false if is_let_go => Some((now, DueRule::Announced)),
        false => due_by_announcement(item, known, is_trusted, visit.revisit_after, now)
            .map(|at| (at, DueRule::Announced)),
    };
    // What a feed announces as news does not wait with the sitemap that announced it first.
    let priority = (!known.was_fetched && item.priority < known.priority).then_some(item.priority);
    let modified = item.modified.filter(|modified| known.modified != Some(*modified));
    if known.is_left {
        inherit(rows, visit, item).await?;
    }
    if due.is_none() && priority.is_none() && modified.is_none() && !known.is_retired {
        return Ok(());
    }
    sqlx::query(
        "UPDATE tasks SET due_at = COALESCE($3, due_at),
         due_rule = COALESCE($9, due_rule),
         priority = COALESCE($4, priority), newest_at = COALESCE($5, newest_at),
         announced_modified = COALESCE($6, announced_modified),
         enabled = CASE WHEN $7 = 1 THEN 1 ELSE enabled END,
         announced_by = CASE WHEN $7 = 1 OR $9 = 'given' THEN $8 ELSE announced_by END,
         retired_at = NULL
         WHERE role = $1 AND canonical = $2",
    )
    .bind(item.role.code())
    .bind(item.canonical.as_str())
    .bind(due.map(|(at, _)| instant(at)))
    .bind(priority.map(|priority| i64::from(priority.place())))
    .bind(priority.map(|_| instant(item.newest_at(now))))
    .bind(modified.map(instant))
    .bind(i64::from(known.is_retired))
    .bind(&visit.url)
    .bind(due.map(|(_, rule)| rule.code()))
    .execute(&mut **rows)
    .await?;
    Ok(())
}

/// Gives a page, or a sitemap, whose source is gone or switched off to the one whose channel lists it now: it is asked for
/// again when it is due, and its document is of that source. What was captured keeps the source that captured it.
async fn inherit(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
    item: &Announced,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE tasks SET source_id = $3, enabled = 1, announced_by = $4 WHERE role = $1 AND canonical = $2",
    )
    .bind(item.role.code())
    .bind(item.canonical.as_str())
    .bind(visit.source.as_str())
    .bind(&visit.url)
    .execute(&mut **rows)
    .await?;
    let document = DocumentId::derive(item.canonical.as_str());
    super::documents::give(rows, &document, &visit.source).await
}

async fn insert(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
    item: &Announced,
    depth: i64,
) -> Result<u64, StoreError> {
    let now = visit.ended_at;
    let (due_at, due_rule) = match item.is_given {
        true => (NEVER, DueRule::Given),
        false => (now, DueRule::New),
    };
    let added = sqlx::query(
        "INSERT INTO tasks (role, url, source_id, host, enabled, priority, due_at, first_seen_at,
         announced_by, announced_title, announced_date, failures, unchanged, canonical, canonical_rules,
         depth, memento_of, memento_at, newest_at, announced_modified, due_rule)
         VALUES ($1, $2, $3, $4, 1, $5, $17, $6, $7, $8, $9, 0, 0, $10, $11, $12, $13, $14, $15, $16, $18)
         ON CONFLICT DO NOTHING",
    )
    .bind(item.role.code())
    .bind(item.url.as_str())
    .bind(visit.source.as_str())
    .bind(host_of(&item.url))
    .bind(i64::from(item.priority.place()))
    .bind(instant(now))
    .bind(&visit.url)
    .bind(&item.title)
    .bind(item.published.map(|published| published.to_string()))
    .bind(item.canonical.as_str())
    .bind(&item.canonical_rules)
    .bind(depth)
    .bind(item.memento.as_ref().map(|(of, _)| of.as_str()))
    .bind(item.memento.as_ref().map(|(_, at)| instant(*at)))
    .bind(instant(item.newest_at(now)))
    .bind(item.modified.map(instant))
    .bind(instant(due_at))
    .bind(due_rule.code())
    .execute(&mut **rows)
    .await?;
    Ok(added.rows_affected())
}

async fn tell_distrust(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
    (moved, all): (usize, usize),
) -> Result<(), StoreError> {
    let detail = format!("{moved} of {all} dates of change moved at once, so none was believed");
    sqlx::query(
        "UPDATE tasks SET last_detail = COALESCE(last_detail, $2) WHERE role = 'channel' AND url = $1",
    )
    .bind(&visit.url)
    .bind(detail)
    .execute(&mut **rows)
    .await?;
    Ok(())
}

/// Lets go of the sitemaps that an index does not name any more, and of those below them: sites that begin
/// a sitemap every day would have us ask for all of them for ever.
async fn retire_unnamed(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
) -> Result<(), StoreError> {
    let named: HashSet<&str> = (visit.announced.iter())
        .filter(|item| item.role == Role::Channel)
        .map(|item| item.canonical.as_str())
        .collect();
    let below = sqlx::query(
        "SELECT url, canonical FROM tasks WHERE role = 'channel' AND announced_by = $1 AND retired_at IS NULL",
    )
    .bind(&visit.url)
    .fetch_all(&mut **rows)
    .await?;
    for row in &below {
        let (url, canonical): (String, String) = (row.try_get("url")?, row.try_get("canonical")?);
        if named.contains(canonical.as_str()) {
            continue;
        }
        sqlx::query(
            "WITH RECURSIVE below (url) AS (
                 SELECT CAST($1 AS TEXT) UNION
                 SELECT t.url FROM tasks t JOIN below b ON t.announced_by = b.url WHERE t.role = 'channel')
             UPDATE tasks SET enabled = 0, retired_at = $2
             WHERE role = 'channel' AND url IN (SELECT url FROM below)",
        )
        .bind(&url)
        .bind(instant(visit.ended_at))
        .execute(&mut **rows)
        .await?;
    }
    Ok(())
}

/// Puts what an interface gave and lists no more on the schedule of pages, as their first revisit: after half of
/// their age. Else no edit of theirs would ever be seen.
async fn revisit_unlisted(
    rows: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    visit: &Visit,
) -> Result<(), StoreError> {
    let listed: HashSet<&str> = visit
        .announced
        .iter()
        .map(|item| item.canonical.as_str())
        .collect();
    let given: Vec<(String, String)> = sqlx::query_as(
        "SELECT canonical, first_seen_at FROM tasks
         WHERE role = 'page' AND announced_by = $1 AND due_rule = 'given'",
    )
    .bind(&visit.url)
    .fetch_all(&mut **rows)
    .await?;
    let now = visit.ended_at;
    for (canonical, first_seen_at) in given {
        if listed.contains(canonical.as_str()) {
            continue;
        }
        let known_since: Timestamp = parsed("instant", &first_seen_at)?;
        let half = now.duration_since(known_since) / 2;
        let pause = half.min(visit.revisit_at_most).max(visit.revisit_after);
        sqlx::query(
            "UPDATE tasks SET due_at = $2, due_rule = 'age', pause_s = $3 WHERE role = 'page' AND canonical = $1",
        )
        .bind(&canonical)
        .bind(instant(now.saturating_add(pause).unwrap_or(NEVER)))
        .bind(pause.as_secs())
        .execute(&mut **rows)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    fn page(modified: i64) -> Announced {
        let url = Url::parse("https://hall.example/one").expect("valid");
        Announced {
            role: Role::Page,
            canonical: url.clone(),
            url,
            canonical_rules: String::new(),
            memento: None,
            is_given: false,
            title: None,
            published: None,
            modified: Some(at(modified)),
            priority: Priority::Backlog,
        }
    }

    fn known(modified: i64, asked: i64) -> Known {
        Known {
            modified: Some(at(modified)),
            last_attempt_at: Some(at(asked)),
            was_fetched: true,
            due_at: at(1_000_000),
            due_rule: DueRule::Unchanged,
            priority: Priority::Revisit,
            is_retired: false,
            given_by: None,
            is_left: false,
        }
    }

    /// Checks when the page is due at second 10,000 by an announcement, with a floor of an hour.
    #[track_caller]
    fn check(item: &Announced, known: &Known, due: Option<i64>) {
        let floor = SignedDuration::from_hours(1);
        assert_eq!(
            due_by_announcement(item, known, true, floor, at(10_000)),
            due.map(at)
        );
    }

    #[test]
    fn a_page_that_changed_since_it_was_asked_for_is_due_at_once_but_never_below_the_floor() {
        check(&page(9_000), &known(100, 200), Some(10_000));
        check(&page(9_500), &known(100, 9_000), Some(12_600));
        check(&page(9_000), &known(100, 9_500), None);
        check(&page(9_000), &known(9_000, 200), None);
    }

    #[test]
    fn what_the_host_or_robots_forbid_no_announcement_overrides() {
        for rule in [
            DueRule::Host,
            DueRule::RetryAfter,
            DueRule::Robots,
            DueRule::Refused,
        ] {
            let known = Known {
                due_rule: rule,
                ..known(100, 200)
            };
            check(&page(9_000), &known, None);
        }
        // A page that was never fetched and given up is tried again.
        let never = Known {
            was_fetched: false,
            due_rule: DueRule::GivenUp,
            ..known(100, 200)
        };
        check(&page(9_000), &never, Some(10_000));
        let sooner = Known {
            due_at: at(9_999),
            ..known(100, 200)
        };
        check(&page(9_000), &sooner, None);
    }

    #[test]
    fn a_sitemap_is_asked_for_when_its_index_dates_it_after_the_last_time_or_names_it_again() {
        let sitemap = Announced {
            role: Role::Channel,
            ..page(9_000)
        };
        check(&sitemap, &known(9_000, 8_000), Some(10_000));
        check(&sitemap, &known(9_000, 9_500), None);
        let undated = Announced {
            modified: None,
            ..sitemap.clone()
        };
        check(&undated, &known(9_000, 8_000), None);
        let retired = Known {
            is_retired: true,
            ..known(9_000, 9_500)
        };
        check(&undated, &retired, Some(10_000));
    }

    #[test]
    fn a_channel_that_calls_everything_changed_is_not_believed() {
        let items: Vec<(Announced, Option<Known>)> = (0..20)
            .map(|number| (page(9_000), Some(known(9_000 - i64::from(number > 1), 200))))
            .collect();
        let moved = moved(items.iter().map(|(item, known)| (item, known)));
        assert_eq!(moved, (18, 20));
        assert!(is_everything(moved) && !is_everything((17, 20)) && !is_everything((9, 9)));
        let (item, known) = &items[5];
        let floor = SignedDuration::from_hours(1);
        let known = known.as_ref().expect("known");
        assert_eq!(due_by_announcement(item, known, false, floor, at(10_000)), None);
    }
}
