//! What a capture is read with: the same in a tracker, which has it of its workspace, and with an evidence pack, which
//! brings it along. Its name is kept with every capture that it read.

use std::collections::HashMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Tracker;
use crate::crawl::facts_of_interface;
use crate::extract;
use crate::model::id::{SourceId, SpeakerId};
use crate::model::reader::Readers;
use crate::model::source::{SiteRules, Source};
use crate::model::speaker::{Office, Speaker, SpeakerKind};
use crate::resolve::speakers::Gazetteer;
use crate::settings::CrawlSettings;

/// Raised when quotes or dates of the same text come out differently than before.
const ANNOTATOR: u32 = 31;

/// What reads captures, without what it is configured with.
pub(super) fn version() -> String {
    format!("extract-{} annotate-{ANNOTATOR}", extract::VERSION)
}

/// What has a say in how a capture is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    /// The sources, each with its rules.
    pub(super) sources: &'a HashMap<SourceId, Source>,
    /// The people and bodies that may be meant.
    pub(super) gazetteer: &'a Gazetteer,
    /// The settings of the crawl.
    pub(super) settings: &'a CrawlSettings,
    /// The names of the readers.
    pub(super) names: &'a Readers,
}

impl Tracker {
    /// What this tracker reads captures with.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            sources: &self.sources,
            gazetteer: &self.gazetteer,
            settings: &self.settings.crawl,
            names: &self.readers,
        }
    }
}

/// The names of the readers. Whatever changes what is read out of a capture is part of its reader's name: then it is read again.
/// So the digest in it is of facts that are written down here field by field, under names of their own, and not of how a type
/// prints itself: a field that is renamed changes no reading.
pub(super) fn readers_of(sources: &[Source], speakers: &[Speaker], heed_noindex: bool) -> Readers {
    let speakers: Vec<Value> = speakers.iter().map(facts_of_speaker).collect();
    let common = json!({"speakers": speakers, "heed_noindex": heed_noindex}).to_string();
    let name = |facts: &[Value]| {
        let mut digest = Sha256::new();
        for facts in facts {
            digest.update(facts.to_string());
            digest.update(b"\n");
        }
        digest.update(&common);
        let configured = data_encoding::HEXLOWER.encode(&digest.finalize()[..6]);
        format!("{} config-{configured}", version())
    };
    let facts: Vec<Value> = sources.iter().map(facts_of_source).collect();
    let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
    let by_source = sources.iter().zip(&facts);
    Readers {
        by_source: by_source
            .map(|(source, facts)| (source.id.clone(), name(std::slice::from_ref(facts))))
            .collect(),
        // One that is configured again reads what it brought before.
        of_others: name(&[json!(ids)]),
        name: name(&facts),
    }
}

/// What of a source has a say in what is read out of its captures.
fn facts_of_source(source: &Source) -> Value {
    let Source {
        id,
        name,
        kind,
        // What is known by another host's name is told under this one's.
        home,
        office,
        language,
        time_zone,
        aliases,
        // Of these the interfaces that give texts, below; the others say what is asked for.
        channels: _,
        rules,
        ports: _,
        allow_private: _,
        enabled: _,
        cadence: _,
    } = source;
    let interfaces = source.interfaces();
    let interfaces: Vec<Value> = interfaces
        .map(|(url, rules)| json!([url.as_str(), facts_of_interface(rules)]))
        .collect();
    json!({
        "id": id.as_str(),
        "name": name,
        "home": home.as_str(),
        "kind": kind.code(),
        "office": office,
        "language": language,
        "time_zone": time_zone.iana_name(),
        "rules": facts_of_rules(rules),
        "aliases": aliases,
        "interfaces": interfaces,
    })
}

fn facts_of_rules(rules: &SiteRules) -> Value {
    let SiteRules {
        title,
        body,
        published,
        authors,
        drop,
        until,
        json_text,
        json_drop,
        json_title,
        json_published,
    } = rules;
    json!({
        "title": title,
        "body": body,
        "published": published,
        "authors": authors,
        "drop": drop,
        "until": until,
        "json_text": json_text,
        "json_drop": json_drop,
        "json_title": json_title,
        "json_published": json_published,
    })
}

fn facts_of_speaker(speaker: &Speaker) -> Value {
    let Speaker {
        id,
        name,
        kind,
        aliases,
        offices,
    } = speaker;
    let kind = match kind {
        SpeakerKind::Person => "person",
        SpeakerKind::Body => "body",
    };
    let office = |office: &Office| {
        let Office {
            title,
            aliases,
            of,
            from,
            to,
        } = office;
        json!({
            "title": title,
            "aliases": aliases,
            "of": of.as_ref().map(SpeakerId::as_str),
            "from": from.map(|day| day.to_string()),
            "to": to.map(|day| day.to_string()),
        })
    };
    let offices: Vec<Value> = offices.iter().map(office).collect();
    json!({"id": id.as_str(), "name": name, "kind": kind, "aliases": aliases, "offices": offices})
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use url::Url;

    use super::*;
    use crate::model::cadence::Cadence;
    use crate::model::source::SourceKind;

    fn source() -> Source {
        Source {
            id: SourceId::new("herald"),
            name: "The Harbor Herald".into(),
            kind: SourceKind::News,
            home: Url::parse("https://herald.example/").expect("valid"),
            office: None,
            language: Some("en".into()),
            time_zone: TimeZone::UTC,
            aliases: Vec::new(),
            ports: Vec::new(),
            allow_private: false,
            enabled: true,
            cadence: Cadence::Every(jiff::SignedDuration::from_hours(1)),
            channels: Vec::new(),
            rules: SiteRules::default(),
        }
    }

    fn speaker() -> Speaker {
        Speaker {
            id: SpeakerId::new("ana-lima"),
            name: "Ana Lima".into(),
            kind: SpeakerKind::Person,
            aliases: vec!["A. Lima".into()],
            offices: vec![Office {
                title: "Mayor".into(),
                aliases: Vec::new(),
                of: Some(SpeakerId::new("harbor")),
                from: Some(jiff::civil::date(2025, 1, 2)),
                to: None,
            }],
        }
    }

    fn configured(sources: &[Source], speakers: &[Speaker], heed_noindex: bool) -> String {
        let readers = readers_of(sources, speakers, heed_noindex);
        let (_, configured) = readers.name.rsplit_once(" config-").expect("a digest");
        configured.to_owned()
    }

    /// Whoever changes this one makes every tracker read all of its archive anew.
    #[test]
    fn the_same_configuration_bears_the_same_name() {
        assert_eq!(configured(&[source()], &[speaker()], true), "dcbc34f1eb4e");
    }

    #[test]
    fn what_has_a_say_in_reading_is_in_the_name_and_nothing_else() {
        let known = configured(&[source()], &[speaker()], true);
        let crawled_otherwise = Source {
            enabled: false,
            ports: vec![8080],
            ..source()
        };
        assert_eq!(configured(&[crawled_otherwise], &[speaker()], true), known);
        let ruled = Source {
            rules: SiteRules {
                until: vec!["Read more".into()],
                ..SiteRules::default()
            },
            ..source()
        };
        let mut over = speaker();
        over.offices[0].to = Some(jiff::civil::date(2026, 1, 1));
        let others = [
            configured(&[ruled], &[speaker()], true),
            configured(&[source()], &[over], true),
            configured(&[source()], &[speaker()], false),
        ];
        assert!(others.iter().all(|other| *other != known), "{others:?}");
    }
}
