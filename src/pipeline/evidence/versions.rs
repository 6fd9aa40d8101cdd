//! What a page said in its other captures of a pack, as this program reads them there, and what became of a quote between two of
//! them. Labels of the pack are not asked.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;

use super::claims::QuoteClaim;
use super::seen::Seen;
use crate::model::id::{DocumentId, SpeakerId};
use crate::pipeline::altered::{Stated, edited};

/// Bytes of quotes that are kept of all captures together.
const MOST_KEPT: usize = 64 << 20;
/// Bytes of quotes that are compared for all that are claimed: many versions may stand beside one that is very long.
const MOST_COMPARED: usize = 16 * MOST_KEPT;

const NOT_COMPARED: &str =
    "not compared with what its page says in other captures of the pack: they have too many quotes";

/// The documents of a pack, each as its captures show it.
#[derive(Default)]
pub(super) struct Versions {
    documents: HashMap<DocumentId, Vec<Version>>,
    /// The captures that were read as ones of a document.
    read: HashMap<DocumentId, HashSet<String>>,
    kept: usize,
    compared: usize,
    /// What became of the quotes of a version, by document and capture.
    told: HashMap<(DocumentId, String), HashMap<String, Vec<String>>>,
}

/// A document as a capture shows it.
struct Version {
    capture: String,
    at: Timestamp,
    quotes: Vec<Quoted>,
    /// A digest of the quotes and whose they are.
    digest: u64,
}

/// A quote as it is read.
struct Quoted {
    id: String,
    words: String,
    speaker: Option<SpeakerId>,
    name: String,
}

impl Quoted {
    fn of(claim: &QuoteClaim) -> Self {
        let speaker = claim.speaker.as_ref();
        let printed = speaker.and_then(|it| Some(it.printed.as_ref()?.words.clone()));
        Self {
            id: claim.quote.clone(),
            words: claim.words.clone(),
            speaker: speaker.and_then(|it| it.id.clone()).map(SpeakerId::new),
            name: speaker
                .and_then(|it| it.name.clone())
                .or(printed)
                .unwrap_or_else(|| "nobody named".into()),
        }
    }
}

impl Version {
    fn of(capture: &str, at: Timestamp, quotes: Vec<Quoted>) -> Self {
        let mut digest = DefaultHasher::new();
        for quote in &quotes {
            (&quote.words, quote.speaker.as_ref().map(SpeakerId::as_str)).hash(&mut digest);
        }
        Self {
            capture: capture.to_owned(),
            at,
            digest: digest.finish(),
            quotes,
        }
    }

    fn bytes(&self) -> usize {
        self.quotes.iter().map(|quote| quote.words.len()).sum()
    }
}

impl Versions {
    /// Keeps what a capture shows of the documents that are claimed; answers whether there was room for it.
    pub(super) fn keep(
        &mut self,
        capture: &str,
        at: Timestamp,
        seen: &Seen,
        claimed: &HashSet<&str>,
    ) -> bool {
        for (id, now) in seen.documents().filter(|(id, _)| claimed.contains(id.as_str())) {
            let mut claims: Vec<&QuoteClaim> = now.quotes.values().collect();
            claims.sort_by_key(|claim| claim.places.first().map(|place| place.first_byte));
            let quotes: Vec<Quoted> = claims.into_iter().map(Quoted::of).collect();
            self.kept += quotes.iter().map(|quote| quote.words.len()).sum::<usize>();
            if self.kept > MOST_KEPT {
                return false;
            }
            let versions = self.documents.entry(id.clone()).or_default();
            versions.push(Version::of(capture, at, quotes));
            self.read
                .entry(id.clone())
                .or_default()
                .insert(capture.to_owned());
        }
        true
    }

    /// Whether a capture was read as one of a document.
    pub(super) fn has(&self, document: &DocumentId, capture: &str) -> bool {
        self.read
            .get(document)
            .is_some_and(|captures| captures.contains(capture))
    }

    /// What is read of a quote of a document in the captures around its own, in words: how the one before has it, and the first
    /// behind that has it otherwise.
    pub(super) fn became(&mut self, document: &DocumentId, capture: &str, quote: &str) -> Vec<String> {
        let key = (document.clone(), capture.to_owned());
        if !self.told.contains_key(&key) {
            let versions = self.documents.get(document).map_or(&[][..], Vec::as_slice);
            let told = of(versions, capture, &mut self.compared);
            self.told.insert(key.clone(), told);
        }
        let told = self.told.get(&key).and_then(|quotes| quotes.get(quote));
        told.cloned().unwrap_or_default()
    }
}

/// What became of the quotes of a version, by their ids; `compared` counts what that costs. Each quote has the nearest capture on
/// either side told that has it otherwise: one edit may alter this quote, and another one that.
fn of(versions: &[Version], capture: &str, compared: &mut usize) -> HashMap<String, Vec<String>> {
    let Some(own) = versions.iter().find(|version| version.capture == capture) else {
        return HashMap::new();
    };
    let others = versions.iter().filter(|it| it.digest != own.digest);
    let (mut before, mut after): (Vec<&Version>, Vec<&Version>) = others.partition(|it| it.at < own.at);
    before.sort_by_key(|it| std::cmp::Reverse(it.at));
    after.retain(|it| it.at > own.at);
    after.sort_by_key(|it| it.at);
    let sides = [
        nearest(&before, own, compared, was),
        nearest(&after, own, compared, is),
    ];
    let mut told: HashMap<String, Vec<String>> = HashMap::new();
    for quote in &own.quotes {
        for side in &sides {
            let of_side = match side {
                Some(side) => side.get(quote.id.as_str()).cloned(),
                None => Some(NOT_COMPARED.to_owned()),
            };
            told.entry(quote.id.clone()).or_default().extend(of_side);
        }
        told.entry(quote.id.clone()).or_default().dedup();
    }
    told
}

/// How the first of these versions that has it otherwise has each quote of `own`; nothing where comparing them costs too much.
fn nearest<'a>(
    versions: &[&'a Version],
    own: &'a Version,
    compared: &mut usize,
    has_otherwise: fn(&'a Version, &'a Version) -> Vec<(&'a str, String)>,
) -> Option<HashMap<&'a str, String>> {
    let mut told = HashMap::new();
    let mut last = own.digest;
    for version in versions {
        if told.len() == own.quotes.len() {
            break;
        }
        if version.digest == std::mem::replace(&mut last, version.digest) {
            continue;
        }
        *compared += version.bytes() + own.bytes();
        if *compared > MOST_COMPARED {
            return None;
        }
        for (quote, how) in has_otherwise(version, own) {
            told.entry(quote).or_insert(how);
        }
    }
    Some(told)
}

/// What an earlier version said in the place of quotes.
fn was<'a>(before: &'a Version, own: &'a Version) -> Vec<(&'a str, String)> {
    let edited = edited(&stated(before), &stated(own));
    let met: HashSet<usize> = (edited.kept.iter().chain(&edited.altered))
        .map(|(_, is)| *is)
        .collect();
    let came = own.quotes.iter().enumerate().filter(|(at, _)| !met.contains(at));
    let came = came.map(|(_, quote)| {
        let told = format!(
            "before, in its capture of {}, no such quote of the page is read",
            before.at
        );
        (quote.id.as_str(), told)
    });
    let altered = edited.altered.iter().map(|(was, is)| {
        let (was, is) = (&before.quotes[*was], &own.quotes[*is]);
        let told = match was.speaker == is.speaker {
            true => format!(
                "before, in its capture of {}, the page said “{}” in their place",
                before.at, was.words
            ),
            false => format!(
                "before, in its capture of {}, the page gave these words to {}",
                before.at, was.name
            ),
        };
        (is.id.as_str(), told)
    });
    altered.chain(came).collect()
}

/// What a later version says in the place of quotes, or that it has none.
fn is<'a>(after: &'a Version, own: &'a Version) -> Vec<(&'a str, String)> {
    let edited = edited(&stated(own), &stated(after));
    let altered = edited.altered.into_iter().map(|(was, is)| {
        let (was, is) = (&own.quotes[was], &after.quotes[is]);
        let told = match was.speaker == is.speaker {
            true => format!(
                "later, in its capture of {}, the page says “{}” in their place",
                after.at, is.words
            ),
            false => format!(
                "later, in its capture of {}, the page gives these words to {}",
                after.at, is.name
            ),
        };
        (was.id.as_str(), told)
    });
    let removed = edited.removed.into_iter().map(|was| {
        let told = format!(
            "later, in its capture of {}, no such quote of the page is read",
            after.at
        );
        (own.quotes[was].id.as_str(), told)
    });
    altered.chain(removed).collect()
}

fn stated(version: &Version) -> Vec<Stated> {
    let quotes = version.quotes.iter();
    quotes
        .map(|quote| Stated::of(&quote.words, quote.speaker.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(capture: &str, hour: i64, quotes: &[(&str, &str)]) -> Version {
        let quoted = |(speaker, words): &(&str, &str)| Quoted {
            id: format!("{capture}: {words}"),
            words: (*words).into(),
            speaker: Some(SpeakerId::from_name(speaker)),
            name: (*speaker).into(),
        };
        let at = Timestamp::from_second(hour * 3_600).expect("a moment");
        Version::of(capture, at, quotes.iter().map(quoted).collect())
    }

    const WAS: (&str, &str) = ("Ana Lima", "We will pay 140 families by the summer");
    const IS: (&str, &str) = ("Ana Lima", "We will pay 400 families by the summer");
    const PIER: (&str, &str) = ("Tom Reed", "The pier was closed before anybody asked us");

    #[track_caller]
    fn check(versions: &[Version], quote: &str, told: &[&str]) {
        let of = of(versions, "own", &mut 0);
        let found = of.get(&format!("own: {quote}")).cloned().unwrap_or_default();
        assert_eq!(found, told);
    }

    #[test]
    fn what_stood_before_and_what_stands_later_is_read_and_told() {
        let own = || version("own", 2, &[IS, PIER]);
        let before = version("earlier", 1, &[WAS, PIER]);
        let said = "before, in its capture of 1970-01-01T01:00:00Z, the page said “We will pay 140 families by the summer” in their place";
        check(&[before, own()], IS.1, &[said]);
        let later = version("later", 3, &[IS, ("Ana Lima", PIER.1)]);
        let given = "later, in its capture of 1970-01-01T03:00:00Z, the page gives these words to Ana Lima";
        check(&[own(), later], PIER.1, &[given]);
        let later = version("later", 3, &[IS]);
        let lost = "later, in its capture of 1970-01-01T03:00:00Z, no such quote of the page is read";
        check(&[own(), later], PIER.1, &[lost]);
    }

    #[test]
    fn each_quote_has_its_own_edit_told_whichever_came_first() {
        let versions = [
            version("own", 2, &[WAS, PIER]),
            version("later", 3, &[IS, PIER]),
            version("last", 4, &[IS]),
        ];
        let said = "later, in its capture of 1970-01-01T03:00:00Z, the page says “We will pay 400 families by the summer” in their place";
        check(&versions, WAS.1, &[said]);
        let lost = "later, in its capture of 1970-01-01T04:00:00Z, no such quote of the page is read";
        check(&versions, PIER.1, &[lost]);
        let mut turned = versions;
        turned[0].at = Timestamp::from_second(5 * 3_600).expect("a moment");
        let before = "before, in its capture of 1970-01-01T04:00:00Z, the page said “We will pay 400 families by the summer” in their place";
        check(&turned, WAS.1, &[before]);
    }

    #[test]
    fn what_stands_in_all_captures_has_nothing_told_of_it() {
        let versions = [
            version("earlier", 1, &[WAS, PIER]),
            version("own", 2, &[IS, PIER]),
            version("later", 3, &[IS, PIER]),
        ];
        check(&versions, PIER.1, &[]);
        check(&[version("own", 2, &[IS]), version("later", 3, &[IS])], IS.1, &[]);
    }
}
