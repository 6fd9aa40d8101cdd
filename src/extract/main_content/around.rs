//! What stands outside the element that holds a text and is of it: its first paragraph, which may have a box of its own above
//! a picture or an advertisement, and the note by which the outlet corrects itself.

use super::features::common;
use super::linked_body::Words;
use super::standfirst::{headline, is_summary};
use super::{Clues, hints};
use crate::extract::boilerplate;
use crate::extract::metadata;
use crate::extract::tree::{Outline, letters};
use crate::model::document::BlockKind;
use crate::text::corrections;

/// Letters of a first paragraph: shorter lines below a byline are labels.
const LEAD_LETTERS: usize = 60;
/// Letters of a line that may stand between the first paragraph and the second.
const BETWEEN_LETTERS: usize = 30;
/// Bytes of a byline, and of the place before a first paragraph; letters of the place's first word.
const SIGNED: usize = 120;
const DATELINE: usize = 60;
const DATELINE_LETTERS: usize = 4;
/// What a first paragraph is not called, nor an element around it that does not hold the text as well.
const NO_LEAD: [&str; 18] = [
    "comment",
    "related",
    "teaser",
    "share",
    "newsletter",
    "navigation",
    "tag-nav",
    "header",
    "footer",
    "aside",
    "byline",
    "popup",
    "infobox",
    "caption",
    "form",
    "product",
    "footnote",
    "list",
];
/// What an element is called that holds an advertisement, by a whole word: a lead is no ad.
const ADVERTS: [&str; 7] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "promo",
    "sponsor",
    "sponsored",
];
/// What an element is called that holds a first paragraph, by a whole word.
const LEADS: [&str; 5] = ["lead", "lede", "first", "intro", "opening"];
/// Where no correction stands, by the hints of what elements are called.
const NO_NOTE: [&str; 5] = ["comment", "related", "teaser", "navigation", "newsletter"];

/// Marks as kept the sentences between the byline and the text that the page calls its lead, describes itself by or hands to search
/// engines, and wherever they stand those that begin with a dateline. What stands above the byline may be a standfirst.
pub(super) fn take_lead(outline: &Outline<'_>, clues: &Clues<'_>, words: &Words, keep: &mut [bool]) {
    // A byline or a day that was kept is taken out later.
    let Some(first) = (0..keep.len()).find(|at| keep[*at] && is_sentence_of_text(outline, *at)) else {
        return;
    };
    let Some(headline) = headline(clues, words, first) else {
        return;
    };
    let signed = (headline + 1..first).find(|at| is_signature(outline, *at));
    let above = signed.unwrap_or(headline);
    if above + 1 == first {
        return;
    }
    let levels = hints::levels(&outline.places);
    let author = words.bare[above]
        .strip_prefix("by ")
        .unwrap_or(&words.bare[above]);
    for at in (above + 1..first).rev() {
        // Below the byline stand as well who that is, other news, and what the outlet asks for.
        let is_told =
            || is_called_lead(outline, at, first) || is_summary(&words.bare[at], clues.descriptions);
        let is_lead = || {
            signed.is_some() && is_told() && !words.bare[at].contains(author)
                || words.is_said(at) == Some(true)
                || has_dateline(&outline.pieces[at].text)
        };
        if is_sentence_of_text(outline, at) && !is_called_otherwise(outline, &levels, at, first) {
            keep[at] |= is_lead();
        } else if !may_stand_between(outline, &words.bare[at], at) {
            return;
        }
    }
}

/// Whether a piece is the byline or the day below a headline.
fn is_signature(outline: &Outline<'_>, at: usize) -> bool {
    let text = &outline.pieces[at].text;
    let is_called = || {
        let place = outline.pieces[at]
            .place
            .map(|place| outline.places[place].element);
        place.is_some_and(|element| hints::names_itself(element, "byline"))
    };
    text.len() <= SIGNED
        && (["By ", "by ", "BY ", "Por "]
            .iter()
            .any(|by| text.starts_with(by))
            || metadata::printed_day(text).is_some()
            || is_called())
}

/// Whether a text begins with the place that it was written in, in capitals: "MILLPORT, Ore. (AP) — ".
fn has_dateline(text: &str) -> bool {
    let dash = [" — ", " – ", " -- ", " - "]
        .iter()
        .filter_map(|dash| text.find(dash))
        .min();
    let place = dash.filter(|at| *at <= DATELINE).map(|at| &text[..at]);
    let first = place.and_then(|place| place.split(|c: char| !c.is_alphabetic()).next());
    first.is_some_and(|word| letters(word) >= DATELINE_LETTERS && word.chars().all(char::is_uppercase))
}

/// Whether a piece is a whole sentence, or several, of some length and hardly a link.
fn is_sentence_of_text(outline: &Outline<'_>, at: usize) -> bool {
    let piece = &outline.pieces[at];
    let size = letters(&piece.text);
    piece.kind == BlockKind::Paragraph
        && size >= LEAD_LETTERS
        && piece.linked * 5 < size
        && piece
            .text
            .trim_end_matches(['”', '"', '’'])
            .ends_with(['.', '!', '?'])
        && piece.text.starts_with(|first: char| {
            first.is_uppercase() || first.is_ascii_digit() || "“\"‘$".contains(first)
        })
        && !boilerplate::is_boilerplate(&boilerplate::bare(&piece.text))
}

/// Whether a piece, or an element around it that does not hold the text as well, is called something that no first paragraph is.
fn is_called_otherwise(outline: &Outline<'_>, levels: &[hints::Levels], at: usize, text: usize) -> bool {
    let (Some(place), Some(text)) = (outline.pieces[at].place, outline.pieces[text].place) else {
        return true;
    };
    let own = common(&outline.places, text, place);
    let is_called = |kind: &str| usize::from(hints::level(&levels[place], kind)) < own;
    let around = std::iter::successors(Some(place), |at| outline.places[*at].parent).take(own);
    let mut classes = around.filter_map(|at| outline.places[at].class);
    NO_LEAD.iter().any(|kind| is_called(kind)) || classes.any(is_advert)
}

/// Whether a piece, or an element around it that does not hold the text as well, is called a lead or an introduction.
fn is_called_lead(outline: &Outline<'_>, at: usize, text: usize) -> bool {
    let (Some(place), Some(text)) = (outline.pieces[at].place, outline.pieces[text].place) else {
        return false;
    };
    let own = common(&outline.places, text, place);
    let around = std::iter::successors(Some(place), |at| outline.places[*at].parent).take(own);
    let mut classes = around.filter_map(|at| outline.places[at].class);
    classes.any(|class| {
        let mut words = class.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| LEADS.iter().any(|lead| word.eq_ignore_ascii_case(lead)))
    })
}

fn is_advert(class: &str) -> bool {
    let mut words = class.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| ADVERTS.iter().any(|advert| word.eq_ignore_ascii_case(advert)))
}

/// Whether a piece may stand between the first paragraph and the second: words to a picture, furniture, a label.
fn may_stand_between(outline: &Outline<'_>, words: &str, at: usize) -> bool {
    let piece = &outline.pieces[at];
    piece.kind == BlockKind::Caption
        || piece.is_link
        || boilerplate::is_boilerplate(words)
        || piece.kind != BlockKind::Heading && letters(&piece.text) < BETWEEN_LETTERS
}

/// Marks as kept the notes by which the outlet corrects the text, in the `<article>` or `<main>` that holds it: they stand above
/// it, below it, or in a box.
pub(super) fn take_corrections(outline: &Outline<'_>, keep: &mut [bool]) {
    let Some(holder) = keep
        .iter()
        .position(|keep| *keep)
        .and_then(|at| article_of(outline, at))
    else {
        return;
    };
    let is_inside = |at: usize| {
        outline.pieces[at]
            .place
            .is_some_and(|place| outline.is_within(place, holder))
    };
    let mut levels = None;
    for (at, keep) in keep.iter_mut().enumerate() {
        let piece = &outline.pieces[at];
        let is_note = piece.kind != BlockKind::Caption && piece.linked * 3 < letters(&piece.text).max(1);
        // What a label alone stands over may be anything.
        let is_told = corrections::is_correction(&piece.text) && !corrections::is_label_alone(&piece.text);
        if *keep || !is_note || !is_told || !is_inside(at) {
            continue;
        }
        let levels = levels.get_or_insert_with(|| hints::levels(&outline.places));
        let place = piece.place.unwrap_or_default();
        let own = common(&outline.places, holder, place);
        let is_called = |kind: &str| usize::from(hints::level(&levels[place], kind)) < own;
        *keep = !NO_NOTE.iter().any(|kind| is_called(kind));
    }
}

/// The `<article>` or `<main>` around a piece.
fn article_of(outline: &Outline<'_>, at: usize) -> Option<usize> {
    let around = std::iter::successors(outline.pieces[at].place, |at| outline.places[*at].parent);
    let mut around =
        around.filter(|at| matches!(outline.places[*at].element.value().name(), "article" | "main"));
    around.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree;
    use scraper::Html;

    const TEXT: &str =
        "The ferry stays open until the spring, and the crews move to the coal dock on the far side.";
    const LEAD: &str =
        "The harbor board of Millport voted 6-3 on Tuesday night to close Pier 4 for the winter.";

    /// What is read of a page whose text was found but for what stands around it.
    #[track_caller]
    fn check(page: &str, around: &[&str]) {
        let html = Html::parse_document(page);
        let outline = tree::outline(html.root_element());
        let mut keep: Vec<bool> = outline.pieces.iter().map(|piece| piece.text == TEXT).collect();
        let clues = Clues {
            title: Some("Tide"),
            descriptions: &[
                "The harbor board of Millport voted 6-3 on Tuesday night to close Pier 4".to_owned(),
            ],
            ..Clues::default()
        };
        take_lead(&outline, &clues, &Words::of(&outline, None), &mut keep);
        take_corrections(&outline, &mut keep);
        let found = outline.pieces.iter().zip(&keep).filter(|(_, keep)| **keep);
        let found: Vec<&str> = found.map(|(piece, _)| piece.text.as_str()).collect();
        let found: Vec<&str> = found.into_iter().filter(|text| *text != TEXT).collect();
        assert_eq!(found, around, "{page}");
    }

    #[test]
    fn the_first_paragraph_may_stand_in_a_box_of_its_own() {
        let head = "<h1>Tide</h1><div class=byline>By Ines Quill</div>";
        let text = format!("<div class=story-rest><p>{TEXT}</p></div>");
        let picture = "<figure><img><figcaption>Pier 4. Photo: Lou Finch</figcaption></figure>";
        for lead in [
            format!("<div class=lead-wrap><p>{LEAD}</p></div>"),
            format!("<p class=intro>{LEAD}</p>"),
            format!("<div class=first>{LEAD}</div>{picture}<p>Advertisement</p>"),
            format!(
                "<p>Millport</p><section><p>{LEAD}</p></section><p><a href=/a>The piers of the town</a></p>"
            ),
        ] {
            check(&format!("<article>{head}{lead}{text}</article>"), &[LEAD]);
        }
        check(
            &format!("<main><h1>Tide</h1><p>Nov. 4, 2026</p><p>{LEAD}</p><article>{text}</article></main>"),
            &[LEAD],
        );
    }

    #[test]
    fn a_first_paragraph_may_be_known_by_what_it_is_called_or_by_the_linked_text() {
        let other =
            "The piers of the town close one after the other, and nobody knows who will pay for them.";
        let page = |line: &str| {
            let head = "<h1>Tide</h1><div class=byline>By Ines Quill</div>";
            format!("<article>{head}{line}<div><p>{TEXT}</p></div></article>")
        };
        for class in ["intro", "'first-paragraph x'", "lead"] {
            check(&page(&format!("<p class={class}>{other}</p>")), &[other]);
        }
        check(&page(&format!("<p class=leader>{other}</p>")), &[]);
        let who = "Ines Quill has covered the harbor and its boats for the Ledger since 2019.";
        check(&page(&format!("<p class=lead>{who}</p>")), &[]);
        let html = Html::parse_document(&page(&format!("<p>{other}</p>")));
        let outline = tree::outline(html.root_element());
        let mut keep: Vec<bool> = outline.pieces.iter().map(|piece| piece.text == TEXT).collect();
        let clues = Clues {
            title: Some("Tide"),
            ..Clues::default()
        };
        let linked = format!("{other} {TEXT}");
        take_lead(&outline, &clues, &Words::of(&outline, Some(&linked)), &mut keep);
        assert_eq!(keep, [false, false, true, true]);
    }

    #[test]
    fn other_lines_below_a_byline_are_not() {
        let head = "<h1>Tide</h1><div class=byline>By Ines Quill</div>";
        for line in [
            format!("<aside><p>{LEAD}</p></aside>"),
            format!("<div class=newsletter-box><p>{LEAD}</p></div>"),
            format!("<div class=related-story><p>{LEAD}</p></div>"),
            format!("<div class='box ad-slot'><p>{LEAD}</p></div>"),
            format!("<ul><li>{LEAD}</li></ul>"),
            format!("<p><a href=/a>{LEAD}</a></p>"),
            format!("<h2>{LEAD}</h2>"),
            format!("<figure><img><figcaption>{LEAD}</figcaption></figure>"),
            format!("<p>{LEAD}</p><h2>The piers of Millport</h2>"),
            "<p>Ines Quill writes of the harbor of Millport and of the boats that lie in it, winter and summer.</p>".to_owned(),
            "<p>Photographs by Lou Finch</p>".to_owned(),
            "<div class=breaking><p>BREAKING: The governor has resigned after a report on her spending, her office said.</p></div>".to_owned(),
            "<p>Two people died on Sunday in a fire at a house in Harbor Falls, the police said on Monday night.</p>".to_owned(),
            "<p>She covers the harbor, the boats and city hall for the Gazette and has lived in Marrow since 2009.</p>".to_owned(),
            "<p>This story was originally published by Harbor News, a nonprofit newsroom of the coast.</p>".to_owned(),
            "<p>Pier 4 in Marrow, where two people died on Sept. 1, as seen from a boat on Monday morning.</p>".to_owned(),
            "<p>Everything that there is to know of the harbor, the boats and the piers of Millport</p>".to_owned(),
            "<p>When you buy through links on this page, we may earn a commission that helps us to pay for it.</p>".to_owned(),
        ] {
            check(&format!("<article>{head}{line}<div><p>{TEXT}</p></div></article>"), &[]);
        }
        // Above the byline it is a standfirst, without one it may be.
        for head in [
            format!("<h1>Tide</h1><p>{LEAD}</p><p>By Ines Quill</p>"),
            format!("<h1>Tide</h1><p>{LEAD}</p>"),
        ] {
            check(&format!("<article>{head}<div><p>{TEXT}</p></div></article>"), &[]);
        }
    }

    #[test]
    fn a_dateline_opens_a_text_without_a_byline() {
        let page = |place: &str| {
            format!("<article><h1>Tide</h1><p>{place}{LEAD}</p><div><p>{TEXT}</p></div></article>")
        };
        for place in ["MILLPORT (AP) — ", "MILLPORT, Ore. – ", "PORT LIMA - "] {
            check(&page(place), &[&format!("{place}{LEAD}")]);
        }
        for place in ["Watch: ", "Millport — ", "US — ", "HARBOR BOARD VOTES: "] {
            check(&page(place), &[]);
        }
    }

    #[test]
    fn the_note_that_corrects_a_text_is_of_it() {
        let note = "Correction: An earlier version of this article misstated the vote.";
        let text = format!("<h1>Tide</h1><div><p>{TEXT}</p></div>");
        for box_of in [
            "<div class=article-correction><p><em>NOTE</em></p></div>",
            "<footer><p>NOTE</p></footer>",
        ] {
            let note_box = box_of.replace("NOTE", note);
            check(&format!("<article>{text}{note_box}</article>"), &[note]);
            check(&format!("<main>{note_box}{text}</main>"), &[note]);
            check(&format!("<article>{text}</article>{note_box}"), &[]);
        }
        for other in [
            "<aside><p>Correction:</p><p>Read our other stories of the harbor and the storm of last winter.</p></aside>",
            "<div class=comments><p>NOTE</p></div>",
            "<div class=related><p>NOTE</p></div>",
            "<p><a href=/a>NOTE</a></p>",
            "<p>Corrections officers of the county will vote on the pier.</p>",
            "<p>See something wrong? Write to us.</p>",
        ] {
            check(
                &format!("<article>{text}{}</article>", other.replace("NOTE", note)),
                &[],
            );
        }
    }
}
