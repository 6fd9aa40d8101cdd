//! Connections to the desk: how many there are at once, how long each may keep it waiting, and for how long the end waits
//! for them. What is slow or silent on the other side must not take the place of who asks and reads.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::Sleep;
use tokio_util::sync::CancellationToken;

/// After how long a connection is accepted again where none could be.
const AGAIN: Duration = Duration::from_millis(200);

/// How much patience there is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// Connections at once; others wait to be accepted.
    pub(super) connections: usize,
    /// How long the head of a request may take, and how long a connection may lie idle between two.
    pub(super) head: Duration,
    /// How long a reader may take nothing of an answer.
    pub(super) reading: Duration,
    /// How long answers under way are waited for at the end.
    pub(super) end: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connections: 512,
            head: Duration::from_secs(30),
            reading: Duration::from_secs(60),
            end: Duration::from_secs(10),
        }
    }
}

/// Answers whoever connects until `cancel` says so; answers under way are then finished as far as patience goes.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    cancel: CancellationToken,
    patience: Patience,
) {
    let places = Arc::new(Semaphore::new(patience.connections));
    let mut connections = JoinSet::new();
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place.expect("it is never closed"), listener.accept().await)
        };
        tokio::select! {
            () = cancel.cancelled() => break,
            Some(_) = connections.join_next() => {}
            (place, accepted) = next => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(answer(stream, router.clone(), place, cancel.clone(), patience));
                }
                // Whoever connected went away, or there are no descriptors left.
                Err(error) => {
                    tracing::debug!("a connection cannot be accepted: {error}");
                    tokio::time::sleep(AGAIN).await;
                }
            },
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(patience.end, all).await.is_err() {
        tracing::warn!(
            connections = connections.len(),
            "{} answers were not taken in time and are broken off",
            connections.len()
        );
        connections.shutdown().await;
    }
}

/// Answers the requests of one connection.
async fn answer(
    stream: TcpStream,
    router: Router,
    place: OwnedSemaphorePermit,
    cancel: CancellationToken,
    patience: Patience,
) {
    let stream = Read::by(stream, patience.reading);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = cancel.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("a connection ended: {error}");
    }
    drop(place);
}

/// A connection that fails when its reader takes nothing for too long. The engine would wait for ever, because a reader who
/// keeps the connection open and reads nothing is none that is gone.
struct Read {
    stream: TcpStream,
    patience: Duration,
    /// Since nothing was taken.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Read {
    fn by(stream: TcpStream, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            waiting: None,
        }
    }

    /// What came of writing; where nothing did, the waiting goes on.
    fn taken(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let patience = self.patience;
        let waiting = self
            .waiting
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Read {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Read {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.taken(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.taken(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const SHORT: Duration = Duration::from_millis(100);
    /// By when what is to end has ended also on a busy machine.
    const AT_LAST: Duration = Duration::from_secs(20);

    /// More than what a connection holds for a reader who does not read.
    const LONG: usize = 64 << 20;

    async fn begun(patience: Patience) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
        let address = listener.local_addr().expect("known");
        let router = Router::new()
            .route("/short", get(|| async { "well" }))
            .route("/long", get(|| async { vec![b'x'; LONG] }));
        let cancel = CancellationToken::new();
        let served = tokio::spawn(serve(listener, router, cancel.clone(), patience));
        (address, cancel, served)
    }

    async fn asked(address: SocketAddr, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.expect("connected");
        stream.write_all(request.as_bytes()).await.expect("sent");
        stream
    }

    async fn rest(mut stream: TcpStream) -> String {
        let mut rest = Vec::new();
        let read = tokio::time::timeout(AT_LAST, stream.read_to_end(&mut rest)).await;
        // A connection that is broken off may be told as an error.
        let _ = read.expect("it ends");
        String::from_utf8_lossy(&rest).into_owned()
    }

    #[tokio::test]
    async fn who_does_not_finish_a_request_is_let_go_of() {
        let (address, cancel, served) = begun(Patience {
            connections: 1,
            head: SHORT,
            ..Patience::default()
        })
        .await;
        let silent = asked(address, "GET /short HTTP/1.1\r\nhost:").await;
        // There is one place, and this one waits for it.
        let next = asked(
            address,
            "GET /short HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        )
        .await;
        assert!(rest(next).await.ends_with("well"));
        assert!(!rest(silent).await.contains("200 OK"));
        cancel.cancel();
        served.await.expect("ended");
    }

    #[tokio::test]
    async fn who_does_not_read_is_let_go_of() {
        let (address, cancel, served) = begun(Patience {
            connections: 1,
            reading: SHORT,
            ..Patience::default()
        })
        .await;
        let _stalled = asked(address, "GET /long HTTP/1.1\r\nhost: a\r\n\r\n").await;
        let next = asked(
            address,
            "GET /short HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        )
        .await;
        assert!(rest(next).await.ends_with("well"));
        cancel.cancel();
        served.await.expect("ended");
    }

    #[tokio::test]
    async fn the_end_does_not_wait_for_ever() {
        let (address, cancel, served) = begun(Patience {
            end: SHORT,
            ..Patience::default()
        })
        .await;
        let mut stalled = asked(address, "GET /long HTTP/1.1\r\nhost: a\r\n\r\n").await;
        let mut first = [0];
        stalled
            .read_exact(&mut first)
            .await
            .expect("the answer has begun");
        cancel.cancel();
        let ended = tokio::time::timeout(AT_LAST, served).await;
        ended.expect("in time").expect("without a panic");
    }
}
