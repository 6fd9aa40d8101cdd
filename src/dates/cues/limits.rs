//! Whether a day, or a length of time, is the last one for something.

use super::super::cursor::Cursor;
use super::super::language::{CueWords, Cues, Language, lists};
use super::super::matching;
use super::super::pattern::Step;
use super::super::vocabulary::{Class, WordId};
use super::clause::{before_in_sentence, in_sentence_before, in_sentence_behind, is_sentence_end};
use super::conditions::is_condition;
use super::scheduled::{WANTING, is_planned};
use super::verbs::{is_ahead, is_infinitive, is_past, is_would};

/// Whether what stands from `first` to `end` is the last day for something: "no later than June 1", "the June 1 deadline".
pub(in crate::dates) fn is_limit(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut behind = language
        .limits_behind
        .iter()
        .filter_map(|steps| matching::end(language, steps, end));
    let is_led_to = stands_before(language, &language.limits, first, end) && !is_end_of_lasting(first)
        || is_named_last(language, first)
        || is_condition(first, end);
    let behind = behind.next().map(|behind| end.moved_to(behind));
    (is_led_to || behind.is_some()) && !is_void(language, first, end, behind)
}

/// Whether the last day is the one before that which begins at `first`: "before May 3", "antes del 3 de mayo", but not "on or before"; with
/// an article it is that of a thing, "before the May 3 deadline". A day with an hour, one that is called the last, or is that of something
/// is itself the last one: "before May 3 (5 p.m.)", "before Friday's deadline". What was done before a day is a condition: "cars
/// registered before May 3 must".
pub(in crate::dates) fn is_day_before(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let right_before = before_in_sentence(first);
    let of = right_before.filter(|word| matches!(word.slice(), "de" | "del"));
    let before = of.map_or(right_before, before_in_sentence);
    let before = before.filter(|word| lists(&language.day_before, &word.slice().to_lowercase()));
    let is_itself = |word: Cursor<'_>| lists(&language.day_itself, &word.slice().to_lowercase());
    let next = if matches!(end.slice(), "(" | ",") {
        end.next()
    } else {
        end
    };
    let has_hour = end.slice() == "(" && next.is_digits();
    before.is_some_and(|before| {
        let mut near = in_sentence_before(before).take(AT_THE_LATEST);
        !near.any(|word| lists(&language.or, word.slice()) || is_itself(word))
            && !before_in_sentence(before).is_some_and(was_done)
    }) && !(has_hour || is_itself(next) || end.glued_mark(&['\'', '’']).is_some())
}

/// Whether a participle stands here that tells what was done, not what is to be done: "cars registered", "inscritos".
fn was_done(verb: Cursor<'_>) -> bool {
    is_past(verb) || verb.words.is(verb.id(), Class::Participle)
}

/// Words before "before" among which "at the latest" stands.
const AT_THE_LATEST: usize = 6;

/// Whether a sentence tells before "is" or "was" that what it names there is the last day for something: "The last day to
/// register is".
pub(super) fn is_named_last(language: &Language, first: Cursor<'_>) -> bool {
    let is = first
        .before()
        .filter(|is| is.words.is(is.id(), Class::Copula) || lists(&language.is, is.slice()));
    is.is_some_and(|is| {
        // "The last day to register was Friday, and the vote is Tuesday".
        let ends_thing = |word: &Cursor<'_>| {
            let is_class = |class| word.words.is(word.id(), class);
            [Class::Copula, Class::Passive, Class::Join]
                .into_iter()
                .any(is_class)
                || word.slice() == ","
        };
        // "The last day for the old bridge was Friday" ends nothing that one may do.
        let is_over = is.words.is(is.id(), Class::Copula);
        let last_day = if is_over {
            &language.last_day_over
        } else {
            &language.last_day
        };
        let mut before = in_sentence_before(is).take_while(|word| !ends_thing(word));
        before.any(|here| matching::end(language, last_day, here).is_some())
    })
}

/// Whether a last day is told to be none any more: "withdrew its Dec. 4 deadline", "the Dec. 4 deadline was extended", "The deadline of Dec.
/// 4 for bids was extended", but not "was not extended". `behind` is where the words for a deadline end, if they stand behind the day.
fn is_void(language: &Language, first: Cursor<'_>, end: Cursor<'_>, behind: Option<Cursor<'_>>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let ends_object = |word: &Cursor<'_>| {
        is_class(*word, Class::Leading)
            || is_class(*word, Class::Infinitive)
            || is_class(*word, Class::Modal)
            || word.slice() == ","
    };
    let mut object = in_sentence_before(first)
        .take(OBJECT)
        .take_while(|word| !ends_object(word));
    if object.any(|word| is_class(word, Class::Void)) {
        return true;
    }
    let is_auxiliary = |verb: &Cursor<'_>| is_class(*verb, Class::Copula) || is_class(*verb, Class::Perfect);
    let ends_subject = |word: &Cursor<'_>| {
        !word.is_word()
            || is_class(*word, Class::Relative)
            || is_class(*word, Class::Join)
            || lists(&language.turning, word.slice())
            || is_infinitive(*word)
    };
    let mut subject = in_sentence_behind(behind.unwrap_or(end))
        .take(OBJECT)
        .take_while(|word| !ends_subject(word));
    let Some(verb) = subject.find(is_auxiliary) else {
        return false;
    };
    let next = verb.next();
    let is_between = is_class(next, Class::Perfect) || next.slice().ends_with("ly");
    is_class(if is_between { next.next() } else { next }, Class::Void)
}

/// Words between a verb and the day of the deadline that it is said of, at most.
const OBJECT: usize = 5;

/// Whether a cue opens a sentence that says what must be done by what ends before `end`: "By May 3, 2027, the agency shall
/// publish".
fn opens_duty(cue: Cursor<'_>, end: Cursor<'_>) -> bool {
    let opens = cue.before().is_none_or(|before| is_sentence_end(before, cue));
    let is_verb = |here: &Cursor<'_>| is_past(*here) || here.words.is(here.id(), Class::Duty);
    let verb = in_sentence_behind(end).find(is_verb).filter(|_| opens);
    verb.is_some_and(|verb| verb.words.is(verb.id(), Class::Duty))
}

/// Whether the day from `first` to `end` is said to be the last one for something, and nothing is told of it as done: "faces a
/// Friday deadline", but "missed a Friday deadline".
pub(in crate::dates) fn is_open_limit(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut behind = language.limits_behind.iter();
    let is_told = |word: Cursor<'_>| is_past(word) && !word.words.is(word.id(), Class::Reporting);
    // "tendered by the Tuesday deadline" says nothing of when that is.
    let is_by = in_sentence_before(first)
        .take(2)
        .any(|word| word.words.is(word.id(), Class::Done));
    !is_by
        && behind.any(|steps| matching::end(language, steps, end).is_some())
        && !in_sentence_before(first).any(is_told)
        && !in_sentence_behind(end).any(is_told)
}

/// Whether the length of time from `first` to `end` is one in which something is to be done: "has 10 days to appeal".
pub(in crate::dates) fn is_length_limit(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    stands_before(language, &language.length_limits, first, end)
}

/// Whether what begins at `first` is the end of what lasted or was not done till then: "lived there until May", "was mayor until
/// May", "did not answer by Friday", "gave no interviews until May", but not "will stay open until May".
pub(super) fn is_end_of_lasting(first: Cursor<'_>) -> bool {
    let until = first.before().filter(|until| {
        let is_word = |class| until.words.is(until.id(), class);
        is_word(Class::Done) || is_word(Class::Deadline) && is_word(Class::Ahead)
    });
    let Some(until) = until else { return false };
    let is_word = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    // "stayed its ruling until", but "stayed until".
    let is_put_off = |word: Cursor<'_>| {
        is_word(word, Class::PutOff)
            && (!is_word(word, Class::Lasting) || is_word(word.next(), Class::Article))
    };
    let is_open = |word: Cursor<'_>| {
        is_infinitive(word) || is_ahead(word) || is_word(word, Class::Modal) || is_put_off(word)
    };
    let mut verbs = in_sentence_before(until);
    let is_verb = |word: &Cursor<'_>| {
        is_open(*word) || is_past(*word) || is_word(*word, Class::Lasting) || is_word(*word, Class::Copula)
    };
    let lasts = verbs.find(is_verb).is_some_and(|verb| {
        is_word(verb, Class::Lasting) && !is_put_off(verb)
            || is_past(verb) && verb.next().slice() == "no"
            || is_word(verb, Class::Copula) && !is_word(until, Class::Done) && is_state(verb, until)
    });
    // "said it was open until May" may be said of what is to come.
    lasts && !verbs.any(|word| is_word(word, Class::Reporting) || is_open(word))
}

/// Whether "was" tells of a state up to "until": "was mayor until". A participle such as "given" tells of what is done with an
/// end still to come, as well as "open" may.
fn is_state(copula: Cursor<'_>, until: Cursor<'_>) -> bool {
    let between = (copula.at + 1..until.at).map(|at| copula.moved_to(at));
    let mut between = between.filter(|word| word.is_word());
    let is_participle =
        |word: Cursor<'_>| word.slice().ends_with('n') && !word.words.is(word.id(), Class::Beside);
    !between.any(is_participle)
}

/// Whether "on" follows what ends before `end`, so that its day is named behind it.
pub(in crate::dates) fn leads_on(end: Cursor<'_>) -> bool {
    end.slice() == "on"
}

/// Whether what stands from `first` to `end` is the end of a month, a year: "the end of March", "year-end".
pub(in crate::dates) fn is_end_of_more(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let words = (first.at..end.at).map(|at| first.moved_to(at));
    words
        .filter_map(|word| word.words.value(word.id(), Class::ShareNoun, || true))
        .any(|share| share == END)
}

/// What the data files give the words for an end.
const END: i32 = 3;

/// Words that such a cue may have.
const CUE: usize = 8;

/// Whether one of the cues ends right before `first`.
pub(super) fn stands_before(language: &Language, cues: &Cues, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let starts = (1..=CUE).map_while(|back| Some(first.moved_to(first.at.checked_sub(back)?)));
    let ends_there = |cue: &CueWords, steps: &[Step], start: Cursor<'_>| {
        let follows = |steps: &Vec<Step>| matching::end(language, steps, end).is_some();
        matching::end(language, steps, start) == Some(first.at)
            && holds(cue, start)
            && (cue.behind.is_empty() || cue.behind.iter().any(follows))
            && !(cue.not_to_do && is_to_do(end))
            && (!cue.opens_duty || opens_duty(start, end))
            && (cue.opens_with.is_empty() || !in_sentence_behind(end).any(is_finite))
            && !(cue.not_told
                && in_sentence_before(start)
                    .chain(in_sentence_behind(end))
                    .any(is_past))
    };
    let mut starts = starts.into_iter();
    starts.any(|start| {
        let mut opened = cues.opened(start.id());
        opened.any(|(cue, steps)| ends_there(cue, steps, start))
    })
}

/// Whether "to" and a verb stand here: "to stage it", but not "to the clerk".
fn is_to_do(here: Cursor<'_>) -> bool {
    let next = here.next();
    is_infinitive(here) && !next.words.is(next.id(), Class::Article)
}

/// Whether a word looks like a plural.
pub(super) fn is_plural(word: Option<Cursor<'_>>) -> bool {
    word.is_some_and(|word| word.is_word() && word.slice().len() > 3 && word.slice().ends_with('s'))
}

/// Whether the words before a cue are such that it counts.
fn holds(cue: &CueWords, start: Cursor<'_>) -> bool {
    let right_before = start.before().map_or(0, Cursor::id);
    if right_before != 0 && cue.not_after.contains(&right_before) {
        return false;
    }
    let is_subject =
        || cue.subjects.contains(&right_before) && right_before != 0 || is_plural(start.before());
    if !cue.subjects.is_empty() && !is_subject() {
        return false;
    }
    let is_among = |words: &[WordId], word: Cursor<'_>| word.id() != 0 && words.contains(&word.id());
    let mut near = in_sentence_before(start).take_while(|word| !is_among(&cue.without, *word));
    let is_asked = cue.after.is_empty() || near.any(|word| is_among(&cue.after, word));
    // "may appeal", but neither "an appeal may" nor "nobody may appeal".
    let mut is_allowed = || near.any(|word| is_among(&cue.and_after, word));
    let is_asked = is_asked && (cue.and_after.is_empty() || is_allowed());
    let is_opened = || {
        let opening = opening(start);
        opening
            .is_some_and(|(verb, is_asked)| is_among(&cue.opens_with, verb) && (is_asked || is_asking(verb)))
    };
    let is_denied = || in_sentence_before(start).any(|word| is_among(&cue.not_with, word));
    is_asked
        && !is_denied()
        && (cue.opens_with.is_empty() || is_opened())
        && !(cue.not_past && is_done(start))
}

/// Whether a verb stands here that tells something: "is", "was", "wrote".
fn is_finite(word: Cursor<'_>) -> bool {
    matches!(word.slice(), "is" | "are") || word.words.is(word.id(), Class::Copula) || is_past(word)
}

/// The word that a sentence opens with, or behind "please", which tells that it asks for something.
fn opening(start: Cursor<'_>) -> Option<(Cursor<'_>, bool)> {
    let first = in_sentence_before(start).last();
    let first = first.filter(|word| before_in_sentence(*word).is_none())?;
    let is_please = first.slice().eq_ignore_ascii_case("please");
    Some((if is_please { first.next() } else { first }, is_please))
}

/// Whether a verb asks for something, as the word behind it tells: "Call the clerk", but not "Call volume".
pub(super) fn is_asking(verb: Cursor<'_>) -> bool {
    let next = verb.next();
    let word = next.slice();
    next.words.is(next.id(), Class::Article)
        || matches!(
            word,
            "your" | "us" | "up" | "by" | "before" | "to" | "comments" | "questions" | "applications"
        )
}

/// Whether the nearest verb before a place is a past form: "received 300 letters by", but not "asked it to respond by" nor
/// "wants it finished by".
pub(super) fn is_done(start: Cursor<'_>) -> bool {
    let is_class = |word: &Cursor<'_>, class| word.words.is(word.id(), class) && !word.is_capital();
    // "Interested residents should call by": of what kind they are, and what they are to do.
    let is_to_do = |word: &Cursor<'_>| {
        is_infinitive(*word)
            || word.words.is(word.id(), Class::Ahead)
            || is_would(*word)
            || is_class(word, Class::Modal)
            || is_class(word, Class::Duty)
            || is_planned(*word, WANTING)
    };
    // "wants it finished", but not "the plan they finished".
    let is_wanted = |word: &Cursor<'_>| word.before().is_some_and(|verb| is_planned(verb, WANTING));
    let ends_clause = |word: &Cursor<'_>| {
        is_class(word, Class::Relative) || is_class(word, Class::Pronoun) && !is_wanted(word)
    };
    let mut before = in_sentence_before(start);
    let lead = before.find(|word| is_to_do(word) || ends_clause(word));
    let is_wanted = lead.is_some_and(|word| is_planned(word, WANTING));
    let is_owed = lead.is_some_and(|word| is_to_do(&word));
    !is_wanted
        && in_sentence_before(start)
            .take_while(|word| !is_to_do(word))
            .any(|word| is_past(word) && !(is_owed && is_of_noun(word)))
}

/// Whether a participle says of what kind the thing behind it is: "must return the seized phones".
fn is_of_noun(participle: Cursor<'_>) -> bool {
    let noun = participle.next();
    let other = [
        Class::Article,
        Class::Beside,
        Class::Deadline,
        Class::Done,
        Class::Leading,
        Class::Setting,
        Class::Infinitive,
        Class::Pronoun,
        Class::Relative,
        Class::Number,
        Class::Several,
    ];
    let is_other = other.iter().any(|class| noun.words.is(noun.id(), *class));
    noun.is_word() && !noun.is_capital() && !noun.slice().ends_with("ly") && !is_other
}

/// Whether the nearest past form before a place asks for or promises something.
pub(super) fn is_demanded(start: Cursor<'_>) -> bool {
    // "received the requested records by" asks for nothing.
    let is_quality = |word: Cursor<'_>| {
        let article = word.before();
        is_of_noun(word) && article.is_some_and(|article| article.words.is(article.id(), Class::Article))
    };
    let verb = in_sentence_before(start).find(|word| is_past(*word) && !is_quality(*word));
    verb.is_some_and(|verb| verb.words.is(verb.id(), Class::Demand))
}
