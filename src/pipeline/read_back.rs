//! What archive files hold and no row tells of, read back into rows: a crawl that was killed had not committed it, or a database
//! was put back from an earlier day. What was archived was seen, and is the only record of wordings that changed since.

use std::collections::HashMap;

use jiff::Timestamp;
use url::Url;

use super::channel_answers::{ChannelAnswers, is_same_place};
use super::verify::capture_of;
use super::{PipelineError, Tracker};
use crate::archive::{self, ArchiveError, Record, RecordKind};
use crate::crawl::known_as;
use crate::discover::canonical::{canonical, within};
use crate::model::capture::{Capture, RecordLocation, Role};
use crate::model::source::{Source, source_of};
use crate::store::{HeldPage, Task, UnknownStretch};

/// What of the archive's own files no row tells of: as far as it was noted when crawls began, and what came since.
pub async fn unknown_stretches(tracker: &Tracker) -> Result<Vec<UnknownStretch>, PipelineError> {
    let folder = tracker.workspace.archive();
    let mut unknown = tracker.store.unknown_stretches().await?;
    let told = tracker.store.archive_files().await?.into_iter();
    let told: HashMap<String, u64> = told.map(|file| (file.name, file.bytes)).collect();
    for path in archive::segments(&folder)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !archive::is_own(&name) {
            continue;
        }
        let noted = unknown.iter().filter(|it| it.name == name).map(|it| it.end);
        let known = told.get(&name).copied().unwrap_or_default();
        let first = noted.max().unwrap_or_default().max(known);
        // What keeps it from being looked at is told where it is read.
        let end = std::fs::metadata(&path).map_or(0, |file| file.len());
        if end > first {
            unknown.push(UnknownStretch { name, first, end });
        }
    }
    Ok(unknown)
}

/// Notes what no row tells of, before more is appended to the same files; nobody else may be writing there.
pub(super) async fn note_unknown(tracker: &Tracker, now: Timestamp) -> Result<(), PipelineError> {
    let unknown = unknown_stretches(tracker).await?;
    Ok(tracker.store.note_unknown(&unknown, now).await?)
}

/// Makes captures of the pages in all of that, to be read with the next ones; answers how many. Where a file is damaged, what
/// lies behind stays on record as not read back.
pub(super) async fn read_back(tracker: &Tracker) -> Result<u64, PipelineError> {
    let mut count = 0;
    for stretch in tracker.store.unknown_stretches().await? {
        let (folder, looked_at) = (tracker.workspace.archive(), stretch.clone());
        let answers = tokio::task::spawn_blocking(move || answers(&folder, &looked_at));
        let (answers, end) = answers
            .await
            .map_err(|_| PipelineError::Stopped("reading back"))??;
        let (captures, pages) = captures(tracker, answers).await?;
        count += captures.len() as u64;
        // Before the stretch is known: who is stopped in between does both again.
        tracker.store.keep_held(&pages, Timestamp::now()).await?;
        tracker.store.take_in(&captures, &stretch, end).await?;
    }
    Ok(count)
}

/// An answer that was archived, without what it takes a task to know.
struct Answer {
    capture: Capture,
    url: Url,
    /// Where it leads.
    leads_to: Option<Url>,
}

/// The sound answers in a stretch of a file, in their order, and how far it was read: to its end, or to where it is damaged.
/// What only cannot be read now (a share that went away) is an error, since it would be taken for read.
fn answers(folder: &std::path::Path, stretch: &UnknownStretch) -> Result<(Vec<Answer>, u64), ArchiveError> {
    let mut answers = Vec::new();
    for item in archive::records_from(&folder.join(&stretch.name), stretch.first)? {
        match item {
            Ok((location, _)) if location.offset >= stretch.end => break,
            Ok((location, record)) => {
                let is_sound = record.kind == RecordKind::Response && record.problems().is_empty();
                answers.extend(is_sound.then(|| answer(location, &record)).flatten());
            }
            Err(ArchiveError::Damaged { offset, reason, .. }) if offset < stretch.end => {
                let (name, end) = (&stretch.name, stretch.end);
                tracing::warn!(
                    segment = name,
                    offset,
                    "{name} is damaged at byte {offset} ({reason}): what lies from there to byte {end} is not read back"
                );
                return Ok((answers, offset));
            }
            Err(ArchiveError::Damaged { .. }) => break,
            Err(error) => return Err(error),
        }
    }
    Ok((answers, stretch.end))
}

fn answer(location: RecordLocation, record: &Record) -> Option<Answer> {
    let capture = capture_of(record, location)?;
    let url = Url::parse(&capture.url).ok()?;
    Some(Answer {
        leads_to: record.leads_to().and_then(|to| url.join(to).ok()),
        capture,
        url,
    })
}

/// The captures of pages among answers. Whose page it is tells the frontier, or what led there, or else the source on its host;
/// then the page is not in the frontier, and is told as well.
async fn captures(
    tracker: &Tracker,
    answers: Vec<Answer>,
) -> Result<(Vec<Capture>, Vec<HeldPage>), PipelineError> {
    let mut led: HashMap<Url, Task> = HashMap::new();
    let mut channels = ChannelAnswers::of(tracker);
    let (mut captures, mut pages) = (Vec::new(), Vec::new());
    for answer in answers {
        let asked = canonical(&answer.url).url;
        let tasks = tracker.store.tasks_of(&answer.url, &asked).await?;
        let is_channel = tasks.iter().any(|(task, _)| task.role == Role::Channel);
        let page = tasks
            .into_iter()
            .map(|(task, _)| task)
            .find(|task| task.role == Role::Page);
        // Which channel announced a page, if one still does, its next answer tells.
        let is_to_be_kept = page
            .as_ref()
            .is_none_or(|page| page.announced_by.is_none() && page.memento.is_none());
        let led_from = led.remove(&answer.url).filter(|_| page.is_none());
        let is_to_be_kept = is_to_be_kept && led_from.is_none();
        let page = page.or(led_from);
        let found = (&answer.capture, &answer.url);
        // What is announced as a page is one, also where a listing goes on there.
        let is_taken = page.is_none() && channels.take(found, answer.leads_to.as_ref()).await?;
        if let (Some(to), Some(page)) = (answer.leads_to, &page) {
            led.insert(to, page.clone());
            continue;
        }
        let is_held = tracker.store.capture(&answer.capture.id).await?.is_some();
        if is_channel || is_taken || is_held || !has_content(&answer.capture) {
            continue;
        }
        let Some(capture) = capture(tracker, answer.capture, &answer.url, page.as_ref()) else {
            continue;
        };
        if is_to_be_kept {
            pages.extend(held(tracker, &capture, &answer.url));
        }
        captures.push(capture);
    }
    Ok((captures, pages))
}

/// A page that is held, as the frontier is to know it.
fn held(tracker: &Tracker, capture: &Capture, url: &Url) -> Option<HeldPage> {
    let source = tracker.sources.get(&capture.source)?;
    let canonical = within(url, source);
    let rules: Vec<&str> = canonical.rules.iter().map(|rule| rule.code()).collect();
    Some(HeldPage {
        url: url.clone(),
        canonical: canonical.url,
        canonical_rules: rules.join(" "),
        source: capture.source.clone(),
        capture: capture.id.clone(),
        payload_sha256: capture.payload_sha256.clone(),
        fetched_at: capture.fetched_at,
    })
}

fn has_content(capture: &Capture) -> bool {
    (200..300).contains(&capture.status) && capture.truncated.is_none() && capture.payload_bytes > 0
}

/// A page's capture with its source; nothing of what is no page, or nobody's any more.
fn capture(tracker: &Tracker, capture: Capture, url: &Url, page: Option<&Task>) -> Option<Capture> {
    if let Some(page) = page {
        let source = tracker.sources.get(&page.source);
        return Some(Capture {
            source: page.source.clone(),
            known_as: source.and_then(|source| known_as(page, source)),
            memento_at: page.memento.as_ref().map(|(_, at)| *at),
            ..capture
        });
    }
    let source = source_of(tracker.sources.values(), url)?;
    may_be_page(source, url, capture.content_type.as_deref()).then(|| Capture {
        source: source.id.clone(),
        ..capture
    })
}

/// Whether what no row knows of is a page for all that is known: neither rules for robots nor a sitemap nor the front page.
fn may_be_page(source: &Source, url: &Url, content_type: Option<&str>) -> bool {
    let is_text = |kind: &str| {
        kind.starts_with("text/html")
            || kind.starts_with("application/xhtml")
            || kind.starts_with("application/pdf")
    };
    !is_same_place(&source.home, url, source)
        && content_type.is_some_and(|kind| is_text(&kind.to_ascii_lowercase()))
}
