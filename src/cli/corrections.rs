//! `onrecord corrections`: what was read wrongly, corrected by hand.

use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};

use super::arguments::{AddCorrectionArguments, CorrectionsCommand};
use super::output::{DONE, NOTHING, counted, plain, tell};
use super::session;
use crate::model::by_hand::HandCorrection;
use crate::model::id::QuoteId;
use crate::pipeline::{self, CorrectionDraft, Right, Standing, Tracker};
use crate::store::TakenOver;
use crate::text::days;
use crate::web::api::CorrectionJson;

/// The variables that hold the name somebody is logged in by.
const LOGIN: [&str; 3] = ["USER", "LOGNAME", "USERNAME"];

pub(super) fn run(workspace: Option<&Path>, command: &CorrectionsCommand) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| match command {
        CorrectionsCommand::Add(given) => match &given.from {
            Some(file) => take_over(tracker, file).await,
            None => add(tracker, given).await,
        },
        CorrectionsCommand::List { all, json } => list(tracker, *all, *json).await,
        CorrectionsCommand::Remove { id, by } => {
            if !pipeline::take_back(tracker, id, &who(by.as_deref())?).await? {
                bail!("there is no correction `{id}` that holds");
            }
            tell("it is taken back; what the program read is told again");
            Ok(ExitCode::from(DONE))
        }
    })
}

async fn add(tracker: &Tracker, given: &AddCorrectionArguments) -> anyhow::Result<ExitCode> {
    let draft = CorrectionDraft {
        quote: QuoteId::new(given.quote.as_deref().unwrap_or_default()),
        right: right(given),
        why: given.why.clone().unwrap_or_default(),
        by: who(given.by.as_deref())?,
    };
    let correction = pipeline::correct(tracker, &draft).await?;
    let mut output = std::io::stdout().lock();
    write_correction(&mut output, &correction, None)?;
    Ok(ExitCode::from(DONE))
}

fn right(given: &AddCorrectionArguments) -> Right {
    match (&given.speaker, &given.said) {
        (Some(name), _) => Right::Speaker(Some(name.clone())),
        (None, Some(days)) => Right::Said(Some(days.clone())),
        (None, None) if given.new_speaker.is_some() => {
            Right::NewSpeaker(given.new_speaker.clone().unwrap_or_default())
        }
        (None, None) if given.no_speaker => Right::Speaker(None),
        (None, None) if given.no_day => Right::Said(None),
        (None, None) => Right::NoQuote,
    }
}

/// Who says something: the name given, else the one somebody is logged in by.
fn who(given: Option<&str>) -> anyhow::Result<String> {
    let logged_in = || LOGIN.iter().find_map(|name| std::env::var(name).ok());
    let name = given.map(str::to_owned).or_else(logged_in);
    name.filter(|name| !name.trim().is_empty())
        .context("nobody is named who says so: give a name with --by")
}

/// Takes over corrections that another copy of the tracker listed.
async fn take_over(tracker: &Tracker, file: &Path) -> anyhow::Result<ExitCode> {
    let read: Box<dyn BufRead> = match file == Path::new("-") {
        true => Box::new(std::io::stdin().lock()),
        false => Box::new(std::io::BufReader::new(
            std::fs::File::open(file).with_context(|| format!("cannot open {}", file.display()))?,
        )),
    };
    // All of them are read before any is kept: half a file is nobody's wish.
    let mut corrections = Vec::new();
    for (at, line) in read.lines().enumerate() {
        let line = line.with_context(|| format!("cannot read {}", file.display()))?;
        if !line.trim().is_empty() {
            let place = || format!("{}:{}", file.display(), at + 1);
            let read: CorrectionJson =
                serde_json::from_str(&line).with_context(|| format!("{} is no correction", place()))?;
            let correction = read
                .read()
                .map_err(|field| anyhow::anyhow!("{}: the correction has no valid `{field}`", place()))?;
            corrections.push(correction);
        }
    }
    let (mut new, mut taken_back) = (0, 0);
    for correction in &corrections {
        match pipeline::keep_correction(tracker, correction).await? {
            TakenOver::New => new += 1,
            TakenOver::TakenBack => taken_back += 1,
            TakenOver::Known => {}
        }
    }
    tell(&format!(
        "{} taken over, {taken_back} taken back as in the file, {} here already",
        counted(new, "correction"),
        corrections.len() as u64 - new - taken_back
    ));
    Ok(ExitCode::from(DONE))
}

async fn list(tracker: &Tracker, all: bool, json: bool) -> anyhow::Result<ExitCode> {
    let standings = pipeline::standings(tracker, all).await?;
    let mut output = std::io::stdout().lock();
    for (correction, standing) in &standings {
        match json {
            true => {
                serde_json::to_writer(&mut output, &CorrectionJson::of(correction, Some(standing)))?;
                output.write_all(b"\n")?;
            }
            false => write_correction(&mut output, correction, Some(standing))?,
        }
    }
    if standings.is_empty() {
        tell("there is no correction; `onrecord corrections add` makes one");
        return Ok(ExitCode::from(NOTHING));
    }
    Ok(ExitCode::from(DONE))
}

/// A correction in a few lines.
fn write_correction(
    output: &mut impl Write,
    correction: &HandCorrection,
    standing: Option<&Standing>,
) -> std::io::Result<()> {
    writeln!(output, "{}  “{}”", correction.id, plain(&correction.words))?;
    writeln!(
        output,
        "  {}; the program read {}",
        plain(&pipeline::right_in_words(&correction.fix)),
        plain(&correction.read.told)
    )?;
    let made = days::instant(correction.made_at);
    writeln!(
        output,
        "  {} ({}, {made})",
        plain(&correction.why),
        plain(&correction.by)
    )?;
    if let Some((at, by)) = &correction.taken_back {
        writeln!(output, "  taken back {} by {}", days::instant(*at), plain(by))?;
    }
    match standing {
        Some(Standing::Earlier(quote)) => writeln!(
            output,
            "  it holds for an earlier wording (quote {quote}); the page says something else now"
        )?,
        Some(standing) => {
            if let Some(trouble) = standing.trouble() {
                writeln!(output, "  {}: {trouble}", standing.code().to_uppercase())?;
            }
        }
        None => {}
    }
    writeln!(output, "  {}\n", plain(&correction.url))
}
