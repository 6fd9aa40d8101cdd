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
    // Between commas stands who speaks.
    for (lead, office, behind) in [
        ("Calling it “an accident,”", "her lawyer", "drove home"),
        ("Though “badly shaken,”", "a police spokeswoman", "was unhurt"),
    ] {
        let words = lead.split(['“', '”']).nth(1).unwrap_or_default();
        check(
            &format!("{lead} Imogen Stoll, {office} said, {behind}."),
            &[said(office, [words])],
        );
    }
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
    for link in ["when", "once", "because", "if", "although", "alongside", "unlike"] {
        check(
            &format!("“It is late,” said officials {link} Imogen Stoll left."),
            &[said("officials", ["It is late,"])],
        );
    }
    check(
        "“It is late,” said analyst whenever Imogen Stoll asked.",
        &[said("analyst", ["It is late,"])],
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
    // What people call somebody is his name, and so is what they call a thing by.
    for text in [
        "“Bibi,” as the neighbors call him, left.",
        "“Sunny,” as her family called her, was nine.",
        "The “Iron Lady,” as the pilots called her, left.",
        "“Long Pier,” as tenants call it, is loud.",
    ] {
        check(text, &[]);
    }
    for asked in ["her", "it"] {
        check(
            &format!("Stoll said “I am ill,” as Cruz called {asked}."),
            &[said("Stoll", ["I am ill,"])],
        );
    }
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
    // Where somebody is told to say it, it is his.
    for text in [
        "Stoll told the mayor, according to reports, that it was “late.”",
        "Stoll told Cruz, according to news reports, to “go home.”",
        "Stoll called him “a liar,” according to reports.",
        "According to reports, Stoll said it was “late.”",
    ] {
        let words = text.split(['“', '”']).nth(1).unwrap_or_default();
        check(text, &[said("Stoll", [words])]);
    }
}

#[test]
fn a_pronoun_means_no_site_and_may_mean_whoever_bears_one_name() {
    check(
        "Imogen Stoll spoke. She was on Facebook. Facebook was slow. “It was ice,” she said.",
        &[said("Imogen Stoll", ["It was ice,"])],
    );
    // Any other word may be a person's name, whatever stands beside it.
    for acts in [
        "It is late, said Lowen.",
        "Lowen was there.",
        "All day they called Lowen.",
        "Then Lowen rose.",
        "Then came Lowen.",
        "On Friday Lowen quit.",
        "The loser, Lowen, took it well.",
        "The prize went to Lowen.",
    ] {
        check(
            &format!("Imogen Stoll spoke. {acts} “It was ice,” she said."),
            &[said("Lowen", ["It was ice,"])],
        );
    }
    for lead in [
        "The council heard from Lowen.",
        "Her neighbor, Lowen, lives near by.",
    ] {
        check(
            &format!("{lead} “I am proud,” he said."),
            &[said("Lowen", ["I am proud,"])],
        );
    }
}

#[test]
fn a_verb_of_several_behind_a_name_makes_no_speaker_of_a_firm() {
    for verb in [
        "have refused to pay",
        "have denied it",
        "were slow",
        "are their heroes",
    ] {
        let text =
            format!("Imogen Stoll and Boris Cruz wrote. Marrow Bank {verb}. “We are furious,” they said.");
        let found = crate::quotes::find(&text, &[], crate::model::tongue::Tongue::English);
        let members = found[0].attribution.as_ref().map(|it| it.members.len());
        assert_eq!(members, Some(2), "{text}");
        check(
            &format!("The couple wrote. Marrow Bank {verb}. “We are furious,” they said."),
            &[said("they", ["We are furious,"])],
        );
    }
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
