//! Writing the wordings of documents.

use sha2::{Digest, Sha256};

use super::read_capture::{ReadCapture, ReadDocument};
use super::together::{RowsOf, batches};
use super::values::{blocks_json, claims_json, instant, json, notices_json};
use super::{Rows, StoreError};
use crate::model::document::Reading;
use crate::model::id::{DocumentId, RevisionId};

/// A wording of a document to be written, new or read anew.
pub(super) struct NewRevision<'a> {
    pub(super) read: &'a ReadCapture,
    pub(super) document: &'a ReadDocument,
    pub(super) document_id: &'a DocumentId,
    pub(super) id: &'a RevisionId,
    /// Of its headline and text.
    pub(super) digest: &'a str,
}

static INTO_REVISIONS: RowsOf = RowsOf::new(
    25,
    "INSERT INTO revisions (id, document_id, capture_id, fetched_at, recorded_at, read_by, title, authors,
         publisher, language, canonical_url, published, published_method, modified, modified_method, genre,
         text, text_sha256, blocks, notices, genre_evidence, found_by, agreement, section, facts)",
    " ON CONFLICT (id) DO UPDATE SET read_by = excluded.read_by, title = excluded.title,
         authors = excluded.authors, publisher = excluded.publisher, language = excluded.language,
         canonical_url = excluded.canonical_url, published = excluded.published,
         published_method = excluded.published_method, modified = excluded.modified,
         modified_method = excluded.modified_method, genre = excluded.genre, text = excluded.text,
         text_sha256 = excluded.text_sha256, blocks = excluded.blocks, notices = excluded.notices,
         genre_evidence = excluded.genre_evidence, found_by = excluded.found_by,
         agreement = excluded.agreement, section = excluded.section, facts = excluded.facts",
);

/// Writes them in their order. What was read before of the same one is replaced.
pub(super) async fn save(rows: &mut Rows<'_>, revisions: &[NewRevision<'_>]) -> Result<(), StoreError> {
    for together in batches(revisions) {
        let mut query = sqlx::query(INTO_REVISIONS.statement(together.len()));
        for revision in together {
            let (read, reading) = (revision.read, &revision.document.reading);
            query = query
                .bind(revision.id.as_str())
                .bind(revision.document_id.as_str())
                .bind(read.capture.id.as_str())
                .bind(instant(read.capture.observed_at()))
                .bind(instant(read.recorded_at))
                .bind(&read.reader)
                .bind(&reading.title)
                .bind(json(&reading.authors))
                .bind(&reading.publisher)
                .bind(&reading.language)
                .bind(&reading.canonical_url)
                .bind(reading.published.as_ref().map(|stated| stated.moment.to_string()))
                .bind(reading.published.as_ref().map(|stated| &stated.method))
                .bind(reading.modified.as_ref().map(|stated| stated.moment.to_string()))
                .bind(reading.modified.as_ref().map(|stated| &stated.method))
                .bind(reading.genre.code())
                .bind(&reading.text)
                .bind(revision.digest)
                .bind(blocks_json(&reading.blocks))
                .bind(notices_json(&reading.notices))
                .bind(&reading.genre_evidence)
                .bind(&reading.found_by.method)
                .bind(reading.found_by.agreement.map(f64::from))
                .bind(&reading.section)
                .bind(claims_json(&reading.claims));
        }
        query.execute(&mut **rows).await?;
    }
    Ok(())
}

/// What begins the digest of words; those that earlier versions wrote begin with none.
const OF_WORDS: &str = "words:";

/// What makes two readings the same text: the words of headline and body, however they are parted into paragraphs and whichever form
/// their marks have. Who sets a page in another layout, or its quotation marks straight, edits nothing.
pub fn digest_of(reading: &Reading) -> String {
    let mut words = String::with_capacity(reading.text.len() + 256);
    add_in_plain_marks(&mut words, reading.title.as_deref().unwrap_or_default());
    for word in reading.text.split_whitespace() {
        words.push('\n');
        add_in_plain_marks(&mut words, word);
    }
    format!(
        "{OF_WORDS}{}",
        data_encoding::HEXLOWER.encode(&Sha256::digest(words))
    )
}

/// Adds a text with its marks in the forms that typewriters have.
fn add_in_plain_marks(plain: &mut String, text: &str) {
    if text.is_ascii() {
        return plain.push_str(text);
    }
    for character in text.chars() {
        match character {
            '‘' | '’' | 'ʼ' | '‛' => plain.push('\''),
            '“' | '”' | '„' | '‟' => plain.push('"'),
            '‐' | '‑' | '–' | '—' => plain.push('-'),
            '…' => plain.push_str("..."),
            other => plain.push(other),
        }
    }
}

/// Whether a digest that was kept, by this version or an earlier one, is that of a reading.
pub fn is_digest_of(reading: &Reading, kept: &str) -> bool {
    if kept.starts_with(OF_WORDS) {
        return kept == digest_of(reading);
    }
    let mut digest = Sha256::new();
    digest.update(reading.title.as_deref().unwrap_or_default());
    digest.update(b"\n");
    digest.update(&reading.text);
    kept == data_encoding::HEXLOWER.encode(&digest.finalize())
}
