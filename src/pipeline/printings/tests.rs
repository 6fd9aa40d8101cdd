use super::agreement::{is_somebody_else, without_brackets};
use super::printing::{is_another_day, with_what_reporters_say};
use super::*;
use crate::model::date::When;
use crate::model::id::SpeakerId;
use crate::text::differing::differences_of;
use crate::text::rewording::parted;
use crate::text::wording::Piece;

#[track_caller]
fn check(one: &str, other: &str, expected: Option<Agreement>) {
    let found = agreement(
        (one, &Wording::in_one_spelling(one)),
        (other, &Wording::in_one_spelling(other)),
        Whose::Unknown,
    );
    assert_eq!(found, expected, "{one} / {other}");
}

#[test]
fn printings_agree_word_for_word_nearly_or_in_part() {
    check(
        "We won’t stop this ferry.",
        "we won't stop this ferry",
        Some(Agreement::Same),
    );
    check(
        "We will not stop this ferry",
        "We won’t stop this ferry",
        Some(Agreement::Near),
    );
    check(
        "We will not stop this ferry, and whoever says so has not read what we wrote about it",
        "has not read what we wrote",
        Some(Agreement::Part),
    );
    check("We will not stop this ferry", "They did stop that bus", None);
}

#[test]
fn what_is_spelled_otherwise_or_cut_short_is_found_from_both_sides() {
    let of_one = |one: &str, other: &str| {
        let wordings = [one, other].map(Wording::in_one_spelling);
        let forth = agreement((one, &wordings[0]), (other, &wordings[1]), Whose::One);
        assert_eq!(
            forth,
            agreement((other, &wordings[1]), (one, &wordings[0]), Whose::One)
        );
        forth
    };
    for (one, other) in [
        (
            "I support the goal, and I look forward to working with the Mayor",
            "I support the goal,",
        ),
        (
            "I support it. I do not support being surprised,",
            "I don’t support being surprised.",
        ),
        (
            "We don’t want to litigate, but we will.",
            "We … want to litigate,",
        ),
    ] {
        assert_eq!(of_one(one, other), Some(Agreement::Part), "{one} / {other}");
    }
    // Small words in that order are no part.
    assert_eq!(
        of_one(
            "We have to go",
            "We have seen what this does to families, and nobody should go hungry."
        ),
        None
    );
    let turned = of_one("I support the goal", "I don’t support the goal");
    assert_eq!(turned, Some(Agreement::Near));
}

#[test]
fn a_sentence_cut_out_with_one_word_altered_is_known_again() {
    let is_one = |one: &str, other: &str| {
        let [one, other] = [one, other].map(Wording::in_one_spelling);
        let found = is_one_altered(&one, &other);
        assert_eq!(found, is_one_altered(&other, &one));
        found
    };
    let whole = "Last winter we sent 1,480 bills. I would be happy to send none.";
    assert!(is_one(whole, "Last winter we sent 1,840 bills."));
    assert!(!is_one(whole, "Last summer we sent 1,840 bills."));
    assert!(!is_one(whole, "We sent bills."));
}

#[test]
fn a_last_name_is_no_other_person_and_a_page_s_own_day_no_other_day() {
    let fong = SpeakerId::new("meredith-fong");
    let somebody = |there: &str| is_somebody_else(Some(&fong), Some(&SpeakerId::new(there)));
    assert!(!somebody("fong") && somebody("hannah-eskildsen") && somebody("meredith-vale"));
    assert!(somebody("meredith") && !somebody("meredith-fong-jr"));
    assert!(!somebody("meredith-a-fong") && !somebody("meredith-fong-vale") && somebody("martha-fong"));
    assert!(!somebody("hannah-eskildsen+meredith-fong") && somebody("hannah-eskildsen+tom-reed"));
    assert!(!is_somebody_else(Some(&fong), None));
    let [nine, ten, eleven] = [9, 10, 11].map(|day| When::day(jiff::civil::date(2026, 3, day)));
    let of = |day: i8, before: i64| {
        let day = [&nine, &ten, &eleven][usize::try_from(day - 9).expect("a day of three")];
        Some((day, before))
    };
    let page = i64::MAX;
    for (here, there, expected) in [
        (of(10, 0), of(9, 0), true),
        (of(10, 0), of(10, 0), false),
        // Printed the day after, and nothing said of when it was said.
        (of(10, 0), of(11, page), false),
        (of(11, page), of(10, 0), false),
        // Printed before it was said.
        (of(10, 0), of(9, page), true),
        (of(9, page), of(10, page), false),
        (of(9, page), None, false),
        // An office's own release, the day after and two days after.
        (of(9, 0), of(10, 1), false),
        (of(9, 0), of(11, 1), true),
        (of(11, 1), of(9, 0), true),
    ] {
        assert_eq!(is_another_day(here, there), expected, "{here:?} {there:?}");
    }
}

#[test]
fn words_in_brackets_stand_for_any() {
    let of_one = |one: &str, other: &str| {
        agreement(
            (one, &Wording::in_one_spelling(one)),
            (other, &Wording::in_one_spelling(other)),
            Whose::One,
        )
    };
    let whole =
        "If the secretary wants our records, she can send us a judge’s warrant. I will not run from it.";
    for printed in [
        "If [Homeland Secretary Dana Whitlock] wants our records, she can send us a judge’s warrant.",
        "[The harbor secretary of the whole country] can send us a judge’s warrant. I will not run from it.",
    ] {
        assert!(
            of_one(whole, printed).is_some_and(|agreement| agreement != Agreement::Same),
            "{printed}"
        );
        assert!(of_one(printed, whole).is_some(), "{printed}");
    }
    let near = of_one(
        "Nobody in this city should be afraid",
        "Nobody in [New Carthage and its port] should be afraid",
    );
    assert!(near.is_some_and(|agreement| agreement != Agreement::Same));
    assert_eq!(
        of_one("[We are] [not] [for sale at all]", "[This] is [another] [thing]"),
        None
    );
    assert_eq!(without_brackets("[W]e go [to town] and [on"), "[W]e go  and [on");
}

#[test]
fn few_words_are_the_same_only_of_one_speaker() {
    check("No comment", "No comment", None);
    let of_one = |one: &str, other: &str| {
        agreement(
            (one, &Wording::in_one_spelling(one)),
            (other, &Wording::in_one_spelling(other)),
            Whose::One,
        )
    };
    assert_eq!(
        of_one("I will not sign it", "I will sign it."),
        Some(Agreement::Near)
    );
    assert_eq!(of_one("I will sign it", "I won’t sign it"), Some(Agreement::Near));
    assert_eq!(of_one("I will sign it", "I will do it"), None);
    let same = of_one("No comment", "no comment");
    assert_eq!(same, Some(Agreement::Same));
}

#[test]
fn what_anybody_says_ties_no_two_people() {
    let of = |one: &str, other: &str, whose| {
        agreement(
            (one, &Wording::in_one_spelling(one)),
            (other, &Wording::in_one_spelling(other)),
            whose,
        )
    };
    let of_two = |one: &str, other: &str| of(one, other, Whose::Two);
    let nothing = "We have nothing further to say at this time.";
    assert_eq!(of_two(nothing, nothing), None);
    assert_eq!(of(nothing, nothing, Whose::One), Some(Agreement::Same));
    assert_eq!(
        of_two(
            "The safety of our children is our top priority.",
            "The safety of our firefighters is our top priority."
        ),
        None
    );
    assert_eq!(
        of_two(
            "At the end of the day, the pier belongs to whoever fishes from it",
            "at the end of the day the pier belongs to whoever fishes from it"
        ),
        Some(Agreement::Same)
    );
}

#[test]
fn a_part_is_compared_with_what_it_is_a_part_of() {
    let whole = "The beds stay open. The records of people are not a currency. We will not trade them, and we will not \
                 be hurried. The city gave us four years.";
    let told = |here: &str, there: &str| {
        differences_of(here, &parted(here, there))
            .into_iter()
            .collect::<Vec<_>>()
    };
    let part = "We will not trade them, and we will not be hurried.";
    assert_eq!(told(whole, part), [Difference::Shortened]);
    assert_eq!(told(part, whole), [Difference::Longer]);
    assert_eq!(
        told(whole, "We will trade them, and we will not be hurried,"),
        [Difference::Negation, Difference::LeftOut, Difference::Shortened]
    );
    let joined = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.text).collect::<String>();
    assert_eq!(
        joined(parted(whole, part)).split_whitespace().collect::<Vec<_>>(),
        whole.split_whitespace().collect::<Vec<_>>()
    );
}

#[test]
fn of_a_clause_the_words_in_marks_are_compared() {
    let own = words_in_marks;
    assert_eq!(
        own("that “no one will drive across” the bridge"),
        "no one will drive across"
    );
    assert_eq!(
        own("that it was “wrong, and,” he added, “a shame for all”"),
        "wrong, and, … a shame for all"
    );
    assert_eq!(own("called it “a shame”"), "called it “a shame”");
    let torn = "“we begin. “we will not trade them,” she added, as the crowd left";
    assert_eq!(own(torn), torn);
}

#[test]
fn a_query_asks_for_the_longest_words() {
    let query = asking_for("“We won’t rebuild the landing!”").expect("a query");
    assert!(
        query
            .understood()
            .starts_with("(=landing OR =rebuild OR =the OR =won)"),
        "{}",
        query.understood()
    );
    assert!(asking_for("¡…!").is_none());
}

#[test]
fn what_a_reporter_says_around_the_words_in_marks_is_not_missing() {
    let told = |office: &str, clause: &str| {
        let words = words_in_marks(clause);
        let mut differences = differences_of(office, &parted(office, &words));
        with_what_reporters_say(&mut differences, office, clause);
        differences
            .into_iter()
            .filter(|it| it.is_grave())
            .collect::<Vec<_>>()
    };
    let office = "This department will not make any payment to a city that hides its shelter records.";
    for fair in [
        "that the department would pay nothing to a city that “hides its shelter records.”",
        "that it would not “make any payment to a city that hides its shelter records.”",
        "that no city would be paid that “hides its shelter records.”",
    ] {
        assert_eq!(told(office, fair), [], "{fair}");
    }
    for turned in [
        "that the department would “make any payment to a city that hides its shelter records.”",
        "that it would pay a city that “hides its shelter records.”",
    ] {
        assert_eq!(told(office, turned), [Difference::Negation], "{turned}");
    }
    let office = "We will close every shelter on the river in May.";
    for turned in ["would not", "would never", "won’t"] {
        let clause = format!("that the city {turned} “close every shelter on the river in May.”");
        assert_eq!(told(office, &clause), [Difference::Negation], "{clause}");
    }
    let office = "We will close every shelter on the river in May unless the council acts.";
    let fair = "that the city would “close every shelter on the river in May” unless the council acted";
    assert_eq!(told(office, fair), []);
    let turned = "that the city would “close every shelter on the river in May”";
    assert_eq!(told(office, turned), [Difference::Condition]);
}
