//! `onrecord crawl`: fetch what is due, archive it, read it, index it.

use std::collections::HashSet;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::arguments::CrawlArguments;
use super::output::{DONE, FAILED, counted, left_alone, left_alone_json, plain, tell};
use super::session;
use crate::crawl::{CrawlReport, SharedProgress, Trouble, Until};
use crate::pipeline::{self, Round, Selection, Tracker, alerts};
use crate::settings;

/// A wait that is worth a line where nobody sees how far a crawl is.
const LONG_WAIT: Duration = Duration::from_secs(5);

/// Troubles shown one by one; `onrecord status` has them all.
const SHOWN: usize = 20;

pub(super) fn run(workspace: Option<&Path>, given: &CrawlArguments) -> anyhow::Result<ExitCode> {
    let crawl = async |tracker: &Tracker| crawled(tracker, given).await;
    match given.read_back {
        true => session::with_tracker_begun(workspace, crawl),
        false => session::with_tracker(workspace, crawl),
    }
}

async fn crawled(tracker: &Tracker, given: &CrawlArguments) -> anyhow::Result<ExitCode> {
    let selection = Selection {
        sources: given.sources.clone(),
        channels: given.once,
        pages: given.revisit,
        begins_archive: given.begin_archive,
        reads_back: given.read_back,
    };
    tell_doubts(tracker);
    let cancel = session::cancelled_by_signals();
    let round = match given.once {
        true => with_progress(tracker, &selection, Until::Done, &cancel).await?,
        false => watched(tracker, &selection, &cancel).await?,
    };
    let mut output = std::io::stdout().lock();
    if given.json {
        serde_json::to_writer(&mut output, &summary_json(&round))?;
        output.write_all(b"\n")?;
    } else {
        write_summary(&mut output, &round)?;
    }
    output.flush()?;
    drop(output);
    if given.once
        && let Err(error) = alerts::round(tracker).await
    {
        tell(&format!(
            "note: saved searches cannot be looked at: {}",
            pipeline::in_words(&error)
        ));
    }
    if given.once && is_cut_off(&round.crawl) {
        tell(
            "error: nothing answered: is this machine connected, and are its proxy and name server as they should be?",
        );
        return Ok(ExitCode::from(FAILED));
    }
    if given.once
        && let Some(asked) = failed_altogether(&round.crawl)
    {
        let channels = match asked {
            0 => "every site that was due is left alone for now, since it was in trouble".to_owned(),
            1 => "the one channel that was asked did not answer as it should".to_owned(),
            asked => format!("none of the {asked} channels that were asked answered as it should"),
        };
        tell(&format!(
            "error: {channels}, so nothing new can be known; `onrecord explain SOURCE` says more"
        ));
        return Ok(ExitCode::from(FAILED));
    }
    Ok(ExitCode::from(DONE))
}

/// How many channels a crawl asked, where not one of them answered as it should: then nothing that is announced can come in,
/// which a timer must not take for a day without news. Nor may it where none was asked because the sites that were due are left
/// alone after such a crawl.
fn failed_altogether(report: &CrawlReport) -> Option<u64> {
    let total = report.total();
    if total.channels + total.pages == 0 && !report.left_alone.is_empty() {
        return Some(0);
    }
    (total.channels > 0 && total.channels_failed == total.channels).then_some(total.channels)
}

/// Whether a crawl asked and nobody answered anything, not even with an error: then it is not a site that is down, and who runs
/// this by a timer wants to hear of it.
fn is_cut_off(report: &CrawlReport) -> bool {
    let total = report.total();
    let asked = total.channels + total.pages;
    let is_unreached = |trouble: &Trouble| trouble.outcome.is_unreached();
    asked > 0 && report.bytes == 0 && report.troubles.iter().all(is_unreached) && total.troubles >= asked
}

/// Says what of the configuration is hardly as it was meant.
pub(super) fn tell_doubts(tracker: &Tracker) {
    if tracker.settings.crawl.contact.trim().is_empty() {
        tell("note: crawl.contact in config/onrecord.toml is empty; sites cannot reach you");
    }
    if !tracker.sources.values().any(|source| source.enabled) {
        tell_nothing_is_on(tracker);
    }
    for doubt in tracker.doubts() {
        tell(&format!("note: {}", plain(&doubt)));
    }
}

/// Says that there is nothing to ask, and which lines of which files make it so.
fn tell_nothing_is_on(tracker: &Tracker) {
    tell("note: no source is switched on in config/sources, so there is nothing to ask");
    let sources = tracker.sources.keys().map(|id| id.as_str());
    let places = settings::switched_off(&tracker.workspace.sources(), sources);
    for place in places.iter().take(SHOWN) {
        tell(&format!(
            "hint: {place}: `enabled = false` switches it off; take the line out when the file is yours"
        ));
    }
}

/// Crawls on schedule, and looks at saved searches beside it.
async fn watched(
    tracker: &Tracker,
    selection: &Selection,
    cancel: &CancellationToken,
) -> anyhow::Result<Round> {
    let ended = cancel.child_token();
    let crawling = async {
        let round = with_progress(tracker, selection, Until::Cancelled, cancel).await;
        ended.cancel();
        round
    };
    let (round, ()) = tokio::join!(crawling, alerts::watch(tracker, &ended));
    round
}

/// Crawls with a line on standard error that tells how far it is, where somebody is watching.
pub(super) async fn with_progress(
    tracker: &Tracker,
    selection: &Selection,
    until: Until,
    cancel: &CancellationToken,
) -> anyhow::Result<Round> {
    let progress = SharedProgress::default();
    let bar = match std::io::stderr().is_terminal() {
        true => ProgressBar::new_spinner(),
        false => ProgressBar::hidden(),
    };
    bar.set_style(
        ProgressStyle::with_template("{spinner} {elapsed} {msg}").expect("the template is written here"),
    );
    bar.enable_steady_tick(Duration::from_millis(120));
    let watched = SharedProgress::clone(&progress);
    let shown = bar.clone();
    let watcher = tokio::spawn(async move {
        let mut wait = Wait::default();
        loop {
            let waiting_for = watched.waiting_for();
            if let Some(what) = wait
                .told_now(waiting_for.as_deref(), Instant::now())
                .filter(|_| shown.is_hidden())
            {
                tell(&format!("waiting for {}", plain(what)));
            }
            let count = |number: &std::sync::atomic::AtomicU64| number.load(Ordering::Relaxed);
            shown.set_message(format!(
                "{}, {}, {}{}",
                counted(count(&watched.visits), "visit"),
                counted(count(&watched.captures), "capture"),
                counted(count(&watched.troubles), "trouble"),
                waiting_for
                    .map(|what| format!("; waiting for {}", plain(&what)))
                    .unwrap_or_default(),
            ));
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    });
    let round = pipeline::crawl(tracker, selection, until, progress, cancel).await;
    watcher.abort();
    bar.finish_and_clear();
    Ok(round?)
}

/// What a crawl waits for, which is told once where it lasts.
#[derive(Default)]
struct Wait {
    /// What, and since when.
    what: Option<(String, Instant)>,
    /// What was told, so that a log does not say it after every page.
    told: HashSet<String>,
}

impl Wait {
    /// What is to be told now.
    fn told_now<'a>(&mut self, waiting_for: Option<&'a str>, now: Instant) -> Option<&'a str> {
        let is_same = self.what.as_ref().map(|(what, _)| what.as_str()) == waiting_for;
        if !is_same {
            self.what = waiting_for.map(|what| (what.to_string(), now));
        }
        let (what, since) = self.what.as_ref()?;
        let is_long = now.duration_since(*since) >= LONG_WAIT;
        let is_news = is_long && self.told.len() < SHOWN && self.told.insert(what.clone());
        waiting_for.filter(|_| is_news)
    }
}

/// The summary that a person reads.
pub(super) fn write_summary(output: &mut impl Write, round: &Round) -> std::io::Result<()> {
    let report = &round.crawl;
    let widest = report
        .sources
        .keys()
        .map(|id| id.as_str().len())
        .max()
        .unwrap_or(0);
    for (id, source) in &report.sources {
        writeln!(
            output,
            "{:widest$}  {}, {} asked for: {} new or changed, {} as before{}",
            id.as_str(),
            counted(source.channels, "channel"),
            counted(source.pages, "page"),
            source.captures,
            source.unchanged,
            match source.troubles {
                0 => String::new(),
                troubles => format!(", {}", counted(troubles, "trouble")),
            },
        )?;
    }
    write_troubles(output, report)?;
    for host in &report.left_alone {
        writeln!(
            output,
            "{}; what is due there is asked for then",
            left_alone(host)
        )?;
    }
    if round.read_back > 0 {
        let pages = counted(round.read_back, "page");
        writeln!(
            output,
            "{pages} read back that the archive held and no row told of"
        )?;
    }
    let total = report.total();
    let ended = if report.interrupted { "stopped" } else { "done" };
    writeln!(
        output,
        "{ended}: {} new or changed of {} asked for, {}, {} received",
        total.captures,
        counted(total.pages, "page"),
        counted(round.revisions, "new revision"),
        bytes(report.bytes),
    )
}

fn write_troubles(output: &mut impl Write, report: &CrawlReport) -> std::io::Result<()> {
    if report.troubles.is_empty() {
        return Ok(());
    }
    writeln!(output, "\nnot as it should be:")?;
    for Trouble {
        url, outcome, detail, ..
    } in report.troubles.iter().take(SHOWN)
    {
        let detail = detail
            .as_deref()
            .map(|detail| format!(" ({})", plain(detail)))
            .unwrap_or_default();
        writeln!(output, "  {:<17} {}{detail}", outcome.code(), plain(url))?;
    }
    let more = report.total().troubles.saturating_sub(SHOWN as u64);
    if more > 0 {
        writeln!(output, "  and {more} more; `onrecord status` shows them")?;
    }
    writeln!(output)
}

fn summary_json(round: &Round) -> serde_json::Value {
    let report = &round.crawl;
    let sources = report.sources.iter().map(|(id, source)| {
        json!({
            "source": id.as_str(),
            "channels": source.channels,
            "channels_failed": source.channels_failed,
            "pages": source.pages,
            "announced": source.announced,
            "captures": source.captures,
            "unchanged": source.unchanged,
            "troubles": source.troubles,
        })
    });
    let total = report.total();
    let troubles = report.troubles.iter().map(|trouble| {
        json!({
            "source": trouble.source.as_str(),
            "url": trouble.url,
            "outcome": trouble.outcome.code(),
            "detail": trouble.detail,
        })
    });
    json!({
        "captures": total.captures,
        "pages": total.pages,
        "announced": total.announced,
        "unchanged": total.unchanged,
        "revisions": round.revisions,
        "read_back": round.read_back,
        "published": round.published,
        "bytes": report.bytes,
        "interrupted": report.interrupted,
        "sources": sources.collect::<Vec<_>>(),
        "troubles": troubles.collect::<Vec<_>>(),
        "left_alone": report.left_alone.iter().map(left_alone_json).collect::<Vec<_>>(),
    })
}

fn bytes(count: u64) -> String {
    indicatif::HumanBytes(count).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::SourceId;

    #[test]
    fn a_crawl_has_failed_where_no_channel_of_any_source_answered() {
        let report = |sources: &[(&str, u64, u64)]| {
            let mut report = CrawlReport::default();
            for (id, channels, channels_failed) in sources {
                let source = report.sources.entry(SourceId::new(*id)).or_default();
                (source.channels, source.channels_failed) = (*channels, *channels_failed);
            }
            report
        };
        let failed = |sources: &[(&str, u64, u64)]| failed_altogether(&report(sources));
        assert_eq!(failed(&[("hall", 1, 1), ("herald", 2, 2)]), Some(3));
        assert_eq!(failed(&[("hall", 1, 1), ("herald", 2, 1)]), None, "one answered");
        assert_eq!(failed(&[("hall", 0, 0)]), None, "none was due");
        assert_eq!(failed(&[]), None);
    }

    #[test]
    fn a_wait_is_told_once_where_it_lasts() {
        let mut wait = Wait::default();
        let begin = Instant::now();
        let at = |seconds: u64| begin + Duration::from_secs(seconds);
        assert_eq!(wait.told_now(Some("a"), at(0)), None);
        assert_eq!(wait.told_now(None, at(4)), None, "something came");
        assert_eq!(wait.told_now(Some("a"), at(5)), None);
        assert_eq!(wait.told_now(Some("a"), at(10)), Some("a"));
        assert_eq!(wait.told_now(Some("a"), at(60)), None);
        assert_eq!(wait.told_now(Some("b"), at(61)), None);
        assert_eq!(wait.told_now(Some("b"), at(66)), Some("b"));
        assert_eq!(wait.told_now(None, at(67)), None);
        assert_eq!(wait.told_now(Some("a"), at(68)), None);
        assert_eq!(wait.told_now(Some("a"), at(99)), None, "it was told");
    }
}
