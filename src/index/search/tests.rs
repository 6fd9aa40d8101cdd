mod files;
mod printings;
mod walks;
mod wordings;

use jiff::civil::{Date, date};

use super::*;
use crate::index::{EntrySaid, EntrySpeaker, FrequentPhrases, IndexWriter};
use crate::model::date::When;
use crate::model::document::Genre;
use crate::model::id::{CaptureId, DocumentId, RevisionId, SourceId, SpeakerId};
use crate::model::quote::{QuoteKind, Stance};
use crate::model::source::SourceKind;

pub(in crate::index) const MEMORY: usize = 15_000_000;

/// Ten in the morning of a day, UTC.
fn moment(day: &str) -> jiff::Timestamp {
    format!("{day}T10:00:00Z").parse().expect("valid")
}

pub(crate) fn quote(id: &str, speaker: &str, words: &str, said: i8) -> Entry {
    Entry {
        kind: EntryKind::Quote,
        id: id.into(),
        document: DocumentId::new(format!("d{id}")),
        revision: RevisionId::new("r"),
        capture: CaptureId::new("c"),
        captured_at: moment("2026-03-01"),
        first_seen_at: moment("2026-03-01"),
        held: (moment("2026-03-01"), None),
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
        office: None,
        office_names: Vec::new(),
        url: "https://herald.example/one".into(),
        title: Some("Ferries halted".into()),
        genre: Genre::Report,
        authors: Vec::new(),
        language: Some("en-US".into()),
        published: None,
        published_on: None,
        minute: None,
        begins_at: 0,
        same_before: 0,
        text: words.into(),
        around: String::new(),
        speakers: vec![EntrySpeaker {
            id: SpeakerId::from_name(speaker),
            name: speaker.into(),
            aliases: vec!["the harbour master".into()],
        }],
        bodies: Vec::new(),
        printed_speaker: None,
        cue: Some("said".into()),
        stance: Some(Stance::Said),
        quote: Some((QuoteKind::Direct, 0.9)),
        said: Some(EntrySaid {
            when: When::day(date(2026, 2, said)),
            rule: "r".into(),
        }),
        date: None,
        mentions: vec![When {
            edtf: "2025".into(),
            earliest: date(2025, 1, 1),
            latest: date(2025, 12, 31),
        }],
        deadlines: Vec::new(),
        by_hand: Vec::new(),
    }
}

fn filled(folder: &Path) -> Searcher {
    let mut writer = IndexWriter::open(folder, MEMORY).expect("open");
    for entry in [
        quote("1", "Ana Lima", "The ferry is less safe than before.", 3),
        quote("2", "Boris Cruz", "We won’t stop a single ferry, José.", 6),
        quote("3", "Ana Lima", "Nobody asked the harbours.", 9),
    ] {
        writer
            .replace(&entry.document.clone(), &[entry])
            .expect("replaced");
    }
    writer.commit(7).expect("committed");
    writer.close().expect("closed");
    Searcher::open(folder).expect("open")
}

#[test]
fn what_is_written_in_several_ways_is_left_out_in_each_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    for query in [
        "-won't",
        "NOT EO",
        "ferry -EO -won't",
        "NOT (EO OR USC OR ferry)",
        "NOT (\"less safe\" OR EO)",
    ] {
        // The engine once panicked here.
        let _ = ids(&searcher, query);
    }
    let all = ids(&searcher, "").len();
    assert_eq!(ids(&searcher, "-EO").len(), all);
    assert_eq!(ids(&searcher, "-\"less safe\"").len(), all - 1);
}

#[test]
fn what_is_on_no_topic_is_found_only_when_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let topic = |name: &str, query: &str| {
        (
            name.to_string(),
            Query::parse(query, date(2026, 2, 13)).expect("a query"),
        )
    };
    let all = ["1", "2", "3"];
    check(&searcher, "", &all);
    let searcher = searcher.with_topics(vec![topic("ferry", "url:nothing")]);
    check(&searcher, "", &[]);
    check(&searcher, "topic:all", &all);
    check(&searcher, "topic:ferry", &[]);
    check(&searcher, "topic:other", &[]);
    check(&searcher, "-topic:ferry", &all);
}

pub(in crate::index) fn wanted(order: Order) -> Wanted {
    Wanted {
        kinds: vec![EntryKind::Quote],
        order,
        offset: 0,
        limit: 10,
        after: None,
        is_counted: true,
    }
}

#[track_caller]
fn check(searcher: &Searcher, query: &str, ids: &[&str]) {
    let query = Query::parse(query, date(2026, 2, 13)).expect("a query");
    let found = searcher
        .search(&query, &wanted(Order::Oldest))
        .expect("an answer");
    let hits: Vec<&str> = found.hits.iter().map(|hit| hit.entry.id.as_str()).collect();
    assert_eq!(hits, ids);
    assert_eq!(found.total, Some(ids.len()));
}

#[test]
fn what_falls_due_is_found_by_its_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let mut due = quote("1", "Ana Lima", "Papers are due by March 2.", 3);
    due.deadlines = vec![When::day(date(2026, 3, 2))];
    due.mentions.extend(due.deadlines.clone());
    let mut spoken_of = quote("2", "Ana Lima", "We meet on March 2.", 4);
    spoken_of.mentions = vec![When::day(date(2026, 3, 2))];
    for entry in [due, spoken_of] {
        writer
            .replace(&entry.document.clone(), &[entry])
            .expect("replaced");
    }
    writer.commit(7).expect("committed");
    writer.close().expect("closed");
    let searcher = Searcher::open(folder.path()).expect("open");
    check(&searcher, "mentions:2026-03-02", &["1", "2"]);
    check(&searcher, "deadline:2026-03-02", &["1"]);
    check(&searcher, "due:>=2026-02-13", &["1"]);
    check(&searcher, "deadline:2025", &[]);
}

#[test]
fn quotes_are_found_by_words_speaker_and_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    check(&searcher, "ferry", &["1", "2"]);
    check(&searcher, "harbour", &["3"]);
    check(&searcher, "\"less safe\" speaker:lima", &["1"]);
    check(&searcher, "won't jose", &["2"]);
    check(&searcher, "speaker:\"lima ana\"", &["1", "3"]);
    check(&searcher, "speaker:boris-cruz OR harb*", &["2", "3"]);
    check(&searcher, "said:2026-02-04..2026-02-09", &["2", "3"]);
    check(&searcher, "mentions:2025-06 -ferry", &["3"]);
    check(&searcher, "mentions:2026", &[]);
    check(
        &searcher,
        "lang:en source:herald kind:direct kind:news source:\"harbor herald\"",
        &["1", "2", "3"],
    );
    check(&searcher, "captured:>=2026-03-02", &[]);
}

#[test]
fn an_entry_comes_back_as_it_was_indexed_with_its_words_marked() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let query = Query::parse("\"less safe\"", date(2026, 2, 13)).expect("a query");
    let found = searcher
        .search(&query, &wanted(Order::Relevance))
        .expect("an answer");
    let hit = &found.hits[0];
    assert_eq!(
        hit.entry,
        quote("1", "Ana Lima", "The ferry is less safe than before.", 3)
    );
    assert_eq!(
        hit.marks
            .iter()
            .map(|mark| &hit.shown[mark.clone()])
            .collect::<Vec<_>>(),
        ["less safe"]
    );
}

#[test]
fn more_hits_than_there_are_can_be_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let everything = Wanted {
        limit: usize::MAX,
        ..wanted(Order::Newest)
    };
    let query = Query::parse("", date(2026, 2, 13)).expect("a query");
    assert_eq!(
        searcher
            .search(&query, &everything)
            .expect("an answer")
            .hits
            .len(),
        3
    );
    let beyond = Wanted {
        offset: usize::MAX,
        ..wanted(Order::Newest)
    };
    assert_eq!(searcher.search(&query, &beyond).expect("an answer").hits.len(), 0);
}

#[test]
fn pages_by_cursor_show_everything_once_while_the_index_grows() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let mut add = |names: std::ops::Range<i32>| {
        let entries: Vec<Entry> = names
            .map(|name| quote(&name.to_string(), "Ana Lima", "a ferry", 1 + (name % 3) as i8))
            .collect();
        writer.add(&entries).expect("added");
        writer.commit(1).expect("committed");
    };
    add(0..20);
    let searcher = Searcher::open(folder.path()).expect("open");
    let query = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
    let everything: Vec<Entry> = searcher
        .walk(&query, &[EntryKind::Quote])
        .expect("a walk")
        .map(|entry| entry.expect("an entry"))
        .collect();
    assert_eq!(everything.len(), 20);
    for order in [Order::Newest, Order::Oldest] {
        let mut page = Wanted {
            limit: 3,
            ..wanted(order)
        };
        let mut seen: Vec<(Date, String)> = Vec::new();
        loop {
            searcher.reload().expect("reloaded");
            let found = searcher.search(&query, &page).expect("an answer");
            seen.extend(
                found
                    .hits
                    .iter()
                    .map(|hit| (hit.entry.day(), hit.entry.id.clone())),
            );
            add(100 * seen.len() as i32..100 * seen.len() as i32 + 2);
            page.after = found.next;
            if page.after.is_none() {
                break;
            }
        }
        let days = seen.iter().map(|(day, _)| *day);
        assert!(days.is_sorted_by(|one, other| match order {
            Order::Newest => one >= other,
            _ => one <= other,
        }));
        let first: Vec<&str> = seen.iter().map(|(_, id)| id.as_str()).collect();
        for id in 0..20 {
            let id = id.to_string();
            assert_eq!(first.iter().filter(|it| **it == id).count(), 1, "{id}");
        }
    }
}

/// The ids that a query finds, in order.
fn ids(searcher: &Searcher, query: &str) -> Vec<String> {
    let query = Query::parse(query, date(2026, 2, 13)).expect("a query");
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Oldest,
        offset: 0,
        limit: 10,
        after: None,
        is_counted: true,
    };
    let found = searcher.search(&query, &wanted).expect("found");
    found.hits.into_iter().map(|hit| hit.entry.id).collect()
}

#[test]
fn words_are_found_exactly_or_near_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    assert_eq!(ids(&searcher, "harbour"), ["3"]);
    assert!(ids(&searcher, "=harbour").is_empty());
    assert_eq!(ids(&searcher, "=harbours"), ["3"]);
    assert_eq!(ids(&searcher, "ferry NEAR/3 safe"), ["1"]);
    assert_eq!(ids(&searcher, "safe NEAR/3 ferry"), ["1"]);
    assert!(ids(&searcher, "ferry NEAR/1 safe").is_empty());
    assert_eq!(ids(&searcher, "cue:say").len(), 0);
    assert_eq!(ids(&searcher, "cue:said").len(), 3);
    assert_eq!(ids(&searcher, "stance:said").len(), 3);
    assert!(ids(&searcher, "stance:denied").is_empty());
}

#[test]
fn reported_clauses_are_found_only_when_they_are_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let mut reported = quote("2", "Ana Lima", "that the ferry would run", 4);
    reported.quote = Some((QuoteKind::Indirect, 0.7));
    for entry in [quote("1", "Ana Lima", "The ferry will run.", 3), reported] {
        writer.add(&[entry]).expect("added");
    }
    writer.commit(7).expect("committed");
    writer.close().expect("closed");
    let searcher = Searcher::open(folder.path()).expect("open");
    check(&searcher, "ferry", &["1"]);
    check(&searcher, "ferry kind:news", &["1"]);
    check(&searcher, "ferry kind:indirect", &["2"]);
    check(&searcher, "ferry kind:all", &["1", "2"]);
    check(&searcher, "ferry (kind:direct OR kind:indirect)", &["1", "2"]);
}

#[test]
fn a_walk_gives_all_in_the_order_of_days_wherever_they_lie() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    // Several commits make several segments.
    for (change, said) in [(1, 9), (2, 3), (3, 6), (4, 3)] {
        let entry = quote(&change.to_string(), "Ana Lima", "The ferry.", said);
        let document = entry.document.clone();
        let again = Entry {
            id: format!("{change}0"),
            ..entry.clone()
        };
        writer.replace(&document, &[again, entry]).expect("replaced");
        writer.commit(change).expect("committed");
    }
    let searcher = Searcher::open(folder.path()).expect("open");
    let query = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
    let walk = searcher.walk(&query, &[EntryKind::Quote]).expect("begun");
    assert_eq!(walk.remaining(), 8);
    let days: Vec<Date> = walk.days().collect();
    assert_eq!(
        (days[0], days[3], days[7]),
        (date(2026, 2, 3), date(2026, 2, 3), date(2026, 2, 9))
    );
    let days = (date(2026, 2, 1), date(2026, 2, 6));
    let walk = searcher
        .walk_within(&query, &EntryKind::ALL, days)
        .expect("begun");
    let ids: Vec<String> = walk.map(|entry| entry.expect("read").id).collect();
    assert_eq!(ids, ["2", "20", "4", "40", "3", "30"]);
    let extent = |until| {
        let extent = searcher.extent(&query, &EntryKind::ALL, until).expect("looked");
        extent.map(|extent| (extent.first, extent.last))
    };
    assert_eq!(extent(None), Some((date(2026, 2, 3), date(2026, 2, 9))));
    assert_eq!(
        extent(Some(date(2026, 2, 8))),
        Some((date(2026, 2, 3), date(2026, 2, 6)))
    );
    assert_eq!(extent(Some(date(2026, 2, 2))), None);
}

#[test]
fn the_bulk_begins_behind_one_in_fifty() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    for id in 0..100 {
        let mut entry = quote(
            &id.to_string(),
            "Ana Lima",
            "The ferry stays.",
            1 + (id % 20) as i8,
        );
        if id < 2 {
            entry.said.as_mut().expect("a day").when = When::day(date(1998 + id as i16, 1, 1));
        }
        writer.add(&[entry]).expect("added");
        // In several segments, each with its own days.
        if id % 40 == 0 {
            writer.commit(1).expect("committed");
        }
    }
    writer.commit(1).expect("committed");
    let searcher = Searcher::open(folder.path()).expect("open");
    let query = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
    let extent = searcher
        .extent(&query, &[EntryKind::Quote], None)
        .expect("looked")
        .expect("days");
    assert_eq!((extent.first, extent.last), (date(1998, 1, 1), date(2026, 2, 20)));
    assert_eq!(extent.bulk, date(2026, 2, 1));
    let extent = searcher
        .extent(&query, &[EntryKind::Quote], Some(date(1999, 6, 1)))
        .expect("looked");
    assert_eq!(extent.map(|extent| extent.bulk), Some(date(1998, 1, 1)));
}

#[test]
fn days_before_the_first_year_are_told_apart_though_terms_know_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let mut ancient = quote("1", "Ana Lima", "The ferry.", 3);
    ancient.said = Some(EntrySaid {
        when: When::day(date(-43, 3, 15)),
        rule: "r".into(),
    });
    for entry in [ancient, quote("2", "Ana Lima", "The ferry.", 3)] {
        writer
            .replace(&entry.document.clone(), &[entry])
            .expect("replaced");
    }
    writer.commit(1).expect("committed");
    let searcher = Searcher::open(folder.path()).expect("open");
    let query = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
    let found = |first, last| -> usize {
        let walk = searcher.walk_within(&query, &EntryKind::ALL, (first, last));
        walk.expect("begun").remaining()
    };
    assert_eq!(found(date(-50, 1, 1), date(-40, 1, 1)), 1);
    assert_eq!(found(date(-90, 1, 1), date(-80, 1, 1)), 0);
    assert_eq!(found(date(1, 1, 1), date(2026, 2, 28)), 1);
    assert_eq!(found(Date::MIN, Date::MAX), 2);
}

#[test]
fn what_is_found_is_counted_by_whom_and_when() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let query = Query::parse("", date(2026, 2, 13)).expect("a query");
    let kinds = [EntryKind::Quote];
    let facets = searcher.facets(&query, &kinds, &CountedBy::ALL).expect("counted");
    let of = |by: CountedBy| -> Vec<(&str, u64, &str)> {
        let facet = facets.facets.iter().find(|facet| facet.by == by);
        let values = facet.map(|facet| facet.values.iter());
        values
            .expect("a facet")
            .map(|value| (value.name.as_str(), value.count, value.clause.as_str()))
            .collect()
    };
    assert_eq!(
        of(CountedBy::Speaker),
        [
            ("Ana Lima", 2, "speaker:=ana-lima"),
            ("Boris Cruz", 1, "speaker:=boris-cruz")
        ]
    );
    assert_eq!(of(CountedBy::Stance), [("said", 3, "stance:\"said\"")]);
    assert_eq!(
        of(CountedBy::Source),
        [("The Harbor Herald", 3, "source:=herald")]
    );
    assert_eq!(of(CountedBy::QuoteKind), [("direct", 3, "kind:\"direct\"")]);
    assert_eq!(facets.months, [("2026-02".to_owned(), 3)]);
    assert_eq!(facets.month_field, "said");
    for order in [Order::Relevance, Order::Newest] {
        let asked = searcher.search_counted(&query, &wanted(order), &CountedBy::ALL);
        let (found, counted) = asked.expect("an answer");
        assert_eq!((found.hits.len(), &counted), (3, &facets));
    }
    // What lies before a cursor is counted too.
    let first = Wanted {
        limit: 1,
        ..wanted(Order::Newest)
    };
    let found = searcher.search(&query, &first).expect("an answer");
    let rest = Wanted {
        after: found.next,
        ..first
    };
    let (_, counted) = searcher
        .search_counted(&query, &rest, &CountedBy::ALL)
        .expect("an answer");
    assert_eq!(counted, facets);
    let by_month = searcher
        .facets(&query, &kinds, &[CountedBy::Month])
        .expect("counted");
    assert_eq!((by_month.facets.len(), &by_month.months), (0, &facets.months));
}

#[test]
fn an_office_is_found_with_an_article_before_it_and_a_name_with_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let mut lima = quote("1", "Ana Lima", "The ferry runs.", 3);
    lima.speakers[0].aliases = vec![
        "alcaldesa".into(),
        "Sheriff".into(),
        "comisionada de Vivienda".into(),
    ];
    for entry in [
        lima,
        quote("2", "El Faro", "It stops.", 4),
        quote("3", "Faro Rojo", "It runs.", 5),
        quote("4", "Octavio Paz", "It flies.", 6),
    ] {
        writer.add(&[entry]).expect("added");
    }
    writer.commit(7).expect("committed");
    let searcher = Searcher::open(folder.path()).expect("open");
    for office in [
        "la alcaldesa",
        "La alcaldesa",
        "el sheriff",
        "the Sheriff",
        "la comisionada de Vivienda",
    ] {
        assert_eq!(
            ids(&searcher, &format!("speaker:\"{office}\"")),
            ["1"],
            "{office}"
        );
    }
    assert_eq!(ids(&searcher, "speaker:la alcaldesa"), ["1"]);
    assert_eq!(ids(&searcher, "speaker:\"El Faro\""), ["2"]);
    assert_eq!(ids(&searcher, "speaker:\"LA Faro\""), [""; 0]);
    assert_eq!(ids(&searcher, "speaker:\"la comisionada de Obras\""), [""; 0]);
    // Nor is it dropped from a name that was typed in small letters.
    assert!(ids(&searcher, "speaker:\"la paz\"").is_empty());
}

#[test]
fn an_id_finds_one_speaker_or_source_and_nobody_else_of_the_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let mut namesake = quote("2", "Ana Lima", "The ferry stops.", 4);
    namesake.speakers[0].id = SpeakerId::new("ana-lima-of-the-port");
    namesake.source = SourceId::new("harbor");
    for entry in [quote("1", "Ana Lima", "The ferry runs.", 3), namesake] {
        writer.add(&[entry]).expect("added");
    }
    writer.commit(7).expect("committed");
    let searcher = Searcher::open(folder.path()).expect("open");
    assert_eq!(ids(&searcher, "speaker:ana-lima"), ["1", "2"]);
    assert_eq!(ids(&searcher, "speaker:=ana-lima"), ["1"]);
    assert_eq!(ids(&searcher, "speaker:=ana-lima-of-the-port"), ["2"]);
    assert_eq!(ids(&searcher, "source:\"harbor herald\""), ["1", "2"]);
    assert_eq!(ids(&searcher, "source:=HARBOR"), ["2"]);
    assert_eq!(ids(&searcher, "-source:=harbor"), ["1"]);
    let query = Query::parse("ferry", date(2026, 2, 13)).expect("a query");
    let facets = searcher.facets(&query, &[EntryKind::Quote], &[CountedBy::Speaker]);
    let facets = facets.expect("counted").facets;
    let clauses: Vec<&str> = facets[0]
        .values
        .iter()
        .map(|value| value.clause.as_str())
        .collect();
    assert_eq!(clauses, ["speaker:=ana-lima", "speaker:=ana-lima-of-the-port"]);
}

#[test]
fn topics_are_found_counted_and_follow_a_document_into_its_quotes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::open(folder.path(), MEMORY).expect("open");
    let document = |name: &str, text: &str, words: &str| {
        let said = quote(name, "Ana Lima", words, 3);
        let whole = Entry {
            kind: EntryKind::Document,
            id: said.document.as_str().into(),
            title: None,
            text: text.into(),
            quote: None,
            speakers: Vec::new(),
            ..said.clone()
        };
        [whole, said]
    };
    let texts = [
        document("1", "On the ferry to the port.", "It sails."),
        document("2", "On the harbour.", "It sails too."),
        document("3", "On trains.", "It rolls."),
    ];
    for (change, entries) in (1..).zip(&texts) {
        writer
            .replace(&entries[0].document.clone(), entries)
            .expect("replaced");
        writer.commit(change).expect("committed");
    }
    let topic = |name: &str, text: &str| {
        let query = Query::parse(text, date(2026, 2, 13)).expect("a query");
        (name.to_owned(), query)
    };
    let topics = vec![topic("ferries", "ferry"), topic("port", "harbour OR port")];
    let searcher = Searcher::open(folder.path()).expect("open").with_topics(topics);
    let found = |query: &str| -> Vec<String> {
        let mut found = ids(&searcher, query);
        found.sort();
        found
    };
    assert_eq!(found(""), ["1", "2"]);
    assert_eq!(found("topic:all"), ["1", "2", "3"]);
    assert_eq!(found("topic:ferries"), ["1"]);
    assert_eq!(found("-topic:ferries topic:all"), ["2", "3"]);
    assert_eq!(found("topic:port sails"), ["1", "2"]);
    let query = Query::parse("", date(2026, 2, 13)).expect("a query");
    let counted = searcher.facets(&query, &[EntryKind::Quote], &[CountedBy::Topic]);
    let values = &counted.expect("counted").facets[0].values;
    let counts: Vec<(&str, u64)> = values
        .iter()
        .map(|value| (value.name.as_str(), value.count))
        .collect();
    assert_eq!(counts, [("port", 2), ("ferries", 1)]);
    // A document whose words change leaves the topic at the next commit.
    let changed = document("1", "On trains.", "It rolls.");
    writer
        .replace(&changed[0].document.clone(), &changed)
        .expect("replaced");
    writer.commit(9).expect("committed");
    searcher.reload().expect("reloaded");
    assert_eq!(ids(&searcher, ""), ["2"]);
}

#[test]
fn what_was_meant_is_near_and_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let meant = |clause: &str| {
        let query = Query::parse(clause, date(2026, 2, 13)).expect("a query");
        searcher.meant(&query).expect("an answer")
    };
    assert_eq!(meant("speaker:boriss").as_deref(), Some("speaker:\"boris\""));
    assert_eq!(
        meant("speaker:\"ana limma\"").as_deref(),
        Some("speaker:\"ana lima\"")
    );
    assert_eq!(meant("ferrry").as_deref(), Some("ferry"));
    assert_eq!(meant("\"the ferrry\"").as_deref(), Some("\"the ferry\""));
    for clause in ["\"ferrry the\"", "2027", &"x".repeat(90)] {
        assert_eq!(meant(clause), None, "{clause}");
    }
    assert_eq!(meant("source:herold").as_deref(), Some("source:\"herald\""));
    // Each word is somebody's, but nobody has both; what is right is not put right; what is short is like too much.
    for clause in [
        "speaker:\"boriss lima\"",
        "speaker:lima",
        "speaker:lim",
        "ferrrry",
        "speaker:zzzzzz",
    ] {
        assert_eq!(meant(clause), None, "{clause}");
    }
}
