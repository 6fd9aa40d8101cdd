//! What is new, changed or gone between two looks.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::model::saved_search::{AlertItem, Change, Line};
use crate::text::wording::Wording;

/// Share of the words that two wordings have in common, in their order, from which on one is told as a change of the
/// other. Below it one is gone and another one new: similar words do not make the same statement.
const ALIKE: f32 = 0.6;
/// The same where one speaker has one quote less in a document and one more: the one took the other's place.
const ALIKE_ALONE: f32 = 0.35;
/// Words that a quote has at least that another one is a part of.
const PART: usize = 4;
/// The same of the paragraphs around two days, one of which is told to have taken the other's place: they are long, and say more than the day.
const ALIKE_AROUND: f32 = 0.8;

/// Words up to which each line that came to a page is compared with each that went from it, to tell what took the place of what.
/// Where there are more, which must not hold up the alerts of all searches, each is compared with its rivals only.
const MOST_WORDS: usize = 1_000_000;
/// Lines that may have stood in the place of one, at most: those that share most of its seldom words.
const RIVALS: usize = 12;
/// A word that more lines have tells nothing of what took whose place.
const COMMON: usize = 40;

/// The difference between two looks.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// What there is to tell, in the order of what is found; what is gone last.
    pub(super) items: Vec<AlertItem>,
    /// Lines to keep in place of what was kept under their keys.
    pub(super) kept: Vec<Line>,
    /// Keys of lines that are not found any more.
    pub(super) forgotten: Vec<String>,
}

/// Compares what was found at the last look with what is found now. Keys are different within each. `moved` names the
/// documents whose pages are at another address for good, each with the document there: what says the same at both was
/// neither gone nor is it new.
pub(super) fn difference<'a>(
    before: &'a [Line],
    now: &[&'a Line],
    moved: &'a HashMap<String, String>,
) -> Difference {
    let known: HashMap<&str, &Line> = before.iter().map(|line| (line.key.as_str(), line)).collect();
    let found: HashMap<&str, &Line> = now.iter().map(|line| (line.key.as_str(), *line)).collect();
    let mut gone: Vec<&Line> = before
        .iter()
        .filter(|line| !found.contains_key(line.key.as_str()))
        .collect();
    let mut difference = Difference {
        forgotten: gone.iter().map(|line| line.key.clone()).collect(),
        ..Difference::default()
    };
    let stood: HashSet<Said<'_>> = gone
        .iter()
        .filter_map(|line| Said::at_its_new_address(line, moved))
        .collect();
    let stands: HashSet<Said<'_>> = now.iter().map(|line| Said::of(line, &line.document)).collect();
    gone.retain(|line| Said::at_its_new_address(line, moved).is_none_or(|said| !stands.contains(&said)));
    let come = now
        .iter()
        .copied()
        .filter(|line| !known.contains_key(line.key.as_str()));
    let come = come.filter(|line| !stood.contains(&Said::of(line, &line.document)));
    let come: Vec<&Line> = come.collect();
    let places = Places::of(&gone, come.iter().copied(), moved);
    let mut gone = Gone::of(gone, &come, moved);
    for line in now.iter().copied() {
        let was = match known.get(line.key.as_str()) {
            Some(was) if *was == line => continue,
            Some(was) => Some((*was).clone()),
            None if stood.contains(&Said::of(line, &line.document)) => {
                difference.kept.push(line.clone());
                continue;
            }
            None => gone.take_alike(line, &places).cloned(),
        };
        difference.kept.push(line.clone());
        difference.items.extend(match was {
            Some(was) => changed(&was, line),
            None => Some(item(Change::New, line)),
        });
    }
    let gone = gone.rest().map(|line| item(Change::Gone, line));
    difference.items.extend(gone);
    told_once(&mut difference.items);
    difference
}

/// Leaves out the dates that say nothing more: of a page that went as a whole, and the same day of the same paragraph again.
fn told_once(items: &mut Vec<AlertItem>) {
    let pages = items
        .iter()
        .filter(|item| item.line.kind == "document" && item.change == Change::Gone);
    let gone: HashSet<String> = pages.map(|item| item.line.document.clone()).collect();
    let mut days: HashSet<(Change, String, Option<Date>, String)> = HashSet::new();
    items.retain(|item| {
        let line = &item.line;
        if line.kind != "date" || !matches!(item.change, Change::New | Change::Gone) {
            return true;
        }
        let paragraph = Wording::of(&line.text).words().join(" ");
        let is_of_gone_page = item.change == Change::Gone && gone.contains(&line.document);
        !is_of_gone_page && days.insert((item.change, line.document.clone(), line.day, paragraph))
    });
}

/// What there is to tell of a line that was found before: other words, another speaker, another day.
pub(super) fn changed(was: &Line, line: &Line) -> Option<AlertItem> {
    // In the same revision nobody but our own reading changed anything.
    if was.revision == line.revision {
        return None;
    }
    let speaker_before = (was.speaker != line.speaker).then(|| was.speaker.clone().unwrap_or_default());
    let day_before = was.day.filter(|_| was.day != line.day);
    // A document is told by its headline, which may be the same in another revision.
    let is_told = was.wording != line.wording || speaker_before.is_some() || day_before.is_some();
    is_told.then(|| AlertItem {
        // A headline may be the same while the text below it is another one.
        before: Some(was.text.clone()).filter(|before| *before != line.text),
        speaker_before,
        day_before,
        ..item(Change::Changed, line)
    })
}

pub(super) fn item(change: Change, line: &Line) -> AlertItem {
    AlertItem {
        change,
        line: line.clone(),
        before: None,
        speaker_before: None,
        day_before: None,
        correction: None,
        passage: None,
    }
}

/// What a line says, wherever the page is that says it.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Said<'a> {
    document: &'a str,
    kind: &'a str,
    speaker: Option<&'a str>,
    day: Option<Date>,
    words: &'a str,
}

impl<'a> Said<'a> {
    pub(super) fn of(line: &'a Line, document: &'a str) -> Self {
        Self {
            document,
            kind: &line.kind,
            speaker: line.speaker.as_deref(),
            day: line.day,
            // The wording of a document is its revision, which is another one at another address.
            words: match line.kind.as_str() {
                "document" => &line.text,
                _ => &line.wording,
            },
        }
    }

    fn at_its_new_address(line: &'a Line, moved: &'a HashMap<String, String>) -> Option<Self> {
        Some(Self::of(line, moved.get(&line.document)?))
    }
}

/// A document and a kind of line: only lines of the same are compared.
type Place<'a> = (&'a str, &'a str);

/// The lines that are not found any more, by the document that they are of now and their kind: only these are compared with
/// what came to it.
struct Gone<'a> {
    lines: Vec<Option<&'a Line>>,
    places: HashMap<Place<'a>, Went>,
}

/// What of one place may have become another wording.
#[derive(Default)]
struct Went {
    /// Where the lines stand among all that are gone, in their order, with their words.
    lines: Vec<(usize, Wording)>,
    /// Where so much went and came that not each can be compared with each: the lines by their seldom words.
    by_word: Option<HashMap<String, Vec<usize>>>,
}

impl Went {
    /// The lines that have each word which few of them have.
    fn by_seldom_words(&self) -> HashMap<String, Vec<usize>> {
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (nth, (_, wording)) in self.lines.iter().enumerate() {
            for word in wording.words() {
                let lines = by_word.entry(word.clone()).or_default();
                if lines.last() != Some(&nth) {
                    lines.push(nth);
                }
            }
        }
        by_word.retain(|_, lines| lines.len() <= COMMON);
        by_word
    }

    /// The lines that a line is compared with, in their order.
    fn rivals(&self, line: &Line) -> Vec<usize> {
        let Some(by_word) = &self.by_word else {
            return (0..self.lines.len()).collect();
        };
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let wording = Wording::of(&line.text);
        let words: HashSet<&String> = wording.words().iter().collect();
        for nth in words.into_iter().filter_map(|word| by_word.get(word)).flatten() {
            *shared.entry(*nth).or_default() += 1;
        }
        let mut rivals: Vec<(usize, usize)> = shared.into_iter().collect();
        rivals.sort_unstable_by_key(|(nth, shared)| (Reverse(*shared), *nth));
        let mut rivals: Vec<usize> = rivals.into_iter().take(RIVALS).map(|(nth, _)| nth).collect();
        rivals.sort_unstable();
        rivals
    }
}

impl<'a> Gone<'a> {
    fn of(lines: Vec<&'a Line>, come: &[&Line], moved: &'a HashMap<String, String>) -> Self {
        let mut places: HashMap<Place<'a>, Went> = HashMap::new();
        let gone = lines.iter().enumerate();
        for (at, line) in gone.filter(|(_, line)| line.kind != "document") {
            let document = moved.get(&line.document).unwrap_or(&line.document);
            let place = places.entry((document.as_str(), line.kind.as_str())).or_default();
            place.lines.push((at, Wording::of(&line.text)));
        }
        let mut came: HashMap<Place<'_>, (usize, usize)> = HashMap::new();
        for line in come {
            let (lines, words) = came.entry((&line.document, &line.kind)).or_default();
            *lines += 1;
            *words += line.text.split_whitespace().count();
        }
        for (place, went) in &mut places {
            let (lines, words) = came.get(place).copied().unwrap_or_default();
            let own: usize = went.lines.iter().map(|(_, wording)| wording.len()).sum();
            let compared = own.saturating_mul(lines) + words.saturating_mul(went.lines.len());
            went.by_word = (compared > MOST_WORDS).then(|| went.by_seldom_words());
        }
        let lines = lines.into_iter().map(Some).collect();
        Self { lines, places }
    }

    /// Takes the closest other wording of a line's document, wherever it was.
    fn take_alike(&mut self, line: &'a Line, places: &Places) -> Option<&'a Line> {
        let went = self.places.get(&(line.document.as_str(), line.kind.as_str()))?;
        let enough = match places.is_single(line) {
            true => ALIKE_ALONE,
            false => enough(line),
        };
        let lines = went.rivals(line).into_iter().filter_map(|nth| {
            let (at, wording) = &went.lines[nth];
            // Nothing of one whose place was taken.
            Some((*at, self.lines[*at]?, wording))
        });
        let (at, _) = alike_enough(lines, line, enough)?;
        self.lines[at].take()
    }

    /// Those that nothing took the place of.
    fn rest(self) -> impl Iterator<Item = &'a Line> {
        self.lines.into_iter().flatten()
    }
}

/// How many quotes of each speaker each document has less, and how many more.
struct Places(HashMap<(String, String), (usize, usize)>);

impl Places {
    fn of<'a>(gone: &[&Line], come: impl Iterator<Item = &'a Line>, moved: &HashMap<String, String>) -> Self {
        let mut places: HashMap<(String, String), (usize, usize)> = HashMap::new();
        for line in gone.iter().filter(|line| line.kind == "quote") {
            let document = moved.get(&line.document).unwrap_or(&line.document);
            if let Some(speaker) = &line.speaker {
                places.entry((document.clone(), speaker.clone())).or_default().0 += 1;
            }
        }
        for line in come.filter(|line| line.kind == "quote") {
            if let Some(speaker) = &line.speaker {
                let place = (line.document.clone(), speaker.clone());
                places.entry(place).or_default().1 += 1;
            }
        }
        Self(places)
    }

    /// Whether a quote is the only one that came of its speaker, where one went.
    fn is_single(&self, line: &Line) -> bool {
        let speaker = line.speaker.clone().unwrap_or_default();
        line.kind == "quote" && self.0.get(&(line.document.clone(), speaker)) == Some(&(1, 1))
    }
}

/// The share of common words that is enough for a line.
fn enough(line: &Line) -> f32 {
    match line.kind.as_str() {
        "date" => ALIKE_AROUND,
        _ => ALIKE,
    }
}

/// The closest other wording of a line among those of its document, with its place.
pub(super) fn alike<'a>(
    of_document: impl Iterator<Item = (usize, &'a Line)>,
    line: &Line,
) -> Option<(usize, &'a Line)> {
    let of_document = of_document.map(|(at, was)| (at, was, Wording::of(&was.text)));
    alike_enough(of_document, line, enough(line))
}

fn alike_enough<'a>(
    of_document: impl Iterator<Item = (usize, &'a Line, impl Borrow<Wording>)>,
    line: &Line,
    enough: f32,
) -> Option<(usize, &'a Line)> {
    let words = Wording::of(&line.text);
    let (at, was, share) = of_document
        // Only the very words of one person can be given to another: like words of two are two statements.
        .filter(|(_, was, _)| was.speaker == line.speaker || was.wording == line.wording)
        .map(|(at, was, wording)| (at, was, share(wording.borrow(), &words, &line.kind)))
        // Of equals the first: days of one paragraph stand in its order.
        .reduce(|best, next| if next.2 > best.2 { next } else { best })?;
    (share >= enough).then_some((at, was))
}

/// How much a quote has of one that stood in its page before, where it is enough to have taken that one's place.
pub(in crate::pipeline) fn takes_the_place(was: &Wording, now: &Wording) -> Option<f32> {
    let share = share(was, now, "quote");
    (share >= ALIKE).then_some(share)
}

/// How much two wordings have in common. A quote that was cut, or goes on, is the same one.
fn share(one: &Wording, other: &Wording, kind: &str) -> f32 {
    let (shorter, longer) = match one.len() <= other.len() {
        true => (one, other),
        false => (other, one),
    };
    let is_part = kind == "quote"
        && shorter.len() >= PART
        && longer
            .words()
            .windows(shorter.len())
            .any(|words| words == shorter.words());
    match is_part {
        true => 1.0,
        false => one.likeness(other),
    }
}

/// A short name for what these parts say.
pub(super) fn key(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    data_encoding::HEXLOWER.encode(&digest.finalize()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(document: &str, text: &str) -> Line {
        Line {
            key: key(&["quote", document, &Wording::of(text).words().join(" ")]),
            wording: Wording::of(text).words().join(" "),
            kind: "quote".into(),
            entry: format!("q-{text}"),
            document: document.into(),
            revision: "r".into(),
            capture: "c".into(),
            url: "https://herald.example/one".into(),
            title: None,
            source: "The Harbor Herald".into(),
            speaker: None,
            day: None,
            text: text.into(),
        }
    }

    #[track_caller]
    fn check(before: &[Line], now: &[Line], told: &[(Change, &str, Option<&str>)]) {
        check_moved(before, now, &[], told);
    }

    #[track_caller]
    fn check_moved(
        before: &[Line],
        now: &[Line],
        moved: &[(&str, &str)],
        told: &[(Change, &str, Option<&str>)],
    ) {
        let now: Vec<&Line> = now.iter().collect();
        let moved = moved
            .iter()
            .map(|(from, to)| (from.to_string(), to.to_string()))
            .collect();
        let difference = difference(before, &now, &moved);
        let items: Vec<_> = difference
            .items
            .iter()
            .map(|item| (item.change, item.line.text.as_str(), item.before.as_deref()))
            .collect();
        assert_eq!(items, told);
        // What is kept and forgotten leads from the one look to the other.
        let mut lines: HashMap<&str, &Line> = before.iter().map(|line| (line.key.as_str(), line)).collect();
        for forgotten in &difference.forgotten {
            lines.remove(forgotten.as_str());
        }
        lines.extend(difference.kept.iter().map(|line| (line.key.as_str(), line)));
        assert_eq!(lines.len(), now.len());
        assert!(now.iter().all(|line| lines.get(line.key.as_str()) == Some(line)));
    }

    #[test]
    fn what_is_new_changed_or_gone_is_told_and_nothing_else() {
        let rebuilt = quote("d1", "The landing will be rebuilt before the summer");
        let later = Line {
            revision: "r2".into(),
            ..quote("d1", "The landing will be rebuilt before the autumn")
        };
        let other = quote("d2", "The landing will be rebuilt before the autumn");
        let wages = quote("d1", "Nobody has been paid since March");
        check(&[], &[], &[]);
        check(
            &[],
            std::slice::from_ref(&rebuilt),
            &[(Change::New, &rebuilt.text, None)],
        );
        check(
            std::slice::from_ref(&rebuilt),
            std::slice::from_ref(&rebuilt),
            &[],
        );
        check(
            std::slice::from_ref(&rebuilt),
            std::slice::from_ref(&later),
            &[(Change::Changed, &later.text, Some(&rebuilt.text))],
        );
        // Alike words of another document are another statement; so are other words of the same.
        check(
            std::slice::from_ref(&rebuilt),
            std::slice::from_ref(&other),
            &[
                (Change::New, &other.text, None),
                (Change::Gone, &rebuilt.text, None),
            ],
        );
        check(
            std::slice::from_ref(&rebuilt),
            std::slice::from_ref(&wages),
            &[
                (Change::New, &wages.text, None),
                (Change::Gone, &rebuilt.text, None),
            ],
        );
    }

    #[test]
    fn a_quote_that_was_cut_or_took_the_place_of_the_only_one_is_a_change() {
        let by = |text: &str, revision: &str| Line {
            speaker: Some("Ana Lima".into()),
            revision: revision.into(),
            ..quote("d1", text)
        };
        let whole = by("We support the goal and we want to see the homework", "r");
        let cut = by("We support the goal", "r2");
        let other = by("Nobody has been paid since March", "r");
        check(
            &[whole.clone(), other.clone()],
            &[cut.clone(), other.clone()],
            &[(Change::Changed, &cut.text, Some(&whole.text))],
        );
        let warrant = by(
            "will hand over no name without a warrant from a federal judge",
            "r",
        );
        let names = by("will hand over names with a warrant", "r2");
        check(
            &[warrant.clone(), other.clone()],
            &[names.clone(), other.clone()],
            &[(Change::Changed, &names.text, Some(&warrant.text))],
        );
        // Of two that came nobody can say which took its place.
        let more = by("We are tired of it", "r2");
        check(
            &[warrant.clone(), other.clone()],
            &[names.clone(), more.clone(), other.clone()],
            &[
                (Change::New, &names.text, None),
                (Change::New, &more.text, None),
                (Change::Gone, &warrant.text, None),
            ],
        );
        // Few words in common are another statement, however alone.
        check(
            std::slice::from_ref(&warrant),
            std::slice::from_ref(&more),
            &[
                (Change::New, &more.text, None),
                (Change::Gone, &warrant.text, None),
            ],
        );
    }

    #[test]
    fn what_a_page_that_moved_says_as_before_is_neither_gone_nor_new() {
        let old = quote("d1", "The landing will be rebuilt before the summer");
        let new = Line {
            revision: "r2".into(),
            ..quote("d2", &old.text)
        };
        let headline = |document: &str, revision: &str| Line {
            kind: "document".into(),
            wording: revision.into(),
            revision: revision.into(),
            ..quote(document, "Landing to be rebuilt")
        };
        let (was, is) = (headline("d1", "r1"), headline("d2", "r2"));
        let moved = [("d1", "d2")];
        check_moved(&[old.clone(), was.clone()], &[new.clone(), is], &moved, &[]);
        // It may have been found at both until then.
        check_moved(
            &[old.clone(), new.clone()],
            std::slice::from_ref(&new),
            &moved,
            &[],
        );
        let altered = Line {
            revision: "r2".into(),
            ..quote("d2", "The landing will be rebuilt before the autumn")
        };
        check_moved(
            std::slice::from_ref(&old),
            std::slice::from_ref(&altered),
            &moved,
            &[(Change::Changed, &altered.text, Some(&old.text))],
        );
        check_moved(
            &[old.clone(), was],
            &[new],
            &[("d1", "d3")],
            &[
                (Change::New, &old.text, None),
                (Change::Gone, &old.text, None),
                (Change::Gone, "Landing to be rebuilt", None),
            ],
        );
    }

    #[test]
    fn words_that_are_given_to_somebody_else_or_another_day_are_told() {
        let by = |key: &str, speaker: &str, day: &str| Line {
            key: key.into(),
            speaker: Some(speaker.into()),
            day: Some(day.parse().expect("a day")),
            ..quote("d1", "The landing will be rebuilt")
        };
        let again = |line: Line| Line {
            revision: "r2".into(),
            ..line
        };
        let was = by("one", "Ana Lima", "2026-02-03");
        let is = again(by("two", "Boris Cruz", "2026-02-03"));
        let told = |was: &Line, is: &Line| {
            let difference = difference(std::slice::from_ref(was), &[is], &HashMap::new());
            let items = difference.items.into_iter();
            let told = items.map(|item| (item.change, item.before, item.speaker_before, item.day_before));
            told.collect::<Vec<_>>()
        };
        let lima = Some("Ana Lima".to_owned());
        assert_eq!(told(&was, &is), [(Change::Changed, None, lima, None)]);
        let later = by("one", "Ana Lima", "2026-02-10");
        assert!(told(&was, &later).is_empty(), "our own reading is no news");
        assert_eq!(
            told(&was, &again(later)),
            [(Change::Changed, None, None, was.day)]
        );
        // Like words of two people are two statements.
        let else_said = Line {
            wording: "the landing will be rebuilt soon".into(),
            text: "The landing will be rebuilt soon".into(),
            ..is
        };
        let changes: Vec<Change> = told(&was, &else_said).into_iter().map(|it| it.0).collect();
        assert_eq!(changes, [Change::New, Change::Gone]);
    }

    #[test]
    fn a_day_that_takes_the_place_of_another_is_a_change_of_it() {
        let on = |day: &str, revision: &str| {
            let text = format!(
                "The director shall send a first draft of the plan to the council no later than {day}."
            );
            Line {
                kind: "date".into(),
                key: key(&["date", "d1", day]),
                wording: day.into(),
                revision: revision.into(),
                day: Some(day.parse().expect("a day")),
                ..quote("d1", &text)
            }
        };
        let (was, is) = (on("2027-01-29", "r1"), on("2027-02-12", "r2"));
        let before = std::slice::from_ref(&was);
        let items = difference(before, &[&is], &HashMap::new()).items;
        assert_eq!(items.len(), 1);
        assert_eq!((items[0].change, items[0].day_before), (Change::Changed, was.day));
        let other = Line {
            text: "The pier opens on 12 February 2027.".into(),
            ..is
        };
        let items = difference(before, &[&other], &HashMap::new()).items;
        assert_eq!(items.len(), 2, "another sentence is another day");
    }

    #[test]
    fn dates_that_say_nothing_more_are_not_told() {
        let paragraph = "The pier opens at noon on Monday, 9 February, and on no other day.";
        let date = |expression: &str, day: &str| Line {
            kind: "date".into(),
            key: key(&["date", expression]),
            wording: expression.into(),
            day: Some(day.parse().expect("a day")),
            ..quote("d1", paragraph)
        };
        let (noon, monday, other) = (
            date("noon", "2026-02-09"),
            date("9 February", "2026-02-09"),
            date("tomorrow", "2026-02-10"),
        );
        let told = (Change::New, paragraph, None);
        check(&[], &[noon.clone(), monday.clone(), other.clone()], &[told, told]);
        let page = Line {
            kind: "document".into(),
            ..quote("d1", "Pier to open")
        };
        let all = [page.clone(), noon, other];
        check(&all, &[], &[(Change::Gone, "Pier to open", None)]);
        let gone = (Change::Gone, paragraph, None);
        check(&all, &[page], &[gone, gone]);
    }

    #[test]
    fn another_revision_with_the_same_words_is_kept_and_not_told() {
        let was = quote("d1", "The landing will be rebuilt");
        let is = Line {
            entry: "another".into(),
            capture: "another".into(),
            ..was.clone()
        };
        check(&[was], &[is], &[]);
    }

    #[test]
    fn the_lines_of_a_page_with_very_many_are_compared_with_those_that_share_seldom_words() {
        let paragraph = |revision: &str, number: u32| {
            let text = format!(
                "Tide table of boat {number}: it sails at noon and is back at dusk on every day of the week"
            );
            Line {
                kind: "date".into(),
                key: format!("{revision} {number}"),
                revision: revision.into(),
                day: Some("2026-02-09".parse().expect("a day")),
                ..quote("d1", &text)
            }
        };
        let told = |count: u32| {
            let lines = |revision: &str| {
                (0..count)
                    .map(|number| paragraph(revision, number))
                    .collect::<Vec<_>>()
            };
            let (before, mut now) = (lines("r1"), lines("r2"));
            for line in now.iter_mut().skip(1) {
                line.text = line.text.replace("noon", "nine").replace("week", "month");
                line.wording = Wording::of(&line.text).words().join(" ");
            }
            let now: Vec<&Line> = now.iter().collect();
            let items = difference(&before, &now, &HashMap::new()).items;
            let of = |change: Change| items.iter().filter(|item| item.change == change).count();
            (of(Change::Changed), of(Change::New), of(Change::Gone))
        };
        // The first says the same: nothing is told of it either way.
        assert_eq!(told(20), (19, 0, 0));
        // Each with each, these would be compared for minutes.
        assert_eq!(told(3_000), (2_999, 0, 0));
    }

    #[test]
    fn what_came_to_one_document_is_not_compared_with_what_went_from_another() {
        // Each with each, these would be compared a hundred million times.
        let lines = |revision: &str, word: &str| -> Vec<Line> {
            let line = |number: u32| Line {
                revision: revision.to_owned(),
                ..quote(&format!("d{number}"), &format!("Boat {number} sails at {word}"))
            };
            (0..10_000).map(line).collect()
        };
        let (before, now) = (lines("r1", "noon"), lines("r2", "dusk"));
        let now: Vec<&Line> = now.iter().collect();
        let difference = difference(&before, &now, &HashMap::new());
        assert_eq!(difference.items.len(), before.len());
        for (item, was) in difference.items.iter().zip(&before) {
            assert_eq!(item.change, Change::Changed);
            assert_eq!(item.before.as_ref(), Some(&was.text));
        }
    }
}
