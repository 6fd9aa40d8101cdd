//! Of two who speak in turn, whom a pronoun means behind the words of one.

use crate::model::quote::{Attribution, Stance};
use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::nearby::{Last, Meant};
use crate::quotes::rulings::is_to_which;
use crate::quotes::tokens::Token;

use super::Named;

/// Tokens from an answer to "when asked".
const TO_ASKED: usize = 6;

/// Who told whom words last, and where.
#[derive(Clone, Copy)]
pub(super) struct TwoSpeak {
    sentence: usize,
    /// Nobody who is known, where he has no name: `a man shouted at Lima`.
    speaker: Option<usize>,
    /// Whether the words that name him tell that he is a man or a woman.
    sex: Traits,
    whom: usize,
    /// Whether he is asked something: `Lima asked Cruz whether it was “…”`.
    asks: bool,
    /// Whether the words are hurled at him or speak to him, so that he may say the next ones: `Lima shouted at Cruz`, `“Boris, sit down,” she said`.
    turns: bool,
}

impl Named<'_> {
    /// Who tells whom the words of a quote: `“…,” Lima told Cruz`, `“…,” a man shouted at Cruz`. `naming` names who does, `speaker` is
    /// who that is, if he is known.
    pub(super) fn two_speak(
        &self,
        attribution: &Attribution,
        (sentence, naming): (usize, &Naming),
        speaker: Option<usize>,
    ) -> Option<TwoSpeak> {
        let own = &self.sentences[sentence];
        let is_unnamed = speaker.is_none();
        if is_unnamed && naming.kind != NamingKind::Role {
            return None;
        }
        let sex = own.tokens[naming.head.end - 1].traits.sex();
        let cue = self.cue(attribution, sentence)?;
        // "shouted a man at Lima".
        let cue = match naming.tokens.start == cue + 1 && is_unnamed {
            true => naming.tokens.end - 1,
            false => cue,
        };
        let is_at = own.tokens.get(cue + 1).is_some_and(|at| at.is(Traits::LOCATIVE));
        let whom = own
            .naming_from(cue + 1)
            .filter(|whom| {
                // "Lima emailed Cruz, “…”": who is named behind a verb that somebody is named before.
                let does =
                    |naming: &Naming| naming.tokens.end == cue && naming.tokens.start < whom.tokens.start;
                own.tokens[cue].is(Traits::NEVER_INVERTED) || own.namings.iter().any(does)
            })
            .or_else(|| own.naming_from(cue + 2).filter(|_| is_at));
        let Some(whom) = whom else {
            let [whom] = self.addressed.as_slice() else {
                return None;
            };
            return (Some(*whom) != speaker && !is_unnamed).then_some(TwoSpeak {
                sentence,
                speaker,
                sex,
                whom: *whom,
                asks: false,
                turns: true,
            });
        };
        let behind = whom.tokens.end;
        let next = own.tokens.get(behind);
        let leads_on = next
            .is_none_or(|next| next.is(Traits::CONDITIONAL) || next.is_mark(',') || next.is_mark(':'))
            || own.runs.iter().any(|slot| slot.before == behind);
        let asks = own.tokens[cue].is(Traits::ASKED) && leads_on;
        let is_name = whom.kind == NamingKind::Person;
        let whom = self
            .people
            .named(own, whom)
            .filter(|whom| Some(*whom) != speaker)?;
        // "a man said in Marrow": a place.
        let is_person = is_name
            && self.people.is_certain(whom)
            && !self.people.is_doubtful(whom)
            && !self.people.is_thing(whom)
            && !(is_at && own.tokens[cue].is(Traits::COMMON_SAY));
        (is_person || !is_unnamed).then_some(TwoSpeak {
            asks,
            turns: is_at,
            sentence,
            speaker,
            sex,
            whom,
        })
    }

    /// Whom a pronoun means in words right behind those that one told another: that other, where he answers (`“…,” she replied`);
    /// nobody, where it may be either (`“…,” she told him`).
    pub(super) fn answers(
        &self,
        told: TwoSpeak,
        attribution: &Attribution,
        sentence: usize,
        naming: &Naming,
    ) -> Option<Option<Meant>> {
        let own = &self.sentences[sentence];
        let is_next = naming.kind == NamingKind::Pronoun
            && naming.tokens.start == 0
            && (1..=2).contains(&(sentence - told.sentence.min(sentence)));
        // "“…,” Lima told Cruz, to which she replied": whom they were told, and nobody else.
        let is_to_which = naming.kind == NamingKind::Pronoun && is_to_which(own, naming);
        if is_to_which && sentence == told.sentence {
            let sex = own.tokens[naming.tokens.start].traits.sex();
            let may_be = [Traits::NONE, sex].contains(&self.people.sex(told.whom));
            return Some(may_be.then(|| Meant::surely(told.whom)));
        }
        let cue = self.cue(attribution, sentence).filter(|_| is_next)?;
        let sex = own.tokens[0].traits.sex();
        let may_be = |person: usize| [Traits::NONE, sex].contains(&self.people.sex(person));
        let of_speaker = told.speaker.map_or(told.sex, |speaker| self.people.sex(speaker));
        let may_speak = [Traits::NONE, sex].contains(&of_speaker);
        let are_open = [of_speaker, self.people.sex(told.whom)] == [Traits::NONE; 2];
        // "he wrote back".
        let is_back = own.tokens.get(cue + 1).is_some_and(|next| next.is(Traits::BACK))
            && own.tokens.get(cue + 2).is_none_or(|behind| !behind.is_word())
            && !own.tokens[cue].is(Traits::COMMON_SAY);
        let answers = attribution.stance == Some(Stance::Answered)
            || is_back
            || (told.asks && attribution.stance == Some(Stance::Said));
        // "she responded when asked about her knee": whom others ask answers these.
        let is_asked = own.tokens[cue + 1..]
            .iter()
            .take(TO_ASKED)
            .any(|token| token.is(Traits::ASKED));
        if answers && may_be(told.whom) && !is_asked {
            let is_only = told.asks || self.people.sex(told.whom) == sex || !may_speak;
            return Some(Some(Meant {
                is_contested: !is_only,
                ..Meant::surely(told.whom)
            }));
        }
        // “Boris, sit down,” she said. “I will,” he said.
        let says = attribution.stance == Some(Stance::Said);
        if told.turns && says && may_be(told.whom) {
            if !may_speak {
                return Some(Some(Meant::surely(told.whom)));
            }
            // "a heckler shouted at Lima": he or she, but nobody who was named before.
            if told.speaker.is_none() {
                return Some(None);
            }
            return are_open.then_some(None);
        }
        let tells = |object: &Token| {
            let other = object.traits.sex();
            object.is(Traits::OBJECT_PRONOUN) && other != Traits::NONE && other != sex
        };
        let is_told = own.tokens.get(cue + 1).is_some_and(tells);
        (is_told && are_open).then_some(None)
    }

    /// Whom a pronoun means right behind words that answer another's, where the sex of who answers is not told: the other where his is, else it
    /// may be either: `“Is it a yes?” Lima asked. “Maybe,” Cruz said. “Always maybe,” she said.`
    pub(super) fn turned(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Option<Meant>> {
        let sex = self.sentences[sentence].tokens[naming.tokens.start].traits.sex();
        let (answered, last) = last.filter(|(_, last)| self.people.sex(*last) == Traits::NONE)?;
        let (asked, asker) = self.asker.filter(|(_, asker)| *asker != last)?;
        let are_next = sentence == answered + 1 && answered == asked + 1;
        let was_named = self.lately.is_none_or(|(at, ..)| at != answered);
        let speaks_first = self.sentences[sentence]
            .runs
            .first()
            .is_some_and(|slot| slot.before == 0);
        let of_asker = self.people.sex(asker);
        let may_be = sex != Traits::NONE && (of_asker == Traits::NONE || of_asker == sex);
        let is_asker = of_asker == sex;
        (are_next && was_named && may_be && speaks_first).then(|| is_asker.then(|| Meant::surely(asker)))
    }

    /// The token of the cue of a quote.
    fn cue(&self, attribution: &Attribution, sentence: usize) -> Option<usize> {
        let start = attribution.cue?.start();
        let mut tokens = self.sentences[sentence].tokens.iter();
        tokens.position(|token| token.range.start == start)
    }
}
