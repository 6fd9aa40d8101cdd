//! What an office printed before and changed since: who quoted it as it stood then has altered nothing.

use jiff::Timestamp;

use super::beside::FAIR;
use super::printings::{Printing, Whose, agreement, own_words};
use crate::index::{Entry, EntryKind, IndexError, Order, Query, Searcher, Wanted};
use crate::model::source::SourceKind;
use crate::text::wording::Wording;

/// Earlier wordings that a quote is compared with: the best found.
const COMPARED: usize = 20;

/// Until when an office printed the words of a quote as that has them, where it prints them otherwise today.
pub(super) fn printed_until(searcher: &Searcher, own: &Entry) -> Result<Option<Timestamp>, IndexError> {
    let words = own_words(own);
    // Words only, so there is no day to be counted from today.
    let Ok(ever) = Query::parse("topic:all asof:ever", super::today()) else {
        return Ok(None);
    };
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Relevance,
        offset: 0,
        limit: COMPARED,
        after: None,
        is_counted: false,
    };
    let found = searcher.search(&ever.among_official().like(&words), &wanted)?;
    let earlier = found.hits.into_iter().map(|hit| hit.entry);
    let printed = earlier.filter(|earlier| is_printed_as(earlier, own, &words));
    Ok(printed.filter_map(|earlier| earlier.held.1).max())
}

/// Whether a quote prints an office's earlier words as any paper does.
fn is_printed_as(earlier: &Entry, own: &Entry, words: &str) -> bool {
    let is_of_before = earlier.source_kind == SourceKind::Official
        && earlier.held.1.is_some()
        && !earlier.is_repeated
        && earlier.document != own.document;
    if !is_of_before {
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
        !printing.is_other_speaker && printing.differences.iter().all(|it| FAIR.contains(it))
    })
}
