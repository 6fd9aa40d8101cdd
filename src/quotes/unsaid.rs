//! Words that a text gives to somebody without telling that he said them.

use super::lexicon::Traits;
use super::patterns::Told;
use super::sentence::Sentence;
use super::tokens::Token;

/// Tokens from a word that says that something is not established to the cue.
const CHARGE: usize = 9;

/// Whether a sentence tells that somebody did not say the words, or does not tell that he did: `Lima never said`, `neither
/// Lima nor Cruz said`, `if Lima says`, `Lima was accused of saying`. `from` is where what tells it begins.
pub(super) fn is_unsaid(sentence: &Sentence, told: &Told, from: usize) -> bool {
    let tokens = &sentence.tokens;
    let Some((cue, _)) = told.cue.filter(|(cue, _)| *cue >= from) else {
        return false;
    };
    let before = tokens[from..cue].iter().rev();
    let mut helpers = before
        .clone()
        .take_while(|token| token.is(Traits::ADVERB.or(Traits::NEGATOR)));
    if helpers.any(|token| token.is(Traits::NEGATOR)) {
        return true;
    }
    let opens = told.speaker.tokens.start.checked_sub(1).map(|at| &tokens[at]);
    let is_open = opens.is_some_and(|opens| opens.is(Traits::NEITHER.or(Traits::CONDITIONAL)));
    (is_open && !told.is_after) || is_charge(sentence, cue) || is_unreal(sentence, cue)
}

/// Whether a sentence tells of a former version of its text: its quotes were not said so.
pub(super) fn is_superseded(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let names = |pair: &[Token]| {
        let of_version = |one: &Token, other: &Token| one.is(Traits::EARLIER) && other.is(Traits::VERSION);
        of_version(&pair[0], &pair[1]) || of_version(&pair[1], &pair[0])
    };
    sentence.lists.any(Traits::VERSION) && tokens.windows(2).any(names)
}

/// Whether a cue tells what was not said: `Lima should say`, `could have said`, `Imagine Lima saying`, `a doctored video shows
/// Lima saying`.
fn is_unreal(sentence: &Sentence, cue: usize) -> bool {
    const HELPERS: Traits = Traits::ADVERB.or(Traits::SMALL_VERB).or(Traits::UNREAL);
    let tokens = &sentence.tokens;
    let helpers = tokens[..cue].iter().rev();
    let mut helpers = helpers.take_while(|token| token.is(HELPERS));
    let is_imagined = tokens.first().is_some_and(|first| first.is(Traits::IMAGINE));
    let parts = |token: &&Token| token.is_word() && !token.is(Traits::AND.or(Traits::BUT_WHILE));
    let mut clause = tokens[..cue].iter().rev().take_while(parts);
    is_imagined || helpers.any(|token| token.is(Traits::UNREAL)) || clause.any(|token| token.is(Traits::FAKE))
}

/// Whether a word that says that it is not established stands before a cue, with nothing between but what leads from it:
/// `accused of saying`, `accused Cruz of saying`, `denied that she had said`, `declined to say`, `misquoted by the Ledger as saying`.
fn is_charge(sentence: &Sentence, cue: usize) -> bool {
    const LINKS: Traits = Traits::OF
        .or(Traits::WITH)
        .or(Traits::AS)
        .or(Traits::TO)
        .or(Traits::BY)
        .or(Traits::THAT)
        .or(Traits::HE_SHE_THEY)
        .or(Traits::OBJECT_PRONOUN)
        .or(Traits::DETERMINER)
        .or(Traits::SMALL_VERB)
        .or(Traits::ADVERB)
        .or(Traits::TITLE)
        .or(Traits::ROLE);
    let tokens = &sentence.tokens;
    let links = |token: &Token| token.is_word() && (token.is(LINKS) || token.is_name());
    let leads = tokens[cue.saturating_sub(CHARGE)..cue].iter().rev();
    let lead = leads
        .clone()
        .take_while(|token| links(token) && !token.is(Traits::UNSAID))
        .count();
    leads
        .clone()
        .nth(lead)
        .is_some_and(|token| token.is(Traits::UNSAID))
}
