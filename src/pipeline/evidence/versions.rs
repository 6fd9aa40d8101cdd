//! What a page said in its other captures of a pack, as this program reads them there, and what became of a quote between two of
//! them. Labels of the pack are not asked.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;

use super::claims::{PrintedSinceClaim, QuoteClaim};
use super::seen::Seen;
use crate::model::id::{DocumentId, SpeakerId};
use crate::pipeline::altered::{Stated, edited};
use crate::text::corrections::may_concern;

/// Bytes of quotes that are kept of all captures together.
const MOST_KEPT: usize = 64 << 20;
/// Bytes of quotes that are compared for all that are claimed: many versions may stand beside one that is very long.
const MOST_COMPARED: usize = 16 * MOST_KEPT;

/// Corrections of a page that are claimed of a quote and told with it, and bytes of each that are shown: a pack may claim very many
/// quotes, and a page print very many corrections.
pub(super) const CORRECTIONS: usize = 3;
const SHOWN_OF_CORRECTION: usize = 1_000;

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
    told: HashMap<(DocumentId, String), OfVersion>,
}

/// What became of the quotes of a version.
#[derive(Default)]
struct OfVersion {
    /// In words, by their ids.
    told: HashMap<String, Vec<String>>,
    /// `None` where finding it costs too much.
    since: Option<Since>,
}

/// What the last version of a document prints as corrections and one before it does not.
#[derive(Default)]
struct Since {
    /// The digest of the last version.
    digest: u64,
    corrections: Vec<String>,
    /// The quotes that do not stand there as they stood, by their ids.
    of: HashMap<String, Quoted>,
}

impl Since {
    /// The corrections that may be of a quote, so many at most.
    fn of_quote(&self, id: &str) -> Vec<&str> {
        let Some(quote) = self.of.get(id) else {
            return Vec::new();
        };
        let corrections = self.corrections.iter().map(String::as_str);
        let of_quote = corrections.filter(|words| quote.is_concerned(words));
        of_quote.take(CORRECTIONS).collect()
    }
}

/// Whether a correction of a quote is read where it is said to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Corrected {
    /// It is, and the quote does not stand there as it stood.
    Read,
    /// It is not.
    NotRead,
    /// The captures have too many quotes to be compared.
    NotCompared,
}

/// A document as a capture shows it.
struct Version {
    capture: String,
    at: Timestamp,
    quotes: Vec<Quoted>,
    /// The corrections that it prints.
    corrections: Vec<String>,
    /// A digest of the quotes and whose they are.
    digest: u64,
}

/// A quote as it is read.
#[derive(Clone)]
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

    /// Whether a correction may be of it.
    fn is_concerned(&self, correction: &str) -> bool {
        may_concern(correction, &self.words, Some(&self.name))
    }
}

impl Version {
    fn of(capture: &str, at: Timestamp, quotes: Vec<Quoted>, corrections: Vec<String>) -> Self {
        let mut digest = DefaultHasher::new();
        for quote in &quotes {
            (&quote.words, quote.speaker.as_ref().map(SpeakerId::as_str)).hash(&mut digest);
        }
        Self {
            capture: capture.to_owned(),
            at,
            digest: digest.finish(),
            quotes,
            corrections,
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
            self.kept += now.corrections.iter().map(String::len).sum::<usize>();
            if self.kept > MOST_KEPT {
                return false;
            }
            let versions = self.documents.entry(id.clone()).or_default();
            versions.push(Version::of(capture, at, quotes, now.corrections.clone()));
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

    /// What is read of a quote of a document in the captures around its own, in words: how the one before has it, the first behind
    /// that has it otherwise, and what the last one corrects, where it has the quote no more as it stood.
    pub(super) fn became(&mut self, document: &DocumentId, capture: &str, quote: &str) -> Vec<String> {
        let of_version = self.of_version(document, capture);
        of_version.told.get(quote).cloned().unwrap_or_default()
    }

    /// Whether a correction of a quote is read in the capture that is said to show it.
    pub(super) fn is_corrected(
        &mut self,
        document: &DocumentId,
        capture: &str,
        claim: &PrintedSinceClaim,
    ) -> Corrected {
        let Some(since) = &self.of_version(document, capture).since else {
            return Corrected::NotCompared;
        };
        let is_of_last = since.corrections.contains(&claim.words)
            && since
                .of
                .get(&claim.quote)
                .is_some_and(|quote| quote.is_concerned(&claim.words));
        let digest = since.digest;
        // Several captures may show the last version.
        let mut versions = self.documents.get(document).into_iter().flatten();
        let shows = |version: &Version| {
            version.capture == claim.capture
                && version.digest == digest
                && version.corrections.contains(&claim.words)
        };
        match is_of_last && versions.any(shows) {
            true => Corrected::Read,
            false => Corrected::NotRead,
        }
    }

    fn of_version(&mut self, document: &DocumentId, capture: &str) -> &OfVersion {
        let versions = self.documents.get(document).map_or(&[][..], Vec::as_slice);
        let compared = &mut self.compared;
        let key = (document.clone(), capture.to_owned());
        let told = self.told.entry(key);
        told.or_insert_with(|| of(versions, capture, compared))
    }
}

/// What became of the quotes of a version; `compared` counts what that costs. Each quote has the nearest capture on either side told
/// that has it otherwise: one edit may alter this quote, and another one that.
fn of(versions: &[Version], capture: &str, compared: &mut usize) -> OfVersion {
    let Some(own) = versions.iter().find(|version| version.capture == capture) else {
        return OfVersion::default();
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
    let last = versions.iter().filter(|it| it.at > own.at).max_by_key(|it| it.at);
    let since = match last {
        Some(last) => since(last, own, compared),
        None => Some(Since::default()),
    };
    let mut told: HashMap<String, Vec<String>> = HashMap::new();
    for quote in &own.quotes {
        let told = told.entry(quote.id.clone()).or_default();
        for side in &sides {
            told.extend(match side {
                Some(side) => side.get(quote.id.as_str()).cloned(),
                None => Some(NOT_COMPARED.to_owned()),
            });
        }
        match last.zip(since.as_ref()) {
            Some((last, since)) => {
                let of_quote = since.of_quote(&quote.id).into_iter();
                told.extend(of_quote.map(|words| corrected(last, words)));
            }
            None if last.is_some() => told.push(NOT_COMPARED.to_owned()),
            None => {}
        }
        told.dedup();
    }
    OfVersion { told, since }
}

/// What the last version corrects, and of which quotes of another one; `None` where comparing them costs too much.
fn since(last: &Version, own: &Version, compared: &mut usize) -> Option<Since> {
    let corrections = last.corrections.iter();
    let corrections: Vec<String> = corrections
        .filter(|words| !own.corrections.contains(words))
        .cloned()
        .collect();
    if corrections.is_empty() {
        return Some(Since::default());
    }
    // Each quote is held against each correction.
    let printed: usize = corrections.iter().map(String::len).sum();
    *compared += last.bytes() + own.bytes() + printed * own.quotes.len();
    if *compared > MOST_COMPARED {
        return None;
    }
    let edited = edited(&stated(own), &stated(last));
    let kept: HashSet<usize> = edited.kept.into_iter().map(|(was, _)| was).collect();
    let quotes = own.quotes.iter().enumerate();
    let fallen = quotes.filter(|(at, _)| !kept.contains(at));
    Some(Since {
        digest: last.digest,
        corrections,
        of: fallen
            .map(|(_, quote)| (quote.id.clone(), quote.clone()))
            .collect(),
    })
}

/// A correction of a version in words, of a very long one the beginning.
fn corrected(version: &Version, words: &str) -> String {
    let shown = &words[..words.floor_char_boundary(SHOWN_OF_CORRECTION)];
    let dots = if shown.len() < words.len() { " …" } else { "" };
    format!(
        "later, in its capture of {}, the page prints: “{shown}{dots}”",
        version.at
    )
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
        Version::of(capture, at, quotes.iter().map(quoted).collect(), Vec::new())
    }

    const WAS: (&str, &str) = ("Ana Lima", "We will pay 140 families by the summer");
    const IS: (&str, &str) = ("Ana Lima", "We will pay 400 families by the summer");
    const PIER: (&str, &str) = ("Tom Reed", "The pier was closed before anybody asked us");

    #[track_caller]
    fn check(versions: &[Version], quote: &str, told: &[&str]) {
        let of = of(versions, "own", &mut 0);
        let found = of.told.get(&format!("own: {quote}")).cloned();
        assert_eq!(found.unwrap_or_default(), told);
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
    fn a_correction_is_told_of_what_the_last_capture_has_no_more_as_it_stood() {
        let printing = |hour: i64, quotes: &[(&str, &str)], words: &str| Version {
            corrections: vec![words.to_owned()],
            ..version(&hour.to_string(), hour, quotes)
        };
        const CORRECTION: &str = "Correction: Tom Reed did not say that.";
        let versions = [version("own", 2, &[WAS, PIER]), printing(3, &[WAS], CORRECTION)];
        let lost = "later, in its capture of 1970-01-01T03:00:00Z, no such quote of the page is read";
        let prints = "later, in its capture of 1970-01-01T03:00:00Z, the page prints: “Correction: Tom Reed did not say that.”";
        check(&versions, PIER.1, &[lost, prints]);
        check(&versions, WAS.1, &[]);
        // One that stood beside the quote already is none of it, and what is back stands.
        let beside = Version {
            corrections: vec![CORRECTION.to_owned()],
            ..version("own", 2, &[WAS, PIER])
        };
        check(&[beside, printing(3, &[WAS], CORRECTION)], PIER.1, &[lost]);
        let [own, without] = versions;
        check(
            &[own, without, printing(4, &[WAS, PIER], CORRECTION)],
            PIER.1,
            &[lost],
        );
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

    #[test]
    fn a_correction_of_something_else_is_not_read_as_one_of_the_quote() {
        const BOAT: &str = "Correction: An earlier version gave the wrong name of the boat.";
        const REED: &str = "Correction: Tom Reed did not say that.";
        let document = DocumentId::new("page");
        let versions = |compared: usize| Versions {
            documents: HashMap::from([(
                document.clone(),
                vec![
                    version("own", 2, &[WAS, PIER]),
                    Version {
                        corrections: [BOAT, BOAT, BOAT, REED].map(str::to_owned).to_vec(),
                        ..version("last", 3, &[WAS])
                    },
                ],
            )]),
            compared,
            ..Versions::default()
        };
        let claim = |words: &str| PrintedSinceClaim {
            quote: format!("own: {}", PIER.1),
            words: words.into(),
            capture: "last".into(),
        };
        let read =
            |compared: usize, words: &str| versions(compared).is_corrected(&document, "own", &claim(words));
        assert_eq!(read(0, REED), Corrected::Read);
        assert_eq!(read(0, BOAT), Corrected::NotRead);
        assert_eq!(read(MOST_COMPARED, REED), Corrected::NotCompared);
        let told = versions(0).became(&document, "own", &claim(REED).quote);
        assert_eq!(told.len(), 2, "that it is gone, and what corrects it: {told:?}");
        let told = versions(MOST_COMPARED).became(&document, "own", &claim(REED).quote);
        assert_eq!(told, [NOT_COMPARED]);
    }
}
