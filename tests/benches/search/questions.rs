//! Ten typical questions, many instances of each, and what is compared of their answers.

use jiff::civil::Date;

use super::corpus::{Chance, Corpus, DAYS, FIRST_DAY, For, QUOTES, earlier, later};

/// Hits of the first page: in the order of days, and by relevance.
pub(crate) const NEWEST: usize = 20;
pub(crate) const BEST: usize = 10;
/// Values of a facet that are given.
pub(crate) const VALUES: usize = 12;

/// What is typical.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    And,
    Phrase,
    PhraseNewest,
    OfSpeaker,
    Speakers,
    Months,
    AsOf,
    Altered,
    Mentioned,
}

impl Kind {
    pub(crate) const ALL: [Kind; 10] = [
        Kind::Word,
        Kind::And,
        Kind::Phrase,
        Kind::PhraseNewest,
        Kind::OfSpeaker,
        Kind::Speakers,
        Kind::Months,
        Kind::AsOf,
        Kind::Altered,
        Kind::Mentioned,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Word => "documents: a word, best 10",
            Kind::And => "documents: two words, best 10",
            Kind::Phrase => "documents: a phrase, best 10",
            Kind::PhraseNewest => "documents: phrase, a year, newest 20 alone",
            Kind::OfSpeaker => "quotes: speaker, word, a year, newest 20",
            Kind::Speakers => "quotes: a word, counted by speaker",
            Kind::Months => "documents: a word, counted by month",
            Kind::AsOf => "documents: a word as of a day, best 10",
            Kind::Altered => "quotes: altered wording, the closest",
            Kind::Mentioned => "documents: word, days mentioned, newest 20",
        }
    }

    /// Whether it is asked how many there are in all, besides those of the first page.
    pub(crate) fn is_counted(self) -> bool {
        self != Kind::PhraseNewest
    }

    /// Whether documents are asked for, not quotes.
    pub(crate) fn is_of_documents(self) -> bool {
        !matches!(self, Kind::OfSpeaker | Kind::Speakers | Kind::Altered)
    }
}

/// A question.
pub(crate) struct Question {
    pub(crate) kind: Kind,
    /// Words, or of an altered wording all of them.
    pub(crate) words: Vec<String>,
    pub(crate) speaker: usize,
    pub(crate) days: (Date, Date),
    /// The quote whose altered wording is looked for.
    pub(crate) origin: u64,
}

/// What an engine answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// How many there are in all, where that was asked, and day and id of those on the first page.
    Hits(Option<u64>, Vec<(Date, String)>),
    /// How many there are of each value.
    Counts(Vec<(String, u64)>),
    /// The number of the quote that is closest.
    Closest(Option<u64>),
}

/// So many questions of each kind.
pub(crate) fn questions(corpus: &Corpus, of_each: u64) -> Vec<Question> {
    let kinds = Kind::ALL.into_iter();
    kinds
        .flat_map(|kind| (0..of_each).map(move |number| question(corpus, kind, number)))
        .collect()
}

fn question(corpus: &Corpus, kind: Kind, number: u64) -> Question {
    let mut chance = Chance::of(For::Question, number * 16 + kind as u64);
    // Ranks by their logarithm: what people type is sometimes frequent, sometimes rare.
    let mut rank = |from: f64, to: f64| (from * (to / from).powf(chance.share())) as usize;
    let word = |rank: usize| corpus.word_of_rank(rank).to_owned();
    let words = match kind {
        Kind::Word | Kind::Speakers | Kind::Months => vec![word(rank(1.0, 2_000.0))],
        Kind::And => vec![word(rank(1.0, 500.0)), word(rank(500.0, 3_000.0))],
        Kind::AsOf | Kind::Mentioned => vec![word(rank(1.0, 1_000.0))],
        Kind::Phrase | Kind::PhraseNewest => {
            let turn = corpus.turn_of_rank(rank(1.0, 5_000.0));
            turn.split(' ').map(str::to_owned).collect()
        }
        Kind::OfSpeaker | Kind::Altered => Vec::new(),
    };
    let day = later(FIRST_DAY, chance.below(DAYS));
    let year = (day.first_of_year(), day.last_of_year());
    let quote = chance.below(corpus.documents * QUOTES);
    let asked = Question {
        kind,
        words,
        speaker: corpus.speaker_of(quote),
        days: match kind {
            Kind::Mentioned => (day, later(day, 9)),
            Kind::AsOf => (day, day),
            _ => year,
        },
        origin: Corpus::origin(quote).unwrap_or(quote),
    };
    match kind {
        Kind::OfSpeaker => of_speaker(corpus, asked, quote, &mut chance),
        Kind::Altered => {
            // A printing that nobody has.
            let words = corpus.altered(asked.origin, u64::MAX - number);
            Question {
                words: words.into_iter().map(str::to_owned).collect(),
                ..asked
            }
        }
        _ => asked,
    }
}

/// What a speaker said with a word of one of their quotes in a time about it.
fn of_speaker(corpus: &Corpus, asked: Question, quote: u64, chance: &mut Chance) -> Question {
    let words = corpus.words(quote);
    let word = words[chance.place(words.len())].to_owned();
    let published = Corpus::published(quote / QUOTES);
    Question {
        words: vec![word],
        days: (earlier(published, 180), later(published, 180)),
        ..asked
    }
}

impl Question {
    /// Whether two answers say the same. Hits by relevance are compared by their number alone, since no two engines
    /// weigh alike; in the order of days the last day may go on behind the page, and who of it is shown is free.
    pub(crate) fn is_same(&self, one: &Answer, other: &Answer) -> bool {
        match (one, other) {
            (Answer::Hits(total, first), Answer::Hits(other_total, other_first)) => {
                total == other_total
                    && first.len() == other_first.len()
                    && (!self.is_by_day() || settled(first) == settled(other_first))
            }
            (Answer::Counts(one), Answer::Counts(other)) => {
                let settled = |counts: &[(String, u64)]| -> Vec<(String, u64)> {
                    // Of those that tie for the last place any may be given.
                    let least = counts.get(VALUES - 1).map_or(0, |(_, count)| *count);
                    let cut = self.kind == Kind::Speakers;
                    let mut kept: Vec<_> = counts
                        .iter()
                        .filter(|(_, count)| !cut || *count > least)
                        .cloned()
                        .collect();
                    kept.sort();
                    kept
                };
                one.len() == other.len() && settled(one) == settled(other)
            }
            // Which printing is the closest is what the engines differ in; each is told by how often it is right.
            (Answer::Closest(_), Answer::Closest(_)) => true,
            _ => false,
        }
    }

    fn is_by_day(&self) -> bool {
        matches!(self.kind, Kind::PhraseNewest | Kind::OfSpeaker | Kind::Mentioned)
    }

    /// Whether the closest quote found is the one asked for or another printing of it.
    pub(crate) fn is_right(&self, answer: &Answer) -> bool {
        match answer {
            Answer::Closest(Some(quote)) => Corpus::origin(*quote).unwrap_or(*quote) == self.origin,
            _ => false,
        }
    }
}

/// The days of a page, and who is on those before the last.
fn settled(hits: &[(Date, String)]) -> (Vec<Date>, Vec<&str>) {
    let last = hits.last().map(|(day, _)| *day);
    let mut ids: Vec<&str> = hits
        .iter()
        .filter(|(day, _)| Some(*day) != last)
        .map(|(_, id)| id.as_str())
        .collect();
    ids.sort_unstable();
    (hits.iter().map(|(day, _)| *day).collect(), ids)
}
