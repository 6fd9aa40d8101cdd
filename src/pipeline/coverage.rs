//! What an answer could not see: sources that were not followed yet, not asked, failing, blocked or silent in the time that
//! was asked for. So nobody reads "nothing was said" out of "nobody listened".

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{PipelineError, Tracker, source_health};
use crate::crawl::Flag;
use crate::index::Query;
use crate::model::id::SourceId;
use crate::model::source::SourceKind;
use crate::store::Answers;

/// Days that are asked for; either end may be open.
pub type Days = (Option<Date>, Option<Date>);

/// What every source that is followed could tell of a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The time.
    pub days: Days,
    /// The sources, by id.
    pub sources: Vec<Covered>,
}

/// What a source could tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Covered {
    /// The source.
    pub source: SourceId,
    /// Its name.
    pub name: String,
    /// Whether it is official or news.
    pub kind: SourceKind,
    /// Why it could not tell everything, if it could not.
    pub gap: Option<GapReason>,
}

impl Coverage {
    /// The sources that a query asks of.
    pub fn of<'a>(&'a self, query: &'a Query) -> impl Iterator<Item = &'a Covered> {
        let sources = self.sources.iter();
        sources.filter(|it| query.may_ask_of(it.source.as_str(), &it.name, it.kind))
    }
}

/// Why a source could not tell everything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GapReason {
    /// It was never asked.
    Never,
    /// It is followed since a day of that time, or a later one.
    Since(Date),
    /// Nobody asked it in that time.
    NotAsked,
    /// It turned us away on so many of the days it was asked.
    Blocked(u64, u64),
    /// It did not answer as it should on so many of the days it was asked.
    Failed(u64, u64),
    /// Something is wrong with it now.
    Now(Flag),
}

impl GapReason {
    /// The name used in JSON.
    pub fn code(self) -> &'static str {
        match self {
            GapReason::Never => "never_asked",
            GapReason::Since(_) => "not_followed_yet",
            GapReason::NotAsked => "not_asked",
            GapReason::Blocked(..) => "blocked",
            GapReason::Failed(..) => "failed",
            GapReason::Now(flag) => flag.code(),
        }
    }
}

impl fmt::Display for GapReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GapReason::Never => write!(f, "was never asked"),
            GapReason::Since(day) => write!(f, "is followed since {day}"),
            GapReason::NotAsked => write!(f, "was not asked in that time"),
            GapReason::Blocked(bad, days) => write!(f, "turned us away on {bad} of {days} days"),
            GapReason::Failed(bad, days) => write!(f, "did not answer as it should on {bad} of {days} days"),
            GapReason::Now(flag) => write!(f, "{flag}"),
        }
    }
}

/// What the sources could tell of these days; without days, how they stand now.
pub async fn coverage(tracker: &Tracker, days: Days, now: Timestamp) -> Result<Coverage, PipelineError> {
    let (from, to) = days;
    let today = TimeZone::UTC.to_datetime(now).date();
    let since = tracker.store.followed_since().await?;
    let answers = match (from, to) {
        (None, None) => None,
        (from, to) => {
            let from = from.unwrap_or(Date::MIN);
            let until = to.unwrap_or(today).min(today).tomorrow().unwrap_or(Date::MAX);
            Some(tracker.store.answers_between(begin(from), begin(until)).await?)
        }
    };
    // What is wrong now tells nothing of a time that is over.
    let is_about_now = to.is_none_or(|to| to >= today.saturating_sub(1.day()));
    let health = match is_about_now {
        true => source_health(tracker, now).await?,
        false => Default::default(),
    };
    let mut sources = Vec::new();
    for source in tracker
        .sorted_sources()
        .into_iter()
        .filter(|source| source.enabled)
    {
        let followed = since
            .get(&source.id)
            .map(|since| TimeZone::UTC.to_datetime(*since).date());
        let answered = answers
            .as_ref()
            .map(|all| all.get(&source.id).copied().unwrap_or_default());
        let flag = health
            .get(&source.id)
            .and_then(|health| health.flags().map(|(_, flag)| flag).next());
        sources.push(Covered {
            gap: then(days, followed, answered).or(flag.map(GapReason::Now)),
            source: source.id,
            name: source.name,
            kind: source.kind,
        });
    }
    Ok(Coverage { days, sources })
}

/// What a source could not tell of a time, by when it was followed and how it answered.
fn then((from, to): Days, followed: Option<Date>, answered: Option<Answers>) -> Option<GapReason> {
    let Some(followed) = followed else {
        return Some(GapReason::Never);
    };
    if to.is_some_and(|to| to < followed) || from.is_some_and(|from| from < followed) {
        return Some(GapReason::Since(followed));
    }
    let answered = answered?;
    let bad_days = answered.days - answered.good_days.min(answered.days);
    match answered {
        Answers { readings: 0, .. } => Some(GapReason::NotAsked),
        _ if bad_days == 0 => None,
        Answers {
            blocked,
            readings,
            days,
            ..
        } if blocked * 2 > readings => Some(GapReason::Blocked(bad_days, days)),
        Answers { days, .. } => Some(GapReason::Failed(bad_days, days)),
    }
}

/// The beginning of a day (UTC), as far as there are instants.
fn begin(day: Date) -> Timestamp {
    TimeZone::UTC
        .to_timestamp(day.at(0, 0, 0, 0))
        .unwrap_or(if day.year() < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_source_tells_only_of_the_days_it_was_followed_and_answered() {
        let february = (Some(date(2026, 2, 1)), Some(date(2026, 2, 28)));
        let answers = |days, good_days, blocked, readings| {
            Some(Answers {
                days,
                good_days,
                blocked,
                readings,
            })
        };
        let before = Some(date(2026, 1, 1));
        for (followed, answered, reason) in [
            (None, answers(0, 0, 0, 0), Some(GapReason::Never)),
            (
                Some(date(2026, 2, 9)),
                answers(9, 9, 0, 9),
                Some(GapReason::Since(date(2026, 2, 9))),
            ),
            (before, answers(0, 0, 0, 0), Some(GapReason::NotAsked)),
            (before, answers(28, 28, 0, 99), None),
            (before, answers(28, 26, 0, 99), Some(GapReason::Failed(2, 28))),
            (before, answers(28, 0, 90, 99), Some(GapReason::Blocked(28, 28))),
        ] {
            assert_eq!(
                then(february, followed, answered),
                reason,
                "{followed:?} {answered:?}"
            );
        }
        // "Up to" a day asks for what was before anybody listened only where all of it was.
        let until = (None, Some(date(2026, 2, 28)));
        assert_eq!(then(until, Some(date(2026, 2, 9)), answers(9, 9, 0, 9)), None);
    }
}
