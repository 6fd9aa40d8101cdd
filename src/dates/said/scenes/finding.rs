//! Which day of a text is that of a scene: "The council voted Tuesday", "at a hearing Monday", "On Thursday a judge ruled".

use foldhash::HashSet;
use jiff::civil::Date;

use super::super::lists::List;
use super::super::sayings::spoken_words;
use super::super::{Telling, is_short};
use super::{Kind, Scene};
use crate::dates::edtf;
use crate::dates::said::clauses::report;
use crate::dates::sentences::behind_dateline;
use crate::model::date::DateMention;
use crate::model::span::Span;
use crate::text::sentences::sentence;

/// Words between a day and the verb or noun that it belongs to.
const REACH: usize = 12;
/// Days before the document on which a scene is one that it tells of, and on which one is told of in passing.
const LATELY: i64 = 14;
const A_YEAR: i64 = 366;
/// The same for what one person did before the public.
const JUST_NOW: i64 = 3;

impl Telling<'_> {
    /// The scenes of a text, in order.
    pub(super) fn scenes(&self) -> Vec<Scene> {
        let mentions = self.outside.iter();
        mentions.filter_map(|mention| self.scene(mention)).collect()
    }

    /// Whether a sentence names a time before that of a mention, within a year.
    pub(super) fn names_earlier(&self, sentence: Span, mention: &DateMention) -> bool {
        let day = mention.when.as_ref().map(|when| when.earliest);
        // "the worst flood since 1987" is no other time than that of the meeting.
        let is_near = |other: &&DateMention| {
            let when = other.when.as_ref().zip(day);
            when.is_some_and(|(when, day)| (1..=A_YEAR).contains(&edtf::days_between(when.latest, day)))
        };
        self.within(sentence).iter().any(is_near)
    }

    /// Whether a sentence names a time before a day.
    pub(super) fn names_before(&self, sentence: Span, day: Option<Date>) -> bool {
        let mut others = self.within(sentence).iter();
        others.any(|other| {
            let when = other.when.as_ref().zip(day);
            when.is_some_and(|(when, day)| when.latest < day)
        })
    }

    /// The scene of a day, if it is told there and nobody else reports it.
    fn scene(&self, mention: &DateMention) -> Option<Scene> {
        if mention.is_limit || !self.is_within_days(mention, A_YEAR) {
            return None;
        }
        let whole = sentence(self.text, mention.span);
        let own = behind_dateline(self.text, whole)
            .filter(|rest| rest.start() <= mention.span.start())
            .unwrap_or(whole);
        let before = self.between(own.start(), mention.span.start());
        let behind = self.between(mention.span.end(), own.end());
        let words = small_words(own.slice(self.text));
        let act = match is_asked(before, behind) {
            true => Act::Asked,
            false => act_before(before).or_else(|| act_behind(before, behind))?,
        };
        // "Cruz said that the board met on Tuesday" tells of another time than that of its own saying.
        let is_reported = report(before).is_some_and(|(start, end)| {
            opens_clause(&before[end..]) && !is_own_occasion(&before[start..end], &before[end..])
        });
        if is_reported && !matches!(act, Act::Audience) {
            return None;
        }
        let kind = act.kind(&words)?;
        // What somebody did a while ago is no scene of this report.
        if matches!(act, Act::Deed(_)) && kind == Kind::Stage && !self.is_within_days(mention, JUST_NOW) {
            return None;
        }
        let when = mention.when.clone().filter(is_short)?;
        let words = words_of(words, kind);
        Some(Scene {
            when,
            evidence: mention.span,
            sentence: whole,
            kind,
            is_alone: !self.names_earlier(whole, mention),
            is_passing: !self.is_within_days(mention, LATELY),
            words,
        })
    }
}

/// The words of a scene; a trial is before a court, whether the word for it is there or not.
fn words_of(mut words: HashSet<String>, kind: Kind) -> HashSet<String> {
    if kind == Kind::Court {
        words.insert("court".to_owned());
    }
    words
}

/// What is told of a day.
enum Act {
    /// A noun for an occasion, "hearing".
    Occasion(String),
    /// A verb, "voted".
    Deed(String),
    /// "told lawmakers".
    Audience,
    /// "In opening statements on Tuesday".
    Plea,
    /// Somebody was asked: "Asked about it on Tuesday, Lima grinned."
    Asked,
}

impl Act {
    fn kind(&self, words: &HashSet<String>) -> Option<Kind> {
        let names = |list: List| words.iter().any(|word| list.has(word));
        match self {
            Act::Occasion(noun) if List::Stage.has(noun) => Some(Kind::Stage),
            Act::Occasion(_) if names(List::Court) && !names(List::Met) => Some(Kind::Court),
            Act::Occasion(_) => Some(Kind::Meeting),
            Act::Deed(verb) if List::Rules.has(verb) && names(List::Court) => Some(Kind::Court),
            Act::Deed(verb) if verb == "testified" => Some(Kind::Meeting),
            Act::Deed(verb) if List::Meets.has(verb) && (names(List::Met) || names(List::Meeting)) => {
                Some(Kind::Meeting)
            }
            Act::Deed(verb) if List::Gives.has(verb) && names(List::GivenTo) && names(List::Met) => {
                Some(Kind::Meeting)
            }
            Act::Audience => Some(Kind::Meeting),
            Act::Plea => Some(Kind::Court),
            Act::Asked => Some(Kind::Stage),
            Act::Deed(verb) if List::Comes.has(verb) && (names(List::Throng) || names(List::Met)) => {
                Some(Kind::Meeting)
            }
            Act::Deed(verb) if verb == "said" && names(List::Met) => Some(Kind::Meeting),
            Act::Deed(verb) if List::Deeds.has(verb) => Some(Kind::Stage),
            Act::Deed(_) => None,
        }
    }
}

/// The noun right before a day, or the verb before it in its clause.
fn act_before(before: &str) -> Option<Act> {
    let clause = before.rsplit(BREAKS).next()?.to_lowercase();
    let words: Vec<&str> = spoken_words(&clause).map(|(_, word)| word).collect();
    let last = words.iter().rposition(|word| !is_lead(word))?;
    let words = &words[last.saturating_sub(REACH)..=last];
    let first = words.last()?;
    if List::Meeting.has(first) || List::Stage.has(first) {
        let is_yet = words.iter().any(|word| List::Yet.has(word));
        return (!is_yet).then(|| Act::Occasion((*first).to_owned()));
    }
    if is_plea(words) {
        return Some(Act::Plea);
    }
    if List::Held.has(first) {
        return held_before(&words[..words.len() - 1]);
    }
    let place = words.iter().rposition(|word| is_clause(word) || is_act(word))?;
    act_at(words, place)
}

/// The occasion that was held on a day: "A vigil held on", "a meeting of the school board was called for" is yet to be.
fn held_before(words: &[&str]) -> Option<Act> {
    let near = &words[words.len().saturating_sub(NAMED)..];
    let noun = near
        .iter()
        .rfind(|word| List::Meeting.has(word) || List::Stage.has(word))?;
    let is_other = near.iter().any(|word| is_clause(word) || List::NotDone.has(word));
    (!is_other).then(|| Act::Occasion((*noun).to_owned()))
}

/// Whether words end with what lawyers open or close a trial with: "in opening statements".
fn is_plea(words: &[&str]) -> bool {
    let last = words.len().saturating_sub(2);
    List::Plea.has(&words[last..].join(" "))
}

/// What the verb at a place tells, if it is one, in the past and of the main clause: neither "who voted" nor "had voted".
fn act_at(words: &[&str], place: usize) -> Option<Act> {
    let verb = words[place];
    let is_other = words[place.saturating_sub(2)..place]
        .iter()
        .any(|word| is_clause(word) || List::NotDone.has(word));
    // "the order that the mayor signed on".
    let is_of_thing = words[..place].iter().any(|word| List::OfWhich.has(word));
    if is_other || is_of_thing || !is_act(verb) {
        return None;
    }
    if verb != "told" {
        return Some(Act::Deed(verb.to_owned()));
    }
    let mut told = words[place + 1..].iter().take(NAMED);
    told.any(|word| List::Met.has(word)).then_some(Act::Audience)
}

/// The noun whose day it is, or the verb behind it in its clause: "Monday’s hearing", "A judge on Thursday ordered".
fn act_behind(before: &str, behind: &str) -> Option<Act> {
    let small = behind.to_lowercase();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    if let Some(own) = ["'s ", "’s "].iter().find_map(|mark| small.strip_prefix(mark)) {
        let clause = own.split(BREAKS).next()?;
        let mut nouns = spoken_words(clause).map(|(_, word)| word).take(NAMED);
        let is_yet = List::YetOf.has(last);
        return nouns
            .find(|noun| List::Meeting.has(noun) || List::Stage.has(noun))
            .filter(|_| !is_yet)
            .map(|noun| Act::Occasion(noun.to_owned()));
    }
    // "On Wednesday, a few blocks away, a judge ruled".
    let mut clauses = small.split(BREAKS).filter(|clause| !clause.trim().is_empty());
    let first = clauses.next()?;
    let is_aside = small.starts_with(',') && first.split_whitespace().count() <= NAMED + 1;
    let clause = if is_aside {
        clauses.next().unwrap_or(first)
    } else {
        first
    };
    let words: Vec<&str> = spoken_words(clause).map(|(_, word)| word).take(REACH).collect();
    if words.first().is_some_and(|first| List::While.has(first)) {
        return act_of_while(&words);
    }
    // "On Wednesday the school board said it would".
    let is_said =
        |at: usize| words[at] == "said" && at.checked_sub(1).is_some_and(|body| List::Met.has(words[body]));
    let place = (0..words.len()).find(|at| is_clause(words[*at]) || is_act(words[*at]) || is_said(*at))?;
    // "Selectmen Monday night put off": a verb right behind, where nothing leads to the day.
    let is_lead = before.trim().is_empty() || is_lead(&last.to_lowercase());
    if !is_lead && place > 0 {
        return None;
    }
    if is_said(place) {
        return Some(Act::Deed("said".to_owned()));
    }
    act_at(&words, place)
}

/// The verb of what a body did meanwhile: "The hall was full Tuesday night as the planning commission took up the quarry".
fn act_of_while(words: &[&str]) -> Option<Act> {
    let (first, rest) = words.split_first()?;
    let verb = rest.iter().position(|word| is_clause(word) || is_act(word))?;
    let is_body = verb.checked_sub(1).is_some_and(|body| List::Met.has(rest[body]));
    (List::While.has(first) && is_body)
        .then(|| act_at(rest, verb))
        .flatten()
}

/// Whether a sentence opens with somebody who is asked something on its day: "Asked about it on", but not "Asked about a" (May 3
/// letter).
fn is_asked(before: &str, behind: &str) -> bool {
    let small = before.to_lowercase();
    let mut words = small.split_whitespace();
    let opens = words.next().is_some_and(|word| List::Asked.has(word));
    let is_of_thing = words.next_back().is_some_and(|word| List::OfThing.has(word));
    opens && !is_of_thing && behind.starts_with(',') && !before.contains([',', ';', ':'])
}

/// Words between an owner and the noun.
const NAMED: usize = 4;

/// What ends a clause.
const BREAKS: [char; 8] = [',', ';', ':', '—', '–', '“', '”', '"'];

/// Words between a verb and its day.
fn is_lead(word: &str) -> bool {
    List::DayLead.has(word)
}

/// Whether a noun is for what people come together for: "webinar".
pub(in crate::dates::said) fn is_meeting(noun: &str) -> bool {
    List::Meeting.has(noun) || List::Stage.has(noun)
}

fn is_act(word: &str) -> bool {
    let lists = [List::Meets, List::Gives, List::Comes, List::Rules, List::Deeds];
    lists.iter().any(|list| list.has(word)) || word == "told"
}

/// Words that begin a clause of its own, or put a verb off.
pub(in crate::dates::said) fn is_clause(word: &str) -> bool {
    List::Clause.has(word)
}

/// Whether what is reported begins right behind a verb: "said that", "said the board".
fn opens_clause(behind: &str) -> bool {
    let words = behind.split_whitespace().count();
    words > 2 && !behind.trim_start().starts_with("at ")
}

/// Whether what leads from a verb to a day names the occasion of the saying itself: "told the town board at its special meeting",
/// "told a webinar on".
fn is_own_occasion(verb: &str, behind: &str) -> bool {
    let small = behind.to_lowercase();
    let words: Vec<&str> = spoken_words(&small).map(|(_, word)| word).collect();
    let last = words
        .iter()
        .rposition(|word| !is_lead(word))
        .map_or(0, |last| last + 1);
    let words = &words[..last];
    let names_occasion = |words: &[&str]| {
        words
            .iter()
            .any(|word| List::Meeting.has(word) || List::Stage.has(word))
    };
    if words.iter().any(|word| is_clause(word)) || behind.contains(BREAKS) {
        return false;
    }
    match words.iter().position(|word| List::LeadsOwn.has(word)) {
        Some(at) => at <= NAMED && names_occasion(&words[at..]),
        None => verb == "told" && words.len() <= AUDIENCE && names_occasion(words),
    }
}

/// Words in which somebody tells something to those who came together: "told a housing webinar".
const AUDIENCE: usize = 3;

pub(super) fn small_words(stretch: &str) -> HashSet<String> {
    spoken_words(stretch)
        .map(|(_, word)| word.to_lowercase())
        .collect()
}
