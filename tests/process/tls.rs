//! Certificates.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::support::Workspace;
use crate::support::site::Site;

/// A certificate for 127.0.0.1, good for a hundred years and signed by itself, made for this test.
const CERTIFICATE: &str = "MIIBmTCCAT6gAwIBAgIUB7H7tDqIC4OeysTLppg8SZxTvy8wCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJMTI3LjAuMC4xMCAX\
    DTIwMDcyNDIwMTkzMVoYDzIxMjAwNjMwMjAxOTMxWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO\
    PQMBBwNCAARy3Qd+0cV4wZu/V3ictR9bWxumCEl9U3UDDj8Q89ouE7Z1AYb0BuEl3TLPGOpx5AnamZ6WyPgsGOx/8jT1lCIs\
    o2wwajAdBgNVHQ4EFgQU6TNSJ07K9GXPilApcNLCNM4XAYIwHwYDVR0jBBgwFoAU6TNSJ07K9GXPilApcNLCNM4XAYIwGgYD\
    VR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDSQAwRgIhAKE7qAeiSC2B3BV0UZlp\
    caOpKCSxGVsY8y6LA47QTh3SAiEAmvJ6/42A2uKcVnoO1fIP37nPvJ7Q1pwNCcm4fL+0AB8=";
/// Its key, which guards nothing.
const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgikExZ4T274gv7QnjXqqEvf7/LNCsdWXHBM04DipZivyhRANC\
    AARy3Qd+0cV4wZu/V3ictR9bWxumCEl9U3UDDj8Q89ouE7Z1AYb0BuEl3TLPGOpx5AnamZ6WyPgsGOx/8jT1lCIs";

/// A TLS server that counts who came and who went on to ask for something.
fn serve(came: Arc<AtomicUsize>, asked: Arc<AtomicUsize>) -> u16 {
    let bytes = |text: &str| data_encoding::BASE64.decode(text.as_bytes()).expect("base64");
    let key = PrivateKeyDer::try_from(bytes(KEY)).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(bytes(CERTIFICATE))], key)
        .expect("a pair");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let port = listener.local_addr().expect("bound").port();
    let config = Arc::new(config);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            came.fetch_add(1, Ordering::SeqCst);
            let mut tls = rustls::ServerConnection::new(Arc::clone(&config)).expect("a connection");
            while tls.is_handshaking() {
                if tls.complete_io(&mut stream).is_err() {
                    break;
                }
            }
            if !tls.is_handshaking() && tls.complete_io(&mut stream).is_ok() {
                asked.fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    port
}

#[test]
pub(crate) fn a_certificate_that_nobody_signed_is_refused() {
    let (came, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let port = serve(Arc::clone(&came), Arc::clone(&asked));
    let lists = Site::new();
    lists.put(
        "/list.txt",
        200,
        "text/plain",
        format!("https://127.0.0.1:{port}/page\n"),
    );
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/signed.toml",
        &format!(
            "name = \"Signed\"\nkind = \"official\"\nhome = \"https://127.0.0.1:{port}/\"\nallow_private = true\n\
             [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
            lists.url("/list.txt")
        ),
    );
    workspace.crawl(&[]);
    let status = workspace.lines(0, &["status", "--json"]).remove(0);
    assert_eq!(
        status["outcomes"],
        serde_json::json!({"tls_failed": 1}),
        "{status}"
    );
    assert!(came.load(Ordering::SeqCst) > 0, "nobody came");
    assert_eq!(asked.load(Ordering::SeqCst), 0, "something was asked for");
}
