//! The pieces of a query.

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A name with a colon that its value follows at once.
    Field(String),
    Word(String),
    Phrase(String),
}

/// Cuts a query into pieces; whether a phrase was left open.
pub(super) fn pieces(text: &str) -> (Vec<Piece>, bool) {
    let (mut pieces, mut rest, mut left_open) = (Vec::new(), text, false);
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return (pieces, left_open);
        };
        let after = &rest[first.len_utf8()..];
        match first {
            '(' => (pieces.push(Piece::Open), rest = after).1,
            ')' => (pieces.push(Piece::Close), rest = after).1,
            '"' | '“' | '”' | '„' | '«' => {
                let end = after.find(['"', '”', '“', '»']);
                left_open |= end.is_none();
                let end = end.unwrap_or(after.len());
                pieces.push(Piece::Phrase(after[..end].to_string()));
                rest = after[end..]
                    .chars()
                    .next()
                    .map_or("", |mark| &after[end + mark.len_utf8()..]);
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
            _ => rest = word(rest, &mut pieces),
        }
    }
}

/// Takes a word, or a field's name if it is one; answers what follows.
fn word<'a>(rest: &'a str, pieces: &mut Vec<Piece>) -> &'a str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”' | '„' | '«');
    let end = rest.find(ends).unwrap_or(rest.len());
    let whole = &rest[..end];
    if let Some((name, value)) = whole.split_once(':')
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !value.starts_with("//")
        && (!value.is_empty() || rest[end..].starts_with(may_follow_colon))
    {
        pieces.push(Piece::Field(name.to_string()));
        return &rest[name.len() + 1..];
    }
    pieces.push(match whole {
        "AND" => Piece::And,
        "OR" => Piece::Or,
        "NOT" => Piece::Not,
        word => Piece::Word(word.to_string()),
    });
    &rest[end..]
}

/// What may follow a field's colon at once beside a word.
fn may_follow_colon(c: char) -> bool {
    matches!(c, '(' | '"' | '“' | '„' | '«')
}
