//! Fits the judge of quotes (`src/quotes/*.trees`) to texts whose quotes and speakers are known.
//!
//! `cargo run --release --example fit_quotes -- GOLD.jsonl... [--by KEY] [--held PRED.jsonl] [--out FOLDER]`
//!
//! A line of `GOLD.jsonl` is `{"id", "text", "quotes"}`, a quote `{"start", "end", "kind", "fragments", "speaker",
//! "speaker_spans"}` with spans in code points, ends excluded. With `--held` the judge is cross-validated and the quotes that are
//! found by it in each held-out text are written, with `speech` and `likely` for choosing thresholds; texts of one value of KEY
//! (`publisher`; without it, of one id) are in one fold. With `--out` it is fitted to all texts and written. The words
//! go nowhere: a table holds numbers of features, thresholds and log odds. Texts in double marks are learned from a second time
//! in single ones, because sets of those are rare.

#![allow(clippy::print_stdout, reason = "a tool prints its figures")]

use std::collections::HashSet;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use onrecord::model::quote::Quote;
use onrecord::model::span::Span;
use onrecord::quotes::fitting::{self, Cases, Forests, Row};
use onrecord::resolve::speakers::{Context, Gazetteer};
use onrecord::trees::{Forest, Rows};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

#[path = "boosting.rs"]
mod boosting;

use boosting::{Samples, Settings, fold_of};

const FOLDS: usize = 5;
const FIRST: Settings = Settings {
    trees: 70,
    depth: 5,
    rate: 0.15,
    least_weight: 4.0,
    ridge: 2.0,
    columns: 0.4,
    rows: 0.7,
    bags: 1,
};
// It is asked about few, so that several cost little.
const SECOND: Settings = Settings { bags: 3, ..FIRST };
const SPEECH: Settings = Settings {
    trees: 90,
    rate: 0.12,
    bags: 2,
    ..FIRST
};
/// Share of the words of two stretches that must be in both for them to be the same.
const SAME: f64 = 0.8;

#[derive(Deserialize)]
struct Gold {
    id: String,
    text: String,
    quotes: Vec<GoldQuote>,
    #[serde(flatten)]
    more: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
struct GoldQuote {
    start: usize,
    end: usize,
    kind: String,
    #[serde(default)]
    fragments: Vec<(usize, usize)>,
    speaker: Option<String>,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
    #[serde(default)]
    speaker_spans: Vec<(usize, usize)>,
}

/// A text with what is known of its stretches.
struct Known {
    id: String,
    text: String,
    fold: usize,
    /// Whether the marks were changed: learned from, not reported.
    is_restyled: bool,
    cases: Cases,
    first: Vec<Vec<Row>>,
    /// Whether each stretch is speech.
    speech: Vec<bool>,
    /// Whether each candidate is the speaker; `None` where he is named by name only, beside the right naming.
    right: Vec<Vec<Option<bool>>>,
    thought: Vec<Vec<f32>>,
    second_thought: Vec<Vec<f32>>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut golds, mut out, mut held, mut by) = (Vec::new(), None, None, "id".to_owned());
    while let Some(given) = arguments.next() {
        match given.as_str() {
            "--out" => out = arguments.next().map(PathBuf::from),
            "--held" => held = arguments.next().map(PathBuf::from),
            "--by" => by = arguments.next().expect("a key"),
            _ => golds.push(PathBuf::from(given)),
        }
    }
    let mut texts: Vec<Known> = golds.iter().flat_map(|gold| read(gold, &by)).collect();
    report(&texts);
    if let Some(held) = held {
        let mut file = std::fs::File::create(held).expect("writable");
        for fold in 0..FOLDS {
            let judge = fit_all(&mut texts, &|text| text.fold != fold);
            for text in texts.iter().filter(|text| text.fold == fold && !text.is_restyled) {
                writeln!(file, "{}", predicted(text, &judge)).expect("writable");
            }
        }
    }
    let Some(out) = out else { return };
    let judge = fit_all(&mut texts, &|_| true);
    for (name, forest) in [
        ("first", judge.first),
        ("second", judge.second),
        ("speech", judge.speech),
    ] {
        let table = format!(
            "# Written by tests/tools/fit_quotes.rs from {} texts (some in two styles) of {} sets; a tree a line.\n{}",
            texts.len(),
            golds.len(),
            forest.table()
        );
        std::fs::write(out.join(format!("{name}.trees")), table).expect("written");
    }
}

/// How far the right stretches and speakers are within reach of the judge.
fn report(texts: &[Known]) {
    let speech: usize = texts
        .iter()
        .map(|text| text.speech.iter().filter(|it| **it).count())
        .sum();
    let all: usize = texts.iter().map(|text| text.speech.len()).sum();
    let reachable: usize = texts
        .iter()
        .map(|text| {
            let stretches = text.speech.iter().zip(&text.right);
            stretches
                .filter(|(speech, right)| **speech && right.contains(&Some(true)))
                .count()
        })
        .sum();
    let candidates: usize = texts.iter().flat_map(|text| &text.right).map(Vec::len).sum();
    println!(
        "{} texts, {all} stretches, {speech} of them speech, {reachable} with the speaker among {candidates} candidates",
        texts.len()
    );
}

fn read(gold: &Path, by: &str) -> Vec<Known> {
    let lines = std::fs::read_to_string(gold).expect("a readable set");
    let lines: Vec<&str> = lines.lines().collect();
    lines
        .par_iter()
        .flat_map_iter(|line| {
            let gold: Gold = serde_json::from_str(line).expect("id, text and quotes");
            let restyled = restyled(&gold.text).map(|text| Known {
                is_restyled: true,
                ..known(&gold, text, by)
            });
            let text = gold.text.clone();
            std::iter::once(known(&gold, text, by)).chain(restyled)
        })
        .collect()
}

/// A text as a paper prints it that puts speech in single marks; nothing where it has single marks already.
fn restyled(text: &str) -> Option<String> {
    let single = |c: char| match c {
        '“' => '‘',
        '”' => '’',
        '"' => '\'',
        c => c,
    };
    (text.contains(['“', '"']) && !text.contains(['‘', '`']) && !text.contains("''"))
        .then(|| text.chars().map(single).collect())
}

fn known(gold: &Gold, text: String, by: &str) -> Known {
    let key = gold.more.get(by).and_then(Value::as_str).unwrap_or(&gold.id);
    let bytes: Vec<usize> = gold
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let range = |start: usize, end: usize| bytes[start]..bytes[end];
    let cases = Cases::of(&text);
    // The stretches inside marks that are given as somebody's, each once.
    let mut seen = HashSet::new();
    let mut given: Vec<(Range<usize>, &GoldQuote)> = Vec::new();
    for quote in gold.quotes.iter().filter(|quote| quote.kind != "indirect") {
        let whole = [(quote.start, quote.end)];
        let parts: &[(usize, usize)] = match (quote.fragments.is_empty(), quote.kind.as_str()) {
            (false, _) => &quote.fragments,
            (true, "mixed") => &[],
            (true, _) => &whole,
        };
        for (start, end) in parts {
            for line in lines(&text, range(*start, *end)) {
                let line = trimmed(&text, line);
                if !line.is_empty() && seen.insert(line.clone()) {
                    given.push((line, quote));
                }
            }
        }
    }
    let mut speech = Vec::new();
    let mut right = Vec::new();
    for (stretch, pieces) in cases.pieces.iter().enumerate() {
        let piece = trimmed(&text, pieces[0].clone());
        let found = given.iter().find(|(line, _)| is_same(&text, line, &piece));
        speech.push(found.is_some());
        let mentions = &cases.mentions[stretch];
        right.push(found.map_or_else(
            || vec![Some(false); mentions.len()],
            |(_, quote)| rights(&text, quote, mentions, &range),
        ));
    }
    Known {
        fold: fold_of(key, FOLDS),
        first: cases.first_rows(),
        id: gold.id.clone(),
        cases,
        speech,
        right,
        thought: Vec::new(),
        second_thought: Vec::new(),
        text,
        is_restyled: false,
    }
}

/// Which of the candidates is the speaker of a known quote.
fn rights(
    text: &str,
    quote: &GoldQuote,
    mentions: &[Range<usize>],
    range: &dyn Fn(usize, usize) -> Range<usize>,
) -> Vec<Option<bool>> {
    let spans: Vec<Range<usize>> = match (&quote.speaker_spans, quote.speaker_start, quote.speaker_end) {
        (spans, ..) if !spans.is_empty() => spans.iter().map(|(start, end)| range(*start, *end)).collect(),
        (_, Some(start), Some(end)) => vec![range(start, end)],
        _ => Vec::new(),
    };
    let overlaps = |mention: &Range<usize>| {
        spans
            .iter()
            .any(|span| span.start < mention.end && mention.start < span.end)
    };
    let is_named = mentions.iter().any(overlaps);
    let last = |words: &str| {
        let word = words
            .split_whitespace()
            .rev()
            .find(|word| word.starts_with(char::is_uppercase))?;
        Some(
            word.trim_end_matches(|c: char| !c.is_alphanumeric())
                .trim_end_matches("’s")
                .to_lowercase(),
        )
    };
    let name = quote.speaker.as_deref().and_then(last);
    mentions
        .iter()
        .map(|mention| {
            let by_name = name.is_some() && last(&text[mention.clone()]) == name;
            match (overlaps(mention), by_name) {
                (true, _) => Some(true),
                (false, true) if is_named => None,
                (false, by_name) => Some(by_name),
            }
        })
        .collect()
}

fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut at = range.start;
    let lines = text[range].split('\n').map(|line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    });
    lines.collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
    let end = range.start + slice.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    start..end.max(start)
}

fn is_same(text: &str, one: &Range<usize>, other: &Range<usize>) -> bool {
    if one.start >= other.end || other.start >= one.end {
        return false;
    }
    let words = |range: Range<usize>| {
        text[range]
            .split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .count()
    };
    let both = words(one.start.max(other.start)..one.end.min(other.end));
    let any = words(one.start.min(other.start)..one.end.max(other.end));
    both as f64 >= SAME * any.max(1) as f64
}

type Choice<'a> = &'a (dyn Fn(&Known) -> bool + Sync);

/// Fits all forests to the chosen texts; what a later one learns from is judged by earlier ones that did not see it.
fn fit_all(texts: &mut [Known], chosen: Choice<'_>) -> Forests {
    for fold in 0..FOLDS {
        let first = fit_first(texts, &|text| chosen(text) && text.fold != fold);
        for text in texts.iter_mut().filter(|text| chosen(text) && text.fold == fold) {
            text.thought = judged(&first, &text.first);
        }
    }
    for fold in 0..FOLDS {
        let second = fit_second(texts, &|text| chosen(text) && text.fold != fold);
        for text in texts.iter_mut().filter(|text| chosen(text) && text.fold == fold) {
            text.second_thought = second_thought(&second, &text.cases, &text.thought);
        }
    }
    Forests {
        first: fit_first(texts, chosen),
        second: fit_second(texts, chosen),
        speech: fit_speech(texts, chosen),
    }
}

/// Rows of candidates by stretch, with the number of the candidate each is of.
type Options = Vec<Vec<(usize, Row)>>;

fn fit_first(texts: &[Known], chosen: Choice<'_>) -> Forest {
    let all = |text: &Known| -> Options {
        let rows = text.first.iter();
        rows.map(|rows| rows.iter().cloned().enumerate().collect())
            .collect()
    };
    fit_candidates(texts, chosen, &all, &FIRST)
}

fn fit_second(texts: &[Known], chosen: Choice<'_>) -> Forest {
    // It is asked about rivals only, and learns more from all.
    let all = |text: &Known| text.cases.second_rows_of_all(&text.thought);
    fit_candidates(texts, chosen, &all, &SECOND)
}

fn fit_candidates(
    texts: &[Known],
    chosen: Choice<'_>,
    rows: &(dyn Fn(&Known) -> Options + Sync),
    settings: &Settings,
) -> Forest {
    let stretches: Vec<Vec<(Row, f32)>> = texts
        .par_iter()
        .filter(|text| chosen(text))
        .flat_map_iter(|text| {
            let stretches = rows(text).into_iter().zip(&text.right).zip(&text.speech);
            let spoken = stretches.filter(|(_, speech)| **speech);
            spoken
                .map(|((rows, right), _)| {
                    let options = rows.into_iter();
                    options
                        .filter_map(|(at, row)| Some((row, f32::from(right[at]?))))
                        .collect()
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let ends = stretches.iter().scan(0, |end, options| {
        let start = *end;
        *end += options.len();
        Some(start..*end)
    });
    let choices = ends.collect();
    fit(stretches.into_iter().flatten().collect(), settings, choices)
}

fn fit_speech(texts: &[Known], chosen: Choice<'_>) -> Forest {
    let samples = texts
        .par_iter()
        .filter(|text| chosen(text))
        .flat_map_iter(|text| {
            let rows = text.cases.speech_rows(&text.second_thought).into_iter();
            rows.zip(&text.speech)
                .map(|(row, speech)| (row, f32::from(*speech)))
                .collect::<Vec<_>>()
        });
    fit(samples.collect(), &SPEECH, Vec::new())
}

fn fit(samples: Vec<(Row, f32)>, settings: &Settings, choices: Vec<Range<usize>>) -> Forest {
    let labels: Vec<f32> = samples.iter().map(|sample| sample.1).collect();
    let weights = vec![1.0; labels.len()];
    let rows: Vec<Row> = samples.into_iter().map(|sample| sample.0).collect();
    boosting::fit(
        &Samples::new(&rows, labels, weights).with_choices(choices),
        settings,
    )
}

/// What a forest thinks of the candidates of each stretch, of whom one is right or none.
fn judged(forest: &Forest, rows: &[Vec<Row>]) -> Vec<Vec<f32>> {
    let judged = rows.iter().map(|rows| choice(forest, rows.iter()));
    judged.collect()
}

/// What the second forest thinks of those it is asked about, and the first of the others.
fn second_thought(forest: &Forest, cases: &Cases, first: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut thought = first.to_vec();
    for (thought, rows) in thought.iter_mut().zip(cases.second_rows(first)) {
        let second = choice(forest, rows.iter().map(|(_, row)| row));
        for ((at, _), second) in rows.iter().zip(second) {
            thought[*at] = second;
        }
    }
    thought
}

fn choice<'a>(forest: &Forest, rows: impl Iterator<Item = &'a Row>) -> Vec<f32> {
    forest.choice(&Rows::of(rows.map(Vec::as_slice)))
}

/// The quotes that are found in a text by some forests, as a line of the form the scorer reads.
fn predicted(known: &Known, forests: &Forests) -> Value {
    let text = known.text.as_str();
    let quotes = fitting::find(text, forests);
    let points = Points::of(text);
    let line = |quote: &Quote| {
        let hull = quote.hull()?;
        let told = quote.attribution.as_ref();
        let mention = told.and_then(|told| told.mention.span());
        let fragments: Vec<_> = quote.fragments.iter().map(|span| points.both(*span)).collect();
        let meant = Gazetteer::default().resolve(text, quote, Context::default());
        Some(json!({
            "start": points.at(hull.start()),
            "end": points.at(hull.end()),
            "kind": quote.kind.code(),
            "fragments": fragments,
            "speech": quote.confidence,
            "likely": told.map(|told| told.confidence),
            "rule": told.map(|told| told.rule),
            "speaker": mention.map(|mention| mention.slice(text)),
            "speaker_start": mention.map(|mention| points.at(mention.start())),
            "speaker_end": mention.map(|mention| points.at(mention.end())),
            "speaker_canonical": meant.map(|meant| meant.name),
        }))
    };
    json!({"id": known.id, "quotes": quotes.iter().filter_map(line).collect::<Vec<_>>()})
}

/// Where the code points of a text begin.
struct Points(Vec<usize>);

impl Points {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).collect())
    }

    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start < byte)
    }

    fn both(&self, span: Span) -> (usize, usize) {
        (self.at(span.start()), self.at(span.end()))
    }
}
