//! Which mark of a paragraph closes what another opens.

use std::ops::Range;

use super::reading::{Family, Mark, Role};

pub(super) type Paired = (Range<usize>, Range<usize>, Family, bool);

/// Pairs the marks of one paragraph: outer range, inner range, family, whether it is closed.
pub(super) fn paired(text: &str, marks: &[Mark], paragraph: Range<usize>) -> Vec<Paired> {
    let mut found = Vec::new();
    let mut open: Option<&Mark> = None;
    let mut is_inside = false;
    let begins = |mark: &Mark| text[paragraph.start..mark.range.start].trim().is_empty();
    for (index, mark) in marks.iter().enumerate() {
        match open {
            None if mark.role != Some(Role::Closes) => open = Some(mark),
            None => {}
            // Words in other marks inside a paragraph that is all words: `"She said, “No,” and left."`
            Some(begin) if begin.family == mark.family && begin.print != mark.print && is_inside => {
                is_inside = mark.role == Some(Role::Opens);
            }
            Some(begin)
                if begin.family == mark.family
                    && begin.print != mark.print
                    && mark.role == Some(Role::Opens)
                    && begins(begin)
                    && closes_alike(&marks[index + 1..], mark) =>
            {
                is_inside = true;
            }
            Some(begin) if begin.family == mark.family => {
                if mark.role == Some(Role::Opens) {
                    // Two openings without a closing between: the first one opens nothing.
                    open = Some(mark);
                } else if !(mark.is_doubtful && closes_later(&marks[index + 1..], mark.family)) {
                    found.push((
                        begin.range.start..mark.range.end,
                        begin.range.end..mark.range.start,
                        mark.family,
                        true,
                    ));
                    open = None;
                }
            }
            // A mark of another family inside is part of the words; but words in double marks are not
            // inside an opening single mark that never closes.
            Some(begin)
                if begin.family == Family::Single
                    && mark.role != Some(Role::Closes)
                    && !closes_later(&marks[index + 1..], Family::Single) =>
            {
                open = Some(mark);
            }
            Some(_) => {}
        }
    }
    if let Some(begin) = open.filter(|begin| begin.family != Family::Single || marks.len() == 1) {
        found.push((
            begin.range.start..paragraph.end,
            begin.range.end..paragraph.end,
            begin.family,
            false,
        ));
    }
    found
}

/// Whether what a mark opens is closed next by one printed in the same way.
fn closes_alike(marks: &[Mark], opening: &Mark) -> bool {
    let next = marks.iter().find(|mark| mark.family == opening.family);
    next.is_some_and(|next| next.print == opening.print && next.role != Some(Role::Opens))
}

/// How many marks are looked ahead for a better closing.
const AHEAD: usize = 6;

/// Whether a sure closing of the family comes before the next opening.
fn closes_later(marks: &[Mark], family: Family) -> bool {
    marks
        .iter()
        .take(AHEAD)
        .filter(|mark| mark.family == family)
        .take_while(|mark| mark.role != Some(Role::Opens))
        .any(|mark| !mark.is_doubtful)
}
