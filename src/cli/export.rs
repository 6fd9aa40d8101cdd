//! `onrecord export`, and `onrecord timeline`: everything that a search finds, in a format other programs take.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::arguments::{ExportArguments, TimelineArguments};
use super::output::{DONE, NOTHING, counted, plain, tell};
use super::search;
use super::session;
use crate::index::{EntryKind, Query, Searcher};
use crate::pipeline;
use crate::timeline::export::{self, Format};

/// What is to be written.
struct Wanted {
    text: String,
    query: Query,
    kinds: Vec<EntryKind>,
    format: Format,
}

pub(super) fn run(workspace: Option<&Path>, given: &ExportArguments) -> anyhow::Result<ExitCode> {
    let wanted = wanted(&given.query, search::kinds(given.kind), given.format)?;
    write(workspace, wanted, given.output.as_deref())
}

/// The name it had before: everything of every kind.
pub(super) fn timeline(workspace: Option<&Path>, given: &TimelineArguments) -> anyhow::Result<ExitCode> {
    let wanted = wanted(&given.query, EntryKind::ALL.to_vec(), given.format)?;
    write(workspace, wanted, given.output.as_deref())
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
        kinds,
        format,
    })
}

fn write(workspace: Option<&Path>, wanted: Wanted, output: Option<&Path>) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let searcher = pipeline::searcher(tracker).await?;
        let place = output.map(Path::to_path_buf);
        let count = tokio::task::spawn_blocking(move || match place {
            None => write_to(&searcher, &wanted, BufWriter::new(std::io::stdout())),
            Some(path) => {
                let place = || format!("cannot write {}", path.display());
                let file = BufWriter::new(File::create(&path).with_context(place)?);
                write_to(&searcher, &wanted, file).with_context(place)
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
fn write_to(searcher: &Searcher, wanted: &Wanted, to: impl Write + Send) -> anyhow::Result<u64> {
    let mut file = export::begin(wanted.format, &wanted.text, to)?;
    let mut count = 0;
    for line in pipeline::lines(searcher, &wanted.query, &wanted.kinds, None)? {
        file.add(&line?)?;
        count += 1;
    }
    file.end()?;
    Ok(count)
}
