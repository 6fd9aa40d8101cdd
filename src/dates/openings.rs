//! Which patterns can begin where: two neighbouring tokens in, the rules worth trying out.
//!
//! Trying every pattern at every token would cost more than everything else. What a pattern can begin with is
//! known from its steps, so a table says for each pair of first and second token which patterns they open; for
//! almost every pair of a text that is none.

use std::collections::BTreeMap;

use foldhash::HashMap;

use super::cursor::Cursor;
use super::language::Language;
use super::numbers::Form;
use super::pattern::Step;
use super::signs::{DIGITS, MOST_SIGNS, NONE, Opening, Sign, Signs, mark};

/// The rules by the tokens they can begin with.
#[derive(Debug, Default)]
pub(super) struct Openings {
    /// The row of the table that a first sign has; 0 is the empty one.
    rows: Vec<u16>,
    /// The column that a second sign has. Most words are followed and preceded alike, so that the whole table is small enough to
    /// stay at hand.
    columns: Vec<u16>,
    /// How many columns there are.
    width: usize,
    /// The list of rules for each row and column, by its place in `lists`.
    cells: Vec<u16>,
    lists: Vec<List>,
    /// Sets of third signs.
    thirds: Vec<Signs>,
    /// For each rule that can begin with digits as a count only, what may stand behind that count. Of "1,183.17" and "4.5 percent" the
    /// first three tokens do not tell that they are no length of time.
    behind_counts: Vec<Option<Box<Signs>>>,
}

/// Rules in the order of the file, each with the place of the set of signs it can have third.
type List = Vec<(u16, u16)>;

/// Whole numbers handed out to things as they turn up.
struct Numbered<T>(BTreeMap<T, u16>);

impl<T: Ord + Clone> Numbered<T> {
    /// The number of a thing, and whether it is new.
    fn number(&mut self, thing: &T) -> (u16, bool) {
        if let Some(number) = self.0.get(thing) {
            return (*number, false);
        }
        let next = u16::try_from(self.0.len()).expect("few things");
        self.0.insert(thing.clone(), next);
        (next, true)
    }
}

impl Openings {
    /// Whether any rule can begin with a token of the one sign before one of the other.
    pub(super) fn opens(&self, first: Sign, second: impl FnOnce() -> Sign) -> bool {
        let row = usize::from(self.rows[usize::from(first)]);
        row != 0 && self.cell(row, second()) != 0
    }

    /// The place of the list for a row and a second sign.
    fn cell(&self, row: usize, second: Sign) -> u16 {
        self.cells[row * self.width + usize::from(self.columns[usize::from(second)])]
    }

    /// The rules that can begin here, in the order of the file.
    pub(super) fn at(&self, here: Cursor<'_>) -> impl Iterator<Item = u16> {
        let list = self.opened(here);
        // Most tokens open nothing, and what stands third is of no interest then.
        let third = if list.is_empty() {
            NONE
        } else {
            here.moved_to(here.at + 2).sign()
        };
        let goes_on = move |(_, set): &&(u16, u16)| self.thirds[usize::from(*set)].has(third);
        list.iter().filter(goes_on).map(|(rule, _)| *rule)
    }

    /// Whether a rule that stands at digits can go on where a token of that sign is behind them as a count; `None` where they are none.
    pub(super) fn goes_on_behind_count(&self, rule: u16, sign: Option<Sign>) -> bool {
        let set = self.behind_counts[usize::from(rule)].as_ref();
        set.is_none_or(|set| sign.is_some_and(|sign| set.has(sign)))
    }

    fn opened(&self, here: Cursor<'_>) -> &[(u16, u16)] {
        let row = usize::from(self.rows[usize::from(here.sign())]);
        if row == 0 {
            return &[];
        }
        &self.lists[usize::from(self.cell(row, here.next().sign()))]
    }

    /// The table for the rules of a language.
    pub(super) fn of(language: &Language) -> Self {
        let signs = language.words.len();
        assert!(signs <= MOST_SIGNS, "{signs} words are more than a set holds");
        let mut table = Self {
            rows: vec![0; signs],
            lists: vec![List::new()],
            ..Self::default()
        };
        let mut sets = Numbered(BTreeMap::new());
        let mut lists = Lists::default();
        let mut rows: BTreeMap<Sign, Vec<u32>> = BTreeMap::new();
        let mut forms = BTreeMap::new();
        for (number, rule) in (0..).zip(&language.rules) {
            let pattern = Pattern::new(language, &rule.steps, &mut forms);
            let start = pattern.from(0);
            table
                .behind_counts
                .push(pattern.behind_count(&start).map(Box::new));
            // Most first tokens lead to the same places: all words for numbers, all months.
            let (mut seconds, mut thirds) = (Known::default(), Known::default());
            for first in pattern.next_signs(&start).iter() {
                let row = rows.entry(first).or_insert_with(|| vec![Lists::EMPTY; signs]);
                let followed = seconds.get(pattern.after(&start, first), |places| {
                    let second = pattern.next_signs(places);
                    let second = second.iter().take_while(|sign| usize::from(*sign) < signs);
                    let mut set = |third: &Places| {
                        let third = pattern.next_signs(third);
                        let (set, is_new) = sets.number(&third);
                        if is_new {
                            table.thirds.push(third);
                        }
                        set
                    };
                    second
                        .map(|second| (second, *thirds.get(pattern.third(places, second), &mut set)))
                        .collect::<Vec<(Sign, u16)>>()
                });
                for (second, set) in followed {
                    let cell = &mut row[usize::from(*second)];
                    *cell = lists.longer(*cell, (number, *set));
                }
            }
        }
        table.fill(rows, &lists);
        table
    }

    fn fill(&mut self, rows: BTreeMap<Sign, Vec<u32>>, lists: &Lists) {
        let signs = self.rows.len();
        let mut known = Numbered(BTreeMap::from([(Lists::EMPTY, 0)]));
        let mut distinct = Numbered(BTreeMap::from([(vec![0; signs], 0)]));
        let mut all = vec![vec![0; signs]];
        for (first, row) in rows {
            let places = row.into_iter().map(|list| {
                let (place, is_new) = known.number(&list);
                if is_new {
                    self.lists.push(lists.list(list));
                }
                place
            });
            let places: Vec<u16> = places.collect();
            let (number, is_new) = distinct.number(&places);
            self.rows[usize::from(first)] = number;
            if is_new {
                all.push(places);
            }
        }
        let mut distinct = Numbered(BTreeMap::new());
        let mut columns: Vec<Vec<u16>> = Vec::new();
        for second in 0..signs {
            let column = all.iter().map(|row| row[second]).collect();
            let (number, is_new) = distinct.number(&column);
            self.columns.push(number);
            if is_new {
                columns.push(column);
            }
        }
        self.width = columns.len();
        let cells = (0..all.len()).flat_map(|row| columns.iter().map(move |column| column[row]));
        self.cells = cells.collect();
    }
}

/// Lists of rules while the table grows, each a shorter one and what comes last. Hundreds of thousands of cells share a few
/// hundred lists, which would take a hundred times the room of the table if each cell had its own.
#[derive(Default)]
struct Lists {
    longer: HashMap<(u32, (u16, u16)), u32>,
    /// What each list is longer than, and by what; that of number 1 stands first.
    made: Vec<(u32, (u16, u16))>,
}

impl Lists {
    /// The list of nothing.
    const EMPTY: u32 = 0;

    /// The number of the list that has one more.
    fn longer(&mut self, list: u32, last: (u16, u16)) -> u32 {
        *self.longer.entry((list, last)).or_insert_with(|| {
            self.made.push((list, last));
            u32::try_from(self.made.len()).expect("few lists")
        })
    }

    /// The list of a number.
    fn list(&self, mut number: u32) -> List {
        let mut list = List::new();
        while let Some((shorter, last)) = number.checked_sub(1).map(|at| self.made[at as usize]) {
            list.push(last);
            number = shorter;
        }
        list.reverse();
        list
    }
}

/// What the token at a fork of a pattern may be for either way, so that nearly always only one of them is gone.
#[derive(Debug)]
pub(super) struct Forks(Vec<Signs>);

/// The set of a fork of which nothing is known yet.
pub(super) const ANY: u16 = 0;

impl Default for Forks {
    fn default() -> Self {
        Self(vec![Signs::ALL])
    }
}

impl Forks {
    /// Notes at every fork of these patterns what leads into which way.
    pub(super) fn of<'s>(language: &Language, patterns: impl Iterator<Item = &'s mut Vec<Step>>) -> Self {
        let mut sets = Self::default();
        let (mut numbers, mut forms) = (Numbered(BTreeMap::from([(Signs::ALL, ANY)])), BTreeMap::new());
        let mut number = |signs: Signs| {
            let (number, is_new) = numbers.number(&signs);
            if is_new {
                sets.0.push(signs);
            }
            number
        };
        for steps in patterns {
            let pattern = Pattern::new(language, steps, &mut forms);
            let forks = (0..).zip(steps.iter()).filter_map(|(at, step)| match step {
                Step::Fork { other, .. } => Some((at, *other)),
                _ => None,
            });
            let forks = forks.map(|(at, other): (usize, usize)| {
                let mut signs = |step| number(pattern.next_signs(&pattern.from(step)));
                let (first, second) = (signs(at + 1), signs(other));
                (at, Step::Fork { first, second, other })
            });
            let forks: Vec<(usize, Step)> = forks.collect();
            forks.into_iter().for_each(|(at, fork)| steps[at] = fork);
        }
        sets
    }

    /// Whether a set of a fork holds a sign.
    pub(super) fn allows(&self, set: u16, sign: Sign) -> bool {
        self.0[usize::from(set)].has(sign)
    }
}

/// A pattern, walked token by token through its signs.
struct Pattern<'l> {
    steps: &'l [Step],
    /// What each step that reads a token can read.
    openings: Vec<Vec<Opening>>,
}

/// What was found out of places already.
struct Known<T>(Vec<(Places, T)>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Known<T> {
    fn get(&mut self, places: Places, find: impl FnOnce(&Places) -> T) -> &T {
        let known = self.0.iter().position(|(own, _)| *own == places);
        let at = known.unwrap_or_else(|| {
            let found = find(&places);
            self.0.push((places, found));
            self.0.len() - 1
        });
        &self.0[at].1
    }
}

/// Where a pattern may have come to.
#[derive(Default, PartialEq)]
struct Places {
    /// The steps that may read the next token.
    reading: Vec<usize>,
    /// What may follow within a form, what after that, and the step that follows the form.
    within: Vec<(Signs, Signs, usize)>,
    /// The pattern may have ended.
    is_over: bool,
}

impl<'l> Pattern<'l> {
    fn new(language: &Language, steps: &'l [Step], forms: &mut BTreeMap<Form, Vec<Opening>>) -> Self {
        let mut openings = |step: &Step| match step {
            Step::Word(id) => vec![Opening::one([*id].into_iter().collect())],
            Step::Class(class, _) => vec![Opening::one(language.words.of(*class).collect())],
            Step::Digits(_) => vec![Opening::one([DIGITS].into_iter().collect())],
            Step::Mark(marks) => vec![Opening::one(marks.0.iter().map(|found| mark(*found)).collect())],
            Step::Number(form, _) => forms
                .entry(*form)
                .or_insert_with(|| form.openings(language))
                .clone(),
            _ => Vec::new(),
        };
        Self {
            openings: steps.iter().map(&mut openings).collect(),
            steps,
        }
    }

    /// The places a step leads to without a token.
    fn from(&self, step: usize) -> Places {
        let mut places = Places::default();
        self.reach(step, &mut places);
        places
    }

    fn reach(&self, step: usize, places: &mut Places) {
        match self.steps[step] {
            Step::Done => places.is_over = true,
            Step::Fork { other, .. } => {
                self.reach(step + 1, places);
                self.reach(other, places);
            }
            Step::Jump(to) => self.reach(to, places),
            Step::Glued | Step::Set(..) | Step::FirstEnds | Step::SecondBegins => {
                self.reach(step + 1, places)
            }
            Step::Word(_) | Step::Class(..) | Step::Number(..) | Step::Digits(_) | Step::Mark(_) => {
                if !places.reading.contains(&step) {
                    places.reading.push(step);
                }
            }
        }
    }

    /// Where a next token leads.
    fn after(&self, places: &Places, sign: Sign) -> Places {
        let mut next = Places::default();
        for step in &places.reading {
            for opening in self.openings[*step]
                .iter()
                .filter(|opening| opening.first.has(sign))
            {
                if opening.whole {
                    self.reach(step + 1, &mut next);
                }
                next.within.push((opening.second, opening.later, step + 1));
            }
        }
        for (_, later, step) in places.within.iter().filter(|(signs, ..)| signs.has(sign)) {
            self.reach(*step, &mut next);
            next.within.push((*later, *later, *step));
        }
        next
    }

    /// What may stand behind a count that is in digits, where the pattern can begin with digits in no other way.
    fn behind_count(&self, start: &Places) -> Option<Signs> {
        let reads_digits = |step: &&usize| {
            let mut openings = self.openings[**step].iter();
            openings.any(|opening| opening.first.has(DIGITS))
        };
        let steps: Vec<usize> = start.reading.iter().filter(reads_digits).copied().collect();
        let is_count = |step: &usize| matches!(self.steps[*step], Step::Number(Form::Count, _));
        (!steps.is_empty() && steps.iter().all(is_count)).then(|| {
            let behind = steps.iter().map(|step| self.next_signs(&self.from(step + 1)));
            behind.fold(Signs::default(), Signs::and)
        })
    }

    /// Where a second token leads; anywhere, where the pattern may be over before it.
    fn third(&self, places: &Places, second: Sign) -> Places {
        if places.is_over {
            return Places {
                is_over: true,
                ..Places::default()
            };
        }
        self.after(places, second)
    }

    /// What the next token may be: anything at all, where the pattern may be over.
    fn next_signs(&self, places: &Places) -> Signs {
        if places.is_over {
            return Signs::ALL;
        }
        let read = places.reading.iter().flat_map(|step| &self.openings[*step]);
        let read = read.fold(Signs::default(), |signs, opening| signs.and(opening.first));
        places
            .within
            .iter()
            .fold(read, |signs, (own, ..)| signs.and(*own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_the_same_rules_are_one_list() {
        let mut lists = Lists::default();
        let [one, other] = [(); 2].map(|()| {
            let shorter = lists.longer(Lists::EMPTY, (3, 0));
            lists.longer(shorter, (8, 1))
        });
        assert_eq!(one, other);
        assert_eq!(lists.list(one), [(3, 0), (8, 1)]);
        // In another order, or with another third sign, it is another list.
        let last = lists.longer(Lists::EMPTY, (8, 1));
        assert_ne!(lists.longer(last, (3, 0)), one);
        let shorter = lists.longer(Lists::EMPTY, (3, 0));
        assert_ne!(lists.longer(shorter, (8, 2)), one);
        assert!(lists.list(Lists::EMPTY).is_empty());
    }
}
