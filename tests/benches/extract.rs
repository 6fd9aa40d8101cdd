//! What reading a page costs on one core: pages and megabytes a second of processor time, beside the parse alone and
//! beside two public extractors over the same pages in the same run.
//!
//! `cargo bench --bench extract -- [FOLDER]` reads the `*.html` of a folder, by default those of the news pages
//! of the shared data (`ONRECORD_SHARED`), and without either pages of its own making.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use onrecord::extract::{self, Page};
use url::Url;

#[allow(
    dead_code,
    unreachable_pub,
    reason = "the benchmark of searching uses more of it"
)]
#[path = "search/clock.rs"]
mod clock;
#[path = "../support/generated.rs"]
mod generated;

/// Rounds over all pages; the fastest counts, because another process can only slow one down: they share caches.
const ROUNDS: usize = 3;

/// A reader under test, by name.
type System<'a> = (&'a str, &'a dyn Fn(&[u8]));

fn main() {
    let pages = pages();
    let bytes: usize = pages.iter().map(Vec::len).sum();
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    let url = Url::parse("https://news.example/2026/02/06/page").expect("an address");
    let systems: [System<'_>; 4] = [
        ("parse alone (scraper)", &|payload| {
            black_box(scraper::Html::parse_document(&String::from_utf8_lossy(payload)));
        }),
        ("onrecord", &|payload| {
            black_box(extract::read(&Page {
                payload,
                content_type: Some("text/html"),
                url: &url,
                captured_at: None,
                source: None,
            }));
        }),
        ("trafilatura (crate)", &|payload| {
            let options = trafilatura::Options::default();
            let _ = black_box(trafilatura::extract(&String::from_utf8_lossy(payload), &options));
        }),
        ("dom_smoothie (crate)", &|payload| {
            let markup = String::from_utf8_lossy(payload);
            if let Ok(mut reader) = dom_smoothie::Readability::new(markup.as_ref(), None, None) {
                let _ = black_box(reader.parse());
            }
        }),
    ];
    let mut ours = None;
    for (name, system) in systems {
        let took = fastest(&pages, system);
        if name == "onrecord" {
            ours = Some(took);
        }
        println!(
            "{name:24} {:7.0} pages/s {:7.1} MB/s{}",
            pages.len() as f64 / took.as_secs_f64(),
            bytes as f64 / 1e6 / took.as_secs_f64(),
            ours.map_or(String::new(), |ours| format!(
                "   ours takes {:.2} of its time",
                ours.as_secs_f64() / took.as_secs_f64()
            )),
        );
    }
}

fn fastest(pages: &[Vec<u8>], system: &dyn Fn(&[u8])) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let begin = clock::thread_ns();
        for page in pages {
            system(page);
        }
        Duration::from_nanos(clock::thread_ns() - begin)
    });
    rounds.min().unwrap_or_default()
}

fn pages() -> Vec<Vec<u8>> {
    let given = std::env::args().skip(1).find(|given| !given.starts_with('-'));
    let shared =
        std::env::var_os("ONRECORD_SHARED").map(|shared| Path::new(&shared).join("data/pages_news/html"));
    let Some(folder) = given.map(PathBuf::from).or(shared) else {
        return (0..80)
            .map(|page| generated::markup(page % 20, page).into_bytes())
            .collect();
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("a folder of pages")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read(file).expect("readable"))
        .collect()
}
