//! The byline printed in the page, for pages that name their authors nowhere else.

use std::sync::LazyLock;

use scraper::{ElementRef, Selector};

use super::{Facts, Said, Shortlist};
use crate::extract::blocks::Piece;
use crate::extract::tree;

static PLACES: LazyLock<Vec<Selector>> = LazyLock::new(|| {
    [
        "[itemprop~=author] [itemprop~=name], [rel~=author]",
        "[itemprop~=author]",
        ".byline a, [class*=byline i] [class*=name i], [class*=author-name i], [class*=author__name i]",
        ".byline, [class*=byline i], .author, .post-author, .article-author",
        "[class*=authorname i], [class*=author_name i], .the-author, .entry-author",
    ]
    .iter()
    .map(|rule| Selector::parse(rule).expect("a valid selector"))
    .collect()
});
static AUTHOR_LINKS: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("a[href*='/author/'], a[href*='/authors/']").expect("a valid selector"));
const MAX_LINKS: usize = 10;
const MAX_CHARS: usize = 100;
/// Pieces looked at for a line that begins with "By".
const MAX_LINES: usize = 3_000;

/// The names in the byline; what is a name and what is not is for `names` to say.
pub(super) fn read(html: &Shortlist<'_>, pieces: &[Piece]) -> Facts {
    let place = PLACES.iter().find_map(|selector| {
        let found: Vec<String> = html.select(selector).filter_map(line).take(6).collect();
        (!super::names::people(&found, &[]).is_empty()).then(|| Said::new(found, "byline"))
    });
    let place = place.or_else(|| linked(html));
    let authors = place.or_else(|| printed(pieces).map(|line| Said::new(vec![line], "printed byline")));
    Facts {
        authors: authors.into_iter().collect(),
        ..Facts::default()
    }
}

/// The person whose own page is linked, where the links lead to one person's only.
fn linked(html: &Shortlist<'_>) -> Option<Said<Vec<String>>> {
    let links = html.select(&AUTHOR_LINKS).filter_map(line).take(MAX_LINKS);
    let people = super::names::people(&links.collect::<Vec<_>>(), &[]);
    let [person] = people.as_slice() else { return None };
    person
        .contains(' ')
        .then(|| Said::new(vec![person.clone()], "author link"))
}

fn line(element: ElementRef<'_>) -> Option<String> {
    let elsewhere = |ancestor: ElementRef<'_>| {
        let class = ancestor.value().attr("class").unwrap_or_default().to_lowercase();
        matches!(ancestor.value().name(), "aside" | "footer" | "nav")
            || class.split_whitespace().any(leads_elsewhere) && ancestor.value().name() != "body"
    };
    if element.ancestors().filter_map(ElementRef::wrap).any(elsewhere) {
        return None;
    }
    let content = element.value().attr("content").map(str::to_owned);
    let words = content.unwrap_or_else(|| tree::words(element));
    (!words.is_empty() && words.chars().count() <= MAX_CHARS).then_some(words)
}

/// Whether a class is that of a part about other texts or other people. `has-sidebar` is that of a page beside one.
fn leads_elsewhere(class: &str) -> bool {
    let is_about_page = ["has-", "with-", "no-", "content-"]
        .iter()
        .any(|prefix| class.starts_with(prefix));
    let words = ["related", "comment", "sidebar", "teaser"];
    !is_about_page && words.iter().any(|word| class.contains(word))
}

/// A short line "By Ana Lima" of its own, or the line after one that says "Written by".
fn printed(pieces: &[Piece]) -> Option<String> {
    let lines: Vec<&str> = pieces
        .iter()
        .take(MAX_LINES)
        // The day may stand below the name, behind a break.
        .map(|piece| piece.text.lines().next().unwrap_or_default())
        .collect();
    lines.iter().enumerate().find_map(|(at, line)| {
        let (prefix, name) = signed(line)?;
        let name = match name {
            "" => *lines.get(at + 1)?,
            name => name,
        };
        let is_line = (2..=8).contains(&name.split(' ').count()) && !name.ends_with(['.', '!', '?', '”']);
        let byline = format!("{prefix} {name}");
        let is_named = is_line && !super::names::people(std::slice::from_ref(&byline), &[]).is_empty();
        is_named.then_some(byline)
    })
}

/// A line that begins as bylines do, and what follows.
fn signed(line: &str) -> Option<(&'static str, &str)> {
    ["By", "Written by"].into_iter().find_map(|prefix| {
        let rest = line.strip_prefix(prefix)?;
        let is_whole = rest.is_empty() || rest.starts_with([' ', ':']);
        is_whole.then(|| (prefix, rest.trim_start_matches([' ', ':'])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let html = Html::parse_document(body);
        let facts = read(&Shortlist::of(&html), &tree::pieces(html.root_element()));
        let first = facts.authors.first().map(|said| said.value.clone());
        assert_eq!(first.unwrap_or_default(), expected);
    }

    #[test]
    fn marked_bylines_are_read() {
        check("<a rel=author href=/ana>Ana Lima</a>", &["Ana Lima"]);
        check("<div class=story-byline>By Ana Lima</div>", &["By Ana Lima"]);
    }

    #[test]
    fn the_page_of_one_author_names_the_author() {
        let one = "<div class=has-sidebar><a href=/author/ana>Ana Lima</a></div>";
        check(one, &["Ana Lima"]);
        check(&format!("{one}<a href=/author/bo>Bo Chen</a>"), &[]);
        check(
            "<div class=sidebar-right><a href=/author/ana>Ana Lima</a></div>",
            &[],
        );
    }

    #[test]
    fn a_line_that_begins_with_by_is_the_last_resort() {
        check(
            "<p>By Ana Lima</p><p>By noon the harbour had closed and everyone was gone.</p>",
            &["By Ana Lima"],
        );
        check("<p>By Ana Lima<br>Jan. 20, 2026</p>", &["By Ana Lima"]);
        check("<p>Resolution 31<br>By Ana Lima and Bo Chen</p>", &[]);
        check("<p>By Monday, Bo Chen had left.</p>", &[]);
        check("<p>How to comment</p><p>By Mail or Phone</p>", &[]);
        check(
            "<div>Written by</div><div>Ana Lima</div>",
            &["Written by Ana Lima"],
        );
    }
}
