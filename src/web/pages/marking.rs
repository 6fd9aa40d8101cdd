//! Text cut into pieces that are shown differently.

use std::ops::Range;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) is_marked: bool,
}

/// A text as pieces, marked and not, in order.
pub(super) fn pieces(text: &str, marks: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(marks.len() * 2 + 1);
    let mut push = |text: &str, is_marked| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_string(),
                is_marked,
            });
        }
    };
    let mut at = 0;
    for mark in marks {
        push(&text[at..mark.start], false);
        push(&text[mark.clone()], true);
        at = mark.end;
    }
    push(&text[at..], false);
    pieces
}

/// A run of text that lies in the same quote and the same date all along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    /// Which quote it belongs to.
    pub(super) quote: Option<usize>,
    /// Whether it is the first run of that quote.
    pub(super) opens_quote: bool,
    /// Which date it belongs to.
    pub(super) date: Option<usize>,
}

/// The runs of `block` in `text`; where quotes overlap the earlier one counts.
pub(super) fn runs(
    text: &str,
    block: Range<usize>,
    quotes: &[Vec<Range<usize>>],
    dates: &[Range<usize>],
    opened: &mut [bool],
) -> Vec<Run> {
    let touches = |range: &Range<usize>| range.start < block.end && block.start < range.end;
    let quoted: Vec<(usize, &Range<usize>)> = quotes
        .iter()
        .enumerate()
        .flat_map(|(index, ranges)| ranges.iter().map(move |range| (index, range)))
        .filter(|(_, range)| touches(range))
        .collect();
    let dated: Vec<(usize, &Range<usize>)> = dates
        .iter()
        .enumerate()
        .filter(|(_, range)| touches(range))
        .collect();
    let mut cuts: Vec<usize> = quoted
        .iter()
        .chain(&dated)
        .flat_map(|(_, range)| [range.start, range.end])
        .collect();
    cuts.extend([block.start, block.end]);
    cuts.retain(|cut| (block.start..=block.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let of = |ranges: &[(usize, &Range<usize>)], at: usize| {
        ranges
            .iter()
            .find(|(_, range)| range.contains(&at))
            .map(|(index, _)| *index)
    };
    let mut runs = Vec::with_capacity(cuts.len());
    for pair in cuts.windows(2) {
        let quote = of(&quoted, pair[0]);
        let opens_quote = quote.is_some_and(|quote| !std::mem::replace(&mut opened[quote], true));
        runs.push(Run {
            text: text[pair[0]..pair[1]].to_string(),
            quote,
            opens_quote,
            date: of(&dated, pair[0]),
        });
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_to_the_text_again() {
        let marks: Vec<Range<usize>> = std::iter::once(2..4).collect();
        let pieces = pieces("a bc d", &marks);
        let joined: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(joined, "a bc d");
        assert_eq!(pieces.iter().filter(|piece| piece.is_marked).count(), 1);
    }

    #[test]
    fn a_date_inside_a_quote_keeps_both() {
        let text = "He said: “Come on Friday, all.”";
        let quote = text.find("Come").expect("there")..text.find("”").expect("there");
        let date = text.find("Friday").expect("there")..text.find(',').expect("there");
        let mut opened = [false];
        let runs = runs(text, 0..text.len(), &[vec![quote]], &[date], &mut opened);
        let joined: String = runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(joined, text);
        let friday = runs
            .iter()
            .find(|run| run.text == "Friday")
            .expect("a run of its own");
        assert_eq!(
            (friday.quote, friday.date, friday.opens_quote),
            (Some(0), Some(0), false)
        );
        assert_eq!(runs.iter().filter(|run| run.opens_quote).count(), 1);
    }
}
