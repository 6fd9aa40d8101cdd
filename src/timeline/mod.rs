//! Lines in, timelines out: written in the formats people's tools take.

pub mod export;
