//! What of a tracker as a whole somebody should look at, in words: what each source bears stands with the source.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::output::{counted, grouped, plain};
use crate::archive;
use crate::model::saved_search::SavedSearch;
use crate::pipeline::{self, Standing, Tracker, alerts};
use crate::store::UnknownStretch;

/// Files named of many.
const NAMED: usize = 3;

/// Everything that wants a look, what stops the tracker first.
pub(super) async fn looks(tracker: &Tracker, now: Timestamp) -> anyhow::Result<Vec<String>> {
    let mut looks = Vec::new();
    if let Some((at, trouble)) = tracker.store.crawl_trouble().await? {
        let at = at.strftime("%Y-%m-%d %H:%M UTC");
        looks.push(format!("the crawl ended at {at}: {}", plain(&trouble)));
    }
    if let Some(behind) = pipeline::clock_behind(tracker, now).await? {
        looks.push(behind.to_string());
    }
    looks.extend(tracker.doubts().iter().map(|doubt| plain(doubt)));
    if let Err(error) = pipeline::archive_is_there(tracker).await {
        looks.push(pipeline::in_words(&error));
    }
    looks.extend(of_archive_files(tracker).await?);
    looks.extend(of_captures(tracker, now).await?);
    looks.extend(of_searches(tracker).await?);
    looks.extend(of_corrections(tracker).await?);
    Ok(looks)
}

/// What of the archive's files is not as rows tell; `verify` says what lay in them.
async fn of_archive_files(tracker: &Tracker) -> anyhow::Result<Vec<String>> {
    let files = pipeline::archive_files(tracker).await?;
    let mut looks = Vec::new();
    if !files.missing.is_empty() {
        looks.push(format!(
            "{} of the archive gone: {}; put it back, or let `onrecord verify` say what lay in it",
            match files.missing.len() {
                1 => "1 file is".to_string(),
                count => format!("{} files are", grouped(count as u64)),
            },
            named(&files.missing),
        ));
    }
    let shorter = files.shorter.iter().map(|(name, bytes, on_record)| {
        let (bytes, on_record) = (grouped(*bytes), grouped(*on_record));
        format!("the archive's file {name} was cut off: it has {bytes} bytes, and {on_record} are on record")
    });
    looks.extend(shorter);
    // What a crawl under way archives is on no row for a moment.
    if !archive::is_written_to(&tracker.workspace.archive()) {
        looks.extend(unknown_records(&files.unknown));
    }
    Ok(looks)
}

/// What the archive holds and no row tells of, and how it is read back.
pub(super) fn unknown_records(unknown: &[UnknownStretch]) -> Option<String> {
    let bytes: u64 = unknown.iter().map(|stretch| stretch.end - stretch.first).sum();
    let names: BTreeSet<&str> = unknown.iter().map(|stretch| stretch.name.as_str()).collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    (bytes > 0).then(|| {
        format!(
            "the archive holds records that are on no row, {} bytes of {}: a crawl that is under way or was killed leaves a few, a \
             database that was put back from an earlier day many; `onrecord crawl --once --read-back` takes the pages in",
            grouped(bytes),
            named(&names)
        )
    })
}

/// Corrections by hand that hold for nothing, or may be wrong by now.
async fn of_corrections(tracker: &Tracker) -> anyhow::Result<Option<String>> {
    let standings = pipeline::standings(tracker, false).await?;
    let astray = standings
        .iter()
        .filter(|(_, standing)| matches!(standing, Standing::Lost | Standing::Doubtful))
        .count();
    Ok((astray > 0).then(|| {
        format!(
            "{} by hand of a quote that is not found as it was corrected; `onrecord corrections list` names them",
            counted(astray as u64, "correction")
        )
    }))
}

/// Captures that cannot be read for now.
async fn of_captures(tracker: &Tracker, now: Timestamp) -> anyhow::Result<Vec<String>> {
    let mut looks = Vec::new();
    let put_off = tracker.store.put_off_count(now).await?;
    if put_off > 0 {
        let captures = counted(put_off, "capture");
        looks.push(format!(
            "{captures} could not be read out of the archive and is tried again within ten minutes"
        ));
    }
    for (segment, captures) in pipeline::segments_waited_for(tracker).await?.1 {
        let wait = if captures == 1 { "waits" } else { "wait" };
        let captures = counted(captures, "capture");
        looks.push(format!(
            "the archive's file {segment} is gone, which {captures} {wait} for; put it back, and the next crawl reads on"
        ));
    }
    Ok(looks)
}

/// Saved searches that cannot be asked, and alerts that are not taken.
async fn of_searches(tracker: &Tracker) -> anyhow::Result<Vec<String>> {
    let mut looks = Vec::new();
    let searches = tracker.store.searches().await?;
    let tells = |search: &SavedSearch| search.webhook.is_some() || search.email.is_some();
    let elsewhere = alerts::elsewhere(tracker).await?;
    looks.extend(
        elsewhere
            .filter(|_| searches.iter().any(tells))
            .map(|it| plain(&it.to_string())),
    );
    for (way, alerts) in tracker.store.undelivered_by_way().await? {
        let (way, why) = (way.code(), "`onrecord searches list` says why");
        if alerts.failing > 0 {
            let failing = counted(alerts.failing, "alert");
            looks.push(format!("{failing} by {way} not taken yet and tried again; {why}"));
        }
        if alerts.given_up > 0 {
            let given_up = counted(alerts.given_up, "alert");
            looks.push(format!("{given_up} by {way} given up; {why}"));
        }
    }
    for search in &searches {
        if let Some(trouble) = &search.trouble {
            let (name, trouble) = (plain(&search.name), plain(trouble));
            looks.push(format!("the saved search `{name}` cannot be asked: {trouble}"));
        }
    }
    Ok(looks)
}

/// The first few of some names.
fn named(names: &[String]) -> String {
    let shown = names[..names.len().min(NAMED)].join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {} more", grouped(more as u64)),
    }
}
