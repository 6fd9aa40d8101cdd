//! Takes up everybody whom a text names: by full names first, then by surnames, with what titles and pronouns tell of him.

use std::ops::Range;

use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::lexicon::{Language, Traits, Words};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

use super::around::{apposition, introduction, is_nobody, is_numbered, is_related, is_thing};
use super::offices::{Held, Which};
use super::{People, Person, age, behind_titles, name, tells_place};

/// The most names of places that are kept of one person.
const PLACES: usize = 6;

/// Sentences whose pronouns must agree to tell the sex of somebody.
const AGREEING: u8 = 2;

/// What somebody does, behind his name.
const ACTS: Traits = Traits::CUE.or(Traits::SMALL_VERB).or(Traits::ADVERB);

impl People {
    pub(in crate::quotes) fn of(language: &Language, text: &str, sentences: &[Sentence]) -> Self {
        let mut people = Self {
            people: Vec::new(),
            by_last: Words::default(),
            by_first: Words::default(),
            by_role: Words::default(),
            bare: Words::default(),
        };
        people.add_bare(sentences);
        // Full names first: a surname may stand before them, in a headline. In a headline every word looks like a name, so what it has is
        // asked last of these.
        people.add_all(language, text, sentences, |is_full, is_title| {
            is_full && !is_title
        });
        people.add_all(language, text, sentences, |is_full, is_title| is_full && is_title);
        people.add_owners(text, sentences);
        people.put_in_order();
        people.add_all(language, text, sentences, |is_full, _| !is_full);
        people.tell_sexes(sentences);
        people
    }

    /// Adds everybody whose name is of a sort: whether it is a full one, and whether it stands in a line of capitals.
    fn add_all(
        &mut self,
        language: &Language,
        text: &str,
        sentences: &[Sentence],
        is_asked: impl Fn(bool, bool) -> bool,
    ) {
        for sentence in sentences {
            for (position, naming) in sentence.namings.iter().enumerate() {
                let is_full = || name(sentence, naming).len() > 1;
                if naming.kind == NamingKind::Person && is_asked(is_full(), sentence.is_title) {
                    self.add(language, text, sentence, position);
                }
            }
        }
    }

    /// Notes where surnames stand alone.
    fn add_bare(&mut self, sentences: &[Sentence]) {
        for sentence in sentences {
            let people = sentence
                .namings
                .iter()
                .filter(|naming| naming.kind == NamingKind::Person && naming.tokens == naming.head);
            for naming in people {
                if let [only] = name(sentence, naming) {
                    self.bare.entry(only.word).or_default().push(only.range.start);
                }
            }
        }
    }

    /// Adds those who are named in full only as owners: `Ana Lima’s plan`, where `Lima said` follows.
    fn add_owners(&mut self, text: &str, sentences: &[Sentence]) {
        for sentence in sentences {
            let weak = sentence.weak.iter();
            for owner in weak.filter(|owner| sentence.tokens[owner.tokens.end - 1].shape.is_possessive) {
                self.add_owner(text, sentence, owner);
            }
        }
    }

    /// Puts full names in the order of the text, of which those of headlines were met last. Those who bear an office and are named by their
    /// surnames alone stay behind them: "President Lima" is whom "the president" means, whatever else somebody presides over.
    fn put_in_order(&mut self) {
        for person in &mut self.people {
            person.named_at.sort_unstable();
        }
        for held in self.by_role.values_mut() {
            held.sort_by_key(|held| held.at);
        }
    }

    /// Notes the offices before a name; the tokens of these end where it begins.
    fn add_offices(&mut self, language: &Language, sentence: &Sentence, person: usize, titles: Range<usize>) {
        let begin = Which::begin(language, &sentence.tokens, titles.start);
        let told = &sentence.tokens[begin..titles.end];
        for at in titles.start - begin..told.len() {
            if is_office(&told[at]) {
                self.hold(
                    language,
                    person,
                    (told, at),
                    sentence.tokens[titles.end].range.start,
                );
            }
        }
    }

    /// Notes that somebody who is named at a place bears an office, which is one of some words.
    fn hold(&mut self, language: &Language, person: usize, (words, office): (&[Token], usize), at: usize) {
        let token = &words[office];
        let noun = language.office(token.word);
        let own = &mut self.people[person];
        // "pop star Ana Lima" may be "the singer" as well.
        let is_office = token.is(Traits::ROLE) || token.traits.sex() == Traits::NONE;
        own.has_title |= is_office;
        own.has_office |= is_office && !token.is(Traits::EPITHET);
        for title in [token.word, noun] {
            if !own.titles.contains(&title) {
                own.titles.push(title);
            }
        }
        self.by_role.entry(noun).or_default().push(Held {
            at,
            person,
            which: Which::of(language, words, office),
        });
    }

    fn add_owner(&mut self, text: &str, sentence: &Sentence, owner: &Naming) {
        const NO_NAME: Traits = Traits::BODY
            .or(Traits::SITE)
            .or(Traits::PLACE)
            .or(Traits::DETERMINER);
        let name =
            owner.tokens.end - behind_titles(&sentence.tokens[owner.tokens.clone()]).len()..owner.tokens.end;
        let [first, .., last] = &sentence.tokens[name.clone()] else {
            return;
        };
        let is_name = |token: &Token| token.is_word() && token.is_name() && !token.is(NO_NAME);
        // Who bears the surname and is named in full elsewhere may be another.
        if self.by_last.contains_key(&last.word) || !sentence.tokens[name.clone()].iter().all(is_name) {
            return;
        }
        let words = name.len();
        if let Some(span) = span_of(text, sentence, &name) {
            let person = self.new_person(text, first, last, span, words);
            let own = &mut self.people[person];
            own.name = sentence.tokens[name.clone()]
                .iter()
                .map(|token| token.word)
                .collect();
            own.sex = first.traits.sex();
            own.is_doubtful = false;
            own.named_at.push(span.start());
        }
    }

    /// Tells the sex of people by the pronouns in sentences that name nobody else, where these agree.
    fn tell_sexes(&mut self, sentences: &[Sentence]) {
        const PRONOUNS: Traits = Traits::HE_SHE_THEY.or(Traits::OWNER).or(Traits::OBJECT_PRONOUN);
        let mut told: Vec<(Traits, u8)> = vec![(Traits::NONE, 0); self.people.len()];
        for sentence in sentences {
            let named = sentence
                .namings
                .iter()
                .filter(|naming| naming.kind == NamingKind::Person);
            let mut people = named.map(|naming| Some((self.named(sentence, naming)?, naming.tokens.clone())));
            let Some(Some((person, name))) = people.next() else {
                continue;
            };
            // "She told Lima that her office would sue": it may be hers who speaks.
            if sentence.tokens[..name.start]
                .iter()
                .any(|token| token.is(PRONOUNS))
            {
                continue;
            }
            let is_alone = people.all(|other| other.is_some_and(|(other, _)| other == person));
            let mut pronouns = sentence.tokens[name.end..]
                .iter()
                .filter(|token| token.is(PRONOUNS));
            let sex = pronouns.find_map(|token| Some(token.traits.sex()).filter(|sex| *sex != Traits::NONE));
            if let Some(sex) = sex.filter(|_| is_alone) {
                told[person] = (told[person].0.or(sex), told[person].1.saturating_add(1));
            }
        }
        for (person, (sex, times)) in self.people.iter_mut().zip(told) {
            if person.sex == Traits::NONE && times >= AGREEING {
                person.sex = sex.sex();
            }
        }
    }

    fn add(&mut self, language: &Language, text: &str, sentence: &Sentence, position: usize) {
        let naming = &sentence.namings[position];
        let head = name(sentence, naming);
        let (Some(span), [first, .., last] | [first @ last]) = (span_of(text, sentence, &naming.head), head)
        else {
            return;
        };
        if is_nobody(sentence, naming, head) {
            return;
        }
        let known = self.named(sentence, naming);
        let is_told =
            || !(is_numbered(sentence, naming) || sentence.is_title && self.is_doubted_title(naming, head));
        if known.is_none() && !is_told() {
            return;
        }
        let person = known.unwrap_or_else(|| self.new_person(text, first, last, span, head.len()));
        if known.is_none() {
            self.people[person].name = head.iter().map(|token| token.word).collect();
        }
        let titles = &sentence.tokens[naming.tokens.start..naming.head.start];
        // "Lima's brother, Carlos, left. “…,” Carlos Lima said.": by his first name he is introduced before he is named in full.
        let is_introduced = || {
            let named_at = self.people[person].named_at.first();
            head.len() == 1 && named_at.is_none_or(|full| span.start() < *full)
        };
        if known.is_none() || is_introduced() {
            self.people[person].is_related |= is_related(sentence, position);
        }
        let apposition = apposition(sentence, position);
        let apposed = apposition.and_then(<[Token]>::last);
        let own = &mut self.people[person];
        let described = titles.iter().chain(apposition.unwrap_or_default());
        // "Minority Leader Ana Lima" is of no place.
        let is_name = |token: &Token| !language.is_rank(token.word) && !language.is_kind(token.word);
        for token in described.filter(|token| is_name(token)) {
            if tells_place(token) && !own.places.contains(&token.word) && own.places.len() < PLACES {
                own.places.push(token.word);
            }
        }
        if own.words < head.len() {
            (own.span, own.words) = (span, head.len());
            own.name = head.iter().map(|token| token.word).collect();
        }
        if head.len() > 1 {
            own.named_at.push(span.start());
        }
        let next = sentence.tokens.get(naming.tokens.end);
        let is_described = next.is_some_and(|next| next.is_mark(',')) && {
            let behind = sentence.tokens.get(naming.tokens.end + 1);
            // "Lima, who lives here,", "Lima, a nurse,", "Lima, 44,".
            behind.is_some_and(|it| it.is(Traits::WHO.or(Traits::DETERMINER)) || it.shape.is_number)
        };
        let acts = is_described
            || next.is_some_and(|next| (next.is(ACTS) && !next.is(Traits::THAT)) || next.shape.ends_in_ed);
        let behind = sentence
            .tokens
            .get(naming.tokens.end + 1)
            .filter(|_| is_described);
        own.age = own
            .age
            .or_else(|| titles.iter().chain(behind).find_map(|token| age(text, token)));
        own.is_doubtful &= head.len() == 1 && naming.tokens.start == 0 && !acts;
        // "on Facebook": a site is nobody, whatever it does.
        let is_site = matches!(head, [only] if only.is(Traits::SOCIAL) && !only.is(Traits::SAY));
        own.is_thing |= is_site || is_thing(sentence, naming);
        let given = (own.first == first.word && head.len() > 1).then_some(first);
        // "her spokeswoman, Lima,".
        let introduced = introduction(sentence, naming).and_then(<[Token]>::last);
        for token in titles.iter().chain(apposed).chain(given).chain(introduced) {
            // "Lima's husband": hers is another's sex; "Marina manager Lima": a name that is not his.
            let is_own = given.is_some_and(|given| given.range == token.range)
                || !token.shape.is_capital
                || token.is(Traits::TITLE.or(Traits::ROLE));
            if own.sex == Traits::NONE && !token.shape.is_possessive && is_own {
                own.sex = token.traits.sex();
            }
        }
        self.add_offices(language, sentence, person, naming.tokens.start..naming.head.start);
        if let Some(words) = apposition.filter(|words| !words.is_empty()) {
            self.hold(language, person, (words, words.len() - 1), span.start());
        }
    }

    /// Whether a chain of words in a line of capitals is rather more than a name: `Lawmakers Rip Boris Lima`, where the text tells of
    /// Boris Lima, and any longer one that begins with no given name and behind no title.
    fn is_doubted_title(&self, naming: &Naming, chain: &[Token]) -> bool {
        let ends = |at: usize| {
            let is_it = |person: &usize| {
                let own = &self.people[*person].name;
                let begin = (at + 1).checked_sub(own.len()).filter(|_| own.len() > 1);
                begin.is_some_and(|begin| {
                    chain[begin..]
                        .iter()
                        .zip(own)
                        .all(|(word, own)| word.word == *own)
                })
            };
            let bearers = self.by_last.get(&chain[at].word);
            bearers.is_some_and(|bearers| bearers.iter().any(is_it))
        };
        let is_given = chain[0].traits.sex() != Traits::NONE || naming.tokens.start < naming.head.start;
        // "Sunao Lima Slams Rents", where the text has "Lima": two words are rather a name than "Villagers Mock Lima", if the first does not
        // tell what somebody is like.
        let is_pair = matches!(chain, [first, last] if self.bare.contains_key(&last.word)
            && !first.shape.ends_in_ed && !first.shape.ends_in_ing);
        chain.len() > 1 && (!(is_given || is_pair) || (0..chain.len()).any(ends))
    }

    fn new_person(&mut self, text: &str, first: &Token, last: &Token, span: Span, words: usize) -> usize {
        let person = self.people.len();
        let initial = span.slice(text).chars().next();
        self.people.push(Person {
            span,
            name: Vec::new(),
            initial,
            words,
            first: first.word,
            titles: Vec::new(),
            has_title: false,
            has_office: false,
            age: None,
            places: Vec::new(),
            sex: Traits::NONE,
            named_at: Vec::new(),
            is_related: false,
            is_doubtful: true,
            is_thing: false,
        });
        self.by_last.entry(last.word).or_default().push(person);
        if words > 1 {
            self.by_first.entry(first.word).or_default().push(person);
        }
        person
    }
}

/// Whether a word before a name is that of an office: "Council President Lima" holds an office of the council, and is not "the council".
fn is_office(token: &Token) -> bool {
    token.is(Traits::ROLE.or(Traits::TITLE)) && !token.is(Traits::BODY)
}
