//! Lines in, timelines out: brought together to events, laid on an axis, and written in the formats people's tools take.

pub mod axis;
pub mod changed;
mod contrary;
pub mod export;
pub mod lanes;
mod merging;
pub mod one_wording;
mod sentences;

pub use merging::events;
pub use sentences::told;
