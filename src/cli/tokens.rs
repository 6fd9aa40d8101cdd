//! `onrecord token`: who is let in.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::arguments::{GivenScope, TokenCommand};
use super::output::{DONE, NOTHING, plain, tell};
use super::session;
use crate::model::token::Scope;
use crate::pipeline;

pub(super) fn run(workspace: Option<&Path>, command: &TokenCommand) -> anyhow::Result<ExitCode> {
    session::with_tracker(workspace, async |tracker| {
        let mut output = std::io::stdout().lock();
        match command {
            TokenCommand::Create { name, scope } => {
                let scope = match scope {
                    GivenScope::Read => Scope::Read,
                    GivenScope::Write => Scope::Write,
                    GivenScope::Admin => Scope::Admin,
                };
                let Some(secret) = pipeline::create_token(tracker, name, scope).await? else {
                    bail!("there is a token named `{name}` already; revoke it, or take another name");
                };
                tell("this is shown once; only a digest of it is kept");
                writeln!(output, "{secret}")?;
            }
            TokenCommand::List => {
                let tokens = tracker.store.tokens().await?;
                for token in &tokens {
                    let (scope, made) = (
                        token.scope.code(),
                        token.created_at.strftime("%Y-%m-%d %H:%M UTC"),
                    );
                    writeln!(output, "{scope:5}  {made}  {}", plain(&token.name))?;
                }
                return Ok(ExitCode::from(if tokens.is_empty() { NOTHING } else { DONE }));
            }
            TokenCommand::Revoke { name } => {
                if !tracker.store.revoke_token(name).await? {
                    bail!("there is no token named `{name}`");
                }
                tell(&format!("`{}` lets nobody in any more", plain(name)));
            }
        }
        Ok(ExitCode::from(DONE))
    })
}
