//! The letters of a payload, for finding words again without trusting the reader that found them first.
//!
//! A quote that was read out of a page must stand in it. The check reads the payload in the plainest
//! way there is: tags out, character references resolved, everything folded to lower-case letters and
//! digits. White space, marks and markup inside a quote then make no difference, a changed word does.

mod printed;

use unicode_normalization::UnicodeNormalization;

use super::tree::is_block;
use super::{kind_of, pdf};
use crate::text::charset;
use printed::Printed;

/// What a payload says, as letters and digits.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    /// What stands between the tags.
    visible: String,
    /// What stands in scripts, where some sites keep the text (JSON-LD, page state).
    scripts: String,
    /// What stands on printed pages.
    printed: Printed,
}

impl Letters {
    /// Reads a payload whose content coding is undone.
    pub fn of(payload: &[u8], content_type: Option<&str>) -> Letters {
        match kind_of(payload, content_type) {
            super::PayloadKind::Pdf => Letters {
                printed: Printed::of(pdf::drawn(payload).unwrap_or_default()),
                ..Letters::default()
            },
            super::PayloadKind::Html => {
                let (visible, scripts) = split(&charset::decode(payload, content_type).text);
                Letters {
                    visible: fold(&visible),
                    scripts: fold(&unescape_json(&scripts)),
                    ..Letters::default()
                }
            }
            // Its strings may be pieces of HTML.
            super::PayloadKind::Json => {
                let (visible, _) = split(&super::json::strings(payload));
                Letters {
                    visible: fold(&visible),
                    ..Letters::default()
                }
            }
            _ => Letters {
                visible: fold(&charset::decode(payload, content_type).text),
                ..Letters::default()
            },
        }
    }

    /// How many bytes are looked through for words.
    pub fn bytes(&self) -> usize {
        self.visible.len() + self.scripts.len() + self.printed.bytes()
    }

    /// Whether a reader of the page sees these words: they stand between its tags, or on its printed pages.
    pub fn show(&self, words: &str) -> bool {
        let words = fold(words);
        self.visible.contains(&words) || self.printed.contain(&words)
    }

    /// Whether these words stand in the payload, in this order and nothing between them.
    pub fn contain(&self, words: &str) -> bool {
        let words = fold(words);
        self.visible.contains(&words) || self.scripts.contains(&words) || self.printed.contain(&words)
    }
}

/// Lower-case letters and digits, compatibility forms (ligatures, full width) taken apart.
fn fold(text: &str) -> String {
    text.nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Stands between two lines of a page in what [`split`] gives: no text has it, and it is no letter.
pub(super) const BREAK: char = '\u{1e}';

/// What stands between the tags of a page, with [`BREAK`] where an element begins or ends a line, and what stands in its scripts.
pub(super) fn split(html: &str) -> (String, String) {
    let (mut visible, mut scripts) = (String::with_capacity(html.len() / 2), String::new());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        push_resolved(&mut visible, &rest[..open]);
        rest = &rest[open..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
            continue;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !is_tag {
            visible.push('<');
            rest = &rest[1..];
            continue;
        }
        let name_end = rest[1..]
            .find(|c: char| !c.is_ascii_alphanumeric())
            .map_or(rest.len(), |end| end + 1);
        let name = rest[1..name_end].to_ascii_lowercase();
        let named = rest[1..].trim_start_matches('/');
        let named = &named[..named
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(named.len())];
        if ends_line(&named.to_ascii_lowercase()) {
            visible.push(BREAK);
        }
        rest = after_tag(rest);
        if matches!(name.as_str(), "script" | "style") {
            let end = end_of_element(rest, &name);
            if name == "script" {
                scripts.push_str(&rest[..end]);
                scripts.push('\n');
            }
            rest = &rest[end..];
        }
    }
    push_resolved(&mut visible, rest);
    (visible, scripts)
}

/// Whether an element begins and ends a line, where it begins or ends.
fn ends_line(name: &str) -> bool {
    is_block(name)
        || matches!(
            name,
            "br" | "title" | "option" | "button" | "label" | "noscript" | "iframe"
        )
}

/// What follows the tag that `rest` begins with; a `>` inside an attribute's quotes does not end it.
fn after_tag(rest: &str) -> &str {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return &rest[at + 1..],
            (None, b'"' | b'\'') if rest.as_bytes()[at - 1] == b'=' => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    ""
}

fn end_of_element(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let close = from + at;
        let follows = rest.as_bytes()[close + 2..].get(..name.len());
        if follows.is_some_and(|follows| follows.eq_ignore_ascii_case(name.as_bytes())) {
            return close;
        }
        from = close + 2;
    }
    rest.len()
}

/// Adds text with its character references resolved; an unknown one stays as it is.
fn push_resolved(to: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        to.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let reference = rest
            .find(';')
            .filter(|end| *end <= 32)
            .map(|end| (&rest[..end], end));
        match reference.and_then(|(name, end)| Some((resolved(name)?, end))) {
            Some((character, end)) => {
                to.push_str(&character);
                rest = &rest[end + 1..];
            }
            None => to.push('&'),
        }
    }
    to.push_str(rest);
}

fn resolved(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return quick_xml::escape::resolve_html5_entity(name).map(str::to_string);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // As browsers do: 128 to 159 mean what they mean in windows-1252.
    let byte = u8::try_from(code).ok().filter(|byte| (0x80..0xa0).contains(byte));
    match byte {
        Some(byte) => Some(
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&[byte])
                .0
                .into_owned(),
        ),
        None => char::from_u32(code).map(String::from),
    }
}

/// Resolves `\uXXXX` and drops other backslashes, so that JSON strings read as text; markup that
/// stands in them goes as well.
fn unescape_json(script: &str) -> String {
    let mut text = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let code = rest.strip_prefix('u').and_then(|after| after.get(..4));
        match code.and_then(|code| u16::from_str_radix(code, 16).ok()) {
            Some(unit) => {
                // A lone half of a pair is no letter that a quote could contain.
                text.extend(char::from_u32(u32::from(unit)));
                rest = &rest[5..];
            }
            None => {
                let skipped = rest.chars().next().map_or(0, char::len_utf8);
                let kept = if rest.starts_with(['n', 't', 'r']) {
                    " "
                } else {
                    &rest[..skipped]
                };
                text.push_str(kept);
                rest = &rest[skipped..];
            }
        }
    }
    text.push_str(rest);
    let (mut visible, _) = split(&text);
    visible.shrink_to_fit();
    visible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, words: &str, found: bool) {
        let letters = Letters::of(html.as_bytes(), Some("text/html; charset=utf-8"));
        assert_eq!(letters.contain(words), found, "{letters:?}");
    }

    #[test]
    fn markup_and_marks_inside_a_quote_make_no_difference() {
        check(
            "<p>“We <em>will</em>\n not&nbsp;go,” she said",
            "We will not go",
            true,
        );
        check(
            "<p title='a > b'>caf&eacute; &#8220;d&#x27;accord&#148;",
            "café d’accord",
            true,
        );
    }

    #[test]
    fn a_changed_word_makes_one() {
        check("<p>“We will not go,” she said", "We will go", false);
        check(
            "<!-- We will go --><style>We will go</style>",
            "We will go",
            false,
        );
    }

    #[test]
    fn text_kept_in_scripts_is_seen() {
        check(
            r#"<script type="application/ld+json">{"a":"<p>We \u0077ill \"go\"</p>"}</SCRIPT>"#,
            "we will go",
            true,
        );
    }

    #[test]
    fn hostile_pages_end() {
        for html in ["<", "<!--", "<script", "&#xffffffff;", "&", "<a b='", "\\u12"] {
            check(&html.repeat(2000), "nothing like it", false);
        }
    }
}
