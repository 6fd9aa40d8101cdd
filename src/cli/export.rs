//! `onrecord export`, and `onrecord timeline`: everything that a search finds, in a format other programs take.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use jiff::civil::Date;

use super::arguments::{ExportArguments, TimelineArguments};
use super::output::{DONE, NOTHING, counted, plain, tell};
use super::search;
use super::session;
use crate::index::{EntryKind, Query, Searcher};
use crate::model::id::DocumentId;
use crate::pipeline;
use crate::store::Absence;
use crate::timeline::axis::Window;
use crate::timeline::export::{self, Format};
use crate::timeline::lanes::Lanes;

/// What is to be written.
struct Wanted {
    text: String,
    query: Query,
    kinds: Vec<EntryKind>,
    window: Option<Window>,
    lanes: Option<Lanes>,
    format: Format,
}

pub(super) fn run(workspace: Option<&Path>, given: &ExportArguments) -> anyhow::Result<ExitCode> {
    if given.lanes.is_some() && !given.format.has_lanes() {
        bail!(
            "--lanes is for timelinejs and vis: {} has none",
            given.format.code()
        );
    }
    let wanted = Wanted {
        window: window(given.from, given.to)?,
        lanes: given.lanes,
        ..wanted(&given.query, search::kinds(given.kind), given.format)?
    };
    write(workspace, wanted, given.output.as_deref())
}

/// The name it had before: everything of every kind.
pub(super) fn timeline(workspace: Option<&Path>, given: &TimelineArguments) -> anyhow::Result<ExitCode> {
    let wanted = wanted(&given.query, EntryKind::ALL.to_vec(), given.format)?;
    write(workspace, wanted, given.output.as_deref())
}

/// The days from one to another, which may be open at an end.
fn window(from: Option<Date>, to: Option<Date>) -> anyhow::Result<Option<Window>> {
    let (first, last) = (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX));
    if first > last {
        bail!("--from {first} comes after --to {last}: exchange the two days");
    }
    Ok((from.is_some() || to.is_some()).then(|| Window::of(first, last)))
}

fn wanted(words: &[String], kinds: Vec<EntryKind>, format: Format) -> anyhow::Result<Wanted> {
    let text = words.join(" ");
    let query = Query::parse(&text, pipeline::today())?;
    query
        .notices
        .iter()
        .for_each(|notice| tell(&format!("note: {}", plain(notice))));
    Ok(Wanted {
        text,
        query,
        kinds: pipeline::exported_kinds(format, kinds),
        window: None,
        lanes: None,
        format,
    })
}

fn write(workspace: Option<&Path>, wanted: Wanted, output: Option<&Path>) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let searcher = pipeline::searcher(tracker).await?;
        // What somebody said is not found by the name as a word; who takes a file away sees no page that says so.
        if let Some(named) = pipeline::named(&searcher, &wanted.query)? {
            tell(&format!("note: {}: `{}`", named.told(), plain(&named.clause)));
        }
        let absences = tracker.store.absences().await?;
        let place = output.map(Path::to_path_buf);
        let count = tokio::task::spawn_blocking(move || match place {
            None => write_to(&searcher, &wanted, absences, BufWriter::new(std::io::stdout())),
            Some(path) => {
                let place = || format!("cannot write {}", path.display());
                let file = BufWriter::new(File::create(&path).with_context(place)?);
                write_to(&searcher, &wanted, absences, file).with_context(place)
            }
        })
        .await??;
        match (count, output) {
            (0, _) => tell("nothing found"),
            (count, Some(path)) => tell(&format!("{} in {}", counted(count, "line"), path.display())),
            _ => {}
        }
        Ok(ExitCode::from(if count == 0 { NOTHING } else { DONE }))
    })
}

/// Writes line by line; answers how many.
fn write_to(
    searcher: &Searcher,
    wanted: &Wanted,
    absences: HashMap<DocumentId, Absence>,
    to: impl Write + Send,
) -> anyhow::Result<u64> {
    let mut file = export::begin_in_lanes(wanted.format, &wanted.text, wanted.lanes, to)?;
    let mut count = 0;
    let Wanted {
        query,
        kinds,
        window,
        format,
        ..
    } = wanted;
    for line in pipeline::lines(searcher, query, kinds, *window, *format, absences)? {
        file.add(&line?)?;
        count += 1;
    }
    file.end()?;
    Ok(count)
}
