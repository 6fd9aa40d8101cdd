//! The body that a naming is that of.

use std::ops::Range;

use crate::quotes::body_words::BodyKinds;
use crate::quotes::lexicon::{Language, Traits};
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

/// Words from a name to the noun of its apposition, and from a noun to the name behind it.
const APPOSITION: usize = 6;

/// A body where a sentence names it.
pub(super) struct Body {
    /// The tokens of its name.
    pub(super) tokens: Range<usize>,
    /// What its name and the words beside it tell it to be.
    pub(super) kinds: BodyKinds,
    /// Whether it is a person’s at the end of a naming that looks like a body’s.
    pub(super) is_person: bool,
}

/// The body that a naming is that of, if it is one's: `the Harbor Council`, `the Lima campaign`, `Marrow, a mining company`.
pub(super) fn body(language: &Language, text: &str, sentence: &Sentence, naming: &Naming) -> Option<Body> {
    let tokens = &sentence.tokens;
    let last = &tokens[naming.tokens.end - 1];
    let is_noun = last.is(Traits::BODY_NOUN) && !last.shape.is_capital && !last.shape.is_possessive;
    // A name like a person's is that of a body only where something tells so, which nothing does of most.
    let of_person = (naming.kind == NamingKind::Person).then(|| told(language, sentence, naming));
    if !is_noun && of_person == Some(BodyKinds::NONE) {
        return None;
    }
    let name = match naming.kind {
        NamingKind::Body | NamingKind::Person | NamingKind::Role if is_noun => with_noun(sentence, naming)?,
        NamingKind::Body => {
            let name = name_in(tokens, begins(sentence, naming)..naming.head.end)?;
            // "Harbor Party officials" are another's; "a Harbor Council report" is the body's, "a Lowen report" perhaps on her.
            let is_known = || {
                tokens[name.clone()]
                    .iter()
                    .any(|token| language.bodies.kinds(token.word) != BodyKinds::NONE)
            };
            let is_whole = name.end == naming.head.end || (last.is(Traits::PAPER) && is_known());
            Some(name).filter(|_| is_whole)?
        }
        NamingKind::Person => name_in(tokens, naming.tokens.clone())?,
        NamingKind::Weak if last.shape.is_possessive => name_in(tokens, naming.tokens.clone())?,
        _ => return None,
    };
    let own = &tokens[name.clone()];
    let told = of_person.unwrap_or_else(|| told(language, sentence, naming));
    let of_words = |kinds: BodyKinds, token: &Token| kinds.or(language.bodies.kinds(token.word));
    let kinds = own.iter().fold(told, of_words);
    let is_body = match naming.kind {
        NamingKind::Body => true,
        NamingKind::Role => is_noun,
        NamingKind::Person => is_noun || (told != BodyKinds::NONE && own[0].traits.sex() == Traits::NONE),
        _ => kinds != BodyKinds::NONE,
    };
    let is_named = |token: &Token| token.shape.is_capital && !token.is(Traits::PLACE.or(Traits::EPITHET));
    // "the EB-5", "the G-20": a program or a group by number is nobody who speaks.
    let has_number = |token: &Token| {
        text[token.range.clone()]
            .bytes()
            .any(|byte| byte.is_ascii_digit())
    };
    // "the Lowen-based", "the Spanish-language".
    let is_word = own.len() > 1 || !text[own[0].range.clone()].contains('-') || own[0].shape.is_all_capital;
    let is_name = (is_noun || own.iter().any(is_named)) && is_word && !own.iter().any(has_number);
    (is_body && is_name && person_in(sentence, naming).is_none()).then_some(Body {
        tokens: name,
        kinds,
        is_person: false,
    })
}

/// Where the name of a body begins: a word with a capital before it may be a noun by its letters (`the SITE Harbor Group`, `the Republican
/// National Committee`), and an owner a part of it (`Our Harbor Fund`).
fn begins(sentence: &Sentence, naming: &Naming) -> usize {
    let joins = |at: &usize| {
        let token = &sentence.tokens[*at];
        let may_join = token.shape.is_all_capital || token.is(Traits::EPITHET);
        token.shape.is_capital && (may_join || is_owner_in_name(&sentence.tokens, *at))
    };
    let before = (naming.tokens.start..naming.head.start).rev();
    naming.head.start - before.take_while(joins).count()
}

/// Whether an owner with a capital inside a sentence begins a name: `Our Harbor Fund`.
fn is_owner_in_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    at > 0 && token.shape.is_capital && token.is(Traits::OWNER) && token.is(Traits::FIRST_PERSON)
}

/// The person at the end of a naming that looks like a body's: `Harbor Bank President Ana Lima`. A given name stands before the last word, and
/// that is no word of bodies.
pub(super) fn person_in(sentence: &Sentence, naming: &Naming) -> Option<Body> {
    let name = &sentence.tokens[naming.head.clone()];
    let [.., title, given, surname] = name else {
        return person_alone(sentence, naming);
    };
    let is_person =
        given.traits.sex() != Traits::NONE && !given.is(Traits::PLACE) && !surname.is(Traits::BODY);
    // "the old Ana Lima bridge".
    let is_titled = title.is_word() && title.is_name();
    let is_name = given.is_name() && surname.is_name() && is_titled && !given.shape.is_possessive;
    (naming.kind == NamingKind::Body && is_person && is_name).then(|| Body {
        tokens: naming.head.end - 2..naming.head.end,
        kinds: BodyKinds::NONE,
        is_person: true,
    })
}

/// Somebody whose surname is a word of bodies: `Boris Law`, and not `the Orlando Observer`.
fn person_alone(sentence: &Sentence, naming: &Naming) -> Option<Body> {
    let [given, surname] = &sentence.tokens[naming.head.clone()] else {
        return None;
    };
    let before = naming.head.start.checked_sub(1).map(|at| &sentence.tokens[at]);
    let has_article = before.is_some_and(|before| before.is(Traits::DETERMINER));
    let is_given = given.is_name() && given.traits.sex() == Traits::MALE && !given.is(Traits::PLACE);
    let is_person = is_given && surname.is_name() && !has_article;
    (naming.kind == NamingKind::Body && is_person).then(|| Body {
        tokens: naming.head.clone(),
        kinds: BodyKinds::NONE,
        is_person: true,
    })
}

/// A name and the noun behind it: `Lima campaign`, `Lima’s campaign`, `Harbor ballot commission`.
fn with_noun(sentence: &Sentence, naming: &Naming) -> Option<Range<usize>> {
    let tokens = &sentence.tokens;
    let noun = naming.tokens.end - 1;
    let is_small =
        |at: &usize| tokens[*at].is_word() && !tokens[*at].is(Traits::PREPOSITION) && !tokens[*at].is_name();
    let small = (naming.tokens.start..noun).rev().take_while(is_small).count();
    let name = name_in(tokens, naming.tokens.start..noun - small)?;
    // "Lima’s new firm" is another's firm, which she may have several of.
    let is_whole = small == 0 || (small < APPOSITION && !tokens[name.end - 1].shape.is_possessive);
    (name.end == noun - small && is_whole).then_some(name.start..noun + 1)
}

/// The name at the end of some tokens, behind words in small letters: `Peabody Energy` of `the mining giant Peabody Energy`.
pub(super) fn name_in(tokens: &[Token], within: Range<usize>) -> Option<Range<usize>> {
    let is_name = |at: usize| {
        let is_plain = tokens[at].is_word() && tokens[at].is_name() && !tokens[at].is(Traits::DETERMINER);
        is_plain || is_owner_in_name(tokens, at)
    };
    let end = within.clone().rev().find(|at| is_name(*at))? + 1;
    let is_link = |at: usize| {
        const LINKS: Traits = Traits::OF.or(Traits::AND).or(Traits::BLAMES).or(Traits::DEFINITE);
        // "Crane & Lowen".
        (tokens[at].is(LINKS) && !tokens[at].shape.is_capital) || tokens[at].is_mark('&')
    };
    let mut start = end - 1;
    while start > within.start {
        let links = (within.start..start)
            .rev()
            .take(2)
            .take_while(|at| is_link(*at))
            .count();
        let Some(before) = (start - links).checked_sub(1).filter(|at| *at >= within.start) else {
            break;
        };
        if !is_name(before) || (links > 0 && tokens[before].shape.is_possessive) {
            break;
        }
        start = before;
    }
    Some(start..end)
}

/// What nouns beside a name tell its body to be: `Marrow, a mining company,`, `the mining giant Marrow`.
fn told(language: &Language, sentence: &Sentence, naming: &Naming) -> BodyKinds {
    let tokens = &sentence.tokens;
    let kind = |token: &Token| {
        let kind = language
            .bodies
            .tells(token.word)
            .filter(|_| !token.shape.is_capital);
        kind.unwrap_or_default()
    };
    let lead = tokens[naming.tokens.start..naming.head.end].iter();
    let lead = lead
        .take_while(|token| !token.is_name() || token.is(Traits::DETERMINER))
        .last()
        .map(kind);
    let is_comma = tokens
        .get(naming.tokens.end)
        .is_some_and(|comma| comma.is_mark(','));
    // "the union, Harbor Workers United,".
    let back = |by: usize| naming.tokens.start.checked_sub(by).map(|at| &tokens[at]);
    let before = match back(1) {
        Some(mark) if mark.is_mark(',') => back(2).filter(|_| is_comma).map(kind),
        before => before.map(kind),
    };
    let begins = tokens
        .get(naming.tokens.end + 1)
        .is_some_and(|article| article.is(Traits::DETERMINER) && !article.is(Traits::OWNER));
    // "a mining company based in Marrow", and not "a company founder".
    const ENDS: Traits = Traits::PREPOSITION
        .or(Traits::WHO)
        .or(Traits::THAT)
        .or(Traits::SMALL_VERB);
    let first = naming.tokens.end + 2;
    let goes_on = |token: &&Token| token.is_word() && !token.is(ENDS) && !token.shape.ends_in_ed;
    let words = tokens
        .iter()
        .skip(first)
        .take(APPOSITION)
        .take_while(goes_on)
        .count();
    let is_noun = is_comma && begins && words > 0;
    // "in Marrow, the paper added" tells what the paper does.
    let acts = sentence.cue(first + words).is_some();
    let noun = (is_noun && !acts).then(|| kind(&tokens[first + words - 1]));
    [lead, before, noun]
        .into_iter()
        .flatten()
        .fold(BodyKinds::NONE, BodyKinds::or)
}
