//! Slips of the pen in TOML: what the reader of the format complains about says what it expected, and not what to write.

/// What to write instead of a line that the reader of the format does not take, where the slip is a known one.
pub(super) fn hint(line: &str, message: &str) -> Option<String> {
    let line = line.trim();
    if message.contains("expected a sequence") {
        return Some(
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(table) => format!("write [[{table}]] in double brackets, since there may be several"),
                None => listed(line)?,
            },
        );
    }
    let (key, value) = line
        .split_once('=')
        .map(|(key, value)| (key.trim(), value.trim()))?;
    if message.contains("TOML datetime") {
        let day = value.trim_matches(['"', '\'']);
        return Some(format!("write the day without quotation marks: {key} = {day}"));
    }
    if value.starts_with(CURLY) {
        let plain = value.trim_matches(CURLY);
        return Some(format!("write straight quotation marks: {key} = \"{plain}\""));
    }
    let small = value.to_ascii_lowercase();
    if value != small && matches!(small.as_str(), "true" | "false") {
        return Some(format!("write it in small letters: {key} = {small}"));
    }
    let is_length = matches!(key, "every" | "window") || message.contains("length of time");
    if message.contains("expected a string") && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(match is_length || is_length_of_settings(key) {
            true => format!("write a length of time with its unit: {key} = \"{value}m\", or \"{value}s\""),
            false => format!("write it in quotation marks: {key} = \"{value}\""),
        });
    }
    is_bare_word(value).then(|| format!("write text in quotation marks: {key} = \"{value}\""))
}

/// Marks that word processors make of straight ones.
const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '«'];

/// A list in place of a single value.
fn listed(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    let bare = value.trim_matches('"');
    let value = match bare.bytes().all(|byte| byte.is_ascii_digit()) {
        true => bare,
        false => value,
    };
    Some(format!("write a list: {key} = [{value}]"))
}

/// The settings that are lengths of time and may be written as a number by mistake.
fn is_length_of_settings(key: &str) -> bool {
    key.contains("pace") || key.contains("timeout") || key.contains("every") || key.ends_with("_after")
}

/// Whether a value is a word, or several, that nothing marks as text.
fn is_bare_word(value: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | '/' | ':');
    value.starts_with(char::is_alphabetic) && !matches!(value, "true" | "false") && value.chars().all(is_part)
}

/// Whether a text has the form of a BCP 47 tag: a language of two or three letters, and subtags.
pub(super) fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_language =
        |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    parts.next().is_some_and(is_language) && parts.all(is_subtag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, message: &str, expected: &str) {
        assert_eq!(hint(line, message).as_deref(), Some(expected));
    }

    #[test]
    fn each_slip_is_answered_with_what_to_write() {
        let sequence = "invalid type: map, expected a sequence";
        check(
            "[channel]",
            sequence,
            "write [[channel]] in double brackets, since there may be several",
        );
        check("ports = \"9311\"", sequence, "write a list: ports = [9311]");
        check("aliases = \"Ann\"", sequence, "write a list: aliases = [\"Ann\"]");
        let string = "invalid type: integer `15`, expected a string";
        check(
            "every = 15",
            string,
            "write a length of time with its unit: every = \"15m\", or \"15s\"",
        );
        check(
            "title = 15",
            string,
            "write it in quotation marks: title = \"15\"",
        );
        check(
            "office = town-hall",
            "invalid boolean, expected `true`",
            "write text in quotation marks: office = \"town-hall\"",
        );
        check(
            "name = “Town Hall”",
            "string values must be quoted",
            "write straight quotation marks: name = \"Town Hall\"",
        );
        check(
            "from = \"2026-01-01\"",
            "invalid type: string \"2026-01-01\", expected a TOML datetime",
            "write the day without quotation marks: from = 2026-01-01",
        );
        check(
            "enabled = True",
            "invalid boolean",
            "write it in small letters: enabled = true",
        );
        assert_eq!(hint("name = \"x\" y", "unexpected content"), None);
    }

    #[test]
    fn a_language_is_a_tag_and_no_name() {
        assert!(
            ["en", "es-MX", "zh-Hant-TW", "haw"]
                .into_iter()
                .all(is_language_tag)
        );
        assert!(
            !["English", "e", "", "en_US", "en-"]
                .into_iter()
                .any(is_language_tag)
        );
    }
}
