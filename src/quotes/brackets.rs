//! Who is named in brackets behind words in marks: `“We will not comply.” (Sheriff Ana Lima, Feb. 9)`.

use super::hints::{At, Rule, Stretch};
use super::lexicon::Traits;
use super::namings::{Naming, NamingKind};
use super::sentence::Sentence;
use super::tokens::Token;

/// Tokens in such brackets.
const LONGEST: usize = 24;

/// Who signs the words of a stretch in brackets behind them. The words are sentences of their own, so that a title with its author is none; and
/// where somebody speaks before in the same paragraph, the brackets may tell of whom he speaks.
pub(super) fn signed(
    text: &str,
    sentences: &[Sentence],
    stretches: &[Stretch<'_>],
    index: usize,
) -> Option<At> {
    let stretch = &stretches[index];
    let own = &sentences[stretch.sentence];
    let (at, brackets) = (stretch.sentence + 1, sentences.get(stretch.sentence + 1)?);
    let speaks_on = index
        .checked_sub(1)
        .map(|before| &stretches[before])
        .is_some_and(|before| {
            let is_signed = before.carried.is_some_and(|it| it.rule == Rule::Bracketed);
            sentences[before.sentence].paragraph == own.paragraph && !is_signed
        });
    let begins = own.tokens[..stretch.slot.before].iter().all(|it| !it.is_word())
        || closing(own).is_some_and(|close| close + 1 == stretch.slot.before);
    let ends = own.tokens.len() == stretch.slot.before && own.runs.last() == Some(&stretch.slot);
    if !begins || !ends || speaks_on || brackets.paragraph != own.paragraph || !is_sentence(text, stretch) {
        return None;
    }
    let close = closing(brackets)?;
    let signer = brackets
        .naming_from(1)
        .filter(|it| is_signer(brackets, it, close))?;
    Some(At {
        sentence: at,
        token: signer.tokens.start,
    })
}

/// Whether words end as a sentence does, and are no title: `“Where Is Ana?”`
fn is_sentence(text: &str, stretch: &Stretch<'_>) -> bool {
    let [words] = stretch.run.pieces.as_slice() else {
        return false;
    };
    let words = text[words.clone()].trim().trim_end_matches(['’', '\'', '”']);
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    words.ends_with(['.', '!', '?', '…']) && words.split_whitespace().any(is_small)
}

/// The token that closes the brackets a sentence begins with, where nothing goes on with them.
fn closing(sentence: &Sentence) -> Option<usize> {
    let tokens = &sentence.tokens;
    let first = tokens.first()?;
    let mark = [('(', ')'), ('[', ']')]
        .into_iter()
        .find(|(open, _)| first.is_mark(*open))?
        .1;
    let close = tokens
        .iter()
        .take(LONGEST)
        .position(|token| token.is_mark(mark))?;
    let is_apart = tokens
        .get(close + 1)
        .is_none_or(|next| !next.is_word() || next.shape.is_capital);
    let has_words = sentence.runs.iter().any(|slot| slot.before <= close);
    (is_apart && !has_words).then_some(close)
}

/// Whether brackets hold somebody, when and where he said it, and nothing that is told of him: neither `(Ana Lima did not reply.)` nor
/// `(Photo: Ana Lima)`, nor a place or a paper, which look like names.
fn is_signer(brackets: &Sentence, signer: &Naming, close: usize) -> bool {
    let tokens = &brackets.tokens;
    let Some(behind) = tokens.get(signer.tokens.end..close) else {
        return false;
    };
    const OFFICE: Traits = Traits::TITLE.or(Traits::ROLE);
    const TELLS: Traits = Traits::SMALL_VERB
        .or(Traits::HE_SHE_THEY)
        .or(Traits::IT)
        .or(Traits::WHO);
    let tells = |token: &Token| {
        token.is(TELLS) || token.shape.ends_in_ed || token.ends_sentence() || token.is_mark(':')
    };
    let begins = behind.first().is_none_or(|first| first.is_mark(','));
    let bears_office = |tokens: &[Token]| tokens.iter().any(|it| it.is(OFFICE) && !it.is(Traits::PAPER));
    let name = &tokens[signer.head.clone()];
    let is_given = name.len() > 1 && name[0].traits.sex() != Traits::NONE;
    let is_person =
        is_given || bears_office(&tokens[signer.tokens.start..signer.head.start]) || bears_office(behind);
    signer.kind == NamingKind::Person && is_person && begins && !behind.iter().any(tells)
}
