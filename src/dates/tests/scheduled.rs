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
            (
                "The last day to register was Friday, and the vote is June 30.",
                "Friday",
            ),
            ("The consultation closes on 27 March.", "27 March"),
            ("The consultation runs until June 30.", "June 30"),
        ],
        &[
            "The last day of the fair is June 30.",
            "The last game is June 30.",
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

#[test]
fn what_a_body_does_in_the_present_is_planned_for_a_weekday() {
    for text in [
        "The council hears testimony Monday.",
        "The Oldwick City Council holds a hearing Monday.",
        "The Senate committee takes up the bill on Monday.",
    ] {
        check(text, &[("Monday", "2026-02-16")]);
    }
    for text in [
        "The council says it met Monday.",
        "The council members met Monday.",
        "The council’s votes Monday were close.",
        "Mayor Ana Lima holds a news conference Monday.",
        "The council faces a bill that it killed Monday.",
        "Council approves budget Monday.",
        "The council minutes from Monday show no vote.",
        "The court records from Monday list him as free.",
        "The board members on Monday, all seven of them, wear black.",
        "The parliament buildings on Monday look empty.",
    ] {
        check(text, &[("Monday", "2026-02-09")]);
    }
}

#[test]
fn what_somebody_has_arranged_lies_ahead() {
    for text in [
        "He has an appointment with his professor Monday.",
        "She has a court date Monday.",
        "They have a first hearing on Monday.",
    ] {
        check(text, &[("Monday", "2026-02-16")]);
    }
    for text in [
        "He had an appointment with his professor Monday.",
        "He has had no appointment since Monday.",
        "She has a court date that was set Monday.",
        "The court date was Monday.",
        "The city has an appointment book from Monday.",
        "The paper has an interview from Monday with the mayor.",
    ] {
        check(text, &[("Monday", "2026-02-09")]);
    }
}

#[test]
fn what_is_to_be_done_with_something_made_is_not_done() {
    for text in [
        "The city must file a list of affected grants by April 2.",
        "Owners must remove the abandoned cars by April 2.",
        "They have to file the revised forms by April 2.",
        "She wants the order enacted by April 2.",
        "She wants it finished by April 2.",
        "He has been told to explain by April 2.",
        "It has asked the bureau to answer by April 2.",
        "He has promised a full accounting by April 2.",
        "Send comments to the clerk by April 2.",
    ] {
        check(text, &[("April 2", "2026-04-02")]);
        check_limits_in(Tongue::English, &[(text, "April 2")], &[]);
    }
    for text in [
        "Police received the requested records by April 2.",
        "She said the list of affected grants was sent by April 2.",
        "The cuts he promised were made by April 2.",
        "He told the board that it was finished by April 2.",
        "Those who must apply said they received the forms by April 2.",
        "They want the jobs that were lost by April 2.",
        "The department owed Congress a list by April 2.",
    ] {
        check(text, &[("April 2", "2025-04-02")]);
        check_limits_in(Tongue::English, &[], &[text]);
    }
    // What somebody tells of the time to come is no last day for it.
    check_limits_in(
        Tongue::English,
        &[],
        &[
            "He told the board it would be done by April 2.",
            "He told reporters he would resign by April 2.",
        ],
    );
}

#[test]
fn what_may_be_done_by_a_day_has_a_last_day() {
    for text in [
        "Residents may comment by April 2.",
        "Questions may be sent to the clerk by April 2.",
        "Tenants can appeal until April 2.",
        "She has given the departments until April 2.",
        "Officers shall be trained first, and in any case by April 2.",
        "The contract runs out on April 2.",
    ] {
        check_limits_in(Tongue::English, &[(text, "April 2")], &[]);
    }
    check_limits_in(
        Tongue::English,
        &[("Tenants may appeal within 20 days.", "20 days")],
        &[
            "It may rain until April 2.",
            "The pier may reopen by April 2.",
            "He may have sent it by April 2.",
            "The comments may have been sent by Monday.",
            "She has not given a speech until April 2.",
            "It may rain within 20 days.",
            "Nobody can enroll until April 2.",
            "Tenants may not appeal until April 2.",
            "The mail may not arrive until April 2.",
            "The request may come by April 2.",
            "An appeal filed in May can drag on until April 2.",
            "Residents were told to leave by April 2, and they did.",
            "The governor has promised nothing by April 2.",
        ],
    );
}

#[test]
fn the_year_behind_two_days_is_that_of_both() {
    check_days_in(
        Tongue::English,
        "Use fell between January 1 and December 31, 2024.",
        &["2024-01-01", "2024-12-31"],
    );
    check_days_in(
        Tongue::English,
        "The camp is offered June 7-11 and July 5-9, 2027.",
        &["2027-06-07", "2027-06-11", "2027-07-05", "2027-07-09"],
    );
    check_days_in(
        Tongue::English,
        "They met January 1 and left on December 31, 2024.",
        &["2026-01-01", "2024-12-31"],
    );
}

#[test]
fn what_readers_are_asked_to_do_lies_ahead() {
    for text in [
        "Before noon on Monday, email the clerk.",
        "Email the clerk before noon on Monday.",
    ] {
        check(text, &[("noon on Monday", "2026-02-16T12:00")]);
    }
    check(
        "Before noon on Monday, email was down.",
        &[("noon on Monday", "2026-02-09T12:00")],
    );
    check_limits_in(
        Tongue::English,
        &[("Please call the clerk by Monday.", "Monday")],
        &[
            "Mail volume before Monday is heavy.",
            "Contact with the ship before Monday was weak.",
            "Send help before Monday, she wrote.",
        ],
    );
    check("The call came by Monday.", &[("Monday", "2026-02-09")]);
}

#[test]
fn elections_and_those_who_stand_in_them_lie_ahead() {
    for text in [
        "The mayor is up for re-election in January.",
        "The mayor, who is up for reelection in January, left.",
        "The mayor faces voters in January.",
        "The election is in January.",
    ] {
        check(text, &[("January", "2027-01")]);
    }
    check(
        "She faces a primary in June and a general election in January.",
        &[("June", "2026-06"), ("January", "2027-01")],
    );
    for text in [
        "The mayor was up for re-election in January.",
        "The mayor faced voters in January.",
        "Snow is common in January.",
    ] {
        check(text, &[("January", "2026-01")]);
    }
}

#[test]
fn numbers_of_bills_unions_and_houses_are_no_years() {
    for text in [
        "S. 2014 passed.",
        "H.R. 2031 did not.",
        "Intro 2024 is dead.",
        "Res. 1998 too.",
        "Members of Local 1999 struck.",
        "District 1999 met.",
        "A man fell in the 1900 block of Larch Street.",
    ] {
        check(text, &[]);
    }
    for text in ["The local 2014 race was close.", "In 2014 the block burned."] {
        check(text, &[("2014", "2014")]);
    }
}

#[test]
fn how_those_meet_may_stand_between_the_verb_and_its_weekday() {
    check_each(&[
        ("He and Lima meet separately Monday.", "Monday", "2026-02-16"),
        ("The board meets privately on Monday.", "Monday", "2026-02-16"),
        (
            "The council votes narrowly Monday to close it.",
            "Monday",
            "2026-02-09",
        ),
        ("He and Lima met separately Monday.", "Monday", "2026-02-09"),
    ]);
}

#[test]
fn what_is_to_be_done_with_a_noun_lies_ahead() {
    check_each(&[
        (
            "In a letter to be read at Masses on Sunday, he urged it.",
            "Sunday",
            "2026-02-15",
        ),
        (
            "The first town to be flooded Sunday was Salem.",
            "Sunday",
            "2026-02-08",
        ),
        ("He was found to be infected on Sunday.", "Sunday", "2026-02-08"),
        ("She appeared to be injured on Sunday.", "Sunday", "2026-02-08"),
    ]);
}

#[test]
fn what_reports_words_does_not_share_their_time() {
    check_each(&[
        ("“We will fight”, said Lima on Tuesday.", "Tuesday", "2026-02-10"),
        (
            "She will play “Hamlet”, a drama, on Tuesday.",
            "Tuesday",
            "2026-02-17",
        ),
    ]);
    check_in(
        Tongue::Spanish,
        "“La ciudad se arrepentirá”, dijo Lima el martes.",
        &[("el martes", "2026-02-10")],
    );
}

#[test]
fn joined_participles_of_what_will_count_have_their_days_ahead() {
    check(
        "Ballots postmarked by Feb. 20 and received by Feb. 27 will count.",
        &[("Feb. 20", "2026-02-20"), ("Feb. 27", "2026-02-27")],
    );
    check(
        "Ballots postmarked by Jan. 20 and received by Jan. 27 were counted.",
        &[("Jan. 20", "2026-01-20"), ("Jan. 27", "2026-01-27")],
    );
}

#[test]
fn a_weekday_at_the_end_of_a_clause_with_will_lies_ahead() {
    for text in [
        "The delegation will present a draft resolution before the commission on Thursday.",
        "Lima said she and her deputies would discuss the matter with the owners on Thursday.",
        "The motion, which will be debated in the upper house on Thursday, says little.",
    ] {
        check(text, &[("Thursday", "2026-02-19")]);
    }
    for text in [
        "The fans will long remember the win over the Marrow side on Thursday.",
        "A panel will look into the shooting of a clerk at the mall on Thursday.",
        "The mayor will have to apologize to the owners for her remarks on Thursday.",
        "The two will meet again on Sunday after their match on Thursday was called off.",
        "He will have to tell the court what he did and on Thursday criticised the judge.",
        "The mayor, who will leave office, spoke to the owners of the mill on Thursday.",
        "The bill would raise the taxes of most owners and passed the house on Thursday.",
        "The minister would not answer the many questions of reporters on Thursday.",
        "Against the will of most of the people the mayor shut the school on Thursday.",
        "The union said “we will strike” in talks with the owners of the mill on Thursday.",
        "The vote will go ahead in spite of the walkout of members on Thursday.",
        "The hospital will treat those hurt in the derailment at the harbor on Thursday.",
        "The bank will cut its rates again after a cut in the other ones on Thursday.",
        "The firm will close the plant, according to papers seen by the Echo on Thursday.",
        "He will be remembered for his goal against the team of Marrow on Thursday.",
        "The town will name the man it arrested at the harbor on Thursday.",
    ] {
        let mentions = find(text, Tongue::English, Some(day()));
        let last = mentions.iter().find(|it| it.span.slice(text) == "Thursday");
        assert_eq!(last.map(|it| it.value.as_str()), Some("2026-02-12"), "{text}");
    }
}
