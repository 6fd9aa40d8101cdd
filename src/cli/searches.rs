//! `onrecord searches`: saved searches and their alerts.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::arguments::{AddSearchArguments, GivenRhythm, Kind, SearchesCommand};
use super::output::{DONE, NOTHING, counted, plain, tell};
use super::session;
use crate::index::Searcher;
use crate::model::saved_search::{Alert, Rhythm, SavedSearch};
use crate::pipeline::alerts::{self, Draft, NoLetters};
use crate::pipeline::{self, Tracker};
use crate::web::api::SavedSearchJson;

/// Things shown that alerts tell of.
const SHOWN: usize = 200;

pub(super) fn run(workspace: Option<&Path>, command: &SearchesCommand) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| match command {
        SearchesCommand::Add(given) => add(tracker, given).await,
        SearchesCommand::List { json } => list(tracker, *json).await,
        SearchesCommand::Remove { name } => {
            let search = named(tracker, name).await?;
            tracker.store.delete_search(&search.id).await?;
            tell(&format!("`{}` and its alerts are deleted", plain(&search.name)));
            Ok(ExitCode::from(DONE))
        }
        SearchesCommand::Look => {
            alerts::round(tracker).await?;
            Ok(ExitCode::from(DONE))
        }
        SearchesCommand::Test { name } => test(tracker, name).await,
        SearchesCommand::TakeOver { discard } => take_over(tracker, *discard).await,
        SearchesCommand::Alerts { name, json } => show(tracker, name, *json).await,
    })
}

async fn add(tracker: &Tracker, given: &AddSearchArguments) -> anyhow::Result<ExitCode> {
    let draft = Draft {
        name: given.name.clone(),
        query: given.query.join(" "),
        kind: match given.kind {
            Kind::Quotes => "quotes",
            Kind::Documents => "documents",
            Kind::Dates => "dates",
            Kind::All => "all",
        }
        .into(),
        rhythm: match given.rhythm {
            GivenRhythm::AtOnce => Rhythm::AtOnce,
            GivenRhythm::Daily => Rhythm::Daily,
            GivenRhythm::Weekly => Rhythm::Weekly,
        },
        webhook: given.webhook.clone(),
        email: given.email.clone(),
    };
    let searcher = pipeline::searcher(tracker).await?;
    let typed = draft.query.clone();
    let search = alerts::save(tracker, &searcher, draft).await?;
    if search.query != typed {
        tell(&format!(
            "note: `{}` is in no quote itself and is saved as the name of who speaks: `{}`",
            plain(typed.trim()),
            plain(&search.query)
        ));
    }
    if search.email.is_some() && tracker.settings.mail.server.is_empty() {
        tell(&format!("note: {NoLetters}"));
    } else if search.email.is_some() && tracker.settings.serve.public_url.is_empty() {
        let listen = &tracker.settings.serve.listen;
        tell(&format!(
            "note: links in its letters begin with http://{listen}, until serve.public_url says what readers reach"
        ));
    }
    if let Some(webhook) = &search.webhook {
        tell("the secret that its alerts are signed with (Standard Webhooks) follows");
        writeln!(std::io::stdout().lock(), "{}", webhook.secret)?;
    }
    tell(&format!("`{}` is saved", plain(&search.name)));
    tell_what_it_finds(tracker, searcher, &search).await?;
    let tells = search.webhook.is_some() || search.email.is_some();
    if let Some(elsewhere) = alerts::elsewhere(tracker).await?.filter(|_| tells) {
        tell(&format!("note: {}", plain(&elsewhere.to_string())));
    }
    if let Some(trouble) = &search.trouble {
        tell(&format!("note: it cannot be asked: {}", plain(trouble)));
    }
    Ok(ExitCode::from(DONE))
}

/// Says how much a search finds now, of which there will be no alert; where that is nothing, why. A name that nobody has is
/// else found out when an alert is missed.
async fn tell_what_it_finds(
    tracker: &Tracker,
    searcher: Searcher,
    search: &SavedSearch,
) -> anyhow::Result<()> {
    if search.looked_at.is_none() || search.trouble.is_some() {
        return Ok(());
    }
    let count = tracker.store.lines_of_search(&search.id).await?.len() as u64;
    if count > 0 {
        let lines = counted(count, "line");
        tell(&format!(
            "it finds {lines} now; alerts tell of what comes after them"
        ));
        return Ok(());
    }
    tell("it finds nothing now; alerts tell of what comes");
    let query = tracker.query(&search.query)?;
    let kinds = alerts::kinds_of(&search.kind).unwrap_or_default();
    let why = tokio::task::spawn_blocking(move || pipeline::why_nothing(&searcher, &query, &kinds));
    for sentence in why.await??.sentences() {
        tell(&format!("note: {}", plain(&sentence)));
    }
    Ok(())
}

/// Sends one alert that is only a test.
async fn test(tracker: &Tracker, name: &str) -> anyhow::Result<ExitCode> {
    let search = named(tracker, name).await?;
    let sent = alerts::Sender::new(tracker)?.test(tracker, &search).await?;
    if sent.is_empty() {
        bail!(
            "`{}` tells nobody: it was saved without --webhook and --email",
            plain(&search.name)
        );
    }
    let mut is_taken = true;
    for (way, answer) in sent {
        let way = way.code();
        match answer {
            Ok(()) => tell(&format!("the test by {way} was taken")),
            Err(why) => {
                is_taken = false;
                tell(&format!("the test by {way} was not taken: {}", plain(&why)));
            }
        }
    }
    match is_taken {
        true => Ok(ExitCode::from(DONE)),
        false => bail!("alerts of `{}` would not arrive", plain(&search.name)),
    }
}

async fn take_over(tracker: &Tracker, discards: bool) -> anyhow::Result<ExitCode> {
    let waiting = alerts::take_over(tracker, discards).await?;
    let waiting = counted(waiting, "alert");
    tell(&match discards {
        true => format!("alerts are sent from here from now on; {waiting} that waited are not sent"),
        false => format!("alerts are sent from here from now on; {waiting} wait to be sent"),
    });
    Ok(ExitCode::from(DONE))
}

async fn list(tracker: &Tracker, json: bool) -> anyhow::Result<ExitCode> {
    let searches = tracker.store.searches().await?;
    let mut output = std::io::stdout().lock();
    for search in &searches {
        if json {
            serde_json::to_writer(&mut output, &SavedSearchJson::from(search.clone()))?;
            output.write_all(b"\n")?;
            continue;
        }
        writeln!(
            output,
            "{}\n  {} of: {}\n  {}",
            plain(&search.name),
            search.kind,
            match search.query.trim() {
                "" => "everything".into(),
                query => plain(query),
            },
            search.rhythm.code()
        )?;
        let webhook = search.webhook.as_ref().map(|webhook| &webhook.url);
        for target in webhook.into_iter().chain(&search.email) {
            writeln!(output, "  told to {}", plain(target))?;
        }
        if let Some(trouble) = &search.trouble {
            writeln!(output, "  cannot be asked: {}", plain(trouble))?;
        }
        for (way, attempts, detail, due_at) in tracker.store.undelivered(&search.id).await? {
            let next = match due_at {
                Some(at) => format!("tried again {}", at.strftime("%Y-%m-%d %H:%M UTC")),
                None => "given up".into(),
            };
            let detail = detail.unwrap_or_default();
            writeln!(
                output,
                "  an alert by {} not taken {}, {next}: {}",
                way.code(),
                alerts::tried(attempts),
                plain(&detail)
            )?;
        }
    }
    if searches.is_empty() {
        tell("no search is saved; `onrecord searches add` saves one");
        return Ok(ExitCode::from(NOTHING));
    }
    Ok(ExitCode::from(DONE))
}

async fn show(tracker: &Tracker, name: &str, json: bool) -> anyhow::Result<ExitCode> {
    let search = named(tracker, name).await?;
    let alerts = tracker.store.alerts_of(&search.id, SHOWN).await?;
    let mut output = std::io::stdout().lock();
    if json {
        for told in alerts::told_all(tracker, &alerts).await? {
            serde_json::to_writer(&mut output, &told)?;
            output.write_all(b"\n")?;
        }
    } else {
        for alert in &alerts {
            write_alert(&mut output, alert)?;
        }
    }
    if alerts.is_empty() {
        tell(&format!("no alert yet: {}", alerts::nothing_told(&search)));
        return Ok(ExitCode::from(NOTHING));
    }
    Ok(ExitCode::from(DONE))
}

pub(super) fn write_alert(output: &mut impl Write, alert: &Alert) -> std::io::Result<()> {
    writeln!(output, "{}", alert.at.strftime("%Y-%m-%d %H:%M UTC"))?;
    for item in &alert.items {
        let line = &item.line;
        let speaker = line
            .speaker
            .as_ref()
            .map(|name| format!("{}: ", plain(name)))
            .unwrap_or_default();
        writeln!(
            output,
            "  {:9}  {speaker}{}",
            item.change.words(),
            plain(&line.text)
        )?;
        if let Some(before) = &item.before {
            writeln!(output, "             before: {}", plain(before))?;
        }
        for moved in alerts::moved(item) {
            writeln!(output, "             {}", plain(&moved))?;
        }
        writeln!(
            output,
            "             {}, {}\n             capture {}",
            plain(&line.source),
            plain(&line.url),
            line.capture
        )?;
    }
    writeln!(output)
}

async fn named(tracker: &Tracker, name: &str) -> anyhow::Result<SavedSearch> {
    match tracker.store.search_named(name).await? {
        Some(search) => Ok(search),
        None => bail!("there is no saved search `{name}`; `onrecord searches list` shows them"),
    }
}
