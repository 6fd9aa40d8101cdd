//! The fullest naming of who is meant by a pronoun, a surname, a first name or a noun.

mod bodies;
mod represented;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::addressed::addressed;
use super::assembly::span_of;
use super::ground::Ground;
use super::joint;
use super::lexicon::{Language, Traits};
use super::namings::{Naming, NamingKind};
use super::nearby::{LOOK_BACK, Last, Meant, Nearby, Whom, reports};
use super::people::People;
use super::sentence::Sentence;
use super::subjects::{apposed, is_governed};
use super::tokens::{Token, add_tokens};
use crate::model::quote::{Attribution, Quote, Stance};
use crate::model::span::Span;

/// The rules by which labels name who speaks, and how many letters are initials.
const LABELS: [&str; 2] = ["turn", "label"];
const LETTERS: Range<usize> = 2..4;
/// What is left of the confidence where a pronoun may mean another as well.
const CONTESTED: f32 = 0.7;
/// Tokens from an answer to "when asked".
const TO_ASKED: usize = 6;

/// Who told whom words last, and where.
#[derive(Clone, Copy)]
struct TwoSpeak {
    sentence: usize,
    speaker: usize,
    whom: usize,
    /// Whether he is asked something: `Lima asked Cruz whether it was “…”`.
    asks: bool,
    /// Whether the words are hurled at him or speak to him, so that he may say the next ones: `Lima shouted at Cruz`, `“Boris, sit down,” she said`.
    turns: bool,
}

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
        told = meant
            .and_then(Meant::person)
            .and_then(|speaker| named.two_speak(attribution, sentence, speaker));
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
        let meant = fullest.or_else(|| named.body_meant(sentence, naming));
        attribution.antecedent = meant.filter(|span| *span != mention);
        settled = Some(Settled {
            mention,
            antecedent: attribution.antecedent,
            is_contested: attribution.confidence < confidence,
        });
    }
    named.add_represented(quotes);
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

    /// Who tells whom the words of a quote, where both are named: `“…,” Lima told Cruz`.
    fn two_speak(&self, attribution: &Attribution, sentence: usize, speaker: usize) -> Option<TwoSpeak> {
        let own = &self.sentences[sentence];
        let cue = self.cue(attribution, sentence)?;
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
            return (*whom != speaker).then_some(TwoSpeak {
                sentence,
                speaker,
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
        let whom = self.people.named(own, whom).filter(|whom| *whom != speaker)?;
        Some(TwoSpeak {
            asks,
            turns: is_at,
            sentence,
            speaker,
            whom,
        })
    }

    /// Whom a pronoun means in words right behind those that one told another: that other, where he answers (`“…,” she replied`);
    /// nobody, where it may be either (`“…,” she told him`).
    fn answers(
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
        let cue = self.cue(attribution, sentence).filter(|_| is_next)?;
        let sex = own.tokens[0].traits.sex();
        let may_be = |person: usize| [Traits::NONE, sex].contains(&self.people.sex(person));
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
            let is_only = told.asks || self.people.sex(told.whom) == sex || !may_be(told.speaker);
            return Some(Some(Meant {
                is_contested: !is_only,
                ..Meant::surely(told.whom)
            }));
        }
        // “Boris, sit down,” she said. “I will,” he said.
        let says = attribution.stance == Some(Stance::Said);
        if told.turns && says && may_be(told.whom) {
            if !may_be(told.speaker) {
                return Some(Some(Meant::surely(told.whom)));
            }
            let is_open = [told.speaker, told.whom].map(|person| self.people.sex(person));
            return (is_open == [Traits::NONE; 2]).then_some(None);
        }
        let tells = |object: &Token| {
            let other = object.traits.sex();
            object.is(Traits::OBJECT_PRONOUN) && other != Traits::NONE && other != sex
        };
        let is_told = own.tokens.get(cue + 1).is_some_and(tells);
        let are_open = [told.speaker, told.whom].map(|person| self.people.sex(person) == Traits::NONE);
        (is_told && are_open == [true; 2]).then_some(None)
    }

    /// Whom a pronoun means right behind words that answer another's, where the sex of who answers is not told: the other where his is, else it
    /// may be either: `“Is it a yes?” Lima asked. “Maybe,” Cruz said. “Always maybe,” she said.`
    fn turned(&self, sentence: usize, naming: &Naming, last: Last) -> Option<Option<Meant>> {
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

    /// Those whose names stand in the words of a quote.
    fn people_in<'b>(&self, content: impl Iterator<Item = &'b Span>) -> Vec<usize> {
        let mut tokens = Vec::new();
        for span in content {
            add_tokens(self.language, self.text, span.range(), &mut tokens);
        }
        let names = tokens.iter().filter(|token| token.is_word() && token.is_name());
        names.filter_map(|token| self.people.called(token.word)).collect()
    }

    /// The token of the cue of a quote.
    fn cue(&self, attribution: &Attribution, sentence: usize) -> Option<usize> {
        let start = attribution.cue?.start();
        let mut tokens = self.sentences[sentence].tokens.iter();
        tokens.position(|token| token.range.start == start)
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

    /// The only one of the people who bears the office that a label is: `Mayor:`.
    fn of_office(&self, sentence: usize, naming: &Naming) -> Option<usize> {
        let own = &self.sentences[sentence];
        let is_office = |token: &Token| token.is(Traits::ROLE.or(Traits::TITLE));
        let mut label = own.tokens[naming.tokens.clone()].iter();
        let is_bare = label.all(|token| is_office(token) || token.is(Traits::DEFINITE));
        is_bare.then(|| self.people.only_holder(self.language, naming.key(&own.tokens)))?
    }

    /// The only one of the people who bears the surname that a label in capitals is: `LIMA:`, `MR. LIMA:`.
    fn of_surname(&self, sentence: usize, naming: &Naming) -> Option<usize> {
        let tokens = &self.sentences[sentence].tokens;
        let name = &tokens[naming.head.clone()];
        match name {
            [only] if only.shape.is_all_capital => self.people.only_bearer(only.word),
            _ => None,
        }
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
            NamingKind::Pronoun => match self.turned(sentence, naming, last) {
                Some(other) => other,
                None => self.before(sentence, naming, last),
            },
            NamingKind::Role => {
                let named = named_beside(own, naming).and_then(|name| self.people.named(own, name));
                let holder = || self.people.holder(self.language, own, naming);
                let person = named.or_else(holder).map(Meant::surely);
                person.or_else(|| self.nearby().taken_up(sentence, naming, last))
            }
            NamingKind::Weak => self.behind_weak(sentence, naming, last),
            NamingKind::Body => self.described(own, naming).map(Meant::surely),
        }
    }

    /// Who is called by his surname behind words that describe him: `a stunned Lima`.
    fn described(&self, own: &Sentence, naming: &Naming) -> Option<usize> {
        let tokens = &own.tokens[naming.tokens.clone()];
        let [first, middle @ .., surname] = tokens else {
            return None;
        };
        let describes = |token: &Token| token.is_word() && !token.shape.is_capital;
        let is_described = first.is(Traits::DETERMINER)
            && !first.is(Traits::DEFINITE)
            && !middle.is_empty()
            && middle.iter().all(describes);
        is_described.then(|| self.people.only_bearer(surname.word))?
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
            if let Some(member) = member_of(own, named).filter(|_| first.is(Traits::HUMAN)) {
                return self.people.named(own, member).map(Meant::surely);
            }
            let named = accorded_head(own, named).unwrap_or(named);
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

/// Who is meant by each naming of a text, as far as the people near it tell: by sentence and position.
pub(super) fn persons(
    language: &Language,
    text: &str,
    sentences: &[Sentence],
    people: &People,
) -> Vec<Vec<Option<usize>>> {
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
    let of_sentence = |(index, sentence): (usize, &Sentence)| {
        let namings = sentence.namings.iter();
        namings.map(|naming| person(index, naming)).collect()
    };
    sentences.iter().enumerate().map(of_sentence).collect()
}

/// The name that stands beside words for somebody: `her daughter, Ana Lima`, `a clerk named Ana Lima`, and before them in `Harbor Watch, a
/// campaign group,`.
fn named_beside<'a>(sentence: &'a Sentence, noun: &Naming) -> Option<&'a Naming> {
    if let Some(name) = apposed(sentence, noun) {
        return Some(name);
    }
    let tokens = &sentence.tokens;
    let end = noun.tokens.end;
    let is_person = |name: &&Naming| name.kind == NamingKind::Person;
    if tokens.get(end).is_some_and(|term| term.is(Traits::TERM)) {
        return sentence.naming_from(end + 1).filter(is_person);
    }
    let comma = noun
        .tokens
        .start
        .checked_sub(1)
        .filter(|at| tokens[*at].is_mark(','))?;
    let is_closed = tokens.get(end).is_some_and(|behind| behind.is_mark(','));
    let is_apposed = is_closed && tokens[comma + 1].is(Traits::DETERMINER);
    let mut names = sentence.namings.iter().filter(|name| name.tokens.end == comma);
    names
        .find(is_person)
        .filter(|name| is_apposed && !is_governed(sentence, name))
}

/// The aide or friend of somebody whom "according to" names before him: `according to an aide to Ana Lima, who said`.
fn accorded_head<'a>(sentence: &'a Sentence, named: &Naming) -> Option<&'a Naming> {
    let mut heads = sentence.namings.iter();
    let head = heads
        .find(|head| head.tokens.end + 1 == named.tokens.start && sentence.is_accorded(head.tokens.start))?;
    (head.kind == NamingKind::Role && is_governed(sentence, named)).then_some(head)
}

/// Who is named right before the body or place that he is of: `Ana Lima of the Ledger, who said`.
fn member_of<'a>(sentence: &'a Sentence, named: &Naming) -> Option<&'a Naming> {
    let link = named.tokens.start.checked_sub(1)?;
    let token = &sentence.tokens[link];
    // "a letter to Lima from the Ledger, who said": there it is none of hers.
    let is_member = |it: &Naming| {
        named.kind == NamingKind::Body && token.is(Traits::PREPOSITION) && !is_governed(sentence, it)
    };
    let mut people = sentence.namings.iter().filter(|it| it.kind == NamingKind::Person);
    people.find(|it| it.tokens.end == link && (token.is(Traits::OF) || is_member(it)))
}
