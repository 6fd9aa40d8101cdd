//! What a sentence tells by its verbs of the day that stands in it: something done on it, or something planned for it.

use super::super::cursor::Cursor;
use super::super::lexer::Kind;
use super::super::vocabulary::Class;
use super::Tense;
use super::clause::{
    WORDS, backward, before_in_sentence, begins, in_sentence_before, in_sentence_behind,
    is_quotation_mark_before, is_sentence_end,
};
use super::limits::{is_asking, is_plural};
use super::scheduled::{AFTER, ASKING, COME, CONDITION, HOPE, SINCE, is_planned};
use super::verbs::{is_ahead, is_ahead_of_now, is_copula, is_infinitive, is_past, is_plan};

/// Words of the names of those that a team plays against.
const NAME: usize = 3;

/// Whether a team is told to play on the day from `first` to `end`: "The Rovers host Oldwick on Sunday". A host or a face is
/// one of these verbs only behind a plural that opens the sentence, before a name, and where nothing is told of as done:
/// "The Fox News host Ana Lima told viewers on Monday".
pub(in crate::dates) fn is_fixture(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_small = |word: &Cursor<'_>| word.words.is(word.id(), Class::Beside);
    let Some(on) = first.before() else { return false };
    let last = on.before().filter(|_| is_small(&on)).unwrap_or(on);
    let is_name = |word: &Cursor<'_>| word.is_word() && word.is_capital();
    let names = backward(last).take_while(is_name).take(NAME).count();
    let Some(at) = last.at.checked_sub(names).filter(|_| names > 0) else {
        return false;
    };
    let verb = last.moved_to(at);
    let verb = verb.before().filter(|_| is_small(&verb)).unwrap_or(verb);
    let is_verb = verb.words.is(verb.id(), Class::Fixture) && !verb.is_capital();
    let Some(team) = verb.before().filter(|_| is_verb) else {
        return false;
    };
    let is_first = |here: Cursor<'_>| here.before().is_none_or(|before| is_sentence_end(before, here));
    let is_they = matches!(team.slice(), "They" | "We") && is_first(team);
    let is_team = is_plural(Some(team)) && is_name(&team);
    let opens = backward(team)
        .take_while(is_name)
        .last()
        .is_some_and(|article| article.slice() == "The" && article.at < team.at && is_first(article));
    let is_told = in_sentence_behind(end).any(is_past);
    (is_they || is_team && opens) && !is_told
}

/// What a sentence tells of the day of the year from `first` to `end` by what was done on it: `Past` where a verb has that day
/// right behind its object ("signed the order on May 3", "told the council on May 3 that"), `Told` where a past form lets expect so
/// ("On May 3, she was arrested", "the May 3 order"), unless it is some weeks ahead: "The May 3 hearing was canceled".
pub(in crate::dates) fn told_of_day(first: Cursor<'_>, end: Cursor<'_>) -> Tense {
    let is_word = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let before = before_in_sentence(first);
    let article = before.filter(|word| is_word(*word, Class::Article));
    let leads = article.map_or(before, before_in_sentence);
    if leads.is_some_and(leads_ahead) {
        return Tense::Open;
    }
    let is_open = |word: Cursor<'_>| {
        let is_class = |class| is_word(word, class);
        is_infinitive(word)
            || is_ahead(word)
            || is_class(Class::Modal)
            || is_class(Class::Duty)
            || is_class(Class::Passive)
    };
    // "followed by Calder on May 3" has its verb elsewhere, "was signed by Lima" has not.
    let is_by = |word: Cursor<'_>| {
        word.next().slice() == "by" && !before_in_sentence(word).is_some_and(|before| is_copula(before))
    };
    let is_told = |word: Cursor<'_>| is_past(word) && !is_quality(word) && !is_by(word);
    // Behind "that" or "whose" the day is of another clause than the verb before.
    let ends_clause = |word: Cursor<'_>| is_open(word) || is_word(word, Class::Relative);
    let is_verb = |word: &Cursor<'_>| ends_clause(*word) || is_told(*word) || is_copula(*word);
    let is_made = article.is_some() && is_word(end, Class::Outcome);
    let Some(verb) = in_sentence_before(first).find(is_verb) else {
        if is_in_setting(first) && is_done_by_one(end) {
            return Tense::Past;
        }
        // "Lima on May 3 signed it".
        let is_told = is_told(end) || is_in_setting(first) && is_told_behind(end);
        let is_made = is_made && !in_sentence_behind(end).any(is_open);
        return if is_told || is_made {
            Tense::Told
        } else {
            Tense::Open
        };
    };
    let object = in_sentence_before(first).take_while(|word| word.at > verb.at);
    let is_of_event = object.clone().any(|word| is_word(word, Class::Event));
    if ends_clause(verb) || is_of_event || is_word(end, Class::Event) {
        return Tense::Open;
    }
    let is_addressing = is_word(verb, Class::Addressing);
    if is_addressing && object.clone().count() <= LISTENER && is_word(end, Class::Relative) {
        return Tense::Past;
    }
    // "said the pier opens Feb. 6": what is said of a day may be still to come.
    if is_addressing || is_word(verb, Class::Reporting) {
        let is_clause_end = is_addressing && !end.is_word() && object.count() <= LISTENER;
        return if is_clause_end { Tense::Told } else { Tense::Open };
    }
    // "will redeem preferred shares on May 3" tells of nothing done.
    let is_comma = |word: &Cursor<'_>| matches!(word.kind(), Some(Kind::Mark(',')));
    let is_planned = in_sentence_before(verb)
        .take_while(|word| !is_comma(word))
        .any(is_open);
    match is_word(verb, Class::Demand) || is_word(verb, Class::Change) {
        true => Tense::Open,
        false if object.count() <= OBJECT && !is_planned && article.is_none() => Tense::Past,
        false => Tense::Told,
    }
}

/// Words between a verb and its day in which the verb's object is named.
const OBJECT: usize = 4;

/// Whether a participle says of what kind something is: "a designated day".
fn is_quality(participle: Cursor<'_>) -> bool {
    before_in_sentence(participle).is_some_and(|word| word.words.is(word.id(), Class::Article))
}

/// Whether a word leads to what is still to come: "for", "before", "ahead of".
fn leads_ahead(word: Cursor<'_>) -> bool {
    let is_leading = |word: Cursor<'_>| word.words.is(word.id(), Class::Leading);
    is_leading(word) || word.slice() == "of" && before_in_sentence(word).is_some_and(is_leading)
}

/// Whether what begins at `first` stands in what a sentence opens with: "On", "In a", "Between May 1 and".
fn is_in_setting(first: Cursor<'_>) -> bool {
    let is_comma = |word: Cursor<'_>| matches!(word.kind(), Some(Kind::Mark(',')));
    if in_sentence_before(first).any(is_comma) {
        return false;
    }
    let opening = in_sentence_before(first).last();
    let is_word = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    opening.is_none_or(|word| {
        let opens = word.before().is_none_or(|before| is_sentence_end(before, word));
        let is_setting = is_word(word, Class::Setting) || is_word(word, Class::Beside);
        let is_of_day = is_word(word, Class::Article) && word.at + 1 == first.at;
        opens && (is_setting || is_of_day)
    })
}

/// Words between a verb of telling and its day in which the listener is named.
const LISTENER: usize = 6;

/// Whether the first verb behind a place in its sentence tells of something done, and not of a change of plans.
fn is_told_behind(end: Cursor<'_>) -> bool {
    for here in in_sentence_behind(end).take(NEAR) {
        let is_word = |class| here.words.is(here.id(), class);
        if is_ahead(here)
            || is_word(Class::Modal)
            || is_word(Class::Planned)
            || is_quotation_mark_before(here)
        {
            return false;
        }
        // "On May 3, officials said, the pier opens".
        let is_aside = is_word(Class::Reporting) && matches!(here.next().kind(), Some(Kind::Mark(',')));
        // "a case brought by the town", "the proposed budget" have their verb elsewhere.
        let is_participle = here.next().slice() == "by" || is_quality(here);
        let is_finite = is_past(here) && !is_participle && !is_aside;
        if is_finite || is_copula(here) || is_word(Class::Behind) {
            let changed = if is_copula(here) { here.next() } else { here };
            return !changed.words.is(changed.id(), Class::Change);
        }
    }
    false
}

/// Whether a pronoun or a name with its verb follows a day that opens a sentence, and nothing in it is still to come: "On
/// May 3, she was arrested". Behind a noun a past form may be a participle: "On May 3, members elected in April meet".
fn is_done_by_one(end: Cursor<'_>) -> bool {
    let subject = if matches!(end.kind(), Some(Kind::Mark(','))) {
        end.next()
    } else {
        end
    };
    let is_pronoun = subject.words.is(subject.id(), Class::Pronoun);
    let is_name = |word: &Cursor<'_>| word.is_word() && word.is_capital();
    let names = in_sentence_behind(subject).take_while(is_name).count();
    let verb = subject.moved_to(subject.at + if is_pronoun { 1 } else { names });
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_done = is_past(verb) && verb.next().slice() != "by" || is_copula(verb);
    let changed = if is_copula(verb) { verb.next() } else { verb };
    let is_of_plans = is_class(changed, Class::Change) || is_class(changed, Class::Reporting);
    let is_to_come = |word: Cursor<'_>| {
        is_ahead(word) || is_class(word, Class::Modal) || is_plan(word) || is_quotation_mark_before(word)
    };
    let is_subject = is_pronoun || names > 0;
    is_subject && is_done && !is_of_plans && !in_sentence_behind(end).any(is_to_come)
}

/// Words behind a day among which the verb stands that tells of it.
const NEAR: usize = 9;

/// Whether a verb before a month tells of something done: "opened the pier in May", but not "said the pier opens in May" nor
/// "moved the hearing to May".
pub(in crate::dates) fn is_told(start: Cursor<'_>) -> bool {
    let is_goal = |word: Cursor<'_>| {
        word.words.is(word.id(), Class::Infinitive) || word.words.is(word.id(), Class::Deadline)
    };
    if start.before().is_some_and(is_goal) {
        return false;
    }
    let is_open =
        |word: &Cursor<'_>| is_infinitive(*word) || is_ahead(*word) || word.words.is(word.id(), Class::Modal);
    let mut verbs = in_sentence_before(start)
        .take_while(|word| !is_open(word))
        .filter(|word| is_past(*word));
    verbs
        .next()
        .is_some_and(|verb| !verb.words.is(verb.id(), Class::Reporting))
}

/// Words between what something came behind and its month.
const BEHIND: usize = 10;

/// Whether a month is that of what something is told to have come behind: "calm since the vote in Oldwick in May", "came to power after
/// winning the vote in May". What is so "since the vote in May is near" is none.
pub(in crate::dates) fn is_behind(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_open = |word: Cursor<'_>| is_ahead(word) || word.words.is(word.id(), Class::Modal);
    let is_now = end.words.is(end.id(), Class::Passive);
    if is_now || in_sentence_before(first).any(is_open) || in_sentence_behind(end).any(is_open) {
        return false;
    }
    let ends_noun = |word: &Cursor<'_>| {
        !word.is_word() || word.words.is(word.id(), Class::Relative) || is_infinitive(*word)
    };
    let is_it = |word: Cursor<'_>| {
        let is_done = || in_sentence_before(word).any(is_past);
        let is_after = is_planned(word, AFTER) && word.next().slice().ends_with("ing") && is_done();
        is_planned(word, SINCE) || is_after
    };
    let mut noun = in_sentence_before(first)
        .take(BEHIND)
        .take_while(|word| !ends_noun(word));
    noun.any(is_it)
}

/// Whether what begins at `first` is a day by which a sentence that it opens tells of something done.
pub(in crate::dates) fn is_done_by(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let by = first.before().filter(|by| by.words.is(by.id(), Class::Deadline));
    let opens = by.is_some_and(begins);
    opens && opens_telling(first, end)
}

/// Whether a month stands at the end of what a sentence opens with: "In her address in January, Lima said".
fn is_in_opening(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut words = in_sentence_before(first);
    let opening = words.try_fold(first, |_, word| {
        let is_comma = matches!(word.kind(), Some(Kind::Mark(',')));
        if is_comma { Err(()) } else { Ok(word) }
    });
    let is_place = |word: Cursor<'_>| word.words.is(word.id(), Class::Beside);
    let opens = |word: Cursor<'_>| word.before().is_none_or(|before| is_sentence_end(before, word));
    matches!(end.kind(), Some(Kind::Mark(','))) && opening.is_ok_and(|word| is_place(word) && opens(word))
}

/// Whether what begins at `first` opens a sentence that tells of something done: "In May, the council voted".
pub(in crate::dates) fn opens_telling(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let opens = begins(first) || first.before().is_some_and(begins) || is_in_opening(first, end);
    let mut here = end;
    for _ in 0..WORDS {
        let next = here.next();
        if !opens || here.token().is_none() || is_sentence_end(here, next) {
            return false;
        }
        if is_ahead(here) || here.words.is(here.id(), Class::Modal) {
            return false;
        }
        // "In May, officials said, the pier opens".
        let is_aside =
            here.words.is(here.id(), Class::Reporting) && matches!(next.kind(), Some(Kind::Mark(',')));
        if (is_past(here) || is_copula(here) || here.words.is(here.id(), Class::Behind)) && !is_aside {
            return true;
        }
        here = next;
    }
    false
}

/// Whether what begins at `first` opens a sentence that tells of something to come: "On Monday, the council will vote", "Come
/// November, voters will decide".
pub(in crate::dates) fn opens_plan(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_lead = |word: Cursor<'_>| {
        let is_class = |class| word.words.is(word.id(), class);
        is_class(Class::Beside) || is_class(Class::Leading) || word.slice() == "of" || is_planned(word, COME)
    };
    let mut before = in_sentence_before(first);
    let opens = before.clone().count() <= LEAD && before.all(is_lead) && !is_outcome(end);
    // "Before noon on Friday, email the clerk."
    let asked = if end.slice() == "," { end.next() } else { end };
    if opens && is_planned(asked, ASKING) && is_asking(asked) && !asked.is_capital() {
        return true;
    }
    let mut here = end;
    for _ in 0..WORDS {
        let next = here.next();
        let is_told = here.token().is_none() || is_sentence_end(here, next) || is_quotation_mark_before(here);
        if !opens || is_told || is_past(here) {
            return false;
        }
        if is_ahead_of_now(here) {
            return true;
        }
        here = next;
    }
    false
}

/// Words before a day that a sentence opens with: "As of Monday", "From Monday".
const LEAD: usize = 2;

/// Whether a day is that of a letter, an order: "the May 3 order".
pub(in crate::dates) fn is_of_outcome(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let article = first
        .before()
        .filter(|word| word.words.is(word.id(), Class::Article));
    article.is_some() && end.words.is(end.id(), Class::Outcome)
}

/// Whether a sentence opens with a day and says what day it is: "Friday is a holiday", but not "Monday is when it burned".
pub(in crate::dates) fn opens_definition(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_first = |here: Cursor<'_>| here.before().is_none_or(|before| is_sentence_end(before, here));
    let opens = is_first(first)
        || first
            .before()
            .is_some_and(|article| is_class(article, Class::Article) && is_first(article));
    let is_told = |word: Cursor<'_>| is_past(word) || is_copula(word) || is_class(word, Class::Relative);
    opens
        && is_class(end, Class::Passive)
        && is_class(end, Class::Planned)
        && !in_sentence_behind(end).any(is_told)
}

/// Whether it is hoped to do something at what stands from `first` to `end`, the day of the verb itself: "hopes to vote before the
/// summer", "to pass the bill before July", "intend to retire in late June". Behind more words the day is as often that of a noun: "hopes
/// to repeat his win in November", "to fill jobs cut before the summer"; and where anything is told, hope may be a noun: "The hope to win in
/// November was dashed".
pub(in crate::dates) fn is_hoped_for(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_verb = |verb: Cursor<'_>| {
        let to = before_in_sentence(verb).filter(|to| verb.is_word() && is_infinitive(*to));
        let hope = to.and_then(before_in_sentence);
        hope.is_some_and(|hope| is_planned(hope, HOPE))
    };
    let is_told = |word: Cursor<'_>| {
        is_past(word) && !is_class(word, Class::Reporting)
            || is_copula(word)
            || is_class(word, Class::Perfect)
    };
    let Some(lead) = before_article(first).filter(|_| end.glued_mark(&['\'', '’']).is_none()) else {
        return false;
    };
    let Some(word) = before_in_sentence(lead).filter(|last| last.is_word()) else {
        return false;
    };
    let is_ahead_of = lead.slice() == "of" && word.slice() == "ahead";
    let is_before = is_ahead_of || is_class(lead, Class::Done) && is_class(lead, Class::Leading);
    let Some(last) = (if is_ahead_of {
        before_in_sentence(word)
    } else {
        Some(word)
    }) else {
        return false;
    };
    // "to pass it", "to pass the bill".
    let is_object = |object: Cursor<'_>| {
        let word = before_in_sentence(object);
        let is_noun = word.is_some_and(|word| is_class(word, Class::Article));
        let verb = if is_noun { before_article(object) } else { word };
        (is_noun || matches!(object.slice(), "it" | "them")) && verb.is_some_and(is_verb)
    };
    let is_of_hope = (is_before || lead.slice() == "in") && is_verb(last) || is_before && is_object(last);
    is_of_hope && !in_sentence_before(first).any(is_told) && !in_sentence_behind(end).any(is_told)
}

/// The word before something and its article, if it has one.
fn before_article(noun: Cursor<'_>) -> Option<Cursor<'_>> {
    let word = before_in_sentence(noun)?;
    if word.words.is(word.id(), Class::Article) {
        before_in_sentence(word)
    } else {
        Some(word)
    }
}

/// Whether "the same day" or "the next day" is of no day in particular, since nothing is told of it: in a rule ("must report it the same
/// day"), a condition or a request ("If they come, call a lawyer the next day"). What will, can or may be has mostly a day that was told.
pub(in crate::dates) fn is_of_any_day(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    // "must have been ill".
    let is_rule = |word: Cursor<'_>| {
        is_class(word, Class::Duty) && !word.is_capital() && !is_class(word.next(), Class::Perfect)
    };
    let is_told = |word: Cursor<'_>| is_past(word) || is_copula(word) || is_class(word, Class::Perfect);
    let is_condition = |word: Cursor<'_>| is_rule(word) || is_planned(word, CONDITION);
    if begins(first) || first.before().is_some_and(begins) {
        // "The next day, the storm hit" is told.
        let mut behind = in_sentence_behind(end);
        return behind.clone().any(is_rule) && !behind.any(is_told);
    }
    let mut before = in_sentence_before(first);
    before.clone().any(is_condition) && !before.any(is_told)
}

/// Whether something is told that will be done by what stands from `first` to `end`: "will be ready by", "By … it will".
pub(in crate::dates) fn is_planned_by(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_by = first.before().is_some_and(|before| {
        let is_word = |class| before.words.is(before.id(), class);
        is_word(Class::Deadline) && (is_word(Class::Done) || is_word(Class::Ahead))
    });
    is_by && (is_in_plan(first) || in_sentence_behind(end).any(is_ahead_of_now))
}

/// Whether the words before something in its sentence put it ahead: "will reopen this spring".
pub(in crate::dates) fn is_in_plan(first: Cursor<'_>) -> bool {
    // "will not look as it did this spring".
    let is_did = |word: Cursor<'_>| word.words.is(word.id(), Class::Lasting);
    let is_verb = |word: &Cursor<'_>| is_past(*word) || is_did(*word) || is_ahead_of_now(*word);
    in_sentence_before(first)
        .find(is_verb)
        .is_some_and(is_ahead_of_now)
}

/// Whether the words before something in its sentence say what may come: "could close in the fall".
pub(in crate::dates) fn is_possible(first: Cursor<'_>) -> bool {
    let is_modal = |word: Cursor<'_>| word.words.is(word.id(), Class::Modal) && !word.is_capital();
    // "said it could": what was thought possible then.
    let mut before = in_sentence_before(first);
    before.clone().any(is_modal) && !before.any(is_past)
}

/// Whether something of a day stands behind it that is no plan: "Tuesday's ruling", but not "Tuesday's session".
fn is_outcome(end: Cursor<'_>) -> bool {
    let owner = end.glued_mark(&['\'', '’']).filter(|s| s.slice() == "s");
    owner
        .map(Cursor::next)
        .is_some_and(|what| !what.words.is(what.id(), Class::Occasion))
}
