//! What a public web archive holds of an address: the answer of a CDX server (as Wayback and pywb give it), and
//! the addresses of its mementos (RFC 7089).

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use url::Url;

use super::{MAX_ANNOUNCEMENTS, Unreadable, address};
use crate::model::source::MementoRules;
use crate::text::json;

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

/// One answer of a CDX server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CdxAnswer {
    /// The captures it names, in its order.
    pub mementos: Vec<Memento>,
    /// The rows it has: those that are no captures of ours count, because the server counts them.
    rows: usize,
    /// The timestamp of its last row.
    last: Option<String>,
    /// What the server wants to see to go on behind the last row.
    resume_key: Option<String>,
}

/// What a server says of one capture.
struct Row {
    timestamp: String,
    original: String,
    status: Option<String>,
}

/// Reads the answer of a CDX server: a JSON list of rows under a row of names (Wayback), a JSON object a line
/// (pywb), or a line a capture (CDXJ, or `urlkey timestamp original …`).
pub fn read(bytes: &[u8], rules: &MementoRules) -> Result<CdxAnswer, Unreadable> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim();
    let (rows, resume_key) = match text.as_bytes().first() {
        // An archive that holds nothing answers nothing.
        None => (Vec::new(), None),
        Some(b'[') => json_rows(text)?,
        Some(b'<') => return Err(Unreadable::Html("CDX answer")),
        Some(_) => line_rows(text),
    };
    if rows.is_empty() && !text.is_empty() && !text.starts_with('[') {
        return Err(other("no line of it is a capture"));
    }
    let mementos = rows.iter().filter_map(|row| memento(&rules.replay, row));
    Ok(CdxAnswer {
        mementos: mementos.take(MAX_ANNOUNCEMENTS).collect(),
        rows: rows.len(),
        last: rows.last().map(|row| row.timestamp.clone()),
        resume_key,
    })
}

/// The query that goes on where an answer ended, where it ended only because of its limit.
///
/// Wayback gives a key. Without one (pywb) a list in the order of time goes on from its last moment, of which
/// all rows come again; a list in the order of addresses has no such place, and is asked for twice as long.
pub fn next(query: &Url, answer: &CdxAnswer, rules: &MementoRules) -> Option<Url> {
    if let Some(key) = &answer.resume_key {
        return Some(with(query, "resumeKey", key));
    }
    let asked = number(query, "limit").unwrap_or(rules.limit as usize);
    if answer.rows < asked {
        return None;
    }
    if !rules.is_exact {
        return (asked < MAX_ANNOUNCEMENTS).then(|| with(query, "limit", &(asked * 2).to_string()));
    }
    let last = answer.last.as_ref()?;
    let from = value(query, "from");
    match from.as_deref() == Some(last) {
        false => Some(with(query, "from", last)),
        // More rows of one second than are asked for at once.
        true => {
            let second = instant(last)?.checked_add(SignedDuration::from_secs(1)).ok()?;
            Some(with(query, "from", &second.strftime("%Y%m%d%H%M%S").to_string()))
        }
    }
}

fn value(query: &Url, name: &str) -> Option<String> {
    let found = query.query_pairs().find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}

fn number(query: &Url, name: &str) -> Option<usize> {
    value(query, name)?.parse().ok()
}

/// A query with one value set.
fn with(query: &Url, name: &str, value: &str) -> Url {
    let kept: Vec<(String, String)> = (query.query_pairs())
        .filter(|(known, _)| known != name)
        .map(|(known, value)| (known.into_owned(), value.into_owned()))
        .collect();
    let mut changed = query.clone();
    changed
        .query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .append_pair(name, value);
    changed
}

fn other(found: &str) -> Unreadable {
    Unreadable::Other {
        wanted: "CDX answer",
        found: found.to_string(),
    }
}

type Rows = (Vec<Row>, Option<String>);

/// Rows under their names: `[["timestamp","original"],["20260206…","https://…"]]`. Where more can be had, an
/// empty row and one with the key follow.
fn json_rows(text: &str) -> Result<Rows, Unreadable> {
    let rows: Vec<Vec<Value>> =
        json::read(text.as_bytes()).map_err(|why| other(&format!("it is no list of rows: {why}")))?;
    let Some((names, rows)) = rows.split_first() else {
        return Ok((Vec::new(), None));
    };
    let column = |names_of_it: &[&str]| {
        let is_it = |known: &Value| known.as_str().is_some_and(|known| names_of_it.contains(&known));
        names.iter().position(is_it)
    };
    let (Some(timestamp), Some(original)) = (column(&["timestamp"]), column(&["original", "url"])) else {
        return Err(other("its first row names no `timestamp` and `original`"));
    };
    let status = column(&["statuscode", "status"]);
    let (rows, key) = match rows {
        [rows @ .., between, key] if between.is_empty() && key.len() == 1 => {
            (rows, key[0].as_str().map(decoded))
        }
        rows => (rows, None),
    };
    let cell = |row: &[Value], at: usize| row.get(at).and_then(Value::as_str).map(str::to_string);
    let row = |row: &Vec<Value>| {
        Some(Row {
            timestamp: cell(row, timestamp)?,
            original: cell(row, original)?,
            status: status.and_then(|status| cell(row, status)),
        })
    };
    Ok((rows.iter().filter_map(row).collect(), key))
}

/// A line a capture; where more can be had, a blank line and one with the key follow.
fn line_rows(text: &str) -> Rows {
    let rows = text.lines().filter_map(line_row).collect();
    let mut from_the_end = text.lines().rev();
    let (last, before) = (from_the_end.next(), from_the_end.next());
    let is_key = before.is_some_and(|before| before.trim().is_empty());
    let key = last.filter(|last| is_key && !last.trim().contains(' ') && !last.starts_with('{'));
    (rows, key.map(|key| decoded(key.trim())))
}

/// The key as it is: servers print it as it stands in an address.
fn decoded(key: &str) -> String {
    let pair = format!("key={key}");
    let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
    pairs.next().map(|(_, key)| key.into_owned()).unwrap_or_default()
}

fn line_row(line: &str) -> Option<Row> {
    if line.starts_with('{') {
        let fields: Value = json::read(line.as_bytes()).ok()?;
        return row_of(&fields, fields.get("timestamp")?.as_str()?);
    }
    let mut columns = line.splitn(3, ' ');
    let (_, timestamp, rest) = (columns.next()?, columns.next()?, columns.next()?);
    if rest.starts_with('{') {
        return row_of(&json::read(rest.as_bytes()).ok()?, timestamp);
    }
    let mut rest = rest.split(' ');
    Some(Row {
        timestamp: timestamp.to_string(),
        original: rest.next()?.to_string(),
        // Behind the address stand its type and then its status.
        status: rest.nth(1).map(str::to_string),
    })
}

/// A row of named fields, by pywb's names and by Wayback's.
fn row_of(fields: &Value, timestamp: &str) -> Option<Row> {
    let field = |names: [&str; 2]| {
        let found = names.into_iter().find_map(|name| fields.get(name)?.as_str());
        found.map(str::to_string)
    };
    Some(Row {
        timestamp: timestamp.to_string(),
        original: field(["url", "original"])?,
        status: field(["status", "statuscode"]),
    })
}

/// The copy that a row names. Only pages that answered well are wanted, and not every server filters; where an
/// archive says nothing of the status (a revisit: `-`) it may be one.
fn memento(replay: &Url, row: &Row) -> Option<Memento> {
    let status = row.status.as_deref().unwrap_or("-");
    let is_good = matches!(status, "200" | "-" | "");
    let original = address(replay, &row.original).filter(|_| is_good && row.original.contains("://"))?;
    Some(Memento {
        url: Url::parse(&format!("{replay}{}id_/{original}", row.timestamp)).ok()?,
        at: instant(&row.timestamp)?,
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

    fn rules(is_exact: bool) -> MementoRules {
        MementoRules {
            replay: Url::parse("https://archive.example/web/").expect("valid"),
            is_exact,
            limit: 2,
            max_pages: 9,
        }
    }

    #[track_caller]
    fn check(answer: &str) {
        let found = read(answer.as_bytes(), &rules(true))
            .expect("it is read")
            .mementos;
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
        check("example,hall)/news 20260206150405 https://hall.example/news?id=1 text/html 200 ABC 1402");
        // Wayback with all its fields; pywb with `output=json`.
        check(
            r#"[["urlkey","timestamp","original","mimetype","statuscode","digest","length"],
 ["example,hall)/news?id=1","20260206150405","https://hall.example/news?id=1","text/html","200","XAHD","1402"],
 ["example,hall)/news?id=1","20260206150406","https://hall.example/news?id=1","text/html","301","XAHE","402"]]"#,
        );
        check(
            r#"{"urlkey": "example,hall)/news?id=1", "timestamp": "20260206150405", "url": "https://hall.example/news?id=1", "mime": "text/html", "status": "200", "digest": "XAHD", "length": "1402", "offset": "9", "filename": "a.warc.gz"}
{"urlkey": "example,hall)/news?id=1", "timestamp": "20260206150406", "url": "https://hall.example/news?id=1", "mime": "text/html", "status": "404", "digest": "XAHE", "length": "402", "offset": "99", "filename": "a.warc.gz"}
"#,
        );
    }

    #[test]
    fn an_archive_may_hold_nothing_and_may_fail() {
        let rows = |answer: &[u8]| read(answer, &rules(true)).map(|answer| answer.rows);
        assert_eq!(rows(b"[]"), Ok(0));
        assert_eq!(rows(b""), Ok(0));
        assert!(rows(b"<html>busy</html>").is_err());
        assert!(rows(b"busy").is_err());
        assert!(rows(b"{\"message\": \"busy\"}").is_err());
    }

    /// The query after an answer, with its changing parts only.
    #[track_caller]
    fn check_next(query: &str, answer: &str, is_exact: bool, expected: Option<&str>) {
        let query = Url::parse(&format!("https://archive.example/cdx?url=x&{query}")).expect("valid");
        let answer = read(answer.as_bytes(), &rules(is_exact)).expect("it is read");
        let next = next(&query, &answer, &rules(is_exact));
        let next = next.as_ref().map(|next| next.query().unwrap_or_default());
        assert_eq!(next, expected.map(|rest| format!("url=x&{rest}")).as_deref());
    }

    #[test]
    fn a_key_leads_on() {
        let key = r#"[["timestamp","original"],["20260206150405","https://hall.example/"],[],
                     ["example%2Chall%29%2F+20260206150405%21"]]"#;
        let resumed = "limit=2&resumeKey=example%2Chall%29%2F+20260206150405%21";
        check_next("limit=2", key, true, Some(resumed));
        // The key of the page before is replaced.
        check_next(&format!("{resumed}x"), key, false, Some(resumed));
        let lines = "example,hall)/ 20260206150405 https://hall.example/ text/html 200\n\n\
                     example%2Chall%29%2F+20260206150405%21\n";
        check_next("limit=2", lines, true, Some(resumed));
    }

    #[test]
    fn a_full_answer_without_a_key_is_gone_on_with_by_time_or_by_length() {
        let line = |second: u32| {
            format!("{{\"timestamp\": \"202602061504{second:02}\", \"url\": \"https://hall.example/\"}}\n")
        };
        let full = line(5) + &line(6);
        check_next("limit=2", &full, true, Some("limit=2&from=20260206150406"));
        check_next(
            "limit=2&from=20260206150406",
            &full,
            true,
            Some("limit=2&from=20260206150407"),
        );
        check_next("limit=2", &full, false, Some("limit=4"));
        check_next("limit=4", &full, false, None);
        check_next("limit=2", &line(5), true, None);
    }

    proptest::proptest! {
        #[test]
        fn no_answer_makes_it_fail(answer in "\\PC{0,200}") {
            if let Ok(answer) = read(answer.as_bytes(), &rules(true)) {
                let query = Url::parse("https://archive.example/cdx?url=x&limit=2").expect("valid");
                let _ = next(&query, &answer, &rules(false));
            }
        }
    }
}
