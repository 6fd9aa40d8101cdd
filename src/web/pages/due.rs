//! What falls due next: the front page's first lines of a timeline of deadlines.

use jiff::civil::Date;

use crate::index::{Cursor, EntryKind, IndexError, Order, Query, Searcher, Wanted};
use crate::model::event::{Event, Line};
use crate::model::source::SourceKind;
use crate::pipeline;
use crate::text::days;
use crate::timeline;

/// Deadlines that are shown.
const SHOWN: usize = 3;
/// Date mentions that are brought together to them: many pages name one deadline.
const LOOKED_AT: usize = 200;
/// Days ahead in which what began before ("by the end of the month") is due as well.
const SOON: jiff::SignedDuration = jiff::SignedDuration::from_hours(31 * 24);

/// The deadlines that come next.
pub(super) struct Due {
    pub(super) lines: Vec<DueView>,
    /// The timeline of all of them.
    pub(super) all: String,
}

/// A deadline.
pub(super) struct DueView {
    /// The day, with the hour where what is told of names one.
    pub(super) day: String,
    pub(super) text: String,
    /// Who prints it: "City Hall", "City Hall and 2 more".
    pub(super) sources: String,
    pub(super) address: String,
    /// How many more are due that day, and the address of all of that day.
    pub(super) more: Option<(usize, String)>,
}

/// What is due on a day or later, in what is held now; nothing where there is nothing.
pub(super) fn next(searcher: &Searcher, today: Date) -> Result<Option<Due>, IndexError> {
    let asked = format!("deadline:{today}..");
    let Ok(query) = Query::parse(&asked, today) else {
        return Ok(None);
    };
    let begun = |after: Option<Cursor>| {
        let wanted = Wanted {
            kinds: vec![EntryKind::Date],
            order: Order::Oldest,
            offset: 0,
            limit: LOOKED_AT,
            after,
            is_counted: false,
        };
        searcher.search(&query, &wanted)
    };
    let lasting = begun(None)?.hits.into_iter().filter(|hit| {
        let when = hit.entry.date.as_ref().and_then(|date| date.when.as_ref());
        when.is_some_and(|when| when.earliest < today && when.latest <= today.saturating_add(SOON))
    });
    let hits = lasting.chain(begun(Some(Cursor::before(today)))?.hits);
    let lines = hits.map(|hit| pipeline::line_of(&hit.entry, None));
    let mut events = timeline::events(lines.collect());
    // "In March" begins before all its days.
    events.sort_by_key(|event| event.when.latest);
    // Several pages word the deadlines of one day in as many ways: a day is a line, and the rest of it is a link away.
    let days = events.chunk_by(|one, other| one.when == other.when);
    let lines: Vec<DueView> = days.take(SHOWN).map(view).collect();
    Ok((!lines.is_empty()).then(|| Due {
        lines,
        all: super::search::timeline_address(&asked, "dates"),
    }))
}

/// The minute of a day that is told, where no line tells another.
fn hour(lines: &[Line]) -> Option<u16> {
    let mut minutes = lines.iter().filter_map(|line| line.minute);
    let first = minutes.next()?;
    minutes.all(|minute| minute == first).then_some(first)
}

/// What is due on a day: what an office says of it first.
fn view(events: &[Event]) -> DueView {
    let all = || events.iter().flat_map(|event| &event.lines);
    let told = || {
        events
            .iter()
            .flat_map(|event| event.lines.iter().map(move |line| (event, line)))
    };
    let official = told().find(|(_, line)| line.source_kind == SourceKind::Official);
    let (event, line) = official.unwrap_or((&events[0], &events[0].lines[0]));
    let mut names: Vec<&str> = all().map(|line| line.source_name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    DueView {
        day: match hour(&event.lines) {
            Some(minute) => format!(
                "{}, {:02}:{:02}",
                days::in_words(&event.when),
                minute / 60,
                minute % 60
            ),
            None => days::in_words(&event.when),
        },
        text: super::unframed(timeline::told(line)).to_string(),
        sources: match names.len() {
            1 => line.source_name.clone(),
            more => format!("{} and {} more", line.source_name, more - 1),
        },
        address: super::timeline::address_of(line),
        more: (events.len() > 1).then(|| {
            let (first, last) = (event.when.earliest, event.when.latest);
            let asked = format!("deadline:{first}..{last}");
            (
                events.len() - 1,
                super::search::search_address(&asked, "dates", "oldest"),
            )
        }),
    }
}
