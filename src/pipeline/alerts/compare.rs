//! What is new, changed or gone between two looks.

#[cfg(test)]
mod tests;
mod went;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use self::went::{Gone, Places};
use crate::model::saved_search::{AlertItem, Change, Line};
use crate::text::wording::Wording;

pub(super) use went::alike;
pub(in crate::pipeline) use went::takes_the_place;

/// The difference between two looks.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// What there is to tell, in the order of what is found; what is gone last.
    pub(super) items: Vec<AlertItem>,
    /// Lines to keep in place of what was kept under their keys.
    pub(super) kept: Vec<Line>,
    /// Keys of lines that are not found any more.
    pub(super) forgotten: Vec<String>,
}

/// Compares what was found at the last look with what is found now. Keys are different within each. `moved` names the
/// documents whose pages are at another address for good, each with the document there: what says the same at both was
/// neither gone nor is it new.
pub(super) fn difference<'a>(
    before: &'a [Line],
    now: &[&'a Line],
    moved: &'a HashMap<String, String>,
) -> Difference {
    let known: HashMap<&str, &Line> = before.iter().map(|line| (line.key.as_str(), line)).collect();
    let found: HashMap<&str, &Line> = now.iter().map(|line| (line.key.as_str(), *line)).collect();
    let mut gone: Vec<&Line> = before
        .iter()
        .filter(|line| !found.contains_key(line.key.as_str()))
        .collect();
    let mut difference = Difference {
        forgotten: gone.iter().map(|line| line.key.clone()).collect(),
        ..Difference::default()
    };
    let stood: HashSet<Said<'_>> = gone
        .iter()
        .filter_map(|line| Said::at_its_new_address(line, moved))
        .collect();
    let stands: HashSet<Said<'_>> = now.iter().map(|line| Said::of(line, &line.document)).collect();
    gone.retain(|line| Said::at_its_new_address(line, moved).is_none_or(|said| !stands.contains(&said)));
    let come = now
        .iter()
        .copied()
        .filter(|line| !known.contains_key(line.key.as_str()));
    let come = come.filter(|line| !stood.contains(&Said::of(line, &line.document)));
    let come: Vec<&Line> = come.collect();
    let places = Places::of(&gone, come.iter().copied(), moved);
    let mut gone = Gone::of(gone, &come, moved);
    for line in now.iter().copied() {
        let was = match known.get(line.key.as_str()) {
            Some(was) if *was == line => continue,
            Some(was) => Some((*was).clone()),
            None if stood.contains(&Said::of(line, &line.document)) => {
                difference.kept.push(line.clone());
                continue;
            }
            None => gone.take_alike(line, &places).cloned(),
        };
        difference.kept.push(line.clone());
        difference.items.extend(match was {
            Some(was) => changed(&was, line),
            None => Some(item(Change::New, line)),
        });
    }
    let gone = gone.rest().map(|line| item(Change::Gone, line));
    difference.items.extend(gone);
    told_once(&mut difference.items);
    difference
}

/// Leaves out the dates that say nothing more: of a page that went as a whole, and the same day of the same paragraph again.
fn told_once(items: &mut Vec<AlertItem>) {
    let pages = items
        .iter()
        .filter(|item| item.line.kind == "document" && item.change == Change::Gone);
    let gone: HashSet<String> = pages.map(|item| item.line.document.clone()).collect();
    let mut days: HashSet<(Change, String, Option<Date>, String)> = HashSet::new();
    items.retain(|item| {
        let line = &item.line;
        if line.kind != "date" || !matches!(item.change, Change::New | Change::Gone) {
            return true;
        }
        let paragraph = Wording::of(&line.text).words().join(" ");
        let is_of_gone_page = item.change == Change::Gone && gone.contains(&line.document);
        !is_of_gone_page && days.insert((item.change, line.document.clone(), line.day, paragraph))
    });
}

/// What there is to tell of a line that was found before: other words, another speaker, another day.
pub(super) fn changed(was: &Line, line: &Line) -> Option<AlertItem> {
    // In the same revision nobody but our own reading changed anything.
    if was.revision == line.revision {
        return None;
    }
    let speaker_before = (was.speaker != line.speaker).then(|| was.speaker.clone().unwrap_or_default());
    let day_before = was.day.filter(|_| was.day != line.day);
    // A document is told by its headline, which may be the same in another revision.
    let is_told = was.wording != line.wording || speaker_before.is_some() || day_before.is_some();
    is_told.then(|| AlertItem {
        // A headline may be the same while the text below it is another one.
        before: Some(was.text.clone()).filter(|before| *before != line.text),
        speaker_before,
        day_before,
        ..item(Change::Changed, line)
    })
}

pub(super) fn item(change: Change, line: &Line) -> AlertItem {
    AlertItem {
        change,
        line: line.clone(),
        before: None,
        speaker_before: None,
        day_before: None,
        correction: None,
        passage: None,
    }
}

/// What a line says, wherever the page is that says it.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Said<'a> {
    document: &'a str,
    kind: &'a str,
    speaker: Option<&'a str>,
    day: Option<Date>,
    words: &'a str,
}

impl<'a> Said<'a> {
    pub(super) fn of(line: &'a Line, document: &'a str) -> Self {
        Self {
            document,
            kind: &line.kind,
            speaker: line.speaker.as_deref(),
            day: line.day,
            // The wording of a document is its revision, which is another one at another address.
            words: match line.kind.as_str() {
                "document" => &line.text,
                _ => &line.wording,
            },
        }
    }

    fn at_its_new_address(line: &'a Line, moved: &'a HashMap<String, String>) -> Option<Self> {
        Some(Self::of(line, moved.get(&line.document)?))
    }
}

/// A short name for what these parts say.
pub(super) fn key(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    data_encoding::HEXLOWER.encode(&digest.finalize()[..16])
}
