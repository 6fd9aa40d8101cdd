//! Times of day in Spanish texts, case by case.

use super::*;

#[test]
fn a_time_of_day_takes_the_day_of_its_sentence() {
    check(
        "La audiencia es el 30 de marzo, de las 18:00 a las 20:00 horas.",
        &[
            ("el 30 de marzo", "2026-03-30"),
            ("las 18:00", "2026-03-30T18:00"),
            ("las 20:00 horas", "2026-03-30T20:00"),
        ],
    );
}

#[test]
fn hours_between_which_something_is_so_are_of_any_day() {
    check_days_in(Tongue::Spanish, "Atienden entre 9:00 y 17:00.", &[]);
}

#[test]
fn times_of_day_stand_alone_or_beside_a_day() {
    check("a las 6 p.m. en Villanar", &[("las 6 p.m.", "2026-02-13T18:00")]);
    check(
        "a las 6 p. m. del martes",
        &[("las 6 p. m. del martes", "2026-02-10T18:00")],
    );
    check("a las 18:30 horas", &[("las 18:30 horas", "2026-02-13T18:30")]);
    check("a las 20.15 horas", &[("las 20.15 horas", "2026-02-13T20:15")]);
    check(
        "a las 3 de la tarde",
        &[("las 3 de la tarde", "2026-02-13T15:00")],
    );
    check(
        "a las seis y media de la tarde",
        &[("las seis y media de la tarde", "2026-02-13T18:30")],
    );
    check("al mediodía", &[("mediodía", "2026-02-13T12:00")]);
    check(
        "esta noche y anoche",
        &[("esta noche", "2026-02-13TNI"), ("anoche", "2026-02-12TNI")],
    );
    check(
        "el lunes por la mañana",
        &[("el lunes por la mañana", "2026-02-09TMO")],
    );
    check("la noche del jueves", &[("la noche del jueves", "2026-02-12TNI")]);
    check(
        "el 6 de febrero a las 18:30 horas",
        &[("el 6 de febrero a las 18:30 horas", "2026-02-06T18:30")],
    );
    check(
        "el 6 de febrero por la noche",
        &[("el 6 de febrero por la noche", "2026-02-06TNI")],
    );
    check(
        "cierra a las 9 p.m. El lunes abrió",
        &[("las 9 p.m.", "2026-02-13T21:00"), ("El lunes", "2026-02-09")],
    );
    check(
        "a las 10:00 hora local (15:00 GMT)",
        &[
            ("las 10:00 hora local", "2026-02-13T10:00"),
            ("15:00 GMT", "2026-02-13T15:00"),
        ],
    );
}

#[test]
fn two_hours_share_what_stands_behind_the_second() {
    check(
        "de 6:30 a 8 p.m. el jueves",
        &[
            ("6:30", "2026-02-12T18:30"),
            ("8 p.m.", "2026-02-12T20:00"),
            ("el jueves", "2026-02-12"),
        ],
    );
    check_days_in(Tongue::Spanish, "La oficina abre a las 9 a.m.", &[]);
}
