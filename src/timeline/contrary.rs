//! What keeps two texts apart that otherwise read alike: one says no where the other does not, or they name another
//! number, name or day.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use crate::text::wording::{Change, Piece, Wording, reworded};

const WORDS_FILE: &str = include_str!("contrary_words.txt");

/// Words that say no, and words for numbers with the digits.
static WORDS: LazyLock<(HashSet<&str>, HashMap<&str, &str>)> = LazyLock::new(|| {
    let (mut negations, mut numbers) = (HashSet::new(), HashMap::new());
    for line in WORDS_FILE.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace().peekable();
        let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        match words.next_if(is_number) {
            Some(number) => numbers.extend(words.map(|word| (word, number))),
            None => negations.extend(words),
        }
    }
    (negations, numbers)
});

/// Words of a stretch that can be laid beside another: more are told in other words altogether …
const MOST_WORDS: usize = 6;
/// … and where one side has so many more, the other left something out.
const MORE_WORDS: usize = 3;

/// Whether two texts say different things where they differ. `with_names` says whether a capital makes a name, which it
/// does not in headlines.
///
/// What only one of them has before or behind all that they share is context that the other left out, and says nothing.
pub(super) fn contradict(one: &str, other: &str, with_names: bool) -> bool {
    let pieces = reworded(one, other);
    let is_kept = |piece: &Piece| piece.change == Change::Kept;
    let (Some(first), Some(last)) = (pieces.iter().position(is_kept), pieces.iter().rposition(is_kept))
    else {
        return false;
    };
    let mut before = "";
    let mut rest = &pieces[first..=last];
    while let Some((piece, behind)) = rest.split_first() {
        if is_kept(piece) {
            before = &piece.text;
            rest = behind;
            continue;
        }
        let length = rest.iter().take_while(|piece| !is_kept(piece)).count();
        let (changed, behind) = rest.split_at(length);
        let next = behind.first().map_or("", |piece| piece.text.as_str());
        let of = |change: Change| {
            let own = changed.iter().filter(|piece| piece.change == change);
            Side::of(&own.map(|piece| piece.text.as_str()).collect::<String>())
        };
        let (gone, come) = (of(Change::Removed), of(Change::Added));
        // Where the words beside it are a name as well, it is only told more or less fully.
        let is_inside_a_name = ends_with_a_name(before) || begins_with_a_name(next);
        if gone.contradicts(&come, with_names && !is_inside_a_name) {
            return true;
        }
        rest = behind;
    }
    false
}

/// What of the words on one side tells.
struct Side {
    words: usize,
    says_no: bool,
    numbers: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Side {
    fn of(text: &str) -> Self {
        let (negations, numbers) = &*WORDS;
        let words = Wording::of(text);
        let words = words.words();
        let number = |word: &String| match numbers.get(word.as_str()) {
            Some(digits) => Some((*digits).to_string()),
            None => word
                .starts_with(|c: char| c.is_ascii_digit())
                .then(|| word.clone()),
        };
        Self {
            words: words.len(),
            says_no: words.iter().any(|word| negations.contains(word.as_str())),
            numbers: words.iter().filter_map(number).collect(),
            names: text
                .split_whitespace()
                .filter(|word| is_name(word))
                .flat_map(|word| Wording::of(word).words().to_vec())
                .collect(),
        }
    }

    fn contradicts(&self, other: &Side, with_names: bool) -> bool {
        if self.words.max(other.words) > MOST_WORDS || self.words.abs_diff(other.words) > MORE_WORDS {
            return false;
        }
        let differ = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
        };
        self.says_no != other.says_no
            || differ(&self.numbers, &other.numbers)
            || with_names && differ(&self.names, &other.names)
    }
}

/// Whether a printed word begins with a capital.
fn is_name(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.starts_with(char::is_uppercase) && word.chars().count() > 1
}

fn ends_with_a_name(text: &str) -> bool {
    text.split_whitespace().next_back().is_some_and(is_name)
}

fn begins_with_a_name(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(contradict(one, other, true), expected, "{one} / {other}");
        assert_eq!(contradict(other, one, true), expected, "{other} / {one}");
    }

    #[test]
    fn whoever_says_no_says_something_else() {
        check("We will close the pier.", "We will not close the pier.", true);
        check("We will close the pier.", "We will never close the pier.", true);
        check("We won’t close the pier.", "We will not close the pier.", false);
        check(
            "Cerraremos el muelle hoy",
            "Cerraremos el muelle hoy mismo",
            false,
        );
    }

    #[test]
    fn another_number_name_or_day_is_another_thing() {
        check("We need nine boats now.", "We need ten boats now.", true);
        check("We need nine boats now.", "We need 9 boats now.", false);
        check("They pay $38 for it.", "They pay $40 for it.", true);
        check("We asked Cruz to go.", "We asked Lima to go.", true);
        check("We vote on Friday at noon.", "We vote on Monday at noon.", true);
    }

    #[test]
    fn other_words_for_the_same_and_context_left_out_are_none() {
        check("We will rebuild the pier.", "We shall rebuild the pier.", false);
        check("I asked Mayor Lima to go.", "I asked Ana Lima to go.", false);
        check(
            "Nobody came. We will rebuild the pier.",
            "We will rebuild the pier.",
            false,
        );
        check(
            "We will rebuild it.",
            "We will rebuild it, all nine of us, not today.",
            false,
        );
        check(
            "We heard you. The pier stays open.",
            "We heard you. We will not be hurried. The pier stays open.",
            false,
        );
    }
}
