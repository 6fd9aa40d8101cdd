//! Who is called what on a day, by the list of speakers.

use std::collections::HashMap;

use jiff::civil::Date;

use super::Tracker;
use crate::index::EntrySpeaker;
use crate::model::id::SpeakerId;
use crate::model::speaker::{Speaker, SpeakerKind};
use crate::store::QuoteRow;

/// The entries of the gazetteer by id.
pub(super) struct Names<'a>(HashMap<&'a SpeakerId, &'a Speaker>);

impl<'a> Names<'a> {
    pub(super) fn new(tracker: &'a Tracker) -> Self {
        let known = tracker.gazetteer.speakers().iter();
        Self(known.map(|speaker| (&speaker.id, speaker)).collect())
    }

    /// Who spoke, with all that they are found by; of several who spoke together also each who is known.
    pub(super) fn speakers(&self, quote: &QuoteRow, day: Date) -> Vec<EntrySpeaker> {
        let (Some(id), Some(name)) = (quote.speaker.clone(), quote.speaker_name.clone()) else {
            return Vec::new();
        };
        let members = id.members().into_iter().filter_map(|member| {
            let name = self.0.get(&member)?.name.clone();
            Some(self.speaker(member, name, day))
        });
        let members: Vec<EntrySpeaker> = members.collect();
        std::iter::once(self.speaker(id, name, day))
            .chain(members)
            .collect()
    }

    /// The bodies among these, and those they held an office of on that day.
    pub(super) fn bodies(&self, speakers: &[EntrySpeaker], day: Date) -> Vec<EntrySpeaker> {
        let known = speakers.iter().filter_map(|speaker| self.0.get(&speaker.id));
        let bodies = known.flat_map(|known| {
            let own = Some(&known.id).filter(|_| known.kind == SpeakerKind::Body);
            let held = known.offices.iter().filter(|office| office.held_on(day));
            own.into_iter()
                .chain(held.filter_map(|office| office.of.as_ref()))
        });
        let mut bodies: Vec<EntrySpeaker> = bodies
            .filter_map(|id| self.0.get(id))
            .map(|body| EntrySpeaker {
                id: body.id.clone(),
                name: body.name.clone(),
                aliases: body.aliases.clone(),
            })
            .collect();
        bodies.sort_by(|one, other| one.id.cmp(&other.id));
        bodies.dedup_by(|one, other| one.id == other.id);
        bodies
    }

    /// What a body is called.
    pub(super) fn of_body(&self, id: Option<&str>) -> Vec<String> {
        let known = id.and_then(|id| self.0.get(&SpeakerId::new(id)));
        known.map_or_else(Vec::new, |body| {
            std::iter::once(&body.name)
                .chain(&body.aliases)
                .cloned()
                .collect()
        })
    }

    /// One with the other names and the offices held on that day.
    fn speaker(&self, id: SpeakerId, name: String, day: Date) -> EntrySpeaker {
        let mut aliases = Vec::new();
        if let Some(known) = self.0.get(&id) {
            aliases.clone_from(&known.aliases);
            for office in known.offices.iter().filter(|office| office.held_on(day)) {
                aliases.push(office.title.clone());
                aliases.extend(office.aliases.iter().cloned());
            }
            aliases.dedup();
        }
        EntrySpeaker { id, name, aliases }
    }
}
