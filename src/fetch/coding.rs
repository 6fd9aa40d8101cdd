//! Undoing a content coding (RFC 9110 8.4), bounded in bytes.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::GzDecoder;
use flate2::{Decompress, FlushDecompress, Status};

/// More layers than this are nobody's intention.
const MAX_LAYERS: usize = 3;

/// Why a body could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodingError {
    /// A coding we did not ask for and do not know.
    #[error("content coding `{0}` is not known")]
    Unknown(String),
    /// More codings on top of each other than are undone.
    #[error("more than {MAX_LAYERS} content codings on top of each other")]
    TooManyLayers,
    /// The bytes are not what the coding says.
    #[error("the body is not sound {coding}: {reason}")]
    Malformed {
        /// The coding.
        coding: &'static str,
        /// What its decoder says.
        reason: String,
    },
    /// The bytes end in the middle.
    #[error("the body ends in the middle of its {0}")]
    Truncated(&'static str),
    /// The decoded body passes the limit.
    #[error("the decoded body passes {0} bytes")]
    TooLarge(usize),
}

/// The body without its content coding, given as the header field says it; at most `cap_bytes` long. The body itself
/// where it has no coding.
pub fn decode<'a>(
    body: &'a [u8],
    content_encoding: Option<&str>,
    cap_bytes: usize,
) -> Result<Cow<'a, [u8]>, CodingError> {
    let codings: Vec<String> = (content_encoding.unwrap_or_default().split(','))
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !matches!(coding.as_str(), "" | "identity"))
        .collect();
    if codings.len() > MAX_LAYERS {
        return Err(CodingError::TooManyLayers);
    }
    if codings.is_empty() && body.starts_with(&[0x1f, 0x8b, 8]) {
        // Packed and not said so, as misled caches send it; what is no sound gzip stays as it is.
        return match gunzip(body, cap_bytes) {
            Err(CodingError::TooLarge(cap)) => Err(CodingError::TooLarge(cap)),
            unpacked => Ok(unpacked.map_or(Cow::Borrowed(body), Cow::Owned)),
        };
    }
    let mut decoded = Cow::Borrowed(body);
    // The last one named was applied last.
    for coding in codings.iter().rev() {
        if decoded.is_empty() {
            break;
        }
        decoded = Cow::Owned(match coding.as_str() {
            "gzip" | "x-gzip" => gunzip(&decoded, cap_bytes)?,
            "deflate" => inflate(&decoded, cap_bytes)?,
            _ => return Err(CodingError::Unknown(coding.clone())),
        });
    }
    if decoded.len() > cap_bytes {
        return Err(CodingError::TooLarge(cap_bytes));
    }
    Ok(decoded)
}

/// All members of a gzip file (RFC 1952 2.2). What follows the last member and is none itself is
/// padding, and ignored as gzip does.
fn gunzip(body: &[u8], cap_bytes: usize) -> Result<Vec<u8>, CodingError> {
    let mut rest = body;
    let mut decoded = Vec::new();
    loop {
        let mut member = GzDecoder::new(rest);
        let room = (cap_bytes - decoded.len()) as u64 + 1;
        (member.by_ref().take(room).read_to_end(&mut decoded)).map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => CodingError::Truncated("gzip"),
            _ => CodingError::Malformed {
                coding: "gzip",
                reason: error.to_string(),
            },
        })?;
        if decoded.len() > cap_bytes {
            return Err(CodingError::TooLarge(cap_bytes));
        }
        rest = member.into_inner();
        if !rest.starts_with(&[0x1f, 0x8b]) {
            return Ok(decoded);
        }
    }
}

/// Deflate in its zlib wrapping, as the standard asks, or bare, as some servers send it.
fn inflate(body: &[u8], cap_bytes: usize) -> Result<Vec<u8>, CodingError> {
    let wrapped = matches!(body, [first, second, ..]
        if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
    let mut decoder = Decompress::new(wrapped);
    let mut decoded = Vec::with_capacity(body.len().saturating_mul(4).clamp(256, cap_bytes.max(256)));
    loop {
        let read = usize::try_from(decoder.total_in())
            .unwrap_or(usize::MAX)
            .min(body.len());
        let written = decoded.len();
        let status = decoder
            .decompress_vec(&body[read..], &mut decoded, FlushDecompress::None)
            .map_err(|error| CodingError::Malformed {
                coding: "deflate",
                reason: error.to_string(),
            })?;
        if decoded.len() > cap_bytes {
            return Err(CodingError::TooLarge(cap_bytes));
        }
        let stuck = decoder.total_in() as usize == read && decoded.len() == written;
        match status {
            Status::StreamEnd => return Ok(decoded),
            _ if decoded.len() == decoded.capacity() => decoded.reserve(decoded.len()),
            _ if stuck => return Err(CodingError::Truncated("deflate")),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).expect("into memory");
        encoder.finish().expect("into memory")
    }

    fn zlib(text: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).expect("into memory");
        encoder.finish().expect("into memory")
    }

    fn bare_deflate(text: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).expect("into memory");
        encoder.finish().expect("into memory")
    }

    #[track_caller]
    fn check(body: &[u8], coding: &str, expected: Result<&[u8], CodingError>) {
        assert_eq!(decode(body, Some(coding), 100_000), expected.map(Cow::Borrowed));
    }

    #[test]
    fn every_coding_we_ask_for_is_undone() {
        let text = b"The council met on Friday. ".repeat(1000);
        check(&text, "", Ok(&text));
        check(&text, "identity", Ok(&text));
        check(&gzip(&text), "gzip", Ok(&text));
        check(&gzip(&text), "X-GZIP", Ok(&text));
        check(&zlib(&text), "deflate", Ok(&text));
        check(&bare_deflate(&text), "deflate", Ok(&text));
    }

    #[test]
    fn all_members_are_read_and_padding_is_not() {
        let mut body = gzip(b"The council ");
        body.extend(gzip(b"met."));
        check(&body, "gzip", Ok(b"The council met."));
        body.extend([0; 64]);
        check(&body, "gzip", Ok(b"The council met."));
    }

    #[test]
    fn codings_on_top_of_each_other_are_undone_from_the_last() {
        check(&gzip(&zlib(b"met")), "deflate, gzip", Ok(b"met"));
        check(b"met", "gzip,gzip,gzip,gzip", Err(CodingError::TooManyLayers));
    }

    #[test]
    fn a_body_that_ends_early_is_no_body() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        for (body, coding) in [
            (gzip(&text), "gzip"),
            (zlib(&text), "deflate"),
            (bare_deflate(&text), "deflate"),
        ] {
            check(
                &body[..body.len() / 2],
                coding,
                Err(CodingError::Truncated(coding)),
            );
        }
    }

    #[test]
    fn a_wrong_checksum_or_label_is_found() {
        let mut body = gzip(b"The council met.");
        let checksum = body.len() - 8;
        body[checksum] ^= 1;
        for body in [body.as_slice(), b"<html>plain"] {
            let error = decode(body, Some("gzip"), 1000);
            assert!(
                matches!(error, Err(CodingError::Malformed { coding: "gzip", .. })),
                "{error:?}"
            );
        }
        check(b"met", "br", Err(CodingError::Unknown("br".to_string())));
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let nothing = vec![0; 10_000_000];
        for (body, coding) in [(gzip(&nothing), "gzip"), (zlib(&nothing), "deflate")] {
            check(&body, coding, Err(CodingError::TooLarge(100_000)));
        }
        let members = gzip(&vec![0; 60_000]).repeat(2);
        check(&members, "gzip", Err(CodingError::TooLarge(100_000)));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_pass_the_limit(body: Vec<u8>, zlib_header: bool) {
            let body = if zlib_header { [&[0x78, 0x9c][..], &body].concat() } else { body };
            for coding in ["gzip", "deflate"] {
                if let Ok(decoded) = decode(&body, Some(coding), 1000) {
                    assert!(decoded.len() <= 1000);
                }
            }
        }
    }
}
