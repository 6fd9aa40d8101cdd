//! The day of what somebody calls something.

use super::*;

const OWN_DAY: (&str, &str) = ("2026-02-13", "document_day");

#[test]
fn where_and_when_something_was_called_so_may_stand_behind_the_name() {
    for (text, cue, day) in [
        ("Lima called it “a shambles” on Tuesday.", "called", "2026-02-10"),
        (
            "Lima called it “a shambles” in a speech on Tuesday.",
            "called",
            "2026-02-10",
        ),
        (
            "Lima called the plan “a shambles” late Tuesday.",
            "called",
            "2026-02-10",
        ),
        (
            "Lima described it as “unfit” in a report published on Jan. 20.",
            "described",
            "2026-01-20",
        ),
        (
            "Lima branded it “a gift” during a debate in Oldwick on Tuesday.",
            "branded",
            "2026-02-10",
        ),
        (
            "Lima dismissed it as a “stunt” on Twitter on Tuesday.",
            "dismissed",
            "2026-02-10",
        ),
        ("Lima called it “a fad” in 2019.", "called", "2019"),
    ] {
        check_said(text, "Lima", Some(cue), (day, "after_cue"));
    }
}

#[test]
fn a_day_behind_a_name_that_belongs_to_something_else_does_not_govern() {
    for (text, cue) in [
        // What is called for is held on the day.
        ("Lima called for “a day of action” on Tuesday.", "called"),
        // The name is of what happened on the day.
        ("Lima praised the “calm” on Tuesday.", "praised"),
        (
            "Lima called the mayor’s “slow” response on Tuesday a mistake.",
            "called",
        ),
        (
            "Lima called it “a stunt” that fooled nobody on Tuesday.",
            "called",
        ),
        (
            "Lima called it “a stunt” after the board met on Tuesday.",
            "called",
        ),
        ("Lima said it was “a shambles” on Tuesday.", "said"),
    ] {
        check_said(text, "Lima", Some(cue), OWN_DAY);
    }
}
