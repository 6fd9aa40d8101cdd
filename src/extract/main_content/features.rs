//! What can be said of a piece of text that tells whether it is of the main text: its words, where it stands, what
//! surrounds it, how the page's makers named its place. Nothing here knows a publisher or a language.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Clues;
use super::hints;
use crate::extract::blocks::Piece;
use crate::extract::boilerplate::{self, bare};
use crate::extract::tree::{Outline, Place};
use crate::model::document::BlockKind;

/// A value that no piece has.
const NONE: f32 = -1.0;
/// Letters from which a piece counts as a paragraph of a text.
const PARAGRAPH_LETTERS: usize = 80;
/// The share of letters in links from which a piece does not.
const PARAGRAPH_LINKS: f32 = 0.5;
/// Pieces after a heading that are still under it.
const MAX_UNDER: usize = 40;
/// How many blocks around a piece are looked at.
const ANCESTORS: usize = 4;
const ABOVE: [&str; ANCESTORS] = ["above 0", "above 1", "above 2", "above 3"];
const NUMBERS: [&str; ANCESTORS] = ["0", "1", "2", "3"];
/// Pieces before and after one that its second row sees.
const NEIGHBOURS: usize = 3;
/// Letters of a summary and a paragraph that must be the same for them to be.
const SUMMARY_LETTERS: usize = 30;

/// A row of features: the values in a fixed order; an empty one stands for a piece that needs no judge.
pub type Row = Vec<f32>;

/// What is counted in the text of a piece.
#[derive(Clone, Copy, Default)]
struct Counts {
    letters: usize,
    words: usize,
    digits: usize,
    capitals: usize,
    commas: usize,
    sentence_ends: usize,
    quotes: usize,
}

fn count(text: &str) -> Counts {
    let mut counts = Counts::default();
    let mut was_letter = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_letter = character.is_alphanumeric();
        counts.words += usize::from(is_letter && !was_letter);
        was_letter = is_letter;
        if is_letter {
            counts.letters += 1;
            counts.digits += usize::from(character.is_numeric());
            counts.capitals += usize::from(character.is_uppercase());
            continue;
        }
        match character {
            ',' | ';' | '、' | '，' => counts.commas += 1,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' => {
                let ends = characters
                    .peek()
                    .is_none_or(|next| !next.is_alphanumeric() && *next != '.');
                counts.sentence_ends += usize::from(ends);
            }
            '“' | '”' | '"' | '«' | '»' | '„' => counts.quotes += 1,
            _ => {}
        }
    }
    counts
}

/// Sums over everything inside an element.
#[derive(Clone, Copy, Default)]
struct Sums {
    letters: f32,
    linked: f32,
    pieces: f32,
    paragraphs: f32,
    paragraph_letters: f32,
    /// Elements of the same name and class beside it, itself included.
    alike: f32,
    headings: f32,
    /// Pieces that are all link.
    links: f32,
    /// Letters of the paragraphs whose block this is or whose block's parent this is, the latter by half.
    own: f32,
}

/// What a page's pieces were measured by.
pub(super) struct Measured<'a> {
    pieces: &'a [Piece],
    places: &'a [Place<'a>],
    counts: Vec<Counts>,
    sums: Vec<Sums>,
    /// The signature of each piece: which element in which elements holds it.
    signatures: Vec<u64>,
    /// Rows for the first forest.
    pub(super) rows: Vec<Row>,
}

/// The first row of each piece.
pub(super) fn measure<'a>(outline: &'a Outline<'a>, clues: &Clues<'_>) -> Measured<'a> {
    let (pieces, places) = (&outline.pieces[..], &outline.places[..]);
    let counts: Vec<Counts> = pieces.iter().map(|piece| count(&piece.text)).collect();
    let sums = sums(pieces, places, &counts);
    let signatures = pieces
        .iter()
        .map(|piece| signature(places, place(piece)))
        .collect();
    let mut measured = Measured {
        pieces,
        places,
        counts,
        sums,
        signatures,
        rows: Vec::new(),
    };
    measured.rows = measured.first_rows(clues);
    measured
}

fn place(piece: &Piece) -> usize {
    piece.place.unwrap_or_default()
}

fn is_paragraph(piece: &Piece, counts: &Counts) -> bool {
    counts.letters >= PARAGRAPH_LETTERS
        && counts.sentence_ends > 0
        && share(piece.linked, counts.letters) < PARAGRAPH_LINKS
}

fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

fn sums<'a>(pieces: &[Piece], places: &[Place<'a>], counts: &[Counts]) -> Vec<Sums> {
    let mut sums = vec![Sums::default(); places.len()];
    for (piece, counts) in pieces.iter().zip(counts) {
        let at = place(piece);
        let letters = counts.letters as f32;
        sums[at].letters += letters;
        sums[at].linked += piece.linked as f32;
        sums[at].pieces += 1.0;
        sums[at].headings += f32::from(u8::from(piece.kind == BlockKind::Heading));
        sums[at].links += f32::from(u8::from(piece.is_link));
        if is_paragraph(piece, counts) {
            sums[at].paragraphs += 1.0;
            sums[at].paragraph_letters += letters;
            let mut weight = letters;
            let mut next = places[at].parent;
            sums[at].own += letters / 2.0;
            for _ in 0..3 {
                let Some(at) = next else { break };
                sums[at].own += weight;
                weight /= 2.0;
                next = places[at].parent;
            }
        }
    }
    let mut beside: HashMap<(Option<usize>, &str, &str), f32> = HashMap::new();
    let key = |place: &Place<'a>| {
        let element = place.element.value();
        (
            place.parent,
            element.name(),
            element.attr("class").unwrap_or_default(),
        )
    };
    for place in places {
        *beside.entry(key(place)).or_default() += 1.0;
    }
    for (sums, place) in sums.iter_mut().zip(places) {
        sums.alike = beside[&key(place)];
    }
    // A place stands after its parent, so that from the end on each is whole before it is added.
    for at in (0..places.len()).rev() {
        if let Some(parent) = places[at].parent {
            let inner = sums[at];
            let outer = &mut sums[parent];
            outer.letters += inner.letters;
            outer.linked += inner.linked;
            outer.pieces += inner.pieces;
            outer.headings += inner.headings;
            outer.links += inner.links;
            outer.paragraphs += inner.paragraphs;
            outer.paragraph_letters += inner.paragraph_letters;
        }
    }
    sums
}

fn signature(places: &[Place<'_>], at: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut next = Some(at);
    for level in 0..ANCESTORS {
        let Some(at) = next else { break };
        let element = places[at].element.value();
        element.name().hash(&mut hasher);
        if level < 2 {
            element.attr("class").unwrap_or_default().hash(&mut hasher);
        }
        next = places[at].parent;
    }
    hasher.finish()
}

/// Names and values of one row, in order.
#[derive(Default)]
struct Builder {
    names: Option<Vec<String>>,
    values: Row,
}

impl Builder {
    fn push(&mut self, name: &str, value: f32) {
        if let Some(names) = &mut self.names {
            names.push(name.to_owned());
        }
        self.values.push(value);
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.push(name, f32::from(u8::from(value)));
    }
}

/// What is true of a piece beside its own text.
struct Context {
    total_letters: f32,
    /// The place that holds the densest text.
    densest: usize,
    headline: Option<usize>,
    /// Letters of the pieces before each.
    before: Vec<f32>,
    /// For each piece how often its words stand in the page.
    copies: Vec<f32>,
    bare: Vec<String>,
    /// For each piece how many pieces ago a heading stood, and whether that is a line of furniture.
    under: Vec<(f32, bool)>,
    groups: HashMap<u64, (f32, f32, f32)>,
}

impl Measured<'_> {
    fn context(&self, clues: &Clues<'_>) -> Context {
        let bare: Vec<String> = self.pieces.iter().map(|piece| bare(&piece.text)).collect();
        let mut seen: HashMap<&str, f32> = HashMap::new();
        for words in &bare {
            *seen.entry(words).or_default() += 1.0;
        }
        let copies = bare.iter().map(|words| seen[words.as_str()]).collect();
        let mut groups: HashMap<u64, (f32, f32, f32)> = HashMap::new();
        for (at, signature) in self.signatures.iter().enumerate() {
            let group = groups.entry(*signature).or_default();
            group.0 += 1.0;
            group.1 += self.counts[at].letters as f32;
            group.2 += self.pieces[at].linked as f32;
        }
        let mut total = 0.0;
        let before = self.counts.iter().map(|counts| {
            let before = total;
            total += counts.letters as f32;
            before
        });
        let before = before.collect();
        let title = clues.title.map(boilerplate::bare).unwrap_or_default();
        let is_title = |at: &usize| !title.is_empty() && bare[*at] == title;
        let is_heading = |at: &usize| self.pieces[*at].kind == BlockKind::Heading;
        let headline = (0..bare.len())
            .find(|at| is_title(at) && is_heading(at))
            .or_else(|| (0..bare.len()).find(is_title));
        // The first of those that hold as much.
        let densest = (0..self.places.len())
            .rev()
            .max_by(|left, right| self.sums[*left].own.total_cmp(&self.sums[*right].own));
        let mut last: Option<(usize, bool)> = None;
        let under = (0..bare.len()).map(|at| {
            let above = last.filter(|(heading, _)| at - heading <= MAX_UNDER);
            if is_heading(&at) {
                last = Some((at, boilerplate::is_boilerplate(&bare[at])));
            }
            above.map_or((NONE, false), |(heading, is_furniture)| {
                ((at - heading) as f32, is_furniture)
            })
        });
        let under = under.collect();
        Context {
            total_letters: total.max(1.0),
            densest: densest.unwrap_or_default(),
            headline,
            before,
            copies,
            under,
            groups,
            bare,
        }
    }

    fn first_rows(&self, clues: &Clues<'_>) -> Vec<Row> {
        let context = self.context(clues);
        let levels = hints::levels(self.places);
        let told = Told::new(clues);
        (0..self.pieces.len())
            .map(|at| {
                if self.is_in_menu(at) {
                    return Row::new();
                }
                let mut row = Builder::default();
                self.first_row(at, &context, &levels, &told, &mut row);
                row.values
            })
            .collect()
    }

    /// Whether a piece is a link among links: it is of no text, and pages have hundreds of them.
    fn is_in_menu(&self, at: usize) -> bool {
        let is_link = |at: usize| {
            let piece = self.pieces.get(at)?;
            Some(piece.is_link && self.counts[at].sentence_ends == 0 && piece.kind != BlockKind::Heading)
        };
        let sides = [at.checked_sub(1).and_then(is_link), is_link(at + 1)];
        is_link(at) == Some(true) && !sides.contains(&Some(false))
    }

    fn first_row(
        &self,
        at: usize,
        context: &Context,
        levels: &[hints::Levels],
        told: &Told,
        row: &mut Builder,
    ) {
        self.words_of(at, row);
        self.stand(at, context, row);
        self.surroundings(at, context, row);
        let sides = [
            ("1 before", at.checked_sub(1)),
            ("1 after", Some(at + 1)),
            ("2 before", at.checked_sub(2)),
            ("2 after", Some(at + 2)),
        ];
        for (side, other) in sides {
            self.neighbour(at, side, other, row);
        }
        told.about(&context.bare[at], row);
        let levels = &levels[place(&self.pieces[at])];
        for (name, level) in hints::names().iter().zip(levels) {
            row.push(&format_name(row, "hint", name), f32::from(*level));
        }
    }

    /// What its own words show.
    fn words_of(&self, at: usize, row: &mut Builder) {
        let (piece, counts) = (&self.pieces[at], &self.counts[at]);
        let text = piece.text.as_str();
        row.push("letters", counts.letters as f32);
        row.push("words", counts.words as f32);
        row.push("link share", share(piece.linked, counts.letters));
        row.push("sentence ends", counts.sentence_ends as f32);
        row.push("commas", counts.commas as f32);
        row.push("digit share", share(counts.digits, counts.letters));
        row.push("capital share", share(counts.capitals, counts.letters));
        row.push("quotes", counts.quotes as f32);
        row.push("word length", share(counts.letters, counts.words));
        row.push("lines", text.lines().count() as f32);
        row.push(
            "ending",
            match text.chars().next_back() {
                Some('.' | '!' | '?' | '…' | '。') => 3.0,
                Some('”' | '"' | '’' | '\'' | ')' | '»') => 2.0,
                Some(':' | ';' | ',') => 1.0,
                _ => 0.0,
            },
        );
        let first = text.chars().next();
        row.flag("begins small", first.is_some_and(char::is_lowercase));
        row.flag(
            "begins with a sign",
            first.is_some_and(|first| !first.is_alphanumeric()),
        );
        row.flag(
            "is cut",
            text.ends_with('…') || text.ends_with("...") || text.ends_with("[…]"),
        );
        row.flag(
            "address",
            text.contains("http") || text.contains("www.") || text.contains('@'),
        );
        row.flag("copyright", text.contains('©') || text.contains("ights reserved"));
        row.flag("byline", text.starts_with("By ") || text.starts_with("by "));
        row.flag(
            "bar",
            text.contains(" | ") || text.contains(" · ") || text.contains(" • "),
        );
    }

    /// What it is and where it stands.
    fn stand(&self, at: usize, context: &Context, row: &mut Builder) {
        let piece = &self.pieces[at];
        let element = self.places[place(piece)].element.value();
        let name = element.name();
        row.flag("is p", name == "p");
        row.flag(
            "is div",
            matches!(name, "div" | "section" | "article" | "main" | "body"),
        );
        row.flag("is li", matches!(name, "li" | "dd" | "dt"));
        row.flag("is cell", matches!(name, "td" | "th"));
        row.push(
            "heading level",
            name.strip_prefix('h')
                .and_then(|level| level.parse().ok())
                .unwrap_or(0.0),
        );
        row.flag("is caption", piece.kind == BlockKind::Caption);
        row.flag("is quote", piece.kind == BlockKind::BlockQuote);
        row.flag("has class", element.attr("class").is_some());
        row.push("depth", depth(self.places, place(piece)) as f32);
        row.push("letters before", context.before[at]);
        row.push("share before", context.before[at] / context.total_letters);
        row.push("piece share", share(at, self.pieces.len()));
        row.push(
            "letters since headline",
            context.headline.map_or(NONE, |headline| {
                context.before[at] - context.before[headline].min(context.before[at])
            }),
        );
        row.push(
            "pieces since headline",
            context
                .headline
                .map_or(-1000.0, |headline| at as f32 - headline as f32),
        );
        row.push("pieces since heading", context.under[at].0);
        row.flag("under a line of furniture", context.under[at].1);
        row.push("copies", context.copies[at]);
        row.flag(
            "line of furniture",
            boilerplate::is_boilerplate(&context.bare[at]),
        );
    }

    /// The blocks it stands in.
    fn surroundings(&self, at: usize, context: &Context, row: &mut Builder) {
        let paragraph_letters = self
            .sums
            .first()
            .map_or(1.0, |page| page.paragraph_letters.max(1.0));
        let mut next = Some(place(&self.pieces[at]));
        for above in ABOVE {
            let sums = next.map(|place| self.sums[place]);
            let value = |of: fn(&Sums) -> f32| sums.as_ref().map_or(NONE, of);
            let name = |row: &Builder, what: &str| format_name(row, above, what);
            row.push(&name(row, "letters"), value(|sums| sums.letters));
            row.push(
                &name(row, "link share"),
                value(|sums| sums.linked / sums.letters.max(1.0)),
            );
            row.push(&name(row, "pieces"), value(|sums| sums.pieces));
            row.push(
                &name(row, "mean letters"),
                value(|sums| sums.letters / sums.pieces.max(1.0)),
            );
            row.push(
                &name(row, "paragraph share"),
                value(|sums| sums.paragraph_letters / sums.letters.max(1.0)),
            );
            row.push(
                &name(row, "of the page's paragraphs"),
                sums.map_or(NONE, |sums| sums.paragraph_letters / paragraph_letters),
            );
            row.push(&name(row, "alike"), value(|sums| sums.alike));
            row.push(&name(row, "headings"), value(|sums| sums.headings));
            row.push(&name(row, "links"), value(|sums| sums.links));
            next = next.and_then(|place| self.places[place].parent);
        }
        let repeated = std::iter::successors(Some(place(&self.pieces[at])), |at| self.places[*at].parent)
            .filter(|at| self.sums[*at].alike > 2.0 && self.sums[*at].letters > 100.0)
            .last();
        row.push(
            "alike at the top",
            repeated.map_or(NONE, |at| self.sums[at].alike),
        );
        row.push(
            "letters of one alike at the top",
            repeated.map_or(NONE, |at| self.sums[at].letters),
        );
        row.push(
            "headings of one alike at the top",
            repeated.map_or(NONE, |at| self.sums[at].headings),
        );
        let headline = context.headline.and_then(|at| self.pieces[at].place);
        let own = place(&self.pieces[at]);
        row.push(
            "levels to the headline",
            headline.map_or(NONE, |other| common(self.places, own, other) as f32),
        );
        row.push(
            "levels from the headline",
            headline.map_or(NONE, |other| common(self.places, other, own) as f32),
        );
        let up = levels_up(self.places, place(&self.pieces[at]), context.densest);
        row.push("levels below the densest", up.map_or(NONE, |up| up as f32));
        let common = common(self.places, place(&self.pieces[at]), context.densest);
        row.push("densest below what both share", common as f32);
        let group = context.groups[&self.signatures[at]];
        row.push("alike", group.0);
        row.push("letters of alike", group.1);
        row.push("mean letters of alike", group.1 / group.0);
        row.push("link share of alike", group.2 / group.1.max(1.0));
    }

    fn neighbour(&self, at: usize, side: &str, other: Option<usize>, row: &mut Builder) {
        let other = other.filter(|other| *other < self.pieces.len());
        let name = |row: &Builder, what: &str| format_name(row, side, what);
        let letters = other.map_or(NONE, |other| self.counts[other].letters as f32);
        row.push(&name(row, "letters"), letters);
        row.push(
            &name(row, "link share"),
            other.map_or(NONE, |other| {
                share(self.pieces[other].linked, self.counts[other].letters)
            }),
        );
        row.push(
            &name(row, "sentence ends"),
            other.map_or(NONE, |other| self.counts[other].sentence_ends as f32),
        );
        row.push(
            &name(row, "levels apart"),
            other.map_or(NONE, |other| {
                common(self.places, place(&self.pieces[at]), place(&self.pieces[other])) as f32
            }),
        );
        row.flag(
            &name(row, "alike"),
            other.is_some_and(|other| self.signatures[other] == self.signatures[at]),
        );
    }

    /// The second row of each piece: the first, and what the first forest thinks of what is around it.
    pub(super) fn second_rows(&self, thought: &[f32]) -> Vec<Row> {
        let judged = Judged::new(self, thought);
        (0..self.pieces.len())
            .map(|at| {
                if self.rows[at].is_empty() {
                    return Row::new();
                }
                let mut row = Builder {
                    names: None,
                    values: self.rows[at].clone(),
                };
                self.second_row(at, thought, &judged, &mut row);
                row.values
            })
            .collect()
    }

    fn second_row(&self, at: usize, thought: &[f32], judged: &Judged, row: &mut Builder) {
        row.push("thought", thought[at]);
        for (distance, number) in (1..=NEIGHBOURS).zip(&NUMBERS[1..]) {
            let before = at.checked_sub(distance).map_or(NONE, |other| thought[other]);
            row.push(&format_name(row, "thought before", number), before);
            let after = thought.get(at + distance).copied().unwrap_or(NONE);
            row.push(&format_name(row, "thought after", number), after);
        }
        let mut next = Some(place(&self.pieces[at]));
        for number in NUMBERS {
            let mean = next.map_or(NONE, |place| judged.mean[place]);
            row.push(&format_name(row, "thought above", number), mean);
            next = next.and_then(|place| self.places[place].parent);
        }
        let group = judged.groups[&self.signatures[at]];
        row.push("thought of alike", group.0 / group.1.max(1.0));
        row.push("kept before", judged.before[at] / judged.all);
        row.push("kept after", 1.0 - judged.before[at] / judged.all);
        row.push("letters since kept", judged.since[at]);
        row.push("letters until kept", judged.until[at]);
        row.push("kept letters", judged.all);
        row.push(
            "levels to what is kept",
            common(self.places, place(&self.pieces[at]), judged.heart) as f32,
        );
        let up = levels_up(self.places, place(&self.pieces[at]), judged.heart);
        row.push("levels below what is kept", up.map_or(NONE, |up| up as f32));
    }
}

/// What the first forest thinks, summed up.
struct Judged {
    /// For each place the mean thought of the letters in it.
    mean: Vec<f32>,
    groups: HashMap<u64, (f32, f32)>,
    /// Letters kept before each piece, and in all.
    before: Vec<f32>,
    all: f32,
    /// Letters since and until the nearest piece that is kept.
    since: Vec<f32>,
    until: Vec<f32>,
    /// The innermost place with nearly all that is kept.
    heart: usize,
}

impl Judged {
    fn new(measured: &Measured<'_>, thought: &[f32]) -> Self {
        let letters: Vec<f32> = measured
            .counts
            .iter()
            .map(|counts| counts.letters as f32)
            .collect();
        let mut weights = vec![(0.0_f32, 0.0_f32); measured.places.len()];
        let mut groups: HashMap<u64, (f32, f32)> = HashMap::new();
        for (at, piece) in measured.pieces.iter().enumerate() {
            let weight = &mut weights[place(piece)];
            weight.0 += thought[at] * letters[at];
            weight.1 += letters[at];
            let group = groups.entry(measured.signatures[at]).or_default();
            group.0 += thought[at] * letters[at];
            group.1 += letters[at];
        }
        for at in (0..weights.len()).rev() {
            if let Some(parent) = measured.places[at].parent {
                weights[parent].0 += weights[at].0;
                weights[parent].1 += weights[at].1;
            }
        }
        let whole = weights.first().map_or(0.0, |page| page.0);
        let heart = (0..weights.len()).rev().find(|at| weights[*at].0 >= whole * 0.9);
        let kept = |at: usize| thought[at] > 0.5;
        let mut all = 0.0;
        let before = (0..thought.len()).map(|at| {
            let before = all;
            all += if kept(at) { letters[at] } else { 0.0 };
            before
        });
        let before: Vec<f32> = before.collect();
        Self {
            mean: weights
                .iter()
                .map(|(sum, letters)| sum / letters.max(1.0))
                .collect(),
            groups,
            before,
            all: all.max(1.0),
            since: distances(0..thought.len(), kept, &letters),
            until: distances((0..thought.len()).rev(), kept, &letters),
            heart: heart.unwrap_or_default(),
        }
    }
}

/// Letters between each piece and the nearest one before it, in the order given, that is kept.
fn distances(order: impl Iterator<Item = usize>, kept: impl Fn(usize) -> bool, letters: &[f32]) -> Vec<f32> {
    let mut distances = vec![NONE; letters.len()];
    let mut last: Option<f32> = None;
    for at in order {
        distances[at] = last.unwrap_or(NONE);
        last = if kept(at) {
            Some(0.0)
        } else {
            last.map(|since| since + letters[at])
        };
    }
    distances
}

/// What the page says of its text elsewhere.
struct Told {
    title: String,
    summaries: Vec<String>,
    body: Option<String>,
}

impl Told {
    fn new(clues: &Clues<'_>) -> Self {
        Self {
            title: clues.title.map(bare).unwrap_or_default(),
            summaries: clues.descriptions.iter().map(|summary| bare(summary)).collect(),
            body: clues.article_body.map(bare),
        }
    }

    fn about(&self, words: &str, row: &mut Builder) {
        row.flag("is the headline", !self.title.is_empty() && words == self.title);
        let is_summary = |summary: &String| {
            let shorter = words.len().min(summary.len());
            shorter >= SUMMARY_LETTERS && words.as_bytes()[..shorter] == summary.as_bytes()[..shorter]
        };
        row.flag("is the summary", self.summaries.iter().any(is_summary));
        row.push(
            "in the linked data",
            match &self.body {
                None => NONE,
                Some(body) => f32::from(u8::from(!words.is_empty() && body.contains(words))),
            },
        );
    }
}

/// A name in two parts, where names are asked for.
fn format_name(row: &Builder, what: &str, of: &str) -> String {
    row.names
        .as_ref()
        .map_or(String::new(), |_| format!("{what}: {of}"))
}

fn depth(places: &[Place<'_>], at: usize) -> usize {
    std::iter::successors(Some(at), |at| places[*at].parent).count()
}

/// How many levels `at` is below `above`, if it is inside it.
fn levels_up(places: &[Place<'_>], at: usize, above: usize) -> Option<usize> {
    std::iter::successors(Some(at), |at| places[*at].parent).position(|place| place == above)
}

/// How many levels `other` is below the innermost element that holds both.
fn common(places: &[Place<'_>], at: usize, other: usize) -> usize {
    let (mut left, mut right, mut levels) = (at, other, 0);
    // A parent stands before its children: the later one is never the one that holds the other.
    while left != right {
        if left > right {
            left = places[left].parent.unwrap_or_default();
        } else {
            right = places[right].parent.unwrap_or_default();
            levels += 1;
        }
    }
    levels
}

/// The names of the features of the second row, the first row's before them.
pub(super) fn names() -> Vec<String> {
    let page = scraper::Html::parse_document("<p>a</p>");
    let outline = crate::extract::tree::outline(page.root_element());
    let clues = Clues::default();
    let measured = measure(&outline, &clues);
    let context = measured.context(&clues);
    let mut row = Builder {
        names: Some(Vec::new()),
        values: Row::new(),
    };
    let levels = hints::levels(&outline.places);
    measured.first_row(0, &context, &levels, &Told::new(&clues), &mut row);
    let thought = [0.0];
    measured.second_row(0, &thought, &Judged::new(&measured, &thought), &mut row);
    row.names.unwrap_or_default()
}
