//! Who asks and who is asked, so that he answers next.

use crate::quotes::lexicon::Traits;
use crate::quotes::namings::Naming;
use crate::quotes::sentence::Sentence;
use crate::quotes::tokens::Token;

use super::Nearby;

impl Nearby<'_> {
    /// Who asks something in a sentence that another will answer.
    pub(super) fn asker(&self, sentence: usize) -> Option<usize> {
        let own = &self.sentences[sentence];
        let asker = own.namings.iter().find(|naming| asks(own, naming))?;
        self.people.named(own, asker)
    }
}

/// The token that stands so many before a naming.
fn token_before<'s>(sentence: &'s Sentence, naming: &Naming, back: usize) -> Option<&'s Token> {
    let at = naming.tokens.start.checked_sub(back)?;
    sentence.tokens.get(at)
}

/// Whether somebody is asked something, so that he speaks next: `A reporter asked Mayor Lima`.
pub(super) fn is_asked(sentence: &Sentence, naming: &Naming) -> bool {
    let before = |back: usize| token_before(sentence, naming, back);
    let is_passive = before(2).is_some_and(|helper| helper.is(Traits::PASSIVE));
    // "has asked President Lima for help": no question, so that nothing tells that she answers.
    let next = sentence.tokens.get(naming.tokens.end);
    let is_request = next.is_some_and(|next| next.is(Traits::BLAMES.or(Traits::TO)));
    before(1).is_some_and(|cue| cue.is(Traits::ASKED)) && !is_passive && !is_request
}

/// Whether somebody is named as who asks another: `Asked by Lima whether he knew, he said`.
pub(super) fn asks_in_passive(sentence: &Sentence, naming: &Naming) -> bool {
    let before = |back: usize| token_before(sentence, naming, back);
    before(1).is_some_and(|by| by.is(Traits::BY)) && before(2).is_some_and(|asked| asked.is(Traits::ASKED))
}

/// Whether somebody asks something that another will answer: `Lima asked why`, `Lima asked whether it was true`, and neither `asked for a
/// recount` nor `asked the court to rule`.
fn asks(sentence: &Sentence, naming: &Naming) -> bool {
    const LEADS: Traits = Traits::CONDITIONAL.or(Traits::WHO).or(Traits::QUESTION);
    let cue = naming.tokens.end;
    let is_asked = sentence.tokens.get(cue).is_some_and(|cue| cue.is(Traits::ASKED));
    let next = sentence.tokens.get(cue + 1);
    is_asked && next.is_none_or(|next| !next.is_word() || next.is(LEADS))
}
