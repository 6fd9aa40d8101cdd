//! What a check says that is not as it should be.

use crate::archive::ArchiveError;
use crate::model::id::{CaptureId, QuoteId, RevisionId};
use crate::pipeline::in_words;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A capture's record cannot be read, or its bytes are not those that were archived.
    Record {
        /// The capture, where a row names it.
        capture: Option<CaptureId>,
        /// The archive file and offset.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// A capture's record could not be looked at: nothing is known of its bytes.
    Unreadable {
        /// The capture, where a row names it.
        capture: Option<CaptureId>,
        /// The archive file and offset.
        place: String,
        /// What keeps it from being read.
        problem: String,
    },
    /// An archive file is gone: nothing is known of what lay in it.
    Gone {
        /// The file.
        segment: String,
        /// The captures whose bytes lay in it, as far as they were asked for.
        captures: u64,
        /// The quotes read out of them.
        quotes: u64,
    },
    /// An archive file ends before the last record that rows tell of.
    Shorter {
        /// The file.
        segment: String,
        /// The bytes that it has.
        bytes: u64,
        /// The bytes that it had.
        on_record: u64,
    },
    /// The records of an archive file do not lie where they were written; they are looked for by their ids.
    Rewritten {
        /// The archive file.
        segment: String,
    },
    /// A row does not say what the archive says.
    Row {
        /// The capture that it was checked with.
        capture: CaptureId,
        /// What the row is of.
        part: Part,
        /// The row's id.
        id: String,
        /// What is wrong.
        problem: String,
    },
    /// A wording that no capture on record is said to have shown.
    Unattached {
        /// The revision.
        revision: RevisionId,
    },
    /// A quote's words do not stand in the capture it is shown from.
    Quote {
        /// The quote.
        quote: QuoteId,
        /// The revision it stands in.
        revision: RevisionId,
        /// The capture.
        capture: CaptureId,
        /// The words that were not found.
        words: String,
    },
}

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A capture.
    Capture,
    /// A wording of a document.
    Revision,
    /// A quote.
    Quote,
}

impl Part {
    /// The name used in messages and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Part::Capture => "capture",
            Part::Revision => "revision",
            Part::Quote => "quote",
        }
    }
}

impl Finding {
    /// What is said of a record that cannot be had: that it is not as it was archived, or that the system does not let us look.
    pub(super) fn of(capture: Option<CaptureId>, place: String, error: &ArchiveError) -> Self {
        let problem = in_words(error);
        match error {
            ArchiveError::Open { .. } => Self::Unreadable {
                capture,
                place,
                problem,
            },
            _ => Self::Record {
                capture,
                place,
                problem,
            },
        }
    }

    /// Whether it says that something is not as it was archived.
    pub fn is_difference(&self) -> bool {
        !matches!(self, Self::Unreadable { .. } | Self::Gone { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_be_read_is_no_difference_and_says_why() {
        let opened = |kind: std::io::ErrorKind| {
            let error = ArchiveError::Open {
                path: "a.warc.gz".into(),
                source: kind.into(),
            };
            Finding::of(None, "a.warc.gz:0".into(), &error)
        };
        let Finding::Unreadable { problem, .. } = opened(std::io::ErrorKind::PermissionDenied) else {
            panic!("nothing is known of its bytes");
        };
        assert!(problem.contains("permission denied"), "{problem}");
        assert!(!opened(std::io::ErrorKind::PermissionDenied).is_difference());
        let damaged = ArchiveError::Damaged {
            segment: "a.warc.gz".into(),
            offset: 7,
            reason: "no gzip".into(),
        };
        assert!(Finding::of(None, "a.warc.gz:7".into(), &damaged).is_difference());
    }
}
