//! Whose words are where somebody else is named nearer, and what of a sentence is his.

use super::{check, nobody, said};
use crate::model::quote::QuoteKind;
use crate::model::tongue::Tongue;
use crate::quotes::find;

/// The reported clauses without words in marks: who is named, and the clause.
#[track_caller]
fn check_reported(text: &str, expected: &[(&str, &str)]) {
    let found = find(text, &[], Tongue::English);
    let found = found.iter().filter(|quote| quote.kind == QuoteKind::Indirect);
    let found = found.map(|quote| {
        let mention = quote.attribution.as_ref().and_then(|told| told.mention.span());
        (
            mention.map_or("", |mention| mention.slice(text)),
            quote.words(text),
        )
    });
    let found: Vec<_> = found.collect();
    let found: Vec<_> = found.iter().map(|(who, words)| (*who, words.as_str())).collect();
    assert_eq!(found, expected);
}

/// The whole text of the only quote, and that it is a clause around words in marks.
#[track_caller]
fn check_clause(text: &str, content: &str) {
    let found = find(text, &[], Tongue::English);
    let told: Vec<_> = found
        .iter()
        .map(|quote| (quote.kind, quote.words(text)))
        .collect();
    assert_eq!(told, [(QuoteKind::Mixed, content.to_owned())]);
}

#[test]
fn a_clause_inside_a_denial_is_nobodys_assertion() {
    for clause in [
        "the port had not shown that the fee breaks any law",
        "the port had failed to prove that the fee breaks any law",
        "there was no evidence that the pilot had lied to the board",
        "she doubted that the pilot had fired the flare first",
    ] {
        let text = format!("Judge Ida Brandt said {clause}.");
        check_reported(&text, &[("Judge Ida Brandt", clause)]);
    }
    check_reported(
        "Ida Brandt told the harbor board she doubted that the pilot had fired the flare first.",
        &[],
    );
    check_clause(
        "Judge Ida Brandt said there was no sign that the pilot “lied to anyone” about the flare.",
        "there was no sign that the pilot “lied to anyone” about the flare",
    );
}

#[test]
fn an_hour_before_a_cue_says_nothing() {
    check(
        "The mediators left before 5 a.m. and said the sides had “erased it.”",
        &[said("The mediators", ["erased it."])],
    );
    check(
        "Of the riders, 63 percent said it was “late.”",
        &[said("63 percent", ["late."])],
    );
}

#[test]
fn whom_when_and_where_may_stand_before_the_conjunction() {
    for between in [
        "",
        "on Tuesday ",
        "this week ",
        "in a letter to the board last week ",
    ] {
        let text = format!("Ida Brandt said {between}that the pier would close for the whole winter.");
        check_reported(
            &text,
            &[("Ida Brandt", "that the pier would close for the whole winter")],
        );
    }
    check_reported(
        "Ida Brandt told reporters on Friday that the pier would close for the winter.",
        &[("Ida Brandt", "that the pier would close for the winter")],
    );
}

#[test]
fn a_clause_that_tells_which_thing_is_meant_is_not_reported() {
    check_reported(
        "Ida Brandt testifies Thursday before a board that has spent the year calling her port unsafe.",
        &[],
    );
    check_clause(
        "Ida Brandt said a rule that would fine pilots was “hard to square” with the charter.",
        "a rule that would fine pilots was “hard to square” with the charter",
    );
}

#[test]
fn who_is_told_something_does_not_say_it() {
    check_reported(
        "Officers at the Harbor Office were told in May that the cranes were slow and unsafe.",
        &[],
    );
}

#[test]
fn what_is_told_next_is_no_part_of_the_clause() {
    check_clause(
        "Ida Brandt said the rule was “hard to square” with the charter, and she struck it until the trial.",
        "the rule was “hard to square” with the charter",
    );
}

#[test]
fn where_somebody_is_from_says_nothing() {
    for state in ["Ohio", "Va."] {
        check(
            &format!("Perrin Stoll of Marrow Bay, {state}, said the pier was “shut for good.”"),
            &[said("Perrin Stoll", ["shut for good."])],
        );
    }
}

#[test]
fn what_stands_before_but_is_not_who_speaks() {
    check_reported(
        "Brandt stopped short of backing the fee but said it would not change much.",
        &[("Brandt", "it would not change much")],
    );
}

#[test]
fn a_firm_or_a_book_is_never_she() {
    check(
        "Dana Orwell keeps goats. Two years ago a firm called Corvane Holdings bought the lane.\n“I was furious,” she said.",
        &[said("Dana Orwell", ["I was furious,"])],
    );
    check(
        "Dana Orwell runs the library. It holds one worn copy of Marchland.\n“I read it twice,” she said.",
        &[said("Dana Orwell", ["I read it twice,"])],
    );
    check(
        "Dana Orwell keeps goats. Corvane Tamsin, a property company, bought the lane.\n“I was furious,” she said.",
        &[said("Dana Orwell", ["I was furious,"])],
    );
}

#[test]
fn whose_thing_a_sentence_begins_with_may_be_she() {
    check(
        "Dana Orwell rents by the pier. “Money talks,” said Perrin Stoll, a broker.\n\
         Dana Orwell’s voucher expires in May. If she has not signed a lease by then, she is out.\n“I just pray,” she said.",
        &[
            said("Perrin Stoll", ["Money talks,"]),
            said("Dana Orwell", ["I just pray,"]),
        ],
    );
}

#[test]
fn who_is_hers_or_is_spoken_of_is_not_she() {
    check(
        "Mayor Noor Orwell met Buck Tansley on Monday. The mayor has sat through five mock hearings. Her chief of staff, \
         Perrin Stoll, plays Tansley. “He is better at it than Tansley,” she said.",
        &[said("Noor Orwell", ["He is better at it than Tansley,"])],
    );
    check(
        "Noor Orwell runs the port. Her spokeswoman, Perrin Stoll, shrugged. “We are done,” she said.",
        &[said("Perrin Stoll", ["We are done,"])],
    );
}

#[test]
fn somebody_who_is_described_behind_his_name_is_he() {
    check(
        "But for Perrin Stoll, a fourth-year chemistry teacher, the vote was personal. He drives an hour each way.\n\
         “I grade papers on the bus,” he said.",
        &[said("Perrin Stoll", ["I grade papers on the bus,"])],
    );
    check(
        "The night before he was to testify, Sergeant Perrin Stoll slept in a motel by the road.\n“I was afraid,” he said.",
        &[said("Perrin Stoll", ["I was afraid,"])],
    );
}

#[test]
fn one_pronoun_means_one_person() {
    check(
        "The port’s member for harbors, Cllr Perrin Stoll, said nothing was decided.\n\
         “I went there myself,” he said. “But we have a duty.”",
        &[
            said("Perrin Stoll", ["I went there myself,"]),
            said("Perrin Stoll", ["But we have a duty."]),
        ],
    );
    check(
        "Sloat hugged Renner. “You have earned it,” she told him. “Thank you,” he said.",
        &[
            said("Sloat", ["You have earned it,"]),
            said("Renner", ["Thank you,"]),
        ],
    );
}

#[test]
fn who_asks_does_not_answer() {
    check(
        "Commissioner Noor Thorne told the board the bill was dead.\nCouncil President Isidro Zell asked why.\n\
         “We have few inspectors,” she said.\n“Hire more,” he replied.",
        &[
            said("Noor Thorne", ["We have few inspectors,"]),
            said("Isidro Zell", ["Hire more,"]),
        ],
    );
}

#[test]
fn a_question_for_an_answer_is_answered() {
    for owner in ["Noor Orwell’s response", "And Mayor Noor Orwell’s answer"] {
        check(
            &format!(
                "Gov. Buck Tansley sent a letter.\n“You took an oath,” he wrote.\n{owner}? “See you in court.”"
            ),
            &[
                said("Buck Tansley", ["You took an oath,"]),
                said("Noor Orwell", ["See you in court."]),
            ],
        );
    }
    check("Noor Orwell’s new film? “The Long Pier.”", &[]);
}

#[test]
fn a_label_may_tell_where_and_to_whom() {
    for label in [
        "Orwell, in a statement",
        "Orwell to reporters",
        "Orwell, meanwhile",
    ] {
        check(
            &format!("{label}: “We are looking into the complaint.”"),
            &[said("Orwell", ["We are looking into the complaint."])],
        );
    }
}

#[test]
fn whom_a_clause_describes_says_so() {
    check(
        "Chief Ida Brandt says crews were called by a woman who said her brother was “not in his right mind.”",
        &[said("a woman", ["not in his right mind."])],
    );
}

#[test]
fn a_thing_that_bears_words_makes_nobody_say_them() {
    check(
        "Some outside held signs that read “Free the pier” and “Not one more.”",
        &[nobody(["Free the pier"]), nobody(["Not one more."])],
    );
    check(
        "“I was cold,” Dana Orwell said, pouring tea into a mug that said “World’s okayest boss.”",
        &[
            said("Dana Orwell", ["I was cold,"]),
            nobody(["World’s okayest boss."]),
        ],
    );
}

#[test]
fn words_that_somebody_will_not_have_are_not_his() {
    for text in [
        "Orwell said she never used the word “permanent.”",
        "Orwell said it was not fair to call the change “a retreat.”",
        "Orwell pushed back on suggestions that it was “a retreat.”",
        "Asked whether it was “a retreat,” Orwell said no.",
    ] {
        let found = find(text, &[], Tongue::English);
        let told = found.iter().filter(|quote| !quote.fragments.is_empty());
        assert!(
            told.clone().all(|quote| quote.attribution.is_none()),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_verb_that_is_left_out_is_the_one_before() {
    check(
        "Lowen called the vote “historic”; Stubbs, “premature”; and Zell, “about time.”",
        &[
            said("Lowen", ["historic"]),
            said("Stubbs", ["premature"]),
            said("Zell", ["about time."]),
        ],
    );
    check(
        "Stubbs called the plan “late,” Lowen “welcome” and Zell “a start.”",
        &[
            said("Stubbs", ["late,"]),
            said("Lowen", ["welcome"]),
            said("Zell", ["a start."]),
        ],
    );
}

#[test]
fn an_apposition_leads_to_the_name() {
    for (text, name, words) in [
        (
            "Harbor Watch, a campaign group, said the cameras turned the pier into “a long line-up.”",
            "Harbor Watch",
            "a long line-up.",
        ),
        (
            "In an e-mail, a company spokesman named Perrin Stoll wrote that she had “harassed” the crew.",
            "Perrin Stoll",
            "harassed",
        ),
        (
            "Her daughter, Imogen, remembers coming home to find strangers there. “I said nothing at all,” she said.",
            "Imogen",
            "I said nothing at all,",
        ),
    ] {
        check(text, &[said(name, [words])]);
    }
}

#[test]
fn words_may_go_on_behind_who_says_them() {
    check(
        "The bill “isn’t pretty,” sponsor Sen. Perrin Stoll conceded, “but it will pass.”",
        &[said("Perrin Stoll", ["isn’t pretty,", "but it will pass."])],
    );
    check_clause(
        "The bill “isn’t pretty,” Sen. Perrin Stoll conceded, “but it will pass.”",
        "The bill “isn’t pretty,” but it will pass.",
    );
}

#[test]
fn a_caption_is_all_that_is_said() {
    for text in [
        "Orwell posted to Instagram a photo of the pier with the caption “A dark day.”",
        "“We are tired” was how Chief Orwell put it.",
    ] {
        let found = find(text, &[], Tongue::English);
        let kinds: Vec<QuoteKind> = found.iter().map(|quote| quote.kind).collect();
        assert_eq!(kinds, [QuoteKind::Direct], "{text}");
    }
}

#[test]
fn a_later_clause_is_of_who_says_it() {
    for text in [
        "Orwell left the hall after Stoll argued that the pier was “a wreck.”",
        "Orwell tweeted after Stoll argued that the pier was “a wreck.”",
        "Orwell stayed away because Stoll had called the pier “a wreck.”",
    ] {
        check(text, &[said("Stoll", ["a wreck."])]);
    }
    check(
        "Orwell said that she left after Stoll called the pier “a wreck.”",
        &[said("Orwell", ["a wreck."])],
    );
}

#[test]
fn several_without_a_name_speak_as_well() {
    for (text, who) in [
        ("“It is late,” firefighters said.", "firefighters"),
        ("“It is late,” said landlords.", "landlords"),
        (
            "Dana Orwell won after historians said the plan was “late.”",
            "historians",
        ),
        (
            "Dana Orwell was booed when tenants called her plan “late.”",
            "tenants",
        ),
    ] {
        let words = if text.starts_with('“') {
            "It is late,"
        } else {
            "late."
        };
        check(text, &[said(who, [words])]);
    }
}

#[test]
fn who_is_named_between_commas_behind_a_cue_says_it() {
    check(
        "The mayor, said the governor, “has lost the plot.”",
        &[said("the governor", ["has lost the plot."])],
    );
    check(
        "Stoll, a nurse, said Orwell was “late.”",
        &[said("Stoll", ["late."])],
    );
}

#[test]
fn a_thing_that_words_stand_on_is_told_whole() {
    check(
        "A sign on the door read “Closed until further notice.”",
        &[said("A sign", ["Closed until further notice."])],
    );
}

#[test]
fn who_calls_out_or_goes_on_says_it() {
    check(
        "“It is late,” called Dana Orwell from the pier.",
        &[said("Dana Orwell", ["It is late,"])],
    );
    check(
        "“We will sue,” Orwell would continue.",
        &[said("Orwell", ["We will sue,"])],
    );
    check(
        "When I asked why, Dana Orwell held up a letter from the board: “You are late.”",
        &[said("the board", ["You are late."])],
    );
}

#[test]
fn a_noun_or_a_participle_that_looks_like_a_cue_is_none() {
    check_clause(
        "The study found that fear of the pier is “the thing with feathers.”",
        "that fear of the pier is “the thing with feathers.”",
    );
    check(
        "The secretary said the port would continue “its operations.”",
        &[said("The secretary", ["its operations."])],
    );
    check_clause(
        "The motion argues that the answer, offered in a letter dated May 2, is “late.”",
        "that the answer, offered in a letter dated May 2, is “late.”",
    );
    check(
        "“Pier” means any landing. “Harbor pilot” means a pilot licensed by the board.",
        &[],
    );
}

#[test]
fn what_somebody_denies_or_was_told_is_not_his() {
    for text in [
        "Imogen Stoll denied accusations that she had called it “rotten.”",
        "The company disputed a report that its boats were “rotten.”",
        "Imogen Stoll recalled being told that the pier was “rotten.”",
    ] {
        check(text, &[nobody(["rotten."])]);
    }
    for text in [
        "Imogen Stoll denied that the pier was “rotten.”",
        "Imogen Stoll recalled telling them that the pier was “rotten.”",
        "Imogen Stoll published a report that the pier was “rotten.”",
        "Imogen Stoll denied the charges in a statement that called it “rotten.”",
        "The wait for being told is “rotten,” said Imogen Stoll.",
    ] {
        let words = if text.contains("rotten,") {
            "rotten,"
        } else {
            "rotten."
        };
        check(text, &[said("Imogen Stoll", [words])]);
    }
    // Whose claim it is said it.
    check(
        "Imogen Stoll denied Perrin Lowen’s claim that it was “rotten.”",
        &[said("Perrin Lowen", ["rotten."])],
    );
    check(
        "Imogen Stoll denied a report on Monday, calling it “rotten.”",
        &[said("Imogen Stoll", ["rotten."])],
    );
}

#[test]
fn another_is_not_who_spoke_before() {
    let text = |who: &str| {
        format!("Imogen Stoll blames “a fear of being late”. {who} is blunter: “There was never a plan.”")
    };
    check(
        &text("Another"),
        &[
            said("Imogen Stoll", ["a fear of being late"]),
            nobody(["There was never a plan."]),
        ],
    );
    check(
        &text("Stoll"),
        &[
            said("Imogen Stoll", ["a fear of being late"]),
            said("Imogen Stoll", ["There was never a plan."]),
        ],
    );
}
