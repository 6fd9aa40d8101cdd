//! The fields there are, as the parser knows them and as people are told of them.

/// The fields with names and codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) enum NameField {
    Speaker,
    /// Whom somebody speaks for.
    Body,
    Source,
    Kind,
    Genre,
    Language,
    Office,
    Url,
    Topic,
    Cue,
    Stance,
    Has,
}

/// The fields that take ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) enum IdField {
    Speaker,
    Body,
    Source,
}

impl IdField {
    /// The field as one with names.
    pub(super) fn named(self) -> NameField {
        match self {
            IdField::Speaker => NameField::Speaker,
            IdField::Body => NameField::Body,
            IdField::Source => NameField::Source,
        }
    }

    /// The one that is also this field with names.
    pub(super) fn of(field: NameField) -> Option<Self> {
        [IdField::Speaker, IdField::Body, IdField::Source]
            .into_iter()
            .find(|id| id.named() == field)
    }
}

/// Whether a text can be written as an id in a query: letters, digits, hyphens and underscores.
pub(in crate::index) fn is_id(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.chars().all(is_part) && text.contains(char::is_alphanumeric)
}

/// The fields with days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) enum DayField {
    Said,
    Published,
    Mentions,
    Deadline,
    Captured,
    FirstSeen,
    Changed,
}

/// Any field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) enum AnyField {
    Name(NameField),
    Day(DayField),
    AsOf,
    Like,
}

/// The forms of a query besides its fields: how each is typed, and what it asks for.
pub const FORMS: [(&str, &str); 9] = [
    ("ferry strike", "both words, in any form"),
    ("=strike", "this word as printed, in no other form"),
    ("\"less safe\"", "these words as printed, one after the other"),
    ("ferr*", "words that begin so"),
    (
        "ferry NEAR/5 strike",
        "with no more than five words between them, whichever comes first",
    ),
    (
        "ferry OR harbor",
        "one or the other; `|` between spaces is the same",
    ),
    ("strike -ferry", "without a word; also NOT and !"),
    (
        "speaker:=ana-lima",
        "one speaker, body or source and no other of that name, by the id that addresses and exports show",
    ),
    ("(ferry OR boat) strike", "parentheses say what belongs together"),
];

/// The forms of the days that fields of days take.
pub const DAYS: [(&str, &str); 6] = [
    (
        "said:2026-02-06",
        "a day; also a month, a year, a week (2026-W06)",
    ),
    (
        "said:2026-02-01..2026-02-10",
        "from one to another, both included; either may be left away",
    ),
    ("said:>=2026-02", "from then on; also >, <, <="),
    ("said:\"last week\"", "words, counted from today"),
    (
        "mentions:2026-21",
        "EDTF (ISO 8601-2): spring 2026, 199X, 2026-02~",
    ),
    (
        "asof:2026-02-08",
        "as of a past day; also a moment, and `ever` for every wording there was",
    ),
];

/// A field as people are told of it.
#[derive(Clone, Copy, Debug)]
pub struct FieldHelp {
    /// The names it is typed with, the usual one first.
    pub names: &'static [&'static str],
    /// What it asks for.
    pub meaning: &'static str,
    /// How it is typed.
    pub example: &'static str,
    pub(in crate::index) field: AnyField,
}

const fn help(
    names: &'static [&'static str],
    field: AnyField,
    example: &'static str,
    meaning: &'static str,
) -> FieldHelp {
    FieldHelp {
        names,
        meaning,
        example,
        field,
    }
}

/// What other search boxes call things, how that is asked for here, and a value where none was typed.
pub(super) const ELSEWHERE: [(&str, &str, &str); 10] = [
    ("site", "`source:{}` or `url:{}`", "herald.example"),
    (
        "from",
        "`source:{}` for who prints it, `speaker:{}` for who says it",
        "herald",
    ),
    ("name", "`speaker:{}`", "lima"),
    (
        "author",
        "`speaker:{}` for who says it; who wrote a page is shown with it and not searched",
        "lima",
    ),
    ("quote", "`\"{}\"` alone, which is looked for in quotes", "ferry"),
    ("text", "`{}` alone", "ferry"),
    ("title", "`{}` alone, for which headlines weigh most", "ferry"),
    ("headline", "`{}` alone, for which headlines weigh most", "ferry"),
    ("date", "`said:{}`, `published:{}` or `mentions:{}`", "2026-02-06"),
    (
        "type",
        "`genre:{}` for what kind of page it is, `kind:{}` for news or official",
        "order",
    ),
];

/// Fields of other search boxes that mean one thing here, and what: they are taken for it.
pub(super) const TAKEN_FOR: [(&str, TakenFor); 10] = [
    ("before", TakenFor::Before),
    ("until", TakenFor::Until),
    ("after", TakenFor::After),
    ("since", TakenFor::Since),
    ("by", TakenFor::Field(NameField::Speaker)),
    ("who", TakenFor::Field(NameField::Speaker)),
    ("person", TakenFor::Field(NameField::Speaker)),
    ("said_by", TakenFor::Field(NameField::Speaker)),
    ("publisher", TakenFor::Field(NameField::Source)),
    ("domain", TakenFor::Field(NameField::Url)),
];

/// What a field of another search box is taken for: one of ours, or days of publication on one side of those that are given.
#[derive(Clone, Copy, Debug)]
pub(super) enum TakenFor {
    Field(NameField),
    Before,
    Until,
    After,
    Since,
}

impl TakenFor {
    /// The field whose values it takes.
    pub(super) fn field(self) -> AnyField {
        match self {
            TakenFor::Field(field) => AnyField::Name(field),
            _ => AnyField::Day(DayField::Published),
        }
    }
}

/// Every field there is: what the parser knows and the reference page shows.
pub const FIELDS: [FieldHelp; 21] = [
    help(
        &["speaker"],
        AnyField::Name(NameField::Speaker),
        "speaker:\"ana lima\"",
        "who spoke, by any of their names; in documents, who is quoted",
    ),
    help(
        &["of", "body"],
        AnyField::Name(NameField::Body),
        "of:\"harbor council\"",
        "what a body said, and who held an office of it on the day: by any of its names",
    ),
    help(
        &["cue"],
        AnyField::Name(NameField::Cue),
        "cue:warned",
        "the word that reports a quote",
    ),
    help(
        &["stance"],
        AnyField::Name(NameField::Stance),
        "stance:denied",
        "what that word says of the quote: said, claimed, warned, denied, promised, criticized, …",
    ),
    help(
        &["source", "outlet"],
        AnyField::Name(NameField::Source),
        "source:herald",
        "who printed it, by id or name",
    ),
    help(
        &["kind"],
        AnyField::Name(NameField::Kind),
        "kind:official",
        "official or news; or direct, mixed or indirect quotes. Indirect ones are left out but with indirect or all",
    ),
    help(
        &["genre"],
        AnyField::Name(NameField::Genre),
        "genre:press_release",
        "what sort of document it is: report, press_release, statement, letter, testimony, readout, fact_sheet, notice, transcript, \
         order, opinion or live",
    ),
    help(
        &["office"],
        AnyField::Name(NameField::Office),
        "office:dhs",
        "the body whose site it is, by its id or any of its names, whole or in part",
    ),
    help(
        &["has"],
        AnyField::Name(NameField::Has),
        "has:correction",
        "what it has or its page: correction (by the outlet itself), change (of a quote: other words or another speaker before; of a page: another \
         wording), replaced (an edit put other words in the place of these, or another speaker), removal (an edit took the quote out), addition (an edit brought it in), absent (the page is gone), deadline, speaker, by_hand (somebody corrected what was read)",
    ),
    help(
        &["topic"],
        AnyField::Name(NameField::Topic),
        "topic:all",
        "a topic of the configuration, or all",
    ),
    help(
        &["lang", "language"],
        AnyField::Name(NameField::Language),
        "lang:es",
        "the language of the document",
    ),
    help(
        &["url"],
        AnyField::Name(NameField::Url),
        "url:town.example/orders",
        "words of the address, in their order",
    ),
    help(
        &["said"],
        AnyField::Day(DayField::Said),
        "said:2026-02-06",
        "the days on which a quote was said",
    ),
    help(
        &["mentions"],
        AnyField::Day(DayField::Mentions),
        "mentions:2026-02-20",
        "the days a text speaks of, deadlines included",
    ),
    help(
        &["deadline", "due"],
        AnyField::Day(DayField::Deadline),
        "deadline:2026-02-20..",
        "the days by which something is due, as a text says it or as it follows from a day that is known",
    ),
    help(
        &["published"],
        AnyField::Day(DayField::Published),
        "published:\"last week\"",
        "the day the page gives for its publication",
    ),
    help(
        &["captured"],
        AnyField::Day(DayField::Captured),
        "captured:>=2026-02-01",
        "the day of the capture that first showed this wording (UTC)",
    ),
    help(
        &["first_seen"],
        AnyField::Day(DayField::FirstSeen),
        "first_seen:2026-02",
        "the day the document was first held (UTC)",
    ),
    help(
        &["changed"],
        AnyField::Day(DayField::Changed),
        "changed:2026-02-07..",
        "the day its present wording was first seen, where it had another before (UTC)",
    ),
    help(
        &["asof"],
        AnyField::AsOf,
        "asof:2026-02-08",
        "what was held at the end of that day, in the wording of that day (UTC); or at a moment, asof:2026-02-08T07:55; or ever, \
         asof:ever, where what stayed as it was through several wordings stands once",
    ),
    help(
        &["like"],
        AnyField::Like,
        "like:\"we will not stop a ferry\"",
        "other printings of these words: quotes that share most of them, the closest first",
    ),
];

impl AnyField {
    pub(super) fn of(name: &str) -> Option<Self> {
        let is_named = |help: &&FieldHelp| help.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        FIELDS.iter().find(is_named).map(|help| help.field)
    }

    pub(super) fn name(self) -> &'static str {
        let own = FIELDS.iter().find(|help| help.field == self);
        own.and_then(|help| help.names.first())
            .copied()
            .unwrap_or_default()
    }
}
