//! Builds the tree of a page. The bounds read every tag anyway; what they keep goes to the tree builder of html5ever
//! as it is, so that nobody reads the markup a second time.

mod references;

use std::borrow::Cow;

use ego_tree::{NodeId, Tree};
use foldhash::{HashMap, HashMapExt};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag as TagToken, TagKind, Token, TokenSink};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};
use scraper::{Html, HtmlTreeSink, Node};

use crate::text::bounds::{self, Keeper, Tag};
use references::resolved;

/// The tree of a page within its bounds, with the attributes of the names that are asked for; and whether something
/// passed a bound.
pub(super) fn document(html: &str, is_asked: &dyn Fn(&str) -> bool) -> (Html, bool) {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let mut empty = Html::new_document();
    empty.tree = Tree::with_capacity(Node::Document, nodes_of(html));
    let sink = HtmlTreeSink::new(empty);
    let mut parser = Parser {
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        begin: html.as_ptr() as usize,
        whole: StrTendril::from_slice(html),
        names: HashMap::new(),
    };
    let is_cut = bounds::bound_into(html, is_asked, &mut parser);
    parser.take(Token::EOFToken);
    parser.builder.end();
    (parser.builder.sink.finish(), is_cut)
}

/// Nodes that room is made for before a page is read; one that has more makes it as it goes.
const FORESEEN: usize = 1 << 14;

/// About how many nodes the tree of some markup has: most tags are a start or an end, and a text stands behind every other.
/// A tree that grows is copied whole each time.
fn nodes_of(html: &str) -> usize {
    let tags = memchr::memchr_iter(b'<', html.as_bytes()).take(FORESEEN);
    tags.count()
}

struct Parser<'a> {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    /// Where the page begins in memory.
    begin: usize,
    /// The page once more, of which texts and values are parts.
    whole: StrTendril,
    /// Names met already: a page has few.
    names: HashMap<&'a str, LocalName>,
}

impl<'a> Parser<'a> {
    fn take(&self, token: Token) {
        // What it answers is about scripts, and about elements that the bounds leave out or have read to their end.
        let _ = self.builder.process_token(token, 1);
    }

    /// A name in small letters, as HTML compares them.
    fn name(&mut self, name: &'a str) -> LocalName {
        let made = |name: &str| match name.bytes().any(|byte| byte.is_ascii_uppercase() || byte == 0) {
            true => LocalName::from(name.to_ascii_lowercase().replace('\0', "\u{fffd}")),
            false => LocalName::from(name),
        };
        self.names.entry(name).or_insert_with(|| made(name)).clone()
    }

    /// A part of the page without a copy.
    fn part(&self, text: &str) -> StrTendril {
        let offset = (text.as_ptr() as usize).checked_sub(self.begin);
        let offset = offset.filter(|offset| offset + text.len() <= self.whole.len());
        match (offset, u32::try_from(text.len())) {
            // It is the part it seems to be: a text of ours, a single blank, may lie anywhere.
            (Some(offset), Ok(length)) if self.whole.get(offset..offset + text.len()) == Some(text) => {
                let offset = u32::try_from(offset).expect("a page is smaller than a tendril may be");
                self.whole.subtendril(offset, length)
            }
            _ => StrTendril::from_slice(text),
        }
    }

    /// A text or a value with its line ends as HTML has them and its character references resolved.
    fn plain(&self, text: &str, is_value: bool) -> StrTendril {
        match resolved(text, is_value) {
            Cow::Borrowed(text) => self.part(text),
            Cow::Owned(text) => StrTendril::from(text),
        }
    }

    fn characters(&self, text: StrTendril) {
        // The tree builder is told of each NUL by itself.
        if !text.contains('\0') {
            return self.take(Token::CharacterTokens(text));
        }
        for (at, text) in text.split('\0').enumerate() {
            if at > 0 {
                self.take(Token::NullCharacterToken);
            }
            if !text.is_empty() {
                self.take(Token::CharacterTokens(StrTendril::from_slice(text)));
            }
        }
    }

    fn tag(&mut self, kind: TagKind, tag: &Tag<'a>) {
        if tag.is_torn() {
            return;
        }
        let mut attrs: Vec<Attribute> = Vec::with_capacity(tag.attributes.len());
        let mut had_duplicate_attributes = false;
        for attribute in &tag.attributes {
            let name = self.name(attribute.name);
            if attrs.iter().any(|other| other.name.local == name) {
                had_duplicate_attributes = true;
                continue;
            }
            attrs.push(Attribute {
                name: QualName::new(None, ns!(), name),
                value: self.plain(attribute.value, true),
            });
        }
        let name = self.name(tag.name);
        self.take(Token::TagToken(TagToken {
            kind,
            name,
            self_closing: tag.is_self_closing,
            attrs,
            had_duplicate_attributes,
        }));
    }
}

impl<'a> Keeper<'a> for Parser<'a> {
    fn text(&mut self, text: &'a str) {
        if !text.is_empty() {
            self.characters(self.plain(text, false));
        }
    }

    fn raw(&mut self, text: &'a str) {
        if text.contains('\r') {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            self.characters(StrTendril::from(text));
        } else if !text.is_empty() {
            self.characters(self.part(text));
        }
    }

    fn start(&mut self, tag: &Tag<'a>) {
        self.tag(TagKind::StartTag, tag);
    }

    fn end(&mut self, tag: &Tag<'a>) {
        self.tag(TagKind::EndTag, tag);
    }

    fn doctype(&mut self, declaration: &'a str) {
        self.take(Token::DoctypeToken(doctype(declaration)));
    }
}

/// What a declaration says: the name, then `PUBLIC` or `SYSTEM` with identifiers in quotation marks.
fn doctype(declaration: &str) -> Doctype {
    let inside = declaration.get("<!doctype".len()..).unwrap_or_default();
    let inside = inside.trim_end_matches('>').trim();
    let (name, rest) = inside
        .split_once(|character: char| character.is_ascii_whitespace())
        .unwrap_or((inside, ""));
    let rest = rest.trim_start();
    let keyword = rest.get(..6).unwrap_or_default().to_ascii_lowercase();
    let quoted = quoted(rest);
    let mut quoted = quoted.into_iter().map(StrTendril::from_slice);
    let (public_id, system_id) = match keyword.as_str() {
        "public" => (quoted.next(), quoted.next()),
        "system" => (None, quoted.next()),
        _ => (None, None),
    };
    Doctype {
        force_quirks: name.is_empty()
            || match keyword.as_str() {
                "public" => public_id.is_none(),
                "system" => system_id.is_none(),
                _ => !rest.is_empty(),
            },
        name: Some(StrTendril::from(name.to_ascii_lowercase())),
        public_id,
        system_id,
    }
}

/// The first two texts in quotation marks.
fn quoted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find(['"', '\'']).filter(|_| found.len() < 2) {
        let mark = char::from(rest.as_bytes()[begin]);
        rest = &rest[begin + 1..];
        let Some((inside, after)) = rest.split_once(mark) else {
            break;
        };
        found.push(inside);
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree is the one that html5ever makes of the bounded markup by itself.
    #[track_caller]
    fn check(html: &str) {
        let (ours, _) = document(html, &|_| true);
        let theirs = Html::parse_document(&bounds::bound(html).html);
        assert_eq!(ours.html(), theirs.html(), "{html:?}");
        assert_eq!(ours.quirks_mode, theirs.quirks_mode, "{html:?}");
    }

    #[test]
    fn the_tree_is_that_of_the_markup() {
        for html in [
            "",
            "<!DOCTYPE html><html lang=en><head><title>The &lt;Tide&gt; &amp; pier</title><body class='a b'>One<p>two",
            "<p>one<table><tr><td>two<p>three</table>four",
            "<ul><li>one<li><b>two<i>three</b>four</i></ul>",
            "<a href='/x?a=1&copy=2&amp;b=3&notit;'>R&D &notit; &copy2026 &#8220;x&#x201d; &#150; &#0; &bogus; &</a>",
            "<p ID=One id=two Class>x</p></P >",
            "<pre>\n\nset\r\nby hand\r</pre>",
            "<br/><hr / ><p/>x<math><mi/>y</math>",
            "<script type=application/ld+json>{\"a\": \"<p>&amp;\"}</script><p>x",
            "<title>a</title x><p title='a>b'>c<",
            "<title>x</title a=\">\"><p>Hello",
            "<title>x</title a='><p>Hello",
            "<script type='application/ld&#x2B;json'>{}\r\n</script x='>'><p>Hello",
            "<script type=application/ld+json>{}<!-- <script>x</script> --></script><p>x",
            "<script type=application/ld+json><!--><script></script><p>x",
            "<script type=application/ld+json><!--<script x></script x></script y><p>x",
            "<script type=application/ld+json><!--<scripts></SCRIPT><p>x",
            "<script type=application/ld+json><!--<script></script><p>x",
            "<script>a = '<!--<script>'</script></script><p>x",
            "<p>a<p title='b",
            "a\0b<p title=a\0>c",
            "<select><option>a<option selected>b</select><textarea>no</textarea>",
            "<div><form><input name=q><div></form></div>",
            "\u{feff}<template><p>a</template><p>b</p><frameset>",
            "<!doctype html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"><p>a<table></table>",
            "<!DOCTYPE html SYSTEM 'about:legacy-compat'><p>a<table></table>",
            "<!doctype><p>a<table></table>",
            "<!doctype html foo><p>a<table></table>",
        ] {
            check(html);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_markup_makes_another_tree(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "<p>", "</p>", "<div class=a>", "</div>", "<b>", "</b>", "<i>", "</i>", "<a href='x&lt'>", "</a>",
                    "<table>", "<tr>", "<td>", "</table>", "<li>", "<ul>", "</ul>", "<br>", "<h1>", "</h1>", "text ",
                    "\n", "&amp;", "&nbsp", "&#x41;", "<", ">", "<title>", "</title>", "</title a='>'>", "</p b=\">\">",
                    "<script type=application/ld+json>", "</script>", "</script x='>'>", "<form>", "</form>", "<body x=1>", "<html y>", "<head>", "</head>", "</body>",
                    "<img src=a/>", "<p/>", "\r\n", "&", "é", "<!--", "-->", "<!doctype html>",
                ]),
                0..24,
            )
        ) {
            check(&pieces.concat());
        }
    }
}
