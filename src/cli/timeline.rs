//! `onrecord timeline`: what a search finds, as a timeline.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::arguments::{TimelineArguments, TimelineFormat};
use super::output::{DONE, NOTHING, counted, plain, tell};
use super::session;
use crate::index::Query;
use crate::pipeline;
use crate::timeline::export::{self, Format};

pub(super) fn run(workspace: Option<&Path>, given: &TimelineArguments) -> anyhow::Result<ExitCode> {
    let text = given.query.join(" ");
    let query = Query::parse(&text, pipeline::today())?;
    query
        .notices
        .iter()
        .for_each(|notice| tell(&format!("note: {}", plain(notice))));
    session::with_tracker(workspace, async |tracker| {
        let searcher = pipeline::searcher(tracker).await?;
        let events = tokio::task::spawn_blocking(move || pipeline::timeline(&searcher, &query)).await??;
        let format = format(given.format);
        match &given.output {
            None => export::write(
                format,
                &text,
                &events,
                &mut BufWriter::new(std::io::stdout().lock()),
            )?,
            Some(path) => {
                let place = || format!("cannot write {}", path.display());
                let mut file = BufWriter::new(File::create(path).with_context(place)?);
                export::write(format, &text, &events, &mut file).with_context(place)?;
                file.flush().with_context(place)?;
                tell(&format!(
                    "{} in {}",
                    counted(events.len() as u64, "event"),
                    path.display()
                ));
            }
        }
        if events.is_empty() {
            tell("nothing found");
        }
        Ok(ExitCode::from(if events.is_empty() { NOTHING } else { DONE }))
    })
}

fn format(format: TimelineFormat) -> Format {
    match format {
        TimelineFormat::Csv => Format::Csv,
        TimelineFormat::Json => Format::Json,
        TimelineFormat::Timelinejs => Format::TimelineJs,
        TimelineFormat::Ics => Format::Ics,
    }
}
