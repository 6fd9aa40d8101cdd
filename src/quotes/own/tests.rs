//! Which documents of an office are texts of somebody's own, and what of them is.

use super::Paper;
use crate::model::document::{Block, BlockKind};
use crate::model::quote::QuoteKind;
use crate::model::span::Span;
use crate::model::tongue::Tongue;
use crate::quotes::find_in_paper;

const FIRST: &str = "The notice that came today is a threat, and we will answer it in full.";
const SECOND: &str = "I have asked the harbor master to publish every page of our reply.";

/// The direct quotes of a document: who is meant, and the pieces.
fn told(headline: &str, lines: &[&str], tongue: Tongue) -> Vec<(String, Vec<String>)> {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for line in lines {
        let marked = [("* ", BlockKind::ListItem), ("# ", BlockKind::Heading)];
        let marked = marked
            .into_iter()
            .find_map(|(mark, kind)| Some((kind, line.strip_prefix(mark)?)));
        let (kind, line) = marked.unwrap_or((BlockKind::Paragraph, line));
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(line);
        blocks.push((kind, start..text.len()));
    }
    let blocks = blocks.into_iter().map(|(kind, range)| Block {
        kind,
        span: Span::of(&text, range).expect("whole lines"),
        path: String::new(),
    });
    let blocks: Vec<Block> = blocks.collect();
    let paper = Paper { headline };
    let found = find_in_paper(&text, &blocks, paper, tongue);
    let direct = found.iter().filter(|quote| quote.kind == QuoteKind::Direct);
    let told = direct.map(|quote| {
        let told = quote.attribution.as_ref();
        let who = told.map_or_else(String::new, |told| told.mention.printed(&text));
        let pieces = quote.content.iter().map(|span| span.slice(&text).to_owned());
        (who, pieces.collect())
    });
    told.collect()
}

#[track_caller]
fn check(headline: &str, lines: &[&str], expected: &[(&str, &[&str])]) {
    check_in(Tongue::English, headline, lines, expected);
}

#[track_caller]
fn check_in(tongue: Tongue, headline: &str, lines: &[&str], expected: &[(&str, &[&str])]) {
    let told = told(headline, lines, tongue);
    let told: Vec<(&str, Vec<&str>)> = told
        .iter()
        .map(|(who, pieces)| (who.as_str(), pieces.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> = expected
        .iter()
        .map(|(who, pieces)| (*who, pieces.to_vec()))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn a_line_hands_over_to_a_statement() {
    let own: &[(&str, &[&str])] = &[("Mayor Ana Lima", &[FIRST, SECOND])];
    for lead in [
        "MILLPORT — Mayor Ana Lima today issued the following statement:",
        "The following is a statement from Mayor Ana Lima of Millport:",
        "Mayor Ana Lima released the following statement on the notice of the Harbor Board:",
        "Statement from Mayor Ana Lima:",
    ] {
        check("Mayor Responds to Notice", &[lead, FIRST, SECOND], own);
    }
    check(
        "Mayor Responds to Notice",
        &[
            "Mayor Ana Lima today issued the following statement:",
            FIRST,
            "###",
            "The city has a harbor and two piers.",
        ],
        &[("Mayor Ana Lima", &[FIRST])],
    );
}

#[test]
fn several_statements_end_where_the_next_is_handed_over_to() {
    check(
        "Leaders Respond to Notice",
        &[
            "Mayor Ana Lima issued the following statement:",
            FIRST,
            "Governor Boris Cruz issued the following statement:",
            SECOND,
            "About the Harbor Board",
        ],
        &[("Mayor Ana Lima", &[FIRST]), ("Governor Boris Cruz", &[SECOND])],
    );
}

#[test]
fn pieces_that_were_posted_are_a_list() {
    check(
        "Mayor Lima on the Notice",
        &[
            "Mayor Ana Lima wrote in a thread on Tuesday:",
            "* The notice is a threat dressed as a form.",
            "* We will answer it in full.",
        ],
        &[(
            "Mayor Ana Lima",
            &[
                "The notice is a threat dressed as a form.",
                "We will answer it in full.",
            ],
        )],
    );
}

#[test]
fn a_headline_says_whose_statement_follows() {
    let own: &[(&str, &[&str])] = &[("Mayor Ana Lima", &[FIRST, SECOND])];
    check(
        "Statement from Mayor Ana Lima on the Harbor Board’s Notice",
        &["November 24, 2026", FIRST, SECOND],
        own,
    );
    check(
        "Remarks by Mayor Ana Lima at the Harbor Breakfast (As Prepared for Delivery)",
        &[FIRST, SECOND],
        own,
    );
    check(
        "Mayor Ana Lima’s Statement on the Notice",
        &[FIRST, SECOND, "Media Contact: Jo Day, 555-0100"],
        own,
    );
    check(
        "Statement from the Department of Ports on the Notice",
        &["The Department of Ports has read the notice. We regret that it was sent at all."],
        &[(
            "the Department of Ports",
            &["The Department of Ports has read the notice. We regret that it was sent at all."],
        )],
    );
    check(
        "Joint Statement from Mayor Ana Lima and Governor Boris Cruz on the Pier",
        &[FIRST, SECOND],
        &[("Mayor Ana Lima, Governor Boris Cruz", &[FIRST, SECOND])],
    );
    // What speaks of nobody belongs to it where it goes on, or where it is signed: else the office may add it. A dateline is nobody's words.
    let (dateline, dark, last) = (
        "MILLPORT, Nov. 24 — This is a dark day for the harbor.",
        "This is a dark day for the harbor.",
        "It will not be the last.",
    );
    check(
        "Statement from Mayor Ana Lima on the Notice",
        &[dateline, FIRST, last],
        &[("Mayor Ana Lima", &[dark, FIRST])],
    );
    check(
        "Statement on the Notice",
        &[dateline, FIRST, last, "— Mayor Ana Lima"],
        &[("Mayor Ana Lima", &[dark, FIRST, last])],
    );
}

#[test]
fn a_heading_may_say_again_whose_text_follows() {
    check(
        "Testimony of Mayor Ana Lima on the Pier",
        &[
            "# Testimony of Mayor Ana Lima before Chair Boris Cruz",
            FIRST,
            SECOND,
        ],
        &[("Mayor Ana Lima", &[FIRST, SECOND])],
    );
    for heading in [
        "# Boris Cruz on the Pier",
        "# Get involved",
        "# Statement of Boris Cruz",
    ] {
        check(
            "Testimony of Mayor Ana Lima on the Pier",
            &[
                FIRST,
                SECOND,
                heading,
                "We will ask for the money again, all of us.",
            ],
            &[("Mayor Ana Lima", &[FIRST, SECOND])],
        );
    }
}

#[test]
fn who_signs_a_text_says_it() {
    let own: &[(&str, &[&str])] = &[("Mayor Ana Lima", &[FIRST, SECOND])];
    check(
        "Statement on the Notice",
        &[FIRST, SECOND, "— Mayor Ana Lima"],
        own,
    );
    check(
        "Letter to Secretary Cruz",
        &[
            "November 27, 2026",
            "The Honorable Boris Cruz\nHarbor Secretary",
            "Dear Secretary Cruz:",
            FIRST,
            SECOND,
            "Sincerely,",
            "Ana Lima\nMayor of Millport",
        ],
        &[("Ana Lima", &[FIRST, SECOND])],
    );
}

#[test]
fn a_statement_in_spanish() {
    let said = "El aviso que llegó hoy es una amenaza, y responderemos por completo.";
    check_in(
        Tongue::Spanish,
        "Declaración de la alcaldesa Rosa Leal sobre el aviso",
        &[said],
        &[("la alcaldesa Rosa Leal", &[said])],
    );
}

#[test]
fn a_release_about_a_statement_stays_a_release() {
    // It tells of the mayor, and quotes her in marks.
    check(
        "Mayor Ana Lima’s Statement on the Pier",
        &[
            "Mayor Ana Lima said on Friday that the pier is shut.",
            "“We will mend it,” Mayor Lima said.",
        ],
        &[("Mayor Lima", &["We will mend it,"])],
    );
    check(
        "Statement on the Pier",
        &[
            "The pier is shut until the spring, the harbor master said.",
            "It was built in 1911.",
        ],
        &[],
    );
    check(
        "Mayor Lima Opens Pier 4",
        &["The pier is open, and we are glad.", "It was built in 1911."],
        &[],
    );
    check(
        "Mayor Ana Lima Responds to Statement from Governor Cruz",
        &["The city has read what the governor wrote, and will answer it on Friday."],
        &[],
    );
}

#[test]
fn who_speaks_for_himself_may_tell_what_others_said() {
    let headline = "Governor Boris Cruz Statement on the Notice";
    let answered = "The harbor master said last night that he would help. He lied.";
    let own = "We are not going to wait for him.";
    check(
        headline,
        &[answered, own],
        &[("Governor Boris Cruz", &[answered, own])],
    );
    // What follows is the office's report.
    let report = "Council President Dana Holm said the council would meet on Monday.";
    check(
        headline,
        &[own, SECOND, report],
        &[("Governor Boris Cruz", &[own, SECOND])],
    );
    check(
        "Letter to Parents",
        &[
            "Dear parents,",
            FIRST,
            "Police told us that it is not credible.",
            "Sincerely,",
            "Dana Holm",
        ],
        &[("Dana Holm", &[FIRST, "Police told us that it is not credible."])],
    );
}

#[test]
fn an_office_without_a_name_has_statements_too() {
    let bio = "Secretary Boris Cruz was sworn in on January 21 and leads nine harbors.";
    check(
        "Statement by the Secretary",
        &[FIRST, SECOND, bio],
        &[("the Secretary", &[FIRST, SECOND])],
    );
}

#[test]
fn a_body_hands_over_to_whose_statement_it_releases() {
    check(
        "Statement on the Notice",
        &[
            "The Department of Ports released the following statement from Commissioner Dana Holm on the notice:",
            "“This notice is a gift to nobody.”",
        ],
        &[("Commissioner Dana Holm", &["This notice is a gift to nobody."])],
    );
}

#[test]
fn a_report_of_what_an_office_did_is_nobody_s_words() {
    // The headline of a statement, and a report below it that quotes its speaker in another way.
    for lines in [
        [
            "The Department of Ports today opened the pier to all.",
            "Director Boris Cruz said: “I did it, and we are glad.”",
        ],
        [
            "The pier is shut until spring after engineers found cracks in two piles.",
            "Mayor Lima announced the closure on Tuesday.",
        ],
        [
            "The Governor today asked for help from the coast guard.",
            "He said, “We cannot wait for the spring.”",
        ],
        [
            "The pier is shut.",
            "The mayor said that we must wait for the spring.",
        ],
    ] {
        for headline in [
            "Statement from the Department of Ports on the Pier",
            "Mayor Ana Lima’s Statement on Pier Closure",
            "Governor Lima Sends Letter to the Coast Guard",
        ] {
            let told = told(headline, &lines, Tongue::English);
            let is_marked = |piece: &String| lines.iter().any(|line| line.contains(&format!("“{piece}")));
            assert!(
                told.iter().flat_map(|(_, pieces)| pieces).all(is_marked),
                "{told:?}"
            );
        }
    }
}

#[test]
fn what_stands_beside_a_statement_is_not_its_speaker_s() {
    let headline = "Statement from Mayor Ana Lima on the Pier";
    let first: &[(&str, &[&str])] = &[("Mayor Ana Lima", &[FIRST])];
    check(
        headline,
        &[FIRST, "# Statement from Governor Boris Cruz", SECOND],
        first,
    );
    check(
        "Statements from Elected Officials on the Pier",
        &["# Mayor Ana Lima", FIRST, "# Governor Boris Cruz", SECOND],
        &[],
    );
    check(
        headline,
        &[
            FIRST,
            "The Harbor Act, introduced by Senator Dana Holm, would bar sales of piers.",
            "Under the law fines begin in January.",
        ],
        first,
    );
    check(
        headline,
        &[FIRST, "She was elected in 2021 and lives on Alder Street."],
        first,
    );
    check(
        "Remarks by Mayor Ana Lima at the Harbor Breakfast",
        &[
            "Good morning. I am Dana Holm, president of the council, and I welcome our mayor.",
            FIRST,
        ],
        &[],
    );
    let thanks = "I thank Governor Boris Cruz, and I called Dana Holm this morning.";
    check(
        headline,
        &[FIRST, thanks],
        &[("Mayor Ana Lima", &[FIRST, thanks])],
    );
    for own in [
        "On Friday we met the board of the harbor, and nothing came of it.",
        "As Governor I signed what the board of the harbor asked for.",
    ] {
        check(headline, &[own], &[("Mayor Ana Lima", &[own])]);
    }
    // A country, a number and who is called are nobody that speaks.
    for line in [
        "The US Department of Ports opened the harbor on Monday after a year of work.",
        "The city gets Title I grants for the landing and for the pier behind it.",
        "Residents may call us at 311 about the pier and about the landing.",
        "The classes are part of We Speak Millport, which began in the spring.",
    ] {
        check(headline, &[line, "The pier is open."], &[]);
    }
}

#[test]
fn an_office_that_is_told_of_does_not_speak() {
    check_in(
        Tongue::Spanish,
        "Declaración de la alcaldesa Rosa Leal sobre el muelle",
        &[
            "La alcaldesa inauguró ayer el muelle de los pescadores con una fiesta.",
            "Los vecinos nos pueden llamar al 311 con sus preguntas sobre el muelle.",
        ],
        &[],
    );
    check(
        "Statement on the Pier",
        &[
            FIRST,
            SECOND,
            "Jo Day, Press Secretary",
            "For more information, call the press office.",
        ],
        &[],
    );
}

#[test]
fn a_letter_is_its_writers_whoever_is_quoted_in_it() {
    let quoted = "Dana Holm testified, “We do not keep a list.” That was in May.";
    let lines = [
        "Dear Secretary Cruz:",
        FIRST,
        quoted,
        SECOND,
        "Sincerely,",
        "Ana Lima\nMayor of Millport",
    ];
    let told = told("Letter to Secretary Cruz", &lines, Tongue::English);
    let own = [FIRST, quoted, SECOND].map(str::to_owned).to_vec();
    assert_eq!(told.first(), Some(&("Ana Lima".to_owned(), own)));
}

#[test]
fn a_letter_that_holds_another_is_nobody_s_alone() {
    let forwarded = "I forward to you what a neighbor wrote to me.";
    check(
        "Letter to Secretary Cruz",
        &[
            "Dear Secretary Cruz:",
            forwarded,
            "Dear Mayor Lima:",
            FIRST,
            "Sincerely,",
            "Jo Day",
            SECOND,
            "Sincerely,",
            "Ana Lima",
        ],
        &[],
    );
    check(
        "Letter to Secretary Cruz",
        &[
            "Dear Secretary Cruz:",
            FIRST,
            SECOND,
            "Sincerely,",
            "Ana Lima",
            "Mayor of Millport",
            "Boris Bell",
            "Governor",
        ],
        &[],
    );
}

#[test]
fn names_above_and_below_quotes_tell_nobody() {
    let told = told(
        "What They Are Saying",
        &[
            "Commissioner Dana Holm",
            "“We will read it in public.”",
            "Governor Boris Cruz",
            "“I would like to see the sums.”",
            "Jo Day, Press Office",
        ],
        Tongue::English,
    );
    assert!(
        told.iter()
            .all(|(who, words)| !(who.contains("Cruz") && words[0].contains("in public"))),
        "{told:?}"
    );
}

#[test]
fn who_signs_or_is_told_with_a_verb_keeps_his_words_below_a_topic() {
    let told = told(
        "The Pier",
        &[
            "Mayor Ana Lima held a briefing on Tuesday.",
            "On the pier: “We will mend it before the spring,” Governor Boris Cruz said.",
        ],
        Tongue::English,
    );
    assert_eq!(told[0].0, "Governor Boris Cruz");
}

#[test]
fn a_line_that_hands_over_to_something_else_is_none() {
    // A list of what is ordered, words in marks, a schedule.
    check(
        "Mayor Lima Signs Pier Bill",
        &[
            "Mayor Ana Lima signed a letter that makes the following changes:",
            "* The pier is shut.",
            "* The boats are moved.",
        ],
        &[],
    );
    check(
        "Mayor Responds",
        &[
            "Mayor Ana Lima issued the following statement:",
            "“We will mend it.”",
            "The pier was built in 1911 and closed in the storm of last week.",
        ],
        &[("Mayor Ana Lima", &["We will mend it."])],
    );
    check(
        "Hearings on the Pier",
        &[
            "The Department of Ports will hold hearings on the following days:",
            "Monday, at the harbor hall, from nine to noon, and again at two.",
        ],
        &[],
    );
}

#[test]
fn a_name_below_a_release_signs_no_more_than_its_last_words() {
    check(
        "Mayor Lima Opens Pier 4",
        &[
            "The pier is open to everybody from today on, after eleven months of work.",
            "We are glad of it.",
            "— Mayor Ana Lima",
        ],
        &[],
    );
    check(
        "Letters on the Pier",
        &[
            "Dear neighbors,",
            "The pier is shut.",
            "Jo Day called it a shame.",
        ],
        &[],
    );
}

#[test]
fn a_statement_ends_where_the_office_goes_on_to_tell_of_its_speaker() {
    check(
        "Statement from Mayor Ana Lima on the Notice",
        &[
            FIRST,
            SECOND,
            "Ana Lima is the ninth mayor of Millport and was a harbor pilot.",
        ],
        &[("Mayor Ana Lima", &[FIRST, SECOND])],
    );
}

#[test]
fn a_name_on_a_line_of_its_own_stands_over_each_quote_of_a_round_up() {
    let first = "“We will read it in public, line by line, and we will vote on it.”";
    let second = "“I would like to see the sums before anybody shouts about it.”";
    check(
        "What They Are Saying",
        &["Commissioner Dana Holm", first, "Governor Boris Cruz", second],
        &[
            ("Commissioner Dana Holm", &[first.trim_matches(['“', '”'])]),
            ("Governor Boris Cruz", &[second.trim_matches(['“', '”'])]),
        ],
    );
    // Below each they sign.
    let signed = told(
        "What They Are Saying",
        &[first, "Commissioner Dana Holm", second, "Governor Boris Cruz"],
        Tongue::English,
    );
    assert!(
        signed
            .iter()
            .all(|(who, words)| !who.contains("Holm") || words[0].contains("in public"))
    );
}

#[test]
fn a_topic_before_a_quote_says_nothing() {
    check(
        "Mayor Lima on Morning Harbor",
        &[
            "On Wednesday, Mayor Ana Lima joined a morning show to discuss the notice. Excerpts:",
            "On the notice: “It is a threat dressed as a form.”",
            "On the grants: “Congress voted for those buses.”",
        ],
        &[
            ("Mayor Ana Lima", &["It is a threat dressed as a form."]),
            ("Mayor Ana Lima", &["Congress voted for those buses."]),
        ],
    );
}
