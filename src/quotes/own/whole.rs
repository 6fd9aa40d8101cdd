//! A statement that an office prints wholly in marks under the headline that says whose it is.

use super::Office;
use super::headline;
use super::{OWN, Paper};
use crate::model::quote::{Attribution, Mention, Quote};

/// Gives the words in marks that a text begins with, and those that follow in paragraphs of their own, to whom the headline names, where nobody
/// is told to say them: `Statement from Mayor Ana Lima` over `“Today is a good day.”`
pub(in crate::quotes) fn give_whole(office: &Office<'_>, paper: Paper<'_>, quotes: &mut [Quote]) {
    let authors = headline::authors(paper.headline, office.tongue);
    let Some(first) = office.first_sentence().filter(|_| !authors.is_empty()) else {
        return;
    };
    let quoted = office.blocks[first..].iter();
    let end = first + quoted.take_while(|block| office.begins_with_mark(block)).count();
    let names: Vec<String> = authors.into_iter().map(|author| author.name).collect();
    for quote in quotes.iter_mut().filter(|quote| quote.attribution.is_none()) {
        let Some(hull) = quote.hull() else { continue };
        let at = office
            .blocks
            .partition_point(|block| block.span.end() <= hull.start());
        if (first..end).contains(&at) {
            quote.attribution = Some(Attribution {
                cue: None,
                stance: None,
                mention: Mention::Headline(names.clone()),
                antecedent: None,
                members: Vec::new(),
                rule: "headline",
                confidence: OWN,
            });
        }
    }
}
