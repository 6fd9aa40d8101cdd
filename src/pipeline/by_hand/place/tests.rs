//! Quotes of a page that is edited and read anew, and corrections of them.

use jiff::civil::date;

use super::*;
use crate::model::date::When;
use crate::model::document::{Block, BlockKind, Reading};
use crate::model::id::{CaptureId, DocumentId, QuoteId, RevisionId};
use crate::model::quote::QuoteKind;
use crate::model::speaker::{Speaker, SpeakerKind};

const PIER: &str = "“The pier stays shut until the storm is over,” said Ana Lima.";

/// A revision of a page with these paragraphs.
fn revision(id: &str, paragraphs: &[&str]) -> RevisionRow {
    let text = paragraphs.join("\n\n");
    let mut blocks = Vec::new();
    let mut at = 0;
    for paragraph in paragraphs {
        let span = Span::of(&text, at..at + paragraph.len()).expect("a paragraph");
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            span,
            path: String::new(),
        });
        at += paragraph.len() + 2;
    }
    let moment = "2026-03-01T10:00:00Z".parse().expect("an instant");
    RevisionRow {
        id: RevisionId::new(id),
        document: DocumentId::new("d"),
        capture: CaptureId::new("c"),
        fetched_at: moment,
        recorded_at: moment,
        reading: Reading {
            text,
            blocks,
            ..Reading::default()
        },
    }
}

/// The quotes of a revision, whose words stand in marks, with whom the program gives each to.
fn quotes(revision: &RevisionRow, speakers: &[&str]) -> Vec<QuoteRow> {
    let text = &revision.reading.text;
    let opened = text.match_indices('“').map(|(at, mark)| at + mark.len());
    let closed = text.match_indices('”').map(|(at, _)| at);
    let stretches = opened.zip(closed).map(|(first, end)| first..end);
    let stretches = stretches.map(|stretch| Span::of(text, stretch).expect("a stretch"));
    let quote = |(at, (span, speaker)): (usize, (Span, &&str))| QuoteRow {
        id: QuoteId::new(format!("q{at}")),
        revision: revision.id.clone(),
        kind: QuoteKind::Direct,
        words: span.slice(text).to_owned(),
        content: vec![span],
        fragments: vec![span],
        confidence: 0.9,
        cue: None,
        stance: None,
        mention: None,
        antecedent: None,
        rule: Some(("after_cue".into(), 0.8)),
        speaker: (!speaker.is_empty()).then(|| SpeakerId::from_name(speaker)),
        speaker_name: (!speaker.is_empty()).then(|| (*speaker).to_owned()),
        said: Some(When::day(date(2026, 2, 3))),
        said_rule: Some("document_day".into()),
        said_evidence: None,
        by_hand: Vec::new(),
    };
    stretches.zip(speakers).enumerate().map(quote).collect()
}

/// A correction of the quote at a position.
fn corrected(revision: &RevisionRow, quotes: &[QuoteRow], position: usize, fix: Fix) -> HandCorrection {
    let quote = &quotes[position];
    HandCorrection {
        id: "one".into(),
        document: revision.document.clone(),
        url: "https://herald.example/one".into(),
        revision: revision.id.clone(),
        words: quote.words.clone(),
        around: paragraph_of(quote, revision),
        nth: nth_of(position, revision, quotes),
        read: read(fix.corrects(), quote, &revision.reading.text),
        fix,
        why: "she is named right before".into(),
        by: "Ines".into(),
        made_at: "2026-03-02T10:00:00Z".parse().expect("an instant"),
        taken_back: None,
    }
}

fn reed() -> Fix {
    Fix::Speaker(Some((SpeakerId::new("tom-reed"), "Tom Reed".into())))
}

/// Where the correction of the first quote of `PIER`'s page, which the program gave to Lima, holds in another wording.
#[track_caller]
fn check(paragraphs: &[&str], speakers: &[&str], expected: Place) {
    let then = revision("r1", &["The storm went on.", PIER]);
    let correction = corrected(&then, &quotes(&then, &["Ana Lima"]), 0, reed());
    let now = revision("r2", paragraphs);
    assert_eq!(
        place_of(&correction, &now, &quotes(&now, speakers)),
        expected,
        "{paragraphs:?}"
    );
}

#[test]
fn a_correction_holds_while_its_paragraph_says_the_same() {
    check(&[PIER], &["Ana Lima"], Place::At(0));
    check(
        &["“Nothing new,” said Bo Reyes.", PIER],
        &["Bo Reyes", "Ana Lima"],
        Place::At(1),
    );
    // Elsewhere the outlet may have given the words to somebody itself, in a line above them too.
    check(&[PIER], &["Bo Reyes"], Place::Doubtful);
    check(&["Bo Reyes said:", PIER], &["Bo Reyes"], Place::Doubtful);
    // Marks and case are no words.
    check(
        &["“The Pier stays shut until the storm is over”, said Ana Lima!"],
        &["Ana Lima"],
        Place::At(0),
    );
}

#[test]
fn in_the_wording_that_was_corrected_it_holds_whatever_a_better_reader_makes_of_it() {
    let then = revision("r1", &["The storm went on.", PIER]);
    let correction = corrected(&then, &quotes(&then, &["Ana Lima"]), 0, reed());
    for speaker in ["Ana Lima", "Bo Reyes", ""] {
        assert_eq!(
            place_of(&correction, &then, &quotes(&then, &[speaker])),
            Place::At(0)
        );
    }
}

#[test]
fn other_words_of_the_same_sound_are_not_taken_for_those_that_were_corrected() {
    let then = revision(
        "r1",
        &["“No,” said Ana Lima.", "“No,” Ana Lima said again on Friday."],
    );
    let read = quotes(&then, &["Ana Lima", "Ana Lima"]);
    let day = Fix::Said(Some(When::day(date(2026, 2, 1))));
    for fix in [reed(), day, Fix::NoQuote] {
        let correction = corrected(&then, &read, 0, fix);
        // What was corrected is gone; the other one was right.
        let now = revision("r2", &["“No,” Ana Lima said again on Friday."]);
        let found = place_of(&correction, &now, &quotes(&now, &["Ana Lima"]));
        assert_eq!(found, Place::Doubtful);
    }
}

#[test]
fn what_the_program_read_is_told_and_not_what_another_correction_says() {
    let then = revision("r1", &[PIER]);
    let read = quotes(&then, &["Ana Lima"]);
    let reyes = Fix::Speaker(Some((SpeakerId::new("bo-reyes"), "Bo Reyes".into())));
    let corrections = [reyes, reed(), Fix::NoQuote].map(|fix| corrected(&then, &read, 0, fix));
    let mut told = read.clone();
    laid_over(&mut told, &then, corrections.iter(), &Gazetteer::default());
    assert_eq!(told[0].speaker_name.as_deref(), Some("Tom Reed"));
    let told: Vec<String> = told[0].by_hand.iter().map(ByHand::told).collect();
    assert_eq!(
        told,
        [
            "speaker corrected by hand: the program read Ana Lima (rule after cue)",
            "corrected by hand to be no quote: the program read words of Ana Lima (rule after cue)",
        ]
    );
}

#[test]
fn in_an_edited_paragraph_it_holds_only_where_the_program_errs_as_it_did() {
    check(
        &["“The pier stays shut until the storm is over,” said Ana Lima on the quay."],
        &["Ana Lima"],
        Place::At(0),
    );
    // The outlet corrected itself: what it says now is not what was corrected.
    check(
        &["“The pier stays shut until the storm is over,” said Bo Reyes."],
        &["Bo Reyes"],
        Place::Doubtful,
    );
    check(
        &["“The pier stays shut until the storm is over,” said Tom Reed."],
        &["Tom Reed"],
        Place::Doubtful,
    );
    check(
        &[
            "“The pier stays shut until the storm is over,” said Ana Lima twice.",
            "“The pier stays shut until the storm is over,” Ana Lima said.",
        ],
        &["Ana Lima", "Ana Lima"],
        Place::Doubtful,
    );
}

#[test]
fn it_never_slides_to_other_words() {
    check(
        &["“The pier stays open,” said Ana Lima."],
        &["Ana Lima"],
        Place::Nowhere,
    );
    check(&["“The pier,” said Ana Lima."], &["Ana Lima"], Place::Nowhere);
    check(
        &["The pier stays shut until the storm is over."],
        &[],
        Place::Nowhere,
    );
}

#[test]
fn of_the_same_words_twice_the_one_that_was_corrected_is_meant() {
    let twice = "“No,” said Ana Lima. “No,” said Bo Reyes.";
    let then = revision("r1", &[twice]);
    let correction = corrected(&then, &quotes(&then, &["Ana Lima", "Ana Lima"]), 1, reed());
    assert_eq!(correction.nth, 1);
    let now = revision("r2", &["“No,” said Cy Holm.", twice]);
    let found = place_of(
        &correction,
        &now,
        &quotes(&now, &["Cy Holm", "Ana Lima", "Ana Lima"]),
    );
    assert_eq!(found, Place::At(2));
}

#[test]
fn what_is_corrected_is_told_with_what_was_read() {
    let then = revision("r1", &[PIER]);
    let read = quotes(&then, &["Ana Lima"]);
    let day = Fix::Said(Some(When::day(date(2026, 2, 1))));
    let fixes = [reed(), day, Fix::NoQuote];
    let corrections = fixes.map(|fix| corrected(&then, &read, 0, fix));
    let mut told = read.clone();
    laid_over(&mut told, &then, corrections.iter(), &Gazetteer::default());
    let quote = &told[0];
    assert_eq!(quote.speaker_name.as_deref(), Some("Tom Reed"));
    assert_eq!(
        quote.said.as_ref().map(|when| when.edtf.as_str()),
        Some("2026-02-01")
    );
    let told: Vec<String> = quote.by_hand.iter().map(ByHand::told).collect();
    assert_eq!(
        told,
        [
            "speaker corrected by hand: the program read Ana Lima (rule after cue)",
            "day corrected by hand: the program read 3 February 2026 (rule document day)",
            "corrected by hand to be no quote: the program read words of Ana Lima (rule after cue)",
        ]
    );
}

#[test]
fn what_the_program_reads_so_itself_is_not_told_as_corrected() {
    let then = revision("r1", &[PIER]);
    let correction = corrected(&then, &quotes(&then, &["Ana Lima"]), 0, reed());
    let mut now = quotes(&then, &["Tom Reed"]);
    laid_over(
        &mut now,
        &then,
        std::iter::once(&correction),
        &Gazetteer::default(),
    );
    assert!(now[0].by_hand.is_empty());
}

#[test]
fn somebody_is_known_by_the_name_of_today() {
    let gazetteer = Gazetteer::new(vec![Speaker {
        id: SpeakerId::new("reed"),
        name: "Thomas Reed".into(),
        kind: SpeakerKind::Person,
        aliases: vec!["Tom Reed".into()],
        offices: Vec::new(),
    }]);
    let then = revision("r1", &[PIER]);
    let read = quotes(&then, &["Ana Lima"]);
    let correction = corrected(&then, &read, 0, reed());
    let mut told = read;
    laid_over(&mut told, &then, std::iter::once(&correction), &gazetteer);
    assert_eq!(told[0].speaker, Some(SpeakerId::new("reed")));
    assert_eq!(told[0].speaker_name.as_deref(), Some("Thomas Reed"));
}
