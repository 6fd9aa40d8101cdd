//! What a search is asked with, and the addresses of searches beside it.

use std::collections::BTreeSet;

use serde::Deserialize;
use utoipa::IntoParams;

use super::super::super::api::values;
use super::super::super::asked;
use super::super::super::desk::Desk;
use super::super::super::error::Failure;
use super::super::super::further::{self, Further};
use super::Suggestion;
use crate::index::{self, CountedBy, EntryKind, Order, Query, Wanted};
use crate::pipeline::{self, Tracker};

/// Words from which on what was typed may be a sentence that was pasted.
const SENTENCE: usize = 6;
/// Names of what is counted by that are looked at; there are fewer.
const MOST_NAMES: usize = 64;
/// The most hits of one answer.
const MOST_HITS: usize = 200;
/// The most hits that are passed over.
const MOST_PASSED_OVER: usize = 1_000_000;

/// What a search is asked with.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct SearchParameters {
    /// The query; nothing means everything. `/help` on the desk says how queries are written.
    #[serde(default)]
    pub(super) q: String,
    /// Words whose other printings are looked for, as they were copied.
    #[serde(default)]
    pub(super) like: String,
    /// `quotes` (the default), `documents`, `dates` or `all`.
    #[serde(default)]
    #[param(inline, value_type = values::KindCode)]
    pub(super) kind: String,
    /// `relevance` (the default), `newest` or `oldest`, the default of dates by nothing but `deadline:` and other fields.
    #[serde(default)]
    #[param(inline, value_type = values::OrderCode)]
    pub(super) sort: String,
    /// Hits to pass over.
    #[serde(default)]
    pub(super) offset: usize,
    /// Hits of this answer, at most 200; of `ndjson` any number.
    pub(in crate::web) limit: Option<usize>,
    /// The `next` of an earlier answer to the same search: the list goes on there, in its order. By day nothing is given
    /// twice or left out, whatever was indexed since; by relevance it ends after 10,000 hits.
    pub(super) after: Option<String>,
    /// What all that is found is counted by: `true` for everything, or some of `speaker`, `body`, `source`, `kind`, `quote_kind`,
    /// `stance`, `genre`, `topic` and `month`, with commas between.
    #[serde(default)]
    pub(super) facets: String,
    /// `json` (the default) or `ndjson`: one hit a line, all of them, the oldest day first; `limit` is the only other
    /// parameter it goes with. `Accept: application/x-ndjson` asks for the same.
    #[serde(default)]
    #[param(inline, value_type = values::AnswerCode)]
    pub(in crate::web) format: String,
}

/// What these parameters ask for.
pub(in crate::web) struct Asked {
    pub(in crate::web) text: String,
    pub(in crate::web) query: Query,
    pub(in crate::web) wanted: Wanted,
}

impl Asked {
    /// The same with its query as it is meant.
    pub(in crate::web) async fn meant(self, desk: &Desk) -> Result<Self, Failure> {
        let query = asked::as_meant(desk, self.query, &self.wanted.kinds).await?;
        Ok(Self { query, ..self })
    }
}

impl SearchParameters {
    /// What these parameters mean.
    pub(in crate::web) fn asked(&self, tracker: &Tracker) -> Result<Asked, Failure> {
        let kinds = asked::kinds(&self.kind)?;
        let further = self
            .after
            .as_deref()
            .map(|after| Further::read(after, &self.mark()));
        let further = further.transpose()?;
        let order = self.order(further)?;
        let query = tracker.query(&self.q)?.like(&self.like);
        let limit = self.limit.unwrap_or(tracker.settings.search.hits).min(MOST_HITS);
        let (after, offset) = match further {
            None => (None, self.offset),
            Some(Further::Behind(cursor)) => (Some(cursor), self.offset),
            Some(Further::From(further)) => (None, further.saturating_add(self.offset)),
        };
        Ok(Asked {
            text: self.q.clone(),
            wanted: Wanted {
                order: order.unwrap_or_else(|| query.order(&kinds)),
                kinds,
                offset: offset.min(MOST_PASSED_OVER),
                limit,
                after,
                // Who goes on was told the number on the first page.
                is_counted: further.is_none(),
            },
            query,
        })
    }

    /// The order that is asked for, where one is; one that goes on must not be contradicted.
    pub(super) fn order(&self, further: Option<Further>) -> Result<Option<Order>, Failure> {
        let order = match self.sort.as_str() {
            "" => None,
            "relevance" => Some(Order::Relevance),
            "newest" => Some(Order::Newest),
            "oldest" => Some(Order::Oldest),
            other => {
                let message = format!("there is no order `{other}`");
                return Err(Failure::bad_request(
                    message,
                    "orders are relevance, newest and oldest",
                ));
            }
        };
        match (order, further.map(Further::order)) {
            (Some(order), Some(of_list)) if order != of_list => {
                let message = format!(
                    "`after` goes on with a list of another order than `sort={}`",
                    self.sort
                );
                Err(Failure::bad_request(
                    message,
                    "leave `sort` away, or give it as it was",
                ))
            }
            (order, of_list) => Ok(of_list.or(order)),
        }
    }

    /// What the places of its list are of.
    pub(in crate::web) fn mark(&self) -> String {
        further::mark(&self.q, &self.like, &self.kind)
    }

    /// What is given with it that lines of everything do not go with.
    pub(in crate::web) fn beside_lines(&self) -> Option<&'static str> {
        let is_counting = !matches!(self.facets.as_str(), "" | "false");
        [
            ("facets", is_counting),
            ("after", self.after.is_some()),
            ("offset", self.offset > 0),
            ("sort", !matches!(self.sort.as_str(), "" | "oldest")),
        ]
        .into_iter()
        .find_map(|(name, is_given)| is_given.then_some(name))
    }

    /// What all that is found is to be counted by.
    pub(in crate::web) fn counted_by(&self) -> Result<Vec<CountedBy>, Failure> {
        let names = match self.facets.as_str() {
            "" | "false" => return Ok(Vec::new()),
            "true" => return Ok(CountedBy::ALL.to_vec()),
            names => names.split(','),
        };
        let known = |name: &str| {
            CountedBy::from_code(name.trim()).ok_or_else(|| {
                let message = format!("nothing is counted by `{}`", name.trim());
                Failure::bad_request(
                    message,
                    "`facets` takes true, or some of speaker, body, source, kind, quote_kind, stance, genre, topic and month",
                )
            })
        };
        let by: BTreeSet<CountedBy> = names.take(MOST_NAMES).map(known).collect::<Result<_, _>>()?;
        Ok(by.into_iter().collect())
    }

    /// All that is asked for as a query: pasted words are a clause of it that must hold beside the rest.
    pub(super) fn whole(&self, tracker: &Tracker) -> String {
        match self.like.trim() {
            "" => self.q.clone(),
            like => {
                let like = like.split(index::QUOTATION_MARKS).collect::<Vec<_>>().join(" ");
                let like = like.split_whitespace().collect::<Vec<_>>().join(" ");
                let clause = format!("like:\"{like}\"");
                match tracker.query(&self.q) {
                    Ok(query) => query.narrowed(&self.q, &clause),
                    Err(_) => self.q.clone(),
                }
            }
        }
    }

    /// The address of the same search with one more clause.
    pub(super) fn narrowed(&self, query: &Query, clause: &str) -> String {
        self.with_query(query.narrowed(&self.q, clause)).address(0)
    }

    /// The same of another query.
    pub(super) fn with_query(&self, query: String) -> Self {
        Self {
            q: query,
            ..self.clone()
        }
    }

    /// The search for other printings of what was typed, where that is a sentence and some are held.
    pub(super) async fn as_printings(&self, desk: &Desk) -> Result<Option<Suggestion>, Failure> {
        if self.q.split_whitespace().count() < SENTENCE {
            return Ok(None);
        }
        let query = desk.tracker.query("")?.like(&self.q);
        let wanted = Wanted {
            kinds: vec![EntryKind::Quote],
            order: Order::Relevance,
            offset: 0,
            limit: 1,
            after: None,
            is_counted: false,
        };
        let found = desk.ask(move |searcher| searcher.search(&query, &wanted)).await?;
        let printings = Self {
            q: String::new(),
            like: self.q.clone(),
            kind: String::new(),
            ..self.clone()
        };
        Ok((!found.hits.is_empty()).then(|| Suggestion {
            told: "Quotes that share most of these words are held. Look for".into(),
            clause: "other printings of them".into(),
            address: printings.address(0),
        }))
    }

    /// Another search, and what is said of it.
    pub(super) fn suggestion(&self, told: String, clause: &str, kind: &str) -> Suggestion {
        let other = Self {
            q: clause.to_owned(),
            kind: kind.to_owned(),
            ..self.clone()
        };
        Suggestion {
            told,
            clause: clause.to_owned(),
            address: other.address(0),
        }
    }

    /// The address of the same search among entries of a kind.
    pub(super) fn of_kind(&self, kind: EntryKind) -> String {
        let kind = match kind {
            EntryKind::Quote => "quotes",
            EntryKind::Document => "documents",
            EntryKind::Date => "dates",
        };
        let other = Self {
            kind: kind.to_owned(),
            ..self.clone()
        };
        other.address(0)
    }

    /// What somebody said whose name was typed.
    pub(super) fn named(&self, named: &pipeline::Named) -> Suggestion {
        self.suggestion(named.told(), &named.clause, "")
    }

    /// The search for what somebody said whose name was typed and nothing else, where that found nothing as words: it is that
    /// which was looked for.
    pub(super) async fn of_the_named(
        &self,
        desk: &Desk,
        query: &Query,
    ) -> Result<Option<(Self, Vec<String>)>, Failure> {
        let (asked, kinds) = (query.clone(), asked::kinds(&self.kind)?);
        let named = desk
            .ask(move |searcher| {
                let Some(named) = pipeline::lone_name(searcher, &asked, &kinds)? else {
                    return Ok(None);
                };
                Ok(Some((named, pipeline::why_nothing(searcher, &asked, &kinds)?)))
            })
            .await?;
        Ok(named.map(|(named, why)| {
            let typed = self.q.trim();
            let mut told = vec![format!("`{typed}` is in no quote itself: {}", named.told())];
            // Where the words themselves stand is told as well.
            told.extend(pipeline::Nothing { named: None, ..why }.sentences());
            (self.with_query(named.clause), told)
        }))
    }

    /// Clauses that were perhaps meant in the place of those that nothing has.
    pub(super) fn meant(&self, query: &Query, nowhere: &[(String, Option<String>)]) -> Vec<Suggestion> {
        let meant = nowhere
            .iter()
            .filter_map(|(part, meant)| Some((part, meant.as_ref()?)));
        let suggested = meant.map(|(part, meant)| {
            let told = format!("Nothing held has {part}. Did you mean");
            let whole = self.suggestion(told, &query.replaced(part, meant), &self.kind);
            Suggestion {
                clause: meant.clone(),
                ..whole
            }
        });
        suggested.collect()
    }

    /// The address of the same search with another beginning.
    pub(super) fn address(&self, offset: usize) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", &self.q),
            ("like", &self.like),
            ("kind", &self.kind),
            ("sort", &self.sort),
        ] {
            if !value.is_empty() {
                pairs.append_pair(name, value);
            }
        }
        if offset > 0 {
            pairs.append_pair("offset", &offset.to_string());
        }
        format!("/?{}", pairs.finish())
    }
}
