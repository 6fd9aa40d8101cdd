//! `onrecord sources`: list, probe, import and export sources.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use quick_xml::escape::escape;
use serde_json::{Value, json};
use url::Url;

use super::arguments::{ProbeArguments, SourcesCommand};
use super::output::{DONE, FAILED, NOTHING, counted, plain, tell};
use super::session;
use crate::crawl::{Probed, probe};
use crate::discover::opml::{self, Outline};
use crate::model::source::{Channel, ChannelKind, Source, SourceKind};
use crate::pipeline::configured_sources;
use crate::settings;
use crate::text::charset;

pub(super) fn run(workspace: Option<&Path>, command: &SourcesCommand) -> anyhow::Result<ExitCode> {
    match command {
        SourcesCommand::List { json } => list(workspace, *json),
        SourcesCommand::Probe(given) => probe_site(workspace, given),
        SourcesCommand::Import { file } => import(workspace, file),
        SourcesCommand::Export => export(workspace),
    }
}

fn list(workspace: Option<&Path>, json: bool) -> anyhow::Result<ExitCode> {
    let (workspace, settings) = session::configured(workspace)?;
    // All that a crawl would refuse is refused here, too: this is where somebody looks who writes a source file.
    let (sources, doubts) = configured_sources(&workspace, settings)?;
    if sources.is_empty() {
        tell(&format!(
            "no sources yet in {}: `onrecord sources probe ADDRESS` finds what a site offers and prints a file for that folder",
            workspace.sources().display()
        ));
    }
    let mut output = std::io::stdout().lock();
    for source in &sources {
        if json {
            serde_json::to_writer(&mut output, &source_json(source))?;
            output.write_all(b"\n")?;
            continue;
        }
        let off = if source.enabled { "" } else { "  (switched off)" };
        writeln!(
            output,
            "{:24}  {:8}  {}{off}",
            source.id.as_str(),
            source.kind.code(),
            plain(&source.name)
        )?;
        for channel in &source.channels {
            let cadence = channel.cadence.as_ref().unwrap_or(&source.cadence);
            writeln!(
                output,
                "  {:7}  {}  {}",
                channel.kind.code(),
                match channel.enabled {
                    true => cadence.to_string(),
                    false => "(switched off)".into(),
                },
                plain(channel.url.as_str())
            )?;
        }
    }
    for doubt in doubts {
        tell(&format!("note: {doubt}"));
    }
    Ok(ExitCode::from(if sources.is_empty() { NOTHING } else { DONE }))
}

/// A source as it is configured; `status --json` tells how it fares.
fn source_json(source: &Source) -> Value {
    let channels = source.channels.iter().map(|channel| {
        let cadence = channel.cadence.as_ref().unwrap_or(&source.cadence);
        json!({
            "kind": channel.kind.code(),
            "url": channel.url.as_str(),
            "enabled": channel.enabled,
            "asked": cadence.to_string(),
        })
    });
    json!({
        "source": source.id.as_str(),
        "name": source.name,
        "kind": source.kind.code(),
        "home": source.home.as_str(),
        "enabled": source.enabled,
        "channels": channels.collect::<Vec<_>>(),
    })
}

fn probe_site(workspace: Option<&Path>, given: &ProbeArguments) -> anyhow::Result<ExitCode> {
    let url = Url::parse(&given.url).with_context(|| format!("`{}` is no address", given.url))?;
    let (settings, sources) = (session::borrowed(workspace)?, session::sources(workspace)?);
    tell("asking politely; this takes some seconds");
    let probed = probe(&settings.crawl, &sources, &url, given.allow_private);
    let probed = session::runtime()?.block_on(probed)?;
    for line in &probed.tried {
        tell(&format!("tried {}", plain(line)));
    }
    if probed.is_refused {
        tell("hint: --allow-private lets an intranet be asked, at private addresses and on any port");
    }
    if probed.channels.is_empty() {
        tell("no feed, sitemap, interface or listing was found");
        return Ok(ExitCode::from(NOTHING));
    }
    let file = source_file(&probed, given.allow_private, given.output.is_some());
    match &given.output {
        None => std::io::stdout().lock().write_all(file.as_bytes())?,
        Some(path) => {
            let written = std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(path)
                .and_then(|mut opened| opened.write_all(file.as_bytes()));
            written.with_context(|| format!("cannot write {}", path.display()))?;
            tell(&format!("{} written; look it over", path.display()));
        }
    }
    Ok(ExitCode::from(DONE))
}

/// A source file of what was found. Every feed is on; the rest is on only where there is no feed, and is else left
/// for the reader to switch on.
fn source_file(probed: &Probed, allow_private: bool, is_written: bool) -> String {
    let host = probed.home.host_str().unwrap_or_default();
    let name = probed.name.clone().unwrap_or_else(|| host.to_string());
    let to_do = match is_written {
        true => "Look it over.".into(),
        false => format!("Look it over, and save it as config/sources/{}.toml.", slug(host)),
    };
    let mut file = format!(
        "# Found by `onrecord sources probe {}`. {to_do}\nname = {}\n{}home = {}\n",
        probed.home,
        quoted(&name),
        kind_lines(kind_of(host, &name)),
        quoted(probed.home.as_str()),
    );
    if let Some(language) = &probed.language {
        file.push_str(&format!("language = {}\n", quoted(language)));
    }
    match &probed.time_zone {
        Some(zone) => file.push_str(&format!("time_zone = {}\n", quoted(zone))),
        None => file.push_str("# time_zone = \"America/New_York\"  # without it days are told in UTC\n"),
    }
    if allow_private {
        file.push_str("allow_private = true\n");
    }
    let has_feed = probed.channels.iter().any(|channel| channel.kind == "feed");
    for channel in &probed.channels {
        // A feed tells what is new; sitemaps and listings beside it would mostly repeat it.
        let is_on = channel.kind == "feed" || !has_feed;
        file.push_str(&format!(
            "\n# Announces {} now.\n[[channel]]\nkind = \"{}\"\nurl = {}\nenabled = {is_on}\n",
            counted(channel.items as u64, "page"),
            channel.kind,
            // In a query the braces of a template may stand as they are.
            quoted(channel.url.as_str()),
        ));
        for (key, place) in channel.keys {
            file.push_str(&format!("{key} = {}\n", quoted(place)));
        }
        if !channel.keys.is_empty() {
            file.push_str("# It gives whole texts (`body`), so no page is asked for: on instead of a feed it saves a request each.\n");
        }
    }
    file
}

/// The lines that say what sort of source it is. What is guessed is said to be: whose pages are their own word decides
/// which texts others are compared with.
fn kind_lines(kind: SourceKind) -> String {
    let guessed = "# a guess by name and address;";
    match kind {
        SourceKind::News => {
            format!("kind = \"news\"  {guessed} \"official\" where its pages are the publisher's own word\n")
        }
        SourceKind::Official => format!(
            "kind = \"official\"  {guessed} \"news\" where it reports what others say\n\
             # office = \"city-hall\"  # whose word it is: an id in config/speakers.toml\n"
        ),
    }
}

/// Words by which an office calls itself.
const OFFICES: [&str; 16] = [
    "city of",
    "town of",
    "village of",
    "county",
    "county of",
    "state of",
    "department",
    "agency",
    "ministry",
    "governor",
    "mayor",
    "ayuntamiento",
    "ministerio",
    "gobierno",
    "government",
    "council",
];

/// What a site is by its host and its name: an office, else a news site.
fn kind_of(host: &str, name: &str) -> SourceKind {
    let labels: Vec<&str> = host.rsplit('.').take(2).collect();
    let is_office = |label: &&str| matches!(*label, "gov" | "mil" | "gob");
    let name = format!(" {} ", name.to_lowercase());
    let is_named = OFFICES.iter().any(|office| name.contains(&format!(" {office} ")));
    // "The County Times" is a paper.
    let is_paper = [
        " times ",
        " herald ",
        " gazette ",
        " post ",
        " journal ",
        " tribune ",
    ]
    .iter()
    .any(|paper| name.contains(paper));
    if labels.iter().any(is_office) || (is_named && !is_paper) {
        SourceKind::Official
    } else {
        SourceKind::News
    }
}

/// Letters of a name that are kept: more makes no better file name, and file systems have limits.
const SLUG: usize = 60;

/// A source's id made of a name: small letters, digits and single hyphens. Empty where it has none of these.
fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .to_ascii_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "www")
        .map(str::to_string)
        .collect();
    let whole = words.join("-");
    let kept = whole.get(..SLUG).unwrap_or(&whole);
    kept.trim_end_matches('-').to_string()
}

fn quoted(text: &str) -> String {
    toml::Value::String(plain(text)).to_string()
}

/// Writes a source file for each feed of an OPML file. A feed that a source has already is left to it, and no
/// file is written over: a second source of a name gets a number.
fn import(workspace: Option<&Path>, file: &Path) -> anyhow::Result<ExitCode> {
    let (workspace, settings) = session::configured(workspace)?;
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let list = opml::read(&charset::decode(&bytes, None).text);
    if list.feeds.is_empty() && list.no_addresses.is_empty() {
        bail!("{} names no feed: is it OPML?", file.display());
    }
    let folder = workspace.sources();
    let mut followed: HashMap<Url, String> = settings::sources(&folder, &settings.crawl)?
        .into_iter()
        .flat_map(|source| {
            let id = source.id.to_string();
            source
                .channels
                .into_iter()
                .map(move |channel| (channel.url, id.clone()))
        })
        .collect();
    std::fs::create_dir_all(&folder).context("cannot make the folder of sources")?;
    let mut written = 0;
    for outline in &list.feeds {
        if let Some(source) = followed.get(&outline.feed) {
            tell(&format!(
                "followed already by `{source}`: {}",
                plain(outline.feed.as_str())
            ));
            continue;
        }
        let id = write_source(&folder, file, outline)?;
        followed.insert(outline.feed.clone(), id);
        written += 1;
    }
    for written in &list.no_addresses {
        tell(&format!("not taken, no address of the web: {}", plain(written)));
    }
    if let Some(reason) = &list.broken {
        tell(&format!(
            "not read to its end: {} ({})",
            file.display(),
            plain(reason)
        ));
    }
    tell(&format!("{} written", counted(written, "source")));
    let is_whole = list.no_addresses.is_empty() && list.broken.is_none();
    Ok(ExitCode::from(if is_whole { DONE } else { FAILED }))
}

/// Writes the source file of a feed under the first name that is free, and answers the source's id.
fn write_source(folder: &Path, list: &Path, outline: &Outline) -> anyhow::Result<String> {
    let home = outline.home.as_ref().unwrap_or(&outline.feed);
    let host = home.host_str().unwrap_or_default();
    let name = outline.title.clone().unwrap_or_else(|| host.to_string());
    let source = format!(
        "# From {}.\nname = {}\nkind = \"news\"\nhome = {}\n\n[[channel]]\nkind = \"feed\"\nurl = {}\n",
        plain(&list.display().to_string()),
        quoted(&name),
        quoted(home.as_str()),
        quoted(outline.feed.as_str()),
    );
    for id in ids(&name, host) {
        let path = folder.join(format!("{id}.toml"));
        let opened = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path);
        match opened {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            opened => {
                opened
                    .and_then(|mut opened| opened.write_all(source.as_bytes()))
                    .with_context(|| format!("cannot write {}", path.display()))?;
                return Ok(id);
            }
        }
    }
    unreachable!("there is always a further number")
}

/// The ids a source may get, the plainest first: its name, else its host where a name has no letters that an
/// id may have, then the same with numbers.
fn ids(name: &str, host: &str) -> impl Iterator<Item = String> {
    let base = [name, host]
        .into_iter()
        .map(slug)
        .find(|slug| !slug.is_empty())
        .unwrap_or_else(|| "source".to_string());
    let numbered = base.clone();
    std::iter::once(base).chain((2_u64..).map(move |number| format!("{numbered}-{number}")))
}

/// Prints every feed as OPML 2.0.
fn export(workspace: Option<&Path>) -> anyhow::Result<ExitCode> {
    let (workspace, settings) = session::configured(workspace)?;
    let sources = settings::sources(&workspace.sources(), &settings.crawl)?;
    let mut output = std::io::stdout().lock();
    writeln!(
        output,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">"
    )?;
    writeln!(output, "<head><title>Onrecord sources</title></head>\n<body>")?;
    let is_feed = |channel: &&Channel| matches!(channel.kind, ChannelKind::Feed);
    let mut feeds = 0;
    for source in &sources {
        let others = source.channels.iter().filter(|channel| !is_feed(channel)).count();
        if others > 0 {
            tell(&format!(
                "not in the list: {1} of `{0}`; OPML takes feeds only",
                source.id,
                counted(others as u64, "other channel")
            ));
        }
        for channel in source.channels.iter().filter(is_feed) {
            feeds += 1;
            writeln!(
                output,
                "<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\" htmlUrl=\"{2}\"/>",
                escape(plain(&source.name)),
                escape(channel.url.as_str()),
                escape(source.home.as_str()),
            )?;
        }
    }
    writeln!(output, "</body>\n</opml>")?;
    Ok(ExitCode::from(if feeds == 0 { NOTHING } else { DONE }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feed_gets_an_id_of_its_own() {
        let first = |name, host| ids(name, host).take(2).collect::<Vec<_>>();
        assert_eq!(first("The News!", "a.example"), ["the-news", "the-news-2"]);
        assert_eq!(first("Новости", "www.новости.example"), ["example", "example-2"]);
        assert_eq!(first("新聞", ""), ["source", "source-2"]);
        assert!(slug(&"very long ".repeat(40)).len() <= SLUG);
    }

    #[test]
    fn an_office_is_known_by_its_host_or_its_name() {
        for (host, name, kind) in [
            ("www.millport.gov", "Millport", SourceKind::Official),
            ("home.army.mil", "Fort Lima", SourceKind::Official),
            ("www.puerto.gob.mx", "Puerto", SourceKind::Official),
            ("millport.gov.uk", "Millport", SourceKind::Official),
            (
                "millport.example",
                "City of Millport — News",
                SourceKind::Official,
            ),
            ("tide.example", "The Harbor Tide", SourceKind::News),
            ("gov.example.org", "The Harbor Tide", SourceKind::News),
            ("county.example", "The County Times", SourceKind::News),
        ] {
            assert_eq!(kind_of(host, name), kind, "{host} {name}");
        }
    }

    #[test]
    fn feeds_of_one_name_are_written_side_by_side() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let outline = |feed: &str| Outline {
            title: Some("News".into()),
            feed: Url::parse(feed).expect("valid"),
            home: None,
        };
        let written: Vec<String> = ["https://a.example/feed", "https://b.example/feed"]
            .iter()
            .map(|feed| write_source(folder.path(), Path::new("list.opml"), &outline(feed)).expect("written"))
            .collect();
        assert_eq!(written, ["news", "news-2"]);
        let defaults = settings::load(None, []).expect("the defaults").crawl;
        assert_eq!(
            settings::sources(folder.path(), &defaults).expect("valid").len(),
            2
        );
    }
}
