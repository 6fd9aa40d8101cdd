//! Words in marks that nobody says: titles, charges, terms.

use super::{check, said};

#[test]
fn titles_that_are_listed_as_examples_of_works_are_nobodys() {
    for text in [
        "According to Marrow Live, expect the band’s hits, including “Listen To The Harbor,” “Salt Road,” and “Long Pier.”",
        "Naderi said she grew up on films like “The Long Pier” and “Salt.”",
        "Naderi told us of shows such as “Marrow Nights.”",
    ] {
        check(text, &[]);
    }
    // Another's words are not written as titles are, or stand behind a cue.
    check(
        "Naderi dismissed the films, including “the awful one about piers,” as dull.",
        &[said("Naderi", ["the awful one about piers,"])],
    );
    check(
        "The band’s songs, Naderi said, are like “A Slow Train.”",
        &[said("Naderi", ["A Slow Train."])],
    );
    check(
        "Naderi, who has called the show a hit, described it as “Must See TV.”",
        &[said("Naderi", ["Must See TV."])],
    );
    check(
        "Naderi said: “Listen To The Harbor.”",
        &[said("Naderi", ["Listen To The Harbor."])],
    );
}

#[test]
fn what_somebody_pleads_guilty_to_is_no_word_of_hers() {
    check(
        "In 2019, Naderi pleaded guilty to “conspiracy to commit fraud.”",
        &[],
    );
    check(
        "Naderi told the judge that she pleaded guilty to “loving the town too much.”",
        &[said("Naderi", ["loving the town too much."])],
    );
    check(
        "Naderi said that he was guilty of “a great betrayal.”",
        &[said("Naderi", ["a great betrayal."])],
    );
}

#[test]
fn you_and_it_say_nothing_where_nothing_tells_so() {
    check("If you are terrified to “put yourself out there,” read on.", &[]);
    check("“It is a pier,” you say.", &[said("you", ["It is a pier,"])]);
    check(
        "The council wrote. The deal “shows that we go on,” it said in a letter.",
        &[said("it", ["shows that we go on,"])],
    );
    // A claim is somebody's, and who says something further on may be "it".
    check(
        "It was Naderi’s claim that “the sea is rising” that drew most fire.",
        &[said("Naderi", ["the sea is rising"])],
    );
    check(
        "It comes after the mayor’s warning that “the worst is to come.”",
        &[said("mayor", ["the worst is to come."])],
    );
    check(
        "The board left. It has repeatedly, and on several occasions, called the plan “reckless.”",
        &[said("It", ["reckless."])],
    );
}

#[test]
fn what_somebody_goes_on_with_and_puts_somewhere_is_not_said() {
    check("Naderi is continuing its aggressive “code red” momentum.", &[]);
    check(
        "Crews were put into “cold storage” for the trip. Naderi wept.",
        &[],
    );
    check(
        "Naderi put the blame on “fools in the office.”",
        &[said("Naderi", ["fools in the office."])],
    );
    for (lead, words) in [
        ("Naderi put her success down to", "hard work."),
        ("Naderi put the odds at", "about fifty-fifty."),
        ("Naderi put on Facebook", "This is the end."),
        ("Naderi continued her attack on the", "fools in the office."),
        ("Naderi continues her assault against", "fools in the office."),
    ] {
        check(&format!("{lead} “{words}”"), &[said("Naderi", [words])]);
    }
    let spanish = "Naderi continuó su ataque contra “los corruptos de siempre”.";
    let found = crate::quotes::find(spanish, &[], crate::model::tongue::Tongue::Spanish);
    assert_eq!(found.len(), 1);
    check("As Naderi put it, “we wait.”", &[said("Naderi", ["we wait."])]);
    check(
        "Naderi continued this week: “We wait for them.”",
        &[said("Naderi", ["We wait for them."])],
    );
    check(
        "“We wait,” continued the mayor.",
        &[said("the mayor", ["We wait,"])],
    );
}
