//! The first row of a piece: itself, what surrounds it, what the page says of it.

use foldhash::{HashMap, HashMapExt};

use super::counts::share;
use super::surroundings::{Sums, common, depth, levels_up};
use super::told::Told;
use super::{ABOVE, Builder, Measured, NONE, Row, format_name, place};
use crate::extract::boilerplate;
use crate::extract::main_content::{Clues, hints};
use crate::model::document::BlockKind;

/// Values for which room is made at once in a first row.
const WIDTH: usize = 160;
/// Pieces after a heading that are still under it.
const MAX_UNDER: usize = 40;

/// What is true of a piece beside its own text.
pub(super) struct Context {
    total_letters: f32,
    /// The place that holds the densest text.
    densest: usize,
    headline: Option<usize>,
    /// Letters of the pieces before each.
    before: Vec<f32>,
    /// For each piece how often its words stand in the page.
    copies: Vec<f32>,
    /// For each piece how many pieces ago a heading stood, and whether that is a line of furniture.
    under: Vec<(f32, bool)>,
    groups: HashMap<u64, (f32, f32, f32)>,
}

impl Measured<'_> {
    pub(super) fn context(&self, clues: &Clues<'_>) -> Context {
        let bare = &self.words.bare;
        let mut seen: HashMap<&str, f32> = HashMap::new();
        for words in bare {
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
        }
    }

    pub(super) fn first_rows(&self, clues: &Clues<'_>) -> Vec<Row> {
        let context = self.context(clues);
        let levels = hints::levels(self.places);
        let told = Told::new(clues);
        (0..self.pieces.len())
            .map(|at| {
                if self.is_in_menu(at) {
                    return Row::new();
                }
                let mut row = Builder {
                    names: None,
                    // What a first row has, and a little more.
                    values: Vec::with_capacity(WIDTH),
                };
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

    pub(super) fn first_row(
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
        told.about(self.words, at, row);
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
        row.flag("has class", self.places[place(piece)].class.is_some());
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
            boilerplate::is_boilerplate(&self.words.bare[at]),
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
}
