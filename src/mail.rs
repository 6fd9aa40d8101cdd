//! A letter in, sent by SMTP (RFC 5321). The only place that names lettre.

use std::time::Duration;

use lettre::message::{Mailbox, header};
use lettre::transport::smtp::response::Code;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// How long a server may take to be reached.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long it may take for a letter that is to arrive. Of that ten minutes are for its last answer (RFC 5321, 4.5.3.2.6): it may look through the
/// letter before it takes it, and whoever gives up earlier sends it again.
pub const LONGEST: Duration = Duration::from_secs(13 * 60);

/// Why a letter cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The server's address cannot be read.
    #[error("`mail.server` is no address of a mail server, such as smtps://user:password@mail.example.org")]
    Server(#[source] lettre::transport::smtp::Error),
    /// An address is none.
    #[error("`{address}` is no mail address")]
    Address {
        /// The address.
        address: String,
    },
    /// The letter cannot be written.
    #[error("the letter cannot be written")]
    Letter(#[source] lettre::error::Error),
    /// The server knows nobody of that address.
    #[error("the mail server has no such mailbox")]
    NoMailbox(#[source] lettre::transport::smtp::Error),
    /// The server does not take it.
    #[error("the mail server does not take the letter")]
    Refused(#[source] lettre::transport::smtp::Error),
    /// The server took the connection and did not say in time what became of the letter.
    #[error("the mail server did not answer within {} seconds", .0.as_secs())]
    Silent(Duration),
}

impl MailError {
    /// Whether it makes no sense to try again: a server's address can be mended, and a password, but not the letter, nor an
    /// address that the server says it has not.
    pub fn is_final(&self) -> bool {
        match self {
            MailError::Address { .. } | MailError::Letter(_) | MailError::NoMailbox(_) => true,
            MailError::Refused(_) | MailError::Server(_) | MailError::Silent(_) => false,
        }
    }
}

/// Whether a reply says that there is no such mailbox (RFC 5321, 4.2.3).
fn is_no_mailbox(code: &str) -> bool {
    matches!(code, "550" | "551" | "553")
}

/// A letter of plain text.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Who writes.
    pub from: &'a str,
    /// Who is written to.
    pub to: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// What tells it from every other one: the same letter sent twice has the same.
    pub id: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// Whether this is a mail address.
pub fn check_address(address: &str) -> Result<(), MailError> {
    mailbox(address).map(drop)
}

fn mailbox(address: &str) -> Result<Mailbox, MailError> {
    address.parse().map_err(|_| MailError::Address {
        address: address.to_owned(),
    })
}

/// Sends a letter by the server at an address: `smtps://user:password@host`, `smtp://host:25`,
/// `smtp://user:password@host:587?tls=required`. It is given up after `longest`, whatever the server does.
pub async fn send(server: &str, letter: &Letter<'_>, longest: Duration) -> Result<(), MailError> {
    let from = mailbox(letter.from)?;
    let id = format!("<{}@{}>", letter.id, from.email.domain());
    let message = Message::builder()
        .from(from)
        .to(mailbox(letter.to)?)
        .subject(letter.subject)
        .message_id(Some(id))
        .header(header::ContentType::TEXT_PLAIN)
        .body(letter.text.to_owned())
        .map_err(MailError::Letter)?;
    let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
        .map_err(MailError::Server)?
        .timeout(Some(TIMEOUT))
        .build();
    // The engine's own limit ends with the connection: a server that takes it and is silent from then on would be waited for
    // without end.
    let sent = tokio::time::timeout(longest, server.send(message)).await;
    sent.map_err(|_| MailError::Silent(longest))?.map_err(failed)?;
    Ok(())
}

fn failed(error: lettre::transport::smtp::Error) -> MailError {
    let has_none = |code: Code| is_no_mailbox(&code.to_string());
    match error.status().is_some_and(has_none) {
        true => MailError::NoMailbox(error),
        false => MailError::Refused(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_mail_address_is_said_so() {
        assert!(check_address("Desk <desk@example.org>").is_ok());
        let refused = check_address("desk at example").expect_err("none");
        assert!(refused.is_final() && refused.to_string().contains("desk at example"));
    }

    #[tokio::test]
    async fn a_server_that_says_nothing_is_not_waited_for_without_end() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        // It takes every connection and is silent from then on.
        let silent = std::thread::spawn(move || listener.accept().map(|(connection, _)| connection));
        let letter = Letter {
            from: "desk@town.example",
            to: "ana@town.example",
            subject: "The pier",
            id: "1",
            text: "It is open.",
        };
        let server = format!("smtp://{address}");
        let sent = send(&server, &letter, Duration::from_millis(300));
        let sent = tokio::time::timeout(Duration::from_secs(20), sent).await;
        let error = sent.expect("it ends").expect_err("nobody took it");
        assert!(
            matches!(error, MailError::Silent(_)) && !error.is_final(),
            "{error}"
        );
        drop(silent.join());
    }

    #[test]
    fn only_what_has_no_mailbox_is_given_up() {
        assert!(is_no_mailbox("550") && is_no_mailbox("553"));
        // A full box, a wrong password and a busy server may be other things tomorrow.
        assert!(
            ["452", "535", "421", "554"]
                .iter()
                .all(|code| !is_no_mailbox(code))
        );
    }
}
