//! What is kept of readings: documents and their revisions.

use super::*;
use crate::model::document::StatedMoment;
use crate::model::moment::Moment;
use crate::model::quote::Mention;

/// One reader for everything.
fn readers(name: &str) -> Readers {
    Readers {
        of_others: name.into(),
        ..Readers::default()
    }
}

/// The revisions of a document with their texts, oldest first.
async fn revisions_of(store: &Store, document: &DocumentId) -> Vec<RevisionRow> {
    let mut revisions = Vec::new();
    for line in store.revision_lines_of(document).await.expect("rows") {
        let revision = store
            .revision(&line.id)
            .await
            .expect("a row")
            .expect("it is there");
        let of_row = (&revision.capture, revision.fetched_at, &revision.reading.title);
        assert_eq!((&line.capture, line.fetched_at, &line.title), of_row);
        revisions.push(revision);
    }
    revisions
}

#[tokio::test]
async fn a_last_day_is_kept_as_one() {
    let (_folder, store) = store().await;
    let text = "By May 1. On May 2.";
    let mention = |start: usize, is_limit: bool| DateMention {
        span: Span::of(text, start..start + 5).expect("on boundaries"),
        kind: TimexKind::Date,
        value: "2026-05-01".into(),
        when: Some(When::day(jiff::civil::date(2026, 5, 1))),
        anchor: Anchor::Absolute,
        rule: "test",
        conflict: None,
        is_limit,
        deadline: None,
    };
    let made = visit(Role::Page, PAGE, 10, Some(capture("c1", 10)));
    store.save_visits(&[made]).await.expect("saved");
    let mut reading = read(capture("c1", 10), text, 40);
    reading.documents[0].dates = vec![mention(3, true), mention(13, false)];
    store.save_readings(&[reading]).await.expect("saved");
    let id = DocumentId::derive(PAGE);
    let revisions = revisions_of(&store, &id).await;
    let dates = store.dates_of(&revisions[0].id, text).await.expect("rows");
    let kept: Vec<(&str, bool)> = dates
        .iter()
        .map(|date| (date.span.slice(text), date.is_limit))
        .collect();
    assert_eq!(kept, [("May 1", true), ("May 2", false)]);
}

#[tokio::test]
async fn a_wording_that_came_in_the_place_of_another_is_an_edit_and_the_first_is_none() {
    let (_folder, store) = store().await;
    let texts = [
        ("c1", 10, "We go."),
        ("c2", 20, "We go."),
        ("c3", 30, "We stay."),
        ("c4", 40, "We wait."),
    ];
    for (id, second, text) in texts {
        let made = visit(Role::Page, PAGE, second, Some(capture(id, second)));
        store.save_visits(&[made]).await.expect("saved");
        store
            .save_readings(&[read(capture(id, second), text, second + 1)])
            .await
            .expect("saved");
    }
    let told = |edits: Vec<Edit>| -> Vec<(String, String)> {
        let texts = |edit: Edit| (edit.before.reading.text, edit.after.reading.text);
        edits.into_iter().map(texts).collect()
    };
    let edit = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    let newest = store.newest_edits(None, None, 9).await.expect("rows");
    let place = (newest[0].after.fetched_at, newest[0].after.id.clone());
    assert_eq!(
        told(newest),
        [edit("We stay.", "We wait."), edit("We go.", "We stay.")]
    );
    let earlier = store
        .newest_edits(Some((place.0, &place.1)), None, 9)
        .await
        .expect("rows");
    assert_eq!(told(earlier), [edit("We go.", "We stay.")]);
    // A better reader may find the same text in both: what was no edit goes.
    store
        .save_readings(&[read(capture("c4", 40), "We stay.", 50)])
        .await
        .expect("saved");
    let edits = store.newest_edits(None, None, 9).await.expect("rows");
    assert_eq!(told(edits), [edit("We go.", "We stay.")]);
    // Nor is one whose first wording is read away.
    let mut withheld = read(capture("c1", 10), "We go.", 60);
    withheld.documents.clear();
    store.save_readings(&[withheld]).await.expect("saved");
    let kept: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM edits")
        .fetch_one(&store.readers)
        .await
        .expect("rows");
    let edits = store.newest_edits(None, None, 9).await.expect("rows");
    assert_eq!(kept, edits.len() as i64);
}

#[tokio::test]
async fn a_changed_text_is_a_new_revision_and_the_same_text_is_not() {
    let (_folder, store) = store().await;
    for (id, second) in [("c1", 10), ("c2", 20), ("c3", 30)] {
        let made = visit(Role::Page, PAGE, second, Some(capture(id, second)));
        store.save_visits(&[made]).await.expect("saved");
    }
    let one = readers("reader 1");
    assert_eq!(
        store
            .unread_captures(&one, Timestamp::now(), 9)
            .await
            .expect("rows")
            .len(),
        3
    );
    assert!(
        !store.is_read_anew(&one).await.expect("rows"),
        "nobody read it so far"
    );
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
            .unread_captures(&one, Timestamp::now(), 9)
            .await
            .expect("rows")
            .is_empty()
    );
    let among_others = Readers {
        by_source: [("a", "reader 0"), ("b", "reader 1"), ("c", "reader 2")]
            .map(|(id, name)| (SourceId::new(id), name.to_owned()))
            .into(),
        ..readers("others")
    };
    assert_eq!(store.unread_count(&among_others).await.expect("rows"), 0);
    assert_eq!(store.unread_count(&readers("reader 2")).await.expect("rows"), 3);
    assert!(store.is_read_anew(&readers("reader 0")).await.expect("rows"));
    let many = Readers {
        by_source: (0..3_000)
            .map(|number| (SourceId::new(format!("s{number}")), format!("reader of {number}")))
            .collect(),
        ..readers("reader 1")
    };
    assert_eq!(store.unread_count(&many).await.expect("rows"), 0);
    let id = DocumentId::derive(PAGE);
    let revisions = revisions_of(&store, &id).await;
    assert_eq!(revisions.len(), 2);
    let reading = &revisions[1].reading;
    assert_eq!(reading.section.as_deref(), Some("Harbour"));
    assert_eq!(reading.method_of(Fact::Title), Some("h1"));
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
async fn what_cannot_be_read_for_now_is_put_off() {
    let (_folder, store) = store().await;
    let own = capture("c1", 10);
    for (id, second) in [("c1", 10), ("c2", 20)] {
        let made = visit(Role::Page, PAGE, second, Some(capture(id, second)));
        store.save_visits(&[made]).await.expect("saved");
    }
    let ids = std::slice::from_ref(&own.id);
    store.put_off(ids, at(60)).await.expect("saved");
    // What was captured of the same address later waits with it: it is no change of what was not read yet.
    for (second, unread, put_off) in [(59, 0, 1), (60, 2, 0)] {
        store.end_of_put_off(at(second)).await.expect("saved");
        let captures = store.unread_captures(&readers("reader 1"), at(second), 9).await;
        assert_eq!(captures.expect("rows").len(), unread, "second {second}");
        let count = store.put_off_count(at(second)).await.expect("a number");
        assert_eq!(count, put_off, "second {second}");
    }
    assert_eq!(
        store.unread_count(&readers("reader 1")).await.expect("a number"),
        2
    );
    let readings = [
        read(capture("c1", 10), "We will.", 40),
        read(capture("c2", 20), "We will.", 40),
    ];
    store.save_readings(&readings).await.expect("saved");
    assert!(store.is_read_anew(&readers("reader 2")).await.expect("known"));
    let captures = [own.id, capture("c2", 20).id];
    let in_an_hour = Timestamp::now().saturating_add(SignedDuration::from_hours(1));
    store
        .put_off(&captures, in_an_hour.expect("a time"))
        .await
        .expect("saved");
    assert!(!store.is_read_anew(&readers("reader 2")).await.expect("known"));
}

#[tokio::test]
async fn what_waits_for_a_file_is_read_when_it_is_there_with_what_was_captured_later() {
    let (_folder, store) = store().await;
    let in_file = |id: &str, second: i64, segment: &str| {
        let mut made = capture(id, second);
        made.location.segment = segment.to_string();
        made
    };
    let mut captures = [
        in_file("c1", 10, "a"),
        in_file("c2", 20, "b"),
        in_file("c3", 30, "c"),
    ];
    captures[1].revisit_of = Some(captures[0].id.clone());
    for made in &captures {
        let second = made.fetched_at.as_second() - at(0).as_second();
        let made = visit(Role::Page, PAGE, second, Some(made.clone()));
        store.save_visits(&[made]).await.expect("saved");
    }
    let [first, second, third] = captures;
    let gone = |capture: Capture| {
        let mut read = read(capture, "", 40);
        (read.keeps, read.reader) = (true, GONE.to_string());
        read.documents.clear();
        read
    };
    let readings = [gone(first), gone(second), read(third, "We will.", 40)];
    store.save_readings(&readings).await.expect("saved");
    let own = readers("reader 1");
    assert_eq!(store.unread_count(&own).await.expect("a number"), 0);
    let waited_for = store.segments_waited_for().await.expect("rows");
    assert_eq!(waited_for, [("a".to_string(), 2), ("b".to_string(), 1)]);
    let missing = |names: &[&str]| -> Vec<String> { names.iter().map(ToString::to_string).collect() };
    let back = store.take_up_again(&missing(&["a", "b"]), at(50)).await;
    assert_eq!(back.expect("saved"), 0);
    assert!(!store.was_taken_up_since(at(0)).await.expect("known"));
    let back = store.take_up_again(&missing(&["b"]), at(50)).await;
    assert_eq!(back.expect("saved"), 1);
    for (second, is_since) in [(50, true), (51, false)] {
        assert_eq!(
            store.was_taken_up_since(at(second)).await.expect("known"),
            is_since
        );
    }
    let unread = store.unread_captures(&own, at(60), 9).await.expect("rows");
    let unread: Vec<&str> = unread.iter().map(|capture| capture.id.as_str()).collect();
    assert_eq!(
        unread,
        ["c1", "c3"],
        "the third was read as if nothing had been before it"
    );
}

#[tokio::test]
async fn why_something_is_not_shown_is_known_until_it_is() {
    let (_folder, store) = store().await;
    for (id, second) in [("c1", 10), ("c2", 20)] {
        let made = visit(Role::Page, PAGE, second, Some(capture(id, second)));
        store.save_visits(&[made]).await.expect("saved");
    }
    let mut answer = read(capture("c1", 10), "We will.", 40);
    answer.documents.clear();
    let given = "https://hall.example/given";
    answer.withheld_items = vec![(given.to_string(), NoticeKind::SoftNotFound)];
    store.save_readings(&[answer]).await.expect("saved");
    let why = store.withheld(given).await.expect("rows");
    assert_eq!(why.map(|(why, _)| why), Some(NoticeKind::SoftNotFound));
    assert_eq!(store.withheld(PAGE).await.expect("rows"), None);
    let mut page = read(capture("c2", 20), "We will.", 40);
    page.withheld = Some(NoticeKind::NoIndex);
    store.save_readings(&[page]).await.expect("saved");
    let why = store.withheld(PAGE).await.expect("rows");
    assert_eq!(why.map(|(why, _)| why), Some(NoticeKind::NoIndex));
    let mut kept = read(capture("c2", 20), "", 45);
    kept.documents.clear();
    kept.keeps = true;
    store.save_readings(&[kept]).await.expect("saved");
    let why = store.withheld(PAGE).await.expect("rows");
    assert_eq!(
        why.map(|(why, _)| why),
        Some(NoticeKind::NoIndex),
        "what stays has its reason"
    );
    store
        .save_readings(&[read(capture("c2", 20), "We will.", 50)])
        .await
        .expect("saved");
    assert_eq!(store.withheld(PAGE).await.expect("rows"), None);
}

#[tokio::test]
async fn the_newest_documents_are_those_published_last_not_those_fetched_last() {
    let (_folder, store) = store().await;
    // A list shows the newest first, and that is fetched first.
    let pages = [
        ("new", "2026-02-06T09:00:00-05:00"),
        ("mid", "2026-02-03"),
        ("old", "2026-02-01"),
    ];
    for (at, (name, published)) in pages.into_iter().enumerate() {
        let second = 10 + at as i64;
        let url = format!("https://hall.example/{name}");
        let shown = Capture {
            url: url.clone(),
            ..capture(name, second)
        };
        let made = visit(Role::Page, &url, second, Some(shown.clone()));
        store.save_visits(&[made]).await.expect("saved");
        let mut reading = read(shown, "We will.", 40);
        reading.documents[0].url = url;
        reading.documents[0].reading.published = Moment::parse(published).map(|moment| StatedMoment {
            moment,
            method: "json-ld".into(),
        });
        store.save_readings(&[reading]).await.expect("saved");
    }
    let newest = store
        .newest_documents(&SourceId::new("hall"), 2)
        .await
        .expect("rows");
    let urls: Vec<&str> = newest.iter().map(|document| document.url.as_str()).collect();
    assert_eq!(urls, ["https://hall.example/new", "https://hall.example/mid"]);
    let other = store
        .newest_documents(&SourceId::new("star"), 2)
        .await
        .expect("rows");
    assert!(other.is_empty());
}

#[tokio::test]
async fn a_better_reader_fills_what_its_predecessor_did_not_find() {
    let (_folder, store) = store().await;
    let own = || capture("c1", 10);
    let visits = [visit(Role::Page, PAGE, 10, Some(own()))];
    store.save_visits(&visits).await.expect("saved");
    let mut reading = read(own(), "Lima warned us.", 50);
    store
        .save_readings(std::slice::from_ref(&reading))
        .await
        .expect("saved");
    let span = |range| Span::of("Lima warned us.", range);
    reading.reader = "reader 2".into();
    reading.documents[0].quotes[0].0.attribution = Some(Attribution {
        cue: span(5..11),
        stance: Some(Stance::Warned),
        mention: Mention::Text(span(0..4).expect("on boundaries")),
        antecedent: None,
        members: Vec::new(),
        rule: "test",
        confidence: 0.9,
    });
    store.save_readings(&[reading]).await.expect("saved");
    let revisions = revisions_of(&store, &DocumentId::derive(PAGE)).await;
    let quotes = store
        .quotes_of(&revisions[0].id, "Lima warned us.")
        .await
        .expect("rows");
    let told: Vec<_> = quotes.iter().map(|quote| (quote.cue, quote.stance)).collect();
    assert_eq!(told, [(span(5..11), Some(Stance::Warned))]);
}

#[tokio::test]
async fn a_wording_that_comes_back_is_a_revision_of_its_own() {
    let (_folder, store) = store().await;
    let captures = [("c1", 10), ("c2", 20), ("c3", 30), ("c4", 40)];
    let visits = captures.map(|(id, second)| visit(Role::Page, PAGE, second, Some(capture(id, second))));
    store.save_visits(&visits).await.expect("saved");
    let words = ["We will.", "We will.", "We will not.", "We will."];
    let readings = captures.iter().zip(words);
    let readings: Vec<_> = readings
        .map(|((id, second), words)| read(capture(id, *second), words, 50))
        .collect();
    store.save_readings(&readings).await.expect("saved");
    let id = DocumentId::derive(PAGE);
    let revisions = revisions_of(&store, &id).await;
    let held: Vec<_> = revisions.iter().map(|revision| revision.fetched_at).collect();
    assert_eq!(held, [at(10), at(30), at(40)]);
    let document = store.document(&id).await.expect("rows").expect("a document");
    assert_eq!(document.revision.as_ref(), Some(&revisions[2].id));
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
    reading.documents[0].url = "https://hall.example/canonical".into();
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
async fn a_page_may_show_several_documents() {
    let (_folder, store) = store().await;
    store
        .save_visits(&[visit(Role::Page, PAGE, 1, Some(capture("c1", 1)))])
        .await
        .expect("saved");
    let mut reading = read(capture("c1", 1), "All that was said.", 2);
    let mut part = read(capture("c1", 1), "We will.", 2).documents.remove(0);
    part.url = format!("{PAGE}#first");
    part.part_of = Some(PAGE.into());
    reading.documents.push(part);
    assert_eq!(store.save_readings(&[reading.clone()]).await.expect("saved"), 2);
    assert_eq!(store.save_readings(&[reading.clone()]).await.expect("saved"), 0);
    let page = DocumentId::derive(PAGE);
    let parts = store.parts_of(&page).await.expect("rows");
    assert_eq!(
        parts.iter().map(|part| part.url.as_str()).collect::<Vec<_>>(),
        [format!("{PAGE}#first")]
    );
    let shown = store
        .revisions_of_capture(&CaptureId::new("c1"))
        .await
        .expect("rows");
    assert_eq!(shown.len(), 2);
    let part = store
        .document(&parts[0].id)
        .await
        .expect("rows")
        .expect("a document");
    assert_eq!(part.part_of, Some(page));
    assert_eq!(store.captures_of(&shown[1]).await.expect("rows").len(), 1);
    reading.documents.pop();
    store.save_readings(&[reading]).await.expect("saved");
    assert!(
        store
            .parts_of(&DocumentId::derive(PAGE))
            .await
            .expect("rows")
            .is_empty()
    );
}

#[tokio::test]
async fn a_reader_that_sees_no_change_takes_the_revision_of_an_earlier_one_back() {
    let (_folder, store) = store().await;
    let visits = [
        visit(Role::Page, PAGE, 1, Some(capture("c1", 1))),
        visit(Role::Page, PAGE, 2, Some(capture("c2", 2))),
    ];
    store.save_visits(&visits).await.expect("saved");
    let readings = [
        read(capture("c1", 1), "We will.", 3),
        read(capture("c2", 2), "We will. Menu.", 3),
    ];
    store.save_readings(&readings).await.expect("saved");
    let better = [readings[0].clone(), read(capture("c2", 2), "We will.", 4)];
    store.save_readings(&better).await.expect("saved");
    let id = DocumentId::derive(PAGE);
    let revisions = revisions_of(&store, &id).await;
    assert_eq!(revisions.len(), 1);
    let document = store.document(&id).await.expect("rows").expect("a document");
    assert_eq!(document.revision.as_ref(), Some(&revisions[0].id));
}

/// What the rows tell of everything that was read, in words.
async fn told(store: &Store) -> Vec<String> {
    let documents = store.documents_changed_after(0, 99).await.expect("rows");
    let mut told = Vec::new();
    for document in documents {
        told.push(format!("{document:?}"));
        for revision in revisions_of(store, &document.id).await {
            let captures = store.captures_of(&revision.id).await.expect("rows");
            let captures: Vec<_> = captures.into_iter().map(|capture| capture.id).collect();
            let text = &revision.reading.text;
            let quotes = store.quotes_of(&revision.id, text).await.expect("rows");
            let quotes: Vec<_> = quotes.into_iter().map(|quote| (quote.id, quote.words)).collect();
            told.push(format!("{revision:?} {captures:?} {quotes:?}"));
        }
    }
    told
}

#[tokio::test]
async fn what_is_saved_together_is_as_what_is_saved_one_by_one() {
    let shown_at = |page: &str, second: i64, text: &str| {
        let id = format!("{page}-{second}");
        let mut read = read(capture(&id, second), text, 900);
        read.documents[0].url = format!("https://hall.example/{page}");
        read
    };
    let part = |mut read: ReadCapture| {
        let mut part = read.documents[0].clone();
        part.part_of = Some(part.url.clone());
        part.url.push_str("#part");
        read.documents.push(part);
        read
    };
    let withheld = |mut read: ReadCapture| {
        read.withheld = Some(NoticeKind::NoIndex);
        read
    };
    let readings = [
        part(shown_at("a", 1, "The pier is shut.")),
        shown_at("b", 2, "The pier is open."),
        withheld(shown_at("c", 3, "Nobody shows this.")),
        shown_at("a", 4, "The pier is open again."),
        shown_at("d", 5, "The boats are in."),
        shown_at("d", 6, "The boats are in."),
        shown_at("c", 7, "Now it is shown."),
    ];
    let mut outcomes = Vec::new();
    for at_once in [1, readings.len()] {
        let (_folder, store) = store().await;
        let visits = readings.iter().map(|read| {
            let capture = &read.capture;
            visit(Role::Page, &capture.url, 1, Some(capture.clone()))
        });
        store
            .save_visits(&visits.collect::<Vec<_>>())
            .await
            .expect("saved");
        let mut new = 0;
        for some in readings.chunks(at_once) {
            new += store.save_readings(some).await.expect("saved");
        }
        outcomes.push((new, told(&store).await));
    }
    assert_eq!(outcomes[0], outcomes[1]);
    assert_eq!(
        outcomes[0].0, 6,
        "the part counts, and what says the same again does not"
    );
}

/// How many wordings two captures make that give these days of publication, each captured at a time.
async fn wordings_dated(zone: &jiff::tz::TimeZone, dated: [(&str, &str, &str); 2]) -> usize {
    let (_folder, store) = store().await;
    for (number, (fetched_at, published, method)) in dated.into_iter().enumerate() {
        let id = format!("c{number}");
        let made = Capture {
            fetched_at: fetched_at.parse().expect("an instant"),
            ..capture(&id, 0)
        };
        let visits = [visit(Role::Page, PAGE, 10, Some(made.clone()))];
        store.save_visits(&visits).await.expect("saved");
        let mut reading = read(made, "We will.", 40);
        reading.time_zone = zone.clone();
        reading.documents[0].reading.published = Moment::parse(published).map(|moment| StatedMoment {
            moment,
            method: method.into(),
        });
        store.save_readings(&[reading]).await.expect("saved");
    }
    revisions_of(&store, &DocumentId::derive(PAGE)).await.len()
}

#[tokio::test]
async fn a_day_of_publication_that_is_that_of_each_visit_says_nothing_new() {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(-5));
    let (first, later) = ("2026-02-05T01:00:00Z", "2026-02-20T01:00:00Z");
    for (before, now, method, expected) in [
        ("2026-02-04T19:59:00-05:00", "2026-02-20T00:59:00Z", "json-ld", 1),
        ("2026-02-04", "2026-02-19", "meta", 1),
        // It was no clock before, or is none now.
        ("2026-02-03", "2026-02-19", "meta", 2),
        ("2026-02-04", "2026-02-18", "meta", 2),
    ] {
        let wordings = wordings_dated(&zone, [(first, before, method), (later, now, method)]).await;
        assert_eq!(wordings, expected, "{before} and {now}");
    }
}

#[tokio::test]
async fn days_of_publication_are_compared_in_the_zone_of_the_source() {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(-5));
    for (now, expected) in [("2026-02-04T01:30:00Z", 1), ("2026-02-04T05:30:00Z", 2)] {
        let dated = [
            ("2026-02-10T10:00:00Z", "2026-02-03", "printed date"),
            ("2026-02-20T10:00:00Z", now, "json-ld"),
        ];
        assert_eq!(wordings_dated(&zone, dated).await, expected, "{now}");
    }
}
