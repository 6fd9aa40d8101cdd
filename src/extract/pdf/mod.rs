//! Reads a PDF as a person does: lines in reading order, headings, numbered sections, without running heads.
//!
//! `glyphs` asks the engine which letter stands where, within the limits of `bounds`; `lines`, `columns`, `running`
//! and `paragraphs` make blocks of them, step by step; `title` names the document and its day. Scanned pages have no
//! letters; that is said and not mended. What was laid out is not what verification reads: `drawn` hands over the
//! letters as the file draws them.

mod bounds;
mod columns;
mod drawn;
mod glyphs;
mod gutters;
mod labels;
mod layout;
mod lines;
mod mend;
mod numbered;
mod paragraphs;
mod running;
#[cfg(test)]
mod tests;
mod title;
#[cfg(test)]
mod written;

use super::blocks::{Piece, assemble, one_line};
use super::{Page, contained, genre, notice, plain};
use crate::model::document::{Claim, Fact, Genre, Notice, NoticeKind, Reading, Standing, StatedMoment};
use crate::text::language;

pub use drawn::Drawn;
use glyphs::{Sheet, Sheets};
use paragraphs::Paragraph;

/// Letters on all pages below which a PDF is taken as scanned.
const MIN_CHARS: usize = 20;
/// Letters on a page of pictures below which it is taken as scanned: a stamp, a page number.
const MIN_PAGE_CHARS: usize = 40;

/// Why a PDF gave no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// It is broken.
    #[error("the file cannot be read as a PDF")]
    Unreadable,
    /// It opens with a password only.
    #[error("the PDF is locked with a password")]
    Locked,
    /// It unpacks to more than is read.
    #[error("the PDF unpacks to more than is read")]
    TooLarge,
    /// The reader of PDFs panicked.
    #[error("the reader of PDFs panicked")]
    Panicked,
}

/// What each page of a PDF draws, in the order it is drawn.
pub fn drawn(payload: &[u8]) -> Result<Vec<Vec<Drawn>>, PdfError> {
    let sheets = sheets(payload)?;
    Ok(sheets.pages.iter().map(drawn::drawn).collect())
}

fn sheets(payload: &[u8]) -> Result<Sheets, PdfError> {
    contained(|| glyphs::sheets(payload)).ok_or(PdfError::Panicked)?
}

/// Reads the payload as a PDF.
pub(super) fn read(page: &Page<'_>) -> Reading {
    match sheets(page.payload) {
        Ok(sheets) => read_sheets(page, &sheets),
        Err(error) => {
            let kind = match error {
                PdfError::Unreadable | PdfError::Locked => NoticeKind::NoText,
                PdfError::TooLarge => NoticeKind::Bounded,
                PdfError::Panicked => NoticeKind::Panicked,
            };
            super::nothing(kind, &error.to_string())
        }
    }
}

fn read_sheets(page: &Page<'_>, sheets: &Sheets) -> Reading {
    let layout = layout::layout(&sheets.pages);
    let mut notices = notices(sheets);
    let letters: usize = sheets.pages.iter().map(letters).sum();
    if letters < MIN_CHARS {
        let mut nothing = super::nothing(NoticeKind::Scanned, "");
        nothing.notices = if notices.is_empty() {
            vec![without_text(sheets.pages.len(), sheets)]
        } else {
            notices
        };
        return nothing;
    }
    let published = title::published(page, &layout.paragraphs, sheets.created, &mut notices);
    let claims = published.iter().map(day_claim).collect();
    let title = title::title(&layout, sheets.title.as_deref());
    let mut pieces: Vec<Piece> = layout.paragraphs.into_iter().map(piece).collect();
    if title.is_some() && title.as_ref() == pieces.first().map(|piece| &piece.text) {
        pieces.remove(0);
    }
    let (text, mut blocks) = assemble(pieces);
    let evidence = genre::Evidence {
        url: page.url,
        source: page.source,
        title: title.as_deref(),
        sorts: &[],
        authors: &[],
        text: &text,
        blocks: &blocks,
    };
    let (genre, genre_evidence) = genre::genre(&evidence);
    if genre == Genre::Transcript {
        genre::mark_turns(&text, &mut blocks);
    }
    Reading {
        genre,
        genre_evidence,
        found_by: plain::whole(&text),
        title,
        publisher: page.source.map(|source| source.name.clone()),
        language: language::guess(&text).or_else(|| page.source.and_then(|source| source.language.clone())),
        published,
        text,
        blocks,
        notices,
        claims,
        ..Reading::default()
    }
}

/// What is told of how the day was read.
fn day_claim(published: &StatedMoment) -> Claim {
    Claim {
        fact: Fact::Published,
        value: published.moment.to_string(),
        method: published.method.clone(),
        standing: Standing::Chosen,
    }
}

fn piece(paragraph: Paragraph) -> Piece {
    let path = format!("page/{}", paragraph.page);
    let kind = paragraph.kind;
    Piece {
        kind,
        ..Piece::paragraph(one_line(&paragraph.text), &path)
    }
}

/// Letters and digits of a page.
fn letters(sheet: &Sheet) -> usize {
    let glyphs = sheet.glyphs.iter();
    glyphs
        .filter(|glyph| glyph.text.chars().any(char::is_alphanumeric))
        .count()
}

/// What is missing from the reading: pages that are pictures, letters without names, pages beyond the limits.
fn notices(sheets: &Sheets) -> Vec<Notice> {
    let mut notices = Vec::new();
    let is_scanned = |sheet: &&Sheet| sheet.is_picture && letters(sheet) < MIN_PAGE_CHARS;
    let scanned = sheets.pages.iter().filter(is_scanned).count();
    if scanned > 0 {
        notices.push(without_text(scanned, sheets));
    }
    let unnamed: usize = sheets.pages.iter().map(|sheet| sheet.unnamed).sum();
    if unnamed > 0 {
        let detail = format!("{unnamed} characters do not say which letters they are");
        notices.push(notice(NoticeKind::NoText, detail));
    }
    if sheets.left_out > 0 {
        notices.push(notice(
            NoticeKind::Bounded,
            format!("{} pages were not read", sheets.left_out),
        ));
    }
    notices
}

fn without_text(pages: usize, sheets: &Sheets) -> Notice {
    let detail = format!("{pages} of {} pages have no text layer", sheets.pages.len());
    notice(NoticeKind::Scanned, detail)
}
