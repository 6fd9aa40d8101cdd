//! Redirects: in circles, without end, to where nobody may ask.

use super::{Case, case, play, says};
use crate::support::faulty::{Asked, FaultSite, Step, answer, article, page, send};

fn to(location: &str) -> Vec<u8> {
    answer("302 Found", &[("location", location)], "")
}

/// A page that leads on, and what lies at the end.
fn leads(name: &str, location: &str) -> Case {
    let location = location.to_string();
    case(name, move |asked| {
        send(match asked.target.as_str() {
            "/page" => to(&location),
            _ => page(article(
                "Arrived",
                "The ferry arrived on Monday, said the harbor master",
            )),
        })
    })
}

#[test]
fn redirects_are_followed_as_far_as_they_lead_somewhere() {
    let permanent = |status: &'static str| {
        move |asked: &Asked| -> Vec<Step> {
            send(match asked.target.as_str() {
                "/page" => answer(status, &[("location", "/there")], ""),
                _ => page(article(
                    "Arrived",
                    "The ferry arrived on Monday, said the harbor master",
                )),
            })
        }
    };
    let arrives = |case: Case| case.ends(&["changed"]).found("harbor master").at_most(2);
    let circles = |case: Case| case.ends(&["too_many_redirects"]).documents(0).at_most(10);
    let cases = vec![
        arrives(case("moved for good (301)", permanent("301 Moved Permanently"))),
        arrives(case("see other (303)", permanent("303 See Other"))),
        arrives(case("moved for now (307)", permanent("307 Temporary Redirect"))),
        arrives(case("moved for good (308)", permanent("308 Permanent Redirect"))),
        arrives(leads("a relative address", "there?x=1")),
        arrives(leads("an address with a fragment", "/there#part")),
        arrives(leads("an address in raw UTF-8", "/caf\u{e9}")),
        arrives(leads(
            "an address with line ends in it",
            "/there%0d%0aX-Injected:1",
        ))
        .check(
            |log| match log.iter().find(|asked| asked.fields.contains_key("x-injected")) {
                Some(_) => Err("a field was injected".to_string()),
                None => Ok(()),
            },
        ),
        case("five hops and a page", |asked| {
            let hop: usize = asked.target.trim_start_matches("/page").parse().unwrap_or(0);
            send(match hop {
                5 => page(article(
                    "Arrived",
                    "The ferry arrived on Monday, said the harbor master",
                )),
                _ => to(&format!("/page{}", hop + 1)),
            })
        })
        .ends(&["changed"])
        .found("harbor master"),
        circles(says("a circle of one", to("/page"))),
        circles(case("a circle of two", |asked| {
            send(to(if asked.target == "/page" {
                "/other"
            } else {
                "/page"
            }))
        })),
        circles(case("an address that grows", |asked| {
            send(to(&format!("{}x", asked.target)))
        })),
        circles(says("a circle that asks for cookies", {
            let fields = [("set-cookie", "seen=1; Path=/"), ("location", "/page")];
            answer("302 Found", &fields, "")
        })),
        says(
            "a page that refreshes itself",
            page(
                article("Ferry to run", "The ferry will run, said the harbor master")
                    .replace("<head>", "<head><meta http-equiv=refresh content='0;url=/page'>"),
            ),
        )
        .ends(&["changed"])
        .at_most(1),
        says("a redirect to nowhere", answer("302 Found", &[], "moved"))
            .ends(&["broken"])
            .at_most(1),
        says("a redirect to no address", to("http://[broken/"))
            .ends(&["broken"])
            .at_most(1),
        says(
            "a choice (300)",
            answer("300 Multiple Choices", &[], "one or the other"),
        )
        .ends(&["broken"])
        .at_most(1),
    ];
    play("timeout = \"20s\"\nmax_redirects = 9", cases);
}

#[test]
fn no_spelling_of_a_private_address_and_no_other_scheme_is_followed() {
    let canary = FaultSite::start(|_| send(page("reached")));
    let port = canary.port();
    // The same port of the new protocol's loopback, where this machine has one.
    let new_protocol = std::net::TcpListener::bind(format!("[::1]:{port}")).ok();
    let mut targets: Vec<String> = [
        "127.0.0.1",
        "127.1",
        "127.0.0.2",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.0.1",
        "0",
        "0.0.0.0",
        "localhost",
        "LOCALHOST.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "127%2e0%2e0%2e1",
        "\u{ff11}27.0.0.1",
        "127\u{3002}0\u{3002}0\u{3002}1",
        "\u{2460}27.0.0.1",
        "user:secret@127.0.0.1",
    ]
    .iter()
    .map(|host| format!("http://{host}:{port}/canary"))
    .collect();
    targets.extend(
        [
            "http://10.0.0.1/",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://100.64.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[fd00:ec2::254]/latest/",
            "http://[fe80::1]/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "https://192.0.2.1/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,<p>x",
            "ftp://127.0.0.1/",
            "gopher://127.0.0.1:70/_x",
            "ws://127.0.0.1/",
            "\\\\127.1\\x",
            "//127.1/x",
            "////127.1/x",
        ]
        .map(String::from),
    );
    let cases = targets
        .iter()
        .map(|target| {
            // What the standard takes as no address at all leads nowhere either.
            leads(&format!("to {target}"), target)
                .ends(&["refused", "broken"])
                .documents(0)
                .at_most(1)
        })
        .collect();
    play("timeout = \"20s\"", cases);
    assert!(
        canary.log().is_empty(),
        "a refused address was reached: {:?}",
        canary.log()
    );
    if let Some(listener) = new_protocol {
        listener.set_nonblocking(true).expect("a socket");
        assert!(listener.accept().is_err(), "a refused address was reached");
    }
}

#[test]
fn a_page_s_own_links_lead_nowhere() {
    let canary = FaultSite::start(|_| send(page("reached")));
    let links = format!(
        "<base href=\"{0}\"><link rel=stylesheet href=\"{0}\"><link rel=alternate type=application/rss+xml href=\"{0}\">\
         <meta property=og:image content=\"{0}\"><a href=\"{0}\">x</a><img src=\"{0}\"><iframe src=\"{0}\"></iframe>\
         <script src=\"{0}\"></script>",
        canary.url("/canary")
    );
    let calendar: String = (0..40)
        .map(|month| {
            format!("<a href=\"/calendar?month={month}\">next</a><a href=\"/page?sid={month}\">x</a>")
        })
        .collect();
    let article = article("Ferry to run", "The ferry will run, said the harbor master");
    let cases = vec![
        says(
            "links to private places",
            page(article.replace("<head>", &format!("<head>{links}"))),
        )
        .ends(&["changed"])
        .at_most(1),
        says(
            "a calendar without end",
            page(article.replace("</body>", &format!("{calendar}</body>"))),
        )
        .ends(&["changed"])
        .at_most(1),
        says(
            "a link of seventy thousand letters",
            page(article.replace(
                "</body>",
                &format!("<a href=\"/{}\">x</a></body>", "a".repeat(70_000)),
            )),
        )
        .ends(&["changed"])
        .at_most(1),
    ];
    play("timeout = \"20s\"", cases);
    assert!(canary.log().is_empty(), "a page's own link was followed");
}
