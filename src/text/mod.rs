//! What is done to any text, whatever it says: decoding, folding, cutting into sentences, counting.

mod aligned;
pub mod bounds;
pub mod charset;
pub mod corrections;
pub mod days;
pub mod differing;
pub mod edit_line;
mod excerpts;
pub mod json;
pub mod language;
pub mod lines;
pub mod moments;
pub mod numerals;
pub mod rewording;
pub mod sentences;
pub mod spelling;
pub mod splices;
pub mod wording;
