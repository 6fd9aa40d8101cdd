//! robots.txt misbehaving: nothing is fetched that it might have forbidden, whoever asks at the same time.

use std::time::Duration;

use super::{Case, Played, case, play};
use crate::support::faulty::{Asked, FaultSite, Step, answer, article, page, send};
use crate::support::site::Site;
use crate::support::{Workspace, faulty};

const TEXT: (&str, &str) = ("content-type", "text/plain");

fn file(rules: &str) -> Vec<u8> {
    answer("200 OK", &[TEXT], rules)
}

/// A site with two pages behind this robots.txt, and which of them may be asked for.
fn guarded(
    name: &str,
    allowed: &[&str],
    robots: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static,
) -> Case {
    let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    case(name, |asked| {
        send(page(article(
            &asked.target,
            "The ferry will run, said the harbor master",
        )))
    })
    .paths(["/open", "/shut"])
    .robots(robots)
    .check(move |log| {
        let pages: Vec<&str> = (log.iter())
            .map(|asked| asked.target.as_str())
            .filter(|target| !target.starts_with("/robots.txt"))
            .collect();
        let mut sorted = pages.clone();
        sorted.sort_unstable();
        match sorted == allowed {
            true => Ok(()),
            false => Err(format!("asked for {pages:?}, not {allowed:?}")),
        }
    })
}

#[test]
fn robots_txt_that_misbehaves_shuts_the_site_or_opens_it_as_the_rfc_says() {
    let both = &["/open", "/shut"];
    let rules = "User-agent: *\nDisallow: /shut\n";
    let status = |name: &str, allowed: &[&str], status: &'static str| {
        guarded(name, allowed, move |_| send(answer(status, &[], "Disallow: /")))
    };
    let says =
        |name: &str, allowed: &[&str], bytes: Vec<u8>| guarded(name, allowed, move |_| send(bytes.clone()));
    let utf_16: Vec<u8> = ['\u{feff}']
        .into_iter()
        .chain(rules.chars())
        .flat_map(|letter| (letter as u16).to_le_bytes())
        .collect();
    let padded = |lines: usize| {
        format!(
            "User-agent: *\n{}Disallow: /shut\n",
            "# twenty letters here\n".repeat(lines)
        )
    };
    let mut cut = file(rules);
    cut.truncate(cut.len() - 3);
    let packed = {
        use std::io::Write;
        let mut coder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        coder.write_all(rules.as_bytes()).expect("in memory");
        coder.finish().expect("in memory")
    };
    let elsewhere = FaultSite::start(|_| send(answer("200 OK", &[TEXT], "User-agent: *\nAllow: /\n")));
    let abroad = elsewhere.url("/robots.txt");
    let cases = vec![
        status("404", both, "404 Not Found"),
        status("410", both, "410 Gone"),
        status("403", both, "403 Forbidden"),
        status("401", both, "401 Unauthorized"),
        status("500", &[], "500 Internal Server Error"),
        status("503", &[], "503 Service Unavailable"),
        status("429", &[], "429 Too Many Requests"),
        guarded("silence", &[], |_| vec![Step::Hang]),
        guarded("silence in the middle", &[], |_| {
            let mut bytes = file("User-agent: *\nAllow: /\n");
            bytes.truncate(bytes.len() - 5);
            vec![Step::Send(bytes), Step::Hang]
        }),
        guarded("a reset", &[], |_| vec![Step::Reset]),
        says("cut off", &[], cut),
        says(
            "a page for people",
            both,
            page(article("Welcome", "No rules here")),
        ),
        says("nothing in it", both, file("")),
        says(
            "a mark in it",
            &["/open"],
            answer("200 OK", &[TEXT], [b"\xef\xbb\xbf", rules.as_bytes()].concat()),
        ),
        says("line ends of old", &["/open"], file(&rules.replace('\n', "\r"))),
        says("UTF-16", both, answer("200 OK", &[TEXT], utf_16)),
        says(
            "packed",
            &["/open"],
            answer("200 OK", &[TEXT, ("content-encoding", "gzip")], packed),
        ),
        says(
            "a packing that is damaged",
            &[],
            answer("200 OK", &[TEXT, ("content-encoding", "gzip")], "not packed"),
        ),
        says("just under 500 KiB", &["/open"], file(&padded(23_000))),
        says("a rule after 500 KiB", both, file(&padded(40_000))),
        guarded("behind five redirects", &["/open"], move |asked| {
            let hop: usize = asked
                .target
                .trim_start_matches("/robots.txt?")
                .parse()
                .unwrap_or(0);
            send(match hop {
                5 => file(rules),
                _ => answer(
                    "301 Moved",
                    &[("location", &format!("/robots.txt?{}", hop + 1))],
                    "",
                ),
            })
        }),
        guarded("a redirect in a circle", both, |_| {
            send(answer("302 Found", &[("location", "/robots.txt")], ""))
        }),
        guarded("a redirect to where nobody may ask", &[], move |_| {
            send(answer("302 Found", &[("location", &abroad)], ""))
        }),
        guarded("a file without end", both, |_| {
            vec![
                Step::Send(faulty::head("200 OK", &[TEXT], "close")),
                Step::Flood(b"# nothing to see here\n".repeat(500)),
            ]
        }),
    ];
    play(
        "timeout = \"5s\"\nidle_timeout = \"2s\"\nmax_body_bytes = 900000",
        cases,
    );
    assert!(
        elsewhere.log().is_empty(),
        "robots.txt led to an address nobody may ask"
    );
}

#[test]
fn the_delay_a_site_asks_for_is_kept() {
    let slow = |name: &str, rules: &'static str, least: Duration| {
        case(name, |asked| {
            send(page(article(
                &asked.target,
                "The ferry will run, said the harbor master",
            )))
        })
        .paths(["/a", "/b", "/c"])
        .robots(move |_| send(file(rules)))
        .documents(3)
        .check(move |log| {
            let pages: Vec<_> = log.iter().filter(|asked| asked.target != "/robots.txt").collect();
            let gaps = pages.windows(2).map(|pair| pair[1].at - pair[0].at);
            match gaps.min() {
                Some(gap) if gap >= least => Ok(()),
                gap => Err(format!("a gap of {gap:?}, not {least:?}")),
            }
        })
    };
    let cases = vec![
        slow(
            "one second",
            "User-agent: *\nCrawl-delay: 1\n",
            Duration::from_secs(1),
        ),
        slow(
            "a delay in parts",
            "User-agent: *\nCrawl-delay: 0.7\n",
            Duration::from_millis(700),
        ),
        // `longest_pace` of these tests.
        slow(
            "a day",
            "User-agent: *\nCrawl-delay: 86400\n",
            Duration::from_secs(2),
        ),
    ];
    play("timeout = \"20s\"", cases);
}

#[test]
fn ten_who_ask_at_once_wait_for_the_same_robots_txt() {
    let shut = |answer: fn() -> Vec<Step>| {
        FaultSite::start(move |asked| {
            if asked.target.starts_with("/robots.txt") {
                answer()
            } else {
                send(page("never"))
            }
        })
    };
    let gates: [(&str, FaultSite); 4] = [
        ("silence", shut(|| vec![Step::Hang])),
        (
            "503, slowly",
            shut(|| {
                vec![
                    Step::Wait(Duration::from_millis(600)),
                    Step::Send(answer("503 Service Unavailable", &[], "")),
                ]
            }),
        ),
        (
            "429, slowly",
            shut(|| {
                vec![
                    Step::Wait(Duration::from_millis(600)),
                    Step::Send(answer("429 Too Many Requests", &[], "")),
                ]
            }),
        ),
        (
            "all forbidden, slowly",
            shut(|| {
                vec![
                    Step::Wait(Duration::from_millis(600)),
                    Step::Send(file("User-agent: *\nDisallow: /\n")),
                ]
            }),
        ),
    ];
    let workspace = Workspace::new();
    workspace.write(
        "config/onrecord.toml",
        "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\nhosts_at_once = 64\ntimeout = \"3s\"\nidle_timeout = \"2s\"\n",
    );
    // Ten hosts send us to the same gate at the same time; and ten pages of its own are due as well.
    let mut doors = Vec::new();
    let lists = Site::new();
    for (number, (_, gate)) in gates.iter().enumerate() {
        for door in 0..10 {
            let to = gate.url(&format!("/behind/{door}"));
            let host = FaultSite::start(move |asked| {
                send(match asked.target.as_str() {
                    "/robots.txt" => answer("404 Not Found", &[], ""),
                    _ => answer("302 Found", &[("location", to.as_str())], ""),
                })
            });
            let list = format!("{}\n{}\n", host.url("/door"), gate.url(&format!("/own/{door}")));
            let path = format!("/{number}-{door}.txt");
            lists.put(&path, 200, "text/plain", list);
            workspace.write(
                &format!("config/sources/gate-{number}-{door}.toml"),
                &format!(
                    "name = \"Gate {number} {door}\"\nkind = \"news\"\nhome = \"{}\"\nallow_private = true\n\
                     [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n\
                     [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
                    gate.url("/"),
                    lists.url(&path),
                    host.url("/none.txt"),
                ),
            );
            doors.push(host);
        }
    }
    workspace.crawl(&[]);
    for door in &doors {
        assert_eq!(door.asked("/door"), 1, "every door was tried");
    }
    for (name, gate) in &gates {
        let log = gate.log();
        assert!(!log.is_empty(), "{name}: nobody asked for robots.txt");
        for asked in &log {
            assert!(
                asked.target.starts_with("/robots.txt"),
                "{name}: {} was asked for",
                asked.target
            );
        }
        // A connection that went stale may be tried twice.
        assert!(
            log.len() <= 2,
            "{name}: robots.txt was asked for {} times",
            log.len()
        );
    }
}

#[test]
fn rules_that_change_are_read_again_when_the_old_ones_are_too_old() {
    let played = Played::begin(
        "timeout = \"20s\"",
        vec![
            case("rules that change", |asked| {
                send(page(article(
                    &asked.target,
                    "The ferry will run, said the harbor master",
                )))
            })
            .robots(|asked| {
                send(file(match asked.time {
                    1 => "User-agent: *\nAllow: /\n",
                    _ => "User-agent: *\nDisallow: /\n",
                }))
            }),
        ],
    );
    let path = played.workspace.path().join("config/onrecord.toml");
    let settings = std::fs::read_to_string(path).expect("readable");
    let settings = settings.replace("robots_for = \"1h\"", "robots_for = \"1s\"");
    played.workspace.write("config/onrecord.toml", &settings);
    played.crawl(&[]);
    std::thread::sleep(Duration::from_millis(1200));
    played.crawl(&["--revisit"]);
    assert_eq!(played.sites[0].asked("/page"), 1);
}
