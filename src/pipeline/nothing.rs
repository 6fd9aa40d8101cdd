//! Why a search found nothing, as far as the index knows: which part of it nothing has, which word or name was perhaps
//! meant, and where else the words stand. A researcher takes an empty answer for a fact, so it must not rest on a slip of the pen.

use std::fmt;

use crate::index::{EntryKind, IndexError, Order, Query, Searcher, Wanted};

/// Parts of a query that are looked at; who types more than that meant none of them alone.
const PARTS: usize = 12;

/// What is known of a search that found nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nothing {
    /// The parts that nothing has, each with the clause that was perhaps meant.
    pub nowhere: Vec<(String, Option<String>)>,
    /// The parts that are found, but not where the query looks, each with the number of entries that have it elsewhere.
    pub outside: Vec<(String, usize)>,
    /// Whether every part is found, but never all of them together.
    pub is_found_apart: bool,
    /// How many entries of other kinds the whole of it finds.
    pub elsewhere: Vec<(EntryKind, usize)>,
}

/// Looks why a query finds nothing among entries of these kinds.
pub fn why_nothing(searcher: &Searcher, query: &Query, kinds: &[EntryKind]) -> Result<Nothing, IndexError> {
    let count = |query: &Query, kinds: &[EntryKind]| {
        let wanted = Wanted {
            kinds: kinds.to_vec(),
            order: Order::Newest,
            offset: 0,
            limit: 0,
            after: None,
            is_counted: true,
        };
        Ok::<_, IndexError>(searcher.search(query, &wanted)?.total.unwrap_or_default())
    };
    let mut nothing = Nothing::default();
    for kind in EntryKind::ALL {
        if !kinds.contains(&kind) {
            let found = count(query, &[kind])?;
            nothing.elsewhere.extend((found > 0).then_some((kind, found)));
        }
    }
    let parts = query.parts();
    if parts.len() > PARTS || !nothing.elsewhere.is_empty() {
        return Ok(nothing);
    }
    for (part, there) in &parts {
        if count(there, kinds)? > 0 {
            continue;
        }
        match count(&part.everywhere(), &EntryKind::ALL)? {
            0 => nothing.nowhere.push((part.understood(), searcher.meant(part)?)),
            found => nothing.outside.push((part.understood(), found)),
        }
    }
    nothing.is_found_apart = nothing.nowhere.is_empty() && nothing.outside.is_empty() && parts.len() > 1;
    Ok(nothing)
}

impl Nothing {
    /// The same in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let nowhere = self.nowhere.iter().map(|(part, meant)| match meant {
            Some(meant) => format!("nothing held has `{part}`; did you mean `{meant}`?"),
            None => format!("nothing held has `{part}`"),
        });
        let outside = self.outside.iter().map(|(part, count)| {
            format!(
                "`{part}` is found only outside what was asked, in {count} other entries: of other kinds, on no topic \
                 (`topic:all`), in reported clauses (`kind:all`) or in earlier wordings (`asof:ever`)"
            )
        });
        let apart = self.is_found_apart.then(|| {
            "each part of the query is found, but nothing has all of them: leave some out".to_owned()
        });
        let elsewhere = (!self.elsewhere.is_empty()).then(|| {
            let counted = self
                .elsewhere
                .iter()
                .map(|(kind, count)| Counted(*kind, *count).to_string());
            format!("found in {}", counted.collect::<Vec<_>>().join(" and "))
        });
        nowhere.chain(outside).chain(apart).chain(elsewhere).collect()
    }
}

/// So many entries of a kind, in words.
struct Counted(EntryKind, usize);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.0 {
            EntryKind::Quote => "quote",
            EntryKind::Document => "document",
            EntryKind::Date => "date mention",
        };
        let plural = if self.1 == 1 { "" } else { "s" };
        write!(f, "{} {name}{plural}", self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_told_in_sentences() {
        let nothing = Nothing {
            nowhere: vec![
                ("speaker:aroyo".into(), Some("speaker:arroyo".into())),
                ("hauler".into(), None),
            ],
            outside: Vec::new(),
            is_found_apart: false,
            elsewhere: vec![(EntryKind::Document, 1), (EntryKind::Date, 2)],
        };
        assert_eq!(
            nothing.sentences(),
            [
                "nothing held has `speaker:aroyo`; did you mean `speaker:arroyo`?",
                "nothing held has `hauler`",
                "found in 1 document and 2 date mentions",
            ]
        );
        assert!(Nothing::default().sentences().is_empty());
    }
}
