//! BibTeX, one entry a line: `@misc`, which every style knows, with an `url` and the day in fields of its own.

use std::io::{self, Write};

use super::Lines;
use super::authors::{Author, authors};
use super::citation::{note, published, title};
use crate::model::event::Line;

/// Entries with an empty line between.
pub(super) struct Bibtex<W> {
    to: W,
}

impl<W: Write> Bibtex<W> {
    pub(super) fn begin(to: W) -> Self {
        Self { to }
    }
}

impl<W: Write> Lines for Bibtex<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        let to = &mut self.to;
        writeln!(to, "@misc{{{},", line.uid)?;
        // In a second pair of braces a name is taken whole and a headline keeps its capitals.
        match line.authors.is_empty() {
            true => writeln!(to, "  author = {{{{{}}}}},", escape(&line.source_name))?,
            false => {
                let authors: Vec<String> = authors(line).iter().map(name).collect();
                writeln!(to, "  author = {{{}}},", authors.join(" and "))?;
                writeln!(to, "  organization = {{{{{}}}}},", escape(&line.source_name))?;
            }
        }
        writeln!(to, "  title = {{{{{}}}}},", escape(title(line)))?;
        if let Some(day) = published(line) {
            writeln!(to, "  year = {{{}}},", day.year())?;
            writeln!(to, "  month = {},", day.strftime("%b").to_string().to_lowercase())?;
            writeln!(to, "  date = {{{day}}},")?;
        }
        writeln!(to, "  url = {{{}}},", address(&line.url))?;
        writeln!(to, "  urldate = {{{}}},", line.captured_at.strftime("%Y-%m-%d"))?;
        if let Some(language) = &line.language {
            writeln!(to, "  language = {{{}}},", escape(language))?;
        }
        writeln!(to, "  note = {{{}}},", escape(&note(line)))?;
        writeln!(to, "}}\n")
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.to.flush()
    }
}

/// Family name first, what stands behind the name between; a name that is taken whole in braces of its own.
fn name(author: &Author<'_>) -> String {
    match author {
        Author::Whole(name) => format!("{{{}}}", escape(name)),
        Author::Person {
            given,
            family,
            suffix,
        } => {
            let suffix = suffix.map_or_else(String::new, |suffix| format!("{}, ", escape(suffix)));
            format!("{}, {suffix}{}", escape(family), escape(given))
        }
    }
}

/// Text in which nothing means something to TeX.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            // BibTeX counts braces to find the end of a field, those behind a backslash as well.
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', character]),
            other if other.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

/// An address is taken as it is, but for what would end the field.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
