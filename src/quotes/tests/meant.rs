//! Who is meant where nobody, or somebody else, is named beside the words.

use super::{check, said, speaker};
use crate::model::tongue::Tongue;
use crate::quotes::find;

#[test]
fn roads_and_states_are_nobody_whom_a_pronoun_means() {
    for (lead, name) in [
        ("Mayor Imogen Stoll slid off Highway 20.", "Imogen Stoll"),
        ("Imogen Stoll took Exit 12. Exit 12 was closed.", "Imogen Stoll"),
        (
            "Imogen Stoll spoke in Lowell, New Hampshire, in May.",
            "Imogen Stoll",
        ),
        ("Imogen Stoll called. West Virginia had lost.", "Imogen Stoll"),
        ("She read the books of the Lowen campaign.", "she"),
    ] {
        let text = format!("{lead} “It was ice,” she said.");
        check(&text, &[said(name, ["It was ice,"])]);
    }
}

#[test]
fn who_acts_at_a_place_bears_no_office_of_it() {
    check(
        "At a hearing in Marrow Springs, a pilot stood up. The pilot said it was “late.”",
        &[said("The pilot", ["late."])],
    );
    check(
        "They met Perrin Stoll, a pilot who stood up. The pilot said it was “late.”",
        &[said("Perrin Stoll", ["late."])],
    );
}

#[test]
fn whoever_spoke_last_without_a_name_is_he() {
    for (lead, who) in [
        (
            "Lowen’s cousin told reporters the family had waited.",
            "Lowen’s cousin",
        ),
        ("A little girl raised her hand.", "A little girl"),
        (
            "The pilot’s brother told reporters they had waited.",
            "The pilot’s brother",
        ),
    ] {
        let he = if who.contains("girl") { "she" } else { "he" };
        let text = format!(
            "Judge Imogen Stoll spoke. Judge Perrin Stoll overruled her.\n\n{lead} “We wait,” {he} said."
        );
        check(&text, &[said(who, ["We wait,"])]);
    }
    // Of two who may be meant, it is not guessed.
    check(
        "Perrin Stoll wept. Stoll’s lawyer left. “We wait,” he said.",
        &[said("Perrin Stoll", ["We wait,"])],
    );
}

#[test]
fn a_name_behind_small_words_is_known_again() {
    for lead in [
        "The first thing Beatrice Stoll does is look up.",
        "The late Beatrice Stoll looked up.",
        "The only place Beatrice Stoll wants is the pier.",
    ] {
        let text = format!("{lead} “Ceilings don’t lie,” Stoll said.");
        check(&text, &[said("Beatrice Stoll", ["Ceilings don’t lie,"])]);
    }
    check(
        "The old Beatrice Stoll bridge closed. “It was ice,” Stoll said.",
        &[said("Stoll", ["It was ice,"])],
    );
}

#[test]
fn who_asks_not_to_be_named_is_told_by_his_noun() {
    for text in [
        "A neighbor, who asked not to be named, said: “We wait.”",
        "One resident, who declined to give her name, said, “We wait.”",
        "A clerk close to Ms. Stoll, who asked not to be named, said the pier was “late.”",
    ] {
        let found = find(text, &[], Tongue::English);
        let who = speaker(text, &found[0]).expect("somebody is named");
        assert!(text.starts_with(who) && !who.contains("Stoll"), "{who}: {text}");
    }
    check(
        "Imogen Stoll, who called the pier “late,” said it was “a start.”",
        &[
            said("Imogen Stoll", ["late,"]),
            said("Imogen Stoll", ["a start."]),
        ],
    );
}

#[test]
fn what_somebody_calls_so_is_his() {
    for (text, who) in [
        (
            "Imogen Stoll left after the harbor board got what it described as “credible threats.”",
            "it",
        ),
        (
            "Robert Stoll left after Beatrice Lowen found what she called “credible threats.”",
            "Beatrice Lowen",
        ),
        (
            "The board closed the pier over what it called “credible threats.”",
            "it",
        ),
    ] {
        check(text, &[said(who, ["credible threats."])]);
    }
}

#[test]
fn a_spokesman_for_two_is_neither() {
    check(
        "A spokesman for Perrin Stoll and Imogen Lowen said the two were “glad.”",
        &[said("A spokesman for Perrin Stoll and Imogen Lowen", ["glad."])],
    );
    check(
        "A friend of Perrin Stoll and Imogen Lowen said it was “glad.”",
        &[said("Imogen Lowen", ["glad."])],
    );
}

#[test]
fn where_somebody_is_from_says_nothing() {
    check(
        "The baker, from Rowan’s Lane, added: “We wait.”",
        &[said("The baker", ["We wait."])],
    );
}

#[test]
fn a_star_is_a_singer_as_well_and_a_mayor_is_none() {
    check(
        "Pop star Imogen Vale left the stage. The singer told fans: “I’m done.”",
        &[said("Imogen Vale", ["I’m done."])],
    );
    check(
        "Mayor Imogen Vale left the stage. The singer told fans: “I’m done.”",
        &[said("The singer", ["I’m done."])],
    );
}

#[test]
fn a_deputy_is_not_whom_he_stands_for() {
    for (titled, noun) in [
        ("Mayor", "deputy mayor"),
        ("Deputy Mayor", "mayor"),
        ("President", "vice president"),
        ("Lt. Gov.", "governor"),
        ("Gen.", "attorney general"),
        ("Assistant Attorney General", "attorney general"),
        ("Fire Chief", "police chief"),
        ("District Attorney", "defense attorney"),
        ("Majority Leader", "minority leader"),
        ("Secretary of State", "press secretary"),
        ("Finance Minister", "prime minister"),
        ("Former Gov.", "governor"),
    ] {
        let text = format!("{titled} Imogen Stoll sat down. The {noun} said it was “late.”");
        let who = format!("The {noun}");
        check(&text, &[said(&who, ["late."])]);
    }
    for (titled, noun) in [
        ("Deputy Mayor", "deputy mayor"),
        ("Vice President", "vice president"),
        ("Lt. Gov.", "lieutenant governor"),
        ("Chief", "fire chief"),
        ("Fire Chief", "chief"),
        ("District Attorney", "city’s district attorney"),
        ("Senate Majority Leader", "majority leader"),
        ("Secretary of State", "secretary of state"),
        ("Secretary of State", "secretary"),
        ("Former Gov.", "former governor"),
        ("Mayor", "embattled mayor"),
        ("City Council President", "council president"),
    ] {
        let text = format!("{titled} Imogen Stoll sat down. The {noun} said it was “late.”");
        check(&text, &[said("Imogen Stoll", ["late."])]);
    }
    check(
        "President Imogen Stoll met Vice President Perrin Lowen. The president said it was “late.”",
        &[said("Imogen Stoll", ["late."])],
    );
}

#[test]
fn a_company_is_no_council_and_an_agency_no_company() {
    for (lead, noun, who) in [
        ("The Harbor Council met.", "company", "The company"),
        ("The FBI raided the plant.", "company", "The company"),
        ("Nexora Inc. closed.", "agency", "The agency"),
        (
            "Nexora Inc. was sued by the Harbor Department.",
            "agency",
            "Harbor Department",
        ),
        (
            "Nexora Inc. was sued by the Harbor Department.",
            "company",
            "Nexora Inc.",
        ),
        ("Nexora Inc. was sued by the Otter Club.", "group", "Otter Club"),
        ("The FBI raided the plant.", "agency", "FBI"),
        ("On Monday Nexora closed a plant.", "company", "The company"),
        ("Last week Boston sued the maker.", "company", "The company"),
        ("Nexora cut 200 jobs.", "company", "The company"),
        ("Nexora sued Harborware.", "company", "The company"),
        ("Lowen wept. Perrin Lowen had left.", "company", "The company"),
    ] {
        let text = format!("{lead} The {noun} said it was “late.”");
        check(&text, &[said(who, ["late."])]);
    }
}

#[test]
fn a_name_that_no_list_has_is_a_person_s() {
    for (text, who) in [
        (
            "Imogen Stoll wept. Yuki Haldane sighed. “It was ice,” she said.",
            "Yuki Haldane",
        ),
        (
            "Imogen Stoll spoke first. Xochitl Abeyta then stood up. “It was ice,” she said.",
            "Xochitl Abeyta",
        ),
        (
            "Imogen Stoll met Thuy Haldane in May. Thuy Haldane laughed. “It was ice,” she said.",
            "Thuy Haldane",
        ),
    ] {
        check(text, &[said(who, ["It was ice,"])]);
    }
}

#[test]
fn whose_speech_a_clause_stands_in_is_nearest() {
    check(
        "“We wait,” said Beatrice Stoll.\n\nIt was named in Mayor Ana Lowen’s State of the City address, in which she called the pier “late.”",
        &[said("Beatrice Stoll", ["We wait,"]), said("Ana Lowen", ["late."])],
    );
    for text in [
        "Beatrice Stoll wept. Responding to Mayor Ana Lowen’s letter, she called it “late.”",
        "Beatrice Stoll wept. After Mayor Ana Lowen’s speech, she called the pier “late.”",
        "Beatrice Stoll read Mayor Ana Lowen’s letter, which she called “late.”",
    ] {
        check(text, &[said("Beatrice Stoll", ["late."])]);
    }
}

#[test]
fn a_leader_of_a_minority_is_of_no_place() {
    check(
        "Assembly Minority Leader Perrin Stoll spoke. “It was late,” the Batten Republican said.",
        &[said("Perrin Stoll", ["It was late,"])],
    );
}

#[test]
fn scouts_are_no_girl() {
    check(
        "The Girl Scouts said it was “late.”",
        &[said("The Girl Scouts", ["late."])],
    );
}

#[test]
fn whom_a_sentence_begins_with_is_meant_where_no_pronoun_stands() {
    let text = "Para Anselmo Quintana, presidente del sindicato Muelle 77, la orden llega tarde. “Llevamos años”, explicó.";
    let found = find(text, &[], Tongue::Spanish);
    assert_eq!(speaker(text, &found[0]), Some("Anselmo Quintana"));
}

#[test]
fn a_letter_with_its_stop_inside_a_name_is_of_it() {
    for name in ["Imogen A. Stoll", "Imogen A. Dalby Stoll"] {
        let text = format!("“It was ice,” said {name}. Stoll left. “We wait,” Stoll said.");
        check(&text, &[said(name, ["It was ice,"]), said(name, ["We wait,"])]);
    }
    // Behind no given name it ends a sentence.
    for lead in [
        "They met in Ward A. Stoll was there.",
        "They won Serie A. Stoll scored.",
    ] {
        let text = format!("{lead} “It was ice,” Stoll said.");
        check(&text, &[said("Stoll", ["It was ice,"])]);
    }
    check(
        "The clerk gave it an A. Stoll was glad. “It was ice,” Stoll said.",
        &[said("Stoll", ["It was ice,"])],
    );
}

#[test]
fn a_word_that_is_something_else_as_well_may_be_a_surname() {
    check(
        "They sang with Patrick Wonder, who said, “It was ice.”",
        &[said("Patrick Wonder", ["It was ice."])],
    );
    check(
        "Wonder what it was? “It was ice,” Imogen Stoll said.",
        &[said("Imogen Stoll", ["It was ice,"])],
    );
}

#[test]
fn a_surname_that_is_a_trade_as_well_is_whose_name_it_is() {
    for (lead, speaker) in [
        ("Patrick Baker, an adviser, left.", "Baker"),
        ("Patrick King, an adviser, left.", "Mr. King"),
        ("Patrick Bishop, a governor, left.", "Gov. Bishop"),
    ] {
        let name = &lead[..lead.find(',').expect("a comma")];
        let text = format!("{lead} “It was ice,” {speaker} said.");
        check(&text, &[said(name, ["It was ice,"])]);
    }
    for (text, speaker) in [
        ("Patrick Baker left. “It was ice,” a baker said.", "a baker"),
        ("Patrick Baker left. “It was ice,” the baker said.", "the baker"),
        ("Imogen Stoll left. “It was ice,” Baker said.", "Baker"),
        ("Imogen King left. “It was ice,” Mr. King said.", "Mr. King"),
    ] {
        check(text, &[said(speaker, ["It was ice,"])]);
    }
}

#[test]
fn a_headline_gives_no_fuller_name_than_the_text() {
    let text = |headline: &str| format!("{headline}\n\nPerrin Stoll left. “It was ice,” Stoll said.");
    for headline in [
        "Angry Villagers Rip Perrin Stoll Over Ferry",
        "Villagers Mock Stoll Over Ferry",
        "Perrin Stoll Leaves the Ferry Board",
    ] {
        check(&text(headline), &[said("Perrin Stoll", ["It was ice,"])]);
    }
    // A headline alone tells a name that begins with a given one.
    check(
        "Patrick Stoll on the Ferry and Its Price\n\nHe left. “It was ice,” Stoll said.",
        &[said("Patrick Stoll", ["It was ice,"])],
    );
    check(
        "Sunao Stoll Slams Ferry Prices\n\nHe left. “It was ice,” Stoll said.",
        &[said("Sunao Stoll", ["It was ice,"])],
    );
    check(
        "Villagers Mock Stoll Over Ferry\n\nHe left. “It was ice,” Stoll said.",
        &[said("Stoll", ["It was ice,"])],
    );
}

#[test]
fn a_name_behind_whom_it_describes_at_a_place_is_his() {
    check(
        "Her former partner at Lowen Mills, Patrick B. Stoll, called her a master. “She knew it all.”",
        &[said("Patrick B. Stoll", ["She knew it all."])],
    );
}

#[test]
fn a_work_between_commas_is_nobody() {
    check(
        "In her 2003 book, Open Rivers, Stoll told of it. “It was ice,” she wrote.",
        &[said("Stoll", ["It was ice,"])],
    );
    check(
        "In her 2003 book, Beatrice Stoll, the mayor, told of it. “It was ice,” she wrote.",
        &[said("Beatrice Stoll", ["It was ice,"])],
    );
}

#[test]
fn a_word_for_whom_a_country_has_is_nobody_before_a_noun() {
    check(
        "Perrin Stoll spoke. Sanctions were laid upon Norwegian firms for all of it. “It was ice,” he said.",
        &[said("Perrin Stoll", ["It was ice,"])],
    );
}

#[test]
fn of_two_parties_two_bear_an_office() {
    let text = |who: &str| {
        format!(
            "Liberal Sen. Perrin Stoll met Conservative Sen. Patrick Lowen. The {who} senator said it was “ice.”"
        )
    };
    check(&text("Liberal"), &[said("Perrin Stoll", ["ice."])]);
    check(&text("Conservative"), &[said("Patrick Lowen", ["ice."])]);
    check(
        "Liberal Senator Perrin Stoll spoke. The Conservative senator said it was “ice.”",
        &[said("The Conservative senator", ["ice."])],
    );
}

#[test]
fn whoever_bears_an_office_beside_another_is_not_told() {
    for (lead, speaker) in [
        // Whose something is told of need not bear the office any more.
        ("Mayor Perrin Stoll’s successor spoke.", "The mayor"),
        ("The son of the mayor, Perrin Stoll, left.", "The mayor"),
        ("Before the mayor, Imogen Stoll wept.", "The mayor"),
    ] {
        let text = format!("{lead} {speaker} said it was “ice.”");
        check(&text, &[said(speaker, ["ice."])]);
    }
    check(
        "President Stoll met Marrow Bank President Patrick Lowen. The president said it was “ice.”",
        &[said("Stoll", ["ice."])],
    );
    check(
        "Imogen King left. Patrick King stayed. “It was ice,” King said.",
        &[said("King", ["It was ice,"])],
    );
}

#[test]
fn how_somebody_feels_is_no_part_of_his_name() {
    for (lead, name) in [
        ("Gutted Patrick", "Patrick"),
        ("Devastated Beatrice Stoll, 44,", "Beatrice Stoll"),
        ("Fuming Patrick Stoll", "Patrick Stoll"),
        ("Ahmed Patrick Stoll", "Ahmed Patrick Stoll"),
        ("Sterling Patrick Stoll", "Sterling Patrick Stoll"),
    ] {
        let text = format!("They took the bin. {lead} said: “It was ice.”");
        check(&text, &[said(name, ["It was ice."])]);
    }
    // In Spanish such words stand behind names.
    let found = find("Armando José Lima dijo: «Era hielo».", &[], Tongue::Spanish);
    assert_eq!(
        speaker("Armando José Lima dijo: «Era hielo».", &found[0]),
        Some("Armando José Lima")
    );
    // What the text has as a name elsewhere is one.
    check(
        "They met Manning Patrick Stoll. Manning Patrick Stoll said: “It was ice.”",
        &[said("Manning Patrick Stoll", ["It was ice."])],
    );
}
