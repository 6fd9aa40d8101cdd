//! JSON of strangers, read only where what it holds fits: a value takes many times the memory of the two bytes it is written
//! in, so that the length of a text says nothing of what it becomes. Whoever reads JSON that somebody else wrote reads it here.

use serde::de::DeserializeOwned;

/// Values that one text may hold: ten for each announcement that is taken of the longest list, and some sixty megabytes.
pub const MOST_VALUES: usize = 500_000;

/// Why a text is not read as JSON.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// It holds more than anybody has a use for.
    #[error("it holds more than {MOST_VALUES} values")]
    TooMany,
    /// It is none, or not of the shape that is asked for.
    #[error("it is no sound JSON ({0})")]
    Unsound(#[from] serde_json::Error),
}

/// Reads a text that holds no more than [`MOST_VALUES`].
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Unread> {
    read_within(text, &mut { MOST_VALUES })
}

/// The same of one of several texts, all of which may hold together what is left; what is read is taken from it.
pub fn read_within<T: DeserializeOwned>(text: &[u8], left: &mut usize) -> Result<T, Unread> {
    let rest = left.checked_sub(most_values_in(text)).ok_or(Unread::TooMany)?;
    let read = serde_json::from_slice(text)?;
    *left = rest;
    Ok(read)
}

/// How many values a text holds at most: one more than its commas, beginnings of lists and of objects outside strings. What is
/// behind a slip counts as well, though nobody reads it.
fn most_values_in(text: &[u8]) -> usize {
    let mut count = 1;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b',' | b'[' | b'{' => count += 1,
            b'"' => at = end_of_string(text, at + 1),
            _ => {}
        }
        at += 1;
    }
    count
}

/// Where the string ends whose first byte this is: at its closing mark, or behind the text.
fn end_of_string(text: &[u8], first: usize) -> usize {
    let mut at = first;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if text[at] == b'"' {
            return at;
        }
        // What is escaped ends nothing.
        at += 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The values of a tree, keys left out.
    fn count(value: &Value) -> usize {
        1 + match value {
            Value::Array(values) => values.iter().map(count).sum(),
            Value::Object(members) => members.values().map(count).sum(),
            _ => 0,
        }
    }

    #[test]
    fn values_are_counted_before_any_of_them_is_made() {
        for text in [
            "1",
            "[]",
            "[1,2,3]",
            r#"{"a": [1, {"b": "x, [y], {z}"}], "c": "\"[,\\"}"#,
            r#"["\\", "\\\"", ","]"#,
        ] {
            let value: Value = read(text.as_bytes()).expect("JSON");
            let most = most_values_in(text.as_bytes());
            let (held, empty) = (count(&value), text.matches("[]").count());
            assert_eq!(most, held + empty, "{text}");
        }
    }

    #[test]
    fn a_text_of_very_many_values_is_refused_and_one_long_string_is_not() {
        let many = format!("[0{}]", ",0".repeat(MOST_VALUES));
        assert!(matches!(read::<Value>(many.as_bytes()), Err(Unread::TooMany)));
        let deep = "[".repeat(2 * MOST_VALUES);
        assert!(matches!(read::<Value>(deep.as_bytes()), Err(Unread::TooMany)));
        let long = format!("[\"{}\"]", "[,".repeat(MOST_VALUES));
        assert!(read::<Value>(long.as_bytes()).is_ok());
        // A string that is left open hides nothing: the reader stops there as well.
        let open = format!("[\"{}", "[,".repeat(MOST_VALUES));
        assert!(matches!(read::<Value>(open.as_bytes()), Err(Unread::Unsound(_))));
    }

    #[test]
    fn several_texts_share_what_they_may_hold() {
        let mut left = 7;
        assert!(read_within::<Value>(b"[1,2]", &mut left).is_ok());
        assert_eq!(left, 4);
        assert!(read_within::<Value>(b"[1,2,3,4]", &mut left).is_err());
        assert!(
            read_within::<Value>(b"[1,2]", &mut left).is_ok(),
            "a smaller one fits still"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_holds_more_values_than_were_counted(text in "[\\[\\]{}:,\"\\\\a0 ]{0,60}") {
            if let Ok(value) = serde_json::from_str::<Value>(&text) {
                assert!(count(&value) <= most_values_in(text.as_bytes()), "{text}");
            }
        }
    }
}
