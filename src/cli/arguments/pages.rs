//! What can be asked of a page or a channel's answer that is kept nowhere.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
#[command(
    after_long_help = "Examples:\n  onrecord extract page.html --url https://example.org/news/1\n  \
    onrecord extract --jsonl < pages.jsonl > readings.jsonl\n\n\
    In a workspace a page is read as a crawl would read it: with the rules, the zone and the language of the source \
    whose host is the address's. Lines may also have \"source\", \"content_type\" and \"captured_at\"."
)]
pub(in crate::cli) struct ExtractArguments {
    /// The page, or - for standard input
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl", requires = "url")]
    pub(in crate::cli) file: Option<PathBuf>,
    /// The address the page was found at
    #[arg(long)]
    pub(in crate::cli) url: Option<String>,
    /// The source whose rules are used, by the name of its file [default: the one on the address's host]
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) source: Option<String>,
    /// Read {"id","url","file"} lines from standard input and write one reading a line
    #[arg(long)]
    pub(in crate::cli) jsonl: bool,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Examples:\n  onrecord preview https://example.org/news/1\n  \
    onrecord preview page.html --url https://example.org/news/1 --source example\n\n\
    An address is asked for as in a crawl and kept nowhere. In a workspace the page is read with the rules of the \
    source on the address's host."
)]
pub(in crate::cli) struct PreviewArguments {
    /// The page: an address, a file, or - for standard input
    #[arg(value_name = "URL|FILE")]
    pub(in crate::cli) page: String,
    /// The address that a file was found at
    #[arg(long)]
    pub(in crate::cli) url: Option<String>,
    /// The source whose rules are used, by the name of its file [default: the one on the address's host]
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) source: Option<String>,
    /// Allow private and loopback addresses, for an intranet
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
    /// Print the text alone, whole
    #[arg(long, conflicts_with = "json")]
    pub(in crate::cli) text: bool,
    /// Print everything as one JSON object, as `extract` does
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// How a channel's answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ChannelKindArgument {
    /// RSS, Atom or JSON Feed
    Feed,
    /// A sitemap, or an index of sitemaps
    Sitemap,
    /// A web page of links
    Listing,
}

#[derive(Args, Debug)]
#[command(
    after_long_help = "Examples:\n  onrecord discover rss.xml --kind feed --base https://example.org/rss.xml\n  \
    onrecord discover - --kind listing --base https://example.org/news/ --item li.story --json < news.html\n  \
    onrecord discover --jsonl < files.jsonl"
)]
pub(in crate::cli) struct DiscoverArguments {
    /// The answer: a file, an address, or - for standard input
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    pub(in crate::cli) file: Option<PathBuf>,
    /// How it is read
    #[arg(long, value_enum, default_value = "feed")]
    pub(in crate::cli) kind: ChannelKindArgument,
    /// The address it came from, which relative links are resolved against
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base: Option<String>,
    /// Selects each announced item of a listing
    #[arg(long, value_name = "CSS")]
    pub(in crate::cli) item: Option<String>,
    /// Selects the link inside an item of a listing
    #[arg(long, value_name = "CSS")]
    pub(in crate::cli) link: Option<String>,
    /// Selects the title inside an item of a listing
    #[arg(long, value_name = "CSS")]
    pub(in crate::cli) title: Option<String>,
    /// Selects the day inside an item of a listing
    #[arg(long, value_name = "CSS")]
    pub(in crate::cli) date: Option<String>,
    /// Selects the link to the next page of a listing
    #[arg(long, value_name = "CSS")]
    pub(in crate::cli) next: Option<String>,
    /// Allow private and loopback addresses, for an intranet
    #[arg(long)]
    pub(in crate::cli) allow_private: bool,
    /// Print one JSON object an item: url, title, published, modified, id
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Read {"id","file","kind","base"} lines from standard input; answer {"id","items","sitemaps","next"} lines
    #[arg(long)]
    pub(in crate::cli) jsonl: bool,
}
