//! What a file may cost. A few kilobytes can unpack to gigabytes or draw the same form a billion times; both is
//! counted before the engine is let near, because it has no limits for either.
//!
//! What was found: the engine unpacks a stream as a whole, however large, and bounds nesting (fifty levels) but not
//! how often forms are drawn. So streams are unpacked here first into nothing, only to count; and the instructions of
//! a page are counted with those of its forms, each form once. A file that encrypts its streams escapes the first
//! count, so it may not be large.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Dict, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use memchr::memmem;

use super::PdfError;

/// Pages that are read.
pub(super) const MAX_PAGES: usize = 2_000;
/// Characters that are kept.
pub(super) const MAX_GLYPHS: usize = 6_000_000;
/// Instructions of all pages together.
const MAX_INSTRUCTIONS: u64 = 20_000_000;
/// Levels of forms inside forms.
const MAX_DEPTH: usize = 20;
/// Bytes of one stream, unpacked.
const MAX_STREAM: u64 = 64 << 20;
/// Bytes of all streams, unpacked.
const MAX_STREAMS: u64 = 512 << 20;
/// Bytes of a file whose streams cannot be looked into.
const MAX_ENCRYPTED: usize = 16 << 20;
/// Bytes before a stream in which its filters are named.
const DICTIONARY: usize = 1_024;

/// Refuses a file that would unpack to more than a reader can hold.
pub(super) fn check_streams(payload: &[u8]) -> Result<(), PdfError> {
    let is_encrypted = memmem::find(payload, b"/Encrypt").is_some();
    if is_encrypted && payload.len() > MAX_ENCRYPTED {
        return Err(PdfError::TooLarge);
    }
    let mut left = MAX_STREAMS;
    for at in memmem::find_iter(payload, b"stream") {
        let body = &payload[at + b"stream".len()..];
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let Some(body) = body.strip_prefix(b"\n") else {
            continue;
        };
        let before = &payload[at.saturating_sub(DICTIONARY)..at];
        let start = memmem::rfind(before, b"obj").unwrap_or(0);
        let packings = ["FlateDecode", "LZWDecode", "/Fl ", "/LZW"]
            .map(|name| memmem::find_iter(&before[start..], name.as_bytes()).count());
        let packings: usize = packings.iter().sum();
        let unpacked = unpacked(body, packings);
        left = match left.checked_sub(unpacked) {
            Some(left) if unpacked <= MAX_STREAM => left,
            _ => return Err(PdfError::TooLarge),
        };
    }
    Ok(())
}

/// The bytes a stream unpacks to, counted up to a little more than the limit.
fn unpacked(body: &[u8], packings: usize) -> u64 {
    let count = |reader: &mut dyn Read| {
        let mut room = [0; 16 << 10];
        let mut bytes = 0;
        while bytes <= MAX_STREAM {
            match reader.read(&mut room) {
                Ok(0) | Err(_) => break,
                Ok(read) => bytes += read as u64,
            }
        }
        bytes
    };
    let once = ZlibDecoder::new(body);
    match packings {
        0 | 1 => count(&mut { once }),
        // What is packed twice is no writer's habit.
        2 => count(&mut ZlibDecoder::new(once)).max(count(&mut ZlibDecoder::new(body))),
        _ => MAX_STREAM + 1,
    }
}

/// What was spent on the pages so far.
#[derive(Default)]
pub(super) struct Work {
    pub(super) glyphs: usize,
    instructions: u64,
    /// What each form costs, the forms inside it counted as often as they are drawn.
    forms: HashMap<ObjectIdentifier, u64>,
}

impl Work {
    /// Whether the page can be read within the limits; what it costs is then spent.
    pub(super) fn admits(&mut self, page: &Page<'_>) -> bool {
        if self.glyphs >= MAX_GLYPHS {
            return false;
        }
        let cost = self.cost(page.typed_operations(), page.resources(), 0);
        let spent = self.instructions.saturating_add(cost);
        if spent > MAX_INSTRUCTIONS {
            return false;
        }
        self.instructions = spent;
        true
    }

    fn cost(&mut self, mut operations: TypedIter<'_>, resources: &Resources<'_>, depth: usize) -> u64 {
        let mut cost: u64 = 0;
        while let Some(operation) = operations.next() {
            cost = cost.saturating_add(1);
            if let TypedInstruction::XObject(name) = operation
                && let Some(form) = resources.get_x_object(name.0)
            {
                cost = cost.saturating_add(self.form_cost(&form, resources, depth));
            }
            if cost > MAX_INSTRUCTIONS {
                break;
            }
        }
        cost
    }

    fn form_cost(&mut self, form: &Stream<'_>, resources: &Resources<'_>, depth: usize) -> u64 {
        let is_form = form
            .dict()
            .get::<hayro_interpret::hayro_syntax::object::Name<'_>>(b"Subtype".as_slice())
            .is_some_and(|name| name.as_str() == "Form");
        if !is_form {
            return 1;
        }
        if depth >= MAX_DEPTH {
            return MAX_INSTRUCTIONS + 1;
        }
        if let Some(cost) = self.forms.get(&form.obj_id()) {
            return *cost;
        }
        // A form that draws itself is drawn to the engine's last level.
        self.forms.insert(form.obj_id(), MAX_INSTRUCTIONS + 1);
        let own = form
            .dict()
            .get::<Dict<'_>>(b"Resources".as_slice())
            .map(Resources::new);
        let own = own.as_ref().unwrap_or(resources);
        let cost = match form.decoded_data() {
            Ok(data) => self.cost(TypedIter::new(&data), own, depth + 1),
            Err(_) => 1,
        };
        self.forms.insert(form.obj_id(), cost);
        cost
    }
}
