//! Readings beside the texts in the pack and what is read out of their captures now.

use std::collections::HashMap;

use super::{Check, Shown};
use crate::archive::sha256;
use crate::model::id::{CaptureId, DocumentId, RevisionId};
use crate::pipeline::PipelineError;
use crate::pipeline::evidence::claims::ReadingClaim;
use crate::pipeline::evidence::report::{Part, Unlike};
use crate::pipeline::evidence::rules::text;
use crate::pipeline::evidence::seen::Seen;
use crate::pipeline::reader::version;

impl<'a> Check<'a> {
    /// The readings, those of one capture together: it is read once, however many texts are said to stand in it.
    pub(super) fn readings(&mut self) -> Result<(), PipelineError> {
        let mut order: Vec<&str> = Vec::new();
        let mut of_captures: HashMap<&str, Vec<&'a ReadingClaim>> = HashMap::new();
        for reading in &self.claims.readings {
            let of_capture = of_captures.entry(&reading.capture).or_default();
            if of_capture.is_empty() {
                order.push(&reading.capture);
            }
            of_capture.push(reading);
        }
        for capture in order {
            let shown = self.shown(capture);
            if let Some(Shown {
                row,
                seen: Some(seen),
                ..
            }) = &shown
            {
                self.keep_version(row, seen);
            }
            for reading in &of_captures[capture] {
                self.reading(reading, shown.as_ref())?;
            }
        }
        Ok(())
    }

    /// A reading beside the text in the pack and the one that is read out of its capture now, and its quotes.
    fn reading(&mut self, reading: &'a ReadingClaim, shown: Option<&Shown>) -> Result<(), PipelineError> {
        let id = &reading.reading;
        let document = DocumentId::derive(&reading.address);
        let capture = CaptureId::new(reading.capture.clone());
        if document.as_str() != reading.document || RevisionId::derive(&document, &capture).as_str() != id {
            let problem = "its id is not that of its address and its capture";
            self.report.tell(Part::Reading, id, problem);
        }
        let Some(bytes) = self.files.get(&reading.text) else {
            self.report.tell(Part::Reading, id, "its text is not in the pack");
            return Ok(());
        };
        if !self.texts.insert(&reading.text) {
            let problem = "its text is said to be that of another reading as well";
            self.report.tell(Part::Reading, id, problem);
            return Ok(());
        }
        if sha256(bytes) != reading.text_sha256 {
            let problem = format!("the SHA-256 of {} is not the one claimed", reading.text);
            self.report.tell(Part::Reading, id, problem);
        }
        let text = text(&reading.text, bytes)?;
        let Some(shown) = shown else {
            self.report
                .tell(Part::Reading, id, "its capture is not in the pack");
            return Ok(());
        };
        if reading.captured_at != shown.row.observed_at().to_string() {
            let problem = "it is not of the time at which its capture was made";
            self.report.tell(Part::Reading, id, problem);
        }
        let known = self.report.unlike.len();
        self.beside_reading(reading, &text, shown.seen.as_ref());
        let is_read_so = self.report.unlike.len() == known;
        self.quotes_of(reading, &text, shown, is_read_so);
        Ok(())
    }

    /// A reading beside what is read out of its capture now.
    fn beside_reading(&mut self, reading: &ReadingClaim, text: &str, seen: Option<&Seen>) {
        let problem = match seen.map(|seen| seen.document_of(reading)) {
            None => "its capture cannot be read".to_string(),
            Some(None) => "nothing of its address is read out of the capture".into(),
            Some(Some(now)) => {
                if now.digest == reading.digest && now.text == text && now.headline == reading.headline {
                    let is_told_by = |method: &String| now.published_by.as_ref() == Some(method);
                    if now.published != reading.published {
                        "its time of publication is not the one that is read out of the capture".into()
                    } else if !reading.published_by.iter().all(is_told_by) {
                        "its time of publication is not told by the place that is claimed".into()
                    } else {
                        return;
                    }
                } else {
                    "its headline or text is not the one that is read out of the capture".into()
                }
            }
        };
        self.unlike_now(Part::Reading, &reading.reading, problem, &reading.reader);
    }

    /// Tells of what this program reads otherwise: a difference only where the same reader wrote it.
    pub(super) fn unlike_now(&mut self, part: Part, id: &str, problem: String, reader: &str) {
        let is_ours = is_ours(reader);
        let problem = match is_ours {
            true => problem,
            false => format!(
                "{problem}; it was read by {reader:?}, and this program is {:?}",
                version()
            ),
        };
        self.report.unlike.push(Unlike {
            part,
            id: id.into(),
            problem,
            is_difference: is_ours,
        });
    }
}

/// Whether a reader is of this program's version, however it was configured.
fn is_ours(reader: &str) -> bool {
    let rest = reader.strip_prefix(&version());
    rest.is_some_and(|rest| rest.starts_with(' '))
}
