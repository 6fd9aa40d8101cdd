//! The paragraphs by which an outlet itself corrects what it printed ("Correction: …", "An earlier version of this article
//! misquoted …"): they tell an honest correction from a silent edit, and what they repeat was retracted and is nobody's words.

mod concerning;

use std::sync::LazyLock;

use super::wording::Wording;
use crate::model::document::Block;
use crate::model::span::Span;

pub use concerning::may_concern;

/// How such paragraphs begin.
const OPENINGS: &str = include_str!("corrections/openings.txt");
/// Words of any kind that three dots in an opening stand for, at most.
const BETWEEN: usize = 4;
/// Words by which nearly every paragraph is seen to be none.
const FIRST_WORDS: usize = 2;
/// Words of a paragraph that are looked at.
const MOST_WORDS: usize = 120;
/// Characters behind a label within which a date and its colon stand ("Correction, Nov. 25:").
const DATED: usize = 30;

/// The paragraphs of a text that are corrections of its outlet. Of a label that is a paragraph of its own the next one is the
/// correction.
pub fn corrections(text: &str, blocks: &[Block]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut is_announced = false;
    for block in blocks {
        let told = told(block.span.slice(text));
        if told.is_some() || is_announced {
            found.push(block.span);
        }
        is_announced = told == Some(Told::Label);
    }
    found
}

/// Whether a paragraph is such a one, or the label of one.
pub fn is_correction(paragraph: &str) -> bool {
    told(paragraph).is_some()
}

/// Whether a paragraph is nothing but the label of the correction behind it.
pub fn is_label_alone(paragraph: &str) -> bool {
    told(paragraph) == Some(Told::Label)
}

/// What shows that a paragraph is a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// It says so.
    Whole,
    /// It is a label and nothing else.
    Label,
}

fn told(paragraph: &str) -> Option<Told> {
    let forms = &*FORMS;
    // Hardly any paragraph begins like one, so that the others are not cut into words.
    let first = Wording::of_first(paragraph, FIRST_WORDS);
    if !forms.all().any(|form| may_fit(form, first.words())) {
        return None;
    }
    let wording = Wording::of_first(paragraph, MOST_WORDS);
    let words = wording.words();
    if longest(&forms.headings, words) == Some(words.len()) && paragraph.trim_end().ends_with(':') {
        return Some(Told::Label);
    }
    let is_labelled =
        |count: usize| words.len() > count && label_end(&paragraph[wording.place(count - 1).end..]).is_some();
    if longest(&forms.labels, words).is_some_and(is_labelled) {
        return Some(Told::Whole);
    }
    let opens = |words: &[String]| forms.openings.iter().any(|form| length(form, words).is_some());
    let is_note = |count: usize| is_labelled(count) && opens(&words[count..]);
    (opens(words) || longest(&forms.notes, words).is_some_and(is_note)).then_some(Told::Whole)
}

/// What a correction says behind its label, where it has one.
fn behind_label(paragraph: &str) -> &str {
    let wording = Wording::of_first(paragraph, MOST_WORDS);
    let forms = [&FORMS.headings, &FORMS.labels, &FORMS.notes].into_iter();
    let ends = forms.filter_map(|forms| {
        let count = longest(forms, wording.words()).filter(|count| *count > 0)?;
        let words = wording.place(count - 1).end;
        Some(words + label_end(&paragraph[words..])?)
    });
    ends.max().map_or(paragraph, |end| &paragraph[end..])
}

/// Where the label ends that what stands behind some words makes of them: behind a colon, or a date and a colon.
fn label_end(behind: &str) -> Option<usize> {
    let trimmed = behind.trim_start();
    let begin = behind.len() - trimmed.len();
    if !trimmed.starts_with([',', '(']) {
        return trimmed.starts_with(':').then_some(begin + 1);
    }
    let mut near = trimmed.char_indices().take(DATED);
    let colon = near.find(|(_, letter)| *letter == ':').map(|(at, _)| at)?;
    let is_dated = trimmed[..colon].contains(|letter: char| letter.is_ascii_digit());
    is_dated.then_some(begin + colon + 1)
}

/// A form of words: each either one of several words or a gap.
type Form = Vec<Step>;

enum Step {
    Any(Vec<&'static str>),
    Gap,
}

struct Forms {
    headings: Vec<Form>,
    labels: Vec<Form>,
    notes: Vec<Form>,
    openings: Vec<Form>,
}

impl Forms {
    fn all(&self) -> impl Iterator<Item = &Form> {
        let Self {
            headings,
            labels,
            notes,
            openings,
        } = self;
        [headings, labels, notes, openings].into_iter().flatten()
    }
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms {
    headings: forms("[headings]"),
    labels: forms("[labels]"),
    notes: forms("[notes]"),
    openings: forms("[openings]"),
});

/// The lines under a heading of the file.
fn lines(heading: &str) -> impl Iterator<Item = &'static str> {
    let all = OPENINGS.lines().map(str::trim);
    let under = all.skip_while(move |line| *line != heading).skip(1);
    under
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn forms(heading: &str) -> Vec<Form> {
    let step = |step: &'static str| match step.strip_prefix('@') {
        Some(name) => Step::Any(named(name)),
        None if step == "..." => Step::Gap,
        None => Step::Any(step.split('|').collect()),
    };
    let form = |line: &'static str| line.split_whitespace().map(step).collect();
    lines(heading).map(form).collect()
}

/// The words of a name.
fn named(name: &str) -> Vec<&'static str> {
    let named = lines("[names]").filter_map(|line| line.split_once(" = "));
    let words = named.filter(|(known, _)| *known == name);
    words.flat_map(|(_, words)| words.split('|')).collect()
}

/// The most words that one of some forms takes at the beginning.
fn longest(forms: &[Form], words: &[String]) -> Option<usize> {
    forms.iter().filter_map(|form| length(form, words)).max()
}

/// Whether a form may fit a paragraph that begins with some words.
fn may_fit(form: &[Step], words: &[String]) -> bool {
    let mut steps = form.iter().zip(words);
    let other = steps.find_map(|(step, word)| match step {
        Step::Any(any) if any.contains(&word.as_str()) => None,
        Step::Any(_) => Some(false),
        // From there on anything may follow.
        Step::Gap => Some(true),
    });
    other.unwrap_or(true)
}

/// How many words a form takes at the beginning, if it fits.
fn length(form: &[Step], words: &[String]) -> Option<usize> {
    let Some((step, rest)) = form.split_first() else {
        return Some(0);
    };
    match step {
        Step::Any(any) => {
            let first = words.first().filter(|word| any.contains(&word.as_str()));
            first
                .and_then(|_| length(rest, &words[1..]))
                .map(|count| count + 1)
        }
        Step::Gap => (0..=BETWEEN.min(words.len()))
            .find_map(|skipped| Some(skipped + length(rest, &words[skipped..])?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::BlockKind;

    #[track_caller]
    fn check(paragraphs: &[&str], corrections_at: &[usize]) {
        let text = paragraphs.join("\n\n");
        let mut start = 0;
        let blocks: Vec<Block> = paragraphs
            .iter()
            .map(|paragraph| {
                let span = Span::of(&text, start..start + paragraph.len()).expect("a paragraph");
                start += paragraph.len() + 2;
                Block {
                    kind: BlockKind::Paragraph,
                    span,
                    path: String::new(),
                }
            })
            .collect();
        let at = |span: Span| blocks.iter().position(|block| block.span == span);
        let found: Vec<usize> = corrections(&text, &blocks).into_iter().filter_map(at).collect();
        assert_eq!(found, corrections_at, "{paragraphs:?}");
    }

    #[test]
    fn an_outlet_that_corrects_itself_says_so_at_the_beginning_of_a_paragraph() {
        for paragraph in [
            "Correction: The mayor of Alder Bay said “I agree,” not “I don’t agree.”",
            "Correction, Nov. 25, 2026: The vote was on Monday.",
            "Corrections & Clarifications: The vote was on Monday.",
            "Clarification: The bridge belongs to the county.",
            "This story was corrected on Nov. 25 to say that Mr. Ruhn supports the plan.",
            "(This Nov. 25 story has been corrected to fix the name in paragraph 2.)",
            "*This article has since been amended: the ferry is 40 years old.",
            "This post has been updated to correct the spelling of Ms. Olm’s name.",
            "An earlier version of this article misquoted the mayor.",
            "Due to an editing error, an earlier version of this article gave the wrong day.",
            "Correction (Nov. 25): Ms. Olm is the clerk.",
            "A previous version of this story gave the wrong day.",
            "Editor’s note: An earlier version of this story gave the wrong day.",
            "Editors’ Note: This story incorrectly said that the pier is shut.",
            "Update: This story has been corrected; the pier is open.",
            "Fe de errores: La alcaldesa dijo «sí», no «no».",
            "Corrección: el pleno fue el lunes.",
            "Una versión anterior de esta noticia citaba mal a la alcaldesa.",
            "Esta información ha sido corregida: el pleno fue el lunes.",
        ] {
            check(&["The pier is open.", paragraph], &[1]);
        }
    }

    #[test]
    fn a_label_of_its_own_announces_the_next_paragraph() {
        check(
            &[
                "The pier is open.",
                "Correction:",
                "The vote was on Monday.",
                "More tomorrow.",
            ],
            &[1, 2],
        );
        // Above an article it says only that one stands below; in a list it is where prisons are.
        check(&["Correction appended.", "The pier is open."], &[0]);
        check(&["Corrections", "Housing"], &[]);
        check(&["Clarification", "“We own the pier,” the county said."], &[]);
    }

    #[test]
    fn other_paragraphs_are_none() {
        for paragraph in [
            "Corrections officers said “we are tired” on Monday.",
            "Correction officials, who asked for 12 beds: none came.",
            "Editor’s note: This is the second of three stories about the pier.",
            "Update: The mayor said that she was wrongly accused.",
            "This story begins on a Monday, when the books of the port were corrected.",
            "This version of the bill was amended by the council.",
            "An earlier version of this bill, which would shut the pier, failed in May.",
            "This report, which the council amended in May, says that the pier is safe.",
            "“This article is wrong,” the mayor said.",
            // What is the news, and not of this page.
            "Due to a reporting error, the state undercounted its wells. “It is absurd,” Governor Lima said.",
            "An earlier version of the report called the dam sound; “that was untrue,” Ms. Olm said.",
            "An earlier version of this report, “a whitewash” to Ms. Olm, called the dam sound.",
            "The original version of the story that she told was another one.",
            "This week the post was revised to fix the wages of the clerk.",
            "Update: Ms. Olm said that the council had incorrectly counted the wells.",
            "Correction — a word that “nobody here likes,” Ms. Olm said — was in every mouth.",
            "Note: prices may change.",
            "Clarifying her words, the mayor said that she agrees.",
            "Aclaración tras aclaración, el alcalde no dijo nada.",
        ] {
            check(&["The pier is open.", paragraph], &[]);
        }
    }
}
