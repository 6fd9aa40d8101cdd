//! Words near an expression that say whether it lies ahead or behind.

use super::cursor::Cursor;
use super::language::{CueWords, Language};
use super::lexer::Kind;
use super::matching;
use super::vocabulary::Class;

/// Where the words around an expression point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Ahead, as what is to be done by then, which nothing else says: "through March" may be over.
    Due,
    /// Behind, as a past form farther off lets expect.
    Told,
    /// They do not say.
    Open,
}

impl Tense {
    /// Whether it points ahead.
    pub(super) fn is_ahead(self) -> bool {
        matches!(self, Tense::Future | Tense::Due)
    }
}

/// How far back a cue counts, in bytes: one anywhere in the sentence is more often another clause's.
const REACH: usize = 40;
/// The same in words.
const WORDS: usize = 12;

/// What the nearest cue says before the expression from `first` to `end`, in the same sentence.
pub(super) fn tense(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> Tense {
    let Some(token) = first.token() else {
        return Tense::Open;
    };
    if is_past_of(first) || is_end_of_lasting(first) {
        return Tense::Past;
    }
    if stands_before(language, &language.ahead, first, end) {
        return Tense::Future;
    }
    let from = token.start.saturating_sub(REACH);
    let mut here = first;
    for _ in 0..WORDS {
        let Some(before) = here
            .before()
            .filter(|before| before.token().is_some_and(|token| token.start >= from))
        else {
            break;
        };
        // What was said speaks of another time than who says it.
        if is_sentence_end(before, here) || is_quotation_end(before) {
            break;
        }
        if is_ahead(before) || is_plan(before) {
            let is_done = before.words.is(before.id(), Class::Done) && is_done(before);
            return match (is_done, is_over(before)) {
                (true, _) => Tense::Past,
                // What "had been set to expire" may have done so or not.
                (_, true) => Tense::Open,
                _ => Tense::Future,
            };
        }
        if before.words.is(before.id(), Class::Behind) {
            return Tense::Past;
        }
        here = before;
    }
    let is_deadline = first
        .before()
        .is_some_and(|before| before.words.is(before.id(), Class::Deadline));
    // "They received 300 letters by Jan. 5".
    let is_by = first
        .before()
        .is_some_and(|before| before.words.is(before.id(), Class::Done) && is_done(before));
    if is_by {
        // "asked for answers by Dec. 9" looks ahead, "received 300 letters by Jan. 5" does not.
        let demands = first.before().is_some_and(is_demanded);
        return if demands { Tense::Future } else { Tense::Past };
    }
    if stands_before(language, &language.limits, first, end) {
        Tense::Future
    } else if is_deadline {
        Tense::Due
    } else {
        Tense::Open
    }
}

/// Whether a word that puts what follows ahead stands here; "smaller-than-expected" does not.
fn is_ahead(here: Cursor<'_>) -> bool {
    let is_joined = here.glued().is_some() && here.before().is_some_and(|mark| mark.slice() == "-");
    (here.words.is(here.id(), Class::Ahead) || is_future(here)) && !is_joined
}

/// Whether what stands from `first` to `end` is the last day for something: "no later than June 1", "the June 1 deadline".
pub(super) fn is_limit(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut behind = language.limits_behind.iter();
    stands_before(language, &language.limits, first, end) && !is_end_of_lasting(first)
        || behind.any(|steps| matching::end(language, steps, end).is_some())
        || opens_duty(first, end)
}

/// Whether "by" a day opens a sentence that says what must be done: "By May 3, 2027, the agency shall publish".
fn opens_duty(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let by = first.before().filter(|by| by.words.is(by.id(), Class::Done));
    let opens = by.is_some_and(|by| by.before().is_none_or(|before| is_sentence_end(before, by)));
    let is_verb = |here: &Cursor<'_>| is_past(*here) || here.words.is(here.id(), Class::Duty);
    let verb = in_sentence_behind(end).find(is_verb).filter(|_| opens);
    verb.is_some_and(|verb| verb.words.is(verb.id(), Class::Duty))
}

/// Whether the day from `first` to `end` is said to be the last one for something, and nothing is told of it as done: "faces a
/// Friday deadline", but "missed a Friday deadline".
pub(super) fn is_open_limit(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
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
pub(super) fn is_length_limit(language: &Language, first: Cursor<'_>, end: Cursor<'_>) -> bool {
    stands_before(language, &language.length_limits, first, end)
}

/// Whether what begins at `first` is the end of what lasted or was not done till then: "was mayor until May", "did not answer
/// by Friday", "gave no interviews until May", but not "will stay open until May".
fn is_end_of_lasting(first: Cursor<'_>) -> bool {
    let until = first.before().filter(|until| {
        let is_word = |class| until.words.is(until.id(), class);
        is_word(Class::Done) || is_word(Class::Deadline) && is_word(Class::Ahead)
    });
    let Some(until) = until else { return false };
    let is_open = |word: Cursor<'_>| {
        let is_word = |class| word.words.is(word.id(), class);
        is_infinitive(word) || is_ahead(word) || is_word(Class::Modal) || is_word(Class::PutOff)
    };
    let mut verbs = in_sentence_before(until);
    let is_verb =
        |word: &Cursor<'_>| is_open(*word) || word.words.is(word.id(), Class::Lasting) || is_past(*word);
    let lasts = verbs.find(is_verb).is_some_and(|verb| {
        verb.words.is(verb.id(), Class::Lasting) || is_past(verb) && verb.next().slice() == "no"
    });
    // "said it was open until May" may be said of what is to come.
    lasts && !verbs.any(|word| word.words.is(word.id(), Class::Reporting) || is_open(word))
}

/// Words of the names of those that a team plays against.
const NAME: usize = 3;

/// Whether a team is told to play on the day from `first` to `end`: "The Rovers host Oldwick on Sunday". A host or a face is
/// one of these verbs only behind a plural that opens the sentence, before a name, and where nothing is told of as done:
/// "The Fox News host Ana Lima told viewers on Monday".
pub(super) fn is_fixture(first: Cursor<'_>, end: Cursor<'_>) -> bool {
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

/// A place and all before it, the nearest first.
fn backward<'t>(from: Cursor<'t>) -> impl Iterator<Item = Cursor<'t>> {
    std::iter::successors(Some(from), |here| here.before())
}

/// The places of the words behind one in its sentence.
fn in_sentence_behind<'t>(end: Cursor<'t>) -> impl Iterator<Item = Cursor<'t>> {
    let on = std::iter::successors(Some(end), |here| Some(here.next()));
    on.take_while(|here| here.token().is_some() && !is_sentence_end(*here, here.next()))
        .take(WORDS)
}

/// Whether "on" follows what ends before `end`, so that its day is named behind it.
pub(super) fn leads_on(end: Cursor<'_>) -> bool {
    end.slice() == "on"
}

/// Words that such a cue may have.
const CUE: usize = 8;

/// Whether one of the cues ends right before `first`.
fn stands_before(language: &Language, cues: &[CueWords], first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let starts = (1..=CUE).map_while(|back| Some(first.moved_to(first.at.checked_sub(back)?)));
    let ends_there = |cue: &CueWords, start: Cursor<'_>| {
        let mut read = cue.read.iter();
        let mut behind = cue.behind.iter();
        read.any(|steps| matching::end(language, steps, start) == Some(first.at))
            && holds(cue, start)
            && (cue.behind.is_empty() || behind.any(|steps| matching::end(language, steps, end).is_some()))
    };
    starts.filter(|start| start.id() != 0).any(|start| {
        let mut opened = cues.iter().filter(|cue| cue.opens.contains(&start.id()));
        opened.any(|cue| ends_there(cue, start))
    })
}

/// Whether a word looks like a plural.
fn is_plural(word: Option<Cursor<'_>>) -> bool {
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
    let asked = |before: Cursor<'_>| before.id() != 0 && cue.after.contains(&before.id());
    let mut near = in_sentence_before(start).take_while(|before| !cue.without.contains(&before.id()));
    (cue.after.is_empty() || near.any(asked)) && !(cue.not_past && is_done(start))
}

/// Whether the nearest verb before a place is a past form: "received 300 letters by", but not "asked it to respond by".
fn is_done(start: Cursor<'_>) -> bool {
    let is_ahead = |word: &Cursor<'_>| is_infinitive(*word) || word.words.is(word.id(), Class::Ahead);
    in_sentence_before(start)
        .take_while(|word| !is_ahead(word))
        .any(is_past)
}

/// Whether the nearest past form before a place asks for or promises something.
fn is_demanded(start: Cursor<'_>) -> bool {
    let verb = in_sentence_before(start).find(|word| is_past(*word));
    verb.is_some_and(|verb| verb.words.is(verb.id(), Class::Demand))
}

/// What a sentence tells of the day of the year from `first` to `end` by what was done on it: `Past` where it can be no other day
/// ("On May 3, she was arrested", "told the council on May 3 that", "the May 3 order"), `Told` where a past form before it lets
/// expect so: "signed the order on May 3" tells of a day behind, "called an election on May 3" may not.
pub(super) fn told_of_day(first: Cursor<'_>, end: Cursor<'_>) -> Tense {
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
    let is_verb = |word: &Cursor<'_>| is_open(*word) || is_past(*word) || is_copula(*word);
    let is_made = article.is_some() && is_word(end, Class::Outcome);
    let Some(verb) = in_sentence_before(first).find(is_verb) else {
        let is_told = is_in_setting(first) && is_told_behind(end);
        let is_made = is_made && !in_sentence_behind(end).any(is_open);
        return if is_told || is_made {
            Tense::Past
        } else {
            Tense::Open
        };
    };
    if is_open(verb) {
        return Tense::Open;
    }
    // "said the pier opens Feb. 6": what is said of a day may be still to come.
    if is_word(verb, Class::Reporting) {
        let is_clause_end = !end.is_word() || matches!(end.slice(), "that" | "of");
        let is_addressed =
            is_word(verb, Class::Addressing) && is_clause_end && verb.at + LISTENER >= first.at;
        return if is_addressed { Tense::Past } else { Tense::Open };
    }
    if is_made { Tense::Past } else { Tense::Told }
}

/// Whether a word leads to what is still to come: "for", "before", "ahead of".
fn leads_ahead(word: Cursor<'_>) -> bool {
    let is_leading = |word: Cursor<'_>| word.words.is(word.id(), Class::Leading);
    is_leading(word) || word.slice() == "of" && before_in_sentence(word).is_some_and(is_leading)
}

/// Whether what begins at `first` stands in what a sentence opens with: "On", "In a", "Between May 1 and".
fn is_in_setting(first: Cursor<'_>) -> bool {
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

/// Whether "was" or "were" stands here with nothing planned behind it.
fn is_copula(here: Cursor<'_>) -> bool {
    let next = here.next();
    let is_planned = next.words.is(next.id(), Class::Planned) || next.words.is(next.id(), Class::Ahead);
    here.words.is(here.id(), Class::Lasting) && !is_planned && !here.next().slice().eq("to")
}

/// Whether the first verb behind a place in its sentence tells of something done.
fn is_told_behind(end: Cursor<'_>) -> bool {
    for here in in_sentence_behind(end) {
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
        if (is_past(here) || is_copula(here) || is_word(Class::Behind)) && !is_aside {
            return true;
        }
    }
    false
}

/// Whether a verb before a month tells of something done: "opened the pier in May", but not "said the pier opens in May" nor
/// "moved the hearing to May".
pub(super) fn is_told(start: Cursor<'_>) -> bool {
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

/// Whether "to" stands here before a verb; before a name, a number, "a" or a noun of the list it is a preposition.
fn is_infinitive(here: Cursor<'_>) -> bool {
    let next = here.next();
    let is_goal = |class| next.words.is(next.id(), class);
    here.words.is(here.id(), Class::Infinitive)
        && !(next.is_capital() || next.is_digits() || is_goal(Class::Several) || is_goal(Class::Goal))
}

/// Whether what begins at `first` is a day by which a sentence that it opens tells of something done.
pub(super) fn is_done_by(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let by = first
        .before()
        .filter(|by| by.is_capital() && by.words.is(by.id(), Class::Deadline));
    let opens = by.is_some_and(|by| by.before().is_none_or(|before| is_sentence_end(before, by)));
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
pub(super) fn opens_telling(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_first = |here: Cursor<'_>| here.before().is_none_or(|before| is_sentence_end(before, here));
    let opens = is_first(first) || first.before().is_some_and(is_first) || is_in_opening(first, end);
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
        if (is_past(here) || here.words.is(here.id(), Class::Behind)) && !is_aside {
            return true;
        }
        here = next;
    }
    false
}

/// Whether what begins at `first` opens a sentence that tells of something to come: "On Monday, the council will vote".
pub(super) fn opens_plan(first: Cursor<'_>, end: Cursor<'_>) -> bool {
    let is_first = |here: Cursor<'_>| here.before().is_none_or(|before| is_sentence_end(before, here));
    let opens = is_first(first)
        || first
            .before()
            .is_some_and(|before| before.words.is(before.id(), Class::Beside) && is_first(before));
    let opens = opens && !is_outcome(end);
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

/// Whether a word stands here that puts its own clause ahead: "will", "is to".
fn is_ahead_of_now(here: Cursor<'_>) -> bool {
    here.words.is(here.id(), Class::Coming) || is_future(here) || is_plan_of_now(here)
}

/// Whether something of a day stands behind it that is no plan: "Tuesday's ruling", but not "Tuesday's session".
fn is_outcome(end: Cursor<'_>) -> bool {
    let owner = end.glued_mark(&['\'', '’']).filter(|s| s.slice() == "s");
    owner
        .map(Cursor::next)
        .is_some_and(|what| !what.words.is(what.id(), Class::Occasion))
}

/// Whether a future form of a verb stands here, as its ending tells: "votará".
fn is_future(here: Cursor<'_>) -> bool {
    has_ending(here, &here.words.future_endings) && !here.is_capital()
}

/// Whether a quotation opens here; the stroke of "Monday's" stands inside a word.
fn is_quotation_mark_before(here: Cursor<'_>) -> bool {
    matches!(here.kind(), Some(Kind::Mark('"' | '“' | '«')))
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

/// The places of the words before one in its sentence, the nearest first.
fn in_sentence_before<'t>(start: Cursor<'t>) -> impl Iterator<Item = Cursor<'t>> {
    std::iter::successors(before_in_sentence(start), |here| before_in_sentence(*here)).take(WORDS)
}

fn before_in_sentence(here: Cursor<'_>) -> Option<Cursor<'_>> {
    here.before().filter(|before| !is_sentence_end(*before, here))
}

/// Whether a sentence ends with the mark at `mark`.
pub(super) fn is_sentence_end(mark: Cursor<'_>, next: Cursor<'_>) -> bool {
    let is_stop = matches!(mark.kind(), Some(Kind::Mark('.' | '?' | '!' | ';')));
    is_stop && behind_quotation(next).glued().is_none() && !is_of_shortened(mark, next)
}

/// Whether a stop belongs to a shortened word that goes on: "Feb. 6", "Gov. Lima".
fn is_of_shortened(mark: Cursor<'_>, next: Cursor<'_>) -> bool {
    let word = mark
        .before()
        .filter(|_| mark.glued().is_some() && mark.slice() == ".");
    word.is_some_and(|word| {
        let is_word = |class| word.words.is(word.id(), class);
        word.is_capital()
            && (is_word(Class::Short) && next.is_digits() || is_word(Class::Title) && next.is_capital())
    })
}

/// The place behind the marks that close a quotation here, if any do.
fn behind_quotation(mut here: Cursor<'_>) -> Cursor<'_> {
    while here.glued().is_some() && is_quotation_mark(here) {
        here = here.next();
    }
    here
}

fn is_quotation_mark(here: Cursor<'_>) -> bool {
    matches!(here.kind(), Some(Kind::Mark('"' | '”' | '’' | '\'' | '»')))
}

/// Whether a quotation that ends with a mark of its own closes here.
fn is_quotation_end(mut here: Cursor<'_>) -> bool {
    while here.glued().is_some() && is_quotation_mark(here) {
        let Some(before) = here.before() else {
            return false;
        };
        if matches!(
            before.kind(),
            Some(Kind::Mark(',' | '.' | '?' | '!' | '…' | '-' | '–' | '—'))
        ) {
            return true;
        }
        here = before;
    }
    false
}

/// Words that may stand between a verb and its day.
const BESIDE: usize = 3;

/// Whether what begins at `first` stands right behind a verb of the past: "was published on", "broke out on".
fn is_past_of(first: Cursor<'_>) -> bool {
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
fn is_past(here: Cursor<'_>) -> bool {
    let (words, id) = (here.words, here.id());
    // A capital is a name's, but for the first word of a sentence.
    let is_first = here.before().is_none_or(|before| is_sentence_end(before, here));
    if words.is(id, Class::Ahead) || words.is(id, Class::Planned) || here.is_capital() && !is_first {
        return false;
    }
    let is_form = words.is(id, Class::Past) || has_ending(here, &words.past_endings);
    is_form && !is_not_yet(here) && !is_to_be_had(here)
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

/// Whether what begins at `first` is said to be an end: "to Saturday", "until Saturday".
pub(super) fn is_end(first: Cursor<'_>) -> bool {
    first.before().is_some_and(|before| {
        let is_word = |class| before.words.is(before.id(), class);
        // "until May 3. By Friday" ends nothing.
        if before.before().is_some_and(|mark| is_sentence_end(mark, before)) {
            return false;
        }
        is_word(Class::Deadline)
            || is_word(Class::Infinitive)
            || matches!(before.kind(), Some(Kind::Mark('-' | '–')))
    })
}

/// Whether what ends before `end` begins a range: "January to September".
pub(super) fn opens_range(end: Cursor<'_>) -> bool {
    let is_word = |class| end.words.is(end.id(), class);
    is_word(Class::Infinitive)
        || is_word(Class::Deadline)
        || matches!(end.kind(), Some(Kind::Mark('-' | '–' | '/')))
}

/// Whether "to" stands here behind "is", "set", "scheduled".
fn is_plan(here: Cursor<'_>) -> bool {
    here.words.is(here.id(), Class::Infinitive)
        && here
            .before()
            .is_some_and(|before| before.words.is(before.id(), Class::Planned))
}

/// Whether one of the three words before puts what is planned into the past.
fn is_over(here: Cursor<'_>) -> bool {
    let before = (1..=3).filter_map(|back| Some(here.moved_to(here.at.checked_sub(back)?)));
    before
        .into_iter()
        .any(|before| before.words.is(before.id(), Class::Behind))
}
