//! One visit: permission, the request, its redirects, and for a channel what it announces.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::permission::Permissions;
use super::{CrawlError, Politeness};
use crate::discover::{Unreadable, canonical, feed, json_interface, listing, memento, sitemap, traps};
use crate::fetch::{Client, Exchange, FetchOutcome, Request, coding, guard};
use crate::model::capture::{Role, Truncation};
use crate::model::outcome::Outcome;
use crate::model::source::{Announcement, ChannelKind, JsonRules, ListingRules, Source};
use crate::settings::CrawlSettings;
use crate::store::{Announced, RobotsRow, Store, Task};
use crate::text::charset;

/// What every visit of a crawl shares.
#[derive(Debug)]
pub(super) struct Visitor {
    pub(super) client: Client,
    pub(super) store: Store,
    pub(super) settings: CrawlSettings,
    pub(super) agent: String,
    pub(super) politeness: Politeness,
    pub(super) permissions: Permissions,
}

/// One request and what came of it.
#[derive(Debug)]
pub(super) struct Hop {
    pub(super) url: String,
    pub(super) at: Timestamp,
    pub(super) answer: FetchOutcome,
}

/// A visit as it ended, before anything of it is archived.
#[derive(Debug)]
pub(super) struct Visited {
    pub(super) task: Task,
    pub(super) source: Arc<Source>,
    pub(super) hops: Vec<Hop>,
    /// The hop that answered with the content, among `hops`.
    pub(super) content: Option<usize>,
    pub(super) outcome: Outcome,
    pub(super) detail: Option<String>,
    pub(super) retry_after: Option<SignedDuration>,
    pub(super) announced: Vec<Announced>,
    /// Items the channel announced, where it could be read.
    pub(super) items: Option<usize>,
    pub(super) robots: Vec<RobotsRow>,
}

/// Where following an address ended.
struct Reached {
    outcome: Outcome,
    detail: Option<String>,
    content: Option<usize>,
    retry_after: Option<SignedDuration>,
}

impl Visitor {
    /// The one place where the crawl reads the clock.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Visits a task. Only the store can make it fail: what a site does is an outcome.
    pub(super) async fn visit(&self, task: Task, source: Arc<Source>) -> Result<Visited, CrawlError> {
        let mut visited = Visited {
            hops: Vec::new(),
            content: None,
            outcome: Outcome::Changed,
            detail: None,
            retry_after: None,
            announced: Vec::new(),
            items: None,
            robots: Vec::new(),
            task,
            source,
        };
        let Some(url) = self.first_address(&visited) else {
            visited.outcome = Outcome::Refused;
            visited.detail = Some("the template of the interface gives no address".into());
            return Ok(visited);
        };
        let reached = self.follow(&mut visited, &url, true).await?;
        visited.outcome = reached.outcome;
        visited.detail = reached.detail;
        visited.retry_after = reached.retry_after;
        visited.content = reached.content;
        if visited.task.role == Role::Channel && visited.content.is_some() {
            self.read_channel(&mut visited).await?;
        }
        Ok(visited)
    }

    /// The address that is asked for first: the task's, or what the template of an interface gives today.
    fn first_address(&self, visited: &Visited) -> Option<Url> {
        match visited.kind() {
            ChannelKind::Json(rules) if visited.task.role == Role::Channel => {
                let zone = &visited.source.time_zone;
                json_interface::page_address(&visited.task.url, &rules, rules.first_page, self.now(), zone)
            }
            _ => Some(visited.task.url.clone()),
        }
    }

    /// Asks for an address and follows its redirects, each with its own permission and turn.
    async fn follow(
        &self,
        visited: &mut Visited,
        first: &Url,
        conditional: bool,
    ) -> Result<Reached, CrawlError> {
        let mut url = first.clone();
        for redirects in 0..=self.settings.max_redirects {
            let allow_private = visited.source.allows_private(&url);
            if let Err(refusal) = self.client.check(&url, allow_private) {
                return Ok(Reached {
                    outcome: Outcome::Refused,
                    detail: Some(refusal.to_string()),
                    content: None,
                    retry_after: None,
                });
            }
            let permission = self.permissions.of(self, &url, allow_private).await?;
            let refusal = permission.refusal(&url);
            visited.hops.extend(permission.hops);
            visited.robots.extend(permission.row);
            if let Some((outcome, detail)) = refusal {
                return Ok(Reached {
                    outcome,
                    detail: Some(detail),
                    content: None,
                    retry_after: None,
                });
            }
            let validators = (conditional && redirects == 0).then_some(&visited.task);
            let hop = self
                .ask(&url, validators, allow_private, permission.rules.crawl_delay())
                .await;
            let next = hop.redirect();
            let reached = self.judge(&hop, visited);
            visited.hops.push(hop);
            match next {
                None => return Ok(reached),
                Some(next) => url = next,
            }
        }
        let detail = Some(format!("more than {} redirects", self.settings.max_redirects));
        Ok(Reached {
            outcome: Outcome::TooManyRedirects,
            detail,
            content: None,
            retry_after: None,
        })
    }

    /// Makes one request in the host's turn.
    pub(super) async fn ask(
        &self,
        url: &Url,
        validators: Option<&Task>,
        allow_private: bool,
        pause: Option<Duration>,
    ) -> Hop {
        let mut turn = self
            .politeness
            .turn(&url.origin().ascii_serialization(), pause)
            .await;
        let at = self.now();
        let request = Request {
            url: url.clone(),
            etag: validators.and_then(|task| task.etag.clone()),
            last_modified: validators.and_then(|task| task.last_modified.clone()),
            allow_private,
        };
        let answer = self.client.get(&request).await;
        let hop = Hop {
            url: url.to_string(),
            at,
            answer,
        };
        if let Some(pause) = hop.retry_after() {
            // The host asked for quiet: what else is due there waits as well, within reason.
            let longest = Duration::try_from(self.settings.longest_pace).unwrap_or_default();
            turn.extend(pause.min(longest));
        }
        hop
    }

    /// The payload with its content coding undone.
    pub(super) fn decoded(&self, exchange: &Exchange) -> Option<Vec<u8>> {
        let cap = usize::try_from(self.settings.max_decoded_bytes).unwrap_or(usize::MAX);
        coding::decode(&exchange.body, exchange.header("content-encoding"), cap).ok()
    }

    /// What a hop means for the task; a redirect is judged by where it leads.
    fn judge(&self, hop: &Hop, visited: &Visited) -> Reached {
        let reached = |outcome, detail| Reached {
            outcome,
            detail,
            content: None,
            retry_after: hop
                .retry_after()
                .and_then(|pause| SignedDuration::try_from(pause).ok()),
        };
        let exchange = match &hop.answer {
            FetchOutcome::Failed { outcome, detail } => return reached(*outcome, Some(detail.clone())),
            FetchOutcome::Answered(exchange) => exchange,
        };
        let location = exchange.header("location").unwrap_or_default();
        if exchange
            .redirect()
            .is_some_and(|to| guard::is_disguised(location, &to))
        {
            let detail = "the redirect spells an IP address so that it is not seen to be one";
            return reached(Outcome::Refused, Some(detail.into()));
        }
        match exchange.outcome() {
            // The recorder knows whether the content is new.
            Outcome::Changed if self.decoded(exchange).is_some() => Reached {
                content: Some(visited.hops.len()),
                ..reached(Outcome::Changed, None)
            },
            Outcome::Changed => reached(
                Outcome::Broken,
                Some("the content coding is damaged or too large".into()),
            ),
            outcome @ (Outcome::NotModified | Outcome::Empty) => reached(outcome, None),
            outcome => reached(outcome, Some(self.in_words(exchange))),
        }
    }

    /// The particulars of an answer that is of no use.
    fn in_words(&self, exchange: &Exchange) -> String {
        match (exchange.status, exchange.truncated) {
            (200..300, Some(Truncation::Length)) => {
                format!("the body has more than {} bytes", self.settings.max_body_bytes)
            }
            (200..300, Some(Truncation::Time)) => "the body did not end in time".into(),
            (200..300, Some(Truncation::Disconnect)) => "the connection ended before the body".into(),
            (status, _) => format!("HTTP status {status}"),
        }
    }

    /// Reads what the channel announces, further pages of a listing included.
    async fn read_channel(&self, visited: &mut Visited) -> Result<(), CrawlError> {
        let kind = visited.kind();
        let mut pages = match &kind {
            ChannelKind::Listing(rules) => rules.max_pages.max(1),
            ChannelKind::Json(rules) => rules.max_pages.max(1),
            ChannelKind::Memento(rules) => rules.max_pages.max(1),
            ChannelKind::Feed | ChannelKind::Sitemap => 1,
        };
        let mut content = visited.content;
        let mut position = Position {
            template: visited.task.url.clone(),
            page: 0,
            now: self.now(),
        };
        let mut seen = std::collections::HashSet::new();
        let mut watch = traps::Watch::default();
        let (is_paged, is_memento) = (pages > 1, matches!(kind, ChannelKind::Memento(_)));
        let mut known = std::collections::HashSet::new();
        while let Some(hop) = content.take() {
            let Some((mut announced, mut next)) =
                self.read_announcements(visited, hop, &kind, &position).await
            else {
                break;
            };
            if is_paged {
                announced.retain(|item| !known.contains(&item.url));
                known.extend(announced.iter().map(|item| item.url.clone()));
                // A page that only repeats what came before is the last: some sites answer theirs for ever. An
                // archive knows itself where its list ends, and may repeat a moment of many copies.
                next = next.filter(|_| is_memento || !announced.is_empty());
            }
            let announced = without_traps(announced, &mut watch, &mut visited.detail);
            let announced = with_sound_dates(announced, position.now, &mut visited.detail);
            let items = visited.items.unwrap_or_default() + announced.len();
            visited.items = Some(items);
            visited.announced.extend(announced);
            pages -= 1;
            position.page += 1;
            match next.filter(|next| pages > 0 && seen.insert(next.to_string())) {
                // Trouble on a further page takes nothing from what the first ones announced.
                Some(next) => content = self.follow(visited, &next, false).await?.content,
                None => break,
            }
        }
        Ok(())
    }

    /// What one answer announces and the page after it; what cannot be read is the visit's outcome.
    async fn read_announcements(
        &self,
        visited: &mut Visited,
        hop: usize,
        kind: &ChannelKind,
        position: &Position,
    ) -> Option<(Vec<Announced>, Option<Url>)> {
        let Some(Hop {
            answer: FetchOutcome::Answered(exchange),
            ..
        }) = visited.hops.get(hop)
        else {
            return None;
        };
        let body = self.decoded(exchange)?;
        let (base, kind, source) = (exchange.url.clone(), kind.clone(), Arc::clone(&visited.source));
        let content_type = exchange.header("content-type").map(str::to_string);
        let position = position.clone();
        // Reading is computing; and what makes a reader panic costs this visit only.
        let read = tokio::task::spawn_blocking(move || {
            announcements(&body, content_type.as_deref(), &base, &kind, &source, &position)
        });
        let failure = match read.await {
            Ok(Ok(read)) => return Some(read),
            Ok(Err(unreadable)) => unreadable.to_string(),
            Err(_) => "reading it failed inside the program; its bytes are kept".to_string(),
        };
        visited.outcome = Outcome::Malformed;
        visited.detail = Some(failure);
        None
    }
}

/// Where the reading of an interface stands.
#[derive(Clone, Debug)]
struct Position {
    template: Url,
    /// Pages read before this one.
    page: u32,
    now: Timestamp,
}

type Announcements = (Vec<Announced>, Option<Url>);

fn announcements(
    body: &[u8],
    content_type: Option<&str>,
    base: &Url,
    kind: &ChannelKind,
    source: &Source,
    position: &Position,
) -> Result<Announcements, Unreadable> {
    match kind {
        ChannelKind::Feed => {
            let items = feed::read(body, content_type, base)?;
            Ok((
                items
                    .into_iter()
                    .map(|item| announced(item, Role::Page, source))
                    .collect(),
                None,
            ))
        }
        ChannelKind::Sitemap => Ok((
            sitemap_items(sitemap::read(body, content_type, base)?, base, source),
            None,
        )),
        ChannelKind::Memento(rules) => {
            let answer = memento::read(body, rules)?;
            let next = memento::next(base, &answer, rules);
            let found = answer.mementos.into_iter();
            Ok((found.map(|found| memento_page(found, source)).collect(), next))
        }
        ChannelKind::Json(rules) => {
            let answer = json_interface::read(body, base, rules)?;
            let next = next_page(&answer, rules, position, source);
            Ok((json_items(answer, source), next))
        }
        ChannelKind::Listing(rules) => {
            let html = charset::decode(body, content_type).text;
            let listing = listing::read(&html, base, rules)?;
            let next = match &rules.pages {
                Some(pages) => listing::page_address(pages, position.page + 1),
                None => listing.next,
            };
            Ok((listing_items(listing.items, base, rules, source), next))
        }
    }
}

fn json_items(answer: json_interface::JsonAnswer, source: &Source) -> Vec<Announced> {
    let items = answer.items.into_iter();
    items
        .map(|item| {
            let mut found = announced(item.announcement, Role::Page, source);
            if let Some(known_as) = item.known_as {
                let canonical = canonical::within(&known_as, source);
                found.canonical = canonical.url;
            }
            found
        })
        .collect()
}

fn memento_page(found: memento::Memento, source: &Source) -> Announced {
    let item = Announcement {
        url: found.url,
        title: None,
        published: None,
        modified: None,
        guid: None,
    };
    Announced {
        memento: Some((found.original, found.at)),
        ..announced(item, Role::Page, source)
    }
}

/// The page of an interface after this one, while pages bring items and none said that it was the last.
fn next_page(
    answer: &json_interface::JsonAnswer,
    rules: &JsonRules,
    position: &Position,
    source: &Source,
) -> Option<Url> {
    let read = u64::from(position.page) + 1;
    let is_last = answer.items.is_empty() || answer.total_pages.is_some_and(|total| read >= total);
    let template = &position.template;
    let has_pages = template.as_str().contains("{page}") || template.as_str().contains("%7Bpage%7D");
    let next = rules.first_page + position.page + 1;
    (has_pages && !is_last)
        .then(|| json_interface::page_address(template, rules, next, position.now, &source.time_zone))
        .flatten()
}

fn listing_items(
    items: Vec<Announcement>,
    base: &Url,
    rules: &ListingRules,
    source: &Source,
) -> Vec<Announced> {
    // Without a selector the whole page is read, and its links to other sites are no announcements.
    let keep = |item: &Announcement| rules.item.is_some() || item.url.origin() == base.origin();
    items
        .into_iter()
        .filter(keep)
        .map(|item| announced(item, Role::Page, source))
        .collect()
}

/// A sitemap speaks for its own host (sitemaps.org), and here for the source's others as well; what it says of
/// strangers is passed over.
fn sitemap_items(read: sitemap::Sitemap, base: &Url, source: &Source) -> Vec<Announced> {
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_string();
    let mut hosts: Vec<String> = [base, &source.home]
        .into_iter()
        .filter_map(|url| url.host_str().map(bare))
        .collect();
    hosts.extend(source.aliases.iter().map(|alias| bare(alias)));
    let is_own = |url: &Url| url.host_str().is_some_and(|host| hosts.contains(&bare(host)));
    let sitemaps = read.sitemaps.into_iter().filter(|(url, _)| is_own(url));
    let channels = sitemaps.map(|(url, modified)| {
        let item = Announcement {
            url,
            title: None,
            published: None,
            modified,
            guid: None,
        };
        announced(item, Role::Channel, source)
    });
    let pages = read
        .pages
        .into_iter()
        .filter(|item| is_own(&item.url))
        .map(|item| announced(item, Role::Page, source));
    channels.chain(pages).collect()
}

fn announced(item: Announcement, role: Role, source: &Source) -> Announced {
    let canonical = canonical::within(&item.url, source);
    let rules: Vec<&str> = canonical.rules.iter().map(|rule| rule.code()).collect();
    Announced {
        role,
        canonical: canonical.url,
        canonical_rules: rules.join(" "),
        memento: None,
        url: without_fragment(item.url),
        title: item.title,
        published: item.published,
        modified: item.modified.and_then(|moment| moment.timestamp(&TimeZone::UTC)),
    }
}

/// What does not look like a trap; of the rest the detail tells how many and why the first.
fn without_traps(
    announced: Vec<Announced>,
    watch: &mut traps::Watch,
    detail: &mut Option<String>,
) -> Vec<Announced> {
    let (mut kept, mut first, mut traps) = (Vec::with_capacity(announced.len()), None, 0);
    for item in announced {
        match watch.trap(&item.url) {
            None => kept.push(item),
            Some(trap) => {
                traps += 1;
                first.get_or_insert_with(|| format!("{} ({trap})", item.url));
            }
        }
    }
    if let Some(first) = first {
        *detail = Some(format!("{traps} passed over as traps, such as {first}"));
    }
    kept
}

/// A page cannot have been published after today, nor when clocks begin: such a date is a mistake of the
/// channel's, and is passed over so that nothing is anchored on it.
fn with_sound_dates(
    mut announced: Vec<Announced>,
    now: Timestamp,
    detail: &mut Option<String>,
) -> Vec<Announced> {
    let tomorrow = now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now);
    let day_one = Timestamp::from_second(24 * 3600).unwrap_or(Timestamp::UNIX_EPOCH);
    let is_sound = |at: Timestamp| at > day_one && at <= tomorrow;
    let mut wrong = 0;
    for item in &mut announced {
        let published = item.published.and_then(|moment| moment.timestamp(&TimeZone::UTC));
        if published.is_some_and(|at| !is_sound(at)) {
            item.published = None;
            wrong += 1;
        }
        item.modified = item.modified.filter(|at| is_sound(*at));
    }
    if wrong > 0 && detail.is_none() {
        *detail = Some(format!("{wrong} dates of 1970 or the future were passed over"));
    }
    announced
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

impl Visited {
    /// How the channel is read: as configured, or as a sitemap where an index named it.
    fn kind(&self) -> ChannelKind {
        self.source
            .channels
            .iter()
            .find(|channel| channel.url == self.task.url)
            .map_or(ChannelKind::Sitemap, |channel| channel.kind.clone())
    }
}

impl Hop {
    /// Where the answer sends us, if it does and the address can be asked for.
    pub(super) fn redirect(&self) -> Option<Url> {
        let FetchOutcome::Answered(exchange) = &self.answer else {
            return None;
        };
        let mut to = exchange.redirect()?;
        if guard::is_disguised(exchange.header("location").unwrap_or_default(), &to) {
            return None;
        }
        to.set_fragment(None);
        Some(to)
    }

    /// Why there is no answer.
    pub(super) fn failure(&self) -> Option<Outcome> {
        match &self.answer {
            FetchOutcome::Failed { outcome, .. } => Some(*outcome),
            FetchOutcome::Answered(_) => None,
        }
    }

    /// How long the server asks us to stay away.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match &self.answer {
            FetchOutcome::Answered(exchange) if matches!(exchange.status, 429 | 503) => {
                exchange.retry_after()
            }
            _ => None,
        }
    }
}
