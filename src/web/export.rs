//! Everything that a query finds as a file, sent while it is written: of the lines still to come only the places are
//! held, not the words.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::SendTimeoutError;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::asked::Asked;
use super::desk::Desk;
use super::error::Failure;
use super::told_with::{self, With};
use crate::index::IndexError;
use crate::model::event::Line;
use crate::pipeline;
use crate::timeline::export::{self, Format};
use crate::timeline::lanes::Lanes;

/// Letters of the name of a file.
const LONGEST_NAME: usize = 60;
/// Bytes that are sent at a time.
const CHUNK: usize = 64 * 1024;
/// Chunks that wait for a slow reader before the writing waits as well.
const WAITING: usize = 4;
/// How long a reader may take for a chunk.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long an export waits for others to be read.
const TURN_WITHIN: Duration = Duration::from_secs(10);

/// A file of the lines that are asked for, with what is told beside them; in lanes, where the format has some and they are named.
pub(super) async fn file(
    desk: &Desk,
    format: Format,
    lanes: Option<Lanes>,
    asked: Asked,
    with: With,
) -> Result<Response, Failure> {
    let title = asked.title();
    let asked = Asked {
        kinds: pipeline::exported_kinds(format, asked.kinds),
        ..asked
    };
    let place = place(desk).await?;
    // What cannot be begun is told as any failure; what fails later breaks the answer off.
    let told = told_with::told_with(desk, &asked, with).await?;
    let lines = desk
        .ask(move |searcher| {
            pipeline::lines(searcher, &asked.query, &asked.kinds, asked.window, format, told)
        })
        .await?;
    let name = file_name(&title, format.ending());
    let (sender, receiver) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let failed = sender.clone();
        if let Err(error) = write(
            export::begin_in_lanes(format, &title, lanes, Chunks::to(sender, PATIENCE)),
            lines,
        ) {
            // A reader who went away or reads nothing is no trouble of ours; one who is there learns that the file is not
            // whole.
            if !matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::TimedOut) {
                tracing::error!("an export broke off: {error}");
            }
            let _ = send(&failed, Err(error), PATIENCE);
        }
        drop(place);
    });
    let fields = [
        (CONTENT_TYPE, format.media_type().to_string()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((fields, body(receiver)).into_response())
}

/// What a file is called that is taken away: by what was asked for, so that ten of them in a folder are told apart.
fn file_name(query: &str, ending: &str) -> String {
    let words = query.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase);
    let mut name = "onrecord".to_owned();
    for word in words.take_while(|word| word.len() <= LONGEST_NAME) {
        if name.len() + word.len() >= LONGEST_NAME {
            break;
        }
        name.push('-');
        name.push_str(&word);
    }
    format!("{name}.{ending}")
}

/// A place among those who take everything that a query finds: it takes a thread or memory until all of it is read.
pub(super) async fn place(desk: &Desk) -> Result<OwnedSemaphorePermit, Failure> {
    place_within(&desk.exports, TURN_WITHIN).await
}

async fn place_within(places: &Arc<Semaphore>, within: Duration) -> Result<OwnedSemaphorePermit, Failure> {
    let place = tokio::time::timeout(within, Arc::clone(places).acquire_owned()).await;
    place.ok().and_then(Result::ok).ok_or_else(|| {
        Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "as many exports as can be written at once are being read".into(),
            "ask again in a minute",
        )
    })
}

fn write<'a>(
    file: io::Result<Box<dyn export::Lines + 'a>>,
    lines: impl Iterator<Item = Result<Line, IndexError>>,
) -> io::Result<()> {
    let mut file = file?;
    for line in lines {
        file.add(&line.map_err(io::Error::other)?)?;
    }
    file.end()
}

/// A body of chunks as they come.
fn body(receiver: Receiver<io::Result<Bytes>>) -> Body {
    let chunks = futures_util::stream::unfold(receiver, |mut receiver| async move {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    });
    Body::from_stream(chunks)
}

/// What is written, gathered into chunks for the reader.
struct Chunks {
    sender: Sender<io::Result<Bytes>>,
    patience: Duration,
    waiting: Vec<u8>,
}

impl Chunks {
    fn to(sender: Sender<io::Result<Bytes>>, patience: Duration) -> Self {
        Self {
            sender,
            patience,
            waiting: Vec::with_capacity(CHUNK),
        }
    }

    fn send(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::replace(&mut self.waiting, Vec::with_capacity(CHUNK));
        send(&self.sender, Ok(chunk.into()), self.patience)
    }
}

/// Hands a chunk to whoever reads. The thread that writes waits only so long: stalled readers would hold all threads.
fn send(sender: &Sender<io::Result<Bytes>>, chunk: io::Result<Bytes>, patience: Duration) -> io::Result<()> {
    let sent = Handle::current().block_on(sender.send_timeout(chunk, patience));
    sent.map_err(|error| match error {
        SendTimeoutError::Timeout(_) => io::ErrorKind::TimedOut.into(),
        SendTimeoutError::Closed(_) => io::ErrorKind::BrokenPipe.into(),
    })
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= CHUNK {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_what_was_asked_for() {
        assert_eq!(
            file_name("speaker:=lima \"Less safe\"", "csv"),
            "onrecord-speaker-lima-less-safe.csv"
        );
        assert_eq!(file_name("  ", "ics"), "onrecord.ics");
        assert_eq!(file_name("паром", "ics"), "onrecord.ics");
        assert!(file_name(&"ferry ".repeat(99), "ics").len() <= LONGEST_NAME + 4);
    }

    const SHORT: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn a_reader_who_takes_nothing_does_not_hold_the_thread() {
        let (sender, reader) = channel(1);
        let written = tokio::task::spawn_blocking(move || {
            let mut chunks = Chunks::to(sender, SHORT);
            (0..9).try_for_each(|_| chunks.write_all(&[b'x'; CHUNK]))
        });
        let written = tokio::time::timeout(Duration::from_secs(20), written).await;
        let error = written.expect("it ends").expect("without a panic").err();
        assert_eq!(error.map(|error| error.kind()), Some(io::ErrorKind::TimedOut));
        drop(reader);
    }

    #[tokio::test]
    async fn as_many_exports_are_written_as_there_are_places() {
        let places = Arc::new(Semaphore::new(1));
        let Ok(first) = place_within(&places, SHORT).await else {
            panic!("a place");
        };
        let Err(second) = place_within(&places, SHORT).await else {
            panic!("there is no other");
        };
        assert_eq!(second.status, StatusCode::SERVICE_UNAVAILABLE);
        drop(first);
        assert!(place_within(&places, SHORT).await.is_ok());
    }
}
