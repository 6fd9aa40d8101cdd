//! What holds of any text.

use super::*;

proptest! {
    #[test]
    fn mentions_stand_on_characters_one_after_the_other(text in r"[\w ,.:’–/\n]{0,60}(last |May |3 |weeks? )*\PC{0,40}") {
        let mut end = 0;
        for mention in find(&text, Tongue::English, Some(day())) {
            prop_assert!(mention.span.start() >= end && mention.span.end() > mention.span.start());
            prop_assert!(text.get(mention.span.start()..mention.span.end()).is_some());
            end = mention.span.end();
        }
    }

    #[test]
    fn what_is_found_in_a_paragraph_does_not_hang_on_the_ones_around_it(
        before in "([a-z]{1,9} ){0,12}",
        after in "([a-z]{1,9} ){0,12}",
        which in 0..PARAGRAPHS.len(),
    ) {
        let paragraph = PARAGRAPHS[which];
        let read = |text: &str| -> Vec<(String, String, String)> {
            let mentions = find(text, Tongue::English, Some(day())).into_iter();
            let found = mentions.map(|found| (found.span.slice(text).to_owned(), found.value, found.kind.code().to_owned()));
            found.collect()
        };
        let alone = read(paragraph);
        let around = read(&format!("{before}\n\n{paragraph}\n\n{after}"));
        let same = around.iter().filter(|found| alone.contains(found)).count();
        prop_assert!(same >= alone.len(), "{alone:?} {around:?}");
    }
}

const PARAGRAPHS: [&str; 4] = [
    "Lima said on Tuesday that the ferry would stop on March 1, 2026, for two weeks.",
    "From Feb. 1 to 6, and again at 6 p.m. ET Friday, the pier was shut; it was open last year.",
    "In the summer of 1998, a decade before, nobody paid; the third quarter was the worst in five years.",
    "Every Friday the council meets at noon. Ana Lima, 34, will speak next week.",
];

#[test]
fn hostile_texts_cost_linear_time_and_never_panic() {
    let pieces = [
        "9",
        "9 ",
        "last ",
        "the past ",
        "twenty-",
        "May 9, ",
        "1999-",
        "9/",
        "more than ",
        "every ",
        "’",
        "é",
        "a ",
        "\n\n",
        "the end of ",
        "3 p.m. ",
    ];
    for piece in pieces {
        let text = piece.repeat(20_000 / piece.len());
        let mentions = find(&text, Tongue::English, Some(day()));
        assert!(
            mentions
                .windows(2)
                .all(|pair| pair[0].span.end() <= pair[1].span.start())
        );
    }
    let millions = ["9".repeat(5_000_000), "last ".repeat(100_000)];
    for text in &millions {
        assert!(find(text, Tongue::English, Some(day())).is_empty());
    }
}

#[test]
fn counts_beyond_the_calendar_have_no_days() {
    for text in [
        "99999999 years ago",
        "90000 centuries from now",
        "999999 millennia later",
        "9999999 BC",
    ] {
        for published in [Some(Date::MIN), Some(Date::MAX), None] {
            assert!(
                find(text, Tongue::English, published)
                    .iter()
                    .all(|mention| mention.when.is_none()),
                "{text}"
            );
        }
    }
    for text in [
        "today",
        "tomorrow",
        "last week",
        "Monday",
        "next year",
        "winter 9999",
        "Feb. 29",
        "the weekend",
    ] {
        find(text, Tongue::English, Some(Date::MIN));
        find(text, Tongue::English, Some(Date::MAX));
    }
}
