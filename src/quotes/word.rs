//! The identity of words: what they are known by once their letters are read.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// The identity of a word, whatever its case: a hash of its folded bytes. Words of no more than eight bytes never share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Word(u64);

impl Word {
    /// No word yet.
    const EMPTY: Word = Word(0xcbf2_9ce4_8422_2325);

    pub(super) fn of(folded: &str) -> Self {
        Self::of_bytes(folded.bytes())
    }

    pub(super) fn of_bytes(folded: impl Iterator<Item = u8>) -> Self {
        let (mut word, mut block, mut length) = (Self::EMPTY, [0; 8], 0);
        for byte in folded {
            block[length] = byte;
            length += 1;
            if length == block.len() {
                word = word.then(u64::from_le_bytes(block));
                (block, length) = ([0; 8], 0);
            }
        }
        match length {
            0 => word,
            _ => word.then(u64::from_le_bytes(block)),
        }
    }

    /// With eight more bytes, the last of them noughts where the word ends among them.
    const fn then(self, block: u64) -> Self {
        let mixed = (self.0 ^ block).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // The upper half depends on all bytes, the lower one on the first ones only.
        Word(mixed ^ (mixed >> 32))
    }

    /// A place in a table, of which the mask has all bits.
    pub(super) const fn place(self, shift: u32, mask: usize) -> usize {
        (self.0 >> shift) as usize & mask
    }

    /// A byte by which words of one place are told apart; never nought.
    pub(super) const fn tag(self) -> u8 {
        let [.., last] = self.0.to_le_bytes();
        if last == 0 { 1 } else { last }
    }

    /// One of sixty-four bits, alike for the same word.
    pub(super) const fn bit(self) -> u64 {
        1 << (self.0 & 63)
    }
}

/// A word is its own hash; two words together have one of both.
#[derive(Clone, Default)]
pub(super) struct Same(u64);

impl std::hash::Hasher for Same {
    fn write(&mut self, _: &[u8]) {
        unreachable!("only words are asked for");
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = self.0.rotate_left(1) ^ value;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What is known of words.
pub(super) type Words<T> = HashMap<Word, T, BuildHasherDefault<Same>>;

/// The letters and digits of ASCII that some bytes begin with: the word they are, and how many. Eight are read at once, since most
/// words are no longer and a loop over letters would guess wrong where each of them ends.
#[inline]
pub(super) fn plain_letters(bytes: &[u8]) -> (Word, usize) {
    const SMALL: u64 = each(0x20);
    let (mut word, mut length) = (Word::EMPTY, 0);
    loop {
        let rest = &bytes[length..];
        let block = rest
            .first_chunk()
            .map_or_else(|| padded(rest), |block| u64::from_le_bytes(*block));
        let count = count_letters(block);
        if count == 0 {
            return (word, length);
        }
        // What makes a letter a small one digits have already.
        word = word.then((block | SMALL) & (u64::MAX >> (64 - 8 * count)));
        length += count;
        if count < 8 {
            return (word, length);
        }
    }
}

/// How many of eight bytes are letters or digits of ASCII, up to the first that is not.
#[inline]
const fn count_letters(block: u64) -> usize {
    const HIGH: u64 = each(0x80);
    let (low, small) = (block & !HIGH, (block | each(0x20)) & !HIGH);
    // The highest bit of each byte tells whether it is at least the first of a range, and greater than its last.
    let is_letter = (small + each(0x80 - b'a')) & !(small + each(0x7f - b'z'));
    let is_digit = (low + each(0x80 - b'0')) & !(low + each(0x7f - b'9'));
    let others = !((is_letter | is_digit) & !block) & HIGH;
    (others.trailing_zeros() / 8) as usize
}

/// A byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Fewer than eight bytes, with noughts behind them.
fn padded(bytes: &[u8]) -> u64 {
    let mut block = [0; 8];
    block[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_before_whatever_is_no_letter_or_digit() {
        for byte in 0..=255_u8 {
            let block = u64::from_le_bytes([b'a', b'9', b'Z', byte, b'b', b'b', b'b', b'b']);
            let expected = if byte.is_ascii_alphanumeric() { 8 } else { 3 };
            assert_eq!(count_letters(block), expected, "{byte}");
        }
        assert_eq!(plain_letters(b"Harborside42 x"), (Word::of("harborside42"), 12));
        assert_eq!(plain_letters("été".as_bytes()), (Word::EMPTY, 0));
    }
}
