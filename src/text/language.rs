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

/// Characters of a text that may tell that its page names a wrong language for it.
const SURE_CHARS: usize = 300;
/// Words of English that other languages lack, and the share of the words of an English text, in hundredths, that they have at
/// least: half of what is usual.
const ENGLISH: [&str; 10] = [
    "the", "of", "and", "to", "that", "for", "was", "is", "with", "said",
];
const ENGLISH_SHARE: usize = 8;

/// The language of a text whose page names one: templates say that they are English around what others wrote. Close languages
/// are taken for each other, so that only English and what is surely not English are told apart.
pub fn told(text: &str, stated: Option<&str>) -> Option<String> {
    let Some(stated) = stated else {
        return guess(text);
    };
    let is_english = |tag: &str| tag.split('-').next() == Some("en");
    let is_doubted = is_english(stated) != reads_english(text) && text.chars().nth(SURE_CHARS).is_some();
    let guessed = is_doubted.then(|| guess(text)).flatten();
    guessed
        .filter(|guessed| is_english(stated) != is_english(guessed))
        .or_else(|| Some(stated.to_owned()))
}

/// Whether the first words of a text are those of English. It costs far less than a guess.
fn reads_english(text: &str) -> bool {
    let sample = &text[..text.floor_char_boundary(SAMPLE_CHARS)];
    let (mut english, mut all) = (0, 0);
    for word in sample
        .split(|mark: char| !mark.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        all += 1;
        english += usize::from(ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    english * 100 >= all * ENGLISH_SHARE
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

    #[test]
    fn the_words_of_a_text_tell_more_than_its_template() {
        let spanish = "El concejo votó el martes a favor de mantener abierto el puerto hasta el fin del año. La alcaldesa dijo \
             que nadie perderá su trabajo, aunque los pescadores llevan meses sin salir al mar. «No nos vamos a rendir», \
             aseguró, y recordó que el muelle fue construido por sus abuelos. La decisión será revisada en mayo, cuando se \
             conozcan los resultados del estudio que encargó la provincia.";
        let english = "The council voted on Tuesday to keep the harbour of the town open until the end of the year. The mayor said \
             that nobody would lose a job, though the boats have been idle for months. “We will not give up,” she said, and \
             recalled that the pier was built by the grandparents of those who fish here. The decision is to be reviewed in May.";
        let of = |text: &str, stated: Option<&str>| told(text, stated);
        assert_eq!(of(spanish, Some("en-US")).as_deref(), Some("es"));
        assert_eq!(of(english, Some("es")).as_deref(), Some("en"));
        // What agrees keeps its region, and what is short or of a close language is believed.
        assert_eq!(of(english, Some("en-GB")).as_deref(), Some("en-GB"));
        assert_eq!(of(spanish, Some("es-MX")).as_deref(), Some("es-MX"));
        assert_eq!(of(&spanish[..90], Some("en")).as_deref(), Some("en"));
        assert_eq!(of(spanish, Some("gl")).as_deref(), Some("gl"));
        assert_eq!(
            of("5:30, 4-2, 10 km. ".repeat(30).as_str(), Some("en")).as_deref(),
            Some("en")
        );
        assert_eq!(of(spanish, None).as_deref(), Some("es"));
    }
}
