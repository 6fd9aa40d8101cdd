//! The HTTP client: sends one request and tells the ways it can fail apart.

use std::sync::Once;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    TRANSFER_ENCODING, USER_AGENT,
};
use reqwest::{Response, Version};
use tokio::time::{Instant, timeout_at};
use url::{Position, Url};

use super::failure::{in_words, is_stale_connection, outcome_of};
use super::guard::{self, Resolver};
use super::{ClientSettings, Exchange, FetchError, FetchOutcome, Request, body};
use crate::model::outcome::Outcome;

/// Every kind of document a source may announce.
const ACCEPTED: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/// What [`super::coding::decode`] undoes.
const ACCEPTED_CODINGS: &str = "gzip, deflate";
/// A connection left alone longer than this is not used again: servers close theirs silently.
const POOL_IDLE: Duration = Duration::from_secs(15);

/// Makes requests: no redirects, no proxies, no cookies, no decoding.
#[derive(Clone, Debug)]
pub struct Client {
    settings: ClientSettings,
    user_agent: HeaderValue,
    /// Connects to public addresses only.
    guarded: reqwest::Client,
    /// Connects anywhere; for sources that say `allow_private`.
    open: reqwest::Client,
}

impl Client {
    /// Builds a client; it is cheap to clone and meant to be made once.
    pub fn new(settings: &ClientSettings) -> Result<Self, FetchError> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Another provider installed by whoever embeds us serves as well.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let user_agent = HeaderValue::from_str(&settings.user_agent)
            .map_err(|_| FetchError::UserAgent(settings.user_agent.clone()))?;
        Ok(Self {
            settings: settings.clone(),
            user_agent,
            guarded: engine(settings, false)?,
            open: engine(settings, true)?,
        })
    }

    /// Whether an address may be asked at all, as far as it tells without its name being resolved.
    pub fn check(&self, url: &Url, allow_private: bool) -> Result<(), guard::Refusal> {
        guard::check_url(url, self.settings.ports_of(url), allow_private)
    }

    /// Sends one request and reads the answer.
    ///
    /// A connection kept from an earlier request may have been closed by the server in the meantime,
    /// which shows only when it is used; such a request is sent once more.
    pub async fn get(&self, request: &Request) -> FetchOutcome {
        if let Err(refusal) = self.check(&request.url, request.allow_private) {
            return failed(Outcome::Refused, refusal.to_string());
        }
        let headers = match self.headers(request) {
            Ok(headers) => headers,
            Err(detail) => return failed(Outcome::Refused, detail),
        };
        let started_at = Timestamp::now();
        let started = Instant::now();
        let deadline = started + self.settings.timeout_total;
        let answer = async {
            match self.send(request, &headers).await {
                Err(error) if is_stale_connection(&error) => self.send(request, &headers).await,
                answer => answer,
            }
        };
        let mut response = match timeout_at(deadline, answer).await {
            Err(_) => return failed(Outcome::TimedOut, "no answer in time".to_string()),
            Ok(Err(error)) => return failed(outcome_of(&error), in_words(&error)),
            Ok(Ok(response)) => response,
        };
        let (body, truncated) = body::read(
            &mut response,
            self.settings.max_body_bytes,
            self.settings.timeout_idle,
            deadline,
        )
        .await;
        FetchOutcome::Answered(Box::new(Exchange {
            url: request.url.clone(),
            started_at,
            elapsed: started.elapsed(),
            conditional: request.etag.is_some() || request.last_modified.is_some(),
            status: response.status().as_u16(),
            version: version(&response),
            headers: (response.headers().iter())
                .map(|(name, value)| (name.as_str().to_string(), value.as_bytes().to_vec()))
                .collect(),
            request_head: request_head(&request.url, &headers),
            response_head: response_head(&response),
            body,
            truncated,
            remote: response.remote_addr().map(|address| address.ip()),
        }))
    }

    /// Posts a message and answers the status, or why there is none. Redirects are not followed: what is posted is meant
    /// for one address.
    pub async fn post(
        &self,
        url: &Url,
        fields: &[(&str, &str)],
        body: String,
        allow_private: bool,
    ) -> Result<u16, String> {
        self.check(url, allow_private)
            .map_err(|refusal| refusal.to_string())?;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, self.user_agent.clone());
        for (name, value) in fields {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
            headers.insert(
                name,
                HeaderValue::from_str(value).map_err(|error| error.to_string())?,
            );
        }
        let engine = if allow_private { &self.open } else { &self.guarded };
        let sent = engine.post(url.clone()).headers(headers).body(body).send();
        match timeout_at(Instant::now() + self.settings.timeout_total, sent).await {
            Err(_) => Err("no answer in time".into()),
            Ok(Err(error)) => Err(in_words(&error)),
            Ok(Ok(response)) => Ok(response.status().as_u16()),
        }
    }

    async fn send(&self, request: &Request, headers: &HeaderMap) -> Result<Response, reqwest::Error> {
        let engine = if request.allow_private {
            &self.open
        } else {
            &self.guarded
        };
        engine
            .get(request.url.clone())
            .headers(headers.clone())
            .send()
            .await
    }

    fn headers(&self, request: &Request) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ACCEPTED_CODINGS));
        for (name, value) in [
            (IF_NONE_MATCH, &request.etag),
            (IF_MODIFIED_SINCE, &request.last_modified),
        ] {
            if let Some(value) = value {
                let value = HeaderValue::from_str(value)
                    .or_else(|_| HeaderValue::from_bytes(value.as_bytes()))
                    .map_err(|_| format!("{name} `{value}` cannot be sent"))?;
                headers.insert(name, value);
            }
        }
        Ok(headers)
    }
}

fn engine(settings: &ClientSettings, allow_private: bool) -> Result<reqwest::Client, FetchError> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // A proxy of the environment would resolve names for us, past the guard.
        .no_proxy()
        .dns_resolver(Resolver { allow_private })
        .connect_timeout(settings.timeout_connect)
        // One host is asked for one thing at a time, so one spare connection is all that can be used.
        .pool_max_idle_per_host(1)
        .pool_idle_timeout(POOL_IDLE)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .build()
        .map_err(FetchError::Client)
}

fn failed(outcome: Outcome, detail: String) -> FetchOutcome {
    FetchOutcome::Failed { outcome, detail }
}

fn version(response: &Response) -> &'static str {
    match response.version() {
        Version::HTTP_09 | Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2",
        _ => "HTTP/1.1",
    }
}

/// The request as the client writes it; over HTTP/2 the same fields go in frames, which an archive
/// has no other way to write down.
fn request_head(url: &Url, headers: &HeaderMap) -> Vec<u8> {
    let target = &url[Position::BeforePath..Position::AfterQuery];
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let mut head = format!("GET {target} HTTP/1.1\r\n").into_bytes();
    push_fields(&mut head, headers);
    head.extend_from_slice(format!("host: {host}\r\n\r\n").as_bytes());
    head
}

/// The answer's head for the archive. The transfer coding is gone from the body we hold, so its field
/// is kept under another name: a reader of the archive must not try to undo it again.
fn response_head(response: &Response) -> Vec<u8> {
    let status = response.status();
    let reason = (response.extensions().get::<hyper::ext::ReasonPhrase>()).map_or(
        status.canonical_reason().unwrap_or_default().as_bytes(),
        |reason| reason.as_bytes(),
    );
    let version = if response.version() == Version::HTTP_10 {
        "1.0"
    } else {
        "1.1"
    };
    let mut head = format!("HTTP/{version} {} ", status.as_u16()).into_bytes();
    head.extend_from_slice(reason);
    head.extend_from_slice(b"\r\n");
    push_fields(&mut head, response.headers());
    head.extend_from_slice(b"\r\n");
    head
}

fn push_fields(head: &mut Vec<u8>, headers: &HeaderMap) {
    for (name, value) in headers {
        if name == TRANSFER_ENCODING {
            head.extend_from_slice(b"x-archive-orig-");
        }
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;
    use tokio::net::TcpListener;

    use super::*;
    use crate::fetch::loopback::{Site, Step};
    use crate::model::capture::Truncation;

    fn client() -> Client {
        Client::new(&ClientSettings {
            user_agent: "Onrecord/1.0 (desk@example.org)".to_string(),
            timeout_connect: Duration::from_secs(2),
            timeout_total: Duration::from_millis(900),
            timeout_idle: Duration::from_millis(300),
            max_body_bytes: 1000,
            ports: vec![80, 443],
            ..ClientSettings::default()
        })
        .expect("built")
    }

    async fn asked(site: &Site) -> FetchOutcome {
        client().get(&site.request()).await
    }

    #[track_caller]
    fn exchange(outcome: FetchOutcome) -> Exchange {
        match outcome {
            FetchOutcome::Answered(exchange) => *exchange,
            failed => panic!("{failed:?}"),
        }
    }

    #[track_caller]
    fn check_failed(outcome: FetchOutcome, expected: Outcome) {
        match outcome {
            FetchOutcome::Failed { outcome, detail } => assert_eq!(outcome, expected, "{detail}"),
            answered => panic!("{answered:?}"),
        }
    }

    /// The body that comes of an answer, and what cut it.
    #[track_caller]
    fn check_body(outcome: FetchOutcome, body: &[u8], truncated: Option<Truncation>) {
        let exchange = exchange(outcome);
        assert_eq!(exchange.truncated, truncated);
        assert_eq!(
            String::from_utf8_lossy(&exchange.body),
            String::from_utf8_lossy(body)
        );
    }

    #[tokio::test]
    async fn both_heads_are_kept_as_they_went_over_the_wire() {
        let answer = "HTTP/1.1 200 Quite fine\r\ncontent-length: 4\r\netag: W/\"x\"\r\n\r\ntext";
        let site = Site::saying(answer).await;
        let mut request = site.request();
        request.etag = Some("W/\"x\"".to_string());
        request.last_modified = Some("Fri, 06 Feb 2026 10:00:00 GMT".to_string());
        let exchange = exchange(client().get(&request).await);
        let (head, body) = answer.split_at(answer.len() - 4);
        assert_eq!(String::from_utf8_lossy(&exchange.response_head), head);
        assert_eq!(exchange.body, body.as_bytes());
        assert_eq!(exchange.header("ETag"), Some("W/\"x\""));
        assert_eq!(exchange.remote, Some("127.0.0.1".parse().expect("valid")));
        assert_eq!(
            (exchange.status, exchange.version, exchange.conditional),
            (200, "HTTP/1.1", true)
        );
        assert_eq!(site.seen(), [String::from_utf8_lossy(&exchange.request_head)]);
        assert!(site.seen()[0].contains("if-none-match: W/\"x\"\r\nif-modified-since: Fri, 06 Feb 2026"));
    }

    #[tokio::test]
    async fn a_redirect_is_an_answer_and_is_not_followed() {
        let site = Site::saying("HTTP/1.1 301 Moved\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n").await;
        let exchange = exchange(asked(&site).await);
        assert_eq!(exchange.outcome(), Outcome::Redirected);
        assert_eq!(
            exchange.redirect().map(|url| url.path().to_string()).as_deref(),
            Some("/b")
        );
        assert_eq!(site.seen().len(), 1);
    }

    #[tokio::test]
    async fn a_coded_body_is_kept_coded() {
        let body = [0x1f, 0x8b, 1, 2, 3];
        let mut answer = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\n".to_vec();
        answer.extend(body);
        check_body(asked(&Site::saying(answer).await).await, &body, None);
    }

    #[tokio::test]
    async fn chunks_are_joined_and_their_field_is_renamed() {
        let site = Site::saying(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nThe\r\n4\r\n end\r\n0\r\n\r\n",
        )
        .await;
        let exchange = exchange(asked(&site).await);
        assert_eq!(exchange.body, b"The end");
        let head = String::from_utf8_lossy(&exchange.response_head).into_owned();
        assert!(
            head.contains("\r\nx-archive-orig-transfer-encoding: chunked\r\n"),
            "{head}"
        );
    }

    #[tokio::test]
    async fn a_body_ended_by_closing_is_whole() {
        check_body(
            asked(&Site::saying("HTTP/1.0 200 OK\r\n\r\ntext").await).await,
            b"text",
            None,
        );
    }

    #[tokio::test]
    async fn an_endless_body_is_cut_at_the_limit() {
        let head = Step::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec());
        let flood = Step::Repeat(vec![b'a'; 600], Duration::ZERO);
        let site = Site::playing(vec![vec![head, flood]], false).await;
        check_body(asked(&site).await, &[b'a'; 1000], Some(Truncation::Length));
    }

    #[tokio::test]
    async fn a_body_just_at_the_limit_is_whole() {
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{}",
            "a".repeat(1000)
        );
        check_body(asked(&Site::saying(answer).await).await, &[b'a'; 1000], None);
    }

    #[tokio::test]
    async fn a_body_that_falls_silent_or_only_drips_is_cut_in_time() {
        let head = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nte".to_vec());
        let silence = Step::Pause(Duration::from_secs(60));
        let site = Site::playing(vec![vec![head.clone(), silence]], false).await;
        check_body(asked(&site).await, b"te", Some(Truncation::Time));
        let drip = Step::Repeat(b"x".to_vec(), Duration::from_millis(100));
        let site = Site::playing(vec![vec![head, drip]], false).await;
        assert_eq!(exchange(asked(&site).await).outcome(), Outcome::TimedOut);
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_kept_as_far_as_it_came() {
        let site = Site::saying("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\ntext").await;
        check_body(asked(&site).await, b"text", Some(Truncation::Disconnect));
        let site = Site::saying("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\ntext\r\n").await;
        check_body(asked(&site).await, b"text", Some(Truncation::Disconnect));
    }

    #[tokio::test]
    async fn a_server_that_never_answers_times_out() {
        let site = Site::playing(vec![vec![Step::Pause(Duration::from_secs(60))]], false).await;
        check_failed(asked(&site).await, Outcome::TimedOut);
        assert_eq!(site.seen().len(), 1);
    }

    #[tokio::test]
    async fn a_head_that_only_drips_times_out() {
        let script = vec![
            Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()),
            Step::Repeat(b"a: b\r\n".to_vec(), Duration::from_millis(100)),
        ];
        check_failed(
            asked(&Site::playing(vec![script], false).await).await,
            Outcome::TimedOut,
        );
    }

    #[tokio::test]
    async fn what_is_no_answer_of_http_is_broken() {
        for answer in [
            "SMTP ready\r\n\r\n".to_string(),
            "HTTP/1.1 abc OK\r\n\r\n".to_string(),
            "HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 7\r\n\r\ntext".to_string(),
            format!("HTTP/1.1 200 OK\r\na: {}\r\n\r\n", "b".repeat(1_000_000)),
        ] {
            check_failed(asked(&Site::saying(answer).await).await, Outcome::Broken);
        }
    }

    #[tokio::test]
    async fn a_request_on_a_connection_closed_meanwhile_is_sent_again() {
        let answer = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ntext".to_vec());
        let site = Site::playing(vec![vec![answer.clone()], vec![], vec![answer]], false).await;
        let client = client();
        for _ in 0..2 {
            check_body(client.get(&site.request()).await, b"text", None);
        }
    }

    #[tokio::test]
    async fn a_server_that_always_hangs_up_is_unreachable_after_two_tries() {
        let site = Site::playing(vec![vec![]], false).await;
        check_failed(asked(&site).await, Outcome::Unreachable);
        assert_eq!(site.seen().len(), 2);
    }

    #[tokio::test]
    async fn one_connection_serves_many_requests() {
        let answer = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ntext".to_vec());
        let site = Site::playing(vec![vec![answer]], true).await;
        let client = client();
        for _ in 0..3 {
            check_body(client.get(&site.request()).await, b"text", None);
        }
        assert_eq!(site.seen().len(), 3);
    }

    #[tokio::test]
    async fn what_cannot_be_reached_is_told_apart() {
        let open = |url: &str| Request {
            allow_private: true,
            ..Request::new(Url::parse(url).expect(url))
        };
        check_failed(
            client().get(&open("http://nobody.invalid/")).await,
            Outcome::NameUnknown,
        );
        let unused = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = unused.local_addr().expect("bound");
        drop(unused);
        check_failed(
            client().get(&open(&format!("http://{address}/"))).await,
            Outcome::Unreachable,
        );
        let site = Site::saying("HTTP/1.1 200 OK\r\n\r\n").await;
        let mut plain = open(site.url.as_str());
        plain.url.set_scheme("https").expect("both are special");
        let clear_text = "a server that answers a handshake in clear text";
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        plain
            .url
            .set_port(Some(listener.local_addr().expect("bound").port()))
            .expect("has a host");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.write_all(clear_text.as_bytes()).await;
            }
        });
        check_failed(client().get(&plain).await, Outcome::TlsFailed);
    }

    #[test]
    fn a_port_is_open_for_the_hosts_that_have_it() {
        let client = Client::new(&ClientSettings {
            host_ports: [("town.example".to_string(), vec![443, 8000])].into(),
            ..ClientSettings::default()
        })
        .expect("built");
        let passes = |address: &str| client.check(&address.parse().expect("valid"), false).is_ok();
        assert!(passes("https://town.example:8000/") && passes("https://town.example/"));
        assert!(passes("https://other.example:8443/") && !passes("https://other.example:8000/"));
    }

    #[tokio::test]
    async fn private_addresses_are_refused_before_connecting() {
        let site = Site::saying("HTTP/1.1 200 OK\r\n\r\ntext").await;
        let port = site.url.port().expect("not the usual one");
        let client = Client::new(&ClientSettings {
            ports: vec![port],
            ..ClientSettings::default()
        })
        .expect("built");
        for host in [
            "127.0.0.1",
            "localhost",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "2130706433",
        ] {
            let url = Url::parse(&format!("http://{host}:{port}/")).expect(host);
            check_failed(client.get(&Request::new(url)).await, Outcome::Refused);
        }
        check_failed(
            client
                .get(&Request::new(Url::parse("file:///a").expect("valid")))
                .await,
            Outcome::Refused,
        );
        assert_eq!(site.seen(), [""; 0]);
    }

    #[test]
    fn a_user_agent_that_cannot_be_sent_is_an_error() {
        let settings = ClientSettings {
            user_agent: "a\nb".to_string(),
            ..ClientSettings::default()
        };
        assert!(matches!(Client::new(&settings), Err(FetchError::UserAgent(_))));
    }
}
