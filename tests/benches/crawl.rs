//! What a crawl costs: generated pages over twenty loopback hosts through the whole pipeline, in a process of its
//! own. Prints pages a second, CPU seconds for 1,000 pages and peak memory, and checks from the servers' side that
//! no host saw two requests at once.
//!
//! `cargo bench --bench crawl -- [PAGES]`; the default is 2,000. Reads the figures of the process from `/proc`, so
//! it runs on Linux only.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

#[path = "../support/generated.rs"]
mod generated;

/// Hosts the pages are spread over.
const HOSTS: usize = 20;
/// Ticks a second in `/proc/PID/stat` (`USER_HZ`, the same on every Linux of today).
const TICKS: f64 = 100.0;
/// What one host serves and saw.
#[derive(Default)]
struct Host {
    pages: usize,
    number: usize,
    requests: AtomicU64,
    under_way: AtomicU64,
    overlaps: AtomicU64,
}

fn main() {
    let pages: usize = std::env::args()
        .skip(1)
        .find_map(|given| given.parse().ok())
        .unwrap_or(2_000);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let sources = folder.path().join("config/sources");
    std::fs::create_dir_all(&sources).expect("a folder");
    let settings = "[crawl]\ncontact = \"bench\"\npace = \"1ms\"\nhosts_at_once = 20\n";
    std::fs::write(folder.path().join("config/onrecord.toml"), settings).expect("written");
    let hosts: Vec<Arc<Host>> = (0..HOSTS)
        .map(|number| {
            let host = Arc::new(Host {
                pages: pages / HOSTS,
                number,
                ..Host::default()
            });
            let address = runtime.block_on(serve(Arc::clone(&host)));
            let source = format!(
                "name = \"Host {number}\"\nkind = \"news\"\nhome = \"{address}\"\nallow_private = true\n\
                 [[channel]]\nkind = \"sitemap\"\nurl = \"{address}sitemap.txt\"\n"
            );
            std::fs::write(sources.join(format!("host-{number}.toml")), source).expect("written");
            host
        })
        .collect();
    let measured = crawl(folder.path());
    let requests: u64 = hosts
        .iter()
        .map(|host| host.requests.load(Ordering::Relaxed))
        .sum();
    let overlaps: u64 = hosts
        .iter()
        .map(|host| host.overlaps.load(Ordering::Relaxed))
        .sum();
    println!(
        "{pages} pages over {HOSTS} hosts: {:.0} pages/s, {:.1} CPU s per 1,000 pages, {} MB peak; \
         {requests} requests, {overlaps} while another was under way at the same host",
        pages as f64 / measured.wall.as_secs_f64(),
        measured.cpu_s * 1_000.0 / pages as f64,
        measured.peak_kb / 1_024,
    );
    assert_eq!(overlaps, 0, "no host may see two requests at once");
}

struct Measured {
    wall: Duration,
    cpu_s: f64,
    peak_kb: u64,
}

/// Runs the program over the workspace and watches it.
fn crawl(workspace: &std::path::Path) -> Measured {
    let begin = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("--workspace")
        .arg(workspace)
        .args(["crawl", "--once"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let (mut cpu_s, mut peak_kb) = (0.0, 0);
    let status = loop {
        // Read before waiting: what has ended and was waited for is gone from /proc.
        cpu_s = cpu(child.id()).unwrap_or(cpu_s);
        peak_kb = peak(child.id()).unwrap_or(peak_kb).max(peak_kb);
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "the crawl failed");
    Measured {
        wall: begin.elapsed(),
        cpu_s,
        peak_kb,
    }
}

/// CPU seconds used by a process so far.
fn cpu(id: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / TICKS)
}

/// The most memory a process has held, in kB.
fn peak(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

async fn serve(host: Arc<Host>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a loopback port");
    let address = format!("http://{}/", listener.local_addr().expect("bound"));
    let list: String = (0..host.pages)
        .map(|page| format!("{address}news/{page}\n"))
        .collect();
    let router = axum::Router::new()
        .route(
            "/sitemap.txt",
            axum::routing::get(move || async move { list.clone() }),
        )
        .route("/news/{page}", axum::routing::get(news))
        .with_state(host);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn news(State(host): State<Arc<Host>>, Path(page): Path<usize>) -> Response {
    host.requests.fetch_add(1, Ordering::Relaxed);
    if host.under_way.fetch_add(1, Ordering::SeqCst) > 0 {
        host.overlaps.fetch_add(1, Ordering::Relaxed);
    }
    let body = generated::markup(host.number, page);
    host.under_way.fetch_sub(1, Ordering::SeqCst);
    (StatusCode::OK, [(CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}
