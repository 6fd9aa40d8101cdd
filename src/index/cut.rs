//! Texts cut into words, and into the stems of words. The texts that were cut last are remembered with what came of them: most
//! go into a field of words and one of stems, and all the days that a paragraph names have that paragraph around them.

use std::cell::RefCell;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::stems;
use super::words::{WordStream, Words};

/// Longer terms are no words.
pub(super) const MAX_TERM_BYTES: usize = 100;

/// Longer texts are cut again for each field: what would be remembered of them is many times as large as they are.
const MOST_BYTES: usize = 16 << 10;

/// Texts that a thread remembers: a document's headline and its text go into the same fields by turns.
const REMEMBERED: usize = 2;

/// Cuts texts into words of less than [`MAX_TERM_BYTES`], or into their stems.
#[derive(Clone)]
pub(super) struct Cutter {
    words: Words,
    is_stemming: bool,
}

impl Cutter {
    /// Into words.
    pub(super) fn into_words() -> Self {
        Self {
            words: Words::below(MAX_TERM_BYTES),
            is_stemming: false,
        }
    }

    /// Into stems.
    pub(super) fn into_stems() -> Self {
        Self {
            is_stemming: true,
            ..Self::into_words()
        }
    }
}

impl Tokenizer for Cutter {
    type TokenStream<'a> = CutStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CutStream<'a> {
        let is_stemming = self.is_stemming;
        let source = match text.len() <= MOST_BYTES {
            true => {
                let mut cut = Cut::of(text, &mut self.words);
                if is_stemming {
                    cut.stem();
                }
                Source::Remembered {
                    cut,
                    read: 0,
                    is_changed: false,
                }
            }
            false => Source::Anew(self.words.token_stream(text)),
        };
        CutStream { source, is_stemming }
    }
}

/// The words or stems of one text.
pub(super) struct CutStream<'a> {
    source: Source<'a>,
    is_stemming: bool,
}

enum Source<'a> {
    /// A text with its tokens, so many of which were read. It is remembered again when the stream ends.
    Remembered {
        cut: Cut,
        read: usize,
        /// Whether somebody may have changed a token, as a filter does.
        is_changed: bool,
    },
    /// A text that is cut while it is read.
    Anew(WordStream<'a>),
}

impl TokenStream for CutStream<'_> {
    fn advance(&mut self) -> bool {
        match &mut self.source {
            Source::Remembered { cut, read, .. } => {
                let is_one = *read < cut.words.count;
                *read += usize::from(is_one);
                is_one
            }
            Source::Anew(words) => {
                let is_one = words.advance();
                if is_one && self.is_stemming {
                    stems::stem(&mut words.token_mut().text);
                }
                is_one
            }
        }
    }

    fn token(&self) -> &Token {
        match &self.source {
            Source::Remembered { cut, read, .. } => &cut.tokens(self.is_stemming).all[*read - 1],
            Source::Anew(words) => words.token(),
        }
    }

    fn token_mut(&mut self) -> &mut Token {
        match &mut self.source {
            Source::Remembered {
                cut,
                read,
                is_changed,
            } => {
                *is_changed = true;
                let tokens = if self.is_stemming {
                    &mut cut.stems
                } else {
                    &mut cut.words
                };
                &mut tokens.all[*read - 1]
            }
            Source::Anew(words) => words.token_mut(),
        }
    }
}

impl Drop for CutStream<'_> {
    fn drop(&mut self) {
        if let Source::Remembered {
            cut,
            is_changed: false,
            ..
        } = &mut self.source
        {
            std::mem::take(cut).remember();
        }
    }
}

thread_local! {
    /// Those cut last, the latest behind. One that is being read is not among them.
    static LAST: RefCell<Vec<Cut>> = const { RefCell::new(Vec::new()) };
}

/// A text with what it was cut into.
#[derive(Default)]
struct Cut {
    text: String,
    words: Tokens,
    /// Empty until somebody asks for them.
    stems: Tokens,
}

impl Cut {
    /// The text as it is remembered, else cut now.
    fn of(text: &str, words: &mut Words) -> Self {
        let (mut cut, is_known) =
            LAST.with_borrow_mut(|last| match last.iter().position(|cut| cut.text == text) {
                Some(at) => (last.remove(at), true),
                None if last.len() < REMEMBERED => (Self::default(), false),
                None => (last.remove(0), false),
            });
        if !is_known {
            cut.text.clear();
            cut.text.push_str(text);
            cut.stems.count = 0;
            cut.words.count = 0;
            let mut stream = words.token_stream(text);
            while stream.advance() {
                cut.words.push(stream.token());
            }
        }
        cut
    }

    /// Finds the stems, where that was not done before.
    fn stem(&mut self) {
        if self.stems.count == self.words.count {
            return;
        }
        for word in &self.words.all[..self.words.count] {
            stems::stem(&mut self.stems.push(word).text);
        }
    }

    fn tokens(&self, is_stemming: bool) -> &Tokens {
        if is_stemming { &self.stems } else { &self.words }
    }

    fn remember(self) {
        LAST.with_borrow_mut(|last| {
            if last.len() < REMEMBERED {
                last.push(self);
            }
        });
    }
}

/// Tokens, in the room of those of the texts before.
#[derive(Default)]
struct Tokens {
    all: Vec<Token>,
    /// How many of them are of this text.
    count: usize,
}

impl Tokens {
    fn push(&mut self, token: &Token) -> &mut Token {
        if self.count == self.all.len() {
            self.all.push(Token::default());
        }
        let kept = &mut self.all[self.count];
        self.count += 1;
        kept.offset_from = token.offset_from;
        kept.offset_to = token.offset_to;
        kept.position = token.position;
        kept.position_length = token.position_length;
        kept.text.clear();
        kept.text.push_str(&token.text);
        kept
    }
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{
        AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
    };

    use super::*;

    fn tokens(analyzer: &mut TextAnalyzer, text: &str) -> Vec<Token> {
        let mut stream = analyzer.token_stream(text);
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push(token.clone()));
        tokens
    }

    /// Words and stems of some texts, one after the other, are those that the engine's own parts make of each.
    #[track_caller]
    fn check(texts: &[&str]) {
        let plain = || {
            TextAnalyzer::builder(SimpleTokenizer::default())
                .filter(RemoveLongFilter::limit(MAX_TERM_BYTES))
                .filter(LowerCaser)
                .filter(AsciiFoldingFilter)
        };
        let mut theirs = [
            plain().build(),
            plain().filter(Stemmer::new(Language::English)).build(),
        ];
        let mut ours =
            [Cutter::into_words(), Cutter::into_stems()].map(|cutter| TextAnalyzer::builder(cutter).build());
        for text in texts {
            for (ours, theirs) in ours.iter_mut().zip(&mut theirs) {
                assert_eq!(tokens(ours, text), tokens(theirs, text), "{text:?}");
            }
        }
    }

    #[test]
    fn a_text_is_cut_the_same_the_first_time_and_every_other() {
        let (headline, text) = (
            "Ferries delayed",
            "The ferries’ delays, said Lima, were “delaying” schools.",
        );
        check(&[
            headline, text, headline, text, "", text, "Schools", headline, "", "— …", text,
        ]);
    }

    #[test]
    fn a_long_text_is_cut_as_a_short_one() {
        let long = "Harbours were rebuilding: ".repeat(1 + MOST_BYTES / 26);
        check(&[&long, "Harbours", &long]);
    }

    #[test]
    fn texts_may_be_read_by_turns() {
        let [mut one, mut other, mut third] =
            ["one two", "three four", "five six"].map(|text| (Cutter::into_words(), text));
        let mut streams = [&mut one, &mut other, &mut third].map(|(cutter, text)| cutter.token_stream(text));
        let mut read = Vec::new();
        for _ in 0..2 {
            for stream in &mut streams {
                read.extend(stream.next().map(|token| token.text.clone()));
            }
        }
        assert_eq!(read, ["one", "three", "five", "two", "four", "six"]);
        drop(streams);
        LAST.with_borrow(|last| assert_eq!(last.len(), REMEMBERED));
    }

    #[test]
    fn a_token_that_somebody_changed_is_not_remembered() {
        let mut cutter = Cutter::into_words();
        let mut stream = cutter.token_stream("boats");
        assert!(stream.advance());
        stream.token_mut().text.push('!');
        drop(stream);
        check(&["boats"]);
    }
}
