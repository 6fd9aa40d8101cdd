//! Who wrote the paper that words are taken from: `a Harbor Council report`, `a letter by Ana Lima`, and `the report` further on.

use std::ops::Range;

use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::body_words::{BodyKinds, PaperKind};
use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::nearby::{LOOK_BACK, Last};
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::{is_governed, subject};
use crate::quotes::tokens::Token;

use super::super::Named;
use super::named::{body, name_in};

/// Sentences before a paper in which it was told who wrote it.
const REACH: usize = 2 * LOOK_BACK;
/// Words between a paper and who wrote it.
const BEHIND: usize = 8;
/// Words from "said" to "in a statement".
const SAID_IN: usize = 8;

/// Digits of a year.
const YEAR: usize = 4;

/// What a sentence tells of who wrote a paper.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writer {
    /// By the fullest words for him.
    Known(Span),
    /// Somebody without a name.
    Nameless,
    Untold,
}

impl Writer {
    const fn known(self) -> Option<Span> {
        match self {
            Self::Known(span) => Some(span),
            Self::Nameless | Self::Untold => None,
        }
    }

    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Untold => other(),
            told => told,
        }
    }
}

impl Named<'_> {
    /// Who wrote the paper that a naming is that of: nobody where that is not told, or of two papers. Nothing where it is that of no paper.
    pub(in crate::quotes::antecedents) fn writer(
        &self,
        sentence: usize,
        naming: &Naming,
        last: Last,
    ) -> Option<Option<Span>> {
        let kind = self.paper(sentence, naming)?;
        let here = self.told_here(sentence, naming, kind, last);
        let found = here.or_else(|| self.told_before(sentence, naming, kind, last));
        Some(found.known())
    }

    /// The kind of paper that a naming is that of.
    fn paper(&self, sentence: usize, naming: &Naming) -> Option<PaperKind> {
        let own = &self.sentences[sentence];
        let noun = &own.tokens[naming.tokens.end - 1];
        let is_noun = noun.is_word() && !noun.shape.is_capital && !noun.shape.is_possessive;
        self.language.bodies.paper(noun.word).filter(|_| is_noun)
    }

    /// Who wrote a paper by the words around it.
    fn told_here(&self, sentence: usize, naming: &Naming, kind: PaperKind, last: Last) -> Writer {
        self.inside(sentence, naming, kind, last)
            .or_else(|| self.behind(sentence, naming, kind))
            .or_else(|| self.issued(sentence, naming, kind, last))
    }

    /// Whose a paper is by what stands before its noun: `a Harbor Council report`, `Lima’s letter`, `her book`.
    fn inside(&self, sentence: usize, naming: &Naming, kind: PaperKind, last: Last) -> Writer {
        let own = &self.sentences[sentence];
        let noun = naming.tokens.end - 1;
        // "a 2013 report", and not "a Channel 4 report".
        let is_quiet = |at: &usize| {
            let token = &own.tokens[*at];
            let is_year = token.shape.is_number && token.range.len() == YEAR;
            is_year || self.language.bodies.is("quiet", token.word)
        };
        let quiet = (naming.tokens.start..noun).rev().take_while(is_quiet).count();
        let end = noun - quiet;
        let Some(before) = end.checked_sub(1).filter(|at| *at >= naming.tokens.start) else {
            return Writer::Untold;
        };
        let token = &own.tokens[before];
        if token.is(Traits::OWNER) && before == naming.tokens.start {
            let pronoun = Naming {
                tokens: before..before + 1,
                head: before..before + 1,
                kind: NamingKind::Weak,
            };
            // "In her book, Lima said": that is told behind it.
            return match self.meant_by(sentence, &pronoun, last) {
                Writer::Nameless => Writer::Untold,
                told => told,
            };
        }
        // "a Lima campaign ad".
        let is_noun = token.is(Traits::BODY_NOUN) && !token.shape.is_capital && !token.shape.is_possessive;
        if is_noun {
            let name = name_in(&own.tokens, naming.tokens.start..before).filter(|name| name.end == before);
            let whole = name.and_then(|name| span_of(self.text, own, &(name.start..end)));
            return whole.map_or(Writer::Untold, Writer::Known);
        }
        if !token.is_name() {
            return Writer::Untold;
        }
        if token.shape.is_possessive {
            return self.owned_by(sentence, naming.tokens.start..end);
        }
        let Some(name) = name_in(&own.tokens, naming.tokens.start..end).filter(|name| name.end == end) else {
            return Writer::Untold;
        };
        let is_writer = self.may_write(own, name.clone(), kind);
        is_writer
            .then(|| self.fullest_body(own, name))
            .flatten()
            .map_or(Writer::Nameless, Writer::Known)
    }

    /// Whose a paper is by an owner's name.
    fn owned_by(&self, sentence: usize, owner: Range<usize>) -> Writer {
        let own = &self.sentences[sentence];
        let whole = Naming {
            head: owner.end - 1..owner.end,
            tokens: owner,
            kind: NamingKind::Weak,
        };
        let Some(name) = name_in(&own.tokens, whole.tokens.clone()) else {
            return Writer::Nameless;
        };
        if self.is_body(own, name.clone()) {
            return self
                .fullest_body(own, name)
                .map_or(Writer::Nameless, Writer::Known);
        }
        let person = self
            .people
            .owner(own, &whole)
            .filter(|person| !self.people.is_thing(*person));
        person.map_or(Writer::Nameless, |person| {
            Writer::Known(self.people.fullest(person))
        })
    }

    /// Whether a name before a noun for a paper may be that of the body that wrote it: none of a lawsuit but what sues, and no program, party
    /// or place.
    fn may_write(&self, own: &Sentence, name: Range<usize>, kind: PaperKind) -> bool {
        const SUES: BodyKinds = BodyKinds::AGENCY.or(BodyKinds::PUBLIC);
        let tokens = &own.tokens[name.clone()];
        let is_social = tokens.iter().any(|token| token.is(Traits::SOCIAL));
        let fits = kind != PaperKind::Suit || self.kinds_of(tokens).any(SUES);
        !is_social && kind != PaperKind::Book && fits && self.is_body(own, name)
    }

    fn kinds_of(&self, name: &[Token]) -> BodyKinds {
        let words = name.iter().map(|token| self.language.bodies.kinds(token.word));
        words.fold(self.bodies().kinds(self.text, name), BodyKinds::or)
    }

    /// Whether a name is that of a body: by its words, or because the text names one so.
    fn is_body(&self, own: &Sentence, name: Range<usize>) -> bool {
        let tokens = &own.tokens[name];
        let is_place = tokens.iter().all(|token| token.is(Traits::PLACE));
        let is_certain = || {
            self.kinds_of(tokens) != BodyKinds::NONE
                || self.bodies().has(self.text, tokens)
                || self.bodies().fuller(self.language, self.text, tokens).is_some()
        };
        !is_place && is_certain()
    }

    /// Who wrote a paper by the words behind it: `a report by the Harbor Council`, `a complaint filed Monday by Ana Lima`, `a letter from
    /// Ana Lima`, `a report the Council released`.
    fn behind(&self, sentence: usize, naming: &Naming, kind: PaperKind) -> Writer {
        let own = &self.sentences[sentence];
        let tokens = &own.tokens;
        let end = naming.tokens.end;
        let mut at = end;
        if tokens.get(at).is_some_and(|comma| comma.is_mark(',')) {
            at += 1;
        }
        let is = |at: usize, list: Traits| {
            tokens
                .get(at)
                .is_some_and(|token| token.is(list) && !token.shape.is_capital)
        };
        if is(at, Traits::BY) || (at == end && is(at, Traits::FROM) && kind != PaperKind::Suit) {
            return self.by(sentence, at + 1);
        }
        let wrote = |list: &str, at: usize| tokens.get(at).is_some_and(|verb| self.writes(list, verb, kind));
        if wrote("written_by", at) {
            let parts = |token: &&Token| {
                token.is_word() && !token.is(Traits::CUE.or(Traits::SMALL_VERB).or(Traits::WHO))
            };
            let near = tokens[at + 1..].iter().take(BEHIND).take_while(parts).count();
            let by = (at + 1..=at + near).find(|at| is(*at, Traits::BY));
            return by.map_or(Writer::Untold, |by| self.by(sentence, by + 1));
        }
        // "a report the Council released", "a letter that Lima wrote".
        let begins = if is(end, Traits::THAT) { end + 1 } else { end };
        let writes = own
            .naming_from(begins)
            .filter(|it| wrote("wrote", it.tokens.end) && it.kind != NamingKind::Pronoun);
        match writes {
            Some(writer) => self.meant_by(sentence, writer, None),
            None => Writer::Untold,
        }
    }

    /// Who is named from a token on as having written something; nobody where another is named with him.
    fn by(&self, sentence: usize, at: usize) -> Writer {
        let own = &self.sentences[sentence];
        let Some(naming) = own.naming_from(at) else {
            return Writer::Untold;
        };
        let next = own.tokens.get(naming.tokens.end);
        let is_joined = next.is_some_and(|next| next.is(Traits::AND));
        let is_owner = own.tokens[naming.tokens.end - 1].shape.is_possessive;
        match is_joined || is_owner {
            true => Writer::Nameless,
            false => self.meant_by(sentence, naming, None),
        }
    }

    /// Who wrote a paper by what he does with it: `The Council issued a statement`, `said in a statement`, `In a statement, Lima said`.
    fn issued(&self, sentence: usize, naming: &Naming, kind: PaperKind, last: Last) -> Writer {
        let own = &self.sentences[sentence];
        let Some(before) = naming.tokens.start.checked_sub(1) else {
            return Writer::Untold;
        };
        let first = &own.tokens[naming.tokens.start];
        let is_certain = first.is(Traits::DEFINITE) && !first.is(Traits::OWNER);
        let token = &own.tokens[before];
        let verb = if self.writes("wrote", token, kind) && !is_certain {
            Some(before)
        } else if token.is(Traits::WITHIN) && !is_certain && self.language.bodies.is_own(kind) {
            said_before(own, before).or_else(|| said_behind(own, naming.tokens.end))
        } else {
            None
        };
        let Some(who) = verb.and_then(|verb| subject(own, verb)) else {
            return Writer::Untold;
        };
        // "families of those at the Harbor School filed", "Lima and Cruz filed": others, or more than one.
        let and = who
            .tokens
            .start
            .checked_sub(1)
            .filter(|at| own.tokens[*at].is(Traits::AND));
        let is_second = and.is_some_and(|and| own.namings.iter().any(|first| first.tokens.end == and));
        // "The report sent a letter": a paper writes none.
        if self.paper(sentence, &who).is_some() {
            return Writer::Untold;
        }
        // "after Lima filed a petition": a clause begins there.
        const BEGINS: Traits = Traits::AS.or(Traits::SUBORDINATE);
        let before = who.tokens.start.checked_sub(1).map(|at| &own.tokens[at]);
        let begins = before.is_some_and(|before| before.is(BEGINS));
        match is_second || (is_governed(own, &who) && !begins) {
            true => Writer::Nameless,
            false => self.meant_by(sentence, &who, last),
        }
    }

    /// Whether a word is one of the verbs of who writes a paper of a kind.
    fn writes(&self, list: &str, verb: &Token, kind: PaperKind) -> bool {
        let words = &self.language.bodies;
        // "a letter released by the Council" may be anybody's.
        let may_be_others = kind == PaperKind::Letter && words.is("gave_out", verb.word);
        verb.is_word() && words.is(list, verb.word) && !may_be_others
    }

    /// Who is meant by a naming that tells who wrote something.
    fn meant_by(&self, sentence: usize, naming: &Naming, last: Last) -> Writer {
        let own = &self.sentences[sentence];
        let is_owner = own.tokens[naming.tokens.start].is(Traits::IT.or(Traits::FIRST_PERSON));
        if naming.kind == NamingKind::Weak && is_owner {
            return Writer::Nameless;
        }
        if let Some(body) = body(self.language, self.text, own, naming) {
            return self
                .fullest_body(own, body.tokens)
                .map_or(Writer::Nameless, Writer::Known);
        }
        let is_place = own.tokens[naming.head.clone()]
            .iter()
            .all(|token| token.is(Traits::PLACE));
        // "the party": no person, whoever is beside it.
        let is_noun = own.tokens[naming.head.end - 1].is(Traits::BODY_NOUN);
        let meant = self
            .person_meant(sentence, naming, last)
            .filter(|meant| !meant.is_contested && !is_place && !is_noun);
        let is_somebody = |person: usize| {
            // "a letter from Marrow": one word may be that of a place.
            let is_titled = naming.tokens.start < naming.head.start;
            let is_named = naming.kind != NamingKind::Person || self.people.is_certain(person) || is_titled;
            is_named && !self.people.is_thing(person)
        };
        let person = meant
            .and_then(|meant| meant.person())
            .filter(|person| is_somebody(*person));
        if let Some(person) = person {
            return Writer::Known(self.people.fullest(person));
        }
        let meant = self.body_meant(sentence, naming);
        meant.map_or(Writer::Nameless, Writer::Known)
    }

    /// Who wrote the last paper of a kind that the sentences before tell of; nobody where these are several, or one is not told to be anybody's.
    fn told_before(&self, sentence: usize, naming: &Naming, kind: PaperKind, last: Last) -> Writer {
        let own = &self.sentences[sentence];
        let is_taken_up = naming.tokens.len() == 2 && own.tokens[naming.tokens.start].is(Traits::DEFINITE);
        if !is_taken_up {
            return Writer::Untold;
        }
        let mut found: Option<Span> = None;
        for index in sentence.saturating_sub(REACH)..=sentence {
            let there = &self.sentences[index];
            let owned = self.owned_papers(index);
            for paper in there.namings.iter().chain(&there.weak).chain(&owned) {
                let is_before = index < sentence || paper.tokens.end <= naming.tokens.start;
                if !is_before || self.paper(index, paper) != Some(kind) {
                    continue;
                }
                let writer = self.told_here(index, paper, kind, last.filter(|(at, _)| *at <= index));
                let first = &there.tokens[paper.tokens.start];
                match writer {
                    Writer::Known(writer) => {
                        let is_same =
                            found.is_none_or(|found| found.slice(self.text) == writer.slice(self.text));
                        if !is_same {
                            return Writer::Nameless;
                        }
                        found = Some(writer);
                    }
                    // "the report" again.
                    Writer::Untold if first.is(Traits::DEFINITE) => {}
                    Writer::Untold | Writer::Nameless => return Writer::Nameless,
                }
            }
        }
        found.map_or(Writer::Nameless, Writer::Known)
    }

    /// The papers of a sentence of which a pronoun tells whose they are, and which no naming is that of: `her 2003 book`.
    fn owned_papers(&self, sentence: usize) -> Vec<Naming> {
        let own = &self.sentences[sentence];
        let words = &self.language.bodies;
        let owned = (1..own.tokens.len()).filter_map(|noun| {
            words.paper(own.tokens[noun].word)?;
            let is_quiet =
                |at: &usize| own.tokens[*at].shape.is_number || words.is("quiet", own.tokens[*at].word);
            let quiet = (0..noun).rev().take_while(is_quiet).count();
            let owner = (noun - quiet)
                .checked_sub(1)
                .filter(|at| own.tokens[*at].is(Traits::OWNER))?;
            let is_named = own.namings.iter().any(|it| it.tokens.end == noun + 1);
            (!is_named).then(|| Naming {
                tokens: owner..noun + 1,
                head: noun..noun + 1,
                kind: NamingKind::Weak,
            })
        });
        owned.collect()
    }

    /// The words for a body by its fullest name in the text.
    pub(super) fn fullest_body(&self, own: &Sentence, name: Range<usize>) -> Option<Span> {
        let fuller = self
            .bodies()
            .fuller(self.language, self.text, &own.tokens[name.clone()]);
        fuller.or_else(|| span_of(self.text, own, &name))
    }

    /// Who wrote the paper that does what the sentence before tells, so that "it" means that one: nobody, where none is told. Nothing, where no paper does.
    pub(super) fn writer_before(&self, sentence: usize) -> Option<Option<Span>> {
        let before = sentence.checked_sub(1)?;
        let own = &self.sentences[before];
        let nouns = own.namings.iter().chain(&own.weak);
        let free = nouns.filter(|noun| !is_governed(own, noun));
        let first = free.min_by_key(|noun| noun.tokens.start)?;
        match self.writer(before, first, None) {
            Some(writer) => Some(writer),
            None => own.tokens[first.tokens.end - 1].is(Traits::PAPER).then_some(None),
        }
    }
}

/// The cue of words that are said before "in": `said Friday in a statement`.
fn said_before(sentence: &Sentence, within: usize) -> Option<usize> {
    let near = within.saturating_sub(SAID_IN)..within;
    let is_open = |at: &usize| sentence.tokens[*at].is_word();
    near.rev()
        .take_while(is_open)
        .find(|at| sentence.cue(*at).is_some())
}

/// The cue of words that are said behind a paper: `In a statement, Lima said`.
fn said_behind(sentence: &Sentence, paper: usize) -> Option<usize> {
    (paper..sentence.tokens.len()).find(|at| sentence.cue(*at).is_some())
}
