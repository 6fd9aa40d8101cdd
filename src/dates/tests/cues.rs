//! What the words before a day say of it.

use super::*;

#[test]
fn what_happened_on_a_day_lies_behind() {
    check("The report was published March 2.", &[("March 2", "2025-03-02")]);
    check("A fire broke out on March 24.", &[("March 24", "2025-03-24")]);
    check("The trial began in early March.", &[("early March", "2025-03")]);
    check(
        "The report will be published March 2.",
        &[("March 2", "2026-03-02")],
    );
    check("She is sworn in on March 2.", &[("March 2", "2026-03-02")]);
    check("A vote is scheduled March 2.", &[("March 2", "2026-03-02")]);
    check(
        "It will be formally adopted March 2.",
        &[("March 2", "2026-03-02")],
    );
    check(
        "It will be signed and published March 2.",
        &[("March 2", "2026-03-02")],
    );
}

#[test]
fn what_is_told_of_in_the_present_lies_ahead() {
    check("The term ends Sept. 30.", &[("Sept. 30", "2026-09-30")]);
    check(
        "Applications open May 1 and close Nov. 15.",
        &[("May 1", "2026-05-01"), ("Nov. 15", "2026-11-15")],
    );
    check("The trial is set for Dec. 1.", &[("Dec. 1", "2026-12-01")]);
    check(
        "The trial was set for Dec. 1 but put off.",
        &[("Dec. 1", "2025-12-01")],
    );
    check("The law takes effect Dec. 1.", &[("Dec. 1", "2026-12-01")]);
    check("The hearing is Oct. 9.", &[("Oct. 9", "2026-10-09")]);
    // What only is on a day may lie behind.
    check("The date on the letter is Dec. 3.", &[("Dec. 3", "2025-12-03")]);
    check("The worst month so far is January.", &[("January", "2026-01")]);
    check(
        "The council received 300 letters by Jan. 5.",
        &[("Jan. 5", "2026-01-05")],
    );
    check("They extended the deadline Monday.", &[("Monday", "2026-02-09")]);
    // Nouns are no verbs.
    check("It got off to a rocky start Monday.", &[("Monday", "2026-02-09")]);
    check("The polls open Tuesday.", &[("Tuesday", "2026-02-17")]);
}

#[test]
fn the_last_day_for_something_is_a_limit() {
    check_limits_in(
        Tongue::English,
        &[
            ("The plan is due on or before June 1.", "June 1"),
            ("It must be postmarked by 5 p.m. May 15.", "5 p.m. May 15"),
            (
                "No later than the first Monday in May they report.",
                "the first Monday in May",
            ),
            ("Please submit all forms by Friday.", "Friday"),
            ("They have until noon Monday.", "noon Monday"),
            ("Bids are due by close of business Friday.", "Friday"),
            ("They have until the close of business Friday.", "Friday"),
            (
                "Applications close at midnight on the last day of March.",
                "midnight on the last day of March",
            ),
            ("The comment period ends on March 10.", "March 10"),
            (
                "The stay expires at 11:59 p.m. on Dec. 1.",
                "11:59 p.m. on Dec. 1",
            ),
            (
                "It is law unless the council overrides it by March 28.",
                "March 28",
            ),
            ("The deadline to register is Oct. 10.", "Oct. 10"),
            ("The judge gave the town until March 11 to file.", "March 11"),
            ("Callers should call 555-0199 by Friday.", "Friday"),
            ("Nominations are accepted through March 20.", "March 20"),
            ("The record will stay open until March 3.", "March 3"),
            ("Tenants were given until Friday to appeal.", "Friday"),
            ("The forms are due March 15 to the clerk.", "March 15"),
            (
                "It directs the bureau to report to the board by March 9.",
                "March 9",
            ),
            ("The permit lapses Dec. 31.", "Dec. 31"),
            (
                "By March 9, 2026, the agency shall publish a plan.",
                "March 9, 2026",
            ),
            ("The council faces a Friday deadline to act.", "Friday"),
            ("Friday is the deadline to register.", "Friday"),
            ("RSVP by 5 p.m. tomorrow.", "5 p.m. tomorrow"),
            ("The town has 10 days to seek a stay.", "10 days"),
            ("She was given 72 hours to appeal.", "72 hours"),
            ("The board must respond within 45 days.", "45 days"),
            (
                "The mayor must reply within 30 business days.",
                "30 business days",
            ),
            ("The March 1 filing deadline looms.", "March 1"),
            ("Tenants have until the end of May to apply.", "the end of May"),
            (
                "Forms must be filed by the end of the week.",
                "the end of the week",
            ),
            ("The lease is up May 31.", "May 31"),
            ("Owners have 30 days from today to object.", "30 days from today"),
            ("Within 10 days, the board shall reply.", "10 days"),
            (
                "The bureau has given the town until March 4, 2026, to certify.",
                "March 4, 2026",
            ),
            (
                "The agency wants the files by the close of business Friday.",
                "Friday",
            ),
            ("Members have long, until March 7, to answer.", "March 7"),
            ("It is owed in no event later than March 4.", "March 4"),
            ("The offer is good through Sunday.", "Sunday"),
            ("The deadline is now March 15.", "March 15"),
            ("The stay expires in 72 hours.", "72 hours"),
            ("The March 4 deadline is firm.", "March 4"),
            ("The March 4 deadline was not extended.", "March 4"),
            ("The March 4 deadline has not passed.", "March 4"),
            ("They met the mayor before the March 4 deadline.", "March 4"),
        ],
        &[
            "By Friday, 12 people had left.",
            "The pier was open until May 3.",
            "The hearing is May 3.",
            "By the close of business Friday, shares had recovered.",
            "It was painted before May 3.",
            "Nobody must pay. It was gone by Friday.",
            "The council received 300 letters before Jan. 5.",
            "Letters that must count were received by Jan. 5.",
            "They missed the deadline Monday.",
            "A dividend is payable March 18.",
            "The ship is due to dock by Friday.",
            "The clerk did not answer a call or email by Thursday.",
            "The court gave no reasons until January 20.",
            "By March 9 the agency had published what it must.",
            "Forms are due no later than 5:00 p.m. on the day before the hearing.",
            "She gave speeches until May 3.",
            "They were due Saturday to stage a rally.",
            "Evacuation orders remain in effect until Friday.",
            "Record heat is expected through Friday.",
            "The job application site is down until Monday.",
            "The talks due on Tuesday are off.",
            "The park will stay open until May 3.",
            "There was no comment until Monday.",
            "It must stand for 14 days before March 9.",
            "Security lapses at Monday's trial were looked into.",
            "He has two weeks to live.",
            "The fleet is due to land within days.",
            "The train must stop within 30 seconds.",
            "They have had three days to rest.",
            "It fell within two years.",
            "The plan was to open by the end of the month.",
            "Rents rose until the end of May.",
            "At the end of May, owners have a choice.",
            "The lease is up 3% on Monday.",
            "Within 10 days, the board had replied to all it must.",
            "They have closed the road until March 7 to repair it.",
            "The bureau withdrew its March 4 deadline.",
            "The town missed a Feb. 4 deadline.",
            "The March 4 deadline was extended.",
            "The March 4 deadline has passed.",
            "The town scrapped the deadline of March 4.",
            "The town missed the county's March 4 deadline.",
            "Lima wants to retire before June 1.",
            "The team needs two wins before Sunday.",
            "They must not pay within 30 days.",
            "The shop did good business through Sunday.",
        ],
    );
    check(
        "Objections go to the clerk not later than November 3.",
        &[("November 3", "2026-11-03")],
    );
}

#[test]
fn what_lasted_until_a_day_or_was_not_done_by_it_lies_behind() {
    check("Lima was mayor until May.", &[("May", "2025-05")]);
    check(
        "Lima gave no interviews until March 20.",
        &[("March 20", "2025-03-20")],
    );
    check(
        "The firm did not return a call by Friday.",
        &[("Friday", "2026-02-13")],
    );
    check(
        "The firm did not return a call by Monday.",
        &[("Monday", "2026-02-09")],
    );
    // What ends there may be still to come.
    check("The council extended the ban until May.", &[("May", "2026-05")]);
    check(
        "Lima said the pool was shut until Monday.",
        &[("Monday", "2026-02-16")],
    );
    check(
        "The talks were put off until Monday.",
        &[("Monday", "2026-02-16")],
    );
    check("The pool will not open until May.", &[("May", "2026-05")]);
    check("The plan was to finish by Monday.", &[("Monday", "2026-02-16")]);
    check(
        "Lima did not expect a ruling until Monday.",
        &[("Monday", "2026-02-16")],
    );
    check(
        "Owners were given until Monday to comply.",
        &[("Monday", "2026-02-16")],
    );
    check(
        "They were hopeful of a deal by Monday.",
        &[("Monday", "2026-02-16")],
    );
    check("The pool was open until May 3.", &[("May 3", "2026-05-03")]);
    check("The board was down a member until May.", &[("May", "2025-05")]);
    check(
        "Lima said the road was down until Monday.",
        &[("Monday", "2026-02-16")],
    );
}

#[test]
fn what_was_done_on_a_day_that_opens_a_sentence_lies_behind_even_where_the_day_is_near_ahead() {
    check_each(&[
        ("On March 3, she was arrested.", "March 3", "2025-03-03"),
        ("On March 3 Ana Lima left the board.", "March 3", "2025-03-03"),
        ("March 3, he died.", "March 3", "2025-03-03"),
        // A plan may be told of as well, and a participle is no verb.
        ("On March 3, the talks were postponed.", "March 3", "2026-03-03"),
        ("On March 3, members named by Lima meet.", "March 3", "2026-03-03"),
        ("On March 3, Lima said, the pier opens.", "March 3", "2026-03-03"),
        ("On March 3, she is expected to leave.", "March 3", "2026-03-03"),
        ("On March 3, she was to be honored.", "March 3", "2026-03-03"),
        ("On March 3, Rovers face Calder.", "March 3", "2026-03-03"),
    ]);
}

#[test]
fn a_day_from_or_as_of_which_something_will_be_lies_ahead() {
    check_each(&[
        ("From Monday on, nobody will ask.", "Monday", "2026-02-16"),
        ("As of Monday, fares will rise.", "Monday", "2026-02-16"),
        ("As of Monday, the fire had spread.", "Monday", "2026-02-09"),
        (
            "After Tuesday’s ruling, the town will pay.",
            "Tuesday",
            "2026-02-10",
        ),
        ("Effective Monday, parking is free.", "Monday", "2026-02-16"),
        ("Effective Monday, the bank raised it.", "Monday", "2026-02-09"),
        ("The rule, effective Monday, was adopted.", "Monday", "2026-02-09"),
        ("“See you Monday,” she said.", "Monday", "2026-02-16"),
        ("They saw you Monday.", "Monday", "2026-02-09"),
    ]);
}

#[test]
fn what_was_so_by_a_day_lies_behind_it() {
    check(
        "It fell Sunday; by Monday it was out.",
        &[("Sunday", "2026-02-08"), ("Monday", "2026-02-09")],
    );
    check_each(&[
        ("It must be out; by Monday it will be.", "Monday", "2026-02-16"),
        ("It was written by May 3.", "May 3", "2025-05-03"),
        ("It had been done by May 3.", "May 3", "2025-05-03"),
        ("It is to be written by May 3.", "May 3", "2026-05-03"),
        ("It will have been done by May 3.", "May 3", "2026-05-03"),
    ]);
}

#[test]
fn a_feast_on_which_something_was_done_is_not_the_one_to_come() {
    let before = edtf::day(2026, 12, 24);
    for (text, value) in [
        ("Lima spoke on Christmas.", "2025-12-25"),
        ("Lima will speak on Christmas.", "2026-12-25"),
        ("Lima speaks on Christmas.", "2026-12-25"),
        ("The shop is closed for Christmas.", "2026-12-25"),
    ] {
        let found = find(text, Tongue::English, before);
        let values: Vec<&str> = found.iter().map(|mention| mention.value.as_str()).collect();
        assert_eq!(values, [value], "{text}");
    }
}

#[test]
fn a_sentence_may_say_what_a_day_is() {
    check_each(&[
        ("Monday is a holiday.", "Monday", "2026-02-16"),
        ("Monday is when it burned.", "Monday", "2026-02-09"),
        ("Monday was a holiday.", "Monday", "2026-02-09"),
        ("The day they named is Monday.", "Monday", "2026-02-09"),
        ("Monday is one that they feared.", "Monday", "2026-02-09"),
        ("Monday is the last day to register.", "Monday", "2026-02-16"),
    ]);
}

#[test]
fn a_season_or_quarter_that_is_over_lies_ahead_where_it_is_planned_for() {
    let november = edtf::day(2026, 11, 20);
    for (text, value) in [
        ("They will break ground this spring.", "2027-SP"),
        ("They broke ground this spring.", "2026-SP"),
        ("It will not look as it did this spring.", "2026-SP"),
        ("She hoped to see it this spring.", "2026-SP"),
        ("Costs will be down by the second quarter.", "2027-Q2"),
        ("Costs were down by the second quarter.", "2026-Q2"),
        ("Costs fell through the second quarter.", "2026-Q2"),
        ("The firm expects to tell of its second quarter.", "2026-Q2"),
    ] {
        let found = find(text, Tongue::English, november);
        let values: Vec<&str> = found.iter().map(|mention| mention.value.as_str()).collect();
        assert_eq!(values, [value], "{text}");
    }
}

#[test]
fn a_team_plays_on_a_day_to_come_and_hosts_and_faces_are_nouns() {
    check(
        "The Rovers host Oldwick United on Sunday.",
        &[("Sunday", "2026-02-15")],
    );
    check("They face Calder on Monday.", &[("Monday", "2026-02-16")]);
    check("The Herons take on Dover Sunday.", &[("Sunday", "2026-02-15")]);
    for nouns in [
        "The Harbour News host Ana Lima on Sunday told viewers so.",
        "Harbour News host Ana Lima told viewers on Sunday.",
        "The Herons visit Ana Lima made on Sunday was short.",
        "The Rovers face Lima drew on Sunday hung there.",
    ] {
        check(nouns, &[("Sunday", "2026-02-08")]);
    }
    check("The firm pays the dividend Monday.", &[("Monday", "2026-02-16")]);
    check("The channel airs the finale Monday.", &[("Monday", "2026-02-16")]);
    check("The firm paid the dividend Monday.", &[("Monday", "2026-02-09")]);
}

#[test]
fn what_is_done_by_a_day_that_opens_the_sentence_lies_behind() {
    check(
        "By Sunday afternoon she had canceled it.",
        &[("Sunday afternoon", "2026-02-08TAF")],
    );
    check(
        "By Sunday she must cancel what was planned.",
        &[("Sunday", "2026-02-15")],
    );
    check(
        "Through the end of January, he raised it.",
        &[("the end of January", "2026-01")],
    );
    check("It will be due in January.", &[("January", "2027-01")]);
    check(
        "A smaller-than-expected rise in January",
        &[("January", "2026-01")],
    );
    check(
        "The first sign that it was to be delayed came in May.",
        &[("May", "2025-05")],
    );
}

#[test]
fn a_day_that_opens_a_sentence_follows_its_verb() {
    check("On Monday, the council will vote.", &[("Monday", "2026-02-16")]);
    check(
        "Monday’s session will be held there.",
        &[("Monday", "2026-02-16")],
    );
    check(
        "Tuesday’s order will cost the town.",
        &[("Tuesday", "2026-02-10")],
    );
    check("Sunday's defeat will hurt.", &[("Sunday", "2026-02-08")]);
    check(
        "On Monday the board is expected to vote.",
        &[("Monday", "2026-02-16")],
    );
    check("In January the pier will close.", &[("January", "2027-01")]);
    check(
        "On Monday, officials said it will close.",
        &[("Monday", "2026-02-09")],
    );
    check("On Monday, “we will vote,” he said.", &[("Monday", "2026-02-09")]);
    check(
        "By Tuesday noon, the fire had been put out.",
        &[("Tuesday noon", "2026-02-10T12:00")],
    );
}

#[test]
fn what_may_be_lies_ahead_and_what_may_have_been_does_not() {
    check(
        "The road could flood, Lima told the council on Tuesday.",
        &[("Tuesday", "2026-02-10")],
    );
    check("Walkers could hear it on Tuesday.", &[("Tuesday", "2026-02-10")]);
    check("It may also have opened Monday.", &[("Monday", "2026-02-09")]);
    check("Lima knew of it as early as Monday.", &[("Monday", "2026-02-09")]);
    check(
        "The owner was sure of it as soon as Monday.",
        &[("Monday", "2026-02-09")],
    );
    check(
        "A ruling could come as early as Monday.",
        &[("Monday", "2026-02-16")],
    );
    check("It may have begun Monday.", &[("Monday", "2026-02-09")]);
    check("The leak began as early as Monday.", &[("Monday", "2026-02-09")]);
    check("A vote is likely Monday.", &[("Monday", "2026-02-16")]);
}

#[test]
fn what_is_put_off_or_to_be_faced_lies_ahead() {
    check("The game was postponed to Monday.", &[("Monday", "2026-02-16")]);
    check("Voters go to the polls Tuesday.", &[("Tuesday", "2026-02-17")]);
    check("Voters went to the polls Tuesday.", &[("Tuesday", "2026-02-10")]);
    check("She faces a hearing Monday.", &[("Monday", "2026-02-16")]);
    check("Services are Saturday.", &[("Saturday", "2026-02-14")]);
    check(
        "The doors open at 7 p.m. Tuesday.",
        &[("7 p.m. Tuesday", "2026-02-17T19:00")],
    );
    check(
        "A new lane, opening Tuesday, is narrow.",
        &[("Tuesday", "2026-02-17")],
    );
    check("He spoke at its opening Tuesday.", &[("Tuesday", "2026-02-10")]);
}

#[test]
fn a_noun_behind_to_is_no_verb() {
    check("The party came to power in May.", &[("May", "2025-05")]);
}

#[test]
fn what_is_on_air_or_to_be_had_done_lies_ahead_and_nouns_do_not() {
    check(
        "Channel News host Orr asked her on Monday.",
        &[("Monday", "2026-02-09")],
    );
    check(
        "It was said in the Orr visit on Monday.",
        &[("Monday", "2026-02-09")],
    );
    check(
        "Lima lost the Lords vote on Tuesday.",
        &[("Tuesday", "2026-02-10")],
    );
    check(
        "There was a speech and vote on Tuesday.",
        &[("Tuesday", "2026-02-10")],
    );
    check("He met the host on Sunday.", &[("Sunday", "2026-02-08")]);
    check("The show airs Sunday.", &[("Sunday", "2026-02-15")]);
    check(
        "She is going to have it looked over Monday.",
        &[("Monday", "2026-02-16")],
    );
    check("She had it looked over Monday.", &[("Monday", "2026-02-09")]);
}

#[test]
fn what_was_due_is_over() {
    for (text, days) in [
        ("Applications were due Monday.", "2026-02-09"),
        ("Comments were due on Feb. 3.", "2026-02-03"),
        ("He said applications were due Monday.", "2026-02-16"),
        ("The baby was due Monday.", "2026-02-16"),
        ("They were due Saturday to stage a rally.", "2026-02-14"),
        ("Applications are due Monday.", "2026-02-16"),
        ("The talks, due Monday, may fail.", "2026-02-16"),
    ] {
        check_days_in(Tongue::English, text, &[days]);
    }
}

#[test]
fn a_last_day_that_is_over_is_one() {
    check_limits_in(
        Tongue::English,
        &[
            ("The last day to register was Friday.", "Friday"),
            ("The final date to enroll was Feb. 2.", "Feb. 2"),
            ("The tax is owed by April 15.", "April 15"),
        ],
        &[
            "The last day for the old bridge was Friday.",
            "The last day of the fair was Friday.",
            "The last day to see the show was Friday.",
            "The last day to register has passed, and the vote was Friday.",
        ],
    );
}

#[test]
fn what_is_to_be_done_by_a_day_for_something_to_follow_lies_ahead() {
    check_limits_in(
        Tongue::English,
        &[
            ("Unless paid by July 9, the fee doubles.", "July 9"),
            ("If signed by July 9, the bill becomes law.", "July 9"),
            ("Forms filed by July 9 will be heard.", "July 9"),
            (
                "Forms filed with the county clerk by July 9 must be signed.",
                "July 9",
            ),
            ("If no deal is reached by July 9, workers will strike.", "July 9"),
            ("Applications submitted by Monday will be heard.", "Monday"),
            ("Please reply by July 9.", "July 9"),
            ("We request that you answer by July 9.", "July 9"),
            ("Tenants should apply by July 9.", "July 9"),
            (
                "Please confirm in writing by July 9 that it will be paid.",
                "July 9",
            ),
            ("Tenants are told to leave by July 9.", "July 9"),
            (
                "The council calls upon the agency to resume service by July 9.",
                "July 9",
            ),
            ("She has to answer by Monday.", "Monday"),
            ("The judge wants an answer within 10 days.", "10 days"),
        ],
        &[
            "If the bill was signed by Jan. 9, nobody knew.",
            "Forms filed by Jan. 9 were heard.",
            "Officials said forms filed by Jan. 9 would be heard.",
            "Claims paid by Jan. 9 came to $4 million.",
            "Please note that by Jan. 9 the pier had closed.",
            "Results should be known by July 9.",
            "The missing hikers should return by July 9.",
            "Should the call come by July 9, they will go.",
            "Homes destroyed by Jan. 9 will be rebuilt.",
            "Workers laid off by Jan. 9 will be paid.",
            "Nobody wants a strike within 10 days.",
            "She wants a baby within 2 years.",
            "I ask you: who will be left by July 9?",
            "The mayor calls upon friends by Friday.",
            "The board has asked whether it was done by Jan. 9.",
            "He asked if you could answer by Monday.",
        ],
    );
    for (text, days) in [
        ("Unless paid by July 9, the fee doubles.", "2026-07-09"),
        ("Ballots received by Monday will be counted.", "2026-02-16"),
        ("Forms filed by Jan. 9 were heard.", "2026-01-09"),
        // By no cue more than the nearest.
        ("Claims filed by Dec. 1 will be paid in March.", "2025-12-01"),
        (
            "“It is over.” By Monday evening, she was calling for him to go.",
            "2026-02-09",
        ),
        ("They plan a rally on Sunday.", "2026-02-15"),
        (
            "Campaigners plan a vigil outside the statehouse on Sunday.",
            "2026-02-15",
        ),
        ("The plan was debated at a rally on Sunday.", "2026-02-08"),
        ("She had come back Tuesday from Rome.", "2026-02-10"),
        ("A letter to be delivered Monday will say so.", "2026-02-16"),
        (
            "It will be on our site by close of business Monday.",
            "2026-02-16",
        ),
        ("He takes office Dec. 3.", "2026-12-03"),
    ] {
        let found = find(text, Tongue::English, Some(day()));
        let first = found.first().and_then(|mention| mention.when.as_ref());
        assert_eq!(first.map(|when| when.edtf.as_str()), Some(days), "{text}");
    }
}

#[test]
fn a_weekday_of_no_week_is_no_day() {
    for text in [
        "He was born on a Tuesday.",
        "They met on a Monday and left.",
        "Rooms are let by the week.",
    ] {
        check(text, &[]);
    }
    check("They met on a rainy Monday.", &[("Monday", "2026-02-09")]);
    check("It is held at a Tuesday meeting.", &[("Tuesday", "2026-02-10")]);
}

#[test]
fn to_fall_and_to_spring_are_no_seasons() {
    for text in [
        "Homes that fall outside the order are exempt.",
        "Rents that spring from it are void.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_weekday_with_an_hour_behind_will_lies_ahead_however_far() {
    for text in [
        "The senate will vote on a resolution of no confidence in the board of the harbor and its chair at 7 p.m. Tuesday.",
        "Lawmakers are scheduled to return to the hall in Oldwick for a special session at 7 p.m. Tuesday.",
        "The board plans to vote on the closing of the only school in Oldwick on masked days at 7 p.m. Tuesday.",
    ] {
        check(text, &[("7 p.m. Tuesday", "2026-02-17T19:00")]);
    }
    check(
        "The man who will lead the board of the harbor and its school signed the order at 7 p.m. Tuesday.",
        &[("7 p.m. Tuesday", "2026-02-10T19:00")],
    );
    // Without an hour the day is as often that of a noun before it.
    for text in [
        "Fans will remember the goal in the win over Marrow Tuesday.",
        "An inquest will examine the death of the boy on the pier Tuesday.",
        "The bank will cut 40 jobs, according to a memo to staff Tuesday.",
        "The party will choose a new leader after its loss in the vote on Tuesday.",
        "The witness called by the state failed to appear Tuesday.",
        "Lima said he’d quit on Tuesday.",
        "Lima said he’d never met Cruz before Tuesday.",
    ] {
        check(text, &[("Tuesday", "2026-02-10")]);
    }
}

#[test]
fn what_a_court_or_a_trial_is_put_to_lies_ahead() {
    for (text, expression, value) in [
        ("A trial has been set for May 15.", "May 15", "2026-05-15"),
        (
            "Lima said she would not sign what runs past Dec. 3.",
            "past Dec. 3",
            "2026-12-03",
        ),
        (
            "The judge said he’d rule before Oct. 1, when it takes effect.",
            "Oct. 1",
            "2026-10-01",
        ),
        ("Lima said he’d ruled before Oct. 1.", "Oct. 1", "2025-10-01"),
    ] {
        check(text, &[(expression, value)]);
    }
}

#[test]
fn the_year_of_a_seal_may_be_written_out() {
    for text in [
        "GIVEN under my hand this 4th day of October, in the year two thousand twenty-five.",
        "IN WITNESS WHEREOF I have set my hand this 4th day of October, A.D. 2025.",
        "Done this 4th day of October in the year of our Lord 2025.",
    ] {
        let mentions = find(text, Tongue::English, Some(day()));
        let values: Vec<&str> = mentions.iter().map(|mention| mention.value.as_str()).collect();
        assert_eq!(values, ["2025-10-04"], "{text}");
    }
}

#[test]
fn what_recurs_from_a_day_or_has_no_date_yet_lies_ahead() {
    check_each(&[(
        "It would be paid on a still unspecified date in November.",
        "November",
        "2026-11",
    )]);
    check(
        "It will leave each Thursday from August 6.",
        &[("each Thursday", "XXXX-WXX-4"), ("August 6", "2026-08-06")],
    );
    check_each(&[("It was paid on a later date in November.", "November", "2025-11")]);
}

#[test]
fn a_month_of_what_something_came_behind_is_over() {
    for text in [
        "It has been calm since the bombing of a hall in Oldwick in March.",
        "The party came to power after winning the vote in March.",
    ] {
        check(text, &[("March", "2025-03")]);
    }
    for text in [
        "The fair in March was canceled.",
        "The vote in March was called by the mayor.",
        "The region is bracing for a storm in March.",
        "The party hopes for a win in March.",
        "Many leave after serving their time in March.",
        "They will leave after serving their time in March.",
        "The outcome of the hearing in March is open.",
    ] {
        check(text, &[("March", "2026-03")]);
    }
}

#[test]
fn to_before_a_verb_ends_no_range() {
    check("Aid was cut in March to save money.", &[("March", "2025-03")]);
    check(
        "The firm plans to set up a mill in Oldwick in March to press oil.",
        &[("March", "2026-03")],
    );
}
