//! What a citation says of a line, for people and for the formats of reference managers.

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::changed;
use crate::model::by_hand::ByHand;
use crate::model::date::{COMPLETE, SaidOn};
use crate::model::event::{ChangeKind, Fate, Line, LineKind};
use crate::model::quote::QuoteKind;
use crate::text::days;

/// What stands behind words that are a reporter's and not the speaker's own, and behind those that are so in part.
const REPORTED: &str = "(reported, not verbatim)";
const IN_MARKS: &str = "(reported; verbatim in the marks)";

/// A line as a sentence to put into a text or a footnote: the words, who and when, where it is printed, and the capture
/// that proves it.
pub fn citation(line: &Line) -> String {
    let mut sentence = String::new();
    if line.kind == LineKind::Said {
        sentence.push_str(&printed_words(line, line.text.trim_end_matches([',', '.', ' '])));
        if let Some(speaker) = line.speaker_name() {
            sentence.push_str(&format!(", {speaker}"));
        }
        if let Some(said) = said(line) {
            sentence.push_str(&format!(", {said}"));
        }
        sentence.push_str(", in: ");
    }
    sentence.push_str(&format!("“{}”, {}", title(line), line.source_name));
    if let Some(day) = published(line) {
        sentence.push_str(&format!(", {}", days::day(day)));
    }
    sentence.push_str(&format!(
        ", {}{} (captured {}, record urn:uuid:{}{})",
        line.url,
        absence(line).map_or_else(String::new, |absence| format!(", {absence}")),
        days::instant(line.captured_at),
        line.capture,
        edited(line).map_or_else(String::new, |told| format!("; {told}")) + &since(line) + &by_hand(line)
    ));
    sentence
}

/// When the words of a quote were said, as far as the text tells: where it names no day, no more is sure than that it was by the
/// day the text is of, and of a text that was edited since not even that.
fn said(line: &Line) -> Option<String> {
    let day = days::in_words(line.when.as_ref()?);
    Some(match line.rule.as_str() {
        SaidOn::OF_DOCUMENT if line.is_change => {
            format!("said about {day}, the day of the document, which was edited since")
        }
        SaidOn::OF_DOCUMENT => format!("said no later than {day}, the document’s own day"),
        _ => format!("said {day}"),
    })
}

/// What a file is called; of everything it has no name.
pub(super) fn titled(name: &str) -> &str {
    match name.trim() {
        "" => "Everything",
        name => name,
    }
}

/// How a line comes to its day, in words that can be printed.
pub(super) fn dated(line: &Line) -> String {
    let told = match (line.kind, &line.expression) {
        (_, _) if line.when.is_none() => "day unknown".into(),
        (LineKind::Said, _) if line.rule == SaidOn::OF_DOCUMENT => {
            "day of publication, the text names no other".into()
        }
        (LineKind::Said, _) if line.rule == SaidOn::SINCE_MEETING => {
            "between the meeting told of and publication, the text names no day".into()
        }
        (LineKind::Said, _) if line.rule == SaidOn::OF_TITLE => "on the day the title names".into(),
        (LineKind::Said, _) if line.rule == ByHand::RULE => "day corrected by hand".into(),
        (LineKind::Said, _) => "on the day the text names".into(),
        (LineKind::Published, _) => "day of publication".into(),
        (LineKind::Mentioned, Some(expression)) => format!("printed as “{expression}”"),
        (LineKind::Mentioned, None) => "spoken of".into(),
        (LineKind::Deadline, Some(expression)) => format!("deadline, printed as “{expression}”"),
        (LineKind::Deadline, None) => "deadline".into(),
        (LineKind::Changed, _) => line.change.as_ref().map(changed::seen).unwrap_or_default(),
    };
    match line.anchor.as_str() {
        "" | COMPLETE => told,
        anchor => format!("{told}, {}", days::spelled(anchor)),
    }
}

/// The capture that proves a line, with its time, or the records on both sides of a change; and what is to be known beside it.
pub(super) fn proof(line: &Line) -> String {
    let records = match &line.change {
        Some(change) => changed::records(change),
        None => format!("capture {}, {}", line.capture, days::instant(line.captured_at)),
    };
    format!("{records}{}", beside(line))
}

/// A text with a capital in front, as it stands at the beginning of a sentence.
pub(super) fn first_capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// When a line became known: its capture, or the visit that first saw a change.
pub(super) fn known_at(line: &Line) -> Timestamp {
    line.change
        .as_ref()
        .map_or(line.captured_at, |change| change.seen_at)
}

/// What happened to a page, for a line that tells of it.
pub(super) fn change(line: &Line) -> Option<String> {
    line.change.as_ref().map(|change| changed::in_full(change, line))
}

/// What is to be known beside a line, each behind a semicolon: that the page itself is not there any more, that an edit made a quote what
/// it is, that an official text says otherwise, who else prints it, that people corrected what was read.
fn beside(line: &Line) -> String {
    // That a page went is what such a line tells. One that tells that it came back may stand beside a later absence.
    let is_told = |_: &Timestamp| line.change.as_ref().is_none_or(|it| it.kind != ChangeKind::Gone);
    let absence = line.absent_since.filter(is_told).map(|since| {
        let since = days::instant(since);
        format!("the page has been gone since {since}")
    });
    let told = absence
        .into_iter()
        .chain(edited(line))
        .chain(dispute(line))
        .chain(became(line))
        .chain(printed_by(line))
        .chain(line.by_hand.iter().map(ByHand::in_full));
    told.map(|told| format!("; {told}")).collect()
}

/// What an edit did to a quote, of one that an edit touched.
pub(super) fn edited(line: &Line) -> Option<String> {
    line.edit.as_ref().map(changed::edited)
}

/// What became of an earlier wording: nothing of what stands on the page today as it stood; else what the page has, and what it
/// corrects since.
fn became(line: &Line) -> impl Iterator<Item = String> + '_ {
    let became = line.became.as_ref();
    let today = became.and_then(|became| match &became.fate {
        Fate::Stands(_) => None,
        Fate::GivenTo(_, speaker) => {
            let speaker = speaker.as_deref().unwrap_or("nobody named");
            Some(format!("today the page gives these words to {speaker}"))
        }
        Fate::Otherwise => Some("the page does not have it so any more".to_owned()),
    });
    let corrections = became.into_iter().flat_map(|became| &became.corrections);
    let corrections = corrections.map(|words| format!("the page prints since: “{words}”"));
    today.into_iter().chain(corrections)
}

/// The same in words that stand behind others.
fn since(line: &Line) -> String {
    became(line).map(|told| format!("; {told}")).collect()
}

/// What people corrected of a line, in words that stand behind others.
fn by_hand(line: &Line) -> String {
    let told = line.by_hand.iter().map(|told| format!("; {}", told.told()));
    told.collect()
}

/// Who else prints the words, and where.
fn printed_by(line: &Line) -> Option<String> {
    let others = line.printed_by.iter();
    let others: Vec<String> = others
        .map(|other| {
            let published = other.published;
            let published = published.map(|moment| format!(", {}", days::moment(moment)));
            format!(
                "{}{} ({}, capture {})",
                other.source_name,
                published.unwrap_or_default(),
                other.url,
                other.capture
            )
        })
        .collect();
    (!others.is_empty()).then(|| format!("printed also by {}", others.join(", ")))
}

/// What an official text says otherwise than the words of a line.
fn dispute(line: &Line) -> Option<String> {
    let from = line.differs.as_ref()?;
    Some(format!(
        "differs from the text of {}: {}",
        from.source_name, from.told
    ))
}

/// What is told of a page that is not there any more.
fn absence(line: &Line) -> Option<String> {
    let since = line.absent_since?;
    Some(format!("gone since {}", days::instant(since)))
}

/// The words of a quote without the comma that leads on to who said them, which is not said here.
pub(super) fn said_words(line: &Line) -> &str {
    line.text.trim_end().trim_end_matches(',')
}

/// Words of a quote as a text may print them: in marks where they were said so, otherwise without and told to be a report.
pub(super) fn printed_words(line: &Line, words: &str) -> String {
    match is_verbatim(line) {
        true => format!("“{}”", inside_marks(words)),
        false => format!("{words} {}", reported(line)),
    }
}

/// What stands above a line: whose words and which, told as what they are; or what it says.
pub(super) fn heading(line: &Line) -> String {
    match line.kind {
        LineKind::Said => {}
        // A calendar shows nothing else.
        LineKind::Deadline => return format!("Deadline: {}", line.text),
        LineKind::Published | LineKind::Mentioned => return line.text.clone(),
        LineKind::Changed => return change(line).unwrap_or_default(),
    }
    let words = printed_words(line, said_words(line));
    match line.speaker_name() {
        Some(speaker) => format!("{speaker}: {words}"),
        None => words,
    }
}

/// What is told of words that are not the speaker's own; nothing of others.
pub(super) fn caveat(line: &Line) -> Option<&'static str> {
    let is_reported = line.kind == LineKind::Said && !is_verbatim(line);
    is_reported.then(|| reported(line).trim_matches(['(', ')']))
}

fn reported(line: &Line) -> &'static str {
    let has_marks = line.quote_kind == Some(QuoteKind::Mixed) && line.text.contains(MARKS);
    if has_marks { IN_MARKS } else { REPORTED }
}

/// The marks that words of a speaker's own stand in.
const MARKS: [char; 8] = ['“', '”', '„', '«', '»', '"', '‘', '‹'];

/// Whether all words of a quote are the speaker's own; those of a mixed one are only where it has marks itself.
pub(super) fn is_verbatim(line: &Line) -> bool {
    line.quote_kind == Some(QuoteKind::Direct)
}

/// Words as they stand between double marks: their own ones are made single.
pub(super) fn inside_marks(words: &str) -> String {
    let single = |character| match character {
        '“' => '‘',
        '”' => '’',
        '„' => '‚',
        '‟' => '‛',
        '«' => '‹',
        '»' => '›',
        '"' => '\'',
        other => other,
    };
    words.chars().map(single).collect()
}

/// The headline, or the address of what has none.
pub(super) fn title(line: &Line) -> &str {
    match line.title.as_str() {
        "" => &line.url,
        title => title,
    }
}

/// What the link to a line's page says: its headline, but where the line is that itself, who published it.
pub(super) fn linked(line: &Line) -> String {
    match line.kind {
        LineKind::Published if line.text == line.title => line.source_name.clone(),
        _ => format!("{}, {}", title(line), line.source_name),
    }
}

/// The day of publication as the page has it.
pub(super) fn published(line: &Line) -> Option<Date> {
    line.published.map(|moment| moment.date)
}

/// What a reference says beside the document: the words and whose they are, or the day and how it was found, and the
/// capture.
pub(super) fn note(line: &Line) -> String {
    let what = match line.kind {
        LineKind::Said => {
            let speaker = line.speaker_name().unwrap_or("no speaker named");
            let said = said(line).map_or_else(String::new, |said| format!(" ({said})"));
            format!("{speaker}{said}: {}. ", printed_words(line, said_words(line)))
        }
        LineKind::Published => String::new(),
        LineKind::Changed => {
            let told = change(line).unwrap_or_default();
            return format!("{told}. It happened {}; {}", dated(line), proof(line));
        }
        LineKind::Mentioned | LineKind::Deadline => {
            let expression = line.expression.as_deref().unwrap_or_default();
            let what = match line.kind {
                LineKind::Deadline => "Deadline",
                _ => "Spoken of",
            };
            let day = line.when.as_ref().map(days::in_words).unwrap_or_default();
            format!("{what} {day}: “{expression}”. ")
        }
    };
    format!(
        "{what}Captured {}, record urn:uuid:{}{}",
        days::instant(line.captured_at),
        line.capture,
        beside(line)
    )
}
