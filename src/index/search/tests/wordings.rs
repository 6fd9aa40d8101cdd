//! What is found as of a past time, and among all wordings there were.

use super::*;

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
        is_altered: since != "2026-02-01",
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
    assert_eq!(ids(&searcher, "ferry asof:2026-02-07T09:59:59"), ["then"]);
    assert_eq!(ids(&searcher, "ferry asof:2026-02-07T10:00:00Z"), ["now"]);
    assert_eq!(ids(&searcher, "=stays asof:ever"), ["then"]);
    assert_eq!(ids(&searcher, "ferry asof:ever").len(), 2);
    assert_eq!(ids(&searcher, "ferry OR asof:2026-01-31"), ["now"]);
    assert_eq!(ids(&searcher, "=stays OR (ferry asof:2026-02-06)"), ["then"]);
    assert_eq!(ids(&searcher, "changed:2026-02-07"), ["now"]);
    assert_eq!(ids(&searcher, "first_seen:2026-02-01"), ["now"]);
}

#[test]
fn what_stayed_through_several_wordings_is_found_once_among_all_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let document = DocumentId::new("d");
    let wording = |id: &str, since: &str, until: Option<&str>| Entry {
        document: document.clone(),
        captured_at: moment(since),
        held: (moment(since), until.map(moment)),
        is_change: since != "2026-02-01",
        is_altered: since != "2026-02-01",
        is_repeated: until.is_some(),
        has_correction: until.is_none(),
        ..quote(id, "Ana Lima", "The ferry stays.", 1)
    };
    let mut unnamed = wording("unnamed", "2026-02-07", None);
    unnamed.speakers.clear();
    let entries = [
        wording("then", "2026-02-01", Some("2026-02-07")),
        wording("now", "2026-02-07", None),
        unnamed,
    ];
    writer.replace(&document, &entries).expect("replaced");
    writer.commit(1).expect("committed");
    let searcher = Searcher::open(folder.path()).expect("open");
    let found = |text: &str| {
        let mut found = ids(&searcher, text);
        found.sort_unstable();
        found
    };
    assert_eq!(found("ferry asof:ever"), ["now", "unnamed"]);
    assert_eq!(found("(ferry OR boat) asof:ever"), ["now", "unnamed"]);
    // What tells one wording from another finds each of them.
    assert_eq!(found("asof:ever captured:2026-02-01"), ["then"]);
    assert_eq!(found("asof:ever has:speaker"), ["now", "then"]);
    assert_eq!(found("asof:ever -has:correction"), ["then"]);
    assert_eq!(found("asof:2026-02-03 asof:ever"), ["then"]);
    assert_eq!(found("asof:2026-02-03"), ["then"]);
    assert_eq!(found("has:correction has:change -has:speaker"), ["unnamed"]);
    assert!(found("has:deadline").is_empty());
}

#[test]
fn one_searcher_tells_past_and_present_wordings_of_every_kind_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let document = DocumentId::new("d");
    let wording = |id: &str, since: &str, until: Option<&str>| {
        let said = Entry {
            document: document.clone(),
            held: (moment(since), until.map(moment)),
            ..quote(id, "Ana Lima", "The ferry.", 1)
        };
        EntryKind::ALL.map(|kind| Entry {
            kind,
            id: format!("{id}-{}", kind.code()),
            around: "The ferry.".into(),
            quote: said.quote.filter(|_| kind == EntryKind::Quote),
            ..said.clone()
        })
    };
    let mut entries = wording("then", "2026-02-01", Some("2026-02-07")).to_vec();
    entries.extend(wording("now", "2026-02-07", None));
    writer.replace(&document, &entries).expect("replaced");
    writer.commit(1).expect("committed");
    let topic = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
    for topics in [Vec::new(), vec![("ferries".to_owned(), topic)]] {
        for order in [["", " asof:2026-02-03"], [" asof:2026-02-03", ""]] {
            let searcher = Searcher::open(folder.path())
                .expect("open")
                .with_topics(topics.clone());
            for past in order {
                for kind in EntryKind::ALL {
                    let query = Query::parse(&format!("ferry{past}"), date(2026, 2, 13)).expect("a query");
                    let wanted = Wanted {
                        kinds: vec![kind],
                        ..wanted(Order::Oldest)
                    };
                    let found = searcher.search(&query, &wanted).expect("an answer");
                    let ids: Vec<&str> = found.hits.iter().map(|hit| hit.entry.id.as_str()).collect();
                    let expected = if past.is_empty() { "now" } else { "then" };
                    assert_eq!(ids, [format!("{expected}-{}", kind.code())], "{past}");
                }
            }
        }
    }
}
