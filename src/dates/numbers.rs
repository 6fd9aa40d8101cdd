//! Counts and ordinals, in digits and in words.

use super::cursor::Cursor;
use super::lexer::Kind;
use super::vocabulary::Sense;

/// How many, as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Exact(u32),
    /// One and a half, two and a half: the whole part.
    AndHalf(u32),
    Half,
    /// "several", "a few", "many".
    Some,
}

/// Reads a count: "5", "1,000", "twenty-five", "two thousand", "a", "a few", "half a".
pub(super) fn count(here: Cursor<'_>) -> Option<(Count, Cursor<'_>)> {
    if let Some((value, after)) = digits(here) {
        let half = after.digits().and_then(|(one, _, after)| {
            let (two, _, end) = after.glued_mark(&['/'])?.digits()?;
            ((one, two) == (1, 2)).then_some(end)
        });
        let half = half.or_else(|| after.mark(&['½']));
        return Some(half.map_or((Count::Exact(value), after), |end| (Count::AndHalf(value), end)));
    }
    if let Some(hundred) = here.word(&["a"])
        && hundred.word(&["hundred", "thousand"]).is_some()
    {
        return in_words(hundred).map(|(value, after)| (Count::Exact(value), after));
    }
    if let Some(after) = here.words("a couple of").or_else(|| here.words("a couple")) {
        return Some((Count::Exact(2), after));
    }
    if let Some(after) = here.words("couple of") {
        return Some((Count::Exact(2), after));
    }
    if let Some(after) = here.words("half a").or_else(|| here.words("half an")) {
        return Some((Count::Half, after));
    }
    if let Some(after) = here.words("a half") {
        return Some((Count::Half, after));
    }
    if let Some(after) = vague(here) {
        return Some((Count::Some, after));
    }
    if let Some((value, after)) = in_words(here) {
        let half = after.words("and a half").or_else(|| {
            after
                .hyphen()?
                .words("and")?
                .hyphen()?
                .words("a")?
                .hyphen()?
                .words("half")
        });
        return Some(half.map_or((Count::Exact(value), after), |end| (Count::AndHalf(value), end)));
    }
    here.word(&["a", "an"]).map(|after| (Count::Exact(1), after))
}

/// Reads "several", "a few", "dozens of" and the like.
fn vague(here: Cursor<'_>) -> Option<Cursor<'_>> {
    if let Some(after) = here.word(&["several", "many", "few"]) {
        return Some(after);
    }
    here.words("a few")
        .or_else(|| here.words("a number of"))
        .or_else(|| here.words("a good many"))
}

/// Reads a whole number in digits, with or without commas between the thousands.
pub(super) fn digits(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (mut value, length, mut after) = here.digits()?;
    if !here.is_free_number() {
        return None;
    }
    while length <= 3
        && let Some((group, 3, end)) = after.glued_mark(&[',']).and_then(|next| {
            next.glued()?;
            next.digits()
        })
    {
        value = value.checked_mul(1000)?.checked_add(group)?;
        after = end;
    }
    Some((value, after))
}

/// Reads a number in words.
pub(super) fn in_words(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (mut total, mut part, mut at) = (0_u32, 0_u32, here);
    let mut last = u32::MAX;
    // Seven words say any number there is in prose.
    for _ in 0..7 {
        let next = at.hyphen().filter(|_| (20..100).contains(&last)).unwrap_or(at);
        let next = if last == 100 || last == 1000 {
            next.words("and").unwrap_or(next)
        } else {
            next
        };
        let Some((number, after)) = next.sense(number) else {
            break;
        };
        match number {
            100 if last < 100 || at.at == here.at => part = part.max(1) * 100,
            1000 if last < 1000 || at.at == here.at => {
                total += part.max(1) * 1000;
                part = 0;
            }
            100 | 1000 => break,
            // "twenty five", "hundred twelve"; but "nineteen ninety" is no sum.
            _ if at.at == here.at || last >= 100 || (last >= 20 && number < 10) => part += number,
            _ => break,
        }
        last = number;
        at = after;
    }
    (at.at > here.at).then_some((total + part, at))
}

/// Reads an ordinal: "third", "21st", "twenty-first".
pub(super) fn ordinal(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    if let Some((value, _, after)) = here.digits() {
        after.glued()?;
        return Some((value, after.word(&["st", "nd", "rd", "th"])?));
    }
    if let Some((tens, after)) = here.sense(number).filter(|(tens, _)| (20..100).contains(tens)) {
        let next = after.hyphen().unwrap_or(after);
        let (ones, after) = next.sense(ordinal_sense).filter(|(ones, _)| *ones < 10)?;
        return Some((tens + ones, after));
    }
    here.sense(ordinal_sense)
}

/// Reads a year as it is spoken: "nineteen ninety-four", "two thousand and three".
pub(super) fn spoken_year(here: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (century, after) = here
        .sense(number)
        .filter(|(value, _)| (17..=20).contains(value))?;
    let (rest, end) = in_words(after)?;
    (10..100).contains(&rest).then_some((century * 100 + rest, end))
}

/// Whether the token here is written in digits.
pub(super) fn is_digits(here: Cursor<'_>) -> bool {
    matches!(here.token().map(|token| token.kind), Some(Kind::Digits(_)))
}

fn number(sense: Sense) -> Option<u32> {
    match sense {
        Sense::Number(value) => Some(value),
        _ => None,
    }
}

fn ordinal_sense(sense: Sense) -> Option<u32> {
    match sense {
        Sense::Ordinal(value) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::lexer::tokens;

    #[track_caller]
    fn check(text: &str, expected: Count) {
        let tokens = tokens(text);
        let found = count(Cursor::new(text, &tokens, 0)).map(|(count, _)| count);
        assert_eq!(found, Some(expected), "{text}");
    }

    #[test]
    fn counts_are_read_in_digits_and_in_words() {
        check("1,000 years", Count::Exact(1000));
        check("twenty-five", Count::Exact(25));
        check("two thousand three hundred and six", Count::Exact(2306));
        check("a couple of", Count::Exact(2));
        check("three and a half", Count::AndHalf(3));
        check("a few", Count::Some);
        check("an hour", Count::Exact(1));
    }

    #[test]
    fn a_year_may_be_spoken() {
        let text = "nineteen ninety-four";
        let tokens = tokens(text);
        let (year, _) = spoken_year(Cursor::new(text, &tokens, 0)).expect("a year");
        assert_eq!(year, 1994);
    }
}
