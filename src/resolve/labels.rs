//! Labels of transcripts: an office or a form of address and one name, in capitals ("CHAIR WREN", "DR. NAND").

use jiff::civil::Date;

use super::names::folded;
use super::printed::is_shouted;
use super::words::Words;
use crate::model::speaker::Speaker;

/// Who is named so.
#[derive(Debug)]
pub(super) struct Label<'t> {
    /// The words for the office; none where only a form of address stands there.
    office: Vec<String>,
    /// The name.
    pub(super) surname: String,
    /// The name with the title right before it, as they are printed.
    pub(super) naming: &'t str,
}

/// Letters that two words for an office begin with which are of one: `Chair` and `chairwoman`.
const ALIKE: usize = 5;

impl<'t> Label<'t> {
    /// The label, if the words are one.
    pub(super) fn of(language: &Words, printed: &'t str) -> Option<Self> {
        let printed = printed.trim_end_matches([':', ',', '.']);
        let (before, name) = printed.rsplit_once(' ')?;
        let title_start = before.trim_end().rfind(' ').map_or(0, |at| at + 1);
        let surname = folded(name).join("");
        let is_noun = language.is_title(&surname) && !language.is_trade(&surname)
            || language.may_be_of_body(&surname)
            || language.is_nobody(&surname)
            || language.is_owner(&surname);
        let is_name = is_shouted(name) && !name.contains(|letter: char| letter.is_ascii_digit()) && !is_noun;
        let titles = folded(before);
        let is_label = is_name
            && titles.last().is_some_and(|last| language.is_title(last))
            && before.split_whitespace().all(|word| {
                is_shouted(word) || language.is_title(&folded(word).join("")) || language.joins_names(word)
            });
        is_label.then(|| Self {
            office: titles
                .into_iter()
                .filter(|word| !language.is_courtesy(word) && !language.joins_names(word))
                .collect(),
            surname,
            naming: &printed[title_start..],
        })
    }

    /// The title right before the name.
    pub(super) fn title(&self) -> String {
        folded(self.naming.split_whitespace().next().unwrap_or_default()).join("")
    }

    /// Whether somebody holds the office of the label on a day: one whose words it has all.
    pub(super) fn fits(&self, speaker: &Speaker, day: Option<Date>) -> bool {
        let has_all = |title: &String| self.office.iter().all(|own| is_of_title(own, title));
        !self.office.is_empty() && held(speaker, day).any(has_all)
    }

    /// Whether somebody is known to hold other offices on that day: a sheriff of that name is not who has the chair. What is cut short
    /// ("SEN.") is compared with none.
    pub(super) fn is_of_another(&self, speaker: &Speaker, day: Option<Date>) -> bool {
        let mut titles = held(speaker, day).peekable();
        let is_cut = self
            .naming
            .split_whitespace()
            .next()
            .is_some_and(|title| title.ends_with('.'));
        if self.office.is_empty() || is_cut || titles.peek().is_none() {
            return false;
        }
        let shares = |title: &String| self.office.iter().any(|own| is_of_title(own, title));
        !titles.any(shares)
    }
}

/// The titles of the offices that somebody holds on a day.
fn held(speaker: &Speaker, day: Option<Date>) -> impl Iterator<Item = &String> {
    let offices = speaker.offices.iter();
    let held = offices.filter(move |office| day.is_none_or(|day| office.held_on(day)));
    held.flat_map(|office| std::iter::once(&office.title).chain(&office.aliases))
}

/// Whether a word of a label is one of a title, or begins like one.
fn is_of_title(own: &str, title: &str) -> bool {
    folded(title).iter().any(|word| is_alike(own, word))
}

/// Whether two words are of one office.
pub(super) fn is_alike(one: &str, other: &str) -> bool {
    let begin = |word: &str| word.chars().take(ALIKE).collect::<String>();
    one == other || one.chars().count() >= ALIKE && begin(one) == begin(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tongue::Tongue;

    #[test]
    fn an_office_and_one_name_in_capitals_are_a_label() {
        let label = |printed: &'static str| {
            let label = Label::of(Words::of(Tongue::English), printed)?;
            Some((label.office.join(" "), label.surname, label.naming))
        };
        for (printed, office, surname, naming) in [
            ("CHAIR WREN", "chair", "wren", "CHAIR WREN"),
            ("DR. NAND", "", "nand", "DR. NAND"),
            ("Vice Chair WREN:", "vice chair", "wren", "Chair WREN"),
            (
                "HOUSING COMMISSIONER DIALLO",
                "housing commissioner",
                "diallo",
                "COMMISSIONER DIALLO",
            ),
            (
                "COUNCIL MEMBER O’NEIL",
                "council member",
                "oneil",
                "MEMBER O’NEIL",
            ),
        ] {
            let expected = (office.to_owned(), surname.to_owned(), naming);
            assert_eq!(label(printed), Some(expected), "{printed}");
        }
        for printed in [
            "WREN",
            "Chair Wren",
            "TOBIAS WREN",
            "MADAM CHAIR",
            "POLICE CHIEF",
            "JUSTICE DEPARTMENT",
            "OFFICER 2",
            "MEMBER ONE",
            "the NYPD",
            "Port Director NOAA said",
            "STUDENT UNION",
        ] {
            assert_eq!(label(printed), None, "{printed}");
        }
    }
}
