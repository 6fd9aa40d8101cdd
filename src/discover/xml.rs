//! Reads the records of an XML document (a feed's items, a sitemap's entries), as forgiving as feeds
//! in the wild need it: elements left open, entities nobody declared, prefixes without a namespace.
//!
//! The document type is skipped and its entities are never expanded, so there is nothing to be blown
//! up or fetched. Nesting, fields and texts are bounded; what lies beyond is not kept.

use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::MAX_ANNOUNCEMENTS;

/// Elements inside one another that are told apart; deeper ones count as text of their parent.
const MAX_DEPTH: usize = 256;
/// Fields kept of one record.
const MAX_FIELDS: usize = 200;
/// Bytes kept of one field: room for any title, address or date.
const MAX_FIELD_BYTES: usize = 8 * 1024;
/// Attributes kept of one element.
const MAX_ATTRIBUTES: usize = 32;
/// Bytes of what addresses are relative to (`xml:base`): it is copied into every address inside it, and grows with each
/// level. No honest folder has a longer name.
const MAX_BASE_BYTES: usize = 1024;
/// Elements whose `xml:base` is heeded: each costs as much as its outer one is long. One for each announcement and its
/// content is plenty.
const MAX_BASES: usize = 2 * MAX_ANNOUNCEMENTS;

/// The records of a document and what encloses them.
#[derive(Debug)]
pub(super) struct Document {
    /// The root element's local name in lower case.
    pub(super) root: Option<String>,
    /// The records in order.
    pub(super) records: Vec<Record>,
    /// The language that it says it is in, before any of its records: RSS's element, else XML's attribute.
    pub(super) language: Option<String>,
    /// Whether its document type declares entities, which no honest sitemap does.
    pub(super) declares_entities: bool,
}

/// An element that stands for one announced thing.
#[derive(Debug)]
pub(super) struct Record {
    /// Its local name in lower case.
    pub(super) name: String,
    /// Its own attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// What addresses inside it are relative to.
    pub(super) base: Rc<Url>,
    /// The elements in it, down to the second level.
    pub(super) fields: Vec<Field>,
    /// Whether the document broke off inside it, so that its last text may not be whole.
    pub(super) is_cut: bool,
}

/// An element of a record.
#[derive(Debug)]
pub(super) struct Field {
    /// 1 for a child of the record, 2 for a child's child.
    pub(super) depth: usize,
    /// Whose word its name is.
    pub(super) vocabulary: Vocabulary,
    /// Its local name in lower case.
    pub(super) name: String,
    /// Its attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// Its text and that of everything inside it. References that only HTML or a document type
    /// explains stand as they were written.
    pub(super) text: String,
    /// What addresses inside it are relative to.
    pub(super) base: Rc<Url>,
}

/// Whose word a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS, Atom or the sitemap protocol: names that stand without a prefix.
    Core,
    /// Dublin Core elements.
    Dublin,
    /// Dublin Core terms.
    Terms,
    /// Google's news sitemaps.
    News,
    /// Anything else.
    Foreign,
}

/// The namespaces told apart, in lower case, and the prefix each has where nobody declared it.
const NAMESPACES: [(&str, &str, Vocabulary); 13] = [
    ("http://www.w3.org/2005/atom", "atom", Vocabulary::Core),
    ("http://purl.org/atom/ns#", "atom03", Vocabulary::Core),
    ("http://purl.org/rss/1.0/", "rss", Vocabulary::Core),
    (
        "http://channel.netscape.com/rdf/simple/0.9/",
        "rss090",
        Vocabulary::Core,
    ),
    (
        "http://my.netscape.com/rdf/simple/0.9/",
        "rss09",
        Vocabulary::Core,
    ),
    ("http://backend.userland.com/rss2", "rss2", Vocabulary::Core),
    ("http://blogs.law.harvard.edu/tech/rss", "rss20", Vocabulary::Core),
    (
        "http://www.sitemaps.org/schemas/sitemap/0.9",
        "sm",
        Vocabulary::Core,
    ),
    ("http://purl.org/dc/elements/1.1/", "dc", Vocabulary::Dublin),
    ("http://purl.org/dc/elements/1.0/", "dc10", Vocabulary::Dublin),
    ("http://purl.org/dc/terms/", "dcterms", Vocabulary::Terms),
    (
        "http://www.google.com/schemas/sitemap-news/0.9",
        "news",
        Vocabulary::News,
    ),
    ("http://www.w3.org/1999/xhtml", "xhtml", Vocabulary::Foreign),
];

impl Field {
    /// The attribute of a name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        value_of(&self.attributes, name)
    }
}

impl Record {
    /// The attribute of a name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        value_of(&self.attributes, name)
    }
}

fn value_of<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

/// Reads the elements of a document that bear one of these names, each with its fields. A document
/// that breaks off is read as far as it goes.
pub(super) fn read(text: &str, base: &Url, record_names: &[&str]) -> Document {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut walk = Walk::new(base, record_names);
    let mut position = None;
    loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            // The reader has gone past what is merely ill-formed, as long as it moves at all.
            Err(Error::IllFormed(_)) if position != Some(reader.buffer_position()) => {
                position = Some(reader.buffer_position());
                continue;
            }
            Err(_) => break,
        };
        if walk.document.records.len() == MAX_ANNOUNCEMENTS {
            break;
        }
        match event {
            Event::Start(element) => {
                walk.open(&element);
            }
            Event::Empty(element) if walk.open(&element) => walk.close(element.name().0),
            Event::End(element) => walk.close(element.name().0),
            Event::Text(text) => walk.add_text(&text),
            Event::CData(data) => walk.add_text(&data.into_inner()),
            Event::DocType(kind) => walk.document.declares_entities |= kind.contains("<!ENTITY"),
            Event::GeneralRef(reference) => walk.add_reference(&reference),
            _ => {}
        }
    }
    if let Some((record, _)) = &mut walk.record {
        record.is_cut = true;
    }
    walk.unwind(0);
    walk.document
}

struct Open {
    name: String,
    base: Rc<Url>,
    /// The field of the current record that it is.
    field: Option<usize>,
}

struct Walk<'a> {
    document: Document,
    record_names: &'a [&'a str],
    base: Rc<Url>,
    /// How many more bases are heeded.
    bases_left: usize,
    /// What a declared prefix stands for.
    prefixes: Vec<(String, Vocabulary)>,
    stack: Vec<Open>,
    /// The record being read, and how many elements enclose it.
    record: Option<(Record, usize)>,
    /// Whether the element opened last names the language of the document.
    names_language: bool,
}

impl<'a> Walk<'a> {
    fn new(base: &Url, record_names: &'a [&'a str]) -> Self {
        Self {
            document: Document {
                root: None,
                records: Vec::new(),
                language: None,
                declares_entities: false,
            },
            record_names,
            base: Rc::new(base.clone()),
            bases_left: MAX_BASES,
            prefixes: Vec::new(),
            stack: Vec::new(),
            record: None,
            names_language: false,
        }
    }

    /// Opens an element; says whether it is told apart.
    fn open(&mut self, element: &BytesStart<'_>) -> bool {
        let attributes = attributes(element);
        self.declare(&attributes);
        let full_name = element.name().0;
        let (vocabulary, name) = self.vocabulary(full_name);
        let is_record = vocabulary == Vocabulary::Core && self.record_names.contains(&name.as_str());
        if is_record {
            // A record inside a record means that the one before was not closed.
            if let Some((_, depth)) = self.record {
                self.unwind(depth);
            }
        }
        if self.stack.len() == MAX_DEPTH {
            return false;
        }
        let is_head = !is_record && self.record.is_none() && self.document.records.is_empty();
        let is_language = matches!(vocabulary, Vocabulary::Core | Vocabulary::Dublin) && name == "language";
        self.names_language = is_head && is_language;
        if is_head && self.document.language.is_none() {
            self.document.language = value_of(&attributes, "xml:lang").map(str::to_string);
        }
        let base = self.base_of(&attributes);
        if self.document.root.is_none() {
            self.document.root = Some(name.clone());
        }
        let mut field = None;
        if is_record {
            let record = Record {
                name,
                attributes,
                base: Rc::clone(&base),
                fields: Vec::new(),
                is_cut: false,
            };
            self.record = Some((record, self.stack.len()));
        } else if let Some((record, depth)) = &mut self.record {
            let depth = self.stack.len() - *depth;
            if depth <= 2 && record.fields.len() < MAX_FIELDS {
                field = Some(record.fields.len());
                let (text, base) = (String::new(), Rc::clone(&base));
                record.fields.push(Field {
                    depth,
                    vocabulary,
                    name,
                    attributes,
                    text,
                    base,
                });
            }
        }
        self.stack.push(Open {
            name: full_name.to_string(),
            base,
            field,
        });
        true
    }

    /// Closes the innermost element of this name and all that were left open in it; a name that is
    /// not open closes nothing.
    fn close(&mut self, name: &str) {
        self.names_language = false;
        if let Some(at) = self
            .stack
            .iter()
            .rposition(|open| open.name.eq_ignore_ascii_case(name))
        {
            self.unwind(at);
        }
    }

    fn unwind(&mut self, depth: usize) {
        self.stack.truncate(depth);
        if self
            .record
            .as_ref()
            .is_some_and(|(_, record_depth)| *record_depth >= depth)
            && let Some((record, _)) = self.record.take()
        {
            self.document.records.push(record);
        }
    }

    fn add_text(&mut self, text: &str) {
        let Some((record, depth)) = &mut self.record else {
            if std::mem::take(&mut self.names_language) {
                self.document.language = Some(text.trim().to_string());
            }
            return;
        };
        for open in self.stack.iter().skip(*depth + 1).take(2) {
            if let Some(field) = open.field {
                let kept = &mut record.fields[field].text;
                let room = MAX_FIELD_BYTES.saturating_sub(kept.len());
                kept.push_str(&text[..text.floor_char_boundary(room)]);
            }
        }
    }

    fn add_reference(&mut self, reference: &str) {
        match character(reference) {
            Some(character) => self.add_text(character.encode_utf8(&mut [0; 4])),
            None => self.add_text(&format!("&{reference};")),
        }
    }

    fn declare(&mut self, attributes: &[(String, String)]) {
        for (name, value) in attributes {
            let Some(prefix) = name.strip_prefix("xmlns:") else {
                continue;
            };
            let uri = value.trim().to_ascii_lowercase();
            let vocabulary = (NAMESPACES.iter())
                .find(|(known, _, _)| *known == uri)
                .map_or(Vocabulary::Foreign, |(_, _, vocabulary)| *vocabulary);
            self.prefixes.retain(|(known, _)| known != prefix);
            if self.prefixes.len() < MAX_ATTRIBUTES {
                self.prefixes.push((prefix.to_string(), vocabulary));
            }
        }
    }

    /// Whose word a name is, and its local part in lower case. Names without a prefix are taken as
    /// the document's own, whatever default namespace it declares: feeds misdeclare it.
    fn vocabulary(&self, name: &str) -> (Vocabulary, String) {
        let Some((prefix, local)) = name.split_once(':') else {
            return (Vocabulary::Core, name.to_ascii_lowercase());
        };
        let prefix = prefix.to_ascii_lowercase();
        let declared = self
            .prefixes
            .iter()
            .find(|(known, _)| *known == prefix)
            .map(|(_, found)| *found);
        let usual = || {
            NAMESPACES
                .iter()
                .find(|(_, usual, _)| *usual == prefix)
                .map(|(_, _, found)| *found)
        };
        (
            declared.or_else(usual).unwrap_or(Vocabulary::Foreign),
            local.to_ascii_lowercase(),
        )
    }

    /// What addresses in an element with these attributes are relative to; a base that is none, or too long, is passed over.
    fn base_of(&mut self, attributes: &[(String, String)]) -> Rc<Url> {
        let outer = Rc::clone(self.stack.last().map_or(&self.base, |open| &open.base));
        let Some(named) = value_of(attributes, "xml:base") else {
            return outer;
        };
        let Some(left) = self.bases_left.checked_sub(1) else {
            return outer;
        };
        self.bases_left = left;
        let inner = outer.join(named.trim()).ok();
        let inner = inner.filter(|base| base.as_str().len() <= MAX_BASE_BYTES);
        inner.map_or(outer, Rc::new)
    }
}

/// The attributes of an element, names in lower case, references resolved as far as XML does.
pub(super) fn attributes(element: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = element.html_attributes();
    let attributes = attributes.with_checks(false).filter_map(Result::ok);
    attributes
        .take(MAX_ATTRIBUTES)
        .filter(|attribute| attribute.value.len() <= MAX_FIELD_BYTES)
        .map(|attribute| (attribute.key.0.to_ascii_lowercase(), resolved(&attribute.value)))
        .collect()
}

/// A text with its references resolved as far as XML does.
fn resolved(text: &str) -> String {
    let mut pieces = text.split('&');
    let mut resolved = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        match piece
            .split_once(';')
            .and_then(|(name, rest)| Some((character(name)?, rest)))
        {
            Some((character, rest)) => {
                resolved.push(character);
                resolved.push_str(rest);
            }
            None => {
                resolved.push('&');
                resolved.push_str(piece);
            }
        }
    }
    resolved
}

/// The character that a reference means in every XML document.
fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => {}
    }
    let number = reference.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Writers of feeds mean Windows characters here, as writers of pages do (HTML 13.2.5.80).
    if let byte @ 0x80..=0x9f = code {
        let byte = [u8::try_from(byte).ok()?];
        return encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(&byte)
            .0
            .chars()
            .next();
    }
    char::from_u32(code).filter(|character| *character != '\0')
}
