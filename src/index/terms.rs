//! The terms of a text, for whoever asks as for whoever writes.

use std::ops::Range;

use tantivy::tokenizer::TextAnalyzer;

use super::cut::Cutter;

/// Words as printed, case and accents folded.
pub(super) fn plain() -> TextAnalyzer {
    TextAnalyzer::builder(Cutter::into_words()).build()
}

/// The same, cut to English stems.
pub(super) fn stemmed() -> TextAnalyzer {
    TextAnalyzer::builder(Cutter::into_stems()).build()
}

/// The terms of a text, each with its bytes in it.
pub(super) fn terms(mut analyzer: TextAnalyzer, text: &str) -> Vec<(String, Range<usize>)> {
    let mut terms = Vec::new();
    let mut stream = analyzer.token_stream(text);
    while let Some(token) = stream.next() {
        terms.push((token.text.clone(), token.offset_from..token.offset_to));
    }
    terms
}

/// The first term of a text.
pub(super) fn first_term(analyzer: &mut TextAnalyzer, text: &str) -> Option<String> {
    let mut stream = analyzer.token_stream(text);
    stream.next().map(|token| token.text.clone())
}
