//! Reading a body within its bounds of bytes and time.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use crate::model::capture::Truncation;

/// Reads a body until it ends, breaks or passes a bound; what came is kept in any case.
pub(super) async fn read(
    response: &mut Response,
    max_bytes: usize,
    idle: Duration,
    deadline: Instant,
) -> (Vec<u8>, Option<Truncation>) {
    let mut body = Vec::new();
    loop {
        let until = deadline.min(Instant::now() + idle);
        let chunk = match timeout_at(until, response.chunk()).await {
            Err(_) => return (body, Some(Truncation::Time)),
            Ok(Err(_)) => return (body, Some(Truncation::Disconnect)),
            Ok(Ok(None)) => return (body, None),
            Ok(Ok(Some(chunk))) => chunk,
        };
        let room = max_bytes - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return (body, Some(Truncation::Length));
        }
    }
}
