//! How many of what a query finds are of whom, from where and of which month.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, SegmentReader};

use super::EntryKind;
use super::columns::{Days, SegmentColumns, Values};
use super::members::Members;
use super::names::{BODY_NAME, GENRE, OUTLET, QUOTE_KIND, SOURCE_KIND, SPEAKER_NAME, STANCE};
use super::query::{QUOTATION_MARKS, is_id};
use super::sets::EntrySet;

use crate::model::id::SpeakerId;

/// What parts a name from its id in a column.
const PART: char = '\u{1f}';

/// Values of a facet that are given: the most frequent ones.
const VALUES: usize = 12;

/// What entries are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountedBy {
    /// Who said it; of quotes only.
    Speaker,
    /// The body it was said for, or by; of quotes only.
    Body,
    /// Who published it.
    Source,
    /// Whether its source is official or news.
    SourceKind,
    /// How its words are given: direct, mixed or indirect.
    QuoteKind,
    /// What the reporting word says of it.
    Stance,
    /// What kind of document it stands in.
    Genre,
    /// The topics its document is on.
    Topic,
    /// The month of the day it is ordered by.
    Month,
}

impl CountedBy {
    /// Everything that can be counted by, in the order it is shown.
    pub const ALL: [CountedBy; 9] = [
        CountedBy::Speaker,
        CountedBy::Body,
        CountedBy::Source,
        CountedBy::SourceKind,
        CountedBy::QuoteKind,
        CountedBy::Stance,
        CountedBy::Genre,
        CountedBy::Topic,
        CountedBy::Month,
    ];

    /// Its name in parameters and answers.
    pub fn code(self) -> &'static str {
        match self {
            CountedBy::Speaker => "speaker",
            CountedBy::Body => "body",
            CountedBy::Source => "source",
            CountedBy::SourceKind => "kind",
            CountedBy::QuoteKind => "quote_kind",
            CountedBy::Stance => "stance",
            CountedBy::Genre => "genre",
            CountedBy::Topic => "topic",
            CountedBy::Month => "month",
        }
    }

    /// What has this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }

    /// The field of the query language that narrows by it.
    fn field(self) -> &'static str {
        match self {
            CountedBy::QuoteKind => "kind",
            CountedBy::Body => "of",
            by => by.code(),
        }
    }

    /// The column of texts that it is counted in; topics have none, and days a column of numbers.
    fn column(self) -> Option<&'static str> {
        match self {
            CountedBy::Speaker => Some(SPEAKER_NAME),
            CountedBy::Body => Some(BODY_NAME),
            CountedBy::Source => Some(OUTLET),
            CountedBy::SourceKind => Some(SOURCE_KIND),
            CountedBy::QuoteKind => Some(QUOTE_KIND),
            CountedBy::Stance => Some(STANCE),
            CountedBy::Genre => Some(GENRE),
            CountedBy::Topic | CountedBy::Month => None,
        }
    }
}

/// A facet: what is counted by, and the values with how many entries have each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// What is counted by.
    pub by: CountedBy,
    /// The most frequent values first.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// Its name, or its code in the query language.
    pub name: String,
    /// How many entries have it.
    pub count: u64,
    /// The clause of a query that finds these and no others.
    pub clause: String,
}

impl FacetValue {
    /// A value as it stands in its column.
    fn of(by: CountedBy, value: &str, count: u64) -> Self {
        let (name, id) = value.split_once(PART).unwrap_or((value, ""));
        Self {
            name: name.to_owned(),
            count,
            clause: clause(by, id, name),
        }
    }
}

/// The clause of a query that finds what a speaker said, and nobody else of that name.
pub fn speaker_clause(id: &SpeakerId, name: &str) -> String {
    clause(CountedBy::Speaker, id.as_str(), name)
}

/// The clause of a query that finds what a body and its officials said.
pub fn body_clause(id: &SpeakerId, name: &str) -> String {
    clause(CountedBy::Body, id.as_str(), name)
}

fn clause(by: CountedBy, id: &str, name: &str) -> String {
    let field = by.field();
    match is_id(id) {
        true => format!("{field}:={id}"),
        // A mark in a name would end the phrase; names are found by their words.
        false => format!("{field}:\"{}\"", name.replace(QUOTATION_MARKS, " ")),
    }
}

/// What is counted of everything that a query finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Those that were asked for, but months; those without a value are left out.
    pub facets: Vec<Facet>,
    /// How many entries are of each day that they are ordered by, oldest first; days without any are not in it.
    pub days: Vec<(Date, u64)>,
    /// The same of each month, as `2026-02`.
    pub months: Vec<(String, u64)>,
    /// The field of the query language that the days are of.
    pub month_field: &'static str,
}

/// A name with its id, as one value of a column: two people of one name are two values.
pub(super) fn with_id(name: &str, id: &str) -> String {
    format!("{}{PART}{id}", name.replace(PART, " "))
}

/// Counts by the ordinals of the values in a segment, which need only be added up; names are looked up in the end. It is
/// exact, where the engine's own aggregation lets go of what is rare in a segment.
pub(super) struct Counting {
    by: Vec<CountedBy>,
    topics: Vec<(String, Arc<EntrySet>)>,
    kind: Option<EntryKind>,
}

/// Every value of a facet with how many entries have it.
type Counts = Vec<(String, u64)>;

/// What was counted in all segments together.
pub(super) struct Counted {
    /// By each of what is counted by, in its order; of months nothing.
    values: Vec<Counts>,
    /// By days since 1970, each once, the oldest first.
    days: Vec<(i64, u64)>,
}

impl Counting {
    /// Counts entries of these kinds; none where nothing is to be counted.
    pub(super) fn new(by: &[CountedBy], kinds: &[EntryKind], members: &Members) -> Option<Self> {
        let kind = Some(kinds).filter(|kinds| kinds.len() == 1).map(|kinds| kinds[0]);
        // Entries of several kinds are ordered by days of several fields, and no one field leads to them.
        let is_told = |by: &CountedBy| *by != CountedBy::Month || kind.is_some();
        // Each costs room for its values, however often it is named.
        let by: Vec<CountedBy> = CountedBy::ALL
            .into_iter()
            .filter(|it| by.contains(it) && is_told(it))
            .collect();
        let topics = match by.contains(&CountedBy::Topic) {
            true => members.topics(),
            false => Vec::new(),
        };
        (!by.is_empty()).then_some(Self { by, topics, kind })
    }

    /// What was counted, as it is shown.
    pub(super) fn told(&self, counted: Counted) -> Facets {
        let days = days_of(&counted.days);
        let mut facets = Facets {
            month_field: match self.kind {
                Some(EntryKind::Document) => "published",
                Some(EntryKind::Date) => "mentions",
                _ => "said",
            },
            months: months_of(&days),
            days,
            ..Facets::default()
        };
        for (by, values) in self.by.iter().copied().zip(counted.values) {
            let values = most_frequent(values).into_iter();
            let values: Vec<FacetValue> = values
                .map(|(value, count)| FacetValue::of(by, &value, count))
                .collect();
            if !values.is_empty() {
                facets.facets.push(Facet { by, values });
            }
        }
        facets
    }
}

/// Days by their numbers since 1970; what is no day of the calendar is left out.
fn days_of(counts: &[(i64, u64)]) -> Vec<(Date, u64)> {
    let epoch = date(1970, 1, 1);
    let days = counts.iter().filter_map(|(number, count)| {
        let day = epoch.checked_add(number.days()).ok()?;
        Some((day, *count))
    });
    days.collect()
}

/// The counts of the months of some days, which come in order.
fn months_of(days: &[(Date, u64)]) -> Counts {
    let months =
        days.chunk_by(|(one, _), (other, _)| (one.year(), one.month()) == (other.year(), other.month()));
    let counts = months.filter_map(|days| {
        let (first, _) = days.first()?;
        let count = days.iter().map(|(_, count)| count).sum();
        Some((first.strftime("%Y-%m").to_string(), count))
    });
    counts.collect()
}

fn most_frequent(mut values: Counts) -> Counts {
    values.sort_unstable_by(|(one, count), (other, other_count)| other_count.cmp(count).then(one.cmp(other)));
    values.truncate(VALUES);
    values
}

impl Counting {
    /// Counts what is met in a segment.
    pub(super) fn begin(
        &self,
        segment: &SegmentReader,
        columns: &SegmentColumns,
    ) -> tantivy::Result<SegmentCounts> {
        let counters = self.by.iter().map(|by| {
            if *by == CountedBy::Month {
                return Ok(Some(Counter::Days(DayCounts::of(columns.days()))));
            }
            let Some(field) = by.column() else {
                let topics = self.topics.iter();
                return Ok(Some(Counter::Topics(
                    topics
                        .map(|(name, entries)| (name.clone(), entries.bits(segment.segment_id()), 0))
                        .collect(),
                )));
            };
            let values = columns.values(segment, field)?;
            Ok(values.map(|values| Counter::Values(ValueCounts::new(values))))
        });
        Ok(SegmentCounts {
            counters: counters.collect::<tantivy::Result<_>>()?,
            waiting: Vec::with_capacity(COLLECT_BLOCK_BUFFER_LEN),
        })
    }

    /// The counts of all segments together.
    pub(super) fn joined(&self, segments: Vec<SegmentCounts>) -> io::Result<Counted> {
        let mut joined: Vec<HashMap<String, u64>> = vec![HashMap::new(); self.by.len()];
        let mut days = Vec::new();
        for mut segment in segments {
            segment.count_waiting();
            segment.add_days_to(&mut days);
            for (all, counts) in joined.iter_mut().zip(segment.named()?) {
                for (value, count) in counts {
                    *all.entry(value).or_default() += count;
                }
            }
        }
        // A segment's days are in a row already, which this order makes use of.
        days.sort_by_key(|(day, _)| *day);
        days.dedup_by(|(day, count), (before, counted)| {
            let is_same = day == before;
            *counted += if is_same { *count } else { 0 };
            is_same
        });
        let values = joined.into_iter().map(|counts| counts.into_iter().collect());
        Ok(Counted {
            values: values.collect(),
            days,
        })
    }
}

/// The counts of a segment, in the order of what is counted by; a column that no entry has a value in is none.
pub(super) struct SegmentCounts {
    counters: Vec<Option<Counter>>,
    /// Entries that came one by one, as they do when they are scored or others were deleted; a block of them costs less.
    waiting: Vec<DocId>,
}

/// A topic's name, its entries in the segment, if it has any there, and how many were counted.
type TopicCount = (String, Option<Arc<[u64]>>, u64);

enum Counter {
    Values(ValueCounts),
    Topics(Vec<TopicCount>),
    Days(DayCounts),
}

impl Counter {
    fn add(&mut self, entries: &[DocId]) {
        match self {
            Counter::Values(values) => values.add(entries),
            Counter::Days(days) => days.add(entries),
            Counter::Topics(topics) => {
                for (_, bits, count) in topics {
                    if let Some(bits) = bits {
                        *count += entries
                            .iter()
                            .filter(|entry| EntrySet::has(bits, **entry))
                            .count() as u64;
                    }
                }
            }
        }
    }

    fn named(self) -> io::Result<Counts> {
        match self {
            Counter::Values(values) => values.named(),
            Counter::Days(_) => Ok(Vec::new()),
            Counter::Topics(topics) => {
                let counts = topics.into_iter().map(|(name, _, count)| (name, count));
                Ok(counts.filter(|(_, count)| *count > 0).collect())
            }
        }
    }
}

impl SegmentCounts {
    /// Counts an entry, as they come one by one where they are weighed.
    pub(super) fn add_one(&mut self, entry: DocId) {
        self.waiting.push(entry);
        if self.waiting.len() == COLLECT_BLOCK_BUFFER_LEN {
            self.count_waiting();
        }
    }

    /// Counts entries, which come in their order.
    pub(super) fn add(&mut self, entries: &[DocId]) {
        for counter in self.counters.iter_mut().flatten() {
            counter.add(entries);
        }
    }

    fn count_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.add(&waiting);
        self.waiting = waiting;
        self.waiting.clear();
    }

    /// Adds what was counted by days to what was in other segments.
    fn add_days_to(&self, all: &mut Vec<(i64, u64)>) {
        for counter in self.counters.iter().flatten() {
            if let Counter::Days(days) = counter {
                all.extend(&days.runs);
            }
        }
    }

    /// What was counted, by name.
    fn named(self) -> io::Result<Vec<Counts>> {
        let counters = self.counters.into_iter();
        counters
            .map(|counter| counter.map_or(Ok(Vec::new()), Counter::named))
            .collect()
    }
}

/// How many entries have each value of a column, by ordinal.
struct ValueCounts {
    values: Arc<Values>,
    counts: Vec<u64>,
}

impl ValueCounts {
    fn new(values: Arc<Values>) -> Self {
        Self {
            counts: vec![0; values.count()],
            values,
        }
    }

    fn add(&mut self, entries: &[DocId]) {
        self.values.count_in(entries, &mut self.counts);
    }

    /// The values that entries have, by name.
    fn named(self) -> io::Result<Counts> {
        let counted = self.counts.into_iter().enumerate();
        let counted = counted.filter(|(_, count)| *count > 0);
        let (ordinals, counts): (Vec<u64>, Vec<u64>) = counted.map(|(at, count)| (at as u64, count)).unzip();
        let names = self.values.names(&ordinals)?;
        Ok(names.into_iter().zip(counts).collect())
    }
}

/// How many entries of one kind are of each day. They lie by their day, so those of one come together, and what is kept is a row of
/// days, however far apart those are.
struct DayCounts {
    days: Arc<Days>,
    /// The number of the day that was counted last.
    at: usize,
    runs: Vec<(i64, u64)>,
}

impl DayCounts {
    fn of(days: Arc<Days>) -> Self {
        Self {
            days,
            at: 0,
            runs: Vec::new(),
        }
    }

    fn add(&mut self, entries: &[DocId]) {
        self.days.count(entries, &mut self.at, &mut self.runs);
    }
}
