//! What every JSON that tells of quotes, documents and dates calls the same things, so that an alert, a hit and an answer of the
//! API can be laid beside each other and beside a row of an export (`timeline/export/columns.rs`), which has the same names.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::date::When;

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
    pub fn from(first: Option<Date>) -> Self {
        Self {
            day: first.map(|day| day.to_string()),
            ..Self::default()
        }
    }
}
