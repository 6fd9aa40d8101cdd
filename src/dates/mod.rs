//! Text in, time expressions out, with the days they mean.
//!
//! A text is cut into words, numbers and marks (`lexer`). What they can mean and in which order they make an
//! expression is data: a file a language (`en.toml`, `es.toml`; `language` reads them, `pattern` and `matching`
//! run them). From every place the longest reading wins (`scan`, `making`). What it means is then counted from
//! the document's day or from what the text tells of (`story`, `resolve`, `nearby`, `directions`, `times`, `any_week`), and written as TIMEX3 and
//! EDTF (`edtf`). `said` finds the expression that governs a quote, `deadlines` counts the days that an order
//! sets, `labelled` knows the last days of forms and tables. The clock of the machine is never read.

mod any_week;
mod captures;
mod cues;
mod cursor;
mod deadlines;
mod directions;
mod edtf;
mod heads;
mod holidays;
mod labelled;
mod language;
mod lexer;
mod making;
mod matching;
mod nearby;
mod numbers;
mod openings;
mod pattern;
mod reading;
mod resolve;
mod said;
mod scan;
mod sentences;
mod signs;
mod story;
mod times;
mod vocabulary;

use jiff::civil::Date;

use crate::model::date::{DateMention, SaidOn, Sitting, TimexKind};
use crate::model::document::Block;
use crate::model::quote::Quote;
use crate::model::span::Span;
use crate::model::tongue::{DayOrder, Tongue};
use cues::Tense;
use cursor::{Cursor, Paragraph};
use deadlines::Said;
use heads::Heads;
use language::{Language, lists, lists_or_dash};
use reading::{Meaning, Point, Reading, Toward, Unit, YearOf};
use said::Title;

/// The time expressions of a text, in order and never overlapping; `published` is the document's own
/// day, which relative expressions are counted from.
pub fn find(text: &str, tongue: Tongue, published: Option<Date>) -> Vec<DateMention> {
    find_in_blocks(text, &[], (tongue, DayOrder::default()), published)
}

/// The same for a text whose blocks are known, and so the rows of its tables, and what its readers put first in digits.
pub fn find_in_blocks(
    text: &str,
    blocks: &[Block],
    (tongue, order): (Tongue, DayOrder),
    own: impl Into<Own>,
) -> Vec<DateMention> {
    let own: Own = own.into();
    let language = language::of(tongue, order);
    let all = found(text, language);
    let heads = Heads::of(language, text, &all, own);
    let (mut mentions, bare) = story::told(all, own.published, heads);
    any_week::set_open_days(language, text, &mut mentions);
    times::set_days(language, text, blocks, &mut mentions, &bare);
    labelled::set_limits(text, blocks, (tongue, own.published), &mut mentions);
    mentions
}

/// What is known of a document beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The day of its publication.
    pub published: Option<Date>,
    /// Its title, where that may tell the day of a sitting: a report's tells of another.
    pub title: Option<&'a str>,
    /// Whether it is known to be the record of what was said.
    pub is_transcript: bool,
}

/// The days from which a document counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Own {
    /// That of its publication.
    pub published: Option<Date>,
    /// That of the sitting it is the record of.
    pub sitting: Option<Sitting>,
}

impl From<Option<Date>> for Own {
    fn from(published: Option<Date>) -> Self {
        Self {
            published,
            sitting: None,
        }
    }
}

/// The time expressions of a document, counted from the day of the sitting that it is the record of, where it is one; and the days that it
/// counts from.
pub fn find_in_document(
    text: &str,
    blocks: &[Block],
    (tongue, order): (Tongue, DayOrder),
    about: About<'_>,
) -> (Vec<DateMention>, Own) {
    let mentions = find_in_blocks(text, blocks, (tongue, order), about.published);
    let Some(published) = about.published else {
        return (mentions, Own::default());
    };
    let title = about.title.map(|words| {
        let mentions = find_in_blocks(words, &[], (tongue, order), about.published);
        Title { words, mentions }
    });
    let sitting = said::sitting(text, &mentions, title.as_ref(), (published, about.is_transcript));
    let own = Own {
        published: about.published,
        sitting,
    };
    if sitting.is_none_or(|sitting| sitting.day == published) {
        return (mentions, own);
    }
    // They are counted anew: what was told last, and where the text goes, follows the day it counts from.
    (find_in_blocks(text, blocks, (tongue, order), own), own)
}

/// The day each of a text's quotes was said: from the expression that governs it, else the document's own day.
pub fn said_on(
    text: &str,
    quotes: &[Quote],
    mentions: &[DateMention],
    own: impl Into<Own>,
) -> Vec<Option<SaidOn>> {
    said::on(text, quotes, mentions, own.into())
}

/// A reading where it stands.
struct Found {
    span: Span,
    meaning: Meaning,
    rule: &'static str,
    approximate: bool,
    /// It is a time only in a telling of the past: "former", "this period".
    in_histories: bool,
    /// Where the words around it point, if its year is open.
    tense: Tense,
    /// What they say of an event that deadlines are counted from.
    said: Option<Said>,
    /// It is the last day for something.
    is_limit: bool,
    /// A verb of the present puts it ahead: "is expected to hand over power on May 29".
    is_to_come: bool,
    /// The last day for something is the one before it.
    is_day_before: bool,
    /// The month of the day that a quarter is said to have ended on right behind it: "the quarter ended Sept. 30".
    ended: Option<i8>,
    /// Where the sentence of one that is counted by years begins, as far as that is near.
    sentence: usize,
    /// A year that opens its sentence, or stands behind a word such as "In" that does, but not "Since", and nothing is told there that was before:
    /// "In 1603 his father had come".
    opens: bool,
    /// "to" or "until" stands before it: if a day stands before that, it lies no earlier.
    is_end: bool,
    /// Where the paragraph begins of one that goes on by days in a rule, condition or request, which is of any day unless one stands there:
    /// "must report it the same day".
    of_any_day: Option<usize>,
}

/// What a text holds.
#[derive(Default)]
struct Everything {
    readings: Vec<Found>,
    /// It says that it takes effect with its signing.
    at_once: bool,
    /// It speaks of a publication that is not its own.
    published_elsewhere: bool,
}

fn found(text: &str, language: &Language) -> Everything {
    let mut all = Everything::default();
    let mut tokens = Vec::with_capacity(512);
    let mut at = 0;
    while at < text.len() {
        at = lexer::paragraph(text, at, &language.words, &mut tokens);
        let paragraph = Paragraph {
            text,
            tokens: &tokens,
            words: &language.words,
        };
        let paragraph = Cursor::first(&paragraph);
        scan::readings(language, paragraph, |reading| {
            all.at_once |= reading.meaning == Meaning::AtOnce;
            all.published_elsewhere |= reading.meaning == Meaning::PublishedElsewhere;
            all.readings.extend(placed(language, paragraph, reading));
        });
    }
    share_years(language, text, &mut all.readings);
    directions::share(language, text, &mut all.readings);
    set_ends(language, text, &mut all.readings);
    all
}

/// Gives the ranges of a list the year that stands behind the last of them: "June 7-11 and July 5-9, 2027".
fn share_years(language: &Language, text: &str, readings: &mut [Found]) {
    let year_of = |found: &Found| match found.meaning {
        Meaning::Point(Point::Day { year, month, .. }, _) if found.rule == DAYS => Some((year, month)),
        _ => None,
    };
    for at in (1..readings.len()).rev() {
        let (before, behind) = (&readings[at - 1], &readings[at]);
        let between = text
            .get(before.span.end()..behind.span.start())
            .unwrap_or_default();
        let between = between.trim();
        let is_list = match between.strip_prefix(',') {
            Some(rest) => rest.is_empty() || rest.starts_with(' ') && lists(&language.days_and, rest.trim()),
            None => lists_or_dash(&language.days_and, between),
        };
        let (Some((YearOf::Open, month)), Some((YearOf::Given(year), last))) =
            (year_of(before), year_of(behind))
        else {
            continue;
        };
        if let Meaning::Point(Point::Day { year: open, .. }, _) = &mut readings[at - 1].meaning
            && is_list
            && month <= last
        {
            *open = YearOf::Given(year);
        }
    }
}

/// Notes of each quarter the month of the day that it is said to have ended on.
fn set_ends(language: &Language, text: &str, readings: &mut [Found]) {
    for at in 1..readings.len() {
        let (before, behind) = readings.split_at_mut(at);
        let (Some(quarter), Some(day)) = (before.last_mut(), behind.first()) else {
            continue;
        };
        let is_quarter = matches!(
            quarter.meaning,
            Meaning::Point(Point::Latest(Unit::Quarter), None)
        );
        let between = text.get(quarter.span.end()..day.span.start());
        if let Meaning::Point(Point::Day { month, day, .. }, None) = day.meaning
            && is_quarter
            && between.is_some_and(|between| {
                let mut words = between.split_whitespace().rev();
                let is_ended = words.next().is_some_and(|word| lists(&language.ended, word));
                is_ended && words.next().is_none_or(|that| that == "that") && words.next().is_none()
            })
        {
            // Quarters of whole weeks end in the first days of the month behind.
            quarter.ended = Some(if day <= WEEK { month - 1 } else { month });
        }
    }
}

/// Days of a month in which a quarter of whole weeks may end that is of the months before.
const WEEK: i8 = 7;

/// The rule of a range of days.
const DAYS: &str = "days";

fn placed(language: &Language, paragraph: Cursor<'_>, reading: Reading) -> Option<Found> {
    let (begin, end) = (paragraph.moved_to(reading.first), paragraph.moved_to(reading.end));
    let (first, last) = (begin.token()?, end.before()?.token()?);
    let (mut tense, mut said, mut is_limit) = (Tense::Open, None, false);
    match &reading.meaning {
        Meaning::Nothing | Meaning::AtOnce | Meaning::PublishedElsewhere => return None,
        Meaning::Fixed(TimexKind::Duration, value) => {
            // "freed hours after the order" sets nobody a time.
            said = Some(value)
                .filter(|value| !value.contains('X'))
                .and_then(|_| deadlines::from(language, begin, end));
            is_limit =
                said.is_none() && is_told_in_full(value) && cues::is_length_limit(language, begin, end);
            if is_limit {
                said = deadlines::leads_to_day(language, begin, end);
            }
        }
        Meaning::Point(point, clock) => {
            tense = tense_of(language, *point, begin, end);
            let has_hour = clock.as_ref().is_some_and(|clock| clock.contains(':'));
            let is_weekday = matches!(point, Point::Weekday(_, None));
            let is_day = matches!(
                point,
                Point::Day {
                    year: YearOf::Open,
                    ..
                }
            );
            let is_coming = || {
                is_weekday && has_hour && cues::is_in_coming(language, begin, end)
                    || is_weekday && cues::is_day_of_verb(language, begin, end)
                    || is_day && cues::is_day_of_match(language, begin, end)
            };
            if tense == Tense::Open && is_coming() {
                tense = Tense::Future;
            }
            if point.is_day() || cues::is_end_of_more(begin, end) {
                // "by 5 p.m. on the day before the hearing" names a day that is not known here.
                let is_of_another = *point == Point::Unsaid && cues::leads_on(end);
                let is_length = matches!(point, Point::From(..) | Point::Shift(Unit::Day, _));
                is_limit = !is_of_another && cues::is_limit(language, begin, end)
                    || is_length && cues::is_length_limit(language, begin, end);
            }
            if point.is_day() {
                // "Effective at noon" names no day.
                said = (*point != Point::Unsaid)
                    .then(|| deadlines::on(language, begin))
                    .flatten();
                said = said.or(cues::is_of_outcome(begin, end).then_some(Said::OfOutcome));
            }
        }
        _ => {}
    }
    let is_year = matches!(reading.meaning, Meaning::Point(Point::Year(_), _));
    let is_of_year = matches!(
        reading.meaning,
        Meaning::Point(
            Point::Month(YearOf::Open, _)
                | Point::Day {
                    year: YearOf::Open,
                    ..
                },
            _
        )
    );
    let is_by_years =
        matches!(reading.meaning, Meaning::Point(Point::Onward(unit, _), _) if unit >= Unit::Year);
    let is_by_days = matches!(
        reading.meaning,
        Meaning::Point(Point::Onward(Unit::Day, 0 | 1), None)
    );
    let is_of_any_day = is_by_days && cues::is_of_any_day(begin, end);
    let of_any_day = paragraph
        .token()
        .filter(|_| is_of_any_day)
        .map(|token| token.start);
    Some(Found {
        span: Span::of(paragraph.text, first.start..last.end)?,
        meaning: reading.meaning,
        rule: reading.rule,
        approximate: reading.approximate,
        in_histories: reading.in_histories,
        tense,
        said,
        is_limit,
        is_to_come: is_of_year && tense == Tense::Future && cues::is_in_plan(begin),
        is_day_before: is_limit && cues::is_day_before(language, begin, end),
        ended: None,
        opens: is_year && (cues::opens_place(begin) || cues::is_first(begin)) && !cues::tells_before(end),
        sentence: if is_by_years {
            cues::sentence_start(begin)
        } else {
            0
        },
        is_end: cues::is_end(begin),
        of_any_day,
    })
}

/// Whether a length of time, by its TIMEX3 value, is a number of hours or more: nobody has "days" or 30 seconds for an answer.
fn is_told_in_full(value: &str) -> bool {
    let is_short = value.starts_with("PT") && value.ends_with(['M', 'S']);
    !(is_short || value.contains('X'))
}

fn tense_of(language: &Language, point: Point, begin: Cursor<'_>, end: Cursor<'_>) -> Tense {
    // "will reopen this spring" may be said when this year's is over.
    if matches!(point, Point::Season(YearOf::Toward(Toward::This), _)) && cues::is_in_plan(begin) {
        return Tense::Future;
    }
    // A year that is printed may be one to come: "planned for 1976".
    let is_year = matches!(point, Point::Year(_));
    if !point.is_open() && !is_year {
        return Tense::Open;
    }
    if matches!(point, Point::Day { .. }) && cues::names_those(begin, end) {
        return Tense::Open;
    }
    let tense = cues::tense(language, begin, end);
    if is_year {
        return tense;
    }
    // "By Sunday afternoon she had left": what opens a telling lies behind.
    if tense == Tense::Due && cues::is_done_by(begin, end) {
        return Tense::Past;
    }
    if tense == Tense::Open && cues::is_open_limit(language, begin, end) {
        return Tense::Due;
    }
    let is_long = matches!(point, Point::Season(..) | Point::Month(..));
    if tense == Tense::Open && is_long && cues::is_hoped_for(begin, end) {
        return Tense::Future;
    }
    if tense == Tense::Open && (cues::opens_plan(begin, end) || cues::is_fixture(begin, end)) {
        return Tense::Future;
    }
    if tense == Tense::Open && matches!(point, Point::Weekday(..)) && cues::opens_definition(begin, end) {
        return Tense::Future;
    }
    // "will be down by the second quarter": the one that lies ahead, whatever was reported on.
    if tense.is_ahead() && matches!(point, Point::Quarter(..)) {
        let is_planned = cues::is_planned_by(begin, end);
        return if is_planned { Tense::Due } else { Tense::Future };
    }
    if tense == Tense::Open
        && (matches!(point, Point::Weekday(_, None)) && cues::is_scheduled(begin, end)
            || matches!(point, Point::Season(..)) && cues::is_possible(begin))
    {
        return Tense::Future;
    }
    if tense == Tense::Open && matches!(point, Point::Day { .. }) {
        return cues::told_of_day(begin, end);
    }
    if tense != Tense::Open || !matches!(point, Point::Month(..)) {
        return tense;
    }
    if cues::opens_range(begin, end) || cues::opens_telling(begin, end) || cues::is_behind(begin, end) {
        Tense::Past
    } else if cues::is_told(begin) {
        Tense::Told
    } else {
        Tense::Open
    }
}

#[cfg(test)]
mod tests;
