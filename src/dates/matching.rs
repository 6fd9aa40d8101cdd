//! The steps of a pattern and a place in a text in, where the pattern ends and what it noted out.

use super::captures::{Captures, Slot};
use super::cursor::Cursor;
use super::language::Language;
use super::lexer::Kind;
use super::pattern::Step;

/// Follows `steps` from `here`; patterns have no loops, so this ends after a few tokens.
pub(super) fn read<'t>(
    language: &Language,
    steps: &[Step],
    here: Cursor<'t>,
    noted: &mut Captures,
) -> Option<Cursor<'t>> {
    follow(language, steps, 0, here, noted)
}

/// The token behind `steps` where they can be read from `here`.
pub(super) fn end(language: &Language, steps: &[Step], here: Cursor<'_>) -> Option<usize> {
    let mut noted = Captures::EMPTY;
    read(language, steps, here, &mut noted).map(|end| end.at)
}

fn follow<'t>(
    language: &Language,
    steps: &[Step],
    from: usize,
    from_here: Cursor<'t>,
    noted: &mut Captures,
) -> Option<Cursor<'t>> {
    let (mut at, mut here) = (from, from_here);
    loop {
        match steps[at] {
            Step::Done => return Some(here),
            Step::Word(id) => {
                if here.id() != id {
                    return None;
                }
                here = here.next();
            }
            Step::Class(class, slot) => {
                let (value, next) = here.class(class)?;
                noted.set(slot, value);
                here = next;
            }
            Step::Number(form, slot) => {
                here = form.read(language, here, slot, noted)?;
            }
            Step::Digits(number) => match here.kind() {
                Some(Kind::Digits(Some(found))) if found == number && is_apart(here) => here = here.next(),
                _ => return None,
            },
            Step::Mark(marks) => match here.kind() {
                Some(Kind::Mark(mark)) if marks.0.contains(&mark) => here = here.next(),
                _ => return None,
            },
            Step::Glued => {
                here.glued()?;
            }
            Step::Fork { first, second, other } => {
                let leads = |set| language.forks.allows(set, here.sign());
                match (leads(first), leads(second)) {
                    (false, false) => return None,
                    (false, true) => {
                        at = other;
                        continue;
                    }
                    (true, false) => {
                        at += 1;
                        continue;
                    }
                    (true, true) => {}
                }
                let mark = noted.mark();
                if let Some(end) = follow(language, steps, at + 1, here, noted) {
                    return Some(end);
                }
                noted.back_to(mark);
                at = other;
                continue;
            }
            Step::Jump(to) => {
                at = to;
                continue;
            }
            Step::Set(slot, value) => noted.set(slot, value),
            Step::FirstEnds => noted.set(Slot::FirstEnd, i32::try_from(here.at).ok()?),
            Step::SecondBegins => noted.set(Slot::SecondStart, i32::try_from(here.at).ok()?),
        }
        at += 1;
    }
}

/// Whether digits stand here that are no part of a longer number; a stroke may stand before them: "9/11".
fn is_apart(here: Cursor<'_>) -> bool {
    here.is_free_number() || here.before().is_some_and(|mark| mark.slice() == "/")
}
