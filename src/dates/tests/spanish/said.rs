//! The day Spanish quotes were said, case by case.

use super::*;

#[track_caller]
fn check_said(text: &str, speaker: &str, cue: &str, expected: (&str, &str)) {
    check_said_in(Tongue::Spanish, text, speaker, Some(cue), expected);
}

#[test]
fn a_day_that_is_told_of_is_not_the_day_it_was_said() {
    let own_day = ("2026-02-13", "document_day");
    check_said(
        "“El lunes nos avisaron”, dijo Lima. “Nadie vino”.",
        "Lima",
        "dijo",
        own_day,
    );
    check_said(
        "Lima dijo que el cierre, fijado para el 5 de febrero, “va”.",
        "Lima",
        "dijo",
        own_day,
    );
}

#[test]
fn the_day_may_be_told_before() {
    check_said(
        "Lima lo propuso en una entrevista del 9 de enero. “Nadie paga”, dijo entonces.",
        "Lima",
        "dijo",
        ("2026-01-09", "told_before"),
    );
    check_said(
        "Lima habló el martes. “Nadie paga”, dijo ella.",
        "ella",
        "dijo",
        ("2026-02-10", "sentence_before"),
    );
    check_said(
        "Lima leyó de la carta de 2019: “Nadie paga”.",
        "Lima",
        "leyó",
        ("2019", "of_writing"),
    );
}

#[test]
fn the_day_of_the_saying_may_be_a_year_or_unknown() {
    check_said(
        "“Se perdió”, dijo Lima a La Prensa en 2005.",
        "Lima",
        "dijo",
        ("2005", "after_cue"),
    );
    check_said("Hace años, Lima dijo que era “seguro”.", "Lima", "dijo", ("", ""));
    check_said(
        "El muelle abrió en 1931. El entonces alcalde Lima lo llamó “un abrazo”.",
        "Lima",
        "llamó",
        ("1931", "told_before"),
    );
    check_said(
        "El concejo votó el miércoles. “Está cerrado”, dijo Lima.",
        "Lima",
        "dijo",
        ("2026-02-11", "sentence_before"),
    );
}

#[test]
fn an_office_in_small_letters_stands_before_who_spoke() {
    check_said(
        "En una rueda de prensa el martes, la ministra Ana Lima habló del puerto.\n\n“No hay dinero”, dijo Lima.",
        "Lima",
        "dijo",
        ("2026-02-10", "carried"),
    );
    check_said(
        "La alcaldesa, Ana Lima, defendió el martes el cierre.\n\n“No hay dinero”, dijo Lima.",
        "Lima",
        "dijo",
        ("2026-02-10", "carried"),
    );
    // Who accuses her spoke, and not she.
    check_said(
        "La mujer que acusa a Lima habló el martes.\n\n“No hay dinero”, dijo Lima.",
        "Lima",
        "dijo",
        ("2026-02-13", "document_day"),
    );
    check_said(
        "El pleno aprobó el martes el presupuesto.\n\n“No hay dinero”, dijo la concejala Lima.",
        "Lima",
        "dijo",
        ("2026-02-10", "scene"),
    );
}

#[test]
fn a_letter_that_was_sent_on_a_day_is_of_that_day() {
    check_said(
        "El sindicato envió el lunes una carta al alcalde. “El puerto se muere”, dice la carta.",
        "la carta",
        "dice",
        ("2026-02-09", "of_writing"),
    );
    check_said(
        "El sindicato leyó el lunes una carta del alcalde. “El puerto se muere”, dice la carta.",
        "la carta",
        "dice",
        ("2026-02-13", "document_day"),
    );
}
