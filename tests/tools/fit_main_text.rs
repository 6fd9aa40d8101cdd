//! Fits the judge of main texts (`src/extract/main_content/*.trees`) to pages whose text is known.
//!
//! `cargo run --release --example fit_main_text -- GOLD.jsonl... [--out FOLDER]`
//!
//! A line of `GOLD.jsonl` is `{"url", "file", "body"}`; `file` is looked for beside it. First the judge is
//! cross-validated, with the pages of one host in one fold: the printed F1 is that of 4-token shingles, precision and
//! recall as means over pages, over the text as the reader would give it. Then it is fitted to all pages and written.
//! The words of the pages go nowhere: a table holds numbers of features, thresholds and log odds.

#![allow(clippy::print_stdout, reason = "a tool prints its figures")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use onrecord::extract::Page;
use onrecord::extract::fitting::{self, Row, judge};
use onrecord::trees::Forest;
use rayon::prelude::*;
use serde::Deserialize;
use url::Url;

#[path = "boosting.rs"]
mod boosting;

use boosting::{Samples, Settings, fold_of};

const FOLDS: usize = 4;
/// Words that the text of a page counts as at least: a page of few words must not outweigh the others.
const LEAST_WORDS: f32 = 150.0;
const FIRST: Settings = Settings {
    trees: 80,
    depth: 5,
    rate: 0.12,
    least_weight: 4.0,
    ridge: 2.0,
    columns: 0.35,
    rows: 0.7,
    bags: 1,
};
const SECOND: Settings = Settings { trees: 100, ..FIRST };

#[derive(Deserialize)]
struct Gold {
    url: String,
    file: PathBuf,
    body: String,
}

/// A page with what is known of each of its pieces.
struct Known {
    url: Url,
    payload: Vec<u8>,
    fold: usize,
    gold: HashMap<[String; 4], usize>,
    texts: Vec<String>,
    rows: Vec<Row>,
    labels: Vec<f32>,
    weights: Vec<f32>,
    /// What a first forest that did not see the page thinks of each piece.
    thought: Vec<f32>,
}

impl Known {
    fn page(&self) -> Page<'_> {
        Page {
            payload: &self.payload,
            content_type: Some("text/html"),
            url: &self.url,
            captured_at: None,
            source: None,
        }
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|given| given != "--bench");
    let (mut golds, mut out) = (Vec::new(), None);
    while let Some(given) = arguments.next() {
        if given == "--out" {
            out = arguments.next().map(PathBuf::from);
        } else {
            golds.push(PathBuf::from(given));
        }
    }
    let mut pages: Vec<Known> = golds.iter().flat_map(|gold| read(gold)).collect();
    let pieces: usize = pages.iter().map(|page| page.rows.len()).sum();
    println!("{} pages, {pieces} pieces", pages.len());
    for fold in 0..FOLDS {
        cross_validate(&mut pages, fold);
    }
    report("all", &pages);
    let mut from = 0;
    for gold in &golds {
        let count = std::fs::read_to_string(gold).expect("readable").lines().count();
        report(&gold.display().to_string(), &pages[from..from + count]);
        from += count;
    }
    let Some(out) = out else { return };
    think(&mut pages, &|_| true);
    let first = fit_first(&pages, &|_| true);
    let second = fit_second(&pages, &|_| true);
    for (name, forest) in [("first", first), ("second", second)] {
        let table = format!(
            "# Written by tests/tools/fit_main_text.rs from {} pages of {} sets; a tree a line.\n{}",
            pages.len(),
            golds.len(),
            forest.table()
        );
        std::fs::write(out.join(format!("{name}.trees")), table).expect("written");
    }
}

fn read(gold: &Path) -> Vec<Known> {
    let lines = std::fs::read_to_string(gold).expect("a readable set");
    let folder = gold.parent().expect("a folder");
    let lines: Vec<&str> = lines.lines().collect();
    lines
        .par_iter()
        .map(|line| {
            let gold: Gold = serde_json::from_str(line).expect("url, file and body");
            let url = Url::parse(&gold.url).expect("an address");
            let payload = std::fs::read(folder.join(&gold.file)).expect("a readable page");
            known(url, payload, &gold.body)
        })
        .collect()
}

fn known(url: Url, payload: Vec<u8>, body: &str) -> Known {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    let mut known = Known {
        fold: fold_of(host, FOLDS),
        gold: shingles(&tokens(body)),
        url,
        payload,
        texts: Vec::new(),
        rows: Vec::new(),
        labels: Vec::new(),
        weights: Vec::new(),
        thought: Vec::new(),
    };
    let candidates = fitting::candidates(&known.page());
    (known.texts, known.rows) = (candidates.texts, candidates.rows);
    let all = tokens(body);
    let whole = format!(" {} ", all.join(" "));
    let lines: Vec<String> = body.lines().map(|line| tokens(line).join(" ")).collect();
    for text in &known.texts {
        let words = tokens(text);
        let label = if words.len() < 4 {
            let words = words.join(" ");
            let is_line = lines.contains(&words);
            // A short piece inside another paragraph of the text proves nothing.
            if is_line && !words.is_empty() { 1.0 } else { 0.0 }
        } else if whole.contains(&format!(" {} ", words.join(" "))) {
            1.0
        } else {
            let found = words
                .windows(4)
                .filter(|window| known.gold.contains_key(&shingle(window)))
                .count();
            found as f32 / (words.len() - 3) as f32
        };
        known.labels.push(label);
        known
            .weights
            .push((words.len() as f32 + 2.0) / (all.len() as f32).max(LEAST_WORDS));
    }
    known
}

fn tokens(text: &str) -> Vec<&str> {
    text.split(|character: char| !(character.is_alphanumeric() || character == '_'))
        .filter(|word| !word.is_empty())
        .collect()
}

fn shingle(window: &[&str]) -> [String; 4] {
    [0, 1, 2, 3].map(|at| window[at].to_owned())
}

fn shingles(tokens: &[&str]) -> HashMap<[String; 4], usize> {
    let mut shingles = HashMap::new();
    for window in tokens.windows(4) {
        *shingles.entry(shingle(window)).or_default() += 1;
    }
    shingles
}

type Choice<'a> = &'a (dyn Fn(&Known) -> bool + Sync);

fn fit(
    pages: &[Known],
    chosen: Choice<'_>,
    rows: impl Fn(&Known) -> Vec<Row> + Sync,
    settings: &Settings,
) -> Forest {
    let chosen: Vec<&Known> = pages.iter().filter(|page| chosen(page)).collect();
    let samples: Vec<(Row, f32, f32)> = chosen
        .par_iter()
        .flat_map(|page| {
            let known = page.labels.iter().zip(&page.weights);
            let samples = rows(page)
                .into_iter()
                .zip(known)
                .map(|(row, (label, weight))| (row, *label, *weight));
            // Pieces without a row are not judged.
            samples.filter(|(row, ..)| !row.is_empty()).collect::<Vec<_>>()
        })
        .collect();
    let labels = samples.iter().map(|sample| sample.1).collect();
    let weights: Vec<f32> = samples.iter().map(|sample| sample.2).collect();
    let rows: Vec<Row> = samples.into_iter().map(|sample| sample.0).collect();
    let mean = weights.iter().sum::<f32>() / weights.len().max(1) as f32;
    let weights = weights.iter().map(|weight| weight / mean).collect();
    boosting::fit(&Samples::new(&rows, labels, weights), settings)
}

fn fit_first(pages: &[Known], chosen: Choice<'_>) -> Forest {
    fit(pages, chosen, |page| page.rows.clone(), &FIRST)
}

fn fit_second(pages: &[Known], chosen: Choice<'_>) -> Forest {
    fit(
        pages,
        chosen,
        |page| fitting::second_rows(&page.page(), &page.thought),
        &SECOND,
    )
}

/// Lets each chosen page be judged by a first forest that saw the other folds of those only.
fn think(pages: &mut [Known], chosen: Choice<'_>) {
    for fold in 0..FOLDS {
        let first = fit_first(pages, &|page| chosen(page) && page.fold != fold);
        for page in pages.iter_mut().filter(|page| chosen(page) && page.fold == fold) {
            page.thought = judge(&first, &page.rows);
        }
    }
}

/// Judges one fold by forests that were fitted to the others; the verdict is left in `thought`.
fn cross_validate(pages: &mut [Known], fold: usize) {
    let verdicts: Vec<Vec<f32>> = {
        think(pages, &|page| page.fold != fold);
        let first = fit_first(pages, &|page| page.fold != fold);
        let second = fit_second(pages, &|page| page.fold != fold);
        let judged = pages.par_iter().filter(|page| page.fold == fold).map(|page| {
            let thought = judge(&first, &page.rows);
            judge(&second, &fitting::second_rows(&page.page(), &thought))
        });
        judged.collect()
    };
    let held: Vec<&mut Known> = pages.iter_mut().filter(|page| page.fold == fold).collect();
    for (page, verdict) in held.into_iter().zip(verdicts) {
        VERDICTS
            .lock()
            .expect("whole")
            .insert(page.url.to_string(), verdict);
    }
}

/// The verdicts over pages that the judge did not see, by address.
static VERDICTS: std::sync::LazyLock<std::sync::Mutex<HashMap<String, Vec<f32>>>> =
    std::sync::LazyLock::new(Default::default);

fn report(name: &str, pages: &[Known]) {
    let verdicts = VERDICTS.lock().expect("whole");
    let (mut precision, mut recall) = (Vec::new(), Vec::new());
    for page in pages {
        let verdict = &verdicts[page.url.as_str()];
        let found = shingles(&tokens(&fitting::text(&page.page(), verdict)));
        let both: usize = found
            .iter()
            .map(|(shingle, count)| page.gold.get(shingle).map_or(0, |gold| *gold.min(count)))
            .sum();
        let sum = |shingles: &HashMap<_, usize>| shingles.values().sum::<usize>();
        if sum(&found) > 0 {
            precision.push(both as f64 / sum(&found) as f64);
        }
        if sum(&page.gold) > 0 {
            recall.push(both as f64 / sum(&page.gold) as f64);
        }
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (precision, recall) = (mean(&precision), mean(&recall));
    println!(
        "{name}: F1 {:.3}, precision {precision:.3}, recall {recall:.3}",
        2.0 * precision * recall / (precision + recall)
    );
}
