//! Words that tell how a day stands to the clause that reports what was said.

use super::super::sentences::words;

/// Whether the words before a cue put it before what the text tells of: "had said", "has long called", "used to say". When
/// that was, nobody says who names no day for it.
pub(super) fn is_of_old(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let first = words.next().unwrap_or_default();
    if first == "to" {
        return words.next() == Some("used");
    }
    let has = |word: &str| OF_OLD.contains(&word.to_lowercase().as_str());
    // An adverb may stand between: "had often said".
    let is_adverb = first.ends_with("ly") || ADVERBS.contains(&first);
    has(first) || is_adverb && words.next().is_some_and(has)
}

/// Adverbs between such a word and the verb, beside those in -ly.
const ADVERBS: [&str; 11] = [
    "often", "long", "also", "already", "never", "always", "earlier", "even", "twice", "since", "ya",
];

/// Words that put a verb behind them into a time before.
const OF_OLD: [&str; 13] = [
    "had",
    "has",
    "have",
    "once",
    "previously",
    "formerly",
    "había",
    "habían",
    "habia",
    "habian",
    "hubo",
    "solía",
    "solían",
];

/// Whether somebody is named by an office of the time that is told of: "then-Mayor Crowe", "el entonces alcalde".
pub(super) fn is_of_then(naming: &str) -> bool {
    let naming = naming.to_lowercase();
    naming.contains("then-") || naming.split_whitespace().any(|word| word == "entonces")
}

/// Words of a clause behind its cue that may stand before "then".
const BEFORE_THEN: usize = 5;

/// Whether a clause refers to a time that was told of before: "she said then", "dijo entonces"; `behind` goes on behind
/// its cue.
pub(super) fn is_then(behind: &str) -> bool {
    let clause = behind
        .split(['.', ',', ';', ':', '—', '“', '"', '«', '(', '\n'])
        .next()
        .unwrap_or_default()
        .trim();
    THEN.iter().any(|then| {
        let rest = clause.strip_suffix(then);
        let ends =
            rest.is_some_and(|rest| (rest.is_empty() || rest.ends_with(' ')) && words(rest) < BEFORE_THEN);
        // "said at the time that".
        let goes_on = clause.strip_prefix(then).unwrap_or_default();
        ends || goes_on.starts_with(" that ") || goes_on.starts_with(' ') && then.contains(' ')
    })
}

/// Words for the time that was told of last.
const THEN: [&str; 5] = [
    "then",
    "at the time",
    "entonces",
    "en ese momento",
    "en aquel momento",
];

/// What goes on behind a verb without those who say it and are told it: "told me in", "told The Harbour Post in", "dijo Lima
/// a la prensa en".
pub(super) fn without_object(behind: &str) -> &str {
    let without_one = |text: &'_ str| -> usize {
        let trimmed = text.trim_start();
        let (first, rest) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
        let left = match first {
            "me" | "us" | "him" | "her" | "them" | "you" | "reporters" => Some(rest),
            "to" | "with" | "a" | "al" | "con" => without_name(rest).or_else(|| without_name(trimmed)),
            _ => without_name(trimmed),
        };
        text.len() - left.unwrap_or(text).len()
    };
    let rest = &behind[without_one(behind)..];
    &rest[without_one(rest)..]
}

/// A text without the name or noun at its beginning, if it begins with one and goes on: "The Star in", "the council in".
fn without_name(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    let mut has_article = false;
    if let Some((first, behind)) = rest.split_once(char::is_whitespace)
        && (is_article(&first.to_lowercase()) || matches!(first, "los" | "las"))
    {
        (rest, has_article) = (behind.trim_start(), true);
    }
    let mut words = 0;
    while let Some((first, behind)) = rest.split_once(char::is_whitespace) {
        let is_name = first.starts_with(char::is_uppercase);
        // One noun in small letters: "the council", "lawmakers".
        let is_noun = words == 0 && !is_within(first) && (has_article || first.ends_with('s'));
        if !(is_name || is_noun) || words == NAME || first.ends_with([',', '.', ';']) {
            break;
        }
        (rest, words) = (behind.trim_start(), words + 1);
    }
    // What is left is the day itself, or a word that leads to it.
    (words > 0).then_some(rest)
}

/// Words of a name that something is told to, at most.
const NAME: usize = 5;

/// Whether a word begins a clause about somebody.
pub(super) fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "who" | "whom" | "whose" | "which" | "that" | "quien" | "quienes" | "que"
    )
}

/// Whether a clause about somebody goes on here, behind a comma: "Lima, who filed it in".
pub(super) fn is_aside(opening: &str) -> bool {
    let clause = opening.rsplit_once(',').map(|(_, clause)| clause);
    let first = clause.and_then(|clause| clause.split_whitespace().next());
    first.is_some_and(is_relative)
}

/// Whether a sentence opens as one that names where something was said: "In a", "During an", "In a since-deleted".
pub(super) fn is_place(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let leads = words.next().is_some_and(|word| is_within(&word));
    let is_quality = |word: &str| word.contains('-') || word.ends_with("ed");
    leads && words.all(|word| is_article(&word) || is_quality(&word))
}

/// The same of the end of what stands before a day: "floated it in an".
pub(super) fn ends_as_place(before: &str) -> bool {
    let mut words = before
        .split_whitespace()
        .rev()
        .skip_while(|word| is_article(word));
    words.next().is_some_and(is_within)
}

pub(super) fn is_within(word: &str) -> bool {
    matches!(word, "in" | "at" | "during" | "en" | "durante")
}

pub(super) fn is_article(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "the" | "his" | "her" | "their" | "un" | "una" | "el" | "la" | "su"
    )
}

/// Whether what stands before a day ends with who spoke, or with "who" and a word such as "in".
pub(super) fn ends_with_who(before: &str) -> bool {
    words(before) <= 1 || before.split_whitespace().rev().take(2).any(is_relative)
}

/// Whether a day stands next to the verb that it belongs to: nothing but a word or two between.
pub(super) fn is_next_to(between: &str) -> bool {
    !between.contains([',', ';', ':']) && words(between) <= 1
}

/// Whether a sentence opens with what tells of the time of what follows: "When the pier opened in", "As mayor in".
pub(super) fn is_when(opening: &str) -> bool {
    let first = opening.split_whitespace().next().unwrap_or_default();
    matches!(
        first.to_lowercase().as_str(),
        "when" | "as" | "while" | "cuando" | "como" | "siendo"
    )
}

/// Whether a sentence opens with somebody who is asked or speaks, and then the day: "Asked on", "Speaking to reporters".
pub(super) fn is_asked(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let is_small = |word: String| {
        matches!(
            word.as_str(),
            "on" | "to"
                | "about"
                | "it"
                | "that"
                | "this"
                | "them"
                | "by"
                | "reporters"
                | "journalists"
                | "late"
                | "early"
                | "el"
                | "por"
                | "a"
                | "los"
                | "periodistas"
        )
    };
    let opens = words.next().is_some_and(|word| {
        matches!(
            word.as_str(),
            "asked"
                | "reached"
                | "approached"
                | "contacted"
                | "questioned"
                | "pressed"
                | "speaking"
                | "testifying"
                | "appearing"
                | "interviewed"
                | "preguntado"
                | "preguntada"
                | "consultado"
                | "consultada"
        )
    });
    opens && words.all(is_small)
}

/// Whether a day stands behind a word that makes it another one than the day of the saying: "set for Dec. 1", "of May 2",
/// "on the May 2 order".
pub(super) fn is_of_something(before: &str) -> bool {
    let mut words = before.split_whitespace().rev().peekable();
    let is_of_a_thing = words.peek().is_some_and(|word| is_article(word));
    let last = words.find(|word| !is_article(word)).unwrap_or_default();
    let is_topic = matches!(
        last,
        "on" | "about" | "against" | "after" | "over" | "sobre" | "contra" | "tras"
    );
    let is_other = matches!(
        last,
        "for" | "of" | "from" | "to" | "than" | "due" | "through" | "effective" | "para" | "hasta" | "desde"
    );
    is_other || is_of_a_thing && is_topic
}

/// Whether the words between a cue and a day leave both in one clause.
pub(super) fn is_plain(between: &str) -> bool {
    // "said by phone Thursday".
    if let Some(rest) = between.trim_start().strip_prefix("by ")
        && let Some((means, rest)) = rest.split_once(' ')
        && MEANS.contains(&means)
    {
        return is_plain(rest);
    }
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
                // "said he’d met her", "said they’ve met".
                | "d"
                | "ve"
                | "ll"
        )
    };
    words(between) <= REACH
        && !between.contains([';', '“', '”', '"', ':'])
        && !between.split(|c: char| !c.is_alphabetic()).any(clause)
}

/// How something is said from afar.
const MEANS: [&str; 8] = [
    "phone",
    "telephone",
    "email",
    "e-mail",
    "text",
    "video",
    "radio",
    "letter",
];

/// How far behind the cue the day may stand ("told reporters at a news conference in the city on
/// Tuesday"), in words.
pub(super) const REACH: usize = 9;

/// Whether these words name somebody only by a pronoun.
pub(super) fn is_pronoun(words: &str) -> bool {
    matches!(
        words.to_lowercase().as_str(),
        "he" | "she" | "they" | "it" | "él" | "ella" | "ellos" | "ellas"
    )
}

/// Words for a longer time that can only be that of the saying: "back in 2018".
pub(super) fn is_lead(words: &str) -> bool {
    words.split_whitespace().all(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "in" | "back"
                | "early"
                | "late"
                | "under"
                | "oath"
                | "en"
                | "during"
                | "and"
                | "but"
                | "y"
                | "pero"
        )
    })
}

/// Whether a word puts what follows behind what was told before.
pub(super) fn is_later(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "later" | "since" | "afterward" | "afterwards" | "luego" | "después"
    )
}

/// The first words of a sentence that report something: where they begin and end in it.
pub(super) fn report(sentence: &str) -> Option<(usize, usize)> {
    let mut begin = 0;
    for word in sentence.split_inclusive(|c: char| !c.is_alphabetic()) {
        let plain = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if REPORTS.contains(&plain) {
            return Some((begin, begin + plain.len()));
        }
        let rest = &sentence[begin..];
        let phrase = PHRASES.iter().find(|phrase| {
            let behind = rest.strip_prefix(*phrase);
            behind.is_some_and(|behind| !behind.starts_with(char::is_alphabetic))
        });
        if let Some(phrase) = phrase {
            return Some((begin, begin + phrase.len()));
        }
        begin += word.len();
    }
    None
}

/// Whether a word is one of the verbs that always report.
pub(super) fn is_report(word: &str) -> bool {
    REPORTS.contains(&word)
}

/// Verbs that report.
const REPORTS: [&str; 28] = [
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
    "responded",
    "replied",
    "dijo",
    "afirmó",
    "aseguró",
    "declaró",
    "señaló",
    "escribió",
    "anunció",
    "respondió",
    "explicó",
    "habló",
    "contó",
    "advirtió",
];

/// The same in several words.
const PHRASES: [&str; 6] = [
    "put it",
    "fired back",
    "shot back",
    "hit back",
    "pushed back",
    "took questions",
];
