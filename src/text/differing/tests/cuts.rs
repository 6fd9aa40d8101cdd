//! What is told of a printing that leaves sentences out.

use super::*;
use crate::text::rewording::parted;

#[test]
fn sentences_left_out_between_two_passages_turn_nothing() {
    let whole = "We will not close the pier to boats, and we will not pay. It has kept 48 families at home. Nobody was hurt. The council may \
                 vote in May. Until then the law is the law in every county.";
    let told = |printed: &str| -> Vec<Difference> {
        let there = differences_of(whole, &parted(whole, printed));
        let back = differences_of(printed, &parted(printed, whole));
        let grave = |found: &BTreeSet<Difference>| {
            found
                .iter()
                .filter(|it| it.is_grave())
                .copied()
                .collect::<Vec<_>>()
        };
        assert_eq!(grave(&there), grave(&back), "{printed}");
        there.into_iter().collect()
    };
    use Difference::{Condition, Elided, LeftOut, Negation, Number, Shortened};
    for (printed, expected) in [
        (
            "We will not close the pier to boats … Until then the law is the law in every county.",
            vec![Elided],
        ),
        (
            "We will not close the pier to boats, and we will not pay. Until then the law is the law in every county.",
            vec![LeftOut],
        ),
        (
            "We will not close the pier to boats. Until then the law is the law in every county.",
            vec![LeftOut],
        ),
        (
            "It has kept 48 families at home. Until then the law is the law in every county.",
            vec![LeftOut, Shortened],
        ),
        (
            "We will close the pier to boats … Until then the law is the law in every county.",
            vec![Negation, LeftOut, Elided],
        ),
    ] {
        assert_eq!(told(printed), expected, "{printed}");
    }
    assert!(told("It has kept 84 families at home. … Until then the law is the law").contains(&Number));
    let whole = "We will close the pier unless the court orders us to keep it. The boats are gone. Nobody lands there now. We thank all who worked \
                 there through the winter.";
    let printed = "We will close the pier. … We thank all who worked there through the winter.";
    assert!(differences_of(whole, &parted(whole, printed)).contains(&Condition));
}

#[test]
fn what_is_altered_between_sentences_left_out_is_told_and_nothing_else() {
    use Difference::{Condition, Degree, Negation, Number};
    let deck = |between: &str, last: &str| format!("We need a new deck here. {between} {last}");
    let run = "Buses run every ten minutes.";
    let printed = |mark: &str, last: &str| format!("We need a new deck here{mark} {last}");
    let county = "The people of the county deserve every dollar back.";
    for (office, paper, grave) in [
        (format!("We will not pay. Nobody likes it at all. {county}"), format!("We will pay … {county}"), vec![Negation]),
        (format!("We will not pay. Nobody likes it at all. {county}"), format!("We will pay. {county}"), vec![Negation]),
        (
            format!("I met him. He owes the U.S. government $4.2 million and more. We do not like it. We went there. {county}"),
            format!("He owes the U.S. government $4.2 billion and more … {county}"),
            vec![Number],
        ),
        (deck("We know it.", "Some buses run every ten minutes."), printed(" …", "All buses run every ten minutes."), vec![Degree]),
        (deck("We know it.", "If the state pays, buses run every ten minutes."), printed(".", run), vec![Condition]),
        (deck("If it rains, we stop.", run), printed(" …", run), vec![]),
        (deck("Perhaps.", run), printed(" …", run), vec![]),
        (deck("We know it. It is hard to say.", run), printed(" . . .", run), vec![]),
        (deck("We do not know it.", "She will run it for a year."), printed(" …", "[Lima] will run it for a year."), vec![]),
        (
            "Did we know about the leak? We did. Did we tell the state? We told them. I take responsibility for it.".into(),
            "Did we know about the leak? We did not. … I take responsibility for it.".into(),
            vec![Negation],
        ),
        ("We like it. Fares will be charged in May.".into(), "No fares will be charged in May.".into(), vec![Negation]),
        ("We like it. Buses run in May.".into(), "If the state pays, buses run in May.".into(), vec![Condition]),
        (
            "Crime fell by 14 percent. We do not know why. The rest of the plan goes on as it was written.".into(),
            "Crime fell by 14%. The rest of the plan goes on as it was written.".into(),
            vec![],
        ),
        ("I thank Ana, who did not sleep, and her team.".into(), "I thank Ana and her team.".into(), vec![]),
        ("The law, and not the mayor, rules in this town.".into(), "The law rules in this town.".into(), vec![]),
        (
            "I will not close the pier … Until then the law is the law in every county.".into(),
            "It has kept 48 families at home. Until then the law is the law in every county.".into(),
            vec![],
        ),
        (
            "We are not backing down. Not today, not tomorrow, not ever. Watch us work.".into(),
            "We are not backing down … not ever.".into(),
            vec![],
        ),
    ] {
        let told = |old: &str, new: &str| -> Vec<Difference> {
            let found = differences_of(old, &parted(old, new)).into_iter();
            found.filter(|it| it.is_grave()).collect()
        };
        assert_eq!(told(&office, &paper), grave, "{paper}");
        assert_eq!(told(&paper, &office), grave, "{paper}, from the other side");
    }
}
