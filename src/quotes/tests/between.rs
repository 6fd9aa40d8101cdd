//! Words between two who might have said them: behind one who spoke, before a sentence or brackets about another, after a shout.

use super::{check, nobody, said};

/// Words that the sentence after them gives to its own speaker, behind words of another in the same paragraph.
#[track_caller]
fn check_is_given(words: &str, sentence: &str, speaker: &str) {
    let text = format!("“It was our plan,” Ida Brandt said. “{words}” {sentence}");
    check(
        &text,
        &[said("Ida Brandt", ["It was our plan,"]), said(speaker, [words])],
    );
}

#[test]
fn who_is_told_to_speak_right_behind_words_says_them() {
    for sentence in [
        "Boris Neves said.",
        "Boris Neves replied.",
        "Boris Neves responded.",
        "Boris Neves apologized.",
        "Boris Neves told reporters.",
        "Boris Neves said last night.",
    ] {
        check_is_given("It was not.", sentence, "Boris Neves");
    }
    for sentence in [
        "Boris Neves asked the clerk.",
        "Boris Neves asked the hotline.",
        "Boris Neves told a packed room.",
        "Boris Neves asked nobody in particular.",
        "Boris Neves tweeted a few hours later.",
        "Boris Neves shouted to cheers from the hall.",
    ] {
        check_is_given("Is it over yet?", sentence, "Boris Neves");
    }
}

#[test]
fn who_will_not_comment_may_say_why() {
    check(
        "Boris Neves declined to comment on the case. “It is before the court, and there it will be heard.”",
        &[said(
            "Boris Neves",
            ["It is before the court, and there it will be heard."],
        )],
    );
}

#[test]
fn brackets_behind_words_do_not_make_their_own_who_speaks() {
    let words = "He will not open this pier.";
    for brackets in [
        "(Anna Brandt/AP)",
        "(Sheriff Boris Brandt, her father)",
        "(Judge Boris Brandt, Jan. 12)",
    ] {
        check(
            &format!("“It is late,” Karen Neves said. “{words}” {brackets}"),
            &[said("Karen Neves", ["It is late,"]), said("Karen Neves", [words])],
        );
    }
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
