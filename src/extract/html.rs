//! Reads a web page: text, what it says about itself, and what was wrong with it.

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::{Html, Selector};

use super::blocks::Piece;
use super::main_content::{self, Clues};
use super::metadata::Shortlist;
use super::{
    Page, blocks, boilerplate, genre, labels, metadata, notice, parse, parts, stand_in, tables, terms, tree,
    withheld,
};
use crate::model::document::{Genre, Notice, NoticeKind, Reading, StatedMoment};
use crate::model::source::SiteRules;
use crate::text::{charset, language};

/// Reads the payload as HTML.
pub(super) fn read(page: &Page<'_>) -> Reading {
    let body_rule = page.source.and_then(|source| source.rules.body.as_deref());
    read_by(page, body_rule, metadata::Facts::default())
}

/// Reads the payload as HTML whose main text this rule selects; `told` is what its source says of it elsewhere.
pub(super) fn read_by(page: &Page<'_>, body_rule: Option<&str>, told: metadata::Facts) -> Reading {
    let mut notices = Vec::new();
    let decoded = charset::decode(page.payload, page.content_type);
    notices.extend(charset_notice(&decoded));
    let rules = page.source.map(|source| &source.rules);
    let (html, is_cut) = parse::document(&decoded.text, &|name| is_asked(name, rules));
    if is_cut {
        notices.push(notice(
            NoticeKind::Bounded,
            "nesting or attributes passed the limit; their text was kept",
        ));
    }
    let dropped = selected(&html, rules.map_or(&[][..], |rules| &rules.drop));
    let list = Shortlist::without(&html, &dropped);
    if withheld::asks_not_to_be_indexed(&list) {
        notices.push(notice(NoticeKind::NoIndex, "the page asks not to be indexed"));
    }
    let outline = tree::outline_without(html.root_element(), &dropped);
    let mut stated = metadata::read_with(&html, &list, &outline, page, told);
    let is_live = is_live(page, &stated);
    let clues = Clues {
        is_live,
        ..clues(&stated, body_rule)
    };
    let mut found = main_content::find(&html, &outline, &clues);
    if found.is_rule_unmatched {
        let rule = body_rule.unwrap_or_default();
        notices.push(notice(
            NoticeKind::RuleUnmatched,
            format!("`body = {rule:?}` of its source selects nothing; the text was found without it"),
        ));
    }
    found.pieces = tables::with_rows(&outline, found.pieces);
    found.pieces = terms::with_lists(&outline, found.pieces);
    drop_after_end(&mut found.pieces, rules.map_or(&[][..], |rules| &rules.until));
    let headline = metadata::headline(&outline, stated.title.as_deref());
    let section = stated.section.as_deref();
    let kickers = labels::take_kickers(&outline, &mut found.pieces, headline, section, page.url);
    stated.sorts.extend(kickers);
    labels::drop_sources(&mut found.pieces);
    let heads = parts::divide(&outline, &mut found.pieces, is_live, stated.title.as_deref());
    if parts::are_dated(&heads) {
        leave_printed_date(&mut stated);
    }
    let heads = parts::without_future(page, heads, &mut notices);
    if is_live {
        labels::take_stamps(&mut found.pieces, &parts::dated(&heads));
    }
    let kept = boilerplate::without(found.pieces, stated.title.as_deref(), &stated.authors);
    let numbers: Vec<usize> = kept.iter().map(|piece| piece.part).collect();
    let (text, blocks) = blocks::assemble(kept);
    if text.is_empty() {
        notices.push(notice(NoticeKind::NoText, "no main text was found"));
    }
    let is_dated = stated.published.is_some();
    notices.extend(stand_in::told(page, stated.title.as_deref(), &text, is_dated));
    notices.extend(stand_in::marked_for_subscribers(&decoded.text));
    notices.append(&mut stated.notices);
    let parts = parts::divided(page, heads, &numbers, &text, &blocks, &stated);
    finish(
        page,
        stated,
        Reading {
            found_by: found.by,
            text,
            blocks,
            parts,
            notices,
            ..Reading::default()
        },
    )
}

/// A day that stands printed on a page of dated parts is that of one of them.
fn leave_printed_date(stated: &mut metadata::Metadata) {
    let is_printed =
        |published: &StatedMoment| matches!(published.method.as_str(), "printed date" | "time element");
    if stated.published.as_ref().is_some_and(is_printed) {
        stated.published = None;
        let detail = "the dates printed on this page are those of its parts";
        stated.notices.push(notice(NoticeKind::Undated, detail));
    }
}

/// Whether the page's address, headline or its word for itself says that it is added to while something happens.
fn is_live(page: &Page<'_>, stated: &metadata::Metadata) -> bool {
    let (genre, _) = genre::genre(&genre::Evidence {
        url: page.url,
        source: page.source,
        title: stated.title.as_deref(),
        sorts: &stated.sorts,
        authors: &stated.authors,
        text: "",
        blocks: &[],
    });
    genre == Genre::Live
}

/// Drops what follows the first of the lines at which the source's texts end, and the line.
fn drop_after_end(pieces: &mut Vec<Piece>, ends: &[String]) {
    let is_end = |piece: &Piece| ends.contains(&piece.text);
    if let Some(at) = pieces.iter().position(is_end) {
        pieces.truncate(at);
    }
}

fn clues<'a>(stated: &'a metadata::Metadata, body_rule: Option<&'a str>) -> Clues<'a> {
    Clues {
        title: stated.title.as_deref(),
        descriptions: &stated.descriptions,
        body_rule,
        article_body: stated.article_body.as_deref(),
        is_live: false,
    }
}

/// The pieces of a page as the judge of its main text sees them, for the tool that fits the judge.
pub fn candidates(page: &Page<'_>) -> main_content::Candidates {
    opened(page, |outline, stated| {
        main_content::candidates(outline, &clues(stated, None))
    })
}

/// The second rows of the same pieces, given what the first forest thinks of each.
pub fn second_rows(page: &Page<'_>, thought: &[f32]) -> Vec<main_content::Row> {
    opened(page, |outline, stated| {
        main_content::second_rows(outline, &clues(stated, None), thought)
    })
}

/// The text that would be read if the judge said `judged` of each piece.
pub fn text(page: &Page<'_>, judged: &[f32]) -> String {
    opened(page, |outline, stated| {
        let (found, _) = main_content::chosen(outline, &clues(stated, None), judged);
        let kept = boilerplate::without(found, stated.title.as_deref(), &stated.authors);
        blocks::assemble(kept).0
    })
}

fn opened<T>(page: &Page<'_>, look: impl FnOnce(&tree::Outline<'_>, &metadata::Metadata) -> T) -> T {
    let html = parsed(page);
    let outline = tree::outline(html.root_element());
    let stated = metadata::read(&html, &Shortlist::without(&html, &HashSet::new()), &outline, page);
    look(&outline, &stated)
}

fn parsed(page: &Page<'_>) -> Html {
    let decoded = charset::decode(page.payload, page.content_type);
    let rules = page.source.map(|source| &source.rules);
    parse::document(&decoded.text, &|name| is_asked(name, rules)).0
}

/// Attributes that only scripts, style sheets and screen readers ask for, and the beginnings of such names; and what a
/// reading asks for all the same.
const UNASKED: [&str; 7] = [
    "style",
    "srcset",
    "imagesrcset",
    "sizes",
    "props",
    "target",
    "media",
];
const UNASKED_BEGINNINGS: [&str; 3] = ["data-", "aria-", "on"];
const ASKED: [&str; 3] = ["data-component", "data-datetime", "data-timestamp"];

/// Whether a reading asks for attributes of a name: the selectors of its source may ask for any.
fn is_asked(name: &str, rules: Option<&SiteRules>) -> bool {
    let is_unasked =
        UNASKED.contains(&name) || UNASKED_BEGINNINGS.iter().any(|start| name.starts_with(start));
    !is_unasked || ASKED.contains(&name) || rules.is_some_and(|rules| names(rules, name))
}

/// Whether a selector of the source holds a name.
fn names(rules: &SiteRules, name: &str) -> bool {
    let SiteRules {
        title,
        body,
        published,
        authors,
        drop,
        ..
    } = rules;
    let single = [title, body, published, authors].into_iter().flatten();
    single
        .chain(drop)
        .any(|selector| selector.to_ascii_lowercase().contains(name))
}

/// Adds what the page says about itself, and what sort of text it is, to what was read.
fn finish(page: &Page<'_>, stated: metadata::Metadata, mut reading: Reading) -> Reading {
    let (genre, genre_evidence) = genre::genre(&genre::Evidence {
        url: page.url,
        source: page.source,
        title: stated.title.as_deref(),
        sorts: &stated.sorts,
        authors: &stated.authors,
        text: &reading.text,
        blocks: &reading.blocks,
    });
    if genre == Genre::Transcript {
        genre::mark_turns(&reading.text, &mut reading.blocks);
    }
    for part in reading
        .parts
        .iter()
        .filter(|part| part.genre == Genre::Transcript)
    {
        genre::mark_turns(&reading.text, &mut reading.blocks[part.blocks.clone()]);
    }
    let assumed = || page.source.and_then(|source| source.language.clone());
    let language = language::told(&reading.text, stated.language.as_deref());
    Reading {
        language: language.or_else(assumed),
        title: stated.title,
        authors: stated.authors,
        publisher: stated.publisher,
        section: stated.section,
        canonical_url: stated.canonical_url,
        published: stated.published,
        modified: stated.modified,
        genre,
        genre_evidence,
        claims: stated.claims,
        ..reading
    }
}

/// What is worth knowing about how the bytes were read.
pub(super) fn charset_notice(decoded: &charset::Decoded) -> Option<Notice> {
    let is_ascii = decoded.text.is_ascii();
    let detail = match decoded.method {
        _ if decoded.malformed => format!("some bytes are not {}", decoded.encoding),
        charset::Method::Guessed if !is_ascii => format!("not declared, read as {}", decoded.encoding),
        _ => return None,
    };
    Some(notice(NoticeKind::Charset, detail))
}

/// The elements that the rules select.
fn selected(html: &Html, rules: &[String]) -> HashSet<NodeId> {
    let selectors = rules.iter().filter_map(|rule| Selector::parse(rule).ok());
    selectors
        .flat_map(|selector| {
            html.select(&selector)
                .map(|element| element.id())
                .collect::<Vec<_>>()
        })
        .collect()
}
