//! An opened workspace: configuration and rows, ready for work.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tokio::sync::Notify;

use super::PipelineError;
use super::reader::readers_of;
use crate::archive;
use crate::index::{Query, QueryError};
use crate::model::id::SourceId;
use crate::model::reader::Readers;
use crate::model::source::{Source, SourceKind};
use crate::model::speaker::Speaker;
use crate::resolve::speakers::Gazetteer;
use crate::settings::{self, Settings, SettingsError, Workspace};
use crate::store::{KnownSource, Store};

/// An opened workspace.
#[derive(Clone, Debug)]
pub struct Tracker {
    /// Where it lies.
    pub workspace: Workspace,
    /// Its settings.
    pub settings: Arc<Settings>,
    /// Its sources.
    pub sources: Arc<HashMap<SourceId, Source>>,
    /// What is known of every source that was ever configured.
    known_sources: Arc<HashMap<SourceId, KnownSource>>,
    /// The people and bodies it knows.
    pub gazetteer: Arc<Gazetteer>,
    /// Its rows.
    pub store: Store,
    /// The topics that are followed.
    pub topics: Arc<Vec<(String, Query)>>,
    /// What reads captures: versions of the code and a digest of what it is configured with.
    pub readers: Readers,
    /// Told when somebody corrected something by hand, which the crawl that writes the index takes up at once.
    pub(super) changed_by_hand: Arc<Notify>,
    /// The digest of the configuration as it was read.
    digest: String,
}

/// What the files of a workspace configure, found valid.
struct Configuration {
    digest: String,
    settings: Settings,
    sources: Vec<Source>,
    speakers: Vec<Speaker>,
    topics: Vec<(String, Query)>,
}

impl Configuration {
    fn read(workspace: &Workspace, settings: Settings) -> Result<Self, SettingsError> {
        // Before anything else: what is changed meanwhile differs from it.
        let digest = workspace.configured();
        let sources = settings::sources(&workspace.sources(), &settings.crawl)?;
        check_selectors(workspace, &sources)?;
        let topics = topics(workspace, &settings)?;
        let speakers = settings::speakers(&workspace.speakers_file())?;
        check_offices(workspace, &sources, &speakers)?;
        Ok(Self {
            digest,
            settings,
            sources,
            speakers,
            topics,
        })
    }
}

impl Tracker {
    /// Opens a workspace: reads its configuration whole, and makes `index/` where it is missing.
    pub async fn open(workspace: Workspace, settings: Settings) -> Result<Self, PipelineError> {
        rows_are_there(&workspace)?;
        Self::open_or_begin(workspace, settings).await
    }

    /// Opens a workspace, and begins a database also where there is an archive without one: for who reads that back.
    pub async fn open_or_begin(workspace: Workspace, settings: Settings) -> Result<Self, PipelineError> {
        if let Err(gone) = rows_are_there(&workspace) {
            tracing::warn!("{gone}: a new one is begun");
        }
        let configuration = Configuration::read(&workspace, settings)?;
        // Not the archive's: one that was moved away for a while comes back to its place.
        let folder = workspace.index();
        std::fs::create_dir_all(&folder).map_err(|source| PipelineError::Folder {
            path: folder.display().to_string(),
            source,
        })?;
        let store = Store::open(&workspace.database()).await?;
        let known_sources = store.known_sources().await?;
        Ok(Self::of(workspace, store, known_sources, configuration))
    }

    /// The same tracker as its files configure it now, and the names of changed settings that count only for a program that
    /// begins anew. The error is what is wrong with the files.
    pub fn configured_anew(&self) -> Result<(Self, Vec<&'static str>), SettingsError> {
        let file = self.workspace.settings_file();
        let mut settings = settings::load(Some(&file), std::env::vars())?;
        let kept = settings.keep_fixed(&self.settings);
        let configuration = Configuration::read(&self.workspace, settings)?;
        // What is configured no more keeps its name.
        let mut known_sources = self.known_sources.as_ref().clone();
        known_sources.extend(self.sources.keys().map(|id| (id.clone(), self.publisher(id))));
        let anew = Self::of(
            self.workspace.clone(),
            self.store.clone(),
            known_sources,
            configuration,
        );
        let anew = Self {
            changed_by_hand: Arc::clone(&self.changed_by_hand),
            ..anew
        };
        Ok((anew, kept))
    }

    fn of(
        workspace: Workspace,
        store: Store,
        known_sources: HashMap<SourceId, KnownSource>,
        configuration: Configuration,
    ) -> Self {
        let Configuration {
            digest,
            settings,
            sources,
            speakers,
            topics,
        } = configuration;
        let readers = readers_of(&sources, &speakers, settings.crawl.heed_noindex);
        let by_id = sources.into_iter().map(|source| (source.id.clone(), source));
        Self {
            settings: Arc::new(settings),
            sources: Arc::new(by_id.collect()),
            known_sources: Arc::new(known_sources),
            gazetteer: Arc::new(Gazetteer::new(speakers)),
            store,
            topics: Arc::new(topics),
            readers,
            changed_by_hand: Arc::default(),
            digest,
            workspace,
        }
    }

    /// The digest of the configuration that it goes by.
    pub(super) fn digest(&self) -> &str {
        &self.digest
    }

    /// Reads what a person typed; what it names that is not configured here is told in its notices.
    pub fn query(&self, text: &str) -> Result<Query, QueryError> {
        let query = Query::parse(text, super::todays())?;
        let mut query = query.with_full_names(|typed| self.gazetteer.full_names(typed));
        let known = || self.topics.iter().map(|(name, _)| name.as_str());
        let mut notices = Vec::new();
        for topic in query.topics() {
            let is_known = |name: &str| name.eq_ignore_ascii_case(topic.trim());
            if !is_known("all") && !known().any(is_known) {
                let near = Query::nearest(topic, known().chain(["all"]));
                let near = near.map_or(String::new(), |near| format!("; did you mean `topic:{near}`?"));
                notices.push(format!("there is no topic `{topic}`, so nothing is on it{near}"));
            }
        }
        let mut sources = self.sources.values();
        if !self.sources.is_empty()
            && !sources.any(|source| query.may_ask_of(source.id.as_str(), &source.name, source.kind))
        {
            notices.push("no configured source is of that name or kind".into());
        }
        if query.asks_for_absent() && query.as_of().is_some() {
            notices.push(
                "`has:absent` finds what is gone now, also beside `asof:`; what was gone at that moment is told with each hit"
                    .into(),
            );
        }
        query.notices.extend(notices);
        Ok(query)
    }

    /// Name, kind and office of a source as it is configured, or last was: who published something stays who it was.
    pub fn publisher(&self, id: &SourceId) -> KnownSource {
        let configured = self.sources.get(id).map(|source| KnownSource {
            name: source.name.clone(),
            kind: source.kind,
            office: source.office.clone(),
        });
        configured
            .or_else(|| self.known_sources.get(id).cloned())
            .unwrap_or_else(|| KnownSource {
                name: id.to_string(),
                kind: SourceKind::News,
                office: None,
            })
    }

    /// What is configured validly and hardly as it was meant, in words.
    pub fn doubts(&self) -> Vec<String> {
        doubts(&self.sorted_sources(), self.gazetteer.speakers())
    }

    /// The configured sources in the order of their ids.
    pub fn sorted_sources(&self) -> Vec<Source> {
        let mut sources: Vec<Source> = self.sources.values().cloned().collect();
        sources.sort_by(|one, other| one.id.cmp(&other.id));
        sources
    }
}

/// Makes sure that there is a database where there is an archive: a new one in its place would know nothing of earlier
/// wordings, first-seen days, alerts and tokens, and say nothing of it.
fn rows_are_there(workspace: &Workspace) -> Result<(), PipelineError> {
    let path = workspace.database();
    let is_there = match std::fs::metadata(&path) {
        Ok(file) => file.len() > 0,
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    };
    let files = match is_there {
        true => 0,
        false => archive::segments(&workspace.archive())?.len(),
    };
    match files {
        0 => Ok(()),
        files => Err(PipelineError::RowsGone {
            path: path.display().to_string(),
            files,
        }),
    }
}

/// The sources of a workspace with what is doubtful of its configuration, which is read whole and not opened. The error is
/// the first that a crawl would end with.
pub fn configured_sources(
    workspace: &Workspace,
    settings: Settings,
) -> Result<(Vec<Source>, Vec<String>), SettingsError> {
    let configuration = Configuration::read(workspace, settings)?;
    let doubts = doubts(&configuration.sources, &configuration.speakers);
    Ok((configuration.sources, doubts))
}

/// What is configured validly and hardly as it was meant, in words.
fn doubts(sources: &[Source], speakers: &[Speaker]) -> Vec<String> {
    let mut doubts = contested_channels(sources);
    let silent = sources
        .iter()
        .filter(|source| source.enabled && source.channels.is_empty());
    doubts.extend(silent.map(|source| {
        format!(
            "the source `{}` has no [[channel]], so that nothing of it is ever asked for; `onrecord sources probe {}` finds some",
            source.id, source.home
        )
    }));
    let mut named: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for speaker in speakers {
        named
            .entry(speaker.name.to_lowercase())
            .or_default()
            .push(speaker.id.as_str());
    }
    for ids in named.into_values().filter(|ids| ids.len() > 1) {
        doubts.push(format!(
            "the speakers `{}` have the same name, so that a quote may go to either; if they are one, unite them",
            ids.join("` and `")
        ));
    }
    doubts
}

/// The channels that several of these sources name, in words; of the last one by id each is asked.
fn contested_channels(sources: &[Source]) -> Vec<String> {
    let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.enabled) {
        for channel in source.channels.iter().filter(|channel| channel.enabled) {
            named
                .entry(channel.url.as_str())
                .or_default()
                .push(source.id.as_str());
        }
    }
    let mut contested = Vec::new();
    for (url, mut ids) in named {
        ids.sort_unstable();
        ids.dedup();
        if let [others @ .., owner] = ids.as_slice()
            && !others.is_empty()
        {
            let others = others.join("`, `");
            contested.push(format!(
                "the channel {url} is named by `{owner}` and by `{others}`; what it announces is `{owner}`’s alone, \
                 so take it out of the other"
            ));
        }
    }
    contested
}

/// The settings cannot judge a query either.
fn topics(workspace: &Workspace, settings: &Settings) -> Result<Vec<(String, Query)>, SettingsError> {
    let read = |(name, text): (&String, &String)| {
        let wrong = |message: String, hint: Option<String>| SettingsError::Invalid {
            place: workspace.settings_file().display().to_string(),
            message: format!("the topic `{name}`: {message}"),
            hint,
        };
        if name.eq_ignore_ascii_case("all") {
            let hint = Some("`topic:all` means everything: give it another name".into());
            return Err(wrong("is no name for a topic".into(), hint));
        }
        if text.trim().is_empty() {
            let hint = Some("write a query, or take the topic out: an empty one is everything".into());
            return Err(wrong("has no query".into(), hint));
        }
        let query = Query::parse(text, super::todays()).map_err(|error| wrong(error.to_string(), None))?;
        match query.notices.first() {
            Some(notice) => Err(wrong(notice.clone(), None)),
            None => Ok((name.to_lowercase(), query)),
        }
    };
    settings.topics.iter().map(read).collect()
}

/// The file of a source, with the line that names something where one does.
fn place_of(workspace: &Workspace, source: &Source, named: &str) -> String {
    let path = workspace.sources().join(format!("{}.toml", source.id));
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    match text.lines().position(|line| line.contains(named)) {
        Some(at) => format!("{}:{}", path.display(), at + 1),
        None => path.display().to_string(),
    }
}

/// The office of a source is an entry of the speakers, which are another file.
fn check_offices(
    workspace: &Workspace,
    sources: &[Source],
    speakers: &[Speaker],
) -> Result<(), SettingsError> {
    let is_known = |office: &str| speakers.iter().any(|speaker| speaker.id.as_str() == office);
    for source in sources {
        let Some(office) = source.office.as_deref().filter(|office| !is_known(office)) else {
            continue;
        };
        let near = Query::nearest(office, speakers.iter().map(|speaker| speaker.id.as_str()));
        return Err(SettingsError::Invalid {
            place: place_of(workspace, source, office),
            message: format!("`office` names {office:?}, which is no entry of speakers.toml"),
            hint: near.map(|near| format!("did you mean {near:?}?")),
        });
    }
    Ok(())
}

/// The settings cannot judge a selector (they know no HTML); a wrong one is found here, before a crawl.
fn check_selectors(workspace: &Workspace, sources: &[Source]) -> Result<(), SettingsError> {
    use crate::discover::listing::selector_error;
    use crate::model::source::ChannelKind;
    for source in sources {
        let mut selectors = source.rules.selectors();
        for channel in &source.channels {
            if let ChannelKind::Listing(rules) = &channel.kind {
                selectors.extend(rules.selectors());
            }
        }
        for selector in selectors {
            if let Some(reason) = selector_error(selector) {
                return Err(SettingsError::Invalid {
                    place: place_of(workspace, source, selector),
                    message: format!("{selector:?} is no CSS selector: {reason}"),
                    hint: None,
                });
            }
        }
    }
    Ok(())
}
