//! Evidence packs: what proves a quote is handed over in one file, checked where there is no tracker, and tampering is found.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Output;

use onrecord::archive::wacz::{self, About, Files};
use serde_json::{Value, json};

use crate::support::demo::{Demo, string};
use crate::support::site::Site;
use crate::support::{Workspace, json_lines, onrecord, text};

const LANDING: [&str; 3] = [
    "The council of Gull Haven met on Tuesday to speak about the ferry, which has not run since the storm of last winter took \
     away the landing.",
    "“The landing will be rebuilt before the summer,” said Harbor Master Ines Quill on Tuesday, after a meeting that went on \
     until midnight.",
    "Nobody from the company that ran the ferry was there, and the chairs in the first row stayed empty all evening.",
];

const STRIKE: [&str; 2] = [
    "Dock workers of Gull Haven walked out on Friday morning and said that they would stay out until their wages are paid.",
    "“We have waited for three months,” Boris Tarn, who speaks for the workers, told reporters at the gate on Friday.",
];

/// A tracker of two pages, and a folder where there is none.
struct Newsroom {
    site: Site,
    workspace: Workspace,
    elsewhere: tempfile::TempDir,
}

impl Newsroom {
    fn new() -> Self {
        let site = Site::new();
        site.put_feed("/feed.xml", &["/landing", "/strike"]);
        site.put_page("/landing", "Landing to be rebuilt", "2026-02-04", &LANDING);
        site.put_page("/strike", "Dock workers walk out", "2026-02-06", &STRIKE);
        let workspace = Workspace::new();
        workspace.write(
            "config/sources/beacon.toml",
            &site.feed_source("The Haven Beacon", "/feed.xml"),
        );
        workspace.write(
            "config/speakers.toml",
            "[ines-quill]\nname = \"Ines Quill\"\nkind = \"person\"\n[[ines-quill.office]]\ntitle = \"Harbor Master\"\n\
             of = \"haven\"\n[haven]\nname = \"Gull Haven\"\nkind = \"body\"\n\
             [otto-vesper]\nname = \"Otto Vesper\"\nkind = \"person\"\n",
        );
        workspace.crawl(&[]);
        Self {
            site,
            workspace,
            elsewhere: tempfile::tempdir().expect("a folder"),
        }
    }

    /// The id of the quote that has these words.
    fn quote(&self, words: &str) -> String {
        let hits = self.workspace.lines(0, &["search", words, "--json"]);
        string(&hits[0]["id"])
    }

    /// The pack of what is named, in the folder without a tracker.
    fn pack(&self, name: &str, named: &[&str]) -> PathBuf {
        let path = self.elsewhere.path().join(name);
        let output = path.to_str().expect("a plain path");
        let arguments = [&["evidence", "-o", output][..], named].concat();
        self.workspace.run(0, &arguments);
        path
    }

    /// Writes a pack as somebody altered it; its own list of files fits again.
    fn altered(&self, pack: &Path, alter: impl FnOnce(&mut Files)) -> PathBuf {
        let mut files = files_of(pack);
        files.retain(|path, _| !path.starts_with("datapackage"));
        alter(&mut files);
        let about = About {
            title: "Evidence pack".into(),
            description: "As it came.".into(),
            main_page: None,
        };
        self.written("altered.wacz", &wacz::packed(&files, &about).expect("packed"))
    }

    fn written(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.elsewhere.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }

    /// What `verify` finds in a file; it must end with this exit code.
    #[track_caller]
    fn found(&self, code: i32, path: &Path) -> Vec<Value> {
        json_lines(
            &verified(
                self.elsewhere.path(),
                code,
                &["--json", path.to_str().expect("plain")],
            )
            .stdout,
        )
    }
}

fn files_of(pack: &Path) -> Files {
    let bytes = std::fs::read(pack).expect("the pack");
    wacz::unpacked(Cursor::new(bytes)).expect("unpacked")
}

#[track_caller]
fn verified(folder: &Path, code: i32, arguments: &[&str]) -> Output {
    let mut command = onrecord();
    command.current_dir(folder).arg("verify").args(arguments);
    let output = command.output().expect("it runs");
    let told = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?} {told:?}");
    output
}

fn claims_of(files: &Files) -> Value {
    serde_json::from_slice(&files["claims.json"]).expect("JSON")
}

fn set_claims(files: &mut Files, claims: &Value) {
    files.insert("claims.json".into(), claims.to_string().into_bytes());
}

#[test]
fn a_pack_is_checked_where_there_is_no_tracker() {
    let newsroom = Newsroom::new();
    let quote = newsroom.quote("\"before the summer\"");
    let pack = newsroom.pack("landing.wacz", &[&quote]);
    let told = text(&verified(newsroom.elsewhere.path(), 0, &["landing.wacz"]).stdout);
    for words in [
        "The landing will be rebuilt before the summer",
        "Ines Quill (printed as “Harbor Master Ines Quill”), 2026-02-03",
        "archived bytes: yes",
        "speaker and day so: yes",
        "1 quote: all as claimed",
        "nor that the site sent",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let (files, again) = (files_of(&pack), newsroom.pack("again.wacz", &[&quote]));
    assert_eq!(
        std::fs::read(&pack).expect("read"),
        std::fs::read(again).expect("read")
    );
    let claims = claims_of(&files);
    assert_eq!(claims["quotes"][0]["quote"], json!(quote));
    assert_eq!(claims["captures"][0]["is"], json!(["cited"]));
    // The request and the record that opens the file come along, as they lie in the archive.
    let archive = std::fs::read(newsroom.workspace.segments().remove(0)).expect("the archive");
    let record = &files["archive/record.warc.gz"];
    let (offset, length) = (&claims["captures"][0]["offset"], &claims["captures"][0]["length"]);
    let answer = usize::try_from(offset.as_u64().expect("a number")).expect("small");
    assert!(
        archive
            .windows(record.len() - answer)
            .any(|bytes| bytes == &record[answer..])
    );
    assert_eq!(length.as_u64(), Some((record.len() - answer) as u64));
    let kinds: Vec<_> = onrecord::archive::records_in("", record, 1 << 20)
        .map(|read| read.expect("sound").1.kind)
        .collect();
    assert_eq!(kinds.len(), 3, "{kinds:?}");
}

#[test]
fn a_pack_tells_nothing_of_whom_else_a_newsroom_follows() {
    let newsroom = Newsroom::new();
    let files = files_of(&newsroom.pack("landing.wacz", &[&newsroom.quote("\"before the summer\"")]));
    let speakers = text(&files["reader/speakers.toml"]);
    assert!(
        speakers.contains("Ines Quill") && !speakers.contains("Vesper"),
        "{speakers}"
    );
    let source = text(&files["reader/sources/beacon.toml"]);
    assert!(
        source.contains("The Haven Beacon") && !source.contains("feed.xml"),
        "{source}"
    );
    assert!(!text(&files["claims.json"]).contains("three months"));
}

#[test]
fn a_changed_wording_comes_with_the_capture_that_changed_it() {
    let newsroom = Newsroom::new();
    let quote = newsroom.quote("\"before the summer\"");
    let later = LANDING.map(|paragraph| paragraph.replace("the summer", "the winter"));
    let later: Vec<&str> = later.iter().map(String::as_str).collect();
    newsroom
        .site
        .put_page("/landing", "Landing to be rebuilt", "2026-02-04", &later);
    newsroom.workspace.crawl(&["--revisit"]);
    let pack = newsroom.pack("landing.wacz", &[&quote]);
    let claims = claims_of(&files_of(&pack));
    let is: Vec<&Value> = claims["captures"]
        .as_array()
        .expect("captures")
        .iter()
        .map(|capture| &capture["is"])
        .collect();
    assert_eq!(is, [&json!(["cited"]), &json!(["changed"])]);
    newsroom.found(0, &pack);
    // An address stands for all quotes of its newest wording.
    let page = newsroom.pack("page.wacz", &[&newsroom.site.url("/landing")]);
    let claims = claims_of(&files_of(&page));
    assert!(
        claims["quotes"][0]["words"]
            .as_str()
            .is_some_and(|words| words.contains("winter")),
        "{claims}"
    );
    newsroom.found(0, &page);
    newsroom
        .workspace
        .run(2, &["evidence", "qaaaaaaaaaaaaaaaa", "-o", "never.wacz"]);
    // What was handed out is not replaced by something else of its name.
    let there = page.to_str().expect("a plain path");
    newsroom.workspace.run(2, &["evidence", &quote, "-o", there]);
    // On standard output it is the same.
    let given = newsroom.workspace.run(0, &["evidence", &quote, "-o", "-"]).stdout;
    let in_file = newsroom.workspace.path().join("same.wacz");
    let name = in_file.to_str().expect("a plain path");
    newsroom.workspace.run(0, &["evidence", &quote, "-o", name]);
    assert_eq!(given, std::fs::read(&in_file).expect("written"));
    assert!(!newsroom.workspace.path().join("-").exists());
}

#[test]
fn a_payload_that_is_only_referred_to_comes_with_the_record_that_holds_it() {
    let newsroom = Newsroom::new();
    newsroom
        .site
        .put_page("/again", "Landing to be rebuilt", "2026-02-04", &LANDING);
    newsroom
        .site
        .put_feed("/feed.xml", &["/landing", "/strike", "/again"]);
    newsroom.workspace.crawl(&["--revisit"]);
    let pack = newsroom.pack("again.wacz", &[&newsroom.site.url("/again")]);
    let claims = claims_of(&files_of(&pack));
    let captures = claims["captures"].as_array().expect("captures");
    let of = |reason: &str| captures.iter().find(|capture| capture["is"] == json!([reason]));
    let (cited, held) = (of("cited").expect("cited"), of("payload").expect("its payload"));
    assert_eq!(cited["payload_in"], held["capture"]);
    newsroom.found(0, &pack);
}

#[test]
fn every_claim_that_was_altered_is_found() {
    let newsroom = Newsroom::new();
    let pack = newsroom.pack("landing.wacz", &[&newsroom.quote("\"before the summer\"")]);
    let alterations: [(&str, &[&str], Value); 8] = [
        (
            "quote",
            &["quotes", "0", "words"],
            json!("The landing will be rebuilt before the winter,"),
        ),
        ("quote", &["quotes", "0", "speaker", "name"], json!("Boris Tarn")),
        ("quote", &["quotes", "0", "said", "edtf"], json!("2026-02-01")),
        ("quote", &["quotes", "0", "places", "0", "start"], json!(3)),
        (
            "reading",
            &["readings", "0", "headline"],
            json!("Landing to be torn down"),
        ),
        (
            "capture",
            &["captures", "0", "fetched_at"],
            json!("2024-01-01T00:00:00Z"),
        ),
        ("capture", &["captures", "0", "payload_sha256"], json!("00")),
        (
            "capture",
            &["captures", "0", "address"],
            json!("https://beacon.example/landing"),
        ),
    ];
    for (finding, path, value) in alterations {
        let altered = newsroom.altered(&pack, |files| {
            let mut claims = claims_of(files);
            let pointer = format!("/{}", path.join("/"));
            *claims
                .pointer_mut(&pointer)
                .unwrap_or_else(|| panic!("{pointer}")) = value;
            set_claims(files, &claims);
        });
        let found = newsroom.found(2, &altered);
        assert!(
            found.iter().any(|found| found["finding"] == finding),
            "{path:?}: {found:?}"
        );
    }
    // Words that are altered wherever the pack has them stand in no archived byte.
    let altered = newsroom.altered(&pack, |files| {
        let path = files
            .keys()
            .find(|path| path.starts_with("texts/"))
            .expect("a text")
            .clone();
        let reading = text(&files[&path]).replace("the summer", "the winter");
        let mut claims = claims_of(files);
        claims["readings"][0]["text_sha256"] = json!(onrecord::archive::sha256(reading.as_bytes()));
        let claims = claims.to_string().replace("the summer", "the winter");
        files.insert("claims.json".into(), claims.into_bytes());
        files.insert(path, reading.into_bytes());
    });
    let found = newsroom.found(2, &altered);
    let told = |kind: &str, words: &str| {
        let problem = |found: &Value| found["problem"].as_str().is_some_and(|told| told.contains(words));
        found
            .iter()
            .any(|found| found["finding"] == kind && problem(found))
    };
    assert!(
        told("quote", "archived bytes") && told("reading", "text"),
        "{found:?}"
    );
}

/// What `docs/evidence.md` says of the digest of a reading, and nothing of the program's own.
fn digest_as_described(headline: &str, text: &str) -> String {
    let plain = |words: &str| {
        let marks = [
            ("’", "'"),
            ("‘", "'"),
            ("“", "\""),
            ("”", "\""),
            ("—", "-"),
            ("–", "-"),
            ("…", "..."),
        ];
        marks.iter().fold(words.to_owned(), |words, (mark, plain)| {
            words.replace(mark, plain)
        })
    };
    let words = text.split_whitespace().map(|word| format!("\n{}", plain(word)));
    let described = plain(headline) + &words.collect::<String>();
    format!("words:{}", onrecord::archive::sha256(described.as_bytes()))
}

#[test]
fn the_digest_of_a_reading_is_what_the_documents_say() {
    let newsroom = Newsroom::new();
    let files = files_of(&newsroom.pack("landing.wacz", &[&newsroom.quote("\"before the summer\"")]));
    let reading = &claims_of(&files)["readings"][0];
    let headline = reading["headline"].as_str().expect("a headline");
    let printed = text(&files[reading["text"].as_str().expect("a file")]);
    assert!(printed.contains('“'), "{printed}");
    assert_eq!(
        string(&reading["digest"]),
        digest_as_described(headline, &printed)
    );
}

#[test]
fn a_pack_that_claims_the_same_many_times_costs_what_it_holds() {
    let newsroom = Newsroom::new();
    let pack = newsroom.pack("landing.wacz", &[&newsroom.quote("\"before the summer\"")]);
    let told = |path: &Path| -> Vec<String> {
        let found = newsroom.found(2, path);
        let problems = found.iter().filter_map(|found| found["problem"].as_str());
        problems.map(str::to_string).collect()
    };
    // One text, said to be that of five thousand readings: it is read once.
    let altered = newsroom.altered(&pack, |files| {
        let mut claims = claims_of(files);
        let reading = claims["readings"][0].clone();
        let quote = claims["quotes"][0].clone();
        let again = |number: u32| {
            let mut again = reading.clone();
            again["reading"] = json!(format!("r{number}"));
            again
        };
        claims["readings"]
            .as_array_mut()
            .expect("a list")
            .extend((0..5_000).map(again));
        let quoted = |number: u32| {
            let mut quoted = quote.clone();
            quoted["reading"] = json!(format!("r{number}"));
            quoted
        };
        claims["quotes"]
            .as_array_mut()
            .expect("a list")
            .extend((0..5_000).map(quoted));
        set_claims(files, &claims);
    });
    let problems = told(&altered);
    let again = problems
        .iter()
        .filter(|told| told.contains("that of another reading as well"));
    assert_eq!(again.count(), 5_000);
    // An address that is none costs its capture, and no panic.
    let altered = newsroom.altered(&pack, |files| {
        let mut claims = claims_of(files);
        claims["captures"][0]["known_as"] = json!("http://");
        set_claims(files, &claims);
    });
    let problems = told(&altered);
    assert!(
        problems.iter().any(|told| told == "its known_as is none"),
        "{problems:?}"
    );
    // More values than a list of claims has use for.
    let altered = newsroom.altered(&pack, |files| {
        let mut claims = claims_of(files);
        claims["captures"][0]["is"] = json!(vec![""; 600_000]);
        set_claims(files, &claims);
    });
    let output = verified(newsroom.elsewhere.path(), 2, &[altered.to_str().expect("plain")]);
    assert!(
        text(&output.stderr).contains("more than 500000 values"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn what_a_pack_says_of_its_page_is_told_as_its_word_and_within_a_bound() {
    let newsroom = Newsroom::new();
    let pack = newsroom.pack("landing.wacz", &[&newsroom.quote("\"before the summer\"")]);
    let labelled = |captures: u32, code: i32| {
        let altered = newsroom.altered(&pack, |files| {
            let mut claims = claims_of(files);
            claims["captures"][0]["is"] = json!(["cited", "changed", "absent"]);
            let again = claims["captures"][0].clone();
            let others = (0..captures).map(|number| {
                let mut other = again.clone();
                other["capture"] = json!(format!("c{number}"));
                other
            });
            claims["captures"].as_array_mut().expect("a list").extend(others);
            set_claims(files, &claims);
        });
        let path = altered.to_str().expect("plain").to_owned();
        text(&verified(newsroom.elsewhere.path(), code, &[&path]).stdout)
    };
    // The capture that a quote is cited from tells nothing of what became of its page.
    let told = labelled(0, 0);
    assert!(
        !told.contains("was edited") && !told.contains("not seen again"),
        "{told}"
    );
    let told = labelled(60, 2);
    assert_eq!(
        told.matches("the pack says that the page was edited").count(),
        20,
        "{told}"
    );
}

#[test]
fn what_the_page_said_before_and_later_is_read_in_the_pack_whatever_its_labels_say() {
    let newsroom = Newsroom::new();
    let edited = |when: &str| {
        let words = LANDING[1].replace("the summer", when);
        let page = [LANDING[0], &words, LANDING[2]];
        newsroom
            .site
            .put_page("/landing", "Landing to be rebuilt", "2026-02-04", &page);
        newsroom.workspace.crawl(&["--revisit"]);
    };
    edited("the autumn");
    let autumn = newsroom.quote("\"before the autumn\"");
    edited("the winter");
    let pack = newsroom.pack("autumn.wacz", &[&autumn]);
    let told = |pack: &Path| {
        let checked = verified(newsroom.elsewhere.path(), 0, &[pack.to_str().expect("plain")]);
        text(&checked.stdout)
    };
    let read = [
        "the page said “The landing will be rebuilt before the summer,” in their place",
        "the page says “The landing will be rebuilt before the winter,” in their place",
    ];
    let shown = told(&pack);
    assert!(read.iter().all(|told| shown.contains(told)), "{shown}");
    assert!(
        !shown.contains("the pack says that the page was edited"),
        "{shown}"
    );
    let silent = newsroom.altered(&pack, |files| {
        let mut claims = claims_of(files);
        for capture in claims["captures"].as_array_mut().expect("a list") {
            capture["is"] = json!([]);
        }
        set_claims(files, &claims);
    });
    let shown = told(&silent);
    assert!(read.iter().all(|told| shown.contains(told)), "{shown}");
    let findings = |alter: &dyn Fn(&mut Vec<Value>)| {
        let lying = newsroom.altered(&pack, |files| {
            let mut claims = claims_of(files);
            alter(claims["captures"].as_array_mut().expect("a list"));
            set_claims(files, &claims);
        });
        let found = newsroom.found(2, &lying);
        Value::from(found).to_string()
    };
    // A capture cannot be moved behind another by a claim alone.
    let moved = findings(&|captures| {
        for capture in captures.iter_mut() {
            capture["memento_at"] = json!("2020-01-01T00:00:00Z");
        }
    });
    assert!(moved.contains("time of the web archive's copy"), "{moved}");
    // Nor is an answer passed over because no claim names it.
    let hidden = findings(&|captures| captures.truncate(1));
    assert!(hidden.contains("an answer that no claim names"), "{hidden}");
}

#[test]
fn a_correction_that_the_page_prints_since_is_claimed_and_read_in_its_capture() {
    const NOTE: &str = "Correction: An earlier version of this article attributed a statement to the harbor master. She did \
        not make it.";
    let newsroom = Newsroom::new();
    let (site, workspace) = (&newsroom.site, &newsroom.workspace);
    site.put_page(
        "/landing",
        "Landing to be rebuilt",
        "2026-02-04",
        &[LANDING[0], NOTE, LANDING[2]],
    );
    workspace.crawl(&["--revisit"]);
    let quote = newsroom.quote("has:removal summer");
    let pack = newsroom.pack("retracted.wacz", &[&quote]);
    let claims = claims_of(&files_of(&pack));
    assert_eq!(claims["printed_since"][0]["quote"], quote, "{claims}");
    assert_eq!(claims["printed_since"][0]["words"], NOTE, "{claims}");
    let path = pack.to_str().expect("plain");
    let told = text(&verified(newsroom.elsewhere.path(), 0, &[path]).stdout);
    assert!(
        told.contains("the page prints: “Correction: An earlier version"),
        "{told}"
    );
    // It is read whether it is claimed or not …
    let silent = newsroom.altered(&pack, |files| {
        let mut claims = claims_of(files);
        claims["printed_since"] = json!([]);
        set_claims(files, &claims);
    });
    let told = text(&verified(newsroom.elsewhere.path(), 0, &[silent.to_str().expect("plain")]).stdout);
    assert!(
        told.contains("the page prints: “Correction: An earlier version"),
        "{told}"
    );
    // … and none is believed that no capture shows, or shows of nothing that is claimed.
    let findings = |alter: &dyn Fn(&mut Value)| {
        let lying = newsroom.altered(&pack, |files| {
            let mut claims = claims_of(files);
            alter(&mut claims["printed_since"][0]);
            set_claims(files, &claims);
        });
        Value::from(newsroom.found(2, &lying)).to_string()
    };
    let other_words = findings(&|claim| claim["words"] = json!("Correction: all of it was made up."));
    assert!(
        other_words.contains("is not read to have it no more"),
        "{other_words}"
    );
    let other_quote = findings(&|claim| claim["quote"] = json!("q1"));
    assert!(
        other_quote.contains("a correction is claimed of it"),
        "{other_quote}"
    );
    // What stands as it stood has none.
    let strike = newsroom.pack("strike.wacz", &[&newsroom.quote("\"three months\"")]);
    assert!(claims_of(&files_of(&strike)).get("printed_since").is_none());
}

#[test]
fn a_day_is_told_with_how_sure_it_is_and_what_tells_it() {
    let newsroom = Newsroom::new();
    let named = newsroom.pack("named.wacz", &[&newsroom.quote("\"before the summer\"")]);
    let told = text(&verified(newsroom.elsewhere.path(), 0, &["named.wacz"]).stdout);
    assert!(
        told.contains("2026-02-03, named by the text “on Tuesday”")
            || told.contains("2026-02-03, named by the text “Tuesday”"),
        "{told}"
    );
    let claims = claims_of(&files_of(&named));
    assert_eq!(claims["quotes"][0]["said"]["certainty"], "named");
    assert!(claims["readings"][0]["published_by"].is_string(), "{claims}");
    let forged = newsroom.altered(&named, |files| {
        let mut claims = claims_of(files);
        claims["readings"][0]["published_by"] = json!("the mayor");
        set_claims(files, &claims);
    });
    let found = newsroom.found(2, &forged);
    assert!(
        string(&found[0]["problem"]).contains("not told by the place that is claimed"),
        "{found:?}"
    );
    // Words without any day have no more than their document's.
    let unnamed = LANDING.map(|paragraph| paragraph.replace(" on Tuesday", ""));
    let unnamed: Vec<&str> = unnamed.iter().map(String::as_str).collect();
    (newsroom.site).put_page("/landing", "Landing to be rebuilt", "2026-02-04", &unnamed);
    newsroom.workspace.crawl(&["--revisit"]);
    newsroom.pack("unnamed.wacz", &[&newsroom.quote("\"before the summer\"")]);
    let told = text(&verified(newsroom.elsewhere.path(), 0, &["unnamed.wacz"]).stdout);
    assert!(
        told.contains("2026-02-04, which is the document’s own day, as its "),
        "{told}"
    );
}

#[test]
fn altered_swapped_and_missing_records_are_found() {
    let newsroom = Newsroom::new();
    let pack = newsroom.pack("landing.wacz", &[&newsroom.quote("\"before the summer\"")]);
    let other = files_of(&newsroom.pack("strike.wacz", &[&newsroom.quote("\"three months\"")]));
    const RECORDS: &str = "archive/record.warc.gz";
    let swapped = newsroom.altered(&pack, |files| {
        files.insert(RECORDS.into(), other[RECORDS].clone());
    });
    let found = newsroom.found(2, &swapped);
    assert!(
        found.iter().any(|found| found["finding"] == "capture"),
        "{found:?}"
    );
    let cut = newsroom.altered(&pack, |files| {
        let record = files.get_mut(RECORDS).expect("records");
        record.truncate(record.len() - 40);
    });
    newsroom.found(2, &cut);
    let flipped = newsroom.altered(&pack, |files| {
        let record = files.get_mut(RECORDS).expect("records");
        let place = record.len() - 100;
        record[place] ^= 0x55;
    });
    let found = newsroom.found(2, &flipped);
    assert!(
        found.iter().any(|found| found["finding"] == "record"),
        "{found:?}"
    );
    // Whoever does not mend the list of files is found by that already.
    let mut bytes = std::fs::read(&pack).expect("the pack");
    let place = memchr::memmem::find(&bytes, b"Ines Quill").expect("a name");
    bytes[place..place + 4].copy_from_slice(b"Anna");
    let altered = newsroom.written("byte.wacz", &bytes);
    let output = verified(newsroom.elsewhere.path(), 2, &[altered.to_str().expect("plain")]);
    assert!(!text(&output.stderr).is_empty());
}

#[test]
fn what_is_no_pack_is_told_in_so_many_words() {
    let newsroom = Newsroom::new();
    let pack = newsroom.pack("landing.wacz", &[&newsroom.quote("\"before the summer\"")]);
    let bytes = std::fs::read(&pack).expect("the pack");
    let half = newsroom.written("half.wacz", &bytes[..bytes.len() / 2]);
    let nonsense = newsroom.written("nonsense.zip", b"Nobody packed this.");
    let absent = newsroom.elsewhere.path().join("absent.wacz");
    for path in [&half, &nonsense, &absent] {
        let output = verified(newsroom.elsewhere.path(), 2, &[path.to_str().expect("plain")]);
        let told = text(&output.stderr);
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(told.starts_with("error: ") && told.contains(name), "{told}");
    }
    // A web archive that others made claims nothing; its files and records are checked.
    let claimless = newsroom.altered(&pack, |files| drop(files.remove("claims.json")));
    newsroom.found(0, &claimless);
    // A record by itself says nothing of quotes, and its digests are what it says.
    let records = files_of(&pack)["archive/record.warc.gz"].clone();
    newsroom.written("record.warc.gz", &records);
    let told = text(&verified(newsroom.elsewhere.path(), 0, &["record.warc.gz"]).stdout);
    assert!(told.contains("3 records, and nothing else"), "{told}");
    newsroom.written("record.warc.gz", &records[..records.len() - 9]);
    verified(newsroom.elsewhere.path(), 2, &["record.warc.gz"]);
}

#[test]
fn the_desk_and_the_api_hand_out_the_pack_of_a_quote() {
    let desk = Demo::start();
    let id = string(&desk.hit("speaker:ines-marrow")["id"]);
    desk.page(
        &format!("/quotes/{id}"),
        &[&format!("/quotes/{id}/evidence"), "Evidence pack"],
    );
    let folder = tempfile::tempdir().expect("a folder");
    for (name, path) in [
        ("desk.wacz", format!("/quotes/{id}/evidence")),
        ("api.wacz", format!("/api/v1/quotes/{id}/evidence")),
    ] {
        let (status, head, _) = desk.get(&path);
        assert_eq!(status, 200, "{head}");
        assert!(
            head.contains("application/zip") && head.contains("attachment"),
            "{head}"
        );
        std::fs::write(folder.path().join(name), desk.bytes(&path)).expect("written");
        verified(folder.path(), 0, &[name]);
    }
    let (status, ..) = desk.get("/quotes/qaaaaaaaaaaaaaaaa/evidence");
    assert_eq!(status, 404);
}

#[test]
fn the_records_of_a_pack_pass_the_check_of_warcio() {
    if std::process::Command::new("warcio")
        .arg("--version")
        .output()
        .is_err()
    {
        assert!(
            std::env::var_os("TESTS_NEED_WARCIO").is_none(),
            "warcio is not installed"
        );
        eprintln!("warcio is not installed: its check of a pack was not made");
        return;
    }
    let newsroom = Newsroom::new();
    let files = files_of(&newsroom.pack("landing.wacz", &[&newsroom.quote("\"before the summer\"")]));
    let path = newsroom.written("record.warc.gz", &files["archive/record.warc.gz"]);
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new("warcio")
            .args(arguments)
            .arg(&path)
            .output();
        let output = output.expect("it runs");
        let told = text(&output.stdout);
        assert!(output.status.success() && !told.contains("fail"), "{told}");
        told
    };
    run(&["check", "-v"]);
    assert_eq!(run(&["index", "-f", "warc-type"]).lines().count(), 3);
}
