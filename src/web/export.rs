//! Everything that a query finds as a file, sent while it is written: of the lines still to come only the places are
//! held, not the words.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::asked::Asked;
use super::desk::Desk;
use super::error::Failure;
use crate::index::IndexError;
use crate::model::event::Line;
use crate::pipeline;
use crate::timeline::export::{self, Format};
use crate::timeline::lanes::Lanes;

/// Bytes that are sent at a time.
const CHUNK: usize = 64 * 1024;
/// Chunks that wait for a slow reader before the writing waits as well.
const WAITING: usize = 4;

/// A file of the lines that are asked for; in lanes, where the format has some and they are named.
pub(super) async fn file(
    desk: &Desk,
    format: Format,
    lanes: Option<Lanes>,
    asked: Asked,
) -> Result<Response, Failure> {
    let title = asked.title();
    let asked = Asked {
        kinds: pipeline::exported_kinds(format, asked.kinds),
        ..asked
    };
    // What cannot be begun is told as any failure; what fails later breaks the answer off.
    let absences = desk.tracker.store.absences().await?;
    let lines = desk
        .ask(move |searcher| {
            pipeline::lines(
                searcher,
                &asked.query,
                &asked.kinds,
                asked.window,
                format,
                absences,
            )
        })
        .await?;
    let (sender, receiver) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let failed = sender.clone();
        if let Err(error) = write(
            export::begin_in_lanes(format, &title, lanes, Chunks::to(sender)),
            lines,
        ) {
            // A reader who went away is no trouble of ours; one who is there learns that the file is not whole.
            if error.kind() != io::ErrorKind::BrokenPipe {
                tracing::error!("an export broke off: {error}");
            }
            let _ = failed.blocking_send(Err(error));
        }
    });
    let fields = [
        (CONTENT_TYPE, format.media_type().to_string()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"onrecord.{}\"", format.ending()),
        ),
    ];
    Ok((fields, body(receiver)).into_response())
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
    waiting: Vec<u8>,
}

impl Chunks {
    fn to(sender: Sender<io::Result<Bytes>>) -> Self {
        Self {
            sender,
            waiting: Vec::with_capacity(CHUNK),
        }
    }

    fn send(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::replace(&mut self.waiting, Vec::with_capacity(CHUNK));
        self.sender
            .blocking_send(Ok(chunk.into()))
            .map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
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
