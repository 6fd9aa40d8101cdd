//! What the finder makes of sentences as they are printed.

mod between;
mod bodies;
mod meant;
mod named;
mod terms;
mod whose;

use super::find;
use crate::model::document::{Block, BlockKind};
use crate::model::quote::{Quote, QuoteKind, Stance};
use crate::model::span::Span;
use crate::model::tongue::Tongue;

/// A quote as a test expects it: who, and the pieces of the words.
struct Said<'a> {
    speaker: Option<&'a str>,
    pieces: Vec<&'a str>,
}

fn said<'a, const N: usize>(speaker: &'a str, pieces: [&'a str; N]) -> Said<'a> {
    Said {
        speaker: Some(speaker),
        pieces: pieces.to_vec(),
    }
}

fn nobody<'a, const N: usize>(pieces: [&'a str; N]) -> Said<'a> {
    Said {
        speaker: None,
        pieces: pieces.to_vec(),
    }
}

fn speaker<'a>(text: &'a str, quote: &Quote) -> Option<&'a str> {
    let attribution = quote.attribution.as_ref()?;
    Some(attribution.antecedent.or(attribution.mention.span())?.slice(text))
}

/// The quotes with words in marks: who is meant, and the words in the marks.
#[track_caller]
fn check(text: &str, expected: &[Said<'_>]) {
    let found = find(text, &[], Tongue::English);
    let marked: Vec<&Quote> = found
        .iter()
        .filter(|quote| quote.kind != QuoteKind::Indirect)
        .collect();
    let pieces = |quote: &Quote| {
        quote
            .fragments
            .iter()
            .map(|span| span.slice(text))
            .collect::<Vec<_>>()
    };
    let all: Vec<_> = marked
        .iter()
        .map(|quote| (speaker(text, quote), pieces(quote)))
        .collect();
    let wanted: Vec<_> = expected
        .iter()
        .map(|said| (said.speaker, said.pieces.clone()))
        .collect();
    assert_eq!(all, wanted);
}

#[track_caller]
fn check_kind(text: &str, kind: QuoteKind, content: &str) {
    let found = find(text, &[], Tongue::English);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].kind, found[0].words(text).as_str()), (kind, content));
}

#[test]
fn the_speaker_stands_before_or_after_the_cue() {
    check(
        "“We will vote,” said Ana Lima.",
        &[said("Ana Lima", ["We will vote,"])],
    );
    check(
        "“We will vote,” Ana Lima said.",
        &[said("Ana Lima", ["We will vote,"])],
    );
    check(
        "Ana Lima said, “We will vote.”",
        &[said("Ana Lima", ["We will vote."])],
    );
    check(
        "Ana Lima told reporters: \"We will vote.\"",
        &[said("Ana Lima", ["We will vote."])],
    );
    check(
        "According to Ana Lima, “we will vote.”",
        &[said("Ana Lima", ["we will vote."])],
    );
    check(
        "Ana Lima: “We will vote.”",
        &[said("Ana Lima", ["We will vote."])],
    );
    check(
        "“We will vote.” — Commissioner Ana Lima",
        &[said("Ana Lima", ["We will vote."])],
    );
    check("“Why not?” Lima asked.", &[said("Lima", ["Why not?"])]);
}

#[test]
fn the_cue_may_interrupt_the_quote() {
    check(
        "“We will,” said Ana Lima, “vote.”",
        &[said("Ana Lima", ["We will,", "vote."])],
    );
}

#[test]
fn an_apposition_does_not_hide_the_speaker() {
    check(
        "“We will vote,” said Ana Lima, the mayor of Harbor Falls.",
        &[said("Ana Lima", ["We will vote,"])],
    );
    check(
        "“We will vote,” Ana Lima, the mayor of Harbor Falls, said.",
        &[said("Ana Lima", ["We will vote,"])],
    );
    check(
        "“We have waited,” Boris Cruz, who speaks for the workers, told reporters.",
        &[said("Boris Cruz", ["We have waited,"])],
    );
    check(
        "“We will vote,” a spokesman for the mayor said.",
        &[said("a spokesman for the mayor", ["We will vote,"])],
    );
}

#[test]
fn a_name_beside_an_office_is_the_speaker() {
    check(
        "Two weeks ago its secretary, Ana Lima, said: “We will vote.”",
        &[said("Ana Lima", ["We will vote."])],
    );
}

#[test]
fn a_speaker_goes_on_in_the_same_paragraph() {
    check(
        "“We will vote,” said Ana Lima. “Nobody will stop us.”",
        &[
            said("Ana Lima", ["We will vote,"]),
            said("Ana Lima", ["Nobody will stop us."]),
        ],
    );
}

#[test]
fn a_quote_over_paragraphs_is_one() {
    check(
        "“We will vote,” Lima said.\n“It was long.\n“It was late.”\nShe left.",
        &[
            said("Lima", ["We will vote,"]),
            said("Lima", ["It was long.", "It was late."]),
        ],
    );
}

#[test]
fn pronouns_surnames_and_offices_lead_to_the_full_name() {
    check(
        "Mayor Ana Lima spoke on Friday. “We will vote,” she said.",
        &[said("Ana Lima", ["We will vote,"])],
    );
    check(
        "Ana Lima won. “We will vote,” Lima said.",
        &[said("Ana Lima", ["We will vote,"])],
    );
    check(
        "Mayor Ana Lima won on Friday. “We will vote,” the mayor said.",
        &[said("Ana Lima", ["We will vote,"])],
    );
}

#[test]
fn words_in_a_reported_clause_are_mixed() {
    check_kind(
        "Lima warned that the city should “stop all ferries at once.”",
        QuoteKind::Mixed,
        "that the city should “stop all ferries at once.”",
    );
    check(
        "Lima called the plan a “danger to the city,” stating it would “cost us all.”",
        &[
            said("Lima", ["danger to the city,"]),
            said("Lima", ["cost us all."]),
        ],
    );
}

#[test]
fn single_marks_with_strays_and_fragments_are_read() {
    check(
        "‘Port spokesperson Ana Lima called the order a ‘threat to the harbor,’ stating it would ‘make it less safe.’",
        &[
            said("Ana Lima", ["threat to the harbor,"]),
            said("Ana Lima", ["make it less safe."]),
        ],
    );
    check(
        "‘We will vote,’ Lima said in response.",
        &[said("Lima", ["We will vote,"])],
    );
}

#[test]
fn titles_and_scare_quotes_are_no_speech() {
    check(
        "The film “Night Over the Harbor” opens. The so-called “ferry” sank.",
        &[],
    );
}

#[test]
fn what_somebody_called_for_is_his() {
    check(
        "The council met on Monday.\nMayor Ana Lima’s claim that the ferry is “a danger to every child” drew laughter.",
        &[said("Ana Lima", ["a danger to every child"])],
    );
    check(
        "Mayor Ana Lima spoke on Monday.\nThe hall was cold.\nLima’s claim that the ferry is “a danger to every child” drew \
         laughter.",
        &[said("Ana Lima", ["a danger to every child"])],
    );
    check(
        "The council met on Monday.\nThe letter said the ferry was “a danger to every child.”",
        &[said("The letter", ["a danger to every child."])],
    );
}

#[test]
fn a_paper_may_print_all_speech_in_single_marks() {
    check(
        "The council met on Monday.\n‘The workers’ ferry won’t run,’ Mayor Ana Lima said. ‘It isn’t safe.’\n\
         ‘We will vote,’ said Boris Cruz.",
        &[
            said("Ana Lima", ["The workers’ ferry won’t run,"]),
            said("Ana Lima", ["It isn’t safe."]),
            said("Boris Cruz", ["We will vote,"]),
        ],
    );
}

#[test]
fn clauses_without_marks_are_indirect() {
    check_kind(
        "Lima said that the ferry would run again.",
        QuoteKind::Indirect,
        "that the ferry would run again",
    );
    check_kind(
        "The ferry would run again soon, Lima said.",
        QuoteKind::Indirect,
        "The ferry would run again soon",
    );
}

#[test]
fn a_cue_tells_its_stance() {
    #[track_caller]
    fn check(text: &str, cue: Option<&str>, stance: Option<Stance>) {
        let found = find(text, &[], Tongue::English);
        let attribution = found[0].attribution.as_ref().expect("a speaker");
        let told = (attribution.cue.map(|cue| cue.slice(text)), attribution.stance);
        assert_eq!(told, (cue, stance), "{text}");
    }
    check(
        "“We will vote,” warned Ana Lima.",
        Some("warned"),
        Some(Stance::Warned),
    );
    check(
        "According to Ana Lima, “we will vote.”",
        Some("According to"),
        Some(Stance::Said),
    );
    check("“We will vote.” — Mayor Ana Lima", None, None);
    check(
        "Ana Lima called for “a quiet vote.”",
        Some("called"),
        Some(Stance::Urged),
    );
    check(
        "Ana Lima called it “a quiet vote.”",
        Some("called"),
        Some(Stance::Described),
    );
    check(
        "Ana Lima denied that the ferry had sunk.",
        Some("denied"),
        Some(Stance::Denied),
    );
    check(
        "The council met on Monday.\nMayor Ana Lima’s claim that the ferry is “a danger to every child” drew laughter.",
        Some("claim"),
        Some(Stance::Claimed),
    );
    check(
        "“We will vote,” said Ana Lima. “Nobody will stop us.”",
        Some("said"),
        Some(Stance::Said),
    );
}

#[test]
fn hostile_texts_cost_no_more_than_their_length() {
    /// The quickest of two tries.
    fn seconds(text: &str) -> f64 {
        let once = || {
            let begin = std::time::Instant::now();
            find(text, &[], Tongue::English);
            find(text, &[], Tongue::Spanish);
            begin.elapsed().as_secs_f64()
        };
        once().min(once())
    }
    for unit in [
        "“",
        "”",
        "\"",
        "''",
        "“a” ",
        "'a' ",
        "’a ",
        "“a”, ",
        "“a\n",
        "“a,\n— Lima\n",
        "—a —b",
        "said ",
        "Ana Lima\nNB: We go.\nAL: I stay.\n",
        "to say “a” ",
        "“a, Lima said. ",
        "\"Lima said ",
        "Lima (a) said ) ",
        "Lima said that ",
        "was called “a” by ",
        "“Go,” said Lima. ",
    ] {
        let text = |bytes: usize| format!("{}\n\nOne.\n\nTwo.", unit.repeat(bytes / unit.len()));
        let (short, long) = (seconds(&text(10_000)), seconds(&text(80_000)));
        // Eight times as long; what grows with the square takes sixty-four times, also on a busy machine.
        assert!(long < 32.0 * short + 1.0, "{unit:?}: {short} s, then {long} s");
    }
}

/// What surrounds an article and names nobody.
const AROUND: [&str; 4] = [
    "The tide was high on that day.",
    "It rained.",
    "More pictures of the harbor follow below.",
    "The shops were open until late.",
];

#[test]
fn an_article_s_quotes_are_the_same_in_whatever_order_paragraphs_surround_it() {
    let article = "Mayor Ana Lima spoke on Monday.\n“We will vote,” she said. “Nobody will stop us.”\nBoris Cruz called the plan \
                   a “danger to the city.”\n“It is late,” said Cruz.\nLima said that the ferry would run.";
    let read = |order: [usize; 4], before: usize| {
        let (above, below) = order.split_at(before);
        let lines = |these: &[usize]| these.iter().map(|at| AROUND[*at]).collect::<Vec<_>>();
        let text = [lines(above), vec![article], lines(below)].concat().join("\n");
        let told = find(&text, &[], Tongue::English).into_iter().map(|quote| {
            let who = speaker(&text, &quote).map(str::to_owned);
            (quote.kind, quote.words(&text), who)
        });
        told.collect::<Vec<_>>()
    };
    let expected = read([0, 1, 2, 3], 2);
    assert_eq!(expected.len(), 5, "{expected:?}");
    for order in [[1, 0, 3, 2], [3, 2, 1, 0], [2, 3, 0, 1], [0, 2, 1, 3]] {
        for before in 1..4 {
            assert_eq!(read(order, before), expected, "{order:?}, {before} before");
        }
    }
}

/// Blocks of the lines of a text, of every kind in turn.
fn blocks(text: &str, first: usize) -> Vec<Block> {
    use BlockKind::{BlockQuote, Caption, Heading, ListItem, Paragraph, Turn};
    let kinds = [
        Paragraph, Turn, BlockQuote, BlockQuote, Caption, Heading, Paragraph, ListItem,
    ];
    let mut at = 0;
    let lines = text.split('\n').enumerate().filter_map(|(index, line)| {
        let start = at;
        at += line.len() + 1;
        Some(Block {
            kind: kinds[(index + first) % kinds.len()],
            span: Span::of(text, start..start + line.len())?,
            path: String::new(),
        })
    });
    lines.collect()
}

/// What holds of every quote, whatever the text.
fn is_sound(text: &str, quote: &Quote) -> bool {
    let in_order = |spans: &[Span]| spans.is_sorted_by(|one, other| one.end() <= other.start());
    let hull = quote.hull();
    let inside = |span: &Span| hull.is_some_and(|hull| hull.contains(*span));
    let marked_is_content = quote.kind != QuoteKind::Direct || quote.fragments == quote.content;
    let named = quote.attribution.as_ref().is_none_or(|attribution| {
        !attribution.mention.printed(text).is_empty() && (0.0..=1.0).contains(&attribution.confidence)
    });
    !quote.words(text).trim().is_empty()
        && in_order(&quote.content)
        && in_order(&quote.fragments)
        && quote.fragments.iter().all(inside)
        && marked_is_content
        && named
        && (0.0..=1.0).contains(&quote.confidence)
}

#[test]
fn words_inside_others_are_read_in_the_order_of_the_text() {
    // A speaker between two quotes of which the one found later stands first.
    let text = "\nLima: \"said «''Ana Lima \na,A.'”Lima: dijo «Asaid \"dijo “said ";
    for blocks in [Vec::new(), blocks(text, 0)] {
        for quote in find(text, &blocks, Tongue::English) {
            assert!(is_sound(text, &quote), "{quote:?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn every_quote_stands_in_its_text(
        text in "([a-zA-Z ,.:—\n]|“|”|‘|’|\"|'|''|«|»|said |dijo |Ana Lima |she |the mayor |according to |Lima: |—a ){0,80}",
        first in 0_usize..8,
    ) {
        for tongue in [Tongue::English, Tongue::Spanish] {
            for blocks in [Vec::new(), blocks(&text, first)] {
                for quote in find(&text, &blocks, tongue) {
                    proptest::prop_assert!(is_sound(&text, &quote), "{:?}", quote);
                }
            }
        }
    }
}

#[test]
fn an_answer_between_names_is_no_nickname() {
    check(
        "Robert answered Cruz “No, never” Tuesday.",
        &[said("Robert", ["No, never"])],
    );
    check(
        "“I am here,” said Robert “Bear” Lane.",
        &[said("Robert “Bear” Lane", ["I am here,"])],
    );
}

/// Every quote of a text whose lines are paragraphs, with who is meant.
fn told(text: &str) -> Vec<(Option<&str>, String)> {
    let mut at = 0;
    let paragraphs = text.split('\n').filter_map(|line| {
        let start = at;
        at += line.len() + 1;
        Some(Block {
            kind: BlockKind::Paragraph,
            span: Span::of(text, start..start + line.len())?,
            path: String::new(),
        })
    });
    let found = find(text, &paragraphs.collect::<Vec<_>>(), Tongue::English);
    let told = found
        .iter()
        .map(|quote| (speaker(text, quote), quote.words(text)));
    told.collect()
}

#[test]
fn half_a_sentence_before_who_tells_is_no_report() {
    for text in [
        "Asked about the audit, Lima told the Ledger she had no comment.",
        "After the storm flooded the road, Mayor Ana Lima told the crews to close it.",
        "As crews evacuated the harbor, a wildfire raged.",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
    check_kind(
        "The parts were late, officials told the Ledger on Monday.",
        QuoteKind::Indirect,
        "The parts were late",
    );
}

#[test]
fn an_announced_statement_ends_where_the_article_goes_on() {
    let announced = "Mayor Ana Lima released the following statement:";
    let text = format!(
        "{announced}\nI am proud of this city.\nCouncil President Boris Cruz said the plan would fail.\nWe will keep you posted."
    );
    let lima = |words: &str| (Some("Ana Lima"), words.to_owned());
    let cruz = (Some("Boris Cruz"), "the plan would fail".to_owned());
    assert_eq!(told(&text), [lima("I am proud of this city."), cruz]);
    let text = format!(
        "{announced}\nI am proud of this city.\nThe vote is on May 3.\nSend your tips to our newsroom."
    );
    assert_eq!(told(&text), [lima("I am proud of this city.")]);
    let text = format!("{announced}\nI am proud.\nThe pier is open.\nThe road is shut.\nWe print it daily.");
    assert_eq!(told(&text), [lima("I am proud.")]);
}

#[test]
fn nobody_of_another_clause_unsays_nothing() {
    check(
        "Nobody came, Lima said: “It rained.”",
        &[said("Lima", ["It rained."])],
    );
    check(
        "None of the boats sank, Lima said, calling it “a miracle.”",
        &[said("Lima", ["a miracle."])],
    );
    check(
        "Nobody likes a long wait, Lima said: “We will hire.”",
        &[said("Lima", ["We will hire."])],
    );
}

#[test]
fn what_is_false_or_played_nearby_unsays_nothing() {
    check(
        "Police investigating the false claims said “the pier was open.”",
        &[said("Police", ["the pier was open."])],
    );
    check(
        "Lima corrected the false statement by saying the pier was “open.”",
        &[said("Lima", ["open."])],
    );
    check(
        "Outside the opera, Lima told reporters “We will sue.”",
        &[said("Lima", ["We will sue."])],
    );
    check(
        "At the musical, Cruz said “We will sue.”",
        &[said("Cruz", ["We will sue."])],
    );
    check(
        "Statement by Marrow City Council: “We will sue the owners of the pier.”",
        &[said(
            "Marrow City Council",
            ["We will sue the owners of the pier."],
        )],
    );
}

#[test]
fn what_somebody_may_say_is_not_said() {
    let nobodys = |words| Said {
        speaker: None,
        pieces: vec![words],
    };
    check("“We will sue,” Lima may say.", &[nobodys("We will sue,")]);
    check("“We will sue,” Lima will say.", &[said("Lima", ["We will sue,"])]);
}

#[test]
fn whose_president_somebody_is_he_is_no_relative() {
    check(
        "Ana Lima left the port in May. The club has a new home. Its president, Ruth Lima, opened it in June, and many came to see the \
         new rooms, the garden and the boats that its members had built over the winter. The rooms were full until late at night, and \
         the band of the port played on. “It is ours,” Lima said.",
        &[said("Ruth Lima", ["It is ours,"])],
    );
}

#[test]
fn whom_a_paper_is_from_wrote_it() {
    check(
        "Lima’s letter from the governor: “You are fired.”",
        &[said("the governor", ["You are fired."])],
    );
}

#[test]
fn whom_others_ask_answers_these() {
    check(
        "“I slipped,” Ana Lima told Kit Doran of the Ledger. “I’m fine,” she responded when asked about her knee.",
        &[said("Ana Lima", ["I slipped,"]), said("Ana Lima", ["I’m fine,"])],
    );
}

#[test]
fn lists_in_capitals_are_no_transcripts() {
    let list = "DIRECTOR: Ana Lima.\nCAST: Boris Cruz, Kit Doran.\nDIRECTOR: Carla Neves.\nCAST: Odile Farrow, Ida Vess.";
    assert_eq!(told(list), []);
    let transcript = "HOST: Welcome back.\nLIMA: Thank you.\nHOST: When will it open?\nLIMA: On Monday.";
    assert_eq!(told(transcript).len(), 4);
}

#[test]
fn who_signs_and_was_asked_asks_nothing() {
    let text = "“You can ask me.” — Tamika Rowe, asked whether she would comply with the order";
    let found = find(text, &[], Tongue::English);
    let told = found[0].attribution.as_ref().expect("somebody signs");
    assert_eq!(told.mention.span().map(|it| it.slice(text)), Some("Tamika Rowe"));
    assert_eq!((told.cue, told.stance), (None, None));
}

#[test]
fn an_answer_in_marks_ends_with_them() {
    let text = "HOST: When will you open it?\nLIMA: “I will on Monday.”\nHOST: What do you ask?\nLIMA: “I ask a pound.”\nBoris \
                Cruz, who runs the kiosk, said that you get used to it. “I have seen it before,” he told us.";
    let found = find(text, &[], Tongue::English);
    let of = |name: &str| -> Vec<String> {
        let own = found.iter().filter(|quote| speaker(text, quote) == Some(name));
        own.map(|quote| quote.words(text)).collect()
    };
    assert!(found.iter().any(|quote| {
        let told = quote.attribution.as_ref();
        told.is_some_and(|told| told.rule == "turn")
    }));
    assert!(
        of("LIMA").iter().all(|words| !words.contains("kiosk")),
        "{:?}",
        of("LIMA")
    );
    assert!(
        of("Boris Cruz").contains(&"I have seen it before,".to_owned()),
        "{found:?}"
    );
}
