use super::*;
use crate::index::Walk;

fn at(id: &str, document: &str, minute: Option<u16>, begins_at: usize) -> Entry {
    Entry {
        document: DocumentId::new(document),
        minute,
        begins_at,
        ..quote(id, "Ana Lima", "The ferry.", 6)
    }
}

#[test]
fn the_entries_of_a_day_go_by_the_clock_then_official_ones_then_as_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let official = Entry {
        source_kind: SourceKind::Official,
        ..at("official", "d9", None, 0)
    };
    let early = Entry {
        captured_at: moment("2026-03-02"),
        held: (moment("2026-03-02"), None),
        ..at("early", "d8", Some(7 * 60), 0)
    };
    // Ids are digests and say nothing of where words stand; the day before comes first whatever the time.
    let before = Entry {
        said: Some(EntrySaid {
            when: When::day(date(2026, 2, 5)),
            rule: "r".into(),
        }),
        ..at("before", "d7", Some(23 * 60), 0)
    };
    for entries in [
        [at("a-last", "d1", None, 900), at("z-first", "d1", None, 20)],
        [at("noon", "d2", Some(12 * 60), 0), official],
        [early, before],
    ] {
        writer.add(&entries).expect("added");
        writer.commit(1).expect("committed");
    }
    let searcher = Searcher::open(folder.path()).expect("open");
    let query = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
    let walk = || searcher.walk(&query, &[EntryKind::Quote]).expect("begun");
    let ids = |walk: Walk| -> Vec<String> { walk.map(|entry| entry.expect("read").id).collect() };
    assert_eq!(
        ids(walk()),
        ["before", "early", "noon", "official", "z-first", "a-last"]
    );
    // A feed begins with what was captured last.
    let newest = ids(walk().newest_first().expect("ordered"));
    assert_eq!((newest.len(), newest[0].as_str()), (6, "early"));
    let place = |id: &str| newest.iter().position(|it| it == id);
    assert!(place("z-first") < place("a-last"), "{newest:?}");
}
