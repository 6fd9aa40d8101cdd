//! Tells what sort of file a payload is: by its label where that can be believed, else by its first bytes
//! (WHATWG MIME Sniffing, shortened to what is read here).

/// What a payload is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadKind {
    /// A web page.
    Html,
    /// A PDF.
    Pdf,
    /// Text without markup.
    Plain,
    /// JSON: read where the source says what in it is text.
    Json,
    /// A picture, an archive, data: kept, and not read.
    Unsupported,
}

impl PayloadKind {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PayloadKind::Html => "HTML",
            PayloadKind::Pdf => "PDF",
            PayloadKind::Plain => "plain text",
            PayloadKind::Json => "JSON",
            PayloadKind::Unsupported => "nothing: this kind of file is kept only",
        }
    }
}

/// Bytes looked at.
const SNIFF_BYTES: usize = 1445;

const HTML_STARTS: [&[u8]; 19] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<script",
    b"<iframe",
    b"<h1",
    b"<div",
    b"<font",
    b"<table",
    b"<a",
    b"<style",
    b"<title",
    b"<b",
    b"<body",
    b"<br",
    b"<p",
    b"<!--",
    b"<meta",
    b"<link",
];

/// The kind of a payload with this `Content-Type`.
pub fn kind_of(payload: &[u8], content_type: Option<&str>) -> PayloadKind {
    let start = &payload[..payload.len().min(SNIFF_BYTES)];
    let start = start.trim_ascii_start();
    // A PDF says so itself, and is often sent under another label.
    if start.starts_with(b"%PDF-") {
        return PayloadKind::Pdf;
    }
    let essence = content_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    match essence.trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => PayloadKind::Html,
        "application/json" | "application/ld+json" | "text/json" => PayloadKind::Json,
        "text/plain" if is_binary(start) => PayloadKind::Unsupported,
        "text/plain" => PayloadKind::Plain,
        "text/xml" | "application/xml" if holds_html(start) => PayloadKind::Html,
        "" | "unknown/unknown" | "application/unknown" | "*/*" | "application/octet-stream" => {
            unlabelled(start)
        }
        _ => PayloadKind::Unsupported,
    }
}

fn unlabelled(start: &[u8]) -> PayloadKind {
    let without_mark = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let without_mark = without_mark.trim_ascii_start();
    let is_start = |tag: &&[u8]| {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric();
        without_mark
            .get(..tag.len())
            .is_some_and(|first| first.eq_ignore_ascii_case(tag))
            && (*tag == b"<!--" || !without_mark.get(tag.len()).is_some_and(is_name))
    };
    if HTML_STARTS.iter().any(is_start) || holds_html(start) || is_utf16(start) {
        PayloadKind::Html
    } else if is_binary(start) || without_mark.starts_with(b"<?xml") {
        PayloadKind::Unsupported
    } else if without_mark.starts_with(b"{") {
        PayloadKind::Json
    } else {
        PayloadKind::Plain
    }
}

/// A byte order mark of UTF-16 before a tag.
fn is_utf16(start: &[u8]) -> bool {
    matches!(start, [0xFE, 0xFF, 0, b'<', ..] | [0xFF, 0xFE, b'<', 0, ..])
}

fn holds_html(start: &[u8]) -> bool {
    start.windows(5).any(|five| five.eq_ignore_ascii_case(b"<html"))
}

/// Whether bytes occur that no text has.
fn is_binary(start: &[u8]) -> bool {
    if matches!(start, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]) {
        return false;
    }
    start
        .iter()
        .any(|byte| matches!(byte, 0x00..=0x08 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(payload: &[u8], content_type: Option<&str>, expected: PayloadKind) {
        assert_eq!(kind_of(payload, content_type), expected);
    }

    #[test]
    fn the_label_is_believed_for_text() {
        check(
            b"plain words",
            Some("text/html; charset=utf-8"),
            PayloadKind::Html,
        );
        check(b"<html>", Some("TEXT/PLAIN"), PayloadKind::Plain);
        check(b"\x89PNG", Some("image/png"), PayloadKind::Unsupported);
    }

    #[test]
    fn a_pdf_is_known_by_its_first_bytes() {
        check(b"%PDF-1.7\n", Some("text/html"), PayloadKind::Pdf);
        check(b"\r\n%PDF-1.4", None, PayloadKind::Pdf);
    }

    #[test]
    fn a_payload_without_label_is_told_by_its_first_bytes() {
        check(b"\xEF\xBB\xBF \n<!DOCTYPE HTML>", None, PayloadKind::Html);
        check(b"<?xml version='1.0'?><html xmlns='x'>", None, PayloadKind::Html);
        check(b"<?xml version='1.0'?><rss>", None, PayloadKind::Unsupported);
        check(b"STATEMENT BY THE MAYOR\n\nToday", None, PayloadKind::Plain);
        check(b"GIF89a\x00\x01\x02", None, PayloadKind::Unsupported);
        check(b"<article-like", None, PayloadKind::Plain);
        check(b" {\"title\": \"x\"}", None, PayloadKind::Json);
    }
}
