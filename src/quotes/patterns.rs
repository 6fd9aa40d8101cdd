//! Who is named as speaking, in the sentence of the words.

use super::lexicon::{CueClass, Traits};
use super::namings::{Naming, NamingKind};
use super::sentence::{Sentence, Slot};
use super::subjects::{agent, apposed, inverted, inverted_behind, is_agentless, is_passive, subject};
use super::tokens::Token;

/// Tokens between a cue and the words it introduces, where they still follow at once.
const NEAR: usize = 8;

/// Tokens of when, where and to whom something is said.
const ASIDE: usize = 5;
/// Words for whom something is told.
const WHOM: usize = 4;

/// The forms of words that tell a speaker; the numbers are those of the judge's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    CueThenSpeaker = 1,
    SpeakerThenCue,
    CueBefore,
    Label,
    Signed,
    AccordingTo,
    Called,
    ReportedBefore,
    ReportedAfter,
    ThoughtBefore,
}

impl Form {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Form::CueThenSpeaker => "cue_then_speaker",
            Form::SpeakerThenCue => "speaker_then_cue",
            Form::CueBefore => "cue_before",
            Form::Label => "label",
            Form::Signed => "signed",
            Form::AccordingTo => "according_to",
            Form::Called => "called",
            Form::ReportedBefore => "reported_before",
            Form::ReportedAfter => "reported_after",
            Form::ThoughtBefore => "thought_before",
        }
    }
}

/// What a sentence says about the words in marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// The token of the cue and how many tokens it has; none where a colon or a dash does its work.
    pub(super) cue: Option<(usize, usize)>,
    pub(super) speaker: Naming,
    pub(super) form: Form,
    pub(super) confidence: f32,
    /// Whether the words follow or precede the cue at once, with nothing reported between.
    pub(super) is_adjacent: bool,
    /// Whether the cue stands after the words.
    pub(super) is_after: bool,
}

/// Who is named in the sentence as saying the words at a slot.
pub(super) fn told(sentence: &Sentence, slot: Slot, begins_sentence: bool) -> Option<Told> {
    let before = told_before(sentence, slot.before).filter(|_| !is_rubric(sentence, slot.before));
    // "Told that Lima had called it “…,” Cruz laughed": who does what follows does not say this.
    if is_in_lead(sentence, slot.before) {
        return before;
    }
    if let Some(told) = before
        .as_ref()
        .filter(|told| told.is_adjacent && !begins_sentence)
    {
        return Some(told.clone());
    }
    // "likened it to “…,” and Cruz agreed": there another clause begins.
    let goes_on = !begins_sentence
        && sentence
            .tokens
            .get(slot.before)
            .is_some_and(|it| it.is(Traits::AND));
    let after = || {
        told_after(sentence, slot.before).filter(|told| !goes_on || told.speaker.tokens.start <= slot.before)
    };
    after().or(before).or_else(|| told_late(sentence, slot.before))
}

/// Whether words stand behind a rubric: `What they’re saying: “…”`.
fn is_rubric(sentence: &Sentence, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let is_colon = at.checked_sub(1).is_some_and(|colon| tokens[colon].is_mark(':'));
    is_colon && tokens[0].is(Traits::WHO) && tokens[0].shape.is_capital && !tokens[0].is(Traits::RELATIVE)
}

/// Whether words stand in a clause that tells what somebody was told or asked before he is named: `Asked whether it was “…,” Lima
/// said no`.
pub(super) fn is_in_lead(sentence: &Sentence, at: usize) -> bool {
    let tokens = &sentence.tokens;
    const OPENS: Traits = Traits::ASKED.or(Traits::NEVER_INVERTED);
    let opens = tokens.first().is_some_and(|first| {
        let is_participle = first.shape.ends_in_ed || first.is(Traits::COMMON_SAY);
        first.is(OPENS) && first.shape.is_capital && is_participle
    });
    let is_led = tokens
        .get(1)
        .is_some_and(|next| next.is(Traits::THAT.or(Traits::BY).or(Traits::CONDITIONAL)));
    opens && is_led && at > 2 && tokens[..at].iter().all(Token::is_word)
}

/// `Lima said: “…”`, `Lima called it “…”`, `Lima: “…”`, `According to Lima, “…”`.
fn told_before(sentence: &Sentence, at: usize) -> Option<Told> {
    if let Some(label) = label(sentence, at) {
        return Some(label);
    }
    let mut thought = None;
    for index in (0..at).rev() {
        if let Some(length) = sentence.according(index) {
            // Named behind the words he is not who stands before them.
            let speaker = sentence
                .source_from(index + length)
                .filter(|naming| naming.tokens.end <= at);
            let speaker = speaker.map(|naming| {
                apposed(sentence, naming)
                    .filter(|it| it.tokens.end <= at)
                    .unwrap_or(naming)
            });
            let speaker = speaker?.clone();
            let is_adjacent = at - speaker.tokens.end <= 2 || sentence.tokens[at - 1].is_mark(',');
            let told = Told {
                cue: Some((index, length)),
                speaker,
                form: Form::AccordingTo,
                confidence: 0.85,
                is_adjacent,
                is_after: false,
            };
            return Some(told);
        }
        let Some(class) = sentence.cue(index) else {
            continue;
        };
        if class == CueClass::Think {
            thought = thought.or(Some(index));
            continue;
        }
        let found = agent(sentence, index).filter(|agent| agent.tokens.end <= at);
        // "Lima said the pier used by Cruz was “…”": in the passive nobody named before it does it.
        if found.is_none() && is_passive(sentence, index) {
            continue;
        }
        // "insisted that no one had been charged “…”": neither does who is charged.
        if found.is_none() && is_participle(sentence, index, at) {
            continue;
        }
        // "was said to be “…”": that is told of him.
        let is_hearsay = sentence.tokens.get(index + 1).is_some_and(|to| to.is(Traits::TO));
        let is_said_of =
            class == CueClass::Say && !is_hearsay && !sentence.tokens[index].is(Traits::NEVER_INVERTED);
        if found.is_none() && is_said_of && is_agentless(sentence, index, at) {
            continue;
        }
        let found = found
            .or_else(|| parenthetic(sentence, index))
            .or_else(|| subject(sentence, index));
        let Some(speaker) = found.or_else(|| inverted(sentence, index)) else {
            continue;
        };
        if is_about_source(sentence, &speaker) {
            continue;
        }
        let is_adjacent = follows_at_once(sentence, index, at) && class == CueClass::Say;
        let (form, confidence) = match (is_adjacent, class) {
            (true, _) => (Form::CueBefore, 0.95),
            (false, CueClass::Call) => (Form::Called, 0.85),
            (false, _) => (Form::ReportedBefore, 0.85),
        };
        return Some(Told {
            cue: Some((index, 1)),
            speaker,
            form,
            confidence,
            is_adjacent,
            is_after: false,
        });
    }
    let index = thought?;
    let speaker = subject(sentence, index)?;
    Some(Told {
        cue: Some((index, 1)),
        speaker,
        form: Form::ThoughtBefore,
        confidence: 0.6,
        is_adjacent: false,
        is_after: false,
    })
}

/// Who is named behind a cue between commas that stands behind another: `The mayor, said the governor, “has …”`.
pub(super) fn parenthetic(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let is_comma = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(','));
    let comma = cue.checked_sub(1).filter(|at| is_comma(*at))?;
    let begins = |naming: &Naming| naming.tokens == (0..comma) && naming.kind != NamingKind::Pronoun;
    let is_first = sentence.namings.iter().chain(&sentence.weak).any(begins);
    let is_said = tokens[cue].is(Traits::COMMON_SAY) && !tokens[cue].is(Traits::NEVER_INVERTED);
    let speaker = sentence.naming_from(cue + 1)?;
    let is_closed = is_comma(speaker.tokens.end);
    (is_first && is_said && is_closed && speaker.kind != NamingKind::Pronoun).then(|| speaker.clone())
}

/// Whether a verb between commas tells more of a thing that goes on behind them: `its answer, offered in a letter, is “…”`.
fn is_participle(sentence: &Sentence, cue: usize, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let opens = cue > 0 && tokens[cue - 1].is_mark(',') && tokens[cue].shape.ends_in_ed;
    let leads = tokens
        .get(cue + 1)
        .is_some_and(|next| next.is(Traits::PREPOSITION));
    let mut behind = (cue + 1..at).filter(|comma| tokens[*comma].is_mark(','));
    let closes = |comma: usize| {
        tokens
            .get(comma + 1)
            .is_some_and(|verb| verb.is(Traits::SMALL_VERB))
    };
    opens && leads && behind.next().is_some_and(closes)
}

/// Whether "who" tells more of the source that the sentence begins with: `According to Lima, who spoke by telephone, it “…”`.
fn is_about_source(sentence: &Sentence, speaker: &Naming) -> bool {
    let is_relative = sentence.tokens[speaker.tokens.start].is(Traits::RELATIVE);
    let source = |length: usize| sentence.source_from(length).map(|source| source.tokens.end + 1);
    is_relative && sentence.according(0).and_then(source) == Some(speaker.tokens.start)
}

/// `Commissioner Lima: “…”` at the beginning of a sentence.
fn label(sentence: &Sentence, at: usize) -> Option<Told> {
    let colon = at
        .checked_sub(1)
        .filter(|index| sentence.tokens[*index].is_mark(':'))?;
    let mut namings = sentence.namings.iter().rev();
    let speaker = || namings.find(|naming| naming.tokens.end == colon);
    let speaker = before_aside(sentence, colon).or_else(speaker)?;
    let has_cue = (0..colon).any(|index| sentence.cue(index).is_some_and(|class| class == CueClass::Say));
    (!has_cue && speaker.tokens.start <= 3).then(|| Told {
        cue: None,
        speaker: speaker.clone(),
        form: Form::Label,
        confidence: 0.9,
        is_adjacent: true,
        is_after: false,
    })
}

/// Whoever a sentence begins with, where it tells nothing else before a colon but when, where and to whom: `Lima, in a statement: “…”`,
/// `Lima to reporters: “…”`.
fn before_aside(sentence: &Sentence, colon: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let named = sentence
        .naming_from(0)
        .filter(|naming| naming.kind == NamingKind::Person && naming.tokens.end < colon)?;
    let aside = &tokens[named.tokens.end..colon];
    const PARTS: Traits = Traits::SMALL_VERB
        .or(Traits::CUE)
        .or(Traits::AND)
        .or(Traits::RELATIVE)
        .or(Traits::THAT);
    let parts = |token: &Token| token.is(PARTS) || token.shape.ends_in_ed || token.shape.ends_in_ing;
    let (first, rest) = aside.split_first()?;
    // "Letter from Lima:", "Harbor Falls, Ohio:".
    const NOBODY: Traits = Traits::PAPER.or(Traits::NOUN_CUE).or(Traits::OCCASION);
    let is_thing = tokens[named.head.clone()].iter().any(|token| token.is(NOBODY));
    let is_place = rest.first().is_some_and(|first| first.is(Traits::PLACE));
    let is_link = first.is(Traits::FROM.or(Traits::BY).or(Traits::OF));
    let leads = (first.is(Traits::PREPOSITION) && !is_link) || first.is_mark(',');
    if is_thing || is_place {
        return None;
    }
    let is_aside = |token: &Token| token.is_word() && !parts(token);
    (leads && !rest.is_empty() && rest.len() <= ASIDE && rest.iter().all(is_aside)).then_some(named)
}

/// Whether between a cue and the words stand only who was told, where and when, and a comma or colon.
fn follows_at_once(sentence: &Sentence, cue: usize, at: usize) -> bool {
    let between = &sentence.tokens[cue + 1..at];
    match between.last() {
        None => true,
        Some(_) if is_told_to(sentence, cue, at) => true,
        Some(last) => {
            let is_short = between.len() <= NEAR;
            let reports = between.iter().any(|token| token.is(Traits::THAT));
            (last.is_mark(':') && between.len() <= NEAR * 3) || (last.is_mark(',') && is_short && !reports)
        }
    }
}

/// Whether nothing stands between a cue and the words but whom they were told: `told detectives “…”`.
fn is_told_to(sentence: &Sentence, cue: usize, at: usize) -> bool {
    const CLAUSE: Traits = Traits::THAT
        .or(Traits::SMALL_VERB)
        .or(Traits::HE_SHE_THEY)
        .or(Traits::CUE)
        .or(Traits::PREPOSITION);
    let whom = &sentence.tokens[cue + 1..at];
    let is_part = |token: &Token| token.is_word() && !token.is(CLAUSE);
    (1..=WHOM).contains(&whom.len())
        && whom.iter().all(is_part)
        && sentence.tokens[cue].is(Traits::NEVER_INVERTED)
}

/// `“…,” said Lima`, `“…,” Lima said`, `“…” — Lima`, `“…,” according to Lima`.
fn told_after(sentence: &Sentence, at: usize) -> Option<Told> {
    let mut start = at;
    while sentence.tokens.get(start).is_some_and(|token| token.is_mark(',')) {
        start += 1;
    }
    let first = sentence.tokens.get(start)?;
    let told = |cue, speaker: &Naming, form, confidence| {
        Some(Told {
            cue,
            speaker: speaker.clone(),
            form,
            confidence,
            is_adjacent: true,
            is_after: true,
        })
    };
    if first.is_dash() {
        let speaker = sentence.naming_from(start + 1)?;
        let ends = sentence
            .tokens
            .get(speaker.tokens.end)
            .is_none_or(|next| !next.is_word());
        return if ends && speaker.kind != NamingKind::Pronoun {
            told(None, speaker, Form::Signed, 0.8)
        } else {
            None
        };
    }
    if let Some(length) = sentence.according(start) {
        return told(
            Some((start, length)),
            sentence.source_from(start + length)?,
            Form::AccordingTo,
            0.9,
        );
    }
    if first.is(Traits::BY) && is_passive_before(sentence, at) {
        let agent = sentence.naming_from(start + 1)?;
        return told(
            None,
            apposed(sentence, agent).unwrap_or(agent),
            Form::Called,
            0.85,
        );
    }
    if let Some((cue, speaker)) = said_by_behind(sentence, start) {
        return told(Some((cue, 1)), speaker, Form::CueThenSpeaker, 0.9);
    }
    let mut cue = start;
    while sentence
        .tokens
        .get(cue)
        .is_some_and(|token| token.is(Traits::ADVERB))
    {
        cue += 1;
    }
    if sentence.cue(cue).is_some_and(|class| class == CueClass::Say)
        && let Some(speaker) = inverted(sentence, cue)
            .or_else(|| inverted_behind(sentence, cue).filter(|_| cue == start))
            .or_else(|| asks_behind(sentence, cue).filter(|_| cue == start))
    {
        return told(Some((cue, 1)), &speaker, Form::CueThenSpeaker, 0.97);
    }
    let skipped = start + usize::from(first.is(Traits::AS.or(Traits::AND)));
    let speaker = sentence.naming_from(skipped)?;
    // "Lima, who has not endorsed anybody, said": what the clause about him tells is passed over.
    let is_relative = |said_by: &Naming| {
        let first = &sentence.tokens[said_by.tokens.start];
        said_by.tokens.len() == 1 && first.is(Traits::RELATIVE)
    };
    let mut doers = (speaker.tokens.end..sentence.tokens.len().min(speaker.tokens.end + 40))
        .filter(|index| matches!(sentence.cue(*index), Some(CueClass::Say)))
        .map(|cue| Some((cue, subject(sentence, cue)?)));
    let (cue, said_by) = doers.find(|doer| !doer.as_ref().is_some_and(|(_, by)| is_relative(by)))??;
    (said_by.tokens.start >= start).then_some(Told {
        cue: Some((cue, 1)),
        speaker: said_by,
        form: Form::SpeakerThenCue,
        confidence: 0.95,
        is_adjacent: true,
        is_after: true,
    })
}

/// Who asks right behind words: `“Why not?” asked Lima, a clerk`, where nobody else can be meant.
fn asks_behind(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let asker = sentence
        .naming_from(cue + 1)
        .filter(|_| sentence.tokens[cue].is(Traits::ASKED))?;
    let behind = sentence.tokens.get(asker.tokens.end);
    let ends =
        behind.is_none_or(|behind| !behind.is_word() || behind.is(Traits::PREPOSITION.or(Traits::WHO)));
    let is_somebody = matches!(asker.kind, NamingKind::Person | NamingKind::Role);
    (ends && is_somebody).then(|| apposed(sentence, asker).unwrap_or(asker).clone())
}

/// `“…,” which was said by Lima`.
fn said_by_behind(sentence: &Sentence, start: usize) -> Option<(usize, &Naming)> {
    let tokens = &sentence.tokens;
    let opens = tokens[start].is(Traits::THAT.or(Traits::WHO));
    let is_helper =
        |token: &&Token| token.is(Traits::SMALL_VERB.or(Traits::ADVERB)) && !token.is(Traits::SAY);
    let cue = start + 1 + tokens[start + 1..].iter().take_while(is_helper).count();
    let by = tokens.get(cue + 1).filter(|by| opens && by.is(Traits::BY));
    by.and_then(|_| Some((cue, sentence.naming_from(cue + 2)?)))
        .filter(|_| sentence.cue(cue) == Some(CueClass::Say))
}

/// `was described as` right before the words.
fn is_passive_before(sentence: &Sentence, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let mut near = (at.saturating_sub(3)..at).rev();
    near.any(|cue| sentence.cue(cue).is_some() && cue > 0 && tokens[cue - 1].is(Traits::SMALL_VERB))
}

/// `the “worst” of all plans, Lima said`.
fn told_late(sentence: &Sentence, at: usize) -> Option<Told> {
    (at..sentence.tokens.len()).find_map(|index| {
        if let Some(length) = sentence.according(index) {
            let speaker = sentence.source_from(index + length)?.clone();
            let cue = Some((index, length));
            return Some(Told {
                cue,
                speaker,
                form: Form::AccordingTo,
                confidence: 0.8,
                is_adjacent: false,
                is_after: true,
            });
        }
        if sentence.cue(index) != Some(CueClass::Say) {
            return None;
        }
        let speaker = subject(sentence, index)
            .filter(|naming| naming.tokens.start >= at)
            .or_else(|| inverted(sentence, index))?;
        Some(Told {
            cue: Some((index, 1)),
            speaker,
            form: Form::ReportedAfter,
            confidence: 0.75,
            is_adjacent: false,
            is_after: true,
        })
    })
}
