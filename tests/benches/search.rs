//! What searching costs: generated documents with five quotes each, indexed and asked through the whole library call,
//! beside SQLite's FTS5 and PostgreSQL's full text over the same rows in the same run. Prints how fast each is built and
//! how large it is, then the median and 95th percentile of the processor time of ten typical questions, and how many
//! answers were the same. PostgreSQL is left out where its programs (`initdb`, `pg_ctl`) are not there.
//!
//! `cargo bench --bench search -- [--documents DOCUMENTS] [--questions OF_EACH] [--only-ours]`; the defaults are 100,000
//! documents and 60 questions of each kind. Reads the figures of processes from `/proc`, so it runs on Linux only.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::Path;

use corpus::{Corpus, Document};
use questions::{Answer, Kind, Question};

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "search/bare.rs"]
mod bare;
#[path = "search/clock.rs"]
mod clock;
#[path = "search/corpus.rs"]
mod corpus;
#[path = "search/ours.rs"]
mod ours;
#[path = "search/postgres.rs"]
mod postgres;
#[path = "search/questions.rs"]
mod questions;
#[path = "search/sqlite.rs"]
mod sqlite;

/// Documents of the usual figure.
const USUAL: u64 = 100_000;
/// Questions of each kind.
const OF_EACH: u64 = 60;

/// A search engine with the corpus in it.
trait Engine {
    fn name(&self) -> &'static str;
    /// Takes in all wordings of a document.
    fn add(&mut self, corpus: &Corpus, wordings: &[Document]);
    /// Makes everything added searchable.
    fn finish(&mut self);
    /// How large its files are.
    fn bytes(&mut self) -> u64;
    /// Processor time that it has taken so far.
    fn cpu_ns(&mut self) -> u64;
    fn ask(&mut self, question: &Question) -> Answer;
}

fn main() {
    let (documents, of_each) = (given("--documents", USUAL), given("--questions", OF_EACH));
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = Corpus::new(documents);
    println!(
        "{documents} documents with {} quotes, {of_each} questions of each kind",
        documents * corpus::QUOTES
    );
    let mut ours = ours::Ours::new(folder.path().join("onrecord"), &corpus);
    let bytes = build(&mut ours, &corpus);
    let bare = bare::Bare::open(&ours.generation());
    let questions = questions::questions(&corpus, of_each);
    let own = asked(&mut ours, &questions);
    let mut others = Vec::new();
    if !std::env::args().any(|argument| argument == "--only-ours") {
        let mut sqlite = sqlite::Sqlite::new(folder.path());
        let beside = build(&mut sqlite, &corpus);
        println!(
            "    ours is {:.2} times as large as it",
            bytes as f64 / beside as f64
        );
        others.push((sqlite.name(), asked(&mut sqlite, &questions)));
        match postgres::Postgres::new(folder.path()) {
            Ok(mut postgres) => {
                let beside = build(&mut postgres, &corpus);
                println!(
                    "    ours is {:.2} times as large as it",
                    bytes as f64 / beside as f64
                );
                others.push((postgres.name(), asked(&mut postgres, &questions)));
            }
            Err(reason) => println!("PostgreSQL is left out: {reason}"),
        }
    }
    tell(&questions, &own, &others);
    tell_by_words(&mut ours, &questions, &own);
    tell_layer(&bare, &questions, &own);
    println!("{} MB of memory at the most", clock::peak_mb());
}

/// The number behind an option.
fn given(name: &str, usual: u64) -> u64 {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|argument| argument == name);
    let number = at.and_then(|at| arguments.get(at + 1)?.parse().ok());
    number.unwrap_or(usual)
}

/// Puts the corpus into an engine and tells what that took; answers how large it is.
fn build(engine: &mut dyn Engine, corpus: &Corpus) -> u64 {
    let (begun, before) = (std::time::Instant::now(), engine.cpu_ns());
    let mut generating = 0;
    for number in 0..corpus.documents {
        let begin = clock::thread_ns();
        let wordings = corpus.document(number);
        generating += clock::thread_ns() - begin;
        engine.add(corpus, &wordings);
    }
    engine.finish();
    let own = engine.cpu_ns() - before;
    // An engine in this process is charged for the making of the documents as well.
    let seconds = match engine.name() {
        "PostgreSQL" => own,
        _ => own - generating,
    } as f64
        / 1e9;
    let bytes = engine.bytes();
    println!(
        "{}: built in {seconds:.1} CPU s ({:.0} documents a CPU second, {:.0} s on the wall), {} MB",
        engine.name(),
        corpus.documents as f64 / seconds,
        begun.elapsed().as_secs_f64(),
        bytes / 1_000_000,
    );
    bytes
}

/// An answer and the processor time it took.
struct Timed {
    answer: Answer,
    ns: u64,
}

/// Asks every question twice and measures the second time, when what is read often is in memory.
fn asked(engine: &mut dyn Engine, questions: &[Question]) -> Vec<Timed> {
    let timed = questions.iter().map(|question| {
        engine.ask(question);
        let before = engine.cpu_ns();
        let answer = engine.ask(question);
        Timed {
            answer,
            ns: engine.cpu_ns() - before,
        }
    });
    timed.collect()
}

/// The median and the 95th percentile, in milliseconds.
fn percentiles(mut times: Vec<u64>) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize] as f64 / 1e6;
    (at(0.5), at(0.95))
}

/// The questions of a kind with their answers.
fn of<'a>(
    kind: Kind,
    questions: &'a [Question],
    timed: &'a [Timed],
) -> impl Iterator<Item = (&'a Question, &'a Timed)> {
    questions
        .iter()
        .zip(timed)
        .filter(move |(question, _)| question.kind == kind)
}

fn times(kind: Kind, questions: &[Question], timed: &[Timed]) -> (f64, f64) {
    percentiles(of(kind, questions, timed).map(|(_, timed)| timed.ns).collect())
}

/// The table: a row a kind of question, then who answered otherwise.
fn tell(questions: &[Question], own: &[Timed], others: &[(&str, Vec<Timed>)]) {
    print!("\n{:<46} {:>17}", "CPU ms, median / p95", "onrecord");
    for (name, _) in others {
        print!(" | {name:>19} {:>15} {:>7}", "times ours", "same");
    }
    println!();
    for kind in Kind::ALL {
        let (median, high) = times(kind, questions, own);
        print!("{:<46} {median:>8.3} {high:>8.3}", kind.name());
        for (_, theirs) in others {
            let (other_median, other_high) = times(kind, questions, theirs);
            let pairs: Vec<bool> = of(kind, questions, own)
                .zip(of(kind, questions, theirs))
                .map(|((question, one), (_, other))| question.is_same(&one.answer, &other.answer))
                .collect();
            let same = pairs.iter().filter(|same| **same).count();
            print!(
                " | {other_median:>9.3} {other_high:>9.3} {:>7.1} {:>7.1} {:>7}",
                other_median / median,
                other_high / high,
                format!("{same}/{}", pairs.len()),
            );
        }
        println!();
    }
    for (name, timed) in
        std::iter::once(("onrecord", own)).chain(others.iter().map(|(name, timed)| (*name, &timed[..])))
    {
        println!(
            "altered wording, right at once: {name} {:.3}",
            recall(questions, timed)
        );
    }
    println!("hits on average: {}", averages(questions, own));
}

/// The share of altered wordings whose origin, or another printing of it, is the closest found.
fn recall(questions: &[Question], timed: &[Timed]) -> f64 {
    let right: Vec<bool> = of(Kind::Altered, questions, timed)
        .map(|(question, timed)| question.is_right(&timed.answer))
        .collect();
    right.iter().filter(|right| **right).count() as f64 / right.len() as f64
}

/// How many hits the questions of each kind have.
fn averages(questions: &[Question], timed: &[Timed]) -> String {
    let of_kind = |kind: Kind| {
        let hits: Vec<u64> = of(kind, questions, timed)
            .map(|(_, timed)| match &timed.answer {
                Answer::Hits(Some(total), _) => *total,
                Answer::Hits(None, hits) => hits.len() as u64,
                Answer::Counts(counts) => counts.iter().map(|(_, count)| count).sum(),
                Answer::Closest(found) => u64::from(found.is_some()),
            })
            .collect();
        format!("{kind:?} {}", hits.iter().sum::<u64>() / hits.len() as u64)
    };
    Kind::ALL.map(of_kind).join(", ")
}

/// What altered wordings cost when they are looked for by BM25 over their words, in the same index.
fn tell_by_words(ours: &mut ours::Ours, questions: &[Question], own: &[Timed]) {
    let timed = questions.iter().map(|question| {
        let before = clock::own_ns();
        let answer = match question.kind {
            Kind::Altered => ours.by_words(question),
            _ => Answer::Closest(None),
        };
        Timed {
            answer,
            ns: clock::own_ns() - before,
        }
    });
    let timed: Vec<Timed> = timed.collect();
    let (median, high) = times(Kind::Altered, questions, &timed);
    let (own_median, own_high) = times(Kind::Altered, questions, own);
    println!(
        "altered wording by BM25 over the words here: {median:.3} / {high:.3} ms, {:.1} / {:.1} times ours, right at once {:.3}",
        median / own_median,
        high / own_high,
        recall(questions, &timed),
    );
}

/// What our own layer adds to the engine under it.
fn tell_layer(bare: &bare::Bare, questions: &[Question], own: &[Timed]) {
    for kind in [Kind::Word, Kind::And, Kind::Phrase] {
        let (mut ours, mut engine) = (Vec::new(), Vec::new());
        for (question, timed) in of(kind, questions, own) {
            bare.ask(question);
            let before = clock::own_ns();
            let total = bare.ask(question);
            engine.push(clock::own_ns() - before);
            ours.push(timed.ns);
            let Answer::Hits(found, _) = &timed.answer else {
                continue;
            };
            assert_eq!(total, *found, "the engine alone finds the same");
        }
        let ((median, high), (bare_median, bare_high)) = (percentiles(ours), percentiles(engine));
        println!(
            "{}: our layer adds {:.3} / {:.3} ms to the engine's {bare_median:.3} / {bare_high:.3}",
            kind.name(),
            median - bare_median,
            high - bare_high,
        );
    }
}

/// The last second of a day, as `asof:` means it.
fn end_of(day: jiff::civil::Date) -> i64 {
    corpus::moment(corpus::later(day, 1), 0).as_second() - 1
}

/// How many bytes the files below a folder have.
fn bytes_below(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.path() {
            path if path.is_dir() => bytes_below(&path),
            path => std::fs::metadata(path).map_or(0, |file| file.len()),
        })
        .sum()
}
