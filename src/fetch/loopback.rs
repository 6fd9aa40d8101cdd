//! A server for tests: real sockets on a loopback port, playing what servers do at their worst.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use url::Url;

use super::Request;

/// What a test server does with a request, once it has read its head.
#[derive(Clone)]
pub(super) enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    /// Sends these bytes again and again.
    Repeat(Vec<u8>, Duration),
}

/// A server on a loopback port that plays the n-th script to the n-th request and keeps the
/// heads it saw. After a script the connection is closed, unless `keep` says otherwise.
pub(super) struct Site {
    pub(super) url: Url,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Site {
    pub(super) async fn playing(scripts: Vec<Vec<Step>>, keep: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (scripts, log) = (scripts.clone(), Arc::clone(&log));
                tokio::spawn(async move { serve(stream, &scripts, &log, keep).await });
            }
        });
        let url = Url::parse(&format!("http://127.0.0.1:{port}/a?b=1")).expect("valid");
        Self { url, seen }
    }

    pub(super) async fn saying(answer: impl AsRef<[u8]>) -> Self {
        Self::playing(vec![vec![Step::Send(answer.as_ref().to_vec())]], false).await
    }

    pub(super) fn request(&self) -> Request {
        Request {
            allow_private: true,
            ..Request::new(self.url.clone())
        }
    }

    pub(super) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no test panics holding it").clone()
    }
}

async fn serve(mut stream: TcpStream, scripts: &[Vec<Step>], log: &Mutex<Vec<String>>, keep: bool) {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let number = {
            let mut log = log.lock().expect("no test panics holding it");
            log.push(String::from_utf8_lossy(&head).into_owned());
            log.len() - 1
        };
        for step in &scripts[number.min(scripts.len() - 1)] {
            match step {
                Step::Send(bytes) => {
                    if stream.write_all(bytes).await.is_err() {
                        return;
                    }
                }
                Step::Pause(pause) => sleep(*pause).await,
                Step::Repeat(bytes, pause) => {
                    while stream.write_all(bytes).await.is_ok() {
                        sleep(*pause).await;
                    }
                }
            }
        }
        if !keep {
            return;
        }
    }
}
