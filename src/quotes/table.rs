//! Words with what is known of them, where every word of a text is looked up.

use super::word::{Word, Words};

/// The most words of a bucket: as many as one number has bytes.
const LANES: usize = 8;
/// Words for each bucket when there are as few of these as can be.
const FILLED: usize = 3;
/// How many places of the bits that tell a word's bucket are tried before there are twice as many buckets.
const SHIFTS: u32 = 32;

/// A table that is only asked once it is made. A byte of each word tells where among those of its bucket it stands, so that few entries are
/// looked at that are another word's, and whether anything is known of a word tells no branch: as many words of a text are known as
/// are not.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// From which bit of a word on its bucket is told.
    shift: u32,
    /// The bytes of the words of each bucket, nought where there is none.
    tags: Vec<u64>,
    /// Where the entries of each bucket begin.
    firsts: Vec<u16>,
    /// The first one is that of all other words; behind the last there is room for a whole bucket.
    entries: Vec<(Word, T)>,
}

impl<T: Copy + Default> Default for Table<T> {
    fn default() -> Self {
        Self::of(Words::default())
    }
}

impl<T: Copy + Default> Table<T> {
    pub(super) fn of(words: Words<T>) -> Self {
        let least = (words.len() / FILLED + 1).next_power_of_two();
        let counts = (0..usize::BITS).map(|twice| least << twice);
        let mut sorts = counts.flat_map(|count| (0..SHIFTS).map(move |shift| (count, shift)));
        let sorted = sorts.find_map(|(count, shift)| Some((shift, buckets(&words, count, shift)?)));
        let (shift, buckets) = sorted.expect("some number of buckets is enough");
        let mut table = Self {
            shift,
            tags: Vec::with_capacity(buckets.len()),
            firsts: Vec::with_capacity(buckets.len()),
            entries: vec![(Word::default(), T::default())],
        };
        for bucket in buckets {
            let first = u16::try_from(table.entries.len()).expect("a language has few words");
            let mut tags = [0; LANES];
            for (tag, word) in tags.iter_mut().zip(&bucket) {
                *tag = word.tag();
                table.entries.push((*word, words[word]));
            }
            table.firsts.push(first);
            table.tags.push(u64::from_le_bytes(tags));
        }
        let behind = table.entries.len() + LANES;
        table.entries.resize(behind, (Word::default(), T::default()));
        table
    }

    /// What is known of a word.
    #[inline]
    pub(super) fn get(&self, word: Word) -> T {
        let bucket = word.place(self.shift, self.tags.len() - 1);
        let first = usize::from(self.firsts[bucket]);
        let mut alike = noughts(self.tags[bucket] ^ u64::from_le_bytes([word.tag(); LANES]));
        loop {
            let lane = (alike.trailing_zeros() / 8) as usize;
            // No word is asked for where none is alike: that is the first entry's.
            let (entry, asked) = match alike {
                0 => (0, Word::default()),
                _ => (first + lane, word),
            };
            let (known, value) = self.entries[entry];
            if known == asked {
                return value;
            }
            // Another word of the bucket has the same byte.
            alike &= alike - 1;
        }
    }

    /// All that is known.
    #[cfg(test)]
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.entries[1..].iter().map(|(_, value)| value)
    }
}

/// Words in a number of buckets, if none of these has too many.
fn buckets<T>(words: &Words<T>, count: usize, shift: u32) -> Option<Vec<Vec<Word>>> {
    let mut buckets = vec![Vec::new(); count];
    for word in words.keys() {
        let bucket = &mut buckets[word.place(shift, count - 1)];
        if bucket.len() == LANES {
            return None;
        }
        bucket.push(*word);
    }
    Some(buckets)
}

/// The highest bit of each byte that is nought, and perhaps of those above one that is.
const fn noughts(bytes: u64) -> u64 {
    const LOW: u64 = u64::from_le_bytes([1; LANES]);
    const HIGH: u64 = LOW << 7;
    bytes.wrapping_sub(LOW) & !bytes & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let word = |number: usize| Word::of(&format!("word{number}"));
        for count in [0, 1, 2, 9, 500, 5000] {
            let words = (0..count).map(|number| (word(number), number + 1));
            let table = Table::of(words.collect());
            for number in 0..20_000 {
                let expected = if number < count { number + 1 } else { 0 };
                assert_eq!(table.get(word(number)), expected);
            }
        }
        assert_eq!(Table::<usize>::default().get(word(0)), 0);
    }
}
