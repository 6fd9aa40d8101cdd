//! Records of a file that is held in memory, such as one out of a pack that a stranger sent: what they unpack to is bounded
//! all together.

use std::io::Read;

use flate2::bufread::GzDecoder;

use super::reader::{Record, parse};
use crate::model::capture::RecordLocation;

/// The records of a file of gzip members in order, each with its place; ends behind the first that cannot be read, whose error
/// is its first byte and what is wrong. All of them together unpack to no more than `most` bytes.
pub fn records_in<'a>(
    name: &'a str,
    bytes: &'a [u8],
    mut most: u64,
) -> impl Iterator<Item = Result<(RecordLocation, Record), (u64, String)>> + 'a {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let before = rest;
        let offset = (bytes.len() - before.len()) as u64;
        let unpacked = unpacked(&mut rest, &mut most);
        let record = unpacked.and_then(|block| parse(&block).ok_or_else(|| "it is no WARC record".into()));
        Some(match record {
            Ok(record) => {
                let length = (before.len() - rest.len()) as u64;
                let segment = name.to_string();
                Ok((
                    RecordLocation {
                        segment,
                        offset,
                        length,
                    },
                    record,
                ))
            }
            Err(problem) => {
                rest = &[];
                Err((offset, problem))
            }
        })
    })
}

/// The next gzip member, its checksum included.
fn unpacked(rest: &mut &[u8], most: &mut u64) -> Result<Vec<u8>, String> {
    let mut block = Vec::new();
    let read = GzDecoder::new(rest)
        .take(*most + 1)
        .read_to_end(&mut block)
        .map_err(|error| error.to_string())? as u64;
    *most = most
        .checked_sub(read)
        .ok_or("it unpacks to more than is looked through")?;
    Ok(block)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn member(id: &str, payload: &str) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        write!(
            packed,
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nContent-Length: {}\r\n\r\n{payload}\r\n\r\n",
            payload.len()
        )
        .expect("written");
        packed.finish().expect("packed")
    }

    #[test]
    fn records_come_with_their_places_up_to_the_first_that_is_damaged() {
        let (first, second) = (member("a", "one"), member("b", "two"));
        let mut bytes = [first.clone(), second.clone()].concat();
        bytes.extend(b"no gzip");
        let read: Vec<_> = records_in("a.warc.gz", &bytes, 1 << 20).collect();
        let (place, record) = read[1].as_ref().expect("the second is whole");
        assert_eq!(
            (place.offset, place.length),
            (first.len() as u64, second.len() as u64)
        );
        assert_eq!(
            (record.id.as_deref(), record.payload.as_slice()),
            (Some("b"), &b"two"[..])
        );
        let (offset, _) = read[2].as_ref().expect_err("the rest is nothing");
        assert_eq!((*offset, read.len()), (place.offset + place.length, 3));
    }

    #[test]
    fn what_unpacks_to_more_than_is_allowed_ends_the_reading() {
        let bytes = member("a", &"x".repeat(5000));
        let read: Vec<_> = records_in("a.warc.gz", &bytes, 1000).collect();
        let (_, problem) = read[0].as_ref().expect_err("it is too much");
        assert!(problem.contains("more than"), "{problem}");
    }
}
