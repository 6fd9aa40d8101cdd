//! What can be asked of saved searches and tokens.

use clap::{Args, Subcommand, ValueEnum};

use super::Kind;

#[derive(Args, Debug)]
#[command(
    after_long_help = "Examples:\n  onrecord searches add \"the mayor\" speaker:mamdani\n  \
    onrecord searches add orders --kind documents genre:order --every daily --email desk@example.org\n  \
    onrecord searches alerts \"the mayor\"\n\n\
    Searches are looked at while `onrecord serve` or `onrecord crawl` runs. Each alert says what is new, changed or \
    gone since the last one, each thing once. Without a webhook or mail they are on the desk, by the API and in feeds."
)]
pub(in crate::cli) struct SearchesArguments {
    #[command(subcommand)]
    pub(in crate::cli) command: SearchesCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SearchesCommand {
    /// Save a search
    Add(AddSearchArguments),
    /// List the saved searches and what could not be told
    List {
        /// Print one JSON object a search
        #[arg(long)]
        json: bool,
    },
    /// Print the latest alerts of a saved search
    Alerts {
        /// The search's name or id
        name: String,
        /// Print one JSON object an alert
        #[arg(long)]
        json: bool,
    },
    /// Look at what is due and send what is, once
    Look,
    /// Send one alert that is only a test by every way of a saved search
    Test {
        /// The search's name or id
        name: String,
    },
    /// Send alerts from this copy of the tracker from now on
    #[command(long_about = TAKE_OVER)]
    TakeOver {
        /// Do not send what waits: the original has sent it
        #[arg(long)]
        discard: bool,
    },
    /// Delete a saved search and its alerts
    Remove {
        /// The search's name or id
        name: String,
    },
}

/// What `searches take-over` says of itself.
const TAKE_OVER: &str = "Send alerts from this copy of the tracker from now on\n\n\
    Alerts are sent from one folder of one machine, so that whoever opens a copy of a tracker or puts a backup back beside \
    it writes to nobody. Where a tracker goes on in another place, this says so; the original, if it still runs, should be \
    stopped first.";

#[derive(Args, Debug)]
pub(in crate::cli) struct AddSearchArguments {
    /// What it is called
    pub(in crate::cli) name: String,
    /// The query, as for `search`
    #[arg(required = true, value_name = "QUERY")]
    pub(in crate::cli) query: Vec<String>,
    /// What to look for
    #[arg(long, value_enum, default_value = "quotes")]
    pub(in crate::cli) kind: Kind,
    /// How often it is looked at
    #[arg(long = "every", value_enum, default_value = "at-once")]
    pub(in crate::cli) rhythm: GivenRhythm,
    /// An address that alerts are posted to, signed; the secret is printed
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) webhook: Option<String>,
    /// A mailbox that alerts are written to
    #[arg(long, value_name = "ADDRESS")]
    pub(in crate::cli) email: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GivenRhythm {
    AtOnce,
    Daily,
    Weekly,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "A token is shown as `Authorization: Bearer TOKEN`, or typed into a browser as the password (any user \
    name will do). Reading at a loopback address needs none."
)]
pub(in crate::cli) struct TokenArguments {
    #[command(subcommand)]
    pub(in crate::cli) command: TokenCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TokenCommand {
    /// Make a token and print it, once
    Create {
        /// What it is called
        name: String,
        /// What it allows: reading; also saving searches and correcting; also saying where alerts are sent to
        #[arg(long, value_enum, default_value = "read")]
        scope: GivenScope,
        /// The last day it lets in (UTC), such as 2027-06-30 [default: for good]
        #[arg(long, value_name = "DAY")]
        until: Option<jiff::civil::Date>,
    },
    /// List the tokens
    List,
    /// Let a token's bearer in no more
    Revoke {
        /// Its name
        name: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GivenScope {
    Read,
    Write,
    Admin,
}
