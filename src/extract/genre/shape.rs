//! Texts that are known by how they are built: resolutions, letters, advisories and notices of rules.

use std::sync::LazyLock;

use super::Evidence;
use crate::extract::boilerplate::bare;
use crate::extract::letter;
use crate::model::document::{Block, Genre};

/// How the paragraph behind the reasons begins.
static ENACTING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("enacting.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Reasons that a resolution gives at least, and bytes of a paragraph in which it is seen how that begins.
const REASONS: usize = 2;
/// One of so many paragraphs is a reason at least.
const RESOLVING_SHARE: usize = 4;
const RESOLVING_BYTES: usize = 60;
/// Lines among which the first label of an advisory stands: a release may end with where and when.
const ADVISORY_HEAD: usize = 5;
/// Lines among which all of them stand.
const ADVISORY_LINES: usize = 8;
/// Lines among which a register says what is done.
const REGISTER_HEAD: usize = 8;
/// Characters at the beginning in which a form shows.
const BEGINNING: usize = 800;

static FORMS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lines = include_str!("forms.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let lists = lines.filter_map(|line| line.split_once(": "));
    lists
        .map(|(name, words)| (name, words.split("; ").collect()))
        .collect()
});

fn listed(name: &str) -> &'static [&'static str] {
    let list = FORMS.iter().find(|(list, _)| *list == name);
    list.map_or(&[], |(_, words)| words)
}

/// Whether a word is in the list of a name.
pub(super) fn is_listed(name: &str, word: &str) -> bool {
    listed(name).contains(&word)
}

/// Whether a text is of the form of the genre that its headline opens as: a letter greets or closes, a witness says "I", a readout
/// tells of a call or a meeting.
pub(super) fn has_form(genre: Genre, text: &str) -> bool {
    let beginning = &text[..text.floor_char_boundary(BEGINNING)];
    match genre {
        Genre::Letter => {
            let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            letter::greets(&lines) || letter::closes(&lines)
        }
        Genre::Testimony => says_i(beginning),
        Genre::Readout => bare(beginning).split(' ').any(|word| is_listed("talk", word)),
        _ => true,
    }
}

/// Whether somebody says "I" outside of quotation marks.
fn says_i(text: &str) -> bool {
    let mut is_quoted = false;
    let mut own = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '“' => is_quoted = true,
            '”' => is_quoted = false,
            '"' => is_quoted = !is_quoted,
            _ if !is_quoted => own.push(character),
            _ => {}
        }
    }
    own.split(|c: char| !c.is_alphanumeric()).any(|word| word == "I")
}

/// What an office's text is by its form, and what shows that.
pub(super) fn of_office(evidence: &Evidence<'_>) -> Option<(Genre, &'static str)> {
    let lines: Vec<&str> = evidence.text.lines().filter(|line| !line.is_empty()).collect();
    if letter::is_letter(&lines) {
        return Some((Genre::Letter, "it greets somebody and closes as letters do"));
    }
    if is_advisory(&lines) {
        return Some((Genre::Notice, "it says under labels what is held, when and where"));
    }
    gives_notice(&lines).then_some((Genre::Notice, "its line “action” gives notice"))
}

fn is_advisory(lines: &[&str]) -> bool {
    let stands = |name: &str| lines.iter().position(|line| is_listed(name, &label(line)));
    let (Some(what), Some(when), Some(place)) = (stands("what"), stands("when"), stands("where")) else {
        return false;
    };
    let (first, last) = (what.min(when).min(place), what.max(when).max(place));
    first < ADVISORY_HEAD && last - first <= ADVISORY_LINES
}

/// The words before a colon, or those of a line that is nothing but a word.
fn label(line: &str) -> String {
    let label = line.split_once(':').map_or(line, |(label, _)| label);
    match label.split_whitespace().nth(1) {
        None => bare(label),
        Some(_) => String::new(),
    }
}

/// Whether the head of a register's document says that it is a notice, or that a rule is proposed.
fn gives_notice(lines: &[&str]) -> bool {
    let mut actions = lines.iter().take(REGISTER_HEAD).enumerate();
    let action = actions.find(|(_, line)| is_listed("action", &label(line)));
    let said = action.and_then(|(at, line)| {
        let behind = line.split_once(':').map(|(_, behind)| behind.trim());
        behind
            .filter(|behind| !behind.is_empty())
            .or(lines.get(at + 1).copied())
    });
    let said = said.map(bare).unwrap_or_default();
    listed("notice").iter().any(|notice| {
        let rest = said.strip_prefix(notice);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// See [`super::opens_clause`].
pub(super) fn opens_clause(line: &str) -> bool {
    let first = line
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let is_capitals = first.chars().nth(1).is_some() && first.chars().all(char::is_uppercase);
    let begins = |clause: &str, words: &str| {
        let rest = words.strip_prefix(clause);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    is_capitals && {
        let words = bare(&line[..line.floor_char_boundary(RESOLVING_BYTES)]);
        begins("whereas", &words) || ENACTING.iter().any(|clause| begins(clause, &words))
    }
}

/// Whether a text is built as what a council resolves or a mayor orders: reasons that begin with "whereas", and behind them what
/// is resolved or ordered.
pub(super) fn is_resolution(evidence: &Evidence<'_>) -> bool {
    let begins = |block: &Block| {
        let words = evidence.text.get(block.span.range()).unwrap_or_default();
        let words = bare(
            words
                .get(..words.floor_char_boundary(RESOLVING_BYTES))
                .unwrap_or_default(),
        );
        let is_reason = words.starts_with("whereas ");
        let enacts = ENACTING.iter().any(|begin| {
            let rest = words.strip_prefix(begin);
            rest.is_some_and(|rest| rest.starts_with(' '))
        });
        (is_reason, enacts)
    };
    let begun: Vec<(bool, bool)> = evidence.blocks.iter().map(begins).collect();
    let Some(last_reason) = begun.iter().rposition(|(is_reason, _)| *is_reason) else {
        return false;
    };
    let reasons = begun.iter().filter(|(is_reason, _)| *is_reason).count();
    // A report may print some of them.
    reasons >= REASONS
        && reasons * RESOLVING_SHARE >= begun.len()
        && begun[last_reason..].iter().any(|(_, enacts)| *enacts)
}
