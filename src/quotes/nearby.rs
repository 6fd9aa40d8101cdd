//! Whom a pronoun or a noun that describes somebody means, by who is named around it.

use std::ops::Range;

use super::joint;
use super::lexicon::{Language, Traits};
use super::namings::{Naming, NamingKind};
use super::people::{People, age, introduction};
use super::sentence::Sentence;
use super::subjects::{apposed, is_governed};
use super::tokens::Token;

/// Sentences that are looked back over for whom a pronoun means.
pub(super) const LOOK_BACK: usize = 4;
/// The same for somebody whose sex is known to be the pronoun's.
pub(super) const LOOK_FAR_BACK: usize = 16;
/// Tokens of what somebody owns.
const OWNED: usize = 4;
/// The same of a speech: `Mayor Lima’s State of the City address`.
const PAPER: usize = 6;
/// Sentences before a noun in which it may have introduced somebody without a name.
const INTRODUCED: usize = 24;
/// Tokens of a dateline.
const DATELINE: usize = 14;
/// Tokens from "identified" to the name.
const IDENTIFIED: usize = 4;

/// Who is meant: one of the people, or whoever bears an office that is named at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    Person(usize),
    Office { sentence: usize, position: usize },
}

/// Whom a naming means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    pub(super) whom: Whom,
    /// Whether somebody else who fits as well is named beside him.
    pub(super) is_contested: bool,
}

impl Meant {
    pub(super) const fn surely(person: usize) -> Self {
        Self {
            whom: Whom::Person(person),
            is_contested: false,
        }
    }

    pub(super) const fn person(self) -> Option<usize> {
        match self.whom {
            Whom::Person(person) => Some(person),
            Whom::Office { .. } => None,
        }
    }
}

/// Who spoke last: the sentence that names him, and who it is.
pub(super) type Last = Option<(usize, usize)>;

/// The people named around a pronoun.
pub(super) struct Nearby<'a> {
    pub(super) language: &'a Language,
    pub(super) text: &'a str,
    pub(super) sentences: &'a [Sentence],
    pub(super) people: &'a People,
    /// Those who are named in the words that are said, and so are hardly who says them.
    pub(super) spoken_of: &'a [usize],
    /// Those who are addressed in them, and so never do.
    pub(super) addressed: &'a [usize],
    /// Whom a pronoun was taken for last: where, and of which sex it was.
    pub(super) lately: Option<(usize, usize, Traits)>,
    /// The sentences in which further reports begin, each with a dateline.
    pub(super) reports: &'a [usize],
}

impl Nearby<'_> {
    /// Whom a pronoun means: somebody of its sex named in this sentence before it, or in the last sentences, or who
    /// spoke last, whichever is nearest; nobody where two who are joined fit alike.
    pub(super) fn before(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        let own = &self.sentences[sentence];
        let sex = own.tokens[naming.tokens.start].traits.sex();
        // Several are meant, and no name is that of several.
        if sex == Traits::NONE {
            return None;
        }
        let speaks_on = |person: usize| last.is_some_and(|(_, last)| last == person);
        let fits = |person: usize| {
            let of_person = self.people.sex(person);
            let is_meant = !self.spoken_of.contains(&person) || (of_person == sex && speaks_on(person));
            // Whoever was "she" just before is not "he", even where it was a guess.
            let is_other = self.lately.is_some_and(|(there, whom, was)| {
                whom == person && was != sex && sentence.saturating_sub(there) <= LOOK_BACK
            });
            let is_person = !self.people.is_thing(person) && !is_other && !self.addressed.contains(&person);
            (of_person == Traits::NONE || of_person == sex) && is_meant && is_person
        };
        // "Speaking to Lima, she said": somebody else, unless nobody else is near.
        let beside = self.first_of(sentence, 0..naming.tokens.start, sex, &fits);
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
        // "In Mayor Lima’s speech, in which she called it": nobody is nearer than whose it is.
        if let Some(owner) = self.owner_of_paper(sentence, naming, &fits) {
            return Some(owner);
        }
        let begun = self.begun(sentence);
        let last = last.filter(|(spoke, _)| *spoke >= begun);
        let spoke_last = last;
        let last = last.filter(|(spoke, person)| *spoke <= sentence && fits(*person));
        if let Some(found) = self.lately_named(sentence, sex, (spoke_last, last), &fits) {
            return found;
        }
        let is_known = |person: usize| self.people.sex(person) == sex;
        let spoke = last.filter(|(spoke, _)| sentence - spoke <= 2 * LOOK_BACK);
        let far = || {
            let far = sentence.saturating_sub(LOOK_FAR_BACK).max(begun)..sentence.saturating_sub(LOOK_BACK);
            far.rev()
                .find_map(|index| self.first_of(index, 0..usize::MAX, Traits::NONE, &is_known))?
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

    /// Who is named or spoke in the last sentences, the nearest first; nobody for certain, where two fit alike. `spoke_last` is who did, `last` the
    /// same if he fits.
    fn lately_named(
        &self,
        sentence: usize,
        sex: Traits,
        (spoke_last, last): (Last, Last),
        fits: &dyn Fn(usize) -> bool,
    ) -> Option<Option<Meant>> {
        for index in (sentence.saturating_sub(LOOK_BACK).max(self.begun(sentence))..sentence).rev() {
            let spoke_there = last.filter(|(spoke, _)| *spoke == index);
            let doer = self.led_up_to(index, spoke_there).filter(|person| fits(*person));
            if let Some(person) = doer.or(spoke_there.map(|(_, person)| person)) {
                return Some(Some(Meant::surely(person)));
            }
            // "Lima asked why.": whoever asks is not who answers next, as far as nothing else tells.
            let is_answered = spoke_last.is_some_and(|(spoke, _)| spoke > index);
            let asker = self.asker(index).filter(|_| !is_answered);
            let answers =
                |person: usize| fits(person) && (asker != Some(person) || self.people.sex(person) == sex);
            let named = self.first_of(index, self.reach(index, sex), sex, &answers);
            if let Some(found) = named.or_else(|| Some(Some(self.owner(index, fits)?))) {
                return Some(found);
            }
            if self.has_speaker_of(index, sex) {
                return Some(None);
            }
        }
        None
    }

    /// The sentence in which the report begins that a sentence stands in: no pronoun means anybody before it.
    fn begun(&self, sentence: usize) -> usize {
        let later = self.reports.partition_point(|report| *report <= sentence);
        later.checked_sub(1).map_or(0, |last| self.reports[last])
    }

    /// Whom a noun takes up that describes him: `the 46-year-old`, `the striker`, `the former Ohio governor`. He was spoken of
    /// last, in the sentences before.
    pub(super) fn taken_up(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        self.taken_up_within(LOOK_BACK, sentence, naming, last)
    }

    fn taken_up_within(&self, reach: usize, sentence: usize, naming: &Naming, last: Last) -> Option<Meant> {
        let own = &self.sentences[sentence];
        // "the developer's brochure": somebody's paper takes nobody up.
        let is_owner = own.tokens[naming.tokens.end - 1].shape.is_possessive;
        let is_paper = own
            .tokens
            .get(naming.tokens.end)
            .is_some_and(|it| it.is(Traits::PAPER));
        if (is_owner && is_paper) || !self.takes_up(sentence, naming) {
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
                && !self.people.is_thing(person)
                && !self.people.is_elsewhere(person, tokens)
                && match age(self.text, noun) {
                    Some(aged) => self.people.may_be_aged(person, aged),
                    // "the Republican", "the Italian": no office.
                    None => {
                        (noun.is(Traits::EPITHET) && noun.shape.is_capital)
                            || self.people.may_hold(self.language, person, noun)
                    }
                }
        };
        let near = sentence.saturating_sub(reach);
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
        let mut free = people.filter(|naming| !is_governed(own, naming) || is_concerned(own, naming));
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

    /// Who does what a sentence tells behind a clause that another is named in, unless who spoke there is named behind him: `Told that
    /// Lima had left, Cruz laughed.`
    fn led_up_to(&self, sentence: usize, spoke: Last) -> Option<usize> {
        let own = &self.sentences[sentence];
        let first = own.tokens.first()?;
        let opens = first.is(Traits::ASKED.or(Traits::NEVER_INVERTED)) && first.shape.is_capital;
        let ends_clause =
            |at: usize| own.tokens[at - 1].is_mark(',') || own.runs.iter().any(|slot| slot.before == at);
        let acts = |naming: &Naming| {
            let next = own.tokens.get(naming.tokens.end);
            next.is_some_and(|next| next.is(Traits::SMALL_VERB.or(Traits::SAY)) || next.shape.ends_in_ed)
        };
        let mut people = own
            .namings
            .iter()
            .filter(|naming| naming.kind == NamingKind::Person);
        let doer = people
            .find(|it| it.tokens.start > 0 && ends_clause(it.tokens.start) && acts(it))
            .filter(|_| opens)?;
        let speaks = |later: &Naming| spoke.map(|(_, person)| person) == self.people.named(own, later);
        let goes_on = spoke.is_some() && people.any(speaks);
        self.people.named(own, doer).filter(|_| !goes_on)
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

    /// Between which tokens the people of an earlier sentence count: whoever is named behind "she" there is not "she", but who "she"
    /// leads to is.
    fn reach(&self, sentence: usize, sex: Traits) -> Range<usize> {
        let own = &self.sentences[sentence];
        let mut pronouns = own
            .namings
            .iter()
            .filter(|naming| naming.kind == NamingKind::Pronoun);
        let same = pronouns.find(|naming| own.tokens[naming.tokens.start].traits.sex() == sex);
        match same {
            None => 0..usize::MAX,
            Some(pronoun) => match led_to(own, pronoun) {
                Some(ahead) => ahead.tokens.start..usize::MAX,
                None => 0..pronoun.tokens.start,
            },
        }
    }

    /// Whether somebody without a name says something there who is of somebody of a sex: `His lawyer said it was over.` Behind that, "he" may
    /// be either.
    fn has_speaker_of(&self, sentence: usize, sex: Traits) -> bool {
        let own = &self.sentences[sentence];
        let mut free = own.namings.iter().filter(|naming| !is_governed(own, naming));
        free.next().is_some_and(|naming| {
            let (first, noun) = (&own.tokens[naming.tokens.start], &own.tokens[naming.head.end - 1]);
            const OTHERS: Traits = Traits::PLURAL_ROLE.or(Traits::BODY_NOUN).or(Traits::PAPER);
            let is_somebody = naming.kind == NamingKind::Role && !noun.is(OTHERS);
            let may_be = noun.traits.sex() == Traits::NONE || noun.traits.sex() == sex;
            let speaks = own
                .tokens
                .get(naming.tokens.end)
                .is_some_and(|cue| cue.is(Traits::COMMON_SAY));
            first.is(Traits::OWNER) && first.traits.sex() == sex && is_somebody && may_be && speaks
        })
    }

    /// Who asks something in a sentence that another will answer.
    fn asker(&self, sentence: usize) -> Option<usize> {
        let own = &self.sentences[sentence];
        let asker = own.namings.iter().find(|naming| asks(own, naming))?;
        self.people.named(own, asker)
    }

    /// Whose thing a sentence begins with: `Ana Lima’s voucher expires in May.`
    fn owner(&self, sentence: usize, fits: &dyn Fn(usize) -> bool) -> Option<Meant> {
        let own = &self.sentences[sentence];
        let owner = own.weak.iter().find(|owner| owner.tokens.start == 0)?;
        let is_owner = own.tokens[owner.tokens.end - 1].shape.is_possessive;
        // "Lima's lawyer called": another does it.
        let owned = own.tokens[owner.tokens.end..].iter().take(OWNED);
        let mut owned = owned.take_while(|token| token.is_word() && !token.is(Traits::SMALL_VERB));
        const SOMEBODY: Traits = Traits::ROLE.or(Traits::TITLE).or(Traits::KIN);
        let is_somebody = owned.any(|noun| noun.is(SOMEBODY) && !noun.is(Traits::BODY_NOUN));
        let person = self
            .people
            .owner(own, owner)
            .filter(|_| is_owner && !is_somebody)?;
        let is_known = self.people.is_certain(person) && !self.people.is_doubtful(person);
        (is_known && fits(person)).then_some(Meant::surely(person))
    }

    /// Whose speech or paper a pronoun stands in: `in Mayor Lima’s speech on May 2, in which she called it`; and not `responding to Mayor Lima’s
    /// letter, she called it`.
    fn owner_of_paper(
        &self,
        sentence: usize,
        pronoun: &Naming,
        fits: &dyn Fn(usize) -> bool,
    ) -> Option<Meant> {
        const PAPERS: Traits = Traits::PAPER.or(Traits::OCCASION).or(Traits::NOUN_CUE);
        let own = &self.sentences[sentence];
        let is = |back: usize, list: Traits| {
            let at = pronoun.tokens.start.checked_sub(back);
            at.is_some_and(|at| own.tokens[at].is(list))
        };
        let is_in_which = is(1, Traits::RELATIVE) && is(2, Traits::WITHIN);
        let is_owner = |owner: &&Naming| {
            let owned = own.tokens[owner.tokens.end..].iter().take(PAPER);
            let mut owned = owned.take_while(|token| token.is_word() && !token.is(Traits::SMALL_VERB));
            let before = owner.tokens.start.checked_sub(1);
            own.tokens[owner.tokens.end - 1].shape.is_possessive
                && before.is_some_and(|before| own.tokens[before].is(Traits::WITHIN))
                && owned.any(|noun| noun.is(PAPERS))
        };
        let mut owners = own.weak.iter().filter(is_owner).filter(|_| is_in_which);
        let owner = owners.next().filter(|_| owners.next().is_none())?;
        let person = self.people.owner(own, owner)?;
        (self.people.is_certain(person) && fits(person)).then_some(Meant::surely(person))
    }

    /// Whoever of a sentence fits and is named before a token: whom no preposition governs first, and of several of these the
    /// first, who does what the sentence tells. Nobody for certain, where two are joined who fit alike.
    fn first_of(
        &self,
        sentence: usize,
        within: Range<usize>,
        sex: Traits,
        fits: &dyn Fn(usize) -> bool,
    ) -> Option<Option<Meant>> {
        let own = &self.sentences[sentence];
        let is_owner = |naming: &Naming| own.tokens[naming.tokens.end - 1].shape.is_possessive;
        let begins = |naming: &Naming| naming.tokens.start >= within.start;
        let is_free = |naming: &Naming| !is_governed(own, naming) || is_identified(own, naming);
        let free = own
            .namings
            .iter()
            .position(|naming| begins(naming) && is_free(naming));
        let named = own.namings.iter().enumerate();
        let named = named.filter(|(_, naming)| {
            begins(naming)
                && naming.tokens.end <= within.end
                && !is_owner(naming)
                && !asks_in_passive(own, naming)
                && !self.is_of_whom(own, naming, sex)
        });
        let fitting = named.filter_map(|(position, naming)| {
            let whom = match naming.kind {
                NamingKind::Person => Whom::Person(self.person(own, naming, fits)?),
                NamingKind::Role => self.office(sentence, position, sex, fits)?,
                NamingKind::Body | NamingKind::Pronoun | NamingKind::Weak => return None,
            };
            let is_free = is_free(naming);
            // Who does it is somebody by his name alone, whom it is done to by his sex.
            let is_certain = match whom {
                Whom::Person(person) if free == Some(position) => self.people.is_certain(person),
                Whom::Person(_) if is_identified(own, naming) => true,
                Whom::Person(person) => self.people.sex(person) != Traits::NONE,
                Whom::Office { .. } => true,
            };
            Some((whom, (is_asked(own, naming), is_free, is_certain), naming))
        });
        let fitting: Vec<_> = fitting.collect();
        let most = fitting.iter().map(|(_, rank, _)| *rank).max()?;
        // Who does it is spoken to in the words: another name of the sentence may be that of a place.
        let doer = free.and_then(|doer| self.people.named(own, &own.namings[doer]));
        if doer.is_some_and(|doer| self.addressed.contains(&doer)) && !most.2 {
            return None;
        }
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

    /// Whether somebody is introduced as somebody of "hers", so that she is another, as far as his sex is told: `Her chief of staff, Gideon
    /// Lima, plays the mayor.`
    fn is_of_whom(&self, own: &Sentence, naming: &Naming, sex: Traits) -> bool {
        let titles = &own.tokens[naming.tokens.start..naming.head.start];
        let introduced = introduction(own, naming).unwrap_or(titles);
        let Some((owner, words)) = introduced.split_first() else {
            return false;
        };
        let is_known = words.last().is_some_and(|noun| noun.traits.sex() != Traits::NONE);
        let person = self.people.named(own, naming);
        let is_known = is_known || person.is_none_or(|person| self.people.sex(person) != Traits::NONE);
        owner.is(Traits::OWNER) && sex != Traits::NONE && owner.traits.sex() == sex && !is_known
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
        // "Ana Lima, a teacher": she is named.
        let is_behind_name = own.namings[..position].last().is_some_and(|name| {
            let comma = name.tokens.end;
            name.kind == NamingKind::Person
                && comma + 1 == naming.tokens.start
                && own.tokens[comma].is_mark(',')
        });
        let mut behind = own.namings[position + 1..].iter();
        let is_given = behind.any(|name| is_identified(own, name));
        let is_apposed = is_named || is_given || is_behind_name || apposed(own, naming).is_some();
        let bodies = Traits::BODY_NOUN.or(Traits::PLURAL_ROLE).or(Traits::PAPER);
        let owner = own.weak.iter().find(|owner| {
            let is_owner = own.tokens[owner.tokens.end - 1].shape.is_possessive;
            is_owner && owner.tokens.start == naming.tokens.start && owner.tokens.end < naming.tokens.end
        });
        // "Lima’s colleague in Marrow, Ana Cruz, left".
        let acts = own.tokens.get(naming.tokens.end);
        let acts =
            acts.is_some_and(|next| next.is(Traits::CUE.or(Traits::SMALL_VERB)) || next.shape.ends_in_ed);
        let is_somebody = (first.is(Traits::DETERMINER) || (owner.is_some() && acts))
            && noun.is(Traits::ROLE.or(Traits::TITLE))
            && !noun.is(bodies)
            && sex != Traits::NONE;
        let of_noun = noun.traits.sex();
        // "Her lawyer" is not she, and "Lima’s lawyer" may be either where she is a woman.
        let of_owner = owner.and_then(|owner| self.people.owner(own, owner));
        let of_owner = of_owner.map_or(first.traits.sex(), |owner| self.people.sex(owner));
        let is_owned = first.is(Traits::OWNER) || owner.is_some();
        let is_hers = is_owned && of_owner == sex && of_noun == Traits::NONE;
        // "A widow at 38, she sold pies": she is the widow.
        let is_herself = naming.tokens.start == 0
            && own.namings[position + 1..]
                .iter()
                .find(|it| it.kind == NamingKind::Pronoun)
                .is_some_and(|it| {
                    let between = &own.tokens[naming.tokens.end..it.tokens.start];
                    let is_comma = between.last().is_some_and(|last| last.is_mark(','));
                    is_comma
                        && between
                            .iter()
                            .all(|token| !token.is(Traits::SMALL_VERB.or(Traits::CUE)))
                });
        if is_herself
            || is_hers
            || !is_first
            || is_apposed
            || !is_somebody
            || (of_noun != Traits::NONE && of_noun != sex)
        {
            return None;
        }
        let holder = self.people.holder(self.language, own, naming);
        // "For Gideon Lima it came too late. The baker was": whom the noun takes up.
        let taken_up = || self.taken_up_within(1, sentence, naming, None)?.person();
        let holder = holder.or_else(taken_up).filter(|holder| fits(*holder));
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

/// Who is meant by a pronoun that stands in what leads to him: `Asked if she had known, Ana Lima said no.`
fn led_to<'a>(sentence: &'a Sentence, pronoun: &Naming) -> Option<&'a Naming> {
    const OPENS: Traits = Traits::AS
        .or(Traits::CONDITIONAL)
        .or(Traits::PREPOSITION)
        .or(Traits::ASKED);
    let first = &sentence.tokens[0];
    // "The night before she was to testify, Ana Lima slept".
    let lead = &sentence.tokens[..pronoun.tokens.start];
    let is_led_in = lead.iter().all(Token::is_word)
        && lead.iter().any(|token| token.is(Traits::TIME_NOUN))
        && lead.last().is_some_and(|last| last.is(Traits::SUBORDINATE));
    let opens = first.is(OPENS) || first.shape.ends_in_ed || first.shape.ends_in_ing || is_led_in;
    let mut people = sentence
        .namings
        .iter()
        .filter(|naming| naming.kind == NamingKind::Person);
    let is_led = |next: &&Naming| {
        next.tokens.start > pronoun.tokens.end && sentence.tokens[next.tokens.start - 1].is_mark(',')
    };
    people.find(is_led).filter(|_| opens)
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

/// Whether a sentence begins with whom it is about: `For Gideon Lima, the ruling came too late.`
pub(super) fn is_concerned(sentence: &Sentence, naming: &Naming) -> bool {
    let comma = sentence.tokens.get(naming.tokens.end);
    naming.tokens.start == 1
        && sentence.tokens[0].is(Traits::BLAMES)
        && comma.is_some_and(|comma| comma.is_mark(','))
}

/// Whether somebody is named by what he says of himself: `a mother who gave her name only as Ana`.
fn is_identified(sentence: &Sentence, naming: &Naming) -> bool {
    let start = naming.tokens.start;
    let is_as = start
        .checked_sub(1)
        .is_some_and(|at| sentence.tokens[at].is(Traits::AS));
    let near = sentence.tokens[start.saturating_sub(IDENTIFIED)..start].iter();
    is_as && naming.kind == NamingKind::Person && near.rev().any(|token| token.is(Traits::IDENTIFIED))
}

/// The token that stands so many before a naming.
fn token_before<'s>(sentence: &'s Sentence, naming: &Naming, back: usize) -> Option<&'s Token> {
    let at = naming.tokens.start.checked_sub(back)?;
    sentence.tokens.get(at)
}

/// Whether somebody is asked something, so that he speaks next: `A reporter asked Mayor Lima`.
fn is_asked(sentence: &Sentence, naming: &Naming) -> bool {
    let before = |back: usize| token_before(sentence, naming, back);
    let is_passive = before(2).is_some_and(|helper| helper.is(Traits::PASSIVE));
    // "has asked President Lima for help": no question, so that nothing tells that she answers.
    let next = sentence.tokens.get(naming.tokens.end);
    let is_request = next.is_some_and(|next| next.is(Traits::BLAMES.or(Traits::TO)));
    before(1).is_some_and(|cue| cue.is(Traits::ASKED)) && !is_passive && !is_request
}

/// Whether somebody is named as who asks another: `Asked by Lima whether he knew, he said`.
fn asks_in_passive(sentence: &Sentence, naming: &Naming) -> bool {
    let before = |back: usize| token_before(sentence, naming, back);
    before(1).is_some_and(|by| by.is(Traits::BY)) && before(2).is_some_and(|asked| asked.is(Traits::ASKED))
}

/// Whether somebody asks something that another will answer: `Lima asked why`, `Lima asked whether it was true`, and neither `asked for a
/// recount` nor `asked the court to rule`.
fn asks(sentence: &Sentence, naming: &Naming) -> bool {
    const LEADS: Traits = Traits::CONDITIONAL.or(Traits::WHO).or(Traits::QUESTION);
    let cue = naming.tokens.end;
    let is_asked = sentence.tokens.get(cue).is_some_and(|cue| cue.is(Traits::ASKED));
    let next = sentence.tokens.get(cue + 1);
    is_asked && next.is_none_or(|next| !next.is_word() || next.is(LEADS))
}

/// The sentences in which further reports of a text begin, each in a paragraph with a dateline of its own: `BAYSIDE —`. The first is that of
/// the text itself.
pub(super) fn reports(sentences: &[Sentence]) -> Vec<usize> {
    let begins = |at: &usize| {
        let own = &sentences[*at];
        let is_first = *at == 0 || sentences[at - 1].paragraph != own.paragraph;
        let [first, .., last] = own.tokens.as_slice() else {
            return false;
        };
        let is_place = first.shape.is_all_capital || first.is(Traits::PLACE_FIRST);
        is_first && is_place && last.is_dash() && own.tokens.len() <= DATELINE
    };
    let found = (0..sentences.len()).filter(begins);
    found.skip(1).collect()
}
