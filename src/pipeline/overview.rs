//! What a query finds in a window of days, as far as one drawing can show it.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::line_of;
use crate::index::{EntryKind, IndexError, Query, Searcher};
use crate::model::event::Event;
use crate::model::id::DocumentId;
use crate::store::Absence;
use crate::timeline::axis::Window;
use crate::timeline::events;

/// Lines that are brought together to events at a time; more are only counted.
const MOST_LINES: usize = 2_000;
/// Days behind the last line said or published in which a day spoken of still belongs to the whole.
const AHEAD: i64 = 120;

/// What a window of days holds.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The window.
    pub window: Window,
    /// Whether anything has a day; it is not asked where a window is given.
    pub is_dated: bool,
    /// How many lines lie in the window.
    pub lines: usize,
    /// The events in the window, where they are not too many.
    pub events: Option<Vec<Event>>,
    /// The days of the lines in the window, in order, where there are too many for events.
    pub days: Vec<Date>,
}

/// What a query finds of these kinds in a window; in the one that holds all, where none is given.
///
/// Of documents that are absent its lines say so. It is walked over once, and of what lies in the window only. Where that must be found out first, the ends of it all
/// are looked up beside.
pub fn overview(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
    window: Option<Window>,
    absences: &HashMap<DocumentId, Absence>,
) -> Result<Overview, IndexError> {
    let window = match window {
        Some(window) => Some(window),
        None => whole(searcher, query, kinds)?,
    };
    let Some(window) = window else {
        let today = super::today();
        return Ok(Overview {
            window: Window::of(today, today),
            is_dated: false,
            lines: 0,
            events: Some(Vec::new()),
            days: Vec::new(),
        });
    };
    let walk = searcher.walk_within(query, kinds, (window.first, window.last))?;
    let lines = walk.remaining();
    let mut overview = Overview {
        window,
        is_dated: true,
        lines,
        events: None,
        days: Vec::new(),
    };
    if lines > MOST_LINES {
        let days = walk.days();
        overview.days = days.map(|day| day.clamp(window.first, window.last)).collect();
    } else {
        let found: Result<Vec<_>, IndexError> = walk
            .map(|entry| entry.map(|entry| line_of(&entry, absences.get(&entry.document))))
            .collect();
        overview.events = Some(events(found?));
    }
    Ok(overview)
}

/// From the first day on which something was said or published to the last, and the days soon after it that are spoken
/// of: what a text says of other centuries does not make the whole long.
fn whole(searcher: &Searcher, query: &Query, kinds: &[EntryKind]) -> Result<Option<Window>, IndexError> {
    let (dates, told): (Vec<EntryKind>, Vec<EntryKind>) =
        kinds.iter().copied().partition(|kind| *kind == EntryKind::Date);
    let window = |(first, last)| Window::of(first, last);
    let Some((first, last)) = searcher.extent(query, &told, None)? else {
        return Ok(searcher.extent(query, &dates, None)?.map(window));
    };
    let ahead = last.checked_add(AHEAD.days()).unwrap_or(Date::MAX);
    let soon = searcher.extent(query, &dates, Some(ahead))?;
    Ok(Some(Window::of(
        first,
        soon.map_or(last, |(_, day)| day.max(last)),
    )))
}
