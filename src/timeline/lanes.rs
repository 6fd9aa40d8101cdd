//! Events in lanes: by who spoke, or by who printed it.

use std::collections::BTreeMap;

use crate::model::event::{Event, Line, LineKind};

/// By what events are put into lanes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lanes {
    /// Who spoke; what nobody said has a lane for each kind.
    #[default]
    Speaker,
    /// Who printed it.
    Source,
}

/// A lane and the places of its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The name.
    pub name: String,
    /// The id of the speaker or source, where it is one that is known.
    pub id: Option<String>,
    /// The kind of what nobody said, where it is the lane of one.
    pub kind: Option<LineKind>,
    /// The places of its events, in their order.
    pub events: Vec<usize>,
}

impl Lanes {
    /// Every division.
    pub const ALL: [Lanes; 2] = [Lanes::Speaker, Lanes::Source];

    /// The name used in addresses and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Lanes::Speaker => "speaker",
            Lanes::Source => "source",
        }
    }

    /// The division of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lanes| lanes.code() == code)
    }

    /// The lanes of events: speakers or sources with the most events first, then what nobody said, by kind. An event of
    /// several sources is in the lane of each.
    pub fn of(self, events: &[Event]) -> Vec<Lane> {
        // Two people of one name are two lanes.
        let mut named: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
        let mut of_kind: BTreeMap<LineKind, Vec<usize>> = BTreeMap::new();
        for (index, event) in events.iter().enumerate() {
            match self {
                Lanes::Speaker if event.kind == LineKind::Said => {
                    named.entry(speaker(&event.lines[0])).or_default().push(index);
                }
                Lanes::Speaker => of_kind.entry(event.kind).or_default().push(index),
                Lanes::Source => {
                    for source in sources(event) {
                        named.entry(source).or_default().push(index);
                    }
                }
            }
        }
        let mut lanes: Vec<Lane> = named
            .into_iter()
            .map(|((name, id), events)| Lane {
                name: name.to_string(),
                id: id.map(str::to_string),
                kind: None,
                events,
            })
            .collect();
        lanes.sort_by_key(|lane| std::cmp::Reverse(lane.events.len()));
        lanes.extend(of_kind.into_iter().map(|(kind, events)| Lane {
            name: lane_name(kind).to_string(),
            id: None,
            kind: Some(kind),
            events,
        }));
        lanes
    }
}

/// The lane of a line that stands alone: its name, and what tells it apart from others of that name.
pub(super) fn lane_of(line: &Line, by: Option<Lanes>) -> (&str, &str) {
    let (name, id) = match (by, line.kind) {
        (Some(Lanes::Speaker), LineKind::Said) => speaker(line),
        (Some(Lanes::Source), _) => (line.source_name.as_str(), Some(line.source.as_str())),
        (Some(Lanes::Speaker), kind) => (lane_name(kind), Some(kind.code())),
        (None, kind) => (kind.code(), Some(kind.code())),
    };
    (name, id.unwrap_or(name))
}

fn speaker(line: &Line) -> (&str, Option<&str>) {
    let id = line.speaker.as_ref().map(|(id, _)| id.as_str());
    (line.speaker_name().unwrap_or("No speaker named"), id)
}

fn sources(event: &Event) -> Vec<(&str, Option<&str>)> {
    let lines = event.lines.iter();
    let mut sources: Vec<(&str, Option<&str>)> = lines
        .map(|line| (line.source_name.as_str(), Some(line.source.as_str())))
        .collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

fn lane_name(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Said => "Said",
        LineKind::Published => "Published",
        LineKind::Mentioned => "Days spoken of",
        LineKind::Deadline => "Deadlines",
        LineKind::Changed => "Page changes",
    }
}

#[cfg(test)]
mod tests {
    use super::super::events;
    use super::super::export::tests::line;
    use super::*;
    use crate::model::id::{SourceId, SpeakerId};

    fn lanes(by: Lanes, lines: Vec<Line>) -> Vec<(String, Option<String>, usize)> {
        let lanes = by.of(&events(lines)).into_iter();
        lanes
            .map(|lane| (lane.name, lane.id, lane.events.len()))
            .collect()
    }

    #[test]
    fn two_speakers_of_one_name_have_a_lane_each() {
        let mut other = line("Nobody asked the harbour.");
        other.uid = "said-q2".into();
        other.speaker = Some((SpeakerId::new("ana-lima-2"), "Ana Lima".into()));
        let mut published = line("Harbour, reopened");
        published.kind = LineKind::Published;
        let lanes = lanes(Lanes::Speaker, vec![line("We will stay."), other, published]);
        let named = |id: &str| ("Ana Lima".to_string(), Some(id.to_string()), 1);
        let expected = [
            named("ana-lima"),
            named("ana-lima-2"),
            ("Published".to_string(), None, 1),
        ];
        assert_eq!(lanes, expected);
    }

    #[test]
    fn an_event_is_in_the_lane_of_each_of_its_sources() {
        let mut other = line("We will stay.");
        other.uid = "said-q2".into();
        other.source = SourceId::new("herald");
        other.source_name = "The Herald".into();
        let lanes = lanes(Lanes::Source, vec![line("We will stay."), other]);
        let ids: Vec<Option<&str>> = lanes.iter().map(|(_, id, _)| id.as_deref()).collect();
        assert_eq!(ids, [Some("hall"), Some("herald")]);
    }
}
