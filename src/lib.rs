//! Onrecord: who said what, when, and where it is printed.
//!
//! A *source* announces pages. A page is fetched into a *capture* and kept as it came. A capture is
//! read into a *revision* of a *document*. A revision yields *quotes* and *dates*, found by search and
//! laid on a *timeline*. Every step reads what the step before it committed, so any step can be run
//! again. Each folder here is one chapter of that story; `ARCHITECTURE.md` tells it whole.

pub mod archive;
pub mod cli;
pub mod crawl;
pub mod dates;
pub mod discover;
pub mod extract;
pub mod fetch;
pub mod index;
pub mod mail;
pub mod model;
pub mod pipeline;
pub mod quotes;
pub mod resolve;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod text;
pub mod timeline;
pub mod trees;
pub mod web;
