//! Decides on which day a page was published, from all its places say.
//!
//! A day that readers are shown, the day in the address and the day the page tells machines are independent of each
//! other. Where two agree, that is the day. Where a day told to machines stands against one shown beside the
//! headline, the shown one is believed if it is said to be the publication's, or lies before the told one: imports and
//! rebuilds of a site move what machines are told, and only forward. A later day without such a word is that of a
//! hearing or an event the page is about.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::shown::{Role, Shown, days_between};
use crate::model::document::StatedMoment;

/// Days after publication from which a page that shows only when it was updated is another text than it was.
const REWRITTEN_AFTER: i32 = 30;

/// What the places say, each in the order of trust.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// By the source's own rules.
    pub(super) ruled: Vec<StatedMoment>,
    /// Told to machines: linked data, `<meta>`.
    pub(super) told: Vec<StatedMoment>,
    /// Printed near the headline.
    pub(super) shown: Vec<Shown>,
    /// In elements that are marked as dates, anywhere.
    pub(super) marked: Vec<StatedMoment>,
    /// In the address, as a folder or before the name of the page.
    pub(super) addressed: Vec<StatedMoment>,
    /// Among the words of the address, where it may be the day that the page is about.
    pub(super) slugged: Vec<StatedMoment>,
    /// Printed alone on a line anywhere; asked for where all else is silent.
    pub(super) alone: Vec<StatedMoment>,
    /// When it was last changed, from all places.
    pub(super) changed: Vec<StatedMoment>,
}

impl Evidence {
    /// Everything that may be the publication, the places believed first in front.
    pub(super) fn published(&self) -> Vec<StatedMoment> {
        let shown = |is_after: bool| self.shown_as(&[Role::Published, Role::Plain], is_after).cloned();
        let told = self.ruled.iter().chain(&self.told).cloned();
        let marked = self.marked.iter().chain(&self.addressed).cloned();
        told.chain(shown(true))
            .chain(marked)
            .chain(shown(false))
            .chain(self.slugged.iter().cloned())
            .chain(self.alone.iter().cloned())
            .collect()
    }

    /// Every change that is stated.
    pub(super) fn modified(&self) -> Vec<StatedMoment> {
        let shown = self.shown_as(&[Role::Updated], true).cloned();
        self.changed.iter().cloned().chain(shown).collect()
    }

    fn shown_as(&self, roles: &'static [Role], is_after: bool) -> impl Iterator<Item = &StatedMoment> {
        let of_roles = move |shown: &&Shown| roles.contains(&shown.role) && shown.is_after == is_after;
        self.shown.iter().filter(of_roles).map(|shown| &shown.stated)
    }
}

/// The publication: its day by the agreement of places, its time from the place that says it best.
pub(super) fn publication(evidence: &Evidence, zone: &TimeZone) -> Option<StatedMoment> {
    let day = decisive(evidence)?;
    let is_change = day.method.contains("update") || evidence.changed.contains(day);
    let changed = if is_change {
        evidence.modified()
    } else {
        Vec::new()
    };
    let published = evidence.published();
    let same = [day]
        .into_iter()
        .chain(&published)
        .chain(&changed)
        .filter(|other| is_same_day(day, other, zone));
    let mut best = first_best(same, precision)?.clone();
    if evidence.changed.contains(&best) && !published.contains(&best) {
        best.method.push_str(" (modified)");
    }
    Some(best)
}

/// The moment whose day is believed.
fn decisive(evidence: &Evidence) -> Option<&StatedMoment> {
    if let Some(ruled) = evidence.ruled.first() {
        return Some(ruled);
    }
    let labelled = evidence.shown_as(&[Role::Published], true).next();
    let addressed = evidence.addressed.first();
    let Some(told) = told(evidence) else {
        return labelled
            .or(addressed)
            .or(evidence.shown_as(&[Role::Plain], true).next())
            .or(evidence.marked.first())
            .or(evidence.shown_as(&[Role::Published, Role::Plain], false).next())
            .or(evidence.slugged.first())
            .or(evidence.alone.first())
            .or(evidence.shown_as(&[Role::Updated], true).next())
            .or(evidence.shown_as(&[Role::Updated], false).next())
            .or(evidence.shown_as(&[Role::AsOf], true).next())
            .or(evidence.changed.first());
    };
    // A day without a word beside it that is the day of a change is taken for that.
    let is_of_change = |shown: &StatedMoment| {
        evidence
            .changed
            .iter()
            .any(|changed| can_be_one_day(changed, shown))
    };
    let (updates, plain): (Vec<_>, Vec<_>) = evidence
        .shown_as(&[Role::Plain], true)
        .partition(|shown| is_of_change(shown));
    // What stands above the headline may be today's date; a second place has to show it.
    let above = evidence
        .shown_as(&[Role::Published, Role::Plain], false)
        .find(|shown| evidence.marked.iter().any(|marked| can_be_one_day(marked, shown)));
    let (above_updates, above) = match above {
        Some(above) if is_of_change(above) => (Some(above), None),
        above => (None, above),
    };
    let witnesses = || {
        let shown = labelled
            .into_iter()
            .chain(plain.iter().copied())
            .chain(updates.iter().copied());
        let addressed = addressed.into_iter().chain(&evidence.slugged);
        shown.chain(above).chain(addressed).chain(evidence.marked.first())
    };
    if witnesses().any(|witness| can_be_one_day(told, witness)) {
        return Some(told);
    }
    let is_earlier = |shown: &&StatedMoment| shown.moment.date < told.moment.date;
    let any_shown = labelled.or(plain.first().copied()).or(above);
    let shown = labelled
        .or(plain.iter().copied().find(is_earlier))
        .or(above.filter(is_earlier));
    let confirmed = || {
        let by_witness = |other: &&StatedMoment| {
            let witnesses = [any_shown, addressed];
            witnesses
                .into_iter()
                .flatten()
                .any(|witness| can_be_one_day(other, witness))
        };
        evidence.told.iter().find(by_witness)
    };
    let labelled_updates = [true, false].map(|is_after| evidence.shown_as(&[Role::Updated], is_after).next());
    let update = updates
        .first()
        .copied()
        .or(above_updates)
        .or(labelled_updates[0])
        .or(labelled_updates[1]);
    confirmed()
        .or(shown)
        .or(addressed)
        .or(update.filter(|update| is_rewritten(evidence, told, update)))
        .or(Some(told))
}

/// The publication that machines are told: the first one, unless it only repeats when the page was changed and another
/// place knows an earlier day.
fn told(evidence: &Evidence) -> Option<&StatedMoment> {
    let first = evidence.told.first()?;
    let is_change = |stated: &StatedMoment| {
        evidence
            .changed
            .iter()
            .any(|changed| changed.moment == stated.moment)
    };
    let is_earlier = |other: &&StatedMoment| other.moment.date < first.moment.date;
    let earlier = is_change(first).then(|| evidence.told.iter().find(is_earlier));
    earlier.flatten().or(Some(first))
}

/// Whether a page is another text than it was when it first came out: it shows only when it was updated, a month and
/// more after a publication that its head does not name.
fn is_rewritten(evidence: &Evidence, told: &StatedMoment, update: &StatedMoment) -> bool {
    let is_in_head = |stated: &StatedMoment| {
        stated.method.starts_with("meta ") && !stated.method.ends_with(" datepublished")
    };
    let is_later = update.moment.date > told.moment.date;
    let days = days_between(told.moment.date, update.moment.date);
    is_later && days >= REWRITTEN_AFTER && !evidence.told.iter().any(is_in_head)
}

/// Whether a moment can be of the day that another place names, in whatever zone that place counts; and whether the
/// other place may have its day and month in the other order.
fn can_be_one_day(stated: &StatedMoment, day: &StatedMoment) -> bool {
    let (moment, day) = (&stated.moment, day.moment.date);
    let swapped = Date::new(day.year(), day.day(), day.month()).ok();
    if moment.date == day || swapped == Some(moment.date) {
        return true;
    }
    let Some(instant) = moment
        .time
        .and(moment.offset)
        .and(moment.timestamp(&TimeZone::UTC))
    else {
        return false;
    };
    let days = [-12, 14].map(|hours| {
        let zone = TimeZone::fixed(Offset::constant(hours));
        instant.to_zoned_datetime(zone).date()
    });
    days.contains(&day)
}

/// How much a moment says.
fn precision(stated: &StatedMoment) -> u8 {
    match (stated.moment.time, stated.moment.offset) {
        (None, _) => 0,
        // Midnight is what systems write that know only the day.
        (Some(time), _) if time == jiff::civil::Time::midnight() => 1,
        (Some(_), None) => 2,
        (Some(_), Some(_)) => 3,
    }
}

/// The first of those with the highest key; `max_by_key` would give the last.
fn first_best<'a>(
    candidates: impl Iterator<Item = &'a StatedMoment>,
    key: impl Fn(&StatedMoment) -> u8,
) -> Option<&'a StatedMoment> {
    candidates.reduce(|best, next| if key(next) > key(best) { next } else { best })
}

/// Whether two moments can be of one day: as each of them prints it, in UTC or in the source's zone.
pub(super) fn is_same_day(one: &StatedMoment, other: &StatedMoment, zone: &TimeZone) -> bool {
    let days = |stated: &StatedMoment| {
        [
            stated.moment.date,
            stated.moment.day_in(&TimeZone::UTC),
            stated.moment.day_in(zone),
        ]
    };
    let others = days(other);
    days(one).iter().any(|day| others.contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::moment::Moment;

    fn stated(moment: &str, method: &str) -> StatedMoment {
        StatedMoment {
            moment: Moment::parse(moment).expect("a moment"),
            method: method.to_owned(),
        }
    }

    fn shown(moment: &str, role: Role) -> Shown {
        Shown {
            stated: stated(moment, "printed date"),
            role,
            is_after: true,
            is_in_numbers: false,
        }
    }

    #[track_caller]
    fn check(evidence: &Evidence, expected: &str) {
        let found = publication(evidence, &TimeZone::UTC).map(|stated| stated.moment.to_string());
        assert_eq!(found.unwrap_or_default(), expected);
    }

    #[test]
    fn a_shown_day_beats_one_that_only_machines_are_told() {
        let mut evidence = Evidence {
            told: vec![stated("2026-02-06T14:03:00Z", "json-ld")],
            ..Evidence::default()
        };
        check(&evidence, "2026-02-06T14:03:00Z");
        evidence.shown = vec![shown("2025-11-02", Role::Plain)];
        check(&evidence, "2025-11-02");
        evidence.told.push(stated("2025-11-02T08:00:00Z", "meta date"));
        check(&evidence, "2025-11-02T08:00:00Z");
        evidence.addressed = vec![stated("2026-02-06", "url")];
        check(&evidence, "2026-02-06T14:03:00Z");
    }

    #[test]
    fn a_later_day_is_that_of_an_event_unless_it_is_said_to_be_the_publication() {
        let mut evidence = Evidence {
            told: vec![stated("2026-02-06T14:03:00Z", "json-ld")],
            shown: vec![shown("2026-03-03", Role::Plain)],
            ..Evidence::default()
        };
        check(&evidence, "2026-02-06T14:03:00Z");
        evidence.shown.push(shown("2026-03-03", Role::Published));
        check(&evidence, "2026-03-03");
        evidence.shown.pop();
        evidence.told.push(stated("2026-03-03T10:00:00Z", "meta date"));
        check(&evidence, "2026-03-03T10:00:00Z");
        evidence.told.clear();
        check(&evidence, "2026-03-03");
    }

    #[test]
    fn a_day_among_the_words_of_an_address_is_no_more_than_a_hint() {
        let mut evidence = Evidence {
            told: vec![stated("2026-02-06", "json-ld")],
            slugged: vec![stated("2026-01-03", "url")],
            ..Evidence::default()
        };
        check(&evidence, "2026-02-06");
        evidence.told.clear();
        evidence.shown = vec![shown("2026-02-05", Role::Plain)];
        check(&evidence, "2026-02-05");
        evidence.shown.clear();
        check(&evidence, "2026-01-03");
    }

    #[test]
    fn a_publication_that_repeats_the_change_gives_way_to_an_earlier_one() {
        let evidence = Evidence {
            told: vec![
                stated("2026-02-06T14:03:00Z", "json-ld"),
                stated("2025-08-13T09:00:00Z", "meta date"),
            ],
            changed: vec![stated("2026-02-06T14:03:00Z", "json-ld")],
            ..Evidence::default()
        };
        check(&evidence, "2025-08-13T09:00:00Z");
    }

    #[test]
    fn a_day_in_another_zone_or_order_is_the_same_day() {
        let mut evidence = Evidence {
            told: vec![stated("2026-02-06T02:03:00Z", "json-ld")],
            shown: vec![shown("2026-02-05", Role::Plain)],
            ..Evidence::default()
        };
        check(&evidence, "2026-02-06T02:03:00Z");
        evidence.shown = vec![shown("2026-06-02", Role::Plain)];
        check(&evidence, "2026-02-06T02:03:00Z");
        evidence.shown = vec![shown("2026-02-04", Role::Plain)];
        check(&evidence, "2026-02-04");
    }

    #[test]
    fn an_update_does_not_move_a_text_that_it_only_corrected() {
        let mut evidence = Evidence {
            told: vec![stated("2026-02-06T14:03:00Z", "json-ld")],
            shown: vec![shown("2026-02-08", Role::Updated)],
            ..Evidence::default()
        };
        check(&evidence, "2026-02-06T14:03:00Z");
        evidence.shown = vec![shown("2026-09-08", Role::Updated)];
        check(&evidence, "2026-09-08");
        evidence
            .told
            .push(stated("2026-02-06T14:03:00Z", "meta article:published_time"));
        check(&evidence, "2026-02-06T14:03:00Z");
        evidence.told.pop();
        evidence.shown.push(shown("2026-02-06", Role::Published));
        check(&evidence, "2026-02-06T14:03:00Z");
    }

    #[test]
    fn the_time_comes_from_whoever_says_it_best() {
        let evidence = Evidence {
            told: vec![stated("2026-02-06", "meta date")],
            shown: vec![shown("2026-02-06T14:03:00-05:00", Role::Published)],
            ..Evidence::default()
        };
        check(&evidence, "2026-02-06T14:03:00-05:00");
    }

    #[test]
    fn a_change_is_the_last_resort() {
        let evidence = Evidence {
            changed: vec![stated("2026-02-06", "meta lastmod")],
            ..Evidence::default()
        };
        check(&evidence, "2026-02-06");
        let method = publication(&evidence, &TimeZone::UTC).map(|stated| stated.method);
        assert_eq!(method.as_deref(), Some("meta lastmod (modified)"));
        check(&Evidence::default(), "");
    }
}
