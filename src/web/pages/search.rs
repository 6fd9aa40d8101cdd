//! The search page.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::api::values;
use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::super::further::{self, Further};
use super::coded;
use super::day_form::DayForm;
use super::due::{self, Due};
use super::edits::{self, EditView};
use super::facets::{self, FacetView, Histogram};
use super::hits::{self, HitView};
use crate::index::{self, CountedBy, EntryKind, Order, Query, Wanted};
use crate::pipeline::{self, Pasted, Tracker};
use crate::text::days;
use crate::timeline::export::Format;

/// Days of the changes that the front page leads to.
const WEEK: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);
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
    q: String,
    /// Words whose other printings are looked for, as they were copied.
    #[serde(default)]
    like: String,
    /// `quotes` (the default), `documents`, `dates` or `all`.
    #[serde(default)]
    #[param(inline, value_type = values::KindCode)]
    kind: String,
    /// `relevance` (the default), `newest` or `oldest`.
    #[serde(default)]
    #[param(inline, value_type = values::OrderCode)]
    sort: String,
    /// Hits to pass over.
    #[serde(default)]
    offset: usize,
    /// Hits of this answer, at most 200; of `ndjson` any number.
    pub(in crate::web) limit: Option<usize>,
    /// The `next` of an earlier answer to the same search: the list goes on there, in its order. By day nothing is given
    /// twice or left out, whatever was indexed since; by relevance it ends after 10,000 hits.
    after: Option<String>,
    /// What all that is found is counted by: `true` for everything, or some of `speaker`, `body`, `source`, `kind`, `quote_kind`,
    /// `stance`, `genre`, `topic` and `month`, with commas between.
    #[serde(default)]
    facets: String,
    /// `json` (the default) or `ndjson`: one hit a line, all of them, the oldest day first; `limit` is the only other
    /// parameter it goes with. `Accept: application/x-ndjson` asks for the same.
    #[serde(default)]
    #[param(inline, value_type = values::AnswerCode)]
    pub(in crate::web) format: String,
}

/// A search as it is meant.
pub(in crate::web) struct Asked {
    pub(in crate::web) text: String,
    pub(in crate::web) query: Query,
    pub(in crate::web) wanted: Wanted,
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
        let limit = self.limit.unwrap_or(tracker.settings.search.hits).min(MOST_HITS);
        let (after, offset) = match further {
            None => (None, self.offset),
            Some(Further::Behind(cursor)) => (Some(cursor), self.offset),
            Some(Further::From(further)) => (None, further.saturating_add(self.offset)),
        };
        let query = tracker.query(&self.q)?.like(&self.like);
        Ok(Asked {
            text: self.q.clone(),
            query,
            wanted: Wanted {
                kinds,
                order,
                offset: offset.min(MOST_PASSED_OVER),
                limit,
                after,
                // Who goes on was told the number on the first page.
                is_counted: further.is_none(),
            },
        })
    }

    /// The order that is asked for, which one that goes on must not contradict.
    fn order(&self, further: Option<Further>) -> Result<Order, Failure> {
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
            (order, of_list) => Ok(of_list.or(order).unwrap_or_default()),
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
    fn whole(&self, tracker: &Tracker) -> String {
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
    fn narrowed(&self, query: &Query, clause: &str) -> String {
        self.with_query(query.narrowed(&self.q, clause)).address(0)
    }

    /// The same of another query.
    fn with_query(&self, query: String) -> Self {
        Self {
            q: query,
            ..self.clone()
        }
    }

    /// The search for other printings of what was typed, where that is a sentence and some are held.
    async fn as_printings(&self, desk: &Desk) -> Result<Option<Suggestion>, Failure> {
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
    fn suggestion(&self, told: String, clause: &str, kind: &str) -> Suggestion {
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
    fn of_kind(&self, kind: EntryKind) -> String {
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
    fn named(&self, named: &pipeline::Named) -> Suggestion {
        self.suggestion(named.told(), &named.clause, "")
    }

    /// Whether nothing but words is asked for, among quotes: a condition that was typed beside a name must not be let go of.
    fn may_be_a_name(&self, query: &Query) -> bool {
        let is_of_quotes = matches!(self.kind.as_str(), "" | "quotes");
        let is_typed = !self.q.trim().is_empty() && self.like.trim().is_empty();
        is_of_quotes && is_typed && query.narrowings().is_empty()
    }

    /// The search for what somebody said whose name was typed and nothing else, where that found nothing as words: it is that
    /// which was looked for.
    async fn of_the_named(&self, desk: &Desk, query: &Query) -> Result<Option<(Self, Vec<String>)>, Failure> {
        if !self.may_be_a_name(query) {
            return Ok(None);
        }
        let asked = query.clone();
        let why = desk
            .ask(move |searcher| pipeline::why_nothing(searcher, &asked, &[EntryKind::Quote]))
            .await?;
        let named = why.named.clone().filter(|named| named.is_all);
        Ok(named.map(|named| {
            let typed = self.q.trim();
            let mut told = vec![format!("`{typed}` is in no quote itself: {}", named.told())];
            // Where the words themselves stand is told as well.
            told.extend(pipeline::Nothing { named: None, ..why }.sentences());
            (self.with_query(named.clause), told)
        }))
    }

    /// Clauses that were perhaps meant in the place of those that nothing has.
    fn meant(&self, query: &Query, nowhere: &[(String, Option<String>)]) -> Vec<Suggestion> {
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
    fn address(&self, offset: usize) -> String {
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

/// A search that was perhaps meant, with what is said of it.
struct Suggestion {
    told: String,
    clause: String,
    address: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    query: &'a str,
    like: &'a str,
    kind: &'a str,
    sort: &'a str,
    /// The days that are asked for, as the form has them.
    days: DayForm,
    is_first: bool,
    totals: crate::store::Totals,
    /// Whether there are topics, so that not everything is shown.
    has_topics: bool,
    /// Whether there are quotes beside those that a search without a word finds.
    is_some_unshown: bool,
    error: Option<String>,
    notices: Vec<String>,
    /// Who is called as words that were typed.
    named: Option<Suggestion>,
    /// What the officials of a body said that is asked for as a speaker.
    spoken_for: Option<Suggestion>,
    /// What was perhaps meant.
    meant: Vec<Suggestion>,
    /// What is found of other kinds, where nothing is of those that were asked for: how much, in words, and the address of all of it.
    elsewhere: Option<(String, String)>,
    /// What narrows the search, each with the address of the same search without it.
    narrowings: Vec<(String, String)>,
    /// How the query was taken, where something of it was passed over.
    understood: Option<String>,
    forms: &'static [(&'static str, &'static str)],
    total: usize,
    from: usize,
    to: usize,
    hits: Vec<HitView>,
    previous: Option<String>,
    next: Option<String>,
    timeline: Option<String>,
    exports: Vec<(&'static str, String)>,
    /// Leads to the form that saves this search.
    save: String,
    /// What could not be seen: how many sources were asked of, and the gaps.
    sources: usize,
    gaps: Vec<(String, String)>,
    /// The day before which nobody knows any more how sources answered, where an earlier one is asked for.
    known_from: Option<String>,
    facets: Vec<FacetView>,
    histogram: Option<Histogram>,
    /// On the front page: what falls due next, and what changed lately.
    due: Option<Due>,
    edits: Vec<EditView>,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    parameters: Result<Parameters<SearchParameters>, QueryRejection>,
) -> Result<Response, Failure> {
    let Parameters(parameters) = parameters.map_err(|rejected| {
        asked::unreadable(&rejected, "parameters are q, like, kind, sort, offset and limit")
    })?;
    if let Some(place) = named_thing(&desk, &parameters).await? {
        return Ok(Redirect::to(&place).into_response());
    }
    answered(&desk, &parameters, Vec::new()).await
}

/// The page of the one thing whose id or address was typed, where it was and that is held.
async fn named_thing(desk: &Desk, parameters: &SearchParameters) -> Result<Option<String>, Failure> {
    if !parameters.like.trim().is_empty() {
        return Ok(None);
    }
    let pasted = pipeline::pasted(&desk.tracker, &parameters.q).await?;
    Ok(pasted.map(|thing| match thing {
        Pasted::Quote(id) => format!("/quotes/{id}"),
        Pasted::Document(id) => format!("/documents/{id}"),
        Pasted::Revision(document, id) => format!("/documents/{document}?revision={id}"),
        Pasted::Capture(id) => format!("/captures/{id}"),
    }))
}

/// The answer to what was asked; `told` is said above it.
async fn answered(
    desk: &Desk,
    parameters: &SearchParameters,
    told: Vec<String>,
) -> Result<Response, Failure> {
    let mut page = SearchPage {
        query: &parameters.q,
        like: &parameters.like,
        kind: if parameters.kind.is_empty() {
            "quotes"
        } else {
            &parameters.kind
        },
        sort: if parameters.sort.is_empty() {
            "relevance"
        } else {
            &parameters.sort
        },
        days: DayForm::of(None),
        is_first: [&parameters.q, &parameters.like, &parameters.kind]
            .iter()
            .all(|given| given.trim().is_empty()),
        totals: crate::store::Totals::default(),
        has_topics: !desk.tracker.topics.is_empty(),
        is_some_unshown: false,
        error: None,
        notices: Vec::new(),
        named: None,
        spoken_for: None,
        meant: Vec::new(),
        elsewhere: None,
        narrowings: Vec::new(),
        understood: None,
        forms: &index::FORMS,
        total: 0,
        from: 0,
        to: 0,
        hits: Vec::new(),
        previous: None,
        next: None,
        timeline: None,
        exports: Vec::new(),
        save: saving_address(&parameters.whole(&desk.tracker), &parameters.kind),
        sources: 0,
        gaps: Vec::new(),
        known_from: None,
        facets: Vec::new(),
        histogram: None,
        due: None,
        edits: Vec::new(),
    };
    let mut asked = match parameters.asked(&desk.tracker) {
        Ok(asked) => asked,
        // What is wrong with a query is shown beside it, so that it can be mended there.
        Err(failure) => {
            page.error = Some(failure.message.clone());
            return Ok(error::page(failure.status, &page));
        }
    };
    if page.is_first {
        // The front page shows what was said last.
        asked.wanted.order = Order::Newest;
        let today = pipeline::today();
        page.edits = edits::lately(desk, jiff::Timestamp::now() - WEEK).await?;
        page.due = desk.ask(move |searcher| due::next(searcher, today)).await?;
    }
    page.days = DayForm::of(Some(&asked.query));
    page.notices = told;
    page.notices.extend(asked.query.notices.iter().cloned());
    page.understood = (!asked.query.notices.is_empty()).then(|| asked.query.understood());
    let narrowings = asked.query.narrowings().into_iter();
    page.narrowings = narrowings
        .map(|(clause, rest)| (clause, parameters.with_query(rest).address(0)))
        .collect();
    let (offset, limit) = (asked.wanted.offset, asked.wanted.limit.max(1));
    let query = asked.query.clone();
    let kinds = asked.wanted.kinds.clone();
    let wanted = asked.wanted.clone();
    let by = CountedBy::ALL.to_vec();
    let (mut found, counted) = desk
        .search_counted(asked.query.clone(), asked.wanted.clone(), by)
        .await?;
    let total = found.total.unwrap_or_default();
    if total == 0
        && let Some((parameters, told)) = parameters.of_the_named(desk, &query).await?
    {
        return Box::pin(answered(desk, &parameters, told)).await;
    }
    let (offset, notice) = asked::page_of(offset, limit, total, "result");
    if notice.is_some() {
        page.notices.extend(notice);
        asked.wanted.offset = offset;
        found = desk
            .search_counted(asked.query, asked.wanted, Vec::new())
            .await?
            .0;
    }
    if total > 1 {
        page.facets = facets::facets(&counted, |clause| parameters.narrowed(&query, clause));
        page.histogram = facets::histogram(&counted, |clause| parameters.narrowed(&query, clause));
    }
    let is_ahead = query.days_asked().0.is_some_and(|from| from > pipeline::today());
    if is_ahead {
        let told = "the days asked for lie ahead: what a text speaks of then is asked for with `mentions:` or `deadline:`";
        page.notices.push(told.into());
    }
    if !page.is_first && !is_ahead {
        let coverage = desk.coverage(query.days_asked()).await?;
        page.sources = coverage.of(&query).count();
        let gaps = coverage
            .of(&query)
            .filter_map(|it| Some((it.name.clone(), days::spelled(&it.gap?.to_string()))));
        page.gaps = gaps.collect();
        page.known_from = coverage.known_from.map(days::day);
    }
    // Counting takes long where much is held: only what is shown is counted.
    if page.is_first || total == 0 {
        page.totals = desk.figures().await?.totals;
        page.is_some_unshown = page.totals.quotes > total as u64;
    }
    if total > 0 && offset == 0 {
        let asked = query.clone();
        let named = desk
            .ask(move |searcher| pipeline::named(searcher, &asked))
            .await?;
        page.named = named.as_ref().map(|named| parameters.named(named));
    }
    if offset == 0 && kinds.contains(&EntryKind::Quote) {
        let asked = query.clone();
        let said = desk
            .ask(move |searcher| pipeline::spoken_for(searcher, &asked, total))
            .await?;
        page.spoken_for = said.map(|said| parameters.suggestion(said.told(), &said.clause, &parameters.kind));
    }
    if total == 0 && !page.is_first {
        let asked_of = (query.clone(), kinds);
        let mut why = desk
            .ask(move |searcher| pipeline::why_nothing(searcher, &asked_of.0, &asked_of.1))
            .await?;
        // What has it is shown, and not only counted: who reads the headline alone must not write that there is nothing.
        let elsewhere = std::mem::take(&mut why.elsewhere);
        if let Some((kind, _)) = elsewhere.first() {
            let wanted = Wanted {
                kinds: vec![*kind],
                offset: 0,
                ..wanted
            };
            found = desk.search_counted(query.clone(), wanted, Vec::new()).await?.0;
            let all = parameters.of_kind(*kind);
            let verb = if elsewhere.iter().map(|(_, count)| count).sum::<usize>() == 1 {
                "does"
            } else {
                "do"
            };
            page.elsewhere = Some((format!("{} {verb}", pipeline::counted_together(&elsewhere)), all));
        }
        page.named = why.named.as_ref().map(|named| parameters.named(named));
        page.meant = parameters.meant(&query, &why.nowhere);
        page.meant.extend(why.said.take().map(|(clause, count)| {
            let quotes = if count == 1 {
                "1 quote was".to_owned()
            } else {
                format!("{count} quotes were")
            };
            parameters.suggestion(format!("{quotes} said on that day. Did you mean"), &clause, "")
        }));
        page.meant.extend(parameters.as_printings(desk).await?);
        // What leads on is shown with its link.
        let nowhere = why.nowhere.iter().filter(|(_, meant)| meant.is_none()).cloned();
        let why = pipeline::Nothing {
            named: None,
            nowhere: nowhere.collect(),
            ..why
        };
        page.notices.extend(why.sentences());
        let change = desk.ask(index::Searcher::change).await?;
        let behind = pipeline::behind(&desk.tracker, change).await?;
        page.notices
            .extend(behind.map(|behind| format!("note: {behind}")));
    }
    page.total = total;
    page.from = offset + 1;
    page.to = offset + found.hits.len();
    let views = hits::views(desk, &found.hits).await?;
    page.hits = hits::folded(&found.hits, views);
    page.previous = (offset > 0).then(|| parameters.address(offset.saturating_sub(limit)));
    page.next = (page.to < total).then(|| parameters.address(offset + limit));
    if total > 0 && !page.is_first {
        let timeline = timeline_address(&parameters.whole(&desk.tracker), page.kind);
        page.exports = export_links(&timeline);
        page.timeline = Some(timeline);
    }
    Ok(error::page(StatusCode::OK, &page))
}

/// The address of the form that saves a search.
fn saving_address(query: &str, kind: &str) -> String {
    let pairs = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", query)
        .append_pair("kind", kind)
        .finish();
    format!("/searches?{pairs}#save")
}

/// The address of a search's timeline.
pub(super) fn timeline_address(query: &str, kind: &str) -> String {
    let pairs = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", query)
        .append_pair("kind", kind)
        .finish();
    format!("/timeline?{pairs}")
}

/// The names of all formats, and the addresses of a timeline in them.
pub(super) fn export_links(timeline: &str) -> Vec<(&'static str, String)> {
    let formats = Format::ALL.iter();
    formats
        .map(|format| (format.name(), format!("{timeline}&format={}", format.code())))
        .collect()
}

/// The address of a search.
pub(super) fn search_address(query: &str, kind: &str, sort: &str) -> String {
    let pairs = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", query)
        .append_pair("kind", kind)
        .append_pair("sort", sort)
        .finish();
    format!("/?{pairs}")
}
