//! An entry as the engine takes it: what of it goes into which field.

use std::collections::BTreeSet;

use jiff::civil::Date;
use tantivy::TantivyDocument;

use super::EntryKind;
use super::calendar;
use super::cursor;
use super::entry::{Entry, utc_day};
use super::facets;
use super::names::{CURRENT, NEVER, REPEATED};
use super::schema::Fields;
use super::stored;
use super::stretches;
use super::traits::Trait;
use super::wording;
use crate::model::source::SourceKind;

impl Fields {
    /// An entry as the engine takes it, in an index that has lists of phrases or has none.
    pub(super) fn document(&self, entry: &Entry, has_phrases: bool) -> TantivyDocument {
        // It grows by doubling, and has more than a dozen values.
        let mut document = TantivyDocument::with_capacity(entry.bytes());
        document.add_text(self.document, entry.document.as_str());
        self.add_texts(&mut document, entry, has_phrases);
        self.add_names(&mut document, entry);
        self.add_days(&mut document, entry);
        self.add_standing(&mut document, entry);
        document.add_text(self.stored, stored::written(entry));
        document
    }

    fn add_texts(&self, document: &mut TantivyDocument, entry: &Entry, has_phrases: bool) {
        use EntryKind::{Date, Document, Quote};
        let title = entry.title.as_deref().unwrap_or_default();
        let texts: &[&str] = match entry.kind {
            Quote => &[&entry.text],
            Document => &[title, &entry.text],
            Date => &[&entry.around],
        };
        for text in texts {
            document.add_text(self.words, text);
            document.add_text(self.stems, text);
            if has_phrases {
                document.add_text(self.phrases, text);
            }
        }
        if entry.kind == Document {
            document.add_text(self.title, title);
        }
        if entry.kind == Quote {
            for pair in wording::pairs(&entry.text) {
                if entry.source_kind == SourceKind::Official {
                    document.add_text(self.official_pairs, &pair);
                }
                document.add_text(self.pairs, pair);
            }
        }
        document.add_text(self.url, &entry.url);
        if let Some(cue) = &entry.cue {
            document.add_text(self.cue, cue);
        }
        if let Some(stance) = entry.stance {
            document.add_text(self.stance, stance.code());
        }
    }

    fn add_standing(&self, document: &mut TantivyDocument, entry: &Entry) {
        if entry.is_current() {
            document.add_text(self.current, CURRENT);
        }
        let traits = Trait::ALL.into_iter().filter(|it| it.is_of(entry));
        let repeated = entry.is_repeated.then_some(REPEATED);
        for code in traits.map(Trait::code).chain(repeated) {
            document.add_text(self.traits, code);
        }
        let (since, until) = entry.held;
        document.add_i64(self.since, since.as_second().min(NEVER - 1));
        document.add_i64(
            self.until,
            until.map_or(NEVER, |until| until.as_second().min(NEVER)),
        );
    }

    fn add_names(&self, document: &mut TantivyDocument, entry: &Entry) {
        for speaker in &entry.speakers {
            document.add_text(self.speaker_id, speaker.id.as_str().to_lowercase());
            for name in std::iter::once(&speaker.name).chain(&speaker.aliases) {
                document.add_text(self.speaker, name);
            }
        }
        for body in &entry.bodies {
            document.add_text(self.body_id, body.id.as_str().to_lowercase());
            for name in std::iter::once(&body.name).chain(&body.aliases) {
                document.add_text(self.body, name);
            }
        }
        // Only quotes are counted by speaker: whom a document quotes is no count of what was said.
        if entry.kind == EntryKind::Quote {
            for (column, named) in [
                (self.speaker_name, &entry.speakers),
                (self.body_name, &entry.bodies),
            ] {
                for one in named {
                    document.add_text(
                        column,
                        facets::with_id(&one.name, &one.id.as_str().to_lowercase()),
                    );
                }
            }
        }
        let source = entry.source.as_str().to_lowercase();
        document.add_text(self.outlet, facets::with_id(&entry.source_name, &source));
        document.add_text(self.source_id, source);
        document.add_text(self.source, &entry.source_name);
        if let Some(office) = &entry.office {
            document.add_text(self.office, office.to_lowercase());
            for name in std::iter::once(office).chain(&entry.office_names) {
                document.add_text(self.office_name, name);
            }
        }
        document.add_text(self.sort, entry.source_kind.code());
        document.add_text(self.source_kind, entry.source_kind.code());
        if let Some((kind, _)) = entry.quote {
            document.add_text(self.sort, kind.code());
            document.add_text(self.quote_kind, kind.code());
        }
        document.add_text(self.genre, entry.genre.code());
        if let Some(language) = &entry.language {
            let language = language.to_lowercase();
            let primary = language.split(['-', '_']).next().unwrap_or_default();
            document.add_text(self.language, primary);
            if primary != language {
                document.add_text(self.language, &language);
            }
        }
    }

    fn add_days(&self, document: &mut TantivyDocument, entry: &Entry) {
        let mut add = |field, earliest, latest| {
            calendar::with_terms(earliest, latest, |terms| document.add_text(field, terms));
        };
        if let Some(said) = &entry.said {
            add(self.said, said.when.earliest, said.when.latest);
        }
        if let Some(day) = entry.published_on {
            add(self.published, day, day);
        }
        let captured = entry.captured_on();
        add(self.captured, captured, captured);
        let first_seen = utc_day(entry.first_seen_at);
        add(self.first_seen, first_seen, first_seen);
        if entry.is_change {
            add(self.changed, captured, captured);
        }
        // A text names some days again and again.
        for (field, spoken_of) in [
            (self.mentions, &entry.mentions),
            (self.deadlines, &entry.deadlines),
        ] {
            let intervals: BTreeSet<(Date, Date)> = spoken_of
                .iter()
                .map(|when| (when.earliest, when.latest))
                .collect();
            for (earliest, latest) in intervals {
                add(field, earliest, latest);
            }
        }
        document.add_i64(self.key, cursor::key(entry));
        let day = i64::from(number(entry.day()));
        document.add_i64(self.day(), day);
        document.add_i64(self.place(), stretches::place(entry, day));
    }
}

/// Days since 1970-01-01.
fn number(day: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(day).map_or(0, |span| span.get_days())
}
