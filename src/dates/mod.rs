//! Text in, time expressions out, with the days they mean.

use jiff::civil::Date;

use crate::model::date::{DateMention, SaidOn};
use crate::model::quote::Quote;

/// The time expressions of a text, in order and never overlapping; `published` is the document's own
/// day, which relative expressions are counted from.
pub fn find(_text: &str, _published: Option<Date>) -> Vec<DateMention> {
    Vec::new()
}

/// The day a quote was said: from the expression that governs it, else the document's own day.
pub fn said_on(
    _text: &str,
    _quote: &Quote,
    _mentions: &[DateMention],
    _published: Option<Date>,
) -> Option<SaidOn> {
    None
}
