//! Events in, a timeline out: ordered, without twins, and written in the formats people's tools take.

pub mod export;

use crate::model::event::Event;

/// The events in the order of their first day, then of their last, their kind and their name; an event
/// that stands there twice is kept once.
pub fn ordered(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by(|one, other| {
        let key = |event: &Event| (event.when.earliest, event.when.latest, event.kind);
        key(one).cmp(&key(other)).then_with(|| one.uid.cmp(&other.uid))
    });
    events.dedup_by(|one, other| one.uid == other.uid);
    events
}
