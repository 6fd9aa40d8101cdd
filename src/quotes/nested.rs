//! Words that somebody repeats inside what he says: `“Lima told me, ‘Nobody will pay,’ and left,” Cruz said.`
//!
//! Only forms that leave no doubt are taken, where the sentence inside the marks names who said them.

use super::Paragraph;
use super::assembly::{span_of, stance, trimmed};
use super::ground::Ground;
use super::hints::{self, Stretch};
use super::marks;
use super::namings::NamingKind;
use super::patterns::Form;
use super::sentence::Sentence;
use super::unsaid;
use crate::model::quote::{Attribution, Mention, Quote, QuoteKind};

/// How sure it is whose such words are.
const NESTED: f32 = 0.6;
/// The fewest words: fewer are terms and titles as well.
const FEWEST: usize = 3;

/// The quotes inside those that were found.
pub(super) fn find(ground: &Ground<'_>, quotes: &[Quote]) -> Vec<Quote> {
    let direct = quotes.iter().filter(|quote| quote.kind != QuoteKind::Indirect);
    let pieces = direct.flat_map(|quote| &quote.fragments);
    let marked = pieces.filter(|piece| has_marks(piece.slice(ground.text)));
    let paragraphs = marked.map(|piece| Paragraph {
        range: piece.range(),
        is_aside: false,
    });
    let mut paragraphs: Vec<Paragraph> = paragraphs.collect();
    // Quotes come in the order in which they were found, and words in marks may go on over several of them: each stretch of the text
    // is read once, in its order.
    paragraphs.sort_by_key(|paragraph| paragraph.range.start);
    let mut read_until = 0;
    paragraphs.retain(|paragraph| {
        let is_new = paragraph.range.start >= read_until;
        read_until = read_until.max(paragraph.range.end);
        is_new
    });
    if paragraphs.is_empty() {
        return Vec::new();
    }
    let runs = marks::runs(ground.language, ground.text, &paragraphs);
    let sentences = super::all_sentences(ground.language, ground.text, &paragraphs, &runs);
    let stretches = hints::stretches(ground.language, ground.text, &sentences, &runs);
    stretches
        .iter()
        .filter_map(|stretch| quote(ground, &sentences[stretch.sentence], stretch))
        .collect()
}

/// Whether words may hold others in marks; apostrophes are none.
fn has_marks(words: &str) -> bool {
    // The bytes that they begin with are looked for first: these are rare.
    let is_mark = |at: usize| words[at..].starts_with(['‘', '“', '"', '«']);
    let bytes = words.as_bytes();
    let opens = |at: usize| at == 0 || bytes[at - 1] == b' ';
    memchr::memchr3_iter(b'"', 0xc2, 0xe2, bytes).any(is_mark) || memchr::memchr_iter(b'\'', bytes).any(opens)
}

fn quote(ground: &Ground<'_>, sentence: &Sentence, stretch: &Stretch<'_>) -> Option<Quote> {
    let told = stretch.told.as_ref()?;
    let (cue, length) = told.cue?;
    let is_sure = matches!(
        told.form,
        Form::CueBefore | Form::CueThenSpeaker | Form::SpeakerThenCue
    );
    // "I said, ‘…’", "people say, ‘…’": nobody whose words one would look for.
    let is_somebody = told.speaker.kind == NamingKind::Person;
    let is_whole = stretch.run.is_closed && stretch.words >= FEWEST;
    if !is_sure || !is_somebody || !is_whole || unsaid::is_unsaid(sentence, told, 0) {
        return None;
    }
    let pieces = stretch
        .run
        .pieces
        .iter()
        .filter_map(|piece| trimmed(ground.text, piece.clone()));
    let content: Vec<_> = pieces.collect();
    let mention = span_of(ground.text, sentence, &told.speaker.tokens)?;
    let person = ground.people.named(sentence, &told.speaker);
    let fullest = person.map(|person| ground.people.fullest(person));
    let attribution = Attribution {
        cue: span_of(ground.text, sentence, &(cue..cue + length)),
        stance: stance(ground.language, sentence, cue),
        mention: Mention::Text(mention),
        antecedent: fullest.filter(|span| *span != mention),
        members: Vec::new(),
        rule: "nested",
        confidence: NESTED,
    };
    (!content.is_empty()).then(|| Quote {
        kind: QuoteKind::Direct,
        fragments: content.clone(),
        content,
        attribution: Some(attribution),
        confidence: NESTED,
    })
}
