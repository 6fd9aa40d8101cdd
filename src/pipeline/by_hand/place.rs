//! Where a correction holds, and what a quote says with it.

use super::super::entries::around;
use crate::model::by_hand::{ByHand, Corrected, Fix, HandCorrection, ReadThen};
use crate::model::id::SpeakerId;
use crate::model::span::Span;
use crate::resolve::speakers::Gazetteer;
use crate::store::{QuoteRow, RevisionRow};
use crate::text::days;
use crate::text::wording::Wording;

/// Where a revision has the quote that a correction is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is this one of its quotes.
    At(usize),
    /// The words stand there, but what is told around them is not what was corrected.
    Doubtful,
    /// No quote has the words.
    Nowhere,
}

/// Words of a quote from which on it is known by them in a paragraph that was edited: “No,” is said again and again.
const LONG: usize = 6;
/// The likeness from which on a paragraph is the one that was corrected, edited.
const SAME_PARAGRAPH: f32 = 0.5;

/// Finds the quote of a correction among those of a revision, as they were read.
///
/// In the revision that was corrected it is the quote, whatever a better reader makes of it now. In another one the outlet may have
/// given the words to somebody else itself, in the paragraph or in a line above it, and other words that read the same may
/// have come in their place: there it holds only where the program errs as it did, in the same paragraph or, for words that are
/// not said twice, in one that is like it.
pub(super) fn place_of(correction: &HandCorrection, revision: &RevisionRow, quotes: &[QuoteRow]) -> Place {
    let words = Wording::of(&correction.words);
    let is_same = |quote: &QuoteRow| Wording::of(&quote.words).words() == words.words();
    let same: Vec<usize> = (0..quotes.len()).filter(|at| is_same(&quotes[*at])).collect();
    let paragraph = Wording::of(&correction.around);
    let likeness = |at: usize| {
        let around = Wording::of(&paragraph_of(&quotes[at], revision));
        match around.words() == paragraph.words() {
            true => 1.0,
            false => around.likeness(&paragraph).min(0.99),
        }
    };
    let own: Vec<usize> = same.iter().copied().filter(|at| likeness(*at) == 1.0).collect();
    let is_corrected = revision.id == correction.revision;
    let holds = |at: usize| is_corrected || reads_as_then(correction, &quotes[at], revision);
    match (own.get(correction.nth), same.as_slice()) {
        (Some(at), _) if holds(*at) => Place::At(*at),
        (None, []) => Place::Nowhere,
        (None, [only])
            if own.is_empty()
                && holds(*only)
                && (is_corrected || words.len() >= LONG && likeness(*only) >= SAME_PARAGRAPH) =>
        {
            Place::At(*only)
        }
        _ => Place::Doubtful,
    }
}

/// Whether the program reads of a quote what it read when the correction was made.
fn reads_as_then(correction: &HandCorrection, quote: &QuoteRow, revision: &RevisionRow) -> bool {
    let now = read(correction.fix.corrects(), quote, &revision.reading.text);
    now.value == correction.read.value
}

/// The paragraph that a quote stands in.
pub(super) fn paragraph_of(quote: &QuoteRow, revision: &RevisionRow) -> String {
    let reading = &revision.reading;
    let hull = quote.content.iter().copied().reduce(Span::hull);
    let block = hull.and_then(|hull| around(&reading.text, &reading.blocks, hull));
    block.map_or_else(String::new, |block| block.slice(&reading.text).to_owned())
}

/// Which of the quotes with the same words in the same paragraph one is, from 0.
pub(super) fn nth_of(position: usize, revision: &RevisionRow, quotes: &[QuoteRow]) -> usize {
    let own = &quotes[position];
    let (words, paragraph) = (Wording::of(&own.words), paragraph_of(own, revision));
    let is_like = |quote: &&QuoteRow| {
        Wording::of(&quote.words).words() == words.words() && paragraph_of(quote, revision) == paragraph
    };
    quotes[..position].iter().filter(is_like).count()
}

/// Lays corrections over the quotes of a revision. What the program reads so itself by now is not told as corrected.
pub(super) fn laid_over<'a>(
    quotes: &mut [QuoteRow],
    revision: &RevisionRow,
    corrections: impl Iterator<Item = &'a HandCorrection>,
    gazetteer: &Gazetteer,
) {
    // All of them are found in what was read, and compared with it, before any of them is laid over it.
    let mut placed: Vec<(usize, &HandCorrection, ReadThen)> = Vec::new();
    for correction in corrections {
        let Place::At(at) = place_of(correction, revision, quotes) else {
            continue;
        };
        let corrects = correction.fix.corrects();
        // Two that were taken over from elsewhere may be of one thing: the later one holds.
        placed.retain(|(other, earlier, _)| *other != at || earlier.fix.corrects() != corrects);
        if !is_read_so(&quotes[at], &correction.fix, gazetteer) {
            let read = read(corrects, &quotes[at], &revision.reading.text);
            placed.push((at, correction, read));
        }
    }
    for (at, correction, read) in placed {
        lay_over(&mut quotes[at], correction, read, gazetteer);
    }
}

fn lay_over(quote: &mut QuoteRow, correction: &HandCorrection, read: ReadThen, gazetteer: &Gazetteer) {
    quote.by_hand.push(ByHand {
        id: correction.id.clone(),
        corrects: correction.fix.corrects(),
        value: read.value,
        read: read.told,
        why: correction.why.clone(),
        by: correction.by.clone(),
        made_at: correction.made_at,
    });
    match &correction.fix {
        Fix::Speaker(speaker) => {
            let speaker = speaker.as_ref().map(|(id, name)| known_as(gazetteer, id, name));
            (quote.speaker, quote.speaker_name) = speaker.unzip();
            // The naming is what was misread: printed beside another name it would read as that one's.
            (quote.mention, quote.antecedent) = (None, None);
        }
        Fix::Said(when) => {
            quote.said.clone_from(when);
            quote.said_rule = when.as_ref().map(|_| ByHand::RULE.to_owned());
            quote.said_evidence = None;
        }
        Fix::NoQuote => {}
    }
}

/// Whether the program reads a quote as a correction has it.
pub(super) fn is_read_so(quote: &QuoteRow, fix: &Fix, gazetteer: &Gazetteer) -> bool {
    match fix {
        Fix::Speaker(speaker) => {
            let right = speaker.as_ref().map(|(id, name)| known_as(gazetteer, id, name).0);
            quote.speaker == right && (right.is_some() || quote.mention.is_none())
        }
        Fix::Said(when) => quote.said == *when,
        Fix::NoQuote => false,
    }
}

/// Somebody under the id and name of today: who was known by a printed name may have come to be in the list of speakers.
fn known_as(gazetteer: &Gazetteer, id: &SpeakerId, name: &str) -> (SpeakerId, String) {
    let by_id = gazetteer.speakers().iter().find(|speaker| speaker.id == *id);
    let known = by_id.or_else(|| match gazetteer.bearers(name).as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    match known {
        Some(speaker) => (speaker.id.clone(), speaker.name.clone()),
        None => (id.clone(), name.to_owned()),
    }
}

/// What the program reads of a quote, where that is corrected.
pub(super) fn read(corrects: Corrected, quote: &QuoteRow, text: &str) -> ReadThen {
    let speaker = quote.speaker.as_ref().map(ToString::to_string);
    match corrects {
        Corrected::Speaker => ReadThen {
            told: speaker_read(quote, text),
            value: speaker,
        },
        Corrected::NoQuote => ReadThen {
            told: format!("words of {}", speaker_read(quote, text)),
            value: speaker,
        },
        Corrected::Said => ReadThen {
            value: quote.said.as_ref().map(|when| when.edtf.clone()),
            told: match &quote.said {
                Some(when) => with_rule(days::in_words(when), None, quote.said_rule.as_deref()),
                None => "no day".into(),
            },
        },
    }
}

fn speaker_read(quote: &QuoteRow, text: &str) -> String {
    let printed = quote.mention.map(|mention| mention.slice(text));
    let name = quote.speaker_name.as_deref().or(printed);
    let rule = quote.rule.as_ref().map(|(rule, _)| rule.as_str());
    match name {
        Some(name) => {
            let printed = printed.filter(|printed| *printed != name);
            with_rule(name.to_owned(), printed, rule)
        }
        None => "nobody named".into(),
    }
}

fn with_rule(told: String, printed: Option<&str>, rule: Option<&str>) -> String {
    let printed = printed.map(|printed| format!("printed “{printed}”"));
    let rule = rule.map(|rule| format!("rule {}", rule.replace(['_', '-'], " ")));
    let how: Vec<String> = printed.into_iter().chain(rule).collect();
    match how.is_empty() {
        true => told,
        false => format!("{told} ({})", how.join(", ")),
    }
}

#[cfg(test)]
mod tests;
