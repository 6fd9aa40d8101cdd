//! Words with what is known of them, where every word of a text is looked up.

use super::lexicon::{Word, Words};

/// Places for each word: so many that most words which are not there meet an empty one first.
const ROOM: usize = 4;

/// A table that is only asked once it is made.
#[derive(Debug, Default)]
pub(super) struct Table<T> {
    /// At the place that a word's bits tell, or the next free one behind it, which entry is its own, counted from one.
    places: Vec<u16>,
    entries: Vec<(Word, T)>,
}

impl<T> Table<T> {
    pub(super) fn of(words: Words<T>) -> Self {
        let mut table = Self {
            places: vec![0; (ROOM * words.len()).next_power_of_two()],
            entries: Vec::with_capacity(words.len()),
        };
        let mask = table.places.len() - 1;
        for (word, known) in words {
            let mut place = word.place(mask);
            while table.places[place] != 0 {
                place = (place + 1) & mask;
            }
            table.entries.push((word, known));
            table.places[place] = u16::try_from(table.entries.len()).expect("a language has few words");
        }
        table
    }

    /// What is known of a word.
    #[inline]
    pub(super) fn get(&self, word: Word) -> Option<&T> {
        let mask = self.places.len().checked_sub(1)?;
        let mut place = word.place(mask);
        loop {
            let entry = usize::from(self.places[place]).checked_sub(1)?;
            let (known, value) = &self.entries[entry];
            if *known == word {
                return Some(value);
            }
            place = (place + 1) & mask;
        }
    }

    /// All that is known.
    #[cfg(test)]
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let word = |number: usize| Word::of(&format!("word{number}"));
        for count in [0, 1, 2, 500] {
            let table = Table::of((0..count).map(|number| (word(number), number)).collect());
            for number in 0..count {
                assert_eq!(table.get(word(number)), Some(&number));
            }
            for number in count..2000 {
                assert_eq!(table.get(word(number)), None);
            }
        }
        assert_eq!(Table::<usize>::default().get(word(0)), None);
    }
}
