use super::*;

fn quote(document: &str, text: &str) -> Line {
    Line {
        key: key(&["quote", document, &Wording::of(text).words().join(" ")]),
        wording: Wording::of(text).words().join(" "),
        kind: "quote".into(),
        entry: format!("q-{text}"),
        document: document.into(),
        revision: "r".into(),
        capture: "c".into(),
        url: "https://herald.example/one".into(),
        title: None,
        source: "The Harbor Herald".into(),
        speaker: None,
        day: None,
        text: text.into(),
        by_hand: None,
    }
}

#[track_caller]
fn check(before: &[Line], now: &[Line], told: &[(Change, &str, Option<&str>)]) {
    check_moved(before, now, &[], told);
}

#[track_caller]
fn check_moved(before: &[Line], now: &[Line], moved: &[(&str, &str)], told: &[(Change, &str, Option<&str>)]) {
    let now: Vec<&Line> = now.iter().collect();
    let moved = moved
        .iter()
        .map(|(from, to)| (from.to_string(), to.to_string()))
        .collect();
    let difference = difference(before, &now, &moved);
    let items: Vec<_> = difference
        .items
        .iter()
        .map(|item| (item.change, item.line.text.as_str(), item.before.as_deref()))
        .collect();
    assert_eq!(items, told);
    // What is kept and forgotten leads from the one look to the other.
    let mut lines: HashMap<&str, &Line> = before.iter().map(|line| (line.key.as_str(), line)).collect();
    for forgotten in &difference.forgotten {
        lines.remove(forgotten.as_str());
    }
    lines.extend(difference.kept.iter().map(|line| (line.key.as_str(), line)));
    assert_eq!(lines.len(), now.len());
    assert!(now.iter().all(|line| lines.get(line.key.as_str()) == Some(line)));
}

#[test]
fn what_is_new_changed_or_gone_is_told_and_nothing_else() {
    let rebuilt = quote("d1", "The landing will be rebuilt before the summer");
    let later = Line {
        revision: "r2".into(),
        ..quote("d1", "The landing will be rebuilt before the autumn")
    };
    let other = quote("d2", "The landing will be rebuilt before the autumn");
    let wages = quote("d1", "Nobody has been paid since March");
    check(&[], &[], &[]);
    check(
        &[],
        std::slice::from_ref(&rebuilt),
        &[(Change::New, &rebuilt.text, None)],
    );
    check(
        std::slice::from_ref(&rebuilt),
        std::slice::from_ref(&rebuilt),
        &[],
    );
    check(
        std::slice::from_ref(&rebuilt),
        std::slice::from_ref(&later),
        &[(Change::Changed, &later.text, Some(&rebuilt.text))],
    );
    // Alike words of another document are another statement; so are other words of the same.
    check(
        std::slice::from_ref(&rebuilt),
        std::slice::from_ref(&other),
        &[
            (Change::New, &other.text, None),
            (Change::Gone, &rebuilt.text, None),
        ],
    );
    check(
        std::slice::from_ref(&rebuilt),
        std::slice::from_ref(&wages),
        &[
            (Change::New, &wages.text, None),
            (Change::Gone, &rebuilt.text, None),
        ],
    );
}

#[test]
fn a_quote_that_was_cut_or_took_the_place_of_the_only_one_is_a_change() {
    let by = |text: &str, revision: &str| Line {
        speaker: Some("Ana Lima".into()),
        revision: revision.into(),
        ..quote("d1", text)
    };
    let whole = by("We support the goal and we want to see the homework", "r");
    let cut = by("We support the goal", "r2");
    let other = by("Nobody has been paid since March", "r");
    check(
        &[whole.clone(), other.clone()],
        &[cut.clone(), other.clone()],
        &[(Change::Changed, &cut.text, Some(&whole.text))],
    );
    let warrant = by(
        "will hand over no name without a warrant from a federal judge",
        "r",
    );
    let names = by("will hand over names with a warrant", "r2");
    check(
        &[warrant.clone(), other.clone()],
        &[names.clone(), other.clone()],
        &[(Change::Changed, &names.text, Some(&warrant.text))],
    );
    // Of two that came nobody can say which took its place.
    let more = by("We are tired of it", "r2");
    check(
        &[warrant.clone(), other.clone()],
        &[names.clone(), more.clone(), other.clone()],
        &[
            (Change::New, &names.text, None),
            (Change::New, &more.text, None),
            (Change::Gone, &warrant.text, None),
        ],
    );
    // Few words in common are another statement, however alone.
    check(
        std::slice::from_ref(&warrant),
        std::slice::from_ref(&more),
        &[
            (Change::New, &more.text, None),
            (Change::Gone, &warrant.text, None),
        ],
    );
}

#[test]
fn what_a_page_that_moved_says_as_before_is_neither_gone_nor_new() {
    let old = quote("d1", "The landing will be rebuilt before the summer");
    let new = Line {
        revision: "r2".into(),
        ..quote("d2", &old.text)
    };
    let headline = |document: &str, revision: &str| Line {
        kind: "document".into(),
        wording: revision.into(),
        revision: revision.into(),
        ..quote(document, "Landing to be rebuilt")
    };
    let (was, is) = (headline("d1", "r1"), headline("d2", "r2"));
    let moved = [("d1", "d2")];
    check_moved(&[old.clone(), was.clone()], &[new.clone(), is], &moved, &[]);
    // It may have been found at both until then.
    check_moved(
        &[old.clone(), new.clone()],
        std::slice::from_ref(&new),
        &moved,
        &[],
    );
    let altered = Line {
        revision: "r2".into(),
        ..quote("d2", "The landing will be rebuilt before the autumn")
    };
    check_moved(
        std::slice::from_ref(&old),
        std::slice::from_ref(&altered),
        &moved,
        &[(Change::Changed, &altered.text, Some(&old.text))],
    );
    check_moved(
        &[old.clone(), was],
        &[new],
        &[("d1", "d3")],
        &[
            (Change::New, &old.text, None),
            (Change::Gone, &old.text, None),
            (Change::Gone, "Landing to be rebuilt", None),
        ],
    );
}

#[test]
fn words_that_are_given_to_somebody_else_or_another_day_are_told() {
    let by = |key: &str, speaker: &str, day: &str| Line {
        key: key.into(),
        speaker: Some(speaker.into()),
        day: Some(day.parse().expect("a day")),
        ..quote("d1", "The landing will be rebuilt")
    };
    let again = |line: Line| Line {
        revision: "r2".into(),
        ..line
    };
    let was = by("one", "Ana Lima", "2026-02-03");
    let is = again(by("two", "Boris Cruz", "2026-02-03"));
    let told = |was: &Line, is: &Line| {
        let difference = difference(std::slice::from_ref(was), &[is], &HashMap::new());
        let items = difference.items.into_iter();
        let told = items.map(|item| (item.change, item.before, item.speaker_before, item.day_before));
        told.collect::<Vec<_>>()
    };
    let lima = Some("Ana Lima".to_owned());
    assert_eq!(told(&was, &is), [(Change::Changed, None, lima, None)]);
    let later = by("one", "Ana Lima", "2026-02-10");
    assert!(told(&was, &later).is_empty(), "our own reading is no news");
    assert_eq!(
        told(&was, &again(later)),
        [(Change::Changed, None, None, was.day)]
    );
    // Like words of two people are two statements.
    let else_said = Line {
        wording: "the landing will be rebuilt soon".into(),
        text: "The landing will be rebuilt soon".into(),
        ..is
    };
    let changes: Vec<Change> = told(&was, &else_said).into_iter().map(|it| it.0).collect();
    assert_eq!(changes, [Change::New, Change::Gone]);
}

#[test]
fn days_of_like_paragraphs_are_not_paired_by_their_words() {
    let on = |day: &str, revision: &str| {
        let text =
            format!("The director shall send a first draft of the plan to the council no later than {day}.");
        Line {
            kind: "date".into(),
            key: key(&["date", "d1", day]),
            wording: day.into(),
            revision: revision.into(),
            day: Some(day.parse().expect("a day")),
            ..quote("d1", &text)
        }
    };
    let (was, is) = (on("2027-01-29", "r1"), on("2027-02-12", "r2"));
    let items = difference(std::slice::from_ref(&was), &[&is], &HashMap::new()).items;
    let told: Vec<_> = items.iter().map(|item| (item.change, item.line.day)).collect();
    assert_eq!(told, [(Change::New, is.day), (Change::Gone, was.day)]);
}

#[test]
fn dates_that_say_nothing_more_are_not_told() {
    let paragraph = "The pier opens at noon on Monday, 9 February, and on no other day.";
    let date = |expression: &str, day: &str| Line {
        kind: "date".into(),
        key: key(&["date", expression]),
        wording: expression.into(),
        day: Some(day.parse().expect("a day")),
        ..quote("d1", paragraph)
    };
    let (noon, monday, other) = (
        date("noon", "2026-02-09"),
        date("9 February", "2026-02-09"),
        date("tomorrow", "2026-02-10"),
    );
    let told = (Change::New, paragraph, None);
    check(&[], &[noon.clone(), monday.clone(), other.clone()], &[told, told]);
    let page = Line {
        kind: "document".into(),
        ..quote("d1", "Pier to open")
    };
    let all = [page.clone(), noon, other];
    check(&all, &[], &[(Change::Gone, "Pier to open", None)]);
    let gone = (Change::Gone, paragraph, None);
    check(&all, &[page], &[gone, gone]);
}

#[test]
fn another_revision_with_the_same_words_is_kept_and_not_told() {
    let was = quote("d1", "The landing will be rebuilt");
    let is = Line {
        entry: "another".into(),
        capture: "another".into(),
        ..was.clone()
    };
    check(&[was], &[is], &[]);
}

#[test]
fn the_lines_of_a_page_with_very_many_are_compared_with_those_that_share_seldom_words() {
    let paragraph = |revision: &str, number: u32| {
        let text = format!(
            "Tide table of boat {number}: it sails at noon and is back at dusk on every day of the week"
        );
        Line {
            key: format!("{revision} {number}"),
            revision: revision.into(),
            ..quote("d1", &text)
        }
    };
    let told = |count: u32| {
        let lines = |revision: &str| {
            (0..count)
                .map(|number| paragraph(revision, number))
                .collect::<Vec<_>>()
        };
        let (before, mut now) = (lines("r1"), lines("r2"));
        for line in now.iter_mut().skip(1) {
            line.text = line.text.replace("noon", "nine").replace("week", "month");
            line.wording = Wording::of(&line.text).words().join(" ");
        }
        let now: Vec<&Line> = now.iter().collect();
        let items = difference(&before, &now, &HashMap::new()).items;
        let of = |change: Change| items.iter().filter(|item| item.change == change).count();
        (of(Change::Changed), of(Change::New), of(Change::Gone))
    };
    // The first says the same: nothing is told of it either way.
    assert_eq!(told(20), (19, 0, 0));
    // Each with each, these would be compared for minutes.
    assert_eq!(told(3_000), (2_999, 0, 0));
}

#[test]
fn what_came_to_one_document_is_not_compared_with_what_went_from_another() {
    // Each with each, these would be compared a hundred million times.
    let lines = |revision: &str, word: &str| -> Vec<Line> {
        let line = |number: u32| Line {
            revision: revision.to_owned(),
            ..quote(&format!("d{number}"), &format!("Boat {number} sails at {word}"))
        };
        (0..10_000).map(line).collect()
    };
    let (before, now) = (lines("r1", "noon"), lines("r2", "dusk"));
    let now: Vec<&Line> = now.iter().collect();
    let difference = difference(&before, &now, &HashMap::new());
    assert_eq!(difference.items.len(), before.len());
    for (item, was) in difference.items.iter().zip(&before) {
        assert_eq!(item.change, Change::Changed);
        assert_eq!(item.before.as_ref(), Some(&was.text));
    }
}
