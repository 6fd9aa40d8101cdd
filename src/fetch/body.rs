//! Reading a body within its bounds of bytes and time.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use crate::model::capture::Truncation;

/// Bytes that are made room for because the head says so.
const BELIEVED: usize = 1 << 20;

/// Reads a body until it ends, breaks or passes a bound; what came is kept in any case.
pub(super) async fn read(
    response: &mut Response,
    max_bytes: usize,
    idle: Duration,
    deadline: Instant,
) -> (Vec<u8>, Option<Truncation>) {
    let announced = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    let mut body = Vec::with_capacity(announced.unwrap_or_default().min(max_bytes).min(BELIEVED));
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
