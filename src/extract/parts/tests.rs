use super::*;
use crate::extract::read;
use crate::model::source::{SiteRules, Source, SourceKind};

const LONG: &str = "The ferry to the harbour stays open through the winter, the council of the town said on Friday, \
    because the boats are needed by everyone who lives on the island and nobody has found another way to cross the \
    water in the dark months of the year, when the bridge is closed for most of the day and the wind does not stop.";

/// Title, day and first words of each document.
fn check(html: &str, source: Option<&Source>, expected: &[(&str, &str, &str, &str)]) {
    let url = url::Url::parse("https://tide.example/press/").expect("an address");
    let page = Page {
        payload: html.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        url: &url,
        captured_at: None,
        source,
    };
    let found: Vec<_> = documents(read(&page))
        .into_iter()
        .map(|reading| {
            for block in &reading.blocks {
                assert!(!block.span.slice(&reading.text).is_empty());
            }
            let words: Vec<&str> = reading.text.split_whitespace().take(3).collect();
            (
                reading.fragment.unwrap_or_default(),
                reading.title.unwrap_or_default(),
                reading
                    .published
                    .map(|stated| stated.moment.to_string())
                    .unwrap_or_default(),
                words.join(" "),
            )
        })
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|(fragment, title, day, words)| {
            (fragment.as_str(), title.as_str(), day.as_str(), words.as_str())
        })
        .collect();
    assert_eq!(found, expected);
}

fn source(body: &str) -> Source {
    let mut source = crate::extract::tests::office();
    source.rules = SiteRules {
        body: Some(body.to_owned()),
        ..SiteRules::default()
    };
    source
}

#[test]
fn statements_with_marks_between_them_are_documents() {
    let page = format!(
        "<title>Statements</title><main><h1>Statements</h1><p>All that the member said, newest first.</p>\
         <h2>Statement on the Ferry</h2><p>February 6, 2026</p><p>{LONG}</p><p>###</p>\
         <h2 id=piers>Statement on the Piers</h2><p>February 2, 2026</p><p>Piers. {LONG}</p><p># # #</p>\
         <p>Contact: press@tide.example</p></main>"
    );
    check(
        &page,
        Some(&source("main")),
        &[
            ("", "Statements", "", "All that the"),
            (
                ":~:text=Statement%20on%20the%20Ferry",
                "Statement on the Ferry",
                "2026-02-06",
                "The ferry to",
            ),
            (
                "piers",
                "Statement on the Piers",
                "2026-02-02",
                "Piers. The ferry",
            ),
        ],
    );
}

#[test]
fn a_release_that_ends_in_marks_is_one_document() {
    let page = format!("<main><h1>Ferry</h1><p>{LONG}</p><p>###</p><p>About the council. {LONG}</p></main>");
    check(&page, Some(&source("main")), &[("", "Ferry", "", "The ferry to")]);
}

#[test]
fn entries_of_a_live_page_are_documents() {
    let entry = |id: &str, hour: u32| {
        format!(
            "<article id={id}><time datetime='2026-02-06T{hour:02}:00:00Z'>now</time><h3>Entry {id}</h3>\
             <p>{id} {LONG}</p></article>"
        )
    };
    let page = format!(
        "<script type='application/ld+json'>{{\"@type\":\"LiveBlogPosting\",\"headline\":\"Storm\"}}</script>\
         <main><h1>Storm</h1><p>{LONG}</p><div class=feed>{}{}{}</div></main>",
        entry("c", 12),
        entry("b", 11),
        entry("a", 10)
    );
    check(
        &page,
        Some(&source("main")),
        &[
            ("", "Storm", "", "The ferry to"),
            ("c", "Entry c", "2026-02-06T12:00:00Z", "c The ferry"),
            ("b", "Entry b", "2026-02-06T11:00:00Z", "b The ferry"),
            ("a", "Entry a", "2026-02-06T10:00:00Z", "a The ferry"),
        ],
    );
}

#[test]
fn entries_of_a_live_page_may_be_grouped_by_day() {
    let entry = |id: &str, day: u32, hour: u32| {
        format!(
            "<article id={id}><time datetime='2026-02-{day:02}T{hour:02}:00:00Z'>x</time><p>{id} {LONG}</p></article>"
        )
    };
    for days in [
        vec![(7, vec!["e", "d"]), (6, vec!["c", "b"])],
        vec![(8, vec!["f", "e"]), (7, vec!["d", "c"]), (6, vec!["b", "a"])],
    ] {
        let groups: String = days
            .iter()
            .map(|(day, ids)| {
                let entries: String = ids.iter().map(|id| entry(id, *day, 10)).collect();
                format!("<section><h2>February {day}</h2>{entries}</section>")
            })
            .collect();
        let page = format!(
            "<script type='application/ld+json'>{{\"@type\":\"LiveBlogPosting\",\"headline\":\"Storm\"}}</script>\
             <main><h1>Storm</h1><p>{LONG}</p><div class=feed>{groups}</div></main>"
        );
        let ids: Vec<&str> = days.iter().flat_map(|(_, ids)| ids.clone()).collect();
        let url = url::Url::parse("https://tide.example/press/").expect("an address");
        let reading = read(&Page {
            payload: page.as_bytes(),
            content_type: Some("text/html"),
            url: &url,
            captured_at: None,
            source: None,
        });
        let fragments: Vec<&str> = reading.parts.iter().map(|part| part.fragment.as_str()).collect();
        assert_eq!(fragments, ids);
    }
}

#[test]
fn a_transcript_under_a_release_is_a_document() {
    let page = format!(
        "<main><h1>Ferry</h1><p>{LONG}</p><p>A rush transcript of the remarks is available below:</p><p>Good day. {LONG}</p></main>"
    );
    check(
        &page,
        Some(&source("main")),
        &[
            ("", "Ferry", "", "The ferry to"),
            (
                ":~:text=A%20rush%20transcript%20of%20the%20remarks%20is%20available%20below:",
                "A rush transcript of the remarks is available below",
                "",
                "Good day. The",
            ),
        ],
    );
}

#[test]
fn a_fragment_is_an_id_or_a_directive_of_whole_words() {
    assert_eq!(fragment(Some("entry-1"), "x"), "entry-1");
    assert_eq!(
        fragment(None, "Ferry, open – now"),
        ":~:text=Ferry%2C%20open%20%E2%80%93%20now"
    );
    let long = "harbour ".repeat(20);
    assert!(fragment(None, &long).ends_with("harbour"));
}

#[test]
fn a_part_is_not_dated_after_its_capture() {
    let statement = |name: &str, day: &str| {
        format!("<h2>Statement on the {name}</h2><p>{day}</p><p>{name}. {LONG}</p><p>###</p>")
    };
    let html = format!(
        "<main><h1>Statements</h1>{}{}</main>",
        statement("Ferry", "March 3, 2027"),
        statement("Piers", "February 2, 2026")
    );
    let url = url::Url::parse("https://tide.example/press/").expect("an address");
    let source = source("main");
    let reading = read(&Page {
        payload: html.as_bytes(),
        content_type: Some("text/html"),
        url: &url,
        captured_at: Some("2026-02-07T12:00:00Z".parse().expect("an instant")),
        source: Some(&source),
    });
    let days: Vec<Option<String>> = reading
        .parts
        .iter()
        .map(|part| part.published.as_ref().map(|stated| stated.moment.to_string()))
        .collect();
    assert_eq!(days, [None, Some("2026-02-02".to_owned())]);
    assert!(
        reading
            .notices
            .iter()
            .any(|notice| notice.kind == NoticeKind::FutureDate)
    );
}

#[test]
fn what_stands_under_a_release_is_no_statement() {
    let about = format!("<h2>About the Port</h2><p>{LONG}</p>");
    let release = |name: &str| format!("<h2>{name} opens</h2><p>{name}. {LONG}</p><p>###</p>");
    check(
        &format!("<main><h1>Piers</h1>{}{about}</main>", release("Ferry")),
        Some(&source("main")),
        &[("", "Piers", "", "Ferry opens Ferry.")],
    );
    let two = format!(
        "<main><h1>Piers</h1>{}{}{about}</main>",
        release("Ferry"),
        release("Landing")
    );
    let url = url::Url::parse("https://tide.example/piers/").expect("an address");
    let reading = read(&Page {
        payload: two.as_bytes(),
        content_type: Some("text/html"),
        url: &url,
        captured_at: None,
        source: Some(&source("main")),
    });
    let titles: Vec<&str> = reading
        .parts
        .iter()
        .filter_map(|part| part.title.as_deref())
        .collect();
    assert_eq!(titles, ["Ferry opens", "Landing opens"]);
}

#[test]
fn what_a_page_of_releases_calls_itself_once_holds_for_each() {
    let release = |name: &str| format!("<h2>{name} opens</h2><p>{name}. {LONG}</p><p>###</p>");
    let html = format!(
        "<main><h1>Piers</h1><p>For immediate release</p>{}{}</main>",
        release("Ferry"),
        release("Landing")
    );
    let url = url::Url::parse("https://tide.example/piers/").expect("an address");
    let mut source = source("main");
    source.kind = SourceKind::News;
    let reading = read(&Page {
        payload: html.as_bytes(),
        content_type: Some("text/html"),
        url: &url,
        captured_at: None,
        source: Some(&source),
    });
    let genres: Vec<Genre> = reading.parts.iter().map(|part| part.genre).collect();
    assert_eq!(genres, [Genre::PressRelease; 2], "{reading:?}");
}

#[test]
fn headlines_that_only_begin_like_an_address_are_of_statements() {
    let release = |title: &str| format!("<h2>{title}</h2><p>{title}. {LONG}</p><p>###</p>");
    let page = format!(
        "<main><h1>Piers</h1>{}{}{}</main>",
        release("About 4,000 Families to Receive Aid"),
        release("Contact Tracing to Resume"),
        release("Landing opens")
    );
    let url = url::Url::parse("https://tide.example/piers/").expect("an address");
    let reading = read(&Page {
        payload: page.as_bytes(),
        content_type: Some("text/html"),
        url: &url,
        captured_at: None,
        source: Some(&source("main")),
    });
    let titles: Vec<&str> = reading
        .parts
        .iter()
        .filter_map(|part| part.title.as_deref())
        .collect();
    assert_eq!(
        titles,
        [
            "About 4,000 Families to Receive Aid",
            "Contact Tracing to Resume",
            "Landing opens"
        ]
    );
}
