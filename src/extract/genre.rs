//! Tells what sort of text a page holds: from its address, its title, its own words for itself, its shape
//! and its source, in this order.

mod heading;
mod shape;

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use self::heading::Heading;
use super::boilerplate::bare;
use crate::model::document::{Block, BlockKind, Genre};
use crate::model::source::{Source, SourceKind};

/// What a page is judged by.
pub(super) struct Evidence<'a> {
    pub(super) url: &'a Url,
    pub(super) source: Option<&'a Source>,
    pub(super) title: Option<&'a str>,
    /// The page's own words: schema.org types, sections.
    pub(super) sorts: &'a [String],
    /// Who signs it.
    pub(super) authors: &'a [String],
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
}

struct Sign {
    genre: Genre,
    /// Whether it shows only what an office prints is.
    of_office: bool,
    place: &'static str,
    words: &'static str,
    /// The words as they are looked for: between blanks, in an address between slashes.
    whole: String,
}

impl Sign {
    /// What it says, for people.
    fn said(&self) -> String {
        let words = self.words.replace('/', " ");
        let headline = if self.of_office {
            "an office's headline"
        } else {
            "the headline"
        };
        match self.place {
            "url" | "segment" => format!("the address has “{words}”"),
            "title" if self.of_office => format!("{headline} names it “{words}”"),
            "title" | "title-label" | "opening" => format!("{headline} begins with “{words}”"),
            "headline" => format!("{headline} has “{words}”"),
            "sort" => format!("the page calls itself “{words}”"),
            "byline" => format!("who signs it is “{words}”"),
            "label" => format!("one of the first lines is “{words}”"),
            "line" => format!("one of the first lines begins with “{words}”"),
            _ => format!("the beginning of the text has “{words}”"),
        }
    }
}

static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    let lines = include_str!("genre/signs.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let signs = lines.filter_map(|line| {
        let mut columns = line.splitn(3, ' ');
        let (genre, place) = (Genre::from_code(columns.next()?)?, columns.next()?);
        let words = columns.next()?;
        let (of_office, place) = match place.strip_prefix("office-") {
            Some(place) => (true, place),
            None => (false, place),
        };
        let edge = if place == "url" { '/' } else { ' ' };
        Some(Sign {
            genre,
            of_office,
            place,
            words,
            whole: format!("{edge}{words}{edge}"),
        })
    });
    signs.collect()
});

/// A turn of a transcript: `Mayor Lima:`, `Q:`, `MS. CHEN:`, `Ana Lima, Department of Ports:`.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"\p{Lu}[\p{L}.’'-]*";
    let office = format!("(?:{name}|of|for|the|and|on|de|del|la|&)");
    let pattern = format!(
        r"^(?:Q|A|Question|Answer|Reporter|Moderator|{name}(?: {name}){{0,5}}(?:, {name}(?: {office}){{0,7}})?)(?: \([^()\n]{{1,80}}\))?: \S"
    );
    Regex::new(&pattern).expect("a valid pattern")
});

/// Labels of turns that name nobody.
const ASKS_OR_ANSWERS: [&str; 6] = ["Q", "A", "Question", "Answer", "Reporter", "Moderator"];

/// Of so many labels one must be of somebody who asks, answers or has the word again: others speak once.
const SPOKEN_AMONG: usize = 3;

/// Characters of a line that may stand over a text.
const HEADING_CHARS: usize = 100;

/// Turns that make a transcript, if they are a third of the blocks as well.
const MIN_TURNS: usize = 4;

/// The sort of text that the evidence speaks for, and in words what shows it.
pub(super) fn genre(evidence: &Evidence<'_>) -> (Genre, String) {
    let path = format!(
        "/{}/",
        bare(&evidence.url.path().replace('/', " ")).replace(' ', "/")
    );
    let title = format!(" {} ", bare(evidence.title.unwrap_or_default()));
    let heading = Heading::of(evidence.title.unwrap_or_default());
    let start: String = evidence.text.chars().take(300).collect();
    let lines: Vec<String> = start
        .lines()
        .filter(|line| is_heading_like(line))
        .map(|line| format!("{} ", bare(line)))
        .collect();
    let start = format!(" {} ", bare(&start));
    let sorts: Vec<String> = evidence.sorts.iter().map(|sort| bare(sort)).collect();
    let is_official = evidence
        .source
        .is_some_and(|source| source.kind == SourceKind::Official);
    let segments: Vec<String> = evidence
        .url
        .path_segments()
        .map(|segments| segments.map(bare).collect())
        .unwrap_or_default();
    if let Some(turns) = turns_of_transcript(evidence) {
        return (
            Genre::Transcript,
            format!("{turns} paragraphs begin with a speaker's name"),
        );
    }
    let stands = |sign: &Sign| match sign.place {
        "url" => path.contains(&sign.whole),
        "segment" => segments.iter().any(|segment| segment == sign.words),
        "title" if sign.of_office => heading.is_named(sign.words),
        "opening" => heading.begins_with(sign.words) && shape::has_form(sign.genre, evidence.text),
        "title" => title.starts_with(&sign.whole),
        "title-label" => evidence.title.is_some_and(|title| {
            let label = title.split_once(':').map(|(label, _)| bare(label));
            label.as_deref() == Some(sign.words)
        }),
        "headline" => heading.speaks_of(sign.words),
        "sort" => sorts.iter().any(|sort| sort == sign.words),
        "byline" => {
            (evidence.authors.iter()).any(|author| bare(author).split(' ').any(|word| word == sign.words))
        }
        "label" => lines.iter().any(|line| line.trim_end() == sign.words),
        "line" => lines.iter().any(|line| line.starts_with(&sign.whole[1..])),
        _ => start.contains(&sign.whole),
    };
    let sign = SIGNS
        .iter()
        .find(|sign| (is_official || !sign.of_office) && stands(sign));
    // What an office posts among its releases may be a letter or an advisory by its form.
    let is_release = sign.is_none_or(|sign| sign.genre == Genre::PressRelease);
    if is_official
        && is_release
        && let Some((genre, said)) = shape::of_office(evidence)
    {
        return (genre, said.to_owned());
    }
    match sign {
        Some(sign) => (sign.genre, sign.said()),
        None if shape::is_resolution(evidence) => (
            Genre::Order,
            "its paragraphs begin with “whereas”, and then with what is resolved or ordered".to_owned(),
        ),
        None if is_official => (
            Genre::PressRelease,
            "the source is an office, and nothing shows another".to_owned(),
        ),
        None => (Genre::Report, "nothing shows another".to_owned()),
    }
}

/// Whether a line stands over a text: a sentence that begins with the same words only speaks of it.
fn is_heading_like(line: &str) -> bool {
    line.chars().count() <= HEADING_CHARS && !line.trim_end().ends_with(['.', ';', ','])
}

/// Whether words are such as stand over a text and tell what it is: they are of it.
pub(super) fn heads_text(words: &str) -> bool {
    let words = format!("{words} ");
    let mut signs = SIGNS
        .iter()
        .filter(|sign| sign.genre != Genre::Opinion && matches!(sign.place, "title" | "line" | "start"))
        .filter(|sign| !sign.of_office);
    signs.any(|sign| words.starts_with(&format!("{} ", sign.words)))
}

/// Whether words begin as the title of an order, a statement or a transcript does.
pub(super) fn is_title(words: &str) -> bool {
    begins_as_title(words, |sign| !sign.of_office)
}

/// Whether words begin as the line does that names a document, of an office or not.
pub(super) fn names_document(words: &str) -> bool {
    begins_as_title(words, |_| true)
}

fn begins_as_title(words: &str, is_asked: impl Fn(&Sign) -> bool) -> bool {
    let words = format!("{} ", bare(words));
    let mut titles = SIGNS
        .iter()
        .filter(|sign| matches!(sign.place, "title" | "opening"));
    titles.any(|sign| is_asked(sign) && words.starts_with(&format!("{} ", sign.words)))
}

/// Whether a line is set as the beginning of a clause of a resolution is, in capitals: "WHEREAS", "NOW, THEREFORE".
pub(super) fn opens_clause(line: &str) -> bool {
    shape::opens_clause(line)
}

/// Whether a word labels where or when an event is held.
pub(super) fn labels_event(word: &str) -> bool {
    shape::is_listed("event", word)
}

/// How many turns there are, where the text is spoken turn by turn: somebody asks or answers, or has the word again.
/// Labels that stand there once each are those of an advisory (WHO, WHEN) or of a list.
fn turns_of_transcript(evidence: &Evidence<'_>) -> Option<usize> {
    let words = evidence
        .blocks
        .iter()
        .filter_map(|block| evidence.text.get(block.span.range()));
    let labels: Vec<&str> = words
        .filter(|words| is_turn(words))
        .filter_map(|words| Some(words.split_once(':')?.0))
        .collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for label in &labels {
        *times.entry(label).or_default() += 1;
    }
    let is_spoken = |label: &&&str| times[**label] > 1 || ASKS_OR_ANSWERS.contains(*label);
    let spoken = labels.iter().filter(is_spoken).count();
    let turns = labels.len();
    let is_transcript =
        turns >= MIN_TURNS && turns * 3 >= evidence.blocks.len() && spoken * SPOKEN_AMONG >= turns;
    is_transcript.then_some(turns)
}

/// Marks the turns among the paragraphs of a transcript.
pub(super) fn mark_turns(text: &str, blocks: &mut [Block]) {
    for block in blocks
        .iter_mut()
        .filter(|block| block.kind == BlockKind::Paragraph)
    {
        if text.get(block.span.range()).is_some_and(is_turn) {
            block.kind = BlockKind::Turn;
        }
    }
}

/// Whether a block opens a turn.
pub(super) fn is_turn(words: &str) -> bool {
    TURN.is_match(words)
}

#[cfg(test)]
mod tests;
