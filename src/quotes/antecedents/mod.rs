//! The fullest naming of who is meant by a pronoun, a surname, a first name or a noun.

mod beside;
mod bodies;
mod labels;
mod represented;
mod several;
mod turns;

use std::cell::OnceCell;
use std::collections::HashMap;

use super::addressed::addressed;
use super::assembly::span_of;
use super::ground::{Ground, Persons};
use super::lexicon::{Language, Traits};
use super::namings::{Naming, NamingKind};
use super::nearby::{Last, Meant, Nearby, Whom, reports};
use super::people::People;
use super::sentence::Sentence;
use super::tokens::add_tokens;
use crate::model::quote::{Attribution, Quote, Stance};
use crate::model::span::Span;
use beside::named_beside;
use bodies::names::BodyNames;
use labels::LABELS;
use turns::TwoSpeak;

/// What is left of the confidence where a pronoun may mean another as well.
const CONTESTED: f32 = 0.7;

/// Everybody named in a text.
struct Named<'a> {
    language: &'a Language,
    text: &'a str,
    sentences: &'a [Sentence],
    /// The first byte of each sentence that has words, and which it is.
    starts: Vec<(usize, usize)>,
    people: People,
    /// Those who are named in the words of the quote that is asked about.
    spoken_of: Vec<usize>,
    /// Those who are addressed in them.
    addressed: Vec<usize>,
    /// Whom a pronoun was taken for last: where, and of which sex it was.
    lately: Option<(usize, usize, Traits)>,
    /// Who asked something last, and where.
    asker: Last,
    initials: OnceCell<HashMap<String, Option<usize>>>,
    /// The sentences in which further reports begin.
    reports: Vec<usize>,
    /// Whether the first paragraph is a headline, and the names of the bodies of the text.
    begins_with_headline: bool,
    bodies: OnceCell<BodyNames>,
}

impl<'a> Named<'a> {
    fn of(ground: Ground<'a>) -> Self {
        let start =
            |(index, sentence): (usize, &Sentence)| Some((sentence.tokens.first()?.range.start, index));
        Self {
            language: ground.language,
            text: ground.text,
            sentences: ground.sentences,
            starts: ground.sentences.iter().enumerate().filter_map(start).collect(),
            people: ground.people,
            spoken_of: Vec::new(),
            addressed: Vec::new(),
            lately: None,
            asker: None,
            initials: OnceCell::new(),
            reports: reports(ground.sentences),
            begins_with_headline: ground.begins_with_headline,
            bodies: OnceCell::new(),
        }
    }

    /// The naming that is a mention, and its sentence; a weak one may begin where another does and ends sooner.
    fn naming(&self, mention: Span) -> Option<(usize, &'a Naming)> {
        let begun = self
            .starts
            .partition_point(|(start, _)| *start <= mention.start());
        let (_, index) = self.starts[begun.checked_sub(1)?];
        let sentence = &self.sentences[index];
        let begins = |naming: &&Naming| sentence.tokens[naming.tokens.start].range.start == mention.start();
        let strong = sentence.namings.iter().find(begins).map(|naming| (index, naming));
        let weak = sentence.weak.iter().find(begins).map(|naming| (index, naming));
        let is_it = |(sentence, naming): &(usize, &Naming)| {
            span_of(self.text, &self.sentences[*sentence], &naming.tokens) == Some(mention)
        };
        strong.filter(is_it).or(weak.filter(is_it)).or(strong)
    }

    /// Those whose names stand in the words of a quote.
    fn people_in<'b>(&self, content: impl Iterator<Item = &'b Span>) -> Vec<usize> {
        let mut tokens = Vec::new();
        for span in content {
            add_tokens(self.language, self.text, span.range(), &mut tokens);
        }
        let names = tokens.iter().filter(|token| token.is_word() && token.is_name());
        names.filter_map(|token| self.people.called(token.word)).collect()
    }

    /// The words that name somebody most fully.
    fn fullest(&self, meant: Meant) -> Option<Span> {
        match meant.whom {
            Whom::Person(person) => Some(self.people.fullest(person)),
            Whom::Office { sentence, position } => {
                let sentence = &self.sentences[sentence];
                span_of(self.text, sentence, &sentence.namings[position].tokens)
            }
        }
    }

    fn person_meant(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        let own = &self.sentences[sentence];
        match naming.kind {
            NamingKind::Person => self.people.named(own, naming).map(Meant::surely),
            NamingKind::Pronoun => match self.turned(sentence, naming, last) {
                Some(other) => other,
                None => self.before(sentence, naming, last),
            },
            NamingKind::Role => {
                let named = named_beside(own, naming).and_then(|name| self.people.named(own, name));
                let holder = || self.people.holder(self.language, own, naming);
                let called = || self.people.called_as_office(own, naming);
                let person = named.or_else(called).or_else(holder).map(Meant::surely);
                person.or_else(|| self.nearby().taken_up(sentence, naming, last))
            }
            NamingKind::Weak => self.behind_weak(sentence, naming, last),
            NamingKind::Body => self.described(own, naming).map(Meant::surely),
        }
    }

    fn before(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        self.nearby().before(sentence, naming, last)
    }

    fn nearby(&self) -> Nearby<'_> {
        Nearby {
            language: self.language,
            text: self.text,
            sentences: self.sentences,
            people: &self.people,
            spoken_of: &self.spoken_of,
            addressed: &self.addressed,
            lately: self.lately,
            reports: &self.reports,
        }
    }
}

/// Adds antecedents to the attributions of quotes.
pub(super) fn add(ground: Ground<'_>, quotes: &mut [Quote]) {
    let sentences = ground.sentences;
    let mut named = Named::of(ground);
    let mut last: Last = None;
    let mut told: Option<TwoSpeak> = None;
    let mut settled: Option<Settled> = None;
    for quote in &mut *quotes {
        let Some(attribution) = &mut quote.attribution else {
            continue;
        };
        // "“…,” she said. “…”": the same pronoun means the same.
        let known = settled
            .as_ref()
            .filter(|it| attribution.mention.span() == Some(it.mention));
        if let Some(settled) = known {
            settled.settle(attribution);
            continue;
        }
        if !attribution.members.is_empty() {
            named.add_members(attribution, &mut last);
            continue;
        }
        let Some(mention) = attribution.mention.span() else {
            continue;
        };
        let Some((sentence, naming)) = named.naming(mention) else {
            continue;
        };
        if attribution.antecedent.is_some() {
            continue;
        }
        // "Q Deputy Secretary Lima said it": a letter and the first words of a question are no name.
        let is_label = LABELS.contains(&attribution.rule);
        let label = span_of(named.text, &sentences[sentence], &naming.tokens);
        if is_label && mention.slice(named.text).len() == 1 && label != Some(mention) {
            continue;
        }
        if is_label
            && let Some(person) = named
                .of_initials(mention)
                .or_else(|| named.of_office(sentence, naming))
                .or_else(|| named.of_surname(sentence, naming))
        {
            attribution.antecedent = Some(named.people.fullest(person));
            continue;
        }
        // "a Harbor Council report": the body or person that wrote it.
        if let Some(writer) = named.writer(sentence, naming, last) {
            attribution.antecedent = writer;
            settled = Some(Settled {
                mention,
                antecedent: writer,
                is_contested: false,
            });
            continue;
        }
        if let Some(members) = named.several_meant(sentence, naming) {
            attribution.members = members;
            attribution.confidence *= CONTESTED;
            continue;
        }
        named.spoken_of = match naming.kind {
            // "Lima left early, she said": of a clause before her she is often the one it is about.
            NamingKind::Pronoun if quote.fragments.is_empty() => {
                let behind = quote.content.iter().filter(|span| span.start() > mention.end());
                named.people_in(behind)
            }
            NamingKind::Pronoun => named.people_in(quote.fragments.iter()),
            _ => Vec::new(),
        };
        let words = quote.fragments.iter().map(|span| span.range());
        named.addressed = addressed((named.language, named.text), &named.people, words);
        let confidence = attribution.confidence;
        let meant = match told.and_then(|told| named.answers(told, attribution, sentence, naming)) {
            Some(answers) => answers,
            None => named.person_meant(sentence, naming, last),
        };
        told = named.two_speak(attribution, (sentence, naming), meant.and_then(Meant::person));
        if let Some(meant) = meant {
            if attribution.stance == Some(Stance::Asked) && !quote.fragments.is_empty() {
                named.asker = meant.person().map(|person| (sentence, person));
            }
            last = meant.person().map(|person| (sentence, person));
            if naming.kind == NamingKind::Pronoun
                && let Some(person) = meant.person()
            {
                let sex = sentences[sentence].tokens[naming.tokens.start].traits.sex();
                named.lately = Some((sentence, person, sex));
            }
            if meant.is_contested {
                attribution.confidence *= CONTESTED;
            } else if let Some(person) = meant.person().filter(|_| naming.kind == NamingKind::Pronoun) {
                let pronoun = &sentences[sentence].tokens[naming.tokens.start];
                named.people.learn(person, pronoun.traits.sex());
            }
        }
        let fullest = meant.and_then(|meant| named.fullest(meant));
        let body = named.fuller_body(sentence, naming);
        let meant = body.or(fullest).or_else(|| named.body_meant(sentence, naming));
        attribution.antecedent = meant.filter(|span| *span != mention);
        settled = Some(Settled {
            mention,
            antecedent: attribution.antecedent,
            is_contested: attribution.confidence < confidence,
        });
    }
    named.add_represented(quotes);
    named.drop_bare_labels(quotes);
}

/// Whom a mention was found to mean.
struct Settled {
    mention: Span,
    antecedent: Option<Span>,
    is_contested: bool,
}

impl Settled {
    fn settle(&self, attribution: &mut Attribution) {
        attribution.antecedent = self.antecedent;
        if self.is_contested {
            attribution.confidence *= CONTESTED;
        }
    }
}

/// Who is meant by each naming of a text, as far as the people near it tell.
pub(super) fn persons(language: &Language, text: &str, sentences: &[Sentence], people: &People) -> Persons {
    let reports = reports(sentences);
    let nearby = Nearby {
        language,
        text,
        sentences,
        people,
        spoken_of: &[],
        addressed: &[],
        lately: None,
        reports: &reports,
    };
    let person = |index: usize, naming: &Naming| match naming.kind {
        NamingKind::Person => people.named(&sentences[index], naming),
        NamingKind::Pronoun => nearby.before(index, naming, None)?.person(),
        NamingKind::Role => people.holder(language, &sentences[index], naming),
        NamingKind::Body | NamingKind::Weak => None,
    };
    let mut persons = Persons::default();
    for (index, sentence) in sentences.iter().enumerate() {
        persons.add(sentence.namings.iter().map(|naming| person(index, naming)));
    }
    persons
}
