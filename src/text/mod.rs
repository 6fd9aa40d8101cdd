//! What is done to any text, whatever it says: decoding, folding, cutting into sentences, counting.

pub mod lines;
