//! Reported clauses without marks: `Lima said that the ferry would run`, `The ferry would run, Lima said`.
//!
//! Only forms that leave little doubt are taken: a reporting verb with its subject right before or behind it, and a clause
//! that it can take.

use std::ops::Range;

use super::assembly::{span_of, stance};
use super::conjunctions::conjunction;
use super::content::with_sign;
use super::ground::Ground;
use super::joint;
use super::lexicon::{CueClass, Traits};
use super::namings::Naming;
use super::sentence::Sentence;
use super::subjects::{inverted, is_agentless, is_restricted, subject};
use super::tokens::Token;
use super::unsaid;
use crate::model::quote::{Attribution, Mention, Quote, QuoteKind};
use crate::model::span::Span;

/// Words of a clause below which nothing is reported.
const SHORTEST: usize = 4;
/// Tokens of a clause's end in which who said it is named, and the same where a comma follows when he said it.
const TAIL: usize = 12;
const LONG_TAIL: usize = 30;
/// Tokens that tell when something was said.
const WHEN: usize = 4;
/// Tokens of what is told of a clause behind its comma, up to who tells it and to his cue.
const TOLD_OF: usize = 5;
/// Tokens of a word or two before the first comma of a sentence that lead over to it.
const LEAD: usize = 4;
/// Tokens in which a conjunction leads to another cue with its subject.
const TO_NEXT: usize = 8;

/// What every sentence has that reports something.
const REPORTS: Traits = Traits::CUE
    .or(Traits::ACCORDING)
    .or(Traits::ACCORDING_ALONE)
    .or(Traits::IN_WORDS);

/// The indirect quotes of sentences that hold no words in marks.
pub(super) fn find(ground: &Ground<'_>) -> Vec<Quote> {
    let plain = ground
        .sentences
        .iter()
        .filter(|sentence| sentence.runs.is_empty() && sentence.lists.any(REPORTS));
    plain.flat_map(|sentence| reported(ground, sentence)).collect()
}

struct Reported {
    speaker: Naming,
    cue: (usize, usize),
    /// The tokens of the clause, in two pieces where its cue interrupts it.
    clause: Vec<Range<usize>>,
    rule: &'static str,
    confidence: f32,
}

fn reported(ground: &Ground<'_>, sentence: &Sentence) -> Vec<Quote> {
    let whole = according(sentence).or_else(|| {
        let asides: Vec<Aside> = asides(sentence).collect();
        interrupted(sentence, &asides).or_else(|| after_clause(sentence, &asides))
    });
    let found = match whole {
        Some(found) => vec![found],
        None => before_clauses(sentence),
    };
    found
        .into_iter()
        .filter_map(|found| quote(ground, sentence, &found))
        .collect()
}

fn quote(ground: &Ground<'_>, sentence: &Sentence, found: &Reported) -> Option<Quote> {
    let words = found
        .clause
        .iter()
        .flat_map(|piece| &sentence.tokens[piece.clone()]);
    if words.filter(|token| token.is_word()).count() < SHORTEST {
        return None;
    }
    let content = found
        .clause
        .iter()
        .map(|piece| span(ground.text, sentence, piece));
    let (cue, length) = found.cue;
    // "voters in Ohio and Florida, Lima said": places say nothing.
    let is_place = |member: &&Naming| {
        let mut name = sentence.tokens[member.head.clone()].iter();
        name.all(|token| token.is(Traits::PLACE))
    };
    let members = joint::speakers(sentence, &found.speaker);
    let members = members
        .filter(|members| !members.iter().any(is_place))
        .unwrap_or_default();
    let mention = joint::hull(&members).unwrap_or_else(|| found.speaker.tokens.clone());
    let members = members
        .iter()
        .map(|member| span_of(ground.text, sentence, &member.tokens));
    Some(Quote {
        kind: QuoteKind::Indirect,
        content: content.collect::<Option<_>>()?,
        fragments: Vec::new(),
        attribution: Some(Attribution {
            cue: span_of(ground.text, sentence, &(cue..cue + length)),
            stance: stance(ground.language, sentence, cue),
            mention: Mention::Text(span_of(ground.text, sentence, &mention)?),
            antecedent: None,
            members: members.collect::<Option<_>>()?,
            rule: found.rule,
            confidence: found.confidence,
        }),
        confidence: found.confidence,
    })
}

/// The words of some tokens, without marks at their end.
fn span(text: &str, sentence: &Sentence, piece: &Range<usize>) -> Option<Span> {
    let last = piece
        .clone()
        .rev()
        .find(|index| sentence.tokens[*index].is_word())?;
    let start = sentence.tokens[piece.start].range.start;
    Span::of(
        text,
        start..with_sign(text, start, sentence.tokens[last].range.end),
    )
}

/// `According to Lima, the ferry would run`, `The ferry would run, according to Lima`.
fn according(sentence: &Sentence) -> Option<Reported> {
    let (cue, length) = sentence.first_according()?;
    let speaker = sentence.naming_from(cue + length)?.clone();
    let clause = if cue == 0 {
        let comma =
            (speaker.tokens.end..sentence.tokens.len()).find(|index| sentence.tokens[*index].is_mark(','))?;
        comma + 1..sentence.tokens.len()
    } else {
        behind_label(sentence, cue)..cue
    };
    Some(Reported {
        speaker,
        cue: (cue, length),
        clause: vec![clause],
        rule: "indirect_according_to",
        confidence: 0.7,
    })
}

/// Where a sentence begins behind a label: `Between the lines: The pier is closed`.
fn behind_label(sentence: &Sentence, end: usize) -> usize {
    let mut lead = sentence.tokens[..end].iter().take(LEAD + 1);
    lead.position(|token| token.is_mark(':'))
        .map_or(0, |colon| colon + 1)
}

/// `The ferry, Lima said, would run.`
fn interrupted(sentence: &Sentence, asides: &[Aside]) -> Option<Reported> {
    let tokens = &sentence.tokens;
    let is_inner =
        |aside: &Range<usize>| tokens.get(aside.end).is_some_and(|next| next.is_mark(',')) && aside.start > 1;
    let (speaker, cue, aside) = asides.iter().find(|(.., aside)| is_inner(aside))?;
    let (begun, rest) = (0..aside.start - 1, aside.end + 1..tokens.len());
    let goes_on = tokens.get(rest.start)?;
    // What stands before it is a subject, and its verb follows.
    let is_clause =
        (goes_on.is(Traits::SMALL_VERB) || goes_on.shape.ends_in_ed) && !has_verb(sentence, &begun);
    is_clause.then(|| Reported {
        speaker: speaker.clone(),
        cue: (*cue, 1),
        clause: vec![begun, rest],
        rule: "indirect_interrupted",
        confidence: 0.7,
    })
}

/// `The ferry would run, Lima said.`
fn after_clause(sentence: &Sentence, asides: &[Aside]) -> Option<Reported> {
    let tokens = &sentence.tokens;
    let is_near = |cue: usize| {
        let tail = &tokens[cue + 1..];
        // "…, Lima said on Monday, as the town waits for": behind the comma the paper tells more.
        let when = tail.iter().position(|token| token.is_mark(','));
        let is_when = when.is_some_and(|comma| comma > 0 && comma <= WHEN && is_when(&tail[..comma]));
        tail.len() < if is_when { LONG_TAIL } else { TAIL }
    };
    let (speaker, cue, aside) = asides.iter().rfind(|(_, cue, _)| is_near(*cue))?;
    let cue = *cue;
    let is_told = tokens[cue].is(Traits::NEVER_INVERTED) && tokens[cue].is(Traits::COMMON_SAY);
    let is_last = tokens.get(aside.end).is_none_or(|next| {
        // "said on Tuesday": when and where may follow, and no clause.
        !next.is_word()
            || next.is(Traits::PREPOSITION)
            || (next.is(Traits::NEVER) && next.shape.is_capital)
            || (is_told && ends_with_whom(&tokens[aside.end..]))
    });
    // "After the flood, the town agreed to pay": an act, and no words; but "announced to the crowd".
    const WHOM: Traits = Traits::DETERMINER.or(Traits::ROLE).or(Traits::OBJECT_PRONOUN);
    let is_act = tokens.get(aside.end).is_some_and(|to| to.is(Traits::TO))
        && tokens
            .get(aside.end + 1)
            .is_some_and(|next| (!next.is(WHOM) && !next.is_name()) || next.is(Traits::PAPER));
    if is_act {
        return None;
    }
    let clause = begin_of_clause(sentence, aside.start - 1)..aside.start - 1;
    // "As crews evacuated the harbor, a wildfire raged", and not "When it rains the road floods, Lima said".
    let is_plain = tokens[cue].is(Traits::COMMON_SAY.or(Traits::PLAIN)) && !is_told;
    let is_half = || {
        tokens[clause.start].is(Traits::SUBORDINATE)
            && tokens[clause.clone()].iter().all(|token| !token.is_mark(','))
    };
    if !is_plain && is_half() {
        return None;
    }
    if !is_plain && tells_when(&tokens[clause.clone()]) {
        return None;
    }
    let is_report = is_plain || is_told || tokens[cue].shape.ends_in_ed;
    let has_that = tokens[aside.end..].iter().any(|token| token.is(Traits::THAT));
    (is_report && is_last && !has_that && has_verb(sentence, &clause)).then(|| Reported {
        speaker: speaker.clone(),
        cue: (cue, 1),
        clause: vec![clause],
        rule: "indirect_after",
        confidence: 0.7,
    })
}

/// Whether a clause only tells when something was: `A day after Lima opened the pier`, `Hours before the vote`.
fn tells_when(clause: &[Token]) -> bool {
    let lead = clause
        .iter()
        .take_while(|token| token.is(Traits::DETERMINER) || token.shape.is_number);
    let mut behind = clause.iter().skip(lead.count());
    let is_time = behind.next().is_some_and(|noun| noun.is(Traits::TIME_NOUN));
    is_time
        && behind
            .next()
            .is_some_and(|link| link.is(Traits::SUBORDINATE) && link.is(Traits::PREPOSITION))
}

/// Whether behind "told" whom it is told to ends the sentence, or when and where follows: `officials told the Ledger on Monday`, and
/// neither `told the Ledger she had no comment` nor `told the crews to close it`.
fn ends_with_whom(behind: &[Token]) -> bool {
    const WHOM: Traits = Traits::DETERMINER
        .or(Traits::ROLE)
        .or(Traits::OBJECT_PRONOUN)
        .or(Traits::BODY)
        .or(Traits::BODY_NOUN);
    let is_day = |token: &Token| token.is(Traits::NEVER) && token.shape.is_capital;
    let is_whom = |token: &&Token| token.is(WHOM) || token.is_name();
    let whom = behind.iter().take_while(is_whom).count();
    let ends = behind.get(whom).is_none_or(|next| {
        !next.is_word() || is_day(next) || (next.is(Traits::PREPOSITION) && !next.is(Traits::TO))
    });
    // "told the Ledger last week"
    const TIME: Traits = Traits::TIME_NOUN.or(Traits::WHEN).or(Traits::EARLIER);
    let mut next = behind.iter().skip(whom).take(2);
    whom > 0 && (ends || next.any(|token| token.is(TIME)))
}

/// Whether some tokens tell when and nothing else: `on Monday`, `late Tuesday`.
fn is_when(tokens: &[Token]) -> bool {
    const PARTS: Traits = Traits::PREPOSITION
        .or(Traits::ADVERB)
        .or(Traits::WHEN)
        .or(Traits::TIME_NOUN);
    // "on the Monday", "el lunes".
    let is_article = |token: &Token| token.is(Traits::DEFINITE) && !token.is(Traits::THAT);
    let is_part =
        |token: &Token| token.is(PARTS) || is_article(token) || token.shape.is_number || token.is_plain();
    tokens.iter().all(is_part) && tokens.iter().any(|token| token.is(Traits::WHEN))
}

/// Behind a comma a cue with its subject and nothing between: who it is, the cue, and the tokens of both.
type Aside = (Naming, usize, Range<usize>);

fn asides(sentence: &Sentence) -> impl Iterator<Item = Aside> {
    let tokens = &sentence.tokens;
    let cues = (1..tokens.len()).filter(|cue| sentence.cue(*cue) == Some(CueClass::Say));
    cues.filter_map(|cue| {
        if tokens[cue - 1].is_mark(',')
            && let Some(speaker) = inverted(sentence, cue)
        {
            let end = speaker.tokens.end;
            return Some((speaker, cue, cue..end));
        }
        let speaker = subject(sentence, cue).filter(|naming| naming.tokens.end <= cue)?;
        let (start, end) = (speaker.tokens.start, speaker.tokens.end);
        // "threats from Lima, who announced that …": what stands before "who" is not reported.
        if tokens[start].is(Traits::RELATIVE) {
            return None;
        }
        // Without a comma before it, it reports nothing; with one behind the name, it is an apposition.
        let is_aside =
            start > 0 && tokens[start - 1].is_mark(',') && tokens[end..cue].iter().all(|it| it.is_word());
        is_aside.then_some((speaker, cue, start..cue + 1))
    })
}

/// Where the clause at the beginning of a sentence begins: behind `However,` and `In addition,`.
fn begin_of_clause(sentence: &Sentence, end: usize) -> usize {
    let tokens = &sentence.tokens[..end];
    // "Nearly 4,000 people": a number.
    let joins_digits = |at: usize| {
        let digits = |token: &Token| token.shape.is_number;
        at > 0
            && tokens
                .get(at + 1)
                .is_some_and(|next| digits(next) && next.range.start == tokens[at].range.end)
            && digits(&tokens[at - 1])
    };
    let lead = (0..tokens.len().min(LEAD)).find(|at| tokens[*at].is_mark(',') && !joins_digits(*at));
    let is_lead = tokens
        .first()
        .is_some_and(|first| first.is(Traits::NEVER) && !first.is(Traits::DETERMINER));
    match lead.filter(|_| is_lead) {
        Some(comma) if has_verb(sentence, &(comma + 1..end)) => comma + 1,
        _ => behind_label(sentence, end),
    }
}

/// `Lima said that the ferry would run, but Cruz denied that it would.`
fn before_clauses(sentence: &Sentence) -> Vec<Reported> {
    let mut found: Vec<Reported> = Vec::new();
    let mut from = 0;
    for cue in 0..sentence.tokens.len() {
        if cue >= from
            && let Some(reported) = before_clause(sentence, cue)
        {
            from = reported.clause[0].end;
            found.push(reported);
        }
    }
    found
}

/// `Lima said that the ferry would run`, with the cue at a token.
fn before_clause(sentence: &Sentence, cue: usize) -> Option<Reported> {
    let tokens = &sentence.tokens;
    let follows = tokens.get(cue + 1).is_some_and(|next| next.is(Traits::THAT));
    match sentence.cue(cue)? {
        CueClass::Say => {}
        CueClass::Think if follows => {}
        CueClass::Think | CueClass::Call => return None,
    }
    // "refused to say who had signed": nothing was said.
    if unsaid::is_denied(sentence, cue) {
        return None;
    }
    // "officials were told that": they are not who says it.
    if is_agentless(sentence, cue, cue) {
        return None;
    }
    let speaker = subject(sentence, cue).filter(|naming| naming.tokens.end <= cue)?;
    // "those who said that …": nobody.
    if is_restricted(sentence, cue) {
        return None;
    }
    if unsaid::is_of_nobody(sentence, &speaker, cue) || is_question(sentence) {
        return None;
    }
    let that = conjunction(sentence, cue, cue + 1, tokens.len());
    // "says no officer has told him that": the conjunction is that of a clause inside.
    let is_inner = |that: &usize| {
        let tells = |at: usize| {
            let by = subject(sentence, at).filter(|_| sentence.cue(at) == Some(CueClass::Say));
            by.is_some_and(|by| by.tokens.start > cue)
        };
        (cue + 1..*that).any(tells)
    };
    let that = that
        .filter(|that| leads_to(sentence, cue, *that))
        .filter(|that| !is_inner(that));
    // "said its officers had come and that an inquiry was under way": the first clause has no conjunction.
    let is_second = |that: &usize| {
        let first = plain_clause(sentence, cue).map(|start| start..that - 1);
        tokens[that - 1].is(Traits::AND)
            && first.is_some_and(|first| !first.is_empty() && has_verb(sentence, &first))
    };
    let that = that.filter(|that| !is_second(that));
    let start = match that {
        Some(that) => that,
        None => plain_clause(sentence, cue)?,
    };
    let clause = start..end_of_clause(sentence, start, &speaker);
    let is_clause = that.is_some() || has_verb(sentence, &clause);
    (start < tokens.len() && is_clause).then(|| Reported {
        speaker,
        cue: (cue, 1),
        clause: vec![clause],
        rule: "indirect_before",
        confidence: if that.is_some() { 0.7 } else { 0.6 },
    })
}

/// Whether a conjunction is that of a cue, and not of a noun between: `told reporters on Friday that`, and not `answered a
/// question that`.
fn leads_to(sentence: &Sentence, cue: usize, that: usize) -> bool {
    let between = &sentence.tokens[cue + 1..that];
    // "told reporters that", and not "condemned an order that limits".
    let tells = sentence.tokens[cue].is(Traits::ADDRESSES.or(Traits::COMMON_SAY));
    match between {
        [] => true,
        // "said on Tuesday, averting a crisis that …", and neither "said at a hearing that" nor "said on Monday morning that".
        _ if is_parted(between) => false,
        // "told his deputies to list every dollar that flows": an order.
        _ if tells && orders(between) => false,
        _ if is_when(between) => true,
        [first, ..] => tells || first.is_mark(',') || (first.is(Traits::NEVER) && first.shape.is_capital),
    }
}

/// Whether it is told what somebody is to do: `to draw up a list`, and neither `to reporters` nor `close to her`.
fn orders(between: &[Token]) -> bool {
    let acts = |next: &Token| {
        let is_noun = next.is(Traits::ROLE) || next.is_name() || next.shape.is_number;
        next.is_word() && next.is_plain() && !is_noun
    };
    between
        .windows(2)
        .any(|pair| pair[0].is(Traits::TO) && acts(&pair[1]))
}

/// Whether a sentence asks whether something was said: `Did Mayor Lima say the pier was safe?`
fn is_question(sentence: &Sentence) -> bool {
    let asks = sentence.tokens.last().is_some_and(|last| last.is_mark('?'));
    asks && sentence.tokens[0].is(Traits::SMALL_VERB)
}

/// Whether a participle right behind a comma leads on to something else.
fn is_parted(between: &[Token]) -> bool {
    between
        .windows(2)
        .any(|pair| pair[0].is_mark(',') && pair[1].shape.ends_in_ing)
}

/// Where a clause begins without a conjunction, behind a cue that takes such.
fn plain_clause(sentence: &Sentence, cue: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let is_day = |at: &usize| tokens[*at].is(Traits::NEVER) && tokens[*at].shape.is_capital;
    // "said on Friday the ferry would run", "said Monday morning the ferry would run"
    let is_when = |at: &usize| {
        let leads = tokens[*at].is(Traits::PREPOSITION) && *at + 1 < tokens.len();
        let is_part = tokens[*at].is(Traits::TIME_NOUN) && is_day(&(at - 1));
        is_day(at) || is_part || (leads && is_day(&(at + 1)))
    };
    let start = (cue + 1..tokens.len()).find(|at| !is_when(at))?;
    let first = &tokens[start];
    const NONE: Traits = Traits::SMALL_VERB.or(Traits::AND).or(Traits::BUT_WHILE);
    // "argued for no bond": no clause; "said for years the ferry ran" is one.
    let is_for = first.is(Traits::BLAMES) && !tokens[cue].is(Traits::COMMON_SAY);
    let begins = first.is_word() && !first.is(NONE) && !is_for;
    (tokens[cue].is(Traits::PLAIN) && begins).then_some(start)
}

/// The end of a clause: where a conjunction leads to another cue with a subject of its own, or that of the sentence.
fn end_of_clause(sentence: &Sentence, start: usize, speaker: &Naming) -> usize {
    let tokens = &sentence.tokens;
    let parts = |at: &usize| {
        let next = tokens.get(at + 1);
        tokens[*at].is_mark(',')
            && next.is_some_and(|next| next.is(Traits::AND.or(Traits::BUT_WHILE)))
            && tells_next(sentence, at + 2)
    };
    // "When Lima told the court that the pier was safe, the judge interrupted her".
    let lead = &tokens[..speaker.tokens.start];
    let is_lead = lead.len() <= LEAD
        && lead.iter().all(Token::is_word)
        && lead.last().is_some_and(|last| last.is(Traits::SUBORDINATE));
    let goes_on = |at: &usize| is_lead && tokens[*at].is_mark(',') && acts_next(sentence, at + 1);
    let is_end = |at: &usize| parts(at) || goes_on(at) || is_told_of(sentence, *at);
    (start..tokens.len()).find(is_end).unwrap_or(tokens.len())
}

/// Whether behind a comma another is told to say something of what is reported: `…, a move that the industry called illegal`.
fn is_told_of(sentence: &Sentence, comma: usize) -> bool {
    let tokens = &sentence.tokens;
    let is = |at: usize, list: Traits| tokens.get(at).is_some_and(|token| token.is(list));
    if !tokens[comma].is_mark(',') || !is(comma + 1, Traits::DETERMINER) || is(comma + 1, Traits::THAT) {
        return false;
    }
    let near = comma + 2..tokens.len().min(comma + 2 + TOLD_OF);
    let link = near
        .take_while(|at| tokens[*at].is_word())
        .find(|at| is(*at, Traits::THAT.or(Traits::RELATIVE)));
    let Some(link) = link.filter(|link| sentence.source_from(link + 1).is_some()) else {
        return false;
    };
    let mut verbs = link + 2..tokens.len().min(link + 2 + TOLD_OF);
    verbs.any(|at| matches!(sentence.cue(at), Some(CueClass::Say | CueClass::Call)))
}

/// Whether somebody is named at a token and a verb follows at once.
fn acts_next(sentence: &Sentence, from: usize) -> bool {
    let naming = sentence.naming_from(from);
    let verb = naming.and_then(|naming| sentence.tokens.get(naming.tokens.end));
    verb.is_some_and(|verb| verb.is(Traits::SMALL_VERB.or(Traits::SAY)) || verb.shape.ends_in_ed)
}

/// Whether somebody named from a token on says or does something himself.
fn tells_next(sentence: &Sentence, from: usize) -> bool {
    let Some(naming) = sentence.naming_from(from) else {
        return false;
    };
    let end = sentence.tokens.len().min(naming.tokens.end + TO_NEXT);
    let mut cues = naming.tokens.end..end;
    cues.any(|at| {
        sentence.cue(at) == Some(CueClass::Say)
            && subject(sentence, at).is_some_and(|it| it.tokens == naming.tokens)
    })
}

/// Whether some tokens hold a verb.
fn has_verb(sentence: &Sentence, clause: &Range<usize>) -> bool {
    // "El pasado 12 de marzo": no verb.
    let is_of_date = |at: usize| {
        sentence
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.shape.is_number)
    };
    let mut tokens = clause.clone().map(|at| (at, &sentence.tokens[at]));
    tokens.any(|(at, token)| {
        token.is(Traits::SMALL_VERB.or(Traits::CUE)) || (token.shape.ends_in_ed && !is_of_date(at))
    })
}
