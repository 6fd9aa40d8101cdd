//! Forms of verbs, as far as their endings and the words beside them tell.

use super::super::cursor::Cursor;
use super::super::language::{Language, lists};
use super::super::vocabulary::Class;
use super::clause::{in_sentence_before, in_sentence_behind, is_quotation_mark_before, is_sentence_end};
use super::scheduled::{LEADS_OFF, SHOWN, is_planned, is_play};

/// Whether a word that puts what follows ahead stands here; "smaller-than-expected" does not.
pub(super) fn is_ahead(here: Cursor<'_>) -> bool {
    let is_joined = here.glued().is_some() && here.before().is_some_and(|mark| mark.slice() == "-");
    (here.words.is(here.id(), Class::Ahead) || is_future(here) || is_would(here)) && !is_joined
}

/// Whether "was" or "were" stands here with nothing planned behind it.
pub(super) fn is_copula(here: Cursor<'_>) -> bool {
    let next = here.next();
    let is_planned = next.words.is(next.id(), Class::Planned) || next.words.is(next.id(), Class::Ahead);
    here.words.is(here.id(), Class::Copula) && !is_planned && !here.next().slice().eq("to")
}

/// Whether "to" stands here before a verb; before a name, a number, "a" or a noun of the list it is a preposition.
pub(super) fn is_infinitive(here: Cursor<'_>) -> bool {
    let next = here.next();
    let is_goal = |class| next.words.is(next.id(), class);
    here.words.is(here.id(), Class::Infinitive)
        && !(next.is_capital() || next.is_digits() || is_goal(Class::Several) || is_goal(Class::Goal))
}

/// Whether a word stands here that puts its own clause ahead: "will", "is to".
pub(super) fn is_ahead_of_now(here: Cursor<'_>) -> bool {
    here.words.is(here.id(), Class::Coming) || is_future(here) || is_plan_of_now(here)
}

/// Whether a future form of a verb stands here, as its ending tells: "votará".
fn is_future(here: Cursor<'_>) -> bool {
    has_ending(here, &here.words.future_endings) && !here.is_capital()
}

/// Whether "to" stands here behind "was" and a plan, or before what was to be done: "was due to", "were to be". What "had been due to" come
/// as often did not, and what somebody "was to" do is told in histories.
pub(super) fn is_plan_of_then(to: Cursor<'_>) -> bool {
    let is_was = |word: Cursor<'_>| word.words.is(word.id(), Class::Copula);
    let plan = to.before().filter(|_| to.words.is(to.id(), Class::Infinitive));
    plan.is_some_and(|plan| {
        let is_plan = plan.words.is(plan.id(), Class::Planned) && plan.before().is_some_and(is_was);
        is_plan || is_was(plan) && to.next().slice() == "be"
    })
}

/// Whether "to" stands here behind "is", "is set", "are expected".
fn is_plan_of_now(here: Cursor<'_>) -> bool {
    let is_now = |word: Cursor<'_>| {
        let is_class = |class| word.words.is(word.id(), class);
        is_class(Class::Planned) && is_class(Class::Passive)
    };
    let plan = here.before().filter(|_| is_plan(here));
    plan.is_some_and(|plan| is_now(plan) || plan.before().is_some_and(is_now))
}

/// Words that may stand between a verb and its day.
const BESIDE: usize = 3;

/// Whether what begins at `first` stands right behind a verb of the past: "was published on", "broke out on".
pub(super) fn is_past_of(first: Cursor<'_>) -> bool {
    let mut here = first;
    for _ in 0..=BESIDE {
        let Some(before) = here.before().filter(|before| before.is_word()) else {
            return false;
        };
        here = before;
        if !here.words.is(here.id(), Class::Beside) && !has_ending(here, &here.words.participles) {
            return is_past(here);
        }
    }
    false
}

/// Whether a past form of a verb stands here.
pub(super) fn is_past(here: Cursor<'_>) -> bool {
    let (words, id) = (here.words, here.id());
    // A capital is a name's, but for the first word of a sentence.
    let is_first = here.before().is_none_or(|before| is_sentence_end(before, here));
    if words.is(id, Class::Ahead) || words.is(id, Class::Planned) || here.is_capital() && !is_first {
        return false;
    }
    let is_form = words.is(id, Class::Past) || has_ending(here, &words.past_endings) || is_had(here);
    is_form && !is_not_yet(here) && !is_to_be_had(here)
}

/// Whether an irregular participle stands here behind "was" or "had": "was seen", "had long been known".
fn is_had(participle: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let before = participle
        .before()
        .filter(|_| is_class(participle, Class::Participle));
    let before = before.and_then(|word| {
        if word.slice().ends_with("ly") {
            word.before()
        } else {
            Some(word)
        }
    });
    before.is_some_and(|word| is_class(word, Class::Copula) || is_class(word, Class::Perfect))
}

fn has_ending(here: Cursor<'_>, endings: &[String]) -> bool {
    let word = here.slice();
    let ends = |ending: &String| word.len() > ending.len() + 2 && word.ends_with(ending.as_str());
    endings.iter().any(ends)
}

/// Whether a participle is what somebody is to have done: "going to have it signed".
fn is_to_be_had(participle: Cursor<'_>) -> bool {
    let mut before = (2..=3).filter_map(|back| Some(participle.moved_to(participle.at.checked_sub(back)?)));
    before.any(|have| {
        let is_ahead = |word: Cursor<'_>| word.words.is(word.id(), Class::Infinitive) || is_ahead(word);
        have.words.is(have.id(), Class::Causative) && have.before().is_some_and(is_ahead)
    })
}

/// Words before a participle that may stand between it and what makes it no past form.
const NOT_YET: usize = 5;

/// Whether words before a participle put it ahead: "is to be published", "will be formally adopted and signed".
fn is_not_yet(participle: Cursor<'_>) -> bool {
    let mut here = participle;
    for _ in 0..NOT_YET {
        let Some(before) = here.before().filter(|before| before.is_word()) else {
            return false;
        };
        let is_class = |class| before.words.is(before.id(), class);
        if is_class(Class::Passive) || is_class(Class::Ahead) {
            return true;
        }
        let word = before.slice();
        // "adopted and signed", but "to be delayed came".
        let is_joined = matches!(here.slice(), "and" | "or");
        let is_between = matches!(word, "and" | "or" | "not")
            || word.ends_with("ly")
            || is_joined && has_ending(before, &before.words.past_endings);
        if !is_between {
            return false;
        }
        here = before;
    }
    false
}

/// Whether "to" stands here behind "is", "set", "scheduled".
pub(super) fn is_plan(here: Cursor<'_>) -> bool {
    here.words.is(here.id(), Class::Infinitive)
        && here
            .before()
            .is_some_and(|before| before.words.is(before.id(), Class::Planned))
}

/// Whether something is to be done, as "to be" with its verb tells right behind one that is not known yet: "a letter to be read at
/// Masses on", or behind a comma that others will see or hear it: "the poll, to be published in". Behind other words it is as often over:
/// "the first town to be flooded", "left the stage, to be followed by".
pub(super) fn is_to_be_done(to: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let be = to.next();
    let verb = be.next();
    let is_participle = has_ending(verb, &verb.words.past_endings)
        || is_class(verb, Class::Participle)
        || is_class(verb, Class::Past)
        || verb.slice() == "read";
    let is_one = |noun: Cursor<'_>| {
        let article = noun.before();
        noun.is_word() && article.is_some_and(|article| is_class(article, Class::Several))
    };
    let is_shown = |mark: Cursor<'_>| mark.slice() == "," && is_planned(verb, SHOWN);
    is_class(to, Class::Infinitive)
        && be.slice() == "be"
        && is_participle
        && to
            .before()
            .is_some_and(|before| is_one(before) || is_shown(before))
}

/// Whether "would" stands here in short, before what a court or a body does: "he’d rule". Other forms are alike in both: "he’d quit".
pub(super) fn is_would(here: Cursor<'_>) -> bool {
    let is_short = here.slice() == "d"
        && here
            .before()
            .is_some_and(|mark| matches!(mark.slice(), "'" | "’"));
    let next = here.next();
    is_short && next.words.is(next.id(), Class::Would)
}

/// Words of a clause between "will" and the day.
const FAR: usize = 24;

/// Whether the main verb of the clause that leads up to a weekday with its hour is put ahead, however far before it stands: "will vote on
/// a resolution of no confidence in the board at 7 p.m. Tuesday". Without an hour the day is as often that of a noun before it: "will
/// remember the win over Marrow Tuesday".
pub(in crate::dates) fn is_in_coming(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut here = first;
    for _ in 0..FAR {
        let Some(before) = here.before().filter(|before| !is_sentence_end(*before, here)) else {
            return false;
        };
        if is_put_ahead(before) {
            return !fell_through(language, before, end);
        }
        let is_class = |class| before.words.is(before.id(), class);
        let ends_clause =
            is_class(Class::Relative) || is_class(Class::Reporting) || is_quotation_mark_before(before);
        let is_told = is_copula(before) || is_past(before) && !is_of_what_kind(before);
        if ends_clause || is_told || is_class(Class::Perfect) {
            return false;
        }
        here = before;
    }
    false
}

/// Whether the clause that leads up to "on" and a weekday puts it ahead by "will" or "would", and nothing before it may have the day for its
/// own: "will present a draft before the commission on Monday". What leads to a noun of another clause ("will treat those hurt in the
/// crash on Monday", "will cut rates after a cut on Monday"), a second verb or a noun for what happened leave it open.
pub(in crate::dates) fn is_day_of_verb(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_of_another = end.glued_mark(&['\'', '’']).is_some() || is_past(end) || is_copula(end);
    let Some(on) = first.before().filter(|on| is_class(*on, Class::Beside)) else {
        return false;
    };
    let mut here = on;
    for _ in 0..FAR {
        let Some(before) = here.before().filter(|before| !is_sentence_end(*before, here)) else {
            return false;
        };
        if is_put_ahead(before) {
            // "would not answer": refused.
            let is_refused = matches!(before.next().slice(), "not" | "n" | "never");
            // "against the will of the people".
            let is_noun = before.before().is_some_and(|word| is_class(word, Class::Article));
            return !(is_of_another
                || is_refused
                || is_noun
                || before.is_capital()
                || fell_through(language, before, end));
        }
        let is_hyphen = before.slice() == "-" && before.glued().is_some();
        let is_other = [
            Class::Relative,
            Class::Reporting,
            Class::Perfect,
            Class::Outcome,
            Class::Participle,
            Class::Join,
            Class::Deadline,
        ];
        let is_to = is_class(before, Class::Infinitive) && !is_goal(before, on);
        let is_led = is_to || is_planned(before, LEADS_OFF);
        let ends_clause = !(before.is_word() || before.is_digits() || is_hyphen)
            || is_other.iter().any(|class| is_class(before, *class));
        if ends_clause || is_led || is_copula(before) || is_past(before) {
            return false;
        }
        here = before;
    }
    false
}

/// Whether a team will play another one on the day of the year that stands behind: "The Rovers will face Oldwick in their first match on May
/// 3". Behind other verbs it is as often that of a noun before it, and a year off: "will examine the sinking of the ferry on May 3".
pub(in crate::dates) fn is_day_of_match(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut before = in_sentence_before(first);
    is_day_of_verb(language, first, end) && before.any(|will| will.slice() == "will" && is_play(will.next()))
}

/// Whether what was planned is told to have come to nothing, or the sentence goes on to what happened instead: "The vote was to be held in
/// the lower house on Thursday, but members left early".
fn fell_through(language: &Language, plan: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut behind = in_sentence_behind(end);
    let goes_on = || {
        let last = in_sentence_behind(end).last().unwrap_or(end);
        last.slice() == ";" || last.next().slice() == ";"
    };
    is_plan_of_then(plan) && (behind.any(|word| lists(&language.turning, word.slice())) || goes_on())
}

/// Whether "to" leads to a name that ends right before `on`, as places do: "will fly to Oldwick on Monday".
fn is_goal(to: Cursor<'_>, on: Cursor<'_>) -> bool {
    let mut names = (to.at + 1..on.at).map(|at| to.moved_to(at));
    names.all(|name| name.is_word() && name.is_capital())
}

/// Whether a word puts the verb behind it ahead: "will", "would", "is expected to", "plans to", "is planned for".
fn is_put_ahead(here: Cursor<'_>) -> bool {
    let is_class = |word: Cursor<'_>, class| word.words.is(word.id(), class);
    let is_now = |word: Cursor<'_>| is_class(word, Class::Planned) && is_class(word, Class::Passive);
    let before = here.before();
    let is_planned =
        is_class(here, Class::Planned) && !is_class(here, Class::Passive) && before.is_some_and(is_now);
    let is_plan = matches!(here.slice(), "plans" | "plan")
        && here.next().slice() == "to"
        && before.is_some_and(|subject| subject.is_word() && !is_class(subject, Class::Article));
    is_ahead_of_now(here)
        || is_plan_of_then(here)
        || here.slice() == "would"
        || is_would(here)
        || is_planned
        || is_plan
}

/// Whether a participle stands here behind what leads to a noun, and says of what kind that is: "on masked officers".
fn is_of_what_kind(participle: Cursor<'_>) -> bool {
    let leads = [
        Class::Article,
        Class::Beside,
        Class::Setting,
        Class::Leading,
        Class::Deadline,
    ];
    let before = participle.before();
    before.is_some_and(|word| {
        let is_joined = matches!(
            word.slice(),
            "and" | "or" | "of" | "with" | "against" | "about" | "by" | "new"
        );
        // "the man it arrested".
        let is_subject = word.words.is(word.id(), Class::Pronoun);
        is_joined || !is_subject && leads.iter().any(|class| word.words.is(word.id(), *class))
    })
}
