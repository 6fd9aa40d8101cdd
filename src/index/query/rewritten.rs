//! A query with other days than it has, as forms ask for it, or of all that was ever held.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Query;
use super::expr::{Expr, Held};
use super::fields::{AnyField, DayField, NameField};
use crate::index::traits::Trait;

impl Query {
    /// The days of a field that it asks everything for, ends included; nothing where it names none or several.
    pub fn days_of(&self, field: &str) -> Option<(Date, Date)> {
        let field = day_field(field)?;
        let mut named = self.expr.conditions().into_iter().filter_map(|part| match part {
            Expr::Days(of, first, last) if *of == field => Some((*first, *last)),
            _ => None,
        });
        named.next().filter(|_| named.next().is_none())
    }

    /// The day at whose end everything it finds was held.
    pub fn as_of_day(&self) -> Option<Date> {
        self.expr.conditions().into_iter().find_map(|part| match part {
            Expr::AsOf(Held::AtEndOf(day)) => Some(*day),
            _ => None,
        })
    }

    /// The last second at which everything it finds was held.
    pub fn as_of(&self) -> Option<Timestamp> {
        self.expr.conditions().into_iter().find_map(|part| match part {
            Expr::AsOf(Held::At(moment)) => Some(*moment),
            Expr::AsOf(Held::AtEndOf(day)) => {
                let next = TimeZone::UTC.to_timestamp(day.tomorrow().ok()?.at(0, 0, 0, 0));
                Timestamp::from_second(next.ok()?.as_second() - 1).ok()
            }
            _ => None,
        })
    }

    /// Whether it may find what stands in wordings that are not held any more.
    pub fn finds_earlier_wordings(&self) -> bool {
        self.expr.names_a_past_day()
    }

    /// Whether it asks anywhere for what stands on pages that are gone.
    pub fn asks_for_absent(&self) -> bool {
        let mut asks = false;
        self.expr.each(&mut |part| {
            asks |= matches!(part, Expr::Named(NameField::Has, value) if value == Trait::Absent.code());
        });
        asks
    }

    /// The same in any wording there was, whenever it was held.
    #[must_use]
    pub fn in_any_wording(&self) -> Query {
        Query::of_all(self.of_any_time().chain([Expr::AsOf(Held::Ever)]).collect())
    }

    /// What it finds of the quotes on either side of an edit: those that one altered, replaced, took out or
    /// brought in.
    #[must_use]
    pub fn at_edits(&self) -> Query {
        let at_edit = [Trait::Change, Trait::Replaced, Trait::Removal, Trait::Addition];
        let at_edit = at_edit.map(|it| Expr::Named(NameField::Has, it.code().into()));
        let either = [Expr::Or(at_edit.into()), Expr::AsOf(Held::Ever)];
        Query::of_all(self.of_any_time().chain(either).collect())
    }

    /// What it finds in wordings that came in the place of earlier ones, whenever they were held.
    #[must_use]
    pub fn in_edited_wordings(&self) -> Query {
        let edited = Expr::Named(NameField::Has, Trait::Change.code().into());
        Query::of_all(
            self.of_any_time()
                .chain([edited, Expr::AsOf(Held::Ever)])
                .collect(),
        )
    }

    /// What it finds of the quotes that an edit altered or brought in.
    #[must_use]
    pub fn edited(&self) -> Query {
        let edited = [Trait::Change, Trait::Addition];
        let edited = edited.map(|it| Expr::Named(NameField::Has, it.code().into()));
        let conditions = self.expr.conditions().into_iter();
        let conditions = conditions.filter(|part| !matches!(part, Expr::All)).cloned();
        Query::of_all(conditions.chain([Expr::Or(edited.into())]).collect())
    }

    /// Its conditions but for when what it finds was held.
    fn of_any_time(&self) -> impl Iterator<Item = Expr> {
        let conditions = self.expr.conditions().into_iter();
        let kept = conditions.filter(|part| !matches!(part, Expr::AsOf(_) | Expr::All));
        kept.cloned()
    }

    /// The query `text`, which this is, with these days of a field in the place of those that it has, or with none.
    pub fn with_days(&self, text: &str, field: &str, days: Option<(Date, Date)>) -> String {
        let Some(field) = day_field(field) else {
            return text.to_owned();
        };
        let clause = days.map(|(first, last)| Expr::Days(field, first, last));
        if let (None, Some(clause)) = (self.days_of(AnyField::Day(field).name()), &clause) {
            // Several clauses of a field say together what one form cannot show.
            return self.narrowed(text, &clause.to_string());
        }
        self.with(
            text,
            clause,
            |part| matches!(part, Expr::Days(of, ..) if *of == field),
        )
    }

    /// The same with another day at whose end all of it was held.
    pub fn with_as_of(&self, text: &str, day: Option<Date>) -> String {
        let clause = day.map(|day| Expr::AsOf(Held::AtEndOf(day)));
        self.with(text, clause, |part| matches!(part, Expr::AsOf(_)))
    }

    /// A clause in the place of those that it replaces. What was typed stays as it was, where nothing is replaced.
    fn with(&self, text: &str, clause: Option<Expr>, is_replaced: impl Fn(&Expr) -> bool) -> String {
        let conditions = self.expr.conditions().into_iter();
        let kept: Vec<&Expr> = conditions.filter(|part| !is_replaced(part)).collect();
        let clause = clause.map(|clause| clause.to_string());
        if kept.len() == self.expr.conditions().len() {
            return clause.map_or(text.to_owned(), |clause| self.narrowed(text, &clause));
        }
        let kept = kept.into_iter().map(|part| match part {
            Expr::Or(_) if kept_whole(part) => format!("({part})"),
            part => part.to_string(),
        });
        kept.chain(clause).collect::<Vec<_>>().join(" ")
    }
}

/// Whether alternatives are printed as such, and not as the one word or phrase that was typed for them.
fn kept_whole(part: &Expr) -> bool {
    !super::expr::is_one_way(part)
}

fn day_field(name: &str) -> Option<DayField> {
    match AnyField::of(name)? {
        AnyField::Day(field) => Some(field),
        AnyField::Name(_) | AnyField::AsOf | AnyField::Like => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn query(text: &str) -> Query {
        Query::parse(text, date(2026, 3, 1)).expect("a query")
    }

    #[test]
    fn days_take_the_place_of_those_that_were_there() {
        let february = Some((date(2026, 2, 1), date(2026, 2, 10)));
        for (typed, expected) in [
            ("", "said:2026-02-01..2026-02-10"),
            ("ferry strike", "ferry strike said:2026-02-01..2026-02-10"),
            ("ferry OR pier", "(ferry OR pier) said:2026-02-01..2026-02-10"),
            ("ferry said:2026-01", "ferry said:2026-02-01..2026-02-10"),
            (
                "(ferry OR pier) said:2026-01",
                "(ferry OR pier) said:2026-02-01..2026-02-10",
            ),
            (
                "ferry published:2026-01-05",
                "ferry published:2026-01-05 said:2026-02-01..2026-02-10",
            ),
        ] {
            assert_eq!(
                query(typed).with_days(typed, "said", february),
                expected,
                "{typed}"
            );
        }
        let typed = "ferry said:2026-01";
        assert_eq!(query(typed).with_days(typed, "said", None), "ferry");
        let open = Some((date(2026, 2, 1), Date::MAX));
        assert_eq!(
            query(typed).with_days(typed, "said", open),
            "ferry said:2026-02-01.."
        );
        assert_eq!(query("ferry").with_days("ferry", "speaker", open), "ferry");
    }

    #[test]
    fn the_day_of_knowledge_takes_the_place_of_any() {
        for typed in ["ferry", "ferry asof:2026-01-01", "ferry asof:ever"] {
            let written = query(typed).with_as_of(typed, Some(date(2026, 2, 8)));
            assert_eq!(written, "ferry asof:2026-02-08");
            assert_eq!(query(&written).as_of_day(), Some(date(2026, 2, 8)));
        }
        assert_eq!(
            query("ferry asof:ever").with_as_of("ferry asof:ever", None),
            "ferry"
        );
    }

    #[test]
    fn what_stood_at_edits_is_asked_for_in_any_wording() {
        let at_edits = |typed: &str| query(typed).at_edits().understood();
        let either =
            "(has:\"change\" OR has:\"replaced\" OR has:\"removal\" OR has:\"addition\") AND asof:ever";
        assert_eq!(at_edits(""), either);
        assert_eq!(at_edits("ferry asof:2026-02-08"), format!("ferry AND {either}"));
        assert_eq!(at_edits("ferry OR pier"), format!("(ferry OR pier) AND {either}"));
        assert_eq!(
            query("ferry asof:2026-02-08").in_any_wording().understood(),
            "ferry AND asof:ever"
        );
    }

    #[test]
    fn what_edits_left_is_asked_for_in_the_wording_that_was_asked_for() {
        let edited = |typed: &str| query(typed).edited().understood();
        let either = "has:\"change\" OR has:\"addition\"";
        assert_eq!(edited("ferry"), format!("ferry AND ({either})"));
        let then = query("ferry asof:2026-02-08").understood();
        assert_eq!(edited("ferry asof:2026-02-08"), format!("{then} AND ({either})"));
        assert_eq!(edited("ferry OR pier"), format!("(ferry OR pier) AND ({either})"));
    }

    #[test]
    fn a_day_of_knowledge_ends_with_its_last_second() {
        let as_of = |typed: &str| query(typed).as_of().map(|at| at.to_string());
        assert_eq!(
            as_of("ferry asof:2026-02-08").as_deref(),
            Some("2026-02-08T23:59:59Z")
        );
        assert_eq!(
            as_of("ferry asof:2026-02-08T07:55").as_deref(),
            Some("2026-02-08T07:55:00Z")
        );
        assert_eq!((as_of("ferry"), as_of("ferry asof:ever")), (None, None));
    }

    #[test]
    fn days_are_read_back_where_they_are_one_stretch() {
        assert_eq!(
            query("ferry said:2026-02").days_of("said"),
            Some((date(2026, 2, 1), date(2026, 2, 28)))
        );
        assert_eq!(query("said:2026-02 said:2026-02-03..").days_of("said"), None);
        assert_eq!(query("ferry -said:2026-02").days_of("said"), None);
    }
}
