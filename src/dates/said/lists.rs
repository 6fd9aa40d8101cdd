//! The lists of words in `words.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::clauses::is_report;

/// The lists, read once.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

/// Words by which the day of speech is found.
pub(super) struct Lists {
    say: HashSet<&'static str>,
    body: HashSet<&'static str>,
    crowd: HashSet<&'static str>,
    fill: HashSet<&'static str>,
    reply: HashSet<&'static str>,
}

impl Lists {
    fn read() -> Self {
        let lines = include_str!("words.txt").lines();
        let entries: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
        let list = |name: &str| {
            let own = entries.iter().filter(|(list, _)| *list == name);
            own.flat_map(|(_, words)| words.split(' ')).collect()
        };
        Self {
            say: list("say"),
            body: list("body"),
            crowd: list("crowd"),
            fill: list("fill"),
            reply: list("reply"),
        }
    }

    /// Whether a verb says that somebody spoke or wrote.
    pub(super) fn reports(&self, verb: &str) -> bool {
        is_report(verb) || self.say.contains(verb)
    }

    /// Whether a noun is for those who meet to be spoken to: "told the council".
    pub(super) fn is_body(&self, noun: &str) -> bool {
        self.body.contains(noun)
    }

    /// Whether a verb tells that a crowd came together: "filled the square".
    pub(super) fn is_coming(&self, verb: &str) -> bool {
        self.fill.contains(verb)
    }

    /// Whether a verb answers on the spot: who "responds" may do so in a statement.
    pub(super) fn is_reply(&self, verb: &str) -> bool {
        self.reply.contains(verb)
    }

    /// Whether a noun is for those who come together to hear somebody: "told the crowd".
    pub(super) fn is_crowd(&self, noun: &str) -> bool {
        self.crowd.contains(noun)
    }
}
