//! Other people's cases for the formats of the web: robots.txt, feeds, sitemaps. Needs the shared data.

use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord::crawl::robots::Robots;
use onrecord::discover::{canonical, feed, sitemap};
use onrecord::text::{charset, moments};
use serde_json::Value;
use url::Url;

use crate::support::shared;

/// Google keeps an escaped letter of a rule apart from the letter; RFC 9309 2.2.2 reads both as the same.
const DECODED: [&str; 1] = ["google-067"];
/// Google's cases that may come out otherwise when the address is parsed first.
const GOOGLE_OTHERWISE: usize = 1;
/// Of the 82 cases of html5lib.
const ENCODINGS: usize = 82;
/// Of courlan's cases of one page under two names.
const COURLAN: usize = 19;

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

/// Decisions of robots.txt that came out as Google's, of how many: as the cases write their addresses, and as the
/// crawl asks, with a parsed address. What is no address that could be asked for is left out there.
#[derive(Default)]
struct Decisions {
    written: (usize, usize),
    asked: (usize, usize),
    wrong_allows: Vec<String>,
}

impl Decisions {
    fn add(&mut self, bytes: &[u8], case: &Value) {
        let text = |name: &str| case[name].as_str().expect("a text");
        let allowed = case["allowed"].as_bool();
        let robots = Robots::parse(bytes, text("agent"));
        self.written.0 += usize::from(Some(robots.decide_written(text("url")).allowed) == allowed);
        self.written.1 += 1;
        // Parsing writes other letters than ASCII as octets; Google's answer to those is a case of its own.
        let url = Url::parse(text("url")).ok().filter(|_| text("url").is_ascii());
        if let Some(url) = url.filter(|url| matches!(url.scheme(), "http" | "https")) {
            let decided = robots.decide(&url).allowed;
            self.asked.0 += usize::from(Some(decided) == allowed);
            self.asked.1 += 1;
            if decided
                && allowed == Some(false)
                && !DECODED.contains(&case["id"].as_str().unwrap_or_default())
            {
                self.wrong_allows.push(case.to_string());
            }
        }
    }

    fn tell(&self, what: &str) {
        let ((written, all), (asked, addresses)) = (self.written, self.asked);
        eprintln!("robots, {what}: {written} of {all} as written, {asked} of {addresses} as the crawl asks");
    }
}

#[test]
fn robots_files_are_read_as_google_reads_them() {
    let Some(folder) = cases("robots") else { return };
    let mut google = Decisions::default();
    for case in lines(&read(&folder.join("google_cases.jsonl"))) {
        google.add(case["robots"].as_str().expect("a text").as_bytes(), &case);
    }
    google.tell("Google's cases");
    assert_eq!(google.written.0, google.written.1);
    // Nothing may be asked for that Google would not: where a parsed address differs, it is on the safe side.
    assert!(
        google.wrong_allows.is_empty(),
        "{}",
        google.wrong_allows.join("\n")
    );
    assert!(
        google.asked.0 + GOOGLE_OTHERWISE >= google.asked.1,
        "{:?}",
        google.asked
    );
    let mut packed = Vec::new();
    let file = std::fs::File::open(folder.join("real_cases.jsonl.gz")).expect("readable");
    flate2::read::MultiGzDecoder::new(file)
        .read_to_end(&mut packed)
        .expect("sound");
    let cases = lines(std::str::from_utf8(&packed).expect("text"));
    let unpacked = tempfile::tempdir().expect("a folder");
    let status = Command::new("tar")
        .args(["-xzf"])
        .arg(folder.join("real_robots_txt.tar.gz"))
        .arg("-C")
        .arg(unpacked.path())
        .status();
    assert!(status.expect("tar runs").success());
    let mut files: HashMap<String, Vec<u8>> = HashMap::new();
    let mut real = Decisions::default();
    for case in &cases {
        let name = case["file"].as_str().expect("a name");
        let bytes = files.entry(name.to_string()).or_insert_with(|| {
            std::fs::read(unpacked.path().join("test_data").join(name)).expect("readable")
        });
        real.add(bytes, case);
    }
    real.tell("real files");
    for (right, all) in [real.written, real.asked] {
        assert!(right * 10_000 >= all * 9_995, "{right} of {all}");
    }
}

/// The character encoding that a case of html5lib names, in the standard's words.
fn encoding_of(label: &str) -> Option<&'static str> {
    encoding_rs::Encoding::for_label(label.as_bytes()).map(encoding_rs::Encoding::name)
}

#[test]
fn encodings_are_told_as_browsers_tell_them() {
    let Some(folder) = cases("encoding") else { return };
    let (mut right, mut all) = (0, 0);
    for case in lines(&read(&folder.join("html5lib_encoding.jsonl"))) {
        let bytes = data_encoding::BASE64
            .decode(case["data_b64"].as_str().expect("a text").as_bytes())
            .expect("base64");
        let wanted = encoding_of(case["encoding"].as_str().expect("a label"));
        let found = charset::decode(&bytes, Some("text/html"));
        // We believe bytes that can be nothing but UTF-8 over what is said of them, and call ASCII what it is not
        // told apart from: both read as the same text where no byte is above 127.
        let same_text = bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok_and(|text| text == found.text);
        all += 1;
        if Some(found.encoding) == wanted || same_text {
            right += 1;
        } else {
            eprintln!(
                "  {wanted:?} was read as {}: {:?}",
                found.encoding,
                String::from_utf8_lossy(&bytes)
            );
        }
    }
    eprintln!("encodings as html5lib expects them: {right} of {all}");
    assert!(right >= ENCODINGS, "{right} of {all}");
}

#[test]
fn addresses_are_parsed_by_the_standard_and_keep_their_canonical_form() {
    let Some(folder) = cases("urls") else { return };
    let known = read(&folder.join("rust_url_expected_failures.txt"));
    let known: BTreeSet<&str> = known.lines().collect();
    let (mut right, mut all, mut unstable) = (0, 0, Vec::new());
    for case in lines(&read(&folder.join("whatwg_url_cases.jsonl"))) {
        let input = case["input"].as_str().expect("a text");
        let base = case["base"].as_str();
        let parsed = match base.map(Url::parse) {
            None => Url::parse(input).ok(),
            Some(base) => base.and_then(|base| base.join(input)).ok(),
        };
        let name = match base {
            None => format!("<{input}>"),
            Some(base) => format!("<{input}> against <{base}>"),
        };
        // What the crate is known to differ in is no http address; it is not ours to mend.
        if !known.contains(name.escape_default().to_string().as_str()) && !known.contains(name.as_str()) {
            all += 1;
            right += usize::from(parsed.as_ref().map(Url::as_str) == case["href"].as_str());
        }
        if let Some(url) = parsed.filter(|url| matches!(url.scheme(), "http" | "https")) {
            let once = canonical::canonical(&url).url;
            let again = Url::parse(once.as_str()).map(|url| canonical::canonical(&url).url);
            if again.as_ref() != Ok(&once) {
                unstable.push(url.to_string());
            }
        }
    }
    eprintln!("addresses parsed as the standard says: {right} of {all}");
    assert!(right * 100 >= all * 98, "{right} of {all}");
    assert!(unstable.is_empty(), "not stable: {}", unstable.join(" "));
}

#[test]
fn tracking_is_taken_off_addresses_as_others_take_it_off() {
    let Some(folder) = cases("urls") else { return };
    let (mut right, mut all) = (0, 0);
    for case in lines(&read(&folder.join("courlan_cases.jsonl"))) {
        // The part of that suite about what we do as well: names of one page made one. Its order of parameters,
        // its language filter and its mending of broken links are its own.
        let is_ours = case["test"] == "test_normalization" && case["fn"] == "normalize_url";
        let (Some(given), Some(wanted)) = (case["args"][0].as_str(), case["expect"].as_str()) else {
            continue;
        };
        let (Ok(given), Ok(wanted)) = (Url::parse(given), Url::parse(wanted)) else {
            continue;
        };
        if is_ours {
            all += 1;
            let forms = [&given, &wanted].map(|url| sorted(canonical::canonical(url).url));
            match forms[0] == forms[1] {
                true => right += 1,
                false => eprintln!("  {given} and {wanted}: {} is not {}", forms[0], forms[1]),
            }
        }
    }
    eprintln!("addresses made one as courlan does: {right} of {all}");
    assert!(right >= COURLAN, "{right} of {all}");
}

/// The address with its parameters in order; we leave them as they are, because some servers heed it.
fn sorted(mut url: Url) -> Url {
    if let Some(query) = url.query().map(str::to_string) {
        let mut parameters: Vec<&str> = query
            .split('&')
            .filter(|parameter| !parameter.is_empty())
            .collect();
        parameters.sort_unstable();
        url.set_query(Some(&parameters.join("&")));
    }
    url
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
