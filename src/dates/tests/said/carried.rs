//! The day that a speaker's words carry on from the paragraph before, and what they do not carry it over.

use super::*;

/// Checks the days of all words in marks. Each has a clause, its speaker and its cue in either order, which is looked for from
/// the clause before on; "she" is Ana Lima.
#[track_caller]
pub(super) fn check_carried(text: &str, clauses: &[(&str, &str)], expected: &[(&str, &str)]) {
    let span = |start: usize, words: &str| Span::of(text, start..start + words.len()).expect("on boundaries");
    let mut from = 0;
    let opened = text.match_indices('“').map(|(at, mark)| at + mark.len());
    let quotes = opened.zip(clauses).map(|(start, (speaker, cue))| {
        let end = text[start..].find('”').expect("a mark") + start;
        let content = Span::of(text, start..end).expect("on boundaries");
        // The clause stands in the paragraph of its words.
        from = from.max(text[..start].rfind('\n').map_or(0, |at| at + 1));
        let clause = |order: String| text[from..].find(&order).map(|at| from + at);
        let (told, said) = match clause(format!("{speaker} {cue}")) {
            Some(at) => (at, at + speaker.len() + 1),
            None => {
                let at = clause(format!("{cue} {speaker}")).expect("a clause");
                (at + cue.len() + 1, at)
            }
        };
        from = told.max(said);
        Quote {
            kind: QuoteKind::Direct,
            content: vec![content],
            fragments: vec![content],
            attribution: Some(Attribution {
                cue: Some(span(said, cue)),
                stance: None,
                mention: Mention::Text(span(told, speaker)),
                antecedent: (*speaker == "she").then(|| {
                    let name = "Ana Lima";
                    span(text.find(name).expect("a name"), name)
                }),
                members: Vec::new(),
                rule: "test",
                confidence: 1.0,
            }),
            confidence: 1.0,
        }
    });
    let quotes: Vec<Quote> = quotes.collect();
    let said = said_on(
        text,
        &quotes,
        &find(text, Tongue::English, Some(day())),
        Some(day()),
    );
    let found = said.iter().flatten();
    let found: Vec<(&str, &str)> = found.map(|said| (said.when.edtf.as_str(), said.rule)).collect();
    assert_eq!(found, expected, "{text}");
}

const TUESDAY: &str = "2026-02-10";
const OWN_DAY: (&str, &str) = ("2026-02-13", "document_day");

#[test]
fn who_goes_on_in_the_next_paragraph_does_so_on_the_same_day() {
    check_carried(
        "“The pier is shut,” Mayor Ana Lima said Tuesday.\n\n“It is not safe,” Lima said.\n\n“I would not walk on it,” she added.",
        &[("Lima", "said"), ("Lima", "said"), ("she", "added")],
        &[(TUESDAY, "after_cue"), (TUESDAY, "carried"), (TUESDAY, "carried")],
    );
    // Their words in marks need not be the first that is told of them.
    check_carried(
        "Mayor Ana Lima announced the closing Tuesday.\n\n“It is not safe,” Lima said in a news release.",
        &[("Lima", "said")],
        &[(TUESDAY, "carried")],
    );
    check_carried(
        "Sheriff Ana Lima addressed it at a news conference Tuesday afternoon.\n\n“What I saw troubled me,” she said.",
        &[("she", "said")],
        &[(TUESDAY, "carried")],
    );
    check_carried(
        "In a letter to families Tuesday morning, Ana Lima credited a boy who came forward.\n\n“He saw it first,” Lima wrote.",
        &[("Lima", "wrote")],
        &[(TUESDAY, "carried")],
    );
    check_carried(
        "Asked Tuesday whether she regretted it, Ana Lima smiled.\n\n“Ask me in December,” she said.",
        &[("she", "said")],
        &[(TUESDAY, "carried")],
    );
}

#[test]
fn nobody_else_takes_the_day_of_a_speaker() {
    let lima = "“The pier is shut,” Mayor Ana Lima said Tuesday.";
    check_carried(
        &format!("{lima}\n\n“She is wrong,” Boris Cruz said."),
        &[("Lima", "said"), ("Cruz", "said")],
        &[(TUESDAY, "after_cue"), OWN_DAY],
    );
    // Nor does it come back when somebody else has spoken.
    check_carried(
        &format!("{lima}\n\n“She is wrong,” Boris Cruz said.\n\n“I am not,” Lima said."),
        &[("Lima", "said"), ("Cruz", "said"), ("Lima", "said")],
        &[(TUESDAY, "after_cue"), OWN_DAY, OWN_DAY],
    );
    for above in [
        "A spokesman for Ana Lima said Tuesday that it was shut.",
        "Ana Lima’s lawyer said Tuesday that it was shut.",
        "Boris Cruz told Ana Lima on Tuesday that it was shut.",
        "Police who arrested Ana Lima said Tuesday they found drugs.",
        "Ana Lima was sued Tuesday by a bank that called her a liar.",
    ] {
        check_carried(
            &format!("{above}\n\n“It is not safe,” Lima said."),
            &[("Lima", "said")],
            &[OWN_DAY],
        );
    }
    // Who is spoken of at a hearing may have been there or not.
    check_carried(
        "The woman accusing Ana Lima of fraud testified Tuesday.\n\n“It is not safe,” Lima said.",
        &[("Lima", "said")],
        &[("2026-02-10/2026-02-13", "since_meeting")],
    );
}

#[test]
fn a_day_is_not_carried_to_another_occasion() {
    let lima = "“The pier is shut,” Mayor Ana Lima said Tuesday.";
    for (behind, clause) in [
        ("“It is not safe,” Lima said in an interview.", ("Lima", "said")),
        ("“It is not safe,” Lima told The Harbor Post.", ("Lima", "told")),
        ("“It is not safe,” Lima wrote.", ("Lima", "wrote")),
        (
            "“It is not safe,” Lima said outside the courthouse.",
            ("Lima", "said"),
        ),
        (
            "“It is not safe,” Lima said when she ran for mayor.",
            ("Lima", "said"),
        ),
        ("“It is not safe,” Lima says.", ("Lima", "says")),
        ("“It is not safe,” Lima later said.", ("Lima later", "said")),
        (
            "At the hearing she was asked again. “It is not safe,” she said.",
            ("she", "said"),
        ),
        (
            "On Wednesday it rained. “It is not safe,” Lima said.",
            ("Lima", "said"),
        ),
        (
            "The boats lie in the harbor.\n\n“It is not safe,” Lima said.",
            ("Lima", "said"),
        ),
    ] {
        check_carried(
            &format!("{lima}\n\n{behind}"),
            &[("Lima", "said"), clause],
            &[(TUESDAY, "after_cue"), OWN_DAY],
        );
    }
    // What was said long ago is told of again today.
    check_carried(
        "“The pier is shut,” Mayor Ana Lima said on Jan. 2.\n\n“It is not safe,” Lima said.",
        &[("Lima", "said"), ("Lima", "said")],
        &[("2026-01-02", "after_cue"), OWN_DAY],
    );
}

#[test]
fn those_who_meet_are_spoken_to_on_the_day_they_met() {
    let met = "The Oldwick City Council voted Tuesday night to shut the pier.\n\nIt was built in 1911.\n\n";
    let told = |clause: &str, expected| {
        check_carried(
            &format!("{met}“It is not safe,” Ana Lima {clause}."),
            &[("Lima", clause.split(' ').next().expect("a cue"))],
            &[expected],
        );
    };
    told("told the council", (TUESDAY, "audience"));
    told("said during public comment", (TUESDAY, "scene"));
    told("told the Newport council", OWN_DAY);
    told("told the council’s lawyer", OWN_DAY);
    told("told the harbor board", OWN_DAY);
    check_carried(
        "Neighbors gathered outside the jail Tuesday evening.\n\n“Let him go,” Ana Lima told the crowd.",
        &[("Lima", "told")],
        &[(TUESDAY, "audience")],
    );
    check_carried(
        "Thousands filled Foundry Square on Tuesday night.\n\n“Let him go,” Ana Lima told the crowd.",
        &[("Lima", "told")],
        &[(TUESDAY, "audience")],
    );
    // A meeting that is to come has heard nobody.
    check_carried(
        "The council will meet Tuesday, Feb. 17.\n\n“It is not safe,” Ana Lima told the council.",
        &[("Lima", "told")],
        &[OWN_DAY],
    );
}

#[test]
fn a_reply_is_of_the_day_of_what_it_answers() {
    let hearing = "At a hearing on Feb. 6, Boris Cruz told the judge that it was “a risk.”";
    let answer = |behind: &str, clause, expected| {
        check_carried(
            &format!("{hearing}\n\n{behind}"),
            &[("Cruz", "told"), clause],
            &[("2026-02-06", "sentence_opening"), expected],
        );
    };
    answer(
        "“What is your evidence?” Lima replied.",
        ("Lima", "replied"),
        ("2026-02-06", "answered"),
    );
    answer(
        "“Says who?” Lima shot back.",
        ("Lima", "shot"),
        ("2026-02-06", "answered"),
    );
    answer(
        "“What is your evidence?” Lima asked.",
        ("Lima", "asked"),
        ("2026-02-06/2026-02-13", "since_meeting"),
    );
    answer(
        "“It is none,” Lima replied in an email.",
        ("Lima", "replied"),
        OWN_DAY,
    );
}

#[test]
fn the_last_word_of_two_names_makes_no_speaker_of_both() {
    for (one, other) in [
        ("Ana Lima", "Carlos Lima"),
        ("Salem Police", "Portland Police"),
        ("Department of Health", "Ministry of Health"),
        ("Stone Jr", "Pine Jr"),
    ] {
        check_carried(
            &format!("“It is shut,” {one} said Tuesday.\n\n“It is not safe,” {other} said."),
            &[(one, "said"), (other, "said")],
            &[(TUESDAY, "after_cue"), OWN_DAY],
        );
    }
}

#[test]
fn who_is_named_behind_an_office_and_commas_may_be_told_of_above() {
    check_carried(
        "The mayor of Oldwick, Ana Lima, defended on Tuesday the closing.\n\n“It is not safe,” Lima said.",
        &[("Lima", "said")],
        &[(TUESDAY, "carried")],
    );
}

#[test]
fn a_critic_of_somebody_in_office_is_another() {
    check_carried(
        "A critic of the mayor, Ana Lima, said Tuesday it leaks.\n\n“It is not safe,” Lima said.",
        &[("Lima", "said")],
        &[OWN_DAY],
    );
}

#[test]
fn who_is_told_to_have_issued_a_statement_is_heard_in_it() {
    for told in [
        "Mayor Ana Lima issued a statement Tuesday on the pier.",
        "In a statement Tuesday, Mayor Ana Lima challenged the order.",
        "Mayor Ana Lima took a swing at the court in a statement Tuesday.",
    ] {
        let text = format!("{told}\n\n“It is not safe,” Lima said.");
        check_carried(&text, &[("Lima", "said")], &[(TUESDAY, "carried")]);
    }
    for told in [
        "Mayor Ana Lima took a walk on the pier Tuesday.",
        "In a statement Tuesday, Teo Ruck challenged Mayor Ana Lima.",
    ] {
        let text = format!("{told}\n\n“It is not safe,” Lima said.");
        check_carried(&text, &[("Lima", "said")], &[OWN_DAY]);
    }
}

#[test]
fn who_was_heard_by_an_office_is_named_with_it() {
    check_carried(
        "The pier is shut, the mayor said Tuesday. “It leaks” was all of it.\n\n“It is not safe,” Mayor Ana Lima said.",
        &[("the mayor", "said"), ("Mayor Ana Lima", "said")],
        &[(TUESDAY, "after_cue"), (TUESDAY, "carried")],
    );
    for (first, second) in [
        ("the mayor", "Councilman Teo Ruck"),
        ("the lawyer", "Lawyer Teo Ruck"),
        ("a mayor", "Mayor Teo Ruck"),
    ] {
        let text = format!(
            "The pier is shut, {first} said Tuesday. “It leaks” was all.\n\n“It is not safe,” {second} said."
        );
        check_carried(
            &text,
            &[(first, "said"), (second, "said")],
            &[(TUESDAY, "after_cue"), OWN_DAY],
        );
    }
}

#[test]
fn whom_the_paper_spoke_with_answers_on_that_day() {
    for sentence in [
        "The Oldwick Courier spoke with Ana Lima, a nurse at the harbor, by telephone on Tuesday.",
        "I talked to Ana Lima on Tuesday.",
        "The Echo interviewed Mayor Ana Lima on Tuesday.",
    ] {
        check_carried(
            &format!("{sentence}\n\n“Nobody wants to leave,” she said. “We offered to stay.”"),
            &[("she", "said")],
            &[(TUESDAY, "carried")],
        );
    }
    for sentence in [
        // Who spoke with her is no paper, and what she said then she said to him.
        "Council President Bram Cole spoke with Ana Lima on Tuesday.",
        "The police interviewed Ana Lima on Tuesday.",
        "Pop Star spoke with Ana Lima on Tuesday.",
        "The Echo spoke with Ana Lima, whose son was shot on Tuesday.",
        "The Echo spoke with Ana Lima, who runs the pier, which burned on Tuesday.",
        "We caught up with Ana Lima, who won the race on Tuesday.",
        "The Echo spoke with her critics and Ana Lima on Tuesday, the day before the storm of Monday.",
        // It was not Tuesday.
        "The Echo spoke with Ana Lima on Tuesday. On Wednesday the pier closed.",
    ] {
        check_carried(
            &format!("{sentence}\n\n“Nobody wants to leave,” she said."),
            &[("she", "said")],
            &[OWN_DAY],
        );
    }
    check_carried(
        "The Echo spoke with Ana Lima on Tuesday.\n\n“Nobody wants to leave,” she said at the council meeting.",
        &[("she", "said")],
        &[OWN_DAY],
    );
}

#[test]
fn the_second_words_of_a_sentence_are_of_its_day() {
    check_carried(
        "In a speech in Marrow on Feb. 10 Lima conceded that “it is bad,” though she insisted that “it will end.” Ana Lima left.",
        &[("Lima", "conceded"), ("she", "insisted")],
        &[(TUESDAY, "sentence_opening"), (TUESDAY, "carried")],
    );
    check_carried(
        "In a speech in Marrow on Feb. 10 Lima conceded that “it is bad,” though on Wednesday she insisted that “it will end.” Ana Lima left.",
        &[("Lima", "conceded"), ("she", "insisted")],
        &[(TUESDAY, "sentence_opening"), OWN_DAY],
    );
    for other in [
        "although before the vote she",
        "although as a candidate she",
        "though in Leeds she",
        "though to allies she",
    ] {
        check_carried(
            &format!("On Tuesday Lima said it was “bad,” {other} said it was “fine.” Ana Lima left."),
            &[("Lima", "said"), ("she", "said")],
            &[(TUESDAY, "sentence_opening"), OWN_DAY],
        );
    }
    check_carried(
        "Lima told jurors on Tuesday he was “armed,” but she told police he was “not.” Ana Lima left.",
        &[("Lima", "told"), ("she", "told")],
        &[(TUESDAY, "after_cue"), OWN_DAY],
    );
    check_carried(
        "In a speech in Marrow on Feb. 10 Lima conceded that “it is bad,” though she later insisted that “it will end.” Ana Lima left.",
        &[("Lima", "conceded"), ("she later", "insisted")],
        &[(TUESDAY, "sentence_opening"), OWN_DAY],
    );
}
