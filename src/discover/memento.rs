//! What a public web archive holds of an address: the answer of a CDX server (as Wayback and pywb give it), and
//! the addresses of its mementos (RFC 7089).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;
use url::Url;

use super::{MAX_ANNOUNCEMENTS, Unreadable, address};

/// One capture that an archive holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memento {
    /// The address to ask the archive for: the bytes as they were captured (`id_`).
    pub url: Url,
    /// The address that was captured.
    pub original: Url,
    /// When the archive captured it.
    pub at: Timestamp,
}

/// Reads the answer of a CDX server: a JSON list of rows under a row of names, or a line a capture (CDXJ, or
/// `urlkey timestamp original …`).
pub fn read(bytes: &[u8], archive: &Url) -> Result<Vec<Memento>, Unreadable> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim();
    let rows: Vec<(String, String)> = match text.as_bytes().first() {
        // An archive that holds nothing answers nothing.
        None => Vec::new(),
        Some(b'[') => json_rows(text)?,
        Some(b'<') => return Err(Unreadable::Html("CDX answer")),
        Some(_) => text.lines().filter_map(line_row).collect(),
    };
    if rows.is_empty() && !text.is_empty() && !text.starts_with('[') {
        return Err(other("no line of it is a capture"));
    }
    let mementos = rows
        .iter()
        .filter_map(|(timestamp, original)| memento(archive, timestamp, original));
    Ok(mementos.take(MAX_ANNOUNCEMENTS).collect())
}

fn other(found: &str) -> Unreadable {
    Unreadable::Other {
        wanted: "CDX answer",
        found: found.to_string(),
    }
}

/// Rows under their names: `[["timestamp","original"],["20260206…","https://…"]]`.
fn json_rows(text: &str) -> Result<Vec<(String, String)>, Unreadable> {
    let rows: Vec<Vec<Value>> = serde_json::from_str(text).map_err(|_| other("it is no list of rows"))?;
    let Some((names, rows)) = rows.split_first() else {
        return Ok(Vec::new());
    };
    let column = |name: &str| names.iter().position(|known| known.as_str() == Some(name));
    let (Some(timestamp), Some(original)) = (column("timestamp"), column("original")) else {
        return Err(other("its first row names no `timestamp` and `original`"));
    };
    let cell = |row: &[Value], at: usize| row.get(at).and_then(Value::as_str).map(str::to_string);
    Ok(rows
        .iter()
        .filter_map(|row| Some((cell(row, timestamp)?, cell(row, original)?)))
        .collect())
}

fn line_row(line: &str) -> Option<(String, String)> {
    let mut columns = line.splitn(3, ' ');
    let (_, timestamp, rest) = (columns.next()?, columns.next()?, columns.next()?);
    let original = match rest.starts_with('{') {
        true => serde_json::from_str::<Value>(rest)
            .ok()?
            .get("url")?
            .as_str()?
            .to_string(),
        false => rest.split(' ').next()?.to_string(),
    };
    Some((timestamp.to_string(), original))
}

fn memento(archive: &Url, timestamp: &str, original: &str) -> Option<Memento> {
    let original = address(archive, original).filter(|_| original.contains("://"))?;
    Some(Memento {
        url: archive.join(&format!("/web/{timestamp}id_/{original}")).ok()?,
        at: instant(timestamp)?,
        original,
    })
}

/// The instant of a timestamp of fourteen digits, which archives give in UTC.
fn instant(timestamp: &str) -> Option<Timestamp> {
    let is_whole = timestamp.len() == 14 && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let local = is_whole.then(|| DateTime::strptime("%Y%m%d%H%M%S", timestamp).ok())??;
    local
        .to_zoned_datetime(TimeZone::UTC)
        .ok()
        .map(|moment| moment.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(answer: &str) {
        let archive = Url::parse("https://archive.example/").expect("valid");
        let found = read(answer.as_bytes(), &archive).expect("it is read");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            found[0].url.as_str(),
            "https://archive.example/web/20260206150405id_/https://hall.example/news?id=1"
        );
        assert_eq!(found[0].original.as_str(), "https://hall.example/news?id=1");
        assert_eq!(found[0].at.to_string(), "2026-02-06T15:04:05Z");
    }

    #[test]
    fn every_form_of_answer_is_read() {
        check(r#"[["timestamp","original"],["20260206150405","https://hall.example/news?id=1"]]"#);
        check(
            "example,hall)/news 20260206150405 {\"url\": \"https://hall.example/news?id=1\", \"status\": \"200\"}",
        );
        check("example,hall)/news 20260206150405 https://hall.example/news?id=1 text/html 200");
    }

    #[test]
    fn an_archive_may_hold_nothing_and_may_fail() {
        let archive = Url::parse("https://archive.example/").expect("valid");
        assert_eq!(read(b"[]", &archive), Ok(Vec::new()));
        assert_eq!(read(b"", &archive), Ok(Vec::new()));
        assert!(read(b"<html>busy</html>", &archive).is_err());
        assert!(read(b"busy", &archive).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_answer_makes_it_fail(answer in "\\PC{0,200}") {
            let archive = Url::parse("https://archive.example/").expect("valid");
            let _ = read(answer.as_bytes(), &archive);
        }
    }
}
