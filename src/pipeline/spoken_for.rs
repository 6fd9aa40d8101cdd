//! What is said in the offices of a body that is asked for as a speaker: `speaker:` finds what is given to the body itself, which
//! is often nothing, while its officials are quoted every day.

use crate::index::{EntryKind, IndexError, Order, Query, Searcher, Wanted};

/// What a body said, and its officials in office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenFor {
    /// The query that finds it.
    pub clause: String,
    /// How many quotes it finds.
    pub quotes: usize,
}

impl SpokenFor {
    /// The same as a sentence without its query.
    pub fn told(&self) -> String {
        match self.quotes {
            1 => "With what its officials said in office that is 1 quote".to_owned(),
            quotes => format!("With what its officials said in office these are {quotes} quotes"),
        }
    }
}

/// Looks whether a query, which finds `found` quotes, names a body as its speaker whose officials said more.
pub fn spoken_for(searcher: &Searcher, query: &Query, found: usize) -> Result<Option<SpokenFor>, IndexError> {
    let Some(of_body) = query.of_a_body() else {
        return Ok(None);
    };
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Newest,
        offset: 0,
        limit: 0,
        after: None,
        is_counted: true,
    };
    let quotes = searcher.search(&of_body, &wanted)?.total.unwrap_or_default();
    Ok((quotes > found).then(|| SpokenFor {
        clause: of_body.understood(),
        quotes,
    }))
}
