//! Words given as somebody's.

use super::span::Span;

/// A quote in one text: content, cue and source in the terms of PARC 3.0.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How the words are given.
    pub kind: QuoteKind,
    /// The words, as a list because a cue may interrupt them; without the marks.
    pub content: Vec<Span>,
    /// The stretches that stand inside marks (for a direct quote the same as `content`).
    pub fragments: Vec<Span>,
    /// Who is named as saying them, and how that was read; `None` where the text does not tell.
    pub attribution: Option<Attribution>,
    /// How sure it is that these are words said or written by somebody, from 0 to 1.
    pub confidence: f32,
}

impl Quote {
    /// The words as one string, pieces joined by a space.
    pub fn words(&self, text: &str) -> String {
        words_of(&self.content, text)
    }

    /// The stretch from the first word to the last, whatever stands between.
    pub fn hull(&self) -> Option<Span> {
        let first = self.content.first()?;
        let last = self.content.last()?;
        Some(first.hull(*last))
    }

    /// The same quote in a text of which its own is the part that begins at this byte.
    #[must_use]
    pub fn within(mut self, start: usize) -> Self {
        let spans = self.content.iter_mut().chain(&mut self.fragments);
        let own = self.attribution.iter_mut().flat_map(Attribution::spans);
        spans.chain(own).for_each(|span| *span = span.within(start));
        self
    }
}

/// The words of a quote's content as they are kept and shown: its pieces joined by a space.
pub fn words_of(content: &[Span], text: &str) -> String {
    let pieces: Vec<&str> = content.iter().map(|span| span.slice(text)).collect();
    pieces.join(" ")
}

/// How words are given (PARC 3.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// All words stand in marks.
    Direct,
    /// A reported clause with words in marks inside.
    Mixed,
    /// A reported clause without marks.
    Indirect,
}

impl QuoteKind {
    const ALL: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];

    /// The name used in rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Who a text names as the speaker of a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The reporting word or phrase ("said", "according to", "claim").
    pub cue: Option<Span>,
    /// The stance that the cue takes towards the words; `None` where a colon or a dash does its work.
    pub stance: Option<Stance>,
    /// The words that name the speaker beside the quote ("she", "the mayor", "McLaughlin").
    pub mention: Mention,
    /// The fullest naming of the same person or body in the text, where `mention` is not it.
    pub antecedent: Option<Span>,
    /// Of several who speak together the fullest naming of each; nothing for one alone.
    pub members: Vec<Span>,
    /// The rule that chose the mention.
    pub rule: &'static str,
    /// How sure the choice is, from 0 to 1.
    pub confidence: f32,
}

impl Attribution {
    fn spans(&mut self) -> impl Iterator<Item = &mut Span> {
        let optional = self.cue.iter_mut().chain(&mut self.antecedent);
        let mention = match &mut self.mention {
            Mention::Text(span) => Some(span),
            Mention::Headline(_) => None,
        };
        optional.chain(&mut self.members).chain(mention)
    }
}

/// Where a speaker is named.
#[derive(Clone, Debug, PartialEq)]
pub enum Mention {
    /// In the text.
    Text(Span),
    /// In the headline over it, which says whose text it is: each name as printed there.
    Headline(Vec<String>),
}

impl Mention {
    /// The words of the text; `None` where only the headline names the speaker.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Mention::Text(span) => Some(*span),
            Mention::Headline(_) => None,
        }
    }

    /// The naming as it is printed; several names of a headline with commas between them.
    pub fn printed(&self, text: &str) -> String {
        match self {
            Mention::Text(span) => span.slice(text).to_owned(),
            Mention::Headline(names) => names.join(", "),
        }
    }
}

/// What a reporting word says of the words that it reports, or of how they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// Reports words without weighing them.
    Said,
    /// Wrote or posted them.
    Wrote,
    /// Asked a question.
    Asked,
    /// Answered somebody.
    Answered,
    /// Made something known or official.
    Announced,
    /// Holds something to be so that others may not.
    Claimed,
    /// Warned of something to come.
    Warned,
    /// Said that something is not so, or will not be done.
    Denied,
    /// Granted something that speaks against the speaker.
    Admitted,
    /// Took something upon himself.
    Promised,
    /// Asked somebody to do something.
    Urged,
    /// Told somebody to do something who has to.
    Ordered,
    /// Spoke well of somebody or something.
    Praised,
    /// Spoke ill of somebody or something.
    Criticized,
    /// Gave somebody or something a name.
    Described,
    /// Thought, hoped or feared it.
    Thought,
}

impl Stance {
    /// Every stance.
    pub const ALL: [Stance; 16] = [
        Stance::Said,
        Stance::Wrote,
        Stance::Asked,
        Stance::Answered,
        Stance::Announced,
        Stance::Claimed,
        Stance::Warned,
        Stance::Denied,
        Stance::Admitted,
        Stance::Promised,
        Stance::Urged,
        Stance::Ordered,
        Stance::Praised,
        Stance::Criticized,
        Stance::Described,
        Stance::Thought,
    ];

    /// The name used in word lists, rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Stance::Said => "said",
            Stance::Wrote => "wrote",
            Stance::Asked => "asked",
            Stance::Answered => "answered",
            Stance::Announced => "announced",
            Stance::Claimed => "claimed",
            Stance::Warned => "warned",
            Stance::Denied => "denied",
            Stance::Admitted => "admitted",
            Stance::Promised => "promised",
            Stance::Urged => "urged",
            Stance::Ordered => "ordered",
            Stance::Praised => "praised",
            Stance::Criticized => "criticized",
            Stance::Described => "described",
            Stance::Thought => "thought",
        }
    }

    /// The stance of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.code() == code)
    }
}
