//! `onrecord export`, and `onrecord timeline`: everything that a search finds, in a format other programs take.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use jiff::civil::Date;

use super::arguments::{ExportArguments, LinesArguments, TimelineArguments};
use super::output::{DONE, NOTHING, counted, plain, tell};
use super::search;
use super::session;
use crate::index::{EntryKind, Query, Searcher};
use crate::pipeline::{self, MOST_MERGED, ToldWith, Tracker};
use crate::timeline::axis::Window;
use crate::timeline::export::{self, Format};
use crate::timeline::lanes::Lanes;

/// What is to be written.
struct Wanted {
    /// What the file is called.
    title: String,
    query: Query,
    kinds: Vec<EntryKind>,
    window: Option<Window>,
    lanes: Option<Lanes>,
    format: Format,
}

pub(super) fn run(workspace: Option<&Path>, given: &ExportArguments) -> anyhow::Result<ExitCode> {
    write(
        workspace,
        &given.query.join(" "),
        given.format,
        &given.lines,
        given.output.as_deref(),
    )
}

/// The name it had before.
pub(super) fn timeline(workspace: Option<&Path>, given: &TimelineArguments) -> anyhow::Result<ExitCode> {
    write(
        workspace,
        &given.query.join(" "),
        given.format,
        &given.lines,
        given.output.as_deref(),
    )
}

/// The days from one to another, which may be open at an end.
fn window(from: Option<Date>, to: Option<Date>) -> anyhow::Result<Option<Window>> {
    let (first, last) = (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX));
    if first > last {
        bail!("--from {first} comes after --to {last}: exchange the two days");
    }
    Ok((from.is_some() || to.is_some()).then(|| Window::of(first, last)))
}

fn write(
    workspace: Option<&Path>,
    text: &str,
    format: Format,
    given: &LinesArguments,
    output: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    if given.lanes.is_some() && !format.has_lanes() {
        bail!("--lanes is for timelinejs and vis: {} has none", format.code());
    }
    if given.changes && format.is_of_references() {
        bail!(
            "--changes is not for {}: it lists what can be cited",
            format.code()
        );
    }
    let window = window(given.from, given.to)?;
    session::with_tracker(workspace, async |tracker| {
        let query = tracker.query(text)?;
        let notices = query.notices.iter();
        notices.for_each(|notice| tell(&format!("note: {}", plain(notice))));
        let wanted = Wanted {
            title: given.title.clone().unwrap_or_else(|| text.to_owned()),
            query,
            kinds: pipeline::exported_kinds(format, search::kinds(given.kind)),
            window,
            lanes: given.lanes,
            format,
        };
        let searcher = pipeline::searcher(tracker).await?;
        let wanted = as_meant(&searcher, wanted)?;
        // What somebody said is not found by the name as a word; who takes a file away sees no page that says so.
        if let Some(named) = pipeline::named(&searcher, &wanted.query)? {
            tell(&format!("note: {}: `{}`", named.told(), plain(&named.clause)));
        }
        let told = told_with(tracker, &searcher, &wanted, given).await?;
        let place = output.map(Path::to_path_buf);
        let written = tokio::task::spawn_blocking(move || {
            let count = match &place {
                None => write_to(&searcher, &wanted, told, BufWriter::new(std::io::stdout()))?,
                Some(path) => write_file(path, |file| write_to(&searcher, &wanted, told, file))
                    .with_context(|| format!("cannot write {}", path.display()))?,
            };
            let why = match count {
                0 => pipeline::why_nothing(&searcher, &wanted.query, &wanted.kinds)?.sentences(),
                _ => Vec::new(),
            };
            anyhow::Ok((count, why))
        });
        let (count, why) = written.await??;
        match (count, output) {
            (0, _) => tell("nothing found"),
            (count, Some(path)) => tell(&format!("{} in {}", counted(count, "line"), path.display())),
            _ => {}
        }
        for sentence in why {
            tell(&format!("note: {}", plain(&sentence)));
        }
        Ok(ExitCode::from(if count == 0 { NOTHING } else { DONE }))
    })
}

/// The same with its query as it is meant, which is told where it is otherwise than it was typed.
fn as_meant(searcher: &Searcher, wanted: Wanted) -> anyhow::Result<Wanted> {
    let told = wanted.query.notices.len();
    let query = pipeline::as_meant(searcher, wanted.query, &wanted.kinds)?;
    for notice in &query.notices[told..] {
        tell(&format!("note: {}", plain(notice)));
    }
    Ok(Wanted { query, ..wanted })
}

/// What is told with the lines.
async fn told_with(
    tracker: &Tracker,
    searcher: &Searcher,
    wanted: &Wanted,
    given: &LinesArguments,
) -> anyhow::Result<ToldWith> {
    let absences = pipeline::absences(tracker).await?.as_of(wanted.query.as_of());
    let (query, window) = (&wanted.query, wanted.window);
    let changes = match given.changes {
        true => {
            let touched = pipeline::touched(searcher, query, &wanted.kinds, &absences, usize::MAX)?;
            pipeline::page_changes(tracker, &touched.unwrap_or_default(), window, &absences).await?
        }
        false => Vec::new(),
    };
    let merged = match given.merge_printings {
        true => {
            let merged = pipeline::merged(searcher, query, window, &absences.now)?;
            Some(merged.with_context(|| {
                format!(
                    "more than {MOST_MERGED} quotes are found, which cannot be brought together: narrow the query or the days"
                )
            })?)
        }
        false => None,
    };
    let earlier = pipeline::among_earlier(searcher, query, &wanted.kinds, window)?;
    let became = match earlier {
        Some(walk) => pipeline::fates_of_all(tracker, walk).await?,
        None => HashMap::new(),
    };
    let edited = pipeline::edited_quotes(searcher, query, &wanted.kinds, window)?;
    let edits = pipeline::quote_edits(tracker, &edited, usize::MAX).await?.told;
    Ok(ToldWith {
        became,
        edits,
        absences: absences.now,
        changes,
        merged,
    })
}

/// Writes a file whole or not at all: what was exported before stays until then. What is no plain file (a pipe, a device) is
/// written to as it is.
fn write_file<T>(path: &Path, write: impl FnOnce(BufWriter<File>) -> anyhow::Result<T>) -> anyhow::Result<T> {
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return write(BufWriter::new(File::create(path)?));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = write(BufWriter::new(File::create(&beside)?));
    let written = written.and_then(|done| Ok(std::fs::rename(&beside, path).map(|()| done)?));
    if written.is_err() {
        // What is left of it is of no use.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// Writes line by line; answers how many.
fn write_to(
    searcher: &Searcher,
    wanted: &Wanted,
    told: ToldWith,
    to: impl Write + Send,
) -> anyhow::Result<u64> {
    let mut file = export::begin_in_lanes(wanted.format, &wanted.title, wanted.lanes, to)?;
    let mut count = 0;
    let Wanted {
        query,
        kinds,
        window,
        format,
        ..
    } = wanted;
    for line in pipeline::lines(searcher, query, kinds, *window, *format, told)? {
        file.add(&line?)?;
        count += 1;
    }
    file.end()?;
    Ok(count)
}
