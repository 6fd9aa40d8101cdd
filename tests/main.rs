//! The integration program: the real command line and server against small local sites. No network, no
//! fixed clock; what needs data beside the project is switched on by `ONRECORD_SHARED`.

#![allow(
    clippy::print_stderr,
    reason = "a test says what it scored and what it could not do"
)]

mod browser;
mod commands;
mod conformance;
mod crash;
mod docs;
mod faults;
mod gold;
mod layering;
mod own_faults;
mod pipeline;
mod process;
mod real_input;
mod served;
mod support;
