//! What an office printed before and changed since: who quoted it as it stood then has altered nothing.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::agreement::{Whose, agreement};
use super::own_words::own_words;
use super::printing::Printing;
use crate::index::{Entry, EntryKind, IndexError, Order, Query, Searcher, Wanted};
use crate::model::id::DocumentId;
use crate::text::differing::Difference;
use crate::text::wording::Wording;

/// Quotes that one is compared with: the best found, those of today among them.
const COMPARED: usize = 80;
/// Days after an office changed its page on which a paper may print what it read before.
const DAYS: i64 = 1;
/// What a paper that prints a text as it stood may do: cut it and spell it its own way, but say no more.
const AS_IT_STOOD: [Difference; 4] = [
    Difference::Elided,
    Difference::Bracketed,
    Difference::Respelled,
    Difference::Shortened,
];

/// Until when an office's document printed the words of a quote as that has them, where it prints them otherwise today.
pub(in crate::pipeline) fn printed_until(
    searcher: &Searcher,
    own: &Entry,
    document: &DocumentId,
) -> Result<Option<Timestamp>, IndexError> {
    let earlier = earlier_of_offices(searcher, &own_words(own))?;
    Ok(last_printed(&earlier, own, document))
}

/// What offices print in words like these, or printed before, the best of it.
pub(super) fn earlier_of_offices(searcher: &Searcher, words: &str) -> Result<Vec<Entry>, IndexError> {
    // Words only, so there is no day to be counted from today.
    let Ok(ever) = Query::parse("topic:all asof:ever", crate::pipeline::today()) else {
        return Ok(Vec::new());
    };
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Relevance,
        offset: 0,
        limit: COMPARED,
        after: None,
        is_counted: false,
    };
    let found = searcher.search(&ever.among_official().like(words), &wanted)?;
    Ok(found.hits.into_iter().map(|hit| hit.entry).collect())
}

/// Until when one of these, of an office's document, was printed as a paper's quote has it.
pub(super) fn last_printed(earlier: &[Entry], own: &Entry, document: &DocumentId) -> Option<Timestamp> {
    let words = own_words(own);
    let printed = earlier
        .iter()
        .filter(|earlier| earlier.document == *document)
        .filter(|earlier| is_printed_as(earlier, own, &words));
    printed.filter_map(|earlier| earlier.held.1).max()
}

/// Whether a quote prints an office's earlier words as any paper does.
fn is_printed_as(earlier: &Entry, own: &Entry, words: &str) -> bool {
    let Some(until) = earlier.held.1.filter(|_| !earlier.is_repeated) else {
        return false;
    };
    let changed_on = TimeZone::UTC.to_datetime(until).date();
    let is_later = own.published_on.is_some_and(|day| {
        let after = changed_on.until(day).map_or(0, |span| i64::from(span.get_days()));
        after > DAYS
    });
    if is_later {
        return false;
    }
    let there = own_words(earlier);
    let agreement = agreement(
        (&there, &Wording::in_one_spelling(&there)),
        (words, &Wording::in_one_spelling(words)),
        Whose::of(earlier, own),
    );
    agreement.is_some_and(|agreement| {
        let printing = Printing::new(earlier, &there, own.clone(), words.to_owned(), agreement);
        !printing.is_other_speaker && printing.differences.iter().all(|it| AS_IT_STOOD.contains(it))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::index::quote_for_tests;

    const OFFICE: &str = "We will pay the bank in May. The boats will run again before the summer is over.";

    /// Whether a paper of a day prints what the office had until 12 March.
    fn is_so(words: &str, published: Date) -> bool {
        let until = "2026-03-12T10:00:00Z".parse().expect("a moment");
        let office = quote_for_tests("office", "Ana Lima", OFFICE, 3);
        let office = Entry {
            held: (office.held.0, Some(until)),
            ..office
        };
        let paper = Entry {
            published_on: Some(published),
            ..quote_for_tests("paper", "Ana Lima", words, 3)
        };
        is_printed_as(&office, &paper, words)
    }

    #[test]
    fn only_who_printed_the_words_while_they_stood_there_is_excused() {
        let before = date(2026, 3, 11);
        assert!(is_so(OFFICE, before));
        assert!(is_so(
            "The boats will run again before the summer is over",
            before
        ));
        assert!(is_so(OFFICE, date(2026, 3, 13)));
        // After the office's change, with a word turned, or with more than the office said.
        assert!(!is_so(OFFICE, date(2026, 4, 2)));
        assert!(!is_so(
            "The boats will not run again before the summer is over",
            before
        ));
        assert!(!is_so(
            &format!("Nobody will be turned away at the pier. {OFFICE}"),
            before
        ));
    }
}
