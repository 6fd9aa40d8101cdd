//! The tokens of a paragraph in, the readings in it out: from every place the longest, none overlapping.

use super::captures::{Captures, Slot};
use super::cursor::Cursor;
use super::language::{Guard, Language, Rule, lists};
use super::lexer::Kind;
use super::making::Make;
use super::matching;
use super::reading::{Clock, Meaning, Point, Reading, YearOf};
use super::vocabulary::Class;
use crate::model::date::TimexKind;

/// Calls `found` with every reading of the paragraph, in order.
pub(super) fn readings(language: &Language, paragraph: Cursor<'_>, mut found: impl FnMut(Reading)) {
    let mut at = 0;
    while at < paragraph.tokens.len() {
        let here = paragraph.moved_to(at);
        let read = language.opens(here).then(|| read(language, here)).flatten();
        let Some((reading, second)) = read else {
            at += 1;
            continue;
        };
        at = second.as_ref().map_or(reading.end, |second| second.end);
        found(reading);
        if let Some(second) = second {
            found(second);
        }
    }
}

/// A rule that fits, with what it read and means.
struct Fit<'l> {
    rule: &'l Rule,
    end: usize,
    noted: Captures,
    meaning: Meaning,
}

/// The longest reading here; the second of two that one pattern reads.
fn read(language: &Language, here: Cursor<'_>) -> Option<(Reading, Option<Reading>)> {
    let mut rules = language.rules_at(here).peekable();
    rules.peek()?;
    let mut noted = Captures::EMPTY;
    let mut point: Option<Fit<'_>> = None;
    let mut clock: Option<Fit<'_>> = None;
    for rule in rules {
        let best = if is_clock(rule.make) {
            &mut clock
        } else {
            &mut point
        };
        let longest = best.as_ref().map_or(here.at, |fit| fit.end);
        noted.forget();
        if let Some(fit) = fit(language, rule, here, longest, &mut noted) {
            *best = Some(fit);
        }
    }
    if point.is_none() && clock.is_none() {
        return None;
    }
    let part = point.as_ref().filter(|fit| fit.rule.make == Make::Part);
    let whole = clock
        .as_ref()
        .or(part)
        .filter(|fit| fit.rule.make != Make::ClockOfTwo)
        .and_then(|clock| clock_and_day(language, here, clock));
    let timed = point
        .as_ref()
        .and_then(|point| day_and_clock(language, here, point));
    let composed = whole.into_iter().chain(timed).max_by_key(|reading| reading.end);
    let clock = clock.filter(|fit| fit.rule.make != Make::PartOf);
    let simple = match (&point, &clock) {
        (Some(first), Some(second)) if first.end > second.end => point,
        (_, Some(_)) => clock,
        (_, None) => point,
    };
    match (composed, simple) {
        (Some(composed), simple) if simple.as_ref().is_none_or(|fit| fit.end < composed.end) => {
            Some((composed, None))
        }
        (_, simple) => parted(language, here, simple?),
    }
}

fn is_clock(make: Make) -> bool {
    matches!(make, Make::Clock | Make::ClockOfTwo | Make::PartOf)
}

/// Tries one rule here; it has to reach further than `longest`.
fn fit<'l>(
    language: &Language,
    rule: &'l Rule,
    here: Cursor<'_>,
    longest: usize,
    noted: &mut Captures,
) -> Option<Fit<'l>> {
    if !may_begin(&rule.guard, here) {
        return None;
    }
    let end = matching::read(language, &rule.steps, here, noted)?;
    if end.at <= longest || !holds(language, &rule.guard, here, end) || !goes_on(language, &rule.guard, end) {
        return None;
    }
    Some(Fit {
        rule,
        end: end.at,
        meaning: rule.make.meaning(language, noted)?,
        noted: *noted,
    })
}

/// Whether what stands before a place, and the case of its first word, are such that a rule may hold there. Most rules that ask for
/// anything are turned away by this, before their pattern is read.
fn may_begin(guard: &Guard, here: Cursor<'_>) -> bool {
    if guard.begins_anywhere {
        return true;
    }
    let before = here.before();
    let id = before.map_or(0, Cursor::id);
    let is_after = |words: &[u16]| words.contains(&id);
    let is_after_word = |id: u16| id != 0 && guard.after.contains(&id);
    // "20,000 kronor (2,200 euros) a month".
    let is_after_brackets = |mark: Cursor<'_>| {
        let unit = mark.before().filter(|_| mark.slice() == ")");
        unit.is_some_and(|unit| is_after_word(unit.id()))
    };
    let joined = || here.glued().is_some() && before.is_some_and(|before| before.slice() == "-");
    // "No. 5", "Sec. 5".
    let shortened = || {
        let stop = before.filter(|before| before.slice() == "." && before.glued().is_some());
        let word = stop.and_then(Cursor::before);
        word.filter(|word| word.slice().len() <= 3).map_or(0, Cursor::id)
    };
    let is_without = |word: u16| word == 0 || !guard.not_after.contains(&word);
    (!guard.capital || here.is_capital())
        && (is_after(&guard.after)
            || (guard.after_number
                && before.is_some_and(|before| before.is_digits() || is_after_brackets(before)))
            || (guard.after.is_empty() && !guard.after_number))
        && (guard.shy_after.is_empty()
            || is_after(&guard.shy_after)
            || !here.words.is_shy(here.id())
            || joined())
        && (guard.not_after.is_empty() || is_without(id) && is_without(shortened()))
        && !(guard.uncounted && is_counted(here))
}

/// Whether the words of a reading and those behind it are such that its rule holds.
fn holds(language: &Language, guard: &Guard, here: Cursor<'_>, end: Cursor<'_>) -> bool {
    let next = if end.glued().is_some() && end.slice() != "-" {
        0
    } else {
        end.id()
    };
    let is_before = |words: &[u16]| words.contains(&next);
    let is_known = next != 0 && !end.words.is(next, Class::Noun);
    (!guard.titled || is_title(here, end))
        && (!guard.of_owner || is_title(here, end) && is_owned(here) && (!end.is_word() || end.is_capital()))
        && (guard.before.is_empty() || is_before(&guard.before))
        && !(next != 0 && is_before(&guard.not_before))
        && !is_half_a_word(end)
        && (!guard.before_name || is_surname(end))
        && (!guard.before_full_name || is_name_before_month(end))
        && guard.house_after.as_ref().is_none_or(|after| {
            let before = here.before();
            let is_word = before.is_some_and(Cursor::is_word);
            let may_be_house = || !is_word || after.contains(&before.map_or(0, Cursor::id));
            !here.is_digits() || !(is_cited(language, here) || is_house_number(end) && may_be_house())
        })
        && (!guard.last || !end.is_word() && !end.is_digits())
        && (!guard.closed || is_closed(end))
        && (!guard.alone || !end.is_word() || is_known && !end.is_capital())
}

/// Whether what stands behind a reading is such that its rule holds.
fn goes_on(language: &Language, guard: &Guard, end: Cursor<'_>) -> bool {
    let mut behind = guard.behind.iter();
    guard.behind.is_empty() || behind.any(|steps| matching::end(language, steps, end).is_some())
}

/// Whether a number stands right before a unit, or a word before it: "(45) civil days", "seven legislative days".
fn is_counted(unit: Cursor<'_>) -> bool {
    let is_number =
        |here: Cursor<'_>| here.is_digits() || here.slice() == ")" || here.words.is(here.id(), Class::Number);
    let near = std::iter::successors(unit.before(), |here| here.before());
    near.take(2).any(is_number)
}

/// Whether what follows a number shows that it counts nothing: a mark, the end, or a word that goes on from a day. "Last June 14 miners
/// died", "last June 1,200 people".
fn is_closed(end: Cursor<'_>) -> bool {
    // "last June 14, 2024" may be of another year.
    let is_part = end.slice() == "," && end.next().is_digits();
    let goes_on = || {
        let is_share = end.next().is_digits() || end.next().words.is(end.next().id(), Class::Number);
        end.words.is(end.id(), Class::Beside) && !is_share
            || matches!(
                end.slice(),
                "is" | "was" | "when" | "amid" | "after" | "before" | "until" | "by" | "at" | "for"
            )
    };
    let is_mark = !end.is_word() && !end.is_digits() && !matches!(end.slice(), "-" | "–" | "%" | "$");
    !is_part && (is_mark || goes_on())
}

/// Whether every word has a capital, as in the name of a programme.
fn is_title(here: Cursor<'_>, end: Cursor<'_>) -> bool {
    (here.at..end.at).all(|at| here.moved_to(at).is_capital())
}

/// Whether words of citation lead to a number, maybe over others of their list: "8 U.S.C. 1373 and 1644", "§ 1373".
fn is_cited(language: &Language, here: Cursor<'_>) -> bool {
    let mut at = here;
    for _ in 0..CITED {
        let Some(before) = at.before() else {
            return false;
        };
        let is_behind_number = || before.before().is_some_and(Cursor::is_digits);
        let is_joining = || {
            here.words.is(before.id(), Class::Join)
                || lists(&language.or, before.slice())
                || matches!(before.slice(), "," | "-" | "–")
        };
        match before.kind() {
            Some(Kind::Mark('§')) => return true,
            Some(Kind::Mark('.')) => {
                return before.glued().is_some() && before.before().is_some_and(is_of_citation);
            }
            Some(Kind::Digits(_)) => {}
            _ if is_joining() && is_behind_number() => {}
            _ => return is_of_citation(before),
        }
        at = before;
    }
    false
}

/// Tokens between words of citation and a number that they lead to, at most.
const CITED: usize = 8;

/// Whether a word of citation ends here, in one piece or in initials: "USC", "U.S.C".
fn is_of_citation(last: Cursor<'_>) -> bool {
    let is_word = |word: &str| last.words.is(last.words.id(word.as_bytes()), Class::Citation);
    let mut initials = vec![last.slice()];
    let mut at = last;
    while let Some(letter) = at
        .before()
        .filter(|stop| stop.slice() == "." && at.glued().is_some())
    {
        let Some(letter) = letter
            .before()
            .filter(|word| word.slice().len() == 1 && initials.len() < 4)
        else {
            break;
        };
        initials.push(letter.slice());
        at = letter;
    }
    initials.reverse();
    is_word(last.slice()) || initials.len() > 1 && is_word(&initials.concat())
}

/// Whether the name of a street stands here: "Main Street", "E. 16th St."
fn is_house_number(end: Cursor<'_>) -> bool {
    let mut at = end;
    for number in 0..=STREET {
        let is_street = at.is_word() && at.is_capital() && at.words.is(at.id(), Class::Street);
        // "the Oldwick Street Fair" is none.
        let goes_on = || at.next().is_word() && at.next().is_capital() && at.next().slice().len() > 2;
        if is_street && number > 0 {
            return !goes_on();
        }
        let is_ordinal = at.is_digits() && at.next().glued().is_some() && at.next().is_word();
        let is_name = at.is_word() && at.is_capital() && !at.is_new_line();
        at = match (is_ordinal, is_name) {
            (true, _) => at.next().next(),
            (_, true) => at.next(),
            _ => return false,
        };
        at = at.glued_mark(&['.']).unwrap_or(at);
    }
    false
}

/// Words of a street's name before the one for a street, at most.
const STREET: usize = 4;

/// Whether a title in marks begins here behind whose it is: ABC's "This Week".
fn is_owned(here: Cursor<'_>) -> bool {
    let mark = here
        .before()
        .filter(|mark| matches!(mark.kind(), Some(Kind::Mark('"' | '“'))));
    let owner = mark.and_then(Cursor::before);
    let owner = owner.and_then(|s| if s.slice() == "s" { s.before() } else { Some(s) });
    here.glued().is_some() && owner.is_some_and(|mark| matches!(mark.kind(), Some(Kind::Mark('\'' | '’'))))
}

/// Whether a single word stands here as a surname does; more of them are a headline.
fn is_surname(here: Cursor<'_>) -> bool {
    let word = here.slice();
    let is_written = here.is_capital() && word.chars().skip(1).all(char::is_lowercase) && word.len() > 2;
    let next = here.next();
    is_written
        && here.id() == 0
        && !here.is_new_line()
        && here.glued().is_none()
        && !(next.is_word() && next.is_capital())
}

/// Whether a name and a month stand here that is none, as no number follows it: "Carter May".
fn is_name_before_month(here: Cursor<'_>) -> bool {
    let (month, behind) = (here.next(), here.next().next());
    let is_shy_month = month.class(Class::Month).is_some() && month.words.is_shy(month.id());
    here.is_word()
        && here.is_capital()
        && here.id() == 0
        && here.glued().is_none()
        && !here.is_new_line()
        && is_shy_month
        && month.glued().is_none()
        && !(behind.is_digits() || behind.is_word() && behind.is_capital())
}

/// Whether a reading ends inside a compound: "a year" of "a year-earlier" means nothing, but "1988-model" holds a
/// year.
fn is_half_a_word(end: Cursor<'_>) -> bool {
    let hyphen = end
        .glued_mark(&['-'])
        .filter(|after| after.glued().is_some() && after.is_word());
    let is_last = |class| end.before().is_some_and(|last| last.class(class).is_some());
    hyphen.is_some_and(|after| {
        // "a months-long standoff".
        let is_long = is_last(Class::Units) && after.slice() == "long";
        let is_unit = is_last(Class::Unit) && after.id() != 0 || is_long;
        // "the past year and a half-million people", but "a year and a half-long".
        let is_half = end.before().is_some_and(|last| last.slice() == "half") && after.slice() != "long";
        // "Jan-Erik".
        is_unit || is_half || is_last(Class::Month) && after.id() == 0 && after.is_capital()
    })
}

/// The reading of a rule, or the two of one that reads two.
fn parted(language: &Language, here: Cursor<'_>, fit: Fit<'_>) -> Option<(Reading, Option<Reading>)> {
    let reading = |first, end, meaning, noted: &Captures| Reading {
        first,
        end,
        meaning,
        rule: fit.rule.name,
        approximate: noted.get(Slot::Approx).is_some(),
        in_histories: fit.rule.guard.in_histories,
    };
    let Some((first_end, second)) = fit.noted.parted() else {
        return Some((reading(here.at, fit.end, fit.meaning, &fit.noted), None));
    };
    let noted = fit.noted.second();
    // The second is read on its own, maybe with its day.
    if fit.rule.make == Make::ClockOfTwo {
        return Some((reading(here.at, first_end, fit.meaning, &fit.noted), None));
    }
    let earlier = fit.rule.make.meaning(language, &fit.noted.first())?;
    let later = fit.rule.make.meaning(language, &noted)?;
    let earlier = if fit.noted.first_has_year() {
        earlier
    } else {
        in_year_before(earlier, &later)
    };
    Some((
        reading(here.at, first_end, earlier, &fit.noted),
        Some(reading(second, fit.end, later, &noted)),
    ))
}

/// The first of two days of one printed year, which turns between them where the first would be the later: "Dec. 28 to Jan.
/// 3, 2026".
fn in_year_before(earlier: Meaning, later: &Meaning) -> Meaning {
    let days = (&earlier, later);
    let (
        Meaning::Point(
            Point::Day {
                year,
                month,
                day,
                weekday,
            },
            None,
        ),
        Meaning::Point(end, None),
    ) = days
    else {
        return earlier;
    };
    match (*year, *end) {
        (
            YearOf::Given(given),
            Point::Day {
                year: YearOf::Given(of_end),
                month: last_month,
                ..
            },
        ) if given == of_end && *month - last_month >= HALF_A_YEAR => Meaning::Point(
            Point::Day {
                year: YearOf::Given(given - 1),
                month: *month,
                day: *day,
                weekday: *weekday,
            },
            None,
        ),
        _ => earlier,
    }
}

/// Months between two days that make the first one of the year before.
const HALF_A_YEAR: i8 = 6;

/// "10 p.m. Wednesday", "noon on Feb. 6", "the morning of April 19", "7:30 Friday night", "8:15 tonight".
fn clock_and_day(language: &Language, here: Cursor<'_>, fit: &Fit<'_>) -> Option<Reading> {
    let clock = match &fit.meaning {
        Meaning::Clock(clock) | Meaning::Point(Point::Today(0) | Point::Unsaid, Some(clock)) => clock.clone(),
        _ => return None,
    };
    let mut noted = Captures::EMPTY;
    let next = matching::read(
        language,
        &language.time_then_day,
        here.moved_to(fit.end),
        &mut noted,
    )?;
    let is_open = fit.noted.get(Slot::Half).is_none();
    if let Some((day, part, end)) = part_of_day(language, next) {
        return timed(
            here.at,
            end,
            &day,
            in_part(clock, part.as_str(), is_open),
            fit.rule.name,
        );
    }
    let (day, end) = day(language, next)?;
    let after = here.moved_to(end);
    if let Some((part, after)) = after.class(Class::Part) {
        let part = part_named(language, part)?;
        // "the small hours of Monday morning", but "the small hours of Tuesday night": those of which day?
        if !clock.contains(':') && clock != part {
            return None;
        }
        let clock = in_part(clock, &part, is_open);
        return timed(here.at, after.at, &day, clock, fit.rule.name);
    }
    timed(here.at, end, &day, clock, fit.rule.name)
}

/// A part of the day as a pattern would read it.
fn part_named(language: &Language, part: i32) -> Option<Clock> {
    let mut noted = Captures::EMPTY;
    noted.set(Slot::Part, part);
    match Make::PartOf.meaning(language, &noted) {
        Some(Meaning::Clock(clock)) => Some(clock),
        _ => None,
    }
}

/// A time of day in a part of it: "7:30" at night is 19:30, unless "a.m." stands behind it. The small hours of a night are
/// as often counted to the day before, so that no more than the night is sure.
fn in_part(clock: Clock, part: &str, is_open: bool) -> Clock {
    let hour = clock.get(1..3).and_then(|hour| hour.parse::<u8>().ok());
    if part == "TNI" && is_open && hour.is_some_and(|hour| matches!(hour, 0..=4 | 12)) {
        return part.into();
    }
    match hour.filter(|hour| is_open && *hour < 12 && matches!(part, "TAF" | "TEV" | "TNI")) {
        Some(hour) => format!("T{}{}", hour + 12, &clock[3..]),
        None => clock,
    }
}

/// "tonight", "this afternoon", "tomorrow night" behind a time of day: the day, the part and the token after it.
fn part_of_day(language: &Language, here: Cursor<'_>) -> Option<(Meaning, Clock, usize)> {
    let fits = language.rules_at(here).filter_map(|rule| {
        if rule.make != Make::Part {
            return None;
        }
        let mut noted = Captures::EMPTY;
        let fit = fit(language, rule, here, here.at, &mut noted)?;
        match fit.meaning {
            Meaning::Point(point, Some(part)) => Some((Meaning::Point(point, None), part, fit.end)),
            _ => None,
        }
    });
    fits.max_by_key(|(.., end)| *end)
}

/// "Saturday night", "Feb. 6 at 3 p.m.", "2026-02-06T14:30".
fn day_and_clock(language: &Language, here: Cursor<'_>, fit: &Fit<'_>) -> Option<Reading> {
    if !takes_clock(&fit.meaning) || fit.noted.parted().is_some() {
        return None;
    }
    let end = here.moved_to(fit.end);
    let share = end.class(Class::Share).map_or(end, |(_, after)| after);
    if let Some((part, after)) = share.class(Class::Part)
        && let Some(clock) = part_named(language, part)
    {
        return timed(here.at, after.at, &fit.meaning, clock, fit.rule.name);
    }
    let mut noted = Captures::EMPTY;
    let joined = matching::read(language, &language.day_then_time, end, &mut noted);
    let iso = (end.glued().is_some() && end.slice() == "T").then(|| end.next());
    let (clock, after) = [iso, joined, Some(end)]
        .into_iter()
        .flatten()
        .find_map(|next| clock(language, next))?;
    timed(here.at, after, &fit.meaning, clock, fit.rule.name)
}

/// A day, or what recurs by days, with a time of day.
fn timed(first: usize, end: usize, day: &Meaning, clock: Clock, rule: &'static str) -> Option<Reading> {
    let meaning = match day {
        Meaning::Point(point, None) => Meaning::Point(*point, Some(clock)),
        Meaning::Fixed(TimexKind::Set, value) => {
            let days = if value == EVERY_DAY { "XXXX-XX-XX" } else { value };
            Meaning::Fixed(TimexKind::Set, format!("{days}{clock}"))
        }
        _ => return None,
    };
    Some(Reading {
        first,
        end,
        meaning,
        rule,
        approximate: false,
        in_histories: false,
    })
}

/// Whether a time of day can stand beside it: a day, or days that recur and have none yet.
fn takes_clock(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Point(point, None) => point.is_day(),
        Meaning::Fixed(TimexKind::Set, value) => {
            let is_day = value.starts_with("XXXX-WXX-") || value == "XXXX-XX-XX" || value == EVERY_DAY;
            is_day && !value.contains('T')
        }
        _ => false,
    }
}

/// How TIMEX3 writes "every day".
const EVERY_DAY: &str = "P1D";

/// The longest place or set of single days, from here on, and the token after it.
fn day(language: &Language, here: Cursor<'_>) -> Option<(Meaning, usize)> {
    let mut best: Option<(Meaning, usize)> = None;
    let mut noted = Captures::EMPTY;
    for rule in language.rules_at(here) {
        noted.forget();
        let longest = best.as_ref().map_or(here.at, |(_, end)| *end);
        if is_clock(rule.make) || rule.make == Make::Part {
            continue;
        }
        if let Some(fit) = fit(language, rule, here, longest, &mut noted)
            && fit.noted.parted().is_none()
            && takes_clock(&fit.meaning)
        {
            best = Some((fit.meaning, fit.end));
        }
    }
    best
}

/// The time of day that begins here and the token after it; of two that are read together, the first.
fn clock(language: &Language, here: Cursor<'_>) -> Option<(Clock, usize)> {
    let clocks = language.rules_at(here).filter_map(|rule| {
        if !matches!(rule.make, Make::Clock | Make::ClockOfTwo) {
            return None;
        }
        let mut noted = Captures::EMPTY;
        let fit = fit(language, rule, here, here.at, &mut noted)?;
        let first_end = fit.noted.parted().map_or(fit.end, |(first_end, _)| first_end);
        match fit.meaning {
            Meaning::Point(_, Some(clock)) => Some((clock, first_end, fit.end)),
            _ => None,
        }
    });
    let longest = clocks.max_by_key(|(.., end)| *end)?;
    Some((longest.0, longest.1))
}
