//! What is measured of a naming whatever words it may be the speaker of: once, and not again for each of the stretches around it.

use std::collections::VecDeque;
use std::ops::Range;

use super::super::candidates::{BEFORE, Candidate};
use super::super::ground::Ground;
use super::super::lexicon::{CueClass, Traits, Word};
use super::super::namings::{Naming, NamingKind};
use super::super::sentence::{Sentence, Slot};
use super::super::subjects::{inverted, is_governed, subject};
use super::between::Between;
use super::{FAR, class_of, flag, kind_of};

/// How many values are measured of a naming by itself, and of what about it.
pub(super) const OF_NAMING: usize = OF_KIND + OF_OWN_CUES + OF_SURROUNDINGS;
const OF_KIND: usize = 16;
const OF_OWN_CUES: usize = 14;
const OF_SURROUNDINGS: usize = 7;
const OF_TALLY: usize = 3;
const OF_PLACE: usize = 4;
/// Which of the values of cues tell where something stands to the words.
const TO_WORDS: [usize; 3] = [2, 5, 11];
/// Tokens around a naming in which a cue is looked for.
const NEAR: usize = 14;
const NEAR_BEFORE: usize = 6;
/// Tokens behind a naming in which a noun for what was said is.
const NOUN: usize = 5;
/// Tokens of a parenthesis.
const PARENTHESIS: usize = 8;
/// Sentences that are held at a time at most, so that a long text costs no more memory.
const REACH: usize = 32;
/// The greatest number of times that is told apart.
const TIMES: u16 = 30;

/// What was measured of a naming.
pub(super) struct Own {
    /// What it is, the cues beside it, and its surroundings.
    values: [f32; OF_NAMING],
    /// How often it is named, told as speaking and named inside sentences.
    pub(super) tally: [f32; OF_TALLY],
    /// Whether it is a place, stands in parentheses, behind a name and a comma, and does what its sentence tells.
    pub(super) place: [f32; OF_PLACE],
    pub(super) is_joined: f32,
    /// The word by which it is known again.
    pub(super) key: Word,
    /// The same of the strong naming that begins where it does, and who of the people is meant.
    pub(super) known_as: Option<Word>,
    pub(super) person: Option<usize>,
    /// The cue behind it, the one before it and the noun for what was said.
    cues_at: [Option<usize>; TO_WORDS.len()],
    /// What stands between it and words in a sentence before or behind its own.
    pub(super) to_before: Option<Between>,
    pub(super) to_behind: Option<Between>,
}

impl Own {
    /// What is measured of a naming; `free` is the first one of its sentence that nothing governs.
    pub(super) fn of(ground: &Ground<'_>, candidate: &Candidate, free: Option<&Range<usize>>) -> Self {
        let sentence = &ground.sentences[candidate.at.sentence];
        let naming = candidate.naming(ground.sentences);
        let key = naming.key(&sentence.tokens);
        let tally = ground.tally(key);
        let strong = match candidate.is_weak {
            true => sentence.position_from(candidate.at.token),
            false => Some(candidate.position),
        };
        let (cues, cues_at) = cues(sentence, naming);
        let mut values = [0.0; OF_NAMING];
        let (of_kind, others) = values.split_at_mut(OF_KIND);
        let (of_cues, of_surroundings) = others.split_at_mut(OF_OWN_CUES);
        of_kind.copy_from_slice(&kind(sentence, naming));
        of_cues.copy_from_slice(&cues);
        of_surroundings.copy_from_slice(&surroundings(sentence, naming));
        Self {
            values,
            tally: [times(tally.named), times(tally.told), times(tally.inside)],
            place: place(sentence, naming, free),
            is_joined: is_joined(sentence, naming),
            key,
            known_as: strong.map(|position| sentence.namings[position].key(&sentence.tokens)),
            person: strong.and_then(|position| ground.person_named(candidate.at.sentence, position)),
            cues_at,
            to_before: None,
            to_behind: None,
        }
    }

    /// Copies what it is, the cues beside it and where they stand to words at a slot of its sentence (negative before them), and
    /// its surroundings.
    pub(super) fn copy_values(&self, slot: Option<usize>, row: &mut [f32]) {
        row.copy_from_slice(&self.values);
        let Some(slot) = slot else { return };
        for (value, at) in TO_WORDS.into_iter().zip(self.cues_at) {
            if let Some(at) = at {
                row[OF_KIND + value] = (at as f32 - slot as f32).clamp(-FAR, FAR);
            }
        }
    }

    /// How often the person who is meant is told as speaking.
    pub(super) fn told(&self, ground: &Ground<'_>) -> f32 {
        self.person.map_or(-1.0, |person| times(ground.told(person)))
    }
}

/// A number of times as it is; all greater ones are alike.
fn times(count: u16) -> f32 {
    f32::from(count.min(TIMES))
}

/// The first naming of a sentence that nothing governs.
pub(super) fn first_free(sentence: &Sentence) -> Option<Range<usize>> {
    let mut namings = sentence.namings.iter();
    let free = namings.find(|naming| !is_governed(sentence, naming));
    free.map(|naming| naming.tokens.clone())
}

/// What was measured of the namings around the last stretches: those of a sentence are asked about by several.
#[derive(Default)]
pub(in crate::quotes) struct Known {
    /// The sentence that the first entry is of.
    first: usize,
    sentences: VecDeque<OfSentence>,
    /// Those that were let go of, for their room.
    rooms: Vec<OfSentence>,
}

#[derive(Default)]
struct OfSentence {
    /// The first naming that nothing governs.
    free: Option<Range<usize>>,
    /// Which of the namings, and of the weak ones behind them, is measured at which of the places below; nought for none.
    places: Vec<u16>,
    measured: Vec<Own>,
}

impl Known {
    /// Lets go of sentences that no stretch of a sentence, nor of those behind it, looks back at.
    pub(in crate::quotes) fn go_on(&mut self, sentence: usize) {
        let first = sentence.saturating_sub(BEFORE);
        while self.first < first {
            self.first = match self.sentences.pop_front() {
                Some(mut left) => {
                    left.places.clear();
                    left.measured.clear();
                    self.rooms.push(left);
                    self.first + 1
                }
                None => first,
            };
        }
    }

    /// What is measured of a candidate, where his sentence is near enough for others to ask as well.
    pub(super) fn own(&mut self, ground: &Ground<'_>, candidate: &Candidate) -> Option<&mut Own> {
        let place = candidate.at.sentence.checked_sub(self.first)?;
        if place > REACH {
            return None;
        }
        if self.sentences.len() <= place {
            let rooms = &mut self.rooms;
            self.sentences
                .resize_with(place + 1, || rooms.pop().unwrap_or_default());
        }
        let sentence = &ground.sentences[candidate.at.sentence];
        let known = &mut self.sentences[place];
        if known.places.is_empty() {
            known
                .places
                .resize(sentence.namings.len() + sentence.weak.len(), 0);
            known.measured.reserve(sentence.namings.len());
            known.free = first_free(sentence);
        }
        let strong = if candidate.is_weak {
            sentence.namings.len()
        } else {
            0
        };
        let place = &mut known.places[strong + candidate.position];
        if *place == 0 {
            known
                .measured
                .push(Own::of(ground, candidate, known.free.as_ref()));
            *place = u16::try_from(known.measured.len()).expect("a sentence has few words");
        }
        known.measured.get_mut(usize::from(*place) - 1)
    }
}

/// What the naming itself is.
fn kind(sentence: &Sentence, naming: &Naming) -> [f32; OF_KIND] {
    let tokens = &sentence.tokens[naming.tokens.clone()];
    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
    let lists = tokens
        .iter()
        .fold(Traits::NONE, |lists, token| lists.or(token.traits));
    [
        match naming.kind {
            NamingKind::Pronoun => 0.0,
            NamingKind::Person => 1.0,
            NamingKind::Role => 2.0,
            NamingKind::Body => 3.0,
            NamingKind::Weak => 4.0,
        },
        match naming.kind {
            NamingKind::Weak => kind_of(Some(first)),
            _ => 0.0,
        },
        (tokens.len() as f32).min(12.0),
        (naming.head.len() as f32).min(6.0),
        flag(naming.head.start > naming.tokens.start),
        flag(first.is(Traits::DETERMINER)),
        flag(first.is(Traits::OWNER)),
        flag(lists.any(Traits::PLURAL_ROLE)),
        flag(last.is(Traits::PAPER)),
        flag(lists.any(Traits::BODY)),
        flag(lists.any(Traits::ROLE.or(Traits::TITLE))),
        flag(last.shape.is_possessive),
        flag(tokens.iter().any(|token| token.shape.is_all_capital)),
        flag(tokens.iter().any(|token| token.shape.is_number)),
        flag(last.shape.is_handle),
        flag(is_governed(sentence, naming)),
    ]
}

/// The cues beside the naming, and which they are.
fn cues(sentence: &Sentence, naming: &Naming) -> ([f32; OF_OWN_CUES], [Option<usize>; TO_WORDS.len()]) {
    let (start, behind, end) = (naming.tokens.start, naming.tokens.end, sentence.tokens.len());
    let cue = |at: usize| Some((at, sentence.cue(at)?));
    let after = (behind..end.min(behind + NEAR)).find_map(cue);
    let before = (start.saturating_sub(NEAR_BEFORE)..start).rev().find_map(cue);
    let own = |cue: Option<(usize, CueClass)>, from: usize| {
        [
            cue.map_or(FAR, |(at, _)| (at.abs_diff(from) as f32).min(FAR)),
            class_of(cue.map(|it| it.1), cue.map(|it| &sentence.tokens[it.0])),
        ]
    };
    let is_own = |found: Option<Naming>| found.is_some_and(|found| found.tokens == naming.tokens);
    let noun = sentence.tokens[behind..end.min(behind + NOUN)]
        .iter()
        .take_while(|token| token.is_word())
        .position(|token| token.is(Traits::NOUN_CUE));
    // Another naming or marked words between the naming and its cue.
    let others = |to: usize| {
        let is_inside = |other: &&Naming| other.tokens.start >= behind && other.tokens.end <= to;
        let is_parting = |other: &&Slot| other.before > behind && other.before <= to;
        let namings = sentence.namings.iter().filter(is_inside).count();
        (
            namings as f32,
            sentence.runs.iter().filter(is_parting).count() as f32,
        )
    };
    let (namings, runs) = after.map_or((0.0, 0.0), |(at, _)| others(at));
    let [after_distance, after_class] = own(after, behind);
    let [before_distance, before_class] = own(before, start);
    // Where they stand to words in the same sentence is told of each of these.
    let [after_place, before_place, noun_place] = [2.0 * FAR; TO_WORDS.len()];
    let values = [
        after_distance,
        after_class,
        after_place,
        before_distance,
        before_class,
        before_place,
        flag(after.is_some_and(|(at, _)| is_own(subject(sentence, at)))),
        flag(before.is_some_and(|(at, _)| is_own(inverted(sentence, at)))),
        flag(sentence.is_accorded(start)),
        flag(after.is_some_and(|(at, _)| sentence.tokens[at].shape.ends_in_ing)),
        noun.map_or(FAR, |at| at as f32),
        noun_place,
        namings,
        runs,
    ];
    let places = [
        after.map(|it| it.0),
        before.map(|it| it.0),
        noun.map(|at| behind + at),
    ];
    (values, places)
}

/// The words beside the naming.
fn surroundings(sentence: &Sentence, naming: &Naming) -> [f32; OF_SURROUNDINGS] {
    let tokens = &sentence.tokens;
    let (start, end) = (naming.tokens.start, naming.tokens.end);
    let kind_before = |back: usize| kind_of(start.checked_sub(back).map(|at| &tokens[at]));
    let kind_behind = |ahead: usize| kind_of(tokens.get(end + ahead));
    let touches = |at: usize| flag(sentence.runs.iter().any(|slot| slot.before == at));
    [
        kind_before(1),
        kind_before(2),
        kind_behind(0),
        kind_behind(1),
        kind_behind(2),
        touches(start),
        touches(end),
    ]
}

/// Where in its sentence the naming stands.
fn place(sentence: &Sentence, naming: &Naming, free: Option<&Range<usize>>) -> [f32; OF_PLACE] {
    let tokens = &sentence.tokens;
    let start = naming.tokens.start;
    let near = tokens[start.saturating_sub(PARENTHESIS)..start].iter().rev();
    let mut marks = near.filter(|token| token.is_mark('(') || token.is_mark(')'));
    let follows_name = start > 1 && tokens[start - 1].is_mark(',') && tokens[start - 2].is_name();
    [
        flag(
            tokens[naming.head.clone()]
                .iter()
                .all(|token| token.is(Traits::PLACE)),
        ),
        flag(marks.next().is_some_and(|mark| mark.is_mark('('))),
        flag(follows_name),
        flag(free == Some(&naming.tokens)),
    ]
}

/// Whether "and" stands beside the naming.
fn is_joined(sentence: &Sentence, naming: &Naming) -> f32 {
    let tokens = &sentence.tokens;
    let is_and = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|it| it.is(Traits::AND))
    };
    flag(is_and(Some(naming.tokens.end)) || is_and(naming.tokens.start.checked_sub(1)))
}
