//! What is told of something that happened to a page, in words.

use crate::model::date::When;
use crate::model::event::{ChangeKind, Line, PageChange, QuoteEdit};
use crate::model::quote::QuoteKind;
use crate::text::days;

/// What happened, to whose words or which page; the words are told beside it.
pub fn what(change: &PageChange, line: &Line) -> String {
    let named = |name: Option<&str>| name.unwrap_or("nobody named").to_owned();
    let before = || named(change.before.as_ref().and_then(|it| it.speaker.as_deref()));
    match change.kind {
        ChangeKind::Reworded => format!("A quote of {} was reworded", named(line.speaker_name())),
        ChangeKind::GivenToAnother => {
            format!(
                "Words of {} are given to {} now",
                before(),
                named(line.speaker_name())
            )
        }
        ChangeKind::TakenOut => format!("A quote of {} was taken out", before()),
        ChangeKind::PutBack => {
            let whose = named(line.speaker_name());
            format!("A quote of {whose} that was taken out stands there again")
        }
        ChangeKind::Added => format!("A quote of {} was added", named(line.speaker_name())),
        ChangeKind::DeadlineMoved => format!("A deadline was moved {}", days_moved(change)),
        ChangeKind::DayMoved => format!("A day was moved {}", days_moved(change)),
        ChangeKind::Gone => "The page is gone".into(),
        ChangeKind::Back => "The page is back".into(),
    }
}

/// From which day to which one was moved.
fn days_moved(change: &PageChange) -> String {
    let day = |when: Option<&When>| when.map_or_else(|| "no day".into(), days::in_words);
    let before = change.before.as_ref().and_then(|before| before.when.as_ref());
    format!("from {} to {}", day(before), day(change.said.as_ref()))
}

/// The same in a sentence with the words: as they stand now and as they stood, or the headline of what is gone.
pub fn in_full(change: &PageChange, line: &Line) -> String {
    let what = what(change, line);
    match (change.kind, &change.before) {
        (ChangeKind::Reworded, Some(before)) => {
            format!(
                "{what}: {}; before: {}",
                printed(line.quote_kind, &line.text),
                printed(before.quote_kind, &before.text)
            )
        }
        _ => format!("{what}: {}", printed(line.quote_kind, &line.text)),
    }
}

/// What an edit did to the quote that a line shows, to stand behind its words.
pub fn edited(edit: &QuoteEdit) -> String {
    let seen = days::instant(edit.seen_at);
    match (&edit.before, edit.kind) {
        // Who has the words now is told by the line, and perhaps corrected by hand.
        (Some(before), ChangeKind::GivenToAnother) => match &before.speaker {
            Some(speaker) => format!("given to another speaker by an edit seen {seen}, before to {speaker}"),
            // Who gets a speaker is taken from nobody.
            None => format!("given to a speaker by an edit seen {seen}, before to nobody named"),
        },
        (Some(before), _) => {
            format!(
                "altered by an edit seen {seen}, before: {}",
                printed(before.quote_kind, &before.text)
            )
        }
        (None, ChangeKind::PutBack) => format!("put back by an edit seen {seen}, after it was taken out"),
        (None, _) => format!("added by an edit seen {seen}"),
    }
}

/// Between which visits it happened.
pub fn seen(change: &PageChange) -> String {
    let (held, seen) = days::instants(change.held_at, change.seen_at);
    match change.kind {
        ChangeKind::Gone => {
            format!("between {held}, when the page was last found, and {seen}, when it was not")
        }
        ChangeKind::Back => {
            format!("between {held}, when the page was last asked for and not found, and {seen}, when it was")
        }
        _ => format!("between {held}, when the page was last found as before, and {seen}"),
    }
}

/// The records that prove it: the last capture of the page as it was, and what came then.
pub fn records(change: &PageChange) -> String {
    let after = match (&change.seen_by, change.kind) {
        (Some(record), ChangeKind::Gone) => format!("answer {record} says that it is not there"),
        (Some(record), ChangeKind::Back) => format!("answer {record} shows it again"),
        (None, ChangeKind::Back) => "the answer that shows it again is not kept any more".into(),
        (Some(record), _) => format!("capture {record} after it"),
        (None, _) => "the answer that it is not there is not kept any more".into(),
    };
    let before = match change.kind {
        ChangeKind::Back => "before it went",
        _ => "before the change",
    };
    format!("capture {} {before}, {after}", change.held_by)
}

/// Words in marks where they are a quote that was printed in some.
fn printed(kind: Option<QuoteKind>, words: &str) -> String {
    let words = words.trim_end().trim_end_matches(',');
    match kind {
        Some(QuoteKind::Direct) => format!("“{words}”"),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::export::tests::line;
    use super::*;
    use crate::model::event::{LineKind, Stated};
    use crate::model::id::{CaptureId, QuoteId, RevisionId};

    fn stated((speaker, text): (&str, &str)) -> Stated {
        Stated {
            quote: Some(QuoteId::new("q0")),
            quote_kind: Some(QuoteKind::Direct),
            text: text.into(),
            speaker: Some(speaker.into()),
            speaker_id: None,
            when: None,
        }
    }

    /// What an edit seen in February did to a quote that one had, in words, before.
    pub(in crate::timeline) fn edit(kind: ChangeKind, before: Option<(&str, &str)>) -> Option<QuoteEdit> {
        Some(QuoteEdit {
            kind,
            before: before.map(stated),
            seen_at: "2026-02-11T10:00:00Z".parse().expect("a moment"),
        })
    }

    /// A line of a page that changed between two visits of February.
    pub(in crate::timeline) fn changed(kind: ChangeKind, now: &str, before: Option<(&str, &str)>) -> Line {
        let before = before.map(stated);
        let day = |day| jiff::civil::date(2026, 2, day);
        Line {
            uid: "changed-r1-q1".into(),
            kind: LineKind::Changed,
            when: Some(When::between(day(8), day(11))),
            rule: "between_visits".into(),
            change: Some(PageChange {
                kind,
                before,
                said: None,
                revision: RevisionId::new("r0"),
                now: Some(RevisionId::new("r1")),
                held_by: CaptureId::new("c0"),
                held_at: "2026-02-08T10:00:00Z".parse().expect("a moment"),
                seen_at: "2026-02-11T10:00:00Z".parse().expect("a moment"),
                seen_by: Some(CaptureId::new("c1")),
            }),
            ..line(now)
        }
    }

    #[track_caller]
    fn check(line: &Line, told: &str) {
        let change = line.change.as_ref().expect("a change");
        assert_eq!(in_full(change, line), told);
    }

    #[test]
    fn each_change_says_what_it_did_to_whose_words() {
        let before = Some(("Ana Lima", "We will stay,"));
        check(
            &changed(ChangeKind::Reworded, "We may stay.", before),
            "A quote of Ana Lima was reworded: “We may stay.”; before: “We will stay”",
        );
        check(
            &changed(
                ChangeKind::GivenToAnother,
                "We will stay.",
                Some(("Tom Reed", "We will stay.")),
            ),
            "Words of Tom Reed are given to Ana Lima now: “We will stay.”",
        );
        check(
            &changed(ChangeKind::TakenOut, "We will stay.", before),
            "A quote of Ana Lima was taken out: “We will stay.”",
        );
        check(
            &changed(ChangeKind::Added, "We will stay.", None),
            "A quote of Ana Lima was added: “We will stay.”",
        );
        let gone = Line {
            quote_kind: None,
            ..changed(ChangeKind::Gone, "Harbour reopened", None)
        };
        check(&gone, "The page is gone: Harbour reopened");
    }

    #[test]
    fn a_quote_is_told_with_the_edit_that_made_it_so() {
        let told = |kind, before: Option<(&str, &str)>| edit(kind, before).as_ref().map(edited);
        let before = Some(("Tom Reed", "We will stay,"));
        for (told, expected) in [
            (
                told(ChangeKind::Reworded, before),
                "altered by an edit seen 11 February 2026, 10:00 UTC, before: “We will stay”",
            ),
            (
                told(ChangeKind::GivenToAnother, before),
                "given to another speaker by an edit seen 11 February 2026, 10:00 UTC, before to Tom Reed",
            ),
            (
                told(ChangeKind::Added, None),
                "added by an edit seen 11 February 2026, 10:00 UTC",
            ),
            (
                told(ChangeKind::PutBack, None),
                "put back by an edit seen 11 February 2026, 10:00 UTC, after it was taken out",
            ),
        ] {
            assert_eq!(told.as_deref(), Some(expected));
        }
    }

    #[test]
    fn words_stand_in_marks_where_they_were_printed_in_some() {
        let told = |was: QuoteKind, is: QuoteKind| {
            let mut line = Line {
                edit: edit(ChangeKind::Reworded, Some(("Tom Reed", "they would stay"))),
                quote_kind: Some(is),
                ..changed(
                    ChangeKind::Reworded,
                    "They may stay",
                    Some(("Tom Reed", "they would stay")),
                )
            };
            let change = line.change.as_mut().and_then(|change| change.before.as_mut());
            let before = line.edit.as_mut().and_then(|edit| edit.before.as_mut());
            for before in change.into_iter().chain(before) {
                before.quote_kind = Some(was);
            }
            let edit = line.edit.as_ref().map(edited);
            let change = line.change.as_ref().map(|change| in_full(change, &line));
            (edit.expect("an edit"), change.expect("a change"))
        };
        use QuoteKind::{Direct, Indirect};
        // A paraphrase that the edit put in marks, and marks that it took away.
        for (was, is, before, now) in [
            (Indirect, Direct, "they would stay", "“They may stay”"),
            (Direct, Indirect, "“they would stay”", "They may stay"),
            (Indirect, Indirect, "they would stay", "They may stay"),
        ] {
            let (edit, change) = told(was, is);
            assert_eq!(
                edit,
                format!("altered by an edit seen 11 February 2026, 10:00 UTC, before: {before}")
            );
            assert!(
                change.ends_with(&format!("was reworded: {now}; before: {before}")),
                "{change}"
            );
        }
    }

    #[test]
    fn who_gets_a_speaker_is_taken_from_nobody() {
        let mut given = edit(ChangeKind::GivenToAnother, Some(("", "We will stay.")));
        let before = given.as_mut().and_then(|edit| edit.before.as_mut());
        before.expect("a quote before").speaker = None;
        let told = given.as_ref().map(edited);
        assert_eq!(
            told.as_deref(),
            Some("given to a speaker by an edit seen 11 February 2026, 10:00 UTC, before to nobody named")
        );
    }

    #[test]
    fn a_change_is_told_to_lie_between_two_visits_and_no_more() {
        let line = changed(
            ChangeKind::Reworded,
            "We may stay.",
            Some(("Ana Lima", "We will stay.")),
        );
        let change = line.change.expect("a change");
        assert_eq!(
            seen(&change),
            "between 8 February 2026, 10:00 UTC, when the page was last found as before, and 11 February 2026, 10:00 UTC"
        );
        assert_eq!(
            records(&change),
            "capture c0 before the change, capture c1 after it"
        );
    }
}
