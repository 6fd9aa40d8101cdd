//! The rules that a pack's captures are read by: of each source what has a say in that, and of the people and bodies those
//! that the texts may mean. Whom else a newsroom follows, and where it asks, is nobody's business.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use toml::{Table, Value};

use super::gather::Gathered;
use super::{SPEAKERS, source_path};
use crate::archive::wacz::Files;
use crate::model::id::SourceId;
use crate::model::reader::Readers;
use crate::model::source::Source;
use crate::model::speaker::Speaker;
use crate::pipeline::reader::Reader;
use crate::pipeline::{PipelineError, Tracker};
use crate::resolve::speakers::Gazetteer;
use crate::settings::{self, CrawlSettings, SettingsError};
use crate::text::wording::Wording;

/// The keys of a source that have a say in how its captures are read.
const SOURCE_KEYS: [&str; 8] = [
    "name",
    "kind",
    "home",
    "office",
    "language",
    "time_zone",
    "aliases",
    "read",
];

/// The keys of a channel that have none.
const NOT_OF_READING: [&str; 3] = ["enabled", "every", "cron"];

/// The files of rules that a pack brings along.
pub(super) fn files(tracker: &Tracker, gathered: &Gathered) -> Result<Files, PipelineError> {
    let mut files = Files::new();
    let mut sources: BTreeMap<&SourceId, bool> = BTreeMap::new();
    for (capture, _) in gathered.captures.values() {
        *sources.entry(&capture.source).or_default() |= capture.answer_of.is_some();
    }
    for (id, gives_texts) in sources {
        if let Some(source) = tracker.sources.get(id) {
            let table = source_table(tracker, source, gives_texts)?;
            files.insert(source_path(id.as_str()), written(table));
        }
    }
    let table = speakers_table(tracker, gathered)?;
    files.insert(SPEAKERS.into(), written(table));
    Ok(files)
}

fn written(table: Table) -> Vec<u8> {
    table.to_string().into_bytes()
}

/// A configuration file as it is, of which some parts are taken.
fn table_of(path: &Path) -> Result<Table, PipelineError> {
    let unreadable = |source| SettingsError::Unreadable {
        path: path.into(),
        source,
    };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let table: Result<Table, _> = text.parse();
    table.map_err(|error: toml::de::Error| {
        unreadable(std::io::Error::new(
            std::io::ErrorKind::InvalidData,
            error.to_string(),
        ))
        .into()
    })
}

/// What of a source has a say in reading. Its channels have none, but for the interfaces that give whole texts: those are told
/// only where an answer of one is among the captures, since they are asked with keys at times.
fn source_table(tracker: &Tracker, source: &Source, gives_texts: bool) -> Result<Table, PipelineError> {
    let path = tracker.workspace.sources().join(format!("{}.toml", source.id));
    let mut table = table_of(&path)?;
    let channels = table.remove("channel");
    table.retain(|key, _| SOURCE_KEYS.contains(&key));
    let channels = channels.as_ref().and_then(Value::as_array).into_iter().flatten();
    let mut interfaces: Vec<Table> = channels
        .filter_map(Value::as_table)
        .filter(|channel| gives_texts && channel.contains_key("body"))
        .cloned()
        .collect();
    for interface in &mut interfaces {
        interface.retain(|key, _| !NOT_OF_READING.contains(&key));
    }
    if !interfaces.is_empty() {
        let interfaces = interfaces.into_iter().map(Value::Table).collect();
        table.insert("channel".into(), Value::Array(interfaces));
    }
    Ok(table)
}

/// The people and bodies that the texts may mean: those whose names or offices have words in them, those that quotes were given
/// to, the office of a source, and the bodies of offices that any of these hold.
fn speakers_table(tracker: &Tracker, gathered: &Gathered) -> Result<Table, PipelineError> {
    let path = tracker.workspace.speakers_file();
    if !path.exists() {
        return Ok(Table::new());
    }
    let mut meant = BTreeSet::new();
    for reading in &gathered.readings {
        let quoted = reading.all.iter().filter_map(|quote| quote.speaker.as_ref());
        for id in quoted {
            meant.insert(id.to_string());
            meant.extend(id.members().iter().map(ToString::to_string));
        }
        meant.extend(tracker.publisher(&reading.document.source).office);
        let title = reading.revision.reading.title.as_deref().unwrap_or_default();
        let text = Wording::of(&format!("{title}\n{}", reading.revision.reading.text));
        let words: BTreeSet<&str> = text.words().iter().map(String::as_str).collect();
        let speakers = tracker.gazetteer.speakers().iter();
        let may_be_meant = speakers.filter(|speaker| may_mean(&words, speaker));
        meant.extend(may_be_meant.map(|speaker| speaker.id.to_string()));
    }
    for speaker in tracker.gazetteer.speakers() {
        if meant.contains(speaker.id.as_str()) {
            let bodies = speaker.offices.iter().filter_map(|office| office.of.as_ref());
            meant.extend(bodies.map(ToString::to_string));
        }
    }
    let mut table = table_of(&path)?;
    table.retain(|id, _| meant.contains(id));
    // An office may be of a body that is meant only by that: its own offices are of none that the texts speak of.
    let kept: BTreeSet<String> = table.keys().cloned().collect();
    for office in table.iter_mut().flat_map(|(_, entry)| offices(entry)) {
        let is_kept = office
            .get("of")
            .and_then(Value::as_str)
            .is_none_or(|of| kept.contains(of));
        if !is_kept {
            office.remove("of");
        }
    }
    Ok(table)
}

fn offices(entry: &mut Value) -> impl Iterator<Item = &mut Table> {
    let offices = entry.get_mut("office").and_then(Value::as_array_mut);
    offices.into_iter().flatten().filter_map(Value::as_table_mut)
}

/// Whether the words of a text may mean somebody: the last word of one of the names is among them, or all words of an office.
fn may_mean(words: &BTreeSet<&str>, speaker: &Speaker) -> bool {
    let names = std::iter::once(&speaker.name).chain(&speaker.aliases);
    let has_last = |name: &String| {
        let name = Wording::of(name);
        name.words()
            .last()
            .is_some_and(|last| words.contains(last.as_str()))
    };
    let titles = speaker.offices.iter();
    let mut titles = titles.flat_map(|office| std::iter::once(&office.title).chain(&office.aliases));
    let has_all = |title: &String| {
        let title = Wording::of(title);
        !title.words().is_empty() && title.words().iter().all(|word| words.contains(word.as_str()))
    };
    names.into_iter().any(has_last) || titles.any(has_all)
}

/// What a pack is read with: its own rules and this program.
pub(super) struct Rules {
    sources: HashMap<SourceId, Source>,
    gazetteer: Gazetteer,
    settings: CrawlSettings,
    names: Readers,
}

impl Rules {
    /// The rules among the files of a pack.
    pub(super) fn of(files: &Files, heed_noindex: bool) -> Result<Self, PipelineError> {
        let mut settings = settings::load(None, Vec::new())?.crawl;
        settings.heed_noindex = heed_noindex;
        let mut sources = HashMap::new();
        let folder = source_path("");
        let folder = folder.trim_end_matches(".toml");
        for (path, bytes) in files
            .range(folder.to_string()..)
            .take_while(|(path, _)| path.starts_with(folder))
        {
            let source = settings::source_of_text(Path::new(path), &text(path, bytes)?, &settings)?;
            let selectors = source.rules.selectors();
            if let Some(wrong) = selectors
                .iter()
                .find_map(|rule| crate::discover::listing::selector_error(rule))
            {
                return Err(PipelineError::Pack {
                    path: path.clone(),
                    reason: wrong,
                });
            }
            sources.insert(source.id.clone(), source);
        }
        let speakers = match files.get(SPEAKERS) {
            Some(bytes) => settings::read_speakers(Path::new(SPEAKERS), &text(SPEAKERS, bytes)?)?,
            None => Vec::new(),
        };
        Ok(Self {
            sources,
            gazetteer: Gazetteer::new(speakers),
            settings,
            names: Readers::default(),
        })
    }

    /// What captures are read with.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            sources: &self.sources,
            gazetteer: &self.gazetteer,
            settings: &self.settings,
            names: &self.names,
        }
    }
}

/// A file of a pack that must be text.
pub(super) fn text(path: &str, bytes: &[u8]) -> Result<String, PipelineError> {
    String::from_utf8(bytes.to_vec()).map_err(|error| PipelineError::Pack {
        path: path.into(),
        reason: error.to_string(),
    })
}
