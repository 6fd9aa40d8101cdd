//! Whom the speakers of labelled quotes are taken for, where their article leaves no doubt.
//!
//! The shared set has the words that name a speaker and no canonical names. So only those count that anybody can tell: a surname that
//! the article gives in full with one first name, and "he" or "she" where nobody else is named since the last speaker that has a name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::{Value, json};

use super::quotes::answered;
use crate::support::shared;

/// The least share of surnames that must lead to the full name.
const SURNAMES: f64 = 0.92;
/// Code points between a name and a pronoun that may still mean it.
const NEAR: usize = 1500;

#[derive(Deserialize)]
struct Article {
    id: String,
    text: String,
    quotes: Vec<Labelled>,
}

#[derive(Deserialize)]
struct Labelled {
    start: usize,
    kind: String,
    speaker: Option<String>,
    speaker_type: Option<String>,
    #[serde(default)]
    speaker_spans: Vec<(usize, usize)>,
}

/// A naming of a speaker with the surname of whom it means.
struct Wanted {
    naming: (usize, usize),
    surname: String,
    sort: &'static str,
}

#[test]
fn surnames_of_labelled_speakers_lead_to_full_names() {
    let Some(shared) = shared() else {
        eprintln!("ONRECORD_SHARED is not set: no names were measured");
        return;
    };
    let lines = std::fs::read_to_string(shared.join("data/quotes/dev.jsonl")).expect("readable");
    let articles: Vec<Article> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("an article"))
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let asked = articles
        .iter()
        .map(|article| json!({"id": article.id, "text": article.text}));
    let answers = answered(folder.path(), &["annotate"], asked);
    let mut tallies: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (article, answer) in articles.iter().zip(&answers) {
        for wanted in wanted(article) {
            let Some(found) = found(answer, wanted.naming) else {
                continue;
            };
            let (right, of) = tallies.entry(wanted.sort).or_default();
            *right += usize::from(is_right(&wanted, found));
            *of += 1;
        }
    }
    for (sort, (right, of)) in &tallies {
        eprintln!("{sort}: {right} of {of}");
    }
    let (right, of) = tallies["surname"];
    assert!(right as f64 / of as f64 >= SURNAMES, "{right} of {of}");
}

/// What a naming of a speaker was taken for.
fn found(answer: &Value, naming: (usize, usize)) -> Option<&Value> {
    let place = |value: &Value| value.as_u64().and_then(|place| usize::try_from(place).ok());
    let overlaps = |quote: &&Value| {
        let span = place(&quote["speaker_start"]).zip(place(&quote["speaker_end"]));
        span.is_some_and(|(start, end)| start < naming.1 && naming.0 < end)
    };
    let quotes = answer["quotes"].as_array().expect("a list").iter();
    let quote = quotes
        .filter(|quote| quote["kind"] != "indirect")
        .find(overlaps)?;
    Some(&quote["speaker_canonical"])
}

fn is_right(wanted: &Wanted, found: &Value) -> bool {
    let words: Vec<&str> = found.as_str().unwrap_or_default().split(' ').collect();
    let is_full = wanted.sort == "pronoun" || words.len() > 1;
    is_full && words.last() == Some(&wanted.surname.as_str())
}

/// The namings of an article that leave no doubt, in order.
fn wanted(article: &Article) -> Vec<Wanted> {
    let text: Vec<char> = article.text.chars().collect();
    let first_names = first_names(&article.text);
    let mut quotes: Vec<&Labelled> = article
        .quotes
        .iter()
        .filter(|quote| quote.kind != "indirect")
        .collect();
    quotes.sort_by_key(|quote| quote.start);
    let mut last: Option<(usize, String)> = None;
    let mut wanted = Vec::new();
    for quote in quotes {
        let (Some(speaker), Some(naming)) = (&quote.speaker, quote.speaker_spans.first()) else {
            continue;
        };
        let sort = quote.speaker_type.as_deref().unwrap_or_default();
        if sort == "pronoun" {
            let is_one = matches!(speaker.to_lowercase().as_str(), "he" | "she");
            let near = last
                .as_ref()
                .filter(|(end, _)| is_one && *end < naming.0 && naming.0 - end < NEAR);
            if let Some((end, surname)) = near
                && is_alone(&text[*end..naming.0].iter().collect::<String>(), surname)
            {
                wanted.push(Wanted {
                    naming: *naming,
                    surname: surname.clone(),
                    sort: "pronoun",
                });
            }
            continue;
        }
        let capitals: Vec<&str> = speaker.split(' ').filter(|word| is_capital(word)).collect();
        last = capitals
            .last()
            .filter(|_| sort == "name")
            .map(|surname| (naming.1, bare(surname).to_owned()));
        if let ([surname], "name") = (capitals.as_slice(), sort)
            && first_names
                .get(bare(surname))
                .is_some_and(|first| first.len() == 1)
        {
            wanted.push(Wanted {
                naming: *naming,
                surname: bare(surname).to_owned(),
                sort: "surname",
            });
        }
    }
    wanted
}

/// The words with capitals right before each word with one.
fn first_names(text: &str) -> HashMap<&str, BTreeSet<&str>> {
    let mut found: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (first, surname) in pairs(text) {
        found.entry(surname).or_default().insert(first);
    }
    found
}

/// Whether nobody is named in full but whoever bears a surname.
fn is_alone(text: &str, surname: &str) -> bool {
    pairs(text).all(|(_, other)| other == surname)
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text.lines();
    lines.flat_map(|line| {
        let words = line.split(' ');
        words.clone().zip(words.skip(1)).filter_map(|(first, surname)| {
            let are_names =
                is_capital(first) && is_capital(surname) && first.ends_with(char::is_alphanumeric);
            are_names.then(|| (first, bare(surname)))
        })
    })
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// A word without what is written onto it.
fn bare(word: &str) -> &str {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    owner.unwrap_or(word)
}
