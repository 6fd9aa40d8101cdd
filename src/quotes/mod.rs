//! Text in, quotes out: which words are given as somebody's, and who the text names as saying them.

use crate::model::document::Block;
use crate::model::quote::Quote;

/// The quotes of a text, in order of their first word.
pub fn find(_text: &str, _blocks: &[Block]) -> Vec<Quote> {
    Vec::new()
}
