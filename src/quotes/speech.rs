//! Which marked stretches are given as speech: those that are likely enough where they stand, and no titles.

use super::candidates::Candidate;
use super::content::ends_in_comma;
use super::ground::Ground;
use super::hints::{Stretch, told_at};
use super::judge::Verdict;
use super::lexicon::{CueClass, Traits};
use super::namings::NamingKind;
use super::patterns::{Form, Told};
use super::rulings::{answered, is_claimed_behind, left_out};
use super::tokens::{Token, add_tokens};

/// From how likely on words count as speech.
const SPEECH: f32 = 0.65;
/// From how likely on a fragment counts as speech, and somebody as its speaker: without anybody who may have said it, it is rather
/// a term.
const EVIDENCE: f32 = 0.3;
/// The same of words that are a sentence of their own.
const WHOLE: f32 = 0.6;
/// The same of words that are a whole paragraph, or stand right behind a cue or a noun for what was said.
const IN_PLACE: f32 = 0.25;
/// The same of words that begin a sentence and behind which is told who said them.
const TOLD_BEHIND: f32 = 0.1;
/// Bytes of the words in small letters of a title.
const SMALL_WORD: usize = 3;
/// Words before a name that say what he is.
const DESCRIBED: usize = 2;
/// Tokens behind a pronoun in which its verb stands.
const SOON: usize = 3;
/// Tokens right before words in which what leads to them stands.
const LEAD: usize = 2;
/// Words of a name or a term.
const NAME: usize = 2;
/// Tokens of a plea before "guilty".
const PLEA: usize = 2;
/// Tokens from a noun for works to its examples.
const WORKS: usize = 12;
/// Bytes of a title.
const TITLE: usize = 120;

/// Whether a stretch is speech.
pub(super) fn is_speech(ground: &Ground<'_>, stretch: &Stretch<'_>, verdict: &Verdict) -> bool {
    let is_sure = is_labelled(ground, stretch)
        || left_out(ground, stretch).is_some()
        || (is_whole(ground, stretch) && answered(ground, stretch).is_some())
        || is_interrupted(ground, stretch)
        || is_claimed_behind(ground, stretch);
    let is_likely = is_likely(ground, stretch, verdict);
    (is_likely || is_sure)
        && has_words(ground.text, stretch)
        && !is_dated_title(ground, stretch)
        && !is_told_title(ground, stretch)
        && !is_title_of_role(ground, stretch)
        && !is_defined(ground, stretch)
        && !is_pleaded(ground, stretch)
        && !is_listed_title(ground, stretch)
}

/// Whether words are the name of what somebody is charged with, as no other tells: `pleaded guilty to “conspiracy.”`
fn is_pleaded(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let [lead @ .., guilty, to] = &sentence.tokens[..stretch.slot.before] else {
        return false;
    };
    let pleads = to.is(Traits::TO) && ground.language.is_on("guilty", guilty.word);
    // "told the judge that she pleaded guilty to “…”": there she says it.
    let plea = lead.len().saturating_sub(PLEA);
    pleads
        && stretch.told.as_ref().is_none_or(|told| !told.is_after)
        && (0..plea).all(|at| sentence.cue(at).is_none())
}

/// Whether a stretch is one of the titles of works that stand as examples of them: `hits including “Long Pier” and “Salt”`.
fn is_listed_title(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let tokens = &sentence.tokens;
    // Behind another title stand commas and "and" only.
    const JOINS: Traits = Traits::AND;
    let is_joint = |token: &&Token| !token.is_word() || token.is(JOINS);
    let listed = tokens[..stretch.slot.before]
        .iter()
        .rev()
        .take_while(is_joint)
        .count();
    let begun = stretch.slot.before - listed;
    let link = begun.checked_sub(1).filter(|at| {
        let is_on = |list, at: usize| ground.language.is_on(list, tokens[at].word);
        // "such as", and not "described the show as".
        let is_such = || tokens[*at].is(Traits::AS) && *at > 0 && is_on("such", at - 1);
        is_on("example", *at) || is_such()
    });
    let Some(link) = link else { return false };
    let near = tokens[link.saturating_sub(WORKS)..link].iter().rev();
    // "his films, she said, are like “…”", "headlines on his films, like “…”": there others' words follow.
    const WORDS: Traits = Traits::NOUN_CUE
        .or(Traits::PAPER)
        .or(Traits::TERM)
        .or(Traits::SAY)
        .or(Traits::CALL)
        .or(Traits::PASSIVE);
    let mut nouns = near.take_while(|token| !token.is(WORDS));
    nouns.any(|noun| ground.language.is_on("works", noun.word)) && is_titled(ground, stretch)
}

/// Whether a stretch is written as titles are: all but small words have capitals.
fn is_titled(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    const SMALL: Traits = Traits::PREPOSITION
        .or(Traits::DETERMINER)
        .or(Traits::AND)
        .or(Traits::TO)
        .or(Traits::OF);
    let title = ground.text[stretch.run.pieces[0].clone()].trim();
    let title = title.trim_end_matches(['’', '\'', '”']);
    let mut words = Vec::new();
    add_tokens(
        ground.language,
        title,
        0..title.floor_char_boundary(TITLE),
        &mut words,
    );
    let mut words = words.iter().filter(|word| word.is_word());
    title.len() <= TITLE && words.all(|word| word.shape.is_capital || word.shape.is_number || word.is(SMALL))
}

/// Whether words are a term that the sentence defines: `“Pier” means any landing.`
fn is_defined(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let behind = ground.sentences[stretch.sentence].tokens.get(stretch.slot.before);
    let is_parted = ends_in_comma(ground.text, stretch);
    stretch.begins_sentence && !is_parted && behind.is_some_and(|means| means.is(Traits::DEFINES))
}

/// Whether words are likely enough to be speech, by where they stand.
fn is_likely(ground: &Ground<'_>, stretch: &Stretch<'_>, verdict: &Verdict) -> bool {
    if is_told_behind(ground, stretch) {
        return verdict.speech >= TOLD_BEHIND;
    }
    let accorded = stretch
        .told
        .as_ref()
        .filter(|told| told.form == Form::AccordingTo);
    let is_in_place = is_paragraph(ground, stretch)
        || follows_cue(ground, stretch)
        || is_claimed(ground, stretch, verdict)
        || accorded.is_some_and(|told| told.is_adjacent);
    if is_in_place {
        return verdict.speech >= IN_PLACE;
    }
    if is_sentence(ground, stretch) {
        return verdict.speech >= WHOLE;
    }
    let speaker = verdict
        .speaker
        .filter(|(speaker, _)| !is_idle(ground, stretch, speaker));
    let likely = speaker.map_or(0.0, |(_, likely)| likely);
    verdict.speech >= SPEECH && verdict.speech * likely >= EVIDENCE
}

/// Whether somebody is only the "you" or "it" of a sentence, and nothing tells that it says anything: `it’s silly that another “name” runs`.
fn is_idle(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    const IDLE: Traits = Traits::SECOND_PERSON.or(Traits::IT);
    let sentence = &ground.sentences[speaker.at.sentence];
    let token = &sentence.tokens[speaker.at.token];
    let is_told =
        told_at(stretch) == Some(speaker.at) || stretch.carried.is_some_and(|it| it.at == speaker.at);
    // Whoever says something behind him, or right before the words, may say these: `it has, since the vote, called the plan “…”`.
    let (after, slot) = (speaker.at.token + 1, stretch.slot.before);
    let reach = if speaker.at.sentence == stretch.sentence {
        slot
    } else {
        0
    };
    let mut behind = after..(after + SOON).max(reach);
    let says = behind.any(|at| sentence.cue(at).is_some());
    let own = &ground.sentences[stretch.sentence];
    let leads = (slot.saturating_sub(LEAD)..slot).any(|at| own.cue(at).is_some());
    // A claim of more than a name is somebody's, if not its own: `it was Lima’s claim that “…”`.
    let is_name = stretch.words <= NAME || token.is(Traits::SECOND_PERSON);
    speaker.is_weak && token.is(IDLE) && !token.is(Traits::OWNER) && !is_told && !says && !leads && is_name
}

fn has_words(text: &str, stretch: &Stretch<'_>) -> bool {
    let mut pieces = stretch.run.pieces.iter();
    pieces.any(|piece| text[piece.clone()].contains(char::is_alphabetic))
}

/// `Lima: “…”` and nothing else, which leaves no doubt, however short it is.
fn is_labelled(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let label = stretch.told.as_ref().filter(|told| told.form == Form::Label);
    let tokens = &ground.sentences[stretch.sentence].tokens;
    let begins = |told: &Told| {
        tokens[..told.speaker.tokens.start]
            .iter()
            .all(|token| !token.is_word())
    };
    stretch.ends_sentence && label.is_some_and(begins)
}

/// Whether a stretch is a paragraph of its own that ends as a sentence does.
pub(super) fn is_paragraph(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let paragraph = ground.sentences[stretch.sentence].paragraph;
    let stands_in = |at: Option<usize>| {
        let neighbour = at.and_then(|at| ground.sentences.get(at));
        neighbour.is_some_and(|sentence| sentence.paragraph == paragraph)
    };
    is_sentence(ground, stretch)
        && paragraph > 0
        && !stands_in(stretch.sentence.checked_sub(1))
        && !stands_in(Some(stretch.sentence + 1))
}

/// Whether a stretch is a sentence of its own.
fn is_sentence(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    stretch.begins_sentence && stretch.ends_sentence && ends_whole(ground, stretch)
}

/// Whether words go on behind who said them, so that what stands before him is said as well: `The bill “…,” Lima conceded, “…”`.
fn is_interrupted(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let Some(told) = stretch.told.as_ref().filter(|told| told.is_after) else {
        return false;
    };
    let sentence = &ground.sentences[stretch.sentence];
    let (speaker, slot) = (&told.speaker.tokens, stretch.slot.before);
    let is_next = speaker.start <= slot + DESCRIBED && told.cue.is_some_and(|(cue, _)| cue == speaker.end);
    let comma = speaker.end + 1;
    let goes_on = sentence.tokens.get(comma).is_some_and(|it| it.is_mark(','))
        && sentence.runs.iter().any(|slot| slot.before == comma + 1);
    is_next && goes_on && ends_in_comma(ground.text, stretch)
}

/// Whether a stretch begins and ends as sentences do.
fn is_whole(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let first = ground.text[stretch.run.pieces[0].clone()].trim_start();
    first.starts_with(char::is_uppercase) && ends_whole(ground, stretch)
}

fn ends_whole(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let last = stretch.run.pieces.last();
    let last = last.map_or("", |piece| &ground.text[piece.clone()]);
    last.trim_end().ends_with(['.', '!', '?', '…'])
}

/// Whether a stretch begins its sentence and who said it is told right behind, with a mark between: `“It is open,” the two said`.
fn is_told_behind(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let is_told = stretch.told.as_ref().is_some_and(|told| {
        told.is_after && told.is_adjacent && matches!(told.form, Form::SpeakerThenCue | Form::CueThenSpeaker)
    });
    let words = ground.text[stretch.run.pieces[0].clone()].trim();
    let words = words.trim_end_matches(['’', '\'', '”']);
    let is_parted = words.ends_with([',', '!', '?']) || stretch.run.has_comma_behind(ground.text);
    (is_told || acts_behind(ground, stretch)) && is_parted && stretch.begins_sentence
}

/// Whether somebody does what no list of cues has, right behind words and nothing else: `“It is over,” Lima blustered.`
fn acts_behind(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let person = sentence
        .naming_from(stretch.slot.before)
        .filter(|naming| naming.kind == NamingKind::Person);
    person.is_some_and(|person| {
        let behind = &sentence.tokens[person.tokens.end..];
        matches!(behind, [verb, end, ..] if verb.shape.ends_in_ed && !end.is_word())
    })
}

/// Whether a stretch stands right behind what somebody says: `a heckler shouted “Liar!”`
fn follows_cue(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let cue = stretch.slot.before.checked_sub(1);
    let is_cue = cue.is_some_and(|cue| sentence.cue(cue) == Some(CueClass::Say));
    // "His colleague was blunter: “….”"
    let is_introduced = cue.is_some_and(|colon| sentence.tokens[colon].is_mark(':'))
        && !stretch.begins_sentence
        && stretch.ends_sentence
        && is_whole(ground, stretch);
    is_introduced
        || is_cue
            && stretch
                .told
                .as_ref()
                .is_some_and(|told| told.form == Form::CueBefore)
}

/// Whether a stretch stands behind a noun for what its speaker said: `Lima’s claim that the ferry is “…”`.
fn is_claimed(ground: &Ground<'_>, stretch: &Stretch<'_>, verdict: &Verdict) -> bool {
    let Some((speaker, _)) = verdict
        .speaker
        .filter(|(speaker, _)| speaker.at.sentence == stretch.sentence)
    else {
        return false;
    };
    let tokens = &ground.sentences[stretch.sentence].tokens;
    let end = speaker.naming(ground.sentences).tokens.end;
    let is_noun = tokens.get(end).is_some_and(|noun| noun.is(Traits::NOUN_CUE));
    is_noun && end < stretch.slot.before && tokens[end - 1].is_owner()
}

/// Whether a stretch is the title of whom somebody told something: `Naderi told “Breakfast Hour”`.
fn is_told_title(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let before = stretch.slot.before.checked_sub(1);
    let is_told = before.is_some_and(|before| {
        let token = &ground.sentences[stretch.sentence].tokens[before];
        token.is(Traits::SAY) && token.is(Traits::NEVER_INVERTED) && !token.is(Traits::READS)
    });
    // "told “Meet the Press” host Lima": small words stand inside titles.
    let words = ground.text[stretch.run.pieces[0].clone()].trim();
    let has_capitals = words
        .split_whitespace()
        .all(|word| word.starts_with(char::is_uppercase) || word.len() <= SMALL_WORD);
    let ends_capital = words
        .rsplit(' ')
        .next()
        .is_some_and(|last| last.starts_with(char::is_uppercase));
    is_told && has_capitals && ends_capital && !words.ends_with(['.', '!', '?'])
}

/// Whether a stretch is the title of a work whose author, host or star is named behind it: `“The Long Pier” author Ana Lima`.
fn is_title_of_role(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let title = ground.text[stretch.run.pieces[0].clone()].trim();
    let title = title.trim_end_matches(['’', '\'', '”']);
    let is_open = title.ends_with([',', '.', '!', '?', '…']) || stretch.run.has_comma_behind(ground.text);
    let behind = sentence.tokens.get(stretch.slot.before..).unwrap_or_default();
    let is_named = matches!(behind, [role, name, ..]
        if role.is(Traits::ROLE) && !role.shape.is_capital && name.is_word() && name.is_name());
    !is_open && is_named && is_titled(ground, stretch) && !follows_cue(ground, stretch)
}

/// Whether a stretch is the title of something whose day stands in parentheses behind it: `about “…” (March 11)`.
fn is_dated_title(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let behind = ground.sentences[stretch.sentence]
        .tokens
        .get(stretch.slot.before..);
    let Some([opening, day, ..]) = behind else {
        return false;
    };
    let title = ground.text[stretch.run.pieces[0].clone()].trim();
    let is_title = title.starts_with(char::is_uppercase) && !title.ends_with(['.', ',', '!', '?', '…']);
    let is_dated = opening.is_mark('(') && (day.is(Traits::WHEN) || day.shape.is_number);
    is_dated && is_title && !follows_cue(ground, stretch)
}
