//! Days that a label calls the last ones: `Deadline: April 2, 2027`, `Written comments are due | February 10, 2027`.
//!
//! Lines of forms, notices and tables say it without a sentence. A label stands before the day on its line, in the cell before it,
//! in the term or heading above it, or over its column. A label counts only as a whole: "Due to snow, rescheduled date" begins as
//! one does, and "Bridge closes" ends so. In doubt nothing is a last day.

mod labels;

use jiff::civil::Date;

use crate::model::date::{DateMention, TimexKind};
use crate::model::document::{Block, BlockKind};
use crate::model::span::Span;
use crate::model::tongue::Tongue;
use labels::Labels;

/// Bytes of a label and of what may stand between it and its day.
const LABEL: usize = 180;
/// Bytes of a row whose columns are counted.
const ROW: usize = 2000;
/// The rule of "last day".
const LAST_DAY: &str = "directed_unit";
/// What parts the cells of a row, as texts are read.
const BAR: char = '|';

/// Marks the days as last ones that a label calls so. What is read as a time inside such a label ("last day") is none.
///
/// A day that is not ahead of the document's own is that of a dateline or of a list of headlines as often.
pub(super) fn set_limits(
    text: &str,
    blocks: &[Block],
    (tongue, published): (Tongue, Option<Date>),
    mentions: &mut Vec<DateMention>,
) {
    let places = Places {
        text,
        blocks,
        labels: Labels::of(tongue),
        headings: headings(blocks),
    };
    let mut inside: Vec<Span> = Vec::new();
    for at in 0..mentions.len() {
        let mention = &mentions[at];
        let when = mention.when.as_ref();
        let is_day = when.is_some_and(|when| {
            when.earliest == when.latest && published.is_none_or(|published| when.earliest > published)
        });
        if mention.is_limit || !is_day || !places.is_end(mention.span) {
            continue;
        }
        // "Deadline: 5 p.m. on April 2".
        let hour = at.checked_sub(1).map(|before| &mentions[before]);
        let hour = hour
            .filter(|hour| hour.kind == TimexKind::Time)
            .map(|hour| hour.span);
        let label = places
            .label_before(mention.span, hour)
            .filter(|_| !places.is_in_wide_row(mention.span));
        if let Some(label) = label {
            mentions[at].is_limit = true;
            inside.push(label);
        } else {
            mentions[at].is_limit = places.is_labelled_above(mention.span, hour);
        }
    }
    let is_inside = |mention: &DateMention| {
        let at = inside.partition_point(|label| label.end() < mention.span.end());
        mention.rule == LAST_DAY && inside.get(at).is_some_and(|label| label.contains(mention.span))
    };
    mentions.retain(|mention| !is_inside(mention) && !is_last_of(text, mention));
}

/// Whether a mention is "Last day" at the beginning of a line or cell that names a column, "Last day of service": none that is
/// counted from the day of the text.
fn is_last_of(text: &str, mention: &DateMention) -> bool {
    let before = text[..mention.span.start()].trim_end_matches(' ');
    mention.rule == LAST_DAY
        && (before.is_empty() || before.ends_with(['\n', BAR]))
        && mention.span.slice(text).eq_ignore_ascii_case("last day")
        && text[mention.span.end()..].starts_with(" of ")
}

/// A text, its blocks, and the words for labels.
struct Places<'t> {
    text: &'t str,
    blocks: &'t [Block],
    labels: &'static Labels,
    /// For each block that is a row the number of the first one of its table.
    headings: Vec<Option<usize>>,
}

impl Places<'_> {
    /// The label on the line of a day, or in the cell before it, that calls it the last one.
    fn label_before(&self, day: Span, hour: Option<Span>) -> Option<Span> {
        let low = self.text.floor_char_boundary(day.start().saturating_sub(LABEL));
        let line = self.text[low..day.start()]
            .rfind('\n')
            .map_or(low, |at| low + at + 1);
        let end = self.begin_of(line, day, hour);
        let before = self.text[line..end].trim_end();
        let label = before.strip_suffix([':', BAR])?.trim_end_matches([':', ' ']);
        let start = label
            .rfind([BAR, ':', '.', '?', '!', ';', '•', '–', '—'])
            .map_or(0, |at| at + label[at..].chars().next().map_or(1, char::len_utf8));
        // What is cut off before a label may be the half of one.
        let is_cut = start == 0 && line == low && low > 0;
        (!is_cut && self.labels.are_last(&label[start..]))
            .then(|| Span::of(self.text, line + start..line + label.len()))
            .flatten()
    }

    /// Whether nothing but its hour stands behind a day till its line, cell or sentence ends.
    fn is_end(&self, day: Span) -> bool {
        let high = self
            .text
            .ceil_char_boundary((day.end() + LABEL).min(self.text.len()));
        let behind = &self.text[day.end()..high];
        let end = behind.find(['\n', BAR, '(', ')', ';']).unwrap_or(behind.len());
        let sentence = behind[..end]
            .split_once(". ")
            .map_or(&behind[..end], |(own, _)| own);
        self.labels.end_day(sentence)
    }

    /// Whether a day stands in a row of three cells and more below headings: those say what it is the day of.
    fn is_in_wide_row(&self, day: Span) -> bool {
        let at = self
            .blocks
            .partition_point(|block| block.span.end() <= day.start());
        let heading = self.headings.get(at).copied().flatten();
        heading.is_some_and(|heading| {
            heading < at && self.blocks[at].span.slice(self.text).matches(BAR).take(2).count() > 1
        })
    }

    /// Where what tells the day begins, from `low` on: its hour, or words such as "on" and "no later than", may stand before it.
    fn begin_of(&self, low: usize, day: Span, hour: Option<Span>) -> usize {
        let without_glue = |end: usize| {
            let mut before = self.text[low..end].trim_end_matches([' ', ',', '(']);
            while let Some(rest) = self.labels.without_glue(before) {
                before = rest.trim_end_matches([' ', ',', '(']);
            }
            low + before.len()
        };
        let end = without_glue(day.start());
        match hour.filter(|hour| hour.start() >= low && hour.end() == end) {
            Some(hour) => without_glue(hour.start()),
            None => end,
        }
    }

    /// Whether a day begins what stands under a term, a heading or a column's heading that says so.
    fn is_labelled_above(&self, day: Span, hour: Option<Span>) -> bool {
        let at = self
            .blocks
            .partition_point(|block| block.span.end() <= day.start());
        let Some(block) = self.blocks.get(at).filter(|block| block.span.contains(day)) else {
            return false;
        };
        if let Some(heading) = self.headings[at] {
            return heading < at && self.is_in_labelled_column(block, &self.blocks[heading], (day, hour));
        }
        let above = at.checked_sub(1).map(|above| &self.blocks[above]);
        let is_label = |above: &Block| {
            let is_over = above.kind == BlockKind::Heading || is_term_of(above, block);
            is_over && self.labels.are_last(above.span.slice(self.text))
        };
        above.is_some_and(is_label) && self.begin_of(block.span.start(), day, hour) == block.span.start()
    }

    /// Whether a day is what a cell begins with whose column is headed by a label. In a row of another width than the headings
    /// nobody knows whose column a cell is of.
    fn is_in_labelled_column(&self, row: &Block, heading: &Block, (day, hour): (Span, Option<Span>)) -> bool {
        if row.span.len().max(heading.span.len()) > ROW {
            return false;
        }
        let before = &self.text[row.span.start()..day.start()];
        let cell = row.span.start() + before.rfind(BAR).map_or(0, |at| at + 1);
        let is_first = self.text[cell..self.begin_of(cell, day, hour)].trim().is_empty();
        let width = |block: &Block| block.span.slice(self.text).matches(BAR).count();
        let column = before.matches(BAR).count();
        let label = heading.span.slice(self.text).split(BAR).nth(column);
        is_first
            && width(row) == width(heading)
            && label.is_some_and(|label| {
                // The end of a term of office is nobody's last day for something.
                !label.trim().to_lowercase().starts_with("expir") && self.labels.are_last(label)
            })
    }
}

/// Whether a block is the term that another one is the description of.
fn is_term_of(term: &Block, description: &Block) -> bool {
    let list = |path: &'_ str, step: &str| path.rfind(step).map(|at| path[..at].to_owned());
    let term = list(&term.path, "/dt[");
    term.is_some() && term == list(&description.path, "/dd[")
}

/// For each block that is a row the number of the first one of its table.
fn headings(blocks: &[Block]) -> Vec<Option<usize>> {
    let mut first: Option<(usize, &str)> = None;
    let mut headings = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        first = match (table_of(&block.path), first) {
            (Some(table), Some((row, known))) if known == table => Some((row, known)),
            (Some(table), _) => Some((at, table)),
            (None, _) => None,
        };
        headings.push(first.map(|(row, _)| row));
    }
    headings
}

/// The path of the table that an element which is a row stands in.
fn table_of(path: &str) -> Option<&str> {
    let (_, step) = path.rsplit_once('/')?;
    let begin = path.rfind("/table[").filter(|_| step.starts_with("tr["))?;
    let end = path[begin..].find(']')?;
    Some(&path[..begin + end])
}
