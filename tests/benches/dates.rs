//! What finding time expressions costs: megabytes a second on one core.
//!
//! `cargo bench --bench dates -- [TEXTS.jsonl...]`
//!
//! A line of `TEXTS.jsonl` has a `text`, maybe a `published` day and a `language`. Without files an invented article
//! is read over and over. After the texts come hostile ones of ten megabytes each.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::time::Instant;

use jiff::civil::Date;
use onrecord::dates;
use onrecord::model::tongue::Tongue;
use serde_json::Value;

const ROUNDS: usize = 5;
const COPIES: usize = 2_000;
const HOSTILE: [&str; 7] = [
    "last ",
    "9 ",
    "the past ",
    "twenty-",
    "May 9, ",
    "the end of ",
    "two hundred ",
];
const HOSTILE_BYTES: usize = 10_000_000;

const ARTICLE: &str = "HARBOR FALLS, Feb. 6 — The council voted late Thursday to keep the ferry until the end of the year.\n\
    Mayor Ana Lima, 52, said the line had carried 7,113 people a day in the past three months, up 4.5 percent from a year \
    ago. “We will vote again on March 1 if we have to,” she told reporters at 6 p.m. on Friday.\n\
    The port authority, which ran the ferry from 1988 to 2001, has to answer within 14 days. Its director wrote last week \
    that the city should have stopped all ferries in the summer of 2024. Two days later he withdrew the letter.\n\
    Every Monday morning the pier is closed for an hour. Nobody knows how long the third quarter’s losses can be borne.";

struct Text {
    text: String,
    tongue: Tongue,
    published: Option<Date>,
}

fn main() {
    let arguments = std::env::args().skip(1);
    let files: Vec<String> = arguments.filter(|given| given != "--bench").collect();
    let texts: Vec<Text> = if files.is_empty() {
        (0..COPIES).map(|_| article()).collect()
    } else {
        files.iter().flat_map(|file| texts(file)).collect()
    };
    let (mut best, mut found) = (f64::INFINITY, 0);
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        found = texts.iter().map(found_in).sum();
        best = best.min(begin.elapsed().as_secs_f64());
    }
    let bytes: usize = texts.iter().map(|text| text.text.len()).sum();
    println!(
        "{} texts, {found} expressions: {:.1} MB a second",
        texts.len(),
        megabytes(bytes) / best
    );
    for piece in HOSTILE {
        let hostile = Text {
            text: piece.repeat(HOSTILE_BYTES / piece.len()),
            ..article()
        };
        let begin = Instant::now();
        let found = found_in(&hostile);
        let rate = megabytes(hostile.text.len()) / begin.elapsed().as_secs_f64();
        println!("{piece:?} over and over, {found} expressions: {rate:.1} MB a second");
    }
}

fn found_in(text: &Text) -> usize {
    dates::find(&text.text, text.tongue, text.published).len()
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn article() -> Text {
    Text {
        text: ARTICLE.to_owned(),
        tongue: Tongue::English,
        published: Some(jiff::civil::date(2026, 2, 6)),
    }
}

fn texts(file: &str) -> Vec<Text> {
    let lines = std::fs::read_to_string(file).expect("a readable file");
    let text = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("JSON lines");
        let day = line["published"].as_str().and_then(|stated| stated.get(..10));
        Text {
            text: line["text"].as_str().expect("a text").to_owned(),
            tongue: Tongue::of_tag(line["language"].as_str()),
            published: day.and_then(|day| day.parse().ok()),
        }
    };
    lines.lines().map(text).collect()
}
