//! Where in a text the words of a query stand.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use tantivy::tokenizer::TextAnalyzer;

use super::cut::MAX_TERM_BYTES;
use super::query::Expr;
use super::{terms, words};

/// Bytes of a long text that are looked at first.
const FIRST_LOOK: usize = 2_048;

/// The words and phrases that a query asks for, ready to be found in texts.
pub(super) struct Highlighter {
    stems: HashSet<String>,
    starts: Vec<String>,
    phrases: Vec<Vec<String>>,
    /// Texts of which the words in common are marked.
    pasted: Vec<Vec<String>>,
}

impl Highlighter {
    pub(super) fn of(expr: &Expr) -> Self {
        let mut highlighter = Self {
            stems: HashSet::new(),
            starts: Vec::new(),
            phrases: Vec::new(),
            pasted: Vec::new(),
        };
        highlighter.add(expr);
        highlighter
    }

    fn add(&mut self, expr: &Expr) {
        let plain = |text: &str| -> Vec<String> {
            terms::terms(terms::plain(), text)
                .into_iter()
                .map(|(word, _)| word)
                .collect()
        };
        match expr {
            Expr::Word(word) => match terms::terms(terms::stemmed(), word).as_slice() {
                [(stem, _)] => drop(self.stems.insert(stem.clone())),
                _ => self.phrases.push(plain(word)),
            },
            Expr::Prefix(start) => self.starts.extend(plain(start)),
            Expr::Phrase(text) | Expr::Exact(text) => self.phrases.push(plain(text)),
            Expr::Near(one, other, _) => self.phrases.extend([plain(one), plain(other)]),
            Expr::Like(text) => self.pasted.push(plain(text)),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| self.add(part)),
            // What is left out, and names and days, stand in no text that is shown.
            Expr::Not(_) | Expr::Named(..) | Expr::Id(..) | Expr::Days(..) | Expr::AsOf(_) | Expr::All => {}
        }
        self.phrases.retain(|phrase| !phrase.is_empty());
    }

    /// The marks up to so many bytes behind the first one, and perhaps more: no more is shown of a long text.
    pub(super) fn first_marks(&self, text: &str, within: usize) -> Vec<Range<usize>> {
        let mut looked_at = FIRST_LOOK;
        while looked_at < text.len() {
            let beginning = &text[..text.floor_char_boundary(looked_at)];
            let marks = self.marks(beginning);
            // What the cut falls into lies behind what is shown.
            if marks
                .first()
                .is_some_and(|first| first.start + within < beginning.len())
            {
                return marks;
            }
            looked_at *= 4;
        }
        self.marks(text)
    }

    /// The bytes to mark, in order and apart from each other.
    pub(super) fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let words = self.words(text);
        let mut marked = vec![false; words.len()];
        let mut stemmer = terms::stemmed();
        for (index, word) in words.iter().enumerate() {
            marked[index] |= self.has_stem_of(&word.folded, &mut stemmer);
            marked[index] |= self.starts.iter().any(|start| word.folded.starts_with(start));
            for phrase in &self.phrases {
                if is_run(text, &words[index..], phrase) {
                    marked[index..index + phrase.len()].fill(true);
                }
            }
        }
        for pasted in &self.pasted {
            shared(text, pasted, &words, &mut marked);
        }
        let marked = words.into_iter().zip(marked).filter(|(_, is)| *is);
        joined(text, marked.map(|(word, _)| word.range))
    }

    /// The words of a text, as the index cuts them, that may be asked for. Most begin unlike anything that is, and are not
    /// looked at further than their first letter.
    fn words<'a>(&self, text: &'a str) -> Vec<Word<'a>> {
        let beginnings = Beginnings::of(self.asked_for());
        let mut folding = terms::plain();
        let mut words = Vec::new();
        let mut looked_at = 0;
        while let Some(start) = beginnings.next(text.as_bytes(), looked_at) {
            if !words::begins(text, start) {
                looked_at = start + 1;
                continue;
            }
            looked_at = words::end(text, start);
            let word = &text[start..looked_at];
            let folded = match word.is_ascii() {
                true if word.len() < MAX_TERM_BYTES => Some(lower_case(word)),
                _ => terms::first_term(&mut folding, word).map(Cow::Owned),
            };
            words.extend(folded.map(|folded| Word {
                folded,
                range: start..looked_at,
            }));
        }
        words
    }

    /// Every word, stem or beginning that is asked for.
    fn asked_for(&self) -> impl Iterator<Item = &String> {
        let phrases = self.phrases.iter().chain(&self.pasted).flatten();
        self.stems.iter().chain(&self.starts).chain(phrases)
    }

    /// Whether a word is a form of one that is asked for. No stem begins otherwise than its word, so that most words of a
    /// text need not be stemmed.
    fn has_stem_of(&self, word: &str, stemmer: &mut TextAnalyzer) -> bool {
        let first = word.chars().next();
        self.stems.iter().any(|stem| stem.chars().next() == first)
            && terms::first_term(stemmer, word).is_some_and(|stem| self.stems.contains(&stem))
    }
}

/// A word of a text.
struct Word<'a> {
    /// As the index keeps it.
    folded: Cow<'a, str>,
    range: Range<usize>,
}

impl Word<'_> {
    /// Whether no other word of the text stands between this one and a later one.
    fn is_next_to(&self, later: &Word, text: &str) -> bool {
        !text[self.range.end..later.range.start].contains(char::is_alphanumeric)
    }
}

/// Of each byte whether a word that may be asked for begins with it, and whether a word may begin behind it, as 1 and 0.
struct Beginnings {
    begins: [u8; 256],
    behind: [u8; 256],
}

impl Beginnings {
    fn of<'a>(asked_for: impl Iterator<Item = &'a String>) -> Self {
        // What folding makes of letters beyond ASCII is not told by the first of their bytes; and what it leaves beyond ASCII
        // begins no word that does not.
        let mut begins = std::array::from_fn(|byte| u8::from(byte >= 0xC0));
        for byte in asked_for.filter_map(|word| word.bytes().next()) {
            begins[usize::from(byte.to_ascii_lowercase())] = 1;
            begins[usize::from(byte.to_ascii_uppercase())] = 1;
        }
        let behind = std::array::from_fn(|byte| u8::from(!(byte as u8).is_ascii_alphanumeric()));
        Self { begins, behind }
    }

    /// The first place from one on where a word may begin; where a letter beyond ASCII stands there or before, perhaps none does.
    fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let is_here =
            |before: u8, byte: u8| self.begins[usize::from(byte)] & self.behind[usize::from(before)];
        let mut before = from.checked_sub(1).map_or(b' ', |before| text[before]);
        let mut at = from;
        // Texts are long and few words begin so: of eight bytes at once it is told, without a branch a letter, that none does.
        let (eights, _) = text[from..].as_chunks::<8>();
        for eight in eights {
            let mut last = before;
            let mut any = 0;
            for byte in eight {
                any |= is_here(last, *byte);
                last = *byte;
            }
            if any != 0 {
                break;
            }
            before = last;
            at += eight.len();
        }
        text[at..]
            .iter()
            .position(|byte| {
                let is_first = is_here(before, *byte) != 0;
                before = *byte;
                is_first
            })
            .map(|behind| at + behind)
    }
}

/// A word of plain letters as the index keeps it.
fn lower_case(word: &str) -> Cow<'_, str> {
    match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(word.to_ascii_lowercase()),
        false => Cow::Borrowed(word),
    }
}

/// Whether a phrase begins with the first of these words and goes on with the next ones of the text.
fn is_run(text: &str, words: &[Word], phrase: &[String]) -> bool {
    let Some(words) = words.get(..phrase.len()) else {
        return false;
    };
    words
        .iter()
        .zip(phrase)
        .all(|(word, asked)| word.folded == *asked)
        && words.windows(2).all(|pair| pair[0].is_next_to(&pair[1], text))
}

/// Marks the words that a text shares with a pasted one in runs of two and more.
fn shared(text: &str, pasted: &[String], words: &[Word], marked: &mut [bool]) {
    let pairs: HashSet<(&str, &str)> = pasted
        .windows(2)
        .map(|pair| (pair[0].as_str(), pair[1].as_str()))
        .collect();
    for (index, pair) in words.windows(2).enumerate() {
        let (one, next) = (&pair[0], &pair[1]);
        if pairs.contains(&(&*one.folded, &*next.folded)) && one.is_next_to(next, text) {
            marked[index..index + 2].fill(true);
        }
    }
}

/// Ranges that only space and marks part are shown as one.
fn joined(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if !text[last.end..range.start].contains(char::is_alphanumeric) => {
                last.end = range.end
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// About `length` bytes of a text around its first mark, cut between words.
pub(super) fn snippet(text: &str, marks: &[Range<usize>], length: usize) -> Range<usize> {
    let first = marks.first().map_or(0, |mark| mark.start);
    let mut start = text.floor_char_boundary(first.saturating_sub(length / 3));
    if start > 0 {
        // Not in the middle of a word, and never past the mark.
        let gap = text[start..first]
            .find(char::is_whitespace)
            .map_or(0, |gap| gap + 1);
        start = text.ceil_char_boundary(start + gap);
    }
    let mut end = text.floor_char_boundary((start + length).min(text.len()));
    if end < text.len() {
        let last_mark = marks
            .iter()
            .map(|mark| mark.end)
            .filter(|mark_end| *mark_end <= end)
            .max();
        let gap = text[start..end].rfind(char::is_whitespace).map(|gap| start + gap);
        end = gap.unwrap_or(end).max(last_mark.unwrap_or(start));
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Query;

    #[track_caller]
    fn check(query: &str, text: &str, marked: &[&str]) {
        let query = Query::parse(query, jiff::civil::date(2026, 2, 13)).expect("a query");
        let marks = Highlighter::of(&query.expr).marks(text);
        let found: Vec<&str> = marks.into_iter().map(|mark| &text[mark]).collect();
        assert_eq!(found, marked);
    }

    #[test]
    fn words_are_marked_in_any_form_and_phrases_as_printed() {
        check(
            "harbour",
            "The Harbours, the harbour’s wall",
            &["Harbours", "harbour"],
        );
        check("\"less safe\"", "far less safe; safe, less so", &["less safe"]);
        check("\"less safe\"", "less very safe, less — safe", &["less — safe"]);
        check("won't", "They won’t go", &["won’t"]);
        check("ferr*", "Ferries and a ferry", &["Ferries", "ferry"]);
    }

    #[test]
    fn letters_beyond_ascii_are_folded_before_they_are_compared() {
        check("elysee", "L’Élysée et ÉLYSÉE", &["Élysée", "ÉLYSÉE"]);
        check("æther", "An aether of Æther", &["aether", "Æther"]);
        check("\"straße frei\"", "STRASSE FREI, die Straße", &["STRASSE FREI"]);
    }

    #[test]
    fn what_is_left_out_is_not_marked() {
        check(
            "ferry -harbour speaker:lima",
            "a ferry in the harbour, Lima",
            &["ferry"],
        );
    }

    #[test]
    fn the_first_marks_of_a_long_text_are_those_of_all_of_it() {
        let query = Query::parse("\"less safe\" OR ferry", jiff::civil::date(2026, 2, 13)).expect("a query");
        let highlighter = Highlighter::of(&query.expr);
        for straw in [0, 300, 339, 340, 341, 342, 400, 1_400, 3_000] {
            let text = format!(
                "{}less safe ferry{}",
                "straw ".repeat(straw),
                " é less safe".repeat(900)
            );
            let marks = highlighter.marks(&text);
            let first = highlighter.first_marks(&text, 320);
            let shown = snippet(&text, &marks, 320);
            assert_eq!(shown, snippet(&text, &first, 320), "{straw}");
            let within = |marks: Vec<Range<usize>>| -> Vec<Range<usize>> {
                marks.into_iter().filter(|mark| mark.end <= shown.end).collect()
            };
            assert_eq!(within(marks), within(first), "{straw}");
        }
        assert!(highlighter.first_marks(&"straw ".repeat(5_000), 320).is_empty());
    }

    #[test]
    fn a_snippet_shows_the_first_mark_and_cuts_between_words() {
        let text = format!("{} needle {}", "straw ".repeat(100), "straw ".repeat(100));
        let marks = Highlighter::of(
            &Query::parse("needle", jiff::civil::date(2026, 2, 13))
                .expect("a query")
                .expr,
        )
        .marks(&text);
        let shown = &text[snippet(&text, &marks, 60)];
        assert!(shown.contains("needle") && shown.len() <= 60, "{shown}");
        assert!(shown.starts_with("straw") && shown.ends_with("straw"), "{shown}");
        let unbroken = "é".repeat(500);
        assert!(!unbroken[snippet(&unbroken, &[], 61)].is_empty());
    }
}
