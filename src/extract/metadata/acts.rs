//! The day of a text that is an act: spoken before somebody, adopted by a body, or given under a seal. Such a text says in words of
//! its own when that was, and it is asked for where a page names no other day.

use std::sync::LazyLock;

use regex::Regex;

use super::shown::{self, Role};
use crate::extract::blocks::Piece;
use crate::extract::boilerplate::bare;
use crate::extract::tree::Outline;
use crate::model::document::{BlockKind, StatedMoment};
use crate::model::moment::Moment;
use crate::text::{moments, numerals};

/// What the title of a text that was spoken begins with, what may stand before it, and what stands behind it: "Mayor to deliver
/// remarks" announces one, and a "speech contest" is none.
const SPOKEN: [&str; 4] = ["testimony", "remarks", "statement", "speech"];
const SPOKEN_HOW: [&str; 8] = [
    "written", "oral", "prepared", "opening", "closing", "public", "joint", "the",
];
const SPOKEN_BY: [&str; 4] = ["of", "by", "from", "before"];
/// What stands before the matter that a title names, whose day may stand behind it.
const MATTER: [&str; 3] = [" on ", " about ", " regarding "];
/// What the title of a text that a body adopts has.
const ADOPTED: [&str; 8] = [
    "resolution",
    "res",
    "ordinance",
    "order",
    "law",
    "motion",
    "legislation",
    "proclamation",
];
/// Pieces behind the headline that may say before whom and when, and letters of such a piece.
const HEAD_PIECES: usize = 4;
const HEAD_CHARS: usize = 400;
/// What a cell says before the one with the day on which a body adopted the text.
const ADOPTION: [&str; 4] = ["adopted", "date adopted", "adoption date", "final action"];
/// Pieces looked at, and bytes of one that gives a text under a seal.
const MAX_PIECES: usize = 3_000;
const SEAL_BYTES: usize = 700;

/// "GIVEN under my hand this 4th day of October, in the year two thousand twenty-six." What takes effect "on the 4th day" is of
/// another day than the text, and what goes on behind the year tells of a seal: nothing but a vote, an hour, a place and the age of
/// the state may follow.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    let begins = "given under|given at|done|dated|signed|executed|issued|ordered|so ordered|adopted|passed|approved|proclaimed|in witness whereof|in testimony whereof";
    let year = r"(?:in the year(?: of our lord)?,? |a\. ?d\.,? |ad |anno domini )?((?:19|20)\d\d\b|two thousand(?:[ -](?:and|[a-z]+teen|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine)\b)*)";
    let behind = r"(?:[\s.,;]*$|,? (?:and of|by|at|in) )";
    let pattern =
        format!(r"(?is)^(?:(?:{begins})\b.*?\b)?this(?: the)? ([a-z0-9-]+) day of ([a-z]+),? {year}{behind}");
    Regex::new(&pattern).expect("a valid pattern")
});

/// The ordinal numbers of the days of a month, in words.
const ORDINALS: &str = include_str!("acts/ordinals.txt");

/// The day that a text gives itself as an act; none where it gives several.
pub(super) fn day(
    outline: &Outline<'_>,
    title: Option<&str>,
    language: Option<&str>,
) -> Option<StatedMoment> {
    let moment = given(&outline.pieces)
        .or_else(|| adopted(outline, title?, language))
        .or_else(|| spoken(outline, title?, language))?;
    let method = "printed date".to_owned();
    Some(StatedMoment { moment, method })
}

/// The day on which a text was given under a hand or a seal.
fn given(pieces: &[Piece]) -> Option<Moment> {
    let texts = pieces.iter().take(MAX_PIECES).map(|piece| piece.text.as_str());
    only(texts.filter(|text| text.len() <= SEAL_BYTES).filter_map(given_in))
}

fn given_in(text: &str) -> Option<Moment> {
    let found = GIVEN.captures(text)?;
    let part = |number: usize| found.get(number).map(|part| part.as_str());
    let day = day_of_month(&part(1)?.to_lowercase())?;
    let year = match part(3)? {
        year if year.starts_with(|first: char| first.is_ascii_digit()) => year.to_owned(),
        words => only(numerals::read(&words.to_lowercase()).0.into_iter())?,
    };
    moments::read_in(&format!("{} {day}, {year}", part(2)?), Some("en"))
}

fn day_of_month(ordinal: &str) -> Option<usize> {
    let in_words = || ORDINALS.lines().position(|word| word == ordinal).map(|at| at + 1);
    let digits = ordinal.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    digits.parse().ok().or_else(in_words)
}

/// The day on which a body adopted a text, by the list of steps above it: "Final action: 10/26/2026".
fn adopted(outline: &Outline<'_>, title: &str, language: Option<&str>) -> Option<Moment> {
    if !bare(title).split(' ').any(|word| ADOPTED.contains(&word)) {
        return None;
    }
    let pieces = &outline.pieces[..];
    let rows = pieces.windows(2).take(MAX_PIECES);
    let days = rows.filter(|pair| ADOPTION.contains(&bare(&pair[0].text).as_str()));
    only(days.filter_map(|pair| moments::read_in(&pair[1].text, language)))
}

/// The day on which a text was spoken, as its title ends with it or the lines below say that tell before whom it was.
fn spoken(outline: &Outline<'_>, title: &str, language: Option<&str>) -> Option<Moment> {
    let words = bare(title);
    let mut words = words.split(' ').skip_while(|word| SPOKEN_HOW.contains(word));
    let is_spoken = words.next().is_some_and(|word| SPOKEN.contains(&word))
        && words.next().is_some_and(|word| SPOKEN_BY.contains(&word));
    let at = shown::headline(outline, Some(title)).filter(|_| is_spoken)?;
    let mut ends = title.rmatch_indices(", ").take(2);
    // "Before the Committee on Harbours" names no matter.
    let matter = title.replace("ommittee on ", "");
    let names_matter = MATTER.iter().any(|before| matter.contains(before));
    let in_title = ends.find_map(|(comma, _)| moments::read_in(&title[comma + 2..], language));
    in_title.filter(|_| !names_matter).or_else(|| {
        let head = outline.pieces[at + 1..].iter().take(HEAD_PIECES);
        let head =
            head.filter(|piece| piece.kind != BlockKind::Caption && piece.text.chars().count() <= HEAD_CHARS);
        let lines = head.flat_map(|piece| piece.text.lines());
        let days = lines.flat_map(|line| shown::days_of_line(line, language));
        only(
            days.filter(|(_, role)| *role == Role::Plain)
                .map(|(moment, _)| moment),
        )
    })
}

/// What several places agree on.
fn only<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    #[track_caller]
    fn check(body: &str, expected: Option<&str>) {
        let html = Html::parse_document(body);
        let outline = tree::outline(html.root_element());
        let title = shown::headline(&outline, None).map(|at| outline.pieces[at].text.clone());
        let found = day(&outline, title.as_deref(), Some("en"));
        assert_eq!(
            found.map(|stated| stated.moment.to_string()).as_deref(),
            expected,
            "{body}"
        );
    }

    #[test]
    fn a_seal_says_on_which_day_it_was_set() {
        let given = |words: &str| format!("<h1>Order 12</h1><p>The pier is closed.</p><p>{words}</p>");
        for words in [
            "GIVEN under my hand and the seal of the City this 4th day of October, in the year two thousand twenty-six.",
            "IN WITNESS WHEREOF, I have hereunto set my hand this fourth day of October, A.D. 2026.",
            "In witness whereof, I have set my hand this fourth day of October, in the year of our Lord two thousand and \
             twenty-six, and of the City of Port Lima the one hundred and twelfth.",
            "Done at the Harbour Hall, this the 4th day of October, 2026.",
            "This 4th day of October 2026.",
        ] {
            check(&given(words), Some("2026-10-04"));
        }
        for words in [
            "The mayor signed it on the 4th day of October, 2026.",
            "Given the heat, the pool opens on the first day of every month.",
            "This is the fifth day of the strike, and 2026 is young.",
            "Dated this ____ day of ____, 2026.",
            "Signed this 40th day of October, 2026.",
            "Given the vote set for the 3rd day of November, 2026, the pier stays shut.",
            "Ordered to appear on the 3rd day of November, 2026, Lima fled.",
            "This order shall expire on the 3rd day of November, 2026.",
            "This order takes effect on the first day of January, 2026.",
            "Signed by all who were there, this was the 4th day of October, 2026.",
            "Given under my hand this 4th day of October, 2019, the old order reads.",
        ] {
            check(&given(words), None);
        }
        let two =
            "<h1>Orders</h1><p>Dated this 4th day of May, 2026.</p><p>Dated this 5th day of May, 2026.</p>";
        check(two, None);
    }

    #[test]
    fn a_list_of_steps_says_when_a_text_was_adopted() {
        let steps = |last: &str| {
            format!(
                "<h1>Resolution No. 31</h1><table><tr><th>Introduced:</th><td>3/2/2026</td></tr><tr><th>{last}</th>\
                 <td>3/9/2026</td></tr></table>"
            )
        };
        check(&steps("Final action:"), Some("2026-03-09"));
        check(&steps("Date adopted"), Some("2026-03-09"));
        check(&steps("On agenda:"), None);
        check(&steps("Adopted budget"), None);
        check(
            &steps("Adopted").replace("Resolution No. 31", "Dogs of the shelter"),
            None,
        );
    }

    #[test]
    fn what_was_spoken_is_of_the_day_in_its_head() {
        check(
            "<h1>Testimony of Ana Lima before the Committee on Harbours, March 3, 2026</h1><p>Good morning.</p>",
            Some("2026-03-03"),
        );
        check(
            "<h1>Testimony of Ana Lima</h1><p>Before the Committee on Harbours, Piers and the Ships of Port Lima and of the Lower \
             Bay<br>“Who Pays”<br>Tuesday, March 3, 2026, 10:00 a.m., Room 214</p><p>Good morning.</p>",
            Some("2026-03-03T10:00:00"),
        );
        for body in [
            "<h1>Statement on the Flood of March 3, 1998</h1><p>We remember.</p>",
            "<h1>Statement of the Mayor on the closing of the pier, July 4, 1976</h1><p>We remember.</p>",
            "<h1>Speech contest winners, March 3, 2026</h1><p>We cheer.</p>",
            "<h1>Testimony wanted for a hearing, March 3, 2026</h1><p>Write to us.</p>",
            "<h1>Mayor to Deliver Remarks, March 3, 2026</h1><p>All are welcome.</p>",
            "<h1>Hearing of the Harbour Committee, March 3, 2026</h1><p>All are welcome.</p>",
            "<h1>Remarks of Ana Lima</h1><p>I came here on March 3, 2026, when the pier had already burned to the water.</p>",
            "<h1>Testimony of Ana Lima</h1><p>Drafted March 2, 2026<br>Comments due March 9, 2026<br>March 3, 2026<br>March 4, 2026</p>",
        ] {
            check(body, None);
        }
    }
}
