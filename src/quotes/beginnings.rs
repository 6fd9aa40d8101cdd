//! Which capitals are those of names, where a capital by itself tells nothing: at the beginning of sentences, and in lines that
//! have one on every word.
//!
//! A word that begins a sentence is a name where the text has it with a capital inside a sentence as well, none where it is
//! written small elsewhere. What the text does not tell is told by endings and by what follows.

use super::lexicon::{Language, Traits, Words};
use super::sentence::Sentence;
use super::tokens::Token;

/// The fewest words with capitals of a line that has only such.
const TITLE: usize = 4;

/// Letters of the shortest word for how somebody feels.
const FEELING: usize = 5;

/// What is a name, or none, whatever the text has elsewhere.
const KNOWN: Traits = Traits::MALE
    .or(Traits::FEMALE)
    .or(Traits::PLACE)
    .or(Traits::TITLE)
    .or(Traits::ROLE)
    .or(Traits::BODY);

/// What follows who does something.
const ACTS: Traits = Traits::CUE
    .or(Traits::SMALL_VERB)
    .or(Traits::ADVERB)
    .or(Traits::WHO);
/// Words that are small in titles as well.
const SMALL: Traits = Traits::PREPOSITION
    .or(Traits::DETERMINER)
    .or(Traits::AND)
    .or(Traits::BUT_WHILE)
    .or(Traits::TO)
    .or(Traits::OF);

/// How often a word is written elsewhere with a capital and small elsewhere than at the beginning of a sentence.
#[derive(Clone, Copy, Default)]
struct Seen {
    capital: usize,
    small: usize,
}

/// Tells sentences which of their words are no names, whatever their capitals say.
pub(super) fn settle(language: &Language, text: &str, sentences: &mut [Sentence]) {
    let mut seen: Words<Seen> = Words::default();
    let mut doubtful = Vec::new();
    let mut titles = Vec::new();
    let mut bits = 0;
    for (index, sentence) in sentences.iter_mut().enumerate() {
        if is_title(sentence) {
            settle_title(sentence);
            sentence.is_title = true;
            titles.push(index);
        } else if begins_doubtfully(sentence) {
            let word = sentence.tokens[0].word;
            seen.insert(word, Seen::default());
            bits |= word.bit();
            doubtful.push(index);
        }
    }
    if doubtful.is_empty() {
        return;
    }
    let telling = sentences.iter().enumerate();
    for (_, sentence) in telling.filter(|(index, _)| titles.binary_search(index).is_err()) {
        // "“…,” Lima said": behind words in marks a capital is that of a name, where somebody says them.
        let is_behind_words = sentence.runs.first().is_some_and(|slot| slot.before == 0)
            && sentence.tokens.get(1).is_some_and(|next| next.is(Traits::CUE));
        for token in sentence.tokens.iter().skip(usize::from(!is_behind_words)) {
            // Most words are none of those that are asked for, which a bit tells.
            if token.word.bit() & bits != 0
                && let Some(seen) = seen.get_mut(&token.word)
            {
                seen.capital += usize::from(token.shape.is_capital);
                seen.small += usize::from(!token.shape.is_capital);
            }
        }
    }
    for index in doubtful {
        let tokens = &mut sentences[index].tokens;
        let seen = seen[&tokens[0].word];
        if seen.capital == 0 || seen.capital < seen.small {
            settle_first(language, text, tokens, seen.small > 0);
        }
    }
}

/// Whether a sentence begins with a capital that may be that of any word.
fn begins_doubtfully(sentence: &Sentence) -> bool {
    // Behind words in marks a capital is that of a name: `“Go,” Lima said.`
    let begins = sentence.runs.first().is_none_or(|slot| slot.before > 0);
    let may_be_any = |first: &Token| {
        let is_one = first.range.len() > 1 && first.shape.is_all_capital;
        first.is_word() && first.is_name() && !first.is(KNOWN) && !first.shape.is_handle && !is_one
    };
    begins && sentence.tokens.first().is_some_and(may_be_any)
}

/// Takes the first word of a sentence for a name no more: for a noun where it says something (`Backers said`).
fn settle_first(language: &Language, text: &str, tokens: &mut [Token], is_small_elsewhere: bool) {
    let word = &text[tokens[0].range.clone()];
    let names = |token: &&Token| token.is_word() && token.is_name();
    let length = 1 + tokens[1..].iter().take_while(names).count();
    let behind = tokens.get(length).filter(|behind| behind.is_word());
    let acts = behind.is_some_and(|it| (it.is(ACTS) && !it.is(Traits::THAT)) || it.shape.ends_in_ed);
    // "Small groups of protesters", and not "Lima runs the".
    let describes = behind.is_some_and(|behind| {
        let noun = &text[behind.range.clone()];
        let is_plural = is_plural(language, noun) && behind.is_plain();
        is_plural && !tokens.get(2).is_some_and(|next| next.is(Traits::DETERMINER))
    });
    // "Pressed again, she said", and not "Ahmed also said".
    let says = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|it| it.is(Traits::CUE.or(Traits::SMALL_VERB)))
    };
    let is_participle = length == 1 && behind.is_some() && ends(word, &language.past) && !says(1) && !says(2);
    // "Sterling Hayes said", and not "Citing Hayes, the council".
    let is_none = is_small_elsewhere
        || is_participle
        || describes_given(language, word, tokens)
        || (ends(word, &language.no_name) && !acts)
        || (length == 1 && describes);
    let is_plural = length == 1 && is_plural(language, word);
    let lists = match (is_none, length == 1 && acts) {
        (true, true) | (false, true) if is_plural => Traits::ROLE.or(Traits::PLURAL_ROLE),
        (true, true) => Traits::ROLE,
        (true, false) => Traits::NEVER,
        (false, _) => return,
    };
    tokens[0].traits = tokens[0].traits.or(lists);
}

/// Whether a word tells how somebody feels whose given name follows: `Gutted Ana said`, `Fuming Ana Lima`; and not `Fred Ana`, which is too short to
/// be sure of.
fn describes_given(language: &Language, word: &str, tokens: &[Token]) -> bool {
    let next = tokens.get(1).filter(|next| next.is_word() && next.is_name());
    let is_given = next
        .is_some_and(|next| next.traits.sex() != Traits::NONE && !next.is(Traits::TITLE.or(Traits::ROLE)));
    word.len() >= FEELING && ends(word, &language.feeling) && is_given
}

fn is_plural(language: &Language, word: &str) -> bool {
    ends(word, &language.plural) && !ends(word, &language.no_plural)
}

fn ends(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending))
}

/// Whether all words of a line have capitals but the smallest.
fn is_title(sentence: &Sentence) -> bool {
    let mut capitals = 0;
    let mut words = sentence.tokens.iter().filter(|token| token.is_word());
    let all = words.all(|word| {
        capitals += usize::from(word.shape.is_capital);
        word.shape.is_capital || word.is(SMALL)
    });
    all && capitals >= TITLE
}

/// Takes the verbs of a line that has capitals only for no names.
fn settle_title(sentence: &mut Sentence) {
    let verbs = sentence.tokens.iter_mut();
    for verb in verbs.filter(|token| token.is(Traits::CUE) && !token.is(KNOWN)) {
        verb.traits = verb.traits.or(Traits::NEVER);
    }
}
