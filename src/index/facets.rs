//! How many of what a query finds are of whom, from where and of which month.

use serde_json::json;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::agg_result::{AggregationResult, AggregationResults, BucketResult};
use tantivy::aggregation::{AggContextParams, AggregationCollector, Key};
use tantivy::query::Query;

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
/// Months of a histogram: a hundred years of them.
const MONTHS: usize = 1200;

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
    let context = AggContextParams::new(Default::default(), searcher.index().tokenizers().clone());
    let collector = AggregationCollector::from_aggs(request(), context);
    let found = searcher.search(asked, &collector)?;
    let facet = |(field, fast): (&'static str, &str)| Facet {
        field,
        values: counted(&found, fast),
    };
    let facets = FACETS
        .into_iter()
        .map(facet)
        .filter(|facet| !facet.values.is_empty());
    // Entries of several kinds are ordered by days of several fields, and no one field leads to them.
    let mut months = if kind.is_some() {
        counted(&found, MONTH)
    } else {
        Vec::new()
    };
    months.sort();
    Ok(Facets {
        facets: facets.collect(),
        months,
        month_field: match kind {
            Some(EntryKind::Document) => "published",
            Some(EntryKind::Date) => "mentions",
            _ => "said",
        },
    })
}

fn request() -> Aggregations {
    let terms =
        |field: &str, size: usize| (field.to_owned(), json!({"terms": {"field": field, "size": size}}));
    let values = FACETS.iter().map(|(_, fast)| terms(fast, VALUES));
    let all: serde_json::Map<_, _> = values.chain([terms(MONTH, MONTHS)]).collect();
    serde_json::from_value(all.into()).expect("a request the engine knows")
}

fn counted(found: &AggregationResults, field: &str) -> Vec<(String, u64)> {
    let Some(AggregationResult::BucketResult(BucketResult::Terms { buckets, .. })) = found.0.get(field)
    else {
        return Vec::new();
    };
    let named = |key: &Key| match key {
        Key::Str(text) => Some(text.clone()),
        _ => None,
    };
    let counts = buckets
        .iter()
        .filter_map(|bucket| Some((named(&bucket.key)?, bucket.doc_count)));
    counts.collect()
}
