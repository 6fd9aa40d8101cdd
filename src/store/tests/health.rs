//! What is kept of visits: how channels and pages fare, and since when a page is absent.

use std::collections::BTreeSet;

use super::*;

fn announced(page: &str) -> Announced {
    Announced {
        canonical_rules: String::new(),
        memento: None,
        is_given: false,
        role: Role::Page,
        priority: Priority::News,
        url: url(page),
        canonical: url(page),
        title: None,
        published: None,
        modified: None,
    }
}

#[tokio::test]
async fn a_channel_s_past_outlives_its_readings() {
    let (_folder, store) = store().await;
    let day = 24 * 3600;
    for count in 0..200 {
        let mut read = visit(Role::Channel, FEED, count * day, None);
        read.end.items = Some(3);
        if count < 5 {
            read.announced = vec![announced(&format!("https://hall.example/{count}"))];
        }
        store.save_visits(&[read]).await.expect("saved");
    }
    let tally = &store.channel_tallies().await.expect("rows")[FEED];
    assert_eq!(
        (tally.new_at, tally.bringing, tally.readings),
        (Some(at(4 * day)), 5, 200)
    );
    assert_eq!(tally.succeeded_at, Some(at(199 * day)));
    // Of the readings themselves the last ninety days are left.
    let new = store.new_since(at(0)).await.expect("rows");
    assert_eq!(new[FEED], 0);
}

#[tokio::test]
async fn requests_stay_counted_when_their_rows_are_gone() {
    let (_folder, store) = store().await;
    let visits: Vec<Visit> = (1..=3)
        .map(|second| visit(Role::Page, PAGE, second, None))
        .collect();
    store.save_visits(&visits).await.expect("saved");
    assert_eq!(store.forget_attempts(at(3)).await.expect("rows"), 2);
    assert_eq!(
        store.outcomes_since(at(0)).await.expect("rows"),
        [(Outcome::Changed, 1)]
    );
    let counts = store.request_counts().await.expect("rows");
    assert_eq!(
        (counts.len(), counts[0].requests, counts[0].role),
        (1, 3, Role::Page)
    );
}

#[tokio::test]
async fn hosts_that_nothing_is_asked_for_at_are_let_go_of() {
    let (_folder, store) = store().await;
    let mut asked = visit(Role::Page, PAGE, 1, None);
    let host = |name: &str, second: i64, not_before: Option<Timestamp>| HostState {
        host: name.into(),
        last_served_at: Some(at(second)),
        not_before,
        ..HostState::default()
    };
    let own = url::Url::parse(PAGE).expect("valid");
    let own = crate::model::host::host_of(&own);
    asked.hosts = vec![
        host(&own, 1, None),
        host("gone.example", 1, None),
        host("held.example", 1, Some(at(500))),
        host("late.example", 300, None),
    ];
    let mut feed = visit(Role::Channel, FEED, 1, None);
    feed.announced = vec![announced(PAGE)];
    store.save_visits(&[feed, asked]).await.expect("saved");
    store.forget_hosts(at(200)).await.expect("rows");
    let held = store
        .hosts()
        .await
        .expect("rows")
        .into_iter()
        .map(|host| host.host);
    let held: BTreeSet<String> = held.collect();
    let kept = [own.as_str(), "held.example", "late.example"].map(str::to_owned);
    assert_eq!(held, BTreeSet::from(kept));
}

#[tokio::test]
async fn a_page_is_absent_from_the_first_visit_that_misses_it_until_it_is_back() {
    let (_folder, store) = store().await;
    let document = DocumentId::derive(PAGE);
    let mut feed = visit(Role::Channel, FEED, 1, None);
    feed.announced = vec![announced(PAGE)];
    store.save_visits(&[feed]).await.expect("saved");
    let ended = async |second: i64, outcome: Outcome, held: Option<Capture>| {
        let mut visit = visit(Role::Page, PAGE, second, held);
        visit.end.outcome = outcome;
        visit.end.capture = Some(CaptureId::new("c1"));
        store.save_visits(&[visit]).await.expect("saved");
        store.absence(&document).await.expect("rows")
    };
    assert_eq!(ended(2, Outcome::Changed, Some(capture("c1", 2))).await, None);
    let reading = read(capture("c1", 2), "We will.", 3);
    store.save_readings(&[reading]).await.expect("saved");
    assert_eq!(ended(4, Outcome::TimedOut, None).await, None);
    ended(5, Outcome::NotFound, None).await;
    ended(6, Outcome::ServerError, None).await;
    let absence = ended(7, Outcome::Gone, None).await.expect("it is absent");
    let expected = Absence {
        present_at: Some(at(2)),
        absent_at: at(5),
        checked_at: at(7),
        is_certain: true,
    };
    assert_eq!(absence, expected);
    let among = store.absences_among([&document].into_iter()).await.expect("rows");
    assert_eq!(among[&document], expected);
    assert_eq!(ended(8, Outcome::NotModified, None).await, None);
    // One visit may have met a mishap, but a server that says "gone" means it.
    let missed = ended(9, Outcome::NotFound, None).await.expect("it is absent");
    assert!(!missed.is_certain);
    let before = store.what_there_is(1).await.expect("rows");
    ended(10, Outcome::NotModified, None).await;
    let gone = ended(11, Outcome::Gone, None).await.expect("it is absent");
    assert!(gone.is_certain);
    assert_ne!(store.what_there_is(1).await.expect("rows"), before);
}

#[tokio::test]
async fn how_far_pages_get_is_told_of_the_latest_ones() {
    let (_folder, store) = store().await;
    let mut feed = visit(Role::Channel, FEED, 1, None);
    let pages = [
        PAGE,
        "https://hall.example/2",
        "https://hall.example/3",
        "https://hall.example/4",
    ];
    feed.announced = pages.map(announced).into();
    store.save_visits(&[feed]).await.expect("saved");
    let second = Capture {
        url: pages[1].into(),
        ..capture("c2", 3)
    };
    let mut blocked = visit(Role::Page, pages[2], 4, None);
    blocked.end.outcome = Outcome::Blocked;
    store
        .save_visits(&[
            visit(Role::Page, PAGE, 2, Some(capture("c1", 2))),
            visit(Role::Page, pages[1], 3, Some(second.clone())),
            blocked,
        ])
        .await
        .expect("saved");
    let mut withheld = read(second, "Error.", 6);
    withheld.withheld = Some(crate::model::document::NoticeKind::SoftNotFound);
    store
        .save_readings(&[read(capture("c1", 2), "We will.", 5), withheld])
        .await
        .expect("saved");
    let expected = PageYield {
        tried: 3,
        fetched: 2,
        read: 1,
    };
    assert_eq!(store.yield_of_channel(FEED).await.expect("rows"), expected);
    let hall = SourceId::new("hall");
    assert_eq!(store.yield_of_source(&hall).await.expect("rows"), expected);
    assert_eq!(
        store.recent_outcomes(&hall).await.expect("rows"),
        [(Outcome::Blocked, 1), (Outcome::Changed, 2)]
    );
}

#[tokio::test]
async fn an_absence_that_is_over_is_kept_where_two_visits_missed_the_page_or_one_was_told_that_it_is_gone() {
    let (_folder, store) = store().await;
    let document = DocumentId::derive(PAGE);
    let mut feed = visit(Role::Channel, FEED, 1, None);
    feed.announced = vec![announced(PAGE)];
    store.save_visits(&[feed]).await.expect("saved");
    let mut first = visit(Role::Page, PAGE, 2, Some(capture("c1", 2)));
    first.end.outcome = Outcome::Changed;
    first.end.capture = Some(CaptureId::new("c1"));
    store.save_visits(&[first]).await.expect("saved");
    let reading = read(capture("c1", 2), "We will.", 3);
    store.save_readings(&[reading]).await.expect("saved");
    let ended = async |second: i64, outcome: Outcome, held: &str, leads: Leads| {
        let mut visit = visit(Role::Page, PAGE, second, None);
        visit.end.outcome = outcome;
        visit.end.capture = Some(CaptureId::new(held));
        visit.leads = leads;
        visit.attempts[0].outcome = outcome;
        visit.attempts[0].location = Some(capture("c9", second).location);
        store.save_visits(&[visit]).await.expect("saved");
        let past = store.past_absences(Some(&document)).await.expect("rows");
        let told = |past: PastAbsence| (past.absence.absent_at, past.absence.checked_at, past.back_at);
        past.into_iter().map(told).collect::<Vec<_>>()
    };
    // One visit may have met a mishap, and a server in trouble does not say that a page is gone.
    assert_eq!(ended(4, Outcome::NotFound, "c1", Leads::Untold).await, []);
    assert_eq!(ended(5, Outcome::ServerError, "c1", Leads::Untold).await, []);
    assert_eq!(ended(6, Outcome::NotModified, "c1", Leads::Untold).await, []);
    // Two did, and the one between is no visit that missed it.
    ended(7, Outcome::NotFound, "c1", Leads::Untold).await;
    ended(8, Outcome::NotFound, "c1", Leads::Untold).await;
    ended(9, Outcome::ServerError, "c1", Leads::Untold).await;
    let one = (at(7), at(8), at(10));
    assert_eq!(ended(10, Outcome::NotModified, "c1", Leads::Untold).await, [one]);
    // What has moved is not back, nor is what gave its address to something else.
    ended(11, Outcome::Gone, "c1", Leads::Untold).await;
    let moved = Leads::To("https://hall.example/9".into());
    assert_eq!(ended(12, Outcome::NotModified, "c1", moved).await, [one]);
    ended(13, Outcome::Gone, "c1", Leads::Nowhere).await;
    assert_eq!(ended(14, Outcome::Changed, "c2", Leads::Nowhere).await, [one]);
}
