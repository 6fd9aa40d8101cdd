//! What lies around a record in its file: the request that it answers, and the record that opens the file.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::ArchiveError;
use super::held::records_in;
use super::reader::{Record, RecordKind, member, records};
use crate::model::capture::RecordLocation;
use crate::model::id::CaptureId;

/// Bytes before an answer in which its request is looked for; a request has a few hundred.
const REACH: u64 = 1 << 16;

/// Beginnings of gzip members that are tried. In the packed bytes of something else one may stand by chance.
const TRIED: usize = 16;

/// Bytes that a request may unpack to.
const LARGEST_REQUEST: u64 = 1 << 20;

/// How a gzip member begins (RFC 1952).
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];

/// The request that a capture answers, as it lies right before it in the archive; nothing where something else does, as in
/// files that others wrote.
pub fn request_of(
    folder: &Path,
    capture: &CaptureId,
    location: &RecordLocation,
) -> Result<Option<Vec<u8>>, ArchiveError> {
    let path = folder.join(&location.segment);
    let reach = location.offset.min(REACH);
    let read = || {
        let mut file = File::open(&path)?;
        file.seek(SeekFrom::Start(location.offset - reach))?;
        let mut bytes = Vec::new();
        file.take(reach).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|source| ArchiveError::Open {
        path: path.clone(),
        source,
    })?;
    let beginnings = memchr::memmem::rfind_iter(&bytes, &GZIP).take(TRIED);
    let mut candidates = beginnings.map(|at| &bytes[at..]);
    let found = candidates.find(|candidate| is_request_of(candidate, capture));
    Ok(found.map(<[u8]>::to_vec))
}

/// Whether bytes are one record and nothing else, the request of a capture.
fn is_request_of(bytes: &[u8], capture: &CaptureId) -> bool {
    let first = records_in("", bytes, LARGEST_REQUEST).next();
    let is_its = |record: &Record| {
        record.kind == RecordKind::Request
            && record.field("WARC-Concurrent-To") == Some(format!("<urn:uuid:{capture}>").as_str())
    };
    matches!(first, Some(Ok((place, record))) if place.length == bytes.len() as u64 && is_its(&record))
}

/// The record that opens a file and says what wrote it, as it lies there; nothing where the file begins with another.
pub fn opening_of(folder: &Path, segment: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
    match records(&folder.join(segment))?.next() {
        Some(Ok((place, record))) if record.kind == RecordKind::Warcinfo => member(folder, &place).map(Some),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Digest, Entry, Writer};

    #[test]
    fn the_request_and_the_opening_are_taken_as_they_lie_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path(), 1 << 30, &[]).expect("open");
        let mut append = |body: &[u8]| {
            let entry = Entry {
                url: "https://quay.example/news/1",
                fetched_at: "2026-02-06T15:04:05Z".parse().expect("valid"),
                request_head: b"GET /news/1 HTTP/1.1\r\nhost: quay.example\r\n\r\n",
                response_head: b"HTTP/1.1 200 OK\r\n\r\n",
                body,
                digest: Digest::of(body),
                truncated: None,
                ip: None,
                not_modified: false,
                revisit_of: None,
            };
            writer.append(&entry).expect("appended")
        };
        let (first, second) = (append(b"\x1f\x8b\x08 and other bytes"), append(b"two"));
        let of =
            |of: &super::super::Appended| request_of(folder.path(), &of.capture, &of.location).expect("read");
        for appended in [&first, &second] {
            let request = of(appended).expect("a request");
            let file = std::fs::read(folder.path().join(&appended.location.segment)).expect("the file");
            let end = usize::try_from(appended.location.offset).expect("small");
            assert!(file[..end].ends_with(&request));
        }
        let stranger = request_of(folder.path(), &first.capture, &second.location).expect("read");
        assert_eq!(stranger, None);
        let opening = opening_of(folder.path(), &first.location.segment)
            .expect("read")
            .expect("one");
        let record = records_in("", &opening, 1 << 20)
            .next()
            .expect("one")
            .expect("sound")
            .1;
        assert_eq!(record.kind, RecordKind::Warcinfo);
    }
}
