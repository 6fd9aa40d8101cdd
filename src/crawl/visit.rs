//! One visit: permission, the request, its redirects. What a channel's answer announces is read in `announcements`,
//! what stands in for a page told in `stand_ins`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use url::Url;

use super::backoff::Hosts;
use super::channel_facts::facts_of_kind;
use super::permission::Permissions;
use super::stand_ins::with_stand_ins_told;
use super::{CrawlError, Politeness};
use crate::discover::json_interface;
use crate::fetch::coding::CodingError;
use crate::fetch::{Client, Exchange, FetchOutcome, Request, guard};
use crate::model::cadence::Cadence;
use crate::model::capture::{Role, Truncation};
use crate::model::host::{HostState, Pushback, host_of};
use crate::model::outcome::Outcome;
use crate::model::source::{ChannelKind, Source};
use crate::settings::CrawlSettings;
use crate::store::{Announced, RobotsRow, Store, Task};

/// Bytes that are unpacked at once, on the thread that waits for other hosts as well: handing them to another would
/// cost more.
const LITTLE: usize = 512 << 10;

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
    /// Whether something else than the page was found before it, and not the page since.
    pub(super) is_in_doubt: bool,
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
pub(super) struct Reached {
    pub(super) outcome: Outcome,
    pub(super) detail: Option<String>,
    pub(super) content: Option<Content>,
    pushback: Option<Pushback>,
    held_until: Option<Timestamp>,
    asked_by_server: bool,
}

/// The hop that answered with the content, and its payload.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) hop: usize,
    payload: Payload,
}

/// A body with its content coding undone.
#[derive(Debug)]
pub(super) enum Payload {
    /// It has none: the body is held as it came, and not a second time.
    AsSent,
    Unpacked(Vec<u8>),
}

impl Payload {
    fn of(payload: Cow<'_, [u8]>) -> Self {
        match payload {
            Cow::Borrowed(_) => Self::AsSent,
            Cow::Owned(unpacked) => Self::Unpacked(unpacked),
        }
    }

    /// Its bytes; `exchange` is the answer whose payload it is.
    pub(super) fn bytes<'a>(&'a self, exchange: &'a Exchange) -> &'a [u8] {
        match self {
            Self::AsSent => &exchange.body,
            Self::Unpacked(unpacked) => unpacked,
        }
    }
}

impl Content {
    /// The payload's bytes; `exchange` is the answer of its hop.
    pub(super) fn bytes<'a>(&'a self, exchange: &'a Exchange) -> &'a [u8] {
        self.payload.bytes(exchange)
    }
}

impl Reached {
    pub(super) fn new(outcome: Outcome, detail: Option<String>) -> Self {
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
    /// What the clock says. Whatever is reckoned from it takes it as an argument.
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
        let reached = with_stand_ins_told(&visited, reached, self.now()).await;
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
    pub(super) async fn follow(
        &self,
        visited: &mut Visited,
        first: &Url,
        conditional: bool,
    ) -> Result<Reached, CrawlError> {
        let mut url = first.clone();
        for redirects in 0..=self.settings.max_redirects {
            let allow_private = visited.source.allows_private(&url);
            if let Err(refusal) = self.client.check(&url, allow_private) {
                let detail = match redirects {
                    0 => refusal.to_string(),
                    _ => format!("it leads to {url}: {refusal}"),
                };
                return Ok(Reached::new(Outcome::Refused, Some(detail)));
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

    /// The payload of an answer that has one, its content coding undone: once, and where it is large off the threads
    /// that wait for other hosts, because a small body may unpack to a large one.
    pub(super) async fn opened(&self, hop: Hop) -> (Hop, Option<Payload>) {
        let Some(exchange) = hop
            .exchange()
            .filter(|exchange| exchange.outcome() == Outcome::Changed)
        else {
            return (hop, None);
        };
        let cap = usize::try_from(self.settings.max_decoded_bytes).unwrap_or(usize::MAX);
        match exchange.payload(cap.min(LITTLE)) {
            Ok(payload) => {
                let payload = Payload::of(payload);
                (hop, Some(payload))
            }
            Err(CodingError::TooLarge(_)) => opened_elsewhere(hop, cap).await,
            Err(_) => (hop, None),
        }
    }

    /// What a hop, the `place`th of its visit, means for the task; a redirect is judged by where it leads.
    fn judge(&self, hop: &Hop, place: usize, payload: Option<Payload>) -> Reached {
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
            is_in_doubt: false,
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
        let rules = format!("{} {}", env!("CARGO_PKG_VERSION"), facts_of_kind(&self.kind()));
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
    pub(super) fn kind(&self) -> ChannelKind {
        self.source
            .channels
            .iter()
            .find(|channel| channel.url == self.task.url)
            .map_or(ChannelKind::Sitemap, |channel| channel.kind.clone())
    }
}

/// The same on a thread for computing, for payloads of any size up to `cap`.
async fn opened_elsewhere(hop: Hop, cap: usize) -> (Hop, Option<Payload>) {
    let (url, host, at) = (hop.url.clone(), hop.host.clone(), hop.at);
    let opened = tokio::task::spawn_blocking(move || {
        let payload = hop.exchange().and_then(|exchange| exchange.payload(cap).ok());
        let payload = payload.map(Payload::of);
        (hop, payload)
    });
    opened.await.unwrap_or_else(|_| {
        let answer = FetchOutcome::Failed {
            outcome: Outcome::Broken,
            detail: "undoing its content coding failed inside the program".to_string(),
        };
        let hop = Hop {
            url,
            host,
            at,
            answer,
        };
        (hop, None)
    })
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
