//! How the engine answers what is asked each second of a crawl or for each batch: by an index, and without sorting or walking
//! through what is not asked for.

use sqlx::Connection;

use super::*;

/// What the engine says it will do for a statement.
async fn plan(store: &Store, statement: &str) -> String {
    let explained = format!("EXPLAIN QUERY PLAN {statement}");
    let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(explained))
        .fetch_all(&store.readers)
        .await
        .expect("a plan");
    let steps: Vec<String> = steps.into_iter().map(|(.., step)| step).collect();
    steps.join("\n")
}

#[track_caller]
fn check(plan: &str, has: &[&str], has_not: &[&str]) {
    for step in has {
        assert!(plan.contains(step), "no `{step}` in\n{plan}");
    }
    for step in has_not {
        assert!(!plan.contains(step), "`{step}` in\n{plan}");
    }
}

#[tokio::test]
async fn a_batch_of_unread_captures_is_the_first_of_each_reader_in_the_order_of_an_index() {
    let (_folder, store) = store().await;
    let plan = plan(&store, &crate::store::captures::unread(3)).await;
    let by_index = "SEARCH own USING INDEX captures_unread (role=? AND read_by=? AND unread_until=?)";
    // Captures of the very same moment are sorted by their ids, no others.
    check(
        &plan,
        &[by_index, "LAST TERM OF ORDER BY"],
        &["SCAN own", "SCAN captures"],
    );
}

#[tokio::test]
async fn what_is_due_is_told_host_by_host() {
    let (_folder, store) = store().await;
    for statement in [
        crate::store::frontier::due_hosts(),
        crate::store::frontier::next_due(),
    ] {
        let plan = plan(&store, &statement).await;
        let first_of_a_host = "SEARCH t USING COVERING INDEX tasks_due (enabled=? AND host=?";
        check(&plan, &[first_of_a_host], &["SCAN t", "SCAN tasks"]);
    }
}

#[tokio::test]
async fn a_turn_of_a_host_is_not_sorted() {
    let (_folder, store) = store().await;
    let plan = plan(&store, &crate::store::frontier::due_tasks(9)).await;
    check(&plan, &["tasks_turn"], &["TEMP B-TREE"]);
}

#[tokio::test]
async fn an_address_is_found_by_its_index() {
    let (_folder, store) = store().await;
    let plan = plan(&store, &crate::store::frontier::tasks_of()).await;
    check(
        &plan,
        &["tasks_canonical", "sqlite_autoindex_tasks_1"],
        &["SCAN tasks"],
    );
}

#[tokio::test]
async fn saving_the_same_sources_again_writes_no_page() {
    let (_folder, store) = store().await;
    let mut asked = visit(Role::Channel, FEED, 1, None);
    let page = |number: i64| announced(Role::Page, &format!("{PAGE}/{number}"), None);
    asked.announced = (0..200).map(page).collect();
    store.save_visits(&[asked]).await.expect("saved");
    let written = async || -> i64 {
        sqlx::query_scalar("SELECT total_changes()")
            .fetch_one(&store.writer)
            .await
            .expect("a number")
    };
    let before = written().await;
    store.save_sources(&[source()], at(2)).await.expect("saved");
    let changes = written().await - before;
    assert!(changes < 20, "{changes} rows were written");
    // A source that is switched off is asked for no more, and again when it is back.
    for (is_enabled, due) in [(false, 0), (true, 201)] {
        let configured = Source {
            enabled: is_enabled,
            ..source()
        };
        store.save_sources(&[configured], at(3)).await.expect("saved");
        assert_eq!(store.due_count(at(99_999)).await.expect("a number"), due);
    }
}

#[tokio::test]
async fn absences_are_looked_for_from_the_documents_that_are_asked_about() {
    let (_folder, store) = store().await;
    let plan = plan(&store, &crate::store::absences::absences_of("$1, $2")).await;
    let by_index = [
        "SEARCH r USING INDEX revisions_document (document_id=?)",
        "SEARCH s USING INDEX shown_revision (revision_id=?)",
        "SEARCH t USING INDEX tasks_capture (capture_id=?)",
    ];
    check(&plan, &by_index, &["SCAN", "tasks_canonical"]);
}

#[tokio::test]
async fn absent_pages_are_found_by_the_index_of_them() {
    let (_folder, store) = store().await;
    let plan = plan(&store, crate::store::absences::ABSENT).await;
    check(
        &plan,
        &["SEARCH t USING INDEX tasks_absent"],
        &["tasks_canonical"],
    );
}

#[tokio::test]
async fn the_page_of_a_capture_is_found_by_the_capture() {
    let (_folder, store) = store().await;
    let plan = plan(&store, &crate::store::frontier::page_holding()).await;
    check(&plan, &["SEARCH tasks USING INDEX tasks_capture"], &["role=?"]);
}

/// A batch has as many visits as ended meanwhile. If each number of them were a statement of its own, all the others would
/// be let go of, and read by the engine anew with every batch.
#[tokio::test]
async fn batches_of_any_size_need_the_same_few_statements() {
    let (_folder, store) = store().await;
    for size in 1..=64 {
        let made = |page: usize| {
            let id = format!("c{size}-{page}");
            let address = format!("https://hall.example/{size}/{page}");
            visit(Role::Page, &address, 10, Some(capture(&id, 10)))
        };
        let visits: Vec<Visit> = (0..size).map(made).collect();
        store.save_visits(&visits).await.expect("saved");
    }
    let writer = store.writer.acquire().await.expect("a connection");
    let prepared = writer.cached_statements_size();
    assert!((10..60).contains(&prepared), "{prepared} statements");
}
