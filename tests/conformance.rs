//! Other people's cases for the formats of the web: robots.txt, feeds, sitemaps. Needs the shared data.

use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord::crawl::robots::Robots;
use onrecord::discover::{feed, sitemap};
use onrecord::text::moments;
use serde_json::Value;
use url::Url;

use crate::support::shared;

/// The folder of the cases, or a word on why nothing is checked.
fn cases(kind: &str) -> Option<PathBuf> {
    let folder = shared().map(|shared| shared.join("data/conformance").join(kind));
    if folder.is_none() {
        eprintln!("ONRECORD_SHARED is not set: no {kind} case was tried");
    }
    folder
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("readable")
}

#[test]
fn robots_files_are_read_as_google_reads_them() {
    let Some(folder) = cases("robots") else { return };
    let decides = |bytes: &[u8], case: &Value| {
        let text = |name: &str| case[name].as_str().expect("a text");
        let decision = Robots::parse(bytes, text("agent"))
            .decide_written(text("url"))
            .allowed;
        Some(decision) == case["allowed"].as_bool()
    };
    for case in lines(&read(&folder.join("google_cases.jsonl"))) {
        let robots = case["robots"].as_str().expect("a text");
        assert!(decides(robots.as_bytes(), &case), "{case}");
    }
    let mut packed = Vec::new();
    let file = std::fs::File::open(folder.join("real_cases.jsonl.gz")).expect("readable");
    flate2::read::MultiGzDecoder::new(file)
        .read_to_end(&mut packed)
        .expect("sound");
    let real = lines(std::str::from_utf8(&packed).expect("text"));
    let unpacked = tempfile::tempdir().expect("a folder");
    let status = Command::new("tar")
        .args(["-xzf"])
        .arg(folder.join("real_robots_txt.tar.gz"))
        .arg("-C")
        .arg(unpacked.path())
        .status();
    assert!(status.expect("tar runs").success());
    let mut files: HashMap<String, Vec<u8>> = HashMap::new();
    let right = real
        .iter()
        .filter(|case| {
            let name = case["file"].as_str().expect("a name");
            let bytes = files.entry(name.to_string()).or_insert_with(|| {
                std::fs::read(unpacked.path().join("test_data").join(name)).expect("readable")
            });
            decides(bytes, case)
        })
        .count();
    eprintln!("robots decisions on real files: {right} of {}", real.len());
    assert!(right * 10_000 >= real.len() * 9_995, "{right} of {}", real.len());
}

#[test]
fn feeds_have_the_entries_that_feedparser_finds() {
    let Some(folder) = cases("feeds") else { return };
    let base = Url::parse("http://feeds.example/").expect("valid");
    let (mut right, mut all) = (0, 0);
    for case in lines(&read(&folder.join("feed_cases.jsonl"))) {
        if case["suite"] != "feedparser" {
            continue;
        }
        let bytes = std::fs::read(folder.join(case["file"].as_str().expect("a name"))).expect("readable");
        let found = feed::entries(&bytes, None, &base).map_or(0, |entries| entries.len() as u64);
        all += 1;
        right += usize::from(case["oracle"]["n_entries"].as_u64() == Some(found));
    }
    eprintln!("feeds with feedparser's number of entries: {right} of {all}");
    assert!(right >= 2_100, "{right} of {all}");
}

#[test]
fn odd_dates_of_feeds_are_read_and_wrong_ones_are_not() {
    let Some(folder) = cases("feeds") else { return };
    let (mut read_right, mut valid) = (0, 0);
    for case in lines(&read(&folder.join("date_cases.jsonl"))) {
        let found = moments::read(case["input"].as_str().expect("a text"));
        let Some(wanted) = case["utc"].as_str() else {
            assert!(found.is_none(), "{case} is no date");
            continue;
        };
        valid += 1;
        let wanted: jiff::Timestamp = wanted.parse().expect("an instant");
        let found = found.and_then(|found| found.timestamp(&jiff::tz::TimeZone::UTC));
        let same = found.is_some_and(|found| (found.as_second() - wanted.as_second()).abs() < 1);
        read_right += usize::from(same);
    }
    eprintln!("odd dates read: {read_right} of {valid}");
    assert!(read_right >= 40, "{read_right} of {valid}");
}

#[test]
fn sitemap_trees_list_the_pages_they_should() {
    let Some(folder) = cases("sitemaps") else { return };
    let mut wrong = Vec::new();
    for site in lines(&read(&folder.join("usp_virtual_sites.jsonl"))) {
        let call = &site["calls"][0];
        // Their callbacks choose branches of the tree, which no sitemap can say.
        if call["kwargs"].to_string().contains("callback") {
            continue;
        }
        let wanted: BTreeSet<String> = (call["pages"].as_array().expect("a list").iter())
            .map(|page| normal(page["url"].as_str().expect("an address")))
            .collect();
        let found = Site(&site["responses"]).pages();
        // A tree that leads in circles names no page twice and none it does not have.
        if found != wanted {
            wrong.push(format!(
                "{}: {} pages of {}",
                site["name"],
                found.len(),
                wanted.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A site that exists in memory only.
struct Site<'a>(&'a Value);

impl Site<'_> {
    /// The body at an address, its redirects followed.
    fn get(&self, address: &str) -> Option<(Url, Vec<u8>, Option<String>)> {
        let mut address = address.to_string();
        for _ in 0..5 {
            let answer = &self.0[&address][0];
            let header = |name: &str| {
                let headers = answer["headers"].as_object()?;
                let (_, value) = headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
                value.as_str().map(str::to_string)
            };
            match answer["status"].as_u64()? {
                200 => {
                    let body = answer["body_b64"].as_str().unwrap_or_default();
                    let body = data_encoding::BASE64.decode(body.as_bytes()).expect("base64");
                    return Some((Url::parse(&address).expect("valid"), body, header("content-type")));
                }
                301 | 302 => address = header("location")?,
                _ => return None,
            }
        }
        None
    }

    /// The pages of all sitemaps that robots.txt names or that lie where sitemaps lie.
    fn pages(&self) -> BTreeSet<String> {
        let addresses: Vec<&String> = self.0.as_object().expect("an object").keys().collect();
        let root = Url::parse(addresses[0]).expect("valid").join("/").expect("valid");
        let robots = self.get(root.join("robots.txt").expect("valid").as_str());
        let named = robots.map(|(_, body, _)| Robots::parse(&body, "onrecord").sitemaps().to_vec());
        let mut waiting: Vec<String> = named.unwrap_or_default();
        // The places where sitemaps lie that nobody named.
        waiting.extend(
            ["sitemap.xml", "sitemap_index.xml", "sitemap-news.xml"]
                .map(|name| root.join(name).expect("valid").to_string()),
        );
        let (mut seen, mut pages) = (BTreeSet::new(), BTreeSet::new());
        while let Some(address) = waiting.pop() {
            if !seen.insert(address.clone()) {
                continue;
            }
            let Some((base, body, kind)) = self.get(&address) else {
                continue;
            };
            if let Ok(read) = sitemap::read(&body, kind.as_deref(), &base) {
                pages.extend(read.pages.iter().map(|page| normal(page.url.as_str())));
                waiting.extend(read.sitemaps.iter().map(|(url, _)| url.to_string()));
            }
        }
        pages
    }
}

/// An address as the URL standard writes it.
fn normal(address: &str) -> String {
    Url::parse(address).map_or_else(|_| address.to_string(), String::from)
}
