use super::*;
use crate::model::date::{TimexKind, When};
use crate::model::span::Span;

/// A text with its days, which are marked as `[2026-03-27]`, or as `[Friday=2026-03-27]` where they are printed otherwise. What
/// is behind "until" is a limit.
fn dated(marked: &str) -> (String, Vec<DateRow>) {
    let mut text = String::new();
    let mut stretches = Vec::new();
    for part in marked.split('[') {
        let Some((mark, rest)) = part.split_once(']') else {
            text.push_str(part);
            continue;
        };
        let (printed, value) = mark.split_once('=').unwrap_or((mark, mark));
        let is_limit = text.ends_with("until ");
        let start = text.len();
        text.push_str(printed);
        stretches.push((start..text.len(), value, is_limit));
        text.push_str(rest);
    }
    let rows = stretches.into_iter().map(|(stretch, value, is_limit)| {
        let day = value.split('T').next().unwrap_or_default();
        DateRow {
            span: Span::of(&text, stretch).expect("a stretch"),
            kind: TimexKind::Date,
            value: value.to_owned(),
            when: day.parse().ok().map(When::day),
            anchor: String::new(),
            rule: "test".into(),
            conflict: None,
            is_limit,
        }
    });
    let rows = rows.collect();
    (text, rows)
}

/// What moved by an edit of a day, each as kind, from and to.
fn told(was: &str, is: &str, seen_on: &str) -> Vec<(ChangeKind, String, String)> {
    let ((was, old), (is, new)) = (dated(was), dated(is));
    let seen_at = format!("{seen_on}T09:00:00Z").parse().expect("a moment");
    let found = moved_dates((&was, &old), (&is, &new), seen_at);
    found
        .into_iter()
        .map(|it| (it.kind, old[it.was].value.clone(), new[it.is].value.clone()))
        .collect()
}

#[track_caller]
fn check(was: &str, is: &str, moved: &[(&str, &str)]) {
    check_seen(was, is, "2026-03-01", moved);
}

#[track_caller]
fn check_seen(was: &str, is: &str, seen_on: &str, moved: &[(&str, &str)]) {
    let told = told(was, is, seen_on);
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(_, from, to)| (from.as_str(), to.as_str()))
        .collect();
    assert_eq!(told, moved);
}

fn list(days: &[&str]) -> String {
    days.iter()
        .map(|day| format!("A hearing is held on [{day}].\n"))
        .collect()
}

#[test]
fn a_day_moves_in_its_sentence_wherever_else_its_new_one_stands() {
    check(
        "Comments may be sent until [2026-03-27].\nApplications must be filed by [2026-04-03].",
        "Comments may be sent until [2026-04-03].\nApplications must be filed by [2026-04-03].",
        &[("2026-03-27", "2026-04-03")],
    );
    // The one that stays is not the one that moved.
    check(
        "The vote is on [2026-03-31]. A second vote is on [2026-04-01].",
        "The vote is on [2026-04-01]. A second vote is on [2026-04-01].",
        &[("2026-03-31", "2026-04-01")],
    );
    check(
        "It runs from [2026-03-09] to [2026-03-31] at the pier.",
        "It runs from [2026-03-09] to [2026-04-07] at the pier.",
        &[("2026-03-31", "2026-04-07")],
    );
    // Two days of one long paragraph, each in its own sentence.
    check(
        "Comments are due by [2026-03-03]. Applications are due to the clerk by [2026-03-10].",
        "Comments are due by [2026-03-12]. Applications are due to the clerk by [2026-03-19].",
        &[("2026-03-03", "2026-03-12"), ("2026-03-10", "2026-03-19")],
    );
}

#[test]
fn what_went_and_what_came_elsewhere_did_not_move() {
    check(
        "The vote is on [2026-03-31].",
        "A second vote is on [2026-04-01].",
        &[],
    );
    check(
        "The vote is on [2026-03-31]. The ferry runs again.",
        "The ferry runs again from [2026-04-01] on.",
        &[],
    );
    // A sentence written anew around the same day moved nothing.
    check(
        "The vote is on [2026-03-31].",
        "The council votes on the budget on [2026-03-31].",
        &[],
    );
    // A sentence that went in between does not move those behind it.
    check(
        "The hearing is on [2026-03-03]. The vote is on [2026-03-10].",
        "The vote is on [2026-03-10].",
        &[],
    );
    // A day that stands alone may be any.
    check("[2026-03-03]\nIt rains.", "[2026-03-04]\nIt rains.", &[]);
}

#[test]
fn of_sentences_that_say_the_same_days_are_paired_in_their_order_or_not_at_all() {
    check(
        &list(&["2026-03-03", "2026-03-10", "2026-03-17"]),
        &list(&["2026-03-03", "2026-03-12", "2026-03-19"]),
        &[("2026-03-10", "2026-03-12"), ("2026-03-17", "2026-03-19")],
    );
    // One of two was struck and the other moved: nobody can tell which.
    check(&list(&["2026-03-03", "2026-03-10"]), &list(&["2026-03-12"]), &[]);
    // The same day said twice, once now.
    check(
        &list(&["2026-03-03", "2026-03-03"]),
        &list(&["2026-03-12"]),
        &[("2026-03-03", "2026-03-12")],
    );
}

#[test]
fn a_list_that_goes_on_moves_no_day() {
    let were = ["2026-03-03", "2026-03-10", "2026-03-17"];
    // Across those that stayed, whether the next one stands last or first.
    check(
        &list(&were),
        &list(&["2026-03-10", "2026-03-17", "2026-03-24"]),
        &[],
    );
    check(
        &list(&["2026-03-17", "2026-03-10", "2026-03-03"]),
        &list(&["2026-03-24", "2026-03-17", "2026-03-10"]),
        &[],
    );
    // In one sentence as well.
    check(
        "Hearings are held on [2026-03-03], [2026-03-10] and [2026-03-17].",
        "Hearings are held on [2026-03-10], [2026-03-17] and [2026-03-24].",
        &[],
    );
    // One of them had passed: the others may be the next ones too.
    check_seen(
        &list(&["2026-03-03", "2026-03-10"]),
        &list(&["2026-03-17", "2026-03-24"]),
        "2026-03-04",
        &[],
    );
}

#[test]
fn a_day_that_had_passed_when_the_edit_was_seen_did_not_move() {
    let (was, is) = (
        "The next meeting is on [2026-03-03].",
        "The next meeting is on [2026-03-24].",
    );
    check_seen(was, is, "2026-03-04", &[]);
    let moved = [("2026-03-03", "2026-03-24")];
    check_seen(was, is, "2026-03-03", &moved);
    check_seen(was, is, "2026-02-20", &moved);
}

#[test]
fn the_day_of_an_edit_did_not_move() {
    for label in ["Last updated:", "Posted on", "As of", "Publicado el"] {
        check(
            &format!("{label} [2026-03-03]\nThe pier is shut."),
            &format!("{label} [2026-03-24]\nThe pier is shut."),
            &[],
        );
    }
    check(
        "Updated plans may be sent until [2026-03-03].",
        "Updated plans may be sent until [2026-03-24].",
        &[("2026-03-03", "2026-03-24")],
    );
}

#[test]
fn what_means_the_same_day_or_followed_its_page_did_not_move() {
    // Another hour of the day.
    check(
        "The hearing begins on [2026-03-03T12:00].",
        "The hearing begins on [2026-03-03T15:00].",
        &[],
    );
    // Printed as before: the page is of another day.
    check(
        "The council meets on [Monday=2026-03-02].",
        "The council meets on [Monday=2026-03-09].",
        &[],
    );
    // By another name it did.
    check(
        "The council meets on [Monday=2026-03-02].",
        "The council meets on [Friday=2026-03-06].",
        &[("2026-03-02", "2026-03-06")],
    );
    // Without days on one side nobody knows how far.
    check(
        "Comments may be sent until [2026-03-27].",
        "Comments may be sent until [FUTURE_REF].",
        &[],
    );
}

#[test]
fn a_deadline_is_told_from_another_day() {
    let kind = |was: &str, is: &str| {
        let told = told(was, is, "2026-03-01");
        told.into_iter().map(|(kind, ..)| kind).collect::<Vec<_>>()
    };
    assert_eq!(
        kind(
            "The vote is on [2026-03-31]. Comments may be sent until [2026-03-27].",
            "The vote is on [2026-04-01]. Comments may be sent until [2026-04-03].",
        ),
        [ChangeKind::DayMoved, ChangeKind::DeadlineMoved]
    );
}
