//! What is planned for a day, as the present, a modal or a label tells.

use super::*;

#[test]
fn the_present_of_a_verb_plans_for_a_weekday() {
    for text in [
        "The council votes Monday.",
        "Mayor Ana Lima testifies Monday before a House panel.",
        "The Senate votes on Monday.",
        "The chief retires Monday.",
        "The pool reopens Monday.",
        "Workers vote Monday.",
    ] {
        check(text, &[("Monday", "2026-02-16")]);
    }
    for text in [
        "The council voted Monday.",
        "The mayor says Monday was a bad day.",
        "After the votes Monday, nobody spoke.",
        "Workers shut the gate Monday.",
        "The judge rejected two motions Monday.",
        "Two talks Monday brought nothing.",
        "“It opens with a song,” Lima said Monday.",
        "The mayor wants Monday back.",
        "Mayor Ana Lima speaks to reporters Monday at City Hall.",
        "A worker clears snow Monday in Oldwick.",
        "The decision comes after talks and a shooting Monday in Oldwick.",
        "The ban follows protests Monday in three cities.",
        "Thousands march Monday in Oldwick.",
        "The company did not call us back Monday.",
        "The attack could have begun as early as Monday.",
    ] {
        check(text, &[("Monday", "2026-02-09")]);
    }
}

#[test]
fn what_could_be_lies_ahead() {
    check(
        "A boy could be charged as soon as Monday.",
        &[("Monday", "2026-02-16")],
    );
    check(
        "They might be back as early as Monday.",
        &[("Monday", "2026-02-16")],
    );
    check(
        "They were aware of it as early as Monday.",
        &[("Monday", "2026-02-09")],
    );
    check("The school could close in the fall.", &[("the fall", "2026-FA")]);
    check(
        "The order takes effect at midnight Monday.",
        &[("midnight Monday", "2026-02-16T24:00")],
    );
}

#[test]
fn a_participle_of_those_who_are_to_do_something_tells_of_nothing_done() {
    for text in [
        "Interested residents must call by April 2.",
        "Displaced families must apply by April 2.",
        "Registered voters must request a ballot by April 2.",
    ] {
        check(text, &[("April 2", "2026-04-02")]);
        check_limits_in(Tongue::English, &[(text, "April 2")], &[]);
    }
    check(
        "They received 300 letters by April 2.",
        &[("April 2", "2025-04-02")],
    );
}

#[test]
fn a_last_day_is_told_before_it_is_named() {
    check_limits_in(
        Tongue::English,
        &[
            ("The last day to use a sticker is June 30.", "June 30"),
            ("The final day to file is June 30.", "June 30"),
            ("The consultation closes on 27 March.", "27 March"),
            ("The consultation runs until June 30.", "June 30"),
        ],
        &[
            "The last day of the fair is June 30.",
            "The last game is June 30.",
            "The last day to register was Friday, and the vote is June 30.",
            "The judge gave him 30 days.",
        ],
    );
    check_limits_in(
        Tongue::Spanish,
        &[(
            "El último día para inscribirse es el 30 de junio.",
            "el 30 de junio",
        )],
        &[],
    );
    // It is over.
    check("The deadline to apply was Monday.", &[("Monday", "2026-02-09")]);
}

#[test]
fn what_is_put_off_or_begins_on_a_day_lies_ahead() {
    check(
        "The court stayed its ruling until April 2 to give the county time.",
        &[("April 2", "2026-04-02")],
    );
    check(
        "She stayed in office until April 2.",
        &[("April 2", "2025-04-02")],
    );
    check("From Monday, the office is closed.", &[("Monday", "2026-02-16")]);
    check(
        "From Monday on, no officer will ask.",
        &[("Monday", "2026-02-16")],
    );
    check("From Monday, she walked north.", &[("Monday", "2026-02-09")]);
    check(
        "Spending rose in the twelve months through June.",
        &[("the twelve months", "P12M"), ("June", "2025-06")],
    );
}

#[test]
fn a_last_day_that_is_named_lies_ahead() {
    check(
        "The last day to use a sticker is Jan. 5.",
        &[("Jan. 5", "2027-01-05")],
    );
}
