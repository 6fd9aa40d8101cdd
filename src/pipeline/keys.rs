//! What every JSON that tells of quotes, documents and dates calls the same things, so that an alert, a hit and an answer of the
//! API can be laid beside each other and beside a row of an export (`timeline/export/columns.rs`), which has the same names:
//! `source_id` and `source_name`, `quote` (its id), `text` (its words), `quote_kind`, `speaker` and `speaker_id`, `day`, `until` and
//! `edtf`, `document`, `revision` and `capture`.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::date::When;
use crate::model::id::SourceId;

/// Who publishes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SourceKeys)]
pub struct SourceKeys {
    /// The id of the source.
    source_id: String,
    /// The name of the source.
    source_name: String,
}

impl SourceKeys {
    /// The keys of a source.
    pub fn of(id: &SourceId, name: &str) -> Self {
        Self {
            source_id: id.to_string(),
            source_name: name.to_owned(),
        }
    }
}

/// The days on which words were said or a document was published, or that a date means; null where nothing tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DayKeys)]
pub struct DayKeys {
    /// The first of the days.
    day: Option<String>,
    /// The last of the days.
    until: Option<String>,
    /// The days as EDTF (ISO 8601-2): a month, a season or an interval is more than one day.
    edtf: Option<String>,
}

impl DayKeys {
    /// The keys of days.
    pub fn of(when: Option<&When>) -> Self {
        Self {
            day: when.map(|when| when.earliest.to_string()),
            until: when.map(|when| when.latest.to_string()),
            edtf: when.map(|when| when.edtf.clone()),
        }
    }

    /// The keys of days of which no more than the first is known.
    pub fn of_first(first: Option<Date>) -> Self {
        Self {
            day: first.map(|day| day.to_string()),
            ..Self::default()
        }
    }
}
