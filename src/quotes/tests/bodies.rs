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
        ("A letter from the Harbor Council", "Harbor Council"),
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
        // What sues is not what is sued, and a complaint is lodged with whose name it bears.
        "A Marrow University lawsuit",
        "A Harbor Safety Office complaint",
        // Another is told behind it, or more than one.
        "A Harbor Council study by Imogen Stoll",
        "A letter by Imogen Stoll, Perrin Lowen and Mark Cole",
        // It holds only the end of the name, or two names.
        "The Harbors and Ferry Commission report",
        "A study conducted by Marrow University for Lowen Energy",
        // Where it was found.
        "A video from the Harbor Bank",
        "A clip from a Harbor Council meeting",
        "A letter from Marrow State Prison",
        "A letter from the Lowen Museum",
        "A report from the Harbor Council",
        // On her, and not by her.
        "Imogen Stoll’s ruling",
        "Imogen Stoll’s story",
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
            "Imogen Stoll said Friday in a letter that the pier was old.",
            "The letter",
            "Imogen Stoll",
        ),
        (
            "It came out after Imogen Stoll filed a petition.",
            "The petition",
            "Imogen Stoll",
        ),
        (
            "A report by the Harbor Council came.",
            "The report",
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
        ("A report by the Harbor Council came.", "The study"),
        ("Imogen Stoll filed a petition. Officers came.", "The complaint"),
        ("Imogen Stoll wrote a letter. They answered.", "The email"),
    ] {
        meant(&format!("{lead} {paper} said the pier was “unsafe.”"), paper);
    }
}

#[test]
fn who_is_told_of_in_a_paper_did_not_write_it() {
    for (lead, paper) in [
        ("Imogen Stoll was told in a letter to leave.", "The letter"),
        ("In a letter, Imogen Stoll was told to leave.", "The letter"),
        ("Imogen Stoll was accused in a lawsuit of fraud.", "The lawsuit"),
        ("In a lawsuit, Imogen Stoll is accused of fraud.", "The lawsuit"),
        (
            "Harbor Bank, accused in a statement of fraud, denied it.",
            "The statement",
        ),
        ("Imogen Stoll denied the charges in a statement.", "The statement"),
        ("Imogen Stoll cited numbers in a report.", "The report"),
        ("Imogen Stoll said she was named in a memo.", "The memo"),
        ("Imogen Stoll was sent a letter.", "The letter"),
        ("Imogen Stoll denied she wrote a letter.", "The letter"),
        ("Imogen Stoll never wrote a letter.", "The letter"),
        ("Imogen Stoll allegedly sent an email.", "The email"),
        ("The man who followed Imogen Stoll sent a letter.", "The letter"),
        // Who gives it out.
        ("The Marrow Gazette published a statement.", "The statement"),
        ("The Harbor Police Department released a video.", "The video"),
        ("Attorney General Imogen Stoll released a report.", "The report"),
        ("Lowen Energy released a study.", "The study"),
        ("Imogen Stoll appealed.", "Her ruling"),
    ] {
        let text = format!("{lead} {paper} said the pier was “unsafe.”");
        let found = crate::quotes::find(&text, &[], crate::model::tongue::Tongue::English);
        let told = found.last().and_then(|quote| quote.attribution.as_ref());
        let antecedent = told.and_then(|it| it.antecedent);
        assert_eq!(antecedent.map(|span| span.slice(&text)), None, "{text}");
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
    meant(
        "Imogen Stoll’s lawsuit angered Lowen Energy. It said the claims were “false.”",
        "It",
    );
}

#[test]
fn a_short_name_is_that_of_the_only_long_one() {
    for (lead, short, name) in [
        ("The Marrow Bay Times came.", "the Times", "Marrow Bay Times"),
        ("The Harbor Safety Office met.", "the HSO", "Harbor Safety Office"),
        (
            "The Ministry of Harbors (MINHAR) met.",
            "MINHAR",
            "Ministry of Harbors",
        ),
        ("The Harbor Office (XYZ) met.", "XYZ", "XYZ"),
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
        // Of courts and armies there are many, and two letters are anybody's.
        (
            "The Lowen Supreme Court met.",
            "the Supreme Court",
            "the Supreme Court",
        ),
        (
            "The Lowen Chamber of Commerce met.",
            "the Chamber of Commerce",
            "the Chamber of Commerce",
        ),
        ("The Department of Anchors met.", "the DA", "the DA"),
        // Each has a right to it.
        (
            "The Times of Lowen came. So did the Marrow Bay Times.",
            "the Times",
            "the Times",
        ),
        // Somebody is called so.
        ("Marrow Motors met. Gov. Marrow came.", "Marrow", "Marrow"),
        ("Detective Marrow searched Marrow Motors.", "Marrow", "Marrow"),
        ("Marrow Motors met. Marrow, 93, came.", "Marrow", "Marrow"),
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
        // A fuller noun takes it up, or tells what it is.
        (
            "The Harbor Agency met. The federal agency wants more.",
            "the agency",
            "Harbor Agency",
        ),
        (
            "Marrow Corp. met. It is a global company.",
            "the company",
            "Marrow Corp.",
        ),
        (
            "The Lowen Department met after talks with the Marrow Department.",
            "the department",
            "Lowen Department",
        ),
        // No group by its name, or one that something is only done to.
        ("They came to the Lowen Museum.", "the group", "the group"),
        (
            "Perrin Stoll sued the Harbor Association.",
            "the group",
            "the group",
        ),
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

#[test]
fn a_law_keeps_its_number() {
    for law in [
        "Executive Order 13",
        "Executive Order No. 13",
        "Local Law 58",
        "House Bill 1557",
        "Section 4",
    ] {
        check(
            &format!("{law} says that “no officer may board.”"),
            &[said(law, ["no officer may board."])],
        );
    }
    check(
        "Executive Order 13 of Feb. 6 says “no officer may board.” “All may,” according to Executive Order 50.",
        &[
            said("Executive Order 13", ["no officer may board."]),
            said("Executive Order 50", ["All may,"]),
        ],
    );
}

#[test]
fn a_number_that_counts_something_else_is_no_part_of_a_name() {
    for lead in ["In Title 42 cases", "After Executive Order 13", "In 2019"] {
        check(
            &format!("{lead} Ida Brandt said it was “late.”"),
            &[said("Ida Brandt", ["late."])],
        );
    }
    check("“It is late,” said Bill 40.", &[said("Bill", ["It is late,"])]);
    check(
        "Ida Brandt, 13, said it was “late.”",
        &[said("Ida Brandt", ["late."])],
    );
}
