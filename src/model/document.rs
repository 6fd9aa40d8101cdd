//! A text at one address, and what reading a payload gives.

use super::moment::Moment;
use super::span::Span;

/// Everything read out of one payload. Reading always succeeds: what was not found is absent, and
/// `notices` say why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The headline as printed.
    pub title: Option<String>,
    /// The people of the byline, one name each, without "By"; the body that signs, where no person does.
    pub authors: Vec<String>,
    /// The outlet or office that published it.
    pub publisher: Option<String>,
    /// The part of the outlet that it appeared in, as the page names it.
    pub section: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// The address the page names as its own, absolute.
    pub canonical_url: Option<String>,
    /// When the page says it was published.
    pub published: Option<StatedMoment>,
    /// When the page says it was last changed.
    pub modified: Option<StatedMoment>,
    /// What sort of text it is.
    pub genre: Genre,
    /// What shows that, in words.
    pub genre_evidence: String,
    /// How the main text was found.
    pub found_by: FoundBy,
    /// The main text: the blocks in order, a blank line between two.
    pub text: String,
    /// The blocks of `text`.
    pub blocks: Vec<Block>,
    /// The documents that stand in `text` beside the page's own, in order; what is before the first of them is
    /// the page's.
    pub parts: Vec<Part>,
    /// Where it stands in its page, as the fragment of an address, for a document that is a part of one.
    pub fragment: Option<String>,
    /// What went wrong or is worth knowing.
    pub notices: Vec<Notice>,
    /// What the places of the page say of the facts above, a few of each, the one believed first.
    pub claims: Vec<Claim>,
}

impl Reading {
    /// The method that read a fact.
    pub fn method_of(&self, fact: Fact) -> Option<&str> {
        let chosen = |claim: &&Claim| claim.fact == fact && claim.standing == Standing::Chosen;
        self.claims.iter().find(chosen).map(|claim| claim.method.as_str())
    }
}

/// What one place of a page says of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The fact.
    pub fact: Fact,
    /// What the place says: a moment as [`Moment`] writes it, names with `; ` between.
    pub value: String,
    /// The method that read it, in the words of [`StatedMoment::method`].
    pub method: String,
    /// What became of it.
    pub standing: Standing,
}

/// A fact that several places of a page may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The headline.
    Title,
    /// The people of the byline.
    Authors,
    /// The outlet or office.
    Publisher,
    /// The part of the outlet.
    Section,
    /// When it was published.
    Published,
    /// When it was last changed.
    Modified,
}

impl Fact {
    /// Every fact.
    pub const ALL: [Fact; 6] = [
        Fact::Title,
        Fact::Authors,
        Fact::Publisher,
        Fact::Section,
        Fact::Published,
        Fact::Modified,
    ];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Fact::Title => "title",
            Fact::Authors => "authors",
            Fact::Publisher => "publisher",
            Fact::Section => "section",
            Fact::Published => "published",
            Fact::Modified => "modified",
        }
    }

    /// The fact of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.code() == code)
    }
}

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is what the reading gives.
    Chosen,
    /// It says the same as the one chosen.
    Agrees,
    /// It says something else.
    Differs,
    /// It cannot be: a date after the capture.
    Refused,
}

impl Standing {
    const ALL: [Standing; 4] = [
        Standing::Chosen,
        Standing::Agrees,
        Standing::Differs,
        Standing::Refused,
    ];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Chosen => "chosen",
            Standing::Agrees => "agrees",
            Standing::Differs => "differs",
            Standing::Refused => "refused",
        }
    }

    /// The standing of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// A moment and the method that read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedMoment {
    /// The moment, no finer than the page says it.
    pub moment: Moment,
    /// The method: `json-ld`, `meta article:published_time`, `time element`, `url`, `rule`, …
    pub method: String,
}

/// How the main text of a page was told from what surrounds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundBy {
    /// `rule` (the source's selector), `judged` (by general features), `linked data`, `densest` (the
    /// densest part, where nothing else is found), `whole` (nothing surrounds it); empty where there is no text.
    pub method: String,
    /// How far other methods find the same text, from 0 to 1: the Dice coefficient of the letters found, as the
    /// mean over those methods; `None` where there is no other method.
    pub agreement: Option<f32>,
}

/// A document inside a page that holds several: an entry of a live page, one of many statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it begins in the page, as the fragment of an address: an element's id, or a text directive
    /// (`:~:text=`).
    pub fragment: String,
    /// Its own headline.
    pub title: Option<String>,
    /// Its own date, or that of the page where it is told that it holds for both.
    pub published: Option<StatedMoment>,
    /// What sort of text it is, and what shows that.
    pub genre: Genre,
    /// See [`Reading::genre_evidence`].
    pub genre_evidence: String,
    /// Its blocks in [`Reading::blocks`], from the first to before the last.
    pub blocks: std::ops::Range<usize>,
}

/// A stretch of the main text with one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its role.
    pub kind: BlockKind,
    /// Where it stands in the text.
    pub span: Span,
    /// The element it was read from, as a path of tags and positions (`html/body[1]/p[3]`), or
    /// `page/3` in a PDF; empty where it is not known.
    pub path: String,
}

/// The role of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A headline inside the text.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A block quote.
    BlockQuote,
    /// One turn of a transcript.
    Turn,
    /// The caption of a picture or table.
    Caption,
}

impl BlockKind {
    const ALL: [BlockKind; 6] = [
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::ListItem,
        BlockKind::BlockQuote,
        BlockKind::Turn,
        BlockKind::Caption,
    ];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list_item",
            BlockKind::BlockQuote => "block_quote",
            BlockKind::Turn => "turn",
            BlockKind::Caption => "caption",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What sort of text a document is (IPTC genre, cut to what the tracker tells apart).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Genre {
    /// News prose.
    #[default]
    Report,
    /// An office's release to the press.
    PressRelease,
    /// A statement by one speaker.
    Statement,
    /// A letter that an office sent.
    Letter,
    /// What a witness tells a body that hears him.
    Testimony,
    /// What an office tells of a call or a meeting.
    Readout,
    /// What an office sets out point by point.
    FactSheet,
    /// What an office gives notice of: a hearing, a rule it proposes, an event for the press.
    Notice,
    /// Spoken words, turn by turn.
    Transcript,
    /// An order, proclamation or resolution.
    Order,
    /// An opinion piece.
    Opinion,
    /// A page that is added to while something happens.
    Live,
}

impl Genre {
    /// Every genre.
    pub const ALL: [Genre; 12] = [
        Genre::Report,
        Genre::PressRelease,
        Genre::Statement,
        Genre::Letter,
        Genre::Testimony,
        Genre::Readout,
        Genre::FactSheet,
        Genre::Notice,
        Genre::Transcript,
        Genre::Order,
        Genre::Opinion,
        Genre::Live,
    ];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Genre::Report => "report",
            Genre::PressRelease => "press_release",
            Genre::Statement => "statement",
            Genre::Letter => "letter",
            Genre::Testimony => "testimony",
            Genre::Readout => "readout",
            Genre::FactSheet => "fact_sheet",
            Genre::Notice => "notice",
            Genre::Transcript => "transcript",
            Genre::Order => "order",
            Genre::Opinion => "opinion",
            Genre::Live => "live",
        }
    }

    /// The genre of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|genre| genre.code() == code)
    }

    /// Whether it is what an office hands out, and neither orders, reports nor takes down turn by turn.
    pub fn is_handed_out(self) -> bool {
        matches!(
            self,
            Genre::PressRelease
                | Genre::Statement
                | Genre::Letter
                | Genre::Testimony
                | Genre::Readout
                | Genre::FactSheet
                | Genre::Notice
        )
    }
}

/// Something worth knowing about a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// The particulars, in words.
    pub detail: String,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// The payload was empty.
    EmptyPayload,
    /// No main text was found.
    NoText,
    /// The page gives no publication date.
    Undated,
    /// A date later than the capture was refused.
    FutureDate,
    /// Two methods read different publication days.
    DatesDisagree,
    /// The day of a change stands for the publication, of which nothing is said.
    DatedByChange,
    /// The charset was guessed, or contradicted.
    Charset,
    /// The content coding was broken or passed the limit.
    Coding,
    /// Nesting, attributes or values passed the limit and were cut.
    Bounded,
    /// A kind of file that is archived but not read.
    Unsupported,
    /// A PDF without a text layer.
    Scanned,
    /// Reading this payload made an extractor panic; the page is kept, its text is not.
    Panicked,
    /// An error that was sent with the status of a page.
    SoftNotFound,
    /// A wall before the text that was sent with the status of a page: subscribe, agree, prove to be human.
    Wall,
    /// The site was out of order, and said so with the status of a page.
    OutOfOrder,
    /// The page marks its text as one for subscribers.
    ForSubscribers,
    /// Little of the text held before stands there, so that something else may stand in its place.
    InDoubt,
    /// The page, or the answer it came with, asks not to be indexed.
    NoIndex,
    /// The page holds several documents.
    Parts,
    /// A selector of the source's rules selects nothing any more.
    RuleUnmatched,
}

impl NoticeKind {
    const ALL: [NoticeKind; 20] = [
        NoticeKind::EmptyPayload,
        NoticeKind::NoText,
        NoticeKind::Undated,
        NoticeKind::FutureDate,
        NoticeKind::DatesDisagree,
        NoticeKind::DatedByChange,
        NoticeKind::Charset,
        NoticeKind::Coding,
        NoticeKind::Bounded,
        NoticeKind::Unsupported,
        NoticeKind::Scanned,
        NoticeKind::Panicked,
        NoticeKind::SoftNotFound,
        NoticeKind::Wall,
        NoticeKind::OutOfOrder,
        NoticeKind::ForSubscribers,
        NoticeKind::InDoubt,
        NoticeKind::NoIndex,
        NoticeKind::Parts,
        NoticeKind::RuleUnmatched,
    ];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            NoticeKind::EmptyPayload => "empty_payload",
            NoticeKind::NoText => "no_text",
            NoticeKind::Undated => "undated",
            NoticeKind::FutureDate => "future_date",
            NoticeKind::DatesDisagree => "dates_disagree",
            NoticeKind::DatedByChange => "dated_by_change",
            NoticeKind::Charset => "charset",
            NoticeKind::Coding => "coding",
            NoticeKind::Bounded => "bounded",
            NoticeKind::Unsupported => "unsupported",
            NoticeKind::Scanned => "scanned",
            NoticeKind::Panicked => "panicked",
            NoticeKind::SoftNotFound => "soft_not_found",
            NoticeKind::Wall => "wall",
            NoticeKind::OutOfOrder => "out_of_order",
            NoticeKind::ForSubscribers => "for_subscribers",
            NoticeKind::InDoubt => "in_doubt",
            NoticeKind::NoIndex => "no_index",
            NoticeKind::Parts => "parts",
            NoticeKind::RuleUnmatched => "rule_unmatched",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
