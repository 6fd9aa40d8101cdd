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
                let secret = pipeline::create_token(tracker, name, scope).await?;
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
                if tokens.is_empty() {
                    tell("there is no token; `onrecord token create` makes one");
                    return Ok(ExitCode::from(NOTHING));
                }
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
