//! The words and signs of a Rust source, without its comments and literals.

/// A word (`use`, `crate`, `store`) or a sign (`::`, `{`), and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
}

/// Splits a source. Enough of Rust's grammar to see paths; what is no valid Rust does no harm.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < source.len() {
        let rest = &source[at..];
        let length = passed_over(rest);
        if length == 0 {
            let text = &source[at..at + token_length(rest)];
            found.push(Token { text, line });
            at += text.len();
        } else {
            line += rest[..length].matches('\n').count();
            at += length;
        }
    }
    found
}

/// The length of the white space, comment or literal that `rest` begins with, or 0.
fn passed_over(rest: &str) -> usize {
    let first = rest.chars().next().unwrap_or(' ');
    if first.is_whitespace() {
        first.len_utf8()
    } else if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        block_comment(rest)
    } else {
        literal(rest)
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// The length of a string or character literal, or 0.
fn literal(rest: &str) -> usize {
    let bare = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - bare.len();
    if prefix > 1 {
        return 0;
    }
    let length = match bare.as_bytes().first() {
        Some(b'"') => quoted(bare),
        Some(b'r') => raw(bare),
        Some(b'\'') => character(bare),
        _ => 0,
    };
    if length == 0 { 0 } else { prefix + length }
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in rest.bytes().enumerate().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw(rest: &str) -> usize {
    let hashes = rest[1..].len() - rest[1..].trim_start_matches('#').len();
    if !rest[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = 2 + hashes;
    let length = rest[inside..].find(&end).map(|at| inside + at + end.len());
    length.unwrap_or(rest.len())
}

/// `'a'` and `'\n'` are literals, `'a` is a lifetime.
fn character(rest: &str) -> usize {
    let mut signs = rest.char_indices().skip(1);
    match signs.next() {
        Some((_, '\\')) => {
            let _escaped = signs.next();
            let end = signs.find(|(_, sign)| *sign == '\'');
            end.map_or(0, |(at, _)| at + 1)
        }
        Some(_) => match signs.next() {
            Some((at, '\'')) => at + 1,
            _ => 0,
        },
        None => 0,
    }
}

fn token_length(rest: &str) -> usize {
    let word = |sign: char| sign == '_' || sign.is_alphanumeric();
    let end = rest.find(|sign| !word(sign)).unwrap_or(rest.len());
    match end {
        0 if rest.starts_with("::") => 2,
        0 => rest.chars().next().map_or(1, char::len_utf8),
        end => end,
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[track_caller]
    fn check(source: &str, expected: &[(&str, usize)]) {
        let found: Vec<_> = tokens(source)
            .into_iter()
            .map(|token| (token.text, token.line))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn comments_and_literals_are_passed_over_and_lines_still_count() {
        check("// crate::a\n/* b /* c */ d\n*/ x", &[("x", 3)]);
        check("\"a \\\" \n b\" r#\"c \" d\"# b\"e\" x", &[("x", 2)]);
        check("'\"' x '\\'' y '\\u{41}' z", &[("x", 1), ("y", 1), ("z", 1)]);
    }

    #[test]
    fn a_lifetime_hides_nothing() {
        check(
            "&'a b::c",
            &[("&", 1), ("'", 1), ("a", 1), ("b", 1), ("::", 1), ("c", 1)],
        );
    }
}
