//! What the rows tell of visits that found something else in the place of a page.

use super::*;

/// A tracker that knows of a page.
async fn announced_page() -> (tempfile::TempDir, Store) {
    let (folder, store) = store().await;
    let mut feed = visit(Role::Channel, FEED, 1, None);
    feed.announced = vec![announced(Role::Page, PAGE, None)];
    store.save_visits(&[feed]).await.expect("saved");
    (folder, store)
}

/// A visit that brought a capture, archived at a place of its own.
fn brought(id: &str, second: i64) -> (Capture, Visit) {
    let mut made = capture(id, second);
    made.location.offset = second.unsigned_abs();
    let mut visit = visit(Role::Page, PAGE, second, Some(made.clone()));
    visit.attempts[0].location = Some(made.location.clone());
    (made, visit)
}

/// A visit that brought nothing new.
fn ended(second: i64, outcome: Outcome) -> Visit {
    let mut made = visit(Role::Page, PAGE, second, None);
    made.attempts[0].outcome = outcome;
    made.end.outcome = outcome;
    made
}

#[tokio::test]
async fn what_a_visit_found_again_is_told_from_what_came_next() {
    for (then, expected) in [
        (vec![], false),
        (vec![ended(30, Outcome::Unchanged)], true),
        (vec![ended(30, Outcome::NotModified)], true),
        (vec![ended(30, Outcome::TimedOut)], false),
        (vec![brought("c3", 30).1, ended(40, Outcome::Unchanged)], false),
        (vec![ended(30, Outcome::Unchanged), brought("c3", 40).1], true),
    ] {
        let (_folder, store) = announced_page().await;
        let (second, stub) = brought("c2", 20);
        let visits = [brought("c1", 10).1, ended(15, Outcome::Unchanged), stub];
        store.save_visits(&visits).await.expect("saved");
        store.save_visits(&then).await.expect("saved");
        let is_found = store.was_found_again(&second).await.expect("known");
        assert_eq!(is_found, expected, "{then:?}");
    }
}

#[tokio::test]
async fn the_visit_that_found_a_text_back_did_not_find_what_stood_there_before() {
    let (_folder, store) = announced_page().await;
    let (second, stub) = brought("c2", 20);
    // The request was made a moment before its answer began, and its payload was known.
    let (_, mut back) = brought("c3", 30);
    back.attempts[0].at = at(29);
    back.attempts[0].outcome = Outcome::Unchanged;
    store.save_visits(&[stub, back]).await.expect("saved");
    assert!(!store.was_found_again(&second).await.expect("known"));
}

/// The reading of a capture that shows something else in the place of the page that `held` shows.
fn withheld(made: Capture, held: &str, second: i64) -> ReadCapture {
    ReadCapture {
        withheld: Some(NoticeKind::InDoubt),
        in_place: Some(InPlaceRow {
            outcome: Outcome::InDoubt,
            detail: "something else".into(),
            due: (at(second + 60), DueRule::Every),
            failures: 1,
            held: Some(CaptureId::new(held)),
        }),
        ..read(made, "This story was taken down.", second)
    }
}

#[tokio::test]
async fn a_doubt_outlives_what_visits_without_a_capture_meet() {
    let (_folder, store) = announced_page().await;
    let ((first, there), (second, stub)) = (brought("c1", 10), brought("c2", 20));
    let held = first.id.clone();
    store.save_visits(&[there, stub]).await.expect("saved");
    let readings = [read(first, "We will.", 25), withheld(second, "c1", 25)];
    store.save_readings(&readings).await.expect("saved");
    assert!(store.is_in_doubt(&held).await.expect("known"));
    let away = [ended(30, Outcome::TimedOut), ended(40, Outcome::NotFound)];
    store.save_visits(&away).await.expect("saved");
    assert!(store.is_in_doubt(&held).await.expect("known"));
    store.save_visits(&[brought("c3", 50).1]).await.expect("saved");
    assert!(!store.is_in_doubt(&held).await.expect("known"));
}

#[tokio::test]
async fn a_page_stays_fetched_where_the_rows_of_its_requests_are_gone() {
    let (_folder, store) = announced_page().await;
    let ((first, there), (second, stub)) = (brought("c1", 10), brought("c2", 20));
    store.save_visits(&[there]).await.expect("saved");
    store.forget_attempts(at(15)).await.expect("rows");
    store.save_visits(&[stub]).await.expect("saved");
    let readings = [read(first, "We will.", 25), withheld(second, "c1", 25)];
    store.save_readings(&readings).await.expect("saved");
    let known = url(PAGE);
    let tasks = store.tasks_of(&known, &known).await.expect("rows");
    let page = tasks
        .into_iter()
        .map(|(task, _)| task)
        .find(|task| task.role == Role::Page);
    assert_eq!(page.expect("it is known").last_success_at, Some(at(10)));
}

#[tokio::test]
async fn a_row_whose_numbers_are_none_of_their_kind_is_not_read_as_another() {
    let (_folder, store) = announced_page().await;
    let (made, there) = brought("c1", 10);
    store.save_visits(&[there]).await.expect("saved");
    for (damage, repair) in [
        ("record_offset = -500", "record_offset = 10"),
        ("status = 70000", "status = 200"),
        ("payload_bytes = -1", "payload_bytes = 1"),
    ] {
        let alter = |what: &str| sqlx::AssertSqlSafe(format!("UPDATE captures SET {what}"));
        sqlx::query(alter(damage))
            .execute(&store.writer)
            .await
            .expect("altered");
        let read = store.capture(&made.id).await;
        assert!(
            matches!(read, Err(StoreError::Invalid { .. })),
            "{damage}: {read:?}"
        );
        sqlx::query(alter(repair))
            .execute(&store.writer)
            .await
            .expect("altered");
    }
    assert!(store.capture(&made.id).await.expect("a row").is_some());
}

#[tokio::test]
async fn a_page_that_is_held_and_not_shown_is_in_no_doubt() {
    let (_folder, store) = announced_page().await;
    let (made, there) = brought("c1", 10);
    let held = made.id.clone();
    store.save_visits(&[there]).await.expect("saved");
    let mut reading = read(made, "We will.", 20);
    reading.withheld = Some(NoticeKind::NoIndex);
    store.save_readings(&[reading]).await.expect("saved");
    assert!(!store.is_in_doubt(&held).await.expect("known"));
}

#[tokio::test]
async fn a_page_that_was_absent_or_led_elsewhere_does_so_still_when_something_else_stands_there() {
    let (_folder, store) = announced_page().await;
    let ((first, there), (second, stub)) = (brought("c1", 10), brought("c2", 40));
    let moved = Visit {
        leads: Leads::To("https://hall.example/new".into()),
        ..ended(20, Outcome::Unchanged)
    };
    let absent = [
        ended(30, Outcome::NotFound),
        ended(35, Outcome::NotFound),
        Visit {
            leads: Leads::Nowhere,
            ..stub
        },
    ];
    for visit in [there, moved].into_iter().chain(absent) {
        store.save_visits(&[visit]).await.expect("saved");
    }
    assert_eq!(store.moved_to(PAGE).await.expect("rows"), None);
    let readings = [read(first, "We will.", 45), withheld(second, "c1", 45)];
    store.save_readings(&readings).await.expect("saved");
    let moved = store.moved_to(PAGE).await.expect("rows");
    assert_eq!(moved, Some(("https://hall.example/new".to_owned(), at(20))));
    let absence = store.absence(&DocumentId::derive(PAGE)).await.expect("rows");
    assert_eq!(absence.map(|absence| absence.absent_at), Some(at(30)));
    // When the page itself is back, it is neither.
    let back = Visit {
        leads: Leads::Nowhere,
        ..brought("c3", 50).1
    };
    store.save_visits(&[back]).await.expect("saved");
    assert_eq!(store.moved_to(PAGE).await.expect("rows"), None);
}
