//! The day of the sitting that a text is the record of.

use super::*;
use crate::model::date::SaidOn;

const TURNS: &str =
    "CHAIR CRUZ: Good morning. You have the floor.\n\nMS. LIMA: We met yesterday, and we pay tomorrow.\n";

/// The turns of a text that begins with other lines, and whether it is known to be a transcript.
fn days(title: &str, text: &str, is_transcript: bool, tongue: Tongue) -> (Vec<DateMention>, Option<SaidOn>) {
    let about = About {
        published: Some(day()),
        title: Some(title),
        is_transcript,
    };
    let (mentions, own) = find_in_document(text, &[], (tongue, DayOrder::default()), about);
    let turn = text.rfind(": ").expect("a turn") + 2;
    let quote = Quote {
        kind: QuoteKind::Direct,
        content: vec![Span::of(text, turn..text.trim_end().len()).expect("on boundaries")],
        fragments: Vec::new(),
        attribution: None,
        confidence: 1.0,
    };
    let said = said_on(text, &[quote], &mentions, own);
    (mentions, said.into_iter().next().flatten())
}

/// The day of the turns of a record, with what tells it: an expression of the text, the title, or nothing but the publication.
fn day_of(title: &str, text: &str, is_transcript: bool, tongue: Tongue) -> (String, String) {
    let (_, said) = days(title, text, is_transcript, tongue);
    let said = said.expect("a day");
    let told = match (said.evidence, said.rule) {
        (Some(span), _) => span.slice(text),
        (None, rule) => rule,
    };
    (said.when.edtf, told.to_owned())
}

#[track_caller]
fn check_title(title: &str, expected: &str) {
    let found = day_of(title, TURNS, true, Tongue::English);
    assert_eq!(
        found,
        (expected.to_owned(), "transcript_title".to_owned()),
        "{title}"
    );
}

#[track_caller]
fn check_none(title: &str, text: &str) {
    let found = day_of(title, text, true, Tongue::English);
    assert_eq!(
        found,
        ("2026-02-13".to_owned(), "document_day".to_owned()),
        "{title}\n{text}"
    );
}

#[test]
fn a_title_tells_the_day_of_the_sitting() {
    for title in [
        "Transcript: Public Hearing on Executive Order 7, February 10, 2026",
        "Transcript of Mayor Lima’s Press Conference, February 10, 2026",
        "Transcript of Mayor Lima’s Press Conference on February 10, 2026",
        "Transcript: Hearing of Tuesday, February 10, 2026, on the Marrow Bridge",
        "Rush Transcript – Council Meeting (Feb. 10, 2026)",
        "Council Meeting - February 10, 2026 - Transcript",
        "February 10, 2026: Transcript of the Board’s Meeting",
        "Transcript of the February 10, 2026, Council Hearing",
        "Transcript, 2/10/2026",
        "February 10, 2026 Transcript",
        "Transcript of the Meeting of the Port Board held on Tuesday, February 10, 2026",
        "Transcript: Hearing on the Storm, Feb. 10, 2026 | Port of Marrow",
    ] {
        check_title(title, "2026-02-10");
    }
}

#[test]
fn a_title_that_names_the_day_of_something_else_tells_none() {
    for title in [
        "Transcript: Hearing on the Shooting of February 3, 2026",
        "Transcript: Hearing on the February 3, 2026, Shooting",
        "Transcript: Hearing on February 3 Shooting",
        "Transcript: Interview on Executive Order 7 of February 3, 2026",
        "Transcript: Briefing After the Council Meeting of February 3, 2026",
        "Transcript: Interview With an Organizer of the Vigil of February 3, 2026",
        "Transcript: Speaker at the Protest of February 3, 2026",
        "Transcript: What the City Has Done Since February 3, 2026",
        "Transcript: Hearing About the Vote, Updated February 12, 2026",
        "Transcript of Hearing Released February 12, 2026",
        "Hearing Transcript: Updated: February 12, 2026",
        "Transcript: February 3 Hearing Committee Report",
        // A day that needs no year is a topic.
        "Full Transcript: Speech on Feb. 3",
        "Transcript: The Committee’s Final Hearing on February 3",
        // Words on another sitting, a report on a record, and what is written.
        "Transcript: Mayor’s Response to the Hearing of February 3, 2026",
        "Transcript: Response to State of the City Address of February 3, 2026",
        "Transcript: Questions From the Meeting of February 3, 2026",
        "Transcript: Recap of Hearing of February 3, 2026",
        "Transcript: Mayor Discusses Meeting on February 3, 2026",
        "Transcript: Mayor Announces Public Meeting on February 3, 2026",
        "Transcript of Feb. 3, 2026, Call Shows Mayor Knew",
        "Transcripts of Feb. 3, 2026 Hearing Released by Court",
        "Minutes of the February 3, 2026, Meeting Show Members Split",
        "Council Releases Transcript, February 3, 2026",
        "Approval of Minutes, February 3, 2026",
        "Transcript: Letter to Members, February 3, 2026",
        "Transcript: Executive Order 7, February 3, 2026",
        "Transcript | Last Modified: February 3, 2026",
        // Two days, one to come, one of long ago, and several days at once.
        "Transcript: Hearings, February 9, 2026, and February 10, 2026",
        "Transcript: Public Hearing, March 10, 2026",
        "Transcript: The Mayor’s Address, February 10, 2016",
        "Transcript: Public Hearing, February 9-10, 2026",
        "Transcript: Public Hearing, February 2026",
        "Transcript: Tuesday’s Hearing",
        "Transcript: Public Hearing",
    ] {
        check_none(title, TURNS);
    }
}

#[test]
fn only_a_record_is_read_so() {
    let day = |title: &str| day_of(title, TURNS, false, Tongue::English).0;
    assert_eq!(day("Transcript: Public Hearing, February 10, 2026"), "2026-02-10");
    assert_eq!(day("Minutes of the Meeting of February 10, 2026"), "2026-02-10");
    assert_eq!(day("Council Meeting Minutes, February 10, 2026"), "2026-02-10");
    for title in [
        "Public Hearing, February 10, 2026",
        "Hearing in 90 Minutes: Port Council, February 10, 2026",
        "Crews Put Out Fire in Minutes, February 10, 2026",
        "Port Hall in Five Minutes, February 10, 2026",
        "Minutes Matter: Stroke Awareness Day, February 10, 2026",
        "Minutes and Agendas: February 10, 2026",
        "Minutes Approved: Meeting of February 10, 2026",
    ] {
        assert_eq!(day(title), "2026-02-13", "{title}");
    }
}

#[test]
fn what_opens_the_sitting_tells_its_day() {
    for (opening, told) in [
        (
            "CHAIR CRUZ: Good evening. This hearing of February 10, 2026, is open.",
            "February 10, 2026",
        ),
        ("CHAIR CRUZ: This public meeting of Feb. 10 is open.", "Feb. 10"),
        (
            "CHAIR CRUZ: Good evening, today is Tuesday, February 10, 2026.",
            "Tuesday, February 10, 2026",
        ),
    ] {
        let text = format!("{opening}\n\n{TURNS}");
        let found = day_of("Public Hearing", &text, true, Tongue::English);
        assert_eq!(found, ("2026-02-10".to_owned(), told.to_owned()), "{opening}");
    }
    for opening in [
        "CHAIR CRUZ: The hearing of February 3, 2026, was short.",
        "CHAIR CRUZ: This was the hearing of February 3, 2026, again.",
        "CHAIR CRUZ: Welcome to a city that mourns since the February 3 meeting.",
        "CHAIR CRUZ: This February 3 fire took two lives.",
        "CHAIR CRUZ: This is about the fire of February 3, 2026.",
        "CHAIR CRUZ: The deadline today is February 10, 2026.",
        "CHAIR CRUZ: This hearing of March 10, 2026, is open.",
        "CHAIR CRUZ: I called this hearing on February 3 after the fire.",
        "CHAIR CRUZ: We postponed this hearing of February 3.",
        "CHAIR CRUZ: Welcome to this hearing on February 3.",
        "CHAIR CRUZ: When the phone rang they told me: today is February 3, remember it.",
        // A line above the turns may name any sitting.
        "Regular Meeting Minutes\nTuesday, February 10, 2026\n\n1. Approval of Minutes: February 3, 2026",
        "Approval of the minutes of the meeting of February 3, 2026",
        "Last meeting: February 3, 2026",
        "Related: Press Conference – February 3, 2026",
        "Notice of hearing: February 3, 2026",
        "Hearing | Filed: February 3, 2026 | Docket 4",
        "Posted February 12, 2026",
        "Marrow, February 12, 2026",
        "Last revised after the meeting: the shooting of February 3, 2026",
    ] {
        check_none("Public Hearing", &format!("{opening}\n\n{TURNS}"));
    }
    // The title has it otherwise.
    let text = format!("CHAIR CRUZ: This hearing of February 9, 2026, is open.\n\n{TURNS}");
    check_none("Transcript: Public Hearing, February 10, 2026", &text);
}

#[test]
fn days_in_a_record_are_counted_from_the_sitting() {
    let (mentions, _) = days(
        "Transcript: Public Hearing, February 10, 2026",
        TURNS,
        true,
        Tongue::English,
    );
    let found = mentions
        .iter()
        .map(|it| (it.span.slice(TURNS), it.value.as_str()));
    let found: Vec<(&str, &str)> = found.collect();
    assert_eq!(found, [("yesterday", "2026-02-09"), ("tomorrow", "2026-02-11")]);
    let tuesday = edtf::day(2026, 2, 10).expect("a day");
    assert!(mentions.iter().all(|it| it.anchor == Anchor::Title(tuesday)));
    let text = format!("CHAIR CRUZ: This hearing of February 10, 2026, is open.\n\n{TURNS}");
    let (mentions, _) = days("Public Hearing", &text, true, Tongue::English);
    let head = mentions[0].span;
    assert_eq!(head.slice(&text), "February 10, 2026");
    assert!(mentions[1..].iter().all(|it| it.anchor == Anchor::Mention(head)));
    assert_eq!(mentions[1].value, "2026-02-09");
}

#[test]
fn spanish_records_are_read_the_same() {
    let turns = "ALCALDESA LIMA: Nos vimos ayer.\n\nPREGUNTA: ¿Pagan mañana?\n";
    for title in [
        "Transcripción: Audiencia pública sobre la Orden 7, 10 de febrero de 2026",
        "Transcripción de la conferencia de prensa de la alcaldesa Lima, 10 de febrero de 2026",
        "Transcripción de la conferencia de prensa del 10 de febrero de 2026",
        "Acta de la sesión del 10 de febrero de 2026",
        "Acta de la sesión ordinaria celebrada el 10 de febrero de 2026",
        "Audiencia pública del 10 de febrero de 2026: transcripción",
    ] {
        let found = day_of(title, turns, true, Tongue::Spanish);
        assert_eq!(found.0, "2026-02-10", "{title}");
    }
    for title in [
        "Transcripción: Audiencia sobre el tiroteo del 3 de febrero de 2026",
        "Transcripción: Entrevista tras la sesión del 3 de febrero de 2026",
        "Transcripción publicada el 12 de febrero de 2026",
    ] {
        let found = day_of(title, turns, true, Tongue::Spanish);
        assert_eq!(found.0, "2026-02-13", "{title}");
    }
    for title in [
        "Solicite su acta, 10 de febrero de 2026",
        "Acta de nacimiento: nuevo trámite, 10 de febrero de 2026",
        "Entregan actas, 10 de febrero de 2026",
        "Aprobación del acta, 10 de febrero de 2026",
    ] {
        let found = day_of(title, turns, false, Tongue::Spanish);
        assert_eq!(found.0, "2026-02-13", "{title}");
    }
    for opening in [
        "PRESIDENTE CRUZ: Esta audiencia del 10 de febrero de 2026 queda abierta.",
        "PRESIDENTE CRUZ: Buenos días, hoy es 10 de febrero de 2026.",
    ] {
        let text = format!("{opening}\n\n{turns}");
        let found = day_of("Audiencia pública", &text, true, Tongue::Spanish);
        assert_eq!(found.0, "2026-02-10", "{opening}");
    }
}
