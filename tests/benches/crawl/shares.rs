//! Which chapter the time goes to. Rows and index have threads of their own, whose CPU the system tells while the
//! program runs. Reading, quotes with dates, and the archive are done again here, over the same pages on one thread.
//! What is left of the program's CPU is fetching, the frontier and everything between.

use std::hint::black_box;

use onrecord::archive::{Digest, Entry, Writer};
use onrecord::extract::{self, Page};
use onrecord::pipeline::{About, annotate};
use onrecord::resolve::speakers::Gazetteer;
use url::Url;

use crate::{HOSTS, Measured, cpu, generated};

/// Pages that are done again.
const SAMPLE: usize = 300;
/// How the threads of the database and the index are called (Linux keeps fifteen letters).
const ROWS: &[&str] = &["sqlx-sqlite"];
const INDEX: &[&str] = &[
    // Ours, which makes entries ready.
    "index",
    "thrd-tantivy",
    "merge_thread",
    "segment_updater",
    "docstore",
    "tantivy",
];
/// Those of them that put parts of the index together, which is done the oftener the larger it is.
const MERGING: &[&str] = &["merge_thread"];

/// Prints what each chapter took of a crawl, for 1,000 pages and as a share.
pub(crate) fn tell(measured: &Measured, pages: usize) {
    let thousand = 1_000.0 / pages as f64;
    let whole = measured.cpu_s * thousand;
    let threads = |names: &[&str]| -> f64 {
        let of = measured.threads.iter();
        let of = of.filter(|(name, _)| names.iter().any(|known| name.starts_with(known)));
        of.map(|(_, cpu_s)| cpu_s * thousand).sum()
    };
    let [read, found, archived] = done_again();
    let (rows, index, merging) = (threads(ROWS), threads(INDEX), threads(MERGING));
    let rest = whole - read - found - archived - rows - index;
    println!("of {whole:.1} CPU s per 1,000 pages:");
    for (chapter, cpu_s) in [
        ("fetch and the rest", rest),
        ("archive", archived),
        ("read", read),
        ("quotes and dates", found),
        ("store", rows),
        ("index", index),
        ("  merging of it", merging),
    ] {
        println!("  {chapter:18} {cpu_s:5.2}  {:3.0} %", 100.0 * cpu_s / whole);
    }
}

/// CPU seconds for 1,000 pages of reading, of quotes and dates, and of the archive.
fn done_again() -> [f64; 3] {
    let pages: Vec<String> = (0..SAMPLE)
        .map(|number| generated::markup(number % HOSTS, number / HOSTS))
        .collect();
    let url = Url::parse("http://host.example/news/1").expect("valid");
    let readings: Vec<_> = pages
        .iter()
        .map(|markup| extract::read(&of(markup, &url)))
        .collect();
    let read = timed(|| {
        for markup in &pages {
            black_box(extract::read(&of(markup, &url)));
        }
    });
    let gazetteer = Gazetteer::default();
    let found = timed(|| {
        for reading in &readings {
            let about = About {
                published: reading.published.as_ref().map(|stated| stated.moment.date),
                language: reading.language.as_deref(),
                office: None,
                own_headline: None,
                title_of_record: None,
                is_transcript: false,
            };
            black_box(annotate(&reading.text, &reading.blocks, about, &gazetteer));
        }
    });
    let archived = timed(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path(), u64::MAX, &[]).expect("an archive");
        for (number, markup) in pages.iter().enumerate() {
            writer.append(&entry(markup)).expect("appended");
            if number % HOSTS == 0 {
                writer.sync().expect("synced");
            }
        }
    });
    [read, found, archived].map(|cpu_s| cpu_s * 1_000.0 / SAMPLE as f64)
}

fn of<'a>(markup: &'a str, url: &'a Url) -> Page<'a> {
    Page {
        payload: markup.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        url,
        captured_at: None,
        source: None,
    }
}

fn entry(markup: &str) -> Entry<'_> {
    Entry {
        url: "http://host.example/news/1",
        fetched_at: "2026-02-06T15:04:05Z".parse().expect("valid"),
        request_head: b"GET /news/1 HTTP/1.1\r\nhost: host.example\r\n\r\n",
        response_head: b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n",
        body: markup.as_bytes(),
        digest: Digest::of(markup.as_bytes()),
        truncated: None,
        ip: None,
        not_modified: false,
        revisit_of: None,
    }
}

/// CPU seconds that this thread takes for something.
pub(crate) fn timed(work: impl FnOnce()) -> f64 {
    let now = || cpu("/proc/thread-self/stat").map_or(0.0, |(_, cpu_s)| cpu_s);
    let before = now();
    work();
    now() - before
}
