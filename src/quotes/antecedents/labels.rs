//! Who is meant by the label of a turn: initials, an office, a surname in capitals.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::quote::Quote;
use crate::model::span::Span;
use crate::quotes::assembly::span_of;
use crate::quotes::lexicon::Traits;
use crate::quotes::namings::{Naming, NamingKind};
use crate::quotes::tokens::{Token, add_tokens};

use super::Named;

/// The rules by which labels name who speaks, and how many letters are initials.
pub(super) const LABELS: [&str; 2] = ["turn", "label"];

const LETTERS: Range<usize> = 2..4;

impl Named<'_> {
    /// The only one of the people whose name begins with the letters of a label: `NB:` of an interview. Letters that the text has
    /// elsewhere than in labels are those of a body.
    pub(super) fn of_initials(&self, label: Span) -> Option<usize> {
        let letters = label.slice(self.text);
        let initials = self.initials.get_or_init(|| self.initials());
        (LETTERS.contains(&letters.len())).then(|| initials.get(letters).copied()?)?
    }

    /// The only one of the people who bears the office that a label is: `Mayor:`.
    pub(super) fn of_office(&self, sentence: usize, naming: &Naming) -> Option<usize> {
        let own = &self.sentences[sentence];
        let is_office = |token: &Token| token.is(Traits::ROLE.or(Traits::TITLE));
        let mut label = own.tokens[naming.tokens.clone()].iter();
        let is_bare = label.all(|token| is_office(token) || token.is(Traits::DEFINITE));
        is_bare.then(|| self.people.only_holder(self.language, naming.key(&own.tokens)))?
    }

    /// The only one of the people who bears the surname that a label in capitals is: `LIMA:`, `MR. LIMA:`.
    pub(super) fn of_surname(&self, sentence: usize, naming: &Naming) -> Option<usize> {
        let tokens = &self.sentences[sentence].tokens;
        let name = &tokens[naming.head.clone()];
        match name {
            [only] if only.shape.is_all_capital => self.people.only_bearer(only.word),
            _ => None,
        }
    }

    /// Takes the labels that say whether somebody asks or answers, and not who, for nobody's: `Question:`.
    pub(super) fn drop_bare_labels(&self, quotes: &mut [Quote]) {
        for quote in quotes {
            let told = quote.attribution.as_ref();
            let told = told.filter(|told| LABELS.contains(&told.rule) && told.members.is_empty());
            // Other labels of the kind may pass for the fullest naming of one.
            let meant = told.and_then(|told| told.antecedent.or(told.mention.span()));
            if meant.is_some_and(|meant| self.is_bare_label(meant)) {
                quote.attribution = None;
            }
        }
    }

    /// Whether a label is no more than a noun for a question or an answer.
    fn is_bare_label(&self, label: Span) -> bool {
        let mut tokens = Vec::new();
        add_tokens(self.language, self.text, label.range(), &mut tokens);
        matches!(tokens.as_slice(), [only] if only.is(Traits::ASKER) && only.is(Traits::NOUN_CUE))
    }

    fn initials(&self) -> HashMap<String, Option<usize>> {
        let mut initials = HashMap::new();
        for person in 0..self.people.count() {
            let name = self.people.fullest(person).slice(self.text);
            let letters = name.split([' ', '-']).filter_map(|word| word.chars().next());
            let letters: String = letters.take(LETTERS.end + 1).collect();
            let only = initials.entry(letters).or_insert(Some(person));
            *only = only.filter(|only| *only == person);
        }
        for sentence in self.sentences {
            let bodies = sentence.namings.iter().filter(|it| it.kind == NamingKind::Body);
            for body in bodies {
                let is_label = sentence
                    .tokens
                    .get(body.tokens.end)
                    .is_some_and(|next| next.is_mark(':'));
                if let Some(letters) = span_of(self.text, sentence, &body.tokens).filter(|_| !is_label) {
                    initials.remove(letters.slice(self.text));
                }
            }
        }
        initials
    }
}
