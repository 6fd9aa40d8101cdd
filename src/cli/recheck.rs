//! `onrecord recheck`: have a page or a source looked at now.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::arguments::RecheckArguments;
use super::output::{DONE, grouped, plain};
use super::session;
use crate::pipeline;

pub(super) fn run(workspace: Option<&Path>, given: &RecheckArguments) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let mut output = std::io::stdout().lock();
        for named in &given.named {
            let rechecked = pipeline::recheck(tracker, named, given.pages).await?;
            if given.json {
                let line = json!({
                    "named": named,
                    "due": rechecked.addresses,
                    "is_crawled": rechecked.is_crawled,
                });
                serde_json::to_writer(&mut output, &line)?;
                output.write_all(b"\n")?;
                continue;
            }
            let who = match rechecked.is_crawled {
                true => "the crawl that is at work asks in its turn, or the next one does",
                false => "no crawl is at work: `onrecord crawl` or `onrecord serve` asks",
            };
            let due = match rechecked.addresses {
                1 => "1 address is due now".to_owned(),
                count => format!("{} addresses are due now", grouped(count)),
            };
            writeln!(output, "{}: {due}; {who}", plain(named))?;
        }
        Ok(ExitCode::from(DONE))
    })
}
