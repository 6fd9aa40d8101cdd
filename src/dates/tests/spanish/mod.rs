//! What is found in a Spanish text and what it means, case by case.

mod said;

use super::*;

#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    check_in(Tongue::Spanish, text, expected);
}

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
fn the_last_day_for_something_is_a_limit() {
    check_limits_in(
        Tongue::Spanish,
        &[
            ("A más tardar el 1 de junio.", "el 1 de junio"),
            (
                "Las solicitudes se reciben hasta el mediodía del 20 de marzo.",
                "el mediodía del 20 de marzo",
            ),
            (
                "El plazo vence el primer lunes de mayo.",
                "el primer lunes de mayo",
            ),
            ("Tienen hasta el viernes.", "el viernes"),
            (
                "El plazo vence a las 17:00 horas del 11 de marzo.",
                "las 17:00 horas del 11 de marzo",
            ),
            ("La fecha límite es el 3 de mayo.", "el 3 de mayo"),
        ],
        &[
            "La muestra siguió abierta hasta el 3 de mayo.",
            "La audiencia es el 3 de mayo.",
        ],
    );
}

#[test]
fn a_deadline_may_be_counted_from_a_day_that_is_counted() {
    let law = "Firmada el 6 de febrero de 2026. Esta ley entrará en vigor a los 30 días de su firma. Dentro de los 60 \
        días posteriores a la entrada en vigor habrá un informe.";
    assert_eq!(
        sums_in(Tongue::Spanish, law),
        [
            "2026-02-06 + 30 days = 2026-03-08",
            "2026-02-06 + 30 days = 2026-03-08; 2026-03-08 + 60 days = 2026-05-07"
        ]
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

/// Checks the day given to the last words in marks of a Spanish text.
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
fn months_years_and_what_narrows_them() {
    check("en enero de 2025.", &[("enero de 2025", "2025-01")]);
    check("en el mes de enero", &[("el mes de enero", "2026-01")]);
    check("a principios de febrero", &[("principios de febrero", "2026-02")]);
    check("a mediados de 2025", &[("mediados de 2025", "2025")]);
    check("mayo del año pasado", &[("mayo del año pasado", "2025-05")]);
    check("de 2019 a 2021", &[("2019", "2019"), ("2021", "2021")]);
    check("entre 2019 y el 2021", &[("2019", "2019"), ("el 2021", "2021")]);
    check(
        "el año dos mil veintiséis",
        &[("el año dos mil veintiséis", "2026")],
    );
    check(
        "el próximo enero y el enero pasado",
        &[("el próximo enero", "2027-01"), ("enero pasado", "2026-01")],
    );
    check(
        "de enero a marzo de 2025",
        &[("enero", "2025-01"), ("marzo de 2025", "2025-03")],
    );
}

#[test]
fn fiscal_years_quarters_halves_and_seasons() {
    check("el año fiscal 2026", &[("el año fiscal 2026", "2026")]);
    check("el próximo año fiscal", &[("el próximo año fiscal", "2027")]);
    check(
        "en el primer trimestre de 2026",
        &[("el primer trimestre de 2026", "2026-Q1")],
    );
    check(
        "tercer trimestre del año pasado",
        &[("tercer trimestre del año pasado", "2025-Q3")],
    );
    check(
        "el segundo semestre de 2025",
        &[("el segundo semestre de 2025", "2025-H2")],
    );
    check(
        "la primera mitad de 2025",
        &[("la primera mitad de 2025", "2025-H1")],
    );
    check("en el verano de 2024", &[("el verano de 2024", "2024-SU")]);
    check("el otoño pasado", &[("el otoño pasado", "2025-FA")]);
    check("en verano llueve", &[("verano", "2025-SU")]);
}

#[test]
fn decades_and_centuries() {
    check("en los años noventa", &[("los años noventa", "199")]);
    check("la década de los ochenta", &[("la década de los ochenta", "198")]);
    check("nació en los noventa.", &[("los noventa", "199")]);
    check("en los noventa días", &[("los noventa días", "P90D")]);
    check("del siglo XIX", &[("siglo XIX", "18")]);
    check("el siglo veintiuno", &[("el siglo veintiuno", "20")]);
    check("a finales del siglo XX", &[("finales del siglo XX", "19")]);
    check("los siglos XV y XVI", &[("los siglos XV", "14"), ("XVI", "15")]);
    check("en el año 490 a. C. hubo", &[("el año 490 a. C.", "BC0490")]);
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
fn lengths() {
    check("en los últimos cinco años", &[("los últimos cinco años", "P5Y")]);
    check("en las próximas 24 horas", &[("las próximas 24 horas", "PT24H")]);
    check("los últimos años", &[("los últimos años", "PXY")]);
    check("un año y medio", &[("un año y medio", "P1Y6M")]);
    check("una hora y media", &[("una hora y media", "PT1H30M")]);
    check("media hora", &[("media hora", "PT30M")]);
    check(
        "al menos 30 días hábiles",
        &[("al menos 30 días hábiles", "P30D")],
    );
    check("veintiún días", &[("veintiún días", "P21D")]);
    check("ciento veinte días", &[("ciento veinte días", "P120D")]);
    check("un par de meses", &[("un par de meses", "P2M")]);
    check(
        "unos 30 dias y unos dias",
        &[("unos 30 dias", "P30D"), ("unos dias", "PXD")],
    );
    check("durante décadas", &[("décadas", "PXDE")]);
    check("entre 5 y 10 años", &[("5", "P5Y"), ("10 años", "P10Y")]);
    check("una condena de 5 años", &[("5 años", "P5Y")]);
}

#[test]
fn what_recurs() {
    check(
        "los lunes y cada viernes",
        &[("los lunes", "XXXX-WXX-1"), ("cada viernes", "XXXX-WXX-5")],
    );
    check("todos los martes", &[("todos los martes", "XXXX-WXX-2")]);
    check(
        "de lunes a viernes",
        &[("lunes", "XXXX-WXX-1"), ("viernes", "XXXX-WXX-5")],
    );
    check(
        "los viernes por la noche",
        &[("los viernes por la noche", "XXXX-WXX-5TNI")],
    );
    check(
        "cada año y cada dos años",
        &[("cada año", "P1Y"), ("cada dos años", "P2Y")],
    );
    check("todos los días", &[("todos los días", "P1D")]);
    check(
        "diariamente; la junta semanal",
        &[("diariamente", "XXXX-XX-XX"), ("semanal", "XXXX-WXX")],
    );
    check("dos veces al año", &[("al año", "P1Y")]);
    check("20 dólares por hora", &[("por hora", "PT1H")]);
    check("los fines de semana", &[("los fines de semana", "P1WE")]);
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
fn vague_words() {
    check(
        "ahora y actualmente",
        &[("ahora", "PRESENT_REF"), ("actualmente", "PRESENT_REF")],
    );
    check("recientemente", &[("recientemente", "PAST_REF")]);
    check("hoy en día", &[("hoy en día", "PRESENT_REF")]);
    check("en el futuro.", &[("el futuro", "FUTURE_REF")]);
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
fn an_age_is_no_time() {
    for text in [
        "Rosa Peña, de 34 años, y su hijo de 8 meses",
        "Iván Lago, de 34 años de edad, tiene 34 años.",
        "Murió a los 84 años.",
        "Un menor de 5 años y los mayores de 65 años",
        "niños de 3 a 5 años",
    ] {
        check(text, &[]);
    }
}

#[test]
fn everyday_words_are_no_dates() {
    for text in [
        "El sol y el mar; una marcha va a dar un set.",
        "Abierto 24/7, llame al 555-1984 o al 212-555-2019.",
        "Costó $2,026 y 1984 personas vieron la página 1984.",
        "Julio Peña y Abril Lago viven en Santo Domingo.",
        "En la calle 2 de Mayo, un segundo hombre dijo, tarde o temprano, ahora bien.",
        "Noticias de última hora a la hora de comer, día a día.",
        "El este de Villanar está lejos; más tarde llegó.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn hostile_texts_never_panic_and_nothing_overlaps() {
    let pieces = [
        "9 ",
        "el último ",
        "los últimos ",
        "treinta y ",
        "9 de mayo de ",
        "más de ",
        "cada ",
        "é",
        "º",
        "la ",
        "a finales de ",
        "3 p. m. ",
        "lunes a ",
        "siglo ",
        "hace ",
        "entre el 1 y ",
        "mañana por la ",
        "\n\n",
    ];
    for piece in pieces {
        let text = piece.repeat(20_000 / piece.len());
        for published in [Some(day()), Some(Date::MIN), Some(Date::MAX), None] {
            let mentions = find(&text, Tongue::Spanish, published);
            assert!(
                mentions
                    .windows(2)
                    .all(|pair| pair[0].span.end() <= pair[1].span.start())
            );
        }
    }
}

#[test]
fn deadlines_are_counted_as_in_english() {
    let sums = |text| sums_in(Tongue::Spanish, text);
    let order = "Firmada el 6 de febrero de 2026. Dentro de los 14 días siguientes a la firma de esta orden, cada agencia \
        informará. A más tardar 60 días después de su entrada en vigor habrá reglas. Esta orden entrará en vigor de inmediato.";
    assert_eq!(
        sums(order),
        [
            "2026-02-06 + 14 days = 2026-02-20",
            "2026-02-06 + 60 days = 2026-04-07"
        ]
    );
    assert_eq!(
        sums("Firmada el 6 de febrero de 2026. En 10 días hábiles desde la firma."),
        [""]
    );
    assert_eq!(
        sums("La oficina publicará un borrador y recibirá comentarios durante 30 días desde la publicación."),
        [""]
    );
}

#[test]
fn numbers_have_their_own_spelling() {
    check(
        "durante treinta y cinco días",
        &[("treinta y cinco días", "P35D")],
    );
    check("en 1.000 días", &[("1.000 días", "P1000D")]);
    check(
        "el 1.º de mayo de 2026",
        &[("el 1.º de mayo de 2026", "2026-05-01")],
    );
    check(
        "El próximo 20 de diciembre",
        &[("El próximo 20 de diciembre", "2026-12-20")],
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
