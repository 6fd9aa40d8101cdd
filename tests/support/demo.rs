//! The desk over the sample newsroom: two crawls with a silent edit between.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::Value;

use super::onrecord;

/// A desk that is served until it is dropped.
pub(crate) struct Demo {
    child: Child,
    pub(crate) address: String,
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Demo {
    /// Serves the desk as soon as all is crawled.
    pub(crate) fn start() -> Self {
        let mut child = onrecord()
            .args(["demo", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let told = BufReader::new(child.stderr.take().expect("piped"));
        let address = told
            .lines()
            .map_while(Result::ok)
            .find_map(|line| Some(line.split("http://").nth(1)?.split('/').next()?.to_string()));
        Self {
            child,
            address: address.expect("the desk says where it is"),
        }
    }

    fn answer(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        )
        .expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        answer
    }

    /// The body of an answer as it came.
    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        let answer = self.answer(path);
        let head = answer
            .windows(4)
            .position(|bytes| bytes == b"\r\n\r\n")
            .expect("a head");
        answer[head + 4..].to_vec()
    }

    /// The status, the head in lower case and the body of an answer.
    pub(crate) fn get(&self, path: &str) -> (u16, String, String) {
        let answer = String::from_utf8_lossy(&self.answer(path)).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.expect("a status"), head.to_lowercase(), body.to_string())
    }

    /// The body of a page that must hold these words.
    #[track_caller]
    pub(crate) fn page(&self, path: &str, words: &[&str]) -> String {
        let (status, _, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        for word in words {
            assert!(body.contains(word), "{path}: {word} in {body}");
        }
        body
    }

    /// What a search by the API finds first.
    #[track_caller]
    pub(crate) fn hit(&self, query: &str) -> Value {
        let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let (_, _, body) = self.get(&format!("/api/v1/search?q={query}"));
        let found: Value = serde_json::from_str(&body).expect("JSON");
        found["hits"][0].clone()
    }
}

/// A value that must be text.
#[track_caller]
pub(crate) fn string(value: &Value) -> String {
    value.as_str().expect("a text").to_string()
}
