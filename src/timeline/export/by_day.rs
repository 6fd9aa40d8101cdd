//! What is read under the headings of days: of the stretches that begin with one day (3 February, February, 2026) each has one heading,
//! the shortest first, in whichever order the lines come.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::model::date::When;
use crate::text::days;

/// Items that wait at most: a file may be of any length, and beyond this a heading stands again.
const MOST_WAITING: usize = 50_000;

/// The items of the stretches that begin with one day.
#[derive(Debug, Default)]
pub(super) struct ByDay {
    /// The day, where an item had one yet.
    begin: Option<Date>,
    /// Items that wait, below their headings.
    waiting: Vec<(Option<When>, Section)>,
    count: usize,
    /// The ids that were given.
    ids: HashSet<String>,
}

/// Items below one heading.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading.
    pub(super) heading: String,
    /// What a link leads to it by; none where a heading before has it.
    pub(super) id: Option<String>,
    /// What stands below it.
    pub(super) items: Vec<String>,
}

impl ByDay {
    /// Takes an item; gives what stands before it and waits for nothing more.
    pub(super) fn add(&mut self, when: Option<&When>, item: String) -> Vec<Section> {
        let begin = when.map(|when| when.earliest);
        // What has no day of its own goes with any.
        let is_next = begin.is_some() && self.begin.is_some() && begin != self.begin;
        let is_full = self.count >= MOST_WAITING;
        let before = if is_next || is_full {
            self.end()
        } else {
            Vec::new()
        };
        self.count += 1;
        self.begin = begin.or(self.begin);
        let heading = when.map_or("Day unknown".into(), days::in_words);
        let mut sections = self.waiting.iter_mut().map(|(_, section)| section);
        match sections.find(|section| section.heading == heading) {
            Some(section) => section.items.push(item),
            None => {
                let section = Section {
                    heading,
                    id: None,
                    items: vec![item],
                };
                self.waiting.push((when.cloned(), section));
            }
        }
        before
    }

    /// Gives what still waits.
    pub(super) fn end(&mut self) -> Vec<Section> {
        self.count = 0;
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by_key(|(when, _)| (when.is_none(), when.as_ref().map(|when| when.latest)));
        let sections = waiting.into_iter().map(|(when, section)| {
            let id = id(when.as_ref());
            Section {
                id: self.ids.insert(id.clone()).then_some(id),
                ..section
            }
        });
        sections.collect()
    }
}

fn id(when: Option<&When>) -> String {
    match when {
        None => "day-unknown".into(),
        Some(when) if when.earliest == when.latest => format!("day-{}", when.earliest),
        Some(when) => format!("days-{}-{}", when.earliest, when.latest),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_stretch_of_days_has_one_heading_and_the_shortest_stands_first() {
        let january = When::between(date(2026, 1, 1), date(2026, 1, 31));
        let year = When::between(date(2026, 1, 1), date(2026, 12, 31));
        let first = When::day(date(2026, 1, 1));
        let next = When::day(date(2026, 1, 5));
        let mut days = ByDay::default();
        let mut sections = Vec::new();
        for (when, item) in [
            (Some(&january), "a"),
            (Some(&year), "b"),
            (None, "c"),
            (Some(&january), "d"),
            (Some(&first), "e"),
            (Some(&next), "f"),
            (None, "g"),
        ] {
            sections.extend(days.add(when, item.into()));
        }
        sections.extend(days.end());
        let told: Vec<(Option<&str>, String)> = sections
            .iter()
            .map(|section| (section.id.as_deref(), section.items.join(" ")))
            .collect();
        let expected = [
            (Some("day-2026-01-01"), "e"),
            (Some("days-2026-01-01-2026-01-31"), "a d"),
            (Some("days-2026-01-01-2026-12-31"), "b"),
            (Some("day-unknown"), "c"),
            (Some("day-2026-01-05"), "f"),
            // An id names one place of a page.
            (None, "g"),
        ];
        assert_eq!(told, expected.map(|(id, items)| (id, items.to_owned())));
    }
}
