//! Who is named as speaking, in the sentence of the words.

use super::lexicon::{CueClass, Traits};
use super::namings::{Naming, NamingKind};
use super::sentence::{Sentence, Slot};
use super::tokens::Token;

/// Tokens between a cue and the words it introduces, where they still follow at once.
const NEAR: usize = 8;
/// Words that may follow who spoke.
const FOLLOWS: Traits = Traits::PREPOSITION
    .or(Traits::AND)
    .or(Traits::WHO)
    .or(Traits::BUT_WHILE);
/// Words in small letters before an office.
const DESCRIBED: usize = 2;
/// Words of what an office is of.
const OFFICE: usize = 8;
/// Tokens from a word that says that something is not established to the cue.
const CHARGE: usize = 9;
/// Tokens of a parenthesis that is passed over.
const PARENTHESIS: usize = 12;

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
    let before = told_before(sentence, slot.before);
    if let Some(told) = before
        .as_ref()
        .filter(|told| told.is_adjacent && !begins_sentence)
    {
        return Some(told.clone());
    }
    told_after(sentence, slot.before)
        .or(before)
        .or_else(|| told_late(sentence, slot.before))
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
                .naming_from(index + length)
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
        let Some(speaker) = subject(sentence, index).or_else(|| inverted(sentence, index)) else {
            continue;
        };
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

/// `Commissioner Lima: “…”` at the beginning of a sentence.
fn label(sentence: &Sentence, at: usize) -> Option<Told> {
    let colon = at
        .checked_sub(1)
        .filter(|index| sentence.tokens[*index].is_mark(':'))?;
    let speaker = sentence
        .namings
        .iter()
        .rev()
        .find(|naming| naming.tokens.end == colon)?;
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

/// Whether between a cue and the words stand only who was told, where and when, and a comma or colon.
fn follows_at_once(sentence: &Sentence, cue: usize, at: usize) -> bool {
    let between = &sentence.tokens[cue + 1..at];
    match between.last() {
        None => true,
        Some(last) => {
            let is_short = between.len() <= NEAR;
            let reports = between.iter().any(|token| token.is(Traits::THAT));
            (last.is_mark(':') && between.len() <= NEAR * 3) || (last.is_mark(',') && is_short && !reports)
        }
    }
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
            sentence.naming_from(start + length)?,
            Form::AccordingTo,
            0.9,
        );
    }
    if first.is(Traits::BY) && is_passive_before(sentence, at) {
        return told(None, sentence.naming_from(start + 1)?, Form::Called, 0.85);
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
    {
        return told(Some((cue, 1)), &speaker, Form::CueThenSpeaker, 0.97);
    }
    let skipped = start + usize::from(first.is(Traits::AS.or(Traits::AND)));
    let speaker = sentence.naming_from(skipped)?;
    let cue = (speaker.tokens.end..sentence.tokens.len().min(speaker.tokens.end + 40))
        .find(|index| matches!(sentence.cue(*index), Some(CueClass::Say)))?;
    let said_by = subject(sentence, cue)?;
    (said_by.tokens.start >= start).then_some(Told {
        cue: Some((cue, 1)),
        speaker: said_by,
        form: Form::SpeakerThenCue,
        confidence: 0.95,
        is_adjacent: true,
        is_after: true,
    })
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
            let speaker = sentence.naming_from(index + length)?.clone();
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

/// The naming right after a cue: `said Ana Lima`.
pub(super) fn inverted(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let naming = described(sentence, cue + 1)?;
    // "told Lima" and "accused the order": but "reads the order", which nobody can be told.
    let is_paper = sentence.tokens[naming.tokens.end - 1].is(Traits::PAPER);
    if sentence.tokens[cue].is(Traits::NEVER_INVERTED)
        && !(is_paper && sentence.tokens[cue].is(Traits::READS))
    {
        return None;
    }
    // "said he would": a clause begins there, and the pronoun is its subject; "said Lima this week", "said Lima Monday"
    // are none.
    let goes_on = sentence.tokens.get(naming.tokens.end).is_some_and(|next| {
        let is_when = next.is(Traits::DETERMINER.or(Traits::NEVER)) && !next.is(Traits::SMALL_VERB);
        let follows_name = naming.kind == NamingKind::Person && is_when;
        next.is_word() && !follows_name && !next.is(FOLLOWS) && !next.shape.ends_in_ing
    });
    (!goes_on).then(|| apposed(sentence, naming).unwrap_or(naming).clone())
}

/// The name behind a noun for whom it is: `says Lima's lawyer, Ana Cruz`, `said chairman, founder and president Ana Cruz`.
fn apposed<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<&'a Naming> {
    let mut office = naming;
    while office.kind == NamingKind::Role {
        let end = behind_place(sentence, office.tokens.end);
        let joint = sentence.tokens.get(end)?;
        // "the mayor and Ana Cruz" are two.
        let is_bare = !sentence.tokens[office.tokens.start].is(Traits::DETERMINER.or(Traits::OWNER));
        if !(joint.is_mark(',') || is_bare && joint.is(Traits::AND)) {
            return None;
        }
        let next = sentence.naming_from(end + 1)?;
        if next.kind == NamingKind::Person {
            // "the mayor, Cruz.": a surname alone ends the clause.
            let ends = sentence
                .tokens
                .get(next.tokens.end)
                .is_none_or(|behind| !behind.is_word());
            return (next.head.len() > 1 || ends).then_some(next);
        }
        office = Some(next).filter(|_| is_bare)?;
    }
    None
}

/// The comma behind what an office is of, or the place itself: `the mayor of Harbor Falls, Ana Cruz`.
fn behind_place(sentence: &Sentence, end: usize) -> usize {
    let tokens = &sentence.tokens;
    let is_of = tokens.get(end).is_some_and(|of| of.is(Traits::OF));
    let near = end..tokens.len().min(end + OFFICE);
    let parts = |at: &usize| !tokens[*at].is_word() || sentence.cue(*at).is_some();
    let mark = near
        .into_iter()
        .find(parts)
        .filter(|at| is_of && tokens[*at].is_mark(','));
    mark.unwrap_or(end)
}

/// Who does what a cue says.
pub(super) fn subject(sentence: &Sentence, cue: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let is_ing = tokens[cue].shape.ends_in_ing;
    let mut before = cue;
    while before > 0 && tokens[before - 1].is(Traits::ADVERB) {
        before -= 1;
    }
    if is_ing
        && before > 0
        && tokens[before - 1].is(Traits::AS)
        && let Some(quoted) = quoted_as(sentence, before - 1)
    {
        return Some(quoted);
    }
    if let Some(found) = right_before(sentence, before, is_ing) {
        return Some(found);
    }
    let joined = before > 0 && tokens[before - 1].is(Traits::AND.or(Traits::BUT_WHILE));
    if is_ing || joined {
        // "called it a threat, stating …", "warned … and vowed …": who did the first does the second.
        let earlier = (0..before)
            .rev()
            .find(|index| sentence.cue(*index).is_some() && !tokens[*index].shape.ends_in_ing);
        if let Some(found) =
            earlier.and_then(|index| subject(sentence, index).or_else(|| inverted(sentence, index)))
        {
            return Some(found);
        }
        if is_ing {
            let mut people = sentence
                .namings
                .iter()
                .filter(|naming| naming.tokens.end <= before);
            return people.find(|naming| !is_governed(sentence, naming)).cloned();
        }
    }
    if let Some(found) = before_relative(sentence, before) {
        return Some(found);
    }
    let before = before_parenthesis(sentence, before);
    let nearest = sentence
        .namings
        .iter()
        .rposition(|naming| naming.tokens.end <= before)?;
    if before > 0
        && tokens[before - 1].is_mark(',')
        && let Some(found) = before_apposition(sentence, before - 1)
    {
        return Some(found);
    }
    // "as the mayor said": there begins a clause.
    let is_object = |naming: &Naming| {
        let begins = naming.tokens.end == before
            && naming.tokens.start > 0
            && tokens[naming.tokens.start - 1].is(Traits::AS);
        is_governed(sentence, naming) && !begins
    };
    let mut chosen = nearest;
    while is_object(&sentence.namings[chosen]) {
        match chosen
            .checked_sub(1)
            .filter(|left| same_clause(sentence, *left, chosen))
        {
            Some(left) => chosen = left,
            None => break,
        }
    }
    let governed = Some(&sentence.namings[chosen]).filter(|naming| is_object(naming));
    if let Some(found) = governed.and_then(|naming| noun_before(sentence, naming)) {
        return Some(found);
    }
    let naming = &sentence.namings[chosen];
    let is_far = before - naming.tokens.end > 14;
    (!is_far).then(|| naming.clone())
}

/// Who stands right before a cue where that leaves no doubt: `it`, `I`, `we`, and before a cue that goes on any naming: `footage
/// of Lima saying`.
fn right_before(sentence: &Sentence, before: usize, is_ing: bool) -> Option<Naming> {
    const SUBJECTS: Traits = Traits::IT.or(Traits::FIRST_PERSON);
    const OTHERS: Traits = Traits::OWNER.or(Traits::OBJECT_PRONOUN);
    let first = &sentence.tokens[before.checked_sub(1)?];
    let mut weak = sentence.weak.iter();
    if first.is(SUBJECTS) && (first.is(Traits::IT) || !first.is(OTHERS)) && !first.shape.is_possessive {
        return weak.find(|naming| naming.tokens == (before - 1..before)).cloned();
    }
    let mut namings = sentence.namings.iter().filter(|_| is_ing);
    namings.find(|naming| naming.tokens.end == before).cloned()
}

/// Whom somebody quotes as saying something, named right before "as"; nobody in "Lima was quoted by the Ledger as saying".
fn quoted_as(sentence: &Sentence, at: usize) -> Option<Naming> {
    let end = at
        .checked_sub(1)
        .filter(|comma| sentence.tokens[*comma].is_mark(','));
    if let Some(comma) = end {
        return before_apposition(sentence, comma);
    }
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    let quoted = namings.find(|naming| naming.tokens.end == at)?;
    (!is_governed(sentence, quoted)).then(|| quoted.clone())
}

/// Whether a sentence tells that somebody did not say the words, or does not tell that he did: `Lima never said`, `neither
/// Lima nor Cruz said`, `if Lima says`, `Lima was accused of saying`. `from` is where what tells it begins.
pub(super) fn is_unsaid(sentence: &Sentence, told: &Told, from: usize) -> bool {
    let tokens = &sentence.tokens;
    let Some((cue, _)) = told.cue.filter(|(cue, _)| *cue >= from) else {
        return false;
    };
    let before = tokens[from..cue].iter().rev();
    let mut helpers = before
        .clone()
        .take_while(|token| token.is(Traits::ADVERB.or(Traits::NEGATOR)));
    if helpers.any(|token| token.is(Traits::NEGATOR)) {
        return true;
    }
    let opens = told.speaker.tokens.start.checked_sub(1).map(|at| &tokens[at]);
    let is_open = opens.is_some_and(|opens| opens.is(Traits::NEITHER.or(Traits::CONDITIONAL)));
    (is_open && !told.is_after) || is_charge(sentence, cue) || is_unreal(sentence, cue)
}

/// Whether a sentence tells of a former version of its text: its quotes were not said so.
pub(super) fn is_superseded(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let names = |pair: &[Token]| {
        let of_version = |one: &Token, other: &Token| one.is(Traits::EARLIER) && other.is(Traits::VERSION);
        of_version(&pair[0], &pair[1]) || of_version(&pair[1], &pair[0])
    };
    sentence.lists.any(Traits::VERSION) && tokens.windows(2).any(names)
}

/// Whether a cue tells what was not said: `Lima should say`, `could have said`, `Imagine Lima saying`, `a doctored video shows
/// Lima saying`.
fn is_unreal(sentence: &Sentence, cue: usize) -> bool {
    const HELPERS: Traits = Traits::ADVERB.or(Traits::SMALL_VERB).or(Traits::UNREAL);
    let tokens = &sentence.tokens;
    let helpers = tokens[..cue].iter().rev();
    let mut helpers = helpers.take_while(|token| token.is(HELPERS));
    let is_imagined = tokens.first().is_some_and(|first| first.is(Traits::IMAGINE));
    let parts = |token: &&Token| token.is_word() && !token.is(Traits::AND.or(Traits::BUT_WHILE));
    let mut clause = tokens[..cue].iter().rev().take_while(parts);
    is_imagined || helpers.any(|token| token.is(Traits::UNREAL)) || clause.any(|token| token.is(Traits::FAKE))
}

/// Whether a word that says that it is not established stands before a cue, with nothing between but what leads from it:
/// `accused of saying`, `accused Cruz of saying`, `denied that she had said`, `declined to say`, `misquoted by the Ledger as saying`.
fn is_charge(sentence: &Sentence, cue: usize) -> bool {
    const LINKS: Traits = Traits::OF
        .or(Traits::WITH)
        .or(Traits::AS)
        .or(Traits::TO)
        .or(Traits::BY)
        .or(Traits::THAT)
        .or(Traits::HE_SHE_THEY)
        .or(Traits::OBJECT_PRONOUN)
        .or(Traits::DETERMINER)
        .or(Traits::SMALL_VERB)
        .or(Traits::ADVERB)
        .or(Traits::TITLE)
        .or(Traits::ROLE);
    let tokens = &sentence.tokens;
    let links = |token: &Token| token.is_word() && (token.is(LINKS) || token.is_name());
    let leads = tokens[cue.saturating_sub(CHARGE)..cue].iter().rev();
    let lead = leads
        .clone()
        .take_while(|token| links(token) && !token.is(Traits::UNSAID))
        .count();
    leads
        .clone()
        .nth(lead)
        .is_some_and(|token| token.is(Traits::UNSAID))
}

/// The naming at a token, or behind words in small letters that describe who bears an office: `transport minister Price`.
fn described(sentence: &Sentence, at: usize) -> Option<&Naming> {
    let reach = sentence.tokens.len().min(at + DESCRIBED + 1);
    let namings = (at..reach).map_while(|start| {
        let found = sentence.naming_from(start);
        let token = &sentence.tokens[start];
        let describes = token.is_word() && !token.shape.is_capital && token.is_plain();
        (found.is_some() || describes).then_some((start, found))
    });
    let (start, naming) = namings
        .into_iter()
        .find_map(|(start, found)| Some((start, found?)))?;
    let bears_office = sentence.tokens[start].is(Traits::ROLE.or(Traits::TITLE));
    (start == at || bears_office).then_some(naming)
}

/// Who a relative clause is about that words in marks end: `Lima, whom Cruz once called “…,” said`.
fn before_relative(sentence: &Sentence, before: usize) -> Option<Naming> {
    let tokens = &sentence.tokens;
    let ends_in_words = sentence.runs.iter().any(|slot| slot.before == before);
    let relative = tokens[..before]
        .iter()
        .rposition(|token| token.is(Traits::WHO))
        .filter(|_| ends_in_words)?;
    let has_cue = (relative..before).any(|at| sentence.cue(at).is_some());
    let comma = relative
        .checked_sub(1)
        .filter(|at| has_cue && tokens[*at].is_mark(','))?;
    sentence
        .namings
        .iter()
        .find(|naming| naming.tokens.end == comma)
        .cloned()
}

/// The position before a parenthesis that ends there: `Rep. Halle Quist (D-Marrow Bay) said`.
fn before_parenthesis(sentence: &Sentence, end: usize) -> usize {
    let tokens = &sentence.tokens;
    let closes = end > 0 && tokens[end - 1].is_mark(')');
    let opening = || {
        (0..end)
            .rev()
            .take(PARENTHESIS)
            .find(|at| tokens[*at].is_mark('('))
    };
    closes.then(opening).flatten().unwrap_or(end)
}

/// The noun that a governed naming belongs to, where it names no one for sure: `the message to Lima said`.
fn noun_before(sentence: &Sentence, governed: &Naming) -> Option<Naming> {
    let preposition = governed.tokens.start - 1;
    let mut weak = sentence.weak.iter();
    let noun = weak.find(|naming| naming.tokens.end == preposition)?;
    let first = &sentence.tokens[noun.tokens.start];
    (first.is(Traits::DETERMINER) && noun.tokens.len() > 1).then(|| noun.clone())
}

/// The naming that an apposition closed by the comma at `end` belongs to: `Ana Lima, the mayor of …, said`.
fn before_apposition(sentence: &Sentence, end: usize) -> Option<Naming> {
    let commas = (0..end)
        .rev()
        .filter(|index| sentence.tokens[*index].is_mark(','));
    commas.take(4).find_map(|comma| {
        let naming = sentence
            .namings
            .iter()
            .find(|naming| naming.tokens.end == comma)?;
        let apposed = sentence.naming_from(comma + 1);
        if naming.kind == NamingKind::Role
            && let Some(person) = apposed.filter(|apposed| apposed.kind == NamingKind::Person)
        {
            // "its secretary, Gideon Lima, said": the name says more.
            return Some(person.clone());
        }
        // "a spokesman for Lima, Gideon Cruz, said": so it does behind whom he speaks for.
        if is_governed(sentence, naming)
            && let Some(person) = apposed.filter(|apposed| {
                apposed.kind == NamingKind::Person && apposed.head.len() > 1 && apposed.tokens.end == end
            })
        {
            return Some(person.clone());
        }
        (!is_governed(sentence, naming) || naming.kind == NamingKind::Person).then(|| naming.clone())
    })
}

/// Whether a preposition stands before a naming.
pub(super) fn is_governed(sentence: &Sentence, naming: &Naming) -> bool {
    naming.tokens.start > 0 && {
        let before = &sentence.tokens[naming.tokens.start - 1];
        before.is(Traits::PREPOSITION)
    }
}

/// Whether two namings stand in one stretch without a mark that parts clauses.
fn same_clause(sentence: &Sentence, left: usize, right: usize) -> bool {
    let between = sentence.namings[left].tokens.end..sentence.namings[right].tokens.start;
    between.len() <= 8
        && sentence.tokens[between]
            .iter()
            .all(|token| token.is_word() && !token.is(Traits::AND.or(Traits::BUT_WHILE).or(Traits::THAT)))
}
