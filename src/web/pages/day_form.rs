//! The days of the search form: from and to, and as of when. What is chosen there is written into the query, so that the state of a
//! search is its address and needs no script.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::response::Redirect;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::Failure;
use crate::index::Query;

/// What the days may be of, as queries call it, and in words.
const FIELDS: [(&str, &str); 5] = [
    ("said", "said"),
    ("published", "published"),
    ("mentions", "spoken of"),
    ("deadline", "due"),
    ("changed", "changed"),
];

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FormParameters {
    q: String,
    like: String,
    kind: String,
    sort: String,
    days: String,
    from: String,
    to: String,
    asof: String,
    /// What the days were when the form was shown: what nobody touched says nothing against the query beside it.
    were: String,
}

/// The days as the form shows them.
pub(super) struct DayForm {
    /// What they are of.
    pub(super) field: &'static str,
    pub(super) fields: &'static [(&'static str, &'static str)],
    pub(super) from: String,
    pub(super) to: String,
    pub(super) asof: String,
}

impl DayForm {
    /// The days that a query asks for: of what it names first, and of what was said where it names none.
    pub(super) fn of(query: Option<&Query>) -> Self {
        let days_of = |field: &str| query?.days_of(field);
        let named = FIELDS.iter().find(|(field, _)| days_of(field).is_some());
        let field = named.unwrap_or(&FIELDS[0]).0;
        let (first, last) = days_of(field).unwrap_or((Date::MIN, Date::MAX));
        let shown = |day: Date, open: Date| match day == open {
            true => String::new(),
            false => day.to_string(),
        };
        let as_of = query.and_then(Query::as_of_day);
        Self {
            field,
            fields: &FIELDS,
            from: shown(first, Date::MIN),
            to: shown(last, Date::MAX),
            asof: as_of.map_or(String::new(), |day| day.to_string()),
        }
    }

    /// Whether some day is chosen.
    pub(super) fn is_set(&self) -> bool {
        [&self.from, &self.to, &self.asof]
            .iter()
            .any(|day| !day.is_empty())
    }

    /// All of it in a word, by which a change is seen.
    pub(super) fn mark(&self) -> String {
        mark(self.field, &self.from, &self.to, &self.asof)
    }
}

fn mark(field: &str, from: &str, to: &str, asof: &str) -> String {
    [field, from, to, asof].map(str::trim).join("/")
}

/// Leads to the search that the form asks for.
pub(super) async fn search(
    State(desk): State<Desk>,
    parameters: Result<Parameters<FormParameters>, QueryRejection>,
) -> Result<Redirect, Failure> {
    let Parameters(form) = parameters.map_err(|rejected| {
        asked::unreadable(
            &rejected,
            "the form sends q, like, kind, sort, days, from, to and asof",
        )
    })?;
    let query = form.query(|text| desk.tracker.query(text).ok());
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("q", &query),
        ("like", &form.like),
        ("kind", &form.kind),
        ("sort", &form.sort),
    ] {
        if !value.trim().is_empty() {
            pairs.append_pair(name, value);
        }
    }
    Ok(Redirect::to(&format!("/?{}", pairs.finish())))
}

impl FormParameters {
    /// The query with the days that were chosen.
    fn query(&self, read: impl Fn(&str) -> Option<Query>) -> String {
        let is_untouched = mark(&self.days, &self.from, &self.to, &self.asof) == self.were
            || [&self.from, &self.to, &self.asof, &self.were]
                .iter()
                .all(|given| given.trim().is_empty());
        if is_untouched {
            return self.q.clone();
        }
        let read_days = (asked::between(&self.from, &self.to), asked::day(&self.asof));
        let (Ok(days), Ok(as_of), Some(_)) = (read_days.0, read_days.1, read(&self.q)) else {
            return self.as_typed();
        };
        let (field_before, had_days, as_of_before) = match self.were.split('/').collect::<Vec<_>>().as_slice()
        {
            [field, from, to, as_of] => (*field, !(from.is_empty() && to.is_empty()), *as_of),
            _ => ("", false, ""),
        };
        let mut text = self.q.clone();
        let mut write = |written: &dyn Fn(&Query, &str) -> String| {
            if let Some(query) = read(&text) {
                text = written(&query, &text);
            }
        };
        // What the form did not show it does not take back.
        if had_days && field_before != self.days {
            write(&|query, text| query.with_days(text, field_before, None));
        }
        if days.is_some() || had_days {
            write(&|query, text| query.with_days(text, &self.days, days));
        }
        // `asof:ever` and moments have no place in the form, and stay unless a day is chosen or was taken back.
        if as_of.is_some() || !as_of_before.is_empty() {
            write(&|query, text| query.with_as_of(text, as_of));
        }
        text
    }

    /// What cannot be read, of the query or of the days, as it was typed: where it leads it is told what is wrong with it.
    fn as_typed(&self) -> String {
        let days = [&self.from, &self.to].iter().any(|day| !day.trim().is_empty());
        let days = days.then(|| format!("{}:{}..{}", self.days, self.from.trim(), self.to.trim()));
        let as_of = Some(self.asof.trim()).filter(|day| !day.is_empty());
        let as_of = as_of.map(|day| format!("asof:{day}"));
        let clauses = [Some(self.q.trim().to_owned()), days, as_of]
            .into_iter()
            .flatten();
        clauses
            .filter(|clause| !clause.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(text: &str) -> Option<Query> {
        Query::parse(text, date(2026, 3, 1)).ok()
    }

    /// Fills in the form of a search, as it is shown beside it, and tells which query it leads to.
    #[track_caller]
    fn check(shown: &str, filled: impl Fn(&mut FormParameters), expected: &str) {
        let form = DayForm::of(read(shown).as_ref());
        let mut sent = FormParameters {
            q: shown.into(),
            days: form.field.into(),
            were: form.mark(),
            from: form.from,
            to: form.to,
            asof: form.asof,
            ..FormParameters::default()
        };
        filled(&mut sent);
        assert_eq!(sent.query(read), expected);
    }

    #[test]
    fn chosen_days_are_written_into_the_query() {
        check(
            "ferry",
            |form| form.from = "2026-02-01".into(),
            "ferry said:2026-02-01..",
        );
        check(
            "ferry",
            |form| {
                form.days = "published".into();
                form.from = "2026-02-01".into();
                form.to = "2026-02-10".into();
                form.asof = "2026-02-08".into();
            },
            "ferry published:2026-02-01..2026-02-10 asof:2026-02-08",
        );
    }

    #[test]
    fn days_that_are_in_the_query_are_changed_there() {
        let shown = "ferry said:2026-02-01..2026-02-10 asof:2026-02-08";
        check(
            shown,
            |form| form.to = "2026-02-05".into(),
            "ferry said:2026-02-01..2026-02-05 asof:2026-02-08",
        );
        check(
            shown,
            |form| form.days = "published".into(),
            "ferry published:2026-02-01..2026-02-10 asof:2026-02-08",
        );
        check(
            shown,
            |form| {
                form.from.clear();
                form.to.clear();
                form.asof.clear();
            },
            "ferry",
        );
    }

    #[test]
    fn the_query_counts_where_the_form_was_not_touched() {
        check("ferry", |_| (), "ferry");
        check("ferry OR pier", |_| (), "ferry OR pier");
        check(
            "ferry said:>=2026-02-01 said:<=2026-02-10",
            |form| form.asof = "2026-02-08".into(),
            "ferry said:>=2026-02-01 said:<=2026-02-10 asof:2026-02-08",
        );
        // Taken out of the box by hand: the form below shows it still.
        check(
            "ferry said:2026-02-01..2026-02-10",
            |form| form.q = "ferry".into(),
            "ferry",
        );
        check(
            "ferry asof:ever",
            |form| form.from = "2026-02-01".into(),
            "ferry asof:ever said:2026-02-01..",
        );
    }

    #[test]
    fn what_cannot_be_read_is_kept_as_it_was_typed() {
        let form = |q: &str, from: &str, to: &str| FormParameters {
            q: q.into(),
            days: "said".into(),
            from: from.into(),
            to: to.into(),
            ..FormParameters::default()
        };
        let written = form("ferry", "2026-02-10", "2026-02-01").query(read);
        assert_eq!(written, "ferry said:2026-02-10..2026-02-01");
        assert_eq!(form("", "soon", "").query(read), "said:soon..");
        let written = form("said:xx ferry", "2026-02-01", "").query(read);
        assert_eq!(written, "said:xx ferry said:2026-02-01..");
    }
}
