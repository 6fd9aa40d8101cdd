//! From the words that name a speaker to the person or body meant.
//!
//! A naming is looked up as it is printed, then by the fullest naming of the same person in the text, by
//! surname where only one entry bears it, and by office: who held it on the document's day. What no entry
//! meets keeps its printed name. A pronoun or a bare noun without anybody behind it means nobody.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::capitals::Capitals;
use super::labels::Label;
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
        match context.capitals {
            Some(capitals) => self.meant_in((text, capitals), printed, fuller, context),
            None => self.meant_in((text, &Capitals::of(text)), printed, fuller, context),
        }
    }

    fn meant_in(
        &self,
        (text, capitals): (&str, &Capitals<'_>),
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
            return printed::speaker(words, capitals, fuller.unwrap_or(printed));
        }
        // "CHAIR WREN" is whom the text names in full.
        let label = Label::of(words, printed).filter(|_| !fuller.is_some_and(|it| is_full_name(words, it)));
        let label = label.as_ref();
        let fuller = label
            .and_then(|label| capitals.named_in_full(words, label))
            .or(fuller.filter(|_| label.is_none()));
        let printed = label.map_or(printed, |label| label.naming);
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
                let found = namings.find_map(|naming| self.by_surname(words, text, naming));
                match label.filter(|_| !is_named) {
                    Some(label) => self.by_label(label, found, context.day),
                    None => found,
                }
                .map(|index| (index, "surname"))
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
            None => printed::speaker(words, capitals, fuller.unwrap_or(printed)),
        }
    }

    /// Whom a label means of those who bear the surname: the one that it gives, unless he holds another office; of several whoever holds that
    /// of the label.
    fn by_label(&self, label: &Label<'_>, found: Option<usize>, day: Option<Date>) -> Option<usize> {
        let is_of_another = |index: &usize| label.is_of_another(&self.speakers[*index], day);
        found.filter(|index| !is_of_another(index)).or_else(|| {
            let bearers = self.by_surname.get(&label.surname)?.iter();
            let fitting = bearers.filter(|index| label.fits(&self.speakers[**index], day));
            only(&fitting.copied().collect::<Vec<_>>())
        })
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
mod tests;
