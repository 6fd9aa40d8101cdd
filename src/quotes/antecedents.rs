//! The fullest naming of who is meant by a pronoun, a surname, a first name or a noun.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::assembly::span_of;
use super::ground::Ground;
use super::joint;
use super::lexicon::{Language, Traits};
use super::namings::{Naming, NamingKind};
use super::people::{People, age};
use super::sentence::Sentence;
use super::subjects::{apposed, is_governed};
use super::tokens::Token;
use crate::model::quote::{Attribution, Quote};
use crate::model::span::Span;

/// Sentences that are looked back over for whom a pronoun means.
const LOOK_BACK: usize = 4;
/// The same for somebody whose sex is known to be the pronoun's.
const LOOK_FAR_BACK: usize = 16;

/// Sentences before a noun in which it may have introduced somebody without a name.
const INTRODUCED: usize = 24;

/// The rules by which labels name who speaks, and how many letters are initials.
const LABELS: [&str; 2] = ["turn", "label"];
const LETTERS: Range<usize> = 2..4;
/// What is left of the confidence where a pronoun may mean another as well.
const CONTESTED: f32 = 0.7;

/// Who is meant: one of the people, or whoever bears an office that is named at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
    Person(usize),
    Office { sentence: usize, position: usize },
}

/// Whom a naming means.
#[derive(Clone, Copy, Debug)]
struct Meant {
    whom: Whom,
    /// Whether somebody else who fits as well is named beside him.
    is_contested: bool,
}

impl Meant {
    const fn surely(person: usize) -> Self {
        Self {
            whom: Whom::Person(person),
            is_contested: false,
        }
    }

    const fn person(self) -> Option<usize> {
        match self.whom {
            Whom::Person(person) => Some(person),
            Whom::Office { .. } => None,
        }
    }
}

/// Everybody named in a text.
struct Named<'a> {
    language: &'a Language,
    text: &'a str,
    sentences: &'a [Sentence],
    /// The first byte of each sentence that has words, and which it is.
    starts: Vec<(usize, usize)>,
    people: People,
    initials: OnceCell<HashMap<String, Option<usize>>>,
}

/// Who spoke last: the sentence that names him, and who it is.
type Last = Option<(usize, usize)>;

/// Adds antecedents to the attributions of quotes.
pub(super) fn add(ground: Ground<'_>, quotes: &mut [Quote]) {
    let sentences = ground.sentences;
    let mut named = Named::of(ground);
    let mut last: Last = None;
    for quote in quotes {
        let Some(attribution) = &mut quote.attribution else {
            continue;
        };
        if !attribution.members.is_empty() {
            named.add_members(attribution, &mut last);
            continue;
        }
        let Some((sentence, naming)) = named.naming(attribution.mention) else {
            continue;
        };
        if LABELS.contains(&attribution.rule)
            && let Some(person) = named.of_initials(attribution.mention)
        {
            attribution.antecedent = Some(named.people.fullest(person));
            continue;
        }
        if let Some(members) = named.several_meant(sentence, naming) {
            attribution.members = members;
            attribution.confidence *= CONTESTED;
            continue;
        }
        let meant = named.person_meant(sentence, naming, last);
        if let Some(meant) = meant {
            last = meant.person().map(|person| (sentence, person));
            if meant.is_contested {
                attribution.confidence *= CONTESTED;
            } else if let Some(person) = meant.person().filter(|_| naming.kind == NamingKind::Pronoun) {
                let pronoun = &sentences[sentence].tokens[naming.tokens.start];
                named.people.learn(person, pronoun.traits.sex());
            }
        }
        let fullest = meant.and_then(|meant| named.fullest(meant));
        let meant = fullest.or_else(|| named.body_meant(sentence, naming));
        attribution.antecedent = meant.filter(|span| *span != attribution.mention);
    }
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
            initials: OnceCell::new(),
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

    /// Puts the fullest naming in the place of each of several who speak.
    fn add_members(&self, attribution: &mut Attribution, last: &mut Last) {
        for member in &mut attribution.members {
            let Some((sentence, naming)) = self.naming(*member) else {
                continue;
            };
            let meant = self.person_meant(sentence, naming, *last);
            if let Some(fullest) = meant.and_then(|meant| self.fullest(meant)) {
                *member = fullest;
            }
        }
        // Whoever is spoken of next as "he" or "she", it is not told which of them.
        *last = None;
    }

    /// Those whom "they" and "the two" mean: who were named together last, if nobody else of several was since.
    fn several_meant(&self, sentence: usize, naming: &Naming) -> Option<Vec<Span>> {
        let own = &self.sentences[sentence];
        let (last, lead) = own.tokens[naming.tokens.clone()].split_last()?;
        let is_they = lead.is_empty() && last.is(Traits::HE_SHE_THEY) && last.traits.sex() == Traits::NONE;
        // "both", "the two", and not "two officials".
        let is_pair = last.is(Traits::PAIR) && lead.iter().all(|token| token.is(Traits::DEFINITE));
        if !is_they && !is_pair {
            return None;
        }
        let near = sentence.saturating_sub(LOOK_BACK)..=sentence;
        for index in near.rev() {
            let end = if index == sentence {
                naming.tokens.start
            } else {
                usize::MAX
            };
            let there = &self.sentences[index];
            if let Some(members) = joint::people_before(there, end) {
                let is_place = |member: &&Naming| {
                    let name = &there.tokens[member.head.clone()];
                    is_governed(there, member) || name.iter().all(|token| token.is(Traits::PLACE))
                };
                if members.iter().any(is_place) || (is_pair && members.len() != 2) {
                    return None;
                }
                let fullest = members.iter().map(|member| {
                    let person = self.people.named(there, member)?;
                    Some(self.people.fullest(person))
                });
                return fullest.collect();
            }
            let others = there.namings.iter().filter(|other| other.tokens.end <= end);
            let mut others = others.flat_map(|other| &there.tokens[other.tokens.clone()]);
            // Several nouns may be whom "they" means; two by name are whom "the two" does.
            if is_they && others.any(|token| token.is(Traits::PLURAL_ROLE)) {
                return None;
            }
        }
        None
    }

    /// The only one of the people whose name begins with the letters of a label: `NB:` of an interview. Letters that the text has
    /// elsewhere than in labels are those of a body.
    fn of_initials(&self, label: Span) -> Option<usize> {
        let letters = label.slice(self.text);
        let initials = self.initials.get_or_init(|| self.initials());
        (LETTERS.contains(&letters.len())).then(|| initials.get(letters).copied()?)?
    }

    fn initials(&self) -> HashMap<String, Option<usize>> {
        let mut initials = HashMap::new();
        for person in 0..self.people.count() {
            let name = self.people.fullest(person).slice(self.text);
            let letters = name.split([' ', '-']).filter_map(|word| word.chars().next());
            let letters: String = letters.take(LETTERS.end + 1).collect();
            let only = initials.entry(letters).or_insert(Some(person));
            *only = only.filter(|only| *only == person);
        }
        for sentence in self.sentences {
            let bodies = sentence.namings.iter().filter(|it| it.kind == NamingKind::Body);
            for body in bodies {
                let is_label = sentence
                    .tokens
                    .get(body.tokens.end)
                    .is_some_and(|next| next.is_mark(':'));
                if let Some(letters) = span_of(self.text, sentence, &body.tokens).filter(|_| !is_label) {
                    initials.remove(letters.slice(self.text));
                }
            }
        }
        initials
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
            NamingKind::Pronoun => self.before(sentence, naming, last),
            NamingKind::Role => {
                let holder = self.people.holder(self.language, own, naming).map(Meant::surely);
                holder.or_else(|| self.nearby().taken_up(sentence, naming, last))
            }
            NamingKind::Weak => self.behind_weak(sentence, naming, last),
            NamingKind::Body => None,
        }
    }

    /// Whom a weak naming means: `who` the one named right before, `his` as `he`, an owner whom he names.
    fn behind_weak(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        let own = &self.sentences[sentence];
        let first = &own.tokens[naming.tokens.start];
        if naming.tokens.len() == 1 && first.is(Traits::WHO) {
            let mut before = own.namings.iter().rev();
            // "It was Lima, not Cruz, who said".
            let is_denied = |it: &Naming| {
                let negator = it.tokens.start.checked_sub(1).map(|at| &own.tokens[at]);
                negator.is_some_and(|negator| negator.is(Traits::NEGATOR))
            };
            // "Lima, 61, of Marrow Bay, who said": where he is from.
            let is_home = |it: &Naming| {
                let of = it.tokens.start.checked_sub(1).filter(|_| is_governed(own, it));
                let comma = of.and_then(|of| of.checked_sub(1));
                comma.is_some_and(|at| own.tokens[at].is_mark(','))
                    && of.is_some_and(|of| own.tokens[of].is(Traits::OF))
            };
            let named =
                before.find(|it| it.tokens.end <= naming.tokens.start && !is_denied(it) && !is_home(it))?;
            if matches!(named.kind, NamingKind::Role | NamingKind::Body) {
                let holder = self.people.holder(self.language, own, named).map(Meant::surely);
                let position = own.namings.iter().position(|it| it == named)?;
                return holder.or(Some(Meant {
                    whom: Whom::Office { sentence, position },
                    is_contested: false,
                }));
            }
            return self.people.named(own, named).map(Meant::surely);
        }
        let stands_for_person = Traits::OWNER.or(Traits::OBJECT_PRONOUN);
        if naming.tokens.len() == 1 && first.is(stands_for_person) {
            let is_person = !first.is(Traits::FIRST_PERSON.or(Traits::IT));
            return is_person.then(|| self.before(sentence, naming, last))?;
        }
        let is_owner = own.tokens[naming.tokens.end - 1].shape.is_possessive;
        is_owner.then(|| self.people.owner(own, naming).map(Meant::surely))?
    }

    fn before(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        self.nearby().before(sentence, naming, last)
    }

    const fn nearby(&self) -> Nearby<'_> {
        Nearby {
            language: self.language,
            text: self.text,
            sentences: self.sentences,
            people: &self.people,
        }
    }

    /// The body that a noun with an article ("the agency") or "it" means: the last one named before whose name holds
    /// the noun, or any where the noun is one for all kinds of bodies.
    fn body_meant(&self, sentence: usize, naming: &Naming) -> Option<Span> {
        let own = &self.sentences[sentence];
        let tokens = &own.tokens[naming.tokens.clone()];
        let noun = &own.tokens[naming.head.end - 1];
        let is_it = tokens.len() == 1 && noun.is(Traits::IT);
        let is_noun = tokens.len() == 2 && tokens[0].is(Traits::DEFINITE) && noun.is(Traits::BODY_NOUN);
        if !is_it && !is_noun {
            return None;
        }
        let start = tokens[0].range.start;
        let bodies = (0..=sentence).rev().take(LOOK_FAR_BACK).flat_map(|index| {
            let sentence = &self.sentences[index];
            let bodies = sentence.namings.iter().filter(|it| it.kind == NamingKind::Body);
            bodies.map(move |body| (sentence, body))
        });
        let mut earlier = bodies.filter(|(sentence, body)| {
            let is_named_alike = || {
                sentence.tokens[body.head.clone()]
                    .iter()
                    .any(|token| token.word == noun.word)
            };
            sentence.tokens[body.tokens.start].range.start < start
                && (is_it || noun.is(Traits::ANY_BODY) || is_named_alike())
        });
        let (sentence, body) = earlier.next()?;
        span_of(self.text, sentence, &body.head)
    }
}

/// Who is meant by each naming of a text, as far as the people near it tell: by sentence and position.
pub(super) fn persons(
    language: &Language,
    text: &str,
    sentences: &[Sentence],
    people: &People,
) -> Vec<Vec<Option<usize>>> {
    let nearby = Nearby {
        language,
        text,
        sentences,
        people,
    };
    let person = |index: usize, naming: &Naming| match naming.kind {
        NamingKind::Person => people.named(&sentences[index], naming),
        NamingKind::Pronoun => nearby.before(index, naming, None)?.person(),
        NamingKind::Role => people.holder(language, &sentences[index], naming),
        NamingKind::Body | NamingKind::Weak => None,
    };
    let of_sentence = |(index, sentence): (usize, &Sentence)| {
        let namings = sentence.namings.iter();
        namings.map(|naming| person(index, naming)).collect()
    };
    sentences.iter().enumerate().map(of_sentence).collect()
}

/// The people named around a pronoun.
struct Nearby<'a> {
    language: &'a Language,
    text: &'a str,
    sentences: &'a [Sentence],
    people: &'a People,
}

impl Nearby<'_> {
    /// Whom a pronoun means: somebody of its sex named in this sentence before it, or in the last sentences, or who
    /// spoke last, whichever is nearest; nobody where two who are joined fit alike.
    fn before(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        let own = &self.sentences[sentence];
        let sex = own.tokens[naming.tokens.start].traits.sex();
        // Several are meant, and no name is that of several.
        if sex == Traits::NONE {
            return None;
        }
        let fits = |person: usize| {
            let of_person = self.people.sex(person);
            of_person == Traits::NONE || of_person == sex
        };
        // "Speaking to Lima, she said": somebody else, unless nobody else is near.
        let beside = self.first_of(sentence, naming.tokens.start, sex, &fits);
        let is_object = || {
            let mut people = own
                .namings
                .iter()
                .filter(|it| it.tokens.end <= naming.tokens.start);
            people.all(|it| {
                is_governed(own, it)
                    && !own.is_accorded(it.tokens.start)
                    && leads_over(own, it.tokens.end..naming.tokens.start)
            })
        };
        let beside = match beside {
            Some(found) if !is_object() => return found,
            beside => beside,
        };
        let last = last.filter(|(spoke, person)| *spoke <= sentence && fits(*person));
        for index in (sentence.saturating_sub(LOOK_BACK)..sentence).rev() {
            let spoke_there = last.filter(|(spoke, _)| *spoke == index);
            let found = spoke_there
                .map(|(_, person)| Some(Meant::surely(person)))
                .or_else(|| self.first_of(index, self.reach(index, sex), sex, &fits));
            if let Some(found) = found {
                return found;
            }
        }
        let is_known = |person: usize| self.people.sex(person) == sex;
        let spoke = last.filter(|(spoke, _)| sentence - spoke <= 2 * LOOK_BACK);
        let far = || {
            let far = sentence.saturating_sub(LOOK_FAR_BACK)..sentence.saturating_sub(LOOK_BACK);
            far.rev()
                .find_map(|index| self.first_of(index, usize::MAX, Traits::NONE, &is_known))?
        };
        let doubtful = || {
            let first = self.sentences[sentence.checked_sub(1)?].namings.first()?;
            self.doubtful(sentence - 1, first).filter(|person| fits(*person))
        };
        spoke
            .map(|(_, person)| Meant::surely(person))
            .or_else(|| doubtful().map(Meant::surely))
            .or_else(|| beside.flatten())
            .or_else(far)
    }

    /// Whom a noun takes up that describes him: `the 46-year-old`, `the striker`, `the former Ohio governor`. He was spoken of
    /// last, in the sentences before.
    fn taken_up(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        let own = &self.sentences[sentence];
        if !self.takes_up(sentence, naming) {
            return None;
        }
        let tokens = &own.tokens[naming.tokens.clone()];
        let noun = &own.tokens[naming.head.end - 1];
        let sex = noun.traits.sex();
        let is_beside = |person: usize| {
            let mut others = own.namings.iter();
            others.any(|other| {
                other.kind == NamingKind::Person && self.people.named(own, other) == Some(person)
            })
        };
        let fits = |person: usize| {
            let of_person = self.people.sex(person);
            (of_person == Traits::NONE || sex == Traits::NONE || of_person == sex)
                && !is_beside(person)
                && !self.people.is_elsewhere(person, tokens)
                && match age(self.text, noun) {
                    Some(aged) => self.people.may_be_aged(person, aged),
                    // "the Republican", "the Italian": no office.
                    None => {
                        (noun.is(Traits::EPITHET) && noun.shape.is_capital)
                            || self.people.may_hold(self.language, person, noun.word)
                    }
                }
        };
        let near = sentence.saturating_sub(LOOK_BACK);
        let spoke = last.filter(|(spoke, person)| (near..=sentence).contains(spoke) && fits(*person));
        let spoke = spoke.map(|(_, person)| person);
        let did = (near..sentence).rev().find_map(|index| self.doer(index, &fits));
        // Where one spoke and another does something since, it may be either.
        let is_open = spoke.is_some() && did.is_some() && spoke != did;
        let person = spoke.or(did).filter(|_| !is_open)?;
        Some(Meant {
            whom: Whom::Person(person),
            is_contested: true,
        })
    }

    /// The first person of a sentence whom no preposition governs, and who fits.
    fn doer(&self, sentence: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let own = &self.sentences[sentence];
        let people = own
            .namings
            .iter()
            .filter(|naming| naming.kind == NamingKind::Person);
        let mut free = people.filter(|naming| !is_governed(own, naming));
        free.find_map(|naming| {
            let person = self.people.named(own, naming)?;
            let is_somebody = self.people.is_certain(person) && !self.people.is_doubtful(person);
            (is_somebody && fits(person)).then_some(person)
        })
    }

    /// Whether a noun takes somebody up: one that describes him rather than tells his office, or an office of a certain place,
    /// and nobody was introduced by it before.
    fn takes_up(&self, sentence: usize, naming: &Naming) -> bool {
        const OTHERS: Traits = Traits::PLURAL_ROLE.or(Traits::PAPER).or(Traits::BODY_NOUN);
        let own = &self.sentences[sentence];
        let tokens = &own.tokens[naming.tokens.clone()];
        let noun = &own.tokens[naming.head.end - 1];
        let is_certain = tokens[0].is(Traits::DEFINITE);
        let mut lead = tokens.iter().take(tokens.len() - 1).skip(1);
        let is_described =
            noun.is(Traits::EPITHET) || lead.any(|token| token.shape.is_capital || token.is(Traits::FORMER));
        let is_introduced = || {
            let before = &self.sentences[sentence.saturating_sub(INTRODUCED)..sentence];
            before.iter().any(|there| introduces(there, noun))
        };
        is_certain
            && is_described
            && !noun.is(OTHERS)
            && naming.head.end == naming.tokens.end
            && !is_introduced()
    }

    /// Who begins a sentence and may be nobody: `Lima drove home.`
    fn doubtful(&self, sentence: usize, naming: &Naming) -> Option<usize> {
        let own = &self.sentences[sentence];
        let begins = naming.kind == NamingKind::Person && naming.tokens.start == 0;
        let acts = own.tokens.get(naming.tokens.end).is_some_and(Token::is_word);
        begins
            .then(|| self.people.named(own, naming))
            .flatten()
            .filter(|_| acts)
    }

    /// Up to which token the people of an earlier sentence count: whoever is named behind "she" there is not "she".
    fn reach(&self, sentence: usize, sex: Traits) -> usize {
        let own = &self.sentences[sentence];
        let mut pronouns = own
            .namings
            .iter()
            .filter(|naming| naming.kind == NamingKind::Pronoun);
        let same = pronouns.find(|naming| own.tokens[naming.tokens.start].traits.sex() == sex);
        let same = same.filter(|naming| !is_ahead(own, naming));
        same.map_or(usize::MAX, |naming| naming.tokens.start)
    }

    /// Whoever of a sentence fits and is named before a token: whom no preposition governs first, and of several of these the
    /// first, who does what the sentence tells. Nobody for certain, where two are joined who fit alike.
    fn first_of(
        &self,
        sentence: usize,
        before: usize,
        sex: Traits,
        fits: &dyn Fn(usize) -> bool,
    ) -> Option<Option<Meant>> {
        let own = &self.sentences[sentence];
        let is_owner = |naming: &Naming| own.tokens[naming.tokens.end - 1].shape.is_possessive;
        let free = own.namings.iter().position(|naming| !is_governed(own, naming));
        let named = own.namings.iter().enumerate();
        let named = named.filter(|(_, naming)| naming.tokens.end <= before && !is_owner(naming));
        let fitting = named.filter_map(|(position, naming)| {
            let whom = match naming.kind {
                NamingKind::Person => Whom::Person(self.person(own, naming, fits)?),
                NamingKind::Role => self.office(sentence, position, sex, fits)?,
                NamingKind::Body | NamingKind::Pronoun | NamingKind::Weak => return None,
            };
            let is_free = !is_governed(own, naming);
            // Who does it is somebody by his name alone, whom it is done to by his sex.
            let is_certain = match whom {
                Whom::Person(person) if free == Some(position) => self.people.is_certain(person),
                Whom::Person(person) => self.people.sex(person) != Traits::NONE,
                Whom::Office { .. } => true,
            };
            Some((whom, (is_asked(own, naming), is_free, is_certain), naming))
        });
        let fitting: Vec<_> = fitting.collect();
        let most = fitting.iter().map(|(_, rank, _)| *rank).max()?;
        let mut best = fitting.iter().filter(|(_, rank, _)| *rank == most);
        let (whom, _, naming) = best.next()?;
        let Some((_, _, other)) = best.find(|(other, ..)| other != whom) else {
            return Some(Some(Meant {
                whom: *whom,
                is_contested: false,
            }));
        };
        let joined = joint::people_before(own, other.tokens.end);
        let are_joined = joined.is_some_and(|members| members.iter().any(|it| it.tokens == naming.tokens));
        Some((!are_joined).then_some(Meant {
            whom: *whom,
            is_contested: true,
        }))
    }

    /// Which of the people a name means who may be "he" or "she"; nobody whom the words before it tell to be a place.
    fn person(&self, own: &Sentence, naming: &Naming, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let person = self.people.named(own, naming)?;
        let before = naming.tokens.start.checked_sub(1).map(|at| &own.tokens[at]);
        let is_place = self.people.sex(person) == Traits::NONE
            && before.is_some_and(|before| before.is(Traits::LOCATIVE));
        (!self.people.is_doubtful(person) && !is_place && fits(person)).then_some(person)
    }

    /// Who bears the office that does what a sentence tells: `The mayor shrugged.` Whoever is named beside it is another.
    fn office(
        &self,
        sentence: usize,
        position: usize,
        sex: Traits,
        fits: &dyn Fn(usize) -> bool,
    ) -> Option<Whom> {
        let own = &self.sentences[sentence];
        let naming = &own.namings[position];
        let (first, noun) = (&own.tokens[naming.tokens.start], &own.tokens[naming.head.end - 1]);
        let is_free = |naming: &Naming| !is_governed(own, naming);
        let is_first = is_free(naming) && !own.namings[..position].iter().any(is_free);
        // "The owner of the pier, Ana Lima,".
        // "A baker named Ana Lima".
        let is_named = own
            .tokens
            .get(naming.tokens.end)
            .is_some_and(|it| it.is(Traits::TERM));
        let is_apposed = is_named || apposed(own, naming).is_some();
        let bodies = Traits::BODY_NOUN.or(Traits::PLURAL_ROLE).or(Traits::PAPER);
        let is_somebody = first.is(Traits::DETERMINER)
            && noun.is(Traits::ROLE.or(Traits::TITLE))
            && !noun.is(bodies)
            && sex != Traits::NONE;
        let of_noun = noun.traits.sex();
        if !is_first || is_apposed || !is_somebody || (of_noun != Traits::NONE && of_noun != sex) {
            return None;
        }
        let holder = self.people.holder(self.language, own, naming);
        let holder = holder.filter(|holder| fits(*holder));
        Some(holder.map_or(Whom::Office { sentence, position }, Whom::Person))
    }
}

/// Whether what somebody stands in leads over to a pronoun: `Speaking to Lima on Friday, she said`, and not `For Lima, it was a
/// blow: “…,” she said`.
fn leads_over(sentence: &Sentence, between: Range<usize>) -> bool {
    let mut tokens = sentence.tokens[between.clone()].iter();
    let mut words = sentence.runs.iter();
    !tokens.any(|token| token.is(Traits::SMALL_VERB))
        && !words.any(|slot| between.start < slot.before && slot.before <= between.end)
}

/// Whether a pronoun stands in what leads to who it means: `Asked if she had known, Ana Lima said no.`
fn is_ahead(sentence: &Sentence, pronoun: &Naming) -> bool {
    const OPENS: Traits = Traits::AS
        .or(Traits::CONDITIONAL)
        .or(Traits::PREPOSITION)
        .or(Traits::ASKED);
    let first = &sentence.tokens[0];
    let opens = first.is(OPENS) || first.shape.ends_in_ed || first.shape.ends_in_ing;
    let mut people = sentence
        .namings
        .iter()
        .filter(|naming| naming.kind == NamingKind::Person);
    let next = people.find(|naming| naming.tokens.start > pronoun.tokens.end);
    opens && next.is_some_and(|next| sentence.tokens[next.tokens.start - 1].is_mark(','))
}

/// Whether somebody without a name is introduced by a noun: `a striker who lives nearby`.
fn introduces(sentence: &Sentence, noun: &Token) -> bool {
    let is_it = |naming: &Naming| {
        let first = &sentence.tokens[naming.tokens.start];
        naming.kind == NamingKind::Role
            && sentence.tokens[naming.head.end - 1].word == noun.word
            && first.is(Traits::DETERMINER)
            && !first.is(Traits::DEFINITE.or(Traits::OWNER))
            && apposed(sentence, naming).is_none()
    };
    sentence.namings.iter().any(is_it)
}

/// Whether somebody is asked something, so that he speaks next: `A reporter asked Mayor Lima`.
fn is_asked(sentence: &Sentence, naming: &Naming) -> bool {
    let before = |back: usize| {
        naming
            .tokens
            .start
            .checked_sub(back)
            .map(|at| &sentence.tokens[at])
    };
    let is_passive = before(2).is_some_and(|helper| helper.is(Traits::PASSIVE));
    before(1).is_some_and(|cue| cue.is(Traits::ASKED)) && !is_passive
}
