//! The integration program: the real command line and server against small local sites. No network, no
//! fixed clock; what needs data beside the project is switched on by `ONRECORD_SHARED`.

#![allow(
    clippy::print_stderr,
    reason = "a test says what it scored and what it could not do"
)]

mod alerts;
mod browser;
mod commands;
mod conformance;
mod consumers;
mod corrections;
mod crash;
mod desk;
mod docs;
mod edits;
mod evidence;
#[cfg(target_os = "linux")]
mod faults;
mod foreign;
mod found;
mod gold;
mod hostile;
mod in_place;
mod layering;
#[cfg(target_os = "linux")]
mod load;
mod moved_days;
mod own_faults;
mod page_changes;
mod pipeline;
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "the table is read where the shared cases are played")
)]
mod process;
mod real_input;
mod schedule;
mod served;
mod support;
