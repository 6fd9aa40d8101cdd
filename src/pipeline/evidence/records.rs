//! The records of a pack: one WARC file of the very bytes that lie in the archive.

use std::collections::BTreeMap;
use std::path::Path;

use crate::archive::{self, ArchiveError, records_in, wacz};
use crate::model::capture::Capture;
use crate::model::id::CaptureId;

/// The records of some captures.
#[derive(Default)]
pub(super) struct Records {
    /// The WARC file.
    pub(super) bytes: Vec<u8>,
    /// Where the record of each capture begins in it, and its length.
    pub(super) places: BTreeMap<CaptureId, (u64, u64)>,
}

/// The records of these captures in the order in which they lie in the archive: of each file the one that opens it, then each
/// answer behind its request.
pub(super) fn records(folder: &Path, captures: &[&Capture]) -> Result<Records, ArchiveError> {
    let mut sorted = captures.to_vec();
    sorted.sort_by_key(|capture| (&capture.location.segment, capture.location.offset));
    let (mut records, mut segment) = (Records::default(), None);
    for capture in sorted {
        let location = &capture.location;
        if segment != Some(&location.segment) {
            let opening = archive::opening_of(folder, &location.segment)?;
            records.bytes.extend(opening.unwrap_or_default());
            segment = Some(&location.segment);
        }
        let request = archive::request_of(folder, &capture.id, location)?;
        records.bytes.extend(request.unwrap_or_default());
        let answer = own(folder, capture)?;
        let place = (records.bytes.len() as u64, answer.len() as u64);
        records.places.insert(capture.id.clone(), place);
        records.bytes.extend(answer);
    }
    Ok(records)
}

/// The bytes of a capture's own record; one that is another's, or damaged, is no evidence.
fn own(folder: &Path, capture: &Capture) -> Result<Vec<u8>, ArchiveError> {
    let location = &capture.location;
    let bytes = archive::member(folder, location)?;
    let damaged = |reason: String| ArchiveError::Damaged {
        segment: location.segment.clone(),
        offset: location.offset,
        reason,
    };
    let read = records_in("", &bytes, wacz::MOST_BYTES).next();
    let (place, record) = read
        .ok_or_else(|| damaged("it is empty".into()))?
        .map_err(|(_, reason)| damaged(reason))?;
    if record.id.as_deref() != Some(capture.id.as_str()) || place.length != location.length {
        return Err(damaged(format!("it is not the record of capture {}", capture.id)));
    }
    Ok(bytes)
}
