//! `onrecord sources`: list, probe, import and export sources.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use quick_xml::escape::escape;
use url::Url;

use super::arguments::{ProbeArguments, SourcesCommand};
use super::output::{DONE, FAILED, NOTHING, counted, plain, tell};
use super::session;
use crate::crawl::{Probed, probe};
use crate::discover::opml;
use crate::model::source::ChannelKind;
use crate::settings;

pub(super) fn run(workspace: Option<&Path>, command: &SourcesCommand) -> anyhow::Result<ExitCode> {
    match command {
        SourcesCommand::List => list(workspace),
        SourcesCommand::Probe(given) => probe_site(workspace, given),
        SourcesCommand::Import { file } => import(workspace, file),
        SourcesCommand::Export => export(workspace),
    }
}

fn list(workspace: Option<&Path>) -> anyhow::Result<ExitCode> {
    let (workspace, settings) = session::configured(workspace)?;
    let sources = settings::sources(&workspace.sources(), &settings.crawl)?;
    let mut output = std::io::stdout().lock();
    for source in &sources {
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
                "  {:7}  {cadence}  {}",
                channel.kind.code(),
                plain(channel.url.as_str())
            )?;
        }
    }
    Ok(ExitCode::from(if sources.is_empty() { NOTHING } else { DONE }))
}

fn probe_site(workspace: Option<&Path>, given: &ProbeArguments) -> anyhow::Result<ExitCode> {
    let url = Url::parse(&given.url).with_context(|| format!("`{}` is no address", given.url))?;
    let settings = session::borrowed(workspace)?;
    tell("asking politely; this takes some seconds");
    let probed = session::runtime()?.block_on(probe(&settings.crawl, &url, given.allow_private))?;
    for line in &probed.tried {
        tell(&format!("tried {}", plain(line)));
    }
    if probed.channels.is_empty() {
        tell("no feed, sitemap or listing was found");
        return Ok(ExitCode::from(NOTHING));
    }
    std::io::stdout()
        .lock()
        .write_all(source_file(&probed, given.allow_private).as_bytes())?;
    Ok(ExitCode::from(DONE))
}

/// A source file of what was found; all but the first channel of each kind are left for the reader to switch
/// on.
fn source_file(probed: &Probed, allow_private: bool) -> String {
    let host = probed.home.host_str().unwrap_or_default();
    let name = probed.name.clone().unwrap_or_else(|| host.to_string());
    let mut file = format!(
        "# Found by `onrecord sources probe {}`. Look it over, and save it as config/sources/{}.toml.\n\
         name = {}\nkind = \"news\"\nhome = {}\n",
        probed.home,
        slug(host),
        quoted(&name),
        quoted(probed.home.as_str()),
    );
    if let Some(language) = &probed.language {
        file.push_str(&format!("language = {}\n", quoted(language)));
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
            quoted(channel.url.as_str()),
        ));
    }
    file
}

/// A file's name: small letters, digits and single hyphens.
fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .to_ascii_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "www")
        .map(str::to_string)
        .collect();
    if words.is_empty() {
        "source".to_string()
    } else {
        words.join("-")
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(plain(text)).to_string()
}

/// Writes a source file for each feed of an OPML file; a file that is there already is left alone.
fn import(workspace: Option<&Path>, file: &Path) -> anyhow::Result<ExitCode> {
    let (workspace, _) = session::configured(workspace)?;
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let outlines = opml::read(&text);
    if outlines.is_empty() {
        bail!("{} names no feed: is it OPML?", file.display());
    }
    std::fs::create_dir_all(workspace.sources()).context("cannot make the folder of sources")?;
    let (mut written, mut refused) = (0, 0);
    for outline in outlines {
        let home = outline.home.clone().unwrap_or_else(|| outline.feed.clone());
        let name = outline
            .title
            .clone()
            .unwrap_or_else(|| home.host_str().unwrap_or_default().to_string());
        let path = workspace.sources().join(format!("{}.toml", slug(&name)));
        let source = format!(
            "# From {}.\nname = {}\nkind = \"news\"\nhome = {}\n\n[[channel]]\nkind = \"feed\"\nurl = {}\n",
            plain(&file.display().to_string()),
            quoted(&name),
            quoted(home.as_str()),
            quoted(outline.feed.as_str()),
        );
        let opened = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path);
        match opened.and_then(|mut opened| opened.write_all(source.as_bytes())) {
            Ok(()) => written += 1,
            Err(error) => {
                tell(&format!("not written: {} ({error})", path.display()));
                refused += 1;
            }
        }
    }
    tell(&format!("{} written", counted(written, "source")));
    Ok(ExitCode::from(if refused > 0 { FAILED } else { DONE }))
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
    let mut feeds = 0;
    for source in &sources {
        for channel in source
            .channels
            .iter()
            .filter(|channel| matches!(channel.kind, ChannelKind::Feed))
        {
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
