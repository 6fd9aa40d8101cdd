//! Reads a web page: text, what it says about itself, and what was wrong with it.

use scraper::{Html, Selector};

use super::main_content::{self, Clues};
use super::metadata::Shortlist;
use super::{Page, blocks, boilerplate, genre, metadata, notice, tree, withheld};
use crate::model::document::{Block, BlockKind, Genre, Notice, NoticeKind, Reading};
use crate::text::{bounds, charset, language};

/// Reads the payload as HTML.
pub(super) fn read(page: &Page<'_>) -> Reading {
    let mut notices = Vec::new();
    let decoded = charset::decode(page.payload, page.content_type);
    notices.extend(charset_notice(&decoded));
    let bounded = bounds::bound(&decoded.text);
    if bounded.is_cut {
        notices.push(notice(
            NoticeKind::Bounded,
            "nesting or attributes passed the limit; their text was kept",
        ));
    }
    let mut html = Html::parse_document(&bounded.html);
    let list = Shortlist::of(&html);
    if withheld::asks_not_to_be_indexed(&list) {
        notices.push(notice(NoticeKind::NoIndex, "the page asks not to be indexed"));
    }
    let outline = tree::outline(html.root_element());
    let mut stated = metadata::read(&html, &list, &outline, page);
    let rules = page.source.map(|source| &source.rules);
    let body_rule = rules.and_then(|rules| rules.body.as_deref());
    let drop_rules = rules.map_or(&[][..], |rules| &rules.drop);
    let found = if drop_rules.is_empty() {
        main_content::find(&html, &outline, &clues(&stated, body_rule))
    } else {
        drop_elements(&mut html, drop_rules);
        let outline = tree::outline(html.root_element());
        main_content::find(&html, &outline, &clues(&stated, body_rule))
    };
    let (text, blocks) = blocks::assemble(boilerplate::without(
        found,
        stated.title.as_deref(),
        &stated.authors,
    ));
    if text.is_empty() {
        notices.push(notice(NoticeKind::NoText, "no main text was found"));
    }
    notices.extend(withheld::soft_not_found(
        stated.title.as_deref(),
        &text,
        stated.published.is_some(),
    ));
    notices.append(&mut stated.notices);
    finish(page, stated, text, blocks, notices)
}

fn clues<'a>(stated: &'a metadata::Metadata, body_rule: Option<&'a str>) -> Clues<'a> {
    Clues {
        title: stated.title.as_deref(),
        descriptions: &stated.descriptions,
        body_rule,
        article_body: stated.article_body.as_deref(),
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
        let found = main_content::chosen(outline, &clues(stated, None), judged);
        let kept = boilerplate::without(found, stated.title.as_deref(), &stated.authors);
        blocks::assemble(kept).0
    })
}

fn opened<T>(page: &Page<'_>, look: impl FnOnce(&tree::Outline<'_>, &metadata::Metadata) -> T) -> T {
    let html = parsed(page);
    let outline = tree::outline(html.root_element());
    let stated = metadata::read(&html, &Shortlist::of(&html), &outline, page);
    look(&outline, &stated)
}

fn parsed(page: &Page<'_>) -> Html {
    let decoded = charset::decode(page.payload, page.content_type);
    Html::parse_document(&bounds::bound(&decoded.text).html)
}

fn finish(
    page: &Page<'_>,
    stated: metadata::Metadata,
    text: String,
    mut blocks: Vec<Block>,
    notices: Vec<Notice>,
) -> Reading {
    let genre = genre::genre(&genre::Evidence {
        url: page.url,
        source: page.source,
        title: stated.title.as_deref(),
        sorts: &stated.sorts,
        text: &text,
        blocks: &blocks,
    });
    if genre == Genre::Transcript {
        mark_turns(&text, &mut blocks);
    }
    let assumed = || page.source.and_then(|source| source.language.clone());
    Reading {
        language: stated
            .language
            .or_else(|| language::guess(&text))
            .or_else(assumed),
        title: stated.title,
        authors: stated.authors,
        publisher: stated.publisher,
        section: stated.section,
        canonical_url: stated.canonical_url,
        published: stated.published,
        modified: stated.modified,
        genre,
        text,
        blocks,
        notices,
        claims: stated.claims,
    }
}

fn mark_turns(text: &str, blocks: &mut [Block]) {
    for block in blocks
        .iter_mut()
        .filter(|block| block.kind == BlockKind::Paragraph)
    {
        if text.get(block.span.range()).is_some_and(genre::is_turn) {
            block.kind = BlockKind::Turn;
        }
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

fn drop_elements(html: &mut Html, rules: &[String]) {
    for selector in rules.iter().filter_map(|rule| Selector::parse(rule).ok()) {
        let found: Vec<_> = html.select(&selector).map(|element| element.id()).collect();
        for id in found {
            if let Some(mut node) = html.tree.get_mut(id) {
                node.detach();
            }
        }
    }
}
