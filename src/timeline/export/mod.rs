//! One file a format. Every line carries where it comes from: document, capture, rule.

mod csv;
mod ics;
mod json;
mod timelinejs;

use std::io::{self, Write};

use crate::model::event::Event;

/// The formats a timeline is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with a header line (RFC 4180), safe to open in a spreadsheet.
    Csv,
    /// An array of JSON objects.
    Json,
    /// The JSON that TimelineJS 3 loads.
    TimelineJs,
    /// An iCalendar file of all-day events (RFC 5545).
    Ics,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 4] = [Format::Csv, Format::Json, Format::TimelineJs, Format::Ics];

    /// The name used on the command line and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::TimelineJs => "timelinejs",
            Format::Ics => "ics",
        }
    }

    /// The format of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The media type of what is written.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Json | Format::TimelineJs => "application/json",
            Format::Ics => "text/calendar; charset=utf-8",
        }
    }
}

/// Writes ordered events; `name` is the title of the timeline, where the format has one.
pub fn write(format: Format, name: &str, events: &[Event], to: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Csv => csv::write(events, to),
        Format::Json => json::write(events, to),
        Format::TimelineJs => timelinejs::write(name, events, to),
        Format::Ics => ics::write(name, events, to),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::date::When;
    use crate::model::event::EventKind;
    use crate::model::id::{CaptureId, DocumentId, QuoteId};

    pub(in crate::timeline) fn event(text: &str) -> Event {
        Event {
            uid: "said-q1".into(),
            kind: EventKind::Said,
            when: When::day(jiff::civil::date(2026, 2, 6)),
            text: text.into(),
            speaker: Some("Ana Lima".into()),
            title: "Harbour, reopened; at last".into(),
            source: "City Hall".into(),
            url: "https://hall.example/one".into(),
            published: Some("2026-02-07".into()),
            rule: "document date".into(),
            document: DocumentId::new("d1"),
            quote: Some(QuoteId::new("q1")),
            capture: CaptureId::new("c1"),
            captured_at: "2026-02-08T10:00:00Z".parse().expect("an instant"),
        }
    }

    pub(in crate::timeline) fn written(format: Format, events: &[Event]) -> String {
        let mut bytes = Vec::new();
        write(format, "A, B; C", events, &mut bytes).expect("memory takes it");
        String::from_utf8(bytes).expect("all formats are UTF-8")
    }

    #[test]
    fn a_spreadsheet_formula_stays_text() {
        let lines = written(Format::Csv, &[event("=HYPERLINK(\"x\")"), event("a \"b\", c\nd")]);
        assert!(lines.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{lines}");
        assert!(lines.contains("\"a \"\"b\"\", c\nd\""), "{lines}");
        assert!(lines.starts_with("day,"), "{lines}");
    }

    #[test]
    fn json_is_an_array_with_the_evidence_of_each_event() {
        let value: serde_json::Value =
            serde_json::from_str(&written(Format::Json, &[event("We will."), event("We won't.")]))
                .expect("JSON");
        assert_eq!(value[0]["capture"], "c1");
        assert_eq!(value[1]["text"], "We won't.");
        assert_eq!(written(Format::Json, &[]), "[]\n");
    }

    #[test]
    fn timelinejs_gets_dates_in_parts_and_no_markup_from_pages() {
        let mut long = event("<script>alert(1)</script>");
        long.when.latest = jiff::civil::date(2026, 2, 9);
        let value: serde_json::Value =
            serde_json::from_str(&written(Format::TimelineJs, &[long])).expect("JSON");
        let event = &value["events"][0];
        assert_eq!(event["start_date"]["day"], 6);
        assert_eq!(event["end_date"]["day"], 9);
        assert!(!event.to_string().contains("<script>"), "{event}");
    }

    #[test]
    fn a_calendar_has_all_day_events_whose_end_is_excluded() {
        let calendar = written(Format::Ics, &[event(&"“Señor, ".repeat(30))]);
        assert!(calendar.contains("DTSTART;VALUE=DATE:20260206\r\n"), "{calendar}");
        assert!(calendar.contains("DTEND;VALUE=DATE:20260207\r\n"), "{calendar}");
        assert!(calendar.contains("UID:said-q1@onrecord\r\n"), "{calendar}");
        assert!(calendar.contains("X-WR-CALNAME:A\\, B\\; C\r\n"), "{calendar}");
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
        assert_eq!(
            calendar.matches("BEGIN:").count(),
            calendar.matches("END:").count()
        );
    }
}
