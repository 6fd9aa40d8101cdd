//! A server on loopback that misbehaves as it is told. It speaks raw TCP, so that it can do what no HTTP library
//! lets a server do: fall silent, drip, flood, lie about lengths, break off.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Longer request heads are nobody's.
const MAX_HEAD: usize = 64 << 10;

/// What the server does next on a connection. When nothing is left to do it closes it.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes one by one, each after a pause.
    Drip(Vec<u8>, Duration),
    /// Sends the same bytes for ever.
    Flood(Vec<u8>),
    /// Does nothing for a while.
    Wait(Duration),
    /// Does nothing until the client leaves.
    Hang,
    /// Breaks the connection off.
    Reset,
    /// Reads the next request from the same connection; must come last.
    Keep,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Path and query.
    pub(crate) target: String,
    /// Its fields, names in lower case.
    pub(crate) fields: HashMap<String, String>,
    /// Requests for the same target so far, this one included.
    pub(crate) time: usize,
    /// When its head was whole.
    pub(crate) at: Instant,
    /// When the last byte of the answer was about to be sent, or the client had left. Not a moment later, so that
    /// whoever got the last byte cannot have asked again before it.
    pub(crate) ended: Option<Instant>,
    /// Bytes sent in answer.
    pub(crate) sent: usize,
}

impl Asked {
    /// A field of the request, or nothing.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

type Play = dyn Fn(&Asked) -> Vec<Step> + Send + Sync;

struct Shared {
    play: Box<Play>,
    log: Mutex<Vec<Asked>>,
}

/// A site that misbehaves until it is dropped.
pub(crate) struct FaultSite {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl FaultSite {
    /// A site on a port of its own that plays every request so.
    pub(crate) fn start(play: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::at("127.0.0.1:0", play)
    }

    /// As `start`, at this address.
    pub(crate) fn at(address: &str, play: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = runtime()
            .block_on(TcpListener::bind(address))
            .expect("a loopback port");
        let address = listener.local_addr().expect("bound");
        let shared = Arc::new(Shared {
            play: Box::new(play),
            log: Mutex::default(),
        });
        let serving = Arc::clone(&shared);
        let accepting = runtime().spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&serving)));
            }
        });
        Self {
            address,
            shared,
            accepting,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address of a target.
    pub(crate) fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.address)
    }

    /// Everything asked for so far, in order.
    pub(crate) fn log(&self) -> Vec<Asked> {
        self.shared.log.lock().expect("whole").clone()
    }

    /// How often a target was asked for.
    pub(crate) fn asked(&self, target: &str) -> usize {
        let log = self.shared.log.lock().expect("whole");
        log.iter().filter(|asked| asked.target == target).count()
    }
}

impl Drop for FaultSite {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// The runtime of all servers; it lives as long as the tests.
fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(4)
            .enable_all()
            .build()
            .expect("a runtime")
    })
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let mut unread = Vec::new();
    while let Some(head) = read_head(&mut stream, &mut unread).await {
        let (number, asked) = note(&shared, &head);
        let steps = (shared.play)(&asked);
        let keeps = matches!(steps.last(), Some(Step::Keep));
        let (mut sent, mut ended) = (0, None);
        let played = play(&mut stream, steps, &mut sent, &mut ended).await;
        {
            let mut log = shared.log.lock().expect("whole");
            log[number].ended = ended.or_else(|| Some(Instant::now()));
            log[number].sent = sent;
        }
        match played {
            Some(()) if keeps => {}
            Some(()) => break,
            // Broken off: nothing more is said, not even goodbye.
            None => return,
        }
    }
    let _ = stream.shutdown().await;
}

async fn read_head(stream: &mut TcpStream, unread: &mut Vec<u8>) -> Option<String> {
    loop {
        if let Some(end) = unread.windows(4).position(|four| four == b"\r\n\r\n") {
            let head: Vec<u8> = unread.drain(..end + 4).collect();
            return Some(String::from_utf8_lossy(&head).into_owned());
        }
        if unread.len() > MAX_HEAD || stream.read_buf(unread).await.ok()? == 0 {
            return None;
        }
    }
}

/// Puts a request on the log; answers its place there.
fn note(shared: &Shared, head: &str) -> (usize, Asked) {
    let mut lines = head.split("\r\n");
    let target = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .unwrap_or_default();
    let fields = lines.filter_map(|line| line.split_once(':'));
    let fields = fields.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_string()));
    let mut log = shared.log.lock().expect("whole");
    let asked = Asked {
        target: target.to_string(),
        fields: fields.collect(),
        time: 1 + log.iter().filter(|asked| asked.target == target).count(),
        at: Instant::now(),
        ended: None,
        sent: 0,
    };
    log.push(asked.clone());
    (log.len() - 1, asked)
}

/// Plays steps; nothing where the connection ended before them.
async fn play(
    stream: &mut TcpStream,
    steps: Vec<Step>,
    sent: &mut usize,
    ended: &mut Option<Instant>,
) -> Option<()> {
    let last = steps.iter().rposition(|step| !matches!(step, Step::Keep));
    for (number, step) in steps.into_iter().enumerate() {
        match step {
            Step::Send(mut bytes) if Some(number) == last && !bytes.is_empty() => {
                let end = bytes.split_off(bytes.len() - 1);
                stream.write_all(&bytes).await.ok()?;
                *ended = Some(Instant::now());
                stream.write_all(&end).await.ok()?;
                *sent += bytes.len() + 1;
            }
            Step::Send(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                *sent += bytes.len();
            }
            Step::Drip(bytes, pause) => {
                for byte in bytes {
                    tokio::time::sleep(pause).await;
                    stream.write_all(&[byte]).await.ok()?;
                    *sent += 1;
                }
            }
            Step::Flood(bytes) => loop {
                stream.write_all(&bytes).await.ok()?;
                *sent += bytes.len();
            },
            Step::Wait(pause) => tokio::time::sleep(pause).await,
            Step::Hang => {
                let mut rest = [0; 512];
                while stream.read(&mut rest).await.ok()? > 0 {}
                return None;
            }
            Step::Reset => {
                let _ = stream.set_zero_linger();
                return None;
            }
            Step::Keep => {}
        }
    }
    Some(())
}

/// An answer with its length, after which the connection is closed.
pub(crate) fn answer(status: &str, fields: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = head(status, fields, "close");
    bytes.truncate(bytes.len() - 2);
    bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// The head of an answer that says nothing of its length.
pub(crate) fn head(status: &str, fields: &[(&str, &str)], connection: &str) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nconnection: {connection}\r\n");
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// One step: to send this.
pub(crate) fn send(bytes: impl Into<Vec<u8>>) -> Vec<Step> {
    vec![Step::Send(bytes.into())]
}

/// A page of news in which these words stand.
pub(crate) fn article(title: &str, words: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>\
         <p>The council met on Tuesday to speak about the boats, which have not left the pier since the storm of \
         last winter took away the landing and most of the road to it.</p><p>{words}.</p>\
         <p>Nobody from the company that owns them was there, and the chairs in the first row stayed empty all \
         evening, as they had at the meeting before.</p></article></body></html>"
    )
}

/// A page answered as it should be.
pub(crate) fn page(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", &[("content-type", "text/html; charset=utf-8")], body)
}
