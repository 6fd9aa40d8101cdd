//! Two printings of the same words beside each other: sentence by sentence, word by word, in whatever spelling.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::aligned::runs;
use super::spelling;
use super::wording::{Change, Piece, Wording, partners, printed};

mod parts;

pub use parts::parted;

/// What ends a clause.
pub(super) const CLAUSE_MARKS: [char; 9] = ['.', '!', '?', ',', ';', ':', '—', '–', '…'];

/// Sentences of which each is compared with each; what has more is compared as a whole.
const MOST_SENTENCES: usize = 24;

/// What one printing of some words has that another has not; marks and capitals, which every paper sets by its own rules,
/// make no difference. What is only spelled otherwise goes and comes like other words: [`super::differing`] tells it apart.
pub fn reworded(old: &str, new: &str) -> Vec<Piece> {
    let whole = aligned(old, new);
    let (before, after) = (sentences(old), sentences(new));
    let most = before.len().max(after.len());
    if !(2..=MOST_SENTENCES).contains(&most) {
        return whole.pieces;
    }
    // A "not" that went with its sentence would seem to stay where it came into the next one.
    let pairs = partners(&before, &after);
    let mut by_sentences = Aligned::default();
    for (gone, come) in pairs {
        by_sentences.extend(aligned(gone.unwrap_or_default(), come.unwrap_or_default()));
    }
    // Where sentences were joined or cut in two, more words stay than in any one of them.
    match by_sentences.kept >= whole.kept {
        true => joined(by_sentences.pieces),
        false => whole.pieces,
    }
}

/// Two texts word by word, and how many words stayed in any spelling.
#[derive(Default)]
struct Aligned {
    pieces: Vec<Piece>,
    kept: usize,
}

impl Aligned {
    fn extend(&mut self, more: Aligned) {
        self.pieces.extend(more.pieces);
        self.kept += more.kept;
    }
}

/// A word as printed, and its forms.
struct Printed<'t> {
    text: &'t str,
    forms: Vec<String>,
}

fn words(text: &str) -> Vec<Printed<'_>> {
    let of = in_brackets_together(text).into_iter().map(|text| {
        if text.starts_with('[') && text.trim_end().contains(char::is_whitespace) {
            // What was set in the place of other words shares none with them.
            let forms = vec![text.trim_end().to_owned()];
            return Printed { text, forms };
        }
        let forms = spelling::forms(text);
        Printed {
            text,
            // Marks alone are compared as they are.
            forms: match forms.is_empty() {
                true => vec![text.trim().to_owned()],
                false => forms,
            },
        }
    });
    of.collect()
}

/// The words as printed; several in one pair of brackets are one.
fn in_brackets_together(text: &str) -> Vec<&str> {
    let mut together: Vec<&str> = Vec::new();
    let (mut begin, mut at) = (0, 0);
    for word in printed(text) {
        at += word.len();
        let so_far = &text[begin..at];
        let is_open = so_far.starts_with('[') && !so_far.contains(']') && text[at..].contains(']');
        if !is_open {
            together.push(so_far);
            begin = at;
        }
    }
    together.extend((begin < text.len()).then(|| &text[begin..]));
    together
}

/// The forms of all words, each with the word that it is of.
fn forms<'w>(words: &'w [Printed<'_>]) -> (Vec<&'w str>, Vec<usize>) {
    let all = words.iter().enumerate();
    all.flat_map(|(at, word)| word.forms.iter().map(move |form| (form.as_str(), at)))
        .unzip()
}

fn aligned(old: &str, new: &str) -> Aligned {
    let (before, after) = (words(old), words(new));
    let ((old_forms, old_words), (new_forms, new_words)) = (forms(&before), forms(&after));
    // The forms that stayed, as the words that they are of.
    let mut links: Vec<(usize, usize)> = Vec::new();
    for run in runs(&old_forms, &new_forms).into_iter().filter(|run| run.is_same) {
        let places = run.old.zip(run.new);
        links.extend(places.map(|(one, other)| (old_words[one], new_words[other])));
    }
    let kept = links.len();
    let mut pieces = Vec::new();
    let (mut gone, mut come) = (0, 0);
    for (old_word, new_word) in links {
        let (one, other) = (&before[old_word], &after[new_word]);
        // A word of which only a part stayed ("won't", "will") went, and so did one that is spelled otherwise.
        if old_word < gone || new_word < come || !is_same(one, other) {
            continue;
        }
        push(&mut pieces, Change::Removed, &before[gone..old_word]);
        push(&mut pieces, Change::Added, &after[come..new_word]);
        push(&mut pieces, Change::Kept, &after[new_word..=new_word]);
        (gone, come) = (old_word + 1, new_word + 1);
    }
    push(&mut pieces, Change::Removed, &before[gone..]);
    push(&mut pieces, Change::Added, &after[come..]);
    Aligned {
        pieces: slid(joined(pieces)),
        kept,
    }
}

/// The same pieces, where what went or came begins and ends alike with what stayed around it ("I do not ask, but |I| will go"): it is
/// told where a clause begins, or a "not" of another clause would seem to have been taken out of this one.
fn slid(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for at in 1..pieces.len().saturating_sub(1) {
        let is_alone = pieces[at].change != Change::Kept
            && [at - 1, at + 1]
                .iter()
                .all(|beside| pieces[*beside].change == Change::Kept);
        if let Some(count) = is_alone.then(|| slides_by(&pieces, at)).flatten() {
            slide(&mut pieces, at, count);
        }
    }
    pieces.retain(|piece| !piece.text.is_empty());
    joined(pieces)
}

/// By how many words a piece is slid back, so that it begins where a clause does.
fn slides_by(pieces: &[Piece], at: usize) -> Option<usize> {
    let begins_clause = |before: &[&str]| match before.last() {
        None => at == 1,
        Some(word) => word.trim_end().ends_with(CLAUSE_MARKS),
    };
    let (before, own) = (printed(&pieces[at - 1].text), printed(&pieces[at].text));
    if begins_clause(&before) {
        return None;
    }
    let alike = before.iter().rev().zip(own.iter().rev());
    // Marks alone have no words that could be alike.
    let alike = alike.take_while(|(one, other)| {
        let (one, other) = (Wording::of(one), Wording::of(other));
        !one.is_empty() && one.words() == other.words()
    });
    (1..=alike.count()).find(|count| begins_clause(&before[..before.len() - count]))
}

/// Slides a piece back by so many words, which stand before it and at its end alike. What came stays in the order of the new text,
/// and what stayed as it is printed there.
fn slide(pieces: &mut [Piece], at: usize, count: usize) {
    let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let last = |text: &str| {
        let words = printed(text);
        text.len() - length(&words[words.len() - count..])
    };
    let mut before = std::mem::take(&mut pieces[at - 1].text);
    let moved = before.split_off(last(&before));
    let mut own = std::mem::take(&mut pieces[at].text);
    let ending = own.split_off(last(&own));
    let (front, kept) = match pieces[at].change {
        Change::Removed => (ending, moved),
        _ => (moved, ending),
    };
    pieces[at - 1].text = before;
    pieces[at].text = front + &own;
    pieces[at + 1].text.insert_str(0, &kept);
}

/// Whether two words are printed alike but for marks and capitals.
fn is_same(one: &Printed<'_>, other: &Printed<'_>) -> bool {
    let plain = |word: &Printed<'_>| Wording::of(word.text).words().concat();
    one.forms == other.forms && (plain(one) == plain(other))
}

fn push(pieces: &mut Vec<Piece>, change: Change, words: &[Printed<'_>]) {
    if !words.is_empty() {
        pieces.push(Piece {
            change,
            text: words.iter().map(|word| word.text).collect(),
        });
    }
}

/// The same pieces, neighbours of one change as one.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if last.change == piece.change => last.text.push_str(&piece.text),
            _ => joined.push(piece),
        }
    }
    joined
}

/// The sentences of a text, each with the space behind it. Where one is cut in two the other is as well, so that an
/// abbreviation in front of a name does no harm.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let (mut start, mut at) = (0, 0);
    for word in printed(text) {
        at += word.len();
        let is_next_begun = text[at..].starts_with(|c: char| !c.is_lowercase());
        if ends_sentence(word) && is_next_begun {
            sentences.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        sentences.push(&text[start..]);
    }
    sentences
}

/// Whether a text as printed ends a sentence.
pub(super) fn ends_sentence(printed: &str) -> bool {
    let text = printed
        .trim_end()
        .trim_end_matches(['"', '”', '’', '\'', '»', ')']);
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let short = Wording::of(last).words().concat() + ".";
    text.ends_with(['.', '!', '?']) && !TITLES.contains(short.as_str())
}

/// Titles before names.
static TITLES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("rewording/titles.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Whether a word is a title that stands before names.
pub(super) fn is_title(printed: &str) -> bool {
    let word = Wording::of(printed).words().concat();
    TITLES.contains(word.as_str()) || TITLES.contains(format!("{word}.").as_str())
}

/// The share of the longer one's words up to which a shorter printing is a part and no other wording.
const SHORTENED: f32 = 0.75;

/// Whether of two printings with so many words one can only be a part of the other.
pub fn is_part(one: usize, other: usize) -> bool {
    one.min(other) as f32 / one.max(other).max(1) as f32 <= SHORTENED
}

#[cfg(test)]
/// Kept words plain, removed ones in brackets, added ones in braces.
fn shown(pieces: &[Piece]) -> String {
    let shown = pieces.iter().map(|piece| match piece.change {
        Change::Kept => piece.text.clone(),
        Change::Removed => format!("[{}]", piece.text),
        Change::Added => format!("{{{}}}", piece.text),
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(shown(&reworded(old, new)), expected);
    }

    #[test]
    fn marks_and_capitals_make_no_difference_and_spellings_are_shown() {
        check("The “bed.” Now", "the bed, now", "the bed, now");
        check("We won’t go", "We will not go", "We [won’t ]{will not }go");
        check("We won’t go", "We will go", "We [won’t ]{will }go");
        check("[w]e go there", "We go there", "We go there");
        check(
            "call 911, and wait",
            "call 911, and go",
            "call 911, and [wait]{go}",
        );
    }

    #[test]
    fn what_went_begins_where_a_clause_does() {
        check(
            "I did not ask for this fight, but I will not run from it",
            "I will not run from it",
            "[I did not ask for this fight, but ]I will not run from it",
        );
        check(
            "We go. I will wait.",
            "We go. I will not pay, and I will wait.",
            "We go. {I will not pay, and }I will wait.",
        );
        // Nothing slides where no clause begins.
        check(
            "a very very old boat",
            "a very old boat",
            "a very [very ]old boat",
        );
    }

    #[test]
    fn sentences_are_compared_with_what_became_of_them() {
        check(
            "The dam is sound. The gates are not. We know.",
            "The dam is not sound. We know.",
            "The dam is {not }sound. [The gates are not. ]We know.",
        );
        // Two that became one share more words with both.
        check(
            "We ride on boats. We fish in rivers.",
            "We ride on boats and we fish in rivers.",
            "We ride on boats {and }we fish in rivers.",
        );
    }

    proptest::proptest! {
        #[test]
        fn pieces_join_to_both_texts(old in "[ab’. n't%]{0,40}", new in "[ab’. n't%]{0,40}") {
            let pieces = reworded(&old, &new);
            let words = |skipped: Change| -> Vec<String> {
                let of = pieces.iter().filter(|piece| piece.change != skipped);
                of.flat_map(|piece| piece.text.split_whitespace().map(str::to_owned)).collect()
            };
            let split = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
            proptest::prop_assert_eq!(words(Change::Removed), split(&new));
            let forms = |words: Vec<String>| -> Vec<String> {
                words.iter().flat_map(|word| spelling::forms(word)).collect()
            };
            proptest::prop_assert_eq!(forms(words(Change::Added)), forms(split(&old)));
        }
    }
}
