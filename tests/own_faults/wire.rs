//! What goes wrong on the wire: time, framing, sizes, content codings.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::{Case, case, play, says};
use crate::support::faulty::{Asked, Step, answer, article, head, page, send};

const HTML: (&str, &str) = ("content-type", "text/html; charset=utf-8");
const WORDS: &str = "The harbor master said on Monday that the ferry will run again";
/// What kernel and server may have taken off our hands when the client has left.
const UNDER_WAY: usize = 12 << 20;

fn news() -> String {
    article("Ferry to run", WORDS)
}

/// A head that promises nothing and then these steps.
fn after_head(fields: &[(&str, &str)], steps: Vec<Step>) -> Vec<Step> {
    let mut all = vec![Step::Send(head("200 OK", &[&[HTML], fields].concat(), "close"))];
    all.extend(steps);
    all
}

#[test]
fn a_site_that_takes_its_time_costs_no_more_than_the_time_allowed() {
    let pause = Duration::from_millis(150);
    let promised: [(&str, &str); 1] = [("content-length", "5000")];
    let cases = vec![
        case("nothing is said at all", |_| vec![Step::Hang])
            .ends(&["timed_out"])
            .documents(0),
        case("the head drips", move |_| vec![Step::Drip(page(news()), pause)])
            .ends(&["timed_out"])
            .documents(0),
        case("the head never ends", move |_| {
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()),
                Step::Drip(vec![b'x'; 2000], pause),
            ]
        })
        .ends(&["timed_out", "broken"])
        .documents(0),
        case("silence in the middle of the body", move |_| {
            after_head(&promised, vec![Step::Send(b"<p>The".to_vec()), Step::Hang])
        })
        .ends(&["timed_out"])
        .documents(0),
        case("the body drips", move |_| {
            after_head(&promised, vec![Step::Drip(vec![b'a'; 5000], pause)])
        })
        .ends(&["timed_out"])
        .documents(0),
        case("an interim answer and then silence", |_| {
            vec![
                Step::Send(b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec()),
                Step::Hang,
            ]
        })
        .ends(&["timed_out"])
        .documents(0),
        case("slow and in time", |_| {
            vec![Step::Wait(Duration::from_millis(700)), Step::Send(page(news()))]
        })
        .ends(&["changed"])
        .found("harbor master"),
        case("a body in two halves with a breath between", |_| {
            let bytes = page(news());
            let (first, second) = bytes.split_at(bytes.len() / 2);
            let breath = Step::Wait(Duration::from_millis(400));
            vec![Step::Send(first.to_vec()), breath, Step::Send(second.to_vec())]
        })
        .ends(&["changed"])
        .found("harbor master"),
    ];
    play("timeout = \"3s\"\nidle_timeout = \"1500ms\"", cases);
}

#[test]
fn an_answer_that_breaks_the_protocol_is_no_page() {
    let broken = |name: &str, bytes: Vec<u8>| says(name, bytes).ends(&["broken"]).documents(0);
    let with = |fields: &[(&str, &str)], body: &[u8]| {
        let mut bytes = head("200 OK", &[&[HTML], fields].concat(), "close");
        bytes.extend_from_slice(body);
        bytes
    };
    let body = news();
    let longer = (body.len() + 500).to_string();
    let length = body.len().to_string();
    let chunked = ("transfer-encoding", "chunked");
    let many: String = (0..20_000).map(|number| format!("x-{number}: v\r\n")).collect();
    let cases = vec![
        broken(
            "a body shorter than promised",
            with(&[("content-length", &longer)], body.as_bytes()),
        ),
        broken(
            "chunks without a last one",
            with(&[chunked], format!("{:x}\r\n{body}\r\n", body.len()).as_bytes()),
        ),
        broken(
            "a chunk of no size",
            with(&[chunked], b"size\r\nhello\r\n0\r\n\r\n"),
        ),
        broken(
            "a chunk longer than memory",
            with(&[chunked], b"ffffffffffffffff\r\nhello"),
        ),
        broken(
            "two lengths",
            with(
                &[("content-length", "10"), ("content-length", &length)],
                body.as_bytes(),
            ),
        ),
        broken(
            "a length below nothing",
            with(&[("content-length", "-5")], body.as_bytes()),
        ),
        broken(
            "a length that is no number",
            with(&[("content-length", "many")], body.as_bytes()),
        ),
        broken("another protocol", b"SSH-2.0-server\r\n\r\n".to_vec()),
        broken("a page without a head", body.clone().into_bytes()),
        broken("a status that is no number", b"HTTP/1.1 OK fine\r\n\r\n".to_vec()),
        case("broken off in the body", move |_| {
            let bytes = page(news());
            vec![Step::Send(bytes[..bytes.len() / 2].to_vec()), Step::Reset]
        })
        .ends(&["broken", "unreachable"])
        .documents(0),
        case("closed without a word", |_| Vec::new())
            .ends(&["unreachable", "broken"])
            .documents(0)
            .at_most(2),
        says("a body ended by closing", with(&[], body.as_bytes()))
            .ends(&["changed"])
            .found("harbor master"),
        says(
            "interim answers first",
            [
                &b"HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"[..],
                &page(&body),
            ]
            .concat(),
        )
        .ends(&["changed"])
        .found("harbor master"),
        case("kept alive and now and then closed silently", |asked| {
            let body = article(&format!("Page {}", asked.target), WORDS);
            let length = body.len().to_string();
            let mut bytes = head("200 OK", &[HTML, ("content-length", &length)], "keep-alive");
            bytes.extend(body.into_bytes());
            if asked.target.ends_with(['3', '7']) {
                return send(bytes);
            }
            vec![Step::Send(bytes), Step::Keep]
        })
        .paths((0..12).map(|number| format!("/page/{number}")))
        .ends(&["changed"])
        .documents(12),
        says(
            "a field of two megabytes",
            with(&[("x-big", &"a".repeat(2_000_000))], body.as_bytes()),
        )
        .ends(&["broken"])
        .documents(0),
        says(
            "twenty thousand fields",
            format!("HTTP/1.1 200 OK\r\n{many}content-length: 4\r\n\r\ntext").into_bytes(),
        )
        .ends(&["broken", "changed"]),
        case("fields without end", |_| {
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()),
                Step::Flood(b"x-more: and more\r\n".repeat(1000)),
            ]
        })
        .ends(&["broken"])
        .documents(0)
        .check(stopped_in_time),
    ];
    play("timeout = \"20s\"\nidle_timeout = \"10s\"", cases);
}

/// The client left before it had taken much.
fn stopped_in_time(log: &[Asked]) -> Result<(), String> {
    match log.iter().map(|asked| asked.sent).max() {
        Some(sent) if sent > UNDER_WAY => Err(format!("{sent} bytes were taken")),
        _ => Ok(()),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut coder = GzEncoder::new(Vec::new(), Compression::default());
    coder.write_all(bytes).expect("in memory");
    coder.finish().expect("in memory")
}

#[test]
fn a_body_too_large_or_badly_packed_is_bounded_and_told_apart() {
    let coded = |name: &str, coding: &str, body: &[u8]| {
        let fields = [HTML, ("content-encoding", coding)];
        says(name, answer("200 OK", &fields, body))
    };
    let body = news();
    let bytes = body.as_bytes();
    let packed = gzip(bytes);
    let noise: String = (0..3_000_u32)
        .map(|number| format!("{:x} ", number.wrapping_mul(2_654_435_761)))
        .collect();
    let large = gzip(article("Noise", &noise).as_bytes());
    let mut damaged = large.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    let mut wrong_sum = packed.clone();
    let sum = wrong_sum.len() - 6;
    wrong_sum[sum] ^= 0xff;
    let (first, second) = bytes.split_at(bytes.len() / 3);
    let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
    raw.write_all(bytes).expect("in memory");
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(bytes).expect("in memory");
    let bomb = gzip(&vec![b'a'; 50_000_000]);
    let bomb_of_members = gzip(&vec![b'a'; 400_000]).repeat(20);
    let read = |case: Case| case.ends(&["changed"]).found("harbor master");
    let broken = |case: Case| case.ends(&["broken", "too_large"]).documents(0);
    let cases = vec![
        case("a body without end", |_| {
            after_head(&[], vec![Step::Flood(vec![b'a'; 64 << 10])])
        })
        .ends(&["too_large"])
        .documents(0)
        .check(stopped_in_time),
        case("chunks without end", |_| {
            let chunk = [b"10000\r\n".as_slice(), &[b'a'; 0x10000], b"\r\n"].concat();
            after_head(&[("transfer-encoding", "chunked")], vec![Step::Flood(chunk)])
        })
        .ends(&["too_large"])
        .documents(0)
        .check(stopped_in_time),
        says("a body over the limit", page("a".repeat(400_000)))
            .ends(&["too_large"])
            .again(&["too_large"])
            .documents(0),
        broken(coded("a bomb", "gzip", &bomb)),
        broken(coded("a bomb of many members", "gzip", &bomb_of_members)),
        broken(coded(
            "a bomb packed twice",
            "gzip, gzip",
            &gzip(&gzip(&vec![b'a'; 20_000_000])),
        )),
        broken(coded("packed and cut off", "gzip", &large[..middle])),
        broken(coded("packed and damaged", "gzip", &damaged)),
        broken(coded("packed with a wrong sum", "gzip", &wrong_sum)),
        broken(coded("packed in a way nobody knows", "x-rot13", bytes)),
        read(coded("packed", "gzip", &packed)),
        read(coded(
            "packed in two members",
            "gzip",
            &[gzip(first), gzip(second)].concat(),
        )),
        read(coded("packed twice", "gzip, gzip", &gzip(&packed))),
        read(coded(
            "deflated raw",
            "deflate",
            &raw.finish().expect("in memory"),
        )),
        read(coded(
            "deflated in zlib",
            "deflate",
            &zlib.finish().expect("in memory"),
        )),
        read(coded("packed by its other name", "x-gzip", &packed)),
        read(says("packed and not said to be", page(&packed))),
        coded("said to be packed and not", "gzip", bytes).ends(&["broken", "changed"]),
    ];
    play("timeout = \"30s\"\nidle_timeout = \"10s\"", cases);
}
