//! One visit: permission, the request, its redirects, and for a channel what it announces.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use url::Url;

use super::backoff::Hosts;
use super::permission::Permissions;
use super::{CrawlError, Politeness};
use crate::discover::{Unreadable, canonical, feed, json_interface, listing, memento, sitemap, traps};
use crate::extract::{Page, StandIn, stand_in};
use crate::fetch::{Client, Exchange, FetchOutcome, Request, guard};
use crate::model::cadence::Cadence;
use crate::model::capture::{Role, Truncation};
use crate::model::host::{HostState, Pushback, host_of};
use crate::model::moment::Moment;
use crate::model::outcome::Outcome;
use crate::model::schedule::Priority;
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
    pub(super) hosts: Hosts,
    pub(super) permissions: Permissions,
}

/// One request and what came of it.
#[derive(Debug)]
pub(super) struct Hop {
    pub(super) url: String,
    pub(super) host: String,
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
    /// The hops that answered with whole documents, among `hops`.
    pub(super) giving: Vec<usize>,
    pub(super) outcome: Outcome,
    pub(super) detail: Option<String>,
    /// What the end says of the host rather than of the address.
    pub(super) pushback: Option<Pushback>,
    /// Until when the host is left alone, and whether it named that time.
    pub(super) held_until: Option<Timestamp>,
    pub(super) asked_by_server: bool,
    pub(super) announced: Vec<Announced>,
    /// What is new of that, for a channel whose rhythm follows it.
    pub(super) brought: Option<u64>,
    /// Items the channel announced, where it could be read.
    pub(super) items: Option<usize>,
    /// Whether everything that the channel announces was read, its further pages included.
    pub(super) read_whole: bool,
    pub(super) robots: Vec<RobotsRow>,
    /// How the hosts stand that were asked.
    pub(super) hosts: Vec<HostState>,
}

/// Where following an address ended.
#[derive(Debug)]
struct Reached {
    outcome: Outcome,
    detail: Option<String>,
    content: Option<Content>,
    pushback: Option<Pushback>,
    held_until: Option<Timestamp>,
    asked_by_server: bool,
}

/// The hop that answered with the content, and its payload.
#[derive(Debug)]
struct Content {
    hop: usize,
    payload: Vec<u8>,
}

impl Reached {
    fn new(outcome: Outcome, detail: Option<String>) -> Self {
        Self {
            outcome,
            detail,
            content: None,
            pushback: None,
            held_until: None,
            asked_by_server: false,
        }
    }
}

impl Visitor {
    /// The one place where the crawl reads the clock.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Visits a task. Only the store can make it fail: what a site does is an outcome.
    pub(super) async fn visit(&self, task: Task, source: Arc<Source>) -> Result<Visited, CrawlError> {
        let mut visited = Visited::begun(task, source);
        let Some(url) = self.first_address(&visited) else {
            visited.outcome = Outcome::Refused;
            visited.detail = Some("the template of the interface gives no address".into());
            return Ok(visited);
        };
        let conditional = self.asks_whether_changed(&visited);
        let reached = self.follow(&mut visited, &url, conditional).await?;
        let reached = self.with_stand_ins_told(&visited, reached).await;
        visited.outcome = reached.outcome;
        visited.detail = reached.detail;
        visited.pushback = reached.pushback;
        visited.held_until = reached.held_until;
        visited.asked_by_server = reached.asked_by_server;
        visited.content = reached.content.as_ref().map(|content| content.hop);
        if let (Role::Channel, Some(content)) = (visited.task.role, reached.content) {
            self.read_channel(&mut visited, content).await?;
        }
        visited.hosts = self.hosts_of(&visited);
        Ok(visited)
    }

    /// An answer that stands in for the page, with the status of one: the front page, to which the address leads now; an
    /// error; a wall before the text. It is archived like any other and says nothing new of the page. It says nothing of
    /// the host either: others of its pages may be free.
    async fn with_stand_ins_told(&self, visited: &Visited, mut reached: Reached) -> Reached {
        let is_page = visited.task.role == Role::Page && visited.task.memento.is_none();
        let hop = reached.content.as_ref().map(|content| &visited.hops[content.hop]);
        let Some(exchange) = hop.and_then(Hop::exchange).filter(|_| is_page) else {
            return reached;
        };
        if leads_to_front_page(&visited.task.url, &exchange.url, &visited.source) {
            let detail = format!("it leads to the front page, {}", exchange.url);
            return Reached::new(Outcome::NotFound, Some(detail));
        }
        let (url, content_type) = (
            exchange.url.clone(),
            exchange.header("content-type").map(str::to_string),
        );
        let (captured_at, source) = (self.now(), Arc::clone(&visited.source));
        // A page's payload is read again out of the archive.
        let payload = reached
            .content
            .as_mut()
            .map(|content| std::mem::take(&mut content.payload));
        let payload = payload.unwrap_or_default();
        let found = tokio::task::spawn_blocking(move || {
            stand_in(&Page {
                payload: &payload,
                content_type: content_type.as_deref(),
                url: &url,
                captured_at: Some(captured_at),
                source: Some(&source),
            })
        });
        match found.await {
            Ok(Some((StandIn::NotFound, heading))) => {
                let detail = format!("an error sent with the status of a page: {heading:?}");
                Reached::new(Outcome::NotFound, Some(detail))
            }
            Ok(Some((StandIn::Wall, heading))) => {
                let detail = format!("a wall sent with the status of a page: {heading:?}");
                Reached::new(Outcome::Blocked, Some(detail))
            }
            // What cannot be read here is told when it is read.
            Ok(None) | Err(_) => reached,
        }
    }

    /// Whether the address is asked only whether it changed. Not where what is held of a channel was read under
    /// other rules; and not every so often, because some servers say "not changed" whatever happens.
    fn asks_whether_changed(&self, visited: &Visited) -> bool {
        let task = &visited.task;
        let visits = task.unchanged.saturating_add(1);
        let is_whole_turn = visits.is_multiple_of(self.settings.whole_every);
        let is_read_so = task.role == Role::Page || task.read_as == Some(visited.read_as());
        is_read_so && !is_whole_turn
    }

    /// How the hosts stand that a visit asked.
    fn hosts_of(&self, visited: &Visited) -> Vec<HostState> {
        let hosts: BTreeSet<&str> = visited.hops.iter().map(|hop| hop.host.as_str()).collect();
        hosts.into_iter().map(|host| self.hosts.state(host)).collect()
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
                return Ok(Reached::new(Outcome::Refused, Some(refusal.to_string())));
            }
            if let Some(deferred) = self.deferred(&url) {
                return Ok(deferred);
            }
            let permission = self.permissions.of(self, &url, allow_private).await?;
            let refusal = permission.refusal(&url);
            visited.hops.extend(permission.hops);
            visited.robots.extend(permission.row);
            if let Some((outcome, detail)) = refusal {
                return Ok(Reached {
                    pushback: permission.closed_until.map(|_| Pushback::RobotsClosed),
                    held_until: permission.closed_until,
                    ..Reached::new(outcome, Some(detail))
                });
            }
            let validators = (conditional && redirects == 0).then_some(&visited.task);
            let hop = self
                .ask(&url, validators, allow_private, permission.rules.crawl_delay())
                .await;
            let (hop, payload) = self.opened(hop).await;
            let next = hop.redirect();
            let reached = self.judge(&hop, visited.hops.len(), payload);
            let reached = self.noted(&hop, reached);
            visited.hops.push(hop);
            match next {
                None => return Ok(reached),
                Some(next) => url = next,
            }
        }
        let detail = format!("more than {} redirects", self.settings.max_redirects);
        Ok(Reached::new(Outcome::TooManyRedirects, Some(detail)))
    }

    /// Where an address's host is left alone: the end of the visit.
    fn deferred(&self, url: &Url) -> Option<Reached> {
        let host = host_of(url);
        let until = self.hosts.held(&host, self.now())?;
        let why = self.hosts.state(&host).reason;
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        let detail = format!(
            "{host} is left alone until {}{why}",
            until.strftime("%Y-%m-%d %H:%M:%S UTC")
        );
        Some(Reached {
            held_until: Some(until),
            ..Reached::new(Outcome::Deferred, Some(detail))
        })
    }

    /// Takes down what an answer says of its host.
    fn noted(&self, hop: &Hop, reached: Reached) -> Reached {
        let status = hop.exchange().map(|exchange| exchange.status);
        let Some(reason) = Pushback::of(reached.outcome, status) else {
            if status.is_some() {
                self.hosts.answered(&hop.host);
            }
            return reached;
        };
        let asked = hop.retry_after();
        let first = self.settings.retry_after;
        let held_until = self
            .hosts
            .pushed_back(&hop.host, reason, asked, first, self.now());
        Reached {
            pushback: Some(reason),
            held_until,
            asked_by_server: asked.is_some(),
            ..reached
        }
    }

    /// Makes one request in the host's turn.
    pub(super) async fn ask(
        &self,
        url: &Url,
        validators: Option<&Task>,
        allow_private: bool,
        pause: Option<Duration>,
    ) -> Hop {
        let host = host_of(url);
        // Held until the answer is there: one request at a time.
        let _turn = self.politeness.turn(&host, pause).await;
        let at = self.now();
        self.hosts.served(&host, at);
        let request = Request {
            url: url.clone(),
            etag: validators.and_then(|task| task.etag.clone()),
            last_modified: validators.and_then(|task| task.last_modified.clone()),
            allow_private,
        };
        Hop {
            url: url.to_string(),
            host,
            at,
            answer: self.client.get(&request).await,
        }
    }

    /// The payload of an answer that has one, its content coding undone: once, and off the threads that wait
    /// for other hosts, because a small body may unpack to a large one.
    pub(super) async fn opened(&self, hop: Hop) -> (Hop, Option<Vec<u8>>) {
        let has_payload = hop
            .exchange()
            .is_some_and(|exchange| exchange.outcome() == Outcome::Changed);
        let Hop {
            url,
            host,
            at,
            answer,
        } = hop;
        let again = |answer| Hop {
            url,
            host,
            at,
            answer,
        };
        let exchange = match answer {
            FetchOutcome::Answered(exchange) if has_payload => exchange,
            answer => return (again(answer), None),
        };
        let cap = usize::try_from(self.settings.max_decoded_bytes).unwrap_or(usize::MAX);
        let opened = tokio::task::spawn_blocking(move || {
            let payload = exchange.payload(cap);
            (exchange, payload)
        });
        match opened.await {
            Ok((exchange, payload)) => (again(FetchOutcome::Answered(exchange)), payload),
            Err(_) => {
                let detail = "undoing its content coding failed inside the program".to_string();
                let outcome = Outcome::Broken;
                (again(FetchOutcome::Failed { outcome, detail }), None)
            }
        }
    }

    /// What a hop, the `place`th of its visit, means for the task; a redirect is judged by where it leads.
    fn judge(&self, hop: &Hop, place: usize, payload: Option<Vec<u8>>) -> Reached {
        let exchange = match &hop.answer {
            FetchOutcome::Failed { outcome, detail } => {
                return Reached::new(*outcome, Some(detail.clone()));
            }
            FetchOutcome::Answered(exchange) => exchange,
        };
        let location = exchange.header("location").unwrap_or_default();
        if exchange
            .redirect()
            .is_some_and(|to| guard::is_disguised(location, &to))
        {
            let detail = "the redirect spells an IP address so that it is not seen to be one";
            return Reached::new(Outcome::Refused, Some(detail.into()));
        }
        match (exchange.outcome(), payload) {
            // The recorder knows whether the content is new.
            (Outcome::Changed, Some(payload)) => Reached {
                content: Some(Content { hop: place, payload }),
                ..Reached::new(Outcome::Changed, None)
            },
            (Outcome::Changed, None) => Reached::new(
                Outcome::Broken,
                Some("the content coding is damaged or too large".into()),
            ),
            (outcome @ (Outcome::NotModified | Outcome::Empty), _) => Reached::new(outcome, None),
            (outcome, _) => Reached::new(outcome, Some(self.in_words(exchange))),
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
    async fn read_channel(&self, visited: &mut Visited, first: Content) -> Result<(), CrawlError> {
        let kind = visited.kind();
        let mut pages = match &kind {
            ChannelKind::Listing(rules) => rules.max_pages.max(1),
            ChannelKind::Json(rules) => rules.max_pages.max(1),
            ChannelKind::Memento(rules) => rules.max_pages.max(1),
            ChannelKind::Feed | ChannelKind::Sitemap => 1,
        };
        let mut position = Position {
            template: visited.task.url.clone(),
            page: 0,
            now: self.now(),
        };
        let mut seen = HashSet::new();
        let mut watch = traps::Watch::default();
        let (is_paged, is_memento) = (pages > 1, matches!(kind, ChannelKind::Memento(_)));
        let mut known = HashSet::new();
        let mut content = first;
        loop {
            let hop = content.hop;
            let Some((mut announced, mut next)) =
                self.read_announcements(visited, content, &kind, &position).await
            else {
                return Ok(());
            };
            if announced.iter().any(|item| item.is_given) {
                visited.giving.push(hop);
            }
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
            let Some(next) = next.filter(|next| pages > 0 && seen.insert(next.to_string())) else {
                visited.read_whole = true;
                return Ok(());
            };
            // Trouble on a further page takes nothing from what the first ones announced, but the channel
            // is not asked whether it changed before all of it was read.
            let reached = self.follow(visited, &next, false).await?;
            content = match reached.content {
                Some(content) => content,
                None if matches!(kind, ChannelKind::Json(_)) && is_past_the_end(visited) => {
                    visited.read_whole = true;
                    return Ok(());
                }
                None => {
                    let further = format!("page {} was not read: {}", position.page + 1, reached.outcome);
                    visited.detail.get_or_insert(further);
                    return Ok(());
                }
            };
        }
    }

    /// What one answer announces and the page after it; what cannot be read is the visit's outcome.
    async fn read_announcements(
        &self,
        visited: &mut Visited,
        content: Content,
        kind: &ChannelKind,
        position: &Position,
    ) -> Option<(Vec<Announced>, Option<Url>)> {
        let exchange = visited.hops.get(content.hop)?.exchange()?;
        let (base, kind, source) = (exchange.url.clone(), kind.clone(), Arc::clone(&visited.source));
        let content_type = exchange.header("content-type").map(str::to_string);
        let position = position.clone();
        // Reading is computing; and what makes a reader panic costs this visit only.
        let read = tokio::task::spawn_blocking(move || {
            let body = content.payload;
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
                    .map(|item| announced(item, Priority::News, source))
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
            let is_given = item.given_by(source).is_some();
            // What is given is held already.
            let priority = if is_given {
                Priority::Revisit
            } else {
                Priority::News
            };
            let mut found = announced(item.announcement, priority, source);
            found.is_given = is_given;
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
        ..announced(item, Priority::Backlog, source)
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
        .map(|item| announced(item, Priority::News, source))
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
        announced(item, Priority::Channel, source)
    });
    let pages = read
        .pages
        .into_iter()
        .filter(|item| is_own(&item.url))
        .map(|item| announced(item, Priority::Backlog, source));
    channels.chain(pages).collect()
}

fn announced(item: Announcement, priority: Priority, source: &Source) -> Announced {
    let canonical = canonical::within(&item.url, source);
    let rules: Vec<&str> = canonical.rules.iter().map(|rule| rule.code()).collect();
    Announced {
        role: match priority {
            Priority::Channel => Role::Channel,
            _ => Role::Page,
        },
        priority,
        canonical: canonical.url,
        canonical_rules: rules.join(" "),
        memento: None,
        is_given: false,
        url: without_fragment(item.url),
        title: item.title,
        published: item.published,
        modified: item
            .modified
            .and_then(|moment| changed_by(moment, &source.time_zone)),
    }
}

/// By when what has this date of change had changed: what changed in a second, or on a bare day, may have done
/// so as late as its end. A time without a zone is of the source's.
fn changed_by(moment: Moment, zone: &TimeZone) -> Option<Timestamp> {
    let printed = match moment.time {
        Some(_) => SignedDuration::from_secs(1),
        None => SignedDuration::from_hours(24),
    };
    let at = moment.timestamp(zone)?;
    at.checked_add(printed - SignedDuration::from_millis(1)).ok()
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
    /// A visit of which nothing happened yet.
    fn begun(task: Task, source: Arc<Source>) -> Self {
        Self {
            hops: Vec::new(),
            content: None,
            giving: Vec::new(),
            outcome: Outcome::Changed,
            detail: None,
            pushback: None,
            held_until: None,
            asked_by_server: false,
            announced: Vec::new(),
            brought: None,
            items: None,
            read_whole: false,
            robots: Vec::new(),
            hosts: Vec::new(),
            task,
            source,
        }
    }

    /// A visit that a mistake of this program cut short: it is on record like any other trouble.
    pub(super) fn failed_inside(task: Task, source: Arc<Source>) -> Self {
        Self {
            outcome: Outcome::Broken,
            detail: Some("visiting it failed inside the program".into()),
            ..Self::begun(task, source)
        }
    }

    /// A digest of how the channel's answer is read: of its rules, and of the program that follows them.
    pub(super) fn read_as(&self) -> String {
        let rules = format!("{} {:?}", env!("CARGO_PKG_VERSION"), self.kind());
        data_encoding::HEXLOWER.encode(&Sha256::digest(rules)[..8])
    }

    /// How often the channel is asked: as it says itself, else as its source does.
    pub(super) fn cadence(&self) -> &Cadence {
        let channels = self.source.channels.iter();
        channels
            .filter(|channel| channel.url == self.task.url)
            .find_map(|channel| channel.cadence.as_ref())
            .unwrap_or(&self.source.cadence)
    }

    /// Whether the configuration names the channel; another one was named by a sitemap index.
    pub(super) fn is_configured(&self) -> bool {
        self.source
            .channels
            .iter()
            .any(|channel| channel.url == self.task.url)
    }

    /// How the channel is read: as configured, or as a sitemap where an index named it.
    fn kind(&self) -> ChannelKind {
        self.source
            .channels
            .iter()
            .find(|channel| channel.url == self.task.url)
            .map_or(ChannelKind::Sitemap, |channel| channel.kind.clone())
    }
}

/// Whether an interface was asked for a page past its last: WordPress and others answer that it is none.
fn is_past_the_end(visited: &Visited) -> bool {
    let last = visited.hops.last().and_then(Hop::exchange);
    last.is_some_and(|exchange| matches!(exchange.status, 400 | 404))
}

/// Whether an address that was none led to the front page of its site or its source.
fn leads_to_front_page(asked: &Url, reached: &Url, source: &Source) -> bool {
    let canonical = |url: &Url| canonical::within(url, source).url;
    let is_front = |url: &Url| url.path() == "/" && url.query().is_none() || *url == canonical(&source.home);
    is_front(&canonical(reached)) && !is_front(&canonical(asked))
}

/// Where an answer sends us, if it does and the address can be asked for.
pub(super) fn redirect_of(answer: &FetchOutcome) -> Option<Url> {
    let FetchOutcome::Answered(exchange) = answer else {
        return None;
    };
    let mut to = exchange.redirect()?;
    if guard::is_disguised(exchange.header("location").unwrap_or_default(), &to) {
        return None;
    }
    to.set_fragment(None);
    Some(to)
}

impl Hop {
    /// Where the answer sends us, if it does and the address can be asked for.
    pub(super) fn redirect(&self) -> Option<Url> {
        redirect_of(&self.answer)
    }

    /// Why there is no answer.
    pub(super) fn failure(&self) -> Option<Outcome> {
        match &self.answer {
            FetchOutcome::Failed { outcome, .. } => Some(*outcome),
            FetchOutcome::Answered(_) => None,
        }
    }

    /// The answer, where there was one.
    pub(super) fn exchange(&self) -> Option<&Exchange> {
        match &self.answer {
            FetchOutcome::Answered(exchange) => Some(exchange),
            FetchOutcome::Failed { .. } => None,
        }
    }

    /// How long the server asks us to stay away.
    pub(super) fn retry_after(&self) -> Option<SignedDuration> {
        let exchange = self.exchange()?;
        let asked = matches!(exchange.status, 429 | 503).then(|| exchange.retry_after())??;
        Some(SignedDuration::try_from(asked).unwrap_or(SignedDuration::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_change_lasts_as_long_as_what_is_printed_of_it() {
        for (printed, last) in [
            ("2026-02-06T10:00:00Z", "2026-02-06T10:00:00.999Z"),
            ("2026-02-06", "2026-02-06T23:59:59.999Z"),
        ] {
            let moment = Moment::parse(printed).expect("a moment");
            assert_eq!(changed_by(moment, &TimeZone::UTC), last.parse().ok(), "{printed}");
        }
        let zone = TimeZone::get("America/New_York").expect("bundled");
        let moment = Moment::parse("2026-02-06T10:00:00").expect("a moment");
        assert_eq!(changed_by(moment, &zone), "2026-02-06T15:00:00.999Z".parse().ok());
    }
}
