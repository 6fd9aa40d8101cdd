//! `onrecord search`: quotes, documents and dates, each with the capture that shows it.

use std::io::{IsTerminal, Write};
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;

use super::arguments::{Kind, Order, SearchArguments};
use super::output::{DONE, NOTHING, day_said, plain, tell};
use super::session;
use crate::index::{self, EntryDate, EntryKind, Found, Hit, IndexError, Query, Wanted};
use crate::model::event::{Became, Differs, Fate};
use crate::model::quote::QuoteKind;
use crate::pipeline::{self, BeforeEdit, Officials, ToldOfHits, Tracker};
use crate::store::Absence;
use crate::text::days;
use crate::web::api::HitJson;

/// Gaps told one by one; the API has them all.
const GAPS: usize = 3;

pub(super) fn run(workspace: Option<&Path>, given: &SearchArguments) -> anyhow::Result<ExitCode> {
    if given.syntax {
        print_syntax(&mut std::io::stdout().lock())?;
        return Ok(ExitCode::from(DONE));
    }
    session::with_tracker(workspace, async |tracker| {
        let mut query = tracker.query(&given.query.join(" "))?;
        if let Some(text) = &given.like {
            query = query.like(text);
        }
        let kinds = kinds(given.kind);
        let wanted = Wanted {
            kinds: kinds.clone(),
            order: given.sort.map_or_else(|| query.order(&kinds), order),
            offset: given.offset,
            limit: given.limit.unwrap_or(tracker.settings.search.hits),
            after: None,
            is_counted: true,
        };
        let Answer {
            asked,
            found,
            differing,
            change,
        } = found(tracker, query, wanted).await?;
        for notice in &asked.notices {
            tell(&format!("note: {}", plain(notice)));
        }
        if !asked.notices.is_empty() {
            tell(&format!("note: searched for {}", plain(&asked.understood())));
        }
        let beside = ToldOfHits::of(tracker, found.hits.iter().map(|hit| &hit.entry), asked.as_of()).await?;
        let mut output = std::io::stdout().lock();
        for (hit, differs) in found.hits.iter().zip(&differing) {
            if given.json {
                serde_json::to_writer(&mut output, &HitJson::new(hit, &beside))?;
                output.write_all(b"\n")?;
            } else {
                let told = Told {
                    absence: beside.absence(&hit.entry),
                    became: beside.became(&hit.entry),
                    differs: differs.as_ref(),
                    before: beside.before(&hit.entry),
                    corrections: beside.corrections(&hit.entry),
                    is_as_of: asked.as_of_day().is_some(),
                };
                write_hit(&mut output, hit, &told)?;
            }
        }
        output.flush()?;
        tell_gaps(tracker, &asked).await?;
        if let Some(behind) = pipeline::behind(tracker, change).await? {
            tell(&format!("note: {behind}"));
        }
        let total = found.total.unwrap_or_default();
        if !given.json {
            let shown = given.offset + found.hits.len();
            match total {
                0 => {
                    tell("nothing found");
                    let searcher = pipeline::searcher(tracker).await?;
                    let asked = asked.clone();
                    let why =
                        tokio::task::spawn_blocking(move || pipeline::why_nothing(&searcher, &asked, &kinds));
                    for sentence in why.await??.sentences() {
                        tell(&format!("note: {}", plain(&sentence)));
                    }
                }
                total if shown < total => {
                    tell(&format!(
                        "{shown} of {total} shown; --offset {shown} shows the next"
                    ));
                }
                _ => {}
            }
            if total > 0 && given.offset == 0 {
                tell_who_is_called_so(tracker, asked.clone()).await?;
            }
        }
        if !given.json && given.offset == 0 && !matches!(given.kind, Kind::Documents | Kind::Dates) {
            tell_who_speaks_for_it(tracker, asked, total).await?;
        }
        Ok(ExitCode::from(if total == 0 { NOTHING } else { DONE }))
    })
}

/// Says how much more the officials of a body said that is asked for as a speaker.
async fn tell_who_speaks_for_it(tracker: &Tracker, query: Query, found: usize) -> anyhow::Result<()> {
    let searcher = pipeline::searcher(tracker).await?;
    let said = tokio::task::spawn_blocking(move || pipeline::spoken_for(&searcher, &query, found)).await??;
    if let Some(said) = said {
        tell(&format!("note: {}: `{}`", said.told(), plain(&said.clause)));
    }
    Ok(())
}

/// Says what is by somebody whose name was typed among the words, which find who speaks of them.
async fn tell_who_is_called_so(tracker: &Tracker, query: Query) -> anyhow::Result<()> {
    let searcher = pipeline::searcher(tracker).await?;
    let named = tokio::task::spawn_blocking(move || pipeline::named(&searcher, &query)).await??;
    if let Some(named) = named {
        tell(&format!("note: {}: `{}`", named.told(), plain(&named.clause)));
    }
    Ok(())
}

/// Says which sources could not tell everything of the days that were asked for.
async fn tell_gaps(tracker: &Tracker, query: &Query) -> anyhow::Result<()> {
    let coverage = pipeline::coverage(tracker, query.days_asked(), Timestamp::now()).await?;
    let gaps: Vec<String> = coverage
        .of(query)
        .filter_map(|it| Some(format!("{} {}", plain(&it.name), it.gap?)))
        .collect();
    if !gaps.is_empty() {
        let sources = coverage.of(query).count();
        let shown = gaps.iter().take(GAPS).cloned().collect::<Vec<_>>().join("; ");
        let more = if gaps.len() > GAPS { "; …" } else { "" };
        tell(&format!(
            "note: {} of {sources} sources could not tell everything: {shown}{more}",
            gaps.len()
        ));
    }
    Ok(())
}

/// What a query finds.
struct Answer {
    /// The query as it was meant.
    asked: Query,
    found: Found,
    /// In what each hit differs from an official text.
    differing: Vec<Option<Differs>>,
    /// The last change of the store that it was looked for in.
    change: i64,
}

/// What a query finds; a damaged index is made anew first.
async fn found(tracker: &Tracker, query: Query, wanted: Wanted) -> anyhow::Result<Answer> {
    let ask = async || {
        let (searcher, query, wanted) = (pipeline::searcher(tracker).await?, query.clone(), wanted.clone());
        let answered = tokio::task::spawn_blocking(move || {
            let change = searcher.change()?;
            let asked = pipeline::as_meant(&searcher, query, &wanted.kinds)?;
            let found = searcher.search(&asked, &wanted)?;
            let officials = Officials::of(&searcher);
            let differing = found.hits.iter().map(|hit| officials.differs(&hit.entry));
            Ok::<_, IndexError>(Answer {
                differing: differing.collect::<Result<_, IndexError>>()?,
                asked,
                found,
                change,
            })
        });
        anyhow::Ok(answered.await??)
    };
    match ask().await {
        Err(error) if pipeline::mend_index(tracker).await? => {
            tell(&format!(
                "note: the search index was damaged and was made anew ({error})"
            ));
            ask().await
        }
        answer => answer,
    }
}

/// The reference of the query language, from what the parser itself knows.
fn print_syntax(output: &mut impl Write) -> std::io::Result<()> {
    let mut lines = |heading: &str, lines: &mut dyn Iterator<Item = (String, &str)>| -> std::io::Result<()> {
        writeln!(output, "{heading}")?;
        for (example, meaning) in lines {
            writeln!(output, "  {example:<32} {meaning}")?;
        }
        writeln!(output)
    };
    let pair = |(example, meaning): &(&str, &'static str)| ((*example).to_owned(), *meaning);
    lines("Words", &mut index::FORMS.iter().map(pair))?;
    lines(
        "Fields",
        &mut index::FIELDS
            .iter()
            .map(|field| (field.example.to_owned(), field.meaning)),
    )?;
    lines("Days", &mut index::DAYS.iter().map(pair))
}

/// The kinds of entries that are looked for.
pub(super) fn kinds(kind: Kind) -> Vec<EntryKind> {
    match kind {
        Kind::Quotes => vec![EntryKind::Quote],
        Kind::Documents => vec![EntryKind::Document],
        Kind::Dates => vec![EntryKind::Date],
        Kind::All => EntryKind::ALL.to_vec(),
    }
}

fn order(order: Order) -> index::Order {
    match order {
        Order::Relevance => index::Order::Relevance,
        Order::Newest => index::Order::Newest,
        Order::Oldest => index::Order::Oldest,
    }
}

/// What is to be told of a hit beside what it says.
#[derive(Default)]
pub(super) struct Told<'a> {
    absence: Option<&'a Absence>,
    became: Option<&'a Became>,
    differs: Option<&'a Differs>,
    before: Option<&'a BeforeEdit>,
    /// What the page corrects, in its words.
    corrections: &'a [String],
    /// Whether it is asked for as of another day, of which what is known today is told apart.
    is_as_of: bool,
}

/// A hit in a few lines: whose words and when, the words, where they are printed and captured.
pub(super) fn write_hit(output: &mut impl Write, hit: &Hit, told: &Told<'_>) -> std::io::Result<()> {
    let entry = &hit.entry;
    let words = highlighted(&hit.shown, &hit.marks);
    match entry.kind {
        EntryKind::Quote => {
            let speaker = entry.speakers.first().map(|speaker| speaker.name.clone());
            let printed = entry.printed_speaker.clone();
            let speaker = speaker.or(printed).unwrap_or_else(|| "no speaker named".into());
            let said = entry
                .said
                .as_ref()
                .map_or("day unknown".into(), |said| day_said(&said.when, &said.rule));
            writeln!(output, "{said}  {}", plain(&speaker))?;
            // Only what stands in marks on the page is printed in marks.
            match entry.quote {
                Some((QuoteKind::Direct, _)) => writeln!(output, "  “{words}”")?,
                _ => writeln!(output, "  {words}")?,
            }
        }
        EntryKind::Document => {
            let day = entry.published_on.map_or("undated".into(), days::day);
            let title = entry.title.as_deref().unwrap_or("without a headline");
            writeln!(output, "{day}  {}", plain(title))?;
            writeln!(output, "  {words}")?;
        }
        EntryKind::Date => {
            let meant = entry.date.as_ref().map(|date| match &date.when {
                Some(when) => days::in_words(when),
                None => days::timex(&date.value),
            });
            let due = match entry.date.as_ref().is_some_and(EntryDate::is_deadline) {
                true => "  deadline",
                false => "",
            };
            writeln!(
                output,
                "{}{due}  “{}”",
                meant.unwrap_or_default(),
                plain(&entry.text)
            )?;
            writeln!(output, "  {words}")?;
        }
    }
    let published = entry
        .published_on
        .map(|day| format!(", {}", days::day(day)))
        .unwrap_or_default();
    if let (since, Some(until)) = entry.held {
        let (since, until) = days::instants(since, until);
        match told.became.map(|became| &became.fate) {
            Some(Fate::Stands(_)) => {
                writeln!(
                    output,
                    "  also in the wording of today; the page was seen edited {until}"
                )?;
            }
            Some(Fate::GivenTo(_, speaker)) => {
                let speaker = plain(speaker.as_deref().unwrap_or("nobody named"));
                writeln!(
                    output,
                    "  held from {since} until {until}; today these words are given to {speaker}"
                )?;
            }
            Some(Fate::Otherwise) | None => {
                writeln!(output, "  an earlier wording, held from {since} until {until}")?;
            }
        }
        for words in told.became.iter().flat_map(|became| &became.corrections) {
            writeln!(output, "  the page prints since: “{}”", plain(words))?;
        }
    }
    if let Some(likeness) = hit.likeness() {
        writeln!(output, "  {likeness}")?;
    }
    if let Some(it) = told.differs {
        let (source, how) = (plain(&it.source_name), plain(&it.told));
        writeln!(
            output,
            "  DIFFERS from {source}’s text: {how} (quote {})",
            it.quote
        )?;
    }
    if let Some(before) = told.before {
        let (since, until) = days::instants(before.held.0, before.held.1);
        let given = match (before.is_other_speaker, before.speaker.as_deref()) {
            (false, _) => String::new(),
            (true, speaker) => format!(", given to {}", plain(speaker.unwrap_or("nobody named"))),
        };
        writeln!(output, "  ALTERED by an edit seen {until}; held from {since} as")?;
        writeln!(output, "  “{}”{given}", plain(&before.words))?;
    }
    for correction in told.corrections {
        writeln!(output, "  the page prints: {}", plain(correction))?;
    }
    for told in &entry.by_hand {
        writeln!(output, "  {}", plain(&told.told()))?;
    }
    if let Some(absence) = told.absence {
        let since = days::instant(absence.absent_at);
        let today = if told.is_as_of { "today: " } else { "" };
        writeln!(output, "  {today}the page has been gone since {since}")?;
    }
    writeln!(
        output,
        "  {}{published}  {}",
        plain(&entry.source_name),
        plain(&entry.url)
    )?;
    writeln!(
        output,
        "  capture {}  {} {}\n",
        entry.capture,
        entry.kind.code(),
        entry.id
    )
}

/// The words with what was asked for in bold, where a terminal shows it; else between asterisks.
fn highlighted(text: &str, marks: &[Range<usize>]) -> String {
    let (begin, end) = match std::io::stdout().is_terminal() {
        true => ("\u{1b}[1m", "\u{1b}[0m"),
        false => ("*", "*"),
    };
    let mut shown = String::with_capacity(text.len() + marks.len() * 8);
    let mut at = 0;
    for mark in marks {
        push_plain(&mut shown, &text[at..mark.start]);
        shown.push_str(begin);
        push_plain(&mut shown, &text[mark.clone()]);
        shown.push_str(end);
        at = mark.end;
    }
    push_plain(&mut shown, &text[at..]);
    shown.trim().to_string()
}

/// As [`plain`], with the space at both ends kept.
fn push_plain(shown: &mut String, text: &str) {
    let is_space = |c: char| c.is_whitespace() || c.is_control();
    if text.starts_with(is_space) {
        shown.push(' ');
    }
    let words = plain(text);
    shown.push_str(&words);
    if text.ends_with(is_space) && !words.is_empty() {
        shown.push(' ');
    }
}
