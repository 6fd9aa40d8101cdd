//! A page that holds all it needs: no script, no style from elsewhere, nothing of a page as markup.

use std::io::{self, Write};

use super::Lines;
use super::by_day::{ByDay, Section};
use super::citation::{
    change, dated, inside_marks, is_verbatim, linked, printed_words, proof, said_words, titled,
};
use super::markup::escape;
use crate::model::event::{Line, LineKind};
use crate::text::days;

const STYLE: &str = include_str!("page.css");

/// Items under the headings of their days.
pub(super) struct Html<W> {
    to: W,
    days: ByDay,
}

impl<W: Write> Html<W> {
    pub(super) fn begin(name: &str, mut to: W) -> io::Result<Self> {
        let name = escape(titled(name));
        writeln!(
            to,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
        )?;
        writeln!(
            to,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        )?;
        writeln!(
            to,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        )?;
        writeln!(
            to,
            "<title>{name} – Onrecord</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"
        )?;
        writeln!(to, "<main>\n<h1>{name}</h1>")?;
        Ok(Self {
            to,
            days: ByDay::default(),
        })
    }

    fn write(&mut self, sections: Vec<Section>) -> io::Result<()> {
        for Section { heading, id, items } in sections {
            let id = id.map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
            writeln!(self.to, "<h2{id}>{}</h2>\n<ul>", escape(&heading))?;
            for item in items {
                writeln!(self.to, "{item}")?;
            }
            writeln!(self.to, "</ul>")?;
        }
        Ok(())
    }
}

impl<W: Write> Lines for Html<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        let sections = self.days.add(line.when.as_ref(), item(line));
        self.write(sections)
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        let sections = self.days.end();
        self.write(sections)?;
        writeln!(self.to, "</main>\n</body>\n</html>")?;
        self.to.flush()
    }
}

fn item(line: &Line) -> String {
    // The element sets the marks around what was said word for word.
    let (element, text) = match line.kind {
        LineKind::Said if is_verbatim(line) => ("q", inside_marks(said_words(line))),
        LineKind::Said => ("span", printed_words(line, said_words(line))),
        _ => ("span", change(line).unwrap_or_else(|| line.text.clone())),
    };
    // A change names those whose words it touched itself.
    let speaker = line.speaker_name().filter(|_| line.change.is_none());
    let speaker = speaker
        .map(|speaker| format!("<b>{}</b> ", escape(speaker)))
        .unwrap_or_default();
    format!(
        "<li id=\"{}\">{speaker}<{element} dir=\"auto\">{}</{element}><br><small><a href=\"{}\" \
             rel=\"noreferrer\">{}</a>{} · {} · {}</small></li>",
        escape(&line.uid),
        escape(&text),
        escape(&line.url),
        escape(&linked(line)),
        line.published
            .map(|moment| format!(", {}", days::moment(moment)))
            .unwrap_or_default(),
        escape(&dated(line)),
        escape(&proof(line)),
    )
}
