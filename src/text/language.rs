//! Which language a text is in, and how a page's own word for it is written.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters that are enough to tell a language; more only cost time.
const SAMPLE_CHARS: usize = 2_000;
/// Characters below which a guess is worth nothing.
const MIN_CHARS: usize = 60;

static TAGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("language/tags.txt").lines();
    let words: Vec<&str> = lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect();
    words.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
});

/// The BCP 47 tag of the language that a text is written in, where it is long enough to tell.
pub fn guess(text: &str) -> Option<String> {
    let sample: String = text.chars().take(SAMPLE_CHARS).collect();
    if sample.chars().count() < MIN_CHARS {
        return None;
    }
    let found = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    TAGS.get(found.lang().code()).map(|tag| (*tag).to_owned())
}

/// A language tag as a page writes it (`EN_us`, `en-US `) in the form of BCP 47 (`en-US`).
pub fn tag(stated: &str) -> Option<String> {
    let stated = stated.trim().replace('_', "-");
    let mut parts = stated.split('-');
    let language = parts.next().filter(|part| is_subtag(part, 2..=3))?;
    let mut tag = language.to_ascii_lowercase();
    for part in parts {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

fn is_subtag(part: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stated: &str, expected: Option<&str>) {
        assert_eq!(tag(stated).as_deref(), expected, "{stated}");
    }

    #[test]
    fn tags_are_written_as_the_standard_does() {
        check("EN_us", Some("en-US"));
        check(" de ", Some("de"));
        check("zh-hans-cn", Some("zh-Hans-CN"));
        check("es-419", Some("es-419"));
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        check("", None);
        check("English", None);
        check("en-", None);
    }

    #[test]
    fn the_language_of_a_text_is_told_when_it_is_long_enough() {
        let text = "The council met on Tuesday evening and voted to keep the harbour open until the end of the year.";
        assert_eq!(guess(text).as_deref(), Some("en"));
        let text = "Der Stadtrat hat am Dienstagabend beschlossen, den Hafen bis zum Ende des Jahres offen zu halten.";
        assert_eq!(guess(text).as_deref(), Some("de"));
        assert_eq!(guess("Yes."), None);
    }
}
