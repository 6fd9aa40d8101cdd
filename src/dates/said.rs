//! The day a quote was said.

use jiff::civil::Date;

use super::edtf;
use crate::model::date::{DateMention, SaidOn, TimexKind, When};
use crate::model::quote::Quote;
use crate::model::span::Span;

/// The expression that governs the quote's reporting clause, else the document's own day.
pub(super) fn on(
    text: &str,
    quote: &Quote,
    mentions: &[DateMention],
    published: Option<Date>,
) -> Option<SaidOn> {
    let governing = match quote.attribution.as_ref() {
        Some(attribution) => {
            let cue = attribution.cue.unwrap_or(attribution.mention);
            let clause = Clause {
                sentence: sentence(text, cue),
                cue,
                speaker: attribution.mention,
            };
            in_clause(text, quote, &clause, mentions)
        }
        None => before(text, quote, mentions),
    };
    // Nothing printed was said on a day still to come: "From May 1, Lima said, …" says when it begins.
    let possible = |said: &SaidOn| published.is_none_or(|day| said.when.earliest <= day);
    let is_older = || {
        let attribution = quote.attribution.as_ref();
        attribution.is_some_and(|it| it.cue.is_some_and(|cue| is_of_old(text, cue)))
    };
    governing.filter(possible).or_else(|| {
        let day = published.filter(|_| !is_older())?;
        Some(SaidOn {
            when: When::day(day),
            evidence: None,
            rule: "document_day",
        })
    })
}

/// Whether the words before a cue put it before what the text tells of: "had said", "once wrote". When that was, nobody
/// says who names no day for it.
fn is_of_old(text: &str, cue: Span) -> bool {
    let before = text
        .get(sentence(text, cue).start()..cue.start())
        .unwrap_or_default();
    let mut words = before.split_whitespace().rev();
    let first = words.next().unwrap_or_default();
    let has = |word: &str| OF_OLD.contains(&word.to_lowercase().as_str());
    // An adverb may stand between: "had often said".
    let is_adverb = first.ends_with("ly") || ADVERBS.contains(&first);
    has(first) || is_adverb && words.next().is_some_and(has)
}

/// Adverbs between such a word and the verb, beside those in -ly.
const ADVERBS: [&str; 9] = [
    "often", "long", "also", "already", "never", "always", "earlier", "even", "ya",
];

/// Words that put a verb behind them into a time before.
const OF_OLD: [&str; 9] = [
    "had",
    "once",
    "previously",
    "formerly",
    "había",
    "habían",
    "habia",
    "habian",
    "hubo",
];

/// Where a quote is reported.
struct Clause {
    sentence: Span,
    cue: Span,
    speaker: Span,
}

/// The expression of the reporting clause that says when.
fn in_clause(text: &str, quote: &Quote, clause: &Clause, mentions: &[DateMention]) -> Option<SaidOn> {
    let mut best: Option<(usize, SaidOn)> = None;
    for mention in within(mentions, clause.sentence) {
        let quoted = |span: &Span| span.overlaps(mention.span);
        // A name may be a month's: "said April Stone".
        let is_name = clause.speaker != clause.cue && clause.speaker.overlaps(mention.span);
        if is_name || quote.content.iter().any(quoted) || quote.fragments.iter().any(quoted) {
            continue;
        }
        let Some(rule) = governs(text, quote, clause, mention) else {
            continue;
        };
        let distance = mention.span.start().abs_diff(clause.cue.start());
        let may_be_long = is_of_the_saying(text, clause, mention.span, rule);
        if let Some(said) = said(mention, rule, may_be_long)
            && best.as_ref().is_none_or(|(least, _)| distance < *least)
        {
            best = Some((distance, said));
        }
    }
    best.map(|(_, said)| said)
}

/// How far behind the cue the day may stand ("told reporters at a news conference in the city on
/// Tuesday"), in words.
const REACH: usize = 9;

/// The rule by which an expression of the sentence governs the clause, if one does.
fn governs(text: &str, quote: &Quote, clause: &Clause, mention: &DateMention) -> Option<&'static str> {
    let span = mention.span;
    let (cue, speaker) = (clause.cue, clause.speaker);
    if span.start() >= cue.end() {
        let between = text.get(cue.end()..span.start())?;
        // Words of the quote between them put the day behind the quote, where another clause is.
        let parted = quote
            .content
            .iter()
            .any(|piece| piece.start() >= cue.end() && piece.end() <= span.start());
        return (!parted && is_plain(between)).then_some("after_cue");
    }
    if span.start() >= speaker.end() && span.end() <= cue.start() {
        // "Kray, whom Lima called a rat in March, said" tells when Lima spoke.
        let between = text.get(speaker.end()..span.start())?;
        let is_own = !between.split(|c: char| !c.is_alphabetic()).any(is_relative);
        return is_own.then_some("before_cue");
    }
    let opening = text.get(clause.sentence.start()..span.start())?;
    let first = cue.start().min(speaker.start());
    let comma = text
        .get(span.end()..first)
        .is_some_and(|rest| rest.trim_start().starts_with(','));
    if comma && words(opening) <= REACH {
        return Some("sentence_opening");
    }
    // "Two weeks ago he had said", "In a Nov. 9 letter to the mayor, Lima wrote".
    let rest = text.get(span.end()..first)?;
    let stands_alone = words(opening) <= 1 && words(rest) <= ALONE && !rest.contains(',');
    (stands_alone || is_place(opening) && is_writing(rest)).then_some("sentence_opening")
}

/// Words between a day that opens a sentence and what it governs, where no comma parts them.
const ALONE: usize = 3;

/// Whether a text opens with something that is said or written, and the clause goes on behind a comma.
fn is_writing(rest: &str) -> bool {
    let Some((head, _)) = rest.split_once(',') else {
        return false;
    };
    let mut words = head.split_whitespace();
    let is_one = |word: &str| WRITINGS.contains(&word.to_lowercase().as_str());
    words.next().is_some_and(is_one) || words.next().is_some_and(is_one)
}

/// What is said or written on a day.
const WRITINGS: [&str; 34] = [
    "letter",
    "letters",
    "statement",
    "memo",
    "memorandum",
    "email",
    "e-mail",
    "message",
    "interview",
    "speech",
    "address",
    "tweet",
    "post",
    "release",
    "ruling",
    "opinion",
    "order",
    "op-ed",
    "column",
    "essay",
    "testimony",
    "filing",
    "affidavit",
    "report",
    "briefing",
    "conference",
    "hearing",
    "meeting",
    "call",
    "debate",
    "podcast",
    "broadcast",
    "video",
    "appearance",
];

/// Whether a word begins a clause about somebody.
fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "who" | "whom" | "whose" | "which" | "that" | "quien" | "quienes" | "que"
    )
}

/// Whether a sentence opens as one that names where something was said: "In a", "During an".
fn is_place(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let leads = words
        .next()
        .is_some_and(|word| matches!(word.as_str(), "in" | "at" | "during" | "en" | "durante"));
    leads
        && words.all(|word| {
            matches!(
                word.as_str(),
                "a" | "an" | "the" | "his" | "her" | "un" | "una" | "el" | "la"
            )
        })
}

/// Whether a longer time, such as a year, can only be that of the saying: "said back in 2018." and "In 2018, Lima said";
/// elsewhere it is more often that of what is told.
fn is_of_the_saying(text: &str, clause: &Clause, span: Span, rule: &str) -> bool {
    let is_small = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "in" | "back" | "early" | "late" | "en" | "during"
        )
    };
    let is_lead = |words: &str| words.split_whitespace().all(is_small);
    let ends = || {
        let rest = text.get(span.end()..).unwrap_or_default();
        rest.chars()
            .next()
            .is_none_or(|c| matches!(c, '.' | ',' | ';' | ':' | '\n' | '—'))
    };
    match rule {
        "after_cue" => text.get(clause.cue.end()..span.start()).is_some_and(is_lead) && ends(),
        "sentence_opening" => {
            text.get(clause.sentence.start()..span.start())
                .is_some_and(is_lead)
                && ends()
        }
        _ => false,
    }
}

/// Whether the words between a cue and a day leave both in one clause.
fn is_plain(between: &str) -> bool {
    let clause = |word: &str| {
        matches!(
            word,
            "that"
                | "which"
                | "who"
                | "if"
                | "when"
                | "because"
                | "after"
                | "before"
                | "would"
                | "will"
                | "had"
                | "was"
                | "were"
                | "is"
                | "are"
                | "by"
                | "until"
                | "since"
        )
    };
    words(between) <= REACH
        && !between.contains([';', '“', '”', '"', ':'])
        && !between.split(|c: char| !c.is_alphabetic()).any(clause)
}

/// A quote without a cue of its own: the sentence before, if a reporting verb stands in it with a day.
fn before(text: &str, quote: &Quote, mentions: &[DateMention]) -> Option<SaidOn> {
    let hull = quote.hull()?;
    let own = sentence(text, hull);
    let (mut end, mut reach) = (own.start(), 3);
    while reach > 0 {
        let trimmed = text.get(..end)?.trim_end_matches([' ', '\t']);
        if trimmed.is_empty() || trimmed.ends_with('\n') {
            return None;
        }
        let last = trimmed.len() - trimmed.chars().next_back()?.len_utf8();
        let earlier = sentence(text, Span::of(text, last..last)?);
        if let Some(cue) = reporting_verb(text, earlier) {
            let clause = Clause {
                sentence: earlier,
                cue,
                speaker: cue,
            };
            return in_clause(text, quote, &clause, mentions).map(|said| SaidOn {
                rule: "sentence_before",
                ..said
            });
        }
        if earlier.start() >= end {
            return None;
        }
        end = earlier.start();
        reach -= 1;
    }
    None
}

/// The first reporting verb of a sentence.
fn reporting_verb(text: &str, sentence: Span) -> Option<Span> {
    let mut at = sentence.start();
    for word in sentence.slice(text).split_inclusive(|c: char| !c.is_alphabetic()) {
        let plain = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if REPORTS.contains(&plain) {
            return Span::of(text, at..at + plain.len());
        }
        at += word.len();
    }
    None
}

/// Verbs that report.
const REPORTS: [&str; 14] = [
    "said",
    "told",
    "wrote",
    "announced",
    "spoke",
    "asked",
    "added",
    "stated",
    "posted",
    "declared",
    "warned",
    "says",
    "called",
    "testified",
];

/// What an expression says of the day: a month at most, or a longer time where it can only belong to the cue.
fn said(mention: &DateMention, rule: &'static str, may_be_long: bool) -> Option<SaidOn> {
    let when = mention.when.as_ref()?;
    let most = if may_be_long { 366 } else { 31 };
    let fine = matches!(mention.kind, TimexKind::Date | TimexKind::Time)
        && edtf::days_between(when.earliest, when.latest) <= most;
    fine.then(|| SaidOn {
        when: when.clone(),
        evidence: Some(mention.span),
        rule,
    })
}

/// The expressions that begin within `stretch`.
fn within(mentions: &[DateMention], stretch: Span) -> &[DateMention] {
    let from = mentions.partition_point(|mention| mention.span.start() < stretch.start());
    let to = mentions.partition_point(|mention| mention.span.start() < stretch.end());
    &mentions[from..to.max(from)]
}

fn words(stretch: &str) -> usize {
    stretch.split_whitespace().count()
}

/// How far a sentence is looked for, in bytes, on either side.
const SENTENCE: usize = 1200;

/// The sentence in which `inner` stands.
fn sentence(text: &str, inner: Span) -> Span {
    let low = text.floor_char_boundary(inner.start().saturating_sub(SENTENCE));
    let high = text.ceil_char_boundary((inner.end() + SENTENCE).min(text.len()));
    let start = (low..inner.start())
        .rev()
        .find_map(|at| ends_at(text, at))
        .unwrap_or(low);
    let end = (inner.end()..high)
        .find_map(|at| ends_at(text, at).filter(|end| *end >= inner.end()))
        .unwrap_or(high);
    let start = start.min(inner.start());
    Span::of(text, start..end.max(inner.end())).unwrap_or(inner)
}

/// Where the next sentence begins, if one ends with the byte at `at`.
fn ends_at(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'\n' => return Some(at + 1),
        b'.' if is_abbreviation(text.get(..at)?) => return None,
        b'.' | b'!' | b'?' => {}
        _ => return None,
    }
    let rest = text.get(at + 1..)?;
    let behind = rest.trim_start_matches(['"', '”', '’', '\'', ')']);
    let next = behind.trim_start_matches([' ', '\t']);
    let opens = next.chars().next().is_none_or(|c| {
        c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '‘' | '"' | '\'' | '\n' | '(')
    });
    (next.len() < behind.len() || next.starts_with('\n') || next.is_empty())
        .then_some(())
        .filter(|()| opens)
        .map(|()| text.len() - next.len())
}

/// Whether the word before a stop is one that is shortened.
fn is_abbreviation(before: &str) -> bool {
    const SHORT: [&str; 31] = [
        "Mr", "Mrs", "Ms", "Dr", "Gov", "Sen", "Rep", "Gen", "Lt", "Col", "Sgt", "St", "Jr", "Sr", "Prof",
        "Rev", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Oct", "Nov", "Dec", "No", "Inc", "Corp", "Co",
        "vs", "Hon",
    ];
    let word = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    // An initial, or a part of "U.S." and "a.m.".
    word.chars().count() == 1 || SHORT.contains(&word)
}
