//! The fields of the index and how their texts are cut into terms.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Index, IndexBuilder, IndexSettings, IndexSortByField, Order, TantivyDocument};

use super::EntryKind;
use super::calendar;
use super::cursor;
use super::cut::Cutter;
use super::entry::{Entry, utc_day};
use super::facets;
use super::phrases::{FrequentPhrases, PhraseTokenizer};
use super::stored;
use super::stretches;
use super::traits::Trait;
use super::wording;
use crate::model::source::SourceKind;

/// Raised when fields, terms or stored entries change: an index of another version is made anew.
pub(super) const VERSION: u32 = 21;
/// The field that names the document of an entry.
pub(super) const DOCUMENT: &str = "document";

/// The term of `current` that the entries of the wordings seen last have.
pub(super) const CURRENT: &str = "any";
/// The term of `traits` that what the next wording of its document has as well has, beside those that are asked for.
pub(super) const REPEATED: &str = "repeated";

/// The text as it is, the engine's own.
const RAW: &str = "raw";
/// Words as printed, case and accents folded.
pub(super) const PLAIN: &str = "onrecord_plain";
/// The same, cut to English stems.
pub(super) const STEMMED: &str = "onrecord_stemmed";

/// The terms of an interval of days, with blanks between them.
const DAYS: &str = "onrecord_days";

/// The frequent phrases among the words as printed.
const PHRASES: &str = "onrecord_phrases";

/// Longer terms are no words.
pub(super) const MAX_TERM_BYTES: usize = 100;

/// The fields.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    pub(super) document: Field,
    pub(super) words: Field,
    pub(super) stems: Field,
    /// Pairs of neighbouring words of quotes, to find other printings by, and of those of offices once more: their lists are short, so
    /// that every quote of a page of hits can be held against what offices said.
    pub(super) pairs: Field,
    pub(super) official_pairs: Field,
    /// The frequent phrases of the texts whose words are in `words`.
    pub(super) phrases: Field,
    pub(super) title: Field,
    pub(super) speaker: Field,
    pub(super) speaker_id: Field,
    /// Whom they speak for: names and ids of bodies.
    pub(super) body: Field,
    pub(super) body_id: Field,
    pub(super) source: Field,
    pub(super) source_id: Field,
    pub(super) office: Field,
    pub(super) office_name: Field,
    pub(super) sort: Field,
    pub(super) genre: Field,
    pub(super) language: Field,
    pub(super) url: Field,
    pub(super) said: Field,
    pub(super) published: Field,
    pub(super) mentions: Field,
    pub(super) deadlines: Field,
    pub(super) captured: Field,
    pub(super) first_seen: Field,
    pub(super) changed: Field,
    pub(super) cue: Field,
    pub(super) stance: Field,
    /// [`CURRENT`], where the entry is of the wording seen last.
    pub(super) current: Field,
    /// The codes of what an entry has or its page ([`Trait`]), and [`REPEATED`].
    pub(super) traits: Field,
    /// Seconds since 1970 from which on, and until which, its wording was the last one held.
    pub(super) since: Field,
    pub(super) until: Field,
    /// What is counted by: speakers and sources by name and id, kinds.
    pub(super) speaker_name: Field,
    pub(super) body_name: Field,
    pub(super) source_kind: Field,
    pub(super) quote_kind: Field,
    pub(super) outlet: Field,
    /// What orders the entries of a day and tells them apart.
    pub(super) key: Field,
    pub(super) stored: Field,
}

/// The name of the field that orders the entries of a day and tells them apart.
pub(super) const KEY: &str = "key";
/// The name of the field that holds the day entries are ordered by.
pub(super) const DAY: &str = "day";
/// The name of the field by which the entries of a segment lie (`stretches.rs`).
pub(super) const PLACE: &str = "place";

/// The names of the fields that hold from when, and until when, a wording was the last one held.
pub(super) const SINCE: &str = "since";
pub(super) const UNTIL: &str = "until";
/// The second until which a wording is held that is the last one held: what lies in 32 bits takes half the room.
pub(super) const NEVER: i64 = u32::MAX as i64;

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        // How long a text is counts where its words are weighed, a byte an entry.
        let text = |tokenizer: &str, kept: IndexRecordOption, is_weighed: bool| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(tokenizer)
                    .set_index_option(kept)
                    .set_fieldnorms(is_weighed),
            )
        };
        // Where words stand is kept only of fields that are asked for phrases.
        let placed = |is_weighed| text(PLAIN, IndexRecordOption::WithFreqsAndPositions, is_weighed);
        let weighed = || text(STEMMED, IndexRecordOption::WithFreqs, true);
        let met = |tokenizer| text(tokenizer, IndexRecordOption::Basic, false);
        let code = || met(RAW);
        let days = || met(DAYS);
        schema.add_i64_field(DAY, FAST);
        schema.add_i64_field(PLACE, FAST);
        Self {
            document: schema.add_text_field(DOCUMENT, code() | FAST),
            words: schema.add_text_field("words", placed(true)),
            stems: schema.add_text_field("stems", weighed()),
            pairs: schema.add_text_field("pairs", text(RAW, IndexRecordOption::Basic, true)),
            official_pairs: schema
                .add_text_field("official_pairs", text(RAW, IndexRecordOption::Basic, true)),
            phrases: schema.add_text_field("phrases", text(PHRASES, IndexRecordOption::WithFreqs, false)),
            title: schema.add_text_field("title", weighed()),
            speaker: schema.add_text_field("speaker", met(PLAIN)),
            speaker_id: schema.add_text_field("speaker_id", code()),
            body: schema.add_text_field("body", met(PLAIN)),
            body_id: schema.add_text_field("body_id", code()),
            source: schema.add_text_field("source", met(PLAIN)),
            source_id: schema.add_text_field("source_id", code()),
            office: schema.add_text_field("office", code()),
            office_name: schema.add_text_field("office_name", met(PLAIN)),
            sort: schema.add_text_field("sort", code()),
            genre: schema.add_text_field(facets::GENRE, code() | FAST),
            language: schema.add_text_field("language", code()),
            url: schema.add_text_field("url", placed(false)),
            said: schema.add_text_field("said", days()),
            published: schema.add_text_field("published", days()),
            mentions: schema.add_text_field("mentions", days()),
            deadlines: schema.add_text_field("deadlines", days()),
            captured: schema.add_text_field("captured", days()),
            first_seen: schema.add_text_field("first_seen", days()),
            changed: schema.add_text_field("changed", days()),
            cue: schema.add_text_field("cue", met(STEMMED)),
            stance: schema.add_text_field(facets::STANCE, code() | FAST),
            current: schema.add_text_field("current", code()),
            traits: schema.add_text_field("traits", code()),
            since: schema.add_i64_field(SINCE, FAST),
            until: schema.add_i64_field(UNTIL, FAST),
            speaker_name: schema.add_text_field(facets::SPEAKER, FAST),
            body_name: schema.add_text_field(facets::BODY, FAST),
            source_kind: schema.add_text_field(facets::SOURCE_KIND, FAST),
            quote_kind: schema.add_text_field(facets::QUOTE_KIND, FAST),
            outlet: schema.add_text_field(facets::OUTLET, FAST),
            key: schema.add_i64_field(KEY, FAST),
            stored: schema.add_text_field("stored", STORED),
            schema: schema.build(),
        }
    }

    /// The day entries are ordered by.
    fn day(&self) -> Field {
        self.schema.get_field(DAY).expect("the schema has it")
    }

    /// What the entries of a segment lie by.
    fn place(&self) -> Field {
        self.schema.get_field(PLACE).expect("the schema has it")
    }

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

/// An index in which the entries of a segment lie by their kind and standing, and of each the newest first: what asks for one kind
/// reads no list beyond its entries, and what asks for the newest of many is done with the first that it meets.
pub(super) fn builder(fields: &Fields) -> IndexBuilder {
    let settings = IndexSettings {
        sort_by_field: Some(IndexSortByField {
            field: PLACE.to_owned(),
            order: Order::Desc,
        }),
        // What is kept of an entry is small: to hand it to a thread of its own costs more than to write it.
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    Index::builder().schema(fields.schema.clone()).settings(settings)
}

/// Makes the tokenizers known to an index that is written with these phrases. Who only asks names a phrase by its words.
pub(super) fn register(index: &Index, phrases: &Arc<FrequentPhrases>) {
    index.tokenizers().register(PLAIN, plain());
    index.tokenizers().register(STEMMED, stemmed());
    index.tokenizers().register(DAYS, WhitespaceTokenizer::default());
    index
        .tokenizers()
        .register(PHRASES, PhraseTokenizer::new(Arc::clone(phrases)));
}

pub(super) fn plain() -> TextAnalyzer {
    TextAnalyzer::builder(Cutter::into_words()).build()
}

pub(super) fn stemmed() -> TextAnalyzer {
    TextAnalyzer::builder(Cutter::into_stems()).build()
}

/// The terms of a text, each with its bytes in it.
pub(super) fn terms(mut analyzer: TextAnalyzer, text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut terms = Vec::new();
    let mut stream = analyzer.token_stream(text);
    while let Some(token) = stream.next() {
        terms.push((token.text.clone(), token.offset_from..token.offset_to));
    }
    terms
}

/// The first term of a text.
pub(super) fn first_term(analyzer: &mut TextAnalyzer, text: &str) -> Option<String> {
    let mut stream = analyzer.token_stream(text);
    stream.next().map(|token| token.text.clone())
}
