//! Names of fields, and terms and numbers that stand in them, for whoever reads a column or a list without a schema at hand.

/// The field that names the document of an entry.
pub(super) const DOCUMENT: &str = "document";
/// The name of the field that orders the entries of a day and tells them apart.
pub(super) const KEY: &str = "key";
/// The name of the field that holds the day entries are ordered by.
pub(super) const DAY: &str = "day";
/// The name of the field by which the entries of a segment lie (`stretches.rs`).
pub(super) const PLACE: &str = "place";

/// The names of the fields that hold from when, and until when, a wording was the last one held.
pub(super) const SINCE: &str = "since";
pub(super) const UNTIL: &str = "until";
/// The second until which a wording is held that is the last one held: what lies in 32 bits takes half the room.
pub(super) const NEVER: i64 = u32::MAX as i64;

/// Fast fields that are counted by.
pub(super) const SPEAKER_NAME: &str = "speaker_name";
pub(super) const BODY_NAME: &str = "body_name";
pub(super) const OUTLET: &str = "outlet";
pub(super) const SOURCE_KIND: &str = "source_kind";
pub(super) const QUOTE_KIND: &str = "quote_kind";
pub(super) const STANCE: &str = "stance";
pub(super) const GENRE: &str = "genre";

/// The term of `current` that the entries of the wordings seen last have.
pub(super) const CURRENT: &str = "any";
/// The term of `traits` that what the next wording of its document has as well has, beside those that are asked for.
pub(super) const REPEATED: &str = "repeated";
