//! What is measured of a marked stretch and of somebody who may have said it: the rows that the forests judge.
//!
//! Features are general (distances, kinds, marks and word lists); none knows a certain word or name. Their order is
//! that of the tables, so a new one is added at the end of its group and the tables are fitted anew.

use super::antecedents;
use super::candidates::Candidate;
use super::hints::{At, Rule, Stretch, told_at};
use super::lexicon::{CueClass, Language, Traits, Word, Words};
use super::namings::{Naming, NamingKind};
use super::patterns::{inverted, is_governed, subject};
use super::people::People;
use super::sentence::Sentence;
use super::tokens::Token;

/// Values of one case in the order of the tables.
pub type Row = Vec<f32>;

/// How many of them are of a candidate.
pub(super) const OF_CANDIDATE: usize = 82;
/// The most words of a headline outside marks.
const HEADLINE: usize = 16;
/// The number of the ending of words that go on.
const COMMA: f32 = 1.0;
/// A distance that stands for none.
const FAR: f32 = 40.0;
/// Tokens around a stretch in which it is asked who does what cues say.
const CLAUSES: usize = 60;
/// Bytes of a stretch that are looked through for names.
const WORDS: usize = 600;
/// Tokens of a parenthesis.
const PARENTHESIS: usize = 8;
/// Tokens around a naming in which a cue is looked for.
const NEAR: usize = 14;

/// A text as it is measured.
pub(super) struct Ground<'a> {
    pub(super) language: &'a Language,
    pub(super) text: &'a str,
    pub(super) sentences: &'a [Sentence],
    pub(super) stretches: &'a [Stretch<'a>],
    tallies: Words<Tally>,
    pub(super) people: People,
    /// Who is meant by each naming of each sentence.
    persons: Vec<Vec<Option<usize>>>,
    /// How often each of the people is named as speaking by the rules.
    told: Vec<u16>,
    /// The share of the stretches that stand in single marks.
    single: f32,
    /// Whether the first paragraph looks like a headline that was left in the text.
    begins_with_headline: bool,
}

/// How often somebody is named, and named as speaking by the rules.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    named: u16,
    /// Named with a capital elsewhere than at the beginning of a sentence.
    inside: u16,
    told: u16,
}

impl<'a> Ground<'a> {
    pub(super) fn of(
        language: &'a Language,
        text: &'a str,
        sentences: &'a [Sentence],
        stretches: &'a [Stretch<'a>],
    ) -> Self {
        let mut tallies: Words<Tally> = Words::default();
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
        let people = People::of(text, sentences);
        let persons = antecedents::persons(sentences, &people);
        let mut told = vec![0_u16; people.count()];
        for at in stretches.iter().filter_map(told_at) {
            if let Some(person) = person_at(sentences, &persons, at) {
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
        }
    }

    /// How common the marks of a stretch are in its text: single marks are speech where a paper writes so.
    fn share_of_marks(&self, stretch: &Stretch<'_>) -> f32 {
        if is_single(self.text, stretch) {
            self.single
        } else {
            1.0 - self.single
        }
    }

    /// Which of the people is meant by the naming at a place.
    pub(super) fn person(&self, at: At) -> Option<usize> {
        person_at(self.sentences, &self.persons, at)
    }

    /// Who is meant by the naming at a place, as far as the last word of a name tells.
    pub(super) fn key(&self, at: At) -> Option<Word> {
        let sentence = &self.sentences[at.sentence];
        let naming = sentence.naming_from(at.token)?;
        Some(naming.key(&sentence.tokens))
    }
}

fn person_at(sentences: &[Sentence], persons: &[Vec<Option<usize>>], at: At) -> Option<usize> {
    let position = sentences[at.sentence].position_from(at.token)?;
    persons[at.sentence][position]
}

fn begins_with_headline(sentences: &[Sentence]) -> bool {
    let first = sentences.iter().take_while(|it| it.paragraph == 0);
    let goes_on = sentences.last().is_some_and(|last| last.paragraph > 1);
    goes_on && first.map(|it| it.tokens.len()).sum::<usize>() <= HEADLINE
}

/// What is measured of the stretch at an index.
pub(super) fn of_stretch(ground: &Ground<'_>, index: usize) -> Row {
    let stretch = &ground.stretches[index];
    let sentence = &ground.sentences[stretch.sentence];
    let mut row = Row::with_capacity(160);
    add_words(ground, stretch, &mut row);
    add_place(ground, index, &mut row);
    for token in [
        stretch.slot.before.checked_sub(1),
        stretch.slot.before.checked_sub(2),
        stretch.slot.before.checked_sub(3),
    ] {
        row.push(kind_of(token.map(|at| &sentence.tokens[at])));
    }
    for ahead in 0..3 {
        row.push(kind_of(sentence.tokens.get(stretch.slot.before + ahead)));
    }
    add_cues_around(sentence, stretch, &mut row);
    add_hints(stretch, &mut row);
    row
}

/// The words inside the marks.
fn add_words(ground: &Ground<'_>, stretch: &Stretch<'_>, row: &mut Row) {
    let text = ground.text;
    let piece = text[stretch.run.pieces[0].clone()].trim();
    let mut inner = Vec::new();
    let end = piece.len().min(piece.floor_char_boundary(600));
    super::tokens::add_tokens(ground.language, piece, 0..end, &mut inner);
    let words: Vec<&Token> = inner.iter().filter(|token| token.is_word()).collect();
    let count = words.len().max(1) as f32;
    let share = |of: &dyn Fn(&Token) -> bool| words.iter().filter(|word| of(word)).count() as f32 / count;
    row.push((stretch.words as f32).min(80.0));
    row.push(stretch.run.pieces.len() as f32);
    row.push(flag(stretch.run.is_closed));
    row.push(ground.share_of_marks(stretch));
    row.push(flag(words.first().is_some_and(|word| word.shape.is_capital)));
    row.push(share(&|word| word.shape.is_capital));
    row.push(flag(words.iter().skip(1).all(|word| {
        word.shape.is_capital || word.is(Traits::PREPOSITION.or(Traits::DETERMINER).or(Traits::AND))
    })));
    let ending = ending(piece);
    let comma = ending == 0.0 && stretch.run.has_comma_behind(text);
    row.push(if comma { COMMA } else { ending });
    row.push(flag(words.iter().any(|word| word.is(Traits::FIRST_PERSON))));
    row.push(flag(words.iter().any(|word| word.is(Traits::SECOND_PERSON))));
    row.push(flag(words.iter().any(|word| word.is(Traits::SMALL_VERB))));
    row.push(share(&|word| {
        word.is(Traits::NEVER.or(Traits::SMALL_VERB).or(Traits::PREPOSITION))
    }));
    row.push(flag(words.iter().any(|word| word.shape.ends_in_ing)));
    row.push(flag(words.iter().any(|word| word.shape.is_number)));
    row.push(inner.iter().filter(|token| token.is_mark(',')).count() as f32);
    row.push(flag(inner.iter().rev().skip(1).any(Token::ends_sentence)));
    row.push(words.first().map_or(0.0, |word| kind_of(Some(word))));
    row.push(words.last().map_or(0.0, |word| kind_of(Some(word))));
}

/// Whether a stretch stands in single marks.
fn is_single(text: &str, stretch: &Stretch<'_>) -> bool {
    let opening = &text[stretch.run.outer[0].start..stretch.run.pieces[0].start];
    opening.chars().count() == 1 && opening.starts_with(['\'', '‘', '’', '`'])
}

fn ending(piece: &str) -> f32 {
    match piece.trim_end_matches(['’', '\'', '”']).chars().last() {
        Some(',') => COMMA,
        Some('.') => 2.0,
        Some('!') => 3.0,
        Some('?') => 4.0,
        Some('…' | '—' | '-') => 5.0,
        Some(';' | ':') => 6.0,
        _ => 0.0,
    }
}

/// Where the stretch stands.
fn add_place(ground: &Ground<'_>, index: usize, row: &mut Row) {
    let stretch = &ground.stretches[index];
    let sentence = &ground.sentences[stretch.sentence];
    let paragraph = sentence.paragraph;
    let neighbour = |at: Option<usize>| at.and_then(|at| ground.stretches.get(at));
    let paragraphs_to = |other: Option<&Stretch<'_>>| {
        other.map_or(9.0, |other| {
            (ground.sentences[other.sentence].paragraph.abs_diff(paragraph) as f32).min(9.0)
        })
    };
    let (before, after) = (neighbour(index.checked_sub(1)), neighbour(Some(index + 1)));
    let first_of_paragraph =
        stretch.sentence == 0 || ground.sentences[stretch.sentence - 1].paragraph != paragraph;
    let last_of_paragraph = ground
        .sentences
        .get(stretch.sentence + 1)
        .is_none_or(|next| next.paragraph != paragraph);
    row.push(flag(stretch.begins_sentence));
    row.push(flag(stretch.ends_sentence));
    row.push(flag(first_of_paragraph));
    row.push(flag(last_of_paragraph));
    row.push(sentence.runs.len() as f32);
    row.push(
        sentence
            .runs
            .iter()
            .position(|slot| *slot == stretch.slot)
            .unwrap_or(0) as f32,
    );
    row.push((stretch.slot.before as f32).min(FAR));
    row.push(((sentence.tokens.len() - stretch.slot.before) as f32).min(FAR));
    row.push(paragraphs_to(before));
    row.push(paragraphs_to(after));
    row.push(before.map_or(FAR, |it| (it.words as f32).min(FAR)));
    row.push(after.map_or(FAR, |it| (it.words as f32).min(FAR)));
    row.push(flag(before.is_some_and(|it| it.told.is_some())));
    row.push(flag(after.is_some_and(|it| it.told.is_some())));
    row.push(flag(paragraph == 0 && ground.begins_with_headline));
    row.push(sentence.namings.len() as f32);
}

/// Tokens told apart as far as a neighbour matters; what is alike has near numbers.
fn kind_of(token: Option<&Token>) -> f32 {
    let Some(token) = token else { return 0.0 };
    if !token.is_word() {
        return match () {
            () if token.is_mark(',') => 1.0,
            () if token.is_mark(':') => 2.0,
            () if token.is_dash() => 3.0,
            () if token.ends_sentence() => 4.0,
            () if token.is_mark(';') => 5.0,
            () if token.is_mark('(') => 6.0,
            () => 7.0,
        };
    }
    let kinds = [
        (Traits::THAT, 20.0),
        (Traits::AND, 22.0),
        (Traits::BUT_WHILE, 23.0),
        (Traits::WHO, 24.0),
        (Traits::TO, 25.0),
        (Traits::OF, 26.0),
        (Traits::AS, 27.0),
        (Traits::TERM, 19.0),
        (Traits::COMMON_SAY, 10.0),
        (Traits::SAY, 11.0),
        (Traits::CALL, 12.0),
        (Traits::NOUN_CUE, 14.0),
        (Traits::THINK, 13.0),
        (Traits::HE_SHE_THEY, 30.0),
        (Traits::IT, 31.0),
        (Traits::FIRST_PERSON, 32.0),
        (Traits::OBJECT_PRONOUN, 33.0),
        (Traits::OWNER, 34.0),
        (Traits::SMALL_VERB, 15.0),
        (Traits::PREPOSITION, 28.0),
        (Traits::DETERMINER, 29.0),
        (Traits::ARTWORK, 37.0),
        (Traits::PAPER, 38.0),
    ];
    for (list, number) in kinds {
        if token.is(list) && !(token.shape.is_capital && number > 36.0) {
            return number;
        }
    }
    match () {
        () if token.shape.is_possessive => 35.0,
        () if token.is(Traits::ROLE.or(Traits::TITLE)) => 39.0,
        () if token.is_name() => 40.0,
        () if token.shape.is_number => 41.0,
        () if token.shape.ends_in_ing => 16.0,
        () if token.is(Traits::ADVERB) || token.shape.ends_in_ly => 18.0,
        () if token.shape.ends_in_ed => 17.0,
        () => 45.0,
    }
}

fn class_of(class: Option<CueClass>, token: Option<&Token>) -> f32 {
    match class {
        None => 0.0,
        Some(CueClass::Say) if token.is_some_and(|token| token.is(Traits::COMMON_SAY)) => 1.0,
        Some(CueClass::Say) => 2.0,
        Some(CueClass::Call) => 3.0,
        Some(CueClass::Think) => 4.0,
    }
}

/// The nearest cues on both sides of the stretch in its sentence.
fn add_cues_around(sentence: &Sentence, stretch: &Stretch<'_>, row: &mut Row) {
    let at = stretch.slot.before;
    let before = (0..at)
        .rev()
        .take(30)
        .find_map(|index| Some((index, sentence.cue(index)?)));
    let after = (at..sentence.tokens.len())
        .take(30)
        .find_map(|index| Some((index, sentence.cue(index)?)));
    row.push(before.map_or(FAR, |(index, _)| (at - index) as f32));
    row.push(class_of(
        before.map(|it| it.1),
        before.map(|it| &sentence.tokens[it.0]),
    ));
    row.push(after.map_or(FAR, |(index, _)| (index - at) as f32));
    row.push(class_of(
        after.map(|it| it.1),
        after.map(|it| &sentence.tokens[it.0]),
    ));
    let noun = sentence.tokens[at.saturating_sub(8)..at]
        .iter()
        .rev()
        .position(|token| token.is(Traits::NOUN_CUE));
    row.push(noun.map_or(FAR, |back| back as f32));
    let has = |lists: Traits| sentence.tokens.iter().any(|token| token.is(lists));
    row.push(flag(has(Traits::SOCIAL)));
    row.push(flag(has(Traits::ARTWORK)));
    row.push(flag(has(Traits::TERM)));
    row.push(flag(
        (0..sentence.tokens.len()).any(|index| sentence.according(index).is_some()),
    ));
}

/// What the rules say of the stretch, whoever is meant.
fn add_hints(stretch: &Stretch<'_>, row: &mut Row) {
    let told = stretch.told.as_ref();
    row.push(told.map_or(0.0, |told| f32::from(told.form as u8)));
    row.push(told.map_or(0.0, |told| told.confidence));
    row.push(flag(told.is_some_and(|told| told.is_adjacent)));
    row.push(carried_of(stretch));
}

const fn carried_of(stretch: &Stretch<'_>) -> f32 {
    match &stretch.carried {
        None => 0.0,
        Some(carried) => match carried.rule {
            Rule::SameParagraph | Rule::LeftOut => 1.0,
            Rule::Introduced => 2.0,
            Rule::Ahead => 3.0,
            Rule::ParagraphBefore => 4.0,
        },
    }
}

/// Adds what is measured of somebody who may have said the words of the stretch.
pub(super) fn add_candidate(
    ground: &Ground<'_>,
    index: usize,
    candidate: &Candidate,
    doers: &Doers,
    row: &mut Row,
) {
    let stretch = &ground.stretches[index];
    let sentence = &ground.sentences[candidate.at.sentence];
    let naming = candidate.naming(ground.sentences);
    add_gap(ground, stretch, candidate, naming, row);
    add_kind(sentence, naming, row);
    add_own_cues(stretch, sentence, naming, candidate, row);
    add_surroundings(sentence, naming, row);
    add_agreement(ground, index, candidate, naming, row);
    add_part(sentence, candidate, naming, doers, row);
}

/// What of a stretch is the same for all who may have said it: who does what the cues around it say, and its words.
pub(super) struct Doers {
    sentence: usize,
    /// The first tokens of the subjects of the cues before the stretch and behind it, the nearest first.
    before: [Option<usize>; 3],
    after: [Option<usize>; 2],
    words: Vec<Word>,
}

impl Doers {
    pub(super) fn of(ground: &Ground<'_>, index: usize) -> Self {
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
        let piece = &ground.text[stretch.run.pieces[0].clone()];
        let end = piece.floor_char_boundary(WORDS);
        let mut inner = Vec::new();
        super::tokens::add_tokens(ground.language, piece, 0..end, &mut inner);
        doers.words = inner
            .iter()
            .filter(|token| token.is_name())
            .map(|token| token.word)
            .collect();
        doers
    }
}

/// What part the naming has in its sentence.
fn add_part(sentence: &Sentence, candidate: &Candidate, naming: &Naming, doers: &Doers, row: &mut Row) {
    let tokens = &sentence.tokens;
    let start = naming.tokens.start;
    let does = |doer: &Option<usize>| flag(candidate.at.sentence == doers.sentence && *doer == Some(start));
    row.extend(doers.before.iter().map(does));
    row.extend(doers.after.iter().map(does));
    let head = &tokens[naming.head.clone()];
    row.push(flag(head.iter().all(|token| token.is(Traits::PLACE))));
    let near = tokens[start.saturating_sub(PARENTHESIS)..start].iter().rev();
    let mut marks = near.filter(|token| token.is_mark('(') || token.is_mark(')'));
    row.push(flag(marks.next().is_some_and(|mark| mark.is_mark('('))));
    let follows_name = start > 1 && tokens[start - 1].is_mark(',') && tokens[start - 2].is_name();
    row.push(flag(follows_name));
    let mut free = sentence
        .namings
        .iter()
        .filter(|naming| !is_governed(sentence, naming));
    row.push(flag(
        free.next().is_some_and(|first| first.tokens == naming.tokens),
    ));
    row.push(flag(doers.words.contains(&naming.key(tokens))));
    let is_joined = tokens
        .get(naming.tokens.end)
        .is_some_and(|next| next.is(Traits::AND))
        || start > 0 && tokens[start - 1].is(Traits::AND);
    row.push(flag(is_joined));
}

/// What stands between a candidate and the words.
fn add_gap(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    candidate: &Candidate,
    naming: &Naming,
    row: &mut Row,
) {
    let (own, other) = (stretch.sentence, candidate.at.sentence);
    let here = &ground.sentences[own];
    let there = &ground.sentences[other];
    let slot = stretch.slot.before;
    let is_before = other < own || (other == own && naming.tokens.end <= slot);
    let between: (usize, usize) = match (other == own, is_before) {
        (true, true) => (naming.tokens.end, slot),
        (true, false) => (slot.min(naming.tokens.start), naming.tokens.start),
        // In another sentence: what of it lies towards the words.
        (false, true) => (naming.tokens.end, there.tokens.len()),
        (false, false) => (0, naming.tokens.start),
    };
    let tokens = &there.tokens[between.0..between.1];
    let count =
        |of: &dyn Fn(&Token) -> bool| (tokens.iter().filter(|token| of(token)).count() as f32).min(9.0);
    let distance = tokens.len()
        + match (other == own, is_before) {
            (true, _) => 0,
            (false, true) => slot,
            (false, false) => here.tokens.len() - slot,
        };
    row.push(if is_before { 1.0 } else { 0.0 });
    row.push((other as f32 - own as f32).clamp(-9.0, 9.0));
    row.push((there.paragraph as f32 - here.paragraph as f32).clamp(-5.0, 5.0));
    row.push((distance as f32).min(FAR));
    let among = |kinds: &dyn Fn(&Naming) -> bool| {
        let inside = there
            .namings
            .iter()
            .filter(|other| other.tokens.start >= between.0 && other.tokens.end <= between.1);
        (inside.filter(|other| kinds(other)).count() as f32).min(9.0)
    };
    row.push(among(&|_| true));
    row.push(among(&|other| {
        matches!(other.kind, NamingKind::Person | NamingKind::Pronoun)
    }));
    // Others who do something: a verb follows.
    row.push(among(&|other| {
        there
            .tokens
            .get(other.tokens.end)
            .is_some_and(|next| next.is(Traits::CUE.or(Traits::SMALL_VERB)) || next.shape.ends_in_ed)
    }));
    let runs = there
        .runs
        .iter()
        .filter(|other| **other != stretch.slot && other.before >= between.0 && other.before <= between.1);
    row.push((runs.count() as f32).min(9.0));
    row.push(count(&|token| token.is_mark(',')));
    row.push(count(&|token| !token.is_word() && !token.is_mark(',')));
    row.push(count(&|token| token.is(Traits::THAT.or(Traits::WHO))));
    row.push(count(&|token| token.is(Traits::AND.or(Traits::BUT_WHILE))));
    row.push(count(&|token| token.is(Traits::SAY)));
    row.push(count(&|token| token.is(Traits::CALL.or(Traits::THINK))));
    row.push(count(&|token| token.is(Traits::SMALL_VERB)));
    let position = candidate.position;
    row.push((position as f32).min(9.0));
    row.push(((there.namings.len().saturating_sub(position)) as f32).min(9.0));
    row.push((naming.tokens.start as f32).min(FAR));
}

/// What the naming itself is.
fn add_kind(sentence: &Sentence, naming: &Naming, row: &mut Row) {
    let tokens = &sentence.tokens[naming.tokens.clone()];
    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
    row.push(match naming.kind {
        NamingKind::Pronoun => 0.0,
        NamingKind::Person => 1.0,
        NamingKind::Role => 2.0,
        NamingKind::Body => 3.0,
        NamingKind::Weak => 4.0,
    });
    row.push(match naming.kind {
        NamingKind::Weak => kind_of(Some(first)),
        _ => 0.0,
    });
    row.push((tokens.len() as f32).min(12.0));
    row.push((naming.head.len() as f32).min(6.0));
    row.push(flag(naming.head.start > naming.tokens.start));
    row.push(flag(first.is(Traits::DETERMINER)));
    row.push(flag(first.is(Traits::OWNER)));
    row.push(flag(tokens.iter().any(|token| token.is(Traits::PLURAL_ROLE))));
    row.push(flag(last.is(Traits::PAPER)));
    row.push(flag(tokens.iter().any(|token| token.is(Traits::BODY))));
    row.push(flag(
        tokens
            .iter()
            .any(|token| token.is(Traits::ROLE.or(Traits::TITLE))),
    ));
    row.push(flag(last.shape.is_possessive));
    row.push(flag(tokens.iter().any(|token| token.shape.is_all_capital)));
    row.push(flag(tokens.iter().any(|token| token.shape.is_number)));
    row.push(flag(last.shape.is_handle));
    row.push(flag(is_governed(sentence, naming)));
}

/// The cues beside the naming, and where they stand to the words.
fn add_own_cues(
    stretch: &Stretch<'_>,
    sentence: &Sentence,
    naming: &Naming,
    candidate: &Candidate,
    row: &mut Row,
) {
    let in_own = candidate.at.sentence == stretch.sentence;
    let slot = stretch.slot.before;
    let end = sentence.tokens.len();
    let after =
        (naming.tokens.end..end.min(naming.tokens.end + NEAR)).find_map(|at| Some((at, sentence.cue(at)?)));
    let before = (naming.tokens.start.saturating_sub(6)..naming.tokens.start)
        .rev()
        .find_map(|at| Some((at, sentence.cue(at)?)));
    for (cue, from) in [(after, naming.tokens.end), (before, naming.tokens.start)] {
        row.push(cue.map_or(FAR, |(at, _)| (at.abs_diff(from) as f32).min(FAR)));
        row.push(class_of(cue.map(|it| it.1), cue.map(|it| &sentence.tokens[it.0])));
        // Where the cue stands to the words: negative before them.
        row.push(match cue {
            Some((at, _)) if in_own => (at as f32 - slot as f32).clamp(-FAR, FAR),
            _ => 2.0 * FAR,
        });
    }
    let is_subject =
        after.is_some_and(|(at, _)| subject(sentence, at).is_some_and(|it| it.tokens == naming.tokens));
    let is_inverted =
        before.is_some_and(|(at, _)| inverted(sentence, at).is_some_and(|it| it.tokens == naming.tokens));
    row.push(flag(is_subject));
    row.push(flag(is_inverted));
    row.push(flag(sentence.is_accorded(naming.tokens.start)));
    row.push(after.map_or(0.0, |(at, _)| flag(sentence.tokens[at].shape.ends_in_ing)));
    let noun = |from: usize| {
        let ahead = sentence.tokens[from..end.min(from + 5)].iter();
        ahead
            .take_while(|token| token.is_word())
            .position(|token| token.is(Traits::NOUN_CUE))
    };
    let own_noun = noun(naming.tokens.end);
    row.push(own_noun.map_or(FAR, |at| at as f32));
    row.push(match own_noun {
        Some(at) if in_own => ((naming.tokens.end + at) as f32 - slot as f32).clamp(-FAR, FAR),
        _ => 2.0 * FAR,
    });
    // Another naming or marked words between the naming and its cue.
    let others = |from: usize, to: usize| {
        let inside = sentence
            .namings
            .iter()
            .filter(|other| other.tokens.start >= from && other.tokens.end <= to);
        let runs = sentence
            .runs
            .iter()
            .filter(|other| other.before > from && other.before <= to);
        (inside.count() as f32, runs.count() as f32)
    };
    let (namings, runs) = after.map_or((0.0, 0.0), |(at, _)| others(naming.tokens.end, at));
    row.push(namings);
    row.push(runs);
}

/// The words beside the naming.
fn add_surroundings(sentence: &Sentence, naming: &Naming, row: &mut Row) {
    let tokens = &sentence.tokens;
    let start = naming.tokens.start;
    row.push(kind_of(start.checked_sub(1).map(|at| &tokens[at])));
    row.push(kind_of(start.checked_sub(2).map(|at| &tokens[at])));
    row.push(kind_of(tokens.get(naming.tokens.end)));
    row.push(kind_of(tokens.get(naming.tokens.end + 1)));
    row.push(kind_of(tokens.get(naming.tokens.end + 2)));
    let touches = |at: usize| sentence.runs.iter().any(|slot| slot.before == at);
    row.push(flag(touches(start)));
    row.push(flag(touches(naming.tokens.end)));
}

/// What the rules say of this naming and of whom it names.
fn add_agreement(ground: &Ground<'_>, index: usize, candidate: &Candidate, naming: &Naming, row: &mut Row) {
    let stretch = &ground.stretches[index];
    let sentence = &ground.sentences[candidate.at.sentence];
    let key = naming.key(&sentence.tokens);
    let tally = ground.tallies.get(&key).copied().unwrap_or_default();
    row.push(flag(told_at(stretch) == Some(candidate.at)));
    row.push(flag(
        stretch.carried.is_some_and(|carried| carried.at == candidate.at),
    ));
    row.push(f32::from(tally.named.min(30)));
    row.push(f32::from(tally.told.min(30)));
    row.push(f32::from(tally.inside.min(30)));
    let same = |at: Option<At>| at.is_some_and(|at| ground.key(at) == Some(key));
    row.push(flag(same(told_at(stretch).or(stretch.carried.map(|it| it.at)))));
    let told_by = |at: Option<usize>| at.and_then(|at| ground.stretches.get(at)).and_then(told_at);
    row.push(flag(same(told_by(index.checked_sub(1)))));
    row.push(flag(same(told_by(index.checked_sub(2)))));
    row.push(flag(same(told_by(Some(index + 1)))));
    row.push(flag(told_by(index.checked_sub(1)) == Some(candidate.at)));
    row.push(flag(told_by(Some(index + 1)) == Some(candidate.at)));
    let person = ground.person(candidate.at);
    let is_his = |at: Option<At>| flag(person.is_some() && at.and_then(|at| ground.person(at)) == person);
    row.push(is_his(told_at(stretch).or(stretch.carried.map(|it| it.at))));
    row.push(is_his(told_by(index.checked_sub(1))));
    row.push(is_his(told_by(index.checked_sub(2))));
    row.push(is_his(told_by(Some(index + 1))));
    row.push(person.map_or(-1.0, |person| f32::from(ground.told[person].min(30))));
}

const fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}
