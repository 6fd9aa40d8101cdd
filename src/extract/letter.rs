//! Knows a letter by its form: the head of its paper, who is greeted on a line of its own, and how it ends.

use std::sync::LazyLock;

use super::boilerplate::bare;
use super::tree::letters;

/// Characters of the line that greets.
const GREETING_CHARS: usize = 160;
/// Lines at the beginning among which it stands, behind the head of the paper, the day, the address and what it is about.
const HEAD_LINES: usize = 20;
/// Words of the name behind a closing.
const NAME_WORDS: usize = 5;
/// Words of a sentence: the lines over a greeting are none.
const SENTENCE_WORDS: usize = 9;
/// Letters of a line that is of the text.
const TEXT_LETTERS: usize = 40;

/// How the lines begin that name an office over a document.
const LETTERHEADS: &str = include_str!("letter/letterheads.txt");

struct Forms {
    greetings: Vec<&'static str>,
    closings: Vec<&'static str>,
    subjects: Vec<&'static str>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let listed = |name: &str| -> Vec<&'static str> {
        let lines = include_str!("letter/forms.txt").lines();
        let lists = lines.filter_map(|line| line.split_once(": "));
        let of_name = lists.filter(|(list, _)| *list == name);
        of_name.flat_map(|(_, forms)| forms.split("; ")).collect()
    };
    Forms {
        greetings: listed("greeting"),
        closings: listed("closing"),
        subjects: listed("subject"),
    }
});

/// Whether a line over a document names the office and not the document.
pub(super) fn is_letterhead(line: &str) -> bool {
    let words = line.to_lowercase();
    LETTERHEADS
        .lines()
        .filter(|head| !head.starts_with('#'))
        .any(|head| words.starts_with(head))
}

/// Whether a line greets whom a letter is written to: "Dear Secretary Diaz:".
pub(super) fn is_greeting(line: &str) -> bool {
    let begins = |greeting: &str| {
        let start = line.get(..greeting.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(greeting))
    };
    line.ends_with([':', ',', '.', '—', '–', '-'])
        && line.chars().count() <= GREETING_CHARS
        && FORMS.greetings.iter().any(|greeting| begins(greeting))
}

/// Whether a line stands before the name of who signs: "Very truly yours,".
fn is_closing(line: &str) -> bool {
    // The name may follow on the same line.
    let (form, name) = line.split_once(',').unwrap_or((line, ""));
    !line.ends_with('.')
        && name.split_whitespace().count() <= NAME_WORDS
        && FORMS.closings.contains(&bare(form).as_str())
}

/// Whether somebody is greeted near the beginning.
pub(super) fn greets(lines: &[&str]) -> bool {
    lines.iter().take(HEAD_LINES).any(|line| is_greeting(line))
}

/// Whether a line closes a letter.
pub(super) fn closes(lines: &[&str]) -> bool {
    lines.iter().any(|line| is_closing(line))
}

/// Whether lines are those of a letter: nothing but its head stands before the greeting, and it ends as letters do. What tells
/// of a letter and prints it begins with a sentence.
pub(super) fn is_letter(lines: &[&str]) -> bool {
    let Some(greeting) = lines.iter().take(HEAD_LINES).position(|line| is_greeting(line)) else {
        return false;
    };
    let (head, rest) = (&lines[..greeting], &lines[greeting + 1..]);
    let Some(closing) = rest.iter().rposition(|line| is_closing(line)) else {
        return false;
    };
    !head.iter().any(|line| is_sentence(line))
        && rest[..closing].iter().any(|line| letters(line) >= TEXT_LETTERS)
}

/// What a letter is about, by the line over its greeting that says so: "Re: Pier 4".
pub(super) fn subject<'t>(head: &[&'t str]) -> Option<&'t str> {
    let parted = head.iter().filter_map(|line| line.split_once(':'));
    let mut named = parted.filter(|(label, _)| FORMS.subjects.contains(&bare(label).as_str()));
    named.find_map(|(_, words)| Some(words.trim()).filter(|words| !words.is_empty()))
}

fn is_sentence(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let is_subject = || subject(&[line]).is_some();
    words >= SENTENCE_WORDS && line.ends_with(['.', ':', '!', '?', '”', '"', ',']) && !is_subject()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAYS: &str = "I write to ask for the records of Pier 4, which your office has held since the storm of last winter.";

    #[track_caller]
    fn check(text: &str, is_one: bool) {
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(is_letter(&lines), is_one, "{text}");
    }

    #[test]
    fn a_letter_greets_and_closes() {
        let head = "Office of the Mayor\n1 Pier St.\nNovember 9, 2026\nThe Honorable Ana Diaz\nVIA EMAIL\n\
             Re: Records of the harbor board on the state of Pier 4, its piles and its boats.";
        check(
            &format!("{head}\nDear Secretary Diaz:\n{SAYS}\nSincerely,\nNed Holm\nMayor\ncc: the board"),
            true,
        );
        check(&format!("Dear Mr. Diaz—\n{SAYS}\nSincerely, Ned Holm"), true);
        check(
            &format!("Ladies and Gentlemen:\n{SAYS}\nYours truly,\nNed Holm"),
            true,
        );
        check(
            &format!("Dear neighbors,\n{SAYS}\nVery truly yours,\nNed Holm"),
            true,
        );
        check(
            &format!("Estimada señora Diaz:\n{SAYS}\nAtentamente,\nNed Holm"),
            true,
        );
        check(
            &format!("To whom it may concern:\n{SAYS}\nRESPECTFULLY,\nNed Holm"),
            true,
        );
    }

    #[test]
    fn an_office_is_named_over_its_documents() {
        for line in [
            "CITY OF PORT LIMA",
            "The White House",
            "Seal of the City of Port Lima",
            "City Council of Millport",
        ] {
            assert!(is_letterhead(line), "{line}");
        }
        for line in [
            "Open Piers",
            "Sealing the piers",
            "City Council Votes on Pier 4",
            "Great Sealings",
        ] {
            assert!(!is_letterhead(line), "{line}");
        }
    }

    #[test]
    fn a_letter_says_what_it_is_about() {
        let head = [
            "November 9, 2026",
            "VIA: mail",
            "RE:",
            "Re: The state of Pier 4: a request",
        ];
        assert_eq!(subject(&head), Some("The state of Pier 4: a request"));
        assert_eq!(subject(&["Residents: see below"]), None);
    }

    #[test]
    fn what_tells_of_a_letter_is_none() {
        let letter = format!("Dear Secretary Diaz:\n{SAYS}\nSincerely,\nNed Holm");
        for text in [
            format!("Mayor Ned Holm today sent this letter to Secretary Ana Diaz on Pier 4:\n{letter}"),
            format!(
                "MILLPORT — Mayor Ned Holm asked on Friday for the records of the pier.\nThe letter:\n{letter}"
            ),
            format!("Dear Secretary Diaz:\n{SAYS}\nShe did not answer."),
            format!("{SAYS}\nSincerely,\nNed Holm"),
            format!("Dear old Pier 4 is closed for good, the board said.\n{SAYS}\n{SAYS}"),
            "Dear Secretary Diaz:\nSincerely,\nNed Holm".to_owned(),
            format!("Dear Secretary Diaz:\n{SAYS}\nSincerely held views were heard."),
        ] {
            check(&text, false);
        }
    }
}
