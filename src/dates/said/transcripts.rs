//! The day of the occasion of which a text says at its head that it is the transcript: "The following is a transcript of the press
//! conference held on November 17." All that is said there was said then, unless the text tells otherwise.

use super::Telling;
use super::lists::List;
use super::sayings::spoken_words;
use crate::model::date::{SaidOn, Sitting, When};
use crate::model::quote::Quote;
use crate::text::sentences::sentence;

/// The rule of such a day.
const TRANSCRIPT: &str = "transcript";
/// How far from the beginning a text says what it is, in bytes.
const HEAD: usize = 500;
/// Words of a sentence among which the word for a transcript stands: "The following is a rush transcript".
const LEAD: usize = 6;
/// Days between the occasion and the document, at most.
const A_YEAR: i64 = 366;

impl Telling<'_> {
    /// Gives quotes for which the document's own day stands in the day of the sitting, or else of what the text says that it is the
    /// transcript of.
    pub(super) fn set_transcript(
        &self,
        quotes: &[Quote],
        sitting: Option<Sitting>,
        said: &mut [Option<SaidOn>],
    ) {
        let day = sitting.map(of_sitting).or_else(|| self.transcript());
        let Some(day) = day else { return };
        for (quote, said) in quotes.iter().zip(said) {
            let cue = quote.attribution.as_ref().and_then(|it| it.cue);
            // "told the Herald" is no turn.
            let is_told = cue.is_some_and(|cue| cue.slice(self.text) == "told");
            if !is_told && said.as_ref().is_some_and(|said| said.rule == SaidOn::OF_DOCUMENT) {
                *said = Some(day.clone());
            }
        }
    }

    fn transcript(&self) -> Option<SaidOn> {
        let mut head = self
            .outside
            .iter()
            .take_while(|mention| mention.span.end() <= HEAD);
        let mention = head.find(|mention| {
            let own = sentence(self.text, mention.span).slice(self.text).to_lowercase();
            self.is_within_days(mention, A_YEAR) && is_of_transcript(&own)
        })?;
        super::said(mention, TRANSCRIPT, false)
    }
}

fn of_sitting(sitting: Sitting) -> SaidOn {
    SaidOn {
        when: When::day(sitting.day),
        evidence: sitting.evidence,
        rule: match sitting.evidence {
            Some(_) => TRANSCRIPT,
            None => SaidOn::OF_TITLE,
        },
    }
}

/// Whether a sentence in small letters says of its own text that it is a transcript, and the day is not that of its publication: a
/// report may have seen one.
pub(super) fn is_of_transcript(own: &str) -> bool {
    let words: Vec<&str> = spoken_words(own).map(|(_, word)| word).collect();
    let words = words.strip_prefix(&["the"]).unwrap_or(&words);
    let is_lead = match words {
        [first, "of", ..] => List::Transcript.has(first),
        [first, is, rest @ ..] if List::Is.has(is) => {
            List::TranscriptLead.has(first) && rest.iter().take(LEAD).any(|word| List::Transcript.has(word))
        }
        _ => false,
    };
    is_lead && !words.iter().any(|word| List::Publication.has(word))
}
