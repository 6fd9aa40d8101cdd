//! Markdown (CommonMark): a heading a day, a list item a line.

use std::io::{self, Write};

use super::Lines;
use super::by_day::{ByDay, Section};
use super::citation::{change, dated, linked, printed_words, proof, said_words, titled};
use crate::model::event::{Line, LineKind};
use crate::text::days;

/// Items under the headings of their days.
pub(super) struct Markdown<W> {
    to: W,
    days: ByDay,
}

impl<W: Write> Markdown<W> {
    pub(super) fn begin(name: &str, mut to: W) -> io::Result<Self> {
        writeln!(to, "# {}", escape(titled(name)))?;
        Ok(Self {
            to,
            days: ByDay::default(),
        })
    }

    fn write(&mut self, sections: Vec<Section>) -> io::Result<()> {
        for section in sections {
            // Whoever renders it makes ids of the headings.
            write!(self.to, "\n## {}\n\n", escape(&section.heading))?;
            for item in section.items {
                writeln!(self.to, "{item}")?;
            }
        }
        Ok(())
    }
}

impl<W: Write> Lines for Markdown<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        let sections = self.days.add(line.when.as_ref(), item(line));
        self.write(sections)
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        let sections = self.days.end();
        self.write(sections)?;
        self.to.flush()
    }
}

fn item(line: &Line) -> String {
    let text = match line.kind {
        LineKind::Said => escape(&printed_words(line, said_words(line))),
        _ => escape(&change(line).unwrap_or_else(|| line.text.clone())),
    };
    // A change names those whose words it touched itself.
    let speaker = line.speaker_name().filter(|_| line.change.is_none());
    let speaker = speaker
        .map(|speaker| format!("**{}**: ", escape(speaker)))
        .unwrap_or_default();
    format!(
        "- {speaker}{text}  \n  [{}](<{}>){}; {}; {}",
        escape(&linked(line)),
        line.url.replace(['<', '>', '\n'], ""),
        line.published
            .map(|moment| format!(", {}", days::moment(moment)))
            .unwrap_or_default(),
        escape(&dated(line)),
        escape(&proof(line)),
    )
}

/// Marks that mean something to Markdown anywhere, and those that do at the beginning of a line only.
const MARKS: [char; 12] = ['\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '|', '~'];
const MARKS_IN_FRONT: [char; 3] = ['#', '+', '-'];

/// Text in which nothing means something to Markdown, on one line. Who pastes it as it is sees every backslash, so there are
/// no more than must be.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        let is_mark = MARKS.contains(&character) || character == '&';
        if is_mark || escaped.is_empty() && MARKS_IN_FRONT.contains(&character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
