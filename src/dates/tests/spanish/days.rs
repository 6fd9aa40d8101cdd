//! What a Spanish text says of days, case by case.

use super::*;

#[test]
fn full_dates_are_read_in_every_order() {
    check(
        "Se firmó el 6 de febrero de 2026.",
        &[("el 6 de febrero de 2026", "2026-02-06")],
    );
    check(
        "Villanar, viernes 6 de febrero del 2026.",
        &[("viernes 6 de febrero del 2026", "2026-02-06")],
    );
    check(
        "El viernes, 6 de Febrero del año 2026, dijo",
        &[("El viernes, 6 de Febrero del año 2026", "2026-02-06")],
    );
    check("Febrero 6, 2026.", &[("Febrero 6, 2026", "2026-02-06")]);
    check("Febrero 6 de 2026.", &[("Febrero 6 de 2026", "2026-02-06")]);
    check(
        "Con fecha 6-feb-2026 y 3 mar. 2026",
        &[("6-feb-2026", "2026-02-06"), ("3 mar. 2026", "2026-03-03")],
    );
    check("13 feb (EFE).- La alcaldía", &[("13 feb", "2026-02-13")]);
}

#[test]
fn numeric_dates_begin_with_the_day() {
    check("Vence el 6/2/2026.", &[("el 6/2/2026", "2026-02-06")]);
    check("con fecha 06-02-2026 y", &[("06-02-2026", "2026-02-06")]);
    check("con fecha 2026-02-06.", &[("2026-02-06", "2026-02-06")]);
    check("con fecha 13/02/26.", &[("13/02/26", "2026-02-13")]);
}

#[test]
fn a_day_without_a_year_is_the_nearest() {
    check(
        "El 6 de febrero la alcaldesa",
        &[("El 6 de febrero", "2026-02-06")],
    );
    check(
        "el 20 de diciembre abrió",
        &[("el 20 de diciembre", "2025-12-20")],
    );
    check(
        "Abrirá el 20 de septiembre.",
        &[("el 20 de septiembre", "2026-09-20")],
    );
    check(
        "El primero de mayo y el 1o de junio",
        &[
            ("El primero de mayo", "2026-05-01"),
            ("el 1o de junio", "2026-06-01"),
        ],
    );
    check("el veinte de mayo", &[("el veinte de mayo", "2026-05-20")]);
    check(
        "el treinta y uno de enero",
        &[("el treinta y uno de enero", "2026-01-31")],
    );
    check(
        "el pasado 30 de enero",
        &[("el pasado 30 de enero", "2026-01-30")],
    );
    check(
        "el próximo 6 de marzo",
        &[("el próximo 6 de marzo", "2026-03-06")],
    );
}

#[test]
fn a_weekday_is_counted_within_its_month() {
    check(
        "A más tardar el primer lunes de mayo.",
        &[("el primer lunes de mayo", "2026-05-04")],
    );
    check(
        "el último viernes de junio de 2027",
        &[("el último viernes de junio de 2027", "2027-06-25")],
    );
    check(
        "el martes siguiente al primer lunes de noviembre de 2022",
        &[(
            "el martes siguiente al primer lunes de noviembre de 2022",
            "2022-11-08",
        )],
    );
    check(
        "el segundo martes del próximo mes",
        &[("el segundo martes del próximo mes", "2026-03-10")],
    );
    check(
        "el primer lunes de cada mes a las 19:00",
        &[("el primer lunes de cada mes a las 19:00", "XXXX-WXX-1T19:00")],
    );
}

#[test]
fn what_is_told_of_in_the_present_lies_ahead() {
    check(
        "Abre el 1 de octubre y cierra el 15 de noviembre.",
        &[
            ("el 1 de octubre", "2026-10-01"),
            ("el 15 de noviembre", "2026-11-15"),
        ],
    );
    check(
        "La votación es el 24 de octubre.",
        &[("el 24 de octubre", "2026-10-24")],
    );
    check(
        "El concejo recibió 300 cartas antes del 5 de enero.",
        &[("5 de enero", "2026-01-05")],
    );
    // Of a letter it is the day it was written on.
    check(
        "La orden es del 6 de septiembre.",
        &[("6 de septiembre", "2025-09-06")],
    );
    check(
        "El paro duró del 28 de diciembre al 3 de enero.",
        &[("28 de diciembre", "2025-12-28"), ("3 de enero", "2026-01-03")],
    );
}

#[test]
fn a_day_may_be_counted_from_another_than_the_documents() {
    check(
        "Hoy hace tres años ardió el muelle.",
        &[("Hoy hace tres años", "2023-02-13")],
    );
    check(
        "el día después de Navidad",
        &[("el día después de Navidad", "2025-12-26")],
    );
    check(
        "Se fue el lunes hace una semana.",
        &[("el lunes hace una semana", "2026-02-02")],
    );
}

#[test]
fn from_one_day_to_another() {
    check(
        "del 1 al 6 de febrero",
        &[("1", "2026-02-01"), ("6 de febrero", "2026-02-06")],
    );
    check(
        "del 28 de febrero al 3 de marzo de 2025",
        &[
            ("28 de febrero", "2025-02-28"),
            ("3 de marzo de 2025", "2025-03-03"),
        ],
    );
    check(
        "entre el 1 y el 6 de mayo de 2025",
        &[("el 1", "2025-05-01"), ("6 de mayo de 2025", "2025-05-06")],
    );
    check(
        "del lunes al jueves",
        &[("lunes", "2026-02-09"), ("jueves", "2026-02-12")],
    );
}

#[test]
fn a_weekday_is_the_last_one_unless_something_points_ahead() {
    check("Lo dijo el martes en Villanar.", &[("el martes", "2026-02-10")]);
    check("Lo dijo este jueves.", &[("este jueves", "2026-02-12")]);
    check("El concejo votará el martes.", &[("el martes", "2026-02-17")]);
    check("Van a votar el martes.", &[("el martes", "2026-02-17")]);
    check(
        "el lunes pasado y el pasado lunes",
        &[
            ("el lunes pasado", "2026-02-09"),
            ("el pasado lunes", "2026-02-09"),
        ],
    );
    check("el próximo martes", &[("el próximo martes", "2026-02-17")]);
    check("el miercoles proximo", &[("el miercoles proximo", "2026-02-18")]);
    check("el viernes que viene", &[("el viernes que viene", "2026-02-20")]);
    check(
        "el lunes de la semana pasada",
        &[("el lunes de la semana pasada", "2026-02-02")],
    );
    check("a partir del lunes", &[("lunes", "2026-02-16")]);
}

#[test]
fn days_weeks_and_years_seen_from_the_document() {
    check("ayer y hoy", &[("ayer", "2026-02-12"), ("hoy", "2026-02-13")]);
    check(
        "anteayer, pasado mañana",
        &[("anteayer", "2026-02-11"), ("pasado mañana", "2026-02-15")],
    );
    check("el mes pasado", &[("el mes pasado", "2026-01")]);
    check("la semana que viene", &[("la semana que viene", "2026-W08")]);
    check("el año próximo", &[("el año próximo", "2027")]);
    check(
        "este año y el año en curso",
        &[("este año", "2026"), ("el año en curso", "2026")],
    );
    check("la pasada semana", &[("la pasada semana", "2026-W06")]);
    check("este fin de semana", &[("este fin de semana", "2026-W07-WE")]);
    check(
        "el fin de semana pasado",
        &[("el fin de semana pasado", "2026-W06-WE")],
    );
    check("a fines de mes", &[("fines de mes", "2026-02")]);
    check("hace dos semanas", &[("hace dos semanas", "2026-W05")]);
    check("hace más de diez años", &[("hace más de diez años", "2016")]);
    check("hace unos meses", &[("hace unos meses", "PAST_REF")]);
    check("dos años atrás", &[("dos años atrás", "2024")]);
    check("dentro de diez días", &[("dentro de diez días", "2026-02-23")]);
}

#[test]
fn tomorrow_is_also_the_morning() {
    check("Mañana votan.", &[("Mañana", "2026-02-14")]);
    check(
        "mañana por la mañana",
        &[("mañana por la mañana", "2026-02-14TMO")],
    );
    check("esta mañana", &[("esta mañana", "2026-02-13TMO")]);
    check(
        "a las 9 de la mañana",
        &[("las 9 de la mañana", "2026-02-13T09:00")],
    );
    check("ayer por la mañana", &[("ayer por la mañana", "2026-02-12TMO")]);
    check("La mañana fue fría; una mañana de sol.", &[]);
}

#[test]
fn what_goes_on_from_a_day_is_counted_from_that_day() {
    check(
        "Abrió el 4 de mayo de 1999. Dos días después cerró; al año siguiente ardió.",
        &[
            ("el 4 de mayo de 1999", "1999-05-04"),
            ("Dos días después", "1999-05-06"),
            ("año siguiente", "2000"),
        ],
    );
    check(
        "Llegó el 4 de mayo de 1999. Al día siguiente calló; tres meses antes había escrito.",
        &[
            ("el 4 de mayo de 1999", "1999-05-04"),
            ("día siguiente", "1999-05-05"),
            ("tres meses antes", "1999-02"),
        ],
    );
    check("dos días después de la votación", &[("dos días", "P2D")]);
    check("tres meses antes de la boda", &[("tres meses", "P3M")]);
}

#[test]
fn holidays_are_days() {
    check(
        "En Nochebuena y Navidad",
        &[("Nochebuena", "2025-12-24"), ("Navidad", "2025-12-25")],
    );
    check(
        "el Viernes Santo de 2025",
        &[("el Viernes Santo de 2025", "2025-04-18")],
    );
    check(
        "el Día de la Independencia",
        &[("el Día de la Independencia", "2026-07-04")],
    );
    check("el Día de los Reyes", &[("el Día de los Reyes", "2026-01-06")]);
    check("el Día de Muertos", &[("el Día de Muertos", "2025-11-02")]);
    check("Año Nuevo 2027", &[("Año Nuevo 2027", "2027-01-01")]);
    check("la próxima Navidad", &[("la próxima Navidad", "2026-12-25")]);
    check("el Año Nuevo Lunar", &[]);
}

#[test]
fn what_happened_on_a_day_lies_behind() {
    check(
        "El testigo declaró el 3 de marzo.",
        &[("el 3 de marzo", "2025-03-03")],
    );
    check(
        "La orden fue publicada el 3 de marzo.",
        &[("el 3 de marzo", "2025-03-03")],
    );
    check(
        "La orden será publicada el 3 de marzo.",
        &[("el 3 de marzo", "2026-03-03")],
    );
    check(
        "Habrá un partido el 15 de marzo.",
        &[("el 15 de marzo", "2026-03-15")],
    );
}

#[test]
fn a_day_may_be_named_by_its_number_alone() {
    check(
        "El lunes 9, y el martes 10 por la tarde, cerró.",
        &[
            ("El lunes 9", "2026-02-09"),
            ("el martes 10 por la tarde", "2026-02-10TAF"),
        ],
    );
    check("Este viernes 20 abre.", &[("Este viernes 20", "2026-02-20")]);
    check("El lunes 12 personas cayeron.", &[("El lunes", "2026-02-09")]);
    check("El día 12 llovió.", &[("El día 12", "2026-02-12")]);
}

#[test]
fn a_day_that_opens_a_sentence_follows_its_verb() {
    check("El lunes el concejo votará.", &[("El lunes", "2026-02-16")]);
    check(
        "El lunes el concejo votó y pagará.",
        &[("El lunes", "2026-02-09")],
    );
    check(
        "La alcaldesa presentará el plan el lunes.",
        &[("el lunes", "2026-02-16")],
    );
}

#[test]
fn weeks_and_edges_of_months_are_called_by_their_day() {
    check(
        "la semana del 2 de marzo",
        &[("la semana del 2 de marzo", "2026-W10")],
    );
    check(
        "la última semana de marzo de 2019",
        &[("la última semana de marzo de 2019", "2019-W13")],
    );
    check(
        "el último día de marzo",
        &[("el último día de marzo", "2026-03-31")],
    );
    check(
        "el primero del próximo mes",
        &[("el primero del próximo mes", "2026-03-01")],
    );
    check(
        "el viernes antes de Navidad de 2025",
        &[("el viernes antes de Navidad de 2025", "2025-12-19")],
    );
}
