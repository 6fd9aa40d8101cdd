//! Lines in, timelines out: brought together to events, laid on an axis, and written in the formats people's tools take.

pub mod axis;
mod contrary;
pub mod export;
pub mod lanes;
mod merging;
mod sentences;

pub use merging::events;
pub use sentences::told;
