use jiff::civil::Date;

use super::fields::{DayField, NameField};
use super::*;

/// A Friday.
fn today() -> Date {
    jiff::civil::date(2026, 2, 13)
}

fn word(text: &str) -> Expr {
    Expr::Word(text.into())
}

fn phrase(text: &str) -> Expr {
    Expr::Phrase(text.into())
}

#[track_caller]
fn check(text: &str, expr: Expr, notices: usize) {
    let query = Query::parse(text, today()).expect(text);
    assert_eq!(query.expr, expr, "{text}");
    assert_eq!(query.notices.len(), notices, "{:?}", query.notices);
}

#[track_caller]
fn check_refused(text: &str, error: &str) {
    let refused = Query::parse(text, today()).expect_err(text).to_string();
    assert!(refused.contains(error), "{refused}");
}

#[test]
fn what_falls_due_is_given_with_the_next_first_where_no_word_weighs() {
    use crate::index::{EntryKind, Order};
    let order = |text: &str, kinds: &[EntryKind]| Query::parse(text, today()).expect(text).order(kinds);
    let dates = [EntryKind::Date];
    assert_eq!(order("deadline:2026-03..", &dates), Order::Oldest);
    assert_eq!(order("deadline:2026-03.. kind:official", &dates), Order::Oldest);
    assert_eq!(order("deadline:2026-03.. papers", &dates), Order::Relevance);
    assert_eq!(order("mentions:2026-03", &dates), Order::Relevance);
    // What is said of a deadline has a day of its own.
    assert_eq!(order("deadline:2026-03..", &[EntryKind::Quote]), Order::Relevance);
    assert_eq!(order("", &dates), Order::Relevance);
}

#[test]
fn an_abbreviation_is_found_with_points_without_them_and_written_out() {
    let pointed = |text: &str| Expr::Phrase(text.into());
    check("NYPD", Expr::Or(vec![word("NYPD"), pointed("n.y.p.d.")]), 0);
    check(
        "U.S.C.",
        Expr::Or(vec![
            word("U.S.C."),
            Expr::Or(vec![word("usc"), pointed("United States Code")]),
        ]),
        0,
    );
    check(
        "eo",
        Expr::Or(vec![
            word("eo"),
            Expr::Or(vec![pointed("e.o."), pointed("executive order")]),
        ]),
        0,
    );
    for plain in ["ferry", "us", "Mr.", "no.", "a", "FERRIES"] {
        check(plain, word(plain), 0);
    }
}

#[test]
fn an_abbreviation_in_a_phrase_is_found_in_its_other_ways() {
    let ways = |texts: &[&str]| Expr::Or(texts.iter().map(|text| phrase(text)).collect());
    check("\"EO 7\"", ways(&["EO 7", "e.o. 7", "executive order 7"]), 0);
    check("\"E.O. 7\"", ways(&["E.O. 7", "eo 7", "executive order 7"]), 0);
    check(
        "\"8 U.S.C. 1373\"",
        ways(&["8 U.S.C. 1373", "8 usc 1373", "8 United States Code 1373"]),
        0,
    );
    for alone in [
        "EO",
        "Executive Order 7",
        "the US steel",
        "no. 7",
        "NYPD officers",
    ] {
        check(&format!("\"{alone}\""), phrase(alone), 0);
    }
    // It is told, and narrowed, as it was typed.
    let query = Query::parse("\"EO 7\" -\"EO 9\" ferry", today()).expect("a query");
    assert_eq!(query.understood(), "\"EO 7\" AND NOT \"EO 9\" AND ferry");
    let near = Query::parse("\"EO 7\" NEAR/5 ferry", today()).expect("a query");
    assert_eq!(near.understood(), "\"EO 7\" NEAR/5 ferry");
}

#[test]
fn the_full_names_of_an_abbreviation_are_found_with_it() {
    let names = |typed: &str| match typed {
        "GHFU" | "G.H.F.U." => vec!["Gull Haven Ferry Union".to_owned()],
        _ => Vec::new(),
    };
    let taken = |text: &str| {
        Query::parse(text, today())
            .expect("a query")
            .with_full_names(names)
    };
    let union = "Gull Haven Ferry Union";
    let all = |typed: &str, other: Expr| Expr::Or(vec![word(typed), other, phrase(union)]);
    assert_eq!(taken("GHFU").expr, all("GHFU", phrase("g.h.f.u.")));
    assert_eq!(taken("G.H.F.U.").expr, all("G.H.F.U.", word("ghfu")));
    // It is told as it was typed, and may be a name still.
    assert_eq!(
        taken("GHFU strike -ferry").understood(),
        "GHFU AND strike AND NOT ferry"
    );
    assert_eq!(taken("GHFU").expr.as_name(), Some("GHFU"));
    for other in ["ghfu", "NYPD", "\"GHFU\"", "speaker:GHFU"] {
        let plain = Query::parse(other, today()).expect("a query");
        assert_eq!(taken(other).expr, plain.expr, "{other}");
    }
}

#[test]
fn words_and_phrases_must_all_match() {
    check(
        "less \"safe city\"",
        Expr::And(vec![word("less"), phrase("safe city")]),
        0,
    );
    check("“less safe”", phrase("less safe"), 0);
    check("", Expr::All, 0);
    check("sanctu*", Expr::Prefix("sanctu".into()), 0);
}

#[test]
fn what_narrows_a_query_can_be_taken_back_one_by_one() {
    let query = Query::parse("ferry source:=herald -strike said:2026-02", today()).expect("a query");
    let expected = [
        (
            "source:=herald",
            "ferry AND NOT strike AND said:2026-02-01..2026-02-28",
        ),
        (
            "said:2026-02-01..2026-02-28",
            "ferry AND source:=herald AND NOT strike",
        ),
    ];
    let narrowings = query.narrowings();
    let found: Vec<(&str, &str)> = narrowings
        .iter()
        .map(|(part, rest)| (part.as_str(), rest.as_str()))
        .collect();
    assert_eq!(found, expected);
    let alone = Query::parse("source:=herald", today()).expect("a query");
    assert_eq!(alone.narrowings()[0].1, "");
    assert!(
        Query::parse("ferry OR source:=herald", today())
            .expect("a query")
            .narrowings()
            .is_empty()
    );
}

#[test]
fn values_have_the_names_that_people_know_them_by() {
    check("has:edited", Expr::Named(NameField::Has, "change".into()), 0);
    check("genre:op-ed", Expr::Named(NameField::Genre, "opinion".into()), 0);
}

#[test]
fn an_exclamation_mark_leaves_out() {
    check(
        "ferry !strike",
        Expr::And(vec![word("ferry"), Expr::Not(Box::new(word("strike")))]),
        0,
    );
    check("Stop!", word("Stop!"), 0);
}

#[test]
fn a_negation_is_found_in_one_word_and_in_two_and_an_owner_by_the_name() {
    let either = |typed: &str, others: Expr| Expr::Or(vec![word(typed), others]);
    check("won’t", either("won’t", phrase("will not")), 0);
    check("Don't", either("Don't", phrase("do not")), 0);
    let cannot = Expr::Or(vec![word("cannot"), phrase("can not")]);
    check("can't", either("can't", cannot), 0);
    let cannot = Expr::Or(vec![word("can't"), phrase("can not")]);
    check("cannot", either("cannot", cannot), 0);
    check("Lima’s", either("Lima’s", word("Lima")), 0);
    for alone in ["n't", "not", "5n't", "it's", "a's"] {
        check(alone, word(alone), 0);
    }
    check("=won't", Expr::Exact("won't".into()), 0);
    check("\"they won't\"", phrase("they won't"), 0);
    let understood = |text: &str| Query::parse(text, today()).expect(text).understood();
    assert_eq!(understood("ferry -can't"), "ferry AND NOT can't");
}

#[test]
fn a_number_is_found_with_the_commas_of_its_thousands_and_without() {
    let either = |typed: &str, other: Expr| Expr::Or(vec![word(typed), other]);
    check("1140", either("1140", phrase("1,140")), 0);
    check("12000000", either("12000000", phrase("12,000,000")), 0);
    check("4,200", either("4,200", word("4200")), 0);
    for alone in [
        "2,026",
        "1,900",
        "2026",
        "1999",
        "114",
        "0114",
        "1,14",
        "1,2,3",
        "12-14",
        "1234567890123",
    ] {
        check(alone, word(alone), 0);
    }
    check("=1140", Expr::Exact("1140".into()), 0);
    check("\"1140 officers\"", phrase("1140 officers"), 0);
    check(
        "1140 NEAR/5 officers",
        Expr::Near("1140".into(), "officers".into(), 5),
        0,
    );
    let understood = |text: &str| Query::parse(text, today()).expect(text).understood();
    assert_eq!(understood("1140 -4,200"), "1140 AND NOT 4,200");
    check("2150", either("2150", phrase("2,150")), 0);
}

#[test]
fn and_binds_tighter_than_or_and_parentheses_tightest() {
    let and = |a, b| Expr::And(vec![word(a), word(b)]);
    check("a b OR c AND d", Expr::Or(vec![and("a", "b"), and("c", "d")]), 0);
    let or = Expr::Or(vec![word("b"), word("c")]);
    check("a (b OR c)", Expr::And(vec![word("a"), or]), 0);
}

#[test]
fn fields_take_words_phrases_and_groups() {
    let speaker = |name: &str| Expr::Named(NameField::Speaker, name.into());
    check("speaker:lima", speaker("lima"), 0);
    check("speaker:\"Ana Lima\"", speaker("Ana Lima"), 0);
    check(
        "speaker:(lima OR cruz)",
        Expr::Or(vec![speaker("lima"), speaker("cruz")]),
        0,
    );
    check("-speaker:lima", Expr::Not(Box::new(speaker("lima"))), 0);
    check(
        "genre:press-release",
        Expr::Named(NameField::Genre, "press_release".into()),
        0,
    );
    for (asked, meant) in [
        ("genre:letter", "letter"),
        ("genre:\"fact sheet\"", "fact_sheet"),
        ("genre:factsheet", "fact_sheet"),
        ("genre:advisory", "notice"),
        ("genre:resolution", "order"),
    ] {
        check(asked, Expr::Named(NameField::Genre, meant.into()), 0);
    }
}

#[test]
fn days_are_intervals() {
    let day = |text: &str| text.parse().expect("a day");
    let said = Expr::Days(DayField::Said, day("2026-02-01"), day("2026-02-10"));
    check("said:2026-02-01..2026-02-10", said, 0);
    let yesterday = Expr::Days(DayField::Said, day("2026-02-12"), day("2026-02-12"));
    check("said:yesterday", yesterday, 0);
    let last_week = Expr::Days(DayField::Published, day("2026-02-02"), day("2026-02-08"));
    check("published:\"last week\"", last_week, 0);
    let spring = Expr::Days(DayField::Mentions, day("2026-03-01"), day("2026-05-31"));
    check("mentions:2026-21", spring, 0);
    check("asof:2026-02", Expr::AsOf(Held::AtEndOf(day("2026-02-28"))), 0);
    let moment = Held::At("2026-02-08T07:55:00Z".parse().expect("a moment"));
    check("asof:2026-02-08T07:55", Expr::AsOf(moment), 0);
    check("asof:2026-02-08T08:55+01:00", Expr::AsOf(moment), 0);
    check("asof:EVER", Expr::AsOf(Held::Ever), 0);
    let told = |text: &str| Query::parse(text, today()).expect_err("refused").to_string();
    assert!(told("asof:soonish").ends_with("or ever") && !told("said:soonish").contains("or ever"));
    check_refused(
        "ferry said:whenever",
        "`said:whenever` (character 12) names no days",
    );
    check_refused("said:-5", "names no days");
    check_refused("asof:2026..", "names no days");
    check("NOT asof:2026-01-01", Expr::All, 1);
    let others = Expr::Not(Box::new(Expr::Named(NameField::Speaker, "lima".into())));
    check("speaker:-lima", others, 0);
    check_refused("genre:poem", "only report");
    check_refused("kind:offical", "did you mean `official`?");
    check_refused("stance:denies", "did you mean `denied`?");
}

#[test]
fn words_may_be_exact_or_near_each_other() {
    let near = |words| Expr::Near("safe".into(), "new york".into(), words);
    check("=safe", Expr::Exact("safe".into()), 0);
    check("safe NEAR/5 \"new york\"", near(5), 0);
    check("safe NEAR \"new york\"", near(10), 0);
    check(
        "safe NEAR/9999999999",
        Expr::And(vec![word("safe"), word("NEAR/9999999999")]),
        0,
    );
    check("NEAR/5 safe", word("safe"), 1);
    check("safe NEAR/5", word("safe"), 1);
    check("safe NEAR/5 !!!", word("safe"), 1);
}

#[test]
fn one_clause_more_narrows_whatever_was_asked() {
    let narrowed = |text: &str| {
        Query::parse(text, today())
            .expect("a query")
            .narrowed(text, "kind:news")
    };
    assert_eq!(narrowed("a b"), "a b kind:news");
    assert_eq!(narrowed("a OR b"), "(a OR b) kind:news");
    assert_eq!(narrowed(""), "kind:news");
    assert_eq!(narrowed("a NOT"), "a kind:news");
    assert_eq!(narrowed("a OR"), "a kind:news");
    assert_eq!(narrowed("OR a"), "a kind:news");
    assert_eq!(narrowed("\"a b"), "\"a b\" kind:news");
}

#[test]
fn what_was_understood_is_said_in_the_same_language() {
    let understood = |text: &str| Query::parse(text, today()).expect("a query").understood();
    assert_eq!(understood("less safe* OR (a b)"), "(less AND safe*) OR (a AND b)");
    assert_eq!(
        understood("-(a OR b) said:..2026"),
        "NOT (a OR b) AND said:..2026-12-31"
    );
    assert_eq!(understood("NOT (a NEAR/5 b)"), "NOT (a NEAR/5 b)");
    assert_eq!(
        understood("mentions:\"-0043\""),
        "mentions:\"-0043-01-01..-0043-12-31\""
    );
    assert_eq!(understood("-(-a)"), "a");
    assert_eq!(understood(""), "everything");
}

#[test]
fn the_days_and_sources_asked_for_are_those_that_every_hit_has() {
    let asked = |text: &str| {
        let (from, to) = Query::parse(text, today()).expect("a query").days_asked();
        (from.map(|day| day.to_string()), to.map(|day| day.to_string()))
    };
    let days = |from: &str, to: &str| {
        let day = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        (day(from), day(to))
    };
    assert_eq!(asked("ferry"), days("", ""));
    assert_eq!(
        asked("ferry said:2026-02-01..2026-02-10"),
        days("2026-02-01", "2026-02-10")
    );
    assert_eq!(
        asked("said:2026-02.. published:..2026-03-05"),
        days("2026-02-01", "2026-03-05")
    );
    assert_eq!(asked("asof:2026-02-08"), days("", "2026-02-08"));
    assert_eq!(asked("mentions:2026-02-08"), days("", ""));
    assert_eq!(asked("said:2026-02 OR ferry"), days("", ""));
    let may = |text: &str| {
        let query = Query::parse(text, today()).expect("a query");
        query.may_ask_of("herald", "The Harbor Herald", SourceKind::News)
    };
    assert!(may("ferry") && may("source:herald") && may("source:\"harbor herald\" kind:news"));
    assert!(may("kind:direct") && may("source:wire OR ferry"));
    assert!(!may("source:wire") && !may("kind:official ferry"));
}

#[test]
fn nonsense_is_read_as_far_as_it_makes_sense() {
    check("\"less safe", phrase("less safe"), 1);
    check("a) (b", Expr::And(vec![word("a"), word("b")]), 2);
    check("NOT", Expr::All, 1);
    check("OR OR AND", Expr::All, 2);
    check("!!! ??? -- *", Expr::All, 1);
    check("😀*", Expr::All, 1);
    check("ferry & !", word("ferry"), 0);
    check("ferry speaker:\"\"", word("ferry"), 1);
    check(
        "ferry speaker:",
        Expr::And(vec![word("ferry"), word("speaker:")]),
        1,
    );
    check(
        "speaker:'Ana Lima'",
        Expr::Named(NameField::Speaker, "Ana Lima".into()),
        0,
    );
    check(
        "speaker:'O’Hara’s son'",
        Expr::Named(NameField::Speaker, "O’Hara’s son".into()),
        0,
    );
    let cut = Expr::And(vec![Expr::Named(NameField::Speaker, "Ana".into()), word("Lima")]);
    check("speaker:Ana Lima", cut, 1);
    let named = |rest: &str| {
        Expr::And(vec![
            Expr::Named(NameField::Speaker, "Ana Lima".into()),
            word(rest),
        ])
    };
    check("speaker:\"Ana Lima\" Harbour", named("Harbour"), 0);
    check_refused("asof:2026-02-01..", "or ever");
    check("ferry | strike", Expr::Or(vec![word("ferry"), word("strike")]), 1);
    let told = |text: &str| Query::parse(text, today()).expect("a query").notices.join(" ");
    assert!(told("site:herald ferry").contains("here that is `source:"));
    assert!(told("said:11/03/2026").contains("was taken for 2026-11-03"));
    check_refused(
        "said:2026-03-12..2026-03-10",
        "the first of the two days comes after the other",
    );
    check("spaeker:lima", Expr::And(vec![word("spaeker"), word("lima")]), 1);
    check("https://town.example/a:b", word("https://town.example/a:b"), 0);
    check("note: this", Expr::And(vec![word("note:"), word("this")]), 0);
}

#[test]
fn what_would_cost_too_much_is_refused() {
    check_refused(&"(".repeat(100), "inside one another");
    check_refused(&"a ".repeat(300), "more than 256 words");
    check_refused(&"a".repeat(5000), "more than 4096 bytes");
    assert!(Query::parse(&"-".repeat(4000), today()).is_ok());
    assert!(Query::parse(&"-a".repeat(2000), today()).is_ok());
}

proptest::proptest! {
    #[test]
    fn no_query_makes_it_panic(text in "([a-z“”»=\"():*. -]|AND|OR|NOT|NEAR/5|said:|speaker:|2026){0,60}") {
        let query = Query::parse(&text, today());
        if let Ok(query) = query {
            // What was understood is itself a query, and means the same.
            let again = Query::parse(&query.understood(), today()).expect("a query");
            proptest::prop_assert!(query.expr == Expr::All || again.understood() == query.understood());
        }
    }
}

#[track_caller]
fn told(text: &str, expected: &str) {
    let query = Query::parse(text, today()).expect(text);
    let is_told = query.notices.iter().any(|notice| notice.contains(expected));
    assert!(is_told, "{text}: {:?}", query.notices);
}

#[test]
fn what_other_boxes_call_a_field_is_told_with_the_value_that_was_typed() {
    told("name:whitcombe", "here that is `speaker:whitcombe`");
    told("name:\"ana lima\"", "here that is `speaker:\"ana lima\"`");
    told("from:courier", "`source:courier` for who prints it");
    told("date:2026-02-01", "`published:2026-02-01`");
    told("author:(ana lima)", "`speaker:lima`");
}

#[test]
fn what_is_no_word_and_was_taken_for_one_is_told() {
    told("f*", "`ferr*`");
    told("*ry", "`ferr*`");
    told("said>=2026-11-20", "`said:>=2026-11-20`");
    told("ferry AND", "`AND` with nothing after it");
    told("(ferry AND) pier", "`AND` with nothing after it");
    told("lang:Spanish", "`lang:es`");
    for plain in ["ferry AND pier", "ferr*", "why?", "a>b", "lang:es"] {
        let query = Query::parse(plain, today()).expect(plain);
        assert!(query.notices.is_empty(), "{plain}: {:?}", query.notices);
    }
}

#[test]
fn words_between_single_marks_that_are_bent_are_a_phrase() {
    check("‘Mind your own.’", phrase("Mind your own."), 0);
    check("‘It’s not ours’", phrase("It’s not ours"), 0);
    check(
        "‘tis strike’ pier",
        Expr::And(vec![word("‘tis"), word("strike’"), word("pier")]),
        0,
    );
    // Several marked words are no sentence.
    check("‘a’ ‘b’", Expr::And(vec![word("‘a’"), word("‘b’")]), 0);
    // Never closed, it is an apostrophe.
    check("‘tis", word("‘tis"), 0);
    check("rock’n’roll", word("rock’n’roll"), 0);
}

#[test]
fn words_may_be_names_of_who_speaks() {
    let parsed = |text: &str| Query::parse(text, today()).expect(text);
    let named = |text: &str| -> Vec<String> {
        let speakers = parsed(text).as_speakers();
        speakers
            .iter()
            .map(|(at, query)| format!("{at} {}", query.understood()))
            .collect()
    };
    assert_eq!(named("Whitcombe"), ["0 speaker:\"Whitcombe\""]);
    assert_eq!(
        named("ana \"de lima\" said:2026 ferry"),
        [
            "0 speaker:\"ana\"",
            "1 speaker:\"de lima\"",
            "3 speaker:\"ferry\""
        ]
    );
    for other in [
        "",
        "2026",
        "ferry OR pier",
        "-ferry",
        "ferry speaker:lima",
        "a b c d e f g",
    ] {
        assert!(named(other).is_empty(), "{other}");
    }
    let (whole, alone) = parsed("ferry ana lima said:2026")
        .with_speaker(1..3)
        .expect("words");
    assert_eq!(
        whole.understood(),
        "speaker:\"ana lima\" AND ferry AND said:2026-01-01..2026-12-31"
    );
    assert_eq!(alone.understood(), "speaker:\"ana lima\"");
    assert!(parsed("ferry said:2026").with_speaker(0..2).is_none());
    assert_eq!(
        parsed("speaker:aroyo (ferry OR pier)").replaced("speaker:\"aroyo\"", "speaker:\"arroyo\""),
        "speaker:\"arroyo\" (ferry OR pier)"
    );
}

#[test]
fn fields_of_other_boxes_that_mean_one_thing_are_taken_for_it() {
    let understood = |text: &str| {
        let query = Query::parse(text, today()).expect("a query");
        (query.understood(), query.notices.join("; "))
    };
    for (text, expected) in [
        ("ferry before:2026-02-06", "ferry AND published:..2026-02-05"),
        ("ferry until:2026-02-06", "ferry AND published:..2026-02-06"),
        ("ferry after:2026-02", "ferry AND published:2026-03-01.."),
        ("ferry since:2026-02", "ferry AND published:2026-02-01.."),
        ("by:lima ferry", "speaker:\"lima\" AND ferry"),
        ("publisher:herald", "source:\"herald\""),
    ] {
        let (query, told) = understood(text);
        assert_eq!(query, expected);
        assert!(told.contains("was taken for"), "{text}: {told}");
    }
    assert!(Query::parse("before:nonsense", today()).is_err());
    let (_, told) = understood("type:news");
    assert!(told.contains("`kind:news`"), "{told}");
}

#[test]
fn today_is_that_of_the_clock_a_field_is_told_by() {
    // An evening in the west: it is Saturday in UTC.
    let today = Today {
        here: today(),
        in_utc: jiff::civil::date(2026, 2, 14),
    };
    let understood = |text: &str| Query::parse(text, today).expect("a query").understood();
    assert_eq!(understood("captured:today"), "captured:2026-02-14");
    assert_eq!(understood("said:today"), "said:2026-02-13");
    assert_eq!(understood("published:yesterday"), "published:2026-02-12");
    assert_eq!(understood("captured:yesterday"), "captured:2026-02-13");
    assert_eq!(
        understood("first_seen:today changed:today"),
        "first_seen:2026-02-14 AND changed:2026-02-14"
    );
}

#[test]
fn a_date_of_several_words_is_taken_together_behind_its_field() {
    let read = |typed: &str| Query::parse(typed, jiff::civil::date(2026, 11, 27)).expect(typed);
    for (typed, meant) in [
        ("said:6 Nov 2026", "said:2026-11-06"),
        ("said:6 nov 2026 ferry", "said:2026-11-06 ferry"),
        ("ferry said:last week", "ferry said:\"last week\""),
        ("asof:6 nov 2026 ferry", "asof:2026-11-06 ferry"),
    ] {
        assert_eq!(read(typed).understood(), read(meant).understood(), "{typed}");
        assert!(!read(typed).notices.is_empty(), "{typed}");
    }
    // What is no date together stays as it was.
    for typed in [
        "said:2026-11-06 ferry",
        "said:2026 boats",
        "said:yesterday ferry",
        "said:november ferry",
    ] {
        assert!(
            read(typed).notices.is_empty(),
            "{typed}: {:?}",
            read(typed).notices
        );
    }
}
