//! What finding quotes costs: articles and megabytes a second on one core.
//!
//! `cargo bench --bench quotes -- [TEXTS.jsonl...]`
//!
//! A line of `TEXTS.jsonl` has a `text`. Without files an invented article is read over and over.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::time::Instant;

use onrecord::model::tongue::Tongue;
use onrecord::quotes;
use serde_json::Value;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 5;
const COPIES: usize = 500;
const HOSTILE_BYTES: usize = 10_000_000;

const ARTICLE: &str = "The council of Harbor Falls voted on Monday to keep the ferry.\n\
    “We will vote again if we have to,” Mayor Ana Lima told reporters after the meeting. “Nobody will stop us.”\n\
    The port authority, which had called the plan “a danger to every child,” did not answer questions on Tuesday. Its \
    director, Boris Cruz, wrote last week that the city should “stop all ferries at once.”\n\
    Residents were divided. “I take it to work,” said Carla Neves, a nurse. Others at the pier said that the ferry was too \
    loud, and that nobody had asked them.\n\
    According to a report by the council, the line carries 7,113 people a day. A spokesman for the mayor declined to say \
    what the “interim timetable” would cost.";

fn main() {
    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|given| given != "--bench")
        .collect();
    let texts = if files.is_empty() {
        vec![ARTICLE.to_owned(); COPIES]
    } else {
        files.iter().flat_map(|file| texts(file)).collect()
    };
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut best = f64::INFINITY;
    let mut found = 0;
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        found = texts
            .iter()
            .map(|text| quotes::find(text, &[], Tongue::English).len())
            .sum();
        best = best.min(begin.elapsed().as_secs_f64());
    }
    println!(
        "{} articles, {found} quotes: {:.0} articles and {:.2} MB a second",
        texts.len(),
        texts.len() as f64 / best,
        bytes as f64 / 1e6 / best
    );
    // A text that is all marks costs no more than its length.
    for unit in ["“", "“a” ", "\"Lima said "] {
        let text = unit.repeat(HOSTILE_BYTES / unit.len());
        let begin = Instant::now();
        quotes::find(&text, &[], Tongue::English);
        println!("10 MB of {unit:?}: {:.1} s", begin.elapsed().as_secs_f64());
    }
}

fn texts(file: &str) -> Vec<String> {
    let lines = std::fs::read_to_string(file).expect("a readable file");
    let text = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("JSON lines");
        line["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().map(text).collect()
}
