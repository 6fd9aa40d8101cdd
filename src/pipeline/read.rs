//! One payload or text in, everything found in it out. Pure but for the panics it contains.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use url::Url;

use crate::dates;
use crate::extract::{self, Page};
use crate::model::date::{DateMention, SaidOn};
use crate::model::document::{Block, Genre, Notice, NoticeKind, Reading};
use crate::model::quote::Quote;
use crate::model::source::SourceKind;
use crate::model::span::Span;
use crate::model::speaker::ResolvedSpeaker;
use crate::model::tongue::{DayOrder, Tongue};
use crate::quotes::{self, Paper};
use crate::resolve::Strangers;
use crate::resolve::capitals::Capitals;
use crate::resolve::speakers::{Context, Gazetteer};
use crate::text::corrections;

/// What was found in a text.
#[derive(Clone, Debug, Default)]
pub struct Annotated {
    /// The quotes, each with the person meant and the day it was said.
    pub quotes: Vec<(Quote, Option<ResolvedSpeaker>, Option<SaidOn>)>,
    /// The time expressions.
    pub dates: Vec<DateMention>,
}

impl Annotated {
    /// Adds what was found in the part of the text that begins at a byte.
    fn add(&mut self, found: Annotated, start: usize) {
        let quotes = found.quotes.into_iter();
        let quotes = quotes.map(|(quote, speaker, said)| {
            (quote.within(start), speaker, said.map(|said| said.within(start)))
        });
        self.quotes.extend(quotes);
        self.dates
            .extend(found.dates.into_iter().map(|date| date.within(start)));
    }
}

/// What is known of a text besides itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The document's own day.
    pub published: Option<Date>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<&'a str>,
    /// The office whose site printed it.
    pub office: Option<&'a str>,
    /// The headline of an office's own document, which may hold somebody's own text.
    pub own_headline: Option<&'a str>,
    /// The title, where it may tell of what the text is the record.
    pub title_of_record: Option<&'a str>,
    /// Whether the text is known to be a transcript.
    pub is_transcript: bool,
}

/// Quotes and dates of a text.
pub fn annotate(text: &str, blocks: &[Block], about: About<'_>, gazetteer: &Gazetteer) -> Annotated {
    let published = about.published;
    let tongue = Tongue::of_tag(about.language);
    let order = DayOrder::of_tag(about.language);
    let known = dates::About {
        published,
        title: about.title_of_record,
        is_transcript: about.is_transcript,
    };
    let (mut dates, own) = dates::find_in_document(text, blocks, (tongue, order), known);
    let (capitals, strangers) = (Capitals::of(text), Strangers::of(text, tongue));
    let context = Context {
        day: published,
        office: about.office,
        tongue,
        capitals: Some(&capitals),
        strangers: Some(&strangers),
    };
    let mut quotes = match about.own_headline {
        Some(headline) => quotes::find_in_paper(text, blocks, Paper { headline }, tongue),
        None => quotes::find(text, blocks, tongue),
    };
    // What a correction repeats was retracted or stands above already: nobody says it there.
    let corrections = corrections::corrections(text, blocks);
    let is_in_one = |span: Span| corrections.iter().any(|correction| correction.overlaps(span));
    quotes.retain(|quote| !quote.hull().is_some_and(is_in_one));
    let said = dates::said_on(text, &quotes, &dates, own);
    // Nor is anything due: it names the wrong day beside the right one, and which is which only its words tell.
    for date in dates.iter_mut().filter(|date| is_in_one(date.span)) {
        date.set_no_deadline();
    }
    let quotes = quotes
        .into_iter()
        .zip(said)
        .map(|(quote, said)| {
            let speaker = gazetteer.resolve(text, &quote, context);
            (quote, speaker, said)
        })
        .collect();
    Annotated { quotes, dates }
}

/// Reads a page and annotates its text, each document in it by its own day, as the crawl does. A page that makes a
/// reader panic costs that page only.
pub fn annotated_reading(page: &Page<'_>, gazetteer: &Gazetteer) -> (Reading, Annotated) {
    let read = || {
        let reading = extract::read(page);
        let mut all = Annotated::default();
        for (document, start) in extract::documents_in(&reading) {
            all.add(annotated(page, &document, gazetteer), start);
        }
        (reading, all)
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| (panicked(), Annotated::default()))
}

/// The documents of a page that is read so, its own first, each with what was found in its text; never none.
pub(super) fn annotated_documents(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    read: impl FnOnce(&Page<'_>) -> Reading,
) -> Vec<(Reading, Annotated)> {
    let read = || {
        let documents = extract::documents(read(page)).into_iter();
        let annotated = documents.map(|reading| {
            let found = annotated(page, &reading, gazetteer);
            (reading, found)
        });
        annotated.collect()
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| vec![(panicked(), Annotated::default())])
}

fn annotated(page: &Page<'_>, reading: &Reading, gazetteer: &Gazetteer) -> Annotated {
    let about = About {
        published: published_day(page, reading),
        language: reading.language.as_deref(),
        office: page.source.and_then(|source| source.office.as_deref()),
        own_headline: own_headline(page, reading),
        title_of_record: title_of_record(page, reading),
        is_transcript: reading.genre == Genre::Transcript,
    };
    annotate(&reading.text, &reading.blocks, about, gazetteer)
}

/// The headline of what an office prints as its own. Of an order nobody is the speaker, and a report prints others' words.
fn own_headline<'a>(page: &Page<'_>, reading: &'a Reading) -> Option<&'a str> {
    let is_news = page.source.is_some_and(|source| source.kind == SourceKind::News);
    let may_hold = reading.genre.is_handed_out() || reading.genre == Genre::Transcript;
    (!is_news && may_hold).then(|| reading.title.as_deref().unwrap_or_default())
}

/// The title of what is a transcript, or may be minutes that an office prints. That of a report tells of another's.
fn title_of_record<'a>(page: &Page<'_>, reading: &'a Reading) -> Option<&'a str> {
    let is_news = page.source.is_none_or(|source| source.kind == SourceKind::News);
    let may_be = reading.genre == Genre::Transcript || !is_news && reading.genre != Genre::Order;
    reading.title.as_deref().filter(|_| may_be)
}

/// The day of publication in the source's own zone.
fn published_day(page: &Page<'_>, reading: &Reading) -> Option<Date> {
    let stated = reading.published.as_ref()?;
    match page.source {
        Some(source) => Some(stated.moment.day_in(&source.time_zone)),
        None => Some(stated.moment.date),
    }
}

fn panicked() -> Reading {
    let detail = "reading this page failed inside the program; its bytes are kept".to_string();
    Reading {
        notices: vec![Notice {
            kind: NoticeKind::Panicked,
            detail,
        }],
        ..Reading::default()
    }
}

/// The address of the document that a capture shows: the one the page names as canonical, where that is
/// of the same host and not just the front page; else where it was fetched.
pub fn document_address(fetched: &Url, stated: Option<&str>) -> String {
    let own = crate::discover::canonical::canonical(fetched).url;
    let stated = stated
        .and_then(|text| Url::parse(text).ok())
        .map(|url| crate::discover::canonical::canonical(&url).url)
        .filter(|url| {
            bare_host(url) == bare_host(&own) && url.port_or_known_default() == own.port_or_known_default()
        })
        .filter(|url| url.path() != "/" || own.path() == "/");
    stated.unwrap_or(own).into()
}

fn bare_host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cadence::Cadence;
    use crate::model::date::is_deadline;
    use crate::model::document::BlockKind;
    use crate::model::id::SourceId;
    use crate::model::source::{SiteRules, Source};

    #[test]
    fn what_is_found_in_a_part_of_a_page_is_dated_by_the_part_s_own_day() {
        let entry = |day: u8, who: &str| {
            format!(
                "<article><time datetime=\"2026-02-0{day}T10:00\">Feb. {day}</time><h2>The pier, day {day}</h2><p>The pier of the \
                 town stays shut while the storm goes on, and the boats lie in the harbour.</p><p>“We wait for the wind,” {who} \
                 said.</p></article>"
            )
        };
        let markup = format!(
            "<title>Storm: live updates</title><main class=live-blog><h1>Storm: live updates</h1>{}{}{}</main>",
            entry(5, "Ana Lima"),
            entry(4, "Bo Reyes"),
            entry(3, "Cy Holm")
        );
        let page = Page {
            payload: markup.as_bytes(),
            content_type: Some("text/html"),
            url: &"https://tide.example/live/storm".parse().expect("an address"),
            captured_at: None,
            source: None,
        };
        let gazetteer = Gazetteer::default();
        let (reading, found) = annotated_reading(&page, &gazetteer);
        let documents = annotated_documents(&page, &gazetteer, extract::read);
        assert_eq!(reading.parts.len(), 3);
        let told = |text: &str, found: &Annotated| -> Vec<(String, String, Option<String>)> {
            let quotes = found.quotes.iter();
            let told = quotes.map(|(quote, _, said)| {
                let mention = quote.attribution.as_ref().map(|told| told.mention.printed(text));
                let said = said.as_ref().map(|said| said.when.edtf.clone());
                (quote.words(text), mention.unwrap_or_default(), said)
            });
            told.collect()
        };
        let by_document = documents
            .iter()
            .flat_map(|(document, found)| told(&document.text, found));
        let by_document: Vec<_> = by_document.collect();
        assert_eq!(told(&reading.text, &found), by_document);
        let days: Vec<_> = by_document.iter().map(|(_, _, said)| said.as_deref()).collect();
        assert_eq!(days, [Some("2026-02-05"), Some("2026-02-04"), Some("2026-02-03")]);
    }

    /// A text of paragraphs with what is found in it.
    fn annotated_paragraphs(paragraphs: &[&str]) -> (String, Annotated) {
        let text = paragraphs.join("\n\n");
        let mut blocks = Vec::new();
        for paragraph in paragraphs {
            let start = text.find(paragraph).expect("a paragraph");
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                span: Span::of(&text, start..start + paragraph.len()).expect("a paragraph"),
                path: String::new(),
            });
        }
        let about = About {
            published: Some(jiff::civil::date(2026, 11, 2)),
            ..About::default()
        };
        let found = annotate(&text, &blocks, about, &Gazetteer::default());
        (text, found)
    }

    #[test]
    fn what_a_correction_repeats_is_nobody_s_words() {
        let paragraphs = [
            "“I support the pier,” Councilman Karl Ruhn said on Monday.",
            "This story was corrected on Tuesday to say that Mr. Ruhn said “I support the pier,” not “I don’t support the pier.”",
        ];
        let (text, found) = annotated_paragraphs(&paragraphs);
        let words: Vec<String> = found
            .quotes
            .iter()
            .map(|(quote, ..)| quote.words(&text))
            .collect();
        assert_eq!(words, ["I support the pier,"]);
    }

    #[test]
    fn a_correction_sets_no_deadline() {
        let (text, found) = annotated_paragraphs(&[
            "Bids must be filed no later than Dec. 15, 2026, and answered within 14 days of Dec. 20, 2026.",
            "Correction: An earlier version of this article said that bids must be filed no later than Dec. 5, 2026, and answered \
             within 14 days of Dec. 10, 2026.",
        ]);
        let second = text.find("Correction").expect("the correction");
        let due: Vec<bool> = [true, false]
            .into_iter()
            .map(|is_first| {
                let mut dates = found.dates.iter();
                dates.any(|date| {
                    (date.span.start() < second) == is_first
                        && is_deadline(date.when.as_ref(), &date.value, date.is_limit)
                })
            })
            .collect();
        assert_eq!(due, [true, false]);
        // The day itself is read as anywhere else.
        let values: Vec<&str> = found.dates.iter().map(|date| date.value.as_str()).collect();
        assert!(values.contains(&"2026-12-05"), "{values:?}");
    }

    /// The page of an office or a paper, as it is read and annotated.
    fn of_source(headline: &str, body: &str, kind: SourceKind) -> (Reading, Annotated) {
        let markup = format!(
            "<html lang=en><title>{headline}</title><main><article><h1>{headline}</h1><p>November 5, 2026</p>{body}</article></main>"
        );
        let source = Source {
            id: SourceId::new("hall"),
            name: "Hall".into(),
            kind,
            home: "https://hall.example/".parse().expect("an address"),
            office: None,
            language: None,
            time_zone: jiff::tz::TimeZone::UTC,
            aliases: Vec::new(),
            ports: Vec::new(),
            allow_private: false,
            enabled: true,
            cadence: Cadence::Every(jiff::SignedDuration::from_hours(1)),
            channels: Vec::new(),
            rules: SiteRules::default(),
        };
        let page = Page {
            payload: markup.as_bytes(),
            content_type: Some("text/html"),
            url: &"https://hall.example/news/pier".parse().expect("an address"),
            captured_at: None,
            source: Some(&source),
        };
        annotated_reading(&page, &Gazetteer::default())
    }

    #[test]
    fn what_an_office_issues_is_said_by_whom_its_headline_names() {
        let body = "<p>The pier is shut tonight, and it will stay shut until the storm is over and every plank is looked at.</p>\
                    <p>I have asked the harbor master to tell us by Friday what it takes to mend it.</p>";
        let headline = "Statement from Mayor Ana Lima on the Pier";
        let (reading, found) = of_source(headline, body, SourceKind::Official);
        let [(quote, speaker, said)] = found.quotes.as_slice() else {
            panic!("one statement: {:?}", found.quotes);
        };
        assert_eq!(
            quote.words(&reading.text),
            reading.text.replace("\n\n", " ").replace("November 5, 2026 ", "")
        );
        let name = speaker.as_ref().map(|speaker| speaker.name.as_str());
        assert_eq!(name, Some("Ana Lima"));
        let day = said.as_ref().map(|said| said.when.edtf.as_str());
        assert_eq!(day, Some("2026-11-05"));
        // A newspaper that prints it is not the mayor.
        let (_, found) = of_source(headline, body, SourceKind::News);
        assert!(found.quotes.is_empty(), "{:?}", found.quotes);
    }

    #[track_caller]
    fn check(fetched: &str, stated: Option<&str>, address: &str) {
        let fetched = fetched.parse().expect("an address");
        assert_eq!(document_address(&fetched, stated), address);
    }

    #[test]
    fn a_page_may_name_its_own_address() {
        check(
            "https://a.example/x?page=2",
            Some("https://www.a.example/x"),
            "https://www.a.example/x",
        );
        check("https://a.example/x#top", None, "https://a.example/x");
    }

    #[test]
    fn a_page_may_not_pass_for_another_site_or_for_the_front_page() {
        check(
            "https://a.example/x",
            Some("https://b.example/x"),
            "https://a.example/x",
        );
        check(
            "https://a.example/x",
            Some("https://a.example/"),
            "https://a.example/x",
        );
        check("https://a.example/x", Some("nonsense"), "https://a.example/x");
    }
}
