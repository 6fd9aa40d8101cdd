//! Bounds what a page can cost before a tree is built of it, in one linear pass over its text.
//!
//! Building the tree is quadratic in nesting and in attributes: 200 kB of nested `div` or one tag with
//! 200,000 attributes take seconds. Tags past the bounds are left out; their text stays. What no reading
//! looks at (styles, drawings, comments, scripts other than JSON-LD) is left out as well, which is most
//! of the bytes of many pages.

mod sorts;
mod tag;

use sorts::{RULES, Sorts};
use tag::{find_end, find_raw_end, raw_text_length};

pub use tag::{Attribute, Tag};

/// Elements open at once; real pages stay under 60, browsers stop at 512.
const MAX_DEPTH: usize = 100;
/// Formatting elements open at once: the parser opens each again in every later block.
const MAX_FORMATTING: usize = 8;
/// Elements with an end tag that are taken for ended without it. The parser may see it otherwise, so that there must be
/// an end to it: these may be open as well.
const MAX_IMPLIED: usize = 2_000;
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
/// Elements whose end tag may be left out: what begins, what it ends, and the elements that keep it from ending what
/// stands around them.
const IMPLIED_ENDS: [(&[&str], &[&str], &[&str]); 6] = [
    (
        &["li"],
        &["li"],
        &["ul", "ol", "menu", "dl", "dd", "dt", "td", "th"],
    ),
    (
        &["dd", "dt"],
        &["dd", "dt"],
        &["dl", "ul", "ol", "menu", "li", "td", "th"],
    ),
    (&["td", "th"], &["td", "th"], &["tr", "table"]),
    (&["tr"], &["tr"], &["tbody", "thead", "tfoot", "table"]),
    (
        &["tbody", "thead", "tfoot"],
        &["tbody", "thead", "tfoot", "tr"],
        &["table"],
    ),
    (&["option"], &["option"], &["select"]),
];
/// Elements that mean nothing outside a table.
const OF_TABLES: [&str; 6] = ["td", "th", "tr", "tbody", "thead", "tfoot"];
/// Elements that end an open paragraph.
const END_PARAGRAPH: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "menu",
];
/// Elements in which a paragraph is not one of those around them.
const KEEP_PARAGRAPH: [&str; 6] = ["td", "th", "table", "caption", "button", "object"];
/// Elements whose end tag may be left out, so that past the depth nobody knows whether it comes.
const MAY_STAY_OPEN: [&str; 11] = [
    "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option",
];

/// A page that is cheap to parse.
pub struct Bounded {
    /// The markup that is left.
    pub html: String,
    /// Whether something passed a bound.
    pub is_cut: bool,
}

/// Copies `html` without what is past the bounds or of no use.
pub fn bound(html: &str) -> Bounded {
    bound_with(html, &|_| true)
}

/// The same, and only with the attributes of these names: what a tag says to scripts and style sheets is a good part of
/// many pages, and costs more to parse than words.
pub fn bound_with(html: &str, is_asked: &dyn Fn(&str) -> bool) -> Bounded {
    let mut kept = String::with_capacity(html.len() / 2);
    let is_cut = bound_into(html, is_asked, &mut kept);
    Bounded { html: kept, is_cut }
}

/// Hands what is kept to somebody piece by piece; answers whether something passed a bound.
pub fn bound_into<'a, 'k>(
    html: &'a str,
    is_asked: &'k dyn Fn(&str) -> bool,
    kept: &'k mut impl Keeper<'a>,
) -> bool {
    let mut scan = Scan {
        html,
        is_asked,
        at: 0,
        kept,
        open: Vec::new(),
        past_depth: 0,
        formatting: 0,
        implied: 0,
        elements: 0,
        has_svg_end: true,
        is_cut: false,
        room: Vec::new(),
    };
    while scan.at < html.len() {
        scan.step();
    }
    scan.is_cut
}

/// Who takes what is kept of a page, in its order.
pub trait Keeper<'a> {
    /// Text as it stands in the markup, with its character references.
    fn text(&mut self, text: &'a str);
    /// Text in which nothing stands for anything else: that of a script.
    fn raw(&mut self, text: &'a str);
    /// A start tag.
    fn start(&mut self, tag: &Tag<'a>);
    /// An end tag.
    fn end(&mut self, tag: &Tag<'a>);
    /// The declaration of what sort of document it is.
    fn doctype(&mut self, declaration: &'a str);
}

impl<'a> Keeper<'a> for String {
    fn text(&mut self, text: &'a str) {
        // Before what is left out it began no tag; before what follows that it might.
        self.push_str(if text == "<" { "&lt;" } else { text });
    }

    fn raw(&mut self, text: &'a str) {
        self.push_str(text);
    }

    fn start(&mut self, tag: &Tag<'a>) {
        self.push_str(&tag.markup());
    }

    fn end(&mut self, tag: &Tag<'a>) {
        self.push_str(tag.source());
    }

    fn doctype(&mut self, declaration: &'a str) {
        self.push_str(declaration);
    }
}

struct Scan<'a, 'k, K> {
    html: &'a str,
    /// Whether somebody asks for attributes of a name.
    is_asked: &'k dyn Fn(&str) -> bool,
    at: usize,
    kept: &'k mut K,
    open: Vec<(&'a str, Sorts)>,
    /// Elements left out that are still open.
    past_depth: usize,
    formatting: usize,
    /// Elements with an end tag that were ended without it.
    implied: usize,
    elements: usize,
    has_svg_end: bool,
    is_cut: bool,
    /// Room for the attributes of a tag; nothing but that.
    room: Vec<Attribute<'a>>,
}

impl<'a, K: Keeper<'a>> Scan<'a, '_, K> {
    /// Copies the text before the next tag, then deals with that tag.
    fn step(&mut self) {
        let rest = &self.html[self.at..];
        let Some(tag) = memchr::memchr(b'<', rest.as_bytes()) else {
            self.kept.text(rest);
            self.at = self.html.len();
            return;
        };
        if tag > 0 {
            self.kept.text(&rest[..tag]);
        }
        self.at += tag;
        let rest = &rest[tag..];
        match rest.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => self.skip_comment(rest),
            [b'<', b'!' | b'?', ..] => self.skip_declaration(rest),
            [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => self.end_tag(rest),
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => self.start_tag(rest),
            _ => {
                self.kept.text("<");
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

    fn skip_declaration(&mut self, rest: &'a str) {
        let length = rest.find('>').map_or(rest.len(), |end| end + 1);
        if rest
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
        {
            self.kept.doctype(&rest[..length]);
        }
        self.at += length;
    }

    fn end_tag(&mut self, rest: &'a str) {
        let tag = Tag::read(rest, 2, &|_| false);
        self.at += tag.length;
        let sorts = Sorts::of(tag.name);
        if sorts.has(Sorts::FORMATTING) {
            self.formatting = self.formatting.saturating_sub(1);
        }
        if self.past_depth > 0 {
            self.past_depth -= usize::from(!sorts.has(Sorts::MAY_STAY_OPEN));
            return;
        }
        // The stack is never deeper than its bound, so looking through it costs a constant.
        if let Some(depth) = self.open.iter().rposition(|(name, _)| tag.is(name)) {
            self.open.truncate(depth);
        }
        self.kept.end(&tag);
    }

    fn start_tag(&mut self, rest: &'a str) {
        let mut tag = Tag::read_into(std::mem::take(&mut self.room), rest, 1, self.is_asked);
        self.at += tag.length;
        self.is_cut |= tag.is_cut;
        let after = &rest[tag.length..];
        let sorts = Sorts::of(tag.name);
        if sorts.has(Sorts::SCRIPT) {
            let length = raw_text_length(after, "script");
            let is_linked_data = |attribute: &Attribute<'_>| is_of_linked_data(attribute.value);
            if tag.attributes.iter().any(is_linked_data) {
                self.keep_whole(&tag, after, |kept, text| kept.raw(text));
            }
            self.at += length;
        } else if sorts.has(Sorts::DROPPED) {
            self.at += raw_text_length(after, tag.name);
        } else if sorts.has(Sorts::TITLE) {
            self.at += raw_text_length(after, "title");
            self.keep_whole(&tag, after, |kept, text| kept.text(text));
        } else if sorts.has(Sorts::SVG) {
            self.skip_svg(&tag, after);
        } else if sorts.has(Sorts::VOID) {
            self.keep(&tag);
        } else {
            self.open_element(&tag, sorts);
        }
        tag.attributes.clear();
        self.room = tag.attributes;
    }

    /// Keeps an element that holds no markup.
    fn keep_whole(&mut self, tag: &Tag<'a>, after: &'a str, keep: fn(&mut K, &'a str)) {
        self.kept.start(tag);
        let (begin, end) = find_raw_end(after, tag.name).unwrap_or((after.len(), after.len()));
        keep(self.kept, &after[..begin]);
        if begin < end {
            self.kept.end(&Tag::read(&after[begin..end], 2, &|_| false));
        }
    }

    fn open_element(&mut self, tag: &Tag<'a>, sorts: Sorts) {
        if sorts.has(Sorts::FORMATTING) {
            self.formatting += 1;
            if self.formatting > MAX_FORMATTING {
                // Not counted as cut: emphasis adds nothing to a reading.
                return;
            }
        }
        if tag.is("a") && self.open.last().is_some_and(|(open, _)| tag.is(open)) {
            self.open.pop();
        }
        if self.past_depth == 0 {
            self.end_implied(sorts);
        }
        if self.open.len() >= MAX_DEPTH {
            self.past_depth += usize::from(!sorts.has(Sorts::MAY_STAY_OPEN));
            self.is_cut = true;
            // What is left out keeps its words apart from those before it.
            self.kept.text(" ");
            return;
        }
        self.open.push((tag.name, sorts));
        self.keep(tag);
    }

    /// Ends what a tag ends without saying so, as the parser will: else pages that leave out end tags seem to nest.
    fn end_implied(&mut self, sorts: Sorts) {
        for rule in (0..RULES).filter(|rule| sorts.has(Sorts::begins(*rule))) {
            self.end_open(rule);
        }
    }

    /// Ends the outermost open element that a rule ends, looking no further out than to one that keeps it open.
    fn end_open(&mut self, rule: usize) {
        let kept = (self.open.iter()).rposition(|(_, sorts)| sorts.has(Sorts::keeps(rule)));
        if kept.is_none() && sorts::is_of_tables(rule) {
            return;
        }
        let from = kept.map_or(0, |at| at + 1);
        let mut outer = self.open[from..].iter();
        let Some(at) = outer.position(|(_, sorts)| sorts.has(Sorts::is_ended(rule))) else {
            return;
        };
        let inner = self.open[from + at..].iter();
        let implied = inner
            .filter(|(_, sorts)| !sorts.has(Sorts::MAY_STAY_OPEN))
            .count();
        if self.implied + implied <= MAX_IMPLIED {
            self.implied += implied;
            self.open.truncate(from + at);
        }
    }

    fn keep(&mut self, tag: &Tag<'a>) {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            // A space keeps the words apart that the element kept apart.
            self.kept.text(" ");
            self.is_cut = true;
        } else {
            self.kept.start(tag);
        }
    }

    /// Leaves out a drawing with what it holds, as long as drawings end.
    fn skip_svg(&mut self, tag: &Tag<'_>, after: &str) {
        if tag.is_self_closing || !self.has_svg_end {
            return;
        }
        match find_end(after, "svg") {
            Some((_, length)) => self.at += length,
            None => self.has_svg_end = false,
        }
    }
}

/// Whether a type is that of linked data. Its plus sign may be written as a character reference.
fn is_of_linked_data(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.contains("ld+json")
        || ["&#43;", "&#x2b;", "&plus;"]
            .iter()
            .any(|plus| kind.replace(plus, "+").contains("ld+json"))
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
        let page = "<!DOCTYPE html><p class='a>b' id=c>a &lt; b &amp; c<br/><b>d</b></p>";
        check(page, page);
        check("<p>one<p>two<li>é", "<p>one<p>two<li>é");
    }

    #[test]
    fn what_is_left_out_makes_no_tags_of_what_stays() {
        check("<p>1 < 2<<!-- -->div>", "<p>1 &lt; 2&lt;div>");
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
    fn an_end_tag_may_hold_a_quoted_mark() {
        let page = r#"<title>x</title a=">"><p>Hello"#;
        check(page, page);
        check("<style>a</style b='>'>c<p>d", "c<p>d");
        let page = r#"<script type="application/ld&#x2B;json">{}</script x='>'>a"#;
        check(page, page);
    }

    #[test]
    fn a_page_that_ends_inside_a_tag_loses_only_that() {
        check("<p>a<p title='b", "<p>a");
        check("<p>a<style>b", "<p>a");
        check("a<", "a&lt;");
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
    fn end_tags_that_are_left_out_do_not_nest() {
        for (start, row) in [
            ("<div>", "<p>one<ul><li>two<p>three</ul>"),
            ("<dl>", "<dt>one<dd>two"),
            ("<table>", "<tr><td>one<td>two"),
            ("<ul>", "<li>one<p>two<div>three</div>"),
        ] {
            let page = format!("{start}{}<p>end", row.repeat(500));
            check(&page, &page);
        }
    }

    #[test]
    fn nesting_in_disguise_is_cut() {
        for row in ["<td><div>", "<li><section>", "<p><object>"] {
            let bounded = bound(&row.repeat(20_000));
            let starts = bounded.html.matches('<').count();
            assert!(bounded.is_cut && starts < 3 * MAX_IMPLIED, "{row} {starts}");
        }
    }

    #[test]
    fn paragraphs_past_the_depth_leave_what_follows_alone() {
        let bounded = bound(&format!(
            "{}{}{}<h2>after</h2>",
            "<div>".repeat(MAX_DEPTH + 20),
            "<p>in".repeat(50),
            "</div>".repeat(MAX_DEPTH + 20)
        ));
        assert!(bounded.html.ends_with("</div><h2>after</h2>"));
        assert!(!bounded.html.contains("inin"));
    }

    #[test]
    fn attributes_that_nobody_asks_for_are_left_out() {
        let bounded = bound_with(
            "<p DATA-x='>' class=a id=\"b\" style=c><br style/><a data-y href=/z>",
            &|name| !name.starts_with("data-") && name != "style",
        );
        assert_eq!(bounded.html, "<p class=a id=\"b\"><br><a href=/z>");
        assert!(!bounded.is_cut);
    }

    #[test]
    fn attributes_past_the_bound_are_cut() {
        let many: String = (0..200_000).map(|number| format!(" a{number}='>'")).collect();
        let bounded = bound(&format!("<p{many} class=b>x</p>"));
        assert!(bounded.is_cut && bounded.html.len() < 1_000 && bounded.html.ends_with(">x</p>"));
        let long = bound(&format!("<a data-x='{}' href='/b'>x</a>", "y".repeat(100_000)));
        assert_eq!(long.html, "<a href='/b'>x</a>");
    }
}
