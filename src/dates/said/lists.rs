//! The lists of words in `words.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::clauses::is_report;

/// The lists, read once.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

/// Words by which the day of speech is found.
pub(super) struct Lists {
    say: HashSet<&'static str>,
    no_surname: HashSet<&'static str>,
    body: HashSet<&'static str>,
    crowd: HashSet<&'static str>,
    fill: HashSet<&'static str>,
    reply: HashSet<&'static str>,
    spot: HashSet<&'static str>,
    spot_lead: HashSet<&'static str>,
    gathered: HashSet<&'static str>,
    transcript: HashSet<&'static str>,
    transcript_lead: HashSet<&'static str>,
    publication: HashSet<&'static str>,
    ends_elsewhere: HashSet<&'static str>,
    made: HashSet<&'static str>,
    call: HashSet<&'static str>,
    call_as: HashSet<&'static str>,
    frame: HashSet<&'static str>,
    sole: HashSet<&'static str>,
    hosting: HashSet<&'static str>,
}

impl Lists {
    fn read() -> Self {
        let lines = include_str!("words.txt").lines();
        let entries: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
        let list = |name: &str| {
            let own = entries.iter().filter(|(list, _)| *list == name);
            own.flat_map(|(_, words)| words.split(' ')).collect()
        };
        Self {
            say: list("say"),
            no_surname: list("no_surname"),
            body: list("body"),
            crowd: list("crowd"),
            fill: list("fill"),
            reply: list("reply"),
            spot: list("spot"),
            spot_lead: list("spot_lead"),
            gathered: list("gathered"),
            transcript: list("transcript"),
            transcript_lead: list("transcript_lead"),
            publication: list("publication"),
            ends_elsewhere: list("ends_elsewhere"),
            made: list("made"),
            call: list("call"),
            call_as: list("call_as"),
            frame: list("frame"),
            sole: list("sole"),
            hosting: list("hosting"),
        }
    }

    /// Whether a verb says that somebody spoke or wrote.
    pub(super) fn reports(&self, verb: &str) -> bool {
        is_report(verb) || self.say.contains(verb)
    }

    /// Whether a name ends with a word that is no surname: "Salem Police", "Stone Jr".
    pub(super) fn is_no_surname(&self, word: &str) -> bool {
        self.no_surname.contains(word)
    }

    /// Whether a noun is for those who meet to be spoken to: "told the council".
    pub(super) fn is_body(&self, noun: &str) -> bool {
        self.body.contains(noun)
    }

    /// Whether a verb tells that a crowd came together: "filled the square".
    pub(super) fn is_coming(&self, verb: &str) -> bool {
        self.fill.contains(verb)
    }

    /// Whether a verb answers on the spot: who "responds" may do so in a statement.
    pub(super) fn is_reply(&self, verb: &str) -> bool {
        self.reply.contains(verb)
    }

    /// Whether a noun is for a place at which one is heard by who is there: "on the courthouse steps".
    pub(super) fn is_spot(&self, noun: &str) -> bool {
        self.spot.contains(noun)
    }

    /// Whether a word tells of reporters that they were there: "told waiting reporters".
    pub(super) fn is_gathered(&self, word: &str) -> bool {
        self.gathered.contains(word)
    }

    /// Whether a noun is for a transcript.
    pub(super) fn is_transcript(&self, noun: &str) -> bool {
        self.transcript.contains(noun)
    }

    /// Whether a word makes a day that of the publication of a text: "updated on".
    pub(super) fn is_of_publication(&self, word: &str) -> bool {
        self.publication.contains(word)
    }

    /// Whether a word tells of a writing that it was made or sent: "issued".
    pub(super) fn is_made(&self, word: &str) -> bool {
        self.made.contains(word)
    }

    /// Whether a verb calls something by a name: "called it “a shambles”".
    pub(super) fn calls(&self, verb: &str) -> bool {
        self.call.contains(verb)
    }

    /// The same with "as": "described it as “a shambles”".
    pub(super) fn calls_as(&self, verb: &str) -> bool {
        self.call_as.contains(verb)
    }

    /// Whether a noun is for what one spends a time with: "his 2022 campaign".
    pub(super) fn is_frame(&self, noun: &str) -> bool {
        self.frame.contains(noun)
    }

    /// Whether a verb tells that somebody made themselves heard at an occasion that is named behind: "gave an interview".
    pub(super) fn is_hosting(&self, verb: &str) -> bool {
        self.hosting.contains(verb)
    }

    /// Whether a noun is for an office that one at a time holds: "chair".
    pub(super) fn is_sole(&self, noun: &str) -> bool {
        self.sole.contains(noun)
    }

    /// Whether a verb leaves somebody elsewhere, so that what they say on the spot was said later: "left for Hope".
    pub(super) fn ends_elsewhere(&self, verb: &str) -> bool {
        self.ends_elsewhere.contains(verb)
    }

    /// Whether a sentence that says of its text that it is one begins with a word: "Following is a transcript".
    pub(super) fn leads_transcript(&self, word: &str) -> bool {
        self.transcript_lead.contains(word)
    }

    /// Whether a word leads to such a place.
    pub(super) fn leads_to_spot(&self, word: &str) -> bool {
        self.spot_lead.contains(word)
    }

    /// Whether a noun is for those who come together to hear somebody: "told the crowd".
    pub(super) fn is_crowd(&self, noun: &str) -> bool {
        self.crowd.contains(noun)
    }
}
