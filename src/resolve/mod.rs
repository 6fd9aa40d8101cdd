//! Mentions in, things out: which person or body a text's naming means.

pub mod capitals;
mod full_names;
mod labels;
mod names;
mod printed;
pub mod speakers;
pub mod suggest;
mod words;

pub use names::may_be_of_one;
pub use words::{Strangers, is_definite_anywhere, is_title_anywhere};
