//! Why an address is due when it is, and what goes before what.

use jiff::Timestamp;

/// Later than anything is planned, and still a date that every reader of the rows understands.
pub const NEVER: Timestamp = Timestamp::constant(253_370_764_800, 0);

/// What is asked for first where several things of a host are due; inside each the newest goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Priority {
    /// A channel: it says what is new.
    Channel,
    /// A new page that a feed, a listing or an interface announced: today's news.
    News,
    /// A new page that a sitemap or an archive's list announced: mostly the past.
    Backlog,
    /// A page that is held.
    Revisit,
}

impl Priority {
    /// Every priority, the first first.
    pub const ALL: [Priority; 4] = [
        Priority::Channel,
        Priority::News,
        Priority::Backlog,
        Priority::Revisit,
    ];

    /// The place in rows.
    pub fn place(self) -> u8 {
        match self {
            Priority::Channel => 0,
            Priority::News => 1,
            Priority::Backlog => 2,
            Priority::Revisit => 3,
        }
    }

    /// The priority at a place.
    pub fn at_place(place: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|priority| i64::from(priority.place()) == place)
    }

    /// The name used in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Priority::Channel => "channel",
            Priority::News => "news",
            Priority::Backlog => "backlog",
            Priority::Revisit => "revisit",
        }
    }
}

/// The rule that set the time of an address's next visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DueRule {
    /// It became known and was never asked for.
    New,
    /// Its channel is asked every so long.
    Every,
    /// Its channel is asked by a cron pattern.
    Cron,
    /// The channel brought something new: the pause was cut.
    Brought,
    /// The channel brought nothing new: the pause grew.
    Quiet,
    /// It was new to us: the pause follows the age it had.
    Age,
    /// Nothing had changed: the pause grew.
    Unchanged,
    /// It had changed: the pause was halved.
    Changed,
    /// Its channel says that it changed.
    Announced,
    /// It failed and is tried again.
    Retry,
    /// The server named the time (`Retry-After`).
    RetryAfter,
    /// Its host is left alone until then.
    Host,
    /// The index above it says when it changes.
    Index,
    /// robots.txt did not let us ask; the file is read again by then.
    Robots,
    /// It was in doubt whether the page still stands there.
    Doubt,
    /// It is gone.
    Gone,
    /// It was refused, or is too large.
    Refused,
    /// It failed too often.
    GivenUp,
    /// It is an archive's copy, which never changes.
    Memento,
    /// Its channel is an interface that gives its whole text.
    Given,
    /// Somebody asked for it.
    Asked,
    /// The clock was wrong that set the time.
    Clock,
}

impl DueRule {
    /// Every rule.
    pub const ALL: [DueRule; 22] = [
        DueRule::New,
        DueRule::Every,
        DueRule::Cron,
        DueRule::Brought,
        DueRule::Quiet,
        DueRule::Age,
        DueRule::Unchanged,
        DueRule::Changed,
        DueRule::Announced,
        DueRule::Retry,
        DueRule::RetryAfter,
        DueRule::Host,
        DueRule::Index,
        DueRule::Robots,
        DueRule::Doubt,
        DueRule::Gone,
        DueRule::Refused,
        DueRule::GivenUp,
        DueRule::Memento,
        DueRule::Given,
        DueRule::Asked,
        DueRule::Clock,
    ];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            DueRule::New => "new",
            DueRule::Every => "every",
            DueRule::Cron => "cron",
            DueRule::Brought => "brought",
            DueRule::Quiet => "quiet",
            DueRule::Age => "age",
            DueRule::Unchanged => "unchanged",
            DueRule::Changed => "changed",
            DueRule::Announced => "announced",
            DueRule::Retry => "retry",
            DueRule::RetryAfter => "retry_after",
            DueRule::Host => "host",
            DueRule::Index => "index",
            DueRule::Robots => "robots",
            DueRule::Doubt => "doubt",
            DueRule::Gone => "gone",
            DueRule::Refused => "refused",
            DueRule::GivenUp => "given_up",
            DueRule::Memento => "memento",
            DueRule::Given => "given",
            DueRule::Asked => "asked",
            DueRule::Clock => "clock",
        }
    }

    /// The rule of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// The rule in words.
    pub fn in_words(self) -> &'static str {
        match self {
            DueRule::New => "new, never asked for",
            DueRule::Every => "its channel's interval",
            DueRule::Cron => "its channel's cron pattern",
            DueRule::Brought => "it brought something new, so the pause was cut",
            DueRule::Quiet => "it brought nothing new, so the pause grew by a tenth",
            DueRule::Age => "first looked at again after half its age",
            DueRule::Unchanged => "it had not changed, so the pause grew by half",
            DueRule::Changed => "it had changed, so the pause was halved",
            DueRule::Announced => "its channel says that it changed",
            DueRule::Retry => "it failed and is tried again",
            DueRule::RetryAfter => "the server asked for this pause (Retry-After)",
            DueRule::Host => "its host did not let us ask; tried again by then",
            DueRule::Index => "the sitemap index above it says when it changes; looked at by then anyway",
            DueRule::Robots => "robots.txt forbids it; asked again when the file is read again",
            DueRule::Doubt => "something else may stand in its place; looked at again soon",
            DueRule::Gone => {
                "it is gone; looked for again, each time after twice the pause, up to the longest"
            }
            DueRule::Refused => "it may not be fetched or is too large; longest pause",
            DueRule::GivenUp => "it failed too often; asked for at half its age",
            DueRule::Memento => "an archive's copy, which never changes",
            DueRule::Given => "its interface gives its whole text, so the page is not asked for",
            DueRule::Asked => "asked for by hand",
            DueRule::Clock => "the clock was wrong when it was last asked for",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DueRule, Priority};

    #[test]
    fn every_rule_comes_back_from_its_code() {
        for rule in DueRule::ALL {
            assert_eq!(DueRule::from_code(rule.code()), Some(rule));
        }
        for priority in Priority::ALL {
            assert_eq!(Priority::at_place(i64::from(priority.place())), Some(priority));
        }
    }
}
