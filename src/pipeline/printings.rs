//! Where else the words of a quote are printed: as a quote in another document, or in running text.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use jiff::Timestamp;

use super::earlier::printed_until;
use crate::index::{Entry, EntryKind, IndexError, Order, QUOTATION_MARKS, Query, Searcher, Wanted};
use crate::model::date::{SaidOn, When};
use crate::model::document::Genre;
use crate::model::id::{DocumentId, SpeakerId};
use crate::model::quote::{QuoteKind, Stance};
use crate::model::source::SourceKind;
use crate::text::differing::{Difference, differences_of, differences_of_same};
use crate::text::rewording::{is_part, parted, reworded};
use crate::text::splices::Whole;
use crate::text::wording::{Piece, Wording};

/// Phrases that anybody says.
static STOCK_PHRASES: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    let lines = include_str!("stock_phrases.txt").lines();
    let phrases = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    phrases.map(Wording::in_one_spelling).collect()
});

/// Words of a quote that running text is looked through for: its longest ones, which are in the fewest texts.
const ASKED_WORDS: usize = 12;
/// Letters of a word that is worth looking for.
const LETTERS: usize = 3;
/// Quotes and documents that are compared: the best found.
const COMPARED_QUOTES: usize = 80;
const COMPARED_DOCUMENTS: usize = 20;
/// Words under which two quotes are only the same if they are wholly so, and of the same speaker; that share fewer, only if
/// one says yes and the other no.
const FEW_WORDS: usize = 4;
/// The likeness from which on two wordings are of the same words; of two people only what is more alike is.
const NEAR: f32 = 0.6;
const NEAR_OF_TWO: f32 = 0.75;
/// The share of the shorter one's words that stand in the longer one, where it is a part of it.
const INSIDE: f32 = 0.85;

/// Days between two pages of which one may print the other's sentence with a word altered.
const DAYS: i32 = 3;

/// What the words of a reporter around those in marks may say as well.
const OF_THE_CLAUSE: [Difference; 3] = [Difference::Negation, Difference::Condition, Difference::Degree];

/// A place where the same words are printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Printing {
    /// The quote, or the document where they stand in running text.
    pub entry: Entry,
    /// The words as printed there.
    pub words: String,
    /// How they agree.
    pub agreement: Agreement,
    /// In what they differ.
    pub differences: BTreeSet<Difference>,
    /// What differs, from the words here to those there; empty where nothing does.
    pub pieces: Vec<Piece>,
    /// Whether they are given to somebody else there.
    pub is_other_speaker: bool,
    /// Whether they are of another day there.
    pub is_other_day: bool,
}

impl Printing {
    /// Until when the document had them, where its wording of today has them no more.
    pub fn held_until(&self) -> Option<Timestamp> {
        self.entry.held.1
    }

    pub(super) fn new(own: &Entry, here: &str, entry: Entry, words: String, agreement: Agreement) -> Self {
        let pieces = compared(agreement, here, &words);
        let is_quote = entry.kind == EntryKind::Quote;
        let mut differences = match pieces.is_empty() {
            true => differences_of_same(here, &words),
            false => differences_of(here, &pieces),
        };
        if let Some((here, there)) = with_reporters_words((own, here), (&entry, &words)) {
            with_what_reporters_say(&mut differences, here, there);
        }
        if is_refused(own) != is_refused(&entry) {
            differences.remove(&Difference::Negation);
        }
        Self {
            differences,
            is_other_speaker: is_quote && is_somebody_else(speaker_of(own), speaker_of(&entry)),
            is_other_day: is_quote && is_another_day(day_of(own), day_of(&entry)),
            entry,
            words,
            agreement,
            pieces,
        }
    }
}

/// What went from the words here to those there.
fn compared(agreement: Agreement, here: &str, there: &str) -> Vec<Piece> {
    match agreement {
        Agreement::Same => Vec::new(),
        Agreement::Near => reworded(here, there),
        Agreement::Part => parted(here, there),
    }
}

/// Two printings with what their reporters say around the words in marks; nothing where no reporter does.
fn with_reporters_words<'a>(
    (own, here): (&'a Entry, &'a str),
    (entry, there): (&'a Entry, &'a str),
) -> Option<(&'a str, &'a str)> {
    let (ours, theirs) = (clause(own, here), clause(entry, there));
    (ours.is_some() || theirs.is_some()).then(|| (ours.unwrap_or(here), theirs.unwrap_or(there)))
}

/// Takes out what differs only while the words in marks are compared alone, and adds a "not" that stands right before them: that the
/// city would not “close any shelter” says what “We will not close any shelter” says, and turns “We will close any shelter”.
fn with_what_reporters_say(differences: &mut BTreeSet<Difference>, here: &str, there: &str) {
    let is_denied = [here, there].into_iter().any(is_denied_before_marks);
    if !is_denied && !differences.iter().any(|it| OF_THE_CLAUSE.contains(it)) {
        return;
    }
    let told = differences_of(here, &parted(here, there));
    differences.retain(|it| !OF_THE_CLAUSE.contains(it) || told.contains(it));
    differences.extend((is_denied && told.contains(&Difference::Negation)).then_some(Difference::Negation));
}

/// Whether a reporter says "not" right before the words in marks.
fn is_denied_before_marks(clause: &str) -> bool {
    let before = clause.split(QUOTATION_MARKS).next().unwrap_or_default();
    let word = before
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let is_inside = before.len() < clause.len();
    is_inside
        && (matches!(word.as_str(), "not" | "never" | "no") || word.ends_with("n’t") || word.ends_with("n't"))
}

/// Whether a reporter says by the verb that somebody will not do what the words in marks say: refused to “close any shelter”.
fn is_refused(quote: &Entry) -> bool {
    quote.stance == Some(Stance::Denied) && matches!(quote.quote, Some((QuoteKind::Mixed, _)))
}

/// The clause around words in marks.
fn clause<'a>(quote: &'a Entry, words: &str) -> Option<&'a str> {
    let is_mixed = matches!(quote.quote, Some((QuoteKind::Mixed, _)));
    (is_mixed && quote.text != words).then_some(quote.text.as_str())
}

/// How a paper's quote stands beside the office's own text.
#[derive(Clone, Debug, PartialEq)]
pub struct BesideOffice {
    /// What the office prints: its quote, or the document where it stands in running text.
    pub office: Entry,
    /// The paper's quote as a printing of that.
    pub printing: Printing,
    /// Until when the office itself printed the words so, where it has changed them since.
    pub until: Option<Timestamp>,
}

/// A paper's quote beside the office's own text, where one of its other printings is that.
pub fn beside_office(
    searcher: &Searcher,
    own: &Entry,
    printings: &[Printing],
) -> Result<Option<BesideOffice>, IndexError> {
    let Some(beside) = beside_office_of_today(own, printings) else {
        return Ok(None);
    };
    let until = match beside.printing.differences.is_empty() {
        true => None,
        false => printed_until(searcher, own, &beside.office.document)?,
    };
    Ok(Some(BesideOffice { until, ..beside }))
}

fn beside_office_of_today(own: &Entry, printings: &[Printing]) -> Option<BesideOffice> {
    if own.source_kind == SourceKind::Official {
        return None;
    }
    let official = |printing: &&Printing| {
        printing.entry.source_kind == SourceKind::Official && printing.held_until().is_none()
    };
    // An office may say nearly the same again with other figures: the one that it is printed of is the one that it is most like, then the
    // nearest in time.
    let office = printings.iter().filter(official).min_by_key(|printing| {
        let graves = printing.differences.iter().filter(|it| it.is_grave()).count();
        let days = printing.entry.published_on.zip(own.published_on);
        let apart = days.and_then(|(one, other)| one.until(other).ok());
        (
            printing.is_other_speaker,
            graves,
            printing.agreement,
            apart.map_or(i32::MAX, |apart| apart.get_days().abs()),
            printing.entry.kind != EntryKind::Quote,
            &printing.entry.id,
        )
    })?;
    let printing = Printing::new(
        &office.entry,
        &office.words,
        own.clone(),
        own_words(own),
        office.agreement,
    );
    Some(BesideOffice {
        office: office.entry.clone(),
        printing,
        until: None,
    })
}

fn speaker_of(quote: &Entry) -> Option<&SpeakerId> {
    quote.speakers.first().map(|speaker| &speaker.id)
}

/// When a quote was said, and how many days before it may have been said: any where only the day of its page tells; where
/// that is an office's own statement it was said when it was published, or the day before.
fn day_of(quote: &Entry) -> Option<(&When, i64)> {
    let is_own_statement = quote.source_kind == SourceKind::Official
        && (quote.genre.is_handed_out() || quote.genre == Genre::Order);
    let said = quote.said.as_ref()?;
    let before = match (SaidOn::is_assumed(&said.rule), is_own_statement) {
        (false, _) => 0,
        (true, true) => match quote.genre {
            // It is made by being published.
            Genre::Statement => 0,
            // They are given, sent or held elsewhere, and published when the office comes to it.
            Genre::Testimony | Genre::Letter | Genre::Readout => i64::MAX,
            // What it quotes may be of the day before.
            _ => 1,
        },
        (true, false) => i64::MAX,
    };
    Some((&said.when, before))
}

/// Whether words are given to two people. A last name alone is no other person than the one who has it.
fn is_somebody_else(here: Option<&SpeakerId>, there: Option<&SpeakerId>) -> bool {
    let (Some(here), Some(there)) = (here, there) else {
        return false;
    };
    let (here, there) = (here.as_str(), there.as_str());
    let is_last_of = |alone: &str, whole: &str| {
        !alone.contains('-') && whole.rsplit_once('-').is_some_and(|(_, last)| last == alone)
    };
    here != there && !is_last_of(here, there) && !is_last_of(there, here)
}

/// Whether words are of two days; of each it is told how many days before they may have been said.
fn is_another_day(here: Option<(&When, i64)>, there: Option<(&When, i64)>) -> bool {
    let (Some((here, before_here)), Some((there, before_there))) = (here, there) else {
        return false;
    };
    let days = |from: &When, to: &When| {
        let between = from.latest.until(to.earliest);
        between.map_or(0, |span| i64::from(span.get_days()))
    };
    days(here, there) > before_there || days(there, here) > before_here
}

/// Whose the words of two quotes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Of one speaker.
    One,
    /// Of two, both named.
    Two,
    /// Of whom is not known.
    Unknown,
}

impl Whose {
    pub(super) fn of(one: &Entry, other: &Entry) -> Self {
        // Two unnamed people are not one.
        match (speaker_of(one), speaker_of(other)) {
            (Some(one), Some(other)) if is_somebody_else(Some(one), Some(other)) => Whose::Two,
            (Some(_), Some(_)) => Whose::One,
            _ => Whose::Unknown,
        }
    }
}

/// How two printings of the same words agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Word for word.
    Same,
    /// With some words changed.
    Near,
    /// One prints a part of the other.
    Part,
}

impl Agreement {
    /// Its name in answers.
    pub fn code(self) -> &'static str {
        match self {
            Agreement::Same => "same",
            Agreement::Near => "near",
            Agreement::Part => "part",
        }
    }
}

/// The printings of a quote's words in other documents: word for word first, then by the day of publication, and behind
/// them what a document had in an earlier wording and has no more. Of a quote with words in marks inside, those are compared.
pub fn printings(searcher: &Searcher, own: &Entry) -> Result<Vec<Printing>, IndexError> {
    let (words, document) = (&own_words(own), &own.document);
    let wording = Wording::in_one_spelling(words);
    // Words only, so there is no day to be counted from today.
    let (Some(query), Ok(everything)) = (asking_for(words), Query::parse("topic:all", super::today())) else {
        return Ok(Vec::new());
    };
    let documents = |found: &[Printing]| -> HashSet<DocumentId> {
        let documents = found.iter().map(|printing| printing.entry.document.clone());
        documents.collect()
    };
    let best = |query: &Query, kind: EntryKind, limit: usize| {
        let wanted = Wanted {
            kinds: vec![kind],
            order: Order::Relevance,
            offset: 0,
            limit,
            after: None,
            is_counted: false,
        };
        searcher.search(query, &wanted)
    };
    let texts = best(&query, EntryKind::Document, COMPARED_DOCUMENTS)?.hits;
    let own_text = texts.iter().find(|hit| hit.entry.document == *document);
    let own_text = own_text.map(|hit| hit.entry.text.clone()).unwrap_or_default();
    let own_text = Whole::of(&own_text);
    let like = |query: Query| -> Result<Vec<Printing>, IndexError> {
        let hits = best(&query.like(words), EntryKind::Quote, COMPARED_QUOTES)?.hits;
        let entries = hits.into_iter().map(|hit| hit.entry);
        Ok(entries
            .filter(|entry| entry.document != *document)
            .filter_map(|entry| {
                put_together(own, (words, &own_text), &entry)
                    .or_else(|| as_quote(own, (words, &wording), entry))
            })
            .collect())
    };
    let mut found = like(everything)?;
    let quoting = documents(&found);
    for entry in texts.into_iter().map(|hit| hit.entry) {
        if entry.document != *document && !quoting.contains(&entry.document) {
            found.extend(in_running_text(own, words, &wording, entry));
        }
    }
    // How a page of today printed it before is told on the page of that printing.
    let current = documents(&found);
    if let Ok(ever) = Query::parse("topic:all asof:ever", super::today()) {
        let earlier = like(ever)?.into_iter();
        found.extend(earlier.filter(|printing| {
            printing.held_until().is_some() && !current.contains(&printing.entry.document)
        }));
    }
    found.sort_by(|one, other| key(one).cmp(&key(other)));
    Ok(found)
}

fn key(printing: &Printing) -> (bool, Agreement, Option<jiff::civil::Date>, &str) {
    let entry = &printing.entry;
    let is_gone = printing.held_until().is_some();
    (is_gone, printing.agreement, entry.published_on, &entry.id)
}

/// Another quote as a printing of one with these words, if it is one.
fn as_quote(own: &Entry, (words, wording): (&str, &Wording), entry: Entry) -> Option<Printing> {
    let printed = own_words(&entry);
    let there = Wording::in_one_spelling(&printed);
    let whose = Whose::of(own, &entry);
    let agreement = agreement((words, wording), (&printed, &there), whose);
    let altered = || {
        let is_so = whose == Whose::One && are_of_days(own, &entry) && is_one_altered(wording, &there);
        is_so.then_some(Agreement::Part)
    };
    let agreement = agreement.or_else(altered)?;
    Some(Printing::new(own, words, entry, printed, agreement))
}

/// What a paper prints as one sentence of the same speaker and put together from words of an office's text, with some of this quote's
/// among them.
fn put_together(own: &Entry, (here, text): (&str, &Whole<'_>), entry: &Entry) -> Option<Printing> {
    let is_papers = entry.source_kind != SourceKind::Official
        && matches!(entry.quote, Some((QuoteKind::Direct, _)))
        && own.source_kind == SourceKind::Official;
    if !is_papers || Whose::of(own, entry) != Whose::One {
        return None;
    }
    let halves = text.halves(&entry.text)?;
    let own_words = Wording::in_one_spelling(here);
    let is_of_own = |half: &&str| {
        let found = Wording::in_one_spelling(half).found_in(&own_words);
        found.is_some_and(|(_, share)| share >= INSIDE)
    };
    halves.iter().any(is_of_own).then(|| Printing {
        differences: BTreeSet::from([Difference::Spliced]),
        ..Printing::new(own, here, entry.clone(), entry.text.clone(), Agreement::Near)
    })
}

/// The query for texts with the rarest words of a quote; best are those with most of them.
fn asking_for(words: &str) -> Option<Query> {
    let mut asked: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= LETTERS)
        .map(str::to_lowercase)
        .collect();
    asked.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), word.clone()));
    asked.dedup();
    asked.truncate(ASKED_WORDS);
    let alternatives: Vec<String> = asked.iter().map(|word| format!("={word}")).collect();
    if alternatives.is_empty() {
        return None;
    }
    let text = format!("({}) topic:all", alternatives.join(" OR "));
    Query::parse(&text, super::today()).ok()
}

/// The words that are somebody's own: of a clause with words in marks inside, those, where they are more than a few.
pub(super) fn own_words(quote: &Entry) -> String {
    let is_mixed = matches!(quote.quote, Some((QuoteKind::Mixed, _)));
    match is_mixed {
        true => words_in_marks(&quote.text),
        false => quote.text.clone(),
    }
}

/// Of reported words what stands in marks, where that is more than a few of them.
pub fn words_in_marks(words: &str) -> String {
    // What stood between the marks is the printer's, and left out.
    let inside = in_marks(words).unwrap_or_default().join(" … ");
    match Wording::of(&inside).len() >= FEW_WORDS {
        true => inside,
        false => words.to_owned(),
    }
}

/// What stands in double marks; `None` where they do not pair.
fn in_marks(words: &str) -> Option<Vec<&str>> {
    let mut inside = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in words.match_indices(QUOTATION_MARKS) {
        let mark_char = mark.chars().next()?;
        open = match open {
            None => Some((at + mark.len(), mark_char)),
            Some((begin, '“')) if mark_char == '”' => push(&mut inside, &words[begin..at]),
            Some((begin, '„')) if matches!(mark_char, '“' | '”') => {
                push(&mut inside, &words[begin..at])
            }
            Some((begin, '«')) if mark_char == '»' => push(&mut inside, &words[begin..at]),
            Some((begin, '"')) if mark_char == '"' => push(&mut inside, &words[begin..at]),
            Some(_) => return None,
        };
    }
    open.is_none().then_some(inside)
}

fn push<'a>(inside: &mut Vec<&'a str>, words: &'a str) -> Option<(usize, char)> {
    inside.push(words.trim());
    None
}

/// How two quotes agree, if they are of the same words. Words in brackets, which nobody said, may stand for any.
pub(super) fn agreement(
    (here, one): (&str, &Wording),
    (there, other): (&str, &Wording),
    whose: Whose,
) -> Option<Agreement> {
    let found = agreement_of((here, one), (there, other), whose);
    if found.is_some() || !(here.contains('[') || there.contains('[')) {
        return found;
    }
    let (here, there) = (without_brackets(here), without_brackets(there));
    let [one, other] = [&here, &there].map(|text| Wording::in_one_spelling(text));
    let found = agreement_of((&here, &one), (&there, &other), whose)?;
    Some(match found {
        Agreement::Same => Agreement::Near,
        found => found,
    })
}

/// A text without its words in brackets; a letter that was set (`[W]e`) stays.
fn without_brackets(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, bracket) = rest.split_at(at);
        kept.push_str(before);
        let Some(end) = bracket.find(']') else {
            rest = bracket;
            break;
        };
        let behind = &bracket[end + 1..];
        let is_word = !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric);
        if !is_word {
            kept.push_str(&bracket[..=end]);
        }
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

fn agreement_of(
    (here, one): (&str, &Wording),
    (there, other): (&str, &Wording),
    whose: Whose,
) -> Option<Agreement> {
    let shorter = one.len().min(other.len());
    let is_of_two = whose == Whose::Two;
    if is_of_two && [one, other].iter().any(|wording| not_stock(wording) < FEW_WORDS) {
        return None;
    }
    if Wording::of(here).words() == Wording::of(there).words() {
        return (shorter >= FEW_WORDS || whose == Whose::One).then_some(Agreement::Same);
    }
    if shorter < FEW_WORDS {
        return None;
    }
    let share = one.shared(other) as f32 / shorter as f32;
    let is_enough = shorter > FEW_WORDS || whose == Whose::One;
    // Small words stand in that order everywhere: some of them stand side by side.
    let stands_in = || match one.len() < other.len() {
        true => one.found_in(other).is_some(),
        false => other.found_in(one).is_some(),
    };
    let printed = [here, there].map(|text| Wording::of(text).len());
    if is_part(printed[0], printed[1]) && share >= INSIDE && is_enough && stands_in() {
        return Some(Agreement::Part);
    }
    if one.shared(other) < FEW_WORDS {
        let is_contrary = differences_of(here, &reworded(here, there)).contains(&Difference::Negation);
        if !is_contrary {
            return None;
        }
    }
    let near = if is_of_two { NEAR_OF_TWO } else { NEAR };
    (one.likeness(other) >= near).then_some(Agreement::Near)
}

/// Whether one of two wordings is a sentence cut out of the other with one word of it altered: of few words that makes a large share.
fn is_one_altered(one: &Wording, other: &Wording) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.len() > FEW_WORDS + 1
        && short.len() - short.shared(long) <= 1
        && short.found_in(long).is_some()
        && is_part(short.len(), long.len())
}

/// Whether two pages were published within days of each other: a month later somebody may say nearly the same again.
fn are_of_days(one: &Entry, other: &Entry) -> bool {
    let days = one.published_on.zip(other.published_on);
    let apart = days.and_then(|(one, other)| one.until(other).ok());
    apart.is_some_and(|apart| apart.get_days().abs() <= DAYS)
}

/// How many words of a wording are of no stock phrase.
pub(super) fn not_stock(wording: &Wording) -> usize {
    let words = wording.words();
    let mut is_stock = vec![false; words.len()];
    for phrase in STOCK_PHRASES.iter() {
        for at in 0..=words.len().saturating_sub(phrase.len()) {
            if words[at..].starts_with(phrase.words()) {
                is_stock[at..at + phrase.len()].fill(true);
            }
        }
    }
    is_stock.into_iter().filter(|is_stock| !is_stock).count()
}

/// The words in the text of a document that does not give them as a quote: a statement or a transcript of its own.
fn in_running_text(own: &Entry, here: &str, wording: &Wording, entry: Entry) -> Option<Printing> {
    if wording.len() <= FEW_WORDS {
        return None;
    }
    let (place, share) = wording.found_in(&Wording::in_one_spelling(&entry.text))?;
    let words = entry.text[place].to_string();
    let agreement = match Wording::of(&words).words() == Wording::of(here).words() {
        true => Agreement::Same,
        false if share >= INSIDE => Agreement::Near,
        false => return None,
    };
    Some(Printing::new(own, here, entry, words, agreement))
}

#[cfg(test)]
mod tests;
