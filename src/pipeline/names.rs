//! Who is called what on a day, by the list of speakers.

use std::collections::HashMap;

use jiff::civil::Date;

use super::Tracker;
use crate::index::EntrySpeaker;
use crate::model::id::SpeakerId;
use crate::model::speaker::{Speaker, SpeakerKind};
use crate::resolve::speakers::Gazetteer;
use crate::store::QuoteRow;

/// The entries of the gazetteer by id, and the gazetteer.
pub(super) struct Names<'a> {
    known: HashMap<&'a SpeakerId, &'a Speaker>,
    gazetteer: &'a Gazetteer,
}

impl<'a> Names<'a> {
    pub(super) fn new(tracker: &'a Tracker) -> Self {
        let known = tracker.gazetteer.speakers().iter();
        Self {
            known: known.map(|speaker| (&speaker.id, speaker)).collect(),
            gazetteer: &tracker.gazetteer,
        }
    }

    /// Who spoke, with all that they are found by; of several who spoke together also each who is known.
    pub(super) fn speakers(&self, quote: &QuoteRow, day: Date) -> Vec<EntrySpeaker> {
        let (Some(id), Some(name)) = (quote.speaker.clone(), quote.speaker_name.clone()) else {
            return Vec::new();
        };
        let members = id.members().into_iter().filter_map(|member| {
            let name = self.known.get(&member)?.name.clone();
            Some(self.speaker(member, name, day))
        });
        let members: Vec<EntrySpeaker> = members.collect();
        std::iter::once(self.speaker(id, name, day))
            .chain(members)
            .collect()
    }

    /// The bodies among these, those they held an office of on that day, and those for which one speaks who has no name.
    pub(super) fn bodies(&self, speakers: &[EntrySpeaker], day: Date) -> Vec<EntrySpeaker> {
        let known = speakers.iter().filter_map(|speaker| self.known.get(&speaker.id));
        let bodies = known.flat_map(|known| {
            let own = Some(&known.id).filter(|_| known.kind == SpeakerKind::Body);
            let held = known.offices.iter().filter(|office| office.held_on(day));
            own.into_iter()
                .chain(held.filter_map(|office| office.of.as_ref()))
        });
        let strangers = speakers
            .iter()
            .filter(|speaker| !self.known.contains_key(&speaker.id));
        let represented =
            strangers.filter_map(|speaker| Some(&self.gazetteer.represented(&speaker.name)?.id));
        let bodies = bodies.chain(represented);
        let mut bodies: Vec<EntrySpeaker> = bodies
            .filter_map(|id| self.known.get(id))
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
        let known = id.and_then(|id| self.known.get(&SpeakerId::new(id)));
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
        if let Some(known) = self.known.get(&id) {
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
