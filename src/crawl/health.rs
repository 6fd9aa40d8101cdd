//! How a channel and the pages of a source fare, told from what visits brought. Pure: time and history come in.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::model::outcome::Outcome;
use crate::store::{ChannelTally, PageYield};

/// Failures in a row after which a channel is said to fail.
const FAILURES: u64 = 3;
/// Readings that brought something new before a channel has a cadence of its own.
const ENOUGH: u64 = 4;
/// Days of its past before what it brings a week is told.
const LEAST_DAYS: f64 = 3.0;
/// Readings after which a channel that never announced anything is said to be wrong.
const ENOUGH_EMPTY: u64 = 3;
/// A channel that went on this often after announcing nothing (a list of the last two days) does so by habit.
const HABIT: u64 = 2;
/// A channel is silent after its longest usual gap, this many times over.
const GAPS: f64 = 3.0;
/// … and never before this many days.
const LEAST_SILENCE_DAYS: f64 = 1.0;
/// The least number of pages that half of them says something.
const ENOUGH_PAGES: u64 = 5;
/// Pages that are enough where three of four ended badly.
const FEW_PAGES: u64 = 2;

/// How a channel fares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Health {
    /// The last reading that answered as it should.
    pub succeeded_at: Option<Timestamp>,
    /// The last reading that brought something new.
    pub new_at: Option<Timestamp>,
    /// Failures in a row up to now.
    pub failures: u64,
    /// What the last reading announced, and what a usual one does.
    pub items: Option<(u64, u64)>,
    /// New items a day that its own past lets expect, once it has one.
    pub expected_a_day: Option<f64>,
    /// New items in the last seven days.
    pub new_in_week: u64,
    /// How far the latest pages got that it announced.
    pub pages: PageYield,
    /// What somebody should look at.
    pub flags: Vec<Flag>,
}

impl Health {
    /// New items in seven days that its own past lets expect.
    pub fn expected_in_week(&self) -> Option<f64> {
        self.expected_a_day.map(|a_day| a_day * 7.0)
    }
}

/// How the latest visits to a source's pages ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageHealth {
    /// Pages asked for.
    pub asked: u64,
    /// The site did not want us there.
    pub blocked: u64,
    /// They are not there (404, 410), which is no failure.
    pub absent: u64,
    /// They failed otherwise.
    pub failed: u64,
    /// How far they got.
    pub pages: PageYield,
    /// What somebody should look at.
    pub flags: Vec<Flag>,
}

/// Something about a channel or a source's pages that somebody should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// The site does not want us.
    Blocked(Outcome),
    /// It cannot be asked or kept as things are configured.
    Refused(Outcome),
    /// It failed this many times in a row.
    Failing(u64),
    /// It answers, and what is read out of it has become nothing.
    Empty,
    /// It answers, and nothing was ever read out of it in this many readings.
    NeverAnything(u64),
    /// What is read out of it cannot be read as its kind any more.
    Malformed,
    /// It had brought nothing new for this long when it last answered, which is unlike it.
    Silent(SignedDuration),
    /// The site turns us away from this many of its latest pages.
    PagesBlocked(u64, u64),
    /// This many of its latest pages failed, most of them so.
    PagesFailing(u64, u64, Outcome),
    /// No text was read out of this many of the latest pages that were fetched.
    PagesUnread(u64, u64),
}

impl Flag {
    /// The names of all flags of a channel, as in JSON and metrics.
    pub const OF_CHANNELS: [&'static str; 8] = [
        "blocked",
        "refused",
        "failing",
        "empty",
        "never_anything",
        "malformed",
        "silent",
        "pages_unread",
    ];
    /// The names of all flags of a source's pages.
    pub const OF_PAGES: [&'static str; 2] = ["pages_blocked", "pages_failing"];

    /// The name used in JSON and metrics.
    pub fn code(self) -> &'static str {
        match self {
            Flag::Blocked(_) => "blocked",
            Flag::Refused(_) => "refused",
            Flag::Failing(_) => "failing",
            Flag::Empty => "empty",
            Flag::NeverAnything(_) => "never_anything",
            Flag::Malformed => "malformed",
            Flag::Silent(_) => "silent",
            Flag::PagesBlocked(..) => "pages_blocked",
            Flag::PagesFailing(..) => "pages_failing",
            Flag::PagesUnread(..) => "pages_unread",
        }
    }

    /// What somebody can do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Flag::Blocked(Outcome::RobotsDisallowed) => {
                "`onrecord explain URL` names the rule of robots.txt; ask the site, or switch the channel off"
            }
            Flag::Blocked(_) => {
                "look at the address in a browser, ask the site, or follow it by another channel or an archive"
            }
            Flag::Refused(Outcome::TooLarge) => "raise `max_body_bytes`, or name a smaller channel",
            Flag::Refused(_) => "`onrecord explain URL` says what forbids it; correct the address or `ports`",
            Flag::Failing(_) => {
                "look at the address in a browser; if it moved, `onrecord sources probe` finds the new one"
            }
            Flag::Empty | Flag::NeverAnything(_) => {
                "compare the page with the selectors or pointers in the source's file; `onrecord discover URL` \
                 shows what is read"
            }
            Flag::Malformed => {
                "`onrecord discover URL` says what it is instead; correct its `kind` or address"
            }
            Flag::Silent(_) => {
                "look whether the site published in the meantime; if so, its news has another channel now"
            }
            Flag::PagesBlocked(..) => {
                "its channels work and its pages do not: ask the site, or follow it by an archive (kind \"memento\")"
            }
            Flag::PagesFailing(_, _, Outcome::Empty | Outcome::InDoubt) => {
                "`onrecord status` lists the pages, `onrecord preview ADDRESS` shows what is read of one; after a new layout \
                 `body` under [read] in the source's file says where the text is"
            }
            Flag::PagesFailing(..) => "`onrecord status` lists the pages; open one in a browser",
            Flag::PagesUnread(..) => {
                "`onrecord extract` shows what is read of one; rules under [read] in the source's file help"
            }
        }
    }
}

impl fmt::Display for Flag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flag::Blocked(outcome) => write!(formatter, "blocked: the site refuses us ({outcome})"),
            Flag::Refused(outcome) => write!(formatter, "refused: it is not asked for or kept ({outcome})"),
            Flag::Failing(times) => write!(formatter, "failing: {times} times in a row"),
            Flag::Empty => formatter.write_str(
                "empty: it announced pages before and now none; a selector may have stopped matching",
            ),
            Flag::NeverAnything(readings) => write!(
                formatter,
                "never brought anything: it answered {readings} times and announced no page"
            ),
            Flag::Malformed => formatter.write_str("malformed: it cannot be read as its kind any more"),
            Flag::Silent(length) => {
                let hours = length.as_hours();
                let (days, hours) = (hours / 24, hours % 24);
                write!(
                    formatter,
                    "silent: nothing new for {days} days {hours} h, unlike before"
                )
            }
            Flag::PagesBlocked(blocked, asked) => write!(
                formatter,
                "pages blocked: the site turned us away from {blocked} of the last {asked} pages"
            ),
            Flag::PagesFailing(failed, asked, outcome) => {
                write!(
                    formatter,
                    "pages failing: {failed} of the last {asked} pages failed, mostly so: {outcome}"
                )
            }
            Flag::PagesUnread(unread, fetched) => write!(
                formatter,
                "pages unread: no text was read out of {unread} of the last {fetched} pages fetched"
            ),
        }
    }
}

/// How a channel fares by all its readings, the new items of the last seven days, and its latest pages.
pub fn health(tally: &ChannelTally, new_in_week: u64, pages: PageYield) -> Health {
    // An hour of many news is no measure of a week.
    let has_past = tally.bringing >= ENOUGH && tally.rate_days >= LEAST_DAYS;
    let mut flags = Vec::new();
    flags.extend(trouble(tally));
    flags.extend(emptiness(tally));
    flags.extend(silence(tally).map(Flag::Silent));
    let unread = pages.fetched.saturating_sub(pages.read);
    if pages.fetched >= ENOUGH_PAGES && unread * 2 > pages.fetched {
        flags.push(Flag::PagesUnread(unread, pages.fetched));
    }
    Health {
        succeeded_at: tally.succeeded_at,
        new_at: tally.new_at,
        failures: tally.failures,
        items: tally.items.map(|items| (items, tally.usual_items.round() as u64)),
        expected_a_day: has_past.then(|| tally.rate_items / tally.rate_days),
        new_in_week,
        pages,
        flags,
    }
}

/// What keeps a channel from answering. What asking again will not change is told at once.
fn trouble(tally: &ChannelTally) -> Option<Flag> {
    match tally.outcome {
        outcome @ (Outcome::Blocked | Outcome::RobotsDisallowed) => Some(Flag::Blocked(outcome)),
        outcome @ (Outcome::Refused | Outcome::TooLarge | Outcome::TooManyRedirects) => {
            Some(Flag::Refused(outcome))
        }
        Outcome::Malformed => Some(Flag::Malformed),
        _ => (tally.failures >= FAILURES).then_some(Flag::Failing(tally.failures)),
    }
}

fn emptiness(tally: &ChannelTally) -> Option<Flag> {
    match (tally.items, tally.most_items) {
        (Some(0), 0) => (tally.readings >= ENOUGH_EMPTY).then_some(Flag::NeverAnything(tally.readings)),
        (Some(0), _) => (tally.refilled < HABIT).then_some(Flag::Empty),
        _ => None,
    }
}

/// How long a channel had brought nothing new when it last answered, where that is unlike it. Time in which
/// nobody asked it, or it did not answer, is no silence of its own.
fn silence(tally: &ChannelTally) -> Option<SignedDuration> {
    if tally.bringing < ENOUGH {
        return None;
    }
    let silent = tally.succeeded_at?.duration_since(tally.new_at?);
    let usual = (tally.gap_days * GAPS).max(LEAST_SILENCE_DAYS);
    (silent.as_secs_f64() > usual * 86_400.0).then_some(silent)
}

/// How the latest visits to a source's pages ended, by their outcomes.
pub fn page_health(outcomes: &[(Outcome, u64)], pages: PageYield) -> PageHealth {
    let count = |is: fn(Outcome) -> bool| -> u64 {
        let those = outcomes.iter().filter(|(outcome, _)| is(*outcome));
        those.map(|(_, count)| count).sum()
    };
    let asked = count(|_| true);
    let blocked = count(is_blocked);
    let absent = count(is_absent);
    let failed = count(is_failed);
    let failures = outcomes.iter().filter(|(outcome, _)| is_failed(*outcome));
    // A host that pushes back is left alone for hours, so that few pages tell: then nearly all of them must.
    let is_much = |share: u64| {
        (asked >= ENOUGH_PAGES && share * 2 >= asked) || (asked >= FEW_PAGES && share * 4 >= asked * 3)
    };
    let mut flags = Vec::new();
    if is_much(blocked) {
        flags.push(Flag::PagesBlocked(blocked, asked));
    }
    if let Some((commonest, _)) = failures
        .max_by_key(|(_, count)| *count)
        .filter(|_| is_much(failed))
    {
        flags.push(Flag::PagesFailing(failed, asked, *commonest));
    }
    PageHealth {
        asked,
        blocked,
        absent,
        failed,
        pages,
        flags,
    }
}

fn is_blocked(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Blocked | Outcome::RobotsDisallowed)
}

fn is_failed(outcome: Outcome) -> bool {
    !outcome.is_success() && !is_blocked(outcome) && !is_absent(outcome)
}

fn is_absent(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::NotFound | Outcome::Gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::ChannelRead;

    /// A reading each six hours: what it announced and what of that was new; `None` for a failure.
    fn reads(counts: &[Option<(u64, u64)>]) -> Vec<ChannelRead> {
        let at = |index: usize| Timestamp::from_second(index as i64 * 6 * 3600).expect("in range");
        (counts.iter().enumerate())
            .map(|(index, count)| ChannelRead {
                at: at(index),
                outcome: count.map_or(Outcome::ServerError, |_| Outcome::Changed),
                items: count.map(|(items, _)| items),
                new: count.map_or(0, |(_, new)| new),
            })
            .collect()
    }

    #[track_caller]
    fn check_reads(reads: &[ChannelRead], flags: &[&str]) -> Health {
        let tally = ChannelTally::of(reads).expect("a reading");
        let health = health(&tally, 0, PageYield::default());
        let found: Vec<&str> = health.flags.iter().map(|flag| flag.code()).collect();
        assert_eq!(found, flags, "{health:?}");
        for flag in &health.flags {
            assert!(Flag::OF_CHANNELS.contains(&flag.code()) && !flag.advice().is_empty());
        }
        health
    }

    #[track_caller]
    fn check(counts: &[Option<(u64, u64)>], flags: &[&str]) -> Health {
        check_reads(&reads(counts), flags)
    }

    #[test]
    fn a_channel_that_brings_something_now_and_then_is_well() {
        let counts = [(10, 10), (10, 1), (10, 0), (10, 2), (10, 1)].map(Some);
        // A day of it is no past yet.
        assert_eq!(check(&counts, &[]).expected_a_day, None);
        let mut reads = reads(&counts);
        for read in &mut reads {
            read.at = Timestamp::from_second(read.at.as_second() * 4).expect("in range");
        }
        let health = check_reads(&reads, &[]);
        let expected = health.expected_a_day.expect("it has a past");
        assert!((expected - 1.0).abs() < 0.05, "{expected}");
        assert_eq!(health.items, Some((10, 10)));
    }

    #[test]
    fn a_selector_that_stopped_matching_is_noticed_and_stays_so() {
        let mut counts = vec![Some((10, 10)), Some((10, 1)), Some((0, 0))];
        check(&counts, &["empty"]);
        counts.extend([Some((0, 0)); 400]);
        check(&counts, &["empty"]);
    }

    #[test]
    fn a_selector_that_never_matched_is_noticed() {
        check(&[Some((0, 0)); 2], &[]);
        check(&[Some((0, 0)); 3], &["never_anything"]);
    }

    #[test]
    fn a_list_of_the_last_days_may_be_empty_by_habit() {
        let day = [Some((3, 3)), Some((0, 0))];
        check(&day.repeat(2), &["empty"]);
        check(&day.repeat(3), &[]);
    }

    #[test]
    fn a_silence_is_measured_by_the_channel_s_own_past() {
        let busy = [Some((9, 9)), Some((9, 1)), Some((9, 1)), Some((9, 1))];
        let quiet = |times| {
            busy.iter()
                .copied()
                .chain([Some((9, 0))].repeat(times))
                .collect::<Vec<_>>()
        };
        check(&quiet(3), &[]);
        check(&quiet(5), &["silent"]);
        // For ever: a year later it is silent still.
        check(&quiet(4 * 365), &["silent"]);
        // Too little is known of one that spoke twice.
        let twice = [vec![Some((9, 9)), Some((9, 1))], [Some((9, 0))].repeat(99)].concat();
        check(&twice, &[]);
    }

    #[test]
    fn failures_count_when_there_are_three_in_a_row() {
        check(&[Some((9, 9)), None, None], &[]);
        check(&[Some((9, 9)), None, None, None], &["failing"]);
        for (outcome, flag) in [
            (Outcome::Blocked, "blocked"),
            (Outcome::RobotsDisallowed, "blocked"),
            (Outcome::Refused, "refused"),
            (Outcome::TooLarge, "refused"),
            (Outcome::Malformed, "malformed"),
        ] {
            let mut at_once = reads(&[Some((9, 9)), None]);
            at_once[1].outcome = outcome;
            check_reads(&at_once, &[flag]);
        }
    }

    #[test]
    fn pages_that_give_no_text_are_noticed() {
        let tally = ChannelTally::of(&reads(&[Some((9, 9))])).expect("a reading");
        let flags = |fetched, read| {
            let pages = PageYield {
                tried: 20,
                fetched,
                read,
            };
            health(&tally, 9, pages).flags
        };
        assert_eq!(flags(10, 4), [Flag::PagesUnread(6, 10)]);
        assert_eq!(flags(10, 5), []);
        assert_eq!(flags(4, 0), []);
    }

    #[test]
    fn a_site_that_turns_us_away_from_its_pages_is_noticed_though_its_feed_works() {
        let flags = |outcomes: &[(Outcome, u64)]| page_health(outcomes, PageYield::default()).flags;
        let well = (Outcome::Changed, 5);
        assert_eq!(flags(&[well, (Outcome::Blocked, 5)]), [Flag::PagesBlocked(5, 10)]);
        assert_eq!(flags(&[well, (Outcome::Blocked, 4)]), []);
        assert_eq!(
            flags(&[(Outcome::TimedOut, 4), (Outcome::Broken, 1)]),
            [Flag::PagesFailing(5, 5, Outcome::TimedOut)]
        );
        assert_eq!(flags(&[(Outcome::Blocked, 2)]), [Flag::PagesBlocked(2, 2)]);
        assert_eq!(flags(&[(Outcome::Blocked, 1)]), []);
        // A layout that hides the text of three of four pages.
        let (well, empty) = ((Outcome::Changed, 1), (Outcome::Empty, 3));
        assert_eq!(flags(&[well, empty]), [Flag::PagesFailing(3, 4, Outcome::Empty)]);
        assert_eq!(flags(&[(Outcome::Changed, 2), (Outcome::Empty, 2)]), []);
        assert_eq!(
            flags(&[(Outcome::NotFound, 50)]),
            [],
            "what is gone is no failure"
        );
    }
}
