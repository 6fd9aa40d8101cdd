//! The words by which the day of speech is found: a file a language (`en.txt`, `es.txt`), a line a list.
//!
//! All languages are read together, since a paper of one prints the sentences of another; what a list is for is told here, and a
//! file may leave out a list that its language has no use for.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

/// Declares the lists with the names that they have in the files.
macro_rules! lists {
    ($($(#[$doc:meta])* $list:ident = $name:literal,)*) => {
        /// What a list of words is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum List {
            $($(#[$doc])* $list,)*
        }

        impl List {
            const ALL: &[(Self, &str)] = &[$((Self::$list, $name),)*];
        }
    };
}

lists! {
    /// Verbs that always report something.
    Report = "report",
    /// The same in several words.
    ReportPhrase = "report_phrase",
    /// Verbs of speaking beside those.
    Say = "say",
    /// Verbs that answer on the spot: who "responds" may do so in a statement.
    Reply = "reply",
    /// The same in several words.
    ReplyPhrase = "reply_phrase",
    /// Verbs of writing.
    Pen = "pen",
    /// Verbs of reading and writing, before what was read.
    Read = "read",
    /// Verbs that call something by a name: "called it “a shambles”".
    Call = "call",
    /// The same with "as": "described it as “a shambles”".
    CallAs = "call_as",
    /// What leads to such a name.
    As = "as",
    /// Verbs of announcing.
    Announced = "announced",
    /// In what something is announced.
    Announcement = "announcement",
    /// Verbs of making oneself heard at an occasion that is named behind: "gave an interview".
    Hosting = "hosting",
    /// Articles, and words that stand in their place.
    Article = "article",
    /// Articles before one of many.
    OneOf = "one_of",
    /// Articles before several.
    OfMany = "of_many",
    /// Words that name somebody only by a pronoun.
    Pronoun = "pronoun",
    /// Pronouns and nouns to which something is told.
    Told = "told",
    /// What leads to whom something is told.
    ToldTo = "told_to",
    /// By what the one who writes is meant.
    ToldWriter = "told_writer",
    /// What may stand between "told" and a name.
    ToldName = "told_name",
    /// Words that begin a clause about somebody.
    Relative = "relative",
    /// The same of a thing.
    OfWhich = "of_which",
    /// What may stand between one who died and the verb.
    Who = "who",
    /// What leads from a verb to what was said.
    That = "that",
    /// What leads to a place or an occasion.
    Within = "within",
    /// What leads to a place beside those.
    Setting = "setting",
    /// What stands between a verb and its day.
    DayLead = "day_lead",
    /// What begins a clause of its own, or puts a verb off.
    Clause = "clause",
    /// What begins another clause before a day.
    OtherClause = "other_clause",
    /// What puts a day behind a cue into a clause of its own; the last are what is left of "said he’d met her".
    Parting = "parting",
    /// What a second verb of one sentence goes on with.
    GoesOn = "goes_on",
    /// What puts one thing to another.
    Preposition = "preposition",
    /// What joins the name of a body.
    BodyOf = "body_of",
    /// Small words in the title of a programme.
    TitleOf = "title_of",
    /// Words before an office that tell nothing of which it is.
    Small = "small",
    /// Adverbs between an auxiliary and its verb, beside those in -ly.
    Adverb = "adverb",
    /// What puts a verb behind it into a time before.
    OfOld = "of_old",
    /// Auxiliaries of such a time.
    Had = "had",
    /// What stands before a verb that is not of this report.
    NotNow = "not_now",
    /// What stands before a verb of something that is not told itself.
    NotDone = "not_done",
    /// Auxiliaries of what is done to somebody.
    Passive = "passive",
    /// What an office of the time that is told of is named with; one in "-" stands before the office in one word.
    OfThen = "of_then",
    /// The time that was told of last.
    Then = "then",
    /// What puts what follows behind what was told before.
    Later = "later",
    /// What puts it before that.
    Earlier = "earlier",
    /// What puts an occasion into the time to come.
    Yet = "yet",
    /// What stands before a day so that the occasion of it is to come, or another thing’s.
    YetOf = "yet_of",
    /// What a sentence opens with that tells of the time of what follows.
    When = "when",
    /// What puts another thing beside what a sentence tells.
    While = "while",
    /// What the speaker did meanwhile begins with.
    Meanwhile = "meanwhile",
    /// What makes the day of it that of another thing.
    NotMeanwhile = "not_meanwhile",
    /// What makes the day of a thing its topic: "on the May 2 order".
    Topic = "topic",
    /// What makes a day another one than that of the saying: "set for Dec. 1".
    OtherDay = "other_day",
    /// What stands before a longer time that can only be that of the saying: "back in 2018".
    Lead = "lead",
    /// What stands before a day so that it is that of a thing: "asked about a" (May 3 letter).
    OfThing = "of_thing",
    /// How an occasion is told to have been on its day.
    Held = "held",
    /// The same right before the day.
    HeldOn = "held_on",
    /// What leads to a place or time of its own that a clause may have.
    OtherPlace = "other_place",
    /// What one spends a time with: "his 2022 campaign".
    Frame = "frame",
    /// What a sentence opens with in which somebody is asked or speaks, before its day: "Asked on".
    AskedFirst = "asked_first",
    /// What stands between such a word and the day.
    AskedLead = "asked_lead",
    /// The same where a comma stands behind the day.
    Asked = "asked",
    /// Verbs of who reports and asks somebody.
    Interviewed = "interviewed",
    /// By what those who report mean themselves.
    Reporter = "reporter",
    /// With what the names of papers end.
    Paper = "paper",
    /// Verbs of finding somebody to speak to.
    Encounter = "encounter",
    /// How somebody was heard who was not there.
    Reached = "reached",
    /// How something is said from afar, behind "by".
    ByMeans = "by_means",
    /// Words for saying something from elsewhere.
    Away = "away",
    /// By what means words reach a reporter otherwise.
    Means = "means",
    /// What leads to a record of what was said.
    According = "according",
    /// What is said or written on a day.
    Writing = "writing",
    /// What holds all that was said.
    Record = "record",
    /// What joins a record and its occasion.
    RecordOf = "record_of",
    /// Verbs of what a record shows.
    Shown = "shown",
    /// What joins a writing and its day.
    WritingOf = "writing_of",
    /// What leads to what is read from.
    ReadOf = "read_of",
    /// What leads to something that is not read from.
    NotRead = "not_read",
    /// What joins a writing and whose it is.
    WorkBy = "work_by",
    /// What a writing says its day with.
    Dated = "dated",
    /// What stands between that and the day.
    DatedOn = "dated_on",
    /// What a writing or a recording is said to be of a day with, right behind the word for it.
    Given = "given",
    /// How a writing comes to light.
    Released = "released",
    /// What tells of a writing that it was made or sent on its day.
    Made = "made",
    /// How the words in a writing are led to.
    InWhich = "in_which",
    /// What leads to the letter by which somebody does something.
    ByLetter = "by_letter",
    /// What a transcript is called.
    Transcript = "transcript",
    /// How a sentence begins that says of its text that it is one.
    TranscriptLead = "transcript_lead",
    /// How it goes on.
    Is = "is",
    /// What makes a day that of the publication of a text: "updated on".
    Publication = "publication",
    /// What the record of a sitting is called in titles.
    RecordOfSitting = "record_of_sitting",
    /// What leads to what a sitting is about, or to what was before it.
    TopicOfSitting = "topic_of_sitting",
    /// What stands between a day and the word for the sitting that is named by it, beside bodies.
    KindOfSitting = "kind_of_sitting",
    /// By what those who sit mean that they do.
    ThisSitting = "this_sitting",
    /// With what who opens a sitting greets those who hear him.
    Greeting = "greeting",
    /// What a record is called that other things are called as well.
    Minutes = "minutes",
    /// What titles tell of records: "approval of minutes".
    OnRecord = "on_record",
    /// What has a day of its own, as it is written.
    WrittenThing = "written_thing",
    /// The day on which they sit.
    Today = "today",
    /// Occasions on which people speak.
    Gathering = "gathering",
    /// Occasions that one speaks at, beside those.
    Occasion = "occasion",
    /// Verbs of coming together and speaking.
    Gather = "gather",
    /// What leads to an occasion that was told of before.
    AtOccasion = "at_occasion",
    /// What leads to one that the speaker held.
    AtOwn = "at_own",
    /// Ceremonies.
    Ceremony = "ceremony",
    /// What ceremonies are held for.
    CeremonyDeed = "ceremony_deed",
    /// Meetings of a body.
    Sitting = "sitting",
    /// What is told of one.
    Convened = "convened",
    /// What leads from an occasion to where it was, or with whom.
    HeardAt = "heard_at",
    /// What leads to its topic.
    HeardOf = "heard_of",
    /// Who held an occasion is told with.
    HostedBy = "hosted_by",
    /// Small words in the name of a host, and before the day.
    HostName = "host_name",
    /// For what people come together and speak.
    Meeting = "meeting",
    /// Where one person speaks to many.
    Stage = "stage",
    /// With what lawyers open or close a trial.
    Plea = "plea",
    /// What leads to the occasion at which a clause says that something was said.
    LeadsOccasion = "leads_occasion",
    /// The same, right behind the verb.
    LeadsOwn = "leads_own",
    /// The part of a meeting in which anybody may speak.
    PublicComment = "public_comment",
    /// What leads to those who came together and are spoken to.
    ToBody = "to_body",
    /// Who meets to be spoken to.
    Body = "body",
    /// The same, and who is told to have met or to have heard somebody.
    Met = "met",
    /// Those who come together to hear somebody: "told the crowd".
    Crowd = "crowd",
    /// Who is told to have come together.
    Throng = "throng",
    /// Who rules, and before whom a case is heard.
    Court = "court",
    /// Those who report.
    Press = "press",
    /// Verbs that tell that a crowd came together: "filled the square".
    Fill = "fill",
    /// Verbs of what those do who meet.
    Meets = "meets",
    /// Verbs of what they do with what is given.
    Gives = "gives",
    /// What they give.
    GivenTo = "given_to",
    /// Verbs of how a throng comes together.
    Comes = "comes",
    /// Verbs of what courts do.
    Rules = "rules",
    /// Verbs of those who speak before a court.
    Argues = "argues",
    /// Verbs of what somebody does before the public.
    Deeds = "deeds",
    /// Verbs of those who meet and turn to somebody.
    Faces = "faces",
    /// Verbs of what a sentence tells of somebody who is there.
    There = "there",
    /// What makes such a verb another one: "spoke with".
    NotThere = "not_there",
    /// Where those are who came to hear.
    Seen = "seen",
    /// What tells that somebody was not there.
    Absent = "absent",
    /// What takes the coming back.
    Not = "not",
    /// Verbs of coming.
    Coming = "coming",
    /// What leads to the floor of a body.
    Floor = "floor",
    /// Who speaks for others, knows about a matter or is asked elsewhere: nothing says that they were there.
    Apart = "apart",
    /// What one is called who does not sit in a body any more.
    Former = "former",
    /// Offices that one at a time holds.
    Sole = "sole",
    /// What stands before such an office where its body was named.
    ItsOffice = "its_office",
    /// What stands before one of those who speak for a body.
    OneOfTheirs = "one_of_theirs",
    /// Who speaks for a body.
    Spokesperson = "spokesperson",
    /// What makes the name behind it that of another: "A critic of the mayor".
    OfAnother = "of_another",
    /// What stands before an office in small letters and a name.
    TitleArticle = "title_article",
    /// Words that no such office has.
    NoTitle = "no_title",
    /// What bodies and some names end with.
    NoSurname = "no_surname",
    /// Articles that a naming may begin with in capitals.
    NoName = "no_name",
    /// Places at which one is heard by who is there: "on the courthouse steps".
    Spot = "spot",
    /// What leads to them.
    SpotLead = "spot_lead",
    /// What tells of reporters that they were there, or what they were there for.
    Gathered = "gathered",
    /// Verbs that leave somebody elsewhere, so that what they say on the spot was said later.
    EndsElsewhere = "ends_elsewhere",
    /// What is told of somebody who died.
    Died = "died",
    /// What somebody dead is called.
    Late = "late",
    /// What may stand before the subject of a sentence or clause that tells of it.
    BeforeDied = "before_died",
    /// What a clause begins with that supposes it only.
    Supposed = "supposed",
}

impl List {
    /// Whether a word, or several, stand in the list, with the capitals that they have there.
    pub(super) fn has(self, word: &str) -> bool {
        WORDS.of(self).contains(word)
    }

    /// The word as the list has it.
    pub(super) fn find(self, word: &str) -> Option<&'static str> {
        WORDS.of(self).get(word).copied()
    }

    /// All of the list, in no order.
    pub(super) fn all(self) -> impl Iterator<Item = &'static str> {
        WORDS.of(self).iter().copied()
    }

    /// What is left of a text behind one of the list that it begins with, and a space.
    pub(super) fn opening(self, text: &str) -> Option<&str> {
        let behind = |lead| text.strip_prefix(lead)?.strip_prefix(' ');
        let rest = self.all().filter_map(behind);
        // "before the public comment" before "before".
        rest.min_by_key(|rest| rest.len())
    }
}

/// Whether a verb says that somebody spoke or wrote.
pub(super) fn reports(verb: &str) -> bool {
    List::Report.has(verb) || List::Say.has(verb)
}

/// Whether somebody with such an office or title sits in a body that goes by this noun.
pub(super) fn sits_in(body: &str, title: &str) -> bool {
    WORDS.seats.get(body).is_some_and(|titles| titles.contains(title))
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::none();
    for file in FILES {
        words.learn(file).expect("the files are tested");
    }
    words
});

const FILES: [&str; 2] = [include_str!("en.txt"), include_str!("es.txt")];

/// What stands before the noun for a body in the name of a list of titles.
const SEAT: &str = "seat ";

/// The words of all languages.
struct Words {
    /// By the place of the list.
    lists: Vec<HashSet<&'static str>>,
    /// Titles by the noun for the body.
    seats: HashMap<&'static str, HashSet<&'static str>>,
}

impl Words {
    fn none() -> Self {
        let lists = List::ALL.iter().map(|_| HashSet::default());
        Self {
            lists: lists.collect(),
            seats: HashMap::new(),
        }
    }

    fn of(&self, list: List) -> &HashSet<&'static str> {
        &self.lists[list as usize]
    }

    /// Takes in the file of a language; `Err` says what is wrong with it.
    fn learn(&mut self, file: &'static str) -> Result<(), String> {
        let lines = file
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("# "));
        let mut known: HashSet<(&str, &str)> = HashSet::default();
        for line in lines {
            let (name, words) = line.split_once(": ").ok_or_else(|| format!("no list: {line}"))?;
            let named = List::ALL.iter().position(|(_, known)| *known == name);
            let list = match (name.strip_prefix(SEAT), named) {
                (Some(body), _) => self.seats.entry(body).or_default(),
                (None, Some(place)) => &mut self.lists[place],
                (None, None) => return Err(format!("no list is called {name}")),
            };
            for word in words.split(' ') {
                if word.is_empty() || !known.insert((name, word)) {
                    return Err(format!("{name} has {word:?} twice, or a space too many"));
                }
                list.insert(spaced(word));
            }
        }
        Ok(())
    }
}

/// Several words, which a file writes with "_" between them. The files are read once and spoken of as long as the program runs.
fn spaced(word: &'static str) -> &'static str {
    if word.contains('_') {
        word.replace('_', " ").leak()
    } else {
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_order_and_every_list_has_words() {
        let mut words = Words::none();
        for file in FILES {
            assert_eq!(words.learn(file), Ok(()));
        }
        for (list, name) in List::ALL {
            assert!(!words.of(*list).is_empty(), "{name}");
        }
        assert!(!words.seats.is_empty());
    }

    #[test]
    fn every_body_with_seats_is_known_as_one_that_meets_or_rules() {
        let known = |noun: &str| {
            [List::Met, List::Court, List::Meeting]
                .iter()
                .any(|list| list.has(noun))
                || BODIES.contains(&noun)
        };
        for noun in WORDS.seats.keys() {
            assert!(known(noun), "{noun}");
        }
    }

    /// Bodies that are named beside another noun only: "the House committee".
    const BODIES: [&str; 5] = ["house", "subcommittee", "ayuntamiento", "parlamento", "congreso"];

    #[test]
    fn a_file_with_an_unknown_list_or_a_word_twice_is_refused() {
        assert!(Words::none().learn("nonsense: a b\n").is_err());
        assert!(Words::none().learn("late: late late\n").is_err());
        assert!(Words::none().learn("late: late\nlate: late\n").is_err());
        assert!(Words::none().learn("late\n").is_err());
        assert!(Words::none().learn("# late\n\nlate: late\n").is_ok());
    }

    #[test]
    fn several_words_are_written_as_one_and_read_as_several() {
        assert!(List::Then.has("at the time") && !List::Then.has("at_the_time"));
        assert_eq!(List::ToBody.opening("before the board"), Some("board"));
        assert_eq!(List::ToBody.opening("thereafter"), None);
    }
}
