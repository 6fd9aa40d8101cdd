//! How many of what a query finds are of whom, from where and of which month.

use std::collections::HashMap;
use std::io;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Cardinality, StrColumn};
use tantivy::query::Query;
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, Score, SegmentOrdinal, SegmentReader};

use super::EntryKind;

/// Fast fields that are counted by, as the schema names them.
pub(super) const SPEAKER: &str = "speaker_name";
pub(super) const OUTLET: &str = "outlet";
pub(super) const SORT: &str = "sort";
pub(super) const STANCE: &str = "stance";
pub(super) const GENRE: &str = "genre";
pub(super) const MONTH: &str = "month";

/// Values of a facet that are given: the most frequent ones.
const VALUES: usize = 12;

/// A facet: the field to narrow a query by, and the values with how many entries have each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The field of the query language.
    pub field: &'static str,
    /// The most frequent values first.
    pub values: Vec<(String, u64)>,
}

/// What is counted of everything that a query finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By speaker, outlet, kind, stance and genre; those without a value are left out.
    pub facets: Vec<Facet>,
    /// How many entries are of each month, as `2026-02`, oldest first; months without any are not in it.
    pub months: Vec<(String, u64)>,
    /// The field of the query language that the months are of.
    pub month_field: &'static str,
}

/// The facets by the field of the query language and the fast field.
const FACETS: [(&str, &str); 5] = [
    ("speaker", SPEAKER),
    ("source", OUTLET),
    ("kind", SORT),
    ("stance", STANCE),
    ("genre", GENRE),
];

/// Counts what `asked` finds; `kind` says which days the entries are ordered by.
pub(super) fn count(
    searcher: &tantivy::Searcher,
    asked: &dyn Query,
    kind: Option<EntryKind>,
) -> tantivy::Result<Facets> {
    let mut counted = searcher.search(asked, &Counting)?;
    // Entries of several kinds are ordered by days of several fields, and no one field leads to them.
    let mut months = counted.pop().filter(|_| kind.is_some()).unwrap_or_default();
    months.sort();
    let facets = FACETS.iter().zip(counted).map(|((field, _), values)| Facet {
        field,
        values: most_frequent(values),
    });
    Ok(Facets {
        facets: facets.filter(|facet| !facet.values.is_empty()).collect(),
        months,
        month_field: match kind {
            Some(EntryKind::Document) => "published",
            Some(EntryKind::Date) => "mentions",
            _ => "said",
        },
    })
}

fn most_frequent(mut values: Vec<(String, u64)>) -> Vec<(String, u64)> {
    values.sort_unstable_by(|(one, count), (other, other_count)| other_count.cmp(count).then(one.cmp(other)));
    values.truncate(VALUES);
    values
}

/// Counts by the ordinals of the values in a segment, which need only be added up; names are looked up in the end. It is
/// exact, where the engine's own aggregation lets go of what is rare in a segment.
struct Counting;

/// Every value of a column with how many entries have it.
type Counts = Vec<(String, u64)>;

impl Collector for Counting {
    /// By the columns of [`FACETS`], then by month.
    type Fruit = Vec<Counts>;
    type Child = SegmentCounts;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounts> {
        let columns = FACETS.iter().map(|(_, fast)| *fast).chain([MONTH]);
        let columns = columns.map(|fast| {
            let column = segment.fast_fields().str(fast)?;
            Ok(column.map(ColumnCounts::new))
        });
        Ok(SegmentCounts(columns.collect::<tantivy::Result<_>>()?))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<io::Result<Vec<Counts>>>) -> tantivy::Result<Vec<Counts>> {
        let mut merged: Vec<HashMap<String, u64>> = vec![HashMap::new(); FACETS.len() + 1];
        for segment in segments {
            for (all, counts) in merged.iter_mut().zip(segment?) {
                for (value, count) in counts {
                    *all.entry(value).or_default() += count;
                }
            }
        }
        Ok(merged
            .into_iter()
            .map(|counts| counts.into_iter().collect())
            .collect())
    }
}

/// The counts of a segment, by column; a column that no entry has a value in is none.
struct SegmentCounts(Vec<Option<ColumnCounts>>);

impl SegmentCollector for SegmentCounts {
    type Fruit = io::Result<Vec<Counts>>;

    fn collect(&mut self, entry: DocId, _: Score) {
        self.collect_block(&[entry]);
    }

    fn collect_block(&mut self, entries: &[DocId]) {
        for column in self.0.iter_mut().flatten() {
            column.add(entries);
        }
    }

    fn harvest(self) -> io::Result<Vec<Counts>> {
        let columns = self.0.into_iter();
        columns
            .map(|column| column.map_or(Ok(Vec::new()), ColumnCounts::named))
            .collect()
    }
}

/// How many entries have each value of a column, by ordinal.
struct ColumnCounts {
    column: StrColumn,
    counts: Vec<u64>,
}

impl ColumnCounts {
    fn new(column: StrColumn) -> Self {
        let counts = vec![0; column.num_terms()];
        Self { column, counts }
    }

    fn add(&mut self, entries: &[DocId]) {
        let ordinals = self.column.ords();
        if ordinals.get_cardinality() != Cardinality::Full {
            for ordinal in entries.iter().flat_map(|entry| ordinals.values_for_doc(*entry)) {
                self.counts[ordinal as usize] += 1;
            }
            return;
        }
        let mut found = [0; COLLECT_BLOCK_BUFFER_LEN];
        for entries in entries.chunks(COLLECT_BLOCK_BUFFER_LEN) {
            let found = &mut found[..entries.len()];
            ordinals.values.get_vals(entries, found);
            for ordinal in found {
                self.counts[*ordinal as usize] += 1;
            }
        }
    }

    /// The values that entries have, by name.
    fn named(self) -> io::Result<Counts> {
        let counted = self
            .counts
            .into_iter()
            .enumerate()
            .filter(|(_, count)| *count > 0);
        let (ordinals, counts): (Vec<u64>, Vec<u64>) = counted.map(|(at, count)| (at as u64, count)).unzip();
        let mut names = Vec::with_capacity(ordinals.len());
        self.column
            .dictionary()
            .sorted_ords_to_term_cb(&ordinals, |name| {
                names.push(String::from_utf8_lossy(name).into_owned());
            })?;
        Ok(names.into_iter().zip(counts).collect())
    }
}
