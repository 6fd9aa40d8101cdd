//! Deadlines with their sums.

use super::*;

fn sums(text: &str) -> Vec<String> {
    sums_in(Tongue::English, text)
}

#[test]
fn deadlines_are_counted_from_the_day_the_text_states() {
    let order = "Signed February 6, 2026. Within 14 days of this Order, each agency shall report. No later than sixty \
        (60) days after the effective date, the commissioner shall publish rules. This Order shall take effect \
        immediately.";
    assert_eq!(
        sums(order),
        [
            "2026-02-06 + 14 days = 2026-02-20",
            "2026-02-06 + 60 days = 2026-04-07"
        ]
    );
    let rule = "The rule takes effect on January 31, 2026. Towns must comply one month after its effective date; \
        comments are due 30 days after publication.";
    assert_eq!(
        sums(rule),
        [
            "2026-01-31 + 1 month = 2026-02-28",
            "2026-02-13 + 30 days = 2026-03-15"
        ]
    );
}

#[test]
fn a_deadline_may_be_counted_from_a_day_that_is_counted() {
    let act = "Signed February 6, 2026. This ordinance shall take effect six days after it is signed. Reports are due \
        ninety (90) days after the effective date.";
    assert_eq!(
        sums(act),
        [
            "2026-02-06 + 6 days = 2026-02-12",
            "2026-02-06 + 6 days = 2026-02-12; 2026-02-12 + 90 days = 2026-05-13"
        ]
    );
    let unclear = "This act shall take effect six days after it is signed. Reports are due 90 days after the effective date.";
    assert_eq!(sums(unclear), ["", ""]);
}

#[test]
fn a_deadline_means_the_day_it_leads_to_and_names_its_evidence() {
    let text = "DATED: February 6, 2026\n\nWithin 14 days of the date of this Order, they report.";
    let mentions = find(text, Tongue::English, Some(day()));
    let [dated, fortnight] = &mentions[..] else {
        panic!("{mentions:?}");
    };
    let deadline = fortnight.deadline.as_ref().expect("a deadline");
    assert_eq!(deadline.span.slice(text), "14 days of the date of this Order");
    assert_eq!(deadline.evidence, Some(dated.span));
    assert_eq!(
        (deadline.event, deadline.from),
        (Event::Signed, edtf::day(2026, 2, 6))
    );
    let due = edtf::day(2026, 2, 20).map(When::day);
    assert_eq!((fortnight.value.as_str(), &fortnight.when), ("P14D", &due));
    assert_eq!(fortnight.anchor, Anchor::Mention(dated.span));
}

#[test]
fn nothing_is_counted_where_it_is_not_clear_from_what() {
    let two_days = "The mayor signed the order on February 6; the order was issued on January 3. Within 14 days of the \
        order, they report.";
    assert_eq!(sums(two_days), [""]);
    assert_eq!(sums("Within 14 days of this order, they report."), [""]);
    for other_days in [
        "Executive Order 13, signed on January 21, 2021, is revoked.",
        "Permits issued on January 3, 2026, stay in force.",
        "All orders signed on or before January 3, 2026, are revoked.",
    ] {
        assert_eq!(
            sums(&format!(
                "{other_days} Within 14 days of this order, they report."
            )),
            [""]
        );
    }
    for unsure in ["30 to 60 days", "more than 30 days", "about 30 days"] {
        assert!(
            sums(&format!(
                "Signed February 6, 2026. It ends {unsure} after this order."
            ))
            .is_empty()
        );
    }
    assert!(sums("It was 30 days after the publication of the book.").is_empty());
    // Working days are counted with a list of holidays.
    assert_eq!(
        sums("Signed February 6, 2026. Within 10 business days of this order."),
        [""]
    );
    // "within 30 days" names nothing at all.
    assert!(sums("Signed February 6, 2026. It can be appealed within 30 days.").is_empty());
}

#[test]
fn a_length_of_time_may_be_counted_from_the_day_that_is_named_behind_it() {
    let text = "The board must answer within 45 days of the Feb. 2 letter.";
    let mentions = find(text, Tongue::English, Some(day()));
    let [length, letter] = &mentions[..] else {
        panic!("{mentions:?}");
    };
    assert_eq!(length.when, edtf::day(2026, 3, 19).map(When::day));
    assert_eq!(
        (length.anchor, length.is_limit),
        (Anchor::Mention(letter.span), true)
    );
    for (text, days) in [
        (
            "Within 10 days of March 2, 2026, it shall report.",
            vec!["2026-03-12", "2026-03-02"],
        ),
        (
            "It must end within 10 days after March 2.",
            vec!["2026-03-12", "2026-03-02"],
        ),
        (
            "Within 10 days of March 2, 2026, it had gone.",
            vec!["2026-03-02"],
        ),
        (
            "It was out within two days of the Feb. 2 storm.",
            vec!["2026-02-02"],
        ),
        (
            "They must answer within 10 days; on Feb. 2 they met.",
            vec!["2026-02-02"],
        ),
        (
            "They must answer within 10 business days of Feb. 2.",
            vec!["2026-02-02"],
        ),
    ] {
        check_days_in(Tongue::English, text, &days);
    }
}

#[test]
fn what_ends_with_a_month_ends_with_its_last_day() {
    for (text, day) in [
        ("They have until the end of April to apply.", "2026-04-30"),
        ("They must apply by the end of the year.", "2026-12-31"),
        // Nothing is due then, so that it is no day.
        ("It rained by the end of January.", "2026-01"),
        ("They must apply by April.", "2026-04"),
        ("At the end of April it must rain.", "2026-04"),
    ] {
        check_days_in(Tongue::English, text, &[day]);
    }
}

#[test]
fn the_publication_of_what_is_still_to_be_published_is_not_the_documents_own() {
    assert_eq!(
        sums("The bureau shall publish a draft and accept comments for 30 days following publication."),
        [""]
    );
    let own = ["2026-02-13 + 30 days = 2026-03-15"];
    assert_eq!(
        sums("Comments are accepted for 30 days following publication."),
        own
    );
    assert_eq!(
        sums("The bureau shall publish a draft. Comments are due 30 days after publication."),
        own
    );
    assert_eq!(
        sums("Publishers may comment for 30 days following publication."),
        own
    );
}

#[test]
fn orders_of_courts_notices_and_adoptions_set_deadlines_as_well() {
    for (text, sum) in [
        (
            "So ordered on March 2, 2026. She shall file within 21 days of the entry of this order.",
            "2026-03-02 + 21 days = 2026-03-23",
        ),
        (
            "Entered March 2, 2026. They shall confer within five days of entry of this Order.",
            "2026-03-02 + 5 days = 2026-03-07",
        ),
        (
            "The ordinance was adopted on March 2, 2026, and takes effect 60 days after adoption.",
            "2026-03-02 + 60 days = 2026-05-01",
        ),
        (
            "Dated March 2, 2026. Appeal within 30 days after the date of this notice.",
            "2026-03-02 + 30 days = 2026-04-01",
        ),
        (
            "Signed March 2, 2026. Answers come no more than 21 days after the date of this notice.",
            "2026-03-02 + 21 days = 2026-03-23",
        ),
        (
            "Not more than 60 days after the effective date of this Act, which is March 2, 2026, it acts.",
            "2026-03-02 + 60 days = 2026-05-01",
        ),
        (
            "Signed March 2, 2026. It expires six months from the date it is signed.",
            "2026-03-02 + 6 months = 2026-09-02",
        ),
    ] {
        assert_eq!(sums(text), [sum], "{text}");
    }
}

#[test]
fn what_somebody_has_or_is_given_until_a_day_ends_with_it() {
    check_limits_in(
        Tongue::English,
        &[
            (
                "It must be filed in no case later than March 2, 2026.",
                "March 2, 2026",
            ),
            ("Voters have through March 2 to register.", "March 2"),
            ("Growers have from Feb. 20 to March 2 to apply.", "March 2"),
            ("The judge gave the state until March 2.", "March 2"),
            (
                "The bill must pass before the assembly adjourns on March 2.",
                "March 2",
            ),
            ("The judge gave the state two weeks to respond.", "two weeks"),
        ],
        &[
            "She gave free rides until March 2.",
            "The assembly adjourns on March 2.",
        ],
    );
    // Counted from a day that is named behind it.
    check_days_in(
        Tongue::English,
        "The city has 14 days from Feb. 2 to appeal.",
        &["2026-02-16", "2026-02-02"],
    );
    assert_eq!(
        sums(
            "“Effective Date” means March 1, 2026. Within 10 days of the Effective Date, the tenant shall pay."
        ),
        ["2026-03-01 + 10 days = 2026-03-11"]
    );
    check(
        "The contract ends with the fiscal year on June 30.",
        &[("the fiscal year", "2026"), ("June 30", "2026-06-30")],
    );
    check(
        "The contract ends with the fiscal year on Nov. 30.",
        &[("the fiscal year", "2026"), ("Nov. 30", "2026-11-30")],
    );
}

#[test]
fn a_label_states_the_day_an_order_takes_effect() {
    assert_eq!(
        sums(
            "Effective: February 3, 2026 at 12:01 a.m.\n\nOwners shall file within ten days of the effective date."
        ),
        ["2026-02-03 + 10 days = 2026-02-13"]
    );
}

#[test]
fn what_a_body_adopted_is_counted_from_that_day() {
    let rest = "The clerk shall publish it within ten days of its adoption.";
    let counted = vec!["2026-02-09 + 10 days = 2026-02-19".to_owned()];
    let sums = |first: &str| sums_in(Tongue::English, &format!("{first}\n{rest}"));
    assert_eq!(
        sums("Adopted by the council on February 9, 2026, by a vote of 5-2."),
        counted
    );
    // The vote is another event.
    assert_eq!(
        sums("It was praised by the council on February 9, 2026."),
        [String::new()]
    );
}

#[test]
fn an_order_is_made_on_the_day_it_prints_on_a_line_of_its_own() {
    let order = |head: &str, foot: &str| {
        format!(
            "Executive Order 9\n\n{head}\n\nEach agency shall report within 14 days of the effective date of this \
            Order. Rules are due within 10 days of this Order.\n\nThis Order shall take effect immediately.\n\n{foot}"
        )
    };
    let counted = [
        "2026-02-06 + 14 days = 2026-02-20",
        "2026-02-06 + 10 days = 2026-02-16",
    ];
    for (head, foot) in [
        ("February 6, 2026", "Ana Lima\nMayor"),
        ("DATE: February 6, 2026.", "Ana Lima\nMayor"),
        ("Ana Lima, Mayor", "February 6, 2026"),
        ("February 6, 2026", "February 6, 2026"),
    ] {
        assert_eq!(sums(&order(head, foot)), counted, "{head} {foot}");
    }
    for (head, foot) in [
        ("Hearing: February 6, 2026", ""),
        ("Hearing:\nFebruary 6, 2026", ""),
        ("February 6, 2026, at City Hall", ""),
        ("February 6, 2026\n\nFebruary 9, 2026", ""),
        ("March 6, 2026", ""),
        ("February 6, 2026\n\nDear neighbors,", ""),
    ] {
        assert_eq!(sums(&order(head, foot)), ["", ""], "{head}");
    }
    // What is signed on another day is counted from that.
    assert_eq!(
        sums(&order("February 9, 2026", "Signed February 6, 2026")),
        counted
    );
    let rule = "February 6, 2026\n\nAgencies report within 14 days of the effective date of this Order.";
    assert_eq!(sums(rule), [""]);
}

#[test]
fn a_deadline_from_the_date_of_this_order_is_counted_from_the_day_it_prints() {
    let counted = ["2026-02-06 + 30 days = 2026-03-08"];
    for order in [
        "Order No. 9\n\nFebruary 6, 2026\n\nReports are due not later than 30 days after the date of this Order.",
        "Claims must be filed within thirty (30) days of the date of this Proclamation.\n\nIn witness whereof, I have hereunto \
         set my hand this 6th day of February, 2026.",
    ] {
        assert_eq!(sums(order), counted, "{order}");
    }
    for report in [
        "February 6, 2026\n\nThe order says: “Reports are due within 30 days of the date of this Order.”",
        "February 6, 2026\n\nReports are due within 30 days of the order, officials said.",
    ] {
        assert_eq!(sums(report), [""], "{report}");
    }
}

#[test]
fn an_answer_is_asked_for_by_a_day() {
    check_limits_in(
        Tongue::English,
        &[
            (
                "The committee has asked for a written explanation by March 9.",
                "March 9",
            ),
            ("He demanded a reply by March 9.", "March 9"),
            ("The state requested the documents by March 9.", "March 9"),
        ],
        &[
            "The state received the documents by Feb. 9.",
            "Lima asked whether there was a report by Feb. 9.",
            "They got the list they asked for a plan by Feb. 9.",
        ],
    );
}

#[test]
fn what_somebody_will_have_done_by_a_day_is_promised() {
    check_limits_in(
        Tongue::English,
        &[
            (
                "The agency will publish a full report by March 4, 2026.",
                "March 4, 2026",
            ),
            ("Lima said the town would appeal by Monday.", "Monday"),
            ("The judge said he’d rule before March 1.", "March 1"),
            ("Our form is open until March 15.", "March 15"),
            ("Ballots may be requested through March 16.", "March 16"),
        ],
        &[
            "The storm will reach the coast by Friday.",
            "The storm will deliver a foot of snow by Friday.",
            "Students will report to school by Friday.",
            "Voters will decide the race by Friday.",
            "Lima denied that the town would appeal by Friday.",
            "Lima doubts the firm will repay it by Friday.",
            "All roads will have ice by Friday.",
            "Power may be returned by Friday.",
            "Prices will rise by March.",
            "The agency will not publish a report by March 4.",
            "The agency is expected to say whether it will publish a report by March 4.",
            "The agency may publish a report by March 4.",
            "The agency published a report by Feb. 4.",
        ],
    );
}

#[test]
fn what_is_counted_from_the_final_rule_has_no_day_in_the_proposed_one() {
    let text = "Published February 9, 2026. If adopted, the rule would be effective 30 days after publication of the final rule.";
    assert!(sums(text).is_empty(), "{text}");
    let text = "Comments are due 45 days after publication of this notice.";
    assert_eq!(sums(text), ["2026-02-13 + 45 days = 2026-03-30"]);
}

#[test]
fn the_date_of_enactment_and_what_is_dated_are_what_is_counted_from() {
    let act = "Enacted February 2, 2026.";
    for text in [
        "Not later than 90 days after the date of enactment of this Act, the clerk shall report.",
        "Not later than 90 days after the date of the enactment of this Act, the clerk shall report.",
        "The clerk shall report within 90 days of the date on this letter.",
        "The clerk shall report within 90 days hereof.",
    ] {
        let text = format!("{text}\n{act}");
        assert_eq!(sums(&text), ["2026-02-02 + 90 days = 2026-05-03"], "{text}");
    }
    let text = "The halt ends 30 days after the effective date, which is February 20, 2026.";
    assert_eq!(sums(text), ["2026-02-20 + 30 days = 2026-03-22"]);
    let text = "Notice published February 9, 2026.\nComments are due within 30 days of the publication of this notice.";
    assert_eq!(sums(text), ["2026-02-09 + 30 days = 2026-03-11"]);
}

#[test]
fn what_an_order_is_put_to_is_another_event_than_its_signing() {
    // None of these is counted from the signing, and none is guessed.
    for text in [
        "Requests must be made no later than ten days after this notice is posted.\nSigned February 2, 2026.",
        "Requests must be made within ten days after this order was served.\nSigned February 2, 2026.",
        "Requests must be made within ten days after this letter has been received.\nSigned February 2, 2026.",
    ] {
        assert!(sums(text).iter().all(String::is_empty), "{text}");
    }
    let text = "A report within 30 days of this order is required.\nSigned February 2, 2026.";
    assert_eq!(sums(text), ["2026-02-02 + 30 days = 2026-03-04"]);
}

#[test]
fn the_publication_in_a_register_is_not_that_of_the_page() {
    let text = "The rule takes effect upon publication in the Federal Register. Comments are due within 60 days of publication.";
    assert!(sums(text).iter().all(String::is_empty), "{text}");
    let text = "Comments are due within 60 days of publication.";
    assert_eq!(sums(text), ["2026-02-13 + 60 days = 2026-04-14"]);
}

#[test]
fn what_is_to_be_done_within_days_of_a_receipt_has_a_last_day() {
    check_limits_in(
        Tongue::English,
        &[
            (
                "Tenants have 10 days from receipt of this notice to appeal.",
                "10 days",
            ),
            (
                "You have 20 days after service of the order to respond.",
                "20 days",
            ),
        ],
        &[
            "A decision may be made within 10 days.",
            "They have 10 days of receipts to sort.",
            "Tenants had 10 days of rain.",
        ],
    );
}

#[test]
fn a_letter_counts_from_the_day_at_its_head() {
    let letter = |body: &str| format!("February 6, 2026\n\nDear Mr. Crowe:\n\n{body}");
    for body in [
        "You must respond within thirty days of the date of this letter.",
        "You must respond within 30 days of this letter.",
    ] {
        assert_eq!(
            sums(&letter(body)),
            ["2026-02-06 + 30 days = 2026-03-08"],
            "{body}"
        );
    }
    for body in [
        // Another text's days, and two days that are stated.
        "You must respond within 30 days of this order.",
        "You must respond within 30 days of the date of this letter.\n\nSigned February 9, 2026",
    ] {
        assert_eq!(sums(&letter(body)), [""], "{body}");
    }
    // Somebody else's letter, of which the text is a report.
    assert_eq!(
        sums("The ministry wrote to Crowe. He must respond within 30 days of the date of this letter."),
        [""]
    );
}

#[test]
fn a_release_counts_from_the_day_it_is_published_on_unless_it_is_quoted() {
    for release in [
        "this release",
        "this press release",
        "the date of this news release",
    ] {
        assert_eq!(
            sums(&format!("Comments are due within 14 days of {release}.")),
            ["2026-02-13 + 14 days = 2026-02-27"],
            "{release}"
        );
    }
    assert_eq!(
        sums("“Comments are due within 14 days of this release,” the notice of Feb. 2 said."),
        [""]
    );
}
