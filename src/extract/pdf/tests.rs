//! Files written by hand, read as a whole.

use super::written::{Printed, Sheet, assembled, at, block, file, set};
use super::*;
use crate::extract::letters::Letters;
use crate::model::document::{BlockKind, Genre};

use BlockKind::{Heading, ListItem, Paragraph};

fn read_file(payload: &[u8]) -> Reading {
    let url = url::Url::parse("https://port-lima.example/order-7.pdf").expect("a valid address");
    read(&Page {
        payload,
        content_type: Some("application/pdf"),
        url: &url,
        captured_at: "2026-03-01T00:00:00Z".parse().ok(),
        source: None,
    })
}

/// Checks the blocks after the title, and that each of them is found again by the check that knows no layout.
#[track_caller]
fn check(pages: Vec<Vec<Printed>>, expected: &[(BlockKind, &str, &str)]) {
    let pages: Vec<Sheet> = pages.into_iter().map(Sheet::Text).collect();
    let payload = file(&pages, "");
    let reading = read_file(&payload);
    let blocks = reading.blocks.iter();
    let found: Vec<_> = blocks
        .map(|block| (block.kind, block.path.as_str(), &reading.text[block.span.range()]))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(kind, page, words)| (*kind, *page, *words))
        .collect();
    assert_eq!(found, expected);
    let letters = Letters::of(&payload, Some("application/pdf"));
    for (_, _, words) in found {
        assert!(letters.contain(words), "{words} in {letters:?}");
    }
}

fn kinds(payload: &[u8]) -> Vec<(NoticeKind, String)> {
    let notices = read_file(payload).notices.into_iter();
    let notices = notices.filter(|notice| notice.kind != NoticeKind::Undated);
    notices.map(|notice| (notice.kind, notice.detail)).collect()
}

const PROSE: [&str; 6] = [
    "The harbour of Port Lima stays open for every boat and for everyone who",
    "lives on it, in winter as in summer, and the harbour master sees to it that",
    "the piers are cleared of ice before six in the morning on each day of the",
    "week. Whoever lands after dark shows a light and pays the fee of the day,",
    "as the council has set it for the season, at the office on the long pier or",
    "to the guard who is on duty there.",
];

#[test]
fn an_order_is_read_with_its_title_and_day() {
    let lines = [
        "CITY OF PORT LIMA",
        "EXECUTIVE ORDER No. 7",
        "February 6, 2026",
        "OPEN PIERS",
        "No pier closes.",
    ];
    let lines = lines
        .iter()
        .zip(1..)
        .map(|(words, row)| at(72.0, 740.0 - 40.0 * row as f32, words));
    let pages = [
        Sheet::Text(lines.collect()),
        Sheet::Text(vec![at(72.0, 700.0, "Signed by the mayor.")]),
    ];
    let order = read_file(&file(&pages, ""));
    assert_eq!(order.title.as_deref(), Some("EXECUTIVE ORDER No. 7 OPEN PIERS"));
    let published = order
        .published
        .map(|stated| (stated.moment.to_string(), stated.method));
    assert_eq!(
        published,
        Some(("2026-02-06".to_owned(), "printed date".to_owned()))
    );
    assert_eq!(order.genre, Genre::Order);
    let last = order
        .blocks
        .last()
        .map(|block| (block.path.as_str(), &order.text[block.span.range()]));
    assert_eq!(last, Some(("page/2", "Signed by the mayor.")));
}

#[test]
fn headings_sections_and_items_are_blocks_of_their_own() {
    let mut page = vec![
        set("F1", 18.0, 72.0, 740.0, "On open piers"),
        set("F2", 12.0, 72.0, 712.0, "Findings"),
    ];
    page.extend(block(72.0, 696.0, &PROSE));
    page.extend(block(
        72.0,
        600.0,
        &[
            "Section 1. Piers stay open.",
            "a. In winter.",
            "(i) On Sundays too.",
        ],
    ));
    page.push(at(72.0, 550.0, "\\225 Bring a light."));
    let prose = PROSE.join(" ");
    check(
        vec![page],
        &[
            (Heading, "page/1", "Findings"),
            (Paragraph, "page/1", &prose),
            (Paragraph, "page/1", "Section 1. Piers stay open."),
            (ListItem, "page/1", "a. In winter."),
            (ListItem, "page/1", "(i) On Sundays too."),
            (ListItem, "page/1", "Bring a light."),
        ],
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The left column is",
        "read to its very end",
        "before one goes on",
        "to the next one, and",
        "it is never read",
        "across the gutter.",
    ];
    let right = [
        "Here the right one",
        "begins, which stands",
        "beside it on the",
        "page and which is",
        "read after the one",
        "before it is done.",
    ];
    let mut page = vec![set("F1", 18.0, 72.0, 740.0, "A title over both of the columns")];
    // Drawn row by row, as some writers do.
    for (a, b) in block(72.0, 700.0, &left)
        .into_iter()
        .zip(block(250.0, 700.0, &right))
    {
        page.extend([a, b]);
    }
    check(
        vec![page],
        &[
            (Paragraph, "page/1", &left.join(" ")),
            (Paragraph, "page/1", &right.join(" ")),
        ],
    );
}

#[test]
fn headings_over_two_columns_stand_in_theirs() {
    let left = [
        "The left column is",
        "read to its very end",
        "before one goes on",
        "to the next one, and",
        "it is never read.",
    ];
    let right = [
        "Here the right one",
        "begins, which stands",
        "beside it on the",
        "page and which is",
        "read after it.",
    ];
    let mut page = vec![set("F1", 18.0, 72.0, 740.0, "A title over both of the columns")];
    page.push(set("F2", 12.0, 250.0, 723.0, "What comes next"));
    page.push(set("F2", 12.0, 72.0, 714.0, "What is closing"));
    page.extend(block(72.0, 691.0, &left));
    page.extend(block(250.0, 700.0, &right));
    check(
        vec![page],
        &[
            (Heading, "page/1", "What is closing"),
            (Paragraph, "page/1", &left.join(" ")),
            (Heading, "page/1", "What comes next"),
            (Paragraph, "page/1", &right.join(" ")),
        ],
    );
}

#[test]
fn the_numbers_of_a_bill_s_lines_are_no_words() {
    let lines = || (0..PROSE.len()).map(|row| 700.0 - 24.0 * row as f32);
    let numbers = lines()
        .zip(1..)
        .map(|(up, number)| at(72.0, up, &number.to_string()));
    let words = lines().zip(PROSE).map(|(up, words)| at(100.0, up, words));
    let title = set("F1", 18.0, 100.0, 740.0, "On piers");
    check(
        vec![[title].into_iter().chain(numbers).chain(words).collect()],
        &[(Paragraph, "page/1", &PROSE.join(" "))],
    );
}

#[test]
fn the_clauses_of_a_resolution_are_paragraphs() {
    let lines = [
        "WHEREAS, the piles of Pier 4 were set in 1931 and carry no load any more; and",
        "WHEREAS, the Council has heard the crews of the whole of its fishing fleet;",
        "NOW, THEREFORE, BE IT RESOLVED, that the Council closes the pier for good.",
    ];
    let mut page = vec![set("F1", 18.0, 72.0, 740.0, "On piers")];
    page.extend(block(72.0, 700.0, &lines));
    check(vec![page], &lines.map(|line| (Paragraph, "page/1", line)));
}

#[test]
fn a_letter_is_named_by_what_it_is_about() {
    let head = [
        "SEAL OF THE",
        "CITY OF MILLPORT",
        "Department of Harbors",
        "November 9, 2025",
        "The Honorable Ana Diaz",
    ];
    let letter = |about: &str| {
        let mut page = vec![set("F1", 20.0, 200.0, 760.0, "MILLPORT HARBORS")];
        let lines = head.iter().chain([&about, &"Dear Secretary Diaz:"]).zip(0..);
        page.extend(lines.map(|(words, row)| at(72.0, 735.0 - 24.0 * row as f32, words)));
        page.extend(block(72.0, 540.0, &PROSE));
        let reading = read_file(&file(&[Sheet::Text(page)], ""));
        (
            reading.title,
            reading.published.map(|stated| stated.moment.to_string()),
        )
    };
    let day = Some("2025-11-09".to_owned());
    assert_eq!(
        letter("Re: The state of Pier 4"),
        (Some("The state of Pier 4".to_owned()), day.clone())
    );
    assert_eq!(letter("By mail"), (None, day));
}

#[test]
fn the_day_of_a_hearing_is_not_that_of_its_notice() {
    let lines = [
        "NOTICE OF PUBLIC HEARING",
        "The Harbor Board will hold a hearing on Pier 4.",
        "Date: March 19, 2025",
        "Time: 6:30 p.m.",
        "Place: Grange Hall",
        "Dated: March 2, 2025",
    ];
    let page = lines
        .iter()
        .zip(1..)
        .map(|(words, row)| at(72.0, 740.0 - 40.0 * row as f32, words));
    let reading = read_file(&file(&[Sheet::Text(page.collect())], ""));
    assert_eq!(reading.title.as_deref(), Some("NOTICE OF PUBLIC HEARING"));
    assert_eq!(
        reading
            .published
            .map(|stated| stated.moment.to_string())
            .as_deref(),
        Some("2025-03-02")
    );
}

#[test]
fn a_word_runs_on_over_a_page_with_its_head_and_number() {
    let page = |number: usize, lines: &[&str]| {
        let mut page = vec![at(72.0, 750.0, "Port Lima, Executive Order No. 7")];
        page.extend(block(72.0, 700.0, lines));
        page.push(at(300.0, 40.0, &format!("Page {number} of 2")));
        page
    };
    let first = [
        PROSE[0],
        PROSE[1],
        PROSE[2],
        "week. Whoever lands after dark shows a light and pays at the har-",
    ];
    let words = format!(
        "{} {} {} week. Whoever lands after dark shows a light and pays at the harbour office.",
        PROSE[0], PROSE[1], PROSE[2]
    );
    check(
        vec![page(1, &first), page(2, &["bour office.", "Signed."])],
        &[(Paragraph, "page/1", &words), (Paragraph, "page/2", "Signed.")],
    );
}

#[test]
fn words_left_out_are_not_found_again() {
    let pages = [Sheet::Text(block(72.0, 700.0, &PROSE))];
    let letters = Letters::of(&file(&pages, ""), Some("application/pdf"));
    assert!(letters.contain("for everyone who lives on it"));
    assert!(!letters.contain("for everyone lives on it"));
    assert!(!letters.contain("stays open for every boat and for everyone who the piers are cleared"));
}

#[test]
fn ligatures_are_letters_and_compounds_keep_their_hyphen() {
    let mut page = vec![at(72.0, 740.0, "On the staff")];
    page.push(set(
        "F3",
        12.0,
        72.0,
        700.0,
        "The o\\002ce \\001les what staff of the city and of the port and non-",
    ));
    page.push(at(
        72.0,
        686.0,
        "City staff bring to it, and it is open every day of the whole year.",
    ));
    let words = "The office files what staff of the city and of the port and non-City staff bring to it, and it is open every day of the whole year.";
    check(vec![page], &[(Paragraph, "page/1", words)]);
}

#[test]
fn footnote_marks_are_no_part_of_words() {
    let mut page = block(72.0, 700.0, &PROSE[..3]);
    page.push(at(72.0, 640.0, "It ends here."));
    page.push(set("F1", 7.0, 143.0, 645.0, "12"));
    let reading = read_file(&file(&[Sheet::Text(page)], ""));
    assert!(reading.text.ends_with("It ends here.¹²"), "{}", reading.text);
    // Behind a figure they would make another one.
    let mut page = block(72.0, 700.0, &PROSE[..3]);
    page.push(at(72.0, 640.0, "It began in 1931"));
    page.push(set("F1", 7.0, 157.0, 645.0, "2"));
    let payload = file(&[Sheet::Text(page)], "");
    let reading = read_file(&payload);
    assert!(reading.text.ends_with("It began in 1931²"), "{}", reading.text);
    assert!(Letters::of(&payload, Some("application/pdf")).contain("It began in 1931²"));
}

#[test]
fn a_pdf_without_a_text_layer_is_scanned() {
    let scanned = |detail: &str| vec![(NoticeKind::Scanned, detail.to_owned())];
    assert_eq!(
        kinds(&file(&[Sheet::Scan, Sheet::Scan], "")),
        scanned("2 of 2 pages have no text layer")
    );
    let empty = Sheet::Text(Vec::new());
    assert_eq!(
        kinds(&file(&[empty.clone(), empty], "")),
        scanned("2 of 2 pages have no text layer")
    );
    let mixed = [Sheet::Text(block(72.0, 700.0, &PROSE)), Sheet::Scan];
    assert_eq!(
        kinds(&file(&mixed, "")),
        scanned("1 of 2 pages have no text layer")
    );
}

#[test]
fn what_the_file_says_of_itself_comes_last() {
    let info = "/Title(On open piers)/CreationDate(D:20260205120000Z)";
    let reading = read_file(&file(&[Sheet::Text(block(72.0, 700.0, &PROSE))], info));
    assert_eq!(reading.title.as_deref(), Some("On open piers"));
    let published = reading
        .published
        .map(|stated| (stated.moment.to_string(), stated.method));
    assert_eq!(
        published,
        Some(("2026-02-05".to_owned(), "pdf creation date".to_owned()))
    );
    let later = "/CreationDate(D:20270205120000Z)";
    let reading = read_file(&file(&[Sheet::Text(block(72.0, 700.0, &PROSE))], later));
    assert_eq!(reading.published, None);
}

#[test]
fn what_is_no_pdf_is_said() {
    assert_eq!(drawn(b"%PDF-1.7\nnothing"), Err(PdfError::Unreadable));
}

#[test]
fn forms_that_multiply_are_not_drawn() {
    // Thirty levels, each drawing the next one twenty times.
    let form = |next: usize| {
        let content = "/N Do ".repeat(20);
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</N {next} 0 R>>>>/Length {}>>stream\n{content}\nendstream",
            content.len()
        )
    };
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</N 5 0 R>>>>/Contents 4 0 R>>"
            .to_owned(),
        "<</Length 5>>stream\n/N Do\nendstream".to_owned(),
    ];
    objects.extend((0..15).map(|level| form(6 + level)));
    objects.push("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 1>>stream\n \nendstream".to_owned());
    assert!(kinds(&assembled(&objects)).contains(&(NoticeKind::Bounded, "1 pages were not read".to_owned())));
}

#[test]
fn a_stream_that_unpacks_to_gigabytes_is_refused() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..80 {
        packed.write_all(&zeros).expect("a vector takes all");
    }
    let packed = packed.finish().expect("a vector takes all");
    let mut payload = b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode>>stream\n".to_vec();
    payload.extend(packed);
    payload.extend(b"\nendstream\nendobj");
    assert_eq!(drawn(&payload), Err(PdfError::TooLarge));
}

#[test]
fn a_transcript_has_its_turns() {
    let turns = [
        "Mayor Lima: Good day to everyone who came down to the harbour on this day.",
        "Question: Why does the ferry not run on Sundays, as it did before the fire?",
        "Mayor Lima: Because nobody mends the landing on Sundays; that will change.",
        "Question: When will it change, and who is going to pay for the work on it?",
    ];
    let mut page = block(72.0, 740.0, &PROSE);
    page.extend(block(72.0, 620.0, &turns));
    let reading = read_file(&file(&[Sheet::Text(page)], ""));
    assert_eq!(reading.genre, Genre::Transcript, "{reading:?}");
    let marked = reading
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Turn);
    let marked: Vec<&str> = marked.map(|block| &reading.text[block.span.range()]).collect();
    assert_eq!(marked, turns);
}
