//! The pieces of a query, each with the character it begins at.

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open,
    Close,
    And,
    Or,
    /// What other search boxes take for `OR`.
    Bar,
    Not,
    /// A name with a colon that its value follows at once.
    Field(String),
    Word(String),
    /// A word with `=` before it: in no other form.
    Exact(String),
    Phrase(String),
    /// What stands beside it may be so many words away.
    Near(u32),
}

/// How far `NEAR` without a number reaches, in words.
const NEAR: u32 = 10;
/// The furthest that is still near.
const FURTHEST: u32 = 100;

/// Cuts a query into pieces, each with the character it begins at, from 1; and where a phrase was left open.
pub(super) fn pieces(text: &str) -> (Vec<(Piece, usize)>, Option<usize>) {
    let (mut placed, mut rest, mut left_open) = (Vec::new(), text, None);
    let (mut counted, mut at) = (0, 1);
    loop {
        rest = rest.trim_start();
        let begin = text.len() - rest.len();
        at += text[counted..begin].chars().count();
        counted = begin;
        let mut pieces = Vec::with_capacity(1);
        let Some(first) = rest.chars().next() else {
            return (placed, left_open);
        };
        let after = &rest[first.len_utf8()..];
        match first {
            '(' => (pieces.push(Piece::Open), rest = after).1,
            ')' => (pieces.push(Piece::Close), rest = after).1,
            '"' | '“' | '”' | '„' | '«' => {
                let end = after.find(['"', '”', '“', '»']);
                left_open = left_open.or(end.is_none().then_some(at));
                let end = end.unwrap_or(after.len());
                pieces.push(Piece::Phrase(after[..end].to_string()));
                rest = after[end..]
                    .chars()
                    .next()
                    .map_or("", |mark| &after[end + mark.len_utf8()..]);
            }
            // Other search boxes take `!` for the same.
            '!' if after
                .starts_with(|next: char| next.is_alphanumeric() || matches!(next, '"' | '“' | '(')) =>
            {
                pieces.push(Piece::Not);
                rest = after;
            }
            '-' | '−'
                if after
                    .chars()
                    .next()
                    .is_some_and(|next| !next.is_whitespace() && next != '-') =>
            {
                pieces.push(Piece::Not);
                rest = after;
            }
            // A whole sentence as a British paper prints it; elsewhere such a mark may be an apostrophe ("‘tis the pilots’").
            '‘' if begin == 0 && after.trim_end().ends_with('’') && !after.contains('‘') => {
                let inside = after.trim_end().trim_end_matches('’');
                pieces.push(Piece::Phrase(inside.to_string()));
                rest = "";
            }
            _ => rest = word(rest, &mut pieces),
        }
        placed.extend(pieces.into_iter().map(|piece| (piece, at)));
    }
}

/// Takes a word, or a field's name if it is one; answers what follows.
fn word<'a>(rest: &'a str, pieces: &mut Vec<Piece>) -> &'a str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”' | '„' | '«');
    let end = rest.find(ends).unwrap_or(rest.len());
    let whole = &rest[..end];
    if let Some((name, value)) = whole.split_once(':')
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && !value.starts_with("//")
        && (!value.is_empty() || rest[end..].starts_with(may_follow_colon))
    {
        pieces.push(Piece::Field(name.to_string()));
        return single_marked(&rest[name.len() + 1..], pieces);
    }
    pieces.push(match whole {
        "AND" | "&&" => Piece::And,
        "OR" => Piece::Or,
        "|" | "||" => Piece::Bar,
        "NOT" => Piece::Not,
        word => match (near(word), word.strip_prefix('=').filter(|word| !word.is_empty())) {
            (Some(words), _) => Piece::Near(words),
            (None, Some(exact)) => Piece::Exact(exact.to_string()),
            (None, None) => Piece::Word(word.to_string()),
        },
    });
    &rest[end..]
}

/// Takes a value in single marks, as other search boxes have them; beside words a single mark is an apostrophe.
fn single_marked<'a>(value: &'a str, pieces: &mut Vec<Piece>) -> &'a str {
    let marked = value.strip_prefix(['\'', '‘']).and_then(|inside| {
        let closes =
            |c: char, behind: &str| matches!(c, '\'' | '’') && !behind.starts_with(char::is_alphanumeric);
        let mut ends = inside.char_indices();
        ends.find(|(at, c)| closes(*c, &inside[at + c.len_utf8()..]))
            .map(|(at, c)| (&inside[..at], &inside[at + c.len_utf8()..]))
    });
    match marked {
        Some((phrase, rest)) => {
            pieces.push(Piece::Phrase(phrase.to_string()));
            rest
        }
        None => value,
    }
}

/// The reach of `NEAR` or `NEAR/5`, and of `w/5` as the databases of newspapers have it.
fn near(word: &str) -> Option<u32> {
    if let Some(words) = word
        .strip_prefix(['w', 'W'])
        .and_then(|rest| rest.strip_prefix('/'))
    {
        return words.parse().ok().map(|words: u32| words.min(FURTHEST));
    }
    let reach = word.strip_prefix("NEAR")?;
    match reach.strip_prefix('/') {
        Some(words) => words.parse().ok().map(|words: u32| words.min(FURTHEST)),
        None => reach.is_empty().then_some(NEAR),
    }
}

/// What may follow a field's colon at once beside a word.
fn may_follow_colon(c: char) -> bool {
    matches!(c, '(' | '"' | '“' | '„' | '«')
}
