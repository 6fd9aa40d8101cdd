//! The day of a letter or an interview that a clause names as one told of before: "the letter said", "she wrote in the letter".
//!
//! It must have been told of with its day, and as the only one of its kind.

use super::lists::LISTS;
use super::sayings::{spoken_words, surname};
use super::writings::{is_away, is_by_pen, is_for_writing};
use super::{Clause, Telling, said};
use crate::model::date::{DateMention, SaidOn};
use crate::text::sentences::sentence;

/// The rule of such a day.
const OF_WRITING: &str = "of_writing";
/// How far before a clause the letter is told of with its day that it names again, in bytes, and where it is only said that
/// somebody wrote.
const REACH: usize = 3000;
const NEAR: usize = 600;
/// Words in which a writing is named behind "in": "in her four-page resignation letter".
const NAMED: usize = 4;
/// Words between a writing and its day: "a letter to the state health department on".
const BETWEEN: usize = 8;

/// What a clause says its words are from.
enum Named {
    /// A writing, by its noun in small letters.
    Writing(String),
    /// Whatever the one of this surname was told to have written: "Lima wrote".
    Of(String),
}

impl Telling<'_> {
    /// The day of a letter that is said to say something, where it was told of with its day before: "The letter, dated June 21, said
    /// rents would not rise. “You will not hear from us,” the letter said."
    pub(super) fn of_named_writing(&self, clause: &Clause) -> Option<SaidOn> {
        let named = self.named_writing(clause)?;
        let end = clause.cue.start().min(clause.speaker.start());
        let reach = match named {
            Named::Writing(_) => REACH,
            Named::Of(_) => NEAR,
        };
        let before = self.outside.partition_point(|mention| mention.span.end() <= end);
        let mut near = self.outside[..before]
            .iter()
            .rev()
            .take_while(|mention| mention.span.end() + reach >= clause.sentence.start());
        let (dated, noun) = near.find_map(|mention| {
            let noun = match &named {
                Named::Writing(noun) => noun.clone(),
                Named::Of(name) => self.written_by(name, mention)?,
            };
            self.is_day_of(&noun, mention).then_some((mention, noun))
        })?;
        // What the words themselves tell of another one says nothing of theirs.
        let is_one = self.is_only_one(&noun, dated, clause.sentence.start().min(end));
        said(dated, OF_WRITING, true).filter(|_| is_one)
    }

    /// The writing that a clause names: "the letter said", "wrote in her letter to the board".
    fn named_writing(&self, clause: &Clause) -> Option<Named> {
        let speaker = clause.speaker.slice(self.text);
        let mut naming = speaker.split_whitespace();
        if let (Some(article), Some(noun), None) = (naming.next(), naming.next(), naming.next())
            && matches!(article.to_lowercase().as_str(), "the" | "la" | "el")
            && is_for_writing(noun)
        {
            return Some(Named::Writing(noun.to_lowercase()));
        }
        let behind = self
            .between(clause.cue.end(), clause.sentence.end())
            .to_lowercase();
        let words: Vec<&str> = spoken_words(&behind).map(|(_, word)| word).collect();
        if let [first, article, rest @ ..] = words.as_slice()
            && matches!(*first, "in" | "en")
            && LISTS.is_known_one(article)
        {
            let noun = rest.iter().take(NAMED).find(|word| is_for_writing(word))?;
            return Some(Named::Writing((*noun).to_owned()));
        }
        let is_elsewhere = words.iter().any(|word| is_for_writing(word))
            || spoken_words(self.between(clause.cue.end(), clause.sentence.end()))
                .any(|(_, word)| is_away(word));
        let is_written = is_by_pen(clause.cue.slice(self.text)) && !is_elsewhere;
        is_written
            .then(|| surname(speaker).map(str::to_owned))
            .flatten()
            .map(Named::Of)
    }

    /// The writing that the sentence of a day tells of, where it names somebody.
    fn written_by(&self, name: &str, mention: &DateMention) -> Option<String> {
        let around = sentence(self.text, mention.span).slice(self.text);
        let mut words = spoken_words(around).map(|(_, word)| word);
        words.any(|word| word == name).then_some(())?;
        spoken_words(around)
            .map(|(_, word)| word.to_lowercase())
            .find(|word| LISTS.is_paper(word))
    }

    /// Whether a day is told to be that of a writing: "a letter dated June 21", "a June 21 letter", "sent parents a letter on June 21",
    /// "sued on June 21" of a lawsuit.
    fn is_day_of(&self, noun: &str, mention: &DateMention) -> bool {
        let around = sentence(self.text, mention.span);
        let behind = self.between(mention.span.end(), around.end());
        let next = behind
            .strip_prefix(' ')
            .and_then(|rest| spoken_words(rest).next());
        if next.is_some_and(|(at, word)| at == 0 && word.eq_ignore_ascii_case(noun)) {
            return true;
        }
        let follows = || {
            let small = behind.to_lowercase();
            let near: Vec<&str> = spoken_words(&small).map(|(_, word)| word).take(NAMED).collect();
            let place = near.iter().position(|word| *word == noun);
            place.is_some_and(|place| near[..place].first().is_some_and(|word| LISTS.is_new_one(word)))
        };
        let before = self.between(around.start(), mention.span.start()).to_lowercase();
        let words = clause_words(&before);
        let near = &words[words.len().saturating_sub(BETWEEN + 1)..];
        // What was read or received on a day may be older.
        if words.iter().any(|word| LISTS.is_received(word)) {
            return false;
        }
        let Some(place) = near.iter().rposition(|word| *word == noun) else {
            // "envió el lunes una carta".
            let is_made = near.iter().any(|word| LISTS.is_made(word)) && follows();
            let is_act = near.iter().any(|word| LISTS.makes(word, noun));
            return (is_act || is_made) && !words.contains(&"had");
        };
        let is_new = near[place.saturating_sub(DETERMINER)..place]
            .iter()
            .any(|word| LISTS.is_new_one(word));
        is_new || near[place..].iter().any(|word| LISTS.is_made(word))
    }

    /// Whether no other writing of the kind is told of up to a place.
    fn is_only_one(&self, noun: &str, dated: &DateMention, end: usize) -> bool {
        let low = self
            .text
            .floor_char_boundary(dated.span.start().saturating_sub(REACH));
        let small = self.between(low, end).to_lowercase();
        // Small letters may be longer or shorter than capitals; where that is so the places are off by little.
        let own = sentence(self.text, dated.span);
        let words: Vec<(usize, &str)> = spoken_words(&small).collect();
        let is_new = |at: usize| {
            words[at.saturating_sub(DETERMINER)..at]
                .iter()
                .any(|(_, word)| LISTS.is_new_one(word))
        };
        let named: Vec<usize> = (0..words.len()).filter(|at| words[*at].1 == noun).collect();
        let before = named
            .iter()
            .filter(|at| low + words[**at].0 < own.start())
            .count();
        let new = named.iter().filter(|at| is_new(**at)).count();
        let own_words = small.get(own.start().saturating_sub(low)..).unwrap_or_default();
        let is_again =
            spoken_words(own_words).any(|(_, word)| matches!(word, "own" | "another" | "otra" | "otro"));
        let is_first_new = named
            .iter()
            .find(|at| low + words[**at].0 >= own.start())
            .is_some_and(|at| is_new(*at));
        new <= 1 && !is_again && (before == 0 || !is_first_new)
    }
}

/// The words of the clause that leads up to a day, with what an aside says of: "The letter, dated", "The report, published on".
fn clause_words(before: &str) -> Vec<&str> {
    let parts = before.rsplit([',', ';', ':', '—', '“', '”']);
    let mut words: Vec<&str> = Vec::new();
    for part in parts {
        let is_aside = !words.is_empty() || part.trim().is_empty();
        words.splice(0..0, spoken_words(part).map(|(_, word)| word));
        let is_made = |word: &&str| LISTS.is_made(word) || matches!(*word, "on" | "late" | "early" | "el");
        if is_aside || !words.iter().all(is_made) {
            break;
        }
    }
    words
}

/// Words before a noun among which the one stands that tells whether it is known: "a four-page resignation letter".
const DETERMINER: usize = 3;
