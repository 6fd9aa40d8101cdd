//! What tells that somebody is heard elsewhere than in the scene: in a letter, by phone, by another paper, at another occasion.

use super::super::carried::{is_another_time, told_to};
use super::super::lists::List;
use super::super::sayings::{Saying, spoken_words};
use super::super::writings::{is_away, is_by_pen};
use super::ties::{NAMED, is_preposition, is_told_press};
use super::{Heard, Kind, Scene, Walk};
use crate::text::sentences::{sentence, sentence_before};

impl Walk<'_> {
    /// "says" is said today.
    pub(super) fn is_present(&self, saying: &Saying<'_>) -> bool {
        saying.clause.cue.slice(self.telling.text).ends_with('s')
    }

    /// Whether the clause says that its words were written, or told somebody elsewhere: "in an email", "told The Herald".
    pub(super) fn is_apart(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        let cue = saying.clause.cue.slice(self.telling.text);
        let is_opinion = scene.kind == Kind::Court && self.sits(saying, scene);
        if is_by_pen(cue) && !is_opinion || is_away(cue) && !is_by_pen(cue) {
            return true;
        }
        let text = self.telling.text;
        let own = self.own_words(saying);
        let is_recorded = own.windows(2).any(|two| two == ["according", "to"])
            || own
                .windows(3)
                .any(|three| three[1..] == ["the", "time"] && three[0].eq_ignore_ascii_case("at"));
        // "Reached by phone, Lima was surprised. “…,” she said."
        let above = sentence_before(text, sentence(text, saying.stretch).start());
        let is_above = above.is_some_and(|above| is_from_afar(&self.pieces.around(text, above)));
        if is_recorded || is_above || is_from_afar(&own) {
            return true;
        }
        let small = self.own_small(saying);
        // A report of an address tells of others too who spoke to reporters, elsewhere.
        let is_to_press = (0..small.len()).any(|at| small[at] == "told" && is_told_press(&small[at + 1..]));
        if is_to_press && !scene.is_before_press() && !self.is_named_in(saying, scene) {
            return true;
        }
        let is_of_own = is_at_own(&small) && !self.is_in_subject(saying, scene);
        if is_of_own || self.occasions(&small, scene).any(|is_same| !is_same) {
            return true;
        }
        !self.is_spoken_to(saying, scene) && self.is_told_elsewhere(saying, scene)
    }

    /// Whether words are told a paper or whoever writes ("told The Herald", "told me"), or another body than that of the scene,
    /// unless the speaker is known to be there: a council has committees.
    fn is_told_elsewhere(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        let clause = &saying.clause;
        if clause.speaker.end() > clause.cue.start() {
            return false;
        }
        let behind = self.telling.between(clause.cue.end(), clause.sentence.end());
        let small = behind.to_lowercase();
        let mut named = spoken_words(&small).map(|(_, word)| word).take(NAMED);
        if named.any(|word| List::Met.has(word)) && clause.cue.slice(self.telling.text) == "told" {
            return !(self.is_heard_there(saying) || self.is_in_subject(saying, scene));
        }
        // "Judge Pike told Korn", whom she sentenced.
        let is_known =
            |told: &str| self.heard.contains_key(told) || scene.words.contains(&told.to_lowercase());
        told_to(behind).is_some_and(|told| !is_known(told))
    }

    /// Whether the speaker was heard in a scene last.
    fn is_heard_there(&self, saying: &Saying<'_>) -> bool {
        let key = self.key(saying);
        key.is_some_and(|key| matches!(self.heard.get(&key), Some(Heard::There(_))))
    }
}

/// Whether words name an occasion of the speaker's own: "in his address".
fn is_at_own(words: &[String]) -> bool {
    let is_own = |at: usize| List::AtOwn.has(&words[at..at + 2].join(" "));
    let near = |at: usize| words[at + 2..].iter().take(NAMED);
    (0..words.len().saturating_sub(1)).any(|at| is_own(at) && near(at).any(|word| List::Gathering.has(word)))
}

/// Whether words of a report tell that somebody was heard from afar, or later: "by email", "reached", "later".
fn is_from_afar(words: &[&str]) -> bool {
    let is_by = |at: usize| {
        let named = words[at + 1..].iter().take(NAMED);
        let mut named = named.take_while(|word| !is_preposition(&word.to_lowercase()));
        is_preposition(&words[at].to_lowercase())
            && named.any(|word| List::Means.has(&word.to_lowercase()) || is_away(word))
    };
    let is_reached = |word: &&str| List::Reached.has(&word.to_lowercase()) || is_another_time(word);
    (0..words.len()).any(is_by) || words.iter().any(is_reached)
}
