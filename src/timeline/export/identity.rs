//! Names that the same thing always has, where a format asks for an address or a table for a key.

use sha2::{Digest, Sha256};

use super::super::sentences::sentence_of;
use crate::model::by_hand::{Corrected, speaker_read};
use crate::model::event::{Line, LineKind};
use crate::model::id::SpeakerId;

/// The name of a line that stays when its document has a new revision: by document, speaker, words and day, and for a
/// publication by the document alone, so that one that is dated anew is moved. A wording that is not the last one any more
/// changes no more, and is named by its revision as well. Of the same words of one day in a document the second is told apart by
/// its number.
pub fn line_name(line: &Line) -> String {
    match line.same_before {
        0 => urn(&same(line)),
        before => urn(&format!("{} {}", same(line), before + 1)),
    }
}

/// What a line has in common with those that only their place in the document tells apart from it. It goes by what is read, since
/// a correction by hand of one of two that are the same must not give its name to the other.
pub fn same(line: &Line) -> String {
    let told = line.when.as_ref().map(|when| when.edtf.as_str());
    let day = match line.by_hand.iter().find(|it| it.corrects == Corrected::Said) {
        Some(corrected) => corrected.value.as_deref(),
        None => told,
    };
    let day = day.unwrap_or_default();
    let words = match line.kind {
        LineKind::Said => {
            let known = speaker_read(&line.by_hand, line.speaker.as_ref().map(|(id, _)| id));
            let known = known.as_ref().map(SpeakerId::as_str);
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
    let mut same = format!("{} {} {words}", line.document, line.kind.code());
    if !line.is_current && line.change.is_none() {
        same.push_str(&format!(" in {}", line.revision));
    }
    same
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
