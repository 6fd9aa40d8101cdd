//! The other printings of a quote as its page lists them: those that alter it first, and what is only cut off not struck through.

use std::collections::BTreeSet;

use super::changes::{PieceView, piece_views};
use super::days::Day;
use super::hits::genre_name;
use super::shown;
use crate::index::{Entry, EntryKind};
use crate::model::source::SourceKind;
use crate::pipeline::{self, Agreement, BesideOffice, Printing};
use crate::text::differing::Difference;
use crate::text::wording::{Change, Piece, Wording};

/// Words that are shown of what is cut off at an end of a printing.
const AT_AN_END: usize = 6;
/// And at most, where the sentence that they belong to ends or begins there: who cut "unless a judge signs" is to be read whole.
const OF_SENTENCE: usize = 18;
/// Marks that part a clause from the next.
const CLAUSE_MARKS: [char; 8] = ['.', '!', '?', ',', ';', ':', '—', '”'];

/// A wording that is printed elsewhere, and who prints it so.
pub(super) struct VariantView {
    pub(super) agreement: &'static str,
    /// In what it differs, and whether that may turn the meaning.
    pub(super) differences: Vec<(&'static str, bool)>,
    /// That it is printed as the office had it, where the office has changed that since.
    pub(super) as_it_was: Option<String>,
    /// The printed words, with what differs; empty where nothing does.
    pub(super) pieces: Vec<PieceView>,
    /// Offices first.
    pub(super) printings: Vec<PrintingView>,
}

/// Another printing of the same words.
pub(super) struct PrintingView {
    pub(super) source_kind: &'static str,
    pub(super) genre: &'static str,
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

/// The wordings that are printed elsewhere, in the order of the first printing of each.
pub(super) fn variants(printings: &[Printing]) -> Vec<VariantView> {
    let mut variants: Vec<Vec<&Printing>> = Vec::new();
    for printing in printings {
        let is_so = |variant: &&mut Vec<&Printing>| is_one_wording(variant[0], printing);
        match variants.iter_mut().find(is_so) {
            Some(variant) => variant.push(printing),
            None => variants.push(vec![printing]),
        }
    }
    variants.into_iter().map(variant_view).collect()
}

/// Whether two printings have the same words: what differs from those of the page is then the same as well.
fn is_one_wording(one: &Printing, other: &Printing) -> bool {
    (one.agreement, &one.differences, one.until) == (other.agreement, &other.differences, other.until)
        && (one.agreement == Agreement::Same
            || Wording::of(&one.words).words() == Wording::of(&other.words).words())
}

fn variant_view(mut printings: Vec<&Printing>) -> VariantView {
    let first = printings[0];
    printings.sort_by_key(|printing| printing.entry.source_kind != SourceKind::Official);
    VariantView {
        agreement: match first.agreement {
            Agreement::Same => "the same words",
            Agreement::Near => "nearly the same words",
            Agreement::Part => "a part of the words",
        },
        differences: differences(first),
        as_it_was: printed_as_it_was(first),
        pieces: shown_pieces(first),
        printings: printings.into_iter().map(printing_view).collect(),
    }
}

/// In what a printing differs, and whether that may turn the meaning: nothing does that the office changed itself.
fn differences(printing: &Printing) -> Vec<(&'static str, bool)> {
    let differences = printing.differences.iter();
    let may_turn = printing.until.is_none();
    differences
        .map(|difference| (difference.told(), may_turn && difference.is_grave()))
        .collect()
}

/// Until when the office printed the words as the paper has them, of a printing that differs from the office's text of today only.
fn printed_as_it_was(printing: &Printing) -> Option<String> {
    let until = shown(printing.until?);
    Some(match printing.entry.source_kind {
        SourceKind::Official => format!(
            "printed here as {} had it until {until}",
            printing.entry.source_name
        ),
        SourceKind::News => format!("printed as this page had it until {until}"),
    })
}

/// The same of all printings, those of papers with who prints it so.
pub(super) fn as_it_was(printings: &[Printing]) -> Vec<String> {
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for printing in printings {
        let Some(how) = printed_as_it_was(printing) else {
            continue;
        };
        let at = told.iter().position(|(known, _)| *known == how);
        let at = at.unwrap_or_else(|| {
            told.push((how, Vec::new()));
            told.len() - 1
        });
        // An office is named by the sentence itself.
        let name = printing.entry.source_name.as_str();
        let names = &mut told[at].1;
        if printing.entry.source_kind == SourceKind::News && !names.contains(&name) {
            names.push(name);
        }
    }
    let told = told.into_iter().map(|(how, names)| match names.as_slice() {
        [] => how,
        names => format!("{how}: {}", names.join(", ")),
    });
    told.collect()
}

fn shown_pieces(printing: &Printing) -> Vec<PieceView> {
    printed_pieces(&printing.pieces, is_grave(printing))
}

/// Whether a printing may turn what was said; one that is as the office had it then does not.
fn is_grave(printing: &Printing) -> bool {
    printing.until.is_none() && printing.differences.iter().any(|it| it.is_grave())
}

/// How a paper's quote stands beside the office's own text.
pub(super) struct OfficeView {
    pub(super) source_name: String,
    pub(super) published: Day,
    pub(super) address: String,
    /// Until when the office printed the words so itself, where it has changed them since.
    pub(super) until: Option<Day>,
    /// In what it differs, and whether that may turn the meaning; nothing where it is printed as the office has it.
    pub(super) differences: Vec<(String, bool)>,
    /// Whether one of them may.
    pub(super) is_grave: bool,
    /// The words of the office, with what became of them.
    pub(super) pieces: Vec<PieceView>,
}

pub(super) fn office_view(beside: &BesideOffice) -> OfficeView {
    let BesideOffice { office, printing } = beside;
    let there = pipeline::line_of(office, None);
    let told = differences(printing);
    let mut told: Vec<(String, bool)> = told
        .into_iter()
        .map(|(told, is_grave)| (told.to_owned(), is_grave))
        .collect();
    if printing.is_other_speaker {
        told.push((
            format!("there said by {}", there.speaker_name().unwrap_or("nobody named")),
            true,
        ));
    }
    if let Some(when) = there.when.as_ref().filter(|_| printing.is_other_day) {
        told.push((format!("there said {}", Day::of(when).text()), true));
    }
    OfficeView {
        source_name: office.source_name.clone(),
        published: Day::published(office.published_on),
        address: address(office),
        // What the office changed afterwards is nothing that the paper did.
        is_grave: printing.until.is_none() && told.iter().any(|(_, is_grave)| *is_grave),
        until: printing.until.map(Day::instant),
        differences: told,
        pieces: shown_pieces(printing),
    }
}

/// The page of a quote, or of the text that it runs in.
fn address(entry: &Entry) -> String {
    match entry.kind {
        EntryKind::Quote => format!("/quotes/{}", entry.id),
        _ => format!("/documents/{}?revision={}", entry.document, entry.revision),
    }
}

/// A printing as the page of a quote lists it.
fn printing_view(printing: &Printing) -> PrintingView {
    let entry = &printing.entry;
    let is_quote = entry.kind == EntryKind::Quote;
    let line = pipeline::line_of(entry, None);
    PrintingView {
        source_kind: entry.source_kind.code(),
        genre: genre_name(entry.genre),
        speaker: match is_quote {
            true => line.speaker_name().unwrap_or("no speaker named").to_string(),
            false => "in running text".into(),
        },
        is_other_speaker: printing.is_other_speaker,
        is_other_day: printing.is_other_day,
        said: line.when.as_ref().filter(|_| is_quote).map(Day::of),
        is_quote,
        address: address(entry),
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

/// Of what stands at an end of a printing the words next to the rest: what belongs to its sentence whole, if that is not long.
fn nearest_words(text: &str, is_front: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= AT_AN_END * 2 {
        return text.to_owned();
    }
    let ends_sentence = |word: &&str| word.trim_end_matches(['”', '"', '’']).ends_with(['.', '!', '?']);
    let of_sentence = match is_front {
        true => words.iter().rev().take_while(|word| !ends_sentence(word)).count(),
        false => words
            .iter()
            .position(ends_sentence)
            .map_or(words.len(), |at| at + 1),
    };
    let count = match of_sentence {
        few @ AT_AN_END..=OF_SENTENCE => few,
        _ => AT_AN_END,
    };
    match is_front {
        true => format!("… {} ", words[words.len() - count..].join(" ")),
        false => format!("{} …", words[..count].join(" ")),
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
    // What the office changed since, no paper altered.
    let by_others = |printing: &&Printing| printing.until.is_none();
    let all = printings.iter().filter(by_others);
    let all = all.flat_map(|printing| &printing.differences);
    // What is left out without a mark turns nothing by itself, but no reader of that printing can know of it.
    let is_told = |it: &Difference| it.is_grave() || *it == Difference::LeftOut;
    let all: BTreeSet<Difference> = all.copied().filter(is_told).collect();
    for difference in all {
        let names = named(&|printing| by_others(&printing) && printing.differences.contains(&difference));
        add(difference.told(), names);
    }
    add(
        "given to somebody else",
        named(&|printing| by_others(&printing) && printing.is_other_speaker),
    );
    add("said on another day", named(&|printing| printing.is_other_day));
    told
}

/// The printings with those first that alter what was said, then by whom, then when.
pub(super) fn altered_first(mut printings: Vec<Printing>) -> Vec<Printing> {
    printings.sort_by_key(|printing| {
        (
            !is_grave(printing),
            printing.until.is_some() || !printing.is_other_speaker,
            !printing.is_other_day,
        )
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
