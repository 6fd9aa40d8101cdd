//! What expressions are made of: dates, months, quarters, lengths, what recurs, holidays.

use super::*;

#[test]
fn full_dates_are_read_in_every_order() {
    check("on February 6, 2026, he", &[("February 6, 2026", "2026-02-06")]);
    check("on 6 February 2026 he", &[("6 February 2026", "2026-02-06")]);
    check(
        "on the 6th of February, 2026",
        &[("the 6th of February, 2026", "2026-02-06")],
    );
    check("Friday, Feb. 6, 2026.", &[("Friday, Feb. 6, 2026", "2026-02-06")]);
    check("dated 2026-02-06.", &[("2026-02-06", "2026-02-06")]);
    check("dated 02/06/2026.", &[("02/06/2026", "2026-02-06")]);
}

#[test]
fn months_years_and_what_narrows_them() {
    check("in January 2025.", &[("January 2025", "2025-01")]);
    check("in early February", &[("early February", "2026-02")]);
    check("by mid-2025 it", &[("mid-2025", "2025")]);
    check("from 2019 to 2021", &[("2019", "2019"), ("2021", "2021")]);
    check("the end of November", &[("the end of November", "2025-11")]);
    check("July last year", &[("July last year", "2025-07")]);
    check(
        "the 1990s and the '90s",
        &[("the 1990s", "199"), ("the '90s", "199")],
    );
    check("in the 19th century", &[("the 19th century", "18")]);
    check("about 490 BC", &[("about 490 BC", "BC0490")]);
}

#[test]
fn quarters_and_seasons() {
    check("in Q1 2026 sales", &[("Q1 2026", "2026-Q1")]);
    check(
        "the third quarter of 2025",
        &[("the third quarter of 2025", "2025-Q3")],
    );
    check("its fourth-quarter loss", &[("fourth-quarter", "2025-Q4")]);
    check(
        "last year's third quarter",
        &[("last year's third quarter", "2025-Q3")],
    );
    check("in the summer of 1998", &[("the summer of 1998", "1998-SU")]);
    check("last fall he", &[("last fall", "2025-FA")]);
    check("3Q25 and Q3 FY25", &[("3Q25", "2025-Q3"), ("Q3 FY25", "2025-Q3")]);
    check(
        "in the first quarter of the year and the second half of the year",
        &[
            ("the first quarter of the year", "2026-Q1"),
            ("the second half of the year", "2026-H2"),
        ],
    );
    check(
        "in the second and fourth quarters of 2025",
        &[("the second", "2025-Q2"), ("fourth quarters of 2025", "2025-Q4")],
    );
    check(
        "in FY2026, FY 2025 and FY24",
        &[("FY2026", "2026"), ("FY 2025", "2025"), ("FY24", "2024")],
    );
}

#[test]
fn what_recurs_has_its_time_of_day() {
    check(
        "It meets the first Monday of every month at 7 p.m.",
        &[("the first Monday of every month at 7 p.m.", "XXXX-WXX-1T19:00")],
    );
    check(
        "the first and third Tuesdays of each month",
        &[("the first and third Tuesdays of each month", "XXXX-WXX-2")],
    );
    check("at 7 p.m. Mondays", &[("7 p.m. Mondays", "XXXX-WXX-1T19:00")]);
    check(
        "every day at 9 a.m.",
        &[("every day at 9 a.m.", "XXXX-XX-XXT09:00")],
    );
}

#[test]
fn lengths_and_what_recurs() {
    check("within the past five years.", &[("the past five years", "P5Y")]);
    check("a two-week break", &[("two-week", "P2W")]);
    check("at least 30 days", &[("at least 30 days", "P30D")]);
    check("for a year and a half", &[("a year and a half", "P1Y6M")]);
    check("for decades", &[("decades", "PXDE")]);
    check("over the past decade", &[("the past decade", "P10Y")]);
    check(
        "every day and each Monday",
        &[("every day", "P1D"), ("each Monday", "XXXX-WXX-1")],
    );
    check("paid weekly", &[("weekly", "XXXX-WXX")]);
    check("It costs $500 a month.", &[("a month", "P1M")]);
    check(
        "every other Friday, every single day",
        &[("every other Friday", "XXXX-WXX-5"), ("every single day", "P1D")],
    );
    check("in 12.91 seconds", &[("12.91 seconds", "PT12.91S")]);
    check("It took 2.5 years.", &[("2.5 years", "P2.5Y")]);
    check("three-and-a-half years", &[("three-and-a-half years", "P3Y6M")]);
    check(
        "another week, another two weeks, a quarter-century, all year",
        &[
            ("another week", "P1W"),
            ("another two weeks", "P2W"),
            ("a quarter-century", "P25Y"),
            ("all year", "P1Y"),
        ],
    );
    check(
        "In the days after the vote, just hours before it, over the years",
        &[("the days", "PXD"), ("hours", "PTXH"), ("the years", "PXY")],
    );
    check(
        "in recent weeks and months, in the months to come",
        &[("recent weeks and months", "PXW"), ("the months to come", "PXM")],
    );
}

#[test]
fn holidays_are_days() {
    check("on Christmas Day he", &[("Christmas Day", "2025-12-25")]);
    check("Labor Day 2024", &[("Labor Day 2024", "2024-09-02")]);
    check("by New Year’s Eve.", &[("New Year’s Eve", "2026-12-31")]);
    check("on Black Friday", &[("Black Friday", "2025-11-28")]);
}

#[test]
fn weeks_and_weekends_are_called_by_their_day() {
    check("the week of March 2", &[("the week of March 2", "2026-W10")]);
    // A Sunday begins a week.
    check("the week of March 1", &[("the week of March 1", "2026-W10")]);
    check("the weekend of May 3", &[("the weekend of May 3", "2026-W18-WE")]);
    check(
        "Labor Day weekend 2025",
        &[("Labor Day weekend 2025", "2025-W35-WE")],
    );
    check("the first week of May", &[("the first week of May", "2026-W19")]);
    check(
        "the last week of March 2019",
        &[("the last week of March 2019", "2019-W13")],
    );
    check("the week after", &[("the week after", "2026-W08")]);
}

#[test]
fn days_are_counted_from_the_edge_of_a_month_and_from_holidays() {
    check(
        "the last day of March",
        &[("the last day of March", "2026-03-31")],
    );
    check(
        "the first of next month",
        &[("the first of next month", "2026-03-01")],
    );
    check(
        "the last day of next month",
        &[("the last day of next month", "2026-03-31")],
    );
    check(
        "the Friday before Memorial Day",
        &[("the Friday before Memorial Day", "2026-05-22")],
    );
    check(
        "the Monday after Easter 2027",
        &[("the Monday after Easter 2027", "2027-03-29")],
    );
    check(
        "the Monday after next",
        &[("the Monday after next", "2026-02-23")],
    );
}

#[test]
fn the_last_quarter_and_the_last_half_of_a_time() {
    check(
        "the last quarter of 2019",
        &[("the last quarter of 2019", "2019-Q4")],
    );
    check(
        "the final quarter of last year",
        &[("the final quarter of last year", "2025-Q4")],
    );
    check(
        "third quarter of fiscal 2026",
        &[("third quarter of fiscal 2026", "2026-Q3")],
    );
    check(
        "the last half of the 1980s",
        &[("the last half of the 1980s", "198")],
    );
    check("a year and a half ago", &[("a year and a half ago", "2024-08")]);
    check("early to mid-April", &[("early to mid-April", "2026-04")]);
    check("adjusted quarterly.", &[("quarterly", "P3M")]);
}

#[test]
fn programmes_and_ages_are_no_times() {
    check("the Sunday Times said Sunday", &[("Sunday", "2026-02-08")]);
    check("people in their 20s, highs in the upper 40s", &[]);
    check("my 1980s songs", &[("1980s", "198")]);
    check("his ’90s fame", &[("’90s", "199")]);
    check("This Week at the Library", &[("This Week", "2026-W07")]);
    check("The fall was the wettest yet.", &[("The fall", "2025-FA")]);
    check(
        "It closed after two weeks on Friday.",
        &[("two weeks", "P2W"), ("Friday", "2026-02-13")],
    );
}

#[test]
fn days_in_digits_without_a_year_stand_behind_their_words() {
    check(
        "due 4/15 or on 3/9.",
        &[("4/15", "2026-04-15"), ("3/9", "2026-03-09")],
    );
    check("on 3/9 and open 24/7", &[("3/9", "2026-03-09")]);
    check("Guards are on 24/7 and were on 9/11, before 9/11.", &[]);
    check("It has grown since 9/11.", &[("9/11", "2001-09-11")]);
    check("cut by 1/2, on 1/2 acre, on 1/2 day leave, before 13/40", &[]);
    check("done by end of year", &[("end of year", "2026")]);
}

#[test]
fn the_region_of_a_language_says_whether_the_day_stands_first() {
    for (order, expected) in [
        (DayOrder::OfLanguage, "2026-03-12"),
        (DayOrder::DayFirst, "2026-12-03"),
    ] {
        let text = "The hearing on 03/12/2026";
        let mentions = find_in_blocks(text, &[], (Tongue::English, order), Some(day()));
        assert_eq!(mentions[0].value, expected);
    }
}

#[test]
fn double_names_are_no_months() {
    check("Jan-Piet and April-Mae left in May.", &[("May", "2025-05")]);
    check(
        "in a July-September survey",
        &[("July", "2025-07"), ("September", "2025-09")],
    );
    check("The fiscal year 2027 budget", &[("The fiscal year 2027", "2027")]);
    check("on the Today programme today", &[("today", "2026-02-13")]);
}

#[test]
fn a_unit_so_many_others_ago_is_one_expression() {
    check(
        "Two years ago this week it fell.",
        &[("Two years ago this week", "2024-W07")],
    );
    check(
        "Ten years ago this May it rose.",
        &[("Ten years ago this May", "2016-05")],
    );
    check(
        "He left two years ago. This week he is back.",
        &[("two years ago", "2024"), ("This week", "2026-W07")],
    );
    check(
        "Two days ago this week",
        &[("Two days ago", "2026-02-11"), ("this week", "2026-W07")],
    );
    check(
        "The fiscal year 2027 budget was passed.",
        &[("The fiscal year 2027", "2027")],
    );
}

#[test]
fn edges_of_months_and_holidays_with_their_dates_are_one_expression() {
    check(
        "She died on the last day of July.",
        &[("the last day of July", "2025-07-31")],
    );
    check(
        "It is due on the last day of the month.",
        &[("the last day of the month", "2026-02-28")],
    );
    check(
        "It was the last day of the trip.",
        &[("the last day", "2026-02-12")],
    );
    check(
        "Election Day, Nov. 2, 2027, is far.",
        &[("Election Day, Nov. 2, 2027", "2027-11-02")],
    );
    check(
        "It is closed on Labor Day, July 4 and Thanksgiving.",
        &[
            ("Labor Day", "2025-09-01"),
            ("July 4", "2026-07-04"),
            ("Thanksgiving", "2025-11-27"),
        ],
    );
}

#[test]
fn a_week_on_a_weekday_is_a_week_after_the_next() {
    check(
        "The trial opens a week on Tuesday.",
        &[("a week on Tuesday", "2026-02-24")],
    );
    check(
        "The hearing is a week on Monday.",
        &[("a week on Monday", "2026-02-23")],
    );
    check(
        "He works twice a week on Tuesday nights.",
        &[("a week", "P1W"), ("Tuesday nights", "XXXX-WXX-2TNI")],
    );
    check(
        "It ended after a week on Tuesday.",
        &[("a week", "P1W"), ("Tuesday", "2026-02-10")],
    );
}

#[test]
fn names_numbers_of_papers_and_figures_of_speech_are_no_dates() {
    for nothing in [
        "June Orr May was honored.",
        "NOW, THEREFORE, I proclaim it.",
        "“Coal is yesterday’s fuel,” Lima said.",
        "He is yesterday’s news.",
        "Executive Order 2026-14 stands, and so does Resolution 2025-88.",
        "Form 1099 of Project 2025",
        "They ski at Sunday River and sail from Friday Harbor.",
        "See file no. 11-19-2026-A.",
    ] {
        check(nothing, &[]);
    }
    check(
        "On Monday Lake County members voted, and Lima said Sunday Harbor Park will close.",
        &[("Monday", "2026-02-09"), ("Sunday", "2026-02-08")],
    );
    check("June Marathon May Be Moved", &[("June", "2025-06")]);
    check("In June Orr may go.", &[("June", "2025-06")]);
    check("By June Orr May will be over.", &[("June", "2026-06")]);
    check("It stood in yesterday’s news.", &[("yesterday", "2026-02-12")]);
    check("The 2025-26 budget", &[("2025", "2025"), ("26", "2026")]);
    check("She said now and therefore.", &[("now", "PRESENT_REF")]);
}

#[test]
fn fiscal_years_and_parts_of_reports_are_one_expression() {
    check_each(&[
        (
            "It had sales of $6 in the latest fiscal year.",
            "the latest fiscal year",
            "2025",
        ),
        (
            "Net for the year-earlier nine months was flat.",
            "the year-earlier nine months",
            "P9M",
        ),
        (
            "It earned money after several quarters of losses.",
            "several quarters",
            "PXQ",
        ),
        ("The percentage change is since year-end.", "year-end", "2025"),
        ("It should be done by year-end.", "year-end", "2026"),
    ]);
    check("Three quarters of the town and 3 quarters of the vote.", &[]);
}

#[test]
fn what_will_be_one_day_is_of_no_length() {
    check_each(&[
        ("It will one day be a park.", "one day", "FUTURE_REF"),
        ("She may one day lead it.", "one day", "FUTURE_REF"),
        ("That one day changed her.", "one day", "P1D"),
        ("It lasted one day.", "one day", "P1D"),
        (
            "The rain will go on well into the future.",
            "the future",
            "FUTURE_REF",
        ),
        (
            "She is worried about the future, she said.",
            "the future",
            "FUTURE_REF",
        ),
    ]);
    check("They spoke about the future of the pier.", &[]);
    check("Fathers do so in today's world.", &[]);
    check("It would one day be a park.", &[]);
    check("It shuts at the end of tomorrow.", &[("tomorrow", "2026-02-14")]);
    check("ahead of tomorrow's vote", &[("tomorrow", "2026-02-14")]);
    check("Today's World Cup match is off.", &[("Today", "2026-02-13")]);
}

#[test]
fn what_is_soon_lies_ahead_where_it_is_expected() {
    check("They may soon vote.", &[("soon", "FUTURE_REF")]);
    check("It soon will rain.", &[("soon", "FUTURE_REF")]);
    for text in [
        "They soon voted.",
        "Soon after the vote it rained.",
        "They left as soon as it rained.",
        "It came too soon.",
        "They would soon learn it.",
        "It began at a later date than that.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn terms_and_later_dates_are_times_to_come() {
    check_each(&[
        ("It is hard in the near term.", "the near term", "FUTURE_REF"),
        ("It helps over the short term.", "the short term", "FUTURE_REF"),
        ("It is sold at a later date.", "a later date", "FUTURE_REF"),
    ]);
    check("Nobody knew the short term for it.", &[]);
}

#[test]
fn some_before_a_number_belongs_to_it() {
    check_each(&[
        ("It took some 40 minutes.", "some 40 minutes", "PT40M"),
        (
            "It fell in each of the past 12 years.",
            "each of the past 12 years",
            "P12Y",
        ),
    ]);
}

#[test]
fn over_is_of_a_length_that_something_takes() {
    check_each(&[
        ("It lasted over two years.", "over two years", "P2Y"),
        ("They waited for over an hour.", "over an hour", "PT1H"),
        ("The sum is spread over two years.", "two years", "P2Y"),
        ("It rose by half over three months.", "three months", "P3M"),
        ("It shut over a year ago.", "over a year ago", "2025"),
    ]);
}

#[test]
fn may_and_march_are_months_before_what_is_of_one() {
    check_each(&[
        ("The May meeting was long.", "May", "2025-05"),
        ("They signed the May peace agreement.", "May", "2025-05"),
    ]);
    for text in [
        "The May deal fell.",
        "The May letter to Marrow was short.",
        "The May family left.",
        "The March for Life began.",
        "He led the march vote by vote.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn lengths_in_one_word_are_those_of_two() {
    check_each(&[
        ("A monthlong strike ended.", "monthlong", "P1M"),
        ("It was a daylong hearing.", "daylong", "P1D"),
        ("A yearslong fight ended.", "yearslong", "PXY"),
        ("Their decades-long fight ended.", "decades-long", "PXDE"),
        (
            "It means a two- to three-year delay.",
            "two- to three-year",
            "P2Y",
        ),
    ]);
    check("The lifelong resident took a headlong fall.", &[]);
    check("It was two to one.", &[]);
    check("Children 5 to 7 years old slept.", &[]);
}

#[test]
fn a_half_is_one_of_its_unit() {
    check_each(&[
        (
            "He served for a decade and a half.",
            "a decade and a half",
            "P15Y",
        ),
        (
            "It stood for a century and a half.",
            "a century and a half",
            "P150Y",
        ),
        (
            "Rents doubled over the past year and a half.",
            "the past year and a half",
            "P1Y6M",
        ),
        ("It lasted half a decade.", "half a decade", "P5Y"),
    ]);
    check(
        "It rose the past year and a half of it was lost.",
        &[("the past year", "2025")],
    );
    check(
        "It rose the past year and a half-million people left.",
        &[("the past year", "2025")],
    );
    check(
        "The last quarter and a half was lost.",
        &[("The last quarter", "2025-Q4")],
    );
}

#[test]
fn weekends_recur_where_something_is_on_them() {
    check("The pier is closed on weekends.", &[("weekends", "XXXX-WXX-WE")]);
    check("It is closed on weekends in May.", &[("May", "2026-05")]);
    check("They spent their weekends there.", &[]);
}

#[test]
fn years_past_are_behind_unless_something_follows_them() {
    check("In years past, the fair was full.", &[("years past", "PAST_REF")]);
    check("It ran for two years past the deadline.", &[("two years", "P2Y")]);
    check("In months past due bills pile up.", &[("months", "PXM")]);
}

#[test]
fn two_weekdays_share_their_week() {
    check(
        "Schools were closed Monday and Tuesday of last week.",
        &[("Monday", "2026-02-02"), ("Tuesday of last week", "2026-02-03")],
    );
    check(
        "Schools were closed Monday and Tuesday.",
        &[("Monday", "2026-02-09"), ("Tuesday", "2026-02-10")],
    );
}

#[test]
fn the_year_up_to_a_month_is_a_length() {
    check(
        "Sales fell in the year to March.",
        &[("the year", "P1Y"), ("March", "2026-03")],
    );
    check("They have the year to decide.", &[("the year", "2026")]);
    check(
        "She gave the year to March protests.",
        &[("the year", "2026"), ("March", "2026-03")],
    );
}
