use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use tantivy::Term;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::PhraseQuery;

use super::*;
use crate::index::names::DAY;
use crate::index::search::tests::{MEMORY, quote, wanted};
use crate::index::terms;
use crate::index::{CountedBy, Entry, EntryKind, FrequentPhrases, Hit, IndexWriter, Query, Searcher, Wanted};
use crate::model::date::When;
use crate::model::id::DocumentId;

/// Words of the texts, the first ones in most of them.
const WORDS: [&str; 8] = [
    "ferry", "ferries", "harbour", "safe", "winter", "bridge", "stop", "vote",
];

/// Many quotes over many days in several segments, some of them replaced, some held in an earlier wording.
fn filled(folder: &std::path::Path) -> Searcher {
    filled_with(folder, FrequentPhrases::default())
}

/// The same with lists of phrases.
fn filled_with(folder: &std::path::Path, phrases: FrequentPhrases) -> Searcher {
    let mut writer = IndexWriter::anew(folder, MEMORY, phrases, 0).expect("begun");
    let mut number = 7_u32;
    let mut chance = |end: u32| {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (number >> 16) % end
    };
    for id in 0..900 {
        let words: Vec<&str> = (0..3 + chance(9))
            .map(|_| WORDS[chance(8).min(chance(8)) as usize])
            .collect();
        let id = id % 800;
        let speaker = ["Ana Lima", "Boris Cruz"][chance(2) as usize];
        let mut entry = quote(&id.to_string(), speaker, &words.join(" "), 1 + chance(28) as i8);
        entry.document = DocumentId::new(format!("d{}", id / 3));
        entry.title = None;
        // Some are said by two, some by nobody who is named, some in the month before.
        match chance(9) {
            0 => entry.speakers.extend(quote("x", "Cora Diaz", "", 1).speakers),
            1 => entry.speakers.clear(),
            _ => {}
        }
        if let (0, Some(said)) = (chance(3), &mut entry.said) {
            said.when = When::day(date(2026, 1, 1 + chance(28) as i8));
        }
        if chance(3) == 0 {
            entry.held.0 = "2026-03-04T10:00:00Z".parse().expect("a moment");
        }
        if chance(7) == 0 {
            entry.held.1 = Some("2026-03-05T10:00:00Z".parse().expect("a moment"));
        }
        // Of each document there is more to be found than quotes, in another number.
        let document = entry.document.clone();
        let mut entries = Vec::new();
        for (kind, count) in [(EntryKind::Document, id % 2), (EntryKind::Date, id % 3)] {
            entries.extend((0..count).map(|number| of_kind(kind, number, &entry)));
        }
        entries.push(entry);
        writer.replace(&document, &entries).expect("replaced");
        if id % 150 == 0 {
            writer.commit(1).expect("committed");
        }
    }
    writer.commit(1).expect("committed");
    Searcher::open(folder).expect("open")
}

/// An entry of another kind with the words of a quote, of some days before or after it.
fn of_kind(kind: EntryKind, number: u32, quote: &Entry) -> Entry {
    let day = quote.day() + jiff::ToSpan::days(i64::from(number) * 9 - 5);
    Entry {
        kind,
        id: format!("{}-{}-{number}", quote.id, kind.code()),
        around: quote.text.clone(),
        speakers: Vec::new(),
        quote: None,
        said: None,
        published_on: Some(day),
        ..quote.clone()
    }
}

fn asked(text: &str) -> Query {
    Query::parse(text, date(2026, 2, 13)).expect("a query")
}

fn first(order: Order, is_counted: bool) -> Wanted {
    Wanted {
        is_counted,
        ..wanted(order)
    }
}

fn ids(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|hit| hit.entry.id.clone()).collect()
}

#[test]
fn the_best_and_their_number_are_what_the_engine_finds_by_looking_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let snapshot = searcher.snapshot();
    assert!(
        snapshot.segment_readers().len() > 1,
        "several segments are looked through"
    );
    for text in [
        "ferry",
        "ferries OR vote OR bridge",
        "harbour safe",
        "\"ferry harbour\"",
        "=winter",
        "vote asof:2026-03-03",
        "asof:2026-03-03",
        "-winter",
        "stop -vote said:2026-02-03..2026-02-20",
        "",
    ] {
        let query = asked(text);
        let (plan, _) = searcher
            .plan(&snapshot, &query.expr, &[EntryKind::Quote])
            .expect("a plan");
        let pass = Pass {
            searcher: &snapshot,
            columns: &searcher.columns,
            plan: &plan,
        };
        for limit in [1, 10, 2_000] {
            let met = pass.best(0..limit, Counted::All(None)).expect("an answer");
            let found: Vec<(i64, i64)> = met.places.iter().map(|place| place.rank).collect();
            let (whole, _) = searcher
                .plan(&snapshot, &query.expr, &[EntryKind::Quote])
                .expect("a plan");
            let by_day = SortByStaticFastValue::<i64>::for_field(DAY);
            let best = TopDocs::with_limit(2_000).order_by((SortBySimilarityScore, by_day));
            let (total, hits) = snapshot
                .search(&whole.whole(&searcher.fields), &(Count, best))
                .expect("an answer");
            let expected = hits.into_iter();
            let mut expected: Vec<(i64, i64)> = expected
                .map(|((score, day), _)| (by_weight(score), -day.expect("a day")))
                .collect();
            // The engine orders by the last bits too, which say nothing.
            expected.sort_unstable();
            expected.truncate(limit);
            assert!(total > 10, "{text}");
            assert_eq!(met.total, Some(total), "{text}");
            check_ranks(&found, &expected, text);
        }
    }
}

#[test]
fn a_phrase_is_found_and_weighed_the_same_whether_it_has_a_list_or_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = filled(&folder.path().join("plain"));
    let sample = plain.search(
        &asked(""),
        &Wanted {
            limit: 2_000,
            ..wanted(Order::Newest)
        },
    );
    let sample: Vec<String> = sample
        .expect("an answer")
        .hits
        .into_iter()
        .map(|hit| hit.entry.text)
        .collect();
    let phrases = FrequentPhrases::of_sample(sample.iter().map(String::as_str));
    let listed = filled_with(&folder.path().join("listed"), phrases);
    // What has no list, but a part that has one, is looked for by the places of its words among those.
    let with_unlisted = filled_with(
        &folder.path().join("some"),
        FrequentPhrases::read("ferry ferries\nferries harbour\n"),
    );
    let has_list = |searcher: &Searcher, text: &str| {
        let (plan, _) = searcher
            .plan(&searcher.snapshot(), &asked(text).expr, &[EntryKind::Quote])
            .expect("a plan");
        plan.listed.is_some()
    };
    let mut found_some = 0;
    for (text, is_listed) in [
        ("\"ferry harbour\"", [true, false]),
        ("\"Ferry, ferries!\"", [true, true]),
        ("\"ferry ferries harbour\"", [true, false]),
        ("\"ferry ferry ferries\"", [true, false]),
        ("\"ferry ferry ferry ferries harbour\"", [false, false]),
        ("\"winter ferries harbour\" vote", [false, false]),
        ("ferry-ferries", [true, true]),
        ("=ferries", [true, true]),
        ("\"ferry ferries\" -stop asof:2026-03-03", [false, false]),
        ("\"ferry ferries\" OR \"vote bridge\"", [false, false]),
        ("\"ferry ferries\" NEAR/3 vote", [false, false]),
    ] {
        assert_eq!(
            [&listed, &with_unlisted].map(|searcher| has_list(searcher, text)),
            is_listed,
            "{text}"
        );
        for searcher in [&listed, &with_unlisted] {
            // Weights depend on what an index has not merged away yet, so both are of one.
            let found = ranks(searcher, text, |_| {});
            let is_phrase_alone =
                text.starts_with('"') && text.matches('"').count() == 2 && text.ends_with('"');
            if is_phrase_alone {
                let by_places = ranks(searcher, text, |plan| {
                    let words = terms::terms(terms::plain(), text).into_iter();
                    let field = searcher.fields.words;
                    let terms = words.map(|(word, _)| Term::from_field_text(field, &word));
                    (plan.listed, plan.asked) = (None, Box::new(PhraseQuery::new(terms.collect())));
                });
                check_ranks(&found, &by_places, text);
            }
            found_some += usize::from(!found.is_empty());
        }
        for is_counted in [true, false] {
            let wanted = Wanted {
                limit: 300,
                ..first(Order::Newest, is_counted)
            };
            let answers = [&plain, &listed, &with_unlisted].map(|searcher| {
                let found = searcher.search(&asked(text), &wanted).expect("an answer");
                (found.total, ids(&found.hits), found.next)
            });
            assert_eq!(answers[0], answers[1], "{text}");
            assert_eq!(answers[0], answers[2], "{text}");
        }
    }
    assert!(found_some >= 16, "{found_some} of 22 answers are not empty");
}

/// Weights and days of what a query finds, the best first; which of equals comes first depends on where the engine keeps them.
fn ranks(searcher: &Searcher, text: &str, change: impl FnOnce(&mut Plan)) -> Vec<(i64, i64)> {
    let snapshot = searcher.snapshot();
    let (mut plan, _) = searcher
        .plan(&snapshot, &asked(text).expr, &[EntryKind::Quote])
        .expect("a plan");
    change(&mut plan);
    let pass = Pass {
        searcher: &snapshot,
        columns: &searcher.columns,
        plan: &plan,
    };
    let met = pass.best(0..300, Counted::All(None)).expect("an answer");
    met.places.iter().map(|place| place.rank).collect()
}

#[track_caller]
fn check_ranks(found: &[(i64, i64)], expected: &[(i64, i64)], text: &str) {
    assert_eq!(found.len(), expected.len(), "{text}");
    for (one, other) in found.iter().zip(expected) {
        // A sum at the edge of what is told apart may fall to either side.
        let is_same = one == other || one.0 != other.0;
        assert!(
            (one.0 - other.0).abs() <= 0x100 && is_same,
            "{text}: {one:?} {other:?}"
        );
    }
}

#[test]
fn of_every_choice_of_kinds_is_found_what_the_engine_finds() {
    use EntryKind::{Date, Document, Quote};
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    let snapshot = searcher.snapshot();
    for kinds in [
        vec![Document],
        vec![Quote],
        vec![Date],
        vec![Document, Date],
        vec![Quote, Date],
        EntryKind::ALL.to_vec(),
    ] {
        for text in [
            "ferry",
            "harbour safe",
            "\"ferry harbour\"",
            "ferries OR vote",
            "",
            "-winter",
            "vote asof:2026-03-03",
        ] {
            let (plan, _) = searcher
                .plan(&snapshot, &asked(text).expr, &kinds)
                .expect("a plan");
            let whole = plan.whole(&searcher.fields);
            let total = snapshot.search(&whole, &Count).expect("an answer");
            assert!(total > 5, "{kinds:?} {text}");
            let ask = |order, is_counted| {
                let wanted = Wanted {
                    kinds: kinds.clone(),
                    limit: 3_000,
                    ..first(order, is_counted)
                };
                searcher.search(&asked(text), &wanted).expect("an answer")
            };
            let newest = ask(Order::Newest, true);
            assert_eq!(newest.total, Some(total), "{kinds:?} {text}");
            assert_eq!(newest.hits.len(), total, "{kinds:?} {text}");
            assert!(newest.hits.iter().all(|hit| kinds.contains(&hit.entry.kind)));
            assert!(
                newest
                    .hits
                    .is_sorted_by_key(|hit| std::cmp::Reverse(hit.entry.day()))
            );
            assert_eq!(
                ids(&newest.hits),
                ids(&ask(Order::Newest, false).hits),
                "{kinds:?} {text}"
            );
            let oldest = ask(Order::Oldest, true);
            assert_eq!(
                ids(&oldest.hits),
                ids(&ask(Order::Oldest, false).hits),
                "{kinds:?} {text}"
            );
            for found in [oldest, ask(Order::Relevance, true), ask(Order::Relevance, false)] {
                let (mut one, mut other) = (ids(&found.hits), ids(&newest.hits));
                one.sort_unstable();
                other.sort_unstable();
                assert_eq!(one, other, "{kinds:?} {text}");
            }
        }
    }
}

#[test]
fn pages_of_several_kinds_by_day_leave_nothing_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    for order in [Order::Newest, Order::Oldest] {
        let mut wanted = Wanted {
            kinds: EntryKind::ALL.to_vec(),
            limit: 17,
            ..first(order, false)
        };
        let mut pages = Vec::new();
        loop {
            let found = searcher.search(&asked("ferry"), &wanted).expect("an answer");
            pages.extend(ids(&found.hits));
            wanted.after = found.next;
            if found.next.is_none() {
                break;
            }
        }
        let all = Wanted {
            limit: 3_000,
            after: None,
            ..wanted
        };
        assert_eq!(
            pages,
            ids(&searcher.search(&asked("ferry"), &all).expect("an answer").hits)
        );
        assert!(pages.len() > 300);
    }
}

#[test]
fn the_newest_are_the_same_whether_all_are_counted_or_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    for text in ["ferry", "\"ferry harbour\"", "", "vote asof:2026-03-03"] {
        for order in [Order::Newest, Order::Oldest] {
            let mut counted = first(order, true);
            let mut alone = first(order, false);
            loop {
                let one = searcher.search(&asked(text), &counted).expect("an answer");
                let other = searcher.search(&asked(text), &alone).expect("an answer");
                assert_eq!(ids(&one.hits), ids(&other.hits), "{text}");
                assert_eq!(one.next, other.next, "{text}");
                assert!(one.total.is_some_and(|total| total > 10) && other.total.is_none());
                counted.after = one.next;
                alone.after = other.next;
                if one.next.is_none() {
                    break;
                }
            }
        }
    }
}

#[test]
fn counts_are_what_is_counted_by_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    for text in ["ferry", "harbour safe", "", "vote asof:2026-03-03"] {
        let wanted = Wanted {
            limit: 2_000,
            ..first(Order::Newest, true)
        };
        let by = [CountedBy::Speaker, CountedBy::Month];
        let (found, counts) = searcher
            .search_counted(&asked(text), &wanted, &by)
            .expect("an answer");
        let facets = searcher
            .facets(&asked(text), &[EntryKind::Quote], &by)
            .expect("counts");
        assert_eq!(facets, counts, "{text}");
        let mut speakers: BTreeMap<String, u64> = BTreeMap::new();
        let mut days: BTreeMap<Date, u64> = BTreeMap::new();
        let mut months: BTreeMap<String, u64> = BTreeMap::new();
        for hit in &found.hits {
            for speaker in &hit.entry.speakers {
                *speakers.entry(speaker.name.clone()).or_default() += 1;
            }
            let day = hit.entry.day();
            *days.entry(day).or_default() += 1;
            *months.entry(day.strftime("%Y-%m").to_string()).or_default() += 1;
        }
        let counted = &counts.facets[0].values;
        let counted = counted.iter().map(|value| (value.name.clone(), value.count));
        assert_eq!(counted.collect::<BTreeMap<_, _>>(), speakers, "{text}");
        assert_eq!(counts.days, days.into_iter().collect::<Vec<_>>(), "{text}");
        assert_eq!(counts.months, months.into_iter().collect::<Vec<_>>(), "{text}");
        assert!(speakers.len() > 2 && counts.months.len() > 1, "{text}");
    }
}

#[test]
fn pages_by_relevance_are_one_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let searcher = filled(folder.path());
    for text in ["ferry", "ferries OR vote OR bridge", "harbour safe"] {
        let page = |offset: usize, limit: usize| {
            let wanted = Wanted {
                offset,
                limit,
                ..first(Order::Relevance, false)
            };
            ids(&searcher.search(&asked(text), &wanted).expect("an answer").hits)
        };
        let pages: Vec<String> = (0..5).flat_map(|number| page(number * 7, 7)).collect();
        assert_eq!(pages, page(0, 35), "{text}");
        let counted = Wanted {
            limit: 7,
            ..first(Order::Relevance, true)
        };
        let counted = searcher.search(&asked(text), &counted).expect("an answer");
        assert_eq!(ids(&counted.hits), pages[..7], "{text}");
    }
}

#[test]
fn what_lies_in_each_stretch_is_found_by_who_asks_for_it_and_by_nobody_else() {
    use crate::model::quote::QuoteKind;
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = IndexWriter::anew(folder.path(), MEMORY, FrequentPhrases::default(), 0).expect("begun");
    let mut entries = Vec::new();
    for number in 0..180_u32 {
        let mut entry = quote(
            &format!("q{number}"),
            "Ana Lima",
            "the ferry is safe",
            1 + (number % 20) as i8,
        );
        entry.document = DocumentId::new(format!("d{number}"));
        entry.quote = match number % 4 {
            0 => Some((QuoteKind::Indirect, 0.9)),
            _ => Some((QuoteKind::Direct, 0.9)),
        };
        // Each third is of an earlier wording, which was held until the fifth of March.
        entry.held = match number % 3 {
            0 => (
                "2026-03-02T10:00:00Z".parse().expect("a moment"),
                Some("2026-03-05T10:00:00Z".parse().expect("a moment")),
            ),
            1 => ("2026-03-02T10:00:00Z".parse().expect("a moment"), None),
            _ => ("2026-03-05T10:00:00Z".parse().expect("a moment"), None),
        };
        let entry = match number % 5 {
            0 => of_kind(EntryKind::Document, number, &entry),
            1 => of_kind(EntryKind::Date, number, &entry),
            _ => entry,
        };
        writer
            .replace(&entry.document.clone(), std::slice::from_ref(&entry))
            .expect("replaced");
        entries.push(entry);
        if number % 70 == 0 {
            writer.commit(1).expect("committed");
        }
    }
    writer.commit(1).expect("committed");
    let searcher = Searcher::open(folder.path()).expect("open");
    let is_reported = |entry: &Entry| matches!(entry.quote, Some((QuoteKind::Indirect, _)));
    let then = "2026-03-03T23:59:59Z".parse().expect("a moment");
    let is_held_then = |entry: &Entry| entry.held.0 <= then && entry.held.1.is_none_or(|until| then < until);
    for kinds in [
        vec![EntryKind::Quote],
        vec![EntryKind::Document],
        vec![EntryKind::Date],
        vec![EntryKind::Quote, EntryKind::Date],
        EntryKind::ALL.to_vec(),
    ] {
        let check = |text: &str, is_found: &dyn Fn(&Entry) -> bool| {
            let of_kinds = entries.iter().filter(|entry| kinds.contains(&entry.kind));
            let mut expected: Vec<String> = of_kinds
                .filter(|entry| is_found(entry))
                .map(|entry| entry.id.clone())
                .collect();
            expected.sort_unstable();
            assert!(expected.len() > 5, "{kinds:?} {text}");
            for order in [Order::Relevance, Order::Newest, Order::Oldest] {
                let wanted = Wanted {
                    kinds: kinds.clone(),
                    limit: 500,
                    ..first(order, true)
                };
                let found = searcher.search(&asked(text), &wanted).expect("an answer");
                assert_eq!(found.total, Some(expected.len()), "{kinds:?} {text}");
                let mut found = ids(&found.hits);
                found.sort_unstable();
                assert_eq!(found, expected, "{kinds:?} {text}");
            }
        };
        let own = |entry: &Entry| entry.kind != EntryKind::Quote || !is_reported(entry);
        for text in ["", "ferry", "ferry safe"] {
            check(text, &|entry| entry.is_current() && own(entry));
        }
        for text in ["asof:2026-03-03", "ferry asof:2026-03-03"] {
            check(text, &|entry| is_held_then(entry) && own(entry));
        }
        if kinds == [EntryKind::Quote] {
            check("ferry kind:indirect", &|entry| {
                entry.is_current() && is_reported(entry)
            });
            check("kind:indirect asof:2026-03-03", &|entry| {
                is_held_then(entry) && is_reported(entry)
            });
        }
    }
}
