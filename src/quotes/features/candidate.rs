//! What is measured of somebody who may have said the words of a marked stretch.

use super::super::candidates::Candidate;
use super::super::ground::Ground;
use super::super::hints::{At, Stretch, told_at};
use super::super::lexicon::{CueClass, Traits, Word};
use super::super::namings::{Naming, NamingKind};
use super::super::sentence::{Sentence, Slot};
use super::super::subjects::{inverted, is_governed, subject};
use super::super::tokens::Token;
use super::{FAR, Row, class_of, flag, kind_of};

/// How many values are measured of a candidate, and of what about him.
pub(in crate::quotes) const OF_CANDIDATE: usize =
    OF_GAP + OF_KIND + OF_OWN_CUES + OF_SURROUNDINGS + OF_AGREEMENT + OF_PART;
const OF_GAP: usize = 18;
const OF_KIND: usize = 16;
const OF_OWN_CUES: usize = 14;
const OF_SURROUNDINGS: usize = 7;
const OF_AGREEMENT: usize = 16;
const OF_PART: usize = 11;
/// Tokens around a stretch in which it is asked who does what cues say.
const CLAUSES: usize = 60;
/// Tokens of a parenthesis.
const PARENTHESIS: usize = 8;
/// Tokens around a naming in which a cue is looked for.
const NEAR: usize = 14;

/// Adds what is measured of somebody who may have said the words of the stretch.
pub(in crate::quotes) fn add_candidate(
    ground: &Ground<'_>,
    index: usize,
    candidate: &Candidate,
    doers: &Doers,
    row: &mut Row,
) {
    let stretch = &ground.stretches[index];
    let sentence = &ground.sentences[candidate.at.sentence];
    let naming = candidate.naming(ground.sentences);
    row.extend(gap(ground, stretch, candidate, naming));
    row.extend(kind(sentence, naming));
    row.extend(own_cues(stretch, sentence, naming, candidate));
    row.extend(surroundings(sentence, naming));
    row.extend(agreement(ground, index, candidate, naming));
    row.extend(part(sentence, candidate, naming, doers));
}

/// What of a stretch is the same for all who may have said it: who does what the cues around it say, and its words.
pub(in crate::quotes) struct Doers {
    sentence: usize,
    /// The first tokens of the subjects of the cues before the stretch and behind it, the nearest first.
    before: [Option<usize>; 3],
    after: [Option<usize>; 2],
    words: Vec<Word>,
}

impl Doers {
    pub(in crate::quotes) fn of(ground: &Ground<'_>, index: usize, inner: &[Token]) -> Self {
        let stretch = &ground.stretches[index];
        let sentence = &ground.sentences[stretch.sentence];
        let slot = stretch.slot.before;
        let doer = |cue: &usize| {
            let found = subject(sentence, *cue).or_else(|| inverted(sentence, *cue));
            found.map(|naming| naming.tokens.start)
        };
        let is_cue = |at: &usize| sentence.cue(*at).is_some();
        let mut doers = Self {
            sentence: stretch.sentence,
            before: [None; 3],
            after: [None; 2],
            words: Vec::new(),
        };
        for (place, cue) in doers
            .before
            .iter_mut()
            .zip((0..slot).rev().take(CLAUSES).filter(is_cue))
        {
            *place = doer(&cue);
        }
        let behind = (slot..sentence.tokens.len()).take(CLAUSES).filter(is_cue);
        for (place, cue) in doers.after.iter_mut().zip(behind) {
            *place = doer(&cue);
        }
        doers.words = inner
            .iter()
            .filter(|token| token.is_name())
            .map(|token| token.word)
            .collect();
        doers
    }
}

/// What part the naming has in its sentence.
fn part(sentence: &Sentence, candidate: &Candidate, naming: &Naming, doers: &Doers) -> [f32; OF_PART] {
    let tokens = &sentence.tokens;
    let start = naming.tokens.start;
    let does = |doer: Option<usize>| flag(candidate.at.sentence == doers.sentence && doer == Some(start));
    let head = &tokens[naming.head.clone()];
    let near = tokens[start.saturating_sub(PARENTHESIS)..start].iter().rev();
    let mut marks = near.filter(|token| token.is_mark('(') || token.is_mark(')'));
    let follows_name = start > 1 && tokens[start - 1].is_mark(',') && tokens[start - 2].is_name();
    let mut free = sentence
        .namings
        .iter()
        .filter(|naming| !is_governed(sentence, naming));
    let is_joined = tokens
        .get(naming.tokens.end)
        .is_some_and(|next| next.is(Traits::AND))
        || start > 0 && tokens[start - 1].is(Traits::AND);
    let [nearest, second, third] = doers.before.map(does);
    let [next, next_but_one] = doers.after.map(does);
    [
        nearest,
        second,
        third,
        next,
        next_but_one,
        flag(head.iter().all(|token| token.is(Traits::PLACE))),
        flag(marks.next().is_some_and(|mark| mark.is_mark('('))),
        flag(follows_name),
        flag(free.next().is_some_and(|first| first.tokens == naming.tokens)),
        flag(doers.words.contains(&naming.key(tokens))),
        flag(is_joined),
    ]
}

/// What stands between a candidate and the words.
fn gap(ground: &Ground<'_>, stretch: &Stretch<'_>, candidate: &Candidate, naming: &Naming) -> [f32; OF_GAP] {
    let (own, other) = (stretch.sentence, candidate.at.sentence);
    let here = &ground.sentences[own];
    let there = &ground.sentences[other];
    let slot = stretch.slot.before;
    let is_before = other < own || (other == own && naming.tokens.end <= slot);
    let between = match (other == own, is_before) {
        (true, true) => naming.tokens.end..slot,
        (true, false) => slot.min(naming.tokens.start)..naming.tokens.start,
        // In another sentence: what of it lies towards the words.
        (false, true) => naming.tokens.end..there.tokens.len(),
        (false, false) => 0..naming.tokens.start,
    };
    let tokens = &there.tokens[between.clone()];
    let distance = tokens.len()
        + match (other == own, is_before) {
            (true, _) => 0,
            (false, true) => slot,
            (false, false) => here.tokens.len() - slot,
        };
    let inside = |naming: &&Naming| naming.tokens.start >= between.start && naming.tokens.end <= between.end;
    let (mut others, mut people, mut doing) = (0, 0, 0);
    for naming in there.namings.iter().filter(inside) {
        others += 1;
        people += usize::from(matches!(naming.kind, NamingKind::Person | NamingKind::Pronoun));
        // Others who do something: a verb follows.
        let next = there.tokens.get(naming.tokens.end);
        doing += usize::from(next.is_some_and(|next| next.is(DOES) || next.shape.ends_in_ed));
    }
    let is_between = |other: &&Slot| {
        **other != stretch.slot && other.before >= between.start && other.before <= between.end
    };
    let counts = Counts::of(tokens);
    let [conjunctions, joints, says, calls, verbs] = counts.lists.map(few);
    let position = candidate.position;
    [
        flag(is_before),
        (other as f32 - own as f32).clamp(-9.0, 9.0),
        (there.paragraph as f32 - here.paragraph as f32).clamp(-5.0, 5.0),
        (distance as f32).min(FAR),
        few(others),
        few(people),
        few(doing),
        few(there.runs.iter().filter(is_between).count()),
        few(counts.commas),
        few(counts.marks),
        conjunctions,
        joints,
        says,
        calls,
        verbs,
        few(position),
        few(there.namings.len().saturating_sub(position)),
        (naming.tokens.start as f32).min(FAR),
    ]
}

/// A small number as it is; all greater ones are alike.
fn few(count: usize) -> f32 {
    (count as f32).min(9.0)
}

/// What verbs do that somebody does.
const DOES: Traits = Traits::CUE.or(Traits::SMALL_VERB);

/// Lists whose words between a candidate and the words tell something.
const BETWEEN: [Traits; 5] = [
    Traits::THAT.or(Traits::WHO),
    Traits::AND.or(Traits::BUT_WHILE),
    Traits::SAY,
    Traits::CALL.or(Traits::THINK),
    Traits::SMALL_VERB,
];

/// All of these lists: most words are on none.
const ANY_BETWEEN: Traits = BETWEEN[0]
    .or(BETWEEN[1])
    .or(BETWEEN[2])
    .or(BETWEEN[3])
    .or(BETWEEN[4]);

/// How many commas, other marks and words of each of these lists there are.
#[derive(Default)]
struct Counts {
    commas: usize,
    marks: usize,
    lists: [usize; BETWEEN.len()],
}

impl Counts {
    fn of(tokens: &[Token]) -> Self {
        let mut counts = Self::default();
        for token in tokens {
            if token.is(ANY_BETWEEN) {
                for (count, list) in counts.lists.iter_mut().zip(BETWEEN) {
                    *count += usize::from(token.is(list));
                }
            } else if token.is_mark(',') {
                counts.commas += 1;
            } else if !token.is_word() {
                counts.marks += 1;
            }
        }
        counts
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

/// The cues beside the naming, and where they stand to the words.
fn own_cues(
    stretch: &Stretch<'_>,
    sentence: &Sentence,
    naming: &Naming,
    candidate: &Candidate,
) -> [f32; OF_OWN_CUES] {
    let in_own = candidate.at.sentence == stretch.sentence;
    let slot = stretch.slot.before;
    let end = sentence.tokens.len();
    let behind = naming.tokens.end;
    let after = (behind..end.min(behind + NEAR)).find_map(|at| Some((at, sentence.cue(at)?)));
    let before = (naming.tokens.start.saturating_sub(6)..naming.tokens.start)
        .rev()
        .find_map(|at| Some((at, sentence.cue(at)?)));
    // Where something stands to the words: negative before them.
    let to_words = |at: Option<usize>| match at {
        Some(at) if in_own => (at as f32 - slot as f32).clamp(-FAR, FAR),
        _ => 2.0 * FAR,
    };
    let own = |cue: Option<(usize, CueClass)>, from: usize| {
        [
            cue.map_or(FAR, |(at, _)| (at.abs_diff(from) as f32).min(FAR)),
            class_of(cue.map(|it| it.1), cue.map(|it| &sentence.tokens[it.0])),
            to_words(cue.map(|it| it.0)),
        ]
    };
    let is_own = |found: Option<Naming>| found.is_some_and(|found| found.tokens == naming.tokens);
    let noun = sentence.tokens[behind..end.min(behind + 5)]
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
    let [after_distance, after_class, after_place] = own(after, behind);
    let [before_distance, before_class, before_place] = own(before, naming.tokens.start);
    [
        after_distance,
        after_class,
        after_place,
        before_distance,
        before_class,
        before_place,
        flag(after.is_some_and(|(at, _)| is_own(subject(sentence, at)))),
        flag(before.is_some_and(|(at, _)| is_own(inverted(sentence, at)))),
        flag(sentence.is_accorded(naming.tokens.start)),
        flag(after.is_some_and(|(at, _)| sentence.tokens[at].shape.ends_in_ing)),
        noun.map_or(FAR, |at| at as f32),
        to_words(noun.map(|at| behind + at)),
        namings,
        runs,
    ]
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

/// What the rules say of this naming and of whom it names.
fn agreement(
    ground: &Ground<'_>,
    index: usize,
    candidate: &Candidate,
    naming: &Naming,
) -> [f32; OF_AGREEMENT] {
    let stretch = &ground.stretches[index];
    let key = naming.key(&ground.sentences[candidate.at.sentence].tokens);
    let tally = ground.tally(key);
    let same = |at: Option<At>| flag(at.is_some_and(|at| ground.key(at) == Some(key)));
    let told_by = |at: Option<usize>| at.and_then(|at| ground.stretches.get(at)).and_then(told_at);
    let own = told_at(stretch).or(stretch.carried.map(|it| it.at));
    let before = told_by(index.checked_sub(1));
    let second = told_by(index.checked_sub(2));
    let next = told_by(Some(index + 1));
    let person = ground.person(candidate.at);
    let is_his = |at: Option<At>| flag(person.is_some() && at.and_then(|at| ground.person(at)) == person);
    [
        flag(told_at(stretch) == Some(candidate.at)),
        flag(stretch.carried.is_some_and(|carried| carried.at == candidate.at)),
        f32::from(tally.named.min(30)),
        f32::from(tally.told.min(30)),
        f32::from(tally.inside.min(30)),
        same(own),
        same(before),
        same(second),
        same(next),
        flag(before == Some(candidate.at)),
        flag(next == Some(candidate.at)),
        is_his(own),
        is_his(before),
        is_his(second),
        is_his(next),
        person.map_or(-1.0, |person| f32::from(ground.told(person).min(30))),
    ]
}
