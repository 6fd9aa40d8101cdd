//! The rows of a small tracker, in a file of their own.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::*;

mod found_dates;
mod health;
mod in_place;
mod moved;
mod plans;
mod readings;

use crate::model::cadence::{Cadence, Cron};
use crate::model::capture::{Capture, RecordLocation, Role};
use crate::model::date::{Anchor, DateMention, TimexKind, When};
use crate::model::document::{Block, BlockKind, Claim, Fact, Genre, NoticeKind, Reading, Standing};
use crate::model::host::{HostState, Pushback};
use crate::model::id::{CaptureId, DocumentId, SourceId};
use crate::model::outcome::Outcome;
use crate::model::quote::{Attribution, Quote, QuoteKind, Stance};
use crate::model::reader::Readers;
use crate::model::schedule::{DueRule, NEVER, Priority};
use crate::model::source::{Channel, ChannelKind, SiteRules, Source, SourceKind};
use crate::model::span::Span;

const FEED: &str = "https://hall.example/feed";
const PAGE: &str = "https://hall.example/one";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + second).expect("in range")
}

fn url(text: &str) -> Url {
    text.parse().expect("an address")
}

fn source() -> Source {
    Source {
        id: SourceId::new("hall"),
        name: "City Hall".into(),
        kind: SourceKind::Official,
        home: url("https://hall.example/"),
        office: None,
        language: None,
        time_zone: jiff::tz::TimeZone::UTC,
        aliases: Vec::new(),
        ports: Vec::new(),
        allow_private: false,
        enabled: true,
        cadence: Cadence::Every(SignedDuration::from_hours(1)),
        channels: vec![Channel {
            kind: ChannelKind::Feed,
            url: url(FEED),
            enabled: true,
            cadence: None,
        }],
        rules: SiteRules::default(),
    }
}

fn capture(id: &str, second: i64) -> Capture {
    Capture {
        id: CaptureId::new(id),
        source: SourceId::new("hall"),
        role: Role::Page,
        url: PAGE.into(),
        known_as: None,
        memento_at: None,
        answer_of: None,
        fetched_at: at(second),
        status: 200,
        content_type: Some("text/html".into()),
        content_encoding: None,
        payload_sha256: format!("digest of {id}"),
        payload_bytes: 10,
        truncated: None,
        location: RecordLocation {
            segment: "a.warc.gz".into(),
            offset: 7,
            length: 9,
        },
        revisit_of: None,
    }
}

fn visit(role: Role, url_text: &str, second: i64, capture: Option<Capture>) -> Visit {
    Visit {
        source: SourceId::new("hall"),
        role,
        url: url_text.into(),
        ended_at: at(second),
        attempts: vec![Attempt {
            url: url_text.into(),
            at: at(second),
            elapsed_ms: 5,
            outcome: Outcome::Changed,
            status: Some(200),
            detail: None,
            location: None,
        }],
        end: TaskEnd {
            outcome: Outcome::Changed,
            detail: None,
            due_at: at(second + 3600),
            due_rule: DueRule::Every,
            pause: None,
            priority: match role {
                Role::Channel => Priority::Channel,
                Role::Page => Priority::Revisit,
            },
            etag: Some("\"1\"".into()),
            last_modified: None,
            read_as: None,
            capture: capture.as_ref().map(|capture| capture.id.clone()),
            payload_sha256: None,
            items: None,
            failures: 0,
            deferrals: 0,
            unchanged: 0,
        },
        captures: capture.into_iter().collect(),
        announced: Vec::new(),
        revisit_after: SignedDuration::from_secs(60),
        revisit_at_most: SignedDuration::from_hours(24),
        read_whole: false,
        leads: Leads::Untold,
        moved: None,
        robots: Vec::new(),
        hosts: Vec::new(),
    }
}

fn announced(role: Role, url_text: &str, modified: Option<i64>) -> Announced {
    Announced {
        role,
        url: url(url_text),
        canonical: url(url_text),
        canonical_rules: String::new(),
        memento: None,
        is_given: false,
        title: None,
        published: None,
        modified: modified.map(at),
        priority: match role {
            Role::Channel => Priority::Channel,
            Role::Page => Priority::News,
        },
    }
}

fn read(capture: Capture, text: &str, recorded: i64) -> ReadCapture {
    let whole = Span::of(text, 0..text.len()).expect("all of it");
    let document = ReadDocument {
        url: PAGE.into(),
        part_of: None,
        reading: Reading {
            title: Some("One".into()),
            authors: vec!["Ana Lima".into()],
            section: Some("Harbour".into()),
            genre: Genre::PressRelease,
            text: text.into(),
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                span: whole,
                path: "p[1]".into(),
            }],
            claims: vec![Claim {
                fact: Fact::Title,
                value: "One".into(),
                method: "h1".into(),
                standing: Standing::Chosen,
            }],
            ..Reading::default()
        },
        quotes: vec![(
            Quote {
                kind: QuoteKind::Direct,
                content: vec![whole],
                fragments: vec![whole],
                attribution: None,
                confidence: 0.5,
            },
            None,
            None,
        )],
        dates: Vec::new(),
    };
    ReadCapture {
        in_place: None,
        documents: vec![document],
        withheld: None,
        withheld_items: Vec::new(),
        keeps: false,
        reader: "reader 1".into(),
        time_zone: jiff::tz::TimeZone::UTC,
        recorded_at: at(recorded),
        capture,
    }
}

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&folder.path().join("onrecord.db"))
        .await
        .expect("a database");
    store.save_sources(&[source()], at(0)).await.expect("saved");
    (folder, store)
}

#[tokio::test]
async fn a_channel_is_due_at_once_and_what_it_announces_after_it() {
    let (_folder, store) = store().await;
    let due = store
        .due_tasks("hall.example", at(0), at(9999), 9)
        .await
        .expect("rows");
    assert_eq!(
        due.iter().map(|task| task.url.as_str()).collect::<Vec<_>>(),
        [FEED]
    );
    let mut asked = visit(Role::Channel, FEED, 1, None);
    let page = announced(Role::Page, PAGE, None);
    asked.announced = vec![page.clone(), page];
    assert_eq!(store.save_visits(&[asked]).await.expect("saved"), [1]);
    let due = store
        .due_tasks("hall.example", at(2), at(9999), 9)
        .await
        .expect("rows");
    assert_eq!(
        due.iter().map(|task| task.url.as_str()).collect::<Vec<_>>(),
        [PAGE]
    );
}

#[tokio::test]
async fn a_known_page_becomes_due_when_its_channel_says_it_changed() {
    let (_folder, store) = store().await;
    let mut asked = visit(Role::Channel, FEED, 1, None);
    let page = |second| announced(Role::Page, PAGE, Some(second));
    asked.announced = vec![page(0)];
    store
        .save_visits(&[asked.clone(), visit(Role::Page, PAGE, 2, None)])
        .await
        .expect("saved");
    for (second, expected) in [(1, 0), (100, 1)] {
        asked.announced = vec![page(second)];
        asked.ended_at = at(200);
        store.save_visits(&[asked.clone()]).await.expect("saved");
        let due = store
            .due_tasks("hall.example", at(200), at(9999), 9)
            .await
            .expect("rows");
        assert_eq!(due.len(), expected, "changed at second {second}");
    }
}

#[tokio::test]
async fn what_was_saved_is_there_after_opening_again() {
    let (folder, store) = store().await;
    store
        .save_visits(&[visit(Role::Page, PAGE, 1, Some(capture("c1", 1)))])
        .await
        .expect("saved");
    store.close().await;
    let again = Store::open(&folder.path().join("onrecord.db"))
        .await
        .expect("a database");
    assert_eq!(
        again.capture(&CaptureId::new("c1")).await.expect("rows"),
        Some(capture("c1", 1))
    );
    assert_eq!(again.channels().await.expect("rows").len(), 1);
}

async fn urls_due(store: &Store, host: &str, second: i64) -> Vec<String> {
    let due = store
        .due_tasks(host, at(second), at(99_999), 99)
        .await
        .expect("rows");
    due.iter().map(|task| task.url.path().to_string()).collect()
}

#[tokio::test]
async fn news_goes_before_the_backlog_and_the_newest_first() {
    let (_folder, store) = store().await;
    let mut asked = visit(Role::Channel, FEED, 1, None);
    let on = |path: &str, day: &str, priority| Announced {
        published: crate::model::moment::Moment::parse(day),
        priority,
        ..announced(Role::Page, &format!("https://hall.example{path}"), None)
    };
    asked.announced = vec![
        on("/past", "2025-01-01", Priority::Backlog),
        on("/old", "2026-01-01", Priority::News),
        on("/new", "2026-02-06", Priority::News),
        on("/later", "2025-06-01", Priority::Backlog),
        on("/held", "2026-02-07", Priority::News),
    ];
    let held = visit(Role::Page, "https://hall.example/held", 2, None);
    store.save_visits(&[asked.clone(), held]).await.expect("saved");
    let order = ["/feed", "/new", "/old", "/later", "/past", "/held"];
    assert_eq!(urls_due(&store, "hall.example", 9999).await, order);
    // What a feed announces as well is news from then on.
    asked.announced = vec![on("/past", "2025-01-01", Priority::News)];
    store.save_visits(&[asked]).await.expect("saved");
    let order = ["/feed", "/new", "/old", "/past", "/later", "/held"];
    assert_eq!(urls_due(&store, "hall.example", 9999).await, order);
}

#[tokio::test]
async fn the_host_that_was_served_longest_ago_is_next_and_one_left_alone_is_not() {
    let (_folder, store) = store().await;
    let mut asked = visit(Role::Channel, FEED, 1, None);
    asked.announced = ["a", "b", "c", "d"]
        .map(|host| announced(Role::Page, &format!("https://{host}.example/"), None))
        .to_vec();
    let served = |host: &str, second, until: Option<i64>| HostState {
        host: format!("{host}.example"),
        not_before: until.map(at),
        failures: u32::from(until.is_some()),
        reason: until.map(|_| Pushback::TooMany),
        last_served_at: Some(at(second)),
    };
    asked.hosts = vec![
        served("a", 30, None),
        served("b", 20, None),
        served("c", 10, Some(500)),
    ];
    store.save_visits(&[asked.clone()]).await.expect("saved");
    let due = |second| store.due_hosts(at(second), at(99_999));
    assert_eq!(
        due(40).await.expect("rows"),
        ["d.example", "b.example", "a.example"]
    );
    assert_eq!(
        due(500).await.expect("rows"),
        ["d.example", "c.example", "b.example", "a.example"]
    );
    let left_alone = store.held_hosts_with_due(at(40), at(99_999)).await.expect("rows");
    assert_eq!(left_alone, [served("c", 10, Some(500))]);
    // An older view of a host that comes late takes nothing back.
    asked.hosts = vec![served("c", 5, None)];
    store.save_visits(&[asked]).await.expect("saved");
    assert_eq!(store.held_hosts(at(40)).await.expect("rows").len(), 1);
    let planned = store.upcoming(None, 9).await.expect("rows");
    let held: Vec<&str> = (planned.iter())
        .filter(|(_, held)| held.is_some())
        .map(|(task, _)| task.host.as_str())
        .collect();
    assert_eq!(held, ["c.example"]);
    store.forget_unreached().await.expect("saved");
    assert_eq!(store.held_hosts(at(40)).await.expect("rows").len(), 1);
}

#[tokio::test]
async fn a_transaction_that_the_engine_ended_by_itself_keeps_nothing_after_it_from_being_committed() {
    let (_folder, store) = store().await;
    // As SQLite does where the disk is full …
    let mut rows = store.writer.begin().await.expect("begun");
    sqlx::query("ROLLBACK").execute(&mut *rows).await.expect("ended");
    drop(rows);
    // … and a transaction after it that fails without an end.
    let mut rows = store.writer.begin().await.expect("begun");
    let failed = sqlx::query("INSERT INTO nowhere VALUES (1)")
        .execute(&mut *rows)
        .await;
    assert!(failed.is_err());
    drop(rows);
    let mut other = source();
    other.id = SourceId::new("other");
    other.channels[0].url = url("https://other.example/feed");
    store.save_sources(&[other], at(0)).await.expect("saved");
    // Readers see what was committed only.
    assert_eq!(urls_due(&store, "other.example", 0).await.len(), 1);
}

#[tokio::test]
async fn only_a_batch_keeps_in_memory_what_would_have_to_be_taken_back() {
    const MEMORY: i64 = 2;
    let (_folder, store) = store().await;
    let is_kept_in_memory = async |mut rows: sqlx::Transaction<'static, sqlx::Sqlite>| {
        let asked = sqlx::query_scalar::<_, i64>("PRAGMA temp_store").fetch_one(&mut *rows);
        asked.await.expect("a number") == MEMORY
    };
    let batch = store.begin_batch().await.expect("begun");
    assert!(is_kept_in_memory(batch).await);
    let other = store.begin().await.expect("begun");
    assert!(!is_kept_in_memory(other).await);
}

#[tokio::test]
async fn a_start_keeps_the_times_of_cron_patterns_and_of_what_others_asked_for() {
    let (_folder, store) = store().await;
    let cron = |pattern: &str| {
        let cron = Cron::parse(pattern, jiff::tz::TimeZone::UTC).expect("a pattern");
        Source {
            cadence: Cadence::Cron(Box::new(cron)),
            ..source()
        }
    };
    // Second 0 is a Monday: the next Saturday is five days off, the Sunday after it one more.
    let weekend = cron("0 9 * * SAT,SUN");
    store
        .save_sources(std::slice::from_ref(&weekend), at(0))
        .await
        .expect("saved");
    let saturday = weekend.cadence.after(at(2)).expect("it comes round");
    let mut asked = visit(Role::Channel, FEED, 1, None);
    asked.end.due_at = saturday;
    store.save_visits(&[asked.clone()]).await.expect("saved");
    let due = async || store.upcoming(None, 9).await.expect("rows")[0].0.due_at;
    store.save_sources(&[weekend], at(2)).await.expect("saved");
    assert_eq!(due().await, saturday);
    // A changed pattern holds at once …
    let daily = cron("0 9 * * *");
    store
        .save_sources(std::slice::from_ref(&daily), at(2))
        .await
        .expect("saved");
    assert_eq!(Some(due().await), daily.cadence.after(at(2)));
    // … but takes nothing from what the server asked for.
    asked.end.due_at = saturday;
    asked.end.due_rule = DueRule::RetryAfter;
    store.save_visits(&[asked]).await.expect("saved");
    store.save_sources(&[source()], at(2)).await.expect("saved");
    assert_eq!(due().await, saturday);
}

#[tokio::test]
async fn a_sitemap_that_its_index_does_not_name_any_more_is_let_go_until_it_is_named_again() {
    let (_folder, store) = store().await;
    let sitemap = |day: u32| announced(Role::Channel, &format!("https://hall.example/map-{day}"), None);
    let mut asked = visit(Role::Channel, FEED, 1, None);
    let mut named = async |days: &[u32], second| {
        asked.announced = days.iter().map(|day| sitemap(*day)).collect();
        asked.end.items = Some(days.len());
        asked.ended_at = at(second);
        store.save_visits(&[asked.clone()]).await.expect("saved");
        // Every start takes the sources over again, and keeps what was let go.
        store.save_sources(&[source()], at(second)).await.expect("saved");
        urls_due(&store, "hall.example", second).await
    };
    assert_eq!(named(&[1, 2], 1).await, ["/map-1", "/map-2"]);
    assert_eq!(named(&[2, 3], 2).await, ["/map-3", "/map-2"]);
    assert_eq!(named(&[1, 3], 3).await, ["/map-3", "/map-1"]);
}

#[tokio::test]
async fn asking_by_hand_makes_due_what_is_asked_for_and_nothing_of_others() {
    let (_folder, store) = store().await;
    let other = Source {
        id: SourceId::new("other"),
        channels: Vec::new(),
        ..source()
    };
    store
        .save_sources(&[source(), other], at(0))
        .await
        .expect("saved");
    let mut theirs = visit(Role::Channel, FEED, 1, None);
    theirs.announced = vec![announced(Role::Page, PAGE, None)];
    let ours = Visit {
        source: SourceId::new("other"),
        announced: vec![announced(Role::Page, "https://hall.example/two", None)],
        ..theirs.clone()
    };
    let two = visit(Role::Page, "https://hall.example/two", 2, None);
    let one = visit(Role::Page, PAGE, 2, None);
    store.save_visits(&[theirs, ours, one, two]).await.expect("saved");
    let asked = [SourceId::new("other")];
    store.make_due(Role::Page, &asked, at(3)).await.expect("saved");
    assert_eq!(urls_due(&store, "hall.example", 3).await, ["/two"]);
}

#[tokio::test]
async fn what_ended_a_crawl_is_told_until_it_goes_on() {
    let (_folder, store) = store().await;
    store
        .note_crawl_trouble(Some("the disk is full"), at(1))
        .await
        .expect("saved");
    let told = store.crawl_trouble().await.expect("rows");
    assert_eq!(told, Some((at(1), "the disk is full".to_string())));
    store.note_crawl_trouble(None, at(2)).await.expect("saved");
    assert_eq!(store.crawl_trouble().await.expect("rows"), None);
}

/// When the page is due and why.
async fn due(store: &Store) -> (Timestamp, DueRule) {
    let known = store.tasks_of(&url(PAGE), &url(PAGE)).await.expect("rows");
    let (task, _) = known.first().expect("known");
    (task.due_at, task.due_rule)
}

#[tokio::test]
async fn what_an_interface_gives_is_not_asked_for_until_it_gives_it_no_more() {
    let (_folder, store) = store().await;
    let announcing = |by: &str, second: i64, is_given: bool, modified: Option<i64>| {
        let mut visit = visit(Role::Channel, by, second, None);
        visit.announced = vec![Announced {
            is_given,
            ..announced(Role::Page, PAGE, modified)
        }];
        visit
    };
    let save = async |visit: Visit| drop(store.save_visits(&[visit]).await.expect("saved"));
    save(announcing(FEED, 1, true, Some(1))).await;
    assert_eq!(due(&store).await, (NEVER, DueRule::Given));
    let sources = [SourceId::new("hall")];
    store.make_due(Role::Page, &sources, at(2)).await.expect("saved");
    save(announcing("https://hall.example/other", 3, false, Some(3))).await;
    assert_eq!(
        due(&store).await,
        (NEVER, DueRule::Given),
        "another channel's word"
    );
    save(announcing(FEED, 4, false, Some(3))).await;
    assert_eq!(due(&store).await, (at(4), DueRule::Announced));
    save(announcing(FEED, 5, true, Some(3))).await;
    assert_eq!(due(&store).await, (NEVER, DueRule::Given), "given again");
}

#[tokio::test]
async fn a_page_is_asked_for_when_the_interface_that_gave_it_is_switched_off() {
    let (_folder, store) = store().await;
    let mut given = visit(Role::Channel, FEED, 1, None);
    given.announced = vec![Announced {
        is_given: true,
        ..announced(Role::Page, PAGE, None)
    }];
    let mut other = visit(Role::Channel, "https://hall.example/other", 2, None);
    other.announced = vec![announced(Role::Page, PAGE, None)];
    store.save_visits(&[given]).await.expect("saved");
    let mut source = source();
    source.channels[0].enabled = false;
    store.save_sources(&[source], at(2)).await.expect("saved");
    store.save_visits(&[other]).await.expect("saved");
    assert_eq!(due(&store).await, (at(2), DueRule::Announced));
}

#[tokio::test]
async fn an_interface_that_is_gone_says_nothing_of_what_it_gave() {
    let (_folder, store) = store().await;
    let mut answer = capture("c1", 1);
    answer.answer_of = Some(FEED.into());
    store
        .save_visits(&[visit(Role::Channel, FEED, 1, Some(answer.clone()))])
        .await
        .expect("saved");
    store
        .save_readings(&[read(answer, "We will.", 2)])
        .await
        .expect("saved");
    assert_eq!(
        store
            .last_given_at(PAGE)
            .await
            .expect("rows")
            .map(|(digest, _)| digest)
            .as_deref(),
        Some("digest of c1")
    );
    let mut gone = visit(Role::Channel, FEED, 3, None);
    gone.end.outcome = Outcome::Gone;
    gone.end.capture = Some(CaptureId::new("c1"));
    store.save_visits(&[gone]).await.expect("saved");
    let document = DocumentId::derive(PAGE);
    assert_eq!(store.absence(&document).await.expect("rows"), None);
    let absent = store.absences_among([&document].into_iter()).await.expect("rows");
    assert!(absent.is_empty());
}

#[tokio::test]
async fn what_an_interface_lists_no_more_is_asked_for_as_a_page() {
    let (_folder, store) = store().await;
    let announcing = |second: i64, listed: &str, read_whole: bool| {
        let mut visit = visit(Role::Channel, FEED, second, None);
        visit.read_whole = read_whole;
        visit.announced = vec![Announced {
            is_given: true,
            ..announced(Role::Page, listed, None)
        }];
        visit
    };
    let save = async |visit: Visit| drop(store.save_visits(&[visit]).await.expect("saved"));
    save(announcing(0, PAGE, true)).await;
    save(announcing(7200, "https://hall.example/newer", false)).await;
    assert_eq!(
        due(&store).await,
        (NEVER, DueRule::Given),
        "the list was not read to its end"
    );
    save(announcing(7200, "https://hall.example/newer", true)).await;
    assert_eq!(
        due(&store).await,
        (at(7200 + 3600), DueRule::Age),
        "half of its age"
    );
    save(announcing(7300, PAGE, true)).await;
    assert_eq!(due(&store).await, (NEVER, DueRule::Given), "listed again");
}

#[tokio::test]
async fn what_cannot_be_written_says_why() {
    let (_folder, store) = store().await;
    let long = "no room ".repeat(100_000);
    let write = async || store.note_crawl_trouble(Some(&long), at(1)).await;
    let ask = async |pragma: &'static str| {
        sqlx::query(pragma)
            .execute(&store.writer)
            .await
            .expect("understood");
    };
    ask("PRAGMA max_page_count = 1").await;
    let full = write().await.expect_err("the file may not grow");
    assert!(matches!(full, StoreError::NoRoom(_)), "{full:?}");
    ask("PRAGMA max_page_count = 1000000").await;
    ask("PRAGMA query_only = ON").await;
    let fixed = write().await.expect_err("it may only be read");
    assert!(matches!(fixed, StoreError::ReadOnly(_)), "{fixed:?}");
    ask("PRAGMA query_only = OFF").await;
    write().await.expect("there is room");
}
