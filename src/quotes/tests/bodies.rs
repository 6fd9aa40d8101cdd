//! Which body, or who, is meant by a short name, a noun, "it" or a paper.

use super::{check, said};

/// A text whose last quote is that of somebody by name, and of another text that of the bare mention.
#[track_caller]
fn meant(text: &str, name: &str) {
    let found = crate::quotes::find(text, &[], crate::model::tongue::Tongue::English);
    let last = found.last().expect("a quote");
    assert_eq!(super::speaker(text, last), Some(name), "{text}");
}

#[test]
fn a_paper_is_that_of_whose_name_stands_with_it() {
    for (paper, name) in [
        ("A Harbor Safety Office report", "Harbor Safety Office"),
        ("A 2013 Harbor Safety Office memo", "Harbor Safety Office"),
        ("The Harbor Council’s latest report", "Harbor Council"),
        ("A report by the Harbor Council", "Harbor Council"),
        ("A report from the Harbor Council", "Harbor Council"),
        ("A report released Monday by the Harbor Council", "Harbor Council"),
        (
            "A complaint filed in court by the Harbor Council",
            "Harbor Council",
        ),
        ("A letter written by Imogen Stoll", "Imogen Stoll"),
        ("Imogen Stoll’s letter", "Imogen Stoll"),
        ("An ad by the Lowen campaign", "the Lowen campaign"),
    ] {
        meant(&format!("{paper} said the pier was “unsafe.”"), name);
    }
    let lead = "The Department of Harbor Safety met.";
    meant(
        &format!("{lead} A Harbor Safety memo said the pier was “unsafe.”"),
        "Department of Harbor Safety",
    );
}

#[test]
fn a_paper_of_others_is_not_that_of_whom_it_names() {
    for paper in [
        // What sues is not what is sued.
        "A Marrow University lawsuit",
        // Two wrote it.
        "A report by the Harbor Council and the ferry union",
        // Those whom it was sent to, and who got hold of it.
        "A letter to the Harbor Council",
        "A memo obtained by the Harbor Council",
        "A letter released by the Harbor Council",
        // Where it was written, and what about.
        "A report from Ohio",
        "A report on the Harbor Council",
        "A Twitter post",
        "A Lowen report",
        "Another report",
        "A Channel 4 report",
    ] {
        let text = format!("{paper} said the pier was “unsafe.”");
        let found = crate::quotes::find(&text, &[], crate::model::tongue::Tongue::English);
        let antecedent = found[0].attribution.as_ref().and_then(|it| it.antecedent);
        assert_eq!(antecedent.map(|span| span.slice(&text)), None, "{text}");
    }
}

#[test]
fn a_paper_further_on_is_that_of_who_wrote_the_only_one() {
    for (lead, paper, name) in [
        (
            "The Harbor Council issued a statement.",
            "The statement",
            "Harbor Council",
        ),
        (
            "The pier fell, the Harbor Council said in a statement.",
            "The statement",
            "Harbor Council",
        ),
        (
            "In a statement, the Harbor Council called it old.",
            "The statement",
            "Harbor Council",
        ),
        ("Imogen Stoll filed a complaint.", "The lawsuit", "Imogen Stoll"),
        (
            "It came out after Imogen Stoll filed a petition.",
            "The petition",
            "Imogen Stoll",
        ),
        (
            "A report by the Harbor Council came.",
            "The study",
            "Harbor Council",
        ),
        (
            "In her 2003 book, Tides, Imogen Stoll told of it.",
            "The book",
            "Imogen Stoll",
        ),
    ] {
        meant(&format!("{lead} {paper} said the pier was “unsafe.”"), name);
    }
    for (lead, paper) in [
        (
            "A report by the Harbor Council came. So did a report by the Ferry Board.",
            "The report",
        ),
        (
            "A report by the Harbor Council came. Another report was lost.",
            "The report",
        ),
        (
            "Neighbors of the Harbor School filed a complaint.",
            "The complaint",
        ),
        (
            "Perrin Lowen and Imogen Stoll filed a complaint.",
            "The complaint",
        ),
        ("The Harbor Council got a letter.", "The letter"),
        ("A report by the Harbor Council came.", "The lawsuit"),
    ] {
        meant(&format!("{lead} {paper} said the pier was “unsafe.”"), paper);
    }
}

#[test]
fn what_a_paper_is_called_it_is_who_wrote_it() {
    meant(
        "The Harbor Council sent a letter. “The pier is old,” the letter read. “It leaks,” it added.",
        "Harbor Council",
    );
    meant(
        "A letter came. The Harbor Council met. “It leaks,” the letter read. “It is old,” it added.",
        "it",
    );
}

#[test]
fn a_short_name_is_that_of_the_only_long_one() {
    for (lead, short, name) in [
        ("The Marrow Bay Times came.", "the Times", "Marrow Bay Times"),
        ("The Harbor Safety Office met.", "the HSO", "Harbor Safety Office"),
        (
            "The State Harbor Office (SHO) met.",
            "the SHO",
            "State Harbor Office",
        ),
        (
            "The Department of Harbor Safety met.",
            "DHS",
            "Department of Harbor Safety",
        ),
        (
            "The United Ports Harbor Council met.",
            "the Harbor Council",
            "United Ports Harbor Council",
        ),
        (
            "They sued the mining giant Marrow Energy.",
            "Marrow",
            "Marrow Energy",
        ),
        (
            "The Marrow Bay Times came. So did the Lowen Times.",
            "The Times",
            "The Times",
        ),
        ("They came to the White House.", "The House", "The House"),
        (
            "The Harbor Council of Lowen met. The Senate Harbor Committee met.",
            "The Senate",
            "The Senate",
        ),
        (
            "They sued the mining giant Marrow Energy. Perrin Marrow left.",
            "Marrow",
            "Perrin Marrow",
        ),
        (
            "They sued the mining giant Marrow Energy.",
            "Mr. Marrow",
            "Marrow",
        ),
        (
            "They sued the Ferry Board. The Lowen Ferry Board did not.",
            "the Ferry Board",
            "the Ferry Board",
        ),
        (
            "The Harbor Fund met.",
            "A new fund called Fund",
            "A new fund called Fund",
        ),
    ] {
        meant(&format!("{lead} “We wait,” {short} said."), name);
    }
}

#[test]
fn a_noun_takes_up_the_only_body_of_its_kind() {
    for (lead, noun, name) in [
        ("The Lowen Tribune came out.", "the newspaper", "Lowen Tribune"),
        (
            "The Association of Stewards, a union, met.",
            "the union",
            "Association of Stewards",
        ),
        (
            "The stewards’ union met. The Association of Stewards won.",
            "the union",
            "Association of Stewards",
        ),
        (
            "The mining giant Marrow Energy closed.",
            "the company",
            "Marrow Energy",
        ),
        (
            "The Harbor Party met the Ferry Board.",
            "the party",
            "Harbor Party",
        ),
        ("The Lowen campaign met.", "the campaign", "Lowen campaign"),
        ("The Harbor Party met the Pier Party.", "the party", "the party"),
        (
            "The Stoll campaign met the Lowen campaign.",
            "the campaign",
            "the campaign",
        ),
        (
            "The Lowen Tribune met a newspaper from afar.",
            "the newspaper",
            "the newspaper",
        ),
        (
            "The Harbor Agency met. The EB-5 closed.",
            "the agency",
            "Harbor Agency",
        ),
        ("It was about the EB-5.", "the agency", "the agency"),
        (
            "The Harbor Committee met.",
            "the committee chairmen",
            "the committee chairmen",
        ),
        // The police of one town are named, those of another meant.
        (
            "The Lowen Police Department sent help to Marrow Bay.",
            "the police",
            "the police",
        ),
        (
            "The Lowen Tribune came out. It fell in Marrow, the paper added.",
            "the paper",
            "Lowen Tribune",
        ),
        (
            "The Russian harbor ministry met.",
            "the ministry",
            "Russian harbor ministry",
        ),
    ] {
        meant(&format!("{lead} “We wait,” {noun} said."), name);
    }
}

#[test]
fn somebody_whose_surname_a_body_bears_is_somebody() {
    check(
        "“We wait,” said Harbor Bank President Boris Law. “It is late,” Law said.",
        &[
            said("Harbor Bank President Boris Law", ["We wait,"]),
            said("Boris Law", ["It is late,"]),
        ],
    );
}
