//! A text as it is measured: its sentences and stretches, and what is told by all of them together.

use std::cell::OnceCell;

use super::antecedents;
use super::hints::{At, Stretch, told_at};
use super::lexicon::{Language, Word, Words};
use super::namings::NamingKind;
use super::people::People;
use super::sentence::Sentence;

/// The most words of a headline outside marks.
const HEADLINE: usize = 16;

/// A text as it is measured.
pub(super) struct Ground<'a> {
    pub(super) language: &'a Language,
    pub(super) text: &'a str,
    pub(super) sentences: &'a [Sentence],
    pub(super) stretches: &'a [Stretch<'a>],
    tallies: Words<Tally>,
    pub(super) people: People,
    /// Who is meant by each naming of each sentence.
    persons: Persons,
    /// How often each of the people is named as speaking by the rules.
    told: Vec<u16>,
    /// The share of the stretches that stand in single marks.
    single: f32,
    /// Whether the first paragraph looks like a headline that was left in the text.
    pub(super) begins_with_headline: bool,
    /// Where the first two full names of each surname begin.
    full_names: OnceCell<Words<[usize; 2]>>,
}

/// How often somebody is named, and named as speaking by the rules.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) named: u16,
    /// Named with a capital elsewhere than at the beginning of a sentence.
    pub(super) inside: u16,
    pub(super) told: u16,
}

impl<'a> Ground<'a> {
    pub(super) fn of(
        language: &'a Language,
        text: &'a str,
        sentences: &'a [Sentence],
        stretches: &'a [Stretch<'a>],
    ) -> Self {
        let mut tallies: Words<Tally> = Words::with_capacity_and_hasher(sentences.len(), Default::default());
        for sentence in sentences {
            for naming in &sentence.namings {
                let tally = tallies.entry(naming.key(&sentence.tokens)).or_default();
                tally.named = tally.named.saturating_add(1);
                tally.inside = tally.inside.saturating_add(u16::from(naming.tokens.start > 0));
            }
        }
        for stretch in stretches {
            if let Some(told) = &stretch.told {
                let key = told.speaker.key(&sentences[stretch.sentence].tokens);
                let tally = tallies.entry(key).or_default();
                tally.told = tally.told.saturating_add(1);
            }
        }
        let single = stretches.iter().filter(|it| is_single(text, it)).count();
        let people = People::of(language, text, sentences);
        let persons = antecedents::persons(language, text, sentences, &people);
        let mut told = vec![0_u16; people.count()];
        for at in stretches.iter().filter_map(told_at) {
            let position = sentences[at.sentence].position_from(at.token);
            if let Some(person) = position.and_then(|position| persons.get(at.sentence, position)) {
                told[person] = told[person].saturating_add(1);
            }
        }
        Self {
            people,
            persons,
            told,
            language,
            text,
            sentences,
            stretches,
            tallies,
            single: single as f32 / stretches.len().max(1) as f32,
            begins_with_headline: begins_with_headline(sentences),
            full_names: OnceCell::new(),
        }
    }

    /// Whether somebody of a surname is named in full elsewhere than at a place. A transcript asks it of every label.
    pub(super) fn is_named_in_full(&self, surname: Word, place: usize) -> bool {
        let names = self.full_names.get_or_init(|| full_names(self.sentences));
        let starts = names.get(&surname);
        starts.is_some_and(|starts| starts.iter().any(|start| *start != place))
    }

    /// How common the marks of a stretch are in its text: single marks are speech where a paper writes so.
    pub(super) fn share_of_marks(&self, stretch: &Stretch<'_>) -> f32 {
        if is_single(self.text, stretch) {
            self.single
        } else {
            1.0 - self.single
        }
    }

    /// How often somebody of this last name is named.
    pub(super) fn tally(&self, key: Word) -> Tally {
        self.tallies.get(&key).copied().unwrap_or_default()
    }

    /// How often one of the people is named as speaking by the rules.
    pub(super) fn told(&self, person: usize) -> u16 {
        self.told[person]
    }

    /// Which of the people is meant by the naming at a place.
    pub(super) fn person(&self, at: At) -> Option<usize> {
        let position = self.sentences[at.sentence].position_from(at.token)?;
        self.person_named(at.sentence, position)
    }

    /// The same of the naming at a position of a sentence.
    pub(super) fn person_named(&self, sentence: usize, position: usize) -> Option<usize> {
        self.persons.get(sentence, position)
    }

    /// Who is meant by the naming at a place, as far as the last word of a name tells.
    pub(super) fn key(&self, at: At) -> Option<Word> {
        let sentence = &self.sentences[at.sentence];
        let naming = sentence.naming_from(at.token)?;
        Some(naming.key(&sentence.tokens))
    }
}

fn full_names(sentences: &[Sentence]) -> Words<[usize; 2]> {
    let mut names: Words<[usize; 2]> = Words::default();
    for sentence in sentences {
        let people = sentence.namings.iter();
        for naming in people.filter(|naming| naming.kind == NamingKind::Person && naming.head.len() > 1) {
            let start = sentence.tokens[naming.tokens.start].range.start;
            let starts = names.entry(naming.key(&sentence.tokens)).or_insert([start; 2]);
            if starts[0] == starts[1] {
                starts[1] = start;
            }
        }
    }
    names
}

/// Who is meant by each naming of a text, as far as that is told.
#[derive(Default)]
pub(super) struct Persons {
    /// The place of the first naming of each sentence.
    firsts: Vec<usize>,
    meant: Vec<Option<usize>>,
}

impl Persons {
    /// Adds those of the next sentence.
    pub(super) fn add(&mut self, meant: impl Iterator<Item = Option<usize>>) {
        self.firsts.push(self.meant.len());
        self.meant.extend(meant);
    }

    fn get(&self, sentence: usize, position: usize) -> Option<usize> {
        self.meant[self.firsts[sentence] + position]
    }
}

fn begins_with_headline(sentences: &[Sentence]) -> bool {
    let first = || sentences.iter().take_while(|it| it.paragraph == 0);
    let goes_on = sentences.last().is_some_and(|last| last.paragraph > 1);
    let last = first().last().and_then(|last| last.tokens.last());
    let is_sentence = last.is_some_and(|last| last.is_mark('.'));
    goes_on && !is_sentence && first().map(|it| it.tokens.len()).sum::<usize>() <= HEADLINE
}

/// Whether a stretch stands in single marks.
fn is_single(text: &str, stretch: &Stretch<'_>) -> bool {
    let opening = &text[stretch.run.outer[0].start..stretch.run.pieces[0].start];
    opening.chars().count() == 1 && opening.starts_with(['\'', '‘', '’', '`'])
}
