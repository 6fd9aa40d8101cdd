//! In what two printings of the same words differ: what a reader must know before trusting one for the other.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::rewording::{CLAUSE_MARKS, ends_sentence, is_title};
use super::wording::{Change, Piece, Wording, printed};
use super::{numerals, spelling};

mod conditions;
mod degrees;
mod questions;
#[cfg(test)]
mod tests;

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

/// Words that begin a clause of its own: whether they also end the one before the words that both texts have, and whether
/// they do so before any word.
static CLAUSES: LazyLock<HashMap<&str, (bool, bool)>> = LazyLock::new(|| {
    let lines = entries(include_str!("differing/clauses.txt"));
    let columns = lines.filter_map(|line| Some((line.split_once(' ')?, line.ends_with("strong"))));
    columns
        .map(|((word, rest), is_strong)| (word, (rest.starts_with("both"), is_strong)))
        .collect()
});
/// Words before which any of those begins a clause.
static SUBJECTS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("differing/subjects.txt")));

/// Words by which somebody says that what follows is not so.
static FRAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("differing/frames.txt")));
/// Verbs that a negation leans on, and words that stand for who does something.
static AUXILIARIES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| set(include_str!("differing/auxiliaries.txt")));
static PRONOUNS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(include_str!("differing/pronouns.txt")));

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
/// What takes a word that says no back behind it: "nothing more than".
static NO_NEGATIONS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = entries(include_str!("differing/no_negations.txt"));
    lines.map(|line| line.split(' ').collect()).collect()
});

/// What a "no" before it denies nothing of: "no doubt that we go".
const SURE: [&str; 3] = ["doubt", "question", "wonder"];
/// What joins a clause to the one before it.
const JOINING: [&str; 8] = ["and", "but", "so", "or", "yet", "y", "o", "pero"];

/// How another printing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It is put together from words said in two places.
    Spliced,
    /// A question in one of them is a statement in the other.
    Question,
    /// A negation is in one of them and not in the other.
    Negation,
    /// A condition or an exception is in one of them and not in the other.
    Condition,
    /// A number is another.
    Number,
    /// A word stands in the place of one of opposite sense.
    Opposite,
    /// How sure something is, or how much, is another.
    Degree,
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
            Difference::Spliced => "spliced",
            Difference::Question => "question",
            Difference::Negation => "negation",
            Difference::Condition => "condition",
            Difference::Number => "number",
            Difference::Opposite => "opposite",
            Difference::Degree => "degree",
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
            Difference::Spliced => "put together from words said apart",
            Difference::Question => "a question in one is a statement in the other",
            Difference::Negation => "a negation differs",
            Difference::Condition => "a condition is in one only",
            Difference::Number => "a number differs",
            Difference::Opposite => "a word of opposite sense",
            Difference::Degree => "how sure or how much differs",
            Difference::Day => "a day differs",
            Difference::Name => "a name differs",
            Difference::Changed => "words changed",
            Difference::Reordered => "the same words in another order",
            Difference::LeftOut => "words left out without an ellipsis",
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
    // The mark may also begin what was cut: an ellipsis that stands alone.
    let is_apart = before.trim_end().ends_with(CLAUSE_MARKS)
        || [&back.removed, &back.added]
            .iter()
            .any(|text| text.starts_with(CLAUSE_MARKS));
    // "I wonder if" asks, and sets no condition.
    let is_asked = asks(before);
    let is_behind = || !ends_sentence(before) && !is_asked && is_conditional(&back, End::Back);
    if is_conditional(&front, End::Front) || is_behind() {
        found.insert(Difference::Condition);
    } else if is_denied_by(&front, End::Front) || !is_apart && is_denied_by(&back, End::Back) {
        found.insert(Difference::Negation);
    }
    found.extend(is_reserved(&front).then_some(Difference::Degree));
    found.extend(questions::differ(old, &new_of(pieces)).then_some(Difference::Question));
    let new = new_of(pieces);
    if is_part_of_number(old, &new)
        && !found.contains(&Difference::Bracketed)
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

    /// What of such a clause stands next to those words, where it goes on with one of its own without a mark: "… and we will
    /// not pay".
    fn without_further_clauses(self, clause: &str) -> &str {
        let words = printed(clause);
        let folded: Vec<String> = words
            .iter()
            .map(|word| Wording::of(word).words().concat())
            .collect();
        let begins_one = |at: &usize| {
            let Some((is_in_front, is_strong)) = CLAUSES.get(folded[*at].as_str()) else {
                return false;
            };
            let next = folded.get(at + 1).map(String::as_str);
            // Behind the "and" that a text was cut off behind stands what was kept.
            let joins = self == End::Front && next.is_none() && JOINING.contains(&folded[*at].as_str());
            if joins {
                return true;
            }
            let is_clause = *is_strong || next.is_some_and(|next| SUBJECTS.contains(next));
            is_clause && (*is_in_front || self == End::Back)
        };
        let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
        let mut places = 0..words.len();
        match self {
            End::Front => match places.rfind(begins_one) {
                Some(at) => &clause[length(&words[..=at])..],
                None => clause,
            },
            End::Back => match places.find(begins_one) {
                Some(at) => &clause[..length(&words[..at])],
                None => clause,
            },
        }
    }

    /// What two texts have beyond the words that they share next to what was kept: "May if it rains" for "May".
    fn beyond_shared<'a>(self, one: &'a str, other: &'a str) -> (&'a str, &'a str) {
        let (words, others) = (printed(one), printed(other));
        let fold = |word: &str| Wording::of(word).words().to_vec();
        let is_same = |(one, other): &(&&str, &&str)| fold(one) == fold(other) && has_words(one);
        let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
        match self {
            End::Front => {
                let pairs = words.iter().rev().zip(others.iter().rev());
                let shared = pairs.take_while(is_same).count();
                let front = |words: &[&str]| length(&words[..words.len() - shared]);
                (&one[..front(&words)], &other[..front(&others)])
            }
            End::Back => {
                let shared = words.iter().zip(&others).take_while(is_same).count();
                (
                    &one[length(&words[..shared])..],
                    &other[length(&others[..shared])..],
                )
            }
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
    // What an ellipsis stands for takes the "not" of its own sentences along: "Free buses are … how" for "are not a luxury. They are how".
    let denies = |side: &Side, text: &str, other: &Side| match (other.is_ellipsis, other.has_words) {
        (true, _) => Side::of(after_last_sentence(text), true).denies_beside() && !is_contrast(text),
        (false, false) => side.denies_alone(),
        (false, true) => side.denies(),
    };
    let is_whole = is_whole(&gone, &come) || is_whole(&come, &gone);
    let is_conditional = !is_whole && is_conditional(stretch, End::Back);
    tell(is_conditional, Difference::Condition);
    let is_denied = denies(&gone, &stretch.removed, &come) != denies(&come, &stretch.added, &gone);
    tell(is_denied && !is_whole && !is_conditional, Difference::Negation);
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
        let holds_back = |side: &Side| side.numbers.is_empty() && degrees::hold_back(&side.forms);
        let is_reserved = holds_back(&gone) != holds_back(&come) && gone.has_words != come.has_words;
        tell(
            is_reserved || !is_denied && degrees::are_apart(&only_gone, &only_come),
            Difference::Degree,
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
        self.denies_by(|_| true)
    }

    /// Whether a word of some places does.
    fn denies_by(&self, counts: impl Fn(usize) -> bool) -> bool {
        (0..self.forms.len()).filter(|at| counts(*at)).any(|at| {
            let behind = &self.forms[at + 1..];
            let is_taken_back = |words: &Vec<&str>| {
                behind.len() >= words.len() && words.iter().zip(behind).all(|(word, form)| word == form)
            };
            let is_sure = behind.first().is_some_and(|next| SURE.contains(&next.as_str()));
            // "If not" begins with the word before it.
            let is_set = [at, at.saturating_sub(1)]
                .iter()
                .any(|from| conditions::begins_set_phrase(&self.forms[*from..]));
            NEGATIONS.contains(self.forms[at].as_str())
                && !is_sure
                && !is_set
                && !NO_NEGATIONS.iter().any(is_taken_back)
        })
    }

    /// Whether it does where nothing stands in its place: what is "without" something denies that alone.
    fn denies_alone(&self) -> bool {
        self.denies_by(|at| !conditions::is_without(&self.forms[at]))
    }

    /// Whether it does and is no clause of its own behind what was kept: "a problem they did not make".
    fn denies_beside(&self) -> bool {
        let is_own = |at: usize| {
            let before = &self.forms[..at];
            let leans = before
                .iter()
                .skip(1)
                .any(|word| AUXILIARIES.contains(word.as_str()));
            // What is "with no" something says it of its own noun.
            let is_with = before.last().is_some_and(|word| word == "with" || word == "con");
            leans || is_with || before.iter().any(|word| PRONOUNS.contains(word.as_str()))
        };
        self.denies_by(|at| !conditions::is_without(&self.forms[at]) && !is_own(at))
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

/// The day or month that a folded word may name.
fn day_of(folded: &str) -> Option<&'static str> {
    DAYS.get(folded).copied()
}

/// The day or month that a word names; what is another word as well only with a capital.
fn day(word: &str) -> Option<String> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.trim_end_matches("’s").trim_end_matches("'s");
    let folded = Wording::of(bare).words().concat();
    let is_ambiguous = matches!(folded.as_str(), "may" | "march" | "mar" | "sat" | "sun" | "wed");
    let day = day_of(&folded)?;
    (!is_ambiguous || bare.starts_with(char::is_uppercase)).then(|| day.to_owned())
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
    let beside = stretch.cut(|text| end.without_further_clauses(end.beside(text)));
    let denies = |text: &str| match end {
        End::Front => Side::of(text, true).denies_alone() || is_framed(text),
        End::Back => Side::of(text, true).denies_beside(),
    };
    let is_one = has_words(&stretch.removed) != has_words(&stretch.added);
    is_one && denies(&beside.removed) != denies(&beside.added)
}

/// Whether a clause before others says of them that they are not so: "It is false that".
fn is_framed(text: &str) -> bool {
    let wording = Wording::of(text);
    let mut words = wording.words().iter().rev();
    let leads = words
        .next()
        .is_some_and(|last| matches!(last.as_str(), "that" | "que"));
    leads && words.any(|word| FRAMES.contains(word.as_str()))
}

/// Whether what is cut off before the words or behind them is a condition for them, or an exception.
fn is_conditional(stretch: &Stretch, end: End) -> bool {
    let (removed, added) = end.beyond_shared(&stretch.removed, &stretch.added);
    let is_one = has_words(removed) != has_words(added);
    let is_so = |text: &str| match end {
        End::Front => conditions::leads(after_last_sentence(text)),
        End::Back => conditions::begins(text),
    };
    is_one && is_so(removed) != is_so(added)
}

/// Whether what is cut off before the words only holds back: "I think".
fn is_reserved(front: &Stretch) -> bool {
    let is_one = has_words(&front.removed) != has_words(&front.added);
    let is_so = |text: &str| degrees::hold_back(&Side::of(after_last_mark(text), true).forms);
    is_one && is_so(&front.removed) != is_so(&front.added)
}

/// Whether a text ends with what one asks or does not know.
fn asks(text: &str) -> bool {
    const ASKING: [&str; 14] = [
        "ask", "asks", "asked", "asking", "wonder", "wonders", "wondered", "know", "knows", "knew", "doubt",
        "doubts", "see", "sure",
    ];
    /// Words behind it: "asked the chief".
    const NEAR: usize = 4;
    let wording = Wording::of(after_last_sentence(text));
    let mut last = wording.words().iter().rev().take(NEAR);
    last.any(|word| ASKING.contains(&word.as_str()))
}

/// Whether words are set against others between two commas: "…, not the courts, …".
fn is_contrast(text: &str) -> bool {
    let first = Wording::of_first(text, 1);
    let inside = text.trim_end().strip_suffix(',');
    first.words().first().is_some_and(|word| word == "not")
        && inside.is_some_and(|inside| !inside.contains(CLAUSE_MARKS))
}

/// What a text ends with behind the last sentence that ends in it.
fn after_last_sentence(text: &str) -> &str {
    let mut at = text.len();
    for word in printed(text).into_iter().rev() {
        if ends_sentence(word) {
            return &text[at..];
        }
        at -= word.len();
    }
    text
}

/// What a text begins with up to the first sentence that ends in it.
fn up_to_first_sentence(text: &str) -> &str {
    let mut at = 0;
    for word in printed(text) {
        at += word.len();
        if ends_sentence(word) {
            return &text[..at];
        }
    }
    text
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
