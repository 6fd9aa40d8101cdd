//! The rows of a small tracker, in a file of their own.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::*;

mod health;

use crate::model::cadence::Cadence;
use crate::model::capture::{Capture, RecordLocation, Role};
use crate::model::document::{Block, BlockKind, Genre, Reading};
use crate::model::id::{CaptureId, DocumentId, SourceId};
use crate::model::outcome::Outcome;
use crate::model::quote::{Quote, QuoteKind};
use crate::model::schedule::DueRule;
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
            priority: 2,
            etag: Some("\"1\"".into()),
            last_modified: None,
            capture: capture.as_ref().map(|capture| capture.id.clone()),
            payload_sha256: None,
            items: None,
            failures: 0,
            unchanged: 0,
        },
        capture,
        announced: Vec::new(),
        robots: Vec::new(),
    }
}

fn read(capture: Capture, text: &str, recorded: i64) -> ReadCapture {
    let whole = Span::of(text, 0..text.len()).expect("all of it");
    ReadCapture {
        document_url: PAGE.into(),
        withheld: None,
        reader: "reader 1".into(),
        recorded_at: at(recorded),
        reading: Reading {
            title: Some("One".into()),
            authors: vec!["Ana Lima".into()],
            publisher: None,
            language: None,
            canonical_url: None,
            published: None,
            modified: None,
            genre: Genre::PressRelease,
            text: text.into(),
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                span: whole,
                path: "p[1]".into(),
            }],
            notices: Vec::new(),
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
        .due_tasks("https://hall.example", at(0), at(9999), 9)
        .await
        .expect("rows");
    assert_eq!(
        due.iter().map(|task| task.url.as_str()).collect::<Vec<_>>(),
        [FEED]
    );
    let mut asked = visit(Role::Channel, FEED, 1, None);
    let page = Announced {
        canonical_rules: String::new(),
        memento: None,
        role: Role::Page,
        url: url(PAGE),
        canonical: url(PAGE),
        title: None,
        published: None,
        modified: None,
    };
    asked.announced = vec![page.clone(), page];
    assert_eq!(store.save_visits(&[asked]).await.expect("saved"), [1]);
    let due = store
        .due_tasks("https://hall.example", at(2), at(9999), 9)
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
    let page = |second| Announced {
        canonical_rules: String::new(),
        memento: None,
        role: Role::Page,
        url: url(PAGE),
        canonical: url(PAGE),
        title: None,
        published: None,
        modified: Some(at(second)),
    };
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
            .due_tasks("https://hall.example", at(200), at(9999), 9)
            .await
            .expect("rows");
        assert_eq!(due.len(), expected, "changed at second {second}");
    }
}

#[tokio::test]
async fn a_changed_text_is_a_new_revision_and_the_same_text_is_not() {
    let (_folder, store) = store().await;
    for (id, second) in [("c1", 10), ("c2", 20), ("c3", 30)] {
        let made = visit(Role::Page, PAGE, second, Some(capture(id, second)));
        store.save_visits(&[made]).await.expect("saved");
    }
    assert_eq!(store.unread_captures("reader 1", 9).await.expect("rows").len(), 3);
    let readings = [
        read(capture("c1", 10), "We will.", 40),
        read(capture("c2", 20), "We will.", 40),
        read(capture("c3", 30), "We will not.", 40),
    ];
    assert_eq!(store.save_readings(&readings).await.expect("saved"), 2);
    assert_eq!(
        store.save_readings(&readings).await.expect("saved"),
        0,
        "processing twice changes nothing"
    );
    assert!(
        store
            .unread_captures("reader 1", 9)
            .await
            .expect("rows")
            .is_empty()
    );
    let id = DocumentId::derive(PAGE);
    let revisions = store.revisions_of(&id).await.expect("rows");
    assert_eq!(revisions.len(), 2);
    let document = store.document(&id).await.expect("rows").expect("a document");
    assert_eq!(document.revision.as_ref(), Some(&revisions[1].id));
    let quotes = store
        .quotes_of(&revisions[1].id, &revisions[1].reading.text)
        .await
        .expect("rows");
    assert_eq!(quotes[0].words, "We will not.");
    assert_eq!(store.captures_of(&revisions[0].id).await.expect("rows").len(), 2);
}

#[tokio::test]
async fn a_capture_that_turns_out_to_show_another_document_leaves_the_first() {
    let (_folder, store) = store().await;
    store
        .save_visits(&[visit(Role::Page, PAGE, 1, Some(capture("c1", 1)))])
        .await
        .expect("saved");
    let mut reading = read(capture("c1", 1), "We will.", 2);
    store.save_readings(&[reading.clone()]).await.expect("saved");
    reading.document_url = "https://hall.example/canonical".into();
    store.save_readings(&[reading]).await.expect("saved");
    let old = store
        .document(&DocumentId::derive(PAGE))
        .await
        .expect("rows")
        .expect("kept on record");
    assert_eq!(old.revision, None);
    assert_eq!(store.totals().await.expect("totals").documents, 1);
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
