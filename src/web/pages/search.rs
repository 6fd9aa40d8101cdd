//! The search page.

mod parameters;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::coded;
use super::day_form::DayForm;
use super::due::{self, Due};
use super::facets::{self, FacetView, Histogram};
use super::hits::{self, HitView};
use super::lately::{Lately, lately};
use crate::index::{self, CountedBy, EntryKind, Order, Wanted};
use crate::pipeline::{self, Pasted};
use crate::text::days;
use crate::timeline::export::Format;

pub(in crate::web) use parameters::{Asked, SearchParameters};

/// Quotes that are shown of whoever is called as what was typed.
const OWN: usize = 3;
/// Days of the changes that the front page leads to.
const WEEK: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);

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
    /// The latest quotes of whoever is called as what was typed, where that is nothing else: they come before who speaks of them.
    own: Vec<HitView>,
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
    exports_merged: Vec<(&'static str, String)>,
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
    edits: Vec<Lately>,
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
        own: Vec::new(),
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
        exports_merged: Vec::new(),
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
    // The form names an order always: where there is no word that one could weigh, it is none that was chosen.
    if asked.wanted.order == Order::Relevance {
        asked.wanted.order = asked.query.order(&asked.wanted.kinds);
    }
    if asked.wanted.order == Order::Oldest {
        page.sort = "oldest";
    }
    if page.is_first {
        // The front page shows what was said last.
        asked.wanted.order = Order::Newest;
        let today = pipeline::today();
        page.edits = lately(desk, jiff::Timestamp::now() - WEEK).await?;
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
        if let Some(named) =
            named.filter(|named| named.is_all && kinds == [EntryKind::Quote] && query.narrowings().is_empty())
        {
            page.own = own_quotes(desk, &named.clause).await?;
        }
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
    let views = hits::views(desk, &found.hits, query.as_of()).await?;
    page.hits = hits::folded(&found.hits, views);
    if query.as_of_day().is_some() {
        page.hits.iter_mut().for_each(HitView::tell_today_apart);
    }
    page.previous = (offset > 0).then(|| parameters.address(offset.saturating_sub(limit)));
    page.next = (page.to < total).then(|| parameters.address(offset + limit));
    if total > 0 && !page.is_first {
        let timeline = timeline_address(&parameters.whole(&desk.tracker), page.kind);
        page.exports = export_links(&timeline, false);
        page.exports_merged = merged_links(&timeline, false);
        page.timeline = Some(timeline);
    }
    Ok(error::page(StatusCode::OK, &page))
}

/// The latest quotes that a clause finds.
async fn own_quotes(desk: &Desk, clause: &str) -> Result<Vec<HitView>, Failure> {
    let query = desk.tracker.query(clause)?;
    let wanted = Wanted {
        kinds: vec![EntryKind::Quote],
        order: Order::Newest,
        offset: 0,
        limit: OWN,
        after: None,
        is_counted: false,
    };
    let found = desk.ask(move |searcher| searcher.search(&query, &wanted)).await?;
    let views = hits::views(desk, &found.hits, None).await?;
    Ok(hits::folded(&found.hits, views))
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
pub(super) fn export_links(timeline: &str, with_changes: bool) -> Vec<(&'static str, String)> {
    let formats = Format::ALL.iter();
    let address = |format: &Format| {
        // What can be cited are no changes.
        let changes = match with_changes && !format.is_of_references() {
            true => "&changes=yes",
            false => "",
        };
        format!("{timeline}{changes}&format={}", format.code())
    };
    formats.map(|format| (format.name(), address(format))).collect()
}

/// The same of tables and texts with one line a wording, with who else prints it.
pub(super) fn merged_links(timeline: &str, with_changes: bool) -> Vec<(&'static str, String)> {
    const MERGED: [Format; 4] = [Format::Csv, Format::Excel, Format::Html, Format::Markdown];
    let links = export_links(timeline, with_changes).into_iter();
    let merged = links.filter(|(name, _)| MERGED.iter().any(|format| format.name() == *name));
    merged
        .map(|(name, address)| (name, format!("{address}&merge_printings=yes")))
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
