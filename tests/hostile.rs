//! Ten thousand hostile queries, read and asked of a small index: each is answered, or refused with a reason, within a
//! limit of work. The same numbers make the same queries, so a failure names one that can be tried again.

use std::ops::Range;

use jiff::civil::{Date, date};
use onrecord::index::{
    CountedBy, Entry, EntryKind, EntrySaid, EntrySpeaker, FIELDS, IndexWriter, Order, Query, Searcher, Wanted,
};
use onrecord::model::date::When;
use onrecord::model::document::Genre;
use onrecord::model::id::{CaptureId, DocumentId, RevisionId, SourceId, SpeakerId};
use onrecord::model::quote::{QuoteKind, Stance};
use onrecord::model::source::SourceKind;
use rustix::time::{ClockId, clock_gettime};

/// Queries that are tried.
const QUERIES: u64 = 10_000;
/// Seconds of this thread that reading, asking and counting may take, a hundred times what the dearest take.
const MOST_SECONDS: f64 = 5.0;
/// Characters of an error's message: it may quote the query, not repeat a page of it.
const MOST_MESSAGE: usize = 6_000;

/// A row of numbers that only looks like chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    fn within(&mut self, range: Range<usize>) -> usize {
        range.start + self.below(range.len())
    }
}

/// Pieces that mean something to the language, in any order.
const PIECES: [&str; 36] = [
    "(",
    ")",
    "\"",
    "“",
    "”",
    "„",
    "«",
    "»",
    "-",
    "−",
    "--",
    "=",
    "*",
    ":",
    "..",
    ">=",
    "<",
    "/",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/5",
    "NEAR/99999999999999999999",
    "NEAR/",
    "ferry",
    "ferr*",
    "*",
    "=ferry",
    "harbor's",
    "é",
    "2026",
    "http://a/b",
    "a:b:c",
    "\\",
    " ",
];
/// What days, names and codes are not.
const VALUES: [&str; 36] = [
    "",
    "*",
    "..",
    "2026-99-99",
    "2026-02-30",
    "9999-12-31..",
    "..-9999",
    "-9999",
    "-9999-01-01..9999-12-31",
    "2026-02-10..2026-02-01",
    ">=",
    ">=9999-12-31",
    "<-9999-01-01",
    "Y-17E7",
    "1e99999999",
    "199X",
    "XXXX",
    "2026-21",
    "2026-25",
    "156u-12-25",
    "[1667,1668,1670..1672]",
    "{..1984}",
    "2004-06-~01/2004-06-~20",
    "0000",
    "last week",
    "the 1st of never",
    "next century",
    "\u{0}",
    "\u{202e}abc",
    "all",
    "none",
    "ferry OR",
    "((",
    "ana lima ana lima",
    "%00%ff",
    "999999999999999999999999999999999999",
];

/// Hostile in a way of its own, by its number.
fn hostile(number: u64) -> String {
    let chance = &mut Chance(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    match number % 16 {
        0 => nested(chance),
        1 => (0..chance.within(1..400))
            .map(|_| format!("{} ", wildcard(chance)))
            .collect(),
        2 => (0..chance.within(1..900))
            .map(|_| any_character(chance))
            .collect(),
        3 => (0..chance.within(1..900))
            .filter_map(|_| char::from_u32(chance.below(0xa0) as u32))
            .collect(),
        4 => (0..chance.within(1..3_000)).map(|at| format!("w{at} ")).collect(),
        5 => format!("like:\"{}\"", words(chance, 4_000)),
        6 => (0..chance.within(1..300))
            .map(|_| format!("ferry NEAR/{} ", chance.below(200)))
            .collect(),
        7 => (0..chance.within(1..40)).map(|_| fielded(chance)).collect(),
        8 => format!("like:\"{}\" {}", words(chance, 400), fielded(chance)),
        9 => format!("\"{}\"", words(chance, 4_000)),
        10 => (0..chance.within(1..300))
            .map(|_| format!("-{} OR ", fielded(chance)))
            .collect(),
        // Once in a while longer than anything should be.
        11 if number % 800 == 11 => chance
            .of(&["(", "a ", "\"", "-", "é", "speaker:", "a OR "])
            .repeat(1_000_000),
        _ => (0..chance.within(1..200)).map(|_| piece(chance)).collect(),
    }
}

fn nested(chance: &mut Chance) -> String {
    let (open, close) = [
        ("(", ")"),
        ("(a ", ")"),
        ("-(", ")"),
        ("NOT (a OR ", ")"),
        ("speaker:(", ")"),
        ("\"(", ""),
    ][chance.below(6)];
    let depth = chance.within(1..800);
    let closed = [0, depth, chance.below(2 * depth)][chance.below(3)];
    format!("{}ferry{}", open.repeat(depth), close.repeat(closed))
}

fn wildcard(chance: &mut Chance) -> String {
    let start = chance.of(&["", "f", "fe", "*", "é", "a.", ".*", "[a-z]", "(", "\\w", "w1"]);
    format!("{start}{}", "*".repeat(chance.below(4)))
}

fn any_character(chance: &mut Chance) -> char {
    let from = [
        0x20, 0xa0, 0x300, 0x590, 0x2000, 0x3040, 0xfe00, 0x1_f300, 0xe_0000, 0x10_ff00,
    ][chance.below(10)];
    char::from_u32(from + chance.below(0x100) as u32).unwrap_or(' ')
}

fn words(chance: &mut Chance, bytes: usize) -> String {
    let mut text = String::new();
    while text.len() < bytes {
        text.push_str(chance.of(&[
            "ferry ", "the ", "less ", "safe ", "x ", "won’t ", "é", "- ", "a.b ",
        ]));
    }
    text.truncate(text.floor_char_boundary(bytes));
    text
}

fn fielded(chance: &mut Chance) -> String {
    let field = &FIELDS[chance.below(FIELDS.len())];
    let (name, value) = (field.names[0], chance.of(&VALUES));
    match chance.below(4) {
        0 => format!("{name}:{value} "),
        1 => format!("{name}:\"{value}\" "),
        2 => format!("{name}:({value} OR {}) ", chance.of(&VALUES)),
        _ => format!("{name}:{name}:{value}*"),
    }
}

fn piece(chance: &mut Chance) -> String {
    match chance.below(8) {
        0 => fielded(chance),
        1 => format!("{} ", any_character(chance)),
        _ => format!("{}{}", chance.of(&PIECES), [" ", ""][chance.below(2)]),
    }
}

/// A few quotes and a document in a folder.
fn filled(folder: &std::path::Path) -> Searcher {
    let mut writer = IndexWriter::open(folder, 15_000_000).expect("a writer");
    let texts = [
        "The ferry is less safe than before",
        "We won’t stop a single ferry",
        "Nobody asked the harbours",
    ];
    for (number, text) in texts.into_iter().enumerate() {
        let kinds = [EntryKind::Quote, EntryKind::Document];
        writer
            .add(&kinds.map(|kind| entry(kind, number, text)))
            .expect("added");
    }
    writer.commit(1).expect("committed");
    Searcher::open(folder).expect("an index")
}

fn entry(kind: EntryKind, number: usize, text: &str) -> Entry {
    let moment = "2026-02-06T10:00:00Z".parse().expect("a moment");
    let day = date(2026, 2, 6);
    Entry {
        kind,
        id: format!("{}{number}", kind.code()),
        document: DocumentId::new(format!("d{number}")),
        by_hand: Vec::new(),
        revision: RevisionId::new("r"),
        capture: CaptureId::new("c"),
        captured_at: moment,
        first_seen_at: moment,
        held: (moment, None),
        is_change: false,
        is_repeated: false,
        is_altered: false,
        is_replaced: false,
        is_removed: false,
        is_added: false,
        is_absent: false,
        has_correction: false,
        source: SourceId::new("herald"),
        source_name: "The Harbor Herald".into(),
        source_kind: SourceKind::News,
        office: Some("harbor".into()),
        office_names: Vec::new(),
        url: format!("https://herald.example/{number}"),
        title: Some("Ferries halted".into()),
        genre: Genre::Report,
        authors: Vec::new(),
        language: Some("en".into()),
        published: None,
        published_on: Some(day),
        minute: None,
        begins_at: 0,
        same_before: 0,
        text: text.into(),
        around: String::new(),
        speakers: vec![EntrySpeaker {
            id: SpeakerId::new("ana-lima"),
            name: "Ana Lima".into(),
            aliases: vec!["the harbour master".into()],
        }],
        bodies: Vec::new(),
        printed_speaker: None,
        cue: Some("said".into()),
        stance: Some(Stance::Said),
        quote: (kind == EntryKind::Quote).then_some((QuoteKind::Direct, 0.9)),
        said: Some(EntrySaid {
            when: When::day(day),
            rule: "r".into(),
        }),
        date: None,
        mentions: vec![When::day(day)],
        deadlines: Vec::new(),
    }
}

/// Seconds that this thread has worked.
fn seconds() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Reads and asks a query; answers whether it was one.
fn ask(searcher: &Searcher, text: &str, today: Date, order: Order) -> bool {
    let query = match Query::parse(text, today) {
        Ok(query) => query,
        Err(error) => {
            let message = error.to_string();
            assert!(!message.is_empty() && message.len() < MOST_MESSAGE, "{message}");
            return false;
        }
    };
    let wanted = Wanted {
        kinds: EntryKind::ALL.to_vec(),
        order,
        offset: 0,
        limit: 10,
        after: None,
        is_counted: true,
    };
    let found = searcher.search(&query, &wanted).expect("an answer");
    let total = found.total.expect("counted");
    assert!(found.hits.len() <= total && total <= 6);
    let counted = searcher
        .facets(&query, &[EntryKind::Quote], &CountedBy::ALL)
        .expect("counts");
    assert!(counted.months.iter().map(|(_, count)| count).sum::<u64>() <= 3);
    // How it was understood is a query as well, and not a dearer one.
    assert!(query.understood().len() < 40 * MOST_MESSAGE);
    true
}

#[test]
fn hostile_queries_are_answered_or_refused_within_a_limit_of_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let today = date(2026, 2, 13);
    let mut answered = 0;
    for number in 0..QUERIES {
        let text = hostile(number);
        let order = [Order::Relevance, Order::Newest, Order::Oldest][(number / 16 % 3) as usize];
        let begin = seconds();
        answered += u64::from(ask(&searcher, &text, today, order));
        let taken = seconds() - begin;
        assert!(
            taken < MOST_SECONDS,
            "query {number} took {taken:.1} s: {text:.200}"
        );
    }
    // Both ways out are taken, so neither is tried in vain.
    assert!(
        answered > QUERIES / 4 && answered < QUERIES * 9 / 10,
        "{answered} of {QUERIES} answered"
    );
}
