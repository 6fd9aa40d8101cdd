//! Tokens, by the digests of their secrets.

use jiff::Timestamp;
use sqlx::Row;

use super::values::{coded, instant, parsed};
use super::{Store, StoreError};
use crate::model::token::{Scope, Token};

impl Store {
    /// Keeps a token; answers whether its name was free.
    pub async fn add_token(&self, token: &Token, digest: &str) -> Result<bool, StoreError> {
        let added = sqlx::query(
            "INSERT INTO tokens (name, digest, scope, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(&token.name)
        .bind(digest)
        .bind(token.scope.code())
        .bind(instant(token.created_at))
        .execute(&self.writer)
        .await?;
        Ok(added.rows_affected() > 0)
    }

    /// Every token, by name.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let rows = sqlx::query("SELECT name, scope, created_at FROM tokens ORDER BY name")
            .fetch_all(&self.readers)
            .await?;
        let tokens = rows.iter().map(|row| {
            Ok(Token {
                name: row.try_get("name")?,
                scope: coded("scope", row.try_get("scope")?, Scope::from_code)?,
                created_at: parsed::<Timestamp>("instant", row.try_get("created_at")?)?,
            })
        });
        tokens.collect()
    }

    /// What the token with this digest allows, if there is one.
    pub async fn scope_of_token(&self, digest: &str) -> Result<Option<Scope>, StoreError> {
        let row = sqlx::query("SELECT scope FROM tokens WHERE digest = $1")
            .bind(digest)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| coded("scope", row.try_get("scope")?, Scope::from_code))
            .transpose()
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
