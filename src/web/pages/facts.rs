//! What two revisions of a document tell otherwise beside their text: days, names, deadlines, and whose words its quotes are.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use super::super::desk::Desk;
use super::super::error::Failure;
use super::chart::shortened;
use super::quote::{is_other_speaker, speaker_in};
use super::unframed;
use crate::model::date::{SaidOn, is_deadline};
use crate::model::event::{ChangeKind, LineKind};
use crate::model::id::QuoteId;
use crate::model::quote::QuoteKind;
use crate::pipeline::{self, alerts, words_in_marks};
use crate::store::{DateRow, QuoteRow, RevisionRow};
use crate::text::days;
use crate::text::wording::Wording;

/// A fact that the two revisions tell otherwise; empty where one tells none.
pub(in crate::web) struct FactView {
    /// What it is, for programs and for people.
    pub(in crate::web) code: &'static str,
    pub(in crate::web) name: &'static str,
    pub(in crate::web) before: String,
    pub(in crate::web) after: String,
    /// The same for programs, before and after.
    pub(in crate::web) sides: [FactSide; 2],
}

/// A side of a fact for programs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::web) struct FactSide {
    /// A moment as the page has it, the names of who wrote it, days as EDTF, or the id of who spoke.
    pub(in crate::web) values: Vec<String>,
    /// The quote that it is of.
    pub(in crate::web) quote: Option<QuoteId>,
}

impl FactSide {
    fn of(values: impl IntoIterator<Item = String>) -> Self {
        Self {
            values: values.into_iter().collect(),
            quote: None,
        }
    }

    fn of_quote(quote: &QuoteRow, value: Option<String>) -> Self {
        Self {
            quote: Some(quote.id.clone()),
            ..Self::of(value)
        }
    }
}

/// The quotes of two revisions.
pub(super) struct Quotes {
    before: Vec<QuoteRow>,
    after: Vec<QuoteRow>,
}

/// What two revisions tell otherwise beside their text: when they say they were published, by whom, whose words
/// their quotes are, and when these were said.
pub(super) async fn facts(
    desk: &Desk,
    before: &RevisionRow,
    after: &RevisionRow,
    quotes: &Quotes,
) -> Result<Vec<FactView>, Failure> {
    let published = |revision: &RevisionRow| match &revision.reading.published {
        Some(stated) => days::moment(stated.moment),
        None => "no day given".into(),
    };
    let authors = |revision: &RevisionRow| match revision.reading.authors.join(", ") {
        none if none.is_empty() => "nobody named".into(),
        authors => authors,
    };
    let moment = |revision: &RevisionRow| {
        let stated = revision.reading.published.as_ref();
        FactSide::of(stated.map(|stated| stated.moment.to_string()))
    };
    let names = |revision: &RevisionRow| FactSide::of(revision.reading.authors.iter().cloned());
    let mut facts = vec![
        FactView {
            code: "published",
            name: "Published",
            before: published(before),
            after: published(after),
            sides: [moment(before), moment(after)],
        },
        FactView {
            code: "authors",
            name: "By",
            before: authors(before),
            after: authors(after),
            sides: [names(before), names(after)],
        },
    ];
    facts.retain(|fact| fact.before != fact.after);
    let store = &desk.tracker.store;
    facts.extend(other_days(
        (
            &before.reading.text,
            &store.dates_of(&before.id, &before.reading.text).await?,
        ),
        (
            &after.reading.text,
            &store.dates_of(&after.id, &after.reading.text).await?,
        ),
        after.fetched_at,
    ));
    let same = counterparts(&quotes.before, &quotes.after);
    let (old, new) = (quotes.before.clone(), quotes.after.clone());
    let revisions = (before.clone(), after.clone());
    let withdrawn = tokio::task::spawn_blocking(move || withdrawn(&old, &new, (&revisions.0, &revisions.1)));
    let withdrawn = withdrawn.await;
    facts.extend(withdrawn.map_err(|_| Failure::inside("comparing stopped unexpectedly"))?);
    for (same, quote) in same {
        facts.extend(other_day(same, quote));
        if is_other_speaker(same, quote) {
            let given = |quote: &QuoteRow, revision| {
                let words = shortened(unframed(&quote.words));
                format!("{}: “{words}”", speaker_in(quote, revision))
            };
            let side =
                |quote: &QuoteRow| FactSide::of_quote(quote, quote.speaker.as_ref().map(ToString::to_string));
            facts.push(FactView {
                code: ChangeKind::GivenToAnother.code(),
                name: "Given to",
                before: given(same, before),
                after: given(quote, after),
                sides: [side(same), side(quote)],
            });
        }
    }
    Ok(facts)
}

/// The quotes of two revisions, which are looked up once.
pub(super) async fn quotes(
    desk: &Desk,
    before: &RevisionRow,
    after: &RevisionRow,
) -> Result<Quotes, Failure> {
    Ok(Quotes {
        before: pipeline::quotes_of(&desk.tracker, before).await?,
        after: pipeline::quotes_of(&desk.tracker, after).await?,
    })
}

/// The quotes that were taken out: that nothing of what a text says now is a printing of. Of what came whole a list of changes tells
/// enough.
fn withdrawn(
    old: &[QuoteRow],
    new: &[QuoteRow],
    (before, after): (&RevisionRow, &RevisionRow),
) -> Vec<FactView> {
    /// The share of a quote's words up to which they are other words.
    const OTHER: f32 = 0.5;
    /// Quotes of either side that are compared with each other.
    const MOST: usize = 60;
    // Of what is reported only the words in marks are somebody's own.
    let worded = |quote: &QuoteRow| match quote.kind {
        QuoteKind::Mixed => Wording::in_one_spelling(&words_in_marks(&quote.words)),
        _ => Wording::in_one_spelling(&quote.words),
    };
    let is_own = |quote: &&QuoteRow| quote.kind != QuoteKind::Indirect;
    let known: HashSet<Vec<String>> = new.iter().map(|quote| worded(quote).words().to_vec()).collect();
    let wording = Wording::in_one_spelling(&alerts::beside_corrections(&after.reading));
    let text = format!(" {} ", wording.words().join(" "));
    // Most stand there word for word, in marks or without.
    let stands = |quote: &&QuoteRow| {
        let words = worded(quote);
        known.contains(words.words()) || text.contains(&format!(" {} ", words.words().join(" ")))
    };
    let were: HashSet<Vec<String>> = old.iter().map(|quote| worded(quote).words().to_vec()).collect();
    let come = new
        .iter()
        .map(worded)
        .filter(|words| !were.contains(words.words()));
    let come: Vec<Wording> = come.take(MOST).collect();
    // One of which only a part is printed now was cut, and not taken out.
    let is_reworded = |quote: &&QuoteRow| {
        let words = worded(quote);
        let is_in =
            |one: &Wording, other: &Wording| one.found_in(other).is_some_and(|(_, share)| share > OTHER);
        let mut come = come.iter();
        is_in(&words, &wording)
            || come.any(|other| words.likeness(other) > OTHER || is_in(other, &words) || is_in(&words, other))
    };
    let view = |quote: &QuoteRow| FactView {
        code: ChangeKind::TakenOut.code(),
        name: "Quote taken out",
        before: format!(
            "{}: “{}”",
            speaker_in(quote, before),
            shortened(unframed(&quote.words))
        ),
        after: String::new(),
        sides: [
            FactSide::of_quote(quote, quote.speaker.as_ref().map(ToString::to_string)),
            FactSide::default(),
        ],
    };
    let gone = old
        .iter()
        .filter(is_own)
        .filter(|quote| !stands(quote))
        .take(MOST);
    gone.filter(|quote| !is_reworded(quote)).map(view).collect()
}

/// The days that an edit moved which was seen then, and the deadlines that only one of two revisions names.
fn other_days(was: (&str, &[DateRow]), is: (&str, &[DateRow]), seen_at: Timestamp) -> Vec<FactView> {
    let (old, new) = (was.1, is.1);
    let mut facts: Vec<FactView> = Vec::new();
    let (mut moved_away, mut moved_here) = (HashSet::new(), HashSet::new());
    for moved in pipeline::moved_dates(was, is, seen_at) {
        let Some(fact) = moved_day(moved.kind, &old[moved.was], &new[moved.is]) else {
            continue;
        };
        // A day is named in the headline, and in the text once more.
        let is_told = facts.iter().any(|it| it.sides == fact.sides);
        if !is_told && facts.len() >= MOST_DAYS {
            continue;
        }
        moved_away.insert(moved.was);
        moved_here.insert(moved.is);
        facts.extend((!is_told).then_some(fact));
    }
    facts.extend(other_deadlines((old, &moved_away), (new, &moved_here)));
    facts
}

/// Days that moved which are told one by one; of the others the deadlines are told as gone and new.
const MOST_DAYS: usize = 20;

/// That a day moved, or a deadline.
fn moved_day(kind: ChangeKind, old: &DateRow, new: &DateRow) -> Option<FactView> {
    let (was, is) = (old.when.as_ref()?, new.when.as_ref()?);
    Some(FactView {
        code: kind.code(),
        name: match kind {
            ChangeKind::DeadlineMoved => "Deadline",
            _ => "Day",
        },
        before: days::in_words(was),
        after: days::in_words(is),
        sides: [was, is].map(|when| FactSide::of([when.edtf.clone()])),
    })
}

fn is_due(date: &DateRow) -> bool {
    is_deadline(date.when.as_ref(), &date.value, date.is_limit)
}

/// The deadlines that only one of two revisions names, but for those of the given places, which are told to have moved.
fn other_deadlines(
    (old, moved_away): (&[DateRow], &HashSet<usize>),
    (new, moved_here): (&[DateRow], &HashSet<usize>),
) -> Option<FactView> {
    // By their words, each with its EDTF and whether all that name it moved.
    type Days = BTreeMap<String, (String, bool)>;
    let days = |dates: &[DateRow], moved: &HashSet<usize>| {
        let mut days = Days::new();
        for (at, date) in dates.iter().enumerate().filter(|(_, date)| is_due(date)) {
            if let Some(when) = &date.when {
                let day = days.entry(days::in_words(when));
                day.or_insert((when.edtf.clone(), true)).1 &= moved.contains(&at);
            }
        }
        days
    };
    let (were, are) = (days(old, moved_away), days(new, moved_here));
    let only = |here: &Days, there: &Days| -> Days {
        let only = here.iter();
        let only = only.filter(|(words, (_, is_moved))| !is_moved && !there.contains_key(*words));
        only.map(|(words, day)| (words.clone(), day.clone())).collect()
    };
    let (went, came) = (only(&were, &are), only(&are, &were));
    let told = |days: &Days| match days.is_empty() {
        true => "none".to_owned(),
        false => days.keys().cloned().collect::<Vec<_>>().join(", "),
    };
    let side = |days: &Days| FactSide::of(days.values().map(|(edtf, _)| edtf.clone()));
    (!went.is_empty() || !came.is_empty()).then(|| FactView {
        code: LineKind::Deadline.code(),
        name: "Deadline",
        before: told(&went),
        after: told(&came),
        sides: [side(&went), side(&came)],
    })
}

/// The quotes of two revisions that are the same one, in the order of the new ones. Short words are said by many and often:
/// those of one person are the same where the day is or where they stand once on both sides, those of two people only
/// where nobody else says them on either side.
fn counterparts<'a>(old: &'a [QuoteRow], new: &'a [QuoteRow]) -> Vec<(&'a QuoteRow, &'a QuoteRow)> {
    let by_words = |quotes: &'a [QuoteRow]| {
        let mut by_words: HashMap<Vec<String>, Vec<&'a QuoteRow>> = HashMap::new();
        for quote in quotes {
            let words = Wording::of(&quote.words).words().to_vec();
            by_words.entry(words).or_default().push(quote);
        }
        by_words
    };
    let (were, are) = (by_words(old), by_words(new));
    let counterpart = |quote: &QuoteRow| {
        let words = Wording::of(&quote.words);
        let (were, are) = (were.get(words.words())?, are.get(words.words())?);
        let of_speaker = |quotes: &[&'a QuoteRow]| -> Vec<&'a QuoteRow> {
            let of_speaker = quotes.iter().filter(|it| it.speaker == quote.speaker);
            of_speaker.copied().collect()
        };
        match (of_speaker(were).as_slice(), of_speaker(are).as_slice()) {
            ([], _) => (were.len() == 1 && are.len() == 1).then(|| were[0]),
            ([was], [_]) => Some(*was),
            (several, _) => several.iter().copied().find(|was| was.said == quote.said),
        }
    };
    new.iter()
        .filter_map(|quote| Some((counterpart(quote)?, quote)))
        .collect()
}

/// That the same words are dated otherwise. Those dated by the document alone follow its own day, which is told by itself.
fn other_day(old: &QuoteRow, new: &QuoteRow) -> Option<FactView> {
    let is_of_document = |quote: &QuoteRow| quote.said_rule.as_deref() == Some(SaidOn::OF_DOCUMENT);
    if old.said == new.said || is_of_document(old) && is_of_document(new) {
        return None;
    }
    let told = |quote: &QuoteRow| {
        let day = quote.said.as_ref().map_or("day unknown".into(), days::in_words);
        format!("{day}: “{}”", shortened(unframed(&quote.words)))
    };
    let side =
        |quote: &QuoteRow| FactSide::of_quote(quote, quote.said.as_ref().map(|when| when.edtf.clone()));
    Some(FactView {
        code: LineKind::Said.code(),
        name: "Said",
        before: told(old),
        after: told(new),
        sides: [side(old), side(new)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::{TimexKind, When};
    use crate::model::span::Span;

    /// A page of deadlines, each of something else, by their days; none is a last day that nobody can tell.
    fn deadlines(days: &[Option<&str>]) -> (String, Vec<DateRow>) {
        let mut text = String::new();
        let mut rows = Vec::new();
        for (number, day) in days.iter().enumerate() {
            text.push_str(&format!("Plans for pier number{number} may be sent until "));
            let start = text.len();
            text.push_str(day.unwrap_or("the next meeting"));
            rows.push((start..text.len(), *day));
            text.push_str(".\n");
        }
        let rows = rows.into_iter().map(|(stretch, day)| DateRow {
            span: Span::of(&text, stretch).expect("a stretch"),
            kind: TimexKind::Date,
            value: day.unwrap_or("FUTURE_REF").to_owned(),
            when: day.map(|day| When::day(day.parse().expect("a day"))),
            anchor: String::new(),
            rule: "test".into(),
            conflict: None,
            is_limit: true,
        });
        let rows = rows.collect();
        (text, rows)
    }

    /// The facts of an edit that was seen on 1 March 2026, each with its code and what it tells of both sides.
    fn told(was: &[Option<&str>], is: &[Option<&str>]) -> Vec<(&'static str, String, String)> {
        let ((was, old), (is, new)) = (deadlines(was), deadlines(is));
        let seen_at = "2026-03-01T09:00:00Z".parse().expect("a moment");
        let facts = other_days((&was, &old), (&is, &new), seen_at).into_iter();
        facts.map(|fact| (fact.code, fact.before, fact.after)).collect()
    }

    #[test]
    fn a_deadline_that_is_not_told_to_be_moved_is_told_as_gone_or_new() {
        let days = |before: &str, after: &str| (before.to_owned(), after.to_owned());
        let of = |code: &'static str, (before, after)| (code, before, after);
        assert_eq!(
            told(&[Some("2026-03-27")], &[Some("2026-04-03")]),
            [of("deadline_moved", days("27 March 2026", "3 April 2026"))]
        );
        // Until a day that nobody can tell.
        assert_eq!(
            told(&[Some("2026-03-27")], &[None]),
            [of("deadline", days("27 March 2026", "none"))]
        );
        // It had passed.
        assert_eq!(
            told(&[Some("2026-02-27")], &[Some("2026-04-03")]),
            [of("deadline", days("27 February 2026", "3 April 2026"))]
        );
    }

    #[test]
    fn deadlines_beyond_those_that_are_told_one_by_one_are_told_all_the_same() {
        let of_month = |month: &str| -> Vec<String> {
            (1..=MOST_DAYS + 2)
                .map(|day| format!("2026-{month}-{day:02}"))
                .collect()
        };
        let (was, is) = (of_month("04"), of_month("05"));
        fn some(days: &[String]) -> Vec<Option<&str>> {
            days.iter().map(|day| Some(day.as_str())).collect()
        }
        let facts = told(&some(&was), &some(&is));
        let (rest, moved) = facts.split_last().expect("facts");
        assert_eq!(moved.len(), MOST_DAYS);
        assert!(moved.iter().all(|(code, ..)| *code == "deadline_moved"));
        assert_eq!(rest.0, "deadline");
        assert_eq!(rest.1, "21 April 2026, 22 April 2026");
        assert_eq!(rest.2, "21 May 2026, 22 May 2026");
    }
}
