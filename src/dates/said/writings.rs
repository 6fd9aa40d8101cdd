//! Words for what is written or said on a day of its own: a letter, an interview, a book.

use super::super::sentences::words;
use super::clauses::{REACH, is_article, is_plain, is_within};
use super::lists::List;
use super::occasions::{OF_OCCASION, is_occasion};

/// Whether a clause opens with something that is said or written, and goes on behind a comma.
pub(super) fn is_writing(rest: &str) -> bool {
    rest.split_once(',')
        .is_some_and(|(head, _)| opens_with_writing(head))
}

/// Whether one of the first two words is for something that is said or written: "letter", "radio interview".
pub(super) fn opens_with_writing(rest: &str) -> bool {
    let mut words = rest
        .split(|c: char| !(c.is_alphabetic() || c == '-'))
        .filter(|word| !word.is_empty());
    words.next().is_some_and(is_for_writing) || words.next().is_some_and(is_for_writing)
}

/// Whether a cue is a verb of writing, whose year may stand beside the name of what was written: "wrote in The Long Drain,
/// her 2020 book".
pub(super) fn is_by_pen(cue: &str) -> bool {
    List::Pen.has(cue)
}

/// Whether a title in marks stands between a cue and the year of the work: "wrote in “The Long Drain,” her".
pub(super) fn is_in_titled(between: &str) -> bool {
    let Some((lead, rest)) = between.split_once(['"', '“']) else {
        return false;
    };
    let tail = rest
        .split_once(['"', '”'])
        .map(|(_, tail)| tail.trim_start_matches(','));
    is_within(lead.trim()) && tail.is_some_and(|tail| words(tail) <= 1 && !tail.contains(['"', '“']))
}

/// What stands before and behind the title of a programme in marks: "thundered on “Sunrise & Friends” Friday".
pub(super) fn without_title(between: &str) -> Option<(&str, &str)> {
    let (head, rest) = between.split_once('“')?;
    let (title, tail) = rest.split_once('”')?;
    let mut named = title.split_whitespace();
    let is_title = named.all(|word| {
        List::TitleOf.has(word) || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    });
    let is_led = head.trim().is_empty()
        || head.trim_start().starts_with("on ")
        || head.trim_start().starts_with("in ");
    (is_led && is_title && words(title) <= TITLE && !title.ends_with([',', '.', '?', '!']))
        .then_some((head, tail))
}

/// Words of the title of a programme.
const TITLE: usize = 6;

/// Whether what a record of a day shows is told right behind that day: "Minutes from the May 3 meeting show".
pub(super) fn is_shown(rest: &str) -> bool {
    let shown = rest.trim_end();
    let shown = shown.strip_suffix(" that").unwrap_or(shown);
    let last = shown.split_whitespace().next_back().unwrap_or_default();
    words(shown) <= OF_OCCASION && List::Shown.has(last)
}

/// Whether a sentence opens with a work, in brackets behind which its year stands: "In her memoir, A River’s Patience (".
pub(super) fn opens_as_work(opening: &str) -> bool {
    let mut words = opening
        .split(|c: char| !(c.is_alphabetic() || c == '-'))
        .filter(|word| !word.is_empty());
    opening.ends_with('(')
        && words.next().is_some_and(|word| is_within(&word.to_lowercase()))
        && words.take(OF_OCCASION).any(is_for_writing)
}

/// Whether the last words are those of something said or written on the day that follows: "a letter dated", "una carta
/// del".
pub(super) fn ends_with_writing(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    words.next().is_some_and(|word| List::WritingOf.has(word)) && words.next().is_some_and(is_for_writing)
}

/// Where the verb of reading stands in what goes before the day of a writing: "read aloud from the owner’s", "leyó de".
/// What is said of it, about it or in response to it is not read from it.
pub(super) fn read_from(before: &str) -> Option<usize> {
    let mut is_from = false;
    let mut end = before.len();
    for word in before.split_whitespace().rev().take(REACH) {
        let start = before[..end].rfind(word)?;
        end = start;
        let word = word.to_lowercase();
        if List::ReadOf.has(&word) {
            is_from = true;
        } else if List::Read.has(&word) {
            return is_from.then_some(start);
        } else if List::NotRead.has(&word) {
            return None;
        }
    }
    None
}

/// A text without so many words at its end.
pub(super) fn without_last_words(text: &str, count: usize) -> &str {
    (0..count).fold(text, |text, _| {
        let text = text.trim_end();
        let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        &text[..start]
    })
}

pub(super) fn is_for_writing(word: &str) -> bool {
    List::Writing.has(&word.to_lowercase())
}

/// Whether a sentence opens with the record that tells of what was said at a meeting: "According to minutes of the".
pub(super) fn is_record(opening: &str) -> bool {
    let small = opening.trim_start().to_lowercase();
    List::According.opening(&small).is_some()
}

/// Whether a clause says of its words that they stand in the record of a day's meeting: "said, according to minutes of the" (May 3)
/// " meeting". A report of a day may be anybody's.
pub(super) fn is_of_minutes(lead: &str, behind: &str) -> bool {
    let small = lead.trim_start_matches([',', ' ']).to_lowercase();
    let Some(record) = List::According.opening(&small) else {
        return false;
    };
    let mut nouns = record.split_whitespace();
    let is_record = nouns.any(is_for_record);
    let is_its = nouns.next().is_some_and(|word| List::RecordOf.has(word));
    let occasion = behind
        .split(|mark: char| !mark.is_alphabetic())
        .find(|word| !word.is_empty());
    is_record && is_its && nouns.count() <= OF_OCCASION && occasion.is_some_and(is_occasion)
}

/// Whether a word is for what holds all that was said.
pub(super) fn is_for_record(word: &str) -> bool {
    List::Record.has(word)
}

/// Whether the day of a writing is followed by whom it is to: "In an email on Tuesday to parents, Lima wrote".
pub(super) fn is_addressed(rest: &str) -> bool {
    let to = rest.strip_prefix(" to ").and_then(|rest| rest.split_once(", "));
    to.is_some_and(|(whom, _)| words(whom) <= ADDRESS && is_plain(whom))
}

/// Words in which it is named to whom something was written.
const ADDRESS: usize = 5;

/// Whether what stands between a day and who speaks is a writing of theirs: "a 2011 opinion by the".
pub(super) fn is_work_of(between: &str) -> bool {
    let is_of = |word: &str| List::WorkBy.has(word);
    opens_with_writing(between)
        && !between.contains([',', ';', ':'])
        && words(between) <= OF_OCCASION + 2
        && between.split_whitespace().any(is_of)
}

/// Whether a clause says that its words were written, or said somewhere else than on what was told of before: "wrote on X",
/// "said in a statement".
pub(super) fn is_elsewhere(clause: &str) -> bool {
    let mut words = clause.split(|c: char| !(c.is_alphabetic() || c == '-'));
    words.any(|word| is_for_writing(word) || is_away(word))
}

/// Whether a word is for saying something from elsewhere: "tweeted", "phone".
pub(super) fn is_away(word: &str) -> bool {
    List::Away.has(word)
}

/// Whether a day stands behind a writing that a sentence opens with: "In a memo to employees dated", "In testimony given in".
pub(super) fn is_dated(opening: &str) -> bool {
    let mut words = opening.split_whitespace().rev().peekable();
    words.next_if(|word| List::DatedOn.has(word));
    let last = words.next().unwrap_or_default();
    List::Dated.has(last) && words.any(is_for_writing)
        || List::Given.has(last) && words.next().is_some_and(is_for_writing)
}

/// Whether a day is the one on which a writing came to light, and not its own: "an affidavit of Nov. 9 unsealed on".
pub(super) fn is_of_release(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let last = words.find(|word| !List::DayLead.has(word));
    last.is_some_and(|word| List::Released.has(word))
}

/// Whether a day is that of a writing in which somebody goes on to speak: "a statement issued on
/// Monday, in which", but not "showed a letter on Monday in which".
pub(super) fn is_in_which(opening: &str, rest: &str) -> bool {
    let rest = rest.trim_start_matches([',', ' ']);
    let goes_on = List::InWhich.opening(rest).is_some();
    let clause = opening
        .rsplit([',', ';', ':', '“', '”'])
        .next()
        .unwrap_or_default();
    let near: Vec<&str> = clause.split_whitespace().rev().take(NEAR).collect();
    let is_made = near.iter().any(|word| List::Made.has(word));
    goes_on && is_made && near.iter().any(|word| is_for_writing(word))
}

/// Words between a writing and its day: "a statement to the press on".
const NEAR: usize = 6;

/// What goes on behind the writing or occasion that something was said in: "in an interview with The Echo in" without "in an interview".
pub(super) fn without_place(lead: &str) -> &str {
    let trimmed = lead.trim_start();
    if !trimmed.split_whitespace().next().is_some_and(is_within) {
        return lead;
    }
    let mut end = 0;
    for word in trimmed.split_inclusive(char::is_whitespace).take(OF_OCCASION + 2) {
        end += word.len();
        if is_for_writing(word.trim_end()) {
            return &trimmed[end..];
        }
    }
    lead
}

/// Whether a sentence opens with an occasion, and where or with whom it was: "In a speech in Leeds on". A book "on" a day is about it.
pub(super) fn is_heard_in(opening: &str) -> bool {
    let words: Vec<&str> = opening.split_whitespace().collect();
    let noun = words
        .iter()
        .take(OF_OCCASION + 2)
        .position(|word| List::Gathering.has(word));
    let Some((noun, first)) = noun.zip(words.first()) else {
        return false;
    };
    let is_small = |word: &str| {
        let lists = [List::Within, List::ToldTo, List::Article, List::DayLead];
        lists.iter().any(|list| list.has(word))
    };
    is_within(&first.to_lowercase())
        && is_article(words[1])
        && words[noun + 1..]
            .iter()
            .all(|word| (is_small(word) || word.starts_with(char::is_uppercase)) && !word.ends_with(','))
}

/// Whether what leads up to a day ends with where somebody speaks on it: "In a statement", "took a swing at it in a long speech on".
pub(super) fn ends_in_writing(opening: &str) -> bool {
    let mut words = opening
        .split_whitespace()
        .rev()
        .skip_while(|word| List::DayLead.has(word));
    let is_named = words.next().is_some_and(is_for_writing);
    is_named
        && words
            .take(OF_OCCASION)
            .any(|word| is_within(&word.to_lowercase()))
}
