//! Other printings of pasted words.

use super::*;

#[test]
fn other_printings_of_pasted_words_are_found_the_closest_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    for entry in [
        quote(
            "near",
            "Ana Lima",
            "We will not stop any single ferry this winter",
            3,
        ),
        quote(
            "same",
            "Ana Lima",
            "We will not stop a single ferry this winter",
            4,
        ),
        quote("part", "Ana Lima", "not stop a single ferry", 5),
        quote("else", "Ana Lima", "A single boat is enough for this winter", 6),
    ] {
        writer
            .replace(&entry.document.clone(), &[entry])
            .expect("replaced");
    }
    writer.commit(1).expect("committed");
    let searcher = Searcher::open(folder.path()).expect("open");
    let found = |query: Query| -> Vec<(String, bool)> {
        let found = searcher
            .search(&query, &wanted(Order::Relevance))
            .expect("an answer");
        assert_eq!(found.total, Some(found.hits.len()));
        let hits = found.hits.into_iter();
        hits.map(|hit| (hit.entry.id.clone(), hit.kept() == Some(1.0)))
            .collect()
    };
    let expected = [("same", true), ("near", false), ("part", false)];
    let expected: Vec<(String, bool)> = expected.map(|(id, whole)| (id.to_owned(), whole)).into();
    let today = date(2026, 2, 13);
    let typed = Query::parse("like:\"we will not stop a single ferry this winter\"", today);
    assert_eq!(found(typed.expect("a query")), expected);
    let pasted = "“We will not stop a single ‘ferry’ this winter,”";
    let all = Query::parse("", today).expect("a query");
    assert_eq!(found(all.like(pasted)), expected);
    let one = Query::parse("said:2026-02-05", today).expect("a query");
    assert_eq!(found(one.like(pasted)), expected[2..]);
}

#[test]
fn a_long_statement_leads_to_what_prints_a_few_words_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let words: Vec<String> = (100..700).map(|number| format!("w{number}")).collect();
    for entry in [
        quote("whole", "Ana Lima", &words.join(" "), 3),
        quote("part", "Ana Lima", &words[580..586].join(" "), 4),
    ] {
        writer
            .replace(&entry.document.clone(), &[entry])
            .expect("replaced");
    }
    writer.commit(1).expect("committed");
    let searcher = Searcher::open(folder.path()).expect("open");
    let all = || Query::parse("", date(2026, 2, 13)).expect("a query");
    // Nearly all of its pairs are in itself alone.
    for pasted in [words.join(" "), words[300..].join(" ")] {
        let found = searcher.search(&all().like(&pasted), &wanted(Order::Relevance));
        let hits = found.expect("an answer").hits.into_iter();
        let ids: Vec<String> = hits.map(|hit| hit.entry.id).collect();
        assert_eq!(ids, ["whole", "part"]);
    }
}
