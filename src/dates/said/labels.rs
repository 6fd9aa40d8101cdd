//! The day that stands before words or above them: "On Tuesday:", the stamp of an entry.

use super::super::sentences::words;
use super::occasions::is_occasion;
use super::writings::is_for_writing;
use super::{Telling, said};
use crate::model::date::{SaidOn, TimexKind};
use crate::model::quote::Quote;
use crate::model::span::Span;
use crate::text::sentences::sentence;

impl Telling<'_> {
    /// The day that leads in the words alone: "On Tuesday: “Some of it is back.”"
    pub(super) fn led_in(&self, quote: &Quote) -> Option<SaidOn> {
        let first = quote.fragments.first().or(quote.content.first())?;
        let own = sentence(self.text, *first);
        let inner = self.within(own);
        let before = inner
            .iter()
            .rev()
            .find(|mention| mention.span.end() <= first.start())?;
        let opening = self.between(own.start(), before.span.start());
        let lead = self.between(before.span.end(), first.start()).trim_start();
        let is_lead = lead.starts_with(':') && !lead.contains(char::is_alphanumeric);
        (is_lead && words(opening) <= LEAD)
            .then(|| said(before, "led_in", true))
            .flatten()
    }

    /// The day that stands in brackets right behind the words, with where they were said: "“It is safe.” (Press conference, 11/11/26)".
    pub(super) fn in_brackets(&self, quote: &Quote) -> Option<SaidOn> {
        let end = quote.hull()?.end();
        let high = self
            .text
            .ceil_char_boundary((end + BRACKETS).min(self.text.len()));
        let behind = self.text.get(end..high)?;
        let inner = behind.trim_start_matches(CLOSING).strip_prefix('(')?;
        let inner = inner.get(..inner.find(')')?)?;
        let start = end + behind.find('(')? + 1;
        let within = self.within(Span::of(self.text, start..start + inner.len())?);
        let day = within
            .last()
            .filter(|day| day.span.end() == start + inner.trim_end().len())?;
        let place = self.between(start, day.span.start()).trim_end();
        let is_day = day.when.as_ref().is_some_and(|when| when.earliest == when.latest);
        let named = place
            .trim_end_matches(',')
            .split_whitespace()
            .next_back()
            .unwrap_or_default();
        let is_named = is_for_writing(named) || is_occasion(&named.to_lowercase());
        let is_place = place.ends_with(',') && words(place) <= PLACE && is_named;
        said(day, "cited", false).filter(|_| is_place && is_day)
    }

    /// The day that an entry of a chronicle begins with: "Nov. 16: Lima signs the order. “We are closed,” she says."
    pub(super) fn labelled(&self, quote: &Quote) -> Option<SaidOn> {
        let place = quote.hull()?.start();
        self.label_of_line(place).or_else(|| self.stamp_above(place))
    }

    /// The moment that stands on a line of its own above an entry of a live page: "10 p.m. Tuesday". A day alone may be
    /// that of a letter or of the page, and a time of the document's own day tells no other day.
    fn stamp_above(&self, place: usize) -> Option<SaidOn> {
        let behind = self
            .outside
            .partition_point(|mention| mention.span.end() <= place);
        let above = self.outside[..behind].iter().rev();
        let mut near = above.take_while(|mention| mention.span.end() + ENTRY >= place);
        let stamp = near.find(|mention| mention.kind == TimexKind::Time && self.is_line(mention.span))?;
        let is_of_document = |said: &SaidOn| Some(said.when.latest) == self.published;
        said(stamp, "labelled", false).filter(|said| !is_of_document(said))
    }

    /// Whether a stretch is all that its line says; a word may stand before it: "Posted 10 p.m. Tuesday". No more than a stamp
    /// has is looked at, since a line may be as long as a text.
    fn is_line(&self, stretch: Span) -> bool {
        let low = self
            .text
            .floor_char_boundary(stretch.start().saturating_sub(STAMP));
        let high = self
            .text
            .ceil_char_boundary((stretch.end() + STAMP).min(self.text.len()));
        let before = match self.text[low..stretch.start()].rsplit_once('\n') {
            Some((_, before)) => before,
            None if low == 0 => &self.text[..stretch.start()],
            None => return false,
        };
        let behind = self.text[stretch.end()..high].split_once('\n');
        let is_alone = |behind: &str| !behind.contains(char::is_alphanumeric);
        words(before) <= 1 && behind.is_some_and(|(behind, _)| is_alone(behind))
    }

    /// The day that the line of a place begins with.
    fn label_of_line(&self, place: usize) -> Option<SaidOn> {
        let low = self.text.floor_char_boundary(place.saturating_sub(ENTRY));
        let line = match self.text[low..place].rfind('\n') {
            Some(at) => low + at + 1,
            None if low == 0 => 0,
            None => return None,
        };
        let begin = line + self.between(line, place).find(char::is_alphanumeric)?;
        let at = self
            .outside
            .partition_point(|mention| mention.span.start() < begin);
        let label = self.outside.get(at).filter(|label| label.span.start() == begin)?;
        let behind = self.between(label.span.end(), place).trim_start();
        let is_label = behind.starts_with([':', '—', '–']) || behind.starts_with("- ");
        let is_day = label
            .when
            .as_ref()
            .is_some_and(|when| when.earliest == when.latest);
        (is_label && is_day)
            .then(|| said(label, "labelled", false))
            .flatten()
    }
}

/// How far behind words a bracket may close, in bytes.
const BRACKETS: usize = 160;
/// What stands between words and a bracket behind them.
const CLOSING: [char; 6] = ['”', '"', '’', '»', '.', ' '];
/// Words in which such a bracket names where something was said.
const PLACE: usize = 2;

/// Words before a day that leads in words alone.
const LEAD: usize = 1;

/// How long an entry of a chronicle is up to its quotes, in bytes, at most.
const ENTRY: usize = 1200;

/// Bytes of a stamp's line on either side of its moment.
const STAMP: usize = 24;
