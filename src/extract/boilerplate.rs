//! Knows the lines that stand among the paragraphs of a text and are not of it.

use std::cell::LazyCell;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use regex::Regex;

use super::blocks::Piece;
use super::{letter, metadata};
use crate::model::document::BlockKind;
use crate::text::moments;

/// Letters in a line that can still be boilerplate by how it begins, and by what it holds.
const MAX_CHARS: usize = 160;
const MAX_INSIDE_CHARS: usize = 300;
/// Letters of a heading that says of what the line below it is the day.
const MAX_LABEL_CHARS: usize = 40;
/// Pieces at the beginning among which the byline and the date are looked for.
const HEAD_PIECES: usize = 5;
/// Pieces at the beginning among which somebody is greeted, behind a letter's date and address.
const LETTERHEAD_PIECES: usize = 10;
/// Where people ask to be followed.
const NETWORKS: [&str; 9] = [
    "x",
    "twitter",
    "facebook",
    "instagram",
    "threads",
    "bluesky",
    "linkedin",
    "tiktok",
    "youtube",
];
/// Letters from which a passage that is printed twice is a pull quote.
const MIN_PULL_QUOTE_CHARS: usize = 40;
/// Bytes from which a piece may be a copy of a whole text, how many such are looked at, and paragraphs that stand in a copy.
const MIN_COPY_BYTES: usize = 600;
const MAX_COPIES: usize = 3;
const MIN_COPIED: usize = 3;
/// Passages that are looked for a second time, so that a page of many lines costs no more than its size.
const MAX_SEARCHES: usize = 200;

/// How a text speaks of its own day, from which it counts or on which it takes effect: the line that gives it is of the text.
static OWN_DAY: LazyLock<Regex> = LazyLock::new(|| {
    let act = "(?:(?:executive|emergency|administrative|local|final) )?(?:order|proclamation|resolution|ordinance|rule|directive|declaration|notice|decision)";
    let pattern = format!(
        r"(?i)\b(?:date|day|signing|issuance|adoption) (?:of th(?:is|e) {act}|hereof)\b|\bdays (?:of|from|after) th(?:is|e) {act}\b|\bth(?:is|e) {act} (?:shall )?(?:takes? effect|becomes? effective|(?:is|be) effective)\b|\bdate of (?:its )?(?:issuance|signing|adoption)\b"
    );
    Regex::new(&pattern).expect("a valid pattern")
});

struct Lines {
    whole: HashSet<String>,
    /// By their first word.
    beginnings: HashMap<String, Vec<String>>,
    inside: AhoCorasick,
}

static LINES: LazyLock<Lines> = LazyLock::new(|| {
    let lines = include_str!("boilerplate/lines.txt").lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (inside, lines): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with('…'));
    let (beginnings, whole): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| line.ends_with('…'));
    let mut by_word: HashMap<String, Vec<String>> = HashMap::new();
    for beginning in beginnings.into_iter().map(bare) {
        by_word
            .entry(first_word(&beginning).to_owned())
            .or_default()
            .push(beginning);
    }
    Lines {
        whole: whole.into_iter().map(bare).collect(),
        beginnings: by_word,
        inside: AhoCorasick::new(inside.into_iter().map(bare)).expect("short phrases"),
    }
});

fn first_word(words: &str) -> &str {
    words.split(' ').next().unwrap_or_default()
}

/// Lower-case letters and digits with single spaces: how lines are compared.
pub(super) fn bare(text: &str) -> String {
    if text.is_ascii() {
        return bare_of_ascii(text);
    }
    let letters = |character: char| character.is_alphanumeric();
    let words = text
        .split(|character| !letters(character))
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The same without what only other letters need.
fn bare_of_ascii(text: &str) -> String {
    let mut bare = Vec::with_capacity(text.len());
    let words = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        if !bare.is_empty() {
            bare.push(b' ');
        }
        bare.extend_from_slice(word);
    }
    bare.make_ascii_lowercase();
    String::from_utf8(bare).expect("ASCII")
}

/// Takes out of `pieces` the lines that are furniture of the page, and what says again what is said elsewhere:
/// the headline, the byline, pull quotes.
pub(super) fn without(pieces: Vec<Piece>, title: Option<&str>, authors: &[String]) -> Vec<Piece> {
    let title = title.map(bare).filter(|title| !title.is_empty());
    let letters = letters_among(&pieces);
    let own_days = LazyCell::new(|| of_own_day(&pieces));
    let mut kept: Vec<usize> = Vec::with_capacity(pieces.len());
    let mut kept_words: Vec<String> = Vec::with_capacity(pieces.len());
    // Each document of a page has a head of its own.
    let (mut part, mut head) = (0, 0);
    for (at, piece) in pieces.iter().enumerate() {
        if piece.part != part {
            (part, head) = (piece.part, kept.len());
        }
        let words = bare(&piece.text);
        let is_in_head = kept.len() - head < HEAD_PIECES;
        let is_headline = is_in_head && title.as_ref() == Some(&words);
        // Two cells of a table, and two rows, may hold the same figure.
        let is_repeat = |last: &usize| {
            let last = &pieces[*last];
            last.text == piece.text && !(is_in_row(last) && is_in_row(piece))
        };
        let repeats = kept.last().is_some_and(is_repeat);
        // Below a line under the headline ("Vote delayed") stands the day of the page.
        let has_begun = kept[head..]
            .iter()
            .any(|kept| pieces[*kept].kind != BlockKind::Heading);
        let is_signature = is_in_head
            && is_signature(&piece.text, authors, || {
                // A letter's date line is the letter's, whatever day the page gives itself.
                letters.contains(&part)
                    || own_days.contains(&part)
                    || is_in_list_of_terms(piece)
                    || (has_begun && at.checked_sub(1).is_some_and(|at| names_a_day(&pieces[at])))
            });
        if !words.is_empty() && !is_headline && !repeats && !is_signature && !is_furniture(piece, &words) {
            kept.push(at);
            kept_words.push(words);
        }
    }
    let mut kept = kept.into_iter().peekable();
    let pieces = pieces.into_iter().enumerate();
    let pieces = pieces.filter_map(|(at, piece)| kept.next_if_eq(&at).map(|_| piece));
    without_pull_quotes(without_copies(without_empty_headings(
        pieces.zip(kept_words).collect(),
    )))
}

/// A piece with its words, bare.
type Worded = (Piece, String);

/// The parts that count from their own day, or take effect on it.
fn of_own_day(pieces: &[Piece]) -> HashSet<usize> {
    let of_own_day = pieces.iter().filter(|piece| OWN_DAY.is_match(&piece.text));
    of_own_day.map(|piece| piece.part).collect()
}

/// The parts that begin as a letter does: somebody is greeted near the beginning, on a line of its own.
fn letters_among(pieces: &[Piece]) -> HashSet<usize> {
    let (mut part, mut begun) = (0, 0);
    let mut letters = HashSet::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.part != part {
            (part, begun) = (piece.part, at);
        }
        if at - begun < LETTERHEAD_PIECES && letter::is_greeting(&piece.text) {
            letters.insert(part);
        }
    }
    letters
}

/// Whether a line stands behind a term, which says of what it is the day.
fn is_in_list_of_terms(piece: &Piece) -> bool {
    piece.path.split('/').any(|step| step.starts_with("dd["))
}

/// Whether a heading says of what the line below it is the day: "Application deadline".
fn names_a_day(heading: &Piece) -> bool {
    heading.kind == BlockKind::Heading
        && heading.text.chars().count() <= MAX_LABEL_CHARS
        && metadata::names_something_else(&heading.text)
}

fn is_in_row(piece: &Piece) -> bool {
    piece.path.split('/').any(|step| step.starts_with("tr["))
}

/// Takes out headings with nothing under them: they announce something that was not read, or lead elsewhere.
fn without_empty_headings(pieces: Vec<Worded>) -> Vec<Worded> {
    let mut kept: Vec<Worded> = Vec::with_capacity(pieces.len());
    let mut has_text_after = false;
    for (piece, words) in pieces.into_iter().rev() {
        let is_heading = piece.kind == BlockKind::Heading;
        if !is_heading || has_text_after {
            has_text_after = !(is_heading && piece.is_link);
            kept.push((piece, words));
        }
    }
    kept.reverse();
    kept
}

/// Whether a piece holds nothing but the byline, or nothing but a date that is not of the text; or both, with a break between.
fn is_signature(words: &str, authors: &[String], is_of_text: impl Fn() -> bool) -> bool {
    let is_line = |line: &str| is_line_of_signature(line, authors, &is_of_text);
    is_line(words)
        || words
            .split_once('\n')
            .is_some_and(|(one, other)| is_line(one) && is_line(other))
}

fn is_line_of_signature(line: &str, authors: &[String], is_of_text: impl Fn() -> bool) -> bool {
    let is_byline = || {
        // An office signs as people do.
        let signer = line.strip_prefix("By ").or_else(|| line.strip_prefix("by "));
        let is_named = |signer: &str| authors.iter().any(|author| bare(author) == bare(signer));
        if signer.is_some_and(is_named) {
            return true;
        }
        let people = metadata::people(&[line.to_owned()], &[]);
        !people.is_empty() && people.iter().all(|name| authors.contains(name))
    };
    let is_short = line.chars().count() <= MAX_CHARS;
    let is_day = || moments::read_in(line, Some("en")).is_some();
    is_short && if is_day() { !is_of_text() } else { is_byline() }
}

fn is_furniture(piece: &Piece, words: &str) -> bool {
    // A line that is all link and no sentence leads elsewhere.
    let is_address = piece.text.starts_with("http") && !piece.text.contains(' ');
    let leads_away = piece.is_link
        && piece.kind != BlockKind::Heading
        && !piece.text.ends_with(['.', '!', '?', '”', '"', '’', ':', ';']);
    // Somebody's words are of the text, whatever they begin with: “Copyright is not the issue,” said Lima. Marks further
    // on prove nothing: Sign up for “The Morning Tide”.
    let quotes = piece.text.starts_with(['“', '"', '«']);
    leads_away || is_address || (is_boilerplate(words) && !quotes)
}

pub(super) fn is_boilerplate(words: &str) -> bool {
    let length = words.chars().count();
    // Whole words only: "copyright" begins no line of copyrighters.
    let begins = |beginning: &String| {
        let rest = words.strip_prefix(beginning.as_str());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let with_first_word = || LINES.beginnings.get(first_word(words)).into_iter().flatten();
    LINES.whole.contains(words)
        || (length <= MAX_CHARS && asks_to_follow(words))
        || (length <= MAX_CHARS && with_first_word().any(begins))
        || (length <= MAX_INSIDE_CHARS && LINES.inside.is_match(words))
}

/// "Follow Ana Lima on X @lima".
fn asks_to_follow(words: &str) -> bool {
    let Some(rest) = words.strip_prefix("follow ") else {
        return false;
    };
    let pairs = rest.split(' ').zip(rest.split(' ').skip(1));
    pairs
        .into_iter()
        .any(|(on, network)| on == "on" && NETWORKS.contains(&network))
}

/// A piece that is made of the text's own paragraphs is a copy of it on one line, for search engines: what was not said in it
/// would be taken for said twice.
fn without_copies(mut pieces: Vec<Worded>) -> Vec<Worded> {
    let size = |at: &usize| pieces[*at].0.text.len();
    let mut long: Vec<usize> = (0..pieces.len())
        .filter(|at| size(at) >= MIN_COPY_BYTES)
        .collect();
    if long.is_empty() {
        return pieces;
    }
    long.sort_by_key(|at| std::cmp::Reverse(size(at)));
    long.truncate(MAX_COPIES);
    let words = |at: usize| pieces[at].1.as_str();
    let is_copy = |at: usize| {
        let whole = words(at);
        let parts: HashSet<&str> = (0..pieces.len())
            .map(words)
            .filter(|part| part.len() < whole.len() && part.len() >= MIN_PULL_QUOTE_CHARS)
            .take(MAX_SEARCHES)
            .filter(|part| memchr::memmem::find(whole.as_bytes(), part.as_bytes()).is_some())
            .collect();
        let said: usize = parts.iter().map(|part| part.len()).sum();
        parts.len() >= MIN_COPIED && said * 3 >= whole.len() * 2
    };
    let copies: HashSet<usize> = long.into_iter().filter(|at| is_copy(*at)).collect();
    let mut at = 0;
    pieces.retain(|_| {
        at += 1;
        !copies.contains(&(at - 1))
    });
    pieces
}

/// A passage that stands whole inside another paragraph is shown twice for the eye. A heading is not: papers head a section with
/// words that are said in it.
fn without_pull_quotes(pieces: Vec<Worded>) -> Vec<Piece> {
    let (pieces, all): (Vec<Piece>, Vec<String>) = pieces.into_iter().unzip();
    let whole = all.join("\n");
    let mut searches_left = MAX_SEARCHES;
    let is_repeated = |words: &String| {
        let is_candidate =
            (MIN_PULL_QUOTE_CHARS..=MAX_INSIDE_CHARS).contains(&words.len()) && searches_left > 0;
        searches_left -= usize::from(is_candidate);
        is_candidate
            && memchr::memmem::find_iter(whole.as_bytes(), words.as_bytes())
                .nth(1)
                .is_some()
    };
    let repeated: Vec<bool> = all.iter().map(is_repeated).collect();
    let is_copy = |at: usize| {
        repeated[at]
            && pieces[at].kind != BlockKind::Heading
            && all
                .iter()
                .any(|other| other.len() > all[at].len() && other.contains(&all[at]))
    };
    let keep: Vec<bool> = (0..all.len()).map(|at| !is_copy(at)).collect();
    pieces
        .into_iter()
        .zip(keep)
        .filter_map(|(piece, keep)| keep.then_some(piece))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_and_a_day_below_it_are_none_of_the_text() {
        let body = |head: &'static str| [head, "The tide is out.", "The boats lie on their sides."];
        for head in ["By Ana Lima\nJan. 20, 2026", "Jan. 20, 2026\nBy Ana Lima"] {
            let authors = ["Ana Lima".to_owned()];
            let pieces = body(head).map(|line| Piece::paragraph(line.to_owned(), ""));
            let kept = without(pieces.into(), Some("Tide"), &authors);
            assert_eq!(kept.len(), 2, "{head}");
        }
        for head in ["By Ana Lima\nShe sails.", "The pier\nJan. 20, 2026"] {
            check("Tide", &body(head), &body(head));
        }
    }

    #[test]
    fn the_date_of_a_letter_is_of_the_letter() {
        let body = [
            "November 17, 2026",
            "The Honorable Ana Lima",
            "Dear Mayor Lima:",
            "I write to ask for help.",
        ];
        check("Letter to the mayor", &body, &body);
        check(
            "Tide",
            &["November 17, 2026", "The tide is out."],
            &["The tide is out."],
        );
    }

    #[test]
    fn the_day_that_an_order_counts_from_is_of_the_order() {
        let order = |last: &'static str| ["July 1, 2026", "The levee at Mill Road has failed.", last];
        for counts in [
            "The department shall report within 15 days of this order.",
            "Report within 15 days of the date of this Executive Order.",
            "This order shall take effect at once.",
            "Claims are due ten days from the date hereof.",
        ] {
            check("Order 4", &order(counts), &order(counts));
        }
        for counts in [
            "The fair closed after 15 days of rain.",
            "The order of the day is peace.",
            "He set the date of the wedding.",
            "The rule that took effect in May is gone.",
        ] {
            check("Tide", &order(counts), &order(counts)[1..]);
        }
    }

    #[test]
    fn a_day_behind_a_term_is_told_by_it() {
        let piece = |text: &str, path: &str| Piece::paragraph(text.to_owned(), path);
        let pieces = vec![
            piece("Application deadline", "html/body[1]/dl[1]/dt[1]"),
            piece("December 4, 2026", "html/body[1]/dl[1]/dd[1]"),
        ];
        assert_eq!(without(pieces, Some("Lottery"), &[]).len(), 2);
    }

    #[test]
    fn the_byline_of_an_office_is_no_text() {
        let authors = ["Office of the Harbor Master".to_owned()];
        let left = |line: &str| {
            let pieces = [line, "By the authority vested in me, I close the pier."];
            let pieces = pieces.map(|line| Piece::paragraph(line.to_owned(), "html/body[1]/p[1]"));
            without(pieces.to_vec(), Some("Directive 4"), &authors).len()
        };
        assert_eq!(left("By Office of the Harbor Master"), 1);
        assert_eq!(left("By order of the Harbor Master"), 2);
    }

    #[test]
    fn a_day_below_a_heading_is_told_by_it() {
        let heading = |text: &str| Piece {
            kind: BlockKind::Heading,
            ..Piece::paragraph(text.to_owned(), "html/body[1]/h3[1]")
        };
        let day = || Piece::paragraph("December 4, 2026".to_owned(), "html/body[1]/p[1]");
        let text = || Piece::paragraph("The city opens its lottery.".to_owned(), "html/body[1]/p[2]");
        let has_day = |pieces: Vec<Piece>| {
            let kept = without(pieces, Some("Lottery"), &[]);
            kept.iter().any(|piece| piece.text == day().text)
        };
        let under = |words: &str| has_day(vec![text(), heading(words), day()]);
        assert!(under("Application deadline"));
        assert!(!under("Last updated"));
        assert!(!under("About the piers"));
        // A line under the headline tells what the page is about, and the day below it is that of the page.
        assert!(!has_day(vec![
            heading("Lottery"),
            heading("Vote delayed"),
            day(),
            text()
        ]));
    }

    #[test]
    fn who_asks_to_be_followed_says_nothing() {
        check(
            "Parade",
            &[
                "The parade drew many.",
                "Follow Eva Stone on X @stone. “I take pictures.”",
                "Follow the money on Monday.",
            ],
            &["The parade drew many.", "Follow the money on Monday."],
        );
    }

    #[test]
    fn words_in_marks_are_no_furniture() {
        check(
            "Council votes",
            &[
                "“Copyright is not the issue,” said Ana Lima.",
                "Copyright 2026 “The Harbor Post”",
            ],
            &["“Copyright is not the issue,” said Ana Lima."],
        );
    }

    #[track_caller]
    fn check(title: &str, lines: &[&str], expected: &[&str]) {
        let pieces = lines
            .iter()
            .map(|line| Piece::paragraph((*line).to_owned(), ""))
            .collect();
        let kept = without(pieces, Some(title), &["Ana Lima".to_owned()]);
        let kept: Vec<&str> = kept.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn words_are_compared_by_letters_and_digits() {
        for (text, words) in [
            ("  Sign-up — for “the 7th”!", "sign up for the 7th"),
            ("(Sign up) for the 7th.", "sign up for the 7th"),
            ("Ça va, ÉTÉ?", "ça va été"),
            ("* * *", ""),
        ] {
            assert_eq!(bare(text), words);
        }
    }

    #[test]
    fn lines_of_the_page_are_left_out() {
        check(
            "T",
            &["One.", "Advertisement", "Two.", "SHARE THIS:", "* * *"],
            &["One.", "Two."],
        );
        check("T", &["Sign up for our newsletter today", "One."], &["One."]);
    }

    #[test]
    fn cells_of_a_table_may_say_the_same() {
        let lines = |path: &str| {
            let pieces = ["7", "7"].map(|figure| Piece::paragraph(figure.to_owned(), path));
            without(pieces.to_vec(), None, &[]).len()
        };
        assert_eq!((lines("html/table[1]/tr[1]/td[1]"), lines("html/p[1]")), (2, 1));
    }

    #[test]
    fn the_headline_is_not_repeated_near_the_beginning() {
        check(
            "Harbour “to stay open”",
            &["Harbour 'to stay open'", "One."],
            &["One."],
        );
        let far = ["1.", "2.", "3.", "4.", "5.", "One", "6."];
        check("One", &far, &far);
    }

    #[test]
    fn the_byline_and_the_date_are_no_paragraphs() {
        check(
            "T",
            &["By Ana Lima", "February 6, 2026", "Ana Lima spoke."],
            &["Ana Lima spoke."],
        );
    }

    #[test]
    fn a_pull_quote_is_kept_in_its_paragraph_only() {
        let whole = "“We will not close a single pier in this harbour,” she said.";
        check(
            "T",
            &[whole, "“We will not close a single pier in this harbour”"],
            &[whole],
        );
        // A section's heading takes its words from what is said in it.
        let heading = Piece {
            kind: BlockKind::Heading,
            ..Piece::paragraph("‘We will not close a single pier in this harbour’".to_owned(), "")
        };
        let said = Piece::paragraph(whole.to_owned(), "");
        assert_eq!(without(vec![heading, said], Some("T"), &[]).len(), 2);
    }

    #[test]
    fn a_copy_of_the_text_on_one_line_is_left_out() {
        let paragraphs: Vec<String> = ["north", "east", "south", "west"]
            .map(|side| {
                format!(
                    "The {side} pier {}.",
                    "stays open through the winter, as the board has said, ".repeat(3)
                )
            })
            .to_vec();
        let whole = paragraphs.join(" ");
        let lines = |extra: &str| -> Vec<String> {
            let pieces = paragraphs.iter().map(String::as_str).chain([extra]);
            let pieces = pieces.map(|line| Piece::paragraph(line.to_owned(), ""));
            let kept = without(pieces.collect(), Some("T"), &[]);
            kept.into_iter().map(|piece| piece.text).collect()
        };
        assert_eq!(lines(&whole), paragraphs);
        // A long paragraph that repeats one of them says more.
        let more = format!(
            "{} {}",
            paragraphs[0],
            "Nobody knows yet who will pay for it all. ".repeat(20)
        )
        .trim()
        .to_owned();
        assert_eq!(lines(&more).last(), Some(&more));
    }

    #[test]
    fn a_paragraph_that_only_speaks_of_such_things_stays() {
        let long = "Advertisement revenue fell in the spring, the paper said.";
        check("T", &[long], &[long]);
    }
}
