//! The readings of a text in their order, each counted from what was told before it.

use jiff::civil::Date;

use super::cues::Tense;
use super::deadlines::{self, Said};
use super::edtf::{self, Calendar};
use super::heads::Heads;
use super::nearby;
use super::reading::{Meaning, Point, Toward, Unit, YearOf};
use super::resolve::{self, Resolved, Surroundings};
use super::{Everything, Found};
use crate::model::date::{Anchor, DateMention, TimexKind, When};
use crate::model::span::Span;

/// The mentions that the readings of a text are, and which of them are times of day that name no day.
///
/// A letter is counted from the day at its head instead of the day its page is of, and the record of a sitting from that of the sitting.
pub(super) fn told(all: Everything, published: Option<Date>, heads: Heads) -> (Vec<DateMention>, Vec<bool>) {
    let found = all.readings;
    let own = heads.own_day();
    let day = own.map(|(day, _)| day).or(published);
    let mut story = Story {
        published: day,
        history: day.is_some_and(|day| is_history(&found, day)),
        spoken_of: None,
        named: None,
        reported: None,
        is_weekday_told: false,
    };
    let history = story.history;
    let told = found.into_iter().filter(|found| history || !found.in_histories);
    let told: Vec<Found> = told.collect();
    let bare = told
        .iter()
        .map(|found| matches!(found.meaning, Meaning::Point(Point::Unsaid, _)));
    let bare = bare.collect();
    let (mut mentions, said): (Vec<DateMention>, Vec<Option<Said>>) = told
        .into_iter()
        .map(|found| {
            let said = found.said;
            (story.mention(found), said)
        })
        .unzip();
    if let Some((day, anchor)) = own {
        let counted = mentions.iter_mut();
        for mention in counted.filter(|it| it.anchor == Anchor::Document(day)) {
            mention.anchor = anchor;
        }
    }
    let events = deadlines::Own {
        at_once: all.at_once,
        letter: heads.letter,
        printed: heads.order,
        published: published.filter(|_| !all.published_elsewhere),
    };
    deadlines::count(&mut mentions, &said, events);
    (mentions, bare)
}

/// The rule of days that have one year for everybody, and tell nothing of the text.
pub(super) const ALLUSION: &str = "known_day";

/// The rule of a company's own quarter.
const FISCAL: &str = "fiscal_quarter";

/// How far before an open day another may stand that it is seen from, in bytes.
const NEAR: usize = 120;

/// How far before "earlier in the day" and "the 12th" the day may stand that they are seen from, in bytes.
const FAR: usize = 400;

/// Days before the document on one of which something may be told of "earlier in the day".
const LATELY: i64 = 6;

/// Bytes of " to " between the two days of a range; "through" and "until" may lead to another one.
const TO: usize = 4;

/// Days of a week.
const WEEK: i64 = 7;

/// Days between two dates of one schedule.
const NEXT: i64 = 3;

/// Bytes between the two days of a range.
const BETWEEN: usize = 10;

/// What a text has told so far.
struct Story {
    published: Option<Date>,
    /// It tells of years long past, so that what is open follows the telling.
    history: bool,
    /// The last place of the calendar it named.
    spoken_of: Option<(Calendar, Span)>,
    /// The last one at all, whether the telling went there or not.
    named: Option<(Calendar, Span)>,
    /// The quarter or year it reports on.
    reported: Option<Calendar>,
    /// The day named last has its weekday beside it, or is one.
    is_weekday_told: bool,
}

impl Story {
    fn mention(&mut self, found: Found) -> DateMention {
        match found.meaning {
            Meaning::Point(point, ref clock) => {
                let clock = clock.clone();
                self.place(&found, point, clock)
            }
            Meaning::Fixed(kind, value) => {
                self.reports_on(&value, found.rule);
                DateMention {
                    is_limit: found.is_limit,
                    ..fixed(found.span, kind, value, found.rule)
                }
            }
            // A reading of a part of the day alone, or of nothing, is no mention; `scan` leaves them out.
            Meaning::Clock(value) => fixed(found.span, TimexKind::Time, value, found.rule),
            Meaning::Nothing | Meaning::AtOnce | Meaning::PublishedElsewhere => {
                fixed(found.span, TimexKind::Date, String::new(), found.rule)
            }
        }
    }

    fn place(&mut self, found: &Found, point: Point, clock: Option<String>) -> DateMention {
        let point = self.ended_quarter(found).unwrap_or(point);
        let surroundings = Surroundings {
            published: self.published,
            spoken_of: self.seen_from(found, point),
            reported: self.reported,
            tense: found.tense,
            // What is to come now is no part of a telling of the past.
            history: self.history && !found.is_to_come,
        };
        let resolved = if self.is_of_no_day(found) {
            Resolved::of_any_day()
        } else {
            resolve::resolve(point, surroundings)
        };
        let beside = self.end_of_range(found, point);
        let beside = beside.or_else(|| self.next_of_schedule(found, point));
        let beside = beside.or_else(|| self.of_month_told(found, point));
        let (calendar, anchor) = match beside.or_else(|| self.told_lately(found, point)) {
            Some((day, other)) => (Some(day), Anchor::Mention(other)),
            None => (resolved.calendar, resolved.anchor),
        };
        let mut value = calendar.map_or(resolved.open, Calendar::value);
        let kind = if clock.is_some() {
            TimexKind::Time
        } else {
            TimexKind::Date
        };
        if let Some(clock) = clock {
            if value.ends_with("REF") {
                value = "XXXX-XX-XX".into();
            }
            value.push_str(&clock);
        }
        if let Some(calendar) = calendar {
            // A time of day alone says of no day that it is the one the text is at.
            if point != Point::Unsaid {
                let is_date = matches!(point, Point::Day { weekday: None, .. });
                self.is_weekday_told = !is_date;
                let is_planned = matches!(point, Point::Year(_)) && found.tense == Tense::Future;
                let is_allusion = found.rule == ALLUSION || self.history && is_planned;
                let is_aside =
                    looks_back(point) || self.is_aside(calendar) && !self.goes_there(found, calendar);
                // Of "updated in June … on Jan. 23" the day is not of that June's year.
                if !(is_allusion || self.history && is_aside || resolved.is_turned_back) {
                    self.spoken_of = Some((calendar, found.span));
                }
                if !is_allusion {
                    self.named = Some((calendar, found.span));
                }
            }
            let is_named = matches!(point, Point::Quarter(YearOf::Open | YearOf::Given(_), _));
            if is_named && self.is_over(calendar) && !self.is_passed(calendar, found.rule) {
                self.reported = Some(calendar);
            }
        }
        DateMention {
            span: found.span,
            kind,
            value,
            when: calendar.and_then(|calendar| match calendar.bounds() {
                // "until the end of March" ends with its last day, and "before March 3" with the day before it.
                Some((first, last)) if found.is_limit => {
                    let is_before = found.is_day_before && first == last && kind == TimexKind::Date;
                    let day_before = edtf::later(last, -1).filter(|_| is_before);
                    Some(When::day(day_before.unwrap_or(last)))
                }
                _ => when(calendar, found.approximate),
            }),
            anchor,
            rule: found.rule,
            conflict: conflict(point, calendar),
            is_limit: found.is_limit,
            deadline: None,
        }
    }

    /// The day that ends a range which a day right before it begins: "10 p.m. Friday to 6 a.m. Saturday", "Oct. 24 through
    /// Nov. 1".
    fn end_of_range(&self, found: &Found, point: Point) -> Option<(Calendar, Span)> {
        let (Calendar::Day(begin), span) = self.spoken_of? else {
            return None;
        };
        let is_near = (span.end()..=span.end() + BETWEEN).contains(&found.span.start());
        if !found.is_end || !is_near {
            return None;
        }
        match point {
            // "bought from Sept. 14 to Thursday": up to that of the document.
            Point::Weekday(..) if found.span.start() <= span.end() + TO && self.is_long_past(begin) => None,
            Point::Weekday(weekday, None) => {
                let days = i64::from(weekday - begin.weekday().to_monday_one_offset()).rem_euclid(7);
                edtf::later(begin, days)
            }
            Point::Day {
                year: YearOf::Open,
                month,
                day,
                ..
            } => end_of(begin, month, day),
            _ => None,
        }
        .map(|end| (Calendar::Day(end), span))
    }

    /// Whether a day printed without its weekday lies more than a week before the document's.
    fn is_long_past(&self, begin: Date) -> bool {
        let since = self.published.map(|day| edtf::days_between(begin, day));
        !self.is_weekday_told && !self.history && since.is_some_and(|days| days > WEEK)
    }

    /// The weekday with an hour that follows a day ahead told of right before: "Friday, Nov. 27. Burial 10 a.m. Saturday."
    /// Without an hour it is as often the one on which something was said.
    fn next_of_schedule(&self, found: &Found, point: Point) -> Option<(Calendar, Span)> {
        let (Calendar::Day(day), span) = self.spoken_of? else {
            return None;
        };
        let (Point::Weekday(weekday, None), Meaning::Point(_, Some(clock))) = (point, &found.meaning) else {
            return None;
        };
        let is_hour = clock.contains(':');
        let is_near = span.end() + NEAR >= found.span.start();
        let is_ahead = self.published.is_some_and(|published| day > published);
        let days = i64::from(weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
        if !(is_hour && is_near && is_ahead) || found.tense == Tense::Past || days > NEXT {
            return None;
        }
        Some((Calendar::Day(edtf::later(day, days)?), span))
    }

    /// The day told of last, where it is one of the week before the document: "earlier in the day".
    fn told_lately(&self, found: &Found, point: Point) -> Option<(Calendar, Span)> {
        let (Calendar::Day(day), span) = self.spoken_of? else {
            return None;
        };
        let since = edtf::days_between(day, self.published?);
        let is_near = span.end() + FAR >= found.span.start() && !found.tense.is_ahead();
        let is_meant = point == Point::Latest(Unit::Day) && is_near && (0..=LATELY).contains(&since);
        is_meant.then_some((Calendar::Day(day), span))
    }

    /// The day of the month that was told of right before: "on March 3. He died on the 12th."
    fn of_month_told(&self, found: &Found, point: Point) -> Option<(Calendar, Span)> {
        let (spoken, span) = self.spoken_of?;
        let Point::DayAlone(day, None) = point else {
            return None;
        };
        let is_near = span.end() + FAR >= found.span.start();
        let is_fine = matches!(spoken, Calendar::Day(_) | Calendar::Month(..));
        let (earliest, _) = spoken.bounds().filter(|_| is_near && is_fine)?;
        Some((Calendar::Day(nearby::day_told(earliest, day)?), span))
    }

    /// The place from which an open one is seen: that of the telling, but for "two years later" that of the year before in its sentence,
    /// which may be named in passing.
    fn seen_from(&self, found: &Found, point: Point) -> Option<(Calendar, Span)> {
        let is_by_years = self.history && matches!(point, Point::Onward(unit, _) if unit >= Unit::Year);
        let is_near = |(named, span): &(Calendar, Span)| {
            let is_in_sentence = span.start() >= found.sentence;
            is_in_sentence && !matches!(named, Calendar::Year(year) if !self.is_in_lifetime(*year))
        };
        let named = self.named.filter(|named| is_by_years && is_near(named));
        named.or(self.spoken_of)
    }

    /// Whether one that goes on by days does so in a rule or condition, and its paragraph has named no day.
    fn is_of_no_day(&self, found: &Found) -> bool {
        found.of_any_day.is_some_and(|start| {
            let is_beside = |(_, span): (Calendar, Span)| span.start() >= start;
            !self.history && !self.named.is_some_and(is_beside)
        })
    }

    /// Takes notice of months that a report counts together, and of a year's end: "a year ago" is then the year.
    fn reports_on(&mut self, value: &str, rule: &str) {
        if matches!(value, "P6M" | "P9M") || rule == "year_ended" {
            let year = self
                .reported
                .or(self.published.map(|day| Calendar::Year(day.year().into())));
            self.reported = year.and_then(|year| Some(Calendar::Year(year.bounds()?.0.year().into())));
        }
    }

    /// The quarter that a day right behind it ends, where the report names none that is over: a company's own are others.
    fn ended_quarter(&self, found: &Found) -> Option<Point> {
        let month = found.ended.filter(|_| !self.reports_quarter())?;
        // Of a quarter that ends with July the first two months are those of the second one.
        let quarter = (month + 1) / 3;
        (quarter > 0).then_some(Point::Quarter(YearOf::Open, quarter))
    }

    /// Whether the report is on a quarter that is over.
    fn reports_quarter(&self) -> bool {
        let quarter = self.reported.filter(|it| matches!(it, Calendar::Quarter(..)));
        let ends = quarter.and_then(Calendar::bounds).zip(self.published);
        ends.is_some_and(|((_, last), day)| last < day)
    }

    /// Whether a quarter is one to report on: the first named, or one that ended before the document's day.
    fn is_over(&self, quarter: Calendar) -> bool {
        let ended = quarter
            .bounds()
            .zip(self.published)
            .is_some_and(|((_, last), day)| last < day);
        self.reported.is_none() || ended
    }

    /// Whether a quarter is one before that of the report, which is told of in passing: "After a flat second quarter, profit rose".
    /// A fiscal one is that of another company's report.
    fn is_passed(&self, quarter: Calendar, rule: &str) -> bool {
        let before = |reported: Calendar| Some(quarter.bounds()?.1 < reported.bounds()?.0);
        self.reports_quarter() && rule != FISCAL && self.reported.and_then(before).unwrap_or(false)
    }

    /// Whether a year opens its sentence, so that the telling goes there: "The siege of 1643 was a long one. In 1638 the League split".
    fn goes_there(&self, found: &Found, calendar: Calendar) -> bool {
        // A telling that has come to its own year goes back in passing only.
        let is_now = self
            .spoken_of
            .zip(self.published)
            .is_some_and(|((spoken, _), day)| {
                spoken.bounds().is_some_and(|(_, last)| last.year() == day.year())
            });
        matches!(calendar, Calendar::Year(year) if found.opens && !is_now && self.is_in_lifetime(year))
    }

    /// Whether a year is near what is told.
    fn is_in_lifetime(&self, year: i32) -> bool {
        let told = self.spoken_of.and_then(|(spoken, _)| spoken.bounds());
        told.is_some_and(|(earliest, _)| (i32::from(earliest.year()) - year).abs() <= LIFETIME)
    }

    /// Whether a year is only mentioned ("declassified in 2005") while the telling stays where it is.
    fn is_aside(&self, calendar: Calendar) -> bool {
        let (Calendar::Year(year), Some((spoken, _))) = (calendar, self.spoken_of) else {
            return matches!(
                calendar,
                Calendar::Decade(_)
                    | Calendar::Century(_)
                    | Calendar::DecadeBefore(_)
                    | Calendar::CenturyBefore(_)
            );
        };
        let told = spoken.bounds().map(|(earliest, _)| i32::from(earliest.year()));
        told.is_some_and(|told| year < told || year > told + ASIDE)
    }
}

/// The day of a month that ends what begins on `begin`: of the same year, or of the next where it would lie half a year
/// before. What lies less far before ends nothing: "moved from March 2 to Feb. 5".
fn end_of(begin: Date, month: i8, day: i8) -> Option<Date> {
    let year = i32::from(begin.year());
    let end = edtf::day(year, month, day)?;
    match edtf::days_between(begin, end) {
        0.. => Some(end),
        ..HALF_A_YEAR_BEFORE => edtf::day(year + 1, month, day),
        _ => None,
    }
}

const HALF_A_YEAR_BEFORE: i64 = -183;

/// How many years a telling may go back or on where a sentence opens with them; what lies farther off is told of in passing.
const LIFETIME: i32 = 50;

/// How many years a telling may leap over.
const ASIDE: i32 = 2;

fn fixed(span: Span, kind: TimexKind, value: String, rule: &'static str) -> DateMention {
    DateMention {
        span,
        kind,
        value,
        when: None,
        anchor: Anchor::Absolute,
        rule,
        conflict: None,
        is_limit: false,
        deadline: None,
    }
}

/// The days meant; EDTF marks with `~` what is printed with "about".
fn when(calendar: Calendar, approximate: bool) -> Option<When> {
    let mut when = calendar.when()?;
    if approximate && !when.edtf.contains(['/', 'X']) {
        when.edtf.push('~');
    }
    Some(when)
}

/// Whether a place is seen back from what is told, which goes on where it was: "who had come the previous winter".
fn looks_back(point: Point) -> bool {
    match point {
        Point::Onward(_, count) => count < 0,
        Point::Season(YearOf::Toward(toward), _) | Point::Month(YearOf::Toward(toward), _) => {
            toward == Toward::Before
        }
        _ => false,
    }
}

/// Whether a text tells of years past: many of them printed, and few days seen from today.
fn is_history(found: &[Found], published: Date) -> bool {
    let this = i32::from(published.year());
    let (mut old, mut past, mut near) = (0_usize, 0_usize, 0_usize);
    for reading in found {
        let Meaning::Point(point, _) = &reading.meaning else {
            continue;
        };
        if reading.rule == ALLUSION {
            continue;
        }
        match point {
            Point::Year(year)
            | Point::Month(YearOf::Given(year), _)
            | Point::Day {
                year: YearOf::Given(year),
                ..
            } => {
                old += usize::from(*year < this - 2);
                past += usize::from(*year < this);
            }
            Point::Today(_) | Point::Unsaid | Point::Weekday(..) | Point::Shift(..) | Point::From(..) => {
                near += 1
            }
            _ => {}
        }
    }
    (old >= 3 && old > 3 * near) || (past >= 6 && past > 4 * near)
}

/// Says that the weekday printed beside a date is not the date's.
fn conflict(point: Point, calendar: Option<Calendar>) -> Option<String> {
    let (
        Point::Day {
            weekday: Some(printed),
            ..
        },
        Some(Calendar::Day(day)),
    ) = (point, calendar)
    else {
        return None;
    };
    let printed = edtf::weekday(printed)?;
    let actual = day.weekday();
    (printed != actual).then(|| format!("{printed:?} is printed, but {day} is a {actual:?}"))
}
