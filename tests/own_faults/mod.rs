//! Our own misbehaving sites, a case each, played against the real program. Every case is a host of its own on a
//! loopback port and a source of its own; the cases of a group share one workspace and one crawl, or two.

mod answers;
mod content;
mod robots;
mod routes;
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::Workspace;
use crate::support::faulty::{Asked, FaultSite, Step, answer, send};
use crate::support::site::Site;

type Play = Box<dyn Fn(&Asked) -> Vec<Step> + Send + Sync>;
type Check = Box<dyn Fn(&[Asked]) -> Result<(), String>>;

/// A way to misbehave and what becomes of it.
struct Case {
    name: String,
    play: Play,
    robots: Option<Play>,
    /// The pages announced.
    paths: Vec<String>,
    /// The kind of the channel that the site itself is; without one a list elsewhere announces its pages.
    channel: Option<&'static str>,
    /// Further keys of that channel.
    keys: &'static str,
    ends: Vec<&'static str>,
    again: Vec<&'static str>,
    documents: Option<usize>,
    words: Option<&'static str>,
    /// Requests that the site may see, robots.txt left out.
    most: Option<usize>,
    check: Option<Check>,
}

/// A site whose page is answered so.
fn case(name: impl Into<String>, play: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static) -> Case {
    Case {
        name: name.into(),
        play: Box::new(play),
        robots: None,
        paths: vec!["/page".to_string()],
        channel: None,
        keys: "",
        ends: Vec::new(),
        again: Vec::new(),
        documents: None,
        words: None,
        most: None,
        check: None,
    }
}

/// A site that always answers the same.
fn says(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Case {
    let bytes = bytes.into();
    case(name, move |_| send(bytes.clone()))
}

impl Case {
    /// How the visit ends: one of these outcomes.
    fn ends(mut self, outcomes: &[&'static str]) -> Self {
        self.ends = outcomes.to_vec();
        self
    }

    /// How a second visit ends.
    fn again(mut self, outcomes: &[&'static str]) -> Self {
        self.again = outcomes.to_vec();
        self
    }

    /// How many documents are shown in the end.
    fn documents(mut self, documents: usize) -> Self {
        self.documents = Some(documents);
        self
    }

    /// Words that are found in the end.
    fn found(mut self, words: &'static str) -> Self {
        self.words = Some(words);
        self
    }

    fn at_most(mut self, requests: usize) -> Self {
        self.most = Some(requests);
        self
    }

    fn paths(mut self, paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.paths = paths.into_iter().map(Into::into).collect();
        self
    }

    /// What robots.txt answers; without this there is none.
    fn robots(mut self, play: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static) -> Self {
        self.robots = Some(Box::new(play));
        self
    }

    /// Further keys of the channel's table.
    fn keys(mut self, keys: &'static str) -> Self {
        self.keys = keys;
        self
    }

    fn channel(mut self, kind: &'static str) -> Self {
        self.channel = Some(kind);
        self
    }

    /// What the site's own log must show.
    fn check(mut self, check: impl Fn(&[Asked]) -> Result<(), String> + 'static) -> Self {
        self.check = Some(Box::new(check));
        self
    }
}

/// Plays a group of cases in one workspace; each that goes wrong is told by its name.
#[track_caller]
fn play(settings: &str, cases: Vec<Case>) {
    let played = Played::begin(settings, cases);
    played.crawl(&[]);
    let mut wrong = played.wrong(|case| &case.ends);
    if played.cases.iter().any(|case| !case.again.is_empty()) {
        played.crawl(&["--revisit"]);
        wrong.extend(played.wrong(|case| &case.again));
    }
    wrong.extend(played.wrong_in_the_end());
    let wrong: Vec<String> = wrong.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    played.workspace.run(0, &["verify", "--all"]);
}

struct Played {
    workspace: Workspace,
    cases: Vec<Case>,
    sites: Vec<FaultSite>,
    _lists: Site,
}

impl Played {
    fn begin(settings: &str, mut cases: Vec<Case>) -> Self {
        let workspace = Workspace::new();
        let limit = match settings.contains("max_body_bytes") {
            true => "",
            false => "max_body_bytes = 300000\n",
        };
        workspace.write(
            "config/onrecord.toml",
            &format!(
                "[crawl]\ncontact = \"tests\"\npace = \"1ms\"\nlongest_pace = \"2s\"\nhosts_at_once = 64\n\
                 robots_for = \"1h\"\nmax_decoded_bytes = 1000000\n{limit}{settings}\n"
            ),
        );
        let lists = Site::new();
        let mut sites = Vec::new();
        for (number, case) in cases.iter_mut().enumerate() {
            let site = begin(case);
            let channel = match case.channel {
                Some(kind) => format!(
                    "kind = \"{kind}\"\nurl = \"{}\"\n{}",
                    site.url(&case.paths[0]),
                    case.keys
                ),
                None => {
                    let list: String = case.paths.iter().map(|path| site.url(path) + "\n").collect();
                    lists.put(&format!("/{number}.txt"), 200, "text/plain", list);
                    format!(
                        "kind = \"sitemap\"\nurl = \"{}\"",
                        lists.url(&format!("/{number}.txt"))
                    )
                }
            };
            workspace.write(
                &format!("config/sources/case{number}.toml"),
                &format!(
                    "name = \"Case {number}\"\nkind = \"news\"\nhome = \"{}\"\nallow_private = true\n\
                     [[channel]]\n{channel}\n",
                    site.url("/")
                ),
            );
            sites.push(site);
        }
        Self {
            workspace,
            cases,
            sites,
            _lists: lists,
        }
    }

    fn crawl(&self, more: &[&str]) {
        self.workspace.crawl(more);
    }

    /// The cases whose outcomes are not those wanted.
    fn wrong(&self, wanted: impl Fn(&Case) -> &Vec<&'static str>) -> Vec<(String, String)> {
        let statuses = self.workspace.lines(0, &["status", "--json"]);
        let by_source: BTreeMap<&str, &Value> = statuses
            .iter()
            // Behind the sources there is a line of what holds for all of them.
            .filter_map(|status| Some((status["source"].as_str()?, status)))
            .collect();
        let cases = self.cases.iter().enumerate();
        let found = cases.filter_map(|(number, case)| {
            let status = by_source[format!("case{number}").as_str()];
            let found = match case.channel {
                Some(_) => status["channels"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|channel| channel["outcome"].as_str())
                    .collect(),
                None => outcomes(status),
            };
            let wanted = wanted(case);
            let is_right =
                wanted.is_empty() || !found.is_empty() && found.iter().all(|one| wanted.contains(one));
            (!is_right).then(|| (case.name.clone(), format!("ended as {found:?}, not {wanted:?}")))
        });
        found.collect()
    }

    /// The cases that left something wrong behind.
    fn wrong_in_the_end(&self) -> Vec<(String, String)> {
        let output = self
            .workspace
            .command(&["search", "", "--kind", "documents", "--limit", "500", "--json"])
            .output()
            .expect("it runs");
        let documents = crate::support::json_lines(&output.stdout);
        let mut wrong = Vec::new();
        for (number, (case, site)) in self.cases.iter().zip(&self.sites).enumerate() {
            let mut say = |why: String| wrong.push((case.name.clone(), why));
            let source = format!("case{number}");
            let held = documents
                .iter()
                .filter(|document| document["source"] == source.as_str())
                .count();
            if case.documents.is_some_and(|wanted| wanted != held) {
                say(format!("{held} documents"));
            }
            if let Some(words) = case.words {
                let query = format!("source:{source} \"{words}\"");
                let found = self
                    .workspace
                    .command(&["search", &query, "--kind", "documents"])
                    .status_quietly();
                if found != Some(0) {
                    say(format!("{words:?} is not found"));
                }
            }
            let log = site.log();
            let asked = log.iter().filter(|asked| asked.target != "/robots.txt").count();
            if case.most.is_some_and(|most| asked > most) {
                say(format!("asked {asked} times"));
            }
            if let Some(Err(why)) = case.check.as_ref().map(|check| check(&log)) {
                say(why);
            }
        }
        wrong
    }
}

/// Runs a command and passes over what it says.
trait StatusQuietly {
    fn status_quietly(&mut self) -> Option<i32>;
}

impl StatusQuietly for std::process::Command {
    fn status_quietly(&mut self) -> Option<i32> {
        self.output().expect("it runs").status.code()
    }
}

fn outcomes(status: &Value) -> BTreeSet<&str> {
    let outcomes = status["outcomes"].as_object().expect("counts");
    outcomes.keys().map(String::as_str).collect()
}

/// The site of a case: its robots.txt apart from everything else.
fn begin(case: &mut Case) -> FaultSite {
    let play = std::mem::replace(&mut case.play, Box::new(|_| Vec::new()));
    let robots = case.robots.take();
    FaultSite::start(
        move |asked| match (asked.target.starts_with("/robots.txt"), &robots) {
            (true, Some(robots)) => robots(asked),
            (true, None) => send(answer("404 Not Found", &[], "")),
            (false, _) => play(asked),
        },
    )
}
