//! An Atom feed (RFC 4287). The time of the feed is that of its newest entry and stands behind the entries, where it is
//! known; the order of a feed's elements is free.

use std::io::{self, Write};

use jiff::Timestamp;

use super::Lines;
use super::citation::{dated, first_capital, heading, known_at, proof, title, titled};
use super::identity::{line_name, urn};
use super::markup::escape;
use crate::model::event::Line;
use crate::text::days;

/// Entries of a feed.
pub(super) struct Atom<W> {
    to: W,
    newest: Timestamp,
}

impl<W: Write> Atom<W> {
    pub(super) fn begin(name: &str, mut to: W) -> io::Result<Self> {
        writeln!(to, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
        writeln!(to, "<feed xmlns=\"http://www.w3.org/2005/Atom\">")?;
        writeln!(to, "<id>{}</id>", urn(&format!("feed {name}")))?;
        writeln!(to, "<title>{}</title>", escape(titled(name)))?;
        writeln!(to, "<author><name>Onrecord</name></author>")?;
        Ok(Self {
            to,
            newest: Timestamp::UNIX_EPOCH,
        })
    }
}

impl<W: Write> Lines for Atom<W> {
    fn add(&mut self, line: &Line) -> io::Result<()> {
        self.newest = self.newest.max(known_at(line));
        let when = line.when.as_ref().map_or("day unknown".into(), days::in_words);
        let summary = format!(
            "{when} ({}). {}, {}{}. {}",
            dated(line),
            title(line),
            line.source_name,
            line.published
                .map(|moment| format!(", {}", days::moment(moment)))
                .unwrap_or_default(),
            first_capital(&proof(line)),
        );
        // What happened to a page is nothing that its speakers did.
        let author = line.speaker_name().filter(|_| line.change.is_none());
        let author = author.unwrap_or(&line.source_name);
        let (to, id) = (&mut self.to, line_name(line));
        writeln!(to, "<entry>")?;
        writeln!(to, "<id>{id}</id>")?;
        writeln!(to, "<title>{}</title>", escape(&heading(line)))?;
        writeln!(
            to,
            "<updated>{}</updated>",
            known_at(line).strftime("%Y-%m-%dT%H:%M:%SZ")
        )?;
        writeln!(to, "<author><name>{}</name></author>", escape(author))?;
        writeln!(to, "<category term=\"{}\"/>", line.kind.code())?;
        writeln!(to, "<link rel=\"alternate\" href=\"{}\"/>", escape(&line.url))?;
        writeln!(to, "<summary>{}</summary>", escape(&summary))?;
        writeln!(to, "</entry>")
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        let newest = self.newest.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        writeln!(self.to, "<updated>{newest}</updated>\n</feed>")?;
        self.to.flush()
    }
}
