//! The stretches of text of a page in the order they are drawn, without any layout: what other checks read.

use super::glyphs::{Glyph, Sheet};

/// A stretch of text on one level. Lengths are points, from the upper left corner of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Its letters.
    pub text: String,
    /// Where it begins.
    pub left: f32,
    /// Where it ends.
    pub right: f32,
    /// The line it stands on.
    pub baseline: f32,
    /// The size of its first letter.
    pub size: f32,
}

/// What a sheet says, stretch by stretch.
pub(super) fn drawn(sheet: &Sheet) -> Vec<Drawn> {
    let mut all: Vec<Drawn> = Vec::new();
    for glyph in &sheet.glyphs {
        match all.last_mut().filter(|last| goes_on(last, glyph)) {
            Some(last) => {
                if glyph.left - last.right > 0.15 * glyph.size {
                    last.text.push(' ');
                }
                last.text.push_str(&glyph.text);
                last.right = glyph.right;
            }
            None => all.push(Drawn {
                text: glyph.text.clone(),
                left: glyph.left,
                right: glyph.right,
                baseline: glyph.baseline,
                size: glyph.size,
            }),
        }
    }
    all
}

fn goes_on(last: &Drawn, glyph: &Glyph) -> bool {
    let gap = glyph.left - last.right;
    (glyph.baseline - last.baseline).abs() < 0.1 * last.size
        && gap > -0.5 * last.size
        && gap < 1.5 * last.size
}
