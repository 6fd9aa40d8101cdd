//! A paper's quote beside the office's own text.

use super::own_words::own_words;
use super::printing::Printing;
use crate::index::{Entry, EntryKind};
use crate::model::source::SourceKind;

/// How a paper's quote stands beside the office's own text.
#[derive(Clone, Debug, PartialEq)]
pub struct BesideOffice {
    /// What the office prints: its quote, or the document where it stands in running text.
    pub office: Entry,
    /// The paper's quote as a printing of that.
    pub printing: Printing,
}

/// A paper's quote beside the office's own text, where one of its other printings is that.
pub fn beside_office(own: &Entry, printings: &[Printing]) -> Option<BesideOffice> {
    if own.source_kind == SourceKind::Official {
        return None;
    }
    let official = |printing: &&Printing| {
        printing.entry.source_kind == SourceKind::Official && printing.held_until().is_none()
    };
    // An office may say nearly the same again with other figures: the one that it is printed of is the one that it is most like, then the
    // nearest in time.
    let office = printings.iter().filter(official).min_by_key(|printing| {
        let graves = printing.differences.iter().filter(|it| it.is_grave()).count();
        let days = printing.entry.published_on.zip(own.published_on);
        let apart = days.and_then(|(one, other)| one.until(other).ok());
        (
            printing.is_other_speaker,
            graves,
            printing.agreement,
            apart.map_or(i32::MAX, |apart| apart.get_days().abs()),
            printing.entry.kind != EntryKind::Quote,
            &printing.entry.id,
        )
    })?;
    let printing = Printing::new(
        &office.entry,
        &office.words,
        own.clone(),
        own_words(own),
        office.agreement,
    );
    Some(BesideOffice {
        office: office.entry.clone(),
        printing: Printing {
            until: office.until,
            ..printing
        },
    })
}
