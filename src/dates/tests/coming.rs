//! What is still to come though no word right before its day says so.

use super::*;

#[test]
fn what_was_planned_and_is_dropped_may_be_over() {
    for text in [
        "The town cancelled a match that had been scheduled for Sunday after a storm.",
        "The league postponed the match, which had been planned for Sunday.",
        "Talks had been scheduled for Sunday but collapsed.",
        "The delayed vote had been scheduled for Sunday.",
        "Voting had been due to end Sunday.",
        "The ferry had been scheduled for Sunday.",
    ] {
        check(text, &[("Sunday", "2026-02-08")]);
    }
}

#[test]
fn what_is_to_be_seen_or_heard_lies_ahead() {
    for text in [
        "The poll, to be published in the paper Sunday, put Lima ahead.",
        "In an interview, to be aired by the town’s radio on Sunday, she wept.",
    ] {
        check(text, &[("Sunday", "2026-02-15")]);
    }
    for text in [
        "The poll, published in the paper Sunday, put Lima ahead.",
        "She left the stage, to be followed by Novak on Sunday.",
        "The suspect was brought in, to be presented to a judge Sunday.",
        "The first book to be published in Oldwick sold well Sunday.",
    ] {
        check(text, &[("Sunday", "2026-02-08")]);
    }
}

#[test]
fn a_plan_far_before_its_day_puts_it_ahead() {
    for text in [
        "They were to be flown home to Oldwick on Monday, a spokesman said.",
        "She was scheduled to meet with the owners at the town hall on Monday.",
        "The mayor, who will start a week-long tour of the coast on Monday, spoke.",
    ] {
        let mentions = find(text, Tongue::English, Some(day()));
        let last = mentions.last().expect("a day");
        assert_eq!(last.value, "2026-02-16", "{text}");
    }
    check(
        "The Rovers will face Oldwick in their opening match on January 9.",
        &[("January 9", "2027-01-09")],
    );
    check(
        "The Rovers will face Oldwick in their opening match of the cup on January 3.",
        &[("January 3", "2027-01-03")],
    );
    check(
        "The board will investigate the sinking of the ferry near the town pier on October 3.",
        &[("October 3", "2025-10-03")],
    );
    for text in [
        "The committee will examine the storming of the town hall on January 6.",
        "Jurors will see footage of the suspect in the hotel lobby on January 6.",
        "Few would forget the sight of the mob in the halls on January 6.",
        "The board will approve the minutes of its last meeting on January 6.",
        "Novak will face charges over the brawl in the hotel bar on January 6.",
        "The hostages were to be flown home to Oldwick on January 6, but the deal fell through.",
    ] {
        check(text, &[("January 6", "2026-01-06")]);
    }
    // Another verb, or a noun that has the day for its own.
    for text in [
        "They were supposed to be flown home to Oldwick on Monday.",
        "The vote was to be held in the lower house on Monday, but members left early.",
        "They were to be married in the small church on Monday; the bride fell ill.",
        "She was scheduled to meet in Oldwick with those hurt in the crash on Monday.",
        "She was expected to answer what the council told the press on Monday.",
        "She would respond to the owners hurt in the fire on Monday.",
    ] {
        check(text, &[("Monday", "2026-02-09")]);
    }
}

#[test]
fn what_teams_do_in_a_clause_of_time_lies_ahead() {
    for text in [
        "They hope to win when they meet Oldwick on Sunday.",
        "When the Rovers face Oldwick on Sunday, the stand is full.",
        "Novak needs rest before she plays Cruz on Sunday.",
    ] {
        check(text, &[("Sunday", "2026-02-15")]);
    }
    for text in [
        "Fans cheer as the Rovers face Oldwick on Sunday.",
        "They won when they met Oldwick on Sunday.",
        "When the visit was told on Sunday, nobody cheered.",
        "They play well when those who fell ill on Sunday are back.",
        "The ward was closed before family visits on Sunday.",
        "The suspect is seen on video when he visits the store on Sunday.",
        "In the clip, shot when fans meet the team on Sunday, he waves.",
        "The photo is from when Lima hosts a dinner on Sunday.",
        "He was the hero when Oldwick meet Marrow on Sunday.",
        "Few cheered when the premier visits on Sunday.",
    ] {
        check(text, &[("Sunday", "2026-02-08")]);
    }
}

#[test]
fn what_is_held_on_a_weekday_may_be_over_though_it_will_do_something() {
    for text in [
        "The fire on Monday will cost the town.",
        "The debate on Monday will be remembered for its insults.",
        "The election on Monday will be decided in the courts.",
        "The match on Monday will be replayed.",
        "Lima said the meeting on Monday will be remembered.",
    ] {
        check(text, &[("Monday", "2026-02-09")]);
    }
}

#[test]
fn the_next_of_its_kind_is_to_come() {
    for text in [
        "Their next match is away to Oldwick on Monday afternoon.",
        "The club’s next home game is against the Rovers on Monday.",
    ] {
        let mentions = find(text, Tongue::English, Some(day()));
        let when = mentions.first().and_then(|mention| mention.when.as_ref());
        assert_eq!(when.map(|when| when.edtf.as_str()), Some("2026-02-16"), "{text}");
    }
    for text in [
        "Their best match is the win on Monday.",
        "Their next match is the replay of one that was lost on Monday.",
    ] {
        check(text, &[("Monday", "2026-02-09")]);
    }
}

#[test]
fn two_weekdays_that_are_joined_lie_on_one_side() {
    check(
        "The pearls were to be put on show in Oldwick on Monday and Tuesday.",
        &[("Monday", "2026-02-16"), ("Tuesday", "2026-02-17")],
    );
    check(
        "He spoke on Monday and on Tuesday.",
        &[("Monday", "2026-02-09"), ("Tuesday", "2026-02-10")],
    );
}

#[test]
fn an_event_named_again_may_be_that_of_a_week_before() {
    for text in [
        "The next debate will be held on Sunday. Sunday’s debate drew 900 viewers.",
        "The vote will be on Sunday. He was hurt in Sunday’s fire.",
        "The race will be on Sunday. He did not attend Sunday’s summit.",
    ] {
        check(text, &[("Sunday", "2026-02-15"), ("Sunday", "2026-02-08")]);
    }
}

#[test]
fn what_is_to_come_now_is_no_part_of_a_history() {
    let past =
        "The port burned in 1912 and 1931. It was built again in 1934, 1935 and 1936. In 1951 it was sold.";
    let last = |end: &str| {
        let text = format!("{past} {end}");
        let mentions = find(&text, Tongue::English, Some(day()));
        mentions.last().map(|mention| mention.value.clone())
    };
    let told = last("The mayor left on May 29.");
    assert_eq!(told.as_deref(), Some("1951-05-29"));
    let to_come = last("The mayor is expected to open it on May 29.");
    assert_eq!(to_come.as_deref(), Some("2026-05-29"));
    let done = last("It opens in April 2027. A test failed in October.");
    assert_eq!(done.as_deref(), Some("2025-10"));
    // What is seen back from the document leaves the telling where it was.
    let next = last("It opened in January 2026. The deal was announced in July. It closed on Jan. 4.");
    assert_eq!(next.as_deref(), Some("2026-01-04"));
}
