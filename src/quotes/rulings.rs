//! Forms of words that leave no doubt who speaks, asked before the judge or against him.

mod parts;
mod replies;

use super::candidates::{self, Candidate};
use super::content::ends_in_comma;
use super::exchanges;
use super::ground::Ground;
use super::hints::{At, Rule, Stretch, author, told_at};
use super::inner;
use super::judge::Verdict;
use super::lexicon::{CueClass, Traits};
use super::namings::{Naming, NamingKind};
use super::patterns::Form;
use super::sentence::Sentence;
use super::speech::is_paragraph;
use super::subjects::{begun_behind, is_governed, subject};
use super::tokens::Token;
use super::unsaid::is_unreal;
use parts::{apposed, behind_relative, named_whole, named_with_office, owned, source};
use replies::{for_whom, replies};

pub(super) use replies::is_to_which;

/// How likely on somebody is whom a cue without a subject means.
const LEFT_OUT: f32 = 0.8;
/// How likely on somebody is who stands at words with nothing but a cue.
const BESIDE: f32 = 0.9;
/// How likely on somebody is whose answer is asked for.
const ANSWERED: f32 = 0.8;
/// Paragraphs in marks under one heading, tokens of a heading, and how likely whoever it names speaks.
const HEADED: usize = 3;
const HEADING: usize = 16;
const HEADED_LIKELY: f32 = 0.8;
/// Tokens from a paper to what it reads, when it was written among them.
const DATED: usize = 4;
/// Words of what somebody calls so.
const CALLED: usize = 5;
/// Words of a name.
const NAME: usize = 2;
/// Tokens from "read" to "from".
const ALOUD: usize = 2;
/// Tokens from a noun for an answer to the colon before it.
const REPLY: usize = 6;
/// From how likely on a speaker stands against a heading that names another.
const OPEN: f32 = 0.5;
/// How likely on who says that others should say something.
const OUTER: f32 = 0.7;

/// Who speaks and how likely: whom a form of words leaves no doubt about, else whom the judge takes. `headings` is how many
/// headings of the text are names.
pub(super) fn speaker(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    verdict: &Verdict,
    headings: usize,
) -> Option<(Candidate, f32)> {
    let judged = || {
        let judged = verdict.speaker?;
        inner::speaker(ground, stretch, judged)
            .or_else(|| apposed(ground, stretch, judged))
            .or_else(|| source(ground, stretch, judged))
            .or_else(|| named_whole(ground, stretch, judged))
            .or_else(|| owned(ground, stretch, judged))
            .or_else(|| headed_by_topic(ground, stretch, judged))
            .or_else(|| parted(ground, stretch, judged))
            .or(Some(judged))
            .map(|found| named_with_office(ground, stretch, found).unwrap_or(found))
            .map(|found| behind_relative(ground, found).unwrap_or(found))
    };
    left_out(ground, stretch)
        .or_else(|| answered(ground, stretch))
        .or_else(|| gapped(ground, stretch))
        .or_else(|| as_judged(beside(ground, stretch)?, verdict))
        .or_else(|| replies(ground, stretch))
        .or_else(|| for_whom(ground, stretch))
        .or_else(|| headed(ground, stretch, headings > 1).filter(|(over, _)| is_open_to(verdict, over)))
        .or_else(|| exchanges::speaker(ground, stretch))
        .or_else(|| outer(ground, stretch))
        .or_else(judged)
}

/// How many headings of a text are names.
pub(super) fn headings(ground: &Ground<'_>) -> usize {
    let names = |sentence: &&Sentence| is_heading(sentence) && headed_by(sentence).is_some();
    ground.sentences.iter().filter(names).count()
}

/// Who says what a cue without a subject reports.
pub(super) fn left_out(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    let carried = stretch.carried.filter(|carried| carried.rule == Rule::LeftOut)?;
    candidates::find(ground.sentences, carried.at).map(|candidate| (candidate, LEFT_OUT))
}

/// Who stands at the words with nothing but a cue: a pronoun (`“…,” she said`), the writer himself (`“…?” I asked`), whoever
/// wants to know (`“…?” Lima wanted to know`), and who answers whom another speaks to (`Cruz told Lima, who said, “…”`).
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
    // "“…,” read a sign outside, twisting her words".
    let is_sign = |noun: &Naming| {
        let mut tokens = tokens[noun.tokens.clone()].iter();
        tokens.any(|token| token.is(Traits::PAPER))
    };
    if is(start, Traits::READS)
        && let Some(paper) = sentence.source_from(start + 1).filter(|noun| is_sign(noun))
    {
        // "“…,” read a statement from Lima".
        let is_link = is(paper.tokens.end, Traits::FROM.or(Traits::BY));
        let author = sentence.naming_from(paper.tokens.end + 1).filter(|_| is_link);
        return at(author.unwrap_or(paper).tokens.start);
    }
    if let Some(naming) = sentence.naming_from(start) {
        let end = naming.tokens.end;
        let wants_to_know = is(end, Traits::ASKS) && is(end + 1, Traits::TO) && is(end + 2, Traits::KNOW);
        if wants_to_know || (naming.kind == NamingKind::Pronoun && says(end)) {
            return at(start);
        }
    }
    // "Tenants chanted “…” as Lima spoke": another did it before.
    let is_done = slot
        .checked_sub(1)
        .is_some_and(|before| tokens[before].shape.ends_in_ed);
    if let Some(claims) = as_claimed(ground, stretch).filter(|_| !is_done) {
        return at(claims.tokens.start);
    }
    if let Some(author) = written(sentence, slot).or_else(|| remarked(sentence, slot)) {
        return at(author.tokens.start);
    }
    if let Some(caller) = calls_what(sentence, slot) {
        return at(caller.tokens.start);
    }
    let cue = (0..slot).rev().find(|at| tokens[*at].is_word())?;
    if let Some(noun) = described(sentence, cue) {
        return at(noun.tokens.start);
    }
    // "who then added".
    const BETWEEN: Traits = Traits::ADVERB.or(Traits::BUT_WHILE);
    let who = (0..cue)
        .rev()
        .find(|at| !is(*at, BETWEEN) || is(*at, Traits::WHO));
    let who = who.filter(|who| is(*who, Traits::WHO) && says(cue))?;
    let is_parted = who > 0 && tokens[who - 1].is_mark(',');
    // "Lima, who said, “…,” left": there who said it is the one of whom the sentence tells.
    let answers = is_parted && (0..who).any(|at| says(at) || sentence.tokens[at].is(Traits::NEVER_INVERTED));
    answers.then(|| at(who)).flatten()
}

/// Who calls something so in a clause that stands for it: `what he calls “…”`, `what it described as “…”`.
fn calls_what(sentence: &Sentence, slot: usize) -> Option<&Naming> {
    let is = |token: usize, list: Traits| sentence.tokens[token].is(list);
    let last = slot.checked_sub(1)?;
    let call = if is(last, Traits::AS) {
        last.checked_sub(1)?
    } else {
        last
    };
    let calls = sentence.cue(call) == Some(CueClass::Call);
    let mut callers = sentence.namings.iter().chain(&sentence.weak);
    let caller = callers.find(|it| it.tokens.end == call && it.tokens.start > 0)?;
    (calls && is(caller.tokens.start - 1, Traits::WHO)).then_some(caller)
}

/// Whether a clause right behind words tells that somebody says them so: `“…,” as Lima told me`; and not that they are the name of something:
/// `“Long Pier,” as Lima calls it`.
pub(super) fn is_claimed_behind(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    let mut words = ground.text[stretch.run.pieces[0].clone()].split_whitespace();
    let is_name = stretch.words <= NAME && words.all(|word| word.starts_with(char::is_uppercase));
    is_parted(ground, stretch) && !is_name && as_claimed(ground, stretch).is_some()
}

/// Whether a comma parts words from what follows them.
fn is_parted(ground: &Ground<'_>, stretch: &Stretch<'_>) -> bool {
    ends_in_comma(ground.text, stretch) || stretch.run.has_comma_behind(ground.text)
}

/// Who says words so, as a clause behind them tells and nothing else: `was not “…,” as Lima had claimed.`
fn as_claimed<'a>(ground: &'a Ground<'_>, stretch: &Stretch<'_>) -> Option<&'a Naming> {
    let sentence = &ground.sentences[stretch.sentence];
    let (tokens, slot) = (&sentence.tokens, stretch.slot.before);
    let start = slot + usize::from(tokens.get(slot).is_some_and(|token| token.is_mark(',')));
    tokens.get(start).filter(|it| it.is(Traits::AS))?;
    let naming = sentence.naming_from(start + 1)?;
    let helps = |token: &&Token| token.is(Traits::SMALL_VERB.or(Traits::ADVERB)) && !token.is(Traits::CUE);
    let cue = naming.tokens.end + tokens[naming.tokens.end..].iter().take_while(helps).count();
    let class = sentence.cue(cue)?;
    let behind = &tokens[cue + 1..];
    let rest = &behind[..behind.iter().take_while(|token| token.is_word()).count()];
    let is_object = |token: &Token| token.is(Traits::OBJECT_PRONOUN.or(Traits::IT));
    // "Stoll said “…,” as Lima called it": Stoll says it.
    let is_unled = || stretch.told.as_ref().is_none_or(|told| told.is_after);
    let ends = match (class, rest) {
        (CueClass::Say, []) => true,
        // "…,” as Lima told me" and "…,” as Lima calls it"; without a comma it may be when somebody else says so.
        (CueClass::Say, [whom]) => {
            tokens[cue].is(Traits::NEVER_INVERTED) && is_object(whom) && is_parted(ground, stretch)
        }
        // What people call somebody is a name he bears: "“…,” as her family called her".
        (CueClass::Call, [what]) => what.is(Traits::IT) && is_unled() && is_parted(ground, stretch),
        // "…,” as Lima dubbed the plan", and not "as Lima called the meeting".
        (CueClass::Call, what) => {
            let is_summons = ground.language.is_on("summons", tokens[cue].word);
            names_what(what) && !is_summons && is_unled() && is_parted(ground, stretch)
        }
        _ => false,
    };
    ends.then_some(naming)
}

/// Whether words are a thing that somebody calls so, and nothing else: `the new pier`.
fn names_what(words: &[Token]) -> bool {
    const PARTS: Traits = Traits::PREPOSITION
        .or(Traits::SMALL_VERB)
        .or(Traits::THAT)
        .or(Traits::AS)
        .or(Traits::CUE)
        .or(Traits::TO)
        .or(Traits::WHO);
    let [first, rest @ ..] = words else { return false };
    let begins = first.is(Traits::DETERMINER.or(Traits::OWNER));
    begins && rest.len() < CALLED && rest.iter().all(|it| !it.is(PARTS))
}

/// The noun that a clause right before words describes: `waited out a man who shouted, “…”`, `got an email on May 2 that read: “…”`.
fn described(sentence: &Sentence, cue: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let link = cue
        .checked_sub(1)
        .filter(|_| sentence.cue(cue) == Some(CueClass::Say))?;
    let is_noun = |noun: &&Naming| noun.tokens.len() > 1 && tokens[noun.tokens.start].is(Traits::DETERMINER);
    let mut nouns = sentence.namings.iter().chain(&sentence.weak).filter(is_noun);
    if tokens[link].is(Traits::RELATIVE) {
        return nouns.find(|noun| noun.tokens.end == link);
    }
    let is_paper = |noun: &&Naming| {
        let mut words = tokens[noun.tokens.clone()].iter();
        noun.tokens.end <= link && link - noun.tokens.end <= DATED && words.any(|it| it.is(Traits::PAPER))
    };
    let reads = tokens[link].is(Traits::THAT) && tokens[cue].is(Traits::READS.or(Traits::COMMON_SAY));
    nouns
        .filter(is_paper)
        .max_by_key(|noun| noun.tokens.end)
        .filter(|_| reads)
}

/// Whose the paper is that words behind a colon are out of: `Cruz showed the jury a text from Lima to Neves: “…”`.
fn written(sentence: &Sentence, slot: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let colon = slot.checked_sub(1).filter(|colon| tokens[*colon].is_mark(':'))?;
    if let Some(owner) = read_from(sentence, colon).or_else(|| replied(sentence, colon)) {
        return Some(owner);
    }
    let is_linked =
        |at: &usize| tokens[*at].is(Traits::PAPER) && tokens[at + 1].is(Traits::FROM.or(Traits::BY));
    let paper = (0..colon.saturating_sub(1)).rev().find(is_linked)?;
    let says = |at: usize| sentence.cue(at) == Some(CueClass::Say);
    // "Asked about the letter from Lima, Cruz was blunt: “…”": there another speaks, of a paper.
    // "the letter", "Cruz’s letter".
    let begins = |token: &Token| token.is(Traits::DETERMINER) || token.shape.is_possessive;
    let phrase = (0..paper).rev().find(|at| begins(&tokens[*at]))?;
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

/// Whose paper is read from before a colon: `Cruz read from Lima’s letter: “…”`.
fn read_from(sentence: &Sentence, colon: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let paper = colon.checked_sub(1).filter(|at| tokens[*at].is(Traits::PAPER))?;
    let owner = owner_before(sentence, paper)?;
    let from = owner
        .tokens
        .start
        .checked_sub(1)
        .filter(|at| tokens[*at].is(Traits::FROM))?;
    let mut near = tokens[from.saturating_sub(ALOUD)..from].iter();
    near.any(|token| token.is(Traits::READS)).then_some(owner)
}

/// Who says words so where the verb is left out, as it is the one before: `Lima called it “late”; Cruz, “a start”`, `Lima called it “late,” Cruz
/// “a start” and Neves “a joke”`.
pub(super) fn gapped(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    let sentence = &ground.sentences[stretch.sentence];
    let (tokens, slot) = (&sentence.tokens, stretch.slot.before);
    let comma = slot.checked_sub(1).filter(|at| tokens[*at].is_mark(','));
    let mut namings = sentence.namings.iter();
    let naming = namings.find(|naming| naming.tokens.end == comma.unwrap_or(slot))?;
    let is_and = |at: &usize| tokens[*at].is(Traits::AND);
    let start = naming.tokens.start;
    let start = start.checked_sub(1).filter(is_and).unwrap_or(start);
    let is_parted = start > 0 && tokens[start - 1].is_mark(';');
    let follows_words = sentence.runs.iter().any(|slot| slot.before == start);
    let says = |at: usize| matches!(sentence.cue(at), Some(CueClass::Say | CueClass::Call));
    let calls = |at: usize| sentence.cue(at) == Some(CueClass::Call);
    // "called the bill “late” and Cruz “a bore”": whom she calls so, or who does, of two only.
    let before = sentence.runs.iter().filter(|run| run.before <= start).count();
    let is_either = start < naming.tokens.start && before < 2;
    let is_gap = match comma {
        Some(_) => is_parted && (0..start).any(says),
        None => (is_parted || follows_words) && !is_either && (0..start).any(calls),
    };
    let ends = tokens
        .get(slot)
        .is_none_or(|next| !next.is_word() || next.is(Traits::AND) || sentence.naming_from(slot).is_some());
    let is_somebody = naming.kind != NamingKind::Pronoun && start > 0;
    let at = At {
        sentence: stretch.sentence,
        token: naming.tokens.start,
    };
    let speaker = || candidates::find(ground.sentences, at).map(|speaker| (speaker, BESIDE));
    (is_gap && ends && is_somebody && !is_governed(sentence, naming)).then(speaker)?
}

/// Whose answer stands behind a question for it and nothing else: `Lima’s response? “…”`, `And the mayor’s answer? “…”`.
pub(super) fn answered(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    let question = stretch.sentence.checked_sub(1)?;
    let sentence = &ground.sentences[question];
    let mark = sentence.tokens.len().checked_sub(1)?;
    let is_bare = sentence.runs.is_empty() && sentence.tokens[mark].is_mark('?');
    let is_answer = stretch.told.is_none() && stretch.begins_sentence && stretch.ends_sentence;
    let owner = replied(sentence, mark).filter(|_| is_bare && is_answer)?;
    let at = At {
        sentence: question,
        token: owner.tokens.start,
    };
    candidates::find(ground.sentences, at).map(|owner| (owner, ANSWERED))
}

/// Whose answer a sentence gives that has no verb: `Lima’s reply, moments later: “…”`. `end` is the mark that ends it.
fn replied(sentence: &Sentence, end: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let noun = (0..end).find(|at| tokens[*at].is(Traits::NOUN_CUE.or(Traits::REPLY)))?;
    const LEADS: Traits = Traits::AND.or(Traits::BUT_WHILE);
    let first = tokens.iter().take_while(|token| token.is(LEADS)).count();
    let owner = reply_owner(sentence, noun).filter(|owner| owner.tokens.start <= first + 1)?;
    // "Lima’s letter from the governor": another wrote it.
    const VERBS: Traits = Traits::SMALL_VERB.or(Traits::CUE).or(Traits::FROM).or(Traits::BY);
    let is_bare = |token: &Token| !token.is(VERBS) && !token.shape.ends_in_ed;
    (end - noun <= REPLY && tokens[noun + 1..end].iter().all(is_bare)).then_some(owner)
}

/// Whose remark the words are a part of: `Cruz’s “puddle” remark`.
fn remarked(sentence: &Sentence, slot: usize) -> Option<&Naming> {
    let noun = sentence.tokens.get(slot)?;
    let is_remark = noun.is(Traits::NOUN_CUE) && !noun.is(Traits::TERM);
    owner_before(sentence, slot).filter(|_| is_remark)
}

/// Who owns the answer at a token, by name, office or pronoun: `Lima’s`, `the mayor’s`, `her`.
fn reply_owner(sentence: &Sentence, noun: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let mut owners = sentence.weak.iter().filter(|owner| owner.tokens.end == noun);
    let owner = owners.find(|owner| {
        let last = &tokens[owner.tokens.end - 1];
        let is_pronoun =
            owner.tokens.len() == 1 && last.is(Traits::OWNER) && last.traits.sex() != Traits::NONE;
        is_pronoun || last.shape.is_possessive
    })?;
    let is_thing = tokens[owner.tokens.clone()].iter().any(|it| it.is(Traits::PAPER));
    (!is_thing).then_some(owner)
}

/// The name that owns what stands at a token.
fn owner_before(sentence: &Sentence, at: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let mut owners = sentence.weak.iter();
    let owner = owners.find(|owner| owner.tokens.end == at)?;
    let last = &tokens[owner.tokens.end - 1];
    (last.shape.is_possessive && last.shape.is_capital).then_some(owner)
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

/// Whether the judge lacks somebody who probably speaks, or takes a word of the heading itself: `Statement from Ana Lima`.
fn is_open_to(verdict: &Verdict, heading: &Candidate) -> bool {
    let is_of_heading = |judged: Candidate| judged.at.sentence == heading.at.sentence;
    let mut judged = verdict.speaker.into_iter();
    judged.all(|(judged, likely)| likely < OPEN || is_of_heading(judged))
}

/// Whom a rule takes for the speaker, as likely as the judge thinks where he takes the same.
fn as_judged(ruled: (Candidate, f32), verdict: &Verdict) -> Option<(Candidate, f32)> {
    let judged = verdict.speaker.filter(|(judged, _)| *judged == ruled.0);
    Some(judged.unwrap_or(ruled))
}

/// Who is named behind an office or other words for him, where the judge takes these: `according to the chair of the council, Ana
/// Who is told to say words, where the judge takes "who" behind him: `According to Lima, who was there, it “…”`, `A clerk, who asked not to
/// Who is told to say words, where the judge takes the topic before a colon: `Public comment: Ana Lima said it was “…”`.
fn headed_by_topic(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| told.cue.is_some())?;
    let sentence = &ground.sentences[stretch.sentence];
    let naming = judged.0.naming(ground.sentences);
    let is_first = judged.0.at.sentence == stretch.sentence && naming.tokens == (0..1);
    let is_topic = is_first && sentence.tokens.get(2).is_some_and(|colon| colon.is_mark(':'));
    (is_topic && told.speaker.tokens.start > 2)
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, judged.1))
}

/// Who is told in a clause of his own behind "and", where the judge takes who does or says something before it: `Lima sat down, and a man
/// behind her said, “…”`, `“…,” Lima said, and Cruz, laughing, said, “…”`.
fn parted(ground: &Ground<'_>, stretch: &Stretch<'_>, judged: (Candidate, f32)) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| !told.is_after)?;
    let (cue, _) = told.cue?;
    let sentence = &ground.sentences[stretch.sentence];
    let start = told.speaker.tokens.start;
    if judged.0.at.sentence != stretch.sentence || judged.0.at.token >= start {
        return None;
    }
    // "“…,” Lima said, and Cruz, laughing, said, “…”".
    let joins = |at: usize| sentence.tokens[at].is(Traits::AND.or(Traits::BUT_WHILE));
    let is_second = start > 1
        && told.form == Form::CueBefore
        && joins(start - 1)
        && sentence.tokens[start - 2].is_mark(',');
    (is_second || begun_behind(sentence, judged.0.at.token, cue) == Some(start))
        .then(|| candidates::find(ground.sentences, told_at(stretch)?))?
        .map(|speaker| (speaker, judged.1))
}

/// Who says that others should say something: `Lima said that members should ask “who pays.”`
fn outer(ground: &Ground<'_>, stretch: &Stretch<'_>) -> Option<(Candidate, f32)> {
    let told = stretch.told.as_ref().filter(|told| !told.is_after)?;
    let sentence = &ground.sentences[stretch.sentence];
    let (cue, _) = told.cue.filter(|(cue, _)| is_unreal(sentence, *cue))?;
    let inner = told.speaker.tokens.start;
    let lead = inner.checked_sub(1)?;
    let says = lead - usize::from(sentence.tokens[lead].is(Traits::THAT) && lead > 0);
    let is_outer = sentence.cue(says) == Some(CueClass::Say) && says < cue;
    let speaker = subject(sentence, says).filter(|_| is_outer)?;
    let at = At {
        sentence: stretch.sentence,
        token: speaker.tokens.start,
    };
    candidates::find(ground.sentences, at).map(|speaker| (speaker, OUTER))
}
