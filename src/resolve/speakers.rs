//! From the words that name a speaker to the person or body meant.
//!
//! A naming is looked up as it is printed, then by the fullest naming of the same person in the text, by
//! surname where only one entry bears it, and by office: who held it on the document's day. What no entry
//! meets keeps its printed name. A pronoun or a bare noun without anybody behind it means nobody.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::capitals::Capitals;
use super::names::{
    bare, contradicts, folded, has_namesake, has_suffix_of, is_full_name, same_first_name, surname,
    without_article, without_initials, without_letters,
};
use super::printed;
use super::words::{Strangers, Words};
use crate::model::id::SpeakerId;
use crate::model::quote::{Mention, Quote};
use crate::model::speaker::{ResolvedSpeaker, Speaker, SpeakerKind};
use crate::model::tongue::Tongue;

/// The people and bodies known by name, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    speakers: Vec<Speaker>,
    /// Entries by a whole name, folded.
    by_name: HashMap<String, Vec<usize>>,
    /// People by the last word of their name.
    by_surname: HashMap<String, Vec<usize>>,
    /// Entries by an office or its other wordings, with the office's position in the entry.
    by_office: HashMap<String, Vec<(usize, usize)>>,
}

/// What is known about a document beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The document's own day.
    pub day: Option<Date>,
    /// The entry of the office that published it, for an official source.
    pub office: Option<&'a str>,
    /// The language it is read in.
    pub tongue: Tongue,
    /// How its text writes its words, where several quotes of it are resolved: so that it is gone through once.
    pub capitals: Option<&'a Capitals<'a>>,
    /// Where it says of somebody that he is another of the same name, likewise.
    pub strangers: Option<&'a Strangers>,
}

impl Gazetteer {
    /// Builds the lookup of these entries.
    pub fn new(speakers: Vec<Speaker>) -> Self {
        let mut gazetteer = Self {
            speakers: Vec::new(),
            ..Self::default()
        };
        for (index, speaker) in speakers.iter().enumerate() {
            for name in std::iter::once(&speaker.name).chain(&speaker.aliases) {
                let words = folded(name);
                push(&mut gazetteer.by_name, words.join(" "), index);
                push(&mut gazetteer.by_name, without_initials(&words), index);
                if let (SpeakerKind::Person, Some(last)) = (speaker.kind, surname(&words)) {
                    push(&mut gazetteer.by_surname, last.to_string(), index);
                }
            }
            for (position, office) in speaker.offices.iter().enumerate() {
                for title in std::iter::once(&office.title).chain(&office.aliases) {
                    // The list says nothing of its language: an office is found in any.
                    for tongue in [Tongue::English, Tongue::Spanish] {
                        let key = without_article(Words::of(tongue), &folded(title));
                        push(&mut gazetteer.by_office, key, (index, position));
                    }
                }
            }
        }
        gazetteer.speakers = speakers;
        gazetteer
    }

    /// The entries.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// The entries that bear a name; of one word also those whose surname it is.
    pub fn bearers(&self, name: &str) -> Vec<&Speaker> {
        let words = folded(name);
        let by_name = self.by_name.get(&words.join(" "));
        let by_surname = || self.by_surname.get(words.first().filter(|_| words.len() == 1)?);
        let found = by_name.or_else(by_surname).into_iter().flatten();
        found.map(|index| &self.speakers[*index]).collect()
    }

    /// The full names of the bodies that capitals are the abbreviation of: by their other names, or by the first letters of their
    /// own.
    pub fn full_names(&self, abbreviation: &str) -> Vec<String> {
        let capitals = abbreviation.replace('.', "");
        let is_long = capitals.len() > 2;
        let is_of = |speaker: &&Speaker| {
            let mut aliases = speaker.aliases.iter().map(|alias| alias.replace('.', ""));
            speaker.kind == SpeakerKind::Body
                && speaker.name != abbreviation
                && (aliases.any(|alias| alias == capitals) || is_long && initials(&speaker.name) == capitals)
        };
        let bodies = self.speakers.iter().filter(is_of);
        bodies.map(|body| body.name.clone()).collect()
    }

    /// The body whose spokesman without a name is printed so: `spokeswoman for the Border Bureau`, `Border Bureau spokesman`. It is the whole
    /// name that tells, so that `spokesman for the Border Bureau union` speaks for another.
    pub fn represented(&self, printed: &str) -> Option<&Speaker> {
        let words = folded(printed);
        let of = |tongue| {
            let whom = Words::of(tongue).represented(&words)?;
            let body = &self.speakers[self.by_name(whom)?];
            (body.kind == SpeakerKind::Body).then_some(body)
        };
        [Tongue::English, Tongue::Spanish].into_iter().find_map(of)
    }

    /// The person or body that a quote's attribution means; of several who speak together all of them.
    pub fn resolve(&self, text: &str, quote: &Quote, context: Context<'_>) -> Option<ResolvedSpeaker> {
        let attribution = quote.attribution.as_ref()?;
        if !attribution.members.is_empty() {
            let members = attribution.members.iter();
            return self.joint(text, members.map(|member| member.slice(text)).collect(), context);
        }
        match &attribution.mention {
            Mention::Text(span) => {
                let fuller = attribution.antecedent.map(|span| span.slice(text));
                self.meant(text, span.slice(text), fuller, context)
            }
            // A headline writes every word with a capital, so that only the text can tell a name from an office.
            Mention::Headline(names) => match names.as_slice() {
                [only] => self.meant(text, only, None, context),
                several => self.joint(text, several.iter().map(String::as_str).collect(), context),
            },
        }
    }

    /// Several as one speaker, under the names of all; nobody, if none of them has one.
    fn joint(&self, text: &str, printed: Vec<&str>, context: Context<'_>) -> Option<ResolvedSpeaker> {
        let words = Words::of(context.tongue);
        let found: Vec<Option<ResolvedSpeaker>> = printed
            .iter()
            .map(|printed| self.meant(text, printed, None, context))
            .collect();
        let mut names = found.iter().zip(&printed).map(|(found, printed)| {
            let name = found.as_ref().map(|speaker| speaker.name.as_str());
            name.unwrap_or(printed)
        });
        let last = names.next_back()?;
        let name = format!("{} {} {last}", names.collect::<Vec<_>>().join(", "), words.and);
        let ids = found.iter().zip(&printed).map(|(found, printed)| {
            let known = found.as_ref().map(|speaker| speaker.id.clone());
            known.unwrap_or_else(|| SpeakerId::from_name(printed))
        });
        found.iter().any(Option::is_some).then(|| ResolvedSpeaker {
            id: SpeakerId::joint(ids),
            name,
            known: false,
            rule: "joint",
        })
    }

    /// Whom a naming means, by its fullest form in the text too.
    fn meant(
        &self,
        text: &str,
        printed: &str,
        fuller: Option<&str>,
        context: Context<'_>,
    ) -> Option<ResolvedSpeaker> {
        let words = Words::of(context.tongue);
        let printed = without_letters(words, printed);
        let fuller = fuller.map(|fuller| without_letters(words, fuller));
        // "Ana Lima, no relation to the mayor": the text says that it is somebody else.
        let found_here;
        let strangers = match context.strangers {
            Some(strangers) => strangers,
            None => {
                found_here = Strangers::of(text, context.tongue);
                &found_here
            }
        };
        let is_unrelated = [fuller, Some(printed)]
            .into_iter()
            .flatten()
            .any(|naming| strangers.have(text, naming));
        if is_unrelated {
            return unknown(words, text, fuller.unwrap_or(printed), context);
        }
        let mut namings: Vec<Vec<String>> = [fuller, Some(printed)]
            .into_iter()
            .flatten()
            .map(|naming| bare(words, &folded(naming)))
            .collect();
        let by_name = namings
            .iter()
            .find_map(|naming| self.by_name(naming).map(|index| (index, "name")));
        // The text names somebody in full: whoever that is, it is not who else holds the office or bears the surname.
        let is_named = fuller.is_some_and(|fuller| is_full_name(words, fuller));
        if is_named {
            namings.truncate(1);
        }
        let whole = folded(printed);
        // "a spokesman for Mayor Ana Lima" is another than she.
        let is_for_another = words.speaks_for(&whole);
        let known = by_name
            .or_else(|| {
                let found = self.by_office(words, &whole, context).filter(|_| !is_named);
                found.map(|index| (index, "office"))
            })
            .or_else(|| {
                let mut namings = namings.iter();
                namings.find_map(|naming| {
                    self.by_surname(words, text, naming)
                        .map(|index| (index, "surname"))
                })
            })
            .or_else(|| {
                self.inside(&whole)
                    .filter(|_| !is_for_another)
                    .map(|index| (index, "name_inside"))
            });
        match known {
            Some((index, rule)) => {
                let speaker = &self.speakers[index];
                Some(ResolvedSpeaker {
                    id: speaker.id.clone(),
                    name: speaker.name.clone(),
                    known: true,
                    rule,
                })
            }
            None => unknown(words, text, fuller.unwrap_or(printed), context),
        }
    }

    fn by_name(&self, words: &[String]) -> Option<usize> {
        if let Some(found) = self.by_name.get(&words.join(" ")) {
            return only(found);
        }
        let found = self.by_name.get(&without_initials(words))?;
        let fits = |index: &&usize| {
            let speaker = &self.speakers[**index];
            let mut names = std::iter::once(&speaker.name).chain(&speaker.aliases);
            !contradicts(words, &folded(&speaker.name))
                && names.any(|name| has_suffix_of(words, &folded(name)))
        };
        only(&found.iter().filter(fits).copied().collect::<Vec<_>>())
    }

    /// An entry whose surname this is, if no other first name stands before it here or, where the entry is not named,
    /// anywhere in the text; and only one entry has it or only one of those is named in full in the text.
    fn by_surname(&self, language: &Words, text: &str, words: &[String]) -> Option<usize> {
        let found = self.by_surname.get(surname(words)?)?;
        let fits = |index: &&usize| {
            let first = folded(&self.speakers[**index].name);
            if !has_suffix_of(words, &first) {
                return false;
            }
            // "Van Buren" of Peter Van Buren.
            let is_end = words.len() < first.len() && first.ends_with(words);
            is_end
                || first
                    .first()
                    .is_some_and(|first| same_first_name(first, &words[0]))
        };
        let is_another = |index: &&usize| {
            let name = &self.speakers[**index].name;
            words.len() == 1 && !text.contains(name) && has_namesake(language, text, words, &folded(name))
        };
        let fitting: Vec<usize> = found
            .iter()
            .filter(fits)
            .filter(|index| !is_another(index))
            .copied()
            .collect();
        only(&fitting).or_else(|| {
            let named: Vec<usize> = fitting
                .into_iter()
                .filter(|index| text.contains(&self.speakers[*index].name))
                .collect();
            only(&named)
        })
    }

    /// Who held an office on the document's day; of several the one of the publishing office.
    fn by_office(&self, language: &Words, words: &[String], context: Context<'_>) -> Option<usize> {
        let held = |(index, position): &&(usize, usize)| {
            let office = &self.speakers[*index].offices[*position];
            context.day.is_none_or(|day| office.held_on(day))
        };
        let found: Vec<(usize, usize)> = self
            .by_office
            .get(&without_article(language, words))?
            .iter()
            .filter(held)
            .copied()
            .collect();
        let entries: Vec<usize> = found.iter().map(|(index, _)| *index).collect();
        only(&entries).or_else(|| {
            let own: Vec<usize> = found
                .iter()
                .filter(|(index, position)| {
                    let of = self.speakers[*index].offices[*position].of.as_ref();
                    of.is_some_and(|of| Some(of.as_str()) == context.office)
                })
                .map(|(index, _)| *index)
                .collect();
            only(&own)
        })
    }

    /// The longest whole name that ends a longer naming: `New York City Mayor Zohran Mamdani`.
    fn inside(&self, words: &[String]) -> Option<usize> {
        (1..words.len()).find_map(|start| {
            let rest = &words[start..];
            (rest.len() >= 2).then(|| self.by_name(rest))?
        })
    }
}

/// The first letters of the words of a name that begin with a capital: NYCLU of the New York Civil Liberties Union.
fn initials(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let letters = words.filter_map(|word| word.chars().next());
    letters.filter(|letter| letter.is_uppercase()).collect()
}

/// A speaker known by the printed name only.
fn unknown(words: &Words, text: &str, printed: &str, context: Context<'_>) -> Option<ResolvedSpeaker> {
    match context.capitals {
        Some(capitals) => printed::speaker(words, capitals, printed),
        None => printed::speaker(words, &Capitals::of(text), printed),
    }
}

fn push<K: std::hash::Hash + Eq, V: PartialEq>(map: &mut HashMap<K, Vec<V>>, key: K, value: V) {
    let values = map.entry(key).or_default();
    if !values.contains(&value) {
        values.push(value);
    }
}

fn only(found: &[usize]) -> Option<usize> {
    let different: HashSet<usize> = found.iter().copied().collect();
    (different.len() == 1).then(|| found[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quote::{Attribution, QuoteKind};
    use crate::model::span::Span;
    use crate::model::speaker::Office;

    fn office(title: &str, aliases: &[&str], of: &str, from: &str, to: Option<&str>) -> Office {
        Office {
            title: title.into(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
            of: Some(SpeakerId::new(of)),
            from: Some(from.parse().expect("a day")),
            to: to.map(|to| to.parse().expect("a day")),
        }
    }

    fn entry(id: &str, name: &str, kind: SpeakerKind, aliases: &[&str], offices: Vec<Office>) -> Speaker {
        let aliases = aliases.iter().map(ToString::to_string).collect();
        Speaker {
            id: SpeakerId::new(id),
            name: name.into(),
            kind,
            aliases,
            offices,
        }
    }

    #[test]
    fn a_body_is_called_by_its_first_letters() {
        let body =
            |id: &str, name: &str, aliases: &[&str]| entry(id, name, SpeakerKind::Body, aliases, Vec::new());
        let gazetteer = Gazetteer::new(vec![
            body("ghfu", "Gull Haven Ferry Union", &[]),
            body("port", "Board of the Port", &["BP", "the board"]),
            entry("quill", "Gwen Hale Fay Ula", SpeakerKind::Person, &[], Vec::new()),
        ]);
        assert_eq!(gazetteer.full_names("GHFU"), ["Gull Haven Ferry Union"]);
        assert_eq!(gazetteer.full_names("G.H.F.U."), ["Gull Haven Ferry Union"]);
        assert_eq!(gazetteer.full_names("BP"), ["Board of the Port"]);
        assert!(gazetteer.full_names("BOP").is_empty());
        assert!(gazetteer.full_names("GH").is_empty());
    }

    #[test]
    fn whoever_bears_a_name_is_found_by_it_and_by_a_surname_alone() {
        let gazetteer = gazetteer();
        let ids = |name: &str| -> Vec<String> {
            let bearers = gazetteer.bearers(name).into_iter();
            bearers.map(|speaker| speaker.id.to_string()).collect()
        };
        assert_eq!(ids("Ana Lima"), ["lima"]);
        assert_eq!(ids("lima"), ["lima"]);
        assert!(ids("Carla Lima").is_empty());
        assert!(ids("").is_empty());
    }

    fn gazetteer() -> Gazetteer {
        let person = SpeakerKind::Person;
        Gazetteer::new(vec![
            entry(
                "lima",
                "Ana Lima",
                person,
                &[],
                vec![office(
                    "Mayor",
                    &["mayor of the port"],
                    "hall",
                    "2026-01-01",
                    None,
                )],
            ),
            entry(
                "cruz",
                "Boris Cruz",
                person,
                &[],
                vec![office("Mayor", &[], "hall", "2020-01-01", Some("2025-12-31"))],
            ),
            entry("stone-e", "Eva Stone", person, &[], Vec::new()),
            entry("stone-k", "Karl Stone", person, &[], Vec::new()),
            entry(
                "hall",
                "City Hall of Harbor Falls",
                SpeakerKind::Body,
                &["City Hall"],
                Vec::new(),
            ),
        ])
    }

    #[track_caller]
    fn check(text: &str, mention: &str, antecedent: Option<&str>, day: &str, expected: Option<(&str, bool)>) {
        let span = |words: &str| {
            let start = text.find(words).expect(words);
            Span::of(text, start..start + words.len()).expect("in the text")
        };
        let quote = Quote {
            kind: QuoteKind::Direct,
            content: Vec::new(),
            fragments: Vec::new(),
            attribution: Some(Attribution {
                cue: None,
                stance: None,
                mention: Mention::Text(span(mention)),
                antecedent: antecedent.map(span),
                members: Vec::new(),
                rule: "test",
                confidence: 1.0,
            }),
            confidence: 1.0,
        };
        let context = Context {
            day: day.parse().ok(),
            ..Context::default()
        };
        let found = gazetteer().resolve(text, &quote, context);
        let found = found
            .as_ref()
            .map(|speaker| (speaker.name.as_str(), speaker.known));
        assert_eq!(found, expected);
    }

    #[test]
    fn names_are_met_with_titles_initials_and_case() {
        check(
            "Mayor Ana M. Lima said",
            "Mayor Ana M. Lima",
            None,
            "",
            Some(("Ana Lima", true)),
        );
        check("ANA LIMA said", "ANA LIMA", None, "", Some(("Ana Lima", true)));
        check(
            "City Hall said",
            "City Hall",
            None,
            "",
            Some(("City Hall of Harbor Falls", true)),
        );
        check(
            "Harbor Falls Mayor Ana Lima said",
            "Harbor Falls Mayor Ana Lima",
            None,
            "",
            Some(("Ana Lima", true)),
        );
    }

    #[test]
    fn a_surname_of_two_words_is_that_of_the_entry_that_ends_in_it() {
        let lima = entry("lima", "Rosa De Lima", SpeakerKind::Person, &[], Vec::new());
        let gazetteer = Gazetteer::new(vec![lima]);
        let meant = |printed: &str| gazetteer.meant("", printed, None, Context::default());
        let name = |printed: &str| meant(printed).map(|speaker| (speaker.name, speaker.known));
        assert_eq!(name("Ms. De Lima"), Some(("Rosa De Lima".to_owned(), true)));
        assert_eq!(name("Ana Lima"), Some(("Ana Lima".to_owned(), false)));
    }

    #[test]
    fn who_speaks_for_somebody_is_another() {
        let printed = "A spokesman for Mayor Ana Lima";
        let name = "spokesman for Mayor Ana Lima";
        check(
            "A spokesman for Mayor Ana Lima said",
            printed,
            None,
            "",
            Some((name, false)),
        );
    }

    #[test]
    fn who_speaks_for_a_body_without_a_name_names_the_body() {
        let body =
            |id: &str, name: &str, aliases: &[&str]| entry(id, name, SpeakerKind::Body, aliases, Vec::new());
        let gazetteer = Gazetteer::new(vec![
            body("ports", "Port Bureau", &["PB"]),
            entry("ana-lima", "Ana Lima", SpeakerKind::Person, &[], Vec::new()),
        ]);
        let represented = |printed: &str| gazetteer.represented(printed).map(|body| body.id.as_str());
        for printed in [
            "spokeswoman for the Port Bureau",
            "A spokesman for the Port Bureau",
            "Port Bureau spokesman",
            "PB spokesperson",
        ] {
            assert_eq!(represented(printed), Some("ports"), "{printed}");
        }
        for printed in [
            "spokesman for Ana Lima",
            "former Port Bureau spokesman",
            "former spokesman for the Port Bureau",
            "spokesman for the Port Bureau Union",
            "Port Bureau",
            "Port Bureau inspector",
            "spokesman",
            "Ida Port, a spokesman for the Port Bureau",
        ] {
            assert_eq!(represented(printed), None, "{printed}");
        }
    }

    #[test]
    fn a_surname_means_the_one_entry_that_bears_it() {
        check("Lima said", "Lima", None, "", Some(("Ana Lima", true)));
        check("Stone said", "Stone", None, "", Some(("Stone", false)));
        check(
            "Eva Stone won. Stone said",
            "Stone",
            None,
            "",
            Some(("Eva Stone", true)),
        );
        check(
            "Rosa Lima said",
            "Rosa Lima",
            None,
            "",
            Some(("Rosa Lima", false)),
        );
    }

    #[test]
    fn an_office_means_who_held_it_on_the_day() {
        check(
            "the mayor said",
            "the mayor",
            None,
            "2026-02-06",
            Some(("Ana Lima", true)),
        );
        check(
            "the mayor said",
            "the mayor",
            None,
            "2025-02-06",
            Some(("Boris Cruz", true)),
        );
        check(
            "the mayor of the port said",
            "the mayor of the port",
            None,
            "2026-02-06",
            Some(("Ana Lima", true)),
        );
    }

    #[test]
    fn an_office_may_hold_articles_of_another_language() {
        let office = office("Mayor of Los Angeles", &[], "la", "2026-01-01", None);
        let mayor = entry("ames", "Ida Ames", SpeakerKind::Person, &[], vec![office]);
        let gazetteer = Gazetteer::new(vec![mayor]);
        let meant = gazetteer.meant("", "the mayor of Los Angeles", None, Context::default());
        assert_eq!(meant.map(|speaker| speaker.name).as_deref(), Some("Ida Ames"));
    }

    #[test]
    fn who_is_no_entry_keeps_the_printed_name_and_nobody_stays_nobody() {
        check(
            "Sen. Rosa Díaz said",
            "Sen. Rosa Díaz",
            None,
            "",
            Some(("Rosa Díaz", false)),
        );
        check("Question: Why not?", "Question", None, "", None);
        check(
            "Rosa Díaz won. She said",
            "She",
            Some("Rosa Díaz"),
            "",
            Some(("Rosa Díaz", false)),
        );
        check("She said", "She", None, "", None);
        check("officials said", "officials", None, "", None);
        check("Critics said", "Critics", None, "", None);
        check("Her supporters said", "Her supporters", None, "", None);
        check(
            "a DHS spokesperson said",
            "a DHS spokesperson",
            None,
            "",
            Some(("DHS spokesperson", false)),
        );
    }

    #[test]
    fn another_of_the_same_name_is_nobody_in_the_list() {
        let senior = "Ana Lima Sr., her mother, said";
        check(senior, "Ana Lima Sr.", None, "", Some(("Ana Lima Sr", false)));
        let actress = "Ana Lima, the actress, no relation to the mayor, said. Lima laughed.";
        check(actress, "Ana Lima", None, "", Some(("Ana Lima", false)));
        check(actress, "Lima", Some("Ana Lima"), "", Some(("Ana Lima", false)));
    }

    #[test]
    fn several_are_one_speaker_under_all_their_names() {
        let text = "Mayor Ana Lima and Boris Bell said. The mayor and his wife said.";
        let speaker = |members: &[&str]| gazetteer().joint(text, members.to_vec(), Context::default());
        let joint = |members: &[&str]| {
            let speaker = speaker(members)?;
            Some((speaker.name, speaker.known))
        };
        let both = joint(&["Mayor Ana Lima", "Boris Bell"]);
        assert_eq!(both, Some(("Ana Lima and Boris Bell".to_owned(), false)));
        let id = |members: &[&str]| speaker(members).map(|it| it.id);
        let (one, other) = ("Mayor Ana Lima", "Boris Bell");
        assert_eq!(id(&[one, other]), id(&[other, one]));
        assert_eq!(joint(&["his wife", "his wife"]), None);
    }

    #[test]
    fn whom_the_text_names_in_full_is_nobody_else_of_the_office_or_surname() {
        let other = "Northport Mayor Michelle Wexler spoke. The mayor said so.";
        check(
            other,
            "The mayor",
            Some("Michelle Wexler"),
            "2026-02-07",
            Some(("Michelle Wexler", false)),
        );
        check(other, "The mayor", None, "2026-02-07", Some(("Ana Lima", true)));
        check(
            "A mayor from elsewhere said so.",
            "A mayor",
            None,
            "2026-02-07",
            None,
        );
        let namesake = "Rosa Lima won the prize. “I am glad,” Lima said.";
        check(
            namesake,
            "Lima",
            Some("Rosa Lima"),
            "2026-02-07",
            Some(("Rosa Lima", false)),
        );
        check(
            "The prize went to Rosa Lima. Lima was glad.",
            "Lima",
            None,
            "2026-02-07",
            Some(("Lima", false)),
        );
        check(
            "She was glad. But Lima was not.",
            "Lima",
            None,
            "2026-02-07",
            Some(("Ana Lima", true)),
        );
    }
}
