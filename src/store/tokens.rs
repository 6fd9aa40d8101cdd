//! Tokens, by the digests of their secrets.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::values::{coded, instant, parsed};
use super::{Store, StoreError};
use crate::model::token::{Scope, Token};

impl Store {
    /// Keeps a token; answers whether its name was free.
    pub async fn add_token(&self, token: &Token, digest: &str) -> Result<bool, StoreError> {
        let added = sqlx::query(
            "INSERT INTO tokens (name, digest, scope, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(&token.name)
        .bind(digest)
        .bind(token.scope.code())
        .bind(instant(token.created_at))
        .bind(token.expires_at.map(instant))
        .execute(&self.writer)
        .await?;
        Ok(added.rows_affected() > 0)
    }

    /// Every token, by name.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let rows = sqlx::query("SELECT * FROM tokens ORDER BY name")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(token).collect()
    }

    /// The token with this digest, if there is one.
    pub async fn token(&self, digest: &str) -> Result<Option<Token>, StoreError> {
        let row = sqlx::query("SELECT * FROM tokens WHERE digest = $1")
            .bind(digest)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(token).transpose()
    }

    /// Notes that a token let somebody in.
    pub async fn token_used(&self, name: &str, at: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE tokens SET last_used_at = $2 WHERE name = $1")
            .bind(name)
            .bind(instant(at))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Forgets a token; answers whether there was one.
    pub async fn revoke_token(&self, name: &str) -> Result<bool, StoreError> {
        let revoked = sqlx::query("DELETE FROM tokens WHERE name = $1")
            .bind(name)
            .execute(&self.writer)
            .await?;
        Ok(revoked.rows_affected() > 0)
    }
}

fn token(row: &SqliteRow) -> Result<Token, StoreError> {
    let moment = |column| -> Result<Option<Timestamp>, StoreError> {
        let text: Option<String> = row.try_get(column)?;
        text.map(|text| parsed("instant", &text)).transpose()
    };
    Ok(Token {
        name: row.try_get("name")?,
        scope: coded("scope", row.try_get("scope")?, Scope::from_code)?,
        created_at: parsed("instant", row.try_get("created_at")?)?,
        expires_at: moment("expires_at")?,
        last_used_at: moment("last_used_at")?,
    })
}
