//! Words between two who might have said them: behind one who spoke, before a sentence about another, above a name in brackets, after a shout.

use super::{check, nobody, said};

/// Words that end in a stop behind whoever spoke before, with a sentence of somebody else after them.
#[track_caller]
fn check_speaks_on(words: &str, sentence: &str) {
    let text = format!("“It was our plan,” Ida Brandt said. “{words}” {sentence}");
    check(
        &text,
        &[
            said("Ida Brandt", ["It was our plan,"]),
            said("Ida Brandt", [words]),
        ],
    );
}

/// Such words that the sentence after them gives to the other.
#[track_caller]
fn check_is_given(words: &str, sentence: &str, speaker: &str) {
    let text = format!("“It was our plan,” Ida Brandt said. “{words}” {sentence}");
    check(
        &text,
        &[said("Ida Brandt", ["It was our plan,"]), said(speaker, [words])],
    );
}

#[test]
fn a_sentence_that_is_whole_without_the_words_does_not_take_them() {
    for sentence in [
        "The harbor board declined to comment.",
        "Boris Neves agreed.",
        "Boris Neves has denied that.",
        "Boris Neves criticized the remark.",
        "Boris Neves thanked them.",
        "Boris Neves apologized.",
        "Boris Neves refused to say why.",
        "Boris Neves spoke next.",
        "The crowd applauded.",
        "Boris Neves said the opposite.",
        "Boris Neves said nothing more.",
        "A spokesman said it was late.",
    ] {
        check_speaks_on("Nobody asked us.", sentence);
    }
    for sentence in [
        "The harbor board declined to comment.",
        "Boris Neves denied that.",
        "The crowd shouted its approval.",
        "A spokesman said it was late.",
    ] {
        check_speaks_on("Who asked us?", sentence);
    }
}

#[test]
fn a_sentence_that_lacks_the_words_takes_them() {
    for sentence in [
        "Boris Neves said.",
        "Boris Neves added.",
        "Boris Neves told reporters.",
        "Boris Neves wrote on X.",
        "Boris Neves said last night.",
    ] {
        check_is_given("Nobody asked us.", sentence, "Boris Neves");
    }
    for sentence in [
        "Boris Neves agreed.",
        "Boris Neves replied.",
        "Boris Neves asked the clerk.",
        "Boris Neves asked her deputy.",
        "Boris Neves pressed her.",
        "Boris Neves shouted to cheers from the hall.",
        "Boris Neves said to the clerk.",
        "Boris Neves added the next morning.",
        "Boris Neves wrote that day on X.",
    ] {
        check_is_given("Who asked us?", sentence, "Boris Neves");
    }
}

#[test]
fn words_that_a_sentence_leads_to_are_those_it_tells() {
    check(
        "“Open it!” chanted protesters. “Shame!” A sign read “No pier is private.”",
        &[
            said("protesters", ["Open it!"]),
            said("protesters", ["Shame!"]),
            said("A sign", ["No pier is private."]),
        ],
    );
    check(
        "“It is late,” Ida Brandt said. “Why now?” Boris Neves demanded, “and by whom?”",
        &[
            said("Ida Brandt", ["It is late,"]),
            said("Boris Neves", ["Why now?", "and by whom?"]),
        ],
    );
}

#[test]
fn who_is_silent_says_nothing_beside_it() {
    check(
        "“It is late,” Ida Brandt said. Boris Neves could not be reached. “It is dark for all of us.”",
        &[
            said("Ida Brandt", ["It is late,"]),
            said("Ida Brandt", ["It is dark for all of us."]),
        ],
    );
    check(
        "The harbor board declined to comment. “It is dark for all of us.”",
        &[nobody(["It is dark for all of us."])],
    );
    check(
        "Boris Neves declined to say when. “It is dark for all of us.”",
        &[said("Boris Neves", ["It is dark for all of us."])],
    );
    check(
        "Boris Neves did not reply at first. “It is dark,” he said.",
        &[said("Boris Neves", ["It is dark,"])],
    );
}

/// A paragraph of words with brackets behind them, below one that somebody else says.
#[track_caller]
fn check_in_brackets(words: &str, brackets: &str, speaker: &str) {
    let text = format!("“It is late,” said Karen Neves.\n\n“{words}” {brackets}");
    check(
        &text,
        &[said("Karen Neves", ["It is late,"]), said(speaker, [words])],
    );
}

#[test]
fn who_is_named_in_brackets_behind_words_signs_them() {
    let words = "I will not open this pier.";
    check_in_brackets(words, "(Dr. Ken Abara, Feb. 9)", "Ken Abara");
    check_in_brackets(words, "(Sheriff Boris Brandt)", "Sheriff Boris Brandt");
    check_in_brackets(words, "[Sheriff Boris Brandt, press conference]", "Boris Brandt");
    check_in_brackets(words, "(Ida Brandt, president of Local 12)", "Ida Brandt");
    check_in_brackets(words, "(Ida Brandt) The board meets on Friday.", "Ida Brandt");
    check(
        "“It is late for us.” (Ida Brandt) “It is not late for me.” (Boris Neves, 2/9/26)",
        &[
            said("Ida Brandt", ["It is late for us."]),
            said("Boris Neves", ["It is not late for me."]),
        ],
    );
}

#[test]
fn brackets_that_tell_something_sign_nothing() {
    for brackets in [
        "(Applause.)",
        "(She did.)",
        "(Boris Brandt did not reply.)",
        "(Sheriff Boris Brandt, her boss, was away.)",
        "(Photo: Boris Brandt)",
        "(Video by Boris Brandt)",
        "(Harbor Falls, Feb. 9)",
        "(Harbor Gazette, Feb. 9)",
        "(Feb. 9)",
    ] {
        check_in_brackets("He will not open this pier.", brackets, "Karen Neves");
    }
    check(
        "“It is late,” Karen Neves said. “He will not come.” (Boris Brandt, her deputy)",
        &[
            said("Karen Neves", ["It is late,"]),
            said("Karen Neves", ["He will not come."]),
        ],
    );
    check(
        "Books of the month\n\n“Where Is My Harbor?” (Karen Neves, Crane Press)\n\n“The Long Pier” (Boris Brandt)",
        &[],
    );
}

/// Words that somebody without a name hurls at somebody, and a reply.
#[track_caller]
fn check_reply(shout: &str, shouts: &str, reply: &str, speaker: Option<&str>) {
    let text =
        format!("Mayor Adaeze Okonjo opened the meeting.\n\n“You are late,” {shout}. “I am not,” {reply}.");
    let answer = match speaker {
        Some(speaker) => said(speaker, ["I am not,"]),
        None => said(reply.split(' ').next().expect("a pronoun"), ["I am not,"]),
    };
    check(&text, &[said(shouts, ["You are late,"]), answer]);
}

#[test]
fn whom_somebody_without_a_name_shouts_at_replies() {
    let neves = Some("Dana Neves");
    check_reply("a man shouted at Dana Neves", "a man", "she replied", neves);
    check_reply("shouted a man at Dana Neves", "a man", "she replied", neves);
    check_reply("a heckler told Dana Neves", "a heckler", "she answered", neves);
    check_reply(
        "a man shouted at Dana Neves, the clerk",
        "a man",
        "she replied",
        neves,
    );
}

#[test]
fn who_cannot_be_meant_does_not_reply() {
    let mayor = Some("Adaeze Okonjo");
    check_reply("a man shouted at Boris Neves", "a man", "she replied", mayor);
    check_reply(
        "a critic said in Marrow",
        "a critic",
        "she replied",
        Some("a critic"),
    );
    // A heckler may be a woman.
    check_reply("a heckler yelled at Dana Neves", "a heckler", "she said", None);
}

#[test]
fn a_label_for_a_question_is_nobodys_name() {
    check(
        "Question: Why did you wait so long?\n\nMayor Ana Lima: I did not wait.\n\nQuestion: Will you sign it?\n\n\
         Mayor Ana Lima: I will sign it.",
        &[
            nobody(["Why did you wait so long?"]),
            said("Ana Lima", ["I did not wait."]),
            nobody(["Will you sign it?"]),
            said("Ana Lima", ["I will sign it."]),
        ],
    );
    check(
        "Reporter: Why did you wait so long?\n\nMayor Ana Lima: I did not wait.\n\nReporter: Will you sign it?\n\n\
         Mayor Ana Lima: I will sign it.",
        &[
            said("Reporter", ["Why did you wait so long?"]),
            said("Ana Lima", ["I did not wait."]),
            said("Reporter", ["Will you sign it?"]),
            said("Ana Lima", ["I will sign it."]),
        ],
    );
}
