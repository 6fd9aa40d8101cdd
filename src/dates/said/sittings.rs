//! The day of the sitting that a text is the record of: a hearing, a meeting, a press conference.
//!
//! A transcript is put on the web a day or more later. Its title tells when they sat ("Transcript: Public Hearing on Order 7, March 10,
//! 2026"), or who opens the sitting does ("This hearing of March 10, 2026, is open"). A title may name the day
//! of a thing as well ("Hearing on the Shooting of March 3"): a day counts behind the word for the sitting or behind a mark of its own.
//! Where two days are told none is taken.

use jiff::civil::Date;

use super::lists::List;
use super::sayings::spoken_words;
use super::transcripts::is_of_transcript;
use crate::dates::edtf;
use crate::model::date::{DateMention, Sitting, TimexKind};
use crate::model::span::Span;
use crate::text::sentences::sentence;

/// A title with the time expressions in it.
pub(in crate::dates) struct Title<'t> {
    pub(in crate::dates) words: &'t str,
    pub(in crate::dates) mentions: Vec<DateMention>,
}

/// The day on which those sat whose words a text is the record of, where it is not later than that of its publication. A text that is
/// not known to be a transcript is one by its title, or by what it says of itself at its head.
pub(in crate::dates) fn sitting(
    text: &str,
    mentions: &[DateMention],
    title: Option<&Title<'_>>,
    (published, is_transcript): (Date, bool),
) -> Option<Sitting> {
    let is_record = is_transcript || title.is_some_and(|title| is_of_record(title.words));
    let is_told = |mention: &&DateMention| {
        is_record && opens_sitting(text, mention.span)
            || is_of_transcript(&sentence(text, mention.span).slice(text).to_lowercase())
    };
    let head = mentions.iter().take_while(|mention| mention.span.end() <= HEAD);
    let head = head
        .filter(|mention| is_printed_day(text, mention))
        .filter(is_told);
    let mut found: Vec<Sitting> = head
        .filter_map(|mention| placed(mention, Some(mention.span)))
        .collect();
    // What names the day in the text goes first: it can be shown.
    if let Some(title) = title.filter(|_| is_record) {
        let mut days = title
            .mentions
            .iter()
            .filter(|mention| is_printed_day(title.words, mention));
        match (days.next(), days.next()) {
            (Some(only), None) if is_of_title(title.words, only.span) => found.extend(placed(only, None)),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
    }
    let first = *found.first()?;
    let is_near = (0..=A_YEAR).contains(&edtf::days_between(first.day, published));
    let is_one = found.iter().all(|other| other.day == first.day);
    (is_near && is_one).then_some(first)
}

/// How far from its beginning a text says what day it is, in bytes.
const HEAD: usize = 500;
/// Days between a sitting and the publication of its record, at most.
const A_YEAR: i64 = 366;

fn placed(mention: &DateMention, evidence: Option<Span>) -> Option<Sitting> {
    let day = mention.when.as_ref()?.earliest;
    Some(Sitting { day, evidence })
}

/// Whether an expression is one day by its month and number: "Tuesday" and "today" are counted from the day that is looked for.
fn is_printed_day(text: &str, mention: &DateMention) -> bool {
    let is_day = mention
        .when
        .as_ref()
        .is_some_and(|when| when.earliest == when.latest);
    let is_point = matches!(mention.kind, TimexKind::Date | TimexKind::Time);
    let printed = mention.span.slice(text);
    is_day
        && is_point
        && DAYS.contains(&mention.rule)
        && printed.contains(|letter: char| letter.is_ascii_digit())
}

/// The rules of a day that is printed with its month.
const DAYS: [&str; 4] = ["month_day", "day_month", "month_day_alone", "numeric"];

/// Whether a title says that its text is a record: "Rush Transcript: …", "Minutes of the Council Meeting". "Minutes" alone are as often
/// those of a clock, and "acta" may be a deed.
fn is_of_record(title: &str) -> bool {
    let small = title.to_lowercase();
    small.split(SEPARATORS).any(|part| {
        let words: Vec<&str> = spoken_words(part).map(|(_, word)| word).collect();
        let is_gathering = |word: &&str| List::Gathering.has(word);
        match words.as_slice() {
            [first, of, rest @ ..] if List::Minutes.has(first) => {
                List::BodyOf.has(of) && rest.iter().any(is_gathering)
            }
            [.., before, last] if List::Minutes.has(last) => is_gathering(before),
            [first, ..] if List::RecordOfSitting.has(first) => true,
            [.., last] => List::RecordOfSitting.has(last),
            _ => false,
        }
    })
}

/// Whether a title is a report on a record, or an item of an agenda: "Transcript Shows Members Split", "Approval of Minutes".
fn is_on_record(title: &str) -> bool {
    spoken_words(&title.to_lowercase()).any(|(_, word)| List::OnRecord.has(word))
}

/// What parts a title.
const SEPARATORS: [char; 8] = [',', ':', ';', '–', '—', '|', '(', '['];

/// Whether a day of a title is that of the sitting.
fn is_of_title(title: &str, day: Span) -> bool {
    let small = title[..day.start()].to_lowercase();
    let behind = title[day.end()..].trim_start().to_lowercase();
    let before = small
        .trim_end()
        .trim_end_matches(" -")
        .trim_end_matches(SEPARATORS);
    let is_parted = before.is_empty() || before.len() < small.trim_end().len();
    let own = before.rsplit(SEPARATORS).next().unwrap_or_default();
    let own: Vec<&str> = spoken_words(own).map(|(_, word)| word).collect();
    // "Updated: March 12", "Letter to Members, March 12".
    let is_writing = own.iter().any(|word| List::WrittenThing.has(word));
    let is_held = || own.iter().any(|word| List::Gathering.has(word));
    let is_published = own.iter().any(|word| List::Publication.has(word));
    if is_published || is_writing && !is_held() || is_on_record(title) {
        return false;
    }
    let has_year = day
        .slice(title)
        .split(|letter: char| !letter.is_ascii_digit())
        .any(|number| number.len() == "2026".len());
    if has_year && (is_parted || is_behind_record(&own)) && names_occasion(&behind) {
        return true;
    }
    match is_parted {
        true => is_parted_behind(&behind),
        // "Speech on Jan. 6" is about a day that needs no year.
        false => has_year && is_behind_occasion(&own) && goes_on_about(&behind),
    }
}

/// Whether a sitting is named by its day: "March 10, 2026, Public Hearing".
fn names_occasion(behind: &str) -> bool {
    let rest = behind.trim_start_matches([',', ' ']);
    let words: Vec<&str> = spoken_words(rest.split(SEPARATORS).next().unwrap_or_default())
        .map(|(_, word)| word)
        .collect();
    let is_before = |word: &&&str| is_kind(word) || List::Body.has(word);
    let kinds = words.iter().take_while(is_before).count();
    let leads_on =
        |word: &&str| List::TopicOfSitting.has(word) || List::HeardAt.has(word) || is_sitting(word);
    words.get(kinds).is_some_and(|word| is_sitting(word)) && words.get(kinds + 1).is_none_or(leads_on)
}

/// Whether the word for a record leads right to a day: "Transcript of the".
fn is_behind_record(before: &[&str]) -> bool {
    let named = &before[..before.len() - leading(before)];
    named
        .last()
        .is_some_and(|last| List::RecordOfSitting.has(last) || List::Minutes.has(last))
}

/// Whether nothing follows a day that could be named by it: "March 3 Shooting".
fn is_parted_behind(behind: &str) -> bool {
    let marks = [':', ';', '–', '—', '|', ')', ']', '(', '[', '.'];
    behind.is_empty() || behind.starts_with(marks) || behind.starts_with("- ")
}

/// Whether words lead from a sitting right to its day ("hearing on", "Minutes of"), and not to it as the topic of another ("briefing after the
/// hearing of").
fn is_behind_occasion(before: &[&str]) -> bool {
    let lead = leading(before);
    let (named, lead) = before.split_at(before.len() - lead);
    let is_held = lead.iter().any(|word| List::HeldOn.has(word));
    let mut behind = named.iter().rev().skip_while(|word| is_kind(word));
    // "Meeting of the Port Board held on".
    let is_named = match is_held {
        true => behind.any(|word| is_sitting(word)),
        false => behind.next().is_some_and(|word| is_sitting(word)),
    };
    is_named && is_head(behind.copied()) && !named.iter().any(|word| List::TopicOfSitting.has(word))
}

/// Whether what stands before the word for a sitting, the nearest first, makes it what the title is of: "Transcript of the Mayor’s", but not
/// "Mayor Announces", "Questions From the".
fn is_head<'t>(before: impl Iterator<Item = &'t str>) -> bool {
    let mut before = before
        .skip_while(|word| is_kind(word) || List::Body.has(word))
        .peekable();
    // The word for whose sitting it is, and a title and name before it.
    let is_whose = before.peek().is_some_and(|word| *word == "s");
    if is_whose {
        return before.all(|word| !(List::HeardAt.has(word) || List::DayLead.has(word)));
    }
    let is_lead = |word: &str| List::BodyOf.has(word) || List::Article.has(word) || is_kind(word);
    before
        .find(|word| !is_lead(word))
        .is_none_or(|word| List::RecordOfSitting.has(word) || List::Minutes.has(word))
}

/// Whether a word is for a sitting, or for the record of one.
fn is_sitting(word: &str) -> bool {
    List::Gathering.has(word) || List::RecordOfSitting.has(word) || List::Minutes.has(word)
}

/// Whether a word tells of which kind a sitting is.
fn is_kind(word: &str) -> bool {
    List::KindOfSitting.has(word)
}

/// How many words before a day only lead to it: "held on", "of the".
fn leading(before: &[&str]) -> usize {
    let is_lead = |word: &&&str| {
        List::DayLead.has(word) || List::BodyOf.has(word) || List::HeldOn.has(word) || List::Article.has(word)
    };
    before.iter().rev().take_while(is_lead).count()
}

/// Whether a title ends with a day, or goes on with what the sitting was about or where.
fn goes_on_about(behind: &str) -> bool {
    let rest = behind.trim_start_matches([',', ' ']);
    let first = spoken_words(rest).next().map_or("", |(_, word)| word);
    let leads_on = List::TopicOfSitting.has(first) || List::HeardAt.has(first);
    is_parted_behind(behind) || leads_on && !behind.starts_with(['\'', '’'])
}

/// Whether who opens the sitting says at the head of a turn what day it is ("Good evening, today is"), or of which day it is ("This hearing of").
/// In other words a day is as often that of another sitting, or its topic: "I called this hearing on", "Approval of the minutes of".
fn opens_sitting(text: &str, day: Span) -> bool {
    let start = text[..day.start()].rfind('\n').map_or(0, |at| at + 1);
    let before = text[start..day.start()].to_lowercase();
    let turn = match text[start..day.start()].split_once(": ") {
        Some((label, _)) if is_label(label) => &before[before.find(": ").map_or(0, |at| at + 1)..],
        _ => &before,
    };
    let words: Vec<&str> = spoken_words(turn)
        .map(|(_, word)| word)
        .skip_while(|word| List::Greeting.has(word))
        .collect();
    match words.as_slice() {
        [today, is] if List::Today.has(today) => List::Is.has(is),
        [this, rest @ ..] if List::ThisSitting.has(this) => {
            let mut behind = rest.iter().skip_while(|word| is_kind(word));
            let is_gathering = behind.next().is_some_and(|word| List::Gathering.has(word));
            let lead: Vec<&str> = behind.copied().collect();
            let is_of = |word: &&str| List::BodyOf.has(word) || List::Article.has(word);
            is_gathering && !lead.is_empty() && lead.iter().all(is_of)
        }
        _ => false,
    }
}

/// Words of a label before a turn, at most.
const LABEL: usize = 6;

/// Whether a stretch before a colon names who speaks: "CHAIR CRUZ", but not "They told me".
fn is_label(label: &str) -> bool {
    let mut words = label.split_whitespace();
    let is_name = |word: &str| !word.starts_with(char::is_lowercase);
    label.split_whitespace().count() <= LABEL && words.all(is_name)
}
