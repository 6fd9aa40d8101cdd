//! Last days that are moved, told by what is not done after them, or the day before the one named.

use super::*;

#[test]
fn a_deadline_that_is_moved_is_none() {
    check_limits_in(
        Tongue::English,
        &[
            (
                "The deadline of March 24 for comments was extended to April 3.",
                "April 3",
            ),
            ("The deadline of March 24 was moved to April 3.", "April 3"),
            ("The comment deadline has been postponed to April 3.", "April 3"),
            (
                "The deadline of March 24 for comments was not extended.",
                "March 24",
            ),
            ("Tenants who moved must file by March 24.", "March 24"),
            (
                "The deadline of March 24 stays, though the vote was moved.",
                "March 24",
            ),
            (
                "Applications are due March 24 but the exam has been postponed.",
                "March 24",
            ),
            (
                "Comments must be submitted by March 24 because the vote was delayed.",
                "March 24",
            ),
            (
                "Forms must be submitted by March 24 after the first deadline was missed.",
                "March 24",
            ),
            ("He must pay by March 24 as bail was extended.", "March 24"),
        ],
        &[],
    );
    check_limits_in(
        Tongue::Spanish,
        &[(
            "El plazo de alegaciones se amplía del 27 de marzo al 3 de abril.",
            "3 de abril",
        )],
        &["El plazo no se amplía del 27 de marzo al 3 de abril."],
    );
}

#[test]
fn what_is_not_taken_after_a_day_is_due_by_it() {
    check_limits_in(
        Tongue::English,
        &[
            (
                "No comments will be accepted after March 27, 2026.",
                "March 27, 2026",
            ),
            (
                "Bids cannot be accepted after noon on March 27.",
                "noon on March 27",
            ),
        ],
        &[
            "The filing will be considered after March 27.",
            "No comments were accepted after January 27.",
            "Her ideas will not be accepted after the vote on March 3.",
            "There is no doubt that the plan will be accepted after March 3.",
            "It is not clear whether the offer will be accepted after March 3.",
            "The board does not know if the plan will be considered after March 3.",
        ],
    );
    check_limits_in(
        Tongue::Spanish,
        &[(
            "No se aceptarán solicitudes después del 20 de marzo.",
            "20 de marzo",
        )],
        &[
            "Se aceptarán solicitudes después del 20 de marzo.",
            "No recibirá dinero hasta después del 20 de marzo.",
            "No se sabe si se aceptarán ofertas después del 20 de marzo.",
        ],
    );
}

#[test]
fn the_last_day_before_a_day_is_the_day_before_it() {
    for (text, day) in [
        ("Applications must be filed before March 20.", "2026-03-19"),
        ("Applications must be filed on or before March 20.", "2026-03-20"),
        (
            "Comments must be filed at the town hall before March 20.",
            "2026-03-19",
        ),
        ("Comments must be filed before March 20 at 5 p.m.", "2026-03-20"),
        ("Applications must be filed by March 20.", "2026-03-20"),
        ("Comments must be sent before noon on March 20.", "2026-03-20"),
        ("Comments must be sent before the end of March.", "2026-03-31"),
        ("They applied before the March 20 deadline.", "2026-03-20"),
        // It has an hour, is called the last, or the day of something.
        (
            "Applications must be filed before March 20, inclusive.",
            "2026-03-20",
        ),
        (
            "They must be filed on or, at the latest, before March 20.",
            "2026-03-20",
        ),
        (
            "Applications must be filed before Thursday’s deadline.",
            "2026-02-19",
        ),
        // What was done before it.
        (
            "Cars registered before January 1, 2011 must display the badge.",
            "2011-01-01",
        ),
        // It is the last day for nothing.
        ("The town will vote before March 20.", "2026-03-20"),
    ] {
        check_days_in(Tongue::English, text, &[day]);
    }
    check_days_in(
        Tongue::English,
        "Comments must be sent before March 20, 2026 (5 p.m. EST).",
        &["2026-03-20", "2026-03-20"],
    );
    for (text, day) in [
        (
            "Las solicitudes deben presentarse antes del 9 de marzo.",
            "2026-03-08",
        ),
        (
            "Las solicitudes deben presentarse en o antes del 9 de marzo.",
            "2026-03-09",
        ),
        (
            "Las solicitudes deben presentarse antes del 9 de marzo de 2026, inclusive.",
            "2026-03-09",
        ),
        (
            "Los alumnos deben haber nacido antes del 1 de enero de 2008.",
            "2008-01-01",
        ),
        (
            "Podrán votar los inscritos antes del 20 de marzo de 2026.",
            "2026-03-20",
        ),
    ] {
        check_days_in(Tongue::Spanish, text, &[day]);
    }
}

#[test]
fn the_close_of_business_is_the_end_of_its_day() {
    check_limits_in(
        Tongue::English,
        &[
            (
                "They were given until the close of business on Monday to answer.",
                "Monday",
            ),
            ("The report is due in 10 days.", "10 days"),
        ],
        &[
            "They played until the close of business on Monday.",
            "The vote is in 10 days.",
            "The baby is due in 10 days.",
            "Elections are due in 60 days.",
            "The next shuttle is due in 10 days.",
        ],
    );
}
