//! Source files: `config/sources/NAME.toml`.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde::Deserialize;
use url::Url;

use super::error::{SettingsError, line_of};
use super::slips::is_language_tag;
use super::tracker::{CrawlSettings, length_of_time};
use crate::model::cadence::{Cadence, Cron};
use crate::model::id::SourceId;
use crate::model::source::{
    Channel, ChannelKind, JsonRules, ListingPages, ListingRules, MementoRules, SiteRules, Source, SourceKind,
};

/// The archive that is asked where a channel names none.
const PUBLIC_ARCHIVE: &str = "https://web.archive.org/";
/// The ways a CDX server matches addresses.
const MATCHES: [&str; 4] = ["exact", "prefix", "host", "domain"];
/// Where its CDX server is, and what stands before its copies; both as on most archives.
const CDX: &str = "/cdx/search/cdx";
const REPLAY: &str = "/web/";
/// Mementos asked for at once, and answers read, when a channel does not say.
const MEMENTOS: u32 = 500;
const MEMENTO_PAGES: u32 = 40;

/// Pages of a listing followed when its channel does not say.
const LISTING_PAGES: u32 = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    name: toml::Spanned<String>,
    kind: toml::Spanned<String>,
    home: toml::Spanned<String>,
    office: Option<String>,
    language: Option<toml::Spanned<String>>,
    time_zone: Option<toml::Spanned<String>>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    ports: Vec<u16>,
    #[serde(default)]
    allow_private: bool,
    #[serde(default = "yes")]
    enabled: bool,
    every: Option<toml::Spanned<Every>>,
    cron: Option<toml::Spanned<String>>,
    #[serde(default)]
    channel: Vec<ChannelTable>,
    #[serde(default)]
    read: ReadTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelTable {
    kind: toml::Spanned<String>,
    url: toml::Spanned<String>,
    #[serde(default = "yes")]
    enabled: bool,
    every: Option<toml::Spanned<Every>>,
    cron: Option<toml::Spanned<String>>,
    item: Option<String>,
    link: Option<String>,
    title: Option<String>,
    date: Option<String>,
    next: Option<String>,
    max_pages: Option<u32>,
    pages: Option<toml::Spanned<String>>,
    items: Option<toml::Spanned<String>>,
    modified: Option<String>,
    id: Option<String>,
    body: Option<toml::Spanned<String>>,
    author: Option<String>,
    fetch: Option<String>,
    #[serde(default)]
    replace: Vec<(String, String)>,
    window: Option<Every>,
    window_format: Option<String>,
    first_page: Option<u32>,
    total_pages: Option<String>,
    archive: Option<toml::Spanned<String>>,
    #[serde(rename = "match")]
    match_type: Option<toml::Spanned<String>>,
    cdx: Option<toml::Spanned<String>>,
    replay: Option<toml::Spanned<String>>,
    limit: Option<u32>,
}

/// The kinds of channels.
const KINDS: [&str; 5] = ["feed", "sitemap", "listing", "json", "memento"];

type IsSet = fn(&ChannelTable) -> bool;

/// The keys of a channel that mean something to some kinds only: each with whether a table has it, and those
/// kinds. To others they would mean nothing, and be passed over in silence.
const OWNERS: [(&str, IsSet, &[&str]); 23] = [
    ("item", |table| table.item.is_some(), &["listing"]),
    ("link", |table| table.link.is_some(), &["listing", "json"]),
    ("title", |table| table.title.is_some(), &["listing", "json"]),
    ("date", |table| table.date.is_some(), &["listing", "json"]),
    ("next", |table| table.next.is_some(), &["listing"]),
    ("pages", |table| table.pages.is_some(), &["listing"]),
    (
        "max_pages",
        |table| table.max_pages.is_some(),
        &["listing", "json", "memento"],
    ),
    (
        "first_page",
        |table| table.first_page.is_some(),
        &["listing", "json"],
    ),
    ("items", |table| table.items.is_some(), &["json"]),
    ("modified", |table| table.modified.is_some(), &["json"]),
    ("id", |table| table.id.is_some(), &["json"]),
    ("body", |table| table.body.is_some(), &["json"]),
    ("author", |table| table.author.is_some(), &["json"]),
    ("fetch", |table| table.fetch.is_some(), &["json"]),
    ("replace", |table| !table.replace.is_empty(), &["json"]),
    ("window", |table| table.window.is_some(), &["json"]),
    ("window_format", |table| table.window_format.is_some(), &["json"]),
    ("total_pages", |table| table.total_pages.is_some(), &["json"]),
    ("archive", |table| table.archive.is_some(), &["memento"]),
    ("match", |table| table.match_type.is_some(), &["memento"]),
    ("cdx", |table| table.cdx.is_some(), &["memento"]),
    ("replay", |table| table.replay.is_some(), &["memento"]),
    ("limit", |table| table.limit.is_some(), &["memento"]),
];

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadTable {
    title: Option<String>,
    body: Option<String>,
    published: Option<String>,
    authors: Option<String>,
    #[serde(default)]
    drop: Vec<String>,
    #[serde(default)]
    until: Vec<String>,
    #[serde(default)]
    json_text: Vec<String>,
    #[serde(default)]
    json_drop: Vec<String>,
    json_title: Option<String>,
    json_published: Option<String>,
}

/// The shortest interval between two looks at a channel of a site that is not on the own network.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
/// The longest wait of a cron pattern.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24 * 366 * 9);

#[derive(Clone, Deserialize)]
struct Every(#[serde(deserialize_with = "length_of_time")] SignedDuration);

fn yes() -> bool {
    true
}

/// The sources of a folder, by name; files that do not end in `.toml` are passed over.
pub fn sources(folder: &Path, defaults: &CrawlSettings) -> Result<Vec<Source>, SettingsError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |source| SettingsError::Unreadable {
        path: folder.into(),
        source,
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let written = paths.iter().filter(|path| !is_empty(path));
    written.map(|path| read_source(path, defaults)).collect()
}

/// Whether a file says nothing at all, as one that a command was to write and did not. It stops nobody.
fn is_empty(path: &Path) -> bool {
    let is_empty = std::fs::read_to_string(path).is_ok_and(|text| text.trim().is_empty());
    if is_empty {
        tracing::warn!("{} is empty and passed over", path.display());
    }
    is_empty
}

/// Reads one source file.
pub fn read_source(path: &Path, defaults: &CrawlSettings) -> Result<Source, SettingsError> {
    let text = std::fs::read_to_string(path).map_err(|source| SettingsError::Unreadable {
        path: path.into(),
        source,
    })?;
    source_of_text(path, &text, defaults)
}

/// Reads the text of a source file; its path tells the source's id.
pub fn source_of_text(path: &Path, text: &str, defaults: &CrawlSettings) -> Result<Source, SettingsError> {
    let file: SourceFile = toml::from_str(text).map_err(|error| complaint(path, text, &error))?;
    Reader {
        path,
        text,
        is_private: file.allow_private,
    }
    .source(file, defaults)
}

/// What the TOML reader complains about. The commonest slip of all is a key of the source below its channels, which TOML
/// counts to the last of them.
fn complaint(path: &Path, text: &str, error: &toml::de::Error) -> SettingsError {
    let mut names = error.message().split('`').skip(1).step_by(2);
    let unknown = names
        .next()
        .filter(|_| error.message().starts_with("unknown field"));
    let Some(key) = unknown.filter(|key| OWN_KEYS.contains(key) && !names.any(|known| known == *key)) else {
        return SettingsError::from_toml(path, text, error);
    };
    let hint = format!("`{key}` is of the whole source: write it above the first [[channel]] or [read]");
    let line = line_of(text, error.span());
    SettingsError::at(
        path,
        line,
        format!("`{key}` stands inside another table"),
        Some(hint),
    )
}

/// The keys of a source that belong to no table of it.
const OWN_KEYS: [&str; 12] = [
    "name",
    "kind",
    "home",
    "office",
    "language",
    "time_zone",
    "aliases",
    "ports",
    "allow_private",
    "enabled",
    "every",
    "cron",
];

/// What complaints need to name their place.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    /// Whether the source may be on the own network.
    is_private: bool,
}

impl Reader<'_> {
    fn source(&self, file: SourceFile, defaults: &CrawlSettings) -> Result<Source, SettingsError> {
        let stem = self
            .path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        if stem.is_empty()
            || !stem
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            let hint = "name the file with small letters, digits and hyphens, for example city-hall.toml";
            return Err(SettingsError::at(
                self.path,
                1,
                "the file's name is no source id",
                Some(hint.into()),
            ));
        }
        let kind = SourceKind::from_code(file.kind.get_ref()).ok_or_else(|| {
            self.wrong(
                &file.kind,
                "is no kind of source",
                "write \"official\" or \"news\"",
            )
        })?;
        if file.name.get_ref().trim().is_empty() {
            return Err(self.wrong(&file.name, "is no name", "write the name that readers know it by"));
        }
        if let Some(language) = file.language.as_ref()
            && !is_language_tag(language.get_ref())
        {
            let hint = "write a tag such as \"en\", \"es\" or \"en-GB\"";
            return Err(self.wrong(language, "is no language tag", hint));
        }
        let time_zone = match &file.time_zone {
            None => TimeZone::UTC,
            Some(name) => TimeZone::get(name.get_ref()).map_err(|_| {
                self.wrong(
                    name,
                    "is no time zone",
                    "write an IANA name such as \"America/New_York\"",
                )
            })?,
        };
        let channels = file
            .channel
            .into_iter()
            .map(|table| self.channel(table, &time_zone))
            .collect::<Result<_, _>>()?;
        let cadence = self.cadence(file.every.as_ref(), file.cron.as_ref(), &time_zone)?;
        Ok(Source {
            id: SourceId::new(stem),
            name: file.name.into_inner(),
            kind,
            home: self.url(&file.home)?,
            office: file.office,
            language: file.language.map(toml::Spanned::into_inner),
            time_zone,
            aliases: file.aliases,
            ports: file.ports,
            allow_private: file.allow_private,
            enabled: file.enabled,
            cadence: cadence.unwrap_or_else(|| Cadence::Adaptive(defaults.rhythm())),
            channels,
            rules: SiteRules {
                title: file.read.title,
                body: file.read.body,
                published: file.read.published,
                authors: file.read.authors,
                drop: file.read.drop,
                until: file.read.until,
                json_text: file.read.json_text,
                json_drop: file.read.json_drop,
                json_title: file.read.json_title,
                json_published: file.read.json_published,
            },
        })
    }

    /// How often, where the file says so in one of the two ways.
    fn cadence(
        &self,
        every: Option<&toml::Spanned<Every>>,
        cron: Option<&toml::Spanned<String>>,
        zone: &TimeZone,
    ) -> Result<Option<Cadence>, SettingsError> {
        let Some(pattern) = cron else {
            return every.map(|every| self.interval(every)).transpose();
        };
        if every.is_some() {
            return Err(self.wrong(pattern, "stands beside `every`", "keep one of the two"));
        }
        let cron = Cron::parse(pattern.get_ref(), zone.clone()).map_err(|reason| {
            let message = format!("is no cron pattern: {reason}");
            self.wrong(
                pattern,
                &message,
                "write minute, hour, day of month, month, day of week: \"*/15 7-22 * * MON-FRI\"",
            )
        })?;
        let cadence = Cadence::Cron(Box::new(cron));
        // A leap day comes within eight years; what lies further off is no time that anybody means.
        let now = jiff::Timestamp::UNIX_EPOCH;
        let in_time = now + LONGEST_WAIT;
        if cadence.after(now).is_none_or(|first| first > in_time) {
            let hint = "no month has that day: write one that comes round";
            return Err(self.wrong(pattern, "names a time that never comes", hint));
        }
        Ok(Some(cadence))
    }

    /// A plain interval: long enough that nobody's site is asked without end because of a slip.
    fn interval(&self, every: &toml::Spanned<Every>) -> Result<Cadence, SettingsError> {
        let length = every.get_ref().0;
        let shortest = if self.is_private {
            SignedDuration::from_millis(1)
        } else {
            SHORTEST
        };
        if length < shortest {
            let line = line_of(self.text, Some(every.span()));
            let message = format!("`every` is {length:#}: a site would be asked without end");
            let hint = "write a minute or more, such as \"15m\" or \"1h\"";
            return Err(SettingsError::at(self.path, line, message, Some(hint.into())));
        }
        Ok(Cadence::Every(length))
    }

    fn channel(&self, table: ChannelTable, zone: &TimeZone) -> Result<Channel, SettingsError> {
        if KINDS.contains(&table.kind.get_ref().as_str()) {
            self.without_foreign_keys(&table)?;
        }
        match table.kind.get_ref().as_str() {
            "json" => self.json_channel(table, zone),
            "memento" => self.memento_channel(&table, zone),
            "listing" => self.listing_channel(table, zone),
            "feed" => self.plain_channel(&table, zone, ChannelKind::Feed),
            "sitemap" => self.plain_channel(&table, zone, ChannelKind::Sitemap),
            _ => {
                let hint = "write \"feed\", \"sitemap\", \"listing\", \"json\" or \"memento\"";
                Err(self.wrong(&table.kind, "is no kind of channel", hint))
            }
        }
    }

    /// A channel that needs nothing but its address.
    fn plain_channel(
        &self,
        table: &ChannelTable,
        zone: &TimeZone,
        kind: ChannelKind,
    ) -> Result<Channel, SettingsError> {
        Ok(Channel {
            url: self.url(&table.url)?,
            enabled: table.enabled,
            cadence: self.cadence(table.every.as_ref(), table.cron.as_ref(), zone)?,
            kind,
        })
    }

    fn listing_channel(&self, table: ChannelTable, zone: &TimeZone) -> Result<Channel, SettingsError> {
        let rules = ListingRules {
            pages: self.listing_pages(&table)?,
            max_pages: table.max_pages.unwrap_or(LISTING_PAGES),
            item: table.item.clone(),
            link: table.link.clone(),
            title: table.title.clone(),
            date: table.date.clone(),
            next: table.next.clone(),
        };
        self.plain_channel(&table, zone, ChannelKind::Listing(rules))
    }

    /// The template of a listing's further pages, where it has one.
    fn listing_pages(&self, table: &ChannelTable) -> Result<Option<ListingPages>, SettingsError> {
        let Some(template) = &table.pages else {
            return match table.first_page {
                None => Ok(None),
                Some(_) => Err(self.wrong(
                    &table.kind,
                    "has a `first_page` and no `pages`",
                    "write the address of the further pages: pages = \"https://…?page={page}\"",
                )),
            };
        };
        if table.next.is_some() {
            return Err(self.wrong(template, "stands beside `next`", "keep one of the two"));
        }
        if !template.get_ref().contains("{page}") {
            return Err(self.wrong(template, "has no place for the number", "write it as {page}"));
        }
        self.url(template)?;
        Ok(Some(ListingPages {
            template: template.get_ref().clone(),
            first: table.first_page.unwrap_or(1),
        }))
    }

    /// Complains about the first key that belongs to other kinds of channel.
    fn without_foreign_keys(&self, table: &ChannelTable) -> Result<(), SettingsError> {
        let kind = table.kind.get_ref().as_str();
        let foreign = OWNERS
            .iter()
            .find(|(_, is_set, kinds)| is_set(table) && !kinds.contains(&kind));
        let Some((key, _, kinds)) = foreign else {
            return Ok(());
        };
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("{kind:?}")).collect();
        Err(SettingsError::at(
            self.path,
            line_of(self.text, Some(table.kind.span())),
            format!("a channel of kind {kind:?} takes no `{key}`"),
            Some(format!("`{key}` belongs to kind {}", kinds.join(" and "))),
        ))
    }

    fn json_channel(&self, table: ChannelTable, zone: &TimeZone) -> Result<Channel, SettingsError> {
        let usual = JsonRules::default();
        let line = line_of(self.text, Some(table.kind.span()));
        let missing = |key: &str| {
            let hint = format!("name the place as a JSON pointer: {key} = \"/results\"");
            SettingsError::at(
                self.path,
                line,
                format!("a json channel needs `{key}`"),
                Some(hint),
            )
        };
        if let (Some(body), Some(_)) = (&table.body, &table.fetch) {
            let hint = "keep `body` where the interface gives the whole text, `fetch` where it is asked for";
            return Err(self.wrong(body, "stands beside `fetch`", hint));
        }
        if let (Some(_), None) = (&table.author, &table.body) {
            let hint = "`author` says who wrote the text that `body` points at";
            return Err(self.wrong(&table.kind, "has an `author` and no `body`", hint));
        }
        let rules = JsonRules {
            items: table.items.ok_or_else(|| missing("items"))?.into_inner(),
            link: table.link.ok_or_else(|| missing("link"))?,
            title: table.title,
            date: table.date,
            modified: table.modified,
            id: table.id,
            body: table.body.map(toml::Spanned::into_inner),
            author: table.author,
            fetch: table.fetch,
            replace: table.replace,
            window: table.window.map_or(usual.window, |window| window.0),
            window_format: table.window_format.unwrap_or(usual.window_format),
            first_page: table.first_page.unwrap_or(usual.first_page),
            max_pages: table.max_pages.unwrap_or(usual.max_pages),
            total_pages: table.total_pages,
        };
        let mut pointers = vec![&rules.items, &rules.link];
        let optional = [
            &rules.title,
            &rules.date,
            &rules.modified,
            &rules.id,
            &rules.body,
            &rules.author,
            &rules.total_pages,
        ];
        pointers.extend(optional.into_iter().flatten());
        if let Some(wrong) = pointers
            .into_iter()
            .find(|at| !at.is_empty() && !at.starts_with('/'))
        {
            let hint = Some(format!(
                "write \"/{wrong}\"; an empty pointer is the whole answer"
            ));
            let message = format!("{wrong:?} is no JSON pointer");
            return Err(SettingsError::at(self.path, line, message, hint));
        }
        if jiff::fmt::strtime::format(&rules.window_format, jiff::civil::date(2026, 2, 6)).is_err() {
            let message = format!("{:?} cannot write a day", rules.window_format);
            let hint = Some("write it like \"%Y-%m-%d\"".into());
            return Err(SettingsError::at(self.path, line, message, hint));
        }
        Ok(Channel {
            url: self.url(&table.url)?,
            enabled: table.enabled,
            cadence: self.cadence(table.every.as_ref(), table.cron.as_ref(), zone)?,
            kind: ChannelKind::Json(Box::new(rules)),
        })
    }

    /// A channel that asks an archive's CDX server; its address is the query, so that the archive's host is the
    /// one that is paced. Which fields are answered is left to the server: what Wayback calls `original` and
    /// `statuscode` is `url` and `status` to pywb, and neither knows the other's names there.
    fn memento_channel(&self, table: &ChannelTable, zone: &TimeZone) -> Result<Channel, SettingsError> {
        let archive = match &table.archive {
            Some(archive) => self.url(archive)?,
            None => Url::parse(PUBLIC_ARCHIVE).expect("a fixed address"),
        };
        let match_type = match &table.match_type {
            None => "exact",
            Some(given) if MATCHES.contains(&given.get_ref().as_str()) => given.get_ref(),
            Some(given) => {
                return Err(self.wrong(given, "is no way to match", "write exact, prefix, host or domain"));
            }
        };
        let limit = table.limit.unwrap_or(MEMENTOS).max(1);
        let mut query = self.place(&archive, table.cdx.as_ref(), CDX)?;
        query
            .query_pairs_mut()
            .append_pair("url", self.url(&table.url)?.as_str())
            .append_pair("matchType", match_type)
            .append_pair("output", "json")
            .append_pair("filter", "statuscode:200")
            .append_pair("collapse", "digest")
            .append_pair("showResumeKey", "true")
            .append_pair("limit", &limit.to_string());
        let rules = MementoRules {
            replay: self.place(&archive, table.replay.as_ref(), REPLAY)?,
            is_exact: match_type == "exact",
            limit,
            max_pages: table.max_pages.unwrap_or(MEMENTO_PAGES),
        };
        let channel = self.plain_channel(table, zone, ChannelKind::Memento(Box::new(rules)))?;
        Ok(Channel {
            url: query,
            ..channel
        })
    }

    /// A place of an archive: a path of it, or a whole address.
    fn place(
        &self,
        archive: &Url,
        given: Option<&toml::Spanned<String>>,
        usual: &str,
    ) -> Result<Url, SettingsError> {
        let path = given.map_or(usual, |given| given.get_ref());
        archive
            .join(path)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| {
                let message = format!("{path:?} is no place of the archive");
                let line = line_of(self.text, given.map(toml::Spanned::span));
                SettingsError::at(
                    self.path,
                    line,
                    message,
                    Some("write a path such as \"/web/\"".into()),
                )
            })
    }

    fn url(&self, text: &toml::Spanned<String>) -> Result<Url, SettingsError> {
        Url::parse(text.get_ref())
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| self.wrong(text, "is no address", "write it whole, with http:// or https://"))
    }

    fn wrong(&self, value: &toml::Spanned<String>, message: &str, hint: &str) -> SettingsError {
        let line = line_of(self.text, Some(value.span()));
        SettingsError::at(
            self.path,
            line,
            format!("{:?} {message}", value.get_ref()),
            Some(hint.into()),
        )
    }
}

#[cfg(test)]
mod tests;
