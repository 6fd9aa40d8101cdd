//! What timelines and files tell with the lines of a search: what happened to their pages, and who prints the same words.

use std::collections::HashMap;
use std::sync::Arc;

use super::asked::Asked;
use super::desk::Desk;
use super::error::Failure;
use crate::model::event::Line;
use crate::pipeline::{self, MOST_MERGED, Overview, ToldWith};
use crate::timeline::export::Format;

/// Quotes at edits, and days in edited wordings, up to which a timeline tells what happened to their pages: each edit is two texts that are
/// compared.
const MOST_DRAWN: usize = 1_000;
/// What is said instead.
const TOO_MANY: &str = "too many of its pages were edited for that to be drawn here: narrow the search, or take the changes along in a file";
/// Wordings that are read for how edits left the quotes of a timeline.
const MOST_READ: usize = 500;
/// What is said where they are more.
const CUT: &str =
    "not all of its quotes were looked up for how edits left them: narrow the search, or write it to a file";

/// What is said where that is so of days alone.
const TOO_MANY_DAYS: &str = "too many days stand on edited pages to look which of them moved: narrow the search, or take the changes along in a file";

/// What happened to the pages of a search, to be drawn in its timeline, and what is said where that is too much.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) changes: Vec<Line>,
    pub(super) notice: Option<&'static str>,
}

/// The same of a search, or nothing where it is not asked for.
pub(super) async fn drawn(desk: &Desk, asked: &Asked, with_changes: bool) -> Result<Drawn, Failure> {
    if !with_changes {
        return Ok(Drawn::default());
    }
    let changes = lines(desk, asked, MOST_DRAWN).await?;
    let notice = match &changes {
        Some(changes) => changes.leaves_out_days.then_some(TOO_MANY_DAYS),
        None => Some(TOO_MANY),
    };
    Ok(Drawn {
        changes: changes.unwrap_or_default().lines,
        notice,
    })
}

/// Tells how edits left the quotes that a timeline draws; answers what is said where some were not looked for.
pub(super) async fn tell_edits(
    desk: &Desk,
    overview: &mut Overview,
) -> Result<Option<&'static str>, Failure> {
    let edits = pipeline::quote_edits(&desk.tracker, &overview.edited, MOST_READ).await?;
    overview.tell_edits(&edits.told);
    Ok(edits.is_cut.then_some(CUT))
}

/// What a file is asked to tell with its lines.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct With {
    /// What happened to the pages.
    pub(super) changes: bool,
    /// Printings of one wording as one line, with who else prints it.
    pub(super) merged: bool,
}

impl With {
    /// What an address asks a file of a format to tell.
    pub(super) fn of(format: Format, changes: Option<bool>, merged: Option<bool>) -> Result<Self, Failure> {
        let with = Self {
            changes: changes.unwrap_or_default(),
            merged: merged.unwrap_or_default(),
        };
        if with.changes && format.is_of_references() {
            return Err(Failure::bad_request(
                format!(
                    "`{}` lists what can be cited, and no changes of pages",
                    format.code()
                ),
                "leave `changes` away, or take another format",
            ));
        }
        Ok(with)
    }
}

/// What a file tells with its lines.
pub(super) async fn told_with(desk: &Desk, asked: &Asked, with: With) -> Result<ToldWith, Failure> {
    let absences = Arc::new(desk.absences().await?.as_of(asked.query.as_of()));
    let changes = match with.changes {
        true => lines(desk, asked, usize::MAX).await?.unwrap_or_default().lines,
        false => Vec::new(),
    };
    let merged = match with.merged {
        true => {
            let (query, window, known) = (asked.query.clone(), asked.window, Arc::clone(&absences));
            let merged = desk
                .ask(move |searcher| pipeline::merged(searcher, &query, window, &known.now))
                .await?;
            Some(merged.ok_or_else(|| {
                Failure::bad_request(
                    format!("more than {MOST_MERGED} quotes are found, which cannot be brought together"),
                    "narrow the query or the days, or leave `merge_printings` away",
                )
            })?)
        }
        false => None,
    };
    let (query, kinds, window) = (asked.query.clone(), asked.kinds.clone(), asked.window);
    let earlier = desk
        .ask(move |searcher| pipeline::among_earlier(searcher, &query, &kinds, window))
        .await?;
    let became = match earlier {
        Some(walk) => pipeline::fates_of_all(&desk.tracker, walk).await?,
        None => HashMap::new(),
    };
    let (query, kinds, window) = (asked.query.clone(), asked.kinds.clone(), asked.window);
    let edited = desk
        .ask(move |searcher| pipeline::edited_quotes(searcher, &query, &kinds, window))
        .await?;
    let edits = pipeline::quote_edits(&desk.tracker, &edited, usize::MAX)
        .await?
        .told;
    Ok(ToldWith {
        became,
        edits,
        absences: absences.now.clone(),
        changes,
        merged,
    })
}

/// What happened to pages.
#[derive(Debug, Default)]
struct Changes {
    lines: Vec<Line>,
    /// Whether days that moved are left out, as too many.
    leaves_out_days: bool,
}

/// What happened to the pages of what is found; `None` where that is too much.
async fn lines(desk: &Desk, asked: &Asked, most: usize) -> Result<Option<Changes>, Failure> {
    let absences = Arc::new(desk.absences().await?.as_of(asked.query.as_of()));
    let (query, kinds) = (asked.query.clone(), asked.kinds.clone());
    let known = absences.clone();
    let touched = desk
        .ask(move |searcher| pipeline::touched(searcher, &query, &kinds, &known, most))
        .await?;
    let Some(touched) = touched else { return Ok(None) };
    let lines = pipeline::page_changes(&desk.tracker, &touched, asked.window, &absences).await?;
    Ok(Some(Changes {
        lines,
        leaves_out_days: touched.leaves_out_dates(),
    }))
}
