//! The desk and the API over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use onrecord::model::document::Genre;
use serde_json::Value;

use crate::support::Workspace;
use crate::support::site::Site;

/// A desk that is served until it is dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: String,
    _site: Site,
    workspace: Workspace,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves a small tracker that was crawled before.
pub(crate) fn served() -> Served {
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    site.put_page(
        "/one",
        "Landing <script>alert(1)</script> rebuilt",
        "2026-02-04",
        &[
            "The council of Harbor Falls met on Tuesday to speak about the ferry, which has not run since the storm.",
            "“The landing will be rebuilt &lt;b&gt;before&lt;/b&gt; the summer,” said Mayor Ana Lima on Tuesday, \
             after a meeting that went on until midnight.",
        ],
    );
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    workspace.crawl(&[]);
    serve(site, workspace)
}

/// Serves a tracker that was crawled before.
pub(crate) fn serve(site: Site, workspace: Workspace) -> Served {
    let mut child = workspace
        .command(&["serve", "--no-crawl", "--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut line = String::new();
    BufReader::new(child.stderr.take().expect("piped"))
        .read_line(&mut line)
        .expect("a line");
    let address = line
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect(&line)
        .to_string();
    Served {
        child,
        address,
        _site: site,
        workspace,
    }
}

impl Served {
    /// The status, the head and the body of an answer.
    fn get(&self, path: &str, host: &str) -> (u16, String, String) {
        self.get_with(path, host, "")
    }

    /// The same of a request with more header lines, each ended.
    fn get_with(&self, path: &str, host: &str, fields: &str) -> (u16, String, String) {
        self.ask("GET", path, host, fields, "")
    }

    /// The answer to any request.
    fn ask(&self, method: &str, path: &str, host: &str, fields: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{fields}content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
        .expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .expect("a status");
        (status, head.to_lowercase(), body.to_string())
    }

    /// The status and body of the answer to who shows a token, where one is given.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        token: &str,
        media_type: &str,
        body: &str,
    ) -> (u16, String) {
        let authorization = match token {
            "" => String::new(),
            token => format!("authorization: Bearer {token}\r\n"),
        };
        let media_type = match media_type {
            "" => String::new(),
            media_type => format!("content-type: {media_type}\r\n"),
        };
        let fields = format!("{authorization}{media_type}");
        let (status, _, body) = self.ask(method, path, "localhost", &fields, body);
        (status, body)
    }

    /// The status of an answer that may come, and close the connection, before all of the request was sent.
    fn refused(&self, target: &str) -> (u16, String) {
        let stream = TcpStream::connect(&self.address).expect("connected");
        let mut sending = stream.try_clone().expect("a second handle");
        let request = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        let sender = std::thread::spawn(move || drop(sending.write_all(request.as_bytes())));
        let (mut answer, mut reader) = (String::new(), BufReader::new(stream));
        let mut line = Vec::new();
        // What comes before a reset is the answer.
        while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
            answer.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
        sender.join().expect("sent or refused");
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_default(), answer)
    }

    #[track_caller]
    pub(crate) fn check(&self, path: &str, status: u16, words: &[&str]) -> String {
        let (answered, head, body) = self.get(path, "localhost");
        assert_eq!(answered, status, "{path}: {body}");
        assert!(
            head.contains("content-security-policy: default-src 'none'"),
            "{head}"
        );
        for word in words {
            assert!(body.contains(word), "{path}: {word} in {body}");
        }
        body
    }

    pub(crate) fn json(&self, path: &str, status: u16) -> Value {
        serde_json::from_str(&self.check(path, status, &[])).expect("JSON")
    }
}

#[test]
fn the_desk_shows_quotes_documents_captures_and_sources() {
    let desk = served();
    desk.check("/", 200, &["Ana Lima", "2026-02-03"]);
    let body = desk.check(
        "/?q=speaker%3Alima+landing&kind=quotes",
        200,
        &["<mark>landing</mark>", "1–1 of 1"],
    );
    assert!(!body.contains("<b>before"), "page text is escaped: {body}");
    let found = desk.json("/api/v1/search?q=landing&kind=quotes", 200);
    let hit = &found["hits"][0];
    let (document, capture, quote) = (&hit["document"], &hit["capture"], &hit["id"]);
    let id = |value: &Value| value.as_str().expect("an id").to_string();
    let page = desk.check(
        &format!("/documents/{}", id(document)),
        200,
        &[
            "<mark class=\"quote direct\"",
            &format!("id=\"{}\"", id(quote)),
            "Ana Lima",
        ],
    );
    assert_eq!(page.matches("<script").count(), 1, "the desk's own: {page}");
    desk.check("/assets/desk.js", 200, &["keydown"]);
    desk.check(
        &format!("/captures/{}", id(capture)),
        200,
        &["SHA-256", "as it was captured"],
    );
    let (_, head, _) = desk.get(&format!("/captures/{}/payload", id(capture)), "localhost");
    assert!(head.contains("content-disposition: attachment"), "{head}");
    desk.check("/sources", 200, &["The Harbor Herald"]);
    desk.check("/timeline?q=landing&format=csv", 200, &["day,until"]);
    assert_eq!(
        desk.json(&format!("/api/v1/documents/{}", id(document)), 200)["revisions"][0]["capture"],
        *capture
    );
    assert_eq!(
        desk.json(&format!("/api/v1/captures/{}", id(capture)), 200)["status"],
        200
    );
    assert_eq!(desk.json("/api/v1/sources", 200)[0]["source"], "herald");
    assert_eq!(desk.json("/healthz", 200)["status"], "ok");
    desk.check(
        "/metrics",
        200,
        &[
            "# TYPE onrecord_documents gauge",
            "onrecord_channel_flag{source=\"herald\"",
            "flag=\"silent\"} 0",
            "onrecord_requests_total{source=\"herald\",role=\"page\",outcome=\"changed\"}",
            "onrecord_source_flag{source=\"herald\",flag=\"pages_blocked\"} 0",
            "onrecord_alert_deliveries{way=\"webhook\",state=\"failing\"} 0",
        ],
    );
}

#[test]
fn the_api_leads_from_a_hit_to_its_record_and_says_what_it_is() {
    let desk = served();
    let id = |value: &Value| value.as_str().expect("an id").to_string();
    let hit = desk.json("/api/v1/search?q=landing", 200)["hits"][0].clone();
    let quote = desk.json(&format!("/api/v1/quotes/{}", id(&hit["id"])), 200);
    for same in ["document", "revision", "capture", "url", "title"] {
        assert_eq!(quote[same], hit[same], "{same}");
    }
    assert_eq!(quote["is_current"], true);
    assert_eq!(quote["words"], hit["text"]);
    let revision = desk.json(&format!("/api/v1/revisions/{}", id(&hit["revision"])), 200);
    assert_eq!(revision["quotes"][0]["quote"], hit["id"]);
    let record = format!("/api/v1/captures/{}/record", id(&hit["capture"]));
    let (status, head, _) = desk.get(&record, "localhost");
    assert!(
        status == 200 && head.contains("content-type: application/warc"),
        "{head}"
    );
    let described = desk.json("/api/v1/openapi.json", 200);
    assert_eq!(described["servers"][0]["url"], "/api/v1");
    assert!(
        described["paths"]["/search"]["get"]["parameters"]
            .as_array()
            .is_some_and(|all| all.len() > 6)
    );
    let sorts =
        described["components"]["schemas"]["Revision"]["properties"]["genre"]["description"].to_string();
    for genre in Genre::ALL {
        assert!(
            sorts.contains(&format!("`{}`", genre.code())),
            "{genre:?}: {sorts}"
        );
    }
    assert_eq!(desk.json("/api/v1/status", 200)["documents"], 1);
    for path in [
        "quotes/x",
        "revisions/x",
        "captures/x",
        "captures/x/record",
        "documents/x",
    ] {
        assert_eq!(
            desk.json(&format!("/api/v1/{path}"), 404)["code"],
            "not_found",
            "{path}"
        );
    }
}

#[test]
fn answers_are_paged_by_cursor_streamed_as_lines_and_tagged() {
    let desk = served();
    let all = desk.json("/api/v1/search?q=&kind=all&sort=oldest", 200);
    let total = all["total"].as_u64().expect("a number");
    assert!(total > 2, "{all}");
    let (mut ids, mut address) = (
        Vec::new(),
        "/api/v1/search?kind=all&sort=oldest&limit=1".to_string(),
    );
    loop {
        let page = desk.json(&address, 200);
        ids.extend(
            page["hits"]
                .as_array()
                .expect("hits")
                .iter()
                .map(|hit| hit["id"].clone()),
        );
        let Some(next) = page["next"].as_str() else { break };
        address = format!("/api/v1/search?kind=all&limit=1&after={next}");
    }
    let expected: Vec<Value> = all["hits"]
        .as_array()
        .expect("hits")
        .iter()
        .map(|hit| hit["id"].clone())
        .collect();
    assert_eq!(ids, expected);
    assert_eq!(
        desk.json("/api/v1/search?after=nonsense", 400)["code"],
        "bad_request"
    );
    let best = desk.json("/api/v1/search?kind=all&limit=1", 200);
    let next = best["next"].as_str().expect("there are more");
    let second = desk.json(&format!("/api/v1/search?kind=all&limit=1&after={next}"), 200);
    assert_eq!(second["offset"], 1);
    assert_ne!(second["hits"][0]["id"], best["hits"][0]["id"]);
    for contrary in ["kind=all&sort=newest", "kind=all&q=ferry", "kind=quotes"] {
        desk.json(&format!("/api/v1/search?{contrary}&after={next}"), 400);
    }
    for beside in ["sort=newest", "facets=true", "offset=1", &format!("after={next}")] {
        let refused = desk.json(&format!("/api/v1/search?kind=all&format=ndjson&{beside}"), 400);
        let name = beside.split('=').next().expect("a name");
        assert!(
            refused["message"]
                .as_str()
                .is_some_and(|said| said.contains(name)),
            "{refused}"
        );
    }
    let (_, _, first) = desk.get("/api/v1/search?kind=all&format=ndjson&limit=2", "localhost");
    assert_eq!(first.matches("\"id\":").count(), 2, "{first}");
    let lines = [
        desk.get("/api/v1/search?kind=all&sort=oldest&format=ndjson", "localhost"),
        desk.get_with(
            "/api/v1/search?kind=all&sort=oldest",
            "localhost",
            "accept: application/x-ndjson\r\n",
        ),
    ];
    for (status, head, body) in lines {
        assert!(status == 200 && head.contains("application/x-ndjson"), "{head}");
        for id in &expected {
            assert!(body.contains(&format!("\"id\":{id}")), "{id} in {body}");
        }
    }
    let (_, head, _) = desk.get("/api/v1/sources", "localhost");
    let tag = head
        .split("etag: ")
        .nth(1)
        .and_then(|rest| rest.split("\r\n").next())
        .expect("a tag");
    let (status, _, body) = desk.get_with(
        "/api/v1/sources",
        "localhost",
        &format!("if-none-match: {tag}\r\n"),
    );
    assert!(status == 304 && body.is_empty(), "{status} {body}");
}

#[test]
fn an_answer_says_which_sources_could_not_tell_everything() {
    let desk = served();
    let coverage = |query: &str| desk.json(&format!("/api/v1/search?q={query}"), 200)["coverage"].clone();
    let now = coverage("landing");
    assert_eq!(
        (&now["sources"], now["gaps"].as_array().map(Vec::len)),
        (&Value::from(1), Some(0)),
        "{now}"
    );
    let past = coverage("landing+said:2020-02");
    assert_eq!(
        (&past["from"], &past["gaps"][0]["reason"]),
        (&Value::from("2020-02-01"), &Value::from("not_followed_yet"))
    );
    assert_eq!(coverage("said:2020-02+kind:official")["sources"], 0);
    desk.check(
        "/?q=said:2020-02",
        200,
        &["1 of 1 source could not tell everything", "is followed since"],
    );
}

#[test]
fn nonsense_gets_an_answer_that_helps() {
    let desk = served();
    desk.check("/?q=said%3Awhenever", 400, &["names no days"]);
    desk.check("/?q=%28%28%22", 200, &["is not closed"]);
    desk.check("/documents/nonsense", 404, &["there is no such document"]);
    desk.check("/nowhere", 404, &["there is no page"]);
    let error = desk.json("/api/v1/search?q=said%3Awhenever", 400);
    assert_eq!(error["code"], "bad_request");
    assert!(error["message"].is_string() && error["hint"].is_string());
    assert_eq!(desk.json("/api/v1/nowhere", 404)["code"], "not_found");
    let (status, _, _) = desk.get("/", "evil.example");
    assert_eq!(status, 421);
}

#[test]
fn hostile_queries_over_http_are_refused() {
    let desk = served();
    let long = |unit: &str, bytes: usize| unit.repeat(bytes / unit.len());
    let queries = [
        long("%28", 3_000),
        long("a+", 30_000),
        long("a%20OR%20", 5_000),
        long("like:%22x%20", 40_000),
        long("%ff", 6_000),
        long("x", 1_000_000),
        "said%3A2026-99-99".into(),
        "stance%3Anonsense".into(),
    ];
    for query in queries {
        for path in ["/?q=", "/api/v1/search?q="] {
            let (status, answer) = desk.refused(&format!("{path}{query}"));
            assert!(
                (400..500).contains(&status),
                "{path}{query:.60}: {status} {answer:.300}"
            );
            assert!(!answer.contains("panicked"), "{answer:.300}");
        }
    }
    desk.check("/?q=landing", 200, &["landing"]);
}

#[test]
fn the_desk_listens_on_loopback_only_until_there_is_a_token() {
    let workspace = Workspace::new();
    let output = workspace.run(2, &["serve", "--listen", "0.0.0.0:0"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("no loopback address") && said.contains("onrecord token create"),
        "{said}"
    );
}

/// A token of a desk's tracker.
fn token(desk: &Served, name: &str, scope: &str) -> String {
    let made = desk
        .workspace
        .run(0, &["token", "create", name, "--scope", scope]);
    String::from_utf8_lossy(&made.stdout).trim().to_string()
}

#[test]
fn whoever_changes_something_shows_a_token_wide_enough() {
    let desk = served();
    let save = |fields: &str, body: &str| {
        let fields = format!("content-type: application/json\r\n{fields}");
        desk.ask("POST", "/api/v1/searches", "localhost", &fields, body)
    };
    let plain = "{\"name\":\"landing\",\"query\":\"landing\"}";
    let posting = "{\"name\":\"posted\",\"query\":\"landing\",\"webhook\":\"https://x.example/\"}";
    let (read, write, admin) = (
        token(&desk, "r", "read"),
        token(&desk, "w", "write"),
        token(&desk, "a", "admin"),
    );
    let bearer = |secret: &str| format!("authorization: Bearer {secret}\r\n");
    // Reading is free for whoever sits at the machine, and for nobody whom a proxy brings.
    assert_eq!(
        desk.get_with("/api/v1/searches", "localhost", "x-forwarded-for: 192.0.2.7\r\n")
            .0,
        401
    );
    let (status, head, _) = save("", plain);
    assert!(
        status == 401 && head.contains("www-authenticate: bearer"),
        "{head}"
    );
    assert_eq!(save(&bearer("onrecord_nonsense"), plain).0, 401);
    assert_eq!(save(&bearer(&read), plain).0, 403);
    assert_eq!(save(&bearer(&write), posting).0, 403);
    assert_eq!(save(&bearer(&write), "{}").0, 400);
    assert_eq!(
        save(
            &format!("{}origin: http://evil.example\r\n", bearer(&write)),
            plain
        )
        .0,
        403
    );
    let (status, _, body) = save(&bearer(&write), plain);
    assert_eq!(status, 201, "{body}");
    let (status, _, body) = save(&bearer(&admin), posting);
    assert!(status == 201 && body.contains("whsec_"), "{body}");
    assert!(
        !desk
            .check("/api/v1/searches", 200, &["landing", "posted"])
            .contains("whsec_")
    );
    desk.workspace.run(0, &["token", "revoke", "w"]);
    let delete = |secret: &str| {
        desk.ask(
            "DELETE",
            "/api/v1/searches/landing",
            "localhost",
            &bearer(secret),
            "",
        )
    };
    assert_eq!(delete(&write).0, 401);
    assert_eq!(delete(&admin).0, 204);
    assert_eq!(desk.json("/api/v1/searches/landing", 404)["code"], "not_found");
    let past = desk
        .workspace
        .run(2, &["token", "create", "late", "--until", "2020-01-31"]);
    assert!(String::from_utf8_lossy(&past.stderr).contains("expired already"));
    desk.workspace
        .run(0, &["token", "create", "soon", "--until", "2999-01-31"]);
    let listed = || {
        let listed = desk.workspace.run(0, &["token", "list"]);
        String::from_utf8_lossy(&listed.stdout).into_owned()
    };
    assert!(!listed().contains("onrecord_") && listed().contains("until 2999-01-31"));
    // Its use is noted beside the answer.
    let is_used = || {
        listed()
            .lines()
            .any(|line| line.ends_with("  a") && line.contains("  used "))
    };
    assert!((0..100).any(|_| is_used() || (std::thread::sleep(Duration::from_millis(50)), false).1));
}

#[test]
fn a_search_is_saved_on_its_page_and_followed_as_a_feed() {
    let desk = served();
    desk.check(
        "/searches?q=landing&kind=documents",
        200,
        &["value=\"landing\"", "value=\"documents\" selected"],
    );
    // "me" and the token, as a browser shows them.
    let pair = format!("me:{}", token(&desk, "w", "write"));
    let fields = format!(
        "authorization: Basic {}\r\ncontent-type: application/x-www-form-urlencoded\r\norigin: http://localhost\r\n",
        data_encoding::BASE64.encode(pair.as_bytes())
    );
    let send = |body: &str| desk.ask("POST", "/searches", "localhost", &fields, body);
    let (status, _, body) = send("name=&query=landing&kind=quotes&every=daily");
    assert!(status == 400 && body.contains("needs a name"), "{body}");
    let (status, head, _) = send("name=The+landing+%26+more&query=landing&kind=quotes&every=daily");
    assert_eq!(status, 303, "{head}");
    let place = head
        .split("location: ")
        .nth(1)
        .and_then(|rest| rest.split("\r\n").next())
        .expect("a place");
    // What it finds already was learned when it was saved: an edit a moment later is news.
    let looked = "nothing new, changed or gone was seen from when it was saved";
    desk.check(place, 200, &["The landing &#38; more", "once a day", looked]);
    desk.check(
        &format!("{place}/feed.atom"),
        200,
        &["<feed xmlns", "<title>The landing &amp; more</title>"],
    );
    let feed = desk.json(&format!("{place}/feed.json"), 200);
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    desk.check(
        &format!("{place}/feed.rss"),
        404,
        &["there are feed.atom and feed.json"],
    );
}
