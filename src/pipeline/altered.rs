//! Which quotes an edit altered, which it took out, and which it brought in. That a page was edited says nothing of a quote
//! in it: most edits leave most quotes as they were.

use std::collections::{HashMap, HashSet};

use super::alerts::takes_the_place;
use crate::index::{Entry, EntryKind};
use crate::model::id::SpeakerId;
use crate::store::QuoteRow;
use crate::text::wording::Wording;

/// Words that are compared at most to tell what took the place of what on one page; of what comes behind them only the very words
/// are found again.
const MOST_WORDS: usize = 1_000_000;
/// Quotes that may have stood in the place of one, at most: those that share most of its seldom words.
const RIVALS: usize = 12;
/// A word that more quotes have says nothing of what took whose place …
const COMMON: usize = 40;
/// … and a quote with fewer other words is not known to be gone.
const TELLING: usize = 2;

/// Marks the quotes of `now` that stood otherwise or not at all in the wording before, or came to be so in an earlier one, and
/// those of `before` in whose place others stand, or of which nothing is left; of two documents there is nothing to compare.
pub(super) fn mark(before: &mut [Entry], now: &mut [Entry]) {
    let is_followed = before.first().zip(now.first());
    if is_followed.is_none_or(|(one, other)| one.document != other.document) {
        return;
    }
    let (from, to) = (quotes_among(before), quotes_among(now));
    let stated = |entries: &[Entry], places: &[usize]| -> Vec<Stated> {
        places
            .iter()
            .map(|at| Stated::of(&entries[*at].text, entries[*at].speaker_read()))
            .collect()
    };
    let edited = edited(&stated(before, &from), &stated(now, &to));
    for (one, other) in edited.kept {
        now[to[other]].is_altered = before[from[one]].is_altered;
        now[to[other]].is_added = before[from[one]].is_added;
    }
    for (one, other) in edited.altered {
        before[from[one]].is_replaced = true;
        now[to[other]].is_altered = true;
        now[to[other]].is_added = before[from[one]].is_added;
    }
    for one in edited.removed {
        before[from[one]].is_removed = true;
    }
    for other in edited.added {
        now[to[other]].is_added = true;
    }
}

fn quotes_among(entries: &[Entry]) -> Vec<usize> {
    let quotes = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.kind == EntryKind::Quote);
    quotes.map(|(at, _)| at).collect()
}

/// What became of the quotes of a wording in the next one of its document, by their places in both.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Edited {
    /// Those that stand there as they did.
    pub(super) kept: Vec<(usize, usize)>,
    /// Those that stand there in other words or as somebody else's.
    pub(super) altered: Vec<(usize, usize)>,
    /// Those of which nothing is left.
    pub(super) removed: Vec<usize>,
    /// Those in whose place nothing stood, by their places in the next wording.
    pub(super) added: Vec<usize>,
}

/// What became of the quotes of a wording in the next one.
pub(super) fn edited(was: &[Stated], is: &[Stated]) -> Edited {
    let (kept, left, came) = paired(was, is);
    let mut edited = Edited {
        kept,
        ..Edited::default()
    };
    let mut left: Vec<Option<(usize, &Stated)>> =
        left.into_iter().map(|place| Some((place, &was[place]))).collect();
    let rivals = Rivals::of(&left);
    let mut compared = 0;
    for other in came {
        let here = &is[other];
        let closest = rivals.of_quote(here).into_iter().filter_map(|place| {
            let (_, one) = left[place]?;
            compared += one.wording.len() + here.wording.len();
            let share = match one.speaker == here.speaker {
                true => takes_the_place(&one.wording, &here.wording)?,
                // Only the very words of one person can be given to another.
                false => (one.wording.words() == here.wording.words()).then_some(1.0)?,
            };
            Some((share, place))
        });
        // Of equals the first, which stands first.
        let closest = closest.reduce(|best, next| if next.0 > best.0 { next } else { best });
        match closest.and_then(|(_, place)| left[place].take()) {
            Some((one, _)) => edited.altered.push((one, other)),
            None => edited.added.push(other),
        }
        if compared > MOST_WORDS {
            // What took the place of the rest is not known, so none of it is said to be taken out, and what came no more to be new.
            return edited;
        }
    }
    let gone = left.into_iter().flatten().filter(|(_, one)| rivals.can_tell(one));
    edited.removed = gone.map(|(place, _)| place).collect();
    edited
}

/// The quotes that went, by their words: each that came is compared with few of them.
struct Rivals<'a> {
    by_word: HashMap<&'a str, Vec<usize>>,
    count: usize,
}

impl<'a> Rivals<'a> {
    fn of(left: &[Option<(usize, &'a Stated)>]) -> Self {
        let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, one) in left.iter().enumerate() {
            for word in one.iter().flat_map(|(_, one)| one.wording.words()) {
                let places = by_word.entry(word).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        Self {
            by_word,
            count: left.len(),
        }
    }

    /// Whether a quote has words enough by which what took its place would have been found.
    fn can_tell(&self, quote: &Stated) -> bool {
        let seldom = quote.wording.words().iter().filter(|word| self.is_seldom(word));
        self.count <= RIVALS || seldom.take(TELLING).count() == TELLING
    }

    fn is_seldom(&self, word: &str) -> bool {
        self.by_word
            .get(word)
            .is_some_and(|places| places.len() <= COMMON)
    }

    /// The places of those that share most words with a quote, in their order; of few all of them.
    fn of_quote(&self, quote: &Stated) -> Vec<usize> {
        if self.count <= RIVALS {
            return (0..self.count).collect();
        }
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let words: HashSet<&str> = quote.wording.words().iter().map(String::as_str).collect();
        let seldom = words.iter().filter(|word| self.is_seldom(word));
        for place in seldom.filter_map(|word| self.by_word.get(word)).flatten() {
            *shared.entry(*place).or_default() += 1;
        }
        let mut closest: Vec<(usize, usize)> = shared.into_iter().collect();
        closest.sort_unstable_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
        closest.truncate(RIVALS);
        let mut places: Vec<usize> = closest.into_iter().map(|(place, _)| place).collect();
        places.sort_unstable();
        places
    }
}

/// A quote as two wordings are compared by it.
pub(super) struct Stated {
    wording: Wording,
    /// As it was read: what people correct is no edit of the page.
    speaker: Option<SpeakerId>,
}

impl Stated {
    /// Words, and who is read as their speaker.
    pub(super) fn of(words: &str, speaker: Option<SpeakerId>) -> Self {
        Self {
            wording: Wording::of(words),
            speaker,
        }
    }

    /// A quote as rows tell it.
    pub(super) fn of_row(quote: &QuoteRow) -> Self {
        Self::of(&quote.words, quote.speaker_read())
    }
}

/// The quotes that stayed, in their order, and the places of those that went and of those that came.
fn paired(was: &[Stated], is: &[Stated]) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    let key = |one: &Stated| (one.wording.words().to_vec(), one.speaker.clone());
    let mut places: HashMap<_, Vec<usize>> = HashMap::new();
    for (place, one) in was.iter().enumerate().rev() {
        places.entry(key(one)).or_default().push(place);
    }
    let (mut pairs, mut came) = (Vec::new(), Vec::new());
    for (place, one) in is.iter().enumerate() {
        match places.get_mut(&key(one)).and_then(Vec::pop) {
            Some(before) => pairs.push((before, place)),
            None => came.push(place),
        }
    }
    let mut left: Vec<usize> = places.into_values().flatten().collect();
    left.sort_unstable();
    (pairs, left, came)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::quote_for_tests as quote;
    use crate::model::by_hand::{ByHand, Corrected};

    fn wording(quotes: &[(&str, &str)]) -> Vec<Entry> {
        let of_one_page = |(speaker, words): &(&str, &str)| {
            let mut entry = quote("one", speaker, words, 1);
            entry.id = (*words).into();
            entry
        };
        quotes.iter().map(of_one_page).collect()
    }

    /// Plays the wordings of a page one after the other; answers what of the last is altered, and what of those before was
    /// taken out.
    #[track_caller]
    fn check(wordings: &[&[(&str, &str)]], altered: &[&str], removed: &[&str]) {
        let mut wordings: Vec<Vec<Entry>> = wordings.iter().map(|quotes| wording(quotes)).collect();
        for next in 1..wordings.len() {
            let (before, now) = wordings.split_at_mut(next);
            mark(&mut before[next - 1], &mut now[0]);
        }
        let (last, before) = wordings.split_last().expect("a wording");
        let texts = |entries: &mut dyn Iterator<Item = &Entry>| -> Vec<String> {
            entries.map(|entry| entry.text.clone()).collect()
        };
        assert_eq!(texts(&mut last.iter().filter(|entry| entry.is_altered)), altered);
        let earlier = &mut before.iter().flatten().filter(|entry| entry.is_removed);
        assert_eq!(texts(earlier), removed);
    }

    const NOT_STOP: (&str, &str) = ("Ana Lima", "We will not stop a single ferry this winter");
    const STOP: (&str, &str) = ("Ana Lima", "We will stop a single ferry this winter");
    const PIER: (&str, &str) = ("Tom Reed", "The pier was closed before anybody asked us");

    #[test]
    fn a_quote_is_altered_by_other_words_and_by_another_speaker() {
        check(&[&[NOT_STOP, PIER], &[STOP, PIER]], &[STOP.1], &[]);
        check(&[&[PIER], &[("Ana Lima", PIER.1)]], &[PIER.1], &[]);
        // Cut short, it is the same quote in fewer words.
        let cut = ("Tom Reed", "The pier was closed");
        check(&[&[PIER], &[cut]], &[cut.1], &[]);
    }

    #[test]
    fn what_stood_in_the_place_of_an_altered_quote_is_replaced_and_not_taken_out() {
        let (mut before, mut now) = (wording(&[NOT_STOP, PIER]), wording(&[STOP, PIER]));
        mark(&mut before, &mut now);
        let told = |entry: &Entry| (entry.is_replaced, entry.is_removed);
        assert_eq!(
            before.iter().map(told).collect::<Vec<_>>(),
            [(true, false), (false, false)]
        );
        assert!(now.iter().all(|entry| !entry.is_replaced));
    }

    #[test]
    fn an_edit_elsewhere_on_the_page_alters_nothing() {
        check(&[&[NOT_STOP, PIER], &[NOT_STOP, PIER]], &[], &[]);
        check(&[&[NOT_STOP], &[PIER, NOT_STOP]], &[], &[]);
        // Marks and capitals are no words.
        let marked = ("Ana Lima", "We will not stop – a single Ferry, this winter");
        check(&[&[NOT_STOP], &[marked]], &[], &[]);
    }

    #[test]
    fn what_somebody_corrected_by_hand_is_no_edit_of_the_page() {
        let (mut before, mut now) = (wording(&[PIER]), wording(&[("Ana Lima", PIER.1)]));
        now[0].by_hand.push(ByHand {
            id: "one".into(),
            corrects: Corrected::Speaker,
            value: Some("tom-reed".into()),
            read: "Tom Reed".into(),
            why: "she is named before".into(),
            by: "Dana Voss".into(),
            made_at: "2026-03-01T10:00:00Z".parse().expect("a moment"),
        });
        mark(&mut before, &mut now);
        assert!(!now[0].is_altered && !before[0].is_removed);
    }

    #[test]
    fn what_was_altered_once_stays_so() {
        check(&[&[NOT_STOP], &[STOP], &[STOP, PIER]], &[STOP.1], &[]);
    }

    #[test]
    fn a_quote_of_which_nothing_is_left_was_taken_out() {
        check(&[&[NOT_STOP, PIER], &[PIER]], &[], &[NOT_STOP.1]);
        check(&[&[NOT_STOP], &[PIER]], &[], &[NOT_STOP.1]);
        // The same words twice: one of them went.
        check(&[&[PIER, PIER], &[PIER]], &[], &[PIER.1]);
    }

    #[test]
    fn of_a_page_of_very_many_quotes_each_that_changed_is_told() {
        let page = |word: &str| -> Vec<Entry> {
            let texts = (0..3_000).map(|at| format!("{word} number {at} of the long list"));
            texts.map(|text| quote("one", "Ana Lima", &text, 1)).collect()
        };
        let (mut before, mut now) = (page("Ferry"), page("Pier"));
        before.push(quote("one", "Ana Lima", PIER.1, 1));
        mark(&mut before, &mut now);
        assert!(now.iter().all(|entry| entry.is_altered));
        let removed: Vec<&str> = before
            .iter()
            .filter(|entry| entry.is_removed)
            .map(|entry| entry.text.as_str())
            .collect();
        assert_eq!(removed, [PIER.1]);
    }

    #[test]
    fn a_page_of_long_quotes_that_are_all_alike_costs_no_more_than_its_bound() {
        let page = |word: &str| -> Vec<Entry> {
            let long = "the ferry waits at the pier ".repeat(60);
            let texts = (0..1_500).map(|at| format!("{word} {} {long}", at % 30));
            texts.map(|text| quote("one", "Ana Lima", &text, 1)).collect()
        };
        let (mut before, mut now) = (page("Mayor"), page("Council"));
        mark(&mut before, &mut now);
        assert!(before.iter().all(|entry| !entry.is_removed));
    }
}
