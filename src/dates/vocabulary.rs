//! What single words can mean in a time expression: a word's letters in, its number and its senses out.
//!
//! Every word that any pattern names has a number. A text's words are looked up once each, so the table is made
//! for that: a word of up to sixteen bytes is one integer, and most words are turned away by their first letter
//! and length alone.

use std::collections::HashMap;

use super::signs::FIRST_WORD;

/// What kind of thing a word is. A data file names these in small letters, a pattern in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Month,
    Weekday,
    /// Several of them: "Mondays".
    Weekdays,
    Unit,
    Units,
    Season,
    Part,
    Parts,
    Number,
    Ordinal,
    /// The letters behind the digits of an ordinal.
    Suffix,
    /// A decade's tens: "nineties".
    Tens,
    /// Days from the document's own: "yesterday" is -1.
    Deictic,
    Toward,
    /// Where in an interval: "early", "mid", "late".
    Share,
    /// The same as a noun: "the end of".
    ShareNoun,
    Approx,
    /// How often, in the frequencies of `reading`.
    Often,
    /// A reference to past, present or future: -1, 0 or 1.
    Vague,
    Zone,
    /// "am" and "pm": the hours to add.
    Half,
    /// What joins the parts of a number: "and".
    Join,
    /// Says of the words after it that they lie ahead.
    Ahead,
    /// Says of a day or month right behind it that it lies ahead.
    Deadline,
    /// Says of a day right behind it what was done by then, where a past form stands before.
    Done,
    /// Says of the words after it that they lie behind.
    Behind,
    /// What a court or a body does, behind "he’d".
    Would,
    /// Says that what is to be done lies ahead: "set to", "is to".
    Planned,
    /// Says of a verb that it is to be done: "must".
    Modal,
    /// A past form that tells that something is told, and nothing of when that is.
    Reporting,
    /// The word between the two.
    Infinitive,
    /// Behind that word it is no verb: "to power".
    Goal,
    /// Puts its own clause ahead: "will".
    Coming,
    /// What is planned for a day: "Monday's session".
    Occasion,
    /// What is had done is not done yet: "to have it signed".
    Causative,
    /// A past form of a verb that its ending does not tell.
    Past,
    /// Stands before a participle that is no past form: "is", "be".
    Passive,
    /// Something lasts, so that its end is told with it: "was mayor until May".
    Lasting,
    /// "was", "were".
    Copula,
    /// Begins a clause about a thing: "that", "whose".
    Relative,
    /// Something is done with an end that is still to come: "put off until May".
    PutOff,
    /// What a team does on the day of a game: "host", "visit".
    Fixture,
    /// Something is asked for or promised, to be done by the day behind: "asked for answers by".
    Demand,
    /// A change of plans: "canceled".
    Change,
    /// A verb of telling behind whose listener the day is that of the telling: "told the council on".
    Addressing,
    /// Leads to what is still to come: "for", "before".
    Leading,
    /// Opens what says where or when: "at", "between".
    Setting,
    /// Stands before a thing that a day is said of: "the May 3 order".
    Article,
    /// Is held or begins on its day: "election", "strike".
    Event,
    /// What was made or happened on its day: "order", "letter".
    Outcome,
    /// Stands for somebody who does something: "she".
    Pronoun,
    /// Says that something is to be done: "must", "shall".
    Duty,
    /// Tells what is planned, in which way its value says (`cues/scheduled.rs`): "wants", "has an appointment".
    Plan,
    /// May stand between a verb and its day: "on", "early", "out".
    Beside,
    /// Words that a count stands before in "a hundred".
    Several,
    /// An irregular participle, which is a past form behind "was" or "had": "seen".
    Participle,
    /// Stands before a participle that is a past form: "had", "been".
    Perfect,
    /// Leads to numbers of laws: "U.S.C.".
    Citation,
    /// Ends the name of a street: "Avenue".
    Street,
    /// Made of no effect: "withdrew its deadline".
    Void,
    /// A title that a stop may follow: "Gov.".
    Title,
    /// A shortened name, which a stop may follow.
    Short,
    /// What those who meet do on a weekday that is named right behind: "votes".
    Agenda,
    /// A noun that is in the vocabulary only since some list names it.
    Noun,
}

impl Class {
    const NAMES: [(&'static str, Class); 64] = [
        ("month", Class::Month),
        ("weekday", Class::Weekday),
        ("weekdays", Class::Weekdays),
        ("unit", Class::Unit),
        ("units", Class::Units),
        ("season", Class::Season),
        ("part", Class::Part),
        ("parts", Class::Parts),
        ("number", Class::Number),
        ("ordinal", Class::Ordinal),
        ("suffix", Class::Suffix),
        ("tens", Class::Tens),
        ("deictic", Class::Deictic),
        ("toward", Class::Toward),
        ("share", Class::Share),
        ("share_noun", Class::ShareNoun),
        ("approx", Class::Approx),
        ("often", Class::Often),
        ("vague", Class::Vague),
        ("zone", Class::Zone),
        ("half", Class::Half),
        ("join", Class::Join),
        ("ahead", Class::Ahead),
        ("deadline", Class::Deadline),
        ("done", Class::Done),
        ("behind", Class::Behind),
        ("would", Class::Would),
        ("planned", Class::Planned),
        ("modal", Class::Modal),
        ("reporting", Class::Reporting),
        ("infinitive", Class::Infinitive),
        ("goal", Class::Goal),
        ("coming", Class::Coming),
        ("occasion", Class::Occasion),
        ("causative", Class::Causative),
        ("past", Class::Past),
        ("passive", Class::Passive),
        ("lasting", Class::Lasting),
        ("copula", Class::Copula),
        ("relative", Class::Relative),
        ("put_off", Class::PutOff),
        ("fixture", Class::Fixture),
        ("demand", Class::Demand),
        ("change", Class::Change),
        ("addressing", Class::Addressing),
        ("leading", Class::Leading),
        ("setting", Class::Setting),
        ("article", Class::Article),
        ("event", Class::Event),
        ("outcome", Class::Outcome),
        ("pronoun", Class::Pronoun),
        ("duty", Class::Duty),
        ("plan", Class::Plan),
        ("beside", Class::Beside),
        ("several", Class::Several),
        ("participle", Class::Participle),
        ("perfect", Class::Perfect),
        ("citation", Class::Citation),
        ("street", Class::Street),
        ("void", Class::Void),
        ("title", Class::Title),
        ("short", Class::Short),
        ("agenda", Class::Agenda),
        ("noun", Class::Noun),
    ];

    /// The class of a name in small letters.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, class)| *class)
    }

    fn bit(self) -> u64 {
        1 << (self as u32)
    }
}

/// One sense of a word.
#[derive(Clone, Copy, Debug)]
struct Sense {
    class: Class,
    value: i32,
    /// It counts only with a capital: "may", "sun".
    shy: bool,
}

/// What is known of a word.
#[derive(Clone, Debug, Default)]
struct Entry {
    classes: u64,
    senses: Vec<Sense>,
}

/// The number of a word; 0 is every word without one, and a few numbers after it are no word's.
pub(super) type WordId = u16;

/// The words of a language.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The numbers of words by their keys, in open addressing; its length is a power of two. Texts look up every word here, so
    /// that it has to stay small.
    slots: Vec<WordId>,
    /// The keys by number.
    keys: Vec<u128>,
    /// Those of words that fit into half of one; 0 for all others.
    short_keys: Vec<u64>,
    /// Which lengths occur with each pair of first bytes, a bit a length.
    lengths: Vec<u32>,
    entries: Vec<Entry>,
    ids: HashMap<String, WordId>,
    /// Endings of past forms.
    pub(super) past_endings: Vec<String>,
    /// Endings of participles, which tell a past only behind a verb that does; some nouns have them too.
    pub(super) participles: Vec<String>,
    /// Endings of future forms.
    pub(super) future_endings: Vec<String>,
}

/// Words with more bytes are none of ours.
pub(super) const LONGEST: usize = 16;
const HALF: usize = LONGEST / 2;

impl Vocabulary {
    /// The words given so far, still without the table that `seal` makes.
    pub(super) fn new() -> Self {
        Self {
            entries: vec![Entry::default(); usize::from(FIRST_WORD)],
            ..Self::default()
        }
    }

    /// The number of a word in small letters, which is made known by it.
    pub(super) fn learn(&mut self, word: &str) -> WordId {
        assert!(word.len() <= LONGEST, "{word} is longer than any word may be");
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = WordId::try_from(self.entries.len()).expect("few words");
        self.entries.push(Entry::default());
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// Gives a word a sense.
    pub(super) fn mean(&mut self, word: &str, class: Class, value: i32, shy: bool) {
        let id = self.learn(word);
        let entry = &mut self.entries[usize::from(id)];
        entry.classes |= class.bit();
        entry.senses.push(Sense { class, value, shy });
    }

    /// Makes the table; what is learned later is not found in texts.
    pub(super) fn seal(&mut self) {
        let size = (self.ids.len() * 4).next_power_of_two();
        self.slots = vec![0; size];
        self.keys = vec![0; self.entries.len()];
        self.short_keys = vec![0; self.entries.len()];
        self.lengths = vec![0; PAIRS];
        for (word, id) in &self.ids {
            let bytes = word.as_bytes();
            self.lengths[pair(bytes)] |= 1 << bytes.len();
            let key = key(bytes);
            let mut at = place(key, size);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = *id;
            self.keys[usize::from(*id)] = key;
            self.short_keys[usize::from(*id)] = key.try_into().unwrap_or_default();
        }
    }

    /// The number of a word.
    pub(super) fn id(&self, word: &[u8]) -> WordId {
        self.id_in(word, 0, word.len())
    }

    /// The number of a word as it stands in a text.
    pub(super) fn id_in(&self, text: &[u8], start: usize, end: usize) -> WordId {
        let word = &text[start..end];
        if word.is_empty() || word.len() > LONGEST || self.lengths[pair(word)] & (1 << word.len()) == 0 {
            return 0;
        }
        let key = key_in(text, start, end).unwrap_or_else(|| key(word));
        let mut at = place(key, self.slots.len());
        loop {
            let id = self.slots[at];
            if id == 0 || self.keys[usize::from(id)] == key {
                return id;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// The number of a word of fewer than eight letters of ASCII, whatever their case and whatever stands behind them.
    pub(super) fn id_of_letters(&self, letters: u64, length: u32) -> WordId {
        let own = (1 << (8 * length)) - 1;
        let key = (letters | SMALL) & own;
        let pair = ((key & 31) << 5) | ((key >> 8) & 31);
        if self.lengths[pair as usize] & (1 << length) == 0 {
            return 0;
        }
        let mut at = place(key.into(), self.slots.len());
        loop {
            let id = self.slots[at];
            if id == 0 || self.short_keys[usize::from(id)] == key {
                return id;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// The value of a word in a class; a shy sense needs a capital.
    pub(super) fn value(&self, id: WordId, class: Class, is_capital: impl Fn() -> bool) -> Option<i32> {
        let entry = &self.entries[usize::from(id)];
        if entry.classes & class.bit() == 0 {
            return None;
        }
        let sense = entry.senses.iter().find(|sense| sense.class == class)?;
        (!sense.shy || is_capital()).then_some(sense.value)
    }

    /// Whether a word is of a class at all.
    pub(super) fn is(&self, id: WordId, class: Class) -> bool {
        self.entries[usize::from(id)].classes & class.bit() != 0
    }

    /// Whether a word is an everyday word besides.
    pub(super) fn is_shy(&self, id: WordId) -> bool {
        self.entries[usize::from(id)].senses.iter().any(|sense| sense.shy)
    }

    /// The words of a class.
    pub(super) fn of(&self, class: Class) -> impl Iterator<Item = WordId> {
        let all = self.entries.iter().zip(0..);
        all.filter(move |(entry, _)| entry.classes & class.bit() != 0)
            .map(|(_, id)| id)
    }

    /// How many numbers there are, 0 included.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// How many pairs of first bytes are told apart.
const PAIRS: usize = 32 * 32;

/// The pair of a word's first bytes; letters are told apart by their last five bits, which small ones and capitals share.
fn pair(word: &[u8]) -> usize {
    let second = word.get(1).copied().unwrap_or_default();
    usize::from(word[0] & 31) << 5 | usize::from(second & 31)
}

/// The key of a word of ASCII letters behind which the text goes on for long enough to be read at once. Nearly all words fit into
/// half of a key, which costs a third.
fn key_in(text: &[u8], start: usize, end: usize) -> Option<u128> {
    if end - start <= HALF {
        let bytes = text.get(start..start + HALF)?.first_chunk()?;
        let mask = u64::MAX >> (8 * (HALF - (end - start)));
        let word = u64::from_le_bytes(*bytes) & mask;
        let is_ascii = word & u64::from_le_bytes([0x80; HALF]) == 0;
        return is_ascii.then_some((word | u64::from_le_bytes([0x20; HALF]) & mask).into());
    }
    let bytes = text.get(start..start + LONGEST)?.first_chunk()?;
    let mask = u128::MAX >> (8 * (LONGEST - (end - start)));
    let word = u128::from_le_bytes(*bytes) & mask;
    let is_ascii = word & u128::from_le_bytes([0x80; LONGEST]) == 0;
    is_ascii.then_some(word | u128::from_le_bytes([0x20; LONGEST]) & mask)
}

/// What makes letters of ASCII small ones.
const SMALL: u64 = u64::from_le_bytes([0x20; HALF]);

/// A word of up to sixteen bytes in small letters, as one integer.
fn key(word: &[u8]) -> u128 {
    let mut bytes = [0; LONGEST];
    bytes[..word.len()].copy_from_slice(word);
    if word.is_ascii() {
        let small = u128::from_le_bytes([0x20; LONGEST]);
        let mask = u128::MAX >> (8 * (LONGEST - word.len()));
        return u128::from_le_bytes(bytes) | (small & mask);
    }
    let mut before = 0;
    for byte in &mut bytes[..word.len()] {
        match *byte {
            b'A'..=b'Z' => *byte |= 0x20,
            // The capitals of Latin-1: "É" is C3 89, "é" C3 A9.
            0x80..=0x9E if before == 0xC3 => *byte += 0x20,
            _ => {}
        }
        before = *byte;
    }
    u128::from_le_bytes(bytes)
}

fn place(key: u128, size: usize) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
    let mixed = folded.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as usize & (size - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_case_and_others_are_not() {
        let mut words = Vocabulary::new();
        words.mean("may", Class::Month, 5, true);
        words.mean("sábado", Class::Weekday, 6, false);
        words.seal();
        let may = words.id(b"May");
        assert_eq!(words.id(b"MAY"), may);
        assert_eq!(words.value(may, Class::Month, || true), Some(5));
        assert_eq!(words.value(may, Class::Month, || false), None);
        let saturday = words.id("SÁBADO".as_bytes());
        assert_eq!(words.value(saturday, Class::Weekday, || false), Some(6));
        for other in ["", "ma", "mayor", "sabado", "a very long string of words"] {
            assert_eq!(words.id(other.as_bytes()), 0, "{other}");
        }
    }
}
