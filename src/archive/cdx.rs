//! An index of captures as web archives keep it (CDXJ): a key made of the address, the time, and where the record lies.

use data_encoding::{BASE32, HEXLOWER};
use serde_json::json;
use url::Url;

use crate::model::capture::Capture;

/// The line of a capture whose record lies in a file.
pub fn line(capture: &Capture, file: &str, offset: u64, length: u64) -> String {
    let mime = capture.content_type.as_deref().unwrap_or_default();
    let mime = mime.split(';').next().unwrap_or_default().trim();
    let mime = match &capture.revisit_of {
        Some(_) => "warc/revisit",
        None => mime,
    };
    let fields = json!({
        "url": capture.url,
        "mime": mime,
        "status": capture.status.to_string(),
        "digest": digest(&capture.payload_sha256),
        "length": length.to_string(),
        "offset": offset.to_string(),
        "filename": file,
    });
    format!("{} {} {fields}\n", key(&capture.url), stamp(capture))
}

/// A digest as records write it: in base 32, by which revisits find their originals.
fn digest(hex: &str) -> String {
    let bytes = HEXLOWER.decode(hex.as_bytes()).unwrap_or_default();
    format!("sha256:{}", BASE32.encode(&bytes))
}

/// The lines as an index has them: in the order of their bytes, by which they are looked up.
pub fn index(mut lines: Vec<String>) -> String {
    lines.sort_unstable();
    lines.concat()
}

/// When the request was sent, in fourteen digits.
fn stamp(capture: &Capture) -> String {
    capture.fetched_at.strftime("%Y%m%d%H%M%S").to_string()
}

/// The address in the order in which it is sorted (SURT): the host from its end, without `www`, then the port and the path, all
/// of it in small letters and the parameters by their names.
fn key(address: &str) -> String {
    let lower = address.to_lowercase();
    let Ok(mut url) = Url::parse(&lower) else {
        return lower;
    };
    let host = url.host_str().unwrap_or_default();
    let labels = host.split('.').skip_while(|label| is_www(label));
    let mut labels: Vec<&str> = labels.collect();
    labels.reverse();
    let mut key = labels.join(",");
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push(')');
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if url.query().is_some() {
        pairs.sort();
        url.query_pairs_mut().clear().extend_pairs(pairs);
    }
    key.push_str(url.path());
    if let Some(query) = url.query() {
        key.extend(["?", query]);
    }
    key
}

/// `www`, `www2`.
fn is_www(label: &str) -> bool {
    let rest = label.strip_prefix("www");
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{digest, key};

    #[test]
    fn a_digest_is_written_as_records_write_it() {
        assert_eq!(digest("00ff"), "sha256:AD7Q====");
    }

    #[test]
    fn an_address_is_sorted_by_its_host_from_the_end() {
        for (address, expected) in [
            ("https://www.Herald.example/News/1", "example,herald)/news/1"),
            ("http://quay.example:8080/", "example,quay:8080)/"),
            (
                "https://a.hall.example/x?b=2&a=1#top",
                "example,hall,a)/x?a=1&b=2",
            ),
            ("no address", "no address"),
        ] {
            assert_eq!(key(address), expected, "{address}");
        }
    }
}
