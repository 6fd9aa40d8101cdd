//! What can be asked of the program.

mod corrections;
mod pages;
mod searches;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(super) use corrections::{AddCorrectionArguments, CorrectionsArguments, CorrectionsCommand};
pub(super) use pages::{ChannelKindArgument, DiscoverArguments, ExtractArguments, PreviewArguments};
pub(super) use searches::{
    AddSearchArguments, GivenRhythm, GivenScope, SearchesArguments, SearchesCommand, TokenArguments,
    TokenCommand,
};

use crate::settings::listen_address;
use crate::timeline::export::Format;
use crate::timeline::lanes::Lanes;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "onrecord",
    version,
    about = "Who said what, when, and where it is printed",
    long_about = "Onrecord follows a public controversy: it crawls official sources and news, archives every \
        byte as WARC, reads out quotes with their speakers and dates, and finds them again. Every line it \
        shows leads back to an archived capture and can be verified offline.",
    after_long_help = "Exit codes: 0 found or done, 1 nothing found, 2 failed.\n\n\
        Start with `onrecord demo`, or make a tracker of your own:\n  \
        onrecord init my-tracker && cd my-tracker && onrecord crawl --once"
)]
pub(super) struct Arguments {
    /// The tracker workspace [default: the current folder or the nearest parent that is one]
    #[arg(
        long,
        short = 'w',
        global = true,
        env = "ONRECORD_WORKSPACE",
        value_name = "DIR",
        hide_env = true
    )]
    pub(super) workspace: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a tracker workspace
    Init(InitArguments),
    /// Fetch what is due, archive it, read it and index it
    Crawl(CrawlArguments),
    /// Find quotes, documents and dates
    Search(SearchArguments),
    /// Write everything a search finds in a format other programs take
    Export(ExportArguments),
    /// Write what a search finds as a timeline: the same as `export`
    Timeline(TimelineArguments),
    /// Show how the sources stand and what went wrong
    Status(StatusArguments),
    /// Recompute digests and find every quote's words again in its capture; check a pack of evidence
    Verify(VerifyArguments),
    /// Put quotes and all that proves them in one file, for whoever doubts them
    Evidence(EvidenceArguments),
    /// Save searches, and see what was new, changed or gone since
    Searches(SearchesArguments),
    /// Correct by hand what was read wrongly, list corrections and take them back
    Corrections(CorrectionsArguments),
    /// Make, list and revoke tokens: who may change something, or read from elsewhere
    Token(TokenArguments),
    /// Make the search index anew from the rows, beside the one that is there
    #[command(
        long_about = "Makes the search index anew from the rows, beside the one that is there. Searches and a \
        running crawl go on; the new index takes the old one's place when it is whole. An index of another version, a \
        missing one and one that turns out to be damaged are made anew without being asked."
    )]
    Reindex,
    /// Crawl on schedule and serve the desk and the API
    Serve(ServeArguments),
    /// Add quotes and dates to JSON lines {"id","text","published"?,"language"?} from standard input
    #[command(
        long_about = "Reads JSON lines {\"id\",\"text\",\"published\"?,\"language\"?} on standard input and writes each \
        again with its `quotes` and `dates`. Offsets are Unicode code points into `text`, end excluded; dates \
        carry TIMEX3 types and values. A line that cannot be read is answered with {\"id\",\"error\"}; the exit \
        code is then 2. Inside a workspace its config/speakers.toml is used."
    )]
    Annotate,
    /// Print what is read out of a page
    Extract(ExtractArguments),
    /// Show what would be read out of a page, and how each thing was found
    Preview(PreviewArguments),
    /// Print what a feed, a sitemap or a listing page announces
    Discover(DiscoverArguments),
    /// List, probe, import and export sources
    Sources(SourcesArguments),
    /// Propose entries for config/speakers.toml from what was crawled
    Speakers(SpeakersArguments),
    /// Show what runs next, when and why
    Schedule(ScheduleArguments),
    /// Have a page or a source looked at now, also while a crawl is at work
    Recheck(RecheckArguments),
    /// Say whether, when and why an address would be asked for
    Explain(ExplainArguments),
    /// Try the whole thing on a sample newsroom served from this machine
    Demo(DemoArguments),
}

#[derive(Args, Debug)]
pub(super) struct InitArguments {
    /// The folder to make
    pub(super) folder: PathBuf,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Exit codes of --once: 0 done, also where some of it failed; 2 it could not be done, every site that was \
        due is left alone after trouble, or none of the channels that were asked answered as it should.\n\n\
        Examples:\n  onrecord crawl --once\n  onrecord crawl --once whitehouse --revisit"
)]
pub(super) struct CrawlArguments {
    /// Ask every channel now, fetch what it announces, and end [default: go on, on schedule]. A host that
    /// pushed back is left alone all the same, for as long as `onrecord status` says
    #[arg(long)]
    pub(super) once: bool,
    /// Ask again for every known page as well, due or not, to see silent edits
    #[arg(long, requires = "once")]
    pub(super) revisit: bool,
    /// Begin a new archive where the one on record is gone for good; without this nothing is crawled until it is back
    #[arg(long, requires = "once")]
    pub(super) begin_archive: bool,
    /// Read back what the archive holds and no row tells of: after a crawl was killed, or a database was put back from an
    /// earlier day or lost, in whose place a new one is then begun
    #[arg(long, requires = "once")]
    pub(super) read_back: bool,
    /// The sources to crawl, by the names of their files [default: all]
    #[arg(value_name = "SOURCE")]
    pub(super) sources: Vec<String>,
    /// Print the summary as one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// What a search looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    Quotes,
    Documents,
    Dates,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Order {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "The query: words (all must match), \"phrases\", OR, NOT or -, parentheses, and fields\n  \
    speaker: cue: stance: source: outlet: kind: genre: lang: office: url: topic: has: like:\n  \
    said: published: mentions: deadline: captured: first_seen: changed: asof:   with 2026-02-06, 2026-02, 2026-02-01..2026-02-10, ..2026-02-10, >=2026-02-01\n  \
    A query that begins with a hyphen comes behind --.\n\n\
    Examples:\n  onrecord search 'speaker:mclaughlin \"less safe\" said:2026-02-01..2026-02-10'\n  \
    onrecord search --kind dates 'deadline:2026-02-01..'\n  onrecord search -- '-ferry strike'"
)]
pub(super) struct SearchArguments {
    /// The query
    #[arg(required_unless_present_any = ["syntax", "like"], value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// Find other printings of these words, the closest first; the query narrows them
    #[arg(long, value_name = "TEXT")]
    pub(super) like: Option<String>,
    /// Print how queries are written, and end
    #[arg(long)]
    pub(super) syntax: bool,
    /// What to look for
    #[arg(long, value_enum, default_value = "quotes")]
    pub(super) kind: Kind,
    /// The order of the hits [default: relevance; of `--kind dates` with nothing but `deadline:` and other fields the oldest]
    #[arg(long, value_enum)]
    pub(super) sort: Option<Order>,
    /// Hits to print [default: search.hits of the settings]
    #[arg(long, short = 'n', value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Hits to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(super) offset: usize,
    /// Print one JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Examples:\n  onrecord export csv 'speaker:mamdani' -o mamdani.csv\n  \
    onrecord export ics 'sanctuary said:2026-02' > order.ics\n  \
    onrecord export jsonl --kind quotes 'kind:official' | head\n  \
    onrecord export vis sanctuary --from 2026-02-01 --to 2026-02-28 --lanes source -o february.json\n\n\
    Lines are in the order of their days; there is no limit of rows. Timelines and calendars leave out what has no day."
)]
pub(super) struct ExportArguments {
    /// The format
    #[arg(value_parser = formats(), value_name = "FORMAT")]
    pub(super) format: Format,
    /// The query, as for `search`
    #[arg(required = true, value_name = "QUERY")]
    pub(super) query: Vec<String>,
    #[command(flatten)]
    pub(super) lines: LinesArguments,
    /// The file to write [default: standard output]
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// Which lines of what is found are written, and how they are laid out.
#[derive(Args, Debug)]
pub(super) struct LinesArguments {
    /// What to look for; of all, bibtex, ris and csljson list the documents
    #[arg(long, value_enum, default_value = "all")]
    pub(super) kind: Kind,
    /// The first day, as 2026-02-06: only what was said, published or is meant from then on
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) to: Option<Date>,
    /// What the file is called, in formats that have a title [default: the query]
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// By what timelinejs and vis put lines into lanes [default: by their kind]
    #[arg(long, value_parser = lanes(), value_name = "LANES")]
    pub(super) lanes: Option<Lanes>,
    /// What happened to the pages as well: quotes that an edit reworded, gave to somebody else or took out, and pages that are
    /// gone
    #[arg(long)]
    pub(super) changes: bool,
    /// Printings of one wording as one line: the first that was printed, with who else prints the words
    #[arg(long)]
    pub(super) merge_printings: bool,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Examples:\n  onrecord timeline 'speaker:mamdani' --format csv > mamdani.csv\n  \
    onrecord timeline 'sanctuary said:2026-02' --format ics --output order.ics"
)]
pub(super) struct TimelineArguments {
    /// The query, as for `search`
    #[arg(required = true, value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// The format
    #[arg(long, value_parser = formats(), default_value = "csv")]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) lines: LinesArguments,
    /// The file to write [default: standard output]
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// Every division into lanes, by its name.
/// A day, with what is wrong said in words.
fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "there is no such day; days are written 2026-02-06".to_owned())
}

fn lanes() -> impl TypedValueParser<Value = Lanes> {
    PossibleValuesParser::new(Lanes::ALL.map(Lanes::code))
        .map(|code| Lanes::from_code(&code).expect("only names of lanes are let through"))
}

/// Every format there is, by its name.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::code))
        .map(|code| Format::from_code(&code).expect("only names of formats are let through"))
}

#[derive(Args, Debug)]
pub(super) struct StatusArguments {
    /// Print one JSON object a line, one line a source
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "A pack of evidence (.wacz, .zip) or a WARC file (.warc.gz) is checked without a workspace. Of a pack: the \
        digests of its files and records, that each quote's words stand in the archived bytes, and that this program reads \
        the same words, speaker and day out of them. Of a WARC file: the digests of its records. When it was made, and that \
        the site sent it, no file can prove.\n\n\
        Exit codes: 0 all as archived, 2 something is not, 3 some of it could only not be read.\n\n\
        Examples:\n  onrecord verify --all\n  onrecord verify 0190a1b2-0000-7000-8000-000000000000\n  \
        onrecord verify landing.wacz"
)]
pub(super) struct VerifyArguments {
    /// The captures to check: their ids, as citations print them too, or a quote's, a document's or a page's address, whose
    /// captures are checked then; or files of evidence [default: those of every page]
    #[arg(value_name = "CAPTURE|FILE", conflicts_with = "all")]
    pub(super) captures: Vec<String>,
    /// Check every record of every archive file, not only those that documents rest on
    #[arg(long)]
    pub(super) all: bool,
    /// Print one JSON object a finding
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "The file is a web archive (WACZ) that other programs open too. It holds the archived records byte for \
        byte, what is claimed of them, the texts as they were read, and the rules and names they were read by; of \
        config/speakers.toml only whom the texts may mean. The same quotes make the same file. It is checked as soon as it \
        is written, and replaces none that is there.\n\n\
        Exit codes: 0 done, 2 failed or something is not as claimed, 3 some of it was read by another version.\n\n\
        Examples:\n  onrecord evidence q4mzx2k7pa3rw5tyd -o landing.wacz\n  \
        onrecord evidence https://herald.example/news/landing -o landing.wacz"
)]
pub(super) struct EvidenceArguments {
    /// The quotes: their ids, as searches and exports print them; or a document's, a capture's or a page's, of which all
    /// quotes are taken
    #[arg(value_name = "QUOTE", required = true)]
    pub(super) named: Vec<String>,
    /// The file to write, `-` for standard output; programs that replay web archives want it to end in .wacz
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct ServeArguments {
    /// The address to listen on; one that is not loopback needs a token (`onrecord token create`) [default:
    /// serve.listen of the settings]
    #[arg(long, value_name = "ADDRESS", value_parser = listen_address)]
    pub(super) listen: Option<SocketAddr>,
    /// Serve only: do not crawl, and send no alerts
    #[arg(long)]
    pub(super) no_crawl: bool,
}

#[derive(Args, Debug)]
pub(super) struct SourcesArguments {
    #[command(subcommand)]
    pub(super) command: SourcesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum SourcesCommand {
    /// List the sources and their channels
    List {
        /// Print one JSON object a source
        #[arg(long)]
        json: bool,
    },
    /// Find the feeds, sitemaps and listings of a newsroom and print a source file
    Probe(ProbeArguments),
    /// Write a source file for each feed of an OPML file; none is overwritten
    Import {
        /// The OPML file
        file: PathBuf,
    },
    /// Print every feed as OPML 2.0
    Export,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Example:\n  onrecord sources probe https://example.org/ -o config/sources/example.toml"
)]
pub(super) struct ProbeArguments {
    /// The front page of the newsroom
    pub(super) url: String,
    /// Write the source's file here, if something is found
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Allow private and loopback addresses and any port, for an intranet
    #[arg(long)]
    pub(super) allow_private: bool,
}

#[derive(Args, Debug)]
pub(super) struct SpeakersArguments {
    #[command(subcommand)]
    pub(super) command: SpeakersCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum SpeakersCommand {
    /// Print entries for who is quoted and unknown, and other names of who is known, as TOML to look over
    Suggest(SuggestArguments),
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Example:\n  onrecord speakers suggest > proposals.toml\n\n\
    Nothing is written to config/speakers.toml. Comments say how often each name was met, in which quotes, and why two \
    names are thought to be one's. A changed config/speakers.toml takes effect with the next crawl."
)]
pub(super) struct SuggestArguments {
    /// Leave out who is met in fewer quotes
    #[arg(long, default_value_t = 2, value_name = "QUOTES")]
    pub(super) at_least: usize,
    /// Proposals to print [default: all]
    #[arg(long, short = 'n', value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Print one JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ScheduleArguments {
    /// Only this source's addresses
    #[arg(value_name = "SOURCE")]
    pub(super) source: Option<String>,
    /// Addresses to show
    #[arg(long, short = 'n', default_value_t = 20, value_name = "N")]
    pub(super) limit: u32,
    /// Print one JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Examples:\n  onrecord explain https://example.org/news/1\n  \
    onrecord explain --jsonl < decisions.jsonl"
)]
pub(super) struct ExplainArguments {
    /// The address
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    pub(super) url: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
    /// Read {"id","robots_file","agent","url"} lines from standard input; answer {"id","allowed","rule"} lines
    #[arg(long)]
    pub(super) jsonl: bool,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "It makes due what is named and leaves the asking to the crawl that is at work, or to the next one. A host \
        that pushed back is left alone all the same, and robots.txt holds.\n\n\
        Examples:\n  onrecord recheck https://example.org/news/1\n  onrecord recheck city-hall --pages"
)]
pub(super) struct RecheckArguments {
    /// Pages or channels by their addresses, or sources by the names of their files, of which all channels are asked
    #[arg(required = true, value_name = "ADDRESS|SOURCE")]
    pub(super) named: Vec<String>,
    /// Of a source, ask for every known page as well, to see silent edits
    #[arg(long)]
    pub(super) pages: bool,
    /// Print a JSON object for each
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct DemoArguments {
    /// Print what was found and end, without serving the desk
    #[arg(long)]
    pub(super) once: bool,
    /// Where the desk listens
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS", value_parser = listen_address)]
    pub(super) listen: SocketAddr,
    /// Keep the demo's workspace in this folder [default: a temporary one, removed at the end]
    #[arg(long, value_name = "DIR")]
    pub(super) keep: Option<PathBuf>,
}
