//! The other printings of a quote as its page lists them: those that alter it first, and what is only cut off not struck through.

use std::collections::BTreeSet;

use super::changes::{PieceView, piece_views};
use super::days::Day;
use super::hits::genre_name;
use super::shown;
use crate::index::EntryKind;
use crate::pipeline::{self, Agreement, Printing};
use crate::text::differing::Difference;
use crate::text::wording::{Change, Piece};

/// Words that are shown of what is cut off at an end of a printing.
const AT_AN_END: usize = 6;
/// Marks that part a clause from the next.
const CLAUSE_MARKS: [char; 8] = ['.', '!', '?', ',', ';', ':', '—', '”'];
/// Another printing of the same words.
pub(super) struct PrintingView {
    pub(super) agreement: &'static str,
    /// In what they differ, and whether that may turn the meaning.
    pub(super) differences: Vec<(&'static str, bool)>,
    pub(super) source_kind: &'static str,
    pub(super) genre: &'static str,
    /// The printed words, with what differs; empty where nothing does.
    pub(super) pieces: Vec<PieceView>,
    pub(super) speaker: String,
    /// Whether it is given to somebody else there.
    pub(super) is_other_speaker: bool,
    /// Whether it is said to be of another day there.
    pub(super) is_other_day: bool,
    pub(super) said: Option<Day>,
    pub(super) is_quote: bool,
    pub(super) address: String,
    pub(super) source_name: String,
    pub(super) published: Day,
    pub(super) title: String,
    pub(super) capture: String,
    /// Until when it was printed there, where the page has it no more.
    pub(super) gone: Option<String>,
}

/// A printing as the page of a quote lists it.
pub(super) fn printing_view(printing: &Printing) -> PrintingView {
    let entry = &printing.entry;
    let is_quote = entry.kind == EntryKind::Quote;
    let is_grave = printing.differences.iter().any(|it| it.is_grave());
    let line = pipeline::line_of(entry, None);
    PrintingView {
        agreement: match printing.agreement {
            Agreement::Same => "the same words",
            Agreement::Near => "nearly the same words",
            Agreement::Part => "a part of the words",
        },
        differences: printing
            .differences
            .iter()
            .map(|difference| (difference.told(), difference.is_grave()))
            .collect(),
        source_kind: entry.source_kind.code(),
        genre: genre_name(entry.genre),
        pieces: printed_pieces(&printing.pieces, is_grave),
        speaker: match is_quote {
            true => line.speaker_name().unwrap_or("no speaker named").to_string(),
            false => "in running text".into(),
        },
        is_other_speaker: printing.is_other_speaker,
        is_other_day: printing.is_other_day,
        said: line.when.as_ref().filter(|_| is_quote).map(Day::of),
        is_quote,
        address: match is_quote {
            true => format!("/quotes/{}", entry.id),
            false => format!("/documents/{}?revision={}", entry.document, entry.revision),
        },
        source_name: entry.source_name.clone(),
        published: Day::published(entry.published_on),
        title: entry.title.clone().unwrap_or_else(|| entry.url.clone()),
        capture: entry.capture.to_string(),
        gone: printing.held_until().map(shown),
    }
}

/// The pieces of a printing. What is cut off at its ends is no alteration: it is told by its nearest words, and not struck through, or a
/// statement of a page would be for each printing of a sentence of it.
fn printed_pieces(pieces: &[Piece], is_grave: bool) -> Vec<PieceView> {
    let mut pieces = pieces.to_vec();
    let last = pieces.len().saturating_sub(1);
    // Where nothing stayed there are no ends; what stands there for other words is altered.
    let is_kept = |at: usize| pieces.get(at).is_some_and(|piece| piece.change == Change::Kept);
    let is_end = |at: usize| (at == 0 && is_kept(1)) || (at == last && at > 0 && is_kept(at - 1));
    let cut = |at: usize| is_end(at) && pieces[at].change == Change::Removed;
    // Where something turns the rest, what is cut off may be it ("It is not true that"), unless a mark parts it from the rest.
    let is_apart = |at: usize| {
        let before = if at == 0 { &pieces[0] } else { &pieces[at - 1] };
        before.text.trim_end().ends_with(CLAUSE_MARKS)
    };
    let is_harmless = |at: usize| !is_grave || is_apart(at);
    let is_cut: Vec<bool> = (0..pieces.len()).map(|at| cut(at) && is_harmless(at)).collect();
    let ends: Vec<bool> = (0..pieces.len()).map(is_end).collect();
    for (at, piece) in pieces.iter_mut().enumerate() {
        if ends[at] && piece.change != Change::Kept {
            piece.text = nearest_words(&piece.text, at == 0);
        }
    }
    let mut views = piece_views(&pieces);
    for (view, is_cut) in views.iter_mut().zip(is_cut) {
        if is_cut {
            view.element = "cut";
        }
    }
    views
}

/// Of what stands at an end of a printing the words next to the rest.
fn nearest_words(text: &str, is_front: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > AT_AN_END * 2 {
        true if is_front => format!("… {} ", words[words.len() - AT_AN_END..].join(" ")),
        true => format!("{} …", words[..AT_AN_END].join(" ")),
        false => text.to_owned(),
    }
}

/// What to know of the printings before any of them is read: which alter the words, their speaker or their day.
pub(super) fn altered(printings: &[Printing]) -> Vec<String> {
    let named = |holds: &dyn Fn(&Printing) -> bool| {
        let mut names: Vec<&str> = Vec::new();
        let found = printings.iter().filter(|printing| holds(printing));
        for name in found.map(|printing| printing.entry.source_name.as_str()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    };
    let mut told = Vec::new();
    let mut add = |what: &str, names: String| {
        if !names.is_empty() {
            told.push(format!("{what}: {names}"));
        }
    };
    let graves = printings.iter().flat_map(|printing| &printing.differences);
    let graves: BTreeSet<Difference> = graves.copied().filter(|it| it.is_grave()).collect();
    for grave in graves {
        let names = named(&|printing| printing.differences.contains(&grave));
        add(grave.told(), names);
    }
    add(
        "given to somebody else",
        named(&|printing| printing.is_other_speaker),
    );
    add("said on another day", named(&|printing| printing.is_other_day));
    told
}

/// The printings with those first that alter what was said, then by whom, then when.
pub(super) fn altered_first(mut printings: Vec<Printing>) -> Vec<Printing> {
    printings.sort_by_key(|printing| {
        let is_grave = printing.differences.iter().any(|it| it.is_grave());
        (!is_grave, !printing.is_other_speaker, !printing.is_other_day)
    });
    printings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::rewording::{parted, reworded};

    /// The pieces of a printing, each with its mark before it.
    fn told(pieces: &[Piece], is_grave: bool) -> String {
        let pieces = printed_pieces(pieces, is_grave);
        let told = pieces
            .iter()
            .map(|piece| format!("[{}]{}{}", piece.element, piece.text, piece.gap));
        told.collect()
    }

    #[test]
    fn what_is_only_cut_off_is_not_struck_through() {
        let whole = "The harbor is for everybody who lives here, and we will not sell it. We have told the board so twice this year.";
        let cut = told(&parted(whole, "we will not sell it"), false);
        assert_eq!(
            cut,
            "[cut]The harbor is for everybody who lives here, and []we will not sell it [cut]We have told the board so twice this year."
        );
        // Nor is a word alone, but for a "not" that went.
        let begun = told(
            &parted(
                "I would not have signed this order",
                "would not have signed this order",
            ),
            false,
        );
        assert_eq!(begun, "[cut]I []would not have signed this order");
        let turned = reworded("Not one boat will be turned away", "One boat will be turned away");
        let turned = told(&turned, true);
        assert!(turned.starts_with("[del]Not"), "{turned}");
        let denied = parted(
            "It is not true that we will sell the pier to the board of the harbor",
            "we will sell the pier to the board of the harbor",
        );
        let denied = told(&denied, true);
        assert!(denied.starts_with("[del]It is not true that"), "{denied}");
    }
}
