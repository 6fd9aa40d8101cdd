//! In what two printings of the same words differ: what a reader must know before trusting one for the other.

use std::collections::BTreeSet;

use ends::{End, asks, is_conditional, is_denied_by, is_reserved};
use opposites::are_opposite;
use side::{Side, names};
use words::WORDS;

use super::rewording::{CLAUSE_MARKS, ends_sentence};
use super::wording::{Change, Piece, Wording, printed};
use super::{numerals, spelling};

mod conditions;
mod degrees;
mod ends;
mod moved;
mod offices;
mod opposites;
mod questions;
mod side;
#[cfg(test)]
mod tests;
mod words;

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
            Difference::Condition => "only one of them sets a condition",
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
    // The space between two passages is no word that stayed.
    let is_kept = |piece: &Piece| piece.change == Change::Kept && !piece.text.trim().is_empty();
    let first = pieces.iter().position(is_kept);
    let last = pieces.iter().rposition(is_kept);
    let (Some(first), Some(last)) = (first, last) else {
        // Nothing of it stayed as it is printed.
        return between(&Stretch::of(pieces, true));
    };
    let front = Stretch::of(&pieces[..first], true);
    let back = Stretch::of(&pieces[last + 1..], ends_sentence(&pieces[last].text));
    let (mut found, is_handed_on) = within(&pieces[first..=last], &back);
    found.extend(at_an_end(&front, End::Front));
    found.extend(handed_on(at_an_end(&back, End::Back), is_handed_on));
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
    let new = new_of(pieces);
    found.extend(questions::differ(old, &new).then_some(Difference::Question));
    found.extend((words_in_brackets(old) != words_in_brackets(&new)).then_some(Difference::Bracketed));
    if is_part_of_number(old, &new)
        && !found.contains(&Difference::Bracketed)
        && !(found.contains(&Difference::Shortened) && found.contains(&Difference::Longer))
    {
        found.insert(Difference::Number);
    }
    reordered(found, old, &new, pieces)
}

/// In what the same words may differ all the same: in whether they ask.
pub fn differences_of_same(old: &str, new: &str) -> BTreeSet<Difference> {
    let is_turned = questions::differ(old, new);
    is_turned.then_some(Difference::Question).into_iter().collect()
}

/// The text that came of it all.
fn new_of(pieces: &[Piece]) -> String {
    let of = pieces.iter().filter(|piece| piece.change != Change::Removed);
    of.map(|piece| piece.text.as_str()).collect()
}

/// How many words stand each in brackets of its own: `I will [not] go`. A letter that was set stands for the same letter.
fn words_in_brackets(text: &str) -> usize {
    let is_set = |word: &&&str| {
        let word = word
            .trim()
            .trim_end_matches([',', '.', ';', ':', '!', '?', '”', '"']);
        word.starts_with('[') && word.ends_with(']') && has_words(word)
    };
    printed(text).iter().filter(is_set).count()
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
        let removed = joined(Change::Removed);
        Self {
            // Where a printing ends a sentence the text it came of may have gone on: “We close it. …” of “We close it unless …”.
            begins: begins && !removed.starts_with(char::is_lowercase),
            added: joined(Change::Added),
            removed,
        }
    }

    /// The same in two, where words stand for others in one sentence and sentences beside it went or came whole: "14 percent. We
    /// do not know why." for "14%."
    fn by_sentences(&self) -> Vec<Self> {
        let part = |removed: &str, added: &str, begins: bool| Self {
            removed: removed.to_owned(),
            added: added.to_owned(),
            begins,
        };
        let (removed, added) = (self.removed.as_str(), self.added.as_str());
        let [first_removed, first_added] = [removed, added].map(up_to_first_sentence);
        let [last_removed, last_added] = [removed, added].map(after_last_sentence);
        let is_ended = [first_removed, first_added].map(ends_sentence);
        let is_one = first_removed.len() == removed.len() && first_added.len() == added.len();
        if is_one || !has_words(removed) || !has_words(added) || is_ended == [false, false] {
            return vec![self.cut(|text| text)];
        }
        if is_ended == [true, true] || !self.begins {
            let rest = (&removed[first_removed.len()..], &added[first_added.len()..]);
            return vec![
                part(first_removed, first_added, self.begins),
                part(rest.0, rest.1, true),
            ];
        }
        let before = (
            &removed[..removed.len() - last_removed.len()],
            &added[..added.len() - last_added.len()],
        );
        vec![
            part(before.0, before.1, self.begins),
            part(last_removed, last_added, true),
        ]
    }

    fn cut(&self, cut: impl Fn(&str) -> &str) -> Self {
        Self {
            removed: cut(&self.removed).to_owned(),
            added: cut(&self.added).to_owned(),
            begins: self.begins,
        }
    }
}

/// What differs between words that stayed; and whether a "not" there is handed on to what stands behind them all.
fn within(pieces: &[Piece], back: &Stretch) -> (BTreeSet<Difference>, bool) {
    let mut stretches: Vec<(Stretch, &str)> = Vec::new();
    let mut begins = true;
    for stretch in pieces.split_inclusive(|piece| piece.change == Change::Kept) {
        let (kept, changed) = match stretch.split_last() {
            Some((last, before)) if last.change == Change::Kept => (Some(last), before),
            _ => (None, stretch),
        };
        let behind = kept.map_or("", |kept| kept.text.as_str());
        stretches.push((Stretch::of(changed, begins), behind));
        // The space between two passages ends what stands before it.
        let before = match has_words(behind) {
            true => behind,
            false => changed.last().map_or("", |changed| changed.text.as_str()),
        };
        // Behind an ellipsis a sentence may begin.
        begins = ends_sentence(before) || !has_words(before);
    }
    let count = stretches.len();
    let near = back.cut(up_to_first_mark);
    stretches.push((near, ""));
    let moved = moved::negations(&stretches);
    let mut found = BTreeSet::new();
    for (at, (stretch, _)) in stretches.iter().enumerate().take(count) {
        for part in stretch.by_sentences() {
            found.extend(handed_on(between(&part), moved.contains(&at)));
        }
    }
    (found, moved.contains(&count))
}

/// The differences of a stretch, where a negation in it is only handed on without that.
fn handed_on(mut found: BTreeSet<Difference>, is_handed_on: bool) -> BTreeSet<Difference> {
    if is_handed_on {
        found.remove(&Difference::Negation);
        found.remove(&Difference::Opposite);
    }
    found
}

/// What differs where one text or both go on behind the words that both have, or before them. Only the clause beside those
/// words can stand in the place of one; what lies further off is cut off or goes on.
fn at_an_end(stretch: &Stretch, end: End) -> BTreeSet<Difference> {
    // Where both go on with a sentence of their own, neither stands for the other.
    let (removed, added) = (&stretch.removed, &stretch.added);
    let are_apart = match end {
        End::Front => [removed, added]
            .iter()
            .all(|text| ends_sentence(text) || ends_in_ellipsis(text)),
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
        (true, _) => {
            let is_joined = side.forms.last().is_some_and(|last| WORDS.joining.contains(last));
            // A clause that ends in a comma is told whole: "not today, not tomorrow, … not ever".
            let is_closed = text.trim_end().ends_with(CLAUSE_MARKS) && text.starts_with(char::is_uppercase);
            let open = Side::of(after_last_sentence(text), true);
            open.denies_beside() && !is_contrast(text) && !is_joined && !is_closed
        }
        (false, false) => is_open_denial(side, text, stretch.begins),
        (false, true) => side.denies(),
    };
    let is_whole = is_whole(&gone, &come) || is_whole(&come, &gone);
    let is_set = || {
        [End::Back, End::Front]
            .iter()
            .any(|end| is_conditional(stretch, *end))
    };
    let is_conditional = !is_whole && is_set();
    tell(is_conditional, Difference::Condition);
    let is_denied = denies(&gone, &stretch.removed, &come) != denies(&come, &stretch.added, &gone);
    tell(is_denied && !is_whole && !is_conditional, Difference::Negation);
    let is_refusal = |side: &Side| matches!(side.forms.as_slice(), [first, to] if WORDS.to.contains(to) && WORDS.refusals.contains(first));
    tell(is_refusal(&gone) != is_refusal(&come), Difference::Negation);
    let (only_gone, only_come) = (gone.without(&come), come.without(&gone));
    // Whoever sets a bracket says that these are not the speaker's words, but that they mean the same one.
    if gone.is_bracketed || come.is_bracketed {
        tell(offices::are_others(&gone, &come), Difference::Name);
    } else {
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
        // "Perhaps." is a sentence of its own.
        let holds_back =
            |side: &Side| side.numbers.is_empty() && !side.is_sentence && degrees::hold_back(&side.forms);
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

/// Whether what stands in one text only denies something of what stayed: sentences that went as a whole take their "not" along,
/// and only the ends of those that they are cut out of are left.
fn is_open_denial(side: &Side, text: &str, begins: bool) -> bool {
    let (front, back) = (up_to_first_sentence(text), after_last_sentence(text));
    if front.len() == text.len() && !side.is_sentence {
        // "Ana, who did not sleep, and her team".
        let is_of_somebody = side
            .forms
            .first()
            .is_some_and(|first| WORDS.relative.contains(first));
        return side.denies_alone() && !is_of_somebody && !is_contrast(text);
    }
    // A capital begins a sentence, though its printing has no mark before it: “here … They”.
    let front = match begins || text.starts_with(char::is_uppercase) {
        true => "",
        false => End::Back.without_further_clauses(End::Back.beside(front)),
    };
    Side::of(front, false).denies_beside() || Side::of(back, true).denies_alone()
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

/// Whether words are set against others between two commas: "…, not the courts, …".
fn is_contrast(text: &str) -> bool {
    let first = Wording::of_first(text, 2);
    let inside = text.trim_end().strip_suffix(',');
    WORDS.contrasts.begun(first.words()).next().is_some()
        && inside.is_some_and(|inside| !inside.contains(CLAUSE_MARKS))
}

fn ends_in_ellipsis(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('…') || text.ends_with("..")
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
        .filter(|end| text[*end..].is_empty() || text[*end..].starts_with(char::is_whitespace));
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
