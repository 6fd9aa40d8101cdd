//! Rows and questions that go together in one statement. Each statement costs a word between two threads, which is more
//! than what it does with a row.

use std::sync::OnceLock;

use sqlx::sqlite::SqliteRow;

use super::{Store, StoreError, engine};

/// Rows inserted in one statement, a power of two.
const TOGETHER: usize = 32;
/// Values asked for in one statement.
pub(super) const ASKED_AT_ONCE: usize = 32;

/// The rows of each statement: of few different numbers, because every number is a statement of its own.
pub(super) fn batches<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let most = rows.len().min(TOGETHER).checked_ilog2()?;
        let (batch, rest) = rows.split_at(1 << most);
        rows = rest;
        Some(batch)
    })
}

/// A statement around a list of rows, for each number of rows that go together made once: there are many placeholders
/// in it.
pub(super) struct RowsOf {
    columns: usize,
    /// What stands before `VALUES`, and behind the rows.
    before: &'static str,
    behind: &'static str,
    made: [OnceLock<String>; TOGETHER.ilog2() as usize + 1],
}

impl RowsOf {
    /// Of rows of so many columns.
    pub(super) const fn new(columns: usize, before: &'static str, behind: &'static str) -> Self {
        let made = [const { OnceLock::new() }; TOGETHER.ilog2() as usize + 1];
        Self {
            columns,
            before,
            behind,
            made,
        }
    }

    /// The statement with so many rows, a number that [`batches`] gives.
    pub(super) fn statement(&'static self, rows: usize) -> &'static str {
        self.made[rows.ilog2() as usize].get_or_init(|| {
            format!(
                "{} VALUES {}{}",
                self.before,
                tuples(rows, self.columns),
                self.behind
            )
        })
    }
}

/// So many tuples of placeholders.
fn tuples(rows: usize, columns: usize) -> String {
    let tuple = format!("({})", vec![engine::PLACE; columns].join(", "));
    vec![tuple.as_str(); rows].join(", ")
}

/// So many placeholders, from this number on.
pub(super) fn places(first: usize, count: usize) -> String {
    let numbers = (first..first + count).map(|number| format!("${number}"));
    numbers.collect::<Vec<_>>().join(", ")
}

/// The values of one question, filled up with the last of them: so it is one statement whatever their number.
pub(super) fn filled<'a>(asked: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let last = asked.last().copied();
    let values = asked.iter().copied().chain(last.into_iter().cycle());
    values.take(ASKED_AT_ONCE)
}

impl Store {
    /// What a statement finds that asks for [`ASKED_AT_ONCE`] values, for any number of them.
    pub(super) async fn asked_for_all(
        &self,
        statement: &str,
        values: &[&str],
    ) -> Result<Vec<SqliteRow>, StoreError> {
        let mut rows = Vec::with_capacity(values.len());
        for asked in values.chunks(ASKED_AT_ONCE) {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(statement));
            for value in filled(asked) {
                query = query.bind(value);
            }
            rows.extend(query.fetch_all(&self.readers).await?);
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_together_in_few_different_numbers() {
        let sizes = |rows: usize| batches(&vec![(); rows]).map(<[()]>::len).collect::<Vec<_>>();
        assert_eq!(sizes(0), [0_usize; 0]);
        assert_eq!(sizes(71), [32, 32, 4, 2, 1]);
    }

    #[test]
    fn every_row_has_its_own_places() {
        static INTO: RowsOf = RowsOf::new(2, "INSERT INTO t (a, b)", " ON CONFLICT DO NOTHING");
        assert_eq!(
            INTO.statement(2),
            "INSERT INTO t (a, b) VALUES (?, ?), (?, ?) ON CONFLICT DO NOTHING"
        );
    }

    #[test]
    fn a_question_is_filled_up() {
        assert_eq!(
            filled(&["a", "b"]).filter(|value| *value == "b").count(),
            ASKED_AT_ONCE - 1
        );
        assert_eq!(filled(&[]).count(), 0);
    }
}
