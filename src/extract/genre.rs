//! Tells what sort of text a page holds: from its address, its title, its own words for itself, its shape
//! and its source, in this order.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::boilerplate::bare;
use crate::model::document::{Block, BlockKind, Genre};
use crate::model::source::{Source, SourceKind};

/// What a page is judged by.
pub(super) struct Evidence<'a> {
    pub(super) url: &'a Url,
    pub(super) source: Option<&'a Source>,
    pub(super) title: Option<&'a str>,
    /// The page's own words: schema.org types, sections.
    pub(super) sorts: &'a [String],
    /// Who signs it.
    pub(super) authors: &'a [String],
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
}

struct Sign {
    genre: Genre,
    place: &'static str,
    words: &'static str,
    /// The words as they are looked for: between blanks, in an address between slashes.
    whole: String,
}

impl Sign {
    /// What it says, for people.
    fn said(&self) -> String {
        let words = self.words.replace('/', " ");
        match self.place {
            "url" | "segment" => format!("the address has “{words}”"),
            "title" | "title-label" => format!("the headline begins with “{words}”"),
            "official-start" => format!("an office's headline begins with “{words}”"),
            "official-title" => format!("an office's headline has “{words}”"),
            "sort" => format!("the page calls itself “{words}”"),
            "byline" => format!("who signs it is “{words}”"),
            "label" => format!("one of the first lines is “{words}”"),
            "line" => format!("one of the first lines begins with “{words}”"),
            _ => format!("the beginning of the text has “{words}”"),
        }
    }
}

static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    let lines = include_str!("genre/signs.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let signs = lines.filter_map(|line| {
        let mut columns = line.splitn(3, ' ');
        let (genre, place) = (Genre::from_code(columns.next()?)?, columns.next()?);
        let words = columns.next()?;
        let edge = if place == "url" { '/' } else { ' ' };
        Some(Sign {
            genre,
            place,
            words,
            whole: format!("{edge}{words}{edge}"),
        })
    });
    signs.collect()
});

/// How the paragraph behind the reasons begins.
static ENACTING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("genre/enacting.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// A turn of a transcript: `Mayor Lima:`, `Q:`, `MS. CHEN:`, `Ana Lima, Department of Ports:`.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"\p{Lu}[\p{L}.’'-]*";
    let office = format!("(?:{name}|of|for|the|and|on|de|del|la|&)");
    let pattern = format!(
        r"^(?:Q|A|Question|Answer|Reporter|Moderator|{name}(?: {name}){{0,5}}(?:, {name}(?: {office}){{0,7}})?)(?: \([^()\n]{{1,80}}\))?: \S"
    );
    Regex::new(&pattern).expect("a valid pattern")
});

/// Labels of turns that name nobody.
const ASKS_OR_ANSWERS: [&str; 6] = ["Q", "A", "Question", "Answer", "Reporter", "Moderator"];

/// Of so many labels one must be of somebody who asks, answers or has the word again: others speak once.
const SPOKEN_AMONG: usize = 3;

/// Characters of a line that may stand over a text.
const HEADING_CHARS: usize = 100;

/// Reasons that a resolution gives at least, and bytes of a paragraph in which it is seen how that begins.
const REASONS: usize = 2;
/// One of so many paragraphs is a reason at least.
const RESOLVING_SHARE: usize = 4;
const RESOLVING_BYTES: usize = 60;

/// Turns that make a transcript, if they are a third of the blocks as well.
const MIN_TURNS: usize = 4;

/// The sort of text that the evidence speaks for, and in words what shows it.
pub(super) fn genre(evidence: &Evidence<'_>) -> (Genre, String) {
    let path = format!(
        "/{}/",
        bare(&evidence.url.path().replace('/', " ")).replace(' ', "/")
    );
    let title = format!(" {} ", bare(evidence.title.unwrap_or_default()));
    let start: String = evidence.text.chars().take(300).collect();
    let lines: Vec<String> = start
        .lines()
        .filter(|line| is_heading_like(line))
        .map(|line| format!("{} ", bare(line)))
        .collect();
    let start = format!(" {} ", bare(&start));
    let sorts: Vec<String> = evidence.sorts.iter().map(|sort| bare(sort)).collect();
    let is_official = evidence
        .source
        .is_some_and(|source| source.kind == SourceKind::Official);
    let segments: Vec<String> = evidence
        .url
        .path_segments()
        .map(|segments| segments.map(bare).collect())
        .unwrap_or_default();
    if let Some(turns) = turns_of_transcript(evidence) {
        return (
            Genre::Transcript,
            format!("{turns} paragraphs begin with a speaker's name"),
        );
    }
    let shows = |sign: &&Sign| match sign.place {
        "url" => path.contains(&sign.whole),
        "segment" => segments.iter().any(|segment| segment == sign.words),
        "title" => title.starts_with(&sign.whole),
        "title-label" => evidence.title.is_some_and(|title| {
            let label = title.split_once(':').map(|(label, _)| bare(label));
            label.as_deref() == Some(sign.words)
        }),
        "official-start" => is_official && title.starts_with(&sign.whole),
        "official-title" => is_official && title.contains(&sign.whole),
        "sort" => sorts.iter().any(|sort| sort == sign.words),
        "byline" => {
            (evidence.authors.iter()).any(|author| bare(author).split(' ').any(|word| word == sign.words))
        }
        "label" => lines.iter().any(|line| line.trim_end() == sign.words),
        "line" => lines.iter().any(|line| line.starts_with(&sign.whole[1..])),
        _ => start.contains(&sign.whole),
    };
    match SIGNS.iter().find(shows) {
        Some(sign) => (sign.genre, sign.said()),
        None if is_resolution(evidence) => (
            Genre::Order,
            "its paragraphs begin with “whereas”, and then with what is resolved or ordered".to_owned(),
        ),
        None if is_official => (Genre::PressRelease, "the source is an office".to_owned()),
        None => (Genre::Report, "nothing shows another".to_owned()),
    }
}

/// Whether a text is built as what a council resolves or a mayor orders: reasons that begin with "whereas", and behind them what
/// is resolved or ordered.
fn is_resolution(evidence: &Evidence<'_>) -> bool {
    let begins = |block: &Block| {
        let words = evidence.text.get(block.span.range()).unwrap_or_default();
        let words = bare(
            words
                .get(..words.floor_char_boundary(RESOLVING_BYTES))
                .unwrap_or_default(),
        );
        let is_reason = words.starts_with("whereas ");
        let enacts = ENACTING.iter().any(|begin| {
            let rest = words.strip_prefix(begin);
            rest.is_some_and(|rest| rest.starts_with(' '))
        });
        (is_reason, enacts)
    };
    let begun: Vec<(bool, bool)> = evidence.blocks.iter().map(begins).collect();
    let Some(last_reason) = begun.iter().rposition(|(is_reason, _)| *is_reason) else {
        return false;
    };
    let reasons = begun.iter().filter(|(is_reason, _)| *is_reason).count();
    // A report may print some of them.
    reasons >= REASONS
        && reasons * RESOLVING_SHARE >= begun.len()
        && begun[last_reason..].iter().any(|(_, enacts)| *enacts)
}

/// Whether a line stands over a text: a sentence that begins with the same words only speaks of it.
fn is_heading_like(line: &str) -> bool {
    line.chars().count() <= HEADING_CHARS && !line.trim_end().ends_with(['.', ';', ','])
}

/// Whether words are such as stand over a text and tell what it is: they are of it.
pub(super) fn heads_text(words: &str) -> bool {
    let words = format!("{words} ");
    let mut signs = SIGNS
        .iter()
        .filter(|sign| sign.genre != Genre::Opinion && matches!(sign.place, "title" | "line" | "start"));
    signs.any(|sign| words.starts_with(&format!("{} ", sign.words)))
}

/// Whether words begin as the title of an order, a statement or a transcript does.
pub(super) fn is_title(words: &str) -> bool {
    let words = format!("{} ", bare(words));
    let mut signs = SIGNS.iter().filter(|sign| sign.place == "title");
    signs.any(|sign| words.starts_with(&format!("{} ", sign.words)))
}

/// How many turns there are, where the text is spoken turn by turn: somebody asks or answers, or has the word again.
/// Labels that stand there once each are those of an advisory (WHO, WHEN) or of a list.
fn turns_of_transcript(evidence: &Evidence<'_>) -> Option<usize> {
    let words = evidence
        .blocks
        .iter()
        .filter_map(|block| evidence.text.get(block.span.range()));
    let labels: Vec<&str> = words
        .filter(|words| is_turn(words))
        .filter_map(|words| Some(words.split_once(':')?.0))
        .collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for label in &labels {
        *times.entry(label).or_default() += 1;
    }
    let is_spoken = |label: &&&str| times[**label] > 1 || ASKS_OR_ANSWERS.contains(*label);
    let spoken = labels.iter().filter(is_spoken).count();
    let turns = labels.len();
    let is_transcript =
        turns >= MIN_TURNS && turns * 3 >= evidence.blocks.len() && spoken * SPOKEN_AMONG >= turns;
    is_transcript.then_some(turns)
}

/// Marks the turns among the paragraphs of a transcript.
pub(super) fn mark_turns(text: &str, blocks: &mut [Block]) {
    for block in blocks
        .iter_mut()
        .filter(|block| block.kind == BlockKind::Paragraph)
    {
        if text.get(block.span.range()).is_some_and(is_turn) {
            block.kind = BlockKind::Turn;
        }
    }
}

/// Whether a block opens a turn.
pub(super) fn is_turn(words: &str) -> bool {
    TURN.is_match(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, title: &str, sorts: &[&str], text: &str, expected: Genre) {
        let url = Url::parse("https://example.org")
            .and_then(|base| base.join(path))
            .expect("valid");
        let sorts: Vec<String> = sorts.iter().map(|sort| (*sort).to_owned()).collect();
        let pieces = text
            .split("\n\n")
            .map(|line| super::super::blocks::Piece::paragraph(line.to_owned(), ""));
        let (text, blocks) = super::super::blocks::assemble(pieces.collect());
        let evidence = Evidence {
            url: &url,
            source: None,
            title: Some(title),
            sorts: &sorts,
            authors: &[],
            text: &text,
            blocks: &blocks,
        };
        assert_eq!(genre(&evidence).0, expected);
    }

    #[test]
    fn a_label_may_say_in_parentheses_who_asks() {
        assert!(is_turn("Question (Ana Lima, Herald): Are you sorry?"));
        assert!(is_turn("Mayor Lima (on the phone): We are."));
        assert!(!is_turn("The boats (all of them): they are gone."));
    }

    #[test]
    fn the_address_tells() {
        check("/news/press-releases/tide", "Tide", &[], "", Genre::PressRelease);
        check("/opinion/2026/tide", "Tide", &[], "", Genre::Opinion);
        // No report, whatever it looks like.
        check("/satire/2026/tide", "Tide", &[], "", Genre::Opinion);
        check("/2026/tide", "Tide", &[], "", Genre::Report);
        check("/news/live/2026/tide", "Tide", &[], "", Genre::Live);
        check("/news/how-to-live-by-the-sea", "Tide", &[], "", Genre::Report);
        check("/news/a", "LIVE: Storm floods the pier", &[], "", Genre::Live);
        check("/news/a", "Live music returns: a guide", &[], "", Genre::Report);
        check("/news/a", "Live on the pier", &[], "", Genre::Report);
        check("/news/a", "Where they live: a map", &[], "", Genre::Report);
    }

    #[test]
    fn satire_is_known_by_who_signs_it_and_by_its_label() {
        let told = |author: &str, text: &str| {
            let url = Url::parse("https://example.org/news/a").expect("valid");
            let authors = [author.to_owned()];
            let evidence = Evidence {
                url: &url,
                source: None,
                title: Some("Cabinet is a sofa"),
                sorts: &[],
                authors: &authors,
                text,
                blocks: &[],
            };
            genre(&evidence).0
        };
        assert_eq!(told("Our Satirical Correspondent", ""), Genre::Opinion);
        assert_eq!(told("Ana Lima", "Satire\n\nThe sofa is firm."), Genre::Opinion);
        assert_eq!(
            told("Ana Lima", "Satire wins a prize, and why\n\nText."),
            Genre::Report
        );
        assert_eq!(told("Ana Lima", "The satire was banned."), Genre::Report);
        assert_eq!(told("Ana Satirova", ""), Genre::Report);
    }

    #[test]
    fn the_title_or_the_page_itself_tells() {
        check("/a", "Executive Order 7: On the Harbour", &[], "", Genre::Order);
        check(
            "/a",
            "Statement from Mayor Lima on the Tide",
            &[],
            "",
            Genre::Statement,
        );
        check("/a", "Tide", &["OpinionNewsArticle"], "", Genre::Opinion);
        check("/a", "Tide", &["LiveBlogPosting"], "", Genre::Live);
        check(
            "/a",
            "Tide",
            &[],
            "FOR IMMEDIATE RELEASE\n\nHarbour City",
            Genre::PressRelease,
        );
    }

    #[test]
    fn an_order_may_begin_with_its_reasons() {
        let reasons = "WHEREAS, the levee has failed; and\n\nWHEREAS, 212 houses need repairs;\n\n";
        for enacting in [
            "NOW, THEREFORE, by the power vested in me as Mayor of Port Lima, it is hereby ordered:",
            "NOW, THEREFORE, I, Ana Lima, Mayor of Port Lima, do hereby proclaim a day of rest.",
            "RESOLVED, That the council thanks the divers.",
        ] {
            check(
                "/a",
                "Protection of tenants",
                &[],
                &format!("{reasons}{enacting}"),
                Genre::Order,
            );
        }
        let reported = "It says that the levee has failed, and so it is ordered.";
        check(
            "/a",
            "Protection of tenants",
            &[],
            &format!("{reasons}{reported}"),
            Genre::Report,
        );
    }

    #[test]
    fn notices_in_spanish_tell_what_they_are() {
        let release = "PARA PUBLICACIÓN INMEDIATA\n\nEl muelle abre el lunes.";
        check("/a", "Abre el muelle", &[], release, Genre::PressRelease);
        let labelled = "Comunicado de prensa\n\nEl muelle abre el lunes, dijo la alcaldesa.";
        check("/a", "Abre el muelle", &[], labelled, Genre::PressRelease);
        check(
            "/sala/notas-de-prensa/muelle",
            "Abre el muelle",
            &[],
            "",
            Genre::PressRelease,
        );
        check("/a", "Orden Ejecutiva Núm. 7: del muelle", &[], "", Genre::Order);
        check(
            "/a",
            "Declaración conjunta sobre el muelle",
            &[],
            "",
            Genre::Statement,
        );
        check("/a", "Opinión: El muelle es de todos", &[], "", Genre::Opinion);
        check("/a", "EN VIVO: el temporal llega al muelle", &[], "", Genre::Live);
    }

    #[test]
    fn reports_in_spanish_that_tell_of_notices_are_none() {
        for (path, title) in [
            (
                "/la-nota-de-prensa-de-la-alcaldesa",
                "La nota de prensa de la alcaldesa",
            ),
            ("/a", "Orden ejecutiva no frena las obras del muelle"),
            ("/a", "Opinión pública y muelles: qué dice la encuesta"),
            ("/a", "En directo desde el muelle tocará la banda"),
            ("/a", "Declaración de la renta: cómo hacerla"),
        ] {
            check(
                path,
                title,
                &[],
                "La banda del muelle toca el lunes.",
                Genre::Report,
            );
        }
    }

    #[test]
    fn turns_make_a_transcript() {
        let turns = "Mayor Lima: Good day.\n\nQuestion: Why?\n\nMayor Lima: Because.\n\nQ: When?";
        check("/news/press-releases/a", "Tide", &[], turns, Genre::Transcript);
        check(
            "/a",
            "Tide",
            &[],
            "He said: “No.”\n\nTwo.\n\nThree.",
            Genre::Report,
        );
        let witnesses =
            "CHAIR CHEN: Order.\n\nMR. DIAZ: Yes.\n\nCHAIR CHEN: Go on.\n\nMR. DIAZ: No.\n\n(Laughter.)";
        check("/a", "Hearing", &[], witnesses, Genre::Transcript);
    }

    #[test]
    fn a_turn_may_name_the_office() {
        let turns = "Mayor Lima: Good day.\n\nDirector Ana Chen, Department of Public Works: Thank you, Mayor.\n\n\
                     Mayor Lima: Go on.\n\nDirector Ana Chen, Department of Public Works: I will.";
        check("/a", "Media availability", &[], turns, Genre::Transcript);
        assert!(!is_turn("The mayor, a friend of the harbor: he said so."));
    }

    #[test]
    fn a_text_about_an_order_is_none() {
        let about = "MILLPORT — Mayor Lima signed Executive Order No. 4 on Friday. It takes effect at once.";
        check(
            "/a",
            "Mayor Lima Signs Executive Order No. 4",
            &[],
            about,
            Genre::Report,
        );
        let notice = "Executive Order No. 4 asks for three hearings, of which this is the first.";
        check("/a", "Notice of a hearing", &[], notice, Genre::Report);
        let order = "CITY OF MILLPORT\n\nExecutive Order No. 4\n\nWhereas the pier is closed, it stays so.";
        check("/a", "On the pier", &[], order, Genre::Order);
    }

    #[test]
    fn what_a_council_resolves_is_an_order() {
        let whereas = "WHEREAS, the pier is old; and\n\nWhereas the boats need it; and";
        let resolved = format!("{whereas}\n\nNOW, THEREFORE, BE IT RESOLVED, that the pier is mended.");
        check("/a", "On the pier", &[], &resolved, Genre::Order);
        check(
            "/a",
            "Tide",
            &[],
            &format!("{whereas}\n\nResolved, that it is."),
            Genre::Order,
        );
        check("/a", "Tide", &[], whereas, Genre::Report);
        let other_way = format!("Resolved at last, she left.\n\n{whereas}");
        check("/a", "Tide", &[], &other_way, Genre::Report);
        let report = format!("{}\n\n{resolved}", ["The council met."; 8].join("\n\n"));
        check("/a", "Tide", &[], &report, Genre::Report);
        let one = "Whereas Lima won, Cruz lost.\n\nResolved to go on, he ran again.";
        check("/a", "Tide", &[], one, Genre::Report);
    }

    #[test]
    fn testimony_and_a_resolution_are_known_by_an_office_s_headline_only() {
        let testimony = "Testimony of Ana Lima before the Harbour Committee";
        let resolution = "Resolution No. 31";
        let told = |source: Option<&Source>, title: &str| {
            let url = Url::parse("https://example.org/a").expect("valid");
            let evidence = Evidence {
                url: &url,
                source,
                title: Some(title),
                sorts: &[],
                authors: &[],
                text: "The pier is old.",
                blocks: &[],
            };
            genre(&evidence).0
        };
        let office = crate::extract::tests::office();
        assert_eq!(told(Some(&office), testimony), Genre::Statement);
        assert_eq!(told(Some(&office), resolution), Genre::Order);
        assert_eq!(told(Some(&office), "Readout of a call"), Genre::PressRelease);
        assert_eq!(
            told(Some(&office), "Council passes Resolution No. 31"),
            Genre::PressRelease
        );
        assert_eq!(told(None, testimony), Genre::Report);
        assert_eq!(told(None, resolution), Genre::Report);
    }

    #[test]
    fn labels_that_stand_there_once_make_none() {
        let advisory =
            "WHO: Mayor Lima\n\nWHAT: A tour of the pier\n\nWHEN: Friday\n\nWHERE: Pier 4\n\nRSVP: By noon.";
        check("/a", "Advisory", &[], advisory, Genre::Report);
        let list = "Buses: Fares stay.\n\nSnow: Two more plows.\n\nSchools: A new roof.\n\nTaxes: Nothing.";
        check("/a", "Five things", &[], list, Genre::Report);
    }
}
