use super::*;
use crate::text::rewording::reworded;

mod cuts;

#[track_caller]
fn check(here: &str, there: &str, expected: &[Difference]) {
    let found = differences_of(here, &reworded(here, there));
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        expected,
        "{here} / {there}"
    );
}

#[test]
fn what_is_cut_left_out_put_in_or_changed_is_told_apart() {
    use Difference::{Added, Changed, LeftOut, Longer, Number, Reordered, Respelled, Shortened};
    let here = "We will open the new bridge in April with 12 boats";
    check(here, "we will open the new bridge in April with 12 boats.", &[]);
    check(here, "We will open the new bridge in April", &[Shortened]);
    check(here, "open the new bridge", &[Shortened]);
    check("open the new bridge", here, &[Longer]);
    check(here, "We will open the bridge in April with 12 boats", &[LeftOut]);
    check(
        here,
        "We will soon open the new bridge in April with 12 boats",
        &[Added],
    );
    check(
        here,
        "We will open the old bridge in April with 12 boats",
        &[Changed],
    );
    check(
        here,
        "We will open the new bridge in April with 20 boats",
        &[Number, Changed],
    );
    check(
        "We will open it in 2027",
        "We will open it in 2028.",
        &[Number, Changed],
    );
    check("12 people fled", "20 people fled", &[Number, Changed]);
    check("We lost $1.5 million", "We lost $15 million", &[Number, Changed]);
    check("We lost 1,500 boats", "we lost 1500 boats", &[]);
    check("Two people fled", "Three people fled", &[Number, Changed]);
    check("twenty-five boats", "twenty-six boats", &[Number, Changed]);
    check("Vinieron dos barcos", "Vinieron 3 barcos", &[Number, Changed]);
    // The same number, and none in the place of one.
    check("Two people fled", "2 people fled", &[Respelled]);
    check("Twenty-five people fled", "25 people fled", &[Respelled]);
    check("Two hundred boats", "200 boats", &[Respelled]);
    check(
        "two hundred and five thousand boats",
        "205,000 boats",
        &[Respelled],
    );
    check(
        "from two to three boats",
        "from three to two boats",
        &[Number, Reordered],
    );
    check("Two dozen people fled", "24 people fled", &[Respelled]);
    check("It was once a pier", "It was one a pier", &[Changed]);
    check("two hundred boats", "three hundred boats", &[Number, Changed]);
    check("Two people fled", "Many people fled", &[Changed]);
    check("ferry", "bridge", &[Changed]);
}

#[test]
fn a_no_that_went_or_came_is_grave() {
    use Difference::{Added, Changed, LeftOut, Negation, Reordered, Shortened};
    let here = "a bridge that I would not let my own children cross";
    check(
        here,
        "a bridge that I would let my own children cross",
        &[Negation, LeftOut],
    );
    check(
        "We will stop the ferry",
        "We won’t stop the ferry",
        &[Negation, Changed],
    );
    check(
        "Vamos a parar el ferry",
        "No vamos a parar nunca el ferry",
        &[Negation, Added, Difference::Longer],
    );
    check(
        "Will you resign? No.",
        "Will you resign? Yes.",
        &[Negation, Changed],
    );
    check(
        "Nobody will lose a job",
        "Everybody will lose a job",
        &[Negation, Changed],
    );
    check(
        "we will not raise rents and will cut pay",
        "we will raise rents and will not cut pay",
        &[Negation, Reordered],
    );
    check(
        "We will sign it under no circumstances",
        "We will sign it",
        &[Negation, Shortened],
    );
    check(
        "There is no doubt that we will sign it",
        "we will sign it",
        &[Shortened],
    );
    check(
        "The bridge stays open until the council votes. That is not negotiable.",
        "The bridge stays open until the council votes. We told the union so.",
        &[Shortened, Difference::Longer],
    );
    for (end, other_end) in [("", ","), (",", "."), (".", "")] {
        check(
            &format!("We will sign it under no circumstances{end}"),
            &format!("We will sign it{other_end}"),
            &[Negation, Shortened],
        );
        check(
            &format!("We will sign it, but nobody else will{end}"),
            &format!("we will sign it{other_end}"),
            &[Shortened],
        );
    }
    check("5 million boats", "5 boats", &[Difference::Number, LeftOut]);
    check("The 12 boats sank", "The boats sank", &[LeftOut]);
    check(
        "It is not true that we will stop the ferry",
        "we will stop the ferry",
        &[Negation, Shortened],
    );
    // The same no in other words, and one that stands in what is cut off.
    check(
        "We won't stop the ferry",
        "We will not stop the ferry",
        &[Difference::Respelled],
    );
    check(
        "No, we will stop the ferry",
        "we will stop the ferry",
        &[Shortened],
    );
    assert!(Negation.is_grave() && !Shortened.is_grave());
}

#[test]
fn a_sentence_that_is_cut_takes_its_no_with_it() {
    use Difference::{Added, Elided, LeftOut, Longer, Negation, Respelled, Shortened};
    // The no came into the sentence that stayed, whichever of the two is looked at first.
    let sound = "The dam is sound. The gates are not. The town should know both things.";
    let unsound = "The dam is not sound. The town should know both things.";
    check(sound, unsound, &[Negation, LeftOut, Added]);
    check(unsound, sound, &[Negation, LeftOut, Added]);
    check(
        sound,
        "The dam is sound. The town should know both things.",
        &[LeftOut],
    );
    let both = "We are not selling the ferry, and we would like the union to stay with us.";
    check(
        both,
        "We’d like the union to stay with us.",
        &[Respelled, Shortened],
    );
    check("We'd like the union to stay with us.", both, &[Respelled, Longer]);
    check(
        "We don’t want to litigate, but we will.",
        "We … want to litigate",
        &[Negation, Elided, Shortened],
    );
    check(
        "The pool — and I mean this — is the soul of the town",
        "The pool is the soul of the town",
        &[LeftOut],
    );
}

#[test]
fn what_turns_the_sense_is_told_apart_from_other_words() {
    use Difference::{Changed, Day, LeftOut, Name, Opposite, Reordered};
    for (here, there, first) in [
        (
            "The order is lawful and stays",
            "The order is unlawful and stays",
            Opposite,
        ),
        (
            "It will cost less than that",
            "It will cost more than that",
            Opposite,
        ),
        ("They refused to go there", "They agreed to go there", Opposite),
        ("We meet on Tuesday at noon", "We meet on Thursday at noon", Day),
        (
            "They talked to Ana Carrow there",
            "They talked to Ana Barrow there",
            Name,
        ),
    ] {
        check(here, there, &[first, Changed]);
    }
    check(
        "Harlow owes Pinewood money",
        "Pinewood owes Harlow money",
        &[Name, Reordered],
    );
    check(
        "12 were arrested and 3 killed",
        "3 were arrested and 12 killed",
        &[Difference::Number, Reordered],
    );
    check("We will soon open it", "We soon will open it", &[Reordered]);
    check("Kim owes Lee money", "Lee owes Kim money", &[Name, Reordered]);
    for (here, there) in [
        ("In Oldwick we won it", "We won it in Oldwick"),
        ("In Oldwick Lima won", "Lima won in Oldwick"),
        ("In 2027 we open it", "We open it in 2027"),
    ] {
        check(here, there, &[Reordered]);
    }
    for (here, there, first) in [
        (
            "They denied the plan there",
            "They granted the plan there",
            Opposite,
        ),
        ("The bill passed there", "The bill failed there", Opposite),
        ("It is possible to go", "It is impossible to go", Opposite),
        ("He is fit to serve", "He is unfit to serve", Opposite),
        ("We know the FBI lied", "We know the CIA lied", Name),
        ("We told Mr. Adams so", "We told Mr. Quome so", Name),
        ("It was Monday’s vote there", "It was Tuesday’s vote there", Day),
    ] {
        check(here, there, &[first, Changed]);
    }
    // Style turns nothing.
    for (here, there) in [
        ("We meet on Feb. 6 there", "We meet on February 6 there"),
        ("We told Gov. Quome so", "We told Governor Quome so"),
        ("We told the mayor. Boats run", "We told the mayor. Ferries run"),
        ("It is SO bad there", "It is VERY bad there"),
        ("It is an invaluable boat", "It is a valuable boat"),
        ("We discovered it there", "We covered it there"),
        ("We picked up the phone", "We wrote down the phone"),
    ] {
        let found = differences_of(here, &reworded(here, there));
        assert!(
            found.iter().all(|difference| !difference.is_grave()),
            "{here}: {found:?}"
        );
    }
    check(
        "We meet tomorrow there",
        "We meet [on Friday] there",
        &[Difference::Bracketed],
    );
    // Other words, other forms and words at the beginning of a sentence turn nothing.
    check(
        "The dam is sound. Boats run",
        "The dam is sound. Ferries run",
        &[Changed],
    );
    check("we may go in march", "we can go in march", &[Changed]);
    check(
        "I want to inform them there",
        "I want to form them there",
        &[Changed],
    );
    check("It was more than a boat", "It was a boat", &[LeftOut]);
}

#[test]
fn a_further_clause_that_was_cut_off_denies_nothing_of_the_one_before() {
    let is_denied = |here: &str, there: &str| {
        let both = [(here, there), (there, here)];
        let told = both.map(|(one, other)| {
            let found = differences_of(one, &reworded(one, other));
            found.contains(&Difference::Negation)
        });
        assert_eq!(told[0], told[1], "{here} / {there}");
        told[0]
    };
    for (whole, cut) in [
        (
            "that they want the ferry and will not pay for it",
            "that they want the ferry",
        ),
        (
            "We close the school because we do not have teachers",
            "We close the school",
        ),
        (
            "would have signed this order … not help anyone",
            "would have signed",
        ),
        ("I cannot say when but we will go there", "we will go there"),
        ("We know of it but nobody asked us", "We know of it"),
    ] {
        assert!(!is_denied(whole, cut), "{whole}");
    }
    for (whole, cut) in [
        ("It is not true that we go there", "we go there"),
        ("We will go there under no circumstances", "We will go there"),
        ("I do not believe they want the ferry", "they want the ferry"),
        (
            "We will support the mayor and the council under no circumstances",
            "We will support the mayor",
        ),
        ("We raise the fares or the taxes never", "We raise the fares"),
        (
            "Nobody in the council and the state believes they want the ferry",
            "they want the ferry",
        ),
    ] {
        assert!(is_denied(whole, cut), "{whole}");
    }
}

#[test]
fn what_is_only_written_otherwise_is_told_so() {
    use Difference::{Bracketed, Respelled};
    for (here, there) in [
        ("We cannot stop it now", "We can not stop it now"),
        ("There isn’t any honour in it", "There is not any honor in it"),
        ("Some 14 % of it is gone", "Some fourteen percent of it is gone"),
        ("We are going to stay", "We’re gonna stay"),
    ] {
        check(here, there, &[Respelled]);
    }
    check(
        "I know I am ready for it",
        "I know [she is] ready for it",
        &[Bracketed],
    );
    check(
        "they was robbed at the pier",
        "they was [sic] robbed at the pier",
        &[Bracketed],
    );
    check(
        "they was [sic] robbed at the pier",
        "they was robbed at the pier",
        &[Bracketed],
    );
    check("We are not in a crisis", "[w]e are not in a crisis", &[]);
}

#[test]
fn a_not_that_is_left_out_with_its_own_clause_or_taken_back_denies_nothing() {
    let whole = "Free buses are not a luxury. They are how a nurse gets home at two in the morning,";
    let cut = "Free buses are … how a nurse gets home at two in the morning,";
    let told = |here: &str, there: &str| differences_of(here, &reworded(here, there));
    assert!(!told(whole, cut).contains(&Difference::Negation));
    assert!(!told(cut, whole).contains(&Difference::Negation));
    // What denies the words that stayed went with the ellipsis.
    assert!(
        told("We do not want to litigate it.", "We … want to litigate it.").contains(&Difference::Negation)
    );
    for clause in ["not, under any circumstances,", "not — and I mean this —"] {
        let whole = format!("We will {clause} sell the pier to them.");
        assert!(told(&whole, "We will … sell the pier to them.").contains(&Difference::Negation));
    }
    let paint = "We found units that need nothing more than paint";
    assert!(!told(paint, "We found units that need a new roof").contains(&Difference::Negation));
    assert!(told("We will do nothing", "We will do it").contains(&Difference::Negation));
}

/// In what a part differs from the whole that it is printed of.
#[track_caller]
fn check_part(here: &str, there: &str, expected: &[Difference]) {
    let found = differences_of(here, &crate::text::rewording::parted(here, there));
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        expected,
        "{here} / {there}"
    );
}

#[test]
fn a_bracket_that_names_somebody_else_is_told() {
    use Difference::{Bracketed, Name};
    let said = "The attorney general has sued us twice, and he has lost twice.";
    let printed = |named: &str| said.replace("The attorney general", named);
    check(said, &printed("[The president]"), &[Name, Bracketed]);
    for same in [
        "[Lima]",
        "[Attorney General Ana Lima]",
        "[The state’s top lawyer]",
        "[He]",
    ] {
        check(said, &printed(same), &[Bracketed]);
    }
    for (here, there) in [
        (
            "The court has told us what it will do.",
            "[The judge] has told us what it will do.",
        ),
        (
            "The prime minister has told us what it costs.",
            "[The premier] has told us what it costs.",
        ),
        (
            "La alcaldesa nos dijo lo que cuesta.",
            "[El alcalde] nos dijo lo que cuesta.",
        ),
        (
            "The police chief has told us what it costs.",
            "[Commissioner Dan Holt] has told us what it costs.",
        ),
        (
            "King County has told us what it costs.",
            "[The county council] has told us what it costs.",
        ),
    ] {
        check(here, there, &[Bracketed]);
    }
}

#[test]
fn a_condition_that_went_is_told_and_what_is_none_is_not() {
    use Difference::{Condition, LeftOut, Longer, Shortened};
    let whole = "We will not arrest anyone for missing a date unless a judge signs the warrant.";
    for cut in [
        "We will not arrest anyone for missing a date.",
        "We will not arrest anyone for missing a date,",
        "we will not arrest anyone for missing a date",
    ] {
        check_part(whole, cut, &[Condition, Shortened]);
        check_part(cut, whole, &[Condition, Longer]);
    }
    check_part(
        "The water is safe to drink once it has been boiled for one minute.",
        "The water is safe to drink.",
        &[Condition, Shortened],
    );
    check_part(
        "No city worker will give out your address without a warrant signed by a judge.",
        "No city worker will give out your address,",
        &[Condition, Shortened],
    );
    check_part(
        "We will cooperate when the law says so, not when a press release says so.",
        "We will cooperate when the law says so,",
        &[Condition, Shortened],
    );
    check_part(
        "Unless the walk is clear by eight, we will send a crew and a bill.",
        "We will send a crew and a bill.",
        &[Condition, Shortened],
    );
    check(
        "We will open the gates, if the river allows it, on the first of May.",
        "We will open the gates on the first of May.",
        &[Condition, LeftOut],
    );
    for (here, there) in [
        ("It is a fair law without a doubt.", "It is a fair law."),
        (
            "We will be there, if you ask me, before dawn.",
            "We will be there before dawn.",
        ),
        (
            "It is as bad as it gets, if not worse, for us.",
            "It is as bad as it gets for us.",
        ),
    ] {
        let found = differences_of(here, &crate::text::rewording::parted(here, there));
        assert!(
            found.iter().all(|difference| !difference.is_grave()),
            "{here}: {found:?}"
        );
    }
    // A sentence of its own is none of the one before it.
    check_part(
        "We will send a crew and a bill. If you are sick, call us and we will come.",
        "We will send a crew and a bill.",
        &[Shortened],
    );
    check_part(
        "We asked if the gates were open, and nobody knew it at all.",
        "nobody knew it at all",
        &[Shortened],
    );
    check_part(
        "I told the crews to wait and they waited until dawn. We will not ask if that is allowed.",
        "We will not ask if that is allowed.",
        &[Shortened],
    );
}

#[test]
fn how_sure_and_how_much_are_told() {
    use Difference::{Changed, Degree, LeftOut, Shortened};
    check(
        "Some of my officers are worried",
        "All of my officers are worried",
        &[Degree, Changed],
    );
    check(
        "it may fall again this winter",
        "it will fall again this winter",
        &[Degree, Changed],
    );
    check_part(
        "We are careful people. I think it may fall again this winter, and so do others.",
        "it will fall again this winter",
        &[Degree, Changed, Shortened],
    );
    check_part(
        "I think the bridge is safe for all of us.",
        "The bridge is safe for all of us,",
        &[Degree, Shortened],
    );
    check(
        "We lost at least 40 boats in it",
        "We lost 40 boats in it",
        &[Degree, LeftOut],
    );
    // A paper that reports in the past says "would" for "will".
    check("We will open it in May", "We would open it in May", &[Changed]);
    check("I will sign it in May", "I shall sign it in May", &[Changed]);
}

#[test]
fn a_question_that_became_a_statement_is_told() {
    use Difference::{Question, Shortened};
    let whole = "Do I trust the secretary? I do not. Nobody here does.";
    check_part(whole, "I trust the secretary,", &[Question, Shortened]);
    check_part(whole, "I trust the secretary", &[Question, Shortened]);
    check_part(whole, "Do I trust the secretary?", &[Shortened]);
    // Where a paper's marks stand outside, the whole question is one.
    check_part(whole, "Do I trust the secretary", &[Shortened]);
    check_part(whole, "Do I trust the secretary? I do not,", &[Shortened]);
    check_part(
        "Why would I resign? I was elected.",
        "I would resign,",
        &[Question, Difference::Added, Shortened],
    );
    check_part(
        "Who pays for it? The city pays for it.",
        "The city pays for it.",
        &[Shortened],
    );
}

#[test]
fn a_no_behind_an_ellipsis_belongs_to_what_was_cut() {
    use Difference::{Longer, Shortened};
    check_part(
        "I did not ask for this fight … I will not run from it",
        "did not ask for this fight.",
        &[Shortened],
    );
    check(
        "I did not ask for this fight, but I will not run from it",
        "I will not run from it. Nobody in this city will.",
        &[Shortened, Longer],
    );
}

#[test]
fn what_is_cut_beside_its_own_not_denies_nothing_of_what_stayed() {
    let fair = [
        (
            "We will not rest until all are home. We will not stop, we will not waver and we will not forget.",
            "we will not forget",
        ),
        (
            "Riders should not be punished for a problem they did not create.",
            "Riders should not be punished",
        ),
        (
            "Riders should not be punished for a problem they did not create.",
            "Riders should not be punished for a problem,",
        ),
        (
            "I do not take money from builders and I will not start now.",
            "I will not start now,",
        ),
        (
            "It was a promise the city did not keep in March.",
            "It was a promise",
        ),
        (
            "They were asked to leave, and they left without incident.",
            "They were asked to leave, and they left",
        ),
        (
            "We will not stop, we will not waver and we will not forget.",
            "We will not stop … and we will not forget.",
        ),
        (
            "He took the money and said nothing to the town.",
            "He took the money",
        ),
        (
            "We will not pay for a wall nobody asked for.",
            "We will not pay for a wall",
        ),
        ("It is no secret that we need the ferry.", "we need the ferry"),
        (
            "We cannot and will not accept the offer of the state.",
            "We … will not accept the offer of the state.",
        ),
        (
            "What is wrong is that nobody asked us about the dam.",
            "nobody asked us about the dam",
        ),
        ("Sí se puede, vamos a ganar el pleito.", "vamos a ganar el pleito"),
        (
            "the people of Ohio, not the courts, should decide this matter",
            "the people of Ohio … should decide this matter",
        ),
        (
            "We have no plans to raise fares this year. Fares may rise in 2028, if ridership falls below 80 percent.",
            "We have no plans to raise fares [in 2027].",
        ),
    ];
    for (here, there) in fair {
        for pieces in [reworded(here, there), crate::text::rewording::parted(here, there)] {
            let found = differences_of(here, &pieces);
            assert!(
                found.iter().all(|it| !it.is_grave()),
                "{here} / {there}: {found:?}"
            );
        }
    }
    let turned = |here: &str, there: &str, grave: Difference| {
        let found = differences_of(here, &crate::text::rewording::parted(here, there));
        assert!(found.contains(&grave), "{here} / {there}: {found:?}");
    };
    turned(
        "We will sign it under no circumstances",
        "We will sign it",
        Difference::Negation,
    );
    turned(
        "We don’t want to litigate, but we will.",
        "We … want to litigate,",
        Difference::Negation,
    );
    turned(
        "If not for the nurses, we would have lost many more.",
        "we would have lost many more.",
        Difference::Condition,
    );
    turned(
        "If you like your pass, you can keep your pass.",
        "You can keep your pass,",
        Difference::Condition,
    );
    turned(
        "Si el estado cumple, abriremos dos aulas en mayo.",
        "abriremos dos aulas en mayo",
        Difference::Condition,
    );
    turned(
        "Few people believe the dam is safe today.",
        "Most people believe the dam is safe today.",
        Difference::Degree,
    );
}

#[test]
fn a_condition_behind_a_word_that_stayed_is_told() {
    let found =
        |here: &str, there: &str| differences_of(here, &crate::text::wording::differences(here, there));
    for (here, there) in [
        (
            "We will run the ferry from the first of May, and we will pay.",
            "We will run the ferry from the first of May if the state pays for it, and we will pay.",
        ),
        (
            "We will run the ferry.",
            "We will run the ferry if the state pays.",
        ),
        (
            "We will run the ferry if the state pays.",
            "We will run the ferry.",
        ),
    ] {
        assert!(
            found(here, there).contains(&Difference::Condition),
            "{here} / {there}"
        );
    }
}

#[test]
fn a_negation_that_another_word_takes_over_turns_nothing() {
    let grave = |old: &str, new: &str| {
        let of = |old, new| {
            differences_of(old, &reworded(old, new))
                .into_iter()
                .filter(|it| it.is_grave())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(old, new), of(new, old), "{old} / {new}");
        of(old, new)
    };
    for (old, new) in [
        (
            "We will not tolerate any delay in this.",
            "We will tolerate no delay in this.",
        ),
        (
            "I do not know anybody who was there.",
            "I know nobody who was there.",
        ),
        (
            "They did not tell anyone at the mill.",
            "They told no one at the mill.",
        ),
        (
            "The city has not ever shut the gates.",
            "The city has never shut the gates.",
        ),
    ] {
        assert_eq!(grave(old, new), [], "{old} / {new}");
    }
    for (old, new) in [
        (
            "We will not make any payment in May.",
            "We will make a payment in May.",
        ),
        (
            "We will not sell, and we will take any offer.",
            "We will sell, and we will take no offer.",
        ),
        (
            "We will not sell if any buyer comes.",
            "We will sell if no buyer comes.",
        ),
        (
            "I do not know anybody who was there.",
            "I do not know nobody who was there.",
        ),
    ] {
        assert_eq!(grave(old, new), [Difference::Negation], "{old} / {new}");
    }
}

#[test]
fn brackets_around_a_word_that_was_said_are_told() {
    let told = |new: &str| differences_of("I will not go, said I", &reworded("I will not go, said I", new));
    assert_eq!(
        told("I will [not] go, said I"),
        BTreeSet::from([Difference::Bracketed])
    );
    assert_eq!(
        told("[I] will not go, said I"),
        BTreeSet::from([Difference::Bracketed])
    );
    assert_eq!(told("I will not go, [s]aid I"), BTreeSet::new());
}
