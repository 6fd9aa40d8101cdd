//! Two wordings beside each other: what they share, and what one has that the other has not.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{aligned, spelling};

/// Words looked at of one wording; what is longer is compared by its beginning.
const MOST_WORDS: usize = 2_000;
/// Paragraphs between two that stayed, up to which the best partners are looked for.
const MOST_PARAGRAPHS: usize = 40;
/// The share of words that makes a changed paragraph the same one and not another.
const SAME_PARAGRAPH: f32 = 0.34;
/// Words that paragraphs are compared by to find partners; where there are more, it is seen by pairs of neighbours which are alike.
const MOST_COMPARED: usize = 300_000;
/// Words in a row that fix where a wording may begin in a text.
const ANCHOR: usize = 3;
/// Places of a text at which a wording is tried.
const MOST_PLACES: usize = 64;

/// What became of a piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// It stayed.
    Kept,
    /// It went.
    Removed,
    /// It came.
    Added,
}

/// A piece of a text and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub change: Change,
    /// Its words as printed, with the space behind them.
    pub text: String,
}

/// A text folded to the words that make it: no case, accents, marks or hyphens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    words: Vec<String>,
    /// The bytes of each word in the text.
    places: Vec<Range<usize>>,
}

impl Wording {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        Self::of_first(text, usize::MAX)
    }

    /// The first words of a text, so many at most.
    pub fn of_first(text: &str, most: usize) -> Self {
        let mut wording = Self::default();
        let mut start = None;
        for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
            // An apostrophe inside a word belongs to it, and so does the mark of a letter that was set: "[w]e".
            let is_inside =
                matches!(character, '\'' | '’') || character == ']' && is_set_letter(&text[..at], start);
            if character.is_alphanumeric() || is_inside && start.is_some() {
                start.get_or_insert(at);
            } else if let Some(first) = start.take() {
                wording.push(text, first..at);
                if wording.len() >= most {
                    break;
                }
            }
        }
        wording
    }

    /// The words of a text in one spelling, whatever it has: "won't" is two words in one place.
    pub fn in_one_spelling(text: &str) -> Self {
        let mut wording = Self::default();
        let mut at = 0;
        for word in printed(text) {
            let parts = spelling::parts(word);
            let ends = parts.iter().skip(1).map(|(begin, _)| *begin).chain([word.len()]);
            for ((begin, forms), end) in parts.iter().zip(ends) {
                let part = &word[*begin..end];
                let first = at + begin + part.find(char::is_alphanumeric).unwrap_or_default();
                let inside = part.trim_matches(|c: char| !c.is_alphanumeric());
                for form in forms {
                    wording.words.push(form.clone());
                    wording.places.push(first..first + inside.len());
                }
            }
            at += word.len();
        }
        wording
    }

    fn push(&mut self, text: &str, place: Range<usize>) {
        let word = &text[place.clone()];
        let folded: String = word
            .nfd()
            .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .collect();
        if !folded.is_empty() {
            self.words.push(folded);
            self.places.push(place);
        }
    }

    /// The words, folded.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The bytes of a word in the text.
    pub fn place(&self, index: usize) -> Range<usize> {
        self.places[index].clone()
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How many words two wordings share in the same order.
    pub fn shared(&self, other: &Wording) -> usize {
        shared(bounded(&self.words), bounded(&other.words))
    }

    /// How much of two wordings is the same, from 0 to 1.
    pub fn likeness(&self, other: &Wording) -> f32 {
        let all = bounded(&self.words).len() + bounded(&other.words).len();
        if all == 0 {
            return 1.0;
        }
        2.0 * self.shared(other) as f32 / all as f32
    }

    /// The stretch of a text that is most like this wording, in bytes, with the share of this wording's words that
    /// stand there in order; `None` where no three words in a row do.
    pub fn found_in(&self, text: &Wording) -> Option<(Range<usize>, f32)> {
        let own = bounded(&self.words);
        let length = ANCHOR.min(own.len()).max(1);
        let mut anchors: HashMap<&[String], usize> = HashMap::new();
        for (at, row) in own.windows(length).enumerate() {
            // What stands there twice fixes its first place.
            anchors.entry(row).or_insert(at);
        }
        let mut best: Option<(usize, Range<usize>)> = None;
        let mut tried = 0;
        let mut next = 0;
        for (at, row) in text.words.windows(length).enumerate() {
            if at < next || tried == MOST_PLACES {
                continue;
            }
            let Some(before) = anchors.get(row).copied() else {
                continue;
            };
            tried += 1;
            let first = at.saturating_sub(before);
            // Words that were put in between push the end away.
            let end = (first + own.len() + slack(own.len())).min(text.words.len());
            let window = &text.words[first..end];
            let kept = without_strays(kept(own, window), own.len() / 4 + 1);
            if best.as_ref().is_none_or(|(most, _)| kept.len() > *most)
                && let (Some(begin), Some(last)) = (kept.first(), kept.last())
            {
                best = Some((kept.len(), first + begin..first + last + 1));
            }
            next = first + own.len();
        }
        let (count, mut found) = best?;
        // Words that were put in between push the beginning away as well.
        if text.words[found.start] != own[0] {
            let slack = found.start.saturating_sub(slack(own.len()));
            let first = text.words[slack..found.start]
                .iter()
                .rposition(|word| *word == own[0]);
            found.start = first.map_or(found.start, |first| slack + first);
        }
        let bytes = text.places[found.start].start..text.places[found.end - 1].end;
        Some((bytes, count as f32 / own.len() as f32))
    }
}

/// Words that may have been put in between those of a wording with so many.
fn slack(words: usize) -> usize {
    words / 2 + 2
}

/// The places of words that stand in a text, without those at its end that stand alone far behind the others: small words
/// stand everywhere.
fn without_strays(mut places: Vec<usize>, far: usize) -> Vec<usize> {
    while let [.., before, last] = places.as_slice()
        && last - before > far
    {
        places.pop();
    }
    places
}

/// Whether what begins at `start` and ends with this text is a letter in brackets, as editors set it.
fn is_set_letter(text: &str, start: Option<usize>) -> bool {
    let Some(start) = start else { return false };
    text[..start].ends_with('[') && text[start..].chars().count() == 1
}

fn bounded(words: &[String]) -> &[String] {
    &words[..words.len().min(MOST_WORDS)]
}

fn shared(one: &[String], other: &[String]) -> usize {
    kept(one, other).len()
}

/// The places in `other` of the words that both have in the same order.
fn kept(one: &[String], other: &[String]) -> Vec<usize> {
    let runs = aligned::runs(one, other).into_iter();
    runs.filter(|run| run.is_same).flat_map(|run| run.new).collect()
}

/// What became of one text in another, word by word as printed.
pub fn differences(old: &str, new: &str) -> Vec<Piece> {
    let (before, after) = (printed(old), printed(new));
    let bare =
        |words: &[&'_ str]| -> Vec<String> { words.iter().map(|word| word.trim().to_owned()).collect() };
    let mut pieces = Vec::new();
    for run in aligned::runs(&bare(&before), &bare(&after)) {
        if run.is_same {
            push(&mut pieces, Change::Kept, &after[run.new]);
        } else {
            push(&mut pieces, Change::Removed, &before[run.old]);
            push(&mut pieces, Change::Added, &after[run.new]);
        }
    }
    pieces
}

/// The words of a text as printed, each with the space behind it.
pub(super) fn printed(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut is_behind = false;
    for (at, character) in text.char_indices() {
        if is_behind && !character.is_whitespace() {
            words.push(&text[start..at]);
            start = at;
        }
        is_behind = character.is_whitespace();
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

fn push(pieces: &mut Vec<Piece>, change: Change, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    pieces.push(Piece {
        change,
        text: words.concat(),
    });
}

/// What became of the paragraphs of a text: each as the pieces of what it was and is.
pub fn revised(old: &[&str], new: &[&str]) -> Vec<Vec<Piece>> {
    let mut paragraphs = Vec::new();
    for run in aligned::runs(old, new) {
        let (before, after) = (&old[run.old], &new[run.new]);
        if run.is_same {
            paragraphs.extend(after.iter().map(|text| whole(Change::Kept, text)));
            continue;
        }
        for pair in partners(before, after) {
            paragraphs.push(match pair {
                (Some(old), Some(new)) => differences(old, new),
                (Some(old), None) => whole(Change::Removed, old),
                (None, Some(new)) => whole(Change::Added, new),
                (None, None) => continue,
            });
        }
    }
    paragraphs
}

/// A paragraph that went at one place and came at another, by their places among the compared ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where it went.
    pub from: usize,
    /// Where it came.
    pub to: usize,
}

/// The paragraphs that only stand elsewhere now: whole ones that went and came with the same text, but for its space.
pub fn moved(paragraphs: &[Vec<Piece>]) -> Vec<Move> {
    let whole = |change: Change| {
        let of_change = paragraphs.iter().enumerate();
        of_change.filter_map(move |(at, pieces)| match pieces.as_slice() {
            [piece] if piece.change == change => {
                Some((at, piece.text.split_whitespace().collect::<Vec<_>>()))
            }
            _ => None,
        })
    };
    let mut gone: HashMap<Vec<&str>, VecDeque<usize>> = HashMap::new();
    for (at, text) in whole(Change::Removed) {
        gone.entry(text).or_default().push_back(at);
    }
    let come = whole(Change::Added).filter(|(_, text)| !text.is_empty());
    come.filter_map(|(to, text)| {
        Some(Move {
            from: gone.get_mut(&text)?.pop_front()?,
            to,
        })
    })
    .collect()
}

fn whole(change: Change, text: &str) -> Vec<Piece> {
    vec![Piece {
        change,
        text: text.to_string(),
    }]
}

/// The pairs of neighbouring words of each wording, as numbers in order.
fn neighbours_of_all(wordings: &[Wording]) -> Vec<Vec<u64>> {
    let number = |pair: &[String]| {
        let mut hasher = DefaultHasher::new();
        pair.hash(&mut hasher);
        hasher.finish()
    };
    let of_one = |wording: &Wording| {
        let words = wording.words();
        let mut numbers: Vec<u64> = words.windows(words.len().clamp(1, 2)).map(number).collect();
        numbers.sort_unstable();
        numbers
    };
    wordings.iter().map(of_one).collect()
}

/// The share that two rows of numbers in order have in common.
fn in_common(one: &[u64], other: &[u64]) -> f32 {
    let (mut at, mut common) = (0, 0);
    for number in one {
        while other.get(at).is_some_and(|next| next < number) {
            at += 1;
        }
        if other.get(at) == Some(number) {
            (at, common) = (at + 1, common + 1);
        }
    }
    match one.len() + other.len() {
        0 => 1.0,
        all => 2.0 * common as f32 / all as f32,
    }
}

/// Paragraphs that went and came, side by side where one became the other, in order.
pub(super) fn partners<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Option<&'a str>, Option<&'a str>)> {
    let alone = |old: &[&'a str], new: &[&'a str]| {
        let gone = old.iter().map(|text| (Some(*text), None));
        gone.chain(new.iter().map(|text| (None, Some(*text)))).collect()
    };
    if old.len() > MOST_PARAGRAPHS || new.len() > MOST_PARAGRAPHS {
        return alone(old, new);
    }
    let wordings = |texts: &[&str]| -> Vec<Wording> { texts.iter().map(|text| Wording::of(text)).collect() };
    let (before, after) = (wordings(old), wordings(new));
    let words = |wordings: &[Wording]| wordings.iter().map(Wording::len).sum::<usize>();
    let compared = words(&before) * after.len() + words(&after) * before.len();
    let neighbours =
        (compared > MOST_COMPARED).then(|| [neighbours_of_all(&before), neighbours_of_all(&after)]);
    let like = |one: usize, other: usize| {
        let likeness = match &neighbours {
            Some([before, after]) => in_common(&before[one], &after[other]),
            None => before[one].likeness(&after[other]),
        };
        if likeness < SAME_PARAGRAPH { 0.0 } else { likeness }
    };
    // The best sum of likenesses of what stands from each place on.
    let mut best = vec![vec![0.0_f32; new.len() + 1]; old.len() + 1];
    let mut likenesses = vec![vec![0.0_f32; new.len()]; old.len()];
    for one in (0..old.len()).rev() {
        for other in (0..new.len()).rev() {
            likenesses[one][other] = like(one, other);
            let paired = likenesses[one][other] + best[one + 1][other + 1];
            best[one][other] = paired.max(best[one + 1][other]).max(best[one][other + 1]);
        }
    }
    let mut pairs = Vec::new();
    let (mut one, mut other) = (0, 0);
    while one < old.len() && other < new.len() {
        let likeness = likenesses[one][other];
        if likeness > 0.0 && best[one][other] <= likeness + best[one + 1][other + 1] {
            pairs.push((Some(old[one]), Some(new[other])));
            (one, other) = (one + 1, other + 1);
        } else if best[one + 1][other] >= best[one][other + 1] {
            pairs.push((Some(old[one]), None));
            one += 1;
        } else {
            pairs.push((None, Some(new[other])));
            other += 1;
        }
    }
    pairs.extend(alone(&old[one..], &new[other..]));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kept words plain, removed ones in brackets, added ones in braces.
    fn shown(pieces: &[Piece]) -> String {
        let mut shown = String::new();
        for piece in pieces {
            match piece.change {
                Change::Kept => shown.push_str(&piece.text),
                Change::Removed => shown.push_str(&format!("[{}]", piece.text)),
                Change::Added => shown.push_str(&format!("{{{}}}", piece.text)),
            }
        }
        shown
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(shown(&differences(old, new)), expected);
    }

    #[test]
    fn words_that_went_and_came_are_told_apart() {
        check("We will stay open.", "We will stay open.", "We will stay open.");
        check(
            "We will stay open.",
            "We may stay open.",
            "We [will ]{may }stay open.",
        );
        check("We stay.", "We stay here.", "We [stay.]{stay here.}");
        check("", "New words", "{New words}");
        check("Old", "", "[Old]");
        check("one  two", "one two", "one two");
    }

    #[test]
    fn a_wording_is_like_another_by_the_words_in_order() {
        let likeness = |one: &str, other: &str| Wording::of(one).likeness(&Wording::of(other));
        assert_eq!(likeness("We won’t stop, José!", "we won't stop jose"), 1.0);
        assert_eq!(likeness("a b c d", "e f g h"), 0.0);
        assert_eq!(likeness("the ferry stays open", "the ferry is open"), 0.75);
        assert_eq!(likeness("", ""), 1.0);
    }

    #[test]
    fn a_wording_is_found_in_a_text_that_changed_a_word() {
        let text = "The mayor spoke. The landing will be wholly rebuilt before summer, she said.";
        let wording = Wording::of("the landing will be rebuilt before summer");
        let (place, share) = wording.found_in(&Wording::of(text)).expect("found");
        assert_eq!(&text[place], "The landing will be wholly rebuilt before summer");
        assert_eq!(share, 1.0);
        // A sentence may have been left out within.
        let text = "It went. We asked politely. We asked twice in writing. Now we ask with the law. And it was asked.";
        let cut = Wording::of("We asked politely. Now we ask with the law");
        let (place, share) = cut.found_in(&Wording::of(text)).expect("found");
        assert!(text[place.clone()].starts_with("We asked politely") && share == 1.0);
        assert!(text[place].ends_with("with the law"));
        // A small word that stands far behind by chance is no part of it.
        let text = "The landing will be wholly rebuilt before the mayor speaks of any summer";
        let (place, _) = wording.found_in(&Wording::of(text)).expect("found");
        assert_eq!(&text[place], "The landing will be wholly rebuilt before");
        assert_eq!(wording.found_in(&Wording::of("Nothing of the kind.")), None);
        assert_eq!(Wording::default().found_in(&wording), None);
    }

    #[test]
    fn a_changed_paragraph_stands_beside_what_it_was() {
        let old = [
            "One stays.",
            "The ferry runs every day of the week.",
            "Gone for good.",
        ];
        let new = [
            "One stays.",
            "Quite new.",
            "The ferry runs on every other day of the week.",
        ];
        let shown: Vec<String> = revised(&old, &new).iter().map(|pieces| shown(pieces)).collect();
        assert_eq!(
            shown,
            [
                "One stays.",
                "{Quite new.}",
                "The ferry runs {on }every {other }day of the week.",
                "[Gone for good.]",
            ]
        );
    }

    #[test]
    fn a_paragraph_that_stands_elsewhere_was_moved() {
        let old = ["Ana Lima: “Yes.”", "Boris Cruz: “No.”", "That was all."];
        let with = |lima: &'static str| ["Boris Cruz: “No.”", lima, "Quite new.", "That was all."];
        let compared = revised(&old, &with("Ana  Lima: “Yes.” "));
        let moves = moved(&compared);
        assert_eq!(moves.len(), 1, "{compared:?}");
        let text = |at: usize| Wording::of(&compared[at][0].text).words().join(" ");
        assert_eq!(text(moves[0].from), text(moves[0].to));
        // Marks that went with it are a change that must be seen.
        for other in ["Ana Lima: Yes.", "Ana Lima: “Yes?”"] {
            assert!(moved(&revised(&old, &with(other))).is_empty(), "{other}");
        }
        assert!(moved(&revised(&old, &["Quite new."])).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn pieces_join_to_both_texts(old in "[ab ]{0,30}", new in "[ab ]{0,30}") {
            let pieces = differences(&old, &new);
            let joined = |skipped: Change| -> Vec<String> {
                let kept = pieces.iter().filter(|piece| piece.change != skipped);
                let text: String = kept.map(|piece| format!("{} ", piece.text)).collect();
                text.split_whitespace().map(str::to_string).collect()
            };
            let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_string).collect() };
            proptest::prop_assert_eq!(joined(Change::Removed), words(&new));
            proptest::prop_assert_eq!(joined(Change::Added), words(&old));
        }
    }
}
