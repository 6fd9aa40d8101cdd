//! The day of the meeting, hearing or announcement that a report tells of, and who is heard there.

use super::carried::check_carried;
use super::*;

const TUESDAY: &str = "2026-02-10";
const SCENE: (&str, &str) = (TUESDAY, "scene");
const SINCE: (&str, &str) = ("2026-02-10/2026-02-13", "since_meeting");
const OWN_DAY: (&str, &str) = ("2026-02-13", "document_day");

#[test]
fn who_sits_in_the_body_is_heard_where_it_met() {
    check_carried(
        "The Oldwick City Council voted 5-2 Tuesday night to shut the pier.\n\nIt took two hours.\n\n“It is not safe,” said \
         Councilwoman Pia Brandt, who voted yes.\n\nCouncilman Teo Ruck was not persuaded.\n\n“It never was,” Ruck said.",
        &[("Councilwoman Pia Brandt", "said"), ("Ruck", "said")],
        &[SCENE, SINCE],
    );
    check_carried(
        "Selectmen Tuesday night put off a decision.\n\n“I would wait,” said Selectman Arthur Pray.",
        &[("Selectman Arthur Pray", "said")],
        &[SCENE],
    );
    check_carried(
        "A Senate committee on Tuesday advanced a bill on piers.\n\n“It is time,” said Sen. Ruth Lind.",
        &[("Sen. Ruth Lind", "said")],
        &[SCENE],
    );
}

#[test]
fn another_board_and_a_former_member_are_not_known_to_have_been_there() {
    for speaker in [
        "planning board member Joan Sylvan",
        "former board member Joan Sylvan",
    ] {
        let text = format!("The school board met Tuesday.\n\n“It is time,” said {speaker}.");
        check_carried(&text, &[(speaker, "said")], &[SINCE]);
    }
}

#[test]
fn whoever_speaks_to_the_body_or_at_the_meeting_does_so_on_its_day() {
    for (clause, rule) in [
        ("told the board.", "audience"),
        ("said during public comment.", "scene"),
        ("said after the meeting.", "sentence_before"),
        ("said at the start of the meeting.", "scene"),
    ] {
        let text = format!(
            "Parents packed a school board meeting Tuesday night.\n\nIt was late.\n\n“We are sorry,” Greg Aldo {clause}"
        );
        let cue = clause.split(' ').next().expect("a cue");
        check_carried(&text, &[("Greg Aldo", cue)], &[(TUESDAY, rule)]);
    }
    // A council has committees, and whoever is known to be there may speak to them.
    check_carried(
        "Chancellor Ines Brack spoke at a packed City Council hearing Tuesday.\n\n“They call me,” Brack told the Harbor Committee.",
        &[("Brack", "told")],
        &[SCENE],
    );
    // Who has been heard there goes on, also behind somebody else.
    check_carried(
        "Parents packed a school board meeting Tuesday.\n\n“We are sorry,” Greg Aldo told the crowd.\n\n“Too late,” said Mai \
         Vance.\n\n“I know,” Aldo said.",
        &[("Greg Aldo", "told"), ("Mai Vance", "said"), ("Aldo", "said")],
        &[(TUESDAY, "audience"), SINCE, SCENE],
    );
}

#[test]
fn a_court_is_heard_when_it_ruled_and_what_it_wrote_is_of_that_day() {
    check_carried(
        "A judge on Tuesday ordered the state to reopen the pier.\n\n“Find the money,” Judge Ida Askew told lawyers for the \
         state.\n\n“There is none,” Carl Mott argued.",
        &[("Judge Ida Askew", "told"), ("Carl Mott", "argued")],
        &[SCENE, SCENE],
    );
    check_carried(
        "An appeals court ruled Tuesday that the pier may stay.\n\n“A pier is a road,” Judge Ida Askew wrote for the majority.",
        &[("Judge Ida Askew", "wrote")],
        &[SCENE],
    );
    check_carried(
        "On Tuesday, a few blocks away, a judge heard arguments.\n\n“You had two weeks,” Judge Ida Askew said.",
        &[("Judge Ida Askew", "said")],
        &[SCENE],
    );
}

#[test]
fn who_did_something_before_the_public_is_heard_there() {
    for deed in [
        "Mayor Ana Lima on Tuesday opened the pier.",
        "Mayor Ana Lima toured the pier Tuesday.",
    ] {
        let text = format!("{deed} “It is safe,” Lima said.");
        check_carried(&text, &[("Lima", "said")], &[SCENE]);
    }
    check_carried(
        "Asked about it on Tuesday, Ana Lima grinned. “It is safe,” Lima said.",
        &[("Lima", "said")],
        &[(TUESDAY, "carried")],
    );
    // Whom it was done to is not known to have been there.
    check_carried(
        "Rosa Cruz tore into Mayor Ana Lima on Tuesday.\n\n“I am sorry,” Lima said.",
        &[("Lima", "said")],
        &[SINCE],
    );
}

#[test]
fn who_is_heard_elsewhere_keeps_the_day_of_the_document() {
    for clause in [
        "Councilman Teo Ruck told The Herald.",
        "Councilman Teo Ruck told me.",
        "Councilman Teo Ruck said in an interview.",
        "Councilman Teo Ruck said by phone.",
        "Councilman Teo Ruck wrote on Facebook.",
        "Councilman Teo Ruck said, according to a recording.",
    ] {
        let text = format!("The council voted Tuesday to shut the pier.\n\n“It was wrong,” {clause}");
        let cue = ["told", "said", "wrote"]
            .into_iter()
            .find(|cue| clause.contains(cue));
        check_carried(&text, &[("Councilman Teo Ruck", cue.expect("a cue"))], &[OWN_DAY]);
    }
    // Whoever speaks for others or is asked for what they know may be asked at any time.
    for speaker in ["spokeswoman Kim Voss", "Kim Voss, a professor of law"] {
        let name = "Kim Voss";
        let text = format!("The council voted Tuesday to shut the pier.\n\n“It was wrong,” said {speaker}.");
        let naming = if speaker.starts_with(name) { name } else { speaker };
        check_carried(&text, &[(naming, "said")], &[OWN_DAY]);
    }
}

#[test]
fn another_day_told_in_between_is_not_that_of_the_meeting() {
    check_carried(
        "The council voted Tuesday to shut the pier.\n\nThe remark came Feb. 3, at a workshop. “It is a ruin,” Councilman Teo Ruck \
         said.",
        &[("Councilman Teo Ruck", "said")],
        &[OWN_DAY],
    );
    check_carried(
        "The council voted Tuesday to shut the pier.\n\nAt a hearing on Jan. 5, the judge sighed.\n\n“What is your evidence?” the \
         judge replied.",
        &[("the judge", "replied")],
        &[("2026-01-05", "scene")],
    );
    check_carried(
        "The council voted Tuesday to shut the pier.\n\nA bill like it died in 2024. “I am patient,” Councilman Teo Ruck said at \
         the time.",
        &[("Councilman Teo Ruck", "said")],
        &[("2024", "told_before")],
    );
}

#[test]
fn what_is_planned_reported_or_done_to_a_thing_is_no_scene() {
    for before in [
        "The council will vote Tuesday to shut the pier.",
        "Cruz said the council met on Tuesday.",
        "The order, which the council adopted on Tuesday, is short.",
        "The pier burned on Tuesday.",
        "The council had met on Tuesday.",
    ] {
        let text = format!("{before}\n\n“It was wrong,” Councilman Teo Ruck said.");
        check_carried(&text, &[("Councilman Teo Ruck", "said")], &[OWN_DAY]);
    }
    // What is told in the present is said today.
    check_carried(
        "The council voted Tuesday to shut the pier.\n\n“It was wrong,” Councilman Teo Ruck says.",
        &[("Councilman Teo Ruck", "says")],
        &[OWN_DAY],
    );
}

#[test]
fn another_occasion_told_of_right_before_is_where_it_was_said() {
    let voted = "The council voted Tuesday night to raise rates.\n\n";
    for (behind, cue) in [
        (
            "At its September meeting, Councilwoman Ana Lima had opposed it.\n\n“Not one cent,” Lima said at that meeting.",
            "said",
        ),
        (
            "Councilwoman Ana Lima was absent.\n\n“I would have voted no,” Lima said.",
            "said",
        ),
        (
            "Councilwoman Ana Lima, who missed the meeting, watched from home.\n\n“A circus,” Lima said.",
            "said",
        ),
        (
            "Reached by phone, Councilwoman Ana Lima was surprised. “I expected more,” Lima said.",
            "said",
        ),
        (
            "By Thursday morning, Councilwoman Ana Lima stood at the pool.\n\n“I made a mistake,” Lima said.",
            "said",
        ),
        (
            "Councilwoman Ana Lima later apologized by email. “I should have asked,” Lima said.",
            "said",
        ),
        (
            "Her late father once led the fight. “A town needs a pool,” Lima told the council.",
            "told",
        ),
    ] {
        check_carried(&format!("{voted}{behind}"), &[("Lima", cue)], &[OWN_DAY]);
    }
    check_carried(
        "A judge on Tuesday sentenced Dale Korn to 12 years.\n\n“You ruined lives,” Judge Ann Pike told Korn.",
        &[("Judge Ann Pike", "told")],
        &[SCENE],
    );
}

#[test]
fn one_who_speaks_for_a_body_does_so_when_it_is_told_to_have_spoken() {
    check_carried(
        "The ministry confirmed on Tuesday that the pier would open. A spokesman said “it is safe.”",
        &[("A spokesman", "said")],
        &[(TUESDAY, "sentence_before")],
    );
    check_carried(
        "On Tuesday, the dockers union called it cruel. “Nobody can plan,” union president Jim Sorrel said.",
        &[("Jim Sorrel", "said")],
        &[(TUESDAY, "sentence_before")],
    );
}

#[test]
fn many_scenes_and_words_are_read_in_time() {
    let text = "The council voted Tuesday. “No,” Lima said. At a hearing on Jan. 5, she left. ".repeat(2000);
    check_said(&text, "Lima", Some("said"), (TUESDAY, "sentence_before"));
}

#[test]
fn who_tells_those_who_met_something_is_heard_at_their_meeting() {
    check_carried(
        "Ann Whit told the town board at its special meeting Tuesday night that the pier would close.\n\n“I would wait,” said Pia \
         Brandt.",
        &[("Pia Brandt", "said")],
        &[SINCE],
    );
    check_carried(
        "Ann Whit told a housing webinar on Tuesday that it would last. “It is not our finest,” Whit said.",
        &[("Whit", "said")],
        &[(TUESDAY, "carried")],
    );
    check_carried(
        "Ann Whit told Cruz that the board at its special meeting Tuesday night had erred.\n\n“I would wait,” said Pia Brandt.",
        &[("Pia Brandt", "said")],
        &[OWN_DAY],
    );
}

#[test]
fn an_occasion_may_be_held_or_told_of_beside_what_the_hall_was_like() {
    check_carried(
        "A vigil held Tuesday drew eighty people.\n\n“He mended every bike,” Greg Aldo told the vigil.",
        &[("Greg Aldo", "told")],
        &[SCENE],
    );
    check_carried(
        "It was standing room only Tuesday night as the planning commission took up the quarry.\n\n“It is not safe,” said \
         Commissioner Pia Brandt.",
        &[("Commissioner Pia Brandt", "said")],
        &[SCENE],
    );
    check_carried(
        "In opening statements Tuesday, prosecutor Mai Vance was brief.\n\n“It is a lie,” Greg Aldo told the jury.",
        &[("Greg Aldo", "told")],
        &[SCENE],
    );
    // A bridge held on a day is no occasion, and what the board had done meanwhile is of no day here.
    for text in [
        "The bridge held Tuesday.\n\n“It is not safe,” said Commissioner Pia Brandt.",
        "It was quiet Tuesday, as the planning commission had voted.\n\n“It is not safe,” said Commissioner Pia Brandt.",
        "A vigil to be held Tuesday was moved.\n\n“It is not safe,” said Commissioner Pia Brandt.",
    ] {
        check_carried(text, &[("Commissioner Pia Brandt", "said")], &[OWN_DAY]);
    }
}

#[test]
fn who_was_heard_before_the_text_went_back_is_heard_there_again() {
    check_carried(
        "Administrator Mai Vance told senators Wednesday that it broke.\n\n“It broke,” Vance told the senators.\n\nOn Tuesday \
         families testified before the committee.\n\n“He called me,” Greg Aldo told the committee.\n\n“I asked,” Vance said.",
        &[("Vance", "told"), ("Greg Aldo", "told"), ("Vance", "said")],
        &[("2026-02-11", "carried"), SCENE, ("2026-02-11", "scene")],
    );
}

#[test]
fn who_did_not_come_was_not_heard_there() {
    check_carried(
        "Three hundred people packed a school board meeting Tuesday.\n\nAldo did not attend.\n\n“I was ill,” Greg Aldo said.",
        &[("Greg Aldo", "said")],
        &[OWN_DAY],
    );
}

#[test]
fn until_when_somebody_had_waited_is_no_scene() {
    check_carried(
        "Judge Ida Askew pressed the lawyer on why the state had waited until Feb. 9 to sue.\n\n“You have a match,” the judge told \
         Aldo.",
        &[("the judge", "told")],
        &[OWN_DAY],
    );
}

#[test]
fn who_speaks_for_a_ministry_does_not_bear_its_name() {
    check_carried(
        "Housing Secretary Mai Vance told lawmakers Tuesday that it was closed.\n\nA spokesman for the Ministry of Housing said: “It is \
         not safe.”",
        &[("A spokesman for the Ministry of Housing", "said")],
        &[OWN_DAY],
    );
}

#[test]
fn what_one_told_reporters_lends_its_day_to_nobody_else() {
    let own_day = ("2026-02-13", "document_day");
    for (text, speaker, cue) in [
        (
            "The chief, Warren Cole, told a press conference on Tuesday that he was shut.\n\nThe union accused him of “cowardice.”",
            "The union",
            "accused",
        ),
        (
            "Cole signed it Tuesday. He brushed off the critics Wednesday.\n\n“Worse names exist,” he told reporters.",
            "he",
            "told",
        ),
    ] {
        check_said(text, speaker, Some(cue), own_day);
    }
}

#[test]
fn whom_those_who_met_turned_to_was_there() {
    check_said(
        "At a board meeting Tuesday night, residents pressed Ann Coe for answers.\n\n“I hear you,” Coe said.",
        "Coe",
        Some("said"),
        ("2026-02-10", "scene"),
    );
    check_said(
        "At oral argument on Tuesday, the panel was skeptical. “So nobody pays?” Justice Ann Coe asked.",
        "Justice Ann Coe",
        Some("asked"),
        ("2026-02-10", "scene"),
    );
    check_said(
        "An appellate panel on Tuesday reinstated the case.\n\n“It does not end,” Justice Ann Coe wrote.",
        "Justice Ann Coe",
        Some("wrote"),
        ("2026-02-10", "scene"),
    );
}

#[test]
fn reporters_elsewhere_did_not_hear_an_address() {
    let address =
        "Mayor Ana Lima, in a televised address Tuesday night, defended the fee.\n\n“It is not helpful,” ";
    check_carried(
        &format!("{address}ministry official Jon Bault told reporters in Marrow."),
        &[("Jon Bault", "told")],
        &[OWN_DAY],
    );
    check_carried(
        "Mayor Ana Lima, joined by Chief Bram Cole, announced the arrest Tuesday.\n\n“He is in jail,” Cole told reporters.",
        &[("Cole", "told")],
        &[SCENE],
    );
    check_carried(
        "The mayor held a news conference Tuesday.\n\nIt was short.\n\n“It is safe,” the engineer Jon Bault told reporters.",
        &[("Jon Bault", "told")],
        &[SCENE],
    );
}

#[test]
fn who_is_on_the_witness_stand_is_heard_when_the_jury_listened() {
    check_carried(
        "Jurors listened Tuesday to three hours of calls.\n\nOn the witness stand, Carl Mott spoke softly. “I did it,” Mott said.",
        &[("Mott", "said")],
        &[SCENE],
    );
}
