//! What the answers say: statuses, validators, Retry-After.

use std::time::{Duration, Instant};

use super::{Case, case, play, says};
use crate::support::faulty::{Asked, answer, article, page, send};

const HTML: (&str, &str) = ("content-type", "text/html");

fn news() -> String {
    article(
        "Ferry to run",
        "The ferry will run again, said the harbor master on Monday",
    )
}

#[test]
fn a_status_is_taken_at_its_word() {
    let status = |status: &str| says(status, answer(status, &[HTML], news()));
    let once = |case: Case| case.documents(0).at_most(1);
    let sorry = "Sorry, the page you requested could not be found. It may have been moved or deleted.";
    let mut cases = vec![
        once(status("404 Not Found")).ends(&["not_found"]),
        once(status("410 Gone")).ends(&["gone"]),
        once(status("422 Unprocessable Content")).ends(&["client_error"]),
        once(status("500 Internal Server Error")).ends(&["server_error"]),
        once(status("502 Bad Gateway")).ends(&["server_error"]),
        once(status("599 Nobody Knows")).ends(&["server_error"]),
        once(status("999 Go away")).ends(&["broken", "blocked"]),
        once(says("204 and nothing", answer("204 No Content", &[], ""))).ends(&["empty"]),
        once(says("200 and nothing", page(""))).ends(&["empty"]),
        once(says(
            "304 to who did not ask",
            answer("304 Not Modified", &[], ""),
        ))
        .ends(&["broken"]),
        once(says("200 and not found", page(article("Page not found", sorry)))).ends(&["not_found"]),
        once(says("206 unasked", {
            let fields = [HTML, ("content-range", "bytes 0-9/5000")];
            answer("206 Partial Content", &fields, "<p>The fer")
        }))
        .ends(&["broken", "client_error"]),
    ];
    for refusal in [
        "401 Unauthorized",
        "402 Payment Required",
        "403 Forbidden",
        "407 Proxy Authentication Required",
        "418 I'm a teapot",
        "429 Too Many Requests",
        "451 Unavailable For Legal Reasons",
    ] {
        cases.push(once(status(refusal)).ends(&["blocked"]));
    }
    play("timeout = \"20s\"", cases);
}

/// A page with these validators, and 304 to who names one of them.
fn validated(name: &str, field: &'static str, ask: &'static str, value: &'static str) -> Case {
    case(name, move |asked| {
        send(if asked.field(ask) == value {
            answer("304 Not Modified", &[], "")
        } else {
            answer("200 OK", &[HTML, (field, value)], news())
        })
    })
    .ends(&["changed"])
    .again(&["not_modified"])
    .documents(1)
    .check(move |log| match log.last() {
        Some(last) if last.field(ask) == value => Ok(()),
        last => Err(format!("it was not asked with {value:?}: {last:?}")),
    })
}

#[test]
fn what_is_held_is_not_fetched_again_unless_it_changed() {
    let with_tag = |tag: &str, body: &str| send(answer("200 OK", &[HTML, ("etag", tag)], body));
    let cases = vec![
        validated("a tag", "etag", "if-none-match", "\"v1\""),
        validated("a weak tag", "etag", "if-none-match", "W/\"v1\""),
        validated("a tag without marks", "etag", "if-none-match", "v1"),
        validated(
            "a tag with spaces and commas",
            "etag",
            "if-none-match",
            "\"a, b\"",
        ),
        validated(
            "a date",
            "last-modified",
            "if-modified-since",
            "Thu, 01 Jan 2026 00:00:00 GMT",
        ),
        validated(
            "a date in words of its own",
            "last-modified",
            "if-modified-since",
            "Thu, 1 Jan 2026 00:00:00 +0000",
        ),
        case("a tag that changes and a body that does not", move |asked| {
            with_tag(&format!("\"{}\"", asked.time), &news())
        })
        .ends(&["changed"])
        .again(&["unchanged"])
        .documents(1),
        case("a tag that does not change and a body that does", move |asked| {
            with_tag(
                "\"same\"",
                &news().replace("Monday", ["Monday", "Friday"][(asked.time - 1).min(1)]),
            )
        })
        .ends(&["changed"])
        .again(&["changed"])
        .found("on Friday"),
        case("a date of the future", |_| {
            let fields = [HTML, ("last-modified", "Fri, 01 Jan 2100 00:00:00 GMT")];
            send(answer("200 OK", &fields, news()))
        })
        .ends(&["changed"])
        .again(&["unchanged"])
        .documents(1),
        case("a page and then nothing", |asked| {
            send(page(if asked.time == 1 { news() } else { String::new() }))
        })
        .ends(&["changed"])
        .again(&["empty"])
        .found("harbor master"),
        case("a page and then a page that is cut", |asked| {
            let bytes = page(news());
            let end = if asked.time == 1 {
                bytes.len()
            } else {
                bytes.len() - 99
            };
            send(&bytes[..end])
        })
        .ends(&["changed"])
        .again(&["broken"])
        .found("harbor master"),
        case("a page and then an error that passes for one", |asked| {
            let sorry = "Sorry, the page you requested could not be found. It may have been moved.";
            send(page(match asked.time {
                1 => news(),
                _ => article("Page not found", sorry),
            }))
        })
        .ends(&["changed"])
        .again(&["not_found"])
        .found("harbor master"),
        case("a footer that always changes", |asked| {
            send(page(news().replace(
                "</body>",
                &format!("<footer>Rendered in {} ms</footer></body>", asked.time * 7),
            )))
        })
        .ends(&["changed"])
        .again(&["changed"])
        .documents(1),
    ];
    play("timeout = \"20s\"", cases);
}

#[test]
fn a_304_may_name_new_validators() {
    let mut played = super::Played::begin(
        "timeout = \"20s\"",
        vec![case("304 with a new tag", |asked| {
            send(match asked.field("if-none-match") {
                "" => answer("200 OK", &[HTML, ("etag", "\"v1\"")], news()),
                _ => answer("304 Not Modified", &[("etag", "\"v2\"")], ""),
            })
        })],
    );
    for _ in 0..3 {
        played.crawl(if played.sites[0].log().is_empty() {
            &[]
        } else {
            &["--revisit"]
        });
    }
    let log = played.sites.remove(0).log();
    let asked: Vec<&str> = log
        .iter()
        .filter(|asked| asked.target == "/page")
        .map(|asked| asked.field("if-none-match"))
        .collect();
    assert_eq!(asked, ["", "\"v1\"", "\"v2\""]);
}

/// No request after a refusal sooner than this.
fn rests(least: Duration) -> impl Fn(&[Asked]) -> Result<(), String> {
    move |log| {
        let times: Vec<Instant> = (log.iter())
            .filter(|asked| asked.target != "/robots.txt")
            .map(|asked| asked.at)
            .collect();
        let gaps = times.windows(2).map(|pair| pair[1] - pair[0]);
        match gaps.min() {
            Some(gap) if gap < least => Err(format!("the host was asked again after {gap:?}")),
            _ => Ok(()),
        }
    }
}

#[test]
fn a_host_that_asks_for_quiet_gets_it_as_a_whole() {
    // Three pages of one host: the first refusal counts for the others as well, as long as we wait at all
    // (`longest_pace`).
    let refusing = |name: &str, status: &'static str, retry_after: Option<String>| {
        case(name, move |_| {
            let fields: Vec<(&str, &str)> = (retry_after.as_deref())
                .map(|value| ("retry-after", value))
                .into_iter()
                .collect();
            send(answer(status, &fields, "later"))
        })
        .paths(["/a", "/b", "/c"])
        .documents(0)
    };
    let in_a_while = (jiff::Timestamp::now() + jiff::SignedDuration::from_secs(60))
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    let quiet = Duration::from_millis(900);
    let seconds = |name, status| refusing(name, status, Some("1".into())).check(rests(quiet));
    let cases = vec![
        seconds("429 and seconds", "429 Too Many Requests").ends(&["blocked"]),
        seconds("503 and seconds", "503 Service Unavailable").ends(&["server_error"]),
        refusing("429 and a date", "429 Too Many Requests", Some(in_a_while))
            .ends(&["blocked"])
            .check(rests(quiet)),
        refusing(
            "503 for thirty years",
            "503 Service Unavailable",
            Some("999999999".into()),
        )
        .ends(&["server_error"])
        .check(rests(quiet)),
        refusing(
            "503 and a number too large",
            "503 Service Unavailable",
            Some("9".repeat(40)),
        )
        .ends(&["server_error"])
        .check(rests(quiet)),
        refusing("503 and a word", "503 Service Unavailable", Some("soon".into()))
            .ends(&["server_error"])
            .check(rests(quiet)),
        refusing("429 and nothing", "429 Too Many Requests", None)
            .ends(&["blocked"])
            .check(rests(quiet)),
        refusing("403 and nothing", "403 Forbidden", None)
            .ends(&["blocked"])
            .check(rests(quiet)),
    ];
    play("timeout = \"20s\"", cases);
}

#[test]
fn a_pause_of_thirty_years_is_shortened() {
    let played = super::Played::begin(
        "timeout = \"20s\"",
        vec![says(
            "503 for thirty years",
            answer(
                "503 Service Unavailable",
                &[("retry-after", "999999999")],
                "later",
            ),
        )],
    );
    played.crawl(&[]);
    let planned = played.workspace.lines(0, &["schedule", "--json"]);
    let page = planned
        .iter()
        .find(|task| task["role"] == "page")
        .expect("a page");
    let due: jiff::Timestamp = page["due_at"]
        .as_str()
        .expect("a time")
        .parse()
        .expect("an instant");
    let days = due.duration_since(jiff::Timestamp::now()).as_hours() / 24;
    assert!(days <= 31, "due in {days} days");
}
