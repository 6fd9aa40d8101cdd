//! The desk as a browser shows it: headless Chromium through its driver, where both are installed.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::support::demo::{Demo, string};
use crate::support::site::Site;

/// How a browser looks at the desk.
#[derive(Clone, Copy, Debug)]
struct Look {
    width: u32,
    height: u32,
    is_dark: bool,
    has_scripts: bool,
}

const DESKTOP: Look = Look {
    width: 1280,
    height: 1500,
    is_dark: false,
    has_scripts: true,
};
const PHONE: Look = Look {
    width: 390,
    height: 1800,
    ..DESKTOP
};

/// A driver that runs until it is dropped.
struct Driver {
    child: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn driver() -> Option<Driver> {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("bound").port();
    drop(free);
    let child = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match child {
        Ok(child) => Some(Driver { child, port }),
        Err(error) => {
            assert!(
                std::env::var_os("TESTS_NEED_BROWSER").is_none(),
                "chromedriver: {error}"
            );
            eprintln!("chromedriver is not installed: the desk was not looked at in a browser");
            None
        }
    }
}

/// The folder of what other people's programs are installed in; `tests/run` fills it.
pub(crate) fn consumers(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("target/consumers")
        .join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(
        std::env::var_os("TESTS_NEED_CONSUMERS").is_none(),
        "{} is missing",
        path.display()
    );
    eprintln!("{name} is not installed: what it would read was not read");
    None
}

impl Driver {
    async fn browser(&self, look: Look) -> Client {
        let mut arguments = vec![
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--hide-scrollbars",
        ];
        if look.is_dark {
            arguments.push("--blink-settings=preferredColorScheme=0");
        }
        let mut options = json!({
            "args": arguments,
            "mobileEmulation": {"deviceMetrics": {
                "width": look.width, "height": look.height, "pixelRatio": 1.0, "mobile": false, "touch": false,
            }},
        });
        if !look.has_scripts {
            options["prefs"] = json!({"profile.managed_default_content_settings.javascript": 2});
        }
        let capabilities = [("goog:chromeOptions".to_string(), options)]
            .into_iter()
            .collect();
        let address = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(capabilities);
        loop {
            match builder.connect(&address).await {
                Ok(client) => break client,
                Err(
                    fantoccini::error::NewSessionError::Lost(_)
                    | fantoccini::error::NewSessionError::Failed(_),
                ) => tokio::time::sleep(Duration::from_millis(100)).await,
                Err(error) => panic!("no browser: {error}"),
            }
        }
    }
}

/// How often an element may be of a page that is going.
const STALE: usize = 50;

/// A browser on the desk of the sample newsroom.
struct Reader {
    client: Client,
    origin: String,
}

impl Reader {
    async fn open(&self, path: &str) {
        self.client
            .goto(&format!("{}{path}", self.origin))
            .await
            .expect("a page");
    }

    /// Waits for an element.
    async fn see(&self, css: &str) -> fantoccini::elements::Element {
        let found = self.client.wait().for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    async fn text(&self, css: &str) -> String {
        self.see(css).await.text().await.expect("a text")
    }

    async fn click(&self, css: &str) {
        self.click_on(Locator::Css(css)).await;
    }

    async fn follow(&self, words: &str) {
        self.click_on(Locator::LinkText(words)).await;
    }

    /// Clicks on an element; once more where it was of the page before, which was still going.
    async fn click_on(&self, locator: Locator<'_>) {
        for _ in 0..STALE {
            let found = self.client.wait().for_element(locator).await;
            let found = found.unwrap_or_else(|error| panic!("{locator:?}: {error}"));
            match found.click().await {
                Err(error) if error.is_stale_element_reference() => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                clicked => return clicked.expect("clicked"),
            }
        }
        panic!("{locator:?}: of another page every time");
    }

    async fn type_in(&self, css: &str, text: &str) {
        self.see(css).await.send_keys(text).await.expect("typed");
    }

    async fn address(&self) -> String {
        self.client.current_url().await.expect("an address").to_string()
    }

    async fn run(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.expect("ran")
    }

    async fn count(&self, css: &str) -> usize {
        self.client
            .find_all(Locator::Css(css))
            .await
            .expect("found")
            .len()
    }
}

/// Looks at the desk of the sample newsroom with a browser, where there is one.
fn look<F: Future<Output = ()>>(look: Look, reading: impl FnOnce(Reader) -> F) {
    let Some(driver) = driver() else { return };
    let desk = Demo::start();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let client = driver.browser(look).await;
        let reader = Reader {
            client: client.clone(),
            origin: format!("http://{}", desk.address),
        };
        reading(reader).await;
        client.close().await.expect("closed");
    });
}

#[test]
fn a_reader_finds_a_quote_and_follows_it_to_its_capture() {
    look(PHONE, async |reader| {
        reader.open("/").await;
        reader.type_in("#q", "speaker:marrow \"safe tonight\"").await;
        reader.click(".search button").await;
        assert_eq!(reader.text(".hit blockquote mark").await, "safe tonight");
        reader.click(".hit blockquote a").await;
        assert!(reader.text("#citation").await.contains("safe tonight"));
        reader.click(".facts a[href^='/captures/']").await;
        reader.see(".good").await;
    });
}

#[test]
fn a_search_is_narrowed_by_a_facet_and_a_month() {
    look(DESKTOP, async |reader| {
        reader.open("/?kind=quotes").await;
        let counted = reader.text(".facets li .aside").await;
        reader.click(".facets li a").await;
        reader.see(".hit").await;
        let query = reader.see("#q").await.prop("value").await.expect("read");
        assert!(
            query.is_some_and(|query| query.contains(':')),
            "a field narrows it"
        );
        // As many as were counted are found.
        let found = reader.text(".found .count").await;
        assert!(
            found.contains(&format!(" of {counted} found")),
            "{found} / {counted}"
        );
        reader.open("/").await;
        reader.click(".months a:not([tabindex])").await;
        reader.see(".hit").await;
        assert!(reader.address().await.contains("said%3A2026-"));
    });
}

#[test]
fn a_timeline_is_zoomed_and_its_clusters_open() {
    look(DESKTOP, async |reader| {
        reader.open("/timeline?kind=quotes").await;
        let all = reader.text(".count").await;
        let axis = reader.text(".zoom .aside").await;
        reader.follow("Zoom in").await;
        reader.follow("All of it").await;
        assert_eq!(reader.text(".zoom .aside").await, axis);
        assert_eq!(reader.text(".count").await, all);
        // A cluster of several days opens into a narrower window; one of a day leads to the list.
        let cluster = reader.see(".timeline a[aria-label*='zoom in']").await;
        cluster.click().await.expect("clicked");
        assert!(reader.address().await.contains("from="));
        assert_ne!(reader.text(".zoom .aside").await, axis);
        reader.click(".timeline svg a[aria-label*='said']").await;
        reader.see(".event:target").await;
    });
}

#[test]
fn a_citation_is_copied_by_a_button() {
    look(DESKTOP, async |reader| {
        reader.open("/?q=%22safe+tonight%22").await;
        reader.click(".hit blockquote a").await;
        let citation = reader.text("#citation").await;
        reader.click("#citation + .copy").await;
        reader.see("#citation ~ [role=status]:not(:empty)").await;
        // Either it is in the clipboard, or it is marked and copied with the keys.
        let marked = reader.run("return getSelection().toString()").await;
        if marked == "" {
            let paste = format!("{}v", char::from(Key::Control));
            reader.type_in("#q-top", &paste).await;
            let pasted = reader.see("#q-top").await.prop("value").await.expect("read");
            assert_eq!(pasted.as_deref(), Some(citation.as_str()));
        } else {
            assert_eq!(marked, citation);
        }
    });
}

#[test]
fn a_silent_edit_is_read_as_what_went_and_what_came() {
    look(DESKTOP, async |reader| {
        reader
            .open("/?q=%22direct+invitation+to+disorder%22+%22less+safe%22+source:herald")
            .await;
        reader.click(".hit cite a").await;
        reader.follow("what changed").await;
        assert!(reader.text(".changed del").await.contains("an open"));
        assert!(reader.text(".changed ins").await.contains("a direct"));
        reader.follow("To the first change").await;
        reader.see(".changed:target").await;
    });
}

#[test]
fn keys_lead_to_the_search_through_the_hits_and_to_the_help() {
    look(DESKTOP, async |reader| {
        reader.open("/?q=shelter&kind=all").await;
        reader.see(".hit").await;
        reader.type_in("body", "jjk").await;
        assert_eq!(
            reader
                .run("return [...document.querySelectorAll('.hit')].findIndex(h => h.matches('.at'))")
                .await,
            0
        );
        assert_eq!(
            reader
                .run("return document.activeElement.closest('.hit') !== null")
                .await,
            true
        );
        // Of a quote it leads to its words and not to its speaker.
        reader.open("/?q=shelter").await;
        reader.type_in("body", "j").await;
        let leads = reader.run("return document.activeElement.pathname").await;
        assert!(
            leads.as_str().is_some_and(|path| path.starts_with("/quotes/")),
            "{leads}"
        );
        reader.type_in("body", "/").await;
        assert_eq!(reader.run("return document.activeElement.id").await, "q");
        reader.type_in("#q", "j?").await;
        let typed = reader.see("#q").await.prop("value").await.expect("read");
        assert!(
            typed.is_some_and(|typed| typed.contains("j?")),
            "keys are text in a field"
        );
        reader.run("document.activeElement.blur()").await;
        reader.type_in("body", "?").await;
        reader.see("#keys").await;
    });
}

#[test]
fn keys_are_switched_off_at_once_and_stay_off() {
    look(DESKTOP, async |reader| {
        reader.open("/help").await;
        assert_eq!(
            reader
                .run("return document.querySelector('[data-keys]').hidden")
                .await,
            false
        );
        // With the keyboard alone, and told to who cannot see it.
        reader
            .run("document.querySelector('[data-keys] input').focus()")
            .await;
        reader.type_in("[data-keys] input", " ").await;
        assert_eq!(reader.text("[data-keys] [role=status]").await, "Keys are off.");
        reader.type_in("body", "/").await;
        assert_ne!(reader.run("return document.activeElement.id").await, "q-top");
        reader.open("/?q=shelter&kind=all").await;
        reader.type_in("body", "j?").await;
        assert_eq!(reader.count(".at").await, 0);
        assert!(!reader.address().await.contains("/help"));
        reader.open("/help").await;
        assert_eq!(
            reader
                .run("return document.querySelector('[data-keys] input').checked")
                .await,
            false
        );
        reader.click("[data-keys] label").await;
        assert_eq!(reader.text("[data-keys] [role=status]").await, "Keys are on.");
        reader.type_in("body", "/").await;
        assert_eq!(reader.run("return document.activeElement.id").await, "q-top");
    });
}

#[test]
fn everything_works_without_scripts() {
    let quiet = Look {
        has_scripts: false,
        ..DESKTOP
    };
    look(quiet, async |reader| {
        reader.open("/").await;
        reader.type_in("#q", "shelter").await;
        reader.click(".search button").await;
        reader.click(".hit blockquote a").await;
        reader.see("#citation").await;
        assert_eq!(reader.count(".copy").await, 0, "the script did not run");
        reader.follow("Timeline").await;
        reader.follow("Zoom in").await;
        reader.see(".event").await;
        reader.follow("Speakers").await;
        reader.click("tbody a").await;
        reader.see(".offices").await;
    });
}

/// A name and the address of every page there is.
fn pages(desk: &Demo) -> Vec<(&'static str, String)> {
    let quote = desk.hit("\"asks whether they are safe tonight\" source:hall");
    let edited = desk.hit("\"direct invitation to disorder\" \"less safe\" source:herald");
    let id = |hit: &Value, key: &str| string(&hit[key]);
    vec![
        ("front", "/".into()),
        ("search", "/?q=shelter&kind=all".into()),
        ("nothing-found", "/?q=nothingofthekind".into()),
        ("wrong-query", "/?q=said:whenever".into()),
        ("quote", format!("/quotes/{}", id(&quote, "id"))),
        ("reworded-quote", format!("/quotes/{}", id(&edited, "id"))),
        ("document", format!("/documents/{}", id(&edited, "document"))),
        (
            "changes",
            format!("/documents/{}/changes", id(&edited, "document")),
        ),
        ("speakers", "/speakers".into()),
        ("speaker", "/speakers/ines-marrow".into()),
        ("body", "/speakers/dsh".into()),
        ("timeline", "/timeline".into()),
        (
            "timeline-by-source",
            "/timeline?lanes=source&from=2026-03-09&to=2026-03-14".into(),
        ),
        (
            "timeline-deadlines",
            "/timeline?q=%22night+ferry%22+OR+pass".into(),
        ),
        ("timeline-empty", "/timeline?from=1999-01-01&to=1999-02-01".into()),
        ("capture", format!("/captures/{}", id(&quote, "capture"))),
        ("saved", "/searches".into()),
        ("sources", "/sources".into()),
        ("help", "/help".into()),
        ("not-found", "/nowhere".into()),
    ]
}

/// What a page weighs with all it asks for, and what it asks of others.
const WEIGHED: &str = "const entries = [...performance.getEntriesByType('navigation'), \
     ...performance.getEntriesByType('resource')]; \
     return [entries.reduce((sum, entry) => sum + entry.decodedBodySize, 0), \
     entries.map(entry => entry.name).filter(name => !name.startsWith(location.origin)), \
     document.documentElement.scrollWidth - document.documentElement.clientWidth]";

/// What axe-core finds against WCAG 2.2 AA, in words.
const FOUND: &str = "const done = arguments[0]; \
     axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}) \
     .then(found => done(found.violations.map(it => `${it.id}: ${it.help}: ${it.nodes.map(node => node.html \
     .slice(0, 200) + ' ' + (node.any[0]?.message ?? '')).slice(0, 3).join(' | ')}`)), error => done([String(error)]))";

#[test]
fn every_page_is_light_fits_and_is_accessible_in_light_and_dark() {
    let Some(axe) = consumers("node_modules/axe-core/axe.min.js") else {
        return;
    };
    let axe = std::fs::read_to_string(axe).expect("readable");
    let Some(driver) = driver() else { return };
    let desk = Demo::start();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut found: Vec<String> = Vec::new();
    for width in [DESKTOP, PHONE] {
        for is_dark in [false, true] {
            let look = Look { is_dark, ..width };
            let shade = if is_dark { "dark" } else { "light" };
            found.extend(runtime.block_on(async {
                let client = driver.browser(look).await;
                let mut found = Vec::new();
                for (name, path) in pages(&desk) {
                    client
                        .goto(&format!("http://{}{path}", desk.address))
                        .await
                        .expect("a page");
                    let place = format!("{name} at {} {shade}", look.width);
                    let weighed = client.execute(WEIGHED, vec![]).await.expect("weighed");
                    if weighed[0].as_u64().is_none_or(|bytes| bytes >= 100_000) {
                        found.push(format!("{place} weighs {}", weighed[0]));
                    }
                    if weighed[1] != json!([]) || weighed[2] != 0 {
                        found.push(format!("{place} asks others or is too wide: {weighed}"));
                    }
                    let picture = client.screenshot().await.expect("a picture");
                    let file = folder.join(format!("{name}-{}-{shade}.png", look.width));
                    std::fs::write(file, picture).expect("written");
                    client.execute(&axe, vec![]).await.expect("axe");
                    let violations = client.execute_async(FOUND, vec![]).await.expect("checked");
                    let violations = violations.as_array().expect("a list");
                    found.extend(violations.iter().map(|it| format!("{place}: {it}")));
                }
                client.close().await.expect("closed");
                found
            }));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A page that draws our files with the two timelines people use, and says how many it drew.
const DRAWN: &str = "<!doctype html><meta charset=utf-8><link rel=stylesheet href=/timeline.css>\
     <script src=/timeline.js></script><script src=/vis.js></script>\
     <div id=tl style='width:1200px;height:600px'></div><div id=vis></div><script>\
     Promise.all([fetch('/tl.json'), fetch('/vis.json')].map(it => it.then(it => it.json()))).then(([slides, items]) => {\
       const line = new vis.Timeline(document.getElementById('vis'), items.items, items.groups, {});\
       line.fit({animation: false});\
       new TL.Timeline('tl', slides);\
       setInterval(() => { const drawn = document.querySelectorAll('.tl-timemarker').length;\
         if (drawn) document.title = `drew ${drawn} ${line.getVisibleItems().length} \
           ${document.querySelectorAll('.vis-item').length > 0}`; }, 100);\
     })</script>";

#[test]
fn timelinejs_and_vis_timeline_draw_every_event_of_an_export() {
    let (Some(tl), Some(vis)) = (
        consumers("node_modules/@knight-lab/timelinejs/dist"),
        consumers("node_modules/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"),
    ) else {
        return;
    };
    let Some(driver) = driver() else { return };
    let desk = Demo::start();
    let site = Site::new();
    let file = |path: PathBuf| std::fs::read(path).expect("readable");
    site.put(
        "/timeline.js",
        200,
        "text/javascript",
        file(tl.join("js/timeline.js")),
    );
    site.put(
        "/timeline.css",
        200,
        "text/css",
        file(tl.join("css/timeline.css")),
    );
    site.put("/vis.js", 200, "text/javascript", file(vis));
    let query = "q=speaker:ines-marrow&kind=quotes";
    for (name, format) in [("/tl.json", "timelinejs"), ("/vis.json", "vis")] {
        let json = desk.page(&format!("/timeline?{query}&format={format}"), &[]);
        site.put(name, 200, "application/json", json);
    }
    site.put("/", 200, "text/html", DRAWN);
    let csv = desk.page(&format!("/timeline?{query}&format=jsonl"), &[]);
    let dated = csv.lines().filter(|line| !line.contains("\"day\":null")).count();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let client = driver.browser(DESKTOP).await;
        client.goto(&site.url("/")).await.expect("a page");
        let mut title = String::new();
        for _ in 0..150 {
            title = client.title().await.expect("a title");
            if title.starts_with("drew") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        assert_eq!(
            title.split_whitespace().collect::<Vec<_>>().join(" "),
            format!("drew {dated} {dated} true")
        );
        client.close().await.expect("closed");
    });
}
