//! Tokens: made here, shown once, and known by a digest from then on.
//!
//! A secret is 256 bits from the system's generator, so nobody guesses one and a plain digest is enough to keep: what
//! slow password hashes are for, a secret that people choose, does not happen here.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::{PipelineError, Tracker};
use crate::model::token::{Scope, Token};

/// What secrets begin with, so that one that leaked is known for what it is.
const PREFIX: &str = "onrecord_";

/// Why there is no new token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Its name is none.
    #[error("a token needs a name of at most {NAME} letters, without line breaks")]
    Name,
    /// It would never let anybody in.
    #[error("the token would have expired already")]
    Expired,
    /// There is one of its name.
    #[error("there is a token named `{0}` already; revoke it, or take another name")]
    Taken(String),
    /// It cannot be kept.
    #[error(transparent)]
    Kept(#[from] PipelineError),
}

/// Letters of a name.
const NAME: usize = 100;
/// How exactly is noted when a token was used last: reading should not write at every request.
const USED: SignedDuration = SignedDuration::from_hours(1);

/// Makes a token, which lets in until `expires_at` if it has an end, and answers its secret.
pub async fn create_token(
    tracker: &Tracker,
    name: &str,
    scope: Scope,
    expires_at: Option<Timestamp>,
) -> Result<String, TokenError> {
    if name.trim().is_empty() || name.chars().count() > NAME || name.contains(char::is_control) {
        return Err(TokenError::Name);
    }
    let secret = format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&random::<32>()?));
    let token = Token {
        name: name.to_owned(),
        scope,
        created_at: Timestamp::now(),
        expires_at,
        last_used_at: None,
    };
    if !token.is_valid(token.created_at) {
        return Err(TokenError::Expired);
    }
    let added = tracker.store.add_token(&token, &digest(&secret)).await;
    match added.map_err(PipelineError::from)? {
        true => Ok(secret),
        false => Err(TokenError::Taken(token.name)),
    }
}

/// The token of a secret, if it is one, also where it has expired.
pub async fn token_of(tracker: &Tracker, secret: &str) -> Result<Option<Token>, PipelineError> {
    Ok(tracker.store.token(&digest(secret)).await?)
}

/// Notes that a token let somebody in. Nobody waits for it, and a lost one is noted by the next request.
pub fn note_use(tracker: &Tracker, token: Token) {
    let now = Timestamp::now();
    let is_noted = |last: Timestamp| now.duration_since(last) < USED;
    if token.last_used_at.is_some_and(is_noted) {
        return;
    }
    let store = tracker.store.clone();
    tokio::spawn(async move {
        if let Err(error) = store.token_used(&token.name, now).await {
            tracing::debug!("that a token was used cannot be noted: {error}");
        }
    });
}

fn digest(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret))
}

/// A secret that webhooks are signed with, as Standard Webhooks writes it.
pub(super) fn webhook_secret() -> Result<String, PipelineError> {
    Ok(format!("whsec_{}", BASE64.encode(&random::<24>()?)))
}

fn random<const BYTES: usize>() -> Result<[u8; BYTES], PipelineError> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|_| PipelineError::Stopped("the system's random numbers"))?;
    Ok(bytes)
}
