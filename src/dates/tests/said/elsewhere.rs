//! Words that were said at another time, of which nobody tells the day.

use super::*;

#[test]
fn words_of_another_time_are_not_given_the_documents_day() {
    let (lima, said) = ("Lima", Some("said"));
    check_said(
        "“We won’t pay,” Lima said in 2024.",
        lima,
        said,
        ("2024", "after_cue"),
    );
    check_said(
        "In 2018, Lima said “nobody pays.”",
        lima,
        said,
        ("2018", "sentence_opening"),
    );
    check_said("Lima once said that “nobody pays.”", lima, said, ("", ""));
    check_said("Lima had often said “nobody pays.”", lima, said, ("", ""));
    check_said(
        "Two weeks ago Lima had said “nobody pays.”",
        lima,
        said,
        ("2026-01-26/2026-02-01", "sentence_opening"),
    );
    check_said(
        "In a Jan. 9 letter to the council, Lima wrote that “nobody pays.”",
        lima,
        Some("wrote"),
        ("2026-01-09", "sentence_opening"),
    );
    check_said(
        "Lima, whom Cruz met in January, said “nobody pays.”",
        lima,
        said,
        ("2026-02-13", "document_day"),
    );
    check_said(
        "“I was there,” said April Stone.",
        "April Stone",
        said,
        ("2026-02-13", "document_day"),
    );
    // Of what the words are about, not of when they were said.
    let own_day = ("2026-02-13", "document_day");
    check_said("Lima, elected in 2021, said “nobody pays.”", lima, said, own_day);
    check_said(
        "After winning in 2024, Lima said “nobody pays.”",
        lima,
        said,
        own_day,
    );
    check_said("Lima said the 2020 election was “stolen.”", lima, said, own_day);
    check_said(
        "Asked about a Jan. 9 letter, Lima said “nobody pays.”",
        lima,
        said,
        own_day,
    );
    check_said(
        "The lawyer Lima had hired said “nobody pays.”",
        lima,
        said,
        own_day,
    );
    check_said("Lima once again said “nobody pays.”", lima, said, own_day);
    check_said(
        "Lima said sales of 2019 were “a scandal.”",
        lima,
        said,
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn what_was_said_some_time_ago_has_no_day() {
    for text in [
        "Lima has said the pier is “safe.”",
        "Lima has long said the pier is “safe.”",
        "Years ago, Lima said the pier is “safe.”",
        "In the past, Lima said the pier is “safe.”",
        "Lima recently said the pier is “safe.”",
    ] {
        check_said(text, "Lima", Some("said"), ("", ""));
    }
    check_said(
        "The former mayor, Lima, said the pier is “safe.”",
        "Lima",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
}

#[test]
fn the_dead_say_nothing_on_the_day_of_the_report() {
    let unknown = ("", "");
    for text in [
        "Ida Voss died on Feb. 3. “I never asked,” Ida Voss said.",
        "Ida Voss, 82, who led the county for years, died Tuesday. “No,” Ida Voss said.",
        "Ida Voss, who died in January, was stern. “No,” Ida Voss said.",
        "“No,” the late Ida Voss said.",
    ] {
        check_said(text, "Ida Voss", Some("said"), unknown);
    }
    // What says when stands, and the living speak of the dead.
    check_said(
        "Ida Voss died on Feb. 3. “No,” Ida Voss said in 2019.",
        "Ida Voss",
        Some("said"),
        ("2019", "after_cue"),
    );
    check_said(
        "Ida Voss died on Feb. 3. “She was kind,” Voss, her son, said.",
        "Voss",
        Some("said"),
        ("2026-02-13", "document_day"),
    );
    for text in [
        "Ida Voss died on Feb. 3. “She was kind,” Tom Voss said.",
        "Tom Voss’s mother died on Feb. 3. “She was kind,” Tom Voss said.",
        "Tom Voss, whose mother died on Feb. 3, was calm. “I am fine,” Tom Voss said.",
        "If Tom Voss died, nobody knew. “I am fine,” Tom Voss said.",
        "Tom Voss nearly died on Feb. 3. “I am fine,” Tom Voss said.",
        "The mother of Mayor Tom Voss died on Feb. 3. “She was kind,” Tom Voss said.",
        "A man shot by Officer Tom Voss died on Feb. 3. “I am sorry,” Tom Voss said.",
        "Tom Voss was late. “I am sorry,” Tom Voss said.",
    ] {
        check_said(text, "Tom Voss", Some("said"), ("2026-02-13", "document_day"));
    }
}

#[test]
fn how_long_before_something_it_was_said_tells_that_it_was_another_day() {
    check_said(
        "“No,” Lima said two days before the vote.",
        "Lima",
        Some("said"),
        ("", ""),
    );
    check_said(
        "“No,” Lima told The Star two days before the vote.",
        "Lima",
        Some("told"),
        ("", ""),
    );
    let own_day = ("2026-02-13", "document_day");
    for text in [
        "“No,” Lima said before the vote.",
        "“No,” Lima said, two days before the vote is due.",
        "“No,” Lima said of the two days before the vote.",
        "“No,” Lima said of a storm that hit two days before the vote.",
    ] {
        check_said(text, "Lima", Some("said"), own_day);
    }
}
