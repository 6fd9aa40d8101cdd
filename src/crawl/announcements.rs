//! What the answers of a channel announce, its further pages included.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::CrawlError;
use super::hop::Hop;
use super::visit::Visitor;
use super::visited::{Content, Visited};
use crate::discover::{Unreadable, canonical, feed, json_interface, listing, memento, sitemap, traps};
use crate::extract::{StandIn, headed_like};
use crate::model::capture::Role;
use crate::model::moment::Moment;
use crate::model::outcome::Outcome;
use crate::model::schedule::Priority;
use crate::model::source::{Announcement, ChannelKind, JsonRules, ListingRules, Source};
use crate::store::Announced;
use crate::text::charset;

impl Visitor {
    /// Reads what the channel announces, further pages of a listing included.
    pub(super) async fn read_channel(&self, visited: &mut Visited, first: Content) -> Result<(), CrawlError> {
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
            now: self.asker.now(),
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
        let body = content.bytes(exchange).to_vec();
        // Reading is computing; and what makes a reader panic costs this visit only.
        let read = tokio::task::spawn_blocking(move || {
            let content_type = content_type.as_deref();
            announcements(&body, content_type, &base, &kind, &source, &position)
                .map_err(|unreadable| in_place_of_channel(&body, content_type, &unreadable))
        });
        let (outcome, failure) = match read.await {
            Ok(Ok(read)) => return Some(read),
            Ok(Err(told)) => told,
            Err(_) => (
                Outcome::Malformed,
                "reading it failed inside the program; its bytes are kept".to_string(),
            ),
        };
        visited.outcome = outcome;
        visited.detail = Some(failure);
        None
    }
}

/// What an answer is that is no channel, in words. One that says itself that it is a wall or an error is no reason to correct
/// the channel: it is the site that keeps it from us.
fn in_place_of_channel(
    body: &[u8],
    content_type: Option<&str>,
    unreadable: &Unreadable,
) -> (Outcome, String) {
    match headed_like(body, content_type) {
        Some((StandIn::Wall, heading)) => (
            Outcome::Blocked,
            format!("the answer says {heading:?}: a wall before the channel"),
        ),
        Some((StandIn::OutOfOrder, heading)) => (
            Outcome::ServerError,
            format!("the answer says {heading:?}: a site out of order"),
        ),
        Some((StandIn::NotFound, _)) | None => (Outcome::Malformed, unreadable.to_string()),
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

/// Whether an interface was asked for a page past its last: WordPress and others answer that it is none.
fn is_past_the_end(visited: &Visited) -> bool {
    let last = visited.hops.last().and_then(Hop::exchange);
    last.is_some_and(|exchange| matches!(exchange.status, 400 | 404))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_in_the_place_of_a_channel_is_no_mistake_of_whoever_named_it() {
        let told = |headline: &str| {
            let page = format!("<!doctype html><title>{headline}</title><h1>{headline}</h1>");
            let base = Url::parse("https://town.example/feed").expect("an address");
            let Err(unreadable) = feed::read(page.as_bytes(), Some("text/html"), &base) else {
                panic!("it is no feed");
            };
            in_place_of_channel(page.as_bytes(), Some("text/html"), &unreadable).0
        };
        assert_eq!(told("Just a moment..."), Outcome::Blocked);
        assert_eq!(told("News of the town"), Outcome::Malformed);
    }

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
