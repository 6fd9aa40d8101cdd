//! `onrecord preview`: what would be read out of a page, and how each thing was found, for whoever adds a source.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use jiff::Timestamp;
use url::Url;

use super::arguments::PreviewArguments;
use super::output::{DONE, NOTHING, counted, day_said, grouped, plain, tell};
use super::{given, session, shapes};
use crate::crawl::look;
use crate::extract::{Page, kind_of};
use crate::model::date::{DateMention, is_deadline, is_open_deadline};
use crate::model::document::{Block, Claim, Fact, Reading, Standing, StatedMoment};
use crate::model::source::Source;
use crate::pipeline::{self, Annotated};
use crate::text::days;

/// Characters of a block or a quote that a line shows.
const LINE_CHARS: usize = 88;
/// The address of a file that nobody gave one to.
const NOWHERE: &str = "https://localhost/";

/// What is looked at.
struct Looked {
    payload: Vec<u8>,
    content_type: Option<String>,
    url: Url,
}

pub(super) fn run(workspace: Option<&Path>, arguments: &PreviewArguments) -> anyhow::Result<ExitCode> {
    let gazetteer = session::gazetteer(workspace)?;
    let sources = session::sources(workspace)?;
    let looked = looked(workspace, &sources, arguments)?;
    let source = given::source(&sources, arguments.source.as_deref(), &looked.url)?;
    let page = Page {
        payload: &looked.payload,
        content_type: looked.content_type.as_deref(),
        url: &looked.url,
        captured_at: Some(Timestamp::now()),
        source,
    };
    let (reading, found) = pipeline::annotated_reading(&page, &gazetteer);
    let mut output = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut output, &shapes::reading(&reading, &found))?;
        output.write_all(b"\n")?;
    } else if arguments.text {
        writeln!(output, "{}", reading.text)?;
    } else {
        write_reading(&mut output, &page, &reading, &found)?;
    }
    Ok(ExitCode::from(if reading.text.is_empty() {
        NOTHING
    } else {
        DONE
    }))
}

/// The page, from the web as a crawl would ask for it, or from a file.
fn looked(
    workspace: Option<&Path>,
    sources: &[Source],
    arguments: &PreviewArguments,
) -> anyhow::Result<Looked> {
    let address = |text: &str| Url::parse(text).with_context(|| format!("`{text}` is no address"));
    let is_web = arguments.page.starts_with("http://") || arguments.page.starts_with("https://");
    if is_web {
        if arguments.url.is_some() {
            bail!("--url says where a file was found; an address needs no other");
        }
        let url = address(&arguments.page)?;
        let settings = session::borrowed(workspace)?;
        let looked = look(&settings.crawl, sources, &url, arguments.allow_private);
        let looked = session::runtime()?.block_on(looked)?;
        let looked = looked.map_err(anyhow::Error::msg)?;
        return Ok(Looked {
            payload: looked.body,
            content_type: looked.content_type,
            url: looked.url,
        });
    }
    let payload = given::read(Path::new(&arguments.page))?;
    match (&arguments.url, &arguments.source) {
        (Some(_), _) => {}
        (None, Some(_)) => tell("no --url: the page is read without what its address says"),
        (None, None) => {
            tell("no --url: the page is read without its source's rules and without what its address says");
        }
    }
    Ok(Looked {
        payload: given::unpacked(payload)?,
        content_type: None,
        url: address(arguments.url.as_deref().unwrap_or(NOWHERE))?,
    })
}

fn write_reading(
    output: &mut impl Write,
    page: &Page<'_>,
    reading: &Reading,
    found: &Annotated,
) -> std::io::Result<()> {
    let rules = page.source.map_or_else(
        || "no source's rules".to_owned(),
        |source| format!("the rules of {}", rules_of(source)),
    );
    writeln!(
        output,
        "{}\n  {} bytes, {}, read as {} with {rules}\n",
        plain(page.url.as_str()),
        grouped(page.payload.len() as u64),
        page.content_type
            .map_or_else(|| "no type given".to_owned(), plain),
        kind_of(page.payload, page.content_type).name(),
    )?;
    write_facts(output, reading)?;
    write_text(output, reading)?;
    write_found(output, reading, found)
}

fn rules_of(source: &Source) -> String {
    format!("config/sources/{}.toml", source.id)
}

/// A fact and how it was read, in columns.
fn write_fact(output: &mut impl Write, name: &str, value: &str, method: &str) -> std::io::Result<()> {
    let value = if value.is_empty() { "-" } else { value };
    // What is put under a fact is set in from it.
    let value = format!("{}{}", if name.is_empty() { "  " } else { "" }, plain(value));
    let line = format!("{name:<11} {value:<56}  {}", plain(method));
    writeln!(output, "{}", line.trim_end())
}

fn write_facts(output: &mut impl Write, reading: &Reading) -> std::io::Result<()> {
    let text = |fact: &Option<String>| fact.clone().unwrap_or_default();
    let moment = |stated: &Option<StatedMoment>| {
        let stated = stated.as_ref();
        stated.map(|stated| stated.moment.to_string()).unwrap_or_default()
    };
    let facts = [
        (Fact::Title, text(&reading.title)),
        (Fact::Authors, reading.authors.join(", ")),
        (Fact::Published, moment(&reading.published)),
        (Fact::Modified, moment(&reading.modified)),
        (Fact::Publisher, text(&reading.publisher)),
        (Fact::Section, text(&reading.section)),
    ];
    for (fact, value) in facts {
        write_fact(
            output,
            fact.code(),
            &value,
            reading.method_of(fact).unwrap_or_default(),
        )?;
        let differs = |claim: &&Claim| claim.fact == fact && claim.standing != Standing::Chosen;
        for claim in reading.claims.iter().filter(differs) {
            let line = format!("{}: {}", claim.standing.code(), claim.value);
            write_fact(output, "", &line, &claim.method)?;
        }
    }
    write_fact(output, "language", &text(&reading.language), "")?;
    write_fact(output, "canonical", &text(&reading.canonical_url), "")?;
    write_fact(output, "genre", reading.genre.code(), &reading.genre_evidence)?;
    for notice in &reading.notices {
        write_fact(output, "notice", notice.kind.code(), &notice.detail)?;
    }
    Ok(())
}

fn write_text(output: &mut impl Write, reading: &Reading) -> std::io::Result<()> {
    let agreement = reading
        .found_by
        .agreement
        .map(|agreement| format!("; other methods find {:.0} % of the same", agreement * 100.0))
        .unwrap_or_default();
    writeln!(
        output,
        "\ntext: {}, {} characters, found by {}{agreement}",
        counted(reading.blocks.len() as u64, "block"),
        grouped(reading.text.chars().count() as u64),
        match reading.found_by.method.as_str() {
            "" => "no method",
            method => method,
        },
    )?;
    let mut parts = reading.parts.iter().peekable();
    for (at, block) in reading.blocks.iter().enumerate() {
        if let Some(part) = parts.next_if(|part| part.blocks.start == at) {
            let title = part.title.as_deref().unwrap_or("without a headline");
            let day = part.published.as_ref().map(|stated| stated.moment.to_string());
            writeln!(
                output,
                "  -- a document of its own: {} ({}, #{})",
                plain(title),
                day.unwrap_or_else(|| "undated".into()),
                part.fragment
            )?;
        }
        write_block(output, reading, block)?;
    }
    Ok(())
}

fn write_block(output: &mut impl Write, reading: &Reading, block: &Block) -> std::io::Result<()> {
    let words = plain(block.span.slice(&reading.text));
    writeln!(output, "  {:<11} {}", block.kind.code(), shortened(&words))?;
    if !block.path.is_empty() {
        writeln!(output, "  {:<11} {}", "", plain(&block.path))?;
    }
    Ok(())
}

fn write_found(output: &mut impl Write, reading: &Reading, found: &Annotated) -> std::io::Result<()> {
    let named = found
        .quotes
        .iter()
        .filter(|(quote, ..)| quote.attribution.is_some());
    writeln!(
        output,
        "\n{}, {} with a speaker; {}",
        counted(found.quotes.len() as u64, "quote"),
        named.count(),
        counted(found.dates.len() as u64, "date")
    )?;
    for (quote, speaker, said) in &found.quotes {
        let mention = quote
            .attribution
            .as_ref()
            .map(|attribution| attribution.mention.printed(&reading.text));
        let name = speaker.as_ref().map(|speaker| speaker.name.clone()).or(mention);
        writeln!(
            output,
            "  {} | {}: {}",
            said.as_ref()
                .map_or("day unknown".into(), |said| day_said(&said.when, said.rule)),
            plain(name.as_deref().unwrap_or("no speaker named")),
            shortened(&plain(&quote.words(&reading.text)))
        )?;
    }
    if !found.dates.is_empty() {
        writeln!(output)?;
    }
    for date in &found.dates {
        write_date(output, reading, date)?;
    }
    Ok(())
}

/// A time expression: the day it means, as it is printed, and the rule that read it.
fn write_date(output: &mut impl Write, reading: &Reading, date: &DateMention) -> std::io::Result<()> {
    let meant = match &date.when {
        Some(when) => days::in_words(when),
        None => days::timex(&date.value),
    };
    let deadline = match is_deadline(date.when.as_ref(), &date.value, date.is_limit) {
        true => ", a deadline",
        false if is_open_deadline(date.when.as_ref(), &date.value, date.is_limit) => {
            ", a deadline from a day that is not told"
        }
        false => "",
    };
    let conflict = date
        .conflict
        .as_ref()
        .map(|conflict| format!("; {}", plain(conflict)));
    writeln!(
        output,
        "  {meant}{deadline} | “{}” ({}{})",
        plain(date.span.slice(&reading.text)),
        date.rule,
        conflict.unwrap_or_default()
    )
}

/// The beginning of a line, with a mark where it goes on.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(LINE_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}
