//! Addresses that look like a trap: a site that makes up new ones for ever.
//!
//! Only what a channel announces is asked for, so a trap needs a channel that runs wild: a calendar whose
//! listing has no end, a relative link that grows by being followed, a sitemap of session numbers (which
//! [`super::canonical`] drops, so that they are one page).

use std::fmt;

use url::Url;

/// Segments of a path; nobody files news deeper.
const MAX_SEGMENTS: usize = 16;
/// Times the same stretch of a path may follow itself.
const MAX_REPETITIONS: usize = 3;
/// Parameters of a query.
const MAX_PARAMETERS: usize = 12;
/// Years that a calendar page may lie ahead or behind of what a tracker follows.
const CALENDAR_YEARS: std::ops::RangeInclusive<u32> = 1990..=2040;

/// Pages of a calendar's days, weeks and months that one reading may announce. With the years bounded as well, a
/// calendar costs a bounded number of pages, however long it is followed.
const MAX_CALENDAR_PAGES: usize = 366;
/// What calendars are called in addresses.
const CALENDARS: [&str; 6] = [
    "calendar",
    "events",
    "event-calendar",
    "kalender",
    "calendario",
    "agenda",
];

/// Why an address looks like a trap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trap {
    /// Its path is too deep.
    Depth,
    /// Its path repeats itself.
    Repetition,
    /// Its query has too many parameters.
    Query,
    /// It is a calendar's page of a far year.
    Calendar,
    /// It is one more of a calendar's pages than a reading may announce.
    CalendarBudget,
}

impl fmt::Display for Trap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Trap::Depth => "its path is too deep",
            Trap::Repetition => "its path repeats itself",
            Trap::Query => "its query has too many parameters",
            Trap::Calendar => "it is a calendar's page of a far year",
            Trap::CalendarBudget => "there are more pages of a calendar than a year has days",
        })
    }
}

/// Watches what one reading of a channel announces: some traps show only in their number.
#[derive(Debug, Default)]
pub struct Watch {
    calendar_pages: usize,
}

impl Watch {
    /// What kind of trap the next announced address looks like, if it looks like one.
    pub fn trap(&mut self, url: &Url) -> Option<Trap> {
        if let Some(trap) = trap(url) {
            return Some(trap);
        }
        self.calendar_pages += usize::from(is_calendar_page(url));
        (self.calendar_pages > MAX_CALENDAR_PAGES && is_calendar_page(url)).then_some(Trap::CalendarBudget)
    }
}

/// What kind of trap an address alone looks like, if it looks like one.
pub fn trap(url: &Url) -> Option<Trap> {
    let segments: Vec<&str> = url
        .path()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    if segments.len() > MAX_SEGMENTS {
        return Some(Trap::Depth);
    }
    if repeats_itself(&segments) {
        return Some(Trap::Repetition);
    }
    if url
        .query()
        .is_some_and(|query| query.split('&').count() > MAX_PARAMETERS)
    {
        return Some(Trap::Query);
    }
    is_far_calendar(&segments, url.query().unwrap_or_default()).then_some(Trap::Calendar)
}

/// Whether a stretch of segments stands more than three times in a row.
fn repeats_itself(segments: &[&str]) -> bool {
    (1..=segments.len() / (MAX_REPETITIONS + 1)).any(|length| {
        let run = length * MAX_REPETITIONS;
        segments
            .windows(run + length)
            .any(|window| window[..run] == window[length..])
    })
}

fn is_far_calendar(segments: &[&str], query: &str) -> bool {
    let years = segments.iter().copied().chain(values(query)).filter_map(year);
    calendar(segments).is_some() && years.into_iter().any(|year| !CALENDAR_YEARS.contains(&year))
}

/// Where in a path a calendar begins.
fn calendar(segments: &[&str]) -> Option<usize> {
    (segments.iter()).position(|segment| CALENDARS.contains(&segment.to_ascii_lowercase().as_str()))
}

fn values(query: &str) -> impl Iterator<Item = &str> {
    query
        .split('&')
        .filter_map(|parameter| Some(parameter.split_once('=')?.1))
}

/// Whether an address is a day, week or month of a calendar and not one of its events: behind the calendar's
/// name stand only numbers, in the path or in the query.
fn is_calendar_page(url: &Url) -> bool {
    let segments: Vec<&str> = url
        .path()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let Some(begins) = calendar(&segments) else {
        return false;
    };
    let is_number = |text: &str| {
        text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    let below = &segments[begins + 1..];
    below.iter().all(|segment| is_number(segment))
        && (!below.is_empty() || values(url.query().unwrap_or_default()).any(is_number))
}

/// The year that a segment or value begins with: `2041`, `2041-02`.
fn year(text: &str) -> Option<u32> {
    let digits = text.split('-').next()?;
    (digits.len() == 4).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<Trap>) {
        let url = Url::parse(&format!("https://town.example{path}")).expect("valid");
        assert_eq!(trap(&url), expected, "{path}");
    }

    #[test]
    fn the_addresses_of_news_are_no_traps() {
        check("/mayors-office/news/2026/02/executive-order-13.html", None);
        check("/a/b/a/b/a/b", None);
        check("/events/2026/02/06?view=day", None);
        check("/report/2071-outlook", None);
        check("/", None);
    }

    #[test]
    fn a_path_that_grows_by_being_followed_is_one() {
        check("/news/news/news/news/", Some(Trap::Repetition));
        check("/x/a/b/a/b/a/b/a/b", Some(Trap::Repetition));
        check(&"/a/b/c/d/e".repeat(4), Some(Trap::Depth));
    }

    #[test]
    fn a_calendar_without_end_is_one() {
        check("/calendar/2071/05", Some(Trap::Calendar));
        check("/calendar?month=1871-05", Some(Trap::Calendar));
    }

    #[test]
    fn a_calendar_s_pages_have_a_budget_and_its_events_none() {
        let mut watch = Watch::default();
        let mut passed = |path: String| {
            let url = Url::parse(&format!("https://town.example{path}")).expect("valid");
            watch.trap(&url).is_none()
        };
        let days = (0..500)
            .filter(|day| passed(format!("/events/2026/{day}")))
            .count();
        let months = (0..500)
            .filter(|month| passed(format!("/calendar?month={month}")))
            .count();
        assert_eq!((days, months), (MAX_CALENDAR_PAGES, 0));
        assert!((0..500).all(|event| passed(format!("/events/2026/02/hearing-{event}"))));
    }

    #[test]
    fn a_query_that_explodes_is_one() {
        check(&format!("/list?{}", "a=1&".repeat(14)), Some(Trap::Query));
    }

    proptest::proptest! {
        #[test]
        fn no_address_makes_it_fail(rest in "\\PC{0,200}") {
            if let Ok(url) = Url::parse(&format!("https://town.example/{rest}")) {
                let _ = trap(&url);
            }
        }
    }
}
