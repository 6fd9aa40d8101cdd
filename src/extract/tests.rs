use super::*;
use crate::model::document::{BlockKind, Genre, StatedMoment};
use crate::model::id::SourceId;
use crate::model::source::{SiteRules, SourceKind};

const PAGE: &str = r#"<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Harbour stays open | The Tide</title>
<meta property="og:site_name" content="The Tide"><link rel="canonical" href="/2026/02/06/harbour">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour stays open",
"author":[{"@type":"Person","name":"Ana Lima"}],"datePublished":"2026-02-06T14:03:00-05:00"}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Harbour stays open</h1>
<p>By Ana Lima</p>
<p>PORT LIMA — The harbour of Port Lima stays open through the winter, Mayor Bo Chen said on Friday after a long meeting.</p>
<h2>What the mayor said</h2>
<p>“We will not close a single pier,” Chen told the fishermen who had waited in the rain outside the town hall.</p>
<blockquote><p>Every boat that comes home finds its berth, this winter and the next one, and that is a promise.</p></blockquote>
<p>Share this</p>
<p>The council votes on the budget for the piers on Tuesday, and most of its members have said that they agree.</p>
</article><footer>© The Tide</footer></body></html>"#;

fn url() -> Url {
    Url::parse("https://www.tide.example/2026/02/06/harbour?utm=x").expect("a valid address")
}

#[track_caller]
fn check(payload: &[u8], content_type: Option<&str>, expected: impl Fn(&Reading) -> String, value: &str) {
    let url = url();
    let captured_at = "2026-02-07T00:00:00Z".parse().ok();
    let page = Page {
        payload,
        content_type,
        url: &url,
        captured_at,
        source: None,
    };
    let reading = read(&page);
    for block in &reading.blocks {
        assert!(
            reading
                .text
                .get(block.span.range())
                .is_some_and(|words| !words.is_empty())
        );
    }
    assert_eq!(expected(&reading), value);
}

fn notices(reading: &Reading) -> String {
    let codes: Vec<&str> = reading.notices.iter().map(|notice| notice.kind.code()).collect();
    codes.join(" ")
}

#[test]
fn a_page_is_read_whole() {
    let facts = |reading: &Reading| {
        let published = reading
            .published
            .as_ref()
            .map(|stated| format!("{} by {}", stated.moment, stated.method));
        let parts = [
            &reading.title,
            &reading.publisher,
            &reading.language,
            &reading.canonical_url,
            &published,
        ];
        let parts: Vec<&str> = parts.iter().map(|part| part.as_deref().unwrap_or("-")).collect();
        format!(
            "{} | {} | {:?}",
            parts.join(" | "),
            reading.authors.join(", "),
            reading.genre
        )
    };
    let expected = "Harbour stays open | The Tide | en-US | https://www.tide.example/2026/02/06/harbour | \
                    2026-02-06T14:03:00-05:00 by json-ld | Ana Lima | Report";
    check(PAGE.as_bytes(), Some("text/html"), facts, expected);
    check(PAGE.as_bytes(), Some("text/html"), notices, "");
}

#[test]
fn the_text_has_its_paragraphs_and_nothing_of_the_furniture() {
    let starts = |reading: &Reading| {
        let words = reading
            .blocks
            .iter()
            .map(|block| &reading.text[block.span.range()]);
        let starts: Vec<&str> = words
            .map(|words| words.split(' ').next().unwrap_or_default())
            .collect();
        starts.join(" ")
    };
    check(PAGE.as_bytes(), None, starts, "PORT What “We Every The");
}

#[test]
fn blocks_keep_their_role_and_path() {
    let quoted = |reading: &Reading| {
        let quoted = reading
            .blocks
            .iter()
            .find(|block| block.kind == BlockKind::BlockQuote);
        quoted.map(|block| block.path.clone()).unwrap_or_default()
    };
    check(
        PAGE.as_bytes(),
        None,
        quoted,
        "html/body[1]/article[1]/blockquote[1]/p[1]",
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    check(b" \n", Some("text/html"), notices, "empty_payload");
    check(b"\x89PNG\r\n", Some("image/png"), notices, "unsupported");
    check(
        b"<html><body></body></html>",
        Some("text/html"),
        notices,
        "no_text",
    );
}

#[test]
fn a_page_without_a_date_says_so() {
    let url = Url::parse("https://tide.example/harbour").expect("a valid address");
    let payload =
        b"<h1>Harbour</h1><p>The harbour stays open through the winter, the council said, because the \
                    ferries need it and nobody has found another place for them.</p>";
    let page = Page {
        payload,
        content_type: Some("text/html"),
        url: &url,
        captured_at: None,
        source: None,
    };
    assert_eq!(notices(&read(&page)), "undated");
}

#[test]
fn a_date_after_the_capture_is_refused() {
    let page = PAGE.replace("2026-02-06T", "2026-03-06T");
    let published = |reading: &Reading| {
        let stated = reading
            .published
            .as_ref()
            .map(|stated| format!("{} {}", stated.moment, stated.method));
        format!("{} {}", stated.unwrap_or_default(), notices(reading))
    };
    check(page.as_bytes(), None, published, "2026-02-06 url future_date");
}

#[test]
fn places_that_name_different_days_are_reported() {
    let page = PAGE.replace("2026-02-06T", "2026-02-04T");
    check(page.as_bytes(), None, notices, "dates_disagree");
}

#[test]
fn hostile_nesting_costs_little_and_keeps_the_text() {
    let page = format!("{}<p>The harbour stays open.</p>", "<div>".repeat(100_000));
    check(page.as_bytes(), Some("text/html"), notices, "bounded");
}

#[test]
fn plain_text_is_read_by_its_blank_lines() {
    let text = "Statement by Mayor Chen\n\nThe harbour\nstays open.\n\nNobody leaves.";
    let parts = |reading: &Reading| {
        format!(
            "{:?} {:?} {}",
            reading.title,
            reading.genre,
            reading.text.replace("\n\n", "/")
        )
    };
    let expected = "Some(\"Statement by Mayor Chen\") Statement The harbour stays open./Nobody leaves.";
    check(text.as_bytes(), Some("text/plain"), parts, expected);
}

/// An office whose pages need rules: the blurb has the body's class, and the only `<time>` never changes.
pub(super) fn office() -> Source {
    let home = Url::parse("https://hall.example/").expect("a valid address");
    Source {
        id: SourceId::new("hall"),
        name: "City Hall of Port Lima".to_owned(),
        kind: SourceKind::Official,
        home,
        office: None,
        language: Some("en".to_owned()),
        time_zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(-5)),
        aliases: Vec::new(),
        ports: Vec::new(),
        allow_private: false,
        enabled: true,
        cadence: crate::model::cadence::Cadence::Every(jiff::SignedDuration::from_hours(1)),
        channels: Vec::new(),
        rules: SiteRules {
            title: Some("h1.page-title".to_owned()),
            body: Some(".field-body".to_owned()),
            published: Some(".news-date".to_owned()),
            drop: vec![".share".to_owned()],
            ..SiteRules::default()
        },
    }
}

const RELEASE: &str = r#"<html><head><meta charset="utf-8"></head><body><div class="field-body">About us.</div>
<time datetime="2020-09-30">x</time><h1>News</h1><h1 class="page-title">Mayor Opens Piers</h1>
<p class="news-date">Release Date: February 6, 2026</p><div class="field-body"><p>PORT LIMA — The piers are open,
and they stay open for every boat.</p><div class="share"><p>Send it to a friend of yours</p></div>
<ul><li>Pier 1 opens on Friday.</li></ul></div></body></html>"#;

fn read_release() -> Reading {
    let url = Url::parse("https://hall.example/piers").expect("a valid address");
    let source = office();
    read(&Page {
        payload: RELEASE.as_bytes(),
        content_type: Some("text/html"),
        url: &url,
        captured_at: None,
        source: Some(&source),
    })
}

#[test]
fn the_rules_of_a_source_come_first() {
    let reading = read_release();
    assert_eq!(reading.title.as_deref(), Some("Mayor Opens Piers"));
    let published = reading
        .published
        .as_ref()
        .map(|stated| format!("{} {}", stated.moment, stated.method));
    assert_eq!(published.as_deref(), Some("2026-02-06 rule"));
    let text =
        "PORT LIMA — The piers are open, and they stay open for every boat.\n\nPier 1 opens on Friday.";
    assert_eq!(reading.text, text);
    let kinds: Vec<BlockKind> = reading.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::ListItem]);
}

#[test]
fn a_source_lends_its_name_language_and_kind() {
    let reading = read_release();
    assert_eq!(reading.publisher.as_deref(), Some("City Hall of Port Lima"));
    assert_eq!(reading.language.as_deref(), Some("en"));
    assert_eq!(reading.genre, Genre::PressRelease);
}

#[test]
fn the_same_payload_gives_the_same_reading() {
    let url = url();
    let page = Page {
        payload: PAGE.as_bytes(),
        content_type: None,
        url: &url,
        captured_at: None,
        source: None,
    };
    assert_eq!(read(&page), read(&page));
}

/// What is read of a page of the office with other rules.
fn read_with(rules: SiteRules, payload: &str) -> Reading {
    let url = Url::parse("https://hall.example/piers").expect("a valid address");
    let source = Source { rules, ..office() };
    read(&Page {
        payload: payload.as_bytes(),
        content_type: None,
        url: &url,
        captured_at: None,
        source: Some(&source),
    })
}

#[test]
fn a_rule_for_authors_is_believed_alone() {
    let page = "<html><head><meta name=author content='Web Team'></head><body><p>By Ana Lima</p>\
                <i class=by>Bo Chen</i></body></html>";
    let rules = |authors: Option<&str>| SiteRules {
        authors: authors.map(str::to_owned),
        ..SiteRules::default()
    };
    assert_eq!(read_with(rules(Some(".by")), page).authors, ["Bo Chen"]);
    assert!(read_with(rules(Some(".none")), page).authors.is_empty());
}

#[test]
fn a_text_ends_at_the_line_that_its_source_names() {
    let rules = SiteRules {
        body: Some("main".to_owned()),
        until: vec!["###".to_owned()],
        ..SiteRules::default()
    };
    let page = "<html><body><main><p>The piers ### are open.</p><p>###</p><p>Website feedback</p></main></body></html>";
    assert_eq!(read_with(rules, page).text, "The piers ### are open.");
}

#[test]
fn an_instant_of_the_evening_before_does_not_replace_the_ruled_day() {
    let rules = || SiteRules {
        published: Some("i".to_owned()),
        ..SiteRules::default()
    };
    let page = |instant: &str| {
        format!(
            "<html><head><meta property='article:published_time' content='{instant}'></head>\
             <body><i>March 11, 2026</i></body></html>"
        )
    };
    let published = |instant: &str| {
        let published = read_with(rules(), &page(instant)).published.expect("a day");
        format!("{} {}", published.moment, published.method)
    };
    assert_eq!(published("2026-03-11T02:10:00Z"), "2026-03-11 rule");
    assert_eq!(
        published("2026-03-11T15:10:00Z"),
        "2026-03-11T15:10:00Z meta article:published_time"
    );
}

#[test]
fn json_is_read_where_its_source_says_and_nowhere_else() {
    let rules = SiteRules {
        json_text: vec!["text".to_owned()],
        json_drop: vec!["classes".to_owned()],
        json_title: Some("/title".to_owned()),
        ..SiteRules::default()
    };
    let payload = r#"{"title":"Piers","classes":{"text":"grid"},"items":[{"text":"<p>Open:</p><ul><li>Pier 1</li></ul>"}],
                     "note":"no"}"#;
    let reading = read_with(rules, payload);
    assert_eq!(
        (reading.title.as_deref(), reading.text.as_str()),
        (Some("Piers"), "Open:\n\nPier 1")
    );
}

/// A release kept as JSON, read a day after the sixth of February.
fn read_json(published: &str) -> Reading {
    let rules = SiteRules {
        json_text: vec!["text".to_owned()],
        json_title: Some("/title".to_owned()),
        json_published: Some("/day".to_owned()),
        ..SiteRules::default()
    };
    let payload =
        format!(r#"{{"title":"Executive Order 7","day":{published},"text":"<p>The piers are open.</p>"}}"#);
    let source = Source { rules, ..office() };
    read(&Page {
        payload: payload.as_bytes(),
        content_type: None,
        url: &Url::parse("https://hall.example/piers").expect("an address"),
        captured_at: Some("2026-02-07T12:00:00Z".parse().expect("an instant")),
        source: Some(&source),
    })
}

#[test]
fn a_page_kept_as_json_is_judged_by_its_title_and_day() {
    let reading = read_json("\"2026-02-06T14:03:00Z\"");
    assert_eq!(reading.genre, Genre::Order);
    let published = reading.published.expect("a day");
    assert_eq!(
        (published.moment.to_string().as_str(), published.method.as_str()),
        ("2026-02-06T14:03:00Z", "json")
    );
    assert!(reading.notices.is_empty(), "{:?}", reading.notices);
}

#[test]
fn a_day_in_json_may_be_a_number() {
    let published = read_json("1770386580").published.expect("a day");
    assert_eq!(published.moment.to_string(), "2026-02-06T14:03:00Z");
}

#[test]
fn a_day_in_json_after_the_capture_is_refused() {
    let reading = read_json("\"2027-02-06\"");
    assert!(reading.published.is_none());
    let kinds: Vec<NoticeKind> = reading.notices.iter().map(|notice| notice.kind).collect();
    assert_eq!(kinds, [NoticeKind::FutureDate, NoticeKind::Undated]);
}

#[test]
fn a_day_in_numbers_that_lies_after_the_capture_is_read_the_other_way() {
    let published = |day: &str| {
        let page = format!(
            "<html lang=en><body><div>Thursday, November 26, 2026</div><article><h1>Piers</h1><p>{day}</p>\
             <p>The piers stay open through the winter, the council of Port Lima said after a long meeting.</p></article>"
        );
        let url = Url::parse("https://hall.example/piers").expect("a valid address");
        let reading = read(&Page {
            payload: page.as_bytes(),
            content_type: None,
            url: &url,
            captured_at: Some("2026-11-26T12:00:00Z".parse().expect("an instant")),
            source: None,
        });
        reading
            .published
            .map(|stated| stated.moment.to_string())
            .unwrap_or_default()
    };
    assert_eq!(published("12/11/2026"), "2026-11-12");
    assert_eq!(published("11/12/2026"), "2026-11-12");
    assert_eq!(published("25/11/2026"), "2026-11-25");
    // In words it can be read in one way only.
    assert_eq!(published("December 11, 2026"), "2026-11-26");
}

#[test]
fn a_page_is_not_changed_before_it_is_published() {
    let modified = |foot: &str| {
        let page = format!(
            "<html lang=en><body><article><h1>Piers</h1><p>November 12, 2026</p><p>The piers stay open through the winter, the \
             council of Port Lima said after a long meeting.</p></article><footer><p>{foot}</p></footer>"
        );
        let url = Url::parse("https://hall.example/piers").expect("a valid address");
        let reading = read(&Page {
            payload: page.as_bytes(),
            content_type: None,
            url: &url,
            captured_at: Some("2026-11-26T12:00:00Z".parse().expect("an instant")),
            source: None,
        });
        let moment =
            |stated: Option<StatedMoment>| stated.map(|stated| stated.moment.to_string()).unwrap_or_default();
        (moment(reading.published), moment(reading.modified))
    };
    let day = |changed: &str| ("2026-11-12".to_owned(), changed.to_owned());
    assert_eq!(modified("Last updated: November 14, 2026"), day("2026-11-14"));
    assert_eq!(modified("Last updated: January 2, 2026"), day(""));
}

#[test]
fn the_kicker_tells_the_sort_of_a_text_and_is_not_of_it() {
    let page = |kicker: &str| PAGE.replace("<article><h1>", &format!("<article>{kicker}<h1>"));
    let told = |reading: &Reading| {
        let first = reading.text.split(' ').next().unwrap_or_default();
        format!("{} {first}", reading.genre.code())
    };
    for (kicker, expected) in [
        ("<p class=kicker>Opinion</p>", "opinion PORT"),
        ("<p class=kicker>Courts</p>", "report PORT"),
        ("", "report PORT"),
    ] {
        check(page(kicker).as_bytes(), None, told, expected);
    }
}
