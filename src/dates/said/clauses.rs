//! Words that tell how a day stands to the clause that reports what was said.

use super::super::sentences::words;
use super::lists::List;

/// Whether the words before a cue put it before what the text tells of: "had said", "has long called", "used to say". When
/// that was, nobody says who names no day for it.
pub(super) fn is_of_old(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let first = words.next().unwrap_or_default();
    if first == "to" {
        return words.next() == Some("used");
    }
    let has = |word: &str| List::OfOld.has(&word.to_lowercase());
    // An adverb may stand between: "had often said".
    let is_adverb = first.ends_with("ly") || List::Adverb.has(first);
    has(first) || is_adverb && words.next().is_some_and(has)
}

/// Whether somebody is named by an office of the time that is told of: "then-Mayor Crowe", "el entonces alcalde".
pub(super) fn is_of_then(naming: &str) -> bool {
    let naming = naming.to_lowercase();
    let is_named = |then: &str| match then.ends_with('-') {
        true => naming.contains(then),
        false => naming.split_whitespace().any(|word| word == then),
    };
    List::OfThen.all().any(is_named)
}

/// Words of a clause behind its cue that may stand before "then".
const BEFORE_THEN: usize = 5;

/// Whether a clause refers to a time that was told of before: "she said then", "dijo entonces"; `behind` goes on behind
/// its cue.
pub(super) fn is_then(behind: &str) -> bool {
    let clause = behind
        .split(['.', ',', ';', ':', '—', '“', '"', '«', '(', '\n'])
        .next()
        .unwrap_or_default()
        .trim();
    List::Then.all().any(|then| {
        let rest = clause.strip_suffix(then);
        let ends =
            rest.is_some_and(|rest| (rest.is_empty() || rest.ends_with(' ')) && words(rest) < BEFORE_THEN);
        // "said at the time that".
        let goes_on = clause.strip_prefix(then).unwrap_or_default();
        ends || goes_on.starts_with(" that ") || goes_on.starts_with(' ') && then.contains(' ')
    })
}

/// What goes on behind a verb without those who say it and are told it: "told me in", "told The Harbour Post in", "dijo Lima
/// a la prensa en".
pub(super) fn without_object(behind: &str) -> &str {
    let without_one = |text: &'_ str| -> usize {
        let trimmed = text.trim_start();
        let (first, rest) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
        let left = match first {
            told if List::Told.has(told) => Some(rest),
            to if List::ToldTo.has(to) => without_name(rest).or_else(|| without_name(trimmed)),
            _ => without_name(trimmed),
        };
        text.len() - left.unwrap_or(text).len()
    };
    let rest = &behind[without_one(behind)..];
    &rest[without_one(rest)..]
}

/// A text without the name or noun at its beginning, if it begins with one and goes on: "The Star in", "the council in".
fn without_name(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    let mut has_article = false;
    if let Some((first, behind)) = rest.split_once(char::is_whitespace)
        && (is_article(&first.to_lowercase()) || List::OfMany.has(first))
    {
        (rest, has_article) = (behind.trim_start(), true);
    }
    let mut words = 0;
    while let Some((first, behind)) = rest.split_once(char::is_whitespace) {
        let is_name = first.starts_with(char::is_uppercase);
        // One noun in small letters: "the council", "lawmakers".
        let is_noun = words == 0 && !is_within(first) && (has_article || first.ends_with('s'));
        if !(is_name || is_noun) || words == NAME || first.ends_with([',', '.', ';']) {
            break;
        }
        (rest, words) = (behind.trim_start(), words + 1);
    }
    // What is left is the day itself, or a word that leads to it.
    (words > 0).then_some(rest)
}

/// Words of a name that something is told to, at most.
const NAME: usize = 5;

/// Whether a word begins a clause about somebody.
pub(super) fn is_relative(word: &str) -> bool {
    List::Relative.has(word)
}

/// Whether a clause about somebody goes on here, behind a comma: "Lima, who filed it in".
pub(super) fn is_aside(opening: &str) -> bool {
    let clause = opening.rsplit_once(',').map(|(_, clause)| clause);
    let first = clause.and_then(|clause| clause.split_whitespace().next());
    first.is_some_and(is_relative)
}

/// Whether a sentence opens as one that names where something was said: "In a", "During an", "In a since-deleted".
pub(super) fn is_place(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let leads = words.next().is_some_and(|word| is_within(&word));
    let is_quality = |word: &str| word.contains('-') || word.ends_with("ed");
    leads && words.all(|word| is_article(&word) || is_quality(&word))
}

/// The same of the end of what stands before a day: "floated it in an".
pub(super) fn ends_as_place(before: &str) -> bool {
    let mut words = before
        .split_whitespace()
        .rev()
        .skip_while(|word| is_article(word));
    words.next().is_some_and(is_within)
}

pub(super) fn is_within(word: &str) -> bool {
    List::Within.has(word)
}

pub(super) fn is_article(word: &str) -> bool {
    List::Article.has(word)
}

/// Whether what stands before a day ends with who spoke, or with "who" and a word such as "in".
pub(super) fn ends_with_who(before: &str) -> bool {
    words(before) <= 1 || before.split_whitespace().rev().take(2).any(is_relative)
}

/// Whether a day stands next to the verb that it belongs to: nothing but a word or two between.
pub(super) fn is_next_to(between: &str) -> bool {
    !between.contains([',', ';', ':']) && words(between) <= 1
}

/// Whether a sentence opens with what tells of the time of what follows: "When the pier opened in", "As mayor in".
pub(super) fn is_when(opening: &str) -> bool {
    let first = opening.split_whitespace().next().unwrap_or_default();
    List::When.has(&first.to_lowercase())
}

/// Whether a sentence opens with somebody who is asked or speaks, and then the day: "Asked on", "Speaking to reporters".
pub(super) fn is_asked(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let opens = words.next().is_some_and(|word| List::AskedFirst.has(&word));
    opens && words.all(|word| List::AskedLead.has(&word))
}

/// Whether a day stands behind a word that makes it another one than the day of the saying: "set for Dec. 1", "of May 2",
/// "on the May 2 order".
pub(super) fn is_of_something(before: &str) -> bool {
    let mut words = before.split_whitespace().rev().peekable();
    let is_of_a_thing = words.peek().is_some_and(|word| is_article(word));
    let last = words.find(|word| !is_article(word)).unwrap_or_default();
    List::OtherDay.has(last) || is_of_a_thing && List::Topic.has(last)
}

/// Whether the words between a cue and a day leave both in one clause.
pub(super) fn is_plain(between: &str) -> bool {
    // "said by phone Thursday".
    if let Some(rest) = between.trim_start().strip_prefix("by ")
        && let Some((means, rest)) = rest.split_once(' ')
        && List::ByMeans.has(means)
    {
        return is_plain(rest);
    }
    words(between) <= REACH
        && !between.contains([';', '“', '”', '"', ':'])
        && !between
            .split(|c: char| !c.is_alphabetic())
            .any(|word| List::Parting.has(word))
}

/// How far behind the cue the day may stand ("told reporters at a news conference in the city on
/// Tuesday"), in words.
pub(super) const REACH: usize = 9;

/// Whether these words name somebody only by a pronoun.
pub(super) fn is_pronoun(words: &str) -> bool {
    List::Pronoun.has(&words.to_lowercase())
}

/// Words for a longer time that can only be that of the saying: "back in 2018".
pub(super) fn is_lead(words: &str) -> bool {
    words
        .split_whitespace()
        .all(|word| List::Lead.has(&word.to_lowercase()))
}

/// Whether a word puts what follows behind what was told before.
pub(super) fn is_later(word: &str) -> bool {
    List::Later.has(&word.to_lowercase())
}

/// The first words of a sentence that report something: where they begin and end in it.
pub(super) fn report(sentence: &str) -> Option<(usize, usize)> {
    let mut begin = 0;
    for word in sentence.split_inclusive(|c: char| !c.is_alphabetic()) {
        let plain = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if List::Report.has(plain) {
            return Some((begin, begin + plain.len()));
        }
        let rest = &sentence[begin..];
        let phrase = List::ReportPhrase.all().find(|phrase| {
            let behind = rest.strip_prefix(phrase);
            behind.is_some_and(|behind| !behind.starts_with(char::is_alphabetic))
        });
        if let Some(phrase) = phrase {
            return Some((begin, begin + phrase.len()));
        }
        begin += word.len();
    }
    None
}
