//! Names that the same thing always has, where a format asks for an address.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::super::sentences::sentence_of;
use crate::model::event::{Line, LineKind};
use crate::model::id::DocumentId;

/// Names of lines that stay when their document has a new revision: by document, speaker, words and day, and for a
/// publication by the document alone, so that one that is dated anew is moved. A wording that is not the last one any more
/// changes no more, and is named by its revision as well.
///
/// The same words of one day may stand in a document twice; then the second is told apart by its number. Lines of a document
/// that have a day and its time in common come together, whatever the order of the whole: the same words again are among
/// them.
#[derive(Default)]
pub(super) struct Identities {
    document: Option<DocumentId>,
    seen: HashMap<String, usize>,
}

impl Identities {
    /// The name of the next line.
    pub(super) fn of(&mut self, line: &Line) -> String {
        if self.document.as_ref() != Some(&line.document) {
            self.seen.clear();
            self.document = Some(line.document.clone());
        }
        let day = line.when.as_ref().map_or("", |when| when.edtf.as_str());
        let words = match line.kind {
            LineKind::Said => {
                let known = line.speaker.as_ref().map(|(id, _)| id.as_str());
                let speaker = known.or(line.printed_speaker.as_deref()).unwrap_or_default();
                format!("{day} {speaker}: {}", line.text)
            }
            LineKind::Published => String::new(),
            // What happened stays as it was seen.
            LineKind::Changed => line.uid.clone(),
            LineKind::Mentioned | LineKind::Deadline => {
                let expression = line.expression.as_deref().unwrap_or_default();
                format!("{day} {expression} {}", sentence_of(line))
            }
        };
        let mut key = format!("{} {} {words}", line.document, line.kind.code());
        if !line.is_current && line.change.is_none() {
            key.push_str(&format!(" in {}", line.revision));
        }
        let count = self.seen.entry(key.clone()).or_default();
        *count += 1;
        match count {
            1 => urn(&key),
            again => urn(&format!("{key} {again}")),
        }
    }
}

/// A `urn:uuid:` made of a text: 122 bits of its SHA-256 (RFC 9562, version 8).
pub(super) fn urn(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
