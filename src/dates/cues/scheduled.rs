//! What a report tells in the present of a weekday: "The council votes Tuesday" is planned.
//!
//! Captions and headlines tell in the present of what is over, so that only a few verbs count, right before their day; any of a
//! body in full ("The council takes up the budget Tuesday"), which they seldom name so, and what somebody has arranged.

use super::super::cursor::Cursor;
use super::super::vocabulary::Class;
use super::clause::{before_in_sentence, in_sentence_before, in_sentence_behind};
use super::verbs::{is_copula, is_past};

/// Whether a sentence tells in the present what is planned for the weekday from `first` to `end`, and nothing of what was done.
pub(in crate::dates) fn is_scheduled(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    if end.glued_mark(&['\'', '’', '-']).is_some() {
        return false;
    }
    if is_arranged(first) {
        // "has a court date that was set Monday".
        let is_done =
            |word: Cursor<'_>| is_past(word) || is_copula(word) || word.words.is(word.id(), Class::Relative);
        return !in_sentence_before(first)
            .chain(in_sentence_behind(end))
            .any(is_done);
    }
    if is_in_time_clause(first) || is_of_next_event(first) {
        return true;
    }
    if is_told(first, end) {
        return false;
    }
    let before = before_in_sentence(first);
    let verb = before
        .filter(|on| on.slice() == "on")
        .map_or(before, before_in_sentence);
    // "They meet separately Monday", but a headline's "votes narrowly Monday".
    let verb = verb
        .filter(|how| is_planned(*how, MANNER))
        .map_or(verb, before_in_sentence);
    opens_time(first, end) || verb.is_some_and(is_verb) || is_of_body(first)
}

/// What the data files give what is planned: who wants something done, who meets, what those do, who has something
/// arranged, what that is, verbs that ask the reader to do something, words that begin a condition, what is
/// done with forms, and how those meet.
pub(super) const WANTING: i32 = 1;
const BODY: i32 = 2;
const MEETING: i32 = 3;
const HAVING: i32 = 4;
const ARRANGED: i32 = 5;
pub(super) const ASKING: i32 = 6;
pub(super) const CONDITION: i32 = 7;
pub(super) const FILED: i32 = 8;
/// Words of the same list that lead to what is over.
pub(super) const SINCE: i32 = 10;
pub(super) const AFTER: i32 = 11;
/// Words that lead to a noun that may have a day of its own.
pub(super) const LEADS_OFF: i32 = 12;
/// What is hoped for is told with them.
pub(super) const HOPE: i32 = 13;
/// It leads to the day of what will be, where it opens the sentence.
pub(super) const COME: i32 = 14;
const MANNER: i32 = 9;
/// What others will see or hear.
pub(super) const SHOWN: i32 = 15;
/// What is held on its day.
const HELD: i32 = 17;
/// What a team does against another one.
const PLAYING: i32 = 18;

/// Whether a word tells of a plan in one of these ways.
pub(super) fn is_planned(word: Cursor<'_>, way: i32) -> bool {
    word.words.value(word.id(), Class::Plan, || true) == Some(way)
}

/// Words between a verb and the day of what it plans.
const PLAN: usize = 8;

/// Whether a body opens the sentence, with its verb in the present: "The City Council takes up the budget on".
fn is_of_body(first: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    if is_of_day(first) {
        return false;
    }
    let is_present = |verb: Cursor<'_>| is_planned(verb, MEETING) && !verb.is_capital();
    let opens = |body: Cursor<'_>| {
        let is_name = |word: &Cursor<'_>| word.is_word() && !is_class(*word, Class::Article);
        let article = in_sentence_before(body).find(|word| !is_name(word));
        let is_first = |word: Cursor<'_>| before_in_sentence(word).is_none_or(|mark| !mark.is_word());
        article.is_some_and(|word| word.slice() == "The" && is_first(word) && body.at - word.at <= NAME)
    };
    let mut verbs = in_sentence_before(first).take(PLAN);
    verbs.any(|verb| {
        let body = before_in_sentence(verb).filter(|body| is_planned(*body, BODY));
        is_present(verb) && body.is_some_and(opens)
    })
}

/// Words of the name of a body.
const NAME: usize = 5;

/// Whether somebody is told to have something arranged: "has an appointment with his professor", "has a court date".
fn is_arranged(first: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let mut nouns = in_sentence_before(first)
        .take(PLAN)
        .take_while(|word| word.is_word());
    // "has an appointment with", but not "has an appointment book".
    let is_last = |noun: Cursor<'_>| {
        let next = noun.next();
        next.at == first.at
            || matches!(
                next.slice(),
                "with" | "on" | "at" | "in" | "for" | "outside" | "near"
            )
    };
    !is_of_day(first)
        && nouns.any(|noun| {
            let mut before = in_sentence_before(noun).take(QUALITY);
            let is_verb = |verb: Cursor<'_>| {
                let article = verb.next();
                is_planned(verb, HAVING) && is_class(article, Class::Article) && article.at < noun.at
            };
            is_planned(noun, ARRANGED) && is_last(noun) && before.any(is_verb)
        })
}

/// Whether "from" or "of" makes a day that of a thing: "the minutes from Monday".
fn is_of_day(first: Cursor<'_>) -> bool {
    before_in_sentence(first).is_some_and(|word| matches!(word.slice(), "from" | "of"))
}

/// Words between a time clause's first and its weekday.
const CLAUSE: usize = 10;

/// Whether a weekday stands in a clause of time in which a team plays another one, as nothing is told in the sentence that is over: "when
/// the Rovers face Oldwick on Sunday". Behind "as" captions tell of what is over: "Fans cheer as the Rovers face Oldwick on Sunday".
fn is_in_time_clause(first: Cursor<'_>) -> bool {
    let is_over =
        |word: Cursor<'_>| is_past(word) || is_copula(word) || word.words.is(word.id(), Class::Relative);
    let is_team = |team: Cursor<'_>| {
        team.is_word() && team.is_capital() || matches!(team.slice(), "they" | "we" | "he" | "she")
    };
    let is_verb = |verb: &Cursor<'_>| is_play(*verb) && before_in_sentence(*verb).is_some_and(is_team);
    let mut clause = in_sentence_before(first)
        .take(CLAUSE)
        .take_while(|word| word.is_word());
    let plays = clause.find(is_verb).is_some();
    plays
        && clause.any(|word| matches!(word.slice(), "when" | "When" | "until" | "before"))
        && !in_sentence_before(first).any(is_over)
}

/// Whether a verb of a team stands before the name of another one: "face Oldwick".
pub(super) fn is_play(verb: Cursor<'_>) -> bool {
    is_planned(verb, PLAYING) && !verb.is_capital() && verb.next().is_word() && verb.next().is_capital()
}

/// Whether a sentence tells before a weekday what the next of its kind is: "Their next match is away to Oldwick on Monday".
fn is_of_next_event(first: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_of_next = |is: Cursor<'_>| {
        let event = before_in_sentence(is).filter(|event| is_planned(*event, HELD));
        let mut before = event.into_iter().flat_map(in_sentence_before).take(QUALITY);
        matches!(is.slice(), "is" | "are" | "comes" | "come") && before.any(|word| word.slice() == "next")
    };
    let is_other = |word: &Cursor<'_>| {
        !word.is_word()
            || is_past(*word)
            || is_class(*word, Class::Outcome)
            || is_class(*word, Class::Relative)
    };
    let mut words = in_sentence_before(first)
        .take(PLAN)
        .take_while(|word| !is_other(word));
    words.any(is_of_next)
}

/// Words between such a verb and what is arranged: "has a first court".
const QUALITY: usize = 3;

/// Whether a verb of those who meet stands here, behind its subject: "The council votes", but not "after the votes".
fn is_verb(verb: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let leads = [
        Class::Article,
        Class::Beside,
        Class::Leading,
        Class::Setting,
        Class::Number,
        Class::Infinitive,
    ];
    let is_subject =
        |subject: Cursor<'_>| subject.is_word() && !leads.iter().any(|class| is_class(subject, *class));
    is_class(verb, Class::Agenda) && !verb.is_capital() && before_in_sentence(verb).is_some_and(is_subject)
}

/// Whether a sentence opens with a time that begins with a weekday: "From Monday, the office is closed", "From Monday on, no".
fn opens_time(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let from = first
        .before()
        .filter(|from| from.slice().eq_ignore_ascii_case("from"));
    let opens = from.is_some_and(|from| before_in_sentence(from).is_none_or(|before| !before.is_word()));
    let comma = if end.slice() == "on" { end.next() } else { end };
    opens && comma.slice() == ","
}

/// Whether the sentence tells of something done, or of what was done before.
fn is_told(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_of_past = |word: Cursor<'_>| {
        is_past(word) || is_copula(word) || is_class(word, Class::Perfect) || is_class(word, Class::Reporting)
    };
    in_sentence_before(first).any(is_of_past) || in_sentence_behind(end).any(is_of_past)
}
