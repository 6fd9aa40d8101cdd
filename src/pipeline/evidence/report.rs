//! What the check of a file found.

/// What the check of a file found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Whether it is a pack; else it is a WARC file, of which only digests can be checked.
    pub is_pack: bool,
    /// Files that are as the pack lists them.
    pub files: u64,
    /// Records whose digests were recomputed.
    pub records: u64,
    /// The quotes that are claimed, with what was found of each.
    pub claims: Vec<CheckedClaim>,
    /// What is not as it should be, or could not be checked.
    pub unlike: Vec<Unlike>,
}

/// A quote of a pack.
#[derive(Clone, Debug)]
pub struct CheckedClaim {
    /// Its id.
    pub quote: String,
    /// Its words.
    pub words: String,
    /// Who is said to have said them.
    pub speaker: Option<String>,
    /// The words that name him beside the quote, where they are others: whose name that is rests on the pack's list of speakers.
    pub printed: Option<String>,
    /// The days they are said to have been said on (EDTF), with how sure that is and what tells it, in words.
    pub said: Option<String>,
    /// The address of the document.
    pub address: String,
    /// The address that the record says it was answered from, where that is another one.
    pub answered_from: Option<String>,
    /// When it was captured.
    pub captured_at: String,
    /// Whether the words stand in the archived bytes.
    pub stands: bool,
    /// Whether this program reads the quote so.
    pub is_read_so: bool,
    /// What people say of it, in words: no record proves that.
    pub by_hand: Vec<String>,
    /// What its page said before and later in other captures of the pack, in words.
    pub became: Vec<String>,
}

/// Something that is not as it is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlike {
    /// What it is of.
    pub part: Part,
    /// The file, the record's place, or the id.
    pub id: String,
    /// What is wrong.
    pub problem: String,
    /// Whether it differs; else it cannot be told by this program.
    pub is_difference: bool,
}

/// What something is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A file of the pack.
    File,
    /// A WARC record.
    Record,
    /// A capture.
    Capture,
    /// A text as it was read.
    Reading,
    /// A quote.
    Quote,
}

impl Part {
    /// The name used in messages and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Part::File => "file",
            Part::Record => "record",
            Part::Capture => "capture",
            Part::Reading => "reading",
            Part::Quote => "quote",
        }
    }
}

impl Report {
    /// Tells of something that differs from what is claimed.
    pub(super) fn tell(&mut self, part: Part, id: impl Into<String>, problem: impl Into<String>) {
        self.unlike.push(Unlike {
            part,
            id: id.into(),
            problem: problem.into(),
            is_difference: true,
        });
    }
}
