//! Finds words on printed pages, where they need not stand in one piece: a file may draw its lines in any order, and a
//! sentence that runs over the end of a page has a footer and a head inside it.
//!
//! Nothing of the reader's layout is believed here. From one stretch of text the words may go on in the stretch drawn
//! next, in the next one on the same line, in the nearest line below, or, at the foot of a page or column, among the
//! first lines of the next one. Each stretch that words run through is used up to its end and from its beginning, so
//! a word left out or put in is found out.

use std::collections::HashSet;

use super::fold;
use crate::extract::pdf::Drawn;

/// Stretches at the foot of a page or column, notes among them, that may be passed over.
const FOOT: usize = 16;
/// Stretches at the head of the next one that may be passed over.
const HEAD: usize = 6;
/// Steps from stretch to stretch in one search.
const MAX_STEPS: usize = 20_000;
/// Lines to the next line below, in sizes of the font.
const MAX_LINE: f32 = 3.5;

/// The stretches of all pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    pages: Vec<Vec<Stretch>>,
}

#[derive(Clone, Debug)]
struct Stretch {
    letters: String,
    place: Drawn,
}

/// A stretch by page and order.
type At = (usize, usize);

impl Printed {
    pub(super) fn of(pages: Vec<Vec<Drawn>>) -> Self {
        let stretch = |mut place: Drawn| {
            let letters = fold(&std::mem::take(&mut place.text));
            Stretch { letters, place }
        };
        let pages = pages.into_iter().map(|page| {
            let stretches = page.into_iter().map(stretch);
            stretches.filter(|stretch| !stretch.letters.is_empty()).collect()
        });
        Self {
            pages: pages.collect(),
        }
    }

    /// How many bytes of letters there are.
    pub(super) fn bytes(&self) -> usize {
        let stretches = self.pages.iter().flatten();
        stretches.map(|stretch| stretch.letters.len()).sum()
    }

    /// Whether the folded words stand on the pages.
    pub(super) fn contain(&self, words: &str) -> bool {
        let mut seen = HashSet::new();
        let mut open: Vec<(At, &str)> = Vec::new();
        for (page, stretches) in self.pages.iter().enumerate() {
            for (order, stretch) in stretches.iter().enumerate() {
                if stretch.letters.contains(words) {
                    return true;
                }
                let begins = stretch
                    .letters
                    .char_indices()
                    .map(|(at, _)| &stretch.letters[at..]);
                let rests = begins.filter_map(|end| words.strip_prefix(end));
                open.extend(rests.map(|rest| ((page, order), rest)));
            }
        }
        while let Some((at, rest)) = open.pop() {
            for next in self.next(at) {
                let letters = &self.pages[next.0][next.1].letters;
                if letters.starts_with(rest) {
                    return true;
                }
                if let Some(rest) = rest.strip_prefix(letters.as_str())
                    && seen.insert((next, rest.len()))
                    && seen.len() < MAX_STEPS
                {
                    open.push((next, rest));
                }
            }
        }
        false
    }

    /// The stretches in which words may go on.
    fn next(&self, (page, order): At) -> Vec<At> {
        let stretches = &self.pages[page];
        let place = &stretches[order].place;
        let mut next: Vec<At> = Vec::new();
        if order + 1 < stretches.len() {
            next.push((page, order + 1));
        }
        let level = |other: &Drawn| (other.baseline - place.baseline) / place.size.max(1.0);
        let beside = nearest(stretches, |other| {
            let gap = other.left - place.right;
            (level(other).abs() < 0.7 && gap > -1.0).then_some(gap)
        });
        next.extend(beside.map(|order| (page, order)));
        let below = nearest(stretches, |other| {
            let shares =
                other.left < place.right + 4.0 * place.size && other.right > place.left - 4.0 * place.size;
            let step = level(other);
            (shares && step > 0.3 && step < MAX_LINE).then_some(step)
        });
        if let Some(below) = below {
            // Stretches on the same level may each be the next line.
            let line = stretches[below].place.baseline;
            let same = stretches.iter().enumerate();
            let same = same.filter(|(_, other)| (other.place.baseline - line).abs() < 0.5);
            next.extend(same.map(|(order, _)| (page, order)));
        }
        let lower = stretches
            .iter()
            .filter(|other| other.place.baseline > place.baseline + 1.0);
        if lower.take(FOOT).count() < FOOT {
            let columns = self.first(page);
            next.extend(columns.filter(|(_, order)| stretches[*order].place.left > place.right));
            next.extend(self.first(page + 1));
        }
        next
    }

    /// The uppermost stretches of a page.
    fn first(&self, page: usize) -> impl Iterator<Item = At> {
        let stretches = self.pages.get(page).map_or(&[][..], Vec::as_slice);
        let mut order: Vec<usize> = (0..stretches.len()).collect();
        order.sort_by(|a, b| {
            stretches[*a]
                .place
                .baseline
                .total_cmp(&stretches[*b].place.baseline)
        });
        order.into_iter().take(HEAD).map(move |order| (page, order))
    }
}

/// The stretch that is least far by a measure that some do not have.
fn nearest(stretches: &[Stretch], far: impl Fn(&Drawn) -> Option<f32>) -> Option<usize> {
    let known = stretches
        .iter()
        .enumerate()
        .filter_map(|(order, other)| Some((order, far(&other.place)?)));
    known.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(order, _)| order)
}
