//! Names: one that has no address, one that changes it.

use crate::support::Workspace;
use crate::support::altered::World;
use crate::support::faulty::{FaultSite, answer, article, page, send};

/// A public address; in the altered world it is our own server.
const PUBLIC: &str = "93.184.216.34";

fn town() -> FaultSite {
    FaultSite::start(|asked| {
        let host = asked.field("host").to_string();
        send(match asked.target.as_str() {
            "/robots.txt" => answer("404 Not Found", &[], ""),
            "/list.txt" => {
                let list: String = (0..3)
                    .map(|number| format!("http://{host}/news/{number}\n"))
                    .collect();
                answer("200 OK", &[("content-type", "text/plain")], list)
            }
            target => page(article(
                &format!("News of {host}{target}"),
                "The ferry will run, said the harbor master",
            )),
        })
    })
}

/// A source that is an ordinary public site.
fn public(workspace: &Workspace, id: &str, host: &str) {
    workspace.write(
        &format!("config/sources/{id}.toml"),
        &format!(
            "name = \"{id}\"\nkind = \"news\"\nhome = \"http://{host}/\"\n\
             [[channel]]\nkind = \"sitemap\"\nurl = \"http://{host}/list.txt\"\n"
        ),
    );
}

fn crawled(workspace: &Workspace, world: &World) {
    let output = world
        .around(workspace.command(&["crawl", "--once", "--json"]))
        .output()
        .expect("it runs");
    assert!(
        output.status.success(),
        "{}",
        crate::support::text(&output.stderr)
    );
}

#[test]
pub(crate) fn a_name_that_is_gone_troubles_nobody_else() {
    let site = town();
    let world = World::of_names(&format!("harbor.example {PUBLIC}\n"), site.port());
    let workspace = Workspace::new();
    public(&workspace, "harbor", "harbor.example");
    public(&workspace, "gone", "gone.example");
    crawled(&workspace, &world);
    let statuses = workspace.lines(0, &["status", "--json"]);
    let of = |id: &str| {
        statuses
            .iter()
            .find(|status| status["source"] == id)
            .expect("a source")
    };
    assert_eq!(of("harbor")["outcomes"], serde_json::json!({"changed": 3}));
    assert_eq!(of("gone")["channels"][0]["outcome"], "name_unknown");
    let lookups = |log: &[String]| log.iter().filter(|line| *line == "lookup gone.example").count();
    let before = lookups(&world.log());
    assert!(
        (1..=2).contains(&before),
        "{before} lookups of a name that has no address"
    );
    // It is not tried again at once, but after a pause.
    let planned = workspace.lines(0, &["schedule", "--json"]);
    let channel = planned
        .iter()
        .find(|task| task["source"] == "gone")
        .expect("a channel");
    let due: jiff::Timestamp = channel["due_at"]
        .as_str()
        .expect("a time")
        .parse()
        .expect("an instant");
    let pause = due.duration_since(jiff::Timestamp::now()).as_secs();
    assert!(pause >= 240, "the next try is in {pause} s");
}

#[test]
pub(crate) fn a_name_that_changes_its_address_is_checked_each_time() {
    let site = town();
    // The first lookup gives a public address, every later one this machine; another name has both at once, and a
    // third is this machine's under a name that looks public.
    let names = format!(
        "rebound.example {PUBLIC} 127.0.0.1\nboth.example {PUBLIC},127.0.0.1\ninside.example 127.0.0.1\n\
         mapped.example ::ffff:127.0.0.1\nmetadata.example 169.254.169.254\n"
    );
    let world = World::of_names(&names, site.port());
    let workspace = Workspace::new();
    for id in ["rebound", "both", "inside", "mapped", "metadata"] {
        public(&workspace, id, &format!("{id}.example"));
    }
    crawled(&workspace, &world);
    let log = world.log();
    let connected: Vec<&str> = log
        .iter()
        .filter_map(|line| line.strip_prefix("connect "))
        .collect();
    assert!(connected.contains(&PUBLIC), "{log:?}");
    assert!(
        connected.iter().all(|address| *address == PUBLIC),
        "an address that is not public was connected to: {log:?}"
    );
    let lookups = log
        .iter()
        .filter(|line| *line == "lookup rebound.example")
        .count();
    assert!(lookups >= 2, "the name was looked up {lookups} times");
    let statuses = workspace.lines(0, &["status", "--json"]);
    // Behind the sources there is a line of what holds for all of them.
    for status in statuses.iter().filter(|status| status["source"].is_string()) {
        let outcome = &status["channels"][0]["outcome"];
        match status["source"].as_str().expect("an id") {
            "both" => assert_eq!(outcome, "changed", "{status}"),
            _ => assert_eq!(outcome, "refused", "{status}"),
        }
    }
    let of_rebound = |asked: &&crate::support::faulty::Asked| asked.field("host") == "rebound.example";
    let asked: Vec<String> = site
        .log()
        .iter()
        .filter(of_rebound)
        .map(|asked| asked.target.clone())
        .collect();
    assert_eq!(
        asked,
        ["/robots.txt"],
        "only the connection to the checked address was made"
    );
}
