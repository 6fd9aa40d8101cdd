//! Tokens: what a program or a browser shows to be let in.

use jiff::Timestamp;

/// What a token allows; each allows what those before it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Reading everything.
    Read,
    /// Saving and deleting searches, correcting what was read.
    Write,
    /// Saying where the tracker sends something to: webhooks, mailboxes.
    Admin,
}

impl Scope {
    /// Every scope, the narrowest first.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Admin];

    /// The name used in rows and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Admin => "admin",
        }
    }

    /// The scope of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// A token as it is kept: a digest of its secret, never the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is called.
    pub name: String,
    /// What it allows.
    pub scope: Scope,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops to let in; never, where there is none.
    pub expires_at: Option<Timestamp>,
    /// When it last let somebody in, to the hour.
    pub last_used_at: Option<Timestamp>,
}

impl Token {
    /// Whether it lets in at a time.
    pub fn is_valid(&self, at: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| at < end)
    }
}
