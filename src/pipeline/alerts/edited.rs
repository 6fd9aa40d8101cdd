//! What an edited page says of its edit, and what changed in it that no line of the alert tells: an alert that names an
//! outlet's correction tells an honest edit from a silent one, and a figure that is another one in the reporter's words is
//! worth as much as one in a quote.

use std::collections::HashMap;

use jiff::Timestamp;

use super::other_side::held_at;
use crate::model::document::Reading;
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
/// Passages of a document that an alert tells one by one: a second edit may be the one that matters.
const PASSAGES: usize = 3;

/// The newest revision of a document and the one of the last look.
type Edit = Option<(RevisionRow, RevisionRow)>;

/// Gives each item the correction that its document's newest revision prints and the one at the last look did not; and to a
/// document that changed the passages that are others and stand in no other item, each in an item of its own. `before` are the
/// lines of the last look.
pub(super) async fn name_edits(
    tracker: &Tracker,
    items: Vec<AlertItem>,
    before: &[Line],
    last_look: Option<Timestamp>,
) -> Result<Vec<AlertItem>, PipelineError> {
    let mut known: HashMap<String, Edit> = HashMap::new();
    let told: Vec<(String, String)> = items.iter().flat_map(words_told).collect();
    let mut named = Vec::with_capacity(items.len());
    for mut item in items {
        let document = item.line.document.clone();
        if !known.contains_key(&document) {
            let id = DocumentId::new(document.as_str());
            known.insert(document.clone(), edit(tracker, &id, last_look).await?);
        }
        if let Some((before, now)) = &known[&document] {
            let printed = printed_since(before, now);
            item.correction = printed.into_iter().find(|correction| concerns(correction, &item));
        }
        let mut passages = match item.line.kind == "document" && item.change == Change::Changed {
            true => passages(tracker, &item, before, &told).await?.into_iter(),
            false => Vec::new().into_iter(),
        };
        item.passage = passages.next();
        let further = passages.map(|passage| AlertItem {
            passage: Some(passage),
            correction: None,
            ..item.clone()
        });
        let further: Vec<AlertItem> = further.collect();
        named.push(item);
        named.extend(further);
    }
    Ok(named)
}

/// Whether a correction may be of what an item tells: of a page it is, whatever it corrects; of a date by what stands around it.
fn concerns(correction: &str, item: &AlertItem) -> bool {
    let line = &item.line;
    let of = |words: &str, speaker: Option<&str>| corrections::may_concern(correction, words, speaker);
    line.kind == "document"
        || of(&line.text, line.speaker.as_deref())
        || item.before.as_ref().is_some_and(|before| of(before, None))
        || item
            .speaker_before
            .as_ref()
            .is_some_and(|before| of("", Some(before)))
}

/// The passages of a document that are others than at the last look, but for what `told` has of it.
async fn passages(
    tracker: &Tracker,
    item: &AlertItem,
    before: &[Line],
    told: &[(String, String)],
) -> Result<Vec<Passage>, PipelineError> {
    // The revisions of the two looks, whatever was fetched beside them.
    let Some(was) = before.iter().find(|was| was.key == item.line.key) else {
        return Ok(Vec::new());
    };
    let told = told.iter().filter(|(of, _)| *of == item.line.document);
    let told: Vec<String> = told.map(|(_, words)| words.clone()).collect();
    let ids = [&was.revision, &item.line.revision].map(|id| RevisionId::new(id.as_str()));
    let mut rows = tracker.store.revisions(&[&ids[0], &ids[1]]).await?;
    let mut of = |id: &RevisionId| {
        let at = rows.iter().position(|row| row.id == *id)?;
        Some(rows.swap_remove(at))
    };
    let Some((before, now)) = of(&ids[0]).zip(of(&ids[1])) else {
        return Ok(Vec::new());
    };
    tokio::task::spawn_blocking(move || {
        changed(&paragraphs(&before.reading), &paragraphs(&now.reading), &told)
    })
    .await
    .map_err(|_| PipelineError::Stopped("comparing two revisions"))
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

/// The first passages of a text that changed, but for what is told already; the last of them says how many more did.
fn changed(old: &[&str], new: &[&str], told: &[String]) -> Vec<Passage> {
    let compared = revised(old, new);
    let moves = moved(&compared);
    let is_moved = |at: usize| moves.iter().any(|it| it.from == at || it.to == at);
    let paragraphs = compared.iter().enumerate().filter(|(at, _)| !is_moved(*at));
    let edits = paragraphs.flat_map(|(_, pieces)| edits(pieces));
    let untold = edits.filter(|pieces| !is_told(pieces, told));
    let mut changed: Vec<Passage> = untold.filter_map(Passage::of).collect();
    let more = changed.len().saturating_sub(PASSAGES) as u64;
    changed.truncate(PASSAGES);
    changed
        .iter_mut()
        .skip(PASSAGES - 1)
        .for_each(|last| last.more = more);
    changed
}

/// The edits of a paragraph: what changed close together is one, with the words that stand around it.
fn edits(pieces: &[Piece]) -> Vec<&[Piece]> {
    let is_far = |piece: &Piece| {
        piece.change == wording::Change::Kept && piece.text.split_whitespace().count() > 2 * AROUND
    };
    // A long stretch that stayed ends one edit and begins the next: it stands around both.
    let mut edits = Vec::new();
    let mut begin = 0;
    for (at, piece) in pieces.iter().enumerate() {
        if is_far(piece) {
            edits.push(&pieces[begin..=at]);
            begin = at;
        }
    }
    edits.push(&pieces[begin..]);
    edits
}

/// Whether all that went in an edit and came is among words that are told.
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

/// What a page says beside its corrections: a quote whose words these repeat does not stand there by that.
pub fn beside_corrections(reading: &Reading) -> String {
    paragraphs(reading).join("\n")
}

/// The paragraphs of a text, but for corrections: they are named as such.
fn paragraphs(reading: &Reading) -> Vec<&str> {
    let corrections = corrections::corrections(&reading.text, &reading.blocks);
    let blocks = reading.blocks.iter().map(|block| block.span);
    blocks
        .filter(|span| !corrections.contains(span))
        .map(|span| span.slice(&reading.text))
        .collect()
}

impl Passage {
    /// What an edit made of a paragraph, with a few words around it; `None` where nothing changed.
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
    let old = printed(&before.reading);
    let mut new = printed(&now.reading);
    new.retain(|correction| !old.contains(correction));
    new
}

/// The corrections that a page prints, in its words.
pub fn printed(reading: &Reading) -> Vec<String> {
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
        let told = changed(&old, &new, &quotes);
        let [figure] = told.as_slice() else {
            panic!("the figure alone: {told:?}");
        };
        assert!(figure.now.contains("$68 million") && figure.before.contains("$86 million"));
        let same_figure = [new[0].replace("68", "86")];
        let same_figure: Vec<&str> = same_figure.iter().map(String::as_str).collect();
        assert_eq!(changed(&old, &same_figure, &quotes), []);
        // A short quote is no part of other words.
        let no = ["no".to_owned()];
        assert_eq!(changed(&["It runs now."], &["It stops now."], &no).len(), 1);
    }

    #[test]
    fn every_edit_of_a_text_is_told_and_of_many_the_first_with_how_many_more() {
        let between = "and the council of the town heard three engineers, two captains and the baker of the square who \
                       delivers to the island every morning before";
        let page = |price: &str, day: &str| {
            format!("The ferry costs {price} million, {between} it sails again on {day}.")
        };
        let told = changed(&[&page("86", "Monday")], &[&page("68", "Friday")], &[]);
        let told: Vec<(bool, bool)> = told
            .iter()
            .map(|it| (it.now.contains("68 million"), it.now.contains("on Friday")))
            .collect();
        assert_eq!(told, [(true, false), (false, true)], "two edits of one paragraph");
        let [old, new] = ["Monday", "Friday"].map(|day| -> Vec<String> {
            let piers = 1..=5;
            piers
                .map(|pier| format!("Pier {pier} is closed for repairs until {day} night."))
                .collect()
        });
        let (old, new): (Vec<&str>, Vec<&str>) = (
            old.iter().map(String::as_str).collect(),
            new.iter().map(String::as_str).collect(),
        );
        let told = changed(&old, &new, &[]);
        assert_eq!(told.iter().map(|it| it.more).collect::<Vec<_>>(), [0, 0, 2]);
    }
}
