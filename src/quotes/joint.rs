//! Several who speak together: `Ana Lima and Boris Cruz said`, `said Lima, the mayor, and Cruz, the governor`.

use std::ops::Range;

use super::lexicon::Traits;
use super::namings::{Naming, NamingKind};
use super::sentence::Sentence;
use super::subjects::{inverted, is_governed, subject};

/// Tokens of an apposition between two who are joined.
const APPOSITION: usize = 12;
/// The most who are taken together.
const MOST: usize = 8;

/// Those who are joined with a naming and say the same, in the order of the text; nobody where he is alone.
pub(super) fn speakers<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<Vec<&'a Naming>> {
    let position = position_of(sentence, naming)?;
    let members = chain(sentence, position);
    let [first, .., last] = members.as_slice() else {
        return None;
    };
    let own = |found: Option<Naming>, member: &Naming| found.is_some_and(|it| it.tokens == member.tokens);
    let end = last_token(sentence, last);
    let acts = sentence.tokens.get(end).is_some_and(|next| {
        next.is(Traits::CUE.or(Traits::SMALL_VERB).or(Traits::ADVERB)) || next.shape.ends_in_ed
    });
    let is_inverted = || {
        let cue = first
            .tokens
            .start
            .checked_sub(1)
            .filter(|cue| sentence.cue(*cue).is_some());
        !acts && cue.is_some_and(|cue| own(inverted(sentence, cue), first))
    };
    let is_accorded = || !acts && sentence.is_accorded(first.tokens.start);
    let is_subject = || {
        let mut cues = end..sentence.tokens.len();
        begins_clause(sentence, first.tokens.start)
            && cues.any(|cue| sentence.cue(cue).is_some() && own(subject(sentence, cue), last))
    };
    (is_inverted() || is_accorded() || is_subject()).then_some(members)
}

/// Those who are joined with the naming that begins a sentence and issue what follows it.
pub(super) fn introducers<'a>(sentence: &'a Sentence, naming: &Naming) -> Option<Vec<&'a Naming>> {
    let members = chain(sentence, position_of(sentence, naming)?);
    let begins = members
        .first()
        .is_some_and(|first| begins_clause(sentence, first.tokens.start));
    (members.len() > 1 && begins).then_some(members)
}

/// The last people of a sentence who are named together before a token, whatever they do.
pub(super) fn people_before(sentence: &Sentence, end: usize) -> Option<Vec<&Naming>> {
    let positions = (0..sentence.namings.len()).rev();
    let mut before = positions.filter(|at| sentence.namings[*at].tokens.end <= end);
    before.find_map(|at| {
        let members = chain(sentence, at);
        let are_people = members.iter().all(|member| member.kind == NamingKind::Person);
        (members.len() > 1 && are_people).then_some(members)
    })
}

/// The tokens from the first to the last of several.
pub(super) fn hull(members: &[&Naming]) -> Option<Range<usize>> {
    Some(members.first()?.tokens.start..members.last()?.tokens.end)
}

/// The position of a naming; of an office behind a name (`Ana Lima, the mayor`) that of the name.
fn position_of(sentence: &Sentence, naming: &Naming) -> Option<usize> {
    let position = sentence
        .namings
        .iter()
        .position(|it| it.tokens == naming.tokens)?;
    let named = position.checked_sub(1).filter(|named| {
        let comma = sentence.namings[*named].tokens.end;
        naming.kind == NamingKind::Role
            && sentence.namings[*named].kind == NamingKind::Person
            && comma + 1 == naming.tokens.start
            && sentence.tokens[comma].is_mark(',')
    });
    named.or(Some(position))
}

/// Everybody who is joined with the naming at a position by "and" or a comma before it; nobody where he is alone.
fn chain(sentence: &Sentence, position: usize) -> Vec<&Naming> {
    // From the middle on to both sides.
    let mut positions = [position; 2 * MOST];
    let (mut first, mut last) = (MOST, MOST);
    let mut has_and = false;
    while last - first + 1 < MOST
        && let Some((left, by_and)) = joined_before(sentence, positions[first])
    {
        first -= 1;
        positions[first] = left;
        has_and |= by_and;
    }
    while last - first + 1 < MOST
        && let Some((right, by_and)) = joined_behind(sentence, positions[last])
    {
        last += 1;
        positions[last] = right;
        has_and |= by_and;
    }
    // Most are alone.
    let joined = positions[first..=last].iter().filter(|_| has_and);
    joined.map(|at| &sentence.namings[*at]).collect()
}

/// Who is joined with a naming right before it, and whether by "and".
fn joined_before(sentence: &Sentence, position: usize) -> Option<(usize, bool)> {
    let (tokens, namings) = (&sentence.tokens, &sentence.namings);
    let joint = namings[position].tokens.start.checked_sub(1)?;
    let mut before = namings[..position].iter();
    let by_and = tokens[joint].is(Traits::AND);
    if !by_and && !tokens[joint].is_mark(',') {
        return None;
    }
    let left = before.rposition(|left| {
        let end = left.tokens.end;
        let behind = last_token(sentence, left);
        end == joint || (by_and && behind == joint)
    })?;
    // "chairman and president Ana Lima" is one.
    let is_office = by_and && is_bare_office(sentence, &namings[left]);
    let may_speak = |at: usize| namings[at].kind != NamingKind::Pronoun && !is_parted(sentence, at);
    // "its secretary, Ana Lima": one and the same.
    // "In Albany, Ana Lima and Boris Cruz": no place is joined by the comma behind it.
    let is_apart = !by_and && is_governed(sentence, &namings[left]);
    let are_two = by_and
        || (namings[left].kind == namings[position].kind && namings[left].kind != NamingKind::Role)
        || are_named_alike(sentence, left, position);
    (may_speak(left) && may_speak(position) && are_two && !is_apart && !is_office).then_some((left, by_and))
}

/// Whether a name and a body behind it are two of several, as an article and another behind "and" tell: `Harbor Legal Aid, the Marrow Bay
/// Council and Cruz Relief`.
fn are_named_alike(sentence: &Sentence, left: usize, body: usize) -> bool {
    let (left, body) = (&sentence.namings[left], &sentence.namings[body]);
    let is_bare = left.kind == NamingKind::Person && left.tokens == left.head && left.head.len() > 1;
    let is_determined = sentence.tokens[body.tokens.start].is(Traits::DEFINITE);
    // "Ana Lima, the Marrow Bay and Cruz Inlet commissioner": what she is.
    let last = sentence
        .tokens
        .get(body.tokens.end)
        .filter(|and| and.is(Traits::AND));
    let last = last.and_then(|_| sentence.naming_from(body.tokens.end + 1));
    let last = last.filter(|last| matches!(last.kind, NamingKind::Person | NamingKind::Body));
    const ACTS: Traits = Traits::ISSUE.or(Traits::SAY).or(Traits::SMALL_VERB);
    let acts = |last: &Naming| {
        sentence
            .tokens
            .get(last.tokens.end)
            .is_some_and(|verb| verb.is(ACTS))
    };
    is_bare && body.kind == NamingKind::Body && is_determined && last.is_some_and(acts)
}

/// Whether a naming is an office that nothing determines, whose holder is named behind it.
fn is_bare_office(sentence: &Sentence, naming: &Naming) -> bool {
    let (first, last) = (
        &sentence.tokens[naming.tokens.start],
        &sentence.tokens[naming.tokens.end - 1],
    );
    let is_singular = !last.is(Traits::PLURAL_ROLE) && !first.is(Traits::DETERMINER.or(Traits::OWNER));
    is_singular && last.is(Traits::TITLE) && !first.shape.is_possessive
}

/// Who is joined with a naming by "and" or a comma right behind it, and whether by "and".
fn joined_behind(sentence: &Sentence, position: usize) -> Option<(usize, bool)> {
    let end = last_token(sentence, &sentence.namings[position]);
    let joint = sentence.tokens.get(end);
    let joint = joint.filter(|joint| joint.is(Traits::AND) || joint.is_mark(','));
    let start = joint.map(|_| end + 1)?;
    let right = sentence
        .namings
        .iter()
        .position(|right| right.tokens.start == start)?;
    joined_before(sentence, right)
        .filter(|(left, _)| *left == position)
        .map(|(_, by_and)| (right, by_and))
}

/// Whether words in marks stand right before a naming.
fn is_parted(sentence: &Sentence, position: usize) -> bool {
    let start = sentence.namings[position].tokens.start;
    position > 0 && sentence.runs.iter().any(|slot| slot.before == start)
}

/// The token behind a naming and the apposition that follows it between commas.
fn last_token(sentence: &Sentence, naming: &Naming) -> usize {
    let (tokens, end) = (&sentence.tokens, naming.tokens.end);
    let is_apposed = naming.kind == NamingKind::Person && tokens.get(end).is_some_and(|it| it.is_mark(','));
    let begins = tokens
        .get(end + 1)
        .is_some_and(|next| next.is(Traits::DETERMINER.or(Traits::ROLE).or(Traits::TITLE)));
    if !is_apposed || !begins {
        return end;
    }
    let inside = tokens[end + 1..].iter().take(APPOSITION);
    let length = inside
        .take_while(|it| it.is_word() && !it.is(Traits::CUE))
        .count();
    let closing = end + 1 + length;
    if tokens.get(closing).is_some_and(|it| it.is_mark(',')) {
        closing + 1
    } else {
        end
    }
}

/// Whether a clause begins at a token, so that who is named there does what follows.
fn begins_clause(sentence: &Sentence, start: usize) -> bool {
    const OPENS: Traits = Traits::BUT_WHILE
        .or(Traits::THAT)
        .or(Traits::AS)
        .or(Traits::NEITHER)
        .or(Traits::CONDITIONAL);
    let is_both = start
        .checked_sub(1)
        .is_some_and(|at| sentence.tokens[at].is(Traits::BOTH));
    let start = start - usize::from(is_both);
    let touches = sentence.runs.iter().any(|slot| slot.before == start);
    touches
        || start
            .checked_sub(1)
            .map(|at| &sentence.tokens[at])
            .is_none_or(|before| !before.is_word() || before.is(OPENS))
}
