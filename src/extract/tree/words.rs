//! The words of an element on one line.

use scraper::{ElementRef, Node};

/// The words of an element on one line. Elements keep words apart, but for those that only change how letters look,
/// "Mc<b>Donald</b>", and where one stands inside a word: "harb<span>our</span>s".
pub(in crate::extract) fn words(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    push_words(element, &mut words);
    crate::extract::blocks::one_line(&words)
        .replace(" ,", ",")
        .replace(" .", ".")
}

/// The tree is bounded in depth, so this may call itself.
fn push_words(element: ElementRef<'_>, into: &mut String) {
    let mut is_after_element = false;
    // The blank behind an element, and whether it is left out where the word goes on that ends there.
    let mut is_blank_due = false;
    let mut may_go_on = false;
    for child in element.children() {
        if let Node::Text(text) = child.value() {
            if std::mem::take(&mut is_blank_due) && !(may_go_on && is_rest(into, text)) {
                into.push(' ');
            }
            into.push_str(text);
            is_after_element = false;
        } else if let Some(inner) = ElementRef::wrap(child) {
            // Two elements without a letter between them are set apart by the page's style: a label and a name.
            let is_apart = is_after_element || !is_look(inner.value().name());
            if inner.value().name() == "del" {
                continue;
            }
            let is_inside = !is_after_element && is_inline(inner) && is_rest(into, first_text(inner));
            if std::mem::take(&mut is_blank_due) || (is_apart && !is_inside) {
                into.push(' ');
            }
            push_words(inner, into);
            is_blank_due = !is_look(inner.value().name());
            // A first letter that is set large is one as well.
            may_go_on = is_inside || is_inline(inner) && first_text(inner).chars().count() == 1;
            is_after_element = true;
        }
    }
    if is_blank_due {
        into.push(' ');
    }
}

/// Whether a text goes on with the word that ends here: a capital begins another, as that of a name behind its label.
fn is_rest(words: &str, text: &str) -> bool {
    words.ends_with(char::is_alphabetic) && text.starts_with(char::is_lowercase)
}

/// Whether an element may stand inside a word.
fn is_inline(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "span" | "a")
}

fn first_text(element: ElementRef<'_>) -> &str {
    element.text().next().unwrap_or_default()
}

/// Whether an element changes how letters look, and no more.
fn is_look(name: &str) -> bool {
    matches!(
        name,
        "b" | "i"
            | "em"
            | "strong"
            | "u"
            | "s"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "mark"
            | "font"
            | "abbr"
            | "wbr"
            | "tt"
    )
}
