//! In what two printings of the same words differ: what a reader must know before trusting one for the other.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::rewording::{ends_sentence, is_title};
use super::wording::{Change, Piece, Wording, printed};
use super::{numerals, spelling};

/// Words that turn what is said into its opposite.
static NEGATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("differing/negations.txt")));
/// Days and months, each with the form that all its spellings share.
static DAYS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = entries(include_str!("differing/days.txt"));
    lines.filter_map(|line| line.split_once(' ')).collect()
});
/// Pairs of words of opposite sense, each both ways, cut to their stems.
static OPPOSITES: LazyLock<HashSet<(String, String)>> = LazyLock::new(|| {
    let pairs = entries(include_str!("differing/opposites.txt")).filter_map(|line| line.split_once(' '));
    let stems = pairs.map(|(one, other)| (stem(one), stem(other)));
    stems
        .flat_map(|(one, other)| [(one.clone(), other.clone()), (other, one)])
        .collect()
});
/// Words that begin like the opposite of another word and are none.
static NO_OPPOSITES: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
    let lines = entries(include_str!("differing/no_opposites.txt"));
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// What turns a word into its opposite in front of it, and the letters that must follow.
const PREFIXES: [(&str, usize); 7] = [
    ("un", 3),
    ("non", 4),
    ("dis", 4),
    ("il", 4),
    ("im", 5),
    ("ir", 4),
    ("in", 4),
];
/// What a "no" before it denies nothing of: "no doubt that we go".
const SURE: [&str; 3] = ["doubt", "question", "wonder"];
/// What ends a clause.
const CLAUSE_MARKS: [char; 8] = ['.', '!', '?', ',', ';', ':', '—', '–'];

/// How another printing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A negation is in one of them and not in the other.
    Negation,
    /// A number is another.
    Number,
    /// A word stands in the place of one of opposite sense.
    Opposite,
    /// A day or month is another.
    Day,
    /// A name is another.
    Name,
    /// Words stand in the place of others.
    Changed,
    /// The same words stand in another order.
    Reordered,
    /// Words within are left out there.
    LeftOut,
    /// An ellipsis stands for words within.
    Elided,
    /// Words stand within that are not here.
    Added,
    /// Words in brackets, which nobody said, stand within or for others in one of them.
    Bracketed,
    /// Something is only written otherwise.
    Respelled,
    /// It begins later or ends earlier there.
    Shortened,
    /// It begins earlier or ends later there.
    Longer,
}

impl Difference {
    /// Its name in answers.
    pub fn code(self) -> &'static str {
        match self {
            Difference::Negation => "negation",
            Difference::Number => "number",
            Difference::Opposite => "opposite",
            Difference::Day => "day",
            Difference::Name => "name",
            Difference::Changed => "changed",
            Difference::Reordered => "reordered",
            Difference::LeftOut => "left_out",
            Difference::Elided => "elided",
            Difference::Added => "added",
            Difference::Bracketed => "bracketed",
            Difference::Respelled => "respelled",
            Difference::Shortened => "shortened",
            Difference::Longer => "longer",
        }
    }

    /// What it says of the other printing.
    pub fn told(self) -> &'static str {
        match self {
            Difference::Negation => "a negation differs",
            Difference::Number => "a number differs",
            Difference::Opposite => "a word of opposite sense",
            Difference::Day => "a day differs",
            Difference::Name => "a name differs",
            Difference::Changed => "words changed",
            Difference::Reordered => "the same words in another order",
            Difference::LeftOut => "words left out",
            Difference::Elided => "words left out, marked by an ellipsis",
            Difference::Added => "words added",
            Difference::Bracketed => "words in brackets",
            Difference::Respelled => "written otherwise",
            Difference::Shortened => "shortened",
            Difference::Longer => "longer",
        }
    }

    /// Whether it may turn the meaning.
    pub fn is_grave(self) -> bool {
        self <= Difference::Name
    }
}

/// How a text that came of another differs from it, the gravest first; `pieces` are what became of the old one.
pub fn differences_of(old: &str, pieces: &[Piece]) -> BTreeSet<Difference> {
    let first = pieces.iter().position(|piece| piece.change == Change::Kept);
    let last = pieces.iter().rposition(|piece| piece.change == Change::Kept);
    let (Some(first), Some(last)) = (first, last) else {
        // Nothing of it stayed as it is printed.
        return between(&Stretch::of(pieces, true));
    };
    let front = Stretch::of(&pieces[..first], true);
    let back = Stretch::of(&pieces[last + 1..], ends_sentence(&pieces[last].text));
    let mut found: BTreeSet<Difference> = within(&pieces[first..=last]);
    found.extend(at_an_end(&front, End::Front));
    found.extend(at_an_end(&back, End::Back));
    // What stayed is printed as in the new text: where the old one has a mark before what was cut, only it tells.
    let before_cut = old.strip_suffix(back.removed.as_str()).unwrap_or(old);
    let before = match has_words(&back.added) {
        true => pieces[last].text.as_str(),
        false => before_cut,
    };
    let is_apart = before.trim_end().ends_with(CLAUSE_MARKS);
    if is_denied_by(&front, End::Front) || !is_apart && is_denied_by(&back, End::Back) {
        found.insert(Difference::Negation);
    }
    let new = new_of(pieces);
    if is_part_of_number(old, &new)
        && !(found.contains(&Difference::Shortened) && found.contains(&Difference::Longer))
    {
        found.insert(Difference::Number);
    }
    reordered(found, old, &new, pieces)
}

/// The text that came of it all.
fn new_of(pieces: &[Piece]) -> String {
    let of = pieces.iter().filter(|piece| piece.change != Change::Removed);
    of.map(|piece| piece.text.as_str()).collect()
}

/// Whether each text has a number that the other has not: "5 million" for "5", of which only a word went.
fn is_part_of_number(old: &str, new: &str) -> bool {
    let (one, other) = (numerals::read(old).0, numerals::read(new).0);
    one.difference(&other).next().is_some() && other.difference(&one).next().is_some()
}

/// What went and what came between words that stayed.
struct Stretch {
    removed: String,
    added: String,
    /// Whether it begins a sentence.
    begins: bool,
}

impl Stretch {
    fn of(pieces: &[Piece], begins: bool) -> Self {
        let joined = |change: Change| -> String {
            let of = pieces.iter().filter(|piece| piece.change == change);
            of.map(|piece| piece.text.as_str()).collect()
        };
        Self {
            removed: joined(Change::Removed),
            added: joined(Change::Added),
            begins,
        }
    }

    fn cut(&self, cut: impl Fn(&str) -> &str) -> Self {
        Self {
            removed: cut(&self.removed).to_owned(),
            added: cut(&self.added).to_owned(),
            begins: self.begins,
        }
    }
}

/// What differs between words that stayed.
fn within(pieces: &[Piece]) -> BTreeSet<Difference> {
    let mut found = BTreeSet::new();
    let mut begins = true;
    for stretch in pieces.split_inclusive(|piece| piece.change == Change::Kept) {
        let (kept, changed) = match stretch.split_last() {
            Some((last, before)) if last.change == Change::Kept => (Some(last), before),
            _ => (None, stretch),
        };
        if !changed.is_empty() {
            found.extend(between(&Stretch::of(changed, begins)));
        }
        begins = kept.is_some_and(|kept| ends_sentence(&kept.text));
    }
    found
}

/// Where a stretch stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Front,
    Back,
}

impl End {
    /// The clause beside the words that both texts have.
    fn beside(self, text: &str) -> &str {
        match self {
            End::Front => after_last_mark(text),
            End::Back => up_to_first_mark(text),
        }
    }

    /// How many words two sides share beside what both texts have.
    fn shared(self, one: &[String], other: &[String]) -> usize {
        let is_same = |(one, other): &(&String, &String)| one == other;
        match self {
            End::Front => one
                .iter()
                .rev()
                .zip(other.iter().rev())
                .take_while(is_same)
                .count(),
            End::Back => one.iter().zip(other).take_while(is_same).count(),
        }
    }
}

/// What differs where one text or both go on behind the words that both have, or before them. Only the clause beside those
/// words can stand in the place of one; what lies further off is cut off or goes on.
fn at_an_end(stretch: &Stretch, end: End) -> BTreeSet<Difference> {
    // Where both go on with a sentence of their own, neither stands for the other.
    let (removed, added) = (&stretch.removed, &stretch.added);
    let are_apart = match end {
        End::Front => ends_sentence(removed) && ends_sentence(added),
        End::Back => stretch.begins,
    };
    /// Words of an answer, which stands for another one: "No", "Yes, all of it".
    const ANSWER: usize = 4;
    let lengths = [removed, added].map(|text| Wording::of(text).len());
    if are_apart && lengths.iter().all(|length| *length > 0) && lengths.iter().any(|length| *length > ANSWER)
    {
        return BTreeSet::from([Difference::Shortened, Difference::Longer]);
    }
    let near = stretch.cut(|text| end.beside(text));
    let (gone, come) = (
        Side::of(&near.removed, near.begins),
        Side::of(&near.added, near.begins),
    );
    // Words that are only spelled otherwise, behind which one text goes on.
    let shared = end.shared(&gone.forms, &come.forms);
    let is_longer = |side: &Side| side.len() > shared;
    let is_cut = shared > 0 && !(is_longer(&gone) && is_longer(&come));
    let mut found = BTreeSet::new();
    if gone.has_words && come.has_words && !is_cut {
        found.extend(between(&near));
    } else if is_cut {
        found.insert(Difference::Respelled);
    }
    let goes_on = |all: &str, near: &Side, is_replaced: bool| {
        let beside = if is_replaced && !is_cut {
            near.len()
        } else {
            shared
        };
        Side::of(all, true).len() > beside
    };
    let is_replaced = gone.has_words && come.has_words;
    found.extend(goes_on(&stretch.removed, &gone, is_replaced).then_some(Difference::Shortened));
    found.extend(goes_on(&stretch.added, &come, is_replaced).then_some(Difference::Longer));
    found
}

/// What differs in a stretch.
fn between(stretch: &Stretch) -> BTreeSet<Difference> {
    let (gone, come) = (
        Side::of(&stretch.removed, stretch.begins),
        Side::of(&stretch.added, stretch.begins),
    );
    let mut found = BTreeSet::new();
    let mut tell = |is_so: bool, difference: Difference| {
        if is_so {
            found.insert(difference);
        }
    };
    // A sentence that went as a whole takes its "not" with it.
    let is_whole = |side: &Side, other: &Side| other.forms.is_empty() && side.is_sentence && stretch.begins;
    let is_denied = gone.denies() != come.denies();
    tell(
        is_denied && !is_whole(&gone, &come) && !is_whole(&come, &gone),
        Difference::Negation,
    );
    let (only_gone, only_come) = (gone.without(&come), come.without(&gone));
    // Whoever sets a bracket says that these are not the speaker's words.
    if !(gone.is_bracketed || come.is_bracketed) {
        let differ = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            !one.is_empty() && !other.is_empty() && one != other
        };
        tell(differ(&gone.numbers, &come.numbers), Difference::Number);
        tell(differ(&gone.days, &come.days), Difference::Day);
        tell(differ(&gone.names, &come.names), Difference::Name);
        tell(
            !is_denied && are_opposite(&only_gone, &only_come),
            Difference::Opposite,
        );
    }
    let is_same = only_gone.is_empty() && only_come.is_empty() && gone.numbers == come.numbers;
    let kind = match (gone.has_words, come.has_words) {
        (false, false) => None,
        (true, true) if is_same && gone.forms == come.forms => Some(Difference::Respelled),
        (true, true) if is_same => Some(Difference::Reordered),
        (_, true) if come.is_bracketed => Some(Difference::Bracketed),
        (true, _) if gone.is_bracketed => Some(Difference::Bracketed),
        (true, true) => Some(Difference::Changed),
        (true, false) if come.is_ellipsis => Some(Difference::Elided),
        (true, false) => Some(Difference::LeftOut),
        (false, true) => Some(Difference::Added),
    };
    found.extend(kind);
    found
}

/// What went or came in a stretch, taken apart.
struct Side {
    has_words: bool,
    /// All words but numbers, in one spelling.
    forms: Vec<String>,
    numbers: BTreeSet<String>,
    names: BTreeSet<String>,
    days: BTreeSet<String>,
    /// It ends a sentence.
    is_sentence: bool,
    is_bracketed: bool,
    is_ellipsis: bool,
}

impl Side {
    fn of(text: &str, begins: bool) -> Self {
        let (numbers, others) = numerals::read(text);
        let bare = text.trim();
        Self {
            has_words: has_words(text),
            forms: others.iter().flat_map(|word| spelling::forms(word)).collect(),
            numbers,
            names: names(text, begins),
            days: others.iter().filter_map(|word| day(word)).collect(),
            is_sentence: ends_sentence(bare),
            is_bracketed: bare.starts_with('[') && bare.trim_end_matches(['.', ',']).ends_with(']'),
            is_ellipsis: !has_words(bare) && (bare.contains('…') || bare.contains("..")),
        }
    }

    /// Its words and numbers.
    fn len(&self) -> usize {
        self.forms.len() + self.numbers.len()
    }

    /// Whether a word of it says no to something.
    fn denies(&self) -> bool {
        let next = self.forms.iter().skip(1).map(String::as_str).chain([""]);
        let mut pairs = self.forms.iter().zip(next);
        pairs.any(|(form, next)| NEGATIONS.contains(form.as_str()) && !SURE.contains(&next))
    }

    /// Its words that the other side has not.
    fn without(&self, other: &Side) -> Vec<&str> {
        let mut left: HashMap<&str, usize> = HashMap::new();
        for form in &other.forms {
            *left.entry(form).or_default() += 1;
        }
        let mut only = Vec::new();
        for form in &self.forms {
            match left.get_mut(form.as_str()).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => only.push(form.as_str()),
            }
        }
        only
    }
}

/// Names: words with a capital that no beginning of a sentence asks for.
fn names(text: &str, begins: bool) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut begins = begins;
    for word in printed(text) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.trim_end_matches("’s").trim_end_matches("'s");
        let is_capital = bare.starts_with(char::is_uppercase) && bare.contains(char::is_lowercase) && !begins;
        // "FBI", "ICE"; longer ones are shouted.
        let is_short = bare.chars().all(char::is_uppercase) && (3..=5).contains(&bare.chars().count());
        if (is_capital || is_short) && day(bare).is_none() && !is_title(bare) {
            names.extend(spelling::forms(bare));
        }
        begins = ends_sentence(word);
    }
    names
}

/// The day or month that a word names; what is another word as well only with a capital.
fn day(word: &str) -> Option<String> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.trim_end_matches("’s").trim_end_matches("'s");
    let folded = Wording::of(bare).words().concat();
    let is_ambiguous = matches!(folded.as_str(), "may" | "march" | "mar" | "sat" | "sun" | "wed");
    let day = DAYS.get(folded.as_str())?;
    (!is_ambiguous || bare.starts_with(char::is_uppercase)).then(|| (*day).to_owned())
}

/// Whether words of two sides mean the opposite of each other.
fn are_opposite(gone: &[&str], come: &[&str]) -> bool {
    /// Words of one side; of more, one and another are not said of the same.
    const MOST: usize = 3;
    if gone.len() > MOST || come.len() > MOST {
        return false;
    }
    let is_negated = |word: &str, of: &str| {
        let mut prefixes = PREFIXES.iter();
        prefixes.any(|(prefix, letters)| of.len() >= *letters && word.strip_prefix(prefix) == Some(of))
            && !NO_OPPOSITES.contains(&(word, of))
    };
    gone.iter().any(|one| {
        come.iter().any(|other| {
            OPPOSITES.contains(&(stem(one), stem(other))) || is_negated(one, other) || is_negated(other, one)
        })
    })
}

/// A word without the ending of its form, roughly: enough to know two forms of one word ("denies", "denied"; "stopping").
fn stem(word: &str) -> String {
    let ends = ["ing", "ed", "es", "s", "e"].iter();
    let is_plural = |stem: &str| !(word.ends_with("ss") && stem.ends_with('s'));
    let mut stems = ends.filter_map(|end| word.strip_suffix(end).map(|stem| (stem, *end)));
    let found = stems.find(|(stem, _)| stem.len() >= 3 && is_plural(stem));
    let (stem, end) = found.unwrap_or((word, ""));
    let mut letters: Vec<char> = stem.chars().collect();
    let is_doubled = letters.len() > 3 && letters[letters.len() - 1] == letters[letters.len() - 2];
    if matches!(end, "ing" | "ed") && is_doubled && !matches!(letters.last(), Some('s' | 'l')) {
        letters.pop();
    }
    if let Some(last) = letters.last_mut().filter(|last| **last == 'y') {
        *last = 'i';
    }
    letters.into_iter().collect()
}

/// The same findings; where what went in one place came in another, that it did.
fn reordered(
    mut found: BTreeSet<Difference>,
    old: &str,
    new: &str,
    pieces: &[Piece],
) -> BTreeSet<Difference> {
    let all = Stretch::of(pieces, true);
    let (gone, come) = (Side::of(&all.removed, true), Side::of(&all.added, true));
    let is_same =
        gone.without(&come).is_empty() && come.without(&gone).is_empty() && gone.numbers == come.numbers;
    let moved = [Difference::LeftOut, Difference::Added, Difference::Changed];
    let ends = [Difference::Shortened, Difference::Longer];
    let is_moved = moved.iter().any(|difference| found.contains(difference))
        || ends.iter().all(|difference| found.contains(difference));
    if gone.has_words && is_same && is_moved {
        found.retain(|difference| difference.is_grave());
        found.insert(Difference::Reordered);
        // Who owes whom, and how many did what.
        let mut known = names(old, true);
        known.extend(names(new, true));
        let is_name = |form: &str| known.contains(form);
        let is_number = |form: &str| form.starts_with(|c: char| c.is_ascii_digit());
        found.extend(are_exchanged(old, new, is_name).then_some(Difference::Name));
        found.extend(are_exchanged(old, new, is_number).then_some(Difference::Number));
    }
    found
}

/// Whether words of a sort stand in another order, and all others in the same: one is in the place of the other.
fn are_exchanged(old: &str, new: &str, is_of_sort: impl Fn(&str) -> bool) -> bool {
    let parted = |text: &str| -> (Vec<String>, Vec<String>) {
        let forms = printed(text).into_iter().flat_map(spelling::forms);
        forms.partition(|form| is_of_sort(form))
    };
    let ((one, others), (another, other_others)) = (parted(old), parted(new));
    one != another && others == other_others
}

/// Whether what is cut off before the words or behind them denies them ("It is not true that …", "… under no circumstances"),
/// rather than being a clause, a sentence or an answer of its own ("No, …").
fn is_denied_by(stretch: &Stretch, end: End) -> bool {
    let beside = stretch.cut(|text| end.beside(text));
    let denies = |text: &str| Side::of(text, true).denies();
    let is_one = has_words(&stretch.removed) != has_words(&stretch.added);
    is_one && denies(&beside.removed) != denies(&beside.added)
}

/// The clause that a text ends with; a comma inside a number ends none.
fn after_last_mark(text: &str) -> &str {
    let marks = text.trim_end().rmatch_indices(CLAUSE_MARKS);
    let mut ends = marks
        .map(|(at, mark)| at + mark.len())
        .filter(|end| text[*end..].starts_with(char::is_whitespace));
    ends.next().map_or(text, |end| &text[end..])
}

/// The clause that a text begins with.
fn up_to_first_mark(text: &str) -> &str {
    let marks = text.match_indices(CLAUSE_MARKS);
    let mut ends = marks.map(|(at, mark)| at + mark.len()).filter(|end| {
        let is_apart = text[*end..].starts_with(char::is_whitespace);
        is_apart && has_words(&text[..*end])
    });
    ends.next().map_or(text, |end| &text[..end])
}

/// Whether a text has words, and not only marks.
fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

fn set(table: &'static str) -> HashSet<&'static str> {
    entries(table).collect()
}

/// The entries of a table.
fn entries(table: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = table.lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::rewording::reworded;

    #[track_caller]
    fn check(here: &str, there: &str, expected: &[Difference]) {
        let found = differences_of(here, &reworded(here, there));
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            expected,
            "{here} / {there}"
        );
    }

    #[test]
    fn what_is_cut_left_out_put_in_or_changed_is_told_apart() {
        use Difference::{Added, Changed, LeftOut, Longer, Number, Reordered, Respelled, Shortened};
        let here = "We will open the new bridge in April with 12 boats";
        check(here, "we will open the new bridge in April with 12 boats.", &[]);
        check(here, "We will open the new bridge in April", &[Shortened]);
        check(here, "open the new bridge", &[Shortened]);
        check("open the new bridge", here, &[Longer]);
        check(here, "We will open the bridge in April with 12 boats", &[LeftOut]);
        check(
            here,
            "We will soon open the new bridge in April with 12 boats",
            &[Added],
        );
        check(
            here,
            "We will open the old bridge in April with 12 boats",
            &[Changed],
        );
        check(
            here,
            "We will open the new bridge in April with 20 boats",
            &[Number, Changed],
        );
        check(
            "We will open it in 2027",
            "We will open it in 2028.",
            &[Number, Changed],
        );
        check("12 people fled", "20 people fled", &[Number, Changed]);
        check("We lost $1.5 million", "We lost $15 million", &[Number, Changed]);
        check("We lost 1,500 boats", "we lost 1500 boats", &[]);
        check("Two people fled", "Three people fled", &[Number, Changed]);
        check("twenty-five boats", "twenty-six boats", &[Number, Changed]);
        check("Vinieron dos barcos", "Vinieron 3 barcos", &[Number, Changed]);
        // The same number, and none in the place of one.
        check("Two people fled", "2 people fled", &[Respelled]);
        check("Twenty-five people fled", "25 people fled", &[Respelled]);
        check("Two hundred boats", "200 boats", &[Respelled]);
        check(
            "two hundred and five thousand boats",
            "205,000 boats",
            &[Respelled],
        );
        check(
            "from two to three boats",
            "from three to two boats",
            &[Number, Reordered],
        );
        check("Two dozen people fled", "24 people fled", &[Respelled]);
        check("It was once a pier", "It was one a pier", &[Changed]);
        check("two hundred boats", "three hundred boats", &[Number, Changed]);
        check("Two people fled", "Many people fled", &[Changed]);
        check("ferry", "bridge", &[Changed]);
    }

    #[test]
    fn a_no_that_went_or_came_is_grave() {
        use Difference::{Added, Changed, LeftOut, Negation, Reordered, Shortened};
        let here = "a bridge that I would not let my own children cross";
        check(
            here,
            "a bridge that I would let my own children cross",
            &[Negation, LeftOut],
        );
        check(
            "We will stop the ferry",
            "We won’t stop the ferry",
            &[Negation, Changed],
        );
        check(
            "Vamos a parar el ferry",
            "No vamos a parar nunca el ferry",
            &[Negation, Added, Difference::Longer],
        );
        check(
            "Will you resign? No.",
            "Will you resign? Yes.",
            &[Negation, Changed],
        );
        check(
            "Nobody will lose a job",
            "Everybody will lose a job",
            &[Negation, Changed],
        );
        check(
            "we will not raise rents and will cut pay",
            "we will raise rents and will not cut pay",
            &[Negation, Reordered],
        );
        check(
            "We will sign it under no circumstances",
            "We will sign it",
            &[Negation, Shortened],
        );
        check(
            "There is no doubt that we will sign it",
            "we will sign it",
            &[Shortened],
        );
        check(
            "The bridge stays open until the council votes. That is not negotiable.",
            "The bridge stays open until the council votes. We told the union so.",
            &[Shortened, Difference::Longer],
        );
        for (end, other_end) in [("", ","), (",", "."), (".", "")] {
            check(
                &format!("We will sign it under no circumstances{end}"),
                &format!("We will sign it{other_end}"),
                &[Negation, Shortened],
            );
            check(
                &format!("We will sign it, but nobody else will{end}"),
                &format!("we will sign it{other_end}"),
                &[Shortened],
            );
        }
        check("5 million boats", "5 boats", &[Difference::Number, LeftOut]);
        check("The 12 boats sank", "The boats sank", &[LeftOut]);
        check(
            "It is not true that we will stop the ferry",
            "we will stop the ferry",
            &[Negation, Shortened],
        );
        // The same no in other words, and one that stands in what is cut off.
        check(
            "We won't stop the ferry",
            "We will not stop the ferry",
            &[Difference::Respelled],
        );
        check(
            "No, we will stop the ferry",
            "we will stop the ferry",
            &[Shortened],
        );
        assert!(Negation.is_grave() && !Shortened.is_grave());
    }

    #[test]
    fn a_sentence_that_is_cut_takes_its_no_with_it() {
        use Difference::{Added, Elided, LeftOut, Longer, Negation, Respelled, Shortened};
        // The no came into the sentence that stayed, whichever of the two is looked at first.
        let sound = "The dam is sound. The gates are not. The town should know both things.";
        let unsound = "The dam is not sound. The town should know both things.";
        check(sound, unsound, &[Negation, LeftOut, Added]);
        check(unsound, sound, &[Negation, LeftOut, Added]);
        check(
            sound,
            "The dam is sound. The town should know both things.",
            &[LeftOut],
        );
        let both = "We are not selling the ferry, and we would like the union to stay with us.";
        check(
            both,
            "We’d like the union to stay with us.",
            &[Respelled, Shortened],
        );
        check("We'd like the union to stay with us.", both, &[Respelled, Longer]);
        check(
            "We don’t want to litigate, but we will.",
            "We … want to litigate",
            &[Negation, Elided, Shortened],
        );
        check(
            "The pool — and I mean this — is the soul of the town",
            "The pool is the soul of the town",
            &[LeftOut],
        );
    }

    #[test]
    fn what_turns_the_sense_is_told_apart_from_other_words() {
        use Difference::{Changed, Day, LeftOut, Name, Opposite, Reordered};
        for (here, there, first) in [
            (
                "The order is lawful and stays",
                "The order is unlawful and stays",
                Opposite,
            ),
            (
                "It will cost less than that",
                "It will cost more than that",
                Opposite,
            ),
            ("They refused to go there", "They agreed to go there", Opposite),
            ("We meet on Tuesday at noon", "We meet on Thursday at noon", Day),
            (
                "They talked to Ana Carrow there",
                "They talked to Ana Barrow there",
                Name,
            ),
        ] {
            check(here, there, &[first, Changed]);
        }
        check(
            "Harlow owes Pinewood money",
            "Pinewood owes Harlow money",
            &[Name, Reordered],
        );
        check(
            "12 were arrested and 3 killed",
            "3 were arrested and 12 killed",
            &[Difference::Number, Reordered],
        );
        check("We will soon open it", "We soon will open it", &[Reordered]);
        check("Kim owes Lee money", "Lee owes Kim money", &[Name, Reordered]);
        for (here, there) in [
            ("In Oldwick we won it", "We won it in Oldwick"),
            ("In Oldwick Lima won", "Lima won in Oldwick"),
            ("In 2027 we open it", "We open it in 2027"),
        ] {
            check(here, there, &[Reordered]);
        }
        for (here, there, first) in [
            (
                "They denied the plan there",
                "They granted the plan there",
                Opposite,
            ),
            ("The bill passed there", "The bill failed there", Opposite),
            ("It is possible to go", "It is impossible to go", Opposite),
            ("He is fit to serve", "He is unfit to serve", Opposite),
            ("We know the FBI lied", "We know the CIA lied", Name),
            ("We told Mr. Adams so", "We told Mr. Quome so", Name),
            ("It was Monday’s vote there", "It was Tuesday’s vote there", Day),
        ] {
            check(here, there, &[first, Changed]);
        }
        // Style turns nothing.
        for (here, there) in [
            ("We meet on Feb. 6 there", "We meet on February 6 there"),
            ("We told Gov. Quome so", "We told Governor Quome so"),
            ("We told the mayor. Boats run", "We told the mayor. Ferries run"),
            ("It is SO bad there", "It is VERY bad there"),
            ("It is an invaluable boat", "It is a valuable boat"),
            ("We discovered it there", "We covered it there"),
            ("We picked up the phone", "We wrote down the phone"),
        ] {
            let found = differences_of(here, &reworded(here, there));
            assert!(
                found.iter().all(|difference| !difference.is_grave()),
                "{here}: {found:?}"
            );
        }
        check(
            "We meet tomorrow there",
            "We meet [on Friday] there",
            &[Difference::Bracketed],
        );
        // Other words, other forms and words at the beginning of a sentence turn nothing.
        check(
            "The dam is sound. Boats run",
            "The dam is sound. Ferries run",
            &[Changed],
        );
        check("we may go in march", "we can go in march", &[Changed]);
        check(
            "I want to inform them there",
            "I want to form them there",
            &[Changed],
        );
        check("It was more than a boat", "It was a boat", &[LeftOut]);
    }

    #[test]
    fn what_is_only_written_otherwise_is_told_so() {
        use Difference::{Bracketed, Respelled};
        for (here, there) in [
            ("We cannot stop it now", "We can not stop it now"),
            ("There isn’t any honour in it", "There is not any honor in it"),
            ("Some 14 % of it is gone", "Some fourteen percent of it is gone"),
            ("We are going to stay", "We’re gonna stay"),
        ] {
            check(here, there, &[Respelled]);
        }
        check(
            "I know I am ready for it",
            "I know [she is] ready for it",
            &[Bracketed],
        );
        check(
            "they was robbed at the pier",
            "they was [sic] robbed at the pier",
            &[Bracketed],
        );
        check(
            "they was [sic] robbed at the pier",
            "they was robbed at the pier",
            &[Bracketed],
        );
        check("We are not in a crisis", "[w]e are not in a crisis", &[]);
    }
}
