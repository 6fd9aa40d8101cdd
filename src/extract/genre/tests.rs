use super::*;

#[track_caller]
fn check(path: &str, title: &str, sorts: &[&str], text: &str, expected: Genre) {
    let url = Url::parse("https://example.org")
        .and_then(|base| base.join(path))
        .expect("valid");
    let sorts: Vec<String> = sorts.iter().map(|sort| (*sort).to_owned()).collect();
    let pieces = text
        .split("\n\n")
        .map(|line| crate::extract::blocks::Piece::paragraph(line.to_owned(), ""));
    let (text, blocks) = crate::extract::blocks::assemble(pieces.collect());
    let evidence = Evidence {
        url: &url,
        source: None,
        title: Some(title),
        sorts: &sorts,
        authors: &[],
        text: &text,
        blocks: &blocks,
    };
    assert_eq!(genre(&evidence).0, expected);
}

#[test]
fn a_label_may_say_in_parentheses_who_asks() {
    assert!(is_turn("Question (Ana Lima, Herald): Are you sorry?"));
    assert!(is_turn("Mayor Lima (on the phone): We are."));
    assert!(!is_turn("The boats (all of them): they are gone."));
}

#[test]
fn the_address_tells() {
    check("/news/press-releases/tide", "Tide", &[], "", Genre::PressRelease);
    check("/opinion/2026/tide", "Tide", &[], "", Genre::Opinion);
    // No report, whatever it looks like.
    check("/satire/2026/tide", "Tide", &[], "", Genre::Opinion);
    check("/2026/tide", "Tide", &[], "", Genre::Report);
    check("/news/live/2026/tide", "Tide", &[], "", Genre::Live);
    check("/news/how-to-live-by-the-sea", "Tide", &[], "", Genre::Report);
    check("/news/a", "LIVE: Storm floods the pier", &[], "", Genre::Live);
    check("/news/a", "Live music returns: a guide", &[], "", Genre::Report);
    check("/news/a", "Live on the pier", &[], "", Genre::Report);
    check("/news/a", "Where they live: a map", &[], "", Genre::Report);
}

#[test]
fn satire_is_known_by_who_signs_it_and_by_its_label() {
    let told = |author: &str, text: &str| {
        let url = Url::parse("https://example.org/news/a").expect("valid");
        let authors = [author.to_owned()];
        let evidence = Evidence {
            url: &url,
            source: None,
            title: Some("Cabinet is a sofa"),
            sorts: &[],
            authors: &authors,
            text,
            blocks: &[],
        };
        genre(&evidence).0
    };
    assert_eq!(told("Our Satirical Correspondent", ""), Genre::Opinion);
    assert_eq!(told("Ana Lima", "Satire\n\nThe sofa is firm."), Genre::Opinion);
    assert_eq!(
        told("Ana Lima", "Satire wins a prize, and why\n\nText."),
        Genre::Report
    );
    assert_eq!(told("Ana Lima", "The satire was banned."), Genre::Report);
    assert_eq!(told("Ana Satirova", ""), Genre::Report);
}

#[test]
fn the_title_or_the_page_itself_tells() {
    check("/a", "Executive Order 7: On the Harbour", &[], "", Genre::Order);
    check(
        "/a",
        "Statement from Mayor Lima on the Tide",
        &[],
        "",
        Genre::Statement,
    );
    check("/a", "Tide", &["OpinionNewsArticle"], "", Genre::Opinion);
    check("/a", "Tide", &["LiveBlogPosting"], "", Genre::Live);
    check(
        "/a",
        "Tide",
        &[],
        "FOR IMMEDIATE RELEASE\n\nHarbour City",
        Genre::PressRelease,
    );
}

#[test]
fn an_order_may_begin_with_its_reasons() {
    let reasons = "WHEREAS, the levee has failed; and\n\nWHEREAS, 212 houses need repairs;\n\n";
    for enacting in [
        "NOW, THEREFORE, by the power vested in me as Mayor of Port Lima, it is hereby ordered:",
        "NOW, THEREFORE, I, Ana Lima, Mayor of Port Lima, do hereby proclaim a day of rest.",
        "RESOLVED, That the council thanks the divers.",
    ] {
        check(
            "/a",
            "Protection of tenants",
            &[],
            &format!("{reasons}{enacting}"),
            Genre::Order,
        );
    }
    let reported = "It says that the levee has failed, and so it is ordered.";
    check(
        "/a",
        "Protection of tenants",
        &[],
        &format!("{reasons}{reported}"),
        Genre::Report,
    );
}

#[test]
fn notices_in_spanish_tell_what_they_are() {
    let release = "PARA PUBLICACIÓN INMEDIATA\n\nEl muelle abre el lunes.";
    check("/a", "Abre el muelle", &[], release, Genre::PressRelease);
    let labelled = "Comunicado de prensa\n\nEl muelle abre el lunes, dijo la alcaldesa.";
    check("/a", "Abre el muelle", &[], labelled, Genre::PressRelease);
    check(
        "/sala/notas-de-prensa/muelle",
        "Abre el muelle",
        &[],
        "",
        Genre::PressRelease,
    );
    check("/a", "Orden Ejecutiva Núm. 7: del muelle", &[], "", Genre::Order);
    check(
        "/a",
        "Declaración conjunta sobre el muelle",
        &[],
        "",
        Genre::Statement,
    );
    check("/a", "Opinión: El muelle es de todos", &[], "", Genre::Opinion);
    check("/a", "EN VIVO: el temporal llega al muelle", &[], "", Genre::Live);
}

#[test]
fn reports_in_spanish_that_tell_of_notices_are_none() {
    for (path, title) in [
        (
            "/la-nota-de-prensa-de-la-alcaldesa",
            "La nota de prensa de la alcaldesa",
        ),
        ("/a", "Orden ejecutiva no frena las obras del muelle"),
        ("/a", "Opinión pública y muelles: qué dice la encuesta"),
        ("/a", "En directo desde el muelle tocará la banda"),
        ("/a", "Declaración de la renta: cómo hacerla"),
    ] {
        check(
            path,
            title,
            &[],
            "La banda del muelle toca el lunes.",
            Genre::Report,
        );
    }
}

#[test]
fn turns_make_a_transcript() {
    let turns = "Mayor Lima: Good day.\n\nQuestion: Why?\n\nMayor Lima: Because.\n\nQ: When?";
    check("/news/press-releases/a", "Tide", &[], turns, Genre::Transcript);
    check(
        "/a",
        "Tide",
        &[],
        "He said: “No.”\n\nTwo.\n\nThree.",
        Genre::Report,
    );
    let witnesses =
        "CHAIR CHEN: Order.\n\nMR. DIAZ: Yes.\n\nCHAIR CHEN: Go on.\n\nMR. DIAZ: No.\n\n(Laughter.)";
    check("/a", "Hearing", &[], witnesses, Genre::Transcript);
}

#[test]
fn a_turn_may_name_the_office() {
    let turns = "Mayor Lima: Good day.\n\nDirector Ana Chen, Department of Public Works: Thank you, Mayor.\n\n\
                 Mayor Lima: Go on.\n\nDirector Ana Chen, Department of Public Works: I will.";
    check("/a", "Media availability", &[], turns, Genre::Transcript);
    assert!(!is_turn("The mayor, a friend of the harbor: he said so."));
}

#[test]
fn a_text_about_an_order_is_none() {
    let about = "MILLPORT — Mayor Lima signed Executive Order No. 4 on Friday. It takes effect at once.";
    check(
        "/a",
        "Mayor Lima Signs Executive Order No. 4",
        &[],
        about,
        Genre::Report,
    );
    let notice = "Executive Order No. 4 asks for three hearings, of which this is the first.";
    check("/a", "Notice of a hearing", &[], notice, Genre::Report);
    let order = "CITY OF MILLPORT\n\nExecutive Order No. 4\n\nWhereas the pier is closed, it stays so.";
    check("/a", "On the pier", &[], order, Genre::Order);
}

#[test]
fn what_a_council_resolves_is_an_order() {
    let whereas = "WHEREAS, the pier is old; and\n\nWhereas the boats need it; and";
    let resolved = format!("{whereas}\n\nNOW, THEREFORE, BE IT RESOLVED, that the pier is mended.");
    check("/a", "On the pier", &[], &resolved, Genre::Order);
    check(
        "/a",
        "Tide",
        &[],
        &format!("{whereas}\n\nResolved, that it is."),
        Genre::Order,
    );
    check("/a", "Tide", &[], whereas, Genre::Report);
    let other_way = format!("Resolved at last, she left.\n\n{whereas}");
    check("/a", "Tide", &[], &other_way, Genre::Report);
    let report = format!("{}\n\n{resolved}", ["The council met."; 8].join("\n\n"));
    check("/a", "Tide", &[], &report, Genre::Report);
    let one = "Whereas Lima won, Cruz lost.\n\nResolved to go on, he ran again.";
    check("/a", "Tide", &[], one, Genre::Report);
}

#[test]
fn testimony_and_a_resolution_are_known_by_an_office_s_headline_only() {
    let testimony = "Testimony of Ana Lima before the Harbour Committee";
    let resolution = "Resolution No. 31";
    let told = |source: Option<&Source>, title: &str| {
        let url = Url::parse("https://example.org/a").expect("valid");
        let evidence = Evidence {
            url: &url,
            source,
            title: Some(title),
            sorts: &[],
            authors: &[],
            text: "I am here because the pier is old.",
            blocks: &[],
        };
        genre(&evidence).0
    };
    let office = crate::extract::tests::office();
    assert_eq!(told(Some(&office), testimony), Genre::Testimony);
    assert_eq!(told(Some(&office), resolution), Genre::Order);
    assert_eq!(
        told(Some(&office), "Council passes Resolution No. 31"),
        Genre::PressRelease
    );
    assert_eq!(told(None, testimony), Genre::Report);
    assert_eq!(told(None, resolution), Genre::Report);
}

#[test]
fn labels_that_stand_there_once_make_none() {
    let advisory =
        "WHO: Mayor Lima\n\nWHAT: A tour of the pier\n\nWHEN: Friday\n\nWHERE: Pier 4\n\nRSVP: By noon.";
    check("/a", "Advisory", &[], advisory, Genre::Report);
    let list = "Buses: Fares stay.\n\nSnow: Two more plows.\n\nSchools: A new roof.\n\nTaxes: Nothing.";
    check("/a", "Five things", &[], list, Genre::Report);
}

/// The genre of what an office prints under a title, at a path, and what shows it.
fn of_office(path: &str, title: &str, text: &str) -> (Genre, String) {
    let url = Url::parse("https://hall.example")
        .and_then(|base| base.join(path))
        .expect("valid");
    let office = crate::extract::tests::office();
    let pieces = text.split("\n\n");
    let pieces = pieces.map(|line| crate::extract::blocks::Piece::paragraph(line.to_owned(), ""));
    let (text, blocks) = crate::extract::blocks::assemble(pieces.collect());
    genre(&Evidence {
        url: &url,
        source: Some(&office),
        title: Some(title),
        sorts: &[],
        authors: &[],
        text: &text,
        blocks: &blocks,
    })
}

#[test]
fn offices_tell_by_the_headline_what_they_print() {
    let (letter, witness) = (
        "Dear Secretary Diaz:\n\nThe pier is old.",
        "Good morning. I am here for the pier.",
    );
    let call = "Mayor Lima spoke with the Governor today about the pier.";
    for (title, text, expected) in [
        ("Letter to Secretary Diaz on Pier 4", letter, Genre::Letter),
        ("Open Letter to the Piers of Port Lima", letter, Genre::Letter),
        ("Comment Letter: Proposed Rule 4", letter, Genre::Letter),
        (
            "Testimony of Ana Lima before the Harbour Committee",
            witness,
            Genre::Testimony,
        ),
        (
            "Hearing on Piers: Written Testimony of Ana Lima",
            witness,
            Genre::Testimony,
        ),
        (
            "Readout of Mayor Lima’s Call With the Governor",
            call,
            Genre::Readout,
        ),
        ("READOUT: Mayor Lima Meets Fishing Crews", "", Genre::Readout),
        ("Call with the Governor: Readout", "", Genre::Readout),
        ("FACT SHEET: Port Lima Repairs Its Piers", "", Genre::FactSheet),
        (
            "Fact Sheet on Statements of the Harbour Board",
            "",
            Genre::FactSheet,
        ),
        ("Mayor’s Plan for Piers: Fact Sheet", "", Genre::FactSheet),
        ("Hoja informativa: los muelles", "", Genre::FactSheet),
        ("Notice of a Public Hearing", "", Genre::Notice),
        ("Notice of Proposed Rulemaking: Names on Boats", "", Genre::Notice),
        ("Notice of Emergency Rule", "", Genre::Notice),
        ("Media Advisory: Mayor Lima to Open Pier 4", "", Genre::Notice),
        ("Aviso público: obras del muelle", "", Genre::Notice),
        ("Resolution No. 31", "", Genre::Order),
        ("Mayor Lima Issues Statement on Pier 4", "", Genre::Statement),
        (
            "Video & Rush Transcript: Mayor Lima Opens Pier 4",
            "",
            Genre::Transcript,
        ),
    ] {
        assert_eq!(of_office("/a", title, text).0, expected, "{title}");
    }
    for title in [
        "Letter to Secretary Diaz",
        "FACT SHEET: Piers",
        "Notice of a Public Hearing",
    ] {
        let url = Url::parse("https://news.example/a").expect("valid");
        let told = genre(&Evidence {
            url: &url,
            source: None,
            title: Some(title),
            sorts: &[],
            authors: &[],
            text: letter,
            blocks: &[],
        });
        assert_eq!(told.0, Genre::Report, "{title}");
    }
    assert_eq!(
        of_office("/a", "Readout of Lima’s Call", call).1,
        "an office's headline begins with “readout of”"
    );
}

#[test]
fn releases_that_tell_of_such_are_releases() {
    for title in [
        "Mayor Lima Sends Letter to Secretary Diaz on Pier 4",
        "Letter Carriers of Port Lima Honored",
        "Letter From Albany Prompts Review of Piers",
        "Letter to the editor: ferries",
        "Open Letter Writing Contest Opens",
        "Testimony Before Council Shows Fewer Storms, Mayor Says",
        "Mayor Lima Delivers Testimony Before the Harbour Committee",
        "Readout of Water Meters Goes Digital",
        "Department Completes Readout From Sensors",
        "Mayor Lima Publishes Fact Sheet on Piers",
        "Fact Sheet Contest Winners Named",
        "Factory on Pier 4 to Open",
        "Public Notice Law Signed by Governor",
        "Legal Notice Requirement Repealed",
        "Notice of Intent Law Takes Effect",
        "Meeting Notice Board Unveiled",
        "News Advisory Council Appointed by Mayor",
        "Advisory: Heat Wave This Weekend",
        "Notice: Library Closed Monday",
        "Notice and Comment: How a Rule Is Made",
        "Advisory Board on Piers Meets",
        "Resolution No Longer Needed, Says Mayor",
        "Comptroller Releases Annual Financial Statement",
        "City Publishes Financial Statement for 2026",
        "Transcript of 911 Call Will Be Released",
        "Mayor Lima’s Letter Is Answered",
    ] {
        let told = of_office(
            "/news/a",
            title,
            "MILLPORT — The pier is old, Mayor Lima said on Friday. “I am sorry,” she said.",
        );
        let expected = if title.starts_with("Transcript") {
            Genre::Transcript
        } else {
            Genre::PressRelease
        };
        assert_eq!(told.0, expected, "{title}: {}", told.1);
    }
}

#[test]
fn a_folder_and_a_label_tell_as_well() {
    let release = "The pier is old.";
    assert_eq!(
        of_office("/news/fact-sheets/pier", "On the pier", release).0,
        Genre::FactSheet
    );
    assert_eq!(
        of_office("/testimony/2026/pier", "On the pier", release).0,
        Genre::Testimony
    );
    assert_eq!(
        of_office("/readouts/pier", "On the pier", release).0,
        Genre::Readout
    );
    assert_eq!(
        of_office("/news/pier-fact-sheets", "On the pier", release).0,
        Genre::PressRelease
    );
    for (label, expected) in [
        ("FACT SHEET", Genre::FactSheet),
        ("MEDIA ADVISORY", Genre::Notice),
        ("NOTICE OF PUBLIC HEARING", Genre::Notice),
    ] {
        let text = format!("FOR IMMEDIATE RELEASE\n\n{label}\n\nThe pier is old.");
        assert_eq!(of_office("/a", "On the pier", &text).0, expected, "{label}");
    }
    let told = "FOR IMMEDIATE RELEASE\n\nThe fact sheet is on the way, the mayor said.";
    assert_eq!(of_office("/a", "On the pier", told).0, Genre::PressRelease);
}

#[test]
fn a_letter_and_an_advisory_are_known_by_their_form() {
    let letter = "November 9, 2026\n\nDear Secretary Diaz:\n\nI write to ask for the records of Pier 4, which your office holds.\n\n\
                  Sincerely,\n\nAna Lima";
    let told = of_office("/press-releases/pier", "On the pier", letter);
    assert_eq!(
        (told.0, told.1.as_str()),
        (Genre::Letter, "it greets somebody and closes as letters do")
    );
    let sent = format!("Mayor Lima sent a letter on Friday. It reads as follows:\n\n{letter}");
    assert_eq!(
        of_office("/press-releases/pier", "On the pier", &sent).0,
        Genre::PressRelease
    );
    let advisory =
        "WHO: Mayor Lima\n\nWHAT: A tour of the pier\n\nWHEN: Friday\n\nWHERE: Pier 4\n\nRSVP: By noon.";
    let told = of_office("/a", "Tour of the pier", advisory);
    assert_eq!(
        (told.0, told.1.as_str()),
        (Genre::Notice, "it says under labels what is held, when and where")
    );
    let headed = "Mayor Lima will open the pier.\n\nWHAT\n\nA tour\n\nWHEN\n\nFriday\n\nWHERE\n\nPier 4";
    assert_eq!(of_office("/a", "Tour of the pier", headed).0, Genre::Notice);
    let far = ["The ferry sails."; 9].join("\n\n");
    for other in [
        &format!("Who: riders of the ferry\n\n{far}\n\nWhen: Friday\n\nWhere: Pier 4"),
        "WHEN: Friday\n\nWHERE: Pier 4",
        "The mayor asked when: and where: the pier was.\n\nWhat: she did not say.",
        &format!(
            "{}\n\n{advisory}",
            ["Mayor Lima opened the pier on Friday."; 6].join("\n\n")
        ),
    ] {
        assert_eq!(
            of_office("/a", "Tour of the pier", other).0,
            Genre::PressRelease,
            "{other}"
        );
    }
    let rule = "AGENCY: Harbour Department.\n\nACTION: Notice of proposed rulemaking.\n\nSUMMARY: Boats would bear names.";
    assert_eq!(of_office("/a", "Names on boats", rule).0, Genre::Notice);
    let last = rule.replace("Notice of proposed rulemaking", "Final rule");
    assert_eq!(of_office("/a", "Names on boats", &last).0, Genre::PressRelease);
}
