//! What the headline of an office's text says that it is. A release tells of letters and notices as well ("Letter from Albany
//! prompts review"), so that the words have to be a name and not the beginning of a sentence.

use super::shape;

/// Articles, which change nothing: "Notice of a Public Hearing".
const ARTICLES: [&str; 3] = ["a", "an", "the"];
/// Marks that part a headline.
const MARKS: [char; 8] = [':', '–', '—', '-', '|', ',', '(', ';'];

/// A headline in its words without capitals and articles.
pub(super) struct Heading {
    words: Vec<Word>,
}

struct Word {
    folded: String,
    is_capital: bool,
    /// Whether a mark stands behind it, and whether that is a colon or a bar.
    is_before_mark: bool,
    is_label: bool,
}

impl Heading {
    pub(super) fn of(title: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut at = 0;
        while let Some(start) = title[at..].find(char::is_alphanumeric) {
            let start = at + start;
            let end = title[start..]
                .find(|c: char| !c.is_alphanumeric())
                .map_or(title.len(), |end| start + end);
            let behind = title[end..]
                .find(char::is_alphanumeric)
                .map_or("", |next| &title[end..end + next]);
            let word = &title[start..end];
            at = end;
            let folded = word.to_lowercase();
            if !ARTICLES.contains(&folded.as_str()) {
                words.push(Word {
                    folded,
                    is_capital: word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
                    is_before_mark: behind.contains(MARKS),
                    is_label: behind.contains([':', '|']),
                });
            }
        }
        Self { words }
    }

    /// Whether it is these words, or a part of it before or behind a colon is, or what they are about follows. Behind "no" stands
    /// a number.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.ends_of(name, true).any(|end| {
            if name.ends_with(" no") {
                let number = self.words.get(end).map(|word| word.folded.as_str());
                return number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
            }
            end == self.words.len() || self.goes_on_about(end)
        })
    }

    /// Whether it begins with these words, or the part behind a colon does, and a name follows.
    pub(super) fn begins_with(&self, words: &str) -> bool {
        self.ends_of(words, true)
            .any(|end| self.words.get(end).is_some_and(|word| word.is_capital))
    }

    /// Whether these words stand in it and what they are about follows; a financial statement is none.
    pub(super) fn speaks_of(&self, words: &str) -> bool {
        let count = words.split(' ').count();
        let is_other = |end: usize| {
            let before = end.checked_sub(count + 1).map(|at| &self.words[at].folded);
            before.is_some_and(|before| shape::is_listed("other", before))
        };
        self.ends_of(words, false)
            .any(|end| end < self.words.len() && self.goes_on_about(end) && !is_other(end))
    }

    fn goes_on_about(&self, end: usize) -> bool {
        self.words[end - 1].is_before_mark
            || self
                .words
                .get(end)
                .is_some_and(|word| shape::is_listed("about", &word.folded))
    }

    /// Where these words end, at the beginning of a part only or anywhere.
    fn ends_of<'h>(&'h self, words: &str, begins: bool) -> impl Iterator<Item = usize> + 'h {
        let sought: Vec<String> = words
            .split(' ')
            .filter(|word| !ARTICLES.contains(word))
            .map(str::to_owned)
            .collect();
        (0..self.words.len()).filter_map(move |at| {
            let may_begin = !begins || at == 0 || self.words[at - 1].is_label;
            let found = self.words.get(at..at + sought.len())?;
            let is_same = found
                .iter()
                .zip(&sought)
                .all(|(word, sought)| word.folded == *sought);
            (may_begin && is_same).then_some(at + sought.len())
        })
    }
}
