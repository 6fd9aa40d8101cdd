//! Reads the text layer of a PDF, page by page. Scanned pages have none; that is said and not mended.

use super::blocks::{Piece, assemble};
use super::{Page, contained, genre, plain};
use crate::model::document::{Notice, NoticeKind, Reading, StatedMoment};
use crate::text::language;

/// Blocks at the beginning in which a date is looked for.
const DATE_BLOCKS: usize = 12;
/// Blocks at the beginning among which the title is.
const TITLE_BLOCKS: usize = 6;
/// Letters of a line that can carry the date.
const MAX_LINE_CHARS: usize = 200;
/// Letters on all pages below which a PDF is taken as scanned.
const MIN_CHARS: usize = 20;

/// Why a PDF gave no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// It is broken, or locked with a password.
    #[error("the file cannot be read as a PDF")]
    Unreadable,
    /// The reader of PDFs panicked.
    #[error("the reader of PDFs panicked")]
    Panicked,
}

/// The text of each page of a PDF, as far as it has a text layer.
pub fn text(payload: &[u8]) -> Result<Vec<String>, PdfError> {
    contained(|| pdf_extract::extract_text_from_mem_by_pages(payload))
        .ok_or(PdfError::Panicked)?
        .map_err(|_| PdfError::Unreadable)
}

/// Reads the payload as a PDF.
pub(super) fn read(page: &Page<'_>) -> Reading {
    match text(page.payload) {
        Ok(pages) => read_pages(page, &pages),
        Err(error) => {
            let kind = match error {
                PdfError::Unreadable => NoticeKind::NoText,
                PdfError::Panicked => NoticeKind::Panicked,
            };
            super::nothing(kind, &error.to_string())
        }
    }
}

fn read_pages(page: &Page<'_>, pages: &[String]) -> Reading {
    let mut pieces = pieces(pages);
    if pieces
        .iter()
        .map(|piece| piece.text.chars().count())
        .sum::<usize>()
        < MIN_CHARS
    {
        return super::nothing(
            NoticeKind::Scanned,
            &format!("{} pages without a text layer", pages.len()),
        );
    }
    let mut notices = Vec::new();
    let published = published(page, &pieces, &mut notices);
    let title = title(&pieces);
    if title.is_some() && title.as_ref() == pieces.first().map(|piece| &piece.text) {
        pieces.remove(0);
    }
    let (text, blocks) = assemble(pieces);
    let evidence = genre::Evidence {
        url: page.url,
        source: page.source,
        title: title.as_deref(),
        sorts: &[],
        text: &text,
        blocks: &blocks,
    };
    Reading {
        genre: genre::genre(&evidence),
        title,
        publisher: page.source.map(|source| source.name.clone()),
        language: language::guess(&text).or_else(|| page.source.and_then(|source| source.language.clone())),
        published,
        text,
        blocks,
        notices,
        ..Reading::default()
    }
}

/// The line that names the document among the first ones, with the line that names its matter; without such a
/// line the first one, if it can be a title.
fn title(pieces: &[Piece]) -> Option<String> {
    let lines = pieces.iter().map(|piece| piece.text.as_str());
    let mut lines = lines.take(TITLE_BLOCKS).filter(|line| plain::is_title(line));
    let first = lines.clone().next().filter(|line| pieces[0].text == *line);
    let Some(named) = lines.find(|line| genre::is_title(line)) else {
        return first.map(str::to_owned);
    };
    let named = named
        .strip_suffix(super::metadata::printed_words(named))
        .unwrap_or(named)
        .trim();
    let is_matter =
        |line: &&str| line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
    let is_day = |line: &&str| super::metadata::printed_words(line) == *line;
    Some(match lines.find(|line| !is_day(line)).filter(is_matter) {
        Some(matter) => format!("{named} {matter}"),
        None => named.to_owned(),
    })
}

/// The paragraphs of all pages, without page numbers and the lines that every page repeats.
fn pieces(pages: &[String]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, text) in pages.iter().enumerate() {
        let path = format!("page/{}", number + 1);
        let words = plain::paragraphs(text).filter(|words| !is_page_number(words));
        let mut words = words.peekable();
        if let (Some(last), Some(next)) = (pieces.last_mut(), words.peek())
            && runs_on(&last.text, next)
        {
            plain::join(&mut last.text, next);
            words.next();
        }
        pieces.extend(words.map(|words| Piece::paragraph(words, &path)));
    }
    let repeats = |piece: &Piece| {
        let same = pieces
            .iter()
            .filter(|other| other.text == piece.text && other.path != piece.path);
        piece.text.chars().count() < 100 && same.count() + 1 >= pages.len().max(3)
    };
    let running: std::collections::HashSet<String> = pieces
        .iter()
        .take(400)
        .filter(|piece| repeats(piece))
        .map(|piece| piece.text.clone())
        .collect();
    pieces.retain(|piece| !running.contains(&piece.text));
    pieces
}

/// Whether a paragraph goes on on the next page.
fn runs_on(last: &str, next: &str) -> bool {
    let is_open = !last.ends_with(['.', '!', '?', ':', ';', '”', '"']);
    is_open && next.chars().next().is_some_and(char::is_lowercase) && !last.is_empty()
}

fn is_page_number(words: &str) -> bool {
    let words = words.trim_start_matches("Page ").trim_matches(['-', '–', ' ']);
    let words = words.split(" of ").next().unwrap_or_default();
    !words.is_empty() && words.len() <= 4 && words.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first day printed near the top, where a capture does not forbid it.
fn published(page: &Page<'_>, pieces: &[Piece], notices: &mut Vec<Notice>) -> Option<StatedMoment> {
    let day = pieces.iter().take(DATE_BLOCKS).find_map(|piece| {
        // A day inside a long paragraph is one that the text speaks of.
        let is_line = piece.text.chars().count() <= MAX_LINE_CHARS;
        super::metadata::printed_day(&piece.text).filter(|_| is_line)
    });
    let stated = day.map(|moment| StatedMoment {
        moment,
        method: "printed date".to_owned(),
    });
    super::metadata::accepted(page, stated, notices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pages: &[&str], expected: &[(&str, &str)]) {
        let pages: Vec<String> = pages.iter().map(|page| (*page).to_owned()).collect();
        let pieces = pieces(&pages);
        let found: Vec<_> = pieces
            .iter()
            .map(|piece| (piece.path.as_str(), piece.text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blocks_name_their_page() {
        check(
            &[
                "ORDER 7\n\nThe har-\nbour stays open.\n\n1",
                "Page 2 of 2\n\nSigned.",
            ],
            &[
                ("page/1", "ORDER 7"),
                ("page/1", "The harbour stays open."),
                ("page/2", "Signed."),
            ],
        );
    }

    #[test]
    fn a_paragraph_goes_on_on_the_next_page() {
        check(
            &["The harbour stays", "open all winter.\n\nSigned."],
            &[
                ("page/1", "The harbour stays open all winter."),
                ("page/2", "Signed."),
            ],
        );
    }

    #[test]
    fn lines_on_every_page_are_left_out() {
        let pages = ["CITY HALL\n\nOne.", "CITY HALL\n\nTwo.", "CITY HALL\n\nThree."];
        check(
            &pages,
            &[("page/1", "One."), ("page/2", "Two."), ("page/3", "Three.")],
        );
    }

    /// A PDF with the lines of each page, written by hand.
    fn written(pages: &[&[&str]]) -> Vec<u8> {
        let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
        let kids: Vec<String> = (0..pages.len())
            .map(|page| format!("{} 0 R", 4 + 2 * page))
            .collect();
        objects.push(format!(
            "<</Type/Pages/Kids[{}]/Count {}>>",
            kids.join(" "),
            pages.len()
        ));
        objects.push("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned());
        for (number, lines) in pages.iter().enumerate() {
            let shown = lines.iter().map(|line| format!("({line}) Tj 0 -40 Td "));
            let stream = format!("BT /F1 12 Tf 72 700 Td {}ET", shown.collect::<String>());
            let content = 5 + 2 * number;
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents {content} 0 R>>"
            ));
            objects.push(format!("<</Length {}>>stream\n{stream}\nendstream", stream.len()));
        }
        let mut file = "%PDF-1.4\n".to_owned();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (number, object) in objects.iter().enumerate() {
            table += &format!("{:010} 00000 n \n", file.len());
            file += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
        }
        let start = file.len();
        file += &table;
        file += &format!(
            "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF",
            objects.len() + 1
        );
        file.into_bytes()
    }

    fn reading(pages: &[&[&str]]) -> Reading {
        let url = url::Url::parse("https://port-lima.example/order-7.pdf").expect("a valid address");
        let page = Page {
            payload: &written(pages),
            content_type: Some("application/pdf"),
            url: &url,
            captured_at: None,
            source: None,
        };
        read(&page)
    }

    #[test]
    fn an_order_is_read_with_its_title_and_day() {
        let first = [
            "CITY OF PORT LIMA",
            "EXECUTIVE ORDER No. 7",
            "February 6, 2026",
            "OPEN PIERS",
            "No pier closes.",
        ];
        let order = reading(&[&first, &["Signed by the mayor."]]);
        assert_eq!(order.title.as_deref(), Some("EXECUTIVE ORDER No. 7 OPEN PIERS"));
        assert_eq!(
            order.published.map(|stated| stated.moment.to_string()).as_deref(),
            Some("2026-02-06")
        );
        assert_eq!(order.genre, crate::model::document::Genre::Order);
        let last = order
            .blocks
            .last()
            .map(|block| (block.path.as_str(), &order.text[block.span.range()]));
        assert_eq!(last, Some(("page/2", "Signed by the mayor.")));
    }

    #[test]
    fn a_pdf_without_a_text_layer_is_scanned() {
        let kinds: Vec<NoticeKind> = reading(&[&[], &[]])
            .notices
            .iter()
            .map(|notice| notice.kind)
            .collect();
        assert_eq!(kinds, [NoticeKind::Scanned]);
    }

    #[test]
    fn what_is_no_pdf_is_said() {
        assert_eq!(text(b"%PDF-1.7\nnothing"), Err(PdfError::Unreadable));
    }
}
