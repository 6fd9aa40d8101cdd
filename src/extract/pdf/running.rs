//! Finds the lines that every page repeats: running heads, footers and page numbers.
//!
//! A line near the top or bottom is dropped where another page has the same words at the same place; figures may
//! differ if they count the pages. Odd and even pages may have heads of their own. What browsers print around a page is
//! known by its look, as it may be of one page only.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;

/// Lines at each end of a page that can be a head or a footer.
const EDGE_LINES: usize = 4;
/// Longest of them.
const MAX_CHARS: usize = 160;
/// How far its place may differ, in points.
const SAME_PLACE: f32 = 4.0;
/// Part of the page at each end in which it stands.
const EDGE: f32 = 0.16;

/// What browsers print over a page, when and the title, and under it, the address and the number.
static PRINTED_BY_BROWSERS: LazyLock<Regex> = LazyLock::new(|| {
    let when = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}(?: ?[AaPp][Mm])?(?: .*)?";
    let address = r"(?:https?|file)://\S+(?: \d+ ?/ ?\d+)?";
    Regex::new(&format!("^(?:{when}|{address})$")).expect("a valid pattern")
});

/// Drops the running lines of all pages; each page with its height.
pub(super) fn without(pages: &mut [(f32, Vec<Line>)]) {
    let mut places: HashMap<String, Vec<(usize, f32, Vec<i64>)>> = HashMap::new();
    for (number, (height, lines)) in pages.iter().enumerate() {
        for at in edges(lines, *height) {
            let (words, figures) = folded(&lines[at].text);
            places
                .entry(words)
                .or_default()
                .push((number, lines[at].baseline, figures));
        }
    }
    let count = pages.len();
    for (number, (height, lines)) in pages.iter_mut().enumerate() {
        let edges = edges(lines, *height);
        let printed = edges
            .iter()
            .filter(|at| PRINTED_BY_BROWSERS.is_match(&lines[**at].text));
        let printed: Vec<f32> = printed.map(|at| lines[*at].baseline).collect();
        let running: Vec<usize> = edges
            .into_iter()
            .filter(|at| {
                let line = &lines[*at];
                let (words, figures) = folded(&line.text);
                is_page_number(&line.text)
                    || printed.iter().any(|place| (place - line.baseline).abs() <= 1.0)
                    || places
                        .get(&words)
                        .is_some_and(|seen| is_repeated(seen, number, line.baseline, &figures, count))
            })
            .collect();
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !running.contains(&(at - 1))
        });
    }
}

/// The places in `lines` of those at the upper and lower end of the page.
fn edges(lines: &[Line], height: f32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*a].baseline.total_cmp(&lines[*b].baseline));
    let upper = order
        .iter()
        .take(EDGE_LINES)
        .filter(|at| lines[**at].baseline < EDGE * height);
    let lower = order
        .iter()
        .rev()
        .take(EDGE_LINES)
        .filter(|at| lines[**at].baseline > (1.0 - EDGE) * height);
    let mut edges: Vec<usize> = upper.chain(lower).copied().collect();
    edges.sort_unstable();
    edges.dedup();
    edges.retain(|at| lines[*at].text.chars().count() <= MAX_CHARS);
    edges
}

/// The words of a line without its figures, and the figures.
fn folded(text: &str) -> (String, Vec<i64>) {
    let (mut words, mut figures) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if digits == 0 {
            words.extend(first.to_lowercase());
            rest = &rest[first.len_utf8()..];
        } else {
            figures.push(rest[..digits].parse().unwrap_or(-1));
            words.push('#');
            rest = &rest[digits..];
        }
    }
    (words, figures)
}

fn is_repeated(
    seen: &[(usize, f32, Vec<i64>)],
    page: usize,
    baseline: f32,
    figures: &[i64],
    pages: usize,
) -> bool {
    let same = seen.iter().filter(|(other, place, others)| {
        let apart = *other as i64 - page as i64;
        let counts = |(own, other): (&i64, &i64)| other == own || *other - *own == apart;
        *other != page && (place - baseline).abs() <= SAME_PLACE && figures.iter().zip(others).all(counts)
    });
    // A third of the pages, for heads that change with the chapter there are at least three.
    let needed = (pages / 3).clamp(1, 2);
    same.count() >= needed
}

/// Whether a line is nothing but the number of its page: `2`, `- 2 -`, `Page 2 of 6`, `iv`, `2 / 6`.
pub(super) fn is_page_number(words: &str) -> bool {
    let words = words.to_lowercase();
    let mut numbers = 0;
    let parts = words
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '/' | '[' | ']' | '.'));
    for part in parts.filter(|part| !part.is_empty()) {
        let is_figure = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_roman = part.len() <= 6 && part.bytes().all(|byte| b"ivxlc".contains(&byte));
        match part {
            "page" | "of" | "p" | "seite" | "von" => {}
            _ if is_figure || is_roman => numbers += 1,
            _ => return false,
        }
    }
    (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(f32, &str)]) -> (f32, Vec<Line>) {
        let line = |(baseline, text): &(f32, &str)| Line {
            text: (*text).to_owned(),
            baseline: *baseline,
            size: 12.0,
            ..Line::default()
        };
        (792.0, lines.iter().map(line).collect())
    }

    #[track_caller]
    fn check(mut pages: Vec<(f32, Vec<Line>)>, expected: &[&[&str]]) {
        without(&mut pages);
        let kept: Vec<Vec<&str>> = pages
            .iter()
            .map(|(_, lines)| lines.iter().map(|line| line.text.as_str()).collect())
            .collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn heads_of_odd_and_even_pages_are_dropped() {
        let pages = (1..=6).map(|number| {
            let head = if number % 2 == 0 {
                "Port Lima"
            } else {
                "Open Piers"
            };
            let head = format!("{head} {number}");
            page(&[(40.0, &head), (300.0, "Port Lima 7")])
        });
        check(pages.collect(), &[&["Port Lima 7"][..]; 6]);
    }

    #[test]
    fn sections_that_begin_pages_stay() {
        let pages = [(4, "Section 4."), (9, "Section 9.")].map(|(_, text)| page(&[(60.0, text)]));
        check(pages.to_vec(), &[&["Section 4."], &["Section 9."]]);
    }

    #[test]
    fn what_a_browser_prints_around_a_page_is_dropped() {
        let one = page(&[
            (20.0, "11/26/26, 8:15 AM"),
            (20.0, "Ferry runs again"),
            (60.0, "The ferry runs again since 11/26/26."),
            (780.0, "https://tide.example/news/one"),
            (780.0, "1/1"),
        ]);
        check(vec![one], &[&["The ferry runs again since 11/26/26."]]);
    }

    #[test]
    fn page_numbers_are_known_by_their_look() {
        for words in ["2", "- 2 -", "Page 2 of 6", "— iv —", "2 | Page", "[3]", "2/6"] {
            assert!(is_page_number(words), "{words}");
        }
        for words in ["2026 budget", "Section 2", "-", "12345", "1 2 3"] {
            assert!(!is_page_number(words), "{words}");
        }
    }
}
