//! From judged stretches to quotes.

use std::ops::Range;

use super::addressed::addressed;
use super::candidates::Candidate;
use super::content::{clause, is_direct};
use super::ground::Ground;
use super::hints::{Rule, Stretch, bare_cue, told_at};
use super::joint;
use super::judge::Verdict;
use super::lexicon::{CueClass, Language, Traits};
use super::namings::{Naming, NamingKind};
use super::patterns::Told;
use super::rulings;
use super::sentence::Sentence;
use super::speech;
use super::subjects::{inverted, is_governed, subject};
use super::unsaid;
use crate::model::quote::{Attribution, Mention, Quote, QuoteKind, Stance};
use crate::model::span::Span;

/// From how likely on somebody counts as the speaker.
const SPEAKER: f32 = 0.2;
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
        // Of another sentence no place among these tokens is told.
        let is_next = || at == end || (at == end + 1 && tokens[end].is_mark(','));
        is_who && is_next() && told.cue.is_some_and(|(cue, _)| at < cue)
    };
    told_at(stretch) == Some(speaker.at) || stretch.told.as_ref().is_some_and(relates)
}

/// Whether somebody who is named and no cue told of is addressed in the words: `“Sit down, Ms. Lima.”`
fn is_addressee(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[speaker.at.sentence];
    let naming = speaker.naming(ground.sentences);
    if naming.kind != NamingKind::Person || is_told(ground, stretch, speaker) {
        return false;
    }
    let words = stretch.run.pieces.iter().cloned();
    let person = ground.people.named(sentence, naming);
    person.is_some_and(|person| {
        addressed((ground.language, ground.text), &ground.people, words).contains(&person)
    })
}

/// Whether somebody is rather the place where others stand: `The crowd in Marrow Square shouted`.
fn is_place(ground: &Ground<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[speaker.at.sentence];
    let naming = speaker.naming(ground.sentences);
    let is_site = sentence.tokens[naming.tokens.end - 1].is(Traits::SITE);
    let is_name = matches!(naming.kind, NamingKind::Person | NamingKind::Body);
    is_site && is_name && is_governed(sentence, naming)
}

/// Whether somebody is a word that begins a sentence and may be no name, and nothing tells that he speaks: `Key lines:`.
fn is_doubtful(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[speaker.at.sentence];
    let naming = speaker.naming(ground.sentences);
    let tokens = &sentence.tokens;
    let is_colon = |at: usize| tokens.get(at).is_some_and(|mark| mark.is_mark(':'));
    const THINGS: Traits = Traits::PAPER.or(Traits::NOUN_CUE);
    let is_line = tokens.last().is_some_and(|last| last.is_mark(':'))
        && tokens.get(1).is_some_and(|next| next.is(THINGS) || is_colon(2));
    let is_word = naming.kind == NamingKind::Person && naming.tokens == (0..1);
    let person = is_word.then(|| ground.people.named(sentence, naming)).flatten();
    let has_cue =
        || stretch.told.as_ref().is_some_and(|told| told.cue.is_some()) && is_told(ground, stretch, speaker);
    is_line && person.is_some_and(|person| ground.people.is_doubtful(person)) && !has_cue()
}

/// The quotes with words in marks.
pub(super) fn assemble(ground: &Ground<'_>, verdicts: &[Verdict]) -> Vec<Quote> {
    let judged = ground.stretches.iter().zip(verdicts);
    let headings = rulings::headings(ground);
    let spoken: Vec<Spoken<'_>> = judged
        .filter(|(stretch, verdict)| speech::is_speech(ground, stretch, verdict))
        .map(|(stretch, verdict)| {
            let speaker = rulings::speaker(ground, stretch, verdict, headings)
                .filter(|(_, likely)| *likely >= SPEAKER)
                .filter(|(speaker, _)| !unsaid::is_nobodys(ground, stretch, speaker))
                .filter(|(speaker, _)| !is_addressee(ground, stretch, speaker) && !is_place(ground, speaker))
                .filter(|(speaker, _)| !is_doubtful(ground, stretch, speaker));
            Spoken {
                stretch,
                speech: verdict.speech,
                speaker,
                is_told: speaker.is_some_and(|(speaker, _)| is_told(ground, stretch, &speaker)),
            }
        })
        .collect();
    let parts = spoken.chunk_by(|one, other| {
        belongs_together(ground.sentences, one, other) && rulings::gapped(ground, other.stretch).is_none()
    });
    parts.filter_map(|parts| quote_of(ground, parts)).collect()
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
    let sentence = &sentences[other.stretch.sentence];
    let is_corrected = unsaid::is_corrected(sentence, other.stretch);
    // "called it “…”; by Monday it was “…”": there the sentence begins anew.
    let begins_anew = one.stretch.sentence == other.stretch.sentence && {
        let between = sentence
            .tokens
            .get(one.stretch.slot.before..other.stretch.slot.before);
        !a.is_after && between.is_some_and(|between| between.iter().any(|token| token.is_mark(';')))
    };
    is_parted && !is_corrected && !begins_anew && a.cue.is_some() && a.cue == b.cue
}

/// The quote of stretches that belong together.
fn quote_of(ground: &Ground<'_>, parts: &[Spoken<'_>]) -> Option<Quote> {
    let text = ground.text;
    let first = &parts[0];
    let sentence = &ground.sentences[first.stretch.sentence];
    let fragments = pieces(text, parts);
    if fragments.is_empty() {
        return None;
    }
    let is_direct = parts
        .iter()
        .all(|part| is_direct(text, sentence, part.stretch, part.told()));
    // "The bill “…,” Lima said, “…”": behind her the words go on in their marks.
    let told = first.told().filter(|_| !is_direct);
    let cue = told.filter(|told| told.is_after).and_then(|told| told.cue);
    let led = parts.partition_point(|part| cue.is_none_or(|(cue, _)| part.stretch.slot.before <= cue));
    let clause = told.and_then(|told| {
        clause(
            text,
            sentence,
            told,
            (first.stretch, parts[led.max(1) - 1].stretch),
        )
    });
    let (kind, content) = match clause {
        None => (QuoteKind::Direct, fragments.clone()),
        Some(clause) => {
            let behind = pieces(text, &parts[led.max(1)..]);
            let (own, behind) = fragments.split_at(fragments.len() - behind.len());
            let whole = own.iter().fold(clause, |hull, span| hull.hull(*span));
            (QuoteKind::Mixed, [&[whole], behind].concat())
        }
    };
    Some(Quote {
        kind,
        content,
        fragments,
        attribution: attribution(ground, first),
        confidence: first.speech,
    })
}

/// The words between the marks of stretches.
fn pieces(text: &str, parts: &[Spoken<'_>]) -> Vec<Span> {
    let pieces = parts.iter().flat_map(|part| &part.stretch.run.pieces);
    pieces.filter_map(|piece| trimmed(text, piece.clone())).collect()
}

fn attribution(ground: &Ground<'_>, spoken: &Spoken<'_>) -> Option<Attribution> {
    let (candidate, likely) = spoken.speaker?;
    let sentence = &ground.sentences[candidate.at.sentence];
    let naming = candidate.naming(ground.sentences);
    let stretch = spoken.stretch;
    let own = &ground.sentences[stretch.sentence];
    let told_cue = spoken.told().and_then(|told| told.cue);
    let is_left_out = stretch
        .carried
        .is_some_and(|carried| carried.rule == Rule::LeftOut);
    let bare = || {
        bare_cue(own, stretch)
            .filter(|_| is_left_out)
            .map(|cue| (own, (cue, 1)))
    };
    let beside = || cue_beside(sentence, naming).map(|cue| (sentence, cue));
    // "“…,” said one of them, Ana Lima, who came late.": no rule takes her for its subject.
    let leading = || {
        let is_own = candidate.at.sentence == stretch.sentence && candidate.at.token > stretch.slot.before;
        let cue = stretch.slot.before;
        (is_own && own.cue(cue) == Some(CueClass::Say)).then_some((own, (cue, 1)))
    };
    let cue = told_cue
        .map(|cue| (own, cue))
        .or_else(bare)
        .or_else(beside)
        .or_else(leading);
    let members = joint::speakers(sentence, naming).unwrap_or_default();
    let mention = joint::hull(&members).unwrap_or_else(|| naming.tokens.clone());
    let members = members
        .iter()
        .map(|member| span_of(ground.text, sentence, &member.tokens));
    Some(Attribution {
        cue: cue.and_then(|(there, (cue, length))| span_of(ground.text, there, &(cue..cue + length))),
        stance: cue.and_then(|(there, (cue, _))| stance(ground.language, there, cue)),
        mention: Mention::Text(span_of(ground.text, sentence, &mention)?),
        antecedent: None,
        members: members.collect::<Option<_>>()?,
        rule: rule(spoken, candidate),
        confidence: likely,
    })
}

/// The cue shortly after a naming, the noun for what an owner said (`Lima's claim`), or the cue whose subject it is.
fn cue_beside(sentence: &Sentence, naming: &Naming) -> Option<(usize, usize)> {
    let beside = naming.tokens.end..sentence.tokens.len().min(naming.tokens.end + TO_CUE);
    // "“…” — Ana Lima, asked whether she would comply": she is asked, and does not ask.
    let is_asked = |at: usize| {
        let token = &sentence.tokens[at];
        at == naming.tokens.end + 1
            && sentence.tokens[at - 1].is_mark(',')
            && token.is(Traits::ASKED)
            && token.shape.ends_in_ed
    };
    // "Ana Lima, who directs the harbor": what she does is no word of hers.
    let is_relative = |at: usize| {
        let mut before = sentence.tokens[naming.tokens.end..at].iter();
        before.any(|token| token.is(Traits::WHO)) && sentence.cue(at) != Some(CueClass::Say)
    };
    let verb = beside
        .clone()
        .rev()
        .find(|at| sentence.cue(*at).is_some() && !is_asked(*at) && !is_relative(*at));
    let owns = sentence.tokens[naming.tokens.end - 1].is_owner();
    let noun = || {
        beside
            .filter(|_| owns)
            .find(|at| sentence.tokens[*at].is(Traits::NOUN_CUE))
    };
    let is_its = |at: &usize| {
        let is_it = |own: Option<Naming>| own.is_some_and(|own| own.tokens == naming.tokens);
        sentence.cue(*at).is_some()
            && !is_asked(*at)
            && (is_it(subject(sentence, *at)) || is_it(inverted(sentence, *at)))
    };
    // "Lima can be heard saying", "she said, reading": what is said outweighs what is thought, and the first the next.
    let says =
        beside_more(naming, sentence).find(|at| sentence.cue(*at) == Some(CueClass::Say) && is_its(at));
    let own = || (0..sentence.tokens.len()).find(is_its);
    says.or(verb).or_else(noun).or_else(own).map(|at| (at, 1))
}

/// The tokens behind a naming in which its cue stands, with the verbs that lead to it.
fn beside_more(naming: &Naming, sentence: &Sentence) -> Range<usize> {
    naming.tokens.end..sentence.tokens.len().min(naming.tokens.end + TO_CUE + 1)
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
    let owner = || word.rfind(['\'', '’']);
    let length = last.shape.is_possessive.then(owner).flatten();
    let length = length.unwrap_or(word.len());
    Span::of(text, first.range.start..last.range.start + length)
}

/// A stretch without white space at its ends; nothing where it is all white space.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Option<Span> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    Span::of(text, start..start + slice.trim().len()).filter(|span| !span.is_empty())
}
