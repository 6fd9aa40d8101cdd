//! One answer as the bytes of its WARC records.

use std::net::IpAddr;

use flate2::{Compress, Compression, FlushCompress, Status};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::model::capture::Truncation;
use crate::model::id::CaptureId;

/// The profile of a record that refers to an earlier one for its payload (WARC/1.1 6.7.2).
const SAME_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// The profile of an answer that says that nothing changed (WARC/1.1 6.7.3).
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// An answer to archive, and the request that it answers.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The address asked for.
    pub url: &'a str,
    /// When the request was sent.
    pub fetched_at: Timestamp,
    /// The request line and fields with the empty line after them.
    pub request_head: &'a [u8],
    /// The status line and fields with the empty line after them.
    pub response_head: &'a [u8],
    /// The body as received, without its transfer coding.
    pub body: &'a [u8],
    /// The body's digest.
    pub digest: super::Digest,
    /// Why the body is not whole, where it is not.
    pub truncated: Option<Truncation>,
    /// Who answered.
    pub ip: Option<IpAddr>,
    /// Whether the answer is a 304 to a conditional request: what it stands for is held already.
    pub not_modified: bool,
    /// The capture that holds the same payload already; the body is then not stored again.
    pub revisit_of: Option<Original>,
}

/// The capture that holds a payload first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Its id.
    pub capture: CaptureId,
    /// When it was made.
    pub fetched_at: Timestamp,
    /// The address it was made of.
    pub url: String,
}

/// The fields of a record in the order they are written.
pub(super) struct Fields(Vec<(&'static str, String)>);

impl Fields {
    pub(super) fn of(kind: &str, id: &str, at: Timestamp) -> Self {
        Self(vec![
            ("WARC-Type", kind.into()),
            ("WARC-Record-ID", urn(id)),
            ("WARC-Date", at.to_string()),
        ])
    }

    pub(super) fn add(&mut self, name: &'static str, value: impl Into<String>) -> &mut Self {
        self.0.push((name, value.into()));
        self
    }
}

/// The gzip member of the request.
pub(super) fn request(packer: &mut Packer, entry: &Entry<'_>, id: &str, response_id: &str) -> Vec<u8> {
    let mut fields = Fields::of("request", id, entry.fetched_at);
    fields
        .add("WARC-Target-URI", entry.url)
        .add("WARC-Concurrent-To", urn(response_id))
        .add("Content-Type", "application/http;msgtype=request");
    member(packer, fields, &[entry.request_head])
}

/// The gzip member of the answer: a `response`, or a `revisit` without the body that is held already.
pub(super) fn answer(packer: &mut Packer, entry: &Entry<'_>, id: &str) -> Vec<u8> {
    let is_revisit = entry.not_modified || entry.revisit_of.is_some();
    let kind = if is_revisit { "revisit" } else { "response" };
    let mut fields = Fields::of(kind, id, entry.fetched_at);
    fields.add("WARC-Target-URI", entry.url);
    if let Some(ip) = entry.ip {
        fields.add("WARC-IP-Address", ip.to_string());
    }
    fields.add("Content-Type", "application/http;msgtype=response");
    if !entry.not_modified {
        fields.add("WARC-Payload-Digest", labelled(&entry.digest.0));
    }
    if let Some(truncated) = entry.truncated {
        fields.add("WARC-Truncated", truncated.code());
    }
    if is_revisit {
        let profile = if entry.not_modified {
            NOT_MODIFIED
        } else {
            SAME_PAYLOAD
        };
        fields.add("WARC-Profile", profile);
    }
    match &entry.revisit_of {
        None if is_revisit => member(packer, fields, &[entry.response_head]),
        None => member(packer, fields, &[entry.response_head, entry.body]),
        Some(original) => {
            fields
                .add("WARC-Refers-To", urn(original.capture.as_str()))
                .add("WARC-Refers-To-Target-URI", original.url.as_str())
                .add("WARC-Refers-To-Date", original.fetched_at.to_string());
            member(packer, fields, &[entry.response_head])
        }
    }
}

/// The gzip member that opens a file and says what wrote it.
pub(super) fn warcinfo(packer: &mut Packer, id: &str, segment: &str, at: Timestamp) -> Vec<u8> {
    let about = format!(
        "software: Onrecord/{}\r\nformat: WARC File Format 1.1\r\n\
         conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
         robots: obey (RFC 9309)\r\n",
        env!("CARGO_PKG_VERSION")
    );
    let mut fields = Fields::of("warcinfo", id, at);
    fields
        .add("WARC-Filename", segment)
        .add("Content-Type", "application/warc-fields");
    member(packer, fields, &[about.as_bytes()])
}

/// A record as one gzip member.
fn member(packer: &mut Packer, mut fields: Fields, block: &[&[u8]]) -> Vec<u8> {
    let mut digest = Sha256::new();
    block.iter().for_each(|part| digest.update(part));
    let length: usize = block.iter().map(|part| part.len()).sum();
    fields
        .add("WARC-Block-Digest", labelled(&digest.finalize().into()))
        .add("Content-Length", length.to_string());
    let mut head = String::from("WARC/1.1\r\n");
    for (name, value) in &fields.0 {
        // A field is one line: whatever a value holds, it may not begin another.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        head.extend([*name, ": ", &value, "\r\n"]);
    }
    head.push_str("\r\n");
    let mut packed = Vec::with_capacity(length / 3 + 512);
    for part in std::iter::once(head.as_bytes()).chain(block.iter().copied()) {
        packer.push(part, FlushCompress::None, &mut packed);
    }
    packer.push(b"\r\n\r\n", FlushCompress::Finish, &mut packed);
    packed
}

/// How hard is packed. On real news pages the usual level (6) takes a quarter more time than this one and makes files 3 %
/// smaller; the next lower one takes about as long.
const LEVEL: u32 = 4;

/// The greatest window there is (RFC 1951), in bits.
const WINDOW_BITS: u8 = 15;

/// Packs records, each as a gzip member of its own. The tables it works with are larger than most records, so that
/// they are made once.
#[derive(Debug)]
pub(super) struct Packer(Compress);

impl Packer {
    pub(super) fn new() -> Self {
        Self(Compress::new_gzip(Compression::new(LEVEL), WINDOW_BITS))
    }

    /// Packs a part of a record behind what is packed of it; the last one finishes the member.
    fn push(&mut self, part: &[u8], flush: FlushCompress, packed: &mut Vec<u8>) {
        let before = self.0.total_in();
        loop {
            let taken = (self.0.total_in() - before) as usize;
            let status = self.0.compress_vec(&part[taken..], packed, flush);
            let status = status.expect("no dictionary is asked for");
            let is_taken = self.0.total_in() - before == part.len() as u64;
            match flush {
                FlushCompress::Finish if status == Status::StreamEnd => break,
                FlushCompress::None if is_taken => return,
                _ => packed.reserve(packed.len() / 2 + 512),
            }
        }
        self.0.reset();
    }
}

fn urn(id: &str) -> String {
    format!("<urn:uuid:{id}>")
}

fn labelled(digest: &[u8; 32]) -> String {
    format!("sha256:{}", data_encoding::BASE32.encode(digest))
}
