//! What an edited page says of its edit, and what changed in it that no line of the alert tells: an alert that names an
//! outlet's correction tells an honest edit from a silent one, and a figure that is another one in the reporter's words is
//! worth as much as one in a quote.

use std::collections::HashMap;

use jiff::Timestamp;

use super::other_side::held_at;
use crate::model::id::{DocumentId, RevisionId};
use crate::model::saved_search::{AlertItem, Change, Line, Passage};
use crate::pipeline::{PipelineError, Tracker};
use crate::store::RevisionRow;
use crate::text::corrections;
use crate::text::wording::{self, Piece, Wording, moved, revised};

/// Words that are shown on either side of a change.
const AROUND: usize = 8;
/// Words of a paragraph that came or went, as it is shown.
const SHOWN: usize = 40;

/// The newest revision of a document and the one of the last look.
type Edit = Option<(RevisionRow, RevisionRow)>;

/// Gives each item the correction that its document's newest revision prints and the one at the last look did not; and to a
/// document that changed the first passage that is another one and stands in no other item. `before` are the lines of the
/// last look.
pub(super) async fn name_edits(
    tracker: &Tracker,
    items: &mut [AlertItem],
    before: &[Line],
    last_look: Option<Timestamp>,
) -> Result<(), PipelineError> {
    let mut known: HashMap<String, Edit> = HashMap::new();
    let told: Vec<(String, String)> = items.iter().flat_map(words_told).collect();
    for item in items {
        let document = item.line.document.clone();
        if !known.contains_key(&document) {
            let id = DocumentId::new(document.as_str());
            known.insert(document.clone(), edit(tracker, &id, last_look).await?);
        }
        if let Some((before, now)) = &known[&document] {
            item.correction = printed_since(before, now).into_iter().next();
        }
        if item.line.kind != "document" || item.change != Change::Changed {
            continue;
        }
        // The revisions of the two looks, whatever was fetched beside them.
        let was = before.iter().find(|was| was.key == item.line.key);
        let (Some(was), told) = (was, told.iter().filter(|(of, _)| *of == document)) else {
            continue;
        };
        let told: Vec<String> = told.map(|(_, words)| words.clone()).collect();
        let ids = [&was.revision, &item.line.revision].map(|id| RevisionId::new(id.as_str()));
        let mut rows = tracker.store.revisions(&[&ids[0], &ids[1]]).await?;
        let mut of = |id: &RevisionId| {
            let at = rows.iter().position(|row| row.id == *id)?;
            Some(rows.swap_remove(at))
        };
        let Some((before, now)) = of(&ids[0]).zip(of(&ids[1])) else {
            continue;
        };
        let passage = tokio::task::spawn_blocking(move || passage(&before, &now, &told));
        item.passage = passage
            .await
            .map_err(|_| PipelineError::Stopped("comparing two revisions"))?;
    }
    Ok(())
}

/// The words that an item tells, folded, each with its document: now and before.
fn words_told(item: &AlertItem) -> Vec<(String, String)> {
    if item.line.kind == "document" {
        return Vec::new();
    }
    let texts = [Some(&item.line.text), item.before.as_ref()];
    let folded = texts.into_iter().flatten().map(|text| folded(text));
    folded.map(|words| (item.line.document.clone(), words)).collect()
}

fn folded(text: &str) -> String {
    Wording::of(text).words().join(" ")
}

async fn edit(
    tracker: &Tracker,
    document: &DocumentId,
    last_look: Option<Timestamp>,
) -> Result<Edit, PipelineError> {
    let revisions = tracker.store.wordings_of(document).await?;
    let Some((newest, earlier)) = revisions.split_last() else {
        return Ok(None);
    };
    // A document that is new was edited before it was ever held.
    let Some(before) = held_at(earlier, last_look) else {
        return Ok(None);
    };
    let rows = tracker.store.revisions(&[&newest.0, before]).await?;
    let of = |id: &RevisionId| rows.iter().find(|row| row.id == *id).cloned();
    Ok(of(before).zip(of(&newest.0)))
}

/// The first passage of a text that changed, but for what an outlet says to correct itself and what is told already.
fn passage(before: &RevisionRow, now: &RevisionRow, told: &[String]) -> Option<Passage> {
    first_changed(&paragraphs(before), &paragraphs(now), told)
}

fn first_changed(old: &[&str], new: &[&str], told: &[String]) -> Option<Passage> {
    let compared = revised(old, new);
    let moves = moved(&compared);
    let is_moved = |at: usize| moves.iter().any(|it| it.from == at || it.to == at);
    let changed = compared.iter().enumerate().filter_map(|(at, pieces)| {
        let passage = Passage::of(pieces).filter(|_| !is_moved(at))?;
        (!is_told(pieces, told)).then_some(passage)
    });
    let mut changed = changed.collect::<Vec<_>>().into_iter();
    let first = changed.next()?;
    Some(Passage {
        more: changed.len() as u64,
        ..first
    })
}

/// Whether all that went from a paragraph and came into it is among words that are told.
fn is_told(pieces: &[Piece], told: &[String]) -> bool {
    let mut sides = [wording::Change::Removed, wording::Change::Added]
        .into_iter()
        .map(|change| {
            let of_side = pieces.iter().filter(|piece| piece.change == change);
            let words = folded(&of_side.map(|piece| piece.text.as_str()).collect::<String>());
            format!(" {words} ")
        });
    sides.all(|words| words.trim().is_empty() || told.iter().any(|told| format!(" {told} ").contains(&words)))
}

/// The paragraphs of a text, but for corrections: they are named as such.
fn paragraphs(revision: &RevisionRow) -> Vec<&str> {
    let reading = &revision.reading;
    let corrections = corrections::corrections(&reading.text, &reading.blocks);
    let blocks = reading.blocks.iter().map(|block| block.span);
    blocks
        .filter(|span| !corrections.contains(span))
        .map(|span| span.slice(&reading.text))
        .collect()
}

impl Passage {
    /// What became of a paragraph, with a few words around it; `None` where nothing did.
    fn of(pieces: &[Piece]) -> Option<Self> {
        let is_kept = |piece: &&Piece| piece.change == wording::Change::Kept;
        let first = pieces.iter().position(|piece| !is_kept(&piece))?;
        let last = pieces.iter().rposition(|piece| !is_kept(&piece))?;
        let ahead = pieces[..first]
            .last()
            .map_or(String::new(), |piece| last_words(&piece.text));
        let behind = pieces
            .get(last + 1)
            .map_or(String::new(), |piece| first_words(&piece.text, AROUND));
        let side = |left_out: wording::Change| {
            let shown = pieces[first..=last]
                .iter()
                .filter(|piece| piece.change != left_out);
            let words: String = shown.map(|piece| piece.text.as_str()).collect();
            match words.trim() {
                "" if ahead.is_empty() && behind.is_empty() => String::new(),
                words => [ahead.as_str(), &first_words(words, SHOWN), behind.as_str()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" "),
            }
        };
        Some(Self {
            before: side(wording::Change::Added),
            now: side(wording::Change::Removed),
            more: 0,
        })
    }
}

/// The first words of a text, with dots where it goes on.
fn first_words(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > most {
        true => format!("{} …", words[..most].join(" ")),
        false => words.join(" "),
    }
}

/// The last words of a text, with dots where it began before.
fn last_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len().checked_sub(AROUND) {
        Some(cut) if cut > 0 => format!("… {}", words[cut..].join(" ")),
        _ => words.join(" "),
    }
}

/// The corrections that a revision prints and an earlier one does not.
pub fn printed_since(before: &RevisionRow, now: &RevisionRow) -> Vec<String> {
    let old = printed(before);
    let mut new = printed(now);
    new.retain(|correction| !old.contains(correction));
    new
}

/// The corrections that a revision prints, in its words.
pub fn printed(revision: &RevisionRow) -> Vec<String> {
    let reading = &revision.reading;
    let found = corrections::corrections(&reading.text, &reading.blocks);
    found
        .into_iter()
        .map(|span| span.slice(&reading.text).to_string())
        // A label that stands alone tells nothing that the paragraph behind it does not.
        .filter(|words| !corrections::is_label_alone(words))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wording::differences;

    #[test]
    fn a_passage_is_shown_with_a_few_words_around_what_changed() {
        let of = |old: &str, new: &str| Passage::of(&differences(old, new)).expect("a change");
        let told = of(
            "The council of the town said late on Monday evening that it would pay 86 million for the ferry and for \
             all that belongs to it.",
            "The council of the town said late on Monday evening that it would pay 68 million for the ferry and for \
             all that belongs to it.",
        );
        assert_eq!(
            (told.before.as_str(), told.now.as_str()),
            (
                "… late on Monday evening that it would pay 86 million for the ferry and for all that …",
                "… late on Monday evening that it would pay 68 million for the ferry and for all that …",
            )
        );
        let told = of("It will not pay.", "It will pay.");
        assert_eq!(
            (told.before.as_str(), told.now.as_str()),
            ("It will not pay.", "It will pay.")
        );
        assert_eq!(Passage::of(&differences("It stays.", "It stays.")), None);
        let gone = [Piece {
            change: wording::Change::Removed,
            text: "Nobody was paid.".into(),
        }];
        let told = Passage::of(&gone).expect("a change");
        assert_eq!(
            (told.before.as_str(), told.now.as_str()),
            ("Nobody was paid.", "")
        );
    }

    #[test]
    fn what_a_told_quote_does_not_tell_is_told_of_its_paragraph() {
        let old = ["The ferry costs $86 million. “We will pay for it,” she said. Now it runs."];
        let new = ["The ferry costs $68 million. “We will pay for all of it,” she said. Now it runs."];
        let quotes = ["we will pay for it", "we will pay for all of it"].map(str::to_owned);
        let told = first_changed(&old, &new, &quotes).expect("the figure");
        assert!(
            told.now.contains("$68 million") && told.before.contains("$86 million"),
            "{told:?}"
        );
        let same_figure = [new[0].replace("68", "86")];
        let same_figure: Vec<&str> = same_figure.iter().map(String::as_str).collect();
        assert_eq!(first_changed(&old, &same_figure, &quotes), None);
        // A short quote is no part of other words.
        let no = ["no".to_owned()];
        assert!(first_changed(&["It runs now."], &["It stops now."], &no).is_some());
    }
}
