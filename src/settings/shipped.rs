//! Everything that ships in `config/` is valid: what a person starts from must not be what fails.

use std::collections::BTreeSet;
use std::path::Path;

use super::{load, read_source, read_speakers, sources, speakers};
use crate::model::id::SourceId;
use crate::model::source::{ChannelKind, Source, source_of};

const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");

fn shipped() -> Vec<Source> {
    let defaults = load(None, []).expect("the defaults").crawl;
    sources(&Path::new(CONFIG).join("sources"), &defaults).expect("valid sources")
}

#[test]
fn every_file_of_config_is_valid() {
    let settings = Path::new(CONFIG).join("onrecord.toml");
    let defaults = load(Some(&settings), []).expect("valid settings").crawl;
    let example = copied_example(
        &std::fs::read_to_string(example()).expect("the example"),
        &defaults,
    );
    assert!(!example.enabled, "a fresh copy must not be crawled");
    assert!(!shipped().is_empty());
    let people = speakers(&Path::new(CONFIG).join("speakers.toml")).expect("valid speakers");
    assert!(!people.is_empty());
}

#[test]
fn a_source_speaks_for_an_entry_that_there_is() {
    let people = speakers(&Path::new(CONFIG).join("speakers.toml")).expect("valid speakers");
    for source in shipped() {
        if let Some(office) = &source.office {
            let known = people.iter().any(|speaker| speaker.id.as_str() == office);
            assert!(known, "{:?} names {office}", source.id);
        }
    }
}

#[test]
fn what_is_crawled_has_a_channel_and_what_is_off_says_why() {
    for source in shipped() {
        let path = Path::new(CONFIG).join(format!("sources/{}.toml", source.id.as_str()));
        let text = std::fs::read_to_string(&path).expect("the file");
        if source.enabled {
            assert!(source.channels.iter().any(|channel| channel.enabled), "{path:?}");
        } else {
            assert!(text.contains("# Off"), "{path:?}");
        }
        assert!(
            text.starts_with("# "),
            "{path:?} says where its channels come from"
        );
        assert!(!source.allow_private, "{path:?}");
    }
}

#[test]
fn the_commented_keys_of_the_example_are_valid_and_show_the_defaults() {
    let text = std::fs::read_to_string(example()).expect("the example");
    let defaults = load(None, []).expect("the defaults").crawl;
    let plain = copied_example(&text, &defaults);
    // With every commented key in force the file is still valid: no key is misspelt or misplaced.
    let spelt = copied_example(&with_commented_keys(&text), &defaults);
    assert_eq!(spelt.office.as_deref(), Some("city-hall"));
    assert_eq!((spelt.rules.drop.len(), spelt.rules.until.len()), (2, 1));
    assert!(spelt.rules.title.is_some() && spelt.rules.body.is_some());
    assert!(spelt.rules.published.is_some() && spelt.rules.authors.is_some());
    // The one key whose default is no value of it.
    assert_eq!(spelt.cadence.to_string(), format!("every {:#}", defaults.every));
    assert_eq!(spelt.allow_private, plain.allow_private);
    let (ChannelKind::Listing(plain), ChannelKind::Listing(spelt)) =
        (&plain.channels[1].kind, &spelt.channels[1].kind)
    else {
        panic!("the example's second channel is a listing");
    };
    assert_eq!(plain.max_pages, spelt.max_pages);
    assert!(spelt.link.is_some() && spelt.title.is_some() && spelt.date.is_some() && spelt.next.is_some());
}

#[test]
fn the_pages_of_the_corpus_belong_to_the_sources_that_they_test() {
    let sources = shipped();
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/pages/gold.jsonl");
    for line in std::fs::read_to_string(gold).expect("the file").lines() {
        let page: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let url = page["url"].as_str().expect("an address");
        let found = source_of(&sources, &url.parse().expect("an address"));
        assert_eq!(
            found.map(|source| source.id.as_str()),
            page["source"].as_str(),
            "{url}"
        );
    }
}

#[test]
fn no_two_entries_share_a_name() {
    let text = std::fs::read_to_string(Path::new(CONFIG).join("speakers.toml")).expect("the file");
    let people = read_speakers(Path::new("speakers.toml"), &text).expect("valid");
    let mut seen = BTreeSet::new();
    for person in &people {
        for name in std::iter::once(&person.name).chain(&person.aliases) {
            assert!(seen.insert(name.to_lowercase()), "{name} is there twice");
        }
    }
}

fn example() -> String {
    format!("{CONFIG}/source.example.toml")
}

/// The example as a copy in `config/sources` would be read.
fn copied_example(text: &str, defaults: &super::CrawlSettings) -> Source {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("gazette.toml");
    std::fs::write(&path, text).expect("a file");
    let source = read_source(&path, defaults).expect("a valid source");
    assert_eq!(source.id, SourceId::new("gazette"));
    source
}

/// The text with every line of the form `# key = value` in force.
fn with_commented_keys(text: &str) -> String {
    let in_force = |line: &str| {
        let bare = line.strip_prefix("# ")?;
        let (key, _) = bare.split_once(" = ")?;
        let is_key = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        is_key.then(|| bare.to_string())
    };
    text.lines()
        .map(|line| in_force(line).unwrap_or_else(|| line.to_string()) + "\n")
        .collect()
}
