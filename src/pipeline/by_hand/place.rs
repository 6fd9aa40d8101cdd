//! Where a correction holds, and what a quote says with it.

use super::super::publish::around;
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

/// Finds the quote of a correction among those of a revision, as they were read.
///
/// In a paragraph that says the same it is the quote, whatever a better reader makes of it now. In a paragraph that was edited
/// the outlet may have given the words to somebody else itself: there it holds only where the program reads what it read
/// then, and the words stand once.
pub(super) fn place_of(correction: &HandCorrection, revision: &RevisionRow, quotes: &[QuoteRow]) -> Place {
    let words = Wording::of(&correction.words);
    let is_same = |quote: &QuoteRow| Wording::of(&quote.words).words() == words.words();
    let same: Vec<usize> = (0..quotes.len()).filter(|at| is_same(&quotes[*at])).collect();
    let paragraph = Wording::of(&correction.around);
    let stands_so = |at: &&usize| {
        let around = paragraph_of(&quotes[**at], revision);
        Wording::of(&around).words() == paragraph.words()
    };
    let own: Vec<usize> = same.iter().filter(stands_so).copied().collect();
    match (own.get(correction.nth), same.as_slice()) {
        (Some(at), _) => Place::At(*at),
        (None, []) => Place::Nowhere,
        (None, [only]) if own.is_empty() && reads_as_then(correction, &quotes[*only], revision) => {
            Place::At(*only)
        }
        (None, _) => Place::Doubtful,
    }
}

/// Whether the program reads of a quote what it read when the correction was made, or it is the very wording that was corrected.
fn reads_as_then(correction: &HandCorrection, quote: &QuoteRow, revision: &RevisionRow) -> bool {
    let now = read(correction.fix.corrects(), quote, &revision.reading.text);
    revision.id == correction.revision || now.value == correction.read.value
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
    // All of them are found in what was read before any of them is laid over it.
    let placed: Vec<(usize, &HandCorrection)> = corrections
        .filter_map(|correction| match place_of(correction, revision, quotes) {
            Place::At(at) => Some((at, correction)),
            Place::Doubtful | Place::Nowhere => None,
        })
        .collect();
    for (at, correction) in placed {
        lay_over(&mut quotes[at], correction, &revision.reading.text, gazetteer);
    }
}

fn lay_over(quote: &mut QuoteRow, correction: &HandCorrection, text: &str, gazetteer: &Gazetteer) {
    let corrects = correction.fix.corrects();
    if is_read_so(quote, &correction.fix, gazetteer) {
        return;
    }
    // Two that were taken over from elsewhere may be of one thing: the later one holds.
    quote.by_hand.retain(|told| told.corrects != corrects);
    quote.by_hand.push(ByHand {
        id: correction.id.clone(),
        corrects,
        read: read(corrects, quote, text).told,
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
