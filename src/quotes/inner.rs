//! Whose words are that another tells of, where the judge takes them for those of whom the sentence is about.

use super::candidates::{self, Candidate};
use super::ground::Ground;
use super::hints::{At, Stretch, told_at};
use super::lexicon::{CueClass, Traits};
use super::namings::{Naming, NamingKind};
use super::patterns::{Form, Told, is_in_lead, parenthetic};
use super::sentence::Sentence;
use super::subjects::{agent, blamed, is_governed, subject};
use super::tokens::Token;

/// How likely on somebody is whose words another reports.
const INNER: f32 = 0.6;
/// Tokens between a cue and words that follow at once.
const TO_WORDS: usize = 4;
/// The same where a clause leads to words of whom another quotes.
const TO_CLAUSE: usize = 8;
/// Tokens of a clause behind a noun for what was said, and of when and where between the noun and the clause.
const CLAIM: usize = 18;
const ASIDE: usize = 6;
/// Tokens of what is described by a clause that calls it something.
const DESCRIBED: usize = 5;

/// Who says words that somebody else tells of; nobody where no form of words leaves that in no doubt.
pub(super) fn speaker(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    named_inside(ground, stretch, judged)
        .or_else(|| claimed(ground, stretch, judged))
        .or_else(|| restricted(ground, stretch, &judged.0))
        .or_else(|| inner(ground, stretch, &judged.0))
        .or_else(|| reported(ground, stretch, judged))
        .or_else(|| called(ground, stretch, judged))
        .or_else(|| handled(ground, stretch, judged))
        .or_else(|| in_later_clause(ground, stretch, judged.0))
}

/// Who says words in a clause behind what another does, where the judge takes that other: `Lima left after Cruz argued that it was “…”`; and
/// not `Lima said that she left after Cruz called it “…”`, who tells all of it.
fn in_later_clause(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: Candidate,
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| !told.is_after)?;
    let sentence = &ground.sentences[stretch.sentence];
    let tokens = &sentence.tokens;
    let (cue, _) = told.cue?;
    let naming = &told.speaker;
    let is_later = |at: &usize| tokens[*at].is(Traits::SUBORDINATE) && !tokens[*at].is(Traits::AS);
    let link = naming.tokens.start.checked_sub(1).filter(is_later)?;
    let is_before = judged.at.sentence == stretch.sentence && judged.at.token < link;
    const HELPS: Traits = Traits::SMALL_VERB.or(Traits::ADVERB);
    let does = tokens
        .get(naming.tokens.end..cue)?
        .iter()
        .all(|token| token.is(HELPS));
    let leads_on = tokens
        .get(cue + 1..stretch.slot.before)?
        .iter()
        .all(Token::is_word);
    let says = matches!(sentence.cue(cue), Some(CueClass::Say | CueClass::Call));
    // "Lima tweeted after": what follows is not what she tweeted.
    let tells = |at: usize| sentence.cue(at).is_some();
    let tells_all = is_before && (judged.at.token..link - 1).any(tells);
    let is_inner = is_before && !tells_all && does && leads_on && says;
    (is_inner && naming.kind != NamingKind::Pronoun)
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, INNER))
}

/// What is told to say something, where the judge takes whoever handled it: `The memo, dated May 2 and reviewed by the Ledger, warned that it
/// was “…”`.
fn handled(ground: &Ground<'_>, stretch: &Stretch<'_>, judged: (Candidate, f32)) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| !told.is_after)?;
    let (cue, _) = told.cue?;
    let tokens = &ground.sentences[stretch.sentence].tokens;
    let handler = &judged.0.naming(ground.sentences).tokens;
    let is_before = judged.0.at.sentence == stretch.sentence && handler.end < cue;
    let by = handler.start.checked_sub(1).filter(|_| is_before)?;
    let is_handled = tokens[by].is(Traits::BY) && by > 0 && tokens[by - 1].shape.ends_in_ed;
    let is_closed = |end: usize| tokens[end].is_mark(',');
    let thing = told.speaker.tokens.end;
    (is_handled && thing < by && is_closed(thing) && is_closed(handler.end))
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, judged.1))
}

/// Whom the sentence's rules tell where the judge takes another, in forms that name both: `Lima was praised by Cruz as “…”`, `Lima
/// thanked Cruz for calling it “…”`, `Told that Cruz had called it “…,” Lima laughed`, `a source close to Lima said it was “…”`.
fn named_inside(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| !told.is_after)?;
    let sentence = &ground.sentences[stretch.sentence];
    let (cue, own) = (told.cue?.0, judged.0.at);
    if own.sentence != stretch.sentence || own.token == told.speaker.tokens.start {
        return None;
    }
    let is = |found: Option<Naming>| found.is_some_and(|it| it.tokens == told.speaker.tokens);
    let is_inside = is(agent(sentence, cue))
        || is(blamed(sentence, cue))
        || is(parenthetic(sentence, cue))
        || is_resumed(sentence, told, own.token, cue)
        || (is_in_lead(sentence, stretch.slot.before) && own.token >= stretch.slot.before)
        || is_head_of(sentence, told, judged.0.naming(ground.sentences), cue)
        || is_told_more_of(sentence, told, judged.0.naming(ground.sentences), cue);
    is_inside
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, INNER.max(judged.1)))
}

/// Whether a clause with words in marks tells more of who speaks behind it: `Lima, whom Cruz called “…,” said`.
fn is_resumed(sentence: &Sentence, told: &Told, judged: usize, cue: usize) -> bool {
    let tokens = &sentence.tokens;
    let comma = told.speaker.tokens.end;
    let is_clause = matches!(tokens.get(comma..), Some([comma, who, ..])
        if comma.is_mark(',') && who.is(Traits::WHO));
    let ends_in_words = sentence.runs.iter().any(|slot| slot.before == cue);
    is_clause && ends_in_words && (comma..cue).contains(&judged)
}

/// Whether a naming only tells of which source, aide or lawyer the one is who speaks: `a source close to Lima said`.
fn is_head_of(sentence: &Sentence, told: &Told, naming: &Naming, cue: usize) -> bool {
    let head = &told.speaker;
    let is_between = head.tokens.end <= naming.tokens.start && naming.tokens.end <= cue;
    const PARTS: Traits = Traits::WHO.or(Traits::THAT).or(Traits::AND).or(Traits::CUE);
    let goes_on = |token: &Token| token.is_word() && !token.is(PARTS);
    // "A sign on the door read": a door says nothing.
    let noun = &sentence.tokens[naming.tokens.end - 1];
    const SOMEBODY: Traits = Traits::ROLE
        .or(Traits::TITLE)
        .or(Traits::BODY)
        .or(Traits::BODY_NOUN);
    let is_thing = naming.kind == NamingKind::Role && !noun.is(SOMEBODY);
    let is_paper = sentence.tokens[head.tokens.end - 1].is(Traits::PAPER);
    let is_written_on = is_paper && is_thing;
    // "The letter sent to Lima said".
    let is_addressee = head.kind == NamingKind::Weak
        && naming.tokens.start > 0
        && sentence.tokens[naming.tokens.start - 1].is(Traits::TO.or(Traits::BLAMES));
    // "One reader of the Ledger said": no owner and no pronoun.
    let is_noun = head.kind == NamingKind::Weak
        && head.tokens.len() > 1
        && head.tokens.end + 1 == naming.tokens.start
        && !sentence.tokens[head.tokens.end].is(Traits::SUBORDINATE)
        && sentence.tokens[head.tokens.start].is(Traits::DETERMINER)
        && sentence.tokens[head.tokens.end - 1].is_plain();
    is_between
        && (is_written_on || ((head.kind == NamingKind::Role || is_addressee || is_noun) && !is_paper))
        && is_governed(sentence, naming)
        && sentence.tokens[head.tokens.end..cue].iter().all(goes_on)
}

/// Whether a naming stands in what is told more of whoever speaks: `A fund that owns homes in Ohio says`.
fn is_told_more_of(sentence: &Sentence, told: &Told, naming: &Naming, cue: usize) -> bool {
    let link = told.speaker.tokens.end;
    link < naming.tokens.start
        && naming.tokens.end == cue
        && sentence.tokens[link].is(Traits::THAT.or(Traits::RELATIVE))
        && is_governed(sentence, naming)
}

/// Whose a claim is that somebody else speaks of: `Lima rejected Cruz’s claim that the pier was “…”`.
fn claimed(ground: &Ground<'_>, stretch: &Stretch<'_>, judged: (Candidate, f32)) -> Option<(Candidate, f32)> {
    let sentence = &ground.sentences[stretch.sentence];
    let (tokens, slot) = (&sentence.tokens, stretch.slot.before);
    // "Officials said Cruz was hurt by his remark that": of several who speak it is none's.
    let judged_noun =
        &ground.sentences[judged.0.at.sentence].tokens[judged.0.naming(ground.sentences).tokens.end - 1];
    let is_of_several = judged_noun.is(Traits::PLURAL_ROLE);
    let is_owner = |owner: &Token| {
        let is_his = owner.is(Traits::OWNER) && owner.traits.sex() != Traits::NONE;
        owner.shape.is_possessive || (is_his && (is_of_several || stretch.told.is_none()))
    };
    let is_claim = |at: &usize| {
        let leads_on = tokens[at + 1..]
            .iter()
            .take(ASIDE + 1)
            .position(|token| token.is(Traits::THAT));
        let leads_on = leads_on.is_some_and(|words| words == 0 || is_aside(&tokens[at + 1..][..words]));
        tokens[*at].is(Traits::NOUN_CUE) && leads_on && *at > 0 && is_owner(&tokens[at - 1])
    };
    let noun = (slot.saturating_sub(CLAIM)..slot).rev().find(is_claim)?;
    let says = |at: usize| matches!(sentence.cue(at), Some(CueClass::Say | CueClass::Call));
    let owner = sentence.weak.iter().find(|owner| owner.tokens.end == noun)?;
    let is_other = judged.0.at.sentence != stretch.sentence || judged.0.at.token < owner.tokens.start;
    let is_told_behind = stretch.told.as_ref().is_some_and(|told| told.is_after);
    // "Lima's claim that Cruz is in favor is “…”": there the words are about the claim.
    let verbs = tokens[noun + 1..slot]
        .iter()
        .filter(|token| token.is(Traits::SMALL_VERB));
    let last = &tokens[slot - 1];
    let is_about = last.is(Traits::AS) || (last.is(Traits::SMALL_VERB) && verbs.count() > 1);
    if is_about || !is_other || is_told_behind || (noun + 1..slot).any(says) {
        return None;
    }
    let at = At {
        sentence: stretch.sentence,
        token: owner.tokens.start,
    };
    candidates::find(ground.sentences, at).map(|owner| (owner, INNER))
}

/// Whether words tell when or where something was said: `in a debate on Friday`.
fn is_aside(tokens: &[Token]) -> bool {
    const PARTS: Traits = Traits::CUE.or(Traits::SMALL_VERB).or(Traits::WHO).or(Traits::AND);
    tokens[0].is(Traits::PREPOSITION) && tokens.iter().all(|token| token.is_word() && !token.is(PARTS))
}

/// Whom a clause right behind a noun tells to say so, where the judge takes somebody of whom the sentence tells before: `Lima said the crew
/// was called by a woman who said the pier was “…”`.
fn restricted(ground: &Ground<'_>, stretch: &Stretch<'_>, judged: &Candidate) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| !told.is_after)?;
    let sentence = &ground.sentences[stretch.sentence];
    let tokens = &sentence.tokens;
    let (who, (cue, _)) = (told.speaker.tokens.start, told.cue?);
    const HUMAN: Traits = Traits::RELATIVE.or(Traits::HUMAN);
    let is_who = tokens[who].traits.only(HUMAN) == HUMAN
        && tokens[who + 1..cue.max(who + 1)]
            .iter()
            .all(|token| token.is(Traits::ADVERB));
    let mut namings = sentence.namings.iter().chain(&sentence.weak);
    let noun = namings.find(|noun| noun.tokens.end == who).filter(|_| is_who)?;
    let is_before = judged.at.sentence == stretch.sentence && judged.at.token < noun.tokens.start;
    // "those who said", "nobody who said": anybody.
    let is_noun = noun.kind != NamingKind::Weak || noun.tokens.len() > 1;
    let is_somebody =
        is_noun && noun.kind != NamingKind::Pronoun && !tokens[noun.tokens.start].is(Traits::NO_ONE);
    // "told a man who suggested that few would vote that “…”": the second conjunction is that of who told it.
    let mut clause = tokens[cue + 1..stretch.slot.before].iter();
    let mut inside = clause.clone().skip(1);
    let goes_on = clause.all(Token::is_word) && !inside.any(|token| token.is(Traits::THAT));
    let at = At {
        sentence: stretch.sentence,
        token: noun.tokens.start,
    };
    let noun = || candidates::find(ground.sentences, at).map(|noun| (noun, INNER));
    (is_before && is_somebody && goes_on && sentence.cue(cue) == Some(CueClass::Say)).then(noun)?
}

/// Whether words are what somebody calls something, or what he says of it as something.
fn calls(ground: &Ground<'_>, stretch: &Stretch<'_>, told: &Told) -> bool {
    let tokens = &ground.sentences[stretch.sentence].tokens;
    let is_as = |cue: usize| {
        let between = tokens.get(cue + 1..stretch.slot.before).unwrap_or_default();
        matches!(between, [only] if only.is(Traits::AS))
    };
    told.form == Form::Called || (!told.is_after && told.cue.is_some_and(|(cue, _)| is_as(cue)))
}

/// Whether who is named at a token does so in a clause about what was told before: `…, a claim the ministry called “…”`, `…, a
/// charge that Lima dismissed as “…”`.
fn describes_what_was_said(sentence: &Sentence, start: usize) -> bool {
    let tokens = &sentence.tokens;
    // A comma at words in marks belongs to these.
    let follows_words = |at: usize| sentence.runs.iter().any(|slot| slot.before == at);
    let begins = |at: &usize| follows_words(*at) || tokens[at - 1].is_mark(',');
    let Some(begun) = (start.saturating_sub(DESCRIBED).max(1)..start).rev().find(begins) else {
        return false;
    };
    const PARTS: Traits = Traits::CUE
        .or(Traits::PREPOSITION)
        .or(Traits::AND)
        .or(Traits::BUT_WHILE)
        .or(Traits::WHO)
        .or(Traits::CONDITIONAL)
        .or(Traits::ADVERB);
    let noun = &tokens[begun..start];
    let (last, lead) = match noun {
        [lead @ .., last] if last.is(Traits::THAT) => (true, lead),
        noun => (false, noun),
    };
    let is_noun = |token: &Token| {
        let may_be_noun = token.is(Traits::NOUN_CUE.or(Traits::ALSO_NOUN));
        token.is_word() && !token.shape.is_capital && (!token.is(PARTS) || may_be_noun)
    };
    let is_determined = match lead {
        [only] => only.is(Traits::SOMETHING),
        lead => lead.first().is_some_and(|first| first.is(Traits::DETERMINER)),
    };
    !lead.is_empty() && lead.iter().all(is_noun) && (is_determined || last)
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
    // "in which Lima wrote that": a clause about a paper.
    let is_of_paper = begins_in_paper(tokens, start);
    // "to which Lima replied".
    const PARTS: Traits = Traits::BUT_WHILE.or(Traits::AS).or(Traits::WHO);
    let is_as = |at: usize| tokens[at].is(Traits::AS);
    let is_quoted = tokens[cue].shape.ends_in_ing && cue.checked_sub(1).is_some_and(is_as);
    // Whom another quotes says a whole clause: "quotes Cruz as saying that the pier “…”".
    let follows = follows || ((is_quoted || is_of_paper) && leads.len() <= TO_CLAUSE);
    // "Unlike Cruz, who called it “…,” Lima said": behind these words another goes on.
    let is_next =
        tokens[judged.at.token].is(Traits::RELATIVE) && sentence.runs.iter().any(|slot| slot.before == start);
    // "A woman asked for a photo and Lima said, “…”": whoever does something before the "and" is another.
    const ACTS: Traits = Traits::SMALL_VERB.or(Traits::CUE);
    let acts = |token: &Token| token.is(ACTS) || token.shape.ends_in_ed;
    let judged_end = judged.naming(ground.sentences).tokens.end;
    let is_joined = speaker.kind != NamingKind::Weak
        && start > judged_end
        && tokens[start - 1].is(Traits::AND)
        && told.is_adjacent
        && speaker.tokens.end == cue
        && tokens[judged_end..start].iter().any(acts);
    let is_parted = is_joined
        || is_next
        || describes_what_was_said(sentence, start)
        || (start > 0 && tokens[start - 1].is(PARTS) && (told.is_adjacent || is_of_paper));
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

/// Whether a clause begins at a token that tells what stands in a paper: `a letter in which Lima wrote`.
fn begins_in_paper(tokens: &[Token], start: usize) -> bool {
    start > 1 && tokens[start - 1].is(Traits::RELATIVE) && tokens[start - 2].is(Traits::PREPOSITION)
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
    let is_said = length == 1 && matches!(sentence.cue(cue), Some(CueClass::Say | CueClass::Call));
    (is_said && judged.0.at.sentence == stretch.sentence && is_record(judged.0.at.token))
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, judged.1))
}

/// Whether a candidate is a body or a paper, which reports what others say.
fn is_record(ground: &Ground<'_>, candidate: Candidate) -> bool {
    let naming = candidate.naming(ground.sentences);
    let last = &ground.sentences[candidate.at.sentence].tokens[naming.tokens.end - 1];
    naming.kind == NamingKind::Body || last.is(Traits::PAPER)
}

/// Who calls something so right before the words, where the judge takes somebody of a clause before: `Critics called it “…”; fans
/// called it “…”`.
fn called(ground: &Ground<'_>, stretch: &Stretch<'_>, judged: (Candidate, f32)) -> Option<(Candidate, f32)> {
    let told = stretch
        .told
        .as_ref()
        .filter(|told| calls(ground, stretch, told))?;
    let sentence = &ground.sentences[stretch.sentence];
    let tokens = &sentence.tokens;
    let (cue, _) = told.cue?;
    // "Lima, the mediator, described it as “…”"
    let behind = told.speaker.tokens.end;
    let is_apposed = behind + 1 < cue && tokens[behind].is_mark(',') && tokens[cue - 1].is_mark(',');
    // "that Lima has described as": verbs that lead to the cue.
    const LEADS: Traits = Traits::SMALL_VERB.or(Traits::ADVERB);
    let is_led = behind < cue && tokens[behind..cue].iter().all(|token| token.is(LEADS));
    if behind != cue && !is_apposed && !is_led {
        return None;
    }
    let between = sentence.tokens.get(cue + 1..stretch.slot.before)?;
    let is_near = between.len() <= TO_WORDS && between.iter().all(Token::is_word);
    let is_before = judged.0.at.sentence == stretch.sentence && judged.0.at.token < told.speaker.tokens.start;
    // "Lima, whom critics called “…”", "Lima said critics called it “…”": there the judge may know better.
    let parted = told
        .speaker
        .tokens
        .start
        .checked_sub(1)
        .map(|at| &sentence.tokens[at]);
    // "called it “…,” Cruz called it “…” and Neves called it “…”".
    let start = told.speaker.tokens.start;
    let begins = |at: usize| sentence.runs.iter().any(|slot| slot.before == at);
    let follows_words =
        begins(start) || (start > 0 && tokens[start - 1].is(Traits::AND) && begins(start - 1));
    // "and Cruz, who called it “…”"
    // "Lima left when critics called him “…”": he does not call himself so.
    let says = |at: usize| {
        let own = subject(sentence, at).filter(|_| sentence.cue(at).is_some());
        own.is_some_and(|own| own.tokens.start == judged.0.at.token)
    };
    let is_object = behind == cue
        && between.len() == 1
        && between[0].is(Traits::OBJECT_PRONOUN)
        && !is_governed(sentence, &told.speaker)
        && is_before
        && !(judged.0.at.token..start).any(says);
    // "The Herald reported that Lima called Cruz “…”".
    let is_caller = behind == cue
        && told.speaker.kind == NamingKind::Person
        && start > 0
        && tokens[start - 1].is(Traits::THAT)
        && (is_record(ground, judged.0) || between.first().is_some_and(|it| it.is(Traits::OBJECT_PRONOUN)))
        && !is_governed(sentence, &told.speaker);
    let is_parted = is_object
        || is_caller
        || follows_words
        || tokens[start].is(Traits::RELATIVE)
        || begins_in_paper(tokens, start)
        || describes_what_was_said(sentence, start)
        || parted.is_some_and(|mark| mark.is_mark(';') || mark.is(Traits::BUT_WHILE));
    (is_near && is_before && is_parted)
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, judged.1))
}
