//! The fields of the index and how their texts are cut into terms. What goes into them tells `written`.

use std::sync::Arc;

use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::WhitespaceTokenizer;
use tantivy::{Index, IndexBuilder, IndexSettings, IndexSortByField, Order};

use super::names::{self, DAY, DOCUMENT, KEY, PLACE, SINCE, UNTIL};
use super::phrases::{FrequentPhrases, PhraseTokenizer};
use super::terms::{plain, stemmed};

/// Raised when fields, terms or stored entries change: an index of another version is made anew.
pub(super) const VERSION: u32 = 21;
/// The text as it is, the engine's own.
const RAW: &str = "raw";
/// Words as printed, case and accents folded.
const PLAIN: &str = "onrecord_plain";
/// The same, cut to English stems.
const STEMMED: &str = "onrecord_stemmed";

/// The terms of an interval of days, with blanks between them.
const DAYS: &str = "onrecord_days";

/// The frequent phrases among the words as printed.
const PHRASES: &str = "onrecord_phrases";

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
    /// [`names::CURRENT`], where the entry is of the wording seen last.
    pub(super) current: Field,
    /// The codes of what an entry has or its page (`traits`), and [`names::REPEATED`].
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
            genre: schema.add_text_field(names::GENRE, code() | FAST),
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
            stance: schema.add_text_field(names::STANCE, code() | FAST),
            current: schema.add_text_field("current", code()),
            traits: schema.add_text_field("traits", code()),
            since: schema.add_i64_field(SINCE, FAST),
            until: schema.add_i64_field(UNTIL, FAST),
            speaker_name: schema.add_text_field(names::SPEAKER_NAME, FAST),
            body_name: schema.add_text_field(names::BODY_NAME, FAST),
            source_kind: schema.add_text_field(names::SOURCE_KIND, FAST),
            quote_kind: schema.add_text_field(names::QUOTE_KIND, FAST),
            outlet: schema.add_text_field(names::OUTLET, FAST),
            key: schema.add_i64_field(KEY, FAST),
            stored: schema.add_text_field("stored", STORED),
            schema: schema.build(),
        }
    }

    /// The day entries are ordered by.
    pub(super) fn day(&self) -> Field {
        self.schema.get_field(DAY).expect("the schema has it")
    }

    /// What the entries of a segment lie by.
    pub(super) fn place(&self) -> Field {
        self.schema.get_field(PLACE).expect("the schema has it")
    }
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
