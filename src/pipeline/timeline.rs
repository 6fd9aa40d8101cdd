//! What a query finds, as dated events.

use crate::index::{Entry, EntryKind, IndexError, Order, Query, Searcher};
use crate::model::date::When;
use crate::model::event::{Event, EventKind};
use crate::timeline;

/// The quotes, documents and date mentions that a query finds, in the order of their days; what has no day
/// is left out.
pub fn timeline(searcher: &Searcher, query: &Query) -> Result<Vec<Event>, IndexError> {
    let mut events = Vec::new();
    for hits in searcher.scan(query.clone(), EntryKind::ALL.to_vec(), Order::Oldest) {
        events.extend(hits?.iter().filter_map(|hit| event(&hit.entry)));
    }
    Ok(timeline::ordered(events))
}

fn event(entry: &Entry) -> Option<Event> {
    let (kind, when, text, rule) = match entry.kind {
        EntryKind::Quote => {
            let said = entry.said.as_ref()?;
            (
                EventKind::Said,
                said.when.clone(),
                entry.text.clone(),
                said.rule.clone(),
            )
        }
        EntryKind::Document => {
            let title = entry.title.clone().unwrap_or_else(|| entry.url.clone());
            (
                EventKind::Published,
                When::day(entry.published_on?),
                title,
                "published".to_string(),
            )
        }
        EntryKind::Date => {
            let date = entry.date.as_ref()?;
            (
                EventKind::Mentioned,
                date.when.clone()?,
                entry.around.clone(),
                date.rule.clone(),
            )
        }
    };
    Some(Event {
        uid: format!("{}-{}", kind.code(), entry.id.replace(':', "-")),
        kind,
        when,
        text,
        speaker: entry
            .speakers
            .first()
            .filter(|_| entry.kind == EntryKind::Quote)
            .map(|it| it.name.clone()),
        title: entry.title.clone().unwrap_or_default(),
        source: entry.source_name.clone(),
        url: entry.url.clone(),
        published: entry.published.map(|moment| moment.to_string()),
        rule,
        document: entry.document.clone(),
        quote: (entry.kind == EntryKind::Quote).then(|| crate::model::id::QuoteId::new(entry.id.as_str())),
        capture: entry.capture.clone(),
        captured_at: entry.captured_at,
    })
}
