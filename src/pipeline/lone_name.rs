//! A name typed alone. Words are looked for in what was said, and who types nothing but a name means its bearer: where no
//! quote has the words themselves, the query is taken for one of what the bearer said, and that is told.

use super::nothing::{Named, named};
use crate::index::{EntryKind, IndexError, Order, Query, Searcher, Wanted};

/// Who is called as a query that is nothing but a name, where no quote has the words themselves. A condition that was typed
/// beside it must not be let go of, and other kinds of entries are found by their words.
pub fn lone_name(
    searcher: &Searcher,
    query: &Query,
    kinds: &[EntryKind],
) -> Result<Option<Named>, IndexError> {
    let may_be_a_name =
        kinds == [EntryKind::Quote] && query.narrowings().is_empty() && !query.as_speakers().is_empty();
    if !may_be_a_name || finds_any(searcher, query, kinds)? {
        return Ok(None);
    }
    Ok(named(searcher, query)?.filter(|named| named.is_all))
}

/// Whether a query finds anything, looked for without counting all of it: every search is asked this first.
fn finds_any(searcher: &Searcher, query: &Query, kinds: &[EntryKind]) -> Result<bool, IndexError> {
    let wanted = Wanted {
        kinds: kinds.to_vec(),
        order: Order::Newest,
        offset: 0,
        limit: 1,
        after: None,
        is_counted: false,
    };
    Ok(!searcher.search(query, &wanted)?.hits.is_empty())
}

/// A query as it is meant: a lone name as that of who speaks, with a notice of it; any other as it was typed. All that answers
/// queries goes by this, so that one query finds the same everywhere.
pub fn as_meant(searcher: &Searcher, query: Query, kinds: &[EntryKind]) -> Result<Query, IndexError> {
    let Some(named) = lone_name(searcher, &query, kinds)? else {
        return Ok(query);
    };
    let told = format!(
        "these words are in no quote themselves; {}: `{}`",
        named.told(),
        named.clause
    );
    let mut meant = named.query;
    meant.notices = query.notices;
    meant.notices.push(told);
    Ok(meant)
}
