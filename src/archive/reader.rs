//! Reading records back, one by place or all of a file in order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::GzDecoder;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::ArchiveError;
use crate::model::capture::RecordLocation;

/// Bytes a record may have once it is unpacked; ours have a tenth of it at most.
const MAX_RECORD_BYTES: u64 = 1 << 30;

/// What a gzip member begins with.
const GZIP: &[u8] = b"\x1f\x8b";

/// Bytes that are made room for because a row says so.
const BELIEVED: usize = 1 << 20;

/// A record of an archive file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// The UUID of its `WARC-Record-ID`.
    pub id: Option<String>,
    /// Its fields in order.
    pub fields: Vec<(String, String)>,
    /// The head of the HTTP message, up to and with its empty line; empty where the block is none.
    pub head: Vec<u8>,
    /// The rest of the block.
    pub payload: Vec<u8>,
    /// Whether the block is as long as `Content-Length` says and ends as it should.
    is_whole: bool,
}

/// What a record is (WARC/1.1 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// What wrote the file.
    Warcinfo,
    /// A request.
    Request,
    /// An answer with its payload.
    Response,
    /// An answer whose payload is held by an earlier record.
    Revisit,
    /// Anything else.
    Other,
}

/// What is wrong with a record that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The block is not as long as the record says.
    #[error("the record is not as long as its Content-Length says")]
    Length,
    /// The block's digest is another.
    #[error("the block's digest is not the one written beside it")]
    BlockDigest,
    /// The payload's digest is another.
    #[error("the payload's digest is not the one written beside it")]
    PayloadDigest,
    /// There is no digest to check.
    #[error("the record carries no digest")]
    NoDigest,
}

impl Record {
    /// The first field of a name.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        fields
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Where an answer leads, as its head says it.
    pub fn leads_to(&self) -> Option<&str> {
        let head = std::str::from_utf8(&self.head).ok()?;
        let mut lines = head.lines();
        let status: u16 = lines.next()?.split_whitespace().nth(1)?.parse().ok()?;
        let mut fields = lines.filter_map(|line| line.split_once(':'));
        let location = fields.find(|(name, _)| name.eq_ignore_ascii_case("location"));
        location
            .filter(|_| (300..400).contains(&status))
            .map(|(_, to)| to.trim())
    }

    /// Recomputes the digests; answers everything that is not as the record says.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !self.is_whole {
            problems.push(Problem::Length);
        }
        match self.field("WARC-Block-Digest") {
            None => problems.push(Problem::NoDigest),
            Some(stated) if !agrees(stated, &[&self.head, &self.payload]) => {
                problems.push(Problem::BlockDigest);
            }
            Some(_) => {}
        }
        // A revisit names the digest of a payload that it does not hold.
        let stated = self
            .field("WARC-Payload-Digest")
            .filter(|_| self.kind != RecordKind::Revisit);
        if stated.is_some_and(|stated| !agrees(stated, &[&self.payload])) {
            problems.push(Problem::PayloadDigest);
        }
        problems
    }
}

/// The bytes of a record as they lie in the archive: a gzip member.
pub fn member(folder: &Path, location: &RecordLocation) -> Result<Vec<u8>, ArchiveError> {
    let path = folder.join(&location.segment);
    let read = || {
        let mut file = File::open(&path)?;
        file.seek(SeekFrom::Start(location.offset))?;
        let mut bytes = Vec::new();
        file.take(location.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|source| ArchiveError::Open {
        path: path.clone(),
        source,
    })
}

/// Reads the record at a place.
pub fn read(folder: &Path, location: &RecordLocation) -> Result<Record, ArchiveError> {
    let path = folder.join(&location.segment);
    let open = |source| ArchiveError::Open {
        path: path.clone(),
        source,
    };
    let mut file = File::open(&path).map_err(open)?;
    file.seek(SeekFrom::Start(location.offset)).map_err(open)?;
    let damaged = |reason: String| ArchiveError::Damaged {
        segment: location.segment.clone(),
        offset: location.offset,
        reason,
    };
    let mut packed = Vec::with_capacity(usize::try_from(location.length).unwrap_or_default().min(BELIEVED));
    file.take(location.length)
        .read_to_end(&mut packed)
        .map_err(open)?;
    let bytes = unpack(&packed[..]).map_err(|error| damaged(error.to_string()))?;
    parse(&bytes).ok_or_else(|| damaged("it is no WARC record".into()))
}

/// The records of a file in order, each with its place; ends after the first that cannot be read.
pub fn records(
    path: &Path,
) -> Result<impl Iterator<Item = Result<(RecordLocation, Record), ArchiveError>> + use<>, ArchiveError> {
    records_from(path, 0)
}

/// The same from a byte on, where a record begins.
pub fn records_from(
    path: &Path,
    first: u64,
) -> Result<impl Iterator<Item = Result<(RecordLocation, Record), ArchiveError>> + use<>, ArchiveError> {
    let mut members = Members::open(path, first)?;
    let segment = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let whole = path.to_path_buf();
    let mut ended = false;
    Ok(std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let offset = members.offset();
        let read = members.next_member()?;
        // The system's own errors are of the disk or the share, and say nothing of the bytes.
        if read.as_ref().is_err_and(|error| error.raw_os_error().is_some()) {
            ended = true;
            return read.err().map(|source| {
                let path = whole.clone();
                Err(ArchiveError::Open { path, source })
            });
        }
        let read = read.map_err(|error| error.to_string());
        let parsed = read.and_then(|bytes| parse(&bytes).ok_or_else(|| "it is no WARC record".into()));
        ended = parsed.is_err();
        Some(match parsed {
            Ok(record) => {
                let length = members.offset() - offset;
                Ok((
                    RecordLocation {
                        segment: segment.clone(),
                        offset,
                        length,
                    },
                    record,
                ))
            }
            Err(reason) => Err(ArchiveError::Damaged {
                segment: segment.clone(),
                offset,
                reason,
            }),
        })
    }))
}

/// How a file ends.
pub(super) enum Ending {
    /// With a whole record.
    Whole { length: u64 },
    /// In the middle of a record: the first `sound` bytes are whole records.
    Torn { sound: u64, length: u64 },
    /// It cannot be read to its end.
    Damaged,
}

/// Reads a file through from a byte on to see how it ends. Where no record begins at that byte, nothing is known of what lies
/// before it either, and it is read from its own beginning.
pub(super) fn scan(path: &Path, first: u64) -> Result<Ending, ArchiveError> {
    let mut members = Members::open(path, first)?;
    if first > 0 && !members.is_at_member() {
        members = Members::open(path, 0)?;
    }
    let length = members.length;
    loop {
        let sound = members.offset();
        match members.next_member() {
            None => return Ok(Ending::Whole { length }),
            Some(Ok(_)) => {}
            Some(Err(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Ok(Ending::Torn { sound, length });
            }
            Some(Err(error)) => {
                tracing::warn!(
                    offset = sound,
                    "{}: damaged at byte {sound}: {error}",
                    path.display()
                );
                return Ok(Ending::Damaged);
            }
        }
    }
}

/// The gzip members of a file.
struct Members {
    source: Counted<BufReader<File>>,
    length: u64,
}

impl Members {
    /// Those from a byte on.
    fn open(path: &Path, first: u64) -> Result<Self, ArchiveError> {
        let open = |source| ArchiveError::Open {
            path: path.into(),
            source,
        };
        let mut file = File::open(path).map_err(open)?;
        let length = file.metadata().map_err(open)?.len();
        file.seek(SeekFrom::Start(first)).map_err(open)?;
        Ok(Self {
            source: Counted {
                inner: BufReader::with_capacity(1 << 16, file),
                count: first,
            },
            length,
        })
    }

    /// Where the next member begins.
    fn offset(&self) -> u64 {
        self.source.count
    }

    /// Whether a member begins here, or the file ends.
    fn is_at_member(&mut self) -> bool {
        let ahead = self.source.fill_buf();
        ahead.is_ok_and(|ahead| ahead.is_empty() || ahead.starts_with(GZIP) || GZIP.starts_with(ahead))
    }

    fn next_member(&mut self) -> Option<io::Result<Vec<u8>>> {
        match self.source.fill_buf() {
            Ok([]) => None,
            Err(error) => Some(Err(error)),
            Ok(_) => Some(unpack(&mut self.source)),
        }
    }
}

/// Counts what is taken, so that a member's place is known.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count += amount as u64;
        self.inner.consume(amount);
    }
}

/// Unpacks one gzip member, its checksum included.
fn unpack(source: impl BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = GzDecoder::new(source)
        .take(MAX_RECORD_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if read as u64 > MAX_RECORD_BYTES {
        return Err(io::Error::other("the record is larger than any record may be"));
    }
    Ok(bytes)
}

pub(super) fn parse(bytes: &[u8]) -> Option<Record> {
    let end = memchr::memmem::find(bytes, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    lines.next().filter(|version| version.starts_with("WARC/1."))?;
    let fields: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_string(), value.trim().to_string()))
        .collect();
    let field = |wanted: &str| {
        let mut named = fields
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        named.next().map(|(_, value)| value.as_str())
    };
    let stated: usize = field("Content-Length")?.parse().ok()?;
    let rest = &bytes[end + 4..];
    let block = &rest[..stated.min(rest.len())];
    let is_whole = rest.get(stated..) == Some(b"\r\n\r\n");
    let is_http = field("Content-Type").is_some_and(|kind| kind.starts_with("application/http"));
    let head_bytes = match is_http {
        true => memchr::memmem::find(block, b"\r\n\r\n").map_or(block.len(), |end| end + 4),
        false => 0,
    };
    Some(Record {
        kind: match field("WARC-Type")? {
            "warcinfo" => RecordKind::Warcinfo,
            "request" => RecordKind::Request,
            "response" => RecordKind::Response,
            "revisit" => RecordKind::Revisit,
            _ => RecordKind::Other,
        },
        id: field("WARC-Record-ID")
            .and_then(|urn| urn.strip_prefix("<urn:uuid:")?.strip_suffix('>'))
            .map(str::to_string),
        head: block[..head_bytes].to_vec(),
        payload: block[head_bytes..].to_vec(),
        is_whole,
        fields,
    })
}

/// Whether parts have the digest stated: `sha256:` or `sha1:`, in base 32 or hex.
fn agrees(stated: &str, parts: &[&[u8]]) -> bool {
    let Some((algorithm, value)) = stated.split_once(':') else {
        return false;
    };
    let digest = match algorithm.to_ascii_lowercase().as_str() {
        "sha256" | "sha-256" => digest_of::<Sha256>(parts),
        "sha1" | "sha-1" => digest_of::<Sha1>(parts),
        _ => return false,
    };
    let value = value.trim();
    value.eq_ignore_ascii_case(&data_encoding::BASE32.encode(&digest))
        || value.eq_ignore_ascii_case(&data_encoding::HEXLOWER.encode(&digest))
}

fn digest_of<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    parts.iter().for_each(|part| digest.update(part));
    digest.finalize().to_vec()
}
