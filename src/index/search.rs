//! Asking the index.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur};
use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, TantivyDocument};

use super::cursor::Cursor;
use super::facets::{self, Facets};
use super::generations;
use super::highlight::{Highlighter, snippet};
use super::query::Query;
use super::schema::{self, DAY, Fields, KEY};
use super::topics::Topics;
use super::wording::{self, Closeness};
use super::writer::{engine, existing, existing_current};
use super::{Entry, EntryKind, IndexError, plan, stored};
use crate::text::wording::Wording;

/// Bytes of a document's text shown with a hit.
const SNIPPET_BYTES: usize = 320;

/// Answers queries from the last commit there was when it was opened or reloaded. Clones share what they see.
#[derive(Clone)]
pub struct Searcher {
    pub(super) root: PathBuf,
    pub(super) fields: Fields,
    opened: Arc<RwLock<Opened>>,
    pub(super) topics: Topics,
}

/// A generation that is searched.
#[derive(Clone)]
struct Opened {
    generation: PathBuf,
    reader: IndexReader,
}

impl Opened {
    fn open(root: &Path, fields: &Fields) -> Result<Self, IndexError> {
        let (generation, index, _) =
            existing_current(root, fields).ok_or_else(|| IndexError::Outdated { path: root.into() })?;
        schema::register(&index);
        // Reloaded by hand: a watcher of files would be one more thing to fail.
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|source| engine(&generation, source))?;
        Ok(Self { generation, reader })
    }
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
    /// After which hit of an earlier answer they begin, where they are ordered by day.
    pub after: Option<Cursor>,
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
    /// Where the list goes on, if it does and is ordered by day.
    pub next: Option<Cursor>,
}

/// What of a question lies behind a cursor.
fn behind(
    fields: &Fields,
    asked: Box<dyn tantivy::query::Query>,
    cursor: Cursor,
) -> Box<dyn tantivy::query::Query> {
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, asked),
        (Occur::Must, cursor.behind(fields)),
    ]))
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
    /// How close the words come to those that were pasted, where that was asked for.
    closeness: Option<Closeness>,
}

impl Hit {
    /// The share of the pasted words that stand here in their order, from 0 to 1; `None` where none were pasted, and
    /// beyond the hits that are compared word by word.
    pub fn kept(&self) -> Option<f32> {
        self.closeness.map(|closeness| closeness.kept)
    }
}

impl Searcher {
    /// Opens the index in the folder `root`.
    pub fn open(root: &Path) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let opened = Opened::open(root, &fields)?;
        Ok(Self {
            root: root.into(),
            fields,
            opened: Arc::new(RwLock::new(opened)),
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

    /// Takes the last commit over, also that of an index which was made anew.
    pub fn reload(&self) -> Result<(), IndexError> {
        let opened = self.opened();
        if generations::current(&self.root).as_ref() == Some(&opened.generation) {
            let reloaded = opened.reader.reload();
            return reloaded.map_err(|source| engine(&opened.generation, source));
        }
        let newer = Opened::open(&self.root, &self.fields)?;
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = newer;
        Ok(())
    }

    /// The last change of the store that is in what is searched.
    pub fn change(&self) -> Result<i64, IndexError> {
        let opened = self.opened();
        let (_, change) = existing(&opened.generation, &self.fields).ok_or_else(|| IndexError::Outdated {
            path: self.root.clone(),
        })?;
        Ok(change)
    }

    /// Reads every file of the index through: whether one is missing or does not hold what was written. Takes as long as
    /// the index is large.
    pub fn is_damaged(&self) -> bool {
        let opened = self.opened();
        let index = opened.reader.searcher().index().clone();
        // The engine may stumble over a file in any way.
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| index.validate_checksum()));
        let is_whole = matches!(checked, Ok(Ok(damaged)) if damaged.is_empty());
        !is_whole || Opened::open(&self.root, &self.fields).is_err()
    }

    /// What is seen now, which stays as it is.
    pub(super) fn snapshot(&self) -> tantivy::Searcher {
        self.opened().reader.searcher()
    }

    fn opened(&self) -> Opened {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers a query.
    pub fn search(&self, query: &Query, wanted: &Wanted) -> Result<Found, IndexError> {
        self.search_in(&self.snapshot(), query, wanted)
    }

    fn search_in(
        &self,
        searcher: &tantivy::Searcher,
        query: &Query,
        wanted: &Wanted,
    ) -> Result<Found, IndexError> {
        let failed = |source| engine(&self.root, source);
        let members = self.topics.members(&self.fields, searcher).map_err(failed)?;
        let asked = plan::plan(&self.fields, searcher, &query.expr, &wanted.kinds, &members);
        // The engine makes room for as many as are asked for before it looks how many there are.
        let held = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let (limit, offset) = (wanted.limit.min(held), wanted.offset.min(held));
        if limit == 0 {
            let total = searcher.search(&asked, &Count).map_err(failed)?;
            return Ok(Found {
                total,
                hits: Vec::new(),
                next: None,
            });
        }
        // Of other printings the first ones are compared word by word, whichever page of them is wanted.
        let pasted = match wanted.order {
            Order::Relevance => query.expr.pasted().map(Wording::of),
            _ => None,
        };
        if let Some(pasted) = pasted.filter(|_| offset < wording::COMPARED) {
            return self.closest(searcher, &asked, query, &pasted, offset..offset + limit);
        }
        let top = TopDocs::with_limit(limit).and_offset(offset);
        let asked = match wanted.after {
            Some(cursor) => behind(&self.fields, asked, cursor),
            None => asked,
        };
        let by_day = || SortByStaticFastValue::<i64>::for_field(DAY);
        let by_key = || SortByStaticFastValue::<i64>::for_field(KEY);
        let (total, addresses, last) = match wanted.order {
            Order::Relevance => {
                let best = top.order_by((SortBySimilarityScore, by_day()));
                let (total, hits) = searcher.search(&asked, &(Count, best)).map_err(failed)?;
                let addresses: Vec<DocAddress> = hits.into_iter().map(|(_, address)| address).collect();
                (total, addresses, None)
            }
            Order::Newest | Order::Oldest => {
                let order = match wanted.order {
                    Order::Oldest => tantivy::Order::Asc,
                    _ => tantivy::Order::Desc,
                };
                let first = top.order_by(((by_day(), order), (by_key(), tantivy::Order::Asc)));
                let (total, hits) = searcher.search(&asked, &(Count, first)).map_err(failed)?;
                let last = hits.last().and_then(|((day, key), _)| Some(((*day)?, (*key)?)));
                (
                    total,
                    hits.into_iter().map(|(_, address)| address).collect(),
                    last,
                )
            }
        };
        let next = last
            .filter(|_| offset + addresses.len() < total)
            .map(|(day, key)| Cursor::new(wanted.order, day, key));
        let highlighter = Highlighter::of(&query.expr);
        let hits = addresses
            .into_iter()
            .map(|address| self.hit(searcher, address, &highlighter));
        Ok(Found {
            total,
            hits: hits.collect::<Result<_, _>>()?,
            next,
        })
    }

    /// The candidates for other printings of the pasted words, the closest first.
    fn closest(
        &self,
        searcher: &tantivy::Searcher,
        asked: &dyn tantivy::query::Query,
        query: &Query,
        pasted: &Wording,
        wanted: Range<usize>,
    ) -> Result<Found, IndexError> {
        let failed = |source| engine(&self.root, source);
        let held = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let limit = wanted.end.max(wording::COMPARED).min(held);
        let by_day = SortByStaticFastValue::<i64>::for_field(DAY);
        let best = TopDocs::with_limit(limit).order_by((SortBySimilarityScore, by_day));
        let (total, found) = searcher.search(asked, &(Count, best)).map_err(failed)?;
        let highlighter = Highlighter::of(&query.expr);
        let mut hits = found
            .into_iter()
            .map(|(_, address)| self.hit(searcher, address, &highlighter))
            .collect::<Result<Vec<_>, _>>()?;
        let compared = hits.len().min(wording::COMPARED);
        for hit in &mut hits[..compared] {
            hit.closeness = Some(wording::closeness(pasted, &hit.entry.text));
        }
        hits[..compared].sort_by(|one, other| {
            let order = one.closeness.partial_cmp(&other.closeness);
            order.unwrap_or(std::cmp::Ordering::Equal).reverse()
        });
        let hits = hits.into_iter().skip(wanted.start).take(wanted.len()).collect();
        Ok(Found {
            total,
            hits,
            next: None,
        })
    }

    /// Counts everything that a query finds, by speaker, outlet, kind, genre and month.
    pub fn facets(&self, query: &Query, kinds: &[EntryKind]) -> Result<Facets, IndexError> {
        let searcher = self.snapshot();
        let failed = |source| engine(&self.root, source);
        let members = self.topics.members(&self.fields, &searcher).map_err(failed)?;
        let asked = plan::plan(&self.fields, &searcher, &query.expr, kinds, &members);
        let kind = Some(kinds).filter(|kinds| kinds.len() == 1).map(|kinds| kinds[0]);
        facets::count(&searcher, &asked, kind).map_err(failed)
    }

    fn hit(
        &self,
        searcher: &tantivy::Searcher,
        address: DocAddress,
        highlighter: &Highlighter,
    ) -> Result<Hit, IndexError> {
        Ok(marked(self.entry(searcher, address)?, highlighter))
    }

    /// The entry at an address, as it was indexed.
    pub(super) fn entry(
        &self,
        searcher: &tantivy::Searcher,
        address: DocAddress,
    ) -> Result<Entry, IndexError> {
        let document: TantivyDocument = searcher
            .doc(address)
            .map_err(|source| engine(&self.root, source))?;
        document
            .get_first(self.fields.stored)
            .and_then(|value| value.as_str().and_then(stored::read))
            .ok_or_else(|| IndexError::Entry {
                path: self.root.clone(),
            })
    }
}

impl Query {
    /// An entry that it found, with what it asks for marked.
    pub fn hit(&self, entry: Entry) -> Hit {
        marked(entry, &Highlighter::of(&self.expr))
    }
}

fn marked(entry: Entry, highlighter: &Highlighter) -> Hit {
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
    Hit {
        shown: text[piece].to_string(),
        marks,
        closeness: None,
        entry,
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
    use crate::model::quote::{QuoteKind, Stance};
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
            stance: Some(Stance::Said),
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
            after: None,
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
    fn other_printings_of_pasted_words_are_found_the_closest_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
        for entry in [
            quote(
                "near",
                "Ana Lima",
                "We will not stop any single ferry this winter",
                3,
            ),
            quote(
                "same",
                "Ana Lima",
                "We will not stop a single ferry this winter",
                4,
            ),
            quote("part", "Ana Lima", "not stop a single ferry", 5),
            quote("else", "Ana Lima", "A single boat is enough for this winter", 6),
        ] {
            writer
                .replace(&entry.document.clone(), &[entry])
                .expect("replaced");
        }
        writer.commit(1).expect("committed");
        let searcher = Searcher::open(folder.path()).expect("open");
        let found = |query: Query| -> Vec<(String, bool)> {
            let found = searcher
                .search(&query, &wanted(Order::Relevance))
                .expect("an answer");
            assert_eq!(found.total, found.hits.len());
            let hits = found.hits.into_iter();
            hits.map(|hit| (hit.entry.id.clone(), hit.kept() == Some(1.0)))
                .collect()
        };
        let expected = [("same", true), ("near", false), ("part", false)];
        let expected: Vec<(String, bool)> = expected.map(|(id, whole)| (id.to_owned(), whole)).into();
        let today = date(2026, 2, 13);
        let typed = Query::parse("like:\"we will not stop a single ferry this winter\"", today);
        assert_eq!(found(typed.expect("a query")), expected);
        let pasted = "“We will not stop a single ‘ferry’ this winter,”";
        let all = Query::parse("", today).expect("a query");
        assert_eq!(found(all.like(pasted)), expected);
        let one = Query::parse("said:2026-02-05", today).expect("a query");
        assert_eq!(found(one.like(pasted)), expected[2..]);
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
    fn pages_by_cursor_show_everything_once_while_the_index_grows() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
        let mut add = |names: std::ops::Range<i32>| {
            let entries: Vec<Entry> = names
                .map(|name| quote(&name.to_string(), "Ana Lima", "a ferry", 1 + (name % 3) as i8))
                .collect();
            writer.add(&entries).expect("added");
            writer.commit(1).expect("committed");
        };
        add(0..20);
        let searcher = Searcher::open(folder.path()).expect("open");
        let query = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
        let everything: Vec<Entry> = searcher
            .walk(&query, &[EntryKind::Quote])
            .expect("a walk")
            .map(|entry| entry.expect("an entry"))
            .collect();
        assert_eq!(everything.len(), 20);
        for order in [Order::Newest, Order::Oldest] {
            let mut page = Wanted {
                limit: 3,
                ..wanted(order)
            };
            let mut seen: Vec<(Date, String)> = Vec::new();
            loop {
                searcher.reload().expect("reloaded");
                let found = searcher.search(&query, &page).expect("an answer");
                seen.extend(
                    found
                        .hits
                        .iter()
                        .map(|hit| (hit.entry.day(), hit.entry.id.clone())),
                );
                add(100 * seen.len() as i32..100 * seen.len() as i32 + 2);
                page.after = found.next;
                if page.after.is_none() {
                    break;
                }
            }
            let days = seen.iter().map(|(day, _)| *day);
            assert!(days.is_sorted_by(|one, other| match order {
                Order::Newest => one >= other,
                _ => one <= other,
            }));
            let first: Vec<&str> = seen.iter().map(|(_, id)| id.as_str()).collect();
            for id in 0..20 {
                let id = id.to_string();
                assert_eq!(first.iter().filter(|it| **it == id).count(), 1, "{id}");
            }
        }
    }

    #[test]
    fn an_index_made_anew_is_searched_from_its_first_commit_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        let old = IndexWriter::open(folder.path(), MEMORY).expect("open");
        let mut new = IndexWriter::anew(folder.path(), MEMORY).expect("begun");
        let entry = quote("4", "Ana Lima", "A new ferry", 3);
        new.add(&[entry]).expect("added");
        searcher.reload().expect("reloaded");
        check(&searcher, "ferry", &["1", "2"]);
        assert!(!old.is_superseded());
        new.commit(9).expect("committed");
        // Who has not looked anew sees what was there.
        check(&searcher, "ferry", &["1", "2"]);
        searcher.reload().expect("reloaded");
        check(&searcher, "ferry", &["4"]);
        assert!(old.is_superseded() && !new.is_superseded());
    }

    #[test]
    fn damage_to_any_file_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let searcher = filled(folder.path());
        assert!(!searcher.is_damaged());
        let generation = generations::current(folder.path()).expect("one");
        let files = std::fs::read_dir(generation).expect("a folder").flatten();
        let store = files
            .map(|file| file.path())
            .find(|path| path.extension().is_some_and(|it| it == "store"));
        let store = store.expect("a file of entries");
        let mut bytes = std::fs::read(&store).expect("bytes");
        bytes[5] ^= 0xff;
        std::fs::write(&store, bytes).expect("written");
        let opened = Searcher::open(folder.path()).expect("open");
        assert!(opened.is_damaged());
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
        let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("begun");
        assert_eq!(writer.change(), 0);
        writer.commit(1).expect("committed");
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
            after: None,
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
        assert_eq!(ids(&searcher, "stance:said").len(), 3);
        assert!(ids(&searcher, "stance:denied").is_empty());
    }

    #[test]
    fn reported_clauses_are_found_only_when_they_are_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
        let mut reported = quote("2", "Ana Lima", "that the ferry would run", 4);
        reported.quote = Some((QuoteKind::Indirect, 0.7));
        for entry in [quote("1", "Ana Lima", "The ferry will run.", 3), reported] {
            writer.add(&[entry]).expect("added");
        }
        writer.commit(7).expect("committed");
        writer.close().expect("closed");
        let searcher = Searcher::open(folder.path()).expect("open");
        check(&searcher, "ferry", &["1"]);
        check(&searcher, "ferry kind:news", &["1"]);
        check(&searcher, "ferry kind:indirect", &["2"]);
        check(&searcher, "ferry kind:all", &["1", "2"]);
        check(&searcher, "ferry (kind:direct OR kind:indirect)", &["1", "2"]);
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
        let walk = searcher.walk(&query, &[EntryKind::Quote]).expect("begun");
        assert_eq!(walk.remaining(), 8);
        let days: Vec<Date> = walk.days().collect();
        assert_eq!(
            (days[0], days[3], days[7]),
            (date(2026, 2, 3), date(2026, 2, 3), date(2026, 2, 9))
        );
        let days = (date(2026, 2, 1), date(2026, 2, 6));
        let walk = searcher
            .walk_within(&query, &EntryKind::ALL, days)
            .expect("begun");
        let ids: Vec<String> = walk.map(|entry| entry.expect("read").id).collect();
        assert_eq!(ids, ["2", "20", "4", "40", "3", "30"]);
        let extent = |until| searcher.extent(&query, &EntryKind::ALL, until).expect("looked");
        assert_eq!(extent(None), Some((date(2026, 2, 3), date(2026, 2, 9))));
        assert_eq!(
            extent(Some(date(2026, 2, 8))),
            Some((date(2026, 2, 3), date(2026, 2, 6)))
        );
        assert_eq!(extent(Some(date(2026, 2, 2))), None);
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
        assert_eq!(of("stance").values, [named("said", 3)]);
        assert_eq!(of("source").values, [named("The Harbor Herald", 3)]);
        assert_eq!(facets.months, [named("2026-02", 3)]);
        assert_eq!(facets.month_field, "said");
    }
}
