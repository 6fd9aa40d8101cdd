//! What the words around a name tell of it: whether anybody bears it, of whom he is somebody, and which office is his.

use crate::quotes::lexicon::{CueClass, Traits};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

/// Tokens of words for whom or what a name is that of.
const INTRODUCTION: usize = 8;

/// Whether a name is no person's that a pronoun could mean: that of a place or of what belongs to a body.
pub(super) fn is_nobody(sentence: &Sentence, naming: &Naming, name: &[Token]) -> bool {
    // "The team left North Dakota": words in small letters before it are no part of a name.
    let small = name.iter().take_while(|token| !token.shape.is_capital).count();
    let name = &name[small..];
    let ([first, .., last] | [first @ last]) = name else {
        return true;
    };
    // "North Carolina", "West Virginia", and neither "Virginia" nor "Georgia West".
    let is_place = |token: &Token| token.is(Traits::PLACE);
    let is_given = first.traits.sex() != Traits::NONE;
    let is_site = last.is(Traits::SITE) || (first.is(Traits::PLACE_FIRST) && !is_given);
    // "the Lima campaign".
    let is_noun = name.len() > 1 && last.is(Traits::BODY_NOUN) && !last.shape.is_capital;
    (!is_given && name.iter().all(is_place))
        || (name.len() > 1 && is_site)
        || is_noun
        || is_adjective(sentence, naming, name)
        || is_in_parentheses(sentence, naming)
        || is_dateline(sentence, naming)
}

/// Whether a word for somebody of a country or a party says of what kind something is: `Norwegian boats`, and not `the Norwegian said`.
fn is_adjective(sentence: &Sentence, naming: &Naming, name: &[Token]) -> bool {
    const ACTS: Traits = Traits::CUE
        .or(Traits::SMALL_VERB)
        .or(Traits::ADVERB)
        .or(Traits::PREPOSITION)
        .or(Traits::AND);
    let next = sentence.tokens.get(naming.tokens.end);
    let is_noun =
        |next: &Token| next.is_word() && !next.shape.is_capital && !next.is(ACTS) && !next.shape.ends_in_ed;
    matches!(name, [only] if only.is(Traits::EPITHET)) && next.is_some_and(is_noun)
}

/// Whether a name is that of where something is: `in Marrow Bluff`.
pub(super) fn is_located(sentence: &Sentence, naming: &Naming) -> bool {
    let before = naming.tokens.start.checked_sub(1).map(|at| &sentence.tokens[at]);
    before.is_some_and(|before| before.is(Traits::LOCATIVE))
}

/// Whether a word is told apart by a number behind it, as roads and rooms are: `Highway 20`, `Exit 12`.
pub(super) fn is_numbered(sentence: &Sentence, naming: &Naming) -> bool {
    let number = sentence.tokens.get(naming.tokens.end);
    naming.tokens.len() == 1 && number.is_some_and(|number| number.shape.is_number)
}

/// Whether a name is the place that a report begins with: `HARBOR FALLS (Wire) —`.
fn is_dateline(sentence: &Sentence, naming: &Naming) -> bool {
    let mut place = sentence.tokens[naming.head.clone()].iter();
    let behind = sentence.tokens.get(naming.tokens.end);
    let is_parted = behind.is_some_and(|it| it.is_mark('(') || it.is_mark(',') || it.is_dash());
    let begins_place = sentence.tokens[0].is(Traits::PLACE_FIRST) && behind.is_some_and(Token::is_dash);
    let is_capital = |token: &Token| token.shape.is_all_capital || token.is(Traits::ABBREVIATION);
    naming.tokens.start == 0 && is_parted && (begins_place || place.all(is_capital))
}

/// Whether a name stands alone in parentheses or brackets, as agencies, initials and laughter do: `MILLBROOK (Wire) —`.
fn is_in_parentheses(sentence: &Sentence, naming: &Naming) -> bool {
    let is_mark = |at: usize, mark: char| sentence.tokens.get(at).is_some_and(|token| token.is_mark(mark));
    let start = naming.tokens.start.checked_sub(1);
    let stands_in =
        |open, close| start.is_some_and(|at| is_mark(at, open)) && is_mark(naming.tokens.end, close);
    stands_in('(', ')') || stands_in('[', ']')
}

/// Whether somebody is introduced as a relative of another's: `his mother, Ana Lima`, `her son Carlos Lima`, `Lima’s brother, Carlos`, and not
/// `its president, Ana Lima`.
pub(super) fn is_related(sentence: &Sentence, position: usize) -> bool {
    let naming = &sentence.namings[position];
    let is_owned = |naming: &Naming| {
        let tokens = &sentence.tokens[naming.tokens.clone()];
        let is_somebodys =
            tokens[0].is(Traits::OWNER) || tokens.iter().any(|owner| owner.shape.is_possessive);
        is_somebodys && tokens.iter().any(|noun| noun.is(Traits::KIN))
    };
    let apposed = position.checked_sub(1).map(|before| &sentence.namings[before]);
    let is_apposed = apposed.is_some_and(|noun| {
        noun.kind == NamingKind::Role
            && is_owned(noun)
            && noun.tokens.end + 1 == naming.tokens.start
            && sentence.tokens[noun.tokens.end].is_mark(',')
    });
    is_apposed || (naming.tokens.start < naming.head.start && is_owned(naming))
}

/// Whether a name is said to be that of a firm or a work: `a firm called Marrow Residential`, `a copy of Hatchet`, `Marrow Residential, a
/// real estate company,`.
pub(super) fn is_thing(sentence: &Sentence, naming: &Naming) -> bool {
    const THINGS: Traits = Traits::BODY_NOUN.or(Traits::ARTWORK).or(Traits::PAPER);
    let tokens = &sentence.tokens;
    let before = |back: usize| naming.tokens.start.checked_sub(back).map(|at| &tokens[at]);
    let is = |token: Option<&Token>, list: Traits| token.is_some_and(|token| token.is(list));
    let is_called = is(before(1), Traits::TERM) && is(before(2), THINGS);
    let is_work = is_named_work(sentence, naming);
    let is_copy = is(before(1), Traits::OF) && is(before(2), Traits::COPY);
    let apposed = tokens.get(naming.tokens.end + 1..).filter(|behind| {
        let comma = &tokens[naming.tokens.end];
        comma.is_mark(',') && behind.first().is_some_and(|first| first.is(Traits::DETERMINER))
    });
    const ENDS: Traits = Traits::PREPOSITION.or(Traits::WHO).or(Traits::THAT);
    let is_noun = |token: &&Token| token.is_word() && !token.is(ENDS);
    let apposed = apposed.unwrap_or_default().iter().take(INTRODUCTION).skip(1);
    let noun = apposed.take_while(is_noun).last();
    let is_body = is(noun, Traits::BODY_NOUN.or(Traits::ARTWORK));
    is_called || is_copy || is_work || (is_body && noun.is_some_and(|noun| !noun.shape.is_possessive))
}

/// Whether a name between commas is that of a work, behind which stands who does something: `In her book, Open Water, Ana Lima wrote`; and
/// not `In her book, Ana Lima, the mayor, wrote`.
fn is_named_work(sentence: &Sentence, naming: &Naming) -> bool {
    let tokens = &sentence.tokens;
    let is_comma = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(','));
    let end = naming.tokens.end;
    let work = naming.tokens.start.checked_sub(2).map(|at| &tokens[at]);
    let is_given = tokens[naming.head.start].traits.sex() != Traits::NONE;
    let acts = |who: &Naming| {
        let next = tokens.get(who.tokens.end);
        let does =
            next.is_some_and(|next| next.is(Traits::CUE.or(Traits::SMALL_VERB)) || next.shape.ends_in_ed);
        does && matches!(who.kind, NamingKind::Person | NamingKind::Pronoun)
    };
    work.is_some_and(|work| work.is(Traits::ARTWORK))
        && is_comma(naming.tokens.start - 1)
        && is_comma(end)
        && naming.tokens == naming.head
        && !is_given
        && sentence.naming_from(end + 1).is_some_and(acts)
}

/// The words for whom somebody is that stand before a name and a comma, up to the noun: `her chief` of `her chief of staff, Ana Lima,`.
pub(in crate::quotes) fn introduction<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<&'a [Token]> {
    let tokens = &sentence.tokens;
    let comma = naming
        .tokens
        .start
        .checked_sub(1)
        .filter(|at| tokens[*at].is_mark(','))?;
    let behind = tokens.get(naming.tokens.end);
    // "For the mayor, Ana Lima was a risk": there she is somebody else.
    let is_closed = behind.is_none_or(|behind| !behind.is_word());
    const PARTS: Traits = Traits::SMALL_VERB.or(Traits::CUE).or(Traits::AND);
    let near = (comma.saturating_sub(INTRODUCTION)..comma).rev();
    let mut words = near.take_while(|at| tokens[*at].is_word() && !tokens[*at].is(PARTS));
    let start = words.find(|at| tokens[*at].is(Traits::DETERMINER.or(Traits::OWNER)))?;
    // "In a letter to the queen, Ana Lima,": neither is she.
    if start > 0 && tokens[start - 1].is(Traits::PREPOSITION) {
        return None;
    }
    let noun = tokens[start..comma]
        .iter()
        .take_while(|token| !token.is(Traits::PREPOSITION))
        .count();
    (is_closed && noun > 1).then(|| &tokens[start..start + noun])
}

/// The words of the office in `Ana Lima, the mayor of …`; not those of who says what goes before, nor of who acts at a place: `The pier is in
/// Marrow, the union said`, `In Marrow, a pilot stood up`.
pub(super) fn apposition(sentence: &Sentence, position: usize) -> Option<&[Token]> {
    let (person, role) = (&sentence.namings[position], sentence.namings.get(position + 1)?);
    let comma = person.tokens.end;
    let behind = sentence.tokens.get(role.tokens.end);
    const GOES_ON: Traits = Traits::PREPOSITION.or(Traits::WHO);
    let is_closed = behind.is_none_or(|behind| !behind.is_word() || behind.is(GOES_ON));
    let is_where = is_located(sentence, person) && !is_closed;
    let is_apposed = role.kind == NamingKind::Role
        && role.tokens.start == comma + 1
        && sentence.tokens.get(comma).is_some_and(|it| it.is_mark(','))
        && sentence.cue(role.tokens.end) != Some(CueClass::Say);
    (is_apposed && !is_where).then(|| &sentence.tokens[role.tokens.start..role.head.end])
}
