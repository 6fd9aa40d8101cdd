//! A capture's row beside its WARC record: what the record says of itself, and in what the row says otherwise.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::archive::{self, Record, RecordKind};
use crate::model::capture::{Capture, RecordLocation, Role, Truncation};
use crate::model::id::{CaptureId, SourceId};

/// The capture as its record has it. What no record tells (source, role, the address a page is known by) is the row's.
pub(in crate::pipeline) fn as_archived(row: &Capture, record: &Record) -> Capture {
    let head = Head::of(&record.head);
    let refers_to = record.field("WARC-Refers-To").and_then(uuid_of);
    let known_time = |name: &str| record.field(name)?.parse::<Timestamp>().ok();
    let stated = head
        .field("memento-datetime")
        .and_then(|at| DateTimeParser::new().parse_timestamp(at).ok());
    Capture {
        id: record
            .id
            .as_deref()
            .map_or_else(|| row.id.clone(), CaptureId::new),
        url: record
            .field("WARC-Target-URI")
            .map_or_else(|| row.url.clone(), str::to_string),
        fetched_at: known_time("WARC-Date").map_or(row.fetched_at, in_milliseconds),
        status: head.status.unwrap_or(row.status),
        content_type: head.field("content-type").map(str::to_string),
        content_encoding: head.field("content-encoding").map(str::to_string),
        truncated: record.field("WARC-Truncated").and_then(Truncation::from_code),
        memento_at: row
            .memento_at
            .and_then(|at| stated.or_else(|| is_in_address(record, at).then_some(at))),
        revisit_of: match record.kind {
            RecordKind::Revisit => refers_to,
            _ => None,
        },
        ..row.clone()
    }
}

/// Whether the address that was asked names a web archive's copy by its time, as their addresses do (`/web/20260206120000id_/`).
fn is_in_address(record: &Record, at: Timestamp) -> bool {
    let stamp = at.strftime("%Y%m%d%H%M%S").to_string();
    let address = record.field("WARC-Target-URI");
    address.is_some_and(|address| address.contains(&stamp))
}

/// A page's capture as far as its record alone tells; nothing of what is no record of an answer.
pub(in crate::pipeline) fn capture_of(record: &Record, location: RecordLocation) -> Option<Capture> {
    if !matches!(record.kind, RecordKind::Response | RecordKind::Revisit) {
        return None;
    }
    let bare = Capture {
        id: CaptureId::new(record.id.clone()?),
        source: SourceId::new(String::new()),
        role: Role::Page,
        url: String::new(),
        known_as: None,
        memento_at: None,
        answer_of: None,
        fetched_at: Timestamp::UNIX_EPOCH,
        status: 0,
        content_type: None,
        content_encoding: None,
        payload_sha256: archive::sha256(&record.payload),
        payload_bytes: record.payload.len() as u64,
        truncated: None,
        location,
        revisit_of: None,
    };
    Some(as_archived(&bare, record))
}

/// What of a row is not as its record has it, in words.
pub(in crate::pipeline) fn differences(row: &Capture, archived: &Capture) -> Vec<String> {
    let id = |id: &Option<CaptureId>| id.as_ref().map_or("none".into(), CaptureId::to_string);
    let text = |text: &Option<String>| text.clone().unwrap_or("none".into());
    let code = |truncated: &Option<Truncation>| truncated.map_or("no", Truncation::code).to_string();
    let observed = |capture: &Capture| in_milliseconds(capture.observed_at()).to_string();
    let facts: [(&str, String, String); 9] = [
        ("id", row.id.to_string(), archived.id.to_string()),
        ("address", row.url.clone(), archived.url.clone()),
        (
            "time",
            in_milliseconds(row.fetched_at).to_string(),
            archived.fetched_at.to_string(),
        ),
        (
            "time of the web archive's copy",
            observed(row),
            observed(archived),
        ),
        ("status", row.status.to_string(), archived.status.to_string()),
        (
            "content type",
            text(&row.content_type),
            text(&archived.content_type),
        ),
        (
            "content coding",
            text(&row.content_encoding),
            text(&archived.content_encoding),
        ),
        (
            "earlier capture with the same payload",
            id(&row.revisit_of),
            id(&archived.revisit_of),
        ),
        (
            "note that it is cut off",
            code(&row.truncated),
            code(&archived.truncated),
        ),
    ];
    let is_told_twice = |what: &str| what.starts_with("time of") && row.memento_at.is_none();
    facts
        .into_iter()
        .filter(|(what, row, archived)| row != archived && !is_told_twice(what))
        .map(|(what, row, archived)| format!("its {what} is {row} on record and {archived} in the archive"))
        .collect()
}

/// Rows keep milliseconds, records what the clock gave.
pub(super) fn in_milliseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

fn uuid_of(urn: &str) -> Option<CaptureId> {
    let id = urn.strip_prefix("<urn:uuid:")?.strip_suffix('>')?;
    Some(CaptureId::new(id))
}

/// The head of an answer as it is archived.
struct Head<'a> {
    status: Option<u16>,
    fields: Vec<(&'a str, &'a str)>,
}

impl<'a> Head<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let status = lines
            .next()
            .and_then(|line| std::str::from_utf8(line).ok())
            .and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        // A value that is no text is none to the crawl either.
        let fields = lines
            .filter_map(|line| std::str::from_utf8(line).ok()?.split_once(':'))
            .map(|(name, value)| (name, value.trim()));
        Self {
            status,
            fields: fields.collect(),
        }
    }

    /// The first field of a name.
    fn field(&self, name: &str) -> Option<&'a str> {
        let mut fields = self.fields.iter();
        fields
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
    }
}
