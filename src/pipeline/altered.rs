//! Which quotes an edit altered, which it took out, and by when those were said that it brought in. That a page was edited says
//! nothing of a quote in it: most edits leave most quotes as they were.

use std::collections::HashMap;

use jiff::civil::Date;

use super::alerts::takes_the_place;
use crate::index::{Entry, EntryKind, EntrySaid};
use crate::model::date::{SaidOn, When};
use crate::model::id::SpeakerId;
use crate::text::wording::Wording;

/// Words that are compared at most to tell what took the place of what on one page; of pages with more only the very words are
/// found again, and nothing is said of the rest.
const MOST_WORDS: usize = 200_000;

/// Marks the quotes of `now` that stood otherwise in the wording before, or came to be so in an earlier one, and those of
/// `before` of which nothing is left; of two documents there is nothing to compare.
pub(super) fn mark(before: &mut [Entry], now: &mut [Entry]) {
    let is_followed = before.first().zip(now.first());
    if is_followed.is_none_or(|(one, other)| one.document != other.document) {
        return;
    }
    let (was, is): (Vec<Stated>, Vec<Stated>) = (stated(before), stated(now));
    let (pairs, left, came) = paired(&was, &is);
    for (one, other) in pairs {
        let (before, now) = (&before[was[one].at], &mut now[is[other].at]);
        now.is_altered = before.is_altered;
        if let Some(said) = before
            .said
            .as_ref()
            .filter(|said| said.rule == SaidOn::SINCE_EDIT)
        {
            see_first_on(now, said.when.earliest);
        }
    }
    for place in &came {
        let entry = &mut now[is[*place].at];
        see_first_on(entry, entry.held_from());
    }
    let words = |places: &[usize], of: &[Stated]| -> usize {
        places.iter().map(|place| of[*place].wording.len() + 1).sum()
    };
    let compared = words(&left, &was) * came.len() + words(&came, &is) * left.len();
    if compared > MOST_WORDS {
        return;
    }
    let mut left: Vec<&Stated> = left.into_iter().map(|place| &was[place]).collect();
    for other in came {
        let other = &is[other];
        let closest = left.iter().enumerate().filter_map(|(place, one)| {
            let is_of_speaker = one.speaker == other.speaker;
            let share = match is_of_speaker {
                true => takes_the_place(&one.wording, &other.wording)?,
                // Only the very words of one person can be given to another.
                false => (one.wording.words() == other.wording.words()).then_some(1.0)?,
            };
            Some((share, place))
        });
        // Of equals the first, which stands first.
        let closest = closest.reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((_, place)) = closest {
            left.remove(place);
            now[other.at].is_altered = true;
        }
    }
    for one in left {
        before[one.at].is_removed = true;
    }
}

/// Words that an edit brought in were not on the page about its own day, if it was followed from then on. Where the text names no other, all
/// that is sure is that they were said by the day on which they were first seen. What an older page said at first nobody knows.
fn see_first_on(entry: &mut Entry, day: Date) {
    /// Days after its own within which a page must have been seen first.
    const FROM_THE_BEGINNING: i32 = 3;
    let since = |own: Date| {
        own.until(entry.first_seen_on())
            .map_or(i32::MAX, |span| span.get_days())
    };
    let is_bound = |said: &EntrySaid| {
        let own = said.when.latest;
        said.rule == SaidOn::OF_DOCUMENT && own < day && since(own) <= FROM_THE_BEGINNING
    };
    if entry.said.as_ref().is_some_and(is_bound) {
        entry.said = Some(EntrySaid {
            when: When::day(day),
            rule: SaidOn::SINCE_EDIT.into(),
        });
        entry.minute = None;
    }
}

/// A quote as two wordings are compared by it.
struct Stated {
    /// Its place among the entries.
    at: usize,
    wording: Wording,
    speaker: Option<SpeakerId>,
}

fn stated(entries: &[Entry]) -> Vec<Stated> {
    let quotes = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.kind == EntryKind::Quote);
    let stated = quotes.map(|(at, entry)| Stated {
        at,
        wording: Wording::of(&entry.text),
        speaker: entry.speakers.first().map(|speaker| speaker.id.clone()),
    });
    stated.collect()
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
    fn an_edit_elsewhere_on_the_page_alters_nothing() {
        check(&[&[NOT_STOP, PIER], &[NOT_STOP, PIER]], &[], &[]);
        check(&[&[NOT_STOP], &[PIER, NOT_STOP]], &[], &[]);
        // Marks and capitals are no words.
        let marked = ("Ana Lima", "We will not stop – a single Ferry, this winter");
        check(&[&[NOT_STOP], &[marked]], &[], &[]);
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
    fn what_an_edit_brought_in_was_not_said_by_the_day_of_the_page_before_it() {
        let page = |quotes: &[(&str, &str)], first_seen: &str, seen_on: &str| -> Vec<Entry> {
            let mut entries = wording(quotes);
            for entry in &mut entries {
                entry.held.0 = format!("{seen_on}T10:00:00Z").parse().expect("a moment");
                entry.first_seen_at = format!("{first_seen}T10:00:00Z").parse().expect("a moment");
                let rule = match entry.text == PIER.1 {
                    true => "after_cue",
                    false => SaidOn::OF_DOCUMENT,
                };
                entry.said = Some(EntrySaid {
                    when: When::day(jiff::civil::date(2026, 11, 9)),
                    rule: rule.into(),
                });
            }
            entries
        };
        let many = ("Ana Lima", "More than 400 families wait");
        let few = ("Ana Lima", "More than 140 families wait");
        for (first_seen, day, rule) in [
            ("2026-11-10", "2026-11-14", SaidOn::SINCE_EDIT),
            // What it said on its own day nobody saw.
            ("2026-11-13", "2026-11-09", SaidOn::OF_DOCUMENT),
        ] {
            let mut pages = [
                page(&[few, NOT_STOP], first_seen, first_seen),
                page(&[many, NOT_STOP, PIER], first_seen, "2026-11-14"),
                page(&[many, NOT_STOP, PIER], first_seen, "2026-11-20"),
            ];
            for next in 1..pages.len() {
                let (before, now) = pages.split_at_mut(next);
                mark(&mut before[next - 1], &mut now[0]);
            }
            let said = pages[2].iter().map(|entry| {
                let said = entry.said.as_ref().expect("a day");
                (
                    entry.text.as_str(),
                    said.when.earliest.to_string(),
                    said.rule.as_str(),
                )
            });
            let expected = [
                (many.1, day.to_owned(), rule),
                (NOT_STOP.1, "2026-11-09".to_owned(), SaidOn::OF_DOCUMENT),
                // The text names the day of these, whenever they came.
                (PIER.1, "2026-11-09".to_owned(), "after_cue"),
            ];
            assert_eq!(said.collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_page_of_very_many_quotes_costs_no_more_than_its_words() {
        let page = |word: &str| -> Vec<Entry> {
            let texts = (0..3_000).map(|at| format!("{word} number {at} of the long list"));
            texts.map(|text| quote("one", "Ana Lima", &text, 1)).collect()
        };
        let (mut before, mut now) = (page("Ferry"), page("Pier"));
        mark(&mut before, &mut now);
        assert!(now.iter().all(|entry| !entry.is_altered));
        assert!(before.iter().all(|entry| !entry.is_removed));
    }
}
