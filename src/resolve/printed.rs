//! A speaker known by the printed name only: what an index would print of it.

use super::capitals::Capitals;
use super::names::folded;
use super::words::{Words, is_suffix, without_owner_mark};
use crate::model::id::SpeakerId;
use crate::model::speaker::ResolvedSpeaker;

/// The speaker; nobody for a pronoun, a noun, and words that stand for any number of people or papers.
pub(super) fn speaker(language: &Words, capitals: &Capitals<'_>, printed: &str) -> Option<ResolvedSpeaker> {
    let name = name(language, capitals, printed)?;
    Some(ResolvedSpeaker {
        id: SpeakerId::from_name(&name),
        name,
        known: false,
        rule: "printed",
    })
}

/// The fewest letters of a part of a name that is told from an abbreviation.
const SHORTEST: usize = 3;

/// Letters of a small word joined to a name: `al-Bashir`.
const LEAD: usize = 3;

/// A word as it is printed and as it is compared.
struct Word<'a> {
    printed: &'a str,
    plain: String,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        // "al-Bashir".
        let mut parts = self.printed.split('-').take(2);
        parts.any(|part| part.starts_with(char::is_uppercase))
            && (self.printed.starts_with(char::is_uppercase) || self.has_small_lead())
    }

    /// Whether a few small letters and a hyphen stand before a name.
    fn has_small_lead(&self) -> bool {
        let lead = self.printed.split('-').next().unwrap_or_default();
        lead.len() <= LEAD && lead.chars().all(char::is_lowercase)
    }

    fn is_number(&self) -> bool {
        self.printed.starts_with(|c: char| c.is_ascii_digit())
    }

    fn is_possessive(&self) -> bool {
        without_owner_mark(self.printed) != self.printed
    }

    /// Whether all its letters are capitals, and they are more than one.
    fn is_shouted(&self) -> bool {
        is_shouted(self.printed)
    }

    /// Whether it shouts what somebody is like: `FUMING`, and not `NATO`.
    fn is_shout(&self, language: &Words) -> bool {
        let mut letters = self.printed.chars().filter(|c| c.is_alphabetic());
        self.plain.chars().count() > SHORTEST
            && letters.all(char::is_uppercase)
            && language.ends_as_shout(&self.plain)
    }

    /// Whether it stands small before a name and says what somebody does: `city clerk Ana Lima`.
    fn describes(&self, language: &Words) -> bool {
        self.printed.starts_with(char::is_lowercase) && !language.joins_names(&self.plain)
    }

    /// Whether it says whose or how many: `her`, `another`, `fifty-one`, `200`.
    fn counts(&self, language: &Words) -> bool {
        self.is_number() || self.plain.split('-').all(|part| language.is_owner(part))
    }

    /// Whether it is a title of a name of so many words. "Del." is one with its stop only; "Singer" is a surname as well, unless a
    /// full name follows.
    fn is_title(&self, language: &Words, behind: usize) -> bool {
        let may_be_name = language.is_trade(&self.plain) && self.is_capital() && behind < 2;
        let is_stopped = language.is_stopped_title(&self.plain) && self.printed.ends_with('.') && behind > 1;
        !self.is_possessive() && !may_be_name && (language.is_title(&self.plain) || is_stopped)
    }

    /// Whether it names nobody by itself: a pronoun, also with its verb (`they’re`), a noun, a letter.
    fn is_nobody(&self, language: &Words) -> bool {
        let before_mark = self.printed.split(['\'', '’']).next().unwrap_or_default();
        let pronoun = folded(before_mark).join("");
        language.is_pronoun(&pronoun)
            || language.is_nobody(&self.plain)
            || self.counts(language)
            || self.plain.chars().count() < 2
    }
}

fn name(language: &Words, capitals: &Capitals<'_>, printed: &str) -> Option<String> {
    let printed = printed.trim_end_matches([',', '.', ':']);
    let printed = without_owner_mark(printed);
    let words = printed.split_whitespace().map(|word| Word {
        printed: word,
        plain: folded(word).join(""),
    });
    let words: Vec<Word<'_>> = words.collect();
    let plain: Vec<String> = words.iter().map(|word| word.plain.clone()).collect();
    if language.speaks_for(&plain) {
        return representative(language, &words);
    }
    let is_before = |(at, word): (usize, &Word<'_>)| {
        let behind = &words[at + 1..];
        let begins_body = language.may_begin_body(&word.plain)
            && word.is_capital()
            && matches!(behind, [noun] if noun.is_capital() && language.may_be_of_body(&noun.plain));
        (word.is_title(language, behind.len()) && !begins_body) || language.is_article(&word.plain)
    };
    let start = words.iter().enumerate().position(|word| !is_before(word))?;
    // "The Commissioner of Health": an office, whoever bears it.
    let is_field = start > 0 && language.joins_names(&words[start].plain);
    if is_field && (words.len() - start == 2 || language.is_article(&words[0].plain)) {
        return None;
    }
    if let [word] = &words[start..] {
        let is_nobody = word.is_nobody(language) || (start == 0 && is_noun(language, capitals, word.printed));
        return (word.is_capital() && !is_nobody)
            .then(|| surname(language, capitals, (&words[..start], word)));
    }
    let counted = words[start..]
        .iter()
        .take_while(|word| word.counts(language))
        .count();
    let own = &words[start + counted..];
    match own.last()? {
        // "one House Democrat": anybody.
        last if counted > 0 && language.is_nobody(&last.plain) => None,
        last if last.is_capital() || is_numbered(own) => {
            Some(as_name(language, capitals, index_name(language, own)))
        }
        // A noun keeps what is named before it: "a DHS spokesperson". "DHS officials" and "another DHS study" are anybody's.
        noun => {
            let is_named = |(at, word): (usize, &Word<'_>)| {
                word.is_capital()
                    && !word.is_shout(language)
                    && (at > 0 || start > 0 || word.is_possessive() || capitals.has_inside(word.printed))
            };
            let is_anybody = counted > 0 || language.is_nobody(&noun.plain);
            let articles = words
                .iter()
                .take_while(|word| language.is_article(&word.plain))
                .count();
            (!is_anybody && own.iter().enumerate().any(is_named)).then(|| joined(&words[articles..]))
        }
    }
}

/// The one name that somebody is called by, with what stands before it. Behind a title in capitals, or one that says only that a person is meant, capitals
/// are no abbreviation: `Wren` of `CHAIR WREN`, `Nand` of `Dr. NAND`.
fn surname(language: &Words, capitals: &Capitals<'_>, (before, word): (&[Word<'_>], &Word<'_>)) -> String {
    let is_of_person = before.last().is_some_and(|title| {
        let is_title = language.is_title(&title.plain);
        is_title && (title.is_shouted() || language.is_courtesy(&title.plain))
    });
    match is_of_person && word.is_shouted() {
        true => capitals
            .written_as(word.printed)
            .map_or_else(|| as_written(word.printed), str::to_owned),
        false => word.printed.to_owned(),
    }
}

/// Who speaks for somebody, under the name of whom he speaks for: `spokesman for Mayor Ana Lima`; nobody where that has no name, and where he is
/// one of several: `one aide to Lima`.
fn representative(language: &Words, words: &[Word<'_>]) -> Option<String> {
    let articles = words
        .iter()
        .take_while(|word| language.is_article(&word.plain))
        .count();
    let is_named = words[articles..].iter().skip(1).any(Word::is_capital);
    let is_anybody = words.get(articles).is_none_or(|first| first.counts(language));
    (is_named && !is_anybody).then(|| joined(&words[articles..]))
}

/// Whether words are the name of a body that ends in a number: `Local 12`.
fn is_numbered(words: &[Word<'_>]) -> bool {
    matches!(words, [.., body, number] if number.is_number() && body.is_capital())
}

/// A name as an index prints it: what a text shouts (`ANA LIMA`) as names are written; the names of bodies (`NASA`, `CITY OF MARROW`) as
/// they are.
fn as_name(language: &Words, capitals: &Capitals<'_>, words: &[Word<'_>]) -> String {
    let is_shouted = |word: &Word<'_>| {
        let letters = word.printed.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() >= SHORTEST && letters.clone().all(char::is_uppercase)
    };
    let [_, .., last] = words else {
        return joined(words);
    };
    let is_name = |word: &Word<'_>| is_shouted(word) && !language.may_be_of_body(&word.plain);
    if !words.iter().all(is_name) || last.printed.chars().count() <= SHORTEST {
        return joined(words);
    }
    let written = words.iter().map(|word| {
        let written = as_written(word.printed);
        // "MCCAY" is McCay, where the text writes that.
        let known = capitals.written_as(word.printed);
        known.map_or(written, str::to_owned)
    });
    written.collect::<Vec<_>>().join(" ")
}

/// Whether all letters of a word are capitals, and they are more than one.
pub(super) fn is_shouted(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && letters.clone().all(char::is_uppercase)
}

/// A shouted name with capitals where parts of it begin: `Castro-Webb`, `O'Neil`.
pub(super) fn as_written(shouted: &str) -> String {
    let mut begins = true;
    let letters = shouted.chars().map(|letter| {
        let is_first = std::mem::replace(&mut begins, !letter.is_alphabetic());
        if is_first {
            letter.to_string()
        } else {
            letter.to_lowercase().to_string()
        }
    });
    letters.collect()
}

fn joined(words: &[Word<'_>]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.printed).collect();
    words.join(" ")
}

/// A person's name without what stands before it: `Ana Lima` of `Harbor Falls Mayor Ana Lima` and of `the Ledger's Ana Lima`.
fn index_name<'a, 'b>(language: &Words, words: &'a [Word<'b>]) -> &'a [Word<'b>] {
    let begins_name = |word: &Word<'_>| word.is_capital() || language.is_particle(&word.plain);
    let start = words.iter().position(begins_name).unwrap_or_default();
    let words = &words[start..];
    let is_leading = |at: &usize| {
        words[*at].is_possessive()
            || words[*at].is_title(language, words.len() - at - 1)
            || words[*at].describes(language)
    };
    let Some(last) = (0..words.len()).rev().find(is_leading) else {
        return words;
    };
    let name = &words[last + 1..];
    // "Marrow’s envoy to Lowen", "the Commissioner for Human Rights": an office, whoever bears it.
    if name.first().is_some_and(|first| !begins_name(first)) {
        return words;
    }
    let is_person = name.len() > 1 && !name.iter().any(|word| is_suffix(&word.plain) && name.len() == 2);
    let is_body = name.iter().any(|word| language.may_be_of_body(&word.plain));
    if is_person && !is_body { name } else { words }
}

/// Whether a word that stands alone is a noun with the capital of a sentence: written small elsewhere or for several, and
/// nowhere with a capital inside a sentence.
fn is_noun(language: &Words, capitals: &Capitals<'_>, word: &str) -> bool {
    let is_initials = word.chars().skip(1).any(char::is_uppercase);
    if is_initials || capitals.has_inside(word) {
        return false;
    }
    let small = word.to_lowercase();
    let is_plural = language.ends_as_plural(&small) && capitals.begins(word);
    is_plural || capitals.has(&small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tongue::Tongue;

    #[track_caller]
    fn check(tongue: Tongue, text: &str, printed: &str, expected: Option<&str>) {
        assert_eq!(
            name(Words::of(tongue), &Capitals::of(text), printed).as_deref(),
            expected,
            "{printed}"
        );
    }

    #[test]
    fn a_person_stands_in_an_index_without_what_stands_before_the_name() {
        for (printed, name) in [
            ("Harbor Falls Mayor Ana Lima", "Ana Lima"),
            ("the Ledger’s Ana Lima", "Ana Lima"),
            ("17-year-old Ana Lima", "Ana Lima"),
            ("county clerk Ana Lima", "Ana Lima"),
            ("Singer", "Singer"),
            ("singer Ana Lima", "Ana Lima"),
            ("Singer Ana Lima", "Ana Lima"),
            ("Del Toro", "Del Toro"),
            ("Del. Ana Lima", "Ana Lima"),
            ("Ana Lima Jr.", "Ana Lima Jr"),
            ("Martin Luther King Jr.", "Martin Luther King Jr"),
            ("King's College", "King's College"),
            ("a DHS spokesperson", "DHS spokesperson"),
            ("Dairy farmer Ana Lima", "Ana Lima"),
            ("Harbor Falls dock foreman Ana Lima", "Ana Lima"),
            ("Bank of Marrow Bay", "Bank of Marrow Bay"),
            ("Selectman Ana Lima", "Ana Lima"),
            ("Great-gran Ana Lima", "Ana Lima"),
            ("the Justice Department", "Justice Department"),
            ("Justice Lima", "Lima"),
            ("Lima’s lawyer", "Lima’s lawyer"),
            ("A spokesman for Mayor Ana Lima", "spokesman for Mayor Ana Lima"),
            ("Lawyers for Ana Lima", "Lawyers for Ana Lima"),
            ("an aide to Senator Cruz", "aide to Senator Cruz"),
        ] {
            check(Tongue::English, "", printed, Some(name));
        }
    }

    #[test]
    fn a_shouted_name_is_written_as_names_are() {
        for (text, printed, name) in [
            ("", "KATE ARDEN", "Kate Arden"),
            ("", "Gov. SERENA CASTRO-WEBB", "Serena Castro-Webb"),
            ("Only McCay left.", "ANN MCCAY", "Ann McCay"),
            ("", "CHAIR WREN", "Wren"),
            ("", "SEN. O'NEIL", "O'Neil"),
            ("Then McCay left.", "COMMISSIONER MCCAY", "McCay"),
            ("", "Dr. NAND", "Nand"),
            ("", "Mr. LI", "Li"),
            // What is no person behind a title, or behind none.
            ("", "the NYPD", "NYPD"),
            ("", "THE NYPD", "NYPD"),
            ("", "Director NOAA", "NOAA"),
            ("", "WREN", "WREN"),
            ("", "Justice Department", "Justice Department"),
            ("", "NASA", "NASA"),
            ("", "HARBOR COUNCIL", "HARBOR COUNCIL"),
            ("", "JD VANE", "JD VANE"),
            ("", "ACME USA", "ACME USA"),
        ] {
            check(Tongue::English, text, printed, Some(name));
        }
    }

    #[test]
    fn words_for_anybody_name_nobody() {
        for printed in [
            "They’re",
            "I'm",
            "D.",
            "Fifty-one",
            "Another study",
            "Her supporters",
            "DHS officials",
            "Ten Lima aides",
            "another DHS study",
            "Harbor Falls residents",
            "one House Democrat",
            "A FUMING pensioner",
            "a spokesman for the mayor",
            "Lawyers for the family",
            "one aide to Mayor Ana Lima",
        ] {
            check(Tongue::English, "", printed, None);
        }
    }

    #[test]
    fn the_capital_of_a_sentence_makes_no_name() {
        let text = "Backers said so. Cities pay. Large groups left. Reuters said so, and so did Hawks. The city of cities.";
        for nobody in ["Backers", "Cities", "Large groups"] {
            check(Tongue::English, text, nobody, None);
        }
        check(Tongue::English, text, "Hawks", Some("Hawks"));
        let adams = "“We will sue,” Adams said. Adams added that it is void.";
        check(Tongue::English, adams, "Adams", Some("Adams"));
        check(Tongue::English, "Lima said so.", "Lima", Some("Lima"));
        check(
            Tongue::English,
            "The stone fell. Then Stone said so.",
            "Stone",
            Some("Stone"),
        );
    }

    #[test]
    fn each_language_has_its_own_words_for_nobody() {
        let named = |words: &str, tongue: Tongue| name(Words::of(tongue), &Capitals::of(""), words);
        for nobody in ["Ella", "Sus vecinos", "Vecinos", "El alcalde", "Muchos"] {
            assert_eq!(named(nobody, Tongue::Spanish), None, "{nobody}");
        }
        assert_eq!(
            named("La alcaldesa Rosa Díaz", Tongue::Spanish).as_deref(),
            Some("Rosa Díaz")
        );
        assert_eq!(named("Don Ames", Tongue::Spanish).as_deref(), Some("Ames"));
        assert_eq!(named("Don Ames", Tongue::English).as_deref(), Some("Don Ames"));
    }
}
