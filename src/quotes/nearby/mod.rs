//! Whom a pronoun or a noun that describes somebody means, by who is named around it.

mod asking;
mod leading;
mod offices;
mod owners;
mod taken_up;

use std::ops::Range;

use super::joint;
use super::lexicon::{Language, Traits};
use super::namings::{Naming, NamingKind};
use super::people::People;
use super::sentence::Sentence;
use super::subjects::is_governed;
use super::tokens::Token;

use asking::{asks_in_passive, is_asked};
use leading::leads_over;
use offices::is_identified;

/// Sentences that are looked back over for whom a pronoun means.
pub(super) const LOOK_BACK: usize = 4;
/// The same for somebody whose sex is known to be the pronoun's.
pub(super) const LOOK_FAR_BACK: usize = 16;

/// Tokens of a dateline.
const DATELINE: usize = 14;

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

    /// Which of the people a name means who may be "he" or "she"; nobody whom the words before it tell to be a place.
    fn person(&self, own: &Sentence, naming: &Naming, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let person = self.people.named(own, naming)?;
        let before = naming.tokens.start.checked_sub(1).map(|at| &own.tokens[at]);
        let is_place = self.people.sex(person) == Traits::NONE
            && before.is_some_and(|before| before.is(Traits::LOCATIVE));
        (!self.people.is_doubtful(person) && !is_place && fits(person)).then_some(person)
    }
}

/// Whether a sentence begins with whom it is about: `For Gideon Lima, the ruling came too late.`
pub(super) fn is_concerned(sentence: &Sentence, naming: &Naming) -> bool {
    let comma = sentence.tokens.get(naming.tokens.end);
    naming.tokens.start == 1
        && sentence.tokens[0].is(Traits::BLAMES)
        && comma.is_some_and(|comma| comma.is_mark(','))
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
