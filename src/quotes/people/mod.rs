//! The people that a text names, each known again by first name, surname, title and sex.

mod adding;
mod around;
mod offices;

use super::lexicon::{Language, Traits, Word, Words};
use super::namings::Naming;
use super::sentence::Sentence;
use super::tokens::Token;
use crate::model::span::Span;

pub(super) use around::introduction;
use offices::{Held, Which, only_of};

/// Bytes from where another of the surname is named in which either of them may be meant.
const IN_PLAY: usize = 240;

/// The people of a text, by the order in which they are first named in full.
pub(super) struct People {
    people: Vec<Person>,
    by_last: Words<Vec<usize>>,
    by_first: Words<Vec<usize>>,
    /// Who is named with a noun for an office.
    by_role: Words<Vec<Held>>,
    /// Where a surname stands alone.
    bare: Words<Vec<usize>>,
}

struct Person {
    /// The fullest naming, its words, and the letter that it begins with.
    span: Span,
    name: Vec<Word>,
    initial: Option<char>,
    words: usize,
    first: Word,
    /// The offices before the name, and that of an apposition.
    titles: Vec<Word>,
    /// Whether one of them is an office and no courtesy, and whether one is more than a noun that takes him up: `star`.
    has_title: bool,
    has_office: bool,
    /// How old he is said to be.
    age: Option<u8>,
    /// Names that stand with the office and tell what it is of: `Texas` of `Texas Sen. Ana Lima`, of `Lima, the Texas senator`.
    places: Vec<Word>,
    /// [`Traits::MALE`], [`Traits::FEMALE`] or neither.
    sex: Traits,
    /// Where its full namings begin, in the order they were met.
    named_at: Vec<usize>,
    /// Introduced as somebody of another's: `his mother, Ana Lima`.
    is_related: bool,
    /// Named by one word at the beginning of sentences only, which does nothing there and may be no name.
    is_doubtful: bool,
    /// Said to be a firm or a work: `a firm called Marrow Residential`, `a copy of Hatchet`.
    is_thing: bool,
}

impl People {
    /// Who is named: by the whole name, by surname and what stands before it, by first name.
    pub(super) fn named(&self, sentence: &Sentence, naming: &Naming) -> Option<usize> {
        let titles = &sentence.tokens[naming.tokens.start..naming.head.start];
        self.by_words(name(sentence, naming), titles)
    }

    /// Whose what follows is: `Mayor Ana Lima's`, whose words a weak naming does not tell apart.
    pub(super) fn owner(&self, sentence: &Sentence, naming: &Naming) -> Option<usize> {
        let tokens = &sentence.tokens[naming.tokens.clone()];
        let name = behind_titles(tokens);
        self.by_words(name, &tokens[..tokens.len() - name.len()])
    }

    /// Who is called by a name with titles before it.
    pub(super) fn by_words(&self, name: &[Token], titles: &[Token]) -> Option<usize> {
        let (first, last) = (name.first()?.word, name.last()?.word);
        let bearers = self.by_last.get(&last);
        if name.len() > 1 {
            let mut same = bearers?.iter().copied();
            return same
                .find(|person| self.people[*person].first == first)
                .or_else(|| self.by_surname_of_words(bearers?, name, titles));
        }
        match bearers.map(Vec::as_slice) {
            Some([only]) => Some(*only).filter(|only| !self.is_of_other_sex(*only, titles)),
            Some(several) => self.told_apart(several, titles, &name[0]),
            None => match self.by_first.get(&first)?.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
        }
    }

    /// Who alone bears a surname of several words: `Ms. Ní Lima`, `Lima Cruz` of `Ana Lima Cruz`. A given name stands before it: `Icon Ana Lima` of a
    /// headline is no other's than `Ana Lima`.
    fn by_surname_of_words(&self, bearers: &[usize], name: &[Token], titles: &[Token]) -> Option<usize> {
        let [person] = bearers else { return None };
        let full = &self.people[*person].name;
        let is_end = full.len() > name.len()
            && full[full.len() - name.len()..]
                .iter()
                .zip(name)
                .all(|(known, token)| *known == token.word);
        let is_given = name[0].traits.sex() != Traits::NONE;
        let is_joined = name[0].is(Traits::PARTICLE.or(Traits::PLACE_FIRST));
        let has_given = full.len() == name.len() + 1 && self.people[*person].sex != Traits::NONE;
        (is_end && !is_given && (is_joined || has_given) && !self.is_of_other_sex(*person, titles))
            .then_some(*person)
    }

    /// Whether titles are those of the other sex: `Mrs. Lima` is not Carlos Lima.
    fn is_of_other_sex(&self, person: usize, titles: &[Token]) -> bool {
        let own = self.people[person].sex;
        let sex = titles.iter().map(|token| token.traits.sex());
        let sex = sex.fold(Traits::NONE, Traits::or).sex();
        own != Traits::NONE && sex != Traits::NONE && own != sex
    }

    /// Which of several of one surname is meant: by title, by sex, else whom the text calls so.
    fn told_apart(&self, several: &[usize], titles: &[Token], surname: &Token) -> Option<usize> {
        let sex = titles.iter().map(|token| token.traits.sex());
        let sex = sex.fold(Traits::NONE, Traits::or);
        let fits = |person: &&usize| {
            let own = &self.people[**person];
            titles.iter().any(|token| own.titles.contains(&token.word)) || own.sex.any(sex)
        };
        let mut fitting = several.iter().filter(fits);
        // "Mr. Lima" is whom the text is about, not the son whom it names last.
        let is_honorific = |token: &Token| token.is(Traits::TITLE) && token.traits.sex() != Traits::NONE;
        let is_first = titles.len() == 1 && titles.iter().all(is_honorific);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(*only),
            _ if is_first => {
                let mut same = several
                    .iter()
                    .filter(|person| !self.is_of_other_sex(**person, titles));
                same.next().copied()
            }
            _ => self.called_so(several, surname),
        }
    }

    /// Whom a text calls by a surname that several bear: who was named in full last, but nobody's mother or son, and nobody who came
    /// in when another was called so already. Where such a one was named just before, it may be either.
    fn called_so(&self, several: &[usize], surname: &Token) -> Option<usize> {
        let at = surname.range.start;
        let last = |person: usize| {
            let named = &self.people[person].named_at;
            let before = named.partition_point(|named| *named <= at);
            before.checked_sub(1).map(|last| named[last])
        };
        let before = several
            .iter()
            .filter_map(|person| Some((last(*person)?, *person)));
        let (near, nearest) = before.clone().max()?;
        let first = |person: usize| self.people[person].named_at.first().copied();
        let mut own = before
            .map(|(_, person)| person)
            .filter(|person| !self.people[*person].is_related);
        let owner = own.clone().min_by_key(|person| first(*person));
        let meant = match owner.filter(|owner| *owner != nearest) {
            None => nearest,
            Some(owner) if self.people[nearest].is_related => match own.nth(1) {
                None => owner,
                Some(_) => return None,
            },
            Some(owner) if self.are_two(owner, nearest) && self.is_called(owner, nearest, surname) => owner,
            Some(_) => nearest,
        };
        let is_in_play = meant != nearest && at - near < IN_PLAY;
        (!is_in_play).then_some(meant)
    }

    /// Whether two of one surname are two people: given names of the same beginning and sex may be one's.
    fn are_two(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.people[one], &self.people[other]);
        let are_known = one.sex != Traits::NONE && other.sex != Traits::NONE;
        are_known && (one.sex != other.sex || one.initial != other.initial)
    }

    /// Whether somebody was called by his surname alone between his first naming and that of another who bears it.
    fn is_called(&self, person: usize, other: usize, surname: &Token) -> bool {
        let first = |person: usize| self.people[person].named_at.first().copied().unwrap_or_default();
        let bare = self.bare.get(&surname.word).map_or(&[][..], Vec::as_slice);
        let next = bare.partition_point(|at| *at < first(person));
        bare.get(next).is_some_and(|at| *at < first(other))
    }

    /// Who is named with this noun as his office, last before the noun stands or first after it; of a place that the noun is said
    /// to be of: `the Texas senator`.
    pub(super) fn holder(&self, language: &Language, sentence: &Sentence, naming: &Naming) -> Option<usize> {
        let tokens = &sentence.tokens[naming.tokens.clone()];
        if !tokens[0].is(Traits::DEFINITE) {
            return None;
        }
        let start = tokens[0].range.start;
        let is_placed = tokens[..tokens.len() - 1].iter().any(tells_place);
        let noun = naming.head.end - 1;
        let from_naming = &sentence.tokens[naming.tokens.start..];
        let which = Which::of(language, from_naming, noun - naming.tokens.start);
        let holders = self.by_role.get(&language.office(naming.key(&sentence.tokens)))?;
        // Of several senators the one of Texas; of whom no place is told, it may be anybody.
        let fits =
            |held: &&Held| which.agrees(&held.which) && (!is_placed || self.is_there(held.person, tokens));
        let before = holders.iter().rev().filter(fits).find(|held| held.at < start);
        let holder = before.or_else(|| holders.iter().find(fits));
        // "the Democratic senator": no place, where a text names one senator only and tells no place of his.
        let only = || {
            let only = only_of(holders, &which);
            only.filter(|person| self.people[*person].places.is_empty())
        };
        holder.map(|held| held.person).or_else(only)
    }

    /// Who alone bears an office in the text: whom `Mayor:` of a transcript means.
    pub(super) fn only_holder(&self, language: &Language, office: Word) -> Option<usize> {
        only_of(self.by_role.get(&language.office(office))?, &Which::default())
    }

    /// Who is named in full and is called by a surname that is a noun for an office as well: `Baker said`, `Gov. King said`, and not
    /// `the baker`.
    pub(super) fn called_as_office(&self, sentence: &Sentence, naming: &Naming) -> Option<usize> {
        let (surname, titles) = sentence.tokens[naming.tokens.clone()].split_last()?;
        let is_title = |token: &Token| token.is(Traits::TITLE) && token.shape.is_capital;
        let is_called = surname.shape.is_capital && titles.iter().all(is_title);
        let only = self.only_bearer(surname.word).filter(|_| is_called)?;
        (!self.is_of_other_sex(only, titles)).then_some(only)
    }

    /// Who alone bears a surname and is named in full.
    pub(super) fn only_bearer(&self, surname: Word) -> Option<usize> {
        let bearers = self.by_last.get(&surname)?.iter();
        let mut full = bearers.filter(|person| self.people[**person].words > 1);
        full.next().copied().filter(|_| full.next().is_none())
    }

    /// Whether the words before an office name a place that somebody's office is of.
    fn is_there(&self, person: usize, office: &[Token]) -> bool {
        let places = &self.people[person].places;
        let mut wanted = office.iter().filter(|token| tells_place(token));
        wanted.any(|token| places.contains(&token.word))
    }

    /// Whether they name another place than those of somebody's office.
    pub(super) fn is_elsewhere(&self, person: usize, office: &[Token]) -> bool {
        let names = office[..office.len() - 1].iter().any(tells_place);
        names && !self.people[person].places.is_empty() && !self.is_there(person, office)
    }

    /// Whether somebody bears the office that a noun is that of, and another one: of another rank, kind or party.
    pub(super) fn bears_otherwise(&self, language: &Language, person: usize, noun: &[Token]) -> bool {
        let at = noun.len() - 1;
        let held = self
            .by_role
            .get(&language.office(noun[at].word))
            .into_iter()
            .flatten();
        let which = Which::of(language, noun, at);
        let mut own = held.filter(|held| held.person == person).peekable();
        own.peek().is_some() && !own.any(|held| which.agrees(&held.which))
    }

    /// Whether somebody may bear an office: he bears it, or no office of his is told and nobody else bears this one.
    pub(super) fn may_hold(&self, language: &Language, person: usize, noun: &Token) -> bool {
        let own = &self.people[person];
        let office = language.office(noun.word);
        // "Pop star Ana Lima" may be "the singer", and is no senator.
        let bears_other = if noun.is(Traits::EPITHET) {
            own.has_office
        } else {
            own.has_title
        };
        let is_free = !bears_other && !self.by_role.contains_key(&office);
        is_free || own.titles.contains(&office)
    }

    /// Whether a noun that tells an age may be for somebody: he is of that age, or neither his age nor an office is told.
    pub(super) fn may_be_aged(&self, person: usize, aged: u8) -> bool {
        let own = &self.people[person];
        own.age.map_or(!own.has_office, |age| age == aged)
    }

    /// How many they are.
    pub(super) fn count(&self) -> usize {
        self.people.len()
    }

    /// Takes the sex of a pronoun that means somebody for his.
    pub(super) fn learn(&mut self, person: usize, sex: Traits) {
        let own = &mut self.people[person];
        if own.sex == Traits::NONE {
            own.sex = sex;
        }
    }

    /// The fullest naming of somebody.
    pub(super) fn fullest(&self, person: usize) -> Span {
        self.people[person].span
    }

    /// The sex of somebody, as titles, nouns and given names tell it.
    pub(super) fn sex(&self, person: usize) -> Traits {
        self.people[person].sex
    }

    /// Whether somebody is a person for certain, as far as a name tells: by two words, a title or his sex.
    pub(super) fn is_certain(&self, person: usize) -> bool {
        let own = &self.people[person];
        own.words > 1 || !own.titles.is_empty() || own.sex != Traits::NONE
    }

    /// Whether a name is that of a firm or a work, which no "she" means.
    pub(super) fn is_thing(&self, person: usize) -> bool {
        self.people[person].is_thing
    }

    /// Who alone is called by a word: by his surname, or by his first name.
    pub(super) fn called(&self, word: Word) -> Option<usize> {
        let bearers = self.by_last.get(&word).or_else(|| self.by_first.get(&word))?;
        match bearers.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether somebody is perhaps nobody.
    pub(super) fn is_doubtful(&self, person: usize) -> bool {
        self.people[person].is_doubtful
    }
}

/// The words of an owner's name behind his titles: `Ana Lima’s` of `Mayor Ana Lima’s`.
fn behind_titles(tokens: &[Token]) -> &[Token] {
    let is_title = |token: &Token| token.is(Traits::TITLE.or(Traits::ROLE));
    let before_name = &tokens[..tokens.len() - 1];
    let titles = before_name.iter().rposition(is_title).map_or(0, |last| last + 1);
    &tokens[titles..]
}

/// The words of a name without `Jr.`
fn name<'a>(sentence: &'a Sentence, naming: &Naming) -> &'a [Token] {
    let mut tokens = &sentence.tokens[naming.head.clone()];
    while let [name @ .., last] = tokens
        && !name.is_empty()
        && last.is(Traits::SUFFIX)
    {
        tokens = name;
    }
    tokens
}

/// The age that a word tells: `34`, `34-year-old`.
pub(super) fn age(text: &str, token: &Token) -> Option<u8> {
    let word = text[token.range.clone()].split('-').next()?;
    word.parse().ok().filter(|_| token.shape.is_number)
}

/// Whether a word before an office tells what it is of: `Texas`, and not `Democratic`.
fn tells_place(token: &Token) -> bool {
    token.is_word() && token.is_name() && !token.is(Traits::TITLE.or(Traits::ROLE).or(Traits::BODY))
}
