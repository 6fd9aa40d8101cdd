//! Lines in reading order in, paragraphs, headings and list items out, those joined that run on over a column's or a
//! page's end.

use std::collections::HashMap;

use super::labels::{Label, label};
use super::lines::Line;
use super::mend::Vocabulary;
use crate::extract::{genre, metadata};
use crate::model::document::BlockKind;

/// How much more than the usual room between lines parts paragraphs.
const WIDE: f32 = 1.25;
/// The widest room, in sizes of the font, that is still a usual one: double spacing.
const MAX_LEADING: f32 = 2.4;
/// How much larger than the body a heading is set.
const LARGER: f32 = 1.12;
/// How much more ink bold letters have than plain ones.
const BOLDER: f32 = 1.22;
/// Longest heading.
const MAX_HEADING: usize = 200;
/// Lines before and after that show how far a column reaches.
const NEAR: usize = 4;

/// What most of a document's letters look like.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The size of its font.
    pub(super) size: f32,
    /// The room from line to line, in sizes of the font.
    leading: f32,
    /// The ink of its letters.
    ink: HashMap<char, f32>,
}

/// A block before its place in the whole text is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    pub(super) kind: BlockKind,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) size: f32,
    pub(super) is_bold: bool,
    is_centred: bool,
    /// Whether its last line reaches the end of the column.
    is_full: bool,
    lines: usize,
    column: (f32, f32),
}

impl Body {
    /// Measures all lines.
    pub(super) fn of(pages: &[Vec<Line>]) -> Self {
        let mut sizes: HashMap<i32, usize> = HashMap::new();
        for line in pages.iter().flatten() {
            *sizes.entry(half_points(line.size)).or_default() += line.text.len();
        }
        let most = sizes.into_iter().max_by_key(|(size, letters)| (*letters, *size));
        let size = most.map_or(12.0, |(size, _)| size as f32 / 2.0).max(1.0);
        let is_body = |line: &Line| (line.size / size - 1.0).abs() < 0.06;
        let mut leadings: Vec<f32> = pages
            .iter()
            .flat_map(|lines| lines.windows(2))
            .filter(|pair| is_body(&pair[0]) && is_body(&pair[1]) && pair[0].column == pair[1].column)
            .map(|pair| (pair[1].baseline - pair[0].baseline) / size)
            .filter(|leading| (0.8..=MAX_LEADING).contains(leading))
            .collect();
        leadings.sort_by(f32::total_cmp);
        let mut sums: HashMap<char, (f32, f32)> = HashMap::new();
        for line in pages.iter().flatten().filter(|line| is_body(line)) {
            for (letter, ink) in &line.inked {
                let sum = sums.entry(*letter).or_default();
                *sum = (sum.0 + ink, sum.1 + 1.0);
            }
        }
        Self {
            size,
            leading: leadings.get(leadings.len() / 2).copied().unwrap_or(1.2),
            ink: sums
                .into_iter()
                .map(|(letter, (ink, count))| (letter, ink / count))
                .collect(),
        }
    }

    /// Whether the line is set bolder than the body.
    fn is_bold(&self, line: &Line) -> bool {
        let (mut own, mut usual, mut letters) = (0.0, 0.0, 0);
        for (letter, ink) in &line.inked {
            if let Some(body) = self.ink.get(letter) {
                own += ink;
                usual += body;
                letters += 1;
            }
        }
        letters >= 3 && usual > 0.0 && own > usual * BOLDER
    }
}

fn half_points(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// The paragraphs of one page.
pub(super) fn of_page(lines: &[Line], body: &Body, vocabulary: &Vocabulary) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_bold = body.is_bold(line);
        let right = right_end(lines, at);
        match paragraphs.last_mut() {
            Some(last) if at > 0 && !parts(lines, at, last, is_bold, body) => {
                vocabulary.join(&mut last.text, &line.text);
                last.is_full = line.right >= right - 2.0 * line.size;
                last.lines += 1;
                last.is_centred &= is_centred(line);
            }
            _ => paragraphs.push(Paragraph {
                kind: BlockKind::Paragraph,
                text: line.text.clone(),
                page: line.page,
                size: line.size,
                is_bold,
                is_centred: is_centred(line),
                is_full: line.right >= right - 2.0 * line.size,
                lines: 1,
                column: line.column,
            }),
        }
    }
    paragraphs
}

/// How far the lines around one reach to the right; few lines do not show it.
fn right_end(lines: &[Line], at: usize) -> f32 {
    let near = &lines[at.saturating_sub(NEAR)..(at + NEAR + 1).min(lines.len())];
    let near = || near.iter().filter(|line| line.column == lines[at].column);
    if near().count() < NEAR {
        return lines[at].column.1;
    }
    near().map(|line| line.right).fold(lines[at].right, f32::max)
}

fn is_centred(line: &Line) -> bool {
    let (left, right) = line.column;
    let (before, after) = (line.left - left, right - line.right);
    before > 0.04 * (right - left) && (before - after).abs() < 0.03 * (right - left) + 2.0
}

/// Whether a line begins a new block after the one before it.
fn parts(lines: &[Line], at: usize, last: &Paragraph, is_bold: bool, body: &Body) -> bool {
    let (before, line) = (&lines[at - 1], &lines[at]);
    let size = line.size.max(before.size);
    let step = line.baseline - before.baseline;
    let word = line.text.split(' ').next().unwrap_or_default().chars().count() as f32;
    let width = (line.right - line.left) * word / (line.text.chars().count().max(1) as f32);
    let would_fit = before.right + width + 1.2 * size < right_end(lines, at - 1);
    let is_wide = step > WIDE * body.leading * size.max(body.size * 0.8);
    if line.column != before.column
        || step <= 0.0
        || (is_wide && (would_fit || !is_double_spaced(lines, at)))
        || (line.size / before.size - 1.0).abs() > 0.08
        || line.cells > 2
        || before.cells > 2
    {
        return true;
    }
    let letters = line.inked.len().min(before.inked.len());
    if is_bold != last.is_bold
        && (letters >= 4 || last.lines > 1)
        && !(last.is_bold && begins_small(&line.text))
    {
        return true;
    }
    let ends = ends_sentence(&before.text);
    if genre::opens_clause(&line.text) {
        return true;
    }
    // Whoever has the word next begins a line, however far the one before reaches.
    if ends && genre::is_turn(&line.text) {
        return true;
    }
    let shift = (line.left - before.left) / size;
    match label(&line.text) {
        Some(Label::Bullet(_)) => return true,
        Some(_)
            if ends || shift.abs() > 0.4 || before.text.ends_with(" and") || before.text.ends_with(" or") =>
        {
            return true;
        }
        _ => {}
    }
    if begins_small(&line.text) && !ends {
        return false;
    }
    if is_centred(line) && is_centred(before) {
        return would_fit && !is_unfinished(&before.text);
    }
    let is_hanging = last.lines == 1 && label(&last.text).is_some();
    let is_indented = shift > 0.7 && !is_hanging && (ends || would_fit) && !is_centred(before);
    would_fit || is_indented
}

/// Whether the lines around have the same wide room between them.
fn is_double_spaced(lines: &[Line], at: usize) -> bool {
    let step = |at: usize| {
        let (before, line) = (lines.get(at.checked_sub(1)?)?, lines.get(at)?);
        (before.column == line.column).then_some(line.baseline - before.baseline)
    };
    let Some(own) = step(at).filter(|own| *own <= MAX_LEADING * lines[at].size) else {
        return false;
    };
    [step(at - 1), step(at + 1)]
        .into_iter()
        .flatten()
        .any(|other| (other / own - 1.0).abs() < 0.05)
}

fn begins_small(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// Whether words end as a sentence or a clause of a list does.
fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ':', ';', '”', '"', ')', '—'])
}

/// Whether a line of a title wants another one.
fn is_unfinished(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    text.ends_with(',')
        || [
            "and", "or", "of", "the", "to", "for", "on", "in", "a", "an", "by", "with",
        ]
        .contains(&last.as_str())
}

/// The paragraphs of all pages, those that run on put together, each with its kind.
pub(super) fn joined(pages: Vec<Vec<Paragraph>>, body: &Body, vocabulary: &Vocabulary) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    for paragraph in pages.into_iter().flatten() {
        match host(&all, &paragraph, body) {
            Some(at) => {
                vocabulary.join(&mut all[at].text, &paragraph.text);
                all[at].is_full = paragraph.is_full;
                all[at].column = paragraph.column;
                all[at].lines += paragraph.lines;
            }
            None => all.push(paragraph),
        }
    }
    for paragraph in &mut all {
        classify(paragraph, body);
    }
    all
}

/// The paragraph that `next` goes on with, where one was broken off at the end of a column or page. Notes at the foot
/// of the page stand between the two.
fn host(all: &[Paragraph], next: &Paragraph, body: &Body) -> Option<usize> {
    let is_note = |paragraph: &Paragraph| paragraph.size < 0.93 * next.size && next.size > 0.93 * body.size;
    let (at, last) = all
        .iter()
        .enumerate()
        .rev()
        .take(30)
        .find(|(_, last)| !is_note(last))?;
    let is_broken = last.page != next.page && last.page + 1 >= next.page || last.column != next.column;
    // Only the first block of a page or column goes on with something.
    let is_first = all
        .last()
        .is_none_or(|before| before.page != next.page || before.column != next.column);
    let is_alike = (last.size / next.size - 1.0).abs() < 0.06 && last.is_bold == next.is_bold;
    let is_heading = last.is_bold || last.size > LARGER * body.size || is_capitals(&last.text);
    if !is_broken || !is_first || !is_alike || is_heading || label(&next.text).is_some() {
        return None;
    }
    let is_parted = last.text.ends_with(['-', '\u{AD}', '\u{2010}']);
    let is_open = !last.text.ends_with(['.', '!', '?', ':', ';', '”', '"']);
    let goes_on = begins_small(&next.text) || (last.is_full && last.lines > 1 && !next.is_centred);
    ((is_parted && last.is_full) || (is_open && goes_on)).then_some(at)
}

fn classify(paragraph: &mut Paragraph, body: &Body) {
    let label = label(&paragraph.text);
    if let Some(Label::Bullet(length)) = label {
        let words = paragraph.text.split_off(length);
        if !words.is_empty() {
            paragraph.text = words;
            paragraph.kind = BlockKind::ListItem;
        }
        return;
    }
    if is_heading(paragraph, label, body) {
        paragraph.kind = BlockKind::Heading;
    } else if label == Some(Label::Item) {
        paragraph.kind = BlockKind::ListItem;
    }
}

fn is_heading(paragraph: &Paragraph, label: Option<Label>, body: &Body) -> bool {
    let text = paragraph.text.as_str();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_day = metadata::printed_words(text) == text;
    if letters < 3 || is_day || text.chars().count() > MAX_HEADING || paragraph.size < 0.93 * body.size {
        return false;
    }
    let ends = text.ends_with([',', ';']) || (text.ends_with(['.', ':']) && label.is_none());
    if ends || paragraph.lines > 4 {
        return false;
    }
    let stands_out = paragraph.size >= LARGER * body.size || paragraph.is_bold || is_capitals(text);
    stands_out
        || (paragraph.is_centred
            && paragraph.lines <= 2
            && (label == Some(Label::Section) || is_titled(text)))
}

/// Whether words are printed in capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
    capitals >= 4 && !text.chars().any(char::is_lowercase)
}

/// Whether the longer words begin with capitals, two of them at least.
fn is_titled(text: &str) -> bool {
    let long = || text.split(' ').filter(|word| word.chars().count() > 3);
    long().count() >= 2 && long().all(|word| word.chars().next().is_some_and(|first| !first.is_lowercase()))
}
