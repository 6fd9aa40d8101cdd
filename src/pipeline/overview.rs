//! What a query finds in a window of days, as far as one drawing can show it.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::beside::Officials;
use super::line_of;
use super::quote_edits::{EditedQuotes, edited_quotes};
use crate::index::{Entry, EntryKind, Extent, IndexError, Query, Searcher};
use crate::model::event::{Event, Line, LineKind, QuoteEdit};
use crate::model::id::DocumentId;
use crate::store::Absence;
use crate::timeline::axis::Window;
use crate::timeline::events;

/// Lines that are brought together to events at a time; more are only counted.
const MOST_LINES: usize = 2_000;
/// Days behind the last line said or published in which a day spoken of still belongs to the whole.
const AHEAD: i64 = 120;

/// Where the bulk reaches over less than one of so many days of the whole, a drawing begins with it.
const SPREAD: i32 = 4;
/// And only where the whole is longer than ten years, as months are drawn by years: a story may begin with a line long before others.
const LONG: i32 = 3_653;
/// Where the bulk would stand in one column of the drawing, it does so in any stretch longer than a year.
const COLUMN: i32 = 32;
const YEAR: i32 = 366;

/// Changes of pages lengthen a drawing by no more than one of so many parts of what was said, or by so many days: pages are
/// visited long after what they say, and all of it would stand in one column.
const REACH: i64 = 4;
const NEAR: i64 = 14;

/// Which days an overview is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Those of a window.
    Given(Window),
    /// From the first day on which something was said or published to the last, and the days soon after it that are spoken
    /// of: what a text says of other centuries does not make it long.
    Told,
    /// The same without a few lines that lie long before all others, and without changes of pages that lie far from all that was
    /// said: what a drawing shows best.
    Main,
}

/// What a window of days holds.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The window.
    pub window: Window,
    /// From the first day of all to the last, where that is more than the window and none was given.
    pub beyond: Option<Window>,
    /// The changes of pages that are left out because they lie far from it.
    pub outside: Option<Outside>,
    /// Whether anything has a day; it is not asked where a window is given.
    pub is_dated: bool,
    /// How many lines lie in the window.
    pub lines: usize,
    /// The events in the window, where they are not too many.
    pub events: Option<Vec<Event>>,
    /// The days of the lines in the window, in order, where there are too many for events.
    pub days: Vec<Date>,
    /// The quotes of the events that an edit altered or brought in: how it left them is not told yet.
    pub edited: EditedQuotes,
}

/// Changes of pages outside a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// How many.
    pub changes: usize,
    /// From the first of their days to the last.
    pub days: Window,
}

/// What a query finds of these kinds in a stretch of days.
///
/// Of documents that are absent its lines say so, and changes of their pages stand among them. It is walked over once, and of what
/// lies in the window only. Where that must be found out first, the ends of it all are looked up beside.
pub fn overview(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    stretch: Stretch,
    absences: &HashMap<DocumentId, Absence>,
    changes: Vec<Line>,
) -> Result<Overview, IndexError> {
    let all = match stretch {
        Stretch::Given(_) => None,
        Stretch::Told | Stretch::Main => searcher.extent(query, kinds, None)?,
    };
    let all = all.map(|all| Window::of(all.first, all.last));
    let window = match stretch {
        Stretch::Given(window) => Some(window),
        Stretch::Told => told(searcher, query, kinds, |extent| extent.first)?,
        Stretch::Main => told(searcher, query, kinds, begin)?,
    };
    let (window, outside) = match (stretch, window) {
        (Stretch::Given(_), window) => (window, None),
        // What happened to a page lies behind all that it says.
        (Stretch::Main, Some(window)) => {
            let (window, outside) = fitted(window, windows(&changes));
            (Some(window), outside)
        }
        (Stretch::Told | Stretch::Main, window) => (windows(&changes).chain(window).reduce(both), None),
    };
    let Some(window) = window else {
        let today = super::today();
        return Ok(Overview {
            window: Window::of(today, today),
            beyond: None,
            outside: None,
            is_dated: false,
            lines: 0,
            events: Some(Vec::new()),
            days: Vec::new(),
            edited: EditedQuotes::default(),
        });
    };
    let walk = searcher.walk_within(query, kinds, (window.first, window.last))?;
    let changes: Vec<Line> = changes.into_iter().filter(|line| meets(line, window)).collect();
    let lines = walk.remaining() + changes.len();
    let mut overview = Overview {
        window,
        beyond: all.filter(|all| all.first < window.first || window.last < all.last),
        outside,
        is_dated: true,
        lines,
        events: None,
        days: Vec::new(),
        edited: EditedQuotes::default(),
    };
    if lines > MOST_LINES {
        let changed = changes
            .iter()
            .filter_map(|line| Some(line.when.as_ref()?.earliest));
        let days = walk.days().chain(changed);
        overview.days = days.map(|day| day.clamp(window.first, window.last)).collect();
        overview.days.sort_unstable();
    } else {
        let entries = walk.collect::<Result<Vec<Entry>, IndexError>>()?;
        let officials = Officials::of(searcher);
        let lines = entries.iter().map(|entry| {
            Ok(Line {
                differs: officials.differs(entry)?,
                ..line_of(entry, absences.get(&entry.document))
            })
        });
        let mut lines = lines.collect::<Result<Vec<Line>, IndexError>>()?;
        lines.extend(changes);
        overview.events = Some(events(lines));
        overview.edited = edited_quotes(searcher, query, kinds, Some(window))?;
    }
    Ok(overview)
}

impl Overview {
    /// Tells how edits left the quotes of the events, by the id of the quote.
    pub fn tell_edits(&mut self, edits: &HashMap<String, QuoteEdit>) {
        for line in self
            .events
            .iter_mut()
            .flatten()
            .flat_map(|event| &mut event.lines)
        {
            // What happened to a page tells of an edit already.
            if line.kind != LineKind::Changed
                && let Some(quote) = &line.quote
            {
                line.edit = edits.get(quote.as_str()).cloned();
            }
        }
    }
}

/// The days of each change.
fn windows(changes: &[Line]) -> impl Iterator<Item = Window> + '_ {
    let whens = changes.iter().filter_map(|line| line.when.as_ref());
    whens.map(|when| Window::of(when.earliest, when.latest))
}

/// From the first day of two windows to the last.
fn both(one: Window, other: Window) -> Window {
    Window::of(one.first.min(other.first), one.last.max(other.last))
}

/// A window with the days of the changes that lie near it, and what is left out of those that do not.
fn fitted(window: Window, changes: impl Iterator<Item = Window>) -> (Window, Option<Outside>) {
    let reach = (window.days() / REACH).max(NEAR).days();
    let near = Window::of(
        window.first.checked_sub(reach).unwrap_or(Date::MIN),
        window.last.checked_add(reach).unwrap_or(Date::MAX),
    );
    let (mut fitted, mut outside) = (window, None::<Outside>);
    for days in changes {
        if days.first <= near.last && near.first <= days.last {
            let first = days.first.max(near.first);
            fitted = both(fitted, Window::of(first, days.last.min(near.last)));
            continue;
        }
        outside = Some(match outside {
            Some(outside) => Outside {
                changes: outside.changes + 1,
                days: both(outside.days, days),
            },
            None => Outside { changes: 1, days },
        });
    }
    (fitted, outside)
}

/// Whether the days of a line and a window have any in common.
pub(super) fn meets(line: &Line, window: Window) -> bool {
    let when = line.when.as_ref();
    when.is_some_and(|when| when.earliest <= window.last && window.first <= when.latest)
}

/// From a day of what was said or published to the last, and the days soon after it that are spoken of.
fn told(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    begin: impl Fn(Extent) -> Date,
) -> Result<Option<Window>, IndexError> {
    let (dates, told): (Vec<EntryKind>, Vec<EntryKind>) =
        kinds.iter().copied().partition(|kind| *kind == EntryKind::Date);
    let Some(extent) = searcher.extent(query, &told, None)? else {
        let extent = searcher.extent(query, &dates, None)?;
        return Ok(extent.map(|extent| Window::of(begin(extent), extent.last)));
    };
    let last = extent.last;
    let ahead = last.checked_add(AHEAD.days()).unwrap_or(Date::MAX);
    let soon = searcher.extent(query, &dates, Some(ahead))?;
    Ok(Some(Window::of(
        begin(extent),
        soon.map_or(last, |soon| soon.last.max(last)),
    )))
}

/// The day that a drawing begins with.
fn begin(extent: Extent) -> Date {
    let days = |from: Date| from.until(extent.last).map_or(0, |span| span.get_days());
    let (whole, bulk) = (days(extent.first), days(extent.bulk));
    let is_narrow = |share: i32| bulk.saturating_mul(share) < whole;
    match whole > LONG && is_narrow(SPREAD) || whole > YEAR && is_narrow(COLUMN) {
        true => extent.bulk,
        false => extent.first,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn changes_far_from_all_that_was_said_do_not_make_a_drawing_long() {
        let (february, march) = (|day| date(2026, 2, day), |day| date(2026, 3, day));
        let said = Window::of(february(3), february(10));
        let of = |changes: &[(Date, Date)]| {
            fitted(said, changes.iter().map(|(one, other)| Window::of(*one, *other)))
        };
        assert_eq!(of(&[]), (said, None));
        // Within a fortnight they are drawn.
        let near = (february(11), february(20));
        assert_eq!(of(&[near]), (Window::of(february(3), february(20)), None));
        // One that began near and was seen late is drawn up to the edge.
        let long = (february(9), date(2026, 11, 28));
        assert_eq!(of(&[long]), (Window::of(february(3), february(24)), None));
        let (today, before) = ((date(2026, 11, 28), date(2026, 11, 28)), (march(2), march(3)));
        let outside = Outside {
            changes: 2,
            days: Window::of(march(2), date(2026, 11, 28)),
        };
        assert_eq!(of(&[today, near, before]).1, Some(outside));
        // Of a year that was drawn a quarter more is little.
        let year = Window::of(date(2025, 1, 1), date(2025, 12, 31));
        let (fitted, outside) = fitted(year, [Window::of(march(1), march(2))].into_iter());
        assert_eq!((fitted.last, outside), (march(2), None));
    }

    #[test]
    fn a_drawing_begins_with_the_bulk_where_the_rest_lies_long_before() {
        let of = |first, bulk| Extent {
            first,
            last: date(2026, 3, 1),
            bulk,
        };
        let (then, lately) = (date(1998, 1, 1), date(2026, 2, 1));
        assert_eq!(begin(of(then, lately)), lately);
        assert_eq!(begin(of(date(2024, 1, 20), lately)), date(2024, 1, 20));
        assert_eq!(begin(of(lately, lately)), lately);
        // One line of years ago must not press all others into a column.
        assert_eq!(begin(of(date(2019, 6, 1), lately)), lately);
        assert_eq!(begin(of(date(2025, 12, 1), date(2026, 2, 28))), date(2025, 12, 1));
    }
}
