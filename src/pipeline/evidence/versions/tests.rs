//! What became of quotes between the captures of a pack.

use super::*;

fn version(capture: &str, hour: i64, quotes: &[(&str, &str)]) -> Version {
    let quoted = |(speaker, words): &(&str, &str)| Quoted {
        id: format!("{capture}: {words}"),
        words: (*words).into(),
        speaker: Some(SpeakerId::from_name(speaker)),
        name: (*speaker).into(),
    };
    let at = Timestamp::from_second(hour * 3_600).expect("a moment");
    Version::of(capture, at, quotes.iter().map(quoted).collect(), Vec::new())
}

const WAS: (&str, &str) = ("Ana Lima", "We will pay 140 families by the summer");
const IS: (&str, &str) = ("Ana Lima", "We will pay 400 families by the summer");
const PIER: (&str, &str) = ("Tom Reed", "The pier was closed before anybody asked us");

#[track_caller]
fn check(versions: &[Version], quote: &str, told: &[&str]) {
    let of = of(versions, "own", &mut 0);
    let found = of.told.get(&format!("own: {quote}")).cloned();
    assert_eq!(found.unwrap_or_default(), told);
}

#[test]
fn what_stood_before_and_what_stands_later_is_read_and_told() {
    let own = || version("own", 2, &[IS, PIER]);
    let before = version("earlier", 1, &[WAS, PIER]);
    let said = "before, in its capture of 1970-01-01T01:00:00Z, the page said “We will pay 140 families by the summer” in their place";
    check(&[before, own()], IS.1, &[said]);
    let later = version("later", 3, &[IS, ("Ana Lima", PIER.1)]);
    let given = "later, in its capture of 1970-01-01T03:00:00Z, the page gives these words to Ana Lima";
    check(&[own(), later], PIER.1, &[given]);
    let later = version("later", 3, &[IS]);
    let lost = "later, in its capture of 1970-01-01T03:00:00Z, no such quote of the page is read";
    check(&[own(), later], PIER.1, &[lost]);
}

#[test]
fn each_quote_has_its_own_edit_told_whichever_came_first() {
    let versions = [
        version("own", 2, &[WAS, PIER]),
        version("later", 3, &[IS, PIER]),
        version("last", 4, &[IS]),
    ];
    let said = "later, in its capture of 1970-01-01T03:00:00Z, the page says “We will pay 400 families by the summer” in their place";
    check(&versions, WAS.1, &[said]);
    let lost = "later, in its capture of 1970-01-01T04:00:00Z, no such quote of the page is read";
    check(&versions, PIER.1, &[lost]);
    let mut turned = versions;
    turned[0].at = Timestamp::from_second(5 * 3_600).expect("a moment");
    let before = "before, in its capture of 1970-01-01T04:00:00Z, the page said “We will pay 400 families by the summer” in their place";
    check(&turned, WAS.1, &[before]);
}

#[test]
fn a_correction_is_told_of_what_the_last_capture_has_no_more_as_it_stood() {
    let printing = |hour: i64, quotes: &[(&str, &str)], words: &str| Version {
        corrections: vec![words.to_owned()],
        ..version(&hour.to_string(), hour, quotes)
    };
    const CORRECTION: &str = "Correction: Tom Reed did not say that.";
    let versions = [version("own", 2, &[WAS, PIER]), printing(3, &[WAS], CORRECTION)];
    let lost = "later, in its capture of 1970-01-01T03:00:00Z, no such quote of the page is read";
    let prints = "later, in its capture of 1970-01-01T03:00:00Z, the page prints: “Correction: Tom Reed did not say that.”";
    check(&versions, PIER.1, &[lost, prints]);
    check(&versions, WAS.1, &[]);
    // One that stood beside the quote already is none of it, and what is back stands.
    let beside = Version {
        corrections: vec![CORRECTION.to_owned()],
        ..version("own", 2, &[WAS, PIER])
    };
    check(&[beside, printing(3, &[WAS], CORRECTION)], PIER.1, &[lost]);
    let [own, without] = versions;
    check(
        &[own, without, printing(4, &[WAS, PIER], CORRECTION)],
        PIER.1,
        &[lost],
    );
}

#[test]
fn what_stands_in_all_captures_has_nothing_told_of_it() {
    let versions = [
        version("earlier", 1, &[WAS, PIER]),
        version("own", 2, &[IS, PIER]),
        version("later", 3, &[IS, PIER]),
    ];
    check(&versions, PIER.1, &[]);
    check(&[version("own", 2, &[IS]), version("later", 3, &[IS])], IS.1, &[]);
}

#[test]
fn a_correction_of_something_else_is_not_read_as_one_of_the_quote() {
    const BOAT: &str = "Correction: An earlier version gave the wrong name of the boat.";
    const REED: &str = "Correction: Tom Reed did not say that.";
    let document = DocumentId::new("page");
    let versions = |compared: usize| Versions {
        documents: HashMap::from([(
            document.clone(),
            vec![
                version("own", 2, &[WAS, PIER]),
                Version {
                    corrections: [BOAT, BOAT, BOAT, REED].map(str::to_owned).to_vec(),
                    ..version("last", 3, &[WAS])
                },
            ],
        )]),
        compared,
        ..Versions::default()
    };
    let claim = |words: &str| PrintedSinceClaim {
        quote: format!("own: {}", PIER.1),
        words: words.into(),
        capture: "last".into(),
    };
    let read =
        |compared: usize, words: &str| versions(compared).is_corrected(&document, "own", &claim(words));
    assert_eq!(read(0, REED), Corrected::Read);
    assert_eq!(read(0, BOAT), Corrected::NotRead);
    assert_eq!(read(MOST_COMPARED, REED), Corrected::NotCompared);
    let told = versions(0).became(&document, "own", &claim(REED).quote);
    assert_eq!(told.len(), 2, "that it is gone, and what corrects it: {told:?}");
    let told = versions(MOST_COMPARED).became(&document, "own", &claim(REED).quote);
    assert_eq!(told, [NOT_COMPARED]);
}
