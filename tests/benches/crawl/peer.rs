//! Scrapy with trafilatura over the same pages (`peer.py`), for whoever has a Python that holds both: what the trade uses to
//! fetch pages and read their text, so that the cost of a crawl can be told beside it on any machine.

use std::process::Command;

use crate::faulty::FaultSite;

/// What was asked for of a crawl, and what these took on the machine on which that was said: CPU seconds for 1,000 pages.
pub(crate) const ASKED_FOR: (f64, f64) = (5.0, 43.0);

/// Pages a host: the peer is slow.
pub(crate) const PAGES_A_HOST: usize = 20;

/// CPU seconds for 1,000 pages, by the Python given.
pub(crate) fn cost(python: &str, hosts: &[FaultSite]) -> f64 {
    let output = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/benches/crawl/peer.py"
        ))
        .arg(PAGES_A_HOST.to_string())
        .args(hosts.iter().map(|host| host.url("/")))
        .output()
        .expect("the Python given runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "the peer failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    printed.trim().parse().expect("a figure")
}
