//! A pattern as a data file writes it in, the steps that read it out.
//!
//! A pattern is a row of pieces. `ago` is that word, `11` that number, `,` that mark, `MONTH` any word of that class or number of
//! that form, noted in the slot of its name, and `day2:DAY` notes it in another. `_` before a piece says that no
//! space stands before it, `(a b | c)` is one of several, `?` behind a piece or group leaves it away, `<name>` is
//! a part the file gives a name, `=slot:1` notes a number, and `{ … }` is what stands between two expressions.

use std::collections::BTreeMap;

use super::captures::Slot;
use super::numbers::Form;
use super::openings::ANY;
use super::vocabulary::{Class, Vocabulary, WordId};

/// A step of reading.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Word(WordId),
    Class(Class, Slot),
    Number(Form, Slot),
    /// Just this number in digits.
    Digits(u32),
    Mark(Marks),
    /// No space stands before the next piece.
    Glued,
    /// Go on, and if that fails, at the step named; with the sets of what the token here may be for either way.
    Fork {
        first: u16,
        second: u16,
        other: usize,
    },
    Jump(usize),
    Set(Slot, i32),
    FirstEnds,
    SecondBegins,
    Done,
}

/// Marks that stand for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks(pub(super) &'static [char]);

impl Marks {
    fn of(mark: char) -> Option<Self> {
        Some(Self(match mark {
            ',' => &[','],
            '.' => &['.'],
            ':' => &[':'],
            '/' => &['/'],
            '[' => &['('],
            ']' => &[')'],
            '\'' => &['\'', '’', '‘'],
            '"' => &['"', '“', '”'],
            '-' => &['-', '‐', '‑'],
            '–' => &['-', '–', '—', '‐', '‑'],
            _ => return None,
        }))
    }
}

/// A pattern as a tree.
#[derive(Debug)]
enum Piece {
    Steps(Vec<Step>),
    Row(Vec<Piece>),
    Choice(Vec<Piece>),
    Maybe(Box<Piece>),
}

/// The steps of a pattern; `Err` says what is wrong with it.
pub(super) fn compile(
    pattern: &str,
    parts: &BTreeMap<String, String>,
    words: &mut Vocabulary,
) -> Result<Vec<Step>, String> {
    let full = expanded(pattern, parts, 0)?;
    let symbols: Vec<&str> = full.split_whitespace().collect();
    let mut reader = Reader {
        symbols: &symbols,
        at: 0,
        words,
    };
    let piece = reader.choice()?;
    if let Some(rest) = reader.symbols.get(reader.at) {
        return Err(format!("{rest} closes nothing in {pattern}"));
    }
    let mut steps = Vec::new();
    emit(&piece, &mut steps);
    steps.push(Step::Done);
    Ok(steps)
}

/// A pattern with its named parts written out, and brackets and signs standing alone.
fn expanded(pattern: &str, parts: &BTreeMap<String, String>, depth: usize) -> Result<String, String> {
    if depth > 8 {
        return Err(format!("parts of {pattern} name one another"));
    }
    let mut full = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('<') {
        let close = rest
            .find('>')
            .ok_or_else(|| format!("< without > in {pattern}"))?;
        let name = &rest[open + 1..close];
        let part = parts
            .get(name)
            .ok_or_else(|| format!("no part {name} for {pattern}"))?;
        full.push_str(&rest[..open]);
        full.push_str(" ( ");
        full.push_str(&expanded(part, parts, depth + 1)?);
        full.push_str(" ) ");
        rest = &rest[close + 1..];
    }
    full.push_str(rest);
    let mut spaced = String::new();
    for c in full.chars() {
        match c {
            '(' | ')' | '|' | '{' | '}' | '?' => {
                spaced.push(' ');
                spaced.push(c);
                spaced.push(' ');
            }
            _ => spaced.push(c),
        }
    }
    Ok(spaced)
}

struct Reader<'a> {
    symbols: &'a [&'a str],
    at: usize,
    words: &'a mut Vocabulary,
}

impl Reader<'_> {
    fn choice(&mut self) -> Result<Piece, String> {
        let mut rows = vec![self.row()?];
        while self.symbols.get(self.at) == Some(&"|") {
            self.at += 1;
            rows.push(self.row()?);
        }
        Ok(match rows.len() {
            1 => rows.remove(0),
            _ => Piece::Choice(rows),
        })
    }

    fn row(&mut self) -> Result<Piece, String> {
        let mut pieces = Vec::new();
        while let Some(symbol) = self.symbols.get(self.at).copied() {
            match symbol {
                "|" | ")" | "}" => break,
                "?" => {
                    let last = pieces.pop().ok_or("? behind nothing")?;
                    pieces.push(Piece::Maybe(Box::new(last)));
                }
                "(" => pieces.push(self.group(")")?),
                "{" => pieces.push(Piece::Row(vec![
                    Piece::Steps(vec![Step::FirstEnds]),
                    self.group("}")?,
                    Piece::Steps(vec![Step::SecondBegins]),
                ])),
                _ => {
                    let steps = self.single(symbol)?;
                    pieces.push(Piece::Steps(steps));
                }
            }
            self.at += 1;
        }
        Ok(Piece::Row(pieces))
    }

    fn group(&mut self, close: &str) -> Result<Piece, String> {
        self.at += 1;
        let inner = self.choice()?;
        match self.symbols.get(self.at) {
            Some(symbol) if *symbol == close => Ok(inner),
            _ => Err(format!("no {close} where one is due")),
        }
    }

    fn single(&mut self, symbol: &str) -> Result<Vec<Step>, String> {
        let bad = || format!("{symbol} is no piece of a pattern");
        if let Some(noted) = symbol.strip_prefix('=') {
            let (slot, value) = noted.split_once(':').ok_or_else(bad)?;
            let value = value.parse().map_err(|_| bad())?;
            return Ok(vec![Step::Set(Slot::named(slot).ok_or_else(bad)?, value)]);
        }
        let mut steps = Vec::new();
        let mut rest = symbol;
        if let Some(glued) = rest.strip_prefix('_') {
            steps.push(Step::Glued);
            rest = glued;
        }
        let (slot, name) = match rest.split_once(':').filter(|(slot, _)| !slot.is_empty()) {
            Some((slot, name)) => (Some(Slot::named(slot).ok_or_else(bad)?), name),
            None => (None, rest),
        };
        let first = name.chars().next().ok_or_else(bad)?;
        if first.is_uppercase() {
            let lower = name.to_lowercase();
            steps.push(match (Class::named(&lower), Form::named(&lower)) {
                (_, Some((form, own))) => Step::Number(form, slot.unwrap_or(own)),
                (Some(class), _) => Step::Class(class, slot.unwrap_or(Slot::of(class))),
                _ => return Err(bad()),
            });
        } else if first.is_alphabetic() {
            steps.push(Step::Word(self.words.learn(name)));
        } else if first.is_ascii_digit() {
            steps.push(Step::Digits(name.parse().map_err(|_| bad())?));
        } else {
            steps.push(Step::Mark(Marks::of(first).ok_or_else(bad)?));
        }
        Ok(steps)
    }
}

/// The words that steps can begin with; `None` where they can begin with anything else.
pub(super) fn first_words(steps: &[Step]) -> Option<Vec<WordId>> {
    let (mut found, mut open) = (Vec::new(), vec![0]);
    while let Some(at) = open.pop() {
        match steps[at] {
            Step::Word(id) => found.push(id),
            Step::Fork { other, .. } => open.extend([at + 1, other]),
            Step::Jump(to) => open.push(to),
            Step::Set(..) => open.push(at + 1),
            _ => return None,
        }
    }
    Some(found)
}

/// A fork of which nothing is known yet but where the other way leads.
fn open_fork(other: usize) -> Step {
    Step::Fork {
        first: ANY,
        second: ANY,
        other,
    }
}

fn emit(piece: &Piece, steps: &mut Vec<Step>) {
    match piece {
        Piece::Steps(own) => steps.extend(own),
        Piece::Row(pieces) => pieces.iter().for_each(|piece| emit(piece, steps)),
        Piece::Maybe(piece) => {
            let fork = steps.len();
            steps.push(Step::Done);
            emit(piece, steps);
            steps[fork] = open_fork(steps.len());
        }
        Piece::Choice(rows) => {
            let mut jumps = Vec::new();
            for (index, row) in rows.iter().enumerate() {
                let fork = steps.len();
                let last = index + 1 == rows.len();
                if !last {
                    steps.push(Step::Done);
                }
                emit(row, steps);
                if !last {
                    jumps.push(steps.len());
                    steps.push(Step::Done);
                    steps[fork] = open_fork(steps.len());
                }
            }
            let end = steps.len();
            for jump in jumps {
                steps[jump] = Step::Jump(end);
            }
        }
    }
}
