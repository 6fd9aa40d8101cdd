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
/// The labels of an advisory, each in the languages that are read; some event, its time and its place make one.
const WHAT: [&str; 4] = ["what", "who", "qué", "quién"];
const WHEN: [&str; 2] = ["when", "cuándo"];
const WHERE: [&str; 2] = ["where", "dónde"];
/// Lines among which a register says what is done, and how that begins where nothing is ordered yet.
const REGISTER_HEAD: usize = 8;
const ACTION: &str = "action";
const NOTICES: [&str; 5] = [
    "notice",
    "advance notice",
    "proposed rule",
    "request for comment",
    "request for information",
];

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
    let stands = |labels: &[&str]| {
        lines
            .iter()
            .position(|line| labels.contains(&label(line).as_str()))
    };
    let (Some(what), Some(when), Some(place)) = (stands(&WHAT), stands(&WHEN), stands(&WHERE)) else {
        return false;
    };
    what.min(when).min(place) < ADVISORY_HEAD
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
    let action = actions.find(|(_, line)| label(line) == ACTION);
    let said = action.and_then(|(at, line)| {
        let behind = line.split_once(':').map(|(_, behind)| behind.trim());
        behind
            .filter(|behind| !behind.is_empty())
            .or(lines.get(at + 1).copied())
    });
    let said = said.map(bare).unwrap_or_default();
    NOTICES.iter().any(|notice| {
        let rest = said.strip_prefix(notice);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
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
