//! What is done to any text, whatever it says: decoding, folding, cutting into sentences, counting.

pub mod bounds;
pub mod charset;
pub mod corrections;
pub mod days;
pub mod differing;
mod excerpts;
pub mod language;
pub mod lines;
pub mod moments;
pub mod numerals;
pub mod rewording;
pub mod sentences;
pub mod spelling;
pub mod splices;
pub mod wording;
