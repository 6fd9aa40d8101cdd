//! Mentions in, things out: which person or body a text's naming means.

pub mod capitals;
mod names;
mod printed;
pub mod speakers;
pub mod suggest;
mod words;

pub use words::Strangers;
