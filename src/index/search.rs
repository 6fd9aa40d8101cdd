//! Asking the index.

use std::ops::Range;
use std::path::{Path, PathBuf};

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, TantivyDocument};

use super::facets::{self, Facets};
use super::highlight::{Highlighter, snippet};
use super::query::Query;
use super::schema::{self, DAY, Fields};
use super::topics::Topics;
use super::writer::{engine, existing};
use super::{Entry, EntryKind, IndexError, plan, stored};

/// Bytes of a document's text shown with a hit.
const SNIPPET_BYTES: usize = 320;

/// Answers queries from the last commit there was when it was opened or reloaded.
#[derive(Clone)]
pub struct Searcher {
    pub(super) path: PathBuf,
    pub(super) fields: Fields,
    pub(super) reader: IndexReader,
    pub(super) topics: Topics,
}

/// Which hits are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The kinds of entries.
    pub kinds: Vec<EntryKind>,
    /// Their order.
    pub order: Order,
    /// How many are passed over.
    pub offset: usize,
    /// How many are given at most.
    pub limit: usize,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best first (BM25); among equals the newest.
    #[default]
    Relevance,
    /// Newest day first.
    Newest,
    /// Oldest day first.
    Oldest,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How many entries match in all.
    pub total: usize,
    /// Those that were wanted.
    pub hits: Vec<Hit>,
}

/// An entry that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The entry.
    pub entry: Entry,
    /// What to show of it: the words of a quote, a piece of a document, the block around a date.
    pub shown: String,
    /// The bytes of `shown` that the query asks for.
    pub marks: Vec<Range<usize>>,
}

impl Searcher {
    /// Opens the index at `path`.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let (index, _) = existing(path, &fields).ok_or_else(|| IndexError::Outdated { path: path.into() })?;
        schema::register(&index);
        // Reloaded by hand: a watcher of files would be one more thing to fail.
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|source| engine(path, source))?;
        Ok(Self {
            path: path.into(),
            fields,
            reader,
            topics: Topics::default(),
        })
    }

    /// The same with topics, each a name in lower case and its query: what is on none of them is then found
    /// only by a query that says `topic:all`.
    pub fn with_topics(self, topics: Vec<(String, Query)>) -> Self {
        Self {
            topics: Topics::new(topics),
            ..self
        }
    }

    /// Takes the last commit over.
    pub fn reload(&self) -> Result<(), IndexError> {
        self.reader.reload().map_err(|source| engine(&self.path, source))
    }

    /// Answers a query.
    pub fn search(&self, query: &Query, wanted: &Wanted) -> Result<Found, IndexError> {
        let searcher = self.reader.searcher();
        let failed = |source| engine(&self.path, source);
        let members = self.topics.members(&self.fields, &searcher).map_err(failed)?;
        let asked = plan::plan(&self.fields, &query.expr, &wanted.kinds, &members);
        // The engine makes room for as many as are asked for before it looks how many there are.
        let held = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let (limit, offset) = (wanted.limit.min(held), wanted.offset.min(held));
        if limit == 0 {
            let total = searcher.search(&asked, &Count).map_err(failed)?;
            return Ok(Found {
                total,
                hits: Vec::new(),
            });
        }
        let top = TopDocs::with_limit(limit).and_offset(offset);
        let by_day = || SortByStaticFastValue::<i64>::for_field(DAY);
        let (total, addresses): (usize, Vec<DocAddress>) = match wanted.order {
            Order::Relevance => {
                let best = top.order_by((SortBySimilarityScore, by_day()));
                let (total, hits) = searcher.search(&asked, &(Count, best)).map_err(failed)?;
                (total, hits.into_iter().map(|(_, address)| address).collect())
            }
            Order::Newest | Order::Oldest => {
                let order = match wanted.order {
                    Order::Oldest => tantivy::Order::Asc,
                    _ => tantivy::Order::Desc,
                };
                let first = top.order_by((by_day(), order));
                let (total, hits) = searcher.search(&asked, &(Count, first)).map_err(failed)?;
                (total, hits.into_iter().map(|(_, address)| address).collect())
            }
        };
        let highlighter = Highlighter::of(&query.expr);
        let hits = addresses
            .into_iter()
            .map(|address| self.hit(&searcher, address, &highlighter));
        Ok(Found {
            total,
            hits: hits.collect::<Result<_, _>>()?,
        })
    }

    /// Counts everything that a query finds, by speaker, outlet, kind, genre and month.
    pub fn facets(&self, query: &Query, kinds: &[EntryKind]) -> Result<Facets, IndexError> {
        let searcher = self.reader.searcher();
        let failed = |source| engine(&self.path, source);
        let members = self.topics.members(&self.fields, &searcher).map_err(failed)?;
        let asked = plan::plan(&self.fields, &query.expr, kinds, &members);
        let kind = Some(kinds).filter(|kinds| kinds.len() == 1).map(|kinds| kinds[0]);
        facets::count(&searcher, &asked, kind).map_err(failed)
    }

    fn hit(
        &self,
        searcher: &tantivy::Searcher,
        address: DocAddress,
        highlighter: &Highlighter,
    ) -> Result<Hit, IndexError> {
        let entry = self.entry(searcher, address)?;
        let text = match entry.kind {
            EntryKind::Quote | EntryKind::Document => entry.text.as_str(),
            EntryKind::Date => entry.around.as_str(),
        };
        let marks = highlighter.marks(text);
        let piece = match entry.kind {
            EntryKind::Quote => 0..text.len(),
            EntryKind::Document | EntryKind::Date => snippet(text, &marks, SNIPPET_BYTES),
        };
        let marks = marks
            .into_iter()
            .filter(|mark| piece.start <= mark.start && mark.end <= piece.end)
            .map(|mark| mark.start - piece.start..mark.end - piece.start)
            .collect();
        let shown = text[piece].to_string();
        Ok(Hit { shown, marks, entry })
    }

    /// The entry at an address, as it was indexed.
    pub(super) fn entry(
        &self,
        searcher: &tantivy::Searcher,
        address: DocAddress,
    ) -> Result<Entry, IndexError> {
        let document: TantivyDocument = searcher
            .doc(address)
            .map_err(|source| engine(&self.path, source))?;
        document
            .get_first(self.fields.stored)
            .and_then(|value| value.as_str().and_then(stored::read))
            .ok_or_else(|| IndexError::Entry {
                path: self.path.clone(),
            })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::index::{EntrySaid, EntrySpeaker, IndexWriter};
    use crate::model::date::When;
    use crate::model::document::Genre;
    use crate::model::id::{CaptureId, DocumentId, RevisionId, SourceId, SpeakerId};
    use crate::model::quote::QuoteKind;
    use crate::model::source::SourceKind;

    const MEMORY: usize = 15_000_000;

    /// Ten in the morning of a day, UTC.
    fn moment(day: &str) -> jiff::Timestamp {
        format!("{day}T10:00:00Z").parse().expect("valid")
    }

    fn quote(id: &str, speaker: &str, words: &str, said: i8) -> Entry {
        Entry {
            kind: EntryKind::Quote,
            id: id.into(),
            document: DocumentId::new(format!("d{id}")),
            revision: RevisionId::new("r"),
            capture: CaptureId::new("c"),
            captured_at: moment("2026-03-01"),
            first_seen_at: moment("2026-03-01"),
            held: (moment("2026-03-01"), None),
            is_change: false,
            source: SourceId::new("herald"),
            source_name: "The Harbor Herald".into(),
            source_kind: SourceKind::News,
            office: None,
            url: "https://herald.example/one".into(),
            title: Some("Ferries halted".into()),
            genre: Genre::Report,
            language: Some("en-US".into()),
            published: None,
            published_on: None,
            text: words.into(),
            around: String::new(),
            speakers: vec![EntrySpeaker {
                id: SpeakerId::from_name(speaker),
                name: speaker.into(),
                aliases: vec!["the harbour master".into()],
            }],
            printed_speaker: None,
            cue: Some("said".into()),
            quote: Some((QuoteKind::Direct, 0.9)),
            said: Some(EntrySaid {
                when: When::day(date(2026, 2, said)),
                rule: "r".into(),
            }),
            date: None,
            mentions: vec![When {
                edtf: "2025".into(),
                earliest: date(2025, 1, 1),
                latest: date(2025, 12, 31),
            }],
        }
    }

    fn filled(folder: &Path) -> Searcher {
        let mut writer = IndexWriter::open(folder, MEMORY).expect("open");
        for entry in [
            quote("1", "Ana Lima", "The ferry is less safe than before.", 3),
            quote("2", "Boris Cruz", "We won’t stop a single ferry, José.", 6),
            quote("3", "Ana Lima", "Nobody asked the harbours.", 9),
        ] {
            writer
                .replace(&entry.document.clone(), &[entry])
                .expect("replaced");
        }
        writer.commit(7).expect("committed");
        writer.close().expect("closed");
        Searcher::open(folder).expect("open")
    }

    #[test]
    fn what_is_on_no_topic_is_found_only_when_it_is_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        let topic = |name: &str, query: &str| {
            (
                name.to_string(),
                Query::parse(query, date(2026, 2, 13)).expect("a query"),
            )
        };
        let all = ["1", "2", "3"];
        check(&searcher, "", &all);
        let searcher = searcher.with_topics(vec![topic("ferry", "url:nothing")]);
        check(&searcher, "", &[]);
        check(&searcher, "topic:all", &all);
        check(&searcher, "topic:ferry", &[]);
        check(&searcher, "topic:other", &[]);
        check(&searcher, "-topic:ferry", &all);
    }

    fn wanted(order: Order) -> Wanted {
        Wanted {
            kinds: vec![EntryKind::Quote],
            order,
            offset: 0,
            limit: 10,
        }
    }

    #[track_caller]
    fn check(searcher: &Searcher, query: &str, ids: &[&str]) {
        let query = Query::parse(query, date(2026, 2, 13)).expect("a query");
        let found = searcher
            .search(&query, &wanted(Order::Oldest))
            .expect("an answer");
        let hits: Vec<&str> = found.hits.iter().map(|hit| hit.entry.id.as_str()).collect();
        assert_eq!(hits, ids);
        assert_eq!(found.total, ids.len());
    }

    #[test]
    fn quotes_are_found_by_words_speaker_and_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        check(&searcher, "ferry", &["1", "2"]);
        check(&searcher, "harbour", &["3"]);
        check(&searcher, "\"less safe\" speaker:lima", &["1"]);
        check(&searcher, "won't jose", &["2"]);
        check(&searcher, "speaker:\"lima ana\"", &["1", "3"]);
        check(&searcher, "speaker:boris-cruz OR harb*", &["2", "3"]);
        check(&searcher, "said:2026-02-04..2026-02-09", &["2", "3"]);
        check(&searcher, "mentions:2025-06 -ferry", &["3"]);
        check(&searcher, "mentions:2026", &[]);
        check(
            &searcher,
            "lang:en source:herald kind:direct kind:news source:\"harbor herald\"",
            &["1", "2", "3"],
        );
        check(&searcher, "captured:>=2026-03-02", &[]);
    }

    #[test]
    fn an_entry_comes_back_as_it_was_indexed_with_its_words_marked() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        let query = Query::parse("\"less safe\"", date(2026, 2, 13)).expect("a query");
        let found = searcher
            .search(&query, &wanted(Order::Relevance))
            .expect("an answer");
        let hit = &found.hits[0];
        assert_eq!(
            hit.entry,
            quote("1", "Ana Lima", "The ferry is less safe than before.", 3)
        );
        assert_eq!(
            hit.marks
                .iter()
                .map(|mark| &hit.shown[mark.clone()])
                .collect::<Vec<_>>(),
            ["less safe"]
        );
    }

    #[test]
    fn more_hits_than_there_are_can_be_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        let everything = Wanted {
            limit: usize::MAX,
            ..wanted(Order::Newest)
        };
        let query = Query::parse("", date(2026, 2, 13)).expect("a query");
        assert_eq!(
            searcher
                .search(&query, &everything)
                .expect("an answer")
                .hits
                .len(),
            3
        );
        let beyond = Wanted {
            offset: usize::MAX,
            ..wanted(Order::Newest)
        };
        assert_eq!(searcher.search(&query, &beyond).expect("an answer").hits.len(), 0);
    }

    #[test]
    fn a_document_is_replaced_whole_and_the_last_change_is_known() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
        assert_eq!(writer.change(), 7);
        writer.replace(&DocumentId::new("d1"), &[]).expect("replaced");
        writer.commit(8).expect("committed");
        check(&searcher, "ferry", &["1", "2"]);
        searcher.reload().expect("reloaded");
        check(&searcher, "ferry", &["2"]);
    }

    #[test]
    fn what_is_no_index_of_this_version_is_begun_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(
            Searcher::open(folder.path()),
            Err(IndexError::Outdated { .. })
        ));
        std::fs::write(folder.path().join("meta.json"), "{").expect("written");
        assert!(matches!(
            Searcher::open(folder.path()),
            Err(IndexError::Outdated { .. })
        ));
        let writer = IndexWriter::open(folder.path(), MEMORY).expect("begun");
        assert_eq!(writer.change(), 0);
        assert!(matches!(
            IndexWriter::open(folder.path(), MEMORY),
            Err(IndexError::Locked { .. })
        ));
    }

    /// The ids that a query finds, in order.
    fn ids(searcher: &Searcher, query: &str) -> Vec<String> {
        let query = Query::parse(query, date(2026, 2, 13)).expect("a query");
        let wanted = Wanted {
            kinds: vec![EntryKind::Quote],
            order: Order::Oldest,
            offset: 0,
            limit: 10,
        };
        let found = searcher.search(&query, &wanted).expect("found");
        found.hits.into_iter().map(|hit| hit.entry.id).collect()
    }

    #[test]
    fn a_past_day_is_answered_with_what_was_held_then() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
        let document = DocumentId::new("d");
        let wording = |id: &str, words: &str, since: &str, until: Option<&str>| Entry {
            document: document.clone(),
            captured_at: moment(since),
            first_seen_at: moment("2026-02-01"),
            held: (moment(since), until.map(moment)),
            is_change: since != "2026-02-01",
            ..quote(id, "Ana Lima", words, 1)
        };
        let entries = [
            wording("then", "The ferry stays.", "2026-02-01", Some("2026-02-07")),
            wording("now", "The ferry may stay.", "2026-02-07", None),
        ];
        writer.replace(&document, &entries).expect("replaced");
        writer.commit(1).expect("committed");
        let searcher = Searcher::open(folder.path()).expect("open");
        assert_eq!(ids(&searcher, "ferry"), ["now"]);
        assert_eq!(ids(&searcher, "ferry asof:2026-02-06"), ["then"]);
        assert_eq!(ids(&searcher, "ferry asof:2026-02-07"), ["now"]);
        assert!(ids(&searcher, "ferry asof:2026-01-31").is_empty());
        assert_eq!(ids(&searcher, "ferry OR asof:2026-01-31"), ["now"]);
        assert_eq!(ids(&searcher, "=stays OR (ferry asof:2026-02-06)"), ["then"]);
        assert_eq!(ids(&searcher, "changed:2026-02-07"), ["now"]);
        assert_eq!(ids(&searcher, "first_seen:2026-02-01"), ["now"]);
    }

    #[test]
    fn words_are_found_exactly_or_near_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        assert_eq!(ids(&searcher, "harbour"), ["3"]);
        assert!(ids(&searcher, "=harbour").is_empty());
        assert_eq!(ids(&searcher, "=harbours"), ["3"]);
        assert_eq!(ids(&searcher, "ferry NEAR/3 safe"), ["1"]);
        assert_eq!(ids(&searcher, "safe NEAR/3 ferry"), ["1"]);
        assert!(ids(&searcher, "ferry NEAR/1 safe").is_empty());
        assert_eq!(ids(&searcher, "cue:say").len(), 0);
        assert_eq!(ids(&searcher, "cue:said").len(), 3);
    }

    #[test]
    fn a_walk_gives_all_in_the_order_of_days_wherever_they_lie() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
        // Several commits make several segments.
        for (change, said) in [(1, 9), (2, 3), (3, 6), (4, 3)] {
            let entry = quote(&change.to_string(), "Ana Lima", "The ferry.", said);
            let document = entry.document.clone();
            let again = Entry {
                id: format!("{change}0"),
                ..entry.clone()
            };
            writer.replace(&document, &[again, entry]).expect("replaced");
            writer.commit(change).expect("committed");
        }
        let searcher = Searcher::open(folder.path()).expect("open");
        let query = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
        let mut walk = searcher.walk(&query, &[EntryKind::Quote]).expect("begun");
        assert_eq!(walk.remaining(), 8);
        let days: Vec<Date> = walk.days().collect();
        assert_eq!(
            (days[0], days[3], days[7]),
            (date(2026, 2, 3), date(2026, 2, 3), date(2026, 2, 9))
        );
        walk.within(date(2026, 2, 1), date(2026, 2, 6));
        let ids: Vec<String> = walk.map(|entry| entry.expect("read").id).collect();
        assert_eq!(ids, ["2", "20", "4", "40", "3", "30"]);
    }

    #[test]
    fn what_is_found_is_counted_by_whom_and_when() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        let query = Query::parse("", date(2026, 2, 13)).expect("a query");
        let facets = searcher.facets(&query, &[EntryKind::Quote]).expect("counted");
        let of = |field: &str| {
            facets
                .facets
                .iter()
                .find(|facet| facet.field == field)
                .expect("a facet")
        };
        let named = |name: &str, count| (name.to_owned(), count);
        assert_eq!(
            of("speaker").values,
            [named("Ana Lima", 2), named("Boris Cruz", 1)]
        );
        assert_eq!(of("source").values, [named("The Harbor Herald", 3)]);
        assert_eq!(facets.months, [named("2026-02", 3)]);
        assert_eq!(facets.month_field, "said");
    }
}
