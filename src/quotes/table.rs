//! Words with what is known of them, where every word of a text is looked up.

use super::lexicon::{Word, Words};

/// Places for each word: so many that most words which are not there meet an empty one first.
const ROOM: usize = 4;

/// A table that is only asked once it is made.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// At the place that a word's bits tell, or the next free one behind it, which entry is its own.
    places: Vec<u16>,
    /// The first one is that of all other words.
    entries: Vec<(Word, T)>,
}

impl<T: Copy + Default> Default for Table<T> {
    fn default() -> Self {
        Self::of(Words::default())
    }
}

impl<T: Copy + Default> Table<T> {
    pub(super) fn of(words: Words<T>) -> Self {
        let mut table = Self {
            places: vec![0; (ROOM * words.len()).next_power_of_two()],
            entries: vec![(Word::default(), T::default())],
        };
        let mask = table.places.len() - 1;
        for (word, known) in words {
            let mut place = word.place(mask);
            while table.places[place] != 0 {
                place = (place + 1) & mask;
            }
            table.places[place] = u16::try_from(table.entries.len()).expect("a language has few words");
            table.entries.push((word, known));
        }
        table
    }

    /// What is known of a word. Whether anything is tells no branch: as many words of a text are known as are not.
    #[inline]
    pub(super) fn get(&self, word: Word) -> T {
        let mask = self.places.len() - 1;
        let mut place = word.place(mask);
        loop {
            let entry = usize::from(self.places[place]);
            let (known, value) = self.entries[entry];
            if (entry == 0) | (known == word) {
                return value;
            }
            place = (place + 1) & mask;
        }
    }

    /// All that is known.
    #[cfg(test)]
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.entries[1..].iter().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let word = |number: usize| Word::of(&format!("word{number}"));
        for count in [0, 1, 2, 500] {
            let words = (0..count).map(|number| (word(number), number + 1));
            let table = Table::of(words.collect());
            for number in 0..2000 {
                let expected = if number < count { number + 1 } else { 0 };
                assert_eq!(table.get(word(number)), expected);
            }
        }
        assert_eq!(Table::<usize>::default().get(word(0)), 0);
    }
}
