//! What ties a speaker to a scene: whom they speak to, where they sit, whom they answer, what is told of them there.

use super::super::carried::is_next;
use super::super::lists::{List, sits_in};
use super::super::occasions::{is_of_occasion, tells_of_old};
use super::super::sayings::{Saying, spoken_words, surname};
use super::{Heard, Kind, Scene, Walk};
use crate::dates::edtf;
use crate::dates::sentences::words;
use crate::model::span::Span;
use crate::text::sentences::{sentence, sentence_above, sentence_before};

/// How sure it is that somebody spoke in a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    Sure,
    Maybe,
}

/// Days from a meeting to the document on each of which a stranger may have been heard, at most.
const A_WEEK: i64 = 7;
/// Days before the document on which a day that a sentence names is another one than the scene's.
const A_MONTH: i64 = 31;
/// Bytes behind the scene or what was said there in which a stranger is heard.
const NEAR: usize = 1500;
/// Days looked at before a quote for one that the text has gone on to.
const LAST: usize = 8;
/// Sentences above a quote that may tell that its speaker was there.
const SENTENCES: usize = 3;
/// Words in which an occasion or those spoken to are named.
pub(super) const NAMED: usize = 5;
/// Words in which an occasion is named: "at the start of a packed board meeting".
const OCCASION: usize = 8;
/// Words between who is named and what they are told to have done there.
const DEED: usize = 6;
/// Words between what leads to the floor of a body and that: "on the Senate".
const FLOOR: usize = 3;
/// How far before a name an office stands, and behind it, in bytes.
const OFFICE: usize = 60;

impl Walk<'_> {
    pub(super) fn tie(&self, saying: &Saying<'_>, number: usize, heard: Option<Heard>) -> Option<Tie> {
        let scene = &self.scenes[number];
        if self.names_other_day(saying.clause.sentence, scene) {
            return None;
        }
        let text = self.telling.text;
        let own = sentence(text, saying.stretch);
        let tells_other = |above: Option<Span>| above.is_some_and(|above| self.tells_other(above, scene));
        if tells_other(sentence_above(text, own.start())) || self.is_told_absent(saying) {
            return None;
        }
        // "Pell signed it Wednesday. She brushed it off Thursday.¶“…,” she told reporters": what one did on another day ends it.
        let is_left = |above: Option<Span>| {
            above.is_some_and(|above| above != scene.sentence && self.names_other_day(above, scene))
        };
        if scene.kind == Kind::Stage && is_left(sentence_above(text, own.start())) {
            return None;
        }
        let is_sure = self.is_spoken_to(saying, scene) || self.answers(saying, number);
        // "His remark came May 3, at a workshop. “…,” he said."
        let above = sentence_before(text, own.start());
        if !is_sure && self.is_over(saying, scene) {
            return None;
        }
        if !is_sure && above.is_some_and(|above| self.names_other_day(above, scene)) {
            return None;
        }
        let is_tied = || {
            self.is_in_subject(saying, scene)
                || self.sits(saying, scene)
                || self.is_faced(saying, scene)
                || self.is_told_there(saying, scene)
        };
        match heard {
            _ if is_sure => Some(Tie::Sure),
            Some(Heard::Elsewhere) => None,
            Some(Heard::There(there)) if there == number => Some(Tie::Sure),
            _ if is_tied() => Some(Tie::Sure),
            _ if self.may_be_there(saying, number) => Some(Tie::Maybe),
            _ => None,
        }
    }

    /// Whether a sentence tells of another occasion, before that of the scene: "At its May meeting, Lima had opposed it", "Her late
    /// father once led it".
    fn tells_other(&self, above: Span, scene: &Scene) -> bool {
        if above.end() <= scene.sentence.end() {
            return false;
        }
        let words = self.pieces.around(self.telling.text, above);
        let is_occasion = |word: &&str| {
            let small = word.to_lowercase();
            small == "had" || List::Meeting.has(&small) || List::Stage.has(&small)
        };
        let is_before = || self.telling.names_before(above, Some(scene.when.earliest));
        tells_of_old(above.slice(self.telling.text)) || words.iter().any(is_occasion) && is_before()
    }

    /// Whether a sentence that opens with a later day has gone on from the scene: "By Wednesday morning, the mood had changed."
    fn is_over(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        let telling = self.telling;
        let begun = telling
            .outside
            .partition_point(|mention| mention.span.end() <= saying.stretch.start());
        let last = telling.outside[begun.saturating_sub(LAST)..begun].iter();
        let mut later = last.filter(|mention| {
            let is_later = mention
                .when
                .as_ref()
                .is_some_and(|when| when.earliest > scene.when.latest);
            is_later && mention.span.start() > scene.sentence.end() && telling.is_within_days(mention, A_WEEK)
        });
        later.any(|mention| {
            let around = sentence(telling.text, mention.span);
            words(telling.between(around.start(), mention.span.start())) <= 2
        })
    }

    /// Whether a sentence right before, or the clause, tells that the speaker was not there: "Lima was absent."
    fn is_told_absent(&self, saying: &Saying<'_>) -> bool {
        let text = self.telling.text;
        let Some(name) = saying.naming.and_then(|naming| surname(naming.slice(text))) else {
            return false;
        };
        let mut at = Some(sentence(text, saying.stretch));
        for _ in 0..=SENTENCES {
            let Some(earlier) = at else { return false };
            let words = self.pieces.around(text, earlier);
            if words.contains(&name)
                && (words.iter().any(|word| List::Absent.has(word)) || is_told_away(&words))
            {
                return true;
            }
            at = sentence_above(text, earlier.start());
        }
        false
    }

    /// By what a speaker is known again: the surname, else the noun.
    pub(super) fn key(&self, saying: &Saying<'_>) -> Option<String> {
        let naming = saying.naming?.slice(self.telling.text);
        let noun = || {
            naming
                .split_whitespace()
                .next_back()
                .filter(|_| naming.contains(' '))
        };
        surname(naming).or_else(noun).map(str::to_owned)
    }

    /// The reporter's words in the sentences of a saying.
    pub(super) fn own_words(&self, saying: &Saying<'_>) -> Vec<&str> {
        let stretch = saying.stretch.hull(saying.clause.sentence);
        self.pieces.around(self.telling.text, stretch)
    }

    /// Whether a sentence names a day near the document's that is not the scene's.
    fn names_other_day(&self, sentence: Span, scene: &Scene) -> bool {
        let mut days = self.telling.within(sentence).iter();
        days.any(|mention| {
            let is_day = self.telling.is_within_days(mention, A_MONTH);
            is_day && mention.when.as_ref() != Some(&scene.when)
        })
    }

    /// Whether the clause names the occasion or those who came together: "told the council", "said after the meeting".
    pub(super) fn is_spoken_to(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        let own = self.own_small(saying);
        let cue = saying.clause.cue.slice(self.telling.text).to_lowercase();
        let is_told = (0..own.len()).any(|at| own[at] == "told" && is_audience(&own[at + 1..], scene));
        let is_there = scene.kind != Kind::Stage && cue == "testified"
            || scene.kind == Kind::Court && List::Argues.has(&cue);
        let is_public = own.windows(2).any(|two| two == ["public", "comment"]);
        // "said on the Senate floor", where nothing tells of which day, is seldom of a vote of last week.
        let is_new = self
            .telling
            .published
            .is_some_and(|day| edtf::days_between(scene.when.earliest, day) <= A_WEEK);
        let is_on_floor = own.iter().rposition(|word| word == "floor").is_some_and(|floor| {
            let lead = own[floor.saturating_sub(FLOOR)..floor].iter();
            lead.into_iter().any(|word| List::Floor.has(word))
        });
        is_told
            || is_there
            || scene.kind == Kind::Meeting && is_on_floor && is_new
            || scene.kind == Kind::Meeting && is_public
            || self.occasions(&own, scene).any(|is_same| is_same)
    }

    /// Of each occasion that the words of a clause name whether it is that of the scene: "at the hearing", "after the vote".
    pub(super) fn occasions(&self, own: &[String], scene: &Scene) -> impl Iterator<Item = bool> {
        let told = scene.sentence.slice(self.telling.text);
        let named = (0..own.len()).filter_map(move |at| {
            let leads = List::LeadsOccasion.has(&own[at]);
            // "at that meeting" is another one, told of right before.
            let is_that = own.get(at + 1).is_some_and(|word| word == "that");
            let near = own[at + 1..].iter().skip(usize::from(is_that)).take(OCCASION);
            let near = near.take_while(|word| *word != "that");
            let noun = near
                .into_iter()
                .find(|word| List::Meeting.has(word) || List::Stage.has(word));
            noun.filter(|_| leads).map(|noun| {
                // Who opened the pier says so "at the ceremony", who apologized "at a meeting".
                let is_same = scene.kind == Kind::Stage
                    || scene.kind == Kind::Court && noun == "hearing"
                    || scene.words.contains(noun)
                    || is_of_occasion(told, noun);
                is_same && !is_that
            })
        });
        named.collect::<Vec<bool>>().into_iter()
    }

    /// The reporter's words in the sentences of a saying, in small letters.
    pub(super) fn own_small(&self, saying: &Saying<'_>) -> Vec<String> {
        self.own_words(saying)
            .iter()
            .map(|word| word.to_lowercase())
            .collect()
    }

    /// Whether the clause answers what was said in the scene right before.
    fn answers(&self, saying: &Saying<'_>, number: usize) -> bool {
        let is_next = self.before.is_some_and(|(before, scene)| {
            scene == number && is_next(self.telling.between(before.end(), saying.stretch.start()))
        });
        is_next && self.telling.is_reply(saying)
    }

    /// Whether the sentence of the scene names the speaker: "Lima, joined by Cole, announced it".
    pub(super) fn is_named_in(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        let text = self.telling.text;
        let name = saying.naming.and_then(|naming| surname(naming.slice(text)));
        name.is_some_and(|name| spoken_words(scene.sentence.slice(text)).any(|(_, word)| word == name))
    }

    /// Whether the sentence of the scene is about the speaker.
    pub(super) fn is_in_subject(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        let name = saying
            .naming
            .and_then(|naming| surname(naming.slice(self.telling.text)));
        name.is_some_and(|name| self.telling.subject(scene.sentence, name).is_some())
    }

    /// Whether the speaker sits in the body of the scene: "Councilwoman Brandvold", "the judge".
    pub(super) fn sits(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        if scene.kind == Kind::Stage {
            return false;
        }
        let titles = self.titles(saying);
        if titles.iter().any(|word| List::Former.has(word)) {
            return false;
        }
        let is_one = |at: usize| {
            let title = titles[at].as_str();
            // "Planning Board member" sits in no school board.
            let is_same = || {
                let before = at.checked_sub(1).map(|before| &titles[before]);
                !(List::Met.has(title) || title == "commissioner")
                    || before.is_none_or(|word| scene.words.contains(word) || is_small(word))
            };
            scene.words.iter().any(|body| sits_in(body, title)) && is_same()
        };
        (0..titles.len()).any(is_one)
    }

    /// Whether those who met are told to have turned to the speaker: "residents pressed Ann Coe for answers".
    fn is_faced(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        let name = saying
            .naming
            .and_then(|naming| surname(naming.slice(self.telling.text)));
        let words = self.pieces.around(self.telling.text, scene.sentence);
        let verb = words.iter().position(|word| List::Faces.has(word));
        let named = |verb: usize| words[verb + 1..].iter().take(NAMED);
        scene.kind == Kind::Meeting
            && verb.is_some_and(|verb| name.is_some_and(|name| named(verb).any(|word| *word == name)))
    }

    /// The words for an office at a speaker's namings, in small letters: before the name, in it, and behind a comma.
    fn titles(&self, saying: &Saying<'_>) -> Vec<String> {
        let text = self.telling.text;
        let mut titles = Vec::new();
        for naming in [Some(saying.clause.speaker), saying.naming].into_iter().flatten() {
            let low = text.floor_char_boundary(naming.start().saturating_sub(OFFICE));
            let before = text[low..naming.start()]
                .rsplit(BREAKS)
                .next()
                .unwrap_or_default();
            titles.extend(last_words(before));
            titles.extend(spoken_words(naming.slice(text)).map(|(_, word)| word.to_lowercase()));
            let high = text.ceil_char_boundary((naming.end() + OFFICE).min(text.len()));
            let behind = text[naming.end()..high].strip_prefix(", ").unwrap_or_default();
            let aside = behind.split(BREAKS).next().unwrap_or_default();
            titles.extend(spoken_words(aside).map(|(_, word)| word.to_lowercase()));
            // Words of one naming are not before those of another.
            titles.push("the".to_owned());
        }
        titles
    }

    /// Whether a sentence right before tells that the speaker was there: "Keel, who spoke against the plan", "voted no".
    fn is_told_there(&self, saying: &Saying<'_>, scene: &Scene) -> bool {
        let text = self.telling.text;
        let Some(name) = saying.naming.and_then(|naming| surname(naming.slice(text))) else {
            return false;
        };
        let own = sentence(text, saying.stretch);
        let mut at = Some(own);
        for _ in 0..=SENTENCES {
            let Some(earlier) = at.filter(|earlier| earlier.start() >= scene.sentence.end()) else {
                return false;
            };
            if self.tells_there(earlier, name, scene) {
                return true;
            }
            at = sentence_above(text, earlier.start());
        }
        false
    }

    fn tells_there(&self, sentence: Span, name: &str, scene: &Scene) -> bool {
        if self.names_other_day(sentence, scene) {
            return false;
        }
        let words = self.pieces.around(self.telling.text, sentence);
        let Some(place) = words.iter().position(|word| *word == name) else {
            return false;
        };
        let behind: Vec<String> = words[place + 1..]
            .iter()
            .map(|word| word.to_lowercase())
            .collect();
        let is_deed = |at: usize| {
            let next = behind.get(at + 1).map(String::as_str);
            let is_other = next.is_some_and(|next| List::NotThere.has(next));
            let had = at.checked_sub(1).map(|before| behind[before].as_str());
            List::There.has(&behind[at]) && !is_other && !had.is_some_and(|had| List::Had.has(had))
        };
        let is_told = |at: usize| {
            let told = &behind[at + 1..];
            let is_heard = || scene.is_before_press() || !is_told_press(told);
            behind[at] == "told" && is_audience(told, scene) && is_heard()
        };
        let is_seen = behind
            .windows(3)
            .any(|three| three[0] == "in" && three[1] == "the" && List::Seen.has(&three[2]));
        (0..behind.len().min(DEED)).any(|at| is_deed(at) || is_told(at)) || is_seen
    }

    /// Whether somebody may have been there of whom nothing says that they were not: heard soon behind the meeting, by
    /// name, not as somebody who speaks for others or knows about a matter.
    fn may_be_there(&self, saying: &Saying<'_>, number: usize) -> bool {
        let scene = &self.scenes[number];
        let Some((naming, published)) = saying.naming.zip(self.telling.published) else {
            return false;
        };
        let from = self.before.filter(|(_, scene)| *scene == number);
        let from = from.map_or(scene.sentence.end(), |(words, _)| words.end());
        let is_named = surname(naming.slice(self.telling.text)).is_some();
        let is_near = from + NEAR >= saying.stretch.start();
        let is_apart = || self.titles(saying).iter().any(|word| List::Apart.has(word));
        self.is_open
            && !scene.is_passing
            && scene.is_alone
            && edtf::days_between(scene.when.earliest, published) <= A_WEEK
            && is_named
            && is_near
            && !is_apart()
    }
}

/// Whether words tell that somebody did not come: "did not attend", "no asistió".
fn is_told_away(words: &[&str]) -> bool {
    let is_not = |at: usize| {
        let (first, second) = (words[at], words[at + 1]);
        (List::Not.has(first) || first == "t" && at > 0 && words[at - 1] == "didn")
            && List::Coming.has(&second.to_lowercase())
    };
    (0..words.len().saturating_sub(1)).any(is_not)
}

/// Whether words begin with those who came together: "the committee", "the Oldwick council", but neither "the harbor board" of
/// another town nor "the council’s lawyer".
fn is_audience(words: &[String], scene: &Scene) -> bool {
    let is_noun = |word: &String| match scene.kind {
        Kind::Stage => List::Press.has(word) || List::Met.has(word) || List::Crowd.has(word),
        Kind::Court => List::Court.has(word) || List::Met.has(word),
        Kind::Meeting => List::Met.has(word) || List::Meeting.has(word) || List::Crowd.has(word),
    };
    let near = words.iter().take(NAMED).take_while(|word| !is_preposition(word));
    let named: Vec<&String> = near.collect();
    let Some(place) = named.iter().rposition(|word| is_noun(word)) else {
        return false;
    };
    let is_owner = words.get(place + 1).is_some_and(|word| word == "s");
    let is_same = |word: &&String| scene.words.contains(*word) || is_small(word) || is_noun(word);
    !is_owner && named[..place].iter().all(is_same)
}

/// Whether words begin with those who report: "told reporters".
pub(super) fn is_told_press(told: &[String]) -> bool {
    let near = told.iter().take(NAMED).take_while(|word| !is_preposition(word));
    near.into_iter().any(|word| List::Press.has(word))
}

/// Words that put one thing to another.
pub(super) fn is_preposition(word: &str) -> bool {
    List::Preposition.has(word)
}

/// Words before an office that tell nothing of which it is.
fn is_small(word: &str) -> bool {
    List::Small.has(word)
}

/// The last words of a stretch, in small letters.
fn last_words(stretch: &str) -> Vec<String> {
    let words: Vec<String> = spoken_words(stretch)
        .map(|(_, word)| word.to_lowercase())
        .collect();
    words[words.len().saturating_sub(NAMED)..].to_vec()
}

/// What parts a name from what is not said of it.
const BREAKS: [char; 9] = [',', ';', ':', '—', '–', '“', '”', '"', '\n'];
