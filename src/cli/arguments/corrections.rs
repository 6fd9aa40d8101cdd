//! What can be asked of corrections by hand.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

#[derive(Args, Debug)]
#[command(after_long_help = "Examples:\n  \
    onrecord corrections add q4mzx2k7pa3rw5tyd --speaker 'Ana Lima' --why 'the sentence before names her'\n  \
    onrecord corrections add q4mzx2k7pa3rw5tyd --said 2026-02-03 --why 'the council met that Tuesday'\n  \
    onrecord corrections add q4mzx2k7pa3rw5tyd --no-quote --why 'the title of a film'\n  \
    onrecord corrections list --json > corrections.jsonl\n\n\
    Neither the archive nor the reading changes, nor what `verify` checks: a correction is laid over what is told of a quote, in \
    searches, exports, alerts and on the desk, and told as one. It holds for the same words in later wordings of the page.")]
pub(in crate::cli) struct CorrectionsArguments {
    #[command(subcommand)]
    pub(in crate::cli) command: CorrectionsCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CorrectionsCommand {
    /// Correct who spoke, the day something was said, or that words are somebody's
    Add(AddCorrectionArguments),
    /// List the corrections, and those that do not find their quote any more
    List {
        /// Those that were taken back, too
        #[arg(long)]
        all: bool,
        /// Print one JSON object a line, which `add --from` takes in another copy of the tracker
        #[arg(long)]
        json: bool,
    },
    /// Take a correction back; that it was made stays on record
    Remove {
        /// Its id
        id: String,
        /// Who takes it back [default: the name you are logged in by]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}

#[derive(Args, Debug)]
#[command(group = ArgGroup::new("right").required(true).args(["speaker", "new_speaker", "no_speaker", "said", "no_day", "no_quote", "from"]))]
pub(in crate::cli) struct AddCorrectionArguments {
    /// The quote, by the id that searches and exports print
    #[arg(
        value_name = "QUOTE",
        required_unless_present = "from",
        conflicts_with = "from"
    )]
    pub(in crate::cli) quote: Option<String>,
    /// Who spoke: an id of config/speakers.toml, or the full name of somebody in it or quoted anywhere
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) speaker: Option<String>,
    /// Who spoke, by a full name that nobody bears so far
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) new_speaker: Option<String>,
    /// Nobody who is known spoke
    #[arg(long)]
    pub(in crate::cli) no_speaker: bool,
    /// When it was said: 2026-02-06, 2026-02, or 2026-02-03..2026-02-06
    #[arg(long, value_name = "DAYS")]
    pub(in crate::cli) said: Option<String>,
    /// The day is not known
    #[arg(long)]
    pub(in crate::cli) no_day: bool,
    /// The words are nobody's: a title, a term, a sign
    #[arg(long)]
    pub(in crate::cli) no_quote: bool,
    /// Why that is right: what a reader of the page can look up
    #[arg(long, value_name = "TEXT", required_unless_present = "from")]
    pub(in crate::cli) why: Option<String>,
    /// Who says so [default: the name you are logged in by]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Option<String>,
    /// Take over corrections that `list --json` wrote, - for standard input; those that are here already are passed over
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) from: Option<PathBuf>,
}
