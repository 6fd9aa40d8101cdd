//! Whoever is told to have said nothing, so that words beside that are another's: `The board declined to comment.`

use crate::quotes::candidates::{self, Candidate};
use crate::quotes::ground::Ground;
use crate::quotes::hints::{Rule, Stretch};
use crate::quotes::lexicon::Traits;

/// Whether somebody is named in a sentence of his own that tells that he did not answer, and nothing else. Who "declined to say when" may
/// well say something next.
pub(super) fn is_silent(ground: &Ground<'_>, stretch: &Stretch<'_>, speaker: &Candidate) -> bool {
    let sentence = &ground.sentences[speaker.at.sentence];
    if speaker.at.sentence == stretch.sentence || !sentence.runs.is_empty() {
        return false;
    }
    let behind = &sentence.tokens[speaker.naming(ground.sentences).tokens.end..];
    let is = |at: usize, list: Traits| behind.get(at).is_some_and(|token| token.is(list));
    const HELPS: Traits = Traits::SMALL_VERB.or(Traits::ADVERB).or(Traits::NEGATOR);
    let helps = behind.iter().take_while(|token| token.is(HELPS)).count();
    let is_negated = behind[..helps].iter().any(|token| token.is(Traits::NEGATOR));
    // "did not respond", "declined to comment", "had no comment".
    let is_nothing = (is_negated && is(helps, Traits::SILENCE))
        || (is(helps, Traits::UNSAID) && is(helps + 1, Traits::TO) && is(helps + 2, Traits::SILENCE))
        || (is(helps, Traits::NO_ONE) && is(helps + 1, Traits::SILENCE));
    const MORE: Traits = Traits::AND.or(Traits::BUT_WHILE).or(Traits::HE_SHE_THEY);
    let tells_more = behind
        .iter()
        .any(|token| token.is(MORE) || token.is_mark(':') || token.is_mark(';'));
    is_nothing && !tells_more
}

/// Who goes on speaking in the paragraph, where the judge takes whoever is silent.
pub(in crate::quotes) fn goes_on(
    ground: &Ground<'_>,
    stretch: &Stretch<'_>,
    judged: (Candidate, f32),
) -> Option<(Candidate, f32)> {
    let carried = stretch.carried.filter(|it| it.rule == Rule::SameParagraph)?;
    is_silent(ground, stretch, &judged.0)
        .then(|| candidates::find(ground.sentences, carried.at))?
        .map(|speaker| (speaker, judged.1))
}
