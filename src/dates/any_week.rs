//! The days and hours of any week on which something is open: "Monday through Friday", "9 a.m. to 5 p.m. Monday through Friday".

use super::language::{Language, lists_or_dash};
use super::times::{has_word, last_word, stands_before};
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
        let is_hour = is_hour_of_weekday(language, text, &mentions[at - 1]);
        let is_range = joins && (is_hour || is_weekday(&mentions[at - 1])) && is_weekday(&mentions[at]);
        let opened = is_range.then(|| {
            if is_hour {
                first_hour(language, text, mentions, at - 1)
            } else {
                first
            }
        });
        if !opened.is_some_and(|opened| stands_before(text, opened, &language.open_days))
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

/// Whether a mention is an hour with its weekday: "5 p.m. Monday".
fn is_hour_of_weekday(language: &Language, text: &str, mention: &DateMention) -> bool {
    let last = last_word(mention.span.slice(text)).filter(|word| word.starts_with(char::is_uppercase));
    let is_weekday = |word: &str| {
        let id = language.words.id(word.as_bytes());
        language.words.is(id, Class::Weekday)
    };
    mention.kind == TimexKind::Time && last.is_some_and(is_weekday)
}

/// The first of two hours of which the second is that of mention `at`: "9 a.m." of "9 a.m. to 5 p.m. Monday"; else that one.
fn first_hour(language: &Language, text: &str, mentions: &[DateMention], at: usize) -> Span {
    let own = mentions[at].span;
    let before = at.checked_sub(1).map(|before| &mentions[before]);
    let before = before.filter(|before| before.kind == TimexKind::Time);
    let joins = |before: &&DateMention| {
        let between = text.get(before.span.end()..own.start());
        between.is_some_and(|between| lists_or_dash(&language.hours_until, between.trim()))
    };
    before.filter(joins).map_or(own, |before| before.span)
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
