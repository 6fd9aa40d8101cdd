//! Time expressions as rows keep them.

use super::*;
use crate::model::id::RevisionId;

#[tokio::test]
async fn time_expressions_that_earlier_versions_kept_one_by_one_are_read_as_they_were() {
    let (_folder, store) = store().await;
    let text = "By “May 1”. In two weeks. Some day.";
    let earlier = "DROP TABLE found_dates;
         CREATE TABLE date_mentions (revision_id TEXT NOT NULL, position BIGINT NOT NULL, span_start BIGINT NOT NULL,
             span_end BIGINT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, edtf TEXT, earliest TEXT, latest TEXT,
             anchor TEXT NOT NULL, rule TEXT NOT NULL, conflict TEXT, is_limit BIGINT NOT NULL DEFAULT 0,
             PRIMARY KEY (revision_id, position));
         INSERT INTO date_mentions VALUES
             ('r1', 1, 16, 28, 'DURATION', 'P2W', '2026-05-15', '2026-05-15', '2026-05-15', 'counted from “May 1”',
                 'two', 'a \"Monday\"', 0),
             ('r2', 0, 3, 6, 'DATE', 'XXXX', NULL, NULL, NULL, 'no date to count from', 'three', NULL, 0),
             ('r1', 0, 6, 11, 'DATE', '2026-05-01', '2026-05-01', '2026-05-01', '2026-05-01', 'complete', 'one', NULL, 1);";
    let migration = include_str!("../migrations/0027_found_dates.sql");
    for statements in [earlier, migration] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statements))
            .execute(&store.writer)
            .await
            .expect("carried out");
    }
    let row = |span: (usize, usize), kind, value: &str, day: Option<i8>, anchor: &str, rule: &str| DateRow {
        span: Span::of(text, span.0..span.1).expect("on boundaries"),
        kind,
        value: value.into(),
        when: day.map(|day| When::day(jiff::civil::date(2026, 5, day))),
        anchor: anchor.into(),
        rule: rule.into(),
        conflict: None,
        is_limit: false,
    };
    let first = row((6, 11), TimexKind::Date, "2026-05-01", Some(1), "complete", "one");
    let second = row(
        (16, 28),
        TimexKind::Duration,
        "P2W",
        Some(15),
        "counted from “May 1”",
        "two",
    );
    let third = row(
        (3, 6),
        TimexKind::Date,
        "XXXX",
        None,
        "no date to count from",
        "three",
    );
    let of_one = [
        DateRow {
            is_limit: true,
            ..first
        },
        DateRow {
            conflict: Some("a \"Monday\"".into()),
            ..second
        },
    ];
    for (revision, expected) in [("r1", &of_one[..]), ("r2", &[third]), ("r3", &[])] {
        let read = store
            .dates_of(&RevisionId::new(revision), text)
            .await
            .expect("a row");
        assert_eq!(read, expected, "{revision}");
    }
}

#[tokio::test]
async fn a_list_of_time_expressions_that_was_altered_is_not_read() {
    let (_folder, store) = store().await;
    for (mentions, count) in [
        ("[]", 1),
        ("[[0]]", 1),
        ("{", 0),
        (r#"[[0,99,"DATE","x",null,null,null,"","",null,0]]"#, 1),
    ] {
        sqlx::query(
            "INSERT INTO found_dates (revision_id, mentions, count) VALUES ('r1', $1, $2)
             ON CONFLICT (revision_id) DO UPDATE SET mentions = excluded.mentions, count = excluded.count",
        )
        .bind(mentions)
        .bind(count)
        .execute(&store.writer)
        .await
        .expect("written");
        let read = store.dates_of(&RevisionId::new("r1"), "May 1").await;
        assert!(
            matches!(read, Err(StoreError::Invalid { .. })),
            "{mentions}: {read:?}"
        );
    }
}
