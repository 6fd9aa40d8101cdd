//! `onrecord discover`: what a channel's answer announces.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};
use url::Url;

use super::arguments::{ChannelKindArgument, DiscoverArguments};
use super::output::{DONE, NOTHING, counted, plain, tell};
use super::{filter, session};
use crate::crawl::look;
use crate::discover::{feed, listing, sitemap};
use crate::model::moment::Moment;
use crate::model::source::{Announcement, ListingRules};
use crate::text::charset;

/// What is assumed of a file that nobody gave an address to.
const NOWHERE: &str = "http://localhost/";

pub(super) fn run(workspace: Option<&Path>, given: &DiscoverArguments) -> anyhow::Result<ExitCode> {
    if given.jsonl {
        return filter::run(|line| one(&line));
    }
    let Some(file) = &given.file else {
        bail!("what is to be read? `onrecord discover FILE --kind feed --base URL`");
    };
    let (payload, content_type, own) = match web_address(file) {
        Some(url) => looked(workspace, url, given.allow_private)?,
        None => (super::given::read(file)?, None, None),
    };
    let rules = ListingRules {
        item: given.item.clone(),
        link: given.link.clone(),
        title: given.title.clone(),
        date: given.date.clone(),
        next: given.next.clone(),
        max_pages: 1,
        pages: None,
    };
    let base = match (&given.base, own) {
        (Some(base), _) => address(base)?,
        (None, Some(own)) => own,
        (None, None) => address(NOWHERE)?,
    };
    let announced = announced(&payload, content_type.as_deref(), given.kind, &base, &rules)?;
    let mut output = std::io::stdout().lock();
    for item in &announced.items {
        if given.json {
            serde_json::to_writer(&mut output, &item.json())?;
            output.write_all(b"\n")?;
        } else {
            writeln!(output, "{}", item.line())?;
        }
    }
    if !given.json {
        tell(&announced.summary());
    }
    Ok(ExitCode::from(if announced.items.is_empty() {
        NOTHING
    } else {
        DONE
    }))
}

/// The address that an argument is, if it is one.
fn web_address(file: &Path) -> Option<Url> {
    let text = file.to_str()?;
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    is_web.then(|| Url::parse(text).ok())?
}

type Payload = (Vec<u8>, Option<String>, Option<Url>);

/// What an address answers, asked for as in a crawl and kept nowhere.
fn looked(workspace: Option<&Path>, url: Url, allow_private: bool) -> anyhow::Result<Payload> {
    let (settings, sources) = (session::borrowed(workspace)?, session::sources(workspace)?);
    let looked = look(&settings.crawl, &sources, &url, allow_private);
    let looked = session::runtime()?.block_on(looked)?;
    let looked = looked.map_err(anyhow::Error::msg)?;
    Ok((looked.body, looked.content_type, Some(looked.url)))
}

/// The announcements of the file that a line names.
fn one(line: &Map<String, Value>) -> anyhow::Result<Value> {
    let text = |name: &str| match line.get(name) {
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(Value::Null) | None => Ok(None),
        Some(_) => bail!("`{name}` is no string"),
    };
    let file = text("file")?.context("`file` is missing")?;
    let kind = match text("kind")?.unwrap_or("feed") {
        "feed" => ChannelKindArgument::Feed,
        "sitemap" => ChannelKindArgument::Sitemap,
        "listing" => ChannelKindArgument::Listing,
        other => bail!("`{other}` is no kind of channel: write feed, sitemap or listing"),
    };
    let payload = std::fs::read(file).with_context(|| format!("cannot read {file}"))?;
    let base = address(text("base")?.unwrap_or(NOWHERE))?;
    let announced = announced(&payload, None, kind, &base, &ListingRules::default())?;
    Ok(json!({
        "id": line.get("id").cloned().unwrap_or(Value::Null),
        "items": announced.items.iter().map(Item::json).collect::<Vec<_>>(),
        "sitemaps": announced.sitemaps.iter().map(Url::as_str).collect::<Vec<_>>(),
        "next": announced.next.map(String::from),
    }))
}

fn address(text: &str) -> anyhow::Result<Url> {
    Url::parse(text).with_context(|| format!("`{text}` is no address"))
}

/// What one answer announces.
#[derive(Default)]
struct Announced {
    items: Vec<Item>,
    sitemaps: Vec<Url>,
    next: Option<Url>,
}

/// One line of the output: an entry of a feed is shown even where it leads nowhere.
struct Item {
    url: Option<Url>,
    title: Option<String>,
    published: Option<Moment>,
    modified: Option<Moment>,
    id: Option<String>,
}

fn announced(
    payload: &[u8],
    content_type: Option<&str>,
    kind: ChannelKindArgument,
    base: &Url,
    rules: &ListingRules,
) -> anyhow::Result<Announced> {
    Ok(match kind {
        ChannelKindArgument::Feed => Announced {
            items: feed::entries(payload, content_type, base)?
                .into_iter()
                .map(Item::from)
                .collect(),
            ..Announced::default()
        },
        ChannelKindArgument::Sitemap => {
            let read = sitemap::read(payload, content_type, base)?;
            Announced {
                items: read.pages.into_iter().map(Item::from).collect(),
                sitemaps: read.sitemaps.into_iter().map(|(url, _)| url).collect(),
                next: None,
            }
        }
        ChannelKindArgument::Listing => {
            let read = listing::read(&charset::decode(payload, content_type).text, base, rules)?;
            Announced {
                items: read.items.into_iter().map(Item::from).collect(),
                sitemaps: Vec::new(),
                next: read.next,
            }
        }
    })
}

impl Announced {
    fn summary(&self) -> String {
        let mut words = counted(self.items.len() as u64, "item");
        for sitemap in &self.sitemaps {
            words.push_str(&format!("\nsitemap {}", plain(sitemap.as_str())));
        }
        if let Some(next) = &self.next {
            words.push_str(&format!("\nnext page {}", plain(next.as_str())));
        }
        words
    }
}

impl Item {
    fn json(&self) -> Value {
        json!({
            "url": self.url.as_ref().map(Url::as_str),
            "title": self.title,
            "published": self.published.map(|moment| moment.to_string()),
            "modified": self.modified.map(|moment| moment.to_string()),
            "id": self.id,
        })
    }

    fn line(&self) -> String {
        let published = self
            .published
            .map_or("-".to_string(), |moment| moment.to_string());
        let url = self.url.as_ref().map_or("(no address)", Url::as_str);
        let title = self.title.as_deref().unwrap_or("(no title)");
        format!("{published:25}  {}  {}", plain(url), plain(title))
    }
}

impl From<feed::Entry> for Item {
    fn from(entry: feed::Entry) -> Self {
        Self {
            url: entry.url,
            title: entry.title,
            published: entry.published,
            modified: entry.modified,
            id: entry.guid,
        }
    }
}

impl From<Announcement> for Item {
    fn from(item: Announcement) -> Self {
        Self {
            url: Some(item.url),
            title: item.title,
            published: item.published,
            modified: item.modified,
            id: item.guid,
        }
    }
}
