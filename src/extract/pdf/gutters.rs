//! Strips that part two columns although they are hardly wider than the blanks of justified text: on many levels, one
//! under the other, a gap lies at the same place. Blanks between words do not.

use super::glyphs::Glyph;

/// Room on each level of a gutter, in ems.
const GAP: f32 = 0.6;
/// Levels in a row that have it, with text on both sides.
const MIN_LEVELS: usize = 7;
/// Lines one under the other that begin further in.
const MOST_INDENTED: usize = 2;
/// How far the ends of the gaps of one gutter may lie apart on the right, where lines begin, in ems.
const RAGGED: f32 = 0.12;

/// A gutter, and the levels that it parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gutter {
    pub(super) at: f32,
    top: f32,
    bottom: f32,
}

impl Gutter {
    /// Whether it lies between two letters that stand next to each other on a level.
    pub(super) fn parts(&self, left: f32, right: f32, baseline: f32) -> bool {
        left <= self.at && self.at <= right && (self.top..=self.bottom).contains(&baseline)
    }
}

/// The gap of a level: where it begins and ends, and on which level.
#[derive(Clone, Copy)]
struct Gap {
    left: f32,
    right: f32,
}

/// The gutters of a page; its levels come from top to bottom, the glyphs of each from left to right.
pub(super) fn gutters(levels: &[Vec<&Glyph>]) -> Vec<Gutter> {
    let gaps: Vec<Vec<Gap>> = levels.iter().map(|level| gaps(level)).collect();
    let mut starts: Vec<f32> = gaps.iter().flatten().map(|gap| gap.right).collect();
    starts.sort_by(f32::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    let mut found: Vec<Gutter> = Vec::new();
    for start in starts {
        for gutter in along(levels, &gaps, start) {
            // A gap that is found from two of its lines is one.
            if !found.iter().any(|known| (known.at - gutter.at).abs() < 6.0) {
                found.push(gutter);
            }
        }
    }
    found
}

/// The runs of levels on which a gap ends where the right column begins.
fn along(levels: &[Vec<&Glyph>], gaps: &[Vec<Gap>], start: f32) -> Vec<Gutter> {
    let mut found = Vec::new();
    let (mut run, mut skipped): (Vec<usize>, usize) = (Vec::new(), 0);
    let end = |run: &mut Vec<usize>, found: &mut Vec<Gutter>| {
        if run.len() >= MIN_LEVELS {
            let baseline = |at: usize| levels[at].first().map_or(0.0, |glyph| glyph.baseline);
            found.push(Gutter {
                at: start - 1.0,
                top: baseline(run[0]) - 1.0,
                bottom: baseline(run[run.len() - 1]) + 1.0,
            });
        }
        run.clear();
    };
    for (at, level) in levels.iter().enumerate() {
        let size = level.first().map_or(0.0, |glyph| glyph.size);
        let begins_here = |gap: &Gap| (gap.right - start).abs() <= RAGGED * size && gap.left < start - 1.0;
        if gaps[at].iter().any(begins_here) {
            run.push(at);
            skipped = 0;
            continue;
        }
        let inked = || level.iter().filter(|glyph| !glyph.text.trim().is_empty());
        let is_on_both_sides =
            inked().any(|glyph| glyph.left < start - 1.0) && inked().any(|glyph| glyph.left >= start - 1.0);
        // The first line of a paragraph may begin further in.
        let is_gap = gaps[at]
            .iter()
            .any(|gap| gap.left < start - 1.0 && gap.right >= start - 1.0);
        skipped += usize::from(is_on_both_sides && is_gap);
        if is_on_both_sides && (!is_gap || skipped > MOST_INDENTED) {
            // It has text on both sides and no gap there: a line over both columns.
            end(&mut run, &mut found);
            skipped = 0;
        }
    }
    end(&mut run, &mut found);
    found
}

fn gaps(level: &[&Glyph]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut left = f32::NEG_INFINITY;
    for glyph in level.iter().filter(|glyph| !glyph.text.trim().is_empty()) {
        if left.is_finite() && glyph.left - left > GAP * glyph.size {
            gaps.push(Gap {
                left,
                right: glyph.left,
            });
        }
        left = left.max(glyph.right.min(glyph.left + 3.0 * glyph.size));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words by where they begin and end, on a level.
    fn level(number: usize, words: &[(f32, f32)]) -> Vec<Glyph> {
        let word = |(left, right): &(f32, f32)| Glyph {
            text: "word".into(),
            left: *left,
            right: *right,
            baseline: 12.0 * number as f32,
            size: 10.0,
            is_level: true,
            ink: 0.5,
        };
        words.iter().map(word).collect()
    }

    #[track_caller]
    fn check(page: &[Vec<(f32, f32)>], expected: &[f32]) {
        let glyphs: Vec<Vec<Glyph>> = page
            .iter()
            .enumerate()
            .map(|(number, words)| level(number, words))
            .collect();
        let levels: Vec<Vec<&Glyph>> = glyphs.iter().map(|level| level.iter().collect()).collect();
        let found: Vec<f32> = gutters(&levels).iter().map(|gutter| gutter.at).collect();
        assert_eq!(found, expected);
    }

    /// Three words with room between them that differs from level to level, up to `right`.
    fn justified(number: usize, left: f32, right: f32) -> Vec<(f32, f32)> {
        let first = left + 18.0 + (number * 7 % 5) as f32 * 2.0;
        let second = first + 3.0 + (number * 5 % 7) as f32 * 0.6;
        let end = second + 16.0 + (number * 3 % 4) as f32;
        vec![(left, first), (second, end), (end + 6.5, right)]
    }

    #[test]
    fn gaps_one_under_the_other_are_a_gutter() {
        let page: Vec<Vec<(f32, f32)>> = (0..9)
            .map(|number| {
                let mut words = justified(number, 50.0, 150.0);
                // The first line of a paragraph begins further in.
                let begin = if number == 4 { 172.0 } else { 160.0 };
                words.extend(justified(number + 3, begin, 260.0));
                words
            })
            .collect();
        check(&page, &[159.0]);
        check(&page[..6], &[]);
    }

    #[test]
    fn blanks_of_justified_text_are_none() {
        let page: Vec<Vec<(f32, f32)>> = (0..20).map(|number| justified(number, 50.0, 150.0)).collect();
        check(&page, &[]);
    }

    #[test]
    fn a_line_over_both_columns_ends_it() {
        let words = |left: usize, right: usize| -> Vec<(f32, f32)> {
            let words = (left..right).step_by(25);
            words.map(|left| (left as f32, left as f32 + 22.0)).collect()
        };
        let mut page: Vec<Vec<(f32, f32)>> = (0..9)
            .map(|_| [words(50, 125), words(132, 200)].concat())
            .collect();
        check(&page, &[131.0]);
        page[4] = words(50, 200);
        check(&page, &[]);
    }
}
