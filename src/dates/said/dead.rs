//! Who is told to have died: the dead say nothing on the day of the report.

use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::lists::List;

/// Given name and surname of those that a text tells the death of.
pub(super) fn dead(text: &str) -> HashSet<(&str, &str)> {
    // A dozen times through the text: at the speed of a search that is made once and for all, it is hardly told.
    static VERBS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
        let behind_name = |died: &str| Finder::new(&format!(" {died}")).into_owned();
        List::Died.all().map(behind_name).collect()
    });
    let found = VERBS.iter().flat_map(|verb| {
        let ends = verb
            .find_iter(text.as_bytes())
            .map(|at| (at, at + verb.needle().len()));
        ends.filter(|(_, end)| !text[*end..].starts_with(char::is_alphanumeric))
    });
    found
        .filter_map(|(at, _)| last_two(named_before(text, at)?))
        .collect()
}

/// Whether a naming in full is that of one of the dead: "Mayor Ida Voss", where "Ida Voss died". A surname alone may be a
/// son's.
pub(super) fn is_among(dead: &HashSet<(&str, &str)>, naming: &str) -> bool {
    !dead.is_empty() && last_two(naming).is_some_and(|name| dead.contains(&name))
}

/// Whether somebody is called dead where they are named: "the late Mayor Ida Voss".
pub(super) fn is_late(naming: &str) -> bool {
    let mut words = naming.split_whitespace();
    words.any(|word| List::Late.has(word))
}

/// How far before the verb a name is looked for, in bytes.
const REACH: usize = 240;

/// What may stand in commas between a name and the verb, at most: "Ida Voss, 82, who led the county, died".
const ASIDES: usize = 3;

/// The name right before a place in its sentence, or before what is said in commas of who bears it.
fn named_before(text: &str, at: usize) -> Option<&str> {
    let low = text.floor_char_boundary(at.saturating_sub(REACH));
    let mut before = text[low..at]
        .rsplit(['\n', ';', '“', '”', '"', '?', '!'])
        .next()?;
    // "Voss, who died in May".
    if let Some((name, who)) = before.rsplit_once(' ')
        && List::Who.has(who)
    {
        before = name;
    }
    for _ in 0..ASIDES {
        let Some(rest) = before.trim_end().strip_suffix(',') else {
            break;
        };
        if capitals_at_end(rest).split_whitespace().count() > 1 {
            before = rest;
            break;
        }
        let (head, aside) = rest.rsplit_once(',')?;
        // "Lima, whose father died": of somebody else.
        if aside.contains(" whose ") {
            return None;
        }
        before = &rest[..head.len() + 1];
    }
    let name = capitals_at_end(before.trim_end_matches([',', ' ']));
    // "The mother of Ana Lima died", "a man shot by Lima died": only who is the subject.
    let lead = before[..before.rfind(name)?].split_whitespace().next_back();
    let opens =
        lead.is_none_or(|word| List::BeforeDied.has(&word.to_lowercase()) || word.ends_with(['.', ':']));
    let is_plain = !name
        .split(' ')
        .any(|word| word.ends_with("’s") || word.ends_with("'s"));
    let is_supposed = name
        .split(' ')
        .next()
        .is_some_and(|word| List::Supposed.has(word));
    (opens && is_plain && !is_supposed && !name.is_empty()).then_some(name)
}

/// The words with capitals that a text ends with.
fn capitals_at_end(text: &str) -> &str {
    let mut start = text.len();
    while let Some(word) = text[..start]
        .trim_end()
        .rsplit(' ')
        .next()
        .filter(|word| word.starts_with(char::is_uppercase))
    {
        start = text[..start].trim_end().len() - word.len();
    }
    &text[start..]
}

/// The given name and the surname that a naming ends with; shortened words are titles and initials.
fn last_two(naming: &str) -> Option<(&str, &str)> {
    let mut words = naming
        .split_whitespace()
        .rev()
        .filter(|word| !word.ends_with('.') && word.starts_with(char::is_uppercase));
    let surname = words.next()?;
    Some((words.next()?, surname))
}
