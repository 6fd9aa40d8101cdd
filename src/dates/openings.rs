//! Which patterns can begin where: two neighbouring tokens in, the rules worth trying out.
//!
//! Trying every pattern at every token would cost more than everything else. What a pattern can begin with is
//! known from its steps, so a table says for each pair of first and second token which patterns they open; for
//! almost every pair of a text that is none.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::language::Language;
use super::lexer::Kind;
use super::numbers::Form;
use super::pattern::Step;
use super::vocabulary::WordId;

/// What a token looks like to the table: the number of its word, or one of the numbers below, which no word has.
pub(super) type Sign = u16;

/// No token at all.
const NONE: Sign = 1;
/// Digits.
pub(super) const DIGITS: Sign = 2;
/// A mark no pattern names.
const OTHER_MARK: Sign = 3;
/// The first of the marks, in the order of `MARKS`.
const MARKS_FROM: Sign = 4;
/// The marks that patterns and forms name; those that stand for one another are one.
const MARKS: [&[char]; 9] = [
    &[','],
    &['.'],
    &[':'],
    &['/'],
    &['('],
    &[')'],
    &['\'', '’', '‘'],
    &['-', '‐', '‑', '–', '—'],
    &['½'],
];
/// The first number that a word can have.
pub(super) const FIRST_WORD: WordId = 16;

/// The sign of a mark.
pub(super) fn mark(mark: char) -> Sign {
    let known = (MARKS_FROM..).zip(MARKS).find(|(_, marks)| marks.contains(&mark));
    known.map_or(OTHER_MARK, |(sign, _)| sign)
}

fn sign(here: Cursor<'_>) -> Sign {
    match here.kind() {
        Some(Kind::Word(id)) => id,
        Some(Kind::Digits(_)) => DIGITS,
        Some(Kind::Mark(found)) => mark(found),
        None => NONE,
    }
}

/// A set of signs, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signs([u64; WORDS]);

/// Room for the signs of one language, 64 a word.
const WORDS: usize = 32;

impl Signs {
    const ALL: Signs = Signs([u64::MAX; WORDS]);

    fn add(&mut self, sign: Sign) {
        self.0[usize::from(sign / 64)] |= 1 << (sign % 64);
    }

    fn has(&self, sign: Sign) -> bool {
        self.0[usize::from(sign / 64)] & (1 << (sign % 64)) != 0
    }

    /// Both sets together.
    pub(super) fn and(mut self, other: Signs) -> Signs {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own |= other;
        }
        self
    }

    fn iter(&self) -> impl Iterator<Item = Sign> {
        let words = (0..).step_by(64).zip(self.0);
        words.flat_map(|(from, word)| {
            (0..64)
                .filter(move |bit| word & (1 << bit) != 0)
                .map(move |bit| from + bit)
        })
    }
}

impl FromIterator<Sign> for Signs {
    fn from_iter<I: IntoIterator<Item = Sign>>(signs: I) -> Self {
        let mut set = Signs::default();
        signs.into_iter().for_each(|sign| set.add(sign));
        set
    }
}

/// A beginning of a form: what may stand first, what second and further on within the form, and whether the first
/// may be all of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub(super) first: Signs,
    pub(super) second: Signs,
    pub(super) later: Signs,
    pub(super) whole: bool,
}

impl Opening {
    /// One token of these.
    pub(super) fn one(first: Signs) -> Self {
        Self {
            first,
            second: Signs::default(),
            later: Signs::default(),
            whole: true,
        }
    }
}

/// The rules by the tokens they can begin with.
#[derive(Debug, Default)]
pub(super) struct Openings {
    /// The row of the table that a first sign has; 0 is the empty one.
    rows: Vec<u16>,
    /// How many signs there are.
    signs: usize,
    /// The list of rules for each row and second sign, by its place in `lists`.
    cells: Vec<u16>,
    lists: Vec<List>,
    /// Sets of third signs.
    thirds: Vec<Signs>,
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
    /// The rules that can begin here, in the order of the file.
    pub(super) fn at(&self, here: Cursor<'_>) -> impl Iterator<Item = u16> {
        let list = self.opened(here);
        // Most tokens open nothing, and what stands third is of no interest then.
        let third = if list.is_empty() {
            NONE
        } else {
            sign(here.moved_to(here.at + 2))
        };
        let goes_on = move |(_, set): &&(u16, u16)| self.thirds[usize::from(*set)].has(third);
        list.iter().filter(goes_on).map(|(rule, _)| *rule)
    }

    fn opened(&self, here: Cursor<'_>) -> &[(u16, u16)] {
        let row = usize::from(self.rows[usize::from(sign(here))]);
        if row == 0 {
            return &[];
        }
        let second = usize::from(sign(here.next()));
        &self.lists[usize::from(self.cells[row * self.signs + second])]
    }

    /// The table for the rules of a language.
    pub(super) fn of(language: &Language) -> Self {
        let signs = language.words.len();
        assert!(signs <= 64 * WORDS, "{signs} words are more than a set holds");
        let mut table = Self {
            rows: vec![0; signs],
            signs,
            cells: vec![0; signs],
            lists: vec![List::new()],
            thirds: Vec::new(),
        };
        let mut sets = Numbered(BTreeMap::new());
        let mut rows: BTreeMap<Sign, Vec<List>> = BTreeMap::new();
        let mut forms = BTreeMap::new();
        for (number, rule) in (0..).zip(&language.rules) {
            let pattern = Pattern::new(language, &rule.steps, &mut forms);
            let start = pattern.from(0);
            for first in pattern.next_signs(&start).iter() {
                let row = rows.entry(first).or_insert_with(|| vec![List::new(); signs]);
                let places = pattern.after(&start, first);
                for second in pattern
                    .next_signs(&places)
                    .iter()
                    .take_while(|sign| usize::from(*sign) < signs)
                {
                    let thirds = if places.is_over {
                        Signs::ALL
                    } else {
                        pattern.next_signs(&pattern.after(&places, second))
                    };
                    let (set, is_new) = sets.number(&thirds);
                    if is_new {
                        table.thirds.push(thirds);
                    }
                    row[usize::from(second)].push((number, set));
                }
            }
        }
        table.fill(rows);
        table
    }

    fn fill(&mut self, rows: BTreeMap<Sign, Vec<List>>) {
        let mut known = Numbered(BTreeMap::from([(List::new(), 0)]));
        for ((first, row), number) in rows.into_iter().zip(1..) {
            self.rows[usize::from(first)] = number;
            for list in row {
                let (place, is_new) = known.number(&list);
                if is_new {
                    self.lists.push(list);
                }
                self.cells.push(place);
            }
        }
    }
}

/// A pattern, walked token by token through its signs.
struct Pattern<'l> {
    steps: &'l [Step],
    /// What each step that reads a token can read.
    openings: Vec<Vec<Opening>>,
}

/// Where a pattern may have come to.
#[derive(Default)]
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
            Step::Try(other) => {
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
