//! Whom a naming means, case by case.

use super::*;
use crate::model::quote::{Attribution, QuoteKind};
use crate::model::span::Span;
use crate::model::speaker::Office;

fn office(title: &str, aliases: &[&str], of: &str, from: &str, to: Option<&str>) -> Office {
    Office {
        title: title.into(),
        aliases: aliases.iter().map(ToString::to_string).collect(),
        of: Some(SpeakerId::new(of)),
        from: Some(from.parse().expect("a day")),
        to: to.map(|to| to.parse().expect("a day")),
    }
}

fn entry(id: &str, name: &str, kind: SpeakerKind, aliases: &[&str], offices: Vec<Office>) -> Speaker {
    let aliases = aliases.iter().map(ToString::to_string).collect();
    Speaker {
        id: SpeakerId::new(id),
        name: name.into(),
        kind,
        aliases,
        offices,
    }
}

#[test]
fn a_body_is_called_by_its_first_letters() {
    let body =
        |id: &str, name: &str, aliases: &[&str]| entry(id, name, SpeakerKind::Body, aliases, Vec::new());
    let gazetteer = Gazetteer::new(vec![
        body("ghfu", "Gull Haven Ferry Union", &[]),
        body("port", "Board of the Port", &["BP", "the board"]),
        entry("quill", "Gwen Hale Fay Ula", SpeakerKind::Person, &[], Vec::new()),
    ]);
    assert_eq!(gazetteer.full_names("GHFU"), ["Gull Haven Ferry Union"]);
    assert_eq!(gazetteer.full_names("G.H.F.U."), ["Gull Haven Ferry Union"]);
    assert_eq!(gazetteer.full_names("BP"), ["Board of the Port"]);
    assert!(gazetteer.full_names("BOP").is_empty());
    assert!(gazetteer.full_names("GH").is_empty());
}

#[test]
fn whoever_bears_a_name_is_found_by_it_and_by_a_surname_alone() {
    let gazetteer = gazetteer();
    let ids = |name: &str| -> Vec<String> {
        let bearers = gazetteer.bearers(name).into_iter();
        bearers.map(|speaker| speaker.id.to_string()).collect()
    };
    assert_eq!(ids("Ana Lima"), ["lima"]);
    assert_eq!(ids("lima"), ["lima"]);
    assert!(ids("Carla Lima").is_empty());
    assert!(ids("").is_empty());
}

fn gazetteer() -> Gazetteer {
    let person = SpeakerKind::Person;
    Gazetteer::new(vec![
        entry(
            "lima",
            "Ana Lima",
            person,
            &[],
            vec![office(
                "Mayor",
                &["mayor of the port"],
                "hall",
                "2026-01-01",
                None,
            )],
        ),
        entry(
            "cruz",
            "Boris Cruz",
            person,
            &[],
            vec![office("Mayor", &[], "hall", "2020-01-01", Some("2025-12-31"))],
        ),
        entry("stone-e", "Eva Stone", person, &[], Vec::new()),
        entry("stone-k", "Karl Stone", person, &[], Vec::new()),
        entry(
            "hall",
            "City Hall of Harbor Falls",
            SpeakerKind::Body,
            &["City Hall"],
            Vec::new(),
        ),
    ])
}

#[track_caller]
fn check(text: &str, mention: &str, antecedent: Option<&str>, day: &str, expected: Option<(&str, bool)>) {
    let span = |words: &str| {
        let start = text.find(words).expect(words);
        Span::of(text, start..start + words.len()).expect("in the text")
    };
    let quote = Quote {
        kind: QuoteKind::Direct,
        content: Vec::new(),
        fragments: Vec::new(),
        attribution: Some(Attribution {
            cue: None,
            stance: None,
            mention: Mention::Text(span(mention)),
            antecedent: antecedent.map(span),
            members: Vec::new(),
            rule: "test",
            confidence: 1.0,
        }),
        confidence: 1.0,
    };
    let context = Context {
        day: day.parse().ok(),
        ..Context::default()
    };
    let found = gazetteer().resolve(text, &quote, context);
    let found = found
        .as_ref()
        .map(|speaker| (speaker.name.as_str(), speaker.known));
    assert_eq!(found, expected);
}

#[test]
fn names_are_met_with_titles_initials_and_case() {
    check(
        "Mayor Ana M. Lima said",
        "Mayor Ana M. Lima",
        None,
        "",
        Some(("Ana Lima", true)),
    );
    check("ANA LIMA said", "ANA LIMA", None, "", Some(("Ana Lima", true)));
    check(
        "City Hall said",
        "City Hall",
        None,
        "",
        Some(("City Hall of Harbor Falls", true)),
    );
    check(
        "Harbor Falls Mayor Ana Lima said",
        "Harbor Falls Mayor Ana Lima",
        None,
        "",
        Some(("Ana Lima", true)),
    );
}

#[test]
fn a_surname_of_two_words_is_that_of_the_entry_that_ends_in_it() {
    let lima = entry("lima", "Rosa De Lima", SpeakerKind::Person, &[], Vec::new());
    let gazetteer = Gazetteer::new(vec![lima]);
    let meant = |printed: &str| gazetteer.meant("", printed, None, Context::default());
    let name = |printed: &str| meant(printed).map(|speaker| (speaker.name, speaker.known));
    assert_eq!(name("Ms. De Lima"), Some(("Rosa De Lima".to_owned(), true)));
    assert_eq!(name("Ana Lima"), Some(("Ana Lima".to_owned(), false)));
}

#[test]
fn a_label_means_whom_the_text_names_in_full() {
    let text = "Present: Chair Tobias Wren, Priya Nand.\n\nCHAIR WREN: We begin.\n\nDR. NAND: Yes.\n\nSEN. BELL: No.";
    check(text, "CHAIR WREN", None, "", Some(("Tobias Wren", false)));
    check(text, "DR. NAND", None, "", Some(("Priya Nand", false)));
    check(text, "SEN. BELL", None, "", Some(("Bell", false)));
    // Her husband, whom a sheriff arrested and what is called so are others.
    for (other, label) in [
        ("We met Tobias Wren.", "MRS. WREN"),
        ("President Tobias Wren came.", "MRS. WREN"),
        ("Her husband, Tobias Wren, came.", "MS. WREN"),
        ("He had Tobias Wren arrested.", "SHERIFF WREN"),
        ("The plan for Central Wren is good.", "CHAIR WREN"),
    ] {
        let text = format!("{other}\n\n{label}: We begin.");
        check(&text, label, None, "", Some(("Wren", false)));
    }
    let two = "Tobias Wren and Ada Wren came.\n\nCHAIR WREN: We begin.";
    check(two, "CHAIR WREN", None, "", Some(("Wren", false)));
}

#[test]
fn a_label_means_the_entry_of_the_name_whose_office_it_gives() {
    let day = "2026-02-07";
    check(
        "MAYOR LIMA: No.",
        "MAYOR LIMA",
        None,
        day,
        Some(("Ana Lima", true)),
    );
    check("MS. LIMA: No.", "MS. LIMA", None, day, Some(("Ana Lima", true)));
    check(
        "SHERIFF LIMA: No.",
        "SHERIFF LIMA",
        None,
        day,
        Some(("Lima", false)),
    );
    // Nothing says who these are.
    check(
        "CHAIR STONE: No.",
        "CHAIR STONE",
        None,
        day,
        Some(("Stone", false)),
    );
    let office = |title: &str| office(title, &[], "hall", "2026-01-01", Some("2026-06-30"));
    let person =
        |id: &str, name: &str, title: &str| entry(id, name, SpeakerKind::Person, &[], vec![office(title)]);
    let gazetteer = Gazetteer::new(vec![
        person("stone-e", "Eva Stone", "Housing Commissioner"),
        person("stone-k", "Karl Stone", "Sheriff"),
    ]);
    let meant = |printed: &str, day: &str| {
        let context = Context {
            day: day.parse().ok(),
            ..Context::default()
        };
        gazetteer
            .meant("", printed, None, context)
            .map(|speaker| speaker.name)
    };
    assert_eq!(meant("COMMISSIONER STONE", day).as_deref(), Some("Eva Stone"));
    assert_eq!(
        meant("HOUSING COMMISSIONER STONE", day).as_deref(),
        Some("Eva Stone")
    );
    assert_eq!(meant("SHERIFF STONE", day).as_deref(), Some("Karl Stone"));
    assert_eq!(meant("SHERIFF STONE", "2026-08-01").as_deref(), Some("Stone"));
    assert_eq!(meant("JUDGE STONE", day).as_deref(), Some("Stone"));
}

#[test]
fn who_speaks_for_somebody_is_another() {
    let printed = "A spokesman for Mayor Ana Lima";
    let name = "spokesman for Mayor Ana Lima";
    check(
        "A spokesman for Mayor Ana Lima said",
        printed,
        None,
        "",
        Some((name, false)),
    );
}

#[test]
fn who_speaks_for_a_body_without_a_name_names_the_body() {
    let body =
        |id: &str, name: &str, aliases: &[&str]| entry(id, name, SpeakerKind::Body, aliases, Vec::new());
    let gazetteer = Gazetteer::new(vec![
        body("ports", "Port Bureau", &["PB"]),
        entry("ana-lima", "Ana Lima", SpeakerKind::Person, &[], Vec::new()),
    ]);
    let represented = |printed: &str| gazetteer.represented(printed).map(|body| body.id.as_str());
    for printed in [
        "spokeswoman for the Port Bureau",
        "A spokesman for the Port Bureau",
        "Port Bureau spokesman",
        "PB spokesperson",
    ] {
        assert_eq!(represented(printed), Some("ports"), "{printed}");
    }
    for printed in [
        "spokesman for Ana Lima",
        "former Port Bureau spokesman",
        "former spokesman for the Port Bureau",
        "spokesman for the Port Bureau Union",
        "Port Bureau",
        "Port Bureau inspector",
        "spokesman",
        "Ida Port, a spokesman for the Port Bureau",
    ] {
        assert_eq!(represented(printed), None, "{printed}");
    }
}

#[test]
fn a_surname_means_the_one_entry_that_bears_it() {
    check("Lima said", "Lima", None, "", Some(("Ana Lima", true)));
    check("Stone said", "Stone", None, "", Some(("Stone", false)));
    check(
        "Eva Stone won. Stone said",
        "Stone",
        None,
        "",
        Some(("Eva Stone", true)),
    );
    check(
        "Rosa Lima said",
        "Rosa Lima",
        None,
        "",
        Some(("Rosa Lima", false)),
    );
}

#[test]
fn an_office_means_who_held_it_on_the_day() {
    check(
        "the mayor said",
        "the mayor",
        None,
        "2026-02-06",
        Some(("Ana Lima", true)),
    );
    check(
        "the mayor said",
        "the mayor",
        None,
        "2025-02-06",
        Some(("Boris Cruz", true)),
    );
    check(
        "the mayor of the port said",
        "the mayor of the port",
        None,
        "2026-02-06",
        Some(("Ana Lima", true)),
    );
}

#[test]
fn an_office_may_hold_articles_of_another_language() {
    let office = office("Mayor of Los Angeles", &[], "la", "2026-01-01", None);
    let mayor = entry("ames", "Ida Ames", SpeakerKind::Person, &[], vec![office]);
    let gazetteer = Gazetteer::new(vec![mayor]);
    let meant = gazetteer.meant("", "the mayor of Los Angeles", None, Context::default());
    assert_eq!(meant.map(|speaker| speaker.name).as_deref(), Some("Ida Ames"));
}

#[test]
fn who_is_no_entry_keeps_the_printed_name_and_nobody_stays_nobody() {
    check(
        "Sen. Rosa Díaz said",
        "Sen. Rosa Díaz",
        None,
        "",
        Some(("Rosa Díaz", false)),
    );
    check("Question: Why not?", "Question", None, "", None);
    check(
        "Rosa Díaz won. She said",
        "She",
        Some("Rosa Díaz"),
        "",
        Some(("Rosa Díaz", false)),
    );
    check("She said", "She", None, "", None);
    check("officials said", "officials", None, "", None);
    check("Critics said", "Critics", None, "", None);
    check("Her supporters said", "Her supporters", None, "", None);
    check(
        "a DHS spokesperson said",
        "a DHS spokesperson",
        None,
        "",
        Some(("DHS spokesperson", false)),
    );
}

#[test]
fn another_of_the_same_name_is_nobody_in_the_list() {
    let senior = "Ana Lima Sr., her mother, said";
    check(senior, "Ana Lima Sr.", None, "", Some(("Ana Lima Sr", false)));
    let actress = "Ana Lima, the actress, no relation to the mayor, said. Lima laughed.";
    check(actress, "Ana Lima", None, "", Some(("Ana Lima", false)));
    check(actress, "Lima", Some("Ana Lima"), "", Some(("Ana Lima", false)));
}

#[test]
fn several_are_one_speaker_under_all_their_names() {
    let text = "Mayor Ana Lima and Boris Bell said. The mayor and his wife said.";
    let speaker = |members: &[&str]| gazetteer().joint(text, members.to_vec(), Context::default());
    let joint = |members: &[&str]| {
        let speaker = speaker(members)?;
        Some((speaker.name, speaker.known))
    };
    let both = joint(&["Mayor Ana Lima", "Boris Bell"]);
    assert_eq!(both, Some(("Ana Lima and Boris Bell".to_owned(), false)));
    let id = |members: &[&str]| speaker(members).map(|it| it.id);
    let (one, other) = ("Mayor Ana Lima", "Boris Bell");
    assert_eq!(id(&[one, other]), id(&[other, one]));
    assert_eq!(joint(&["his wife", "his wife"]), None);
}

#[test]
fn whom_the_text_names_in_full_is_nobody_else_of_the_office_or_surname() {
    let other = "Northport Mayor Michelle Wexler spoke. The mayor said so.";
    check(
        other,
        "The mayor",
        Some("Michelle Wexler"),
        "2026-02-07",
        Some(("Michelle Wexler", false)),
    );
    check(other, "The mayor", None, "2026-02-07", Some(("Ana Lima", true)));
    check(
        "A mayor from elsewhere said so.",
        "A mayor",
        None,
        "2026-02-07",
        None,
    );
    let namesake = "Rosa Lima won the prize. “I am glad,” Lima said.";
    check(
        namesake,
        "Lima",
        Some("Rosa Lima"),
        "2026-02-07",
        Some(("Rosa Lima", false)),
    );
    check(
        "The prize went to Rosa Lima. Lima was glad.",
        "Lima",
        None,
        "2026-02-07",
        Some(("Lima", false)),
    );
    check(
        "She was glad. But Lima was not.",
        "Lima",
        None,
        "2026-02-07",
        Some(("Ana Lima", true)),
    );
}
