//! One visit: permission, the request, its redirects. What a channel's answer announces is read in `announcements`,
//! what stands in for a page told in `stand_ins`.

use std::collections::BTreeSet;
use std::sync::Arc;

use url::Url;

use super::CrawlError;
use super::asker::Asker;
use super::hop::{Hop, Payload};
use super::permission::Permissions;
use super::stand_ins::with_stand_ins_told;
use super::visited::{Content, Reached, Visited};
use crate::discover::json_interface;
use crate::fetch::{Exchange, FetchOutcome, guard};
use crate::model::capture::{Role, Truncation};
use crate::model::host::{HostState, Pushback, host_of};
use crate::model::outcome::Outcome;
use crate::model::source::{ChannelKind, Source};
use crate::store::Task;

/// What every visit of a crawl shares.
#[derive(Debug)]
pub(super) struct Visitor {
    pub(super) asker: Asker,
    pub(super) permissions: Permissions,
}

impl Visitor {
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
        let reached = with_stand_ins_told(&visited, reached, self.asker.now()).await;
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
        let is_whole_turn = visits.is_multiple_of(self.asker.settings.whole_every);
        let is_read_so = task.role == Role::Page || task.read_as == Some(visited.read_as());
        is_read_so && !is_whole_turn
    }

    /// How the hosts stand that a visit asked.
    fn hosts_of(&self, visited: &Visited) -> Vec<HostState> {
        let hosts: BTreeSet<&str> = visited.hops.iter().map(|hop| hop.host.as_str()).collect();
        hosts
            .into_iter()
            .map(|host| self.asker.hosts.state(host))
            .collect()
    }

    /// The address that is asked for first: the task's, or what the template of an interface gives today.
    fn first_address(&self, visited: &Visited) -> Option<Url> {
        match visited.kind() {
            ChannelKind::Json(rules) if visited.task.role == Role::Channel => {
                let zone = &visited.source.time_zone;
                json_interface::page_address(
                    &visited.task.url,
                    &rules,
                    rules.first_page,
                    self.asker.now(),
                    zone,
                )
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
        for redirects in 0..=self.asker.settings.max_redirects {
            let allow_private = visited.source.allows_private(&url);
            if let Err(refusal) = self.asker.client.check(&url, allow_private) {
                let detail = match redirects {
                    0 => refusal.to_string(),
                    _ => format!("it leads to {url}: {refusal}"),
                };
                return Ok(Reached::new(Outcome::Refused, Some(detail)));
            }
            if let Some(deferred) = self.deferred(&url) {
                return Ok(deferred);
            }
            let permission = self.permissions.of(&self.asker, &url, allow_private).await?;
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
                .asker
                .ask(&url, validators, allow_private, permission.rules.crawl_delay())
                .await;
            let (hop, payload) = self.asker.opened(hop).await;
            let next = hop.redirect();
            let reached = self.judge(&hop, visited.hops.len(), payload);
            let reached = self.noted(&hop, reached);
            visited.hops.push(hop);
            match next {
                None => return Ok(reached),
                Some(next) => url = next,
            }
        }
        let detail = format!("more than {} redirects", self.asker.settings.max_redirects);
        Ok(Reached::new(Outcome::TooManyRedirects, Some(detail)))
    }

    /// Where an address's host is left alone: the end of the visit.
    fn deferred(&self, url: &Url) -> Option<Reached> {
        let host = host_of(url);
        let until = self.asker.hosts.held(&host, self.asker.now())?;
        let why = self.asker.hosts.state(&host).reason;
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
                self.asker.hosts.answered(&hop.host);
            }
            return reached;
        };
        let asked = hop.retry_after();
        let first = self.asker.settings.retry_after;
        let held_until = self
            .asker
            .hosts
            .pushed_back(&hop.host, reason, asked, first, self.asker.now());
        Reached {
            pushback: Some(reason),
            held_until,
            asked_by_server: asked.is_some(),
            ..reached
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
                format!(
                    "the body has more than {} bytes",
                    self.asker.settings.max_body_bytes
                )
            }
            (200..300, Some(Truncation::Time)) => "the body did not end in time".into(),
            (200..300, Some(Truncation::Disconnect)) => "the connection ended before the body".into(),
            (status, _) => format!("HTTP status {status}"),
        }
    }
}
