//! The values that parameters take, as the description of the interface lists them.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::timeline::export::Format;

/// A type that stands for one of some texts in the description, and nowhere else.
macro_rules! one_of {
    ($(#[$meaning:meta])* $name:ident, $values:expr) => {
        $(#[$meaning])*
        pub(in crate::web) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let schema = ObjectBuilder::new().schema_type(Type::String);
                schema.enum_values(Some($values)).build().into()
            }
        }

        impl ToSchema for $name {}
    };
}

one_of!(
    /// The kinds of entries that are asked for.
    KindCode,
    ["quotes", "documents", "dates", "all"]
);
one_of!(
    /// The orders of a list.
    OrderCode,
    ["relevance", "newest", "oldest"]
);
one_of!(
    /// How an answer to a search is written.
    AnswerCode,
    ["json", "ndjson"]
);
one_of!(
    /// By what a timeline is put into lanes.
    LaneCode,
    ["speaker", "source"]
);
one_of!(
    /// Whether something is to be told.
    ChoiceCode,
    ["yes", "no"]
);
one_of!(
    /// How often a saved search is looked at.
    RhythmCode,
    ["at-once", "daily", "weekly"]
);
one_of!(
    /// The format of a file.
    FormatCode,
    Format::ALL.map(Format::code)
);
