//! Evidence packs: quotes with all that they rest on in one file, which whoever doubts them checks without the tracker.
//!
//! A pack is a web archive in one file (WACZ), so that other people's programs open it. It holds the archived records as they lie
//! in the archive (`gather`, `records`), beside them what the tracker says of them (`claims`), the texts as they were read, and
//! the rules that they were read by (`rules`). `check` takes it apart again and believes nothing of it.

mod check;
mod claims;
mod gather;
mod records;
mod report;
mod rules;
mod seen;
mod versions;
mod written;

pub use check::{check_file, is_file};
pub(super) use gather::{answer_at, answer_of_absence, says_itself};
pub use report::{CheckedClaim, Part, Report, Unlike};

use super::{PipelineError, Tracker};

/// The claims in a pack.
const CLAIMS: &str = "claims.json";
/// Its records, and the same as its index names them.
const RECORDS: &str = "archive/record.warc.gz";
/// Its people and bodies.
const SPEAKERS: &str = "reader/speakers.toml";

/// Where the text of a reading lies in a pack.
fn text_path(revision: &str) -> String {
    format!("texts/{revision}.txt")
}

/// Where the rules of a source lie in a pack.
fn source_path(source: &str) -> String {
    format!("reader/sources/{source}.toml")
}

/// The pack of what these texts name: ids of quotes, wordings, documents or captures, as citations print them too, or
/// addresses of pages, which stand for all quotes of every wording they had.
pub async fn evidence(tracker: &Tracker, named: &[String]) -> Result<Vec<u8>, PipelineError> {
    let gathered = gather::gathered(tracker, named).await?;
    let tracker = tracker.clone();
    // Reading the archive and packing is computing and no waiting.
    let written = tokio::task::spawn_blocking(move || written::written(&tracker, &gathered));
    written
        .await
        .map_err(|_| PipelineError::Stopped("putting the pack together"))?
}
