//! `onrecord speakers`: what `config/speakers.toml` could learn from what was crawled.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::arguments::{SpeakersCommand, SuggestArguments};
use super::output::{DONE, NOTHING, counted, plain, tell};
use super::session;
use crate::model::speaker::{Office, Speaker, SpeakerKind};
use crate::pipeline;
use crate::resolve::suggest::{Suggestion, Tally};

pub(super) fn run(workspace: Option<&Path>, command: &SpeakersCommand) -> anyhow::Result<ExitCode> {
    match command {
        SpeakersCommand::Suggest(given) => suggest(workspace, given),
    }
}

fn suggest(workspace: Option<&Path>, given: &SuggestArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let found = pipeline::suggest(tracker, given.at_least).await?;
        let mut output = std::io::stdout().lock();
        for suggestion in found.iter().take(given.limit.unwrap_or(usize::MAX)) {
            if given.json {
                writeln!(output, "{}", line(suggestion))?;
            } else {
                writeln!(output, "{}", entry(suggestion))?;
            }
        }
        if found.is_empty() {
            tell("nothing to suggest: nobody unknown was quoted that often");
            return Ok(ExitCode::from(NOTHING));
        }
        Ok(ExitCode::from(DONE))
    })
}

/// A proposal as TOML, with what speaks for it as comments.
fn entry(suggestion: &Suggestion) -> String {
    let mut text = String::new();
    let mut comment = |words: String| writeln!(text, "# {}", plain(&words)).expect("a string takes all");
    if suggestion.is_known {
        comment(format!(
            "In place of [{}]: other names of it were met.",
            suggestion.entry.id
        ));
    } else {
        comment(format!(
            "{}: met in {}",
            suggestion.entry.name,
            met(&suggestion.tally)
        ));
        for (title, count) in &suggestion.titles {
            comment(format!(
                "printed as “{title}” before the name in {}",
                counted(*count as u64, "quote")
            ));
        }
    }
    for (id, name) in &suggestion.perhaps {
        comment(format!(
            "perhaps {id}: {name} bears the name; an alias of that entry then"
        ));
    }
    for other in &suggestion.other_names {
        comment(format!(
            "“{}” ({}): met in {}",
            other.name,
            in_words(other.rule),
            met(&other.tally)
        ));
    }
    let mut entry = suggestion.entry.clone();
    entry
        .aliases
        .extend(suggestion.other_names.iter().map(|other| other.name.clone()));
    if let Some((title, _)) = suggestion.titles.first().filter(|_| !suggestion.is_known) {
        entry.offices.push(Office {
            title: title.clone(),
            aliases: Vec::new(),
            of: None,
            from: None,
            to: None,
        });
    }
    text + &table(&entry)
}

/// Why two names are thought to be one's.
fn in_words(rule: &str) -> &str {
    match rule {
        "initials" => "the same but for initials in the middle",
        "first_name" => "the same surname, and first names that begin alike",
        "longer" => "ends in the same name",
        "letters" => "the letters that the other name's words begin with",
        _ => "one letter is another",
    }
}

fn met(tally: &Tally) -> String {
    let quotes = counted(tally.quotes as u64, "quote");
    let documents = counted(tally.documents as u64, "document");
    let evidence: Vec<String> = tally.evidence.iter().map(ToString::to_string).collect();
    format!("{quotes} of {documents}, such as {}", evidence.join(", "))
}

/// An entry as the file writes it.
fn table(entry: &Speaker) -> String {
    let kind = match entry.kind {
        SpeakerKind::Person => "person",
        SpeakerKind::Body => "body",
    };
    let mut lines = vec![
        format!("[{}]", entry.id),
        pair("name", &entry.name),
        pair("kind", kind),
    ];
    let list = |words: &[String]| {
        let quoted: Vec<String> = words
            .iter()
            .map(|word| toml::Value::from(word.as_str()).to_string())
            .collect();
        format!("aliases = [{}]", quoted.join(", "))
    };
    if !entry.aliases.is_empty() {
        lines.push(list(&entry.aliases));
    }
    for office in &entry.offices {
        lines.push(format!("\n[[{}.office]]", entry.id));
        lines.push(pair("title", &office.title));
        if !office.aliases.is_empty() {
            lines.push(list(&office.aliases));
        }
        lines.extend(office.of.as_ref().map(|of| pair("of", of.as_str())));
        lines.extend(office.from.map(|day| format!("from = {day}")));
        lines.extend(office.to.map(|day| format!("to = {day}")));
    }
    lines.join("\n") + "\n"
}

fn pair(key: &str, value: &str) -> String {
    format!("{key} = {}", toml::Value::from(value))
}

/// A proposal for programs.
fn line(suggestion: &Suggestion) -> serde_json::Value {
    let tally = |tally: &Tally| {
        let evidence: Vec<&str> = tally.evidence.iter().map(|quote| quote.as_str()).collect();
        json!({"quotes": tally.quotes, "documents": tally.documents, "evidence": evidence})
    };
    let others = suggestion.other_names.iter();
    let others =
        others.map(|other| json!({"name": other.name, "rule": other.rule, "met": tally(&other.tally)}));
    let titles = suggestion.titles.iter();
    let perhaps = suggestion
        .perhaps
        .iter()
        .map(|(id, name)| json!({"id": id.as_str(), "name": name}));
    json!({
        "id": suggestion.entry.id.as_str(),
        "name": suggestion.entry.name,
        "known": suggestion.is_known,
        "body": suggestion.entry.kind == SpeakerKind::Body,
        "met": tally(&suggestion.tally),
        "other_names": others.collect::<Vec<_>>(),
        "perhaps": perhaps.collect::<Vec<_>>(),
        "titles": titles.map(|(title, quotes)| json!({"title": title, "quotes": quotes})).collect::<Vec<_>>(),
    })
}
