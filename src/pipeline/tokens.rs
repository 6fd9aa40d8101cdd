//! Tokens: made here, shown once, and known by a digest from then on.
//!
//! A secret is 256 bits from the system's generator, so nobody guesses one and a plain digest is enough to keep: what
//! slow password hashes are for, a secret that people choose, does not happen here.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{PipelineError, Tracker};
use crate::model::token::{Scope, Token};

/// What secrets begin with, so that one that leaked is known for what it is.
const PREFIX: &str = "onrecord_";

/// Makes a token and answers its secret; `None` where there is one of that name.
pub async fn create_token(
    tracker: &Tracker,
    name: &str,
    scope: Scope,
) -> Result<Option<String>, PipelineError> {
    let secret = format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&random::<32>()?));
    let token = Token {
        name: name.to_owned(),
        scope,
        created_at: Timestamp::now(),
    };
    let is_new = tracker.store.add_token(&token, &digest(&secret)).await?;
    Ok(is_new.then_some(secret))
}

/// What a secret allows, if it is one.
pub async fn scope_of(tracker: &Tracker, secret: &str) -> Result<Option<Scope>, PipelineError> {
    Ok(tracker.store.scope_of_token(&digest(secret)).await?)
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
