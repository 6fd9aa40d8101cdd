//! The days of any week on which something is open: "Monday through Friday".

use super::language::{Language, lists_or_dash};
use super::times::{has_word, stands_before};
use super::vocabulary::Class;
use crate::model::date::{Anchor, DateMention, TimexKind};
use crate::model::span::Span;
use crate::text::sentences::sentence;

/// "The clinic is open Monday through Friday": the days of any week, which TIMEX3 calls a set. What "will be open" is so in
/// one week.
pub(super) fn set_open_days(language: &Language, text: &str, mentions: &mut [DateMention]) {
    for at in 1..mentions.len() {
        let (first, last) = (mentions[at - 1].span, mentions[at].span);
        // "this Friday" is one.
        let is_weekday = |mention: &DateMention| {
            let words = mention.span.slice(text);
            mention.rule == WEEKDAY && words.starts_with(char::is_uppercase) && !words.starts_with("This")
        };
        let joins = text
            .get(first.end()..last.start())
            .is_some_and(|between| lists_or_dash(&language.hours_until, between.trim()));
        let is_range = joins && is_weekday(&mentions[at - 1]) && is_weekday(&mentions[at]);
        if !is_range
            || !stands_before(text, first, &language.open_days)
            || is_of_vote(language, text, first)
            || is_to_come(language, text, first)
        {
            continue;
        }
        for mention in &mut mentions[at - 1..=at] {
            let weekday = mention
                .when
                .take()
                .map(|when| when.earliest.weekday().to_monday_one_offset());
            let clock = mention.value.find('T').map_or("", |at| &mention.value[at..]);
            if let Some(weekday) = weekday {
                mention.value = format!("XXXX-WXX-{weekday}{clock}");
            }
            mention.kind = TimexKind::Set;
            mention.anchor = Anchor::Absolute;
            mention.is_limit = false;
        }
    }
}

/// Whether what is open is so once: "Early voting is open Saturday through Tuesday".
fn is_of_vote(language: &Language, text: &str, span: Span) -> bool {
    let before = text.get(sentence(text, span).start()..span.start());
    has_word(language, before.unwrap_or_default(), &[Class::Event])
}

/// The rule of a weekday.
const WEEKDAY: &str = "weekday";

/// Whether a word puts what is told before `span` in its sentence ahead: "will be open".
fn is_to_come(language: &Language, text: &str, span: Span) -> bool {
    let before = text.get(sentence(text, span).start()..span.start());
    has_word(language, before.unwrap_or_default(), &[Class::Coming])
}
