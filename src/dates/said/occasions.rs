//! Words for occasions on which people speak: a meeting, a hearing, a vote.

use super::super::sentences::words;
use super::clauses::{REACH, is_plain, is_when, is_within};
use super::lists::List;

/// Whether a day behind a cue is that of an occasion after which something was said: "after the vote on", "after Monday's
/// vote". `between` leads up to the day, and `behind` goes on from it.
pub(super) fn is_after_occasion(between: &str, behind: &str) -> bool {
    let Some((head, tail)) = between.rsplit_once(" after ") else {
        return false;
    };
    let mut tail = tail
        .split_whitespace()
        .rev()
        .skip_while(|word| *word == "on")
        .peekable();
    let named = tail.peek().is_some_and(|word| is_occasion(word));
    let own = ["'s ", "’s "].iter().find_map(|mark| behind.strip_prefix(mark));
    let owned = own
        .and_then(|own| own.split(|c: char| !c.is_alphabetic()).next())
        .is_some_and(is_occasion);
    (named || owned) && tail.count() <= OF_OCCASION && is_plain(head)
}

/// The occasion that a clause says its words are from, where it was told of before: "said at the ceremony".
pub(super) fn occasion(behind: &str) -> Option<&'static str> {
    let small = behind.trim_start().to_lowercase();
    let rest = List::AtOccasion.opening(&small)?;
    // "during the three-hour meeting", "at the first public hearing".
    let mut nouns = rest
        .split(|c: char| !(c.is_alphabetic() || c == '-'))
        .take(OF_OCCASION);
    nouns.find_map(|noun| List::Occasion.find(noun).or_else(|| List::Gathering.find(noun)))
}

/// The occasion of the speaker's own that a clause says its words are from: "said in his address". What is said of it besides may make it
/// another one: "in his victory speech", "in his interview with".
pub(super) fn own_occasion(behind: &str) -> Option<&'static str> {
    let small = behind.trim_start().to_lowercase();
    let rest = List::AtOwn.opening(&small)?;
    let noun = rest.split(|c: char| !(c.is_alphabetic() || c == '-')).next()?;
    let behind = &rest[noun.len()..];
    List::Gathering
        .find(noun)
        .filter(|_| behind.is_empty() || behind.starts_with(['.', ',']))
}

/// Whether a word is for an occasion on which people speak.
pub(super) fn is_occasion(word: &str) -> bool {
    List::Gathering.has(word) || List::Occasion.has(word)
}

/// Those who come together and are spoken to.
pub(super) enum Audience {
    /// A body, by the noun for it and the words before that: "the council", "the Salem council".
    Body(Vec<String>),
    /// Whoever is there: "the crowd".
    Crowd,
}

/// Whether a sentence tells of long ago, or of somebody dead: "Lima’s late father once led the fight".
pub(super) fn tells_of_old(sentence: &str) -> bool {
    let small = sentence.to_lowercase();
    let words: Vec<&str> = small.split(|mark: char| !mark.is_alphabetic()).collect();
    let is_late = |two: &[&str]| matches!(two[0], "the" | "his" | "her" | "their" | "s") && two[1] == "late";
    words.contains(&"once") || words.windows(2).any(is_late)
}

/// Whom a clause says its words were told, where those come together for it: "told the city council", "told the crowd", "said
/// during public comment". `behind` goes on behind its cue.
pub(super) fn audience(behind: &str) -> Option<Audience> {
    let small = behind.trim_start().to_lowercase();
    if List::PublicComment
        .all()
        .any(|comment| small.starts_with(comment))
    {
        return Some(Audience::Crowd);
    }
    let rest = List::ToBody.opening(&small)?;
    let nouns = rest.split_inclusive(|mark: char| !(mark.is_alphabetic() || mark == '-'));
    let mut named = Vec::new();
    for noun in nouns.take(OF_OCCASION + 1) {
        let plain = noun.trim_end_matches(|mark: char| !mark.is_alphabetic());
        if List::Crowd.has(plain) {
            return Some(Audience::Crowd);
        }
        if List::Body.has(plain) {
            // "told the council’s lawyer".
            named.push(plain.to_owned());
            return (!noun.ends_with(['\'', '’'])).then_some(Audience::Body(named));
        }
        named.push(plain.to_owned());
        if !noun.ends_with(' ') {
            return None;
        }
    }
    None
}

/// Words in which an occasion is named.
pub(super) const OF_OCCASION: usize = 3;

/// Whether a sentence tells of an occasion, or of what a ceremony is held for.
pub(super) fn is_of_occasion(sentence: &str, noun: &str) -> bool {
    let small = sentence.to_lowercase();
    let mut words = small.split(|c: char| !c.is_alphabetic());
    let is_ceremony = List::Ceremony.has(noun);
    let is_meeting = List::Sitting.has(noun);
    words.any(|word| {
        word == noun || is_ceremony && List::CeremonyDeed.has(word) || is_meeting && List::Convened.has(word)
    })
}

/// Where, in a sentence that stands before a quote, people come together to speak: "held a news conference", "met", "voted".
/// `before` goes up to a day.
pub(super) fn is_gathering(before: &str) -> bool {
    let small = before.trim_end().to_lowercase();
    let mut words = small.split_whitespace().rev().take(REACH);
    let first = words.find(|word| !List::DayLead.has(word));
    let Some(first) = first else { return false };
    if List::Gathering.has(first) {
        return true;
    }
    let is_verb = |word: &str| List::Gather.has(word);
    let is_other = |word: &str| word.ends_with([',', ';', ':']) || List::OtherClause.has(word);
    if is_verb(first) {
        return true;
    }
    !is_other(first) && words.take_while(|word| !is_other(word)).any(is_verb)
}

/// Whether what leads up to a day tells where somebody was heard on it, with whom or where: "sat for an interview with The Courier
/// on", "held a news conference at the library", "appeared before the commission".
pub(super) fn is_hearing(before: &str) -> bool {
    let small = before.trim_end().to_lowercase();
    let clause = small.rsplit([',', ';', ':', '”', '"']).next().unwrap_or_default();
    let mut words: Vec<&str> = clause.split_whitespace().collect();
    while words.last().is_some_and(|word| List::DayLead.has(word)) {
        words.pop();
    }
    let Some(verb) = words.iter().rposition(|word| List::Hosting.has(word)) else {
        return false;
    };
    let (head, rest) = (&words[..verb], &words[verb + 1..]);
    // "was interviewed", but not "had given an interview", "who gave one".
    let is_of_old = |word: &&str| List::NotNow.has(word);
    if head.iter().rev().take(2).any(is_of_old) || rest.len() > REACH {
        return false;
    }
    if words[verb] == "appeared" || words[verb] == "testified" {
        return rest.first() == Some(&"before") && rest.last().is_some_and(|word| List::Body.has(word));
    }
    let Some(noun) = rest.iter().position(|word| List::Gathering.has(word)) else {
        return false;
    };
    let place = &rest[noun + 1..];
    let leads = place.first().is_none_or(|word| List::HeardAt.has(word));
    let is_other = |word: &&str| List::OtherClause.has(word) || List::HeardOf.has(word);
    noun <= OF_OCCASION + 1 && leads && !place.iter().any(is_other)
}

/// Whether an occasion is named by the day that `behind` stands behind: "Monday's hearing", "Monday's special meeting".
pub(super) fn is_of_gathering(behind: &str) -> bool {
    let own = ["'s ", "’s "].iter().find_map(|mark| behind.strip_prefix(mark));
    own.is_some_and(|own| {
        let mut words = own
            .split(|c: char| !(c.is_alphabetic() || c == '-'))
            .take(OF_OCCASION);
        words.any(|word| List::Gathering.has(word))
    })
}

/// Whether somebody is told to be met by chance or sought out for an answer: "was spotted on". `before` goes up to a day.
pub(super) fn is_encounter(before: &str) -> bool {
    let mut words = before.split_whitespace().rev().take(OF_OCCASION);
    words.any(|word| List::Encounter.has(word))
}

/// The same in a clause that opens a sentence: "When a reporter approached him at a fish fry on".
pub(super) fn is_met_when(opening: &str) -> bool {
    let mut met = opening.split_whitespace();
    is_when(opening) && words(opening) <= MEETING && met.any(|word| List::Encounter.has(word))
}

/// Words in which it is told how somebody was met.
const MEETING: usize = 14;

/// Whether what opens a sentence before a day says where: "In the Commons", "At City Hall on".
pub(super) fn is_setting(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let leads = words
        .next()
        .is_some_and(|word| is_within(&word) || List::Setting.has(&word));
    let rest: Vec<String> = words.collect();
    leads && rest.len() <= SETTING && !opening.contains([',', ';', ':'])
}

/// Words behind the first in which a place is named.
const SETTING: usize = 4;

/// Whether what stands behind a day goes on to an occasion and a comma: "'s budget hearing, ".
pub(super) fn is_gathering_of(rest: &str) -> bool {
    let Some((head, _)) = rest.split_once(',') else {
        return false;
    };
    let mut words = head.split_whitespace().rev();
    words.next().is_some_and(|word| List::Gathering.has(word)) && words.count() <= REACH
}

/// Whether a day stands behind an occasion that was held on it: "at a meeting of the Board of the Harbor held on".
pub(super) fn is_held(opening: &str) -> bool {
    let mut words = opening
        .split_whitespace()
        .rev()
        .skip_while(|word| List::DayLead.has(word));
    let is_held = words.next().is_some_and(|word| List::HeldOn.has(word));
    is_held && words.any(|word| List::Gathering.has(word))
}
