//! The corpus: documents made of invented words, the same for the same numbers, so that none of it need be kept.
//!
//! Words, common turns of phrase and speakers are drawn by Zipf's law. A document holds five quotes that stand in its
//! text; every fifth quote is an altered printing of an earlier one, every tenth document was held in an earlier wording.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Quotes of a document.
pub(crate) const QUOTES: u64 = 5;
/// Different words, turns of phrase, speakers and sources there are.
const WORDS: usize = 60_000;
const TURNS: usize = 20_000;
const SPEAKERS: usize = 2_000;
const SOURCES: usize = 60;
/// The days on which documents were published: ten years of them.
pub(crate) const FIRST_DAY: Date = date(2016, 1, 1);
pub(crate) const DAYS: u64 = 3_653;

/// What numbers are drawn for: each use has a row of its own.
#[derive(Clone, Copy)]
pub(crate) enum For {
    Words = 1,
    Turns,
    Document,
    Quote,
    Origin,
    Alteration,
    Question,
}

/// A row of numbers that only looks like chance (SplitMix64).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn of(use_of: For, number: u64) -> Self {
        let mut chance = Self(number.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ ((use_of as u64) << 56));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number from 0 up to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn place(&mut self, end: usize) -> usize {
        self.below(end as u64) as usize
    }
}

/// Draws ranks from 0 by Zipf's law.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(ranks: usize) -> Self {
        let mut sum = 0.0;
        // The flattened head that Mandelbrot gave the law: no invented word is in every second sentence.
        let weights = (0..ranks).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        });
        Self(weights.collect())
    }

    fn draw(&self, chance: &mut Chance) -> usize {
        let all = self.0.last().copied().unwrap_or_default();
        let at = chance.share() * all;
        self.0
            .partition_point(|sum| *sum < at)
            .min(self.0.len().saturating_sub(1))
    }
}

/// What all documents are made of.
pub(crate) struct Corpus {
    /// How many documents there are.
    pub(crate) documents: u64,
    words: Vec<String>,
    turns: Vec<String>,
    speakers: Vec<String>,
    word_ranks: Zipf,
    turn_ranks: Zipf,
    speaker_ranks: Zipf,
}

/// A document in one wording.
pub(crate) struct Document {
    pub(crate) number: u64,
    /// 0 for the wording seen first.
    pub(crate) wording: u64,
    pub(crate) source: usize,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) published: Date,
    pub(crate) first_seen: Timestamp,
    pub(crate) since: Timestamp,
    pub(crate) until: Option<Timestamp>,
    pub(crate) mentions: [Date; 2],
    pub(crate) quotes: Vec<Quote>,
}

/// A quote of a document.
pub(crate) struct Quote {
    pub(crate) number: u64,
    pub(crate) speaker: usize,
    pub(crate) words: String,
    /// The paragraph it stands in.
    pub(crate) around: String,
    pub(crate) said: Date,
}

impl Corpus {
    pub(crate) fn new(documents: u64) -> Self {
        let mut chance = Chance::of(For::Words, 0);
        let mut known = std::collections::HashSet::new();
        let mut words: Vec<String> = Vec::with_capacity(WORDS + 2 * SPEAKERS);
        while words.len() < WORDS + 2 * SPEAKERS {
            // Frequent words are short.
            let syllables = 1 + (words.len() as f64).log(40.0) as usize;
            let word = invented(&mut chance, syllables);
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let names = words.split_off(WORDS);
        let speakers = names
            .chunks(2)
            .map(|name| format!("{} {}", capital(&name[0]), capital(&name[1])))
            .collect();
        let mut corpus = Self {
            documents,
            words,
            turns: Vec::new(),
            speakers,
            word_ranks: Zipf::new(WORDS),
            turn_ranks: Zipf::new(TURNS),
            speaker_ranks: Zipf::new(SPEAKERS),
        };
        corpus.turns = (0..TURNS as u64)
            .map(|number| {
                let mut chance = Chance::of(For::Turns, number);
                let count = 2 + chance.place(3);
                let words: Vec<&str> = (0..count).map(|_| corpus.word(&mut chance)).collect();
                words.join(" ")
            })
            .collect();
        corpus
    }

    fn word(&self, chance: &mut Chance) -> &str {
        &self.words[self.word_ranks.draw(chance)]
    }

    /// The word of a rank, the most frequent first.
    pub(crate) fn word_of_rank(&self, rank: usize) -> &str {
        &self.words[rank.min(WORDS - 1)]
    }

    /// The turn of phrase of a rank.
    pub(crate) fn turn_of_rank(&self, rank: usize) -> &str {
        &self.turns[rank.min(TURNS - 1)]
    }

    /// The name of a speaker.
    pub(crate) fn speaker(&self, speaker: usize) -> &str {
        &self.speakers[speaker]
    }

    /// The words of about so many.
    fn prose(&self, chance: &mut Chance, count: usize) -> Vec<&str> {
        let mut words: Vec<&str> = Vec::with_capacity(count + 4);
        while words.len() < count {
            if chance.below(8) == 0 {
                words.extend(self.turns[self.turn_ranks.draw(chance)].split(' '));
            } else {
                words.push(self.word(chance));
            }
        }
        words
    }

    /// Sentences of about so many words.
    fn sentences(&self, chance: &mut Chance, count: usize) -> String {
        let words = self.prose(chance, count);
        let mut text = String::with_capacity(words.len() * 8);
        for sentence in words.chunks(14) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&capital(&sentence.join(" ")));
            text.push('.');
        }
        text
    }

    /// The quote that one is an altered printing of.
    pub(crate) fn origin(number: u64) -> Option<u64> {
        let mut chance = Chance::of(For::Origin, number);
        if number < 100 || chance.below(5) > 0 {
            return None;
        }
        loop {
            let earlier = chance.below(number);
            if Self::origin(earlier).is_none() {
                return Some(earlier);
            }
        }
    }

    /// The words of a quote.
    pub(crate) fn words(&self, number: u64) -> Vec<&str> {
        match Self::origin(number) {
            None => {
                let mut chance = Chance::of(For::Quote, number);
                let count = 8 + chance.place(18);
                self.prose(&mut chance, count)
            }
            Some(origin) => self.altered(origin, number),
        }
    }

    /// The words of a quote as another printing gives them; `printing` tells printings apart.
    pub(crate) fn altered(&self, origin: u64, printing: u64) -> Vec<&str> {
        let mut words = self.words(origin);
        let mut chance = Chance::of(For::Alteration, printing);
        for _ in 0..1 + chance.below(3) {
            let at = chance.place(words.len());
            match chance.below(4) {
                0 => drop(words.remove(at)),
                1 => words[at] = self.word(&mut chance),
                2 => words.insert(at, self.word(&mut chance)),
                // Broken off, as headlines do.
                _ => words.truncate(words.len() - words.len() / 4),
            }
        }
        words
    }

    /// Who says a quote; an altered printing is of the same speaker.
    pub(crate) fn speaker_of(&self, number: u64) -> usize {
        let number = Self::origin(number).unwrap_or(number);
        self.speaker_ranks
            .draw(&mut Chance::of(For::Quote, number ^ (1 << 40)))
    }

    /// The day a document was published.
    pub(crate) fn published(number: u64) -> Date {
        let mut chance = Chance::of(For::Document, number);
        later(FIRST_DAY, chance.below(DAYS))
    }

    /// A document in every wording there was, the first one first.
    pub(crate) fn document(&self, number: u64) -> Vec<Document> {
        let published = Self::published(number);
        let mut chance = Chance::of(For::Document, number ^ (1 << 40));
        let title = {
            let count = 5 + chance.place(5);
            capital(&self.prose(&mut chance, count).join(" "))
        };
        let filler = 80 + chance.place(90);
        let mut paragraphs = vec![self.sentences(&mut chance, filler / 4)];
        let mut quotes = Vec::new();
        for quote in number * QUOTES..(number + 1) * QUOTES {
            let (words, speaker) = (self.words(quote).join(" "), self.speaker_of(quote));
            let around = format!(
                "{} “{}” {} said.",
                self.sentences(&mut chance, filler / 10),
                words,
                self.speaker(speaker)
            );
            paragraphs.push(around.clone());
            quotes.push(Quote {
                number: quote,
                speaker,
                words,
                around,
                said: earlier(published, chance.below(4)),
            });
        }
        let shorter = paragraphs.join("\n");
        paragraphs.push(self.sentences(&mut chance, filler / 4));
        let mentions =
            std::array::from_fn(|_| earlier(later(published, chance.below(60)), chance.below(400)));
        let first_seen = moment(published, 6);
        let changed = (chance.below(10) == 0).then(|| moment(later(published, 1 + chance.below(5)), 9));
        let last = Document {
            number,
            wording: u64::from(changed.is_some()),
            source: chance.place(SOURCES),
            title,
            text: paragraphs.join("\n"),
            published,
            first_seen,
            since: changed.unwrap_or(first_seen),
            until: None,
            mentions,
            quotes,
        };
        match changed {
            None => vec![last],
            Some(until) => vec![last.earlier(shorter, until), last],
        }
    }
}

impl Document {
    /// The wording that was held before, until a moment.
    fn earlier(&self, text: String, until: Timestamp) -> Document {
        let quotes = self.quotes.iter().map(|quote| Quote {
            words: quote.words.clone(),
            around: quote.around.clone(),
            ..*quote
        });
        Document {
            wording: 0,
            title: self.title.clone(),
            text,
            since: self.first_seen,
            until: Some(until),
            quotes: quotes.collect(),
            ..*self
        }
    }

    /// The address.
    pub(crate) fn url(&self) -> String {
        format!(
            "https://source-{}.example/news/{}/{}",
            self.source,
            self.published.strftime("%Y/%m/%d"),
            self.number
        )
    }

    /// The id of the source and its name.
    pub(crate) fn source(&self) -> (String, String) {
        (
            format!("source-{}", self.source),
            format!("Source Number {}", self.source),
        )
    }
}

/// A word of so many syllables that no stemmer cuts: English suffixes end in none of these ways.
fn invented(chance: &mut Chance, syllables: usize) -> String {
    const ONSETS: [&str; 20] = [
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "t", "v", "w", "br", "dr", "kl", "pr", "tr",
        "st",
    ];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    const CODAS: [&str; 4] = ["k", "p", "b", "mp"];
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(ONSETS[chance.place(ONSETS.len())]);
        word.push_str(VOWELS[chance.place(VOWELS.len())]);
    }
    word.push_str(CODAS[chance.place(CODAS.len())]);
    word
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

pub(crate) fn later(day: Date, days: u64) -> Date {
    day.saturating_add((days as i64).days())
}

pub(crate) fn earlier(day: Date, days: u64) -> Date {
    day.saturating_sub((days as i64).days())
}

/// A moment of a day (UTC).
pub(crate) fn moment(day: Date, hour: i8) -> Timestamp {
    TimeZone::UTC
        .to_timestamp(day.at(hour, 0, 0, 0))
        .expect("a day of our time")
}
