//! Bytes in, the printed characters of each page out: which letter stands where, how large and how heavy.
//!
//! The engine is hayro-interpret: pure Rust, permissively licensed, without panics by design, nesting bounded, and
//! it hands over every glyph with its place, which a plain text has lost. pdf-extract, which was here before, panics on
//! odd fonts and knows no end of nested forms; lopdf reads files and leaves fonts and their codes to the caller. It is
//! named in this file and in `bounds` only.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::{PdfError, bounds};
use crate::text::charset;

/// Units of a font's em.
const EM: f64 = 1000.0;
/// Slope of a baseline that is still taken as level.
const MAX_SLOPE: f64 = 0.02;
/// How much heavier a letter counts that was drawn twice at its place, which is how some writers print bold.
const DRAWN_TWICE: f32 = 1.4;

/// A printed character. Lengths are points, from the upper left corner of the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// What it says: a letter, or several in one.
    pub(super) text: String,
    /// Where it begins.
    pub(super) left: f32,
    /// Where the next one begins, before any spacing.
    pub(super) right: f32,
    /// The line it stands on.
    pub(super) baseline: f32,
    /// The size of its font.
    pub(super) size: f32,
    /// Whether it stands upright on a level line.
    pub(super) is_level: bool,
    /// The inked part of its em square, where it is known.
    pub(super) ink: f32,
}

/// What one page prints.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) height: f32,
    /// The characters in the order they are drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// Whether pictures cover most of it, as they do in a scan.
    pub(super) is_picture: bool,
    /// Characters of which the file does not say which letters they are.
    pub(super) unnamed: usize,
}

/// What a file prints, and what it says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheets {
    pub(super) pages: Vec<Sheet>,
    /// The title that its writer left in it.
    pub(super) title: Option<String>,
    /// The day it was made.
    pub(super) created: Option<Date>,
    /// Pages that were not read, because the file passed a limit.
    pub(super) left_out: usize,
}

/// Reads the characters of all pages, as far as the limits allow.
pub(super) fn sheets(payload: &[u8]) -> Result<Sheets, PdfError> {
    bounds::check_streams(payload)?;
    let pdf = Pdf::new(Arc::new(payload.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => PdfError::Unreadable,
    })?;
    let cache = InterpreterCache::new();
    let mut work = bounds::Work::default();
    let mut ink = Ink::default();
    let mut sheets = Sheets {
        title: pdf.metadata().title.as_deref().and_then(info_text),
        created: pdf.metadata().creation_date.and_then(|made| {
            let year = i16::try_from(made.year).ok()?;
            Date::new(year, i8::try_from(made.month).ok()?, i8::try_from(made.day).ok()?).ok()
        }),
        ..Sheets::default()
    };
    for page in pdf.pages().iter() {
        if sheets.pages.len() < bounds::MAX_PAGES && work.admits(page) {
            sheets.pages.push(sheet(page, &pdf, &cache, &mut ink, &mut work));
        } else {
            sheets.left_out += 1;
        }
    }
    Ok(sheets)
}

fn sheet<'a>(
    page: &Page<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    ink: &mut Ink,
    work: &mut bounds::Work,
) -> Sheet {
    let (width, height) = page.render_dimensions();
    let settings = InterpreterSettings {
        // Notes and stamps laid over the page are not what it says.
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let area = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut context = Context::new(
        page.initial_transform(true).to_kurbo(),
        area,
        cache,
        pdf.xref(),
        settings,
    );
    let mut reader = Reader {
        area,
        sheet: Sheet {
            height,
            ..Sheet::default()
        },
        pictures: 0.0,
        ink,
        left: bounds::MAX_GLYPHS.saturating_sub(work.glyphs),
    };
    interpret_page(page, &mut context, &mut reader);
    let mut sheet = reader.sheet;
    sheet.is_picture = reader.pictures >= area.area() / 2.0;
    work.glyphs += sheet.glyphs.len();
    once(&mut sheet.glyphs);
    accented(&mut sheet.glyphs);
    sheet
}

/// The ink of each glyph that was met.
type Ink = HashMap<u128, f32>;

/// Listens to what is drawn and keeps the characters.
struct Reader<'i> {
    area: Rect,
    sheet: Sheet,
    /// The area of the pictures on the page.
    pictures: f64,
    ink: &'i mut Ink,
    /// Characters that may still be kept.
    left: usize,
}

impl Reader<'_> {
    fn push(&mut self, drawn: &Drawn<'_>, place: Affine) {
        let Some(text) = said(drawn) else {
            self.sheet.unnamed += 1;
            return;
        };
        let (origin, up) = (place * Point::ZERO, place * Point::new(0.0, EM));
        let advance = match drawn {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let end = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
        let size = (up - origin).hypot();
        let is_known = origin.is_finite() && end.is_finite() && size.is_finite();
        if !is_known || !self.area.inflate(1.0, 1.0).contains(origin) || self.left == 0 {
            return;
        }
        self.left -= 1;
        let run = end - origin;
        let ink = self.ink_of(drawn);
        self.sheet.glyphs.push(Glyph {
            text,
            left: origin.x as f32,
            right: end.x as f32,
            baseline: origin.y as f32,
            size: size as f32,
            is_level: run.x >= 0.0 && run.y.abs() <= run.x * MAX_SLOPE && up.y < origin.y,
            ink,
        });
    }

    fn ink_of(&mut self, drawn: &Drawn<'_>) -> f32 {
        let Drawn::Outline(outline) = drawn else {
            return 0.0;
        };
        let key = outline.identifier().cache_key();
        let area = || (outline.outline().area().abs() / (EM * EM)) as f32;
        *self.ink.entry(key).or_insert_with(area)
    }
}

impl Device<'_> for Reader<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.push(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        let frame = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        let area = props
            .transform
            .transform_rect_bbox(frame)
            .intersect(self.area)
            .area();
        self.pictures += if area.is_finite() { area } else { 0.0 };
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The letters of a glyph, where the file names them.
fn said(drawn: &Drawn<'_>) -> Option<String> {
    match drawn.as_unicode() {
        Some(BfString::Char(character)) => Some(character.to_string()),
        Some(BfString::String(text)) => Some(text),
        // Fonts that are pictures of letters name none, and mostly keep the codes of Latin-1.
        None if matches!(drawn, Drawn::Type3(_)) => {
            let code = u8::try_from(drawn.char_code()).ok()?;
            (code.is_ascii_graphic() || code >= 0xC0).then(|| char::from(code).to_string())
        }
        None => None,
    }
}

/// Drops characters that are drawn again at their place, as shadows and poor man's bold do, and makes the ones that
/// stay heavier.
fn once(glyphs: &mut Vec<Glyph>) {
    let mut seen: HashMap<(i32, i32, String), usize> = HashMap::new();
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        let is_mark = !glyph.text.trim().is_empty();
        // Half a point apart is the same place; a place lies in up to four cells of the grid.
        let cell = |shift: (f32, f32)| {
            let (x, y) = (glyph.left + shift.0, glyph.baseline + shift.1);
            (x.floor() as i32, y.floor() as i32, glyph.text.clone())
        };
        let near = |at: &usize| {
            let other = &kept[*at];
            (other.left - glyph.left).abs() < 0.5 && (other.baseline - glyph.baseline).abs() < 0.5
        };
        let shifts = [(-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)];
        let again = shifts
            .iter()
            .find_map(|shift| seen.get(&cell(*shift)).copied().filter(near));
        match again.filter(|_| is_mark) {
            Some(at) => kept[at].ink = kept[at].ink.max(glyph.ink * DRAWN_TWICE),
            None => {
                if is_mark {
                    seen.insert(cell((0.0, 0.0)), kept.len());
                }
                kept.push(glyph);
            }
        }
    }
    *glyphs = kept;
}

/// Puts accents that are drawn over their letters into them.
fn accented(glyphs: &mut Vec<Glyph>) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        if let Some(last) = kept.last_mut()
            && let Some(text) = composed(last, &glyph).or_else(|| composed(&glyph, last))
        {
            let accent = if last.text.chars().any(char::is_alphabetic) {
                None
            } else {
                Some(glyph)
            };
            *last = accent.unwrap_or_else(|| last.clone());
            last.text = text;
            continue;
        }
        kept.push(glyph);
    }
    *glyphs = kept;
}

/// A letter with the accent that stands over or under it.
fn composed(letter: &Glyph, accent: &Glyph) -> Option<String> {
    let mark = match accent.text.as_str() {
        "\u{A8}" => '\u{308}',
        "\u{B4}" => '\u{301}',
        "`" => '\u{300}',
        "^" | "\u{2C6}" => '\u{302}',
        "~" | "\u{2DC}" => '\u{303}',
        "\u{B8}" => '\u{327}',
        "\u{2C7}" => '\u{30C}',
        "\u{2DA}" => '\u{30A}',
        _ => return None,
    };
    let middle = (accent.left + accent.right) / 2.0;
    let is_over = middle > letter.left && middle < letter.right;
    let is_near = (letter.baseline - accent.baseline).abs() < 0.5 * letter.size;
    let is_letter = letter.text.chars().all(char::is_alphabetic);
    let text = || letter.text.chars().chain([mark]).nfc().collect();
    (is_over && is_near && is_letter).then(text)
}

/// A text of the file's own description: UTF-16 or UTF-8 with a mark in front, or else letters of one byte.
fn info_text(bytes: &[u8]) -> Option<String> {
    let text = charset::decode(bytes, Some("text/plain; charset=windows-1252")).text;
    let text = super::super::blocks::one_line(&text);
    (!text.is_empty()).then_some(text)
}
