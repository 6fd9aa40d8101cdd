//! What plain rules say of each marked stretch: who is told to have said it, or whose it is by what stands before.
//!
//! The rules are sure where they speak and often silent; `judge` weighs what they say with everything else.

use super::lexicon::{Language, Traits};
use super::marks::Run;
use super::namings::{Naming, NamingKind};
use super::nearby::is_concerned;
use super::patterns::{Form, Told, told};
use super::sentence::{Sentence, Slot};
use super::subjects::is_governed;
use super::tokens::Token;

/// Paragraphs over which a speaker is carried on.
const REACH: usize = 2;
/// Words for where or to whom something was told.
const ADDRESSEE: usize = 2;

/// A stretch with what is known of it.
pub(super) struct Stretch<'a> {
    pub(super) run: &'a Run,
    /// The sentence it begins in, and where.
    pub(super) sentence: usize,
    pub(super) slot: Slot,
    pub(super) words: usize,
    pub(super) begins_sentence: bool,
    pub(super) ends_sentence: bool,
    pub(super) told: Option<Told>,
    /// Who spoke, by what stands before.
    pub(super) carried: Option<Carried>,
}

/// A naming in a text: its sentence and the token it begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub(super) sentence: usize,
    pub(super) token: usize,
}

/// Somebody named elsewhere whose words a stretch may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carried {
    pub(super) at: At,
    pub(super) rule: Rule,
}

/// How somebody was carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Spoke before in the same paragraph.
    SameParagraph,
    /// Was spoken of before, where a cue leaves the pronoun out: `“Nadie nos avisó”, dijo.`
    LeftOut,
    /// Speaks next in the same paragraph.
    Ahead,
    /// Is introduced at the end of the sentence before: `Lima said in a statement:`
    Introduced,
    /// Spoke in a paragraph before.
    ParagraphBefore,
}

impl Rule {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Rule::SameParagraph | Rule::Ahead => "same_paragraph",
            Rule::LeftOut => "left_out",
            Rule::Introduced => "introduced",
            Rule::ParagraphBefore => "paragraph_before",
        }
    }
}

/// The stretches of a text in order, with what the rules say.
pub(super) fn stretches<'a>(
    language: &Language,
    text: &str,
    sentences: &[Sentence],
    runs: &'a [Run],
) -> Vec<Stretch<'a>> {
    let mut stretches = gather(text, sentences, runs);
    carry_on(language, sentences, &mut stretches);
    stretches
}

fn gather<'a>(text: &str, sentences: &[Sentence], runs: &'a [Run]) -> Vec<Stretch<'a>> {
    let mut found = Vec::with_capacity(runs.len());
    for (index, sentence) in sentences.iter().enumerate() {
        // Further pieces of a run belong to its first one.
        for slot in sentence.runs.iter().filter(|slot| slot.piece == 0) {
            let run = &runs[slot.run];
            let lead = &sentence.tokens[..slot.before];
            let begins_sentence = lead.iter().all(|token| !token.is_word()) && sentence.runs[0] == *slot;
            let words = run.pieces.iter().map(|piece| words_in(&text[piece.clone()]));
            found.push(Stretch {
                run,
                sentence: index,
                slot: *slot,
                words: words.sum(),
                begins_sentence,
                ends_sentence: sentence.tokens[slot.before..]
                    .iter()
                    .all(|token| !token.is_word()),
                told: told(sentence, *slot, begins_sentence),
                carried: None,
            });
        }
    }
    found
}

/// How many words white space parts.
fn words_in(text: &str) -> usize {
    if has_wide_space(text) {
        return text.split_whitespace().count();
    }
    let is_space = |byte: u8| (byte == b' ') | (byte.wrapping_sub(b'\t') < 5);
    let bytes = text.as_bytes();
    let Some((first, behind)) = bytes.split_first() else {
        return 0;
    };
    // As many at once as a byte can count, without a branch: so they are worked out side by side.
    let counted = |(before, bytes): (&[u8], &[u8])| {
        let pairs = before.iter().zip(bytes);
        let begins = pairs.map(|(before, byte)| u8::from(is_space(*before) & !is_space(*byte)));
        usize::from(begins.sum::<u8>())
    };
    let most = usize::from(u8::MAX);
    let begins = bytes.chunks(most).zip(behind.chunks(most)).map(counted);
    usize::from(!is_space(*first)) + begins.sum::<usize>()
}

/// Whether a text may have white space beyond ASCII, by the bytes that this begins with; the last of them are also those of curly marks.
fn has_wide_space(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| text[at..].starts_with(char::is_whitespace);
    memchr::memchr3(0xc2, 0xe1, 0xe3, bytes).is_some() || memchr::memchr_iter(0xe2, bytes).any(begins)
}

/// Gives stretches without a speaker of their own the one before, where the text goes on with him.
fn carry_on(language: &Language, sentences: &[Sentence], stretches: &mut [Stretch<'_>]) {
    // Who spoke last, and the paragraph his words ended in.
    let mut last: Option<(usize, At)> = None;
    for index in 0..stretches.len() {
        let stretch = &stretches[index];
        let paragraph = sentences[stretch.sentence].paragraph;
        let ends_in = *stretch.run.paragraphs.last().unwrap_or(&paragraph);
        if let Some(at) = told_at(stretch) {
            last = Some((ends_in, at));
            continue;
        }
        let carried = carried(language, sentences, stretches, index, last);
        if let Some(carried) = carried {
            last = Some((ends_in, carried.at));
        }
        stretches[index].carried = carried;
    }
}

fn carried(
    language: &Language,
    sentences: &[Sentence],
    stretches: &[Stretch<'_>],
    index: usize,
    last: Option<(usize, At)>,
) -> Option<Carried> {
    let stretch = &stretches[index];
    let paragraph = sentences[stretch.sentence].paragraph;
    let is_whole = stretch.begins_sentence && stretch.ends_sentence;
    let before = last.map(|(ended, at)| (paragraph.saturating_sub(ended), at));
    let by = |at, rule| Some(Carried { at, rule });
    if language.leaves_out_subjects && bare_cue(&sentences[stretch.sentence], stretch).is_some() {
        // Who did something in the sentence before is spoken of, rather than who spoke before that.
        let since = |at: &At| last.is_none_or(|(_, last)| last.sentence < at.sentence);
        let own = || named_ahead(sentences, stretch);
        let does = || own().or_else(|| named_before(sentences, stretch.sentence, true).filter(since));
        let named = || named_before(sentences, stretch.sentence, false);
        let meant = does().or_else(|| last.map(|(_, at)| at)).or_else(named);
        return by(meant?, Rule::LeftOut);
    }
    if let Some((0, at)) = before.filter(|_| is_whole || stretch.words >= 3) {
        return by(at, Rule::SameParagraph);
    }
    if let Some(at) = introduced(sentences, stretch) {
        return by(at, Rule::Introduced);
    }
    let next = stretches
        .get(index + 1)
        .filter(|next| sentences[next.sentence].paragraph == paragraph);
    if let Some(at) = next.filter(|_| is_whole).and_then(told_at) {
        return by(at, Rule::Ahead);
    }
    let (distance, at) = before?;
    (is_whole && distance <= REACH).then(|| by(at, Rule::ParagraphBefore))?
}

/// The cue that follows and that nobody is named with: `“Nadie nos avisó”, dijo.` Languages that leave pronouns out mean who was spoken
/// of.
pub(super) fn bare_cue(sentence: &Sentence, stretch: &Stretch<'_>) -> Option<usize> {
    let after = &sentence.tokens[stretch.slot.before..];
    let cue = after.iter().take_while(|token| token.is(Traits::ADVERB)).count();
    let is_bare = after
        .get(cue + 1)
        .is_none_or(|next| !next.is_word() || next.is(Traits::PREPOSITION));
    let ends = after.get(cue + 1).is_none_or(|next| !next.is_word());
    // "contó a este diario.", "escribió en X.": where and to whom it was told, and nothing else.
    let is_to = after
        .get(cue + 1)
        .is_some_and(|next| next.is(Traits::PREPOSITION));
    let is_told = is_to
        && after
            .iter()
            .skip(cue + 2)
            .take_while(|token| token.is_word())
            .count()
            <= ADDRESSEE;
    let says = if ends || is_told {
        Traits::SAY
    } else {
        Traits::COMMON_SAY
    };
    let is_cue = is_bare && after.get(cue).is_some_and(|token| token.is(says));
    is_cue.then_some(stretch.slot.before + cue)
}

/// Who does what leads to words that a bare cue follows: `La oposición, dice Cruz, lo ve mal; Lima es tajante: “Es humo”, ha dicho.` The last one
/// named before the words whom no preposition governs.
fn named_ahead(sentences: &[Sentence], stretch: &Stretch<'_>) -> Option<At> {
    let sentence = &sentences[stretch.sentence];
    let slot = stretch.slot.before;
    let leads = slot
        .checked_sub(1)
        .is_some_and(|colon| sentence.tokens[colon].is_mark(':'));
    let mut people = sentence
        .namings
        .iter()
        .filter(|naming| naming.kind == NamingKind::Person && naming.tokens.end <= slot);
    let person = people
        .rfind(|naming| !is_governed(sentence, naming))
        .filter(|_| leads)?;
    Some(At {
        sentence: stretch.sentence,
        token: person.tokens.start,
    })
}

/// The first person named in the sentence before: one that no preposition governs, or only else another.
fn named_before(sentences: &[Sentence], own: usize, is_free: bool) -> Option<At> {
    let sentence = own.checked_sub(1)?;
    let people = || {
        let namings = sentences[sentence].namings.iter();
        namings.filter(|naming| naming.kind == NamingKind::Person)
    };
    let there = &sentences[sentence];
    let free = people().find(|naming| !is_governed(there, naming) || is_concerned(there, naming));
    let person = free.or_else(|| people().next().filter(|_| !is_free))?;
    Some(At {
        sentence,
        token: person.tokens.start,
    })
}

/// Where the naming stands that a stretch's own sentence tells.
pub(super) fn told_at(stretch: &Stretch<'_>) -> Option<At> {
    stretch.told.as_ref().map(|told| At {
        sentence: stretch.sentence,
        token: told.speaker.tokens.start,
    })
}

/// `Lima said in a statement:` at the end of the paragraph before.
fn introduced(sentences: &[Sentence], stretch: &Stretch<'_>) -> Option<At> {
    if !stretch.begins_sentence {
        return None;
    }
    let index = stretch.sentence.checked_sub(1)?;
    introducer(&sentences[index]).map(|told| At {
        sentence: index,
        token: told.speaker.tokens.start,
    })
}

/// Who speaks behind a sentence that ends in a colon: who says so in its main clause, or whose paper follows there.
pub(super) fn introducer(sentence: &Sentence) -> Option<Told> {
    let tokens = &sentence.tokens;
    if !tokens.last()?.is_mark(':') {
        return None;
    }
    // "a statement on the pier, which the governor ordered closed:"
    let relative = (1..tokens.len()).find(|at| tokens[*at].is(Traits::WHO) && tokens[at - 1].is_mark(','));
    let slot = Slot {
        before: relative.unwrap_or(tokens.len()),
        run: usize::MAX,
        piece: 0,
    };
    let paper = || {
        tokens[..slot.before]
            .iter()
            .position(|token| token.is(Traits::PAPER))
    };
    // "the following statement in answer to the letter that the department made public:"
    let is_aside = |told: &Told| {
        let before = told.speaker.tokens.start.checked_sub(1);
        // "a letter in which Lima wrote:".
        let is_inside = before
            .and_then(|before| before.checked_sub(1))
            .is_some_and(|at| tokens[at].is(Traits::PREPOSITION));
        !is_inside
            && before.is_some_and(|before| tokens[before].is(Traits::THAT.or(Traits::WHO)))
            && paper().is_some_and(|paper| paper < told.speaker.tokens.start)
    };
    // "released the following statement on the order signed in Harbor Falls:": who issues the paper speaks, and not the order.
    let is_reduced = |told: &Told| {
        let paper = paper().filter(|paper| *paper < told.speaker.tokens.end);
        let cue = told.cue.map_or(0, |(cue, _)| cue);
        const PARTS: Traits = Traits::AND.or(Traits::BUT_WHILE).or(Traits::THAT).or(Traits::WHO);
        let leads = |paper: usize| {
            tokens[paper + 1..cue.max(paper + 1)]
                .iter()
                .all(|it| it.is_word() && !it.is(PARTS))
        };
        let is_thing = !matches!(told.speaker.kind, NamingKind::Person | NamingKind::Pronoun);
        is_thing && tokens[cue].shape.ends_in_ed && paper.is_some_and(leads)
    };
    // "The department released the following statement from Commissioner Cruz:"
    let is_of_another = |told: &Told| {
        let from = paper().filter(|paper| tokens.get(paper + 1).is_some_and(|link| link.is(Traits::FROM)));
        let person = from.and_then(|paper| author(sentence, paper));
        told.speaker.kind == NamingKind::Body
            && person.is_some_and(|person| matches!(person.kind, NamingKind::Person | NamingKind::Role))
    };
    match relative {
        None => match told(sentence, slot, false) {
            Some(told) if is_of_another(&told) => told_paper(sentence, paper()?).or(Some(told)),
            Some(told) if is_reduced(&told) => told_paper(sentence, paper()?).or(Some(told)),
            Some(told) if is_aside(&told) => told_paper(sentence, paper()?).or(Some(told)),
            told => told.or_else(|| told_paper(sentence, paper()?)),
        },
        Some(_) => told_paper(sentence, paper()?).or_else(|| told(sentence, slot, false)),
    }
}

/// Whose a paper is that a sentence introduces.
fn told_paper(sentence: &Sentence, paper: usize) -> Option<Told> {
    Some(Told {
        cue: None,
        speaker: author(sentence, paper)?.clone(),
        form: Form::ReportedBefore,
        confidence: 0.8,
        is_adjacent: false,
        is_after: false,
    })
}

/// Whose the paper at a token is: his whom "from" or "by" names behind it, or who issues it; nobody's who gets it.
pub(super) fn author(sentence: &Sentence, paper: usize) -> Option<&Naming> {
    let tokens = &sentence.tokens;
    let is_link = |token: &&Token| token.is(Traits::FROM.or(Traits::BY).or(Traits::OF));
    if tokens.get(paper + 1).filter(is_link).is_some() {
        return sentence.naming_from(paper + 2);
    }
    let mut before = sentence
        .namings
        .iter()
        .filter(|naming| naming.tokens.end <= paper);
    let speaker = before.find(|naming| !is_governed(sentence, naming))?;
    let issues = tokens[speaker.tokens.end..paper]
        .iter()
        .any(|token| token.is(Traits::ISSUE));
    issues.then_some(speaker)
}

#[cfg(test)]
mod tests {
    use super::words_in;

    #[test]
    fn words_are_what_white_space_parts() {
        let long = "ab  cd\te\u{a0}f ".repeat(200);
        for text in [
            "",
            " ",
            "one",
            " one two ",
            "a\u{3000}b",
            "Lima’s “No”",
            "a\u{2009}b",
            "é\n",
            &long,
            &long.replace('\u{a0}', "-"),
        ] {
            assert_eq!(words_in(text), text.split_whitespace().count(), "{text:?}");
        }
    }
}
