//! The day that is carried on where a speaker goes on from the paragraph before: "Lima said Tuesday the pier is shut.¶ “It is not
//! safe,” she said." Reports seldom name the day twice.
//!
//! It goes to the same speaker alone, from one paragraph to the next, and not where what stands between names another day or
//! another occasion: "in an interview", "at the hearing".

use super::super::edtf;
use super::super::sentences::words;
use super::clauses::{is_asked, is_later, is_pronoun, is_relative};
use super::lists::{List, reports};
use super::occasions::is_occasion;
use super::sayings::{Pieces, Saying, spoken_words, surname};
use super::writings::{ends_in_writing, is_away, is_by_pen, is_for_writing};
use super::{Clause, Telling};
use crate::model::date::{DateMention, SaidOn};
use crate::model::quote::{Quote, QuoteKind};
use crate::model::span::Span;
use crate::text::sentences::{sentence, sentence_above};

/// The rule of a day that is carried on.
const CARRIED: &str = "carried";
/// The rule of the day of what a reply answers.
const ANSWERED: &str = "answered";
/// Bytes between what is said on a day and what goes on from it.
const REACH: usize = 1500;
/// Sentences before a quote among which one may tell of the day.
const SENTENCES: usize = 4;
/// Days before the document on which somebody may still be heard to go on.
const LATELY: i64 = 14;
/// Days of the time that is carried on, at most: a day, a weekend, a week.
const A_WEEK: i64 = 7;
/// Bytes before a name in which an office stands.
const BEFORE_NAME: usize = 30;
/// Words of a verb of interviewing.
const INTERVIEWED: usize = 3;
/// Words between who is named and the verb of what they said: "Lima, who leads the board, announced".
const SUBJECT: usize = 10;

impl Telling<'_> {
    /// Gives quotes for which the document's own day stands in the day that their speaker is told to have spoken on right before.
    pub(super) fn carry(&self, quotes: &[Quote], said: &mut [Option<SaidOn>]) {
        if self.published.is_none() {
            return;
        }
        let sayings = quotes.iter().enumerate();
        let mut sayings: Vec<Saying<'_>> = sayings
            .filter_map(|(index, quote)| Saying::of(self.text, index, quote))
            .collect();
        sayings.sort_by_key(|saying| saying.stretch.start());
        let pieces = Pieces::of(quotes);
        for at in 0..sayings.len() {
            let saying = &sayings[at];
            let is_open = said[saying.index]
                .as_ref()
                .is_some_and(|said| said.rule == SaidOn::OF_DOCUMENT);
            let before = at.checked_sub(1).map(|before| &sayings[before]);
            if !is_open {
                continue;
            }
            let inside = before.and_then(|before| {
                let day = said[before.index].as_ref()?;
                self.carried_inside(before, day, saying)
            });
            if inside.is_some() || !self.may_go_on(saying) {
                said[saying.index] = inside.or(said[saying.index].take());
                continue;
            }
            let day = before.and_then(|before| {
                let day = said[before.index].as_ref()?;
                self.carried_from(before, day, saying, &pieces)
            });
            if let Some(day) = day.or_else(|| self.told_above(before, saying, &pieces)) {
                said[saying.index] = Some(day);
            }
        }
    }

    /// Whether a clause names no time of its own, and tells the past: "says" is said today.
    fn may_go_on(&self, saying: &Saying<'_>) -> bool {
        let is_present = saying.clause.cue.slice(self.text).ends_with('s');
        self.tells_no_time(saying.clause.sentence) && !is_present
    }

    /// The day of the words before, of the same speaker in the same sentence, where no time and no other occasion stands between them: "In a
    /// speech on May 3 he conceded that “…”, though he insisted that “…”".
    fn carried_inside(&self, before: &Saying<'_>, day: &SaidOn, saying: &Saying<'_>) -> Option<SaidOn> {
        let own = saying.clause.sentence;
        let is_told = day.evidence.is_some_and(|evidence| own.contains(evidence));
        let is_past = !saying.clause.cue.slice(self.text).ends_with('s');
        if before.clause.sentence != own || !is_told || !is_past || !before.is_of_same(self.text, saying) {
            return None;
        }
        // Nothing but a word that goes on, the pronoun and the verb: "although before the vote she said" was another time.
        let cue = saying.clause.cue;
        let lead = self.between(before.stretch.end(), saying.clause.speaker.start());
        let tail = self.between(cue.end(), saying.quote.hull()?.start());
        let is_joined = |word: &str| List::GoesOn.has(word);
        let is_one = is_pronoun(saying.clause.speaker.slice(self.text))
            && self
                .between(saying.clause.speaker.end(), cue.start())
                .trim()
                .is_empty()
            && !lead.contains([';', ':', '.', '('])
            && spoken_words(lead).count() == 1
            && spoken_words(lead).all(|(_, word)| is_joined(word))
            && spoken_words(tail).all(|(_, word)| List::That.has(word));
        is_one.then(|| SaidOn {
            rule: CARRIED,
            ..day.clone()
        })
    }

    /// The day of what the same speaker is reported to say right before, or of what a reply answers.
    fn carried_from(
        &self,
        before: &Saying<'_>,
        day: &SaidOn,
        saying: &Saying<'_>,
        pieces: &Pieces,
    ) -> Option<SaidOn> {
        let evidence = day.evidence.filter(|_| day.rule != SaidOn::OF_DOCUMENT)?;
        // "In 2019 she said “…”. When she was asked again, she said “…”": one telling of long ago.
        let is_in_telling = is_pronoun(saying.clause.speaker.slice(self.text))
            && !self
                .between(before.stretch.end(), saying.stretch.start())
                .contains('\n');
        if self.is_told_since(before, saying, pieces) {
            return None;
        }
        let is_same = before.is_of_same(self.text, saying) || self.is_in_office(before, saying);
        let rule = match (is_same, self.is_reply(saying)) {
            (true, _) if self.is_recent(day) || is_in_telling => CARRIED,
            (false, true) if self.is_recent(day) => ANSWERED,
            _ => return None,
        };
        let source = [before.clause.sentence, sentence(self.text, evidence)];
        let from = before.stretch.end().max(before.clause.sentence.end());
        self.goes_on_from(&source, from, day, saying, pieces)
            .then(|| SaidOn { rule, ..day.clone() })
    }

    /// Whether who was heard by an office of one is named with it: "…, its chair said Tuesday. “…,” chair Judith Amsel said."
    fn is_in_office(&self, before: &Saying<'_>, saying: &Saying<'_>) -> bool {
        let Some((office, naming)) = before.naming.zip(saying.naming) else {
            return false;
        };
        let mut words = office.slice(self.text).split_whitespace();
        let is_known = words.next().is_some_and(|word| List::ItsOffice.has(word));
        let noun = words.next_back().filter(|noun| is_known && List::Sole.has(noun));
        let low = self
            .text
            .floor_char_boundary(naming.start().saturating_sub(BEFORE_NAME));
        let titles = self
            .between(low.max(before.stretch.end()), naming.end())
            .to_lowercase();
        noun.is_some_and(|noun| spoken_words(&titles).any(|(_, word)| word == noun))
    }

    /// Whether somebody is reported to say something behind what they wrote: "Lima wrote to the governor on April 19, warning that it
    /// was failing. She said she never heard back."
    fn is_told_since(&self, before: &Saying<'_>, saying: &Saying<'_>, pieces: &Pieces) -> bool {
        let wrote = || {
            pieces
                .around(self.text, before.clause.sentence)
                .into_iter()
                .any(is_by_pen)
        };
        self.is_no_letter(saying) && wrote()
    }

    /// Whether words are a report of what was said, so that they stand in no letter.
    fn is_no_letter(&self, saying: &Saying<'_>) -> bool {
        saying.quote.kind == QuoteKind::Indirect && !is_by_pen(saying.clause.cue.slice(self.text))
    }

    /// Whether a clause says that its words answer what was said right before.
    pub(super) fn is_reply(&self, saying: &Saying<'_>) -> bool {
        let cue = saying.clause.cue;
        let is_back = self.between(cue.start(), saying.clause.sentence.end());
        let is_asked = self
            .between(cue.end(), saying.clause.sentence.end())
            .contains("asked");
        !is_asked && List::Reply.has(cue.slice(self.text))
            || List::ReplyPhrase.all().any(|phrase| is_back.starts_with(phrase))
    }

    /// The day on which a sentence above tells of the speaker that they spoke: "Lima addressed it at a news conference Monday."
    /// Behind `before` nobody else speaks.
    fn told_above(
        &self,
        before: Option<&Saying<'_>>,
        saying: &Saying<'_>,
        pieces: &Pieces,
    ) -> Option<SaidOn> {
        let own = sentence(self.text, saying.stretch);
        let floor = before.map_or(0, |before| before.stretch.end());
        let mut end = own.start();
        for _ in 0..SENTENCES {
            let earlier = sentence_above(self.text, end)?;
            if earlier.start() < floor {
                return None;
            }
            if let Some(day) = self.told_of(earlier, saying) {
                let is_carried = self.goes_on_from(&[earlier], earlier.end(), &day, saying, pieces);
                return is_carried.then_some(SaidOn { rule: CARRIED, ..day });
            }
            end = earlier.start();
        }
        None
    }

    /// The day on which a sentence tells that the speaker said something.
    fn told_of(&self, earlier: Span, saying: &Saying<'_>) -> Option<SaidOn> {
        let name = surname(saying.naming?.slice(self.text))?;
        if let Some(day) = self.interviewed(earlier, name) {
            return Some(day);
        }
        let speaker = self.subject(earlier, name)?;
        let behind = self.between(speaker.end(), earlier.end());
        let verb = spoken_words(behind)
            .take(SUBJECT)
            .find(|(_, word)| reports(word))
            .filter(|(at, _)| {
                // "The mayor, Ana Lima, said", but not "A critic of the mayor, Ana Lima, said".
                let head = self.between(earlier.start(), speaker.start());
                let is_of_another = List::OfAnother.all().any(|of| head.contains(&format!(" {of} ")));
                let is_aside = head.contains(',') && !is_of_another;
                is_of_subject(&behind[..*at]) || is_aside && behind[..*at].trim() == ","
            });
        let asked = || {
            let mention = self.within(earlier).first()?;
            let opening = self.between(earlier.start(), mention.span.start());
            let is_next = self.between(mention.span.end(), earlier.end()).starts_with(',');
            // "In a statement Tuesday, Lima challenged", "Lima took a swing at it in a statement Tuesday".
            let is_written = ends_in_writing(opening) && (is_next || speaker.end() < mention.span.start());
            (is_asked(opening) || is_written).then_some(speaker)
        };
        if verb.is_some_and(|(_, word)| is_by_pen(word)) && self.is_no_letter(saying) {
            return None;
        }
        let cue = match verb {
            Some((at, word)) => {
                let start = speaker.end() + at;
                Span::of(self.text, start..start + word.len())?
            }
            None => asked()?,
        };
        let clause = Clause {
            sentence: earlier,
            cue,
            speaker,
        };
        self.in_clause(saying.quote, &clause)
            .filter(|day| self.is_recent(day))
    }

    /// The day on which a sentence tells that whoever reports spoke with somebody: "The Courier spoke with Ana Lima on Tuesday". What
    /// others spoke of with them was said to those.
    fn interviewed(&self, earlier: Span, name: &str) -> Option<SaidOn> {
        let [mention] = self.within(earlier) else {
            return None;
        };
        let own: Vec<(usize, &str)> = spoken_words(earlier.slice(self.text)).collect();
        let named = own.iter().position(|(_, word)| *word == name)?;
        let is_title = |word: &str| word.starts_with(char::is_uppercase);
        let titles = own[..named].iter().rev().take(TITLE);
        let verb = named - titles.take_while(|(_, word)| is_title(word)).count();
        let phrase = |words: usize| {
            let (from, _) = own.get(verb.checked_sub(words)?)?;
            let said = self.between(earlier.start() + from, earlier.start() + own[verb].0);
            List::Interviewed.has(said.trim_end()).then_some(verb - words)
        };
        let subject = &own[..(1..=INTERVIEWED).find_map(phrase)?];
        let (_, last) = subject.last()?;
        // "The Oldwick Courier".
        let is_named = subject.first().is_some_and(|(_, the)| List::NoName.has(the));
        let is_paper = match subject.len() {
            1 => List::Reporter.has(last),
            _ => {
                is_named
                    && List::Paper.has(&last.to_lowercase())
                    && subject.iter().all(|(_, word)| is_title(word))
            }
        };
        let behind = self.between(earlier.start() + own[named].0 + name.len(), mention.span.start());
        let is_behind = mention.span.start() > earlier.start() + own[named].0
            && is_plain_aside(behind)
            && !mention.is_limit;
        let day = super::said(mention, CARRIED, false).filter(|_| is_paper && is_behind)?;
        Some(day).filter(|day| self.is_recent(day))
    }

    /// Where a sentence, or what follows its opening, begins with somebody: "Mayor Ana Lima", "In a letter Tuesday, Lima", but
    /// neither "a spokesman for Lima" nor "The woman accusing Lima".
    pub(super) fn subject(&self, earlier: Span, name: &str) -> Option<Span> {
        let (at, _) = spoken_words(earlier.slice(self.text)).find(|(_, word)| *word == name)?;
        let (start, end) = (earlier.start() + at, earlier.start() + at + name.len());
        let before = self.between(earlier.start(), start);
        let opening = before.rsplit(OPENS).next().unwrap_or_default().split_whitespace();
        let is_name = opening.clone().count() <= TITLE
            && (is_spanish_title(opening.clone())
                || opening
                    .into_iter()
                    .all(|word| word == "the" || word.starts_with(char::is_uppercase)));
        let is_owner = self.between(end, earlier.end()).starts_with(['\'', '’']);
        (is_name && !is_owner)
            .then(|| Span::of(self.text, start..end))
            .flatten()
    }

    /// Whether a sentence is about somebody: by name, or by a pronoun that goes on from a sentence about them.
    pub(super) fn is_about(&self, earlier: Span, name: &str) -> bool {
        let goes_on = || {
            let first = earlier.slice(self.text).split_whitespace().next();
            let above = sentence_above(self.text, earlier.start()).filter(|_| first.is_some_and(is_pronoun));
            above.is_some_and(|above| self.subject(above, name).is_some())
        };
        self.subject(earlier, name).is_some() || goes_on()
    }

    /// Whether a saying goes on from sentences that end at `from` or before: in their paragraph or the next, with no other day
    /// and no occasion between that they do not name.
    fn goes_on_from(
        &self,
        source: &[Span],
        from: usize,
        day: &SaidOn,
        saying: &Saying<'_>,
        pieces: &Pieces,
    ) -> bool {
        let own = saying.clause.sentence;
        let from = from.min(own.end());
        let stretch = saying.stretch.hull(own);
        let between = self.between(from, stretch.start());
        if between.len() > REACH || !is_next(between) {
            return false;
        }
        let named: Vec<&str> = source
            .iter()
            .flat_map(|span| pieces.around(self.text, *span))
            .collect();
        let is_known = |word: &str| {
            let same = word.to_lowercase();
            named.iter().any(|known| known.to_lowercase() == same)
                || is_by_pen(word) && named.iter().any(|known| is_for_writing(known))
                || List::Announcement.has(word) && named.iter().any(|known| List::Announced.has(known))
        };
        let Some(rest) = Span::of(self.text, from..stretch.end().max(from)) else {
            return false;
        };
        let is_elsewhere = |word: &&str| {
            is_occasion(&word.to_lowercase())
                || is_for_writing(word)
                || is_away(word)
                || is_another_time(word)
        };
        let elsewhere = pieces.around(self.text, rest).into_iter().filter(is_elsewhere);
        // "told The Herald" may have been another day; behind "said" stands who speaks, where nobody does before it.
        let told = told_to(self.between(saying.clause.cue.end(), own.end()))
            .filter(|_| saying.clause.speaker.end() <= saying.clause.cue.start());
        let is_other_day = |mention: &&DateMention| {
            let when = mention.when.as_ref().zip(self.published);
            when.is_some_and(|(when, published)| when.earliest <= published && *when != day.when)
        };
        let elsewhere: Vec<&str> = elsewhere.chain(told).collect();
        // "said outside the courthouse", "said when she ran for mayor": another place, unless it is the one that was named.
        let has_place = pieces
            .around(self.text, own)
            .iter()
            .any(|word| List::OtherPlace.has(word));
        if has_place && elsewhere.is_empty() {
            return false;
        }
        !self.within(rest).iter().any(is_other_day) && elsewhere.into_iter().all(is_known)
    }

    /// Whether a day, or some days, lie shortly before the document's.
    fn is_recent(&self, said: &SaidOn) -> bool {
        let (first, last) = (said.when.earliest, said.when.latest);
        self.published.is_some_and(|published| {
            first <= published
                && edtf::days_between(last, published) <= LATELY
                && edtf::days_between(first, last) < A_WEEK
        })
    }
}

/// Behind them the subject of a sentence may stand: "In a letter Tuesday, Lima", "OLDWICK (KTLW) - Lima".
const OPENS: [char; 4] = [',', '-', '–', '—'];
/// Words of titles and first names before a surname.
const TITLE: usize = 5;

/// Whether words are an office before a name, which Spanish writes in small letters: "la ministra Ana", but not "la carta que".
fn is_spanish_title<'t>(mut words: impl Iterator<Item = &'t str>) -> bool {
    let is_article = |word: &str| List::TitleArticle.has(&word.to_lowercase());
    words.next().is_some_and(is_article) && words.all(|word| !List::NoTitle.has(word))
}

/// Whether a verb belongs to whom it stands behind: at once, behind an aside in commas, or behind a day.
fn is_of_subject(between: &str) -> bool {
    let between = between.trim();
    let is_aside = between.len() > 2 && between.starts_with(',') && between.ends_with(',');
    between.is_empty() || is_aside || between.starts_with("on ") && words(between) == 2
}

/// Whether nothing stands between a name and the day but who bears it, in two commas, and by what means: ", a nurse at the harbor, by
/// telephone on". Of ", who was elected on" the day is another one's.
fn is_plain_aside(behind: &str) -> bool {
    let rest = match behind.strip_prefix(", ").and_then(|aside| aside.split_once(',')) {
        Some((aside, rest)) if !spoken_words(aside).any(|(_, word)| is_relative(word)) => rest,
        _ => behind,
    };
    let is_small = |word: &str| word == "by" || List::ByMeans.has(word) || List::DayLead.has(word);
    !rest.contains([',', ';', ':']) && spoken_words(rest).all(|(_, word)| is_small(word))
}

/// Whether two stretches stand in one paragraph or in two that follow each other; `between` is what parts them.
pub(super) fn is_next(between: &str) -> bool {
    let mut lines = between.split('\n');
    lines.next();
    lines.next_back();
    lines.all(|line| line.trim().is_empty())
}

/// The name of whom a clause says its words were told, right behind its cue: "told The Herald", "told me".
pub(super) fn told_to(behind: &str) -> Option<&str> {
    let mut words = spoken_words(behind).map(|(_, word)| word);
    let first = words.find(|word| !List::ToldName.has(&word.to_lowercase()))?;
    let is_named = first.starts_with(char::is_uppercase) || List::ToldWriter.has(first);
    (is_named && behind.starts_with(' ')).then_some(first)
}

/// Whether a word puts what is said behind or before what was told of: "later".
pub(super) fn is_another_time(word: &str) -> bool {
    is_later(word) || List::Earlier.has(word)
}
