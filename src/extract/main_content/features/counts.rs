//! What is counted in the words of a piece.

/// What is counted in the text of a piece.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) letters: usize,
    pub(super) words: usize,
    pub(super) digits: usize,
    pub(super) capitals: usize,
    pub(super) commas: usize,
    pub(super) sentence_ends: usize,
    pub(super) quotes: usize,
}

pub(super) fn count(text: &str) -> Counts {
    match text.is_ascii() {
        // Of most texts a byte is a character.
        true => counted(text.bytes().map(char::from)),
        false => counted(text.chars()),
    }
}

fn counted(characters: impl Iterator<Item = char>) -> Counts {
    let mut counts = Counts::default();
    let mut was_letter = false;
    let mut characters = characters.peekable();
    while let Some(character) = characters.next() {
        let is_letter = character.is_alphanumeric();
        counts.words += usize::from(is_letter && !was_letter);
        was_letter = is_letter;
        if is_letter {
            counts.letters += 1;
            counts.digits += usize::from(character.is_numeric());
            counts.capitals += usize::from(character.is_uppercase());
            continue;
        }
        match character {
            ',' | ';' | '、' | '，' => counts.commas += 1,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' => {
                let ends = characters
                    .peek()
                    .is_none_or(|next| !next.is_alphanumeric() && *next != '.');
                counts.sentence_ends += usize::from(ends);
            }
            '“' | '”' | '"' | '«' | '»' | '„' => counts.quotes += 1,
            _ => {}
        }
    }
    counts
}

/// A part of a whole; nothing is no part of anything.
pub(super) fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}
