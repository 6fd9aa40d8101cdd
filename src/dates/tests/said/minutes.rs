//! The day of minutes.

use super::*;

const OWN_DAY: (&str, &str) = ("2026-02-13", "document_day");

#[test]
fn what_minutes_tell_was_said_at_their_meeting() {
    for head in [
        "MINUTES OF THE REGULAR MEETING\nOldwick Water District\nJanuary 20, 2026\n\n",
        "Oldwick Town Council\nMeeting Minutes\nJanuary 20, 2026\n\n",
        "Minutes of the Town Council, January 20, 2026\n\n",
    ] {
        let text = format!("{head}The chair opened. Ms. Lima said: “The roof leaks.”");
        check_said(&text, "Lima", Some("said"), ("2026-01-20", "transcript"));
    }
}

#[test]
fn who_writes_about_minutes_has_none() {
    for head in [
        "Council passes budget in twenty minutes\nJanuary 20, 2026\n\n",
        "Oldwick released the minutes of a January 20, 2026, meeting.\n\n",
        "Lima had five minutes.\nJanuary 20, 2026\n\n",
    ] {
        let text = format!("{head}The chair opened. Ms. Lima said: “The roof leaks.”");
        check_said(&text, "Lima", Some("said"), OWN_DAY);
    }
}

#[test]
fn a_day_without_year_in_minutes_is_counted_from_their_meeting() {
    check_days_in(
        Tongue::English,
        "Minutes of the Town Council\nDecember 2, 2025\n\nThe hearing is moved to December 9. It will be held on January 6.",
        &["2025-12-02", "2025-12-09", "2026-01-06"],
    );
}
