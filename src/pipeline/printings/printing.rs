//! One printing beside another: in what its words, its speaker and its day differ.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::agreement::{Agreement, is_somebody_else, speaker_of};
use crate::index::{Entry, EntryKind, QUOTATION_MARKS};
use crate::model::date::{SaidOn, When};
use crate::model::document::Genre;
use crate::model::quote::{QuoteKind, Stance};
use crate::model::source::SourceKind;
use crate::text::differing::{Difference, differences_of, differences_of_same};
use crate::text::rewording::{parted, reworded};
use crate::text::wording::Piece;

/// What the words of a reporter around those in marks may say as well.
const OF_THE_CLAUSE: [Difference; 3] = [Difference::Negation, Difference::Condition, Difference::Degree];

/// A place where the same words are printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Printing {
    /// The quote, or the document where they stand in running text.
    pub entry: Entry,
    /// The words as printed there.
    pub words: String,
    /// How they agree.
    pub agreement: Agreement,
    /// In what they differ.
    pub differences: BTreeSet<Difference>,
    /// What differs, from the words here to those there; empty where nothing does.
    pub pieces: Vec<Piece>,
    /// Whether they are given to somebody else there.
    pub is_other_speaker: bool,
    /// Whether they are of another day there.
    pub is_other_day: bool,
    /// Until when the office among the two printed the words as the paper has them: what differs today, the office changed.
    pub until: Option<Timestamp>,
}

impl Printing {
    /// Until when the document had them, where its wording of today has them no more.
    pub fn held_until(&self) -> Option<Timestamp> {
        self.entry.held.1
    }

    pub(in crate::pipeline) fn new(
        own: &Entry,
        here: &str,
        entry: Entry,
        words: String,
        agreement: Agreement,
    ) -> Self {
        let pieces = compared(agreement, here, &words);
        let is_quote = entry.kind == EntryKind::Quote;
        let mut differences = match pieces.is_empty() {
            true => differences_of_same(here, &words),
            false => differences_of(here, &pieces),
        };
        if let Some((here, there)) = with_reporters_words((own, here), (&entry, &words)) {
            with_what_reporters_say(&mut differences, here, there);
        }
        if is_refused(own) != is_refused(&entry) {
            differences.remove(&Difference::Negation);
        }
        Self {
            differences,
            is_other_speaker: is_quote && is_somebody_else(speaker_of(own), speaker_of(&entry)),
            is_other_day: is_quote && is_another_day(day_of(own), day_of(&entry)),
            until: None,
            entry,
            words,
            agreement,
            pieces,
        }
    }
}

/// What went from the words here to those there.
fn compared(agreement: Agreement, here: &str, there: &str) -> Vec<Piece> {
    match agreement {
        Agreement::Same => Vec::new(),
        Agreement::Near => reworded(here, there),
        Agreement::Part => parted(here, there),
    }
}

/// Two printings with what their reporters say around the words in marks; nothing where no reporter does.
fn with_reporters_words<'a>(
    (own, here): (&'a Entry, &'a str),
    (entry, there): (&'a Entry, &'a str),
) -> Option<(&'a str, &'a str)> {
    let (ours, theirs) = (clause(own, here), clause(entry, there));
    (ours.is_some() || theirs.is_some()).then(|| (ours.unwrap_or(here), theirs.unwrap_or(there)))
}

/// Takes out what differs only while the words in marks are compared alone, and adds a "not" that stands right before them: that the
/// city would not “close any shelter” says what “We will not close any shelter” says, and turns “We will close any shelter”.
pub(super) fn with_what_reporters_say(differences: &mut BTreeSet<Difference>, here: &str, there: &str) {
    let is_denied = [here, there].into_iter().any(is_denied_before_marks);
    if !is_denied && !differences.iter().any(|it| OF_THE_CLAUSE.contains(it)) {
        return;
    }
    let told = differences_of(here, &parted(here, there));
    differences.retain(|it| !OF_THE_CLAUSE.contains(it) || told.contains(it));
    differences.extend((is_denied && told.contains(&Difference::Negation)).then_some(Difference::Negation));
}

/// Whether a reporter says "not" right before the words in marks.
fn is_denied_before_marks(clause: &str) -> bool {
    let before = clause.split(QUOTATION_MARKS).next().unwrap_or_default();
    let word = before
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let is_inside = before.len() < clause.len();
    is_inside
        && (matches!(word.as_str(), "not" | "never" | "no") || word.ends_with("n’t") || word.ends_with("n't"))
}

/// Whether a reporter says by the verb that somebody will not do what the words in marks say: refused to “close any shelter”.
fn is_refused(quote: &Entry) -> bool {
    quote.stance == Some(Stance::Denied) && matches!(quote.quote, Some((QuoteKind::Mixed, _)))
}

/// The clause around words in marks.
fn clause<'a>(quote: &'a Entry, words: &str) -> Option<&'a str> {
    let is_mixed = matches!(quote.quote, Some((QuoteKind::Mixed, _)));
    (is_mixed && quote.text != words).then_some(quote.text.as_str())
}

/// When a quote was said, and how many days before it may have been said: any where only the day of its page tells; where
/// that is an office's own statement it was said when it was published, or the day before.
fn day_of(quote: &Entry) -> Option<(&When, i64)> {
    let is_own_statement = quote.source_kind == SourceKind::Official
        && (quote.genre.is_handed_out() || quote.genre == Genre::Order);
    let said = quote.said.as_ref()?;
    let before = match (SaidOn::is_assumed(&said.rule), is_own_statement) {
        (false, _) => 0,
        (true, true) => match quote.genre {
            // It is made by being published.
            Genre::Statement => 0,
            // They are given, sent or held elsewhere, and published when the office comes to it.
            Genre::Testimony | Genre::Letter | Genre::Readout => i64::MAX,
            // What it quotes may be of the day before.
            _ => 1,
        },
        (true, false) => i64::MAX,
    };
    Some((&said.when, before))
}

/// Whether words are of two days; of each it is told how many days before they may have been said.
pub(super) fn is_another_day(here: Option<(&When, i64)>, there: Option<(&When, i64)>) -> bool {
    let (Some((here, before_here)), Some((there, before_there))) = (here, there) else {
        return false;
    };
    let days = |from: &When, to: &When| {
        let between = from.latest.until(to.earliest);
        between.map_or(0, |span| i64::from(span.get_days()))
    };
    days(here, there) > before_there || days(there, here) > before_here
}
