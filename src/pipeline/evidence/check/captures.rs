//! Captures beside their records, and what this program sees in each of them.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Check, FIRST_ERROR, MOST_READ, MOST_TOLD, Shown};
use crate::archive::{Record, RecordKind, sha256};
use crate::extract::letters::Letters;
use crate::fetch::coding;
use crate::model::capture::Capture;
use crate::model::id::DocumentId;
use crate::pipeline::evidence::claims::CaptureClaim;
use crate::pipeline::evidence::report::Part;
use crate::pipeline::evidence::seen::Seen;
use crate::pipeline::process::read_again;
use crate::pipeline::verify::archived;

impl<'a> Check<'a> {
    /// Each capture beside its record.
    pub(super) fn captures(&mut self) {
        for claim in &self.claims.captures {
            for problem in self.capture(claim) {
                self.report.tell(Part::Capture, &claim.capture, problem);
            }
        }
        self.unclaimed();
    }

    /// Answers that lie in the pack though no claim names them: what they show of a page nobody is told.
    fn unclaimed(&mut self) {
        let records = self.records.iter();
        let unclaimed = records.filter(|(id, (_, record))| {
            let is_answer = matches!(record.kind, RecordKind::Response | RecordKind::Revisit);
            is_answer && !self.captures.contains_key(id.as_str())
        });
        let mut places: Vec<String> = unclaimed
            .map(|(_, (place, _))| format!("{}:{}", place.segment, place.offset))
            .collect();
        places.sort();
        for place in places {
            self.report.tell(
                Part::Record,
                place,
                "an answer that no claim names: what it shows is not read",
            );
        }
    }

    /// In what a capture is not what its record says.
    fn capture(&self, claim: &CaptureClaim) -> Vec<String> {
        let row = match claim.row() {
            Ok(row) => row,
            Err(field) => return vec![format!("its {field} is none")],
        };
        let Some((place, record)) = self.records.get(&claim.capture) else {
            return vec!["its record is not in the pack".into()];
        };
        let own = archived::as_archived(&row, record);
        let mut problems = archived::differences(&row, &own);
        if *place != row.location || claim.record != format!("<urn:uuid:{}>", claim.capture) {
            problems.push("its record does not lie where it is said to".into());
        }
        match self.held(&row) {
            None => problems.push("the record that holds its payload is not in the pack".into()),
            Some((_, held)) => {
                if sha256(&held.payload) != claim.payload_sha256 {
                    problems.push("the payload's SHA-256 is not the one claimed".into());
                }
                if held.payload.len() as u64 != claim.payload_bytes {
                    problems.push("the payload is not as long as claimed".into());
                }
            }
        }
        problems
    }

    /// The capture and the record that hold a capture's payload.
    pub(super) fn held(&self, row: &Capture) -> Option<(Capture, &'a Record)> {
        let id = row.revisit_of.as_ref().unwrap_or(&row.id);
        let claim = self.captures.get(id.as_str())?;
        let (_, record) = self.records.get(id.as_str())?;
        Some((archived::as_archived(&claim.row().ok()?, record), record))
    }

    /// A capture as readings need it; nothing where it is not in the pack.
    pub(super) fn shown(&mut self, id: &str) -> Option<Shown> {
        let row = self.captures.get(id)?.row().ok()?;
        let record = self.records.get(id);
        Some(Shown {
            answered_from: record.map(|(_, record)| archived::as_archived(&row, record).url),
            seen: self.seen(&row),
            row,
        })
    }

    /// What this program sees in a capture; nothing where its bytes are not in the pack, or cannot be read.
    pub(super) fn seen(&mut self, row: &Capture) -> Option<Seen> {
        let (_, own) = self.records.get(row.id.as_str())?;
        let capture = archived::as_archived(row, own);
        let (held, record) = self.held(row)?;
        let reader = self.rules.reader();
        let left = self.left_to_read;
        let see = || {
            let cap = usize::try_from(reader.settings.max_decoded_bytes).unwrap_or(usize::MAX);
            let decoded = coding::decode(&record.payload, held.content_encoding.as_deref(), cap);
            // What cannot be decoded may cost as much as the largest that can.
            let cost = decoded.as_ref().map_or(cap, |decoded| decoded.len());
            let left = left.checked_sub(cost as u64)?;
            let letters = Letters::of(&decoded.unwrap_or_default(), held.content_type.as_deref());
            let read = read_again(reader, &capture, &held, record.clone(), &own.head);
            Some((left, Seen::of(letters, read, &row.id)))
        };
        // A page that makes a reader panic is one that cannot be read.
        match catch_unwind(AssertUnwindSafe(see)).ok()? {
            Some((left, seen)) => {
                self.left_to_read = left;
                Some(seen)
            }
            None => {
                let problem = format!("it is not read: the captures unpack to more than {MOST_READ} bytes");
                self.report.tell(Part::Capture, row.id.as_str(), problem);
                None
            }
        }
    }

    /// Keeps what a capture shows of the documents that readings are of.
    pub(super) fn keep_version(&mut self, row: &Capture, seen: &Seen) {
        let is_kept = (self.versions).keep(row.id.as_str(), row.observed_at(), seen, &self.documents);
        if !is_kept {
            let problem = "its quotes are not compared with those of other captures: the pack has too many";
            self.report.tell(Part::Capture, row.id.as_str(), problem);
        }
    }

    /// Reads the captures of pages that no reading is cited from, and tells beside each quote what its page said before and later.
    pub(super) fn what_became(&mut self) {
        let cited: HashSet<&str> = self
            .claims
            .readings
            .iter()
            .map(|it| it.capture.as_str())
            .collect();
        let claims = self.claims.captures.iter();
        let others =
            claims.filter(|claim| claim.status < FIRST_ERROR && !cited.contains(claim.capture.as_str()));
        for claim in others {
            let Ok(row) = claim.row() else { continue };
            if let Some(seen) = self.seen(&row) {
                self.keep_version(&row, &seen);
            }
        }
        for (at, reading) in std::mem::take(&mut self.checked).into_iter().enumerate() {
            let document = DocumentId::new(reading.document.as_str());
            let quote = self.report.claims[at].quote.clone();
            let mut became = self.versions.became(&document, &reading.capture, &quote);
            became.extend(self.told_by_the_pack(reading, &document));
            became.truncate(MOST_TOLD);
            self.report.claims[at].became = became;
        }
    }
}
