//! The pages of the desk over the sample newsroom.

use crate::support::Workspace;
use crate::support::demo::{Demo, string};
use crate::support::site::Site;
use crate::support::text;

#[test]
fn a_quote_is_shown_in_its_place_with_its_printings_and_how_to_cite_it() {
    let desk = Demo::start();
    let hit = desk.hit("\"asks whether they are safe tonight\" source:hall");
    let id = string(&hit["id"]);
    let page = desk.page(
        &format!("/quotes/{id}"),
        &[
            "<mark>This order does not ask",
            "href=\"/speakers/ines-marrow\"",
            "Transcript: Mayor Marrow signs",
            "a part of the words",
            "<del>",
            "SHA-256",
            &format!("onrecord verify {}", string(&hit["capture"])),
            "record urn:uuid:",
        ],
    );
    assert!(page.len() < 100_000);
    for (format, mark) in [
        ("bibtex", "@misc{said-q"),
        ("ris", "TY  - "),
        ("csljson", "\"accessed\""),
    ] {
        desk.page(&format!("/quotes/{id}/citation?format={format}"), &[mark]);
    }
    assert_eq!(desk.get(&format!("/quotes/{id}/citation?format=word")).0, 400);
    assert_eq!(desk.get("/quotes/nonsense").0, 404);
}

#[test]
fn a_silent_edit_is_shown_word_by_word() {
    let desk = Demo::start();
    let now = desk.hit("\"direct invitation to disorder\" \"less safe\" source:herald");
    let before = desk.hit("\"open invitation\" source:herald");
    assert!(before.is_null(), "it is held no more: {before}");
    let document = string(&now["document"]);
    let body = desk.page(
        &format!("/documents/{document}/changes"),
        &[
            "an open </del>",
            "a direct </ins>",
            "1 changed, 0 added, 0 removed",
        ],
    );
    assert!(body.contains("without a change"), "{body}");
    desk.page(&format!("/documents/{document}"), &["what changed"]);
    desk.page(
        &format!("/quotes/{}", string(&now["id"])),
        &[
            "In other revisions",
            "reworded",
            "an open </del>",
            "/changes?from=",
        ],
    );
    assert_eq!(desk.get(&format!("/documents/{document}/changes?to=r1")).0, 404);
}

#[test]
fn a_speaker_has_offices_months_sources_and_words() {
    let desk = Demo::start();
    desk.page("/speakers", &["href=\"/speakers/ines-marrow\"", "Ines Marrow"]);
    desk.page(
        "/speakers?name=nobody-of-that-name",
        &["Nobody of that name was quoted"],
    );
    let page = desk.page(
        "/speakers/ines-marrow",
        &[
            "<h1>Ines Marrow</h1>",
            "Offices",
            "Quoted by",
            "Tidewater Wire",
            "Said last",
        ],
    );
    assert!(page.len() < 100_000);
    // Of some nothing is held but what was reported.
    let list = desk.page("/speakers?name=ABBATE", &["1–1 of 1"]);
    let count = list
        .split("<td class=\"number\">")
        .nth(1)
        .and_then(|rest| rest.split('<').next())
        .expect("a count");
    desk.page(
        "/speakers/roland-abbate",
        &[&format!("{count} quote"), "class=\"hit said\""],
    );
    desk.page(
        "/speakers/dsh",
        &["Who speaks for it", "by it or for it", "class=\"hit said\""],
    );
    assert_eq!(desk.get("/speakers/nobody-of-that-id").0, 404);
}

#[test]
fn a_timeline_is_zoomed_and_listed_by_its_address() {
    let desk = Demo::start();
    let page = desk.page(
        "/timeline",
        &[
            "Zoom in",
            "Days spoken of",
            "class=\"cluster\"",
            "id=\"e0\"",
            "format=ics",
        ],
    );
    assert!(page.len() < 100_000, "{}", page.len());
    let links = |page: &str, name: &str| -> String {
        let link = page
            .split("<a href=\"")
            .find(|link| link.contains(&format!(">{name}</a>")));
        let address = link.and_then(|link| link.split('"').next()).expect(name);
        address.replace("&#38;", "&").replace("&amp;", "&")
    };
    let narrower = desk.page(&links(&page, "Zoom in"), &["All of it"]);
    assert_ne!(links(&narrower, "Zoom in"), links(&page, "Zoom in"));
    let day = "/timeline?q=speaker:marrow&from=2026-03-10&to=2026-03-10";
    desk.page(
        day,
        &["2026-03-10 to 2026-03-10, 1 day", "The Harbor Falls Herald"],
    );
    desk.page("/timeline?lanes=source&kind=quotes", &["Tidewater Wire"]);
    desk.page(
        "/timeline?from=1999-01-01&to=1999-01-02",
        &["Nothing in this window"],
    );
    desk.page("/timeline?q=nothingofthekind", &["Nothing found"]);
    assert_eq!(desk.get("/timeline?q=said:whenever").0, 400);
    assert_eq!(desk.get("/timeline?from=someday").0, 400);
    assert_eq!(desk.get("/timeline?lanes=colour").0, 400);
    assert_eq!(desk.get("/timeline?format=word").0, 400);
}

#[test]
fn a_capture_is_verified_by_its_id() {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page(
        "/one",
        "Landing rebuilt",
        "2026-02-04",
        &["“The landing will be rebuilt before the summer,” said Mayor Ana Lima on Tuesday, in the rain."],
    );
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("Herald", "/feed.xml"),
    );
    workspace.crawl(&[]);
    let hit = workspace.lines(0, &["search", "landing", "--json"]).remove(0);
    let capture = string(&hit["capture"]);
    let told = text(&workspace.run(0, &["verify", &capture]).stdout);
    assert_eq!(told, "checked 1 record and 1 quote: all as archived\n");
    let told = text(&workspace.run(2, &["verify", "nonsense"]).stdout);
    assert!(told.contains("there is no such capture"), "{told}");
}
