//! Of the paragraph around a date the sentence that it stands in: what a line of a timeline shows, and what is compared.

use std::ops::Range;

use crate::model::event::{Line, LineKind};
use crate::model::span::Span;
use crate::text::sentences::sentence;

/// What a line says: the words, the headline, or of a paragraph the sentence that the day stands in.
pub fn told(line: &Line) -> &str {
    match line.kind {
        LineKind::Said | LineKind::Published | LineKind::Changed => &line.text,
        LineKind::Mentioned | LineKind::Deadline => sentence_of(line),
    }
}

/// The sentence of a paragraph that a date stands in.
pub(super) fn sentence_of(line: &Line) -> &str {
    &line.text[sentence_around(line)]
}

/// That sentence without the expression.
pub(super) fn undated(line: &Line) -> String {
    let sentence = sentence_around(line);
    match expression_in(line, &line.text) {
        Some(own) if sentence.start <= own.start && own.end <= sentence.end => {
            let (before, behind) = (sentence.start..own.start, own.end..sentence.end);
            format!("{}{}", &line.text[before], &line.text[behind])
        }
        _ => line.text[sentence].to_string(),
    }
}

/// Where the expression of a line stands in its paragraph: at the place that is known, else the first such words.
pub(super) fn expression_in(line: &Line, paragraph: &str) -> Option<Range<usize>> {
    let expression = line.expression.as_deref()?;
    let known = line.expression_at.filter(|at| {
        paragraph
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(expression))
    });
    let at = known.or_else(|| place_of(paragraph, expression))?;
    Some(at..at + expression.len())
}

fn sentence_around(line: &Line) -> Range<usize> {
    let text = line.text.as_str();
    let Some(own) = expression_in(line, text) else {
        return 0..text.len();
    };
    let Some(expression) = Span::of(text, own) else {
        return 0..text.len();
    };
    let span = sentence(text, expression);
    let told = span.slice(text);
    let begin = span.start() + (told.len() - told.trim_start().len());
    let told = told.trim();
    // A heading has no full stop; what the sentence quotes is shown with both its marks.
    let end = begin
        + told
            .strip_suffix('.')
            .filter(|_| span.end() < text.len())
            .unwrap_or(told)
            .len();
    begin..end
}

/// Where an expression stands in a text as words of its own: not `May` in `Mayor`.
pub(super) fn place_of(text: &str, expression: &str) -> Option<usize> {
    let is_apart = |at: &usize| {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let behind = &text[at + expression.len()..];
        !is_word(text[..*at].chars().next_back()) && !is_word(behind.chars().next())
    };
    let mut places = text.match_indices(expression).map(|(at, _)| at);
    places.find(is_apart).or_else(|| text.find(expression))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::export::tests::line;
    use super::*;

    pub(in crate::timeline) fn mention(text: &str, expression: &str) -> Line {
        Line {
            kind: LineKind::Mentioned,
            expression: Some(expression.into()),
            speaker: None,
            quote: None,
            ..line(text)
        }
    }

    #[test]
    fn a_sentence_has_the_marks_that_close_it_and_not_those_of_the_one_before() {
        let paragraph = "She said on Monday, and I quote, “There is no deal.” Two days later we learned of one. (Laughter.) \
                         Next week it ends. So be it.";
        for (expression, sentence) in [
            ("Monday", "She said on Monday, and I quote, “There is no deal.”"),
            ("Two days later", "Two days later we learned of one"),
            ("Next week", "Next week it ends"),
        ] {
            assert_eq!(told(&mention(paragraph, expression)), sentence);
        }
    }

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        let line = mention("It rained. We meet on Friday, all of us. Bye.", "Friday");
        assert_eq!(sentence_of(&line), "We meet on Friday, all of us");
        let line = mention("Mayor Lima toured the harbour. The ferry closes in May.", "May");
        assert_eq!(sentence_of(&line), "The ferry closes in May.");
        let line = mention(
            "It rained. On Feb. 3 Gov. Pine will sign the act. Then it rests.",
            "Feb. 3",
        );
        assert_eq!(sentence_of(&line), "On Feb. 3 Gov. Pine will sign the act");
    }

    #[test]
    fn a_repeated_expression_is_in_the_sentence_where_it_stands() {
        let mut line = mention("The ferry stops on Friday. The bus stops on Friday.", "Friday");
        assert_eq!(sentence_of(&line), "The ferry stops on Friday");
        line.expression_at = line.text.rfind("Friday");
        assert_eq!(sentence_of(&line), "The bus stops on Friday.");
        // A place that is another's is not believed.
        line.expression_at = Some(3);
        assert_eq!(sentence_of(&line), "The ferry stops on Friday");
    }
}
