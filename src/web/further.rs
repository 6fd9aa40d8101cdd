//! Where a list of hits goes on, as programs are given it and give it back.

use sha2::{Digest, Sha256};

use super::error::Failure;
use crate::index::{Cursor, Order};

/// Where a list goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Further {
    /// Behind a hit, in an order of days: whatever was indexed since, nothing is given twice or left out.
    Behind(Cursor),
    /// With the hit of this number, the best being none: by relevance there is nothing that stays to go on behind.
    From(usize),
}

/// What a place is of: another search has other places.
pub(super) fn mark(query: &str, like: &str, kind: &str) -> String {
    let mut digest = Sha256::new();
    for part in [query, like, if kind.is_empty() { "quotes" } else { kind }] {
        digest.update(part);
        digest.update([0]);
    }
    data_encoding::HEXLOWER.encode(&digest.finalize()[..4])
}

impl Further {
    /// As a parameter.
    pub(super) fn written(self, mark: &str) -> String {
        match self {
            Further::Behind(cursor) => format!("{cursor}.{mark}"),
            Further::From(offset) => format!("r{offset}.{mark}"),
        }
    }

    /// Reads a parameter of the search that has this mark.
    pub(super) fn read(text: &str, mark: &str) -> Result<Self, Failure> {
        let mend = "take it from `next`, or leave it away to begin at the first hit";
        let none = || Failure::bad_request("`after` is no `next` of an earlier answer".to_owned(), mend);
        let (place, of) = text.rsplit_once('.').ok_or_else(none)?;
        let further = match place.strip_prefix('r') {
            Some(offset) => Further::From(offset.parse().map_err(|_| none())?),
            None => Further::Behind(place.parse().map_err(|()| none())?),
        };
        if of != mark {
            let message = "`after` is the `next` of another search".to_owned();
            return Err(Failure::bad_request(
                message,
                "`q`, `like` and `kind` must be those of the answer that it comes from",
            ));
        }
        Ok(further)
    }

    /// The order of the list.
    pub(super) fn order(self) -> Order {
        match self {
            Further::Behind(cursor) => cursor.order(),
            Further::From(_) => Order::Relevance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_back_by_the_search_that_they_are_of() {
        let cursor: Cursor = "n20490.00000000000000ff".parse().expect("a cursor");
        let of = mark("ferry", "", "");
        for further in [Further::Behind(cursor), Further::From(40)] {
            let text = further.written(&of);
            assert_eq!(Further::read(&text, &of).expect("a place"), further);
            assert!(Further::read(&text, &mark("ferry", "", "documents")).is_err());
            assert_eq!(of, mark("ferry", "", "quotes"));
        }
        for nonsense in [
            "",
            "nonsense",
            "r.",
            "r-1.00",
            "n1.zz",
            "é.é",
            "n20490.00000000000000ff",
        ] {
            assert!(Further::read(nonsense, &of).is_err(), "{nonsense}");
        }
    }
}
