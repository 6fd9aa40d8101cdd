//! Characters in, printed lines out: words are parted where there is room between letters, and what stands on one
//! level without a wide gap is one segment of a line.

use super::glyphs::{Glyph, Sheet};
use super::gutters::{Gutter, gutters};
use crate::extract::tree::raised;

/// Room between two letters that parts words, in ems.
const WORD_GAP: f32 = 0.14;
/// Room that parts two segments of a line, in ems: wider than justified text sets words apart.
const SEGMENT_GAP: f32 = 1.1;
/// Room that parts the cells of a table, in ems.
const CELL_GAP: f32 = 2.2;
/// Widest spacing of letters that still is one word, in ems.
const MAX_SPACED: f32 = 0.6;
/// Letters of one size that may stand a little off their line.
const NUDGED: usize = 3;
/// How much smaller than its line a raised mark is set.
const RAISED_SIZE: f32 = 0.82;

/// A stretch of one printed line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
    /// Its letters with their ink, to tell bold from plain.
    pub(super) inked: Vec<(char, f32)>,
    /// The page it stands on, from 1.
    pub(super) page: usize,
    /// The stretches it was put together from that are as far apart as the cells of a table.
    pub(super) cells: usize,
    /// The left and right end of the column it stands in.
    pub(super) column: (f32, f32),
}

impl Line {
    fn top(&self) -> f32 {
        self.baseline - 0.75 * self.size
    }

    fn bottom(&self) -> f32 {
        self.baseline + 0.25 * self.size
    }

    /// Whether both stand on one level.
    fn is_beside(&self, other: &Line) -> bool {
        let shared = self.bottom().min(other.bottom()) - self.top().max(other.top());
        shared > 0.5 * self.size.min(other.size)
    }

    /// Adds what stands to the right of it on the same level.
    pub(super) fn append(&mut self, next: Line) {
        let letters = |line: &Line| {
            line.text
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .count()
        };
        if letters(&next) > letters(self) {
            self.size = next.size;
            self.baseline = next.baseline;
        }
        if next.left - self.right > CELL_GAP * self.size {
            self.cells += next.cells;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&next.text);
        self.right = self.right.max(next.right);
        self.inked.extend(next.inked);
    }
}

/// The segments of a page's lines from top to bottom, each level from left to right. What stands upright along a
/// margin or aslant across the page is no line of it.
pub(super) fn segments(sheet: &Sheet, page: usize) -> Vec<Line> {
    let mut glyphs: Vec<&Glyph> = sheet
        .glyphs
        .iter()
        .filter(|glyph| glyph.is_level && glyph.size > 0.5 && !glyph.text.is_empty())
        .collect();
    glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut levels = levels(glyphs);
    for level in &mut levels {
        level.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    let gutters = gutters(&levels);
    let parts = levels.iter().flat_map(|level| parted(level, &gutters));
    let mut segments: Vec<Line> = parts.map(|glyphs| line(glyphs, page)).collect();
    segments.retain(|segment| !segment.text.is_empty());
    segments
}

/// The glyphs of each level; what is raised or lowered a little belongs to the line it is set on.
fn levels(glyphs: Vec<&Glyph>) -> Vec<Vec<&Glyph>> {
    // Exact levels first, so that a small mark finds the large letters it belongs to whichever comes first.
    let mut exact: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        match exact.last_mut() {
            Some(level) if glyph.baseline - level[0].baseline <= 0.1 * glyph.size.min(level[0].size) => {
                level.push(glyph);
            }
            _ => exact.push(vec![glyph]),
        }
    }
    let mut levels: Vec<Vec<&Glyph>> = Vec::new();
    let size = |level: &[&Glyph]| level.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let mut at = 0;
    while at < exact.len() {
        let level = std::mem::take(&mut exact[at]);
        let (own, baseline) = (size(&level), level.first().map_or(0.0, |glyph| glyph.baseline));
        let host = |other: Option<&Vec<&Glyph>>| {
            other.is_some_and(|other| {
                let (large, apart) = (
                    size(other),
                    other.first().map_or(0.0, |glyph| glyph.baseline - baseline),
                );
                let is_raised = own <= RAISED_SIZE * large && (-0.3 * large..=0.65 * large).contains(&apart);
                // The letters of a logo dance.
                let is_nudged =
                    level.len() <= NUDGED && other.len() > level.len() && apart.abs() <= 0.3 * large;
                (is_raised || is_nudged) && level.iter().all(|mark| touches(mark, other))
            })
        };
        if host(exact.get(at + 1)) {
            exact[at + 1].extend(level);
        } else if host(levels.last()) {
            levels.last_mut().expect("it is the host").extend(level);
        } else {
            levels.push(level);
        }
        at += 1;
    }
    levels
}

/// Whether a mark stands close behind or before a letter of the level.
fn touches(mark: &Glyph, level: &[&Glyph]) -> bool {
    level.iter().any(|glyph| {
        let apart = (mark.left - glyph.right).max(glyph.left - mark.right);
        apart < 0.8 * glyph.size
    })
}

/// Parts a level where its gaps are wide, and where a gutter lies in one.
fn parted<'s, 'g>(level: &'s [&'g Glyph], gutters: &[Gutter]) -> Vec<&'s [&'g Glyph]> {
    let mut parts = Vec::new();
    let (mut start, mut right) = (0, f32::NEG_INFINITY);
    for (at, glyph) in level.iter().enumerate() {
        if glyph.text.trim().is_empty() {
            continue;
        }
        let is_gutter = || {
            let mut gutters = gutters.iter();
            gutters.any(|gutter| gutter.parts(right, glyph.left, level[0].baseline))
        };
        if right.is_finite() && (glyph.left - right > SEGMENT_GAP * glyph.size || is_gutter()) {
            parts.push(&level[start..at]);
            start = at;
        }
        right = right.max(glyph.right.min(glyph.left + 3.0 * glyph.size));
    }
    parts.push(&level[start..]);
    parts
}

fn line(glyphs: &[&Glyph], page: usize) -> Line {
    let inked: Vec<&&Glyph> = glyphs
        .iter()
        .filter(|glyph| !glyph.text.trim().is_empty())
        .collect();
    let Some(first) = inked.first() else {
        return Line::default();
    };
    let main = main_glyph(&inked);
    let spacing = spacing(&inked);
    let mut line = Line {
        left: first.left,
        size: main.size,
        baseline: main.baseline,
        page,
        cells: 1,
        ..Line::default()
    };
    let (mut has_space, mut last): (bool, Option<&Glyph>) = (false, None);
    for glyph in glyphs.iter().copied() {
        if glyph.text.trim().is_empty() {
            has_space = true;
            continue;
        }
        let is_note = last.is_some() && !has_space && is_number_of_note(glyph, main);
        if let Some(last) = last
            && !is_note
            && (has_space || is_apart(last, glyph, spacing) || is_mark(last, glyph, main))
        {
            line.text.push(' ');
        }
        line.text.extend(glyph.text.chars().map(|c| match c {
            _ if c.is_whitespace() => ' ',
            _ if is_note => raised(c).unwrap_or(c),
            _ => c,
        }));
        if let Some(letter) = glyph.text.chars().next().filter(|letter| letter.is_alphabetic()) {
            line.inked.push((letter, glyph.ink));
        }
        line.right = line.right.max(glyph.right.min(glyph.left + 3.0 * glyph.size));
        (has_space, last) = (false, Some(glyph));
    }
    line.text = line.text.trim().to_owned();
    line
}

/// The glyph that stands for the line: one of its most common size.
fn main_glyph<'g>(glyphs: &[&&'g Glyph]) -> &'g Glyph {
    let mut sizes: Vec<&&&Glyph> = glyphs.iter().collect();
    sizes.sort_by(|a, b| a.size.total_cmp(&b.size));
    let mut best = (0, sizes[0]);
    let mut start = 0;
    for at in 0..sizes.len() {
        if sizes[at].size > sizes[start].size * 1.03 {
            start = at;
        }
        if at - start + 1 > best.0 {
            best = (at - start + 1, sizes[at]);
        }
    }
    best.1
}

/// The room that the line's letters have between them anyway, in ems.
fn spacing(glyphs: &[&&Glyph]) -> f32 {
    // Leaders of dots are set wider than words.
    let is_letter = |glyph: &Glyph| glyph.text.chars().all(char::is_alphabetic);
    let mut gaps: Vec<f32> = glyphs
        .windows(2)
        .filter(|pair| is_letter(pair[0]) && is_letter(pair[1]))
        .map(|pair| (pair[1].left - pair[0].right) / pair[1].size)
        .filter(|gap| *gap < MAX_SPACED)
        .collect();
    if gaps.len() < 6 {
        return 0.0;
    }
    gaps.sort_by(f32::total_cmp);
    gaps[gaps.len() / 2].max(0.0)
}

fn is_apart(last: &Glyph, glyph: &Glyph, spacing: f32) -> bool {
    glyph.left - last.right > (spacing + WORD_GAP) * glyph.size.min(last.size)
}

fn is_raised(glyph: &Glyph, main: &Glyph) -> bool {
    glyph.size <= RAISED_SIZE * main.size && main.baseline - glyph.baseline > 0.15 * main.size
}

/// Whether a glyph is of the number of a note, or of a power: "1931" and a raised "2" are no figure of five digits.
fn is_number_of_note(glyph: &Glyph, main: &Glyph) -> bool {
    is_raised(glyph, main) && glyph.text.chars().all(|c| c.is_ascii_digit())
}

/// Whether a raised mark begins or ends here: that of a footnote is no part of a word.
fn is_mark(last: &Glyph, glyph: &Glyph, main: &Glyph) -> bool {
    let is_figure = |glyph: &Glyph| {
        let mut characters = glyph.text.chars();
        characters.all(|c| c.is_numeric() || matches!(c, '*' | '†' | '‡' | '§'))
    };
    match (is_raised(last, main), is_raised(glyph, main)) {
        (false, true) => is_figure(glyph) && !is_figure(last),
        (true, false) => is_figure(last) && glyph.text.chars().all(char::is_alphabetic),
        _ => false,
    }
}

/// Puts segments in rows: those on one level, from left to right.
pub(super) fn rows(mut segments: Vec<Line>) -> Vec<Vec<Line>> {
    segments.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for segment in segments {
        match rows.last_mut() {
            Some(row) if row.iter().any(|other| other.is_beside(&segment)) => row.push(segment),
            _ => rows.push(vec![segment]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}
