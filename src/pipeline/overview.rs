//! What a query finds in a window of days, as far as one drawing can show it.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::line_of;
use crate::index::{EntryKind, IndexError, Query, QueryError, Searcher, Walk};
use crate::model::event::Event;
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
    /// The window that holds all; `None` where nothing has a day.
    pub whole: Option<Window>,
    /// How many lines lie in the window.
    pub lines: usize,
    /// The events in the window, where they are not too many.
    pub events: Option<Vec<Event>>,
    /// The days of the lines in the window, in order, where there are too many for events.
    pub days: Vec<Date>,
}

/// Why there is no overview.
#[derive(Debug, thiserror::Error)]
pub enum OverviewError {
    /// The query cannot be narrowed to the window.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// What a query, as typed and as understood, finds of these kinds in a window; in the one that holds all, where none is
/// given.
pub fn overview(
    searcher: &Searcher,
    text: &str,
    query: &Query,
    kinds: &[EntryKind],
    window: Option<Window>,
) -> Result<Overview, OverviewError> {
    let whole = whole(searcher, query, kinds)?;
    let today = super::today();
    let window = within_calendar(window.or(whole).unwrap_or(Window::of(today, today)));
    let mut walks = Vec::new();
    for kind in kinds {
        let field = match kind {
            EntryKind::Quote => "said",
            EntryKind::Document => "published",
            EntryKind::Date => "mentions",
        };
        let clause = format!("{field}:{}..{}", window.first, window.last);
        let narrowed = Query::parse(&query.narrowed(text, &clause), today)?;
        walks.push(searcher.walk(&narrowed, &[*kind])?);
    }
    let lines: usize = walks.iter().map(Walk::remaining).sum();
    if lines > MOST_LINES {
        let mut days: Vec<Date> = walks
            .iter()
            .flat_map(Walk::days)
            .map(|day| day.clamp(window.first, window.last))
            .collect();
        days.sort_unstable();
        return Ok(Overview {
            window,
            whole,
            lines,
            events: None,
            days,
        });
    }
    let mut found = Vec::with_capacity(lines);
    for entry in walks.into_iter().flatten() {
        found.push(line_of(&entry?));
    }
    Ok(Overview {
        window,
        whole,
        lines,
        events: Some(events(found)),
        days: Vec::new(),
    })
}

/// From the first day on which something was said or published to the last, and the days soon after it that are spoken
/// of: what a text says of other centuries does not make the whole long.
fn whole(searcher: &Searcher, query: &Query, kinds: &[EntryKind]) -> Result<Option<Window>, IndexError> {
    let (dates, told): (Vec<EntryKind>, Vec<EntryKind>) =
        kinds.iter().copied().partition(|kind| *kind == EntryKind::Date);
    let ends = |walk: &Walk| walk.days().next().zip(walk.days().next_back());
    let spoken_of = searcher.walk(query, &dates)?;
    let told = searcher.walk(query, &told)?;
    let Some((first, last)) = ends(&told) else {
        return Ok(ends(&spoken_of).map(|(first, last)| Window::of(first, last)));
    };
    let ahead = last.checked_add(AHEAD.days()).unwrap_or(Date::MAX);
    let soon = spoken_of.days().rfind(|day| *day <= ahead);
    Ok(Some(Window::of(first, soon.map_or(last, |day| day.max(last)))))
}

/// The days that queries can ask for without signs.
fn within_calendar(window: Window) -> Window {
    let (first, last) = (date(1, 1, 1), date(9999, 12, 31));
    Window::of(window.first.clamp(first, last), window.last.clamp(first, last))
}
