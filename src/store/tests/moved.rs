//! What goes to another address, and what goes to another source.

use super::*;

#[tokio::test]
async fn a_renamed_source_takes_along_what_let_go_sitemaps_announced_and_leaves_them_let_go() {
    let (_folder, store) = store().await;
    let sitemap = |day: u32| announced(Role::Channel, &format!("https://hall.example/map-{day}"), None);
    let mut index = visit(Role::Channel, FEED, 1, None);
    index.announced = vec![sitemap(1), sitemap(2)];
    index.end.items = Some(2);
    let mut old = visit(Role::Channel, "https://hall.example/map-1", 2, None);
    old.announced = vec![announced(Role::Page, PAGE, None)];
    old.end.items = Some(1);
    let mut later = index.clone();
    later.announced = vec![sitemap(2)];
    later.ended_at = at(3);
    store.save_visits(&[index, old, later]).await.expect("saved");
    let renamed = Source {
        id: SourceId::new("town-hall"),
        ..source()
    };
    store.save_sources(&[renamed], at(4)).await.expect("saved");
    let mut due = urls_due(&store, "hall.example", 9_999).await;
    due.sort();
    assert_eq!(due, ["/feed", "/map-2", "/one"]);
    let (task, _) = store
        .tasks_of(&url(PAGE), &url(PAGE))
        .await
        .expect("rows")
        .remove(0);
    assert_eq!(task.source.as_str(), "town-hall");
}

#[tokio::test]
async fn where_a_page_leads_is_kept_with_the_visit_that_first_found_it() {
    let (_folder, store) = store().await;
    let mut feed = visit(Role::Channel, FEED, 1, None);
    feed.announced = vec![announced(Role::Page, PAGE, None)];
    let asked = |second: i64, leads: Leads| Visit {
        leads,
        ..visit(Role::Page, PAGE, second, None)
    };
    let to = |path: &str| Leads::To(format!("https://hall.example/{path}"));
    store.save_visits(&[feed]).await.expect("saved");
    let mut told = Vec::new();
    for (second, leads) in [
        (10, Leads::Nowhere),
        (20, to("new")),
        (30, to("new")),
        // Trouble on the way tells neither.
        (40, Leads::Untold),
        (50, to("newer")),
        (60, Leads::Nowhere),
    ] {
        store.save_visits(&[asked(second, leads)]).await.expect("saved");
        let moved = store.moved_to(PAGE).await.expect("rows");
        told.push(moved.map(|(to, since)| (to.rsplit('/').next().unwrap_or_default().to_owned(), since)));
    }
    let new = || Some(("new".to_owned(), at(20)));
    assert_eq!(
        told,
        [
            None,
            new(),
            new(),
            new(),
            Some(("newer".to_owned(), at(50))),
            None
        ]
    );
    store.save_visits(&[asked(70, to("new"))]).await.expect("saved");
    let moved = store.moved_pages(&SourceId::new("hall"), 9).await.expect("rows");
    assert_eq!(moved.len(), 1);
    assert!(
        store
            .moved_pages(&SourceId::new("hall"), 0)
            .await
            .expect("rows")
            .is_empty()
    );
}

/// What a tracker of before knows of moved pages stands in rows of requests that do not tell it for certain.
#[tokio::test]
async fn what_led_elsewhere_before_there_were_rows_for_it_is_asked_for_again() {
    let (_folder, store) = store().await;
    let mut feed = visit(Role::Channel, FEED, 1, None);
    let pages = [
        "https://hall.example/one",
        "https://hall.example/two",
        "https://hall.example/three",
    ];
    feed.announced = pages.map(|page| announced(Role::Page, page, None)).to_vec();
    let asked = |page: &str, status: u16| {
        let mut asked = visit(Role::Page, page, 10, None);
        asked.attempts[0].status = Some(status);
        asked
    };
    let visits = [
        feed,
        asked(pages[0], 301),
        asked(pages[1], 302),
        asked(pages[2], 200),
    ];
    store.save_visits(&visits).await.expect("saved");
    assert!(urls_due(&store, "hall.example", 11).await.is_empty());
    let migration = include_str!("../migrations/0017_moved.sql");
    let update = &migration[migration.find("UPDATE").expect("a statement")..];
    sqlx::query(sqlx::AssertSqlSafe(update.to_owned()))
        .execute(&store.writer)
        .await
        .expect("done");
    assert_eq!(urls_due(&store, "hall.example", 11).await, ["/one"]);
}
