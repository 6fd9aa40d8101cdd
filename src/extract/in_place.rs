//! What a page shows where a text stood before: the text, edited or not, or something in its place. A page need not say
//! what it is, so what is held is laid beside it. Nothing here looks at one page alone.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::stand_in::says_so;
use crate::model::document::{Genre, NoticeKind, Reading};
use crate::text::corrections::corrections;
use crate::text::wording::Wording;

/// Words in a row by which a text is known again.
const RUN: usize = 3;
/// Words of a text that is too short for its absence to tell something.
const SHORT_WORDS: usize = 15;
/// The share of a text of which so little is left that it was replaced.
const REPLACED: f64 = 0.1;
/// The share of a text that is left where it shrank, and the length of all that stands there now.
const SHRUNK: f64 = 0.2;
const SHRUNK_LENGTH: f64 = 0.4;
/// The share of the words of a headline that must have stood in the text for it to be one of the same matter.
const SAME_MATTER: f64 = 0.5;
/// Letters of a word that tells what a headline is about.
const TELLING_CHARS: usize = 4;
/// Of a beginning: its length in that of the text, the share of it that stood there, that of the text's first words that
/// it has, and that of the text's second half that it may have.
const BEGINNING_LENGTH: f64 = 0.6;
const BEGINNING_SHARE: f64 = 0.6;
const BEGINNING_FIRST: f64 = 0.5;
const BEGINNING_REST: f64 = 0.05;
const FIRST_WORDS: usize = 20;

/// What is held of a document from before.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// What was read.
    pub reading: &'a Reading,
    /// The words of its quotes.
    pub quotes: &'a [String],
}

/// What stands in the place of a text, each with what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InPlace {
    /// Nothing that can be read.
    Nothing,
    /// Its beginning, marked as that of a text for subscribers.
    Beginning(String),
    /// So little of it that it is in doubt whether the page still stands there.
    InDoubt(String),
}

/// What stands in the place of a held text; `None` where the text stands there, however edited. `speaks` says whether
/// somebody is quoted there now.
#[must_use]
pub fn in_place(held: Held<'_>, now: &Reading, speaks: bool) -> Option<InPlace> {
    let before = Words::of(&held.reading.text);
    if before.count() < SHORT_WORDS || says_so(now).is_some() {
        return None;
    }
    if now.text.is_empty() {
        let is_nothing = |kind| matches!(kind, NoticeKind::NoText | NoticeKind::EmptyPayload);
        return now
            .notices
            .iter()
            .any(|notice| is_nothing(notice.kind))
            .then_some(InPlace::Nothing);
    }
    // An outlet that corrects itself speaks of this very page.
    if !corrections(&now.text, &now.blocks).is_empty() {
        return None;
    }
    let after = Words::of(&now.text);
    let kept = before.share_in(&after);
    if let Some(mark) = subscribers_mark(now).filter(|_| is_beginning(&before, &after)) {
        let detail = format!(
            "{mark}; of the text held before only the beginning stands there ({})",
            percent(kept)
        );
        return Some(InPlace::Beginning(detail));
    }
    let is_other = kept <= REPLACED && now.published.is_none() && is_headed_otherwise(held, now);
    let is_shrunk = || is_shrunk(held, kept, (&before, &after));
    // A story that was written anew quotes somebody; what a site sends in its place does not.
    let is_in_doubt = !speaks && (is_other || is_shrunk()) && !is_quoted_still(held, &after);
    is_in_doubt.then(|| {
        let head = match &now.title {
            Some(title) => format!("under the headline {title:?}"),
            None => "without a headline".to_owned(),
        };
        let quotes = if held.quotes.is_empty() {
            ""
        } else {
            " and none of its quotes"
        };
        let left = percent(kept);
        InPlace::InDoubt(format!(
            "{head} there stands {left} of the text held before{quotes}"
        ))
    })
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn subscribers_mark(reading: &Reading) -> Option<&str> {
    let marks = reading.notices.iter();
    let mut marks = marks.filter(|notice| notice.kind == NoticeKind::ForSubscribers);
    marks.next().map(|notice| notice.detail.as_str())
}

/// Whether a text is the beginning of another, with what a site asks for behind it.
fn is_beginning(before: &Words, after: &Words) -> bool {
    let middle = before.count() / 2;
    length(after, before) <= BEGINNING_LENGTH
        && after.share_in(before) >= BEGINNING_SHARE
        && before.share_of(..FIRST_WORDS.min(middle), after) >= BEGINNING_FIRST
        && before.share_of(middle.., after) <= BEGINNING_REST
}

/// Whether a quote of the text held stands there still. Editors who cut a text leave some.
fn is_quoted_still(held: Held<'_>, after: &Words) -> bool {
    let mut quotes = held.quotes.iter().map(|words| Words::of(words));
    quotes.any(|quote| quote.count() > 0 && quote.share_in(after) >= 1.0)
}

/// Whether a text shrank to a small part of itself. A page that is added to while something happens is expected to end
/// as something else.
fn is_shrunk(held: Held<'_>, kept: f64, (before, after): (&Words, &Words)) -> bool {
    kept <= SHRUNK && length(after, before) <= SHRUNK_LENGTH && held.reading.genre != Genre::Live
}

#[allow(clippy::cast_precision_loss, reason = "no text has as many words")]
fn length(one: &Words, other: &Words) -> f64 {
    one.count() as f64 / other.count().max(1) as f64
}

/// Whether the headline of what stands there now speaks of something else than the text held.
fn is_headed_otherwise(held: Held<'_>, now: &Reading) -> bool {
    let headline = Wording::of(now.title.as_deref().unwrap_or_default());
    let telling = headline.words().iter();
    let telling: HashSet<&String> = telling
        .filter(|word| word.chars().count() >= TELLING_CHARS)
        .collect();
    let title = Wording::of(held.reading.title.as_deref().unwrap_or_default());
    let text = Wording::of(&held.reading.text);
    let known: HashSet<&String> = title.words().iter().chain(text.words()).collect();
    #[allow(clippy::cast_precision_loss, reason = "no headline has as many words")]
    let share = telling.intersection(&known).count() as f64 / telling.len().max(1) as f64;
    share < SAME_MATTER
}

/// The words of a text as runs of a few, each a digest.
struct Words {
    runs: Vec<u64>,
    words: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let wording = Wording::of(text);
        let words = wording.words();
        // A text of fewer words is one run.
        let runs = words.windows(RUN.min(words.len()).max(1));
        let digest = BuildHasherDefault::<DefaultHasher>::default();
        Self {
            runs: runs.map(|run| digest.hash_one(run)).collect(),
            words: words.len(),
        }
    }

    fn count(&self) -> usize {
        self.words
    }

    /// The share of its runs that another text has.
    fn share_in(&self, other: &Words) -> f64 {
        self.share_of(.., other)
    }

    /// The same of the runs from one to before another.
    fn share_of(&self, range: impl std::ops::RangeBounds<usize>, other: &Words) -> f64 {
        let within = |at: &usize| range.contains(at);
        let there: HashSet<&u64> = other.runs.iter().collect();
        let own: Vec<&u64> = self
            .runs
            .iter()
            .enumerate()
            .filter(|(at, _)| within(at))
            .map(|(_, run)| run)
            .collect();
        let found = own.iter().filter(|run| there.contains(*run)).count();
        #[allow(clippy::cast_precision_loss, reason = "no text has as many words")]
        let share = found as f64 / own.len().max(1) as f64;
        share
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Page, read};

    const ARTICLE: [&str; 6] = [
        "The council of Harbor Falls met on Tuesday to speak about the ferry, which has not run since the storm of last \
         winter took away the landing and two of its piles.",
        "“The landing will be rebuilt before the summer,” said Mayor Ana Lima after a meeting that went on until midnight \
         and was left early by half of those who had come.",
        "The work will cost four million dollars, of which the state pays half, and is to begin as soon as the ice is gone \
         from the inner harbor.",
        "“Not one boat will be turned away,” said the harbor master, Karl Ruhn, whose office has been in a container since \
         January.",
        "Fishermen who lost their berths are to be paid by the day, under a plan that was first drawn up after the flood \
         of 1998 and has never been used.",
        "A second reading is planned for the last week of the month, when the bids of three builders will be opened in \
         public at the town hall.",
    ];
    const QUOTES: [&str; 2] = [
        "The landing will be rebuilt before the summer",
        "Not one boat will be turned away",
    ];

    fn reading(html: &str) -> Reading {
        let url = url::Url::parse("https://tide.example/news/ferry").expect("an address");
        read(&Page {
            payload: html.as_bytes(),
            content_type: Some("text/html; charset=utf-8"),
            url: &url,
            captured_at: None,
            source: None,
        })
    }

    const DATED: &str = "<meta property=article:published_time content=2026-02-06T10:00:00Z>";

    fn page(head: &str, title: &str, paragraphs: &[&str]) -> String {
        let body: String = paragraphs.iter().map(|words| format!("<p>{words}</p>")).collect();
        format!(
            "<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
        )
    }

    #[derive(Debug, PartialEq)]
    enum Told {
        Stands,
        Nothing,
        Beginning,
        InDoubt,
    }

    #[track_caller]
    fn check(head: &str, title: &str, paragraphs: &[&str], expected: Told) {
        check_where(DATED, page(head, title, paragraphs), expected);
    }

    #[track_caller]
    fn check_where(head_before: &str, now: String, expected: Told) {
        let before = reading(&page(head_before, "Landing to be rebuilt by summer", &ARTICLE));
        let quotes = QUOTES.map(str::to_owned);
        let held = Held {
            reading: &before,
            quotes: &quotes,
        };
        let now = reading(&now);
        let speaks = now.text.contains('“');
        let told = match in_place(held, &now, speaks) {
            None => Told::Stands,
            Some(InPlace::Nothing) => Told::Nothing,
            Some(InPlace::Beginning(_)) => Told::Beginning,
            Some(InPlace::InDoubt(_)) => Told::InDoubt,
        };
        assert_eq!(told, expected, "{:?}", now.text);
    }

    #[test]
    fn another_text_under_another_headline_is_in_doubt() {
        check(
            "",
            "A word about our partners",
            &[
                "Two hundred firms keep small files on your device and read them, to know you again and to show you what \
               you may want to buy. You can say yes or no to each of them, and change your mind whenever you like.",
            ],
            Told::InDoubt,
        );
        let teasers: Vec<String> = (1..30)
            .map(|number| {
                format!("School board number {number} votes on longer breaks for all of its pupils")
            })
            .collect();
        let teasers: Vec<&str> = teasers.iter().map(String::as_str).collect();
        check("", "The Tide", &teasers, Told::InDoubt);
    }

    #[test]
    fn a_text_that_shrank_to_a_line_is_in_doubt_whatever_its_headline() {
        check(
            DATED,
            "Landing to be rebuilt by summer",
            &["This story was taken down by the Tide."],
            Told::InDoubt,
        );
        check(
            DATED,
            "Landing to be rebuilt by summer",
            &[ARTICLE[0]],
            Told::InDoubt,
        );
    }

    #[test]
    fn nothing_is_no_wording() {
        check_where(
            DATED,
            "<html><head><title>The Tide</title></head><body></body></html>".to_owned(),
            Told::Nothing,
        );
    }

    #[test]
    fn the_beginning_of_a_text_beside_marks_of_subscribers_is_a_wall() {
        let marked = r#"<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>"#;
        let head = format!("{DATED}{marked}");
        let asks = "To go on, become a friend of the Tide.";
        check(
            &head,
            "Landing to be rebuilt by summer",
            &[ARTICLE[0], asks],
            Told::Beginning,
        );
        check(
            &head,
            "Landing to be rebuilt by summer",
            &[ARTICLE[0], ARTICLE[1]],
            Told::Beginning,
        );
        // Most texts of such sites are given whole; a later edit of one is an edit.
        check(
            &head,
            "Landing to be rebuilt by summer",
            &ARTICLE[..5],
            Told::Stands,
        );
        check(
            &head,
            "Landing to be rebuilt by summer",
            &[ARTICLE[0], ARTICLE[1], ARTICLE[5]],
            Told::Stands,
        );
    }

    #[test]
    fn a_text_that_editors_cut_or_corrected_stands() {
        check(
            DATED,
            "Ferry landing to be rebuilt",
            &[ARTICLE[0], ARTICLE[1]],
            Told::Stands,
        );
        check(
            DATED,
            "Landing to be rebuilt",
            &[ARTICLE[0], ARTICLE[2]],
            Told::Stands,
        );
        check(
            DATED,
            "Landing to be rebuilt by summer",
            &[
                "Correction: An earlier version of this article misstated what the council decided. It decided nothing.",
            ],
            Told::Stands,
        );
    }

    #[test]
    fn a_story_written_anew_stands() {
        check(
            DATED,
            "Mayor promises a ferry landing by summer",
            &[
                "Harbor Falls will have its ferry back when the holidays begin, if the mayor is right.",
                "“We start when the ice has gone,” Ana Lima said on Wednesday, standing where the old pier was.",
                "Half of the four million dollars comes from the state. Builders have until the end of the month to say what \
                 they would ask for.",
            ],
            Told::Stands,
        );
    }

    #[test]
    fn a_live_page_that_was_closed_stands() {
        let live = "<meta property=og:type content=article><script type=\"application/ld+json\">{\"@type\":\"LiveBlogPosting\",\
                    \"datePublished\":\"2026-02-06T10:00:00Z\"}</script>";
        let closed = "Our live coverage has ended. You can read what the council decided in our report.";
        check_where(
            live,
            page(live, "Landing to be rebuilt by summer", &[closed]),
            Told::Stands,
        );
    }

    #[test]
    fn a_story_about_walls_and_outages_stands() {
        let about = [
            "The Tide’s readers were asked to subscribe to continue reading when its site was down for maintenance on Tuesday.",
            "“We value your privacy,” the page said to everybody who came for the ferry.",
        ];
        let paragraphs: Vec<&str> = ARTICLE[..3].iter().copied().chain(about).collect();
        check(DATED, "We value your privacy", &paragraphs, Told::Stands);
    }
}
