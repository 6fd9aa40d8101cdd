//! From judged stretches to quotes.

use std::ops::Range;

use super::candidates::{self, Candidate};
use super::content::{clause, is_direct};
use super::ground::Ground;
use super::hints::{At, Rule, Stretch, author, told_at};
use super::joint;
use super::judge::Verdict;
use super::lexicon::{CueClass, Language, Traits};
use super::namings::{Naming, NamingKind};
use super::patterns::{Form, Told};
use super::sentence::Sentence;
use super::subjects::{inverted, is_governed, subject};
use super::tokens::{Token, add_tokens};
use super::unsaid;
use crate::model::quote::{Attribution, Quote, QuoteKind, Stance};
use crate::model::span::Span;

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
/// From how likely on somebody counts as the speaker.
const SPEAKER: f32 = 0.2;
/// How likely on somebody is whom a cue without a subject means.
const LEFT_OUT: f32 = 0.8;
/// How likely on somebody is who stands at words with nothing but a cue.
const BESIDE: f32 = 0.9;
/// Paragraphs in marks under one heading, tokens of a heading, and how likely whoever it names speaks.
const HEADED: usize = 3;
const HEADING: usize = 16;
const HEADED_LIKELY: f32 = 0.8;
/// From how likely on a speaker stands against a heading that names another.
const OPEN: f32 = 0.5;
/// Bytes of a title.
const TITLE: usize = 120;
/// How likely on somebody is whose words another reports.
const INNER: f32 = 0.6;
/// Tokens between a cue and words that follow at once.
const TO_WORDS: usize = 4;
/// Tokens behind a naming in which its own cue is looked for.
const OWN_CUE: usize = 24;
/// Tokens between a naming and its cue.
const TO_CUE: usize = 3;

/// A stretch that is speech, with who said it.
struct Spoken<'a> {
    stretch: &'a Stretch<'a>,
    speech: f32,
    speaker: Option<(Candidate, f32)>,
    /// Whether the rules tell the same speaker.
    is_told: bool,
}

impl Spoken<'_> {
    /// What the rules tell, where the judge agrees.
    fn told(&self) -> Option<&Told> {
        self.stretch.told.as_ref().filter(|_| self.is_told)
    }
}

/// Whether the rules tell a speaker: him, or for "who" the one it stands behind.
fn is_told(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let relates = |told: &Told| {
        let tokens = &ground.sentences[stretch.sentence].tokens;
        let (at, end) = (speaker.at.token, told.speaker.tokens.end);
        let is_who = speaker.at.sentence == stretch.sentence && tokens[at].is(Traits::WHO);
        let is_next = at == end || (at == end + 1 && tokens[end].is_mark(','));
        is_who && is_next && told.cue.is_some_and(|(cue, _)| at < cue)
    };
    told_at(stretch) == Some(speaker.at) || stretch.told.as_ref().is_some_and(relates)
}

/// The quotes with words in marks.
pub(super) fn assemble(ground: &Ground<'_>, verdicts: &[Verdict]) -> Vec<Quote> {
    let judged = ground.stretches.iter().zip(verdicts);
    let names = |sentence: &&Sentence| is_heading(sentence) && headed_by(sentence).is_some();
    let headings = ground.sentences.iter().filter(names).count();
    let spoken: Vec<Spoken<'_>> = judged
        .filter(|(stretch, verdict)| {
            let is_sure = is_labelled(ground, stretch) || left_out(ground, stretch).is_some();
            let is_in_place = is_paragraph(ground, stretch)
                || follows_cue(ground, stretch)
                || is_claimed(ground, stretch, verdict);
            let least = match is_in_place {
                _ if is_told_behind(ground, stretch) => TOLD_BEHIND,
                true => IN_PLACE,
                false if is_sentence(ground, stretch) => WHOLE,
                false => SPEECH,
            };
            let is_fragment =
                !is_in_place && !is_told_behind(ground, stretch) && !is_sentence(ground, stretch);
            let likely = verdict.speaker.map_or(0.0, |(_, likely)| likely);
            let is_evident = !is_fragment || verdict.speech * likely >= EVIDENCE;
            ((verdict.speech >= least && is_evident) || is_sure)
                && has_words(ground.text, stretch)
                && !is_dated_title(ground, stretch)
                && !is_told_title(ground, stretch)
                && !is_title_of_role(ground, stretch)
        })
        .map(|(stretch, verdict)| {
            let speaker = left_out(ground, stretch)
                .or_else(|| as_judged(beside(ground, stretch)?, verdict))
                .or_else(|| headed(ground, stretch, headings > 1).filter(|_| is_open_to(verdict)))
                .or(verdict.speaker.map(|judged| {
                    inner(ground, stretch, &judged.0)
                        .or_else(|| reported(ground, stretch, judged))
                        .or_else(|| apposed(ground, stretch, judged))
                        .or_else(|| named_whole(ground, stretch, judged))
                        .unwrap_or(judged)
                }))
                .filter(|(_, likely)| *likely >= SPEAKER)
                .filter(|(speaker, _)| {
                    !is_unsaid(ground, stretch, speaker) && !is_passive(ground, stretch, speaker)
                });
            Spoken {
                stretch,
                speech: verdict.speech,
                speaker,
                is_told: speaker.is_some_and(|(speaker, _)| is_told(ground, stretch, &speaker)),
            }
        })
        .collect();
    let parts = spoken.chunk_by(|one, other| belongs_together(ground.sentences, one, other));
    parts.filter_map(|parts| quote_of(ground, parts)).collect()
}

/// Who is named behind an office or other words for him, where the judge takes these: `according to the chair of the council, Ana
/// Lima,`, `said her opponent, Lima`; and who is named in the passive: `was called “…” by Lima`.
fn apposed(ground: &Ground<'_>, stretch: &Stretch<'_>, judged: (Candidate, f32)) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref()?;
    let (start, own) = (told.speaker.tokens.start, judged.0.at);
    let is_before = |from: usize| own.sentence == stretch.sentence && (from..start).contains(&own.token);
    let is_meant = match (told.form, told.cue) {
        (Form::Called, None) => told.is_after,
        (Form::AccordingTo | Form::CueThenSpeaker, Some((cue, _))) => is_before(cue),
        (Form::SpeakerThenCue | Form::CueBefore, _) => {
            let naming = judged.0.naming(ground.sentences);
            let tokens = &ground.sentences[stretch.sentence].tokens;
            // "her opponent, Lima, said", "an inspector named Lima wrote".
            let is_linked = naming.tokens.end + 1 == start
                && (told.form == Form::SpeakerThenCue || tokens[naming.tokens.end].is(Traits::TERM));
            is_linked && is_before(if told.is_after { stretch.slot.before } else { 0 })
        }
        _ => false,
    };
    let speaker = candidates::find(ground.sentences, told_at(stretch)?)?;
    (is_meant && speaker.at != own).then_some((speaker, judged.1))
}

/// Whose words a record reports, where the judge takes them for the record's: `“…,” Lima said, according to the minutes`.
fn reported(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref()?;
    let sentence = &ground.sentences[stretch.sentence];
    let (cue, length) = told.cue?;
    let is_record = |start: usize| {
        let naming = judged.0.naming(ground.sentences);
        // "Lima told detectives “…,” the affidavit says".
        let is_behind = !told.is_after && start >= stretch.slot.before;
        let is_paper = sentence.tokens[naming.tokens.end - 1].is(Traits::PAPER);
        start != told.speaker.tokens.start && (sentence.is_accorded(start) || (is_behind && is_paper))
    };
    let is_said = length == 1 && sentence.cue(cue) == Some(CueClass::Say);
    (is_said && judged.0.at.sentence == stretch.sentence && is_record(judged.0.at.token))
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, judged.1))
}

/// Whether the judge lacks somebody who probably speaks.
fn is_open_to(verdict: &Verdict) -> bool {
    verdict.speaker.is_none_or(|(_, likely)| likely < OPEN)
}

/// Whom a rule takes for the speaker, as likely as the judge thinks where he takes the same.
fn as_judged(ruled: (Candidate, f32), verdict: &Verdict) -> Option<(Candidate, f32)> {
    let judged = verdict.speaker.filter(|(judged, _)| *judged == ruled.0);
    Some(judged.unwrap_or(ruled))
}

/// Who stands at the words with nothing but a cue: a pronoun (`“…,” she said`), the writer himself (`“…?” I asked`), whoever wants to know (`“…?” Lima wanted
/// to know`), and who answers whom another speaks to (`Cruz told Lima, who said, “…”`).
fn beside(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    let sentence = &ground.sentences[stretch.sentence];
    let (tokens, slot) = (&sentence.tokens, stretch.slot.before);
    let at = |token: usize| {
        let place = At {
            sentence: stretch.sentence,
            token,
        };
        candidates::find(ground.sentences, place).map(|speaker| (speaker, BESIDE))
    };
    let says = |cue: usize| sentence.cue(cue) == Some(CueClass::Say);
    let is = |token: usize, list: Traits| tokens.get(token).is_some_and(|token| token.is(list));
    let start = slot + usize::from(tokens.get(slot).is_some_and(|token| token.is_mark(',')));
    if is(start, Traits::FIRST_PERSON) && !is(start, Traits::OWNER) && says(start + 1) {
        return at(start);
    }
    if let Some(naming) = sentence.naming_from(start) {
        let end = naming.tokens.end;
        let wants_to_know = is(end, Traits::ASKS) && is(end + 1, Traits::TO) && is(end + 2, Traits::KNOW);
        if wants_to_know || (naming.kind == NamingKind::Pronoun && says(end)) {
            return at(start);
        }
    }
    if let Some(author) = written(sentence, slot) {
        return at(author.tokens.start);
    }
    // "what he calls “…”".
    let call = slot
        .checked_sub(1)
        .filter(|at| sentence.cue(*at) == Some(CueClass::Call));
    let mut callers = sentence.namings.iter().filter(|it| Some(it.tokens.end) == call);
    if let Some(caller) = callers.next().filter(|it| it.tokens.start > 0)
        && is(caller.tokens.start - 1, Traits::WHO)
    {
        return at(caller.tokens.start);
    }
    let cue = (0..slot).rev().find(|at| tokens[*at].is_word())?;
    let who = cue
        .checked_sub(1)
        .filter(|who| is(*who, Traits::WHO) && says(cue))?;
    let is_parted = who > 0 && tokens[who - 1].is_mark(',');
    // "Lima, who said, “…,” left": there who said it is the one of whom the sentence tells.
    let answers = is_parted && (0..who).any(|at| says(at) || sentence.tokens[at].is(Traits::NEVER_INVERTED));
    answers.then(|| at(who)).flatten()
}

/// Whose the paper is that words behind a colon are out of: `Cruz showed the jury a text from Lima to Neves: “…”`.
fn written(sentence: &Sentence, slot: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let colon = slot.checked_sub(1).filter(|colon| tokens[*colon].is_mark(':'))?;
    let is_linked =
        |at: &usize| tokens[*at].is(Traits::PAPER) && tokens[at + 1].is(Traits::FROM.or(Traits::BY));
    let paper = (0..colon.saturating_sub(1)).rev().find(is_linked)?;
    let says = |at: usize| sentence.cue(at) == Some(CueClass::Say);
    // "Asked about the letter from Lima, Cruz was blunt: “…”": there another speaks, of a paper.
    let phrase = (0..paper).rev().find(|at| tokens[*at].is(Traits::DETERMINER))?;
    let led_by = phrase.checked_sub(1).map(|at| &tokens[at]);
    let is_topic = led_by.is_some_and(|it| it.is(Traits::PREPOSITION) && !it.is(Traits::LOCATIVE));
    let author = author(sentence, paper)?;
    let mut behind = sentence
        .namings
        .iter()
        .filter(|naming| naming.tokens.start >= author.tokens.end);
    let is_told = is_topic || (paper..colon).any(says) || behind.any(|it| !is_governed(sentence, it));
    (!is_told).then_some(author)
}

/// Whose name stands as a heading over paragraphs that are words in marks, and whose statement one announces: `Mayor Ana Lima`,
/// `Statement from Mayor Ana Lima on the ferry`.
fn headed(ground: &Ground<'_>, stretch: &Stretch<'_>, are_several: bool) -> Option<(Candidate, f32)> {
    if stretch.told.is_some() || !is_paragraph(ground, stretch) {
        return None;
    }
    let sentences = ground.sentences;
    let has_words = |sentence: &Sentence| sentence.tokens.iter().any(Token::is_word);
    let above = (0..stretch.sentence).rev().take(HEADED);
    let heading = above.into_iter().find(|at| has_words(&sentences[*at]))?;
    let sentence = &sentences[heading];
    // "— Ana Lima" below the words is whoever signs them.
    let mut below = sentences[stretch.sentence + 1..].iter().take(HEADED);
    let is_signed = below.any(|below| below.tokens.first().is_some_and(Token::is_dash));
    let is_alone = heading == 0 || sentences[heading - 1].paragraph != sentence.paragraph;
    if !is_alone || is_signed || !is_heading(sentence) {
        return None;
    }
    let announced = || {
        let paper = sentence.tokens.iter().position(|token| token.is(Traits::PAPER))?;
        let link = sentence.tokens.get(paper + 1)?;
        let is_link = paper < 2 && link.is(Traits::FROM.or(Traits::BY));
        author(sentence, paper).filter(|_| is_link)
    };
    // A name that stands alone is a byline or a part of a story as well; several are those who are asked.
    let naming = announced().or_else(|| headed_by(sentence).filter(|_| are_several))?;
    let at = At {
        sentence: heading,
        token: naming.tokens.start,
    };
    candidates::find(sentences, at).map(|speaker| (speaker, HEADED_LIKELY))
}

/// Whether a sentence stands as headings do.
fn is_heading(sentence: &Sentence) -> bool {
    let is_open = sentence.tokens.last().is_some_and(|last| !last.ends_sentence());
    is_open && sentence.runs.is_empty() && sentence.tokens.len() <= HEADING
}

/// Whose name a heading is: `Mayor Ana Lima`, `Ana Lima, nurse`.
fn headed_by(sentence: &Sentence) -> Option<&Naming> {
    let naming = sentence
        .naming_from(0)
        .filter(|it| it.kind == NamingKind::Person)?;
    let behind = sentence.tokens.get(naming.tokens.end);
    behind.is_none_or(|behind| behind.is_mark(',')).then_some(naming)
}

/// Who is named between the words and their cue, where the judge takes a part of his naming: `“…,” the letter to Lima said`.
fn named_whole(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| told.is_after)?;
    let (cue, _) = told.cue?;
    let sentence = &ground.sentences[stretch.sentence];
    let lead = sentence
        .tokens
        .get(stretch.slot.before..told.speaker.tokens.start)?;
    let begins = lead.iter().all(|token| !token.is_word()) || told.form == Form::SpeakerThenCue;
    let is_within = (stretch.slot.before..cue).contains(&judged.0.at.token);
    let speaker = candidates::find(ground.sentences, told_at(stretch)?)?;
    (begins && is_within && judged.0.at.sentence == stretch.sentence).then_some((speaker, judged.1))
}

/// Who says the words at once behind him, where the judge takes somebody for the speaker of whom a clause before tells:
/// `Lima said the mayor had told her “…”`, `Lima left, but Cruz replied, “…”`, `the report quotes Cruz as saying “…”`.
fn inner(ground: &Ground<'_>, stretch: &Stretch<'_>, judged: &Candidate) -> Option<(Candidate, f32)> {
    let sentence = &ground.sentences[stretch.sentence];
    let tokens = &sentence.tokens;
    let told = stretch.told.as_ref().filter(|told| !told.is_after)?;
    let (speaker, (cue, _)) = (&told.speaker, told.cue?);
    let is_outside = judged.at.sentence == stretch.sentence && judged.at.token < speaker.tokens.start;
    let is_somebody =
        speaker.kind != NamingKind::Pronoun && !tokens[speaker.tokens.end - 1].is(Traits::PAPER);
    if !is_outside || !is_somebody || sentence.cue(cue) != Some(CueClass::Say) {
        return None;
    }
    let start = speaker.tokens.start;
    let own = |naming: Option<Naming>| naming.is_some_and(|naming| naming.tokens.start == judged.at.token);
    let reports = |at: usize| {
        let between = &tokens[at + 1..start];
        let leads_on = between.is_empty() || between.iter().any(|token| token.is(Traits::THAT));
        leads_on && sentence.cue(at) == Some(CueClass::Say) && own(subject(sentence, at))
    };
    let links = |token: &Token| token.is(Traits::ADVERB) || token.is(Traits::AS);
    let does = tokens
        .get(speaker.tokens.end..cue)
        .is_some_and(|between| between.iter().all(links));
    let leads = &tokens[cue + 1..stretch.slot.before];
    // Whom somebody told may stand before the words; else a determiner begins what the cue is about.
    let parts = match tokens[cue].is(Traits::NEVER_INVERTED) {
        true => Traits::THAT,
        false => Traits::THAT.or(Traits::DETERMINER),
    };
    let follows = leads.len() <= TO_WORDS && !leads.iter().any(|token| token.is(parts));
    // "to which Lima replied".
    const PARTS: Traits = Traits::BUT_WHILE.or(Traits::AS).or(Traits::WHO);
    let is_quoted = tokens[cue].shape.ends_in_ing && tokens[cue - 1].is(Traits::AS);
    let is_parted = start > 0 && tokens[start - 1].is(PARTS) && told.is_adjacent;
    // "recalled the mayor telling her".
    let is_heard = speaker.tokens.end == cue && start > 0 && sentence.cue(start - 1).is_some();
    let is_finite = is_quoted
        || (is_heard && !leads.iter().any(|token| token.is(Traits::PREPOSITION)))
        || !tokens[cue].shape.ends_in_ing;
    let is_inner = is_parted || (judged.at.token + 1..start).any(reports);
    (does && follows && is_finite && is_inner)
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, INNER))
}

/// Whether the text does not tell the words as said: then they are nobody's.
fn is_unsaid(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let from = |told: &Told| if told.is_after { stretch.slot.before } else { 0 };
    let sentence = &ground.sentences[stretch.sentence];
    // "Lima says that nobody can shout “fire”": what she tells as unsaid she says herself.
    let reports = |told: &&Told| {
        let mut between = speaker.at.token..told.speaker.tokens.start;
        let tells =
            |at: usize| sentence.cue(at) == Some(CueClass::Say) && !sentence.tokens[at].is(Traits::UNSAID);
        speaker.at.sentence == stretch.sentence && between.any(tells)
    };
    let told = stretch.told.as_ref().filter(|told| !reports(told));
    let own = own_cue(sentence, speaker).filter(|_| speaker.at.sentence == stretch.sentence);
    if own.is_some_and(|cue| unsaid::is_denied(sentence, cue)) {
        return true;
    }
    is_corrected(sentence, stretch)
        || unsaid::is_superseded(sentence)
        || told.is_some_and(|told| unsaid::is_unsaid(sentence, told, from(told)))
}

/// The first cue that tells what somebody says, before any words in marks.
fn own_cue(sentence: &Sentence, speaker: &Candidate) -> Option<usize> {
    let first = sentence.runs.first()?.before;
    let is_own = |cue: &usize| {
        let subject = subject(sentence, *cue);
        sentence.cue(*cue) == Some(CueClass::Say)
            && subject.is_some_and(|subject| subject.tokens.start == speaker.at.token)
    };
    (speaker.at.token..first).take(OWN_CUE).find(is_own)
}

/// Whether somebody named right behind words is asked or told them: `“…?” Lima was asked`.
fn is_passive(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let end = speaker.naming(ground.sentences).tokens.end;
    let is = |at: usize, list: Traits| sentence.tokens.get(at).is_some_and(|token| token.is(list));
    speaker.at.sentence == stretch.sentence
        && speaker.at.token >= stretch.slot.before
        && is(end, Traits::PASSIVE)
        && is(end + 1, Traits::NEVER_INVERTED)
        && sentence.cue(end + 1).is_some()
}

/// Whether "not" stands right before words, behind other words that were said: `“…,” not “…”`.
fn is_corrected(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let at = stretch.slot.before.checked_sub(1);
    let is_not = at.is_some_and(|at| sentence.tokens[at].is(Traits::NEGATOR));
    is_not && sentence.runs.iter().any(|other| Some(other.before) == at)
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
fn is_paragraph(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
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
    is_told && is_parted && stretch.begins_sentence
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
    let mut words = ground.text[stretch.run.pieces[0].clone()].split_whitespace();
    is_told && words.all(|word| word.starts_with(char::is_uppercase) && !word.ends_with(['.', '!', '?']))
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
    const SMALL: Traits = Traits::PREPOSITION
        .or(Traits::DETERMINER)
        .or(Traits::AND)
        .or(Traits::TO)
        .or(Traits::OF);
    let has_capitals = || {
        let mut words = Vec::new();
        add_tokens(ground.language, title, 0..title.len().min(TITLE), &mut words);
        let mut words = words.iter().filter(|word| word.is_word());
        words.all(|word| word.shape.is_capital || word.shape.is_number || word.is(SMALL))
    };
    !is_open && is_named && title.len() <= TITLE && has_capitals() && !follows_cue(ground, stretch)
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

/// Who says what a cue without a subject reports.
fn left_out(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    let carried = stretch.carried.filter(|carried| carried.rule == Rule::LeftOut)?;
    candidates::find(ground.sentences, carried.at).map(|candidate| (candidate, LEFT_OUT))
}

fn has_words(text: &str, stretch: &Stretch<'_>) -> bool {
    let mut pieces = stretch.run.pieces.iter();
    pieces.any(|piece| text[piece.clone()].contains(char::is_alphabetic))
}

/// Whether two stretches are parts of what one cue reports, by whomever the judge takes the second to be said.
fn belongs_together(sentences: &[Sentence], one: &Spoken<'_>, other: &Spoken<'_>) -> bool {
    let (Some(a), Some(b)) = (one.told(), &other.stretch.told) else {
        return false;
    };
    // What is interrupted goes on behind a mark: `“…,” Lima said, “…”`, and not `“…,” Lima told “Breakfast Hour”`.
    let is_parted = one.stretch.sentence == other.stretch.sentence && {
        let before = other.stretch.slot.before.checked_sub(1);
        !a.is_after || before.is_none_or(|before| !sentences[one.stretch.sentence].tokens[before].is_word())
    };
    let is_corrected = is_corrected(&sentences[other.stretch.sentence], other.stretch);
    is_parted && !is_corrected && a.cue.is_some() && a.cue == b.cue
}

/// The quote of stretches that belong together.
fn quote_of(ground: &Ground<'_>, parts: &[Spoken<'_>]) -> Option<Quote> {
    let text = ground.text;
    let first = &parts[0];
    let sentence = &ground.sentences[first.stretch.sentence];
    let fragments: Vec<Span> = parts
        .iter()
        .flat_map(|part| &part.stretch.run.pieces)
        .filter_map(|piece| trimmed(text, piece.clone()))
        .collect();
    if fragments.is_empty() {
        return None;
    }
    let is_direct = parts
        .iter()
        .all(|part| is_direct(text, sentence, part.stretch, part.told()));
    let clause = first.told().filter(|_| !is_direct).and_then(|told| {
        clause(
            text,
            sentence,
            told,
            (first.stretch, parts[parts.len() - 1].stretch),
        )
    });
    let (kind, content) = match clause {
        None => (QuoteKind::Direct, fragments.clone()),
        Some(clause) => (
            QuoteKind::Mixed,
            vec![fragments.iter().fold(clause, |hull, span| hull.hull(*span))],
        ),
    };
    Some(Quote {
        kind,
        content,
        fragments,
        attribution: attribution(ground, first),
        confidence: first.speech,
    })
}

fn attribution(ground: &Ground<'_>, spoken: &Spoken<'_>) -> Option<Attribution> {
    let (candidate, likely) = spoken.speaker?;
    let sentence = &ground.sentences[candidate.at.sentence];
    let naming = candidate.naming(ground.sentences);
    let told_cue = spoken.told().and_then(|told| told.cue);
    let cue = told_cue.or_else(|| cue_beside(sentence, naming));
    let members = joint::speakers(sentence, naming).unwrap_or_default();
    let mention = joint::hull(&members).unwrap_or_else(|| naming.tokens.clone());
    let members = members
        .iter()
        .map(|member| span_of(ground.text, sentence, &member.tokens));
    Some(Attribution {
        cue: cue.and_then(|(cue, length)| span_of(ground.text, sentence, &(cue..cue + length))),
        stance: cue.and_then(|(cue, _)| stance(ground.language, sentence, cue)),
        mention: span_of(ground.text, sentence, &mention)?,
        antecedent: None,
        members: members.collect::<Option<_>>()?,
        rule: rule(spoken, candidate),
        confidence: likely,
    })
}

/// The cue shortly after a naming, the noun for what an owner said (`Lima's claim`), or the cue whose subject it is.
fn cue_beside(sentence: &Sentence, naming: &Naming) -> Option<(usize, usize)> {
    let beside = naming.tokens.end..sentence.tokens.len().min(naming.tokens.end + TO_CUE);
    let verb = beside.clone().rev().find(|at| sentence.cue(*at).is_some());
    let owns = sentence.tokens[naming.tokens.end - 1].is_owner();
    let noun = || {
        beside
            .filter(|_| owns)
            .find(|at| sentence.tokens[*at].is(Traits::NOUN_CUE))
    };
    let is_its = |at: &usize| {
        let mut namings = [subject(sentence, *at), inverted(sentence, *at)]
            .into_iter()
            .flatten();
        sentence.cue(*at).is_some() && namings.any(|own| own.tokens == naming.tokens)
    };
    let own = || (0..sentence.tokens.len()).find(is_its);
    verb.or_else(noun).or_else(own).map(|at| (at, 1))
}

/// The stance of the cue at a token, as the verb or the noun that it is there.
pub(super) fn stance(language: &Language, sentence: &Sentence, cue: usize) -> Option<Stance> {
    if sentence.according(cue).is_some() {
        return Some(Stance::Said);
    }
    let word = sentence.tokens[cue].word;
    let next = sentence.tokens.get(cue + 1).filter(|next| next.is_word());
    let of_verb = || language.stance(word, next.map(|next| next.word));
    if sentence.cue(cue).is_some() {
        return of_verb();
    }
    language.stance_of_noun(word).or_else(of_verb)
}

/// The rule that a choice goes by: the form of words that tells it, or where the naming stands.
fn rule(spoken: &Spoken<'_>, candidate: Candidate) -> &'static str {
    if let Some(told) = spoken.told() {
        return told.form.code();
    }
    let stretch = spoken.stretch;
    if let Some(carried) = stretch.carried.filter(|carried| carried.at == candidate.at) {
        return carried.rule.code();
    }
    match candidate.at.sentence.cmp(&stretch.sentence) {
        std::cmp::Ordering::Less => "sentence_before",
        std::cmp::Ordering::Greater => "sentence_after",
        std::cmp::Ordering::Equal => "same_sentence",
    }
}

/// The stretch from the first to the last of some tokens; without what makes an owner of the last: `Lima` of `Lima’s claim`.
pub(super) fn span_of(text: &str, sentence: &Sentence, tokens: &Range<usize>) -> Option<Span> {
    let first = sentence.tokens.get(tokens.start)?;
    let last = sentence.tokens.get(tokens.end.checked_sub(1)?)?;
    let word = &text[last.range.clone()];
    let owner = word.rfind(['\'', '’']).filter(|_| last.shape.is_possessive);
    let length = owner.unwrap_or(word.len());
    Span::of(text, first.range.start..last.range.start + length)
}

/// A stretch without white space at its ends; nothing where it is all white space.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Option<Span> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    Span::of(text, start..start + slice.trim().len()).filter(|span| !span.is_empty())
}
