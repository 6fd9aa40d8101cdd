//! Whose words a headline says that a document holds: `Statement from Mayor Ana Lima on the Pier`.

use super::words::{OwnWords, words};
use crate::model::tongue::Tongue;
use crate::quotes::assembly::span_of;
use crate::quotes::joint;
use crate::quotes::lexicon::{Traits, Word};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;
use crate::quotes::with_ground;

/// Words of a headline that are looked at, and of a name in it.
const HEADLINE: usize = 40;
const NAME: usize = 14;
/// Words of a first name and a last name.
const FULL_NAME: usize = 2;

/// Somebody whose text a headline announces.
pub(super) struct Author {
    /// As printed.
    pub(super) name: String,
    /// The words by which a text tells of a person: the last of the name, and of the office.
    pub(super) keys: Vec<Word>,
}

/// Who a headline names as those whose statement, remarks or letter follows, as printed; nobody where it does not.
pub(super) fn authors(headline: &str, tongue: Tongue) -> Vec<Author> {
    // What stands behind a colon or in parentheses is the matter: "As Prepared for Delivery".
    let end = headline.find([':', '(', '|', '–', '—']).unwrap_or(headline.len());
    let title = &headline[..end];
    if let Some(name) = name_behind(title, tongue) {
        return people(&name, tongue, NAME);
    }
    // "Harbor Board Sends Letter": a release about what a body did reads like one of its own.
    let before = name_before(title, tongue).map(|(name, most)| people(&name, tongue, most));
    before
        .filter(|authors| authors.iter().all(|author| !author.keys.is_empty()))
        .unwrap_or_default()
}

/// Whether a headline calls what follows somebody's own text, whoever that is: `Statement on the Pier`.
pub(super) fn is_own(headline: &str, tongue: Tongue) -> bool {
    paper(headline, tongue).is_some()
}

/// The word for the text, where only words of its kind stand before it.
fn paper(title: &str, tongue: Tongue) -> Option<usize> {
    let lists = OwnWords::of(tongue);
    let words = words(title, HEADLINE);
    let at = words.iter().position(|word| lists.has("paper", word))?;
    words[..at]
        .iter()
        .all(|word| lists.has("before", word))
        .then_some(at)
}

/// `Statement from Mayor Ana Lima on the Pier`: the name up to what it is about.
fn name_behind(title: &str, tongue: Tongue) -> Option<String> {
    paper(title, tongue)?;
    with_ground(title, &[], tongue, |ground| {
        let lists = OwnWords::of(tongue);
        let sentence = ground.sentences.first()?;
        let tokens = &sentence.tokens;
        let is_paper = |token: &Token| {
            let word = title[token.range.clone()].to_lowercase();
            lists.has("paper", &word)
        };
        let at = tokens.iter().take(HEADLINE).position(is_paper)?;
        let link = tokens.get(at + 1)?;
        if !link.is(Traits::FROM.or(Traits::BY).or(Traits::OF)) {
            return None;
        }
        let rest = &tokens[at + 2..];
        let ends = |token: &Token| {
            let is_matter = || lists.has("matter", &title[token.range.clone()].to_lowercase());
            token.is(Traits::PREPOSITION) && !token.is(Traits::OF) || is_matter()
        };
        let length = rest.iter().take(NAME).take_while(|token| !ends(token)).count();
        let (first, last) = (rest.first()?, rest[..length].last()?);
        Some(title[first.range.start..last.range.end].to_owned())
    })
}

/// `Mayor Ana Lima’s Statement on the Pier`, `Mayor Ana Lima Issues Statement`: the name before it, and how many words it may have.
fn name_before(title: &str, tongue: Tongue) -> Option<(String, usize)> {
    let lists = OwnWords::of(tongue);
    let mut at = 0;
    let mut found: Vec<(usize, String)> = Vec::new();
    for word in title.split_whitespace().take(HEADLINE) {
        let start = at + title[at..].find(word)?;
        at = start + word.len();
        let bare = words(word, 1).pop().unwrap_or_default();
        if lists.has("paper", &bare) {
            // "Mayor Ana Lima Shares Letter from Jo Day": it is hers who wrote it.
            let next = words(&title[at..], 1).pop();
            let is_of_another = next.as_ref().is_some_and(|next| lists.has("link", next));
            // "President Trump’s Remarks Are a Disgrace".
            let goes_on = next.as_ref().is_some_and(|next| !lists.has("matter", next));
            if is_of_another || goes_on {
                return None;
            }
            let before = found.len();
            while found.last().is_some_and(|(_, last)| lists.has("issues", last)) {
                found.pop();
            }
            let (last, word) = found.last()?;
            let name = title[..*last].trim_end_matches([',', ' ']);
            let owner = lists.without_ending("owner", name);
            // "Mayor Ana Lima Rejects Statement": where nothing says whose it is, the last word may be what was done with it, and not a
            // name as in "Mayor Ana Torres Statement".
            let is_bare = owner.is_none() && found.len() == before;
            let may_be_verb = is_bare && lists.without_ending("done", word).is_some();
            let most = if may_be_verb { FULL_NAME } else { NAME };
            let is_named = !may_be_verb || lists.has("named so", &bare);
            return is_named.then(|| (owner.unwrap_or(name).to_owned(), most));
        }
        found.push((at, bare));
    }
    None
}

/// The people or bodies of a name, where it is one and nothing else.
fn people(name: &str, tongue: Tongue, most: usize) -> Vec<Author> {
    with_ground(name, &[], tongue, |ground| {
        let Some(sentence) = ground.sentences.first() else {
            return Vec::new();
        };
        let Some(first) = sentence.namings.first() else {
            return Vec::new();
        };
        let members = joint::introducers(sentence, first).unwrap_or_else(|| vec![first]);
        let is_name = |member: &&Naming| {
            let tokens = &sentence.tokens[member.head.clone()];
            let whole = &sentence.tokens[member.tokens.clone()];
            let may_be = match member.kind {
                // "Letter of Support": a word alone is seldom somebody.
                NamingKind::Person => whole.len() > 1,
                // "a Spokesperson" is not named.
                NamingKind::Role => !whole[0].is(Traits::DETERMINER) || whole[0].is(Traits::DEFINITE),
                NamingKind::Body => true,
                NamingKind::Pronoun | NamingKind::Weak => false,
            };
            may_be
                && tokens.len() <= most
                && !tokens.iter().any(|token| token.is(Traits::CUE))
                && !has_late_title(&sentence.tokens[member.tokens.clone()])
        };
        let is_all = members.last().is_some_and(|last| ends(sentence, last.tokens.end));
        let begins = sentence.tokens[..first.tokens.start]
            .iter()
            .all(|token| token.is(Traits::DETERMINER));
        // "Schumer, Gillibrand": whoever is named besides says it too, and how many they are is not known.
        let is_member = |naming: &Naming| {
            let mut members = members.iter();
            members.any(|member| {
                member.tokens.start <= naming.tokens.start && naming.tokens.end <= member.tokens.end
            })
        };
        let mut people = sentence.namings.iter().filter(|it| it.kind == NamingKind::Person);
        let is_whole = people.all(is_member);
        if !members.iter().all(is_name) || !is_all || !begins || !is_whole {
            return Vec::new();
        }
        let author = |member: &&Naming| {
            let span = span_of(ground.text, sentence, &member.tokens)?;
            Some(Author {
                name: span.slice(ground.text).to_owned(),
                keys: match member.kind {
                    NamingKind::Body => Vec::new(),
                    _ => keys(&sentence.tokens, member),
                },
            })
        };
        members.iter().filter_map(author).collect()
    })
}

/// The words by which a text tells of somebody as of another: `Lima`, `the mayor`.
fn keys(tokens: &[Token], member: &Naming) -> Vec<Word> {
    let offices = tokens[member.tokens.clone()].iter();
    let offices = offices.filter(|token| token.is(Traits::TITLE.or(Traits::ROLE)));
    offices
        .map(|token| token.word)
        .chain([member.key(tokens)])
        .collect()
}

/// Whether a title stands behind words that belong to none: "Critics Pan Mayor Ana Lima" is no name.
fn has_late_title(tokens: &[Token]) -> bool {
    const OFFICE: Traits = Traits::TITLE
        .or(Traits::ROLE)
        .or(Traits::BODY)
        .or(Traits::BODY_NOUN)
        .or(Traits::FIELD)
        .or(Traits::DETERMINER);
    let office = tokens.iter().take_while(|token| token.is(OFFICE)).count();
    tokens[office..].iter().any(|token| token.is(Traits::TITLE))
}

/// Whether a name ends a line, or only an office follows it behind a comma.
fn ends(sentence: &Sentence, end: usize) -> bool {
    sentence.tokens.get(end).is_none_or(|next| next.is_mark(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headline: &str, expected: &[&str]) {
        let found = authors(headline, Tongue::English);
        let names: Vec<&str> = found.iter().map(|author| author.name.as_str()).collect();
        assert_eq!(names, expected, "{headline}");
    }

    #[test]
    fn a_headline_names_whose_words_follow() {
        check("Statement from Mayor Ana Lima on the Pier", &["Mayor Ana Lima"]);
        check(
            "Statement by Governor Lima Regarding the Pier",
            &["Governor Lima"],
        );
        check(
            "Remarks by Mayor Ana Lima at the Harbor Breakfast (As Prepared for Delivery)",
            &["Mayor Ana Lima"],
        );
        check("Remarks of Commissioner Boris Cruz", &["Commissioner Boris Cruz"]);
        check("Mayor Ana Lima’s Statement on the Pier", &["Mayor Ana Lima"]);
        check("Mayor Ana Lima Statement on the Pier", &["Mayor Ana Lima"]);
        check("Governor Lima Issues Statement on the Pier", &["Governor Lima"]);
        check(
            "Open Letter from Mayor Ana Lima to the Harbor Board",
            &["Mayor Ana Lima"],
        );
        check(
            "Statement from the Department of Ports on the Pier",
            &["the Department of Ports"],
        );
        check(
            "Joint Statement from Mayor Ana Lima and Governor Boris Cruz on the Pier",
            &["Mayor Ana Lima", "Governor Boris Cruz"],
        );
    }

    #[test]
    fn a_headline_that_speaks_of_a_statement_names_nobody() {
        check("Statement on the Pier", &[]);
        check("Letter to Deputy Secretary Boris Cruz", &[]);
        check("Mayor Ana Lima Responds to Statement from Governor Cruz", &[]);
        check("Critics Pan Mayor Ana Lima’s Statement", &[]);
        check("What the Statement of Facts Says", &[]);
        check("Mayor Ana Lima Signs Pier Bill", &[]);
        check("Mayor Ana Lima Rejects Statement on the Pier", &[]);
        check("Mayor Ana Lima Receives Letter on Pier", &[]);
        check("Mayor Lima Receives Letter on Pier", &[]);
        check("Mayor Ana Lima Shares Letter from Jo Day", &[]);
        check("Mayor Ana Lima’s Remarks Are a Disgrace", &[]);
        check("Mayor Ana Lima’s Memo Threatens the Harbor", &[]);
        check("Mayor Ana Lima’s Statement", &["Mayor Ana Lima"]);
        check("Mayor Ana Torres Statement on Pier", &["Mayor Ana Torres"]);
        check("Letter of Support from Governor Boris Cruz", &[]);
        check(
            "Statement from a Spokesperson for Mayor Ana Lima on the Pier",
            &[],
        );
        // Of several between commas it is not known how many there are.
        check("Lima, Cruz Statement on the Pier", &[]);
        check(
            "Statement from Mayor Ana Lima, Governor Boris Cruz on the Pier",
            &[],
        );
    }
}
