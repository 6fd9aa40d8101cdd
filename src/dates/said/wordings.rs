//! Words that tell how a day stands to what was said on it.

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

/// Whether a clause opens with something that is said or written, and goes on behind a comma.
pub(super) fn is_writing(rest: &str) -> bool {
    rest.split_once(',')
        .is_some_and(|(head, _)| opens_with_writing(head))
}

/// Whether one of the first two words is for something that is said or written: "letter", "radio interview".
pub(super) fn opens_with_writing(rest: &str) -> bool {
    let mut words = rest
        .split(|c: char| !(c.is_alphabetic() || c == '-'))
        .filter(|word| !word.is_empty());
    words.next().is_some_and(is_for_writing) || words.next().is_some_and(is_for_writing)
}

/// Whether a cue is a verb of writing, whose year may stand beside the name of what was written: "wrote in The Long Drain,
/// her 2020 book".
pub(super) fn is_by_pen(cue: &str) -> bool {
    matches!(cue, "wrote" | "writes" | "writing" | "escribió" | "escribe")
}

/// Whether a sentence opens with a work, in brackets behind which its year stands: "In her memoir, A River’s Patience (".
pub(super) fn opens_as_work(opening: &str) -> bool {
    let mut words = opening
        .split(|c: char| !(c.is_alphabetic() || c == '-'))
        .filter(|word| !word.is_empty());
    opening.ends_with('(')
        && words.next().is_some_and(|word| is_within(&word.to_lowercase()))
        && words.take(OF_OCCASION).any(is_for_writing)
}

/// Whether the last words are those of something said or written on the day that follows: "a letter dated", "una carta
/// del".
pub(super) fn ends_with_writing(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let joins = |word: &str| {
        matches!(
            word,
            "of" | "from" | "dated" | "de" | "del" | "fechada" | "fechado"
        )
    };
    words.next().is_some_and(joins) && words.next().is_some_and(is_for_writing)
}

/// Where the verb of reading stands in what goes before the day of a writing: "read aloud from the owner’s", "leyó de".
/// What is said of it, about it or in response to it is not read from it.
pub(super) fn read_from(before: &str) -> Option<usize> {
    let mut is_from = false;
    let mut end = before.len();
    for word in before.split_whitespace().rev().take(REACH) {
        let start = before[..end].rfind(word)?;
        end = start;
        let word = word.to_lowercase();
        if matches!(word.as_str(), "from" | "in" | "de" | "del" | "en") {
            is_from = true;
        } else if READ.contains(&word.as_str()) {
            return is_from.then_some(start);
        } else if matches!(
            word.as_str(),
            "of" | "on"
                | "about"
                | "against"
                | "to"
                | "after"
                | "before"
                | "with"
                | "over"
                | "for"
                | "sobre"
                | "contra"
        ) {
            return None;
        }
    }
    None
}

/// Verbs of reading and writing.
const READ: [&str; 13] = [
    "read",
    "reads",
    "reading",
    "quoted",
    "quoting",
    "quotes",
    "wrote",
    "writes",
    "leyó",
    "lee",
    "citó",
    "citando",
    "escribió",
];

/// A text without so many words at its end.
pub(super) fn without_last_words(text: &str, count: usize) -> &str {
    (0..count).fold(text, |text, _| {
        let text = text.trim_end();
        let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        &text[..start]
    })
}

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

fn is_for_writing(word: &str) -> bool {
    WRITINGS.contains(&word.to_lowercase().as_str())
}

/// What is said or written on a day.
const WRITINGS: [&str; 54] = [
    "book",
    "novel",
    "autobiography",
    "biography",
    "libro",
    "history",
    "memoir",
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
    "carta",
    "comunicado",
    "memorando",
    "correo",
    "mensaje",
    "entrevista",
    "discurso",
    "fallo",
    "columna",
    "informe",
    "declaración",
    "audiencia",
    "reunión",
];

/// Whether a word begins a clause about somebody.
pub(super) fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "who" | "whom" | "whose" | "which" | "that" | "quien" | "quienes" | "que"
    )
}

/// Whether a sentence opens as one that names where something was said: "In a", "During an", "In a since-deleted".
pub(super) fn is_place(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let leads = words.next().is_some_and(|word| is_within(&word));
    let is_quality = |word: &str| word.contains('-') || word.ends_with("ed");
    leads && words.all(|word| is_article(&word) || is_quality(&word))
}

/// Whether a day behind a cue is that of an occasion after which something was said: "after the vote on", "after Monday's
/// vote". `between` leads up to the day, and `behind` goes on from it.
pub(super) fn is_after_occasion(between: &str, behind: &str) -> bool {
    let Some((head, tail)) = between.rsplit_once(" after ") else {
        return false;
    };
    let is_known = |word: &str| GATHERINGS.contains(&word) || OCCASIONS.contains(&word);
    let mut tail = tail
        .split_whitespace()
        .rev()
        .skip_while(|word| *word == "on")
        .peekable();
    let named = tail.peek().is_some_and(|word| is_known(word));
    let own = ["'s ", "’s "].iter().find_map(|mark| behind.strip_prefix(mark));
    let owned = own
        .and_then(|own| own.split(|c: char| !c.is_alphabetic()).next())
        .is_some_and(is_known);
    (named || owned) && tail.count() <= OF_OCCASION && is_plain(head)
}

/// The same of the end of what stands before a day: "floated it in an".
pub(super) fn ends_as_place(before: &str) -> bool {
    let mut words = before
        .split_whitespace()
        .rev()
        .skip_while(|word| is_article(word));
    words.next().is_some_and(is_within)
}

fn is_within(word: &str) -> bool {
    matches!(word, "in" | "at" | "during" | "en" | "durante")
}

fn is_article(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "the" | "his" | "her" | "their" | "un" | "una" | "el" | "la" | "su"
    )
}

/// Whether a sentence opens with the record that tells of what was said at a meeting: "According to minutes of the".
pub(super) fn is_record(opening: &str) -> bool {
    let small = opening.trim_start().to_lowercase();
    small.starts_with("according to ") || small.starts_with("según ")
}

/// The occasion that a clause says its words are from, where it was told of before: "said at the ceremony".
pub(super) fn occasion(behind: &str) -> Option<&'static str> {
    let small = behind.trim_start().to_lowercase();
    let rest = [
        "at the ",
        "during the ",
        "after the ",
        "en la ",
        "en el ",
        "durante la ",
        "durante el ",
    ]
    .iter()
    .find_map(|opening| small.strip_prefix(opening))?;
    // "during the three-hour meeting", "at the first public hearing".
    let nouns = rest
        .split(|c: char| !(c.is_alphabetic() || c == '-'))
        .take(OF_OCCASION);
    let known = || OCCASIONS.iter().chain(&GATHERINGS);
    nouns
        .filter_map(|noun| known().find(|known| **known == noun))
        .next()
        .copied()
}

/// Words in which an occasion is named.
const OF_OCCASION: usize = 3;

/// Whether what stands before a day ends with who spoke, or with "who" and a word such as "in".
pub(super) fn ends_with_who(before: &str) -> bool {
    words(before) <= 1 || before.split_whitespace().rev().take(2).any(is_relative)
}

/// Whether a day stands next to the verb that it belongs to: nothing but a word or two between.
pub(super) fn is_next_to(between: &str) -> bool {
    !between.contains([',', ';', ':']) && words(between) <= 1
}

/// Whether what stands between a day and who speaks is a writing of theirs: "a 2011 opinion by the".
pub(super) fn is_work_of(between: &str) -> bool {
    let is_of = |word: &str| matches!(word, "by" | "from" | "de" | "del");
    opens_with_writing(between)
        && !between.contains([',', ';', ':'])
        && words(between) <= OF_OCCASION + 2
        && between.split_whitespace().any(is_of)
}

/// Whether a sentence tells of an occasion, or of what a ceremony is held for.
pub(super) fn is_of_occasion(sentence: &str, noun: &str) -> bool {
    let small = sentence.to_lowercase();
    let mut words = small.split(|c: char| !c.is_alphabetic());
    let is_ceremony = matches!(noun, "ceremony" | "signing" | "unveiling" | "ceremonia" | "acto");
    let is_meeting = matches!(noun, "meeting" | "session" | "reunión" | "sesión" | "asamblea");
    let is_met = |word| {
        matches!(
            word,
            "met" | "convened" | "gathered" | "voted" | "reunió" | "reunieron" | "votó" | "sesionó"
        )
    };
    words.any(|word| word == noun || is_ceremony && CEREMONIES.contains(&word) || is_meeting && is_met(word))
}

/// What ceremonies are held for.
const CEREMONIES: [&str; 9] = [
    "signed",
    "unveiled",
    "dedicated",
    "opened",
    "honored",
    "swore",
    "firmó",
    "inauguró",
    "develó",
];

/// Whether a clause says that its words were written, or said somewhere else than on what was told of before: "wrote on X",
/// "said in a statement".
pub(super) fn is_elsewhere(clause: &str) -> bool {
    let mut words = clause.split(|c: char| !(c.is_alphabetic() || c == '-'));
    words.any(|word| is_for_writing(word) || AWAY.contains(&word))
}

/// Words for saying something from elsewhere.
const AWAY: [&str; 21] = [
    "wrote",
    "tweeted",
    "posted",
    "emailed",
    "texted",
    "X",
    "Twitter",
    "Facebook",
    "Instagram",
    "radio",
    "television",
    "phone",
    "telephone",
    "TV",
    "escribió",
    "publicó",
    "tuiteó",
    "teléfono",
    "televisión",
    "CNN",
    "NPR",
];

/// Occasions that one speaks at, beside those of speaking.
const OCCASIONS: [&str; 22] = [
    "ceremony",
    "event",
    "scene",
    "unveiling",
    "opening",
    "dedication",
    "protest",
    "march",
    "parade",
    "funeral",
    "service",
    "signing",
    "vote",
    "game",
    "ceremonia",
    "evento",
    "acto",
    "marcha",
    "protesta",
    "desfile",
    "funeral",
    "votación",
];

/// Whether a sentence opens with what tells of the time of what follows: "When the pier opened in", "As mayor in".
pub(super) fn is_when(opening: &str) -> bool {
    let first = opening.split_whitespace().next().unwrap_or_default();
    matches!(
        first.to_lowercase().as_str(),
        "when" | "as" | "while" | "cuando" | "como" | "siendo"
    )
}

/// Whether a day stands behind a writing that a sentence opens with: "In a memo to employees dated".
pub(super) fn is_dated(opening: &str) -> bool {
    let mut words = opening.split_whitespace().rev();
    let is_last = |word: &str| matches!(word, "dated" | "fechada" | "fechado" | "fecha" | "fechados");
    words.next().is_some_and(is_last) && words.any(is_for_writing)
}

/// Where, in a sentence that stands before a quote, people come together to speak: "held a news conference", "met", "voted".
/// `before` goes up to a day.
pub(super) fn is_gathering(before: &str) -> bool {
    let small = before.trim_end().to_lowercase();
    let mut words = small.split_whitespace().rev().take(REACH);
    let first = words.find(|word| !matches!(*word, "on" | "late" | "early" | "el" | "este" | "last"));
    let Some(first) = first else { return false };
    if GATHERINGS.contains(&first) {
        return true;
    }
    let is_verb = |word: &str| GATHER.contains(&word);
    let is_other = |word: &str| word.ends_with([',', ';', ':']) || CLAUSES.contains(&word);
    if is_verb(first) {
        return true;
    }
    !is_other(first) && words.take_while(|word| !is_other(word)).any(is_verb)
}

/// Whether an occasion is named by the day that `behind` stands behind: "Monday's hearing", "Monday's special meeting".
pub(super) fn is_of_gathering(behind: &str) -> bool {
    let own = ["'s ", "’s "].iter().find_map(|mark| behind.strip_prefix(mark));
    own.is_some_and(|own| {
        let mut words = own
            .split(|c: char| !(c.is_alphabetic() || c == '-'))
            .take(OF_OCCASION);
        words.any(|word| GATHERINGS.contains(&word))
    })
}

/// Whether somebody is told to be met by chance or sought out for an answer: "was spotted on". `before` goes up to a day.
pub(super) fn is_encounter(before: &str) -> bool {
    let mut words = before.split_whitespace().rev().take(OF_OCCASION);
    words.any(|word| ENCOUNTERS.contains(&word))
}

/// Verbs of finding somebody to speak to.
const ENCOUNTERS: [&str; 10] = [
    "spotted",
    "seen",
    "approached",
    "confronted",
    "cornered",
    "stopped",
    "reached",
    "contacted",
    "visto",
    "vista",
];

/// Whether what opens a sentence before a day says where: "In the Commons", "At City Hall on".
pub(super) fn is_setting(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let leads = words.next().is_some_and(|word| {
        is_within(&word) || matches!(word.as_str(), "outside" | "inside" | "before" | "ante")
    });
    let rest: Vec<String> = words.collect();
    leads && rest.len() <= SETTING && !opening.contains([',', ';', ':'])
}

/// Words behind the first in which a place is named.
const SETTING: usize = 4;

/// Whether what stands behind a day goes on to an occasion and a comma: "'s budget hearing, ".
pub(super) fn is_gathering_of(rest: &str) -> bool {
    let Some((head, _)) = rest.split_once(',') else {
        return false;
    };
    let mut words = head.split_whitespace().rev();
    words.next().is_some_and(|word| GATHERINGS.contains(&word)) && words.count() <= REACH
}

/// Occasions on which people speak.
const GATHERINGS: [&str; 25] = [
    "conference",
    "briefing",
    "hearing",
    "meeting",
    "debate",
    "rally",
    "speech",
    "address",
    "interview",
    "forum",
    "vigil",
    "hall",
    "session",
    "call",
    "prensa",
    "audiencia",
    "reunión",
    "debate",
    "mitin",
    "discurso",
    "entrevista",
    "foro",
    "vigilia",
    "sesión",
    "asamblea",
];

/// Verbs of coming together and speaking.
const GATHER: [&str; 14] = [
    "met",
    "gathered",
    "convened",
    "voted",
    "testified",
    "debated",
    "rallied",
    "addressed",
    "reunió",
    "reunieron",
    "votó",
    "compareció",
    "testificó",
    "sesionó",
];

/// Words that begin another clause.
const CLAUSES: [&str; 14] = [
    "that", "which", "who", "if", "when", "because", "after", "before", "would", "will", "que", "quien",
    "cuando", "tras",
];

/// Whether a sentence opens with somebody who is asked or speaks, and then the day: "Asked on", "Speaking to reporters".
pub(super) fn is_asked(opening: &str) -> bool {
    let mut words = opening.split_whitespace().map(str::to_lowercase);
    let is_small = |word: String| {
        matches!(
            word.as_str(),
            "on" | "to"
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
            "in" | "back" | "early" | "late" | "en" | "during" | "and" | "but" | "y" | "pero"
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
