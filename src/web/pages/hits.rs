//! What was found, as pages show it.

use jiff::Timestamp;

use super::super::desk::Desk;
use super::super::error::Failure;
use super::super::people;
use super::days::Day;
use super::marking::{Piece, pieces};
use super::{reported, shown, sources, speakers};
use crate::index::{Entry, EntryDate, EntryKind, Hit};
use crate::model::by_hand::ByHand;
use crate::model::date::SaidOn;
use crate::model::event::{Became, Differs, Fate};
use crate::model::quote::{QuoteKind, Stance};
use crate::model::source::SourceKind;
use crate::pipeline::{self, Officials};
use crate::store::Absence;
use crate::text::days;
use crate::timeline::one_wording::{Printing, Wordings};

/// A hit as pages show it.
pub(super) struct HitView {
    pub(super) is_quote: bool,
    pub(super) is_date: bool,
    pub(super) id: String,
    pub(super) head: String,
    /// The words of a date mention.
    pub(super) expression: String,
    /// The full name, and the page of its speaker.
    pub(super) speaker: Option<(String, String)>,
    pub(super) printed: Option<String>,
    pub(super) day: Day,
    pub(super) day_note: &'static str,
    pub(super) words: Vec<Piece>,
    /// How much of the pasted words stands there, in words.
    pub(super) likeness: Option<String>,
    pub(super) stance: Option<&'static str>,
    pub(super) quote_kind: &'static str,
    /// How words are given that are not the speaker's own.
    pub(super) reported: &'static str,
    pub(super) title: String,
    pub(super) document: String,
    /// Leads to an earlier wording of the document, where the hit is of one.
    pub(super) wording: String,
    /// Says what became of an earlier wording.
    pub(super) held: Option<HeldView>,
    pub(super) anchor: String,
    pub(super) source_name: String,
    /// The page of the source.
    pub(super) source: String,
    /// What sort of page it stands on, of whom: "official press release".
    pub(super) sort: String,
    pub(super) published: Day,
    pub(super) url: String,
    pub(super) capture: String,
    pub(super) captured: Day,
    /// Since when the document's page is absent, if it is.
    pub(super) absent: Option<String>,
    /// Whether that is told as what is known today, because a past day was asked for.
    pub(super) is_told_apart: bool,
    /// In what it differs from an official printing: of whom, in what, and its page.
    pub(super) differs: Option<(String, String, String)>,
    /// Whether an edit of its page altered it.
    pub(super) is_altered: bool,
    /// Whether its page prints a correction by the outlet itself.
    pub(super) has_correction: bool,
    /// What people corrected of it, in words.
    pub(super) by_hand: Vec<String>,
    /// Other printings of the same words that stand behind it.
    pub(super) folded: Vec<HitView>,
}

/// Outlets named of those that print the same words.
const NAMED: usize = 3;

impl HitView {
    /// Tells what is known today apart from what was on a past day.
    pub(super) fn tell_today_apart(&mut self) {
        self.is_told_apart = true;
        self.folded.iter_mut().for_each(Self::tell_today_apart);
    }

    /// Who prints the words that stand behind it.
    pub(super) fn printed_by(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for hit in &self.folded {
            if !names.contains(&hit.source_name.as_str()) {
                names.push(&hit.source_name);
            }
        }
        let more = if names.len() > NAMED { ", …" } else { "" };
        format!("{}{more}", names[..names.len().min(NAMED)].join(", "))
    }
}

/// The views of a list with the printings of one wording behind the first of them, or behind the official one among them. What
/// differs from an official text, or was held at another time, stands for itself.
pub(super) fn folded(hits: &[Hit], views: Vec<HitView>) -> Vec<HitView> {
    // Whether a row is led by an official text, and the row.
    let mut rows: Vec<(bool, HitView)> = Vec::new();
    let mut wordings = Wordings::default();
    for (hit, view) in hits.iter().zip(views) {
        let is_alone = view.has_correction
            || view.is_altered
            || !view.by_hand.is_empty()
            || view.differs.is_some()
            || view.held.is_some()
            || view.absent.is_some();
        let printing = printing(hit).filter(|_| !is_alone);
        let is_official = hit.entry.source_kind == SourceKind::Official;
        let place = printing.as_ref().and_then(|printing| wordings.place_of(printing));
        match place.map(|place| &mut rows[place]) {
            Some((is_led, row)) if is_official && !*is_led => {
                let mut before = std::mem::replace(row, view);
                row.folded = std::mem::take(&mut before.folded);
                row.folded.insert(0, before);
                *is_led = true;
            }
            Some((_, row)) => row.folded.push(view),
            None => {
                if let Some(printing) = printing {
                    wordings.put(printing, rows.len());
                }
                rows.push((is_official, view));
            }
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A hit as a printing of its words, where it is a quote.
fn printing(hit: &Hit) -> Option<Printing> {
    let entry = &hit.entry;
    let (kind, _) = entry.quote?;
    // Who is only named by a pronoun may be anybody.
    let speaker = entry.speakers.first()?;
    Some(Printing::of(&entry.text, kind, &speaker.id, (entry.day(), false)))
}

/// What became of an earlier wording, and where that is seen.
pub(super) struct HeldView {
    pub(super) told: String,
    /// The corrections that the page prints since, in its words.
    pub(super) corrections: Vec<String>,
    pub(super) link: &'static str,
    pub(super) address: String,
}

/// Hits as pages show them, each with whether its page is absent, or was at a moment.
pub(super) async fn views(
    desk: &Desk,
    hits: &[Hit],
    as_of: Option<Timestamp>,
) -> Result<Vec<HitView>, Failure> {
    let documents = hits.iter().map(|hit| &hit.entry.document);
    let absences = pipeline::absences_among(&desk.tracker, documents, as_of).await?;
    let fates = pipeline::fates(&desk.tracker, hits.iter().map(|hit| &hit.entry)).await?;
    let entries: Vec<Entry> = hits.iter().map(|hit| hit.entry.clone()).collect();
    let differing = desk.ask(move |searcher| {
        let officials = Officials::of(searcher);
        let differing = entries.iter().map(|entry| officials.differs(entry));
        differing.collect::<Result<Vec<_>, _>>()
    });
    // The hits are told all the same.
    let differing = differing.await.unwrap_or_else(|error| {
        tracing::warn!("hits could not be held against what offices said: {error:?}");
        Vec::new()
    });
    let differing = differing.into_iter().chain(std::iter::repeat(None));
    let view = |(hit, differs): (&Hit, Option<Differs>)| {
        let absence = absences.get(&hit.entry.document);
        HitView {
            differs: differs.map(|it| (it.source_name, it.told, format!("/quotes/{}", it.quote))),
            ..view(hit, absence, fates.get(&hit.entry.id))
        }
    };
    Ok(hits.iter().zip(differing).map(view).collect())
}

fn view(hit: &Hit, absence: Option<&Absence>, became: Option<&Became>) -> HitView {
    let entry = &hit.entry;
    let speaker = entry.speakers.first();
    let (day, day_note) = match entry.kind {
        EntryKind::Quote => match &entry.said {
            // Only that it is not named is worth a word here; the quote's own page says all.
            Some(said) if said.rule == SaidOn::OF_DOCUMENT => (Day::of(&said.when), "the document’s day"),
            Some(said) if said.rule == SaidOn::SINCE_MEETING => (Day::of(&said.when), "the day is not named"),
            Some(said) => (Day::of(&said.when), ""),
            None => (
                Day::none("day unknown"),
                "neither the text nor the page gives a day",
            ),
        },
        EntryKind::Document => (Day::published(entry.published_on), "published"),
        EntryKind::Date => {
            let is_deadline = entry.date.as_ref().is_some_and(EntryDate::is_deadline);
            let meant = |date: &EntryDate| Day::meant(&date.value, date.when.as_ref());
            let day = entry.date.as_ref().map_or(Day::none(""), meant);
            (day, if is_deadline { "deadline" } else { "mentioned" })
        }
    };
    let title = entry.title.clone().unwrap_or_else(|| entry.url.clone());
    HitView {
        is_quote: entry.kind == EntryKind::Quote,
        is_date: entry.kind == EntryKind::Date,
        head: title.clone(),
        expression: entry.text.clone(),
        printed: entry
            .printed_speaker
            .clone()
            .filter(|printed| speaker.is_none_or(|speaker| !people::says_no_more(printed, &speaker.name))),
        speaker: speaker
            .filter(|_| entry.kind == EntryKind::Quote)
            .map(|speaker| (speaker.name.clone(), speakers::address(&speaker.id))),
        id: entry.id.clone(),
        day,
        day_note,
        words: unframed(pieces(&hit.shown, &hit.marks), entry),
        likeness: hit.likeness(),
        // That something was said goes without saying.
        stance: entry
            .stance
            .filter(|stance| *stance != Stance::Said)
            .map(Stance::code),
        quote_kind: entry.quote.map_or("", |(kind, _)| kind.code()),
        reported: entry.quote.map_or("", |(kind, _)| reported(kind)),
        title,
        document: entry.document.to_string(),
        wording: if entry.is_current() {
            String::new()
        } else {
            format!("?revision={}", entry.revision)
        },
        held: held(entry, became),
        anchor: if entry.kind == EntryKind::Quote {
            format!("#{}", entry.id)
        } else {
            String::new()
        },
        source_name: entry.source_name.clone(),
        source: sources::address(&entry.source),
        sort: format!("{} {}", entry.source_kind.code(), genre_name(entry.genre)),
        published: Day::published(entry.published_on),
        url: entry.url.clone(),
        capture: entry.capture.to_string(),
        captured: Day::instant(entry.captured_at),
        absent: absence.map(|absence| shown(absence.absent_at)),
        is_told_apart: false,
        differs: None,
        is_altered: entry.is_altered,
        has_correction: entry.has_correction,
        by_hand: entry.by_hand.iter().map(ByHand::told).collect(),
        folded: Vec::new(),
    }
}

/// The pieces of a quote without the comma that belongs to the sentence around it and not to the words.
fn unframed(mut pieces: Vec<Piece>, entry: &Entry) -> Vec<Piece> {
    let is_direct = matches!(entry.quote, Some((QuoteKind::Direct, _)));
    if let Some(last) = pieces.last_mut().filter(|_| is_direct) {
        last.text = super::unframed(&last.text).to_string();
    }
    pieces
}

/// What became of an earlier wording.
pub(super) fn held(entry: &Entry, became: Option<&Became>) -> Option<HeldView> {
    let fate = became.map(|became| &became.fate);
    let (since, until) = entry.held;
    let (since, until) = days::instants(since, until?);
    let document = &entry.document;
    let changes = format!("/documents/{document}/changes?from={}", entry.revision);
    let (link, address) = match fate {
        Some(Fate::Stands(Some(quote)) | Fate::GivenTo(quote, _)) => {
            ("as it stands today", format!("/quotes/{quote}"))
        }
        Some(Fate::Stands(None)) => ("as it stands today", format!("/documents/{document}")),
        Some(Fate::Otherwise) | None => ("what changed", changes),
    };
    Some(HeldView {
        told: match fate {
            Some(Fate::Stands(_)) => {
                format!("Also in the wording of today; the page was seen edited {until}")
            }
            Some(Fate::GivenTo(_, speaker)) => {
                let speaker = speaker.as_deref().unwrap_or("nobody named");
                format!(
                    "An earlier wording, held from {since} until {until}; today these words are given to {speaker}"
                )
            }
            Some(Fate::Otherwise) | None => {
                format!("An earlier wording, held from {since} until {until}")
            }
        },
        corrections: became
            .map(|became| became.corrections.clone())
            .unwrap_or_default(),
        link,
        address,
    })
}

/// A genre in words.
pub(super) fn genre_name(genre: crate::model::document::Genre) -> &'static str {
    use crate::model::document::Genre;
    match genre {
        Genre::Report => "report",
        Genre::PressRelease => "press release",
        Genre::Statement => "statement",
        Genre::Letter => "letter",
        Genre::Testimony => "testimony",
        Genre::Readout => "readout",
        Genre::FactSheet => "fact sheet",
        Genre::Notice => "notice",
        Genre::Transcript => "transcript",
        Genre::Order => "order",
        Genre::Opinion => "opinion",
        Genre::Live => "live page",
    }
}
