//! The command line: one file a command.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 found or done,
//! 1 nothing found, 2 failed.

mod annotate;
mod arguments;
mod corrections;
mod crawl;
mod demo;
mod discover;
mod evidence;
mod explain;
mod export;
mod extract;
mod filter;
mod given;
mod init;
mod lines;
mod looks;
mod output;
mod preview;
mod recheck;
mod reindex;
mod schedule;
mod search;
mod searches;
mod serve;
mod session;
mod shapes;
mod sources;
mod speakers;
mod status;
mod tokens;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Runs the program and answers its exit code.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let workspace = arguments.workspace.as_deref();
    let done = match arguments.command {
        Command::Init(given) => init::run(&given),
        Command::Crawl(given) => crawl::run(workspace, &given),
        Command::Search(given) => search::run(workspace, &given),
        Command::Export(given) => export::run(workspace, &given),
        Command::Timeline(given) => export::timeline(workspace, &given),
        Command::Status(given) => status::run(workspace, &given),
        Command::Searches(given) => searches::run(workspace, &given.command),
        Command::Corrections(given) => corrections::run(workspace, &given.command),
        Command::Token(given) => tokens::run(workspace, &given.command),
        Command::Recheck(given) => recheck::run(workspace, &given),
        Command::Reindex => reindex::run(workspace),
        Command::Verify(given) => verify::run(workspace, &given),
        Command::Evidence(given) => evidence::run(workspace, &given),
        Command::Serve(given) => serve::run(workspace, &given),
        Command::Annotate => annotate::run(workspace),
        Command::Extract(given) => extract::run(workspace, &given),
        Command::Preview(given) => preview::run(workspace, &given),
        Command::Discover(given) => discover::run(workspace, &given),
        Command::Sources(given) => sources::run(workspace, &given.command),
        Command::Speakers(given) => speakers::run(workspace, &given.command),
        Command::Schedule(given) => schedule::run(workspace, &given),
        Command::Explain(given) => explain::run(workspace, &given),
        Command::Demo(given) => demo::run(&given),
    };
    match done {
        Ok(code) => code,
        Err(error) => output::failure(&error),
    }
}

/// Help and version go to standard output and are no failure; wrong usage is one.
fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be said where the terminal is gone.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}
