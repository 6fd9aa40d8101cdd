//! Which stretches stand inside marks.

use super::*;
use crate::model::tongue::Tongue;
use crate::quotes::lexicon::ENGLISH;

#[track_caller]
fn check(text: &str, expected: &[&[&str]]) {
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        paragraphs.push(Paragraph {
            range: at..at + line.len(),
            is_aside: line.starts_with("PHOTO "),
        });
        at += line.len() + 1;
    }
    let found: Vec<Vec<&str>> = runs(&ENGLISH, text, &paragraphs)
        .iter()
        .map(|run| run.pieces.iter().map(|piece| &text[piece.clone()]).collect())
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn typographic_and_straight_marks_pair() {
    check("“Go,” she said. \"Stay,\" he said.", &[&["Go,"], &["Stay,"]]);
    check(
        "''Go,'' she said. ``Stay,'' he said. «Non», dit-il.",
        &[&["Go,"], &["Stay,"], &["Non"]],
    );
    check("`` Go , '' she said .", &[&[" Go , "]]);
}

#[test]
fn apostrophes_and_measures_are_no_marks() {
    check(
        "The workers’ rights, Lima’s car, the ’90s and rock ’n’ roll aren't.",
        &[],
    );
    check("A 6'2\" man with 12\" records", &[]);
    check(
        "‘The workers’ rights aren’t safe,’ he said.",
        &[&["The workers’ rights aren’t safe,"]],
    );
}

#[test]
fn a_stop_before_a_closing_mark_makes_it_sure() {
    check(
        "‘I kept the three minutes’ silence. It was cold.’",
        &[&["I kept the three minutes’ silence. It was cold."]],
    );
    check(
        "She fumed: ‘The clerk said, “Rules are rules.” I left.’",
        &[&["The clerk said, “Rules are rules.” I left."]],
    );
}

#[test]
fn an_inner_quote_belongs_to_the_outer_one() {
    check("“He said ‘no’ to me,” she said.", &[&["He said ‘no’ to me,"]]);
    check("‘He said “no” to me,’ she said.", &[&["He said “no” to me,"]]);
}

#[test]
fn a_quote_goes_on_where_the_next_paragraph_opens_again() {
    check(
        "“One.\n“Two,” she said.\n“Three.”",
        &[&["One.", "Two,"], &["Three."]],
    );
}

#[test]
fn a_quote_goes_on_behind_a_caption() {
    check(
        "“One.\nPHOTO A “big” boat.\n“Two.”",
        &[&["One.", "Two."], &["big"]],
    );
    check("“One.\nText.\n“Two.”", &[&["One."], &["Two."]]);
}

#[test]
fn where_dashes_begin_speech_what_the_teller_says_is_left_out() {
    let spoken = |text: &str| {
        let pieces = spoken_after_dash(Language::of(Tongue::Spanish), text, 0..text.len());
        let words = pieces.into_iter().map(|(_, inner)| text[inner].to_owned());
        words.collect::<Vec<_>>()
    };
    assert_eq!(spoken("—Nadie —dijo Lima—. Llovía."), ["Nadie", "Llovía."]);
    assert_eq!(spoken("—¿Quién? —preguntó Lima."), ["¿Quién?"]);
    assert_eq!(spoken("—Nadie."), ["Nadie."]);
    assert!(spoken("— Ana Lima, alcaldesa").is_empty());
    assert!(spoken("Nadie —dijo Lima—.").is_empty());
}

#[test]
fn marks_of_one_print_stand_inside_those_of_another() {
    check(
        "\"She said, “No,” and left,\" he said.\n\"Then “yes.” He left.",
        &[&["She said, “No,” and left,"], &["Then “yes.” He left."]],
    );
    check("\"Go,” she said. “Stay.”", &[&["Go,"], &["Stay."]]);
}

#[test]
fn a_transcript_inside_marks_tells_who_speaks() {
    check(
        "“LIMA: One.\n“Two.\n“(CROSSTALK.)\n“CRUZ: Three.”",
        &[&["One.", "Two."], &["Three."]],
    );
    check("He called it “NATO: a history.”", &[&["NATO: a history."]]);
    check("“FACT: Crime is down,” he wrote.", &[&["FACT: Crime is down,"]]);
    check("Ana Lima spoke.\n“LIMA: One.”", &[&["One."]]);
    check(
        "“[The mayor] will not answer [them].”",
        &[&["[The mayor] will not answer [them]."]],
    );
}

#[test]
fn a_lost_mark_swallows_no_more_than_its_paragraph() {
    check(
        "“One, she said.\nTwo. Three.\n“Four.”",
        &[&["One, she said."], &["Four."]],
    );
    check("‘DHS called it a ‘threat,’ and left.", &[&["threat,"]]);
}

#[test]
fn marks_bent_the_wrong_way_are_read_by_where_they_stand() {
    check("”Go now,“ she said.", &[&["Go now,"]]);
}
