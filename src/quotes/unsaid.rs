//! Words that a text gives to somebody without telling that he said them.

use super::candidates::Candidate;
use super::ground::Ground;
use super::hints::Stretch;
use super::lexicon::{CueClass, Traits};
use super::namings::{Naming, NamingKind};
use super::patterns::{Form, Told, is_in_lead};
use super::sentence::Sentence;
use super::subjects::{begun_behind, inverted, is_agentless, subject};
use super::tokens::Token;

/// Marks that open and close words.
const OPENING: [char; 4] = ['“', '"', '‘', '«'];
const CLOSING: [char; 4] = ['”', '"', '’', '»'];
/// Tokens behind a naming in which its own cue is looked for.
const OWN_CUE: usize = 24;
/// Tokens of whom it is intended by that he says something.
const INTENDED: usize = 6;
/// Tokens from a word that says that something is not established to the cue.
const CHARGE: usize = 9;
/// Tokens before words in which it is told that somebody will not have them, and from "not" to what is not fit to be done.
const DISOWNED: usize = 10;
const NOT_FAIR: usize = 3;
/// Tokens of `never used the word`.
const NEVER_USED: usize = 4;
/// Tokens from a thing that bears words to what tells so.
const CARRIED: usize = 4;
/// False papers of a clause that are looked at.
const FALSE_ONES: usize = 4;

/// Whether the text does not tell the words as said: then they are nobody's.
pub(super) fn is_nobodys(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
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
    // "Lima did not mention Cruz, but told the crowd, “…”": what leads to the words tells more than another cue of his.
    let is_told = |told: &Told| told.cue.is_some() && told.speaker.tokens.start == speaker.at.token;
    let is_own = speaker.at.sentence == stretch.sentence && !told.is_some_and(is_told);
    let own = own_cue(sentence, speaker).filter(|_| is_own);
    if own.is_some_and(|cue| is_denied(sentence, cue)) {
        return true;
    }
    is_corrected(sentence, stretch)
        || is_passive(ground, stretch, speaker)
        || is_called_by_nobody(ground, stretch, speaker)
        || is_exchange(ground, stretch)
        || is_chanted(sentence, stretch)
        || is_carried(sentence, stretch.slot.before)
        || is_disowned(sentence, stretch.slot.before)
        || is_anybodys(sentence, stretch, speaker)
        || is_topic(sentence, stretch, speaker)
        || is_labelled_false(sentence, stretch)
        || (stretch.told.is_none() && is_asked_about(sentence, stretch.slot.before))
        || is_superseded(sentence)
        || told.is_some_and(|told| is_addressed(sentence, told))
        || told.is_some_and(|told| is_unsaid(sentence, told, from(told)))
}

/// The last cue that tells what somebody says, before any words in marks.
fn own_cue(sentence: &Sentence, speaker: &Candidate) -> Option<usize> {
    let first = sentence.runs.first()?.before;
    let is_own = |cue: &usize| {
        let own = || subject(sentence, *cue).is_some_and(|own| own.tokens.start == speaker.at.token);
        sentence.cue(*cue) == Some(CueClass::Say) && own()
    };
    (speaker.at.token..first).take(OWN_CUE).rfind(is_own)
}

/// Whether somebody named right behind words is asked or told them: `“…?” Lima was asked`, and not `“…,” Lima is quoted as saying`.
fn is_passive(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let end = speaker.naming(ground.sentences).tokens.end;
    let is = |at: usize, list: Traits| sentence.tokens.get(at).is_some_and(|token| token.is(list));
    speaker.at.sentence == stretch.sentence
        && speaker.at.token >= stretch.slot.before
        && is(end, Traits::PASSIVE)
        && is(end + 1, Traits::NEVER_INVERTED)
        && sentence.cue(end + 1).is_some()
        && !is(end + 2, Traits::AS)
}

/// Whether a label tells to whom words are addressed, or where they were heard: `To Mayor Lima: “…”`, `on the Harbor Line: “…”`; and
/// neither `From Mayor Lima: “…”`, `Statement by the council: “…”` nor `through a spokesman: “…”`.
fn is_addressed(sentence: &Sentence, told: &Told) -> bool {
    let link = told
        .speaker
        .tokens
        .start
        .checked_sub(1)
        .map(|at| &sentence.tokens[at]);
    let link = link.filter(|_| !sentence.is_accorded(told.speaker.tokens.start));
    let is_body = told.speaker.kind == NamingKind::Body;
    const WHOSE: Traits = Traits::FROM.or(Traits::BY).or(Traits::OF);
    let is_aside =
        |link: &Token| link.is(Traits::TO) || (is_body && link.is(Traits::PREPOSITION) && !link.is(WHOSE));
    // "On Mayor Lima: “…”": a topic.
    let is_topic = |link: &Token| {
        told.speaker.tokens.start == 1 && link.is(Traits::PREPOSITION) && !link.is(WHOSE.or(Traits::LOCATIVE))
    };
    told.form == Form::Label && link.is_some_and(|link| is_aside(link) || is_topic(link))
}

/// Whether it is not told who calls something so or who tells it: `Lima has been described as “…”`, `Lima was told that it was “…”`,
/// and not `Cruz wrote that Lima was called “…”`.
fn is_called_by_nobody(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[stretch.sentence];
    let tokens = &sentence.tokens;
    let told = stretch.told.as_ref().filter(|told| !told.is_after);
    let right_before = || {
        stretch
            .slot
            .before
            .checked_sub(1)
            .filter(|_| stretch.told.is_none())
    };
    let Some(cue) = told
        .and_then(|told| told.cue)
        .map(|(cue, _)| cue)
        .or_else(right_before)
    else {
        return false;
    };
    // "was told the pier was “…”", "heard from engineers that it was “…”": the words are those of others.
    let is_told = tokens[cue].is(Traits::NEVER_INVERTED) && !tokens[cue].is(Traits::READS);
    let takes_it = sentence.cue(cue) == Some(CueClass::Think)
        && tokens.get(cue + 1).is_some_and(|from| from.is(Traits::FROM));
    if takes_it && speaker.at.sentence == stretch.sentence {
        return true;
    }
    if !is_told && sentence.cue(cue) != Some(CueClass::Call) {
        return false;
    }
    // "was called “…” by landlords": whoever they are, it is not whom they call so.
    let is_passive = is_agentless(sentence, cue, tokens.len())
        || (is_agentless(sentence, cue, cue)
            && speaker.at.token < cue
            && tokens[cue..].iter().any(|it| it.is(Traits::BY)));
    let own = |at: usize| {
        let does = |naming: &Naming| naming.tokens.start == speaker.at.token;
        let says = matches!(sentence.cue(at), Some(CueClass::Say | CueClass::Call));
        says && (subject(sentence, at).as_ref().is_some_and(does)
            || inverted(sentence, at).as_ref().is_some_and(does))
    };
    let tells = |at: usize| at != cue && (own(at) || sentence.is_accorded(speaker.at.token));
    let is_told = speaker.at.sentence == stretch.sentence && (0..tokens.len()).any(tells);
    is_passive && !is_told
}

/// Whether words are what a crowd shouts: `Chants of “…” filled the square`, `interrupted by shouts of “…”`, and not `led chants of “…”`.
fn is_chanted(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let tokens = &sentence.tokens;
    let [before @ .., noun, of] = &tokens[..stretch.slot.before] else {
        return false;
    };
    let is_led = before.last().is_none_or(|before| before.is(Traits::BY));
    of.is(Traits::OF) && noun.is(Traits::SHOUTS) && is_led
}

/// Whether somebody is what the words are about: `On Mayor Lima: “…”`, `About the pier: “…”`.
fn is_topic(sentence: &Sentence, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    const WHOSE: Traits = Traits::FROM
        .or(Traits::BY)
        .or(Traits::OF)
        .or(Traits::TO)
        .or(Traits::LOCATIVE);
    let tokens = &sentence.tokens;
    let slot = stretch.slot.before;
    let is_led = tokens
        .first()
        .is_some_and(|first| first.is(Traits::PREPOSITION) && !first.is(WHOSE));
    let is_label = slot
        .checked_sub(1)
        .is_some_and(|colon| tokens[colon].is_mark(':'))
        && tokens[..slot - 1].iter().all(Token::is_word)
        && (0..slot).all(|at| sentence.cue(at).is_none());
    let is_within = speaker.at.sentence == stretch.sentence && speaker.at.token <= 1;
    stretch.told.is_none() && is_led && is_label && is_within
}

/// Whether a label says that nobody should believe the words: `Myth: “…”`.
fn is_labelled_false(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let lead = &sentence.tokens[..stretch.slot.before];
    matches!(lead, [label, colon] if label.is(Traits::FAKE) && colon.is_mark(':'))
}

/// Whether somebody who is not told says words, where another does something of whom the sentence tells: `Lima played, and someone shouted, “…”`.
fn is_anybodys(sentence: &Sentence, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let slot = stretch.slot.before;
    let says = |at: &usize| sentence.cue(*at) == Some(CueClass::Say);
    let cue = (speaker.at.token + 1..slot).rfind(says);
    let is_before = speaker.at.sentence == stretch.sentence && speaker.at.token < slot;
    let begun = cue
        .filter(|_| is_before && stretch.told.is_none())
        .and_then(|cue| begun_behind(sentence, speaker.at.token, cue));
    begun.is_some_and(|begun| sentence.tokens[begun].is(Traits::SOMEBODY))
}

/// Whether words are those that somebody will not have: `never used the word “…”`, `bristled at the word “…”`, `pushed back on suggestions
/// that it was “…”`, `said it was not fair to call it “…”`.
fn is_disowned(sentence: &Sentence, slot: usize) -> bool {
    let tokens = &sentence.tokens[..slot];
    // Words in marks before these have verbs of their own, and so has what a comma parts.
    let words = sentence
        .runs
        .iter()
        .map(|run| run.before)
        .rfind(|run| *run < slot);
    let mark = tokens
        .iter()
        .rposition(|token| !token.is_word())
        .map_or(0, |mark| mark + 1);
    let from = words.unwrap_or_default().max(mark);
    let near = slot.saturating_sub(DISOWNED).max(from)..slot;
    let is_rejected = near.clone().any(|at| tokens[at].is(Traits::REJECTS));
    let is_term = tokens.last().is_some_and(|last| last.is(Traits::TERM));
    let never = slot.saturating_sub(NEVER_USED).max(from)..slot;
    let is_never = never.into_iter().any(|at| tokens[at].is(Traits::NEGATOR));
    // "suggestions that it was".
    let suggests =
        |at: &usize| tokens[*at].is(Traits::THAT) && *at > 0 && tokens[at - 1].is(Traits::NOUN_CUE);
    let is_suggested = || {
        let that = near.clone().rev().find(suggests);
        that.is_some_and(|that| !(that + 1..slot).any(|at| sentence.cue(at) == Some(CueClass::Say)))
    };
    (is_term && (is_rejected || is_never))
        || (is_rejected && is_suggested())
        || is_not_to_call(sentence, slot)
}

/// Whether somebody else is told to say falsely that he said it: `The paper falsely reported that Lima said`; and not `Lima falsely said`.
fn is_told_falsely(sentence: &Sentence, told: &Told) -> bool {
    let mut before = 0..told.speaker.tokens.start.saturating_sub(1);
    before.any(|at| {
        let next = at + 1;
        sentence.tokens[at].is(Traits::FALSELY) && sentence.cue(next) == Some(CueClass::Say)
    })
}

/// Whether something is told not to be fit to be called so: `not fair to call the ferry “…”`.
fn is_not_to_call(sentence: &Sentence, slot: usize) -> bool {
    let tokens = &sentence.tokens;
    let near = slot.saturating_sub(DISOWNED)..slot;
    let calls = |at: &usize| sentence.cue(*at) == Some(CueClass::Call);
    let to = near.rev().find(calls).and_then(|cue| cue.checked_sub(1));
    let to = to.filter(|to| tokens[*to].is(Traits::TO));
    to.is_some_and(|to| {
        let before = tokens[..to].iter().rev().take(NOT_FAIR);
        let mut words = before.take_while(|token| token.is_word());
        words.any(|token| token.is(Traits::NEGATOR))
    })
}

/// Whether words stand in a question that is told before who answers it: `Asked whether it was “…,” Lima said no`.
fn is_asked_about(sentence: &Sentence, slot: usize) -> bool {
    let asks = sentence
        .tokens
        .first()
        .is_some_and(|first| first.is(Traits::ASKED));
    asks && is_in_lead(sentence, slot)
}

/// Whether words stand on a thing that somebody holds or wears: `held signs outside that read “…” and “…”`, `a mug that said “…”`,
/// `T-shirts reading “…”`.
fn is_carried(sentence: &Sentence, slot: usize) -> bool {
    let tokens = &sentence.tokens;
    let joins = |at: &usize| tokens[*at].is(Traits::AND) || tokens[*at].is_mark(',');
    let joined = (0..slot).rev().take_while(joins).count();
    let cue = (slot - joined).checked_sub(1);
    let Some(cue) = cue.filter(|cue| *cue > 1 && sentence.cue(*cue) == Some(CueClass::Say)) else {
        return false;
    };
    let noun_end = if tokens[cue].shape.ends_in_ing {
        cue
    } else {
        cue - 1
    };
    let is_linked = tokens[cue].shape.ends_in_ing || tokens[cue - 1].is(Traits::THAT.or(Traits::RELATIVE));
    const PARTS: Traits = Traits::SMALL_VERB.or(Traits::CUE).or(Traits::HE_SHE_THEY);
    let mut near = tokens[..noun_end].iter().rev().take(CARRIED);
    let carrier = near.find(|token| !token.is_word() || token.is(PARTS.or(Traits::CARRIER)));
    is_linked && carrier.is_some_and(|token| token.is(Traits::CARRIER))
}

/// Whether two whole stretches stand side by side, the first a question, and nothing tells who asks and who answers: `“All of it?” “All
/// of it.”`
fn is_exchange(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let is_bare = stretch.told.is_none() && stretch.begins_sentence && stretch.ends_sentence;
    let (Some(first), Some(last)) = (stretch.run.outer.first(), stretch.run.outer.last()) else {
        return false;
    };
    let asks = |words: &str| {
        let words = words.trim_end_matches(CLOSING);
        words.ends_with('?')
    };
    let (before, behind) = (&ground.text[..first.start], &ground.text[last.end..]);
    let before_on_line = before.trim_end_matches(' ');
    let follows = before_on_line.ends_with(CLOSING) && asks(before_on_line);
    let leads = behind.trim_start_matches(' ').starts_with(OPENING) && asks(&ground.text[last.clone()]);
    is_bare && (follows || leads)
}

/// Whether "not" stands right before words, behind other words that were said: `“…,” not “…”`.
pub(super) fn is_corrected(sentence: &Sentence, stretch: &Stretch<'_>) -> bool {
    let at = stretch.slot.before.checked_sub(1);
    let is_not = at.is_some_and(|at| sentence.tokens[at].is(Traits::NEGATOR));
    is_not && sentence.runs.iter().any(|other| Some(other.before) == at)
}

/// Whether a sentence tells that somebody did not say the words, or does not tell that he did: `Lima never said`, `neither
/// Lima nor Cruz said`, `if Lima says`, `Lima was accused of saying`. `from` is where what tells it begins.
pub(super) fn is_unsaid(sentence: &Sentence, told: &Told, from: usize) -> bool {
    let tokens = &sentence.tokens;
    let Some((cue, _)) = told.cue.filter(|(cue, _)| *cue >= from) else {
        return false;
    };
    if is_negated(&tokens[from..cue]) {
        return true;
    }
    let opens = told.speaker.tokens.start.checked_sub(1).map(|at| &tokens[at]);
    let is_open = opens.is_some_and(|opens| opens.is(Traits::NEITHER.or(Traits::CONDITIONAL)));
    (is_open && !told.is_after)
        || is_of_nobody(sentence, &told.speaker, cue)
        || is_told_to(sentence, told, cue)
        || is_demanded(sentence, told, cue)
        || is_false_that(sentence, told)
        || is_told_falsely(sentence, told)
        || is_fiction(sentence)
        || is_hearsay(sentence, told)
        || is_intended(tokens, cue)
        || is_charge(sentence, cue)
        || (is_unreal(sentence, cue) && !is_announced(sentence, told))
}

/// Whether it is nobody who says it: `No official said`, `Neither Lima nor Cruz said`, `Nobody in the hall, Lima included, said`.
pub(super) fn is_of_nobody(sentence: &Sentence, speaker: &Naming, cue: usize) -> bool {
    let tokens = &sentence.tokens;
    let start = speaker.tokens.start;
    // "a No. 10 source said": a number.
    let is_no_one = |at: usize| {
        let next = tokens.get(at + 1);
        tokens[at].is(Traits::NO_ONE) && !next.is_some_and(|next| next.shape.is_number)
    };
    if start >= cue {
        return false;
    }
    if is_no_one(start) || start.checked_sub(1).is_some_and(is_no_one) {
        return true;
    }
    // "None of the aides said"; and not "Nobody left after Lima said".
    let end = speaker.tokens.end;
    let is_inside = || {
        let words = &tokens[1..start];
        words.first().is_some_and(|first| first.is(Traits::PREPOSITION))
            && words
                .last()
                .is_some_and(|link| link.is(Traits::PREPOSITION) && !link.is(Traits::SUBORDINATE))
            && words.iter().all(Token::is_word)
    };
    // "Nobody in the hall, Lima included, said", "Nobody there, including Lima, said"; and not "Nobody came, Lima said, calling it".
    let is_added = || {
        let acts = tokens[end].is(Traits::SAY.or(Traits::SMALL_VERB));
        let is_aside = tokens[start - 1].is_mark(',') && tokens[end].is_word() && !acts;
        tokens[cue - 1].is_mark(',') && (is_aside || tokens[start - 1].shape.ends_in_ing)
    };
    // "None of those hurt had paid the ferry, said": there a verb parts them.
    const PARTS: Traits = Traits::SMALL_VERB
        .or(Traits::CUE)
        .or(Traits::BUT_WHILE)
        .or(Traits::HE_SHE_THEY);
    let parts = |token: &Token| {
        let is_verb = token.is(PARTS) && !token.shape.ends_in_ing;
        is_verb || token.shape.ends_in_ed || token.is_mark(';')
    };
    is_no_one(0)
        && !tokens[0].is(Traits::DETERMINER)
        && (is_inside() || is_added())
        && !tokens[1..start].iter().any(parts)
}

/// Whether it is told to whom something was said and not by whom: `A la alcaldesa le dijeron que era «…»`.
fn is_told_to(sentence: &Sentence, told: &Told, cue: usize) -> bool {
    let tokens = &sentence.tokens;
    let is = |at: usize, list: Traits| tokens[at].is(list);
    told.speaker.tokens.start == 1
        && told.speaker.tokens.end < cue
        && is(0, Traits::PREPOSITION)
        && is(cue - 1, Traits::OBJECT_PRONOUN)
}

/// Whether another wants that somebody says it: `Lima demanded that Cruz admit “…”`.
fn is_demanded(sentence: &Sentence, told: &Told, cue: usize) -> bool {
    let tokens = &sentence.tokens;
    let start = told.speaker.tokens.start;
    let is_that = start > 1 && start < cue && tokens[start - 1].is(Traits::THAT);
    is_that && tokens[start - 2].is(Traits::INTENDED) && sentence.cue(start - 2).is_some()
}

/// Whether it is told to be false that somebody said it: `It is false that Lima said`.
fn is_false_that(sentence: &Sentence, told: &Told) -> bool {
    let before = told.speaker.tokens.start.checked_sub(2);
    before.is_some_and(|at| sentence.tokens[at].is(Traits::FAKE) && sentence.tokens[at + 1].is(Traits::THAT))
}

/// Whether a sentence tells of what happens in a work: `In the play, the mayor says`, and not `At the opera, the mayor said`.
fn is_fiction(sentence: &Sentence) -> bool {
    matches!(sentence.tokens.as_slice(), [first, article, work, comma, ..]
        if first.is(Traits::WITHIN)
            && article.is(Traits::DETERMINER)
            && work.is(Traits::FICTION)
            && comma.is_mark(','))
}

/// Whether others say it of somebody: `Lima is said to be “…”`.
fn is_hearsay(sentence: &Sentence, told: &Told) -> bool {
    let is = |at: Option<usize>, list: Traits| {
        at.and_then(|at| sentence.tokens.get(at))
            .is_some_and(|it| it.is(list))
    };
    told.cue.is_some_and(|(cue, _)| {
        is(cue.checked_sub(1), Traits::PASSIVE)
            && is(Some(cue + 1), Traits::TO)
            && told.speaker.tokens.end < cue
    })
}

/// Whether it is told behind words that they are yet to be spoken, as they were given out before: `“…,” Lima will say`, and not
/// `“…,” Lima may say`.
fn is_announced(sentence: &Sentence, told: &Told) -> bool {
    let helper = told.cue.and_then(|(cue, _)| cue.checked_sub(1));
    let will = helper.is_some_and(|at| sentence.tokens[at].is(Traits::WILL));
    will && told.is_after && told.is_adjacent
}

/// Whether a sentence tells that somebody did not say, or has not said yet, what a cue leads to: `Lima has never said`.
pub(super) fn is_denied(sentence: &Sentence, cue: usize) -> bool {
    let is_intended = is_intended(&sentence.tokens, cue);
    is_intended || is_negated(&sentence.tokens[..cue]) || is_charge(sentence, cue) || is_unreal(sentence, cue)
}

/// Whether a cue stands right behind what is only intended: `has yet to say`, `urged Lima to say`, `stopped short of saying`, and
/// neither `two men wanted as witnesses said` nor `Planned Parenthood said`.
fn is_intended(tokens: &[Token], cue: usize) -> bool {
    let is = |at: Option<usize>, list: Traits| at.is_some_and(|at| tokens[at].is(list));
    let before = |at: usize| at.checked_sub(1);
    if tokens[cue].shape.ends_in_ing {
        return is(before(cue), Traits::OF) && is(cue.checked_sub(2), Traits::SHORT);
    }
    let is_adverb = |at: &usize| tokens[*at].is(Traits::ADVERB) && !tokens[*at].is(Traits::TO);
    let adverbs = (0..cue).rev().take_while(is_adverb).count();
    let Some(to) = before(cue - adverbs).filter(|to| tokens[*to].is(Traits::TO)) else {
        return false;
    };
    const WHOM: Traits = Traits::OBJECT_PRONOUN
        .or(Traits::DETERMINER)
        .or(Traits::TITLE)
        .or(Traits::BODY_NOUN)
        .or(Traits::ROLE);
    let is_whom = |at: &usize| {
        let token = &tokens[*at];
        token.is_word() && !token.is(Traits::INTENDED) && (token.is(WHOM) || token.is_name())
    };
    let whom = (0..to).rev().take(INTENDED).take_while(is_whom).count();
    let intended = before(to - whom).map(|at| &tokens[at]);
    // "asked the council to explain": it has not.
    let asks = |word: &Token| whom > 0 && word.is(Traits::ASKED.or(Traits::NEVER_INVERTED));
    intended.is_some_and(|word| (word.is(Traits::INTENDED) || asks(word)) && !word.shape.is_capital)
}

/// Whether what stands right before a cue negates it.
fn is_negated(before: &[Token]) -> bool {
    let helpers = before.iter().rev();
    let mut helpers = helpers.take_while(|token| token.is(Traits::ADVERB.or(Traits::NEGATOR)));
    helpers.any(|token| token.is(Traits::NEGATOR))
}

/// Whether a sentence tells of a former version of its text, whose quotes were not said so: `An earlier version of this article
/// quoted Lima as saying`, and not `the previous version of the order`.
pub(super) fn is_superseded(sentence: &Sentence) -> bool {
    let names = |words: &[Token]| {
        let [one, other, of, this, text] = words else {
            return false;
        };
        let of_version = |one: &Token, other: &Token| one.is(Traits::EARLIER) && other.is(Traits::VERSION);
        (of_version(one, other) || of_version(other, one))
            && of.is(Traits::OF)
            && this.is(Traits::ALSO_PRONOUN)
            && text.is(Traits::PAPER)
    };
    sentence.lists.any(Traits::VERSION) && sentence.tokens.windows(5).any(names)
}

/// Whether a cue tells what was not said: `Lima should say`, `could have said`, `Imagine Lima saying`, `a doctored video shows
/// Lima saying`.
pub(super) fn is_unreal(sentence: &Sentence, cue: usize) -> bool {
    const HELPERS: Traits = Traits::ADVERB.or(Traits::SMALL_VERB).or(Traits::UNREAL);
    let tokens = &sentence.tokens;
    // "the mayor could “…,” said Lima": words in marks part them.
    let mut words = sentence.runs.iter().map(|slot| slot.before);
    let words = words.rfind(|before| *before <= cue).unwrap_or_default();
    let helpers = tokens[words..cue].iter().rev();
    // "“…,” Will said": a name.
    let helps =
        |token: &&Token| token.is(HELPERS) && !(token.shape.is_capital && token.is(Traits::ALSO_NAME));
    let mut helpers = helpers.take_while(helps);
    // "would only say": that much was said.
    if helpers.clone().any(|token| token.is(Traits::ONLY)) {
        return false;
    }
    let is_imagined = tokens.first().is_some_and(|first| first.is(Traits::IMAGINE));
    // "may say", and not "may have said it best".
    let may = cue
        .checked_sub(1)
        .is_some_and(|at| tokens[at].is(Traits::WILL.or(Traits::MAY)) && !tokens[at].shape.is_capital);
    may || is_imagined || helpers.any(|token| token.is(Traits::UNREAL)) || is_faked(sentence, cue)
}

/// Whether what shows somebody saying something is told to be false, in the same clause: `a doctored video shows Lima saying`, and
/// neither `lawyers in the fake-ferry case said`, `police investigating the false claims said` nor `corrected the false claim by saying`.
fn is_faked(sentence: &Sentence, cue: usize) -> bool {
    const MEDIA: Traits = Traits::PAPER
        .or(Traits::ARTWORK)
        .or(Traits::SOCIAL)
        .or(Traits::NOUN_CUE);
    let tokens = &sentence.tokens[..cue];
    let parts = |token: &Token| !token.is_word() || token.is(Traits::AND.or(Traits::BUT_WHILE));
    let start = tokens.iter().rposition(parts).map_or(0, |at| at + 1);
    let is_false = |pair: &[Token]| {
        let one_is = |one: &Token, other: &Token| one.is(Traits::FAKE) && other.is(MEDIA);
        one_is(&pair[0], &pair[1]) || one_is(&pair[1], &pair[0])
    };
    // "shows Lima saying", "a parody website asking": nobody else says it.
    let is_shown = |behind: usize| {
        let by = cue.checked_sub(1).map(|at| &tokens[at]);
        sentence.tokens[cue].shape.ends_in_ing
            && by.is_some_and(|by| !by.is(Traits::PREPOSITION))
            && (behind == cue || names_somebody(sentence, behind, cue))
    };
    let pairs = tokens[start..].windows(2).zip(start + 2..);
    // "a fake post in which Lima says", "a parody account of Lima's wrote".
    let next = |at: usize, list: Traits| tokens.get(at).is_some_and(|next| next.is(list));
    let leads_on = |behind: usize| next(behind, Traits::PREPOSITION) && next(behind + 1, Traits::RELATIVE);
    const PARTS: Traits = Traits::PREPOSITION.or(Traits::RELATIVE);
    let speaks = |behind: usize| {
        let before = start..behind - 2;
        let is_first = !tokens[before.clone()].iter().any(|it| it.is(PARTS))
            && !names_somebody(sentence, start, before.end);
        is_first && (next(behind, Traits::OF) || !has_person(sentence, behind, cue))
    };
    let mut false_ones = pairs.filter(|(pair, _)| is_false(pair)).take(FALSE_ONES);
    false_ones.any(|(_, behind)| is_shown(behind) || leads_on(behind) || speaks(behind))
}

/// Whether somebody is named among some tokens, by name, noun or pronoun.
fn names_somebody(sentence: &Sentence, start: usize, end: usize) -> bool {
    let mut namings = sentence.namings.iter();
    let is_named = namings.any(|naming| naming.tokens.start >= start && naming.tokens.end <= end);
    is_named
        || sentence.tokens[start..end]
            .iter()
            .any(|token| token.is(Traits::OBJECT_PRONOUN))
}

/// Whether a person is named among some tokens.
fn has_person(sentence: &Sentence, start: usize, end: usize) -> bool {
    let mut namings = sentence.namings.iter();
    namings.any(|naming| {
        matches!(naming.kind, NamingKind::Person | NamingKind::Pronoun)
            && naming.tokens.start >= start
            && naming.tokens.end <= end
    })
}

/// Whether a word that says that it is not established leads to a cue: `accused of saying`, `accused Cruz of saying`, `denied
/// that she had said`, `denied having said`, `declined to say`, `misquoted by the Ledger as saying`; and neither `the accused said`
/// nor `a man accused by Cruz said`.
fn is_charge(sentence: &Sentence, cue: usize) -> bool {
    const LEADS: Traits = Traits::OF
        .or(Traits::WITH)
        .or(Traits::AS)
        .or(Traits::TO)
        .or(Traits::THAT)
        .or(Traits::HAVING);
    const BETWEEN: Traits = LEADS
        .or(Traits::BY)
        .or(Traits::HE_SHE_THEY)
        .or(Traits::OBJECT_PRONOUN)
        .or(Traits::DETERMINER)
        .or(Traits::SMALL_VERB)
        .or(Traits::ADVERB)
        .or(Traits::TITLE)
        .or(Traits::ROLE);
    let tokens = &sentence.tokens;
    let is_between = |token: &Token| token.is_word() && (token.is(BETWEEN) || token.is_name());
    let near = cue.saturating_sub(CHARGE)..cue;
    let walked = near
        .rev()
        .take_while(|at| tokens[*at].is(Traits::UNSAID) || is_between(&tokens[*at]));
    let Some(charge) = walked.into_iter().find(|at| tokens[*at].is(Traits::UNSAID)) else {
        return false;
    };
    // "the accused": a noun.
    let is_noun = charge > 0 && tokens[charge - 1].is(Traits::DETERMINER);
    let leads = tokens[charge + 1..cue].iter().any(|token| token.is(LEADS));
    let denies = tokens
        .get(charge + 1)
        .is_some_and(|next| next.is(Traits::HE_SHE_THEY));
    !is_noun && (leads || denies || tokens[cue].shape.ends_in_ing)
}
