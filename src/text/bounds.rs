//! Bounds what a page can cost before a tree is built of it, in one linear pass over its text.
//!
//! Building the tree is quadratic in nesting and in attributes: 200 kB of nested `div` or one tag with
//! 200,000 attributes take seconds. Tags past the bounds are left out; their text stays. What no reading
//! looks at (styles, drawings, comments, scripts other than JSON-LD) is left out as well, which is most
//! of the bytes of many pages.

mod tag;

use tag::{Tag, find_end, raw_text_length};

/// Elements open at once; real pages stay under 60, browsers stop at 512.
const MAX_DEPTH: usize = 100;
/// Formatting elements open at once: the parser opens each again in every later block.
const MAX_FORMATTING: usize = 8;
/// Elements of one page.
const MAX_ELEMENTS: usize = 60_000;

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
const FORMATTING: [&str; 13] = [
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements whose content is no markup, and of no use to a reading.
const DROPPED: [&str; 8] = [
    "style",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "textarea",
    "xmp",
    "plaintext",
];
/// Elements that end an open one of the same name.
const SELF_ENDING: [&str; 9] = ["p", "li", "dd", "dt", "td", "th", "tr", "option", "a"];

/// A page that is cheap to parse.
pub struct Bounded {
    /// The markup that is left.
    pub html: String,
    /// Whether something passed a bound.
    pub is_cut: bool,
}

/// Copies `html` without what is past the bounds or of no use.
pub fn bound(html: &str) -> Bounded {
    let mut scan = Scan {
        html,
        at: 0,
        kept: String::with_capacity(html.len() / 2),
        open: Vec::new(),
        past_depth: 0,
        formatting: 0,
        elements: 0,
        has_svg_end: true,
        is_cut: false,
    };
    while scan.at < html.len() {
        scan.step();
    }
    Bounded {
        html: scan.kept,
        is_cut: scan.is_cut,
    }
}

struct Scan<'a> {
    html: &'a str,
    at: usize,
    kept: String,
    open: Vec<&'a str>,
    /// Elements left out that are still open.
    past_depth: usize,
    formatting: usize,
    elements: usize,
    has_svg_end: bool,
    is_cut: bool,
}

impl<'a> Scan<'a> {
    /// Copies the text before the next tag, then deals with that tag.
    fn step(&mut self) {
        let rest = &self.html[self.at..];
        let Some(tag) = memchr::memchr(b'<', rest.as_bytes()) else {
            self.kept.push_str(rest);
            self.at = self.html.len();
            return;
        };
        self.kept.push_str(&rest[..tag]);
        self.at += tag;
        let rest = &rest[tag..];
        match rest.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => self.skip_comment(rest),
            [b'<', b'!' | b'?', ..] => self.skip_declaration(rest),
            [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => self.end_tag(rest),
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => self.start_tag(rest),
            _ => {
                self.kept.push('<');
                self.at += 1;
            }
        }
    }

    fn skip_comment(&mut self, rest: &str) {
        let is_short = ["<!-->", "<!--->"].iter().find(|short| rest.starts_with(**short));
        let length = match is_short {
            Some(short) => short.len(),
            None => rest[4..].find("-->").map_or(rest.len(), |end| 4 + end + 3),
        };
        self.at += length;
    }

    fn skip_declaration(&mut self, rest: &str) {
        let length = rest.find('>').map_or(rest.len(), |end| end + 1);
        if rest
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
        {
            self.kept.push_str(&rest[..length]);
        }
        self.at += length;
    }

    fn end_tag(&mut self, rest: &str) {
        let tag = Tag::read(rest, 2);
        self.at += tag.length;
        if FORMATTING.iter().any(|name| tag.is(name)) {
            self.formatting = self.formatting.saturating_sub(1);
        }
        if self.past_depth > 0 {
            self.past_depth -= 1;
            return;
        }
        // The stack is never deeper than its bound, so looking through it costs a constant.
        if let Some(depth) = self.open.iter().rposition(|name| tag.is(name)) {
            self.open.truncate(depth);
        }
        self.kept.push_str(&rest[..tag.length]);
    }

    fn start_tag(&mut self, rest: &'a str) {
        let tag = Tag::read(rest, 1);
        self.at += tag.length;
        self.is_cut |= tag.is_cut;
        let after = &rest[tag.length..];
        if tag.is("script") {
            let length = raw_text_length(after, "script");
            if tag.markup.to_ascii_lowercase().contains("ld+json") {
                self.kept.push_str(&tag.markup);
                self.kept.push_str(&after[..length]);
            }
            self.at += length;
        } else if DROPPED.iter().any(|name| tag.is(name)) {
            self.at += raw_text_length(after, tag.name);
        } else if tag.is("title") {
            self.kept.push_str(&tag.markup);
            let length = raw_text_length(after, "title");
            self.kept.push_str(&after[..length]);
            self.at += length;
        } else if tag.is("svg") {
            self.skip_svg(&tag, after);
        } else if VOID.iter().any(|name| tag.is(name)) {
            self.keep(&tag);
        } else {
            self.open_element(&tag);
        }
    }

    fn open_element(&mut self, tag: &Tag<'a>) {
        if FORMATTING.iter().any(|name| tag.is(name)) {
            self.formatting += 1;
            if self.formatting > MAX_FORMATTING {
                // Not counted as cut: emphasis adds nothing to a reading.
                return;
            }
        }
        if self.open.last().is_some_and(|open| tag.is(open)) && SELF_ENDING.iter().any(|name| tag.is(name)) {
            self.open.pop();
        }
        if self.open.len() >= MAX_DEPTH {
            self.past_depth += 1;
            self.is_cut = true;
            return;
        }
        self.open.push(tag.name);
        self.keep(tag);
    }

    fn keep(&mut self, tag: &Tag<'_>) {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            // A space keeps the words apart that the element kept apart.
            self.kept.push(' ');
            self.is_cut = true;
        } else {
            self.kept.push_str(&tag.markup);
        }
    }

    /// Leaves out a drawing with what it holds, as long as drawings end.
    fn skip_svg(&mut self, tag: &Tag<'_>, after: &str) {
        if tag.markup.ends_with("/>") || !self.has_svg_end {
            return;
        }
        match find_end(after, "svg") {
            Some(length) => self.at += length,
            None => self.has_svg_end = false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, kept: &str) {
        let bounded = bound(html);
        assert_eq!((bounded.html.as_str(), bounded.is_cut), (kept, false));
    }

    #[test]
    fn ordinary_markup_is_copied() {
        let page = "<!DOCTYPE html><p class='a>b' id=c>a < b &amp; c<br/><b>d</b></p>";
        check(page, page);
        check("<p>one<p>two<li>é", "<p>one<p>two<li>é");
    }

    #[test]
    fn what_no_reading_looks_at_is_left_out() {
        check("a<!-- <p> -->b<!-->c", "abc");
        check("a<style>p > b {}</style >b<SCRIPT>if (a</b) {}</SCRIPT>c", "abc");
        check("a<svg><g/><text>x</text></svg>b<noscript><p>x</noscript>c", "abc");
    }

    #[test]
    fn linked_data_and_titles_are_kept() {
        let page = r#"<title>a <b> c</title><script type="application/ld+json">{"a":"<p>"}</script>"#;
        check(page, page);
    }

    #[test]
    fn a_page_that_ends_inside_a_tag_loses_only_that() {
        check("<p>a<p title='b", "<p>a");
        check("<p>a<style>b", "<p>a");
        check("a<", "a<");
    }

    #[test]
    fn deep_nesting_is_cut_and_its_text_kept() {
        let bounded = bound(&format!(
            "{}x{}<p>y",
            "<div>".repeat(50_000),
            "</div>".repeat(50_000)
        ));
        assert!(bounded.is_cut);
        assert!(bounded.html.contains('x') && bounded.html.ends_with("<p>y"));
        assert_eq!(bounded.html.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(bounded.html.matches("</div>").count(), MAX_DEPTH);
    }

    #[test]
    fn attributes_past_the_bound_are_cut() {
        let many: String = (0..200_000).map(|number| format!(" a{number}='>'")).collect();
        let bounded = bound(&format!("<p{many} class=b>x</p>"));
        assert!(bounded.is_cut && bounded.html.len() < 1_000 && bounded.html.ends_with(">x</p>"));
        let long = bound(&format!("<a data-x='{}' href='/b'>x</a>", "y".repeat(100_000)));
        assert_eq!(long.html, "<a href='/b' >x</a>");
    }
}
