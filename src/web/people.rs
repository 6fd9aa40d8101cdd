//! What is told of those who speak, by page and by API alike: the list of them, and each with offices, names and counts.

use std::collections::HashMap;

use jiff::civil::Date;

use super::desk::Desk;
use super::error::Failure;
use crate::index::{self, CountedBy, EntryKind, Facets, Hit, Order, Query, Wanted};
use crate::model::date::When;
use crate::model::id::SpeakerId;
use crate::model::speaker::{Office, Speaker, SpeakerKind};
use crate::pipeline;
use crate::store::SpeakerSummary;
use crate::text::wording::Wording;

/// Words that name a speaker beside a quote and are no names.
const PRONOUNS: [&str; 13] = [
    "he", "she", "they", "it", "who", "i", "we", "you", "él", "ella", "ellos", "ellas", "quien",
];
/// Quotes that are looked through for the names a speaker is printed under.
const NAMED: usize = 200;
/// Printed names that are told.
const PRINTED: usize = 12;

/// Somebody of the list.
pub(super) struct Listed<'a> {
    pub(super) row: SpeakerSummary,
    /// The entry of the configuration, where there is one.
    pub(super) known: Option<&'a Speaker>,
}

impl Listed<'_> {
    pub(super) fn name(&self) -> &str {
        self.known.map_or(&self.row.name, |speaker| &speaker.name)
    }

    /// The office held last.
    pub(super) fn office(&self) -> Option<&Office> {
        let known = self.known?;
        by_time(&known.offices).into_iter().next()
    }
}

/// Those whose names hold these letters, with the most quotes first.
pub(super) async fn listed<'a>(desk: &'a Desk, name: &str) -> Result<Vec<Listed<'a>>, Failure> {
    let gazetteer = desk.tracker.gazetteer.speakers().iter();
    let known: HashMap<&SpeakerId, &Speaker> = gazetteer.map(|speaker| (&speaker.id, speaker)).collect();
    let asked = folded(name);
    let rows = desk.speakers().await?;
    let listed = rows.iter().filter_map(|row| {
        let known = known.get(&row.id).copied();
        is_named(&asked, row, known).then(|| Listed {
            row: row.clone(),
            known,
        })
    });
    Ok(listed.collect())
}

/// A name without case, accents and marks.
fn folded(name: &str) -> String {
    Wording::of(name).words().join(" ")
}

/// Whether one of the names of a speaker, printed or configured, holds these letters.
fn is_named(asked: &str, row: &SpeakerSummary, known: Option<&Speaker>) -> bool {
    let configured = known
        .into_iter()
        .flat_map(|speaker| speaker.aliases.iter().chain([&speaker.name]));
    configured
        .chain([&row.name])
        .any(|name| folded(name).contains(asked))
}

/// A speaker with all that is held of them.
pub(super) struct Profile<'a> {
    pub(super) id: SpeakerId,
    pub(super) name: String,
    pub(super) known: Option<&'a Speaker>,
    /// The names that quotes print, the most frequent first.
    pub(super) printed: Vec<(String, usize)>,
    /// Offices, the latest first, each with the body it belongs to.
    pub(super) offices: Vec<(&'a Office, Option<&'a Speaker>)>,
    /// Who holds or held an office of this body.
    pub(super) members: Vec<(&'a Office, &'a Speaker)>,
    /// The search for their quotes, as it is typed and as it is understood.
    pub(super) text: String,
    pub(super) query: Query,
    /// How many quotes that finds.
    pub(super) quotes: usize,
    /// The first and the last days on which they said something.
    pub(super) said: Option<(When, When)>,
    pub(super) counted: Facets,
    /// Their latest quotes.
    pub(super) latest: Vec<Hit>,
}

impl Profile<'_> {
    pub(super) fn is_body(&self) -> bool {
        self.known
            .is_some_and(|speaker| speaker.kind == SpeakerKind::Body)
    }
}

/// The entry that took up somebody who was known by a printed name before: what was noted of the old id leads to it.
fn united<'a>(speakers: &'a [Speaker], id: &SpeakerId) -> Option<&'a Speaker> {
    let id = SpeakerId::from_name(id.as_str());
    let is_named = |speaker: &&Speaker| {
        let mut names = speaker.aliases.iter().chain([&speaker.name]);
        names.any(|name| SpeakerId::from_name(name) == id)
    };
    let own = speakers.iter().find(|speaker| speaker.id == id);
    // A name that several bear is nobody's.
    let mut named = speakers.iter().filter(is_named);
    own.or_else(|| named.next().filter(|_| named.next().is_none()))
}

/// The speaker of an id.
pub(super) async fn profile(desk: &Desk, id: String) -> Result<Profile<'_>, Failure> {
    let mut id = SpeakerId::new(id);
    let speakers = desk.tracker.gazetteer.speakers();
    let mut row = pipeline::speaker(&desk.tracker, &id).await?;
    let mut known = speakers.iter().find(|speaker| speaker.id == id);
    if let (None, None, Some(united)) = (&row, known, united(speakers, &id)) {
        (id, known) = (united.id.clone(), Some(united));
        row = pipeline::speaker(&desk.tracker, &id).await?;
    }
    let name = known
        .map(|speaker| speaker.name.clone())
        .or_else(|| row.as_ref().map(|row| row.name.clone()));
    let name = Failure::unless_held(name, "such speaker")?;
    // The list counts reported clauses as well.
    let text = format!("{} kind:all", index::speaker_clause(&id, &name));
    let query = Query::parse(&text, pipeline::today())?;
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Newest,
        offset: 0,
        limit: NAMED,
        after: None,
        is_counted: true,
    };
    let by = vec![CountedBy::Source, CountedBy::QuoteKind, CountedBy::Month];
    let (found, counted) = desk.search_counted(query.clone(), wanted, by).await?;
    Ok(Profile {
        printed: printed(&found.hits, &id, &name),
        offices: known.map_or_else(Vec::new, |speaker| offices(speaker, speakers)),
        members: members(speakers, &id),
        quotes: found.total.unwrap_or_default(),
        said: row.and_then(|row| row.said),
        counted,
        latest: found.hits,
        id,
        name,
        known,
        text,
        query,
    })
}

/// Whether a printed naming says no more of somebody than the full name beside it: a pronoun, words of that name, or the whole
/// of it behind a title. Whatever else is printed may be the one sign that somebody else was meant.
pub(super) fn says_no_more(printed: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’'));
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (name, printed) = (words(name), words(printed));
    let is_pronoun = PRONOUNS.contains(&printed.join(" ").to_lowercase().as_str());
    let title = printed.strip_suffix(name.as_slice());
    let is_titled = title.is_some_and(|title| title.iter().all(|word| word.starts_with(char::is_uppercase)));
    is_pronoun || is_titled || printed.iter().all(|word| name.contains(word))
}

/// The names in the quotes that are not the full one, with how often each is printed; pronouns are no names.
fn printed(hits: &[Hit], id: &SpeakerId, name: &str) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let own = hits.iter().filter(|hit| {
        hit.entry
            .speakers
            .first()
            .is_some_and(|speaker| speaker.id == *id)
    });
    let names = own.filter_map(|hit| hit.entry.printed_speaker.as_deref());
    let is_name = |printed: &&str| *printed != name && !PRONOUNS.contains(&printed.to_lowercase().as_str());
    for printed in names.filter(is_name) {
        match counts
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(printed))
        {
            Some((_, count)) => *count += 1,
            None => counts.push((printed.to_string(), 1)),
        }
    }
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts.truncate(PRINTED);
    counts
}

/// Offices with the latest first.
fn by_time(offices: &[Office]) -> Vec<&Office> {
    let mut offices: Vec<&Office> = offices.iter().collect();
    offices.sort_by_key(|office| latest_first(office));
    offices
}

fn latest_first(office: &Office) -> std::cmp::Reverse<(Date, Option<Date>)> {
    std::cmp::Reverse((office.to.unwrap_or(Date::MAX), office.from))
}

fn offices<'a>(speaker: &'a Speaker, speakers: &'a [Speaker]) -> Vec<(&'a Office, Option<&'a Speaker>)> {
    let body = |office: &Office| {
        let of = office.of.as_ref()?;
        speakers.iter().find(|speaker| speaker.id == *of)
    };
    let offices = by_time(&speaker.offices).into_iter();
    offices.map(|office| (office, body(office))).collect()
}

/// The offices of a body and who holds or held them.
fn members<'a>(speakers: &'a [Speaker], body: &SpeakerId) -> Vec<(&'a Office, &'a Speaker)> {
    let mut members: Vec<(&Office, &Speaker)> = speakers
        .iter()
        .flat_map(|speaker| speaker.offices.iter().map(move |office| (office, speaker)))
        .filter(|(office, _)| office.of.as_ref() == Some(body))
        .collect();
    members.sort_by_key(|(office, _)| latest_first(office));
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(asked: &str, expected: bool) {
        let row = SpeakerSummary {
            id: SpeakerId::new("elise-marrow"),
            name: "Élise Marrow".into(),
            quotes: 1,
            said: None,
        };
        let known = Speaker {
            id: row.id.clone(),
            name: "Élise Anne Marrow".into(),
            kind: SpeakerKind::Person,
            aliases: vec!["Lady O’Dunmarsh".into()],
            offices: Vec::new(),
        };
        assert_eq!(is_named(&folded(asked), &row, Some(&known)), expected, "{asked}");
    }

    #[test]
    fn a_naming_that_may_be_of_somebody_else_says_more() {
        for printed in ["she", "Lima", "Ana Lima", "Mayor Ana Lima"] {
            assert!(says_no_more(printed, "Ana Lima"), "{printed}");
        }
        for printed in [
            "Carlos Lima",
            "a spokesman for Ana Lima",
            "Lima’s wife",
            "the mayor",
            "Mayor Lima",
        ] {
            assert!(!says_no_more(printed, "Ana Lima"), "{printed}");
        }
    }

    #[test]
    fn a_speaker_is_found_by_any_name_whatever_its_case_and_accents() {
        check("Élise", true);
        check(" ÉLISE mar", true);
        check("elise", true);
        check("anne m", true);
        check("o'dun", true);
        check("", true);
        check("Elisa", false);
        check("Marrow Lady", false);
    }
}
