use super::*;
use scraper::Html;

#[track_caller]
fn check(html: &str, expected: &[(BlockKind, &str, &str)]) {
    let page = Html::parse_document(html);
    let found = pieces(page.root_element());
    let found: Vec<_> = found
        .iter()
        .map(|piece| (piece.kind, piece.text.as_str(), piece.path.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn each_block_has_its_role_and_path() {
    check(
        "<h2>Harbour</h2><p>One <b>two</b>\nthree.<ul><li><p>first</ul><blockquote><p>said</blockquote>",
        &[
            (BlockKind::Heading, "Harbour", "html/body[1]/h2[1]"),
            (BlockKind::Paragraph, "One two three.", "html/body[1]/p[1]"),
            (BlockKind::ListItem, "first", "html/body[1]/ul[1]/li[1]/p[1]"),
            (BlockKind::BlockQuote, "said", "html/body[1]/blockquote[1]/p[1]"),
        ],
    );
}

#[test]
fn two_line_breaks_part_paragraphs_and_one_does_not() {
    check(
        "<div>one<br>two<br> <br>three</div>",
        &[
            (BlockKind::Paragraph, "one\ntwo", "html/body[1]/div[1]"),
            (BlockKind::Paragraph, "three", "html/body[1]/div[1]"),
        ],
    );
}

/// The kind and words of each piece.
#[track_caller]
fn check_kinds(html: &str, expected: &[(BlockKind, &str)]) {
    let found = pieces(Html::parse_document(html).root_element());
    let found: Vec<_> = found
        .iter()
        .map(|piece| (piece.kind, piece.text.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_words_to_a_picture_are_a_caption_by_class_and_by_place() {
    check_kinds(
        "<div class=wp-caption><img><p class=wp-caption-text>Pier 1</p></div><p>Open.</p>\
         <div class='photo__caption'>Pier 2</div><figure><img><p>Pier 3</p></figure>",
        &[
            (BlockKind::Caption, "Pier 1"),
            (BlockKind::Paragraph, "Open."),
            (BlockKind::Caption, "Pier 2"),
            (BlockKind::Caption, "Pier 3"),
        ],
    );
}

#[test]
fn the_words_to_a_picture_may_stand_in_a_paragraph() {
    check_kinds(
        "<p><img><span class=photo-caption>Pier 1 at dawn.</span> The pier opens.</p>\
         <p><img><br><em>Pier 2 at noon.</em></p><p><a href=/a><img></a> <small>Pier 3</small></p>",
        &[
            (BlockKind::Caption, "Pier 1 at dawn."),
            (BlockKind::Paragraph, "The pier opens."),
            (BlockKind::Caption, "Pier 2 at noon."),
            (BlockKind::Caption, "Pier 3"),
        ],
    );
    check_kinds(
        "<p><img>The pier opens.</p><p><em>The pier closes.</em></p><p><img> It <em>is</em> open.</p>\
         <p><span class=has-caption>Open.</span></p><p><img><strong>Shut.</strong></p>",
        &[
            (BlockKind::Paragraph, "The pier opens."),
            (BlockKind::Paragraph, "The pier closes."),
            (BlockKind::Paragraph, "It is open."),
            (BlockKind::Paragraph, "Open."),
            (BlockKind::Paragraph, "Shut."),
        ],
    );
}

#[test]
fn a_figure_may_hold_a_table_or_a_quote() {
    check_kinds(
        "<figure><table><tr><td>7</table></figure><figure><blockquote>“Open.”</blockquote></figure>",
        &[(BlockKind::Paragraph, "7"), (BlockKind::BlockQuote, "“Open.”")],
    );
}

#[test]
fn a_note_does_not_join_a_figure() {
    check_kinds(
        "<p>7,113<sup>2</sup> boats on the 1<sup>st</sup> day.",
        &[(BlockKind::Paragraph, "7,113² boats on the 1st day.")],
    );
    check_kinds(
        "<p>Boats<sup><a href=#n>12</a></sup> came.<sup>3</sup> In <sup>1</sup> and 3<sup>rd</sup> class<sup>a</sup>.",
        &[(BlockKind::Paragraph, "Boats¹² came.³ In 1 and 3rd classa.")],
    );
}

#[test]
fn what_was_taken_back_is_not_read() {
    check_kinds(
        "<p>The pier opens on <del>Monday</del> <ins>Tuesday</ins>.",
        &[(BlockKind::Paragraph, "The pier opens on Tuesday.")],
    );
}

#[test]
fn blank_lines_part_text_that_is_set_by_hand() {
    check_kinds(
        "<pre>The pier\nopens.\n \n<b>Ana Lima</b> said so.\r\n\r\nThird.</pre>",
        &[
            (BlockKind::Paragraph, "The pier\nopens."),
            (BlockKind::Paragraph, "Ana Lima said so."),
            (BlockKind::Paragraph, "Third."),
        ],
    );
    check_kinds(
        "<pre>let tide = 7;\n\nlet pier = tide;</pre>",
        &[(BlockKind::Paragraph, "let tide = 7; let pier = tide;")],
    );
}

#[test]
fn a_heading_may_be_a_button() {
    check_kinds(
        "<h2><button>Section 1</button></h2><p>Open. <button>Share</button>",
        &[(BlockKind::Heading, "Section 1"), (BlockKind::Paragraph, "Open.")],
    );
}

#[test]
fn letters_that_look_otherwise_are_of_one_word() {
    let line = |html: &str| words(Html::parse_fragment(html).root_element());
    assert_eq!(
        line("Mayor Mc<b>Donald</b> resigns<br>today"),
        "Mayor McDonald resigns today"
    );
    assert_eq!(line("<b>By</b><b>Ana Lima</b>"), "By Ana Lima");
    assert_eq!(line("<span>Harbour</span><span>open</span>"), "Harbour open");
    assert_eq!(
        line("The harb<span>our</span>s stay <a>open</a>, all"),
        "The harbours stay open, all"
    );
    assert_eq!(
        line("By<span>Ana Lima</span><i>Mayor</i>now"),
        "By Ana Lima Mayornow"
    );
    assert_eq!(line("open<div>now</div>closed"), "open now closed");
    assert_eq!(
        line("<span>T</span>he port and <a>Ana</a>and"),
        "The port and Ana and"
    );
}

#[test]
fn text_between_blocks_is_a_piece_of_the_outer_one() {
    check(
        "<div>before<p>inside</p>after<script>no()</script></div>",
        &[
            (BlockKind::Paragraph, "before", "html/body[1]/div[1]"),
            (BlockKind::Paragraph, "inside", "html/body[1]/div[1]/p[1]"),
            (BlockKind::Paragraph, "after", "html/body[1]/div[1]"),
        ],
    );
}

#[test]
fn elements_of_the_page_s_own_making_may_be_its_paragraphs() {
    let (one, two) = (
        "The board of Millport closed the pier on Tuesday night.",
        "“We kept patching, and the sea kept winning,” Brandt said.",
    );
    let both = [(BlockKind::Paragraph, one), (BlockKind::Paragraph, two)];
    check_kinds(
        &format!(
            "<ledger-body><ledger-text>{one}</ledger-text> <ledger-text>{two}</ledger-text></ledger-body>"
        ),
        &both,
    );
    check_kinds(
        &format!("<div><x-lead><span>{one}</span></x-lead><p>{two}</p></div>"),
        &both,
    );
    // Among words, in a paragraph or a heading, short, and where one goes on with another they are words.
    let said = "“We have no choice but to close the pier for this winter,”";
    for (page, read) in [
        (
            format!(
                "<div><x-q>{said}</x-q> <x-s>said Ana Lima, the mayor of Marrow, who is from there.</x-s></div>"
            ),
            format!("{said} said Ana Lima, the mayor of Marrow, who is from there."),
        ),
        (
            format!("<div>Of this: <x-term>{one}</x-term> And more.</div>"),
            format!("Of this: {one} And more."),
        ),
        (
            format!("<p><x-a>{one}</x-a> <x-b>{two}</x-b></p>"),
            format!("{one} {two}"),
        ),
        (
            "<div><x-day>Nov. 4</x-day><x-icon></x-icon> <x-hour>9 a.m.</x-hour></div>".to_owned(),
            "Nov. 4 9 a.m.".to_owned(),
        ),
    ] {
        check_kinds(&page, &[(BlockKind::Paragraph, &read)]);
    }
}

#[test]
fn a_card_that_opens_over_a_name_is_not_of_the_sentence() {
    let card = |inside: &str| {
        format!(
            "<p>Board chair <span class=person><a href=/p>Nadia Brandt</a>{inside}</span> closed the pier.</p>"
        )
    };
    let links =
        "<a href=/p>Nadia Lee Brandt</a><a href=/1>Brandt seeks a second term</a> <a href=/2>MORE</a>";
    let read = "Board chair Nadia Brandt closed the pier.";
    check_kinds(
        &card(&format!("<span><span><img src=a>{links}</span></span>")),
        &[(BlockKind::Paragraph, read)],
    );
    // Without a picture, with words of its own, of two links, and outside a sentence it is text.
    for inside in [
        format!("<span>{links}</span>"),
        format!("<span><img src=a>Chair since 2024. {links}</span>"),
        "<span><a href=/p><img src=a></a><a href=/p>Brandt</a></span>".to_owned(),
    ] {
        let found = pieces(Html::parse_document(&card(&inside)).root_element());
        assert_ne!(found[0].text, read, "{inside}");
    }
    check_kinds(
        &format!("<p><span><img src=a>{links}</span></p>"),
        &[(
            BlockKind::Paragraph,
            "Nadia Lee BrandtBrandt seeks a second term MORE",
        )],
    );
}
