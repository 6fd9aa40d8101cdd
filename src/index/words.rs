//! Words of texts, without case and accents: what the engine's own tokenizer and filters make of a text, in one step. Nearly
//! every word is of plain letters, which are copied as they are looked at.

use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, RawTokenizer, TextAnalyzer, Token, TokenStream, Tokenizer,
};

/// Cuts texts at everything that is no letter or digit; words of this many bytes or more are left out.
#[derive(Clone)]
pub(super) struct Words {
    most_bytes: usize,
    token: Token,
    /// Folds a word that has other letters.
    folding: TextAnalyzer,
}

impl Words {
    /// Of words that are shorter than so many bytes.
    pub(super) fn below(most_bytes: usize) -> Self {
        Self {
            most_bytes,
            token: Token::default(),
            folding: TextAnalyzer::builder(RawTokenizer::default())
                .filter(LowerCaser)
                .filter(AsciiFoldingFilter)
                .build(),
        }
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream {
            text,
            at: 0,
            words: self,
        }
    }
}

/// Where what is part of a word, or what is not, ends that stands from a byte on.
fn skip(text: &str, mut at: usize, is_word: bool) -> usize {
    let is_alike = |byte: &&u8| byte.is_ascii() && byte.is_ascii_alphanumeric() == is_word;
    loop {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        at += rest.iter().take_while(is_alike).count();
        match text.as_bytes().get(at) {
            Some(byte) if !byte.is_ascii() => {
                let (is_letter, bytes) = other_letter(&text[at..]);
                if is_letter != is_word {
                    return at;
                }
                at += bytes;
            }
            _ => return at,
        }
    }
}

/// Whether a text begins with a letter or digit, and how many bytes its first character has.
fn other_letter(text: &str) -> (bool, usize) {
    text.chars().next().map_or((false, 1), |character| {
        (character.is_alphanumeric(), character.len_utf8())
    })
}

/// Where the word ends that begins at a byte.
pub(super) fn end(text: &str, begins_at: usize) -> usize {
    skip(text, begins_at, true)
}

/// Whether a word begins at a byte.
pub(super) fn begins(text: &str, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| text.as_bytes()[before]);
    match before {
        _ if !text.is_char_boundary(at) => false,
        Some(before) if before.is_ascii_alphanumeric() => false,
        Some(before) if !before.is_ascii() && text[..at].ends_with(char::is_alphanumeric) => false,
        _ => other_letter(&text[at..]).0,
    }
}

/// The words of one text.
pub(super) struct WordStream<'a> {
    text: &'a str,
    /// Where is read on.
    at: usize,
    words: &'a mut Words,
}

impl WordStream<'_> {
    /// Makes a word the current one.
    fn take(&mut self, from: usize, to: usize) {
        let (word, token) = (&self.text[from..to], &mut self.words.token);
        token.offset_from = from;
        token.offset_to = to;
        token.text.clear();
        if word.is_ascii() {
            token.text.push_str(word);
            token.text.make_ascii_lowercase();
        } else if let Some(folded) = self.words.folding.token_stream(word).next() {
            token.text.push_str(&folded.text);
        }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let from = skip(self.text, self.at, false);
            let to = end(self.text, from);
            self.at = to;
            if from == to {
                return false;
            }
            // A word that is left out keeps its place.
            self.words.token.position = self.words.token.position.wrapping_add(1);
            if to - from < self.words.most_bytes {
                self.take(from, to);
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{RemoveLongFilter, SimpleTokenizer};

    use super::*;

    const MOST: usize = 12;

    fn tokens(mut analyzer: TextAnalyzer, text: &str) -> Vec<Token> {
        let mut stream = analyzer.token_stream(text);
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push(token.clone()));
        tokens
    }

    /// The words are those that the engine's own parts make.
    #[track_caller]
    fn check(text: &str) {
        let theirs = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(MOST))
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter)
            .build();
        let ours = tokens(TextAnalyzer::builder(Words::below(MOST)).build(), text);
        assert_eq!(ours, tokens(theirs, text), "{text:?}");
        let begun: Vec<usize> = (0..text.len()).filter(|at| begins(text, *at)).collect();
        let of_any_length = tokens(TextAnalyzer::builder(Words::below(usize::MAX)).build(), text);
        let cut: Vec<usize> = of_any_length.iter().map(|word| word.offset_from).collect();
        assert_eq!(begun, cut, "{text:?}");
    }

    #[test]
    fn words_are_those_of_the_engine_s_own_parts() {
        for text in [
            "",
            " ",
            "The Mayor's 2nd BUDGET, 3.5 %",
            "Niño, ÅLAND and Straße—œuvre ﬁne",
            "Ἀθῆναι ΟΔΟΣ İstanbul 東京都 ½ x² e\u{301}",
            "short averyverylongword after elevenbytes twelvebytes1",
            "“Quoted”…ends",
        ] {
            check(text);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_has_other_words(text in "[a-cX-Z0-2 .'’éÉßİσΣ東\u{301}]{0,40}|\\PC{0,40}") {
            check(&text);
        }
    }
}
