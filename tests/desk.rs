//! The pages of the desk over the sample newsroom.

use crate::served::serve;
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
            "<span class=\"cut\">",
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
            "an open</del> ",
            "a direct</ins> ",
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
            "an open</del> ",
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
        &[
            "Who speaks for it",
            "Said last by its officials",
            "class=\"hit said\"",
        ],
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
            "class=\"cluster ",
            "href=\"#c-",
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
    desk.page(day, &[">10 March 2026</span>", "The Harbor Falls Herald"]);
    desk.page("/timeline?lanes=source&kind=quotes", &["Tidewater Wire"]);
    desk.page(
        "/timeline?from=1999-01-01&to=1999-01-02",
        &["Nothing in these days"],
    );
    desk.page("/timeline?q=nothingofthekind", &["Nothing found"]);
    // A name typed as words finds who speaks of her; what she said is a step away.
    desk.page(
        "/timeline?q=marrow",
        &["quotes are by Ines Marrow", "q=speaker%3A%22marrow%22"],
    );
    assert!(page.contains("data-busiest=\"0"), "{page}");
    assert_eq!(desk.get("/timeline?q=said:whenever").0, 400);
    assert_eq!(desk.get("/timeline?from=someday").0, 400);
    assert_eq!(desk.get("/timeline?lanes=colour").0, 400);
    assert_eq!(desk.get("/timeline?format=word").0, 400);
    assert_eq!(desk.get("/timeline?from=2026-03-11&to=2026-03-10").0, 400);
    assert_eq!(desk.get("/timeline?list=many").0, 400);
    // What lies behind the end is shown to be there.
    let last = desk.page(
        "/timeline?list=999999",
        &["so the list does not go on to place 1000000"],
    );
    assert!(last.contains("class=\"event\""), "{last}");
    for path in ["/?q=shelter&offset=999999", "/speakers?offset=999999"] {
        desk.page(path, &["its end is shown", "href=\"/speakers/"]);
    }
}

#[test]
fn what_is_taken_along_is_of_the_days_that_were_chosen() {
    let desk = Demo::start();
    let window = "from=2026-03-10&to=2026-03-11";
    let page = desk.page(&format!("/timeline?{window}&lanes=source"), &[]);
    let link = page.split("href=\"").find(|link| link.contains("format=jsonl"));
    let link = link.and_then(|link| link.split('"').next()).expect("a link");
    let link = link.replace("&#38;", "&");
    assert!(link.contains(window), "{link}");
    let lines = desk.page(&link, &[]);
    let days: Vec<(String, String)> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect(line))
        .map(|line| (string(&line["day"]), string(&line["until"])))
        .collect();
    assert!(days.len() > 10, "{lines}");
    let overlaps =
        |(first, last): &(String, String)| first.as_str() <= "2026-03-11" && last.as_str() >= "2026-03-10";
    assert!(days.iter().all(overlaps), "{days:?}");
    // Lanes are the groups of what draws in lanes.
    let vis = desk.page(&link.replace("jsonl", "vis"), &["\"group\":\"herald\""]);
    let vis: serde_json::Value = serde_json::from_str(&vis).expect("JSON");
    assert_eq!(vis["items"].as_array().map(Vec::len), Some(days.len()));
}

#[test]
fn exports_by_the_api_are_those_of_the_pages() {
    let desk = Demo::start();
    let query = "q=speaker:marrow&kind=quotes";
    for format in ["csv", "jsonl", "ics", "parquet"] {
        let by_api = desk.bytes(&format!("/api/v1/export/{format}?{query}"));
        assert!(by_api.len() > 1000, "{format}");
        assert_eq!(
            by_api,
            desk.bytes(&format!("/timeline?{query}&format={format}")),
            "{format}"
        );
    }
    let (_, head, _) = desk.get(&format!("/api/v1/export/csv?{query}"));
    assert!(head.contains("content-type: text/csv"), "{head}");
    assert!(
        head.contains("filename=\"onrecord-speaker-marrow.csv\""),
        "{head}"
    );
    let day = "from=2026-03-10&to=2026-03-10";
    let all = desk.page(&format!("/api/v1/export/jsonl?{query}"), &[]);
    let of_day = desk.page(&format!("/api/v1/export/jsonl?{query}&{day}"), &[]);
    assert!(of_day.lines().count() < all.lines().count());
    // With one day given it is open at the other end.
    let lines = |parameters: &str| {
        let file = desk.page(&format!("/api/v1/export/jsonl?{query}&{parameters}"), &[]);
        file.lines().count()
    };
    assert_eq!(lines("from=2026-03-10&to=9999-12-31"), lines("from=2026-03-10"));
    assert_eq!(lines("from=0001-01-01&to=2026-03-09"), lines("to=2026-03-09"));
    assert!(lines("from=2026-03-10") > of_day.lines().count());
    for wrong in [
        "word?q=",
        "csv?q=said:whenever",
        "csv?colour=red",
        "csv?from=someday",
    ] {
        let (status, _, body) = desk.get(&format!("/api/v1/export/{wrong}"));
        assert_eq!(status, 400, "{wrong}");
        assert!(body.contains("\"hint\""), "{body}");
    }
}

#[test]
fn a_timeline_by_the_api_has_events_in_lanes_with_their_evidence() {
    let desk = Demo::start();
    let timeline = |parameters: &str| -> serde_json::Value {
        let body = desk.page(&format!("/api/v1/timeline?{parameters}"), &[]);
        serde_json::from_str(&body).expect("JSON")
    };
    let found = timeline("");
    let events = found["events"].as_array().expect("events");
    assert!(events.len() > 5, "{found}");
    let several = events
        .iter()
        .find(|event| event["evidence"].as_array().is_some_and(|lines| lines.len() > 1))
        .expect("an event of several lines");
    for line in several["evidence"].as_array().expect("lines") {
        for key in ["document", "revision", "capture", "url", "rule"] {
            assert!(
                line[key].as_str().is_some_and(|value| !value.is_empty()),
                "{key}: {line}"
            );
        }
    }
    let lanes = found["lanes"].as_array().expect("lanes");
    let in_lanes: usize = lanes
        .iter()
        .map(|lane| lane["events"].as_array().expect("places").len())
        .sum();
    assert_eq!(in_lanes, events.len());
    assert!(lanes.iter().any(|lane| lane["id"] == "ines-marrow"), "{lanes:?}");
    let day = timeline("kind=quotes&from=2026-03-10&to=2026-03-10&lanes=source");
    assert_eq!(
        (&day["from"], &day["to"]),
        (&"2026-03-10".into(), &"2026-03-10".into())
    );
    let events = day["events"].as_array().expect("events");
    assert!(
        events
            .iter()
            .any(|event| event["when"]["words"] == "10 March 2026"),
        "{day}"
    );
    assert!(
        day["lanes"]
            .as_array()
            .expect("lanes")
            .iter()
            .any(|lane| lane["id"] == "wire")
    );
    let none = timeline("q=nothingofthekind");
    assert_eq!(
        (&none["lines"], &none["from"]),
        (&0.into(), &serde_json::Value::Null)
    );
    assert_eq!(desk.get("/api/v1/timeline?lanes=colour").0, 400);
}

#[test]
fn speakers_by_the_api_are_found_by_any_name_and_have_offices_and_counts() {
    let desk = Demo::start();
    let get = |path: &str| -> serde_json::Value {
        serde_json::from_str(&desk.page(&format!("/api/v1/speakers{path}"), &[])).expect("JSON")
    };
    let all = get("");
    assert_eq!(
        all["speakers"].as_array().map(Vec::len),
        all["total"].as_u64().map(|total| total as usize)
    );
    let second = get("?offset=1&limit=1");
    assert_eq!(second["speakers"][0], all["speakers"][1]);
    let found = get("?name=MARROW");
    assert_eq!(
        (&found["total"], &found["speakers"][0]["speaker"]),
        (&1.into(), &"ines-marrow".into())
    );
    let speaker = get("/ines-marrow");
    assert_eq!(speaker["kind"], "person");
    assert!(speaker["offices"][0]["of_name"].is_string(), "{speaker}");
    let sum = |counts: &serde_json::Value| -> u64 {
        let counts = counts.as_array().expect("counts");
        counts
            .iter()
            .map(|count| count["count"].as_u64().expect("a count"))
            .sum()
    };
    assert_eq!(
        (sum(&speaker["sources"]), sum(&speaker["months"])),
        (
            speaker["quotes"].as_u64().expect("a count"),
            speaker["quotes"].as_u64().expect("a count"),
        )
    );
    assert!(!get("/dsh")["members"].as_array().expect("members").is_empty());
    assert_eq!(desk.get("/api/v1/speakers/nobody-of-that-id").0, 404);
}

#[test]
fn a_deadline_an_imprecise_day_and_a_conflict_of_days_are_seen_in_the_demo() {
    let desk = Demo::start();
    for (path, told) in [
        (
            "q=commissioner&from=2026-03-28&to=2026-04-02",
            "16 March 2026 + 14 days = 30 March 2026",
        ),
        (
            "q=commissioner&from=2026-04-28&to=2026-05-02",
            "1 April 2026 + 30 days = 1 May 2026",
        ),
        (
            "q=ferry&from=2019-01-01&to=2019-12-31",
            "<h2><span title=\"EDTF 2019~\">about 2019</span></h2>",
        ),
        (
            "q=passes&from=2026-03-01&to=2026-06-30",
            "<h2><span title=\"EDTF 2026-21\">spring 2026</span></h2>",
        ),
        (
            "q=ferry&from=2026-03-20&to=2026-03-27",
            "24 March 2026 (2), 26 March 2026 (1)",
        ),
    ] {
        desk.page(&format!("/timeline?{path}"), &[told]);
    }
    let found = desk.page("/api/v1/timeline?q=order+OR+ferry&kind=dates", &[]);
    let found: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    let events = found["events"].as_array().expect("events");
    let deadline = events
        .iter()
        .find(|event| event["deadline"]["arithmetic"].is_string())
        .expect("a deadline that is counted");
    let arithmetic = string(&deadline["deadline"]["arithmetic"]);
    assert!(
        arithmetic.contains("2026-03-16 + 14 days = 2026-03-30"),
        "{arithmetic}"
    );
    assert!(events.iter().any(|event| event["conflict"].is_string()));
}

#[test]
fn the_front_page_tells_what_falls_due_next() {
    let now = jiff::Timestamp::now();
    let today = jiff::tz::TimeZone::system().to_datetime(now).date();
    let ahead = |days: i64| today.saturating_add(jiff::Span::new().days(days));
    let in_words = |day: jiff::civil::Date| day.strftime("%B %-d, %Y").to_string();
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one", "/two"]);
    let published = ahead(-20).to_string();
    let around = "The harbor office of Harbor Falls has written to all who keep a boat at the old landing.";
    for (path, day) in [("/one", ahead(40)), ("/two", ahead(-10))] {
        let due = format!(
            "All boats must be registered no later than 3 p.m. on {}, the office said.",
            in_words(day)
        );
        site.put_page(path, &format!("Boats of {path}"), &published, &[around, &due]);
    }
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("Herald", "/feed.xml"),
    );
    workspace.crawl(&[]);
    let desk = serve(site, workspace);
    let told = format!(
        "<span class=\"day\">{}, 15:00</span>",
        ahead(40).strftime("%-d %B %Y")
    );
    let all = format!("/timeline?q=deadline%3A{today}..&#38;kind=dates");
    let front = desk.check(
        "/",
        200,
        &["Due next", &told, "All boats must be registered", &all],
    );
    let gone = ahead(-10).strftime("%-d %B %Y").to_string();
    let due = front.split("</section>").next().unwrap_or_default();
    assert!(due.contains(&told) && !due.contains(&gone), "{due}");
    let found = desk.check("/?q=boats&kind=documents", 200, &["Boats of"]);
    assert!(!found.contains("Due next"), "{found}");
    // The clock is that of the source, wherever the calendar is read.
    let zone = jiff::tz::TimeZone::get("America/New_York").expect("a zone");
    let local = zone.to_timestamp(ahead(40).at(15, 0, 0, 0)).expect("a moment");
    let begins = local.strftime("DTSTART:%Y%m%dT%H%M%SZ").to_string();
    let calendar = desk.check("/api/v1/export/ics?q=boats&kind=dates", 200, &["BEGIN:VEVENT"]);
    assert!(calendar.contains(&begins), "{calendar}");
}

#[test]
fn words_that_are_given_to_somebody_else_later_are_told_so() {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    let put = |speaker: &str, day: &str| {
        let said = format!(
            "“The landing will be rebuilt before the summer,” said {speaker} in the rain, after a long night."
        );
        let around =
            "The council of Harbor Falls met to speak about the ferry, which has not run since the storm.";
        site.put_page("/one", "Landing to be rebuilt", day, &[around, &said]);
    };
    put("Councilwoman Berta Olm", "2026-02-04");
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("Herald", "/feed.xml"),
    );
    workspace.crawl(&[]);
    put("Councilman Karl Ruhn", "2026-02-05");
    workspace.crawl(&["--revisit"]);
    let desk = serve(site, workspace);
    let hit = desk.json("/api/v1/search?q=landing", 200)["hits"][0].clone();
    assert_eq!(hit["speaker"], "Karl Ruhn");
    desk.check(
        &format!("/quotes/{}", string(&hit["id"])),
        200,
        &[
            "gives these words to Berta Olm.",
            "given to Berta Olm",
            "said <time datetime=\"2026-02-04\">4 February 2026</time>",
        ],
    );
    desk.check(
        &format!("/documents/{}/changes", string(&hit["document"])),
        200,
        &[
            "<dt>Published</dt>",
            "4 February 2026",
            "Berta Olm: “The landing will be rebuilt before the summer”",
            "Karl Ruhn: “The landing",
        ],
    );
}

#[test]
fn a_text_runs_in_its_own_direction_and_says_when_its_language_is_not_read() {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    let text = "قالت رئيسة المجلس إن العبّارة ستعود إلى العمل قبل الصيف، وإن الرصيف سيبقى مفتوحاً للجميع.";
    let page = format!(
        "<!doctype html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"><title>العبّارة تعود</title></head>\
         <body><article><h1>العبّارة تعود</h1><p>{text}</p><p>{text} ولم يحضر أحد من المدينة.</p></article></body></html>"
    );
    site.put("/one", 200, "text/html; charset=utf-8", page);
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("Herald", "/feed.xml"),
    );
    workspace.crawl(&[]);
    let desk = serve(site, workspace);
    let hit = desk.json("/api/v1/search?kind=documents", 200)["hits"][0].clone();
    desk.check(
        &format!("/documents/{}", string(&hit["document"])),
        200,
        &[
            "lang=\"ar\"",
            &format!("<p class=\"p\" dir=\"auto\">{text}"),
            "This page is in another language (ar)",
        ],
    );
    desk.check("/?kind=documents", 200, &["<p class=\"text\" dir=\"auto\">"]);
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
    assert_eq!(
        told,
        "checked 1 record of captures, 1 wording and 1 quote: all as archived\n"
    );
    let told = text(&workspace.run(2, &["verify", &capture, "nonsense"]).stderr);
    assert!(told.contains("there is no capture `nonsense`"), "{told}");
}

#[test]
fn what_names_one_thing_in_the_search_box_leads_to_it() {
    let desk = Demo::start();
    let hit = desk.hit("\"direct invitation to disorder\" source:herald");
    let of = |name: &str| string(&hit[name]);
    let leads = |typed: &str, to: &str| {
        let asked: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        let (status, head, _) = desk.get(&format!("/?q={asked}&kind=quotes&sort=relevance"));
        assert_eq!(status, 303, "{typed}: {head}");
        assert!(head.contains(&format!("location: {to}\r\n")), "{typed}: {head}");
    };
    let document = format!("/documents/{}", of("document"));
    leads(&of("id"), &format!("/quotes/{}", of("id")));
    leads(&format!(" {} ", of("document").to_uppercase()), &document);
    leads(
        &of("revision"),
        &format!("{document}?revision={}", of("revision")),
    );
    let capture = format!("/captures/{}", of("capture"));
    leads(&of("capture"), &capture);
    leads(&format!("<urn:uuid:{}>", of("capture")), &capture);
    leads(&format!("{}?utm_source=feed#comments", of("url")), &document);
    // Who mistypes what is cited is not shown something else.
    for mistyped in ["?revison=r1", "?revision=r1&page=2", "/changes?form=r1"] {
        assert_eq!(desk.get(&format!("{document}{mistyped}")).0, 400, "{mistyped}");
    }
    // What is not held is searched for.
    assert_eq!(desk.get("/?q=https%3A%2F%2Fnowhere.example%2Fone").0, 200);
    assert_eq!(desk.get("/?q=qaaaaaaaaaaaaaaaa").0, 200);
}

#[test]
fn a_source_has_a_line_in_the_table_and_a_page() {
    let desk = Demo::start();
    let all = desk.page("/sources", &["class=\"standing\"", "href=\"/sources/herald\""]);
    assert_eq!(
        all.matches("<details class=\"source\"").count(),
        all.matches("href=\"/sources/").count()
    );
    desk.page(
        "/sources/herald",
        &["has:change", "Pages it corrected", "list of new pages"],
    );
    assert_eq!(desk.get("/sources/nobody").0, 404);
}
