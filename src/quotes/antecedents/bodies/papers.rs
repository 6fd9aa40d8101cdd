//! Who wrote the paper that words are taken from: `a Harbor Council report`, `a letter by Ana Lima`, and `the report` further on.

use std::ops::Range;

use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::body_words::{BodyKinds, PaperKind};
use crate::quotes::lexicon::{CueClass, Traits};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::nearby::{LOOK_BACK, Last};
use crate::quotes::sentence::Sentence;
use crate::quotes::subjects::{is_agentless, is_governed, subject};
use crate::quotes::tokens::Token;

use super::super::Named;
use super::named::{body, name_in};

/// Sentences before a paper in which it was told who wrote it.
const REACH: usize = 2 * LOOK_BACK;
/// Words between a paper and who wrote it.
const BEHIND: usize = 8;
/// Words from "said" to "in a statement": those of a day.
const SAID_IN: usize = 4;

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
        let inside = self.inside(sentence, naming, kind, last);
        let behind = self.behind(sentence, naming, kind);
        // "a World Bank study by Lima".
        let is_other = matches!(inside, Writer::Known(_)) && !matches!(behind, Writer::Untold);
        if is_other && inside != behind {
            return Writer::Nameless;
        }
        inside
            .or_else(|| behind)
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
            // "her ruling" is that on her as well.
            if !self.language.bodies.is("owned", own.tokens[noun].word) {
                return Writer::Untold;
            }
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
        if is_cut(own, naming.tokens.start) {
            return Writer::Nameless;
        }
        if token.shape.is_possessive {
            return self.owned_by(sentence, naming.tokens.start..end, kind);
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

    /// Whose a paper is by an owner's name: a ruling or an article of a person is as often one on him.
    fn owned_by(&self, sentence: usize, owner: Range<usize>, kind: PaperKind) -> Writer {
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
        let may_own = !matches!(kind, PaperKind::Ruling | PaperKind::Article);
        let person = self
            .people
            .owner(own, &whole)
            .filter(|person| may_own && !self.people.is_thing(*person));
        person.map_or(Writer::Nameless, |person| {
            Writer::Known(self.people.fullest(person))
        })
    }

    /// Whether a name before a noun for a paper may be that of the body that wrote it: none of a complaint, which is lodged with it or against
    /// it, and no program or place.
    fn may_write(&self, own: &Sentence, name: Range<usize>, kind: PaperKind) -> bool {
        let tokens = &own.tokens[name.clone()];
        let is_social = tokens.iter().any(|token| token.is(Traits::SOCIAL));
        let fits = !matches!(kind, PaperKind::Suit | PaperKind::Book);
        !is_social && fits && self.is_body(own, name)
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
        if is(at, Traits::BY) {
            return self.by(sentence, at + 1);
        }
        if at == end && is(at, Traits::FROM) {
            return self.from(sentence, at + 1, kind);
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
        let is_joined = next.is_some_and(|next| next.is(Traits::AND)) || is_listed(own, naming.tokens.end);
        let is_owner = own.tokens[naming.tokens.end - 1].shape.is_possessive;
        match is_joined || is_owner || self.is_glued(own, naming) {
            true => Writer::Nameless,
            false => self.meant_by(sentence, naming, None),
        }
    }

    /// Who sent a letter or gave out a statement by "from" behind it; other papers, and those of a place ("a letter from Marrow Prison", "a
    /// letter from the Lima collection"), are only found there.
    fn from(&self, sentence: usize, at: usize, kind: PaperKind) -> Writer {
        const GOES_ON: Traits = Traits::CUE
            .or(Traits::PREPOSITION)
            .or(Traits::SMALL_VERB)
            .or(Traits::ADVERB)
            .or(Traits::WHO)
            .or(Traits::WHEN)
            .or(Traits::AND)
            .or(Traits::TO);
        let own = &self.sentences[sentence];
        let Some(naming) = own.naming_from(at) else {
            return Writer::Untold;
        };
        let last = &own.tokens[naming.tokens.end - 1];
        let next = own.tokens.get(naming.tokens.end);
        let describes = next.is_some_and(|next| {
            next.is_word() && !next.shape.is_capital && !next.is(GOES_ON) && !next.shape.ends_in_ed
        });
        let is_place = self.language.bodies.is("holds", last.word) || !last.is_name();
        let is_sent = matches!(kind, PaperKind::Letter | PaperKind::Statement);
        match is_sent && !describes && !is_place {
            true => self.by(sentence, at),
            false => Writer::Nameless,
        }
    }

    /// Whether a naming joins two bodies by "for": `conducted by Harbor University for Marrow Energy`, and not `the Center for Harbor Safety`.
    fn is_glued(&self, own: &Sentence, naming: &Naming) -> bool {
        let tokens = &own.tokens[naming.tokens.clone()];
        let link = tokens.iter().position(|token| token.is(Traits::BLAMES));
        let Some((behind, last)) = link
            .map(|at| &tokens[at + 1..])
            .and_then(|it| Some((it, it.last()?)))
        else {
            return false;
        };
        self.kinds_of(behind) != BodyKinds::NONE || self.language.bodies.is("firm_end", last.word)
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
        // "in a book" is in anybody's, "in her book" in hers.
        let is_own =
            self.language.bodies.is_own(kind) && (kind != PaperKind::Book || first.is(Traits::OWNER));
        let verb = if self.writes("wrote", token, kind) && !is_certain {
            Some(before)
        } else if token.is(Traits::WITHIN) && !is_certain && is_own {
            self.said_before(own, before)
                .or_else(|| said_behind(own, naming.tokens.end, kind == PaperKind::Book))
        } else {
            None
        };
        let Some((verb, who)) = verb.and_then(|verb| Some((verb, subject(own, verb)?))) else {
            return Writer::Untold;
        };
        if self.is_doubtful_of(own, verb, &who)
            || (self.is_given_out(&own.tokens[verb], kind) && !self.is_of_body(own, &who))
        {
            return Writer::Nameless;
        }
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
        let is_own = matches!(kind, PaperKind::Report | PaperKind::Statement);
        let may_be_others = !is_own && words.is("gave_out", verb.word);
        verb.is_word() && words.is(list, verb.word) && !may_be_others
    }

    /// Whether a report is only given out, which an officeholder does with those of others.
    fn is_given_out(&self, verb: &Token, kind: PaperKind) -> bool {
        kind == PaperKind::Report && self.language.bodies.is("gave_out", verb.word)
    }

    fn is_of_body(&self, own: &Sentence, naming: &Naming) -> bool {
        body(self.language, self.text, own, naming).is_some()
    }

    /// Whether a sentence tells of somebody's writing only that he did not, that others say so, or that it was done to him; or whether he is
    /// somebody in a clause on another: `the man who stalked Lima sent`.
    fn is_doubtful_of(&self, own: &Sentence, verb: usize, who: &Naming) -> bool {
        let doubts = |token: &Token| {
            token.is(Traits::NEGATOR.or(Traits::UNREAL)) || self.language.bodies.is("doubts", token.word)
        };
        let helper = verb.checked_sub(1).map(|at| &own.tokens[at]);
        let is_done = helper.is_some_and(|it| it.is(Traits::PASSIVE.or(Traits::HAVING)) && !it.is_name());
        let clause = own.tokens[..who.tokens.start].iter().rev();
        let mut clause = clause.take_while(|token| token.is_word());
        own.tokens[..verb].iter().any(doubts) || is_done || clause.any(|token| token.is(Traits::WHO))
    }

    /// The cue of words that are said right before "in", but for a day: `said Friday in a statement`; no `was told in a letter`.
    fn said_before(&self, own: &Sentence, within: usize) -> Option<usize> {
        const DAYS: Traits = Traits::WHEN.or(Traits::TIME_NOUN).or(Traits::ADVERB);
        let near = (within.saturating_sub(SAID_IN)..within).rev();
        let is_day = |token: &Token| token.is(DAYS) || token.shape.is_number || token.shape.ends_in_ly;
        let cue = near.clone().find(|at| !is_day(&own.tokens[*at]))?;
        let says = own.tokens[cue].is(Traits::COMMON_SAY)
            || self.writes("wrote", &own.tokens[cue], PaperKind::Letter);
        (says && own.cue(cue) == Some(CueClass::Say) && is_active(own, cue)).then_some(cue)
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

    /// Who wrote the last paper called so that the sentences before tell of; nobody where these are several, or one is not told to be anybody's.
    /// "The complaint" is not her petition, and "the study" not the report of those who cite it.
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
                let noun = there.tokens[paper.tokens.end - 1].word;
                let is_same = self
                    .language
                    .bodies
                    .is_same(noun, own.tokens[naming.tokens.end - 1].word);
                if !is_before || !is_same || self.paper(index, paper) != Some(kind) {
                    continue;
                }
                let writer = self.told_here(index, paper, kind, last.filter(|(at, _)| *at <= index));
                let first = &there.tokens[paper.tokens.start];
                match writer {
                    Writer::Known(writer) => {
                        let is_his =
                            found.is_none_or(|found| found.slice(self.text) == writer.slice(self.text));
                        if !is_his {
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

    /// Who wrote the paper that does what the sentence before tells, so that "it" means that one: nobody, where none is told, or where "it" may be
    /// another body there. Nothing, where no paper does.
    pub(super) fn writer_before(&self, sentence: usize) -> Option<Option<Span>> {
        let before = sentence.checked_sub(1)?;
        let own = &self.sentences[before];
        let nouns = own.namings.iter().chain(&own.weak);
        let free = nouns.filter(|noun| !is_governed(own, noun));
        let first = free.min_by_key(|noun| noun.tokens.start)?;
        match self.writer(before, first, None) {
            Some(writer) => Some(writer.filter(|writer| !self.names_others(before, *writer))),
            None => own.tokens[first.tokens.end - 1].is(Traits::PAPER).then_some(None),
        }
    }

    /// Whether a sentence names another body than who wrote something.
    fn names_others(&self, sentence: usize, writer: Span) -> bool {
        let own = &self.sentences[sentence];
        let is_other = |naming: &Naming| {
            let last = &own.tokens[naming.tokens.end - 1];
            let is_body = self.is_of_body(own, naming) || self.language.bodies.is("firm_end", last.word);
            let is_paper = last.is(Traits::PAPER) || self.paper(sentence, naming).is_some();
            let name = name_in(&own.tokens, naming.tokens.clone());
            let name = name.and_then(|name| self.fullest_body(own, name));
            let is_his = name.is_some_and(|name| writer.slice(self.text).contains(name.slice(self.text)));
            is_body && !is_paper && !is_his
        };
        own.namings.iter().any(is_other)
    }
}

/// Whether a name goes on before a naming, so that this holds only its end: `the Securities and Exchange Commission report`.
fn is_cut(sentence: &Sentence, start: usize) -> bool {
    let back = |by: usize| start.checked_sub(by).map(|at| &sentence.tokens[at]);
    let is_joined = back(1).is_some_and(|link| link.is(Traits::AND) || link.is_mark('&'));
    is_joined && back(2).is_some_and(|before| before.shape.is_capital)
}

/// Whether a list goes on behind a naming: `by Lima, Mark Cruz and Jo Cole`, and not `by Lima, the mayor`.
fn is_listed(sentence: &Sentence, end: usize) -> bool {
    let tokens = &sentence.tokens;
    let is_comma = tokens.get(end).is_some_and(|comma| comma.is_mark(','));
    let next = sentence.naming_from(end + 1).filter(|_| is_comma);
    next.is_some_and(|next| {
        let is_name = tokens[next.tokens.start].is_name();
        let holds = tokens[next.tokens.clone()]
            .iter()
            .any(|token| token.is(Traits::AND));
        let goes_on = tokens
            .get(next.tokens.end)
            .is_some_and(|token| token.is(Traits::AND) || token.is_mark(','));
        is_name && (holds || goes_on)
    })
}

/// Whether a verb is neither in the passive nor behind a comma, as one is that tells what was done: `Lima, told in a letter,`.
fn is_active(sentence: &Sentence, verb: usize) -> bool {
    let helper = verb.checked_sub(1).map(|at| &sentence.tokens[at]);
    let is_done = helper.is_some_and(|it| it.is(Traits::SMALL_VERB.or(Traits::PASSIVE)) || it.is_mark(','));
    !is_done && !is_agentless(sentence, verb, verb)
}

/// The cue of words right behind a paper and a name, and perhaps its own: `In a statement, Lima said`, `In her book, Tides, Lima told`.
fn said_behind(sentence: &Sentence, paper: usize, is_book: bool) -> Option<usize> {
    let behind_comma = |at: usize| {
        let is_comma = sentence.tokens.get(at).is_some_and(|comma| comma.is_mark(','));
        sentence.naming_from(at + 1).filter(|_| is_comma)
    };
    let first = behind_comma(paper)?.tokens.end;
    let second = behind_comma(first).filter(|_| is_book).map(|who| who.tokens.end);
    let cue = second.unwrap_or(first);
    sentence.cue(cue).map(|_| cue)
}
