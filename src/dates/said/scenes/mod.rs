//! The scene that a report tells of: "The council voted Tuesday." Reports name its day once, and whoever is heard there is
//! heard on that day.
//!
//! A day is given to those whom the text ties to the scene: who speaks to the body, sits in it, answers somebody there, or is
//! told to have been there. Of others who are heard while a meeting is told of nothing says whether they spoke there or were
//! asked later, so theirs are the days from the meeting to the document's own. Who is heard elsewhere keeps the document's day.

mod apart;
mod finding;
mod ties;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::Telling;
use super::carried::is_next;
use super::lists::List;
use super::sayings::{Pieces, Saying};
use crate::model::date::{SaidOn, When};
use crate::model::quote::Quote;
use crate::model::span::Span;
pub(super) use finding::{is_clause, is_meeting};
use ties::Tie;

/// What a text tells of a day on which people spoke.
struct Scene {
    when: When,
    /// The words that name the day.
    evidence: Span,
    sentence: Span,
    kind: Kind,
    /// It lies some time back, so that it is told of in passing: in its own paragraph and the next one.
    is_passing: bool,
    /// Its sentence names no day before it: "two weeks after a hearing on Sept. 29".
    is_alone: bool,
    /// The words of its sentence, in small letters.
    words: HashSet<String>,
}

impl Scene {
    /// Whether it is told with those who report, or with what they come to.
    fn is_before_press(&self) -> bool {
        let is_press = |word: &String| List::Press.has(word) || List::Gathered.has(word);
        self.kind != Kind::Stage || self.words.iter().any(is_press)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// People came together, and any of them may be heard.
    Meeting,
    /// A court ruled or heard a case.
    Court,
    /// One person spoke or did something before the public.
    Stage,
}

/// The rule of the day of the scene that a speaker is tied to.
const SCENE: &str = "scene";

/// Where a speaker was heard last.
#[derive(Clone, Copy)]
enum Heard {
    /// In the scene of this number.
    There(usize),
    /// Somewhere else, or on another day.
    Elsewhere,
}

impl Telling<'_> {
    /// Gives quotes for which the document's own day stands in the day of the scene in which they are heard.
    pub(super) fn set_scenes(&self, quotes: &[Quote], said: &mut [Option<SaidOn>]) {
        let scenes = self.scenes();
        if scenes.is_empty() {
            return;
        }
        let pieces = Pieces::of(quotes);
        let sayings = quotes.iter().enumerate();
        let mut sayings: Vec<Saying<'_>> = sayings
            .filter_map(|(index, quote)| Saying::of(self.text, index, quote))
            .collect();
        sayings.sort_by_key(|saying| saying.stretch.start());
        let mut walk = Walk {
            telling: self,
            scenes: &scenes,
            pieces: &pieces,
            heard: HashMap::new(),
            before: None,
            begun: 0,
            is_open: false,
        };
        for saying in &sayings {
            let own = said[saying.index].as_ref();
            if let Some(day) = walk.day(saying, own) {
                said[saying.index] = Some(day);
            }
        }
    }
}

/// A walk through what is said in a text, in order.
struct Walk<'t> {
    telling: &'t Telling<'t>,
    scenes: &'t [Scene],
    pieces: &'t Pieces,
    /// By surname.
    heard: HashMap<String, Heard>,
    /// The words before, and the scene in which they were said.
    before: Option<(Span, usize)>,
    /// How many scenes have begun.
    begun: usize,
    /// Whether nobody is heard elsewhere since the last of them.
    is_open: bool,
}

impl Walk<'_> {
    /// The day of the scene in which something is said, where only the document's own day is known.
    fn day(&mut self, saying: &Saying<'_>, own: Option<&SaidOn>) -> Option<SaidOn> {
        let number = self.own_scene(saying, self.scene_at(saying)?);
        let scene = &self.scenes[number];
        if self.begun <= number {
            (self.begun, self.is_open) = (number + 1, true);
        }
        let key = self.key(saying);
        let own = own?;
        if own.rule != SaidOn::OF_DOCUMENT {
            let is_there = own.when == scene.when;
            self.note(key, saying, is_there.then_some(number));
            return None;
        }
        if self.is_present(saying) {
            return None;
        }
        if self.is_apart(saying, scene) {
            self.note(key, saying, None);
            return None;
        }
        let heard = key.as_ref().and_then(|key| self.heard.get(key).copied());
        let tie = self.tie(saying, number, heard)?;
        if tie == Tie::Sure {
            self.note(key, saying, Some(number));
        }
        self.said(scene, tie)
    }

    fn said(&self, scene: &Scene, tie: Tie) -> Option<SaidOn> {
        let evidence = Some(scene.evidence);
        if tie == Tie::Sure {
            return Some(SaidOn {
                when: scene.when.clone(),
                evidence,
                rule: SCENE,
            });
        }
        let published = self.telling.published?;
        let (earliest, latest) = (scene.when.earliest, published);
        (earliest < latest).then(|| SaidOn {
            when: When {
                edtf: format!("{earliest}/{latest}"),
                earliest,
                latest,
            },
            evidence,
            rule: SaidOn::SINCE_MEETING,
        })
    }

    /// Notes where somebody is heard.
    fn note(&mut self, key: Option<String>, saying: &Saying<'_>, scene: Option<usize>) {
        if let Some(key) = key {
            let heard = scene.map_or(Heard::Elsewhere, Heard::There);
            self.heard.insert(key, heard);
        }
        self.before = scene.map(|scene| (saying.stretch, scene));
        self.is_open &= scene.is_some();
    }

    /// The scene of somebody who was heard in the present one before the text went back to an earlier: "told senators Friday … A
    /// day earlier, families had testified … Lima said".
    fn own_scene(&self, saying: &Saying<'_>, number: usize) -> usize {
        let heard = self.key(saying).and_then(|key| self.heard.get(&key).copied());
        let Some(Heard::There(own)) = heard else {
            return number;
        };
        let (there, here) = (&self.scenes[own], &self.scenes[number]);
        let is_back = here.when.latest < there.when.earliest && !there.is_passing;
        let is_here = self.is_in_subject(saying, here) || self.is_spoken_to(saying, here);
        if is_back && !is_here { own } else { number }
    }

    /// The number of the scene told of last before something is said, and not in passing somewhere above.
    fn scene_at(&self, saying: &Saying<'_>) -> Option<usize> {
        let begun = self
            .scenes
            .partition_point(|scene| scene.evidence.end() <= saying.stretch.end());
        let is_on = |scene: &Scene| {
            let between = || self.telling.between(scene.evidence.end(), saying.stretch.start());
            !scene.is_passing || is_next(between())
        };
        // What was told of long before is looked for among the last few only, so that the time stays linear.
        let last = begun.saturating_sub(PASSING)..begun;
        last.rev().find(|at| is_on(&self.scenes[*at]))
    }
}

/// Scenes that a text tells of in passing one behind the other, at most.
const PASSING: usize = 8;
