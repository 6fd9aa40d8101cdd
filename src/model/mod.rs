//! Plain data that every chapter speaks: what a source, capture, document, quote and date *are*.
//!
//! Nothing here does anything but check its own invariants. The module imports nothing else of this
//! crate and derives no `Serialize`: rows are mapped in `store`, JSON lives at the edges.

pub mod by_hand;
pub mod cadence;
pub mod capture;
pub mod date;
pub mod document;
pub mod event;
pub mod host;
pub mod id;
pub mod moment;
pub mod outcome;
pub mod quote;
pub mod reader;
pub mod saved_search;
pub mod schedule;
pub mod source;
pub mod span;
pub mod speaker;
pub mod token;
pub mod tongue;
