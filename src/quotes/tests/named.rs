//! Whose words they are where a phrase names somebody by more than a name.

use super::{check, said};

#[test]
fn a_name_before_an_office_is_who_speaks() {
    for office in [
        "vice president of Marrow Appliance & Security",
        "a 32-year-old member of the town’s choir",
    ] {
        check(
            &format!("“It is late,” Imogen Stoll, {office} told us in a recent interview."),
            &[said("Imogen Stoll", ["It is late,"])],
        );
    }
    check(
        "Imogen Stoll left. “It is late,” a spokesman said.",
        &[said("a spokesman", ["It is late,"])],
    );
    check(
        "“It is late,” Imogen Stoll, two officials said, had told them.",
        &[said("two officials", ["It is late,"])],
    );
}

#[test]
fn words_in_small_letters_that_describe_somebody_end_in_his_name() {
    check(
        "“It is late,” says veteran harbor analyst Imogen Stoll. She left.",
        &[said("Imogen Stoll", ["It is late,"])],
    );
    check(
        "“It is late,” said a pilot. Imogen Stoll left.",
        &[said("a pilot", ["It is late,"])],
    );
    check(
        "“It is late,” said former secretary of state Imogen Stoll.",
        &[said("Imogen Stoll", ["It is late,"])],
    );
    check(
        "“It is late,” said the secretary of state. Imogen Stoll left.",
        &[said("the secretary", ["It is late,"])],
    );
}

#[test]
fn an_owner_ends_no_clause_and_asks_for_no_speaker() {
    check(
        "The harbor state’s mayor said it was “late.”",
        &[said("The harbor state’s mayor", ["late."])],
    );
}

#[test]
fn a_clause_behind_words_tells_who_calls_something_so() {
    check(
        "Boris Cruz sold it. The “new Marrow,” as Stoll dubbed the combination, will be the largest firm.",
        &[said("Stoll", ["new Marrow,"])],
    );
    check(
        "They care for their riders’ “health,” as one pilot told me, and for the pier.",
        &[said("one pilot", ["health,"])],
    );
    check("The pier was “late,” as the mayor called the vote.", &[]);
    // What follows "as" is no clause about the words.
    check(
        "Tenants chanted “Go home” as Stoll called the meeting to order.",
        &[said("Tenants", ["Go home"])],
    );
}

#[test]
fn whoever_says_it_stands_behind_that() {
    check(
        "It will provoke the kind of dissent that critics have called the “Marrow malady” of the town.",
        &[said("critics", ["Marrow malady"])],
    );
}

#[test]
fn a_bare_noun_is_a_source_too() {
    check(
        "According to reports, Stoll left the men whom he “kept alive on soup.”",
        &[said("reports", ["kept alive on soup."])],
    );
    for lead in ["Stoll left according to plan and", "According to plan, Stoll"] {
        check(
            &format!("{lead} called the pier “late.”"),
            &[said("Stoll", ["late."])],
        );
    }
    check("According to schedule, the men were “kept alive on soup.”", &[]);
}

#[test]
fn a_word_that_does_nothing_anywhere_is_nobody_whom_a_pronoun_means() {
    for between in [
        "Her book can be had from Lowen and in stores.",
        "For Stoll, a line binds Lowenese rights and others.",
        "They met her at the Age of Lowen fair.",
    ] {
        check(
            &format!("Imogen Stoll spoke. {between}\n\n“It was ice,” she said."),
            &[said("Imogen Stoll", ["It was ice,"])],
        );
    }
    // Who acts is somebody, of one name too.
    for acts in [
        "It is late, said Lowen.",
        "Lowen was there.",
        "All day they called Lowen.",
    ] {
        check(
            &format!("Imogen Stoll spoke. {acts} “It was ice,” she said."),
            &[said("Lowen", ["It was ice,"])],
        );
    }
    check(
        "Imogen Stoll spoke. She was on Facebook. Facebook was slow. “It was ice,” she said.",
        &[said("Imogen Stoll", ["It was ice,"])],
    );
}

#[test]
fn a_verb_of_several_tells_that_they_are_a_firm() {
    let people = "Imogen Stoll and Boris Cruz wrote about it.";
    check(
        &format!("{people} Marrow Bank have denied it.\n\n“We never did,” they said."),
        &[said("Marrow Bank", ["We never did,"])],
    );
    let text = format!("{people} Marrow Bank has denied it.\n\n“We never did,” they said.");
    let found = crate::quotes::find(&text, &[], crate::model::tongue::Tongue::English);
    assert_eq!(found[0].attribution.as_ref().map(|it| it.members.len()), Some(2));
}

#[test]
fn whom_words_are_told_answers_them() {
    for lead in ["who shot back", "who laughed", "who then replied"] {
        check(
            &format!("“I can count,” Stoll told Cruz, {lead}: “Then count again.”"),
            &[
                said("Stoll", ["I can count,"]),
                said("Cruz", ["Then count again."]),
            ],
        );
    }
    check(
        "“Go home,” Boris Cruz told Imogen Stoll, to which she replied: “I am home.”",
        &[
            said("Boris Cruz", ["Go home,"]),
            said("Imogen Stoll", ["I am home."]),
        ],
    );
    check(
        "“Go home,” Imogen Stoll told Boris Cruz, to which she replied: “I am home.”",
        &[said("Imogen Stoll", ["Go home,"]), said("she", ["I am home."])],
    );
    check(
        "Stoll told Cruz, who was late: “Then count again.”",
        &[said("Stoll", ["Then count again."])],
    );
}

#[test]
fn for_whom_something_is_so_is_who_finds_it_so() {
    for lead in [
        "For Mayor Boris Cruz, however,",
        "To Boris Cruz, by contrast,",
        "For Boris Cruz,",
    ] {
        check(
            &format!("According to Imogen Stoll, “the pier is sound.” {lead} “it is a waste of good money.”"),
            &[
                said("Imogen Stoll", ["the pier is sound."]),
                said("Boris Cruz", ["it is a waste of good money."]),
            ],
        );
    }
    check(
        "For Boris Cruz, the fall was a “disaster,” Stoll said.",
        &[said("Stoll", ["disaster,"])],
    );
    check(
        "For Boris Cruz, “it is a waste of good money,” Stoll said.",
        &[said("Stoll", ["it is a waste of good money,"])],
    );
}

#[test]
fn who_is_told_more_of_in_words_of_another_speaks_behind_them() {
    check(
        "Stoll, whom Sheriff Boris Cruz called “a liar,” said: “I can count.”",
        &[said("Boris Cruz", ["a liar,"]), said("Stoll", ["I can count."])],
    );
}
