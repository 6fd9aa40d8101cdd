//! The days that a page shows its readers around the headline, and of what each is the day.

mod roles;

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::masthead;
use crate::extract::blocks::Piece;
use crate::extract::boilerplate::bare;
use crate::extract::tree::{Outline, letters};
use crate::model::document::{BlockKind, StatedMoment};
use crate::model::moment::Moment;
use crate::text::moments;
pub(super) use roles::{Role, role_of, role_of_class};
pub(in crate::extract) use roles::{is_day_of_something_else, names_something_else};

/// Days in English or in numbers that can be read in one way only.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    let months = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?";
    let pattern = format!(
        r"(?i)\b{months} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)? {months},? (?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d\d\.\d\d\.(?:19|20)\d\d\b"
    );
    Regex::new(&pattern).expect("a valid pattern")
});
/// What may be a day in any language; whether it is one is for `moments` to say.
static MAYBE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)
        (?-u:\b)\p{L}{3,12}\.?\ \d{1,2}(?:st|nd|rd|th)?,?\ (?:19|20)\d\d(?-u:\b)
        | (?-u:\b)\d{1,2}(?:st|nd|rd|th|er|º|\.)?[\ -](?:de\ )?\p{L}{3,12}\.?,?[\ -](?:del?\ )?(?:19|20)\d\d(?-u:\b)
        | (?-u:\b)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?-u:\b)
        | (?-u:\b)\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d\d|\d\d)(?-u:\b)
        | (?-u:\b)(?:19|20)\d\d\ ?[年년]\ ?\d{1,2}\ ?[月월]\ ?\d{1,2}\ ?[日일]";
    Regex::new(pattern).expect("a valid pattern")
});
/// An English month that begins inside a word.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"[a-z](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d";
    Regex::new(pattern).expect("a valid pattern")
});
/// Letters of a line that is about the text and not of it.
const MAX_CHARS: usize = 120;
/// Letters of a line that labels the date on the next one.
const MAX_LABEL_CHARS: usize = 40;
/// Words of a cell that labels the date in the next one.
const ROW_LABEL_WORDS: usize = 2;
/// Pieces before and after the headline that are looked at.
const BEFORE: usize = 6;
const AFTER: usize = 25;
/// Letters of a paragraph of the text; after two of them the lines are of the text.
const PARAGRAPH_CHARS: usize = 200;
/// Elements of a table among which its headings are looked for.
const MAX_CELLS: usize = 60;
/// Lines looked at for a day that stands alone, and letters of such a line.
const MAX_LINES: usize = 3_000;
const MAX_DAY_LETTERS: usize = 24;
/// Words after a day among which its time is looked for.
const MAX_TIME_WORDS: usize = 8;

/// A day that is printed near the headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) stated: StatedMoment,
    pub(super) role: Role,
    /// Whether it stands after the headline: what stands before may be today's date.
    pub(super) is_after: bool,
    /// Whether it is printed in numbers with the year behind them, so that day and month may be meant the other way.
    pub(super) is_in_numbers: bool,
}

impl Shown {
    /// The same with day and month the other way round, where it can be read so.
    pub(super) fn the_other_way(&self) -> Option<Shown> {
        let date = self.stated.moment.date;
        let date = Date::new(date.year(), date.day(), date.month())
            .ok()
            .filter(|_| self.is_in_numbers)?;
        let mut other = self.clone();
        other.stated.moment.date = date;
        Some(other)
    }
}

/// The first day printed in `words`.
pub(in crate::extract) fn day(words: &str) -> Option<Moment> {
    DAY.find_iter(words)
        .find_map(|found| moments::read_in(found.as_str(), Some("en")))
}

/// The words of the first day printed in `words`, or nothing.
pub(in crate::extract) fn words(words: &str) -> &str {
    DAY.find(words).map_or("", |found| found.as_str())
}

/// The days on the lines around the headline: those after it in order, then those before it, the nearest first.
pub(super) fn read(outline: &Outline<'_>, title: Option<&str>, language: Option<&str>) -> Vec<Shown> {
    let pieces = &outline.pieces[..];
    let Some(at) = headline(outline, title) else {
        return Vec::new();
    };
    let mut paragraphs = 0;
    let after = (at..pieces.len()).take(AFTER).take_while(|index| {
        let piece = &pieces[*index];
        paragraphs += usize::from(piece.text.len() > PARAGRAPH_CHARS && !piece.is_link);
        paragraphs < 2
    });
    // Today's date stands in the head of the site.
    let headline = pieces[at].place;
    let is_today = |index: usize| {
        let place = pieces[index].place;
        place.is_some_and(|place| masthead::is_place_of(outline, place, headline))
    };
    let before = (at.saturating_sub(BEFORE)..at)
        .rev()
        .filter(|index| !is_today(*index));
    // The day under a picture is the picture's.
    let lines = after
        .map(|index| (index, true))
        .chain(before.map(|index| (index, false)))
        .filter(|(index, _)| pieces[*index].kind != BlockKind::Caption);
    let mut shown = Vec::new();
    for (index, is_after) in lines {
        let class = || classes(outline, &pieces[index]);
        // The headline over a date says what the text is about, not what the date is.
        let label = index.checked_sub(1).filter(|before| *before != at);
        let in_table = is_in_data_table(outline, &pieces[index]);
        // "Draft plan is published" in the cell before tells what the row is about; "Published" alone is a label.
        let is_label = |label: &usize| !in_table || pieces[*label].text.split(' ').count() <= ROW_LABEL_WORDS;
        let label = label.filter(is_label).map(|before| &pieces[before]);
        for (moment, role, is_in_numbers) in in_line(pieces, index, label, class, language) {
            // A row's day is that of what the row is about.
            let role = if in_table && role == Role::Plain {
                Role::Other
            } else {
                role
            };
            let method = match role {
                Role::Updated => "printed date of update",
                Role::AsOf => "printed date (as of)",
                _ => "printed date",
            };
            shown.push(Shown {
                stated: StatedMoment {
                    moment,
                    method: method.to_owned(),
                },
                role,
                is_after,
                is_in_numbers,
            });
        }
    }
    shown
}

/// The day on a line of its own, or beside a word of publication, anywhere on the page; where all such lines name one day.
/// More are those of other texts.
pub(super) fn alone(outline: &Outline<'_>, language: Option<&str>) -> Option<StatedMoment> {
    let mut found: Option<Moment> = None;
    let headline = headline(outline, None).and_then(|at| outline.pieces[at].place);
    let is_today = |piece: &Piece| {
        let place = piece.place;
        place.is_some_and(|place| masthead::is_place_of(outline, place, headline))
    };
    let lines = outline.pieces.iter().enumerate().take(MAX_LINES);
    for (at, piece) in lines
        .filter(|(_, piece)| !piece.is_link && piece.kind != BlockKind::Caption)
        .filter(|(_, piece)| !is_in_data_table(outline, piece))
    {
        let is_short = piece.text.len() <= 2 * MAX_LABEL_CHARS;
        let days = if is_short {
            in_line(&outline.pieces, at, None, String::new, language)
        } else {
            Vec::new()
        };
        if days.is_empty() || is_today(piece) {
            continue;
        }
        for (moment, role, _) in days {
            let is_alone = letters(&piece.text) <= MAX_DAY_LETTERS;
            if role != Role::Published && !(role == Role::Plain && is_alone) {
                continue;
            }
            match found {
                Some(found) if found.date != moment.date => return None,
                _ => found = found.or(Some(moment)),
            }
        }
    }
    let moment = found?;
    let method = "printed date".to_owned();
    Some(StatedMoment { moment, method })
}

/// Where the headline stands: the heading of that wording, else the first main heading, else a line of that wording.
pub(in crate::extract) fn headline(outline: &Outline<'_>, title: Option<&str>) -> Option<usize> {
    let title = title.map(bare);
    let is_title = |piece: &Piece| title.as_ref() == Some(&bare(&piece.text));
    let is_main = |piece: &Piece| {
        let place = piece.place.and_then(|place| outline.places.get(place));
        place.is_some_and(|place| place.element.value().name() == "h1")
    };
    let is_heading = |piece: &&Piece| piece.kind == BlockKind::Heading;
    let pieces = &outline.pieces;
    pieces
        .iter()
        .position(|piece| is_heading(&piece) && is_title(piece))
        .or_else(|| pieces.iter().position(is_main))
        .or_else(|| pieces.iter().position(is_title))
}

/// Whether a line stands in a table of data, one with headings: pages are laid out in tables as well.
fn is_in_data_table(outline: &Outline<'_>, piece: &Piece) -> bool {
    let name = |at: usize| outline.places[at].element.value().name();
    let mut around = std::iter::successors(piece.place, |at| outline.places[*at].parent);
    let Some(table) = around.find(|at| name(*at) == "table") else {
        return false;
    };
    // What stands in an element stands right behind it.
    (table + 1..outline.places.len())
        .take_while(|at| outline.is_within(*at, table))
        .take(MAX_CELLS)
        .any(|at| name(at) == "th")
}

/// The classes of the element that a line stands in, and of those around it.
fn classes(outline: &Outline<'_>, piece: &Piece) -> String {
    let mut classes = String::new();
    let mut next = piece.place;
    for _ in 0..2 {
        let Some(place) = next.and_then(|at| outline.places.get(at)) else {
            break;
        };
        classes.push_str(place.class.unwrap_or_default());
        classes.push(' ');
        next = place.parent;
    }
    classes.to_lowercase()
}

/// The days of a line that stands by itself, and what is said of each.
pub(super) fn days_of_line(line: &str, language: Option<&str>) -> Vec<(Moment, Role)> {
    let piece = Piece::paragraph(line.to_owned(), "");
    let days = in_line(&[piece], 0, None, String::new, language);
    days.into_iter().map(|(moment, role, _)| (moment, role)).collect()
}

/// The days of one line, each with what is said of it, and whether it is printed in numbers with the year behind them.
fn in_line(
    pieces: &[Piece],
    at: usize,
    before: Option<&Piece>,
    class: impl Fn() -> String,
    language: Option<&str>,
) -> Vec<(Moment, Role, bool)> {
    let piece = &pieces[at];
    let line = piece.text.as_str();
    // A bar parts the office from its day: "Office of the Mayor | Updated March 4, 2026, 3:15 p.m."
    let last = line.rsplit(" | ").next().unwrap_or_default();
    let is_sentence = line.ends_with(['.', '!', '?', '”']) && last.split(' ').count() > 8;
    if line.chars().count() > MAX_CHARS || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    // "Posted: Feb. 6, 2026 at 9 a.m." ends as a sentence does.
    let is_sentence = (is_sentence || roles::is_item(line)) && !roles::is_labelled(line);
    let is_of_something_else = roles::is_of_an_event(pieces, at) || roles::is_about_another_text(line);
    let mut found: Vec<(Moment, Role, bool)> = Vec::new();
    let mut end = 0;
    for day in MAYBE.find_iter(line) {
        // A name may be glued to the month: `Ana LimaFeb 6, 2026`.
        let start = GLUED.find(day.as_str()).map_or(0, |glued| glued.start() + 1);
        let range = day.start() + start..day.end();
        let role_before = found.last().map(|(_, role, _)| *role);
        let label = &line[end..range.start];
        let behind_quoted = roles::behind_quoted(&line[..range.start]);
        let label = behind_quoted
            .filter(|behind| behind.len() < label.len())
            .unwrap_or(label);
        end = range.end;
        let small = label.trim_end().to_lowercase();
        let is_as_of = small.ends_with("as of");
        // A court's "Argued October 6, 2026 -- Decided November 17, 2026".
        let is_decided = small.ends_with("decided") && role_before == Some(Role::Other);
        // "Adopted by the council on March 9, 2026, by a vote of 33-18."
        let is_adopted = found.is_empty() && roles::is_adopted(label, &line[end..]);
        if is_sentence && !is_as_of && !is_adopted {
            continue;
        }
        let Some(moment) = moment_at(line, range, language) else {
            continue;
        };
        // A heading may name the day it is about.
        let label_before = before.filter(|piece| {
            found.is_empty() && piece.text.chars().count() <= MAX_LABEL_CHARS && letters(label) == 0
        });
        let role = (is_of_something_else.then_some(Role::Other))
            .or(is_as_of.then_some(Role::AsOf))
            .or((is_decided || is_adopted).then_some(Role::Published))
            .or(roles::is_bound(label).then_some(Role::Other))
            .or_else(|| role_of(label))
            .or(behind_quoted.map(|_| Role::Other))
            .or_else(|| roles::begins_span(&line[end..]).then_some(Role::Other))
            .or_else(|| role_of(&label_before?.text))
            .or_else(|| role_of_class(&class()));
        if piece.kind != BlockKind::Heading || role.is_some() || letters(line) == letters(day.as_str()) {
            found.push((moment, role.unwrap_or(Role::Plain), is_in_numbers(day.as_str())));
        }
    }
    found
}

fn is_in_numbers(day: &str) -> bool {
    let first = day
        .split(|mark: char| !mark.is_ascii_digit())
        .next()
        .unwrap_or_default();
    (1..=2).contains(&first.len()) && !day.chars().any(char::is_alphabetic)
}

/// The moment of a day in a line, with the time of day that is printed beside it.
fn moment_at(line: &str, day: std::ops::Range<usize>, language: Option<&str>) -> Option<Moment> {
    let bare_day = moments::read_in(&line[day.clone()], language)?;
    let of_day = |moment: Moment| (moment.date == bare_day.date && moment.time.is_some()).then_some(moment);
    let whole = moments::find(line, language).and_then(of_day);
    let with_time = || {
        let rest = &line[day.end..];
        if !rest.bytes().take(40).any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let ends = rest.char_indices().filter(|(_, character)| *character == ' ');
        let ends = ends.map(|(at, _)| at).chain([rest.len()]);
        let mut ends: Vec<usize> = ends.take(MAX_TIME_WORDS).collect();
        ends.reverse();
        ends.into_iter()
            .find_map(|end| moments::read_in(&line[day.start..day.end + end], language).and_then(of_day))
    };
    whole.or_else(with_time).or(Some(bare_day))
}

/// How far apart two days are.
pub(super) fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    #[track_caller]
    fn check(body: &str, expected: &[(&str, Role)]) {
        check_in("en", body, expected);
    }

    #[track_caller]
    fn check_in(language: &str, body: &str, expected: &[(&str, Role)]) {
        let html = Html::parse_document(body);
        let outline = tree::outline(html.root_element());
        let shown = read(&outline, Some("Tide"), Some(language));
        let shown: Vec<(String, Role)> = shown
            .iter()
            .map(|shown| (shown.stated.moment.to_string(), shown.role))
            .collect();
        let shown: Vec<(&str, Role)> = shown
            .iter()
            .map(|(moment, role)| (moment.as_str(), *role))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_line_near_the_headline_is_read() {
        check(
            "<h1>Tide</h1><p>By Ana Lima - Feb. 6, 2026 - 3 min read",
            &[("2026-02-06", Role::Plain)],
        );
        check(
            "<p>23.07.2025<h1>Tide</h1><p>The water rose.",
            &[("2025-07-23", Role::Plain)],
        );
    }

    #[test]
    fn words_beside_a_day_say_what_it_is() {
        check(
            "<h1>Tide</h1><p>Posted August 16, 2025 – Updated January 2, 2026",
            &[("2025-08-16", Role::Published), ("2026-01-02", Role::Updated)],
        );
        check(
            "<h1>Tide</h1><p>Argued October 6, 2026 -- Decided November 17, 2026",
            &[("2026-10-06", Role::Other), ("2026-11-17", Role::Published)],
        );
        check(
            "<h1>Tide</h1><p>Decided June 26, 2015",
            &[("2015-06-26", Role::Plain)],
        );
        check(
            "<h1>Tide</h1><div>Last updated:</div><div>Feb 6, 2026</div>",
            &[("2026-02-06", Role::Updated)],
        );
        check(
            "<h1>Tide</h1><p class=story-modified>Feb 6, 2026</p>",
            &[("2026-02-06", Role::Updated)],
        );
        check(
            "<h1>Tide</h1><p>Deadline: February 6, 2026",
            &[("2026-02-06", Role::Other)],
        );
    }

    #[test]
    fn what_a_letter_answers_has_another_day() {
        let day = ("2026-03-03", Role::Plain);
        for line in [
            "Re: Notice of intent, dated February 26, 2026",
            "RE: Your letter of February 26, 2026",
        ] {
            let page = format!("<h1>Tide</h1><p>March 3, 2026</p><p>{line}</p>");
            check(&page, &[day, ("2026-02-26", Role::Other)]);
        }
        // A word that only begins so.
        let page = "<h1>Tide</h1><p>Released: March 3, 2026</p><p>Report of March 4, 2026</p>";
        check(
            page,
            &[("2026-03-03", Role::Published), ("2026-03-04", Role::Plain)],
        );
    }

    #[test]
    fn the_day_behind_somebody_s_words_is_that_of_the_words() {
        let updated = ("2026-03-04T15:15:00", Role::Updated);
        for line in [
            "Harbour Master: “The piers are sound.” (Harbour Committee, 3/2/26)",
            "“The piers are sound.” (Ana Lima, March 2, 2026)",
            "“The piers are sound.” — Ana Lima, March 2, 2026",
        ] {
            let page = format!(
                "<h1>Tide</h1><p>Office of the Mayor | Updated March 4, 2026, 3:15 p.m.</p><p>{line}</p>"
            );
            let other = ("2026-03-02", Role::Other);
            check(&page, &[updated, other]);
        }
        for line in [
            "“The Tide” – Ana Lima, March 2, 2026",
            "“We will mend them,” mayor says | March 2, 2026",
            "“The Tide” (March 2, 2026)",
            "Ana Lima (Herald, March 2, 2026)",
        ] {
            check(
                &format!("<h1>Tide</h1><p>{line}</p>"),
                &[("2026-03-02", Role::Plain)],
            );
        }
        check(
            "<h1>Tide</h1><p>“The piers are sound.” – Ana Lima. Published March 2, 2026</p>",
            &[("2026-03-02", Role::Published)],
        );
    }

    #[test]
    fn the_bound_of_a_time_is_no_day_of_the_page() {
        for line in [
            "all notices issued on or after March 2, 2026",
            "Papers published before March 2, 2026",
            "Posted no later than March 2, 2026",
        ] {
            check(
                &format!("<h1>Tide</h1><p>{line}</p>"),
                &[("2026-03-02", Role::Other)],
            );
        }
        // The items of a list that runs on are a sentence.
        for item in [
            "all notices issued March 2, 2026; and",
            "who approved them on March 2, 2026;",
        ] {
            check(&format!("<h1>Tide</h1><ul><li>{item}</li></ul>"), &[]);
        }
        let own = [("2026-03-02", Role::Published)];
        check("<h1>Tide</h1><p>Posted Monday afternoon, March 2, 2026</p>", &own);
        check("<h1>Tide</h1><p>Posted after hours, March 2, 2026</p>", &own);
        check("<h1>Tide</h1><p>Posted: March 2, 2026;</p>", &own);
        check(
            "<h1>Tide</h1><p>By Ana Lima, March 2, 2026</p>",
            &[("2026-03-02", Role::Plain)],
        );
    }

    #[test]
    fn a_resolution_says_below_it_when_it_was_adopted() {
        let stamp = "<p>LS 114<br>3/2/2026</p>";
        for line in [
            "Adopted by the Council on March 9, 2026, by a vote of 33-18.",
            "Passed by the Board of Supervisors of the county on March 9, 2026, at a regular meeting.",
            "Signed March 9, 2026",
            "ADOPTED: March 9, 2026",
        ] {
            let page = format!("<h1>Tide</h1><p>{line}</p>{stamp}");
            check(
                &page,
                &[("2026-03-09", Role::Published), ("2026-03-02", Role::Plain)],
            );
        }
        for line in [
            "Adopted rules, March 9, 2026: no boat may land on a Sunday, and none at night.",
            "Adopted on March 9, 2026, the plan has drawn the anger of those who live there.",
            "The plan was adopted by the Council on March 9, 2026, by a vote of 33-18.",
            "Passed over on March 9, 2026, she left the office and went to sea with her brother.",
        ] {
            check(&format!("<h1>Tide</h1><p>{line}</p>"), &[]);
        }
    }

    #[test]
    fn today_in_the_head_of_the_site_is_no_day_of_the_page() {
        let day = "<p>Thursday, February 26, 2026</p>";
        let menu = "<nav><a href=/>News</a></nav>";
        check(
            &format!("<header class=top>{day}{menu}</header><h1>Tide</h1>"),
            &[],
        );
        check(
            &format!("<div id=x class=masthead>{day}</div><main><h1>Tide</h1></main>"),
            &[],
        );
        let own = [("2026-02-26", Role::Plain)];
        check(&format!("<header>{day}<h1>Tide</h1></header>"), &own);
        check(
            &format!("<article><header>{day}</header><h1>Tide</h1></article>"),
            &own,
        );
        check(&format!("<div class=head>{day}</div><h1>Tide</h1>"), &own);
        check(&format!("<header>{day}</header><h1>Tide</h1>"), &own);
    }

    #[test]
    fn the_day_of_a_hearing_is_not_that_of_the_page() {
        check(
            "<h1>Tide</h1><p>Public hearing on March 3, 2026",
            &[("2026-03-03", Role::Other)],
        );
        check(
            "<h1>Tide</h1><p>March 3, 2026, 10 a.m. – 12:30 p.m., Town Hall",
            &[("2026-03-03T10:00:00", Role::Other)],
        );
    }

    #[test]
    fn the_day_beside_a_place_is_that_of_what_is_held_there() {
        let event = "<p>Date: April 2, 2026</p><p>Time: 6 p.m.</p><p>Location: Pier 4 Hall</p>";
        check(&format!("<h1>Tide</h1>{event}"), &[("2026-04-02", Role::Other)]);
        check(
            "<h1>Marea</h1><p>Lugar: Muelle 4</p><p>Fecha: 2 de abril de 2026</p>",
            &[("2026-04-02", Role::Other)],
        );
        check(
            "<h1>Tide</h1><p>Date: April 2, 2026</p><p>Time: 6 p.m.</p><p>Contact: Ana Lima</p>",
            &[("2026-04-02", Role::Plain)],
        );
    }

    #[test]
    fn the_headline_does_not_label_the_date_below_it() {
        let html = Html::parse_document("<h1>A hearing on the piers</h1><p>February 6, 2026");
        let outline = tree::outline(html.root_element());
        let shown = read(&outline, Some("A hearing on the piers"), Some("en"));
        assert_eq!(shown[0].role, Role::Plain);
    }

    #[test]
    fn the_time_printed_beside_the_day_is_read() {
        check(
            "<h1>Tide</h1><p>By Ana Lima, February 6, 2026, 2:03 p.m. ET",
            &[("2026-02-06T14:03:00-05:00", Role::Plain)],
        );
        check(
            "<h1>Tide</h1><p>Published 12:30 PM EST, Fri February 6, 2026",
            &[("2026-02-06T12:30:00-05:00", Role::Published)],
        );
    }

    #[test]
    fn a_name_may_be_glued_to_the_month() {
        check(
            "<h1>Tide</h1><p><b>By</b><b>Ana Lima</b><i>Feb 6, 2026</i>",
            &[("2026-02-06", Role::Plain)],
        );
    }

    #[test]
    fn one_day_alone_on_its_lines_is_found_anywhere() {
        let find = |body: &str| {
            let html = Html::parse_document(body);
            let found = alone(&tree::outline(html.root_element()), Some("en"));
            found.map(|stated| stated.moment.to_string())
        };
        let text = "<p>The water rose on February 1, 2026, the harbour master of Port Lima said.</p>";
        let one = format!("{text}<p>February 6, 2026</p>");
        assert_eq!(find(&one).as_deref(), Some("2026-02-06"));
        assert_eq!(find(&format!("{one}<p>February 7, 2026</p>")), None);
        assert_eq!(find(text), None);
    }

    #[test]
    fn other_languages_print_their_own_way() {
        check_in(
            "de",
            "<h1>Tide</h1><p>Veröffentlicht am 6. Februar 2026",
            &[("2026-02-06", Role::Published)],
        );
        check_in(
            "fr",
            "<h1>Tide</h1><p>Mis à jour le 6 février 2026",
            &[("2026-02-06", Role::Updated)],
        );
        check_in(
            "en-GB",
            "<h1>Tide</h1><p>06/02/2026",
            &[("2026-02-06", Role::Plain)],
        );
    }

    #[test]
    fn a_cell_that_tells_of_a_step_is_no_label_of_the_page_s_day() {
        let table = |label: &str| {
            format!(
                "<h1>Tide</h1><table><tr><th>Step</th><th>Due</th></tr><tr><td>{label}</td><td>March 3, 2026</td></tr></table>"
            )
        };
        check(&table("The draft is published"), &[("2026-03-03", Role::Other)]);
        check(&table("Published"), &[("2026-03-03", Role::Published)]);
    }

    #[test]
    fn sentences_and_the_text_itself_are_left() {
        check(
            "<h1>Tide</h1><p>The council of Port Lima voted on February 6, 2026 to close it.",
            &[],
        );
        let long = "The water rose over the pier and went on rising. ".repeat(6);
        check(
            &format!("<h1>Tide</h1><p>{long}<p>{long}<p>February 6, 2026"),
            &[],
        );
        check("<p>February 6, 2026<p>The water rose.", &[]);
    }
}
