//! Onrecord itself, through the whole library call: the query as it is typed, read, asked, and its hits with their marks.

use std::path::PathBuf;

use jiff::civil::Date;
use onrecord::index::{
    CountedBy, Entry, EntryKind, EntrySaid, EntrySpeaker, Facets, FrequentPhrases, IndexWriter, Order, Query,
    Searcher, Wanted,
};
use onrecord::model::date::When;
use onrecord::model::document::Genre;
use onrecord::model::id::{CaptureId, DocumentId, QuoteId, RevisionId, SourceId, SpeakerId};
use onrecord::model::quote::{QuoteKind, Stance};
use onrecord::model::source::SourceKind;

use super::Engine;
use super::corpus::{Corpus, Document, QUOTES, Quote};
use super::questions::{Answer, BEST, Kind, NEWEST, Question};

/// Documents of a commit.
const COMMITTED: u64 = 10_000;
/// Documents whose texts tell which phrases are frequent.
const SAMPLED: u64 = 2_000;

pub(crate) struct Ours {
    folder: PathBuf,
    writer: Option<IndexWriter>,
    searcher: Option<Searcher>,
    added: u64,
}

impl Ours {
    /// Begins an index with lists of the phrases that are frequent in a sample, as the pipeline does.
    pub(crate) fn new(folder: PathBuf, corpus: &Corpus) -> Self {
        let sampled = SAMPLED.min(corpus.documents);
        let texts: Vec<String> = (0..sampled)
            .filter_map(|number| corpus.document(number * corpus.documents / sampled).pop())
            .map(|document| document.text)
            .collect();
        let begun = super::clock::own_ns();
        let phrases = FrequentPhrases::of_sample(texts.iter().map(String::as_str));
        println!(
            "frequent phrases found in {:.1} CPU s",
            (super::clock::own_ns() - begun) as f64 / 1e9
        );
        let writer = IndexWriter::anew(&folder, 33_554_432, phrases, corpus.documents).expect("a writer");
        Self {
            folder,
            writer: Some(writer),
            searcher: None,
            added: 0,
        }
    }

    /// The folder of the generation that is searched.
    pub(crate) fn generation(&self) -> PathBuf {
        let name = std::fs::read_to_string(self.folder.join("CURRENT")).expect("a current generation");
        self.folder.join(name)
    }

    fn searcher(&self) -> &Searcher {
        self.searcher.as_ref().expect("all was added")
    }

    fn hits(
        &self,
        text: &str,
        kind: EntryKind,
        order: Order,
        limit: usize,
        is_counted: bool,
    ) -> (Option<u64>, Vec<Entry>) {
        let query = Query::parse(text, today()).expect("a query");
        let wanted = Wanted {
            kinds: vec![kind],
            order,
            offset: 0,
            limit,
            after: None,
            is_counted,
        };
        let found = self.searcher().search(&query, &wanted).expect("an answer");
        let total = found.total.map(|total| total as u64);
        (total, found.hits.into_iter().map(|hit| hit.entry).collect())
    }

    fn counted(&self, text: &str, kind: EntryKind, by: CountedBy) -> Facets {
        let query = Query::parse(text, today()).expect("a query");
        self.searcher().facets(&query, &[kind], &[by]).expect("counts")
    }

    /// The closest by BM25 over the words, without pairs and without comparing.
    pub(crate) fn by_words(&self, question: &Question) -> Answer {
        let (_, hits) = self.hits(
            &question.words.join(" OR "),
            EntryKind::Quote,
            Order::Relevance,
            1,
            false,
        );
        Answer::Closest(hits.first().map(number))
    }
}

fn today() -> Date {
    jiff::civil::date(2026, 1, 1)
}

/// The query as it is typed.
fn typed(question: &Question) -> String {
    let words = &question.words;
    let (first, last) = question.days;
    match question.kind {
        Kind::Word | Kind::Speakers | Kind::Months => words[0].clone(),
        Kind::And => words.join(" "),
        Kind::Phrase => format!("\"{}\"", words.join(" ")),
        Kind::PhraseNewest => format!("\"{}\" published:{first}..{last}", words.join(" ")),
        Kind::OfSpeaker => format!(
            "speaker:speaker-{} {} said:{first}..{last}",
            question.speaker, words[0]
        ),
        Kind::AsOf => format!("{} asof:{first}", words[0]),
        Kind::Altered => format!("like:\"{}\"", words.join(" ")),
        Kind::Mentioned => format!("{} mentions:{first}..{last}", words[0]),
    }
}

/// The number of a quote, which its id ends in.
fn number(entry: &Entry) -> u64 {
    let number = entry
        .printed_speaker
        .as_deref()
        .and_then(|said| said.parse().ok());
    number.expect("a quote of the corpus")
}

impl Engine for Ours {
    fn name(&self) -> &'static str {
        "onrecord"
    }

    fn add(&mut self, corpus: &Corpus, wordings: &[Document]) {
        let writer = self.writer.as_mut().expect("it is still written");
        writer.add(&entries(corpus, wordings)).expect("added");
        self.added += 1;
        if self.added.is_multiple_of(COMMITTED) {
            writer.commit(self.added as i64).expect("committed");
        }
    }

    fn finish(&mut self) {
        let mut writer = self.writer.take().expect("it is still written");
        writer.commit(self.added as i64).expect("committed");
        writer.close().expect("closed");
        self.searcher = Some(Searcher::open(&self.folder).expect("an index"));
    }

    fn bytes(&mut self) -> u64 {
        super::bytes_below(&self.folder)
    }

    fn cpu_ns(&mut self) -> u64 {
        super::clock::own_ns()
    }

    fn ask(&mut self, question: &Question) -> Answer {
        let text = typed(question);
        let kind = match question.kind.is_of_documents() {
            true => EntryKind::Document,
            false => EntryKind::Quote,
        };
        let (order, limit) = match question.kind {
            Kind::Speakers => {
                let facets = self.counted(&text, kind, CountedBy::Speaker).facets;
                let values = facets.into_iter().flat_map(|facet| facet.values);
                return Answer::Counts(values.map(|value| (value.name, value.count)).collect());
            }
            Kind::Months => return Answer::Counts(self.counted(&text, kind, CountedBy::Month).months),
            Kind::Altered => {
                let (_, hits) = self.hits(&text, kind, Order::Relevance, 1, false);
                return Answer::Closest(hits.first().map(number));
            }
            Kind::PhraseNewest | Kind::OfSpeaker | Kind::Mentioned => (Order::Newest, NEWEST),
            Kind::Word | Kind::And | Kind::Phrase | Kind::AsOf => (Order::Relevance, BEST),
        };
        let (total, hits) = self.hits(&text, kind, order, limit, question.kind.is_counted());
        let hits = hits.into_iter();
        Answer::Hits(total, hits.map(|entry| (entry.day(), entry.id)).collect())
    }
}

/// The ids of a document's wording, the same in every engine.
pub(crate) struct Ids {
    pub(crate) document: DocumentId,
    pub(crate) revision: RevisionId,
    pub(crate) capture: CaptureId,
}

impl Ids {
    pub(crate) fn of(document: &Document) -> Self {
        let id = DocumentId::derive(&document.url());
        let capture = CaptureId::new(format!(
            "01890000-0000-7000-8000-{:012x}",
            document.number * 2 + document.wording
        ));
        Self {
            revision: RevisionId::derive(&id, &capture),
            document: id,
            capture,
        }
    }

    pub(crate) fn quote(&self, quote: &Quote) -> String {
        let occurrence = (quote.number % QUOTES) as usize;
        QuoteId::derive(&self.revision, &quote.words, occurrence)
            .as_str()
            .to_owned()
    }
}

/// What the pipeline would index of a document.
fn entries(corpus: &Corpus, wordings: &[Document]) -> Vec<Entry> {
    wordings
        .iter()
        .flat_map(|document| {
            let bare = bare(document);
            let ids = Ids::of(document);
            let quotes: Vec<Entry> = document
                .quotes
                .iter()
                .map(|quote| Entry {
                    kind: EntryKind::Quote,
                    id: ids.quote(quote),
                    text: quote.words.clone(),
                    around: quote.around.clone(),
                    speakers: vec![speaker(corpus, quote.speaker)],
                    printed_speaker: Some(quote.number.to_string()),
                    cue: Some("said".into()),
                    stance: Some(Stance::Said),
                    quote: Some((QuoteKind::Direct, 0.9)),
                    said: Some(EntrySaid {
                        when: When::day(quote.said),
                        rule: "weekday".into(),
                    }),
                    ..bare.clone()
                })
                .collect();
            let mut whole = bare;
            whole.text.clone_from(&document.text);
            whole.mentions = document.mentions.map(When::day).to_vec();
            whole.speakers = document
                .quotes
                .iter()
                .map(|quote| speaker(corpus, quote.speaker))
                .collect();
            quotes.into_iter().chain([whole])
        })
        .collect()
}

fn speaker(corpus: &Corpus, speaker: usize) -> EntrySpeaker {
    EntrySpeaker {
        id: SpeakerId::new(format!("speaker-{speaker}")),
        name: corpus.speaker(speaker).to_owned(),
        aliases: Vec::new(),
    }
}

fn bare(document: &Document) -> Entry {
    let ids = Ids::of(document);
    let (source, source_name) = document.source();
    Entry {
        kind: EntryKind::Document,
        id: ids.document.as_str().to_owned(),
        document: ids.document,
        revision: ids.revision,
        capture: ids.capture,
        captured_at: document.since,
        first_seen_at: document.first_seen,
        held: (document.since, document.until),
        is_change: document.wording > 0,
        is_repeated: false,
        by_hand: Vec::new(),
        is_altered: false,
        is_removed: false,
        is_added: false,
        is_absent: false,
        is_replaced: false,
        has_correction: false,
        source: SourceId::new(source),
        source_name,
        source_kind: SourceKind::News,
        office: None,
        office_names: Vec::new(),
        url: document.url(),
        title: Some(document.title.clone()),
        genre: Genre::Report,
        authors: Vec::new(),
        language: Some("en".into()),
        published: None,
        published_on: Some(document.published),
        minute: None,
        begins_at: 0,
        same_before: 0,
        text: String::new(),
        around: String::new(),
        speakers: Vec::new(),
        bodies: Vec::new(),
        printed_speaker: None,
        cue: None,
        stance: None,
        quote: None,
        said: None,
        date: None,
        mentions: Vec::new(),
        deadlines: Vec::new(),
    }
}
