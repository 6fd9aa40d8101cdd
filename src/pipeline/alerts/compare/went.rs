//! Which quote that came took the place of one that went from the same document. Days are paired by where they stand in their texts
//! (`moved_days.rs`).

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::model::saved_search::Line;
use crate::text::wording::Wording;

/// Share of the words that two wordings have in common, in their order, from which on one is told as a change of the
/// other. Below it one is gone and another one new: similar words do not make the same statement.
const ALIKE: f32 = 0.6;
/// The same where one speaker has one quote less in a document and one more: the one took the other's place.
const ALIKE_ALONE: f32 = 0.35;
/// Words that a quote has at least that another one is a part of.
const PART: usize = 4;

/// Words up to which each line that came to a page is compared with each that went from it, to tell what took the place of what.
/// Where there are more, which must not hold up the alerts of all searches, each is compared with its rivals only.
const MOST_WORDS: usize = 1_000_000;
/// Lines that may have stood in the place of one, at most: those that share most of its seldom words.
const RIVALS: usize = 12;
/// A word that more lines have tells nothing of what took whose place.
const COMMON: usize = 40;

/// A document and a kind of line: only lines of the same are compared.
type Place<'a> = (&'a str, &'a str);

/// The lines that are not found any more, by the document that they are of now and their kind: only these are compared with
/// what came to it.
pub(super) struct Gone<'a> {
    lines: Vec<Option<&'a Line>>,
    places: HashMap<Place<'a>, Went>,
}

/// What of one place may have become another wording.
#[derive(Default)]
struct Went {
    /// Where the lines stand among all that are gone, in their order, with their words.
    lines: Vec<(usize, Wording)>,
    /// Where so much went and came that not each can be compared with each: the lines by their seldom words.
    by_word: Option<HashMap<String, Vec<usize>>>,
}

impl Went {
    /// The lines that have each word which few of them have.
    fn by_seldom_words(&self) -> HashMap<String, Vec<usize>> {
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (nth, (_, wording)) in self.lines.iter().enumerate() {
            for word in wording.words() {
                let lines = by_word.entry(word.clone()).or_default();
                if lines.last() != Some(&nth) {
                    lines.push(nth);
                }
            }
        }
        by_word.retain(|_, lines| lines.len() <= COMMON);
        by_word
    }

    /// The lines that a line is compared with, in their order.
    fn rivals(&self, line: &Line) -> Vec<usize> {
        let Some(by_word) = &self.by_word else {
            return (0..self.lines.len()).collect();
        };
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let wording = Wording::of(&line.text);
        let words: HashSet<&String> = wording.words().iter().collect();
        for nth in words.into_iter().filter_map(|word| by_word.get(word)).flatten() {
            *shared.entry(*nth).or_default() += 1;
        }
        let mut rivals: Vec<(usize, usize)> = shared.into_iter().collect();
        rivals.sort_unstable_by_key(|(nth, shared)| (Reverse(*shared), *nth));
        let mut rivals: Vec<usize> = rivals.into_iter().take(RIVALS).map(|(nth, _)| nth).collect();
        rivals.sort_unstable();
        rivals
    }
}

impl<'a> Gone<'a> {
    pub(super) fn of(lines: Vec<&'a Line>, come: &[&Line], moved: &'a HashMap<String, String>) -> Self {
        let mut places: HashMap<Place<'a>, Went> = HashMap::new();
        let gone = lines.iter().enumerate();
        for (at, line) in gone.filter(|(_, line)| line.kind == "quote") {
            let document = moved.get(&line.document).unwrap_or(&line.document);
            let place = places.entry((document.as_str(), line.kind.as_str())).or_default();
            place.lines.push((at, Wording::of(&line.text)));
        }
        let mut came: HashMap<Place<'_>, (usize, usize)> = HashMap::new();
        for line in come {
            let (lines, words) = came.entry((&line.document, &line.kind)).or_default();
            *lines += 1;
            *words += line.text.split_whitespace().count();
        }
        for (place, went) in &mut places {
            let (lines, words) = came.get(place).copied().unwrap_or_default();
            let own: usize = went.lines.iter().map(|(_, wording)| wording.len()).sum();
            let compared = own.saturating_mul(lines) + words.saturating_mul(went.lines.len());
            went.by_word = (compared > MOST_WORDS).then(|| went.by_seldom_words());
        }
        let lines = lines.into_iter().map(Some).collect();
        Self { lines, places }
    }

    /// Takes the closest other wording of a line's document, wherever it was.
    pub(super) fn take_alike(&mut self, line: &'a Line, places: &Places) -> Option<&'a Line> {
        let went = self.places.get(&(line.document.as_str(), line.kind.as_str()))?;
        let enough = match places.is_single(line) {
            true => ALIKE_ALONE,
            false => ALIKE,
        };
        let lines = went.rivals(line).into_iter().filter_map(|nth| {
            let (at, wording) = &went.lines[nth];
            // Nothing of one whose place was taken.
            Some((*at, self.lines[*at]?, wording))
        });
        let (at, _) = alike_enough(lines, line, enough)?;
        self.lines[at].take()
    }

    /// Those that nothing took the place of.
    pub(super) fn rest(self) -> impl Iterator<Item = &'a Line> {
        self.lines.into_iter().flatten()
    }
}

/// How many quotes of each speaker each document has less, and how many more.
pub(super) struct Places(HashMap<(String, String), (usize, usize)>);

impl Places {
    pub(super) fn of<'a>(
        gone: &[&Line],
        come: impl Iterator<Item = &'a Line>,
        moved: &HashMap<String, String>,
    ) -> Self {
        let mut places: HashMap<(String, String), (usize, usize)> = HashMap::new();
        for line in gone.iter().filter(|line| line.kind == "quote") {
            let document = moved.get(&line.document).unwrap_or(&line.document);
            if let Some(speaker) = &line.speaker {
                places.entry((document.clone(), speaker.clone())).or_default().0 += 1;
            }
        }
        for line in come.filter(|line| line.kind == "quote") {
            if let Some(speaker) = &line.speaker {
                let place = (line.document.clone(), speaker.clone());
                places.entry(place).or_default().1 += 1;
            }
        }
        Self(places)
    }

    /// Whether a quote is the only one that came of its speaker, where one went.
    fn is_single(&self, line: &Line) -> bool {
        let speaker = line.speaker.clone().unwrap_or_default();
        line.kind == "quote" && self.0.get(&(line.document.clone(), speaker)) == Some(&(1, 1))
    }
}

/// The closest other wording of a line among those of its document, with its place.
pub(in crate::pipeline::alerts) fn alike<'a>(
    of_document: impl Iterator<Item = (usize, &'a Line)>,
    line: &Line,
) -> Option<(usize, &'a Line)> {
    let of_document = of_document.map(|(at, was)| (at, was, Wording::of(&was.text)));
    alike_enough(of_document, line, ALIKE)
}

fn alike_enough<'a>(
    of_document: impl Iterator<Item = (usize, &'a Line, impl Borrow<Wording>)>,
    line: &Line,
    enough: f32,
) -> Option<(usize, &'a Line)> {
    let words = Wording::of(&line.text);
    let (at, was, share) = of_document
        // Only the very words of one person can be given to another: like words of two are two statements.
        .filter(|(_, was, _)| was.speaker == line.speaker || was.wording == line.wording)
        .map(|(at, was, wording)| (at, was, share(wording.borrow(), &words, &line.kind)))
        // Of equals the first.
        .reduce(|best, next| if next.2 > best.2 { next } else { best })?;
    (share >= enough).then_some((at, was))
}

/// How much a quote has of one that stood in its page before, where it is enough to have taken that one's place.
pub(in crate::pipeline) fn takes_the_place(was: &Wording, now: &Wording) -> Option<f32> {
    let share = share(was, now, "quote");
    (share >= ALIKE).then_some(share)
}

/// How much two wordings have in common. A quote that was cut, or goes on, is the same one.
fn share(one: &Wording, other: &Wording, kind: &str) -> f32 {
    let (shorter, longer) = match one.len() <= other.len() {
        true => (one, other),
        false => (other, one),
    };
    let is_part = kind == "quote"
        && shorter.len() >= PART
        && longer
            .words()
            .windows(shorter.len())
            .any(|words| words == shorter.words());
    match is_part {
        true => 1.0,
        false => one.likeness(other),
    }
}
