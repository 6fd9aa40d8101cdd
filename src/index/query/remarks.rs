//! What people are told of what they typed: what was taken otherwise than it was written, and what was perhaps meant.

use super::expr::Expr;
use super::fields::{AnyField, ELSEWHERE, FIELDS, NameField};
use crate::resolve::is_definite_anywhere;

pub(super) const BAR: &str = "`|` was taken for OR";
pub(super) const MARK_LEFT_OPEN: &str = "a quotation mark is not closed; the phrase was taken to the end";
pub(super) const OPEN_PARENTHESIS: &str = "a parenthesis is not closed; it was taken to the end";
pub(super) const CLOSING_PARENTHESIS: &str = "a parenthesis that closes nothing was passed over";
pub(super) const NOTHING: &str = "there is nothing in it that could be searched for, so this is everything";
pub(super) const LONE_AND: &str = "`AND` with nothing after it was passed over";
pub(super) const LONE_OR: &str = "`OR` with nothing beside it was passed over";
pub(super) const LONE_NOT: &str = "`NOT` with nothing after it was passed over";
pub(super) const LONE_NEAR: &str = "`NEAR` stands between two words or phrases; it was passed over";
pub(super) const NEAR_A_BEGINNING: &str = "beside `NEAR` words stand whole: the `*` was passed over";
pub(super) const PAST_LEFT_OUT: &str = "`asof:` says when to look and cannot be left out; it was passed over";
pub(super) const REMOVAL: &str =
    "what an edit took out or replaced stands in earlier wordings, so `asof:ever` was asked for as well";
pub(super) const NO_IDS: &str =
    "only `speaker:`, `of:` and `source:` take an id behind `=`; it was taken for a name";
const STAR_ELSEWHERE: &str =
    "`*` stands for what follows two letters or more (`ferr*`) and nowhere else; it was passed over";
const QUESTION_MARK: &str = "`?` stands for no letter here; it parts words";

/// Names of languages that people type, and their codes.
const LANGUAGES: [(&str, &str); 8] = [
    ("english", "en"),
    ("spanish", "es"),
    ("español", "es"),
    ("french", "fr"),
    ("chinese", "zh"),
    ("russian", "ru"),
    ("german", "de"),
    ("portuguese", "pt"),
];

/// Of a field that there is not, with the value that was typed for it.
pub(super) fn no_field(name: &str, value: Option<String>) -> String {
    let folded = name.to_lowercase();
    let names = FIELDS.iter().flat_map(|help| help.names).copied();
    let elsewhere = ELSEWHERE.iter().find(|(other, ..)| *other == folded);
    let instead = match (elsewhere, nearest(name, names)) {
        (Some((_, here, example)), _) => {
            let value = value.unwrap_or_else(|| (*example).to_owned());
            format!("; here that is {}", here.replace("{}", &value))
        }
        (None, Some(known)) => format!("; did you mean `{known}:`?"),
        (None, None) => String::new(),
    };
    format!("there is no field `{name}:`, so its words were searched for{instead}")
}

/// Of a field of other search boxes, by what it was taken for.
pub(super) fn taken_for(name: &str, taken: &Expr) -> String {
    format!("`{name}:` was taken for `{taken}`")
}

/// Of a field that nothing follows.
pub(super) fn no_value(field: AnyField) -> String {
    let name = field.name();
    format!("`{name}:` has no value that could be searched for and was passed over")
}

/// Of `speaker: lima`, and of a `speaker:` that nothing follows.
pub(super) fn field_apart(word: &str) -> Option<String> {
    let name = word
        .strip_suffix(':')
        .filter(|name| AnyField::of(name).is_some())?;
    Some(format!(
        "`{name}:` names a field only where its value follows without a space; it was searched for as a word"
    ))
}

/// Of `speaker:Ana Lima`, where the field takes the first word only.
pub(super) fn name_cut_short(field: AnyField, first: &str, next: &str) -> Option<String> {
    // Capitals alone are an abbreviation of its own: `speaker:Mamdani ICE`.
    let is_capital = |text: &str| text.starts_with(char::is_uppercase) && text.contains(char::is_lowercase);
    let name = field.name();
    (is_capital(first) && is_capital(next)).then(|| {
        format!(
            "`{name}:` takes one word, and the next was searched for in the text; a name of both is \
             `{name}:\"{first} {next}\"`"
        )
    })
}

/// Whether a word is an article, which names nobody alone.
pub(super) fn is_article(word: &str) -> bool {
    is_definite_anywhere(&word.to_lowercase())
}

/// Of an article with the word behind it.
pub(super) fn taken_together(field: AnyField, name: &str) -> String {
    let field = field.name();
    format!("`{field}:{name}` was taken for `{field}:\"{name}\"`")
}

/// Of a language that is asked for by its name.
pub(super) fn language_by_name(value: &str) -> Option<String> {
    let folded = value.trim().to_lowercase();
    let (_, code) = LANGUAGES.iter().find(|(name, _)| *name == folded)?;
    Some(format!("languages are asked for by their codes: `lang:{code}`"))
}

/// What people call values of fields that have other names here.
const VALUES: &[(NameField, &str, &str)] = &[
    (NameField::Has, "edit", "change"),
    (NameField::Has, "edited", "change"),
    (NameField::Has, "changed", "change"),
    (NameField::Has, "changes", "change"),
    (NameField::Has, "removed", "removal"),
    (NameField::Has, "deleted", "removal"),
    (NameField::Has, "added", "addition"),
    (NameField::Has, "insertion", "addition"),
    (NameField::Has, "gone", "absent"),
    (NameField::Has, "vanished", "absent"),
    (NameField::Has, "missing", "absent"),
    (NameField::Has, "taken_down", "absent"),
    (NameField::Has, "corrected", "correction"),
    (NameField::Has, "due", "deadline"),
    (NameField::Genre, "editorial", "opinion"),
    (NameField::Genre, "op_ed", "opinion"),
    (NameField::Genre, "release", "press_release"),
    (NameField::Genre, "factsheet", "fact_sheet"),
    (NameField::Genre, "advisory", "notice"),
    (NameField::Genre, "media_advisory", "notice"),
    (NameField::Genre, "public_notice", "notice"),
    (NameField::Genre, "proclamation", "order"),
    (NameField::Genre, "resolution", "order"),
];

/// The value that is meant by another name of it.
pub(super) fn value_meant(field: NameField, value: &str) -> Option<&'static str> {
    let meant = VALUES.iter().find(|(of, name, _)| *of == field && *name == value);
    meant.map(|(.., value)| *value)
}

/// Of a word in which a star stands where it means nothing.
pub(super) fn star_elsewhere(word: &str) -> Option<String> {
    let is_star = word.contains(['*', '?']) && word.trim_end_matches('?').contains(['*', '?']);
    let told = if word.contains('*') {
        STAR_ELSEWHERE
    } else {
        QUESTION_MARK
    };
    is_star.then(|| told.to_owned())
}

/// Of a word that was typed as a comparison: `said>=2026-02`.
pub(super) fn comparison(word: &str) -> Option<String> {
    let (name, _) = word.split_once(['<', '>'])?;
    let value = &word[name.len()..];
    AnyField::of(name)?;
    Some(format!(
        "`{word}` was taken for words; a field has a colon: `{name}:{value}`"
    ))
}

/// The name that was perhaps meant.
pub(super) fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let measured = known.map(|name| (strsim::damerau_levenshtein(name, &typed), name));
    let near = measured
        .min()
        .filter(|(distance, name)| *distance <= 2 && *distance < name.len());
    near.map(|(_, name)| name)
}
