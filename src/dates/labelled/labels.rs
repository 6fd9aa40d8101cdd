//! The words of labels that call a day the last one.

use std::sync::LazyLock;

use crate::model::tongue::Tongue;

/// Words of a label.
const WORDS: usize = 10;
/// Words before a noun such as "deadline" that say which one it is.
const KINDS: usize = 3;

static ENGLISH: LazyLock<Labels> = LazyLock::new(|| Labels::read(include_str!("en.txt")));
static SPANISH: LazyLock<Labels> = LazyLock::new(|| Labels::read(include_str!("es.txt")));

/// The lists of a language.
pub(super) struct Labels {
    /// Labels in themselves.
    alone: Vec<&'static str>,
    /// Nouns with which a label ends: "Application deadline".
    ends: Vec<&'static str>,
    /// What any words make a label with: "Deadline to", "Last day to".
    leads: Vec<&'static str>,
    /// What only one of the things makes a label with: "Last day for", but not "Last day for the old bridge".
    leads_to_thing: Vec<&'static str>,
    /// Endings of what is said of one of the things: "Comments on the plan are due".
    closes: Vec<&'static str>,
    /// Verbs that ask for something, and what leads from it to the day: "Submit bids by".
    verbs: Vec<&'static str>,
    by: Vec<&'static str>,
    /// What is due, or open till a day.
    things: Vec<&'static str>,
    /// What may stand before all that.
    polite: Vec<&'static str>,
    /// They make it no last day, or none any more.
    void: Vec<&'static str>,
    /// Words that part what a label is of from what it says of it.
    parts: Vec<&'static str>,
    /// What may stand between a label and its day.
    glue: Vec<&'static str>,
    /// What may stand behind the day, beside numbers.
    ends_of_day: Vec<&'static str>,
}

impl Labels {
    fn read(file: &'static str) -> Self {
        let list = |name: &str| {
            let lines = file.lines().filter_map(|line| line.split_once(": "));
            let mut own = lines.filter(|(list, _)| *list == name);
            let (_, phrases) = own.next().expect("a list that every language has");
            phrases.split("; ").collect()
        };
        Self {
            alone: list("alone"),
            ends: list("ends"),
            leads: list("leads"),
            leads_to_thing: list("leads_to_thing"),
            closes: list("closes"),
            verbs: list("verbs"),
            by: list("by"),
            things: list("things"),
            polite: list("polite"),
            void: list("void"),
            parts: list("parts"),
            glue: list("glue"),
            ends_of_day: list("ends_of_day"),
        }
    }

    pub(super) fn of(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::English => &ENGLISH,
            Tongue::Spanish => &SPANISH,
        }
    }

    /// Whether a whole label says of its day that it is the last one for something.
    pub(super) fn are_last(&self, label: &str) -> bool {
        let words: Vec<String> = label
            .split(|mark: char| !mark.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(WORDS + 1)
            .map(str::to_lowercase)
            .collect();
        if words.len() > WORDS || words.iter().any(|word| self.void.contains(&word.as_str())) {
            return false;
        }
        let skipped = words
            .iter()
            .take_while(|word| self.polite.contains(&word.as_str()))
            .count();
        let label = words[skipped..].join(" ");
        self.alone.contains(&label.as_str())
            || self.is_kind_of_limit(&label)
            || self.leads_on(&label)
            || self.says_of_thing(&label)
            || self.asks(&label)
    }

    /// "Early registration deadline", but not "Hearing on the deadline".
    fn is_kind_of_limit(&self, label: &str) -> bool {
        let is_kind = |kind: &str| {
            let mut words = kind.split(' ');
            words.clone().count() <= KINDS && words.all(|word| !self.parts.contains(&word))
        };
        before(label, &self.ends).any(is_kind)
    }

    /// "Deadline to file a claim", "Last day for comments".
    fn leads_on(&self, label: &str) -> bool {
        let behind = |leads: &'_ [&'static str]| -> Vec<&str> {
            let rests = leads.iter().filter_map(|lead| label.strip_prefix(lead));
            rests.filter_map(|rest| rest.strip_prefix(' ')).collect()
        };
        !behind(&self.leads).is_empty()
            || behind(&self.leads_to_thing)
                .iter()
                .any(|rest| self.is_of_thing(rest))
    }

    /// "Written comments on the draft are due", "Registration closes".
    fn says_of_thing(&self, label: &str) -> bool {
        before(label, &self.closes).any(|subject| self.is_of_thing(subject))
    }

    /// "Apply by", "Submit bids no later than".
    fn asks(&self, label: &str) -> bool {
        before(label, &self.by).any(|asked| {
            let verb = asked.split(' ').next().unwrap_or_default();
            self.verbs.contains(&verb)
        })
    }

    /// Whether words are about one of the things: "written comments on the draft", but not "the vote on all bids".
    fn is_of_thing(&self, words: &str) -> bool {
        let words = words.split(' ').skip_while(|word| self.polite.contains(word));
        let mut subject = words.take_while(|word| !self.parts.contains(word));
        subject.any(|word| self.things.contains(&word))
    }

    /// Whether nothing but an hour stands behind a day till its line, cell or sentence ends: a clause would tell of that day.
    pub(super) fn end_day(&self, behind: &str) -> bool {
        let mut words = behind.split(|mark: char| !mark.is_alphanumeric());
        words.all(|word| {
            let is_number = word.chars().all(|mark| mark.is_ascii_digit());
            is_number || self.ends_of_day.contains(&word.to_lowercase().as_str())
        })
    }

    /// A text without the word at its end, if that may stand between a label and its day.
    pub(super) fn without_glue<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rest = text.trim_end_matches(char::is_alphabetic);
        let last = text[rest.len()..].to_lowercase();
        self.glue.contains(&last.as_str()).then_some(rest)
    }
}

/// What stands before each of the endings that a label has.
fn before<'t>(label: &'t str, endings: &[&'static str]) -> impl Iterator<Item = &'t str> {
    let rests = endings.iter().filter_map(|ending| label.strip_suffix(ending));
    rests.filter_map(|rest| rest.strip_suffix(' '))
}
