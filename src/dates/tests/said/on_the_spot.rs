//! The day of what a speaker did right before, where the clause says that the words were heard there.

use super::*;

const OWN_DAY: (&str, &str) = ("2026-02-13", "document_day");

#[test]
fn who_is_heard_on_the_spot_is_heard_on_the_day_of_what_they_did_there() {
    for (text, speaker, cue, day) in [
        (
            "Lima walked through the village on Sunday. “We stay,” she told a crowd at the firehouse.",
            "she",
            "told",
            "2026-02-08",
        ),
        (
            "Lima was released on Friday. “I took nothing,” she said on the courthouse steps.",
            "she",
            "said",
            "2026-02-13",
        ),
        (
            "Lima was freed on Tuesday.\n\n“I took nothing,” she said outside the courthouse.",
            "she",
            "said",
            "2026-02-10",
        ),
        (
            "Ana Lima was arraigned on Monday. “I took nothing,” Lima said from the courthouse steps.",
            "Lima",
            "said",
            "2026-02-09",
        ),
    ] {
        check_said(text, speaker, Some(cue), (day, "on_the_spot"));
    }
}

#[test]
fn who_may_be_heard_later_or_elsewhere_keeps_the_documents_day() {
    for (text, speaker, cue) in [
        // Nothing says where.
        (
            "Lima was freed on Tuesday. “I took nothing,” she said.",
            "she",
            "said",
        ),
        // Another one speaks.
        (
            "Lima was freed on Tuesday. “He took nothing,” Cruz said outside the courthouse.",
            "Cruz",
            "said",
        ),
        // It had been done before.
        (
            "Lima had been freed on Tuesday. “I took nothing,” she said outside the courthouse.",
            "she",
            "said",
        ),
        (
            "Lima spoke of a man who was freed on Tuesday. “He took nothing,” she said outside the courthouse.",
            "she",
            "said",
        ),
        // Somewhere else.
        (
            "Lima was freed on Tuesday. “I took nothing,” she told The Herald outside the courthouse.",
            "she",
            "told",
        ),
        (
            "Lima was freed on Tuesday. “I took nothing,” she said in a statement from the steps.",
            "she",
            "said",
        ),
        (
            "Lima was freed on Tuesday. “I took nothing,” she says outside the courthouse.",
            "she",
            "says",
        ),
        // Long before.
        (
            "Lima was freed on Jan. 5. “I took nothing,” she said outside the courthouse.",
            "she",
            "said",
        ),
        // Two days.
        (
            "Lima was held on Monday and freed on Tuesday. “I took nothing,” she said outside the courthouse.",
            "she",
            "said",
        ),
        (
            "They freed Lima on Tuesday. They were sure. “I took nothing,” she said outside the courthouse.",
            "she",
            "said",
        ),
    ] {
        check_said(text, speaker, Some(cue), OWN_DAY);
    }
}

#[test]
fn a_letter_that_is_named_again_keeps_its_day() {
    let letter = "the letter";
    for text in [
        "The letter, dated Feb. 3, said rents would rise. “You will not hear from us,” the letter said.",
        "She showed a Feb. 3 letter to the council. Nobody spoke. “You will not hear from us,” the letter said.",
    ] {
        check_said(text, letter, Some("said"), ("2026-02-03", "of_writing"));
    }
    for text in [
        "The letter was leaked. It replaced a letter dated Feb. 3. “You will not hear from us,” the letter said.",
        "Lima got a Feb. 3 letter. A second letter came. “You will not hear from us,” the letter said.",
        "Lima got a letter dated Feb. 3. Cruz sent one of his own. “You will not hear from us,” the letter said.",
    ] {
        check_said(text, letter, Some("said"), OWN_DAY);
    }
    check_said(
        "Lima was fired Monday in a letter. “I am stunned,” she wrote.",
        "she",
        Some("wrote"),
        OWN_DAY,
    );
    check_said(
        "The lease, dated Feb. 3, is void. “You will not hear from us,” the letter said.",
        letter,
        Some("said"),
        OWN_DAY,
    );
    check_said(
        "Lima resigned Monday in a one-page letter. “It is over,” she wrote.",
        "she",
        Some("wrote"),
        ("2026-02-09", "sentence_before"),
    );
}

#[test]
fn what_a_transcript_gives_was_said_on_the_day_of_its_occasion() {
    check_said(
        "The following is a transcript of the press conference held on February 5, 2026.\n\nLima said: “We stay.”",
        "Lima",
        Some("said"),
        ("2026-02-05", "transcript"),
    );
    for text in [
        "The Herald has read a transcript of the hearing held on February 5, 2026.\n\nLima said: “We stay.”",
        "This transcript was updated on February 5, 2026.\n\nLima said: “We stay.”",
        "Below is a transcript, published on February 5, 2026, of a call.\n\nLima said: “We stay.”",
        "This newspaper saw what was held on February 5, 2026.\n\nLima said: “We stay.”",
    ] {
        check_said(text, "Lima", Some("said"), OWN_DAY);
    }
    check_said(
        "Transcript of the hearing of February 5, 2026.\n\nLima said on Monday: “We stay.”",
        "Lima",
        Some("said"),
        ("2026-02-09", "after_cue"),
    );
}

#[test]
fn what_somebody_says_of_a_letter_they_wrote_is_not_in_it() {
    let text = "Lima wrote to the governor on Feb. 3. She said she never heard back.";
    let span = |words: &str| {
        let start = text.find(words).expect("in the text");
        Span::of(text, start..start + words.len()).expect("on boundaries")
    };
    let quote = Quote {
        kind: QuoteKind::Indirect,
        content: vec![span("she never heard back")],
        fragments: Vec::new(),
        attribution: Some(Attribution {
            cue: Some(span("said")),
            stance: None,
            mention: Mention::Text(span("She")),
            antecedent: Some(span("Lima")),
            members: Vec::new(),
            rule: "test",
            confidence: 1.0,
        }),
        confidence: 1.0,
    };
    let mentions = find(text, Tongue::English, Some(day()));
    let said = said_on(text, &[quote], &mentions, Some(day()));
    assert_eq!(said[0].as_ref().map(|said| said.rule), Some("document_day"));
}

#[test]
fn a_day_behind_who_is_that_of_what_they_did() {
    for (text, expected) in [
        ("Lima, who testified on Monday, said it was “done.”", OWN_DAY),
        (
            "Lima, who on Monday said it was “done.”",
            ("2026-02-09", "before_cue"),
        ),
    ] {
        check_said(text, "who", Some("said"), expected);
    }
}

#[test]
fn those_who_are_told_at_a_news_conference_or_an_airfield_are_told_there() {
    for text in [
        "Lima published her report on Tuesday. “We stay,” she told a news conference.",
        "Lima inspected the coast on Tuesday. “We stay,” she told reporters at the airfield.",
    ] {
        check_said(text, "she", Some("told"), ("2026-02-10", "on_the_spot"));
    }
}
