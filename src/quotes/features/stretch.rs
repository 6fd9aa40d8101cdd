//! What is measured of a marked stretch.

use super::super::ground::Ground;
use super::super::hints::{Rule, Stretch};
use super::super::lexicon::{CueClass, Traits};
use super::super::sentence::Sentence;
use super::super::tokens::{Token, add_tokens};
use super::{FAR, class_of, flag, kind_of};

/// How many values are measured, and of what about a stretch.
pub(in crate::quotes) const OF_STRETCH: usize = OF_WORDS + OF_PLACE + OF_NEIGHBOURS + OF_CUES + OF_HINTS;
const OF_WORDS: usize = 18;
const OF_PLACE: usize = 16;
const OF_NEIGHBOURS: usize = 6;
const OF_CUES: usize = 9;
const OF_HINTS: usize = 4;
/// The number of the ending of words that go on.
const COMMA: f32 = 1.0;
/// Bytes of a stretch that are looked through for words.
const WORDS: usize = 600;
/// Tokens around a stretch in which a cue is looked for, and those before it in which a noun for what was said is.
const CUES: usize = 30;
const NOUN: usize = 8;

/// Reads the words and marks inside a stretch, as far as they are measured, in the place of those of another.
pub(in crate::quotes) fn read_inner_words(ground: &Ground<'_>, index: usize, inner: &mut Vec<Token>) {
    let piece = ground.text[ground.stretches[index].run.pieces[0].clone()].trim();
    inner.clear();
    add_tokens(ground.language, piece, 0..piece.floor_char_boundary(WORDS), inner);
}

/// What is measured of the stretch at an index, whose words these are.
pub(in crate::quotes) fn of_stretch(ground: &Ground<'_>, index: usize, inner: &[Token]) -> [f32; OF_STRETCH] {
    let stretch = &ground.stretches[index];
    let sentence = &ground.sentences[stretch.sentence];
    let mut row = [0.0; OF_STRETCH];
    let (of_words, rest) = row.split_at_mut(OF_WORDS);
    let (of_place, rest) = rest.split_at_mut(OF_PLACE);
    let (of_neighbours, rest) = rest.split_at_mut(OF_NEIGHBOURS);
    let (of_cues, of_hints) = rest.split_at_mut(OF_CUES);
    of_words.copy_from_slice(&words(ground, stretch, inner));
    of_place.copy_from_slice(&place(ground, index));
    of_neighbours.copy_from_slice(&neighbours(sentence, stretch));
    of_cues.copy_from_slice(&cues_around(sentence, stretch));
    of_hints.copy_from_slice(&hints(stretch));
    row
}

/// The words inside the marks.
fn words(ground: &Ground<'_>, stretch: &Stretch<'_>, inner: &[Token]) -> [f32; OF_WORDS] {
    const SMALL: Traits = Traits::PREPOSITION.or(Traits::DETERMINER).or(Traits::AND);
    const BARE: Traits = Traits::NEVER.or(Traits::SMALL_VERB).or(Traits::PREPOSITION);
    let text = ground.text;
    let piece = text[stretch.run.pieces[0].clone()].trim();
    let words = || inner.iter().filter(|token| token.is_word());
    let (first, last) = (words().next(), words().next_back());
    let (mut count, mut capitals, mut bare, mut lists) = (0, 0, 0, Traits::NONE);
    for word in words() {
        count += 1;
        capitals += usize::from(word.shape.is_capital);
        bare += usize::from(word.is(BARE));
        lists = lists.or(word.traits);
    }
    let share = |of: usize| of as f32 / count.max(1) as f32;
    let ending = ending(piece);
    let comma = ending == 0.0 && stretch.run.has_comma_behind(text);
    let is_title = |word: &Token| word.shape.is_capital || word.is(SMALL);
    [
        (stretch.words as f32).min(80.0),
        stretch.run.pieces.len() as f32,
        flag(stretch.run.is_closed),
        ground.share_of_marks(stretch),
        flag(first.is_some_and(|word| word.shape.is_capital)),
        share(capitals),
        flag(words().skip(1).all(is_title)),
        if comma { COMMA } else { ending },
        flag(lists.any(Traits::FIRST_PERSON)),
        flag(lists.any(Traits::SECOND_PERSON)),
        flag(lists.any(Traits::SMALL_VERB)),
        share(bare),
        flag(words().any(|word| word.shape.ends_in_ing)),
        flag(words().any(|word| word.shape.is_number)),
        inner.iter().filter(|token| token.is_mark(',')).count() as f32,
        flag(inner.iter().rev().skip(1).any(Token::ends_sentence)),
        kind_of(first),
        kind_of(last),
    ]
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
fn place(ground: &Ground<'_>, index: usize) -> [f32; OF_PLACE] {
    let stretch = &ground.stretches[index];
    let sentence = &ground.sentences[stretch.sentence];
    let paragraph = sentence.paragraph;
    let neighbour = |at: Option<usize>| at.and_then(|at| ground.stretches.get(at));
    let paragraphs_to = |other: Option<&Stretch<'_>>| {
        other.map_or(9.0, |other| {
            (ground.sentences[other.sentence].paragraph.abs_diff(paragraph) as f32).min(9.0)
        })
    };
    let words_of = |other: Option<&Stretch<'_>>| other.map_or(FAR, |it| (it.words as f32).min(FAR));
    let is_told = |other: Option<&Stretch<'_>>| flag(other.is_some_and(|it| it.told.is_some()));
    let (before, after) = (neighbour(index.checked_sub(1)), neighbour(Some(index + 1)));
    let begins_paragraph =
        stretch.sentence == 0 || ground.sentences[stretch.sentence - 1].paragraph != paragraph;
    let next = ground.sentences.get(stretch.sentence + 1);
    let position = sentence.runs.iter().position(|slot| *slot == stretch.slot);
    [
        flag(stretch.begins_sentence),
        flag(stretch.ends_sentence),
        flag(begins_paragraph),
        flag(next.is_none_or(|next| next.paragraph != paragraph)),
        sentence.runs.len() as f32,
        position.unwrap_or(0) as f32,
        (stretch.slot.before as f32).min(FAR),
        ((sentence.tokens.len() - stretch.slot.before) as f32).min(FAR),
        paragraphs_to(before),
        paragraphs_to(after),
        words_of(before),
        words_of(after),
        is_told(before),
        is_told(after),
        flag(paragraph == 0 && ground.begins_with_headline),
        sentence.namings.len() as f32,
    ]
}

/// The words beside the stretch.
fn neighbours(sentence: &Sentence, stretch: &Stretch<'_>) -> [f32; OF_NEIGHBOURS] {
    let at = stretch.slot.before;
    let before = |back: usize| kind_of(at.checked_sub(back).map(|at| &sentence.tokens[at]));
    let behind = |ahead: usize| kind_of(sentence.tokens.get(at + ahead));
    [before(1), before(2), before(3), behind(0), behind(1), behind(2)]
}

/// The nearest cues on both sides of the stretch in its sentence.
fn cues_around(sentence: &Sentence, stretch: &Stretch<'_>) -> [f32; OF_CUES] {
    let (at, tokens) = (stretch.slot.before, &sentence.tokens);
    let cue = |index: usize| Some((index, sentence.cue(index)?));
    let before = (0..at).rev().take(CUES).find_map(cue);
    let after = (at..tokens.len()).take(CUES).find_map(cue);
    let class = |cue: Option<(usize, CueClass)>| class_of(cue.map(|it| it.1), cue.map(|it| &tokens[it.0]));
    let mut near = tokens[at.saturating_sub(NOUN)..at].iter().rev();
    let noun = near.position(|token| token.is(Traits::NOUN_CUE));
    [
        before.map_or(FAR, |(index, _)| (at - index) as f32),
        class(before),
        after.map_or(FAR, |(index, _)| (index - at) as f32),
        class(after),
        noun.map_or(FAR, |back| back as f32),
        flag(sentence.lists.any(Traits::SOCIAL)),
        flag(sentence.lists.any(Traits::ARTWORK)),
        flag(sentence.lists.any(Traits::TERM)),
        flag(sentence.first_according().is_some()),
    ]
}

/// What the rules say of the stretch, whoever is meant.
fn hints(stretch: &Stretch<'_>) -> [f32; OF_HINTS] {
    let told = stretch.told.as_ref();
    [
        told.map_or(0.0, |told| f32::from(told.form as u8)),
        told.map_or(0.0, |told| told.confidence),
        flag(told.is_some_and(|told| told.is_adjacent)),
        carried_of(stretch),
    ]
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
